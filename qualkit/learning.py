"""A person's codings go in; what a linear model learned from them comes out: suggestions, how good they are, what to code next."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

from qualkit.codebook import LEARNED, Codebook, Facet
from qualkit.codings import code_segments
from qualkit.review import FUNCTION_WORDS, KEYS, by_person, check_read, check_same_segments, compared, shares
from qualkit.suggest import suggest_codings
from qualkit.tables import need_columns, one_line

FEWEST = 5  # segments with a code: from fewer nothing is learned
PARAGRAPHS = 10  # with fewer no part can be held out
_FOLDS = 5
_ALPHA = 0.3  # how strongly large weights are held down; 0.1 to 1 gave the same within 0.01 F1 on the texts it was tried on
_THRESHOLDS = np.arange(10, 95, 5) / 100
_WORDS = 3  # named as what spoke for a code


def suggest_learned(
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    coder: str | None = None,
    facet: str | None = None,
    left_out: bool = False,
) -> pd.DataFrame:
    """One row per segment not yet read and code that a person's codings elsewhere speak for and no indicator found.

    A linear model (ridge regression over words, pairs of words and sequences of 3 to 5 letters) learns from the content
    segments of the documents that the coder coded, and is asked about those of all other documents. The table is made to
    stand beside what `suggest_codings` gives: `pd.concat([suggested, learned])`. How high a score must be is chosen on coded
    documents held out in turn, so that the two together do best there; where nothing helps, nothing is suggested. A
    suggestion is never a coding.

    Parameters
    ----------
    segments
        What `split` returned: those coded and those not.
    codings
        What `read_codings` returned. A document in which the coder gave no code of the facet counts as not read.
    codebook
        What `read_codebook` returned.
    coder
        Whose codings to learn from; needed where they are by several.
    facet
        The facet whose codes are learned; the first of the codebook where none is named.
    left_out
        Whether to suggest the codes too that the codebook leaves out of comparisons.

    Returns
    -------
    DataFrame
        The columns of `suggest_codings`, with the coder "learned", `why` "learned", and in `matched` the words that spoke most
        for the code (those without function words; "" where there are none); and `score` (about 0 to 1, comparable within
        one table only).

    Raises
    ------
    ValueError
        As in `review`; and if no document is coded or every one, the coder read fewer than 10 paragraphs (those that share a
        sentence count once), or gave no code to 5 segments.
    ImportError
        If scikit-learn is not installed: it comes with `qualkit-mh[learn]`.

    Warns
    -----
    UserWarning
        If nothing is suggested; or something for texts of a kind (news, interview ...) that was not learned from.

    Notes
    -----
    Documents or paragraphs that share a sentence, as a reprint does, are held out together: what has been seen is no test.
    What holds in one kind of text need not hold in another: learn from news what is to be suggested for news. For a code of
    many segments the words named in `matched` tell whether the model has learned the code or only the manner of a text. How
    high a score must be is chosen for the codes left out of comparisons apart, so that they change nothing for the others.

    Examples
    --------
    >>> from qualkit import read_codebook, split
    >>> places = ["Bogor", "Garut", "Kudus", "Solo", "Tuban"]
    >>> known = [f"Anak {place} melipat kertas." for place in places] + [f"Jembatan {place} dicat." for place in places]
    >>> texts = pd.DataFrame({"document": ["lama", "baru"], "text": ["\\n\\n".join(known), "Mereka melipat kertas lagi."]})
    >>> segments = split(texts, into="sentences")
    >>> codings = segments[:5].assign(code="SOSBUD.WARGA", coder="rani", facet="sector")
    >>> learned = suggest_learned(segments, codings, read_codebook("codebook.yaml"))
    >>> learned[["document", "segment", "code", "matched"]].values.tolist()
    [['baru', 1, 'SOSBUD.WARGA', 'kertas; melipat; melipat kertas']]
    """
    chosen = codebook.facet(facet)
    mine = by_person(codings, coder, chosen.id)
    content, suggested = _content(segments, mine), suggest_codings(segments, codebook, chosen.id)
    read = _read(content, mine)
    texts, given, found = content["text"], _answers(mine, content, chosen), _answers(suggested, content, chosen)
    paragraphs, documents = _paragraphs(content[read]), _groups(content[read], ["document"])
    taught = _enough(given[read])
    known, words = _features(texts[read])
    weights, tried = _learn(known, taught, documents if documents.max() else paragraphs)
    enough = _thresholds(tried, given[read], chosen, found[read])
    asked = words.transform(texts[~read])
    wanted = ~found[~read] & (left_out | ~_aside(chosen))
    scores = np.where(wanted, asked @ weights, -np.inf)
    rows, columns = np.nonzero(scores >= enough)
    learned, new = (set(content.loc[part, "kind"]) if "kind" in content else set() for part in (read, ~read))
    if len(rows) and new - learned:
        warnings.warn(
            f"learned from {', '.join(sorted(learned))}, asked about {', '.join(sorted(new - learned))} too: what holds in one kind"
            " of text need not hold in another",
            stacklevel=2,
        )
    if not len(rows):
        warnings.warn("nothing is suggested: no score was sure enough to add to the indicators", stacklevel=2)
    codes = content.loc[~read, KEYS[:2]].iloc[rows]
    codes["code"], codes["score"] = _ids(chosen)[columns], scores[rows, columns]
    codes["matched"] = [_speaking(asked[row], weights[:, at], words) for row, at in zip(rows, columns, strict=True)]
    table = code_segments(segments, codes[KEYS], codebook, LEARNED, "").merge(codes, on=KEYS, validate="one_to_one")
    return table.assign(why=LEARNED).reindex(columns=[*suggested.columns, "score"], fill_value="")


def held_out(
    segments: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, coder: str | None = None, facet: str | None = None
) -> pd.DataFrame:
    """One row per code and way of holding out: how well indicators, a learned model and both find what a person coded.

    The coded segments are cut into five parts. Each part is held out in turn: the model learns from the other four and is
    asked about the fifth, next to what the indicators suggest there. Two ways of cutting answer two questions. *paragraphs*:
    had I coded most of these documents, how well would the rest of them be done? *documents*: how well a new document?

    Parameters
    ----------
    segments
        The segments that the coder read (what `split` returned, or part of it), in documents in which the coder gave a code
        of the facet: any other may be unread.
    codings, codebook, coder, facet
        As in `suggest_learned`.

    Returns
    -------
    DataFrame
        Columns `held_out` (paragraphs, documents; the latter from three on that share no sentence), `code`, `coded` (segments);
        `precision`, `recall` and `f1` (0-1) of each way, as `indicators_f1`, `learned_f1`, `both_f1` (both: what either
        suggests, where the model is sure enough); `best` (the way with the highest F1; the indicators where nothing beats
        them); `note` (codes that are not learned, because in no four parts 5 segments have them). The last row of each
        way counts all codes together, as in `review`.

    Raises
    ------
    ValueError
        As in `review`; and if there are documents in which the coder gave no code of the facet, fewer than 10 paragraphs
        (those that share a sentence count once), or no code of 5 segments.
    ImportError
        If scikit-learn is not installed: it comes with `qualkit-mh[learn]`.

    Notes
    -----
    Indicators that were written with these texts in view have seen what is held out; the model has not. Paragraphs, or
    documents, that share a sentence (a reprint, a quotation) are held out together; a reprint in other words is not known
    for one, and makes the figures too good. How rare a word is counts over all segments given, but what has which code, and
    which codes are learned at all, is taken only from those learned from. Nothing is drawn at random.

    Examples
    --------
    >>> from qualkit import read_codebook, split
    >>> places = ["Bogor", "Demak", "Garut", "Kudus", "Ngawi", "Solo", "Tuban"]
    >>> sentences = [f"Anak {place} melipat kertas." for place in places] + [f"Jembatan {place} dicat." for place in places]
    >>> segments = split(pd.DataFrame({"document": ["d"], "text": ["\\n\\n".join(sentences)]}), into="sentences")
    >>> codings = segments[:7].assign(code="SOSBUD.WARGA", coder="rani", facet="sector")
    >>> table = held_out(segments, codings, read_codebook("codebook.yaml")).set_index("code")
    >>> table.loc[["SOSBUD.WARGA"], ["coded", "learned_f1", "best"]]
                  coded  learned_f1     best
    code
    SOSBUD.WARGA      7         1.0  learned
    """
    chosen = codebook.facet(facet)
    mine = by_person(codings, coder, chosen.id)
    content = _content(segments, mine)
    check_read(content, mine)
    given, found = (_answers(pairs, content, chosen) for pairs in (mine, suggest_codings(segments, codebook, chosen.id)))
    ways = {"paragraphs": _paragraphs(content), "documents": _groups(content, ["document"])}
    _enough(given)
    known, _ = _features(content["text"])
    tables = []
    for way, groups in ways.items():
        if way == "documents" and groups.max() < 2:
            continue
        learned, both, ever = np.zeros_like(given), found.copy(), np.zeros(given.shape[1], bool)
        for train, test in _folds(groups):
            taught = _taught(given[train])
            weights, tried = _learn(known[train], taught, groups[train])
            ever |= taught.any(axis=0)
            scores = known[test] @ weights
            learned[test] = scores >= _thresholds(tried, given[train], chosen)
            both[test] |= scores >= _thresholds(tried, given[train], chosen, found[train])
        tables.append(_side_by_side({"indicators": found, "learned": learned, "both": both}, given, content, chosen))
        tables[-1].insert(0, "held_out", way)
        tables[-1]["note"] = np.where([*ever, True], "", f"not learned: fewer than {FEWEST} segments to learn from")
    return pd.concat(tables, ignore_index=True)


def next_to_code(
    segments: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, coder: str | None = None, facet: str | None = None
) -> pd.DataFrame:
    """One row per document not yet coded, those that would teach the model most first.

    A code is *in doubt* on a segment where its score lies between half and twice the threshold at which the model alone,
    without the indicators, does best on coded paragraphs held out (uncertainty sampling, after Lewis and Gale 1994). A
    document whose sentences are mostly clear, one way or the other, has little to teach.

    Parameters
    ----------
    segments, codings, codebook, coder, facet
        As in `suggest_learned`.

    Returns
    -------
    DataFrame
        Columns `document`, `segments` (content), `doubts` (codes in doubt on its segments, those aside that the codebook
        leaves out of comparisons) and `per_segment` (their mean), in the order of `per_segment`.

    Raises
    ------
    ValueError
        As in `suggest_learned`; and if what was learned does not hold on coded paragraphs held out.
    ImportError
        If scikit-learn is not installed: it comes with `qualkit-mh[learn]`.

    Notes
    -----
    It orders documents for the model's sake. What a study should read next is a question of its sampling, not of this.

    References
    ----------
    Lewis, D. and Gale, W. (1994). A sequential algorithm for training text classifiers. SIGIR, 3-12.

    Examples
    --------
    >>> from qualkit import read_codebook, split
    >>> places = ["Bogor", "Garut", "Kudus", "Solo", "Tuban"]
    >>> known = [f"Anak {place} melipat kertas." for place in places] + [f"Jembatan {place} dicat." for place in places]
    >>> texts = {"lama": "\\n\\n".join(known), "jelas": "Jembatan Tegal dicat.", "baru": "Anak-anak menulis puisi."}
    >>> segments = split(pd.DataFrame(texts.items(), columns=["document", "text"]), into="sentences")
    >>> codings = segments[:5].assign(code="SOSBUD.WARGA", coder="rani", facet="sector")
    >>> next_to_code(segments, codings, read_codebook("codebook.yaml")).values.tolist()
    [['baru', 1, 1, 1.0], ['jelas', 1, 0, 0.0]]
    """
    chosen = codebook.facet(facet)
    mine = by_person(codings, coder, chosen.id)
    content = _content(segments, mine)
    read = _read(content, mine)
    given, paragraphs = _answers(mine, content, chosen)[read], _paragraphs(content[read])
    taught = _enough(given)
    known, words = _features(content.loc[read, "text"])
    weights, tried = _learn(known, taught, paragraphs)
    counted = ~_aside(chosen)
    threshold = _threshold(tried[:, counted], given[:, counted])
    if threshold == np.inf:
        raise ValueError("what the model learned does not hold on paragraphs it had not seen: code more before asking it")
    scores = (words.transform(content.loc[~read, "text"]) @ weights)[:, counted]
    doubts = ((threshold / 2 < scores) & (scores < threshold * 2)).sum(axis=1)
    table = content[~read].assign(doubts=doubts).groupby("document")["doubts"].agg(["size", "sum", "mean"])
    table = table.set_axis(["segments", "doubts", "per_segment"], axis="columns").reset_index()
    return table.sort_values(["per_segment", "document"], ascending=[False, True], ignore_index=True)


# --- what is learned from ---


def _content(segments: pd.DataFrame, mine: pd.DataFrame) -> pd.DataFrame:
    need_columns(segments, (*KEYS[:2], "start", "end", "paragraph", "label", "text"), "segments", "split")
    check_same_segments(segments, mine)
    return segments[segments["label"] == "content"].reset_index(drop=True)


def _read(content: pd.DataFrame, mine: pd.DataFrame) -> Any:
    """Which segments stand in documents that were coded."""
    read = content["document"].isin(mine["document"]).to_numpy()
    if not read.any():
        raise ValueError("in no document here the coder gave a code of this facet: pass the segments of coded documents too")
    if read.all():
        raise ValueError("every document here is coded: pass the segments of those not yet coded too")
    return read


def _paragraphs(content: pd.DataFrame) -> Any:
    numbers = _groups(content, ["document", "paragraph"])
    if len(set(numbers)) < PARAGRAPHS:
        raise ValueError(
            f"learning needs {PARAGRAPHS} coded paragraphs or more that share no sentence, here are {len(set(numbers))}"
        )
    return numbers


def _groups(content: pd.DataFrame, by: list[str]) -> Any:
    """The number of each segment's document or paragraph; those that share a sentence have one number."""
    own = content.groupby(by, sort=False).ngroup()
    texts = content["text"].map(one_line).str.casefold()
    numbers = own
    while True:  # the lowest number goes from text to group and on, until all that hangs together has it
        spread = numbers.groupby(texts).transform("min").groupby(own).transform("min")
        if (spread == numbers).all():
            return pd.factorize(numbers)[0]
        numbers = spread


