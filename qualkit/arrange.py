"""Statements and the name of a display go in; the matrix of that display comes out, filled by the rule of its recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from qualkit.cells import (
    best_quotes,
    called,
    each_statement,
    listed,
    place_of,
    say,
    standing,
    strongest,
    tell,
    tell_each,
    tell_others,
    with_evidence,
    without_background,
)
from qualkit.codebook import MACHINES, CodeId, Family, Words, bilingual, is_residual
from qualkit.columns import (
    codes_of,
    gap_row,
    gap_words,
    gaps,
    made_column,
    present,
    when,
    with_components,
    with_events,
)
from qualkit.matrix import (
    CLAIMED,
    CONTEXT,
    DONE,
    NOT_GIVEN,
    NOT_MENTIONED,
    NOT_THE_SOURCE,
    RATINGS,
    RESTATED,
    SINGLE_SOURCE,
    STATUSES,
    Matrix,
    fill,
    rating_matrix,
)
from qualkit.recipes import Recipe, find_recipe
from qualkit.tables import did_you_mean, need_columns, number_of

_FEW = 6  # with fewer cases an order of cases or a crossing of variables is an illustration
_SPEECH = ("direct_quote", "indirect_speech")
_VOICES = {
    "author_narration": bilingual("narasi penulis", "author's narration"),
    "direct_quote": bilingual("kutipan langsung", "direct quote"),
    "indirect_speech": bilingual("ucapan tak langsung", "indirect speech"),
    "cited_secondary": bilingual("rujukan pada sumber lain", "cited from another source"),
}
_CERTAINTY = {
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
_FACETS = ("statement", "status", "evidence", "document", "segment", "text_id", "text_en")
_READ = (*_FACETS, "off_heading", "quote", "case", "actor", "date", "date_certainty", "voice", "shows", "says")


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

    def fill(self, table: pd.DataFrame, value: Callable[[pd.DataFrame], Any], *notes: Words | None, count: str = "") -> Matrix:
        """The matrix, with the display, its source, its rule and its notes under it."""
        source = bilingual("sumber: ", "source: ")
        head = say(self.recipe.label, " (", source, self.recipe.source, "); ", self.recipe.rule)
        rule = listed([head, *(note for note in notes if note)], ". ")
        kind, nothing = ("count", 0) if count else (self.recipe.name, ())
        seen = [name for name in table if name in {*_READ, self.rows, self.columns}]

        def filled(cell: pd.DataFrame) -> Any:
            return value(cell[[*seen, "row", "column"]]) if len(cell) else nothing

        made = fill(kind, table, self.rows, self.columns, count or "statement", filled, rule)
        here = {axis: set(self.table[axis].astype(str)) for axis in (self.rows, self.columns) if axis in self.table}

        def why(cell: Mapping[Any, Any]) -> Words | None:
            # the table may have what only the display leaves without rows
            sides = ((self.rows, cell["row"]), (self.columns, cell["column"]))
            is_here = all(name in here[axis] for axis, name in sides if axis in here)
            return NOT_MENTIONED if cell["empty"] is NOT_GIVEN and is_here else cell["empty"]

        return _reasoned(made, why)


def _reasoned(matrix: Matrix, why: Callable[[Mapping[Any, Any]], Words | None]) -> Matrix:
    """The matrix with these reasons why its cells are empty."""
    told = [why(cell) for cell in matrix.cells.to_dict("records")]
    return replace(matrix, cells=matrix.cells.assign(empty=pd.Series(told, matrix.cells.index, dtype=object)))


def _because(matrix: Matrix, why: Callable[[str, str], Words | None]) -> Matrix:
    """The matrix with a more exact reason in the cells that nothing mentions."""
    return _reasoned(
        matrix, lambda cell: (cell["empty"] is NOT_MENTIONED and why(cell["row"], cell["column"])) or cell["empty"]
    )


def _in_words(given: Mapping[str, Words], known: Iterable[str], what: str) -> Mapping[str, Words]:
    """What the researcher says in both languages about rows or statements that are there."""
    options = sorted(known)
    for name, words in given.items():
        if name not in options:
            raise ValueError(f"{what} is given for '{name}', which is not there.{did_you_mean(name, options)}")
        if not isinstance(words, Mapping) or set(words) - {"by"} != {"id", "en"}:
            raise ValueError(
                f"{what} on '{name}' must be given in both languages, as {{'id': ..., 'en': ...}}, with who says so as 'by' if known"
            )
    return given


def _by(words: Mapping[str, str]) -> Words:
    """Who judged so, as far as it is told: a record may be of a person or of a model."""
    who = words.get("by", "")
    return bilingual(f"dinilai ({who}): ", f"judged ({who}): ") if who else bilingual("tercatat: ", "on record: ")


def _is_left_out(code: object) -> bool:
    """Whether the codebook leaves the code out of comparisons."""
    return isinstance(code, CodeId) and bool(getattr(code.entry, "left_out", None))


def _title(column: pd.Series) -> Words:
    """What a column is called."""
    first = next(iter(present(column)), None)
    return first.column if isinstance(first, CodeId) else called(column.name)


def _places(task: _Task) -> set[tuple[str, str]]:
    """The rows and columns in which any statement stands, whether the display shows it or not."""
    return set(zip(task.table[task.rows].astype(str), task.table[task.columns].astype(str), strict=True))


def _meta(task: _Task) -> Matrix:
    name = bilingual("status tertinggi: ", "highest status: ")

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        single = SINGLE_SOURCE if without_background(cell)["document"].nunique() == 1 else ""
        return (say(name, standing(cell), single, place_of(strongest(cell))), *tell_each(cell), *best_quotes(cell))

    task.need("quote")
    is_restated = "edition" in task.table and (task.table["edition"] == RESTATED).any()
    restated = {language: text.rstrip(".") for language, text in NOT_THE_SOURCE.items()}
    return task.fill(task.table, value, restated if is_restated else None)


def _plain(task: _Task) -> Matrix:
    return _because(task.fill(task.table, tell_each), lambda *_: _unassigned(task))


def _unassigned(task: _Task) -> Words | None:
    """Under patterns an empty cell says nothing of the corpus: there is only nothing that was put there."""
    if "pattern" not in (task.rows, task.columns):
        return None
    return bilingual("tidak ada pernyataan yang ditempatkan di sini", "no statement was placed here")


_PRESENT, _CLAIMED = bilingual("ada, bukti ", "present, evidence "), bilingual("diklaim, bukti ", "claimed, evidence ")
_HOPED = bilingual("hanya diharapkan atau direncanakan", "only hoped for or planned")


def _checklist(task: _Task) -> Matrix:
    own = {name: [codes] if isinstance(codes, str) else list(codes) for name, codes in (task.given or {}).items()}

    def told(passages: pd.DataFrame) -> tuple[tuple[int, str], Words]:
        """What is shown, its rating with the statements that bear it, and the others; before it the rating's rank."""
        backed = with_evidence(passages)
        rank, rating, bear = next(
            (rank, rating, rows)
            for rank, rating, rows in (
                (3, _PRESENT, backed[backed["status"].isin(DONE)]),
                (2, _CLAIMED, passages[passages["status"].isin((*DONE, CLAIMED))]),
                (1, _HOPED, without_background(passages)),
                (0, RATINGS["none"], passages),
            )
            if len(rows)
        )
        grade = max(bear["evidence"].astype(str)) if rank > 1 else ""
        shows = bilingual(*passages["shows"].iloc[0])
        others = tell_others(passages[~passages["statement"].isin(bear["statement"])])
        return (rank, grade), say(shows, " [", rating, grade, "]", place_of(bear), *(say("; ", more) for more in others))

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        entries = [told(passages) for _, passages in cell.groupby("shows", sort=False)]
        return tuple(text for _, text in sorted(entries, key=lambda entry: entry[0], reverse=True))

    note = say(bilingual("juga: ", "also: "), "; ".join(f"{name}: {', '.join(codes)}" for name, codes in own.items()))
    return task.fill(with_components(task.table, own), value, note if own else None)


