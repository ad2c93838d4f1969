"""Segments and a codebook go in; suggestions come out: the codes whose indicators stand in a segment, with the words."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from qualkit.circumstances import NEGATIONS, QUOTATION_MARKS, SPEECH, Voice, dates, negation, speaker, voices
from qualkit.codebook import LEARNED, MACHINE, SOURCES, Code, Codebook, Facet
from qualkit.codings import code_segments
from qualkit.context import inherited
from qualkit.places import find_places, prepared, words_at
from qualkit.placing import SHA_DIGITS, SURROUNDINGS
from qualkit.tables import did_you_mean, need_columns

_NOT_THESE = "pass the table the suggestion was made from"
_NEEDED = ("document", "segment", "start", "end", "paragraph", "heading", "label", "text")


def suggest_codings(segments: pd.DataFrame, codebook: Codebook, facet: str | None = None) -> pd.DataFrame:
    """One row per segment and code whose indicators stand in it: a suggestion, with the words that matched.

    A suggestion is never a coding: its coder is "codebook", and no function counts it as a person's coding.

    How it matches: whole words only. A word of a term in capitals (ASN, HAM) matches capitals only, one that begins with a
    capital (Medan) only words that begin with one, any other in any case. `*` at the end of a word stands for further
    letters; -nya, -lah, -kah, -pun may follow a term. Of a code's `roots` all forms match (latih: melatih, pelatihan;
    kerja sama: kerjasama, bekerja sama), -ku and -mu too. A blank in a term is any white space, line and page breaks and
    no-break spaces included; a hyphen is any hyphen and may be broken over two lines, and so may a word; soft hyphens and
    other invisible characters count for nothing; a letter may be written in pieces. Only content is searched.

    What does not count: an indicator that overlaps one of the code's masks; one in small letters within the name of a body
    (`bodies` of the facet: "Dinas Pendidikan"); one behind words that name who takes part (`participants`: "ditemani"); a form
    of a root or of a `*` that stands alone with a capital amidst a sentence ("ke Busan" is no bus*); a `weak` indicator that
    stands alone, or beside another code of its family, in a document that is about something else. Of those that count the
    longest prevails, but never a weak one over one that counts alone. `find_indicators` lists each place.

    Parameters
    ----------
    segments
        The table `split` returns.
    codebook
        What `read_codebook` returns; `indicators`, `roots` and `masks` of the facet's codes are used, and its `bodies` and
        `context`.
    facet
        The id of the facet to suggest codes of; the first of the codebook where none is named.

    Returns
    -------
    DataFrame
        The columns of `read_codings`; `matched` (the words as they stand, separated by "; "); and `why` ("words", or "context"
        where the code is taken over from what stands around, as the codebook allows). `with_circumstances` adds who denies
        it, who speaks and when.

    Raises
    ------
    ValueError
        If the codebook has no such facet.

    Examples
    --------
    >>> from qualkit import read_codebook, split
    >>> text = "Para pekerja musiman itu berangkat. Kerja sama itu berjalan baik."
    >>> segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    >>> suggest_codings(segments, read_codebook("codebook.yaml"))[["segment", "code", "matched", "why"]].values.tolist()
    [[1, 'SDM.NAKER', 'pekerja musiman', 'words']]
    """
    need_columns(segments, _NEEDED, "segments", "split")
    asked = codebook.facet(facet)
    counted = find_places(segments, asked)
    counted = counted.at(counted.reason == "")
    unit = counted.row * len(asked.codes) + counted.code
    firsts = np.flatnonzero(np.diff(unit, prepend=-1))
    lasts = np.append(firsts[1:], len(unit))
    words = words_at(counted, segments)
    matched = np.array(words, dtype=object)[firsts]
    for at in np.flatnonzero(lasts - firsts > 1).tolist():
        matched[at] = "; ".join(dict.fromkeys(words[firsts[at] : lasts[at]]))
    found = pd.DataFrame({"row": counted.row[firsts], "code": counted.code[firsts], "matched": matched, "why": "words"})
    if asked.context:
        found = _with_context(found, segments, asked)
    return _table(found, segments, codebook, asked)


def find_indicators(segments: pd.DataFrame, codebook: Codebook, facet: str | None = None) -> pd.DataFrame:
    """One row per place where an indicator of a code stands, those that do not count included, with the reason.

    Parameters
    ----------
    segments
        The table `split` returns; segments labelled content are searched.
    codebook
        What `read_codebook` returns.
    facet
        The id of the facet whose indicators are sought; the first of the codebook where none is named.

    Returns
    -------
    DataFrame
        `document`, `segment`, `start`, `end` (code points in the document), `code`, `indicator` (as the codebook lists it),
        `matched` (the words as they stand) and `blocked` ("" where it counts, else why not).

    Raises
    ------
    ValueError
        If the codebook has no such facet.

    Examples
    --------
    >>> from qualkit import read_codebook, split
    >>> text = "Lima guru besar bertemu dua guru."
    >>> segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    >>> found = find_indicators(segments, read_codebook("codebook.yaml"))
    >>> found.loc[found["code"] == "DIK.GURU", ["start", "end", "matched", "blocked"]].values.tolist()
    [[5, 9, 'guru', "mask 'guru besar'"], [28, 32, 'guru', '']]
    """
    need_columns(segments, _NEEDED, "segments", "split")
    asked = codebook.facet(facet)
    found = find_places(segments, asked)
    found = found.at(np.lexsort((found.code, found.end, found.start, found.row)))
    origin = segments["start"].to_numpy()[found.row]
    return pd.DataFrame(
        {
            **{name: segments[name].array.take(found.row) for name in ("document", "segment")},
            "start": origin + found.start,
            "end": origin + found.end,
            "code": np.array([code.id for code in asked.codes], dtype=object)[found.code],
            "indicator": np.array(prepared(asked).terms, dtype=object)[found.term],
            "matched": words_at(found, segments),
            "blocked": found.reason,
        }
    ).astype({name: "str" for name in ("code", "indicator", "matched", "blocked")})


def with_circumstances(suggested: pd.DataFrame, segments: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The same suggestions, each with what denies it or lets it fail, who is heard saying it, and when it is said to be.

    Parameters
    ----------
    suggested
        What `suggest_codings` returned, or rows of it.
    segments, codebook
        What it was suggested from.

    Returns
    -------
    DataFrame
        The columns of `suggested` and, each "" where there is none: `negated` (what denies all of the words matched: belum,
        tidak, tanpa ...; membantah, menolak, dibatalkan ...; gagal, batal, urung, enggan; no other words that say as much),
        `speaker` (who is heard saying them: a name with its office, a pronoun, "-nya" for katanya, "quotation" where
        nobody is named; else, in a transcript, whose turn it is) and `dates` (the expressions of time in the segment). Of
        a suggestion without words of its own (from context, learned) only the dates and whose turn it is can be told.

    Raises
    ------
    ValueError
        If a suggestion stands on a segment that is not there, or a segment stands there twice.

    Notes
    -----
    Found by rules, not understood: they say where to look. A pronoun is not resolved, and a negation is taken to reach to
    the end of its clause.

    Examples
    --------
    >>> from qualkit import read_codebook, split
    >>> text = "“Kami belum mengundang guru,” kata Rahma Sari, Rabu (15/4)."
    >>> segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    >>> codebook = read_codebook("codebook.yaml")
    >>> found = with_circumstances(suggest_codings(segments, codebook), segments, codebook)
    >>> found[["code", "negated", "speaker", "dates"]].values.tolist()
    [['DIK.GURU', 'belum', 'Rahma Sari', 'Rabu (15/4)']]
    """
    need_columns(suggested, ("document", "segment", "facet", "code"), "suggested", "suggest_codings")
    need_columns(segments, _NEEDED, "segments", "split")
    unit = ["document", "segment"]
    _once(segments)
    rows = pd.MultiIndex.from_frame(segments[unit]).get_indexer(pd.MultiIndex.from_frame(suggested[unit]))
    if (rows < 0).any():
        document, number = suggested[unit].to_numpy()[rows < 0][0]
        raise ValueError(f"segments has no segment {number} of document '{document}': {_NOT_THESE}")
    text, documents = segments["text"].to_numpy(), segments["document"].factorize()[0]
    places: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for facet in suggested["facet"].unique():
        asked = codebook.facet(facet)
        here = documents[rows[suggested["facet"] == facet]]
        on = np.flatnonzero(np.isin(documents, here))  # whole documents: a weak indicator may count by what stands beside
        found = find_places(segments.iloc[on], asked)
        for row, start, end, code in zip(*(column.tolist() for column in found.at(found.reason == "")[:4]), strict=True):
            places.setdefault((on[row], asked.codes[code].id), []).append((start, end))
    words = {row: _small_words(text[row]) for row in set(rows.tolist())}
    when = {row: dates(text[row]) for row in words}
    heard = _voices(words, segments)
    turn = segments["speaker"].to_numpy() if "speaker" in segments else np.full(len(segments), "")
    negated, speakers = [], []
    for row, code in zip(rows.tolist(), suggested["code"], strict=True):
        at = places.get((row, code), [])
        denied = [] if words[row].isdisjoint(NEGATIONS) else [negation(text[row], start, end) for start, end in at]
        negated.append("; ".join(dict.fromkeys(denied)) if all(denied) else "")
        speakers.append("; ".join(dict.fromkeys(filter(None, (speaker(heard[row], start) for start, _ in at)))) or turn[row])
    return suggested.assign(negated=negated, speaker=speakers, dates=[when[row] for row in rows.tolist()]).astype(
        dict.fromkeys(("negated", "speaker", "dates"), "str")
    )


