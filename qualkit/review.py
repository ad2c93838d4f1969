"""Suggestions and a person's codings go in; how well the codebook's indicators do, and which words to add or strike, comes out."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log2, nan

import pandas as pd

from qualkit.codebook import MACHINES, Codebook, Facet, has_misplaced_star
from qualkit.matching import Matcher, Term
from qualkit.suggest import find_indicators
from qualkit.tables import did_you_mean, need_columns, one_line

KEYS = ["document", "segment", "code"]
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_FEWEST = 2  # segments with the code: what stands in one only is no pattern
# Words of the closed classes: they join and point, and tell nothing of a field. Of aspect, manner and degree too, which may
# tell a status (akan, belum), so they are set aside where words are proposed, never dropped there.
FUNCTION_WORDS = frozenset(
    """
    antara atas bagi beserta dalam dari daripada demi dengan di guna hingga ke kecuali kepada melalui mengenai menurut oleh pada per sampai
    sebagai secara sejak sekitar selama semenjak sepanjang seperti tanpa tentang terhadap untuk usai
    agar apabila atau bahkan bahwa bila dan demikian jika kalau karena kemudian ketika lalu maka maupun melainkan meski meskipun
    namun padahal saat sambil sebab sebagaimana sebelum sebelumnya sedangkan sehingga seiring selain sementara seraya serta sesudah
    setelah supaya tapi tetapi walau walaupun yaitu yakni yang
    adalah ialah ini itu tersebut apa apakah aku anda bagaimana beliau berapa dia diri engkau ia kalian kami kamu kapan kita mana
    mengapa mereka saling sana saya sendiri seseorang sesuatu siapa sini
    banyak beberapa berbagai masing masing-masing para sang sebagian sebuah segala sejumlah seluruh semua seorang setiap si suatu tiap
    ada akan bakal belum bisa boleh bukan dapat harus jangan masih pernah sedang sudah tak telah tidak
    agak amat begitu hampir hanya juga justru kian lagi lain lainnya lebih makin memang paling pula pun saja sangat sekali semakin
    tetap terlalu terutama
    """.split()
)
_KEY, _TOGETHER = 3.84, 10.83  # G2 from which a term is listed (p < 0.05), and two words are a phrase (p < 0.001)


def review(
    suggested: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    coder: str | None = None,
    read: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per code of the facet: how many segments were suggested for it, coded with it by a person, and both.

    Parameters
    ----------
    suggested
        What `suggest_codings` returned, for the segments that the coder read.
    codings
        What `read_codings` returned.
    codebook
        What `read_codebook` returned.
    coder
        Whose reading the suggestions are set against; needed where the codings are by several.
    read
        The segments that the coder read (what `split` returned, or part of it); needed where suggestions stand in
        documents in which the coder gave no code of the facet, because these may be read or unread. Others are then left
        out.

    Returns
    -------
    DataFrame
        Columns `code`, `suggested`, `coded`, `both` (segments), `precision` (share of the suggestions that the coder gave
        too), `recall` (share of the codings that were suggested) and `f1` (2 both / (suggested + coded)), 0-1, empty where
        there is nothing to divide by. The last row counts all codes together (micro average), but for those that the
        codebook sets aside (`left_out`), which it names.

    Raises
    ------
    ValueError
        If nothing was suggested; the codings are by several coders and none is named, or by none or a machine; the
        suggestions stand in documents in which the coder gave no code of the facet, and `read` does not say whether they
        were read; or they were made on other segments.

    Notes
    -----
    The figures take one reading as right. On texts that were in view when the indicators were written they say how well
    the list fits those texts, not how it does on others.

    Examples
    --------
    >>> from qualkit import read_codebook
    >>> pairs = pd.DataFrame({"document": "d", "segment": [1, 2, 2], "code": ["DIK.GURU", "DIK.GURU", "DIK.PT"]})
    >>> suggested = pairs.assign(facet="sector", coder="codebook")
    >>> codings = pairs[1:].assign(facet="sector", coder="rani")
    >>> table = review(suggested, codings, read_codebook("codebook.yaml")).set_index("code")
    >>> table.loc[["DIK.GURU", "DIK.PT"], ["suggested", "coded", "both", "precision"]].values.tolist()
    [[2.0, 1.0, 1.0, 0.5], [1.0, 1.0, 1.0, 1.0]]
    """
    facet = codebook.facet(_facet_of(suggested))
    mine = by_person(codings, coder, facet.id)
    check_same_segments(suggested, mine)
    return shares(compared(*_as_read(suggested, mine, read)), facet)


