"""What is printed goes in; a Word document comes out: numbered tables and figures, captions and references as fields, the same bytes each run."""

from __future__ import annotations

import datetime
import io
import math
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from qualkit.codebook import Language
from qualkit.printed import WORDS, Drawing, Label, Run, Sheet
from qualkit.typesetting import LYING, PT, SIZE, SMALL, UPRIGHT, Layout, Line, height, is_wide

FIXED = datetime.datetime(2000, 1, 1)  # every file is of this day, so that equal content is equal bytes
_FACE = "Times New Roman"
_SURE = 0.97  # how much of a page is filled: programs do not break lines quite alike


def new(title: str, language: Language, author: str = "qualkit", size: float = SIZE) -> Any:
    """An empty A4 document in Times New Roman that knows its title, author and language."""
    document: Any = Document()
    properties = document.core_properties
    properties.created = properties.modified = FIXED
    properties.author, properties.last_modified_by = author[:255], "qualkit"
    properties.title, properties.language = title[:255], f"{language}-{'ID' if language == 'id' else 'GB'}"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(size)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0
    normal.element.get_or_add_rPr().append(element("lang", val=properties.language))
    turn(document.sections[0], lying=False)
    return document


def turn(section: Any, lying: bool) -> None:
    """Give a section an A4 page, upright or lying, with margins of 25 mm."""
    width, tall = (297, 210) if lying else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(tall)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return same_zip(out.getvalue())


def same_zip(content: bytes) -> bytes:
    """The same archive with members in fixed order and fixed dates, so that equal content is equal bytes."""
    source, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            data = source.read(name)
            if name == "docProps/core.xml":  # openpyxl writes the time of saving
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            target.writestr(entry, data)
    return out.getvalue()


def element(tag: str, /, *children: Any, **attributes: str) -> Any:
    """An element of Word's markup that python-docx has no name for."""
    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(children)
    return made


def _rules(name: str, **edges: int) -> Any:
    """Horizontal rules, in eighths of a point."""
    made = (element(edge, val="single", sz=str(weight), space="0", color="000000") for edge, weight in edges.items())
    return element(name, *made)


def say(
    paragraph: Any,
    text: str | Sequence[Run],
    size: float | None = None,
    *,
    above: float | None = None,
    below: float | None = None,
    stay: bool | None = None,
    bold: bool | None = None,
    italic: bool | None = None,
) -> Any:
    """Put a text into a paragraph: points of its letters and above and below, and whether it stays with what follows."""
    form = paragraph.paragraph_format
    form.space_before, form.space_after = (None if n is None else Pt(n) for n in (above, below))
    form.keep_with_next = stay
    for run in [Run(text)] if isinstance(text, str) else text:
        added = paragraph.add_run(str(run.label) if run.label else run.text)
        added.font.size = None if size is None else Pt(size)
        added.bold, added.italic = bold, run.italic or italic
        if run.label:  # the result stands in the file as Word would count it
            field = element("fldSimple", instr=f" REF {_bookmark(run.label)} \\h \\* MERGEFORMAT ")
            added._r.addprevious(field)
            field.append(added._r)
    return paragraph


def _bookmark(label: Label) -> str:
    """The name of the place a label is counted at; with "_Ref" Word hides it from readers."""
    return f"_Ref_{label.word}_{label.mark}{label.number}"


def counted(paragraph: Any, label: Label, **manner: Any) -> None:
    """Put a label into a paragraph: its number is a field that Word counts, within a bookmark that references read."""
    say(paragraph, f"{label.word} {label.mark}", **manner)
    size = manner.get("size")
    say_number = paragraph.add_run(str(label.number))
    say_number.bold, say_number.font.size = manner.get("bold"), None if size is None else Pt(size)
    series = f"{label.word}_{label.mark}" if label.mark else label.word
    field = element("fldSimple", instr=f" SEQ {series} \\* ARABIC ")
    say_number._r.addprevious(field)
    field.append(say_number._r)
    number = str(sum(1 for _ in paragraph.part.element.iter(qn("w:bookmarkStart"))) + 1)
    paragraph.runs[0]._r.addprevious(element("bookmarkStart", id=number, name=_bookmark(label)))
    paragraph._p.append(element("bookmarkEnd", id=number))


