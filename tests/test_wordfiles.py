"""Files of word processors become text; what does not come along is said."""

import io
import re
import zipfile

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from qualkit.wordfiles import read_docx, read_odt, read_rtf

ODT = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><office:body><office:text>{}</office:text></office:body></office:document-content>"""
META = """<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>
 <dc:title>Kabar kota</dc:title><meta:initial-creator>Rina</meta:initial-creator><dc:language>id-ID</dc:language></office:meta>
</office:document-meta>"""


def word(*paragraphs, change=None):
    document = docx.Document()
    document.core_properties.author = ""
    for words in paragraphs:
        document.add_paragraph(words)
    if change:
        change(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def linked(document, name, xml):
    """Put a part into a Word file that it does not write itself."""
    part = Part(PackURI(f"/word/{name}2.xml"), "application/xml", xml.encode(), document.part.package)
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}")


def body(xml):
    """A Word file with these elements in its body."""

    def change(document):
        for element in reversed(parse_xml(f"<w:body {nsdecls('w')} {MATH}>{xml}</w:body>")):
            document.element.body.insert(0, element)

    return word(change=change)


MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def p(words, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(words)}</w:p>"


def r(words, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def with_part(content, name, xml):
    """A Word file with one part more, or with another in its place."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, xml)
    return file.getvalue()


STYLES = """<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><style:header>Arsip kota</style:header><style:footer/></office:document-styles>"""


def odt(body, meta="", office="text", styles=""):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", ODT.format(body).replace("office:text", f"office:{office}"))
        for name, xml in (("meta.xml", meta), ("styles.xml", styles)):
            if xml:
                archive.writestr(name, xml)
    return file.getvalue()


def test_paragraphs_of_word_are_blocks_with_tabs_and_line_breaks():
    found = read_docx(word("Kota itu maju.\tSekali.", "", "Warga\nsenang."))
    assert found.text == "Kota itu maju.\tSekali.\n\nWarga\nsenang.\n"
    assert found.notes == ()


def test_a_table_of_word_is_a_block_per_row():
    def change(document):
        table = document.add_table(2, 2)
        for number, cell in enumerate(table._cells):
            cell.text = f"sel {number}"

    assert read_docx(word("Daftar:", change=change)).text == "Daftar:\n\nsel 0\tsel 1\n\nsel 2\tsel 3\n"


def test_the_properties_of_a_word_file_are_proposed_with_where_they_stand():
    def change(document):
        core = document.core_properties
        core.title, core.author, core.language = "Kabar kota", "Rina", "id-ID"

    found = read_docx(word("Isi.", change=change))
    assert found.found == {"title": "Kabar kota", "author": "Rina", "language": "id"}
    assert set(found.inferred.values()) == {"the properties of the file"}


def test_tracked_changes_are_read_as_accepted_and_told():
    def change(document):
        paragraph = document.paragraphs[0]._p
        for tag, inner, words in (("w:ins", "w:t", " baru"), ("w:del", "w:delText", " lama")):
            marked, run, text = (OxmlElement(name) for name in (tag, "w:r", inner))
            text.text = words
            text.set(qn("xml:space"), "preserve")
            run.append(text)
            marked.append(run)
            paragraph.append(marked)

    found = read_docx(word("Sekolah", change=change))
    assert found.text == "Sekolah baru\n"
    assert found.notes == ("tracked changes: the text as it reads when all are accepted; passages left out: 1",)


def test_a_text_box_of_word_stands_once_behind_its_paragraph():
    box = "<w:txbxContent><w:p><w:r><w:t>Di dalam kotak</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run = f"<w:r {nsdecls('w')} {mc}><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"

    def change(document):
        document.paragraphs[0]._p.append(parse_xml(run))

    assert read_docx(word("Kotak:", change=change)).text == "Kotak:\n\nDi dalam kotak\n"


def test_a_mark_of_a_footnote_that_the_file_does_not_have_is_told():
    def change(document):
        document.paragraphs[0]._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="7"/></w:r>'))

    found = read_docx(word("Kota itu.", change=change))
    assert (found.text, found.notes) == ("Kota itu.[1]\n", ("not carried over: 1 footnote",))


def test_footnotes_of_word_are_numbered_and_stand_at_the_end():
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="7"><w:p><w:r><w:t>Catatan kaki.</w:t></w:r></w:p></w:footnote></w:footnotes>'

    def change(document):
        document.paragraphs[0]._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="7"/></w:r>'))
        linked(document, "footnotes", notes)

    found = read_docx(word("Kota itu maju", change=change))
    assert found.text == "Kota itu maju[1]\n\n[1] Catatan kaki.\n"


