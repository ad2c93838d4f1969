"""Matrices and tables go in; what a person looks at comes out: notebook tables that unfold to the quotes, and figures."""

from __future__ import annotations

import hashlib
import html
import re
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

from qualkit.codebook import Language
from qualkit.matrix import NOT_MENTIONED, RATINGS, UNITS, Matrix, need_language
from qualkit.tables import is_named, one_line, printable

MM, PT = 1 / 25.4, 25.4 / 72  # a millimetre in inches, a point in millimetres
_LINE, _ROW = 2.96, 4.3  # mm: a line of 7 points, a row of cells
WIDTHS = {"single": 89, "onehalf": 136, "double": 183}  # mm; what journals call single, 1.5 and double column
STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans", "font.size": 7, "axes.linewidth": 0.5, "hatch.linewidth": 0.4, "pdf.fonttype": 42,
    "ps.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": "qualkit", "text.parse_math": False, "figure.dpi": 150,
}  # fmt: skip
INK, FAINT = "#111111", "#5a5a5a"
# One hue whose lightness falls evenly: it reads in grey print and by every kind of colour vision.
_RAMP = LinearSegmentedColormap.from_list("qualkit", ["#f3f6f7", "#c9dde3", "#8fbccb", "#4f93ac", "#22657f", "#0c3a4d"])
_SHADES = {"strong": "#22657f", "moderate": "#8fbccb", "weak": "#e3edf0", "none": "#ffffff"}
_HATCHES = ("/////", "\\\\\\\\\\", "xxxxx", ".....")  # one for each reason why a cell is empty
_WORDS: dict[str, dict[str, Any]] = {
    "id": {"scale": "jumlah {unit} per sel", "claimed": "hasil diklaim", "counted": "pernyataan, tanpa latar",
           "cells": "Matriks {rows} × {columns}", "marks": {"†": "fakta di bawah judul bidang lain", "°": "sumber tunggal"},
           "missing": "tidak ditemukan",
           "ratings": "kuat: ≥ 2 kegiatan/naskah dengan bukti ≥ 2; sedang: ≥ 1 dengan bukti ≥ 1; lemah: hanya harapan, rencana, atau"
                      " klaim hasil"},
    "en": {"scale": "number of {unit} per cell", "claimed": "outcomes claimed", "counted": "statements, without background",
           "cells": "Matrix of {rows} by {columns}", "marks": {"†": "fact from under another heading", "°": "single source"},
           "missing": "not found",
           "ratings": "strong: ≥ 2 acts or instruments with evidence ≥ 2; moderate: ≥ 1 with evidence ≥ 1; weak: hopes, plans or"
                      " claimed outcomes only"},
}  # fmt: skip


class Picture(Figure):
    """A figure that prints as its alternative text and a hash of its data, so that a notebook's check compares what it says."""

    alt = ""

    def __repr__(self) -> str:
        return self.alt or super().__repr__()


def need_drawable(matrix: Matrix, language: str, width: str) -> None:
    """Refuse at the door what no figure can show, in words."""
    need_language(language)
    if not isinstance(matrix, Matrix):
        made = "count_matrix, rating_matrix, arrange and their like return"
        raise ValueError(f"matrix must be what {made}, not {type(matrix).__name__}")
    if width not in WIDTHS:
        raise ValueError(f"width '{width}' is not known. Possible: {', '.join(WIDTHS)}.")
    if matrix.cells.empty:
        raise ValueError("the matrix has no cells: there is nothing to draw")


