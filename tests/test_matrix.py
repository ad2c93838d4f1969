import pickle

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualkit as qk
from qualkit.codebook import Code, Facet, Family, facet_column, family_column
from qualkit.matrix import (
    NOT_COMPARED,
    NOT_GIVEN,
    NOT_MENTIONED,
    NOT_THE_SOURCE,
    OFF_HEADING,
    SINGLE_SOURCE,
    STATUSES,
    locators,
)


def words(text):
    return {"id": text, "en": f"{text} (en)"}


def code(name, label=None, parent="", left_out=None):
    some = words("x")
    return Code(name, words(label or name), some, some, some, some, some, "theory", "topic", "1.0", parent, left_out=left_out)


FAMILIES = (Family("EKO", words("Ekonomi")), Family("DIK", words("Pendidikan")), Family("GOV", words("Tata kelola")))
SECTOR = Facet("sector", words("Sektor"), words("?"), "multiple",
               (code("EKO.DAGANG", "Perdagangan", "EKO"), code("DIK.PELAJAR", "Pelajar", "DIK"), code("DIK.GURU", "Guru", "DIK"),
                code("GOV.HUKUM", "Hukum", "GOV"), code("GOV.RELASI", "Relasi", "GOV", words("hampir semua teks"))), FAMILIES)  # fmt: skip
CASE = Facet("case", words("Kasus"), words("?"), "nominal", (code("AA-BB", "Aa-Bb"), code("CC-DD", "Cc-Dd")))
STATUS = Facet("status", words("Status"), words("?"), "ordinal", tuple(code(name) for name in STATUSES))
EVIDENCE = Facet("evidence", words("Bukti"), words("?"), "ordinal", tuple(code(name) for name in "0123"))
EMPTY = words("di luar pertanyaan penelitian")


def statements(*rows, plain=False):
    """Rows of: statement, sector, case, status, evidence, document, segment, off_heading."""
    names = ["statement", "sector", "case", "status", "evidence", "document", "segment", "off_heading"]
    table = pd.DataFrame([row + (False,) * (8 - len(row)) for row in rows], columns=names)
    table["text_id"] = "Fakta " + table["statement"]
    table["text_en"] = "Fact " + table["statement"]
    table["quote"] = "Kalimat " + table["segment"].astype(str) + "."
    if not plain:
        families = [name.split(".")[0] if isinstance(name, str) else None for name in table["sector"]]
        for facet in (SECTOR, CASE, STATUS, EVIDENCE):
            table[facet.id] = facet_column(table[facet.id], facet)
        table["family"] = family_column(families, FAMILIES)
    return table


def rated(*facts):
    """What one cell is rated that holds these (status, evidence) facts."""
    rows = [(f"S{n}", "EKO.DAGANG", "AA-BB", status, grade, "berita", n) for n, (status, grade) in enumerate(facts)]
    return qk.rating_matrix(statements(*rows), rows="sector", columns="case").cell("EKO.DAGANG", "AA-BB")["value"]


# S1 stands twice (two passages); S4 stands under two sectors; S6 is set aside; S7 is background.
TABLE = statements(
    ("S1", "EKO.DAGANG", "AA-BB", "implemented", "2", "berita", 1),
    ("S1", "EKO.DAGANG", "AA-BB", "implemented", "2", "jurnal", 4),
    ("S2", "EKO.DAGANG", "AA-BB", "signed", "2", "berita", 2, True),
    ("S3", "EKO.DAGANG", "CC-DD", "aspired", "0", "berita", 3),
    ("S4", "DIK.PELAJAR", "AA-BB", "implemented", "1", "berita", 5),
    ("S4", "DIK.GURU", "AA-BB", "implemented", "1", "berita", 5),
    ("S5", "DIK.PELAJAR", "AA-BB", "outcome", "1", "jurnal", 6),
    ("S6", "GOV.RELASI", "AA-BB", "implemented", "2", "jurnal", 7),
    ("S7", "DIK.GURU", "CC-DD", "context", "1", "jurnal", 8),
)


def rating():
    return qk.rating_matrix(TABLE, rows="sector", columns="case")


# --- the decision rules ---


def test_dr1_a_fact_enters_the_cell_of_its_own_code_and_case():
    assert rating().cell("EKO.DAGANG", "AA-BB")["statements"] == 2  # S1, and S2 from under another heading
    assert list(qk.trace(rating(), "EKO.DAGANG", "CC-DD")["statement"]) == ["S3"]


