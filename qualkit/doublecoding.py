"""Codings and who read what go in; a code check comes out: agreement round by round, differences, and what was settled."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from qualkit.agreement import NOT_INDEPENDENT, agreement, codes_of, units_of
from qualkit.audit import newest_first
from qualkit.codebook import AGREED, Codebook, Facet
from qualkit.coderfile import CoderFile
from qualkit.codings import FILE_COLUMNS
from qualkit.sheets import FILES, REJECTED_COLUMNS
from qualkit.tables import did_you_mean, need_columns, one_line, read_rows

NOT_GIVEN, NOT_READ, OPEN = "(not given)", "(not read)", ""
NEITHER = "neither"  # kept where none of the readings is
_DIFFERENCE = ("round", "document", "segment", "code", "decision", "why", "text")
_SUGGESTED = ("accepted the suggestion of", "rejected the suggestion of")  # how the log says that a suggestion was seen
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
                f"{row['coders']} on {row['segments']} segments, {row['agreements']} agreements, {row['disagreements']} disagreements"
                f" ({row['open']} open)"
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
    Code check of direction, codebook 1.1
    round 1: coder-a, coder-b on 189 segments, 180 agreements, 9 disagreements (0 open)
    """
    needed = ("round", "coder", "blind", "document", "segment", "state")
    need_columns(readings, needed, "readings", "readings")
    need_columns(codings, FILE_COLUMNS, "codings", "read_codings")
    for coder in sorted({*readings["coder"]} & {*NOT_INDEPENDENT}):
        raise ValueError(f"'{coder}' reads nothing on its own: a code check compares coders who read without seeing the others")
    standing = codings[codings["segment"] > 0]
    log = _Log(Path(folder), standing)
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
        if suggested := _counts(read.loc[read["shown"], "coder"]):
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
    columns = [*_DIFFERENCE[:4], *shown, *_DIFFERENCE[4:]]
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


