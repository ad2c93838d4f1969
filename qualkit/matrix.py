"""Statements (or codings) go in; a display matrix comes out: rows by columns, with the passages behind every cell."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import pandas as pd

from qualkit.codebook import MACHINES, Code, CodeId, Family, Language, Words
from qualkit.tables import did_you_mean, need_columns, one_line, printable

UNITS: dict[str, Words] = {
    "statement": {"id": "pernyataan", "en": "statements"},
    "segment": {"id": "segmen", "en": "segments"},
    "document": {"id": "dokumen", "en": "documents"},
}
RATINGS: dict[str, Words] = {
    "strong": {"id": "kuat", "en": "strong"},
    "moderate": {"id": "sedang", "en": "moderate"},
    "weak": {"id": "lemah", "en": "weak"},
    "none": {"id": "hanya latar", "en": "background only"},
}
NOT_MENTIONED: Words = {"id": "tidak ditemukan dalam korpus", "en": "not found in the corpus"}
NOT_COMPARED: Words = {
    "id": "hanya pernyataan di luar perbandingan",
    "en": "only statements left out of the comparison",
}
NOT_GIVEN: Words = {"id": "tidak ada data tentangnya dalam tabel ini", "en": "no data on it in this table"}
CONTEXT, DONE, CLAIMED = "context", ("signed", "implemented"), "outcome"
STATUSES, GRADES = (CONTEXT, "aspired", "planned", *DONE, CLAIMED), ("0", "1", "2", "3")
ORDER = (CONTEXT, "aspired", "planned", CLAIMED, *DONE)  # from the lowest up: an outcome claimed is less than a deed
BACKGROUND: Words = {"id": "latar", "en": "background"}
OFF_HEADING, SINGLE_SOURCE = "†", "°"
RATING_RULE: Words = {
    "id": (
        "kuat: minimal dua pernyataan ditandatangani atau dilaksanakan dengan bukti 2 atau lebih; sedang: minimal satu"
        " pernyataan ditandatangani atau dilaksanakan dengan bukti 1 atau lebih; lemah: hanya diharapkan, direncanakan, atau"
        " hasilnya diklaim tanpa kegiatan yang dilaporkan; hanya latar: tidak ada selain latar. Latar tidak dihitung sebagai"
        f" kerja sama; klaim hasil dihitung tersendiri. {OFF_HEADING} memuat fakta yang dilaporkan di bawah judul bidang lain;"
        f" {SINGLE_SOURCE} bersumber tunggal"
    ),
    "en": (
        "strong: at least two statements signed or implemented with evidence 2 or more; moderate: at least one statement signed or"
        " implemented with evidence 1 or more; weak: only hoped for, planned, or an outcome claimed without a reported activity;"
        " background only: nothing but background. Background never counts as cooperation; outcome claims are counted in a column"
        f" of their own. {OFF_HEADING} holds a fact from under another sector's heading; {SINGLE_SOURCE} rests on a single source"
    ),
}
QUOTE_WORDS = 40
RESTATED = "restated"  # what documents.csv says in its column `edition` of a text that this project has restated
NOT_THE_SOURCE: Words = {
    "id": "Kalimat menurut edisi yang ditulis ulang oleh proyek; bukan kata-kata sumber dan tidak boleh dikutip sebagai kutipan langsung.",
    "en": "Sentences as restated in this project's edition; not the words of the source, never to be quoted as such.",
}
Reasons = Mapping[tuple[str, str], Words]  # of a row and a column: why their cell is empty


@dataclass(frozen=True, eq=False)
class Matrix:
    """Cells in rows and columns. It prints as a table; `trace` gives the passages behind a cell.

    Attributes
    ----------
    kind
        count, rating, or what the texts in its cells are: statement, quote, or the kind of a recipe.
    rows, columns
        The attribute each stands for.
    unit
        What a cell counts or holds: statement, segment or document.
    cells
        One row per cell, row by row: `row`, `column`, `value` (a count, a rating, or a tuple of texts), `statements` (their
        number without background), `background`, `outcomes`, `sources` (documents), `status` (the highest above background
        with evidence of 1 or more, or nothing), `marks`, `empty` (why nothing is there, in both languages, or None).
    passages
        One row per passage of every cell (columns `row`, `column` and those of the table the matrix was made of).
    labels, groups
        Words for each row and column id (and, as "[sector]", for what they are), and for the family each code belongs to.
    rule
        How the values came about, in both languages.
    set_aside
        Codes kept out of the rows or columns, and why.
    unplaced
        Statements of each column that carry no code of the rows at all, and so are in no cell.
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
    unplaced: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_text(self) -> bool:
        """Whether its cells hold texts, not counts or ratings."""
        return self.kind not in ("count", "rating")

    def row_ids(self) -> list[str]:
        return list(dict.fromkeys(self.cells["row"]))

    def column_ids(self) -> list[str]:
        return list(dict.fromkeys(self.cells["column"]))

    def cell(self, row: str, column: str) -> pd.Series:
        """One cell; ValueError where there is no such row or column."""
        self._check([row], [column])
        return self.cells[(self.cells["row"] == row) & (self.cells["column"] == column)].iloc[0]

    def behind(self, row: str, column: str) -> pd.DataFrame:
        """The passages of one cell, with every column of the table the matrix was made of."""
        self._check([row], [column])
        inside = (self.passages["row"] == row) & (self.passages["column"] == column)
        return self.passages[inside].reset_index(drop=True)

    def keep(self, rows: Sequence[str] | None = None, columns: Sequence[str] | None = None) -> Matrix:
        """The same matrix with only these rows and columns, in this order."""
        rows = list(dict.fromkeys(self.row_ids() if rows is None else rows))
        columns = list(dict.fromkeys(self.column_ids() if columns is None else columns))
        if not rows or not columns:
            raise ValueError(
                "keep: a matrix has at least one row and one column; leave out `rows` or `columns` to keep them all"
            )
        self._check(rows, columns)
        inside = self.passages["row"].isin(rows) & self.passages["column"].isin(columns)
        return replace(self, cells=_ordered(self.cells, rows, columns), passages=self.passages[inside].reset_index(drop=True))

    def transposed(self) -> Matrix:
        """Rows as columns and columns as rows."""
        turn = {"row": "column", "column": "row"}
        cells = _ordered(self.cells.rename(columns=turn), self.column_ids(), self.row_ids())
        passages = self.passages.rename(columns=turn)
        return replace(self, rows=self.columns, columns=self.rows, cells=cells[list(self.cells)], passages=passages)

    def partitioned(self) -> dict[str, Matrix]:
        """One matrix per family of its rows, by the family's label; rows without a family come under the empty label.

        A wide or long matrix is printed part by part; together the parts hold every row once, in the same order.
        """
        rows: dict[str, list[str]] = {}
        for row in self.row_ids():
            rows.setdefault(self.groups.get(row, {}).get("id", ""), []).append(row)
        return {family: self.keep(rows=members) for family, members in rows.items()}

    def counted(self) -> Matrix:
        """The same cells as numbers: how many distinct statements each holds without background, as a heatmap draws them."""
        rule = {
            "id": "sel: jumlah pernyataan tanpa latar, masing-masing dihitung sekali",
            "en": "cells: number of statements without background, each counted once",
        }
        cells = self.cells.assign(value=self.cells["statements"])
        return replace(self, kind="count", unit="statement", cells=cells, rule=rule)

    def _check(self, rows: Sequence[str], columns: Sequence[str]) -> None:
        """Refuse a row or column that is not there: it was left out, it was called by its label, or nobody knows it."""
        for names, known, what in ((rows, self.row_ids(), "row"), (columns, self.column_ids(), "column")):
            for name in names:
                if name in known:
                    continue
                called = [i for i in (*known, *self.set_aside) if str(name).strip().casefold() in self._spoken(i)]
                meant = " or ".join(f"'{i}'" for i in called if i in known)
                if called and not meant:
                    why = _sentence(self.set_aside[called[0]]["en"])
                    raise ValueError(f"{called[0]} is left out of this comparison: {why}")
                hint = f" Did you mean {meant}?" if meant else did_you_mean(str(name), known)
                raise ValueError(f"the matrix has no {what} '{name}'.{hint}")

    def _spoken(self, identifier: str) -> list[str]:
        return [name.casefold() for name in (identifier, *self.labels.get(identifier, {}).values())]

    def label(self, identifier: str, language: Language = "id") -> str:
        return self.labels.get(identifier, {}).get(language) or identifier

    def named(self, attribute: str, language: Language = "id") -> str:
        """What the rows or columns are called, such as "Sektor" for sector."""
        return self.labels.get(f"[{attribute}]", {}).get(language) or attribute

    def table(self, language: Language = "id", labels: bool = True) -> pd.DataFrame:
        """The cells as a plain table of words and numbers, one row per row of the matrix.

        A rating matrix has one more column per column, with the number of outcomes claimed; they are no part of the rating.
        """
        need_language(language)
        rows, columns = self.row_ids(), self.column_ids()
        heads = self._names(columns, language) if labels else columns
        cells = {(cell["row"], cell["column"]): cell for _, cell in self.cells.iterrows()}
        values = [[self.shown(cells[row, column], language) for column in columns] for row in rows]
        if self.kind == "rating":
            claimed = {"id": "hasil diklaim", "en": "outcomes claimed"}[language]
            heads = [*heads, *(f"{head}: {claimed}" for head in heads)]
            for row, line in zip(rows, values, strict=True):
                line += [int(cells[row, column]["outcomes"]) for column in columns]
        index = pd.Index(self._names(rows, language) if labels else rows, name=self.named(self.rows, language), dtype=object)
        return pd.DataFrame(values, index=index, columns=heads)

    def _names(self, identifiers: list[str], language: Language) -> list[str]:
        """Labels; where two are the same the id stands behind each, so that no row or column hides another."""
        names = [self.label(identifier, language) for identifier in identifiers]
        return [f"{n} ({i})" if names.count(n) > 1 else n for n, i in zip(names, identifiers, strict=True)]

    def shown(self, cell: pd.Series, language: Language = "id") -> str | int:
        """What a cell prints: its value, its marks, or why it is empty."""
        if self.kind == "count":
            return int(cell["value"])
        if cell["empty"]:
            return str(cell["empty"][language])
        if self.kind == "rating":
            return RATINGS[cell["value"]][language] + cell["marks"]
        return "\n".join(texts[language] for texts in cell["value"])

    def notes(self, language: Language = "id") -> list[str]:
        """What belongs under the table: the rule, what was set aside and why, and whose words the quotes are."""
        need_language(language)
        aside, bare = {
            "id": ("Di luar perbandingan", "Tanpa kode yang diperbandingkan"),
            "en": ("Left out of the comparison", "Without a code to compare"),
        }[language]
        notes = [
            f"{self.rule[language]}.",
            *(f"{aside}: {code}. {_sentence(why[language])}" for code, why in self.set_aside.items()),
        ]
        here = {*self.row_ids(), *self.column_ids()}
        unplaced = sorted({name for axis, names in self.unplaced.items() if axis in here for name in names})
        if unplaced:
            notes.append(f"{bare}: {', '.join(unplaced)}.")
        if self.kind == "quote" and "edition" in self.passages and (self.passages["edition"] == RESTATED).any():
            notes.append(NOT_THE_SOURCE[language])
        return notes

    def __repr__(self) -> str:
        return printable("\n".join([self.table().to_string(), *self.notes()]))

    def _repr_html_(self) -> str:
        # What stands between two dollars is no mathematics to be set.
        with pd.option_context("display.max_colwidth", None, "display.html.use_mathjax", False):
            notes = "".join(f'<p class="tex2jax_ignore mathjax_ignore">{html.escape(note)}</p>' for note in self.notes())
            return printable(self.table().to_html(escape=True) + notes)


