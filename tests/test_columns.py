"""Columns made of hand-made statements: every row, label and order expected by hand."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.codebook import Code, Codebook, CodeId, Facet, Family, facet_column, is_residual
from qualkit.columns import (
    categories,
    codes_of,
    gap_of,
    gap_row,
    gap_words,
    gaps,
    made_column,
    periods,
    present,
    span_of,
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
    assert str(told.value).startswith(said)


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


@pytest.mark.parametrize(
    ("date", "ends", "open", "years"),
    [
        ("2009", (2009, 2010), "", [2009]),
        ("2012-02", (2012 + 31 / 366, 2012 + 60 / 366), "", [2012]),
        ("2023-12-31", (2023 + 364 / 365, 2024), "", [2023]),
        ("2012-11-03/2012-11-08", (2012 + 307 / 366, 2012 + 313 / 366), "", [2012]),
        ("2015-03-02/2018", (2015 + 60 / 365, 2019), "", [2015, 2016, 2017, 2018]),
        ("since 2007", (2007, 2008), "since", [2007]),
        ("annually in July since 2007", (2007, 2008), "since", [2007]),
        ("on or before 2023-04-28", (2023 + 117 / 365, 2023 + 118 / 365), "before", [2023]),
    ],
)
def test_a_date_has_its_ends_what_is_open_and_its_years(date, ends, open, years):
    found = when(date)
    assert (span_of(found.start)[0], span_of(found.end)[1]) == pytest.approx(ends)
    assert (found.open, list(found.years)) == (open, years)


def test_a_date_without_a_year_has_no_years():
    assert [(when(date).open, list(when(date).years)) for date in ("", "annually in July")] == [("", [])] * 2


@given(st.dates(min_value=pd.Timestamp("1000-01-01").date(), max_value=pd.Timestamp("9998-12-31").date()))
def test_days_follow_one_another_without_a_gap(day):
    after = day + pd.Timedelta(days=1).to_pytimedelta()
    assert span_of(day.isoformat())[1] == pytest.approx(span_of(after.isoformat())[0])
    year, month, here = span_of(f"{day.year:04}"), span_of(day.isoformat()[:7]), span_of(day.isoformat())
    assert year[0] <= month[0] <= here[0] < month[1] <= year[1]


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2013-02-29", "statement S1: date '2013-02-29': 2013-02-29 is no day of the calendar"),
        ("2013/2012", "statement S1: date '2013/2012' ends before it begins"),
        ("2013-13", "statement S1: date '2013-13' cannot be read. Possible: 1997-04-23, 2012-11,"),
    ],
)
def test_a_date_that_cannot_be_is_named(date, said):
    with pytest.raises(ValueError) as told:
        when(date, "S1")
    assert str(told.value).startswith(said)


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
    with_events(statements, [(1998, 2011)])
    pd.testing.assert_frame_equal(statements, before)


def test_a_component_of_an_unknown_code_is_named(statements):
    with pytest.raises(ValueError) as told:
        with_components(statements, {"alat": ["case:A-C"]})
    assert str(told.value) == (
        "component 'alat': 'case:A-C' names no code of a column, as 'sector:DIK.GURU' does. Did you mean 'A-B'?"
    )


# --- events ---


def test_a_gap_is_full_years_of_one_case_without_a_dated_statement_other_than_background(statements):
    # A-B: 1997 and 2012; C-D: 2004 is background only, so that 2007 is its only dated year
    assert gaps(statements, "case") == {"A-B": [(1998, 2011)], "C-D": []}
    assert gaps(statements[:1], "case") == {"A-B": []}
    assert gaps(statements[:0], "case") == {}
    assert gaps(statements[:2].assign(date=["2001", "2002-12-31"]), "case") == {"A-B": []}


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (["1997", "since 1999", "2002"], [(1998, 1998), (2000, 2001)]),
        (["1997", "1999-05/2001", "2003"], [(1998, 1998), (2002, 2002)]),
        (["1997", "annually in July", "1999"], [(1998, 1998)]),
        (["1997", "annually since 1998", "1999"], []),
        (["1997", "on or before 1999-04-28", ""], [(1998, 1998)]),
    ],
)
def test_every_shape_of_date_fills_the_years_it_is_on_record_for(dates, found):
    rows = pd.DataFrame({"date": dates, "case": "A-B", "status": "signed"})
    assert gaps(rows, "case") == {"A-B": found}


def test_what_is_no_case_of_its_own_has_no_gap():
    rest = replace(CASE, codes=(CASE.codes[0], replace(CASE.codes[1], residual=True)))
    rows = pd.DataFrame({"date": ["2001", "2005"] * 2, "status": "signed"})
    rows["case"] = facet_column(["A-B", "A-B", "C-D", "C-D"], rest)
    assert gaps(rows, "case") == {"A-B": [(2002, 2004)]}
    assert [is_residual(case) for case in rows["case"].cat.categories] == [False, True]
    assert not is_residual("C-D")


@given(st.lists(st.integers(1900, 2030), min_size=1, max_size=8))
def test_years_are_dated_or_lie_in_a_gap_and_never_both(years):
    rows = pd.DataFrame({"date": list(map(str, years)), "case": "A-B", "status": "signed"})
    silent = [year for first, last in gaps(rows, "case")["A-B"] for year in range(first, last + 1)]
    assert sorted({*years, *silent}) == list(range(min(years), max(years) + 1)) and not set(years) & set(silent)


def test_the_cell_of_a_gap_says_its_years_and_is_known_again():
    assert gap_words((2002, 2002)) == {
        "id": "tidak ada peristiwa bertanggal 2002 (1 tahun)",
        "en": "no dated event 2002 (1 year)",
    }
    assert gap_of(gap_row((1998, 2001)), gap_words((1998, 2001))) == (1998, 2001)
    for row, empty in (("1998..2001", None), ("1998..2001", gap_words((1998, 2002))), ("1998", gap_words((1998, 1998)))):
        assert gap_of(row, empty) is None


def test_events_are_dates_in_order_with_silences_then_what_recurs_then_what_has_no_date(statements):
    rows = with_events(periods(statements, [1993, 2000, 2010]), [(1998, 2011)])
    events = rows["event"].cat.categories
    assert list(events) == ["1997-04-23", "1998..2011", "2004", "2012-11", "since 2007", "annually in July", "undated"]
    assert [event.family.label["en"] for event in events] == [
        "1993–1999", "1993–1999", "2000–2009", "2010–", "Recurring or ongoing", "Recurring or ongoing", "Undated",
    ]  # fmt: skip
    assert events[1].entry.label == {"id": "1998–2011: jeda", "en": "1998–2011: gap"}
    assert rows["event"].tolist()[:5] == ["1997-04-23", "2012-11", "2012-11", "undated", "undated"]
    bare = with_events(statements[:1], ())["event"].cat.categories
    assert [(event, event.family.label["id"]) for event in bare] == [("1997-04-23", "Bertanggal")]
