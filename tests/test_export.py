import csv
import io
import math
import os
import re
import zipfile
from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
import openpyxl
import pandas as pd
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as parser

import qualkit as qk
from qualkit.claims import STATUSES as CLAIMED
from qualkit.claims import TACTICS, Claim, Tactic
from qualkit.codebook import Code, Facet, Family, facet_column
from qualkit.display import printable
from qualkit.latex import tex
from qualkit.rules import Rule
from qualkit.tables import read_rows

STATUSES = ["context", "aspired", "planned", "signed", "implemented", "outcome"]
HOSTILE = ["=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("x")', "\t=1", "'=1", "<script>x</script>", "<img src=x onerror=y>",
           '"><b>', "' onload='x", "&amp;", "$\\alpha$", "\\input{/etc/passwd}", "\\end{longtable}", "100 % & #1_a^b~", "{", "}", "\\", "[x]",
           "*", "``a''", "a\x00b\x0bc\x1b", "baris\nbaru", "😀🇮🇩", "中文", "\u202eterbalik", "e\u0301", "_x000D_", ",,", "--"]  # fmt: skip
ENDINGS = ["docx", "xlsx", "tex", "html", "csv"]


def words(text):
    return {"id": text, "en": f"{text}!"}


def facet(name, labels, families=(), scale="nominal", left_out=None):
    some = words("x")
    codes = [
        Code(code, words(label), some, some, some, some, some, "theory", "topic", "1.0", code[0] if families else "")
        for code, label in labels.items()
    ]
    if left_out:
        codes.append(Code("Z", some, some, some, some, some, some, "theory", "topic", "1.0", "E", left_out=words(left_out)))
    return Facet(name, words(name.title()), some, scale, tuple(codes), families)


FAMILIES = (Family("E", words("Ekonomi")), Family("P", words("Pendidikan")))
TABLE = pd.DataFrame(
    [("S1", "E1", "A", "implemented", "2", "berita", 3), ("S2", "E1", "A", "signed", "2", "jurnal", 9),
     ("S3", "P1", "C", "aspired", "0", "berita", 4), ("S4", "E2", "A", "outcome", "1", "berita", 5)],
    columns=["statement", "sector", "case", "status", "evidence", "document", "segment"],
)  # fmt: skip
SECTORS = {"E1": "Perdagangan", "E2": "Pariwisata", "P1": "Pelajar"}
TABLE["sector"] = facet_column(TABLE["sector"], facet("sector", SECTORS, FAMILIES, left_out="bukan sektor."))
TABLE["case"] = facet_column(TABLE["case"], facet("case", {"A": "Aa-Bb", "C": "Cc-Dd"}))
TABLE["status"] = facet_column(TABLE["status"], facet("status", {name: name for name in STATUSES}, scale="ordinal"))
TABLE = TABLE.assign(text_id="Fakta itu. " * 20, text_en="That fact.", quote="Kalimat.", off_heading=False)
TABLE["title"] = TABLE["document"].map({"berita": "Kabar kota", "jurnal": "Jurnal kota"})
RATING = qk.rating_matrix(TABLE, rows="sector", columns="case")
COUNT = qk.count_matrix(TABLE, rows="sector", columns="case")
CAPTION = "Bukti kerja sama"


def written(table, folder, ending, caption=CAPTION, **more):
    return qk.write_table(table, folder / f"tabel.{ending}", caption=caption, **more)


def word(table, folder, **more):
    return Document(str(written(table, folder, "docx", **more)))


def excel(table, folder, **more):
    return openpyxl.load_workbook(written(table, folder, "xlsx", **more))


