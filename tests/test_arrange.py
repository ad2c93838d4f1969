"""Displays of hand-made statements, with every cell expected by hand."""

import re
from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualkit as qk
from qualkit.arrange import arrange
from qualkit.codebook import Code, Codebook, Facet, Family, facet_column, family_column
from qualkit.columns import periods, spread
from qualkit.matrix import GRADES, NOT_GIVEN, NOT_MENTIONED, RATINGS, STATUSES
from qualkit.recipes import CATALOGUE

NONE = {"id": "", "en": ""}


def code(name, label, label_en, parent="", left_out=None):
    words = {"id": label, "en": label_en}
    return Code(name, words, NONE, NONE, NONE, NONE, NONE, "data", "descriptive", "1.0", parent, left_out=left_out)


DIK, EKO = Family("DIK", {"id": "Pendidikan", "en": "Education"}), Family("EKO", {"id": "Ekonomi", "en": "Economy"})
WHY = {"id": "Tidak membedakan.", "en": "Tells nothing apart."}
SECTOR = Facet(
    "sector", {"id": "Sektor", "en": "Sector"}, NONE, "multiple",
    (code("DIK.GURU", "Guru", "Teachers", "DIK"), code("EKO.DAGANG", "Perdagangan", "Trade", "EKO"),
     code("EKO.UMUM", "Umum", "General", "EKO", WHY)), (DIK, EKO),
)  # fmt: skip
CASE = Facet(
    "case",
    {"id": "Kasus", "en": "Case"},
    NONE,
    "nominal",
    (code("A-B", "Alun-Bukit", "Alun-Bukit"), code("C-D", "Curug-Danau", "Curug-Danau")),
)
STATUS = Facet(
    "status", {"id": "Status", "en": "Status"}, NONE, "ordinal",
    (code("context", "Latar", "Background"), code("aspired", "Diharapkan", "Hoped for"), code("planned", "Direncanakan", "Planned"),
     code("signed", "Ditandatangani", "Signed"), code("implemented", "Dilaksanakan", "Implemented"),
     code("outcome", "Hasil diklaim", "Outcome claimed")),
)  # fmt: skip
ACTOR = Facet(
    "actor",
    {"id": "Pelaku", "en": "Actor"},
    NONE,
    "multiple",
    (code("city", "Kota", "City"), code("school", "Sekolah", "School"), code("mayor", "Wali kota", "Mayor")),
)
DIRECTION = Facet(
    "direction",
    {"id": "Arah", "en": "Direction"},
    NONE,
    "nominal",
    (code("OUT", "Ke mitra", "To the partner"), code("UNSPECIFIED", "Tidak disebut", "Not said")),
)
EVIDENCE = Facet(
    "evidence", {"id": "Bukti", "en": "Evidence"}, NONE, "ordinal", tuple(code(grade, grade, grade) for grade in GRADES)
)
BOOK = Codebook("contoh", "1.0", NONE, "sentence", (), (), (SECTOR, CASE, STATUS, EVIDENCE, DIRECTION, ACTOR))

COLUMNS = "statement sector case status evidence direction actor date date_certainty voice document segment off_heading text_id text_en"
ROWS = [
    ("S1", "DIK.GURU", "A-B", "signed", "2", "UNSPECIFIED", "city", "1997-04-23", "given", "author_narration", "jurnal", 3, False,
     "Nota diteken.", "A note was signed."),
    ("S2", "DIK.GURU", "A-B", "implemented", "2", "OUT", "city school", "2012-11", "inferred", "author_narration", "jurnal", 5, False,
     "Kota mengirim 12 guru.", "The city sent 12 teachers."),
    ("S2", "DIK.GURU", "A-B", "implemented", "2", "OUT", "city school", "2012-11", "inferred", "author_narration", "berita", 2, False,
     "Kota mengirim 12 guru.", "The city sent 12 teachers."),
    ("S3", "EKO.DAGANG", "A-B", "aspired", "0", "UNSPECIFIED", "mayor", "", "unknown", "direct_quote", "berita", 4, False,
     "Wali kota berharap dagang tumbuh.", "The mayor hopes trade grows."),
    ("S4", "DIK.GURU", "A-B", "outcome", "1", "UNSPECIFIED", "school", "", "unknown", "author_narration", "jurnal", 6, True,
     "Mutu guru naik.", "Teachers got better."),
    ("S5", "DIK.GURU", "C-D", "context", "1", "UNSPECIFIED", "", "2004", "given", "author_narration", "jurnal", 9, False,
     "Kota D maju.", "City D is advanced."),
    ("S6", "EKO.DAGANG", "C-D", "implemented", "1", "UNSPECIFIED", "mayor", "annually in July", "given", "indirect_speech", "berita", 8,
     False, "Tiap Juli pameran digelar.", "A fair is held every July."),
    ("S7", "EKO.UMUM", "C-D", "planned", "0", "UNSPECIFIED", "", "", "unknown", "author_narration", "jurnal", 10, False,
     "Hubungan akan diperluas.", "Relations will be widened."),
    ("S8", "EKO.DAGANG", "C-D", "signed", "1", "UNSPECIFIED", "city mayor", "since 2007", "given", "author_narration", "jurnal", 11, False,
     "Perjanjian berlaku.", "The treaty is in force."),
    ("S8", "DIK.GURU", "C-D", "signed", "1", "UNSPECIFIED", "city mayor", "since 2007", "given", "author_narration", "jurnal", 11, False,
     "Perjanjian berlaku.", "The treaty is in force."),
]  # fmt: skip


def table(rows=ROWS):
    """Statements as `read_statements` gives them."""
    made = pd.DataFrame(rows, columns=COLUMNS.split())
    made["family"] = family_column([str(name)[:3] for name in made["sector"]], (DIK, EKO))
    for facet in (SECTOR, CASE, STATUS, EVIDENCE, DIRECTION):
        made[facet.id] = facet_column(made[facet.id], facet)
    return made.assign(quote=[f"Kalimat {number}." for number in made["segment"]])


@pytest.fixture
def statements():
    return table()


def cell(matrix, row, column, language="id"):
    """The texts of a cell, or why it is empty."""
    found = matrix.cell(row, column)
    return found["empty"][language] if found["empty"] else [text[language] for text in found["value"]]


