"""A folder of codings goes in; what its logs say comes out: who read what when, and what was changed afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from qualkit.audit import listed_rows, newest_first
from qualkit.codebook import AGREED, Facet
from qualkit.codings import FILE_COLUMNS, coders_in
from qualkit.sheets import FILES
from qualkit.tables import one_line, read_rows

_SUGGESTED = ("accepted the suggestion of", "rejected the suggestion of")  # how the log says that a suggestion was seen


class _Step(NamedTuple):
    """One row that was put into a file or taken out of it."""

    when: str
    coder: str
    document: str
    segment: int
    code: str  # "" of a mark
    file: str
    why: str

    @property
    def place(self) -> tuple[str, str, int]:
        return self.coder, self.document, self.segment


class CodingLog:
    """What the logs of a folder keep of its codings, marks and rejections, the oldest first. A change of a memo is no change."""

    def __init__(self, folder: Path, codings: pd.DataFrame) -> None:
        self.made: dict[tuple[str, str, int], str] = {}  # when a place was first coded or marked, as its rows say
        today: dict[tuple[str, ...], int] = {}  # where the words stand now, in a text that was changed
        cells = (codings[name].tolist() for name in ("coder", "document", "segment", "code", "created", "quote"))
        for coder, document, segment, code, created, quote in zip(*cells, strict=True):
            self._note_made((coder, document, segment), created)
            today[coder, document, code, created, one_line(quote)] = segment
        for coder in {*codings["coder"]} | coders_in(folder / "read"):
            for mark in rows_now(folder / "read" / f"{coder}.csv"):
                if _says_where(mark):
                    self._note_made((coder, mark["document"], int(mark["segment"])), mark["created"])
        steps = []
        for file in ("codings", "read", "rejected"):
            for entry in newest_first(folder / FILES[file][0]):
                coder, why = entry["what"].removesuffix(".csv"), re.sub("^((undo|redo): )+", "", entry["why"])
                # Of a table that was written the log knows when that was, not when it was coded: its rows say it.
                step = {} if entry["rows"].get("how") == "write_codings" else entry["rows"]
                for row in [*_changed(step), *_changed(entry["rows"].get("outside"))]:
                    key = (
                        coder,
                        *(row.get(name, "") for name in ("document", "code", "created")),
                        one_line(row.get("quote", "")),
                    )
                    segment = today.get(key, int(row["segment"]))
                    steps.append(_Step(entry["when"], coder, row["document"], segment, row.get("code", ""), file, why))
                    self._note_made(steps[-1].place, row.get("created", ""))
        self.steps = sorted(reversed(steps), key=lambda step: step.when)
        self.shown = {step.place for step in self.steps if step.why.startswith(_SUGGESTED)}
        self.read = self._first_visits()

    def _note_made(self, place: tuple[str, str, int], created: str) -> None:
        if created:
            moment = f"{created}T23:59:59Z" if len(created) == 10 else created
            self.made[place] = min(moment, self.made.get(place, moment))

    def _first_visits(self) -> dict[tuple[str, str, int], str]:
        """When each coder had first read each segment. What a coder does there before going on to another is one visit."""
        ends: dict[tuple[str, str, int], str] = {}
        visit: dict[str, tuple[str, str, int]] = {}
        for step in self.steps:
            earlier = self.made.get(step.place, step.when)
            if step.place not in ends and earlier[:10] < step.when[:10]:
                ends[step.place] = earlier  # read before there was a log
            if step.place not in ends or visit.get(step.coder) == step.place:
                ends[step.place], visit[step.coder] = step.when, step.place
            else:
                visit.pop(step.coder, None)
        return {**self.made, **ends}

    def later(self, assigned: pd.DataFrame, coders: Sequence[str], facet: Facet) -> str:
        """The codings of a round that came or went after all had read, or after a decision on the segment: whose, how many, when."""
        codes = {code.id for code in facet.codes}
        round_ = {(str(d), int(s)) for d, s in zip(assigned["document"], assigned["segment"], strict=True)}
        read = max((when for (coder, *at), when in self.read.items() if coder in coders and tuple(at) in round_), default="")
        decided: dict[tuple[str, int], str] = {}
        for step in self.steps:
            if step.coder == AGREED and step.code in codes:
                decided.setdefault((step.document, step.segment), step.when)
        found = [
            step
            for step in self.steps
            if step.file == "codings" and step.coder in coders and step.code in codes and step.place[1:] in round_
            and not step.why.startswith("settled ")  # found again in a text that was changed
            and step.when > min(read, decided.get((step.document, step.segment), read))
        ]  # fmt: skip
        if not found:
            return ""
        days = sorted({step.when[:10] for step in found})
        when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
        told = f"codings put on or taken off after all had read ({read[:10]}) or after a decision: {counted(s.coder for s in found)}"
        return f"{told} ({when}); the figures are those of the files as they are now"


def rows_now(path: Path) -> list[dict[str, str]]:
    """The rows of a file as they are now; none where there is no file."""
    return read_rows(path, ("document", "segment"), FILE_COLUMNS) if path.is_file() else []


def counted(names: Iterable[str]) -> str:
    """How often each name comes: "budi 2, rani 1"; "" of none."""
    return ", ".join(f"{name} {count}" for name, count in sorted(Counter(names).items()))


def _changed(rows: object) -> list[dict[str, str]]:
    """The rows that a line of the log says were added or removed, but for those of which only other cells changed than place and code."""
    found = [row for name in ("added", "removed") for row in listed_rows(rows, name) if _says_where(row)]
    often = Counter(map(_where, found))
    return [row for row in found if often[_where(row)] == 1]


def _says_where(row: dict[str, str]) -> bool:
    """Whether a row of a log or a file, which anyone can edit, says where it stands."""
    return "document" in row and row.get("segment", "").isdecimal()


def _where(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in ("document", "segment", "start", "end", "code"))