def add_table(
    document: Any, sheet: Sheet, label: Label, page: tuple[float, float], free: float | None = None, heads: Sequence[Any] = ()
) -> float:
    """A table as a paper prints it: number and title above, horizontal rules only, notes and source below.

    Where `free` is not given it is one table that Word breaks where it likes. Else it is how many millimetres the page it
    begins on has left: what fits one page is kept together; what does not begins there, or on a new page if too little is
    left (with the headings above it), and is written as one table per page, each headed "lanjutan", which Word cannot do by itself.
    Returns how many millimetres of the page it ends on are used then; infinity where that is not known.
    """
    laid = Layout(sheet, page)
    again = 1.15 * SIZE * PT + 4 * PT
    above = again + height(sheet.caption, page[0], SIZE)
    below = sum(height("".join(map(_text, note)), page[0], SMALL) + 4 * PT for note in sheet.under())
    room = _SURE * page[1] - laid.head
    parts, begins, used = [laid.lines], False, 0.0
    if free is not None and len(laid.paged(room - above, room - again, below)) > 1:
        begins = free < 0.35 * page[1]
        used = 14.0 * len(heads) if begins else page[1] - free
        parts = laid.paged(room - above - used, room - again, below)
    number = document.add_paragraph()
    counted(number, label, bold=True, stay=True, above=None if free is None or begins else 12)
    _begin_page(heads[0] if heads else number, begins)
    say(document.add_paragraph(), sheet.caption, italic=True, below=4, stay=True)
    for at, lines in enumerate(parts):
        if at:
            goes_on = [Run("", label=label), Run(f" ({sheet.words['continued']})")]
            _begin_page(say(document.add_paragraph(), goes_on, below=4, stay=True, bold=True), True)
        add_rows(document, laid, lines, together=free is not None and len(parts) == 1)
    add_notes(document, sheet.under(), stay=free is not None)
    ends = laid.head + sum(line.height for line in parts[-1]) + below + 12 * PT
    if len(parts) > 1:
        return ends + again
    whole = ends + above + 12 * PT
    return page[1] - free + whole if free is not None and whole <= _SURE * free else math.inf


def _begin_page(paragraph: Any, begins: bool) -> None:
    paragraph.paragraph_format.page_break_before = begins or None


def _text(run: Run) -> str:
    return str(run.label) if run.label else run.text


def add_notes(document: Any, notes: Sequence[Sequence[Run]], stay: bool) -> None:
    """What stands under a table or a figure, in small letters; where it is to stay, all of it on one page."""
    for number, note in enumerate(notes, 1):
        say(document.add_paragraph(), note, SMALL, above=4, stay=(stay and number < len(notes)) or None)
    if stay and notes:
        document.paragraphs[-1].paragraph_format.space_after = Pt(12)


def add_rows(document: Any, laid: Layout, lines: Sequence[Line], together: bool) -> None:
    """A table with rules above, under the head and below, families in bold, and columns of numbers to the right."""
    sheet = laid.sheet
    right = [sheet.is_number(at) for at in range(len(laid.widths))]
    table = document.add_table(rows=0, cols=len(laid.widths))
    table.autofit = False
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(_rules("tblBorders", top=8, bottom=8))
    for column, width in zip(table.columns, laid.widths, strict=True):
        column.width = Mm(width)  # and that of every cell to come

    def add(cells: list[str], *marks: str, stay: bool, bold: bool | None = None, indent: float = 0) -> Any:
        added = table.add_row()
        for mark in marks:
            added._tr.get_or_add_trPr().append(element(mark))
        for at, (cell, text) in enumerate(zip(added.cells, cells, strict=True)):
            for number, line in enumerate(text.split("\n")):
                paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                above = 1.5 + (sheet.apart if number else 0)
                say(paragraph, line, laid.size, above=above, below=1.5, stay=stay, bold=bold)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right[at] else WD_ALIGN_PARAGRAPH.LEFT
                paragraph.paragraph_format.left_indent = Mm(indent) if indent and at == 0 else None
                if not line:  # else it is as tall as running text
                    paragraph._p.get_or_add_pPr().append(element("rPr", element("sz", val=f"{2 * laid.size:.0f}")))
        return added

    for cell in add(sheet.heads, "tblHeader", "cantSplit", stay=True, bold=True).cells:
        cell._tc.get_or_add_tcPr().append(_rules("tcBorders", bottom=6))
    for number, line in enumerate(lines, 1):
        stay = together and (number < len(lines) or bool(sheet.under()))
        if line.is_family:
            family = table.add_row()
            family._tr.get_or_add_trPr().append(element("cantSplit"))
            whole = family.cells[0].merge(family.cells[-1])
            say(whole.paragraphs[0], line.cells[0], laid.size, above=5, below=1.5, stay=True, bold=True)
        else:
            marks = ["cantSplit"] if line.height < UPRIGHT[1] / 3 or together else []
            add(line.cells, *marks, stay=stay, indent=3 if sheet.groups else 0)


def table_document(sheet: Sheet) -> bytes:
    """A document of one table, to be put into another, with what its cells rest on below."""
    document, lying = new(sheet.caption, sheet.language), is_wide(sheet)
    page = LYING if lying else UPRIGHT
    turn(document.sections[0], lying)
    add_table(document, sheet, Label(sheet.words["table"], 1), page)
    if below := sheet.references:
        say(document.add_paragraph(), below.caption, bold=True, above=12, below=4, stay=True)
        laid = Layout(below, page, SMALL)
        add_rows(document, laid, laid.lines, together=False)
    return saved(document)


