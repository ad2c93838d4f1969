"""Codings of several coders go in; how far the coders agree comes out, per code and per facet, with what it cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import permutations
from operator import ne
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from qualkit.codebook import AGREED, MACHINES, Codebook, CodeId, Facet
from qualkit.tables import did_you_mean, need_columns, number_of

# Not people who coded on their own: what machines suggest, and what the coders settled on after they had compared.
NOT_INDEPENDENT = (*MACHINES, AGREED)
DRAWS, SEED, LEVEL = 1000, 1, 0.95
RARE = 5  # segments; below that no coefficient says much about a code
FEWEST = 3  # segments; below that an interval would be a pretence
NO_VARIATION = "undefined: no variation"

Answers = list[list[frozenset[str] | None]]  # per segment, each coder's codes; None where the coder did not read it


def agreement(codings: pd.DataFrame, read: pd.DataFrame, facet: str, coders: Sequence[str] | None = None) -> pd.DataFrame:
    """One row per code of a facet: on how many segments the coders agree that the code is present or absent.

    Parameters
    ----------
    codings
        The table `read_codings` returns.
    read
        Who read what: a table of segments that all coders read (what `split` returns; only content counts), or such a
        table with a column `coder`, one row per segment and coder. A segment that a coder did not read is missing for that
        coder, not "no code".
    facet
        The facet to compare, such as "sector" or "status".
    coders
        Whose codings to compare, at least two. Where none are named: all but "codebook" (suggestions by machine) and
        "agreed" (the consensus), which did not code on their own.

    Returns
    -------
    DataFrame
        Columns `code`, `segments` (read by at least two coders), and of these:

        - for two coders `both`, `only <coder>`, `neither`: who gave the code; `percent` (share of segments on which they
          agree, 0-100); `kappa` (Cohen 1960)
        - for more `all`, `some`, `none` (of those who read the segment); `percent` (share on which all agree, 0-100)

        and `alpha` (Krippendorff, nominal, at most 1), `low` and `high` (95 % interval of alpha, from 1000 samples of
        paragraphs with replacement), `note` ("undefined: no variation" where no coefficient exists; "rare" where fewer
        than 5 segments have the code; with fewer than 3 there is no interval).

    Raises
    ------
    ValueError
        If fewer than two coders are there, a coder or the facet is unknown, nothing was read by two, or `read` has other
        segments than the codings.

    Notes
    -----
    Percent agreement ignores chance: for a rare code it is near 100 whatever happens. The interval says how much alpha
    would move with other paragraphs of the same kind, not whether other coders would agree; where the coders never differed
    it is 1 to 1, however few the segments. Unitizing was given: the coders judged ready-made segments.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46.
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability (4 x 12 example: nominal alpha 0.743).
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 4 (code checks).

    Examples
    --------
    >>> read = pd.DataFrame({"document": "berita", "segment": [1, 2, 3]})
    >>> codings = pd.DataFrame(
    ...     {"document": "berita", "segment": [1, 2, 1], "code": "DIK", "coder": ["ani", "ani", "budi"], "facet": "sector"}
    ... )
    >>> agreement(codings, read, facet="sector")[["code", "segments", "both", "only ani", "only budi", "neither"]]
      code  segments  both  only ani  only budi  neither
    0  DIK         3     1         1          0        1
    """
    coders = coders_of(codings, read, coders)
    units = units_of(codings, read, coders)
    answers = _answers(codings, facet, coders, units)
    rows = []
    for code in codes_of(codings, facet):
        given = [[None if answer is None else code in answer for answer in unit] for unit in answers]
        rows.append({"code": code, **_presence(given, coders, [unit.paragraph for unit in units])})
    return pd.DataFrame(rows)


def agreement_overview(
    codings: pd.DataFrame, read: pd.DataFrame, codebook: Codebook, coders: Sequence[str] | None = None
) -> pd.DataFrame:
    """One row per facet that the coders used: how far they agree on the whole of it.

    A facet with exactly one code per segment is compared as it is scaled (nominal or ordinal alpha), on the segments to
    which at least two coders gave an answer; one with any number of codes by its sets of codes, with MASI as the distance
    (two empty sets agree, an empty and a filled one do not).

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

    Raises
    ------
    ValueError
        As in `agreement`; and if a code is not in the codebook, or a coder gave a segment two answers to a facet that
        takes one.

    References
    ----------
    Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. LREC.

    Examples
    --------
    >>> from qualkit.codebook import read_codebook
    >>> read = pd.DataFrame({"document": "berita", "segment": [1, 2, 3]})
    >>> ani = pd.DataFrame({"coder": "ani", "segment": [1, 2, 3], "code": ["planned", "signed", "planned"]})
    >>> budi = pd.DataFrame({"coder": "budi", "segment": [1, 2, 3], "code": ["planned", "signed", "signed"]})
    >>> codings = pd.concat([ani, budi]).assign(document="berita", facet="status")
    >>> agreement_overview(codings, read, read_codebook("codebook.yaml"))[["facet", "measure", "segments"]]
        facet         measure  segments
    0  status  alpha, ordinal         3
    """
    coders = coders_of(codings, read, coders)
    units = units_of(codings, read, coders)
    used = set(codings.loc[codings["coder"].isin(coders), "facet"])
    rows = []
    for facet in codebook.facets:
        if facet.id not in used:
            continue
        answers: Any = _answers(codings, facet.id, coders, units)
        _check_answers(answers, facet, coders, units)
        if facet.scale == "multiple":
            level, measure = "sets", "alpha, sets, MASI distance"
            categories: list[Any] = sorted({a for unit in answers for a in unit if a is not None}, key=sorted)
        else:
            level, measure = facet.scale, f"alpha, {facet.scale}"
            answers = [[next(iter(a)) if a else None for a in unit] for unit in answers]  # the one code, if there is one
            categories = [code.id for code in facet.codes]
        compared = [given for unit in answers if len(given := [a for a in unit if a is not None]) > 1]
        identical = 100 * sum(len(set(unit)) == 1 for unit in compared) / len(compared) if compared else np.nan
        result = _alpha_with_interval(answers, categories, level, [unit.paragraph for unit in units])
        rows.append({"facet": facet.id, "measure": measure, "segments": len(compared), "identical": identical, **result})
    return pd.DataFrame(rows, columns=["facet", "measure", "segments", "identical", "alpha", "low", "high", "note"])


def disagreements(codings: pd.DataFrame, read: pd.DataFrame, facet: str, coders: Sequence[str] | None = None) -> pd.DataFrame:
    """One row per segment on which the coders' answers differ: what each gave, and the text, to be talked through.

    Parameters
    ----------
    codings, read, facet, coders
        As in `agreement`.

    Returns
    -------
    DataFrame
        Columns `document`, `segment`, one column per coder (codes joined by "; ", "(no code)", or "(not read)"), and `text`
        where `read` has it.

    Raises
    ------
    ValueError
        As in `agreement`.

    Examples
    --------
    >>> read = pd.DataFrame({"document": "berita", "segment": [1, 2, 3]})
    >>> codings = pd.DataFrame(
    ...     {"document": "berita", "segment": [1, 2, 1], "code": "DIK", "coder": ["ani", "ani", "budi"], "facet": "sector"}
    ... )
    >>> disagreements(codings, read, facet="sector")
      document  segment  ani       budi
    0   berita        2  DIK  (no code)
    """
    coders = coders_of(codings, read, coders)
    units = units_of(codings, read, coders)
    order = codes_of(codings, facet)
    rows = []
    for unit, answers in zip(units, _answers(codings, facet, coders, units), strict=True):
        if len({answer for answer in answers if answer is not None}) > 1:
            given = ("(not read)" if a is None else "; ".join(c for c in order if c in a) or "(no code)" for a in answers)
            shown = dict(zip(coders, given, strict=True))
            rows.append({"document": unit.document, "segment": unit.segment, **shown, "text": unit.text})
    return pd.DataFrame(rows, columns=["document", "segment", *coders, *(["text"] if "text" in read else [])])


def krippendorff_alpha(units: Sequence[Sequence[object]], level: str) -> float:
    """Krippendorff's alpha of answers given per unit; nan ("undefined") where there is no variation, never 1.

    Parameters
    ----------
    units
        One sequence per unit, one answer per coder; None or nan where a coder gave none. A unit with fewer than two answers
        does not count.
    level
        "nominal", "ordinal" (the answers must sort in their order) or "sets" (sets of codes, compared by MASI). There is no
        default: the level decides the number.

    Raises
    ------
    ValueError
        If the level is unknown, or the answers do not suit it.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. Section E gives the ordinal difference.

    Examples
    --------
    >>> a, b = "10110001", "10010011"
    >>> round(krippendorff_alpha(list(zip(a, b)), level="nominal"), 5)
    0.53125
    """
    if level not in (levels := ("nominal", "ordinal", "sets")):
        raise ValueError(f"level '{level}' is not known.{did_you_mean(level, levels)}")
    # Only nan is not equal to itself.
    answers: list[list[Any]] = [[None if a is None or a is pd.NA or a != a else a for a in unit] for unit in units]
    if level == "sets":
        for answer in (answer for unit in answers for answer in unit):
            if not isinstance(answer, (set, frozenset, type(None))):
                raise ValueError(f"level 'sets' compares sets of codes, but {answer!r} is none: write {{{answer!r}}}")
        answers = [[None if answer is None else frozenset(answer) for answer in unit] for unit in answers]
    categories = list(dict.fromkeys(answer for unit in answers for answer in unit if answer is not None))
    if level == "ordinal":
        try:
            categories.sort()
        except TypeError:
            raise ValueError("level 'ordinal' needs answers that sort in their order, such as numbers 0 to 3") from None
    return _alpha(_coincidences(answers, categories), _difference(level, categories))


# --- who coded and read what ---


class _Unit(NamedTuple):
    """A segment that at least two coders read."""

    document: str
    segment: int
    paragraph: Hashable  # of the corpus: document and number
    text: str
    readers: frozenset[str]


def coders_of(codings: pd.DataFrame, read: pd.DataFrame, coders: Sequence[str] | None) -> list[str]:
    need_columns(codings, ("document", "segment", "code", "coder", "facet"), "codings", "read_codings")
    need_columns(read, ("document", "segment"), "read", "split")
    present = [str(coder) for coder in codings["coder"].unique()]
    known = [*present, *(str(coder) for coder in read["coder"].unique())] if "coder" in read else present
    coders = [coders] if isinstance(coders, str) else coders
    for coder in coders or []:
        if coder not in known:  # one who read and gave no code at all is a coder, too
            raise ValueError(f"there is no coding by '{coder}'.{did_you_mean(coder, dict.fromkeys(known))}")
    chosen = list(dict.fromkeys(coders or [coder for coder in present if coder not in NOT_INDEPENDENT]))
    if len(chosen) < 2:
        aside = [coder for coder in present if coder in NOT_INDEPENDENT and not coders]
        why = f" ({' and '.join(map(repr, aside))} did not code independently)" if aside else ""
        who = f"every coding here is by {chosen}" if chosen else "no person's coding is here"
        raise ValueError(f"agreement compares coders, but {who}{why}")
    return chosen


def units_of(codings: pd.DataFrame, read: pd.DataFrame, coders: Sequence[str]) -> list[_Unit]:
    """The content segments that at least two of the coders read, in the order of `read`."""
    if "label" in read:
        read = read[read["label"] == "content"]
    segments: dict[tuple[str, int], dict[Hashable, Any]] = {}
    readers: dict[tuple[str, int], set[str]] = {}
    for row in read.to_dict("records"):
        place = (row["document"], int(row["segment"]))
        segments.setdefault(place, row)
        readers.setdefault(place, set()).update([row["coder"]] if "coder" in row else coders)
    _check_same_segments(codings[codings["coder"].isin(coders)], segments)
    units = [
        _Unit(*place, (place[0], row.get("paragraph", place[1])), str(row.get("text", "")), mine)
        for place, row in segments.items()
        if len(mine := frozenset(coders) & readers[place]) > 1
    ]
    if not units:
        raise ValueError("no content segment was read by two of these coders: nothing can be compared")
    return units


def _check_same_segments(codings: pd.DataFrame, segments: dict[tuple[str, int], dict[Hashable, Any]]) -> None:
    """A number means another segment where `read` was split into other units: that would give a wrong figure silently."""
    if "start" not in codings:
        return
    for coding in codings.to_dict("records"):
        row = segments.get((coding["document"], int(coding["segment"])), {})
        if {"start", "end"} <= row.keys() and not row["start"] <= coding["start"] < row["end"]:
            raise ValueError(
                f"{coding['coder']}'s coding {coding['code']} on segment {coding['segment']} of '{coding['document']}' stands"
                f" at {coding['start']}, but in `read` this segment is {row['start']}-{row['end']}: as `read`, pass the"
                " segments that read_codings was given"
            )


def _answers(codings: pd.DataFrame, facet: str, coders: Sequence[str], units: Sequence[_Unit]) -> Answers:
    given: dict[tuple[str, str, int], set[str]] = {}
    for row in codings[codings["facet"] == facet].to_dict("records"):
        given.setdefault((row["coder"], row["document"], int(row["segment"])), set()).add(str(row["code"]))
    return [
        [frozenset(given.get((coder, u.document, u.segment), ())) if coder in u.readers else None for coder in coders]
        for u in units
    ]


def codes_of(codings: pd.DataFrame, facet: str) -> list[str]:
    """All codes of the facet in codebook order; of a table made by hand those in it."""
    categories = {str(name): codings[name].cat.categories for name in codings.select_dtypes("category")}
    ordered = {name: [str(c) for c in codes] for name, codes in categories.items() if all(isinstance(c, CodeId) for c in codes)}
    facets = sorted({*ordered, *codings["facet"]})
    if facet not in facets:
        raise ValueError(f"there is no facet '{facet}' among these codings.{did_you_mean(facet, facets)}")
    return ordered.get(facet) or sorted(codings.loc[codings["facet"] == facet, "code"].unique())


def _check_answers(answers: Answers, facet: Facet, coders: Sequence[str], units: Sequence[_Unit]) -> None:
    """Every code is one of the facet, and where it takes one code nobody gave several."""
    known = {code.id for code in facet.codes}
    for code in sorted({code for unit in answers for answer in unit for code in answer or ()} - known):
        raise ValueError(f"code '{code}' of {facet.id} is not in this codebook.{did_you_mean(code, sorted(known))}")
    for unit, given in zip(units, answers, strict=True):
        for coder, answer in zip(coders, given, strict=True):
            if facet.scale != "multiple" and answer and len(answer) > 1:
                raise ValueError(
                    f"{coder} gave segment {unit.segment} of '{unit.document}' several answers to {facet.id}"
                    f" ({', '.join(sorted(answer))}); it takes one"
                )


# --- coefficients ---


def _presence(given: list[list[bool | None]], coders: Sequence[str], paragraphs: Sequence[Hashable]) -> dict[str, object]:
    """The counts and coefficients of one code, from whether each coder gave it to each segment (None = not read)."""
    units = [[answer for answer in unit if answer is not None] for unit in given]
    everyone, nobody = sum(all(unit) for unit in units), sum(not any(unit) for unit in units)
    percent = 100 * (everyone + nobody) / len(units)
    row: dict[str, object] = {"segments": len(units)}
    if len(coders) == 2:
        only = {f"only {coder}": sum(u[at] and not u[1 - at] for u in units) for at, coder in enumerate(coders)}
        row |= {"both": everyone, **only, "neither": nobody, "percent": percent, "kappa": _kappa(units)}
    else:
        row |= {"all": everyone, "some": len(units) - everyone - nobody, "none": nobody, "percent": percent}
    row |= _alpha_with_interval(given, [False, True], "nominal", paragraphs)
    having = len(units) - nobody
    if not having:
        row["note"] = f"{NO_VARIATION} (no coder used it)"
    elif having < RARE:
        if having < FEWEST and row["note"] != NO_VARIATION:  # 1 to 1 from one segment would say more than it knows
            row |= {"low": np.nan, "high": np.nan, "note": "too few for an interval"}
        rare = f"rare: {number_of(having, 'segment')}"
        row["note"] = f"{rare}; {row['note']}" if row["note"] else rare
    return row


def _kappa(units: list[list[bool]]) -> float:
    """Cohen's kappa of two coders, by nltk; nan where only one answer was given (nltk would say 1)."""
    from nltk.metrics.agreement import AnnotationTask

    if len({answer for unit in units for answer in unit}) < 2:
        return np.nan
    triples = [(coder, number, answer) for number, unit in enumerate(units) for coder, answer in enumerate(unit)]
    return float(AnnotationTask(triples).kappa())


