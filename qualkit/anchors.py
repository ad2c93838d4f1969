"""The words of a coding and a text that was changed go in; where the words stand now comes out, or that nobody can say.

White space, line ends, soft hyphens and other invisible characters, the forms of letters with marks (NFC, NFD), ligatures,
typographic or straight quotation marks and the kinds of dashes do not make other words; a letter, a capital or a digit does.
"""

from __future__ import annotations

import difflib
import heapq
import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

TO_SETTLE = ("changed", "ambiguous", "orphan")
_NEAR = 30  # letters of context that are compared
_MARGIN = 0.12  # by which the likeliest of several places must be ahead
_MANY = 50  # places of the same letters beyond which they tell little
_LIKELY, _SHOWN = 0.4, 5  # how like a place must be to be shown to a person, and how many of them
_MET = 0.6  # from here on a context, or the words of another place, are thought to be met again
_FAR = 100  # letters on a side that are the same in two places: a text, or a part of it, stands twice
_LONG = 20  # letters: so many are not the same by chance
_ALONE = 60  # letters: so many stand twice in hardly any text, so that the words are known again without their context
_SPELT = 1 / 6  # of the letters of a word: up to here it is spelt otherwise, beyond it is another word

Place = tuple[int, int]


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
    end = start + len(quote)
    if (prefix or suffix) and text[start:end] == quote:
        far = 10 * _NEAR
        if text[max(0, start - far) : start].rstrip().endswith(prefix) and text[end : end + far].lstrip().startswith(suffix):
            return Found("exact", start, end)
    here = _folded_text(text)
    coded = _Coded(letters(quote), letters(prefix)[-_NEAR:], letters(suffix)[:_NEAR])
    if not coded.words:
        return Found("orphan")
    same = [one for one in _same_words(here, coded) if not here.cuts(one.place[0]) and not here.cuts(one.place[1])]
    best = _choice(here, same or _like_words(here, coded))
    if not _is_sure(here, best, coded):
        near = [one for one in best if one.likeness >= _LIKELY and one.words >= (0.4 if one.context >= _MET else _MET)]
        alike = sum(one.words >= _MET for one in near)
        which = "ambiguous" if alike > 1 or any(_is_likely(one, coded) for one in near) else "orphan"
        return Found(which, candidates=tuple(here.span(one.place) for one in near[:_SHOWN]))
    place = here.span(best[0].place)
    if not same or _is_turned(here, best[0], coded):
        return Found("changed", *place)
    return Found("exact" if place[0] == start else "moved", *place)


# --- the same letters, however they are written ---

_QUOTES = {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), "…": "..."}
_INVISIBLE = r"\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"


@dataclass(frozen=True)
class _Folded:
    """A text as letters that can be compared, and for each of them where in the text it begins and ends."""

    letters: str
    begins: array[int]
    ends: array[int]

    def cuts(self, at: int) -> bool:
        """Whether a place between two letters is inside a word, or inside one letter of the text."""
        if not 0 < at < len(self.letters):
            return False
        return self.begins[at - 1] == self.begins[at] or bool(re.fullmatch(r"\w\w", self.letters[at - 1 : at + 1]))

    def span(self, place: Place) -> Place:
        return self.begins[place[0]], self.ends[place[1] - 1]


def letters(text: str) -> str:
    """The letters of a text as they are compared: two texts that have the same are the same words.

    >>> letters("“kerja\\u00ad  sama”") == letters('"kerja\\nsama"')
    True
    """
    return _folded(text).letters.strip(" ")


@cache
def _pieces() -> re.Pattern[str]:
    """What becomes one piece: plain letters; a hyphen at a line's end; white space; what is invisible; a letter with its marks."""
    known = (*range(0x300, 0x20000), *range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0))
    marks = "".join(chr(n) for n in known if unicodedata.category(chr(n))[0] == "M" or 0x1F3FB <= n <= 0x1F3FF or n >= 0xE0020)
    return re.compile(
        rf"(?P<plain>[!-,./-~]+(?![\u200d{marks}]))"
        rf"|(?P<hyphen>(?<=\w)-\s*\n\s*(?=\w))"
        rf"|(?P<blank>[{_INVISIBLE}]*(?:(?<!\u00ad)\s|\s(?!\s*\n)(?<!\n))[\s{_INVISIBLE}]*(?![\u200d{marks}]))"
        rf"|(?P<gone>\u00ad[^\S\n]*\n\s*|[{_INVISIBLE}]+)"
        rf"|(?:[\U0001f1e6-\U0001f1ff]{{2}}|[\u1100-\u115f]+[\u1160-\u11ff]*|(?s:.))(?:[{marks}]|\u200d(?s:.)?)*"
    )


