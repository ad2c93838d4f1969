"""What is learned from a person's codings, on sentences made up for it."""

import random
import re
import sys
import warnings

import numpy as np
import pandas as pd
import pytest

from qualkit.codebook import Code, Codebook, Facet
from qualkit.codings import code_segments
from qualkit.learning import _thresholds, held_out, next_to_code, suggest_learned
from qualkit.review import review
from qualkit.segments import split
from qualkit.suggest import suggest_codings

pytest.importorskip("sklearn")

BOTH = {"id": "x", "en": "x"}
FIELDS = ("rumpun padi", "benih jagung", "pupuk sawah", "irigasi sawah", "panen padi", "benih padi")
SONGS = ("lagu daerah", "paduan suara", "lagu anak", "suara gamelan", "lagu rakyat", "paduan gamelan")


def book(*indicators, left_out=None):
    """Codes TANI (with these indicators), LAGU and JARANG; the last is rare."""
    codes = (
        Code("TANI", BOTH, BOTH, BOTH, BOTH, BOTH, BOTH, "data", "descriptive", "1", indicators=indicators),
        Code("LAGU", BOTH, BOTH, BOTH, BOTH, BOTH, BOTH, "data", "descriptive", "1", left_out=left_out),
        Code("JARANG", BOTH, BOTH, BOTH, BOTH, BOTH, BOTH, "data", "descriptive", "1"),
    )
    return Codebook("b", "1", BOTH, "sentence", (), (), (Facet("sector", BOTH, BOTH, "multiple", codes),))


def segments_of(**documents):
    """One paragraph per sentence."""
    rows = [(name, "\n\n".join(sentences)) for name, sentences in documents.items()]
    return split(pd.DataFrame(rows, columns=["document", "text"]), into="sentences")


def told(words, frame="Warga membahas {} kemarin."):
    return [frame.format(word) for word in words]


OLD = {
    "utara": told([*FIELDS, *SONGS]),
    "timur": told([*SONGS, *FIELDS], "Pengurus desa bercerita tentang {}."),
    "barat": told([*FIELDS, *SONGS], "Di balai itu ada {} sejak pagi."),
}
NEW = {"baru": ["Petani menanam padi di sawah.", "Mereka menyanyikan lagu daerah.", "Rapat ditutup sore hari."]}
SEGMENTS = segments_of(**OLD, **NEW)
READ = SEGMENTS[SEGMENTS["document"] != "baru"]


def codings_of(segments=READ, codebook=None, coder="rani"):
    """Rani gives TANI where a field stands, LAGU where a song does, and JARANG to one segment."""
    pairs = [
        (row["document"], row["segment"], name)
        for row in segments.to_dict("records")
        for name, words in (("TANI", FIELDS), ("LAGU", SONGS))
        if any(word in row["text"] for word in words)
    ]
    pairs.append((segments["document"].iloc[0], 1, "JARANG"))
    codes = pd.DataFrame(pairs, columns=["document", "segment", "code"])
    return code_segments(segments, codes, codebook or book(), coder, "2026-11-22")


RANI = codings_of()


# --- suggestions ---


def test_what_was_learned_is_suggested_for_documents_not_yet_read():
    learned = suggest_learned(SEGMENTS, RANI, book())
    assert learned[["document", "segment", "code", "coder"]].values.tolist() == [
        ["baru", 1, "TANI", "learned"],
        ["baru", 2, "LAGU", "learned"],
    ]
    assert learned["score"].between(0.1, 1.2).all()


def test_the_words_that_spoke_for_a_code_are_named():
    matched = suggest_learned(SEGMENTS, RANI, book())["matched"].tolist()
    assert {"padi", "sawah"} <= set(matched[0].split("; ")) and {"lagu", "daerah"} <= set(matched[1].split("; "))


def test_the_table_stands_beside_that_of_the_indicators():
    codebook = book("petani")
    suggested, learned = suggest_codings(SEGMENTS, codebook), suggest_learned(SEGMENTS, RANI, codebook)
    assert list(learned) == [*suggested.columns, "score"]
    assert set(learned["why"]) == {"learned"}
    assert learned["code"].tolist() == ["LAGU"]  # TANI is already suggested by its indicator
    assert pd.concat([suggested, learned])[["document", "segment", "code"]].duplicated().sum() == 0