def compared(found: pd.DataFrame, mine: pd.DataFrame, also: Sequence[str] = ()) -> pd.DataFrame:
    """One row per segment and code (and `also`) that was suggested, coded or both, with `found`: left_only, right_only or both."""
    return found[[*KEYS, *also]].drop_duplicates().merge(mine[KEYS].drop_duplicates(), how="outer", on=KEYS, indicator="found")


def shares(pairs: pd.DataFrame, facet: Facet) -> pd.DataFrame:
    """One row per code and one for all codes: segments suggested, coded and both; precision, recall, F1."""
    codes = [code.id for code in facet.codes]
    found = pd.crosstab(pairs["code"], pairs["found"]).reindex(
        index=codes, columns=["both", "left_only", "right_only"], fill_value=0
    )
    aside = [code.id for code in facet.codes if code.left_out]
    found.loc[f"all but {', '.join(aside)}" if aside else "all"] = found.drop(index=aside).sum()
    table = pd.DataFrame({
        "suggested": found["both"] + found["left_only"],
        "coded": found["both"] + found["right_only"],
        "both": found["both"],
    })  # fmt: skip
    table["precision"], table["recall"] = table["both"] / table["suggested"], table["both"] / table["coded"]
    table["f1"] = 2 * table["both"] / (table["suggested"] + table["coded"])
    return table.rename_axis("code").rename_axis(None, axis="columns").reset_index()


