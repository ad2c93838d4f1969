"""Segments and the rows of a coder's file go in; where each row stands in the text at hand comes out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.anchors import Found, find_all
from qualkit.codebook import Code, Facet
from qualkit.tables import did_you_mean, is_number, one_line, read_rows, records

SHA_DIGITS = 16
SURROUNDINGS = 30  # characters kept before and after the words a coding was put on

STANDING = ("exact", "sentence", "moved", "changed")  # anchors of what has a place in the text at hand; who stayed comes first

Row = dict[str, Any]  # one coding, or one segment
Codes = Mapping[str, tuple[Facet, Code]]


class Places:
    """Where codings may stand: the segments of each document, by number and by offset."""

    def __init__(self, segments: pd.DataFrame, editions: dict[str, set[str]]) -> None:
        self.by_document: dict[str, list[Row]] = {}
        for segment in records(segments.sort_values("start", kind="stable")):
            self.by_document.setdefault(segment["document"], []).append(segment)
        self.by_number = {(s["document"], s["segment"]): s for found in self.by_document.values() for s in found}
        self.texts = {document: _text(fellows) for document, fellows in self.by_document.items()}
        self.ends = {document: [s["end"] for s in fellows] for document, fellows in self.by_document.items()}
        self.editions = editions

    def home(self, document: str, start: int, end: int) -> Row | None:
        """The first segment of which a place holds something; of a speaker's label and what is said, what is said."""
        at = bisect_right(self.ends[document], start)
        touched = [one for one in self.by_document[document][at : at + 2] if start < end and one["start"] < end]
        return touched[-1] if touched and touched[0].get("rule") == "speaker" else touched[0] if touched else None

    def words(self, document: str, start: int, end: int) -> str:
        """What stands at a place, white space as single blanks."""
        return one_line(self.texts[document][start:end])

    def at(self, document: str, start: int, end: int) -> Row:
        """Segment, place, words and context of a stretch of text."""
        home, text = self.home(document, start, end), self.texts[document]
        return {
            "segment": home["segment"] if home else 0,
            "start": start,
            "end": end,
            "quote": text[start:end],
            "sha256": self.checksum(document),
            "prefix": text[max(0, start - 10 * SURROUNDINGS) : start].rstrip()[-SURROUNDINGS:],
            "suffix": text[end : end + 10 * SURROUNDINGS].lstrip()[:SURROUNDINGS],
        }

    def checksum(self, document: str) -> str:
        return str(self.by_document[document][0].get("sha256", ""))[:SHA_DIGITS]

    def kinship(self, coded: str, document: str) -> str:
        """The text at hand and the one coded: the same, another edition of it, changed, or unknown where no checksum tells."""
        coded, here = coded[:SHA_DIGITS], self.checksum(document)
        if not coded or not here:
            return "unknown"
        return "same" if coded == here else "edition" if here in self.editions.get(coded, set()) else "changed"


def _text(segments: list[Row]) -> str:
    """A document as its segments tell it: between two of them there is only white space."""
    pieces, at, paragraph = [], 0, None
    for segment in segments:
        between = " " if segment.get("paragraph", 0) == paragraph else "\n"
        pieces += [between * (segment["start"] - at), segment["text"]]
        at, paragraph = segment["end"], segment.get("paragraph")
    return "".join(pieces)


class Answers:
    """What one coder has said so far: a code stands once on a place, and a facet may allow one answer per segment."""

    def __init__(self) -> None:
        self.places: dict[tuple[object, ...], str] = {}
        self.units: dict[tuple[object, ...], str] = {}

    def clash(self, row: Row, facet: Facet | None, where: str) -> str:
        """What forbids a coding beside those before it; '' where nothing does, and it then counts among them."""
        place = (row["document"], row["start"], row["end"], row.get("code_as_coded", row["code"]))
        if place in self.places and row["anchor"] != "sentence":  # two parts of a sentence meet in its other edition
            return f"code '{place[3]}' on this place is already on {self.places[place]}"
        unit = (row["document"], row["segment"], facet.id if facet else "")
        if facet and facet.scale != "multiple" and self.units.get(unit, row["code"]) != row["code"]:
            return f"segment {row['segment']} of '{row['document']}' already has {facet.id} '{self.units[unit]}'; it takes one"
        self.places.setdefault(place, where)
        self.units.setdefault(unit, row["code"])
        return ""


def declared_editions(manifest: Path) -> dict[str, set[str]]:
    """Checksums that name the same text, sentence by sentence, as documents.csv declares them."""
    editions: dict[str, set[str]] = defaultdict(set)
    if manifest.is_file():
        for row in read_rows(manifest, ("document", "sha256"), ("original_sha256",)):
            same = {row[name][:SHA_DIGITS] for name in ("sha256", "original_sha256") if row[name]}
            for one in same:
                editions[one] |= same
    return editions


