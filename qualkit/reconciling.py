"""A code check and decisions on its differences go in; codings of "agreed" come out, written and logged."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.codebook import AGREED
from qualkit.coderfile import CoderFile
from qualkit.codinglog import rows_now
from qualkit.codings import FILE_COLUMNS
from qualkit.doublecoding import DIFFERENCE, NOT_READ, CodeCheck
from qualkit.sheets import FILES, REJECTED_COLUMNS
from qualkit.tables import did_you_mean, need_columns, records, stop_at

NEITHER = "neither"  # kept where none of the readings is

Row = dict[str, Any]


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
    >>> check = qk.code_check(codings, qk.readings(assignments, codings, folder), "status", codebook, folder)
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
    coders = [str(coder) for coder in {*check.codings["coder"], *check.differences} - {*DIFFERENCE}]
    current = {coder: rows_now(folder / f"{coder}.csv") for coder in coders}
    add: dict[str, list[Row]] = {name: [] for name in files}
    remove: dict[str, list[Row]] = {name: [] for name in files}
    faults, decided = [], dict[tuple[str, str, str], int]()
    for number, decision in enumerate(records(decisions), 1):
        problem, wanted, codes = _wanted(check, decision, current, when.date().isoformat())
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
    stop_at(faults)
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
    readers = [str(name) for name in here if name not in DIFFERENCE and (here[name] != NOT_READ).all()]
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