def rows_of(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


# --- every format ---


@pytest.mark.parametrize("ending", ENDINGS)
def test_two_runs_give_the_same_bytes(ending, tmp_path, monkeypatch):
    for table in (RATING, COUNT, qk.statement_matrix(TABLE, "sector", "case")):
        first = written(table, tmp_path / "satu", ending).read_bytes()
        monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
        assert written(table, tmp_path / "dua", ending).read_bytes() == first


@pytest.mark.parametrize("ending", ENDINGS)
def test_any_text_can_be_written(ending, tmp_path):
    table = pd.DataFrame({text: [text, "x"] for text in HOSTILE})
    assert written(table, tmp_path, ending, caption=" ".join(HOSTILE)).stat().st_size > 0
    assert written(table.iloc[:0], tmp_path, ending).stat().st_size > 0


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_table_is_unchanged(ending, tmp_path):
    table, cells = pd.DataFrame({"a": [0.5, None], "b": ["=x", "\x00"]}), RATING.cells.copy()
    before = table.copy()
    written(table, tmp_path, ending), written(RATING, tmp_path, ending)
    assert table.equals(before) and RATING.cells.equals(cells)


# --- conclusions ---


def judged(number, supporting, opposing=(), recorded="proposed", tactics=()):
    """A conclusion, tested by these tactics."""
    done = tuple(Tactic(tactic, "Dicari.", "Ada.") for tactic in tactics)
    return Claim(number, "study", words("Isi."), words(""), recorded, (), supporting, opposing, done, (), words(""))


def test_conclusions_are_printed_in_words_of_the_language(tmp_path):
    claims = [
        judged("C1", ("S3",), ("S1", "S2"), "confirmed"),
        judged("C2", (), (), "tested"),
        judged("C3", ("S1", "S2"), (), "qualified", ["counting", "looking for negative evidence"]),
    ]
    table = qk.verify(claims, TABLE)[["claim", "text_id", "shown_as", "supporting", "weaknesses", "tactics"]]
    before = table.copy()
    with written(table, tmp_path, "csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["Nomor", "Kesimpulan", "Hasil uji", "Pro", "Kelemahan", "Taktik yang diterapkan"],
        ["C1", "Isi.", "diajukan (pencarian bukti negatif tidak tercatat)", "1",
         "sumber tunggal (berita); hanya bertumpu pada harapan dan rencana; lebih banyak pernyataan yang menentang daripada yang mendukung; "
         "pengujian tidak tercatat; pencarian bukti negatif tidak tercatat", ""],
        ["C2", "Isi.", "tidak didukung (tidak ada pernyataan yang mendukungnya)", "0",
         "tidak ada pernyataan yang mendukungnya; pengujian tidak tercatat; pencarian bukti negatif tidak tercatat", ""],
        ["C3", "Isi.", "berlaku terbatas", "2", "", "menghitung; mencari bukti negatif"],
    ]  # fmt: skip
    assert table.equals(before)
    english = written(table, tmp_path, "csv", language="en").read_text(encoding="utf-8").splitlines()
    assert english[0] == "Number,Conclusion (Indonesian),Shown as,For,Weaknesses,Tactics applied"
    assert english[1].startswith("C1,Isi.,proposed (no search for negative evidence is recorded),1,single source (berita); ")


RULES = (
    Rule("E1 / A = strong and E2 / A >= weak", "P1 / C >= moderate and E1 / C < not found", "2024-05-31"),
    Rule("E1 / A > none", "P1 / C = strong", "2024-05-31"),
)
RATED = qk.rating_matrix(TABLE.assign(evidence="2"), rows="sector", columns="case")


def test_no_word_of_a_verification_is_left_in_english(tmp_path):
    """Save the texts, the ids and the status codes, which are the researcher's own."""
    claims = [
        replace(judged("C1", ("S1",), tactics=TACTICS), if_then=RULES),
        judged("C2", ("S3",), ("S1", "S2"), "confirmed"),
        *(judged(f"D{n}", ("S1",), (), known) for n, known in enumerate(CLAIMED)),
        judged("D9", (), (), "tested"),
    ]
    background = TABLE.assign(status=["context", "context", "aspired", "context"])
    table = qk.verify(claims, background, RATED).drop(columns=["claim", "by", "text_id", "text_en", "strongest"])
    table = table.assign(text_id="", claim="")

    def printed_words(language):
        return set(re.findall(r"[^\W\d]{2,}", written(table, tmp_path, "csv", language=language).read_text(encoding="utf-8")))

    english = printed_words("en")
    assert {"weaknesses", "rule", "then", "strong", "background", "hopes", "confirmed"} <= {word.lower() for word in english}
    assert english & printed_words("id") == {"berita"}


def test_a_rule_that_fails_is_told_in_indonesian(tmp_path):
    claim = replace(judged("C1", ("S1", "S2"), tactics=TACTICS), if_then=RULES)
    table = qk.verify([claim], TABLE, RATED)[["claim", "weaknesses"]]
    assert written(table, tmp_path, "csv").read_text(encoding="utf-8").splitlines() == [
        "Nomor,Kelemahan",
        "C1,sebuah aturan jika-maka gagal (jika E1 / A = kuat dan E2 / A >= lemah maka P1 / C >= sedang dan E1 / C < tidak ditemukan); "
        "sebuah aturan jika-maka gagal (jika E1 / A > hanya latar maka P1 / C = kuat)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (lambda table: table[["claim", "text_id", "weaknesses"]], ["Nomor", "Kesimpulan", "Kelemahan"]),
        (lambda table: table[["claim", "supporting", "sources"]], ["Nomor", "Pro", "Dokumen"]),
        (lambda table: table.set_index("claim")[["recorded"]], ["Nomor", "Status tercatat"]),
        (lambda table: table.set_index(["by", "claim"])[["shown_as"]], ["Oleh", "Nomor", "Hasil uji"]),
        (lambda table: table.set_index(["shown_as", "claim"])[["supporting"]], ["Hasil uji", "Nomor", "Pro"]),
    ],
)
def test_conclusions_have_heads_in_words_whatever_columns_are_taken(shape, expected, tmp_path):
    table = shape(qk.verify([judged("C1", ("S1", "S2"), tactics=["looking for negative evidence"])], TABLE))
    before = table.copy()
    with written(table, tmp_path, "csv").open(encoding="utf-8", newline="") as file:
        heads, row = csv.reader(file)
    assert heads == expected and "proposed" not in row
    assert ("diajukan" in row) == bool({"Hasil uji", "Status tercatat"} & {*heads})
    pd.testing.assert_frame_equal(table, before)