def _sentence(text: str) -> str:
    """The text with a full stop, where it does not end with one."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def need_language(language: str) -> None:
    """Say which languages there are where another is asked for."""
    if language not in ("id", "en"):
        raise ValueError(f"language '{language}' is not known. Possible: id, en.")


def _ordered(cells: pd.DataFrame, rows: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """The cells of these rows and columns, row by row."""
    wanted = pd.MultiIndex.from_product([rows, columns])
    return cells.set_index(["row", "column"], drop=False).loc[wanted].reset_index(drop=True)


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
        and a table of codings segments. Rows of the table are never counted. Of several coders' codings each segment counts
        once, and the note says whose they are; pick one coder first to count one. Suggestions beside them do not count.

    Returns
    -------
    Matrix
        Codes whose codebook entry says `left_out` have no row (they stand in `set_aside` with the reason).

    Raises
    ------
    ValueError
        If a column is missing or the unit is not one of the three.

    Examples
    --------
    >>> codings = pd.DataFrame({"document": "berita", "segment": [1, 1, 2], "sector": ["DIK", "DIK", "EKO"], "case": "A-B"})
    >>> count_matrix(codings, rows="sector", columns="case")
            A-B
    sector
    DIK       1
    EKO       1
    sel: jumlah segmen, masing-masing dihitung sekali.
    """
    unit = count or ("statement" if "text_id" in table else "segment")
    if unit not in UNITS:
        raise ValueError(f"count='{unit}': what can be counted is one of: {', '.join(UNITS)}")
    need_columns(table, [rows, columns, "document", unit], "table", "read_statements or read_codings")
    if unit == "statement":
        table = table[table["statement"].astype(str) != ""]
    people: list[str] = []
    if "coder" in table and not table["coder"].isin(MACHINES).all():
        table = table[~table["coder"].isin(MACHINES)]  # a suggestion never counts as a person's coding
        people = [str(coder) for coder in table["coder"].unique()]

    def value(cell: pd.DataFrame) -> int:
        if unit == "segment":
            return len(cell[["document", "segment"]].drop_duplicates())
        if unit == "statement":  # a coding may carry several ids, separated by blanks
            return len({name for names in cell["statement"] for name in str(names).split()})
        return cell["document"].nunique()

    names = ", ".join(people) if len(people) > 1 else ""
    by = {
        "id": names and f", dikode oleh minimal satu dari: {names}",
        "en": names and f", coded by at least one of: {names}",
    }
    if "coder" in table and len(table) and not people:
        by = {"id": ", hanya disarankan; bukan koding seorang pengode", "en": ", only suggested; no coder's codings"}
    rule = {
        "id": f"sel: jumlah {UNITS[unit]['id']}, masing-masing dihitung sekali{by['id']}",
        "en": f"cells: number of {UNITS[unit]['en']}, each counted once{by['en']}",
    }
    return fill("count", table, rows, columns, unit, value, rule)