def _summary(task: _Task) -> Matrix:
    named = "document" if "case" in (task.rows, task.columns) or "case" not in task.table else "case"

    def told(name: object, passages: pd.DataFrame) -> Words:
        above = without_background(passages)
        acts, sources = above["statement"].nunique(), above["document"].nunique()
        behind = passages["statement"].nunique() - acts
        parts = [bilingual(f"{acts} pernyataan", number_of(acts, "statement"))] * bool(acts)
        parts += [bilingual(f"{sources} sumber", number_of(sources, "source"))] * bool(acts)
        parts += [bilingual(f"{behind} pernyataan latar", f"{behind} of background")] * bool(behind)
        return say(called(name), ": ", listed(parts), place_of(passages))

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        return tuple(told(name, passages) for name, passages in cell.groupby(named, sort=False, observed=True))

    return task.fill(task.table, value)


def _contrast(task: _Task) -> Matrix:
    table = task.table[task.table[task.columns].notna()]
    cases = {str(case): called(case) for case in present(table[task.columns])}
    if len(cases) < 2:
        raise ValueError(f"a contrast table compares two cases or more, but in {task.columns} there is {len(cases)}")
    ratings = rating_matrix(table, task.rows, task.columns)
    rated = {(cell["row"], cell["column"]): cell for cell in ratings.cells.to_dict("records")}
    judged = _in_words(task.given or {}, ratings.row_ids(), "a verdict")
    twice = pd.concat([table, table], ignore_index=True)
    columns = [*table[task.columns].astype(str), *["verdict"] * len(table)]
    labels = cases | {"verdict": bilingual("Perbandingan", "Comparison")}
    twice["contrast"] = made_column(columns, labels, _title(table[task.columns]))

    def compared(row: str, found: Mapping[str, pd.DataFrame]) -> Words:
        lacking = {case: _lacking(rated[row, case]) for case in cases}
        reasons = [say(cases[case], ": ", why) for case, why in lacking.items() if why]
        if reasons:
            return say(bilingual("tidak dapat dibandingkan karena ", "not comparable because "), listed(reasons, "; "))
        facts = [(RATINGS[rated[row, case]["value"]], standing(found[case])) for case in cases]
        alike = all(fact == facts[0] for fact in facts)
        told = [say(name, ": ", rating, ", ", status) for name, (rating, status) in zip(cases.values(), facts, strict=True)]
        verdict = bilingual("serupa", "similar") if alike else bilingual("berbeda", "different")
        return say(verdict, " (", listed(told, "; "), ")")

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        row, column = str(cell["row"].iloc[0]), str(cell["column"].iloc[0])
        if column == "verdict":
            found = {str(case): passages for case, passages in cell.groupby(task.columns, observed=True)}
            place = place_of(pd.concat([strongest(passages) for passages in found.values()]))
            own = (say(_by(judged[row]), judged[row], place),) if row in judged else ()
            return (*own, say(compared(row, found), place))
        top, cell_rated = strongest(cell), rated[row, column]
        others = tell_others(cell[cell["statement"] != top["statement"].iloc[0]])
        return (tell(top, say(RATINGS[cell_rated["value"]], cell_rated["marks"], ": ")), *others)

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
    backed = with_evidence(task.table)
    signing = bilingual("instrumen ditandatangani", "instrument signed")
    found = {name: [signing] for name in backed.loc[backed["status"] == "signed", "statement"]}
    is_dated = backed["date"].map(lambda date: when(date).is_dated).astype(bool)
    deeds = backed[is_dated & backed["status"].isin(DONE) & (backed["evidence"].astype(str) >= "2")]
    first: dict[str, list[Words]] = {}
    for (sector, case), passages in deeds.groupby(["sector", "case"], observed=True):
        if _is_left_out(sector) or is_residual(case):
            continue
        starts = passages["date"].map(lambda date: when(date).start)
        for name in passages.loc[starts == min(starts), "statement"].unique():
            first.setdefault(name, []).append(called(sector))
    first_dated = bilingual(
        "perbuatan pertama yang bertanggal sendiri dan berbukti 2 atau lebih",
        "first deed with a date of its own and evidence 2 or more",
    )
    for name, sectors in first.items():
        told = say(first_dated, " (", listed(sectors), ")")
        found[name] = [*found.get(name, []), told]
    return {name: listed(reasons) for name, reasons in found.items()}


