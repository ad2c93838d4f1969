"""A PDF with a text layer goes in; its text comes out in reading order, page by page, with the numbers of the pages."""

from __future__ import annotations

import io
import logging
import re
import statistics
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from qualkit.original import Original, day_of, proper, properties

_FEW = 20  # letters and digits; a page with fewer is a picture, or empty
_COLUMN = 4  # lines that a column has at least
_GAP = 3  # blanks between columns at least
_SHORT = 15  # letters; lines that are mostly shorter are cells of a table, not lines of a column
_FIRST_LINE = 8  # blanks by which the first line of a paragraph is indented at most
_CELL = 6  # blanks between the cells of a table at least


def read_pdf(content: bytes) -> Original:
    """A PDF: pages parted by form feeds, lines as they are printed, words put together that a hyphen cut at a line's end.

    Two columns are read one after the other. Running heads and page numbers stay where they are: `split` labels them.

    Raises
    ------
    ValueError
        If it is no PDF, is locked, or its pages are pictures without a text layer.
    """
    from pypdf import PdfReader

    with _Said() as said:
        try:
            reader = PdfReader(io.BytesIO(content))
            locked = reader.is_encrypted and not reader.decrypt("")
            pages = [] if locked else [page.extract_text(extraction_mode="layout") for page in reader.pages]
            pictures = not locked and any("/XObject" in (page.get("/Resources") or {}) for page in reader.pages)
            labels = () if locked else tuple(reader.page_labels)
            meta = dict(reader.metadata or {}) if not locked else {}
        except Exception as error:  # what is wrong in a PDF can be wrong anywhere; pypdf lets errors of many kinds through
            raise ValueError(
                f"the PDF is damaged, or of a kind that cannot be read ({error}); save it anew from a program that shows it"
            ) from None
    if locked:
        raise ValueError("the PDF is locked by a password; save it without one")
    bare = [number for number, page in enumerate(pages, 1) if len(re.sub(r"[\W_]", "", page)) < _FEW]
    if len(bare) == len(pages):
        what = (
            f"{len(pages)} pages are pictures, or empty, and hold"
            if len(pages) > 1
            else "page is a picture, or empty, and holds"
        )
        raise ValueError(
            f"its {what} no text. Run the PDF through text recognition (OCR), proofread what comes out, and add that"
        )
    notes = []
    if bare:
        which = f"page{'s' if len(bare) > 1 else ''} {', '.join(map(str, bare))}"
        notes.append(f"no text on {which}: a picture, or empty. Look whether something is missing")
    text, joined, kept = _unbroken("\f".join(map(_read_page, pages)))
    if joined or kept:
        notes.append(f"words cut at a line's end: {joined} joined, {kept} left with their hyphen")
    if pictures:
        notes.append("not carried over: pictures")
    if said.rotated:
        notes.append("not carried over: text that stands upright or aslant")
    created = re.match(r"D:(\d{4})(\d\d)(\d\d)", str(meta.get("/CreationDate", "")))
    if created and (day := day_of("-".join(created.groups()))):
        notes.append(f"the file was made on {day}, which need not be the date of the text")
    known = {"title": meta.get("/Title"), "author": meta.get("/Author")}
    return Original(proper(text), *properties(known), tuple(notes), labels)


class _Said(logging.Handler):
    """What pypdf would print while it reads: of all its warnings only one is a loss."""

    rotated = False

    def __enter__(self) -> _Said:
        self.log = logging.getLogger("pypdf")
        self.before = self.log.propagate
        self.log.propagate = False
        self.log.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        self.log.removeHandler(self)
        self.log.propagate = self.before

    def emit(self, record: logging.LogRecord) -> None:
        self.rotated = self.rotated or "otated" in record.getMessage()


# --- reading order ---


class _Row(NamedTuple):
    """A line of a page as it is set, or of one of its columns: which line of the page it is, how far it is indented."""

    number: int
    indent: int
    text: str


def _read_page(page: str) -> str:
    """The lines of a page, which come set as on paper, in the order in which they are read."""
    written = [line.rstrip() for line in _letters(page).split("\n")]
    rows = [_Row(number, len(line) - len(line.lstrip()), line) for number, line in enumerate(written) if line]
    gutter = _gutter([row.text for row in rows])
    if not gutter:
        return _written(rows)
    parts: list[list[_Row]] = [[], [], []]  # what runs across, the columns below it, and so on
    for row in rows:
        first, second = row.text[:gutter], row.text[gutter:]
        indent = len(second) - len(second.lstrip())
        # A line with both halves whose second one begins elsewhere than the column does: a head, a foot, a row of a table.
        across = first.strip() and second.strip() and (not _parts_at(row.text, gutter) or indent > _FIRST_LINE)
        across = across or (first.strip() and row.indent > 0.6 * gutter)  # the number of the page, in its middle
        if across and (parts[-2] or parts[-1]):
            parts += [[], [], []]
        if across:
            parts[-3].append(row)
            continue
        if first.strip():
            parts[-2].append(row._replace(text=first.rstrip()))
        if second.strip():
            parts[-1].append(_Row(row.number, indent, second))
    parts = [part for part in parts if part]
    joints = ["" if below[0].number == above[-1].number + 1 else "\n" for above, below in pairwise(parts)]
    return "".join(_written(part) + joint for part, joint in zip(parts, [*joints, ""], strict=True))


