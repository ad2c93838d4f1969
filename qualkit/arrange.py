"""Statements and the name of a display go in; the matrix of that display comes out, every text with the place it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pandas as pd

from qualkit.codebook import MACHINES, Codebook, CodeId, Family, Words, facet_column
from qualkit.indonesian import MONTHS, find_date_expressions, written_date
from qualkit.matrix import (
    BACKGROUND,
    CLAIMED,
    CONTEXT,
    DONE,
    NOT_MENTIONED,
    NOT_THE_SOURCE,
    OFF_HEADING,
    QUOTE_WORDS,
    RATINGS,
    RESTATED,
    SINGLE_SOURCE,
    STATUSES,
    Matrix,
    fill,
    locators,
    rating_matrix,
)  # fmt: skip
from qualkit.recipes import Recipe, bilingual, find_recipe
from qualkit.tables import did_you_mean, need_columns, one_line

ORDER = (CONTEXT, "aspired", "planned", CLAIMED, *DONE)  # an outcome claimed is less than a deed
FEW = 6  # with fewer cases an order of cases or a crossing of variables is an illustration
SPEECH = ("direct_quote", "indirect_speech")
VOICES = {
    "author_narration": bilingual("narasi penulis", "author's narration"),
    "direct_quote": bilingual("kutipan langsung", "direct quote"),
    "indirect_speech": bilingual("ucapan tak langsung", "indirect speech"),
    "cited_secondary": bilingual("rujukan pada sumber lain", "cited from another source"),
}
CERTAINTY = {
    "given": bilingual(", tertulis", ", given"),
    "inferred": bilingual(", disimpulkan", ", inferred"),
    "unknown": bilingual(", tidak pasti", ", uncertain"),
}
_RELATED = {  # what a statement does to another, and what the other does to it
    "repeats": (bilingual("mendukung, mengulangi", "supports, repeats"),) * 2,
    "extends": (bilingual("memperluas", "extends"), bilingual("diperluas oleh", "is extended by")),
    "qualifies": (bilingual("membatasi", "qualifies"), bilingual("dibatasi oleh", "is qualified by")),
    "contradicts": (bilingual("bertentangan dengan", "contradicts"),) * 2,
}
COMPONENTS = {
    "instrument": bilingual("Instrumen", "Instrument"),
    "activity": bilingual("Kegiatan", "Activity"),
    "actors": bilingual("Pelaku", "Actors"),
    "numbers": bilingual("Jumlah", "Numbers"),
    "dates": bilingual("Waktu", "Dates"),
    "frequency": bilingual("Kekerapan", "Frequency"),
    "direction": bilingual("Arah", "Direction"),
    "result": bilingual("Hasil", "Result"),
}
_FACETS = ("statement", "status", "evidence", "document", "segment", "text_id", "text_en")
_READ = (*_FACETS, "off_heading", "quote", "case", "actor", "date", "date_certainty", "voice", "shows", "says")
_EVIDENCE = bilingual("bukti ", "evidence ")
_NONE: Words = bilingual("", "")


def _say(*parts: Words | str) -> Words:
    """The parts one after the other, in both languages; a plain text is the same in both."""
    return {language: "".join(part if isinstance(part, str) else part[language] for part in parts) for language in ("id", "en")}


def _list(words: Iterable[Words], between: str = ", ") -> Words:
    words = list(words)
    return {language: between.join(text[language] for text in words) for language in ("id", "en")}


def _said(value: object) -> Words:
    """What a value is called: the label of a code, or the value."""
    return value.entry.label if isinstance(value, CodeId) else bilingual(str(value), str(value))


def _column(
    values: Iterable[object], made: Mapping[str, Words], named: Words, groups: Mapping[str, Family] | None = None
) -> pd.Categorical:
    """Values as a categorical with labels in both languages, and the group each belongs to."""
    known = [CodeId.of(Family(name, label), named, (groups or {}).get(name)) for name, label in made.items()]
    return pd.Categorical(list(values), pd.Index(known, dtype=object))


# --- columns that a display needs ---


def spread(statements: pd.DataFrame, facet: str, codebook: Codebook) -> pd.DataFrame:
    """One row per statement, passage and code of a facet that allows several, such as actor; all other columns ride along.

    Parameters
    ----------
    statements
        What `read_statements` returns; its column `facet` holds codes separated by blanks.
    facet
        A facet of the codebook.
    codebook
        What `read_codebook` returns.

    Returns
    -------
    DataFrame
        `facet` is a categorical of all its codes in order; a statement without a code keeps its row, with none there.

    Raises
    ------
    ValueError
        If there is no such facet or column, the column holds one code a row already, or a code is not of the facet.

    Examples
    --------
    >>> import qualkit as qk
    >>> statements = pd.DataFrame({"statement": ["S1"], "actor": ["pupil teacher"]})
    >>> spread(statements, "actor", qk.read_codebook("codebook.yaml"))["actor"].to_list()
    ['pupil', 'teacher']
    """
    known = codebook.facet(facet)
    need_columns(statements, (facet,), "statements", "read_statements")
    if isinstance(statements[facet].dtype, pd.CategoricalDtype):
        raise ValueError(f"column {facet} holds one code a row already: there is nothing to spread")
    codes = [code.id for code in known.codes]
    rows = statements.copy()
    rows[facet] = pd.Series([str(value).split() or [""] for value in statements[facet].fillna("")], rows.index, dtype=object)
    rows = rows.explode(facet, ignore_index=True)
    for code in rows[facet].unique():
        if code and code not in codes:
            raise ValueError(f"column {facet} holds '{code}', which is no code of that facet.{did_you_mean(code, codes)}")
    rows[facet] = facet_column(rows[facet], known)
    return rows


@dataclass(frozen=True)
class _When:
    """A date of a statement: from when (ISO, or nothing), how it reads, and whether it is one point or span of time."""

    start: str
    label: Words
    is_dated: bool = False
    is_recurring: bool = False


_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_MONTHS = {written_date(f"2000-{number:02}", "en").split()[0]: name for number, name in enumerate(MONTHS, 1)}
_SHAPE = re.compile(
    rf"(?P<open>since |on or before )?(?P<start>{_DAY})(?:/(?P<end>{_DAY}))?"
    rf"|annually(?: in (?P<month>{'|'.join(_MONTHS)}))?(?: since (?P<since>{_DAY}))?"
)
_OPEN = {"since ": bilingual("sejak ", "since "), "on or before ": bilingual("paling lambat ", "on or before "), None: _NONE}


@lru_cache(maxsize=4096)
def _when(date: str, statement: str = "") -> _When:
    if not date:
        return _When("", bilingual("tanpa tanggal", "undated"))
    found = _SHAPE.fullmatch(date)
    if not found:
        raise ValueError(
            f"statement {statement}: date '{date}' cannot be read. Possible: 1997-04-23, 2012-11, 2009, 2012-11-03/2012-11-08,"
            " since 2007, on or before 2023-04-28, annually, annually in July, annually since 2007, or nothing."
        )
    start, end, since = (_written(found[name]) for name in ("start", "end", "since"))
    if found["start"]:
        to = _say(" – ", end) if found["end"] else ""
        return _When(found["start"], _say(_OPEN[found["open"]], start, to), is_dated=found["open"] != "since ")
    every = _say(
        bilingual("setiap tahun", "every year"),
        bilingual(f" pada bulan {_MONTHS[found['month']]}", f" in {found['month']}") if found["month"] else "",
        _say(" ", _OPEN["since "], since) if found["since"] else "",
    )
    return _When(found["since"] or "", every, is_recurring=True)


def _written(date: str | None) -> Words:
    return bilingual(written_date(date or "", "id"), written_date(date or "", "en"))


def _start(date: str) -> str:
    return _when(date).start


def periods(statements: pd.DataFrame, starts: Sequence[int]) -> pd.DataFrame:
    """The same rows with the year in which each statement's date begins, and the period that year falls into.

    Parameters
    ----------
    statements
        What `read_statements` returns.
    starts
        The first year of each period, in order; the last period is open.

    Returns
    -------
    DataFrame
        `year` (a number; none where the date has no year) and `period` (categorical of all periods in order, such as
        "1993-1999" and "2020-"; none where there is no year). Of a span it is the year it begins, of "on or before" the year
        named, of "since 2007" 2007: such a statement may speak of other years, too.

    Raises
    ------
    ValueError
        If the years are not in order, a date cannot be read, or a year comes before the first period.

    Examples
    --------
    >>> statements = pd.DataFrame({"statement": ["S1", "S2", "S3"], "date": ["1997-04-23", "since 2007", "annually in July"]})
    >>> periods(statements, starts=[1993, 2000])[["year", "period"]].to_dict("list")
    {'year': [1997, 2007, None], 'period': ['1993-1999', '2000-', nan]}
    """
    need_columns(statements, ("statement", "date"), "statements", "read_statements")
    if not starts or list(starts) != sorted(set(starts)):
        raise ValueError(f"starts={list(starts)}: give the first year of each period, in order and each once")
    names = [*(f"{first}-{after - 1}" for first, after in pairwise(starts)), f"{starts[-1]}-"]
    years: list[int | None] = []
    found: list[str | None] = []
    for name, date in zip(statements["statement"], statements["date"], strict=True):
        start = _when(date, name).start
        if start and int(start[:4]) < starts[0]:
            raise ValueError(f"statement {name} is dated {date}, before the first period ({starts[0]}): begin earlier")
        years.append(int(start[:4]) if start else None)
        found.append(names[sum(int(start[:4]) >= first for first in starts) - 1] if start else None)
    made = {name: _said(name.replace("-", "–")) for name in names}
    return statements.assign(year=pd.array(years, dtype="Int64"), period=_column(found, made, bilingual("Kurun", "Period")))


# --- what stands in a cell ---


def _place(passages: pd.DataFrame) -> str:
    return f" ({', '.join(dict.fromkeys(passages['statement']))}; {'; '.join(locators(passages))})"


def _status(passages: pd.DataFrame) -> Words:
    status = passages["status"].iloc[0]
    return BACKGROUND if status == CONTEXT else {language: text.lower() for language, text in _said(status).items()}


def _told(passages: pd.DataFrame, before: Words = _NONE, further: Words = _NONE) -> Words:
    """A statement with its status, evidence, whatever else is to be said of it, and its place."""
    first = passages.iloc[0]
    off = "off_heading" in passages and first["status"] != CONTEXT and passages["off_heading"].any()
    text, mark = bilingual(first["text_id"], first["text_en"]), OFF_HEADING if off else ""
    return _say(
        before, text, " [", _status(passages), "; ", _EVIDENCE, str(first["evidence"]), further, "]", mark, _place(passages)
    )


def _height(passages: pd.DataFrame) -> tuple[int, str]:
    first = passages.iloc[0]
    return ORDER.index(first["status"]), str(first["evidence"])


def _each(cell: pd.DataFrame) -> list[pd.DataFrame]:
    """The passages of each statement: deeds first, then outcomes claimed, plans, hopes, and background last."""
    return sorted((found for _, found in cell.groupby("statement", sort=False, observed=True)), key=_height, reverse=True)


def _statements(cell: pd.DataFrame) -> tuple[Words, ...]:
    return tuple(_told(passages) for passages in _each(cell))


def _acts(cell: pd.DataFrame) -> pd.DataFrame:
    return cell[cell["status"].astype(str) != CONTEXT]


def _backed(cell: pd.DataFrame) -> pd.DataFrame:
    """The passages of what is no background and has evidence of 1 or more."""
    acts = _acts(cell)
    return acts[acts["evidence"].astype(str) != "0"]


def _top(cell: pd.DataFrame) -> pd.DataFrame:
    """The passages of the statement that a cell's standing rests on: of what has evidence, else of what is only said."""
    return next(_each(found)[0] for found in (_backed(cell), _acts(cell), cell) if len(found))