def explain(suggestion: pd.Series, segments: pd.DataFrame, codebook: Codebook) -> str:
    """Why a code is suggested for a segment, in words: which indicators stand there, and which were passed over and why.

    Parameters
    ----------
    suggestion
        One row of what `suggest_codings` returns (`suggested.iloc[0]`).
    segments, codebook
        What it was suggested from.

    Raises
    ------
    ValueError
        If it is not one row, the segments hold no such segment, or the codebook no such code.

    Examples
    --------
    >>> from qualkit import read_codebook, split
    >>> segments = split(pd.DataFrame({"document": ["d"], "text": ["Guru besar itu melatih guru."]}), into="sentences")
    >>> codebook = read_codebook("codebook.yaml")
    >>> found = suggest_codings(segments, codebook)
    >>> print(explain(found[found["code"] == "DIK.GURU"].iloc[0], segments, codebook))
    DIK.GURU on segment 1 of d, because of 'melatih guru'.
    'Guru' was passed over: 'guru besar' is a mask of the code.
    """
    if not isinstance(suggestion, pd.Series) or not {"document", "segment", "facet", "code", "matched", "why"} <= set(
        suggestion.index
    ):
        raise ValueError("suggestion is one row of what suggest_codings returns, such as suggested.iloc[0]")
    document, number, name = (suggestion[column] for column in ("document", "segment", "code"))
    whole = segments[segments["document"] == document]  # a weak indicator may count by what stands beside
    row = whole[whole["segment"] == number]
    if row.empty:
        raise ValueError(f"segments has no segment {number} of document '{document}': {_NOT_THESE}")
    if name not in codebook.codes():
        raise ValueError(f"code '{name}' is not in the codebook.{did_you_mean(str(name), codebook.codes())}")
    code = codebook.codes()[name][1]
    what = f"{name} on segment {number} of {document}"
    if suggestion["why"] == LEARNED:
        spoke = (
            f"these words spoke most for it: {suggestion['matched']}" if suggestion["matched"] else "no whole word spoke for it"
        )
        return f"{what}, learned from a person's codings; {spoke}."
    places = find_indicators(whole, codebook, suggestion["facet"])
    places = places[places["segment"] == number]
    others = places.loc[places["blocked"] == "", "code"].unique()
    places = places[places["code"] == name]
    blocked = places["blocked"] != ""
    counted = places.loc[~blocked, ["matched", "indicator"]].to_numpy()
    found = dict.fromkeys(_found_by(matched, listed, code) for matched, listed in counted)
    if suggestion["why"] == "context":
        context = codebook.facet(suggestion["facet"]).context
        sources = [SOURCES[source] for source in context.sources] if context else []
        said = f"{what}: no indicator of the code counts here; it is taken over from {', or else '.join(sources)}."
    elif not found:
        said = f"{what}: indicators of {' and '.join(others)} stand here; the codebook takes that for {name}."
    else:
        said = f"{what}, because of {', '.join(found)}."
    passed = (_passed_over(matched, reason) for matched, reason in places.loc[blocked, ["matched", "blocked"]].to_numpy())
    return "\n".join([said, *dict.fromkeys(passed)])


