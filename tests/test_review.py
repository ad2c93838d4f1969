"""Suggestions against a person's codings, on sentences made up for it: every count by hand."""

import re
from math import log2
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures

from qualkit.codebook import Code, Codebook, Facet
from qualkit.codings import code_segments
from qualkit.review import candidate_indicators, concordance, invented, overlooked, review, review_indicators
from qualkit.segments import split
from qualkit.suggest import find_indicators, suggest_codings
from tests.effort import calls

ROOT = Path(__file__).resolve().parents[1]
BOTH = {"id": "x", "en": "x"}


def code(name, *indicators, **fields):
    return Code(name, BOTH, BOTH, BOTH, BOTH, BOTH, BOTH, "data", "descriptive", "1", indicators=indicators, **fields)


def book(*codes):
    return Codebook("b", "1", BOTH, "sentence", (), (), (Facet("sector", BOTH, BOTH, "multiple", codes),))


TEXT = """Para guru datang dari kota mitra. Guru besar memberi kuliah tamu. Mereka tinggal seminggu.

Kapal dagang berlabuh di pelabuhan. Pelabuhan itu ramai sekali. Wali kota menyambut tamu."""
SEGMENTS = split(pd.DataFrame({"document": ["berita"], "text": [TEXT]}), into="sentences")
BOOK = book(code("GURU", "guru", "dosen"), code("LAUT", "pelabuhan", "kapal"), code("RELASI", "kota mitra", left_out=BOTH))


def codings_of(*pairs, coder="rani", segments=SEGMENTS, codebook=BOOK, document="berita"):
    codes = pd.DataFrame([(document, *pair) for pair in pairs], columns=["document", "segment", "code"])
    return code_segments(segments, codes, codebook, coder, "2026-11-22")


# Rani: the teachers arrive and stay; ships and the harbour. The words: "guru" in 1 and 2, "pelabuhan" in 4 and 5, "kota mitra" in 1.
RANI = codings_of((1, "GURU"), (3, "GURU"), (4, "LAUT"), (5, "LAUT"))
SUGGESTED = suggest_codings(SEGMENTS, BOOK)
HITS = find_indicators(SEGMENTS, BOOK, "sector")


# --- review ---


def test_each_code_has_its_counts_and_shares():
    table = review(SUGGESTED, RANI, BOOK).set_index("code")
    assert table.loc["GURU", ["suggested", "coded", "both"]].tolist() == [2, 2, 1]
    assert table.loc["GURU", ["precision", "recall", "f1"]].tolist() == [1 / 2, 1 / 2, 2 / 4]
    assert table.loc["LAUT", ["suggested", "coded", "both", "f1"]].tolist() == [2, 2, 2, 1]


def test_the_last_row_counts_all_codes_but_those_the_codebook_sets_aside():
    table = review(SUGGESTED, RANI, BOOK)
    assert table["code"].tolist() == ["GURU", "LAUT", "RELASI", "all but RELASI"]
    last = table.iloc[-1]
    assert (last["suggested"], last["coded"], last["both"]) == (4, 4, 3)
    assert (last["precision"], last["recall"], last["f1"]) == (3 / 4, 3 / 4, 6 / 8)


def test_without_codes_set_aside_the_last_row_is_all():
    assert review(SUGGESTED, RANI, book(*BOOK.facets[0].codes[:2], code("RELASI"))).iloc[-1]["code"] == "all"


def test_shares_are_empty_where_there_is_nothing_to_divide_by():
    row = review(SUGGESTED, RANI, book(*BOOK.facets[0].codes, code("SEPI"))).set_index("code").loc["SEPI"]
    assert row["coded"] == 0 and row[["precision", "recall", "f1"]].isna().all()


def test_a_code_counts_once_however_many_codings_a_coder_put_on_the_segment():
    twice = pd.concat([RANI, RANI.assign(start=RANI["start"] + 1)])
    assert review(SUGGESTED, twice, BOOK).equals(review(SUGGESTED, RANI, BOOK))