def _standing(cell: pd.DataFrame) -> Words:
    """The highest status of a cell, or that there is background only."""
    if _acts(cell).empty:
        return RATINGS["none"]
    return _say(_status(_top(cell)), _NONE if len(_backed(cell)) else _say(" (", _EVIDENCE, "0)"))


def _quotes(cell: pd.DataFrame) -> list[Words]:
    """The best quote, and one of the lowest status where that is another sentence."""
    acts = _each(_acts(cell))
    if not acts:
        return []
    best = max(acts, key=lambda passages: _height(passages)[::-1]).head(1)
    there = (best["document"].iloc[0], best["segment"].iloc[0])
    lower = [passages for passages in reversed(acts) if _height(passages)[0] < _height(best)[0]]
    others = (passages[[place != there for place in _sentences(passages)]] for passages in lower)
    counter = next((passages.head(1) for passages in others if len(passages)), best.head(0))
    names = (bilingual("kutipan", "quote"), bilingual("kutipan tandingan", "counter-quote"))
    return [
        _say(name, f": “{_cut(found['quote'].iloc[0])}”", _place(found))
        for name, found in zip(names, (best, counter), strict=True)
        if len(found)
    ]


def _sentences(passages: pd.DataFrame) -> Iterable[tuple[str, int]]:
    return zip(passages["document"], passages["segment"], strict=True)


