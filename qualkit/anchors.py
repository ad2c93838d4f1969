"""The words of codings and a text that was changed go in; where the words stand now comes out, or that nobody can say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualkit.candidates import LONG, MET, NEAR, Coded, Likeness, apart, around, compared, like_words, same_words, trimmed
from qualkit.distances import distance
from qualkit.facts import DENYING, facts_of, is_same, is_spelling, listed, same_facts
from qualkit.folding import Folded, Place, folded, folded_text, letters
from qualkit.landmarks import Landmark, Landmarks

TO_SETTLE = ("changed", "ambiguous", "orphan")
_MARGIN = 0.12  # by which the likeliest of several places must be ahead
_LIKELY, _SHOWN = 0.4, 5  # how like a place must be to be shown to a person, and how many of them
_HELD = 0.5  # of the words: so many must be met where landmarks say that this is the place
_FAR = 100  # letters on a side that are the same in two places: a text, or a part of it, stands twice
_ALONE = 60  # letters: so many stand twice in hardly any text, so that the words are known again without their context
Coding = tuple[str, str, str, int]  # quote, prefix, suffix, start


@dataclass(frozen=True)
class Found:
    """What became of the words of a coding in a text.

    `anchor`: exact (the same words in the same place), moved (the same words, elsewhere), changed (the likeliest place, to be
    reviewed: other words in the same context, the same words in a context that is not the same, or with a negation put in
    beside them), ambiguous (it may be here or there, or here or gone), orphan (nowhere). `start` and `end` are 0 for the last
    two. `candidates`: the places a person may choose from, the likeliest first.
    """

    anchor: str
    start: int = 0
    end: int = 0
    candidates: tuple[Place, ...] = ()


def find_again(quote: str, prefix: str, suffix: str, start: int, text: str) -> Found:
    """Where the words of a coding stand in a text that was changed since, or that this cannot be said.

    The same words are looked for first. Where they stand more than once, or are few, their context decides, by a margin or
    not at all. Where they do not stand any more, the likest place is taken if its words and its context say so together, and
    it is marked as changed. What differs by a name, a number, a negation or any other word may be another fact: it is taken
    only between what stood before and after the words coded.

    Parameters
    ----------
    quote, prefix, suffix
        The words coded, and what stood before and after them.
    start
        Where the words began in the text that was coded. It decides only where words and context are the same.
    text
        The text at hand.

    Examples
    --------
    >>> find_again("tiga sekolah", "mereka meninjau", "di Kota Laut.", 16, "Kemarin mereka meninjau tiga sekolah di Kota Laut.")
    Found(anchor='moved', start=24, end=36, candidates=())
    >>> find_again("12 guru", "Pada 2018", "tiba di Kota Laut.", 10, "Pada 2018 13 guru tiba di Kota Laut.")
    Found(anchor='changed', start=10, end=17, candidates=())
    """
    return find_all([(quote, prefix, suffix, start)], text)[0]


def find_all(codings: Sequence[Coding], text: str) -> list[Found]:
    """Where the words of the codings of one old text stand in the text at hand: as `find_again`, but they help each other.

    What is found letter for letter, context and all, is a landmark for the others; so are a hundred letters in a row. Where
    words are not the same, or stand in several places, the place is taken that is as far from the nearest landmark on each
    side as it was (or that has the context on that side): it is marked as changed. A place is not taken if a landmark says
    that it stood elsewhere, or if so much is gone between its neighbours that the words coded may be what is gone.

    Parameters
    ----------
    codings
        Of each: quote, prefix, suffix and start, as `find_again` takes them, all from the same old text.
    text
        The text at hand.

    Examples
    --------
    >>> old = "Rapat dibuka pagi itu. Kota Surya diwakili dua guru. Kota Laut tidak datang. Semua pulang."
    >>> codings = [(old[a:b], old[:a].strip()[-30:], old[b:].strip()[:30], a) for a, b in [(0, 22), (23, 52), (77, 90)]]
    >>> [found.anchor for found in find_all(codings, old.replace("Surya", "Padi").replace("Laut", "Hilir"))]
    ['exact', 'changed', 'exact']
    """
    here = folded_text(text)
    searches = {coding: _search(here, coding, text) for coding in dict.fromkeys(codings)}
    surest = [one.landmark for one in searches.values() if one.landmark]
    first = Landmarks(surest)
    runs = [run for coding, one in searches.items() for run in _runs(here, one, coding) if not first.claim(run)]
    last = [one.old[1] for (_, _, suffix, _), one in searches.items() if not suffix]
    end = (max(last), len(here.letters.rstrip(" "))) if last else None
    landmarks = Landmarks([*surest, *runs], end)
    found = {coding: _answer(here, one, first, landmarks) for coding, one in searches.items()}
    return [found[coding] for coding in codings]


@dataclass(frozen=True)
class _Search:
    """What was found of one coding by itself: the places, the likeliest first, and whether that is the one."""

    coded: Coded
    old: Place
    best: list[Likeness]
    sure: bool = False
    exact: bool = False  # character for character in the old place

    @property
    def likeliest(self) -> Landmark:
        return Landmark(self.best[0].place, self.old)

    @property
    def landmark(self) -> Landmark | None:
        whole = self.best and self.best[0].likeness == 1 and any(self.coded.context)
        return self.likeliest if whole else None


def _search(here: Folded, coding: Coding, text: str) -> _Search:
    quote, prefix, suffix, start = coding
    old = start, start + len(quote)
    coded = Coded(letters(quote), letters(prefix)[-NEAR:], letters(suffix)[:NEAR])
    if coded.words and (prefix or suffix) and text[slice(*old)] == quote:
        far = 10 * NEAR
        before, after = text[max(0, start - far) : start].rstrip(), text[old[1] : old[1] + far].lstrip()
        if before.endswith(prefix) and after.startswith(suffix):
            place = bisect_left(here.begins, old[0]), bisect_left(here.begins, old[1])
            return _Search(coded, old, [Likeness(place, coded.words, 1.0, 1.0, 1.0)], sure=True, exact=True)
    if not coded.words:
        return _Search(coded, old, [])
    same = [one for one in same_words(here, coded) if not here.cuts(one.place[0]) and not here.cuts(one.place[1])]
    best = _choice(here, same or like_words(here, coded))
    return _Search(coded, old, best, _is_sure(here, best, coded))


def _runs(here: Folded, search: _Search, coding: Coding) -> Iterator[Landmark]:
    """Stretches of a hundred letters of what was coded, and of its context, that stand in the text once."""
    if search.landmark:
        return
    quote, coded = folded(coding[0]), search.coded
    known = coded.within

    def old(at: int) -> int:
        beyond = at - coded.first
        inside = min(max(beyond, 0), len(quote.letters))
        ends = [*quote.begins, len(coding[0])]
        return search.old[0] + ends[inside] + beyond - inside

    for at in range(0, len(known) - _FAR + 1, _FAR // 10):
        run = known[at : at + _FAR]
        there = here.letters.find(run)
        if there >= 0 and here.letters.find(run, there + 1) < 0:
            yield Landmark((there, there + _FAR), (old(at), old(at + _FAR)))


def _answer(here: Folded, search: _Search, surest: Landmarks, landmarks: Landmarks) -> Found:
    """What is said of one coding when the landmarks are known."""
    if search.exact:
        return Found("exact", *search.old)
    coded, best = search.coded, search.best
    if search.sure and not _is_doubted(here, search, surest, landmarks):
        place = here.span(best[0].place)
        if best[0].words < 1 or _is_turned(here, best[0], coded) or _is_twin(here, search, landmarks):
            return Found("changed", *place)
        return Found("exact" if place[0] == search.old[0] else "moved", *place)
    likely = [*best, *_expected(here, search, landmarks)]
    held = [one for one in likely if _is_held(here, one, search, surest, landmarks)]
    if len(held) == 1:
        return Found("changed", *here.span(held[0].place))
    near = [one for one in best if one.likeness >= _LIKELY and one.words >= (0.4 if one.context >= MET else MET)]
    alike = sum(one.words >= MET for one in near)
    which = "ambiguous" if alike > 1 or any(_is_likely(one, coded) for one in near) else "orphan"
    return Found(which, candidates=tuple(here.span(one.place) for one in near[:_SHOWN]))


def _choice(here: Folded, found: list[Likeness]) -> list[Likeness]:
    """The likeliest first; of those that are mostly one place only the likeliest, of a text that stands twice the first."""
    best: list[Likeness] = []
    for one in sorted(found, key=lambda one: (-one.likeness, one.place)):
        if all(apart(one.place, other.place) for other in best):
            best.append(one)
    first = best[0].place if best else (0, 0)
    return best[:1] + [one for one in best[1:] if not _is_copy(here, first, one.place)]


def _is_copy(here: Folded, one: Place, other: Place) -> bool:
    """Whether two places are the same for much longer than the context that is kept."""
    (words, left, right), (others, other_left, other_right) = (
        (here.letters[start:end], here.letters[max(0, start - _FAR) : start], here.letters[end : end + _FAR])
        for start, end in (one, other)
    )
    return words == others and (left.endswith(other_left) or other_left.endswith(left)) and (
        right.startswith(other_right) or other_right.startswith(right)
    )  # fmt: skip


def _is_likely(one: Likeness, coded: Coded) -> bool:
    """Whether a place, seen by itself, is like enough to be the one."""
    if one.words >= 0.85 or (one.words >= 0.65 and max(one.sides) >= MET):
        return True
    return bool(one.words >= 0.5 and min(one.sides) >= 0.9 and coded.before and coded.after)


def _is_sure(here: Folded, best: list[Likeness], coded: Coded) -> bool:
    """Whether the first of several places is the one: the likeliest by a margin, and likely enough by itself."""
    if not best:
        return False
    one, others = best[0], best[1:]
    if one.likeness == 1 and all(coded.context) and all(other.likeness < 1 for other in others):
        return True  # letter for letter, context and all
    if not _is_likely(one, coded) or (others and one.likeness - others[0].likeness < _MARGIN / 2):
        return False
    known, met = any(coded.context), max(one.sides) >= MET
    if one.words == 1:
        if others or len(coded.words) < LONG:
            return one.context >= (0.7 if others else 0.4) or not (others or known)
        return met or not known or len(coded.words) >= _ALONE
    if one.there in coded.words or is_spelling(coded.words, one.there):
        return met or len(coded.words) >= _ALONE
    if _is_neighbour(one, coded):
        return False
    if any(other.words >= MET for other in others):
        return _is_framed(here, one, coded)
    if not same_facts(coded.words, one.there):  # a fact put right, or another fact: the sides tell
        return _is_framed(here, one, coded) or (max(one.sides) >= 0.95 and one.words >= 0.8)
    return max(one.sides) >= 0.9 or min(one.sides) >= MET


def _is_doubted(here: Folded, search: _Search, surest: Landmarks, landmarks: Landmarks) -> bool:
    """Whether the landmarks speak against the likeliest place: it stood elsewhere, or what stood there seems to be gone."""
    one, known = search.best[0], search.likeliest
    if search.landmark:
        return False
    if surest.claim(known):
        return True
    if one.there in search.coded.words or is_spelling(search.coded.words, one.there) or not landmarks.lost(known):
        return False
    met = zip(landmarks.sides(known), search.coded.context, _sides_met(here, one, search.coded), strict=True)
    return any(side is False and not (context and said) for side, context, said in met)


def _is_held(here: Folded, one: Likeness, search: _Search, surest: Landmarks, landmarks: Landmarks) -> bool:
    """Whether a place that is not sure by itself stands where the landmarks say; on one side its context may say so instead."""
    known = Landmark(one.place, search.old)
    if one.words < _HELD or surest.claim(known) or landmarks.lost(known) or _is_neighbour(one, search.coded):
        return False
    sides, met = landmarks.sides(known), _sides_met(here, one, search.coded)
    return True in sides and all(
        side or (bool(context) and said) for side, context, said in zip(sides, search.coded.context, met, strict=True)
    )


def _expected(here: Folded, search: _Search, landmarks: Landmarks) -> list[Likeness]:
    """The place where the words must be as the landmarks say, if none was found about there."""
    start, end = landmarks.expected(search.old) or (0, 0)
    if not search.coded.words or not 0 <= start < end <= len(here.letters):
        return []
    place = trimmed(here, start, end)
    known = any(one.words >= _HELD and not apart(place, one.place) for one in search.best)
    return [] if known or place[0] >= place[1] else [compared(here, place, search.coded)]


def _is_twin(here: Folded, search: _Search, landmarks: Landmarks) -> bool:
    """Whether the same words stand in a context like theirs but for a name, a number or a negation, where a line may be gone."""
    one, known = search.best[0], search.likeliest
    return (
        any(MET <= side < 1 for side in one.sides)
        and False in landmarks.sides(known)
        and landmarks.lost(known)
        and not _is_framed(here, one, search.coded)
    )


def _is_turned(here: Folded, one: Likeness, coded: Coded) -> bool:
    """Whether the same words may say something else: in another context, or with another negation or name beside them."""
    if any(coded.context) and one.context < 0.4:
        return True
    then, now = _beside(coded.words, *coded.context), _beside(one.there, *around(here, one.place))
    for side, were, are in zip(one.sides, then, now, strict=True):
        if listed(were[:3], DENYING) != listed(are[:3], DENYING):
            return True
        if were and are and (side < MET or (were[0][0].isupper() and are[0][0].isupper())) and not is_same(were[0], are[0]):
            return True
    return False


def _beside(words: str, before: str, after: str) -> tuple[list[str], list[str]]:
    """The words of the same sentence to the left and to the right of a place, the nearest first."""
    stop = r"[.!?](?=\W|$)"
    left = re.findall(r"\w+", re.split(stop, before)[-1])[::-1]
    return left, [] if re.search(rf"{stop}\W*$", words) else re.findall(r"\w+", re.split(stop, after)[0])


def _is_neighbour(one: Likeness, coded: Coded) -> bool:
    """Whether a place has the words that stood next to those coded, as where a line of a list was taken out.

    It has not if it is more like the words coded.
    """
    pairs = ((coded.after, one.there), (coded.before[::-1], one.there[::-1]))
    for context, there in pairs:
        context = re.sub(r"^[\W_]+", "", context)[: len(there)]
        if context and 1 - distance(context, there, 0) / len(context) >= max(0.9, one.words):
            return True
    return False


def _is_framed(here: Folded, one: Likeness, coded: Coded) -> bool:
    """Whether both contexts are met, as far as they are known."""
    return any(coded.context) and all(_sides_met(here, one, coded))


def _sides_met(here: Folded, one: Likeness, coded: Coded) -> tuple[bool, bool]:
    """Whether a context is met: all its words as far as they are known, or nearly all and each name, number and negation."""
    left, right = (re.findall(r"\w+", side) for side in around(here, one.place))
    before, after = (re.findall(r"\w+", context) for context in coded.context)

    def met(context: str, side: float, then: list[str], now: list[str]) -> bool:
        return not context or _starts_with(now, then) or (side >= 0.9 and _starts_with(facts_of(now), facts_of(then)))

    return met(coded.before, one.before, before[::-1], left[::-1]), met(coded.after, one.after, after, right)


def _starts_with(words: list[str], first: list[str]) -> bool:
    """Whether words begin with others, of which the last may be cut."""
    if len(words) < len(first) or not all(is_same(*pair) for pair in zip(words, first[:-1], strict=False)):
        return False
    return not first or is_same(words[len(first) - 1], first[-1]) or first[-1] in words[len(first) - 1]