def _event(passages: pd.DataFrame, why: Words | None = None) -> Words:
    """A statement as an event: with its date, how certain that is, and why it is critical."""
    first = passages.iloc[0]
    date = say("; ", when(first["date"]).label, _CERTAINTY.get(first.get("date_certainty", ""), "")) if first["date"] else ""
    return tell(passages, further=say(date, say("; ", bilingual("kritis: ", "critical: "), why) if why else ""))


def _listing(task: _Task) -> Matrix:
    """The event listing, or of it the critical incidents only."""
    task.need("date")
    for date, name in zip(task.table["date"], task.table["statement"], strict=True):
        when(date, name)
    critical, only = _critical(task), task.recipe.name == "critical incident chart"
    is_event = task.table["statement"].isin(list(critical))
    if not only:
        is_event |= (task.table["date"] != "") | task.table["status"].isin(DONE)
    table = task.table[is_event]
    # computed of what the display shows, so that codes it sets aside have none
    silences = {} if only else gaps(task.fill(with_events(table, ()), lambda _: ()).passages, task.columns)
    spans = {gap_row(years): years for found in silences.values() for years in found}

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        return tuple(_event(passages, critical.get(passages["statement"].iloc[0])) for passages in each_statement(cell))

    left = without_background(task.table[~is_event])["statement"].nunique()
    unlisted = bilingual(
        f"{left} pernyataan tanpa tanggal yang bukan perbuatan tidak didaftar",
        f"{number_of(left, 'undated statement')} of other than deeds not listed",
    )
    none = bilingual("tidak ada peristiwa yang tercatat di sini", "no event recorded here")
    elsewhere = bilingual("bukan jeda kolom ini", "no gap of this column")

    def why(row: str, column: str) -> Words:
        if row not in spans:
            return none
        return gap_words(spans[row]) if spans[row] in silences.get(column, ()) else elsewhere

    return _because(task.fill(with_events(table, spans.values()), value, unlisted if left and not only else None), why)