def _cut(quote: object) -> str:
    words = one_line(str(quote)).split()
    return " ".join([*words[:QUOTE_WORDS], *(["[…]"] if len(words) > QUOTE_WORDS else [])])


def _plural(number: int, indonesian: str, english: str) -> Words:
    return bilingual(f"{number} {indonesian}".strip(), f"{number} {english}{'' if number == 1 else 's'}")


# --- the displays ---

Value = Callable[[pd.DataFrame], Any]


@dataclass(frozen=True)
class _Task:
    """What is to be arranged, and what every builder does with it in the end."""

    table: pd.DataFrame
    recipe: Recipe
    rows: str
    columns: str
    given: Any

    def need(self, *columns: str) -> None:
        makers = {"period": "periods(statements, starts)", "pattern": "with_patterns(statements, patterns)"}
        for name in columns:
            if name not in self.table:
                made = f": {makers[name]} adds it, or name another" if name in makers else ""
                raise ValueError(f"{self.recipe.a_name} needs the column {name}, which statements has not{made}")

    def fill(self, table: pd.DataFrame, value: Value, *notes: Words, count: str = "") -> Matrix:
        """The matrix, with the display, its source, its rule and its notes under it."""
        source = bilingual("sumber: ", "source: ")
        head = _say(self.recipe.label, " (", source, self.recipe.source, "); ", self.recipe.rule)
        rule = _list([head, *(note for note in notes if note["id"])], ". ")
        kind, nothing = ("count", 0) if count else (self.recipe.name, ())
        seen = [name for name in table if name in {*_READ, self.rows, self.columns}]

        def filled(cell: pd.DataFrame) -> Any:
            return value(cell[[*seen, "row", "column"]]) if len(cell) else nothing

        return fill(kind, table, self.rows, self.columns, count or "statement", filled, rule)


def _because(matrix: Matrix, why: Callable[[str, str], Words | None]) -> Matrix:
    """The matrix with a more exact reason in the cells that nothing mentions."""
    told = [
        (cell["empty"] is NOT_MENTIONED and why(cell["row"], cell["column"])) or cell["empty"]
        for cell in matrix.cells.to_dict("records")
    ]
    return replace(matrix, cells=matrix.cells.assign(empty=pd.Series(told, matrix.cells.index, dtype=object)))


def _in_words(given: Mapping[str, Words], known: Iterable[str], what: str) -> Mapping[str, Words]:
    """What the researcher says in both languages about rows or statements that are there."""
    options = sorted(known)
    for name, words in given.items():
        if name not in options:
            raise ValueError(f"{what} is given for '{name}', which is not there.{did_you_mean(name, options)}")
        if not isinstance(words, Mapping) or set(words) != {"id", "en"}:
            raise ValueError(f"{what} on '{name}' must be given in both languages, as {{'id': ..., 'en': ...}}")
    return given


def _categories(column: pd.Series | None) -> list[Any]:
    """All values a categorical column may have, in order; of another none."""
    return list(column.cat.categories) if column is not None and isinstance(column.dtype, pd.CategoricalDtype) else []


def _present(column: pd.Series) -> list[Any]:
    """The values of a column that occur, in its order."""
    return [value for value in _categories(column) or sorted(column.dropna().unique()) if (column == value).any()]


def _is_left_out(code: object) -> bool:
    """Whether the codebook leaves the code out of comparisons."""
    return isinstance(code, CodeId) and bool(getattr(code.entry, "left_out", None))


def _title(column: pd.Series) -> Words:
    """What a column is called."""
    first = next(iter(_present(column)), None)
    return first.column if isinstance(first, CodeId) else _said(column.name)


def _places(task: _Task) -> set[tuple[str, str]]:
    """The rows and columns in which any statement stands, whether the display shows it or not."""
    return set(zip(task.table[task.rows].astype(str), task.table[task.columns].astype(str), strict=True))