@contextmanager
def styled() -> Iterator[None]:
    """The settings figures are drawn with. Whether a notebook shows figures by itself is decided by the first one drawn, and stays."""
    with plt.rc_context(STYLE):  # type: ignore[arg-type]  # its keys are spelled out one by one in the stubs
        yield
        shown = plt.isinteractive()
    if shown:
        plt.ion()


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
        Any matrix. Nothing is drawn that is not in it; of one that holds texts, how many statements stand in each cell.
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
        If the matrix has no cells, the width is not known, or the columns do not fit into it.

    Notes
    -----
    Where a column is too narrow for its ratings they are set in two lines, then as initials with a key. A character that
    the font does not have is drawn as its code, such as [U+4E2D].

    Examples
    --------
    >>> from qualkit.matrix import count_matrix
    >>> codings = pd.DataFrame({"document": "berita", "segment": [1, 2], "sector": ["DIK", "EKO"], "case": "A-B"})
    >>> ax = heatmap(count_matrix(codings, rows="sector", columns="case"), title="Segmen per sektor", width="single")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['DIK', 'EKO']
    """
    need_drawable(matrix, language, width)
    with styled():
        return _draw(matrix.counted() if matrix.is_text else matrix, title, language, WIDTHS[width], ax)


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = 7, bold: bool = False) -> float:
    """How many millimetres a line takes in print, and a little more, for screens draw it longer."""
    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    return float(TextToPath().get_text_width_height_descent(text, font, ismath=False)[0]) * PT * 1.06


def wrapped(text: str, width: float, size: float = 7, bold: bool = False) -> list[str]:
    """The text in lines of at most that many millimetres; a word is cut only where it is longer than a line."""
    glyphs = get_font(findfont("DejaVu Sans")).get_charmap()
    drawn = "".join(c if ord(c) in glyphs else f"[U+{ord(c):04X}]" for c in one_line(printable(text)).replace("\ufeff", ""))
    breadths = [width_of(character, size, bold) for character in drawn]
    least = min(filter(None, breadths), default=1.0)
    most = int(1.1 * width / least) + breadths.count(0) + 1  # more letters than that fit into no line
    for length in range(min(most, len(drawn)), 0, -1):
        lines = textwrap.wrap(drawn, length)
        if all(width_of(line, size, bold) <= width for line in lines):
            return lines
    return list(drawn) or [""]


class _Form(NamedTuple):
    """How the cells are set: at which size, in how many lines, in words or as initials."""

    size: float
    lines: int = 1
    initials: bool = False

    def text(self, matrix: Matrix, cell: pd.Series, language: Language) -> str:
        if matrix.kind == "count":
            return str(cell["value"] or "·")
        word = RATINGS[cell["value"]][language]
        rating = (word[0].upper() if self.initials else word) + cell["marks"]
        return f"{rating} ({cell['statements']})" if self.lines == 1 else f"{rating}\n({cell['statements']})"


_FORMS = (_Form(7), _Form(6), _Form(7, 2), _Form(6, 2), _Form(6, 2, initials=True))


def _form(matrix: Matrix, width: float, language: Language) -> _Form | None:
    """The first form in which every cell fits into a column of that many millimetres, if there is one."""
    filled = [cell for _, cell in matrix.cells.iterrows() if matrix.kind == "count" or not cell["empty"]]
    for form in _FORMS:
        lines = {line for cell in filled for line in form.text(matrix, cell, language).split("\n")}
        if all(width_of(line, form.size) <= width - 1 for line in lines):
            return form
    return None


def _heads(names: list[str], width: float) -> tuple[list[list[str]], bool]:
    """Column heads in lines, and whether they stand upright because a word is wider than its column."""
    words = [word for name in names for word in re.split(r"(?<=-)|\s", name)]
    lines = [wrapped(name, width - 1) for name in names]
    if max(map(width_of, words)) <= width - 1 and max(map(len, lines)) <= 4:
        return lines, False
    for length in (20, 26, 34, 1000):
        lines = [wrapped(name, length) for name in names]
        if max(map(len, lines)) * _LINE <= width:
            break
    return lines, True


def _height(heads: list[list[str]], upright: bool) -> float:
    return max(width_of(line) for head in heads for line in head) if upright else _LINE * max(map(len, heads), default=0)


def _draw(matrix: Matrix, title: str, language: Language, page: float, ax: Axes | None) -> Axes:
    """Lay out a page of that many millimetres (or the place of `ax`); x and y of the axes are millimetres of it."""
    if ax is not None:
        frame = ax.get_window_extent().transformed(ax.figure.dpi_scale_trans.inverted())
        page = frame.width / MM
    rows, columns = matrix.row_ids(), matrix.column_ids()
    claims = columns if matrix.kind == "rating" else []
    gap = 2.0 if claims else 0.0
    for share in (0.37, 0.28):  # of the page, for the row labels: less where that leaves room for words in the cells
        names = {row: wrapped(matrix.label(row, language), share * page) for row in rows}
        label = max(width_of(line) for lines in names.values() for line in lines) + 3
        area = page - label - 1
        claim = max(0.42 * (area - gap) / (1.42 * len(columns)), 4.0)
        column = (area - gap - claim * len(claims)) / len(columns)
        form = _form(matrix, column, language)
        if form and not form.initials:
            break
    if not form:
        raise ValueError(
            f"{len(columns)} columns do not fit into {page:.0f} mm: their cells would be printed smaller than 6 points."
            " Choose a greater width, keep fewer columns (matrix.keep) or turn the matrix (matrix.transposed)."
        )
    heads, upright = _heads([matrix.label(c, language) for c in columns], column)
    again = [wrapped(matrix.label(c, language), 30) for c in claims]  # their names in full stand over the ratings
    brief, stood = _heads([lines[0] + (" …" if lines[1:] else "") for lines in again], claim) if claims else ([], False)
    above = 1 + max(_height(heads, upright), _height(brief, stood))
    places, families, down = _slots(matrix, names, form.lines, page, language)
    titles = wrapped(title, page - 2, 8, bold=True)
    key = [line for text in _key(matrix, form, language) for line in wrapped(text, page - 2, 6.5)]
    top, bottom = above + 3.4 * len(titles) + (7 if claims else 4), 2.8 * len(key) + 4
    if ax is None:
        tall = top + down + bottom
        figure = plt.figure(FigureClass=Picture, figsize=(page * MM, tall * MM))
        ax = figure.add_axes((0, 0, 1, 1))
    else:
        tall = frame.height / MM
        if tall < top + 0.8 * down + bottom:
            raise ValueError(
                f"ax is {tall:.0f} mm high, and these rows need {top + down + bottom:.0f} mm: make its figure taller"
            )
    x, y, width, height = ax.get_position().bounds
    body = tall - top - bottom
    ax.set_position((x + label / page * width, y + bottom / tall * height, area / page * width, body / tall * height))
    ax.set(xlim=(0, area), ylim=(down, 0), facecolor="none")
    ax.spines[:].set_visible(False)
    middles = [(at + 0.5) * column for at in range(len(columns))]
    claimed = [len(columns) * column + gap + (at + 0.5) * claim for at in range(len(claims))]
    for _, cell in matrix.cells.iterrows():
        at, (start, deep) = columns.index(cell["column"]), places[cell["row"]]
        _cell(ax, matrix, cell, (at * column, start, column, deep), form, language)
        if claims:
            found = int(cell["outcomes"])
            ax.text(claimed[at], start + deep / 2, str(found or "·"), ha="center", va="center", color=INK if found else FAINT)
    ax.xaxis.tick_top()
    ax.tick_params(length=0, pad=2, labelsize=7)
    ax.set_xticks(middles + claimed, ["\n".join(head) for head in heads + brief])
    for at, tick in enumerate(ax.get_xticklabels()):
        tick.set_rotation(90 if (upright if at < len(heads) else stood) else 0)
    _row_labels(ax, places, names, families, label)
    if claims:
        over, side = _WORDS[language]["claimed"], sum(claimed) / len(claimed)
        side = min(side, area - width_of(over, 6.5) / 2)
        ax.text(side, 1 + (above + 1.2) / body, over, ha="center", va="bottom", fontsize=6.5, fontstyle="italic",
                transform=ax.get_xaxis_transform())  # fmt: skip
    left = (1 - label) / area
    ax.set_title(
        "\n".join(titles), fontsize=8, fontweight="bold", loc="left", x=left, y=1, pad=(top - 3.4 * len(titles) - 1) / PT
    )
    ax.set_xlabel("\n".join(key), fontsize=6.5, labelpad=5, loc="left")
    ax.xaxis.set_label_position("bottom")
    ax.xaxis.label.set_x(left)
    for text in ax.findobj(Text):
        text.set(parse_math=False, fontfamily="DejaVu Sans")
    alt = describe(matrix, title, language)
    ax.set_label(alt)
    if isinstance(ax.figure, Picture):
        ax.figure.alt = alt
    return ax


_Places = dict[str, tuple[float, float]]  # where each row begins, and its height


def _slots(
    matrix: Matrix, names: dict[str, list[str]], lines: int, page: float, language: Language
) -> tuple[_Places, list[tuple[float, list[str]]], float]:
    """Where each row and each family's heading stands, and how far down it all reaches."""
    places: _Places = {}
    families: list[tuple[float, list[str]]] = []
    y, family = 0.0, None
    for row, name in names.items():
        mine = matrix.groups.get(row, {}).get(language)
        if mine and mine != family:
            head, family = wrapped(mine, page - 2, bold=True), mine
            families.append((y + 0.65 * _ROW + (len(head) - 1) * _LINE / 2, head))
            y += 1.2 * _ROW + (len(head) - 1) * _LINE
        deep = max(_LINE * len(name) + 1.3, _ROW if lines == 1 else 6.6)
        places[row] = (y, deep)
        y += deep
    return places, families, y


