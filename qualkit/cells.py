"""The passages of a cell go in; what the cell says comes out, in both languages, each text with the place it rests on."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from qualkit.codebook import CodeId, Words, bilingual
from qualkit.matrix import BACKGROUND, CONTEXT, OFF_HEADING, ORDER, QUOTE_WORDS, RATINGS, locators
from qualkit.tables import one_line

_EVIDENCE = bilingual("bukti ", "evidence ")


def say(*parts: Words | str) -> Words:
    """The parts one after the other, in both languages; a plain text is the same in both."""
    return {language: "".join(part if isinstance(part, str) else part[language] for part in parts) for language in ("id", "en")}


def listed(words: Iterable[Words], between: str = ", ") -> Words:
    """The words one after the other, with commas or what else stands between them."""
    words = list(words)
    return {language: between.join(text[language] for text in words) for language in ("id", "en")}


def called(value: object) -> Words:
    """What a value is called: the label of a code, or the value."""
    return value.entry.label if isinstance(value, CodeId) else bilingual(str(value), str(value))


def each_statement(cell: pd.DataFrame) -> list[pd.DataFrame]:
    """The passages of each statement: deeds first, then outcomes claimed, plans, hopes, and background last."""
    return sorted((found for _, found in cell.groupby("statement", sort=False, observed=True)), key=_height, reverse=True)


def _height(passages: pd.DataFrame) -> tuple[int, str]:
    return ORDER.index(passages["status"].iloc[0]), str(passages["evidence"].iloc[0])


def without_background(cell: pd.DataFrame) -> pd.DataFrame:
    """The passages of what the corpus says of the cooperation itself: deeds, claims, plans and hopes."""
    return cell[cell["status"] != CONTEXT]


def with_evidence(cell: pd.DataFrame) -> pd.DataFrame:
    """The passages of what is no background and has evidence of 1 or more."""
    return cell[(cell["status"] != CONTEXT) & (cell["evidence"].astype(str) != "0")]


def strongest(cell: pd.DataFrame) -> pd.DataFrame:
    """The passages of the statement that a cell's standing rests on: of what has evidence, else of what is only said."""
    return next(each_statement(found)[0] for found in (with_evidence(cell), without_background(cell), cell) if len(found))


def place_of(passages: pd.DataFrame) -> str:
    """The statements and the places they rest on: ' (S012; rakhmadi-2023: 93)'."""
    return f" ({', '.join(dict.fromkeys(passages['statement']))}; {'; '.join(locators(passages))})"


def tell(passages: pd.DataFrame, before: Words | str = "", further: Words | str = "") -> Words:
    """A statement with its status, evidence, whatever else is to be said of it, and its place."""
    first = passages.iloc[0]
    off = "off_heading" in passages and first["status"] != CONTEXT and passages["off_heading"].any()
    text, mark = bilingual(first["text_id"], first["text_en"]), OFF_HEADING if off else ""
    state = (_status(passages), "; ", _EVIDENCE, str(first["evidence"]), further)
    return say(before, text, " [", *state, "]", mark, place_of(passages))


def tell_each(cell: pd.DataFrame) -> tuple[Words, ...]:
    """Each statement of a cell once, in the order of `each_statement`."""
    return tuple(map(tell, each_statement(cell)))


def tell_others(passages: pd.DataFrame) -> list[Words]:
    """That there are more statements, and where; of none nothing."""
    number = passages["statement"].nunique()
    return [say(bilingual(f"dan {number} pernyataan lain", f"and {number} more"), place_of(passages))] if number else []


def _status(passages: pd.DataFrame) -> Words:
    status = passages["status"].iloc[0]
    return BACKGROUND if status == CONTEXT else {language: text.lower() for language, text in called(status).items()}


def standing(cell: pd.DataFrame) -> Words:
    """The highest status of a cell, or that there is background only."""
    if without_background(cell).empty:
        return RATINGS["none"]
    return say(_status(strongest(cell)), "" if len(with_evidence(cell)) else say(" (", _EVIDENCE, "0)"))


def best_quotes(cell: pd.DataFrame) -> list[Words]:
    """The best quote, and one of the lowest status where that is another sentence."""
    statements = each_statement(without_background(cell))
    if not statements:
        return []
    best = max(statements, key=lambda passages: _height(passages)[::-1]).head(1)
    lower = [passages for passages in reversed(statements) if _height(passages)[0] < _height(best)[0]]
    there = (best["document"].iloc[0], best["segment"].iloc[0])
    elsewhere = (
        passages[[place != there for place in zip(passages["document"], passages["segment"], strict=True)]]
        for passages in lower
    )
    counter = next((passages.head(1) for passages in elsewhere if len(passages)), best.head(0))
    names = (bilingual("kutipan", "quote"), bilingual("kutipan tandingan", "counter-quote"))
    return [
        say(name, f": “{_cut(found['quote'].iloc[0])}”", place_of(found))
        for name, found in zip(names, (best, counter), strict=True)
        if len(found)
    ]


def _cut(quote: object) -> str:
    words = one_line(str(quote)).split()
    return " ".join([*words[:QUOTE_WORDS], *(["[…]"] if len(words) > QUOTE_WORDS else [])])
