"""A title, a key and a body laid out in millimetres go in; axes for print come out: what all charts share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from qualkit.codebook import CodeId, Language
from qualkit.display import MM, PT, WIDTHS, Picture, need_drawable, printable, wrapped
from qualkit.matrix import STATUSES, Matrix
from qualkit.tables import one_line

Width = Literal["single", "onehalf", "double"]
LINE = 2.96  # mm: a line of 7 points
FULL, PALE, RULE = "#22657f", "#8fbccb", "#b8b8b8"
# Shapes that stay apart at 2 mm, each with the sign that stands for it in a line of text, filled and hollow.
SHAPES = (("o", "●", "○"), ("s", "■", "□"), ("^", "▲", "△"), ("D", "◆", "◇"), ("v", "▼", "▽"), ("p", "⬟", "⬠"),
           ("*", "★", "☆"), ("<", "◀", "◁"), (">", "▶", "▷"), ("h", "⬢", "⬡"))  # fmt: skip


def need(matrix: Matrix, what: str, language: str, width: str) -> None:
    """Refuse at the door what no chart can draw, in words."""
    need_drawable(matrix, language, width)
    if what != "timeline" and matrix.kind != "count":
        raise ValueError(
            f"{what} draws numbers, and this is a {matrix.kind} matrix: make one that counts (count_matrix, or arrange with a recipe"
            " that counts)"
        )


def shapes_of(what: Sequence[str], called: str) -> dict[str, tuple[str, str, str]]:
    """A shape for each, with its filled and its hollow sign; of statuses always the same, none like its neighbours."""
    if set(what) <= set(STATUSES):
        return dict(zip(STATUSES, (SHAPES[at] for at in (4, 2, 1, 3, 0, 6)), strict=True))
    if len(what) > len(SHAPES):
        raise ValueError(f"{len(what)} {called} cannot be told apart by shape; at most {len(SHAPES)} can: keep fewer")
    return dict(zip(what, SHAPES, strict=False))


def in_order(column: pd.Series) -> list[str]:
    """The values of a column in the order of its codes, or of the statuses, or as they come."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return [str(value) for value in column.cat.categories]
    found = list(dict.fromkeys(column.astype(str)))
    return [status for status in STATUSES if status in found] + [value for value in found if value not in STATUSES]


def words_for(column: pd.Series, language: Language) -> dict[str, str]:
    """The words for the values of a column: of codes those of the codebook, of other values the values themselves."""
    values: Iterable[Any] = column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else column.unique()
    return {str(v): v.entry.label[language] if isinstance(v, CodeId) else one_line(str(v)) for v in values}


class Room(NamedTuple):
    """Millimetres: of the labels at the left, of the body, and above and below it."""

    label: float
    down: float
    above: float = 0.0
    below: float = 0.0


def page_of(width: str, ax: Axes | None) -> float:
    """How many millimetres wide the page is."""
    if ax is None:
        return WIDTHS[width]
    return float(ax.get_window_extent().transformed(ax.figure.dpi_scale_trans.inverted()).width) / MM


def sheet(title: str, key: Sequence[str], room: Room, page: float, ax: Axes | None) -> Axes:
    """Axes in millimetres, x from the right edge of the labels, y down from the top of the body; with title and key around it."""
    titles = wrapped(title, page - 2, 8, bold=True)
    notes = [line for text in key for line in wrapped(text, page - 2, 6.5)]
    top, bottom = 3.4 * len(titles) + 3.5 + room.above, room.below + 2.8 * len(notes) + 4
    tall = top + room.down + bottom
    if ax is None:
        figure = plt.figure(FigureClass=Picture, figsize=(page * MM, tall * MM))
        ax = figure.add_axes((0, 0, 1, 1))
    else:
        given = float(ax.get_window_extent().transformed(ax.figure.dpi_scale_trans.inverted()).height) / MM
        if given < tall - 0.5:
            raise ValueError(f"ax is {given:.0f} mm high, and this needs {tall:.0f} mm: make its figure taller")
        tall = given
    x, y, wide, deep = ax.get_position().bounds
    body = tall - top - bottom
    ax.set_position(
        (x + room.label / page * wide, y + bottom / tall * deep, (page - room.label) / page * wide, body / tall * deep)
    )
    ax.set(xlim=(0, page - room.label), ylim=(body, 0), facecolor="none", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0, labelsize=7)
    left = (1 - room.label) / (page - room.label)
    pad = (top - 3.4 * len(titles) - 1) / PT
    ax.set_title("\n".join(titles), fontsize=8, fontweight="bold", loc="left", x=left, y=1, pad=pad)
    ax.set_xlabel("\n".join(notes), fontsize=6.5, loc="left")
    ax.xaxis.label.set(verticalalignment="top", horizontalalignment="left")
    ax.xaxis.set_label_coords(left, -(room.below + 1.8) / body)
    return ax


def label_rows(ax: Axes, rows: Sequence[tuple[float, list[str]]], label: float) -> None:
    """Labels of rows as tick labels from the left edge of the page."""
    ax.set_yticks([y for y, _ in rows], ["\n".join(lines) for _, lines in rows])
    ax.tick_params(axis="y", pad=(label - 1) / PT)
    for tick in ax.get_yticklabels():
        tick.set(horizontalalignment="left")


def tell(ax: Axes, said: Sequence[str], drawn: pd.DataFrame) -> Axes:
    """The axes with their alternative text: what is shown, piece by piece, and a hash of the data drawn."""
    for text in ax.findobj(Text):
        text.set(parse_math=False, fontfamily="DejaVu Sans")
    digest = hashlib.sha256(drawn.to_csv(index=False, lineterminator="\n").encode("utf-8", "replace")).hexdigest()[:12]
    alt = printable(f"{'. '.join(part for part in said if part)}. [data {digest}]")
    ax.set_label(alt)
    if isinstance(ax.figure, Picture):
        ax.figure.alt = alt
    return ax
