"""Tables, matrices and figures go out: Word, Excel, LaTeX, HTML and CSV tables; PDF, SVG, EPS and PNG figures, the same bytes each run."""

from __future__ import annotations

import datetime
import html
import io
import os
import re
import zipfile
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from matplotlib.axes import Axes
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from qualkit.codebook import Language
from qualkit.display import STYLE
from qualkit.indonesian import written_number
from qualkit.matrix import Matrix, locators
from qualkit.tables import csv_bytes, did_you_mean, write_whole

_LONG = 32_767  # characters a cell of Excel holds
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WORDS = {
    "id": {"table": "Tabel", "source": "Sumber", "places": "Rujukan sel (pernyataan; dokumen: segmen)", "note": "Catatan",
           "heads": ("Baris", "Kolom", "Rujukan")},
    "en": {"table": "Table", "source": "Source", "places": "Cell references (statements; document: segment)", "note": "Note",
           "heads": ("Row", "Column", "References")},
}  # fmt: skip


def write_table(table: Matrix | pd.DataFrame, path: str | Path, caption: str, language: Language = "id") -> Path:
    """Write a table for a paper, in the format its file name asks for, and return the path.

    .docx is a Word table to be edited: number and title above (a field, so Word counts), horizontal rules only, a header
    row that repeats on each page, notes and "Sumber:" below; wide or wordy tables lie on their side. .xlsx, .tex (longtable,
    booktabs), .html and .csv hold the same. Under a matrix stands which statements and passages each cell rests on.

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

    Raises
    ------
    ValueError
        If the ending is not one of the five, a text is longer than an Excel cell holds, or the file cannot be written.

    Notes
    -----
    Text is data: nothing from the corpus can become markup, a LaTeX command or a spreadsheet formula. Characters that the
    format cannot hold (control characters) are written as U+FFFD.
    """
    path = Path(path)
    writers: dict[str, Callable[[_Sheet], bytes]] = {
        ".docx": _docx,
        ".xlsx": _xlsx,
        ".tex": _latex,
        ".html": _html,
        ".csv": _csv,
    }
    if path.suffix.lower() not in writers:
        raise ValueError(
            f"'{path.name}': a table is written as one of {', '.join(writers)}.{did_you_mean(path.suffix, list(writers))}"
        )
    write_whole(path, writers[path.suffix.lower()](_sheet(table, caption, language)))
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
    """
    path, alt = Path(path), alt or str(ax.get_label())
    if not alt or alt.startswith("<"):
        raise ValueError("alt is empty: say in words what the figure shows, for readers who cannot see it")
    endings = [path.suffix.lower()] if path.suffix else [".pdf", ".svg", ".eps", ".png"]
    metadata: dict[str, dict[str, Any]] = {
        ".pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": caption, "Subject": alt},
        ".svg": {"Date": None, "Creator": None, "Title": caption, "Description": alt},
        ".eps": {"Creator": "qualkit"},
        ".png": {"Software": None, "Title": caption, "Description": alt},
    }
    if endings[0] not in metadata:
        raise ValueError(
            f"'{path.name}': a figure is written as one of {', '.join(metadata)}.{did_you_mean(path.suffix, list(metadata))}"
        )
    figure = ax.get_figure()
    written = []
    for ending in endings:
        out = io.BytesIO()
        with plt.rc_context(STYLE), _fixed_date():
            figure.savefig(out, format=ending[1:], dpi=600, metadata=metadata[ending])  # type: ignore[union-attr]
        written.append(path.with_suffix(ending))
        write_whole(written[-1], out.getvalue())
    beside = path.with_suffix(".txt")
    write_whole(beside, f"{caption}\n\n{alt}\n".encode())
    return [*written, beside]


class _Sheet:
    """A table as it is printed: heads, rows of words, notes under it, references of its cells."""

    def __init__(self, caption: str, language: Language, heads: list[str], rows: list[list[str]], notes: list[str]) -> None:
        self.caption, self.language, self.heads, self.rows, self.notes = caption, language, heads, rows, notes
        self.numeric: list[list[float | None]] = []
        self.references: list[list[str]] = []
        self.groups: dict[int, str] = {}

    @property
    def words(self) -> dict[str, Any]:
        return _WORDS[self.language]

    @property
    def wide(self) -> bool:
        return len(self.heads) > 5 or max((len(cell) for row in self.rows for cell in row), default=0) > 150


def _sheet(table: Matrix | pd.DataFrame, caption: str, language: Language) -> _Sheet:
    frame = table.table(language) if isinstance(table, Matrix) else table
    indexed = isinstance(table, Matrix) or not isinstance(frame.index, pd.RangeIndex)
    heads = ([str(frame.index.name or "")] if indexed else []) + [str(column) for column in frame.columns]
    rows, numeric = [], []
    for record in frame.itertuples():
        values = list(record)[0 if indexed else 1 :]
        rows.append([_clean(_printed(value, language)) for value in values])
        numeric.append(
            [float(v) if isinstance(v, (int, float)) and not isinstance(v, bool) and not pd.isna(v) else None for v in values]
        )
    sheet = _Sheet(_clean(caption), language, [_clean(head) for head in heads], rows, [])
    sheet.numeric = numeric
    if isinstance(table, Matrix):
        sheet.notes = [f"{sheet.words['note']}: {' '.join(table.notes(language))}"]
        sources = [str(title) for title in dict.fromkeys(table.passages.get("title", pd.Series(dtype=str)))]
        sheet.notes += [_clean(f"{sheet.words['source']}: {'; '.join(sources)}.")] if sources else []
        group = None
        for number, row in enumerate(table.row_ids()):
            mine = table.groups.get(row, {}).get(language)
            if mine and mine != group:
                sheet.groups[number] = group = mine
        if table.kind in ("count", "rating"):
            sheet.references = [[_clean(cell) for cell in row] for row in _references(table, language)]
    return sheet


def _references(matrix: Matrix, language: Language) -> list[list[str]]:
    """Per cell that holds anything: its row, its column, and the statements and places it rests on."""
    found = []
    for (row, column), passages in matrix.passages.groupby(["row", "column"], sort=False):
        names = ", ".join(dict.fromkeys(passages["statement"])) if "text_id" in passages else ""
        places = "; ".join(locators(passages))
        found.append((row, column, f"{names}; {places}" if names else places))
    order = {pair: at for at, pair in enumerate((r, c) for r in matrix.row_ids() for c in matrix.column_ids())}
    found.sort(key=lambda entry: order[(entry[0], entry[1])])
    return [[matrix.label(row, language), matrix.label(column, language), where] for row, column, where in found]


def _printed(value: object, language: Language) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)) or value is pd.NA:
        return ""
    if isinstance(value, float):
        return written_number(value, language, 3)
    return str(value)


def _clean(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


# --- Word ---


def _docx(sheet: _Sheet) -> bytes:
    document: Any = Document()
    fixed = datetime.datetime(2000, 1, 1)
    properties = document.core_properties
    properties.created = properties.modified = fixed
    properties.author = properties.last_modified_by = "qualkit"
    properties.title, properties.language = sheet.caption[:255], f"{sheet.language}-{'ID' if sheet.language == 'id' else 'GB'}"
    section = document.sections[0]
    width, height = (297, 210) if sheet.wide else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(10)
    normal.paragraph_format.space_after = Pt(0)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), properties.language)
    normal.element.get_or_add_rPr().append(spoken)
    number = document.add_paragraph()
    number.paragraph_format.keep_with_next = True
    number.add_run(f"{sheet.words['table']} ").bold = True
    _field(number, f" SEQ {sheet.words['table']} \\* ARABIC ", "1")
    title = document.add_paragraph()
    title.paragraph_format.keep_with_next, title.paragraph_format.space_after = True, Pt(4)
    title.add_run(sheet.caption).italic = True
    weights = _weights(sheet.heads, sheet.rows)
    _word_table(document, sheet.heads, sheet.rows, [w * (width - 50) for w in weights], sheet.groups)
    for note in sheet.notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(4)
        paragraph.add_run(note).font.size = Pt(9)
    if sheet.references:
        head = document.add_paragraph()
        head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(12), True
        head.add_run(sheet.words["places"]).bold = True
        heads = list(sheet.words["heads"])
        _word_table(document, heads, sheet.references, [w * (width - 50) for w in (0.3, 0.2, 0.5)], {})
    out = io.BytesIO()
    document.save(out)
    return _same_zip(out.getvalue())


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    field, run, text = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
    field.set(qn("w:instr"), instruction)
    bold, properties = OxmlElement("w:b"), OxmlElement("w:rPr")
    properties.append(bold)
    text.text = shown
    run.append(properties)
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _weights(heads: list[str], rows: list[list[str]]) -> list[float]:
    """Shares of the page for the columns: the square root of what they hold, none starved."""
    lengths = [max([9.0, len(head) * 0.7, *(min(len(row[at]), 300) for row in rows)]) ** 0.7 for at, head in enumerate(heads)]
    return [length / sum(lengths) for length in lengths]


def _word_table(document: Any, heads: list[str], rows: list[list[str]], widths: list[float], groups: dict[int, str]) -> None:
    table = document.add_table(rows=1, cols=len(heads))
    table.autofit = False
    rules = OxmlElement("w:tblBorders")
    for edge in ("top", "bottom"):
        rule = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "0"), ("color", "000000")):
            rule.set(qn(f"w:{name}"), value)
        rules.append(rule)
    table._tbl.tblPr.append(rules)
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
        under = OxmlElement("w:tcBorders")
        rule = OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
            rule.set(qn(f"w:{name}"), value)
        under.append(rule)
        cell._tc.get_or_add_tcPr().append(under)
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for number, row in enumerate(rows):
        if number in groups:
            merged = table.add_row()
            merged.cells[0].merge(merged.cells[-1]).paragraphs[0].add_run(groups[number]).italic = True
            _whole(merged)
        added = table.add_row()
        _whole(added)
        for at, (cell, value) in enumerate(zip(added.cells, row, strict=True)):
            first, *others = value.split("\n")
            cell.paragraphs[0].add_run(first)
            for other in others:
                cell.add_paragraph(other)
            if groups and at == 0:
                cell.paragraphs[0].paragraph_format.left_indent = Mm(3)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _whole(row: Any) -> None:
    """Keep a row on one page where it fits."""
    keep = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(keep)


def _same_zip(content: bytes, changes: dict[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """The same archive with members in fixed order and fixed dates, so that equal content is equal bytes."""
    source, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            data = source.read(name)
            target.writestr(entry, (changes or {}).get(name, bytes)(data))
    return out.getvalue()


# --- Excel ---


def _xlsx(sheet: _Sheet) -> bytes:
    book = Workbook()
    book.properties.creator = "qualkit"
    book.properties.created = book.properties.modified = datetime.datetime(2000, 1, 1)
    first: Any = book.active
    first.title = sheet.words["table"]
    _fill(first, [sheet.heads, *sheet.rows], [[None] * len(sheet.heads), *sheet.numeric])
    about: Any = book.create_sheet(sheet.words["note"])
    _fill(about, [[sheet.caption], *([note] for note in sheet.notes)], None)
    if sheet.references:
        places: Any = book.create_sheet(sheet.words["heads"][2])
        _fill(places, [list(sheet.words["heads"]), *sheet.references], None)
    out = io.BytesIO()
    book.save(out)
    fixed = {"docProps/core.xml": lambda data: re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)}
    return _same_zip(out.getvalue(), fixed)


def _fill(page: Any, rows: list[list[str]], numeric: list[list[float | None]] | None) -> None:
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if len(value) > _LONG:
                raise ValueError(
                    f"row {r}, column {c}: a text of {len(value)} characters does not fit an Excel cell ({_LONG}); write .docx or .csv"
                )
            number = numeric[r - 1][c - 1] if numeric else None
            cell = page.cell(r, c)
            if number is not None:
                cell.value = int(number) if number == int(number) else number
            else:
                cell.value = value
                cell.data_type = "s"  # never a formula, whatever it begins with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=r == 1)
    for c in range(1, max(map(len, rows), default=0) + 1):
        longest = max(len(row[c - 1]) for row in rows if len(row) >= c)
        page.column_dimensions[page.cell(1, c).column_letter].width = min(60, max(10, longest + 2))
    page.freeze_panes = "B2"


# --- LaTeX, HTML, CSV ---

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    '"': r"\textquotedbl{}", "'": r"\textquotesingle{}", "`": r"\textasciigrave{}", "-": "{-}", "\n": r"\newline ",
    "†": r"\textdagger{}", "°": r"\textdegree{}", "…": r"\ldots{}", "×": r"\texttimes{}", "\xa0": "~",
}  # fmt: skip


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _latex(sheet: _Sheet) -> bytes:
    weights = _weights(sheet.heads, sheet.rows)
    count = len(sheet.heads)
    columns = "".join(
        rf">{{\raggedright\arraybackslash}}p{{\dimexpr {weight:.3f}\linewidth-2\tabcolsep}}" for weight in weights
    )
    head = " & ".join(rf"\textbf{{{_tex(name)}}}" for name in sheet.heads) + r" \\"
    lines = [
        "% needs \\usepackage{booktabs,longtable,array,textcomp} and \\usepackage[T1]{fontenc}",
        rf"\begin{{longtable}}{{{columns}}}",
        rf"\caption{{{_tex(sheet.caption)}}}\\",
        r"\toprule", head, r"\midrule", r"\endfirsthead",
        rf"\multicolumn{{{count}}}{{l}}{{\emph{{{'lanjutan' if sheet.language == 'id' else 'continued'}}}}}\\",
        r"\toprule", head, r"\midrule", r"\endhead", r"\bottomrule", r"\endfoot",
    ]  # fmt: skip
    for number, row in enumerate(sheet.rows):
        if number in sheet.groups:
            lines.append(rf"\multicolumn{{{count}}}{{l}}{{\emph{{{_tex(sheet.groups[number])}}}}}\\")
        lines.append(" & ".join(_tex(cell) for cell in row) + r" \\")
    lines += [r"\end{longtable}", *(rf"\noindent{{\small {_tex(note)}}}\par" for note in sheet.notes)]
    if sheet.references:
        lines += [rf"\par\medskip\noindent\textbf{{{_tex(sheet.words['places'])}}}\par"]
        lines += [rf"\noindent{{\small {_tex(f'{row} / {column}: {where}')}}}\par" for row, column, where in sheet.references]
    return ("\n".join(lines) + "\n").encode()


def _html(sheet: _Sheet) -> bytes:
    def row(cells: list[str], tag: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "<tr>" + "".join(f"<{tag}{scope}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    body = []
    for number, cells in enumerate(sheet.rows):
        if number in sheet.groups:
            body.append(f'<tr><th colspan="{len(cells)}">{html.escape(sheet.groups[number])}</th></tr>')
        body.append(row(cells, "td"))
    style = (
        "body{font-family:'Times New Roman',serif;font-size:11pt;margin:2em;max-width:60em}table{border-collapse:collapse;border-top:1.5px solid;"
        "border-bottom:1.5px solid}th,td{text-align:left;vertical-align:top;padding:.2em .6em;white-space:pre-line}thead th{border-bottom:1px solid}"
        "caption{text-align:left;font-style:italic;padding-bottom:.4em}p{font-size:10pt}"
    )
    parts = [
        f'<!DOCTYPE html>\n<html lang="{sheet.language}"><head><meta charset="utf-8"><title>{html.escape(sheet.caption)}</title><style>{style}</style></head><body>',
        f"<table><caption>{html.escape(sheet.caption)}</caption><thead>{row(sheet.heads, 'th')}</thead><tbody>{''.join(body)}</tbody></table>",
        *(f"<p>{html.escape(note)}</p>" for note in sheet.notes),
    ]
    if sheet.references:
        listed = "".join(row(cells, "td") for cells in sheet.references)
        parts.append(
            f"<h2>{html.escape(sheet.words['places'])}</h2><table><thead>{row(list(sheet.words['heads']), 'th')}</thead><tbody>{listed}</tbody></table>"
        )
    return ("\n".join(parts) + "\n</body></html>\n").encode()


def _csv(sheet: _Sheet) -> bytes:
    return csv_bytes([dict(zip(sheet.heads, row, strict=True)) for row in sheet.rows], sheet.heads)


@contextmanager
def _fixed_date() -> Any:
    """EPS files carry a date unless the environment fixes it."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