def _folded(text: str) -> _Folded:
    found: list[str] = []
    begins, ends = array("I"), array("I")
    for piece in _pieces().finditer(text):
        start, end = piece.span()
        if piece.lastgroup == "plain":
            found.append(piece[0])
            begins.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        elif piece.lastgroup != "gone":
            letter = {"hyphen": "-", "blank": " "}.get(piece.lastgroup or "") or unicodedata.normalize("NFC", piece[0])
            letter = unicodedata.normalize("NFKC", letter) if "\ufb00" <= letter <= "\ufb06" else _QUOTES.get(letter, letter)
            found.append(letter)
            begins.extend([start] * len(letter))
            ends.extend([end] * len(letter))
    return _Folded("".join(found), begins, ends)


_folded_text = lru_cache(maxsize=4)(_folded)  # the codings of one text come together


# --- likeness ---


@dataclass(frozen=True)
class _Coded:
    """What was coded, in letters."""

    words: str
    before: str
    after: str

    @property
    def context(self) -> tuple[str, str]:
        return self.before, self.after


@dataclass(frozen=True)
class _Likeness:
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


def _compared(here: _Folded, place: Place, coded: _Coded) -> _Likeness:
    start, end = place
    there = here.letters[start:end]
    alike = 1.0 if there == coded.words else 1 - _distance(coded.words, there, len(there)) / max(len(coded.words), len(there))
    left = _begins_alike(coded.before[::-1], here.letters[max(0, start - 2 * _NEAR) : start].rstrip(" ")[::-1])
    right = _begins_alike(coded.after, here.letters[end : end + 2 * _NEAR].lstrip(" "))
    if left is None:  # coded from the first word of its text: nothing is known on that side
        left = right
    return _Likeness(place, there, alike, left or 0.0, (left or 0.0) if right is None else right)


def _begins_alike(context: str, near: str) -> float | None:
    """How much of a context stands next to a place, letter for letter or nearly; None where none is known."""
    if not context:
        return None
    return 1.0 if near.startswith(context) else 1 - _distance(context, near, 0) / len(context)


def _steps(pattern: str, text: str, anywhere: bool) -> Iterator[tuple[int, int, int]]:
    """For each letter of the text: by which letters of the pattern the distance goes up, by which down, and the distance.

    It is that of the whole pattern to the text so far, or to what stands at its end, wherever it begins. The bit-parallel method
    of Myers, G. (1999). A fast bit-vector algorithm for approximate string matching. Journal of the ACM 46(3), 395-415.
    """
    bits: dict[str, int] = {}
    for number, letter in enumerate(pattern):
        bits[letter] = bits.get(letter, 0) | 1 << number
    every, last = (1 << len(pattern)) - 1, 1 << (len(pattern) - 1)
    up, down, distance = every, 0, len(pattern)
    for letter in text:
        same = bits.get(letter, 0)
        level = (((same & up) + up) ^ up) | same | down
        rise, fall = down | (every & ~(level | up)), up & level
        distance += bool(rise & last) - bool(fall & last)
        rise, fall = rise << 1 | (not anywhere), fall << 1
        up, down = (fall | ~(level | rise)) & every, rise & level & every
        yield up, down, distance


def _distance(pattern: str, text: str, least: int) -> int:
    """The fewest letters to put in, leave out or replace between a pattern and the beginning of a text, at least so long."""
    found = [len(pattern), *(distance for _, _, distance in _steps(pattern, text, False))]
    return min(found[least:])


