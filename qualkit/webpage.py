"""A saved web page goes in; its text comes out, menus and links on lines of their own, with what its head says about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from qualkit.original import Original, day_of, decoded, proper

_BLOCKS = frozenset(
    "address article aside blockquote body br button caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr html iframe label legend li main menu nav ol option p pre section select summary table td textarea th title tr ul video".split()
)
_UNSEEN = frozenset("script style template noscript svg math head object audio video canvas title".split())
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

    Scripts, style sheets and what is hidden in the head are no text. Title, outlet, date and author are proposed from the head
    of the page, which can be wrong: they are marked as inferred.
    """
    declared = re.search(
        rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{2,40})""", content[:8192], re.IGNORECASE
    )
    text, _, warning = decoded(content, declared[1].decode() if declared else "")
    page = _read(proper(text))
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
    if page.pictures:
        notes.append(f"not carried over: {page.pictures} picture{'s' if page.pictures > 1 else ''}")
    return Original(page.text(), found, inferred, tuple(notes))


def _read(text: str) -> _Page:
    """What a page shows. The parser of lxml takes each sign once, whatever was left open; Python's own can take hours."""
    from lxml import etree

    page = _Page()
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

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.told: dict[str, str] = {}
        self.title: list[str] = []
        self.linked: list[str] = []  # what stands in <script type="application/ld+json">
        self.unseen = 0  # how many of the open elements nobody sees
        self.within = ""  # the element whose text is kept apart: title, a script with data
        self.pictures = 0

    def start(self, tag: str, given: Mapping[str, str]) -> None:
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
        self.pictures += tag == "img" and not self.unseen
        self.unseen += tag in _UNSEEN
        if not self.unseen and tag in _BLOCKS:
            self.pieces.append("\n" if tag == "br" else "\n\n")

    def end(self, tag: str) -> None:
        if self.within == "title":
            self.tell("title", "".join(self.title))
        self.within = ""
        self.unseen -= tag in _UNSEEN
        if not self.unseen and tag in _BLOCKS and tag != "br":
            self.pieces.append("\n\n")

    def data(self, text: str) -> None:
        if self.within == "data":
            self.linked[-1] += text
        elif self.within == "title":
            self.title.append(text)
        elif not self.unseen:
            self.pieces.append(re.sub(r"[^\S\u00a0]+", " ", text))

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