def rating_matrix(statements: pd.DataFrame, rows: str, columns: str, empty: Reasons | None = None) -> Matrix:
    """One cell per row and column: how strong the evidence for cooperation is, by a written rule.

    The rule is `RATING_RULE` (docs/method.md; to rate cells by explicit decision rules is Miles & Huberman's practice).
    A statement counts once however many passages it rests on.

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
        Values strong, moderate, weak, none (printed as "background only"); marks † (a fact from under another sector's
        heading) and ° (single source).

    Raises
    ------
    ValueError
        If a column is missing, a status or an evidence grade is none that the rule knows, or `empty` names no cell.

    Examples
    --------
    >>> statements = pd.DataFrame(
    ...     {"statement": ["S1", "S2"], "sector": ["DIK", "EKO"], "case": "A-B", "status": ["signed", "aspired"],
    ...      "evidence": ["2", "0"], "document": "berita", "text_id": ["Nota ditandatangani.", "Kota berharap."]})
    >>> rating_matrix(statements, rows="sector", columns="case").table("en")["A-B"].to_dict()
    {'DIK': 'moderate°', 'EKO': 'weak°'}

    References
    ----------
    Miles, M. B., Huberman, A. M. and Saldaña, J. (2014). Qualitative Data Analysis, 3rd ed. (matrix displays).
    """
    _need(statements, rows, columns)
    for column, known in (("status", STATUSES), ("evidence", GRADES)):
        other = sorted({str(value) for value in statements[column]} - set(known))
        if other:
            raise ValueError(f"statements: the rating rule knows no {column} '{other[0]}'. Possible: {', '.join(known)}.")

    def value(cell: pd.DataFrame) -> str:
        if cell.empty:
            return "none"
        facts = cell.drop_duplicates("statement")
        done, grade = facts["status"].isin(DONE), _rank(facts["evidence"], GRADES)
        if (done & (grade >= 2)).sum() >= 2:
            return "strong"
        if (done & (grade >= 1)).any():
            return "moderate"
        return "weak" if (facts["status"] != CONTEXT).any() else "none"

    return fill("rating", statements, rows, columns, "statement", value, RATING_RULE, empty)


