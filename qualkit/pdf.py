"""A PDF with a text layer goes in; its text comes out in reading order, page by page, with the numbers of the pages."""

from __future__ import annotations

import io
import logging
import re
import statistics
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple

from qualkit.original import Original, day_of, proper, properties

_FEW = 20  # letters and digits; a page with fewer is a picture, or empty
_COLUMN = 4  # lines that a column has at least
_GAP = 3  # blanks between columns at least
_SHORT = 15  # letters; lines that are mostly shorter are cells of a table, not lines of a column
_FIRST_LINE = 8  # blanks by which the first line of a paragraph is indented at most
_CELL = 6  # blanks between the cells of a table at least


def read_pdf(content: bytes) -> Original:
    """A PDF: pages parted by form feeds, lines as they are printed, words put together that a hyphen cut at a line's end.

    Columns are read one after the other. Running heads and page numbers stay where they are: `split` labels them.

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
            if not locked:
                drawn = [_mend(page) for page in reader.pages]
                pages = [page.extract_text(extraction_mode="layout") for page in reader.pages]
                pictures = any("/XObject" in (page.get("/Resources") or {}) for page in reader.pages)
                labels = tuple(reader.page_labels)
                meta = dict(reader.metadata or {})
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
    if ghosts := [str(number) for number, content in enumerate(drawn, 1) if _holds_unseen(content)]:
        notes.append(
            f"text that is not printed, as text recognition (OCR) lays it below a picture, is taken as text on page"
            f"{'s' if len(ghosts) > 1 else ''} {', '.join(ghosts)}: proofread it"
        )
    once = [_once(page) for page in pages]
    if once != pages:
        notes.append("words printed twice in the same place, to look bold, are taken once")
    text, joined, kept = _unbroken("\f".join(map(_read_page, once)))
    if joined or kept:
        notes.append(f"words cut at a line's end: {joined} joined, {kept} left with their hyphen")
    if cut := len(re.findall(rf"{_LETTERS}-\s+(?:\d+\s+)?\f", text)):
        notes.append(f"words cut at a page's end, left in two pieces: {cut}. Look there")
    if pictures:
        notes.append("not carried over: pictures")
    if said.rotated:
        notes.append("not carried over: text that stands upright or aslant")
    created = re.match(r"D:(\d{4})(\d\d)(\d\d)", str(meta.get("/CreationDate", "")))
    if created and (day := day_of("-".join(created.groups()))):
        notes.append(f"the file was made on {day}, which need not be the date of the text")
    known = {"title": meta.get("/Title"), "author": meta.get("/Author")}
    return Original(proper(text), *properties(known), tuple(notes), labels)


# How browsers save a soft hyphen that is not at a line's end: as a blank without width, which they say is U+00AD.
_SOFT = re.compile(
    rb"(/ActualText\s*<FEFF00AD>\s*>>\s*BDC\s[^<>()]*)<[0-9a-f]+>(?=\s*Tj\s+EMC\s+(?:[\d.+-]+\s+[0.+-]+\s+Td\s*)?<)",
    re.IGNORECASE,
)


def _mend(page: Any) -> bytes:
    """What draws a page, after soft hyphens were taken out of it that would be read as blanks within words."""
    from pypdf.generic import DecodedStreamObject, NameObject

    contents = page.get_contents()
    content = bytes(contents.get_data()) if contents is not None else b""
    mended = _SOFT.sub(rb"\1<>", content)
    if mended != content:
        page[NameObject("/Contents")] = stream = DecodedStreamObject()
        stream.set_data(mended)
    return mended


def _holds_unseen(content: bytes) -> bool:
    """Whether a page holds text that is neither filled nor outlined.

    >>> _holds_unseen(b"BT 3 Tr (kota) Tj ET"), _holds_unseen(b"BT (Rp 3 Tr) Tj ET")
    (True, False)
    """
    return bool(re.search(rb"\b3\s+Tr\b", re.sub(rb"\((?:[^()\\]|\\.)*\)", b"", content))) if b"Tr" in content else False


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
    return _in_order([_Row(number, len(line) - len(line.lstrip()), line) for number, line in enumerate(written) if line])


def _in_order(rows: list[_Row]) -> str:
    """The rows one below the other; where they stand in two columns, of which each can be parted again, these one after the other."""
    gutter = _gutter([row.text for row in rows])
    if not gutter:
        return _written(rows)
    edges = _edges(rows, gutter)
    third = _gutter([row.text[gutter:] for row in rows if row.text[gutter:].strip()])
    parts: list[list[_Row]] = [[], [], []]  # what runs across, the columns below it, and so on
    for row in rows:
        first, second = row.text[:gutter], row.text[gutter:]
        indent = len(second) - len(second.lstrip())
        # A line with both halves whose second one begins elsewhere than the column does: a head, a foot, a row of a table.
        apart = indent > _FIRST_LINE and not (third and third <= indent <= third + _FIRST_LINE)
        across = first.strip() and second.strip() and (not _parts_at(row.text, gutter) or apart)
        across = across or (first.strip() and row.indent > 0.6 * gutter)  # the number of the page, in its middle
        across = across or row in edges
        if across and (parts[-2] or parts[-1]):
            parts += [[], [], []]
        if across:
            parts[-3].append(row)
            continue
        if first.strip():
            parts[-2].append(row._replace(text=first.rstrip()))
        if second.strip():
            parts[-1].append(_Row(row.number, indent, second))
    told = [(part, _in_order(part) if place % 3 else _written(part)) for place, part in enumerate(parts) if part]
    joints = ["" if below[0].number == above[-1].number + 1 else "\n" for (above, _), (below, _) in pairwise(told)]
    return "".join(words + joint for (_, words), joint in zip(told, [*joints, ""], strict=True))


_FOOT = re.compile(r"\s*(?:(?:.*\D)?\d+[^\w.]*|\d+\s*[|\u2022\u2013-].*|[ivxlc]+)")


def _edges(rows: list[_Row], gutter: int) -> list[_Row]:
    """The head and the foot of a page where they stand in one half of it, a gap away from the columns."""
    head, foot = rows[0], rows[-1]
    usual = _usual([below.number - above.number for above, below in pairwise(rows)])
    edges = [head] if rows[1].number - head.number > usual and (head.indent >= gutter or _FOOT.fullmatch(head.text)) else []
    return [*edges, foot] if foot.number - rows[-2].number > usual and _FOOT.fullmatch(foot.text) else edges


def _usual(gaps: list[int]) -> int:
    return statistics.median_low(gaps) if gaps else 1


def _letters(page: str) -> str:
    """Letters that fonts draw as one sign as the letters they are; one kind of blank.

    >>> _letters("\\ufb01lm\\u2003baru")
    'film baru'
    """
    page = re.sub("[\ufb00-\ufb06]", lambda sign: unicodedata.normalize("NFKC", sign[0]), page)
    return re.sub(r"[^\S\n]", " ", page.expandtabs())


def _once(page: str) -> str:
    """A page without the second print of words that are printed twice, close to each other, to look bold.

    >>> _once("Judul besarJudul besar   anak-anak")
    'Judul besar              anak-anak'
    """

    def halved(words: re.Match[str]) -> str:
        half = words[0][: len(words[0]) // 2]
        twice = len(half) > 4 and half * 2 == words[0] and half[0].isalpha() and (" " in half or half[0].isupper())
        return half + " " * len(half) if twice else words[0]

    return re.sub(r"\S+(?: \S+)*", halved, page)


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
    usual = _usual(gaps)
    margin = Counter(row.indent for row in rows).most_common(1)[0][0] if rows else 0
    lines: list[str] = []
    for row, gap in zip(rows, [0, *gaps], strict=False):
        words = re.sub(r" {2,}", " ", re.sub(rf" {{{_CELL},}}", "\t", row.text.strip()))
        words = re.sub(r"\u00ad(?!$)", "", words)
        lines += [*[""][: gap > usual], " " * min(_FIRST_LINE, max(0, row.indent - margin)) + words]
    return "".join(f"{line}\n" for line in lines)


# --- words cut at the end of a line ---

_LETTERS = r"[^\W\d_]"
# the cut word, a gap or the end of a page or column, the rest of it on the next line, and the marks behind it, which stay with it
_CUT = re.compile(
    rf"(?<![\w-])((?:{_LETTERS}+-)*)({_LETTERS}{{2,}})(?:[-\u00ad]| ?\u2010)\n(\n?\f?)({_LETTERS}+)((?:-{_LETTERS}+)*[^\w\s]*)[ \n]?"
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
        before, head, gap, tail, marks = cut.groups()
        if gap and not tail[0].islower():
            return cut[0]
        one, two = head.casefold(), tail.casefold()
        known = whole[f"{one}-{two}"] > whole[one + two]
        kept = bool(before) or known or tail[0].isupper() or one in _LEADING or (_is_echo(one, two) and not whole[one + two])
        counts[kept] += 1
        return f"{before}{head}{'-' if kept else ''}{tail}{marks}\n{gap.strip(chr(10))}"

    return _CUT.sub(mended, text), counts[0], counts[1]


def _is_echo(one: str, two: str) -> bool:
    """Whether two halves are a doubled word: *negara-negara*, *sayur-mayur*, *teman-temannya*.

    >>> _is_echo("teman", "temannya"), _is_echo("sayur", "mayur"), _is_echo("pendi", "dikan")
    (True, True, False)
    """
    return len(one) > 2 and (two.startswith(one) or (len(one) == len(two) and one[1:] == two[1:]))