def test_tables_of_patterns_keep_their_heads(tmp_path):
    table = pd.DataFrame({"label": ["Tema"], "claim": ["Isi"], "weaknesses": ["tested"]})
    assert written(table, tmp_path, "csv").read_text(encoding="utf-8").splitlines() == [
        "label,claim,weaknesses",
        "Tema,Isi,tested",
    ]


def test_every_status_that_can_be_recorded_is_printed_in_indonesian(tmp_path):
    table = pd.DataFrame({"claim": [f"C{n}" for n in range(len(CLAIMED))], "recorded": list(CLAIMED)})
    with written(table, tmp_path, "csv").open(encoding="utf-8", newline="") as file:
        words = [row[1] for row in list(csv.reader(file))[1:]]
    assert words == ["diajukan", "diuji", "didukung korpus", "berlaku terbatas", "ditarik"]


def test_what_a_researcher_wrote_about_a_conclusion_stays(tmp_path):
    own = pd.DataFrame(
        {"claim": ["C1"], "shown_as": ["untested so far; counting on it"], "weaknesses": [None], "Kelemahan": ["tested"]}
    )
    shown = written(own, tmp_path, "csv").read_text(encoding="utf-8").splitlines()
    assert shown == ["Nomor,Hasil uji,Kelemahan,Kelemahan", "C1,untested so far; counting on it,,tested"]
    alone = pd.DataFrame({"claim": ["C1"], "verdict": ["tested"]})
    assert written(alone, tmp_path, "csv").read_text(encoding="utf-8").splitlines() == ["claim,verdict", "C1,tested"]


# --- Word ---


def test_word_has_number_and_title_above_and_notes_and_source_below(tmp_path):
    document = word(RATING, tmp_path)
    kinds = [element.tag.split("}")[1] for element in document.element.body]
    assert kinds == ["p", "p", "tbl", "p", "p", "p", "tbl", "sectPr"]
    number, title, note, source, places = document.paragraphs
    field = number._p.find(qn("w:fldSimple"))
    assert (
        field.get(qn("w:instr")) == " SEQ Tabel \\* ARABIC " and "".join(t.text for t in number._p.iter(qn("w:t"))) == "Tabel 1"
    )
    assert (title.text, title.runs[0].italic) == (CAPTION, True)
    assert note.text.startswith("Catatan: kuat: minimal dua") and note.text.endswith("Di luar perbandingan: Z. bukan sektor.")
    assert source.text == "Sumber: Kabar kota; Jurnal kota."
    assert places.text == "Rujukan sel (pernyataan; dokumen: segmen)"


def test_word_repeats_the_head_and_has_horizontal_rules_only(tmp_path):
    for table in word(RATING, tmp_path).tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert [row._tr.trPr.find(qn("w:tblHeader")) for row in table.rows[1:]] == [None] * (len(table.rows) - 1)
        borders = table._tbl.tblPr.find(qn("w:tblBorders"))
        assert [rule.tag for rule in borders] == [qn("w:top"), qn("w:bottom")]
        under = {rule.tag for row in table.rows for rules in row._tr.iter(qn("w:tcBorders")) for rule in rules}
        assert under == {qn("w:bottom")}
        assert table._tbl.tblPr.find(qn("w:tblStyle")) is None or table.style.name == "Normal Table"


