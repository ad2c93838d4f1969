"""Tables, matrices and figures go out: Word, Excel, LaTeX, HTML and CSV tables; PDF, SVG, EPS and PNG figures, the same bytes each run."""

from __future__ import annotations

import csv
import datetime
import html
import io
import itertools
import math
import numbers
import re
import textwrap
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from matplotlib.axes import Axes
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from qualkit.codebook import Language
from qualkit.display import STYLE, printable
from qualkit.indonesian import written_number
from qualkit.matrix import Matrix, locators, need_language
from qualkit.tables import did_you_mean, guarded, one_line, write_whole

_LONG = 32_767  # characters a cell of Excel holds
_TALL = 27  # lines a row of Excel holds
_FIXED = datetime.datetime(2000, 1, 1)  # every file is of this day, so that equal content is equal bytes
_WORDS: dict[str, dict[str, Any]] = {
    "id": {"table": "Tabel", "source": "Sumber", "places": "Rujukan sel (pernyataan; dokumen: segmen)", "note": "Catatan",
           "heads": ("Baris", "Kolom", "Pernyataan", "Tempat"), "refer": "Rujukan"},
    "en": {"table": "Table", "source": "Source", "places": "Cell references (statements; document: segment)", "note": "Note",
           "heads": ("Row", "Column", "Statements", "Places"), "refer": "References"},
}  # fmt: skip


def write_table(
    table: Matrix | pd.DataFrame, path: str | Path, caption: str, language: Language = "id", note: str = ""
) -> Path:
    """Write a table for a paper, in the format its file name asks for, and return the path.

    .docx is a Word table to be edited: number and title above (Word counts anew where tables are put into one document),
    horizontal rules only, a header row that repeats on each page, notes and "Sumber:" below; wide or wordy tables lie on
    their side. .xlsx, .tex (longtable, booktabs), .html and .csv hold the same. Under a matrix stands which statements and
    passages each cell rests on.

    Parameters
    ----------
    table
        A matrix or any table.
    path
        Where to write; the ending decides the format. Folders are made.
    caption
        The title, without "Tabel 1".
    language
        "id" or "en": words and decimal sign.
    note
        Printed under the table as it is, a note of its own (not in .csv, which holds the table only).

    Raises
    ------
    ValueError
        If the ending or the language is unknown, `table` is neither a matrix nor a table or has no columns, a text is longer
        than an Excel cell holds, or the file cannot be written.

    Notes
    -----
    Text is data: nothing from the corpus can become markup, a LaTeX command or a spreadsheet formula. Characters that the
    format cannot hold (control characters) are written as U+FFFD; a character that pdfLaTeX does not know is printed as its
    code, such as [U+4E2D].

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_table(pd.DataFrame({"sektor": ["DIK"], "bagian": [0.5]}), folder / "tabel.csv", caption="Segmen").read_text()
    'sektor,bagian\\nDIK,"0,500"\\n'
    """
    need_language(language)
    if not isinstance(table, (Matrix, pd.DataFrame)):
        raise ValueError(f"write_table takes a matrix or a table, not {type(table).__name__}")
    path = Path(path)
    writers = {".docx": _docx, ".xlsx": _xlsx, ".tex": _latex, ".html": _html, ".csv": _csv}
    write = writers[_ending(path, "a table", writers)]
    write_whole(path, write(_sheet(table, caption, language, note)))
    return path