def _letters(page: str) -> str:
    """Letters that fonts draw as one sign as the letters they are; one kind of blank.

    >>> _letters("\\ufb01lm\\u2003baru")
    'film baru'
    """
    page = re.sub("[\ufb00-\ufb06]", lambda sign: unicodedata.normalize("NFKC", sign[0]), page)
    return re.sub(r"[^\S\n]", " ", page.expandtabs())


def _parts_at(line: str, place: int) -> bool:
    """Whether the second column of this line may begin here: there is a gap before it, or nothing on one side."""
    before = line[:place]
    return len(line) <= place or not before.strip() or len(before) - len(before.rstrip()) >= _GAP


def _gutter(lines: list[str]) -> int:
    """Where the second column begins; 0 where the page has one column only.

    Most lines that go so far must begin there anew, about half-way across the page: the columns of a table are more, or
    stand elsewhere.
    """
    if not lines:
        return 0
    width, margin = max(map(len, lines)), min(len(line) - len(line.lstrip()) for line in lines)
    begins = Counter(gap.end() for line in lines for gap in re.finditer(rf"(?:^|(?<=\S)) {{{_GAP},}}(?=\S)", line))
    middle = margin + (width - margin) / 2
    near = {place: count for place, count in begins.items() if abs(place - middle) < 0.2 * (width - margin)}
    if not near:
        return 0
    place = max(near, key=lambda at: (near[at], -at))
    parted = [line for line in lines if _parts_at(line, place)]
    left, right = ([part for line in parted if (part := line[half].strip())] for half in (slice(place), slice(place, None)))
    long = all(statistics.median(map(len, half)) >= _SHORT for half in (left, right) if half)
    across = len(lines) - len(parted)
    return place if long and min(near[place], len(left)) >= _COLUMN and len(right) > across else 0


def _written(rows: list[_Row]) -> str:
    """Lines below one another: an empty line where the gap is wider than usual, first lines indented as they are."""
    gaps = [below.number - above.number for above, below in pairwise(rows)]
    usual = statistics.median_low(gaps) if gaps else 1
    margin = Counter(row.indent for row in rows).most_common(1)[0][0] if rows else 0
    lines: list[str] = []
    for row, gap in zip(rows, [0, *gaps], strict=False):
        words = re.sub(r" {2,}", " ", re.sub(rf" {{{_CELL},}}", "\t", row.text.strip()))
        lines += [*[""][: gap > usual], " " * min(_FIRST_LINE, max(0, row.indent - margin)) + words]
    return "".join(f"{line}\n" for line in lines)


# --- words cut at the end of a line ---

_LETTERS = r"[^\W\d_]"
# the cut word, the rest of it on the next line, and the marks behind it, which stay with it
_CUT = re.compile(
    rf"(?<![\w-])((?:{_LETTERS}+-)*)({_LETTERS}{{2,}})[-\u00ad\u2010]\n({_LETTERS}+)((?:-{_LETTERS}+)*[^\w\s]*)[ \n]?"
)
_LEADING = frozenset("anti antar eks ke maha multi non pasca pra pro se semi sub super".split())


def _unbroken(text: str) -> tuple[str, int, int]:
    """The text with words put together that were cut at a line's end; how many were, and how many keep their hyphen.

    A hyphen that belongs to the word stays: *anak-anak*, *sayur-mayur*, *Surabaya-Busan*, *non-blok*, and what the text writes
    with a hyphen elsewhere.

    >>> _unbroken("pendi-\\ndikan anak-\\nanak, di sana")
    ('pendidikan\\nanak-anak,\\ndi sana', 1, 1)
    """
    whole = Counter(re.findall(rf"{_LETTERS}+(?:-{_LETTERS}+)*", text.casefold()))
    counts = [0, 0]

    def mended(cut: re.Match[str]) -> str:
        before, head, tail, marks = cut.groups()
        one, two = head.casefold(), tail.casefold()
        known = whole[f"{one}-{two}"] > whole[one + two]
        kept = bool(before) or known or tail[0].isupper() or one in _LEADING or (_is_echo(one, two) and not whole[one + two])
        counts[kept] += 1
        return f"{before}{head}{'-' if kept else ''}{tail}{marks}\n"

    return _CUT.sub(mended, text), counts[0], counts[1]


def _is_echo(one: str, two: str) -> bool:
    """Whether two halves are a doubled word: *negara-negara*, *sayur-mayur*, *teman-temannya*.

    >>> _is_echo("teman", "temannya"), _is_echo("sayur", "mayur"), _is_echo("pendi", "dikan")
    (True, True, False)
    """
    return len(one) > 2 and (two.startswith(one) or (len(one) == len(two) and one[1:] == two[1:]))
