"""Statements go in; the same rows come out with a column that a display arranges by: one code of several, period, component, event."""

from __future__ import annotations

import calendar
import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

from qualkit.cells import called, say, without_background
from qualkit.codebook import Codebook, CodeId, Family, Words, bilingual, facet_column, is_residual
from qualkit.indonesian import MONTHS, find_date_expressions, written_date
from qualkit.matrix import CLAIMED
from qualkit.tables import did_you_mean, need_columns, number_of

_COMPONENTS = {
    "instrument": bilingual("Instrumen", "Instrument"),
    "activity": bilingual("Kegiatan", "Activity"),
    "actors": bilingual("Pelaku", "Actors"),
    "numbers": bilingual("Jumlah", "Numbers"),
    "dates": bilingual("Waktu", "Dates"),
    "frequency": bilingual("Kekerapan", "Frequency"),
    "direction": bilingual("Arah", "Direction"),
    "result": bilingual("Hasil", "Result"),
}
_NUMBER = re.compile(
    r"(?<![\w/.,-])(?:\d+(?:[.,]\d+)*|(?i:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|puluhan|ratusan|ribuan)"
    r"(?: (?:belas|puluh|ratus|ribu|juta))*)(?= [a-z])"
)
_OFTEN = re.compile(
    rf"\b(?:(?:se)?tiap|saban) (?:tahun|semester|bulan|pekan|minggu|hari|{'|'.join(MONTHS)})\b|\b(?:tahunan|rutin|berkala)\b",
    re.IGNORECASE,
)
_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_MONTHS = {written_date(f"2000-{number:02}", "en").split()[0]: name for number, name in enumerate(MONTHS, 1)}
_SHAPE = re.compile(
    rf"(?P<open>since |on or before )?(?P<start>{_DAY})(?:/(?P<end>{_DAY}))?"
    rf"|annually(?: in (?P<month>{'|'.join(_MONTHS)}))?(?: since (?P<since>{_DAY}))?"
)
_OPENING: dict[str, Literal["", "since", "before"]] = {"": "", "since ": "since", "on or before ": "before"}
_OPEN = {"since ": bilingual("sejak ", "since "), "on or before ": bilingual("paling lambat ", "on or before ")}
_DATED = Family("dated", bilingual("Bertanggal", "Dated"))
_ONGOING = Family("ongoing", bilingual("Berulang atau berlangsung", "Recurring or ongoing"))
_UNDATED = Family("undated", bilingual("Tanpa tanggal", "Undated"))


def made_column(
    values: Iterable[object], made: Mapping[str, Words], named: Words, groups: Mapping[str, Family] | None = None
) -> pd.Categorical:
    """Values as a categorical with labels in both languages, and the group each belongs to."""
    known = [CodeId.of(Family(name, label), named, (groups or {}).get(name)) for name, label in made.items()]
    return pd.Categorical(list(values), pd.Index(known, dtype=object))


def categories(column: pd.Series | None) -> list[Any]:
    """All values a categorical column may have, in order; of another none."""
    return list(column.cat.categories) if column is not None and isinstance(column.dtype, pd.CategoricalDtype) else []


def present(column: pd.Series) -> list[Any]:
    """The values of a column that occur, in its order."""
    seen = set(column.dropna())
    return [value for value in categories(column) or sorted(seen) if value in seen]


def codes_of(value: object) -> Sequence[str]:
    """The codes of one cell of a table: one, or several separated by blanks, or none."""
    return [value] if isinstance(value, CodeId) else value.split() if isinstance(value, str) else []


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
class When:
    """A date of a statement: its first and last day, month or year (ISO, or nothing), how it reads, and which end is open.

    `is_dated` where it is one point or span of time, `is_recurring` where it comes every year.
    """

    start: str
    label: Words
    is_dated: bool = False
    is_recurring: bool = False
    end: str = ""
    open: Literal["", "since", "before"] = ""

    @property
    def years(self) -> range:
        """The years it is on record for: of a span all of them, of "since 2007" the one it begins in."""
        return range(int(self.start[:4]), int(self.end[:4]) + 1) if self.start else range(0)


