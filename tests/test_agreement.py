"""Three invented coders, three invented paragraphs, and the examples of the literature."""

import itertools

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance

import qualkit as qk
from qualkit.agreement import NO_VARIATION, _masi_distance
from qualkit.codebook import Code, Codebook, Facet, Family, facet_column

# Krippendorff (2011), section C: four observers, twelve units, some values missing.
FOUR_BY_TWELVE = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def words(text):
    return {"id": text, "en": text}


def facet(name, scale, *codes):
    made = [
        Code(code, words(code), words(""), words(""), words(""), words(""), words(""), "data", "descriptive", "1")
        for code in codes
    ]
    return Facet(name, words(name), words("?"), scale, tuple(made), (Family("F", words("F")),))


CODEBOOK = Codebook(
    "uji", "1", words("Uji"), "sentence", (), (),
    (
        facet("sector", "multiple", "PENDIDIKAN", "BUDAYA", "EKONOMI"),
        facet("status", "ordinal", "hoped", "planned", "done"),
        facet("case", "nominal", "SUB", "MDN"),
        facet("actor", "multiple", "mayor", "school"),
    ),
)  # fmt: skip

# Two paragraphs of two sentences, one of four.
TEXTS = (
    "Guru berangkat ke Busan.", "Murid menari bersama.",
    "Kapal dibeli.", "Wali kota tersenyum.",
    "Sekolah mengirim guru.", "Hujan turun.", "Pameran batik dibuka.", "Guru pulang.",
)  # fmt: skip


@pytest.fixture
def read():
    """Eight sentences in three paragraphs, a heading and a byline."""
    starts = [100 * number for number in range(1, 9)]
    content = pd.DataFrame(
        {"document": "berita", "segment": range(1, 9), "paragraph": [1, 1, 2, 2, 3, 3, 3, 3], "label": "content",
         "start": starts, "end": [start + 50 for start in starts], "text": TEXTS}
    )  # fmt: skip
    furniture = content.tail(2).assign(segment=[9, 10], label=["heading", "boilerplate"], start=[900, 1000], end=[950, 1050])
    return pd.concat([content, furniture], ignore_index=True)


def coded(coder, answers, name="sector"):
    """Codings of one coder: {segment: "CODE CODE"}."""
    rows = [
        {"document": "berita", "segment": segment, "start": 100 * segment, "end": 100 * segment + 50, "code": code,
         "coder": coder, "facet": name}
        for segment, codes in answers.items() for code in codes.split()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["document", "segment", "start", "end", "code", "coder", "facet"])


def table(*parts):
    """Codings as read_codings gives them: the facet columns know all codes of the codebook."""
    joined = pd.concat(parts, ignore_index=True)
    return joined.assign(
        **{f.id: facet_column([c if n == f.id else None for c, n in zip(joined["code"], joined["facet"], strict=True)], f)
           for f in CODEBOOK.facets}
    )  # fmt: skip


def ones(sequence, code="PENDIDIKAN"):
    """The sentences that a row of 0 and 1 marks: "0 1" is {2: code}."""
    return {number: code for number, mark in enumerate(sequence.split(), 1) if mark == "1"}


@pytest.fixture
def two():
    """The coders of METHOD 1.4: kappa 0.5, alpha 0.53125."""
    return table(coded("ani", ones("1 0 1 1 0 0 0 1")), coded("budi", ones("1 0 0 1 0 0 1 1")))


@pytest.fixture
def three():
    """Ani and Budi as above; Citra read only the last four sentences and gave nothing but the last."""
    return table(
        coded("ani", ones("1 0 1 1 0 0 0 1")), coded("budi", ones("1 0 0 1 0 0 1 1")), coded("citra", {8: "PENDIDIKAN"})
    )


def who_read(read, **coders):
    """Read with a coder column: ani=range(1, 9), citra=range(5, 9)."""
    return pd.concat([read[read["segment"].isin(list(numbers))].assign(coder=coder) for coder, numbers in coders.items()])


# --- alpha against the literature ---


def test_alpha_of_the_4_by_12_example_is_that_of_krippendorff():
    units = list(zip(*FOUR_BY_TWELVE, strict=True))
    assert qk.krippendorff_alpha(units, level="nominal") == pytest.approx(0.743, abs=0.0005)
    assert qk.krippendorff_alpha(units, level="ordinal") == pytest.approx(0.815, abs=0.0005)