def test_what_word_shows_and_the_text_lacks_is_told():
    def change(document):
        document.sections[0].header.paragraphs[0].text = "Arsip kota"
        picture = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
        document.paragraphs[0]._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:drawing>{picture}</w:drawing></w:r>"))

        linked(document, "comments", f"<w:comments {nsdecls('w')}><w:comment/><w:comment/></w:comments>")

    found = read_docx(word("Isi.", change=change))
    assert found.notes == ("not carried over: the header 'Arsip kota'", "not carried over: 2 comments, 1 picture")


def test_page_breaks_and_hyphens_of_word_stay():
    def change(document):
        document.paragraphs[0]._p.append(
            parse_xml(f'<w:r {nsdecls("w")}><w:br w:type="page"/><w:t>anak</w:t><w:noBreakHyphen/><w:t>anak</w:t></w:r>')
        )

    assert read_docx(word("Isi", change=change)).text == "Isi\fanak\u2011anak\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"teks biasa", "the file is damaged, or is not what its name says"),
        (odt("<text:p>Kota</text:p>"), r"the file is not what its name says: it holds no \[Content_Types\]\.xml"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            r"the file is locked by a password, or was written by a Word older than 2007\. Open it in Word",
        ),
        (
            with_part(word("a"), "_rels/.rels", '<a b="http://purl.oclc.org/ooxml/x"/>'),
            "the file is a 'Strict Open XML Document'; save it",
        ),
        (
            word("a", change=lambda document: linked(document, "footnotes", "<w:footnotes")),
            "cannot be opened as a Word document .*; save",
        ),
        (
            word("a", change=lambda document: linked(document, "header", "")),
            "cannot be opened as a Word document .*; save it anew",
        ),
        (with_part(word("a"), "docProps/core.xml", "<a"), "the file cannot be opened as a Word document"),
        (with_part(word("a"), "word/document.xml", "<a/>"), "the file cannot be opened as a Word document"),
        (with_part(word("a"), "[Content_Types].xml", "<a/>"), "the file cannot be opened as a Word document"),
    ],
)
def test_what_is_no_word_file_is_refused(content, said):
    with pytest.raises(ValueError, match=said):
        read_docx(content)


def cell(*blocks):
    return f"<w:tc>{''.join(blocks)}</w:tc>"


def table(*cells):
    return f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"


def test_a_table_within_a_cell_is_read_once():
    inner = table(cell(p("dalam 1")), f"<w:sdt><w:sdtContent>{cell(p('dalam 2'))}</w:sdtContent></w:sdt>")
    assert (
        read_docx(body(table(cell(p("luar"), inner, p("akhir")), cell(p("kanan"))))).text
        == "luar dalam 1\tdalam 2 akhir\tkanan\n"
    )


def test_tables_in_tables_in_tables_are_read_once_each():  # for ever, were each read twice
    assert read_docx(body("<w:tbl><w:tr><w:tc>" * 60 + p("isi") + "</w:tc></w:tr></w:tbl>" * 60)).text == "isi\n"


def test_what_is_nested_beyond_all_measure_is_refused():
    with pytest.raises(ValueError, match=r"cannot be opened as a Word document \(Excessive depth"):
        read_docx(with_part(word("a"), "word/document.xml", f"<w:document {nsdecls('w')}>" + "<w:sdt>" * 1000))


def test_an_empty_cell_keeps_the_others_in_their_place():
    assert read_docx(body(table(cell(p("")), cell(p("guru")), cell(p(""))) + table(cell(p(""))))).text == "\tguru\n"


def test_text_that_was_moved_stands_where_it_was_moved_to():
    moved = [f"<w:p><w:{tag} w:id='1'>{r('pindah ')}</w:{tag}>{r('tetap')}</w:p>" for tag in ("moveFrom", "moveTo")]
    found = read_docx(body("".join(moved)))
    assert found.text == "tetap\n\npindah tetap\n"
    assert found.notes[0].endswith("passages left out: 1")


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next_one():
    ended = "<w:rPr><w:del w:id='1'/></w:rPr>"
    assert read_docx(body(p("kota", ended) + p(" besar") + p("akhir", ended))).text == "kota besar\n\nakhir\n"


def test_what_cannot_be_written_as_letters_is_told():
    formula, symbol = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    found = read_docx(body(f"<w:p>{r('rumus ')}{formula}{symbol}{r('akhir')}</w:p><w:altChunk/>"))
    assert found.text == "rumus akhir\n"
    assert found.notes == ("not carried over: 1 equation, 1 symbol, 1 embedded file",)