def test_orphans_do_not_count():
    orphan = RANI[:1].assign(segment=0)
    assert review(SUGGESTED, pd.concat([RANI, orphan]), BOOK).equals(review(SUGGESTED, RANI, BOOK))


def test_several_coders_need_a_name():
    both = pd.concat([RANI, RANI.assign(coder="budi")])
    with pytest.raises(
        ValueError, match=r"the codings are by budi, rani: name the one whose reading is taken as right, coder='...'"
    ):
        review(SUGGESTED, both, BOOK)
    assert review(SUGGESTED, both, BOOK, coder="rani").equals(review(SUGGESTED, RANI, BOOK))


def test_an_unknown_coder_is_answered_with_the_nearest():
    with pytest.raises(ValueError, match=r"there is no coding by 'rany'. Did you mean 'rani'\?"):
        review(SUGGESTED, RANI, BOOK, coder="rany")


@pytest.mark.parametrize("machine", ["codebook", "learned"])
def test_a_machine_is_never_taken_as_right(machine):
    with pytest.raises(ValueError, match=f"coder '{machine}' is a machine: suggestions are set against what a person coded"):
        review(SUGGESTED, pd.concat([RANI, SUGGESTED.assign(coder=machine)]), BOOK, coder=machine)
    with pytest.raises(ValueError, match="codings holds no person's coding"):
        review(SUGGESTED, SUGGESTED.assign(coder=machine), BOOK)


def test_suggestions_in_a_document_without_codings_ask_who_read_it():
    other = SEGMENTS.assign(document="lain")
    more = pd.concat([SUGGESTED, suggest_codings(other, BOOK)])
    with pytest.raises(
        ValueError, match=r"no code of this facet may be unread \(lain\): say which segments the coder read, read="
    ):
        review(more, RANI, BOOK)
    assert review(more, RANI, BOOK, read=SEGMENTS).equals(review(SUGGESTED, RANI, BOOK))
    unread = review(more, RANI, BOOK, read=pd.concat([SEGMENTS, other])).set_index("code")
    assert unread.loc["LAUT", ["suggested", "coded", "both"]].tolist() == [4, 2, 2]


def test_what_misled_and_what_was_overlooked_count_no_document_that_may_be_unread():
    both = pd.concat([SEGMENTS, SEGMENTS.assign(document="lain")])
    more = suggest_codings(both, BOOK)
    for function in (invented, overlooked):
        with pytest.raises(ValueError, match=r"may be unread \(lain\): say which segments the coder read, read="):
            function(more, RANI, both)
        assert function(more, RANI, both, read=SEGMENTS).equals(function(SUGGESTED, RANI, SEGMENTS))
    counts = review(more, RANI, BOOK, read=both).set_index("code")
    wrong = invented(more, RANI, both, read=both)["code"].value_counts()
    assert (
        wrong.to_dict() == (counts["suggested"] - counts["both"])[wrong.index].to_dict() == {"GURU": 3, "LAUT": 2, "RELASI": 2}
    )


def test_a_document_coded_for_another_facet_only_may_be_unread():
    other = SEGMENTS.assign(document="lain")
    codings = pd.concat([RANI, RANI[:1].assign(document="lain", facet="status", code="planned")])
    both, more = pd.concat([SEGMENTS, other]), pd.concat([SUGGESTED, suggest_codings(other, BOOK)])
    for ask in (
        lambda: review(more, codings, BOOK),
        lambda: review_indicators(find_indicators(both, BOOK), codings, BOOK),
        lambda: invented(more, codings, both),
        lambda: candidate_indicators(both, codings, BOOK, "LAUT"),
    ):
        with pytest.raises(ValueError, match=r"no code of this facet may be unread \(lain\)"):
            ask()


def test_codings_without_a_facet_are_refused_in_words():
    plain = RANI[["document", "segment", "code", "coder"]]
    for ask in (
        lambda: review(SUGGESTED, plain, BOOK),
        lambda: invented(SUGGESTED, plain, SEGMENTS),
        lambda: overlooked(SUGGESTED, plain, SEGMENTS),
    ):
        with pytest.raises(ValueError, match="codings has no column facet: pass the table that read_codings returns"):
            ask()


