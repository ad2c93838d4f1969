"""Segments and a facet go in; the places of its indicators come out, each with why it counts or does not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from qualkit.codebook import Facet
from qualkit.context import yields
from qualkit.matching import Matcher, Term
from qualkit.tables import one_line

_NEAR = 60  # characters looked at before a word
_CAPITAL = "A-ZÀ-ÖØ-Þ"
# What goes on after the word that opens the name of a body: words with a capital, small ones that join two of them, and
# lists of them ("Dinas Pemuda, Olahraga, dan Pariwisata"). No name is longer: a page in capitals would take for ever.
_WORD = rf"[{_CAPITAL}][\w’']*"
_REST_OF_NAME = re.compile(
    rf"(?:[\s/-]+(?:(?:dan/atau|dan|untuk|of|for|and|the|&)\s+){{0,3}}(?:{_WORD}|\d+\b)){{1,20}}(?:(?:,\s+{_WORD}(?:\s{_WORD})?){{1,9}},?\s+dan\s+{_WORD})?"
)
_VERB = re.compile(r"\bme[lmnrwy][a-z]{3,}")  # what the participants do begins so
_NO_VERB = frozenset("melalui melayu memang menteri menurut merdeka mereka merupakan meliputi mencakup menjabat".split())
_WORD_BEFORE = re.compile(r"(\w+)(,?)[\s-]+\Z")
_WORD_AFTER = re.compile(r"[\s-]+(\w)")
_INVISIBLE = re.compile(r"\u00ad\s*\n\s*|[\u00ad\u200b-\u200f\u2060\ufeff]")


class Places(NamedTuple):
    """Places of terms, one per element: in which row of the segments, from where to where in its text, and why not counted."""

    row: np.ndarray
    start: np.ndarray
    end: np.ndarray
    code: np.ndarray
    term: np.ndarray
    reason: np.ndarray

    def at(self, which: np.ndarray) -> Places:
        return Places(*(column[which] for column in self))


class Prepared(NamedTuple):
    """The terms of a facet ready to be found: of which code each is, what it is, and whether it is weak."""

    matcher: Matcher
    terms: list[str]
    code: np.ndarray
    kind: np.ndarray
    weak: np.ndarray


_INDICATOR, _MASK, _BODY, _PARTICIPANTS = range(4)


def prepared(facet: Facet) -> Prepared:
    return _compiled(
        facet.bodies, facet.participants, tuple((code.indicators, code.roots, code.masks, code.weak) for code in facet.codes)
    )


@lru_cache(maxsize=8)
def _compiled(
    bodies: tuple[str, ...], participants: tuple[str, ...], codes: tuple[tuple[tuple[str, ...], ...], ...]
) -> Prepared:
    terms = [(-1, _BODY, Term(body), False) for body in bodies]
    terms += [(-1, _PARTICIPANTS, Term(words), False) for words in participants]
    for number, (indicators, roots, masks, weak) in enumerate(codes):
        terms += [(number, _INDICATOR, Term(term), term in weak) for term in indicators]
        terms += [(number, _INDICATOR, Term(root, root=True), root in weak) for root in roots]
        terms += [(number, _MASK, Term(mask), False) for mask in masks]
    code, kind, found, weak = zip(*terms, strict=True) if terms else ((), (), (), ())
    columns = (np.array(column, dtype) for column, dtype in ((code, np.intp), (kind, np.intp), (weak, bool)))
    return Prepared(Matcher(found), [term.text for term in found], *columns)


def find_places(segments: pd.DataFrame, facet: Facet) -> Places:
    """The places of the indicators in the content, of those that overlap the longest, a weak one only where none overlaps it that
    counts alone; those that do not count with the reason.

    Pass whole documents: a weak indicator counts by what stands in the segments beside it. First come the places that no mask
    and no name blocks, in the order of the rows and codes.
    """
    every = _every_place(segments, facet)
    free = every.at(every.reason == "")
    weak = prepared(facet).weak[free.term]
    strong, beside_strong = _longest(free.at(~weak)), free.at(weak)
    beside_strong = _longest(beside_strong.at(_covering(beside_strong, strong) < 0))
    prevailing = Places(*map(np.concatenate, zip(strong, beside_strong, strict=True)))
    prevailing = prevailing.at(np.lexsort((prevailing.start, prevailing.code, prevailing.row)))
    blocked = every.at(every.reason != "")
    beside = _longest(blocked.at(_covering(blocked, prevailing) < 0))
    return Places(*map(np.concatenate, zip(_yielding(prevailing, segments, facet), beside, strict=True)))


def _every_place(segments: pd.DataFrame, facet: Facet) -> Places:
    """Every place, overlapping ones too; those that a mask or a name blocks with the reason."""
    content = np.flatnonzero((segments["label"] == "content").to_numpy())
    text = segments["text"].to_numpy()
    ready = prepared(facet)
    hits = ready.matcher.find(text[content].tolist())
    none = np.full(len(hits.text), "", dtype=object)
    every = Places(content[hits.text], hits.start, hits.end, ready.code[hits.term], hits.term, none)
    kind = ready.kind[hits.term]
    chosen = kind == _INDICATOR
    places, derived = every.at(chosen), hits.derived[chosen]
    derived_at = np.flatnonzero(derived)
    for at, row, start, end in zip(
        derived_at.tolist(), *(column.tolist() for column in places.at(derived_at)[:3]), strict=True
    ):
        if text[row][start].isupper() and _is_a_name(text[row], start, end):
            places.reason[at] = "a capital letter amidst a sentence, as a name has it"
    anywhere, beside = places._replace(code=np.zeros_like(places.code)), np.isin(every.row, places.row)
    names = _names(every.at((kind == _BODY) & beside), text)
    within = _covering(anywhere, names)
    for at in np.flatnonzero(within >= 0).tolist():
        row, start, end = (column[within[at]] for column in names[:3])
        term, opening = ready.terms[places.term[at]], ready.terms[names.term[within[at]]]
        begins_it = places.start[at] == start and len(term) > len(opening)  # "jalan medan" is more than an address
        if start <= places.start[at] and places.end[at] <= end and term == term.lower() and not begins_it:
            places.reason[at] = f"name of a body '{one_line(text[row][start:end])}'"
    guests = _guests(every.at((kind == _PARTICIPANTS) & beside), text)
    among = _covering(anywhere, guests)
    for at in np.flatnonzero(among >= 0).tolist():
        places.reason[at] = f"names who takes part, behind '{ready.terms[guests.term[among[at]]]}'"
    masks = every.at(kind == _MASK)
    masked = _covering(places, masks)
    for at in np.flatnonzero(masked >= 0).tolist():
        places.reason[at] = f"mask '{ready.terms[masks.term[masked[at]]]}'"
    return places


def _is_a_name(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital stands amidst a sentence, with no other such word beside it."""
    before, after = _WORD_BEFORE.search(text, max(0, start - _NEAR), start), _WORD_AFTER.match(text, end)
    beside = before and ((before[1][0].isupper() and not before[2]) or (after and after[1].isupper()))
    return bool(before) and not beside