def test_hidden_text_of_word_is_kept_and_told():
    runs = r("tampak ") + r("rahasia", "<w:vanish/>") + r(" lagi", "<w:vanish w:val='0'/>")
    found = read_docx(body(f"<w:p>{runs}</w:p>"))
    assert found.text == "tampak rahasia lagi\n"
    assert found.notes == ("text that the program does not show is kept as text; hidden passages: 1",)


def test_numbers_and_bullets_of_lists_are_told():
    def change(document):
        document.add_paragraph("dua", style="List Number")

    numbers = [f"<w:numPr><w:numId w:val='{number}'/></w:numPr>" for number in (0, 1)]
    assert read_docx(word("satu", change=change)).notes == ("not carried over: 1 list mark",)
    assert read_docx(body("".join(p("satu", number) for number in numbers))).notes == ("not carried over: 1 list mark",)


def test_a_word_file_whose_text_stands_under_another_name_is_read():
    content, file = word("Isi."), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            renamed = old.read(member).replace(b"/document.xml", b"/document2.xml")
            new.writestr(member.replace("word/document.xml", "word/document2.xml"), renamed)
    assert read_docx(with_part(file.getvalue(), "_rels/.rels", zipfile.ZipFile(file).read("_rels/.rels"))).text == "Isi.\n"


def test_an_opendocument_text_is_read_with_lists_tables_and_notes():
    body = (
        '<text:tracked-changes><text:changed-region><text:deletion><text:p>lama</text:p></text:deletion></text:changed-region></text:tracked-changes>'
        "<text:h>Judul\n kabar</text:h><text:list><text:list-item><text:p>butir</text:p></text:list-item></text:list>"
        "<text:p>Kota<text:s text:c='2'/>itu<text:tab/>maju<text:line-break/>terus<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Catatan.</text:p></text:note-body></text:note>.<office:annotation><text:p>lihat</text:p></office:annotation></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>satu</text:p></table:table-cell><table:table-cell><text:p>dua</text:p></table:table-cell>"
        "</table:table-row></table:table>"
        "<text:p><draw:frame><draw:image/><draw:text-box><text:p>kotak</text:p></draw:text-box></draw:frame><text:span>akhir</text:span></text:p>"
    )  # fmt: skip
    found = read_odt(odt(body, META, styles=STYLES))
    assert found.text == "Judul kabar\n\nbutir\n\nKota  itu\tmaju\nterus[1].\n\nsatu\tdua\n\nakhir\n\nkotak\n\n[1] Catatan.\n"
    assert found.found == {"title": "Kabar kota", "author": "Rina", "language": "id"}
    assert found.notes == ("not carried over: 1 comment, 1 picture, 1 deleted passage, 1 running head, 1 list mark",)


def test_the_name_of_a_picture_is_no_text_and_what_stands_in_a_shape_stands_behind_its_paragraph():
    svg = 'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    picture = f"<draw:frame {svg}><draw:image/><svg:title>nama</svg:title><svg:desc>isi</svg:desc></draw:frame>"
    shape = "<draw:custom-shape><text:p>bentuk satu</text:p><text:p>bentuk dua</text:p></draw:custom-shape>"
    found = read_odt(odt(f"<text:p>mula{picture}nya {shape}akhir<draw:object/></text:p>"))
    assert found.text == "mulanya akhir\n\nbentuk satu\n\nbentuk dua\n"
    assert found.notes == ("not carried over: 1 picture, 1 embedded object",)


def test_hidden_text_of_an_opendocument_text_is_kept_and_told():
    style = (
        '<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" style:name="T1">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    hidden = '<text:hidden-text>dua </text:hidden-text><text:span text:style-name="T1">tiga</text:span>'
    inside = f'<text:p>satu {hidden}</text:p><text:section text:display="none"><text:p>empat</text:p></text:section>'
    styled = ODT.format(inside).replace("<office:body>", f"{style}<office:body>")
    found = read_odt(with_part(odt(""), "content.xml", styled))
    assert found.text == "satu dua tiga\n\nempat\n"
    assert found.notes == ("text that the program does not show is kept as text; hidden passages: 3",)


def test_empty_cells_and_runs_of_blanks_of_an_opendocument_text_stay():
    row = "<table:table-row><table:table-cell/><table:table-cell><text:p>guru</text:p></table:table-cell></table:table-row>"
    found = read_odt(odt(f"<table:table>{row}</table:table><text:p>a<text:s text:c='abc'/>b<text:s text:c='999'/>c</text:p>"))
    assert found.text == "\tguru\n\na b" + 100 * " " + "c\n"


def test_a_locked_opendocument_text_is_refused():
    locked = with_part(odt(""), "META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
    with pytest.raises(ValueError, match="the file is locked by a password; save it without one"):
        read_odt(locked)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (odt("", office="spreadsheet"), "the file is no text document of LibreOffice"),
        (odt("<text:p>"), r"the file is damaged \(mismatched tag"),
        (word("a"), r"it holds no content\.xml"),
    ],
)
def test_what_is_no_opendocument_text_is_refused(content, said):
    with pytest.raises(ValueError, match=said):
        read_odt(content)


