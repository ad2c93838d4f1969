"""Two wordings go in; whether they differ by spelling alone, or by a name, a number or a negation, comes out."""

from __future__ import annotations

import difflib
import re

from qualkit.distances import distance

_SPELT = 1 / 6  # of the letters of a word: up to here it is spelt otherwise, beyond it is another word


def is_same(one: str, other: str) -> bool:
    """Whether two words are one, but for a few letters and the spelling before 1972; digits are no letters."""
    one, other = _as_today(one.lower()), _as_today(other.lower())
    if one == other:
        return True
    most = _SPELT * max(len(one), len(other))
    return not re.search(r"\d", one + other) and bool(one) and distance(one, other, len(other)) <= most


def _as_today(word: str) -> str:
    """A word in letters that the reforms of Indonesian spelling (1947, 1972) left alone."""
    for old, new in (("oe", "u"), ("ch", "kh"), ("c", "tj"), ("dj", "j"), ("j", "y")):
        word = word.replace(old, new)
    return word


DENYING = frozenset(
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
_TELLING = DENYING | _COUNTING


def listed(words: list[str], among: frozenset[str]) -> list[str]:
    return [word for word in map(_as_today, map(str.lower, words)) if word in among]


def is_spelling(coded: str, there: str) -> bool:
    """Whether words differ from those coded by nothing but how they are spelt."""
    one, other = (re.findall(r"\w+", words) for words in (coded, there))
    pieces = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    alike = (is_same("".join(one[a:b]), "".join(other[c:d])) for kind, a, b, c, d in pieces if kind != "equal")
    return same_facts(coded, there) and all(alike)


def facts_of(words: list[str]) -> list[str]:
    """The words in which sentences differ that are alike else: names (what has a capital), numbers, negations."""
    return [word for word in words if word[0].isupper() or re.search(r"\d", word) or listed([word], _TELLING)]


def same_facts(one: str, other: str) -> bool:
    facts, others = (facts_of(re.findall(r"\w+", words)) for words in (one, other))
    return len(facts) == len(others) and all(map(is_same, facts, others))
