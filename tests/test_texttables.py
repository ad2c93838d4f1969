"""A table of texts: one text per row, the other columns as what is known about it."""

import datetime
import io

import openpyxl
import pytest

from qualkit.texttables import read_texts_csv, read_texts_xlsx


def csv_file(folder, content):
    path = folder / "teks.csv"
    path.write_bytes(content.encode())
    return path


def workbook(*rows, more=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name in more:
        book.create_sheet(name)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_every_row_is_a_text_with_what_its_columns_say(tmp_path):
    path = csv_file(
        tmp_path, 'Judul,Media,Tanggal,Isi,Nilai Berita\nKabar,Harian,2024-03-04,"Kota itu\r\nmaju.",7\n,,,Warga senang.,\n'
    )
    one, two = read_texts_csv(path)
    assert (one.text, two.text) == ("Kota itu\nmaju.\n", "Warga senang.\n")
    assert one.found == {"title": "Kabar", "outlet": "Harian", "date": "2024-03-04", "nilai_berita": "7"}
    assert (two.found, one.place, two.place) == ({}, "line 2", "line 4")


def test_a_spreadsheet_gives_the_same_with_days_as_days():
    content = workbook(
        ["teks", "tanggal", None], ["Kota itu maju.", datetime.datetime(2024, 3, 4), "?"], [None], ["Warga senang.", None]
    )
    one, two = read_texts_xlsx(content)
    assert (one.text, one.found, one.place) == ("Kota itu maju.\n", {"date": "2024-03-04"}, "row 2")
    assert (two.text, two.found, two.place) == ("Warga senang.\n", {}, "row 4")


def test_further_sheets_are_told_as_left_behind():
    (one,) = read_texts_xlsx(workbook(["teks"], ["Kota itu maju."], more=["Catatan", "Sumber"]))
    assert one.notes == ("not carried over: the sheets Catatan, Sumber",)


def test_a_sheet_that_is_said_to_have_a_million_rows_is_read_by_what_is_there():
    book = openpyxl.Workbook()
    book.active.append(["teks"])
    book.active.append(["Kota itu maju."])
    book.active["XFD1048576"] = "jauh"
    file = io.BytesIO()
    book.save(file)
    assert read_texts_xlsx(file.getvalue())[0].text == "Kota itu maju.\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("teks\n", "the table holds no rows"),
        ("judul,tekss\na,b\n", r"no column is called text \(or teks, isi, .*\)\. Possible: judul, tekss"),
        ("teks,isi\na,b\n", "column 'teks' and another one both mean 'text'; give one of them another name"),
    ],
)
def test_a_table_that_says_too_little_or_too_much_is_refused(tmp_path, content, said):
    with pytest.raises(ValueError, match=said):
        read_texts_csv(csv_file(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook(), "the table holds no rows"),
        (workbook(["teks", "teks"], ["a", "b"]), "column 'teks' stands twice in the header"),
        (b"PK", "the file is damaged, or is not what its name says"),
    ],
)
def test_a_workbook_that_cannot_be_used_is_refused(content, said):
    with pytest.raises(ValueError, match=said):
        read_texts_xlsx(content)


def test_an_archive_that_is_no_workbook_is_refused():
    from test_archives import XML, archive

    with pytest.raises(ValueError, match="the file cannot be opened as an Excel workbook"):
        read_texts_xlsx(archive(("a.xml", XML)))
