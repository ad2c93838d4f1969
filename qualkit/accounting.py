"""Documents, segments, codings and statements go in; what became of each comes out: accounting, selection, levels of condensation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from qualkit.codebook import AGREED, MACHINES, Code, CodeId, Language, Words
from qualkit.tables import did_you_mean, need_columns, one_line

ALL = "(all)"
_SAID: dict[str, Words] = {
    "furniture": {"id": "unsur halaman", "en": "page furniture"},
    "heading": {"id": "judul bagian", "en": "heading"},
    "repeats": {"id": "mengulang segmen lain", "en": "repeats another segment"},
    "repeated": {"id": "segmen {segment}", "en": "segment {segment}"},
    "linked": {"id": "pernyataannya dihitung sekali", "en": "its statements count once"},
    "uncoded": {"id": "belum dikode", "en": "not coded"},
    "no code": {"id": "dikode, tetapi tanpa kode {facet}", "en": "coded, but without a {facet} code"},
    "left out": {"id": "kodenya di luar perbandingan", "en": "its code is left out of comparisons"},
    "besides": {"id": "Juga dikode {codes}, tanpa pernyataan.", "en": "Also coded {codes}, without a statement."},
    "unused": {"id": "dikode, tetapi tidak menjadi dasar pernyataan mana pun", "en": "coded, but no statement rests on it"},
}  # fmt: skip
# What `split` calls the rules of page furniture, in Indonesian; in English a rule is called by its own name.
_RULES = {
    "advertisement": "iklan", "byline": "nama penulis atau penyunting", "caption": "keterangan gambar", "comment": "komentar pembaca",
    "copyright": "hak cipta", "credit": "sumber gambar atau inisial redaksi", "dateline": "tempat dan tanggal pelaporan",
    "first published": "tempat terbit pertama", "keywords": "kata kunci", "navigation": "navigasi halaman",
    "page footer": "kaki halaman", "page number": "nomor halaman", "related link": "tautan terkait",
    "heading": "judul bagian", "running head": "kepala halaman", "speaker": "nama penutur", "time code": "kode waktu",
    "timestamp": "waktu terbit",
}  # fmt: skip


def accounting_log(
    documents: pd.DataFrame, segments: pd.DataFrame, codings: pd.DataFrame, statements: pd.DataFrame, by: str = "kind"
) -> pd.DataFrame:
    """The data accounting log: per source type, and in it per case, what was received, read, coded, coded twice and condensed.

    Parameters
    ----------
    documents, segments, codings, statements
        What `read_corpus`, `split`, `read_codings` and `read_statements` return. Suggestions of machines never count.
    by
        The column of documents that tells source types apart: "kind", "outlet" ... or "document" for one row per document.

    Returns
    -------
    DataFrame
        The column `by`; `case` ("(all)" first, then every case, also those of which this type of source says nothing); `received` and `read`
        (documents: listed in documents.csv; in which a coder coded something); `segments` (content), `coded` (by at least
        one coder), `double_coded` (by at least two, each on their own: what they agreed on later is no second reading), `statements`;
        `not_read` (the documents received of which nobody has coded anything). In the row of a case only documents and segments
        to which a coder gave that case count (where coders agreed on one, that one). A document may speak of several cases, and a
        statement may rest on two types of source, so documents and statements may add up to more than there are.

    Raises
    ------
    ValueError
        If documents has no such column.

    Notes
    -----
    That a document was read is known only by its codings: who reads and codes nothing leaves no trace in the tables. Coders are those
    named in the files of codings; they need not be people, and whether they are, the tables cannot know.

    Examples
    --------
    >>> import qualkit as qk
    >>> documents, codebook = qk.read_corpus("corpus"), qk.read_codebook("codebook.yaml")
    >>> segments = qk.split(documents, into="sentences")
    >>> codings = qk.read_codings("corpus/codings", segments, codebook)
    >>> statements = qk.read_statements("corpus/statements.csv", codings, codebook)
    >>> log = accounting_log(documents, segments, codings, statements)
    >>> log.loc[log["case"] == "(all)", ["kind", "received", "read", "segments", "coded", "double_coded"]]
          kind  received  read  segments  coded  double_coded
    0  journal         1     1       131    131           131
    8     news         4     4        58     58            58

    References
    ----------
    Miles, M. B., Huberman, A. M. and Saldaña, J. (2014). Qualitative Data Analysis, 3rd ed., ch. 6 (data accounting log).
    """
    need_columns(documents, ("document", by), "documents", "read_corpus")
    check_tables(segments, codings, statements)
    people = of_people(codings)
    coded = _places(people)
    alone = people[people["coder"] != AGREED].drop_duplicates(["document", "segment", "coder"])
    double = _places(alone[alone.duplicated(["document", "segment"])])
    content = _places(segments[segments["label"] == "content"])
    cases = coded_facets(codings).get("case", [])
    decided = settled(people)
    of_case = {str(case): _places(decided[(decided["facet"] == "case") & (decided["code"] == case)]) for case in cases}
    rows = []
    for kind, group in documents.groupby(by, sort=False, dropna=False):
        for case in (ALL, *of_case):
            here = {place for place in of_case.get(case, content) if place[0] in set(group["document"])}
            received = set(group["document"]) if case == ALL else {document for document, _ in here}
            resting = statements[statements["document"].isin(received)]
            if case != ALL:
                resting = resting[resting["case"] == case]
            waiting = received - {document for document, _ in coded}
            rows.append(
                {
                    by: kind,
                    "case": case,
                    "received": len(received),
                    "read": len(received - waiting),
                    "segments": len(here & content),
                    "coded": len(here & content & coded),
                    "double_coded": len(here & content & double),
                    "statements": resting["statement"].nunique(),
                    "not_read": "; ".join(sorted(waiting)),
                }
            )
    return pd.DataFrame(rows, columns=[by, *"case received read segments coded double_coded statements not_read".split()])


def _places(table: pd.DataFrame) -> set[tuple[str, int]]:
    return set(zip(table["document"], table["segment"], strict=True))


def selection_log(
    segments: pd.DataFrame, codings: pd.DataFrame, statements: pd.DataFrame, facet: str = "sector", language: Language = "id"
) -> pd.DataFrame:
    """One row per segment: kept, because a statement rests on it, or set aside, and why.

    Parameters
    ----------
    segments, codings, statements
        What `split`, `read_codings` and `read_statements` return. Where a document has codings that were agreed on, these count, else those
        of all coders; suggestions of machines never do.
    facet
        The facet whose codes decide what is off-topic; codes that the codebook leaves out of comparisons say so with its reason.
    language
        "id" or "en": the words of the reasons.

    Returns
    -------
    DataFrame
        `document`, `segment`, `place` ("document: segment"), `label`, `kept` (True or False), `reason` (short, so that segments can be counted by
        it; "" where there is none), `detail` (which rule of the page, which segment is repeated, which code and why), `codes` (of the facet),
        `statements` (ids), `characters` (as the segment stands in the document), `text` (on one line). A segment that repeats
        another names it, kept or not.

    Raises
    ------
    ValueError
        If nobody used the facet, or the language is neither of the two.

    Examples
    --------
    >>> import qualkit as qk
    >>> segments, codebook = qk.split(qk.read_corpus("corpus"), into="sentences"), qk.read_codebook("codebook.yaml")
    >>> codings = qk.read_codings("corpus/codings", segments, codebook)
    >>> statements = qk.read_statements("corpus/statements.csv", codings, codebook)
    >>> log = selection_log(segments, codings, statements, language="en")
    >>> log.loc[log["kept"], "reason"].value_counts().to_dict()
    {'': 134, 'repeats another segment': 1}
    >>> log.groupby("kept")["characters"].sum().to_dict()
    {False: 10332, True: 22631}
    """
    check_tables(segments, codings, statements, language)
    facets = coded_facets(codings)
    if facet not in facets:
        raise ValueError(f"nobody coded the facet '{facet}'.{did_you_mean(facet, facets)}")
    decided = settled(of_people(codings))
    coded, name = _places(decided), facets[facet][0].column[language].lower()
    codes = {place: set(found["code"]) for place, found in decided[decided["facet"] == facet].groupby(["document", "segment"])}
    resting = {place: sorted(set(found["statement"])) for place, found in statements.groupby(["document", "segment"])}
    rows = []
    for segment in segments.to_dict("records"):
        place = (segment["document"], segment["segment"])
        given = [code for code in facets[facet] if code in codes.get(place, ())]
        reason, detail = _left(segment, place in resting, language)
        if not reason and place not in resting:
            reason, detail = _off_topic(given, name, language) if place in coded else (_SAID["uncoded"][language], "")
        rows.append(
            {
                "document": place[0],
                "segment": place[1],
                "place": f"{place[0]}: {place[1]}",
                "label": segment["label"],
                "kept": place in resting,
                "reason": reason,
                "detail": detail,
                "codes": "; ".join(given),
                "statements": "; ".join(resting.get(place, ())),
                "characters": len(segment["text"]),
                "text": one_line(segment["text"]),
            }
        )
    return pd.DataFrame(
        rows, columns="document segment place label kept reason detail codes statements characters text".split()
    )


def _left(segment: Mapping[Any, Any], kept: bool, language: Language) -> tuple[str, str]:
    """What the text alone says of a segment: a heading, page furniture by which rule, or what it repeats."""
    if segment["label"] == "heading":
        return _SAID["heading"][language], ""
    if segment["label"] == "boilerplate":
        why = f" ({segment['reason']})" if language == "en" else ""
        return _SAID["furniture"][language], rule_name(segment["rule"], language) + why
    if not segment["repeats"]:
        return "", ""
    linked = f"; {_SAID['linked'][language]}" if kept else ""
    return _SAID["repeats"][language], _SAID["repeated"][language].format(segment=segment["repeats"]) + linked


def _off_topic(codes: list[CodeId], facet: str, language: Language) -> tuple[str, str]:
    """What the codes of a content segment say about why no statement rests on it."""
    aside = {code: code.entry.left_out for code in codes if isinstance(code.entry, Code) and code.entry.left_out}
    others = ", ".join(code for code in codes if code not in aside)
    if not aside:
        return (_SAID["unused"][language] if codes else _SAID["no code"][language].format(facet=facet)), ""
    told = " ".join(f"{code}: {why[language]}" for code, why in aside.items())
    return _SAID["left out"][language], f"{told} {_SAID['besides'][language].format(codes=others)}" if others else told


def condensate(statements: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """One row per statement and passage it rests on: the levels of condensation side by side, from the text to the grade.

    Parameters
    ----------
    statements, codings
        What `read_statements` and `read_codings` return.

    Returns
    -------
    DataFrame
        `statement`, `place` ("document: segment"), and the levels: `L0_verbatim` (the passage as it stands in the text read),
        `L1_cleaned` (the same on one line), `L3_text_id` and `L3_text_en` (the condensed statement), `L4_status` and `L4_evidence`; then
        `edition` ("restated" where the words of L0 are the project's, else the source's), and `coder`, `created`, `codebook`: who tied
        the passage to the statement, when, by which version of the codebook.

    Notes
    -----
    The numbered levels are this toolkit's own, closer to Mayring's summarising content analysis than to Miles & Huberman, who
    speak of summaries, paraphrases and ratings. Level 2, a paraphrase of each passage, is not kept apart: a statement is written
    from its passages in one step. L0 and L1 are made by the program. Who wrote a statement and judged its status and evidence
    statements.csv does not say; the log of its changes does (`read_audit`).

    Examples
    --------
    >>> import qualkit as qk
    >>> segments, codebook = qk.split(qk.read_corpus("corpus"), into="sentences"), qk.read_codebook("codebook.yaml")
    >>> codings = qk.read_codings("corpus/codings", segments, codebook)
    >>> levels = condensate(qk.read_statements("corpus/statements.csv", codings, codebook), codings)
    >>> levels[["statement", "place", "L4_status", "coder"]].head(2).values.tolist()
    [['S001', 'rakhmadi-2023: 69', 'context', 'agreed'], ['S002', 'rakhmadi-2023: 70', 'context', 'agreed']]

    References
    ----------
    Mayring, P. (2014). Qualitative Content Analysis: Theoretical Foundation, Basic Procedures and Software Solution (summarising).
    """
    needed = ("statement", "document", "segment", "start", "end", "quote", "text_id", "text_en", "status", "evidence")
    need_columns(statements, needed, "statements", "read_statements")
    need_columns(codings, ("document", "segment", "statement", "coder"), "codings", "read_codings")
    tied: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
    for coding in codings[codings["statement"].fillna("") != ""].to_dict("records"):
        for name in coding["statement"].split():
            tied.setdefault((coding["document"], coding["segment"], name), []).append({str(k): v for k, v in coding.items()})
    rows = []
    for passage in statements.drop_duplicates(["statement", "document", "start", "end"]).to_dict("records"):
        makers = tied.get((passage["document"], passage["segment"], passage["statement"]), [])
        rows.append(
            {
                "statement": passage["statement"],
                "place": f"{passage['document']}: {passage['segment']}",
                "L0_verbatim": passage["quote"],
                "L1_cleaned": one_line(passage["quote"]),
                "L3_text_id": passage["text_id"],
                "L3_text_en": passage["text_en"],
                "L4_status": str(passage["status"]),
                "L4_evidence": str(passage["evidence"]),
                "edition": passage.get("edition", ""),
                **{
                    name: "; ".join(sorted({str(m.get(name, "")) for m in makers} - {""}))
                    for name in ("coder", "created", "codebook")
                },
            }
        )
    columns = (
        "statement place L0_verbatim L1_cleaned L3_text_id L3_text_en L4_status L4_evidence edition coder created codebook"
    )
    return pd.DataFrame(rows, columns=columns.split())


def check_tables(segments: pd.DataFrame, codings: pd.DataFrame, statements: pd.DataFrame, language: str = "id") -> None:
    need_columns(segments, ("document", "segment", "label", "rule", "reason", "repeats", "text"), "segments", "split")
    need_columns(codings, ("document", "segment", "coder", "facet", "code"), "codings", "read_codings")
    need_columns(statements, ("document", "segment", "statement", "status"), "statements", "read_statements")
    if language not in ("id", "en"):
        raise ValueError(f"language '{language}' is not known. Possible: id, en.")


def of_people(codings: pd.DataFrame) -> pd.DataFrame:
    """The codings of coders, not of machines, that still stand somewhere."""
    return codings[~codings["coder"].isin(MACHINES) & (codings["segment"] != 0)]


def settled(people: pd.DataFrame) -> pd.DataFrame:
    """Of the documents that were agreed on what was agreed, of the others what each coder said."""
    agreed = people["coder"] == AGREED
    return people[agreed | ~people["document"].isin(people.loc[agreed, "document"])]


def coded_facets(codings: pd.DataFrame) -> dict[str, list[CodeId]]:
    """The facets that somebody coded, each with its codes in order."""
    used = set(codings["facet"])
    columns = {str(name): codings[name].cat.categories for name in codings.select_dtypes("category")}
    return {name: list(codes) for name, codes in columns.items() if name in used and isinstance(codes[0], CodeId)}


def rule_name(rule: str, language: Language) -> str:
    return _RULES.get(rule, rule) if language == "id" else rule
