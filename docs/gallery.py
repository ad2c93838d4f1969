"""The catalogue of displays and the study go in; the page displays.md and its pictures come out.

Run from the folder of the repository: python docs/gallery.py
"""

from __future__ import annotations

import html
import io
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
from PIL import Image

import qualkit as qk
from qualkit.display import STYLE
from qualkit.tables import write_whole

ROOT = Path(__file__).resolve().parents[1]
STUDY = """\
import qualkit as qk

codebook = qk.read_codebook("codebook.yaml")
segments = qk.split(qk.read_corpus("corpus"), into="sentences")
codings = qk.read_codings("corpus/codings", segments, codebook)
statements = qk.read_statements("corpus/statements.csv", codings, codebook)
pairs = statements[statements["case"].isin(["SUB-BUS", "MDN-GWJ"])]  # the two pairs that the study compares
relations = qk.read_relations("corpus/relations.csv", statements)
patterns = qk.read_patterns("corpus/patterns.yaml", statements)
ratings = qk.rating_matrix(statements, rows="sector", columns="case").keep(columns=["SUB-BUS", "MDN-GWJ"])
"""


class Shown(NamedTuple):
    """How a display is made, and what of it is shown: a picture, or some rows and columns as a table."""

    call: str
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    draw: str = ""


CASES, SECTORS = ("SUB-BUS", "MDN-GWJ"), ("SOSBUD.BUDAYA", "DIK.GURU")
DISPLAYS = {
    "partially ordered meta-matrix": Shown('qk.arrange(statements, "partially ordered meta-matrix")', SECTORS, CASES),
    "checklist matrix": Shown(
        'qk.arrange(pairs[pairs["sector"] == "DIK.PELAJAR"], "checklist matrix")',
        ("instrument", "dates", "frequency", "direction"), CASES,
    ),
    "content-analytic summary table": Shown(
        'qk.arrange(statements, "content-analytic summary table")', SECTORS, ("aspired", "signed", "implemented"),
    ),
    "contrast table": Shown('qk.arrange(pairs, "contrast table")', (*SECTORS, "EKO.UMUM"), (*CASES, "verdict")),
    "event listing": Shown(
        'qk.arrange(qk.periods(statements, starts=[1993, 2000, 2010, 2020]), "event listing")',
        draw='qk.timeline(made, title="Peristiwa menurut pasangan kota (pernyataan)")',
    ),
    "time-ordered meta-matrix": Shown(
        'qk.arrange(qk.periods(pairs, starts=[1993, 2000, 2010, 2020]), "time-ordered meta-matrix")',
        CASES, ("1993-1999", "2000-2009"),
    ),
    "source-by-statement triangulation matrix": Shown(
        'qk.arrange(statements, "source-by-statement triangulation matrix", given=relations)',
        ("S036", "S055", "S013"), ("rakhmadi-2023", "antara-medan-gwangju"),
    ),
    "conceptually clustered matrix": Shown(
        'qk.arrange(qk.with_patterns(pairs, patterns, kind="theme"), "conceptually clustered matrix")',
        CASES, ("MOTIF", "HAMBATAN"),
    ),
    "role-ordered matrix": Shown(
        'qk.arrange(qk.spread(pairs, "actor", codebook), "role-ordered matrix")', ("leader_id", "pupil"), ("SOSBUD", "DIK"),
    ),
    "effects matrix": Shown(
        'qk.arrange(qk.with_patterns(qk.spread(statements, "actor", codebook), patterns, kind="explanation"), "effects matrix")',
        ("SOSBUD.BUDAYA", "DIK.SISTEM"), ("EFEK.LANGSUNG", "EFEK.META"),
    ),
    "context chart": Shown(
        'qk.arrange(qk.spread(pairs[pairs["case"] == "MDN-GWJ"], "actor", codebook), "context chart")',
        draw='qk.network(made, title="Medan-Gwangju: pelaku yang disebut bersama (jumlah pernyataan)", width="onehalf")',
    ),
    "code co-occurrence": Shown(
        'qk.arrange(pairs, "code co-occurrence")',
        draw='qk.network(made, title="Sektor yang disebut dalam pernyataan yang sama (jumlah pernyataan)")',
    ),
    "case-ordered descriptive meta-matrix": Shown(
        'qk.arrange(statements, "case-ordered descriptive meta-matrix")', ("MDN-GWJ", "SUB-BUS", "JKT-SHA"), SECTORS,
    ),
    "critical incident chart": Shown('qk.arrange(pairs, "critical incident chart")', ("1997-04-23", "2012-11-03/2012-11-08", "2018"), CASES),
    "code combinations": Shown(
        'qk.arrange(pairs, "code combinations")',
        draw='qk.upset(made, title="Kombinasi sektor dalam satu pernyataan (jumlah pernyataan)", most=20)',
    ),
    "variable-by-variable matrix": Shown(
        'qk.arrange(statements, "variable-by-variable matrix", rows="status", columns="direction")',
        ("signed", "implemented"), ("ID_TO_PARTNER", "RECIPROCAL"),
    ),
    "two-variable case-ordered matrix": Shown(
        'qk.arrange(statements, "two-variable case-ordered matrix")', ("MDN-GWJ", "SUB-BUS"), ("planned", "signed"),
    ),
    "scatterplot": Shown(
        "ratings",
        draw='qk.scatter(made, x="SUB-BUS", y="MDN-GWJ", name="sector", title="Kekuatan bukti menurut sektor pada kedua pasangan kota")',
    ),
}  # fmt: skip
RATED = Shown(
    "ratings",
    draw='qk.heatmap(made, title="Bukti kerja sama menurut sektor: Surabaya-Busan dan Medan-Gwangju", width="onehalf")',
)