@lru_cache(maxsize=4096)
def when(date: str, statement: str = "") -> When:
    """What the date of a statement says; ValueError where it cannot be read. The one place that reads such dates."""
    if not date:
        return When("", bilingual("tanpa tanggal", "undated"))
    found = _SHAPE.fullmatch(date)
    if not found:
        raise ValueError(
            f"statement {statement}: date '{date}' cannot be read. Possible: 1997-04-23, 2012-11, 2009, 2012-11-03/2012-11-08,"
            " since 2007, on or before 2023-04-28, annually, annually in July, annually since 2007, or nothing."
        )
    for day in (found["start"], found["end"], found["since"]):
        if day and not _is_in_calendar(day):
            raise ValueError(f"statement {statement}: date '{date}': {day} is no day of the calendar")
    start, end, since = (
        bilingual(written_date(found[name] or "", "id"), written_date(found[name] or "", "en"))
        for name in ("start", "end", "since")
    )
    if found["start"]:
        last = found["end"] or found["start"]
        if span_of(last)[1] <= span_of(found["start"])[0]:
            raise ValueError(f"statement {statement}: date '{date}' ends before it begins")
        label = say(_OPEN.get(found["open"], ""), start, say(" – ", end) if found["end"] else "")
        opening = _OPENING[found["open"] or ""]
        return When(found["start"], label, is_dated=opening != "since", end=last, open=opening)
    every = say(
        bilingual("setiap tahun", "every year"),
        bilingual(f" pada bulan {_MONTHS[found['month']]}", f" in {found['month']}") if found["month"] else "",
        say(" ", _OPEN["since "], since) if found["since"] else "",
    )
    first = found["since"] or ""
    return When(first, every, is_recurring=True, end=first, open="since" if first else "")


def _is_in_calendar(day: str) -> bool:
    """Whether a month has that day; a year alone or a month alone always has its own."""
    year, month, number = (int(part) for part in [*day.split("-"), "1", "1"][:3])
    return number <= calendar.monthrange(year, month)[1]


def span_of(day: str) -> tuple[float, float]:
    """Where a year, a month or a day begins and ends, in years and parts of years.

    >>> span_of("2009"), span_of("2023-12-31")[1]
    ((2009.0, 2010.0), 2024.0)
    """
    year, month, number = (int(part) for part in [*day.split("-"), "0", "0"][:3])
    if not month:
        return float(year), float(year + 1)
    days = 366 if calendar.isleap(year) else 365
    before = sum(calendar.monthrange(year, earlier)[1] for earlier in range(1, month))
    first, last = (number - 1, number) if number else (0, calendar.monthrange(year, month)[1])
    return year + (before + first) / days, year + (before + last) / days


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
    for name, date in zip(statements["statement"], statements["date"], strict=True):
        start = when(date, name).start
        years.append(int(start[:4]) if start else None)
        if start and int(start[:4]) < starts[0]:
            raise ValueError(f"statement {name} is dated {date}, before the first period ({starts[0]}): begin earlier")
    found = [None if year is None else names[bisect(starts, year) - 1] for year in years]
    made = {name: called(name.replace("-", "–")) for name in names}
    return statements.assign(year=pd.array(years, dtype="Int64"), period=made_column(found, made, bilingual("Kurun", "Period")))


def with_components(statements: pd.DataFrame, own: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """One row per statement, passage and `component` of implementation that it shows; `shows` is what, in both languages.

    `own` are components of the researcher, or more codes for one that is known: {name: ["facet:code", ...]}.
    """
    for name, codes in own.items():
        for code in codes:
            facet, _, wanted = code.partition(":")
            column = statements.get(facet, pd.Series(dtype=object))
            known = categories(column) or sorted({code for value in column for code in codes_of(value)})
            if wanted not in known:
                hint = did_you_mean(wanted, known)
                raise ValueError(f"component '{name}': '{code}' names no code of a column, as 'sector:DIK.GURU' does.{hint}")
    found = [(number, *shown) for number, row in enumerate(statements.to_dict("records")) for shown in _shown(row, own)]
    rows = statements.iloc[[number for number, _, _ in found]].reset_index(drop=True)
    names = _COMPONENTS | {name: called(name) for name in own if name not in _COMPONENTS}
    rows["component"] = made_column([name for _, name, _ in found], names, bilingual("Unsur pelaksanaan", "Component"))
    rows["shows"] = pd.Series([tuple(words.values()) for _, _, words in found], dtype=object)
    return rows


def _shown(row: Mapping[Any, Any], own: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, Words]]:
    """The components of implementation that a statement shows, and what it shows of each."""
    text, status, date = bilingual(row["text_id"], row["text_en"]), row["status"], when(row.get("date", ""), row["statement"])
    found: dict[str, Iterable[Words]] = {
        "instrument": [text] * (status == "signed"),
        "activity": [text] * (status == "implemented"),
        "actors": map(called, codes_of(row.get("actor"))),
        "numbers": [text] * _counts_something(row["text_id"]),
        "dates": [date.label] * (row.get("date", "") != ""),
        "frequency": [date.label] if date.is_recurring else [text] * bool(_OFTEN.search(row["text_id"])),
        "direction": [called(code) for code in codes_of(row.get("direction")) if code != "UNSPECIFIED"],
        "result": [text] * (status == CLAIMED),
    }
    for name, codes in own.items():
        if any(wanted in codes_of(row[facet]) for facet, _, wanted in (code.partition(":") for code in codes)):
            found[name] = [*found.get(name, []), text]
    return ((name, words) for name, all_words in found.items() for words in all_words)