def test_suggestions_on_other_segments_are_refused():
    paragraphs = suggest_codings(split(pd.DataFrame({"document": ["berita"], "text": [TEXT]}), into="paragraphs"), BOOK)
    with pytest.raises(
        ValueError, match=r"rani's coding GURU on segment 2 of 'berita' stands at 34, but here this segment is 92-181"
    ):
        review(paragraphs, codings_of((2, "GURU")), BOOK)


def test_no_suggestion_and_several_facets_cannot_be_reviewed():
    with pytest.raises(ValueError, match="suggested holds no suggestion: there is nothing to review"):
        review(SUGGESTED[:0], RANI, BOOK)
    with pytest.raises(ValueError, match=r"suggested holds several facets \(case, sector\): review one at a time"):
        review(pd.concat([SUGGESTED, SUGGESTED.assign(facet="case")]), RANI, BOOK)


def test_another_table_is_named():
    with pytest.raises(ValueError, match="suggested has no column facet: pass the table that suggest_codings returns"):
        review(SUGGESTED.drop(columns="facet"), RANI, BOOK)


def test_codings_of_another_facet_do_not_count():
    status = RANI[:1].assign(facet="status", code="planned")
    assert review(SUGGESTED, pd.concat([RANI, status]), BOOK).equals(review(SUGGESTED, RANI, BOOK))
    assert len(overlooked(SUGGESTED, pd.concat([RANI, status]), SEGMENTS)) == 1


@settings(max_examples=25, deadline=None)
@given(st.sets(st.tuples(st.integers(1, 6), st.sampled_from(["GURU", "LAUT"])), min_size=1))
def test_what_is_suggested_is_found_or_invented_and_what_is_coded_found_or_overlooked(pairs):
    coded = codings_of(*sorted(pairs))
    counts = review(SUGGESTED, coded, BOOK).set_index("code")
    sides = (invented(SUGGESTED, coded, SEGMENTS), overlooked(SUGGESTED, coded, SEGMENTS))
    for name in ("GURU", "LAUT"):
        wrong, missed = ((side["code"] == name).sum() for side in sides)
        assert counts.loc[name, "suggested"] == counts.loc[name, "both"] + wrong
        assert counts.loc[name, "coded"] == counts.loc[name, "both"] + missed


def test_the_arguments_are_unchanged():
    before = SUGGESTED.copy(), HITS.copy(), RANI.copy(), SEGMENTS.copy(), READ.copy(), TAUGHT.copy()
    review(SUGGESTED, RANI, BOOK, read=SEGMENTS)
    review_indicators(HITS, RANI, BOOK, read=SEGMENTS)
    candidate_indicators(READ, TAUGHT, book(code("GURU")), "GURU")
    for table, old in zip((SUGGESTED, HITS, RANI, SEGMENTS, READ, TAUGHT), before, strict=True):
        pd.testing.assert_frame_equal(table, old)


# --- what was overlooked and invented ---


def test_what_no_indicator_found_is_shown_with_its_sentence():
    assert overlooked(SUGGESTED, RANI, SEGMENTS).values.tolist() == [["berita", 3, "GURU", "Mereka tinggal seminggu."]]


def test_what_misled_is_shown_with_words_and_sentence():
    assert invented(SUGGESTED, RANI, SEGMENTS).values.tolist() == [
        ["berita", 1, "RELASI", "kota mitra", "Para guru datang dari kota mitra."],
        ["berita", 2, "GURU", "Guru", "Guru besar memberi kuliah tamu."],
    ]


# --- indicators ---