def test_nominal_alpha_of_the_4_by_12_example_by_hand():
    # 40 values that can be paired: 9 ones, 13 twos, 10 threes, 5 fours, 3 fives. Units that are not all alike:
    # unit 2 (2 2 3 2) and unit 8 (1 1 2 1) have 3 unlike pairs each, unit 6 (1 2 3 4) has 6; twice each, over 4 - 1.
    observed = (2 * 3 + 2 * 3 + 2 * 6) / 3
    expected = (40 * 39 - (9 * 8 + 13 * 12 + 10 * 9 + 5 * 4 + 3 * 2)) / 39
    assert qk.krippendorff_alpha(list(zip(*FOUR_BY_TWELVE, strict=True)), "nominal") == pytest.approx(1 - observed / expected)


def test_ordinal_difference_is_squared():
    # Values 1 1 | 2 2 | 1 3: n1 = 3, n2 = 2, n3 = 1. d(1,2) = 3/2 + 2/2 = 2.5; d(2,3) = 2/2 + 1/2 = 1.5; d(1,3) = 4.
    observed = 2 * 4**2
    expected = 2 * (3 * 2 * 2.5**2 + 2 * 1 * 1.5**2 + 3 * 1 * 4**2) / 5
    assert qk.krippendorff_alpha([(1, 1), (2, 2), (1, 3)], "ordinal") == pytest.approx(1 - observed / expected)


def test_alpha_of_two_coders_by_hand():
    # 16 values, 8 ones; 2 of 8 units differ: observed 4, expected 2 * 8 * 8 / 15.
    units = list(zip("10110001", "10010011", strict=True))
    assert qk.krippendorff_alpha(units, "nominal") == pytest.approx(1 - 4 / (128 / 15))
    assert 1 - 4 / (128 / 15) == 0.53125


def test_alpha_of_three_categories_by_hand():
    # 20 values: A 6, B 7, C 7. Two of ten units differ: observed 4, expected (20 * 20 - 36 - 49 - 49) / 19 = 14.
    units = list(zip("AABBCCABCA", "AABBCCBBCC", strict=True))
    assert qk.krippendorff_alpha(units, "nominal") == pytest.approx(1 - 4 / 14)


def test_set_valued_alpha_with_masi_and_the_empty_rule():
    # Distances 2/3 (subset), 0, 0, 2/3, 1 (empty and filled), 0. Expected: 132 ordered pairs of 12 values less 14 alike
    # (3 empty, 2 {D}, 3 {G}), of which four pairs are 2/3 instead of 1.
    units = [({"B"}, {"B", "W"}), (set(), set()), ({"D"}, {"D"}), ({"E", "I"}, {"E"}), (set(), {"G"}), ({"G"}, {"G"})]
    observed = 2 * (2 / 3 + 2 / 3 + 1) / 12
    expected = (132 - 14 - 4 + 4 * 2 / 3) / 132
    assert 1 - observed / expected == pytest.approx(0.56)
    assert qk.krippendorff_alpha(units, "sets") == pytest.approx(0.56)


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [("", "", 0), ("", "x", 1), ("x", "x", 0), ("x", "y", 1), ("x", "xy", 1 - 1 / 2 * 2 / 3), ("xy", "yz", 1 - 1 / 3 * 1 / 3)],
)
def test_masi_distance_is_that_of_passonneau(a, b, distance):
    assert _masi_distance(frozenset(a), frozenset(b)) == pytest.approx(distance)
    assert _masi_distance(frozenset(b), frozenset(a)) == pytest.approx(distance)


def test_missing_answers_may_be_none_or_nan():
    with_none = [(1, 1), (2, None), (1, 2), (None, None)]
    with_nan = [(1, 1), (2, float("nan")), (1, 2), (np.nan, pd.NA)]
    assert qk.krippendorff_alpha(with_nan, "nominal") == qk.krippendorff_alpha(with_none, "nominal")
    # Units (1 1) and (1 2) are left: 3 ones, 1 two; observed 2, expected 2 * 3 / 3.
    assert qk.krippendorff_alpha(with_none, "nominal") == 1 - 2 / 2


@pytest.mark.parametrize("units", [[], [(1, 1), (1, 1)], [(1, None), (None, 2)]])
@pytest.mark.parametrize("level", ["nominal", "ordinal"])
def test_without_variation_alpha_is_undefined_and_never_one(units, level):
    assert np.isnan(qk.krippendorff_alpha(units, level))