def test_nothing_is_added_where_the_indicators_already_find_all_and_that_is_said():
    complete = book("rumpun", "benih", "pupuk", "irigasi", "panen")
    only_fields = RANI[RANI["code"] == "TANI"]
    with pytest.warns(UserWarning, match="nothing is suggested: no score was sure enough to add to the indicators"):
        assert suggest_learned(SEGMENTS, only_fields, complete).empty


def test_codes_left_out_of_comparisons_are_suggested_only_when_asked_for():
    aside = book(left_out=BOTH)
    assert suggest_learned(SEGMENTS, RANI, aside)["code"].tolist() == ["TANI"]
    assert suggest_learned(SEGMENTS, RANI, aside, left_out=True)["code"].tolist() == ["TANI", "LAGU"]


def test_codes_left_out_do_not_change_from_which_score_the_others_are_suggested():
    # one score for both would have to be at most 0.3 for TANI and above 0.6 for LAGU
    facet = book(left_out=BOTH).facets[0]
    scores = np.array([[0.3, 0.9, 0], [0.1, 0.6, 0], [0.1, 0.6, 0]])
    given = np.array([[True, True, False], [False] * 3, [False] * 3])
    assert ((scores >= _thresholds(scores, given, facet)) == given).all()
    assert (_thresholds(scores, given, facet, given) == np.inf).all()  # beside all that was given nothing is better


def test_no_function_word_speaks_for_a_code():
    segments = segments_of(**{name: told([*FIELDS, *SONGS], "Mereka yang ini akan {}.") for name in OLD},
                           baru=["Mereka yang ini akan menanam padi."])  # fmt: skip
    matched = suggest_learned(segments, codings_of(segments[segments["document"] != "baru"]), book())["matched"]
    assert matched.tolist() == ["padi"]


def test_learning_from_one_kind_of_text_for_another_is_said():
    kinds = SEGMENTS.assign(kind=SEGMENTS["document"].map(lambda name: "news" if name == "baru" else "journal article"))
    with pytest.warns(UserWarning, match="learned from journal article, asked about news too: what holds in one kind of text"):
        assert len(suggest_learned(kinds, RANI, book())) == 2


def test_two_runs_give_the_same_table():
    pd.testing.assert_frame_equal(suggest_learned(SEGMENTS, RANI, book()), suggest_learned(SEGMENTS, RANI, book()))


def test_a_learned_suggestion_is_never_taken_as_a_reading():
    learned = suggest_learned(SEGMENTS, RANI, book())
    with pytest.raises(ValueError, match="codings holds no person's coding"):
        review(learned, learned, book())


def test_one_coded_document_is_enough():
    one = RANI[RANI["document"] == "utara"]
    known = SEGMENTS[SEGMENTS["document"].isin(["utara", "baru"])]
    assert suggest_learned(known, one, book())["code"].tolist() == ["TANI", "LAGU"]


def test_the_arguments_are_unchanged():
    before = SEGMENTS.copy(), RANI.copy()
    suggest_learned(SEGMENTS, RANI, book())
    held_out(READ, RANI, book())
    next_to_code(SEGMENTS, RANI, book())
    pd.testing.assert_frame_equal(SEGMENTS, before[0])
    pd.testing.assert_frame_equal(RANI, before[1])


# --- how good it is ---


def test_each_way_of_suggesting_is_measured_on_what_was_held_out():
    table = held_out(READ, RANI, book("benih")).set_index(["held_out", "code"])
    row = table.loc[("paragraphs", "TANI")]
    # 3 documents tell of 6 fields each; "benih" stands in 2 of the 6
    assert row[["coded", "indicators_precision", "indicators_recall"]].tolist() == [18, 1, 6 / 18]
    assert row["indicators_f1"] == 2 * 6 / (6 + 18)
    assert row["learned_f1"] > 0.9 and row["best"] == "learned"


def test_both_ways_of_cutting_have_their_rows_and_a_last_one_for_all_codes():
    table = held_out(READ, RANI, book(left_out=BOTH))
    codes = ["TANI", "LAGU", "JARANG", "all but LAGU"]
    assert table["held_out"].tolist() == ["paragraphs"] * 4 + ["documents"] * 4 and table["code"].tolist() == codes * 2
    assert table["coded"].tolist() == [18, 18, 1, 19] * 2


