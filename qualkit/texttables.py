"""A table with one text per row (.csv, .xlsx) goes in; its texts come out, the other columns as what is known about each."""

from __future__ import annotations

import csv
import datetime
import io
import re
from dataclasses import replace
from typing import Any

from qualkit.archives import open_archive, part
from qualkit.indonesian import find_dates
from qualkit.original import Original, decoded, proper
from qualkit.tables import delimiter_of, few, is_day, number_of, stop_at

# The names that people give to the columns of documents.csv, in small letters.
_NAMES = {
    "text": ["text", "teks", "isi", "isi berita", "isi artikel", "content", "body", "konten"],
    "title": ["title", "judul", "judul berita", "judul artikel", "headline"],
    "outlet": "outlet media sumber source penerbit publisher".split(),
    "author": "author penulis wartawan byline".split(),
    "date": ["date", "tanggal", "tanggal terbit", "tanggal berita", "tgl"],
    "document": "document dokumen id".split(),
    "kind": "kind jenis".split(),
    "language": "language bahasa".split(),
    "address": "address url link tautan".split(),
}
_CALLED = {name: column for column, names in _NAMES.items() for name in names}
_ABOVE = 10  # rows in which the head is looked for: a title may stand above it
_ROWS, _COLUMNS = 1_048_576, 200  # of a sheet: what Excel holds at most; more than anybody says about a text

_ISO = re.compile(r"(\d{4})[-/](\d\d)[-/](\d\d)(?:[ T]\d\d:\d\d.*)?")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:\s+\d{1,2}[:.]\d\d.*)?")
_TIME = re.compile(r"[\s,|–-]*(?:(?:pukul|jam)?\s*\d{1,2}[.:]\d\d.*)?")
_SERIAL = re.compile(r"([1-5]\d{4})(?:\.\d+)?")  # 1927 to 2064
_BEFORE_THE_FIRST = datetime.date(1899, 12, 30)  # from where spreadsheets count days

Row = tuple[str, list[str]]  # where it stands, and its cells


def read_texts_csv(content: bytes) -> list[Original]:
    """One text per row of a CSV file in any encoding; commas, semicolons or tabs stand between its columns."""
    text, _, warning = decoded(content)
    said = re.match("sep=(.)\r?\n", text)  # Excel writes and reads it
    lines = io.StringIO(text, newline="")
    lines.seek(said.end() if said else 0)
    head = text.partition("\n")[0]
    between = said[1] if said else "\t" if "\t" in head and not {",", ";"} & {*head} else delimiter_of(head)
    reader = csv.reader(lines, delimiter=between, strict=True)
    rows: list[Row] = []
    line = before = 1 if said else 0
    try:
        for cells in reader:
            if any(cells):
                rows.append((f"line {line + 1}", cells))
            line = before + reader.line_num
    except csv.Error as error:
        raise ValueError(f"line {before + reader.line_num}: not a readable CSV file ({error})") from None
    return [replace(one, notes=(*one.notes, *([warning] if warning else []))) for one in _originals(rows)]