def test_empty_sets_alone_are_no_variation():
    assert np.isnan(qk.krippendorff_alpha([(set(), set())] * 3, "sets"))


def test_nominal_answers_need_no_order():
    assert qk.krippendorff_alpha([(1, "a"), ("a", "a"), (1, 1)], "nominal") == qk.krippendorff_alpha(
        [(1, 2), (2, 2), (1, 1)], "nominal"
    )


@pytest.mark.parametrize(
    ("units", "level", "message"),
    [
        ([(1, 2)], "interval", "level 'interval' is not known. Possible: nominal, ordinal, sets."),
        ([(1, 2)], "ordnial", "level 'ordnial' is not known. Did you mean 'ordinal'?"),
        ([(1, "a")], "ordinal", "level 'ordinal' needs answers that sort in their order, such as numbers 0 to 3"),
        ([("A B", {"A"})], "sets", "level 'sets' compares sets of codes, but 'A B' is none: write {'A B'}"),
    ],
)
def test_alpha_says_what_does_not_suit(units, level, message):
    with pytest.raises(ValueError) as said:
        qk.krippendorff_alpha(units, level)
    assert str(said.value) == message


# --- alpha against other programs ---

answers = st.one_of(st.none(), st.integers(1, 4))
coders_by_units = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.lists(answers, min_size=coders, max_size=coders), min_size=2, max_size=12)
)


def paired(units):
    return [u for unit in units if len(u := [a for a in unit if a is not None]) > 1]


@settings(max_examples=60, deadline=None)
@given(coders_by_units, st.sampled_from(["nominal", "ordinal"]))
def test_alpha_is_that_of_the_krippendorff_package(units, level):
    assume(len({a for unit in paired(units) for a in unit}) > 1)
    data = np.array([[np.nan if a is None else a for a in unit] for unit in units], dtype=float).T
    theirs = krippendorff.alpha(reliability_data=data, level_of_measurement=level)
    assert qk.krippendorff_alpha(units, level) == pytest.approx(theirs)


sets = st.frozensets(st.sampled_from("BDEG"), max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 3).flatmap(lambda n: st.lists(st.lists(sets, min_size=n, max_size=n), min_size=2, max_size=8)))
def test_set_valued_alpha_is_that_of_nltk(units):
    assume(len({a for unit in units for a in unit}) > 1)

    def distance(a, b):
        return masi_distance(a, b) if a and b else float(bool(a) != bool(b))

    triples = [(coder, number, answer) for number, unit in enumerate(units) for coder, answer in enumerate(unit)]
    theirs = AnnotationTask(triples, distance=distance).alpha()
    assert qk.krippendorff_alpha(units, "sets") == pytest.approx(theirs, abs=0.01)  # older releases of nltk round 2/3


@settings(max_examples=30, deadline=None)
@given(coders_by_units, st.randoms(use_true_random=False))
def test_alpha_does_not_depend_on_the_order_of_coders_or_units(units, random):
    shuffled = [random.sample(unit, len(unit)) for unit in random.sample(units, len(units))]
    for level in ("nominal", "ordinal"):
        here, there = qk.krippendorff_alpha(units, level), qk.krippendorff_alpha(shuffled, level)
        assert here == pytest.approx(there, nan_ok=True)
        assert np.isnan(here) or here <= 1


# --- agreement per code ---


def test_counts_and_coefficients_of_two_coders(two, read):
    row = qk.agreement(two, read, facet="sector").iloc[0]
    assert row.to_dict() | {"low": 0, "high": 0} == {
        "code": "PENDIDIKAN", "segments": 8, "both": 3, "only ani": 1, "only budi": 1, "neither": 3, "percent": 100 * 6 / 8,
        "kappa": pytest.approx((6 / 8 - 1 / 2) / (1 - 1 / 2)), "alpha": pytest.approx(0.53125), "low": 0, "high": 0, "note": "",
    }  # fmt: skip
    assert -1 <= row["low"] <= row["alpha"] <= row["high"] <= 1


