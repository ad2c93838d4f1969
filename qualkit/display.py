"""Matrices and tables go in; what a person looks at comes out: notebook tables that unfold to the quotes, and figures."""

from __future__ import annotations

import hashlib
import html
import textwrap
from typing import Any, Literal

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from qualkit.codebook import Language
from qualkit.matrix import RATINGS, UNITS, Matrix, trace
from qualkit.tables import one_line

MM = 1 / 25.4
WIDTHS = {"single": 89, "onehalf": 136, "double": 183}  # mm; what journals call single, 1.5 and double column
STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans", "font.size": 7, "axes.linewidth": 0.5, "hatch.linewidth": 0.4, "pdf.fonttype": 42,
    "ps.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": "qualkit", "text.parse_math": False, "figure.dpi": 150,
}  # fmt: skip
INK, FAINT = "#111111", "#8a8a8a"
# One hue whose lightness falls evenly: it reads in grey print and by every kind of colour vision.
_RAMP = LinearSegmentedColormap.from_list("qualkit", ["#f3f6f7", "#c9dde3", "#8fbccb", "#4f93ac", "#22657f", "#0c3a4d"])
_SHADES = {"strong": "#22657f", "moderate": "#8fbccb", "weak": "#e3edf0", "none": "#ffffff"}
_WORDS = {
    "id": {"empty": "tidak ditemukan dalam korpus", "scale": "jumlah {unit} per sel", "claimed": "hasil diklaim", "count": "(n) pernyataan, tanpa latar",
           "marks": "† fakta di luar judul bagiannya   ° sumber tunggal", "cells": "Matriks {rows} × {columns}", "none": "tidak ada"},
    "en": {"empty": "not found in the corpus", "scale": "number of {unit} per cell", "claimed": "outcomes claimed", "count": "(n) statements, without background",
           "marks": "† fact from under another heading   ° single source", "cells": "Matrix of {rows} by {columns}", "none": "none"},
}  # fmt: skip


class Picture(Figure):
    """A figure that prints as its alternative text and a hash of its data, so that a notebook's check compares what it says."""

    alt = ""

    def __repr__(self) -> str:
        return self.alt or super().__repr__()


def heatmap(
    matrix: Matrix,
    title: str,
    language: Language = "id",
    width: Literal["single", "onehalf", "double"] = "double",
    ax: Axes | None = None,
) -> Axes:
    """Draw a matrix of counts or ratings: every cell with its number or word, shaded in one hue.

    Parameters
    ----------
    matrix
        What `count_matrix` or `rating_matrix` returns. Nothing is drawn that is not in it.
    title
        Printed above; say what is shown and in which unit.
    language
        "id" or "en", for labels and the key.
    width
        Column width of the journal: "single" (89 mm), "onehalf" (136 mm) or "double" (183 mm).
    ax
        Axes to draw into; a new figure of that width where none is given.

    Returns
    -------
    Axes
        Row and column labels are its tick labels. Its figure prints as an alternative text.

    Raises
    ------
    ValueError
        If the matrix holds texts (use `show` or `write_table`) or the width is not known.
    """
    if matrix.kind not in ("count", "rating"):
        raise ValueError(f"a heatmap shows counts or ratings, and this is a {matrix.kind} matrix: use show or write_table")
    if width not in WIDTHS:
        raise ValueError(f"width '{width}' is not known. Possible: {', '.join(WIDTHS)}.")
    with plt.rc_context(STYLE):
        return _draw(matrix, title, language, WIDTHS[width], ax)


