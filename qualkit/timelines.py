"""An event listing goes in; its events along time, lane by lane, come out as a figure for print."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from qualkit.codebook import Language
from qualkit.columns import When, Years, gap_of, span_of, when, written_years
from qualkit.display import FAINT, INK, styled, width_of, wrapped
from qualkit.matrix import DONE, Matrix, need_language
from qualkit.page import FULL, LINE, RULE, Room, Width, in_order, label_rows, need, page_of, shapes_of, sheet, tell, words_for
from qualkit.tables import need_columns

_LISTINGS = ("event listing", "critical incident chart")
_SMALL = 2.55  # mm: a line of 6 points
_WORDS: dict[str, dict[str, str]] = {
    "id": {
        "undated": "tanpa tanggal",
        "deeds": "kegiatan tanpa tanggal",
        "ids": "S001 = nomor pernyataan",
        "filled": "terisi = tanggal disebut",
        "hollow": "kosong = tanggal disimpulkan",
        "bar": "garis = rentang atau ketelitian tanggal",
        "since": "→ = sejak, digambar sampai tahun bertanggal terakhir; akhirnya tidak diketahui",
        "before": "← = paling lambat",
        "gap": "arsir = jeda: tahun penuh tanpa peristiwa bertanggal selain latar di lajur itu",
        "recurring": "Berulang tanpa tahun: {names}",
        "events": "{n} peristiwa bertanggal, {kind}: {undated}",
        "silent": "jeda: {spans}",
    },
    "en": {
        "undated": "undated",
        "deeds": "undated deeds",
        "ids": "S001 = id of a statement",
        "filled": "filled = date given",
        "hollow": "hollow = date inferred",
        "bar": "line = span or precision of the date",
        "since": "→ = since, drawn to the last dated year; its end is not known",
        "before": "← = at the latest",
        "gap": "hatched = gap: full years without a dated event other than background in that lane",
        "recurring": "Recurring, without a year: {names}",
        "events": "{n} dated events, {kind}: {undated}",
        "silent": "gaps: {spans}",
    },
}


def timeline(matrix: Matrix, title: str, language: Language = "id", width: Width = "double", ax: Axes | None = None) -> Axes:
    """Draw an event listing along time: a lane per column, a mark per statement, hatched where the listing has a gap.

    Parameters
    ----------
    matrix
        What `arrange` makes as event listing or critical incident chart; its passages have `statement`, `date`, `date_certainty` and
        `status`. A statement stands in every lane it belongs to. Hatched are the gaps that the cells of the listing name.
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
    2007 to the last dated year of the listing, since nobody knows its end; "on or before 2023-04-28" is one that ends there.
    What recurs without a year ("annually in July") is named in the key.

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
    ['S1', '1', 'kegiatan\\ntanpa\\ntanggal']
    """
    need_language(language)
    if matrix.kind not in _LISTINGS or matrix.rows != "event":
        what = (
            f"a {matrix.kind} matrix" if matrix.kind not in _LISTINGS else f"one whose rows are '{matrix.rows}', not its events"
        )
        raise ValueError(
            f"a timeline draws an event listing, and this is {what}: arrange(statements, 'event listing') makes one"
        )
    need_columns(
        matrix.passages, ("statement", "date", "date_certainty", "status"), "the matrix of a timeline", "an event listing"
    )
    need(matrix, "timeline", language, width)
    words = _WORDS[language]
    lanes = [_lane(matrix, column) for column in matrix.column_ids()]
    events = [event for lane in lanes for event in lane.events]
    if not events:
        raise ValueError("no statement has a date that names a year: there is nothing to put in order of time")
    first = min(event.when.years[0] for event in events)
    last = max(event.when.years[-1] for event in events) + 1
    statuses = in_order(matrix.passages["status"])
    shapes = shapes_of(statuses, "statuses")
    periods = (str(period)[:4] for period in in_order(matrix.passages["period"])) if "period" in matrix.passages else ()
    borders = {int(year) for year in periods if year.isdecimal() and first < int(year) < last}
    silent = {lane.column: _gaps(matrix, lane.column) for lane in lanes}
    no_date = words["deeds" if all(lane.is_of_deeds for lane in lanes) else "undated"]
    said = words_for(matrix.passages["status"], language)
    key = ["; ".join(f"{shapes[s][1]} {said[s]}" for s in statuses if any(event.status == s for event in events))]
    signs = [
        words["ids"].replace("S001", events[0].statement),
        words["filled"],
        *([words["hollow"]] if any(not e.given for e in events) else []),
        words["bar"],
    ]
    signs += [words[kind] for kind in ("since", "before") if any(e.when.open == kind for e in events)]
    key.append("; ".join([*signs, *([words["gap"]] if any(silent.values()) else [])]))
    recurring = list(dict.fromkeys(name for lane in lanes for name in lane.recurring))
    if recurring:
        key.append(words["recurring"].format(names=", ".join(recurring)))
    with styled():
        page = page_of(width, ax)
        names = {lane.column: wrapped(matrix.label(lane.column, language), 0.2 * page) for lane in lanes}
        heads = no_date.split()
        label, side = max(width_of(line) for lines in names.values() for line in lines) + 3, 13.0
        area = page - label - side - 1
        longest = max(width_of(line, 6) for e in events for line in wrapped(e.statement, area / 4, 6))
        margin = longest + 3  # room for an id before the first year and after the last
        scale = (area - 2 * margin) / (last - first)

        def where(year: float) -> float:
            return margin + (year - first) * scale

        packed = {lane.column: _pack(lane.events, where, area, where(last)) for lane in lanes}
        tops, y = {}, 0.0
        for lane in lanes:
            deep = max(packed[lane.column][1] + 1.6, LINE * len(names[lane.column]) + 1.4, 5.5)
            tops[lane.column] = (y, deep)
            y += deep
        ax = sheet(title, key, Room(label, y, above=max(7, _SMALL * len(heads) + 1.5)), page, ax)
        for lane in lanes:
            top, deep = tops[lane.column]
            for gap in silent[lane.column]:
                start, end = where(gap[0]), where(gap[1] + 1)
                ax.add_patch(Rectangle((start, top + 0.3), end - start, deep - 0.6, facecolor="#f4f4f4", edgecolor="#cfcfcf",
                                       hatch="////", lw=0, zorder=0))  # fmt: skip
            ax.plot([0, area + side], [top + deep] * 2, color=RULE, lw=0.4, zorder=1)
            for place in packed[lane.column][0]:
                _mark(ax, place, top + 0.8, shapes[place.event.status][0], where(last))
            ax.text(area + side / 2, top + deep / 2, str(len(lane.undated) or "·"), ha="center", va="center",
                    color=INK if lane.undated else FAINT)  # fmt: skip
        for year in sorted(borders):
            ax.plot([where(year)] * 2, [0, y], color=RULE, lw=0.5, ls=(0, (2, 2)), zorder=1)
        ax.plot([0, area + side], [0, 0], color=INK, lw=0.5)
        ax.text(area + side / 2, -1, "\n".join(heads), ha="center", va="bottom", fontsize=6, fontstyle="italic")
        label_rows(ax, [(tops[c][0] + tops[c][1] / 2, names[c]) for c in names], label)
        pace = next(pace for pace in (1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000) if pace * scale >= 9 or pace == 1000)
        years = [year for year in range(first, last + 1) if year % pace == 0]
        ax.xaxis.tick_top()
        ax.set_xticks([where(year) for year in years], [str(year) for year in years])
        ax.tick_params(axis="x", length=2, pad=1, labelsize=6.5)
        return tell(ax, [title, *_told(matrix, lanes, silent, no_date, language)], _drawn(lanes))


def _gaps(matrix: Matrix, column: str) -> list[Years]:
    """The gaps of a lane: those that its cells in the listing name, so that figure and table cannot disagree."""
    cells = matrix.cells[matrix.cells["column"] == column]
    found = (gap_of(row, empty) for row, empty in zip(cells["row"], cells["empty"], strict=True))
    return [years for years in found if years]


class _Event(NamedTuple):
    statement: str
    date: str
    when: When
    status: str
    given: bool

    @property
    def span(self) -> tuple[float, float]:
        return span_of(self.when.start)[0], span_of(self.when.end)[1]


class _Lane(NamedTuple):
    """What one column of an event listing tells: dated statements in order, recurring ones, and how many have no date."""

    column: str
    events: list[_Event]
    recurring: list[str]
    undated: list[str]
    is_of_deeds: bool  # whether nothing but deeds has no date


def _lane(matrix: Matrix, column: str) -> _Lane:
    facts = matrix.passages[matrix.passages["column"] == column].drop_duplicates("statement")
    events, recurring, undated, others = [], [], [], 0
    for fact in facts[["statement", "date", "date_certainty", "status"]].astype(str).to_dict("records"):
        date = when(fact["date"].strip(), fact["statement"])
        if date.start:
            events.append(
                _Event(fact["statement"], fact["date"].strip(), date, fact["status"], fact["date_certainty"] == "given")
            )
        elif date.is_recurring:
            recurring.append(fact["statement"])
        else:
            undated.append(fact["statement"])
            others += fact["status"] not in DONE
    return _Lane(column, sorted(events, key=lambda e: (e.span, e.statement)), recurring, undated, not others)


class _Place(NamedTuple):
    event: _Event
    start: float  # mm, of its line and its label
    middle: float
    end: float
    lines: list[str]
    left: bool  # whether the label stands before the mark
    y: float = 0.0


def _pack(events: list[_Event], where: Any, area: float, until: float) -> tuple[list[_Place], float]:
    """Marks with their ids, each in the first row of the lane where it touches no other; and how deep the lane is."""
    rows: list[list[tuple[float, float, _Place]]] = []
    for event in events:
        start, end = map(where, event.span)
        middle = {"": (start + end) / 2, "since": start, "before": end}[event.when.open]
        lines = wrapped(event.statement, area / 4, 6)
        wide = max(width_of(line, 6) for line in lines) + 0.6
        edge = {"": max(end, middle + 1.2), "since": until, "before": middle + 1.2}[event.when.open]
        left = event.when.open == "since" or edge + wide > area
        low = min({"": start, "since": middle - 1.2, "before": middle - 6}[event.when.open], middle - 1.2)
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


def _mark(ax: Axes, place: _Place, top: float, shape: str, until: float) -> None:
    event, y = place.event, top + place.y
    arrow = {"since": (place.middle, until), "before": (place.middle, place.middle - 6)}.get(event.when.open)
    if arrow:
        ax.annotate("", (arrow[1], y), (arrow[0], y), arrowprops={"arrowstyle": "->", "lw": 0.6, "shrinkA": 0, "shrinkB": 0})
    elif place.end - place.start > 2:
        ax.plot([place.start, place.end], [y, y], color=INK, lw=0.9, solid_capstyle="butt", zorder=2)
    ax.scatter([place.middle], [y], s=30 if shape == "*" else 17, marker=shape, facecolor=FULL if event.given else "white", edgecolor=INK, lw=0.6,
               zorder=3)  # fmt: skip
    low, high = min(place.start, place.middle - 1.2), max(place.end, place.middle + 1.2)
    if event.when.open:
        low, high = place.middle - 1.2, place.middle + 1.2
    x = low - 0.3 if place.left else high + 0.3
    ax.text(x, y, "\n".join(place.lines), ha="right" if place.left else "left", va="center", fontsize=6, zorder=4)


def _told(matrix: Matrix, lanes: list[_Lane], silent: dict[str, list[Years]], no_date: str, language: Language) -> list[str]:
    """The timeline in words, lane by lane."""
    words = _WORDS[language]
    status = words_for(matrix.passages["status"], language)
    events = {event.statement for lane in lanes for event in lane.events}
    loose = {name for lane in lanes for name in lane.undated}
    said = [words["events"].format(n=len(events), kind=no_date, undated=len(loose))]
    for lane in lanes:
        told = [
            f"{matrix.label(e.date, language)} {e.statement} ({status[e.status].lower()}{'' if e.given else '?'})"
            for e in lane.events
        ]
        told.append(f"{no_date}: {len(lane.undated)}")
        if silent[lane.column]:
            told.append(words["silent"].format(spans=", ".join(map(written_years, silent[lane.column]))))
        if lane.recurring:
            told.append(words["recurring"].format(names=", ".join(lane.recurring)))
        said.append(f"{matrix.label(lane.column, language)}: {'; '.join(told)}")
    return said


def _drawn(lanes: list[_Lane]) -> pd.DataFrame:
    rows = [(lane.column, e.statement, e.date, e.status, e.given) for lane in lanes for e in lane.events]
    rows += [(lane.column, name, kind, "", False) for lane in lanes
             for kind, names in (("recurring", lane.recurring), ("undated", lane.undated)) for name in names]  # fmt: skip
    return pd.DataFrame(rows)
