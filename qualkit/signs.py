"""Many texts go in at once, as numbers; where the signs stand that part them, and the ordinary ends of sentences, come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from qualkit.indonesian import CLOSING, TAILS


class Signs:
    """A text as numbers, and where the signs stand that part it; mostly the text is of many documents, one below the other.

    Numpy finds in all of them at once what is ordinary, so that line by line and stop by stop only the rest is looked at.
    """

    # What ends a line or page or may end a sentence; the rest opens furniture. "A" does so in three words.
    BREAK, STOP, COLON, BRACKET, DASH, STROKE, A = range(1, 8)

    def __init__(self, text: str) -> None:
        self.codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        signs = _signs().take(self.codes, mode="clip")
        self._places = np.flatnonzero(signs > 0)
        self._signs = signs[self._places]

    def places(self, sign: int) -> np.ndarray:
        """Where the signs of a kind stand."""
        return self._places[self._signs == sign]

    def words(self, word: str) -> np.ndarray:
        """Where a word with an A stands that begins with it."""
        found = self.places(self.A)
        found = found[found + len(word) <= len(self.codes)]
        for step, letter in enumerate(word):
            found = found[self.codes[found + step] == ord(letter)]
        return found

    def dashes(self) -> np.ndarray:
        """Where dashes stand with white space behind them."""
        dashes = self.places(self.DASH)
        return dashes[self.is_space(np.minimum(dashes + 1, len(self.codes) - 1))]

    def is_space(self, places: np.ndarray) -> np.ndarray:
        return _spaces().take(self.codes[places], mode="clip")

    def ordinary_ends(self, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The offsets at which sentences end within paragraphs, and for each paragraph whether it needs a closer look.

        The paragraphs follow one another and have no white space at their edges. The ends are those of the first branch of
        the pattern. A closer look, by `sentence_ends`, needs what may be a list and what has a stop that is neither ordinary
        nor plainly within a number or a word.
        """
        closer = np.isin(self.codes[start], (ord("a"), ord("1"))) | stand_in(self.places(self.COLON), start, end)
        stop = self.places(self.STOP)
        at = np.searchsorted(start, stop, "right") - 1
        inner = (at >= 0) & (stop < end[at] - 1)  # the last character of a paragraph ends nothing within it
        stop, at = stop[inner], at[inner]
        before = np.array(
            [np.where(stop + step < start[at], 0, self.codes[np.maximum(stop + step, 0)]) for step in (-3, -2, -1)]
        )
        behind, first, second = (self.codes[np.minimum(stop + step, end[at] - 1)] for step in (1, 2, 3))
        small = before - ord("a") < _LETTERS  # unsigned: what stands before "a" is very large
        capital = np.where((first == ord('"')) | (first == ord("“")), second, first) - ord("A") < _LETTERS
        ordinary = np.flatnonzero(small.all(axis=0) & capital & _spaces().take(behind, mode="clip"))
        ordinary = ordinary[~_tails()[_tail_number(before[:, ordinary])]]
        plain = ~_behind_ends().take(behind, mode="clip") | ((behind - ord("0") < 10) & ~small[-1])
        plain |= (stop == end[at] - 2) & np.isin(behind, [*map(ord, CLOSING)])
        plain[ordinary] = True
        closer[at[~plain]] = True
        return stop[ordinary] + 1, closer


def chunks(texts: Sequence[str]) -> Iterator[slice]:
    """Texts that are looked at together, a megabyte or little more."""
    sizes = np.cumsum(np.fromiter(map(len, ["", *texts]), np.intp))
    first = 0
    while first < len(texts):
        last = max(first + 1, int(np.searchsorted(sizes, sizes[first] + _CHUNK)))
        yield slice(first, last)
        first = last


def stand_in(places: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """For each stretch of a text whether any of the places, which rise, is in it."""
    return np.searchsorted(places, start) < np.searchsorted(places, end)


_LETTERS = 26
_CHUNK = 1 << 20  # characters


def _tail_number(letters: np.ndarray) -> np.ndarray:
    """Three small letters as one number."""
    first, second, third = letters.astype(np.intp) - ord("a")
    return (first * _LETTERS + second) * _LETTERS + third


@cache
def _tails() -> np.ndarray:
    """Of each three small letters whether an abbreviation ends so."""
    tails = np.zeros(_LETTERS**3, bool)
    tails[_tail_number(np.array([[*map(ord, tail)] for tail in TAILS if re.fullmatch("[a-z]{3}", tail)]).T)] = True
    return tails


@cache
def _signs() -> np.ndarray:
    """The kind of sign each character is; 0 for all others, and for those behind the last that is one."""
    kinds = {
        Signs.BREAK: "\n\r\x0c\u2028\u2029",
        Signs.STOP: ".!?…",
        Signs.COLON: ":",
        Signs.BRACKET: "([",
        Signs.DASH: "-–—",
        Signs.STROKE: "/",
        Signs.A: "A",
    }
    signs = np.zeros(0x2030, np.uint8)
    for kind, characters in kinds.items():
        signs[[*map(ord, characters)]] = kind
    return signs


@cache
def _spaces() -> np.ndarray:
    """Of each character whether it is white space; the last says so of all behind it."""
    return np.array([chr(code).isspace() for code in range(0x3002)])


@cache
def _behind_ends() -> np.ndarray:
    """Of each character of ASCII, and at last of all others, whether the end of a sentence may stand before it."""
    return np.array([bool(re.match(rf"[\sA-Z0-9.!?{CLOSING}\x80]", chr(code))) for code in range(129)])