def statement_matrix(statements: pd.DataFrame, rows: str, columns: str, empty: Reasons | None = None) -> Matrix:
    """One cell per row and column: the statements themselves, in the researcher's words, with status, evidence and locators.

    Each text ends with its id, status, evidence grade and the places it rests on, as in "(S012; dilaksanakan; bukti 2; rakhmadi-2023: 93)".

    Examples
    --------
    >>> statements = pd.DataFrame(
    ...     {"statement": ["S1"], "sector": "DIK", "case": "A-B", "status": "signed", "evidence": "2", "document": "berita",
    ...      "segment": 3, "text_id": "Nota ditandatangani.", "text_en": "A note was signed."})
    >>> statement_matrix(statements, rows="sector", columns="case").cell("DIK", "A-B")["value"][0]["id"]
    'Nota ditandatangani. (S1; signed; bukti 2; berita: 3)'
    """
    _need(statements, rows, columns, "segment", "text_id", "text_en")

    def told(passages: pd.DataFrame) -> Words:
        first, places = passages.iloc[0], "; ".join(locators(passages))
        status = first["status"]
        words = status.entry.label if isinstance(status, CodeId) else dict.fromkeys(("id", "en"), str(status))
        return {
            language: f"{first[f'text_{language}']} ({first['statement']}; {words[language].lower()}; {evidence}"
            f" {first['evidence']}; {places})"
            for language, evidence in (("id", "bukti"), ("en", "evidence"))
        }

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        return tuple(told(passages) for _, passages in cell.groupby("statement", sort=False, observed=True))

    rule = {
        "id": "sel: pernyataan terkondensasi; dalam kurung nomor, status, tingkat bukti dan letaknya (dokumen: segmen)",
        "en": "cells: condensed statements; in brackets id, status, evidence grade and place (document: segment)",
    }
    return fill("statement", statements, rows, columns, "statement", value, rule, empty)


