"""A folder with numbered notebooks goes in; its results come out, run from the first to the last, or opened in JupyterLab.

This is also the command line `qualkit`; what it prints about a whole study is in `commands`.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

# nbclient and nbformat take two seconds to import. Every notebook imports qualkit and none of them runs notebooks, so they
# are imported where they are used.
if TYPE_CHECKING:
    from nbformat import NotebookNode

# What decides the order of a set, the date inside a file and the hour on a clock is the same on every machine.
FIXED = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "TZ": "UTC"}

_WIDGET = "application/vnd.jupyter.widget-view+json"

# What a notebook program stores about a cell that says nothing about the study: when it ran, how it was folded.
VOLATILE = ("execution", "ExecuteTime", "collapsed", "scrolled", "trusted")

_KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def reproduce(folder: str | Path = ".", store: bool = False, notebooks: Iterable[str] | None = None) -> list[Path]:
    """One path per file that the notebooks wrote into exports/, after every notebook has run from its first cell to its last.

    Each notebook runs in its own new kernel of the Python that calls this, whatever other kernels are installed, and in the
    folder notebooks/. The progress is printed, one line per notebook.

    Parameters
    ----------
    folder
        The study: a folder that holds notebooks/ with notebooks named by number, such as `01-condensation.ipynb`.
    store
        Whether the results are stored in the notebooks. Without it no notebook is changed. Storing twice gives the same
        bytes: no times, no versions, the same cell ids.
    notebooks
        Only these, by number, name or path (`"01"`, `"01-condensation"`); by default all. They run in the order of their
        numbers.

    Returns
    -------
    list of Path
        The files under exports/ that are new or were written again, relative to `folder`, sorted.

    Raises
    ------
    ValueError
        The folder holds no numbered notebooks, one that is asked for is not there, or a file is no notebook.
    RuntimeError
        A cell ended in an error: which notebook, which cell, and what it said. Nothing of that notebook is stored.

    Examples
    --------
    >>> reproduce("my-study")
    Traceback (most recent call last):
    ValueError: 'my-study' holds no notebooks/ with numbered notebooks such as 01-condensation.ipynb. ...
    """
    folder = Path(folder)
    chosen = _numbered_notebooks(folder, notebooks)
    before = _written_when(folder / "exports")
    for path in chosen:
        notebook = _read(path)
        _run(notebook, path)
        if store:
            _store(notebook, path)
    after = _written_when(folder / "exports")
    written = sorted(path for path, when in after.items() if before.get(path) != when)
    count = f"{len(written)} file{'' if len(written) == 1 else 's'}"
    print(f"\n{count} written:" if written else "\nNo file was written into exports/.")
    names = [path.relative_to(folder).as_posix() for path in written]
    for name, path in zip(names, written, strict=True):
        print(f"  {name:<{max(map(len, names))}}  {_size(path.stat().st_size):>8}")
    return [path.relative_to(folder) for path in written]


def lab(folder: str | Path = ".") -> int:
    """The exit code of JupyterLab, which opens in notebooks/ and runs until it is stopped.

    The whole study can be reached in the file list (codebook, corpus, exports); notebooks use the Python that calls this.

    Parameters
    ----------
    folder
        The study: a folder that holds notebooks/.

    Raises
    ------
    ValueError
        The folder holds no notebooks/.

    Examples
    --------
    >>> lab("my-study")
    Traceback (most recent call last):
    ValueError: 'my-study' holds no folder notebooks/. ...
    """
    folder = Path(folder).resolve()
    if not (folder / "notebooks").is_dir():
        raise ValueError(f"'{Path(folder).name}' holds no folder notebooks/. Name the folder of a study with --folder.")
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.preferred_dir={folder / 'notebooks'}",
        # Nothing here needs the network: JupyterLab shall not ask whether there is a newer one.
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    # A kernel called python3 that another project left in the user's folder must not take the place of ours.
    environment = {**_kernel_environment(), "JUPYTER_PREFER_ENV_PATH": "1"}
    with subprocess.Popen(command, cwd=folder, env=environment) as server:
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:  # JupyterLab has seen Ctrl-C as well, and asks whether it is meant
                continue


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the command line `qualkit`: 0 done, 1 something failed or has faults, 2 a mistake in what was asked.

    Parameters
    ----------
    arguments
        The words after `qualkit`; by default those of the command line.

    Examples
    --------
    >>> main(["reproduce", "--folder", "corpus", "01"])  # corpus/ holds no notebooks: the message goes to stderr
    2
    """
    try:
        code = _done(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # who reads has seen enough, as in: qualkit status | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it ends
        return 1
    except (ValueError, RuntimeError) as error:
        print(f"qualkit: {error}", file=sys.stderr)
        return 2 if isinstance(error, ValueError) else 1
    except KeyboardInterrupt:
        print("\nqualkit: stopped.", file=sys.stderr)
        return 130


def _done(words: list[str]) -> int:
    """The exit code of what the words ask for, after it is done."""
    parser, known = _parser()
    if not words:
        parser.print_help()
        return 2
    if not words[0].startswith("-") and words[0] not in known:
        near = difflib.get_close_matches(words[0], known, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"Possible: {', '.join(known)}."
        raise ValueError(f"there is no command '{words[0]}'. {hint}")
    asked = parser.parse_args(words)
    if asked.command not in ("new", "rehydrate"):
        _need_study(Path(asked.folder), ("audit.jsonl",) if asked.command == "log" else ())
    if asked.command == "reproduce":
        reproduce(asked.folder, asked.store, asked.notebooks or None)
        return 0
    if asked.command == "lab":
        return lab(asked.folder)
    from qualkit import commands  # loads the whole library, which the two above do without

    return int(getattr(commands, asked.command)(asked))


def _need_study(folder: Path, enough: Sequence[str] = ()) -> None:
    """Say which folder is the study where it is one above the folder that was named, such as notebooks/, and holds nothing of one."""
    if not folder.is_dir() or any((folder / name).exists() for name in ("codebook.yaml", "corpus", "notebooks", *enough)):
        return
    for above in folder.resolve().parents:
        if (above / "codebook.yaml").exists() and (above / "corpus").is_dir():
            study = os.path.normpath(folder / os.path.relpath(above, folder.resolve()))
            raise ValueError(f"'{folder}' is a folder in a study. Go to the study itself: cd \"{study}\"")


def _parser() -> tuple[argparse.ArgumentParser, list[str]]:
    """The words of the command line, and the commands."""
    parser = argparse.ArgumentParser("qualkit", description="Begin a study, fill it, check it, run it and work on it.")
    commands = parser.add_subparsers(dest="command", required=True)
    new = commands.add_parser(
        "new",
        help="begin a study that runs at once, with one small invented text and four notebooks",
        description="Put a study that runs at once into a new or empty folder, as a start for your own.",
    )
    new.add_argument("folder", help="the folder to make")
    add = commands.add_parser(
        "add",
        help="take texts of any kind into the study",
        description="Take texts into the study: .txt, .md, .docx, .odt, .rtf, .html, .pdf, or tables of texts (.csv, .xlsx). The "
        "original is kept, the text is made of it once, and what the file says about itself is proposed in documents.csv. A text that is lost "
        "or was altered is made again of its original, if you add that again.",
    )
    add.add_argument("files", nargs="+", metavar="FILE", help="a file, a pattern such as *.docx, or a folder: the files in it")
    add.add_argument("--kind", default="", help="what kind of text they are: news, journal, interview ...")
    add.add_argument("--by", default="", metavar="NAME", help="who adds them, for the log (needed)")
    add.add_argument("--repair", action="store_true", help="put letters right that an earlier wrong encoding damaged")
    check = commands.add_parser(
        "check",
        help="read the whole study and list every fault with its line",
        description="Read everything in a study and list every fault at once, with file, line and remedy. Exit code 1 if there is any.",
    )
    status = commands.add_parser(
        "status",
        help="how far the study has come, and what is stale",
        description="Count what a study holds, name what is not coded yet or in no statement, and list what no longer fits what it rests on.",
    )
    log = commands.add_parser(
        "log",
        help="log files that were changed by hand",
        description="Log what was changed in an editor, a spreadsheet or by git: who did it, and why.",
    )
    log.add_argument("--by", required=True, help="who changed the files")
    log.add_argument("--why", required=True, help="the reason, in words")
    share = commands.add_parser(
        "share",
        help="put a study without its texts and quotes into a folder, for others",
        description="Put a package of the study into a new folder: codings with places and checksums, statements, codebook, displays, "
        "but no text, no original and no quote. What shares seven words in a row with a text is left out and named.",
    )
    share.add_argument("--to", required=True, help="the folder to make, beside the study")
    water = commands.add_parser(
        "rehydrate",
        help="put the texts and quotes back into such a package, where you hold the same texts",
        description="Put texts and quotes back into a package that `qualkit share` made. Each is proved by its checksum.",
    )
    water.add_argument("package", help="the package")
    water.add_argument("--texts", required=True, help="a folder with the same texts (.txt), whatever they are called")
    again = commands.add_parser(
        "reproduce",
        help="run every notebook from the first to the last, and list the files it wrote",
        description="Run every notebook of a study in a new kernel, from the first to the last, and list the files in "
        "exports/ that were written. The notebooks themselves stay as they are, unless you ask for --store.",
    )
    again.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="only these, by number or name: 01 03-displays")
    again.add_argument("--store", action="store_true", help="store the results in the notebooks as well")
    work = commands.add_parser(
        "lab",
        help="open the notebooks in JupyterLab",
        description="Open the notebooks of a study in JupyterLab. Ctrl-C in this window stops it.",
    )
    for command in (check, status, log, share, work):
        command.add_argument("folder", nargs="?", default=argparse.SUPPRESS, help="the study (default: here)")
    for command in (add, check, status, log, share, again, work):
        command.add_argument("--folder", default=".", help="the study, said in another way, which all these commands know")
    commands.metavar = " | ".join(commands.choices)
    return parser, list(commands.choices)


def _numbered_notebooks(folder: Path, wanted: Iterable[str] | None) -> list[Path]:
    """The notebooks of the study, or those of them that are wanted, in the order of their numbers."""
    there = sorted((folder / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    if not there:
        raise ValueError(
            f"'{folder}' holds no notebooks/ with numbered notebooks such as 01-condensation.ipynb."
            " Name the folder of a study with --folder, or go there first."
        )
    if wanted is None:
        return there
    names = {Path(name).name for name in ([wanted] if isinstance(wanted, str) else wanted)}
    unknown = names - {name for path in there for name in (path.name, path.stem, path.stem[:2])}
    if unknown:
        possible = ", ".join(path.stem for path in there)
        raise ValueError(f"no notebook is called {', '.join(sorted(unknown))}. Possible: {possible} (or only the number).")
    return [path for path in there if names & {path.name, path.stem, path.stem[:2]}]


def _read(path: Path) -> NotebookNode:
    """The notebook in this file; cells that have no id of their own get one that is the same each time."""
    import nbformat

    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["nbformat"] == 4:
            # Old files have no ids, and nbformat would draw them at random.
            taken: set[str] = set()
            for number, cell in enumerate(content["cells"]):
                if cell.get("id") in taken | {None}:
                    source = "".join(cell["source"])
                    cell["id"] = hashlib.sha256(f"{number} {source}".encode()).hexdigest()[:8]
                taken.add(cell["id"])
            content["nbformat_minor"] = max(5, content["nbformat_minor"])
        notebook: NotebookNode = nbformat.reads(json.dumps(content), as_version=4)
        nbformat.validate(notebook)
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ValueError(f"{path} is not a notebook ({reason}). Mend it or take an earlier version of it.") from error
    return notebook


def _run(notebook: NotebookNode, path: Path) -> None:
    """Put the results into `notebook`, as a new kernel gives them; `path` says where it runs and what it is called."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    progress = _Progress(path.stem, [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()])
    # A manager that looks for kernels in no folder at all has only one to offer: the Python that runs this line.
    this_python = KernelSpecManager(kernel_dirs=[])
    client = NotebookClient(
        notebook,
        km=AsyncKernelManager(kernel_name="python3", kernel_spec_manager=this_python),
        resources={"metadata": {"path": str(path.parent.resolve())}},
        startup_timeout=120,  # the first start of Python on a slow disk takes long; a cell may take as long as it needs
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # whether a print arrives in one piece or two depends on the machine
        # The kernel warns on each start that it listens on a local port without encryption, and complains when Ctrl-C ends it.
        # Both frighten and help nobody; what goes wrong in a cell is told below.
        extra_arguments=["--IPKernelApp.log_level=50"],
        on_cell_execute=progress.next_cell,
    )
    try:
        client.execute(env=_kernel_environment(), cleanup_kc=True)
    except CellExecutionError as error:
        raise RuntimeError(progress.failed(f"{error.ename}: {error.evalue}")) from error
    except (DeadKernelError, AssertionError) as error:
        # Ctrl-C ends the kernel, and nbclient stumbles (AssertionError) when it wants to end it once more.
        said = "Its Python has ended: by Ctrl-C, or because the computer ran out of memory."
        raise RuntimeError(progress.failed(said)) from error
    except BaseException:
        progress.end_line()
        raise
    progress.done()


class _Progress:
    """How far one notebook has run: on a terminal one line, written anew for each cell; elsewhere a line at start and end.

    >>> progress = _Progress("01-condensation", [{"source": "import qualkit as qk"}])
    01-condensation  1 cell ...
    >>> progress.next_cell()
    >>> print(progress.failed("ModuleNotFoundError: No module named 'qualkit'"))
    01-condensation stopped at cell 1 of 1, which begins:
        import qualkit as qk
    ModuleNotFoundError: No module named 'qualkit'
    """

    def __init__(self, name: str, cells: Sequence[dict[str, Any]]) -> None:
        self.name, self.cells, self.number = name, cells, 0
        self.all = f"{len(cells)} cell{'' if len(cells) == 1 else 's'}"
        self.rewrite, self.width, self.started = sys.stdout.isatty(), 0, time.monotonic()
        self._show(f"{self.name}  {self.all} ...")

    def next_cell(self, **_: Any) -> None:
        """The kernel was given one more cell. (nbclient says which; counting them is enough.)"""
        self.number += 1
        if self.rewrite:
            self._show(f"{self.name}  cell {self.number} of {len(self.cells)}  {self._seconds()}")

    def done(self) -> None:
        self._show(f"{self.name}  {self.all}  {self._seconds()}")
        self.end_line()

    def failed(self, what: str) -> str:
        """What to tell the researcher about the cell that runs now."""
        self.end_line()
        if not self.number:
            return f"{self.name} did not start: {what}"
        source = self.cells[self.number - 1]["source"].strip()
        return (
            f"{self.name} stopped at cell {self.number} of {len(self.cells)}, which begins:\n"
            f"    {source.splitlines()[0]}\n{what}"
        )

    def end_line(self) -> None:
        if self.rewrite:
            print()

    def _seconds(self) -> str:
        return f"{time.monotonic() - self.started:.1f} s"

    def _show(self, line: str) -> None:
        if self.rewrite:  # spaces wipe out what is left of a longer line
            print("\r" + line.ljust(self.width), end="", flush=True)
            self.width = len(line)
        else:
            print(line, flush=True)


def _store(notebook: NotebookNode, path: Path) -> None:
    """Write the notebook so that the same results give the same bytes."""
    import nbformat

    for cell in notebook.cells:
        for name in VOLATILE:
            cell.metadata.pop(name, None)
        for output in cell.get("outputs", ()):  # a widget has a new number in every run, and is not there where nothing runs
            output.get("data", {}).pop(_WIDGET, None)
    notebook.metadata.pop("widgets", None)
    notebook.metadata["kernelspec"] = dict(_KERNELSPEC)
    notebook.metadata["language_info"] = {"name": "python"}  # a kernel adds the number of its Python
    text = nbformat.writes(notebook).rstrip("\n") + "\n"
    # Written beside it and then put in its place: a stop in between leaves the old notebook, not half a new one.
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)


def _kernel_environment() -> dict[str, str]:
    """The environment variables a notebook sees."""
    environment = {**os.environ, **FIXED}
    environment.pop("MPLBACKEND", None)  # the kernel chooses the one that shows figures in the notebook
    if environment.get("QUALKIT_CORPUS"):  # said from where the user stands, read from where the notebook runs
        environment["QUALKIT_CORPUS"] = os.path.abspath(environment["QUALKIT_CORPUS"])
    return environment


def _written_when(folder: Path) -> dict[Path, tuple[int, int]]:
    """Each file under the folder with what changes when it is written anew."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}


def _size(number: int) -> str:
    """A number of bytes in the unit that reads best.

    >>> _size(870), _size(36_400), _size(2_100_000)
    ('870 B', '36.4 kB', '2.1 MB')
    """
    if number < 1000:
        return f"{number} B"
    return f"{number / 1e3:.1f} kB" if number < 999_950 else f"{number / 1e6:.1f} MB"