def write_figure(ax: Axes, path: str | Path, caption: str, alt: str = "") -> list[Path]:
    """Write a figure for a paper and return the paths: in one format if the name has an ending, else as PDF, SVG, EPS and PNG.

    The figure is written at the size it was drawn (`heatmap` draws at journal widths), PNG at 600 dots per inch, with
    fonts embedded (SVG keeps text as text) and the same bytes on every run with the same packages. Beside it lies a text
    file with the caption and the alternative text.

    Parameters
    ----------
    ax
        What `heatmap` returns, or any axes; the whole figure they belong to is written.
    path
        With the ending .pdf, .svg, .eps or .png, or without one for all four. Folders are made.
    caption
        The figure's caption, for the text file and the file's own metadata.
    alt
        What the figure shows, in words; a figure of `heatmap` brings its own.

    Raises
    ------
    ValueError
        If the ending is unknown, there is no alternative text, or a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> _, ax = plt.subplots()
    >>> paths = write_figure(ax, Path(tempfile.mkdtemp()) / "gambar", caption="Gambar 1.", alt="Bidang kosong.")
    >>> [path.name for path in paths]
    ['gambar.pdf', 'gambar.svg', 'gambar.eps', 'gambar.png', 'gambar.txt']
    """
    path, caption, label = Path(path), printable(caption), str(ax.get_label())
    figure: Any = ax.get_figure(root=True)
    alt = printable(alt.strip() or ("" if label.startswith("<") else label.strip()))
    if not alt:
        raise ValueError("alt is empty: say in words what the figure shows, for readers who cannot see it")
    metadata: dict[str, dict[str, Any]] = {
        ".pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": caption, "Subject": alt},
        ".svg": {"Date": None, "Creator": None, "Title": caption, "Description": alt},
        ".eps": {"Creator": "qualkit"},
        ".png": {"Software": None, "Title": caption, "Description": alt},
    }
    written = []
    for ending in [_ending(path, "a figure", metadata)] if path.suffix else metadata:
        out = io.BytesIO()
        with plt.rc_context(STYLE):  # type: ignore[arg-type]  # as in display.heatmap
            figure.savefig(out, format=ending[1:], dpi=600, metadata=metadata[ending])
        content = out.getvalue()
        if ending == ".eps":  # the only one that cannot be told to carry no date
            content = re.sub(rb"(%%CreationDate: ).*", rb"\1Thu Jan 01 00:00:00 1970", content, count=1)
        written.append(path.with_suffix(ending))
        write_whole(written[-1], content)
    beside = path.with_suffix(".txt")
    write_whole(beside, f"{caption}\n\n{alt}\n".encode())
    return [*written, beside]


def _ending(path: Path, what: str, known: Iterable[str]) -> str:
    if path.suffix.lower() not in known:
        raise ValueError(f"'{path.name}': {what} is written as one of {', '.join(known)}.{did_you_mean(path.suffix, known)}")
    return path.suffix.lower()


@dataclass
class _Sheet:
    """A table as it is printed: heads, rows of words (numbers beside them), families, notes, and what its cells rest on."""

    caption: str
    language: Language
    heads: list[str]
    rows: list[list[str]]
    numeric: list[list[float | None]]
    notes: list[str] = field(default_factory=list)
    groups: dict[int, str] = field(default_factory=dict)  # the family that begins at a row
    references: _Sheet | None = None
    apart: float = 0  # points between the texts of one cell

    @property
    def words(self) -> dict[str, Any]:
        return _WORDS[self.language]

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers only."""
        return any(row[column] is not None for row in self.numeric) and all(
            row[column] is not None or not words[column] for row, words in zip(self.numeric, self.rows, strict=True)
        )


def _sheet(table: Matrix | pd.DataFrame, caption: str, language: Language, note: str) -> _Sheet:
    frame = table.table(language) if isinstance(table, Matrix) else table
    if not len(frame.columns):
        raise ValueError("the table has no columns: there is nothing to write")
    indexed = isinstance(table, Matrix) or not isinstance(frame.index, pd.RangeIndex)
    heads = [*([frame.index.name or ""] if indexed else []), *frame.columns]
    records = [list(record)[0 if indexed else 1 :] for record in frame.itertuples(name=None)]
    sheet = _in_words(caption, language, heads, records)
    if isinstance(table, Matrix):
        _add_grounds(sheet, table)
    if note.strip():
        sheet.notes.insert(1, one_line(printable(note)))
    return sheet


def _in_words(caption: str, language: Language, heads: Sequence[Any], records: Sequence[Sequence[Any]]) -> _Sheet:
    return _Sheet(
        one_line(printable(caption)),
        language,
        [one_line(printable(str(head))) for head in heads],
        [[printable(_printed(value, language)) for value in record] for record in records],
        [[_number(value) for value in record] for record in records],
    )


def _add_grounds(sheet: _Sheet, matrix: Matrix) -> None:
    """Families, notes, sources and, where the cells are numbers or ratings, the statements and places each rests on."""
    language, family = sheet.language, None
    for number, row in enumerate(matrix.row_ids()):
        mine = matrix.groups.get(row, {}).get(language)
        if mine and mine != family:
            sheet.groups[number] = family = printable(mine)
    sources = "; ".join(_sources(matrix.passages))
    sheet.notes = [printable(f"{sheet.words['note']}: {' '.join(matrix.notes(language))}")]
    sheet.notes += [printable(f"{sheet.words['source']}: {sources}.")] if sources else []
    sheet.apart = 3 if matrix.is_text else 0
    if not matrix.is_text and (references := _references(matrix, language)).rows:
        sheet.references = references


def _sources(passages: pd.DataFrame) -> list[str]:
    """Each document's reference, else its title, once and without a full stop."""
    known = [name for name in ("reference", "title") if name in passages]
    found = []
    for document in passages[known].drop_duplicates().to_dict("records"):
        names = (one_line(document[name]).rstrip(".") for name in known if isinstance(document[name], str))
        found.append(next((name for name in names if name), ""))
    return [name for name in dict.fromkeys(found) if name]


