"""revisions.csv goes in, what became of codes between versions of the codebook; codings carried to the codes of today come out."""

from __future__ import annotations

import graphlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.audit import fingerprint, record
from qualkit.codebook import MACHINES, Codebook
from qualkit.tables import (
    Faults,
    csv_bytes,
    did_you_mean,
    few,
    is_day_or_time,
    is_number,
    need_columns,
    one_line,
    read_rows,
    records,
)

CHANGES = {
    "rename": "the code has another id: into one new id",
    "merge": "the code is taken into another one: into that code",
    "split": "the code is taken apart: into two or more codes, and a person decides each coding",
    "retire": "the code is given up: into nothing",
    "decide": "what becomes of one coding whose code was split: into one of the new codes, or none",
}
STATES = ("as coded", "carried", "decided", "joined", "to decide", "retired")
COLUMNS = (
    "change", "code", "into", "codebook", "why", "by", "created", "coder", "document", "segment", "start", "end", "quote",
)  # fmt: skip
NONE = "none"  # decided: no one of the new codes fits
_NEEDED, _PLACE = COLUMNS[:7], COLUMNS[7:]
_DONE = {"rename": "renamed", "merge": "merged", "split": "split", "retire": "retired"}
REVISED = ("code", "code_as_coded", "revision", "revised_by")

Row = dict[str, Any]


def read_revisions(path: str | Path, codebook: Codebook) -> pd.DataFrame:
    """One row per change of a code, and per decision on a coding whose code was split.

    Coders' files are not touched by a change: `read_codings`, given this table, carries each coding from the code its file
    has to the code of today. The order of the rows means nothing, save that of two decisions on one coding the later stands.

    Parameters
    ----------
    path
        A CSV file. `change` is rename, merge, split, retire or decide; `code` the old code; `into` the new one (for a split all,
        separated by blanks; for retire nothing; for decide one of the split, or none); `codebook` the version that
        brought the change; `why`, `by`, `created` (an ISO date). A decision also names its coding, as `to_decide` gives it: `coder`,
        `document`, `segment`, `start`, `end`, `quote`. A merge of two codes into a third is two rows.
    codebook
        The codebook as it now is: without the old codes. An id that once was given up never comes back with another meaning.

    Returns
    -------
    DataFrame
        The columns of the file, in its order, all 13 of them, and `line`; `change` is a categorical of all five changes.

    Raises
    ------
    ValueError
        All faults at once, with file and line: unknown columns and changes; an old code that still stands in the codebook, or
        goes twice; new codes that nobody knows, too many or too few; changes that run in a circle; two codes renamed to one; a
        split over several facets; decisions without a split, or on no coding; an unknown version; no reason, name or date.

    References
    ----------
    Lincoln, Y. S. and Guba, E. G. (1985). Naturalistic Inquiry, ch. 12. Miles, M. B., Huberman, A. M. and Saldana, J. (2014).
    Qualitative Data Analysis, 3rd ed., ch. 4 (revising codes).

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import read_codebook
    >>> path = Path(tempfile.mkdtemp()) / "revisions.csv"
    >>> head, row = ",".join(_NEEDED), "merge,DIK.DOSEN,DIK.GURU,1.0,the sources do not tell them apart,rani,2026-11-22"
    >>> path.write_text(f"{head}\\n{row}\\n", encoding="utf-8") > 0
    True
    >>> read_revisions(path, read_codebook("codebook.yaml"))[["change", "code", "into"]].values.tolist()
    [['merge', 'DIK.DOSEN', 'DIK.GURU']]
    """
    path = Path(path)
    return _checked(path, read_rows(path, _NEEDED, COLUMNS), codebook)