def placed(rows: Sequence[Row], places: Places, codes: Codes) -> list[Row]:
    """Each row of a coder's file, in their order, with where it stands in the text at hand.

    A row keeps its cells and gets `anchor` (as `read_codings` tells it), `facet`, `edited` (whether its text is not the one
    that was coded) and, where it was found, today's `segment`, `start` and `end`. Exact and moved ones also get today's
    words and context; those to be settled keep theirs, and have `candidates`: the places to choose from, each with start, end,
    quote, prefix and suffix. A row that cannot be placed has the anchor "damaged", and `problem` says why.
    """
    answers, found = Answers(), [{**row, **_place(row, places, codes)} for row in rows]
    for (document, _), numbers in _coded_together(found).items():
        coded = [tuple(found[number][name] for name in ("quote", "prefix", "suffix", "start")) for number in numbers]
        for number, again in zip(numbers, find_all(coded, places.texts[document]), strict=True):
            found[number] |= _found(rows[number], again, places)
    standing = [number for number, row in enumerate(found) if row["anchor"] in STANDING]
    for number in sorted(standing, key=lambda n: STANDING.index(found[n]["anchor"])):
        row, facet = found[number], codes[found[number]["code"]][0] if found[number]["facet"] else None
        clash = answers.clash(row, facet, f"line {row.get('line', number + 2)}")
        if clash and row["edited"]:
            found[number] = {**row, **rows[number], **_nowhere(rows[number], "orphan", [row])}
        elif clash:
            found[number] = {**row, "anchor": "damaged", "problem": clash}
    return found


def _place(row: Row, places: Places, codes: Codes) -> Row:
    """What `placed` adds to one row, seen by itself."""
    problems = []
    if row["code"] not in codes and row.get("revision") not in ("to decide", "retired"):  # such a code has no facet
        problems.append(f"code '{row['code']}' is not in the codebook.{did_you_mean(row['code'], codes)}")
    if row["document"] not in places.by_document:
        known = did_you_mean(row["document"], places.by_document)
        problems.append(f"document '{row['document']}' is not in the corpus.{known}")
    else:
        try:
            place = _stands(row, places)
        except ValueError as error:
            problems.append(str(error))
    if problems:
        return {"facet": "", "anchor": "damaged", "edited": False, "problem": "; ".join(problems)}
    return {"edited": False, "facet": codes[row["code"]][0].id if row["code"] in codes else "", **place}


def _stands(row: Row, places: Places) -> Row:
    """Segment, place and words of a coding in the text at hand, and how it was found; ValueError where it cannot be."""
    document, quote = row["document"], one_line(row["quote"])
    whole = not row["start"] and not row["end"]
    if not is_number(row["segment"]) or not (whole or (is_number(row["start"]) and is_number(row["end"]))):
        raise ValueError("segment, start and end must be whole numbers (start and end may both be empty: the whole segment)")
    number, kinship = int(row["segment"]), places.kinship(row["sha256"], document)
    segment = places.by_number.get((document, number))
    if segment is None and number and (kinship == "edition" or (whole and kinship != "changed")):
        last = max(s["segment"] for s in places.by_document[document])
        raise ValueError(f"document '{document}' has segments 1 to {last}, not {number}")
    if segment and (whole or kinship == "edition"):
        start, end = segment["start"], segment["end"]
    else:
        start, end = int(row["start"] or 0), int(row["end"] or 0)
    if kinship == "edition":
        return {**places.at(document, start, end), "anchor": "sentence"} if segment else _nowhere(row, "orphan")
    if kinship != "changed":
        words = places.words(document, start, end)
        if places.home(document, start, end) and (not quote or (quote in words if whole else quote == words)):
            kept = {} if whole or not quote else {name: row[name] for name in ("quote", "sha256", "prefix", "suffix")}
            return {**places.at(document, start, end), **kept, "anchor": "exact"}
        if kinship == "same":
            raise ValueError(f"“{quote[:60]}” is not what stands at {start}-{end} of '{document}' (“{words[:60]}”)")
    return {"anchor": "", "start": start}  # to be looked for, together with the others of its text


def _coded_together(found: Sequence[Row]) -> dict[tuple[str, object], list[int]]:
    """The numbers of the rows that are to be looked for, by document and by the text they were coded on; alone where it is unknown."""
    together: dict[tuple[str, object], list[int]] = defaultdict(list)
    for number, row in enumerate(found):
        if not row["anchor"]:
            text = row["sha256"][:SHA_DIGITS] if row["end"] else ""  # of a whole segment it is unknown where it began
            together[row["document"], text or number].append(number)
    return together


def _found(row: Row, again: Found, places: Places) -> Row:
    """What is said of a coding whose words were looked for in a text that was changed."""
    document = row["document"]
    if again.anchor in ("ambiguous", "orphan"):
        return _nowhere(row, again.anchor, [places.at(document, *place) for place in again.candidates])
    today = places.at(document, again.start, again.end)
    if again.anchor == "changed":
        kept = {name: today[name] for name in ("segment", "start", "end")}
        return {**kept, "anchor": "changed", "edited": True, "candidates": [today]}
    return {**today, "anchor": again.anchor, "edited": True}


def _nowhere(row: Row, anchor: str, candidates: Sequence[Row] = ()) -> Row:
    """An orphan, or a coding of which nobody can say in which of several places it stands: in no segment, so that no count takes it."""
    place = {"segment": 0, "start": int(row["start"] or 0), "end": int(row["end"] or 0)}
    return {**place, "anchor": anchor, "edited": True, "candidates": list(candidates)}