def _answers(pairs: pd.DataFrame, content: pd.DataFrame, facet: Facet) -> Any:
    """Segments by codes: whether the segment has the code."""
    places = pd.MultiIndex.from_frame(content[KEYS[:2]])
    given = pairs[[*KEYS]].drop_duplicates().assign(has=True).pivot(index=KEYS[:2], columns="code", values="has")
    return given.reindex(index=places, columns=[code.id for code in facet.codes]).eq(True).to_numpy()


def _side_by_side(answers: dict[str, Any], given: Any, content: pd.DataFrame, facet: Facet) -> pd.DataFrame:
    """The shares of each way of suggesting, one beside the other, and which is best."""

    def pairs(matrix: Any) -> pd.DataFrame:
        rows, columns = np.nonzero(matrix)
        return content.loc[rows, KEYS[:2]].assign(code=_ids(facet)[columns])

    tables = {way: shares(compared(pairs(found), pairs(given)), facet) for way, found in answers.items()}
    table = next(iter(tables.values()))[["code", "coded"]].copy()
    for way, counts in tables.items():
        table[[f"{way}_precision", f"{way}_recall", f"{way}_f1"]] = counts[["precision", "recall", "f1"]]
    f1 = table[[f"{way}_f1" for way in answers]].set_axis(list(answers), axis="columns").fillna(0)
    return table.assign(best=f1.idxmax(axis="columns").where(f1.any(axis="columns"), ""))


