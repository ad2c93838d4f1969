import re
import warnings
import zipfile

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

import qualkit as qk
from qualkit.display import printable
from qualkit.latex import tex
from qualkit.report import Appendix, Figure, Table, write_report

PLAIN = pd.DataFrame({"sektor": ["Pelajar", "Guru"], "bagian": [0.5, 1.25]})
LONG = pd.DataFrame({"nomor": range(120), "isi": ["Satu baris."] * 120})
WIDE = pd.DataFrame([["Pelabuhan"] * 14] * 3)
STATEMENTS = pd.DataFrame(
    [("S1", "EKO", "A-B", "signed", "2", "berita", 3), ("S2", "DIK", "C-D", "aspired", "0", "jurnal", 9)],
    columns=["statement", "sector", "case", "status", "evidence", "document", "segment"],
).assign(text_id="Fakta.", text_en="Fact.", title="Kabar kota")  # fmt: skip
RATING = qk.rating_matrix(STATEMENTS, rows="sector", columns="case")
HOSTILE = ["=cmd|' /C calc'!A0", "<script>x</script>", "</w:t></w:r><w:br/>", "&amp;&lt;", "$\\alpha$", "\\input{/etc/passwd}",
           "\\end{document}", "\\write18{ls}", "100 % & #1_a^b~", "{ INCLUDETEXT \"/etc/passwd\" }", "{sektor}", "{{x}}", "}{", "\\",
           "DDEAUTO c:\\\\x", "a\x00b\x0bc\x1b", "😀🇮🇩 中文", "\u202eterbalik", "e\u0301", "*bintang*", "# pagar", "--- ``a''", "[x]*", "x" * 400,
           "<<FIGURE 1>>", "^^41", "\\catcode`\\$=12", "%%EOF", "~\\verb|x|"]  # fmt: skip


@pytest.fixture(scope="module")
def ax():
    _, drawn = plt.subplots(figsize=(89 / 25.4, 50 / 25.4))
    yield drawn
    plt.close("all")


def word(parts, folder, **more):
    return Document(str(write_report(folder / "laporan.docx", "Judul", parts, **more)))


def latex(parts, folder, **more):
    return write_report(folder / "laporan.tex", "Judul", parts, **more).read_text(encoding="utf-8")


def words_of(element):
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def lines(document):
    """What stands in the document, paragraph by paragraph, a table as the list of its rows."""
    return [
        [[words_of(cell) for cell in row.iter(qn("w:tc"))] for row in child.iter(qn("w:tr"))]
        if child.tag == qn("w:tbl")
        else words_of(child)
        for child in document.element.body
        if child.tag != qn("w:sectPr")
    ]


def fields(document):
    return [(field.get(qn("w:instr")).strip(), words_of(field)) for field in document.element.body.iter(qn("w:fldSimple"))]


# --- text ---


def test_a_text_has_headings_paragraphs_and_italics(tmp_path):
    document = word(
        ["# Hasil\n## Sektor\nSatu\nbaris *sister city* lagi.\n\n  Dua.\n### Guru \nTiga."], tmp_path, author="R. Sari"
    )
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Title", "Judul"),
        ("Normal", "R. Sari"),
        ("Heading 1", "Hasil"),
        ("Heading 2", "Sektor"),
        ("Body Text", "Satu baris sister city lagi."),
        ("Body Text", "Dua."),
        ("Heading 3", "Guru"),
        ("Body Text", "Tiga."),
    ]
    assert [(run.text, bool(run.italic)) for run in document.paragraphs[4].runs] == [
        ("Satu baris ", False),
        ("sister city", True),
        (" lagi.", False),
    ]
    page = latex(["# Hasil\n## Sektor\nSatu *dua*.\n### Guru"], tmp_path)
    assert r"\section*{\raggedright Hasil}" in page and r"\subsection*{\raggedright Sektor}" in page
    assert r"\subsubsection*{\raggedright Guru}" in page
    assert r"Satu \emph{dua}." in page


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("5*3*2", "5*3*2"),
        (r"\*bintang\* dan \# pagar", "*bintang* dan # pagar"),
        ("{{x}} dan {{}}", "{x} dan {}"),
        ("* satu", "* satu"),
        ("**", "**"),
        ("#tanpa", "#tanpa"),
        (r"C:\x", r"C:\x"),
        ("####  empat", "#### empat"),
    ],
)
def test_signs_that_are_meant_as_such_stay(written, shown, tmp_path):
    assert [p.text for p in word([written], tmp_path).paragraphs[1:]] == [shown]
    assert not any(run.italic for run in word([written], tmp_path).paragraphs[1].runs)


