"""Statements, segments, claims and relations go in; their weak spots come out unasked, each with the places to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from qualkit.claims import Claim, need_read
from qualkit.codebook import Codebook, Language, Words
from qualkit.matrix import need_language
from qualkit.spots import FINDERS, Study
from qualkit.tables import need_columns


class Check(NamedTuple):
    """What one check looks for, why that matters, what it cannot see, and the tactic it serves."""

    label: Words
    looks_for: Words
    matters: Words
    blind: Words
    tactic: str


CHECKS: dict[str, Check] = {
    "off_heading": Check(
        {"id": "fakta di bawah judul bidang lain", "en": "fact under another sector's heading"},
        {
            "id": "pernyataan di atas latar yang teksnya berada di bawah judul yang mengumumkan rumpun lain",
            "en": "a statement above background whose passage stands under a heading that announces another family",
        },
        {
            "id": "perbandingan menurut judul sumber memberi gambaran lain daripada perbandingan menurut fakta",
            "en": "a comparison by the source's headings would give another picture than one by its facts",
        },
        {
            "id": "judul yang tidak tercatat dalam buku kode; kode yang tidak diperbandingkan",
            "en": "headings that the codebook does not know; codes left out of comparisons",
        },
        "following up surprises",
    ),
    "single_source": Check(
        {"id": "sel bersumber tunggal", "en": "cell with a single source"},
        {
            "id": ("sel matriks penilaian (sektor x kasus) yang semua pernyataannya di atas latar berasal dari satu dokumen"),
            "en": ("a cell of the rating matrix (sector x case) whose statements above background all come from one document"),
        },
        {
            "id": "apa yang hanya dikatakan satu sumber tidak dapat ditriangulasi",
            "en": "what only one source says cannot be triangulated",
        },
        {
            "id": "dua dokumen dengan asal yang sama dihitung dua (lihat same_origin)",
            "en": "two documents of one origin count as two (see same_origin)",
        },
        "triangulating",
    ),
    "told_as_purpose": Check(
        {"id": "fakta yang disampaikan sebagai tujuan", "en": "fact told as a purpose"},
        {
            "id": (
                "pernyataan ditandatangani, dilaksanakan, atau hasil diklaim yang separuh isinya atau lebih hanya"
                " disebut teksnya sebagai tujuan, harapan, atau rencana (guna, agar, untuk, akan, diharapkan ...)"
            ),
            "en": (
                "a statement signed, implemented or claimed as outcome of which half or more stands in its passages"
                " only as a purpose, hope or plan (guna, agar, untuk, akan, diharapkan ...)"
            ),
        },
        {
            "id": "tujuan bukan perbuatan; sel menjadi lebih kuat daripada sumbernya",
            "en": "an aim is no deed; the cell becomes stronger than its source",
        },
        {
            "id": ("'akan' untuk kebiasaan; tujuan yang jelas terlaksana; pernyataan dengan kata lain daripada teksnya"),
            "en": ("'akan' of a routine; an aim that was plainly carried out; a statement in other words than its passage"),
        },
        "weighting the evidence",
    ),
    "weak_support": Check(
        {"id": "kesimpulan tanpa perbuatan", "en": "conclusion without a deed"},
        {
            "id": "kesimpulan yang tidak didukung, atau yang semua pendukungnya latar, harapan, rencana, atau hasil yang diklaim",
            "en": "a conclusion without support, or whose support is all background, hopes, plans or outcomes claimed",
        },
        {
            "id": "tanpa perbuatan yang dilaporkan, kesimpulan tentang kerja sama hanya mengulang niat atau klaim",
            "en": "without a deed reported a conclusion on cooperation repeats intentions or claims",
        },
        {
            "id": ("apakah pernyataan itu memang mendukung; kesimpulan bahwa sesuatu tidak ada bertumpu wajar pada latar"),
            "en": ("whether the statements do support it; a conclusion that something is missing rests on background rightly"),
        },
        "building a logical chain of evidence",
    ),
    "no_partner": Check(
        {"id": "lembaga tanpa mitra", "en": "body without its partner"},
        {
            "id": (
                "pernyataan direncanakan ke atas yang teksnya menyebut nama satu lembaga tanpa lembaga sejenis lain,"
                " atau yang arahnya timbal balik atau tidak disebut dan pelakunya hanya dari satu pihak"
            ),
            "en": (
                "a statement planned or above whose passages name one body and no other of its kind, or whose"
                " direction is both ways or not said and whose actors are all of one side"
            ),
        },
        {
            "id": ("kerja sama memerlukan dua pihak; tanpa mitra yang disebut, hubungan dengan pasangan kota belum terbukti"),
            "en": "cooperation takes two; with no partner named its tie to the pair is not shown",
        },
        {
            "id": "mitra yang disebut tanpa nama ('pihak Korea'); kegiatan yang memang satu lembaga",
            "en": "a partner mentioned without a name ('pihak Korea'); an activity that needs one body only",
        },
        "following up surprises",
    ),
    "weekday": Check(
        {"id": "hari dan tanggal tidak cocok", "en": "weekday does not fit"},
        {"id": "tanggal dengan nama hari yang bukan hari tanggal itu", "en": "a date with the name of another day"},
        {
            "id": "tanggal, hari, atau tahun dokumen keliru; urutan peristiwa ikut goyah",
            "en": "the date, the day or the document's year is wrong, and with it the order of events",
        },
        {"id": "mana yang salah; tanggal tanpa nama hari", "en": "which of them is wrong; dates without a weekday"},
        "following up surprises",
    ),
    "number": Check(
        {"id": "angka atau tanggal janggal", "en": "odd number or date"},
        {
            "id": (
                "tanggal mustahil, persentase di atas 100, tahun sebelum 1900 atau sesudah dokumen, rencana yang"
                " sudah lewat, angka pernyataan yang tidak ada dalam teksnya, angka berbeda untuk hal yang sama"
            ),
            "en": (
                "impossible dates, shares above 100 per cent, years before 1900 or after the document, plans already"
                " past, numbers of a statement that its passages lack, different numbers of the same thing"
            ),
        },
        {"id": "angka yang salah menaikkan tingkat bukti", "en": "a wrong number raises the grade of evidence"},
        {
            "id": "angka yang mungkin tetapi salah; angka yang dihitung dari teks tampak janggal",
            "en": "numbers that are possible but wrong; a number worked out from the text looks odd",
        },
        "following up surprises",
    ),
    "counted_twice": Check(
        {"id": "terhitung dua kali", "en": "counted twice"},
        {
            "id": (
                "dua pernyataan di atas latar dari kasus dan kode yang sama yang bunyinya hampir sama, bertumpu pada"
                " kalimat dan ulangannya, atau tercatat saling mengulang"
            ),
            "en": (
                "two statements above background of the same case and code that are worded almost alike, rest on a"
                " sentence and its repetition, or are on record as repeating each other"
            ),
        },
        {"id": "jumlah dan penilaian sel menjadi terlalu tinggi", "en": "the count and the rating of the cell become too high"},
        {"id": "fakta yang sama dengan kata-kata lain", "en": "the same fact in other words"},
        "counting",
    ),
    "contradiction": Check(
        {"id": "pertentangan yang tercatat", "en": "contradiction on record"},
        {
            "id": "pasangan pernyataan yang tercatat bertentangan atau saling membatasi, dan oleh siapa",
            "en": "pairs of statements on record as contradicting or qualifying each other, and by whom",
        },
        {
            "id": "kedua sisi harus dibaca sebelum salah satunya dipakai",
            "en": "both sides want reading before one of them is used",
        },
        {"id": "pertentangan yang belum tercatat", "en": "contradictions not yet on record"},
        "looking for negative evidence",
    ),
    "empty": Check(
        {"id": "kode kosong", "en": "empty code"},
        {
            "id": (
                "kode yang tidak dipakai satu pernyataan pun, dan kode yang diperbandingkan yang hanya memuat latar"
                " dalam semua kasus"
            ),
            "en": ("a code that no statement carries, and a compared code that holds nothing but background in every case"),
        },
        {
            "id": "baris atau kolom kosong adalah temuan tentang korpus, atau kode yang perlu ditinjau",
            "en": "an empty row or column is a finding on the corpus, or a code to look at again",
        },
        {"id": "apakah hal itu tidak ada di luar korpus", "en": "whether the thing is missing outside the corpus"},
        "checking for representativeness",
    ),
    "one_document": Check(
        {"id": "kasus dengan satu dokumen", "en": "case with one document"},
        {
            "id": "kasus yang semua pernyataannya berasal dari satu dokumen",
            "en": "a case all of whose statements come from one document",
        },
        {
            "id": "kasus itu tidak dapat ditriangulasi, apa pun yang dilaporkannya",
            "en": "such a case cannot be triangulated, whatever it reports",
        },
        {"id": "berapa banyak sumber yang dikutip dokumen itu", "en": "how many sources that document draws on"},
        "checking for representativeness",
    ),
    "headline": Check(
        {"id": "judul dan isi", "en": "headline against body"},
        {
            "id": (
                "judul atau judul bagian yang mengumumkan bidang, dan teras berita atau abstrak yang menyatakan"
                " status, yang tidak dicapai pernyataan dari isi dokumen yang sama"
            ),
            "en": (
                "a headline or section heading that announces a field, and a lead or abstract that states a status,"
                " which the statements from the body of the same document do not reach"
            ),
        },
        {
            "id": "judul dan teras sering menjanjikan lebih daripada isinya",
            "en": "headlines and leads often promise more than the body holds",
        },
        {
            "id": "judul tanpa kata penunjuk dari buku kode; isi yang tidak dikodekan",
            "en": "headlines without a word of the codebook's lists; a body that was not coded",
        },
        "checking for researcher effects",
    ),
    "bare_outcome": Check(
        {"id": "hasil diklaim tanpa bukti rinci", "en": "outcome without particulars"},
        {"id": "klaim hasil dengan tingkat bukti di bawah 2", "en": "an outcome claimed with evidence below 2"},
        {
            "id": "keberhasilan yang hanya dinyatakan tidak boleh dibaca sebagai hasil",
            "en": "a success merely asserted is not to be read as a result",
        },
        {"id": "apakah rincian yang ada membuktikan hasilnya", "en": "whether the particulars of others prove the result"},
        "weighting the evidence",
    ),
    "same_origin": Check(
        {"id": "bukti tertinggi dari asal yang sama", "en": "highest evidence of one origin"},
        {
            "id": (
                "pernyataan dengan bukti tertinggi yang dokumen-dokumennya terbit di media yang sama, berselang"
                " paling lama 3 hari, atau hampir sama bunyinya"
            ),
            "en": (
                "a statement of the highest evidence whose documents are of one outlet, at most 3 days apart, or"
                " worded almost alike"
            ),
        },
        {"id": "dua berita dari satu siaran pers adalah satu sumber", "en": "two reports of one press release are one source"},
        {
            "id": "siaran pers yang ditulis ulang dengan kata lain atau jauh kemudian",
            "en": "a press release retold in other words or much later",
        },
        "triangulating",
    ),
}


def checks(language: Language = "id") -> pd.DataFrame:
    """One row per check of `weak_spots`: what it looks for, why that matters, what it cannot see, which tactic it serves.

    Parameters
    ----------
    language
        "id" or "en".

    Returns
    -------
    DataFrame
        `check` (as in the table of weak spots) and, named in the language asked for: its name, what it looks for, why it
        matters, what it cannot see, and the tactic (in English, as in claims.yaml).

    Raises
    ------
    ValueError
        If the language is neither.

    Examples
    --------
    >>> checks("en").loc[5, ["check", "What it cannot see"]].tolist()
    ['weekday', 'which of them is wrong; dates without a weekday']

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 10 (tactics for testing or confirming).
    """
    need_language(language)
    heads = {
        "id": ("Pemeriksaan", "Yang dicari", "Mengapa penting", "Yang tidak terlihat", "Taktik"),
        "en": ("Name", "What it looks for", "Why it matters", "What it cannot see", "Tactic"),
    }
    rows = [
        (name, *(words[language] for words in (one.label, one.looks_for, one.matters, one.blind)), one.tactic)
        for name, one in CHECKS.items()
    ]
    return pd.DataFrame(rows, columns=["check", *heads[language]])


_COLUMNS = ("check", "what", "case", "seen_id", "seen_en", "statements", "places", "quote")


def weak_spots(
    statements: pd.DataFrame,
    segments: pd.DataFrame,
    codebook: Codebook,
    claims: Iterable[Claim] = (),
    relations: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per weak spot: where a study would be asked back, found without being asked for.

    A weak spot is a place to look at, not an error; `checks` says what each check cannot see. Cells are those of the first facet of the
    codebook, such as "sector", by case.

    Parameters
    ----------
    statements
        What `read_statements` returns.
    segments
        What `split` returns, with the columns of the documents.
    codebook
        What `read_codebook` returns.
    claims
        What `read_claims` returns; without them no conclusion is checked.
    relations
        What `read_relations` returns; without it contradictions and repetitions on record are not known.

    Returns
    -------
    DataFrame
        `check` (a categorical of all checks in fixed order, so that `value_counts` shows zeros), `what` (a statement, a cell
        "sector / case", a claim, a code, a document or a heading), `case` ("" where it belongs to none), `seen_id`, `seen_en`
        (what was seen), `statements` (ids concerned, separated by blanks), `places` ("document: segment, segment"; documents
        separated by "; ") and `quote` (one passage as it stands, "" where there is none).

    Raises
    ------
    ValueError
        If a table or the claims are not what they should be, or a table has a status or evidence grade that the rating rule does not know.

    Examples
    --------
    >>> import qualkit as qk
    >>> codebook = qk.read_codebook("codebook.yaml")
    >>> segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    >>> codings = qk.read_codings("corpus/codings", segments, codebook)
    >>> statements = qk.read_statements("corpus/statements.csv", codings, codebook)
    >>> spots = weak_spots(statements, segments, codebook)
    >>> spots.loc[spots["check"] == "weekday", ["what", "seen_en", "places"]].values.tolist()
    [['bisnis-jakarta-shanghai', "'Sabtu (28/4/2023)' was a Friday", 'bisnis-jakarta-shanghai: 5']]

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 10. That software should look for weak
    spots by itself is this toolkit's own; the rules are written in `checks`.
    """
    needed = ("statement", codebook.facet(None).id, "family", "case", "status", "evidence", "date", "date_certainty", "text_id", "document",
              "segment", "quote", "heading", "off_heading")  # fmt: skip
    need_columns(statements, needed, "statements", "read_statements")
    of_segments = ("document", "segment", "start", "end", "paragraph", "heading", "label", "repeats", "text", "date", "outlet")
    need_columns(segments, of_segments, "segments", "split")
    if relations is not None:
        need_columns(relations, ("statement", "relation", "other", "why"), "relations", "read_relations")
    statements = statements.assign(**{name: "" for name in ("direction", "actor") if name not in statements})
    study = Study(statements, segments, codebook, need_read(claims, Claim, "claims", "read_claims"), relations)
    rows = [{"check": name, **spot} for name, find in FINDERS.items() for spot in find(study)]
    table = pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)
    return table.assign(check=pd.Categorical(table["check"], list(CHECKS)))