Difference = Callable[[np.ndarray], np.ndarray]  # how often each category was given -> squared, category by category


def _difference(level: str, categories: Sequence[Any]) -> Difference:
    def ordinal(totals: np.ndarray) -> np.ndarray:
        """How far two ranks lie apart: the answers between them and half of those at each (Krippendorff 2011, E)."""
        middle = np.cumsum(totals) - totals / 2
        return (middle[:, None] - middle[None, :]) ** 2

    if level == "ordinal":
        return ordinal
    distance: Callable[[Any, Any], float] = _masi_distance if level == "sets" else ne
    apart = np.array([[distance(a, b) for b in categories] for a in categories], dtype=float)
    return lambda totals: apart


def _masi_distance(a: frozenset[str], b: frozenset[str]) -> float:
    """1 - Jaccard x monotonicity (Passonneau 2006); two empty sets agree, an empty and a filled one are wholly apart.

    nltk has it as well, but divides by zero for two empty sets, and its releases differ (2/3 or 0.67).
    """
    if a == b:
        return 0.0
    common = len(a & b)
    monotonicity = 2 / 3 if a <= b or b <= a else 1 / 3
    return 1 - common / len(a | b) * monotonicity


def _coincidences(units: Sequence[Sequence[Any]], categories: Sequence[Any]) -> np.ndarray:
    """How often each pair of answers meets in a unit (categories x categories); one answer alone meets nothing."""
    place = {category: number for number, category in enumerate(categories)}
    table = np.zeros((len(categories), len(categories)))
    for unit in units:
        answers = [place[answer] for answer in unit if answer is not None]
        for first, second in permutations(answers, 2):
            table[first, second] += 1 / (len(answers) - 1)
    return table


