"""Invented passages under headings, three invented statements, and every way to get their file wrong."""

import csv

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import qualkit as qk
from qualkit.codebook import read_codebook
from qualkit.tables import csv_bytes

CODEBOOK = read_codebook("codebook.yaml")
HEADER = "statement,case,status,evidence,direction,actor,date,date_certainty,voice,text_id,text_en,note"
S1 = "S1,MDN-GWJ,implemented,2,ID_TO_PARTNER,,2002,given,author_narration,Guru dikirim.,Teachers were sent.,"
S2 = "S2,MDN-GWJ,aspired,0,UNSPECIFIED,residents leader_id,,unknown,,Pameran diharapkan.,A fair is hoped for.,harapan"
S3 = "S3,SUB-BUS,signed,3,RECIPROCAL,,,unknown,,Naskah ditandatangani.,A text was signed.,"


@pytest.fixture
def segments():
    """Sentences of two documents; in the journal under the headings that announce sectors."""
    rows = [
        ("jurnal", 1, "PEMBAHASAN", "Naskah itu ditandatangani."),
        ("jurnal", 2, "PEMBAHASAN > Pendidikan", "Lima guru berangkat naik kapal."),
        ("jurnal", 3, "PEMBAHASAN > Pendidikan", "Para pedagang berharap ada pameran."),
        ("jurnal", 4, "PEMBAHASAN > Pendidikan > Ekonomi Kota", "Guru kembali bulan berikutnya."),
        ("jurnal", 5, "PEMBAHASAN > Pendidikan dan Ekonomi", "Pameran dibuka."),
        ("berita", 1, "", "Penandatanganan naskah dihadiri dua wali kota."),
    ]
    made = [
        {"document": d, "segment": n, "start": 100 * n, "end": 100 * n + len(t), "heading": h, "text": t,
         "label": "content", "outlet": f"Outlet {d}", "kind": "news", "title": f"Judul {d}"}
        for d, n, h, t in rows
    ]  # fmt: skip
    return pd.DataFrame(made)


def coded(segments, *codings, coder="agreed"):
    """Codings from (document, segment, code, statement ids)."""
    codes = pd.DataFrame(codings, columns=["document", "segment", "code", "statement"])
    return qk.code_segments(segments, codes, CODEBOOK, coder, "2026-01-01")


@pytest.fixture
def codings(segments):
    return coded(
        segments,
        ("jurnal", 2, "DIK.GURU", "S1"), ("jurnal", 2, "MDN-GWJ", "S1"), ("jurnal", 4, "DIK.GURU", "S1"),
        ("jurnal", 3, "EKO.DAGANG", "S2"), ("jurnal", 1, "GOV.HUKUM", "S3"), ("berita", 1, "GOV.HUKUM", "S3"),
        ("berita", 1, "GOV.RELASI", ""),
    )  # fmt: skip


def write(folder, *lines, header=HEADER):
    path = folder / "statements.csv"
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return path


def message(*args):
    with pytest.raises(ValueError) as said:
        qk.read_statements(*args)
    return str(said.value)


def test_one_row_per_statement_and_passage(tmp_path, codings):
    table = qk.read_statements(write(tmp_path, S1, S2, S3), codings, CODEBOOK)
    assert table[["statement", "document", "segment", "sector", "family"]].astype(str).values.tolist() == [
        ["S1", "jurnal", "2", "DIK.GURU", "DIK"],  # the case coded on the same sentence is no passage of its own
        ["S1", "jurnal", "4", "DIK.GURU", "DIK"],
        ["S2", "jurnal", "3", "EKO.DAGANG", "EKO"],
        ["S3", "jurnal", "1", "GOV.HUKUM", "GOV"],
        ["S3", "berita", "1", "GOV.HUKUM", "GOV"],
    ]
    assert table["statement"].nunique() == 3


