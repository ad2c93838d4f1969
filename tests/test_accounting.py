"""A journal article and a news item that two people coded, and an old letter that only the machine has seen: all accounted for."""

from pathlib import Path

import pandas as pd
import pytest

import qualkit as qk
from qualkit import accounting, furniture
from qualkit.accounting import accounting_log, condensate, selection_log
from qualkit.codebook import facet_column, read_codebook
from qualkit.codings import code_segments
from qualkit.export import write_table

ROOT = Path(__file__).resolve().parents[1]
BOOK = read_codebook(ROOT / "codebook.yaml")

DOCUMENTS = pd.DataFrame(
    [
        {"document": "jurnal", "title": "Guru dan Kota", "kind": "journal", "outlet": "Jurnal Contoh", "author": "", "date": "2020",
         "date_certainty": "inferred", "date_note": "page footer", "edition": "restated", "reference": "Sari (2020)."},
        {"document": "berita", "title": "news", "kind": "news", "outlet": "Kabar", "author": "Rahayu", "date": "", "date_certainty": "unknown",
         "date_note": "", "edition": "", "reference": ""},
        {"document": "arsip", "title": "Surat", "kind": "news", "outlet": "Kabar", "author": "", "date": "1999", "date_certainty": "given",
         "date_note": "", "edition": "", "reference": ""},
    ]
)  # fmt: skip
THEORY = BOOK.codes()["GOV.KONSEP"][1].left_out


def segments_of():
    rows = [
        ("jurnal", "heading", "heading", "names what follows", 0, "PENDAHULUAN"),
        ("jurnal", "content", "", "", 0, "Guru tiba\ndi kota mitra."),
        ("jurnal", "content", "", "", 0, "Mereka meninjau sekolah."),
        ("jurnal", "content", "", "", 0, "Teori ekonomi itu luas."),
        ("jurnal", "content", "", "", 0, "Metode kami sederhana."),
        ("berita", "boilerplate", "dateline", "says where the report was filed", 0, "Busan, 3/2 -"),
        ("berita", "content", "", "", 3, "Guru datang pagi."),
        ("berita", "content", "", "", 0, "Guru datang pagi."),
        ("berita", "content", "", "", 0, "Kapal baru berlayar."),
        ("arsip", "content", "", "", 0, "Surat lama."),
        ("arsip", "boilerplate", "byline", "names who wrote or edited", 0, "Penulis: Sri"),
        ("arsip", "boilerplate", "byline", "names who wrote or edited", 0, "Editor: Ani"),
    ]
    table = pd.DataFrame(rows, columns=["document", "label", "rule", "reason", "repeats", "text"])
    table["segment"] = table.groupby("document").cumcount() + 1
    ends = (table["text"].str.len() + 1).groupby(table["document"]).cumsum() - 1
    table = table.assign(start=ends - table["text"].str.len(), end=ends)
    return DOCUMENTS.merge(table, on="document", validate="one_to_many")


SEGMENTS = segments_of()


def coded(coder, *codes, created="2026-11-01"):
    """Codings of one coder: (document, segment, code) or (document, segment, code, statement)."""
    rows = [dict(zip(("document", "segment", "code", "statement"), code, strict=False)) for code in codes]
    return code_segments(SEGMENTS, pd.DataFrame(rows), BOOK, coder, created)


SETTLED = [
    ("jurnal", 2, "DIK.GURU", "S1"), ("jurnal", 2, "SUB-BUS"), ("jurnal", 3, "DIK.SISTEM"), ("jurnal", 3, "SUB-BUS"),
    ("jurnal", 4, "GOV.KONSEP"), ("jurnal", 4, "EKO.UMUM"), ("jurnal", 4, "GENERAL"), ("jurnal", 5, "GENERAL"),
]  # fmt: skip
CODINGS = pd.concat(
    [
        coded("agreed", *SETTLED, created="2026-11-03"),
        coded("ani", ("jurnal", 2, "DIK.PELAJAR"), ("jurnal", 3, "DIK.SISTEM"), ("berita", 2, "DIK.GURU", "S2"), ("berita", 2, "MDN-GWJ"),
              ("berita", 3, "DIK.GURU", "S2 S3"), ("berita", 3, "MDN-GWJ")),
        coded("budi", ("jurnal", 2, "DIK.GURU"), ("berita", 4, "EKO.MARITIM"), ("berita", 4, "MDN-GWJ")),
        coded("codebook", ("arsip", 1, "EKO.UMUM"), ("jurnal", 3, "EKO.UMUM")),
    ],
    ignore_index=True,
)  # fmt: skip


