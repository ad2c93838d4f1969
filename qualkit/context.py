"""The codes whose words stand in each sentence go in; the codes that its surroundings take away or add come out."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from qualkit.codebook import Context, Facet
from qualkit.matching import Matcher, Term

_UNIT = ["document", "segment"]
_ABOUT = 0.2  # of the segments of a document, two at least: where so many tell of a code, the document is about it


def yields(hits: pd.DataFrame, facet: Facet, sizes: pd.Series) -> pd.Series:
    """For each hit why it does not count, in words, "" where it counts: what a weak indicator (`weak` in the codebook) asks.

    A weak indicator names a thing or a person that sentences about other matters mention too, or a field at large. It
    counts only in company: where another indicator of its code stands in the same segment, or one that is not weak in the
    segment before or after. And it gives way where one that is not weak tells of another code of its family. Neither is
    asked in a document that is about its code: a fifth of its segments of content, two at least, have an indicator of it that
    is not weak.

    Parameters
    ----------
    hits
        One row per place of an indicator that no mask and no name blocks: document, segment, code, indicator (as listed).
    facet
        The facet of the codes.
    sizes
        How many segments of content each document has, by its name.

    Examples
    --------
    >>> from qualkit import read_codebook
    >>> facet = read_codebook("codebook.yaml").facet("sector")
    >>> hits = pd.DataFrame([("d", 1, "EKO.MARITIM", "kapal"), ("d", 2, "EKO.MARITIM", "kapal"), ("d", 3, "EKO.MARITIM", "pelabuhan"),
    ...     ("d", 5, "EKO.MARITIM", "pelabuhan")], columns=["document", "segment", "code", "indicator"])
    >>> yields(hits, facet, pd.Series({"d": 11})).tolist()
    ['stands alone', '', '', '']
    >>> yields(hits, facet, pd.Series({"d": 10})).tolist()
    ['', '', '', '']
    """
    reasons = np.full(len(hits), "", dtype=object)
    (codes, names), (terms, listed) = (
        (at, kinds.tolist()) for at, kinds in map(pd.factorize, (hits["code"], hits["indicator"]))
    )
    pairs, pair = np.unique(codes * len(listed) + terms, return_inverse=True)
    known = {(code.id, term) for code in facet.codes for term in code.weak}
    weak = np.array([(names[one // len(listed)], listed[one % len(listed)]) in known for one in pairs.tolist()], bool)[pair]
    if not weak.any():
        return pd.Series(reasons, index=hits.index, dtype=object)
    # Numbers for segments (a gap between documents), for a code in one, for a family in one: those beside differ by one step.
    of_document, documents = hits["document"].factorize()
    segments = of_document * (hits["segment"].max() + 2) + hits["segment"].to_numpy()
    units = segments * len(names) + codes
    distinct, of_unit = np.unique(np.unique(units * len(listed) + terms) // len(listed), return_counts=True)
    beside = np.isin(units[weak, None] + np.array([-1, 0, 1]) * len(names), units[~weak]).any(axis=1)
    alone = ~beside & ~np.isin(units[weak], distinct[of_unit > 1])
    reasons[np.flatnonzero(weak)[alone]] = "stands alone"
    parent = {code.id: code.parent for code in facet.codes}
    families = pd.factorize(np.array([parent[name] for name in names], dtype=object))[0][codes] + segments * len(names)
    told: dict[int, set[str]] = {}
    for at in np.flatnonzero(np.isin(families, families[weak]) & ~weak).tolist():
        told.setdefault(families[at], set()).add(names[codes[at]])
    for at in np.flatnonzero(np.isin(families, families[~weak]) & weak).tolist():
        if others := told[families[at]] - {names[codes[at]]}:
            reasons[at] = f"gives way to {'; '.join(sorted(others))}"
    topics = of_document * len(names) + codes  # a number for a code in a document
    told_in = np.unique(units[~weak], return_index=True)[1]
    segments_of = np.bincount(topics[~weak][told_in], minlength=len(documents) * len(names))
    enough = np.maximum(_ABOUT * sizes.reindex(documents).to_numpy(), 2)
    reasons[segments_of[topics] >= enough[of_document]] = ""
    return pd.Series(reasons, index=hits.index, dtype=object)


def inherited(found: pd.DataFrame, segments: pd.DataFrame, facet: Facet) -> pd.DataFrame:
    """One row per segment and code: what the words gave, and what sentences without words of their own take over.

    Parameters
    ----------
    found
        One row per segment and code whose words stand in it: document, segment, code.
    segments
        The table `split` returns.
    facet
        The facet of the codes; its `context` says what is taken over, from where, and which code prevails.

    Returns
    -------
    pandas.DataFrame
        Columns document, segment, code and why ("words", or "context" where the code was taken over), in the order of
        the segments and of the codes in the codebook. Where a facet has no `context`, every row of `found`.

    Notes
    -----
    A sentence takes over a code only where exactly one can be meant; codes that the codebook leaves out of comparisons
    are not taken over. A sentence that took a code over passes it on within its paragraph only.

    Examples
    --------
    >>> from qualkit import read_codebook, split
    >>> segments = split(pd.DataFrame({"document": ["d"], "text": ["Dua guru berangkat. Rombongan itu pulang."]}), into="sentences")
    >>> found = pd.DataFrame({"document": ["d"], "segment": [1], "code": ["DIK.GURU"]})
    >>> inherited(found, segments, read_codebook("codebook.yaml").facet("sector")).values.tolist()
    [['d', 1, 'DIK.GURU', 'words'], ['d', 2, 'DIK.GURU', 'context']]
    """
    rows = segments[_UNIT].assign(at=np.arange(len(segments)))
    placed = found[[*_UNIT, "code"]].merge(rows, on=_UNIT, validate="many_to_one")
    given: dict[int, set[str]] = {}
    for at, code in zip(placed["at"], placed["code"], strict=True):
        given.setdefault(at, set()).add(str(code))
    taken: dict[int, set[str]] = {}
    if facet.context:
        given = {at: _settled(codes, facet) for at, codes in given.items()}
        taken = _taken_over(given, segments, facet, facet.context)
    order = {code.id: at for at, code in enumerate(facet.codes)}
    made = [
        (at, order[code], code, why)
        for codes, why in ((given, "words"), (taken, "context"))
        for at in codes
        for code in codes[at]
    ]
    table = pd.DataFrame(sorted(made), columns=["at", "order", "code", "why"])
    return rows.merge(table, on="at", validate="one_to_many")[[*_UNIT, "code", "why"]]


def _settled(codes: set[str], facet: Facet) -> set[str]:
    """The codes that count of those that stand together: all, or the one where the facet asks for one."""
    context = facet.context
    if context is None or facet.scale == "multiple":
        return codes
    first = [code for code in context.prevail if code in codes]
    if first:
        return {first[0]}
    return {context.several} if len(codes) > 1 and context.several else codes


def _taken_over(given: dict[int, set[str]], segments: pd.DataFrame, facet: Facet, context: Context) -> dict[int, set[str]]:
    """The code that each sentence without one takes over, by the number of its row."""
    content = (segments["label"] == "content").to_numpy()
    left_out = {code.id for code in facet.codes if code.left_out}
    can_give = {at: codes - left_out for at, codes in given.items()}
    order, before = _sentences_before(segments, content)
    documents = segments["document"].to_numpy()
    paragraphs, headings = (segments[column].to_numpy() for column in ("paragraph", "heading"))
    of_heading = _of_headings(pd.Series(headings).unique().tolist(), facet) if "heading" in context.sources else {}
    of_document = _of_documents(given, documents, context) if "document" in context.sources else {}
    asked = [at for at in order if at not in given]
    if context.cues:
        texts = segments["text"].take(asked).tolist()
        asked = [asked[at] for at in np.unique(_matcher(context.cues).find(texts).text).tolist()]
    taken: dict[int, set[str]] = {}
    for at in asked:
        last = before[at]
        passed_on = taken.get(last, set()) if paragraphs[last] == paragraphs[at] else set()
        offers = {
            "sentence": can_give.get(last, passed_on),
            "heading": of_heading.get(headings[at], set()) - left_out,
            "document": of_document.get(documents[at], set()) - left_out,
        }
        codes = next((offers[source] for source in context.sources if len(offers[source]) == 1), None)
        if codes:
            taken[at] = codes
    return taken


def _sentences_before(segments: pd.DataFrame, content: np.ndarray) -> tuple[list[int], list[int]]:
    """The rows of content as the texts tell them, and for each row that of the sentence before it in its document.

    -1 where there is none, where a heading stands between, and where what stands between is not in the table.
    """
    order = np.lexsort((segments["segment"].to_numpy(), segments["document"].factorize()[0]))
    at = np.flatnonzero(content[order])
    headings = (segments["label"] == "heading").to_numpy()[order].cumsum()
    documents, numbers = (segments[name].to_numpy()[order] for name in ("document", "segment"))
    one, next_one = at[:-1], at[1:]
    whole = numbers[next_one] - numbers[one] == next_one - one
    together = (documents[one] == documents[next_one]) & (headings[one] == headings[next_one]) & whole
    before = np.full(len(segments), -1)
    before[order[next_one[together]]] = order[one[together]]
    return order[at].tolist(), before.tolist()


def _of_headings(headings: list[str], facet: Facet) -> dict[str, set[str]]:
    """For each heading ("PEMBAHASAN > Medan") the codes whose indicators stand in the nearest of its parts that has any."""
    parts = {heading: str(heading).split(" > ")[::-1] for heading in headings}
    texts = list(dict.fromkeys(part for found in parts.values() for part in found))
    told: dict[str, set[str]] = {}
    for code in facet.codes:
        masks = _matcher(code.masks).find(texts)
        masked = {
            (text, at) for text, *place in zip(*(side.tolist() for side in masks[:3]), strict=True) for at in range(*place)
        }
        for text, start, end in zip(*(side.tolist() for side in _matcher(code.indicators).find(texts)[:3]), strict=True):
            if masked.isdisjoint((text, at) for at in range(start, end)):
                told.setdefault(texts[text], set()).add(code.id)
    return {heading: _settled(next((told[p] for p in found if p in told), set()), facet) for heading, found in parts.items()}


def _of_documents(given: dict[int, set[str]], documents: np.ndarray, context: Context) -> dict[str, set[str]]:
    """The one code that each document is about by the words of its sentences, or the code of several."""
    found: dict[str, set[str]] = {}
    for at, codes in given.items():
        found.setdefault(documents[at], set()).update(codes - {*context.prevail, context.several})
    return {document: {context.several} if len(codes) > 1 and context.several else codes for document, codes in found.items()}


@lru_cache(maxsize=256)
def _matcher(terms: tuple[str, ...]) -> Matcher:
    return Matcher([Term(term) for term in terms])