def test_kappa_of_three_categories_is_the_one_in_the_method(read):
    # Ten sentences; per code it is the 2 x 2 kappa, so here the codes are compared one by one: A is 4 / 2, agreed on 2.
    ten = pd.DataFrame({"document": "berita", "segment": range(1, 11)})
    first, second = "A A B B C C A B C A", "A A B B C C B B C C"
    as_codes = [{n: c for n, c in enumerate(row.split(), 1)} for row in (first, second)]
    codings = pd.concat([coded("ani", as_codes[0], "case"), coded("budi", as_codes[1], "case")])
    rows = qk.agreement(codings, ten, facet="case").set_index("code")
    assert list(rows.index) == ["A", "B", "C"]
    chance = 4 / 10 * 2 / 10 + 6 / 10 * 8 / 10
    assert rows.loc["A", "kappa"] == pytest.approx((8 / 10 - chance) / (1 - chance))
    assert AnnotationTask(
        [("ani", n, c) for n, c in as_codes[0].items()] + [("budi", n, c) for n, c in as_codes[1].items()]
    ).kappa() == pytest.approx(0.705882, abs=5e-7)


def test_every_code_of_the_facet_has_its_row_in_codebook_order(two, read):
    rows = qk.agreement(two, read, facet="sector")
    assert list(rows["code"]) == ["PENDIDIKAN", "BUDAYA", "EKONOMI"]
    assert list(rows["both"]) == [3, 0, 0]


def test_a_code_nobody_used_is_undefined_and_never_one(two, read):
    row = qk.agreement(two, read, facet="sector").iloc[1]
    assert row["note"] == "undefined: no variation (no coder used it)"
    assert row["percent"] == 100
    assert row[["kappa", "alpha", "low", "high"]].isna().all()


def test_a_code_everybody_gave_everywhere_is_undefined_and_never_one(read):
    everywhere = dict.fromkeys(range(1, 9), "BUDAYA")
    row = qk.agreement(table(coded("ani", everywhere), coded("budi", everywhere)), read, facet="sector").iloc[1]
    assert (row["both"], row["percent"], row["note"]) == (8, 100, NO_VARIATION)
    assert row[["kappa", "alpha"]].isna().all()


def test_a_rare_code_is_called_rare(read):
    economy = dict.fromkeys((3, 5, 7), "EKONOMI")
    codings = table(coded("ani", {1: "BUDAYA", **economy}), coded("budi", {1: "BUDAYA", 3: "EKONOMI"}))
    rows = qk.agreement(codings, read, facet="sector").set_index("code")
    assert rows.loc["BUDAYA", "note"] == "rare: 1 segment; too few for an interval"
    assert rows.loc["BUDAYA", ["low", "high"]].isna().all() and rows.loc["BUDAYA", "alpha"] == 1
    assert rows.loc["EKONOMI", "note"].startswith("rare: 3 segments")
    assert rows.loc["EKONOMI", ["low", "high"]].notna().all()


def test_headings_and_boilerplate_are_not_compared(two, read):
    more = table(
        two[["document", "segment", "start", "end", "code", "coder", "facet"]], coded("ani", {9: "BUDAYA", 10: "BUDAYA"})
    )
    rows = qk.agreement(more, read, facet="sector")
    assert (rows["segments"] == 8).all()
    assert rows.loc[1, "only ani"] == 0


def test_two_codings_of_one_coder_on_one_segment_count_once(read):
    twice = coded("ani", {1: "BUDAYA BUDAYA"})
    assert qk.agreement(table(twice, coded("budi", {1: "BUDAYA"})), read, facet="sector").loc[1, "both"] == 1


def test_what_a_coder_did_not_read_is_missing_and_not_a_no(two, read):
    # Budi read the second half only: Ani 0 0 0 1, Budi 0 0 1 1.
    rows = qk.agreement(two, who_read(read, ani=range(1, 9), budi=range(5, 9)), facet="sector")
    assert rows.loc[0, ["segments", "both", "only ani", "only budi", "neither"]].tolist() == [4, 1, 0, 1, 2]
    assert rows.loc[0, "percent"] == 75
    assert rows.loc[0, "kappa"] == pytest.approx((3 / 4 - 1 / 2) / (1 / 2))
    assert rows.loc[0, "alpha"] == pytest.approx(1 - 2 / (2 * 3 * 5 / 7))


def test_one_who_read_and_found_nothing_is_a_coder_too(two, read):
    rows = qk.agreement(two, who_read(read, ani=range(1, 9), dewi=range(1, 9)), facet="sector", coders=["ani", "dewi"])
    assert rows.loc[0, ["both", "only ani", "only dewi", "neither"]].tolist() == [0, 4, 0, 4]