def test_every_row_carries_the_statement_and_its_passage(tmp_path, codings, segments):
    table = qk.read_statements(write(tmp_path, S1, S2, S3), codings, CODEBOOK)
    first = table.iloc[0]
    assert (first["status"], first["evidence"], first["case"], first["direction"]) == (
        "implemented",
        "2",
        "MDN-GWJ",
        "ID_TO_PARTNER",
    )
    assert (first["date"], first["date_certainty"], first["voice"]) == ("2002", "given", "author_narration")
    assert (first["text_id"], first["text_en"]) == ("Guru dikirim.", "Teachers were sent.")
    assert (first["quote"], first["heading"]) == ("Lima guru berangkat naik kapal.", "PEMBAHASAN > Pendidikan")
    assert (first["start"], first["end"]) == (200, 200 + len(first["quote"]))
    assert (first["outlet"], first["kind"], first["title"]) == ("Outlet jurnal", "news", "Judul jurnal")
    assert table.loc[2, ["actor", "note"]].tolist() == ["residents leader_id", "harapan"]


def test_edition_and_reference_of_a_document_ride_along(tmp_path, codings, segments):
    plain = qk.read_statements(write(tmp_path, S1, S2, S3), codings, CODEBOOK)
    assert set(plain["edition"]) == set(plain["reference"]) == {""}
    segments["edition"] = segments["document"].map({"jurnal": "restated", "berita": ""})
    segments["reference"] = "Sari (2020)."
    codes = codings[["document", "segment", "code", "statement"]]
    table = qk.read_statements(write(tmp_path, S1, S2, S3), coded(segments, *codes.values.tolist()), CODEBOOK)
    assert list(table["edition"]) == ["restated"] * 4 + [""]
    assert set(table["reference"]) == {"Sari (2020)."}


def test_columns_of_facets_know_all_codes_in_order(tmp_path, codings):
    table = qk.read_statements(write(tmp_path, S1, S2, S3), codings, CODEBOOK)
    assert list(table["status"].cat.categories) == ["context", "aspired", "planned", "signed", "implemented", "outcome"]
    assert table["status"].cat.ordered
    assert list(table["sector"].cat.categories) == [code.id for code in CODEBOOK.facet("sector").codes]
    assert list(table["family"].cat.categories) == [family.id for family in CODEBOOK.facet("sector").families]


def test_a_passage_under_another_sectors_heading_is_off(tmp_path, segments):
    codings = coded(
        segments,
        ("jurnal", 1, "EKO.DAGANG", "S1"),  # PEMBAHASAN announces nothing
        ("jurnal", 2, "DIK.GURU", "S1"),  # under Pendidikan
        ("jurnal", 3, "EKO.DAGANG", "S1"),  # trade under Pendidikan: off
        ("jurnal", 4, "DIK.GURU", "S1"),  # the innermost heading is Ekonomi: off
        ("jurnal", 5, "EKO.DAGANG", "S1"),  # a heading that announces both
        ("jurnal", 5, "SOSBUD.BUDAYA", "S1"),  # and culture is neither: off
        ("berita", 1, "DIK.GURU", "S1"),  # no heading at all
    )
    table = qk.read_statements(write(tmp_path, S1), codings, CODEBOOK)
    off = {
        (d, n, s): o
        for d, n, s, o in zip(table["document"], table["segment"], table["sector"], table["off_heading"], strict=True)
    }
    assert off == {
        ("jurnal", 1, "EKO.DAGANG"): False, ("jurnal", 2, "DIK.GURU"): False, ("jurnal", 3, "EKO.DAGANG"): True,
        ("jurnal", 4, "DIK.GURU"): True, ("jurnal", 5, "EKO.DAGANG"): False, ("jurnal", 5, "SOSBUD.BUDAYA"): True,
        ("berita", 1, "DIK.GURU"): False,
    }  # fmt: skip


def test_a_coding_of_another_facet_is_a_passage_where_no_sector_stands(tmp_path, segments):
    codings = coded(segments, ("jurnal", 3, "MDN-GWJ", "S1"), ("jurnal", 3, "signed", "S1"), ("jurnal", 2, "DIK.GURU", "S1"))
    table = qk.read_statements(write(tmp_path, S1), codings, CODEBOOK)
    assert list(table["segment"]) == [2, 3]
    assert table["sector"].isna().tolist() == [False, True]
    assert table["family"].isna().tolist() == [False, True]
    assert table["off_heading"].tolist() == [False, False]  # what has no sector is under no other sector's heading


