"""Codings and who read what go in; a code check comes out: agreement round by round, differences, and what was settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.agreement import NOT_INDEPENDENT, agreement, codes_of, units_of
from qualkit.codebook import AGREED, Codebook, Facet, in_order
from qualkit.codinglog import CodingLog, counted
from qualkit.codings import FILE_COLUMNS
from qualkit.tables import need_columns, number_of, read_rows, records

NOT_GIVEN, NOT_READ, OPEN = "(not given)", "(not read)", ""
DIFFERENCE = ("round", "document", "segment", "code", "decision", "why", "text")
_ROUND: dict[str, Any] = {
    "round": 0, "coders": "", "sample": "", "codebook": "", "first": "", "last": "", "documents": 0, "segments": 0, "share": None,
    "by_other_facets": 0, "agreements": 0, "disagreements": 0, "reliability": None, "settled": 0, "open": 0, "changed_after": "", "note": "",
}  # fmt: skip

Row = dict[str, Any]


@dataclass(frozen=True, repr=False)
class CodeCheck:
    """Who coded the same segments without seeing each other, how far they agree on a facet, and what came of it. See `code_check`."""

    facet: Facet
    codebook: Codebook
    rounds: pd.DataFrame
    agreement: pd.DataFrame
    differences: pd.DataFrame
    unanimous: pd.DataFrame
    codings: pd.DataFrame

    def __repr__(self) -> str:
        told = [
            f"round {row['round']}: "
            + (
                f"{row['coders']} on {number_of(row['segments'], 'segment')}, {number_of(row['agreements'], 'agreement')}, "
                f"{number_of(row['disagreements'], 'disagreement')} ({row['open']} open)"
                if row["segments"]
                else row["note"]
            )
            for row in self.rounds.to_dict("records")
        ]
        return "\n".join([f"Code check of {self.facet.id}, codebook {self.codebook.version}", *told])


def code_check(
    codings: pd.DataFrame,
    readings: pd.DataFrame,
    facet: str,
    codebook: Codebook,
    folder: str | Path,
    segments: pd.DataFrame | None = None,
) -> CodeCheck:
    """A code check of one facet, round by round: sample, coders, codebook, agreement, differences, decisions, what was changed.

    Only what at least two coders of a round read, blind, is compared: two who saw the same suggestions agree because of
    them. A coder who accepted or rejected a suggestion on a segment, as the log of the folder says, is left out there, whatever the
    assignment says, and `note` names it. (A suggestion that was shown and left open leaves no trace: assign blind.)

    Everything is told from files as they are now (assignments, codings, marks of what was read, the history of the codebook). So a
    figure changes where a coder recodes after the talk: `note` counts such changes as far as the log has them, and only a copy of
    the folder made before (or version control) gives the figure of that day.

    Parameters
    ----------
    codings
        What `read_codings` returns. The coder "agreed" holds what was settled on.
    readings
        What the function `readings` returns.
    facet
        The facet to compare, such as "sector".
    codebook
        What `read_codebook` returns.
    folder
        The folder of the codings; `rejected/agreed.csv` in it holds codes that were turned down, `audit.jsonl` the log.
    segments
        What `split` returns, of the whole study; only for `share`.

    Returns
    -------
    CodeCheck
        - `rounds`, one row per round: `coders`, `sample` (how it was drawn), `codebook` (versions coded with), `first` and `last` day
          of coding, `documents` and `segments` read by two, `share` (of all content segments, 0-100; None where `segments` is not
          given), `by_other_facets` (segments that a coder coded, but not in this facet: they count as read without a code of it),
          `agreements`, `disagreements`, `reliability` (agreements / (agreements + disagreements), 0-100), `settled` and `open`
          (differences), `changed_after` (what the codebook's history says was changed before the next round), `note` (why a
          round is not compared, who is left out where, who did not use this facet, other codebook than assigned, and codings put
          on or taken off after all coders of the round had read all they read of it, or after a decision on the segment)
        - `agreement`, what `agreement` returns, per code and `round`
        - `differences`, one row per segment and code (where a facet takes one answer: per segment) on which coders differ: `round`,
          `document`, `segment`, `code`, one column per coder (what was given instead, the words where only boundaries differ, and
          the memo after a dash), `decision` (the code, "(not given)", or "" while open), `why`, `text`
        - `unanimous`, codings that all who read the segment gave alike and of which nothing is settled, as codings of "agreed"
        - `codings`, those of the facet by these coders (in segment 0 where their words were not found)

    Raises
    ------
    ValueError
        If the facet is unknown, `blind` is neither True, False, yes nor no, or in no round two coders read a segment blind.

    Notes
    -----
    An agreement is a code that all who read a segment gave it (of a facet with one answer: a segment to which all gave the same);
    a disagreement one that only some gave. What nobody gave is no agreement here: counted, it would bring every rare code near
    100. `agreement` has both counts, and the coefficients that allow for chance. Where only boundaries differ it is an agreement and a
    difference to settle; how far boundaries agree `unitized_agreement` tells.

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 4 (check-coding, reliability).

    Examples
    --------
    >>> import qualkit as qk
    >>> segments, codebook = qk.split(qk.read_corpus("corpus"), into="sentences"), qk.read_codebook("codebook.yaml")
    >>> codings = qk.read_codings("corpus/codings", segments, codebook)
    >>> content = segments[segments["label"] == "content"].assign(round=1, blind=True)
    >>> assignments = pd.concat([content.assign(coder="coder-a"), content.assign(coder="coder-b")])
    >>> code_check(codings, qk.readings(assignments, codings, "corpus/codings"), "direction", codebook, "corpus/codings")
    Code check of direction, codebook 1.4
    round 1: coder-a, coder-b on 189 segments, 180 agreements, 9 disagreements (0 open)
    """
    needed = ("round", "coder", "blind", "document", "segment", "state")
    need_columns(readings, needed, "readings", "readings")
    need_columns(codings, FILE_COLUMNS, "codings", "read_codings")
    for coder in sorted({*readings["coder"]} & {*NOT_INDEPENDENT}):
        raise ValueError(f"'{coder}' reads nothing on its own: a code check compares coders who read without seeing the others")
    standing = codings[codings["segment"] > 0]
    log = CodingLog(Path(folder), standing)
    places = zip(readings["coder"], readings["document"], readings["segment"], strict=True)
    readings = readings.assign(blind=_blind(readings), shown=[place in log.shown for place in places])
    content = 0
    if segments is not None:
        need_columns(segments, ("label",), "segments", "split")
        content = int((segments["label"] == "content").sum())
    study = _Study(standing, codebook.facet(facet), _turned_down(Path(folder)))
    rounds: list[Row] = []
    per_code, differences, unanimous = [], [], []
    for number, assigned in readings.groupby("round", sort=True):
        read = assigned[assigned["blind"] & (assigned["state"] != "unread")]
        double = _read_by_two(read[~read["shown"]]).drop(columns="shown")
        coders = [str(coder) for coder in double["coder"].unique()]
        row: Row = {**_ROUND, "round": number, "coders": ", ".join(coders)}
        if double.empty:
            rounds.append({**row, "note": _why_not(assigned)})
            continue
        per_code.append(agreement(standing, double, facet, coders).assign(round=number))
        differ, alike, agreements = study.compared(double, coders)
        disagreements = sum(not difference.pop("boundaries") for difference in differ)
        still_open = sum(difference["decision"] == OPEN for difference in differ)
        reliability = 100 * agreements / total if (total := agreements + disagreements) else None
        told = {"agreements": agreements, "disagreements": disagreements, "reliability": reliability}
        told |= {"settled": len(differ) - still_open, "open": still_open}
        row |= _circumstances(double, standing[standing["coder"].isin(coders)])
        row["share"] = 100 * row["segments"] / content if content else None
        row["by_other_facets"], other = study.other_facets(double)
        notes = [row["note"], other]
        if saw := sorted(set(assigned.loc[~assigned["blind"], "coder"])):
            notes.append(f"left out, for it was not read blind: what {', '.join(saw)} read")
        if suggested := counted(read.loc[read["shown"], "coder"]):
            notes.append(f"left out, for a suggestion was accepted or rejected there: segments of {suggested}")
        notes.append(log.later(assigned[assigned["blind"]], coders, study.facet))
        rounds.append({**row, **told, "note": "; ".join(filter(None, notes))})
        differences += [{"round": number, **difference} for difference in differ]
        unanimous += alike
    if not per_code:
        reasons = "; ".join(f"round {row['round']}: {row['note']}" for row in rounds) or "nothing is assigned"
        raise ValueError(f"there is nothing to check ({reasons})")
    for row, version in zip(rounds, _next_versions(rounds, codebook), strict=True):
        row["changed_after"] = _changes(codebook, row["codebook"], version)
    coders = [str(coder) for coder in readings["coder"].unique()]
    shown = [c for c in coders if any(c in difference for difference in differences)]
    columns = [*DIFFERENCE[:4], *shown, *DIFFERENCE[4:]]
    per_round = pd.concat(per_code, ignore_index=True)
    names = [str(name) for name in per_round]
    counts = [name for name in names if name in ("both", "neither", "all", "some", "none") or name.startswith("only ")]
    per_round[counts] = per_round[counts].astype("Int64")  # a coder of one round is missing from another
    return CodeCheck(
        study.facet,
        codebook,
        pd.DataFrame(rounds, columns=[*_ROUND]),
        per_round[["round", *(name for name in per_round if name != "round")]],
        pd.DataFrame(differences, columns=columns).fillna(NOT_READ),
        pd.DataFrame(unanimous, columns=[*codings.columns]),
        codings[(codings["facet"] == facet) & codings["coder"].isin(coders)],
    )


class _Study:
    """What each coder gave, and what was decided, place by place."""

    def __init__(self, codings: pd.DataFrame, facet: Facet, turned_down: dict[tuple[str, int, str], str]) -> None:
        self.all, self.facet, self.turned_down = codings, facet, turned_down
        self.one_answer = facet.scale != "multiple"
        self.codes = codes_of(codings, facet.id)
        self.given: dict[tuple[str, int, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        self.memos: dict[tuple[str, int, str], list[str]] = defaultdict(list)
        for row in records(codings):
            place = (str(row["document"]), int(row["segment"]), str(row["coder"]))
            self.memos[place] += [row["memo"]] * (bool(row["memo"]) and row["memo"] not in self.memos[place])
            if row["facet"] == facet.id:
                self.given[place][str(row["code"])].append(row)

    def compared(self, read: pd.DataFrame, coders: Sequence[str]) -> tuple[list[Row], list[Row], int]:
        """The differences, the codings all gave alike on which nothing is settled yet, and the number of agreements."""
        differ: list[Row] = []
        alike: list[Row] = []
        agreements = 0
        for unit in units_of(self.all, read, coders):
            readers = [coder for coder in coders if coder in unit.readers]
            given = {coder: self.given.get((unit.document, unit.segment, coder), {}) for coder in readers}
            used = [code for code in self.codes if any(code in codes for codes in given.values())]
            shared = [code for code in used if all(code in codes for codes in given.values())]
            agreements += len(shared)
            for code in shared:
                if len({_spans(codes[code]) for codes in given.values()}) > 1:
                    differ.append(self._difference(unit, given, [code], boundaries=True))
                elif not self._decision(unit.document, unit.segment, [code])[0]:
                    blank = {"coder": AGREED, "memo": "", "statement": ""}
                    alike += [{**coding, **blank} for coding in given[readers[0]][code]]
            apart = [code for code in used if code not in shared]
            for codes in [apart] if self.one_answer and apart else [[code] for code in apart]:
                differ.append(self._difference(unit, given, codes, boundaries=False))
        return differ, alike, agreements

    def other_facets(self, read: pd.DataFrame) -> tuple[int, str]:
        """On how many segments a coder gave codes, but none of this facet; and who gave none of it anywhere, though others did."""
        coded = read[read["state"] == "coded"]
        places = [
            (str(d), int(s), str(c)) for d, s, c in zip(*(coded[n] for n in ("document", "segment", "coder")), strict=True)
        ]
        without = {place[:2] for place in places if not self.given.get(place)}
        users = {place[2] for place in places if self.given.get(place)}
        missing = sorted({place[2] for place in places} - users) if users else []
        told = f"{', '.join(missing)} coded, but nothing in {self.facet.id}: counted as read without a code" if missing else ""
        return len(without), told

    def _difference(self, unit: Any, given: dict[str, dict[str, list[Row]]], codes: list[str], boundaries: bool) -> Row:
        decision, why = self._decision(unit.document, unit.segment, codes)
        cells = {}
        for coder, mine in given.items():
            others = [code for code in mine if any(code not in fellow for fellow in given.values())]
            told = "; ".join([code for code in codes if code in mine] or others) or NOT_GIVEN
            if boundaries:
                told += " on " + ", ".join(f"“{coding['quote']}”" for coding in mine[codes[0]])
            memos = [c["memo"] for code in codes for c in mine.get(code, ()) if c["memo"]]
            memos = memos or self.memos.get((unit.document, unit.segment, coder), [])
            cells[coder] = " — ".join([told, *memos])
        place = {"document": unit.document, "segment": unit.segment, "code": "; ".join(codes), "boundaries": boundaries}
        return {**place, **cells, "decision": decision, "why": why, "text": unit.text}

    def _decision(self, document: str, segment: int, codes: list[str]) -> tuple[str, str]:
        """What was settled on, and the memo; "" where nothing was."""
        agreed = self.given.get((document, segment, AGREED), {})
        answers = [code for code in agreed if self.one_answer or code in codes]
        if answers:
            return "; ".join(answers), "; ".join(c["memo"] for code in answers for c in agreed[code] if c["memo"])
        whys = [self.turned_down[document, segment, code] for code in codes if (document, segment, code) in self.turned_down]
        return (NOT_GIVEN, "; ".join(dict.fromkeys(whys))) if len(whys) == len(codes) else (OPEN, "")


def _spans(codings: Iterable[Row]) -> frozenset[tuple[int, int]]:
    return frozenset((coding["start"], coding["end"]) for coding in codings)


def _read_by_two(read: pd.DataFrame) -> pd.DataFrame:
    """The rows of segments that at least two coders read."""
    return read[read.groupby(["document", "segment"], observed=True)["coder"].transform("nunique") > 1]


def _why_not(assigned: pd.DataFrame) -> str:
    """Why a round is not compared."""
    if _read_by_two(assigned).empty:
        return "no segment was assigned to two coders"
    blind = assigned[assigned["blind"]]
    if _read_by_two(blind).empty:
        return "not read blind: agreement would be that of the suggestions or of the talk"
    if _read_by_two(blind[~blind["shown"]]).empty:
        return f"a suggestion was accepted or rejected there: segments of {counted(blind.loc[blind['shown'], 'coder'])}"
    return "no segment has been read by two coders yet"


def _circumstances(read: pd.DataFrame, codings: pd.DataFrame) -> Row:
    """On what the coders of a round worked, when, and with which codebook, also where that is another than the one assigned."""
    mine = codings.merge(read[["document", "segment", "coder"]])
    used, planned = in_order(mine["codebook"]), in_order(read.get("codebook", ()))
    other = [version for version in used if planned and version not in planned]
    days = sorted(str(day)[:10] for day in mine["created"] if day)
    return {
        "sample": "; ".join(sorted({str(how) for how in read.get("sample", ())} - {""})),
        "codebook": ", ".join(used),
        "first": days[0] if days else "",
        "last": days[-1] if days else "",
        "documents": read["document"].nunique(),
        "segments": len(read[["document", "segment"]].drop_duplicates()),
        "note": f"assigned with codebook {', '.join(planned)}, coded with {', '.join(other)}" if other else "",
    }


def _turned_down(folder: Path) -> dict[tuple[str, int, str], str]:
    """Why a code was turned down, by document, segment and code."""
    path = folder / "rejected" / f"{AGREED}.csv"
    rows = read_rows(path, ("document", "segment", "code", "why")) if path.is_file() else []
    return {(row["document"], int(row["segment"]), row["code"]): row["why"] for row in rows}


def _blind(readings: pd.DataFrame) -> list[bool]:
    """Whether each row was to be read blind, as True and False or in words."""
    for value in readings["blind"]:
        if str(value) not in ("True", "False", "yes", "no"):
            raise ValueError(f"blind is {value!r} in readings: it must be True or False, or yes or no")
    return [str(value) in ("True", "yes") for value in readings["blind"]]


def _next_versions(rounds: Sequence[Row], codebook: Codebook) -> list[str]:
    """Per round, the versions that the next round compared was coded with; of the last one that of the codebook."""
    after, found = codebook.version, []
    for row in reversed(rounds):
        found.append(after)
        after = row["codebook"] or after
    return found[::-1]


def _changes(codebook: Codebook, used: str, until: str) -> str:
    """What the history says was changed after the versions used, up to those of the next round."""
    order = [entry["version"] for entry in codebook.history]
    last = [max((order.index(v) for v in versions.split(", ") if v in order), default=-1) for versions in (used, until)]
    if last[0] < 0:
        return ""
    return "; ".join(f"{entry['version']}: {entry['change']}" for entry in codebook.history[last[0] + 1 : last[1] + 1])