def reconcile(
    check: CodeCheck,
    decisions: pd.DataFrame,
    folder: str | Path,
    by: str,
    change: bool = False,
    now: datetime.datetime | None = None,
) -> list[str]:
    """Write decisions on differences as codings of "agreed", with a memo that says whose reading was kept and why.

    A code that the kept coder gave goes to `agreed.csv`, where that coder put it; one that the kept coder did not give goes to
    `rejected/agreed.csv` (a facet with one answer needs that only where there is no answer). The coders' own files are left as they
    are. What was decided before stays unless `change` says so; what is taken out then is kept in `audit.jsonl`.

    Where no reading is kept, keep "neither": all codes at issue are turned down. A third reading, which nobody gave, is coded at the
    desk as coder "agreed", with a memo that says why; in a facet with one answer that alone settles the difference.

    Parameters
    ----------
    check
        What `code_check` returns.
    decisions
        Columns `document`, `segment`, `code` (may be left out, or empty: all differences of the segment), `keep` (the coder whose
        reading is kept, or "neither") and `why`, in words.
    folder
        The folder of the codings.
    by
        Who decided, for the log.
    change
        Whether decisions that were taken before may be changed.
    now
        The time written down; the time of writing where none is given.

    Returns
    -------
    list of str
        What is to be said about the files, such as that one was changed outside the log; mostly nothing.

    Raises
    ------
    ValueError
        All faults at once: no such difference, no such coder, no reason, decided otherwise before, a reading that its coder has
        changed since the check. Nothing is written then, nor where one of the two files cannot be.

    Examples
    --------
    >>> import shutil, tempfile
    >>> import qualkit as qk
    >>> folder = Path(tempfile.mkdtemp()) / "codings"
    >>> _ = shutil.copytree("corpus/codings", folder, ignore=shutil.ignore_patterns("agreed.csv", "audit.jsonl"))
    >>> segments, codebook = qk.split(qk.read_corpus("corpus"), into="sentences"), qk.read_codebook("codebook.yaml")
    >>> codings = qk.read_codings(folder, segments, codebook)
    >>> content = segments[segments["label"] == "content"].assign(round=1, blind=True)
    >>> assignments = pd.concat([content.assign(coder="coder-a"), content.assign(coder="coder-b")])
    >>> check = code_check(codings, qk.readings(assignments, codings, folder), "status", codebook, folder)
    >>> first = check.differences.head(1).assign(keep="coder-b", why="a success is asserted as achieved")
    >>> reconcile(check, first[["document", "segment", "keep", "why"]], folder, by="rani")
    []
    >>> agreed = qk.read_codings(folder, segments, codebook).query("coder == 'agreed'")
    >>> agreed["memo"].tolist()
    ['settled: coder-b: a success is asserted as achieved']
    """
    if not isinstance(check, CodeCheck):
        raise ValueError(f"check must be what code_check returns, not {type(check).__name__}")
    need_columns(decisions, ("document", "segment", "keep", "why"), "decisions", "you (document, segment, code, keep, why)")
    if not by.strip():
        raise ValueError("by is empty: the log names who decided")
    folder, when = Path(folder), now or datetime.datetime.now(datetime.UTC)
    clock = (lambda: now) if now else None
    files = {
        name: CoderFile(folder / FILES[kind][0] / f"{AGREED}.csv", *FILES[kind][1:], AGREED, clock)
        for name, kind in (("given", "codings"), ("not given", "rejected"))
    }
    coders = [str(coder) for coder in {*check.codings["coder"], *check.differences} - {*_DIFFERENCE}]
    current = {coder: _rows(folder / f"{coder}.csv") for coder in coders}
    add: dict[str, list[Row]] = {name: [] for name in files}
    remove: dict[str, list[Row]] = {name: [] for name in files}
    faults, decided = [], dict[tuple[str, str, str], int]()
    for number, decision in enumerate(decisions.to_dict("records"), 1):
        told = {str(name): value for name, value in decision.items()}
        problem, wanted, codes = _wanted(check, told, current, when.date().isoformat())
        here = (str(decision["document"]), str(decision["segment"]))
        old = {
            name: [row for row in file.rows if (row["document"], row["segment"]) == here and row["code"] in codes]
            for name, file in files.items()
        }
        for row in wanted["given"]:  # what rests on a coding goes on resting on it
            row["statement"] = next((was["statement"] for was in old["given"] if _place(was) == _place(row)), "")
        new = {name: [row for row in wanted[name] if not _among(row, old[name])] for name in files}
        gone = {name: [row for row in old[name] if not _among(row, wanted[name])] for name in files}
        where = f"segment {here[1]} of '{here[0]}'"
        first = min(decided.setdefault((*here, code), number) for code in codes) if codes else number
        resting = [row for row in gone["given"] if row["statement"] and _place(row) not in map(_place, wanted["given"])]
        if not problem and first != number:
            problem = f"{where} is decided in row {first} already"
        elif not problem and any(gone.values()) and not change:
            was = [f"{row['code']} given" for row in old["given"]] + [f"{row['code']} not given" for row in old["not given"]]
            problem = f"{where} was decided before ({'; '.join(was)}). To change that or its reason, say change=True"
        elif not problem and resting:
            problem = f"statement {resting[0]['statement']} rests on {resting[0]['code']} at {where}: take its id off the coding first"
        faults += [f"row {number} of decisions: {problem}"] * bool(problem)
        for name in files:
            add[name] += new[name]
            remove[name] += gone[name]
    if faults:
        raise ValueError("\n".join([f"{len(faults)} faults", *faults] if len(faults) > 1 else faults))
    said = [notice for file in files.values() for notice in file.notices]
    why, written = f"differences on {check.facet.id} settled by {by}", list[str]()
    changed = [name for name in files if add[name] or remove[name]]
    for name in changed:
        if not files[name].writable:
            raise ValueError(f"nothing was decided: {files[name].notices[-1]}")
    for name in changed:
        try:
            said += files[name].change(add[name], remove[name], why, check.codebook.version)
        except ValueError as error:
            raise ValueError(_taken_back([(files[n], add[n], remove[n]) for n in written], why, str(error))) from None
        written.append(name)
    return said


# --- what is compared ---