S1 = "Nota diteken. [ditandatangani; bukti 2] (S1; jurnal: 3)"
S2 = "Kota mengirim 12 guru. [dilaksanakan; bukti 2] (S2; jurnal: 5; berita: 2)"
S3 = "Wali kota berharap dagang tumbuh. [diharapkan; bukti 0] (S3; berita: 4)"
S4 = "Mutu guru naik. [hasil diklaim; bukti 1]† (S4; jurnal: 6)"
S5 = "Kota D maju. [latar; bukti 1] (S5; jurnal: 9)"
S6 = "Tiap Juli pameran digelar. [dilaksanakan; bukti 1] (S6; berita: 8)"
S8 = "Perjanjian berlaku. [ditandatangani; bukti 1] (S8; jurnal: 11)"
ABSENT = NOT_MENTIONED["id"]


# --- each display ---


def test_meta_matrix_gives_status_statements_quote_and_counter_quote(statements):
    matrix = arrange(statements, "partially ordered meta-matrix")
    assert cell(matrix, "DIK.GURU", "A-B") == [
        "status tertinggi: dilaksanakan (S2; jurnal: 5; berita: 2)",
        S2, S1, S4,
        "kutipan: “Kalimat 5.” (S2; jurnal: 5)",
        "kutipan tandingan: “Kalimat 6.” (S4; jurnal: 6)",
    ]  # fmt: skip
    assert cell(matrix, "EKO.DAGANG", "A-B") == [
        "status tertinggi: diharapkan (bukti 0)° (S3; berita: 4)", S3, "kutipan: “Kalimat 4.” (S3; berita: 4)",
    ]  # fmt: skip
    assert matrix.set_aside == {"EKO.UMUM": WHY}
    assert list(matrix.partitioned()) == ["Pendidikan", "Ekonomi"]


def test_background_is_the_status_of_a_cell_only_where_there_is_nothing_else(statements):
    matrix = arrange(statements[statements["statement"] == "S5"], "partially ordered meta-matrix")
    assert cell(matrix, "DIK.GURU", "C-D") == ["status tertinggi: hanya latar (S5; jurnal: 9)", S5]
    assert cell(matrix, "DIK.GURU", "A-B", "en") == NOT_GIVEN["en"]
    both = arrange(statements, "partially ordered meta-matrix")
    assert cell(both, "DIK.GURU", "C-D")[1:3] == [S8, S5]


def test_a_meta_matrix_of_a_restated_edition_says_so(statements):
    notes = arrange(statements.assign(edition="restated"), "partially ordered meta-matrix").notes("en")
    assert notes[0].endswith("never to be quoted as such.")
    assert "restated" not in arrange(statements, "partially ordered meta-matrix").notes("en")[0]


def test_a_long_quote_is_cut_at_forty_words_and_a_counter_quote_is_another_sentence(statements):
    long = statements.assign(quote=" ".join(["kata"] * 41), segment=1, document="berita")
    assert cell(arrange(long, "partially ordered meta-matrix"), "DIK.GURU", "A-B")[-1] == (
        f"kutipan: “{' '.join(['kata'] * 40)} […]” (S2; berita: 1)"
    )


def test_checklist_rates_each_component_and_keeps_what_it_is(statements):
    matrix = arrange(spread(statements, "actor", BOOK), "checklist matrix")
    assert matrix.row_ids() == ["instrument", "activity", "actors", "numbers", "dates", "frequency", "direction", "result"]
    column = {row: cell(matrix, row, "A-B") for row in matrix.row_ids()}
    assert column == {
        "instrument": ["Nota diteken. [ada, bukti 2] (S1; jurnal: 3)"],
        "activity": ["Kota mengirim 12 guru. [ada, bukti 2] (S2; jurnal: 5; berita: 2)"],
        "actors": [
            "Kota [ada, bukti 2] (S1, S2; jurnal: 3, 5; berita: 2)",
            "Sekolah [ada, bukti 2] (S2; jurnal: 5; berita: 2); dan 1 pernyataan lain (S4; jurnal: 6)",
            "Wali kota [hanya diharapkan atau direncanakan] (S3; berita: 4)",
        ],
        "numbers": ["Kota mengirim 12 guru. [ada, bukti 2] (S2; jurnal: 5; berita: 2)"],
        "dates": ["23 April 1997 [ada, bukti 2] (S1; jurnal: 3)", "November 2012 [ada, bukti 2] (S2; jurnal: 5; berita: 2)"],
        "frequency": ABSENT,
        "direction": ["Ke mitra [ada, bukti 2] (S2; jurnal: 5; berita: 2)"],
        "result": ["Mutu guru naik. [diklaim, bukti 1] (S4; jurnal: 6)"],
    }
    assert cell(matrix, "frequency", "C-D", "en") == ["every year in July [present, evidence 1] (S6; berita: 8)"]
    assert cell(matrix, "dates", "C-D") == [
        "setiap tahun pada bulan Juli [ada, bukti 1] (S6; berita: 8)", "sejak 2007 [ada, bukti 1] (S8; jurnal: 11)",
        "2004 [hanya latar] (S5; jurnal: 9)",
    ]  # fmt: skip


def test_a_deed_without_evidence_is_only_claimed(statements):
    bare = statements.assign(evidence=facet_column(["0"] * len(statements), EVIDENCE))
    assert cell(arrange(bare, "checklist matrix"), "activity", "A-B") == [
        "Kota mengirim 12 guru. [diklaim, bukti 0] (S2; jurnal: 5; berita: 2)"
    ]


def test_actors_that_were_not_spread_are_told_apart_too(statements):
    matrix = arrange(statements, "checklist matrix")
    assert cell(matrix, "actors", "C-D") == [
        "mayor [ada, bukti 1] (S6, S8; berita: 8; jurnal: 11)",
        "city [ada, bukti 1] (S8; jurnal: 11)",
    ]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Kota mengirim 12 guru.", True), ("Enam guru dan delapan pelajar datang.", True), ("Dua puluh guru datang.", True),
        ("Guru datang pada 23 April 1997.", False), ("Sejak 2007 kerja sama berjalan.", False), ("Ia belajar di SMA Sutomo 1 lalu pulang.", False),
        ("Undang-Undang Nomor 32 berlaku.", False), ("Jalan itu 1,2 km panjangnya.", True), ("Kota itu maju.", False),
    ],
)  # fmt: skip
def test_a_number_is_no_date_and_belongs_to_no_name(statements, text, counts):
    matrix = arrange(statements[:1].assign(text_id=text), "checklist matrix")
    assert (cell(matrix, "numbers", "A-B") != ABSENT) == counts


@pytest.mark.parametrize(("text", "often"), [("Tiap tahun ada pameran.", True), ("Pameran digelar saban Juli.", True),
                         ("Pertemuan rutin diadakan.", True), ("Tiap guru ikut.", False)])  # fmt: skip