def _found_by(matched: str, listed: str, code: Code) -> str:
    """The words of a place that counts; how they were found where they are written otherwise than listed, and if they are weak."""
    root = listed in code.roots and listed not in code.indicators
    notes = [f"a form of the root '{listed}'" if root else f"found by '{listed}'"] * (matched.lower() != listed.lower())
    notes += ["a weak indicator"] * (listed in code.weak)
    return f"'{matched}' ({', '.join(notes)})" if notes else f"'{matched}'"


def _passed_over(matched: str, reason: str) -> str:
    """That the words of a place do not count, and why."""
    kind, _, masked = reason.partition("mask ")
    weak = kind.startswith(("stands alone", "gives way"))
    why = f"{masked} is a mask of the code" if masked else f"it is a weak indicator and {reason}" if weak else reason
    return f"'{matched}' was passed over: {why}."


# --- what stands around a suggestion ---

_SPEECH = frozenset(SPEECH) | {f"{word}nya" for word in SPEECH}


def _small_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _voices(rows: Iterable[int], segments: pd.DataFrame) -> dict[int, list[Voice]]:
    """Who is heard in some segments, each read with the other sentences of its paragraph."""
    text = segments["text"].to_numpy()
    paragraph = segments.groupby(["document", "paragraph"], sort=False).ngroup().to_numpy()
    content = np.flatnonzero((segments["label"] == "content").to_numpy())
    fellows: dict[int, list[int]] = {}
    for row in content[np.isin(paragraph[content], paragraph[[*rows]])].tolist():
        fellows.setdefault(paragraph[row], []).append(row)
    heard: dict[int, list[Voice]] = {}
    for together in fellows.values():
        sentences = [text[row] for row in together]
        joined = " ".join(sentences)
        quiet = not any(mark in joined for mark in QUOTATION_MARKS) and _small_words(joined).isdisjoint(_SPEECH)
        heard |= zip(together, [[]] * len(together) if quiet else voices(sentences), strict=True)
    return heard


