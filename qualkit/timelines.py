"""An event listing goes in; its events along time, lane by lane, come out as a figure for print."""

from __future__ import annotations

import calendar
import math
import re
from typing import Any, Literal, NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from qualkit.codebook import Language
from qualkit.display import FAINT, INK, STYLE, width_of, wrapped
from qualkit.matrix import CONTEXT, Matrix, need_language
from qualkit.page import FULL, LINE, RULE, Room, Width, in_order, label_rows, need, page_of, shapes_of, sheet, tell, words_for
from qualkit.tables import need_columns

_SMALL = 2.55  # mm: a line of 6 points
_WORDS: dict[str, dict[str, str]] = {
    "id": {
        "undated": "tanpa\ntanggal",
        "ids": "S001 = nomor pernyataan",
        "filled": "terisi = tanggal disebut",
        "hollow": "kosong = tanggal disimpulkan",
        "bar": "garis = rentang atau ketelitian tanggal",
        "since": "→ = sejak",
        "before": "← = paling lambat",
        "gap": "arsir = kurun tanpa peristiwa bertanggal selain latar",
        "recurring": "Berulang tanpa tahun: {names}",
        "events": "{n} peristiwa bertanggal, {undated} tanpa tanggal",
        "no_date": "tanpa tanggal: {n}",
        "silent": "kurun tanpa peristiwa bertanggal: {spans}",
    },
    "en": {
        "undated": "no\ndate",
        "ids": "S001 = id of a statement",
        "filled": "filled = date given",
        "hollow": "hollow = date inferred",
        "bar": "line = span or precision of the date",
        "since": "→ = since",
        "before": "← = at the latest",
        "gap": "hatched = period without a dated event other than background",
        "recurring": "Recurring, without a year: {names}",
        "events": "{n} dated events, {undated} undated",
        "no_date": "undated: {n}",
        "silent": "periods without a dated event: {spans}",
    },
}


class _Span(NamedTuple):
    """When something happened, in years and parts of years, and which of the ends is open."""

    start: float
    end: float
    open: Literal["", "since", "before"] = ""


_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"


def _span(date: str) -> _Span:
    """The span of a date as statements give it.

    >>> _span("since 2007")
    _Span(start=2007.0, end=2008.0, open='since')
    """
    found = re.fullmatch(rf"(since |on or before |annually (?:in \w+ )?since )?({_DAY})(?:/({_DAY}))?", date)
    if not found:
        raise ValueError(
            f"the date '{date}' cannot be read. Possible: 2012, 2012-11, 2012-11-03, 2012-11-03/2012-11-08,"
            " since 2007, on or before 2023-04-28, annually, annually in July, annually since 2007, or nothing."
        )
    opening, first, last = found.groups()
    if last and _ends(last)[1] <= _ends(first)[0]:
        raise ValueError(f"the date '{date}' ends before it begins")
    kind: Literal["", "since", "before"] = "" if not opening else "before" if opening == "on or before " else "since"
    return _Span(_ends(first)[0], _ends(last or first)[1], kind)


def _ends(day: str) -> tuple[float, float]:
    """Where a year, a month or a day begins and ends."""
    year, month, number = (int(part) for part in [*day.split("-"), "0", "0"][:3])
    if len(day) == 4:
        return float(year), float(year + 1)
    if not 1 <= month <= 12 or (len(day) == 10 and not 1 <= number <= calendar.monthrange(year, month)[1]):
        raise ValueError(f"the date '{day}' is no day of the calendar")
    days = 366 if calendar.isleap(year) else 365
    before = sum(calendar.monthrange(year, m)[1] for m in range(1, month))
    first, last = (number - 1, number) if number else (0, calendar.monthrange(year, month)[1])
    return year + (before + first) / days, year + (before + last) / days


