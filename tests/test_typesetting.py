import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.printed import sheet
from qualkit.typesetting import LYING, PT, SMALL, UPRIGHT, Layout, Line, breadth, broken, height, is_wide, widths

# of Times New Roman: letters of 10 points, so an em is 3.5278 mm
EM = 10 * 25.4 / 72


def laid(rows, page=UPRIGHT, heads=None, apart=0, groups=()):
    made = sheet(pd.DataFrame(rows, columns=heads or [f"k{n}" for n in range(len(rows[0]))]), "Judul", "id", "")
    made.groups, made.apart = dict(groups), apart
    return Layout(made, page)


def shown(pages):
    return [[line.cells[0] for line in page] for page in pages]


# --- letters and lines ---


def test_letters_are_as_wide_as_the_wider_of_upright_and_bold():
    assert breadth("m", 10) == pytest.approx(0.833 * EM)  # bold; upright 0.778
    assert breadth("W ", 10) == pytest.approx((1.0 + 0.25) * EM)
    assert breadth("é", 10) == breadth("e", 10) == pytest.approx(0.444 * EM)
    assert breadth("中", 10) == pytest.approx(EM) and breadth("\u200b\u0301", 10) == 0


def test_a_paragraph_breaks_at_blanks_and_after_hyphens():
    assert broken("aaa bbb", 0.97 * 4.0 * 0.5 * EM, 10) == ["aaa ", "bbb"]  # three letters of half an em, not seven
    assert broken("nilai-nilai luhur", 10, 10) == ["nilai-", "nilai ", "luhur"]
    assert broken("", 10, 10) == [""]


def test_a_word_longer_than_a_line_breaks_anywhere():
    lines = broken("a" * 20, 5 * 0.5 * EM, 10)
    assert [len(line) for line in lines] == [5, 5, 5, 5]


@given(st.text("ab- \t中é", max_size=80), st.floats(1, 60))
def test_the_lines_of_a_paragraph_are_the_paragraph(text, room):
    lines = broken(text, room, 10)
    assert "".join(lines) == text
    for line in lines:
        word = line.rstrip()
        assert len(word) <= 1 or breadth(word, 9.7) <= room + 1e-9


def test_the_height_of_a_text_is_that_of_its_lines_and_paragraphs():
    assert height("satu", 100, 10) == pytest.approx((11.5 + 3) * PT)
    assert height("satu\ndua", 100, 10) == pytest.approx((23 + 6) * PT)
    assert height("satu\ndua", 100, 10, apart=3) == pytest.approx((23 + 6 + 3) * PT)


# --- columns ---


WORDS = st.lists(st.text("abcdefghij -", min_size=0, max_size=60), min_size=3, max_size=3)


@settings(deadline=None, max_examples=50)
@given(WORDS, st.lists(WORDS, max_size=4))
def test_columns_fill_the_page_and_none_is_narrower_than_its_longest_word(heads, rows):
    found, size = widths(heads, rows, 160, 10)
    assert sum(found) == pytest.approx(160) and 6 <= size <= 10 and min(found) > 0
    columns = zip(heads, *rows, strict=True)
    at = {False: r"(?<=-)|\s", True: r"\s"}  # a short text is not broken at a hyphen
    needed = [max(breadth(w, size) for text in texts for w in re.split(at[len(text) <= 16], text)) + 4 for texts in columns]
    if sum(needed) <= 150 and max(needed) <= 75:
        assert all(width >= need - 1e-9 for width, need in zip(found, needed, strict=True))


def test_what_words_leave_over_goes_to_the_column_that_holds_most():
    statement, place = "kata " * 25, "berita: 4"
    usual, _ = widths(["Isi", "Tempat"], [[statement, place]] * 20, 160, 10)
    one_long, _ = widths(["Isi", "Tempat"], [[statement, place]] * 19 + [[statement, "berita 4; " * 30]], 160, 10)
    assert usual[1] < one_long[1] < one_long[0]  # one row of twenty does not take the room of all


def test_a_code_in_capitals_does_not_break():
    ems = {"A": 0.722, "B": 0.667, "D": 0.722, "G": 0.778, "H": 0.778, "L": 0.667, "O": 0.778, "R": 0.722, "S": 0.556, "U": 0.722,
           ".": 0.25}  # fmt: skip  # of Times New Roman, bold
    code = "SOSBUD.OLAHRAGA"
    found, size = widths(["Kode", "Definisi"], [[code, "kata " * 100]], 160, 10)
    assert found[0] >= sum(ems[letter] for letter in code) * size * 25.4 / 72 + 3.8  # and the margins of a cell
    assert widths(["Kode"], [["MWMWMW.WWWWWWWWW"]], 10_000, 10)[0][0] >= 14.8 * EM


def test_a_number_with_a_hyphen_does_not_break_where_room_is_short():
    rows = [["C-01", "2026-11-22 09:23", "nilai-nilai-luhur-budaya", *["Ditandatangani"] * 5]]
    found, size = widths(list("abcdefgh"), rows, 160, 10)
    assert size < 10  # there is not room enough for every short text
    for text, width in (("C-01", found[0]), ("2026-11-22", found[1]), ("nilai-", found[2])):
        assert breadth(text, size) + 4 <= width
    assert breadth("2026-11-22 09:23", size) + 4 > found[1] and breadth("nilai-nilai-", size) + 4 > found[2]