def test_the_document_is_a4_in_times_and_knows_title_author_and_language(tmp_path):
    document = word(["Teks."], tmp_path, author="R. Sari", language="en")
    properties = document.core_properties
    assert (properties.title, properties.author, properties.language) == ("Judul", "R. Sari", "en-GB")
    section, normal = document.sections[0], document.styles["Normal"]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 12)
    for style in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        assert document.styles[style].font.name == "Times New Roman" and document.styles[style].font.color.rgb is None
    assert [f.get(qn("w:instr")) for f in section.footer._element.iter(qn("w:fldSimple"))] == [" PAGE "]


# --- numbers and references ---


def test_tables_and_figures_are_numbered_in_their_order_and_referred_to_by_fields(ax, tmp_path):
    parts = [
        "Lihat {dua}, {satu}, dan {g}.",
        Table("satu", PLAIN, "Yang pertama"),
        Figure("g", ax, "Gambarnya", alt="Kosong."),
        Table("dua", PLAIN, "Yang kedua"),
    ]
    document = word(parts, tmp_path)
    assert (
        document.paragraphs[1].text == "Lihat " + ", , dan ."
        or words_of(document.paragraphs[1]._p) == "Lihat Tabel 2, Tabel 1, dan Gambar 1."
    )
    assert words_of(document.paragraphs[1]._p) == "Lihat Tabel 2, Tabel 1, dan Gambar 1."
    found = fields(document)
    assert [result for _, result in found] == ["Tabel 2", "Tabel 1", "Gambar 1", "1", "1", "2"]
    assert [instruction.split()[:2] for instruction, _ in found[3:]] == [["SEQ", "Tabel"], ["SEQ", "Gambar"], ["SEQ", "Tabel"]]
    places = {mark.get(qn("w:name")): mark for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    assert len({mark.get(qn("w:id")) for mark in places.values()}) == len(places) == 3
    for instruction, result in found[:3]:  # the place a field reads holds what the field shows
        inside = places[instruction.split()[1]].itersiblings()
        texts = []
        for sibling in inside:
            if sibling.tag == qn("w:bookmarkEnd"):
                break
            texts.append(words_of(sibling))
        assert "".join(texts) == result
    page = latex(parts, tmp_path)
    assert r"Lihat Tabel~\ref{dua}, Tabel~\ref{satu}, dan Gambar~\ref{g}." in page
    assert r"\caption{Yang pertama}\label{satu}" in page and r"\captionof{figure}{Gambarnya}\label{g}" in page


def test_in_an_appendix_tables_are_counted_apart_and_it_begins_on_a_new_page(tmp_path):
    parts = [
        "Lihat {t}, {l}, dan {buku}.",
        Table("t", PLAIN, "Isi"),
        Appendix("Buku kode", "buku"),
        Table("l", PLAIN, "Kode"),
        Appendix("Log"),
    ]
    document = word(parts, tmp_path)
    assert words_of(document.paragraphs[1]._p) == "Lihat Tabel 1, Tabel L1, dan Lampiran 1."
    heads = [p for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [words_of(head._p) for head in heads] == ["Lampiran 1. Buku kode", "Lampiran 2. Log"]
    assert all(head.paragraph_format.page_break_before for head in heads)
    assert [i for i, _ in fields(document) if i.startswith("SEQ")] == [
        r"SEQ Tabel \* ARABIC", r"SEQ Lampiran \* ARABIC", r"SEQ Tabel_L \* ARABIC", r"SEQ Lampiran \* ARABIC"
    ]  # fmt: skip
    page = latex(parts, tmp_path)
    assert page.count(r"\setcounter{table}{0}\gdef\thetable{L\arabic{table}}") == 1
    assert r"\section*{\raggedright Lampiran \theqkappendix. Buku kode}\label{buku}" in page and page.count(r"\clearpage") == 2
    english = word(parts, tmp_path, language="en")
    assert words_of(english.paragraphs[1]._p) == "Lihat Table 1, Table A1, dan Appendix 1."


# --- tables ---


def test_a_table_has_its_number_and_title_above_and_its_note_and_source_below(tmp_path):
    found = lines(word(["Lihat {t}.", Table("t", RATING, "Bukti", note="Dihitung oleh kami.")], tmp_path))
    at = found.index("Tabel 1")
    assert found[at + 1] == "Bukti"
    assert found[at + 2][0] == ["sector", "A-B", "C-D", "A-B: hasil diklaim", "C-D: hasil diklaim"]
    assert found[at + 3].startswith("Catatan: kuat: ") and found[at + 4] == "Dihitung oleh kami."
    assert found[at + 5] == "Sumber: Kabar kota."
    assert found[at + 6] == "Rujukan sel (pernyataan; dokumen: segmen): Tabel L1."


def test_what_the_cells_rest_on_stands_in_an_appendix_of_its_own(tmp_path):
    parts = ["Lihat {t}, {s}.", Table("t", RATING, "Bukti"), Table("s", qk.statement_matrix(STATEMENTS, "sector", "case"), "Isi"), Appendix("Lain"),
             Table("l", RATING.transposed(), "Terbalik"), "Lihat {l}."]  # fmt: skip
    document = word(parts, tmp_path)
    found = lines(document)
    at = found.index("Lampiran 2. Rujukan sel (pernyataan; dokumen: segmen)")
    assert found[at + 1 :] == [
        "Tabel L2",
        "Tabel 1: Bukti",
        [["Baris", "Kolom", "Pernyataan", "Tempat"], ["DIK", "C-D", "S2", "jurnal: 9"], ["EKO", "A-B", "S1", "berita: 3"]],
        "Tabel L3",
        "Tabel L1: Terbalik",
        [["Baris", "Kolom", "Pernyataan", "Tempat"], ["A-B", "EKO", "S1", "berita: 3"], ["C-D", "DIK", "S2", "jurnal: 9"]],
    ]
    assert [result for instruction, result in fields(document) if instruction.startswith("REF")][2:] == [
        "Tabel L2",
        "Tabel L3",
        "Tabel L1",
    ]
    assert r"Tabel~\ref{ref:2}." in latex(parts, tmp_path)


def test_a_table_and_a_figure_of_one_matrix_share_what_their_cells_rest_on(ax, tmp_path):
    parts = ["{t} {g}", Table("t", RATING, "Bukti"), Figure("g", ax, "Sebaran", alt="x", source=RATING)]
    document = word(parts, tmp_path)
    found = lines(document)
    assert found.count("Rujukan sel (pernyataan; dokumen: segmen): Tabel L1.") == 2
    assert found[-3:-1] == ["Tabel L1", "Tabel 1: Bukti; Gambar 1: Sebaran"]


def test_the_first_of_several_indexes_names_families(tmp_path):
    table = pd.DataFrame({"k": ["A", "A", "B"], "t": ["a", "b", "c"], "n": [1, 2, 3]}).set_index(["k", "t"])
    found = lines(word(["{t}", Table("t", table, "Isi")], tmp_path))
    assert found[-1] == [["t", "n"], ["A"], ["a", "1"], ["b", "2"], ["B"], ["c", "3"]]
    deep = table.set_index("n", append=True).assign(z="x")
    assert lines(word(["{t}", Table("t", deep, "Isi")], tmp_path))[-1][:3] == [["t", "n", "z"], ["A"], ["a", "1", "x"]]
    assert lines(word(["{t}", Table("t", table.iloc[:0], "Isi")], tmp_path))[-2:] == [
        [["t", "n"]],
        "Tabel ini tidak memiliki baris.",
    ]


def test_a_table_after_a_long_one_begins_on_the_same_page(tmp_path):
    short = LONG.iloc[:50]  # a page and a little more
    document = word(["Lihat {a}, {b}.", Table("a", short, "Satu"), Table("b", short, "Dua")], tmp_path)
    breaks = [words_of(p._p) for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert breaks == ["Tabel 1 (lanjutan)", "Tabel 2 (lanjutan)"]


def test_a_long_table_goes_on_with_its_number_and_its_head(tmp_path):
    document = word(["Lihat {t}.", Table("t", LONG, "Panjang")], tmp_path)
    found = lines(document)
    heads = [line for line in found if isinstance(line, str) and line.startswith("Tabel")]
    assert heads == ["Tabel 1", *["Tabel 1 (lanjutan)"] * (len(document.tables) - 1)] and len(document.tables) == 3
    assert [row[0] for table in document.tables for row in [[c.text for c in r.cells] for r in table.rows][1:]] == [
        str(n) for n in range(120)
    ]
    for table in document.tables:
        assert [cell.text for cell in table.rows[0].cells] == ["nomor", "isi"]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    going_on = [p for p in document.paragraphs if words_of(p._p) == "Tabel 1 (lanjutan)"]
    assert all(p.paragraph_format.page_break_before and p.paragraph_format.keep_with_next for p in going_on)
    assert ["REF _Ref_Tabel_1 \\h \\* MERGEFORMAT", "Tabel 1"] in [list(field) for field in fields(document)]
    assert r"\textbf{\tablename~\thetable{} (lanjutan)}" in latex(["{t}", Table("t", LONG, "Panjang")], tmp_path)
    assert "Table 1 (continued)" in lines(word(["{t}", Table("t", LONG, "Long")], tmp_path, language="en"))


def test_an_empty_cell_is_no_taller_than_its_row(tmp_path):
    document = word(["{t}", Table("t", pd.DataFrame({"a": ["x", "y"], "b": ["", "z"]}), "Isi")], tmp_path)
    marks = [
        [p._p.pPr.find(f"{qn('w:rPr')}/{qn('w:sz')}") for p in cell.paragraphs] for cell in document.tables[0].rows[1].cells
    ]
    assert document.styles["Normal"].font.size.pt == 12  # which a paragraph without letters would take
    assert marks[0] == [None] and marks[1][0].get(qn("w:val")) == "20"


def test_a_table_that_fits_a_page_is_kept_together_with_its_title_and_notes(tmp_path):
    document = word(["Lihat {t}.", Table("t", PLAIN, "Isi", note="Catatan kami.")], tmp_path)
    paragraphs = [p for row in document.tables[0].rows for cell in row.cells for p in cell.paragraphs]
    assert all(p.paragraph_format.keep_with_next for p in paragraphs)
    number, title, note = document.paragraphs[2:]
    assert number.paragraph_format.keep_with_next and title.paragraph_format.keep_with_next
    assert number.paragraph_format.page_break_before is None and not note.paragraph_format.keep_with_next


def test_a_long_table_begins_on_a_new_page_unless_the_page_has_just_begun(tmp_path):
    def breaks(parts):
        document = word(parts, tmp_path)
        return [
            words_of(p._p)
            for p in document.paragraphs
            if p.paragraph_format.page_break_before and "lanjutan" not in words_of(p._p)
        ]

    assert breaks(["Pendek, lihat {t}.", Table("t", LONG, "Panjang")]) == []
    assert breaks(["Teks panjang, lihat {t}. " + "Kata lagi. " * 900, Table("t", LONG, "Panjang")]) == ["Tabel 1"]
    assert breaks(["Lihat {t}. " + "Kata lagi. " * 900 + "\n# Hasil\n## Sektor", Table("t", LONG, "Panjang")]) == ["Hasil"]
    assert breaks([Appendix("Log"), "Singkat: {t}.", Table("t", LONG, "Panjang")]) == ["Lampiran 1. Log"]


def test_a_wide_table_lies_on_its_side_and_the_text_after_it_stands_again(tmp_path):
    document = word(["# Satu\n\nLihat {t}.\n\n# Dua", Table("t", WIDE, "Lebar"), "Sesudah."], tmp_path)
    sections = [(section.orientation, round(section.page_width / Mm(1))) for section in document.sections]
    assert sections == [(WD_ORIENT.PORTRAIT, 210), (WD_ORIENT.LANDSCAPE, 297), (WD_ORIENT.PORTRAIT, 210)]
    ends = [
        words_of(child)
        for child in document.element.body
        if child.tag == qn("w:p") and child.find(f".//{qn('w:sectPr')}") is not None
    ]
    assert ends[0] == "Lihat Tabel 1." and len(ends) == 2  # the heading "Dua" goes with the table below it
    page = latex(["Lihat {t}.", Table("t", WIDE, "Lebar"), "Sesudah."], tmp_path)
    inside = page.split(r"\begin{landscape}")[1].split(r"\end{landscape}")
    assert "Pelabuhan" in inside[0] and "Sesudah." in inside[1]
    last = latex(["Lihat {t}.", Table("t", WIDE, "Lebar")], tmp_path)
    assert last.count(r"\begin{landscape}") == last.count(r"\end{landscape}") == 1


def test_the_text_of_an_appendix_lies_as_its_table_does(tmp_path):
    document = word(["{t}", Appendix("Lebar"), "Singkat.", Table("t", WIDE, "Lebar")], tmp_path)
    sections = [section.orientation for section in document.sections]
    assert sections == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    found = lines(document)
    assert found.index("Lampiran 1. Lebar") + 1 == found.index("Singkat.")


# --- figures ---


def test_a_figure_has_its_size_its_words_and_its_title_below(ax, tmp_path):
    parts = ["Lihat {g}.", Figure("g", ax, "Sebaran", alt="Dua titik.", source=RATING)]
    document = word(parts, tmp_path)
    picture = next(document.element.body.iter(qn("wp:inline")))
    assert (int(picture.extent.cx), int(picture.extent.cy)) == (pytest.approx(Mm(89), abs=200), pytest.approx(Mm(50), abs=9000))
    assert (picture.docPr.get("descr"), picture.docPr.get("name")) == ("Dua titik.", "Gambar 1")
    found = lines(document)
    at = found.index("Gambar 1. Sebaran")
    assert found[at - 1 : at + 3] == [
        "",
        "Gambar 1. Sebaran",
        "Sumber: Kabar kota.",
        "Rujukan sel (pernyataan; dokumen: segmen): Tabel L1.",
    ]
    assert found[-3:-1] == ["Tabel L1", "Gambar 1: Sebaran"] and found[-1][1] == ["DIK", "C-D", "S2", "jurnal: 9"]
    with zipfile.ZipFile(tmp_path / "laporan.docx") as archive:
        content = archive.read("word/media/image1.png")
    assert int.from_bytes(content[16:20]) == pytest.approx(89 / 25.4 * 600, abs=1)
    page = latex(parts, tmp_path)
    assert r"\includegraphics[width=89.0mm]{laporan-gambar-1.pdf}" in page
    assert (tmp_path / "laporan-gambar-1.pdf").read_bytes()[:5] == b"%PDF-"
    assert r"{laporan-figure-1.pdf}" in latex(parts, tmp_path, language="en")
    assert page.index("includegraphics") < page.index(r"\captionof{figure}{Sebaran}") < page.index("Sumber: Kabar kota.")


def test_the_title_of_a_figure_stands_above_on_request(ax, tmp_path):
    parts = ["Lihat {g}.", Figure("g", ax, "Sebaran", alt="Dua titik.", source="Sumber: data kami")]
    assert lines(word(parts, tmp_path, figure_title="above"))[-4:] == ["Gambar 1", "Sebaran", "", "Sumber: data kami"]
    page = latex(parts, tmp_path, figure_title="above")
    assert page.index(r"\captionof{figure}{Sebaran}") < page.index("includegraphics")
    assert lines(word(["{g}", Figure("g", ax, "Sebaran", alt="x")], tmp_path))[-1] == "Gambar 1. Sebaran"


@pytest.mark.parametrize(
    ("title", "printed"),
    [("sebaran pernyataan,\nA-\nB", False), ("Sebaran pernyataan, A-B (jumlah)", True), ("Nyata", True), ("", False)],
)
def test_a_title_inside_a_figure_is_printed_unless_its_caption_says_the_same(title, printed, tmp_path):
    _, drawn = plt.subplots(figsize=(2, 2))
    drawn.set_title(title, loc="left", fontsize=8, color="#ff0000")
    word(["{g}", Figure("g", drawn, "Sebaran pernyataan, A-B", alt="x")], tmp_path)
    assert drawn.get_title(loc="left") == title
    plt.close("all")
    with zipfile.ZipFile(tmp_path / "laporan.docx") as archive, archive.open("word/media/image1.png") as picture:
        image = plt.imread(picture)
    red = (image[:, :, 0] > 0.9) & (image[:, :, 1] < 0.1)
    assert red.any() == printed


@pytest.mark.parametrize(
    "says",
    [
        lambda drawn, said, color: drawn.set_xticks([0.5], [said], color=color),
        lambda drawn, said, color: drawn.text(0.5, 0.5, said, color=color),
    ],
)
def test_what_else_in_a_figure_has_the_words_of_its_title_is_printed(says, tmp_path):
    _, drawn = plt.subplots(figsize=(2, 2))
    drawn.set_title("Sebaran")
    says(drawn, "Sebaran", color="#ff0000")
    word(["{g}", Figure("g", drawn, "Sebaran pernyataan", alt="x")], tmp_path)
    plt.close("all")
    with zipfile.ZipFile(tmp_path / "laporan.docx") as archive, archive.open("word/media/image1.png") as picture:
        image = plt.imread(picture)
    assert ((image[:, :, 0] > 0.9) & (image[:, :, 1] < 0.1)).any()


@pytest.mark.parametrize(
    ("wide", "tall", "expected", "lying"),
    [(183, 100, 183, False), (230, 100, 230, True), (89, 400, 49, False), (500, 100, 247, True)],
)
def test_a_figure_is_printed_at_its_size_where_a_page_allows(wide, tall, expected, lying, tmp_path):
    _, drawn = plt.subplots(figsize=(wide / 25.4, tall / 25.4))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        document = word(["{g}", Figure("g", drawn, "Besar", alt="x")], tmp_path)
    plt.close("all")
    picture = next(document.element.body.iter(qn("wp:inline")))
    assert picture.extent.cx / Mm(1) == pytest.approx(expected, abs=2)
    assert (document.sections[-1].orientation == WD_ORIENT.LANDSCAPE) is lying
    assert [str(w.message).split(":")[0] for w in told] == (
        [] if expected == wide else [f"figure 'g' is {wide} x {tall} mm, larger than a page"]
    )
    if (wide, lying) == (183, False):  # half of what is wider than the text stands in each margin
        assert document.paragraphs[-2].paragraph_format.left_indent / Mm(1) == pytest.approx(-11.5, abs=0.1)


# --- the same bytes, nothing run, nothing lost ---


@pytest.mark.parametrize("ending", ["docx", "tex"])
def test_two_runs_give_the_same_bytes_and_change_nothing(ending, ax, tmp_path, monkeypatch):
    table, cells = PLAIN.copy(), RATING.cells.copy()
    parts = [
        "Lihat {t}, {m}, {g}.",
        Table("t", table, "Isi"),
        Table("m", RATING, "Bukti"),
        Figure("g", ax, "Sebaran", alt="x"),
        Appendix("Log"),
    ]
    first = write_report(tmp_path / "satu" / f"l.{ending}", "Judul", parts)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    again = write_report(tmp_path / "dua" / f"l.{ending}", "Judul", parts)
    names = sorted(path.name for path in first.parent.iterdir())
    assert names == (["l.docx"] if ending == "docx" else ["l-gambar-1.pdf", "l.tex"])
    assert all((first.parent / name).read_bytes() == (again.parent / name).read_bytes() for name in names)
    assert table.equals(PLAIN) and RATING.cells.equals(cells)


def escaped(text):
    return re.sub(r"([*#])", r"\\\1", text.replace("{", "{{").replace("}", "}}"))


def hostile(ax):
    table = pd.DataFrame({text: [text, "x"] for text in HOSTILE[:8]})
    long = pd.DataFrame({"teks": HOSTILE, "nomor": range(len(HOSTILE))})
    everything = " ".join(HOSTILE)
    return [
        "Lihat {a}, {b}, {c}. " + " | ".join(map(escaped, HOSTILE)),
        Table("a", table, everything, note=everything),
        Figure("c", ax, everything, alt=everything, source=everything),
        Appendix(everything),
        Table("b", long, "Semua"),
    ]


def test_hostile_text_in_word_is_text(ax, tmp_path):
    everything = " ".join(HOSTILE)
    path = write_report(tmp_path / "l.docx", everything, hostile(ax), author=everything)
    document = Document(str(path))
    allowed = {"SEQ", "REF", "PAGE"}
    assert {field.split()[0] for field, _ in fields(document)} <= allowed
    with zipfile.ZipFile(path) as archive:
        content = archive.read("word/document.xml").decode()
        assert "instrText" not in content and not any("embed" in name or "vba" in name.lower() for name in archive.namelist())
    everywhere = " ".join(" ".join(words_of(p) for p in document.element.body.iter(qn("w:p"))).split())
    for text in HOSTILE:
        assert " ".join(printable(text).split()) in everywhere
    cells = [row.cells[0].text for table in document.tables for row in table.rows]
    assert all(printable(text).replace("\x0b", "\n") in cells for text in HOSTILE)


def test_hostile_text_in_latex_is_text(ax, tmp_path):
    page = write_report(tmp_path / "l.tex", " ".join(HOSTILE), hostile(ax)).read_text(encoding="utf-8")
    body = page.split(r"\begin{document}")[1]
    commands = set(re.findall(r"\\([A-Za-z]+)", body))
    assert commands <= {
        "addlinespace", "arabic", "arraybackslash", "begin", "bfseries", "bottomrule", "caption", "captionof", "clearpage", "dimexpr", "emph",
        "end", "endfirsthead", "endfoot", "endhead", "endlastfoot", "fontsize", "gdef", "hspace", "includegraphics", "label", "ldots",
        "leavevmode", "linewidth", "makebox", "medskip", "midrule", "multicolumn", "newline", "noindent", "par", "bigskip",
        "raggedleft", "raggedright", "ref", "refstepcounter", "section", "selectfont", "setcounter", "setlength",
        "smallskip", "tabcolsep", "tablename", "textasciicircum", "textasciigrave", "textasciitilde", "textbackslash", "textbar",
        "textbf", "textgreater", "textless", "textquotedbl", "textquotesingle", "thefigure", "theqkappendix", "thetable", "toprule",
        "vspace", "LTcapwidth", "usepackage", "LARGE",
    }  # fmt: skip
    assert page.count(r"\end{document}") == 1 and page.count("includegraphics") == 1
    for text in HOSTILE[:10]:
        assert tex(printable(text), 1e9) in body.replace(r"\hspace{0pt}", "")


def test_every_character_of_a_tall_cell_stands_in_the_latex_file(tmp_path):
    text = " ".join(f"kata{number}" for number in range(3000))
    page = latex(["{t}", Table("t", pd.DataFrame({"a": ["x"], "b": [text]}), "Tinggi")], tmp_path)
    assert [f"kata{number}" for number in range(3000)] == re.findall(r"kata\d+", page)
    assert page.count(r"x (lanjutan) &") > 5  # in rows that a page can hold


# --- warnings and messages ---


def test_what_no_text_refers_to_is_told(ax, tmp_path):
    parts = ["Lihat {a} dan {lampiran}.", Table("a", PLAIN, "Satu"), Table("b", PLAIN, "Dua"), Figure("c", ax, "Tiga", alt="x"),
             Appendix("Buku", "lampiran"), Table("d", PLAIN, "Empat"), Appendix("Log", "log"), Table("e", PLAIN, "Lima")]  # fmt: skip
    with pytest.warns(UserWarning) as told:
        word(parts, tmp_path)
    assert [str(one.message) for one in told] == [
        "laporan.docx: no text refers to Tabel 2 ('b'), Gambar 1 ('c'), Tabel L2 ('e'). Journals ask for it: write {b} where it is spoken of."
    ]
    assert told[0].filename == __file__


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (["{sektr}", Table("sektor", PLAIN, "x")], "laporan.docx: part 1: '{sektr}' names no table, figure or appendix. Did you mean 'sektor'?"),
        (["{x}"], "Braces that are meant as braces are written twice: {{ }}."),
        (["ya } tidak"], "part 1: a brace stands alone in 'ya } tidak'; one that is meant is written twice"),
        (["{t}", Table("t", PLAIN, "x"), Table("t", PLAIN, "y")], "part 3: the name 't' stands twice; it is already Tabel 1"),
        ([Table("dua kata", PLAIN, "x")], "part 1: the name 'dua kata' is none; a name is letters, digits and hyphens, such as 'sektor-1'"),
        ([Table("", PLAIN, "x")], "the name '' is none"),
        ([PLAIN], "part 1 is a DataFrame; a part is a text, Table, Figure or Appendix"),
        (["{t}", Table("t", [[1]], "x")], "part 2, table 't': a Table holds a matrix or a table, not list"),
        (["{t}", Table("t", pd.DataFrame(), "x")], "part 2, table 't': the table has no columns: there is nothing to write"),
        (["{g}", Figure("g", plt.figure(), "x")], "part 2, figure 'g': a Figure holds the axes that were drawn on, not Figure"),
        (["{g}", Figure("g", plt.figure().add_subplot(), "x")], "part 2, figure 'g': alt is empty: say in words what the figure shows"),
        ([], "parts: a report is a list of texts, tables, figures and appendices; it has at least one"),
        ("Teks.", "parts: a report is a list of texts"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_the_researchers_words(parts, message, tmp_path):
    with pytest.raises(ValueError) as raised:
        word(parts, tmp_path)
    plt.close("all")
    assert message in str(raised.value) and not list(tmp_path.iterdir())


def test_all_mistakes_are_told_at_once(tmp_path):
    with pytest.raises(ValueError) as raised:
        word(["{x} dan {y}", Table("t", [[1]], "x")], tmp_path)
    assert str(raised.value).startswith("3 faults\n") and "'{x}'" in str(raised.value) and "'{y}'" in str(raised.value)


@pytest.mark.parametrize(
    ("path", "more", "message"),
    [
        ("laporan.doc", {}, "'laporan.doc': the ending says how a report is written. Did you mean '.docx'?"),
        ("laporan", {}, "'laporan': the ending says how a report is written. Possible: .docx, .tex."),
        ("laporan.html", {}, "Possible: .docx, .tex. A web page holds a single table: qk.write_table."),
        ("laporan.docx", {"language": "de"}, "language 'de' is not known. Possible: id, en."),
        ("laporan.docx", {"figure_title": "left"}, "figure_title='left': the title of a figure stands 'below' or 'above' it"),
    ],
)
def test_a_mistake_in_the_call_is_told(path, more, message, tmp_path):
    with pytest.raises(ValueError) as raised:
        write_report(tmp_path / path, "Judul", ["Teks."], **more)
    assert message in str(raised.value)
