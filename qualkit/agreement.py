"""Codings of several coders go in; how far the coders agree comes out, per code and per facet, with what it cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance

from qualkit.codebook import Codebook
from qualkit.tables import did_you_mean, need_columns

MACHINES = ("codebook",)
DRAWS, SEED, LEVEL = 1000, 1, 0.95
NO_VARIATION = "undefined: no variation"
NEVER_USED = "undefined: no variation (no coder used it)"


def agreement(codings: pd.DataFrame, read: pd.DataFrame, facet: str, coders: Sequence[str] | None = None) -> pd.DataFrame:
    """One row per code of a facet: on how many segments the coders agree that the code is present or absent.

    Parameters
    ----------
    codings
        The table `read_codings` returns.
    read
        Who read what: a table of segments that all coders read (what `split` returns; headings and boilerplate do not
        count), or such a table with a column `coder`, one row per segment and coder. A segment that a coder did not
        read is missing for that coder, not "no code".
    facet
        The facet to compare, such as "sector" or "status".
    coders
        Whose codings to compare; all people in `codings` where none are named, but at least two.

    Returns
    -------
    DataFrame
        Columns `code`, `segments` (read by at least two coders), `both` (all who read it gave the code), `only <coder>`
        (for two coders; `some` for more), `neither`, `percent` (share of segments on which all agree, 0-100), `kappa`
        (Cohen 1960; two coders), `alpha` (Krippendorff, nominal, -1 to 1), `low` and `high` (95 % interval of alpha,
        from 1000 samples of paragraphs with replacement), `note` ("undefined: no variation" where no coefficient exists).

    Raises
    ------
    ValueError
        If fewer than two coders are there, a coder or the facet is unknown, or nothing was read by two.

    Notes
    -----
    Percent agreement ignores chance: for a rare code it is near 100 whatever happens. Read it beside alpha and the
    counts. An interval over paragraphs says how much alpha would move with other paragraphs of the same kind, not
    whether other coders would agree. Unitizing was given: the coders judged ready-made segments.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46.
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability (4 x 12 example: nominal alpha 0.743).
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 4 (code checks).
    """
    coders = _coders(codings, coders)
    units, paragraphs = _units(read, coders)
    values = _values(codings, facet, coders, units)
    rows = []
    for code in _codes(codings, facet):
        present = [[None if answer is None else code in answer for answer in unit] for unit in values]
        rows.append({"code": code, **_presence(present, coders, paragraphs)})
    return pd.DataFrame(rows)


def agreement_overview(
    codings: pd.DataFrame, read: pd.DataFrame, codebook: Codebook, coders: Sequence[str] | None = None
) -> pd.DataFrame:
    """One row per facet that the coders used: how far they agree on the whole of it.

    A facet with exactly one code per segment is compared as it is scaled (nominal or ordinal alpha); one with any number
    of codes by its sets of codes, with MASI as the distance (two empty sets agree, an empty and a filled one do not).

    Parameters
    ----------
    codings, read, coders
        As in `agreement`.
    codebook
        What `read_codebook` returns; it says how each facet is scaled.

    Returns
    -------
    DataFrame
        Columns `facet`, `measure`, `segments`, `identical` (share of segments on which all answers are the same,
        0-100), `alpha`, `low`, `high`, `note`.

    References
    ----------
    Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. LREC.
    """
    coders = _coders(codings, coders)
    units, paragraphs = _units(read, coders)
    rows = []
    for facet in codebook.facets:
        if not (codings["facet"] == facet.id).any():
            continue
        values = _values(codings, facet.id, coders, units)
        if facet.scale == "multiple":
            measure, difference = "alpha, sets, MASI distance", _masi
            answers = [list(unit) for unit in values]
            categories = sorted({a for unit in answers for a in unit if a is not None}, key=sorted)
        else:
            measure, difference = f"alpha, {facet.scale}", _ordinal if facet.scale == "ordinal" else _nominal
            answers = [[next(iter(a)) if a else None for a in unit] for unit in values]
            categories = [code.id for code in facet.codes]
        compared = [[a for a in unit if a is not None] for unit in answers]
        compared = [unit for unit in compared if len(unit) > 1]
        result = _alpha_with_interval(answers, categories, difference, paragraphs)
        identical = sum(len(set(unit)) == 1 for unit in compared) / len(compared) * 100 if compared else np.nan
        rows.append({"facet": facet.id, "measure": measure, "segments": len(compared), "identical": identical, **result})
    return pd.DataFrame(rows)


def disagreements(codings: pd.DataFrame, read: pd.DataFrame, facet: str, coders: Sequence[str] | None = None) -> pd.DataFrame:
    """One row per segment on which the coders' answers differ: what each gave, and the text, to be talked through.

    Columns `document`, `segment`, one column per coder (codes joined by "; "), and `text` where `read` has it.
    """
    coders = _coders(codings, coders)
    units, _ = _units(read, coders)
    texts = {(row.document, row.segment): row.text for row in read.itertuples()} if "text" in read else {}
    rows = []
    for unit, answers in zip(units, _values(codings, facet, coders, units), strict=True):
        given = [answer for answer in answers if answer is not None]
        if len(given) > 1 and len(set(given)) > 1:
            shown = {c: "(not read)" if a is None else "; ".join(sorted(a)) for c, a in zip(coders, answers, strict=True)}
            rows.append({"document": unit[0], "segment": unit[1], **shown, **({"text": texts[unit]} if texts else {})})
    return pd.DataFrame(rows, columns=["document", "segment", *coders, *(["text"] if texts else [])])


def krippendorff_alpha(units: Sequence[Sequence[object]], level: str) -> float:
    """Krippendorff's alpha of answers given per unit (None = missing); nan where there is no variation.

    Parameters
    ----------
    units
        One sequence per unit, one answer per coder. For level "ordinal" the answers must sort in their order.
    level
        "nominal", "ordinal" or "sets" (frozensets, compared by MASI). There is no default: the level decides the number.

    Examples
    --------
    >>> a, b = "10110001", "10010011"
    >>> round(krippendorff_alpha(list(zip(a, b)), level="nominal"), 5)
    0.53125
    """
    differences = {"nominal": _nominal, "ordinal": _ordinal, "sets": _masi}
    if level not in differences:
        raise ValueError(f"level '{level}' is not known.{did_you_mean(level, differences)}")
    found = {answer for unit in units for answer in unit if answer is not None}
    categories = sorted(found, key=sorted if level == "sets" else None)  # type: ignore[arg-type,type-var]
    coincidences = _coincidences(units, categories)
    return _alpha(coincidences.sum(axis=0), differences[level](categories))


# --- who coded and read what ---


def _coders(codings: pd.DataFrame, coders: Sequence[str] | None) -> list[str]:
    need_columns(codings, ("document", "segment", "code", "coder", "facet"), "codings", "read_codings")
    present = [str(coder) for coder in codings["coder"].unique()]
    people = [coder for coder in present if coder not in MACHINES]
    for coder in coders or []:
        if coder not in present:
            raise ValueError(f"there is no coding by '{coder}'.{did_you_mean(coder, present)}")
    chosen = list(coders) if coders else people
    if len(set(chosen)) < 2:
        raise ValueError(f"agreement compares coders, but every coding here is by {chosen or present}")
    return chosen


def _units(read: pd.DataFrame, coders: Sequence[str]) -> tuple[dict[tuple[str, int], set[str]], list[tuple[str, object]]]:
    """Each segment with who read it, and the paragraph each lies in."""
    need_columns(read, ("document", "segment"), "read", "split")
    if "label" in read:
        read = read[read["label"] == "content"]
    units: dict[tuple[str, int], set[str]] = {}
    paragraphs: dict[tuple[str, int], tuple[str, object]] = {}
    for row in read.to_dict("records"):
        unit = (row["document"], row["segment"])
        units.setdefault(unit, set()).update([row["coder"]] if "coder" in read else coders)
        paragraphs[unit] = (row["document"], row.get("paragraph", row["segment"]))
    if not any(len(readers & set(coders)) > 1 for readers in units.values()):
        raise ValueError("no content segment was read by two of these coders: nothing can be compared")
    return units, [paragraphs[unit] for unit in units]


Answers = list[list[frozenset[str] | None]]


def _values(codings: pd.DataFrame, facet: str, coders: Sequence[str], units: dict[tuple[str, int], set[str]]) -> Answers:
    """Per segment, each coder's set of codes of the facet; None where the coder did not read it."""
    mine = codings[codings["facet"] == facet]
    given: dict[tuple[object, ...], set[str]] = {}
    for row in mine.itertuples():
        given.setdefault((row.coder, row.document, row.segment), set()).add(str(row.code))
    return [[frozenset(given.get((c, *unit), ())) if c in readers else None for c in coders] for unit, readers in units.items()]


