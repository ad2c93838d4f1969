"""Stretches known in an old and a new text go in; whether another place agrees with those around it comes out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from math import inf

Span = tuple[int, int]
_SLACK, _PER, _MOST = 4, 20, 16  # letters by which two distances may differ, one more for each so many, and at most
_ROOM = 1 / 3  # of the length of a stretch: if so much is gone between its neighbours, it may be what is gone


@dataclass(frozen=True, order=True)
class Landmark:
    """A stretch of the new text, and where it stood in the old one."""

    new: Span
    old: Span


class Landmarks:
    """What is known of a text that was changed: a place stands between the same neighbours, as far from them as it did.

    Of stretches that claim the same letters for different old places none is believed. `end`: where the old and the new text
    end, if that is known.

    >>> landmarks = Landmarks([Landmark((0, 9), (0, 9)), Landmark((70, 90), (50, 70))])
    >>> landmarks.sides(Landmark((30, 40), (10, 20)))  # ten letters after the first then, and thirty letters before the second
    (False, True)
    """

    def __init__(self, known: Iterable[Landmark], end: Span | None = None) -> None:
        stretches, doubtful, widest = sorted(set(known)), set(), Landmark((0, 0), (0, 0))
        for one in stretches:
            if not _fit(one, widest):
                doubtful |= {one, widest}
            widest = max(one, widest, key=lambda stretch: stretch.new[1])
        self._stretches = [one for one in stretches if one not in doubtful]
        self._starts = [one.new[0] for one in self._stretches]
        self._reach = list(accumulate((one.new[1] for one in self._stretches), max))
        self._points = sorted({point for one in self._stretches for point in zip(one.old, one.new, strict=True)})
        self._ends = [end] if end else []

    def claim(self, place: Landmark) -> bool:
        """Whether letters of a place are known to have stood elsewhere."""
        at = bisect_left(self._starts, place.new[1])
        while at and self._reach[at - 1] > place.new[0]:
            at -= 1
            if not _fit(place, self._stretches[at]):
                return True
        return False

    def sides(self, place: Landmark) -> tuple[bool | None, bool | None]:
        """Whether a place begins and ends as far from what is known next to it, or within it, as it did; None: that is not known.

        The ends of a text, where more may have been put in, can only say yes.
        """
        before, within, after = self._around(place)
        begins = _agrees(place.old[0], place.new[0], before + within[:1])
        ends = _agrees(place.old[1], place.new[1], within[-1:] + after)
        if begins is None:
            begins = _agrees(place.old[0], place.new[0], [(0, 0)]) or None
        if ends is None:
            ends = _agrees(place.old[1], place.new[1], self._ends) or None
        return begins, ends

    def expected(self, old: Span) -> Span | None:
        """Where a stretch of the old text must be if nothing changed between its ends and what is known nearest to them."""
        before, within, after = self._around(Landmark(old, old))
        left, right = before + within[:1], within[-1:] + after
        if not left or not right:
            return None
        start = min(left, key=lambda point: abs(old[0] - point[0]))
        end = min(right, key=lambda point: abs(old[1] - point[0]))
        return start[1] + old[0] - start[0], end[1] + old[1] - end[0]

    def lost(self, place: Landmark) -> bool:
        """Whether so much is gone between the neighbours of a place that what stood there may be gone, or they changed order."""
        before, _, after = self._around(place)
        if not before or not after:
            return False
        then, now = (after[0][text] - before[0][text] for text in (0, 1))
        return now < 0 or then - now >= _ROOM * (place.old[1] - place.old[0])

    def _around(self, place: Landmark) -> tuple[list[Span], list[Span], list[Span]]:
        """The nearest point that is known before the old place, those within it, and the nearest one after it."""
        first, last = bisect_right(self._points, (place.old[0], inf)), bisect_left(self._points, (place.old[1], -inf))
        return self._points[max(0, first - 1) : first], self._points[first:last], self._points[last : last + 1]


def _agrees(old: int, new: int, points: list[Span]) -> bool | None:
    return any(_alike(old - then, new - now) for then, now in points) if points else None


def _alike(old: int, new: int) -> bool:
    """Whether two distances are the same, but for what is put in or left out over such a length."""
    return abs(new - old) <= min(_SLACK + abs(old) / _PER, _MOST)


def _fit(one: Landmark, other: Landmark) -> bool:
    """Whether two stretches have no letters of the new text in common, or the same ones as in the old."""
    if min(one.new[1], other.new[1]) - max(one.new[0], other.new[0]) <= _SLACK:
        return True
    return any(_alike(a - b, c - d) for a, b, c, d in zip(one.old, other.old, one.new, other.new, strict=True))