def test_dr2_background_never_counts_as_cooperation():
    cell = rating().cell("DIK.GURU", "CC-DD")
    assert (cell["value"], cell["statements"], cell["background"], cell["marks"]) == ("none", 0, 1, "")
    assert cell["empty"] is None  # "none" is a finding, not a gap
    assert rated(("context", "3"), ("context", "2"), ("context", "2")) == "none"


def test_dr3_the_status_of_a_cell_is_the_highest_that_has_evidence():
    assert rating().cell("EKO.DAGANG", "AA-BB")["status"] == "implemented"
    assert rating().cell("DIK.PELAJAR", "AA-BB")["status"] == "implemented"  # an outcome claimed is less than a deed (DR10)
    assert rating().cell("EKO.DAGANG", "CC-DD")["status"] == ""  # a hope without evidence
    assert rating().cell("GOV.HUKUM", "AA-BB")["status"] == ""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([("implemented", "2"), ("signed", "2")], "strong"),
        ([("signed", "2"), ("signed", "3")], "strong"),
        ([("implemented", "2"), ("implemented", "1")], "moderate"),  # the second has too little evidence
        ([("implemented", "3")], "moderate"),  # one is not two
        ([("signed", "1")], "moderate"),
        ([("implemented", "2"), ("outcome", "2")], "moderate"),  # a claimed outcome does not rate
        ([("implemented", "2"), ("planned", "2")], "moderate"),
        ([("implemented", "0")], "weak"),  # nothing that could have been observed
        ([("signed", "0"), ("signed", "0")], "weak"),
        ([("planned", "3"), ("aspired", "3")], "weak"),
        ([("outcome", "2"), ("outcome", "2")], "weak"),
        ([("aspired", "0"), ("context", "2")], "weak"),
        ([("context", "2")], "none"),
        ([], "none"),
    ],
)
def test_dr4_the_rating_rule_at_its_boundaries(facts, expected):
    assert rated(*facts) == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(STATUSES), st.sampled_from("0123")), max_size=5))
def test_dr4_the_rating_is_what_the_rule_says_of_every_set_of_facts(facts):
    done = [int(grade) for status, grade in facts if status in ("signed", "implemented")]
    if sum(grade >= 2 for grade in done) >= 2:
        expected = "strong"
    elif any(grade >= 1 for grade in done):
        expected = "moderate"
    else:
        expected = "weak" if any(status != "context" for status, _ in facts) else "none"
    assert rated(*facts) == expected


def test_dr5_quotes_keep_their_spelling_are_cut_at_40_words_and_carry_their_place():
    table = TABLE.assign(quote=" ".join(["kerjasama"] * 41))
    (quote,) = qk.quote_matrix(table, rows="sector", columns="case", per_cell=1).cell("DIK.GURU", "AA-BB")["value"]
    assert quote["id"] == "“" + " ".join(["kerjasama"] * 40) + " […]” [berita: 5]"
    table = TABLE.assign(quote=" ".join(["kerjasama"] * 40) + "\n")
    (quote,) = qk.quote_matrix(table, rows="sector", columns="case", per_cell=1).cell("DIK.GURU", "AA-BB")["value"]
    assert quote["en"] == "“" + " ".join(["kerjasama"] * 40) + "” [berita: 5]"


HOPE_AND_DEEDS = [
    ("S1", "EKO.DAGANG", "AA-BB", "implemented", "1", "berita", 1),
    ("S2", "EKO.DAGANG", "AA-BB", "implemented", "2", "berita", 2),
    ("S3", "EKO.DAGANG", "AA-BB", "aspired", "0", "berita", 3),
    ("S4", "EKO.DAGANG", "AA-BB", "context", "2", "berita", 4),
]


@pytest.mark.parametrize("plain", [False, True])
def test_dr5_the_last_quote_is_a_counter_quote_where_one_exists(plain):
    table = statements(*HOPE_AND_DEEDS, plain=plain)

    def shown(per_cell):
        cell = qk.quote_matrix(table, rows="sector", columns="case", per_cell=per_cell).cell("EKO.DAGANG", "AA-BB")
        return [quote["id"] for quote in cell["value"]]

    deed, other, hope, background = (f"“Kalimat {n}.” [berita: {n}]" for n in (2, 1, 3, 4))
    assert shown(1) == [deed]
    assert shown(2) == [deed, hope]
    assert shown(3) == [deed, other, hope]
    assert shown(9) == [deed, other, hope, background + " (latar)"]  # background last, and called so


