"""A text and what its file says about it go in; its line of documents.csv comes out."""

from __future__ import annotations

import hashlib
import re
import unicodedata

import pandas as pd

from qualkit.corpus import CERTAINTIES
from qualkit.original import Original
from qualkit.segments import harvest, split
from qualkit.tables import DEVICE, is_day

# The columns of documents.csv that tell where a text comes from.
ADDED = ("title_note", "outlet_note", "author_note", "source", "source_name", "source_place", "source_sha256", "source_note",
         "page_numbers")  # fmt: skip
_RESERVED = frozenset("line text segment start end sha256 file original_sha256 date_note".split())
_NOTED = ("title", "outlet", "author")
# Of who wrote, and not of who edited, translated or took pictures; without a colon it may be a menu: Beranda | Olahraga
_BYLINE = re.compile(r"(?i:pewarta|penulis|reporter|wartawan|jurnalis|kontributor|koresponden|(?:ditulis )?oleh|laporan)\s*:")
_NOBODY = re.compile(r"(?i:admin|redaksi|tim)\b")  # names no person
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}")


def identifier(wanted: str) -> str:
    """An id for a text, of the words of its file's name or of its title.

    >>> identifier("Kabar Kafé (2024)"), identifier("nul")
    ('kabar-kafe-2024', 'nul-text')
    """
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode() or wanted
    name = re.sub(r"[^\w]+", "-", plain.lower()).strip("-_")[:60].strip("-_")
    if not name:
        raise ValueError(f"'{wanted}' holds no letter to name the text by; give the file another name")
    return f"{name}-text" if DEVICE.fullmatch(name) else name


def proposed(text: str) -> dict[str, tuple[str, str]]:
    """What a page that was kept as text says about itself, by column of documents.csv: the value, and where it stands.

    The title is the first heading above the text, the date that of the time stamp above the text, the author the name in its byline.
    Where several days are stamped there, or a weekday does not fit, there is no date; of several names none is the author.

    >>> proposed("Pasar Dibuka\\n\\nSelasa, 14 Januari 2025 09:30 WIB\\n\\nPenulis: Lila Karang\\n\\nPasar itu dibuka pada hari Senin.")["date"]
    ('2025-01-14', 'the time stamp of the page')
    """
    page = pd.DataFrame({"document": [""], "title": [""], "author": [""], "kind": ["news"], "text": [text]})
    segments = split(page, into="sentences")
    above = segments[~(segments["label"] == "content").cummax()]
    titles = above.loc[above["label"] == "heading", "text"].tolist()
    stamps = set(above.loc[above["rule"] == "timestamp", "segment"])
    told = harvest(segments).to_dict("records")
    dates = [one for one in told if one["field"] == "date" and one["segment"] in stamps]
    days = {one["value"] for one in dates}
    is_sure = len(days) == 1 and all(one["weekday_fits"] is not False for one in dates)
    bylines = {one["value"] for one in told if one["field"] == "author" and _BYLINE.match(one["written"])}
    authors = [name for name in bylines if not _NOBODY.match(name)]
    is_one = len(authors) == 1 and _NAME.fullmatch(authors[0])
    found = {
        "title": (titles, "the heading above the text"),
        "date": ([*days] if is_sure else [], "the time stamp of the page"),
        "author": (authors if is_one else [], "the byline"),
    }
    return {column: (values[0], where) for column, (values, where) in found.items() if values}


def line_of(name: str, kind: str, text: str, original: Original, found: dict[str, str]) -> dict[str, str]:
    """The line of documents.csv for a text; what was found by a rule is marked as inferred."""
    found = dict(found)
    date, certainty = found.pop("date", ""), found.pop("date_certainty", "")
    if date and not (len(date) in (4, 7, 10) and is_day(f"{date}-01-01"[:10])):
        found["date_as_written"], date = date, ""
    if not date:
        certainty = "unknown"
    elif not certainty.startswith(CERTAINTIES):
        certainty = f"inferred: {original.inferred['date']}" if "date" in original.inferred else "given: in the table of texts"
    row = {"document": name, "file": f"texts/{name}.txt", "kind": kind, "date": date, "date_certainty": certainty,
           "language": found.pop("language", "") or "id", "sha256": hashlib.sha256(text.encode()).hexdigest(),
           "page_numbers": _numbering(original.pages)}  # fmt: skip
    for column in _NOTED:
        row[column] = found.pop(column, "")
        row[f"{column}_note"] = f"inferred: {original.inferred[column]}" if column in original.inferred and row[column] else ""
    if not row["title"]:
        row["title"], row["title_note"] = f"[{name}]", "inferred: the name of the file"
    further = {key: value for key, value in found.items() if key not in _RESERVED and key not in row and re.search(r"\w", key)}
    return {**row, **further}


def _numbering(pages: tuple[str, ...]) -> str:
    """The printed numbers of the pages: from the first to the last where they count up, else each.

    >>> _numbering(("11", "12", "13")), _numbering(("i", "ii", "1")), _numbering(("7",))
    ('11-13', 'i ii 1', '7')
    """
    counted = [int(page) for page in pages if page.isdecimal()]
    if len(counted) == len(pages) > 1 and counted == [*range(counted[0], counted[-1] + 1)]:
        return f"{pages[0]}-{pages[-1]}"
    return " ".join(pages)