def _codes(codings: pd.DataFrame, facet: str) -> list[str]:
    facets = sorted(set(codings["facet"]))
    if facet not in codings.columns and facet not in facets:
        raise ValueError(f"there is no facet '{facet}' among these codings.{did_you_mean(facet, facets)}")
    if facet in codings.columns and isinstance(codings[facet].dtype, pd.CategoricalDtype):
        return list(codings[facet].cat.categories)
    return sorted(codings.loc[codings["facet"] == facet, "code"].unique())


# --- coefficients ---


def _presence(
    present: list[list[bool | None]], coders: Sequence[str], paragraphs: list[tuple[str, object]]
) -> dict[str, object]:
    units = [[value for value in unit if value is not None] for unit in present]
    compared = [unit for unit in units if len(unit) > 1]
    row: dict[str, object] = {"segments": len(compared), "both": sum(all(unit) for unit in compared)}
    if len(coders) == 2:
        for number, coder in enumerate(coders):
            row[f"only {coder}"] = sum(unit[number] and not unit[1 - number] for unit in compared)
    else:
        row["some"] = sum(any(unit) and not all(unit) for unit in compared)
    row["neither"] = sum(not any(unit) for unit in compared)
    row["percent"] = float(Fraction(sum(len(set(unit)) == 1 for unit in compared), len(compared)) * 100)
    row["kappa"] = _kappa(compared) if len(coders) == 2 else np.nan
    result = _alpha_with_interval(present, [False, True], _nominal, paragraphs)
    if not any(any(unit) for unit in compared):
        result["note"] = NEVER_USED
    return {**row, **result}