def _timed(task: _Task) -> Matrix:
    task.need("date")
    left = without_background(task.table[task.table[task.columns].isna()])["statement"].nunique()
    note = bilingual(
        f"{left} pernyataan selain latar tanpa tahun tidak dapat ditempatkan",
        f"{number_of(left, 'statement')} other than background without a year cannot be placed",
    )

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        in_order = sorted(each_statement(cell), key=lambda passages: when(passages["date"].iloc[0]).start)
        return tuple(map(_event, in_order))

    none = bilingual("tidak ada peristiwa bertanggal dalam tahun-tahun ini", "no dated event in these years")
    return _because(task.fill(task.table, value, note if left else None), lambda *_: none)


def _triangulation(task: _Task) -> Matrix:
    table = task.table
    if task.rows == "statement":
        texts = zip(table["statement"], table["text_id"], table["text_en"], strict=True)
        labels = {name: bilingual(f"{name} {text_id}", f"{name} {text_en}") for name, text_id, text_en in texts}
        table = table.assign(stated=made_column(table["statement"], labels, bilingual("Pernyataan", "Statement")))
        task = replace(task, rows="stated")
    supports, mentions = bilingual("mendukung", "supports"), bilingual("menyebut sebagai latar", "mentions as background")
    own = [tuple((mentions if status == CONTEXT else supports).values()) for status in table["status"]]
    both = pd.concat([table.assign(says=pd.Series(own, table.index, dtype=object)), *_related(task, table)], ignore_index=True)

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        groups = (passages for _, passages in cell.groupby("says", sort=False))
        return tuple(say(bilingual(*passages["says"].iloc[0]), place_of(passages)) for passages in groups)

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
                says = pd.Series([tuple(say(words, f" {subject}{why}").values())] * len(said), said.index, dtype=object)
                yield said.assign(**{task.rows: rows, "says": says})


def _roles(task: _Task) -> Matrix:
    task.need("voice")
    table, _ = _unit(task, task.rows)
    done_and_spoken = {
        (True, False): bilingual("dalam perbuatan: ", "in a deed: "),
        (True, True): bilingual("diucapkan sebagai perbuatan: ", "said to have acted: "),
        (False, True): bilingual("diucapkan: ", "speaks: "),
        (False, False): bilingual("disebut: ", "named: "),
    }
    order = list(done_and_spoken)

    def how(passages: pd.DataFrame) -> tuple[bool, bool]:
        return passages["status"].iloc[0] in DONE, passages["voice"].iloc[0] in _SPEECH

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        in_order = sorted(each_statement(cell), key=lambda passages: order.index(how(passages)))
        return tuple(tell(passages, done_and_spoken[how(passages)]) for passages in in_order)

    return task.fill(table, value)


def _effects(task: _Task) -> Matrix:
    task.need("voice")
    by, about = bilingual("diklaim oleh ", "claimed by "), bilingual("; pelaku: ", "; actors: ")

    def claim(passages: pd.DataFrame) -> Words:
        voice = passages["voice"].iloc[0]
        actors = dict.fromkeys(code for value in passages.get("actor", ()) for code in codes_of(value))
        whose = say(about, listed(map(called, actors))) if actors else ""
        sources = ", ".join(dict.fromkeys(passages["document"]))
        return tell(passages, say(by, sources, ", ", _VOICES.get(voice, str(voice)), whose, ": "))

    none, known = (
        bilingual("disebut, tetapi tidak ada hasil yang diklaim", "mentioned, but no outcome is claimed"),
        _places(task),
    )
    claims = task.table[task.table["status"] == CLAIMED]
    made = task.fill(claims, lambda cell: tuple(map(claim, each_statement(cell))))
    return _because(made, lambda *place: none if place in known else _unassigned(task))