def test_word_sets_families_bold_over_their_rows_and_numbers_to_the_right(tmp_path):
    table = word(RATING, tmp_path).tables[0]
    assert rows_of(table)[0] == ["Sector", "Aa-Bb", "Cc-Dd", "Aa-Bb: hasil diklaim", "Cc-Dd: hasil diklaim"]
    assert [row[0] for row in rows_of(table)] == ["Sector", "Ekonomi", "Perdagangan", "Pariwisata", "Pendidikan", "Pelajar"]
    family, row = table.rows[1], table.rows[2]
    assert len(family._tr.tc_lst) == 1 and family.cells[0].paragraphs[0].runs[0].bold
    assert family.cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert row.cells[0].paragraphs[0].paragraph_format.left_indent > Mm(2.9) and not row.cells[0].paragraphs[0].runs[0].bold
    assert [cell.paragraphs[0].alignment for cell in row.cells] == [0, 0, 0, 2, 2]  # left, right
    assert row.cells[1].text == "kuat"


def test_word_tells_which_statements_and_places_each_cell_rests_on(tmp_path):
    assert rows_of(word(RATING, tmp_path).tables[1]) == [
        ["Baris", "Kolom", "Pernyataan", "Tempat"],
        ["Perdagangan", "Aa-Bb", "S1, S2", "berita: 3; jurnal: 9"],
        ["Pariwisata", "Aa-Bb", "S4", "berita: 5"],
        ["Pelajar", "Cc-Dd", "S3", "berita: 4"],
    ]
    codings = pd.DataFrame({"document": ["a"], "segment": [1], "r": ["x"], "c": ["y"]})
    of_codings = qk.count_matrix(codings, rows="r", columns="c")
    assert rows_of(word(of_codings, tmp_path).tables[1]) == [["Baris", "Kolom", "Tempat"], ["x", "y", "a: 1"]]


NOTE = "Dihitung  oleh =kami & <b>."


def test_a_note_is_printed_under_the_table_in_every_format_but_csv(tmp_path):
    said, plain = "Dihitung oleh =kami & <b>.", pd.DataFrame({"a": [1]})
    assert [paragraph.text for paragraph in word(plain, tmp_path, note=NOTE).paragraphs[2:]] == [said]
    under = [paragraph.text for paragraph in word(RATING, tmp_path, note=NOTE).paragraphs[2:5]]
    assert under[1] == said and under[0].startswith("Catatan: ") and under[2].startswith("Sumber: ")
    assert [cell.value for cell in excel(plain, tmp_path, note=NOTE)["Catatan"]["A"]] == [CAPTION, said]
    assert [(cell.value, cell.data_type) for cell in excel(plain, tmp_path, note="=1+1")["Catatan"]["A"]][1] == ("=1+1", "s")
    assert rf"\selectfont {tex(said)}}}\\" in written(plain, tmp_path, "tex", note=NOTE).read_text(encoding="utf-8")
    page = parser.document_fromstring(written(plain, tmp_path, "html", note=NOTE).read_bytes())
    assert [note.text for note in page.xpath("//p")] == [said]
    assert written(plain, tmp_path, "csv", note=NOTE).read_bytes() == written(plain, tmp_path, "csv").read_bytes()
    assert len(word(plain, tmp_path, note=" ").paragraphs) == 2  # a blank note is none


def test_sources_are_named_by_their_reference_else_by_their_title(tmp_path):
    def source(**columns):
        paragraphs = word(qk.count_matrix(TABLE.assign(**columns), "sector", "case"), tmp_path).paragraphs
        return [paragraph.text for paragraph in paragraphs if paragraph.text.startswith("Sumber")]

    reference = TABLE["document"].map({"berita": "", "jurnal": "Sari, R. (2020). Kota\nkita. Jurnal, 1(2)."})
    assert source(reference=reference) == ["Sumber: Kabar kota; Sari, R. (2020). Kota kita. Jurnal, 1(2)."]
    both = TABLE["document"].map({"berita": "Kabar. (2016).", "jurnal": "Sari, R. (2020)."})
    assert source(reference=both) == ["Sumber: Kabar. (2016); Sari, R. (2020)."]
    assert source(reference=None) == ["Sumber: Kabar kota; Jurnal kota."]
    assert source(title="", reference="") == []


@pytest.mark.parametrize("ending", ENDINGS[:4])
def test_quotes_of_a_restated_edition_are_called_so_in_every_format(ending, tmp_path):
    quotes = qk.quote_matrix(TABLE.assign(edition="restated"), "sector", "case", per_cell=1)
    path = written(quotes, tmp_path, ending)
    if ending in ("docx", "xlsx"):
        with zipfile.ZipFile(path) as archive:
            content = b" ".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    else:
        content = path.read_text(encoding="utf-8").replace("{-}", "-")
    assert "bukan kata-kata sumber dan tidak boleh dikutip" in content