def test_documents_are_held_out_from_three_on():
    two = READ[READ["document"] != "barat"]
    assert set(held_out(two, codings_of(two), book())["held_out"]) == {"paragraphs"}


def test_a_code_of_few_segments_is_not_learned_and_that_is_said():
    row = held_out(READ, RANI, book()).set_index("code").loc["JARANG"].iloc[0]
    assert (
        row["note"] == "not learned: fewer than 5 segments to learn from"
        and pd.isna(row["learned_precision"])
        and row["best"] == ""
    )


def test_the_indicators_stay_best_where_nothing_beats_them():
    complete = book("rumpun", "benih", "pupuk", "irigasi", "panen")
    table = held_out(READ, RANI, complete)
    assert set(table.loc[table["code"] == "TANI", "best"]) == {"indicators"}
    assert (table["both_f1"] >= table["indicators_f1"]).all()


def noise(document, seed, repeats=1):
    """Sixty sentences of words drawn at random, with TANI on a third of them drawn at random; each printed so many times."""
    draw = random.Random(seed)
    syllables = [first + second for first in "bdgklmnprst" for second in "aeiou"]
    sentences = [" ".join("".join(draw.choices(syllables, k=3)) for _ in range(6)).capitalize() + "." for _ in range(60)]
    coded = set(draw.sample(range(60), 20))
    texts = {f"{document}{copy}": sentences for copy in range(repeats)}
    segments = segments_of(**texts)
    codes = segments.loc[[sentences.index(text) in coded for text in segments["text"]], ["document", "segment"]].assign(
        code="TANI"
    )
    return segments, code_segments(segments, codes, book(), "rani", "")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_chance_is_not_learned_from_texts_printed_twice(seed):
    printed = [noise(f"berita{number}", 10 * seed + number, repeats=2) for number in range(3)]
    segments, codings = (pd.concat(tables, ignore_index=True) for tables in zip(*printed, strict=True))
    table = held_out(segments, codings, book()).set_index("code").loc["TANI"]
    assert table["held_out"].tolist() == ["paragraphs", "documents"]
    # who gives the code to every sentence has precision 1 / 3 and recall 1
    assert (table["learned_f1"].fillna(0) <= 2 * 20 / (20 + 60) + 0.05).all()


def test_a_reprint_under_another_head_makes_no_third_document():
    reprint = segments_of(selatan=["Kabar lagu daerah lain.", OLD["utara"][0].replace(" ", "  ").upper()])
    segments = pd.concat([READ[READ["document"] != "barat"], reprint], ignore_index=True)
    assert set(held_out(segments, codings_of(segments), book())["held_out"]) == {"paragraphs"}


def test_what_is_learned_is_decided_without_what_is_held_out():
    # TANI on 5 segments of 5 paragraphs: no four parts hold 5 of them
    few = RANI.groupby("code").head(5)
    table = held_out(READ[READ["document"] == "utara"], few[(few["document"] == "utara")], book()).set_index("code")
    assert table.loc["TANI", "note"] == "not learned: fewer than 5 segments to learn from"
    assert pd.isna(table.loc["TANI", "learned_precision"])


def test_a_facet_of_one_code_is_learned_too():
    single = Codebook(
        "b", "1", BOTH, "sentence", (), (), (Facet("sector", BOTH, BOTH, "multiple", book().facets[0].codes[:1]),)
    )
    fields = RANI[RANI["code"] == "TANI"]
    assert suggest_learned(SEGMENTS, fields, single)["segment"].tolist() == [1]
    assert held_out(READ, fields, single).loc[0, "learned_f1"] > 0.9
    assert len(next_to_code(SEGMENTS, fields, single)) == 1


# --- what to code next ---


def test_a_document_with_more_in_doubt_comes_first():
    more = segments_of(
        **OLD,
        jelas=["Rapat ditutup sore hari.", "Kantor sepi."],
        ragu=["Petani menyanyikan lagu di sawah kemarin.", "Panen raya."],
    )
    table = next_to_code(more, RANI, book())
    assert table["document"].tolist() == ["ragu", "jelas"]
    assert list(table) == ["document", "segments", "doubts", "per_segment"] and table["segments"].tolist() == [2, 2]
    assert (table["per_segment"] == table["doubts"] / 2).all()


def test_codes_set_aside_raise_no_doubt():
    more = segments_of(**OLD, ragu=["Mereka menyanyikan lagu baru kemarin."])
    counted, aside = (next_to_code(more, RANI, book(left_out=out))["doubts"].sum() for out in (None, BOTH))
    assert aside < counted or counted == 0


