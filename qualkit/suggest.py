"""Segments and a codebook go in; suggestions come out: the codes whose indicators stand in a segment, with the words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from qualkit.codebook import MACHINE, Code, Codebook
from qualkit.codings import code_segments
from qualkit.indonesian import CLITICS
from qualkit.tables import need_columns, one_line

_LETTER = r"[^\W_]"
_HYPHEN = r"[-\u2010\u2011]\s*"  # it may stand at the end of a line
_INVISIBLE = re.compile(r"\u00ad\s*\n\s*|[\u00ad\u200b-\u200d\u2060\ufeff]")  # a soft hyphen may break a word over two lines
_MASKED = "\x00"


@dataclass(frozen=True)
class _Terms:
    """A code's masks, and its indicators as one pattern, the longest first."""

    code: str
    masks: tuple[re.Pattern[str], ...]
    indicators: re.Pattern[str]


def suggest_codings(segments: pd.DataFrame, codebook: Codebook, facet: str = "sector") -> pd.DataFrame:
    """One row per segment and code whose indicators stand in it: a suggestion, with the words that matched.

    A suggestion is never a coding. The table has the columns of `read_codings`, the coder "codebook", and `matched` (the
    words as they stand, separated by "; "); no function counts it as a person's coding.

    How it matches: whole words only; a term in capitals (ASN, HAM) matches capitals only, any other in any case; `*` at
    the end of a word stands for further letters; -nya, -lah, -kah, -pun may follow; a blank in a term is any white space,
    line and page breaks and no-break spaces included; a hyphen may be broken over two lines; soft hyphens and other
    invisible characters count for nothing. For each code all that any of its masks covers is taken out first, then its
    indicators are sought, the longest first. Only segments labelled content are searched.

    Parameters
    ----------
    segments
        The table `split` returns.
    codebook
        What `read_codebook` returns; `indicators` and `masks` of the facet's codes are used.
    facet
        The id of the facet to suggest codes of.

    Raises
    ------
    ValueError
        If the codebook has no such facet.

    Notes
    -----
    What this cannot see: a code without any of its words (pronouns, programme names), negation, who speaks.

    Examples
    --------
    >>> from qualkit import read_codebook, split
    >>> text = "Para pekerja musiman itu berangkat. Kerja sama itu berjalan baik."
    >>> segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    >>> suggest_codings(segments, read_codebook("codebook.yaml"))[["segment", "code", "matched"]].values.tolist()
    [[1, 'SDM.NAKER', 'pekerja musiman']]
    """
    need_columns(segments, ("document", "segment", "label", "text"), "segments", "split")
    terms = [_compiled(code) for code in codebook.facet(facet).codes if code.indicators]
    found = [
        {"document": segment["document"], "segment": segment["segment"], "code": term.code, "matched": "; ".join(words)}
        for segment in segments[segments["label"] == "content"].to_dict("records")
        for term in terms
        if (words := _matched(term, segment["text"]))
    ]
    codes = pd.DataFrame(found, columns=["document", "segment", "code", "matched"])
    suggested = code_segments(segments, codes, codebook, MACHINE, "")
    return suggested.merge(codes, on=["document", "segment", "code"], how="left", validate="one_to_one")


def _compiled(code: Code) -> _Terms:
    longest_first = sorted(code.indicators, key=lambda term: (-len(term), term))
    return _Terms(code.id, tuple(_pattern((mask,)) for mask in code.masks), _pattern(tuple(longest_first)))


@lru_cache(maxsize=10_000)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_one(term) for term in terms))


def _one(term: str) -> str:
    words = []
    for word in unicodedata.normalize("NFC", term).replace("'", "’").split():
        letters = "".join(_HYPHEN if c == "-" else "['’]" if c == "’" else re.escape(c) for c in word.rstrip("*"))
        words.append(letters + (rf"{_LETTER}*(?:{_HYPHEN}{_LETTER}+)*" if word.endswith("*") else ""))
    clitics = "" if term.endswith("*") else f"(?:-?(?:{'|'.join(CLITICS)}))*"
    body = r"\s+".join(words) + clitics
    exact = term.upper() == term and term.lower() != term
    return rf"(?<!\w){body if exact else f'(?i:{body})'}(?!\w)"


def _matched(terms: _Terms, text: str) -> list[str]:
    """The indicators of one code that stand in a text, as they stand, in order, each spelling once."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if not terms.indicators.search(text):
        return []
    covered = {at for mask in terms.masks for match in mask.finditer(text) for at in range(*match.span())}
    text = "".join(_MASKED if at in covered else letter for at, letter in enumerate(text))
    return list(dict.fromkeys(one_line(match.group()) for match in terms.indicators.finditer(text)))