def statements_of():
    """S1 rests on the journal, with two codes of one sentence; S2 on a sentence and its repetition; S3 on one of these."""
    rows = [
        ("S1", "SUB-BUS", "implemented", "jurnal", 2), ("S1", "SUB-BUS", "implemented", "jurnal", 2),
        ("S2", "MDN-GWJ", "aspired", "berita", 2), ("S2", "MDN-GWJ", "aspired", "berita", 3), ("S3", "MDN-GWJ", "context", "berita", 3),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["statement", "case", "status", "document", "segment"])
    table = table.assign(evidence="1", text_id="Guru tiba.", text_en="Teachers arrived.")
    for facet in ("case", "status"):
        table[facet] = facet_column(table[facet], BOOK.facet(facet))
    places = SEGMENTS.set_index(["document", "segment"]).loc[list(zip(table["document"], table["segment"], strict=True))]
    return table.assign(**{name: places[source].tolist() for name, source in
                           {"start": "start", "end": "end", "quote": "text", "edition": "edition"}.items()})  # fmt: skip


STATEMENTS = statements_of()


# --- the data accounting log ---


def test_every_type_of_source_and_every_case_is_accounted_for():
    table = accounting_log(DOCUMENTS, SEGMENTS, CODINGS, STATEMENTS)
    assert table["case"].tolist() == 2 * ["(all)", *(code.id for code in BOOK.facet("case").codes)]
    shown = table[(table["case"] == "(all)") | (table["received"] > 0)]
    assert shown.values.tolist() == [
        # kind, case, received, read, segments, coded, double_coded, statements, not_read
        ["journal", "(all)", 1, 1, 4, 4, 1, 1, ""],  # only sentence 2 was coded by ani and by budi; agreed is no third
        ["journal", "SUB-BUS", 1, 1, 2, 2, 1, 1, ""],
        ["journal", "GENERAL", 1, 1, 2, 2, 0, 0, ""],
        ["news", "(all)", 2, 1, 4, 3, 0, 2, "arsip"],
        ["news", "MDN-GWJ", 1, 1, 3, 3, 0, 2, ""],
    ]
    assert (table.loc[table["received"] == 0, ["read", "segments", "coded", "double_coded", "statements"]] == 0).all(axis=None)


def test_one_row_per_document_if_wanted_and_one_that_nobody_coded_is_shown():
    table = accounting_log(DOCUMENTS, SEGMENTS, CODINGS, STATEMENTS, by="document")
    assert table.loc[table["case"] == "(all)", ["document", "received", "read", "segments", "coded", "not_read"]].values.tolist() == [
        ["jurnal", 1, 1, 4, 4, ""], ["berita", 1, 1, 3, 3, ""], ["arsip", 1, 0, 1, 0, "arsip"],
    ]  # fmt: skip


def test_before_anything_is_coded_all_is_received_and_nothing_read(tmp_path):
    table = accounting_log(DOCUMENTS, SEGMENTS, CODINGS.iloc[:0], STATEMENTS.iloc[:0])
    assert table.values.tolist() == [
        ["journal", "(all)", 1, 0, 4, 0, 0, 0, "jurnal"], ["news", "(all)", 2, 0, 4, 0, 0, 0, "arsip; berita"],
    ]  # fmt: skip
    assert write_table(table, tmp_path / "log.docx", caption="Data").exists()


def test_a_coding_that_no_longer_finds_its_words_counts_nowhere():
    orphan = CODINGS[CODINGS["coder"] == "budi"].assign(segment=0, anchor="orphan")
    table = accounting_log(DOCUMENTS, SEGMENTS, orphan, STATEMENTS.iloc[:0])
    assert table["coded"].sum() == 0 and table.loc[table["case"] == "(all)", "not_read"].tolist() == ["jurnal", "arsip; berita"]