def _row_labels(
    ax: Axes, places: _Places, names: dict[str, list[str]], families: list[tuple[float, list[str]]], label: float
) -> None:
    """Rows and families as tick labels on the left edge; a family is bold and has a rule under it."""
    ticks = [(start + deep / 2, "\n".join(names[row]), False) for row, (start, deep) in places.items()]
    ticks = sorted(ticks + [(y, "\n".join(head), True) for y, head in families])
    ax.set_yticks([y for y, _, _ in ticks], [text for _, text, _ in ticks])
    ax.tick_params(axis="y", pad=(label - 1) / PT)
    for (y, text, is_family), tick in zip(ticks, ax.get_yticklabels(), strict=True):
        tick.set(horizontalalignment="left", fontweight="bold" if is_family else "normal")
        if is_family:
            under = y + 0.5 * _ROW + text.count("\n") * _LINE / 2
            ax.plot([1 - label, ax.get_xlim()[1]], [under] * 2, color="#909090", lw=0.5, clip_on=False)


def _cell(ax: Axes, matrix: Matrix, cell: pd.Series, place: tuple[float, ...], form: _Form, language: Language) -> None:
    """A shaded box with its number or word, or hatched where nothing is rated."""
    x, y, wide, deep = place
    hatch = None
    if matrix.kind == "count":
        colour = _RAMP(cell["value"] / matrix.cells["value"].max()) if cell["value"] else "#ffffff"
    else:
        colour = _SHADES[cell["value"]]
        if cell["empty"]:
            hatch = _HATCHES[_reasons(matrix, language).index(cell["empty"][language]) % len(_HATCHES)]
    box = Rectangle((x + 0.3, y + 0.25), wide - 0.6, deep - 0.5, facecolor=colour, edgecolor="#b8b8b8", lw=0.4, hatch=hatch)
    ax.add_patch(box)
    if not hatch:
        ax.text(x + wide / 2, y + deep / 2, form.text(matrix, cell, language), ha="center", va="center", fontsize=form.size,
                linespacing=1.05, color=FAINT if cell["value"] in (0, "none") else ink(colour))  # fmt: skip