def _references(matrix: Matrix, language: Language) -> _Sheet:
    """Per cell that holds anything: its row, its column, and the statements and places it rests on."""
    behind = {(str(row), str(column)): cell for (row, column), cell in matrix.passages.groupby(["row", "column"], sort=False)}
    told = "text_id" in matrix.passages
    found = []
    for row, column in itertools.product(matrix.row_ids(), matrix.column_ids()):
        if (row, column) in behind:
            cell = behind[row, column]
            names = [", ".join(dict.fromkeys(cell["statement"]))] if told else []
            found.append([matrix.label(row, language), matrix.label(column, language), *names, "; ".join(locators(cell))])
    heads = [head for number, head in enumerate(_WORDS[language]["heads"]) if told or number != 2]
    return _in_words(_WORDS[language]["places"], language, heads, found)


def _number(value: Any) -> float | None:
    real = isinstance(value, numbers.Real) and not isinstance(value, bool)
    return value if real and math.isfinite(value) else None


def _printed(value: Any, language: Language) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    return written_number(value, language, 3) if isinstance(value, float) and math.isfinite(value) else str(value)


# --- Word ---


def _docx(sheet: _Sheet) -> bytes:
    document: Any = Document()
    properties = document.core_properties
    properties.created = properties.modified = _FIXED
    properties.author = properties.last_modified_by = "qualkit"
    properties.title, properties.language = sheet.caption[:255], f"{sheet.language}-{'ID' if sheet.language == 'id' else 'GB'}"
    section = document.sections[0]
    wide = len(sheet.heads) > 5 or max((len(cell) for row in sheet.rows for cell in row), default=0) > 150
    width, height = (297, 210) if wide else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(10)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0
    normal.element.get_or_add_rPr().append(_element("lang", val=properties.language))
    number, counted = document.add_paragraph(), _element("t")
    _say(number, f"{sheet.words['table']} ", bold=True, stay=True)
    counted.text = "1"  # until Word counts
    run = _element("r", _element("rPr", _element("b")), counted)
    number._p.append(_element("fldSimple", run, instr=f" SEQ {sheet.words['table']} \\* ARABIC "))
    _say(document.add_paragraph(), sheet.caption, italic=True, below=4, stay=True)
    _word_table(document, sheet, width - 50, 10)
    for note in sheet.notes:
        _say(document.add_paragraph(), note, 9, above=4)
    if sheet.references:
        _say(document.add_paragraph(), sheet.references.caption, bold=True, above=12, below=4, stay=True)
        _word_table(document, sheet.references, width - 50, 9)
    out = io.BytesIO()
    document.save(out)
    return _same_zip(out.getvalue())