def test_each_indicator_is_counted_and_the_worst_comes_first():
    table = review_indicators(HITS, RANI, BOOK)
    assert table.iloc[:2][["indicator", "wrong"]].values.tolist() == [["kota mitra", 1], ["guru", 1]]
    rows = table.set_index("indicator")
    columns = ["places", "blocked", "segments", "right", "wrong", "alone", "share"]
    assert rows.loc["guru", columns].tolist() == [2, 0, 2, 1, 1, 1, 1 / 2]
    # "pelabuhan" in 4 and 5, but in 4 "kapal" stands beside it
    assert rows.loc["pelabuhan", columns].tolist() == [2, 0, 2, 2, 0, 1, 1]
    assert rows.loc["kapal", columns].tolist() == [1, 0, 1, 1, 0, 0, 1]


def test_an_indicator_that_never_occurs_is_listed_last_with_0():
    last = review_indicators(HITS, RANI, BOOK).iloc[-1]
    assert last[["indicator", "places", "segments", "wrong"]].tolist() == ["dosen", 0, 0, 0] and pd.isna(last["share"])


def test_places_that_a_mask_covers_are_counted_apart():
    masked = book(code("GURU", "guru", masks=("guru besar",)))
    table = review_indicators(find_indicators(SEGMENTS, masked, "sector"), RANI, masked)
    assert table[["indicator", "places", "blocked", "segments", "right", "wrong"]].values.tolist() == [["guru", 1, 1, 1, 1, 0]]


def test_roots_and_weak_indicators_are_listed_too():
    rooted = book(code("GURU", "guru", roots=("labuh",), weak=("kuliah",)))
    table = review_indicators(find_indicators(SEGMENTS, rooted, "sector"), RANI, rooted)
    assert set(table["indicator"]) == {"guru", "labuh", "kuliah"}


def test_hits_of_another_codebook_are_refused():
    with pytest.raises(
        ValueError, match="'kapal' is no indicator of LAUT in this codebook: find the indicators with the codebook"
    ):
        review_indicators(HITS, RANI, book(code("GURU", "guru"), code("LAUT", "pelabuhan"), code("RELASI", "kota mitra")))


def test_no_hit_cannot_be_reviewed():
    with pytest.raises(ValueError, match="hits holds no place where an indicator stands"):
        review_indicators(HITS[:0], RANI, BOOK)


# --- candidates ---

NEWS = """Dosen tamu mengajar di kampus. Dosen tamu pulang kemarin. Seorang dosen menulis buku.

Pasar kota ramai. Hujan turun lagi. Tamu kota datang. Seorang warga menulis surat. Jalan kota rusak."""
READ = split(pd.DataFrame({"document": ["kabar"], "text": [NEWS]}), into="sentences")
TAUGHT = codings_of((1, "GURU"), (2, "GURU"), (3, "GURU"), segments=READ, codebook=book(code("GURU")), document="kabar")


def test_the_log_likelihood_is_the_published_one():
    # Dunning (1993), table 2: "the swiss", cells 110, 2442, 111, 29114; -2 log lambda 270.72
    found = BigramAssocMeasures.likelihood_ratio(110, (110 + 2442, 110 + 111), 110 + 2442 + 111 + 29114)
    assert found == pytest.approx(270.72, abs=0.01)


def test_a_word_that_stands_oftener_with_the_code_is_a_candidate_with_its_counts():
    row = candidate_indicators(READ, TAUGHT, book(code("GURU")), "GURU").iloc[0]
    assert row[["term", "coded", "coded_of", "rest", "rest_of", "new", "documents"]].tolist() == ["dosen", 3, 3, 0, 5, 3, 1]
    # 3 of 3 against 0 of 5: 2 (3 ln(3 / (3 x 3 / 8)) + 5 ln(5 / (5 x 5 / 8)))
    assert row["g2"] == pytest.approx(10.585, abs=0.001)
    assert row["log_ratio"] == pytest.approx(log2(3 / 3 / (0.5 / 5)))


def test_a_word_as_frequent_elsewhere_and_a_word_of_one_segment_are_not():
    terms = set(candidate_indicators(READ, TAUGHT, book(code("GURU")), "GURU")["term"])
    assert not terms & {"seorang", "menulis", "kampus", "kota"}