def test_a_column_under_the_names_of_families_has_room_for_its_indent():
    rows = [["2026-11-22 09:23", "kata " * 100]] * 2
    alone, under = laid(rows), laid(rows, groups={0: "Satu"})
    line = 11.5 + 3
    assert height(rows[0][0], under.rooms[0], under.size) == pytest.approx(line * PT)  # it does not break
    assert under.widths[0] == pytest.approx(alone.widths[0] + 3, abs=1) and sum(under.widths) == pytest.approx(160)
    assert under.rooms[0] == pytest.approx(under.widths[0] - 4 - 3)


def test_a_table_lies_on_its_side_where_that_is_read_better():
    def wide(rows):
        return is_wide(sheet(pd.DataFrame(rows), "Judul", "id", ""))

    assert not wide([["Pelabuhan"] * 7]) and wide([["Pelabuhan"] * 12])
    assert Layout(sheet(pd.DataFrame([["Pelabuhan"] * 12]), "", "id", ""), UPRIGHT).size < SMALL
    assert not wide([["kata " * 400]]) and wide([["kata " * 1000]])
    assert not wide([["x", "y"]] * 200)
    assert not wide(pd.DataFrame(columns=["kosong"]))


# --- rows on pages ---


ROW = (11.5 + 3) * PT  # a row of one line


def test_a_table_that_fits_is_one_page():
    assert shown(laid([["a"], ["b"]]).paged(50, 100, 10)) == [["a", "b"]]


def test_a_page_holds_as_many_rows_as_it_has_room_for():
    pages = laid([[name] for name in "abcdefg"]).paged(2.5 * ROW, 4.5 * ROW, 0)
    assert shown(pages) == [["a", "b"], ["c", "d", "e", "f"], ["g"]]


def test_what_stands_below_takes_a_row_with_it():
    table = laid([[name] for name in "abcd"])
    assert shown(table.paged(4.5 * ROW, 4.5 * ROW, 0)) == [["a", "b", "c", "d"]]
    assert shown(table.paged(4.5 * ROW, 4.5 * ROW, ROW)) == [["a", "b", "c"], ["d"]]


def test_a_page_ends_with_a_family_where_that_leaves_it_two_thirds_full():
    table = laid([[name] for name in "abcdefg"], groups={0: "Satu", 5: "Dua"})
    family = table.lines[0].height
    room = 2 * family + 6.5 * ROW
    assert shown(table.paged(room, room, 0)) == [["Satu", "a", "b", "c", "d", "e"], ["Dua", "f", "g"]]


def test_a_family_that_goes_on_has_its_name_again():
    table = laid([[name] for name in "abcdef"], groups={0: "Satu", 5: "Dua"})
    room = table.lines[0].height + 3.5 * ROW
    assert shown(table.paged(room, room, 0)) == [["Satu", "a", "b", "c"], ["Satu (lanjutan)", "d", "e"], ["Dua", "f"]]


def test_a_family_is_never_the_last_line_of_a_page():
    table = laid([[name] for name in "ab"], groups={0: "Satu", 1: "Dua"})
    family = table.lines[0].height
    room = 2 * family + 1.5 * ROW
    assert shown(table.paged(room, room, 0)) == [["Satu", "a"], ["Dua", "b"]]


def test_a_row_is_broken_between_its_paragraphs():
    table = laid([["kepala", "satu\ndua\ntiga\nempat"]])
    pages = table.paged(2.5 * ROW, 2.5 * ROW, 0)
    assert [[line.cells for line in page] for page in pages] == [
        [["kepala", "satu\ndua"]],
        [["kepala (lanjutan)", "tiga\nempat"]],
    ]
    pages = table.paged(1.5 * ROW, 1.5 * ROW, 0)
    assert [page[0].cells[0] for page in pages] == ["kepala", *["kepala (lanjutan)"] * 3]


def test_a_paragraph_taller_than_a_page_is_broken_between_its_lines():
    table = laid([["kata " * 500]])
    pages = table.paged(50, 50, 0)
    assert len(pages) > 1 and all(line.height <= 50 for page in pages for line in page)
    assert "".join(line.cells[0] for page in pages for line in page) == "kata " * 500
    assert table.split(table.lines[0], 50, anywhere=False) is None


def test_a_row_without_room_is_printed_all_the_same():
    assert shown(laid([["a"], ["b"]]).paged(1, 1, 0)) == [["a"], ["b"]]
    assert laid([["a"]]).split(Line(["a"], 5.0), 1, anywhere=True) is None
    assert shown(laid([["a"]], groups={0: "Satu"}).paged(1, 1, 0)) == [["Satu", "a"]]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.text("abc \n-", max_size=60), min_size=2, max_size=2), min_size=1, max_size=8),
    st.floats(15, 60),
    st.floats(15, 60),
    st.floats(0, 20),
    st.sets(st.integers(0, 7)),
)
def test_nothing_is_lost_on_the_way_to_the_pages(rows, first, room, last, families):
    table = laid(rows, groups={at: f"K{at}" for at in families if at < len(rows)})
    for lines in ([line for page in table.paged(first, room, last) for line in page], table.pieces(20)):
        for column in (0, 1):
            printed = [line.cells[column] for line in lines if not line.is_family]
            letters = re.sub(r"\s|\(lanjutan\)", "", "".join(printed))
            wanted = re.sub(r"\s", "", "".join(row[column] for row in rows))
            if column:
                assert letters == wanted
            else:  # the name of a row that goes on stands again
                rest = iter(letters)
                assert all(letter in rest for letter in wanted)
        names = [line.cells[0] for line in lines if line.is_family and "lanjutan" not in line.cells[0]]
        assert names == [f"K{at}" for at in sorted(families) if at < len(rows)]


def test_lying_pages_are_those_of_upright_ones_turned():
    assert UPRIGHT == LYING[::-1] == (160, 247)
