"""Files in, plain rows out: what every reader at the door shares (CSV and YAML read as text, faults told all at once)."""

from __future__ import annotations

import contextlib
import csv
import datetime
import difflib
import errno
import io
import operator
import os
import re
import secrets
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import pandas as pd
import yaml

csv.field_size_limit(10_000_000)  # a quotation may be longer than the csv module's 131,072 characters

_LARGEST, _DEEPEST = 1_000_000, 50  # bytes and levels of a YAML file written by people
_INVISIBLE_MARK = "\ufeff"
PART = re.compile(r"\..+\.[0-9a-f]{8}\.part")  # the name of a file while `write_whole` writes it


class Faults:
    """Everything wrong with one file, each with its line, told at once.

    >>> faults = Faults("codebook.yaml")
    >>> faults.add(14, "code 'DIK.GURU' has no example")
    >>> faults.stop()
    Traceback (most recent call last):
    ValueError: codebook.yaml, line 14: code 'DIK.GURU' has no example
    """

    def __init__(self, path: str | Path) -> None:
        self.path = str(path)
        self.found: list[tuple[int, str]] = []

    def add(self, line: int | None, message: str) -> None:
        self.found.append((line or 0, message))

    def stop(self) -> None:
        """Raise one ValueError that lists every fault in the order of the lines; do nothing where there is none."""
        stop_at([f"{self.path}{f', line {line}' if line else ''}: {text}" for line, text in sorted(self.found)])


def stop_at(faults: Sequence[str]) -> None:
    """Raise one ValueError that tells all faults; do nothing where there is none."""
    if faults:
        raise ValueError("\n".join([f"{len(faults)} faults", *faults] if len(faults) > 1 else faults))


class Named(str):
    """An id that knows what else it is called, such as its labels; it compares and prints as the plain id."""

    names: tuple[str, ...]

    def __new__(cls, plain: str, *names: str) -> Self:
        made = super().__new__(cls, plain)
        made.names = names
        return made


yaml.SafeDumper.add_multi_representer(Named, yaml.SafeDumper.represent_str)  # in a YAML file it is a plain text too


def did_you_mean(value: str, options: Iterable[str]) -> str:
    """A sentence to end a message with: the nearest of the options, or, where they are few, all of them.

    An option that knows its names (`Named`) is found by these too, spelt as they are.

    >>> did_you_mean("DIK.GURUU", ["DIK.GURU", "DIK.PT"]), did_you_mean("Guru", [Named("DIK.PENGAJAR", "Guru", "Teachers")])
    (" Did you mean 'DIK.GURU'?", " Did you mean 'DIK.PENGAJAR'?")
    """
    options, wanted = list(options), str(value).casefold()
    known = {str(option).casefold(): str(option) for option in reversed(options)}
    named = {name.casefold(): str(option) for option in reversed(options) for name in getattr(option, "names", ())}
    close = [wanted] if wanted in named else difflib.get_close_matches(wanted, known, n=1, cutoff=0.6)
    if close:
        return f" Did you mean '{(named | known)[close[0]]}'?"
    return f" Possible: {', '.join(map(str, options))}." if 0 < len(options) <= 12 else ""


def need_columns(table: pd.DataFrame, columns: Sequence[str], what: str, source: str) -> None:
    """Say in words which columns a table lacks and which function makes them.

    Raises
    ------
    ValueError
        If `table` is no DataFrame or a column is missing.
    """
    if not isinstance(table, pd.DataFrame):
        raise ValueError(f"{what} must be the table that {source} returns, not {type(table).__name__}")
    missing = [column for column in columns if column not in table.columns]
    if missing:
        there = [str(column) for column in table.columns]
        hint = did_you_mean(missing[0], there) or f" It has: {', '.join(there)}."
        raise ValueError(f"{what} has no column {', '.join(missing)}: pass the table that {source} returns.{hint}")


def number_of(number: int, name: str) -> str:
    """How many of a thing there are, in words.

    >>> number_of(1, "row"), number_of(2, "row")
    ('1 row', '2 rows')
    """
    return f"{number} {name}{'' if number == 1 else 's'}"