def _meta(task: _Task) -> Matrix:
    name = bilingual("status tertinggi: ", "highest status: ")

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        single = SINGLE_SOURCE if _acts(cell)["document"].nunique() == 1 else ""
        return (_say(name, _standing(cell), single, _place(_top(cell))), *_statements(cell), *_quotes(cell))

    task.need("quote")
    is_restated = "edition" in task.table and (task.table["edition"] == RESTATED).any()
    return task.fill(task.table, value, _restated() if is_restated else _NONE)


def _restated() -> Words:
    return {language: text.rstrip(".") for language, text in NOT_THE_SOURCE.items()}


def _plain(task: _Task) -> Matrix:
    return _because(task.fill(task.table, _statements), lambda *_: _unassigned(task))


def _unassigned(task: _Task) -> Words | None:
    """Under patterns an empty cell says nothing of the corpus: it is the researcher who put no statement there."""
    by_pattern = "pattern" in (task.rows, task.columns)
    return (
        bilingual("tidak ada pernyataan yang ditempatkan peneliti di sini", "the researcher placed no statement here")
        if by_pattern
        else None
    )


_NUMBER = re.compile(
    r"(?<![\w/.,-])(?:\d+(?:[.,]\d+)*|(?i:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|puluhan|ratusan|ribuan)"
    r"(?: (?:belas|puluh|ratus|ribu|juta))*)(?= [a-z])"
)
_OFTEN = re.compile(
    rf"\b(?:(?:se)?tiap|saban) (?:tahun|semester|bulan|pekan|minggu|hari|{'|'.join(MONTHS)})\b|\b(?:tahunan|rutin|berkala)\b",
    re.IGNORECASE,
)
_PRESENT, _CLAIMED = bilingual("ada, bukti ", "present, evidence "), bilingual("diklaim, bukti ", "claimed, evidence ")
_HOPED = bilingual("hanya diharapkan atau direncanakan", "only hoped for or planned")


def _counts_something(text: str) -> bool:
    """Whether a number stands in the text that is no date and belongs to no name ("SMA 5", "Nomor 32")."""
    for date in reversed(find_date_expressions(text)):
        text = text[: int(str(date["start"]))] + text[int(str(date["end"])) :]
    before = (text[: match.start()].split() for match in _NUMBER.finditer(text))
    return any(len(words) < 2 or not words[-1][:1].isupper() for words in before)


def _codes(value: object) -> Sequence[str]:
    """The codes of one cell of a table: one, or several separated by blanks, or none."""
    return [value] if isinstance(value, CodeId) else value.split() if isinstance(value, str) else []


def _shown(row: Mapping[Any, Any], own: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, Words]]:
    """The components of implementation that a statement shows, and what it shows of each."""
    text, status, when = bilingual(row["text_id"], row["text_en"]), row["status"], _when(row.get("date", ""), row["statement"])
    found: dict[str, Iterable[Words]] = {
        "instrument": [text] * (status == "signed"),
        "activity": [text] * (status == "implemented"),
        "actors": map(_said, _codes(row.get("actor"))),
        "numbers": [text] * _counts_something(row["text_id"]),
        "dates": [when.label] * (row.get("date", "") != ""),
        "frequency": [when.label] if when.is_recurring else [text] * bool(_OFTEN.search(row["text_id"])),
        "direction": [_said(code) for code in _codes(row.get("direction")) if code != "UNSPECIFIED"],
        "result": [text] * (status == CLAIMED),
    }
    for name, codes in own.items():
        if any(code.partition(":")[2] in _codes(row[code.partition(":")[0]]) for code in codes):
            found[name] = [*found.get(name, []), text]
    return ((name, words) for name, all_words in found.items() for words in all_words)


def _own_components(task: _Task) -> dict[str, list[str]]:
    own = {name: [codes] if isinstance(codes, str) else list(codes) for name, codes in (task.given or {}).items()}
    for name, codes in own.items():
        for code in codes:
            facet, _, wanted = code.partition(":")
            column = task.table.get(facet, pd.Series(dtype=object))
            known = _categories(column) or sorted({code for value in column for code in _codes(value)})
            if wanted not in known:
                hint = did_you_mean(wanted, known)
                raise ValueError(f"component '{name}': '{code}' names no code of a column, as 'sector:DIK.GURU' does.{hint}")
    return own


def _checklist(task: _Task) -> Matrix:
    own = _own_components(task)
    found = [(place, *shown) for place, row in enumerate(task.table.to_dict("records")) for shown in _shown(row, own)]
    table = task.table.iloc[[place for place, _, _ in found]].reset_index(drop=True)
    names = COMPONENTS | {name: _said(name) for name in own if name not in COMPONENTS}
    table["component"] = _column([name for _, name, _ in found], names, bilingual("Unsur pelaksanaan", "Component"))
    table["shows"] = pd.Series([tuple(words.values()) for _, _, words in found], dtype=object)

    def told(passages: pd.DataFrame) -> tuple[tuple[int, str], Words]:
        """What is shown, its rating with the statements that bear it, and the others; before it the rating's rank."""
        acts = _acts(passages)
        done, said = _backed(acts[acts["status"].isin(DONE)]), acts[acts["status"].isin((*DONE, CLAIMED))]
        rank, rating, bear = next(
            (rank, rating, rows)
            for rank, rating, rows in (
                (3, _PRESENT, done),
                (2, _CLAIMED, said),
                (1, _HOPED, acts),
                (0, RATINGS["none"], passages),
            )
            if len(rows)
        )
        grade = max(bear["evidence"].astype(str)) if rank > 1 else ""
        shows = bilingual(*passages["shows"].iloc[0])
        others = _others(passages[~passages["statement"].isin(bear["statement"])])
        return (rank, grade), _say(shows, " [", rating, grade, "]", _place(bear), *(_say("; ", more) for more in others))

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        entries = [told(passages) for _, passages in cell.groupby("shows", sort=False)]
        return tuple(text for _, text in sorted(entries, key=lambda entry: entry[0], reverse=True))

    note = _say(bilingual("juga: ", "also: "), "; ".join(f"{name}: {', '.join(codes)}" for name, codes in own.items()))
    return task.fill(table, value, note if own else _NONE)


