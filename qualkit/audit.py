"""Files are written, and what happened to them is logged: who, when, before and after, why; the log is read and checked."""

from __future__ import annotations

import contextlib
import datetime
import errno
import hashlib
import json
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

import pandas as pd

from qualkit.codebook import MACHINES
from qualkit.tables import difference, is_hidden, remedy, salvage, write_whole

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOG = "audit.jsonl"
BACKUPS = ".backup"  # the folder of the versions kept, beside the files
KEPT = (".csv", ".md", ".yaml", ".yml")  # endings of the files that researchers write
STATES = (
    "as logged", "changed outside the log", "as before the last entry", "never logged", "gone", "damaged line", "line missing",
)  # fmt: skip
_FIELDS = ("when", "who", "action", "what", "before", "after", "codebook", "why")
_HASH = re.compile(r"(?:[0-9a-f]{16})?")
_PATIENCE = 20.0  # seconds to wait for another who writes the log
Rows = dict[str, Any]  # the rows a change added and removed, as the log keeps them


def record(
    path: str | Path,
    content: bytes,
    who: str,
    why: str = "",
    *,
    codebook: str = "",
    expected: str | None = None,
    now: datetime.datetime | None = None,
) -> bool:
    """Write a file whole and append one line about it to `audit.jsonl` beside it; False where the content is what is there.

    The line comes first: it is on the disk before the file is touched. So nothing changes without a line, and where the log
    cannot be written neither is the file. Where the machine stops between the two, `check_audit` shows the file "as before
    the last entry" (or "gone", if it was to be new); writing it again mends that. Where the file cannot be written a second line ("not
    written") takes the first one back.

    Parameters
    ----------
    path
        The file; folders are made.
    content
        All of it. Line ends of Windows and of other systems count as the same.
    who
        Whose decision it is: a coder, an author. A machine acts under a name that says so ("codebook", "learned").
    why
        The reason, in words.
    codebook
        The version of the codebook the content follows, where it follows one.
    expected
        The `fingerprint` of the file as it was read; where it has changed since, nothing is written.
    now
        The time written into the log; the time of writing where none is given.

    Raises
    ------
    ValueError
        If nobody is named, the file was changed by someone else since it was read, or the log or the file cannot be written.

    Notes
    -----
    Each line carries the first 16 digits of the sha256 of the line before it (`follows`), so that a line taken out or edited
    is noticed (`read_audit`). That guards against slips; against someone who writes the whole log anew, version control does.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> record(folder / "catatan.md", b"Busan?\\n", who="rani", why="first idea")
    True
    >>> record(folder / "catatan.md", b"Busan?\\n", who="rani")
    False
    >>> read_audit(folder)[["who", "action", "what", "before", "after", "why"]].values.tolist()
    [['rani', 'created', 'catatan.md', '', 'e53d08862341e35c', 'first idea']]

    References
    ----------
    Miles, M. B., Huberman, A. M. and Saldaña, J. (2014). Qualitative Data Analysis, 3rd ed. (analytic documentation).
    Lincoln, Y. S. and Guba, E. G. (1985). Naturalistic Inquiry, ch. 11 (the audit trail).
    """
    path = Path(path)
    named(who, "who", "the person (or the machine) whose decision this is")
    if content_of(path) == content:
        return False

    def whole(found: bytes | None) -> tuple[bytes, Rows]:
        if expected is not None and digest(found) != expected:
            raise ValueError(f"{path} was changed by someone else since it was read; nothing was written. Read it again.")
        return content, {}

    return rewrite(path, whole, who, why, codebook=codebook, now=now)