def read_texts_xlsx(content: bytes) -> list[Original]:
    """One text per row of the first sheet of an Excel file; a formula counts as what it shows."""
    import openpyxl

    archive = open_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says about its size may be wrong, by a million rows
        top = [[*map(_shown, row)] for row in sheet.iter_rows(max_row=_ABOVE, values_only=True)]
        heads = [cells for cells in top if _is_head(cells)][:1] or top
        width = max((number for cells in heads for number, cell in enumerate(cells, 1) if cell), default=1)
        sheets = [part(archive, name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
        lacking = _without_result(content, sheet, width) if any(re.search(rb"<(?:\w+:)?f[\s/>]", one) for one in sheets) else {}
        rows = [
            (f"row {number}", [*map(_shown, row)])
            # Of what stands right of the head nothing is known; and each row is filled up to its last cell.
            for number, row in enumerate(sheet.iter_rows(max_row=_ROWS, max_col=min(width, _COLUMNS), values_only=True), 1)
            if row.count(None) < len(row) or f"row {number}" in lacking
        ]
    except Exception as error:  # openpyxl has no exception of its own for a file that Excel would not open either
        raise ValueError(f"the file cannot be opened as an Excel workbook ({error})") from None
    if width > _COLUMNS:
        raise ValueError(f"the table has {width} columns; more than {_COLUMNS} are not read: keep those that say something")
    texts = [replace(one, notes=(*one.notes, *lacking.get(one.place, ()))) for one in _originals(rows)]
    if len(book.sheetnames) > 1:
        others = f"sheet{'s' if len(book.sheetnames) > 2 else ''} {', '.join(book.sheetnames[1:])}"
        texts = [replace(one, notes=(*one.notes, f"not carried over: the {others}")) for one in texts]
    return texts


def _without_result(content: bytes, shown: Any, width: int) -> dict[str, list[str]]:
    """Of each row what to know of its formulas whose results the sheet does not show, as when no spreadsheet has ever saved it."""
    import openpyxl

    written = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    written.reset_dimensions()
    told = {}
    rows = (sheet.iter_rows(max_row=_ROWS, max_col=min(width, _COLUMNS)) for sheet in (written, shown))
    for number, (formulas, results) in enumerate(zip(*rows, strict=True), 1):
        lacking = [
            cell.coordinate
            for cell, result in zip(formulas, results, strict=True)
            if cell.data_type == "f" and result.value is None and result.data_type == "n"  # an empty text is a result
        ]
        if lacking:
            where = f"cell{'s' if len(lacking) > 1 else ''} {few(lacking, 5)}"
            how = "open the file in a spreadsheet program and save it before you add it"
            told[f"row {number}"] = [f"not carried over: formulas without a stored result ({where}): {how}"]
    return told


def _shown(cell: object) -> str:
    """A cell as a person reads it; a day without its midnight.

    >>> import datetime
    >>> _shown(datetime.datetime(2019, 3, 26)), _shown(None), _shown(7), _shown("satu_x000D_")
    ('2019-03-26', '', '7', 'satu\\r')
    """
    from openpyxl.utils.escape import unescape

    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return "" if cell is None else unescape(cell) if isinstance(cell, str) else str(cell)


def _is_head(cells: list[str]) -> bool:
    return any(_meaning(cell) == "text" for cell in cells)


def _meaning(name: str) -> str:
    """The column of documents.csv that a heading names.

    >>> _meaning(" Judul Berita "), _meaning("Nilai Berita")
    ('title', 'nilai_berita')
    """
    plain = name.strip().lower()
    return _CALLED.get(plain, plain.replace(" ", "_"))


def _originals(rows: list[Row]) -> list[Original]:
    at = next((number for number, (_, cells) in enumerate(rows[:_ABOVE]) if _is_head(cells)), 0)
    below = rows[at + 1 :]
    if not below:
        raise ValueError("the table holds no rows")
    names = [name.strip() for name in rows[at][1]]
    called = [_meaning(name) for name in names]
    if "text" not in called:
        columns = ", ".join(name for name in names if name)
        raise ValueError(
            f"which column holds the texts? Call it text (or {', '.join(_NAMES['text'][1:])}). There are: {columns}"
        )
    for name, column in zip(names, called, strict=True):
        if name and names.count(name) > 1:
            raise ValueError(f"column '{name}' stands twice in the header")
        if column and called.count(column) > 1:
            raise ValueError(f"column '{name}' and another one both mean '{column}'; give one of them another name")
    stop_at([f"{place}: {number_of(len(cells), 'cell')}, but the header has {number_of(len(names), 'column')}" for place, cells in below
             if len(cells) != len(names)])  # fmt: skip
    tables = [dict(zip(called, cells, strict=True)) for _, cells in below]
    days = _days([known.get("date", "").strip() for known in tables])
    originals = []
    for (place, cells), known, (day, rule) in zip(below, tables, days, strict=True):
        text = proper(known.pop("text")).strip("\n") + "\n"
        known = {name: value.strip() for name, value in known.items() if name and value.strip()} | (
            {"date": day} if day else {}
        )
        nameless = any(cell.strip() for name, cell in zip(names, cells, strict=True) if not name)
        notes = ("not carried over: what stands in a column without a heading",) if nameless else ()
        originals.append(Original(text, known, {"date": rule} if rule else {}, notes, place=place))
    return originals


def _days(written: list[str]) -> list[tuple[str, str]]:
    """The day (month, year) that each cell of a column of dates says, and by what rule where it may mean another; '' where none is known.

    >>> _days(["3 Mei 2023", "12/03/2024", "kemarin"])
    [('2023-05-03', ''), ('2024-03-12', "'12/03/2024', read day first"), ('', '')]
    """
    numbers = [found for cell in written if (found := _NUMBERS.fullmatch(cell))]
    first = {order for found in numbers for order, at in (("day", 1), ("month", 3)) if int(found[at]) > 12}
    order = {frozenset(): "day", frozenset(["day"]): "day", frozenset(["month"]): "month"}.get(frozenset(first), "")
    return [_day(cell, order) for cell in written]


def _day(cell: str, order: str) -> tuple[str, str]:
    if len(cell) in (4, 7) and is_day(f"{cell}-01-01"[:10]):
        return cell, ""
    if found := _ISO.fullmatch(cell):
        return _if_day(*found.groups()), ""
    if found := _SERIAL.fullmatch(cell):
        counted = _BEFORE_THE_FIRST + datetime.timedelta(days=int(found[1]))
        return counted.isoformat(), f"'{cell}', the days that spreadsheets count"
    if found := _NUMBERS.fullmatch(cell):
        one, other, year = int(found[1]), int(found[3]), found[4]
        sure = "day" if one > 12 else "month" if other > 12 else "day" if one == other else ""
        day, month = (other, one) if (sure or order) == "month" else (one, other)
        iso = _if_day(year, f"{month:02}", f"{day:02}") if sure or order else ""
        return iso, f"'{cell}', read {order} first" if iso and not sure else ""
    dates = find_dates(cell) if re.search("[A-Za-z]", cell) else []
    if len(dates) == 1 and dates[0]["start"] == 0 and _TIME.fullmatch(cell[int(str(dates[0]["end"])) :]):
        return ("", "") if dates[0]["weekday_fits"] is False else (_if_day(*str(dates[0]["date"]).split("-", 2)), "")
    return "", ""


def _if_day(year: str, month: str, day: str) -> str:
    return f"{year}-{month}-{day}" if is_day(f"{year}-{month}-{day}") else ""