def _element(name: str, *children: Any, **attributes: str) -> Any:
    """An element of Word's markup that python-docx has no name for."""
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    element.extend(children)
    return element


def _rules(name: str, **edges: int) -> Any:
    """Horizontal rules, in eighths of a point."""
    made = (_element(edge, val="single", sz=str(weight), space="0", color="000000") for edge, weight in edges.items())
    return _element(name, *made)


def _say(
    paragraph: Any,
    text: str,
    size: float | None = None,
    *,
    above: float | None = None,
    below: float | None = None,
    stay: bool | None = None,
    bold: bool | None = None,
    italic: bool | None = None,
) -> None:
    """Put a text into a paragraph: points of its letters and above and below, and whether it stays with what follows."""
    form, run = paragraph.paragraph_format, paragraph.add_run(text)
    form.space_before, form.space_after, run.font.size = (None if n is None else Pt(n) for n in (above, below, size))
    form.keep_with_next, run.bold, run.italic = stay, bold, italic


def _longest(texts: list[str], size: float, whole: int = 0) -> float:
    """How many millimetres the longest word needs; a text of up to `whole` letters is not to be broken either."""
    words = [word for text in texts for word in ([text] if len(text) <= whole else re.split(r"(?<=-)|\s", text))]
    return max((sum(map(_letter, word)) for word in words), default=0) * size + 4.5


def _letter(character: str) -> float:
    """How many millimetres a letter needs at most per point of its size, with room for bold."""
    if character in "WM@%—…" or unicodedata.east_asian_width(character) in "WF":
        return 0.36
    return 0.28 if character.isupper() or character in "mw&" else 0.2


def _widths(heads: list[str], rows: list[list[str]], page: float, size: float) -> tuple[list[float], float]:
    """Millimetres per column, none narrower than its longest word, and the size of the letters (smaller where words need it)."""
    columns = [[head, *(row[at] for row in rows)] for at, head in enumerate(heads)]
    wishes = [max([9.0, *(min(len(text), 300) for text in texts)]) ** 0.7 for texts in columns]
    needed = [_longest(texts, size, whole=16) for texts in columns]
    while sum(needed) > page and size > 6:
        needed = [min(_longest(texts, size), 0.5 * page) for texts in columns]
        size -= 0.5
    if sum(needed) > page:
        return [page * need / sum(needed) for need in needed], size
    fair = [page * wish / sum(wishes) for wish in wishes]
    short = sum(max(0.0, need - share) for need, share in zip(needed, fair, strict=True))
    spare = sum(max(0.0, share - need) for need, share in zip(needed, fair, strict=True))
    give = short / spare if spare else 0.0
    return [n if s < n else s - give * (s - n) for n, s in zip(needed, fair, strict=True)], size


def _word_table(document: Any, sheet: _Sheet, page: float, size: float) -> None:
    """A table with rules above, under the head and below, families in bold, and columns of numbers to the right."""
    widths, size = _widths(sheet.heads, sheet.rows, page, size)
    right = [sheet.is_number(at) for at in range(len(widths))]
    table = document.add_table(rows=0, cols=len(widths))
    table.autofit = False
    table._tbl.tblPr.append(_rules("tblBorders", top=8, bottom=8))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)  # and that of every cell to come

    def add(cells: list[str], *marks: str, bold: bool | None = None, indent: float = 0) -> Any:
        added = table.add_row()
        for mark in marks:
            added._tr.get_or_add_trPr().append(_element(mark))
        for at, (cell, text) in enumerate(zip(added.cells, cells, strict=True)):
            for number, line in enumerate(text.split("\n")):
                paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                _say(paragraph, line, size, above=1.5 + (sheet.apart if number else 0), below=1.5, stay=False, bold=bold)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right[at] else WD_ALIGN_PARAGRAPH.LEFT
                paragraph.paragraph_format.left_indent = Mm(indent) if indent and at == 0 else None
        return added

    for cell in add(sheet.heads, "tblHeader", "cantSplit", bold=True).cells:
        cell._tc.get_or_add_tcPr().append(_rules("tcBorders", bottom=6))
    for number, row in enumerate(sheet.rows):
        if number in sheet.groups:
            family = table.add_row()
            family._tr.get_or_add_trPr().append(_element("cantSplit"))
            whole = family.cells[0].merge(family.cells[-1])
            _say(whole.paragraphs[0], sheet.groups[number], size, above=5, below=1.5, stay=True, bold=True)
        add(row, *(["cantSplit"] if max(map(len, row)) < 600 else []), indent=3 if sheet.groups else 0)