EMPTY = re.escape(
    "GURU: no word but function words stands in 2 or more of its 3 segments and oftener there than in the other 5 (G2 of 3.84 or more)"
)


def test_what_an_indicator_already_finds_is_set_aside_and_new_counts_what_it_misses():
    known = book(code("GURU", "dosen tamu"))
    with pytest.warns(UserWarning, match=EMPTY):
        table = candidate_indicators(READ, TAUGHT, known, "GURU")
    assert table["term"].tolist() == []  # "dosen" alone is left in one segment only
    assert list(table)[-2:] == ["association", "function_word"]
    wider = candidate_indicators(READ, TAUGHT, book(code("GURU", "tamu")), "GURU").set_index("term")
    assert wider.loc["dosen", ["coded", "new"]].tolist() == [3, 1]
    assert "dosen tamu" not in wider.index


def test_a_phrase_does_not_run_over_a_comma():
    text = "Nota, sepakat.\n\n" * 3 + "Hujan turun.\n\n" * 9
    read = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    coded = codings_of((1, "GURU"), (2, "GURU"), (3, "GURU"), segments=read, codebook=book(code("GURU")), document="d")
    assert set(candidate_indicators(read, coded, book(code("GURU")), "GURU")["term"]) == {"nota", "sepakat"}


def test_a_phrase_has_the_association_of_its_words():
    text = "Nota dinas, dikirim.\n\n" * 3 + "Hujan turun.\n\n" * 9
    read = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    coded = codings_of((1, "GURU"), (2, "GURU"), (3, "GURU"), segments=read, codebook=book(code("GURU")), document="d")
    table = candidate_indicators(read, coded, book(code("GURU")), "GURU").set_index("term")
    # of 9 + 18 words "nota" and "dinas" stand 3 times each, always together
    expected = BigramAssocMeasures.likelihood_ratio(3, (3, 3), 27)
    assert table.loc["nota dinas", "association"] == pytest.approx(expected) and pd.isna(table.loc["dikirim", "association"])


def candidates_in(coded, rest):
    """Of a text whose first paragraphs have the code GURU: the candidates, and which of them are or hold a function word."""
    read = split(pd.DataFrame({"document": ["d"], "text": ["\n\n".join([*coded, *rest])]}), into="sentences")
    given = codings_of(*((at, "GURU") for at in range(1, len(coded) + 1)), segments=read, codebook=BOOK, document="d")
    return candidate_indicators(read, given, BOOK, "GURU").set_index("term")["function_word"]


def test_a_word_is_left_to_the_phrase_that_always_holds_it():
    rest = ["Hujan turun."] * 9
    assert candidates_in(["Nota dinas, disepakati."] * 3, rest).index.tolist() == ["disepakati", "nota dinas"]
    # "nota" stands once with the code where the phrase does not
    assert {"nota", "nota dinas"} <= set(candidates_in(["Nota dinas."] * 3 + ["Nota, lama."], rest).index)
    assert "dinas" not in candidates_in(["Nota dinas."] * 3 + ["Nota, lama."], rest)


def test_function_words_and_what_holds_them_come_last_and_are_marked():
    table = candidates_in(["Mereka, akan menari, lincah."] * 3, ["Hujan turun."] * 9)
    assert table.to_dict() == {"lincah": False, "menari": False, "akan": True, "akan menari": True, "mereka": True}
    assert table.tolist() == sorted(table)


def test_nothing_but_function_words_is_said():
    with pytest.warns(UserWarning, match="GURU: no word but function words stands in 2 or more of its 3 segments"):
        table = candidates_in(["Mereka."] * 3, ["Hujan turun."] * 9)
    assert table.to_dict() == {"mereka": True}


def test_words_that_avoid_each_other_are_no_phrase():
    text = "Kota mitra.\n\n" * 3 + "Kota.\n\nMitra.\n\n" * 40
    read = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences").assign(label="content")
    coded = codings_of((1, "GURU"), (2, "GURU"), (3, "GURU"), segments=read, codebook=book(code("GURU")), document="d")
    # side by side 3 times; by chance, of 86 words with 43 each, 21.5 times
    assert BigramAssocMeasures.likelihood_ratio(3, (43, 43), 86) > 10.83
    assert "kota mitra" not in set(candidate_indicators(read, coded, book(code("GURU")), "GURU")["term"])


