"""Segments and assignments.csv go in; who is to read what, and what was in fact read, comes out: blank is not unread."""

from __future__ import annotations

import datetime
import hashlib
import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.agreement import NOT_INDEPENDENT
from qualkit.audit import fingerprint, record
from qualkit.codebook import Codebook
from qualkit.placing import SHA_DIGITS
from qualkit.tables import Faults, csv_bytes, did_you_mean, is_day, need_columns, read_rows, records

COLUMNS = ("round", "coder", "document", "segments", "blind", "sample", "by", "created", "codebook", "sha256")
UNITS = ("paragraph", "document")
STATES = ("coded", "blank", "unread")
ALL = "all"
_NEEDED = COLUMNS[:5]
_STRETCH = re.compile(r"([1-9]\d*)(?:\s*(?:to|-|–)\s*([1-9]\d*))?")


def draw_sample(
    segments: pd.DataFrame, unit: str, share: float, seed: int, without: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per content segment drawn for double coding, in the order of the text: whole paragraphs, or whole documents.

    Of each document the same share of its paragraphs is drawn, at least one (rounded up); of documents, that share of them. So
    sentences keep those around them, and no document is left out by chance. Page furniture and headings are not drawn.

    Parameters
    ----------
    segments
        What `split` returns.
    unit
        What is drawn whole: "paragraph" or "document".
    share
        Above 0, at most 1.
    seed
        A whole number. The same seed draws the same units of the same texts, on every computer.
    without
        Segments that were drawn or read before (such as what `read_assignments` returns): a unit that holds one is not drawn
        again. The share stays that of all units; where too few are left, all that are left are drawn.

    Returns
    -------
    DataFrame
        Rows of `segments`, and `sample`: how they were drawn and how many of how many these are, in words, as `assign` writes it
        down.

    Raises
    ------
    ValueError
        If the unit is another, the share is none, the seed is no whole number, or nothing is left to draw.

    Notes
    -----
    Units are drawn in the order of the sha256 of seed, document and paragraph. So a document that is added later changes
    nothing in what was drawn of the others.

    Examples
    --------
    >>> import qualkit as qk
    >>> segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    >>> sample = draw_sample(segments, unit="paragraph", share=0.2, seed=7)
    >>> sample["sample"].iloc[0], len(sample) < len(segments)
    ('0.2 of the paragraphs of each document (18 of 82), seed 7', True)
    """
    need_columns(segments, ("document", "segment", "paragraph", "label"), "segments", "split")
    if unit not in UNITS:
        raise ValueError(f"unit '{unit}' cannot be drawn.{did_you_mean(str(unit), UNITS)}")
    if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 < share <= 1:
        raise ValueError(f"share is {share!r}: it must be above 0 and at most 1, such as 0.2 for a fifth")
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise ValueError(f"seed is {seed!r}: write any whole number, and keep it")
    content = segments[segments["label"] == "content"]
    # Paragraphs are drawn within their document, documents among all: the stratum, and what is drawn from it.
    strata: dict[str, list[tuple[str, int]]] = defaultdict(list)
    unit_of = [
        (str(d), int(p) if unit == "paragraph" else 0) for d, p in zip(content["document"], content["paragraph"], strict=True)
    ]
    for one in dict.fromkeys(unit_of):
        strata[one[0] if unit == "paragraph" else ""].append(one)
    taken = set() if without is None else _keys(without)
    gone = {one for one, key in zip(unit_of, _listed(content), strict=True) if key in taken}
    drawn: set[tuple[str, int]] = set()
    for units in strata.values():
        left = sorted(set(units) - gone, key=lambda one: hashlib.sha256(f"{seed}|{one[0]}|{one[1]}".encode()).digest())
        drawn.update(left[: math.ceil(Fraction(str(share)) * len(units))])
    if not drawn:
        raise ValueError(
            "there is nothing to draw: no content segment is here" + (" that was not drawn before" if taken else "")
        )
    told = f"{share} of the paragraphs of each document" if unit == "paragraph" else f"{share} of the documents"
    told += f" ({len(drawn)} of {len(set(unit_of))})"  # rounding up, the share drawn is more than the one asked for
    before = ", not drawn before" if taken else ""
    return content[[one in drawn for one in unit_of]].assign(sample=f"{told}, seed {seed}{before}").reset_index(drop=True)


def assign(sample: pd.DataFrame, coders: Sequence[str], round: int, blind: bool, codebook: Codebook) -> pd.DataFrame:
    """One row per coder and document: what that coder is to read, as `add_assignments` writes it.

    Parameters
    ----------
    sample
        Segments to be read: what `draw_sample` returns, or any rows of what `split` returns.
    coders
        Who reads them.
    round
        1, 2, 3 ...: which code check they belong to.
    blind
        Whether the coders see neither suggestions nor each other's codings. Only blind readings can be compared.
    codebook
        What the coders work with.

    Returns
    -------
    DataFrame
        Columns `round`, `coder`, `document`, `segments` (such as "3 to 8; 14"), `blind` (yes, no), `sample` (how it was drawn),
        `codebook` (version) and `sha256` (of the text, first 16 digits).

    Raises
    ------
    ValueError
        If there is no segment or no coder.

    Examples
    --------
    >>> import qualkit as qk
    >>> segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    >>> first = segments[(segments["document"] == "rakhmadi-2023") & (segments["segment"] > 100)]
    >>> rows = assign(first, ["rani", "budi"], round=1, blind=True, codebook=qk.read_codebook("codebook.yaml"))
    >>> rows[["round", "coder", "segments", "blind"]].values.tolist()
    [[1, 'rani', '101 to 149', 'yes'], [1, 'budi', '101 to 149', 'yes']]
    """
    need_columns(sample, ("document", "segment"), "sample", "draw_sample")
    if sample.empty or not coders:
        raise ValueError(f"nothing is assigned: {'there is no segment to read' if sample.empty else 'no coder is named'}")
    rows = [
        {
            "round": round,
            "coder": coder,
            "document": document,
            "segments": _stretches(int(number) for number in found["segment"]),
            "blind": "yes" if blind else "no",
            "sample": found["sample"].iloc[0] if "sample" in found else "",
            "codebook": codebook.version,
            "sha256": found["sha256"].iloc[0][:SHA_DIGITS] if "sha256" in found else "",
        }
        for coder in ([coders] if isinstance(coders, str) else coders)
        for document, found in sample.groupby("document", sort=False, observed=True)
    ]
    return pd.DataFrame(rows)


def add_assignments(
    path: str | Path, further: pd.DataFrame, segments: pd.DataFrame, by: str, now: datetime.datetime | None = None
) -> pd.DataFrame:
    """Append assignments to the file, log it in `audit.jsonl` beside it, and return all, as `read_assignments` does.

    Parameters
    ----------
    path
        assignments.csv; made where there is none.
    further
        What `assign` returns, or such a table made by hand.
    segments
        What `split` returns.
    by
        Who assigns.
    now
        The time written down; the time of writing where none is given.

    Raises
    ------
    ValueError
        All faults at once, as in `read_assignments`; the file is then as it was.

    Examples
    --------
    >>> import tempfile
    >>> import qualkit as qk
    >>> segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    >>> sample = draw_sample(segments, unit="document", share=0.2, seed=1)
    >>> rows = assign(sample, ["rani", "budi"], round=1, blind=True, codebook=qk.read_codebook("codebook.yaml"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     assignments = add_assignments(f"{folder}/assignments.csv", rows, segments, by="rani")
    >>> assignments.groupby("coder").size().to_dict() == {"rani": len(sample), "budi": len(sample)}
    True
    """
    need_columns(further, _NEEDED, "further", "assign")
    path, expected = Path(path), fingerprint(path)
    today = (now or datetime.datetime.now(datetime.UTC)).date().isoformat()
    old: list[dict[str, Any]] = [*read_rows(path, _NEEDED, COLUMNS)] if path.is_file() else []
    new = [{"created": today, "by": by, **row} for row in records(further)]
    lines: list[dict[str, Any]] = [{name: str(row.get(name, "")) for name in COLUMNS} for row in [*old, *new]]
    begin = int(old[-1]["line"]) if old else 1
    numbers = [row["line"] for row in old] + [str(begin + number) for number, _ in enumerate(new, 1)]
    table = _checked(path, [{**row, "line": number} for row, number in zip(lines, numbers, strict=True)], segments)
    why = f"assigned: round {', '.join(sorted({str(row['round']) for row in new}))}"
    record(path, csv_bytes(lines, COLUMNS), by, why, expected=expected, now=now)
    return table


def read_assignments(path: str | Path, segments: pd.DataFrame) -> pd.DataFrame:
    """One row per coder and segment that the coder is to read, whether it was read or not.

    Parameters
    ----------
    path
        assignments.csv with the columns `round` (1, 2 ...), `coder`, `document`, `segments` ("all", or stretches such as
        "3 to 8; 14"), `blind` (yes, no), and if known `sample` (how it was drawn), `by`, `created`, `codebook` (version), `sha256`
        (of the text when it was assigned). Only content is to be read: headings and page furniture in a stretch are left out.
    segments
        What `split` returns.

    Returns
    -------
    DataFrame
        `round`, `coder`, `blind` (True, False), `sample`, `codebook`, and the columns of `segments`. The rows of one round and
        coder are what `desk` takes as `assigned`; the whole is a table of who is to read what, as `readings` takes it.

    Raises
    ------
    ValueError
        All faults at once, with the line: unknown documents and segments, values that are none of those above, a coder who is a
        machine or the consensus, a segment that a coder is to read twice (one file holds one coding of it, so the rounds could
        not be told apart), a text that is no longer the one of which segments were assigned by number.

    Examples
    --------
    >>> import tempfile
    >>> import qualkit as qk
    >>> segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "assignments.csv"
    ...     _ = path.write_text("round,coder,document,segments,blind\\n1,rani,cnn-jakarta-gyeonggi,all,yes\\n")
    ...     assignments = read_assignments(path, segments)
    >>> assignments.groupby(["round", "coder", "blind"]).size().to_dict()
    {(1, 'rani', True): 17}
    """
    return _checked(Path(path), read_rows(Path(path), _NEEDED, COLUMNS), segments)


def readings(assignments: pd.DataFrame, codings: pd.DataFrame, folder: str | Path) -> pd.DataFrame:
    """One row per coder and assigned segment: whether the coder coded it, read it and gave no code, or has not read it.

    A segment is read where a coding of the coder touches it, in any facet, or where it stands in `read/<coder>.csv` in the folder
    (the desk writes it for "read, no code"). A mark made on a text that was changed since does not count: it is to be read again. So
    a segment of which the only coding is removed is unread again, until it is marked as read. And who coded a segment in one facet
    only counts as having read it for all: `code_check` says of how many segments that is so.

    Parameters
    ----------
    assignments
        What `read_assignments` returns.
    codings
        What `read_codings` returns.
    folder
        The folder of the codings.

    Returns
    -------
    DataFrame
        The columns of `assignments` and `state`, a category: coded, blank (read, no code), unread. The rows that are not unread are
        what `agreement` takes as `read`.

    Raises
    ------
    ValueError
        If a file of marks is not as the desk writes it (all its faults at once).

    Examples
    --------
    >>> import qualkit as qk
    >>> segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    >>> codings = qk.read_codings("corpus/codings", segments, qk.read_codebook("codebook.yaml"))
    >>> assignments = segments[segments["label"] == "content"].assign(round=1, coder="coder-a", blind=True)
    >>> readings(assignments, codings, "corpus/codings")["state"].value_counts().to_dict()
    {'coded': 189, 'blank': 0, 'unread': 0}
    """
    need_columns(assignments, ("round", "coder", "document", "segment", "start", "end"), "assignments", "read_assignments")
    need_columns(codings, ("document", "segment", "start", "end", "coder"), "codings", "read_codings")
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    standing = codings[codings["segment"] > 0].sort_values("start")
    for coder, document, start, end in zip(*(standing[c] for c in ("coder", "document", "start", "end")), strict=True):
        furthest = max(end, spans[coder, document][-1][1]) if spans[coder, document] else end
        spans[coder, document].append((start, furthest))  # how far the codings that begin up to here reach
    marks = {coder: _marks(Path(folder) / "read" / f"{coder}.csv") for coder in assignments["coder"].unique()}
    states = []
    for row in assignments.to_dict("records"):
        mine = spans[row["coder"], row["document"]]
        before = bisect_left(mine, (row["end"],))  # the codings that begin before the segment ends
        touched = before > 0 and mine[before - 1][1] > row["start"]
        marked = any(_is_same(mark, row) for mark in marks[row["coder"]].get((row["document"], row["segment"]), ()))
        states.append("coded" if touched else "blank" if marked else "unread")
    return assignments.assign(state=pd.Categorical(states, STATES))


def reading_log(readings: pd.DataFrame) -> pd.DataFrame:
    """One row per round, coder and document: how many segments were assigned, read, coded, read without a code, and not read yet.

    Parameters
    ----------
    readings
        What `readings` returns.

    Returns
    -------
    DataFrame
        `round`, `coder`, `document`, and in segments `assigned` (= read + unread), `read` (= coded + blank), `coded`, `blank`, `unread`.

    Examples
    --------
    >>> states = pd.Categorical(["coded", "blank", "unread"], STATES)
    >>> reading_log(pd.DataFrame({"round": 1, "coder": "rani", "document": "berita", "state": states}))
       round coder document  assigned  read  coded  blank  unread
    0      1  rani   berita         3     2      1      1       1
    """
    need_columns(readings, ("round", "coder", "document", "state"), "readings", "readings")
    rows = []
    for (number, coder, document), found in readings.groupby(["round", "coder", "document"], sort=False, observed=True):
        count = {state: int((found["state"] == state).sum()) for state in STATES}
        read = count["coded"] + count["blank"]
        rows.append({"round": number, "coder": coder, "document": document, "assigned": len(found), "read": read, **count})
    return pd.DataFrame(rows, columns=["round", "coder", "document", "assigned", "read", *STATES])


# --- the file ---


def _checked(path: Path, written: list[dict[str, str]], segments: pd.DataFrame) -> pd.DataFrame:
    need_columns(segments, ("document", "segment", "start", "end", "label"), "segments", "split")
    faults, taken, rows = Faults(path), dict[tuple[str, str, int], str](), []
    by_document = {str(document): found for document, found in segments.groupby("document", sort=False, observed=True)}
    for row in written:
        line = int(row["line"])
        problems = _faults(row, by_document)
        for problem in problems:
            faults.add(line, problem)
        if problems:
            continue
        found = by_document[row["document"]]
        numbers = _numbers(row["segments"]) or set(found["segment"])
        found = found[found["segment"].isin(numbers) & (found["label"] == "content")]
        twice = [
            n for n in found["segment"] if taken.setdefault((row["coder"], row["document"], n), row["line"]) != row["line"]
        ]
        if twice:
            faults.add(
                line,
                f"{row['coder']} is already to read segment {twice[0]} of '{row['document']}' (line"
                f" {taken[row['coder'], row['document'], twice[0]]}): one file holds one reading of it. A second reading needs a"
                f" name of its own, such as '{row['coder']}-2'",
            )
        told = {name: row[name] for name in ("sample", "codebook")}
        rows.append(found.assign(round=int(row["round"]), coder=row["coder"], blind=row["blind"] == "yes", **told))
    faults.stop()
    columns = [*dict.fromkeys(["round", "coder", "blind", "sample", "codebook", *segments.columns])]
    return pd.concat(rows, ignore_index=True)[columns] if rows else pd.DataFrame(columns=columns)


def _faults(row: dict[str, str], by_document: dict[str, pd.DataFrame]) -> list[str]:
    """What is wrong with one row, in words."""
    faults, numbers, found = [], _numbers(row["segments"]), by_document.get(row["document"])
    if not re.fullmatch(r"[1-9]\d*", row["round"]):
        faults.append(f"round '{row['round']}' is no number: write 1, 2, 3 ...")
    if not row["coder"]:
        faults.append("no coder is named")
    if row["coder"] in NOT_INDEPENDENT:
        faults.append(f"'{row['coder']}' reads nothing on its own: only a coder who reads can be assigned")
    if row["blind"] not in ("yes", "no"):
        faults.append(f"blind is '{row['blind']}': write yes or no")
    if row["created"] and not is_day(row["created"]):
        faults.append(f"created '{row['created']}' is no day such as 2026-11-22")
    if numbers is None:
        faults.append(f"segments '{row['segments']}' are not understood: write all, or stretches such as 3 to 8; 14")
    if found is None:
        return [*faults, f"document '{row['document']}' is not in the corpus.{did_you_mean(row['document'], by_document)}"]
    if missing := sorted((numbers or set()) - set(found["segment"])):
        faults.append(f"document '{row['document']}' has segments 1 to {found['segment'].max()}, not {missing[0]}")
    elif numbers and row["sha256"] and not _is_text(row["sha256"], found.iloc[0]):
        faults.append(
            f"'{row['document']}' is not the text that was assigned: its segments may have other numbers now. See whether"
            f" {row['segments']} are still the ones, and then empty the cell sha256"
        )
    return faults


def _numbers(text: str) -> set[int] | None:
    """The numbers of the segments; none for all, None where the text says neither."""
    if text.strip().casefold() == ALL:
        return set()
    numbers: set[int] = set()
    for stretch in text.split(";"):
        match = _STRETCH.fullmatch(stretch.strip())
        if not match:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first or last > 10**6:
            return None
        numbers.update(range(first, last + 1))
    return numbers


def _stretches(numbers: Iterable[int]) -> str:
    """Numbers as stretches. Not "3-8", which a spreadsheet takes for a day of March or August."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "; ".join(str(first) if first == last else f"{first} to {last}" for first, last in runs)


# --- what was read ---


def _marks(path: Path) -> dict[tuple[str, int], list[dict[str, str]]]:
    """The sentences a coder marked as read, by document and number."""
    marks: dict[tuple[str, int], list[dict[str, str]]] = defaultdict(list)
    if not path.is_file():
        return marks
    faults = Faults(path)
    for row in read_rows(path, ("document", "segment", "start", "end"), ("sha256",)):
        if all(re.fullmatch(r"\d+", row[name]) for name in ("segment", "start", "end")):
            marks[row["document"], int(row["segment"])].append(row)
        else:
            faults.add(int(row["line"]), "segment, start and end must be whole numbers")
    faults.stop()
    return marks


def _is_same(mark: dict[str, str], segment: Any) -> bool:
    """Whether what was marked is this segment: the same place of the same text, or the same sentence of its other edition."""
    here = (int(mark["start"]), int(mark["end"])) == (segment["start"], segment["end"])
    digits = mark["sha256"][:SHA_DIGITS]
    if not digits or digits == str(segment.get("sha256", digits))[:SHA_DIGITS]:
        return here
    return _is_text(digits, segment)


def _is_text(sha256: str, segment: Any) -> bool:
    """Whether a checksum names the text of a segment, or the edition it was made from, sentence by sentence."""
    known = [str(segment.get(name) or "")[:SHA_DIGITS] for name in ("sha256", "original_sha256")]
    return not any(known) or sha256[:SHA_DIGITS] in known


def _keys(table: pd.DataFrame) -> set[tuple[str, int]]:
    need_columns(table, ("document", "segment"), "without", "read_assignments")
    return set(_listed(table))


def _listed(table: pd.DataFrame) -> list[tuple[str, int]]:
    return [(str(document), int(segment)) for document, segment in zip(table["document"], table["segment"], strict=True)]