def test_a_hand_made_table_needs_no_paragraphs_no_places_and_no_categories():
    read = pd.DataFrame({"document": "berita", "segment": [1, 2, 3]})
    codings = pd.concat([coded("ani", {1: "B", 2: "A"}), coded("budi", {1: "B"})]).drop(columns=["start", "end"])
    rows = qk.agreement(codings, read, facet="sector")
    assert list(rows["code"]) == ["A", "B"]
    assert list(rows["both"]) == [0, 1]


def test_three_coders_by_hand(three, read):
    rows = qk.agreement(three, who_read(read, ani=range(1, 9), budi=range(1, 9), citra=range(5, 9)), facet="sector")
    row = rows.iloc[0]
    # Segments 1 (11), 2 (00), 3 (10), 4 (11), then with Citra 5 (000), 6 (000), 7 (010), 8 (111).
    assert row[["segments", "all", "some", "none"]].tolist() == [8, 3, 2, 3]
    assert row["percent"] == 100 * 6 / 8
    # 20 values, 9 ones. Segment 3 differs by 2, segment 7 by 4 / 2.
    assert row["alpha"] == pytest.approx(1 - 4 / (2 * 9 * 11 / 19))
    assert "kappa" not in rows
    assert "both" not in rows


def test_three_are_compared_where_no_segment_was_read_by_all(three, read):
    row = qk.agreement(three, who_read(read, ani=range(1, 9), budi=range(1, 5), citra=range(5, 9)), facet="sector").iloc[0]
    assert row["segments"] == 8
    assert not np.isnan(row["alpha"])


def test_the_machine_and_the_consensus_are_no_coders(two, read):
    plain = ["document", "segment", "start", "end", "code", "coder", "facet"]
    machines = [coded(machine, {2: "PENDIDIKAN"}) for machine in ("codebook", "learned")]
    more = table(two[plain], *machines, coded("agreed", {1: "PENDIDIKAN"}))
    pd.testing.assert_frame_equal(qk.agreement(more, read, facet="sector"), qk.agreement(two, read, facet="sector"))
    assert list(qk.disagreements(more, read, facet="sector").columns[2:4]) == ["ani", "budi"]


def test_the_machine_is_compared_where_it_is_asked_for_by_name(two, read):
    plain = ["document", "segment", "start", "end", "code", "coder", "facet"]
    more = table(two[plain], coded("codebook", {2: "PENDIDIKAN"}))
    rows = qk.agreement(more, read, facet="sector", coders=["ani", "codebook"])
    assert rows.loc[0, ["both", "only ani", "only codebook", "neither"]].tolist() == [0, 4, 1, 3]


def test_a_coder_named_twice_is_one_coder(two, read):
    rows = qk.agreement(two, read, facet="sector", coders=["ani", "budi", "ani"])
    assert rows.loc[0, "both"] == 3


# --- the interval ---