def luminance(colour: Any) -> float:
    """How light a colour is for the eye and in grey print, from 0 (black) to 1 (white), after WCAG 2.

    >>> luminance("#ffffff"), luminance("black")
    (1.0, 0.0)
    """
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink(colour: Any) -> str:
    """Black or white, whichever stands out more on the colour."""
    light = luminance(colour)
    return INK if (light + 0.05) / (luminance(INK) + 0.05) >= 1.05 / (light + 0.05) else "white"


def _reasons(matrix: Matrix, language: Language) -> list[str]:
    """Why cells of this matrix are empty, each reason once."""
    return list(dict.fromkeys(why[language] for why in matrix.cells["empty"] if why))


def _key(matrix: Matrix, form: _Form, language: Language) -> list[str]:
    """What the signs mean and, of ratings, what the words mean."""
    words, reasons = _WORDS[language], _reasons(matrix, language)
    if matrix.kind == "count":
        zero = [f"· = 0: {' / '.join(reasons)}"] if reasons else []
        return ["; ".join([words["scale"].format(unit=UNITS[matrix.unit][language]), *zero])]
    used = "".join(matrix.cells["marks"])
    initials = [f"{word[language][0].upper()} = {word[language]}" for word in RATINGS.values()] if form.initials else []
    hatched = [f"{_HATCHES[at % len(_HATCHES)][:3]} {reason}" for at, reason in enumerate(reasons)]
    marks = [f"{mark} {meaning}" for mark, meaning in words["marks"].items() if mark in used]
    return ["; ".join([*initials, f"(n) {words['counted']}", *hatched, *marks]), words["ratings"]]


