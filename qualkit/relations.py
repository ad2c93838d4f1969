"""relations.csv and the statements go in; which statement repeats, extends, qualifies or contradicts which comes out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from qualkit.codebook import Words
from qualkit.tables import Faults, did_you_mean, is_day_or_time, need_columns, read_rows

RELATIONS: dict[str, Words] = {
    "repeats": {"id": "mengulang", "en": "repeats"},
    "extends": {"id": "melengkapi", "en": "extends"},
    "qualifies": {"id": "membatasi", "en": "qualifies"},
    "contradicts": {"id": "bertentangan dengan", "en": "contradicts"},
}
BOTH_WAYS = frozenset({"repeats", "contradicts"})  # said of one pair in either order, it is the same
_COLUMNS = ("statement", "relation", "other", "why", "by", "created")


def read_relations(path: str | Path, statements: pd.DataFrame) -> pd.DataFrame:
    """One row per relation between two statements that is on record.

    Parameters
    ----------
    path
        A CSV file with the columns `statement`, `relation` (repeats, extends, qualifies or contradicts), `other` (ids of
        statements), `why`, `by` (who judged so) and `created` (an ISO date, such as 2026-11-22). No other columns.
    statements
        What `read_statements` returns.

    Returns
    -------
    DataFrame
        The columns of the file, in its order; `relation` is a categorical of all four relations.

    Raises
    ------
    ValueError
        All faults at once, with file and line: unknown columns, statements and relations, a statement related to itself, a
        relation that stands twice (repeats and contradicts also in the other order), a pair that both repeats and
        contradicts, no reason, no name, no date.

    Notes
    -----
    The relations are those of a triangulation matrix: a fact of one source is repeated, extended, qualified or contradicted
    by another. They are judgements; nothing here is computed.

    Examples
    --------
    >>> import tempfile
    >>> statements = pd.DataFrame({"statement": ["S1", "S2"]})
    >>> path = Path(tempfile.mkdtemp()) / "relations.csv"
    >>> text = "statement,relation,other,why,by,created\\nS2,extends,S1,S2 gives the year,rani,2026-11-22\\n"
    >>> path.write_text(text, encoding="utf-8") > 0
    True
    >>> read_relations(path, statements)[["statement", "relation", "other"]]
      statement relation other
    0        S2  extends    S1
    """
    need_columns(statements, ("statement",), "statements", "read_statements")
    path, known = Path(path), sorted(set(statements["statement"]))
    rows, faults = read_rows(path, _COLUMNS), Faults(path)
    for name in rows[0].keys() - {*_COLUMNS, "line"} if rows else ():
        faults.add(1, f"column '{name}' is not known here.{did_you_mean(name, _COLUMNS)}")
    lines: dict[tuple[str, str, str], int] = {}
    for row in rows:
        _check(row, int(row["line"]), known, lines, faults)
    faults.stop()
    table = pd.DataFrame([[row[name] for name in _COLUMNS] for row in rows], columns=list(_COLUMNS), dtype=object)
    return table.assign(relation=pd.Categorical(table["relation"], list(RELATIONS)))


def _check(row: dict[str, str], line: int, known: list[str], lines: dict[tuple[str, str, str], int], faults: Faults) -> None:
    first, relation, second = row["statement"], row["relation"], row["other"]
    for name in ("statement", "other"):
        if row[name] not in known:
            faults.add(line, f"there is no statement '{row[name]}' (column {name}).{did_you_mean(row[name], known)}")
    if relation not in RELATIONS:
        faults.add(line, f"relation '{relation}' is not known.{did_you_mean(relation, RELATIONS)}")
    if first == second:
        faults.add(line, f"statement '{first}' is related to itself")
    for name, missing in (("why", "no reason (why)"), ("by", "nobody's name (by)")):
        if not row[name].strip():
            faults.add(line, f"'{first} {relation} {second}' has {missing}")
    if not row["created"].strip():
        faults.add(line, f"'{first} {relation} {second}' has no date (created); it is one such as 2026-11-22")
    elif not is_day_or_time(row["created"]):
        faults.add(line, f"'{first} {relation} {second}': created '{row['created']}' is no date such as 2026-11-22")
    pair = (second, first) if relation in BOTH_WAYS and second < first else (first, second)
    at = lines.setdefault((relation, *pair), line)
    if at != line:
        faults.add(line, f"'{first} {relation} {second}' already stands on line {at}")
    opposite = next((name for name in BOTH_WAYS if relation in BOTH_WAYS and name != relation), "")
    if (opposite, *pair) in lines:
        faults.add(
            line, f"'{first}' and '{second}' cannot both repeat and contradict each other; see line {lines[opposite, *pair]}"
        )
