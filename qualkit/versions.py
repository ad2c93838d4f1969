"""A coder's file goes in; the versions of it that were kept come out, and one of them can be put back."""

from __future__ import annotations

import contextlib
import datetime
import re
from pathlib import Path

import pandas as pd

from qualkit.audit import BACKUPS, Rows, backup_content, backup_name, content_of, digest, named, rewrite, time_of
from qualkit.tables import difference, salvage, write_whole

_NEWEST, _DAYS = 10, 20  # versions kept: the newest, and the last of each of so many days


def backups(path: str | Path) -> pd.DataFrame:
    """One row per version of a file that is kept in the folder `.backup` beside it, the newest first.

    Kept are the last ten versions saved, the last of each of the last twenty days before, and each that was found, not saved.

    Returns
    -------
    DataFrame
        `fingerprint`; `kept` (UTC); `found` (True where it was not `CoderFile` that saved it: then it is kept for good); `rows`
        (that can be read); `file`. A version that is no longer what was kept is not listed.

    Examples
    --------
    >>> backups("corpus/codings/nobody.csv").empty
    True
    """
    listed = []
    for file, fingerprint, is_found in kept_versions(Path(path)):
        if content := backup_content(Path(path), fingerprint):
            kept = time_of(datetime.datetime.fromtimestamp(file.stat().st_mtime, datetime.UTC))
            listed.append([fingerprint, kept, is_found, len(salvage(content).rows), str(file)])
    return pd.DataFrame(listed, columns=["fingerprint", "kept", "found", "rows", "file"])


def restore(path: str | Path, fingerprint: str, who: str, why: str, now: datetime.datetime | None = None) -> bool:
    """Put a version that `backups` lists back in place, logged; what it replaces is kept in `.backup` first.

    Gives False where that version is what is there.

    Raises
    ------
    ValueError
        If there is no such backup, nobody is named, or the file, the log or the backup cannot be written.

    Examples
    --------
    >>> restore("corpus/codings/coder-a.csv", "0" * 16, who="rani", why="a slip")
    Traceback (most recent call last):
    ValueError: there is no backup 0000000000000000 of corpus/codings/coder-a.csv: backups(...) lists those there are.
    """
    path = Path(path)
    named(who, "who", "the person who puts the version back")
    content = backup_content(path, fingerprint)
    if content is None:
        raise ValueError(f"there is no backup {fingerprint} of {path}: backups(...) lists those there are.")

    def back(found: bytes | None) -> tuple[bytes, Rows]:
        if found is not None:
            keep(path, found, digest(found), is_found=True)
        new, gone = difference(salvage(content).rows, salvage(found or b"").rows)
        return content, {"how": "restore", "added": new, "removed": gone}

    return rewrite(path, back, who, why, now=now)


def kept_versions(path: Path) -> list[tuple[Path, str, bool]]:
    """The backups of a file, the newest first: the file, its fingerprint, whether it was found so."""
    pattern = re.compile(rf"{re.escape(path.stem)}\.([0-9a-f]{{16}})(\.found)?{re.escape(path.suffix)}")
    folder = path.parent / BACKUPS
    found = ((file, pattern.fullmatch(file.name)) for file in (folder.iterdir() if folder.is_dir() else ()))
    kept = [(file, name[1], bool(name[2])) for file, name in found if name]
    return sorted(kept, key=lambda version: version[0].stat().st_mtime_ns, reverse=True)


def keep(path: Path, content: bytes, fingerprint: str, is_found: bool = False) -> None:
    """Keep a version of a file, unless it is kept already."""
    file = backup_name(path, fingerprint, is_found)
    if content_of(file) != content:
        write_whole(file, content)


def thin(path: Path) -> None:
    """Remove saved versions that are neither among the newest nor the last of one of the last days."""
    saved = [file for file, _, is_found in kept_versions(path) if not is_found]
    days: dict[datetime.date, Path] = {}
    for file in saved:
        days.setdefault(datetime.date.fromtimestamp(file.stat().st_mtime), file)
    for file in set(saved[_NEWEST:]) - set(list(days.values())[:_DAYS]):
        with contextlib.suppress(OSError):
            file.unlink()