class _Study:
    """What each coder gave, and what was decided, place by place."""

    def __init__(self, codings: pd.DataFrame, facet: Facet, turned_down: dict[tuple[str, int, str], str]) -> None:
        self.all, self.facet, self.turned_down = codings, facet, turned_down
        self.one_answer = facet.scale != "multiple"
        self.codes = codes_of(codings, facet.id)
        self.given: dict[tuple[str, int, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        self.memos: dict[tuple[str, int, str], list[str]] = defaultdict(list)
        for coding in codings.to_dict("records"):
            row = {str(name): value for name, value in coding.items()}
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
        return f"a suggestion was accepted or rejected there: segments of {_counts(blind.loc[blind['shown'], 'coder'])}"
    return "no segment has been read by two coders yet"


def _circumstances(read: pd.DataFrame, codings: pd.DataFrame) -> Row:
    """On what the coders of a round worked, when, and with which codebook, also where that is another than the one assigned."""
    mine = codings.merge(read[["document", "segment", "coder"]])
    used = sorted({str(version) for version in mine["codebook"]} - {""})
    planned = sorted({str(version) for version in read.get("codebook", ())} - {""})
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


def _counts(names: Iterable[str]) -> str:
    """How often each name comes: "budi 2, rani 1"; "" of none."""
    return ", ".join(f"{name} {count}" for name, count in sorted(Counter(names).items()))


def _rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file as they are now; none where there is no file."""
    return read_rows(path, ("document", "segment"), FILE_COLUMNS) if path.is_file() else []


# --- what the log says of a round ---


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


class _Log:
    """What the logs of a folder keep of its codings, marks and rejections, the oldest first. A change of a memo is no change."""

    def __init__(self, folder: Path, codings: pd.DataFrame) -> None:
        self.made: dict[tuple[str, str, int], str] = {}  # when a place was first coded or marked, as its rows say
        today: dict[tuple[str, ...], int] = {}  # where the words stand now, in a text that was changed
        cells = (codings[name].tolist() for name in ("coder", "document", "segment", "code", "created", "quote"))
        for coder, document, segment, code, created, quote in zip(*cells, strict=True):
            self._note_made((coder, document, segment), created)
            today[coder, document, code, created, one_line(quote)] = segment
        for coder in {*codings["coder"]} | {path.stem for path in (folder / "read").glob("*.csv")}:
            for mark in _rows(folder / "read" / f"{coder}.csv"):
                if _is_row(mark):
                    self._note_made((coder, mark["document"], int(mark["segment"])), mark["created"])
        steps = []
        for file in ("codings", "read", "rejected"):
            for entry in newest_first(folder / FILES[file][0]):
                coder, why = entry["what"].removesuffix(".csv"), re.sub("^((undo|redo): )+", "", entry["why"])
                for row in [*_changed(entry["rows"]), *_changed(entry["rows"].get("outside"))]:
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
        told = f"codings put on or taken off after all had read ({read[:10]}) or after a decision: {_counts(s.coder for s in found)}"
        return f"{told} ({when}); the figures are those of the files as they are now"


def _changed(rows: Any) -> list[dict[str, str]]:
    """The rows that a line of the log says were added or removed, but for those of which only other cells changed than place and code."""
    lists = [rows.get(name) for name in ("added", "removed")] if isinstance(rows, dict) else []
    found = [row for listed in lists if isinstance(listed, list) for row in listed if _is_row(row)]
    often = Counter(map(_where, found))
    return [row for row in found if often[_where(row)] == 1]


def _is_row(row: Any) -> bool:
    """Whether a log or a file, which anyone can edit, has a row here that says where it stands."""
    is_text = isinstance(row, dict) and all(isinstance(value, str) for value in row.values())
    return is_text and "document" in row and row.get("segment", "").isdecimal()


def _where(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in ("document", "segment", "start", "end", "code"))


# --- the codebook from round to round ---


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


# --- decisions ---


def _wanted(
    check: CodeCheck, decision: Row, current: dict[str, list[dict[str, str]]], created: str
) -> tuple[str, dict[str, list[Row]], list[str]]:
    """What is wrong with a decision ("" if nothing), the rows that the two files should hold, and the codes it is about."""
    document, segment, keep = decision["document"], str(decision["segment"]), str(decision["keep"])
    nothing: dict[str, list[Row]] = {"given": [], "not given": []}
    differences = check.differences
    here = differences[(differences["document"] == document) & (differences["segment"].astype(str) == segment)]
    code = decision.get("code")
    if isinstance(code, str) and code:
        there = here["code"].tolist()
        here = here[[code in found.split("; ") or code == found for found in there]]
        if here.empty and there:
            return f"on {code} nobody differs at segment {segment} of '{document}'.{did_you_mean(code, there)}", nothing, []
    if here.empty:
        return f"on segment {segment} of '{document}' nobody differs in {check.facet.id}", nothing, []
    readers = [str(name) for name in here if name not in _DIFFERENCE and (here[name] != NOT_READ).all()]
    if keep not in (*readers, NEITHER):
        third = "a third reading is coded at the desk, as coder 'agreed'"
        return f"'{keep}' is none of those who differ there ({third}).{did_you_mean(keep, [*readers, NEITHER])}", nothing, []
    if not isinstance(decision["why"], str) or not decision["why"].strip():
        whose = f"{keep}'s" if keep != NEITHER else keep
        return f"segment {segment} of '{document}' has no reason: say in words why {whose} reading is kept", nothing, []
    codes = [code for found in here["code"] for code in found.split("; ")]
    for coder in readers:
        if stale := _stale(check, coder, current[coder], (document, segment), codes):
            return stale, nothing, []
    memo = f"settled: {keep}: {decision['why']}"
    at = check.codings[(check.codings["document"] == document) & (check.codings["segment"].astype(str) == segment)]
    given: list[Row] = []
    turned: list[Row] = []
    for coding in at[at["code"].isin(codes)].to_dict("records"):
        row = {str(name): str(value) for name, value in coding.items()} | {"created": created}
        if row["coder"] == keep:
            written = {**row, "coder": AGREED, "memo": memo, "statement": "", "codebook": check.codebook.version}
            given.append({name: written[name] for name in FILE_COLUMNS})
        else:
            turned.append({name: {**row, "why": memo}[name] for name in REJECTED_COLUMNS})
    one_answer = check.facet.scale != "multiple"
    kept = {row["code"] for row in given}
    turned = [row for row in turned if row["code"] not in kept and not (one_answer and kept)]
    wanted = {"given": given, "not given": list({row["code"]: row for row in turned}.values())}
    return "", wanted, [code.id for code in check.facet.codes] if one_answer else codes


def _taken_back(written: list[tuple[CoderFile, list[Row], list[Row]]], why: str, error: str) -> str:
    """Take out again what was written before an error, and say how things stand."""
    told = f"nothing was decided: {error}"
    for file, added, removed in written:
        try:
            file.change(removed, added, f"undo: {why}")
            told += f". What was written to {file.path} before was taken out again"
        except ValueError:
            told = f"only {file.path} is written: {error}. Make the same decisions again, which writes the rest"
    return told


def _stale(check: CodeCheck, coder: str, rows: list[dict[str, str]], at: tuple[str, str], codes: list[str]) -> str:
    """What a coder has changed of the reading since the check; "" where it is as it was."""
    if check.facet.scale != "multiple":
        codes = [code.id for code in check.facet.codes]
    mine = check.codings[(check.codings["coder"] == coder) & (check.codings["document"] == at[0])].to_dict("records")
    here = [coding for coding in mine if str(coding["segment"]) == at[1] and coding["code"] in codes]
    rows = [row for row in rows if row["document"] == at[0]]
    changed = [str(coding["code"]) for coding in here if not any(_is_same(coding, row) for row in rows)]
    further = [row for row in rows if row["segment"] == at[1] and row["code"] in codes]
    changed += [row["code"] for row in further if not any(_is_same(coding, row) for coding in mine)]
    told = f"{coder} has changed {', '.join(dict.fromkeys(changed))} at segment {at[1]} of '{at[0]}' since this check"
    return f"{told}: read the codings again and make the check again" if changed else ""


def _is_same(coding: Any, row: dict[str, str]) -> bool:
    """Whether a coding as it was read is this row of its file; one found elsewhere than it was put is told by when it was made."""
    place = (row["start"], row["end"]) == (str(coding["start"]), str(coding["end"]))
    whole = not row["start"] and row["segment"] == str(coding["segment"])
    moved = coding.get("anchor", "exact") != "exact" and row["created"] == coding["created"]
    return (place or whole or moved) and (row["code"] == coding["code"] or coding.get("revision", "as coded") != "as coded")


def _place(row: Row) -> tuple[str, ...]:
    return (row["start"], row["end"], row["code"])


def _among(row: Row, rows: Iterable[Row]) -> bool:
    """Whether these rows hold this decision, with its reason."""
    return any(_place(row) == _place(other) and row.get("memo") == other.get("memo") and row.get("why") == other.get("why")
               for other in rows)  # fmt: skip