def _others(passages: pd.DataFrame) -> list[Words]:
    """That there are more statements, and where; of none nothing."""
    number = passages["statement"].nunique()
    return [_say(bilingual(f"dan {number} pernyataan lain", f"and {number} more"), _place(passages))] if number else []


def _summary(task: _Task) -> Matrix:
    named = "document" if "case" in (task.rows, task.columns) or "case" not in task.table else "case"

    def told(name: object, passages: pd.DataFrame) -> Words:
        acts, sources = _acts(passages)["statement"].nunique(), passages["document"].nunique()
        behind = passages["statement"].nunique() - acts
        parts = [_plural(acts, "pernyataan", "statement")] * bool(acts)
        parts += [bilingual(f"{behind} pernyataan latar", f"{behind} of background")] * bool(behind)
        return _say(_said(name), ": ", _list([*parts, _plural(sources, "sumber", "source")]), _place(passages))

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        return tuple(told(name, passages) for name, passages in cell.groupby(named, sort=False, observed=True))

    return task.fill(task.table, value)


def _contrast(task: _Task) -> Matrix:
    table = task.table[task.table[task.columns].notna()]
    cases = {str(case): _said(case) for case in _present(table[task.columns])}
    if len(cases) < 2:
        raise ValueError(f"a contrast table compares two cases or more, but in {task.columns} there is {len(cases)}")
    ratings = rating_matrix(table, task.rows, task.columns)
    rated = {(cell["row"], cell["column"]): cell for cell in ratings.cells.to_dict("records")}
    judged = _in_words(task.given or {}, ratings.row_ids(), "a verdict")
    verdict = cases | {"verdict": bilingual("Perbandingan", "Comparison")}
    twice = pd.concat([table, table], ignore_index=True)
    columns = [*table[task.columns].astype(str), *["verdict"] * len(table)]
    twice["contrast"] = _column(columns, verdict, _title(table[task.columns]))

    def compared(row: str, found: Mapping[str, pd.DataFrame]) -> Words:
        lacking = {case: _lacking(rated[row, case]) for case in cases}
        reasons = [_say(cases[case], ": ", why) for case, why in lacking.items() if why]
        if reasons:
            return _say(bilingual("tidak dapat dibandingkan karena ", "not comparable because "), _list(reasons, "; "))
        facts = [(RATINGS[rated[row, case]["value"]], _standing(found[case])) for case in cases]
        alike = all(fact == facts[0] for fact in facts)
        told = [_say(name, ": ", *fact[:1], ", ", *fact[1:]) for name, fact in zip(cases.values(), facts, strict=True)]
        return _say(
            bilingual("serupa", "similar") if alike else bilingual("berbeda", "different"), " (", _list(told, "; "), ")"
        )

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        row, column = str(cell["row"].iloc[0]), str(cell["column"].iloc[0])
        if column == "verdict":
            found = {str(case): passages for case, passages in cell.groupby(task.columns, observed=True)}
            place = _place(pd.concat([_top(passages) for passages in found.values()]))
            by = bilingual("dinilai peneliti: ", "judged by the researcher: ")
            own = (_say(by, judged[row], place),) if row in judged else ()
            return (*own, _say(compared(row, found), place))
        top, cell_rated = _top(cell), rated[row, column]
        others = _others(cell[cell["statement"] != top["statement"].iloc[0]])
        return (_told(top, _say(RATINGS[cell_rated["value"]], cell_rated["marks"], ": ")), *others)

    neither = bilingual(
        "tidak dapat dibandingkan: tidak ditemukan dalam korpus untuk semua kasus",
        "not comparable: not found in the corpus for any case",
    )
    made = replace(task, columns="contrast").fill(twice, value)
    for row in judged:
        if made.cell(row, "verdict")["empty"]:
            raise ValueError(f"a verdict is given for '{row}', but no statement stands there: there is nothing to judge")
    return _because(made, lambda _, column: neither if column == "verdict" else None)


def _lacking(cell: Mapping[Any, Any]) -> Words | None:
    """Why a case cannot be compared: nothing is said of it, or background only."""
    return cell["empty"] or (None if cell["statements"] else RATINGS["none"])


def _critical(task: _Task) -> Mapping[str, Words]:
    """The critical statements and why: by the rule of the recipe, or those the researcher names."""
    if task.given is not None:
        return _in_words(task.given, set(task.table["statement"]), "a reason")
    task.need("case", "sector")
    backed = _backed(task.table)
    signing = bilingual("instrumen ditandatangani", "instrument signed")
    found = {name: [signing] for name in backed.loc[backed["status"] == "signed", "statement"]}
    is_dated = backed["date"].map(lambda date: _when(date).is_dated).astype(bool)
    deeds = backed[is_dated & backed["status"].isin(DONE) & (backed["evidence"].astype(str) >= "2")]
    first: dict[str, list[Words]] = {}
    for (sector, _), passages in deeds.groupby(["sector", "case"], observed=True):
        if _is_left_out(sector):
            continue
        starts = passages["date"].map(_start)
        for name in passages.loc[starts == min(starts), "statement"].unique():
            first.setdefault(name, []).append(_said(sector))
    for name, sectors in first.items():
        told = _say(bilingual("perbuatan bertanggal pertama", "first dated deed"), " (", _list(sectors), ")")
        found[name] = [*found.get(name, []), told]
    return {name: _list(reasons) for name, reasons in found.items()}


