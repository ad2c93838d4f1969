"""The name of a folder goes in; a study that runs at once comes out in it, as a start for one's own or round tables from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from qualkit.audit import log_changes
from qualkit.tables import few, one_line, write_whole

_MODEL = Path(__file__).with_name("first-study")
_HIDDEN = {"gitignore": ".gitignore", "gitattributes": ".gitattributes"}  # packages of Python leave out what begins with a dot
_HOMES = ("corpus", "corpus/codings", "corpus/memos")  # where there are logs


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
    folder = _empty(folder)
    files = model()
    for inside, content in files.items():
        write_whole(folder / inside, content)
    _log(folder, "qualkit new", "the study that every study begins with")
    return [Path(inside) for inside in files]


@contextmanager
def filling(folder: str | Path, title: str, why: str, to_do: Iterable[str]) -> Iterator[Path]:
    """A place for the corpus and the codebook of a study; at the end it stands in the folder, whole, with notebooks and a README.

    Where anything cannot be written the folder stays empty. `why` is for the log; `to_do` says in the README what is missing.

    Raises
    ------
    ValueError
        As `new_study` does.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp()) / "studi"
    >>> with filling(folder, "Studi", "an example", ["Code it."]) as place:
    ...     _ = (place / "corpus" / "claims.yaml").write_text("claims: []")
    >>> (folder / "README.md").read_text().splitlines()[0], (folder / "corpus" / "claims.yaml").exists()
    ('# Studi', True)
    """
    folder = _empty(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".part-") as made:
            place = Path(made)
            for inside in _HOMES:
                (place / inside).mkdir()
            try:
                yield place
                for inside, content in _frame(title, why, to_do).items():
                    write_whole(place / inside, content)
                _log(place, "qualkit", why)
            except ValueError as error:
                raise ValueError(str(error).replace(made, str(folder))) from None
            for path in list(place.iterdir()):
                path.rename(folder / path.name)
    except OSError as error:
        raise ValueError(f"'{folder}' could not be written ({error.strerror})") from None


def model() -> dict[str, bytes]:
    """The files of the study that every study begins with, by their paths in it."""
    paths = sorted(path for path in _MODEL.rglob("*") if path.is_file())
    inside = [path.relative_to(_MODEL) for path in paths]
    names = [path.with_name(_HIDDEN.get(path.name, path.name)).as_posix() for path in inside]
    return {name: path.read_bytes() for name, path in zip(names, paths, strict=True)}


def _frame(title: str, why: str, to_do: Iterable[str]) -> dict[str, bytes]:
    """Of the first study what is no example: notebooks without results, a README, and what git is told."""
    files = model()
    _, _, commands, homes, *_ = files["README.md"].decode().split("\n\n")
    asked = "\n".join(["## Still to do", "", *(f"- {line}" for line in to_do)])
    readme = "\n\n".join([f"# {one_line(title)}", f"A study {why}.", commands, homes, asked]) + "\n"
    notebooks = {name: _bare(content) for name, content in files.items() if name.endswith(".ipynb")}
    return {"README.md": readme.encode(), **{name: files[name] for name in _HIDDEN.values()}, **notebooks}


def _bare(notebook: bytes) -> bytes:
    """The notebook without its results, which are those of the example."""
    content = json.loads(notebook)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _log(folder: Path, who: str, why: str) -> None:
    log_changes(folder, who=who, why=why, file="codebook.yaml")
    for home in _HOMES:
        log_changes(folder / home, who=who, why=why)


def _empty(folder: str | Path) -> Path:
    """The folder as a path; ValueError where it holds anything but what git keeps for itself."""
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"'{folder}' is a file; name a folder that is not there yet")
    there = sorted(path.name for path in folder.iterdir() if path.name != ".git") if folder.is_dir() else []
    if there:
        raise ValueError(f"'{folder}' holds files ({few(there, 3)}); a new study begins in an empty folder")
    return folder
