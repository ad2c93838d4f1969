"""Codings of free spans go in; how far the coders agree on where the units lie and what they are comes out (u-alpha)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from qualkit.agreement import NO_VARIATION, NOT_INDEPENDENT, coders_of, codes_of
from qualkit.tables import need_columns

ALL_CODES = "(all codes)"
NOT_SHARED = "undefined: nothing shared"
OVERLAP = "undefined: units of different codes overlap"
COLUMNS = ("code", "documents", "length", "units", "marked", "shared", "coverage", "u", "binary_u", "cu", "ku")


def unitized_agreement(
    codings: pd.DataFrame, read: pd.DataFrame, facet: str, coders: Sequence[str] | None = None
) -> pd.DataFrame:
    """One row for the facet as a whole, one per code: how far coders who marked free spans agree on the spans and on their codes.

    A unit is a stretch of text to which a coder gave a code; what a coder read and left unmarked is a gap. All is measured in
    code points, so a long unit weighs more than a short one. Where coders judged ready-made sentences use `agreement`.

    Parameters
    ----------
    codings
        The table `read_codings` returns; the units are its `start` to `end`. Orphans (segment 0) take no part.
    read
        Who read what: segments that all coders read (what `split` returns; only content counts), or such a table with a column
        `coder`, one row per segment and coder. What a coder did not read is missing for that coder, not a gap, and what
        that coder marked there is left out. With sentences as segments the blanks between them are no part of the continuum,
        with paragraphs they are.
    facet
        The facet to compare, such as "sector".
    coders
        Whose units to compare, at least two. Where none are named: all who coded, and all whom `read` names (who read and
        marked nothing disagrees with those who did), but not the machines and the consensus.

    Returns
    -------
    DataFrame
        Columns `code` (first "(all codes)", then every code of the facet, in order) and

        - `documents`, `length`: documents and code points read by at least two coders (the continuum)
        - `units`: units of all coders there; those of one code by one coder that overlap are one, those that touch are two
        - `marked`, `shared`: code points that at least one coder marked; that were marked by another coder, too
        - `coverage`: for all codes, the share of the continuum that `cu` rests on; for one code, the share of the length it was
          given to that `ku` rests on (0-100, both weighted by coders, as in the paper)
        - `u`: boundaries and codes, over the whole continuum
        - `binary_u`: units against gaps, whatever their codes (the paper's |u); in the row of a code, its units against all else
        - `cu`: codes only, where units of two coders intersect
        - `ku`: the same for one code against the others (the paper's (k)u)
        - `note`: which of them is undefined, and why

        A coefficient is at most 1; 0 is agreement as by chance. It is empty where nothing could have differed, never 1.

    Raises
    ------
    ValueError
        If fewer than two coders are there, a coder or the facet is unknown, or nothing was read by two.

    Notes
    -----
    The paper defines `u`, `cu` and `ku` for units that exclude one another. Where a coder's units of different codes overlap
    they are not computed and the note names the first place; `binary_u` needs no such thing: there overlapping units count as
    one unit. Documents are one continuum each. The definition knows nothing but lengths of units and of intersections, and no unit
    crosses from one document to the next: to sum the lengths and to lay the documents end to end is the same.

    The coefficients do not see how many units there are, only how long they are. A long text with few units has much agreement
    on gaps; chance is counted off, but see `marked` and `shared` before you rest anything on `u`. No interval is given; the
    paper's is not built.

    Checked against figure 12.11 of Krippendorff (2019): u 0.510, |u 0.413 (here 0.4136), cu 0.724, (k)u 1 and 0. Neither book nor
    paper nor the paper's erratum (50, 2365) was at hand: the example and its figures are taken from the tests of the R package
    quallmer. They decide one thing that public programs do in different ways and that matters mostly from three coders on: what
    `cu` expects by chance. Here a unit cannot meet itself, in proportion to the square of the length that the other coders
    marked of it, averaged over them; that gives 0.724, while other readings give 0.721, 0.726 and 0.728.

    References
    ----------
    Krippendorff, K., Mathet, Y., Bouvry, S. and Widlöcher, A. (2016). On the reliability of unitizing textual continua: Further
    developments. Quality & Quantity 50, 2347-2364.
    Krippendorff, K. (2019). Content Analysis, 4th ed., section 12.6.

    Examples
    --------
    Ani marks the first four of ten code points, Budi the third to the sixth.

    >>> read = pd.DataFrame({"document": "berita", "segment": [1], "start": [0], "end": [10]})
    >>> codings = pd.DataFrame(
    ...     {"document": "berita", "segment": 1, "start": [0, 2], "end": [4, 6], "code": "DIK", "coder": ["ani", "budi"]}
    ... )
    >>> rows = unitized_agreement(codings.assign(facet="sector"), read, facet="sector")
    >>> rows[["code", "length", "units", "marked", "shared", "binary_u"]].round(3)
              code  length  units  marked  shared  binary_u
    0  (all codes)      10      2       6       2     0.258
    1          DIK      10      2       6       2     0.258
    """
    need_columns(codings, ("document", "segment", "start", "end", "code", "coder", "facet"), "codings", "read_codings")
    need_columns(read, ("document", "segment", "start", "end"), "read", "split")
    coders = coders_of(codings, read, coders or _independent(codings, read))
    codes = codes_of(codings, facet)
    line, units = _laid_end_to_end(codings[codings["facet"] == facet], read, coders)
    everything = _value(line, units)
    values = [_value(line, units[units["code"] == code]) for code in codes]
    overlap = _overlap(line, values, codes, coders)
    u, cu, ku = np.nan, np.nan, [np.nan] * len(codes)
    if not overlap:
        u = _against_gaps(line, values)
        cu, ku = _among_units(line, values, everything)
    whole = {"u": u, "cu": cu, **_row(line, everything, everything), "units": sum(len(value.units) for value in values)}
    rows = [{"code": ALL_CODES, **whole}]
    rows += [{"code": c, **_row(line, v, everything), "ku": k} for c, v, k in zip(codes, values, ku, strict=True)]
    table = pd.DataFrame(rows, columns=[*COLUMNS])
    return table.assign(note=[_note(row, overlap) for row in table.to_dict("records")])


def _independent(codings: pd.DataFrame, read: pd.DataFrame) -> list[str] | None:
    """All who coded or read on their own; None where that is nobody to compare."""
    everyone = [*codings["coder"], *read.get("coder", ())]
    coders = [str(coder) for coder in dict.fromkeys(everyone) if coder not in NOT_INDEPENDENT]
    return coders if len(coders) > 1 else None


# --- the continuum ---


class _Line(NamedTuple):
    """All continua laid end to end and cut at every boundary of a segment or a unit."""

    cuts: np.ndarray
    lengths: np.ndarray  # code points of each piece between two cuts
    reads: np.ndarray  # coders x pieces: whether the coder read the piece, and another one, too
    weights: np.ndarray  # of a pair of coders, per piece: its length over the number of other readers
    documents: list[str]
    begins: np.ndarray  # where each document begins

    def document(self, place: np.ndarray) -> np.ndarray:
        """The number of the document that a place on the line stands in."""
        return np.searchsorted(self.begins, place, side="right") - 1


class _Value(NamedTuple):
    """Where the units of one value stand."""

    units: np.ndarray  # one row per unit: coder, first piece, piece after the last
    marks: np.ndarray  # coders x pieces


def _laid_end_to_end(codings: pd.DataFrame, read: pd.DataFrame, coders: Sequence[str]) -> tuple[_Line, pd.DataFrame]:
    """The continuum, and the units with their coder's number and their place on it."""
    if "label" in read:
        read = read[read["label"] == "content"]
    read = read if "coder" in read else read[["document", "start", "end"]].merge(pd.DataFrame({"coder": coders}), how="cross")
    both = []
    for table in (read, codings[(codings["segment"].astype(int) > 0) & codings["document"].isin(read["document"])]):
        table = table[table["coder"].isin(coders)]
        number = pd.Index(coders).get_indexer(pd.Index(table["coder"]))
        both.append(table.assign(coder=number, start=table["start"].astype(np.int64), end=table["end"].astype(np.int64)))
    ends = pd.concat([table[["document", "end"]] for table in both]).groupby("document", sort=False)["end"].max()
    begins = (ends.cumsum() - ends).astype(np.int64)
    for table in both:
        where = table["document"].map(begins).astype(np.int64)
        table[["start", "end"]] = table[["start", "end"]].add(where, axis="index")
    stretches, units = both
    cuts = np.unique(np.concatenate([table[name] for table in (stretches, units) for name in ("start", "end")]))
    spans = [np.searchsorted(cuts, stretches[name]) for name in ("start", "end")]
    reads = _covered(len(coders), len(cuts), stretches["coder"].to_numpy(), *spans)
    readers = reads.sum(axis=0)
    if not (readers > 1).any():
        raise ValueError("no content segment was read by two of these coders: nothing can be compared")
    lengths = np.diff(cuts)
    weights = lengths / np.maximum(readers - 1, 1)
    return _Line(cuts, lengths, reads & (readers > 1), weights, [*begins.index], begins.to_numpy()), units


def _covered(coders: int, cuts: int, coder: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Coders x pieces: whether a span of the coder covers the piece."""
    change = np.zeros((coders, cuts), dtype=np.int64)
    np.add.at(change, (coder, first), 1)
    np.add.at(change, (coder, last), -1)
    return change.cumsum(axis=1)[:, :-1] > 0


def _value(line: _Line, units: pd.DataFrame) -> _Value:
    """The units as one value: those of one coder that overlap are one unit, those that only touch stay two."""
    merged: list[list[int]] = []
    for coder, start, end in sorted(zip(units["coder"], units["start"], units["end"], strict=True)):
        if merged and merged[-1][0] == coder and start < merged[-1][2]:
            merged[-1][2] = max(end, merged[-1][2])
        else:
            merged.append([coder, start, end])
    table = np.array(merged, dtype=np.int64).reshape(-1, 3)
    table[:, 1:] = np.searchsorted(line.cuts, table[:, 1:])
    marks = _covered(len(line.reads), len(line.cuts), *table.T) & line.reads
    return _Value(table[_sums(table, marks * line.lengths) > 0], marks)


def _sums(units: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """Per unit, the sum of its coder's amounts over its pieces."""
    total = np.pad(amounts.cumsum(axis=1), ((0, 0), (1, 0)))
    return total[units[:, 0], units[:, 2]] - total[units[:, 0], units[:, 1]]


def _overlap(line: _Line, values: Sequence[_Value], codes: Sequence[str], coders: Sequence[str]) -> str:
    """The first place where a coder's units of different codes overlap, in words; "" where there is none."""
    doubled = np.argwhere(sum(value.marks.astype(np.int64) for value in values) > 1)
    if not len(doubled):
        return ""
    coder, piece = min(doubled.tolist(), key=lambda place: place[1])
    both = " and ".join(code for code, value in zip(codes, values, strict=True) if value.marks[coder, piece])
    at = line.document(line.cuts[piece])
    return f"{OVERLAP} (first: {coders[coder]}'s {both} in '{line.documents[at]}' at {line.cuts[piece] - line.begins[at]})"


# --- coefficients ---


def _row(line: _Line, value: _Value, everything: _Value) -> dict[str, object]:
    """The lengths and numbers of one value, and its agreement against all else."""
    marking, markers = value.marks.sum(axis=0), everything.marks.sum(axis=0)
    readers = line.reads.sum(axis=0)
    covered = (marking * (markers - 1) * line.weights).sum()
    base = ((readers if value is everything else marking) * line.lengths).sum()
    return {
        "documents": len(np.unique(line.document(line.cuts[:-1][readers > 0]))),
        "length": line.lengths[readers > 0].sum(),
        "units": len(value.units),
        "marked": line.lengths[marking > 0].sum(),
        "shared": line.lengths[(marking > 0) & (markers > 1)].sum(),
        "coverage": 100 * covered / base if base else np.nan,
        "binary_u": _against_gaps(line, [value]),
    }


def _against_gaps(line: _Line, values: Sequence[_Value]) -> float:
    """Alpha of values that exclude one another and of the gaps between them (u-alpha and |u-alpha).

    By chance a unit meets all but itself, so its squared length is taken off. A gap has no structure: each of its code points
    is by itself.
    """
    marking = [value.marks.sum(axis=0) for value in values]
    marking.append(line.reads.sum(axis=0) - sum(marking))
    totals = np.array([(m * line.lengths).sum() for m in marking])
    agreed = np.array([(m * (m - 1) * line.weights).sum() for m in marking])
    alone = [(_sums(value.units, value.marks * line.lengths) ** 2).sum() for value in values]
    return _alpha(totals, agreed, sum(alone) + totals[-1])


def _among_units(line: _Line, values: Sequence[_Value], everything: _Value) -> tuple[float, list[float]]:
    """Alpha of the codes where units of two coders intersect, over all codes and per code (cu-alpha and (k)u-alpha)."""
    others = np.maximum(everything.marks.sum(axis=0) - 1, 0) * line.weights
    marking = [value.marks.sum(axis=0) for value in values]
    totals = np.array([(m * others).sum() for m in marking])
    agreed = np.array([(m * (m - 1) * line.weights).sum() for m in marking])
    alone = np.array([(_sums(value.units, value.marks * others) ** 2).sum() for value in values])
    rest = totals.sum() - totals
    with np.errstate(invalid="ignore", divide="ignore"):  # 0 / 0 where there is no variation
        each = 1 - (totals * totals.sum() - alone) * (totals - agreed) / (totals**2 * rest)
    each[(totals == 0) | (np.count_nonzero(totals) < 2)] = np.nan
    return _alpha(totals, agreed, alone.sum()), each.tolist()


def _alpha(totals: np.ndarray, agreed: np.ndarray, alone: float) -> float:
    """1 - observed / expected disagreement; nan where only one value occurs and nothing could have differed."""
    if np.count_nonzero(totals) < 2:
        return np.nan
    count = float(totals.sum())
    expected = count * (count**2 - (totals.astype(float) ** 2).sum()) / (count**2 - alone)
    return float(1 - (count - agreed.sum()) / expected)


def _note(row: dict[Hashable, Any], overlap: str) -> str:
    """Which coefficients of a row are undefined, and why."""
    if not row["units"]:
        return f"{NO_VARIATION} (no coder used it)"
    reasons: dict[str, list[str]] = {}
    for name in ("u", "binary_u", "cu") if row["code"] == ALL_CODES else ("binary_u", "ku"):
        if not np.isnan(row[name]):
            continue
        if overlap and name != "binary_u":
            reason = overlap if row["code"] == ALL_CODES else OVERLAP
        else:
            reason = NOT_SHARED if name in ("cu", "ku") and not row["shared"] else NO_VARIATION
        reasons.setdefault(reason, []).append(name)
    return "; ".join(f"{' and '.join(names)} {reason}" for reason, names in reasons.items())
