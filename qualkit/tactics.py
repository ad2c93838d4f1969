"""A claim and the statements go in; each of the 26 tactics, with what was computed, recorded and applied, comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from qualkit.claims import MEANING, TACTICS, TESTING, Claim, need_claim
from qualkit.codebook import Language, Words, bilingual
from qualkit.matrix import Matrix, need_language
from qualkit.reckoning import (
    Reason,
    Study,
    chain,
    clusters,
    coherence,
    common,
    contrasts,
    counts,
    extremes,
    intervening,
    metaphors,
    negative,
    outliers,
    partitions,
    patterns,
    predictions,
    relations,
    replicated,
    represented,
    rivals,
    subsumed,
    surprises,
    third,
    triangulated,
    weighed,
)  # fmt: skip
from qualkit.tables import Named, need_columns

PURPOSES: dict[str, Words] = {
    "M": {"id": "menggali makna", "en": "generating meaning"},
    "T": {"id": "menguji temuan", "en": "testing or confirming"},
}
APPLIED: dict[str, Words] = {
    "yes": {"id": "ya", "en": "yes"},
    "computed only": {"id": "hanya dihitung", "en": "computed only"},
    "no": {"id": "tidak", "en": "no"},
}
NOT_RECORDED: Words = {"id": "tidak tercatat", "en": "not recorded"}
NOT_DONE: Words = {"id": "tidak dilakukan", "en": "not done"}
FEEDBACK = TESTING[-1]


def _nothing(indonesian: str, english: str) -> Callable[[Study], str]:
    return lambda study: study.reason(indonesian, english)


class _Described(NamedTuple):
    """What a tactic asks; what is computed, what is recorded; the columns that computing needs."""

    asks: Words
    computed: Words
    recorded: Words
    needs: tuple[str, ...]
    compute: Callable[[Study], str]


_NONE = bilingual("tidak ada", "nothing")
_CATALOGUE = (
    _Described(
        bilingual("Apa yang berulang?", "What recurs?"),
        bilingual("kode menurut pernyataan dan dokumen; kode yang hadir bersama",
              "codes by statements and documents; codes that occur together"),
        bilingual("pola dalam kata-kata, dengan pernyataan tandingannya", "the pattern in words, with its counter-statements"),
        (), patterns,
    ),
    _Described(
        bilingual("Mengapa masuk akal?", "Why does it make sense?"), _NONE,
        bilingual("'masuk akal karena ...', lalu taktik penguji yang menyusul",
              "'plausible because ...', then the testing tactic that follows"),
        (), _nothing("pertimbangan peneliti; tetap dugaan sampai ada taktik penguji", "a judgement; a hunch until a testing tactic follows"),
    ),
    _Described(
        bilingual("Apa yang serupa?", "What belongs together?"),
        bilingual("kode menurut kasus yang memilikinya", "codes by the cases that have them"),
        bilingual("nama dan alasan kelompok", "name and reason of the clusters"), (), clusters,
    ),
    _Described(
        bilingual("Seperti apakah ini?", "What is this like?"),
        bilingual("kode in vivo yang ada",
              "the in vivo codes there are"), bilingual("metafora dan batasnya", "the metaphor and its limits"), (), metaphors,
    ),
    _Described(
        bilingual("Berapa banyak, dari berapa?", "How many, of how many?"),
        bilingual("pernyataan, dokumen, segmen, dan pernyataan bertahun, dengan penyebutnya",
              "statements, documents, segments and statements with a year, with denominators"),
        bilingual("apa yang dihitung dan mengapa", "what is counted and why"), (), counts,
    ),
    _Described(
        bilingual("Apa bedanya?", "How do they differ?"),
        bilingual("status, bukti, dan arah per kasus", "status, evidence and direction by case"),
        bilingual("beda sebesar apa yang berarti", "how big a difference must be to matter"), ("direction",), contrasts,
    ),
    _Described(
        bilingual("Perlukah satu kode dipecah?", "Should one code be several?"),
        bilingual("kode yang terbagi menurut arah", "codes divided by direction"),
        bilingual("keputusan memecah, versi baru buku kode",
              "the decision to split, a new version of the codebook"), ("direction",), partitions,
    ),
    _Described(
        bilingual("Kelas apa yang menaunginya?", "What is it an instance of?"),
        bilingual("kode menurut rumpun, dengan anggotanya", "codes rolled up to families, with members"),
        bilingual("pernyataan umumnya", "the general statement"), ("family",), subsumed,
    ),
    _Described(
        bilingual("Apa yang mendasari semuanya?", "What lies behind them all?"),
        bilingual("apa yang sama pada semua pendukung; tanpa statistik", "what all of the support has in common; no statistics"),
        bilingual("faktor bersama yang diduga", "the hypothesised common factor"), (), common,
    ),
    _Described(
        bilingual("Apa yang berjalan bersama apa?", "What goes with what?"),
        bilingual("rumpun menurut status, dengan nama kasus", "families by status, with case names"),
        bilingual("hubungan, arahnya, dan siapa yang menyatakannya",
              "the relation, its direction, and who asserts it"), ("family",), relations,
    ),
    _Described(
        bilingual("Apa yang ada di antaranya?", "What comes in between?"),
        bilingual("kasus yang sama kode dan statusnya tetapi berbeda arah atau suara",
              "cases alike in code and status but not in direction or voice"),
        bilingual("variabel yang diduga", "the candidate variable"), ("direction", "voice"), intervening,
    ),
    _Described(
        bilingual("Adakah bukti bagi tiap mata rantai?", "Has every link its evidence?"),
        bilingual("pernyataan dengan dan tanpa segmen, yang tanpa rincian",
              "statements with and without a segment, those without particulars"),
        bilingual("rantai dan bentuk jika-makanya", "the chain and its if-then form"), (), chain,
    ),
    _Described(
        bilingual("Cocokkah dengan teori?", "Does it fit with theory?"),
        bilingual("kode dari teori yang terisi data", "codes from theory that the data fill"),
        bilingual("kaitan temuan dengan konsep", "the link from finding to concept"), (), coherence,
    ),
    _Described(
        bilingual("Dari siapa dan dari mana?", "Of whom, and from where?"),
        bilingual("dokumen per kasus dan jenis, segmen, tahun, suara, sumber tunggal",
              "documents per case and kind, segments, years, voices, single sources"),
        bilingual("alasan pemilihan; siapa yang tidak bersuara",
              "the sampling rationale; who is missing"), ("kind", "voice"), represented,
    ),
    _Described(
        bilingual("Siapa memengaruhi siapa?", "Who influenced whom?"), _NONE,
        bilingual("memo reflektif; siapa menulis teks untuk siapa", "a reflexive memo; who produced the text for whom"),
        (), _nothing(
            "pernyataan tidak memuat urutan kerja pengode; bandingkan para pengode dengan agreement",
            "statements do not hold the coders' order of work; compare the coders with agreement",
        ),
    ),
    _Described(
        bilingual("Apakah sumber lain mengatakan hal yang sama?", "Do other sources say the same?"),
        bilingual("pernyataan per jenis dokumen, dengan dua dokumen atau lebih, dengan bukti 3",
              "statements per kind of document, with two documents or more, with evidence 3"),
        bilingual("apakah dokumen itu saling bebas", "whether the documents are independent"), ("kind",), triangulated,
    ),
    _Described(
        bilingual("Seberapa kuat datanya?", "How strong are the data?"),
        bilingual("pernyataan menurut tingkat bukti", "statements by grade of evidence"),
        bilingual("penilaian ulang dengan alasan", "an override with its reason"), (), weighed,
    ),
    _Described(
        bilingual("Apa arti yang menyendiri?", "What do the exceptions mean?"),
        bilingual("pernyataan yang sendirian pada baris atau kolomnya", "statements alone in their row or column"),
        bilingual("penjelasannya", "the explanation"), (), outliers,
    ),
    _Described(
        bilingual("Bagaimana di ujung-ujungnya?", "What of the ends?"),
        bilingual("kasus dengan bagian terlaksana tertinggi dan terendah, di antara tiga kasus atau lebih",
              "cases with the highest and lowest share done, among three cases or more"),
        bilingual("mengapa ekstrem", "why they are extreme"), (), extremes,
    ),
    _Described(
        bilingual("Apa yang tidak terduga?", "What was not expected?"),
        bilingual("pernyataan di bawah judul bidang lain; hari yang tidak cocok dengan tanggal",
              "statements under another field's heading; weekdays that do not fit"),
        bilingual("apa yang diperiksa, dan hasilnya", "what was looked up, and the result"), ("off_heading",), surprises,
    ),
    _Described(
        bilingual("Apa yang membantahnya?", "What speaks against it?"),
        bilingual("pernyataan yang menentang; pernyataan dari sel yang sama yang belum diambil, menurut status",
              "statements against it; statements of the same cells that were not taken, by status"),
        bilingual("putusan; atau 'tidak ada', dengan apa yang dicari",
              "the verdict; or 'none found', with what was searched"), (), negative,
    ),
    _Described(
        bilingual("Jika benar, apa lagi yang harus ada?", "If it is true, what else must be?"),
        bilingual("aturan atas sel",
              "rules over cells"), bilingual("ramalan yang ditulis sebelum melihat", "the prediction, written before looking"), (), predictions,
    ),
    _Described(
        bilingual("Adakah hal ketiga di baliknya?", "Is there a third thing behind it?"),
        bilingual("banyaknya teks, dokumen, dan tahun pertama per kasus", "amount of text, documents and first year by case"),
        bilingual("faktor ketiga yang diduga", "the candidate third factor"), ("kind",), third,
    ),
    _Described(
        bilingual("Apakah berlaku juga di tempat lain?", "Does it hold elsewhere?"),
        bilingual("pendukung per kasus; kode yang sama pada kasus lain", "support by case; the same codes in other cases"),
        bilingual("perbedaan yang ditemukan", "the difference found"), (), replicated,
    ),
    _Described(
        bilingual("Apa yang dapat menjelaskannya juga?", "What else could explain it?"),
        bilingual("daftar penjelasan tandingan dengan pernyataan dan putusannya",
              "the list of rivals with their statements and verdicts"),
        bilingual("putusan atas tiap tandingan", "a verdict for each rival"), (), rivals,
    ),
    _Described(
        bilingual("Apa kata mereka yang diteliti?", "What do those studied say?"), _NONE,
        bilingual("siapa menjawab apa; dalam studi dokumen biasanya 'tidak dilakukan'",
              "who answered what; in a study of documents usually 'not done'"),
        (), _nothing("hanya orang yang dapat memberikannya", "only people can give it"),
    ),
)  # fmt: skip
_ALWAYS = (counts, chain, predictions, rivals)  # what can be said of a claim that no statement supports
_BY_CODE = (patterns, partitions, subsumed, negative, replicated)
_BY_CASE = (clusters, contrasts, relations, intervening, third)


def tactics(language: Language = "id") -> pd.DataFrame:
    """One row per tactic of Miles & Huberman: what it asks, what qualkit computes for it, and what only the researcher can record.

    Returns
    -------
    DataFrame
        `number` (M1-M13 for generating meaning, T1-T13 for testing or confirming), `purpose`, `name`, `tactic` (as claims.yaml
        calls it), `asks`, `computed`, `recorded`.

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 10. Miles, M. B., Huberman, A. M. and Saldaña, J.
    (2014), 3rd ed., ch. 11. What is computed is qualkit's own.

    Examples
    --------
    >>> tactics("en").loc[20, ["number", "tactic", "asks"]].tolist()
    ['T8', 'looking for negative evidence', 'What speaks against it?']
    """
    need_language(language)
    rows = [
        (number, PURPOSES[number[0]][language], _named(tactic, language), tactic, *(words[language] for words in found[:3]))
        for number, tactic, found in _numbered_tactics()
    ]
    return pd.DataFrame(rows, columns="number purpose name tactic asks computed recorded".split())


def _named(tactic: Named, language: Language) -> str:
    return tactic.names[0] if language == "id" else tactic


def _numbered_tactics() -> list[tuple[str, Named, _Described]]:
    numbers = [f"{letter}{n}" for letter, group in (("M", MEANING), ("T", TESTING)) for n in range(1, len(group) + 1)]
    return list(zip(numbers, TACTICS, _CATALOGUE, strict=True))


def tactics_of(
    claim: Claim,
    statements: pd.DataFrame,
    matrix: Matrix | None = None,
    dates: pd.DataFrame | None = None,
    language: Language = "id",
) -> pd.DataFrame:
    """One row per tactic of the 26, for one claim: what the data say, what is on record, and whether it was applied.

    What is computed is no finding yet. A tactic counts as applied only where the claim's file says what was done and found.

    Parameters
    ----------
    claim
        One of what `read_claims` returns.
    statements
        What `read_statements` returns: all of them, since every number has its denominator.
    matrix
        The display the claim is drawn from (codes in rows, cases in columns). Its facets are those compared, sector and case where there
        is none. Outliers and extreme cases are looked for in its rows and columns only; a rating or count matrix also tests the claim's
        if-then rules.
    dates
        What `date_checks` returns; without it weekdays are not checked.
    language
        "id" or "en", of the words in the table. What is recorded stands as it was written.

    Returns
    -------
    DataFrame
        `number` (M1-M13, T1-T13), `purpose`, `tactic`, `computed` (with the ids of the statements), `not_computed` (why, where nothing
        is), `recorded` (what was done → what was found), `applied` (yes, computed only, no).

    Raises
    ------
    ValueError
        If claim is not one of what `read_claims` returns, a column is missing that no tactic can do without, the matrix is
        none, or the language is not known.

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 10. Miles, M. B., Huberman, A. M. and Saldaña, J.
    (2014), 3rd ed., ch. 11.

    Examples
    --------
    >>> statements = pd.DataFrame({"statement": ["S1", "S2"], "sector": "DIK", "case": ["A-B", "C-D"], "status": "signed",
    ...                            "evidence": ["2", "1"], "document": "berita", "segment": [3, 9]})
    >>> words = {"id": "Keduanya bekerja sama.", "en": "Both cooperate."}
    >>> claim = Claim("C1", "study", words, words, "proposed", (), ("S1", "S2"), (), (), (), words)
    >>> table = tactics_of(claim, statements, language="en").set_index("number")
    >>> table.loc["T4", ["tactic", "computed", "applied"]].tolist()
    ['weighting the evidence', 'for: evidence 1 in 1 (S2); evidence 2 in 1 (S1). against: 0', 'computed only']
    >>> table.loc["T13", ["not_computed", "recorded", "applied"]].tolist()
    ['only people can give it', 'not done', 'no']
    """
    need_language(language)
    need_claim(claim)
    if matrix is not None and not isinstance(matrix, Matrix):
        raise ValueError(f"matrix must be a display such as rating_matrix returns, not {type(matrix).__name__}")
    need_columns(statements, ("statement",), "statements", "read_statements")
    study = Study(claim, statements, matrix, dates, language)
    needed = ("statement", study.rows, study.columns, "status", "evidence", "document", "segment")
    need_columns(statements, needed, "statements", "read_statements")
    if dates is not None:
        need_columns(dates, ("document", "segment", "written", "weekday_fits"), "dates", "date_checks")
    rows = []
    for number, tactic, described in _numbered_tactics():
        told = _told(study, described)
        computed, reason = ("", str(told)) if isinstance(told, Reason) else (told, "")
        records = [f"{record.done} → {record.found}" for record in claim.tactics if record.name == tactic]
        applied = "yes" if tactic in claim.applied() else "computed only" if computed else "no"
        unrecorded = NOT_DONE if tactic == FEEDBACK else NOT_RECORDED
        recorded = " | ".join(records) or unrecorded[language]
        rows.append(
            (
                number,
                PURPOSES[number[0]][language],
                _named(tactic, language),
                computed,
                reason,
                recorded,
                APPLIED[applied][language],
            )
        )
    return pd.DataFrame(rows, columns="number purpose tactic computed not_computed recorded applied".split())


def _told(study: Study, described: _Described) -> str:
    missing = [name for name in described.needs if name not in study.statements]
    if missing:
        return study.reason(f"pernyataan tidak memuat {', '.join(missing)}", f"the statements do not hold {', '.join(missing)}")
    if study.support.empty and described.compute not in _ALWAYS and described.computed != _NONE:
        return study.reason("tidak ada pernyataan yang mendukungnya", "no statement supports it")
    for computes, passages in ((_BY_CODE, study.meant), (_BY_CASE, study.compared)):
        if described.compute in computes and passages.empty:
            return study.not_compared()
    return described.compute(study)
