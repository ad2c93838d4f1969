"""A saved web page goes in; its text comes out, menus and links on lines of their own, with what its head says about it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any

from qualkit.original import Original, day_of, decoded, proper
from qualkit.tables import number_of

_BLOCKS = frozenset(
    "address article aside blockquote body br button caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr html iframe label legend li main menu nav ol option p pre section select summary table td textarea th title tr ul video".split()
)
_UNSEEN = frozenset("script style template noscript head object audio video canvas title".split())
# What nobody sees that may be left open; browsers then take all that follows for a part of it.
_BEGIN_OR_END = re.compile(r"<(/?)(audio|canvas|noscript|object|template|video)\b(?![^<>]*/>)")
# The value of an attribute: what looks like an element in it is none.
_VALUE = re.compile(r"""=\s*(?:"[^"\n]{0,2000}"|'[^'\n]{0,2000}')""")
_RAW = re.compile(  # what holds no elements, up to its end or that of the page
    r"<!--(?:-?>|.*?(?:--!?>|(?P<cut>\Z)))|<(?P<name>script|style|title|textarea)\b(?![^<>]*/>).*?(?:</(?P=name)|(?P<off>\Z))",
    re.IGNORECASE | re.DOTALL,
)
_DRAWN = frozenset(("svg", "math"))  # where a paragraph begins within one, it was left open
_LONG = 80  # letters; a hidden part with a line as long may be told, such as behind "read on": it is kept
_CELL = 200  # letters of the cell of a table at most; longer ones set out a page
_PORTION = 1_000_000  # characters

# Where a page says what it is, the surest place first.
_FIELDS = {
    "title": ("og:title", "headline", "dc.title", "twitter:title", "title"),
    "outlet": ("og:site_name", "publisher", "dc.publisher", "application-name"),
    "date": ("article:published_time", "datepublished", "datecreated", "publishdate", "pubdate", "dc.date", "date", "time"),
    "author": ("author", "article:author", "dc.creator", "byl"),
    "language": ("lang",),
    "address": ("canonical", "og:url"),
}


