"""The report of the study as a reader gets it: written as Word and LaTeX, turned into pages, and the pages into pictures to look at.

    python benchmarks/paper.py                      pages of both, in the folder pages/ beside this file
    python benchmarks/paper.py --into FOLDER        elsewhere
    python benchmarks/paper.py --dots 150           finer pictures (100 dots per inch where nothing is said)

The report is what the last notebook writes. What turns it into pages is not part of qualkit and must be on the machine:
LibreOffice (soffice) for Word, pdflatex (or tectonic) for LaTeX, poppler (pdftoppm) for the pictures. What is missing is said,
and the rest is done. On Debian or Ubuntu: apt install libreoffice-writer poppler-utils texlive-latex-recommended
texlive-fonts-recommended texlive-latex-extra texlive-lang-other
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import qualkit as qk

HERE = Path(__file__).resolve().parent
NOTEBOOK = HERE.parent / "notebooks" / "04-conclusions.ipynb"
NEEDED = {"soffice": "LibreOffice", "pdftoppm": "poppler", "pdflatex": "TeX Live"}


def reported() -> tuple[tuple[Any, ...], dict[str, Any]]:
    """What the notebook hands to `write_report` when it runs (without the path); nothing that it writes is written."""
    found: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def noted(path: str, *rest: Any, **more: Any) -> Path:
        found.append((rest, more))
        return Path(path)

    unwritten = {"write_table": lambda table, path, **_: Path(path), "write_figure": lambda ax, path, **_: [Path(path)]}
    os.environ["MPLBACKEND"] = "Agg"
    os.chdir(NOTEBOOK.parent)
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    with mock.patch.multiple(qk, write_report=noted, **unwritten), contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), NOTEBOOK.name, "exec"), names)
    if not found:
        sys.exit(f"{NOTEBOOK.name} writes no report")
    return found[0]


def run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=600)
    if done.returncode:
        print(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def as_pages(folder: Path) -> list[Path]:
    """The PDF files that could be made of the report, with what was not good about them."""
    made = []
    for name in ("word", "latex"):  # nothing from an earlier run
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    if shutil.which("soffice"):
        profile = (folder / "profile").as_uri()  # of its own: another LibreOffice may be at work
        run(
            [
                "soffice",
                f"-env:UserInstallation={profile}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                "word",
                "laporan.docx",
            ],
            folder,
        )
        made.append(folder / "word" / "laporan.pdf")
    if shutil.which("pdflatex"):
        for _ in range(3):  # references, then widths of the long tables, then what moved by them
            run(["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-output-directory=latex", "laporan.tex"], folder)
        log = (folder / "latex" / "laporan.log").read_text(encoding="utf-8", errors="replace")
        for fault in re.findall(r"^(?:!.*|Overfull .*|LaTeX Warning: .*(?:undefined|Rerun).*)$", log, re.MULTILINE):
            print(f"LaTeX: {fault}")
    elif shutil.which("tectonic"):
        run(["tectonic", "--outdir", "latex", "laporan.tex"], folder)
    made.append(folder / "latex" / "laporan.pdf")
    return [path for path in made if path.is_file()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=HERE / "pages")
    parser.add_argument("--dots", type=int, default=100)
    options = parser.parse_args()
    folder = options.into.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for program, name in NEEDED.items():
        if not shutil.which(program) and not (program == "pdflatex" and shutil.which("tectonic")):
            print(f"{program} ({name}) is not on this machine: what needs it is left out")
    parts, more = reported()
    for ending in (".docx", ".tex"):
        path = qk.write_report(folder / f"laporan{ending}", *parts, **more)
        print(f"{path.name}: {path.stat().st_size // 1000} kB")
    for pdf in as_pages(folder):
        if shutil.which("pdftoppm"):
            run(["pdftoppm", "-r", str(options.dots), "-png", pdf.name, "page"], pdf.parent)
        pages = len(list(pdf.parent.glob("page-*.png")))
        print(f"{pdf.parent.name}: {pages} pages in {pdf.parent}")


if __name__ == "__main__":
    main()