def test_the_interval_is_the_same_each_time():
    # Forty paragraphs of one sentence; every third is coded, every seventh by one coder only: many different samples.
    read = pd.DataFrame({"document": "berita", "segment": range(1, 41)})
    ani, budi = dict.fromkeys(range(1, 41, 3), "B"), dict.fromkeys(range(1, 41, 7), "B")
    codings = pd.concat([coded("ani", ani), coded("budi", ani | budi)])
    first, second = (qk.agreement(codings, read, facet="sector") for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    assert 0 < first["low"].item() < first["alpha"].item() < first["high"].item() < 1


def test_the_interval_draws_paragraphs_and_not_sentences(two, read):
    # Three paragraphs drawn three times make 27 samples, each 1 / 27 = 3.7 % likely: more than the 2.5 % cut off at either
    # end. So the interval reaches from the lowest to the highest of their alphas.
    row = qk.agreement(two, read, facet="sector").iloc[0]
    alphas = []
    ani, budi = [1, 0, 1, 1, 0, 0, 0, 1], [1, 0, 0, 1, 0, 0, 1, 1]
    paragraphs = [(0, 2), (2, 4), (4, 8)]
    for drawn in itertools.product(paragraphs, repeat=3):
        units = [unit for start, end in drawn for unit in list(zip(ani, budi, strict=True))[start:end]]
        alphas.append(qk.krippendorff_alpha(units, "nominal"))
    assert row["low"] == pytest.approx(min(alphas))
    assert row["high"] == pytest.approx(max(alphas))
    by_sentence = qk.agreement(two, read.drop(columns="paragraph"), facet="sector").iloc[0]
    assert by_sentence["alpha"] == row["alpha"]
    assert (by_sentence["low"], by_sentence["high"]) != (row["low"], row["high"])


def test_one_paragraph_has_no_interval(two, read):
    row = qk.agreement(two, read.assign(paragraph=1), facet="sector").iloc[0]
    assert row["alpha"] == pytest.approx(0.53125)
    assert row[["low", "high"]].isna().all()
    assert row["note"] == "no interval: all in one paragraph"


def test_paragraphs_that_only_one_coder_read_are_not_drawn(two, read):
    both = who_read(read, ani=range(5, 9), budi=range(5, 9))
    more = who_read(read, ani=range(1, 9), budi=range(5, 9))
    pd.testing.assert_frame_equal(qk.agreement(two, more, facet="sector"), qk.agreement(two, both, facet="sector"))


# --- the overview ---


@pytest.fixture
def all_facets(two):
    plain = ["document", "segment", "start", "end", "code", "coder", "facet"]
    status = {1: "done", 2: "hoped", 3: "planned", 4: "done"}
    return table(
        two[plain],
        coded("ani", status, "status"), coded("budi", status | {2: "planned", 5: "done"}, "status"),
        coded("ani", {1: "SUB", 2: "MDN"}, "case"), coded("budi", {1: "SUB", 2: "SUB"}, "case"),
        coded("codebook", {1: "mayor"}, "actor"),
    )  # fmt: skip


def test_each_facet_is_compared_as_it_is_scaled(all_facets, read):
    rows = qk.agreement_overview(all_facets, read, CODEBOOK)
    assert rows["facet"].tolist() == ["sector", "status", "case"]  # no person used actor
    assert rows["measure"].tolist() == ["alpha, sets, MASI distance", "alpha, ordinal", "alpha, nominal"]
    assert rows["segments"].tolist() == [8, 4, 2]  # Ani gave sentence 5 no status: missing
    assert rows["identical"].tolist() == [pytest.approx(100 * 6 / 8), 75, 50]
    ordinal = qk.krippendorff_alpha([(3, 3), (1, 2), (2, 2), (3, 3)], "ordinal")
    assert rows["alpha"].tolist() == [pytest.approx(0.53125), pytest.approx(ordinal), pytest.approx(1 - 2 / (2 * 3 * 1 / 3))]


def test_order_is_that_of_the_codebook_and_not_of_the_alphabet(read):
    # In the alphabet done < hoped < planned: the distance between hoped and done would be another one.
    codings = table(
        coded("ani", {1: "hoped", 2: "planned", 3: "done", 4: "hoped"}, "status"),
        coded("budi", {1: "hoped", 2: "planned", 3: "done", 4: "done"}, "status"),
    )
    alpha = qk.agreement_overview(codings, read, CODEBOOK)["alpha"].item()
    assert alpha == pytest.approx(qk.krippendorff_alpha([(1, 1), (2, 2), (3, 3), (1, 3)], "ordinal"))


def test_a_facet_that_two_never_answered_on_one_segment_is_undefined(read):
    codings = table(coded("ani", {1: "done"}, "status"), coded("budi", {2: "done"}, "status"))
    row = qk.agreement_overview(codings, read, CODEBOOK).iloc[0]
    assert (row["segments"], row["note"]) == (0, "undefined: no segment was answered by two coders")
    assert np.isnan(row["identical"])
    assert np.isnan(row["alpha"])


def test_a_facet_with_one_answer_only_is_undefined(read):
    codings = table(coded("ani", {1: "SUB", 2: "SUB"}, "case"), coded("budi", {1: "SUB", 2: "SUB"}, "case"))
    row = qk.agreement_overview(codings, read, CODEBOOK).iloc[0]
    assert (row["identical"], row["note"]) == (100, "undefined: no variation")
    assert np.isnan(row["alpha"])


def test_coders_who_gave_no_code_at_all_have_an_empty_overview(two, read):
    nothing = who_read(read, dewi=range(1, 9), eko=range(1, 9))
    rows = qk.agreement_overview(two, nothing, CODEBOOK, coders=["dewi", "eko"])
    assert list(rows.columns) == ["facet", "measure", "segments", "identical", "alpha", "low", "high", "note"]
    assert rows.empty


def test_two_answers_to_a_facet_that_takes_one_are_refused(read):
    codings = table(coded("ani", {1: "SUB MDN"}, "case"), coded("budi", {1: "SUB"}, "case"))
    with pytest.raises(ValueError) as said:
        qk.agreement_overview(codings, read, CODEBOOK)
    assert str(said.value) == "ani gave segment 1 of 'berita' several answers to case (MDN, SUB); it takes one"


def test_a_code_of_another_codebook_is_named(read):
    codings = pd.concat([coded("ani", {1: "SUBB"}, "case"), coded("budi", {1: "SUB"}, "case")])
    with pytest.raises(ValueError) as said:
        qk.agreement_overview(codings, read, CODEBOOK)
    assert str(said.value) == "code 'SUBB' of case is not in this codebook. Did you mean 'SUB'?"


# --- disagreements ---


def test_disagreements_of_two_show_both_answers_and_the_text(two, read):
    rows = qk.disagreements(two, read, facet="sector")
    assert rows.to_dict("records") == [
        {"document": "berita", "segment": 3, "ani": "PENDIDIKAN", "budi": "(no code)", "text": "Kapal dibeli."},
        {"document": "berita", "segment": 7, "ani": "(no code)", "budi": "PENDIDIKAN", "text": "Pameran batik dibuka."},
    ]


def test_disagreements_of_three_show_what_each_gave_or_did_not_read(read):
    codings = table(
        coded("ani", {1: "EKONOMI PENDIDIKAN", 2: "BUDAYA", 3: "BUDAYA"}),
        coded("budi", {1: "PENDIDIKAN EKONOMI", 2: "EKONOMI", 3: "EKONOMI"}),
        coded("citra", {1: "PENDIDIKAN"}),
    )
    rows = qk.disagreements(codings, who_read(read, ani=[1, 2, 3], budi=[1, 2, 3], citra=[1, 2]), facet="sector")
    assert rows[["ani", "budi", "citra"]].values.tolist() == [
        ["PENDIDIKAN; EKONOMI", "PENDIDIKAN; EKONOMI", "PENDIDIKAN"],  # codes in codebook order
        ["BUDAYA", "EKONOMI", "(no code)"],
        ["BUDAYA", "EKONOMI", "(not read)"],
    ]


def test_no_disagreement_is_an_empty_table_with_its_columns(read):
    same = coded("ani", {1: "BUDAYA"})
    rows = qk.disagreements(table(same, same.assign(coder="budi")), read.drop(columns="text"), facet="sector")
    assert rows.empty
    assert list(rows.columns) == ["document", "segment", "ani", "budi"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(sets, sets), min_size=1, max_size=8))
