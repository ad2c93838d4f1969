"""Statements (or codings) go in; a display matrix comes out: rows by columns, with the passages behind every cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from qualkit.codebook import Code, CodeId, Language, Words
from qualkit.tables import did_you_mean, need_columns, one_line

UNITS: dict[str, Words] = {
    "statement": {"id": "pernyataan", "en": "statements"},
    "segment": {"id": "segmen", "en": "segments"},
    "document": {"id": "dokumen", "en": "documents"},
}
RATINGS: dict[str, Words] = {
    "strong": {"id": "kuat", "en": "strong"},
    "moderate": {"id": "sedang", "en": "moderate"},
    "weak": {"id": "lemah", "en": "weak"},
    "none": {"id": "tidak ada", "en": "none"},
}
NOT_MENTIONED: Words = {"id": "tidak ditemukan dalam korpus", "en": "not found in the corpus"}
CONTEXT, HOPED, DONE, CLAIMED = "context", ("aspired", "planned"), ("signed", "implemented"), "outcome"
OFF_HEADING, SINGLE_SOURCE = "†", "°"
RATING_RULE: Words = {
    "id": (
        "kuat: sekurangnya dua pernyataan ditandatangani atau dilaksanakan dengan bukti 2 atau lebih; sedang: sekurangnya satu"
        " pernyataan ditandatangani atau dilaksanakan dengan bukti 1 atau lebih; lemah: hanya diharapkan, direncanakan, atau"
        " hasilnya diklaim tanpa kegiatan yang dilaporkan; tidak ada: hanya latar. Latar tidak dihitung sebagai kerja sama; klaim"
        f" hasil dihitung tersendiri. {OFF_HEADING} memuat fakta di luar judul bagiannya; {SINGLE_SOURCE} bersumber tunggal"
    ),
    "en": (
        "strong: at least two statements signed or implemented with evidence 2 or more; moderate: at least one statement signed or"
        " implemented with evidence 1 or more; weak: only hoped for, planned, or an outcome claimed without a reported activity;"
        " none: background only. Background never counts as cooperation; outcome claims are counted in a column of their own."
        f" {OFF_HEADING} holds a fact from under another sector's heading; {SINGLE_SOURCE} rests on a single source"
    ),
}
QUOTE_WORDS = 40


@dataclass(frozen=True, eq=False)
class Matrix:
    """Cells in rows and columns. It prints as a table; `trace` gives the passages behind a cell.

    Attributes
    ----------
    kind
        count, rating, statement or quote.
    rows, columns
        The attribute each stands for.
    unit
        What a cell counts or holds: statement, segment or document.
    cells
        One row per cell, row by row: `row`, `column`, `value` (a count, a rating, or a tuple of texts), `statements` (their
        number without background), `background`, `outcomes`, `sources` (documents), `status` (the highest with evidence of
        1 or more), `marks`, `empty` (why nothing is there, in both languages, or None).
    passages
        One row per passage of every cell (columns `row`, `column` and those of the table the matrix was made of).
    labels, groups
        Words for each row and column id (and, as "[sector]", for what they are), and for the family each code belongs to.
    rule
        How the values came about, in both languages.
    set_aside
        Codes kept out of the rows or columns, and why.
    """

    kind: str
    rows: str
    columns: str
    unit: str
    cells: pd.DataFrame
    passages: pd.DataFrame
    labels: dict[str, Words]
    groups: dict[str, Words]
    rule: Words
    set_aside: dict[str, Words]

    def row_ids(self) -> list[str]:
        return list(dict.fromkeys(self.cells["row"]))

    def column_ids(self) -> list[str]:
        return list(dict.fromkeys(self.cells["column"]))

    def cell(self, row: str, column: str) -> pd.Series:
        """One cell; ValueError where there is no such row or column."""
        for name, known in ((row, self.row_ids()), (column, self.column_ids())):
            if name not in known:
                raise ValueError(f"the matrix has no '{name}'.{did_you_mean(name, known)}")
        return self.cells[(self.cells["row"] == row) & (self.cells["column"] == column)].iloc[0]

    def keep(self, rows: Sequence[str] | None = None, columns: Sequence[str] | None = None) -> Matrix:
        """The same matrix with only these rows and columns, in this order."""
        rows, columns = list(rows or self.row_ids()), list(columns or self.column_ids())
        picked = pd.DataFrame([self.cell(row, column) for row in rows for column in columns]).reset_index(drop=True)
        inside = self.passages["row"].isin(rows) & self.passages["column"].isin(columns)
        return replace(self, cells=picked, passages=self.passages[inside].reset_index(drop=True))

    def transposed(self) -> Matrix:
        """Rows as columns and columns as rows."""
        flipped = self.cells.rename(columns={"row": "column", "column": "row"})
        cells = pd.DataFrame([c for row in self.column_ids() for c in flipped[flipped["row"] == row].to_dict("records")])
        passages = self.passages.rename(columns={"row": "column", "column": "row"})
        return replace(self, rows=self.columns, columns=self.rows, cells=cells, passages=passages)

    def label(self, identifier: str, language: Language = "id") -> str:
        return self.labels.get(identifier, {}).get(language) or identifier

    def named(self, attribute: str, language: Language = "id") -> str:
        """What the rows or columns are called, such as "Sektor" for sector."""
        return self.labels.get(f"[{attribute}]", {}).get(language) or attribute

    def table(self, language: Language = "id", labels: bool = True) -> pd.DataFrame:
        """The cells as a plain table of words and numbers, one row per row of the matrix.

        A rating matrix has one more column per column, with the number of outcomes claimed; they are no part of the rating.
        """
        name = (lambda identifier: self.label(identifier, language)) if labels else str
        columns = self.column_ids()
        shown = {name(column): [self.shown(self.cell(row, column), language) for row in self.row_ids()] for column in columns}
        if self.kind == "rating":
            claimed = {"id": "hasil diklaim", "en": "outcomes claimed"}[language]
            for column in columns:
                shown[f"{name(column)}: {claimed}"] = [int(self.cell(row, column)["outcomes"]) for row in self.row_ids()]
        index = pd.Index([name(row) for row in self.row_ids()], name=self.named(self.rows, language))
        return pd.DataFrame(shown, index=index)

    def shown(self, cell: pd.Series, language: Language = "id") -> str | int:
        """What a cell prints: its value, its marks, or why it is empty."""
        if self.kind == "count":
            return int(cell["value"])
        if cell["empty"]:
            return str(cell["empty"][language])
        if self.kind == "rating":
            return RATINGS[cell["value"]][language] + cell["marks"]
        return "\n".join(texts[language] if isinstance(texts, dict) else str(texts) for texts in cell["value"])

    def notes(self, language: Language = "id") -> list[str]:
        """What belongs under the table: the rule, and what was set aside and why."""
        aside = {"id": "Tidak dibandingkan", "en": "Left out of the comparison"}[language]
        return [self.rule[language] + ".", *(f"{aside}: {code} ({why[language]})." for code, why in self.set_aside.items())]

    def __repr__(self) -> str:
        with pd.option_context(
            "display.width", 200, "display.max_columns", None, "display.max_rows", None, "display.max_colwidth", None
        ):
            return "\n".join([self.table().to_string(), *self.notes()])

    def _repr_html_(self) -> str:
        return self.table().to_html(escape=True)


def count_matrix(table: pd.DataFrame, rows: str, columns: str, count: str | None = None) -> Matrix:
    """One cell per row and column: how many distinct statements, segments or documents fall in it, zeros included.

    Parameters
    ----------
    table
        What `read_statements` or `read_codings` returns.
    rows, columns
        Columns of `table`. Of a facet, every code has its row or column, in codebook order.
    count
        What is counted: "statement", "segment" or "document". Where nothing is said a table of statements counts statements
        and a table of codings segments. Rows of the table are never counted.

    Returns
    -------
    Matrix
        Codes whose codebook entry says `left_out` have no row (they stand in `set_aside` with the reason).

    Raises
    ------
    ValueError
        If a column is missing or the unit is not one of the three.
    """
    unit = count or ("statement" if "text_id" in table else "segment")
    if unit not in UNITS:
        raise ValueError(f"count='{unit}': what can be counted is one of: {', '.join(UNITS)}")
    need_columns(
        table,
        [rows, columns, "document", *(["segment"] if unit == "segment" else [unit])],
        "table",
        "read_statements or read_codings",
    )
    if unit == "statement":
        table = table[table["statement"].astype(str) != ""]

    def value(cell: pd.DataFrame) -> int:
        return len(cell[["document", "segment"]].drop_duplicates()) if unit == "segment" else cell[unit].nunique()

    rule: Words = {language: f"sel: jumlah {UNITS[unit]['id']} yang berbeda" if language == "id" else f"cells: number of distinct {UNITS[unit]['en']}" for language in ("id", "en")}  # fmt: skip
    return _matrix("count", table, rows, columns, unit, value, rule)


def rating_matrix(
    statements: pd.DataFrame, rows: str, columns: str, empty: Mapping[tuple[str, str], Words] | None = None
) -> Matrix:
    """One cell per row and column: how strong the evidence for cooperation is, by a written rule.

    The rule is `RATING_RULE` (the decision rules of this project, docs/method.md; the practice of rating cells by explicit
    decision rules is Miles & Huberman's). Background never counts; outcome claims are counted but do not rate; a
    statement counts once however many passages it rests on.

    Parameters
    ----------
    statements
        What `read_statements` returns; it must have the facets status and evidence.
    rows, columns
        Columns of it, such as "sector" (or "family") and "case".
    empty
        Why a cell is empty where it is not because the corpus does not mention it: {(row, column): {"id": ..., "en": ...}}.

    Returns
    -------
    Matrix
        Values strong, moderate, weak, none; marks † (a fact from under another sector's heading) and ° (single source).

    References
    ----------
    Miles, M. B., Huberman, A. M. and Saldana, J. (2014). Qualitative Data Analysis, 3rd ed. (matrix displays).
    """
    need_columns(statements, ("statement", "status", "evidence", "document", rows, columns), "statements", "read_statements")

    def value(cell: pd.DataFrame) -> str:
        facts = cell.drop_duplicates("statement")
        grade = facts["evidence"].astype(str).astype(int)
        done = facts["status"].isin(DONE)
        if (done & (grade >= 2)).sum() >= 2:
            return "strong"
        if (done & (grade >= 1)).any():
            return "moderate"
        return "weak" if (facts["status"] != CONTEXT).any() else "none"

    return _matrix("rating", statements, rows, columns, "statement", value, RATING_RULE, empty)


def statement_matrix(
    statements: pd.DataFrame, rows: str, columns: str, empty: Mapping[tuple[str, str], Words] | None = None
) -> Matrix:
    """One cell per row and column: the statements themselves, in the researcher's words, with status, evidence and locators.

    Each text ends with its id, status, evidence grade and the places it rests on, as in "(S012; dilaksanakan; bukti 2; rakhmadi-2023: 93)".
    """
    need_columns(
        statements, ("statement", "text_id", "text_en", "status", "evidence", rows, columns), "statements", "read_statements"
    )

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        found = []
        for name, rows_of in cell.groupby("statement", sort=False, observed=True):
            first = rows_of.iloc[0]
            places = "; ".join(locators(rows_of))
            status = (
                first["status"].entry.label
                if isinstance(first["status"], CodeId)
                else {"id": first["status"], "en": first["status"]}
            )
            grade = {"id": f"bukti {first['evidence']}", "en": f"evidence {first['evidence']}"}
            found.append(
                {
                    lang: f"{first[f'text_{lang}']} ({name}; {status[lang].lower()}; {grade[lang]}; {places})"
                    for lang in ("id", "en")
                }
            )
        return tuple(found)

    rule = {"id": "sel: pernyataan terkondensasi; dalam kurung nomor, status, derajat bukti dan letaknya (dokumen: segmen)",
            "en": "cells: condensed statements; in brackets id, status, evidence grade and place (document: segment)"}  # fmt: skip
    return _matrix("statement", statements, rows, columns, "statement", value, rule, empty)


def quote_matrix(
    statements: pd.DataFrame, rows: str, columns: str, per_cell: int, empty: Mapping[tuple[str, str], Words] | None = None
) -> Matrix:
    """One cell per row and column: up to `per_cell` quotes with locators, best evidence first, a counter-quote among them.

    Quotes keep the source's spelling (line breaks become blanks); one longer than 40 words is cut at a word and marked
    […]. Where a cell holds statements of higher and of lower status, the last quote is one of the lowest status, so that
    a hope stands beside the deed.
    """
    need_columns(
        statements,
        ("statement", "quote", "document", "segment", "status", "evidence", rows, columns),
        "statements",
        "read_statements",
    )
    if per_cell < 1:
        raise ValueError(f"per_cell={per_cell}: a quote matrix shows at least one quote per cell")

    def value(cell: pd.DataFrame) -> tuple[str, ...]:
        ordered = cell.assign(grade=cell["evidence"].astype(str).astype(int)).sort_values(
            ["grade", "status", "document", "segment"], ascending=[False, False, True, True], kind="stable"
        )
        ordered = ordered.drop_duplicates(["document", "segment"])
        chosen = ordered.head(per_cell)
        lowest = ordered[ordered["status"] == ordered["status"].min()]
        if per_cell > 1 and len(ordered) > per_cell and not chosen["status"].isin(lowest["status"]).any():
            chosen = pd.concat([ordered.head(per_cell - 1), lowest.head(1)])
        return tuple(
            f"“{_shortened(quote)}” [{document}: {segment}]"
            for quote, document, segment in zip(chosen["quote"], chosen["document"], chosen["segment"], strict=True)
        )

    rule = {
        "id": f"sel: paling banyak {per_cell} kutipan dengan letaknya (dokumen: segmen)",
        "en": f"cells: up to {per_cell} quotes with their place (document: segment)",
    }
    return _matrix("quote", statements, rows, columns, "segment", value, rule, empty)


def trace(matrix: Matrix, row: str, column: str) -> pd.DataFrame:
    """One row per passage behind one cell: the statement, its status and evidence, and the words of the source with their place."""
    matrix.cell(row, column)
    inside = (matrix.passages["row"] == row) & (matrix.passages["column"] == column)
    wanted = [
        "statement",
        "text_id",
        "text_en",
        "status",
        "evidence",
        "coder",
        "code",
        "document",
        "segment",
        "start",
        "end",
        "quote",
        "off_heading",
    ]
    return matrix.passages.loc[inside, [name for name in wanted if name in matrix.passages]].reset_index(drop=True)


def locators(passages: pd.DataFrame) -> list[str]:
    """Places as a reader looks them up, one per document: 'rakhmadi-2023: 93, 95'."""
    found: dict[str, list[int]] = {}
    for document, segment in zip(passages["document"], passages["segment"], strict=True):
        found.setdefault(document, []).append(segment)
    return [f"{document}: {', '.join(map(str, sorted(set(numbers))))}" for document, numbers in found.items()]


def _shortened(quote: str) -> str:
    words = one_line(quote).split()
    return " ".join(words) if len(words) <= QUOTE_WORDS else " ".join(words[:QUOTE_WORDS]) + " […]"


def _categories(table: pd.DataFrame, column: str) -> list[str]:
    if isinstance(table[column].dtype, pd.CategoricalDtype):
        return list(table[column].cat.categories)
    return sorted(str(value) for value in table[column].dropna().unique() if value != "")


def _matrix(
    kind: str,
    table: pd.DataFrame,
    rows: str,
    columns: str,
    unit: str,
    value: Callable[[pd.DataFrame], object],
    rule: Words,
    empty: Mapping[tuple[str, str], Words] | None = None,
) -> Matrix:
    if rows == columns:
        raise ValueError(f"rows and columns are both '{rows}': a matrix needs two different attributes")
    labels: dict[str, Words] = {}
    groups: dict[str, Words] = {}
    aside: dict[str, Words] = {}
    shown: dict[str, list[str]] = {}
    for column in (rows, columns):
        shown[column] = []
        for name in _categories(table, column):
            entry = name.entry if isinstance(name, CodeId) else None
            if isinstance(name, CodeId):
                labels[str(name)], labels[f"[{column}]"] = name.entry.label, name.column
                if name.family is not None:
                    groups[str(name)] = name.family.label
            if isinstance(entry, Code) and entry.left_out:
                aside[str(name)] = entry.left_out
            else:
                shown[column].append(str(name))
    for key in empty or {}:
        for name, column in zip(key, (rows, columns), strict=True):
            if name not in shown[column]:
                raise ValueError(f"empty: '{name}' is no {column} of this matrix.{did_you_mean(name, shown[column])}")
    table = table.assign(row=table[rows].astype("string"), column=table[columns].astype("string"))
    members = dict(iter(table.groupby(["row", "column"], sort=False)))
    cells = []
    for row in shown[rows]:
        for column in shown[columns]:
            found = members.get((row, column), table.iloc[:0])
            why = None if len(found) else (empty or {}).get((row, column), NOT_MENTIONED)
            cells.append({"row": row, "column": column, "value": value(found), **_facts(found), "empty": why})
    inside = table["row"].isin(shown[rows]) & table["column"].isin(shown[columns])
    left = table.loc[table["column"].isin(shown[columns]) & table["row"].isin(list(aside)), "row"]
    aside = {code: why for code, why in aside.items() if code in set(left) or not len(table)}
    passages = table[inside].reset_index(drop=True)
    return Matrix(kind, rows, columns, unit, pd.DataFrame(cells), passages, labels, groups, rule, aside)


def _facts(cell: pd.DataFrame) -> dict[str, object]:
    """What every kind of cell knows of its statements: how many, from how many sources, their highest status, its marks."""
    if "status" not in cell or "text_id" not in cell:
        return {
            "statements": 0,
            "background": 0,
            "outcomes": 0,
            "sources": cell["document"].nunique(),
            "status": "",
            "marks": "",
        }
    facts = cell.drop_duplicates("statement")
    acts = cell[cell["status"] != CONTEXT]
    backed = facts[facts["evidence"].astype(str) != "0"]["status"]
    marks = OFF_HEADING if len(acts) and "off_heading" in acts and acts["off_heading"].any() else ""
    sources = (acts if len(acts) else cell)["document"].nunique()
    return {
        "statements": int((facts["status"] != CONTEXT).sum()),
        "background": int((facts["status"] == CONTEXT).sum()),
        "outcomes": int((facts["status"] == CLAIMED).sum()),
        "sources": sources,
        "status": str(backed.max()) if len(backed) and backed.cat.ordered else "",
        "marks": marks + (SINGLE_SOURCE if sources == 1 and len(acts) else ""),
    }