def _draw(matrix: Matrix, title: str, language: Language, page: float, ax: Axes | None) -> Axes:
    words, rows, columns = _WORDS[language], matrix.row_ids(), matrix.column_ids()
    label_mm = min(0.37 * page, 68) if page > 100 else 36
    label_wrap = int((label_mm - 4) / 1.45)
    names = {row: textwrap.wrap(matrix.label(row, language), label_wrap) or [row] for row in rows}
    places, headings, y = _slots(matrix, rows, names, language)
    claims = columns if matrix.kind == "rating" else []
    units_wide = len(columns) + (0.12 + 0.42 * len(claims) if claims else 0)
    title_lines = textwrap.wrap(title, int(page / 1.85))
    row_mm, top_mm, bottom_mm = 4.3, 11.0 + 4.2 * len(title_lines), 15.0 if matrix.kind == "rating" else 9.0
    heads = [textwrap.wrap(matrix.label(c, language), max(8, int((page - label_mm) / units_wide / 1.6))) for c in columns]
    top_mm += 2.9 * (max(map(len, heads)) - 1)
    height = top_mm + y * row_mm + bottom_mm
    if ax is None:
        figure = plt.figure(FigureClass=Picture, figsize=(page * MM, height * MM))
        ax = figure.add_axes((label_mm / page, bottom_mm / height, (page - label_mm - 2) / page, y * row_mm / height))
    ax.set(xlim=(0, units_wide), ylim=(y, 0))
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0, pad=2)
    top = max([1, *(int(v) for v in matrix.cells["value"])]) if matrix.kind == "count" else 1
    for row in rows:
        for at, column in enumerate(columns):
            _cell(ax, matrix, matrix.cell(row, column), (at, *places[row]), language, top)
    x_ticks = [at + 0.5 for at in range(len(columns))]
    x_labels = ["\n".join(head) for head in heads]
    for number, column in enumerate(claims):
        at = len(columns) + 0.12 + 0.42 * number
        x_ticks.append(at + 0.21)
        x_labels.append("")
        for row in rows:
            found = int(matrix.cell(row, column)["outcomes"])
            ax.text(
                at + 0.21,
                sum(places[row]) - places[row][1] / 2,
                str(found) if found else "·",
                ha="center",
                va="center",
                color=INK if found else FAINT,
            )
    ax.xaxis.tick_top()
    if claims:
        short = ["-".join(part[:3] for part in matrix.label(c, language).split("-")) for c in claims]
        x_labels[len(columns) :] = [f"{name}" for name in short]
        middle = len(columns) + 0.12 + 0.21 * len(claims)
        ax.text(middle, -1.75, words["claimed"], ha="center", va="center", fontsize=6.5, fontstyle="italic")
    ax.set_xticks(x_ticks, x_labels)
    ticks = sorted(
        [
            *((y + h / 2, "\n".join(names[row]), False) for row, (y, h) in places.items()),
            *((at, name, True) for at, name in headings),
        ]
    )
    ax.set_yticks([tick[0] for tick in ticks], [tick[1] for tick in ticks])
    ax.tick_params(axis="y", pad=(label_mm - 1) * MM * 72)
    left = -label_mm / (page - label_mm - 2)
    for (at, _, is_heading), label in zip(ticks, ax.get_yticklabels(), strict=True):
        label.set_horizontalalignment("left")
        if is_heading:
            label.set_fontweight("bold")
            ax.plot(
                [left + 0.01, 1], [at + 0.5] * 2, color="#b0b0b0", lw=0.4, transform=ax.get_yaxis_transform(), clip_on=False
            )
    ax.set_title("\n".join(title_lines), fontsize=8, fontweight="bold", pad=8 if not claims else 12, loc="left", x=left + 0.01)
    ax.set_xlabel(_key(matrix, language), fontsize=6.5, labelpad=4)
    ax.xaxis.set_label_position("bottom")
    alt = describe(matrix, title, language)
    ax.set_label(alt)
    if isinstance(ax.figure, Picture):
        ax.figure.alt = alt
    return ax


def _slots(
    matrix: Matrix, rows: list[str], names: dict[str, list[str]], language: Language
) -> tuple[dict[str, tuple[float, float]], list[tuple[float, str]], float]:
    """Top and height of each row, where each family's heading stands, and how far down it all reaches (in row heights)."""
    places: dict[str, tuple[float, float]] = {}
    headings: list[tuple[float, str]] = []
    y, group = 0.0, None
    for row in rows:
        mine = matrix.groups.get(row, {}).get(language)
        if mine and mine != group:
            headings.append((y + 0.6, mine))
            y, group = y + 1.15, mine
        places[row] = (y, max(1.0, 0.68 * len(names[row]) + 0.2))
        y += places[row][1]
    return places, headings, y