def test_there_are_as_many_disagreements_as_segments_not_identical(units):
    read = pd.DataFrame({"document": "berita", "segment": range(1, len(units) + 1)})
    read = pd.concat([read.assign(coder=coder) for coder in ("ani", "budi")])
    parts = [coded(name, {n: " ".join(unit[at]) for n, unit in enumerate(units, 1)}) for at, name in enumerate(("ani", "budi"))]
    codings = pd.concat([*parts, coded("codebook", {1: "B"})])
    rows = qk.disagreements(codings, read, facet="sector", coders=["ani", "budi"])
    assert list(rows["segment"]) == [n for n, (a, b) in enumerate(units, 1) if a != b]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from([None, False, True])] * 3), min_size=1, max_size=6))
def test_all_some_and_none_are_all_segments_and_the_numbers_stay_in_their_bounds(units):
    assume(any(len(unit) - unit.count(None) > 1 for unit in units))
    names = ("ani", "budi", "citra")
    rows = [
        {"document": "berita", "segment": n, "coder": coder, "gave": gave}
        for n, unit in enumerate(units, 1) for coder, gave in zip(names, unit, strict=True) if gave is not None
    ]  # fmt: skip
    read = pd.DataFrame(rows)
    codings = pd.concat([read[read["gave"]].assign(code="B", facet="sector"), coded("codebook", {1: "B"})])
    row = qk.agreement(codings, read, facet="sector", coders=[name for name in names if name in set(read["coder"])]).iloc[0]
    counts = [name for name in ("all", "some", "none", "both", "only ani", "only budi", "only citra", "neither") if name in row]
    assert row[counts].sum() == row["segments"] == sum(len(unit) - unit.count(None) > 1 for unit in units)
    assert 0 <= row["percent"] <= 100
    assert np.isnan(row["low"]) or -1 <= row["low"] <= row["high"] <= 1


