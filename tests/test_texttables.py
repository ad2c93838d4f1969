"""A table of texts: one text per row, the other columns as what is known about it."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from qualkit.texttables import read_texts_csv, read_texts_xlsx


def workbook(*rows, more=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name in more:
        book.create_sheet(name)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_every_row_is_a_text_with_what_its_columns_say():
    table = 'Judul,Media,Tanggal,Isi,Nilai Berita\nKabar,Harian,2024-03-04,"Kota itu\r\nmaju.",7\n,,,Warga senang.,\n'
    one, two = read_texts_csv(table.encode())
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


def test_one_further_sheet_is_told_as_one():
    (one,) = read_texts_xlsx(workbook(["teks"], ["Kota itu maju."], more=["Catatan"]))
    assert one.notes == ("not carried over: the sheet Catatan",)


def test_a_formula_without_a_stored_result_is_told_with_its_cell():
    rows = [
        ["id", "teks", "media"],
        ["a", "Kota itu maju.", "=1"],
        ["b", "=B2", "=C2"],
        ["=A2", "=B2", "=C2"],
        [None, "Warga senang.", "=C9"],
        ["c", "Warga pulang.", "Kabar"],
    ]
    texts = read_texts_xlsx(workbook(*rows))
    said = "not carried over: formulas without a stored result ({}): open the file in a spreadsheet program and save it before you add it"
    cells = ["cell C2", "cells B3, C3", "cells A4, B4, C4", "cell C5"]
    assert [one.notes for one in texts] == [*((said.format(cell),) for cell in cells), ()]
    assert [one.text for one in texts] == ["Kota itu maju.\n", "\n", "\n", "Warga senang.\n", "Warga pulang.\n"]


@pytest.mark.parametrize("result", [' t="str"><f>C1</f><v></v>', "><f>C1</f><v>0</v>"])
def test_a_formula_that_shows_nothing_or_a_number_has_a_result(result):
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["teks", "media"], ["Kota itu maju.", "=C1"]))) as book,
        zipfile.ZipFile(made, "w") as new,
    ):
        for name in book.namelist():
            new.writestr(
                name,
                book.read(name).replace(b"><f>C1</f><v></v>", result.encode()).replace(b"><f>C1</f><v />", result.encode()),
            )
    (one,) = read_texts_xlsx(made.getvalue())
    assert one.notes == () and one.found == ({} if "str" in result else {"outlet": "0"})


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
        ("judul,tekss\na,b\n", r"which column holds the texts\? Call it text \(or teks, isi, .*\)\. There are: judul, tekss"),
        ("", "the table holds no rows"),
        ("teks,isi\na,b\n", "column 'teks' and another one both mean 'text'; give one of them another name"),
    ],
)
def test_a_table_that_says_too_little_or_too_much_is_refused(content, said):
    with pytest.raises(ValueError, match=said):
        read_texts_csv(content.encode())


def test_rows_of_another_length_are_told_together():
    with pytest.raises(ValueError) as told:
        read_texts_csv(b"judul,teks\na\nb,c\nd,e,f\n")
    assert str(told.value).splitlines() == [
        "2 faults",
        "line 2: 1 cell, but the header has 2 columns",
        "line 4: 3 cells, but the header has 2 columns",
    ]


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line():
    with pytest.raises(ValueError, match=r"^line 3: not a readable CSV file"):
        read_texts_csv(b'sep=;\njudul;teks\na;"b')


@pytest.mark.parametrize(
    ("table", "encoding", "note"),
    [
        ("teks,judul\nKota kafé maju,A\n", "utf-8-sig", ""),
        ("teks;judul\nKota kafé maju;A\n", "utf-16", ""),
        ("teks\tjudul\nKota kafé maju\tA\n", "utf-8", ""),
        ("sep=;\r\nteks;judul\r\nKota kafé maju;A\r\n", "utf-8", ""),
        ("teks;judul\nKota kafé maju;A\n", "cp1252", "not UTF-8: read as cp1252 (Windows), so line 2 says 'kafé'. Look whether that is right"),
    ],
)  # fmt: skip
def test_what_spreadsheets_write_is_read_whatever_its_encoding_and_separator(table, encoding, note):
    (one,) = read_texts_csv(table.encode(encoding))
    assert (one.text, one.found, one.notes) == ("Kota kafé maju\n", {"title": "A"}, (note,) if note else ())
    assert one.place == ("line 3" if table.startswith("sep") else "line 2")


def test_an_apostrophe_of_the_text_stays_in_it():
    assert read_texts_csv(b"teks\n'-itu' kata orang\n")[0].text == "'-itu' kata orang\n"


def test_a_title_may_stand_above_the_head_and_a_column_without_heading_is_told():
    one, two = read_texts_csv(b"REKAP 2024,\n\nIsi Berita,\nKota A maju.,catatan\nKota B maju., \n")
    assert (one.text, one.place, one.found) == ("Kota A maju.\n", "line 4", {})
    assert one.notes == ("not carried over: what stands in a column without a heading",) and two.notes == ()
    assert read_texts_xlsx(workbook(["REKAP 2024"], [None], ["ID", "Teks"], [1, "Kota A maju."]))[0].place == "row 4"


def days(*written):
    table = "teks;tanggal\n" + "".join(f"Kota {n};{date}\n" for n, date in enumerate(written))
    return [(one.found.get("date", ""), one.inferred.get("date", "")) for one in read_texts_csv(table.encode())]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024", "2024"), ("2024-03", "2024-03"), ("2024-01-05 00:00:00", "2024-01-05"), ("2024/01/05", "2024-01-05"), ("3 Mei 2023", "2023-05-03"),
        ("Rabu, 3 Mei 2023 10:05 WIB", "2023-05-03"), ("31/12/2023", "2023-12-31"), ("25.3.2024 08.00", "2024-03-25"), ("3-3-2024", "2024-03-03"),
        ("12/31/2023", "2023-12-31"),
    ],
)  # fmt: skip
def test_a_date_that_can_mean_one_day_only_is_read(written, day):
    assert days(written) == [(day, "")]


@pytest.mark.parametrize(
    "written",
    ["kemarin", "2024-13", "2024-02-30", "31/2/2024", "12/03/24", "3-5 Mei 2023", "3 Mei 2023 - 5 Mei 2023", "Kamis, 3 Mei 2023", "3 Mei", "99999"],
)  # fmt: skip
def test_a_date_that_is_none_or_says_too_little_stays_as_it_is_written(written):
    assert days(written) == [(written, "")]


def test_a_date_that_may_mean_two_days_is_read_as_its_column_is():
    assert days("12/03/2024") == [("2024-03-12", "'12/03/2024', read day first")]
    assert days("12/03/2024", "13/03/2024")[0] == ("2024-03-12", "'12/03/2024', read day first")
    assert days("12/03/2024", "03/13/2024")[0] == ("2024-12-03", "'12/03/2024', read month first")
    assert days("12/03/2024", "13/03/2024", "03/13/2024") == [("12/03/2024", ""), ("2024-03-13", ""), ("2024-03-13", "")]


def test_a_number_in_a_column_of_dates_is_a_day_as_spreadsheets_count():
    assert days("45356", "45356.5") == [
        ("2024-03-05", f"'{n}', the days that spreadsheets count") for n in ("45356", "45356.5")
    ]


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


def sheet(rows):
    """A workbook whose sheet says what no program would write."""
    import zipfile

    old, file = zipfile.ZipFile(io.BytesIO(workbook(["teks"]))), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            its = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
            new.writestr(name, its if name.endswith("sheet1.xml") else old.read(name))
    return file.getvalue()


def cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        f'<row r="1">{cell("A1", "teks")}</row><row r="99999999999">{cell("A99999999999", "x")}</row>',
        f'<row r="1">{cell("A1", "teks")}</row>' + "".join(f'<row r="{n}">{cell(f"XFD{n}", n)}</row>' for n in range(2, 2000)),
    ],
)
def test_a_sheet_of_absurd_size_is_refused(rows):
    with pytest.raises(ValueError, match="the table holds no rows"):
        read_texts_xlsx(sheet(rows))


def test_a_table_that_is_too_wide_is_refused():
    with pytest.raises(ValueError, match=r"the table has 201 columns; more than 200 are not read"):
        read_texts_xlsx(workbook([*range(200), "teks"], ["a"]))


def test_a_line_end_that_excel_writes_as_a_code_is_one():
    assert read_texts_xlsx(workbook(["teks"], ["satu_x000D_\ndua"]))[0].text == "satu\ndua\n"


def test_an_archive_that_is_no_workbook_is_refused():
    from test_archives import XML, archive

    with pytest.raises(ValueError, match="the file cannot be opened as an Excel workbook"):
        read_texts_xlsx(archive(("a.xml", XML)))
