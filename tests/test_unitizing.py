"""Free spans of invented coders, an example of the literature, and a reference that looks at every code point."""

import itertools
from collections import Counter
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualkit as qk
from qualkit.codebook import Code, Facet, Family, facet_column
from qualkit.unitizing import unitized_agreement

COEFFICIENTS = ["u", "binary_u", "cu", "ku"]

# Krippendorff (2019), figure 12.11, a continuum of 60, as the tests of the R package quallmer give it; here half-open.
FIGURE = {
    "alex": [(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")],
    "paul": [(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")],
    "suzan": [(0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6")],
}


def marked(document="berita", facet="sector", **coders):
    """Codings from ani=[(start, end, code), ...]."""
    rows = [
        {"document": document, "segment": 1, "start": start, "end": end, "code": code, "coder": coder, "facet": facet}
        for coder, units in coders.items() for start, end, code in units
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["document", "segment", "start", "end", "code", "coder", "facet"])


def texts(**lengths):
    """What was read: documents of one segment each, berita=10."""
    rows = [{"document": name, "segment": 1, "start": 0, "end": length, "label": "content"} for name, length in lengths.items()]
    return pd.DataFrame(rows)


def by(*coders, **lengths):
    return pd.concat([texts(**lengths).assign(coder=coder) for coder in coders])


def compare(codings, read, **more):
    """The table by code."""
    return unitized_agreement(codings, read, facet="sector", **more).set_index("code")


def whole(codings, read, **more):
    return compare(codings, read, **more).loc["(all codes)"]


# --- against the literature ---


@pytest.fixture
def figure():
    return compare(marked(**FIGURE), texts(berita=60))


def test_the_figure_of_the_book_has_its_published_coefficients(figure):
    first = figure.loc["(all codes)"]
    assert first["u"] == pytest.approx(0.510, abs=0.0005)
    assert first["binary_u"] == pytest.approx(0.413, abs=0.001)  # 0.4136
    assert first["cu"] == pytest.approx(0.724, abs=0.0005)


def test_the_figure_of_the_book_has_its_published_coefficients_per_code(figure):
    assert figure.loc[["1", "5", "6"], "ku"].tolist() == pytest.approx([1, 1, 1])
    assert figure.loc[["2", "3", "4"], "ku"].tolist() == pytest.approx([0, 0, 0])
    assert np.isnan(figure.loc["7", "ku"])
    assert figure.loc["5", "coverage"] == pytest.approx(100 * 8 / 18)
    assert figure.loc["7", "coverage"] == 0


def test_the_figure_of_the_book_by_hand(figure):
    # 180 values: 71 code points of gap (17, 27, 27) and 109 marked (43, 33, 33). Three coders, so each pair counts 1 / 2.
    # What cannot meet itself: squared units, and every gap point once.
    alone = (49 + 36 + 4 + 25 + 49 + 256) + (49 + 36 + 64 + 144) + (49 + 36 + 64 + 25 + 16 + 9) + 71
    pairs = 180**2 - alone
    first = figure.loc["(all codes)"]
    # Gap against unit: 13-21 (8, once), 30-32 (2, twice unlike), 44-60 (16): of three pairs two are unlike, each both ways, / 2.
    unlike = 2 * (8 + 2 + 16)
    assert first["binary_u"] == pytest.approx(1 - unlike * pairs / (180 * 2 * 71 * 109))
    # All three codes differ on 7-13: 6 x 6 pairs / 2. Marked per code: 21, 6, 6, 6, 18, 36, 16.
    of_codes = [21, 6, 6, 6, 18, 36, 16, 71]
    apart = 180**2 - sum(n**2 for n in of_codes)
    assert first["u"] == pytest.approx(1 - (unlike + 6 * 6 / 2) * pairs / (180 * apart))
    # Intersections: 0-13 and 32-44 marked by all (3 x 25), 13-21 by two (2 x 8 / 2): 83. A unit of 13-21 adds 8 / 2 = 4.
    shared = [21, 6, 6, 6, 8, 36]
    alone = 3 * 49 + 3 * 36 + 2 * 4**2 + (25 + 49 + 144 + 25 + 16 + 9)
    assert sum(shared) == 83
    assert first["cu"] == pytest.approx(1 - 18 * (83**2 - alone) / (83 * (83**2 - sum(n**2 for n in shared))))
    assert first["coverage"] == pytest.approx(100 * 83 / 180)


def test_the_figure_of_the_book_has_its_lengths(figure):
    lengths = ["documents", "length", "units", "marked", "shared"]
    assert figure.loc["(all codes)", lengths].tolist() == [1, 60, 16, 51, 33]
    assert figure.loc["5", lengths].tolist() == [1, 60, 3, 10, 8]
    assert figure.loc["7", lengths].tolist() == [1, 60, 1, 16, 0]
    assert figure.loc["7", "note"] == "ku undefined: nothing shared"
    assert figure.loc["5", "note"] == ""


# --- by hand ---


@pytest.mark.parametrize(("size", "length"), [(1, 20), (5, 20), (19, 20)])
def test_one_of_three_who_marks_alone_is_no_agreement(size, length):
    # The known trap: dkpro-statistics issue 2 got 1.0 (one unit of 1 in a continuum of 20, three coders). With one unit of
    # `size`, by the definition: 2 size unlike; pairs 9 L^2 - size^2 - (3 L - size). It comes to -(size - 1) / 3 L.
    row = whole(marked(ani=[(0, size, "A")]), by("ani", "budi", "citra", berita=length))
    assert row["u"] == row["binary_u"] == pytest.approx(-(size - 1) / (3 * length))
    assert np.isnan(row["cu"])
    assert row["note"] == "cu undefined: nothing shared"
    assert (row["units"], row["marked"], row["shared"], row["coverage"]) == (1, size, 0, 0)


def test_two_coders_whose_units_are_shifted_by_hand():
    # Ani 0-4, Budi 2-6 of 10: 20 values, 8 marked, 12 gap; 4 code points unlike, both ways. 16 + 16 + 12 cannot meet.
    rows = compare(marked(ani=[(0, 4, "A")], budi=[(2, 6, "A")]), texts(berita=10))
    alpha = 1 - 8 * (20**2 - 44) / (20 * 2 * 8 * 12)
    assert rows["binary_u"].tolist() == pytest.approx([alpha, alpha])
    assert rows.loc["(all codes)", "u"] == pytest.approx(alpha)
    assert rows.loc["(all codes)", "note"] == "cu undefined: no variation"
    assert rows.loc["A", "note"] == "ku undefined: no variation"
    assert rows.loc["A", "coverage"] == pytest.approx(100 * 4 / 8)


def test_units_that_touch_stay_two_and_units_of_one_code_that_overlap_are_one():
    both = {"budi": [(0, 6, "A")]}
    touching = compare(marked(ani=[(0, 3, "A"), (3, 6, "A")], **both), texts(berita=10))
    overlapping = compare(marked(ani=[(0, 4, "A"), (3, 6, "A")], **both), texts(berita=10))
    one = compare(marked(ani=[(0, 6, "A")], **both), texts(berita=10))
    assert touching.loc["A", "units"] == 3
    pd.testing.assert_frame_equal(overlapping, one)


def test_a_unit_over_furniture_is_as_long_as_its_content():
    read = pd.DataFrame(
        {
            "document": "berita",
            "segment": [1, 2, 3],
            "start": [0, 5, 8],
            "end": [5, 8, 12],
            "label": ["content", "heading", "content"],
        }
    )
    furnished = whole(marked(ani=[(3, 10, "A"), (5, 8, "B")], budi=[(4, 9, "A")]), read)
    plain = whole(marked(ani=[(3, 7, "A")], budi=[(4, 6, "A")]), texts(berita=9))
    pd.testing.assert_series_equal(furnished, plain)


def test_a_document_that_one_did_not_read_is_missing_and_not_blank():
    units = {"ani": [(0, 4, "A"), (6, 9, "B")], "budi": [(0, 4, "A"), (5, 9, "B")]}
    codings = pd.concat([marked(**units, citra=[(1, 4, "B")]), marked("surat", **units)])
    read = pd.concat([by("ani", "budi", "citra", berita=10), by("ani", "budi", surat=12)])
    row = whole(codings, read)
    # 54 values: berita 3 x 10, surat 2 x 12. Marked: berita 7 + 8 + 3, surat 7 + 8; A 16 code points, B 17, gap 21.
    alone = 4 * 16 + 2 * (9 + 16) + 9 + 21
    # Unlike, berita (each pair of code points both ways, / 2): 0-1 one of three without unit: 2; 1-4 A A B: 3 x 2; 5-6 one of
    # three: 2; 6-9: 3 x 2. Surat (/ 1): 5-6: 2.
    unlike = 2 + 6 + 2 + 6 + 2
    assert row["u"] == pytest.approx(1 - unlike * (54**2 - alone) / (54 * (54**2 - 16**2 - 17**2 - 21**2)))
    assert row[["documents", "length"]].tolist() == [2, 22]
    blank = whole(codings, by("ani", "budi", "citra", berita=10, surat=12))
    assert blank["u"] < row["u"]


def test_what_stands_where_its_coder_did_not_read_is_left_out():
    read = pd.concat([by("ani", "budi", "citra", berita=10), by("ani", "budi", surat=12)])
    codings = pd.concat([marked(ani=[(0, 4, "A")], budi=[(1, 4, "B")]), marked("surat", ani=[(0, 4, "A")], budi=[(0, 4, "A")])])
    more = pd.concat([codings, marked("surat", citra=[(0, 4, "B")]), marked("iklan", citra=[(0, 4, "A")])])
    three = ["ani", "budi", "citra"]
    pd.testing.assert_frame_equal(compare(more, read, coders=three), compare(codings, read, coders=three))


def test_orphans_take_no_part():
    codings = marked(ani=[(0, 4, "A")], budi=[(1, 4, "A")])
    orphan = marked(budi=[(6, 9, "A")]).assign(segment=0)
    pd.testing.assert_frame_equal(compare(pd.concat([codings, orphan]), texts(berita=10)), compare(codings, texts(berita=10)))


def test_the_machine_and_the_consensus_are_no_coders():
    codings = marked(ani=[(0, 4, "A")], budi=[(1, 4, "A")])
    more = pd.concat([codings, marked(codebook=[(0, 9, "A")], learned=[(0, 9, "A")], agreed=[(0, 9, "A")])])
    pd.testing.assert_frame_equal(compare(more, texts(berita=10)), compare(codings, texts(berita=10)))
    named = whole(more, texts(berita=10), coders=["ani", "agreed"])
    assert named["marked"] == 9


def test_who_read_and_marked_nothing_disagrees_unless_others_are_named():
    codings = marked(ani=[(0, 4, "A"), (6, 9, "B")], budi=[(0, 4, "A"), (6, 9, "B")])
    read = by("ani", "budi", "citra", "codebook", berita=10)
    assert whole(codings, read)["u"] < 0.5
    assert whole(codings, read, coders=["ani", "budi"])["u"] == whole(codings, texts(berita=10))["u"] == 1


def test_other_facets_take_no_part():
    codings = marked(ani=[(0, 4, "A")], budi=[(1, 4, "A")])
    more = pd.concat([codings, marked(facet="status", ani=[(2, 9, "done")])])
    pd.testing.assert_frame_equal(compare(more, texts(berita=10)), compare(codings, texts(berita=10)))


def test_every_code_of_the_codebook_has_its_row():
    words = {"id": "", "en": ""}
    made = tuple(Code(code, words, words, words, words, words, words, "data", "descriptive", "1") for code in "CBA")
    codings = marked(ani=[(0, 4, "A")], budi=[(1, 4, "B")])
    codings["sector"] = facet_column(codings["code"], Facet("sector", words, words, "multiple", made, (Family("F", words),)))
    rows = compare(codings, texts(berita=10))
    assert rows.index.tolist() == ["(all codes)", "C", "B", "A"]
    assert rows.loc["C", ["units", "marked", "shared"]].tolist() == [0, 0, 0]
    assert rows.loc["C", ["coverage", *COEFFICIENTS]].isna().all()
    assert rows.loc["C", "note"] == "undefined: no variation (no coder used it)"


# --- units of different codes that overlap ---


def test_overlapping_codes_leave_units_against_gaps_and_each_code_against_all_else():
    units = {"ani": [(0, 4, "A"), (2, 6, "B")], "budi": [(0, 6, "A")]}
    rows = compare(pd.concat([marked("surat", ani=[(0, 9, "A")]), marked(**units)]), texts(surat=9, berita=10))
    assert rows[["u", "cu", "ku"]].isna().all(axis=None)
    assert rows.loc["(all codes)", "note"] == (
        "u and cu undefined: units of different codes overlap (first: ani's A and B in 'berita' at 2)"
    )
    assert rows.loc["A", "note"] == "ku undefined: units of different codes overlap"
    alone = compare(
        pd.concat([marked("surat", ani=[(0, 9, "A")]), marked(ani=[(0, 4, "A")], budi=[(0, 6, "A")])]),
        texts(surat=9, berita=10),
    )
    assert rows.loc["A", "binary_u"] == alone.loc["A", "binary_u"]
    joined = compare(
        pd.concat([marked("surat", ani=[(0, 9, "A")]), marked(ani=[(0, 6, "A")], budi=[(0, 6, "A")])]),
        texts(surat=9, berita=10),
    )
    assert rows.loc["(all codes)", "binary_u"] == joined.loc["(all codes)", "binary_u"]
    assert rows.loc["(all codes)", "units"] == 4


def test_the_note_names_the_first_overlap_and_what_else_is_undefined():
    units = {"ani": [(0, 10, "A"), (7, 9, "B")], "budi": [(0, 10, "A"), (2, 4, "C")]}
    assert whole(marked(**units), texts(berita=10))["note"] == (
        "u and cu undefined: units of different codes overlap (first: budi's A and C in 'berita' at 2);"
        " binary_u undefined: no variation"
    )


def test_overlap_on_what_nobody_else_read_does_no_harm():
    codings = pd.concat([marked(ani=[(0, 4, "A")], budi=[(1, 4, "B")]), marked("surat", ani=[(0, 4, "A"), (2, 6, "B")])])
    read = pd.concat([by("ani", "budi", berita=10), by("ani", surat=10)])
    row = whole(codings, read)
    assert not np.isnan(row["u"])
    assert row[["documents", "length", "units"]].tolist() == [1, 10, 2]


# --- no variation is never 1 ---


def test_nothing_marked_is_undefined():
    rows = compare(marked(citra=[(0, 3, "A")]), by("ani", "budi", berita=10), coders=["ani", "budi"])
    assert rows[COEFFICIENTS].isna().all(axis=None)
    assert set(rows["note"]) == {"undefined: no variation (no coder used it)"}


def test_all_marked_with_one_code_is_undefined():
    rows = compare(marked(ani=[(0, 10, "A")], budi=[(0, 10, "A")]), texts(berita=10))
    assert rows[COEFFICIENTS].isna().all(axis=None)
    assert rows.loc["(all codes)", "note"] == "u and binary_u and cu undefined: no variation"
    assert rows.loc["A", "note"] == "binary_u and ku undefined: no variation"


def test_all_marked_with_two_codes_has_no_gaps_to_tell_apart():
    both = [(0, 6, "A"), (6, 10, "B")]
    row = whole(marked(ani=both, budi=both), texts(berita=10))
    assert row[["u", "cu"]].tolist() == [1, 1]
    assert row["note"] == "binary_u undefined: no variation"


# --- a reference that looks at every code point ---


def reference(units, readers):
    """Coefficients as fractions, by listing what could meet: units (coder, place, place, code), readers {place: coders}.

    Each value that a coder gave to a code point may meet by chance each value of another code point or coder, but not one
    of its own unit. Nothing here is shared with the library: no lengths, no squares, no boundaries.
    """
    there = {place: coders for place, coders in readers.items() if len(coders) > 1}
    values = {(coder, place): (None, (coder, place)) for place, coders in there.items() for coder in coders}
    for coder, start, end, code in units:
        for place in range(start, end):
            if (coder, place) in values:
                values[coder, place] = (code, (coder, start))  # the code, and which unit it is of

    def meetings(kept):
        """How much of each pair of codes meets, and how much would meet by chance."""
        found, weight = Counter(), Counter()
        for place, coders in there.items():
            for one, other in itertools.permutations([c for c in coders if (c, place) in kept], 2):
                amount = Fraction(1, len(coders) - 1)
                found[kept[one, place][0], kept[other, place][0]] += amount
                weight[one, place] += amount
        chance = Counter()
        for one, other in itertools.product(weight, repeat=2):
            if kept[one][1] != kept[other][1]:
                chance[kept[one][0], kept[other][0]] += weight[one] * weight[other]
        return found, chance

    def share(pairs, code=...):
        """Of these pairs (or those of one code) the share that is unlike."""
        pairs = {pair: n for pair, n in pairs.items() if code is ... or pair[0] == code}
        return Fraction(sum(n for (a, b), n in pairs.items() if a != b), sum(pairs.values())) if sum(pairs.values()) else 0

    def alpha(found, chance, code=...):
        return float(1 - share(found, code) / share(chance, code)) if share(chance, code) and found else np.nan

    def against_rest(test):
        """One value against all else; all else is gap, of which each code point is by itself."""
        return alpha(*meetings({at: (True, unit) if test(code) else (False, at) for at, (code, unit) in values.items()}))

    coded = meetings({at: value for at, value in values.items() if value[0] is not None})
    codes = sorted({code for *_, code in units})
    ku = {code: alpha(*coded, code) if any(pair[0] == code for pair in coded[0]) else np.nan for code in codes}
    binary = {code: against_rest(lambda given, code=code: given == code) for code in codes}
    return alpha(*meetings(values)), against_rest(lambda given: given is not None), alpha(*coded), binary, ku


CODERS = ("ani", "budi", "citra")
spans = st.tuples(st.sampled_from(CODERS), st.integers(0, 19), st.integers(1, 6), st.sampled_from("ABC"))
stretches = st.lists(st.sets(st.sampled_from(CODERS)), min_size=5, max_size=5)  # who read each stretch of four


def laid_out(drawn, who):
    """Units that do not overlap, as codings of two documents of 12 and 8 code points, and who read what of them."""
    units, taken = [], set()
    for coder, start, size, code in drawn:
        end = min(start + size, 12 if start < 12 else 20)
        mine = {(coder, place) for place in range(start, end)}
        if not mine & taken:
            taken |= mine
            units.append((coder, start, end, code))
    codings = pd.concat(
        [marked(**{c: []}) for c in CODERS]
        + [
            marked("surat" if s >= 12 else "berita", **{c: [(s - 12 * (s >= 12), e - 12 * (s >= 12), code)]})
            for c, s, e, code in units
        ]
    )
    rows = [
        {"document": "surat" if n >= 3 else "berita", "segment": n, "start": 4 * n - 12 * (n >= 3),
         "end": 4 * n + 4 - 12 * (n >= 3), "coder": coder}
        for n, coders in enumerate(who) for coder in coders
    ]  # fmt: skip
    readers = {place: sorted(coders) for n, coders in enumerate(who) for place in range(4 * n, 4 * n + 4)}
    return units, codings, pd.DataFrame(rows), readers


@settings(max_examples=100, deadline=None)
@given(st.lists(spans, min_size=1, max_size=12), stretches)
def test_all_coefficients_are_those_of_the_reference(drawn, who):
    who[0] = set(CODERS)
    units, codings, read, readers = laid_out(drawn, who)
    rows = compare(codings, read, coders=CODERS)
    u, binary, cu, binaries, ku = reference(units, readers)
    first = rows.loc["(all codes)"]
    assert first[["u", "binary_u", "cu"]].tolist() == pytest.approx([u, binary, cu], nan_ok=True)
    for code in binaries:
        assert rows.loc[code, ["binary_u", "ku"]].tolist() == pytest.approx([binaries[code], ku[code]], nan_ok=True)
    there = [place for place, coders in readers.items() if len(coders) > 1]
    marks = Counter(p for c, s, e, _ in units for p in range(s, e) if p in there and c in readers[p])
    assert first[["length", "marked", "shared"]].tolist() == [len(there), len(marks), sum(n > 1 for n in marks.values())]


# --- laws ---


@settings(max_examples=25, deadline=None)
@given(st.lists(spans, min_size=1, max_size=12), stretches, st.permutations(CODERS))
def test_other_names_and_another_order_of_the_coders_change_nothing(drawn, who, names):
    who[0] = set(CODERS)
    _, codings, read, _ = laid_out(drawn, who)
    new = dict(zip(CODERS, names, strict=True))
    rows = compare(codings, read, coders=CODERS)
    renamed = compare(
        codings.assign(coder=codings["coder"].map(new))[::-1], read.assign(coder=read["coder"].map(new)), coders=CODERS
    )
    pd.testing.assert_frame_equal(renamed, rows)


@settings(max_examples=25, deadline=None)
@given(st.lists(spans, min_size=1, max_size=12))
def test_coders_who_mark_the_same_agree_wholly_or_not_at_all_measurably(drawn):
    _, codings, read, _ = laid_out([("ani", *span[1:]) for span in drawn], [set(CODERS)] * 5)
    codings = pd.concat([codings.assign(coder=coder) for coder in CODERS])
    values = compare(codings, read)[COEFFICIENTS].to_numpy().ravel()
    assert values[~np.isnan(values)] == pytest.approx(1)


def test_two_who_agree_on_two_codes_and_leave_a_gap_have_1_throughout():
    both = [(0, 3, "A"), (5, 9, "B")]
    rows = compare(marked(ani=both, budi=both), texts(berita=10))
    assert rows.loc["(all codes)", ["u", "binary_u", "cu"]].tolist() == pytest.approx([1, 1, 1])
    assert rows.loc[["A", "B"], "ku"].tolist() == pytest.approx([1, 1])
    assert set(rows["note"]) == {""}


def test_coders_who_mark_at_random_agree_as_by_chance():
    draw = np.random.default_rng(7)
    parts = []
    for coder in CODERS:  # units of 1 to 20 code points with gaps of 1 to 20 between them, over 50,000 code points
        cuts = np.cumsum(draw.integers(1, 21, 5000))
        ends = cuts[1::2]
        parts.append(
            marked(**{coder: [(s, e, c) for s, e, c in zip(cuts[::2], ends, draw.choice([*"ABCD"], len(ends)), strict=True)]})
        )
    rows = compare(pd.concat(parts), texts(berita=50000))
    values = rows[COEFFICIENTS].to_numpy().ravel()
    assert np.abs(values[~np.isnan(values)]).max() < 0.03
    assert (~np.isnan(values)).sum() == 3 + 4 * 2


@settings(max_examples=25, deadline=None)
@given(st.lists(spans, min_size=1, max_size=12), stretches)
def test_a_document_that_nobody_marked_changes_only_the_gaps(drawn, who):
    who[0] = set(CODERS)
    _, codings, read, _ = laid_out(drawn, who)
    blank = by(*CODERS, iklan=30).drop(columns="label")
    before, after = compare(codings, read, coders=CODERS), compare(codings, pd.concat([blank, read]), coders=CODERS)
    same = ["units", "marked", "shared", "cu", "ku"]
    pd.testing.assert_frame_equal(after[same], before[same])
    assert (after["length"] == before["length"] + 30).all()
    assert (after["documents"] == before["documents"] + 1).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(spans, min_size=1, max_size=12))
def test_documents_summed_are_documents_laid_end_to_end(drawn):
    units, codings, read, _ = laid_out(drawn, [set(CODERS)] * 5)
    end_to_end = pd.concat([marked(**{coder: [(start, end, code)]}) for coder, start, end, code in units])
    one = compare(end_to_end, by(*CODERS, berita=20), coders=CODERS)
    two = compare(codings, read, coders=CODERS)
    assert (one["documents"] == 1).all()
    pd.testing.assert_frame_equal(two.assign(documents=1), one)


@settings(max_examples=25, deadline=None)
@given(st.lists(spans, min_size=1, max_size=12), st.integers(2, 9))
def test_cu_does_not_depend_on_the_length_of_the_letters(drawn, times):
    # The same marks on a text in which every code point is stretched: cu, ku and coverage stay; only gaps know single points.
    _, codings, read, _ = laid_out(drawn, [set(CODERS)] * 5)
    longer = [table.assign(start=table["start"] * times, end=table["end"] * times) for table in (codings, read)]
    kept = ["coverage", "cu", "ku", "units", "note"]
    pd.testing.assert_frame_equal(compare(*longer, coders=CODERS)[kept], compare(codings, read, coders=CODERS)[kept])


def test_the_tables_passed_stay_as_they_were():
    codings, read = marked(**FIGURE), texts(berita=60)
    before = codings.copy(deep=True), read.copy(deep=True)
    compare(codings, read)
    pd.testing.assert_frame_equal(codings, before[0])
    pd.testing.assert_frame_equal(read, before[1])


def test_thirty_thousand_codings_take_seconds():
    draw = np.random.default_rng(3)
    number, size = 30_000, 30_000
    codings = pd.DataFrame(
        {"document": draw.choice([f"d{n:03}" for n in range(100)], number), "segment": 1, "start": draw.integers(0, size - 100, number),
         "code": draw.choice([f"C{n:02}" for n in range(40)], number), "coder": draw.choice([*CODERS], number), "facet": "sector"}
    )  # fmt: skip
    codings["end"] = codings["start"] + draw.integers(1, 100, number)
    rows = compare(codings, texts(**{f"d{n:03}": size for n in range(100)}))
    assert rows.loc["(all codes)", "length"] == 100 * size
    assert len(rows) == 41


def test_the_codings_of_this_study_compare():
    segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    codings = qk.read_codings("corpus/codings", segments, qk.read_codebook("codebook.yaml"))
    first = unitized_agreement(codings, segments, facet="status").iloc[0]
    content = segments[segments["label"] == "content"]
    assert first["length"] == first["shared"] == (content["end"] - content["start"]).sum()
    assert 0 < first["u"] < 1
    assert first["u"] == pytest.approx(first["cu"])  # every sentence has a status: there are no gaps
    assert first["note"] == "binary_u undefined: no variation"
    assert 0 < unitized_agreement(codings, segments, facet="sector").loc[0, "binary_u"] < 1


# --- the door ---


def message(*args, **more):
    with pytest.raises(ValueError) as said:
        unitized_agreement(*args, **more)
    return str(said.value)


def test_one_coder_has_nobody_to_agree_with():
    said = "agreement compares coders, but every coding here is by ['ani']"
    assert message(marked(ani=[(0, 4, "A")]), texts(berita=10), facet="sector") == said


def test_the_message_names_who_does_not_count():
    codings = marked(ani=[(0, 4, "A")], codebook=[(0, 4, "A")])
    said = "agreement compares coders, but every coding here is by ['ani'] ('codebook' did not code independently)"
    assert message(codings, by("ani", "codebook", berita=10), "sector") == said


def test_an_unknown_coder_and_an_unknown_facet_are_named():
    codings, read = marked(ani=[(0, 4, "A")], budi=[(0, 4, "A")]), texts(berita=10)
    assert message(codings, read, "sector", coders=["ani", "budy"]) == "there is no coding by 'budy'. Did you mean 'budi'?"
    assert message(codings, read, "sektor") == "there is no facet 'sektor' among these codings. Did you mean 'sector'?"


def test_nothing_read_by_two_is_said():
    codings = marked(ani=[(0, 4, "A")], budi=[(0, 4, "A")])
    said = "no content segment was read by two of these coders: nothing can be compared"
    assert message(codings, pd.concat([by("ani", berita=10), by("budi", surat=10)]), "sector") == said
    assert message(codings, texts(berita=10).assign(label="heading"), "sector") == said
    assert message(codings, texts(berita=10).iloc[:0], "sector") == said


def test_tables_without_places_are_named():
    codings, read = marked(ani=[(0, 4, "A")], budi=[(0, 4, "A")]), texts(berita=10)
    said = (
        "codings has no column start, end: pass the table that read_codings returns."
        " Possible: document, segment, code, coder, facet."
    )
    assert message(codings.drop(columns=["start", "end"]), read, "sector") == said
    told = message(codings, read.drop(columns="end"), "sector")
    assert told.startswith("read has no column end: pass the table that split returns.")