def test_frequency_is_read_from_words_too(statements, text, often):
    assert (cell(arrange(statements[:1].assign(text_id=text), "checklist matrix"), "frequency", "A-B") != ABSENT) == often


def test_a_checklist_takes_components_of_the_researcher(statements):
    own = {"instrument": "sector:EKO.DAGANG", "Sekolah": ["actor:school", "direction:OUT"]}
    matrix = arrange(statements, "checklist matrix", given=own)
    assert (
        cell(matrix, "instrument", "A-B")[1]
        == "Wali kota berharap dagang tumbuh. [hanya diharapkan atau direncanakan] (S3; berita: 4)"
    )
    assert cell(matrix, "Sekolah", "A-B") == [
        "Kota mengirim 12 guru. [ada, bukti 2] (S2; jurnal: 5; berita: 2)", "Mutu guru naik. [diklaim, bukti 1] (S4; jurnal: 6)",
    ]  # fmt: skip
    assert matrix.row_ids()[-1] == "Sekolah"
    assert matrix.notes("en")[0].endswith("also: instrument: sector:EKO.DAGANG; Sekolah: actor:school, direction:OUT.")


def test_summary_names_cases_with_numbers_and_counts_background_apart(statements):
    matrix = arrange(statements, "content-analytic summary table", columns="family")
    assert cell(matrix, "DIK.GURU", "DIK", "en") == [
        "Alun-Bukit: 3 statements, 2 sources (S1, S2, S4; jurnal: 3, 5, 6; berita: 2)",
        "Curug-Danau: 1 statement, 1 source, 1 of background (S5, S8; jurnal: 9, 11)",
    ]
    by_status = arrange(statements, "content-analytic summary table")
    assert cell(by_status, "DIK.GURU", "context") == ["Curug-Danau: 1 pernyataan latar (S5; jurnal: 9)"]
    assert cell(by_status, "DIK.GURU", "planned") == ABSENT


def test_a_source_of_background_is_no_source_of_a_summary(statements):
    apart = statements.assign(document=["elsewhere" if name == "S5" else "jurnal" for name in statements["statement"]])
    told = cell(arrange(apart, "content-analytic summary table", columns="family"), "DIK.GURU", "DIK", "en")[1]
    assert told.startswith("Curug-Danau: 1 statement, 1 source, 1 of background (S5, S8;")


def test_a_summary_by_case_names_the_documents(statements):
    matrix = arrange(statements, "content-analytic summary table", columns="case")
    assert cell(matrix, "DIK.GURU", "A-B") == [
        "jurnal: 3 pernyataan, 1 sumber (S1, S2, S4; jurnal: 3, 5, 6)", "berita: 1 pernyataan, 1 sumber (S2; berita: 2)",
    ]  # fmt: skip


def test_contrast_compares_ratings_and_status_by_its_rule(statements):
    matrix = arrange(statements, "contrast table")
    assert matrix.column_ids() == ["A-B", "C-D", "verdict"]
    assert cell(matrix, "DIK.GURU", "A-B") == [
        "kuat†: Kota mengirim 12 guru. [dilaksanakan; bukti 2] (S2; jurnal: 5; berita: 2)", "dan 2 pernyataan lain (S1, S4; jurnal: 3, 6)",
    ]  # fmt: skip
    assert cell(matrix, "DIK.GURU", "verdict") == [
        "berbeda (Alun-Bukit: kuat, dilaksanakan; Curug-Danau: sedang, ditandatangani) (S2, S8; jurnal: 5, 11; berita: 2)"
    ]
    assert cell(matrix, "EKO.DAGANG", "verdict", "en") == [
        "different (Alun-Bukit: weak, hoped for (evidence 0); Curug-Danau: moderate, implemented) (S3, S6; berita: 4, 8)"
    ]


def test_cases_with_the_same_rating_and_status_are_similar(statements):
    same = statements[statements["statement"].isin(["S3", "S6"])]
    same = same.assign(status=facet_column(["planned", "planned"], STATUS), evidence=facet_column(["0", "0"], EVIDENCE))
    assert cell(arrange(same, "contrast table"), "EKO.DAGANG", "verdict") == [
        "serupa (Alun-Bukit: lemah, direncanakan (bukti 0); Curug-Danau: lemah, direncanakan (bukti 0)) (S3, S6; berita: 4, 8)"
    ]


def test_an_outcome_claimed_is_no_higher_than_a_deed(statements):
    """S4 claims an outcome; the standing of the cell is that of the deed S2."""
    alike = statements[statements["statement"].isin(["S2", "S4"]) | (statements["statement"] == "S1")]
    other = alike.assign(case=facet_column(["C-D"] * len(alike), CASE), statement=[f"{name}0" for name in alike["statement"]])
    other = other[other["statement"] != "S40"]
    assert cell(arrange(pd.concat([alike, other]), "contrast table"), "DIK.GURU", "verdict")[0].startswith("serupa (")


def test_what_is_not_mentioned_or_only_background_cannot_be_compared(statements):
    some = statements[statements["statement"].isin(["S1", "S5", "S6"])]
    matrix = arrange(some, "contrast table")
    assert cell(matrix, "DIK.GURU", "verdict") == [
        "tidak dapat dibandingkan karena Curug-Danau: hanya latar (S1, S5; jurnal: 3, 9)"
    ]
    assert cell(matrix, "EKO.DAGANG", "verdict", "en") == [
        "not comparable because Alun-Bukit: not found in the corpus (S6; berita: 8)"
    ]
    nothing = arrange(statements[statements["statement"].isin(["S1", "S5"])], "contrast table")
    assert cell(nothing, "EKO.DAGANG", "verdict", "en") == "not comparable: not found in the corpus for any case"


def test_a_verdict_on_record_says_who_judged_and_the_computed_one_stays(statements):
    matrix = arrange(statements, "contrast table", given={"DIK.GURU": {"id": "hampir sama", "en": "nearly alike"}})
    assert cell(matrix, "DIK.GURU", "verdict", "en") == [
        "on record: nearly alike (S2, S8; jurnal: 5, 11; berita: 2)",
        "different (Alun-Bukit: strong, implemented; Curug-Danau: moderate, signed) (S2, S8; jurnal: 5, 11; berita: 2)",
    ]
    judged = arrange(statements, "contrast table", given={"DIK.GURU": {"id": "hampir sama", "en": "alike", "by": "model"}})
    assert cell(judged, "DIK.GURU", "verdict")[0] == "dinilai (model): hampir sama (S2, S8; jurnal: 5, 11; berita: 2)"
    assert cell(judged, "DIK.GURU", "verdict", "en")[0].startswith("judged (model): alike (S2")


