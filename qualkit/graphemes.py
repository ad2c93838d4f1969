"""A text and a place in it go in; whether a cut there would go through one visible character comes out."""

from __future__ import annotations

import re
import unicodedata

_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]+")
# What clings to the character before it, beside the marks of the categories below: joiners, skin tones, the letters of
# regional flags, half-width marks of kana.
_CLINGING = re.compile("[\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\uff9e\uff9f]")
_MARKS = ("Mn", "Me", "Mc")
_FOLLOWS = {"L": ("L", "V", "LV", "LVT"), "V": ("V", "T"), "LV": ("V", "T"), "T": ("T",), "LVT": ("T",)}  # parts of a syllable


def cuts_a_character(text: str, at: int) -> bool:
    """Whether a cut before `text[at]` would go through what a reader sees as one character.

    A letter and its accents, the two letters of a flag, emoji joined to one, a syllable of Hangul in pieces and the two
    characters of a line end of Windows are each one. A plain reading of the rules of Unicode for grapheme clusters; those for
    the conjuncts of Indic scripts and for characters that cling to what follows are left out.

    >>> [cuts_a_character("e\u0301!", at) for at in range(4)]
    [False, True, False, False]

    References
    ----------
    Unicode Standard Annex 29, Unicode Text Segmentation, section 3 (rules GB3 to GB9a, GB11 to GB13).
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before == "\r" and after == "\n":
        return True
    if unicodedata.category(before) in ("Cc", "Cf", "Zl", "Zp") and not _clings(before):
        return False
    if _clings(after):
        return True
    if letters := _FLAGS.match(after) and _FLAGS.match(text[:at][::-1]):
        return len(letters[0]) % 2 == 1
    if before == "\u200d":
        joined = text[: at - 1]
        while joined and _clings(joined[-1]) and joined[-1] != "\u200d":
            joined = joined[:-1]
        return _is_picture(after) and _is_picture(joined[-1:])
    return _hangul(after) in _FOLLOWS.get(_hangul(before), ())


def _clings(character: str) -> bool:
    return unicodedata.category(character) in _MARKS or bool(_CLINGING.match(character))


def _is_picture(character: str) -> bool:
    return bool(character) and unicodedata.category(character) in ("So", "Sm") and not _FLAGS.match(character)


def _hangul(character: str) -> str:
    """Which part of a syllable of Hangul a character is (leading, vowel, trailing, or two or three of them); "" for none."""
    if "\uac00" <= character <= "\ud7a3":
        return "LVT" if (ord(character) - 0xAC00) % 28 else "LV"
    parts = (("\u1100", "\u115f", "L"), ("\u1160", "\u11a7", "V"), ("\u11a8", "\u11ff", "T"), ("\ua960", "\ua97c", "L"),
             ("\ud7b0", "\ud7c6", "V"), ("\ud7cb", "\ud7fb", "T"))  # fmt: skip
    return next((part for first, last, part in parts if first <= character <= last), "")