def test_word_stands_upright_unless_the_table_is_wide_or_wordy(tmp_path):
    def page(table):
        section = word(table, tmp_path).sections[0]
        return section.orientation, round(section.page_width / Mm(1)), round(section.page_height / Mm(1))

    upright, lying = (WD_ORIENT.PORTRAIT, 210, 297), (WD_ORIENT.LANDSCAPE, 297, 210)
    assert page(RATING) == page(pd.DataFrame([range(6)], columns=list("abcdef"))) == upright
    assert page(pd.DataFrame([["Pelabuhan"] * 12])) == lying  # twelve words beside one another, in letters of 9 points
    assert page(pd.DataFrame({"a": ["kata " * 400]})) == upright  # 20 lines
    assert page(pd.DataFrame({"a": ["kata " * 1000]})) == lying  # a row of more than two fifths of the page
    assert page(pd.DataFrame([["x", "kata " * 60, *["Pelabuhan"] * 5]] * 20)) == lying  # fewer pages lying than upright


def test_word_knows_the_language(tmp_path):
    document = word(RATING, tmp_path, language="en")
    assert document.paragraphs[0]._p.find(qn("w:fldSimple")).get(qn("w:instr")) == " SEQ Table \\* ARABIC "
    assert document.paragraphs[3].text == "Source: Kabar kota; Jurnal kota."
    assert document.core_properties.language == "en-GB"
    lang = word(RATING, tmp_path).styles["Normal"].element.rPr.find(qn("w:lang"))
    assert lang.get(qn("w:val")) == "id-ID"


def test_a_long_row_of_a_word_table_may_break_and_a_short_one_may_not(tmp_path):
    table = word(pd.DataFrame({"a": ["pendek", "panjang " * 1000]}), tmp_path).tables[0]
    assert [row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows] == [
        True,
        True,
        False,
    ]


def test_each_statement_of_a_cell_is_a_paragraph_of_its_own(tmp_path):
    table = word(qk.statement_matrix(TABLE, "sector", "case"), tmp_path).tables[0]
    paragraphs = table.rows[2].cells[1].paragraphs
    assert [paragraph.paragraph_format.space_before.pt for paragraph in paragraphs] == [1.5, 4.5]  # 3 points apart
    lines = word(pd.DataFrame({"a": ["satu\ndua"]}), tmp_path).tables[0].rows[1].cells[0].paragraphs
    assert [paragraph.paragraph_format.space_before.pt for paragraph in lines] == [1.5, 1.5]  # lines of one text are not
    assert [paragraph.text.split("(")[1] for paragraph in paragraphs] == [
        "S1; implemented; bukti 2; berita: 3)",
        "S2; signed; bukti 2; jurnal: 9)",
    ]


# --- Excel ---


def test_excel_holds_texts_as_texts_and_numbers_as_numbers(tmp_path):
    table = pd.DataFrame(
        {"teks": HOSTILE, "bulat": range(len(HOSTILE)), "pecahan": 0.125, "numpy": [np.int64(7)] * len(HOSTILE)}
    )
    table["campuran"] = pd.Series([np.int64(3), math.inf, True, None, *["x"] * (len(HOSTILE) - 4)], dtype=object)
    sheet = excel(table, tmp_path)["Tabel"]
    for number, text in enumerate(HOSTILE, 2):
        cell = sheet.cell(number, 1)
        assert (cell.value, cell.data_type) == (printable(text).replace("_x", "_x005F_x"), "s")  # for Excel _x000D_ is no text
        assert [sheet.cell(number, at).data_type for at in (2, 3, 4)] == ["n"] * 3
    assert [sheet.cell(3, at).value for at in (2, 3, 4)] == [1, 0.125, 7]
    assert [sheet.cell(number, 5).value for number in (2, 3, 4, 5)] == [3, "inf", "True", None]


def test_excel_has_no_formula_anywhere(tmp_path):
    table = pd.DataFrame({text: [text] for text in HOSTILE})
    path = written(table, tmp_path, "xlsx", caption="=1+1")
    with zipfile.ZipFile(path) as archive:
        assert not any(b"<f>" in archive.read(name) or b"<f " in archive.read(name) for name in archive.namelist())
    assert openpyxl.load_workbook(path)["Catatan"]["A1"].data_type == "s"


def test_excel_has_the_notes_and_the_references_on_pages_of_their_own(tmp_path):
    book = excel(RATING, tmp_path)
    assert book.sheetnames == ["Tabel", "Catatan", "Rujukan"]
    assert [cell.value for cell in book["Tabel"][2]] == ["Perdagangan", "kuat", "tidak ditemukan dalam korpus", 0, 0]
    assert [cell.value for cell in book["Catatan"]["A"]][::2] == [CAPTION, "Sumber: Kabar kota; Jurnal kota."]
    assert [cell.value for cell in book["Rujukan"][2]] == ["Perdagangan", "Aa-Bb", "S1, S2", "berita: 3; jurnal: 9"]
    assert excel(pd.DataFrame({"a": [1]}), tmp_path, language="en").sheetnames == ["Table", "Note"]