def timeline(matrix: Matrix, title: str, language: Language = "id", width: Width = "double", ax: Axes | None = None) -> Axes:
    """Draw an event listing along time: a lane per column, a mark per statement, hatched where a period holds no dated event.

    Parameters
    ----------
    matrix
        An event listing: a matrix of texts whose rows are periods and whose passages have `statement`, `date`, `date_certainty`
        and `status`. A statement stands in every lane it belongs to.
    title, language, width, ax
        As for `network`.

    Returns
    -------
    Axes
        Lanes and years are its tick labels; the ids of statements are its texts, and at the right how many have no date.

    Raises
    ------
    ValueError
        If the matrix is no event listing, a date cannot be read, or no statement has a date.

    Notes
    -----
    A mark stands in the middle of what its date leaves open: "2009" is a line over that year. "since 2007" is an arrow from
    2007 on, "on or before 2023-04-28" one that ends there. What recurs without a year ("annually in July") is named in the key.

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 5 (event listing).

    Examples
    --------
    >>> from qualkit.matrix import fill
    >>> statements = pd.DataFrame(
    ...     {"statement": ["S1", "S2"], "case": "A-B", "date": ["1997-04-23", ""], "date_certainty": ["given", "unknown"],
    ...      "status": "signed", "document": "berita", "event": ["1997-04-23", "undated"]})
    >>> rule = {"id": "menurut tanggal", "en": "by date"}
    >>> events = fill("event listing", statements, "event", "case", "statement", lambda cell: (rule,) * len(cell), rule)
    >>> [text.get_text() for text in timeline(events, title="Peristiwa", width="single").texts]
    ['S1', '1', 'tanpa\\ntanggal']
    """
    need_language(language)
    need_columns(
        matrix.passages, ("statement", "date", "date_certainty", "status"), "the matrix of a timeline", "an event listing"
    )
    need(matrix, "timeline", language, width)
    words = _WORDS[language]
    lanes = [_lane(matrix, column) for column in matrix.column_ids()]
    events = [event for lane in lanes for event in lane.events]
    if not events:
        raise ValueError("no statement has a date that names a year: there is nothing to put in order of time")
    first = math.floor(min(event.span.start for event in events))
    last = math.ceil(max(event.span.end for event in events))
    statuses = in_order(matrix.passages["status"])
    shapes = shapes_of(statuses, "statuses")
    kept = in_order(matrix.passages["period"]) if "period" in matrix.passages else matrix.row_ids()
    periods = {period: span for period in kept if (span := _years(period, first, last))}
    silent = {lane.column: [p for p, (a, b) in periods.items() if not lane.within(a, b)] for lane in lanes}
    said = words_for(matrix.passages["status"], language)
    key = ["; ".join(f"{shapes[s][1]} {said[s]}" for s in statuses if any(event.status == s for event in events))]
    signs = [
        words["ids"].replace("S001", events[0].statement),
        words["filled"],
        *([words["hollow"]] if any(not e.given for e in events) else []),
        words["bar"],
    ]
    signs += [words[kind] for kind in ("since", "before") if any(e.span.open == kind for e in events)]
    key.append("; ".join([*signs, *([words["gap"]] if any(silent.values()) else [])]))
    recurring = list(dict.fromkeys(name for lane in lanes for name in lane.recurring))
    if recurring:
        key.append(words["recurring"].format(names=", ".join(recurring)))
    with plt.rc_context(STYLE):  # type: ignore[arg-type]  # as above
        page = page_of(width, ax)
        names = {lane.column: wrapped(matrix.label(lane.column, language), 0.2 * page) for lane in lanes}
        label, side = max(width_of(line) for lines in names.values() for line in lines) + 3, 11.0
        area = page - label - side - 1
        longest = max(width_of(line, 6) for e in events for line in wrapped(e.statement, area / 4, 6))
        margin = longest + 3  # room for an id before the first year and after the last
        scale = (area - 2 * margin) / (last - first)
        packed = {lane.column: _pack(lane.events, lambda year: margin + (year - first) * scale, area) for lane in lanes}
        tops, y = {}, 0.0
        for lane in lanes:
            deep = max(packed[lane.column][1] + 1.6, LINE * len(names[lane.column]) + 1.4, 5.5)
            tops[lane.column] = (y, deep)
            y += deep
        ax = sheet(title, key, Room(label, y, above=7), page, ax)
        for lane in lanes:
            top, deep = tops[lane.column]
            for period in silent[lane.column]:
                start, end = (margin + (year - first) * scale for year in periods[period])
                ax.add_patch(Rectangle((start, top + 0.3), end - start, deep - 0.6, facecolor="#f4f4f4", edgecolor="#cfcfcf",
                                       hatch="////", lw=0, zorder=0))  # fmt: skip
            ax.plot([0, area + side], [top + deep] * 2, color=RULE, lw=0.4, zorder=1)
            for place in packed[lane.column][0]:
                _mark(ax, place, top + 0.8, shapes[place.event.status][0], area)
            ax.text(area + side / 2, top + deep / 2, str(len(lane.undated) or "·"), ha="center", va="center",
                    color=INK if lane.undated else FAINT)  # fmt: skip
        for year in {start for start, _ in periods.values()} - {first}:
            ax.plot([margin + (year - first) * scale] * 2, [0, y], color=RULE, lw=0.5, ls=(0, (2, 2)), zorder=1)
        ax.plot([0, area + side], [0, 0], color=INK, lw=0.5)
        ax.text(area + side / 2, -1, words["undated"], ha="center", va="bottom", fontsize=6, fontstyle="italic")
        label_rows(ax, [(tops[c][0] + tops[c][1] / 2, names[c]) for c in names], label)
        pace = next(pace for pace in (1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000) if pace * scale >= 9 or pace == 1000)
        years = [year for year in range(first, last + 1) if year % pace == 0]
        ax.xaxis.tick_top()
        ax.set_xticks([margin + (year - first) * scale for year in years], [str(year) for year in years])
        ax.tick_params(axis="x", length=2, pad=1, labelsize=6.5)
        return tell(ax, _told(matrix, lanes, silent, title, language), _drawn(lanes))