def test_event_listing_orders_dates_shows_gaps_and_sets_apart_what_recurs_and_what_has_no_date(statements):
    matrix = arrange(periods(statements, [1993, 2000, 2010]), "event listing")
    assert matrix.row_ids() == ["1997-04-23", "1998..2011", "2004", "2012-11", "since 2007", "annually in July"]
    assert [matrix.label(row) for row in matrix.row_ids()] == [
        "23 April 1997", "1998–2011: jeda", "2004", "November 2012", "sejak 2007", "setiap tahun pada bulan Juli",
    ]  # fmt: skip
    assert [matrix.groups[row]["en"] for row in matrix.row_ids()] == [
        "1993–1999", "1993–1999", "2000–2009", "2010–", "Recurring or ongoing", "Recurring or ongoing",
    ]  # fmt: skip
    assert cell(matrix, "1997-04-23", "A-B") == [
        "Nota diteken. [ditandatangani; bukti 2; 23 April 1997, tertulis; kritis: instrumen ditandatangani, perbuatan pertama"
        " yang bertanggal sendiri dan berbukti 2 atau lebih (Guru)] (S1; jurnal: 3)"
    ]
    assert cell(matrix, "2012-11", "A-B", "en") == [
        "The city sent 12 teachers. [implemented; evidence 2; November 2012, inferred] (S2; jurnal: 5; berita: 2)"
    ]
    assert cell(matrix, "2012-11", "C-D") == "tidak ada peristiwa yang tercatat di sini"
    assert cell(matrix, "1998..2011", "A-B", "en") == "no dated event 1998–2011 (14 years)"
    assert cell(matrix, "1998..2011", "A-B") == "tidak ada peristiwa bertanggal 1998–2011 (14 tahun)"
    assert cell(matrix, "1998..2011", "C-D", "en") == "no gap of this column"
    assert cell(matrix, "2004", "C-D") == ["Kota D maju. [latar; bukti 1; 2004, tertulis] (S5; jurnal: 9)"]
    assert cell(matrix, "since 2007", "C-D")[0].startswith(
        "Perjanjian berlaku. [ditandatangani; bukti 1; sejak 2007, tertulis; kritis: ins"
    )


def test_undated_deeds_come_last_and_undated_hopes_are_not_listed_but_counted(statements):
    undated = statements.assign(
        date=[date if name == "S1" else "" for name, date in zip(statements["statement"], statements["date"], strict=True)]
    )
    matrix = arrange(undated, "event listing")
    assert matrix.row_ids() == ["1997-04-23", "undated"]
    assert [matrix.groups[row]["id"] for row in matrix.row_ids()] == ["Bertanggal", "Tanpa tanggal"]
    assert cell(matrix, "undated", "A-B") == [S2]
    assert matrix.notes()[0].endswith("3 pernyataan tanpa tanggal yang bukan perbuatan tidak didaftar.")  # S3, S4, S7
    assert matrix.notes("en")[0].endswith("3 undated statements of other than deeds not listed.")


def test_a_listing_without_any_date_has_no_gap(statements):
    matrix = arrange(statements.assign(date=""), "event listing", columns="sector")
    assert matrix.row_ids() == ["undated"]
    assert matrix.column_ids() == ["DIK.GURU", "EKO.DAGANG"]


def test_a_gap_of_one_year_and_two_neighbouring_years(statements):
    dated = statements[:3].assign(date=["2001", "2003", "2003"])
    assert arrange(dated, "event listing").row_ids() == ["2001", "2002..2002", "2003"]
    assert arrange(dated, "event listing").label("2002..2002", "en") == "2002: gap"
    assert cell(arrange(dated, "event listing"), "2002..2002", "A-B", "en") == "no dated event 2002 (1 year)"
    assert arrange(statements[:3].assign(date=["2001", "2002", "2002"]), "event listing").row_ids() == ["2001", "2002"]


def test_each_case_has_its_own_gaps_and_since_and_spans_are_dated(statements):
    """A-B: 1997, since 1999, 2000, 2006, 2009; C-D: 2003-2005, 2008: neither fills a gap of the other."""
    dates = {"S1": "1997", "S2": "since 1999", "S3": "2000", "S4": "2006", "S9": "2009", "S6": "2003-05/2005-01", "S8": "2008"}
    more = statements[statements["statement"] == "S1"].assign(statement="S9")
    made = pd.concat([statements, more], ignore_index=True)
    made = made.assign(date=made["statement"].map(dates).fillna(""))
    matrix = arrange(made, "event listing")
    silent = [
        (row, case) for row, case, why in matrix.cells[["row", "column", "empty"]].to_numpy() if why and "no dated" in why["en"]
    ]
    assert silent == [
        ("1998..1998", "A-B"), ("2001..2005", "A-B"), ("2006..2007", "C-D"), ("2007..2008", "A-B"),
    ]  # fmt: skip
    assert cell(matrix, "2001..2005", "C-D", "en") == "no gap of this column"
    one = matrix.keep(columns=["C-D"])
    assert [
        row for row in one.row_ids() if one.cell(row, "C-D")["empty"] and "no dated" in one.cell(row, "C-D")["empty"]["en"]
    ] == ["2006..2007"]


def test_a_code_set_aside_has_no_gap(statements):
    dated = statements.assign(date=["2001"] * 7 + ["2009"] * 3)  # S7 in 2001 and S8 in 2009
    both = pd.concat([dated, dated[dated["statement"] == "S7"].assign(statement="S9", date="2005")])
    assert arrange(both, "event listing", columns="sector").row_ids() == ["2001", "2002..2008", "2005", "2009"]


def test_time_ordered_matrix_places_by_year_and_counts_what_has_none(statements):
    dated = periods(statements, [1993, 2000, 2010])
    matrix = arrange(dated, "time-ordered meta-matrix")
    assert matrix.column_ids() == ["1993-1999", "2000-2009", "2010-"]
    assert cell(matrix, "C-D", "2000-2009") == [
        "Kota D maju. [latar; bukti 1; 2004, tertulis] (S5; jurnal: 9)",
        "Perjanjian berlaku. [ditandatangani; bukti 1; sejak 2007, tertulis] (S8; jurnal: 11)",
    ]  # fmt: skip
    assert cell(matrix, "A-B", "2000-2009") == "tidak ada peristiwa bertanggal dalam tahun-tahun ini"
    assert matrix.notes("en")[0].endswith(
        "4 statements other than background without a year cannot be placed."
    )  # S3, S4, S6, S7