def test_two_codes_of_one_coder_are_no_second_reading():
    table = accounting_log(DOCUMENTS, SEGMENTS, CODINGS[CODINGS["coder"] == "ani"], STATEMENTS)
    assert table["double_coded"].sum() == 0 and table.loc[table["case"] == "(all)", "coded"].tolist() == [2, 2]


# --- the selection log ---


def test_every_segment_is_kept_or_set_aside_for_a_reason():
    table = selection_log(SEGMENTS, CODINGS, STATEMENTS, language="en")
    assert table[["place", "kept", "reason", "detail", "codes", "statements"]].values.tolist() == [
        ["jurnal: 1", False, "heading", "", "", ""],
        ["jurnal: 2", True, "", "", "DIK.GURU", "S1"],
        ["jurnal: 3", False, "coded, but no statement rests on it", "", "DIK.SISTEM", ""],
        [
            "jurnal: 4",
            False,
            "its code is left out of comparisons",
            f"GOV.KONSEP: {THEORY['en']} Also coded EKO.UMUM, without a statement.",
            "EKO.UMUM; GOV.KONSEP",
            "",
        ],
        ["jurnal: 5", False, "coded, but without a sector code", "", "", ""],
        ["berita: 1", False, "page furniture", "dateline (says where the report was filed)", "", ""],
        ["berita: 2", True, "repeats another segment", "segment 3; its statements count once", "DIK.GURU", "S2"],
        ["berita: 3", True, "", "", "DIK.GURU", "S2; S3"],
        ["berita: 4", False, "coded, but no statement rests on it", "", "EKO.MARITIM", ""],
        ["arsip: 1", False, "not coded", "", "", ""],
        ["arsip: 2", False, "page furniture", "byline (names who wrote or edited)", "", ""],
        ["arsip: 3", False, "page furniture", "byline (names who wrote or edited)", "", ""],
    ]
    assert table["characters"].tolist() == [len(text) for text in SEGMENTS["text"]]
    assert table["text"].tolist() == [text.replace("\n", " ") for text in SEGMENTS["text"]]


def test_the_reasons_are_in_indonesian_unless_asked_otherwise():
    table = selection_log(SEGMENTS, CODINGS, STATEMENTS).set_index("place")[["reason", "detail"]]
    assert table.loc[["jurnal: 1", "jurnal: 4", "jurnal: 5", "berita: 1", "berita: 2", "arsip: 1"]].values.tolist() == [
        ["judul bagian", ""],
        ["kodenya di luar perbandingan", f"GOV.KONSEP: {THEORY['id']} Juga dikode EKO.UMUM, tanpa pernyataan."],
        ["dikode, tetapi tanpa kode sektor", ""],
        ["unsur halaman", "tempat dan tanggal pelaporan"],
        ["mengulang segmen lain", "segmen 3; pernyataannya dihitung sekali"],
        ["belum dikode", ""],
    ]


def test_a_repetition_that_carries_nothing_is_linked_and_not_dropped():
    table = selection_log(SEGMENTS, CODINGS, STATEMENTS[STATEMENTS["segment"] != 2], language="en").set_index("place")
    assert table.loc["berita: 2", ["kept", "reason", "detail"]].tolist() == [False, "repeats another segment", "segment 3"]


def test_a_statement_on_page_furniture_is_kept_and_still_called_furniture():
    odd = STATEMENTS.assign(segment=1)
    table = selection_log(SEGMENTS, CODINGS, odd[odd["document"] == "berita"], language="en").set_index("place")
    assert table.loc["berita: 1", ["kept", "reason", "detail"]].tolist() == [
        True, "page furniture", "dateline (says where the report was filed)",
    ]  # fmt: skip


def test_every_rule_of_furniture_has_an_indonesian_name():
    rules = {rule.name for rule in vars(furniture).values() if isinstance(rule, furniture.Rule)}
    assert rules - {furniture.POSSIBLE_LINK.name} <= set(accounting._RULES)  # what is content has no such name


# --- levels of condensation ---