def _event(passages: pd.DataFrame, why: Words | None = None) -> Words:
    """A statement as an event: with its date, how certain that is, and why it is critical."""
    first = passages.iloc[0]
    date = _say("; ", _when(first["date"]).label, CERTAINTY.get(first.get("date_certainty", ""), "")) if first["date"] else ""
    return _told(passages, further=_say(date, _say("; ", bilingual("kritis: ", "critical: "), why) if why else ""))


_DATED = Family("dated", bilingual("Bertanggal", "Dated"))
_ONGOING = Family("ongoing", bilingual("Berulang atau berlangsung", "Recurring or ongoing"))
_UNDATED = Family("undated", bilingual("Tanpa tanggal", "Undated"))


def _gaps(table: pd.DataFrame) -> dict[str, tuple[int, Words]]:
    """The spans of years without a dated statement other than background: the year each begins, and what it is called."""
    years = sorted({int(_start(date)[:4]) for date in _acts(table)["date"] if _when(date).is_dated})
    found = {}
    for before, after in pairwise(years):
        first, last, number = before + 1, after - 1, after - before - 1
        if number:
            told = bilingual(
                f"{number} tahun tanpa peristiwa bertanggal", f"{_plural(number, '', 'year')['en']} without a dated event"
            )
            found[f"{first}..{last}"] = (first, told)
    return found


def _listing(task: _Task) -> Matrix:
    """The event listing, or of it the critical incidents only."""
    task.need("date")
    for date, name in zip(task.table["date"], task.table["statement"], strict=True):
        _when(date, name)
    critical, only = _critical(task), task.recipe.name == "critical incident chart"
    is_event = task.table["statement"].isin(list(critical))
    if not only:
        is_event |= (task.table["date"] != "") | task.table["status"].isin(DONE)
    table = task.table[is_event]
    spans = [period for period in _categories(table.get("period")) if period[:4].isdigit()]

    def group(year: int) -> Family:
        return next((period.entry for period in reversed(spans) if int(period[:4]) <= year), _DATED)

    listed: dict[str, tuple[int, str, Words, Family]] = {}  # by its id: which part, from when, label, group
    for date in table["date"].unique():
        when = _when(date)
        if when.is_dated:
            listed[date] = (0, when.start, when.label, group(int(when.start[:4])))
        else:
            listed[date or "undated"] = (
                (1, when.start or "9999", when.label, _ONGOING) if date else (2, "", when.label, _UNDATED)
            )
    gaps = {} if only else _gaps(table)
    for name, (first, told) in gaps.items():
        span = "–".join(dict.fromkeys(name.split("..")))
        listed[name] = (0, str(first), _say(span, ": ", told), group(first))
    order = sorted(listed, key=lambda name: (*listed[name][:2], name))
    labels, groups = {name: listed[name][2] for name in order}, {name: listed[name][3] for name in order}
    events = _column(table["date"].replace("", "undated"), labels, bilingual("Peristiwa", "Event"), groups)

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        return tuple(_event(passages, critical.get(passages["statement"].iloc[0])) for passages in _each(cell))

    left = _acts(task.table[~is_event])["statement"].nunique()
    unlisted = bilingual(
        f"{left} pernyataan tanpa tanggal yang bukan perbuatan tidak didaftar",
        f"{_plural(left, '', 'undated statement')['en']} of other than deeds not listed",
    )
    none = bilingual("tidak ada peristiwa yang tercatat di sini", "no event recorded here")
    made = task.fill(table.assign(event=events), value, unlisted if left and not only else _NONE)
    return _because(made, lambda row, _: gaps[row][1] if row in gaps else none)


def _timed(task: _Task) -> Matrix:
    task.need("date")
    left = _acts(task.table[task.table[task.columns].isna()])["statement"].nunique()
    note = bilingual(
        f"{left} pernyataan selain latar tanpa tahun tidak dapat ditempatkan",
        f"{_plural(left, '', 'statement')['en']} other than background without a year cannot be placed",
    )

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        return tuple(map(_event, sorted(_each(cell), key=lambda passages: _start(passages["date"].iloc[0]))))

    none = bilingual("tidak ada peristiwa bertanggal dalam tahun-tahun ini", "no dated event in these years")
    return _because(task.fill(task.table, value, note if left else _NONE), lambda *_: none)


def _triangulation(task: _Task) -> Matrix:
    table = task.table
    if task.rows == "statement":
        texts = zip(table["statement"], table["text_id"], table["text_en"], strict=True)
        labels = {name: bilingual(f"{name} {text_id}", f"{name} {text_en}") for name, text_id, text_en in texts}
        table = table.assign(stated=_column(table["statement"], labels, bilingual("Pernyataan", "Statement")))
        task = replace(task, rows="stated")
    supports, mentions = bilingual("mendukung", "supports"), bilingual("menyebut sebagai latar", "mentions as background")
    own = [tuple((mentions if status == CONTEXT else supports).values()) for status in table["status"]]
    both = pd.concat([table.assign(says=pd.Series(own, table.index, dtype=object)), *_related(task, table)], ignore_index=True)

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        groups = (passages for _, passages in cell.groupby("says", sort=False))
        return tuple(_say(bilingual(*passages["says"].iloc[0]), _place(passages)) for passages in groups)

    silent = bilingual("diam", "silent")
    return _because(task.fill(both, value), lambda *_: silent)