def quote_matrix(statements: pd.DataFrame, rows: str, columns: str, per_cell: int, empty: Reasons | None = None) -> Matrix:
    """One cell per row and column: up to `per_cell` quotes with locators, best evidence first, a counter-quote last.

    Quotes keep the spelling of the text read (line breaks become blanks); one longer than 40 words is cut at a word and
    marked […]. Where a cell holds statements of higher and of lower status, the last quote is one of the lowest status, so
    that a hope stands beside the deed; where both rest on one and the same sentence, it stands there for both. Background
    comes after all others and is called so. Under quotes of a restated edition (column `edition`) a note says so.

    Examples
    --------
    >>> statements = pd.DataFrame(
    ...     {"statement": ["S1"], "sector": "DIK", "case": "A-B", "status": "signed", "evidence": "2", "document": "berita",
    ...      "segment": 3, "quote": "Nota diteken."})
    >>> quote_matrix(statements, rows="sector", columns="case", per_cell=2).table()["A-B"]["DIK"]
    '“Nota diteken.” [berita: 3]'
    """
    _need(statements, rows, columns, "segment", "quote")
    if per_cell < 1:
        raise ValueError(f"per_cell={per_cell}: a quote matrix shows at least one quote per cell")

    def cited(passage: pd.Series) -> Words:
        words = one_line(passage["quote"]).split()
        quote = " ".join([*words[:QUOTE_WORDS], *(["[…]"] if len(words) > QUOTE_WORDS else [])])
        cited = f"“{quote}” [{passage['document']}: {passage['segment']}]"
        return {
            language: cited + (f" ({word})" if passage["status"] == CONTEXT else "") for language, word in BACKGROUND.items()
        }

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        if cell.empty:
            return ()
        ordered = cell.assign(
            act=cell["status"] != CONTEXT, grade=_rank(cell["evidence"], GRADES), height=height(cell["status"])
        )
        order = {"act": False, "grade": False, "height": False, "document": True, "segment": True}
        ordered = ordered.sort_values(list(order), ascending=list(order.values()), kind="stable")
        acts = ordered[ordered["act"]]
        is_lowest = acts["height"] == acts["height"].min()
        lowest, higher = acts[is_lowest], acts[~is_lowest]
        alone = lowest[~_places(lowest).isin(_places(higher))]  # sentences that hold the hope and no deed
        counter = alone if len(alone) else lowest
        quotes = ordered.drop_duplicates(["document", "segment"])
        chosen = quotes.head(per_cell)
        if per_cell > 1 and len(counter) and not _places(counter).isin(_places(chosen)).any():
            chosen = pd.concat([quotes.head(per_cell - 1), counter.head(1)])
        return tuple(cited(passage) for _, passage in chosen.iterrows())

    rule = {
        "id": f"sel: paling banyak {per_cell} kutipan dengan letaknya (dokumen: segmen)",
        "en": f"cells: up to {per_cell} quotes with their place (document: segment)",
    }
    return fill("quote", statements, rows, columns, "segment", value, rule, empty)