def few(names: Sequence[object], most: int, between: str = ", ") -> str:
    """The first names of a list, and how many more there are.

    >>> few(["a", "b"], 3), few(list("abcdefg"), 3)
    ('a, b', 'a, b, c and 4 more')
    """
    return between.join(map(str, names[:most])) + (f" and {len(names) - most} more" if len(names) > most else "")


def is_hidden(inside: Path) -> bool:
    """Whether a path in a study is not the researchers': hidden, or the lock that Office puts beside an open file."""
    return any(part.startswith((".", "~$")) for part in inside.parts)


def read_rows(path: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> list[dict[str, str]]:
    """The rows of a CSV file, every value as the text that stands there; '' where a cell is empty.

    Each row also has its 'line' in the file. Extra columns are kept. Columns are separated by commas, or by semicolons as
    spreadsheets set to Indonesian do.

    Raises
    ------
    ValueError
        All faults at once: file missing, not UTF-8, columns missing, doubled or without a name, rows of another length.
    """
    path = Path(path)
    faults = Faults(path)
    # Not str.splitlines: it also breaks at form feeds and U+2028, which people paste into cells without knowing.
    text = read_text(path)
    head = text.partition("\n")[0]
    if head.endswith("\r"):  # as `salvage` has it
        text = text.replace("\r\n", "\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(head), strict=True)
    rows: list[dict[str, str]] = []
    try:
        header = next(reader, [])
        for name in sorted({name for name in header if name and header.count(name) > 1}):
            faults.add(1, f"column '{name}' stands twice in the header")
        for number, name in enumerate(header, 1):
            if not name:
                faults.add(1, f"column {number} has no name in the header")
            elif name == "line":
                faults.add(1, "column 'line' must have another name: here it means the line of the file")
        missing = [name for name in needed if name not in header]
        if missing and len(header) == 1 and re.search("[,;\t]", header[0]):
            faults.add(
                1,
                "all columns stand in one cell: a spreadsheet took another separator for it, and saved it so. Take an earlier "
                "version of the file, and open it with Data > From Text/CSV (separator: comma)",
            )
            faults.stop()
        for name in missing:
            faults.add(1, f"column '{name}' is missing.{did_you_mean(name, [h for h in header if h])}")
        faults.stop()
        line = reader.line_num + 1
        for cells in reader:
            if cells and any(cells):
                if len(cells) != len(header):
                    faults.add(line, f"{number_of(len(cells), 'cell')}, but the header has {number_of(len(header), 'column')}")
                else:
                    row = {name: unguarded(cell) for name, cell in zip(header, cells, strict=True)}
                    rows.append({**dict.fromkeys(optional, ""), **row, "line": str(line)})
            line = reader.line_num + 1
    except csv.Error as error:
        faults.add(reader.line_num, f"not a readable CSV file ({error})")
    faults.stop()
    return rows


def header_of(path: Path) -> list[str]:
    """The names of the columns of a CSV file, as they stand in its first line."""
    head = read_text(path).partition("\n")[0]
    return next(csv.reader([head], delimiter=delimiter_of(head)), [])


def delimiter_of(head: str) -> str:
    """What separates the columns under this head: spreadsheets where the comma is the decimal sign, as in Indonesia, take ';'."""
    return ";" if ";" in head and "," not in head else ","


class Salvage(NamedTuple):
    """What could be read of a CSV file: its columns, its rows, and each line that could not be read, with its number."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]]
    damaged: list[tuple[int, str]]


def salvage(content: bytes, columns: Sequence[str] = (), with_lines: bool = False) -> Salvage:
    r"""The rows of a CSV file of these columns, as `csv_bytes` writes them; what cannot be read stops nothing.

    A record with bytes that are no UTF-8, with too few or too many cells or with an unbalanced quotation mark is left out and
    told with its line; reading goes on at the next line. A column the file lacks is empty. A head of which one character is
    damaged is read as it was meant; one with a column more is none. Without `columns`, those of the file are taken. On demand each
    row also has its 'line' in the file.

    >>> found = salvage(b'document,code\na,X\nb,"Y\nc,Z\n', ["document", "code"])
    >>> found.rows, found.damaged
    ([{'document': 'a', 'code': 'X'}, {'document': 'c', 'code': 'Z'}], [(3, 'b,"Y')])
    """
    text = content.decode("utf-8", "surrogateescape").removeprefix(_INVISIBLE_MARK)
    head = text.partition("\n")[0]
    if head.endswith("\r"):  # saved on Windows: then the line ends within cells are those of Windows too
        text, head = text.replace("\r\n", "\n"), head[:-1]
    rows: list[dict[str, str]] = []
    damaged: list[tuple[int, str]] = []
    delimiter = delimiter_of(head)

    def cells_of(raw: str) -> list[str]:
        return next(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter), [])

    names = cells_of(head)
    columns, at = columns or names, len(head) + 1
    meant = ",".join(columns) + "\n"
    has_more = head.startswith(meant[:-1] + delimiter)  # a column appended is no damage
    if len(text) >= len(meant) and not has_more and sum(map(operator.ne, text, meant)) == 1:
        names, at = list(columns), len(meant)
        damaged.append((1, text[:at].rstrip("\n")))
    cell = rf'(?:"[^"]*+(?:""[^"]*+)*"(?!")|[^"{delimiter}\r\n]*+)'
    record = re.compile(rf"{cell}(?:{delimiter}{cell}){{{max(len(names), 1) - 1}}}(?=\n|\Z)")
    first_in_cell = re.compile(rf'(?:^|{delimiter})"')
    line = 1 + text.count("\n", 0, at)
    while at < len(text):
        found = record.match(text, at)
        end = found.end() if found else (text.find("\n", at) + 1 or len(text) + 1) - 1
        raw = text[at:end]
        cells = cells_of(raw)
        # By hand people also write 12" without doubling it; half of a damaged pair of marks is odd, or stands first in a cell.
        whole = found or (len(cells) == len(names) and raw.count('"') % 2 == 0 and not first_in_cell.search(raw))
        if not whole or re.search("[\udc80-\udcff]", raw):
            if raw.strip(" \t\r\n" + delimiter):  # spreadsheets fill what is empty with separators
                damaged.append((line, raw))
        elif any(cells):
            row = {name: unguarded(value) for name, value in zip(names, cells, strict=True)}
            rows.append({name: row.get(name, "") for name in columns} | ({"line": str(line)} if with_lines else {}))
        line, at = line + raw.count("\n") + 1, end + 1
    return Salvage(tuple(names), rows, damaged)


def said(row: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """What a row says, whatever empty columns it has."""
    return frozenset((name, value) for name, value in row.items() if value)


def difference(
    rows: Sequence[dict[str, str]], others: Sequence[dict[str, str]]
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows that only the first has, and those that only the second has.

    >>> difference([{"code": "X", "memo": ""}, {"code": "Y"}], [{"code": "X"}])
    ([{'code': 'Y'}], [])
    """
    first, second = Counter(map(said, rows)), Counter(map(said, others))
    only, missing = first - second, second - first
    return [row for row in rows if said(row) in only], [row for row in others if said(row) in missing]


def read_text(path: Path) -> str:
    """The file decoded as UTF-8 and not changed in any other way (a byte order mark at its head is not text).

    Raises
    ------
    ValueError
        If the file cannot be read or its bytes are not UTF-8; the message names the first byte that is not.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ValueError(f"{path}: there is no such file.{_instead(path)}") from None
    except IsADirectoryError:
        raise ValueError(f"{path} is a folder, not a file") from None
    except OSError as error:
        raise ValueError(f"{path} could not be read ({error.strerror})") from None
    try:
        return content.decode("utf-8").removeprefix(_INVISIBLE_MARK)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        how = " (in Excel: CSV UTF-8)" if path.suffix == ".csv" else ""
        raise ValueError(f"{path}, line {line}: not UTF-8 (byte {error.start}). Save the file as UTF-8{how}.") from None


def _instead(path: Path) -> str:
    """The file that may be meant by one that is not there; where none is like it, how to get it back, or to look elsewhere."""
    there = [file for file in sorted(path.parent.glob("*")) if not is_hidden(Path(file.name))]
    alike = {file.stem.casefold(): file.name for file in there if path.suffix == file.suffix or path.stem == file.stem}
    if near := difflib.get_close_matches(path.stem.casefold(), alike, n=1):
        return f" Did you mean '{alike[near[0]]}'?"
    goes_up = not path.is_absolute() and ".." in path.parts
    if path.parent.is_dir() and path.parent != Path(".") and not goes_up:
        return " If it was there, take it back out of git, the trash or a copy."
    return "" if path.is_absolute() else f" Python works in the folder '{Path.cwd().name}'; '../' goes up from there."


class Entry(dict[str, Any]):
    """A YAML mapping that knows the line of each key."""

    lines: dict[str, int]
    line: int


def read_yaml(path: Path) -> tuple[Any, Faults]:
    """A YAML file read as text: no scalar is ever turned into a number, a date or true/false.

    Returns the content (mappings are `Entry`, with lines) and the `Faults` found so far, to which the caller adds
    its own. A scalar without quotes that other YAML readers would turn into something else is a fault.

    Raises
    ------
    ValueError
        If the file is no YAML, larger than 1 MB, nested deeper than 50 levels, holds a second document, or uses aliases or tags.
    """
    faults = Faults(path)
    return parse_yaml(read_text(Path(path)), faults), faults


def parse_yaml(text: str, faults: Faults) -> Any:
    """The content of a YAML text, as `read_yaml` reads that of a file; what is wrong with it is added to the faults."""
    if len(text.encode()) > _LARGEST:
        raise ValueError(f"{faults.path}: larger than 1 MB; a codebook or a list of claims is not")
    if directive := re.search(r"^%TAG", text, re.MULTILINE):  # thousands of them keep the parser in C busy
        faults.add(text.count("\n", 0, directive.start()) + 1, _NO_TRICKS)
        faults.stop()
    if "\t" not in text:  # at many of which Python's parser stops, as other programs do
        known = len(faults.found)
        with contextlib.suppress(yaml.YAMLError, UnicodeDecodeError):
            return _document(yaml.parse(text, Loader=_FAST), faults)
        del faults.found[known:]
    try:
        return _document(yaml.parse(text, Loader=yaml.SafeLoader), faults)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        hint = "; look at the indentation and the quotation marks on this line and the one above" if mark else ""
        faults.add(mark.line + 1 if mark else None, f"not readable as YAML: {problem}{hint}")
        faults.stop()


# In C, where PyYAML has it: twenty times as fast. What it refuses, Python's is asked about.
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = yaml.resolver.Resolver().resolve
_NO_TRICKS = "anchors (&), aliases (*) and tags (!) are not allowed here"
_NULL, _TEXT = "tag:yaml.org,2002:null", "tag:yaml.org,2002:str"


def _document(events: Iterator[Any], faults: Faults) -> Any:
    begun, content = False, None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if begun:
                faults.add(_line(event), "a second document begins here (---); a file holds one")
                faults.stop()
            begun, content = True, _content(next(events), events, faults)
    return content


def _content(event: Any, events: Iterator[Any], faults: Faults, depth: int = 0) -> Any:
    """What begins with an event; stops at what makes a small file huge or runs code, before anything is built of it."""
    line = _line(event)
    if event.anchor or getattr(event, "tag", None):  # an alias has the name of its anchor
        faults.add(line, _NO_TRICKS)
        faults.stop()
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event.value, line, faults) if not event.style else str(event.value)
    if depth == _DEEPEST:
        faults.add(line, f"nested more than {_DEEPEST} levels deep")
        faults.stop()
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_content(event, events, faults, depth + 1))
        return items
    entry = Entry()
    entry.line, entry.lines = line, {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        at, key = _line(event), _content(event, events, faults, depth + 1)
        value = _content(next(events), events, faults, depth + 1)
        if not isinstance(key, str):
            faults.add(at, "a key must be a word")
        elif key in entry:
            faults.add(at, f"'{key}' stands twice; it is already on line {entry.lines[key]}")
        else:
            entry[key], entry.lines[key] = value, at
    return entry


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _scalar(value: str, line: int, faults: Faults) -> str | None:
    """A value without quotes, as text; what others would read as something else is a fault."""
    tag = _TAG(yaml.ScalarNode, value, (True, False))
    if tag == _NULL:
        return None
    if tag != _TEXT:
        kind = tag.rsplit(":", 1)[-1]
        kind = {"bool": "true or false", "int": "a number", "float": "a number", "timestamp": "a date"}.get(kind, kind)
        faults.add(line, f'{value} would be read as {kind} by other programs; write "{value}" in quotes')
    return value


# Not files on Windows, whatever ending follows.
DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\..*)?", re.IGNORECASE)


def folded_name(name: str) -> str:
    """A name as it is compared: files whose names are the same so would be one on some computers."""
    return unicodedata.normalize("NFC", name).casefold()


class Names:
    """Names that no other has on any computer, with a number where one needs it.

    >>> names = Names(["Kota"])
    >>> names.free("kota"), names.free("desa"), names.free("desa")
    ('kota-2', 'desa', 'desa-2')
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(map(folded_name, taken))
        self.last: dict[str, int] = {}  # number that was given, by name

    def free(self, name: str) -> str:
        number = self.last.get(folded_name(name), 0)
        while True:
            number += 1
            free = f"{name}-{number}" if number > 1 else name
            if folded_name(free) not in self.taken:
                break
        self.last[folded_name(name)] = number
        self.taken.add(folded_name(free))
        return free


_FIRST = frozenset("'=+-@\t\r\n")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before = + - @, undone by `unguarded`.

    >>> guarded("=1+1"), unguarded(guarded("=1+1"))
    ("'=1+1", '=1+1')
    """
    return "'" + cell if cell[:1] in _FIRST and re.match(r"'*[=+\-@\t\r\n]", cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if cell[:1] == "'" and re.match(r"'+[=+\-@\t\r\n]", cell) else cell


def write_whole(path: Path, content: bytes, check: Callable[[], None] | None = None) -> None:
    """Put a file in place whole or not at all: written beside, flushed to the disk, then renamed over the old one.

    `check` is called when all is on the disk and only the renaming is left; where it raises, the old file stays.

    Raises
    ------
    ValueError
        If the disk or the folder refuses it. The old file is as it was; where only the renaming failed, the message
        names the file that holds the new version.
    """
    path = Path(path)
    target = path.resolve()  # a link stays a link
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")  # no other process and no thread has this name
    try:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with open(beside, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ValueError(
                f"{path} could not be written ({error.strerror}); what was there before is unchanged{remedy(error, target.parent)}"
            ) from None
        if check:
            check()
    except ValueError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    try:
        _rename(beside, target)
    except OSError as error:
        raise ValueError(
            f"{path} could not be replaced ({error.strerror}); it is unchanged. The new version is in {beside.name} beside it."
        ) from None


def remedy(error: OSError, folder: Path) -> str:
    """What to do where a disk or a folder refuses a file; '' where nothing can be said."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f". The disk that holds the folder {folder} is full: make room, then save again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f". The folder {folder} can only be read: ask for the right to write in it, or work on a copy."
    return ""


def _rename(beside: Path, target: Path) -> None:
    """Rename, patiently: on Windows a virus scanner or a sync client may hold the old file for a moment."""
    for pause in (0.1, 0.2, 0.4, 0.8, 1.6):
        try:
            os.replace(beside, target)
            break
        except PermissionError:
            time.sleep(pause)
    else:
        os.replace(beside, target)
    if os.name == "posix":  # elsewhere a folder cannot be flushed
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def csv_bytes(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> bytes:
    """Rows as a CSV file: UTF-8, one line feed per row, cells guarded against formulas."""
    lines = [columns, *([str(row.get(name, "")) for name in columns] for row in rows)]
    return "".join(map(csv_line, lines)).encode("utf-8")


def csv_line(cells: Sequence[str]) -> str:
    """A row as `csv_bytes` writes it."""
    return ",".join([_quoted(guarded(cell)) for cell in cells]) + "\n"


_TO_QUOTE = re.compile(r'[",\r\n]').search


def _quoted(cell: str) -> str:
    """As csv.writer does it, but with a lone carriage return quoted too, which Python before 3.13 forgets."""
    return '"' + cell.replace('"', '""') + '"' if _TO_QUOTE(cell) else cell


class EntryReader:
    """Takes the fields of YAML entries, and notes every fault on the way instead of stopping at the first."""

    missing: Mapping[str, str] = {}  # how to say that a field is not there, where "has no ..." will not do

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def fields(self, entry: Entry, what: str, needed: Sequence[str], optional: Sequence[str]) -> None:
        known = [*needed, *optional]
        for name in entry:
            if name not in known:
                self.faults.add(entry.lines[name], f"{what}: unknown field '{name}'.{did_you_mean(name, known)}")
        for name in needed:
            if is_empty(entry.get(name)):
                self.faults.add(entry.line, f"{what} {self.missing.get(name, f'has no {name}')}")

    def text(self, entry: Entry, name: str, what: str) -> str:
        found = entry.get(name) or ""
        if not isinstance(found, str):
            self.faults.add(entry.lines[name], f"{what}: {name} must be a text")
            return ""
        return found.strip()

    def entries(self, entry: Entry, name: str, what: str) -> list[Entry]:
        found = entry.get(name) or []
        if not isinstance(found, list) or not all(isinstance(item, Entry) for item in found):
            self.faults.add(entry.lines[name], f"{what}: {name} must be a list of entries with named fields")
            return []
        return found

    def texts(self, entry: Entry, name: str, what: str, kind: str) -> tuple[str, ...]:
        found = entry.get(name) or []
        if not isinstance(found, list) or not all(isinstance(item, str) and item.strip() for item in found):
            self.faults.add(entry.lines[name], f"{what}: {name} must be a list of {kind}")
            return ()
        return tuple(found)


def is_empty(value: object) -> bool:
    """Whether nothing is said: no value, white space, an empty list or mapping."""
    return not (value.strip() if isinstance(value, str) else value)


_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with U+FFFD for every character that no printed format can hold, and one kind of line end.

    >>> printable("nilai\\r\\nluhur\\x00")
    'nilai\\nluhur\ufffd'
    """
    return _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_named(table: pd.DataFrame) -> bool:
    """Whether the rows of a table have names; the numbers that pandas gives to rows are none, also after a filter."""
    index = table.index
    return index.nlevels > 1 or index.name is not None or not pd.api.types.is_integer_dtype(index.dtype)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as mappings from the names of its columns."""
    names = [str(name) for name in table.columns]
    columns = [table.iloc[:, at].to_numpy(object).tolist() for at in range(len(names))]  # six times as fast as to_dict
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def as_cell(value: object) -> str:
    """A value as it stands in a file; a whole number that a merge has turned into 3.0 is 3 again."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def is_number(text: str) -> bool:
    """Whether a text is a whole number in digits, such as an offset."""
    return text.isascii() and text.isdecimal()


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, such as 2024-05-31."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_day_or_time(text: str) -> bool:
    """Whether a text is such a day, or a time of such a day."""
    try:
        return bool(datetime.datetime.fromisoformat(text)) and text[4:5] == "-"
    except ValueError:
        return False


def one_line(text: str) -> str:
    """Text with every run of white space as one blank; a hyphen at a line's end keeps its place.

    >>> one_line("nilai-\\nnilai  luhur")
    'nilai-nilai luhur'
    """
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)-\s*\n\s*(?=\w)", "-", text)).strip()
