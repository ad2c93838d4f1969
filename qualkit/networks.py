"""A square matrix of counts goes in; a network of what occurs together comes out, ready for print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
from matplotlib.axes import Axes

from qualkit.codebook import Language
from qualkit.display import FAINT, PT, styled, width_of, wrapped
from qualkit.matrix import UNITS, Matrix
from qualkit.page import FULL, LINE, Room, Width, need, page_of, shapes_of, sheet, tell

_WORDS: dict[str, dict[str, str]] = {
    "id": {
        "network": "(n) = jumlah {unit} masing-masing; angka dan tebal garis = jumlah {unit} yang memuat keduanya",
        "ones": "garis tanpa angka = {least}",
        "alone": "Tanpa garis ({n}): {names}",
        "no_edges": "Tidak ada yang muncul bersama.",
        "graph": "Jejaring {nodes} simpul, {edges} garis, {parts} kelompok yang terhubung",
        "nodes": "Simpul",
        "edges": "Garis",
        "other": "lainnya",
    },
    "en": {
        "network": "(n) = number of {unit} of each; number and width of a line = number of {unit} that hold both",
        "ones": "a line without a number = {least}",
        "alone": "Without a line ({n}): {names}",
        "no_edges": "None occur together.",
        "graph": "Network of {nodes} nodes and {edges} lines, {parts} connected groups",
        "nodes": "Nodes",
        "edges": "Lines",
        "other": "other",
    },
}


def network(matrix: Matrix, title: str, language: Language = "id", width: Width = "double", ax: Axes | None = None) -> Axes:
    """Draw what occurs together: a node per code or actor, a line per pair, both with their numbers.

    Parameters
    ----------
    matrix
        A count matrix with the same ids in its rows and its columns: how many statements hold both, and on the diagonal how many
        hold each. Families are told by the shape of their nodes.
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
        Its texts are the labels of the nodes and the numbers on the lines. Its figure prints as an alternative text.

    Raises
    ------
    ValueError
        If the matrix is not square, not symmetric, or holds no numbers, or if labels and numbers do not fit into the width.

    Notes
    -----
    Nodes stand in the order of the matrix on an oval, clockwise from the top: where a node stands says nothing about it.
    Without a line it is named under the figure. Of the lines those of the smallest number carry no number where others do.
    Where nearly everything occurs with everything, a heatmap of the same matrix reads better.

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 5 (context chart).

    Examples
    --------
    >>> import pandas as pd
    >>> from qualkit.matrix import count_matrix
    >>> pairs = [("guru", "guru", 1), ("guru", "siswa", 1), ("siswa", "guru", 1), ("siswa", "siswa", 1), ("siswa", "siswa", 2)]
    >>> codings = pd.DataFrame(pairs, columns=["code", "with", "segment"]).assign(document="berita")
    >>> ax = network(count_matrix(codings, rows="code", columns="with"), title="Segmen yang memuat keduanya", width="single")
    >>> [text.get_text() for text in ax.texts]
    ['guru (1)', 'siswa (2)', '1']
    """
    need(matrix, "network", language, width)
    words, unit = _WORDS[language], UNITS[matrix.unit][language]
    strength = _square(matrix)
    graph = nx.Graph()
    graph.add_nodes_from(matrix.row_ids())
    pairs = combinations(matrix.row_ids(), 2)
    graph.add_weighted_edges_from((one, other, strength[one, other]) for one, other in pairs if strength[one, other])
    named = {name: f"{matrix.label(name, language)} ({strength[name, name]})" for name in graph}
    alone = list(nx.isolates(graph))
    ring = [name for name in graph if name not in alone]
    lines = sorted(graph.edges(data="weight"), key=lambda line: line[2])
    weights = [weight for _, _, weight in lines]
    bare = min(weights) if len(set(weights)) > 1 else 0  # the number that goes without saying
    families = list(dict.fromkeys(_family(matrix, name, language) for name in graph))
    shapes = shapes_of(families, "families")  # of all, so that a family keeps its shape from figure to figure
    key = ["; ".join([words["network"].format(unit=unit), *([words["ones"].format(least=bare)] if bare else [])])]
    if any(families):
        drawn = {_family(matrix, name, language) for name in ring}
        key.append("; ".join(f"{shapes[f][1]} {f or words['other']}" for f in families if f in drawn))
    if alone:
        key.append(words["alone"].format(n=len(alone), names="; ".join(named[name] for name in alone)))
    with styled():
        page = page_of(width, ax)
        most = max((strength[name, name] for name in ring), default=1) or 1
        discs = {name: 0.9 + 1.9 * math.sqrt(strength[name, name] / most) for name in ring}
        texts = {name: _with_number(named[name], 0.27 * page) for name in ring}
        heavy = {(one, other): str(weight) for one, other, weight in lines if weight != bare}
        for deeper in (1, 1.2, 1.45, 1.75):
            places, down = _oval(texts, discs, page, deeper)
            taken = [box for name in ring for box in _boxes(places[name], discs[name], texts[name], page)]
            curves = [_curve(places[one], places[other], (page / 2, down / 2)) for one, other, _ in lines]
            spots = _numbers(curves[len(lines) - len(heavy) :], list(heavy.values()), taken, curves)
            if len(spots) == len(heavy):
                break
        else:
            one, other = list(heavy)[-1 - len(spots)]
            raise ValueError(
                f"{len(lines)} lines do not fit into {page:.0f} mm: the number of '{one}' with '{other}' has no place. Choose a"
                " greater width or keep fewer rows and columns (matrix.keep(rows=chosen, columns=chosen))."
            )
        ax = sheet(title, key, Room(0, down), page, ax)
        for curve, weight in zip(curves, weights, strict=True):
            share = weight / max(weights) if bare else 0.25  # where all are the same none is heavy
            ax.plot(*curve.T, lw=0.5 + 3 * share, color=str(0.64 - 0.5 * share), zorder=1, solid_capstyle="butt")
        for name in ring:
            (x, y), disc, marker = places[name], discs[name], shapes[_family(matrix, name, language)][0]
            ax.scatter([x], [y], s=(2 * disc / PT) ** 2, marker=marker, color=FULL, edgecolor="white", lw=0.6, zorder=2)
            side = 1 if x > page / 2 else -1
            ax.text(x + side * (disc + 1), y, "\n".join(texts[name]), ha="left" if side > 0 else "right", va="center")
        for spot, weight in zip(spots, reversed(heavy.values()), strict=True):
            ax.text(*spot, weight, ha="center", va="center", fontsize=6.5, zorder=3,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})  # fmt: skip
        if not ring:
            ax.text(page / 2, down / 2, words["no_edges"], ha="center", va="center", color=FAINT)
        parts = sum(1 for part in nx.connected_components(graph) if len(part) > 1)
        said = [title, words["graph"].format(nodes=len(graph), edges=len(lines), parts=parts)]
        said.append(f"{words['nodes']}: {'; '.join(named.values())}")
        if lines:
            told = (f"{matrix.label(a, language)} – {matrix.label(b, language)}: {n}" for a, b, n in reversed(lines))
            said.append(f"{words['edges']}: {'; '.join(told)}")
        return tell(ax, said, matrix.cells[["row", "column", "value"]])


def _with_number(text: str, width: float) -> list[str]:
    """A label in lines, its number in brackets never alone on one."""
    label, _, number = text.rpartition(" ")
    lines = wrapped(label, width - width_of(f" {number}"))
    return [*lines[:-1], f"{lines[-1]} {number}" if lines else number]


def _square(matrix: Matrix) -> dict[tuple[str, str], int]:
    """The numbers of a matrix whose rows and columns are the same things."""
    rows, columns = matrix.row_ids(), matrix.column_ids()
    for here, there, what, other in ((rows, columns, "rows", "columns"), (columns, rows, "columns", "rows")):
        if apart := [name for name in here if name not in there]:
            raise ValueError(
                f"a network needs the same rows and columns, and '{apart[0]}' stands only in the {what}. Make a matrix of"
                f" what occurs together, and keep the same {other} as {what}: matrix.keep(rows=chosen, columns=chosen)."
            )
    cells = zip(matrix.cells["row"], matrix.cells["column"], matrix.cells["value"], strict=True)
    numbers = {(row, column): int(value) for row, column, value in cells}
    for (one, other), number in numbers.items():
        if number != numbers[other, one]:
            raise ValueError(
                f"'{one}' with '{other}' is {number}, but '{other}' with '{one}' is {numbers[other, one]}: a network shows what"
                " occurs together, the same both ways"
            )
    return numbers


_CLEAR = 0.7  # mm from a number to the next line: nearer, nobody could tell whose number it is
_Places = dict[str, tuple[float, float]]


def _oval(texts: dict[str, list[str]], discs: dict[str, float], page: float, deeper: float) -> tuple[_Places, float]:
    """Where each node stands, in millimetres, and how deep the oval is: every label has its own height beside its node."""
    names = list(texts)
    half = math.ceil(len(names) / 2)
    sides = [(1, names[:half]), (-1, names[half:][::-1])]
    slots = {name: max(LINE * len(texts[name]) + 1, 2 * discs[name] + 1) for name in names}
    down = deeper * max([sum(slots[name] for name in side) for _, side in sides] + [min(0.5 * page, 12.0 * half), 12])
    label = max((width_of(line) for lines in texts.values() for line in lines), default=0) + max(discs.values(), default=0) + 2
    across = min(page / 2 - label, 0.85 * down)
    places: _Places = {}
    for side, members in sides:
        spare = (down - sum(slots[name] for name in members)) / max(len(members), 1)
        y = 0.0
        for name in members:
            middle = y + (slots[name] + spare) / 2
            places[name] = (page / 2 + side * across * math.sqrt(1 - (2 * middle / down - 1) ** 2), middle)
            y += slots[name] + spare
    return places, down


def _curve(start: tuple[float, float], end: tuple[float, float], centre: tuple[float, float]) -> Any:
    """161 points of a line from node to node that bends towards the centre, so that lines of neighbours do not lie on each other."""
    one, two, share = np.array(start), np.array(end), np.linspace(0, 1, 161)[:, None]
    inwards = np.array(centre) - (one + two) / 2
    far = np.hypot(*inwards) or 1
    bend = (one + two) / 2 + inwards / far * min(0.5 * far, 0.55 * np.hypot(*(two - one)))
    return (1 - share) ** 2 * one + 2 * share * (1 - share) * bend + share**2 * two


def _boxes(place: tuple[float, float], disc: float, lines: list[str], page: float) -> list[tuple[float, ...]]:
    """What a node and its label take up: left, right, top, bottom."""
    (x, y), deep = place, LINE * len(lines) / 2
    far = x + (1 if x > page / 2 else -1) * (disc + 1 + max(map(width_of, lines)))
    return [(x - disc, x + disc, y - disc, y + disc), (min(x, far), max(x, far), y - deep, y + deep)]


def _numbers(
    curves: Sequence[Any], texts: Sequence[str], taken: Sequence[tuple[float, ...]], lines: Sequence[Any]
) -> list[tuple[float, float]]:
    """Where on its line each number stands, the last first: off what is `taken`, and as far from the other lines as can be.

    It ends at the first number that has no place.
    """
    boxes, found = list(taken), []
    points = np.concatenate([np.empty((0, 2)), *lines])
    owner = np.repeat(np.arange(len(lines)), 161) - (len(lines) - len(curves))
    for at in range(len(curves) - 1, -1, -1):
        wide, best, spot = width_of(texts[at], 6.5) / 2 + 0.4, -math.inf, None
        others = points[owner != at]
        for step in sorted(range(4, 37), key=lambda step: abs(step - 20)):
            x, y = map(float, curves[at][4 * step])
            if any(x + wide > a and x - wide < b and y + 1.4 > c and y - 1.4 < d for a, b, c, d in boxes):
                continue
            near = others[(abs(others[:, 0] - x) < 3) & (abs(others[:, 1] - y) < 3)]
            clear = min(np.hypot(*(near - (x, y)).T).min(initial=3), 3)
            if clear >= _CLEAR and clear - abs(step - 20) / 20 > best:
                best, spot = clear - abs(step - 20) / 20, (x, y)
        if spot is None:
            break
        found.append(spot)
        boxes.append((spot[0] - wide, spot[0] + wide, spot[1] - 1.4, spot[1] + 1.4))
    return found


def _family(matrix: Matrix, name: str, language: Language) -> str:
    return matrix.groups.get(name, {}).get(language, "")