def test_triangulation_shows_support_relations_and_silence(statements):
    relations = pd.DataFrame(
        [("S6", "contradicts", "S1", "lain tanggal"), ("S4", "extends", "S2", "")],
        columns=["statement", "relation", "other", "why"],
    )
    matrix = arrange(statements, "source-by-statement triangulation matrix", given=relations)
    assert matrix.label("S1") == "S1 Nota diteken."
    assert matrix.column_ids() == ["berita", "jurnal"]
    assert cell(matrix, "S1", "jurnal") == ["mendukung (S1; jurnal: 3)"]
    assert cell(matrix, "S1", "berita") == ["bertentangan dengan S1: lain tanggal (S6; berita: 8)"]
    assert cell(matrix, "S6", "jurnal", "en") == ["contradicts S6: lain tanggal (S1; jurnal: 3)"]
    assert cell(matrix, "S2", "jurnal", "en") == ["supports (S2; jurnal: 5)", "extends S2 (S4; jurnal: 6)"]
    assert cell(matrix, "S4", "berita", "en") == ["is extended by S4 (S2; berita: 2)"]
    assert cell(matrix, "S5", "jurnal") == ["menyebut sebagai latar (S5; jurnal: 9)"]
    assert cell(matrix, "S3", "jurnal", "en") == "silent"


def test_triangulation_by_a_facet_gathers_statements(statements):
    relations = pd.DataFrame({"statement": ["S6"], "relation": ["qualifies"], "other": ["S1"], "why": ["hanya pameran"]})
    matrix = arrange(statements, "source-by-statement triangulation matrix", rows="sector", given=relations)
    assert cell(matrix, "DIK.GURU", "berita") == ["mendukung (S2; berita: 2)", "membatasi S1: hanya pameran (S6; berita: 8)"]
    assert cell(matrix, "EKO.DAGANG", "jurnal") == [
        "mendukung (S8; jurnal: 11)",
        "dibatasi oleh S6: hanya pameran (S1; jurnal: 3)",
    ]


def test_concepts_stand_side_by_side_and_an_empty_column_stays(statements):
    pattern = Facet(
        "pattern",
        {"id": "Pola", "en": "Pattern"},
        NONE,
        "multiple",
        (code("kirim", "Kirim", "Send"), code("terima", "Terima", "Receive")),
    )
    made = statements.assign(pattern=facet_column(["kirim"] * len(statements), pattern))
    matrix = arrange(made, "conceptually clustered matrix")
    assert cell(matrix, "A-B", "kirim") == [S2, S1, S4, S3]
    assert cell(matrix, "A-B", "terima") == "tidak ada pernyataan yang ditempatkan di sini"
    effects = arrange(made, "effects matrix")
    assert cell(effects, "EKO.DAGANG", "terima", "en") == "no statement was placed here"
    assert cell(effects, "EKO.DAGANG", "kirim", "en") == "mentioned, but no outcome is claimed"
    assert cell(arrange(statements, "conceptually clustered matrix", columns="sector"), "C-D", "EKO.DAGANG") == [S6, S8]


def test_roles_keep_deeds_and_words_apart(statements):
    matrix = arrange(spread(statements, "actor", BOOK), "role-ordered matrix")
    assert cell(matrix, "city", "DIK") == [f"dalam perbuatan: {S2}", f"dalam perbuatan: {S1}", f"dalam perbuatan: {S8}"]
    assert cell(matrix, "school", "DIK") == [f"dalam perbuatan: {S2}", f"disebut: {S4}"]
    assert cell(matrix, "mayor", "EKO") == [f"dalam perbuatan: {S8}", f"diucapkan sebagai perbuatan: {S6}", f"diucapkan: {S3}"]
    assert cell(matrix, "mayor", "EKO", "en")[2].startswith("speaks: The mayor hopes trade grows. [hoped for; evidence 0]")
    assert cell(matrix, "school", "EKO") == ABSENT


def test_effects_show_outcomes_only_with_who_claims_them(statements):
    matrix = arrange(spread(statements, "actor", BOOK), "effects matrix", columns="case")
    assert cell(matrix, "DIK.GURU", "A-B") == [f"diklaim oleh jurnal, narasi penulis; pelaku: Sekolah: {S4}"]
    assert cell(matrix, "EKO.DAGANG", "A-B") == "disebut, tetapi tidak ada hasil yang diklaim"
    assert cell(matrix, "EKO.DAGANG", "C-D", "en") == "mentioned, but no outcome is claimed"  # no outcome of C-D at all
    apart = arrange(of_one(statements), "effects matrix", columns="case")
    assert cell(apart, "EKO.DAGANG", "C-D", "en") == NOT_GIVEN["en"]
    plain = arrange(statements.drop(columns="actor"), "effects matrix", columns="case")
    assert cell(plain, "DIK.GURU", "A-B", "en") == [
        "claimed by jurnal, author's narration: Teachers got better. [outcome claimed; evidence 1]† (S4; jurnal: 6)"
    ]
    few = arrange(statements[statements["statement"] != "S3"], "effects matrix", columns="case")
    assert cell(few, "EKO.DAGANG", "A-B") == ABSENT


def of_one(statements):
    return statements[statements["case"] == "A-B"]


def test_context_chart_counts_statements_that_name_both_actors(statements):
    matrix = arrange(spread(of_one(statements), "actor", BOOK), "context chart")
    assert matrix.table(labels=False).values.tolist() == [[2, 1, 0], [1, 2, 0], [0, 0, 1]]
    assert matrix.cell("city", "school")["status"] == "implemented"
    assert set(matrix.behind("city", "school")["statement"]) == {"S2"}
    assert "No sign of a relation (good, bad) is drawn." in matrix.notes("en")[0]
    whole = spread(statements.drop(columns="case"), "actor", BOOK)
    assert arrange(whole, "context chart").table(labels=False).values.tolist() == [[3, 1, 1], [1, 2, 0], [1, 0, 3]]


def test_background_is_in_no_context_chart(statements):
    only = of_one(statements).assign(status=facet_column(["context"] * 5, STATUS))
    assert arrange(spread(only, "actor", BOOK), "context chart").cells["value"].sum() == 0


# --- codes that are no case ---


REST = replace(CASE, codes=(*CASE.codes, replace(code("OTHER", "Pasangan lain", "Other pairs"), residual=True)))


def with_rest(statements, *names):
    """The same statements, these of them about no one case."""
    cases = ["OTHER" if name in names else case for name, case in zip(statements["statement"], statements["case"], strict=True)]
    return statements.assign(case=facet_column(cases, REST))


