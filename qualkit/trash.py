"""The log of a folder of coders' files goes in; the rows that were taken out come out, and can be put back."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.audit import content_of, listed_rows, named, newest_first
from qualkit.coderfile import CoderFile, Row
from qualkit.tables import need_columns, said, salvage

_TRASH = ("file", "removed_at", "removed_by", "removed_why", "replaced")


def removed_rows(folder: str | Path) -> pd.DataFrame:
    """One row per row that was taken out of a file of the folder and is not there now: when, by whom and why; the trash.

    `put_back` puts them, or some of them, back into their files.

    Returns
    -------
    DataFrame
        `file`; `removed_at` (UTC), `removed_by` and `removed_why`, as the log says ("outside the log" and no reason where nobody said
        it; the time is then that of the next save); `replaced` (True where another row with the same key stands there now, as after a
        memo was changed, or where `write_codings` wrote the row anew, as after its text moved); then the columns of the rows. The last
        removed comes first.

    Raises
    ------
    ValueError
        If there is no such folder.

    Examples
    --------
    >>> removed_rows("corpus/codings").columns.tolist()
    ['file', 'removed_at', 'removed_by', 'removed_why', 'replaced']
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder}: there is no such folder")
    there: dict[str, list[Row]] = {}
    keys: dict[str, list[str]] = {}
    seen: set[tuple[str, frozenset[tuple[str, str]]]] = set()  # rows that are there, or already in the trash
    gone: list[dict[str, Any]] = []
    for entry in newest_first(folder):
        name = entry["what"]
        if name not in there:
            there[name] = salvage(content_of(folder / name) or b"").rows
            seen |= {(name, said(row)) for row in there[name]}
        if not keys.get(name):
            _, keys[name] = _shape(entry)
        ways = ((entry["who"], entry["why"], entry["rows"]), ("outside the log", "", entry["rows"].get("outside")))
        for by, why, removed in ways:
            anew = removed is entry["rows"] and removed.get("how") == "write_codings"  # which drops no coding
            for row in listed_rows(removed, "removed"):
                if (name, said(row)) in seen:
                    continue
                seen.add((name, said(row)))
                gone.append(
                    {"file": name, "removed_at": entry["when"], "removed_by": by, "removed_why": why, "replaced": anew, **row}
                )
    named_now = {(name, *(row.get(n, "") for n in keys[name])) for name, rows in there.items() for row in rows}
    for lost in gone:
        key = keys.get(lost["file"], [])
        lost["replaced"] |= bool(key) and (lost["file"], *(lost.get(n, "") for n in key)) in named_now
    columns = dict.fromkeys(_TRASH)
    columns |= dict.fromkeys(column for row in gone for column in row)
    return pd.DataFrame(gone, columns=list(columns)).fillna("")


def put_back(rows: pd.DataFrame, folder: str | Path, who: str, why: str, now: datetime.datetime | None = None) -> list[Path]:
    """Put rows of the trash (`removed_rows`) back into their files, logged; gives the files.

    Raises
    ------
    ValueError
        If nobody or no reason is named, a row stands in its file already (or another one in its place), was replaced and not taken
        out, is given twice, or a file cannot be written. Then, as nothing is written before all rows are looked at, nothing has changed.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "rani.csv"
    >>> file = CoderFile(path, ["document", "code"], key=["document", "code"], coder="rani")
    >>> _ = file.change(add=[{"document": "busan", "code": "EKO"}])
    >>> _ = file.change(remove=[{"document": "busan", "code": "EKO"}], why="a slip")
    >>> trash = removed_rows(path.parent)
    >>> [put.name for put in put_back(trash[trash["code"] == "EKO"], path.parent, who="rani", why="it was right")]
    ['rani.csv']
    >>> file.refresh()
    ['merged what another notebook saved meanwhile (rani, ...): 1 row added, 0 removed']
    """
    folder = Path(folder)
    need_columns(rows, _TRASH, "rows", "removed_rows")
    named(who, "who", "the person who puts the rows back")
    named(why, "why", "the reason for putting them back, in words")
    ready: list[tuple[CoderFile, list[Row]]] = []
    for name, part in rows.groupby("file"):
        shapes = (_shape(entry) for entry in newest_first(folder) if entry["what"] == name)
        columns, key = next((shape for shape in shapes if shape[1]), ([], []))
        if not key:
            raise ValueError(f"rows: the log in {folder} knows no rows of '{name}': pass rows of removed_rows({str(folder)!r})")
        file = CoderFile(folder / str(name), columns, key, who, (lambda: now) if now else None)
        if file.obstacle:
            raise ValueError(file.obstacle)
        there = {file.key_of(row): f"stands in {file.path} already" for row in file.rows}
        adding = [{column: row.get(column, "") for column in columns} for row in part.to_dict("records")]
        for row, replaced in zip(adding, part["replaced"], strict=True):
            anew = "was not taken out: the same coding was written anew" if str(replaced) == "True" else ""
            if told := there.get(file.key_of(row), anew):
                raise ValueError(
                    f"{file.name_of(row)} {told}. Nothing was put back. Look at what stands there, and leave this row out."
                )
            there[file.key_of(row)] = "is given twice"
        ready.append((file, adding))
    for file, adding in ready:
        file.change(add=adding, why=why)
    return [file.path for file, _ in ready]


def _shape(entry: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The columns of a file and those that name its rows, as a line of the log on it says; nothing where it does not."""
    rows, key = [*listed_rows(entry["rows"], "added"), *listed_rows(entry["rows"], "removed")], entry["rows"].get("key")
    if rows and isinstance(key, list) and key and all(isinstance(column, str) and column in rows[0] for column in key):
        return list(rows[0]), key
    return [], []