# --- the table of suggestions ---


def _once(segments: pd.DataFrame) -> None:
    """Refuse a segment that stands twice: what is said of it could not be told apart."""
    twice = segments[segments.duplicated(["document", "segment"])]
    if len(twice):
        document, number = twice[["document", "segment"]].to_numpy()[0]
        raise ValueError(
            f"segments holds segment {number} of document '{document}' twice: each document needs an id of its own"
        )


def _with_context(found: pd.DataFrame, segments: pd.DataFrame, facet: Facet) -> pd.DataFrame:
    """What was found, as the facet's context takes codes away and adds them."""
    _once(segments)
    numbers = {code.id: number for number, code in enumerate(facet.codes)}
    given = (
        segments[["document", "segment"]].take(found["row"].to_numpy()).assign(code=[facet.codes[n].id for n in found["code"]])
    )
    taken = inherited(given, segments, facet)
    rows = segments[["document", "segment"]].assign(row=np.arange(len(segments)))
    taken = taken.merge(rows, on=["document", "segment"], validate="many_to_one").assign(code=lambda t: t["code"].map(numbers))
    both = taken.merge(found[["row", "code", "matched"]], how="left", on=["row", "code"], validate="one_to_one")
    return both.fillna({"matched": ""})[["row", "code", "matched", "why"]]