def test_what_does_not_hold_on_unseen_paragraphs_is_not_asked():
    words = "api batu cuka daun emas fajar garam hujan intan jarum".split()
    segments = segments_of(satu=[f"{word.title()}." for word in words], dua=["Kapal."])
    codes = pd.DataFrame({"document": "satu", "segment": range(1, 6), "code": "TANI"})
    with pytest.raises(ValueError, match="what the model learned does not hold on paragraphs it had not seen: code more"):
        next_to_code(segments, code_segments(segments, codes, book(), "rani", ""), book())


def test_a_reprint_does_not_make_hold_what_does_not_hold():
    words = "api batu cuka daun emas fajar garam hujan intan jarum".split()
    printed = [f"{word.title()}." for word in words]
    segments = segments_of(satu=printed, dua=printed, tiga=["Api."])
    codes = pd.DataFrame({"document": ["satu"] * 5 + ["dua"] * 5, "segment": [1, 2, 3, 4, 5] * 2, "code": "TANI"})
    codings = code_segments(segments, codes, book(), "rani", "")
    with pytest.raises(ValueError, match="what the model learned does not hold on paragraphs it had not seen: code more"):
        next_to_code(segments, codings, book())
    with pytest.warns(UserWarning, match="nothing is suggested"):
        assert suggest_learned(segments, codings, book()).empty


# --- what cannot be learned from ---


def test_too_few_paragraphs_and_too_few_codings_are_refused():
    few = segments_of(satu=told(FIELDS))
    two = segments_of(satu=told(FIELDS[:3]), dua=told(FIELDS[3:]), baru=["Rapat ditutup sore hari."])
    coded = codings_of(two[two["document"] != "baru"])
    with pytest.raises(ValueError, match="learning needs 10 coded paragraphs or more that share no sentence, here are 6"):
        held_out(few, codings_of(few), book())
    for function in (suggest_learned, next_to_code):
        with pytest.raises(ValueError, match="learning needs 10 coded paragraphs or more that share no sentence, here are 6"):
            function(two, coded, book())
    with pytest.raises(ValueError, match="the coder gave no code to 5 segments: there is too little to learn from"):
        held_out(READ[READ["document"] == "utara"], RANI[RANI["code"] == "JARANG"], book())


def test_documents_without_a_code_of_the_facet_count_as_unread():
    status = RANI[:1].assign(document="baru", facet="status", code="planned")
    with pytest.raises(ValueError, match=r"may be unread \(baru\): pass the segments of the other documents only"):
        held_out(SEGMENTS, pd.concat([RANI, status]), book())
    pd.testing.assert_frame_equal(
        suggest_learned(SEGMENTS, pd.concat([RANI, status]), book()), suggest_learned(SEGMENTS, RANI, book())
    )
    unread = SEGMENTS[SEGMENTS["document"] == "baru"]
    for function in (suggest_learned, next_to_code):
        with pytest.raises(
            ValueError, match="in no document here the coder gave a code of this facet: pass the segments of coded"
        ):
            function(unread, RANI, book())


def test_nothing_left_to_suggest_for_is_said():
    with pytest.raises(ValueError, match="every document here is coded: pass the segments of those not yet coded too"):
        suggest_learned(READ, RANI, book())


def test_several_coders_need_a_name():
    both = pd.concat([RANI, codings_of(coder="budi")])
    for function in (suggest_learned, held_out, next_to_code):
        with pytest.raises(ValueError, match="the codings are by budi, rani: name the one"):
            function(SEGMENTS, both, book())


def test_segments_of_another_splitting_are_refused():
    other = SEGMENTS.assign(start=SEGMENTS["start"] + 5, end=SEGMENTS["end"] + 5)
    with pytest.raises(ValueError, match="pass the segments that read_codings was given"):
        held_out(other, RANI, book())


def test_without_scikit_learn_the_message_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.feature_extraction.text", None)
    with pytest.raises(ImportError, match=re.escape("learned suggestions need scikit-learn: pip install 'qualkit-mh[learn]'")):
        held_out(READ, RANI, book())


def test_it_warns_of_nothing_else():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        held_out(READ, RANI, book())
        suggest_learned(SEGMENTS.assign(kind="news"), RANI, book())
