"""Texts, positions from another program and the words it stored go in; how that program counted comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qualkit.tables import printable

UNITS = ("code points", "UTF-16 units", "bytes")  # first what the standard asks for
_LINE_ENDS = ("", ", line ends as in the file", ", line ends as two")
_MARKS = ("", ", byte order mark included")
WAYS = tuple(unit + ends + mark for mark, ends, unit in product(_MARKS, _LINE_ENDS, UNITS))
_MARK_WIDTHS = {"code points": 1, "UTF-16 units": 1, "bytes": 3}
_QUOTELIKE = 20  # characters: a shorter name may be anything
_SHOWN = 60  # characters of a candidate

Numbers = NDArray[np.int64]


class Marked(NamedTuple):
    """A selection as another program wrote it: its positions, and its name, which may be the words selected."""

    start: int
    end: int
    name: str


class Text:
    """The text of a file as qualkit keeps it, without a byte order mark and with line feeds only; and how its line ends were.

    >>> Text("Kota\\r\\nSurabaya").plain
    'Kota\\nSurabaya'
    """

    def __init__(self, raw: str) -> None:
        self.has_mark = raw.startswith("\ufeff")
        raw = raw.removeprefix("\ufeff")
        self.plain = raw.replace("\r\n", "\n").replace("\r", "\n")
        self.points = _points(self.plain)
        self.is_end = self.points == ord("\n")
        points = _points(raw)
        is_pair = (points == ord("\r")) & (np.append(points[1:], 0) == ord("\n"))
        self.is_pair = is_pair[~np.append(False, is_pair)[:-1]]  # one for each character of the plain text

    @cached_property
    def words(self) -> str:
        """The text with every run of white space as one blank."""
        return _plain(self.plain)

    def holds(self, name: str) -> bool:
        """Whether the name of a selection is long enough to be words of the text, and stands in it."""
        stem = _stem(_plain(name))
        return len(stem) >= _QUOTELIKE and stem in self.words

    def begins(self, way: str) -> Numbers:
        """Where every character begins, and the last one ends, in a way of counting."""
        unit, *rest = way.split(", ")
        widths = np.ones(len(self.points), dtype=np.int64)
        for first in {"UTF-16 units": (0x10000,), "bytes": (0x80, 0x800, 0x10000)}.get(unit, ()):
            widths += self.points >= first
        if "line ends as in the file" in rest:
            widths += self.is_pair
        if "line ends as two" in rest:
            widths += self.is_end
        mark = _MARK_WIDTHS[unit] if self.has_mark and "byte order mark included" in rest else 0
        return np.append(0, np.cumsum(widths)) + mark

    def place(self, begins: Numbers, marked: Marked) -> tuple[int, int] | None:
        """A selection in code points of the plain text; None where its positions are not those of characters of the text."""
        at: list[int] = []
        for position in (marked.start, marked.end):
            index = int(np.searchsorted(begins, position, side="right")) - 1
            inside = 0 <= index < len(begins) and position <= begins[-1]
            if not inside or (begins[index] != position and not self.is_end[index]):  # within a line end is before it
                return None
            at.append(index)
        return (at[0], at[1]) if at[0] < at[1] else None


def _points(text: str) -> NDArray[Any]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def says(name: str, words: str) -> bool:
    """Whether the name of a selection is the words selected, or, if it is long, their beginning.

    >>> says("Guru dari Surabaya belajar …", "Guru dari Surabaya belajar di Busan."), says("Guru", "Guru dari Surabaya")
    (True, False)
    """
    name, words = _plain(name), _plain(words)
    return (name == words and bool(name)) or (len(_stem(name)) >= _QUOTELIKE and words.startswith(_stem(name)))


def _stem(name: str) -> str:
    return name.removesuffix("...").removesuffix("…").rstrip()


def _plain(text: str) -> str:
    return " ".join(printable(text).split())


Marking = tuple[str, Text, Sequence[Marked]]  # the name of a text, the text, its selections


def way_of_counting(markings: Sequence[Marking], positions: str | None = None) -> str:
    """By what the positions of a project are counted: one of `WAYS`.

    One program wrote them all, so all count alike. What decides is the words stored as names of the selections, then whether the
    positions are in the text at all. Where nothing decides, it does not matter as long as every way leads to the same places.

    Raises
    ------
    ValueError
        If the file does not tell (the message shows what each way would mean), or most words stored stand where no way leads to.
    """
    if positions is not None and positions not in WAYS:
        raise ValueError(f"positions='{positions}' is no way of counting. Possible: {'; '.join(WAYS)}.")
    if positions is not None:
        return positions
    places = {way: _places(markings, way) for way in WAYS}
    stored = [(marked.name, text) for _, text, selections in markings for marked in selections]
    right = {
        way: sum(bool(at and says(name, text.plain[slice(*at)])) for at, (name, text) in zip(found, stored, strict=True))
        for way, found in places.items()
    }
    inside = {way: sum(at is not None for at in found) for way, found in places.items()}
    best = max(WAYS, key=lambda way: (right[way], inside[way]))
    if right[best] == len(stored):  # every selection says its words: by chance another way may lead to the same words elsewhere
        return best
    rivals = [way for way in WAYS if (right[way], inside[way]) == (right[best], inside[best])]
    if not right[best]:  # then the standard needs no proof, any other way does
        rivals = [*UNITS[:1], *rivals]
    distinct = {tuple(places[way]): way for way in reversed(rivals)}  # of ways that lead to the same places, the first
    if 2 * right[best] < sum(text.holds(name) for name, text in stored):
        raise ValueError(
            _shown("the words stored with most selections are not where the positions lead", markings, UNITS, places)
        )
    if len(distinct) > 1:
        candidates = list(dict.fromkeys([*UNITS, *reversed(distinct.values())]))
        raise ValueError(_shown("the file does not tell by what its positions are counted", markings, candidates, places))
    return best


def _places(markings: Sequence[Marking], way: str) -> list[tuple[int, int] | None]:
    found = []
    for _, text, selections in markings:
        begins = text.begins(way)
        found += [text.place(begins, marked) for marked in selections]
    return found


def _shown(
    problem: str, markings: Sequence[Marking], ways: Sequence[str], places: dict[str, list[tuple[int, int] | None]]
) -> str:
    """What is wrong, and what the first selection on which the ways differ would be in each of them."""
    each = [(name, text.plain, marked) for name, text, selections in markings for marked in selections]
    at = next((n for n in range(len(each)) if len({places[way][n] for way in ways}) > 1), 0)
    name, text, marked = each[at]
    lines = [f"{problem}. Selection {marked.start}-{marked.end} of '{name}' (stored as “{marked.name[:_SHOWN]}”) would be:"]
    for way in ways:
        place = places[way][at]
        words = f"“{_plain(text[slice(*place)])[:_SHOWN]}”" if place else "no place in the text"
        whole = sum(bool(found and _is_whole(plain, *found)) for found, (_, plain, _) in zip(places[way], each, strict=True))
        lines.append(f'  positions="{way}": {words} ({whole} of {len(each)} selections begin and end between words)')
    return "\n".join(
        [*lines, "Look at it in the program it came from, and read the file again with the positions that are right."]
    )


def _is_whole(text: str, start: int, end: int) -> bool:
    return not any(re.fullmatch(r"\w\w", text[max(0, at - 1) : at + 1]) for at in (start, end))