def test_a_phrase_and_the_case_of_its_whole_sentence_are_one_passage(tmp_path, segments):
    codings = coded(segments, ("jurnal", 2, "DIK.GURU", "S1"), ("jurnal", 2, "MDN-GWJ", "S1"))
    phrase = codings["code"] == "DIK.GURU"
    codings = codings.assign(start=codings["start"].where(~phrase, 205))
    assert len(qk.read_statements(write(tmp_path, S1), codings, CODEBOOK)) == 1


def test_two_coders_on_one_place_are_one_passage(tmp_path, segments):
    both = [coded(segments, ("jurnal", 2, "DIK.GURU", "S1"), coder=name) for name in ("ani", "budi")]
    assert len(qk.read_statements(write(tmp_path, S1), pd.concat(both), CODEBOOK)) == 1


def test_two_sectors_on_one_sentence_are_two_rows_and_one_statement(tmp_path, segments):
    codings = coded(segments, ("jurnal", 2, "DIK.GURU", "S1"), ("jurnal", 2, "EKO.DAGANG", "S1"))
    table = qk.read_statements(write(tmp_path, S1), codings, CODEBOOK)
    assert (len(table), table["statement"].nunique()) == (2, 1)


def test_one_coding_may_carry_several_statements(tmp_path, segments):
    codings = coded(segments, ("jurnal", 2, "DIK.GURU", "S1 S2"))
    assert list(qk.read_statements(write(tmp_path, S1, S2), codings, CODEBOOK)["statement"]) == ["S1", "S2"]


def test_codings_without_a_statement_carry_none(tmp_path, codings):
    suggested = codings.tail(1).assign(statement=None)
    table = qk.read_statements(write(tmp_path, S1, S2, S3), pd.concat([codings, suggested]), CODEBOOK)
    assert list(table["statement"].unique()) == ["S1", "S2", "S3"]


def test_statements_stay_in_the_order_of_the_file(tmp_path, codings):
    table = qk.read_statements(write(tmp_path, S3, S1, S2), codings, CODEBOOK)
    assert list(table["statement"].unique()) == ["S3", "S1", "S2"]


def test_a_file_without_statements_is_an_empty_table_with_its_columns(tmp_path, codings):
    full = qk.read_statements(write(tmp_path, S1, S2, S3), codings, CODEBOOK)
    empty = qk.read_statements(write(tmp_path), codings.iloc[:0], CODEBOOK)
    assert list(empty.columns) == list(full.columns)
    assert empty.empty


def test_a_facet_that_is_not_judged_per_statement_comes_from_the_codings(tmp_path, segments):
    codings = coded(segments, ("jurnal", 2, "DIK.GURU", "S1"), ("jurnal", 1, "signed", "S1"))
    path = write(tmp_path, "S1,Guru dikirim.,Teachers were sent.", header="statement,text_id,text_en")
    table = qk.read_statements(path, codings, CODEBOOK)
    assert table[["segment", "sector", "status"]].astype("string").fillna("").values.tolist() == [
        ["1", "", "signed"],
        ["2", "DIK.GURU", ""],
    ]
    assert table["note"].tolist() == ["", ""]


def test_the_tables_passed_stay_as_they_were(tmp_path, codings):
    before = codings.copy(deep=True)
    qk.read_statements(write(tmp_path, S1, S2, S3), codings, CODEBOOK)
    pd.testing.assert_frame_equal(codings, before)