def _same_zip(content: bytes) -> bytes:
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


# --- Excel ---


def _xlsx(sheet: _Sheet) -> bytes:
    book = Workbook()
    book.properties.creator = "qualkit"
    book.properties.created = _FIXED
    first: Any = book.active
    first.title = sheet.words["table"]
    _fill(first, sheet)
    about: Any = book.create_sheet(sheet.words["note"])
    _fill(about, _in_words("", sheet.language, [sheet.caption], [[note] for note in sheet.notes]), wide=90)
    about.freeze_panes = None
    if sheet.references:
        _fill(book.create_sheet(sheet.words["refer"]), sheet.references)
    out = io.BytesIO()
    book.save(out)
    return _same_zip(out.getvalue())


def _fill(page: Any, sheet: _Sheet, wide: int = 60) -> None:
    rows = [sheet.heads, *sheet.rows]
    numeric: list[list[float | None]] = [[None] * len(sheet.heads), *sheet.numeric]
    for r, row in enumerate(rows, 1):
        for c, (text, number) in enumerate(zip(row, numeric[r - 1], strict=True), 1):
            if len(text) > _LONG:
                raise ValueError(
                    f"row {r}, column {c}: a text of {len(text)} characters does not fit an Excel cell ({_LONG}); write .docx or .csv"
                )
            cell = page.cell(r, c)
            cell.value = text if number is None else number
            if number is None:
                cell.data_type = "s"  # never a formula, whatever it begins with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=r == 1)
    widths = []
    for c, texts in enumerate(zip(*rows, strict=True), 1):
        longest = max(texts, key=len)
        limit = next((limit for limit in (wide, 120) if _lines(longest, limit) <= _TALL), 250)
        widths.append(min(limit, max(10, len(longest) + 2)))
        page.column_dimensions[page.cell(1, c).column_letter].width = widths[-1]
    for r, row in enumerate(rows, 1):  # not every program finds the height of a wrapped text by itself
        page.row_dimensions[r].height = 15 * min(_TALL, max(map(_lines, row, widths)))
    page.freeze_panes = "B2"


def _lines(text: str, width: int) -> int:
    """In how many lines a text stands in a column that is so many digits wide, or a few more."""
    return sum(max(1, len(textwrap.wrap(line, int(0.9 * width)))) for line in text.split("\n"))


# --- LaTeX, HTML, CSV ---

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    '"': r"\textquotedbl{}", "'": r"\textquotesingle{}", "`": r"\textasciigrave{}", "-": "{-}", "\n": r"\newline{}",
    "[": "{[}", "]": "{]}", "*": "{*}",  # behind the end of a row they would be its options
    "†": r"\textdagger{}", "°": r"\textdegree{}", "…": r"\ldots{}", "×": r"\texttimes{}", "\xa0": "~",
}  # fmt: skip


def _tex(text: str) -> str:
    characters = unicodedata.normalize("NFC", text)
    return "".join(_TEX.get(character, character) for character in characters).replace(",,", ",{},")


def _foreign(text: str) -> list[str]:
    """For pdfLaTeX, a definition of each character that it does not know: its code, or nothing where it is invisible."""
    lines = []
    for character in sorted({character for character in text if ord(character) > 127}):
        name = rf"csname u8:\detokenize{{{character}}}\endcsname"
        shown = "" if unicodedata.category(character) == "Cf" else f"{{[}}U+{ord(character):04X}{{]}}"
        lines.append(rf"\if{name}\else\expandafter\gdef\{name}{{{shown}}}\fi")
    return lines


