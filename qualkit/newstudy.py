"""The name of a folder goes in; a study that runs at once comes out in it, as a start for one's own."""

from __future__ import annotations

from pathlib import Path

from qualkit.audit import log_changes
from qualkit.tables import write_whole

_MODEL = Path(__file__).with_name("first-study")
_HIDDEN = {"gitignore": ".gitignore", "gitattributes": ".gitattributes"}  # packages of Python leave out what begins with a dot


def new_study(folder: str | Path) -> list[Path]:
    """The paths of the files of a new study, relative to the folder: one small invented text, one worked code, four notebooks.

    The notebooks run from the first cell to the last (`reproduce`), and the study has no fault (`check_study`). Everything in it
    is an example to be replaced.

    Parameters
    ----------
    folder
        A folder that is not there yet, or is empty (what git keeps for itself aside).

    Raises
    ------
    ValueError
        If the folder holds anything, is a file, or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> [path.as_posix() for path in new_study(Path(tempfile.mkdtemp()) / "studi")][-4:]
    ['notebooks/01-condensation.ipynb', 'notebooks/02-coding.ipynb', 'notebooks/03-displays.ipynb', 'notebooks/04-conclusions.ipynb']
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"'{folder}' is a file; name a folder that is not there yet")
    there = sorted(path.name for path in folder.iterdir() if path.name != ".git") if folder.is_dir() else []
    if there:
        more = f" and {len(there) - 3} more" if len(there) > 3 else ""
        raise ValueError(f"'{folder}' holds files ({', '.join(there[:3])}{more}); a new study begins in an empty folder")
    written = []
    for path in sorted(path for path in _MODEL.rglob("*") if path.is_file()):
        inside = path.relative_to(_MODEL)
        inside = inside.with_name(_HIDDEN.get(inside.name, inside.name))
        write_whole(folder / inside, path.read_bytes())
        written.append(inside)
    for home in ("corpus", "corpus/codings", "corpus/memos"):
        log_changes(folder / home, who="qualkit new", why="the study that every study begins with")
    return written