DEED, OTHER_DEED = (
    ("S1", "EKO.DAGANG", "AA-BB", "implemented", "2", "berita", 1),
    ("S2", "EKO.DAGANG", "AA-BB", "signed", "2", "berita", 2),
)
HOPE_ON_2, HOPE_ON_3 = (("S3", "EKO.DAGANG", "AA-BB", "aspired", "0", "berita", n) for n in (2, 3))
WEAK_DEED_ON_3 = ("S4", "EKO.DAGANG", "AA-BB", "implemented", "1", "berita", 3)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([DEED, OTHER_DEED, HOPE_ON_2], [1, 2]),  # deed and hope on one sentence only: it stands for both
        ([DEED, OTHER_DEED, HOPE_ON_3, WEAK_DEED_ON_3], [1, 3]),  # a hope that a weaker deed had hidden
        ([DEED, OTHER_DEED, HOPE_ON_2, HOPE_ON_3], [1, 3]),  # it rests on a sentence of its own too
        ([DEED, OTHER_DEED, HOPE_ON_2, HOPE_ON_3, WEAK_DEED_ON_3], [1, 2]),  # shown with a deed already
        ([DEED, HOPE_ON_2, OTHER_DEED], [1, 2]),
        ([DEED, OTHER_DEED], [1, 2]),  # no hope at all
        ([HOPE_ON_2, HOPE_ON_3], [2, 3]),  # no deed at all
    ],
)
def test_dr5_a_hope_that_shares_its_sentence_with_a_deed_is_not_overlooked(rows, expected):
    cell = qk.quote_matrix(statements(*rows), rows="sector", columns="case", per_cell=2).cell("EKO.DAGANG", "AA-BB")
    assert [quote["id"] for quote in cell["value"]] == [f"“Kalimat {n}.” [berita: {n}]" for n in expected]


def test_quotes_of_a_restated_edition_say_that_they_are_not_the_words_of_the_source():
    def noted(edition, make=qk.quote_matrix, **more):
        return make(TABLE.assign(edition=edition), rows="sector", columns="case", **more)

    quotes = noted("restated", per_cell=1)
    assert quotes.notes()[-1] == NOT_THE_SOURCE["id"] and "bukan kata-kata sumber" in NOT_THE_SOURCE["id"]
    assert quotes.notes("en")[-1] == NOT_THE_SOURCE["en"] and repr(quotes).endswith(NOT_THE_SOURCE["id"])
    assert NOT_THE_SOURCE["id"] in quotes._repr_html_()
    for other in (noted("", per_cell=1), noted("original", per_cell=1), noted("restated", make=qk.rating_matrix)):
        assert NOT_THE_SOURCE["id"] not in other.notes()
    assert NOT_THE_SOURCE["id"] not in qk.quote_matrix(TABLE, "sector", "case", per_cell=1).notes()
    mixed = noted(["restated", *[""] * 8], per_cell=1)  # the first passage only, of EKO.DAGANG
    assert mixed.notes()[-1] == NOT_THE_SOURCE["id"]
    assert NOT_THE_SOURCE["id"] not in mixed.keep(rows=["DIK.GURU"]).notes()


def test_dr6_a_statement_counts_once_however_many_passages_it_rests_on():
    assert rating().cell("EKO.DAGANG", "AA-BB")["statements"] == 2
    twice = pd.concat([TABLE, TABLE], ignore_index=True)
    again = qk.rating_matrix(twice, rows="sector", columns="case")
    assert again.table().equals(rating().table())
    passages = [("S1", "EKO.DAGANG", "AA-BB", "signed", "2", "berita", n) for n in (1, 2, 3)]
    assert (
        qk.rating_matrix(statements(*passages), rows="sector", columns="case").cell("EKO.DAGANG", "AA-BB")["value"]
        == "moderate"
    )


def test_dr7_a_dagger_marks_a_fact_from_under_another_heading():
    assert rating().cell("EKO.DAGANG", "AA-BB")["marks"] == OFF_HEADING  # and two sources
    background = statements(("S1", "EKO.DAGANG", "AA-BB", "context", "2", "berita", 1, True))
    assert qk.rating_matrix(background, rows="sector", columns="case").cell("EKO.DAGANG", "AA-BB")["marks"] == ""