def _kappa(units: list[list[bool]]) -> float:
    """Cohen's kappa by nltk; nan where both coders gave one answer only (nltk would say 1)."""
    if len({value for unit in units for value in unit}) < 2:
        return np.nan
    triples = [(coder, number, value) for number, unit in enumerate(units) for coder, value in enumerate(unit)]
    return float(AnnotationTask(triples).kappa())


Difference = Callable[[Sequence[object]], Callable[[np.ndarray], np.ndarray]]


def _nominal(categories: Sequence[object]) -> Callable[[np.ndarray], np.ndarray]:
    apart = 1.0 - np.eye(len(categories))
    return lambda totals: apart


def _ordinal(categories: Sequence[object]) -> Callable[[np.ndarray], np.ndarray]:
    """How far two ranks lie apart: the answers between them, half of those at each (Krippendorff 2011, section E)."""

    def difference(totals: np.ndarray) -> np.ndarray:
        middle = np.cumsum(totals) - totals / 2
        return (middle[:, None] - middle[None, :]) ** 2

    return difference


def _masi(categories: Sequence[object]) -> Callable[[np.ndarray], np.ndarray]:
    """MASI distance, with what nltk leaves out: two empty sets agree, an empty and a filled one are wholly apart."""

    def distance(a: frozenset[str], b: frozenset[str]) -> float:
        return float(masi_distance(a, b)) if a and b else float(bool(a) != bool(b))

    apart = np.array([[distance(a, b) for b in categories] for a in categories])  # type: ignore[arg-type]
    return lambda totals: apart


def _coincidences(units: Sequence[Sequence[object]], categories: Sequence[object]) -> np.ndarray:
    """Per unit, how often each pair of answers meets (units x categories x categories); 0 where fewer than two answered."""
    place = {category: number for number, category in enumerate(categories)}
    table = np.zeros((len(units), len(categories), len(categories)))
    for number, unit in enumerate(units):
        answers = [place[answer] for answer in unit if answer is not None]
        for i, first in enumerate(answers):
            for j, second in enumerate(answers):
                if i != j:
                    table[number, first, second] += 1 / (len(answers) - 1)
    return table


def _alpha(coincidences: np.ndarray, difference: Callable[[np.ndarray], np.ndarray]) -> float:
    totals = coincidences.sum(axis=1)
    count = totals.sum()
    apart = difference(totals)
    expected = (np.outer(totals, totals) * apart).sum() / (count - 1) if count > 1 else 0.0
    return float(1 - (coincidences * apart).sum() / expected) if expected > 1e-12 else np.nan


def _alpha_with_interval(
    units: Sequence[Sequence[object]], categories: Sequence[object], difference: Difference, paragraphs: Sequence[object]
) -> dict[str, object]:
    """Alpha, and the middle 95 % of the alphas of paragraphs drawn with replacement (samples without variation are left out)."""
    table = _coincidences(units, categories)
    apart = difference(categories)
    alpha = _alpha(table.sum(axis=0), apart)
    if np.isnan(alpha):
        return {"alpha": np.nan, "low": np.nan, "high": np.nan, "note": NO_VARIATION}
    number = {paragraph: at for at, paragraph in enumerate(dict.fromkeys(paragraphs))}
    clusters = np.zeros((len(number), *table.shape[1:]))
    np.add.at(clusters, [number[paragraph] for paragraph in paragraphs], table)
    weights = np.random.default_rng(SEED).multinomial(len(number), np.full(len(number), 1 / len(number)), size=DRAWS)
    drawn = np.array([_alpha(np.tensordot(weight, clusters, axes=1), apart) for weight in weights])
    drawn = drawn[~np.isnan(drawn)]
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    note = "" if len(drawn) > 0.9 * DRAWS else f"interval from {len(drawn)} of {DRAWS} samples: the code is rare"
    return {"alpha": alpha, "low": float(low), "high": float(high), "note": note}