class _Event(NamedTuple):
    statement: str
    date: str
    span: _Span
    status: str
    given: bool


class _Lane(NamedTuple):
    """What one column of an event listing tells: dated statements in order, recurring ones, and how many have no date."""

    column: str
    events: list[_Event]
    recurring: list[str]
    undated: list[str]

    def within(self, start: float, end: float) -> bool:
        return any(e.span.start < end and e.span.end > start for e in self.events if e.status != CONTEXT)


def _lane(matrix: Matrix, column: str) -> _Lane:
    facts = matrix.passages[matrix.passages["column"] == column].drop_duplicates("statement")
    events, recurring, undated = [], [], []
    for fact in facts[["statement", "date", "date_certainty", "status"]].astype(str).to_dict("records"):
        date = fact["date"].strip()
        if re.fullmatch(r"annually(?: in \w+)?", date):
            recurring.append(fact["statement"])
        elif not date:
            undated.append(fact["statement"])
        else:
            try:
                span = _span(date)
            except ValueError as error:
                raise ValueError(f"statement '{fact['statement']}': {error}") from None
            events.append(_Event(fact["statement"], date, span, fact["status"], fact["date_certainty"] == "given"))
    return _Lane(column, sorted(events, key=lambda e: (e.span, e.statement)), recurring, undated)


class _Place(NamedTuple):
    event: _Event
    start: float  # mm, of its line and its label
    middle: float
    end: float
    lines: list[str]
    left: bool  # whether the label stands before the mark
    y: float = 0.0


