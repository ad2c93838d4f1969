"""What is printed goes in; how much room it takes comes out: widths of columns, heights of rows, and which rows stand on which page."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from qualkit.printed import Sheet

MM, PT = 25.4, 25.4 / 72  # millimetres in an inch, in a point
UPRIGHT, LYING = (160.0, 247.0), (247.0, 160.0)  # mm within margins of 25 mm on A4
SIZE, SMALL = 10.0, 9.0  # points of the letters in a table and under it
_SHORT = 16  # letters
# How wide the letters from blank to tilde are in Times New Roman, upright or bold, whichever is wider, in thousandths of the size.
_LETTERS = (
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778,
    611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500,
    556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 480, 220, 480, 541,
)  # fmt: skip


@lru_cache(maxsize=4096)
def _letter(character: str) -> float:
    """How many millimetres a letter needs at most per point of its size."""
    base = unicodedata.normalize("NFD", character)[0]
    if " " <= base <= "~":
        return _LETTERS[ord(base) - 32] * PT / 1000
    return 0.0 if unicodedata.category(character) in ("Mn", "Cf") else PT  # no letter is wider than its size is high


def breadth(text: str, size: float) -> float:
    """How many millimetres a text takes in one line at most, in bold or not."""
    return sum(map(_letter, text)) * size


def _longest(texts: list[str], size: float, whole: int = 0) -> float:
    """How many millimetres the longest word needs.

    A text of up to `whole` letters is not to be broken either, and a short one never at a hyphen: it is a date or a number such as C-01.
    """
    words = [word for text in texts for word in _words(text, whole)]
    return max((breadth(word, size) for word in words), default=0) * 1.02 + 4.2  # and the margins of a cell


def _words(text: str, whole: int) -> list[str]:
    return [text] if len(text) <= whole else text.split() if len(text) <= _SHORT else re.split(r"(?<=-)|\s", text)


def widths(heads: list[str], rows: list[list[str]], page: float, size: float) -> tuple[list[float], float]:
    """Millimetres per column, none narrower than its longest word, and the size of the letters (smaller where words need it).

    What words leave over goes to the columns that hold most in all their rows, not to the one with a single long text.
    """
    columns = [[head, *(row[at] for row in rows)] for at, head in enumerate(heads)]
    squares = [sum(min(len(text), 300) ** 2 for text in texts) / len(texts) for texts in columns]
    wishes = [max(81.0, square) ** 0.35 for square in squares]
    needed = [_longest(texts, size, whole=_SHORT) for texts in columns]
    while sum(needed) > page and size > 6:
        needed = [min(_longest(texts, size), 0.5 * page) for texts in columns]
        size -= 0.5
    if sum(needed) > page:
        return [page * need / sum(needed) for need in needed], size
    fair = [page * wish / sum(wishes) for wish in wishes]
    short = sum(max(0.0, need - share) for need, share in zip(needed, fair, strict=True))
    spare = sum(max(0.0, share - need) for need, share in zip(needed, fair, strict=True))
    give = short / spare if spare else 0.0
    return [n if s < n else s - give * (s - n) for n, s in zip(needed, fair, strict=True)], size


def broken(text: str, width: float, size: float) -> list[str]:
    """A paragraph in the lines it takes; put together again they are the paragraph."""
    lines, used, size = [""], 0.0, 0.97 * size  # letters that are not bold take 0.94 of the room
    for word in re.findall(r"[^\s-]*-+\s*|[^\s-]+\s*|\s+", text):
        need = breadth(word.rstrip(), size)
        if used + need > width and lines[-1]:
            lines.append("")
            used = 0.0
        for character in word if need > width else [word]:
            step = breadth(character, size)
            if used + step > width and need > width and lines[-1]:
                lines.append("")
                used = 0.0
            lines[-1] += character
            used += step
    return lines


def height(text: str, width: float, size: float, apart: float = 0) -> float:
    """How many millimetres the paragraphs of a text take, with 1.5 points above and below each and `apart` between them."""
    paragraphs = text.split("\n")
    lines = sum(len(broken(paragraph, width, size)) for paragraph in paragraphs)
    return (lines * 1.15 * size + len(paragraphs) * 3 + (len(paragraphs) - 1) * apart) * PT


class Line(NamedTuple):
    """A row as it is printed, or the name of a family over its rows, and its height in millimetres."""

    cells: list[str]
    height: float
    is_family: bool = False


class Layout:
    """A table laid out on a page (mm): widths and size of its letters, height of its head, and its rows."""

    def __init__(self, made: Sheet, page: tuple[float, float], size: float = SIZE) -> None:
        self.sheet = made
        indent = 3 if made.groups else 0
        self.widths, self.size = widths(made.heads, made.rows, page[0] - indent, size)
        self.rooms = [width - 4 for width in self.widths]
        self.head = self.tallest(made.heads)
        self.widths[0] += indent
        self.lines: list[Line] = []
        for number, row in enumerate(made.rows):
            if number in made.groups:
                name = made.groups[number]
                self.lines.append(Line([name], height(name, page[0] - 4, self.size) + 3.5 * PT, True))
            self.lines.append(Line(row, self.tallest(row)))

    def tallest(self, cells: list[str]) -> float:
        apart = self.sheet.apart
        return max(height(text, room, self.size, apart) for text, room in zip(cells, self.rooms, strict=True))

    def split(self, row: Line, most: float, anywhere: bool) -> tuple[Line, Line] | None:
        """The row as two, the first at most so tall: between paragraphs or, if it must be, anywhere; all of it, in order.

        None where that cannot be done: a paragraph is taller, or nothing would be left over.
        """
        first, rest = [], []
        for text, room in zip(row.cells, self.rooms, strict=True):
            paragraphs, taken = text.split("\n"), 0
            while taken < len(paragraphs) and self.tall(paragraphs[: taken + 1], room) <= most:
                taken += 1
            if not taken and not anywhere:
                return None
            if not taken:
                lines = broken(paragraphs[0], room, self.size)
                some = max(1, int((most / PT - 3) / (1.15 * self.size)))
                paragraphs[:1] = ["".join(lines[:some]), *filter(None, ["".join(lines[some:])])]
                taken = 1
            first.append("\n".join(paragraphs[:taken]))
            rest.append("\n".join(paragraphs[taken:]))
        if not any(rest):
            return None
        again = f"{row.cells[0]} " if len(row.cells[0]) <= 80 else ""
        continued = f"({self.sheet.words['continued']})"
        rest[0] = rest[0] or again.removesuffix(f"{continued} ") + continued
        return Line(first, self.tallest(first)), Line(rest, self.tallest(rest))

    def tall(self, paragraphs: list[str], room: float) -> float:
        return height("\n".join(paragraphs), room, self.size, self.sheet.apart)

    def pieces(self, most: float) -> list[Line]:
        """The rows, those taller than `most` in several."""
        found, waiting = [], self.lines[::-1]
        while waiting:
            line = waiting.pop()
            halves = self.split(line, most, anywhere=True) if line.height > most and not line.is_family else None
            found.append(halves[0] if halves else line)
            waiting += [halves[1]] if halves else []
        return found

    def paged(self, first: float, room: float, last: float) -> list[list[Line]]:
        """The rows page by page: until a family ends where the page is then two thirds full, else until the page is full.

        `first` and `room` are the millimetres for rows on the first and on every further page, `last` what must stand under the
        last row. A family that goes on has its name again, and so has a row that is broken, between its paragraphs if it can.
        """
        found: list[list[Line]] = []
        current: list[Line] = []
        family: Line | None = None
        waiting = self.lines[::-1]
        while waiting:
            line = waiting.pop()
            below = last if not waiting else waiting[-1].height if line.is_family else 0.0
            limit = room if found else first
            left = limit - _tall(current)
            if line.height + min(below, room / 3) <= left:
                family = line if line.is_family else family
                current.append(line)
                continue
            fresh = all(one.is_family for one in current)
            halves = None
            if not line.is_family and (fresh or left > room / 3):
                halves = self.split(line, left, anywhere=fresh and line.height > left)
            if halves:
                current.append(halves[0])
                waiting.append(halves[1])
            elif fresh:  # there is no better place for it
                current.append(line)
                family = line if line.is_family else family
                continue
            else:
                waiting.append(line)
            ends = [at for at, one in enumerate(current) if one.is_family and _tall(current[:at]) > limit * 2 / 3]
            cut = ends[-1] if ends and not halves else len(current)
            found.append(current[:cut])
            current = current[cut:]
            if not current and family and not waiting[-1].is_family:
                name = f"{family.cells[0]} ({self.sheet.words['continued']})"
                current = [Line([name], family.height, True)]
        return [*found, current]


def is_wide(made: Sheet) -> bool:
    """Whether a table is better read on its side: upright its letters would be small, a row tall, or its pages many more."""
    upright, lying = Layout(made, UPRIGHT), Layout(made, LYING)
    longest = max((line.height for line in upright.lines), default=0)
    if upright.size < SMALL or longest > 0.4 * UPRIGHT[1]:
        return True
    needed, beside = (_tall(laid.lines) / page[1] for laid, page in ((upright, UPRIGHT), (lying, LYING)))
    return needed > max(1, beside + 0.4, 1.3 * beside)  # to turn the page and back costs nearly half a page


def _tall(lines: list[Line]) -> float:
    return sum(line.height for line in lines)