def _ids(facet: Facet) -> Any:
    return np.array([code.id for code in facet.codes], dtype=object)


def _aside(facet: Facet) -> Any:
    """For each code, whether the codebook leaves it out of comparisons."""
    return np.array([code.left_out is not None for code in facet.codes])


# --- the model ---


def _features(texts: pd.Series[str]) -> tuple[Any, Any]:
    """Texts by words, pairs of words and sequences of letters (tf-idf); and what makes the same of others."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_union
    except ImportError:
        raise ImportError("learned suggestions need scikit-learn: pip install 'qualkit-mh[learn]'") from None
    words = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
    )
    return words.fit_transform(texts).tocsr(), words


def _folds(groups: Any) -> list[tuple[Any, Any]]:
    from sklearn.model_selection import GroupKFold

    return list(GroupKFold(min(_FOLDS, len(set(groups)))).split(groups, groups=groups))


def _taught(given: Any) -> Any:
    """What is learned: the codes of at least FEWEST segments; the others count as given nowhere."""
    return np.where(given.sum(axis=0) >= FEWEST, given, False)


def _enough(given: Any) -> Any:
    """What is learned of all that was coded; ValueError where that is nothing."""
    taught = _taught(given)
    if not taught.any():
        raise ValueError(f"the coder gave no code to {FEWEST} segments: there is too little to learn from")
    return taught


def _learn(known: Any, taught: Any, groups: Any) -> tuple[Any, Any]:
    """Weights, features by codes, and the scores of each segment by a model that had not seen its group."""
    from sklearn.linear_model import Ridge
    from sklearn.model_selection import cross_val_predict

    ridge, answers = Ridge(_ALPHA, fit_intercept=False, solver="cholesky"), taught.astype(float)
    weights = ridge.fit(known, answers).coef_.reshape(answers.shape[1], -1).T  # of a single code they come without a side
    return weights, cross_val_predict(ridge, known, answers, cv=_folds(groups)).reshape(answers.shape)


def _thresholds(scores: Any, given: Any, facet: Facet, beside: Any = None) -> Any:
    """For each code the score from which it is suggested: chosen for those left out of comparisons apart."""
    aside, beside = _aside(facet), np.zeros_like(given) if beside is None else beside
    chosen = [_threshold(scores[:, part], given[:, part], beside[:, part]) for part in (aside, ~aside)]
    return np.where(aside, *chosen)


def _threshold(scores: Any, given: Any, beside: Any = False) -> float:
    """The score from which suggestions do best (F1 over all codes) beside those at hand; infinite where none does better."""

    def f1(threshold: float) -> float:
        found = beside | (scores >= threshold)
        return float(2 * (found & given).sum() / max(1, found.sum() + given.sum()))

    reached = np.array([f1(threshold) for threshold in _THRESHOLDS])
    best = _THRESHOLDS[reached == reached.max()]
    return float(best[len(best) // 2]) if reached.max() > f1(np.inf) else np.inf


def _speaking(segment: Any, weights: Any, words: Any) -> str:
    """The words of a segment that spoke most for a code; what function words are in names nothing."""
    names = words.transformer_list[0][1].get_feature_names_out()
    parts = segment[:, : len(names)].multiply(weights[: len(names)]).toarray()[0]
    spoke = [names[at] for at in np.argsort(-parts, kind="stable") if parts[at] > 0]
    return "; ".join([name for name in spoke if FUNCTION_WORDS.isdisjoint(name.split())][:_WORDS])