def _cell(ax: Axes, matrix: Matrix, cell: pd.Series, place: tuple[float, float, float], language: Language, top: int) -> None:
    x, y, height = place
    if matrix.kind == "count":
        value = int(cell["value"])
        colour, text = (_RAMP(Normalize(0, top)(value)) if value else "#ffffff"), str(value) if value else "·"
        dark = value > 0.55 * top
    else:
        value = 1 if cell["statements"] else 0
        colour, dark = _SHADES[cell["value"]], cell["value"] == "strong"
        text = f"{RATINGS[cell['value']][language]}{cell['marks']} ({cell['statements']})" if not cell["empty"] else "–"
    empty = bool(cell["empty"]) and matrix.kind == "rating"
    box = Rectangle(
        (x + 0.02, y + 0.06),
        0.96,
        height - 0.12,
        facecolor=colour,
        edgecolor="#c4c4c4",
        lw=0.4,
        hatch="/////" if empty else None,
    )
    ax.add_patch(box)
    if not empty:
        ax.text(
            x + 0.5,
            y + height / 2 + 0.02,
            text,
            ha="center",
            va="center",
            color="white" if dark else INK if value else "#5a5a5a",
        )


def _key(matrix: Matrix, language: Language) -> str:
    words = _WORDS[language]
    if matrix.kind == "count":
        return words["scale"].format(unit=UNITS[matrix.unit][language]) + f"   · = 0 ({words['empty']})"
    return f"{words['count']}      /// {words['empty']}\n{words['marks']}"


def describe(matrix: Matrix, title: str, language: Language = "id") -> str:
    """An alternative text: what the figure shows, cell by cell where it is not empty, and a hash of its data."""
    words = _WORDS[language]
    filled = [c for c in matrix.cells.to_dict("records") if (c["value"] if matrix.kind == "count" else not c["empty"])]
    said = "; ".join(
        f"{matrix.label(c['row'], language)} / {matrix.label(c['column'], language)}: {matrix.shown(pd.Series(c), language)}"
        for c in filled
    )
    head = words["cells"].format(rows=len(matrix.row_ids()), columns=len(matrix.column_ids()))
    digest = hashlib.sha256(matrix.table(language).to_csv().encode()).hexdigest()[:12]
    return f"{title}. {head}. {said or words['empty']}. [data {digest}]"


class Shown:
    """Something to look at in a notebook: HTML, with a plain text beside it that says the same and never changes by itself."""

    def __init__(self, plain: str, page: str) -> None:
        self.plain, self.html = plain, page

    def __repr__(self) -> str:
        return self.plain

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": self.plain, "text/html": self.html}


def show(what: Matrix | pd.DataFrame, language: Language = "id") -> Shown:
    """A matrix or a table for the notebook: words wrapped, everything from the corpus escaped.

    In a matrix a click on a cell unfolds the passages behind it. A long table is shown whole.

    Raises
    ------
    ValueError
        If it is neither a matrix nor a table.
    """
    if isinstance(what, Matrix):
        return Shown(_plain_matrix(what, language), _matrix_page(what, language))
    if isinstance(what, pd.DataFrame):
        return Shown(_plain_table(what), _table_page(what))
    raise ValueError(f"show takes a matrix or a table, not {type(what).__name__}")


_CSS = (
    "border-collapse:collapse;font-size:90%;max-width:100%",
    "text-align:left;vertical-align:top;padding:.3em .6em;border-bottom:1px solid #9999;white-space:pre-line;max-width:34em",
)


def _plain_table(table: pd.DataFrame) -> str:
    with pd.option_context("display.max_colwidth", None, "display.width", 250):
        flat = table.map(lambda value: one_line(value) if isinstance(value, str) else value)
        return flat.to_string(
            index=not isinstance(table.index, pd.RangeIndex), float_format=lambda number: f"{number:.3f}", na_rep=""
        )