def test_dr8_a_circle_marks_a_cell_with_one_source():
    assert rating().cell("EKO.DAGANG", "CC-DD")["marks"] == SINGLE_SOURCE
    assert rating().cell("DIK.PELAJAR", "AA-BB")["marks"] == ""  # berita and jurnal
    rows = ("S1", "EKO.DAGANG", "AA-BB", "signed", "2", "berita", 1), ("S2", "EKO.DAGANG", "AA-BB", "context", "2", "jurnal", 2)
    cell = qk.rating_matrix(statements(*rows), rows="sector", columns="case").cell("EKO.DAGANG", "AA-BB")
    assert (cell["sources"], cell["marks"]) == (1, SINGLE_SOURCE)  # background is no second source


def test_dr9_what_the_codebook_leaves_out_stays_out_of_tables_by_sector_and_by_family():
    assert "GOV.RELASI" not in rating().row_ids()
    assert rating().set_aside == {"GOV.RELASI": words("hampir semua teks")}
    assert rating().notes()[1] == "Di luar perbandingan: GOV.RELASI. hampir semua teks."
    assert rating().notes("en")[1] == "Left out of the comparison: GOV.RELASI. hampir semua teks (en)."
    stopped = Facet("sector", words("Sektor"), words("?"), "multiple", (code("GOV.RELASI", left_out=words("Bukan sektor.")),))
    one = statements(("S6", "GOV.RELASI", "AA-BB", "implemented", "2", "jurnal", 7))
    aside = qk.rating_matrix(one.assign(sector=facet_column(["GOV.RELASI"], stopped)), rows="sector", columns="case")
    assert aside.notes()[1] == "Di luar perbandingan: GOV.RELASI. Bukan sektor."  # one full stop, not two
    assert "S6" not in set(rating().passages["statement"])
    turned = qk.rating_matrix(TABLE, rows="case", columns="sector")
    assert turned.set_aside == rating().set_aside and "GOV.RELASI" not in turned.column_ids()


def test_dr9_a_family_of_which_all_statements_are_set_aside_says_so():
    families = qk.rating_matrix(TABLE, rows="family", columns="case")
    assert families.cell("GOV", "AA-BB")["empty"] == NOT_COMPARED
    assert families.cell("GOV", "CC-DD")["empty"] == NOT_MENTIONED
    assert "GOV.RELASI" in families.set_aside
    assert families.label("GOV", "en") == "Tata kelola (en)"


def test_other_tables_keep_what_a_table_by_sector_sets_aside():
    by_status = qk.count_matrix(TABLE, rows="status", columns="case")
    assert by_status.cell("implemented", "AA-BB")["value"] == 3 and by_status.set_aside == {}  # S1, S4, S6


def test_dr10_outcomes_have_a_column_of_their_own_and_do_not_rate():
    cell = rating().cell("DIK.PELAJAR", "AA-BB")
    assert (cell["value"], cell["outcomes"]) == ("moderate", 1)
    table = rating().table("en")
    assert list(table.columns[2:]) == ["Aa-Bb (en): outcomes claimed", "Cc-Dd (en): outcomes claimed"]
    assert list(table.iloc[:, 2]) == [0, 1, 0, 0]


# --- counting ---


def test_statements_segments_and_documents_are_counted_once_each_never_rows():
    units = ("statement", "segment", "document")
    value = {unit: qk.count_matrix(TABLE, "sector", "case", count=unit).cell("EKO.DAGANG", "AA-BB")["value"] for unit in units}
    assert value == {"statement": 2, "segment": 3, "document": 2}
    doubled = pd.concat([TABLE, TABLE], ignore_index=True)
    assert qk.count_matrix(doubled, "sector", "case").table().equals(qk.count_matrix(TABLE, "sector", "case").table())


def test_segments_of_one_number_in_two_documents_are_two():
    table = statements(
        ("S1", "EKO.DAGANG", "AA-BB", "signed", "1", "berita", 1), ("S1", "EKO.DAGANG", "AA-BB", "signed", "1", "jurnal", 1)
    )
    assert qk.count_matrix(table, "sector", "case", count="segment").cell("EKO.DAGANG", "AA-BB")["value"] == 2