def _counts_something(text: str) -> bool:
    """Whether a number stands in the text that is no date and belongs to no name ("SMA 5", "Nomor 32")."""
    for date in reversed(find_date_expressions(text)):
        text = text[: int(str(date["start"]))] + text[int(str(date["end"])) :]
    before = (text[: match.start()].split() for match in _NUMBER.finditer(text))
    return any(len(words) < 2 or not words[-1][:1].isupper() for words in before)


Years = tuple[int, int]  # the first and the last of them


def gaps(statements: pd.DataFrame, column: str) -> dict[str, list[Years]]:
    """Per value of a column, such as per case, the full years without one dated statement other than background.

    A statement is dated in the year it names, in all years of its span, and where it says "since 2007" in 2007. Before the first
    and after the last dated year there is no gap; what is no case of its own, such as "several cases", has none.
    """
    found: dict[str, list[Years]] = {}
    for name, here in without_background(statements).groupby(column, sort=False, observed=True):
        years = sorted({year for date in here["date"].unique() for year in when(date).years})
        if not is_residual(name):
            found[str(name)] = [(before + 1, after - 1) for before, after in pairwise(years) if after - before > 1]
    return found


def gap_row(years: Years) -> str:
    """The id of the row that a gap has in an event listing."""
    return f"{years[0]}..{years[1]}"


def written_years(years: Years) -> str:
    """Years as they are printed: "1998–2011", and of one year "2002"."""
    return "–".join(dict.fromkeys(map(str, years)))


def gap_words(years: Years) -> Words:
    """What the cell of a gap says."""
    number, span = years[1] - years[0] + 1, written_years(years)
    return bilingual(
        f"tidak ada peristiwa bertanggal {span} ({number} tahun)", f"no dated event {span} ({number_of(number, 'year')})"
    )


def gap_of(row: str, empty: Words | None) -> Years | None:
    """The years of a gap, if a cell of an event listing is one: by its row and by what it says."""
    found = re.fullmatch(r"(\d{4})\.\.(\d{4})", row)
    years = (int(found[1]), int(found[2])) if found else None
    return years if years and empty == gap_words(years) else None


def with_events(statements: pd.DataFrame, silences: Iterable[Years]) -> pd.DataFrame:
    """The same rows with their `event`: dates in order and the silences between them, then what recurs, last what has no date."""
    spans = [period for period in categories(statements.get("period")) if period[:4].isdigit()]

    def group(year: int) -> Family:
        return next((period.entry for period in reversed(spans) if int(period[:4]) <= year), _DATED)

    events: dict[str, tuple[int, str, Words, Family]] = {}  # by its id: which part, from when, label, group
    for name in statements["date"].unique():
        date = when(name)
        if date.is_dated:
            events[name] = (0, date.start, date.label, group(int(date.start[:4])))
        elif name:
            events[name] = (1, date.start or "9999", date.label, _ONGOING)
        else:
            events["undated"] = (2, "", date.label, _UNDATED)
    for years in silences:
        span = written_years(years)
        events[gap_row(years)] = (0, str(years[0]), bilingual(f"{span}: jeda", f"{span}: gap"), group(years[0]))
    order = sorted(events, key=lambda name: (*events[name][:2], name))
    labels, groups = {name: events[name][2] for name in order}, {name: events[name][3] for name in order}
    dates = statements["date"].replace("", "undated")
    return statements.assign(event=made_column(dates, labels, bilingual("Peristiwa", "Event"), groups))