def test_a_text_that_looks_like_a_formula_is_read_as_it_was_meant(tmp_path, codings):
    row = dict(zip(HEADER.split(","), next(csv.reader([S1])), strict=True)) | {"text_id": "=SUM(A1:A2)", "note": "'-dua"}
    path = tmp_path / "statements.csv"
    path.write_bytes(csv_bytes([row], HEADER.split(",")) + f"{S2}\n{S3}\n".encode())
    assert b"'=SUM" in path.read_bytes()
    table = qk.read_statements(path, codings, CODEBOOK)
    assert table.loc[0, ["text_id", "note"]].tolist() == ["=SUM(A1:A2)", "'-dua"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_words_come_back_as_they_were_written(tmp_path, codings, text):
    row = dict(zip(HEADER.split(","), next(csv.reader([S1])), strict=True)) | {"text_id": text, "text_en": text}
    path = tmp_path / "statements.csv"
    path.write_bytes(csv_bytes([row], HEADER.split(",")) + f"{S2}\n{S3}\n".encode())
    assert qk.read_statements(path, codings, CODEBOOK).loc[0, ["text_id", "text_en"]].tolist() == [text, text]


def test_the_shipped_statements_rest_on_passages_of_the_shipped_texts():
    documents = qk.read_corpus("corpus")
    segments = qk.split(documents, into="sentences")
    table = qk.read_statements("corpus/statements.csv", qk.read_codings("corpus/codings", segments, CODEBOOK), CODEBOOK)
    texts = dict(zip(documents["document"], documents["text"], strict=True))
    assert all(texts[row.document][row.start : row.end] == row.quote for row in table.itertuples())
    assert not table.duplicated(["statement", "document", "start", "end", "sector"]).any()


# --- mistakes in the file ---


def fault(line, text, path):
    return f"{path}, line {line}: {text}"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (S1.replace("S1", "", 1), "a statement without an id"),
        (S1.replace("S1", "S 1", 1), "statement 'S 1': an id holds no blank"),
        (S1.replace("Guru dikirim.", " "), "statement 'S1' has no words in text_id"),
        (S1.replace("Teachers were sent.", ""), "statement 'S1' has no words in text_en"),
        (S1.replace("implemented", "implementd"), "statement 'S1': status 'implementd' is not in the codebook. Did you mean 'implemented'?"),
        (S1.replace("implemented", ""), "statement 'S1' has no status"),
        (S1.replace(",2,", ",5,"), "statement 'S1': evidence '5' is not in the codebook. Possible: 0, 1, 2, 3."),
        (S1.replace("PARTNER,,", "PARTNER,mayr school,"), "statement 'S1': actor 'mayr' is not in the codebook."),
        (S1.replace(",2,", ",3,"), "statement 'S1' has evidence 3 (two independent documents) but rests on one document"),
        (S1.replace(",2002,", ",2024-99,"), "statement 'S1': '2024-99' is not a date: write 2023, 2023-04 or 2023-04-28"),
        (S1.replace(",2002,", ",2024-02-28/2024-02-30,"), "statement 'S1': '2024-02-30' is not a date: write 2023, 2023-04 or 2023-04-28"),
        (S1.replace(",2002,", ",12/06/2024,"), "statement 'S1': '12/06/2024' is not a date: write 2023, 2023-04 or 2023-04-28"),
        (S1.replace("given", "hm"), "statement 'S1': date_certainty 'hm' must begin with one of: given, inferred, unknown"),
        (S1.replace("S1", "S9", 1), "statement 'S9' rests on no passage: no coding carries its id"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line(tmp_path, codings, line, text):
    path = write(tmp_path, S2, line, S3)
    assert fault(3, text, path) in message(path, codings, CODEBOOK)


@pytest.mark.parametrize(
    "date", ["since 2007", "1997-2003", "annually in July", "2012-11-03/2012-11-08", "2024-02", "on or before 2023-04-28", ""]
)
def test_a_date_may_be_told_in_words(tmp_path, codings, date):
    path = write(tmp_path, S1.replace("2002", date), S2, S3)
    assert qk.read_statements(path, codings, CODEBOOK)["date"].iloc[0] == date


def test_a_statement_twice_is_named_with_both_lines(tmp_path, codings):
    path = write(tmp_path, S1, S2, S3, S1)
    assert message(path, codings, CODEBOOK) == fault(5, "statement 'S1' is already on line 2", path)


def test_an_id_in_the_codings_that_no_statement_has_is_named(tmp_path, codings):
    path = write(tmp_path, S1, S3)
    assert message(path, codings, CODEBOOK) == (
        f"{path}: a coding on jurnal 3 carries the id 'S2', which no statement has. Possible: S1, S3."
    )


def test_an_unknown_column_is_named(tmp_path, codings):
    path = write(tmp_path, S1, S2, S3, header=HEADER.replace("evidence", "evidance"))
    assert message(path, codings, CODEBOOK) == fault(
        1, "column 'evidance' is neither a facet nor known here (remarks: note). Did you mean 'evidence'?", path
    )


def test_a_missing_column_is_named(tmp_path, codings):
    path = write(tmp_path, S1, header=HEADER.replace("text_en", "teks_en"))
    assert message(path, codings, CODEBOOK).startswith(fault(1, "column 'text_en' is missing.", path))


def test_all_faults_are_told_at_once_in_the_order_of_lines(tmp_path, codings):
    path = write(tmp_path, S1.replace("implemented", ""), S2.replace("aspired", "hoped"), S2, S3.replace("S3", ""))
    said = message(path, codings, CODEBOOK).splitlines()
    assert said == [
        "5 faults",
        f"{path}: a coding on jurnal 1 carries the id 'S3', which no statement has. Possible: S1, S2.",
        fault(2, "statement 'S1' has no status", path),
        fault(3, "statement 'S2': status 'hoped' is not in the codebook. Possible: context, aspired, planned, signed, implemented, outcome.", path),
        fault(4, "statement 'S2' is already on line 3", path),
        fault(5, "a statement without an id", path),
    ]  # fmt: skip


def test_evidence_3_needs_two_documents(tmp_path, segments):
    one = coded(segments, ("jurnal", 1, "GOV.HUKUM", "S3"), ("jurnal", 2, "GOV.HUKUM", "S3"))
    two = coded(segments, ("jurnal", 1, "GOV.HUKUM", "S3"), ("berita", 1, "GOV.HUKUM", "S3"))
    path = write(tmp_path, S3)
    assert message(path, one, CODEBOOK) == fault(
        2, "statement 'S3' has evidence 3 (two independent documents) but rests on one document", path
    )
    assert qk.read_statements(path, two, CODEBOOK)["document"].nunique() == 2


def test_a_table_that_is_none_is_named(tmp_path, codings):
    path = write(tmp_path, S1)
    said = "codings has no column start, statement: pass the table that read_codings returns. Did you mean 'status'?"
    assert message(path, codings.drop(columns=["start", "statement"]), CODEBOOK) == said
    assert message(tmp_path / "statement.csv", codings, CODEBOOK).endswith(
        "there is no such file. Did you mean 'statements.csv'?"
    )


# --- dates ---


def dates(*texts, written="2023-05-01"):
    segments = pd.DataFrame({"document": "berita", "segment": range(1, len(texts) + 1), "text": texts})
    return qk.date_checks(segments, pd.DataFrame({"document": ["berita"], "date": [written]}))


def test_a_saturday_that_was_a_friday_is_found():
    rows = dates("Rapat digelar.", "Tamu datang pada Sabtu (28/4/2023) pagi.", "Pulangnya Minggu, 30 April 2023.")
    assert rows.to_dict("records") == [
        {"document": "berita", "segment": 2, "written": "Sabtu (28/4/2023)", "date": "2023-04-28", "weekday_fits": False},
        {"document": "berita", "segment": 3, "written": "Minggu, 30 April 2023", "date": "2023-04-30", "weekday_fits": True},
    ]


def test_the_documents_year_stands_in_where_none_is_written():
    assert dates("Jumat (28/4)")["weekday_fits"].tolist() == [True]
    assert dates("Jumat (28/4)", written="2022")["weekday_fits"].tolist() == [False]  # a Thursday


def test_without_any_year_or_weekday_nothing_can_be_checked():
    rows = dates("Jumat (28/4)", "28 April 2023", "Jumat lalu", written="")
    assert rows.empty
    assert list(rows.columns) == ["document", "segment", "written", "date", "weekday_fits"]


def test_two_dates_in_one_sentence_are_two_rows():
    assert dates("Dari Sabtu (29/4) sampai Senin (1/5).")["weekday_fits"].tolist() == [True, True]


def test_no_texts_give_an_empty_table():
    assert dates().empty


def test_date_checks_name_the_table_that_is_none():
    documents = pd.DataFrame({"document": ["berita"], "date": [""]})
    with pytest.raises(ValueError, match=r"^segments has no column text: pass the table that split returns"):
        qk.date_checks(pd.DataFrame({"document": [], "segment": []}), documents)
    with pytest.raises(ValueError, match=r"^documents has no column date: pass the table that read_corpus returns"):
        qk.date_checks(pd.DataFrame({"document": [], "segment": [], "text": []}), documents[["document"]])