def _unit(task: _Task, column: str) -> tuple[pd.DataFrame, list[str]]:
    """The rows with a code, and the columns that say of which unit: of which statement, or of codings of which segment."""
    table = task.table[task.table[column].notna() & (task.table[column].astype(str) != "")]
    if table[column].astype(str).str.contains(" ").any():
        raise ValueError(f"column {column} holds several codes in a row: pass spread(statements, '{column}', codebook)")
    if "text_id" in table:
        return table, ["statement"]
    need_columns(table, ("segment",), "table", "read_statements or read_codings")
    if "coder" in table and not table["coder"].isin(MACHINES).all():
        table = table[~table["coder"].isin(MACHINES)]  # a suggestion never counts as a person's coding
    return table, ["document", "segment"]


def _counted(task: _Task, table: pd.DataFrame, unit: list[str], note: Words | None = None) -> Matrix:
    """How many different units each cell holds."""
    return task.fill(table, lambda cell: len(cell[unit].drop_duplicates()), note, count=unit[-1])


def _pairs(task: _Task) -> Matrix:
    """Code by code: how many units carry both; of actors, how many statements other than background."""
    (table, unit), note = _unit(task, task.rows), None
    if task.recipe.name == "context chart":
        table = without_background(table)
        table, note = _of_one_case(table)
    others = table[[*unit, task.rows]].drop_duplicates().rename(columns={task.rows: "other"})
    both = table.merge(others, on=unit, how="inner", validate="many_to_many")
    return _counted(replace(task, columns="other"), both, unit, note)


def _of_one_case(table: pd.DataFrame) -> tuple[pd.DataFrame, Words | None]:
    """The rows of the one case that there is, and how many statements about no one case are left out."""
    named, cases = present(table["case"]) if "case" in table else [], _cases(table)
    if len(cases) > 1 or (named and not cases):
        raise ValueError(
            f"a context chart is of one case, and these statements are about {', '.join(cases or map(str, named))}: the same actor, such"
            " as the city government, is another one in each. Make a chart per case, as with statements[statements['case'] =="
            f" '{next(iter(cases or named))}']."
        )
    inside = table["case"].astype(str).isin(list(cases)) if cases else pd.Series(True, table.index)
    left = table.loc[~inside, "statement"].nunique()
    note = bilingual(
        f"{left} pernyataan yang bukan tentang satu kasus tidak dihitung",
        f"{number_of(left, 'statement')} about no one case not counted",
    )
    return table[inside], note if left else None


def _combinations(task: _Task) -> Matrix:
    table, unit = _unit(task, task.columns)
    codes = {str(code): code for code in present(table[task.columns]) if not _is_left_out(code)}
    order = list(codes)
    table = table[table[task.columns].isin(order)]
    units = list(table[unit].itertuples(index=False, name=None))
    carried: dict[tuple[object, ...], set[str]] = {}
    for key, code in zip(units, table[task.columns].astype(str), strict=True):
        carried.setdefault(key, set()).add(code)
    found = {key: tuple(code for code in order if code in here) for key, here in carried.items()}
    sizes = pd.Series(list(found.values()), dtype=object).value_counts()
    ranked = sorted(sizes.index, key=lambda names: (-sizes[names], len(names), [order.index(code) for code in names]))
    labels = {" + ".join(names): listed((called(codes[code]) for code in names), " + ") for names in ranked}
    rows = made_column([" + ".join(found[key]) for key in units], labels, bilingual("Kombinasi", "Combination"))
    return _counted(task, table.assign(combination=rows), unit)


def _cases(table: pd.DataFrame, column: str = "case") -> dict[str, Any]:
    """The cases of a table by their ids: without what the codebook keeps for other cases or for several at once."""
    return {str(case): case for case in present(table[column]) if not is_residual(case)} if column in table else {}


def _few(number: int) -> Words | None:
    """The note that so few cases are an illustration."""
    if number >= _FEW:
        return None
    return bilingual(
        f"hanya {number} kasus: ilustrasi, bukan pola", f"{number_of(number, 'case')} only: an illustration, not a pattern"
    )


_NO_CASE = bilingual("bukan satu kasus", "no one case")
_LEVELS = {"high": bilingual("tinggi", "high"), "medium": bilingual("sedang", "medium"), "low": bilingual("rendah", "low")}