def _places(passages: pd.DataFrame) -> pd.MultiIndex:
    """The sentence each passage is of."""
    return pd.MultiIndex.from_frame(passages[["document", "segment"]])


def _need(statements: pd.DataFrame, *columns: str) -> None:
    need_columns(statements, ("statement", "status", "evidence", "document", *columns), "statements", "read_statements")


_TRACED = "statement text_id text_en status evidence coder code document segment start end quote off_heading".split()


def trace(matrix: Matrix, row: str, column: str) -> pd.DataFrame:
    """One row per passage behind one cell: the statement, its status and evidence, and the sentence as it stands in the edition read.

    Examples
    --------
    >>> codings = pd.DataFrame({"document": "berita", "segment": [1, 2], "sector": ["DIK", "EKO"], "case": "A-B"})
    >>> trace(count_matrix(codings, rows="sector", columns="case"), "EKO", "A-B")
      document  segment
    0   berita        2
    """
    passages = matrix.behind(row, column)
    return passages[[name for name in _TRACED if name in passages]]


def locators(passages: pd.DataFrame) -> list[str]:
    """Places as a reader looks them up, one per document: 'rakhmadi-2023: 93, 95'."""
    found: dict[str, list[int]] = {}
    for document, segment in zip(passages["document"], passages["segment"], strict=True):
        found.setdefault(document, []).append(segment)
    return [f"{document}: {', '.join(map(str, sorted(set(numbers))))}" for document, numbers in found.items()]


def _values(column: pd.Series) -> list[object]:
    """All values a column may have: of a facet all codes in order, of plain values those that occur, sorted."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return list(column.cat.categories)
    return sorted((v for v in column.dropna().unique() if v != ""), key=lambda v: (isinstance(v, str), v))


def ladder(statuses: Iterable[object]) -> list[str]:
    """Statuses from the lowest up: an outcome claimed stands below every deed. Those of another codebook keep its order."""
    known = list(dict.fromkeys(str(status) for status in statuses))
    return [status for status in ORDER if status in known] if set(known) <= set(ORDER) else known


def height(statuses: pd.Series) -> pd.Series:
    """How far each status has come on the ladder of all that the column may have; -1 where it is not on it."""
    return _placed(statuses, ladder(_order(statuses, ORDER)))


def _rank(column: pd.Series, scale: Sequence[str]) -> pd.Series:
    """Where each value stands in its scale: the codes' order, or, of plain values, `scale`."""
    return _placed(column, _order(column, scale))


def _order(column: pd.Series, scale: Sequence[str]) -> list[str]:
    return [str(v) for v in column.cat.categories] if isinstance(column.dtype, pd.CategoricalDtype) else list(scale)


def _placed(column: pd.Series, order: Sequence[str]) -> pd.Series:
    return column.astype(str).map({value: place for place, value in enumerate(order)}).fillna(-1).astype(int)


_CELL = "row column value statements background outcomes sources status marks empty".split()