def review_indicators(
    hits: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, coder: str | None = None, read: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per indicator of the codebook: how often it stands, in how many segments, how often rightly; worst first.

    Parameters
    ----------
    hits
        What `find_indicators` returned, for the segments that the coder read.
    codings, codebook, coder, read
        As in `review`.

    Returns
    -------
    DataFrame
        Columns `code`, `indicator` (as the codebook lists it), `places` (where it stands and counts), `blocked` (places
        where it does not: masks, names), `segments` (in which it counts), `right` (of them, those to which the coder gave
        the code), `wrong`, `alone` (right segments in which no other indicator of the code stands: what would be lost
        without it) and `share` (right / segments, 0-1). Those most often wrong come first, those that never occur last,
        with 0.

    Raises
    ------
    ValueError
        As in `review`; and if the hits were found with indicators that this codebook does not list.

    Examples
    --------
    >>> from qualkit import read_codebook, split
    >>> text = "Dua guru datang. Lima guru pulang."
    >>> segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    >>> codings = pd.DataFrame({"document": ["d"], "segment": [2], "code": "DIK.GURU", "coder": "rani", "facet": "sector"})
    >>> codebook = read_codebook("codebook.yaml")
    >>> table = review_indicators(find_indicators(segments, codebook), codings, codebook)
    >>> table[["indicator", "segments", "right", "wrong", "alone"]].head(1)
      indicator  segments  right  wrong  alone
    0      guru         2      1      1      1
    """
    need_columns(hits, (*KEYS, "indicator", "blocked"), "hits", "find_indicators")
    facet = codebook.codes()[_first(hits["code"], "hits holds no place where an indicator stands")][0]
    hits, mine = _as_read(hits, by_person(codings, coder, facet.id), read)
    listed = pd.MultiIndex.from_tuples(
        [(code.id, term) for code in facet.codes for term in dict.fromkeys((*code.indicators, *code.roots, *code.weak))],
        names=["code", "indicator"],
    )
    unlisted = pd.MultiIndex.from_frame(hits[["code", "indicator"]]).difference(listed)
    if len(unlisted):
        code, term = unlisted[0]
        raise ValueError(
            f"'{term}' is no indicator of {code} in this codebook: find the indicators with the codebook you review"
        )
    counted = hits[hits["blocked"] == ""]
    units = compared(counted, mine, also=["indicator"]).query("found != 'right_only'")
    units = units.assign(right=units["found"] == "both")
    units["alone"] = units["right"] & ~units.duplicated(KEYS, keep=False)
    by = ["code", "indicator"]
    table = pd.DataFrame({
        "places": counted.groupby(by, observed=True).size(),
        "blocked": hits[hits["blocked"] != ""].groupby(by, observed=True).size(),
        "segments": units.groupby(by, observed=True).size(),
        "right": units.groupby(by, observed=True)["right"].sum(),
        "alone": units.groupby(by, observed=True)["alone"].sum(),
    })  # fmt: skip
    table = table.reindex(listed).fillna(0).astype(int).reset_index()
    table.insert(6, "wrong", table["segments"] - table["right"])
    table["share"] = table["right"] / table["segments"]
    return table.sort_values(["wrong", "share"], ascending=[False, True], kind="stable", ignore_index=True)


def overlooked(
    suggested: pd.DataFrame,
    codings: pd.DataFrame,
    segments: pd.DataFrame,
    coder: str | None = None,
    read: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per coding that was not suggested: what a person saw and no indicator found, with the text.

    Columns `document`, `segment`, `code`, `text`, in the order of `segments` (what `split` returned). The other arguments
    are those of `review`.

    Raises
    ------
    ValueError
        As in `review`.

    Examples
    --------
    >>> segments = pd.DataFrame({"document": "d", "segment": [1, 2], "text": ["Para guru datang.", "Mereka mengajar."]})
    >>> codings = segments.assign(code="DIK.GURU", coder="rani", facet="sector")
    >>> suggested = codings[:1].assign(coder="codebook")
    >>> overlooked(suggested, codings, segments).values.tolist()
    [['d', 2, 'DIK.GURU', 'Mereka mengajar.']]
    """
    return _only("right_only", suggested, codings, segments, coder, read)[[*KEYS, "text"]]


def invented(
    suggested: pd.DataFrame,
    codings: pd.DataFrame,
    segments: pd.DataFrame,
    coder: str | None = None,
    read: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per suggestion that the coder did not give: what misled, with the text.

    Columns `document`, `segment`, `code`, `matched` (the words), `text`, in the order of `segments`. The other arguments are
    those of `review`.

    Raises
    ------
    ValueError
        As in `review`.

    Examples
    --------
    >>> segments = pd.DataFrame({"document": "d", "segment": [1, 2], "text": ["Guru datang.", "Guru besar pergi."]})
    >>> suggested = segments.assign(code="DIK.GURU", coder="codebook", facet="sector", matched="Guru")
    >>> invented(suggested, suggested[:1].assign(coder="rani"), segments).values.tolist()
    [['d', 2, 'DIK.GURU', 'Guru', 'Guru besar pergi.']]
    """
    return _only("left_only", suggested, codings, segments, coder, read)[[*KEYS, "matched", "text"]]


def candidate_indicators(
    segments: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, code: str, coder: str | None = None
) -> pd.DataFrame:
    """One row per word or two-word phrase that stands oftener in segments with the code than in the other segments.

    Compared are the content segments that have the code with all other content segments of the same table. What is
    already found by an indicator of the code is set aside, word by word.

    Parameters
    ----------
    segments
        The segments that the coder read (what `split` returned, or part of it), in documents in which the coder gave a code
        of the facet: any other may be unread.
    codings, codebook, coder
        As in `review`.
    code
        The code for which words are sought.

    Returns
    -------
    DataFrame
        Columns `term` (small letters), `coded` (segments with the code that hold it), `coded_of` (all segments with the code),
        `rest` and `rest_of` (the same for the other segments), `new` (segments with the code in which no indicator
        stands yet: what the term would add), `documents` (in how many documents it stands with the code), `g2`
        (keyness by log-likelihood), `log_ratio` (of the two shares, base 2: 1 = twice as often; 0 counts as one half) and
        `association` (phrases only: log-likelihood of the two words side by side; 0 where chance alone would bring them
        together as often) and `function_word` (whether the term is or holds one: yang, mereka, akan). In the order of `g2`,
        those with a function word last. Listed are terms in at least two segments with the code, with a `g2` of
        3.84 or more, and phrases with an association of 10.83 or more. A word that stands in segments with the code only
        within one listed phrase is left to the phrase.

    Raises
    ------
    ValueError
        As in `review`; and if the code is not in the codebook, or the coder gave it to no segment or to all.

    Warns
    -----
    UserWarning
        If no term but function words is listed.

    Notes
    -----
    G2 = 2 sum O ln(O / E) over the four cells term or not, code or not (Dunning 1993; Rayson and Garside 2000 brought it
    to the comparison of corpora), counted in segments so that a word repeated in one sentence counts once. A single
    comparison is significant at 3.84 (p < 0.05) or 15.13 (p < 0.0001), but here hundreds of words are compared at once and
    some look striking by chance; sentences of one document are not independent either. So the table is a list to read,
    with `concordance`, not a test; a term of one document may be that document's topic. Log ratio: Hardie (2014).

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics 19(1), 61-74.
    Rayson, P. and Garside, R. (2000). Comparing corpora using frequency profiling. Workshop on Comparing Corpora, ACL, 1-6.
    Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social Science, Lancaster.

    Examples
    --------
    >>> from qualkit import read_codebook, split
    >>> text = "Maestro hadir. Maestro menyapa warga. Pasar ramai. Hujan turun."
    >>> segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    >>> codings = segments[:2].assign(code="DIK.GURU", coder="rani", facet="sector")
    >>> table = candidate_indicators(segments, codings, read_codebook("codebook.yaml"), "DIK.GURU")
    >>> table[["term", "coded", "coded_of", "rest", "rest_of", "new"]]
          term  coded  coded_of  rest  rest_of  new
    0  maestro      2         2     0        2    2
    """
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures

    def association(first: str, second: str) -> float:
        """Of two words side by side; log-likelihood alone is as high where they avoid each other."""
        expected = phrases.word_fd[first] * phrases.word_fd[second] / phrases.N
        more = phrases.ngram_fd[first, second] > expected
        return float(phrases.score_ngram(BigramAssocMeasures.likelihood_ratio, first, second)) if more else 0.0

    need_columns(segments, (*KEYS[:2], "start", "end", "label", "text"), "segments", "split")
    if code not in codebook.codes():
        raise ValueError(f"code '{code}' is not in the codebook.{did_you_mean(code, codebook.codes())}")
    facet = codebook.codes()[code][0].id
    mine = by_person(codings, coder, facet)
    content = segments[segments["label"] == "content"]
    check_same_segments(segments, mine)
    check_read(content, mine)
    given = set(mine.loc[mine["code"] == code, KEYS[:2]].itertuples(index=False, name=None))
    hits = find_indicators(segments, codebook, facet)
    taken: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for hit in hits[(hits["code"] == code) & (hits["blocked"] == "")].to_dict("records"):
        taken.setdefault((hit["document"], hit["segment"]), []).append((hit["start"], hit["end"]))
    runs = {
        place: list(_runs(segment["text"], segment["start"], taken.get(place, ())))
        for segment in content.to_dict("records")
        for place in [(segment["document"], segment["segment"])]
    }
    coded_of, everything = len(given & runs.keys()), len(runs)
    if not 0 < coded_of < everything:
        said = "no segment" if not coded_of else "every segment"
        raise ValueError(f"{said} read here has {code}: there is nothing to compare")

    phrases = BigramCollocationFinder.from_documents([run for found in runs.values() for run in found])
    places: dict[str, set[tuple[str, int]]] = {}
    for place, found in runs.items():
        for run in found:
            for term in (*run, *map(" ".join, pairwise(run))):
                places.setdefault(term, set()).add(place)
    rows = []
    for term, where in places.items():
        both = where & given
        rest, rest_of = len(where) - len(both), everything - coded_of
        if len(both) < _FEWEST or len(both) * rest_of <= rest * coded_of:
            continue
        rows.append({
            "term": term, "coded": len(both), "coded_of": coded_of, "rest": rest, "rest_of": rest_of,
            "new": len(both - set(taken)), "documents": len({document for document, _ in both}),
            "g2": BigramAssocMeasures.likelihood_ratio(len(both), (len(where), coded_of), everything),
            "log_ratio": log2(len(both) / coded_of / ((rest or 0.5) / rest_of)),
            "association": association(*term.split()) if " " in term else nan,
            "function_word": not FUNCTION_WORDS.isdisjoint(term.split()),
        })  # fmt: skip
    columns = ["term", "coded", "coded_of", "rest", "rest_of", "new", "documents", "g2", "log_ratio", "association"]
    table = pd.DataFrame(rows, columns=[*columns, "function_word"]).astype({"function_word": bool})
    table = table[(table["g2"] >= _KEY) & ~(table["association"] < _TOGETHER)]
    listed = table.loc[table["association"].notna() & ~table["function_word"], ["term", "coded"]]
    within = {(word, coded) for phrase, coded in listed.itertuples(index=False) for word in phrase.split()}
    table = table.drop(index=[row.Index for row in table.itertuples() if (row.term, row.coded) in within])
    if table["function_word"].all():
        warnings.warn(
            f"{code}: no word but function words stands in {_FEWEST} or more of its {coded_of} segments and oftener there than"
            f" in the other {everything - coded_of} (G2 of {_KEY} or more)",
            stacklevel=2,
        )
    return table.sort_values(["function_word", "g2", "term"], ascending=[True, False, True], ignore_index=True)


def _runs(text: str, begin: int, taken: Iterable[tuple[int, int]]) -> Iterator[list[str]]:
    """Words that follow one another with nothing but a blank between; what is taken, by its place in the document, left out."""
    run: list[str] = []
    end = 0
    for word in _WORD.finditer(text):
        free = not any(start < begin + word.end() and begin + word.start() < stop for start, stop in taken)
        if run and not (free and text[end : word.start()].isspace()):
            yield run
            run = []
        if free:
            run, end = [*run, word.group().casefold()], word.end()
    if run:
        yield run


def concordance(segments: pd.DataFrame, words: str | Sequence[str], width: int = 60) -> pd.DataFrame:
    """One row per place where a word stands, with what stands before and after it in its segment (KWIC).

    Parameters
    ----------
    segments
        The table `split` returns; headings and page furniture are searched too, and `label` says which they are.
    words
        A word or phrase, or several, written as an indicator is (`latih*`, "kerja sama").
    width
        How many characters to show on either side.

    Returns
    -------
    DataFrame
        Columns `document`, `segment`, `label`, `left`, `keyword` (as it stands), `right`, in the order of the text.

    Raises
    ------
    ValueError
        If a word has no letter, or a * elsewhere than at its end; or the width is below 1.

    Examples
    --------
    >>> from qualkit import split
    >>> text = "Para guru melatih siswa. Latihan dimulai pagi."
    >>> segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    >>> concordance(segments, ["melatih*", "latih*"], width=8)[["segment", "left", "keyword", "right"]].values.tolist()
    [[1, 'ra guru', 'melatih', 'siswa.'], [2, '', 'Latihan', 'dimulai']]
    """
    need_columns(segments, (*KEYS[:2], "label", "text"), "segments", "split")
    if width < 1:
        raise ValueError(f"width must be 1 character or more, not {width}")
    words = [words] if isinstance(words, str) else list(words)
    for term in words:
        if not re.search(r"\w", term):
            raise ValueError(f"words: '{term}' has no letter to look for")
        if has_misplaced_star(term):
            raise ValueError(f"words: '{term}': a * may stand only at the end of a word")
    columns = ["document", "segment", "label"]
    texts, shown = segments["text"].tolist(), segments[columns].to_dict("records")
    hits = Matcher([Term(word) for word in words]).find(texts)
    rows = [
        {
            **shown[at],
            "left": one_line(texts[at][max(0, start - width) : start]),
            "keyword": one_line(texts[at][start:end]),
            "right": one_line(texts[at][end : end + width]),
        }
        for at, start, end in sorted({(int(at), int(start), int(end)) for at, start, end in zip(*hits[:3], strict=True)})
    ]
    return pd.DataFrame(rows, columns=[*columns, "left", "keyword", "right"])


# --- whose reading, and of what ---


def _only(
    side: str,
    suggested: pd.DataFrame,
    codings: pd.DataFrame,
    segments: pd.DataFrame,
    coder: str | None,
    read: pd.DataFrame | None,
) -> pd.DataFrame:
    """The pairs of one side alone, with words and text, in the order of the segments."""
    mine = by_person(codings, coder, _facet_of(suggested))
    need_columns(segments, (*KEYS[:2], "text"), "segments", "split")
    check_same_segments(suggested, mine)
    pairs = compared(*_as_read(suggested, mine, read), also=["matched"] if side == "left_only" else ())
    return segments[[*KEYS[:2], "text"]].merge(pairs[pairs["found"] == side], on=KEYS[:2])


def by_person(codings: pd.DataFrame, coder: str | None, facet: str) -> pd.DataFrame:
    """The facet's codings by the one whose reading is taken as right, no orphans; ValueError where that is not one person."""
    need_columns(codings, (*KEYS, "coder", "facet"), "codings", "read_codings")
    coders = sorted({str(name) for name in codings["coder"]} - set(MACHINES))
    if coder in MACHINES:
        raise ValueError(f"coder '{coder}' is a machine: suggestions are set against what a person coded")
    if not coders:
        raise ValueError("codings holds no person's coding: suggestions are set against what a person coded")
    if coder is None and len(coders) > 1:
        raise ValueError(f"the codings are by {', '.join(coders)}: name the one whose reading is taken as right, coder='...'")
    if coder not in (None, *coders):
        raise ValueError(f"there is no coding by '{coder}'.{did_you_mean(str(coder), coders)}")
    return codings[(codings["coder"] == (coder or coders[0])) & (codings["facet"] == facet) & (codings["segment"] > 0)]


def _facet_of(suggested: pd.DataFrame) -> str:
    need_columns(suggested, (*KEYS, "facet"), "suggested", "suggest_codings")
    if suggested["facet"].nunique() > 1:
        raise ValueError(f"suggested holds several facets ({', '.join(sorted(set(suggested['facet'])))}): review one at a time")
    return _first(suggested["facet"], "suggested holds no suggestion: there is nothing to review")


def _first(values: pd.Series[str], otherwise: str) -> str:
    if values.empty:
        raise ValueError(otherwise)
    return str(values.iloc[0])


def _as_read(found: pd.DataFrame, mine: pd.DataFrame, read: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Suggestions and codings on what was read; ValueError where it cannot be told whether a document was."""
    if read is None:
        check_read(found, mine, "say which segments the coder read, read=...")
        return found, mine
    need_columns(read, KEYS[:2], "read", "split")
    places = read[KEYS[:2]].drop_duplicates()
    return found.merge(places, on=KEYS[:2]), mine.merge(places, on=KEYS[:2])


def check_read(table: pd.DataFrame, mine: pd.DataFrame, mend: str = "pass the segments of the other documents only") -> None:
    """A document without a code may be unread: taken as read, it would give a wrong figure silently."""
    unread = sorted(set(table["document"]) - set(mine["document"]))
    if unread:
        listed = f"{', '.join(unread[:5])}{' ...' if len(unread) > 5 else ''}"
        raise ValueError(f"documents in which the coder gave no code of this facet may be unread ({listed}): {mend}")


def check_same_segments(table: pd.DataFrame, mine: pd.DataFrame) -> None:
    """A number means another segment where the texts were split into other units: that would give a wrong figure silently."""
    if not {"start", "end"} <= set(table) or "start" not in mine:
        return
    places = table[[*KEYS[:2], "start", "end"]].drop_duplicates()
    met = mine.merge(places, on=KEYS[:2], suffixes=("_coded", ""))
    elsewhere = met[(met["start_coded"] < met["start"]) | (met["start_coded"] >= met["end"])]
    if len(elsewhere):
        row = elsewhere.iloc[0]
        raise ValueError(
            f"{row['coder']}'s coding {row['code']} on segment {row['segment']} of '{row['document']}' stands at"
            f" {row['start_coded']}, but here this segment is {row['start']}-{row['end']}: pass the segments that read_codings"
            " was given, and suggestions on them"
        )