def rewrite(
    path: str | Path,
    change: Callable[[bytes | None], tuple[bytes, Rows] | None],
    who: str,
    why: str = "",
    *,
    codebook: str = "",
    now: datetime.datetime | None = None,
) -> bool:
    """Read a file, change and write it as `record` does, while nobody else who uses the log can write; False where nothing changed.

    `change` gets what is in the file (None where there is none) and returns what is to be in it, and the rows that were
    added and removed, which the line of the log keeps in full (`rows`); None where nothing is to be written. Whoever does
    not use the log (an editor, a sync client) is noticed at the last moment before the new file takes the place of the old
    one: then nothing is written.

    Raises
    ------
    ValueError
        What `change` raises; if the file was changed while it was being saved, or the log or the file cannot be written.
    """
    path = Path(path)

    def unmoved() -> None:
        if content_of(path) != found:
            raise ValueError(
                f"{path} was changed by another program while it was being saved; nothing was written. Save again."
            )

    with _appending(path.parent) as append:
        found = content_of(path)
        wanted = change(found)
        if wanted is None:
            return False
        content, rows = wanted
        before, after = digest(found), digest(content)
        entry = {"when": time_of(now), "who": who, "action": "changed" if before else "created", "what": path.name,
                 "before": before, "after": after, "codebook": codebook, "why": why}  # fmt: skip
        if before == after:
            if content != found:  # only its line ends differ
                write_whole(path, content)
            return False
        append({**entry, "rows": rows} if rows else entry)
        try:
            write_whole(path, content, check=unmoved)
        except ValueError:
            with contextlib.suppress(ValueError):  # the first complaint is the one to hear
                append({**entry, "action": "not written", "before": after, "after": before})
            raise
    return True


def newest_first(folder: str | Path) -> Iterator[dict[str, Any]]:
    """The entries of the log in a folder as they stand in it, from its last line up; lines that cannot be read are passed over.

    An entry that was taken back ("not written") is left out, and so is the line that took it back. The log is read from
    its end: who wants the last entry waits for no others.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = record(folder / "a.md", b"1", who="rani"), record(folder / "a.md", b"2", who="budi")
    >>> [entry["who"] for entry in newest_first(folder)]
    ['budi', 'rani']
    """
    taken_back = []
    for raw in _lines_from_the_end(Path(folder) / LOG):
        entry, _ = _parsed(raw)
        if entry is None:
            continue
        place = (entry["what"], entry["before"], entry["after"])
        if entry["action"] == "not written":
            taken_back.append((entry["what"], entry["after"], entry["before"]))
        elif place in taken_back:
            taken_back.remove(place)
        else:
            yield entry


def listed_rows(rows: object, what: str) -> list[dict[str, str]]:
    """The rows that a line of a log says were added or removed; whatever else stands there is passed over."""
    found = rows.get(what) if isinstance(rows, dict) else None
    return [
        row
        for row in (found if isinstance(found, list) else [])
        if isinstance(row, dict) and all(isinstance(value, str) for value in row.values())
    ]


def log_changes(folder: str | Path, who: str, why: str, *, file: str = "", now: datetime.datetime | None = None) -> list[Path]:
    """Log what was changed outside the library, in an editor, a spreadsheet or by git, and return the files logged.

    Looks at the files (.csv, .md, .yaml) of the folder and of the folders below it that have a log; the folder itself gets
    a log if it has none. With `file`, at that file of the folder alone. A file that no line speaks of yet is logged as "found":
    who made it when, the log does not know. Where the version saved before is kept (as those of coders are), the line holds the
    rows added and removed: what was taken out stands in the trash (`removed_rows`), by whom and why.

    Raises
    ------
    ValueError
        If there is no such folder, nobody or no reason is named, or a log cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "claims.yaml").write_text("claims: []")
    >>> [path.name for path in log_changes(folder, who="rani", why="start of the log")], log_changes(folder, "rani", "again")
    (['claims.yaml'], [])
    """
    named(who, "who", "the person (or the machine) who changed the files")
    named(why, "why", "the reason for the changes, in words")
    logged = []

    def changed(home: Path) -> list[tuple[str, tuple[dict[str, Any] | None, str]]]:
        return [(name, states) for name, states in _outside(home).items() if file in ("", name)]

    for home in [Path(folder)] if file else _folders(folder):
        if not changed(home):
            continue
        with _appending(home) as append:
            for name, (last, found) in changed(home):  # looked at again: someone may have logged it meanwhile
                before = last["after"] if last else ""
                action = "found" if last is None else "deleted" if not found else "changed" if before else "created"
                entry = {"when": time_of(now), "who": who, "action": action, "what": name, "before": before, "after": found,
                         "codebook": "", "why": why}  # fmt: skip
                rows = _changed_rows(home / name, before)
                append({**entry, "rows": rows} if rows else entry)
                logged.append(home / name)
    return logged