def test_every_code_has_its_row_in_codebook_order_zeros_too():
    counted = qk.count_matrix(TABLE, rows="sector", columns="case")
    assert counted.row_ids() == ["EKO.DAGANG", "DIK.PELAJAR", "DIK.GURU", "GOV.HUKUM"]
    assert counted.column_ids() == ["AA-BB", "CC-DD"]
    assert counted.table(labels=False).to_dict("list") == {"AA-BB": [2, 2, 1, 0], "CC-DD": [1, 0, 1, 0]}
    assert counted.cell("GOV.HUKUM", "AA-BB")["empty"] == NOT_MENTIONED


def test_codings_count_segments_and_their_statement_ids_one_by_one():
    codings = pd.DataFrame({"document": ["a", "a", "b"], "segment": [1, 1, 1], "sector": ["X", "X", "Y"], "case": ["P"] * 3,
                            "coder": ["c", "d", "c"], "statement": ["S1 S2", "S2", ""]})  # fmt: skip
    counted = qk.count_matrix(codings, rows="sector", columns="case")
    assert (counted.unit, counted.cell("X", "P")["value"], counted.cell("Y", "P")["value"]) == ("segment", 1, 1)
    told = qk.count_matrix(codings, rows="sector", columns="case", count="statement")
    assert told.cell("X", "P")["value"] == 2 and told.row_ids() == ["X"]
    assert counted.cell("X", "P")["statements"] == 0 and counted.cell("X", "P")["sources"] == 1


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["S1", "S2", "S3"]), st.sampled_from(["EKO.DAGANG", "DIK.GURU"]), st.integers(1, 3)),
        max_size=8,
    )
)
def test_a_count_is_the_number_of_distinct_things_whatever_the_rows(rows):
    table = statements(*[(name, sector, "AA-BB", "signed", "1", "berita", at) for name, sector, at in rows])
    counted = qk.count_matrix(table, "sector", "case")
    places = qk.count_matrix(table, "sector", "case", count="segment")
    for sector in ("EKO.DAGANG", "DIK.GURU"):
        assert counted.cell(sector, "AA-BB")["value"] == len({name for name, where, _ in rows if where == sector})
        assert places.cell(sector, "AA-BB")["value"] == len({at for _, where, at in rows if where == sector})


# --- the matrix itself ---


def test_an_empty_cell_says_why_it_is_empty():
    matrix = qk.rating_matrix(TABLE, "sector", "case", empty={("GOV.HUKUM", "AA-BB"): EMPTY, ("EKO.DAGANG", "AA-BB"): EMPTY})
    assert matrix.table().loc["Hukum", "Aa-Bb"] == EMPTY["id"]
    assert matrix.table("en").loc["Hukum (en)", "Cc-Dd (en)"] == "not found in the corpus"
    assert matrix.table().loc["Perdagangan", "Aa-Bb"] == "kuat†"  # a reason for a cell that is not empty is not needed


def test_the_table_prints_words_marks_and_the_rule_below():
    lines = repr(rating()).splitlines()
    assert lines[0].split() == ["Aa-Bb", "Cc-Dd", "Aa-Bb:", "hasil", "diklaim", "Cc-Dd:", "hasil", "diklaim"]
    assert lines[1].split() == ["Sektor"]
    assert lines[2].split() == ["Perdagangan", "kuat†", "lemah°", "0", "0"]
    assert "hanya latar: tidak ada selain latar. Latar tidak dihitung" in lines[-2]
    assert "; background only: nothing but background. " in rating().notes("en")[0]
    assert "† memuat fakta yang dilaporkan di bawah judul bidang lain; °" in lines[-2]
    assert lines[-2].startswith("kuat: minimal dua pernyataan") and lines[-2].endswith("bersumber tunggal.")
    assert rating().table("en").iloc[0, 0] == "strong†"
    assert rating().named("case") == "Kasus" and rating().named("other") == "other"


def test_the_notebook_table_is_whole_and_escaped():
    table = TABLE.assign(text_id="<script>x</script> " + "kata " * 30)
    page = qk.statement_matrix(table, rows="sector", columns="case")._repr_html_()
    assert "<script>" not in page and "&lt;script&gt;" in page and "kata " * 29 in page