def _alpha(coincidences: np.ndarray, difference: Difference) -> float:
    """1 - observed / expected difference, from a table of coincidences; nan where nothing could have differed."""
    totals = coincidences.sum(axis=1)
    count = totals.sum()
    apart = difference(totals)
    expected = (np.outer(totals, totals) * apart).sum() / (count - 1) if count > 1 else 0.0
    return float(1 - (coincidences * apart).sum() / expected) if expected > 1e-12 else np.nan


def _alpha_with_interval(
    units: Sequence[Sequence[Any]], categories: Sequence[Any], level: str, paragraphs: Sequence[Hashable]
) -> dict[str, object]:
    """Alpha, and the middle 95 % of the alphas of paragraphs drawn with replacement (samples without variation are left out)."""
    together: dict[Hashable, list[Sequence[Any]]] = {}
    for unit, paragraph in zip(units, paragraphs, strict=True):
        if sum(answer is not None for answer in unit) > 1:
            together.setdefault(paragraph, []).append(unit)
    nothing = {"alpha": np.nan, "low": np.nan, "high": np.nan}
    if not together:
        return {**nothing, "note": "undefined: no segment was answered by two coders"}
    clusters = np.array([_coincidences(compared, categories) for compared in together.values()])
    difference = _difference(level, categories)
    alpha = _alpha(clusters.sum(axis=0), difference)
    if np.isnan(alpha):
        return {**nothing, "note": NO_VARIATION}
    count = len(clusters)
    if count == 1:
        return {**nothing, "alpha": alpha, "note": "no interval: all in one paragraph"}
    weights = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), size=DRAWS)
    drawn = np.array([_alpha(np.tensordot(weight, clusters, axes=1), difference) for weight in weights])
    drawn = drawn[~np.isnan(drawn)]
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    note = "" if len(drawn) > 0.9 * DRAWS else f"interval from {len(drawn)} of {DRAWS} samples"
    return {"alpha": alpha, "low": float(low), "high": float(high), "note": note}
