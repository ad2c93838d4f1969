"""The line of documents.csv for a text: what is given, what is inferred, and what is unknown."""

import hashlib

import pytest

from qualkit.entries import identifier, line_of, proposed
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


PAGE = """{}

{}

{}

Kota A dan Kota B membuka pasar bersama di tepi sungai pada hari Senin. Para pedagang menjual ikan dan kopi di pasar itu.

Warga kedua kota berbelanja di sana setiap akhir pekan, kata wali kota.
"""
HEADING, STAMP = "Kota A dan Kota B Buka Pasar Bersama", "Selasa, 14 Januari 2025 09:30 WIB"


def guesses(*above):
    return {column: value for column, (value, _) in proposed(PAGE.format(*above)).items()}


def test_the_heading_the_time_stamp_and_the_byline_of_a_page_are_proposed():
    assert proposed(PAGE.format(HEADING, STAMP, "Penulis: Lila Karang")) == {
        "title": (HEADING, "the heading above the text"),
        "date": ("2025-01-14", "the time stamp of the page"),
        "author": ("Lila Karang", "the byline"),
    }


@pytest.mark.parametrize(
    ("byline", "author"),
    [("Oleh: Damar Sunyi", "Damar Sunyi"), ("Oleh Damar Sunyi", None), ("Editor: Lila Karang", None), ("Sumber: Antara", None),
     ("Penyunting: Budi Santoso", None), ("Penerjemah: Budi Santoso", None), ("Pengunggah: Budi Santoso", None),
     ("Fotografer: Budi Santoso", None), ("Videografer: Budi Santoso", None), ("Pewarta Foto: Budi Santoso", None),
     ("Penulis: Admin", None), ("Penulis: Tim Redaksi", None), ("Penulis: REDAKSI", None),
     ("Ditulis oleh: Timo Santoso", "Timo Santoso"), ("Laporan: Budi Santoso", "Budi Santoso"),
     ("Pewarta: Budi Santoso\nEditor: Rina Lestari", "Budi Santoso"), ("Penulis: Admin\nReporter: Budi Santoso", "Budi Santoso"),
     ("Reporter: Budi Santoso\nPenulis: Rina Lestari", None), ("Penulis: Budi dan Rina\nReporter: Cici", None),
     ("Beranda | Olahraga", None), ("Reporter", None)],
)  # fmt: skip
def test_who_wrote_a_page_is_proposed_and_not_who_edited_it(byline, author):
    assert guesses(HEADING, STAMP, byline).get("author") == author


def test_of_several_days_or_a_weekday_that_does_not_fit_no_date_is_proposed():
    assert guesses(HEADING, STAMP, "Rabu, 15 Januari 2025")["title"] == HEADING
    assert "date" not in guesses(HEADING, STAMP, "Rabu, 15 Januari 2025")
    assert "date" not in guesses(HEADING, "Jumat, 14 Januari 2025 09:30 WIB", "Penulis: Lila Karang")


def test_a_time_stamp_below_the_text_is_that_of_another_article():
    below = "\n\nBaca juga:\n\nKota B Panen Raya\n\nRabu, 3 Maret 2021 10:00 WIB\n"
    for above in (HEADING, f"{HEADING}\n\nSenin, 14 Januari 2025"):  # without a stamp, or with one whose weekday is wrong
        text = PAGE.format(above, "Penulis: Lila Karang", "") + below
        assert [*proposed(text)] == ["title", "author"]
    assert proposed(PAGE.format(HEADING, STAMP, "") + below)["date"] == ("2025-01-14", "the time stamp of the page")


def test_of_two_days_one_with_a_wrong_weekday_no_date_is_proposed():
    assert "date" not in guesses(HEADING, "Jumat, 14 Januari 2025 09:30 WIB", "Rabu, 15 Januari 2025 09:30 WIB")


def test_of_a_text_that_says_nothing_about_itself_nothing_is_proposed():
    assert proposed("Kota itu maju dan warganya senang.\n") == proposed("Redaksi\n") == {}
