"""The line of documents.csv for a text: what is given, what is inferred, and what is unknown."""

import hashlib

import pytest

from qualkit.entries import identifier, line_of
from qualkit.original import Original


def line(found=None, inferred=None, pages=()):
    original = Original("Kota itu.\n", found or {}, inferred or {}, pages=pages)
    return line_of("kabar", "news", original.text, original, original.found)


def test_a_text_of_which_nothing_is_known_has_a_name_for_a_title_and_no_date():
    row = line()
    assert (row["title"], row["title_note"]) == ("[kabar]", "inferred: the name of the file")
    assert (row["date"], row["date_certainty"], row["language"], row["page_numbers"]) == ("", "unknown", "id", "")
    assert (row["file"], row["sha256"]) == ("texts/kabar.txt", hashlib.sha256(b"Kota itu.\n").hexdigest())


def test_what_was_inferred_says_from_what():
    row = line(
        {"title": "Kota", "date": "2024-03-04"}, {"title": "the properties of the file", "date": "the page's own 'date'"}
    )
    assert (row["title_note"], row["date_certainty"]) == (
        "inferred: the properties of the file",
        "inferred: the page's own 'date'",
    )


@pytest.mark.parametrize(
    ("date", "kept", "certainty"),
    [("2024", "2024", "given: in the table of texts"), ("2024-03", "2024-03", "given: in the table of texts"), ("2024-13", "", "unknown"),
     ("2024-02-30", "", "unknown"), ("kemarin", "", "unknown")],
)  # fmt: skip
def test_a_date_that_is_none_is_kept_as_it_is_written(date, kept, certainty):
    row = line({"date": date})
    assert (row["date"], row["date_certainty"], row.get("date_as_written", "")) == (kept, certainty, "" if kept else date)


def test_how_sure_a_date_is_may_be_said_and_further_columns_ride_along():
    found = {"date": "2024", "date_certainty": "inferred: dateline", "wilayah": "barat", "sha256": "x", "--": "y"}
    row = line(found)
    assert (row["date_certainty"], row["wilayah"]) == ("inferred: dateline", "barat")
    assert row["sha256"] != "x" and "--" not in row
    assert found["date"] == "2024"  # the argument is unchanged


def test_page_numbers_are_kept_short():
    assert line(pages=("9", "10", "11"))["page_numbers"] == "9-11"
    assert line(pages=("1", "3"))["page_numbers"] == "1 3"


@pytest.mark.parametrize(
    ("wanted", "name"), [("a" * 80, "a" * 60), ("LPT1", "lpt1-text"), ("../../etc/passwd", "etc-passwd"), ("Кота", "кота")]
)
def test_an_id_is_a_name_that_every_computer_allows(wanted, name):
    assert identifier(wanted) == name


def test_a_name_without_a_letter_is_refused():
    with pytest.raises(ValueError, match="'—' holds no letter to name the text by; give the file another name"):
        identifier("—")