def _aligned(pattern: str, text: str) -> list[Place]:
    """For each place between two letters of the pattern, from where to where in the text it comes to lie."""
    steps = [((1 << len(pattern)) - 1, 0, len(pattern)), *_steps(pattern, text, True)]
    column = min(range(len(steps)), key=lambda at: steps[at][2])
    row, found = len(pattern), [(column, column)] * (len(pattern) + 1)
    while row:
        bit = 1 << (row - 1)
        if column and pattern[row - 1] != text[column - 1] and not steps[column][0] & bit and steps[column - 1][1] & bit:
            column -= 1  # a letter of the text that the pattern does not have
            found[row] = (column, found[row][1])
            continue
        if column and (pattern[row - 1] == text[column - 1] or not steps[column][0] & bit):
            column -= 1
        row -= 1
        found[row] = (column, column)
    return found


# --- the places that may be meant ---


def _places_of(words: str, here: _Folded) -> Iterator[Place]:
    at = here.letters.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = here.letters.find(words, at + 1)


def _same_words(here: _Folded, coded: _Coded) -> list[_Likeness]:
    """Where the words stand letter for letter; of a great many places those with most of the context."""
    places = list(_places_of(coded.words, here))
    if len(places) > _MANY:
        strings = [context[at : at + 4] for context in (coded.before, coded.after) for at in range(len(context) - 3)]

        def shared(place: Place) -> int:
            near = here.letters[max(0, place[0] - _NEAR) : place[1] + _NEAR]
            return sum(string in near for string in strings)

        places = heapq.nlargest(_MANY, places, key=shared)
    return [_compared(here, place, coded) for place in places]