RTF = rb"""{\rtf1\ansi\ansicpg1252\deff0{\header Arsip kota\par}{\fonttbl{\f0 Times;}}{\info{\title Kabar kota}{\author Rina}}
\f0 Kota itu membangun kaf\'e9.\par
Warga \b senang\b0 , \u8220?begitu\u8221? katanya.\par\trowd\cellx1000\cellx2000 satu\cell dua\cell\row\pard Akhir{\footnote kaki}.\par}"""


def test_rich_text_is_read_with_its_letters_and_tables():
    found = read_rtf(RTF)
    assert found.text == "Kota itu membangun kafé.\n\nWarga senang, “begitu” katanya.\n\nsatu\tdua\n\nAkhir.\n"
    assert found.found == {"title": "Kabar kota", "author": "Rina"}
    assert found.notes == ("not carried over: 1 footnote, 1 running head",)


def test_rich_text_in_another_code_page_is_read_in_it():
    assert read_rtf(rb"{\rtf1\ansi\ansicpg1251 \'cc\'ee\'f1\'ea\'e2\'e0}").text == "Москва\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (rb"{\rtf1\ansi Senang \u-10179?\u-8694? sekali\par}", "Senang \U0001f60a sekali\n"),
        (rb"{\rtf1\mac caf\'8e\par}", "café\n"),
        (rb"{\rtf1 \pc caf\'82\par}", "café\n"),
        (rb"{\rtf1\pca \'9d\par}", "Ø\n"),
        (rb"{\rtf1\ansi{\listtext 1.\tab}satu\par{\listtext\u61623?\tab}dua\par}", "1.\tsatu\n\n•\tdua\n"),
        (rb"{\rtf1\ansi nilai |a| dan b|\par}", "nilai |a| dan b|\n"),
        (rb"{\rtf1\ansi\trowd\cellx1\cellx2 \cell guru\cell\row}", "\tguru\n"),
        (rb"{\rtf1\ansi a{\pict\bin5 }}}}}}\{\\b\}\par}" + b"\n\0", "a{\\b}\n"),
    ],
)
def test_rich_text_is_read_as_its_programs_show_it(content, text):
    assert read_rtf(content).text == text


def test_text_boxes_deleted_and_hidden_text_of_rich_text_are_kept_and_told():
    box = rb"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard kotak\par}}{\shprslt{\*\do{\dptxbxtext kotak\par}}}}"
    found = read_rtf(rb"{\rtf1\ansi satu" + box + rb"{\deleted dua }{\v tiga}\par}")
    assert found.text == "satu\n\nkotak\n\ndua tiga\n"
    assert found.notes == (
        "tracked changes: passages marked as deleted are kept, as if they were not: 1",
        "text boxes stand where they are fastened, which can be within a sentence: 1",
        "text that the program does not show is kept as text; hidden passages: 1",
    )


def test_a_large_picture_in_rich_text_is_skipped():
    found = read_rtf(rb"{\rtf1\ansi{\pict\pngblip " + b"89504e47\r\n" * 500_000 + rb"}kota\par}")
    assert (found.text, found.notes) == ("kota\n", ("not carried over: 1 picture",))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Kota itu maju.", "the file is not Rich Text Format, whatever its name says"),
        (rb"{\rtf1\ansi\ansicpg1252 kota \'81 itu}", "the file cannot be read as Rich Text Format .*; save it as .docx"),
        (rb"{\rtf1\ansi satu}} dua}", "the file is damaged: it goes on behind the brace that ends it; save it anew, as .docx"),
        (rb"{\rtf1\ansi satu {dua", "the file is cut off, or damaged: the brace that ends it is not there; save it anew, as"),
        (rb"{\rtf1\ansi \u-10179? x}", r"line 1 holds half a character \(a lone surrogate\)"),
    ],
)
def test_what_is_no_rich_text_is_refused(content, said):
    with pytest.raises(ValueError, match=re.compile(said, re.DOTALL)):
        read_rtf(content)