def _names(bodies: Places, text: np.ndarray) -> Places:
    """The names that begin with the words that open the name of a body; one such word alone is none."""
    in_capitals = {row: text[row].isupper() for row in set(bodies.row.tolist())}
    ends = [
        rest.end() if (rest := _REST_OF_NAME.match(text[row], end)) and not in_capitals[row] else 0
        for row, end in zip(bodies.row.tolist(), bodies.end.tolist(), strict=True)
    ]
    names = bodies._replace(end=np.array(ends, np.intp), code=np.zeros_like(bodies.code))
    return names.at(names.end > 0)


def _guests(openings: Places, text: np.ndarray) -> Places:
    """What stands behind the words that open a list of participants, up to the next verb or the end of the sentence."""
    ends = [
        next((verb.start() for verb in _VERB.finditer(text[row], end) if verb.group() not in _NO_VERB), len(text[row]))
        for row, end in zip(openings.row.tolist(), openings.end.tolist(), strict=True)
    ]
    return openings._replace(start=openings.end, end=np.array(ends, np.intp), code=np.zeros_like(openings.code))


def _covering(places: Places, others: Places) -> np.ndarray:
    """For each place the number of one of the others, of the same row and code, that it overlaps; -1 where there is none."""
    if not len(others.row):
        return np.full(len(places.row), -1)
    codes, size = max(places.code.max(initial=0), others.code.max()) + 1, max(places.end.max(initial=0), others.end.max()) + 1
    first, last = ((others.row * codes + others.code) * size + side for side in (others.start, others.end))
    order = np.argsort(first, kind="stable")
    furthest = np.maximum.accumulate(last[order])  # what begins so far reaches no further ...
    reached_by = order[np.maximum.accumulate(np.where(last[order] == furthest, np.arange(len(order)), 0))]  # ... and what does
    start, end = ((places.row * codes + places.code) * size + side for side in (places.start, places.end))
    before = np.searchsorted(first[order], end) - 1  # the last that begins before the place ends
    return np.where((before >= 0) & (furthest[before] > start), reached_by[before], -1)


def _longest(places: Places) -> Places:
    """Of each row and code the places that prevail, from the left, the longest of those that begin together."""
    unit = places.row * (places.code.max(initial=0) + 1) + places.code
    order = np.lexsort((-places.end, places.start, unit))
    places, unit = places.at(order), unit[order]
    size = places.end.max(initial=0) + 1
    reach = np.maximum.accumulate(unit * size + places.end)
    kept = np.ones(len(unit), bool)
    kept[1:] = unit[1:] * size + places.start[1:] >= reach[:-1]
    for at in np.flatnonzero(~kept).tolist():  # what overlaps only what did not prevail prevails
        before = at - 1
        while not kept[before]:
            before -= 1
        kept[at] = places.start[at] >= places.end[before]
    return places.at(kept)


def _yielding(places: Places, segments: pd.DataFrame, facet: Facet) -> Places:
    """The same places; those of weak indicators that do not count with the reason."""
    terms = np.array(prepared(facet).terms, dtype=object)
    hits = {name: segments[name].array.take(places.row) for name in ("document", "segment")}
    hits["code"] = np.array([code.id for code in facet.codes], dtype=object)[places.code]
    hits["indicator"] = terms[places.term]
    sizes = segments.loc[segments["label"] == "content", "document"].value_counts()
    return places._replace(reason=yields(pd.DataFrame(hits), facet, sizes).to_numpy())


def words_at(places: Places, segments: pd.DataFrame) -> list[str]:
    """The words at each place as they stand, on one line, without what cannot be seen."""
    texts = segments["text"].array.take(places.row).tolist()
    words = [text[start:end] for text, start, end in zip(texts, places.start.tolist(), places.end.tolist(), strict=True)]
    tidy = {word: word if word.isalpha() else one_line(_INVISIBLE.sub("", word)) for word in set(words)}
    return [tidy[word] for word in words]