class Writer:
    """Writes a paper block by block as a Word document."""

    def __init__(self, title: str, language: Language, author: str, title_above: bool) -> None:
        self.document, self.words, self.title_above = (
            new(title, language, author or "qualkit", 12),
            WORDS[language],
            title_above,
        )
        self.lying, self.used = False, 30.0  # mm of the page that are used, as long as the page begins where we know
        self.heads: list[Any] = []  # headings with nothing under them yet
        for level, (size, above) in enumerate(((16, 0), (13, 18), (12, 12), (12, 12))):
            self._heading_style("Title" if not level else f"Heading {level}", size, above, italic=level == 3)
        running = self.document.styles["Body Text"].paragraph_format
        running.alignment, running.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(10)
        running.line_spacing, running.space_after, running.widow_control = 1.15, Pt(4), True
        say(self.document.add_paragraph(style="Title"), title, below=6).alignment = WD_ALIGN_PARAGRAPH.CENTER
        if author:
            say(self.document.add_paragraph(), author, below=18).alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot = self.document.sections[0].footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot._p.append(element("fldSimple", element("r", element("t")), instr=" PAGE "))

    def _heading_style(self, name: str, size: float, above: float, italic: bool) -> None:
        """A heading in the face of the paper, in black, not as the template has it."""
        style = self.document.styles[name]
        properties = style.element.get_or_add_rPr()
        for child in list(properties):
            properties.remove(child)
        for borders in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(borders)
        style.font.name, style.font.size, style.font.bold, style.font.italic = _FACE, Pt(size), True, italic
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(6)
        style.paragraph_format.keep_with_next = True

    def turn(self, lying: bool) -> None:
        """Go on upright or lying; where that changes, on a new page."""
        if lying == self.lying:
            return
        body, self.lying = self.document.element.body, lying
        self.used = 0.0
        last = [child for child in body if child.tag != qn("w:sectPr")][-1]
        turn(self.document.add_section(), lying)
        end = last.getnext()
        if last.tag == qn("w:p"):  # the section ends with its last text: a paragraph more might begin a page
            last.get_or_add_pPr().append(end.pPr.find(qn("w:sectPr")))
            body.remove(end)

    @property
    def page(self) -> tuple[float, float]:
        return LYING if self.lying else UPRIGHT

    def text(self, runs: Sequence[Run], level: int) -> None:
        paragraph = say(self.document.add_paragraph(style=f"Heading {level}" if level else "Body Text"), runs)
        self.heads = [*self.heads, paragraph] if level else []
        self.used += height("".join(map(_text, runs)), self.page[0] - (0 if level else 10), 13) + (8 if level else 0)
        self.used = self.used if self.used < _SURE * self.page[1] else math.inf

    def appendix(self, title: str, label: Label) -> None:
        paragraph = self.document.add_paragraph(style="Heading 1")
        _begin_page(paragraph, True)
        counted(paragraph, label)
        say(paragraph, f". {title}", stay=True)
        self.used = height(f"{label}. {title}", self.page[0], 13) + 8

    def table(self, sheet: Sheet, label: Label) -> None:
        self.used = add_table(self.document, sheet, label, self.page, self.page[1] - self.used, self.heads)
        self.heads = []

    def figure(self, drawing: Drawing, label: Label) -> None:
        self.used, self.heads = math.inf, []
        if self.title_above:
            counted(self.document.add_paragraph(), label, bold=True, stay=True, above=12)
            say(self.document.add_paragraph(), drawing.caption, italic=True, below=4, stay=True)
        paragraph = say(self.document.add_paragraph(), "", above=None if self.title_above else 12, below=4)
        picture = paragraph.add_run().add_picture(io.BytesIO(drawing.content), width=Mm(drawing.wide))
        properties = picture._inline.docPr
        properties.set("descr", drawing.alt)
        properties.set("name", str(label))
        beyond = max(0.0, drawing.wide - self.page[0])
        form = paragraph.paragraph_format
        form.left_indent = form.right_indent = Mm(-beyond / 2)
        form.alignment, form.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, not self.title_above or bool(drawing.under())
        if not self.title_above:
            below = self.document.add_paragraph()
            counted(below, label, size=SIZE, bold=True, stay=bool(drawing.under()))
            below.add_run(f". {drawing.caption}").font.size = Pt(SIZE)
            below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if drawing.under():
            add_notes(self.document, drawing.under(), stay=True)
        else:
            self.document.paragraphs[-1].paragraph_format.space_after = Pt(12)

    def saved(self, path: Path) -> dict[Path, bytes]:
        return {path: saved(self.document)}