def _table(found: pd.DataFrame, segments: pd.DataFrame, codebook: Codebook, facet: Facet) -> pd.DataFrame:
    """The suggestions with the columns of codings: what `code_segments` would give, built column by column."""
    blank = code_segments(segments.iloc[:0], pd.DataFrame(columns=["document", "segment", "code"]), codebook, MACHINE, "")
    documents = segments["document"].factorize()[0]
    ids = np.array([code.id for code in facet.codes], dtype=object)
    rows, codes = found["row"].to_numpy(), found["code"].to_numpy(np.intp)
    alphabetical = np.argsort(np.argsort(ids))
    places = segments[["start", "end"]].to_numpy()
    order = np.lexsort((alphabetical[codes], *places[rows].T[::-1], documents[rows]))
    rows, codes = rows[order], codes[order]
    said = {"facet": facet.id, "coder": MACHINE, "statement": "", "memo": "", "created": "", "codebook": codebook.version,
            "anchor": "exact"}  # fmt: skip
    # What is said of a suggestion goes before what an archive may call the same ("coder", "created").
    columns: dict[str, object] = {name: segments[name].array.take(rows) for name in blank.columns if name in segments.columns}
    columns |= {name: _constant(value, len(rows)) for name, value in said.items()}
    columns |= {"code": pd.array(ids[codes], dtype="str"), "quote": segments["text"].array.take(rows)}
    checksum = segments["sha256"] if "sha256" in segments.columns else pd.Series([""]).take(np.zeros(len(segments), np.intp))
    columns["sha256"] = checksum.astype("str").str[:SHA_DIGITS].array.take(rows)
    columns |= _surroundings(segments, documents, rows)
    for one in codebook.facets:
        answers = codes if one.id == facet.id else np.full(len(rows), -1)
        columns[one.id] = pd.Categorical.from_codes(answers, blank[one.id].cat.categories, blank[one.id].cat.ordered)
    extra = {name: found[name].array.take(order) for name in found.columns if name not in ("row", "code")}
    return pd.DataFrame({name: columns[name] for name in blank.columns} | extra, copy=False)


def _constant(value: str, size: int) -> pd.api.extensions.ExtensionArray:
    return pd.array([value], dtype="str").take(np.zeros(size, np.intp))


def _surroundings(
    segments: pd.DataFrame, documents: np.ndarray, rows: np.ndarray
) -> dict[str, pd.api.extensions.ExtensionArray]:
    """What stands before and after each segment, a little of it, as the columns prefix and suffix."""
    in_order = np.lexsort((segments["start"].to_numpy(), documents))
    texts, starts, ends = (segments[name].to_numpy()[in_order] for name in ("text", "start", "end"))
    first = np.append(np.diff(documents[in_order], prepend=-1) != 0, True)  # of its document; behind the last comes another
    gaps = np.append(starts, 0) - np.where(first, 0, np.append(0, ends))
    paragraphs = segments["paragraph"].to_numpy()[in_order]
    within = np.append(False, (paragraphs[1:] == paragraphs[:-1]) & ~first[1:-1])
    between = [*np.where(within, " ", "\n").tolist(), "\n"]
    place = np.empty_like(in_order)
    place[in_order] = np.arange(len(in_order))
    near, size = 10 * SURROUNDINGS, SURROUNDINGS

    def before(at: int) -> str:
        found = between[at] * gaps[at]
        while not first[at] and len(found) < near:
            at -= 1
            found = between[at] * gaps[at] + texts[at] + found
        return found[-near:].rstrip()[-size:]

    def after(at: int) -> str:
        found = ""
        while not first[at + 1] and len(found) < near:
            at += 1
            found += between[at] * gaps[at] + texts[at]
        return found[:near].lstrip()[:size]

    # What mostly stands there is the end or the beginning of one long neighbour.
    at = place[rows]
    close = ~first & (gaps <= near - size)
    long = np.append(ends - starts >= size, False)
    found = {}
    for name, step, part, careful, ok in (
        ("prefix", -1, slice(-size, None), before, (close & np.roll(long, 1))[at]),
        ("suffix", 1, slice(size), after, (close & long)[at + 1]),
    ):
        neighbours = in_order.take(at + step, mode="clip")
        found[name] = pd.Series(segments["text"].array.take(neighbours)).str[part].array
        found[name][~ok] = [careful(row) for row in at[~ok].tolist()]
    return found
