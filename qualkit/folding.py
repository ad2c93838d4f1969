"""A text goes in; its letters come out as they can be compared, however they are written, and where each stands.

White space, line ends, soft hyphens and other invisible characters, the forms of letters with marks (NFC, NFD), ligatures,
typographic or straight quotation marks and the kinds of dashes do not make other words; a letter, a capital or a digit does.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import cache, lru_cache

Place = tuple[int, int]
_QUOTES = {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), "…": "..."}
_INVISIBLE = r"\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"


@dataclass(frozen=True)
class Folded:
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
    return folded(text).letters.strip(" ")


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


def folded(text: str) -> Folded:
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
    return Folded("".join(found), begins, ends)


folded_text = lru_cache(maxsize=4)(folded)  # the codings of one text come together
