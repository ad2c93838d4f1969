"""Texts, positions from another program and the words it stored go in; where each selection stands comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice, product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qualkit.tables import printable

UNITS = ("code points", "UTF-16 units", "bytes")  # first what the standard asks for
_LINE_ENDS = ("", ", line ends as in the file", ", line ends as two")
_MARKS = ("", ", byte order mark included")
_LAST = ", last character included"
_EXCLUDING = tuple(unit + ends + mark for mark, ends, unit in product(_MARKS, _LINE_ENDS, UNITS))
WAYS = (*_EXCLUDING, *(way + _LAST for way in _EXCLUDING))
_MARK_WIDTHS = {"code points": 1, "UTF-16 units": 1, "bytes": 3}
_QUOTELIKE = 20  # characters: a shorter name that was cut may be anything
_SHOWN = 60  # characters of a candidate
_COUNTED = 1_000  # selections that an error message looks at
_MOST_SEARCHED = 1_000_000_000  # characters; honest files store words where they stand
_FAR = 2**62  # behind the end of any text
# Scripts from Thai on do without blanks: there every character counts as a word.
_WORD = re.compile(r"[^\W\u0e00-\U0010ffff]+|\w")

Numbers = NDArray[np.int64]
Place = tuple[int, int]


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
    def lined(self) -> tuple[str, Numbers]:
        """The text with every run of white space as one blank, and where the characters of the text have gone in it."""
        text = printable(self.plain)
        points = _points(text)
        blank = np.isin(points, [point for point in np.unique(points) if chr(point).isspace()])
        kept = ~blank | ~np.append(False, blank)[:-1]
        return re.sub(r"\s+", " ", text), _ends(kept)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.lined[0]))

    def says(self, name: str, place: Place) -> bool:
        """Whether the name of a selection is the words at a place, or, if it is long, their beginning.

        >>> text = Text("Guru dari Surabaya belajar di Busan.")
        >>> text.says("Guru dari Surabaya belajar …", (0, 36)), text.says("Guru", (0, 18))
        (True, False)
        """
        first, last = self._lined_place(place)
        is_whole = last - first == len(name) > 0 and self.lined[0].startswith(name, first)
        return is_whole or (len(_stem(name)) >= _QUOTELIKE and self.opens(name, place))

    def opens(self, name: str, place: Place) -> bool:
        """Whether the words at a place begin with the name of a selection, which may have been cut."""
        return self.lined[0].startswith(_stem(name), *self._lined_place(place))

    def _lined_place(self, place: Place) -> Place:
        """A place in the text with every run of white space as one blank, without blanks at its ends."""
        lined, gone = self.lined
        first, last = int(gone[place[0]]), int(gone[place[1]])
        first += lined.startswith(" ", first, last)
        return first, max(first, last - lined.endswith(" ", first, last))

    def begins(self, way: str) -> Numbers:
        """Where every character begins, and the last one ends, in a way of counting."""
        unit, *rest = way.split(", ")
        widths = np.ones(len(self.points), dtype=np.uint8)
        for first in {"UTF-16 units": (0x10000,), "bytes": (0x80, 0x800, 0x10000)}.get(unit, ()):
            widths += self.points >= first
        if "line ends as in the file" in rest:
            widths += self.is_pair
        if "line ends as two" in rest:
            widths += self.is_end
        mark = _MARK_WIDTHS[unit] if self.has_mark and "byte order mark included" in rest else 0
        return _ends(widths) + mark

    def places(self, way: str, selections: Sequence[Marked]) -> Numbers:
        """Start and end of selections in code points of the plain text; -1 where they are not between characters of the text."""
        begins, further = self.begins(way), int(way.endswith(_LAST))
        at = np.array([(_near(one.start), _near(one.end + further)) for one in selections], dtype=np.int64).reshape(-1, 2)
        index = np.searchsorted(begins, at, side="right") - 1
        fits = (index >= 0) & (at <= begins[-1])
        fits &= (begins[index] == at) | np.append(self.is_end, False)[index]  # within a line end is before it
        index[~fits.all(axis=1) | (index[:, 0] >= index[:, 1])] = -1
        return index


def _points(text: str) -> NDArray[Any]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _ends(widths: NDArray[Any]) -> Numbers:
    """Where each begins, and the last one ends, of things that stand in a row."""
    ends = np.zeros(len(widths) + 1, dtype=np.int64)
    np.cumsum(widths, out=ends[1:])
    return ends


def _near(position: int) -> int:
    return max(-1, min(position, _FAR))


def _plain(text: str) -> str:
    return " ".join(printable(text).split())


def _stem(name: str) -> str:
    return name.removesuffix("...").removesuffix("…").rstrip()


Marking = tuple[str, Text, Sequence[Marked]]  # the name of a text, the text, its selections


def placed(
    markings: Sequence[Marking], positions: str | None = None, labels: Iterable[str] = ()
) -> tuple[str, list[list[Place | None]]]:
    """By what the positions of a project are counted, one of `WAYS`; and, text by text, where each selection stands in code points.

    One program wrote them all, so all count alike. What decides is the words stored as names of the selections, then whether the
    positions are in the text at all. Where nothing decides, it does not matter as long as every way leads to the same places. That the
    last character is included has to be proved by words. A selection has no place where its positions are not in the text,
    or where its name, which stands elsewhere in the text word for word, does not stand there; `labels` are names that say nothing,
    such as those of codes. Against `positions` that a person names, short names say nothing either: they may be labels.

    Raises
    ------
    ValueError
        If the file does not tell (the message shows what each way would mean), or more of the words stored stand elsewhere than
        where any way leads to.
    """
    if positions is not None and positions not in WAYS:
        raise ValueError(f"positions='{positions}' is no way of counting. Possible: {'; '.join(WAYS)}.")
    names = _Names(markings, labels)
    way = positions or _way(markings, names)
    places = _places(markings, way)
    strays = names.strays(places)
    if positions:
        strays = [is_stray and len(_stem(name)) >= _QUOTELIKE for is_stray, (name, _) in zip(strays, names.stored, strict=True)]
    each = iter(zip(places.tolist(), strays, strict=True))
    return way, [
        [None if start < 0 or is_stray else (start, end) for (start, end), is_stray in islice(each, len(selections))]
        for _, _, selections in markings
    ]


class _Names:
    """The names of all selections: the words selected, how these begin, or labels such as "1:3 Surabaya"."""

    def __init__(self, markings: Sequence[Marking], labels: Iterable[str]) -> None:
        self.labels = {_plain(label) for label in labels}
        self.stored = [(_plain(marked.name), text) for _, text, selections in markings for marked in selections]
        self.known: dict[tuple[str, Text], bool] = {}
        self.searched = 0

    def right(self, places: Numbers) -> int:
        """How many selections say the words that stand at their places."""
        each = zip(self.stored, places.tolist(), strict=True)
        return sum(start >= 0 and text.says(name, (start, end)) for (name, text), (start, end) in each)

    def strays(self, places: Numbers) -> list[bool]:
        """Which selections have a name that stands in their text, but not at their places."""
        each = zip(self.stored, places.tolist(), strict=True)
        return [
            not (start >= 0 and text.opens(name, (start, end))) and self._stands(name, text)
            for (name, text), (start, end) in each
        ]

    def _stands(self, name: str, text: Text) -> bool:
        """Whether a name stands in a text word for word; of a long one the first and the last word may have been cut."""
        stem = _stem(name) if len(_stem(name)) >= _QUOTELIKE else name
        if (stem, text) not in self.known:
            words = _WORD.findall(stem)
            is_words = len(re.findall(r"[^\W\d_]", stem)) > 1 and text.vocabulary.issuperset(words[1:-1] or words)
            is_words = is_words and name not in self.labels
            self.searched += is_words * len(text.plain)
            if self.searched > _MOST_SEARCHED:
                raise ValueError(
                    "the names of the selections stand elsewhere than where the positions lead, and they are too many"
                )
            self.known[stem, text] = is_words and stem in text.lined[0]
        return self.known[stem, text]


class _Tried(NamedTuple):
    """A way of counting: where it leads to, how many selections say their words there, how many have a place at all."""

    way: str
    places: Numbers
    right: int
    inside: int


def _way(markings: Sequence[Marking], names: _Names) -> str:
    """By what the positions are counted, where the file tells."""
    tried = _tried(markings, names, _EXCLUDING)
    best = max(tried, key=_score)
    if any(names.strays(best.places)):
        further = _tried(markings, names, WAYS[len(_EXCLUDING) :])
        if max(map(_score, further)) > (best.right, len(names.stored)):
            tried, best = further, max(further, key=_score)
    if best.right == len(names.stored):  # by chance another way may lead to the same words elsewhere
        return best.way
    if sum(names.strays(best.places)) > best.right:
        raise ValueError(_shown("the words stored with most selections are not where the positions lead", markings, UNITS))
    rivals = [one for one in tried if _score(one) == _score(best)]
    if not best.right:  # then the standard needs no proof, any other way does
        rivals = [tried[0], *rivals]
    distinct = {one.places.tobytes(): one.way for one in reversed(rivals)}  # of ways that lead to the same places, the first
    if len(distinct) > 1:
        candidates = list(dict.fromkeys([*UNITS, *reversed(distinct.values())]))
        raise ValueError(_shown("the file does not tell by what its positions are counted", markings, candidates))
    return best.way


def _score(tried: _Tried) -> tuple[int, int]:
    return tried.right, tried.inside


def _tried(markings: Sequence[Marking], names: _Names, ways: Sequence[str]) -> list[_Tried]:
    """Each way of counting, up to the first in which every selection says its words."""
    tried: list[_Tried] = []
    right: dict[bytes, int] = {}
    for way in ways:
        places = _places(markings, way)
        key = places.tobytes()
        right[key] = right[key] if key in right else names.right(places)
        tried.append(_Tried(way, places, right[key], int((places[:, 0] >= 0).sum())))
        if right[key] == len(names.stored):
            break
    return tried


def _places(markings: Sequence[Marking], way: str) -> Numbers:
    found = [text.places(way, selections) for _, text, selections in markings if selections]
    return np.concatenate([np.empty((0, 2), dtype=np.int64), *found])


def _shown(problem: str, markings: Sequence[Marking], ways: Sequence[str]) -> str:
    """What is wrong, and what the first selection on which the ways differ would be in each of them."""
    each = [(name, text, marked) for name, text, selections in markings for marked in selections][:_COUNTED]
    places = {way: _places(markings, way)[:_COUNTED].tolist() for way in ways}
    at = next((n for n in range(len(each)) if len({tuple(places[way][n]) for way in ways}) > 1), 0)
    name, text, marked = each[at]
    lines = [f"{problem}. Selection {marked.start}-{marked.end} of '{name}' (stored as “{marked.name[:_SHOWN]}”) would be:"]
    for way in ways:
        start, end = places[way][at]
        words = f"“{_plain(text.plain[start:end])[:_SHOWN]}”" if start >= 0 else "no place in the text"
        whole = sum(
            start >= 0 and _is_whole(of.plain, start, end) for (start, end), (_, of, _) in zip(places[way], each, strict=True)
        )
        lines.append(f'  positions="{way}": {words} ({whole} of {len(each)} selections begin and end between words)')
    return "\n".join(
        [*lines, "Look at it in the program it came from, and read the file again with the positions that are right."]
    )


def _is_whole(text: str, start: int, end: int) -> bool:
    return not any(re.fullmatch(r"\w\w", text[max(0, at - 1) : at + 1]) for at in (start, end))