@pytest.mark.parametrize("note", ["Pendek.", "kata " * 400, "kata " * 1000])
def test_excel_gives_every_row_the_height_it_needs(note, tmp_path):
    book = excel(qk.statement_matrix(TABLE, "sector", "case"), tmp_path, note=note)
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                width = page.column_dimensions[cell.column_letter].width
                lines = sum(math.ceil(len(line) / width) for line in (cell.value or "").split("\n"))
                assert cell.alignment.wrap_text and page.row_dimensions[cell.row].height >= 15 * lines
    assert book["Catatan"].freeze_panes is None and book["Catatan"].row_dimensions[1].height == 15


def test_excel_refuses_what_it_cannot_hold_and_keeps_the_old_file(tmp_path):
    assert excel(pd.DataFrame({"a": ["x" * 32_767]}), tmp_path)["Tabel"]["A2"].value == "x" * 32_767
    before = (tmp_path / "tabel.xlsx").read_bytes()
    with pytest.raises(ValueError, match=r"row 2, column 1: a text of 32768 characters does not fit an Excel cell \(32767\)"):
        written(pd.DataFrame({"a": ["x" * 32_768]}), tmp_path, "xlsx")
    assert (tmp_path / "tabel.xlsx").read_bytes() == before


# --- LaTeX, HTML, CSV ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100 % & #1_a", r"100 \% \& \#1\_a"),
        ("\\input{x}", r"\textbackslash{}input\{x\}"),
        ("$x^2$~", r"\$x\textasciicircum{}2\$\textasciitilde{}"),
        ("[a]*", "{[}a{]}{*}"),
        ("--- ``a''", r"{-}{-}{-} \textasciigrave{}\textasciigrave{}a\textquotesingle{}\textquotesingle{}"),
        ("kuat†°", r"kuat\textdagger{}\textdegree{}"),
        ("a\nb", r"a\leavevmode\newline{}b"),
        (",,", ",{},"),
        ("e\u0301", "é"),
    ],
)
def test_latex_reads_every_character_as_itself(text, expected):
    assert tex(text) == expected


@given(st.text())
def test_latex_never_gets_a_command_that_is_not_ours(text):
    left = re.sub(
        r"\\leavevmode|\\hspace\{0pt\}|\\(text[a-z]+|newline|ldots)\{\}|\\[{}$&#_%]|\{[\[\]*-]\}|,\{\},", "", tex(text)
    )
    assert not re.search(r"[\\{}$&#_%^~]", left.replace("~", "" if "\xa0" in text or not text.isascii() else "~"))


def test_latex_is_a_long_table_whose_head_repeats(tmp_path):
    page = written(RATING, tmp_path, "tex").read_text(encoding="utf-8")
    assert page.count(r"\begin{longtable}") == page.count(r"\end{longtable}") == 1
    assert rf"\caption{{{CAPTION}}}" in page and page.count(r"\textbf{Sector} & ") == 2
    assert r"\textbf{\tablename~\thetable{} (lanjutan)}" in page
    assert r"\textbf{Ekonomi}" in page and r"Perdagangan & kuat & tidak ditemukan dalam korpus & 0 & 0\\[2pt]" in page
    assert "Perdagangan / Aa{-}Bb: S1, S2; berita: 3; jurnal: 9" in page
    assert "(continued)" in written(RATING, tmp_path, "tex", language="en").read_text(encoding="utf-8")


def test_latex_prints_the_code_of_a_character_it_does_not_know(tmp_path):
    page = written(pd.DataFrame({"a": ["中\u200b"]}), tmp_path, "tex").read_text(encoding="utf-8")
    assert (
        r"\ifcsname u8:\detokenize{中}\endcsname\else\expandafter\gdef\csname u8:\detokenize{中}\endcsname{{[}U+4E2D{]}\hspace{0pt}}\fi"
        in page
    )
    assert "\\gdef\\csname u8:\\detokenize{\u200b}\\endcsname{}\\fi" in page


