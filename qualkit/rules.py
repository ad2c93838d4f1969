"""An if-then rule in words and a matrix go in; whether the rule holds in its cells, and which cells these are, comes out."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import NamedTuple

from qualkit.matrix import NOT_MENTIONED, RATINGS, UNITS, Matrix, locators
from qualkit.tables import did_you_mean

LEVELS = ("not found", *reversed(RATINGS))  # what a rule may ask of a rating, from the lowest up
BACKGROUND = "none"  # shown with its words, "background only": it is not nothing
SIGNS = {">=": operator.ge, "<=": operator.le, "=": operator.eq, "<": operator.lt, ">": operator.gt}


@dataclass(frozen=True)
class Rule:
    """An if-then test in words: what was predicted of cells, given what of other cells, and on which day."""

    condition: str
    prediction: str
    written: str


class _Condition(NamedTuple):
    row: str
    column: str
    sign: str
    value: str


class _Seen(NamedTuple):
    """A condition as its cell answers it: whether it holds, or why nobody can say."""

    cell: str
    places: str
    holds: bool | None
    why: str = ""


def conditions(text: str) -> list[_Condition]:
    """The conditions of one side of a rule; ValueError with what is possible where it is none."""
    found = []
    for part in re.split(r" and ", " ".join(text.split())):
        match = re.fullmatch(r"(\S.*?) / (\S.*?) (>=|<=|=|<|>) (\S.*)", part)
        if not match:
            raise ValueError(
                f"'{part}' is no condition such as 'DIK.GURU / SUB-BUS >= moderate' (signs: {', '.join(SIGNS)};"
                " several conditions are joined by 'and')"
            )
        condition = _Condition(*match.groups())
        if condition.value not in LEVELS and not re.fullmatch(r"[0-9]+", condition.value):
            raise ValueError(
                f"a cell has no value '{condition.value}'.{did_you_mean(condition.value, LEVELS)} Of a count matrix: a whole number."
            )
        found.append(condition)
    return found


def need_values(matrix: object) -> None:
    """Say in words what a rule can be tested on, where that is something else."""
    if not isinstance(matrix, Matrix) or matrix.is_text:
        held = f"holds texts ({matrix.kind})" if isinstance(matrix, Matrix) else f"is a {type(matrix).__name__}"
        raise ValueError(
            f"if-then rules speak of ratings or counts, but the matrix {held}: pass a rating_matrix or count_matrix"
        )


def judged(rule: Rule, matrix: Matrix) -> dict[str, str]:
    """A rule with its verdict, the cells it speaks of and the passages behind them (see `if_then_tests`)."""
    condition, prediction = ([_seen(c, matrix) for c in conditions(side)] for side in (rule.condition, rule.prediction))
    seen = [*condition, *prediction]
    met, kept = _together(condition), _together(prediction)
    why = "; ".join(dict.fromkeys(cell.why for cell in seen if cell.why))
    verdict = "condition not met" if met == "no" else "holds" if kept == "yes" else "fails"
    return {
        "if": rule.condition,
        "then": rule.prediction,
        "written": rule.written,
        "if_holds": met,
        "then_holds": kept,
        "verdict": f"cannot be tested because {why}" if why else verdict,
        "cells": "; ".join(dict.fromkeys(cell.cell for cell in seen if cell.cell)),
        "locators": "; ".join(dict.fromkeys(cell.places for cell in seen if cell.places)),
    }


def _together(side: list[_Seen]) -> str:
    """Whether all conditions of a side hold; nothing where one of them cannot be told."""
    return "" if any(cell.why for cell in side) else "yes" if all(cell.holds for cell in side) else "no"


def _seen(condition: _Condition, matrix: Matrix) -> _Seen:
    name = f"{condition.row} / {condition.column}"
    try:
        cell = matrix.cell(condition.row, condition.column)
    except ValueError as error:
        return _Seen("", "", None, str(error).rstrip("."))
    passages = matrix.behind(condition.row, condition.column)
    ids = ", ".join(dict.fromkeys(passages["statement"])) if "text_id" in passages else ""  # not so in codings
    places = "; ".join(locators(passages)) if "segment" in passages else ""
    behind = f"{name}: {ids} ({places})" if ids and places else f"{name}: {ids}{places}" if len(passages) else ""
    rated, number = matrix.kind == "rating", condition.value not in LEVELS
    value = LEVELS[0] if rated and cell["empty"] else str(cell["value"])
    unit = f" {UNITS[matrix.unit]['en']}" if not rated else f" ({RATINGS[value]['en']})" if value == BACKGROUND else ""
    shown = f"{name}: {value}{unit}"
    if cell["empty"] and cell["empty"] != NOT_MENTIONED:
        return _Seen(f"{name}: empty", behind, None, f"{name} is empty: {cell['empty']['en'].rstrip('.')}")
    if rated == number:
        asked, held = ("a number", "ratings") if rated else ("a rating", "counts")
        return _Seen(shown, behind, None, f"the rule asks for {asked} ({condition.value}), but the matrix holds {held}")
    found, wanted = (LEVELS.index(value), LEVELS.index(condition.value)) if rated else (int(value), int(condition.value))
    return _Seen(shown, behind, SIGNS[condition.sign](found, wanted))