def _related(task: _Task, table: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """The passages of statements that the researcher relates to others, in the rows of those others."""
    if task.given is None:
        return
    need_columns(task.given, ("statement", "relation", "other"), "relations", "read_relations")
    for link in task.given.to_dict("records"):
        if link["relation"] not in _RELATED:
            raise ValueError(f"relation '{link['relation']}' is not known.{did_you_mean(link['relation'], _RELATED)}")
        ends = (link["statement"], link["other"])
        why = f": {link['why']}" if link.get("why") else ""
        for words, speaker, subject in zip(_RELATED[link["relation"]], ends, reversed(ends), strict=True):
            said = table[table["statement"] == speaker].drop_duplicates(["document", "segment"])
            for row in table.loc[table["statement"] == subject, task.rows].dropna().unique():
                rows = pd.Series([row] * len(said), said.index, dtype=table[task.rows].dtype)
                says = pd.Series([tuple(_say(words, f" {subject}{why}").values())] * len(said), said.index, dtype=object)
                yield said.assign(**{task.rows: rows, "says": says})


def _roles(task: _Task) -> Matrix:
    task.need("voice")
    table, _, _ = _unit(task, task.rows)
    done_and_spoken = {
        (True, False): bilingual("bertindak: ", "acts: "),
        (True, True): bilingual("diucapkan sebagai perbuatan: ", "said to have acted: "),
        (False, True): bilingual("diucapkan: ", "speaks: "),
        (False, False): bilingual("disebut: ", "named: "),
    }
    order = list(done_and_spoken)

    def how(passages: pd.DataFrame) -> tuple[bool, bool]:
        return passages["status"].iloc[0] in DONE, passages["voice"].iloc[0] in SPEECH

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        in_order = sorted(_each(cell), key=lambda passages: order.index(how(passages)))
        return tuple(_told(passages, done_and_spoken[how(passages)]) for passages in in_order)

    return task.fill(table, value)


def _effects(task: _Task) -> Matrix:
    task.need("voice")
    by, about = bilingual("diklaim oleh ", "claimed by "), bilingual("; pelaku: ", "; actors: ")

    def claim(passages: pd.DataFrame) -> Words:
        voice = passages["voice"].iloc[0]
        actors = dict.fromkeys(code for value in passages.get("actor", ()) for code in _codes(value))
        whose = _say(about, _list(map(_said, actors))) if actors else ""
        sources = ", ".join(dict.fromkeys(passages["document"]))
        return _told(passages, _say(by, sources, ", ", VOICES.get(voice, str(voice)), whose, ": "))

    none, known = (
        bilingual("disebut, tetapi tidak ada hasil yang diklaim", "mentioned, but no outcome is claimed"),
        _places(task),
    )
    claims = task.table[task.table["status"] == CLAIMED]
    made = task.fill(claims, lambda cell: tuple(map(claim, _each(cell))))
    return _because(made, lambda *place: none if place in known else _unassigned(task))


def _unit(task: _Task, column: str) -> tuple[pd.DataFrame, list[str], str]:
    """The rows with a code, the columns that say of which unit, and the unit: statements, or of codings segments."""
    table = task.table[task.table[column].notna() & (task.table[column].astype(str) != "")]
    if table[column].astype(str).str.contains(" ").any():
        raise ValueError(f"column {column} holds several codes in a row: pass spread(statements, '{column}', codebook)")
    if "text_id" in table:
        return table, ["statement"], "statement"
    need_columns(table, ("segment",), "table", "read_statements or read_codings")
    if "coder" in table and not table["coder"].isin(MACHINES).all():
        table = table[~table["coder"].isin(MACHINES)]  # a suggestion never counts as a person's coding
    return table, ["document", "segment"], "segment"


def _pairs(task: _Task) -> Matrix:
    """Code by code: how many units carry both; of actors, how many statements other than background."""
    table, unit, counted = _unit(task, task.rows)
    if task.recipe.name == "context chart":
        table = _acts(table)
    others = table[[*unit, task.rows]].drop_duplicates().rename(columns={task.rows: "other"})
    both = table.merge(others, on=unit, how="inner", validate="many_to_many")
    return replace(task, columns="other").fill(both, lambda cell: len(cell[unit].drop_duplicates()), count=counted)


def _combinations(task: _Task) -> Matrix:
    table, unit, counted = _unit(task, task.columns)
    codes = {str(code): code for code in _present(table[task.columns]) if not _is_left_out(code)}
    order = list(codes)
    table = table[table[task.columns].isin(order)]
    units = list(table[unit].itertuples(index=False, name=None))
    carried: dict[tuple[object, ...], set[str]] = {}
    for key, code in zip(units, table[task.columns].astype(str), strict=True):
        carried.setdefault(key, set()).add(code)
    found = {key: tuple(code for code in order if code in here) for key, here in carried.items()}
    sizes = pd.Series(list(found.values()), dtype=object).value_counts()
    ranked = sorted(sizes.index, key=lambda names: (-sizes[names], len(names), [order.index(code) for code in names]))
    labels = {" + ".join(names): _list((_said(codes[code]) for code in names), " + ") for names in ranked}
    rows = _column([" + ".join(found[key]) for key in units], labels, bilingual("Kombinasi", "Combination"))
    return task.fill(table.assign(combination=rows), lambda cell: len(cell[unit].drop_duplicates()), count=counted)


def _few(number: int) -> Words:
    """The note that so few cases are an illustration."""
    if number >= FEW:
        return _NONE
    return bilingual(
        f"hanya {number} kasus: ilustrasi, bukan pola",
        f"{_plural(number, '', 'case')['en']} only: an illustration, not a pattern",
    )


_LEVELS = {"high": bilingual("tinggi", "high"), "medium": bilingual("sedang", "medium"), "low": bilingual("rendah", "low")}


def _by_case(task: _Task) -> Matrix:
    """Cases in order of their strong sectors, their numbers in the labels; the cells hold the statements."""
    task.need("sector")
    ratings = rating_matrix(task.table, "sector", task.rows).cells
    values = ratings[ratings["empty"].isna()].groupby("column")["value"]
    counts = {
        case: (values.get_group(case) if case in values.groups else pd.Series(dtype=object)).value_counts()
        for case in _present(task.table[task.rows])
    }
    numbers = {case: tuple(int(found.get(level, 0)) for level in ("strong", "moderate")) for case, found in counts.items()}
    most = max((strong for strong, _ in numbers.values()), default=0)
    labels, groups = {}, {}
    for case, (strong, moderate) in sorted(numbers.items(), key=lambda entry: [-number for number in entry[1]]):
        level = "low" if not strong or 3 * strong < most else "high" if 3 * strong >= 2 * most else "medium"
        told = bilingual(
            f": {strong} sektor kuat, {moderate} sedang)",
            f": {_plural(strong, '', 'strong sector')['en']}, {moderate} moderate)",
        )
        labels[str(case)] = _say(_said(case), " (", _LEVELS[level], told)
        groups[str(case)] = Family(level, _LEVELS[level])
    rows = _column(task.table[task.rows].astype("string"), labels, _title(task.table[task.rows]), groups)
    return replace(task, rows="ordered").fill(task.table.assign(ordered=rows), _statements, _few(len(labels)))


def _crossed(task: _Task) -> Matrix:
    """Two variables: which cases have both."""
    task.need("case")
    acts, known = _acts(task.table), _places(task)

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        return tuple(_say(_said(case), _place(here)) for case, here in cell.groupby("case", sort=False, observed=True))

    made = task.fill(acts, value, _few(acts["case"].nunique()))
    return _because(made, lambda *place: RATINGS["none"] if place in known else None)


_BUILDERS: dict[str, Callable[[_Task], Matrix]] = {
    "partially ordered meta-matrix": _meta,
    "checklist matrix": _checklist,
    "content-analytic summary table": _summary,
    "contrast table": _contrast,
    "event listing": _listing,
    "time-ordered meta-matrix": _timed,
    "source-by-statement triangulation matrix": _triangulation,
    "conceptually clustered matrix": _plain,
    "role-ordered matrix": _roles,
    "effects matrix": _effects,
    "context chart": _pairs,
    "code co-occurrence": _pairs,
    "case-ordered descriptive meta-matrix": _by_case,
    "critical incident chart": _listing,
    "code combinations": _combinations,
    "variable-by-variable matrix": _crossed,
    "two-variable case-ordered matrix": _by_case,
}


def arrange(
    statements: pd.DataFrame, recipe: str, rows: str | None = None, columns: str | None = None, given: Any = None
) -> Matrix:
    """The matrix of a display: one cell per row and column, filled by the rule of its recipe, each text with its place.

    Parameters
    ----------
    statements
        What `read_statements` returns (for code co-occurrence and code combinations also what `read_codings` returns). Filter it
        before, to restrict the display to a sector or to some cases; `spread`, `periods` and `with_patterns` add columns.
    recipe
        The name of a display, as `recipes()` lists it.
    rows, columns
        Columns of `statements`, where the recipe does not make that axis itself and another than its own is wanted.
    given
        What a recipe takes beside the statements (column `given` of `recipes()`): for the triangulation the table of relations,
        for an event listing and the critical incidents {statement: why}, for a contrast table verdicts {row: words}, for a checklist
        components {name: ["facet:code", ...]}; words in both languages.

    Returns
    -------
    Matrix
        Of kind count for context charts, co-occurrence and combinations, else of the recipe's name, with texts that end with
        "(statements; document: segments)". Its notes name the display, the book and the rule; empty cells say why they are empty.

    Raises
    ------
    ValueError
        If there is no such display, nothing in statements can fill it, or what it needs is missing.

    Examples
    --------
    >>> statements = pd.DataFrame(
    ...     {"statement": ["S1"], "case": "A-B", "actor": "city", "family": "DIK", "voice": "author_narration", "status": "signed",
    ...      "evidence": "2", "document": "berita", "segment": 3, "text_id": "Nota diteken.", "text_en": "A note was signed."})
    >>> arrange(statements, "role-ordered matrix").cell("city", "DIK")["value"][0]["en"]
    'acts: A note was signed. [signed; evidence 2] (S1; berita: 3)'

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 5-8.
    Miles, M. B., Huberman, A. M. and Saldaña, J. (2014). Qualitative Data Analysis, 3rd ed., ch. 6-10.
    """
    found = find_recipe(recipe)
    if found.to_fill:
        raise ValueError(
            f"{found.a_name} cannot be made of statements: it needs {found.needs['en']}. template('{found.name}') gives the"
            f" empty table to fill in: {', '.join(found.to_fill)}."
        )
    for axis, asked in (("rows", rows), ("columns", columns)):
        if asked is not None and axis in found.made:
            raise ValueError(f"{axis}='{asked}': the {axis} of {found.a_name} are made by the display and cannot be chosen")
    if given is not None and not found.given:
        raise ValueError(f"given: {found.a_name} takes nothing beside the statements")
    if given is not None and not isinstance(given, Mapping | pd.DataFrame):
        raise ValueError(f"given: {found.a_name} takes {found.given}")
    task = _Task(statements, found, rows or found.rows, columns or found.columns, given)
    is_count = found.name in ("code co-occurrence", "code combinations")
    need_columns(statements, ("document",) if is_count else _FACETS, "statements", "read_statements")
    for axis, name in (("rows", task.rows), ("columns", task.columns)):
        if not name:
            raise ValueError(f"{found.a_name} needs {axis}: name a column of statements")
        if axis not in found.made:
            task.need(name)
    if not is_count:
        other = sorted({str(value) for value in statements["status"]} - set(STATUSES))
        if other:
            raise ValueError(f"statements: the displays know no status '{other[0]}'. Possible: {', '.join(STATUSES)}.")
    return _BUILDERS[found.name](task)
