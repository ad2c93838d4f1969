"""What a cell says of hand-made passages, every text expected by hand."""

import pandas as pd
import pytest

from qualkit.cells import (
    best_quotes,
    called,
    each_statement,
    listed,
    place_of,
    say,
    standing,
    strongest,
    tell,
    tell_each,
    tell_others,
    with_evidence,
    without_background,
)
from qualkit.codebook import CodeId, Family
from qualkit.tables import number_of

WORDS = {"id": "Kota", "en": "City"}
COLUMNS = "statement status evidence document segment off_heading quote text_id text_en".split()
ROWS = [
    ("S3", "aspired", "0", "berita", 4, False, "Kalimat 4.", "Kota berharap.", "The city hopes."),
    ("S5", "context", "3", "jurnal", 9, True, "Kalimat 9.", "Kota maju.", "The city is advanced."),
    ("S4", "outcome", "1", "jurnal", 6, True, "Kalimat 6.", "Mutu naik.", "Quality rose."),
    ("S2", "implemented", "1", "jurnal", 5, False, "Kalimat 5.", "Guru dikirim.", "Teachers were sent."),
    ("S2", "implemented", "1", "berita", 2, False, "Kalimat 2.", "Guru dikirim.", "Teachers were sent."),
    ("S1", "signed", "2", "jurnal", 3, False, "Kalimat 3.", "Nota diteken.", "A note was signed."),
]


@pytest.fixture
def cell():
    return pd.DataFrame(ROWS, columns=COLUMNS)


def only(cell, *names):
    return cell[cell["statement"].isin(names)]


def test_words_are_joined_in_both_languages_and_plain_text_is_the_same_in_both():
    assert say(WORDS, ": ", {"id": "satu", "en": "one"}) == {"id": "Kota: satu", "en": "City: one"}
    assert listed([WORDS, WORDS], "; ") == {"id": "Kota; Kota", "en": "City; City"}
    assert say() == listed([]) == {"id": "", "en": ""}


def test_a_code_is_called_by_its_label_and_anything_else_by_itself():
    assert called(CodeId.of(Family("city", WORDS), WORDS)) == WORDS
    assert called(7) == {"id": "7", "en": "7"}


def test_an_english_noun_is_singular_for_one_only():
    assert [number_of(number, "case") for number in (0, 1, 2)] == ["0 cases", "1 case", "2 cases"]


def test_deeds_come_before_outcomes_claimed_hopes_and_background(cell):
    assert [passages["statement"].iloc[0] for passages in each_statement(cell)] == ["S2", "S1", "S4", "S3", "S5"]
    assert each_statement(cell[:0]) == []


def test_of_the_same_status_the_better_evidence_comes_first_and_ties_keep_their_order(cell):
    alike = cell.assign(status="signed")
    assert [passages["statement"].iloc[0] for passages in each_statement(alike)] == ["S5", "S1", "S4", "S2", "S3"]


def test_background_never_counts_and_evidence_begins_at_one(cell):
    assert without_background(cell)["statement"].tolist() == ["S3", "S4", "S2", "S2", "S1"]
    assert with_evidence(cell)["statement"].tolist() == ["S4", "S2", "S2", "S1"]


@pytest.mark.parametrize(
    ("names", "name", "words"),
    [
        (("S1", "S2", "S3", "S4", "S5"), "S2", "implemented"),
        (("S3", "S4", "S5"), "S4", "outcome"),
        (("S3", "S5"), "S3", "aspired (evidence 0)"),
        (("S5",), "S5", "background only"),
    ],
)
def test_the_standing_rests_on_what_has_evidence_then_on_what_is_said_then_on_background(cell, names, name, words):
    assert set(strongest(only(cell, *names))["statement"]) == {name}
    assert standing(only(cell, *names))["en"] == words


def test_a_statement_is_told_with_status_evidence_and_all_its_places(cell):
    assert tell(only(cell, "S2")) == {
        "id": "Guru dikirim. [implemented; bukti 1] (S2; jurnal: 5; berita: 2)",
        "en": "Teachers were sent. [implemented; evidence 1] (S2; jurnal: 5; berita: 2)",
    }
    assert tell(only(cell, "S1"), "kuat: ", "; 1997")["en"] == (
        "kuat: A note was signed. [signed; evidence 2; 1997] (S1; jurnal: 3)"
    )


def test_a_fact_from_under_another_heading_is_marked_and_background_is_not(cell):
    assert tell(only(cell, "S4"))["id"] == "Mutu naik. [outcome; bukti 1]† (S4; jurnal: 6)"
    assert tell(only(cell, "S5"))["id"] == "Kota maju. [latar; bukti 3] (S5; jurnal: 9)"
    assert tell(only(cell, "S4").drop(columns="off_heading"))["id"] == "Mutu naik. [outcome; bukti 1] (S4; jurnal: 6)"


def test_each_statement_is_told_once_and_others_are_counted_with_their_places(cell):
    assert len(tell_each(cell)) == 5
    assert tell_others(only(cell, "S1", "S2")) == [
        {"id": "dan 2 pernyataan lain (S2, S1; jurnal: 3, 5; berita: 2)", "en": "and 2 more (S2, S1; jurnal: 3, 5; berita: 2)"}
    ]
    assert tell_others(cell[:0]) == []


def test_the_places_of_a_text_name_statements_and_sentences_once(cell):
    assert place_of(pd.concat([cell[3:], cell[3:]])) == " (S2, S1; jurnal: 3, 5; berita: 2)"


def test_the_best_quote_has_the_best_evidence_and_the_counter_quote_the_lowest_status(cell):
    assert [quote["en"] for quote in best_quotes(cell)] == [
        "quote: “Kalimat 3.” (S1; jurnal: 3)", "counter-quote: “Kalimat 4.” (S3; berita: 4)",
    ]  # fmt: skip
    assert [quote["id"] for quote in best_quotes(only(cell, "S1", "S5"))] == ["kutipan: “Kalimat 3.” (S1; jurnal: 3)"]
    assert best_quotes(only(cell, "S5")) == best_quotes(cell[:0]) == []


def test_the_same_sentence_is_no_counter_quote_to_itself(cell):
    one = only(cell, "S1", "S3").assign(document="jurnal", segment=3)
    assert len(best_quotes(one)) == 1
    others = pd.concat([one, one[one["statement"] == "S3"].assign(segment=4, quote="Kalimat lain.")])
    assert best_quotes(others)[1]["en"] == "counter-quote: “Kalimat lain.” (S3; jurnal: 4)"


def test_a_quote_is_cut_after_forty_words(cell):
    long = only(cell, "S1").assign(quote=" ".join(["kata"] * 41))
    assert best_quotes(long)[0]["id"] == f"kutipan: “{' '.join(['kata'] * 40)} […]” (S1; jurnal: 3)"
    whole = only(cell, "S1").assign(quote=" ".join(["kata"] * 40))
    assert "[…]" not in best_quotes(whole)[0]["id"]