def _pack(events: list[_Event], where: Any, area: float) -> tuple[list[_Place], float]:
    """Marks with their ids, each in the first row of the lane where it touches no other; and how deep the lane is."""
    rows: list[list[tuple[float, float, _Place]]] = []
    for event in events:
        start, end = where(event.span.start), where(event.span.end)
        middle = {"": (start + end) / 2, "since": start, "before": end}[event.span.open]
        lines = wrapped(event.statement, area / 4, 6)
        wide = max(width_of(line, 6) for line in lines) + 0.6
        edge = {"": max(end, middle + 1.2), "since": area, "before": middle + 1.2}[event.span.open]
        left = event.span.open == "since" or edge + wide > area
        low = min({"": start, "since": middle - 1.2, "before": middle - 6}[event.span.open], middle - 1.2)
        place = _Place(event, start, middle, end, lines, left)
        box = (low - wide, edge) if left else (low, edge + wide)
        row = next((row for row in rows if all(box[1] <= a or box[0] >= b for a, b, _ in row)), None)
        if row is None:
            row = []
            rows.append(row)
        row.append((*box, place))
    placed, y = [], 0.0
    for row in rows:
        deep = max(_SMALL * len(place.lines) + 0.7 for _, _, place in row)
        placed += [place._replace(y=y + deep / 2) for _, _, place in row]
        y += deep
    return placed, y


def _mark(ax: Axes, place: _Place, top: float, shape: str, area: float) -> None:
    event, y = place.event, top + place.y
    arrow = {"since": (place.middle, area), "before": (place.middle, place.middle - 6)}.get(event.span.open)
    if arrow:
        ax.annotate("", (arrow[1], y), (arrow[0], y), arrowprops={"arrowstyle": "->", "lw": 0.6, "shrinkA": 0, "shrinkB": 0})
    elif place.end - place.start > 2:
        ax.plot([place.start, place.end], [y, y], color=INK, lw=0.9, solid_capstyle="butt", zorder=2)
    ax.scatter([place.middle], [y], s=30 if shape == "*" else 17, marker=shape, facecolor=FULL if event.given else "white", edgecolor=INK, lw=0.6,
               zorder=3)  # fmt: skip
    low, high = min(place.start, place.middle - 1.2), max(place.end, place.middle + 1.2)
    if event.span.open:
        low, high = place.middle - 1.2, place.middle + 1.2
    x = low - 0.3 if place.left else high + 0.3
    ax.text(x, y, "\n".join(place.lines), ha="right" if place.left else "left", va="center", fontsize=6, zorder=4)


def _years(row: str, first: int, last: int) -> tuple[float, float] | None:
    """From when to when a period (or gap) reaches within the years drawn, if its id tells: "1993-1999", "2020-", "2003..2006"."""
    found = re.fullmatch(r"(\d{4})?\s*(?:[-–—]|\.\.)\s*(\d{4})?", row) or re.fullmatch(r"(\d{4})()", row)
    if not found or not any(found.groups()):
        return None
    start = max(int(found[1] or first), first)
    until = int(found[2]) + 1 if found[2] else int(found[1]) + 1 if found[2] == "" else last
    return (float(start), float(min(until, last))) if start < min(until, last) else None


def _told(matrix: Matrix, lanes: list[_Lane], silent: dict[str, list[str]], title: str, language: Language) -> list[str]:
    """The timeline in words, lane by lane."""
    words, said = _WORDS[language], [title]
    status = words_for(matrix.passages["status"], language)
    events = {event.statement for lane in lanes for event in lane.events}
    loose = {name for lane in lanes for name in lane.undated}
    said.append(words["events"].format(n=len(events), undated=len(loose)))
    for lane in lanes:
        told = [
            f"{matrix.label(e.date, language)} {e.statement} ({status[e.status].lower()}{'' if e.given else '?'})"
            for e in lane.events
        ]
        told.append(words["no_date"].format(n=len(lane.undated)))
        if silent[lane.column]:
            told.append(words["silent"].format(spans=", ".join(silent[lane.column])))
        if lane.recurring:
            told.append(words["recurring"].format(names=", ".join(lane.recurring)))
        said.append(f"{matrix.label(lane.column, language)}: {'; '.join(told)}")
    return said


def _drawn(lanes: list[_Lane]) -> pd.DataFrame:
    rows = [(lane.column, e.statement, e.date, e.status, e.given) for lane in lanes for e in lane.events]
    rows += [(lane.column, name, kind, "", False) for lane in lanes
             for kind, names in (("recurring", lane.recurring), ("undated", lane.undated)) for name in names]  # fmt: skip
    return pd.DataFrame(rows)