def _plain_matrix(matrix: Matrix, language: Language) -> str:
    return "\n".join([_plain_table(matrix.table(language)), *matrix.notes(language)])


def _escaped(value: object) -> str:
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.3f}"
    return html.escape("" if value is None else str(value))


def _table_page(table: pd.DataFrame) -> str:
    indexed = not isinstance(table.index, pd.RangeIndex)
    heads = ([table.index.name or ""] if indexed else []) + list(table.columns)
    parts = [
        f'<table style="{_CSS[0]}"><thead><tr>',
        *(f'<th style="{_CSS[1]}">{_escaped(h)}</th>' for h in heads),
        "</tr></thead><tbody>",
    ]
    for row in table.itertuples():
        cells = list(row)[0 if indexed else 1 :]
        parts += ["<tr>", *(f'<td style="{_CSS[1]}">{_escaped(cell)}</td>' for cell in cells), "</tr>"]
    return "".join([*parts, "</tbody></table>"])


def _matrix_page(matrix: Matrix, language: Language) -> str:
    columns = matrix.column_ids()
    table = matrix.table(language)
    heads = "".join(f'<th scope="col" style="{_CSS[1]}">{_escaped(name)}</th>' for name in [table.index.name, *table.columns])
    parts = [f'<table style="{_CSS[0]}"><thead><tr>{heads}</tr></thead><tbody>']
    group = None
    for row, values in zip(matrix.row_ids(), table.itertuples(index=False), strict=True):
        mine = matrix.groups.get(row, {}).get(language)
        if mine and mine != group:
            group = mine
            parts.append(f'<tr><th colspan="{len(table.columns) + 1}" style="{_CSS[1]}">{_escaped(mine)}</th></tr>')
        cells = []
        for number, value in enumerate(values):
            column = columns[number] if number < len(columns) else None
            cells.append(f'<td style="{_CSS[1]}">{_unfolding(matrix, row, column, value)}</td>')
        parts.append(
            f'<tr><th scope="row" style="{_CSS[1]};font-weight:normal">{_escaped(matrix.label(row, language))}</th>{"".join(cells)}</tr>'
        )
    notes = "".join(f'<p style="font-size:85%;max-width:70em">{_escaped(note)}</p>' for note in matrix.notes(language))
    return "".join([*parts, "</tbody></table>", notes])


def _unfolding(matrix: Matrix, row: str, column: str | None, value: object) -> str:
    """A cell's value; where passages stand behind it, a click unfolds them."""
    passages = trace(matrix, row, column) if column else pd.DataFrame()
    if passages.empty or matrix.kind in ("quote", "statement"):
        return _escaped(value)
    seen = passages.drop_duplicates([name for name in ("statement", "document", "segment") if name in passages])
    lines = "".join(
        f"<li>{_escaped(p.get('statement', ''))} {_escaped(p.get('status', ''))}: “{_escaped(one_line(p['quote']))}” [{_escaped(p['document'])}: {_escaped(p['segment'])}]</li>"
        for p in seen.to_dict("records")
    )
    return f"<details><summary>{_escaped(value)}</summary><ul>{lines}</ul></details>"


def overlaps(ax: Axes) -> list[tuple[str, str]]:
    """Pairs of texts of a figure that touch each other or the edge when drawn; a printed figure has none."""
    figure = ax.get_figure()
    figure.draw_without_rendering()  # type: ignore[union-attr]
    found = [(t, t.get_window_extent()) for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]  # type: ignore[union-attr]
    touching = [
        (a.get_text(), b.get_text())
        for i, (a, box) in enumerate(found)
        for b, other in found[i + 1 :]
        if box.shrunk(0.98, 0.9).overlaps(other.shrunk(0.98, 0.9))
    ]
    page = figure.bbox  # type: ignore[union-attr]
    cut = [
        (text.get_text(), "the edge of the page")
        for text, box in found
        if box.x0 < 0 or box.y0 < 0 or box.x1 > page.width or box.y1 > page.height
    ]
    return touching + cut