def _latex(sheet: _Sheet) -> bytes:
    widths, _ = _widths(sheet.heads, sheet.rows, 160, 10)
    count = len(sheet.heads)
    shares = [f"{width / 160:.3f}\\linewidth-2\\tabcolsep" for width in widths]
    columns = "".join(rf">{{\raggedright\arraybackslash}}p{{\dimexpr {share}}}" for share in shares)
    head = " & ".join(rf"\textbf{{{_tex(name)}}}" for name in sheet.heads) + r" \\"
    lines = [
        rf"\begin{{longtable}}{{{columns}}}",
        rf"\caption{{{_tex(sheet.caption)}}}\\",
        r"\toprule", head, r"\midrule", r"\endfirsthead",
        rf"\multicolumn{{{count}}}{{l}}{{\emph{{{'lanjutan' if sheet.language == 'id' else 'continued'}}}}}\\",
        r"\toprule", head, r"\midrule", r"\endhead", r"\bottomrule", r"\endfoot",
    ]  # fmt: skip
    for number, row in enumerate(sheet.rows):
        if number in sheet.groups:
            lines.append(rf"\addlinespace\multicolumn{{{count}}}{{l}}{{\textbf{{{_tex(sheet.groups[number])}}}}}\\*")
        lines.append(" & ".join(_tex(cell) for cell in row) + r" \\")
    lines += [r"\end{longtable}", *(rf"\noindent{{\small {_tex(note)}}}\par" for note in sheet.notes)]
    if sheet.references:
        lines += [rf"\par\medskip\noindent\textbf{{{_tex(sheet.words['places'])}}}\par"]
        for in_row, in_column, *where in sheet.references.rows:
            found = _tex(f"{in_row} / {in_column}: {'; '.join(where)}")
            lines.append(rf"\noindent{{\small {found}}}\par")
    needed = r"% needs \usepackage{booktabs,longtable,array,textcomp} and \usepackage[T1]{fontenc}"
    return "\n".join([needed, *_foreign("".join(lines)), *lines, ""]).encode()


_STYLE = """
body { font-family: 'Times New Roman', serif; font-size: 11pt; margin: 2em; max-width: 60em }
table { border-collapse: collapse; border-top: 1.5px solid; border-bottom: 1.5px solid }
th, td { text-align: left; vertical-align: top; padding: .2em .6em; white-space: pre-line }
thead th { border-bottom: 1px solid }
tbody th { padding-top: .8em }
caption { text-align: left; font-style: italic; padding-bottom: .4em }
h2 { font-size: 11pt }
p { font-size: 10pt }
"""


def _html(sheet: _Sheet) -> bytes:
    caption = html.escape(sheet.caption)
    parts = [
        f'<!DOCTYPE html>\n<html lang="{sheet.language}"><head><meta charset="utf-8"><title>{caption}</title>',
        f"<style>{_STYLE}</style></head><body>",
        _html_table(sheet, f"<caption>{caption}</caption>"),
        *(f"<p>{html.escape(note)}</p>" for note in sheet.notes),
    ]
    if sheet.references:
        parts += [f"<h2>{html.escape(sheet.references.caption)}</h2>", _html_table(sheet.references)]
    return ("\n".join(parts) + "\n</body></html>\n").encode()


def _html_table(sheet: _Sheet, caption: str = "") -> str:
    body = ""
    for number, row in enumerate(sheet.rows):
        if number in sheet.groups:
            body += f'<tr><th scope="rowgroup" colspan="{len(row)}">{html.escape(sheet.groups[number])}</th></tr>'
        body += "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in sheet.heads)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _csv(sheet: _Sheet) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([guarded(head) for head in sheet.heads])
    for row, numeric in zip(sheet.rows, sheet.numeric, strict=True):
        writer.writerow([cell if n is not None else guarded(cell) for cell, n in zip(row, numeric, strict=True)])
    return out.getvalue().encode()