# --- the door ---

EVERY = [
    lambda codings, read, **more: qk.agreement(codings, read, more.pop("facet", "sector"), **more),
    lambda codings, read, **more: qk.disagreements(codings, read, more.pop("facet", "sector"), **more),
    lambda codings, read, **more: qk.agreement_overview(codings, read, CODEBOOK, **more),
]


def message(call, *args, **more):
    with pytest.raises(ValueError) as said:
        call(*args, **more)
    return str(said.value)


@pytest.mark.parametrize("compare", EVERY)
def test_one_coder_has_nobody_to_agree_with(compare, two, read):
    alone = two[two["coder"] == "ani"]
    assert message(compare, alone, read) == "agreement compares coders, but every coding here is by ['ani']"
    assert message(compare, two, read, coders=["ani"]) == "agreement compares coders, but every coding here is by ['ani']"
    assert message(compare, two, read, coders="ani") == "agreement compares coders, but every coding here is by ['ani']"
    assert message(compare, two.iloc[:0], read) == "agreement compares coders, but no person's coding is here"


@pytest.mark.parametrize("compare", EVERY)
def test_the_message_names_who_does_not_count(compare, two, read):
    plain = ["document", "segment", "start", "end", "code", "coder", "facet"]
    codings = table(two.loc[two["coder"] == "ani", plain], coded("codebook", {1: "BUDAYA"}), coded("agreed", {1: "BUDAYA"}))
    assert message(compare, codings, read) == (
        "agreement compares coders, but every coding here is by ['ani'] ('codebook' and 'agreed' did not code independently)"
    )


@pytest.mark.parametrize("compare", EVERY)
def test_an_unknown_coder_is_named(compare, two, read):
    assert message(compare, two, read, coders=["ani", "budy"]) == "there is no coding by 'budy'. Did you mean 'budi'?"


@pytest.mark.parametrize("compare", EVERY[:2])
def test_an_unknown_facet_is_named(compare, two, read):
    said = "there is no facet 'sektor' among these codings. Did you mean 'sector'?"
    assert message(compare, two, read, facet="sektor") == said
    assert message(compare, two, read, facet="document").startswith("there is no facet 'document' among these codings.")


@pytest.mark.parametrize("compare", EVERY)
def test_nothing_read_by_two_is_said(compare, two, read):
    said = "no content segment was read by two of these coders: nothing can be compared"
    assert message(compare, two, who_read(read, ani=[1, 2], budi=[3, 4])) == said
    assert message(compare, two, read[read["label"] == "heading"]) == said
    assert message(compare, two, read.iloc[:0]) == said


@pytest.mark.parametrize("compare", EVERY)
def test_segments_split_otherwise_than_the_codings_are_refused(compare, two, read):
    paragraphs = read.head(3).assign(start=[100, 300, 500], end=[250, 450, 850])
    assert message(compare, two, paragraphs) == (
        "ani's coding PENDIDIKAN on segment 3 of 'berita' stands at 300, but in `read` this segment is 500-850:"
        " as `read`, pass the segments that read_codings was given"
    )


@pytest.mark.parametrize("compare", EVERY)
def test_tables_that_are_none_are_named(compare, two, read):
    assert message(compare, two.drop(columns=["coder", "facet"]), read) == (
        "codings has no column coder, facet: pass the table that read_codings returns. Did you mean 'code'?"
    )
    said = message(compare, two, read.drop(columns="segment"))
    assert said.startswith("read has no column segment: pass the table that split returns.")
    assert message(compare, "codings.csv", read) == "codings must be the table that read_codings returns, not str"


@pytest.mark.parametrize("compare", EVERY)
def test_the_tables_passed_stay_as_they_were(compare, two, read):
    before = two.copy(deep=True), read.copy(deep=True)
    compare(two, read)
    pd.testing.assert_frame_equal(two, before[0])
    pd.testing.assert_frame_equal(read, before[1])


def test_numbers_of_segments_may_be_text(two, read):
    as_text = read.assign(segment=read["segment"].astype(str))
    pd.testing.assert_frame_equal(qk.agreement(two, as_text, facet="sector"), qk.agreement(two, read, facet="sector"))
