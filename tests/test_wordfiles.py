"""Files of word processors become text; what does not come along is said."""

import io
import re
import zipfile

import docx
import pytest
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
    assert found.notes == ("tracked changes: the text as it reads when all are accepted; 1 deletions left out",)


def test_a_text_box_of_word_stands_once_behind_its_paragraph():
    box = "<w:txbxContent><w:p><w:r><w:t>Di dalam kotak</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run = f"<w:r {nsdecls('w')} {mc}><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"

    def change(document):
        document.paragraphs[0]._p.append(parse_xml(run))

    assert read_docx(word("Kotak:", change=change)).text == "Kotak:\n\nDi dalam kotak\n"


def test_footnotes_of_word_are_numbered_and_stand_at_the_end():
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="7"><w:p><w:r><w:t>Catatan kaki.</w:t></w:r></w:p></w:footnote></w:footnotes>'

    def change(document):
        document.paragraphs[0]._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="7"/></w:r>'))

    found = read_docx(with_part(word("Kota itu maju", change=change), "word/footnotes.xml", notes))
    assert found.text == "Kota itu maju[1]\n\n[1] Catatan kaki.\n"


def test_what_word_shows_and_the_text_lacks_is_told():
    def change(document):
        document.sections[0].header.paragraphs[0].text = "Arsip kota"
        picture = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
        document.paragraphs[0]._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:drawing>{picture}</w:drawing></w:r>"))

    comments = f"<w:comments {nsdecls('w')}><w:comment/><w:comment/></w:comments>"
    found = read_docx(with_part(word("Isi.", change=change), "word/comments.xml", comments))
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
        (odt("<text:p>Kota</text:p>"), r"the file is not what its name says: it holds no word/document\.xml"),
        (with_part(word("a"), "[Content_Types].xml", "<a/>"), "the file cannot be opened as a Word document"),
    ],
)
def test_what_is_no_word_file_is_refused(content, said):
    with pytest.raises(ValueError, match=said):
        read_docx(content)


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
    assert found.notes == ("not carried over: 1 comment, 1 picture, 1 deleted passage, 1 running head",)


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
    ("content", "said"),
    [
        (b"Kota itu maju.", "the file is not Rich Text Format, whatever its name says"),
        (rb"{\rtf1\ansi\ansicpg1252 kota \'81 itu}", "the file cannot be read as Rich Text Format .*; save it as .docx"),
    ],
)
def test_what_is_no_rich_text_is_refused(content, said):
    with pytest.raises(ValueError, match=re.compile(said, re.DOTALL)):
        read_rtf(content)