def test_two_codes_of_one_label_are_two_rows_with_their_ids():
    twin = Facet("sector", words("Sektor"), words("?"), "multiple", (code("A", "Sama"), code("B", "Sama")))
    table = statements(("S1", "EKO.DAGANG", "AA-BB", "signed", "1", "berita", 1)).assign(sector=facet_column(["B"], twin))
    turned = qk.count_matrix(table, rows="case", columns="sector").table()
    assert turned.loc["Aa-Bb"].to_dict() == {"Sama (A)": 0, "Sama (B)": 1}


def test_keep_picks_and_orders_rows_and_columns():
    kept = rating().keep(rows=["DIK.GURU", "EKO.DAGANG"], columns=["CC-DD"])
    assert (kept.row_ids(), kept.column_ids()) == (["DIK.GURU", "EKO.DAGANG"], ["CC-DD"])
    assert list(kept.table().iloc[:, 0]) == ["hanya latar", "lemah°"]
    assert set(kept.passages["statement"]) == {"S7", "S3"}
    assert kept.cells.dtypes.equals(rating().cells.dtypes)
    assert rating().keep().cells.equals(rating().cells)
    assert rating().keep(rows=["DIK.GURU", "DIK.GURU"]).row_ids() == ["DIK.GURU"]


def test_transposing_twice_gives_the_same_matrix():
    turned = rating().transposed()
    assert (turned.rows, turned.columns) == ("case", "sector")
    assert turned.row_ids() == rating().column_ids() and turned.column_ids() == rating().row_ids()
    for row in rating().row_ids():
        for column in rating().column_ids():
            assert turned.cell(column, row)["value"] == rating().cell(row, column)["value"]
            assert qk.trace(turned, column, row).equals(qk.trace(rating(), row, column))
    assert turned.transposed().cells.equals(rating().cells)


def test_a_matrix_in_parts_holds_every_row_once_in_the_same_order():
    parts = rating().partitioned()
    assert list(parts) == ["Ekonomi", "Pendidikan", "Tata kelola"]
    assert [row for part in parts.values() for row in part.row_ids()] == rating().row_ids()
    assert parts["Ekonomi"].cells.equals(rating().keep(rows=["EKO.DAGANG"]).cells)
    assert list(rating().transposed().partitioned()) == [""]  # cases belong to no family


def test_a_matrix_counted_says_how_many_statements_stand_in_each_cell():
    counted = qk.statement_matrix(TABLE, "sector", "case").counted()
    assert (counted.kind, counted.unit) == ("count", "statement")
    assert list(counted.cells["value"]) == list(rating().cells["statements"])
    assert counted.shown(counted.cell("EKO.DAGANG", "AA-BB")) == 2
    assert counted.notes("en")[0] == "cells: number of statements without background, each counted once."


def test_a_case_that_was_filtered_away_is_not_said_to_be_missing_in_the_corpus():
    only = TABLE[TABLE["case"] == "AA-BB"]
    matrix = qk.rating_matrix(only, rows="sector", columns="case")
    assert matrix.cell("EKO.DAGANG", "CC-DD")["empty"] == NOT_GIVEN
    assert matrix.cell("GOV.HUKUM", "AA-BB")["empty"] == NOT_MENTIONED  # a facet with many answers: all of AA-BB was read
    assert qk.count_matrix(only, "case", "sector").cell("CC-DD", "DIK.GURU")["empty"] == NOT_GIVEN


def test_behind_a_cell_stand_all_columns_of_the_table():
    behind = rating().behind("EKO.DAGANG", "AA-BB")
    assert list(behind["statement"]) == ["S1", "S1", "S2"]
    assert set(TABLE.columns) <= set(behind.columns)


def test_trace_gives_the_passages_of_one_cell_with_their_words():
    behind = qk.trace(rating(), "EKO.DAGANG", "AA-BB")
    assert list(behind["statement"]) == ["S1", "S1", "S2"]
    assert list(behind["quote"]) == ["Kalimat 1.", "Kalimat 4.", "Kalimat 2."]
    assert list(behind.columns) == [
        "statement",
        "text_id",
        "text_en",
        "status",
        "evidence",
        "document",
        "segment",
        "quote",
        "off_heading",
    ]
    assert qk.trace(rating(), "GOV.HUKUM", "AA-BB").empty