def test_a_code_for_other_cases_is_not_ranked_and_no_case_of_the_few(statements):
    made = with_rest(statements, "S1", "S2", "S4")  # the only strong sector, which would come first
    for name in ("case-ordered descriptive meta-matrix", "two-variable case-ordered matrix"):
        matrix = arrange(made, name)
        assert [matrix.label(row, "en") for row in matrix.row_ids()] == [
            "Curug-Danau (low: 0 strong sectors, 2 moderate)", "Alun-Bukit (low: 0 strong sectors, 0 moderate)",
            "Other pairs (no one case: not ranked)",
        ]  # fmt: skip
        assert matrix.groups["OTHER"]["id"] == "bukan satu kasus"
        assert matrix.notes("en")[0].endswith("2 cases only: an illustration, not a pattern.")
    assert cell(arrange(made, "two-variable case-ordered matrix"), "OTHER", "signed") == [S1]


def test_a_code_for_other_cases_is_no_case_with_both_variables(statements):
    matrix = arrange(with_rest(statements, "S1", "S2"), "variable-by-variable matrix", rows="sector", columns="status")
    assert cell(matrix, "DIK.GURU", "signed") == ["Curug-Danau (S8; jurnal: 11)"]
    assert cell(matrix, "DIK.GURU", "implemented", "en") == "only statements about no one case"
    assert cell(matrix, "DIK.GURU", "context", "en") == "background only"
    assert matrix.notes("en")[0].endswith("2 cases only: an illustration, not a pattern.")


def test_a_code_for_other_cases_has_no_gap_and_no_first_deed(statements):
    made = with_rest(statements, "S1", "S2")
    assert not [row for row in arrange(made, "event listing").row_ids() if ".." in row]
    assert cell(arrange(made, "event listing"), "2012-11", "OTHER") == [
        "Kota mengirim 12 guru. [dilaksanakan; bukti 2; November 2012, disimpulkan] (S2; jurnal: 5; berita: 2)"
    ]
    assert "critical" not in cell(arrange(made, "event listing"), "2012-11", "OTHER", "en")[0]


def test_a_context_chart_leaves_out_what_is_about_no_one_case_and_says_so(statements):
    made = with_rest(of_one(statements), "S1")
    matrix = arrange(spread(made, "actor", BOOK), "context chart")
    assert matrix.table(labels=False).values.tolist() == [[1, 1, 0], [1, 2, 0], [0, 0, 1]]
    assert matrix.notes("en")[0].endswith("1 statement about no one case not counted.")


def test_co_occurrence_is_symmetric_with_the_codes_own_number_on_the_diagonal(statements):
    matrix = arrange(statements, "code co-occurrence")
    assert matrix.kind == "count"
    assert matrix.table(labels=False).values.tolist() == [[5, 1], [1, 3]]
    assert matrix.set_aside == {"EKO.UMUM": WHY}


def test_codings_are_counted_by_segment_and_suggestions_are_not(statements):
    codings = pd.DataFrame(
        {"document": "jurnal", "segment": [1, 1, 1, 2, 3], "sector": ["DIK", "EKO", "EKO", "DIK", "EKO"],
         "coder": ["ani", "ani", "budi", "ani", "codebook"]}
    )  # fmt: skip
    matrix = arrange(codings, "code co-occurrence")
    assert matrix.unit == "segment"
    assert matrix.table(labels=False).values.tolist() == [[2, 1], [1, 1]]
    suggested = codings[codings["coder"] == "codebook"]
    assert arrange(suggested, "code co-occurrence").cells["value"].tolist() == [1]
    assert arrange(codings, "code combinations").table(labels=False).to_dict("index") == {
        "DIK": {"DIK": 1, "EKO": 0}, "DIK + EKO": {"DIK": 1, "EKO": 1},
    }  # fmt: skip


def test_combinations_are_exact_and_the_most_frequent_come_first(statements):
    matrix = arrange(statements, "code combinations")
    assert matrix.row_ids() == ["DIK.GURU", "EKO.DAGANG", "DIK.GURU + EKO.DAGANG"]
    assert matrix.table(labels=False).values.tolist() == [[4, 0], [0, 2], [1, 1]]
    assert matrix.label("DIK.GURU + EKO.DAGANG", "en") == "Teachers + Trade"


def test_cases_are_ordered_by_their_strong_sectors_and_say_their_numbers(statements):
    matrix = arrange(statements, "case-ordered descriptive meta-matrix")
    assert [matrix.label(row) for row in matrix.row_ids()] == [
        "Alun-Bukit (tinggi: 1 sektor kuat, 0 sedang)", "Curug-Danau (rendah: 0 sektor kuat, 2 sedang)",
    ]  # fmt: skip
    assert [matrix.groups[row]["en"] for row in matrix.row_ids()] == ["high", "low"]
    assert cell(matrix, "A-B", "DIK.GURU") == [S2, S1, S4]
    assert matrix.notes()[0].endswith("hanya 2 kasus: ilustrasi, bukan pola.")
    turned = statements.assign(case=statements["case"].cat.rename_categories({}).map({"A-B": "C-D", "C-D": "A-B"}).astype(str))
    assert arrange(turned, "case-ordered descriptive meta-matrix").row_ids() == ["C-D", "A-B"]


def test_six_cases_are_no_illustration_any_more_and_levels_follow_the_thirds():
    strong = {"a": 3, "b": 2, "c": 1, "d": 0, "e": 3, "f": 1}
    rows = [
        (f"S{case}{sector}{number}", f"sektor {sector}", case, "implemented", "2")
        for case, number_strong in strong.items() for sector in range(3) for number in range(2 if sector < number_strong else 1)
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=["statement", "sector", "case", "status", "evidence"])
    made = made.assign(document="berita", segment=1, text_id="Ada.", text_en="There is.")
    matrix = arrange(made, "case-ordered descriptive meta-matrix")
    assert [(row, matrix.groups[row]["en"]) for row in matrix.row_ids()] == [
        ("a", "high"), ("e", "high"), ("b", "high"), ("c", "medium"), ("f", "medium"), ("d", "low"),
    ]  # fmt: skip
    assert "illustration" not in matrix.notes("en")[0]
    assert matrix.label("c", "en") == "c (medium: 1 strong sector, 2 moderate)"


