"""Tables, matrices and figures go out: Word, Excel, LaTeX, HTML and CSV tables; PDF, SVG, EPS and PNG figures, the same bytes each run."""

from __future__ import annotations

import csv
import html
import io
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from qualkit import latex, word
from qualkit.codebook import Language
from qualkit.display import printable, styled
from qualkit.matrix import Matrix, need_language
from qualkit.printed import Sheet, in_words, sheet
from qualkit.tables import did_you_mean, guarded, write_whole

_LONG = 32_767  # characters a cell of Excel holds
_TALL = 27  # lines a row of Excel holds
_FIGURES = (".pdf", ".svg", ".eps", ".png")


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
    writers = {".docx": word.table_document, ".xlsx": _xlsx, ".tex": latex.table_document, ".html": _html, ".csv": _csv}
    write = writers[_ending(path, "a table", writers)]
    write_whole(path, write(sheet(table, caption, language, note)))
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
    >>> import matplotlib.pyplot as plt
    >>> _, ax = plt.subplots()
    >>> paths = write_figure(ax, Path(tempfile.mkdtemp()) / "gambar", caption="Gambar 1.", alt="Bidang kosong.")
    >>> [path.name for path in paths]
    ['gambar.pdf', 'gambar.svg', 'gambar.eps', 'gambar.png', 'gambar.txt']
    """
    path, caption, alt = Path(path), printable(caption), described(ax, alt)
    written = []
    for ending in [_ending(path, "a figure", _FIGURES)] if path.suffix else _FIGURES:
        written.append(path.with_suffix(ending))
        write_whole(written[-1], drawn(ax, ending, caption, alt))
    beside = path.with_suffix(".txt")
    write_whole(beside, f"{caption}\n\n{alt}\n".encode())
    return [*written, beside]


def described(ax: Axes, alt: str = "") -> str:
    """The alternative text of a figure: what is given, else what it brings; ValueError where there is none."""
    label = str(ax.get_label())
    alt = printable(alt.strip() or ("" if label == "<colorbar>" else label.strip()))
    if not alt:
        raise ValueError("alt is empty: say in words what the figure shows, for readers who cannot see it")
    return alt


def drawn(ax: Axes, ending: str, caption: str, alt: str) -> bytes:
    """The whole figure of some axes as a file of one format, at the size it was drawn."""
    metadata: dict[str, dict[str, Any]] = {
        ".pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": caption, "Subject": alt},
        ".svg": {"Date": None, "Creator": None, "Title": caption, "Description": alt},
        ".eps": {"Creator": "qualkit"},
        ".png": {"Software": None, "Title": caption, "Description": alt},
    }
    figure: Any = ax.get_figure(root=True)
    out = io.BytesIO()
    with styled():
        figure.savefig(out, format=ending[1:], dpi=600, metadata=metadata[ending])
    content = out.getvalue()
    if ending == ".eps":  # the only one that cannot be told to carry no date
        content = re.sub(rb"(%%CreationDate: ).*", rb"\1Thu Jan 01 00:00:00 1970", content, count=1)
    return content


def _ending(path: Path, what: str, known: Iterable[str]) -> str:
    if path.suffix.lower() not in known:
        raise ValueError(f"'{path.name}': the ending says how {what} is written.{did_you_mean(path.suffix, known)}")
    return path.suffix.lower()


# --- Excel ---


def _xlsx(sheet: Sheet) -> bytes:
    book = Workbook()
    book.properties.creator = "qualkit"
    book.properties.created = word.FIXED
    first: Any = book.active
    first.title = sheet.words["table"]
    _fill(first, sheet.flat())
    about: Any = book.create_sheet(sheet.words["note"])
    _fill(about, in_words("", sheet.language, [sheet.caption], [[note] for note in sheet.notes]), wide=90)
    about.freeze_panes = None
    if sheet.references:
        _fill(book.create_sheet(sheet.words["refer"]), sheet.references)
    out = io.BytesIO()
    book.save(out)
    return word.same_zip(out.getvalue())


_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # for Excel _x0041_ is another way to write A, and _x005F_ to write _


def _fill(page: Any, sheet: Sheet, wide: int = 60) -> None:
    rows = [sheet.heads, *sheet.rows]
    numeric: list[list[float | None]] = [[None] * len(sheet.heads), *sheet.numeric]
    for r, row in enumerate(rows, 1):
        for c, (text, number) in enumerate(zip(row, numeric[r - 1], strict=True), 1):
            if len(text) > _LONG:
                raise ValueError(
                    f"row {r}, column {c}: a text of {len(text)} characters does not fit an Excel cell ({_LONG}); write .docx or .csv"
                )
            cell = page.cell(r, c)
            cell.value = _ESCAPE.sub("_x005F_", text) if number is None else number
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


# --- HTML, CSV ---

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


def _html(sheet: Sheet) -> bytes:
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


def _html_table(sheet: Sheet, caption: str = "") -> str:
    body = ""
    for number, row in enumerate(sheet.rows):
        if number in sheet.groups:
            body += f'<tr><th scope="rowgroup" colspan="{len(row)}">{html.escape(sheet.groups[number])}</th></tr>'
        body += "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in sheet.heads)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _csv(sheet: Sheet) -> bytes:
    out, sheet = io.StringIO(), sheet.flat()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([guarded(head) for head in sheet.heads])
    for row, numeric in zip(sheet.rows, sheet.numeric, strict=True):
        writer.writerow([cell if n is not None else guarded(cell) for cell, n in zip(row, numeric, strict=True)])
    return out.getvalue().encode()