def gallery(folder: Path) -> Path:
    """Write displays.md and its pictures into a folder, and give back the path of the page."""
    study: dict[str, Any] = {}
    exec(STUDY, study)  # the lines on the page are the lines that ran
    catalogue, english = qk.recipes("id"), qk.recipes("en")
    parts = [HEAD.format(study=STUDY.strip()), "## Counts and ratings", RATED_WORDS, *_example("ratings", RATED, study, folder)]
    for (_, recipe), (_, words) in zip(catalogue.iterrows(), english.iterrows(), strict=True):
        if recipe["made_by"] == "nothing":
            continue
        name = recipe["display"]
        parts.append(f"## {words['label']}\n\n*{_text(recipe['label'])}* · {_text(words['family'])} · `{name}`")
        lines = [("Source", "source"), ("When to use it", "when_to_use"), ("Rows and columns", ""), ("Cells", "cells")]
        lines += [("Rule", "rule"), ("Needs", "needs"), ("May be given", "given")]
        axes = " × ".join(axis for axis in (words["rows"], words["columns"]) if axis)
        said = [(what, axes if not column else words[column]) for what, column in lines]
        parts.append("\n".join(f"- **{what}:** {_text(text)}" for what, text in said if text))
        if recipe["made_by"] in ("template", "scatter"):
            columns = ", ".join(f"`{column}`" for column in qk.template(name).columns)
            gives = f'`qk.template("{name}")` gives the empty table to fill in, with {columns}.'
            drawn = recipe["made_by"] == "scatter"
            parts.append(
                f"`qk.scatter` draws a rating matrix, as here, or your own ratings: {gives}"
                if drawn
                else f"Nothing in statements fills it: {gives}"
            )
        if name in DISPLAYS:
            parts += _example(name, DISPLAYS[name], study, folder)
    bare = english[english["made_by"] == "nothing"]
    parts.append("## Not built")
    parts.append("\n".join(f"- {_text(row['display'])} ({_text(row['source'])})" for _, row in bare.iterrows()))
    page = folder / "displays.md"
    write_whole(page, ("\n\n".join(parts) + "\n").encode())
    return page