def test_critical_incidents_meet_the_rule_and_say_why(statements):
    matrix = arrange(statements, "critical incident chart")
    assert matrix.row_ids() == ["1997-04-23", "since 2007"]
    assert cell(matrix, "since 2007", "C-D", "en") == [
        "The treaty is in force. [signed; evidence 1; since 2007, given; critical: instrument signed] (S8; jurnal: 11)"
    ]
    none = "no event recorded here"
    assert [why and why["en"] for why in matrix.cells["empty"]] == [None, none, none, None]


def test_a_first_deed_needs_evidence_of_two(statements):
    weak = statements[statements["statement"] == "S2"].assign(evidence=facet_column(["1", "1"], EVIDENCE))
    assert arrange(weak, "critical incident chart").row_ids() == []
    assert arrange(statements[statements["statement"] == "S2"], "critical incident chart").row_ids() == ["2012-11"]


def test_a_sector_left_out_of_comparisons_makes_no_event_critical(statements):
    relation = statements[statements["statement"] == "S2"].assign(sector=facet_column(["EKO.UMUM"] * 2, SECTOR))
    assert arrange(relation, "critical incident chart").row_ids() == []


def test_the_researcher_may_name_what_is_critical(statements):
    matrix = arrange(statements, "critical incident chart", given={"S6": {"id": "mengubah arah", "en": "changed the course"}})
    assert matrix.row_ids() == ["annually in July"]
    assert cell(matrix, "annually in July", "C-D") == [
        "Tiap Juli pameran digelar. [dilaksanakan; bukti 1; setiap tahun pada bulan Juli, tertulis; kritis: mengubah arah] (S6; berita: 8)"
    ]


def test_variable_by_variable_names_the_cases(statements):
    matrix = arrange(statements, "variable-by-variable matrix", rows="sector", columns="status")
    assert cell(matrix, "DIK.GURU", "signed") == ["Alun-Bukit (S1; jurnal: 3)", "Curug-Danau (S8; jurnal: 11)"]
    assert cell(matrix, "DIK.GURU", "context") == RATINGS["none"]["id"]
    assert cell(matrix, "EKO.DAGANG", "context") == ABSENT
    assert matrix.notes("en")[0].endswith("2 cases only: an illustration, not a pattern.")


def test_two_variables_order_cases_by_the_first(statements):
    matrix = arrange(statements, "two-variable case-ordered matrix")
    assert matrix.row_ids() == ["A-B", "C-D"]
    assert cell(matrix, "A-B", "signed") == [S1]
    assert cell(matrix, "C-D", "context") == [S5]


# --- laws ---

OTHERS = {"conceptually clustered matrix": {"columns": "sector"}, "effects matrix": {"columns": "case"},
          "variable-by-variable matrix": {"rows": "sector", "columns": "status"}}  # fmt: skip
MADE = [recipe.name for recipe in CATALOGUE if not recipe.to_fill]
LOCATOR = re.compile(r"\((S\w+(?:, S\w+)*); ((?:jurnal|berita): \d+(?:, \d+)*(?:; (?:jurnal|berita): \d+(?:, \d+)*)*)\)")


def made(rows, name):
    prepared = periods(spread(rows, "actor", BOOK), [1990, 2000, 2010])
    if name == "context chart":
        prepared = prepared[prepared["case"] == prepared["case"].iloc[0]]
    before = prepared.copy(deep=True)
    matrix = arrange(prepared, name, **OTHERS.get(name, {}))
    pd.testing.assert_frame_equal(prepared, before)
    return prepared, matrix


def check(prepared, matrix):
    rows, columns = matrix.row_ids(), matrix.column_ids()
    assert [(c["row"], c["column"]) for _, c in matrix.cells.iterrows()] == list(product(rows, columns))
    for _, found in matrix.cells.iterrows():
        behind = matrix.behind(found["row"], found["column"])
        assert (found["empty"] is None) == (len(behind) > 0)
        if found["empty"]:
            known = ["statements", "background", "outcomes", "sources", "status", "marks"]
            assert found[known].to_list() == [0, 0, 0, 0, "", ""]
        if not matrix.is_text:
            continue
        assert (found["empty"] is None) == (len(found["value"]) > 0)
        if found["empty"]:
            assert found["empty"]["id"] and found["empty"]["en"]
        ids = set()
        for text in found["value"]:
            assert set(text) == {"id", "en"}
            for language in ("id", "en"):
                place = list(LOCATOR.finditer(text[language]))[-1]
                assert text[language].endswith(place[0])
                named = {name for match in LOCATOR.finditer(text[language]) for name in match[1].split(", ")}
                assert named <= set(behind["statement"])
            ids |= named
        if found["column"] != "verdict":  # which names those that decide
            assert ids == set(behind["statement"])  # no statement of a cell is without its place
    pd.testing.assert_frame_equal(matrix.transposed().transposed().table(), matrix.table())
    parts = matrix.partitioned()
    assert sorted(row for part in parts.values() for row in part.row_ids()) == sorted(rows)
    if rows:
        assert matrix.keep(rows=rows[:1]).table().equals(matrix.table().iloc[:1])
    if {matrix.rows, matrix.columns} <= set(prepared):
        placed = prepared.dropna(subset=[matrix.rows, matrix.columns])
        placed = placed[
            placed[matrix.rows].isin(rows) & placed[matrix.columns].isin(columns) & ~placed["sector"].isin(matrix.set_aside)
        ]
        if matrix.kind not in ("effects matrix", "variable-by-variable matrix"):
            assert set(placed["statement"]) == set(matrix.passages["statement"])


@pytest.mark.parametrize("name", MADE)
def test_every_text_ends_with_its_place_and_every_cell_is_filled_or_says_why(statements, name):
    prepared, matrix = made(statements, name)
    check(prepared, matrix)
    recipe = next(recipe for recipe in CATALOGUE if recipe.name == name)
    for language in ("id", "en"):
        note = matrix.notes(language)[0]
        assert recipe.label[language] in note
        assert recipe.source[language] in note
        assert recipe.rule[language] in note


@pytest.mark.parametrize("name", MADE)
def test_a_table_without_rows_is_refused_in_words(statements, name):
    with pytest.raises(ValueError) as told:
        arrange(statements[:0], name, **OTHERS.get(name, {}))
    assert str(told.value).startswith("statements has no rows: there is nothing to arrange as ")