def _by_case(task: _Task) -> Matrix:
    """Cases in order of their strong sectors, their numbers in the labels; the cells hold the statements."""
    task.need("sector")
    ratings = rating_matrix(task.table, "sector", task.rows).cells
    rated = ratings[ratings["empty"].isna()].groupby(["column", "value"]).size()
    numbers = {
        case: (int(rated.get((str(case), "strong"), 0)), int(rated.get((str(case), "moderate"), 0)))
        for case in present(task.table[task.rows])
    }
    cases = _cases(task.table, task.rows)
    most = max((numbers[case][0] for case in cases.values()), default=0)
    labels, groups = {}, {}
    for case in sorted(cases.values(), key=lambda case: [-number for number in numbers[case]]):
        strong, moderate = numbers[case]
        level = "low" if not strong or 3 * strong < most else "high" if 3 * strong >= 2 * most else "medium"
        told = bilingual(
            f": {strong} sektor kuat, {moderate} sedang)", f": {number_of(strong, 'strong sector')}, {moderate} moderate)"
        )
        labels[str(case)] = say(called(case), " (", _LEVELS[level], told)
        groups[str(case)] = Family(level, _LEVELS[level])
    for case in (case for case in numbers if str(case) not in cases):
        labels[str(case)] = say(called(case), bilingual(" (bukan satu kasus: tidak diurutkan)", " (no one case: not ranked)"))
        groups[str(case)] = Family("residual", _NO_CASE)
    rows = made_column(task.table[task.rows].astype("string"), labels, _title(task.table[task.rows]), groups)
    return replace(task, rows="ordered").fill(task.table.assign(ordered=rows), tell_each, _few(len(cases)))


def _crossed(task: _Task) -> Matrix:
    """Two variables: which cases have both."""
    task.need("case")
    of_one = task.table["case"].astype(str).isin(list(_cases(task.table)))
    acts, known = without_background(task.table[of_one]), _places(task)
    others = _places(replace(task, table=without_background(task.table[~of_one])))
    several = bilingual("hanya pernyataan yang bukan tentang satu kasus", "only statements about no one case")

    def value(cell: pd.DataFrame) -> tuple[Words, ...]:
        return tuple(say(called(case), place_of(here)) for case, here in cell.groupby("case", sort=False, observed=True))

    def why(*place: str) -> Words | None:
        return None if place not in known else RATINGS["none"] if place not in others else several

    return _because(task.fill(acts, value, _few(acts["case"].nunique())), why)


BUILDERS: dict[str, Callable[[_Task], Matrix]] = {
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
        for an event listing and the critical incidents {statement: why}, for a contrast table verdicts {row: words} with who judged
        so as "by" ({"id": ..., "en": ..., "by": "model"}), for a checklist
        components {name: ["facet:code", ...]}; words in both languages.

    Returns
    -------
    Matrix
        Of kind count for context charts, co-occurrence and combinations, else of the recipe's name, with texts that end with
        "(statements; document: segments)". Its notes name the display, the book and the rule; empty cells say why they are empty.

    Raises
    ------
    ValueError
        If there is no such display, nothing in statements can fill it, what it needs is missing, statements has no rows, or a context
        chart is asked of several cases.

    Examples
    --------
    >>> statements = pd.DataFrame(
    ...     {"statement": ["S1"], "case": "A-B", "actor": "city", "family": "DIK", "voice": "author_narration", "status": "signed",
    ...      "evidence": "2", "document": "berita", "segment": 3, "text_id": "Nota diteken.", "text_en": "A note was signed."})
    >>> arrange(statements, "role-ordered matrix").cell("city", "DIK")["value"][0]["en"]
    'in a deed: A note was signed. [signed; evidence 2] (S1; berita: 3)'

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
    if statements.empty:
        raise ValueError(
            f"statements has no rows: there is nothing to arrange as {found.a_name}. Look at what was filtered before."
        )
    for axis, name in (("rows", task.rows), ("columns", task.columns)):
        if not name:
            raise ValueError(f"{found.a_name} needs {axis}: name a column of statements")
        if axis not in found.made:
            task.need(name)
    if not is_count:
        other = sorted({str(value) for value in statements["status"]} - set(STATUSES))
        if other:
            raise ValueError(f"statements: the displays know no status '{other[0]}'. Possible: {', '.join(STATUSES)}.")
    return BUILDERS[found.name](task)