def test_the_levels_of_a_statement_stand_side_by_side():
    table = condensate(STATEMENTS, CODINGS)
    assert table.drop(columns=["L3_text_id", "L3_text_en"]).values.tolist() == [
        ["S1", "jurnal: 2", "Guru tiba\ndi kota mitra.", "Guru tiba di kota mitra.", "implemented", "1", "restated",
         "agreed", "2026-11-03", BOOK.version],
        ["S2", "berita: 2", "Guru datang pagi.", "Guru datang pagi.", "aspired", "1", "", "ani", "2026-11-01", BOOK.version],
        ["S2", "berita: 3", "Guru datang pagi.", "Guru datang pagi.", "aspired", "1", "", "ani", "2026-11-01", BOOK.version],
        ["S3", "berita: 3", "Guru datang pagi.", "Guru datang pagi.", "context", "1", "", "ani", "2026-11-01", BOOK.version],
    ]  # fmt: skip
    assert set(table["L3_text_id"]) == {"Guru tiba."} and set(table["L3_text_en"]) == {"Teachers arrived."}


def test_no_statements_are_a_table_without_rows_and_an_unknown_maker_is_left_blank():
    assert condensate(STATEMENTS.iloc[:0], CODINGS).empty
    table = condensate(STATEMENTS.drop(columns="edition"), CODINGS.assign(statement=None))
    assert set(table["coder"]) == {""} and set(table["edition"]) == {""} and len(table) == 4


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: selection_log(SEGMENTS, CODINGS, STATEMENTS, language="de"), "language 'de' is not known. Possible: id, en."),
        (lambda: selection_log(SEGMENTS, CODINGS, STATEMENTS, facet="sektor"), "nobody coded the facet 'sektor'. Did you mean 'sector'?"),
        (lambda: accounting_log(DOCUMENTS, SEGMENTS, CODINGS, STATEMENTS, by="type"),
         "documents has no column type: pass the table that read_corpus returns"),
        (lambda: accounting_log(DOCUMENTS, DOCUMENTS, CODINGS, STATEMENTS),
         "segments has no column segment, label, rule, reason, repeats, text: pass the table that split returns"),
        (lambda: condensate(CODINGS, CODINGS),
         "statements has no column text_id, text_en: pass the table that read_statements returns"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_told_in_words(call, said):
    with pytest.raises(ValueError) as raised:
        call()
    assert str(raised.value).startswith(said)


def test_accounting_changes_no_table():
    before = [table.copy(deep=True) for table in (SEGMENTS, CODINGS, STATEMENTS)]
    accounting_log(DOCUMENTS, SEGMENTS, CODINGS, STATEMENTS), selection_log(SEGMENTS, CODINGS, STATEMENTS)
    condensate(STATEMENTS, CODINGS)
    for table, old in zip((SEGMENTS, CODINGS, STATEMENTS), before, strict=True):
        pd.testing.assert_frame_equal(table, old)


# --- the study of this repository ---


def test_the_logs_of_the_projects_own_study_add_up():
    segments = qk.split(qk.read_corpus(ROOT / "corpus"), into="sentences")
    codings = qk.read_codings(ROOT / "corpus" / "codings", segments, BOOK)
    statements = qk.read_statements(ROOT / "corpus" / "statements.csv", codings, BOOK)
    accounts = accounting_log(qk.read_corpus(ROOT / "corpus"), segments, codings, statements, by="document")
    whole = accounts[accounts["case"] == "(all)"]
    content = segments["label"] == "content"
    assert whole["segments"].sum() == content.sum() and set(whole["not_read"]) == {""}
    cases = accounts[accounts["case"] != "(all)"].groupby("document")["segments"].sum()  # each sentence has one case
    assert cases.to_dict() == segments[content].groupby("document").size().to_dict()
    log = selection_log(segments, codings, statements)
    assert len(log) == len(segments) and (log.loc[~log["kept"], "reason"] != "").all()
    carried = {name for names in log.loc[log["kept"], "statements"] for name in names.split("; ")}
    assert carried == set(statements["statement"])
    levels = condensate(statements, codings)
    assert set(levels["statement"]) == carried and (levels["coder"] != "").all()
