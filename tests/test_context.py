"""Hand-made sentences: which codes give way to others, and which a sentence takes over from what stands around it."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.codebook import Code, Context, Facet, Family, read_codebook
from qualkit.context import _of_headings, inherited, yields
from qualkit.segments import split

ROOT = Path(__file__).resolve().parents[1]

BOTH = {"id": "x", "en": "x"}


def code(name, parent="", indicators=(), weak=(), left_out=None):
    return Code(
        name, BOTH, BOTH, BOTH, BOTH, BOTH, BOTH, "data", "descriptive", "1", parent, (*indicators, *weak), left_out=left_out,
        weak=tuple(weak),
    )  # fmt: skip


SECTOR = Facet(
    "sector", BOTH, BOTH, "multiple",
    (code("GURU", "DIK", ["guru"]), code("SISTEM", "DIK", ["kurikulum"], ["sekolah", "kelas"]), code("SENI", "SOS", ["seni"]),
     code("RELASI", "GOV", ["kunjungan"], left_out=BOTH)),
    (Family("DIK", BOTH), Family("SOS", BOTH), Family("GOV", BOTH)),
    context=Context(("sentence",), cues=("mereka", "program ini")),
)  # fmt: skip
CASE = Facet(
    "case", BOTH, BOTH, "nominal",
    (code("SOLO", indicators=["Solo"]), code("KUPANG", indicators=["Kupang"]), code("LAIN", indicators=["selain dengan"]),
     code("UMUM")),
    context=Context(("sentence", "heading", "document"), prevail=("LAIN",), several="UMUM"),
)  # fmt: skip


def segments(*rows):
    """One segment per row: document, paragraph, label, heading, text."""
    table = pd.DataFrame(rows, columns=["document", "paragraph", "label", "heading", "text"])
    return table.assign(segment=table.groupby("document").cumcount() + 1)


def text_of(*sentences, document="d", paragraph=1, heading=""):
    return [(document, paragraph, "content", heading, sentence) for sentence in sentences]


def given_to(table, facet):
    """What `inherited` gives where the words found are those of the indicators, as one text per segment."""
    rows = [
        (row["document"], row["segment"], one.id)
        for row in table[table["label"] == "content"].to_dict("records")
        for one in facet.codes
        if any(term.lower() in row["text"].lower() for term in one.indicators)
    ]
    found = inherited(pd.DataFrame(rows, columns=["document", "segment", "code"]), table, facet)
    return [f"{row.segment} {row.code} {row.why}" for row in found.itertuples()]


# --- weak indicators ---


def hits(*rows):
    return pd.DataFrame(rows, columns=["document", "segment", "code", "indicator"])


LONG = pd.Series({"d": 99, "e": 99, "f": 99})  # no document is about anything


def reasons(found, sizes=LONG):
    return yields(found, SECTOR, sizes)


def test_a_weak_indicator_gives_way_to_another_code_of_its_family():
    found = hits(("d", 1, "SISTEM", "sekolah"), ("d", 1, "GURU", "guru"))
    assert reasons(found).tolist() == ["gives way to GURU", ""]


def test_a_weak_indicator_stands_alone_beside_a_code_of_another_family_and_far_from_its_own():
    found = hits(("d", 1, "SISTEM", "sekolah"), ("d", 1, "SENI", "seni"), ("d", 3, "SISTEM", "kurikulum"))
    assert reasons(found).tolist() == ["stands alone", "", ""]


@pytest.mark.parametrize("near", [1, 2, 3])
def test_a_weak_indicator_counts_where_a_stronger_one_stands_in_its_segment_or_one_beside_it(near):
    found = hits(("d", 2, "SISTEM", "sekolah"), ("d", near, "SISTEM", "kurikulum"))
    assert reasons(found).tolist() == ["", ""]


def test_two_weak_indicators_keep_each_other_company_in_one_segment_only():
    assert reasons(hits(("d", 1, "SISTEM", "sekolah"), ("d", 1, "SISTEM", "kelas"))).tolist() == ["", ""]
    apart = hits(("d", 1, "SISTEM", "sekolah"), ("d", 2, "SISTEM", "kelas"), ("d", 2, "SISTEM", "kelas"))
    assert reasons(apart).tolist() == ["stands alone"] * 3


def test_the_last_segment_of_a_document_is_not_beside_the_first_of_the_next():
    found = hits(("d", 1, "SISTEM", "kurikulum"), ("e", 1, "SISTEM", "sekolah"), ("f", 1, "SISTEM", "kurikulum"))
    assert reasons(found).tolist() == ["", "stands alone", ""]


def test_an_indicator_that_is_not_weak_never_gives_way_and_needs_no_company():
    found = hits(("d", 1, "SISTEM", "kurikulum"), ("d", 1, "GURU", "guru"))
    assert reasons(found).tolist() == ["", ""]


def test_what_gives_way_keeps_the_index_and_the_table_is_left_as_it_was():
    found = hits(("d", 1, "SISTEM", "sekolah"), ("d", 1, "GURU", "guru")).set_index(pd.Index([7, 3]))
    before = found.copy(deep=True)
    assert reasons(found).to_dict() == {7: "gives way to GURU", 3: ""}
    pd.testing.assert_frame_equal(found, before)
    assert reasons(hits()).tolist() == []


@pytest.mark.parametrize(("size", "about"), [(10, True), (11, False)])
def test_in_a_document_a_fifth_of_which_tells_of_a_code_its_weak_indicators_need_no_company_and_give_way_to_nothing(
    size, about
):
    told = [("d", 1, "SISTEM", "kurikulum"), ("d", 1, "SISTEM", "kurikulum"), ("d", 3, "SISTEM", "kurikulum")]
    asked = [("d", 8, "SISTEM", "sekolah"), ("d", 6, "SISTEM", "sekolah"), ("d", 6, "GURU", "guru")]
    sizes = pd.Series({"e": 1, "d": size})
    expected = ["", "", ""] if about else ["stands alone", "gives way to GURU", ""]
    assert reasons(hits(*told, *asked), sizes).tolist()[3:] == expected


def test_a_document_is_about_a_code_by_its_own_sentences_and_not_by_weak_indicators_or_another_code():
    others = [
        ("d", 3, "SENI", "seni"),
        ("d", 4, "SENI", "seni"),
        ("e", 5, "SISTEM", "kurikulum"),
        ("e", 6, "SISTEM", "kurikulum"),
    ]
    found = hits(("d", 1, "SISTEM", "sekolah"), ("d", 6, "SISTEM", "kurikulum"), *others)
    assert reasons(found, pd.Series({"d": 4, "e": 2})).tolist() == ["stands alone", *[""] * 5]


# --- pointing back ---


def test_a_sentence_that_points_back_takes_over_the_one_code_of_the_sentence_before():
    table = segments(*text_of("Dua guru berangkat.", "Mereka pulang lusa.", "Hujan turun."))
    assert given_to(table, SECTOR) == ["1 GURU words", "2 GURU context"]


def test_nothing_is_taken_over_where_two_codes_may_be_meant():
    assert given_to(segments(*text_of("Guru dan seni.", "Mereka pulang.")), SECTOR) == ["1 GURU words", "1 SENI words"]


def test_a_sentence_with_a_code_of_its_own_takes_nothing_over():
    table = segments(*text_of("Guru berangkat.", "Mereka belajar seni."))
    assert given_to(table, SECTOR) == ["1 GURU words", "2 SENI words"]


def test_a_code_that_is_left_out_of_comparisons_is_not_taken_over():
    assert given_to(segments(*text_of("Kunjungan itu singkat.", "Mereka pulang.")), SECTOR) == ["1 RELASI words"]
    assert given_to(segments(*text_of("Kunjungan dua guru.", "Mereka pulang.")), SECTOR)[-1] == "2 GURU context"


def test_a_code_taken_over_is_passed_on_within_the_paragraph_only():
    first = text_of("Guru berangkat.", "Mereka tiba.", "Program ini usai.")
    assert given_to(segments(*first), SECTOR)[1:] == ["2 GURU context", "3 GURU context"]
    table = segments(*first[:2], *text_of("Program ini usai.", paragraph=2))
    assert given_to(table, SECTOR)[1:] == ["2 GURU context"]


def test_the_sentence_before_may_stand_in_the_paragraph_above_but_not_over_a_heading_nor_in_another_document():
    above, below = text_of("Guru berangkat."), text_of("Mereka pulang.", paragraph=3)
    furniture = [("d", 2, "boilerplate", "", "Baca juga: Guru pulang")]
    assert given_to(segments(*above, *furniture, *below), SECTOR) == ["1 GURU words", "3 GURU context"]
    assert given_to(segments(*above, ("d", 2, "heading", "", "Penutup"), *below), SECTOR) == ["1 GURU words"]
    assert given_to(segments(*above, *text_of("Mereka pulang.", document="e")), SECTOR) == ["1 GURU words"]


@pytest.mark.parametrize(
    ("cue", "sentence", "points_back"),
    [
        ("mereka", "MEREKA pulang.", True),
        ("program ini", "Usai program\nininya, hujan turun.", True),
        ("program* ini", "Programnya ini selesai.", True),
        ("mereka", "Merekam suara.", False),
        ("program ini", "Program initial.", False),
    ],
)
def test_what_points_back(cue, sentence, points_back):
    facet = Facet("s", BOTH, BOTH, "multiple", SECTOR.codes, SECTOR.families, context=Context(("sentence",), (cue,)))
    assert (len(given_to(segments(*text_of("Guru berangkat.", sentence)), facet)) == 2) is points_back


# --- one answer for each sentence ---


def test_a_sentence_that_names_no_city_takes_over_that_of_the_news_item():
    table = segments(*text_of("Hujan turun.", "Kupang sepi.", document="d"), *text_of("Hujan reda.", document="e"))
    assert given_to(table, CASE) == ["1 KUPANG context", "2 KUPANG words"]


def test_a_sentence_takes_over_the_case_of_the_nearest_heading_that_names_one():
    heading = "Solo dan sekitarnya > Kota Kupang > Pendidikan"
    assert given_to(segments(*text_of("Hujan turun.", heading=heading)), CASE) == ["1 KUPANG context"]
    assert given_to(segments(*text_of("Hujan turun.", heading="Pendahuluan")), CASE) == []


def test_the_sources_are_asked_in_their_order():
    table = segments(*text_of("Kupang sepi.", "Hujan turun.", heading="Solo"))
    assert given_to(table, CASE)[1] == "2 KUPANG context"
    headings_first = Facet("case", BOTH, BOTH, "nominal", CASE.codes, context=Context(("heading", "sentence")))
    assert given_to(table, headings_first)[1] == "2 SOLO context"


def test_several_cities_are_one_answer_in_a_sentence_and_in_a_document():
    table = segments(("d", 1, "heading", "", "Awal"), *text_of("Hujan turun."), ("d", 2, "heading", "", "Isi"),
                     *text_of("Kupang sepi."), *text_of("Solo sepi."), *text_of("Solo dan Kupang."))  # fmt: skip
    assert given_to(table, CASE) == ["2 UMUM context", "4 KUPANG words", "5 SOLO words", "6 UMUM words"]


def test_a_sentence_about_several_cities_does_not_change_what_the_document_is_about():
    table = segments(*text_of("Solo dan Kupang."), ("d", 2, "heading", "", "Isi"), *text_of("Hujan turun.", "Solo sepi."))
    assert given_to(table, CASE)[1] == "3 SOLO context"


def test_a_code_that_prevails_is_the_answer_but_says_nothing_of_the_document():
    table = segments(*text_of("Selain dengan Solo, ada kota lain."), *text_of("Hujan turun.", paragraph=2),
                     *text_of("Angin reda.", paragraph=3), *text_of("Kupang sepi.", paragraph=4))  # fmt: skip
    assert given_to(table, CASE) == ["1 LAIN words", "2 LAIN context", "3 KUPANG context", "4 KUPANG words"]


def test_a_facet_without_context_gets_what_the_words_gave():
    bare = Facet("case", BOTH, BOTH, "nominal", CASE.codes)
    assert given_to(segments(*text_of("Solo dan Kupang.", "Hujan turun.")), bare) == ["1 SOLO words", "1 KUPANG words"]


def test_of_several_cities_without_a_code_for_several_all_stay():
    bare = Facet("case", BOTH, BOTH, "nominal", CASE.codes, context=Context(("document",)))
    table = segments(*text_of("Solo dan Kupang.", "Hujan turun."))
    assert given_to(table, bare) == ["1 SOLO words", "1 KUPANG words"]


# --- laws ---

SENTENCE = st.sampled_from(["Guru.", "Seni.", "Mereka.", "Program ini.", "Kunjungan guru.", "Hujan.", "Solo.", "Kupang."])
ROWS = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["content", "heading", "boilerplate"]), SENTENCE), max_size=12)


@given(ROWS, st.sampled_from([SECTOR, CASE]))
def test_only_content_without_words_takes_over_and_the_tables_stay_as_they_were(rows, facet):
    table = segments(*[("d", paragraph, label, "", text) for paragraph, label, text in sorted(rows, key=lambda row: row[0])])
    before = table.copy(deep=True)
    found = [line.split() for line in given_to(table, facet)]
    pd.testing.assert_frame_equal(table, before)
    label = dict(zip(table["segment"].astype(str), table["label"], strict=True))
    by_words = {segment for segment, _, why in found if why == "words"}
    assert all(label[segment] == "content" and segment not in by_words for segment, _, why in found if why == "context")
    assert [int(segment) for segment, _, _ in found] == sorted(int(segment) for segment, _, _ in found)


def test_a_code_does_not_jump_over_a_segment_that_is_not_in_the_table_nor_by_its_order():
    text = "Dua guru berangkat.\n\nHujan turun deras.\n\nRombongan itu pulang."
    segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    facet = read_codebook(ROOT / "codebook.yaml").facet("sector")
    found = pd.DataFrame({"document": ["d"], "segment": [1], "code": ["DIK.GURU"]})
    for some in (segments, segments.iloc[[0, 2]], segments.iloc[[0, 2, 1]]):
        assert inherited(found, some, facet)["segment"].tolist() == [1]
    beside = split(pd.DataFrame({"document": ["d"], "text": ["Dua guru berangkat. Rombongan itu pulang."]}), into="sentences")
    assert inherited(found, beside.iloc[::-1], facet)["segment"].tolist() == [2, 1]


def test_a_heading_gives_a_case_by_the_same_rules_as_a_sentence():
    facet = read_codebook(ROOT / "codebook.yaml").facet("case")
    given = {"MEDAN": {"MDN-GWJ"}, "Medan perang": set(), "Di medan tempur": set(), "Hasil > Kota Surabaya > Umum": {"SUB-BUS"}}
    assert _of_headings([*given], facet) == given
