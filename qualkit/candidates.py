"""The words of a coding and a text go in; the places that may be meant come out, and how like each is."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from qualkit.distances import aligned, distance
from qualkit.folding import Folded, Place

NEAR = 30  # letters of context that are compared
MET = 0.6  # from here on a context, or the words of another place, are thought to be met again
LONG = 20  # letters: so many are not the same by chance
_MANY = 50  # places of the same letters beyond which they tell little


@dataclass(frozen=True)
class Coded:
    """What was coded, in letters."""

    words: str
    before: str
    after: str

    @property
    def context(self) -> tuple[str, str]:
        return self.before, self.after

    @property
    def within(self) -> str:
        """The words with what is known around them."""
        return " ".join(filter(None, (self.before, self.words, self.after)))

    @property
    def first(self) -> int:
        """Where the words begin in that."""
        return len(self.before) + bool(self.before)


@dataclass(frozen=True)
class Likeness:
    """How like a stretch of a text is to what was coded, from 0 to 1: its words, and what stands before and after it."""

    place: Place  # in the letters, not in the text
    there: str
    words: float
    before: float
    after: float

    @property
    def sides(self) -> tuple[float, float]:
        return self.before, self.after

    @property
    def context(self) -> float:
        return sum(side for side in self.sides if side >= 0.5) / 2  # any letters are a third alike

    @property
    def likeness(self) -> float:
        return (self.words + self.context) / 2


def compared(here: Folded, place: Place, coded: Coded) -> Likeness:
    start, end = place
    there = here.letters[start:end]
    alike = 1.0 if there == coded.words else 1 - distance(coded.words, there, len(there)) / max(len(coded.words), len(there))
    left = _begins_alike(coded.before[::-1], here.letters[max(0, start - 2 * NEAR) : start].rstrip(" ")[::-1])
    right = _begins_alike(coded.after, here.letters[end : end + 2 * NEAR].lstrip(" "))
    if left is None:  # coded from the first word of its text: nothing is known on that side
        left = right
    return Likeness(place, there, alike, left or 0.0, (left or 0.0) if right is None else right)


def _begins_alike(context: str, near: str) -> float | None:
    """How much of a context stands next to a place, letter for letter or nearly; None where none is known."""
    if not context:
        return None
    return 1.0 if near.startswith(context) else 1 - distance(context, near, 0) / len(context)


def _places_of(words: str, here: Folded) -> Iterator[Place]:
    at = here.letters.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = here.letters.find(words, at + 1)


def same_words(here: Folded, coded: Coded) -> list[Likeness]:
    """Where the words stand letter for letter; of a great many places those with most of the context."""
    places = list(_places_of(coded.words, here))
    if len(places) > _MANY:
        strings = [context[at : at + 4] for context in (coded.before, coded.after) for at in range(len(context) - 3)]

        def shared(place: Place) -> int:
            near = here.letters[max(0, place[0] - NEAR) : place[1] + NEAR]
            return sum(string in near for string in strings)

        places = heapq.nlargest(_MANY, places, key=shared)
    return [compared(here, place, coded) for place in places]


def like_words(here: Folded, coded: Coded) -> list[Likeness]:
    """The few places where most strings of four letters of what was coded stand in about the same order."""
    pattern, first = coded.within, coded.first
    last, slack = first + len(coded.words), 2 * NEAR + len(coded.words) // 2
    votes: dict[int, float] = defaultdict(float)
    for offset in range(len(pattern) - 3):
        there = [start for start, _ in islice(_places_of(pattern[offset : offset + 4], here), _MANY)]
        for start in there:
            for nearby in (0, 1):  # words put in or left out shift what follows
                votes[(start - offset) // NEAR + nearby] += 1 / len(there)
    found: dict[Place, Likeness] = {}
    for bucket in heapq.nlargest(8, votes, key=lambda bucket: votes[bucket]):
        left = max(0, bucket * NEAR - slack)
        region = here.letters[left : bucket * NEAR + len(pattern) + slack]
        lying = aligned(pattern, region)
        place = trimmed(here, left + lying[first][1], left + lying[last][0])
        if place[0] >= place[1]:
            continue
        one = compared(here, place, coded)
        # An end that no context holds is where the likeness ends, unless that is only a few words less.
        part = trimmed(here, *(left + at for at in _like_part(pattern, region, lying, first, last)))
        less = [2 * NEAR if context and side >= MET else LONG for context, side in zip(coded.context, one.sides, strict=True)]
        place = part[0] if part[0] - place[0] >= less[0] else place[0], part[1] if place[1] - part[1] >= less[1] else place[1]
        if place[0] < place[1]:
            found[place] = _to_the_head(here, compared(here, place, coded), coded)
    return list(found.values())


def _to_the_head(here: Folded, one: Likeness, coded: Coded) -> Likeness:
    """The same from the first letter of the text on, if the words coded were the first and that is no less like them."""
    whole = compared(here, (0, one.place[1]), coded) if not coded.before and 0 < one.place[0] <= LONG else one
    return whole if whole.words >= one.words else one


def _like_part(pattern: str, region: str, aligned: list[Place], first: int, last: int) -> Place:
    """The stretch of the region that is more like the pattern's words than unlike, from end to end."""
    best, total, begin, part = 0.0, 0.0, 0, (0, 0)
    for at in range(first, last):
        start, end = aligned[at][1], aligned[at + 1][0]
        same = end > start and region[start] == pattern[at]
        put_in = aligned[at][1] - aligned[at][0] if at > first else 0
        total -= min(put_in, NEAR)
        if total <= 0:
            total, begin = 0.0, start
        total += 1.0 if same else -1.5
        if total > best:
            best, part = total, (begin, end)
    return part


def trimmed(here: Folded, start: int, end: int) -> Place:
    """A stretch of letters that begins and ends where the nearest word does, without white space around it."""
    start, end = (_nearest_edge(here, at) for at in (start, end))
    while start < end and here.letters[start] == " ":
        start += 1
    while start < end and here.letters[end - 1] == " ":
        end -= 1
    return start, end


def _nearest_edge(here: Folded, at: int) -> int:
    for step in range(len(here.letters) + 1):
        for near in (at + step, at - step):
            if 0 <= near <= len(here.letters) and not here.cuts(near):
                return near
    raise AssertionError("the ends of a text cut nothing")


def apart(one: Place, other: Place) -> bool:
    """Whether two places have little in common: no more than about half of the shorter one."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common <= 0.6 * min(one[1] - one[0], other[1] - other[0])


def around(here: Folded, place: Place) -> tuple[str, str]:
    start, end = place
    return here.letters[max(0, start - 2 * NEAR) : start].rstrip(" "), here.letters[end : end + 2 * NEAR].lstrip(" ")