def _like_words(here: _Folded, coded: _Coded) -> list[_Likeness]:
    """The few places where most strings of four letters of what was coded stand in about the same order."""
    pattern = " ".join(filter(None, (coded.before, coded.words, coded.after)))
    first = len(coded.before) + bool(coded.before)
    last, slack = first + len(coded.words), 2 * _NEAR + len(coded.words) // 2
    votes: dict[int, float] = defaultdict(float)
    for offset in range(len(pattern) - 3):
        there = [start for start, _ in islice(_places_of(pattern[offset : offset + 4], here), _MANY)]
        for start in there:
            for nearby in (0, 1):  # words put in or left out shift what follows
                votes[(start - offset) // _NEAR + nearby] += 1 / len(there)
    found: dict[Place, _Likeness] = {}
    for bucket in heapq.nlargest(8, votes, key=lambda bucket: votes[bucket]):
        left = max(0, bucket * _NEAR - slack)
        region = here.letters[left : bucket * _NEAR + len(pattern) + slack]
        aligned = _aligned(pattern, region)
        place = _trimmed(here, left + aligned[first][1], left + aligned[last][0])
        if place[0] >= place[1]:
            continue
        one = _compared(here, place, coded)
        # An end that no context holds is where the likeness ends, unless that is only a few words less.
        part = _trimmed(here, *(left + at for at in _like_part(pattern, region, aligned, first, last)))
        less = [
            2 * _NEAR if context and side >= _MET else _LONG for context, side in zip(coded.context, one.sides, strict=True)
        ]
        place = part[0] if part[0] - place[0] >= less[0] else place[0], part[1] if place[1] - part[1] >= less[1] else place[1]
        if place[0] < place[1]:
            found[place] = _to_the_head(here, _compared(here, place, coded), coded)
    return list(found.values())


def _to_the_head(here: _Folded, one: _Likeness, coded: _Coded) -> _Likeness:
    """The same from the first letter of the text on, if the words coded were the first and that is no less like them."""
    whole = _compared(here, (0, one.place[1]), coded) if not coded.before and 0 < one.place[0] <= _LONG else one
    return whole if whole.words >= one.words else one


def _like_part(pattern: str, region: str, aligned: list[Place], first: int, last: int) -> Place:
    """The stretch of the region that is more like the pattern's words than unlike, from end to end."""
    best, total, begin, part = 0.0, 0.0, 0, (0, 0)
    for at in range(first, last):
        start, end = aligned[at][1], aligned[at + 1][0]
        same = end > start and region[start] == pattern[at]
        put_in = aligned[at][1] - aligned[at][0] if at > first else 0
        total -= min(put_in, _NEAR)
        if total <= 0:
            total, begin = 0.0, start
        total += 1.0 if same else -1.5
        if total > best:
            best, part = total, (begin, end)
    return part


def _trimmed(here: _Folded, start: int, end: int) -> Place:
    """A stretch of letters that begins and ends where the nearest word does, without white space around it."""
    start, end = (_nearest_edge(here, at) for at in (start, end))
    while start < end and here.letters[start] == " ":
        start += 1
    while start < end and here.letters[end - 1] == " ":
        end -= 1
    return start, end


def _nearest_edge(here: _Folded, at: int) -> int:
    for step in range(len(here.letters) + 1):
        for near in (at + step, at - step):
            if 0 <= near <= len(here.letters) and not here.cuts(near):
                return near
    raise AssertionError("the ends of a text cut nothing")


def _choice(here: _Folded, found: list[_Likeness]) -> list[_Likeness]:
    """The likeliest first; of those that are mostly one place only the likeliest, of a text that stands twice the first."""
    best: list[_Likeness] = []
    for one in sorted(found, key=lambda one: (-one.likeness, one.place)):
        if all(_apart(one.place, other.place) for other in best):
            best.append(one)
    first = best[0].place if best else (0, 0)
    return best[:1] + [one for one in best[1:] if not _is_copy(here, first, one.place)]


def _apart(one: Place, other: Place) -> bool:
    """Whether two places have little in common: no more than about half of the shorter one."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common <= 0.6 * min(one[1] - one[0], other[1] - other[0])


def _is_copy(here: _Folded, one: Place, other: Place) -> bool:
    """Whether two places are the same for much longer than the context that is kept."""
    (words, left, right), (others, other_left, other_right) = (
        (here.letters[start:end], here.letters[max(0, start - _FAR) : start], here.letters[end : end + _FAR])
        for start, end in (one, other)
    )
    return words == others and (left.endswith(other_left) or other_left.endswith(left)) and (
        right.startswith(other_right) or other_right.startswith(right)
    )  # fmt: skip


# --- whether it is the one ---


def _is_likely(one: _Likeness, coded: _Coded) -> bool:
    """Whether a place, seen by itself, is like enough to be the one."""
    if one.words >= 0.85 or (one.words >= 0.65 and max(one.sides) >= _MET):
        return True
    return bool(one.words >= 0.5 and min(one.sides) >= 0.9 and coded.before and coded.after)


def _is_sure(here: _Folded, best: list[_Likeness], coded: _Coded) -> bool:
    """Whether the first of several places is the one: the likeliest by a margin, and likely enough by itself."""
    if not best:
        return False
    one, others = best[0], best[1:]
    if one.likeness == 1 and all(coded.context) and all(other.likeness < 1 for other in others):
        return True  # letter for letter, context and all
    if not _is_likely(one, coded) or (others and one.likeness - others[0].likeness < _MARGIN / 2):
        return False
    known, met = any(coded.context), max(one.sides) >= _MET
    if one.words == 1:
        if others or len(coded.words) < _LONG:
            return one.context >= (0.7 if others else 0.4) or not (others or known)
        return met or not known or len(coded.words) >= _ALONE
    if one.there in coded.words or _is_spelling(coded.words, one.there):
        return met or len(coded.words) >= _ALONE
    if _is_neighbour(one, coded):
        return False
    if any(other.words >= _MET for other in others):
        return _is_framed(here, one, coded)
    if not _same_facts(coded.words, one.there):  # a fact put right, or another fact: the sides tell
        return _is_framed(here, one, coded) or (max(one.sides) >= 0.95 and one.words >= 0.8)
    return max(one.sides) >= 0.9 or min(one.sides) >= _MET


def _is_turned(here: _Folded, one: _Likeness, coded: _Coded) -> bool:
    """Whether the same words may say something else: in another context, or with another negation or name beside them."""
    if any(coded.context) and one.context < 0.4:
        return True
    then, now = _beside(coded.words, *coded.context), _beside(one.there, *_around(here, one.place))
    for side, were, are in zip(one.sides, then, now, strict=True):
        if _listed(were[:3], _DENYING) != _listed(are[:3], _DENYING):
            return True
        if were and are and (side < _MET or (were[0][0].isupper() and are[0][0].isupper())) and not _is_same(were[0], are[0]):
            return True
    return False


def _around(here: _Folded, place: Place) -> tuple[str, str]:
    start, end = place
    return here.letters[max(0, start - 2 * _NEAR) : start].rstrip(" "), here.letters[end : end + 2 * _NEAR].lstrip(" ")


def _beside(words: str, before: str, after: str) -> tuple[list[str], list[str]]:
    """The words of the same sentence to the left and to the right of a place, the nearest first."""
    stop = r"[.!?](?=\W|$)"
    left = re.findall(r"\w+", re.split(stop, before)[-1])[::-1]
    return left, [] if re.search(rf"{stop}\W*$", words) else re.findall(r"\w+", re.split(stop, after)[0])


def _is_same(one: str, other: str) -> bool:
    """Whether two words are one, but for a few letters and the spelling before 1972; digits are no letters."""
    one, other = _as_today(one.lower()), _as_today(other.lower())
    if one == other:
        return True
    most = _SPELT * max(len(one), len(other))
    return not re.search(r"\d", one + other) and bool(one) and _distance(one, other, len(other)) <= most


def _as_today(word: str) -> str:
    """A word in letters that the reforms of Indonesian spelling (1947, 1972) left alone."""
    for old, new in (("oe", "u"), ("ch", "kh"), ("c", "tj"), ("dj", "j"), ("j", "y")):
        word = word.replace(old, new)
    return word


_DENYING = frozenset(
    _as_today(word)
    for word in (
        "tidak tak bukan bukannya belum tanpa jangan sudah telah akan pernah sedang masih batal gagal not no never without"
    ).split()
)
_COUNTING = frozenset(
    _as_today(word)
    for word in (
        "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh seratus ratus seribu ribu sejuta "
        "juta miliar triliun pertama kedua ketiga"
    ).split()
)
_TELLING = _DENYING | _COUNTING


def _listed(words: list[str], among: frozenset[str]) -> list[str]:
    return [word for word in map(_as_today, map(str.lower, words)) if word in among]


def _is_spelling(coded: str, there: str) -> bool:
    """Whether words differ from those coded by nothing but how they are spelt."""
    one, other = (re.findall(r"\w+", words) for words in (coded, there))
    pieces = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    alike = (_is_same("".join(one[a:b]), "".join(other[c:d])) for kind, a, b, c, d in pieces if kind != "equal")
    return _same_facts(coded, there) and all(alike)


def _facts(words: list[str]) -> list[str]:
    """The words in which sentences differ that are alike else: names (what has a capital), numbers, negations."""
    return [word for word in words if word[0].isupper() or re.search(r"\d", word) or _listed([word], _TELLING)]


def _same_facts(one: str, other: str) -> bool:
    facts, others = (_facts(re.findall(r"\w+", words)) for words in (one, other))
    return len(facts) == len(others) and all(map(_is_same, facts, others))


def _is_neighbour(one: _Likeness, coded: _Coded) -> bool:
    """Whether a place has the words that stood next to those coded, as where a line of a list was taken out."""
    pairs = ((coded.after, one.there), (coded.before[::-1], one.there[::-1]))
    for context, there in pairs:
        context = re.sub(r"^[\W_]+", "", context)[: len(there)]
        if context and 1 - _distance(context, there, 0) / len(context) >= 0.9:
            return True
    return False


def _is_framed(here: _Folded, one: _Likeness, coded: _Coded) -> bool:
    """Whether both contexts are met: all their words as far as they are known, or nearly all and each name, number and negation."""
    left, right = (re.findall(r"\w+", side) for side in _around(here, one.place))
    before, after = (re.findall(r"\w+", context) for context in coded.context)
    sides = ((coded.before, one.before, before[::-1], left[::-1]), (coded.after, one.after, after, right))
    return any(coded.context) and all(
        not context or _starts_with(now, then) or (side >= 0.9 and _starts_with(_facts(now), _facts(then)))
        for context, side, then, now in sides
    )


def _starts_with(words: list[str], first: list[str]) -> bool:
    """Whether words begin with others, of which the last may be cut."""
    if len(words) < len(first) or not all(_is_same(*pair) for pair in zip(words, first[:-1], strict=False)):
        return False
    return not first or _is_same(words[len(first) - 1], first[-1]) or first[-1] in words[len(first) - 1]