def test_statements_stand_in_their_cell_with_id_status_evidence_and_places():
    cell = qk.statement_matrix(TABLE, rows="sector", columns="case").cell("EKO.DAGANG", "AA-BB")
    assert cell["value"][0] == {
        "id": "Fakta S1 (S1; implemented; bukti 2; berita: 1; jurnal: 4)",
        "en": "Fact S1 (S1; implemented (en); evidence 2; berita: 1; jurnal: 4)",
    }
    table = qk.statement_matrix(TABLE, rows="sector", columns="case").table()
    assert table.loc["Perdagangan", "Aa-Bb"].count("\n") == 1  # two statements, S1 only once
    assert table.loc["Hukum", "Aa-Bb"] == "tidak ditemukan dalam korpus"


def test_locators_name_each_document_once_with_its_segments_in_order():
    places = pd.DataFrame({"document": ["b", "a", "b", "b"], "segment": [9, 2, 3, 9]})
    assert locators(places) == ["b: 3, 9", "a: 2"]


def test_plain_columns_without_a_codebook_work_too():
    plain = TABLE.drop(columns="family")
    for name in ("sector", "case", "status", "evidence"):
        plain[name] = [str(value) for value in TABLE[name]]
    matrix = qk.rating_matrix(plain, rows="sector", columns="case")
    assert matrix.row_ids() == ["DIK.GURU", "DIK.PELAJAR", "EKO.DAGANG", "GOV.RELASI"]  # those that occur, sorted
    for row in rating().row_ids()[:3]:
        for column in ("AA-BB", "CC-DD"):
            for known in ("value", "statements", "status", "marks"):
                assert matrix.cell(row, column)[known] == rating().cell(row, column)[known]
    assert matrix.table().index.name == "sector" and matrix.groups == {}
    cell = qk.statement_matrix(plain, rows="sector", columns="case").cell("DIK.GURU", "AA-BB")
    assert cell["value"][0]["id"] == "Fakta S4 (S4; implemented; bukti 1; berita: 5)"
    by_segment = qk.count_matrix(plain.assign(segment=[9, 10, 9, 9, 9, 9, 9, 9, 9]), rows="segment", columns="case")
    assert by_segment.row_ids() == ["9", "10"]  # numbers in the order of numbers


def test_a_matrix_of_nothing_is_empty_and_still_prints():
    none = qk.rating_matrix(TABLE.iloc[:0], rows="sector", columns="case")
    assert set(none.cells["value"]) == {"none"} and all(none.cells["empty"])
    assert qk.count_matrix(TABLE.iloc[:0], rows="sector", columns="case").cells["value"].sum() == 0
    nothing = qk.count_matrix(statements(plain=True), rows="sector", columns="case")
    assert nothing.row_ids() == [] and "jumlah pernyataan" in repr(nothing)


def test_the_arguments_are_unchanged():
    before, matrix = pickle.dumps(TABLE), rating()
    cells, passages = matrix.cells.copy(), matrix.passages.copy()
    qk.count_matrix(TABLE, "sector", "case"), qk.quote_matrix(TABLE, "family", "case", per_cell=2)
    (
        qk.statement_matrix(TABLE, "status", "case"),
        matrix.keep(rows=["DIK.GURU"]),
        matrix.transposed(),
        matrix.table(),
        repr(matrix),
    )
    assert pickle.dumps(TABLE) == before
    assert matrix.cells.equals(cells) and matrix.passages.equals(passages)