def add_revisions(path: str | Path, further: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Add rows to the file of revisions (made if there is none), log it, and return what `read_revisions` then reads.

    Rows are only ever added. Decisions with nothing in `into` are left for later, so that the table of `to_decide` may be
    filled in little by little; its further columns are not written.

    Raises
    ------
    ValueError
        If the file with the new rows would have any fault that `read_revisions` tells (nothing is then written), or if it
        was changed meanwhile or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import read_codebook
    >>> path, codebook = Path(tempfile.mkdtemp()) / "revisions.csv", read_codebook("codebook.yaml")
    >>> retired = {"change": "retire", "code": "DIK.DOSEN", "into": "", "codebook": "1.0", "why": "never used"}
    >>> add_revisions(path, pd.DataFrame([{**retired, "by": "rani", "created": "2026-11-22"}]), codebook)["line"].tolist()
    [2]
    """
    need_columns(further, _NEEDED, "further", "to_decide (or one of your own with these columns)")
    path = Path(path)
    expected = fingerprint(path)
    old = read_rows(path, _NEEDED, COLUMNS) if expected else []
    cells = records(further.reindex(columns=list(COLUMNS)).astype(object).fillna(""))
    rows = [{name: one_line(str(cell)) for name, cell in row.items()} for row in cells]
    new = [row for row in rows if row["change"] != "decide" or row["into"]]
    last = int(old[-1]["line"]) + sum(cell.count("\n") for cell in old[-1].values()) if old else 1
    table = _checked(path, [*old, *({**row, "line": str(last + n)} for n, row in enumerate(new, 1))], codebook)
    if not new:
        return table
    who, why, versions = (", ".join(dict.fromkeys(row[name] for row in new)) for name in ("by", "why", "codebook"))
    content = csv_bytes([*old, *new], COLUMNS)
    record(path, content, who, f"{len(new)} rows: {why}", codebook=versions, expected=expected)
    return read_revisions(path, codebook)


def carried(codings: Iterable[Mapping[str, Any]], revisions: pd.DataFrame) -> list[Row]:
    """Each coding of coders' files with the code of today, in the same order; none is left out, none is added.

    Returns
    -------
    list of dict
        The coding with `code` (of today), `code_as_coded` (of the file), `revision` (one of STATES: as coded; carried = renamed or
        merged; decided = by a person, after a split; to decide = its code was split and nobody has decided yet; retired) and
        `revised_by` (the lines of the revisions that carried it, separated by blanks). What is retired or to decide keeps the
        last code it had.

    Notes
    -----
    A decision belongs to the coding with its words: that at its place, or, where none of the coder's codings of these words
    stands there (a text was changed, the codings moved), the only one of these words. Else it decides nothing.

    Examples
    --------
    >>> revisions = pd.DataFrame({"change": ["rename"], "code": ["GURU"], "into": ["DIK.GURU"], "line": [2]})
    >>> carried([{"code": "GURU", "memo": "tiga orang"}], revisions)
    [{'code': 'DIK.GURU', 'memo': 'tiga orang', 'code_as_coded': 'GURU', 'revision': 'carried', 'revised_by': '2'}]
    """
    rows = [dict(coding) for coding in codings]
    changes: dict[str, Row] = {}
    decisions: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for change in records(revisions):
        if change["change"] == "decide":
            decisions[change["coder"], change["document"], change["code"]].append(change)
        else:
            changes[change["code"]] = change
    places: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    if decisions:
        for row in rows:
            places[_words(row)].add(_place(row))
    for row in rows:
        code, state = row["code"], "as coded"
        lines: list[int] = []
        while code in changes:
            change = changes[code]
            if len(lines) > 2 * len(changes):  # each change, and a decision on it, comes once
                raise ValueError(f"the changes of '{row['code']}' run in a circle: pass the table that read_revisions returns")
            lines.append(change["line"])
            if change["change"] == "split":
                asked = decisions.get((row["coder"], row["document"], code), []) if decisions else []
                answers = [decision for decision in asked if _fits(decision, row, places)]
                if not answers:
                    state = "to decide"
                    break
                change = answers[-1]
                lines.append(change["line"])
            is_decided = change["change"] == "decide"
            if change["change"] == "retire" or (is_decided and change["into"] == NONE):
                state = "retired"
                break
            state = "decided" if is_decided or state == "decided" else "carried"
            code = change["into"]
        row |= {"code": code, "code_as_coded": row["code"], "revision": state, "revised_by": " ".join(map(str, lines))}
    return rows


def joined(codings: Iterable[Mapping[str, Any]]) -> list[Row]:
    """The codings of `carried`, now placed in the text: where the changes gave a coder one code twice on a place, the second is "joined".

    Each stays a row with its own memo, its own statements and the code it was coded with: nothing is lost, and what counts
    segments, documents or statements counts the place once. The one that always had this code, if there is one, is not the joined one.
    """
    rows = [dict(coding) for coding in codings]
    together: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["revision"] not in ("to decide", "retired"):
            place = (row["coder"], row["document"], row["start"], row["end"], one_line(row["quote"]), row["code"])
            together[place].append(row)
    for alike in together.values():
        first = min(alike, key=lambda row: (row["code_as_coded"] != row["code"], row["code_as_coded"]))
        for row in alike:
            if row["code_as_coded"] != first["code_as_coded"]:  # else parts of a sentence that meet in its other edition
                row["revision"] = "joined"
    return rows


def to_decide(codings: pd.DataFrame, revisions: pd.DataFrame) -> pd.DataFrame:
    """One row per coding whose code was split and on which nobody has decided: a row of revisions.csv, to be filled in.

    Fill `into`, `why`, `by` and `created`, and give the table to `add_revisions`. Where two of the new codes fit, the coder gives
    the other one as a new coding.

    Parameters
    ----------
    codings
        What `read_codings`, given the revisions, returns.
    revisions
        What `read_revisions` returns.

    Returns
    -------
    DataFrame
        The columns of revisions.csv, those to be filled in empty; then `possible` (the new codes, and none), `reason` (why the
        code was split), `memo` and `statement` of the coding.

    Raises
    ------
    ValueError
        If codings that wait were read on another edition of the texts: their places are not those of the file.

    Examples
    --------
    >>> split = {"change": "split", "code": "GURU", "into": "GURU.SD GURU.SMA", "codebook": "1.1", "why": "two levels", "line": 2}
    >>> coding = {"document": "berita", "segment": 1, "start": 0, "end": 11, "code": "GURU", "coder": "ani", "statement": "",
    ...           "memo": "", "quote": "Guru datang", "anchor": "exact"}
    >>> revisions = pd.DataFrame([split])
    >>> to_decide(pd.DataFrame(carried([coding], revisions)), revisions)[["coder", "quote", "possible"]].values.tolist()
    [['ani', 'Guru datang', 'GURU.SD GURU.SMA none']]
    """
    need_columns(codings, (*REVISED, *_PLACE, "anchor", "memo", "statement"), "codings", "read_codings, given the revisions,")
    need_columns(revisions, ("change", "code", "into", "codebook", "why"), "revisions", "read_revisions")
    waiting = codings[codings["revision"] == "to decide"]
    if (waiting["anchor"] == "sentence").any():
        raise ValueError("codings to decide were read on another edition of the texts; decide on the edition they were made on")
    splits = {row["code"]: row for row in records(revisions) if row["change"] == "split"}
    rows: list[Row] = []
    for row in records(waiting):
        if row["code"] not in splits:
            raise ValueError(
                f"'{row['code']}' waits, but is not split in these revisions; pass those that read_codings was given"
            )
        split = splits[row["code"]]
        known = {name: str(row[name]) for name in _PLACE} | {"quote": one_line(row["quote"])}
        known |= {"change": "decide", "code": row["code"], "codebook": split["codebook"]}
        told = {"possible": f"{split['into']} {NONE}", "reason": split["why"]}
        rows.append({**dict.fromkeys(COLUMNS, ""), **known, **told, **{name: row[name] for name in ("memo", "statement")}})
    return pd.DataFrame(rows, columns=[*COLUMNS, "possible", "reason", "memo", "statement"])


def revision_log(codings: pd.DataFrame, revisions: pd.DataFrame) -> pd.DataFrame:
    """One row per line of revisions.csv: how many codings it carried, and what became of them. A line that touched none has 0.

    Returns
    -------
    DataFrame
        `line`, `change`, `code`, `into`, `codebook`, `why`, `by`, `created`; `codings` (those this line carried or holds up),
        of which `to decide`, `retired` and `joined` at the end of all changes; `coders` (whose, separated by blanks). A decision that
        has 0 has found no coding with its words.

    Examples
    --------
    >>> revisions = pd.DataFrame({"change": "rename", "code": ["GURU"], "into": "DIK.GURU", "codebook": "1.1", "why": "ids by family",
    ...                           "by": "rani", "created": "2026-11-22", "line": 2})
    >>> codings = pd.DataFrame(carried([{"code": "GURU", "coder": "ani"}, {"code": "DIK.PT", "coder": "ani"}], revisions))
    >>> revision_log(codings, revisions)[["line", "change", "codings", "joined", "coders"]].values.tolist()
    [[2, 'rename', 1, 0, 'ani']]
    """
    need_columns(codings, (*REVISED, "coder"), "codings", "read_codings, given the revisions,")
    need_columns(revisions, ("line", *_NEEDED), "revisions", "read_revisions")
    through: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for lines, state, coder in codings[["revised_by", "revision", "coder"]].itertuples(index=False):
        for line in lines.split():
            through[line].append((state, coder))
    rows = []
    for change in records(revisions):
        found = through[str(change["line"])]
        states = [state for state, _ in found]
        counts = {"codings": len(found), **{state: states.count(state) for state in ("to decide", "retired", "joined")}}
        rows.append({**change, **counts, "coders": " ".join(sorted({coder for _, coder in found}))})
    columns = ["line", *_NEEDED, "codings", "to decide", "retired", "joined", "coders"]
    return pd.DataFrame(rows, columns=columns).astype({"change": revisions["change"].dtype})


def what_waits(codings: Iterable[Mapping[str, Any]]) -> str:
    """A sentence that names the codings to decide, up to ten; '' where there are none."""
    waiting = [row for row in codings if row.get("revision") == "to decide"]
    named = few([f"{row['coder']}: {row['code']} on {row['document']} {row['segment']}" for row in waiting], 10, "; ")
    return f"codings whose code was split wait for a decision ({len(waiting)}; see to_decide): {named}" if waiting else ""


def _words(row: Mapping[str, Any]) -> tuple[str, ...]:
    return row["coder"], row["document"], one_line(row["quote"])


def _place(row: Mapping[str, Any]) -> tuple[str, ...]:
    return str(row["segment"]), str(row["start"]), str(row["end"])


def _fits(decision: Row, row: Row, places: dict[tuple[str, ...], set[tuple[str, ...]]]) -> bool:
    """Whether a decision on a code is one on this coding of that coder and code."""
    if not row["quote"]:  # made by hand, without the words
        return decision["segment"] == row["segment"] and _place(row)[1:] in (("", ""), _place(decision)[1:])
    if one_line(decision["quote"]) != one_line(row["quote"]):
        return False
    here = places[_words(row)]
    return _place(decision) == _place(row) if _place(decision) in here else len(here) == 1


def _checked(path: Path, written: list[dict[str, str]], codebook: Codebook) -> pd.DataFrame:
    rows = [{name: cell if name in ("why", "quote") else one_line(cell) for name, cell in row.items()} for row in written]
    faults, check = Faults(path), _Check(rows, codebook)
    for name in rows[0].keys() - {*COLUMNS, "line"} if rows else ():
        faults.add(1, f"column '{name}' is not known here.{did_you_mean(name, COLUMNS)}")
    for row in rows:
        for fault in check.faults(row):
            faults.add(int(row["line"]), fault)
    for line, fault in check.circles():
        faults.add(line, fault)
    faults.stop()
    table = pd.DataFrame([[row[name] for name in COLUMNS] for row in rows], columns=list(COLUMNS), dtype=object)
    return table.assign(change=pd.Categorical(table["change"], list(CHANGES)), line=[int(row["line"]) for row in rows])


class _Check:
    """Says what is wrong with each row of the file, knowing the others."""

    def __init__(self, rows: list[dict[str, str]], codebook: Codebook) -> None:
        self.codes = codebook.codes()
        self.versions = list(dict.fromkeys([*(entry["version"] for entry in codebook.history), codebook.version]))
        self.gone: dict[str, dict[str, str]] = {}  # the row by which each old code goes
        self.renamed: dict[str, str] = {}  # the line that renames to each new id
        for row in rows:
            if row["change"] in _DONE:
                self.gone.setdefault(row["code"], row)
            if row["change"] == "rename":
                self.renamed.setdefault(row["into"], row["line"])
        self.known = [*self.codes, *self.gone]

    def faults(self, row: dict[str, str]) -> list[str]:
        change, code = row["change"], row["code"]
        if change not in CHANGES:
            return [f"change '{change}' is not known.{did_you_mean(change, CHANGES)}"]
        what = f"{change} of '{code}'"
        found = [*(self.decision(row) if change == "decide" else self.change(row)), *self.into(row)]
        if row["codebook"] not in self.versions:
            known = did_you_mean(row["codebook"], self.versions)
            found.append(f"{what}: the codebook's history has no version '{row['codebook']}' (column codebook).{known}")
        for name, missing in (("why", "no reason (why)"), ("by", "nobody's name (by)")):
            if not row[name].strip():
                found.append(f"{what} has {missing}")
        if row["by"] in MACHINES:
            found.append(f"{what} is by '{row['by']}', {MACHINES[row['by']]}; a person decides what becomes of a code")
        if not is_day_or_time(row["created"]):
            found.append(f"{what}: created '{row['created']}' is no date such as 2026-11-22")
        return found

    def change(self, row: dict[str, str]) -> list[str]:
        """What is wrong with the old code."""
        code, change, found = row["code"], row["change"], []
        if not code:
            found.append(f"{change} of no code (column code is empty)")
        first = self.gone[code]
        if first is not row:
            found.append(f"'{code}' is already {_DONE[first['change']]} on line {first['line']}; a code goes once")
        if code in self.codes:
            parts = "give each part an id of its own, and " if change == "split" else ""
            found.append(
                f"'{code}' is {_DONE[change]} here but still stands in the codebook; {parts}take its entry out there (its codings "
                "are kept), or this line here"
            )
        named = [name for name in _PLACE if row[name]]
        if named:
            found.append(
                f"{change} of '{code}' is of the whole code; only a decision (decide) names a coding ({', '.join(named)})"
            )
        return found

    def decision(self, row: dict[str, str]) -> list[str]:
        """What is wrong with the coding that a decision is about."""
        code, found = row["code"], []
        split = self.gone.get(code)
        if split is None or split["change"] != "split":
            splits = [name for name, gone in self.gone.items() if gone["change"] == "split"]
            found.append(f"a decision on '{code}', which no line splits.{did_you_mean(code, splits)}")
        missing = [name for name in ("coder", "document", "quote") if not row[name].strip()]
        if missing:
            found.append(f"decide of '{code}' does not say which coding ({', '.join(missing)}); take the row from to_decide")
        for name in ("segment", "start", "end"):
            if not is_number(row[name]):
                found.append(f"decide of '{code}': {name} '{row[name]}' is no whole number; take the row from to_decide")
        return found

    def into(self, row: dict[str, str]) -> list[str]:
        """What is wrong with the new codes."""
        change, code, into = row["change"], row["code"], row["into"].split()
        what = f"{change} of '{code}'"
        split = self.gone.get(code, row)
        if change == "retire":
            hint = "if it goes into a code, it is a merge"
            return [f"{what} goes into nothing, not into '{row['into']}'; {hint}"] if into else []
        if change == "decide":
            possible = [*split["into"].split(), NONE]
            right = len(into) == 1 and into[0] in possible
            return [] if right else [f"{what} into '{row['into']}': it is one of {', '.join(possible)}"]
        found = []
        if change == "split" and NONE in into:
            found.append(f"{what}: '{NONE}' is what a decision says where no new code fits; give the code another id")
        if change == "split" and len(set(into)) < 2:
            found.append(f"{what} needs two or more new codes in 'into', separated by blanks, not '{row['into']}'")
        elif change != "split" and len(into) != 1:
            hint = "; into several is a split" if into else ""
            found.append(f"{what} needs one code in 'into', not '{row['into']}'{hint}")
        for new in into:
            if new not in self.codes and new not in self.gone:
                found.append(f"{what}: there is no code '{new}' (column into).{did_you_mean(new, self.known)}")
        facets = sorted({self.codes[new][0].id for new in into if new in self.codes})
        if len(facets) > 1:
            found.append(f"{what} goes into codes of several facets ({', '.join(facets)}); a code answers one question")
        if change == "rename" and self.renamed[row["into"]] != row["line"]:
            found.append(
                f"{what}: line {self.renamed[row['into']]} already renames another code to '{row['into']}'; two codes that become one "
                "are a merge"
            )
        return found

    def circles(self) -> list[tuple[int, str]]:
        """Each circle in which codes would become one another, told on its first line."""
        graph = {code: [new for new in row["into"].split() if new in self.gone] for code, row in self.gone.items()}
        found = []
        while True:
            try:
                graphlib.TopologicalSorter(graph).prepare()
            except graphlib.CycleError as error:
                around = error.args[1][:0:-1]
                first = min(range(len(around)), key=lambda n: int(self.gone[around[n]]["line"]))
                around = around[first:] + around[:first]
                told = "' becomes '".join([*around, around[0]])
                line = int(self.gone[around[0]]["line"])
                found.append((line, f"'{told}': the changes run in a circle; no code is left at its end"))
                graph = {code: into for code, into in graph.items() if code not in around}
            else:
                return found