def read_html(content: bytes) -> Original:
    """A web page saved as a file. Nothing that a reader of the page sees is left out; `split` labels what is no content.

    Scripts, style sheets and short lines that the page hides are no text; a row of a table is a line, its cells set apart by
    tabs. Title, outlet, date and author are proposed from the head
    of the page, which can be wrong: they are marked as inferred.
    """
    head = re.sub(rb"<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", b"", content[:8192], flags=re.IGNORECASE | re.DOTALL)
    declared = re.search(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{2,40})""", head, re.IGNORECASE)
    text, _, warning = decoded(content, declared[1].decode() if declared else "")
    text = proper(text)
    left_open, cut_off = _unclosed(text)
    page = _read(text, left_open)
    for name, value in _linked(page.linked):
        page.tell(name, value)
    found, inferred = {}, {}
    for column, names in _FIELDS.items():
        values = ((name, page.told.get(name, "")) for name in names)
        if column == "date":
            values = ((name, day_of(value)) for name, value in values)
        elif column == "language":
            values = ((name, value[:2].lower()) for name, value in values)
        elif column == "author":
            values = ((name, value) for name, value in values if "://" not in value)
        if best := next(((name, value) for name, value in values if value), None):
            found[column], inferred[column] = best[1], f"the page's own '{best[0]}'"
    if found:
        found["kind"], inferred["kind"] = "news", "a saved web page"
    notes = [warning] if warning else []
    notes += [
        f"<{name}> is left open: what stands in it is kept, as it may be the rest of the page" for name in sorted(left_open)
    ]
    if cut_off:
        notes.append(f"<{cut_off}> is left open: what stands behind it is not read. Look whether something is missing")
    if lost := [number_of(count, name) for name, count in page.lost.items() if count]:
        notes.append(f"not carried over: {', '.join(lost)}")
    for what, lines in (("left out", page.hidden), ("kept, as it may be told", page.doubtful)):
        if lines:
            notes.append(f"hidden by the page and {what}: {number_of(len(lines), 'line')}, first '{lines[0][:60]}'")
    return Original(page.text(), found, inferred, tuple(notes))


def _unclosed(text: str) -> tuple[set[str], str]:
    """The unseen elements that begin more often than they end; and within what, if anything, the page breaks off.

    >>> _unclosed("<video src=a><p>Kota.</p><audio></audio><script>'<audio>'</script><!-- ")
    ({'video'}, '!--')
    """
    text = _VALUE.sub("", text)
    raw = [found for found in _RAW.finditer(text) if found.lastgroup in ("cut", "off")]
    cut_off = (name for found in raw if (name := (found["name"] or "!--").lower()) != "textarea")  # whose words are read
    bare = _RAW.sub("", text).lower()
    met = Counter(_BEGIN_OR_END.findall(bare))
    return {name for _, name in met if met["", name] > met["/", name]}, next(cut_off, "")


def _read(text: str, left_open: Collection[str]) -> _Page:
    """What a page shows. The parser of lxml takes each sign once, whatever was left open; Python's own can take hours."""
    from lxml import etree

    page = _Page(_UNSEEN.difference(left_open))
    parser = etree.HTMLParser(target=page, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        for start in range(0, len(text), _PORTION):
            parser.feed(text[start : start + _PORTION])
        parser.close()
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the page is empty or damaged ({error}); save it anew from the browser") from None
    return page


class _Page:
    """Gathers lines of text, and what the page says about itself, while a parser tells what it meets."""

    def __init__(self, unseen: Collection[str]) -> None:
        self.is_unseen = unseen.__contains__
        self.pieces: list[str] = []
        self.told: dict[str, str] = {}
        self.title: list[str] = []
        self.linked: list[str] = []  # what stands in <script type="application/ld+json">
        self.unseen = 0  # how many of the open elements nobody sees
        self.drawn = 0  # how many are drawings or formulas
        self.verbatim = 0  # how many keep their line ends
        self.depth = 0
        self.within = ""  # the element whose text is kept apart: title, a script with data
        self.link_ended = False  # whether a link ended and nothing came since
        self.lists: list[str] = []  # the open ones: ol, ul
        self.rows: list[list[int] | None] = []  # where the cells of each open row of a table begin; None where it holds links
        self.veil: tuple[int, int] | None = None  # of what the page hides: how deep it begins, and behind how many pieces
        self.lost = {"picture": 0, "formula": 0, "list mark": 0}
        self.hidden: list[str] = []
        self.doubtful: list[str] = []

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        self.depth += 1
        if tag == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            self.tell(name.lower(), given.get("content", ""))
        elif tag == "html":
            self.tell("lang", given.get("lang", ""))
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self.tell("canonical", given.get("href", ""))
        elif tag == "time":
            self.tell("time", given.get("datetime", ""))
        is_data = tag == "script" and "ld+json" in given.get("type", "").lower()
        self.within = "data" if is_data else "title" if tag == "title" and not self.told.get("title") else ""
        if is_data:
            self.linked.append("")
        self.unseen += self.is_unseen(tag)
        if tag in _BLOCKS and tag != "title":
            self.drawn = 0  # a drawing was left open: no paragraph stands in one
        if self._shows():
            self._show(tag, given)
        self.drawn += tag in _DRAWN

    def _shows(self) -> bool:
        return not (self.unseen or self.drawn)

    def _show(self, tag: str, given: Mapping[str, str]) -> None:
        """An element begins that a reader of the page sees."""
        if (
            not self.veil
            and tag not in ("html", "body")
            and ("hidden" in given or re.search(r"(?i)display\s*:\s*none", given.get("style", "")))
        ):
            self.veil = self.depth, len(self.pieces)
        if not self.veil:
            self.lost["picture"] += tag == "img"
            self.lost["formula"] += tag == "math"
            self.lost["list mark"] += tag == "li" and self.lists[-1:] == ["ol"]
        if tag in _BLOCKS:
            self.pieces.append("\n" if tag == "br" else "\n\n")
        if tag == "a":
            self.pieces.append(" " if self.link_ended else "")
            self.rows[-1:] = [None] if self.rows else []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows and self.rows[-1] is not None:
            self.rows[-1].append(len(self.pieces))
        elif tag in ("ol", "ul"):
            self.lists.append(tag)
        self.verbatim += tag == "pre"
        self.link_ended = self.link_ended and tag not in _BLOCKS

    def end(self, tag: str) -> None:
        if self.within == "title":
            self.tell("title", "".join(self.title))
        self.within = ""
        self.unseen -= self.is_unseen(tag)
        self.drawn -= tag in _DRAWN and self.drawn > 0
        if self._shows():
            if tag == "tr" and self.rows:
                self._close_row()
            elif tag in ("ol", "ul") and self.lists:
                self.lists.pop()
            if tag in _BLOCKS and tag != "br":
                self.pieces.append("\n\n")
            self.verbatim -= tag == "pre" and self.verbatim > 0
            self.link_ended = tag == "a" or (self.link_ended and tag not in _BLOCKS)
        if self.veil and self.depth <= self.veil[0]:
            self._lift(self.veil[1])
        self.depth -= 1

    def _close_row(self) -> None:
        """Put the cells of a row into one line, unless they set out a page, or a menu."""
        places = self.rows.pop() or [0]
        if len(places) < 2 or len(self.pieces) - places[0] > _CELL:
            return
        cells = ["".join(self.pieces[at:to]).strip(" \n") for at, to in pairwise([*places, len(self.pieces)])]
        if all("\n" not in cell and len(cell) <= _CELL for cell in cells):
            self.pieces[places[0] :] = ["\t".join(cells).rstrip()]

    def _lift(self, place: int) -> None:
        """Take out what the page hides, unless it holds long lines, which may be told."""
        lines = [line.strip() for line in "".join(self.pieces[place:]).split("\n") if line.strip()]
        self.veil = None
        if any(len(line) >= _LONG for line in lines):
            self.doubtful += lines
            return
        self.hidden += lines
        self.pieces[place:] = ["\n\n"][: "\n\n" in self.pieces[place:]]
        cells = self.rows[-1] if self.rows else None
        while cells and cells[-1] > len(self.pieces):
            cells.pop()  # hidden too

    def data(self, text: str) -> None:
        if self.within == "data":
            self.linked[-1] += text
        elif self.within == "title":
            self.title.append(text)
        elif self._shows():
            self.pieces.append(text if self.verbatim else re.sub(r"[^\S\u00a0]+", " ", text))
            self.link_ended = False

    def close(self) -> None:
        """Nothing is left to do when the page ends."""

    def tell(self, name: str, value: str) -> None:
        if name and value.strip():
            self.told.setdefault(name, " ".join(value.split())[:500])

    def text(self) -> str:
        """The lines, without the blanks and the empty lines that only the page's code had."""
        lines = [line.strip(" ") for line in "".join(self.pieces).split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n ") + "\n"


def _linked(scripts: list[str]) -> Iterator[tuple[str, str]]:
    """What the page says in JSON-LD (schema.org): headline, day, author and publisher of the article."""
    for script in scripts:
        try:
            for entry in _entries(json.loads(script)):
                for name in ("headline", "datePublished", "dateCreated", "author", "publisher"):
                    yield name.lower(), _named(entry.get(name))
        except (ValueError, RecursionError):  # many pages have broken ones
            continue


def _entries(content: Any) -> Iterator[dict[str, Any]]:
    entries = content if isinstance(content, list) else [content]
    for entry in entries:
        if isinstance(entry, dict):
            yield from _entries(entry.get("@graph", []))
            if "headline" in entry or "datePublished" in entry:
                yield entry


def _named(value: Any) -> str:
    """A text, the name of a person or organisation, or several of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_named, value[:10])))
    value = value.get("name") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""