def describe(matrix: Matrix, title: str, language: Language = "id") -> str:
    """An alternative text: what the figure shows, cell by cell, then the empty cells by their reason, and a hash of its data."""
    words, said = _WORDS[language], []
    missing: dict[str, list[str]] = {}
    for _, cell in matrix.cells.iterrows():
        place = f"{matrix.label(cell['row'], language)} / {matrix.label(cell['column'], language)}"
        if cell["empty"]:
            reason = words["missing"] if cell["empty"] == NOT_MENTIONED else cell["empty"][language]
            missing.setdefault(reason, []).append(place)
        else:
            more = f" ({cell['statements']})" if matrix.kind == "rating" else ""
            if more and cell["outcomes"]:
                more += f", {words['claimed']}: {cell['outcomes']}"
            said.append(f"{place}: {matrix.shown(cell, language)}{more}")
    head = words["cells"].format(rows=len(matrix.row_ids()), columns=len(matrix.column_ids()))
    drawn = matrix.cells[["row", "column", "value", "statements", "outcomes", "marks"]]
    digest = hashlib.sha256(drawn.to_csv(index=False, lineterminator="\n").encode()).hexdigest()[:12]
    gaps = [f"{reason[:1].upper()}{reason[1:]}: {'; '.join(places)}" for reason, places in missing.items()]
    told = [title, head, "; ".join(said), *gaps] if said else [title, head, *gaps]
    return printable(f"{'. '.join(told)}. [data {digest}]")


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

    In a matrix a click on a cell unfolds the passages behind it. A long table is shown whole; white space in its texts is
    shown as single blanks, since the line breaks of a printed page are not the table's.

    Raises
    ------
    ValueError
        If it is neither a matrix nor a table.

    Examples
    --------
    >>> show(pd.DataFrame({"sektor": ["DIK"], "segmen": [2]}))
    sektor  segmen
       DIK       2
    """
    need_language(language)
    if isinstance(what, Matrix):
        plain = printable("\n".join([_plain_table(what.table(language)), *what.notes(language)]))
        return Shown(plain, _unset(_matrix_page(what, language)))
    if isinstance(what, pd.DataFrame):
        return Shown(printable(_plain_table(what)), _unset(_table_page(what)))
    name = type(what).__name__
    claims = "; claims: use qk.verify or qk.evidence_for"
    advice = {"Series": "; a column alone: use .to_frame()", "Claim": claims, "Claims": claims}
    raise ValueError(f"show takes a matrix or a table, not {name}{advice.get(name, '')}")


_CSS = (
    "border-collapse:collapse;font-size:90%;max-width:100%",
    "text-align:left;vertical-align:top;padding:.3em .6em;border-bottom:1px solid #9999;white-space:pre-line;max-width:34em",
    "text-align:left;padding:.9em .6em .3em;border-bottom:1px solid;font-weight:bold",  # a family's heading
)
_SHORT = 14  # letters of a text that does not break, such as a date or an id


def _unset(page: str) -> str:
    """The page where Jupyter does not set what stands between two dollars as mathematics."""
    return f'<div class="tex2jax_ignore mathjax_ignore">{page}</div>'


def _plain_table(table: pd.DataFrame) -> str:
    flat = table.map(lambda value: one_line(value) if isinstance(value, str) else value)
    indexed = is_named(table)
    return flat.to_string(index=indexed, float_format=lambda number: f"{number:.3f}", na_rep="")


def _printed(value: Any) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    return f"{value:.3f}" if isinstance(value, float) else printable(str(value))


def _escaped(value: Any) -> str:
    return html.escape(_printed(value))


def _page(heads: Iterable[object], lines: list[str]) -> str:
    cells = "".join(f'<th scope="col" style="{_CSS[1]}">{_escaped(head)}</th>' for head in heads)
    return f'<table style="{_CSS[0]}"><thead><tr>{cells}</tr></thead><tbody>{"".join(lines)}</tbody></table>'


def _table_page(table: pd.DataFrame) -> str:
    indexed = is_named(table)
    heads = ([table.index.name or ""] if indexed else []) + list(table.columns)
    return _page(heads, [f"<tr>{''.join(map(_plain_cell, row))}</tr>" for row in table.itertuples(index=indexed)])


def _plain_cell(value: Any) -> str:
    text = one_line(_printed(value)) if isinstance(value, str) else _printed(value)
    unbroken = ";white-space:nowrap" if len(text) <= _SHORT else ""
    return f'<td style="{_CSS[1]}{unbroken}">{html.escape(text)}</td>'


def _matrix_page(matrix: Matrix, language: Language) -> str:
    columns, table, group = matrix.column_ids(), matrix.table(language), None
    lines = []
    for row, values in zip(matrix.row_ids(), table.itertuples(index=False), strict=True):
        mine = matrix.groups.get(row, {}).get(language)
        if mine and mine != group:
            group, span = mine, len(table.columns) + 1
            lines.append(f'<tr><th scope="rowgroup" colspan="{span}" style="{_CSS[2]}">{_escaped(mine)}</th></tr>')
        unfolding = [_unfolding(matrix, row, column, value) for column, value in zip_longest(columns, values)]
        cells = "".join(f'<td style="{_CSS[1]}">{cell}</td>' for cell in unfolding)
        label = f'<th scope="row" style="{_CSS[1]};font-weight:normal">{_escaped(matrix.label(row, language))}</th>'
        lines.append(f"<tr>{label}{cells}</tr>")
    notes = "".join(f'<p style="font-size:85%;max-width:70em">{_escaped(note)}</p>' for note in matrix.notes(language))
    return _page([table.index.name, *table.columns], lines) + notes


def _unfolding(matrix: Matrix, row: str, column: str | None, value: object) -> str:
    """A cell's value; where passages stand behind it, a click unfolds them, each with what stands around it."""
    if column is None or (passages := matrix.behind(row, column)).empty:
        return _escaped(value)
    seen = passages.drop_duplicates([name for name in ("statement", "document", "segment") if name in passages])
    lines = []
    for passage in seen.to_dict("records"):
        told = f"{passage.get('statement', '')} {passage.get('status', '')}: "
        quote, place = (
            _escaped(one_line(str(passage["quote"]))),
            f"[{_escaped(passage['document'])}: {_escaped(passage['segment'])}]",
        )
        before = " ".join(str(passage.get("prefix") or "").split()[1:])  # the first and the last word may be cut
        after = " ".join(str(passage.get("suffix") or "").split()[:-1])
        around = [
            f'<span style="opacity:.65">{_escaped(text)}</span>' if text.strip(" …") else ""
            for text in (f"… {before} ", f" {after} …")
        ]
        lines.append(f"<li>{_escaped(told)}{around[0]}“{quote}”{around[1]} {place}</li>")
    return f"<details><summary>{_escaped(value)}</summary><ul>{''.join(lines)}</ul></details>"


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
