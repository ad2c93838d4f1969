"""One coder's CSV file goes in; each change is on the disk before it counts, and nothing acknowledged is ever lost."""

from __future__ import annotations

import datetime
import os
import re
import time
from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from qualkit.audit import (
    BACKUPS,
    LOG,
    Rows,
    backup_content,
    backup_name,
    content_of,
    digest,
    listed_rows,
    newest_first,
    rewrite,
)
from qualkit.tables import csv_line, did_you_mean, difference, few, is_number, number_of, said, salvage
from qualkit.versions import backups, keep, thin

_NUMBERS = ("segment", "start", "end")
_PAUSES = (0.05, 0.1, 0.2)  # seconds between looks at a file that seems to be changed outside the log
_LONGEST = 255  # bytes of a file's name, on all systems in use
_SHOWN = 10  # rows and lines that a notice names
_COPY = re.compile(  # what sync clients, systems and editors put behind a name
    r"""[ ._-]*[(\[][^)\]]*(?:conflict|konflik|copy|salin|kopie)[^)\]]*[)\]].*  # Dropbox, Nextcloud, Seafile, Linux
      |[ ._-]*(?:conf)?\(\d+\)                                                # Google Drive, browsers
      |[ ._-]+(?:sync-?)?(?:conflict|konflik)[\w.() -]*                       # Syncthing, ownCloud, Resilio
      |[ ._-]+(?:copy|salin|salinan|kopie)\b[\w.() -]*                        # Windows, macOS
      |\ \d+                                                                  # iCloud
      |-(?-i:[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*)                                   # OneDrive: the name of a computer
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COPY_OF = re.compile(r"(?:copy of|salinan(?: dari)?) ", re.IGNORECASE)  # Google Drive
_AS_CSV = (
    "Open it in the spreadsheet and save it as “CSV UTF-8 (comma delimited)”; quotation marks and accents stay what they are."
)
_CONFLICT = re.compile(rb"^<{7}(?: .*)?\r?$(?s:.*?)^={7}\r?$(?s:.*?)^>{7}(?: .*)?$", re.MULTILINE)  # what git leaves in a file

Row = dict[str, str]


class _Version(NamedTuple):
    """A file as it was found: what could be read of it, and what is to be said of that."""

    fingerprint: str
    rows: list[Row]  # in order
    notices: list[str]
    obstacle: str = ""  # why nothing may be written over it; "" where something may
    saved: str = ""  # whose doing it is and since when, where it is what the log last said
    is_found: bool = False  # whether it is to be kept for ever, because the log cannot tell all that is in it
    outside: Rows | None = None  # the rows added and removed behind the log's back, where that can be told


class CoderFile:
    """The rows of one coder's file, and the only way to change them: on the disk when `change` returns, and logged.

    A change is merged, row by row, with what others have saved meanwhile: what stands in the file is the truth. Each change is
    a line in `audit.jsonl` beside the file, with the rows added and removed in full, and each version saved is kept in the folder
    `.backup`. A file changed outside the log (by an editor, git, a sync client) is noticed, kept as it was found, and merged.
    Nothing is written over a file of which not every line and column can be read, nor over one that has lost all its rows.

    Parameters
    ----------
    path
        The file. Where there is none yet, the first change makes it.
    columns
        Its columns, all text. A file that lacks some is read (they are empty); one that has others is read and never written.
    key
        The columns that name a row: none is added that agrees in all of them with one that is there.
    coder
        Whose file it is; stands in the log as who changed it.
    now
        A function that tells the time; for tests.

    Attributes
    ----------
    rows : list of dict
        As last read or saved, in the order of the key.
    notices : list of str
        What is to be said at opening: changes outside the log, damaged lines, conflict copies, why nothing can be saved.

    Raises
    ------
    ValueError
        If the file cannot be read, is no file of such rows, or has too long a name.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "rani.csv"
    >>> file = CoderFile(path, ["document", "start", "code", "memo"], key=["document", "start", "code"], coder="rani")
    >>> energy = {"document": "busan", "start": "10", "code": "EKO.ENERGI", "memo": "solar?"}
    >>> file.change(add=[energy], why="first reading")
    []
    >>> file.change(remove=[energy], why="it is the port")
    []
    >>> import qualkit as qk
    >>> qk.removed_rows(path.parent)[["removed_by", "removed_why", "code", "memo"]].values.tolist()
    [['rani', 'it is the port', 'EKO.ENERGI', 'solar?']]
    """

    def __init__(
        self,
        path: str | Path,
        columns: Sequence[str],
        key: Sequence[str],
        coder: str,
        now: Callable[[], datetime.datetime] | None = None,
    ) -> None:
        self.path, self.columns, self.key, self.coder, self._now = Path(path), tuple(columns), tuple(key), coder, now
        self.key_of = itemgetter(*self.key)
        longest = f".{backup_name(self.path, '0' * 16, is_found=True).name}.00000000.part"  # as a version is kept
        if (beyond := len(longest.encode()) - _LONGEST) > 0:
            most = len(self.path.stem.encode()) - beyond
            raise ValueError(
                f"'{self.path.stem[:20]}...' is too long for the name of a file: {most} plain letters are the most"
            )
        self._held = 0  # rows as last read or saved, whatever became of the file since
        self._own: set[str] = set()  # the versions saved here
        self._line = lru_cache(2**16)(csv_line)  # of a file of 5,000 codings one is new
        self._take(self._look())
        self.notices = [*_copies(self.path, self.rows), *self._version.notices]
        if locked := _locked(self.path):
            self.notices.append(locked)

    @property
    def writable(self) -> bool:
        """Whether a change can be saved now."""
        return not self.obstacle

    @property
    def obstacle(self) -> str:
        """Why no change can be saved now, and what to do; '' where one can."""
        return self._version.obstacle or _locked(self.path)

    def change(
        self,
        add: Iterable[Mapping[str, str]] = (),
        remove: Iterable[Mapping[str, str]] = (),
        why: str = "",
        codebook: str = "",
        check: Callable[[list[Row]], None] | None = None,
        how: str = "",
    ) -> list[str]:
        """Take rows out and put rows in; all is on the disk when it returns, with what is to be said about it.

        A row to be removed is given in full, and must still be there as it is given. A row to be added that is there already
        (but for the time it was made) stays as it is there. `check` gets all rows as they are to stand, while nobody else can
        write, and may raise a ValueError: then nothing is written. `how` stands in the log where it was no step at the desk.

        Raises
        ------
        ValueError
            If the file cannot be written, or may not be (it became empty or is gone, it has lines that cannot be read or columns
            unknown here); what `check` raises; if someone else changed or removed a row to be removed, or put another row where
            one is to be added. Then nothing has changed.
        """
        adding, removing = [self._checked(row) for row in add], [self._checked(row) for row in remove]
        if locked := _locked(self.path):
            raise ValueError(locked)
        if self._held and not self.path.is_file() and (obstacle := self._read(content_of(self.path)).obstacle):
            raise ValueError(obstacle)  # before a folder is made for the log, as where a disk is no longer connected
        notices: list[str] = []
        version, content = self._version, b""

        def merge(found: bytes | None) -> tuple[bytes, Rows] | None:
            nonlocal version, content
            if version.obstacle or digest(found) != version.fingerprint:
                version = self._read(found)
                notices.extend(self._news(version))
            if version.obstacle:
                raise ValueError(version.obstacle)
            rows, changed = self._merged(version, adding, removing)
            if not changed["added"] and not changed["removed"]:
                return None
            if check:
                check([dict(row) for row in rows])
            if found is not None:
                keep(self.path, found, version.fingerprint, version.is_found)
            content = self._bytes(rows)
            if version.outside:
                changed["outside"] = version.outside
            if how:
                changed["how"] = how
            version = _Version(digest(content), rows, [])
            return content, changed

        moment = self._now() if self._now else None
        if rewrite(self.path, merge, self.coder, why, codebook=codebook, now=moment):
            self._own.add(version.fingerprint)
            try:
                keep(self.path, content, version.fingerprint)
                os.utime(backup_name(self.path, version.fingerprint))  # the newest, though it may have been there before
                thin(self.path)
            except (OSError, ValueError) as error:
                notices.append(f"It is saved, but no backup of it could be kept: {error}")
        self._take(version)
        return notices

    def taken_out(self, rows: Sequence[Row], filled: Iterable[str] = ()) -> list[tuple[Row, str]]:
        """The rows that the log last knows as changed or taken out by hand, and by whom; `filled` may have been empty then."""
        waiting = {said({**row, **dict.fromkeys(filled, "")}): row for row in rows} | {said(row): row for row in rows}
        known = {said(waiting[said(row)]) for row in self.rows if said(row) in waiting}
        found = []
        for entry in newest_first(self.path.parent) if rows else ():
            for what in ("added", "removed") if entry["what"] == self.path.name else ():
                for row in (waiting.get(said(logged)) for logged in listed_rows(entry["rows"], what)):
                    if row is None or said(row) in known:
                        continue
                    known.add(said(row))
                    if what == "removed" and entry["rows"].get("how") != "write_codings":
                        found.append((row, self._whose(entry)))
        return found

    def refresh(self) -> list[str]:
        """Read the file again where others have changed it; gives what is to be said about that.

        Raises
        ------
        ValueError
            If the file cannot be read. Then `rows` are as they were.
        """
        old = self._version
        if not old.obstacle and digest(content_of(self.path)) == old.fingerprint:
            return []
        version = self._look()
        news = [notice for notice in self._news(version) if notice not in old.notices]
        self._take(version)
        return news

    def _take(self, version: _Version) -> None:
        self._version = version
        if not version.obstacle:
            self._held = len(version.rows)
        self.rows = [dict(row) for row in version.rows]

    def _checked(self, row: Mapping[str, str]) -> Row:
        """A row of these columns, all text that a file can hold."""
        for name, value in row.items():
            if name not in self.columns:
                raise ValueError(f"{self.path} has no column '{name}'.{did_you_mean(name, self.columns)}")
            if not isinstance(value, str) or re.search("[\ud800-\udfff]", value):
                raise ValueError(f"{name} must be a text that can be saved, not {value!r}")
        if not any(row.get(name) for name in self.key):
            raise ValueError(f"a row must say at least one of {', '.join(self.key)}")
        return {name: row.get(name, "") for name in self.columns}

    def _bytes(self, rows: list[Row]) -> bytes:
        return "".join(map(self._line, [self.columns, *(tuple(row.values()) for row in rows)])).encode("utf-8")

    def _order(self, row: Row) -> tuple[Any, ...]:
        """By place: numbers as numbers; where two rows agree in the key, by all they say, so that the order is always the same."""
        key = ((int(row[n]) if is_number(row[n]) else 0) if n in _NUMBERS else row[n] for n in self.key)
        return (*key, *row.values())

    def name_of(self, row: Row) -> str:
        return ", ".join(row[name] for name in self.key if row.get(name))

    def _names(self, rows: list[Row]) -> str:
        return few([self.name_of(row) for row in rows], _SHOWN, "; ")

    def _merged(self, version: _Version, adding: list[Row], removing: list[Row]) -> tuple[list[Row], Rows]:
        """The rows of a version after a change, and what was really added and removed."""
        rows, added = list(version.rows), []
        for row in removing:
            if row not in rows:
                raise ValueError(self._who_took(row, version))
            rows.remove(row)
        there = {self.key_of(row): row for row in rows} if adding else {}
        for row in adding:
            fellow = there.setdefault(self.key_of(row), row)
            differing = [name for name in self.columns if fellow[name] != row[name] and name != "created"]
            if differing:
                stands = ", ".join(f"{name} “{fellow[name]}”" for name in differing)
                raise ValueError(
                    f"{self.name_of(row)} is already in {self.path}, with other words: {stands}. Nothing was saved. "
                    "Look at what stands there, then change that."
                )
            if fellow is row:
                insort(rows, row, key=self._order)
                added.append(row)
        return rows, {"key": list(self.key), "added": added, "removed": removing}

    def _who_took(self, row: Row, version: _Version) -> str:
        """Why a row cannot be removed: who changed or removed it when, and what stands there now."""
        whom = "it was changed or removed outside the log (by an editor, git or a sync client)"
        for entry in newest_first(self.path.parent):
            if entry["what"] != self.path.name:
                continue
            if said(row) in map(said, listed_rows(entry["rows"], "added")):
                break
            if said(row) in map(said, listed_rows(entry["rows"], "removed")):
                whom = self._whose(entry)
                break
        now = [fellow for fellow in version.rows if self.key_of(fellow) == self.key_of(row)]
        stands = "; ".join(
            ", ".join(f"{name} “{fellow[name]}”" for name in self.columns if fellow[name] != row[name]) for fellow in now
        )
        there = f"What stands there now: {stands}." if now else "Nothing stands there now."
        return f"{self.name_of(row)} is not in {self.path} as it was: {whom}. {there} Nothing was saved."

    def _whose(self, entry: dict[str, Any]) -> str:
        """Who took a row out, as the line of the log on it says."""
        who, at = entry["who"], f"at {entry['when']}"
        if entry["rows"].get("how") == "restore":
            return f"{who} put an earlier version of the file back {at} ({entry['why']})"
        if entry["rows"].get("how") == "log_changes":
            return f"it was changed or removed outside the library, as {who} logged {at} ({entry['why']})"
        elsewhere = ", in another notebook," if who == self.coder and entry["after"] not in self._own else ""
        return f"{who}{elsewhere} changed or removed it {at}"

    def _news(self, version: _Version) -> list[str]:
        """What a version read again tells that was not known: what another saved, or what happened outside the log."""
        new, gone = difference(version.rows, self._version.rows)
        counts = f"{number_of(len(new), 'row')} added, {len(gone)} removed"
        return [
            *([f"merged {version.saved or 'what was changed outside the log'}: {counts}"] if new or gone else []),
            *version.notices,
        ]

    def _look(self) -> _Version:
        """The file as it is; where there is something to say of it, asked again, for another may be writing it just now."""
        for pause in _PAUSES:
            version = self._read(content_of(self.path))
            if not version.notices:
                return version
            time.sleep(pause)
        return self._read(content_of(self.path))

    def _read(self, content: bytes | None) -> _Version:
        """What is in the file, compared with what the log last said of it."""
        read = salvage(content or b"", self.columns)
        if content and content.strip() and not set(read.columns) & set(self.columns):
            raise ValueError(f"{self.path}, line 1: {_other_format(content, self.columns)}")
        rows, fingerprint = sorted(read.rows, key=self._order), digest(content)
        notices = [
            f"{self.path}, line {line}: {'cannot be read and is left out' if line > 1 else 'the head is damaged'}: {_shown(raw)}"
            for line, raw in read.damaged[:_SHOWN]
        ]
        last = next((entry for entry in newest_first(self.path.parent) if entry["what"] == self.path.name), None)
        obstacle = (
            self._clashing(content or b"", is_saved=last is not None and fingerprint == last["after"])
            or self._empty(content, rows, fingerprint, last)
            or self._foreign(read.columns)
            or self._unreadable(len(read.damaged), last)
        )
        if obstacle:
            return _Version(fingerprint, rows, [*notices, obstacle], obstacle)
        if last is None:
            return _Version(fingerprint, rows, notices, is_found=True)
        if fingerprint == last["after"]:
            is_found = not last["rows"] or last["rows"].get("how") == "log_changes"
            return _Version(fingerprint, rows, notices, saved=_doing(last), is_found=is_found)
        who = f"{last['who']} saved it at {last['when']}"
        happened = f"{self.path}: changed outside the log since {who} (by an editor, git or a sync client)"
        if fingerprint == last["before"]:
            happened = f"{self.path}: as it was before {who}: that was cut off, or taken back outside the log"
        base = backup_content(self.path, last["after"])
        if base is None:
            told = f"{happened}. Which rows differ cannot be told, for there is no backup of the version saved."
            if fingerprint == last["before"] and (
                changed := listed_rows(last["rows"], "added") + listed_rows(last["rows"], "removed")
            ):
                told = f"{happened}. {number_of(len(changed), 'row')} changed by it stand in {LOG}: {self._names(changed)}."
            return _Version(fingerprint, rows, [*notices, told], is_found=True)
        new, gone = difference(rows, salvage(base, self.columns).rows)
        told = f"{happened}. The version saved is {backup_name(self.path, last['after'])}"
        told += f"; {number_of(len(new), 'row')} not as saved: {self._names(new)}" if new else ""
        told += f"; {number_of(len(gone), 'saved row')} not there: {self._names(gone)}" if gone else ""
        told += "" if new or gone else "; the rows are the same"
        outside = {"added": new, "removed": gone} if new or gone else None
        return _Version(fingerprint, rows, [*notices, f"{told}."], is_found=True, outside=outside)

    def _empty(self, content: bytes | None, rows: list[Row], fingerprint: str, last: dict[str, Any] | None) -> str:
        """Why a file without rows is not to be written over: it had some; '' where it had none."""
        nothing = {"", fingerprint, digest(self._bytes([]))}
        if rows or (last and last["after"] in nothing):
            return ""
        state = "is gone" if content is None else "is empty" if not content.strip() else "holds no row that can be read"
        is_unfinished = last and fingerprint == last["before"] and not backup_name(self.path, last["after"]).is_file()
        if is_unfinished and not self._held:
            return ""  # the last save was cut off
        listed = list(backups(self.path)["fingerprint"])
        if last:
            known = f", but {last['who']} saved rows in it at {last['when']}"
            meant = f"say it to the log: log_changes({str(self.path.parent)!r}, who=..., why=...)"
            listed = [last["after"]] if last["after"] in listed else listed
        elif listed:
            known, meant = ", but there are backups of it", f"move them out of {BACKUPS}"
        elif self._held:
            known = f", but {number_of(self._held, 'row')} of it were read or saved here"
            meant = "open it again; else look whether its disk is connected and its folder where it was"
        elif content == b"":
            known, meant = ": a sync client may hold what is in it", "delete it"
        else:
            return ""
        back = f"Put this version back: {self._back(listed[0])}." if listed else "There is no backup."
        return f"{self.path} {state}{known}. Nothing is written over it. {back} If it is meant to be so, {meant}."

    def _back(self, fingerprint: str) -> str:
        return f"restore({str(self.path)!r}, {fingerprint!r}, who=..., why=...)"

    def _clashing(self, content: bytes, is_saved: bool) -> str:
        """Why a file is not to be written in which git left two versions, or whose letters are not those of UTF-8; '' for others."""
        marks = None if is_saved else _CONFLICT.search(content)  # what was saved may be a memo on git
        if marks:
            first, last = (content.count(b"\n", 0, at) + 1 for at in marks.span())
            return (
                f"{self.path}, lines {first} to {last}: two versions stand here, for git could not tell which holds. Nothing is written "
                "to the file. Keep the lines that hold, delete the lines that begin with <<<<<<<, ======= and >>>>>>>, and save it."
            )
        text = content.decode("utf-8", "surrogateescape")
        foreign = re.search("[\udc80-\udcff]", text)
        if not foreign or re.search("[^\0-\x7f\udc80-\udcff]|[\udc81\udc8d\udc8f\udc90\udc9d]", text):
            return ""  # some letters are of UTF-8, or some bytes are no letters of Windows: lines are damaged
        line = text.count("\n", 0, foreign.start()) + 1
        return (
            f"{self.path}, line {line}: the file was saved, it seems, in the encoding of Windows (cp1252, “ANSI”), not in UTF-8. Nothing is written "
            f"to it. {_AS_CSV}"
        )

    def _unreadable(self, number: int, last: dict[str, Any] | None) -> str:
        """Why a file with damaged lines is not to be written; '' where it has none."""
        if not number:
            return ""
        more = f" ({number - _SHOWN} more than shown)" if number > _SHOWN else ""
        kept = last and backup_content(self.path, last["after"])
        back = f", or put the version last saved back: {self._back(last['after'])}" if last and kept else ""
        return (
            f"{self.path}: {number_of(number, 'line')} cannot be read{more}. Nothing is written to the file, and so they stay in it as they "
            f"are. Mend them in a text editor{back}."
        )

    def _foreign(self, columns: Sequence[str]) -> str:
        """Why a file with other columns is not to be written; '' where it has only known ones, each once."""
        unknown = [name for name in columns if name not in self.columns] or [n for n in columns if columns.count(n) > 1]
        if not unknown:
            return ""
        what = "stands twice" if unknown[0] in self.columns else "is unknown here"
        return (
            f"{self.path}, line 1: column '{unknown[0]}' {what}, so nothing is written to the file (a newer version of this library, or a "
            "person, made it). It is only read; keep such a column in a file of its own to go on."
        )


def lines_of(path: Path, columns: Sequence[str]) -> dict[tuple[str, ...], list[int]]:
    """The lines on which each row of a file begins."""
    lines: dict[tuple[str, ...], list[int]] = {}
    for row in salvage(content_of(path) or b"", columns, with_lines=True).rows:
        line = int(row.pop("line"))
        lines.setdefault(tuple(row.values()), []).append(line)
    return lines


def _locked(path: Path) -> str:
    """Why a file cannot be written; '' where it can. Nothing is touched to find out."""
    folder = next((parent for parent in path.absolute().parents if parent.exists()), path.parent)
    closed = [place for place in (folder, path, path.parent / LOG) if place.exists() and not os.access(place, os.W_OK)]
    if not closed:
        return ""
    return (
        f"{closed[0]} can only be read, so nothing can be saved in {path}. Ask for the right to write there, or work on a copy."
    )


def _copies(path: Path, rows: list[Row]) -> list[str]:
    """What lies beside a file and may hold codings that belong into it: what sync clients make of a conflict or keep elsewhere."""
    notices, here = [], {said(row) for row in rows}
    for beside in sorted(path.parent.iterdir()) if path.parent.is_dir() else []:
        if beside.name in (f".{path.name}.icloud", f"{path.name}.nextcloud", f"{path.name}.owncloud"):
            notices.append(
                f"{path} is not on this computer: {beside.name} stands for it. Let the sync client fetch it, then read again."
            )
        if beside == path or beside.suffix != path.suffix or beside.name.startswith(".") or not beside.is_file():
            continue
        stem = _COPY_OF.sub("", beside.stem)
        is_copy = stem == path.stem or (stem.startswith(path.stem) and _COPY.fullmatch(stem[len(path.stem) :]))
        if not is_copy and not stem.startswith(path.stem):
            continue
        found = salvage(content_of(beside) or b"").rows
        coders = {row.get("coder", "") for row in found} - {""}
        if coders == {path.stem} or (is_copy and not coders - {path.stem}):
            more = sum(said(row) not in here for row in found)
            notices.append(
                f"{beside} looks like a conflict copy of {path.name}: {more} of its {number_of(len(found), 'row')} are not in "
                f"{path.name}. Look at it, put what is missing into {path.name}, then move it away."
            )
    return notices


def _doing(entry: dict[str, Any]) -> str:
    """Whose doing a version is that the log knows, to be put after "merged"."""
    who, at, how = entry["who"], entry["when"], entry["rows"].get("how")
    if how == "restore":
        return f"an earlier version that {who} put back at {at}"
    if how == "log_changes":
        return f"what was changed outside the library and logged by {who} at {at}"
    return f"what another notebook saved meanwhile ({who}, {at})" if entry["rows"] else f"what {who} logged at {at}"


def _other_format(content: bytes, columns: Sequence[str]) -> str:
    """What a file is that has none of the columns."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"the file was saved as Unicode text (UTF-16), not as CSV in UTF-8. {_AS_CSV}"
    if set(content.decode("utf-8", "replace").partition("\n")[0].strip("\r\ufeff").split("\t")) & set(columns):
        return f"the file was saved with tabs between its columns, not with commas. {_AS_CSV}"
    return f"none of the columns is known here; expected are {', '.join(columns)}"


def _shown(raw: str) -> str:
    return "“" + raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")[:60] + "”"