def test_segments_of_documents_that_may_be_unread_are_no_comparison():
    with pytest.raises(ValueError, match=r"may be unread \(lain\): pass the segments of the other documents only"):
        candidate_indicators(pd.concat([SEGMENTS, SEGMENTS.assign(document="lain")]), RANI, BOOK, "LAUT")


def test_a_code_without_segments_or_with_all_cannot_be_compared():
    with pytest.raises(ValueError, match="no segment read here has LAUT: there is nothing to compare"):
        candidate_indicators(SEGMENTS, codings_of((1, "GURU")), BOOK, "LAUT")
    with pytest.raises(ValueError, match="every segment read here has GURU: there is nothing to compare"):
        candidate_indicators(SEGMENTS[:1], RANI, BOOK, "GURU")


def test_an_unknown_code_is_answered_with_the_nearest():
    with pytest.raises(ValueError, match=r"code 'GURUU' is not in the codebook. Did you mean 'GURU'\?"):
        candidate_indicators(SEGMENTS, RANI, BOOK, "GURUU")


# --- concordance ---


def test_every_place_of_a_word_is_shown_with_what_stands_around_it():
    assert concordance(SEGMENTS, "tamu", width=12).values.tolist() == [
        ["berita", 2, "content", "beri kuliah", "tamu", "."],
        ["berita", 6, "content", "a menyambut", "tamu", "."],
    ]


def test_a_word_matches_as_an_indicator_does_and_stays_as_it_is_written():
    text = "Kerja\u00a0sama itu baik. Bekerjasama lagi. KERJA SAMA!"
    segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    assert concordance(segments, "kerja sama")["keyword"].tolist() == ["Kerja sama", "KERJA SAMA"]


def test_several_words_come_in_the_order_of_the_text_and_a_place_once():
    found = concordance(SEGMENTS, ["tamu", "guru", "gur*"])
    assert found[["segment", "keyword"]].values.tolist() == [[1, "guru"], [2, "Guru"], [2, "tamu"], [6, "tamu"]]


def test_headings_are_searched_too_and_a_word_that_stands_nowhere_gives_an_empty_table():
    labelled = SEGMENTS.assign(label=["heading", *["content"] * 5])
    assert concordance(labelled, "guru")["label"].tolist() == ["heading", "content"]
    assert list(concordance(SEGMENTS, "sawah")) == ["document", "segment", "label", "left", "keyword", "right"]
    assert concordance(SEGMENTS, "sawah").empty


def test_a_word_without_a_letter_is_refused():
    with pytest.raises(ValueError, match=r"words: '\*' has no letter to look for"):
        concordance(SEGMENTS, "*")


@pytest.mark.parametrize("word", ["*uru", "gu*u", "kota *tra"])
def test_a_star_elsewhere_than_at_a_words_end_is_refused(word):
    with pytest.raises(ValueError, match=rf"words: '{re.escape(word)}': a \* may stand only at the end of a word"):
        concordance(SEGMENTS, word)


def test_a_width_below_1_is_refused_and_1_shows_one_character():
    with pytest.raises(ValueError, match="width must be 1 character or more, not 0"):
        concordance(SEGMENTS, "mitra", width=0)
    labelled = split(pd.DataFrame({"document": ["d"], "text": ["Warga (guru) datang."]}), into="sentences")
    assert concordance(labelled, "guru", width=1)[["left", "keyword", "right"]].values.tolist() == [["(", "guru", ")"]]


def test_a_concordance_looks_into_the_table_once_and_not_for_each_place():
    many = pd.concat([SEGMENTS] * 2000, ignore_index=True)
    found = []
    assert calls(lambda: found.append(concordance(many, "guru"))) < 100 * 4000  # with a look for each place 1,000 each
    assert len(found[0]) == 4000