def read_audit(folder: str | Path) -> pd.DataFrame:
    """One row per line of every audit.jsonl in the folder and below it, in the order of time.

    Returns
    -------
    DataFrame
        `when` (UTC), `who`, `machine` (True where the codebook or a learned model suggested it, and nobody decided), `action`
        (created, changed, deleted, found, not written), `what` (the file, from the folder), `before`, `after` (first 16 digits of its
        sha256; "" where there was or is no file), `codebook` (version), `why`, `log`, `line` (where the line stands) and `note`.

        A line that cannot be read stops nothing: it stands first, without a time, and `note` says what is wrong with it.
        `note` also says where the line it followed is gone or was edited, and where the file had changed without a line before this one.
        Logs that git has put together from two branches are in order: each line still follows one that is there.

    Examples
    --------
    >>> read_audit("docs").columns.tolist()
    ['when', 'who', 'machine', 'action', 'what', 'before', 'after', 'codebook', 'why', 'log', 'line', 'note']
    """
    top, rows = Path(folder), []
    for home in _folders(folder):
        log = home / LOG
        for line in _lines(log):
            entry = line.entry or dict.fromkeys(_FIELDS, "")
            what = _inside(top, home / entry["what"]) if line.entry else ""
            place = {"what": what, "machine": entry["who"] in MACHINES, "log": _inside(top, log), "line": line.number}
            rows.append({**entry, **place, "note": line.note})
    rows.sort(key=lambda row: (row["when"], row["log"], row["line"]))
    columns = [*_FIELDS, "log", "line", "note"]
    columns.insert(2, "machine")
    return pd.DataFrame(rows, columns=columns)


def check_audit(folder: str | Path) -> pd.DataFrame:
    """One row per file of the researchers: whether it is what the log last said; and one per line of a log that is damaged or missing.

    Looks at the files (.csv, .md, .yaml) of the folder and of the folders below it that have a log. Nothing is changed;
    `log_changes` logs what is found, and then all is as logged.

    Returns
    -------
    DataFrame
        `file` (from the folder); `state`, a category with all states: as logged, changed outside the log, as before the last
        entry (a write was cut off, or the change was taken back by hand), never logged, gone, damaged line, line missing;
        `logged` and `found` (the first 16 digits of the sha256 the log says and the file has), `when` and `who` (of the last
        line on the file), `note` (on a line of a log: which).

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> record(folder / "claims.yaml", b"claims: []\\n", who="rani", why="nothing concluded yet")
    True
    >>> _ = (folder / "claims.yaml").write_text("claims:\\n")
    >>> check_audit(folder)[["file", "state", "who"]].values.tolist()
    [['claims.yaml', 'changed outside the log', 'rani']]
    """
    top, rows = Path(folder), []
    for home in _folders(folder):
        lines = _lines(home / LOG)
        for name, (last, found) in _states(home, lines).items():
            when, who, logged = (last[field] if last else "" for field in ("when", "who", "after"))
            rows.append((_inside(top, home / name), _state(last, found), logged, found, when, who, ""))
        for line in lines:
            if line.entry is None or line.is_cut_off:
                when, who = (line.entry[field] if line.entry else "" for field in ("when", "who"))
                state = "damaged line" if line.entry is None else "line missing"
                rows.append((_inside(top, home / LOG), state, "", "", when, who, f"line {line.number}: {line.note}"))
    table = pd.DataFrame(rows, columns=["file", "state", "logged", "found", "when", "who", "note"])
    return table.assign(state=pd.Categorical(table["state"], STATES))


def fingerprint(path: str | Path) -> str:
    """The first 16 digits of the sha256 of a file, its line ends as single line feeds; "" where there is none."""
    return digest(Path(path).read_bytes()) if Path(path).is_file() else ""


