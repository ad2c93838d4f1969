"""Segments and a codebook go in; suggestions come out: the codes whose indicators stand in a segment, with the words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from qualkit.codebook import Code, Codebook
from qualkit.codings import code_segments
from qualkit.indonesian import CLITICS
from qualkit.tables import need_columns

_LETTER = r"[^\W_]"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True)
class _Terms:
    """A code's masks and indicators as one pattern each, the longest first."""

    code: str
    masks: re.Pattern[str] | None
    indicators: re.Pattern[str] | None


def suggest_codings(segments: pd.DataFrame, codebook: Codebook, facet: str = "sector") -> pd.DataFrame:
    """One row per segment and code whose indicators stand in it: a suggestion, with the words that matched.

    A suggestion is never a coding. The table has the columns of `read_codings`, the coder "codebook", and `matched` (the
    words as they stand, separated by "; "); no function counts it as a person's coding.

    How it matches: whole words only; a term in capitals (ASN, HAM) matches capitals only, any other in any case; `*` at
    the end stands for further letters; -nya, -lah, -kah, -pun may follow; a blank in a term is any white space, line and
    page breaks and no-break spaces included; a hyphen may be broken over two lines. For each code its masks are taken
    out first (the longest first), then its indicators are sought. Only segments labelled content are searched.

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
    """
    need_columns(segments, ("document", "segment", "label", "text"), "segments", "split")
    terms = [_compiled(code) for code in codebook.facet(facet).codes]
    found = []
    for segment in segments[segments["label"] == "content"].to_dict("records"):
        for term in terms:
            words = _matched(term, segment["text"])
            if words:
                found.append(
                    {
                        "document": segment["document"],
                        "segment": segment["segment"],
                        "code": term.code,
                        "matched": "; ".join(words),
                    }
                )
    suggested = code_segments(
        segments, pd.DataFrame(found, columns=["document", "segment", "code", "matched"]), codebook, "codebook", ""
    )
    matched = {(row["document"], row["segment"], row["code"]): row["matched"] for row in found}
    keys = zip(suggested["document"], suggested["segment"], suggested["code"], strict=True)
    return suggested.assign(matched=[matched[key] for key in keys])


def _compiled(code: Code) -> _Terms:
    return _Terms(code.id, _pattern(code.masks), _pattern(code.indicators))


def _pattern(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern for all terms, longest first, so that a phrase is found before a word in it."""
    if not terms:
        return None
    return re.compile("|".join(_one(term) for term in sorted(terms, key=lambda term: (-len(term), term))))


def _one(term: str) -> str:
    words = []
    for word in term.replace("'", "’").split():
        stem = word.rstrip("*")
        letters = "".join("-\\s*" if c == "-" else "['’]" if c == "’" else re.escape(c) for c in stem)
        words.append(letters + (rf"{_LETTER}*(?:-\s*{_LETTER}+)*" if word.endswith("*") else ""))
    clitic = "" if term.endswith("*") else f"(?:-?(?:{'|'.join(CLITICS)}))?"
    body = r"\s+".join(words) + clitic
    exact = term.upper() == term and term.lower() != term
    return rf"(?<![\w]){'' if exact else '(?i:'}{body}{'' if exact else ')'}(?![\w])"


def _matched(terms: _Terms, text: str) -> list[str]:
    """The indicators of one code that stand in a text, as they stand, in order, each spelling once."""
    if terms.indicators is None:
        return []
    for invisible in _INVISIBLE:
        text = text.replace(invisible, "")
    if terms.masks is not None:
        text = terms.masks.sub(lambda match: "\x00" * len(match.group()), text)
    return list(dict.fromkeys(re.sub(r"\s+", " ", match.group()) for match in terms.indicators.finditer(text)))
