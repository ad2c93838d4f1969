"""A table with one text per row (.csv, .xlsx) goes in; its texts come out, the other columns as what is known about each."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from qualkit.archives import open_archive
from qualkit.original import Original, proper
from qualkit.tables import did_you_mean, read_rows

# The names that people give to the columns of documents.csv, in small letters.
_NAMES = {
    "text": "text teks isi content body konten".split(),
    "title": "title judul headline".split(),
    "outlet": "outlet media sumber source penerbit publisher".split(),
    "author": "author penulis wartawan byline".split(),
    "date": "date tanggal tgl".split(),
    "document": "document dokumen id".split(),
    "kind": "kind jenis".split(),
    "language": "language bahasa".split(),
    "address": "address url link tautan".split(),
}
_CALLED = {name: column for column, names in _NAMES.items() for name in names}


def read_texts_csv(path: Path) -> list[Original]:
    """One text per row of a CSV file in UTF-8."""
    rows = read_rows(path, ())
    return _originals([({name: cell for name, cell in row.items() if name != "line"}, f"line {row['line']}") for row in rows])


def read_texts_xlsx(content: bytes) -> list[Original]:
    """One text per row of the first sheet of an Excel file; a formula counts as what it shows."""
    import openpyxl

    open_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says about its size may be wrong, by a million rows
        rows = [
            (number, cells)
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
            if any(cells := [*map(_shown, row)])
        ]
    except Exception as error:  # openpyxl has no exception of its own for a file that Excel would not open either
        raise ValueError(f"the file cannot be opened as an Excel workbook ({error})") from None
    header = [name.strip() for name in rows[0][1]] if rows else []
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise ValueError(f"column '{twice[0]}' stands twice in the header")
    found = [
        ({name: cell for name, cell in zip_longest(header, row, fillvalue="") if name}, f"row {number}")
        for number, row in rows[1:]
    ]
    texts = _originals(found)
    if len(book.sheetnames) > 1:
        others = ", ".join(book.sheetnames[1:])
        texts = [replace(one, notes=(*one.notes, f"not carried over: the sheets {others}")) for one in texts]
    return texts


def _shown(cell: object) -> str:
    """A cell as a person reads it; a day without its midnight.

    >>> import datetime
    >>> _shown(datetime.datetime(2019, 3, 26)), _shown(None), _shown(7)
    ('2019-03-26', '', '7')
    """
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def _originals(rows: list[tuple[dict[str, str], str]]) -> list[Original]:
    if not rows:
        raise ValueError("the table holds no rows")
    names = list(rows[0][0])
    called = {name: _CALLED.get(name.strip().lower(), name.strip().lower().replace(" ", "_")) for name in names}
    if "text" not in called.values():
        raise ValueError(f"no column is called text (or {', '.join(_NAMES['text'][1:])}).{did_you_mean('text', names)}")
    if len(set(called.values())) < len(names):
        doubled = next(name for name in names if list(called.values()).count(called[name]) > 1)
        raise ValueError(f"column '{doubled}' and another one both mean '{called[doubled]}'; give one of them another name")
    originals = []
    for row, place in rows:
        known = {called[name]: cell.strip() if called[name] != "text" else cell for name, cell in row.items()}
        text = proper(known.pop("text")).strip("\n") + "\n"
        originals.append(Original(text, {name: value for name, value in known.items() if value}, place=place))
    return originals