def content_of(path: Path) -> bytes | None:
    """What a file holds; None where there is none.

    Raises
    ------
    ValueError
        If it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ValueError(f"{path} could not be read ({error.strerror})") from None


def digest(content: bytes | None) -> str:
    """The `fingerprint` of a file with this content; "" of none."""
    if content is None:
        return ""
    if b"\r" in content:  # git gives files other line ends on other systems; that is no change
        content = content.replace(b"\r\n", b"\n")
    return hashlib.sha256(content).hexdigest()[:16]


def backup_name(path: Path, fingerprint: str, is_found: bool = False) -> Path:
    """Where a version of a file is kept."""
    return path.parent / BACKUPS / f"{path.stem}.{fingerprint}{'.found' * is_found}{path.suffix}"


def backup_content(path: Path, fingerprint: str) -> bytes | None:
    """What the backup of a version holds, where it is still what was kept."""
    for is_found in (False, True):
        file = backup_name(path, fingerprint, is_found)
        content = file.read_bytes() if file.is_file() else None
        if content is not None and digest(content) == fingerprint:
            return content
    return None


def _changed_rows(path: Path, before: str) -> Rows:
    """The rows of a table that differ from the version saved, where that one is kept; then this one is kept too."""
    base = backup_content(path, before)
    if base is None:
        return {}
    content, saved = path.read_bytes() if path.is_file() else b"", salvage(base)
    if content and backup_content(path, digest(content)) is None:
        write_whole(backup_name(path, digest(content), is_found=True), content)
    added, removed = difference(salvage(content, saved.columns).rows, saved.rows)
    return {"how": "log_changes", "added": added, "removed": removed}


def named(text: str, name: str, what: str) -> None:
    """Refuse a name or a reason that says nothing."""
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{name} is empty: the log names {what}")


def time_of(moment: datetime.datetime | None) -> str:
    """A moment as the log tells it (UTC); the present one where none is given."""
    return (moment or datetime.datetime.now(datetime.UTC)).astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _inside(top: Path, path: Path) -> str:
    return path.relative_to(top).as_posix()


def _folders(folder: str | Path) -> list[Path]:
    """The folder, and the folders below it that have a log."""
    top = Path(folder)
    if not top.is_dir():
        raise ValueError(f"{top}: there is no such folder")
    below = {log.parent for log in top.rglob(LOG) if not is_hidden(log.relative_to(top))}
    return sorted(below | {top})


class _Line(NamedTuple):
    """A line of a log: what it says (None where it cannot be read), and what is to be said of it."""

    number: int
    entry: dict[str, Any] | None
    note: str
    is_cut_off: bool = False


def _lines(log: Path) -> list[_Line]:
    if not log.is_file():
        return []
    raws = [raw.rstrip(b"\r") for raw in log.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")]
    there = {digest(raw) for raw in raws} | {""}
    lines: list[_Line] = []
    last: dict[str, dict[str, Any]] = {}
    for number, raw in enumerate(raws, 1):
        if not raw.strip():
            continue
        entry, problem = _parsed(raw)
        if entry is None:
            lines.append(_Line(number, None, problem))
            continue
        notes = [] if entry["follows"] in there else ["the line it followed is gone or was edited"]
        known = last.get(entry["what"], {"before": entry["before"], "after": entry["before"]})
        if entry["before"] != known["after"]:
            taken_back = entry["before"] == known["before"]
            notes.append(
                "the entry before was not carried out or was taken back" if taken_back else "changed before without a line"
            )
        last[entry["what"]] = entry
        lines.append(_Line(number, entry, "; ".join(notes), entry["follows"] not in there))
    return lines


def _parsed(raw: bytes) -> tuple[dict[str, Any] | None, str]:
    """The entry of a line; None and what is wrong with it where it is none."""
    try:
        found: Any = json.loads(raw)
        json.dumps(found, ensure_ascii=False).encode()  # half an emoji is no text
    except (ValueError, RecursionError):
        return None, f"cannot be read: {raw.decode('utf-8', 'replace')[:60]}"
    entry = {"follows": "", **found} if isinstance(found, dict) else {}
    for name in (*_FIELDS, "follows"):
        if not isinstance(entry.get(name), str):
            return None, f"says no '{name}'"
    try:
        datetime.datetime.strptime(entry["when"], "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return None, f"'{entry['when']}' is no time such as 2026-11-22T08:30:00Z"
    if not entry["what"] or entry["what"] in (".", "..") or re.search(r"[/\\\0]", entry["what"]):
        return None, f"'{entry['what']}' is no file beside this log"
    if not all(_HASH.fullmatch(entry[name]) for name in ("before", "after")):
        return None, "before and after must be 16 digits of a checksum, or nothing"
    rows = entry["rows"] if isinstance(entry.get("rows"), dict) else {}
    return {**{name: entry[name] for name in (*_FIELDS, "follows")}, "rows": rows}, ""


def _states(home: Path, lines: list[_Line]) -> dict[str, tuple[dict[str, Any] | None, str]]:
    """Per file of a folder that is there or was logged: the last line on it, and its checksum now."""
    last = {line.entry["what"]: line.entry for line in lines if line.entry}
    beside = (path for path in home.iterdir() if path.suffix.lower() in KEPT and path.is_file())
    there = {path.name for path in beside if not is_hidden(Path(path.name))}
    return {name: (last.get(name), fingerprint(home / name)) for name in sorted(there | set(last))}


def _state(last: dict[str, Any] | None, found: str) -> str:
    if last is None:
        return "never logged"
    if found == last["after"]:
        return "as logged"
    if not found:
        return "gone"
    return "as before the last entry" if found == last["before"] else "changed outside the log"


def _outside(home: Path) -> dict[str, tuple[dict[str, Any] | None, str]]:
    return {name: states for name, states in _states(home, _lines(home / LOG)).items() if _state(*states) != "as logged"}


def _lines_from_the_end(log: Path) -> Iterator[bytes]:
    """The lines of a log that are not blank, the last one first."""
    if not log.is_file():
        return
    with open(log, "rb") as file:
        at, rest = file.seek(0, os.SEEK_END), b""
        while at:
            size = min(at, 2**16)
            at = file.seek(at - size)
            rest, *lines = (file.read(size) + rest).split(b"\n")
            yield from (raw.rstrip(b"\r") for raw in reversed(lines) if raw.strip())
    rest = rest.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r")
    if rest.strip():
        yield rest


def _is_cut_off(log: Path) -> bool:
    with open(log, "rb") as file:
        if not file.seek(0, os.SEEK_END):
            return False
        file.seek(-1, os.SEEK_END)
        return file.read() != b"\n"


@contextlib.contextmanager
def _appending(folder: Path) -> Iterator[Callable[[dict[str, Any]], None]]:
    """The log of a folder, held for one writer: a function that appends one line and has it on the disk when it returns."""
    log = folder / LOG

    def refused(error: OSError) -> ValueError:
        what = f"{log} could not be written ({error.strerror}); the file it speaks of is unchanged"
        return ValueError(what + remedy(error, folder))

    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _opened(log)
    except OSError as error:
        raise refused(error) from None

    def append(entry: dict[str, Any]) -> None:
        try:
            last = next(_lines_from_the_end(log), b"")
            text = json.dumps({**entry, "follows": digest(last) if last else ""}, ensure_ascii=False)
            line = text.encode("utf-8", "replace") + b"\n"  # half an emoji is none
            line = (b"\n" if _is_cut_off(log) else b"") + line  # what was cut off there stays a line of its own
            if file.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file.fileno())
        except OSError as error:
            raise refused(error) from None

    with file:
        _hold(file, log)
        yield append


def _opened(log: Path) -> IO[bytes]:
    return open(log, "ab", buffering=0)  # without a buffer a line is one write, which no other process can cut in two


def _hold(file: IO[bytes], log: Path) -> None:
    """Wait until no other process writes this log. Where the file system knows no locks, lines are still appended whole."""
    busy, patience = (errno.EACCES, errno.EAGAIN, errno.EDEADLK), time.monotonic() + _PATIENCE
    while True:
        try:
            if sys.platform == "win32":
                file.seek(2**30)  # a lock of Windows keeps readers out too: it is put where nobody reads
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in busy:
                return
            if time.monotonic() > patience:
                held = f"another program has been writing there for {_PATIENCE:.0f} seconds"
                raise ValueError(f"{log} could not be written ({held}); nothing was changed. Save again.") from None
            time.sleep(random.uniform(0.001, 0.01))
        else:
            return