HEAD = """\
# Displays

Every display of the catalogue `qk.recipes()`, with its source in the book, when to use it, the call that makes it, its rule, and a
picture or some of its cells, from the study in this repository. Made by `python docs/gallery.py`; do not edit by hand.

The names of displays are those of Miles & Huberman; what is this toolkit's own says so. Words in tables and pictures are Indonesian, as
they would stand in a paper; each function takes `language="en"`. The statements were condensed by a language model from a restated
edition of the texts (see [the corpus](../corpus/README.md)). A display that needs no picture is shown with a few of its rows and columns
and at most two texts per cell; `qk.show` shows the whole in a notebook, each cell unfolding to its passages, and `qk.write_table` writes it for Word.

All calls start from these tables:

```python
{study}
```"""
RATED_WORDS = """\
*Jumlah dan peringkat*. Not a recipe of their own: any two columns of the statements, counted by `qk.count_matrix` or rated by a written
rule by `qk.rating_matrix`, and drawn by `qk.heatmap`. What the meta-matrix holds in words is squeezed here to one word per cell; so it
comes after the words, not instead of them."""


def _example(name: str, shown: Shown, study: dict[str, Any], folder: Path) -> list[str]:
    """The call, and the picture or the table that it gives."""
    code = f"made = {shown.call}" + (f"\nax = {shown.draw}" if shown.draw else "")
    exec(code, study)  # the same
    block, made = f"```python\n{code}\n```", study["made"]
    if not shown.draw:
        part = made.keep(rows=shown.rows, columns=shown.columns)
        sizes = f"{len(shown.rows)} of {len(made.row_ids())} rows, {len(shown.columns)} of {len(made.column_ids())} columns"
        return [block, _table(part), f"({sizes}.)"]
    picture = folder / "displays" / f"{re.sub(r'[^a-z]+', '-', name)}.png"
    write_whole(picture, _png(study["ax"]))
    return [block, f'<img src="displays/{picture.name}" alt="{html.escape(study["ax"].get_label())}">']


def _png(ax: Any) -> bytes:
    out = io.BytesIO()
    with plt.rc_context(STYLE):
        ax.figure.savefig(out, format="png", dpi=150, metadata={"Software": None})
    plt.close(ax.figure)
    small = io.BytesIO()  # lines and a few shades: 64 colours are enough, and a third of the bytes
    Image.open(out).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(small, format="png", optimize=True)
    return small.getvalue()


def _table(matrix: Any, most: int = 2) -> str:
    """Some cells as an HTML table on one line, so that nothing in their texts is taken for Markdown."""
    heads = "".join(f"<th>{html.escape(matrix.label(column))}</th>" for column in matrix.column_ids())
    lines = []
    for row in matrix.row_ids():
        cells = [matrix.cell(row, column) for column in matrix.column_ids()]
        lines.append(
            f"<tr><th>{html.escape(matrix.label(row))}</th>{''.join(f'<td>{_cell(cell, most)}</td>' for cell in cells)}</tr>"
        )
    return f"<table><tr><th>{html.escape(matrix.named(matrix.rows))}</th>{heads}</tr>{''.join(lines)}</table>"


def _cell(cell: Any, most: int) -> str:
    if cell["empty"]:
        return f"<i>{html.escape(cell['empty']['id'])}</i>"
    texts = [html.escape(" ".join(text["id"].split())) for text in cell["value"]]
    more = [f"<i>… dan {len(texts) - most} lagi</i>"] if len(texts) > most else []
    return "<br>".join([*texts[:most], *more])


def _text(text: str) -> str:
    """Words of the catalogue in Markdown: what would be a mark is not."""
    return re.sub(r"([*_<>\\[\]|`])", r"\\\1", text)


if __name__ == "__main__":
    print(gallery(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"))