@pytest.mark.parametrize("payload", HOSTILE)
def test_html_has_only_the_markup_of_its_template(payload, tmp_path):
    table = pd.DataFrame({payload: [payload]}, index=pd.Index([payload], name=payload))
    tree = parser.document_fromstring(written(table, tmp_path, "html", caption=payload).read_bytes())
    template = {"html", "head", "meta", "title", "style", "body", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert {element.tag for element in tree.iter()} == template
    assert {name for element in tree.iter() for name in element.attrib} == {"lang", "charset", "scope"}
    assert tree.xpath("//td")[1].text == printable(payload)


def test_html_holds_families_notes_and_references(tmp_path):
    tree = parser.document_fromstring(written(RATING, tmp_path, "html").read_bytes())
    assert tree.get("lang") == "id" and tree.findtext("head/title") == CAPTION == tree.findtext(".//caption")
    assert [head.text for head in tree.xpath('//th[@scope="rowgroup"]')] == ["Ekonomi", "Pendidikan"]
    assert [note.text.split(":")[0] for note in tree.xpath("//p")] == ["Catatan", "Sumber"]
    assert tree.findtext(".//h2") == "Rujukan sel (pernyataan; dokumen: segmen)"
    assert [cell.text for cell in tree.xpath("//table[2]/tbody/tr[1]/td")] == [
        "Perdagangan",
        "Aa-Bb",
        "S1, S2",
        "berita: 3; jurnal: 9",
    ]


def test_csv_is_guarded_against_formulas_and_reads_back(tmp_path):
    table = pd.DataFrame({"=1+1": HOSTILE, "sama": "x"})
    path = written(table, tmp_path, "csv")
    for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")):
        assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert [row["sama"] for row in read_rows(path, ["sama"])] == ["x"] * len(HOSTILE)
    back = read_rows(written(table.rename(columns={"=1+1": "teks"}), tmp_path, "csv"), ["teks"])
    assert [row["teks"] for row in back] == [printable(text) for text in HOSTILE]


def test_csv_writes_numbers_as_the_language_does(tmp_path):
    table = pd.DataFrame({"a": [-0.5, 1234.5], "n": [-2, 3], "t": ["-2", pd.NA]})
    assert written(table, tmp_path, "csv").read_text(encoding="utf-8") == 'a,n,t\n"-0,500",-2,\'-2\n"1.234,500",3,\n'
    assert (
        written(table, tmp_path, "csv", language="en").read_text(encoding="utf-8") == 'a,n,t\n-0.500,-2,\'-2\n"1,234.500",3,\n'
    )


def test_two_columns_of_one_name_are_both_written(tmp_path):
    table = pd.DataFrame([["x", "y"]], columns=["sama", "sama"], index=pd.Index(["k"], name="kode"))
    assert written(table, tmp_path, "csv").read_text(encoding="utf-8") == "kode,sama,sama\nk,x,y\n"


def test_families_of_a_table_are_a_column_where_there_are_rows_only(tmp_path):
    table = pd.DataFrame({"k": ["A", "A", "B"], "t": ["a", "=b", "c"], "n": [1, 2, 3]}).set_index(["k", "t"])
    assert written(table, tmp_path, "csv").read_text(encoding="utf-8") == "k,t,n\nA,a,1\nA,'=b,2\nB,c,3\n"
    assert [[cell.value for cell in row] for row in excel(table, tmp_path)["Tabel"]] == [
        ["k", "t", "n"],
        ["A", "a", 1],
        ["A", "=b", 2],
        ["B", "c", 3],
    ]
    tree = parser.document_fromstring(written(table, tmp_path, "html").read_bytes())
    assert [head.text for head in tree.xpath('//th[@scope="rowgroup"]')] == ["A", "B"]


# --- figures ---


TITLE = "Bukti $\\alfa$ <b> kerja sama"


@pytest.fixture(scope="module")
def figure():
    yield qk.heatmap(RATING, title=TITLE, width="single")
    plt.close("all")


@pytest.fixture(scope="module")
def files(figure, tmp_path_factory):
    """The figure in all four formats, and its text."""
    return qk.write_figure(figure, tmp_path_factory.mktemp("gambar") / "baru" / "gambar", caption="Gambar 1.")


def test_a_figure_is_written_in_four_formats_with_its_text_beside(figure, files, tmp_path):
    assert [path.name for path in files] == ["gambar.pdf", "gambar.svg", "gambar.eps", "gambar.png", "gambar.txt"]
    assert files[-1].read_text(encoding="utf-8") == f"Gambar 1.\n\n{figure.get_label()}\n"
    one = qk.write_figure(figure, tmp_path / "satu.SVG", caption="x", alt=" Dua kotak. ")
    assert [path.name for path in one] == ["satu.svg", "satu.txt"] and one[1].read_text(encoding="utf-8") == "x\n\nDua kotak.\n"


def test_a_figure_is_the_same_bytes_on_every_run(files, tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    again = qk.heatmap(RATING, title=TITLE, width="single")
    assert [path.read_bytes() for path in qk.write_figure(again, tmp_path / "gambar", caption="Gambar 1.")] == [
        path.read_bytes() for path in files
    ]
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_the_date_the_environment_fixes_stays_as_it_was(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    _, ax = plt.subplots(figsize=(1, 1))
    assert b"1970" in qk.write_figure(ax, tmp_path / "g.eps", caption="x", alt="Kosong.")[0].read_bytes()
    assert os.environ["SOURCE_DATE_EPOCH"] == "7"


def test_a_figure_has_its_fonts_within_and_its_size_in_millimetres(figure, files):
    pdf, svg, eps, png, _ = (path.read_bytes() for path in files)
    wide, high = 89 / 25.4, figure.figure.get_figheight()  # inches
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") > 0 and b"/Type3" not in pdf
    box = [float(number) for number in re.search(rb"/MediaBox \[ ?([\d. ]+)\]", pdf).group(1).split()]
    assert box == pytest.approx([0, 0, wide * 72, high * 72], abs=0.01)
    root = etree.fromstring(svg)
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(wide * 72, abs=0.01)
    assert "kuat (2)" in [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]  # text stays text
    assert eps.startswith(b"%!PS-Adobe-3.0 EPSF-3.0") and b"/sfnts" in eps
    dots = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert dots == (pytest.approx(wide * 600, abs=1), pytest.approx(high * 600, abs=1))


PAYLOADS = ["<script>x</script>", '"><b>', "]]>", "a\x00\x1bb", "$\\alfa$", "(\\", "中 😀"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_caption_becomes_no_markup(payload, tmp_path):
    _, ax = plt.subplots(figsize=(1, 1))
    picture, beside = qk.write_figure(ax, tmp_path / "gambar.svg", caption=payload, alt=payload)
    root = etree.fromstring(picture.read_bytes())
    assert printable(payload) in [element.text for element in root.iter() if element.text]
    assert not [element for element in root.iter() if etree.QName(element).localname in ("script", "b")]
    assert beside.read_text(encoding="utf-8") == f"{printable(payload)}\n\n{printable(payload)}\n"


def test_any_caption_can_be_written_in_every_format(tmp_path):
    _, ax = plt.subplots(figsize=(1, 1))
    assert len(qk.write_figure(ax, tmp_path / "gambar", caption=" ".join(PAYLOADS), alt=" ".join(PAYLOADS))) == 5


# --- messages ---


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda to: qk.write_table(RATING, to / "tabel.doc", caption="x"), "'tabel.doc': the ending says how a table is written. Did you mean"),
        (lambda to: qk.write_table(RATING, to / "tabel.dcx", caption="x"), "Did you mean '.docx'?"),
        (lambda to: qk.write_table(RATING, to / "tabel", caption="x"), "a table is written. Possible: .docx, .xlsx, .tex, .html, .csv."),
        (lambda to: qk.write_table(RATING, to / "t.docx", caption="x", language="de"), "language 'de' is not known. Possible: id, en."),
        (lambda to: qk.write_table([[1]], to / "t.docx", caption="x"), "write_table takes a matrix or a table, not list"),
        (lambda to: qk.write_table(pd.DataFrame(), to / "t.docx", caption="x"), "the table has no columns: there is nothing to write"),
        (lambda to: qk.write_table(RATING, to / "berkas" / "t.csv", caption="x"), "berkas"),
        (lambda to: qk.write_figure(plt.subplots()[1], to / "g", caption="x"), "alt is empty: say in words what the figure shows"),
        (lambda to: qk.write_figure(plt.subplots()[1], to / "g", caption="x", alt="  "), "alt is empty"),
        (lambda to: qk.write_figure(plt.subplots()[1], to / "g.jpg", caption="x", alt="y"), "'g.jpg': the ending says how a figure is written. Did"),
        (lambda to: qk.write_figure(plt.subplots()[1], to / "g.pgn", caption="x", alt="y"), "Did you mean '.png'?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_the_researchers_words(call, message, tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises((ValueError, OSError)) as raised:
        call(tmp_path)
    plt.close("all")
    assert message in str(raised.value)
    assert [path.name for path in tmp_path.iterdir()] == ["berkas"]


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("α", r"\ensuremath{\alpha}"),
        ("≥", r"\ensuremath{\geq}"),
        ("→", r"\ensuremath{\rightarrow}"),
        ("λ", "U+03BB"),
        ("中", "U+4E2D"),
    ],
)
def test_greek_letters_and_signs_are_printed_by_latex_as_themselves(character, shown, tmp_path):
    path = qk.write_table(pd.DataFrame({"x": [character]}), tmp_path / "t.tex", caption="x")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert shown in next(line for line in lines if line.startswith(rf"\ifcsname u8:\detokenize{{{character}}}"))