# --- messages ---


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rating().cell("DIK.GURUU", "AA-BB"), "the matrix has no row 'DIK.GURUU'. Did you mean 'DIK.GURU'?"),
        (lambda: rating().keep(columns=["AA-B"]), "the matrix has no column 'AA-B'. Did you mean 'AA-BB'?"),
        (lambda: qk.trace(rating(), "DIK.GURU", "X"), "the matrix has no column 'X'. Possible: AA-BB, CC-DD."),
        (
            lambda: qk.trace(rating(), "GOV.RELASI", "AA-BB"),
            "GOV.RELASI is left out of this comparison: hampir semua teks (en).",
        ),
        (lambda: rating().cell("relasi", "AA-BB"), "GOV.RELASI is left out of this comparison: hampir semua teks (en)."),
        (lambda: rating().keep(rows=["GOV.RELASI"]), "GOV.RELASI is left out of this comparison"),
        (lambda: rating().transposed().cell("AA-BB", "GOV.RELASI"), "GOV.RELASI is left out of this comparison"),
        (lambda: qk.trace(rating(), "Pelajar", "AA-BB"), "the matrix has no row 'Pelajar'. Did you mean 'DIK.PELAJAR'?"),
        (lambda: rating().cell("DIK.GURU", "Aa-Bb (en)"), "the matrix has no column 'Aa-Bb (en)'. Did you mean 'AA-BB'?"),
        (lambda: rating().keep(rows=[]), "keep: a matrix has at least one row and one column"),
        (lambda: rating().table("de"), "language 'de' is not known. Possible: id, en."),
        (lambda: rating().notes("de"), "language 'de' is not known. Possible: id, en."),
        (
            lambda: qk.count_matrix(TABLE, "sector", "case", count="rows"),
            "what can be counted is one of: statement, segment, document",
        ),
        (
            lambda: qk.count_matrix(TABLE, "sektor", "case"),
            "table has no column sektor: pass the table that read_statements or",
        ),
        (
            lambda: qk.count_matrix(TABLE, "case", "case"),
            "rows and columns are both 'case': a matrix needs two different attributes",
        ),
        (lambda: qk.rating_matrix(TABLE.drop(columns="status"), "sector", "case"), "statements has no column status"),
        (
            lambda: qk.statement_matrix([], "sector", "case"),
            "statements must be the table that read_statements returns, not list",
        ),
        (
            lambda: qk.quote_matrix(TABLE, "sector", "case", per_cell=0),
            "per_cell=0: a quote matrix shows at least one quote per cell",
        ),
        (
            lambda: qk.rating_matrix(TABLE, "sector", "case", empty={("DIK.GURUU", "AA-BB"): EMPTY}),
            "empty: 'DIK.GURUU' is no sector of this matrix. Did you mean 'DIK.GURU'?",
        ),
        (
            lambda: qk.rating_matrix(TABLE.assign(status="done"), "sector", "case"),
            "the rating rule knows no status 'done'. Possible: context, aspired, planned, signed, implemented, outcome.",
        ),
        (
            lambda: qk.rating_matrix(TABLE.assign(evidence="high"), "sector", "case"),
            "knows no evidence 'high'. Possible: 0, 1, 2, 3.",
        ),
    ],
)
def test_a_mistake_is_told_in_the_researchers_words(call, message):
    with pytest.raises(ValueError) as raised:
        call()
    assert message in str(raised.value)


def test_suggestions_beside_peoples_codings_do_not_count_and_several_coders_are_named():
    codings = pd.DataFrame(
        {
            "document": "d",
            "segment": [1, 1, 2, 3, 4],
            "coder": ["coder-a", "coder-b", "coder-b", "codebook", "learned"],
            "sector": "DIK",
            "case": "A-B",
        }
    )
    counted = qk.count_matrix(codings, rows="sector", columns="case")
    assert counted.cell("DIK", "A-B")["value"] == 2
    assert counted.notes("en") == ["cells: number of segments, each counted once, coded by at least one of: coder-a, coder-b."]
    machines = codings[codings["coder"].isin(["codebook", "learned"])]
    suggested = qk.count_matrix(machines, rows="sector", columns="case")
    assert suggested.cell("DIK", "A-B")["value"] == 2
    assert suggested.notes("en") == ["cells: number of segments, each counted once, only suggested; no coder's codings."]


def test_statements_without_a_code_of_the_rows_are_named_below_the_table():
    table = statements(
        ("S1", "DIK.GURU", "AA-BB", "signed", "2", "jurnal", 1),
        ("S2", None, "AA-BB", "context", "1", "jurnal", 2),
        ("S3", None, "CC-DD", "context", "1", "jurnal", 3),
    )
    matrix = qk.rating_matrix(table, rows="sector", columns="case")
    assert matrix.notes("en")[-1] == "Without a code to compare: S2, S3."
    assert matrix.keep(columns=["AA-BB"]).notes("id")[-1] == "Tanpa kode yang diperbandingkan: S2."
    assert matrix.transposed().notes("en")[-1] == "Without a code to compare: S2, S3."


def test_background_gives_a_cell_no_status():
    table = statements(
        ("S1", "DIK.GURU", "AA-BB", "context", "2", "jurnal", 1), ("S2", "DIK.GURU", "AA-BB", "aspired", "0", "jurnal", 2)
    )
    assert qk.rating_matrix(table, rows="sector", columns="case").cell("DIK.GURU", "AA-BB")["status"] == ""