def fill(
    kind: str,
    table: pd.DataFrame,
    rows: str,
    columns: str,
    unit: str,
    value: Callable[[pd.DataFrame], object],
    rule: Words,
    empty: Reasons | None = None,
) -> Matrix:
    """The matrix of two columns of a table, its cells filled by a function of the rows that fall into each.

    `value` gives a number (kind count), one of `RATINGS` (kind rating), or a tuple of texts in both languages (any other kind);
    it is asked for empty cells too. Rows and columns are all values the two columns may have: of a categorical column all its
    categories in order, else those that occur, sorted.
    """
    if rows == columns:
        raise ValueError(f"rows and columns are both '{rows}': a matrix needs two different attributes")
    axes, empty = (rows, columns), empty or {}
    table = table.assign(row=table[rows].astype("string"), column=table[columns].astype("string"))
    unplaced = _unplaced(table)
    everything = set(zip(table["row"], table["column"], strict=True))
    codes = [(axis, name) for axis in axes for name in _values(table[axis]) if isinstance(name, CodeId)]
    table, aside = _compared(table, axes, {name.entry.id for _, name in codes if isinstance(name.entry, Family)})
    shown = {axis: [str(name) for name in _values(table[axis]) if name not in aside] for axis in axes}
    for key in empty:
        for name, axis in zip(key, axes, strict=True):
            if name not in shown[axis]:
                raise ValueError(f"empty: '{name}' is no {axis} of this matrix.{did_you_mean(name, shown[axis])}")
    members = dict(iter(table.groupby(["row", "column"], sort=False)))
    absent = {axis: _not_given(table[axis]) for axis in axes}
    cells = []
    for place in product(shown[rows], shown[columns]):
        found = members.get(place, table.iloc[:0])
        silent = NOT_GIVEN if place[0] in absent[rows] or place[1] in absent[columns] else NOT_MENTIONED
        why = None if len(found) else empty.get(place, NOT_COMPARED if place in everything else silent)
        cells.append({"row": place[0], "column": place[1], "value": value(found), **_facts(found), "empty": why})
    passages = table[table["row"].isin(shown[rows]) & table["column"].isin(shown[columns])].reset_index(drop=True)
    labels = {str(name): name.entry.label for _, name in codes} | {f"[{axis}]": name.column for axis, name in codes}
    groups = {str(name): name.family.label for _, name in codes if name.family is not None}
    return Matrix(
        kind, rows, columns, unit, pd.DataFrame(cells, columns=_CELL), passages, labels, groups, rule, aside, unplaced
    )


def _not_given(column: pd.Series) -> set[str]:
    """Codes of a facet with one answer, such as cases, of which the table has no row at all: it was filtered, or nobody spoke of them."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return set()
    codes = (name for name in column.cat.categories if isinstance(name, CodeId) and name.scale == "nominal")
    return {str(name) for name in codes} - {str(name) for name in column.dropna().unique()}


def _unplaced(table: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Per column the statements that have no row in any of their passages."""
    if "text_id" not in table:
        return {}
    placed = set(table.loc[table["row"].notna(), "statement"])
    left = table[~table["statement"].isin(placed) & table["column"].notna()]
    return {str(name): tuple(dict.fromkeys(found["statement"])) for name, found in left.groupby("column", sort=False)}


def _compared(table: pd.DataFrame, axes: tuple[str, str], families: set[str]) -> tuple[pd.DataFrame, dict[str, Words]]:
    """The table without the codes that the codebook leaves out of a comparison by code or by family; these codes, and why."""
    aside: dict[str, Words] = {}
    for column in table.select_dtypes("category"):
        for name in table[column].cat.categories:
            code = name.entry if isinstance(name, CodeId) else None
            if isinstance(code, Code) and code.left_out and (column in axes or code.parent in families):
                aside[code.id] = code.left_out
                table = table[table[column] != name]
    return table, aside


def _facts(cell: pd.DataFrame) -> dict[str, object]:
    """What every kind of cell knows of its statements: how many, from how many sources, their highest status, its marks.

    Cells are small, many and mostly empty: single columns are filtered, since taking rows out of a wide table costs far more.
    """
    known = {**dict.fromkeys(("statements", "background", "outcomes", "sources"), 0), "status": "", "marks": ""}
    if cell.empty:
        return known
    if not {"statement", "text_id", "status", "evidence"} <= set(cell.columns):  # a table of codings
        return {**known, "sources": cell["document"].nunique()}
    is_first, is_act = ~cell["statement"].duplicated(), cell["status"] != CONTEXT
    facts, acts = cell["status"][is_first], is_first & is_act
    backed = cell["status"][acts & (cell["evidence"].astype(str) != "0")]
    sources = (cell["document"][is_act] if is_act.any() else cell["document"]).nunique()
    off_heading = "off_heading" in cell and cell["off_heading"][is_act].any()
    return {
        "statements": int(acts.sum()),
        "background": len(facts) - int(acts.sum()),
        "outcomes": int((facts == CLAIMED).sum()),
        "sources": sources,
        "status": str(backed.iloc[int(height(backed).argmax())]) if len(backed) else "",
        "marks": (OFF_HEADING if off_heading else "") + (SINGLE_SOURCE if sources == 1 and is_act.any() else ""),
    }
