"""Columns made of hand-made statements: every row, label and order expected by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.codebook import Code, Codebook, CodeId, Facet, Family, facet_column
from qualkit.columns import (
    categories,
    codes_of,
    gaps,
    made_column,
    periods,
    present,
    spread,
    when,
    with_components,
    with_events,
)

NONE = {"id": "", "en": ""}


def code(name, label, label_en):
    words = {"id": label, "en": label_en}
    return Code(name, words, NONE, NONE, NONE, NONE, NONE, "data", "descriptive", "1.0", "")


CASE = Facet("case", {"id": "Kasus", "en": "Case"}, NONE, "nominal", (code("A-B", "Alun-Bukit", "Alun-Bukit"),
             code("C-D", "Curug-Danau", "Curug-Danau")))  # fmt: skip
ACTOR = Facet("actor", {"id": "Pelaku", "en": "Actor"}, NONE, "multiple", (code("city", "Kota", "City"),
              code("school", "Sekolah", "School"), code("mayor", "Wali kota", "Mayor")))  # fmt: skip
BOOK = Codebook("contoh", "1.0", NONE, "sentence", (), (), (CASE, ACTOR))

COLUMNS = "statement case status evidence actor date document segment text_id text_en".split()
ROWS = [
    ("S1", "A-B", "signed", "2", "city", "1997-04-23", "jurnal", 3, "Nota diteken.", "A note was signed."),
    ("S2", "A-B", "implemented", "2", "city school", "2012-11", "jurnal", 5, "Kota mengirim 12 guru.", "The city sent 12 teachers."),
    ("S2", "A-B", "implemented", "2", "city school", "2012-11", "berita", 2, "Kota mengirim 12 guru.", "The city sent 12 teachers."),
    ("S3", "A-B", "aspired", "0", "mayor", "", "berita", 4, "Wali kota berharap dagang tumbuh.", "The mayor hopes trade grows."),
    ("S4", "A-B", "outcome", "1", "school", "", "jurnal", 6, "Mutu guru naik.", "Teachers got better."),
    ("S5", "C-D", "context", "1", "", "2004", "jurnal", 9, "Kota D maju.", "City D is advanced."),
    ("S6", "C-D", "implemented", "1", "mayor", "annually in July", "berita", 8, "Tiap Juli pameran digelar.", "A fair is held."),
    ("S7", "C-D", "planned", "0", "", "", "jurnal", 10, "Hubungan akan diperluas.", "Relations will be widened."),
    ("S8", "C-D", "signed", "1", "city mayor", "since 2007", "jurnal", 11, "Perjanjian berlaku.", "The treaty is in force."),
    ("S8", "C-D", "signed", "1", "city mayor", "since 2007", "jurnal", 11, "Perjanjian berlaku.", "The treaty is in force."),
]  # fmt: skip


@pytest.fixture
def statements():
    made = pd.DataFrame(ROWS, columns=COLUMNS)
    return made.assign(case=facet_column(made["case"], CASE))


def test_spread_gives_a_row_per_code_and_keeps_statements_without_one(statements):
    rows = spread(statements, "actor", BOOK)
    assert rows.loc[rows["statement"] == "S2", ["document", "actor"]].values.tolist() == [
        ["jurnal", "city"], ["jurnal", "school"], ["berita", "city"], ["berita", "school"],
    ]  # fmt: skip
    assert list(rows["actor"].cat.categories) == ["city", "school", "mayor"]
    assert rows.loc[rows["statement"] == "S5", "actor"].isna().tolist() == [True]
    assert len(rows) == 10 + 2 + 2  # S2 twice and S8 twice have one more
    assert list(rows.index) == list(range(14))


@pytest.mark.parametrize(
    ("change", "facet", "said"),
    [
        (lambda t: t, "aktor", "the codebook has no facet 'aktor'. Did you mean 'actor'?"),
        (lambda t: t.drop(columns="actor"), "actor", "statements has no column actor: pass the table that read_statements returns"),
        (lambda t: t, "case", "column case holds one code a row already: there is nothing to spread"),
        (lambda t: t.assign(actor="city schol"), "actor", "column actor holds 'schol', which is no code of that facet. Did you mean 'school'?"),
    ],
)  # fmt: skip
def test_a_mistake_in_spreading_is_named(statements, change, facet, said):
    with pytest.raises(ValueError) as told:
        spread(change(statements), facet, BOOK)
    assert str(told.value) == said


@pytest.mark.parametrize(
    ("date", "year", "period"),
    [
        ("1997-04-23", 1997, "1993-1999"),
        ("2012-11", 2012, "2010-"),
        ("2009", 2009, "2000-2009"),
        ("since 2007", 2007, "2000-2009"),
        ("annually in July", None, None),
        ("annually", None, None),
        ("annually since 2011", 2011, "2010-"),
        ("2012-11-03/2012-11-08", 2012, "2010-"),
        ("1999-12-30/2000-01-02", 1999, "1993-1999"),
        ("on or before 2023-04-28", 2023, "2010-"),
        ("1993", 1993, "1993-1999"),
        ("", None, None),
    ],
)
def test_every_shape_of_date_has_its_year_and_period(date, year, period):
    made = periods(pd.DataFrame({"statement": ["S1"], "date": [date]}), starts=[1993, 2000, 2010])
    assert made["year"].isna().item() if year is None else made["year"].item() == year
    assert made["period"].isna().item() if period is None else made["period"].item() == period
    assert list(made["period"].cat.categories) == ["1993-1999", "2000-2009", "2010-"]
    assert made["period"].cat.categories[0].entry.label == {"id": "1993–1999", "en": "1993–1999"}


@pytest.mark.parametrize(
    ("date", "starts", "said"),
    [
        ("2009", [], "starts=[]: give the first year of each period, in order and each once"),
        ("2009", [2010, 2000], "starts=[2010, 2000]: give the first year of each period, in order and each once"),
        ("2009", [2000, 2000], "starts=[2000, 2000]: give the first year of each period, in order and each once"),
        ("1999-05", [2000], "statement S1 is dated 1999-05, before the first period (2000): begin earlier"),
        ("May 1999", [1990], "statement S1: date 'May 1999' cannot be read. Possible: 1997-04-23, 2012-11, 2009,"),
        ("2009-13", [1990], "statement S1: date '2009-13' cannot be read."),
    ],
)
def test_a_mistake_in_periods_is_named(date, starts, said):
    with pytest.raises(ValueError) as told:
        periods(pd.DataFrame({"statement": ["S1"], "date": [date]}), starts)
    assert str(told.value).startswith(said)


def test_periods_name_the_columns_they_need(statements):
    with pytest.raises(ValueError, match="statements has no column date: pass the table that read_statements returns"):
        periods(statements.drop(columns="date"), [1990])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["city", "school", "mayor"]), unique=True), max_size=6))
def test_what_was_spread_can_be_joined_again(actors):
    rows = pd.DataFrame(
        {"statement": [f"S{n}" for n in range(len(actors))], "actor": [" ".join(found) for found in actors]}, dtype=str
    )
    wide = spread(rows, "actor", BOOK)
    again = wide.groupby("statement", sort=False)["actor"].agg(lambda codes: " ".join(codes.dropna()))
    assert again.to_list() == rows["actor"].to_list()


# --- dates ---


@pytest.mark.parametrize(
    ("date", "start", "label_id", "label_en", "is_dated", "is_recurring"),
    [
        ("1997-04-23", "1997-04-23", "23 April 1997", "23 April 1997", True, False),
        ("2012-11-03/2012-11-08", "2012-11-03", "3 November 2012 – 8 November 2012", "3 November 2012 – 8 November 2012", True, False),
        ("since 2007", "2007", "sejak 2007", "since 2007", False, False),
        ("on or before 2023-04", "2023-04", "paling lambat April 2023", "on or before April 2023", True, False),
        ("annually in July", "", "setiap tahun pada bulan Juli", "every year in July", False, True),
        ("annually in July since 2011", "2011", "setiap tahun pada bulan Juli sejak 2011", "every year in July since 2011", False, True),
        ("", "", "tanpa tanggal", "undated", False, False),
    ],
)  # fmt: skip
def test_a_date_says_when_it_begins_and_how_it_reads(date, start, label_id, label_en, is_dated, is_recurring):
    found = when(date)
    assert (found.start, found.label) == (start, {"id": label_id, "en": label_en})
    assert (found.is_dated, found.is_recurring) == (is_dated, is_recurring)


# --- values of a column ---


def test_a_made_column_knows_its_labels_order_and_groups():
    group = Family("late", {"id": "Akhir", "en": "Late"})
    made = made_column(
        ["b", None, "a"], {"b": {"id": "Be", "en": "Bee"}, "a": NONE}, {"id": "Huruf", "en": "Letter"}, {"b": group}
    )
    assert made.tolist()[0::2] == ["b", "a"]
    first, second = made.categories
    assert (first, first.entry.label["en"], first.column["id"], first.family) == ("b", "Bee", "Huruf", group)
    assert (second, second.family) == ("a", None)


def test_values_that_occur_come_in_the_order_of_the_facet_or_sorted(statements):
    turned = statements["case"][::-1]
    assert categories(turned) == present(turned) == ["A-B", "C-D"]
    assert present(statements["case"][:1]) == ["A-B"]
    assert categories(statements["document"]) == categories(None) == []
    assert present(statements["document"]) == ["berita", "jurnal"]
    assert present(statements["case"][:0]) == present(pd.Series([None], dtype=object)) == []


def test_a_cell_holds_one_code_several_or_none():
    one = CodeId.of(Family("two words", NONE), NONE)
    assert list(codes_of(one)) == ["two words"]
    assert codes_of("city school") == ["city", "school"]
    assert codes_of("") == codes_of(None) == codes_of(float("nan")) == []


# --- components ---


def test_a_statement_has_a_row_for_each_component_it_shows(statements):
    rows = with_components(statements[1:2], {})
    assert list(zip(rows["component"], rows["shows"], strict=True)) == [
        ("activity", ("Kota mengirim 12 guru.", "The city sent 12 teachers.")),
        ("actors", ("city", "city")),
        ("actors", ("school", "school")),
        ("numbers", ("Kota mengirim 12 guru.", "The city sent 12 teachers.")),
        ("dates", ("November 2012", "November 2012")),
    ]
    assert set(rows["statement"]) == {"S2"}
    assert list(rows["component"].cat.categories) == [
        "instrument", "activity", "actors", "numbers", "dates", "frequency", "direction", "result",
    ]  # fmt: skip


def test_components_of_the_researcher_come_last(statements):
    rows = with_components(statements, {"Sekolah": ["actor:school"], "result": ["actor:mayor"]})
    assert list(rows["component"].cat.categories)[-2:] == ["result", "Sekolah"]
    assert rows.loc[rows["component"] == "Sekolah", "statement"].tolist() == ["S2", "S2", "S4"]
    assert rows.loc[rows["component"] == "result", "statement"].tolist() == ["S3", "S4", "S6", "S8", "S8"]


def test_statements_that_show_nothing_and_no_statements_give_no_row(statements):
    assert with_components(statements[statements["statement"] == "S7"], {}).empty
    assert list(with_components(statements[:0], {})) == [*COLUMNS, "component", "shows"]


def test_components_leave_the_statements_as_they_were(statements):
    before = statements.copy(deep=True)
    with_components(statements, {"Sekolah": ["actor:school"]})
    with_events(statements, gaps(statements))
    pd.testing.assert_frame_equal(statements, before)


def test_a_component_of_an_unknown_code_is_named(statements):
    with pytest.raises(ValueError) as told:
        with_components(statements, {"alat": ["case:A-C"]})
    assert str(told.value) == (
        "component 'alat': 'case:A-C' names no code of a column, as 'sector:DIK.GURU' does. Did you mean 'A-B'?"
    )


# --- events ---


def test_a_gap_is_full_years_without_a_dated_statement_other_than_background(statements):
    # 2004 is background only and "since 2007" no point in time
    assert gaps(statements) == {
        "1998..2011": (1998, {"id": "14 tahun tanpa peristiwa bertanggal", "en": "14 years without a dated event"})
    }
    assert gaps(statements[:1]) == gaps(statements[:0]) == {}
    assert gaps(statements[:2].assign(date=["2001", "2002-12-31"])) == {}


def test_events_are_dates_in_order_with_silences_then_what_recurs_then_what_has_no_date(statements):
    rows = with_events(periods(statements, [1993, 2000, 2010]), gaps(statements))
    events = rows["event"].cat.categories
    assert list(events) == ["1997-04-23", "1998..2011", "2004", "2012-11", "since 2007", "annually in July", "undated"]
    assert [event.family.label["en"] for event in events] == [
        "1993–1999", "1993–1999", "2000–2009", "2010–", "Recurring or ongoing", "Recurring or ongoing", "Undated",
    ]  # fmt: skip
    assert events[1].entry.label["en"] == "1998–2011: 14 years without a dated event"
    assert rows["event"].tolist()[:5] == ["1997-04-23", "2012-11", "2012-11", "undated", "undated"]
    bare = with_events(statements[:1], {})["event"].cat.categories
    assert [(event, event.family.label["id"]) for event in bare] == [("1997-04-23", "Bertanggal")]