single = st.tuples(
    st.sampled_from(["DIK.GURU", "EKO.DAGANG", "EKO.UMUM"]), st.sampled_from(["A-B", "C-D"]), st.sampled_from(STATUSES), st.sampled_from(GRADES),
    st.sampled_from(["OUT", "UNSPECIFIED"]), st.sampled_from(["", "city", "city mayor", "school"]),
    st.sampled_from(["", "1997-04-23", "2012-11", "2009", "since 2007", "annually in July", "2012-11-03/2012-11-08", "on or before 2023-04-28"]),
    st.sampled_from(["given", "inferred", "unknown"]), st.sampled_from(["author_narration", "direct_quote", "indirect_speech", "cited_secondary"]),
    st.sampled_from(["jurnal", "berita"]), st.integers(1, 9), st.booleans(),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(single, min_size=1, max_size=7), st.sampled_from(MADE))
def test_the_laws_hold_for_any_statements(found, name):
    rows = [(f"S{number}", *row, "Kota mengirim 12 guru.", "Sent.") for number, row in enumerate(found)]
    if name == "contrast table" and len({row[2] for row in rows}) < 2:
        return
    check(*made(table(rows), name))


# --- mistakes ---

RELATED = {"statement": ["S1"], "other": ["S2"], "relation": ["repeat"]}


@pytest.mark.parametrize(
    ("change", "name", "more", "said"),
    [
        (None, "causal network", {},
         "a causal network cannot be made of statements: it needs influences among variables, each asserted by a source or"
         " inferred by the analyst; causality cannot be computed. template('causal network') gives the empty table to fill in: cause, effect,"),
        (None, "event listing", {"rows": "sector"}, "rows='sector': the rows of an event listing are made by the display and cannot be chosen"),
        (None, "effects matrix", {"given": {}}, "given: an effects matrix takes nothing beside the statements"),
        (None, "contrast table", {"given": "DIK"}, "given: a contrast table takes verdicts of your own"),
        (None, "variable-by-variable matrix", {"rows": "sector"}, "a variable-by-variable matrix needs columns: name a column of statements"),
        (None, "time-ordered meta-matrix", {}, "a time-ordered meta-matrix needs the column period, which statements has not:"
         " periods(statements, starts) adds it, or name another"),
        (None, "effects matrix", {}, "an effects matrix needs the column pattern, which statements has not: with_patterns(statements, patterns)"),
        (None, "checklist matrix", {"columns": "cse"}, "a checklist matrix needs the column cse, which statements has not"),
        (lambda t: t.drop(columns="quote"), "partially ordered meta-matrix", {}, "a partially ordered meta-matrix needs the column quote, which"),
        (lambda t: t.drop(columns="status"), "event listing", {}, "statements has no column status: pass the table that read_statements returns"),
        (lambda t: t.assign(status="done"), "event listing", {}, "statements: the displays know no status 'done'. Possible: context, aspired,"),
        (lambda t: spread(t, "actor", BOOK), "context chart", {},
         "a context chart is of one case, and these statements are about A-B, C-D: the same actor, such as the city government, is another"
         " one in each. Make a chart per case, as with statements[statements['case'] == 'A-B']."),
        (lambda t: spread(with_rest(of_one(t), "S1", "S2", "S3", "S4"), "actor", BOOK), "context chart", {},
         "a context chart is of one case, and these statements are about OTHER: the same actor,"),
        (None, "contrast table", {"given": {"DIK.GURU": {**WHY, "who": "model"}}}, "a verdict on 'DIK.GURU' must be given in both languages"),
        (lambda t: t.assign(date="May"), "event listing", {}, "statement S1: date 'May' cannot be read."),
        (lambda t: t[:3], "contrast table", {}, "a contrast table compares two cases or more, but in case there is 1"),
        (None, "contrast table", {"given": {"DIK.GUR": WHY}}, "a verdict is given for 'DIK.GUR', which is not there. Did you mean 'DIK.GURU'?"),
        (None, "contrast table", {"given": {"DIK.GURU": "sama"}},
         "a verdict on 'DIK.GURU' must be given in both languages, as {'id': ..., 'en': ...}"),
        (lambda t: t[t["sector"] == "DIK.GURU"], "contrast table", {"given": {"EKO.DAGANG": WHY}},
         "a verdict is given for 'EKO.DAGANG', but no statement stands there: there is nothing to judge"),
        (None, "critical incident chart", {"given": {"S9": WHY}}, "a reason is given for 'S9', which is not there."),
        (None, "checklist matrix", {"given": {"alat": "sector:DIK.GUR"}}, "component 'alat': 'sector:DIK.GUR' names no code of a column, as"
         " 'sector:DIK.GURU' does. Did you mean 'DIK.GURU'?"),
        (None, "checklist matrix", {"given": {"alat": ["actor:kota"]}}, "component 'alat': 'actor:kota' names no code of a column, as"
         " 'sector:DIK.GURU' does. Possible: city, mayor, school."),
        (None, "role-ordered matrix", {}, "column actor holds several codes in a row: pass spread(statements, 'actor', codebook)"),
        (None, "context chart", {}, "column actor holds several codes in a row: pass spread(statements, 'actor', codebook)"),
        (None, "source-by-statement triangulation matrix", {"given": pd.DataFrame({"statement": ["S1"]})},
         "relations has no column relation, other: pass the table that read_relations returns"),
        (None, "source-by-statement triangulation matrix", {"given": pd.DataFrame(RELATED)},
         "relation 'repeat' is not known. Did you mean 'repeats'?"),
        (lambda t: t[["document", "sector"]], "code co-occurrence", {}, "table has no column segment: pass the table that read_statements or"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_in_words(statements, change, name, more, said):
    with pytest.raises(ValueError) as told:
        arrange(change(statements) if change else statements, name, **more)
    assert str(told.value).startswith(said)


# --- the study itself ---


def test_the_shipped_study_can_be_arranged_in_every_way():
    codebook = qk.read_codebook("codebook.yaml")
    segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    codings = qk.read_codings("corpus/codings", segments, codebook)
    statements = qk.read_statements("corpus/statements.csv", codings, codebook)
    statements = periods(statements, [1993, 2000, 2010, 2020])
    statements = statements[statements["case"].isin(["SUB-BUS", "MDN-GWJ"])]
    for name in MADE:
        prepared = spread(statements, "actor", codebook) if name in ("role-ordered matrix", "context chart") else statements
        prepared = prepared[prepared["case"] == "MDN-GWJ"] if name == "context chart" else prepared
        matrix = arrange(prepared, name, **OTHERS.get(name, {}))
        assert matrix.cells["statements"].sum() > 0
        if matrix.is_text:
            texts = [text["id"] for value in matrix.cells["value"] for text in value]
            assert all(re.search(r" \(S\d{3}(, S\d{3})*; [\w-]+: \d+[^()]*\)$", text) for text in texts)
