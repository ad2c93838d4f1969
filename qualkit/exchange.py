"""A REFI-QDA file of another program goes in, a study comes out, with a list of what was not carried over; a codebook goes out."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import pandas as pd
import yaml

from qualkit.archives import open_archive
from qualkit.audit import record
from qualkit.codebook import Codebook
from qualkit.codings import write_codings
from qualkit.corpus import NEEDED
from qualkit.drafts import draft, flattened, write_codebook, write_new
from qualkit.memos import COLUMNS as MEMO_COLUMNS
from qualkit.refi import CODEBOOK, ORIGIN, add_codes, coloured, nodes_of, xml_bytes
from qualkit.refireader import DEEP, Reader
from qualkit.tables import csv_bytes, records, write_whole
from qualkit.xmltree import kind, named, read_tree

_LARGEST_CODEBOOK = 20_000_000  # bytes


@dataclass(frozen=True)
class Project:
    """A study that another program wrote. Read one with `read_qdpx`; `left` lists what was not carried over."""

    documents: pd.DataFrame
    codings: pd.DataFrame
    codebook: Codebook
    cases: pd.DataFrame
    statements: pd.DataFrame
    memos: pd.DataFrame
    left: pd.DataFrame

    def write(self, folder: str | Path) -> list[Path]:
        """Make the files of a study, and return their paths; nothing is ever written over.

        documents.csv and texts/, codebook.yaml, codings/<coder>.csv, memos/, and where there are any statements.csv, cases.csv
        and left.csv, the list of what was not carried over.

        Raises
        ------
        ValueError
            If one of the files is there already (then nothing is written), or cannot be written.
        """
        folder = Path(folder)
        texts = {folder / "texts" / f"{row['document']}.txt": row["text"] for row in self.documents.to_dict("records")}
        memos = {folder / "memos" / f"{row['memo']}.md": row for row in self.memos.to_dict("records")}
        tables = {"statements.csv": self.statements, "cases.csv": self.cases, "left.csv": self.left}
        rest = {folder / name: table for name, table in tables.items() if len(table)}
        coders = [folder / "codings" / f"{coder}.csv" for coder in sorted(self.codings["coder"].unique())]
        paths = [folder / "documents.csv", *texts, folder / "codebook.yaml", *coders, *memos, *rest]
        if there := [path for path in paths if path.exists()]:
            raise ValueError(f"{there[0]} is there already; nothing was written. Choose another folder.")
        for path, text in texts.items():
            write_whole(path, text.encode())
        columns, rows = _manifest(self.documents)
        write_whole(paths[0], csv_bytes(rows, columns))
        write_codebook(folder / "codebook.yaml", self.codebook)
        if coders:
            write_codings(self.codings, folder / "codings", why="read from a REFI-QDA project")
        for path, memo in memos.items():
            head = {name: memo[name] for name in MEMO_COLUMNS[1:5]} | {
                "about": [item for item in memo["about"].split("; ") if item]
            }
            front = yaml.safe_dump(head | {"kind": str(memo["kind"])}, sort_keys=False, allow_unicode=True, width=1_000)
            record(path, f"---\n{front}---\n\n{memo['text']}\n".encode(), memo["author"], "read from a REFI-QDA project")
        for path, table in rest.items():
            write_whole(path, csv_bytes(records(table.astype(str)), [str(name) for name in table.columns]))
        return paths


def _manifest(documents: pd.DataFrame) -> tuple[list[str], list[dict[str, object]]]:
    """Columns and rows of documents.csv."""
    rest = [str(name) for name in documents.columns if name not in (*NEEDED, "date_note", "text")]
    rows: list[dict[str, object]] = []
    for row in records(documents):
        certainty = f"{row['date_certainty']}: {row['date_note']}" if row["date_note"] else row["date_certainty"]
        rows.append({**row, "file": f"texts/{row['document']}.txt", "date_certainty": certainty})
    return [*NEEDED, *rest], rows


def write_qdc(path: str | Path, codebook: Codebook) -> Path:
    """Write a codebook as a new REFI-QDA codebook (.qdc), which other programs import, and return the path.

    Facets, families and codes become a tree; every field of the codebook stands under a heading in the description of its code,
    and `read_qdc` reads all of it back.

    Raises
    ------
    ValueError
        If there is such a file already, or it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import read_codebook
    >>> path = write_qdc(Path(tempfile.mkdtemp()) / "codebook.qdc", read_codebook("codebook.yaml"))
    >>> path.read_text("utf-8").splitlines()[1]
    '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="qualkit">'
    """
    root = Element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    add_codes(root, codebook, {})
    return write_new(path, xml_bytes(root))


def read_qdc(path: str | Path) -> Codebook:
    """The codebook in a REFI-QDA codebook (.qdc).

    What `write_qdc` wrote is read back field by field. The codes of other programs stand in one facet, `theme`; the top of each branch is a
    family. Descriptions are full definitions, and what a codebook needs and nobody wrote says so in words. A warning says what was
    not carried over.

    Raises
    ------
    ValueError
        If the file is no such codebook, is larger than 20 MB, declares entities, or is nested too deeply.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import read_codebook
    >>> codebook = read_codebook("codebook.yaml")
    >>> read_qdc(write_qdc(Path(tempfile.mkdtemp()) / "codebook.qdc", codebook)) == codebook
    True
    """
    path = Path(path)
    content = _content(path)
    if len(content) > _LARGEST_CODEBOOK:
        raise ValueError(f"{path}: larger than {_LARGEST_CODEBOOK / 1e6:.0f} MB; a codebook is not")
    root = read_tree(content, str(path))
    if kind(root) != "CodeBook" or not list(named(root, "Codes")):
        raise ValueError(
            f"{path}: not a REFI-QDA codebook: it begins with '{kind(root)}' and should be a 'CodeBook' with 'Codes'"
        )
    nodes = nodes_of(named(root, "Codes", "Code"))
    sets = [held.get("name", "") for held in named(root, "Sets", "Set")]
    left = {"colours of codes": coloured(root), DEEP: flattened(nodes), "sets": sets}
    if told := [f"{what} ({len(names)}): {', '.join(names[:10])}" for what, names in left.items() if names]:
        warnings.warn(f"{path}: not carried over: {'; '.join(told)}", stacklevel=2)
    return draft(nodes, path.stem).codebook


def read_qdpx(path: str | Path, positions: str | None = None) -> Project:
    """A study in a REFI-QDA project (.qdpx), as NVivo, ATLAS.ti, MAXQDA, QualCoder and others write it.

    Texts are kept with line feeds only. By what positions are counted (code points, UTF-16 units or bytes, line ends as one or two)
    is found out by the words that are stored with the selections. Nothing outside of the archive is ever read.

    Parameters
    ----------
    path
        The file.
    positions
        Only where the file does not tell: one of the ways of counting that the error message shows.

    Returns
    -------
    Project
        Tables as the readers of qualkit return them: `documents`, `codings` (columns of the coders' files, segments are sentences), `cases`
        (case, documents, one column per variable), `statements`, `memos`; `codebook`, where what nobody wrote says so; and
        `left`: one row per kind of thing that was not carried over, with count and names. `project.write("folder")` makes the files.

    Raises
    ------
    ValueError
        If the file is no such project, hostile or damaged, a text is in no Unicode encoding, or nothing tells how positions are counted.

    Examples
    --------
    >>> import tempfile
    >>> import qualkit as qk
    >>> documents, codebook = qk.read_corpus("corpus"), qk.read_codebook("codebook.yaml")
    >>> codings = qk.read_codings("corpus/codings", qk.split(documents, into="sentences"), codebook)
    >>> path = Path(tempfile.mkdtemp()) / "study.qdpx"
    >>> from qualkit.refiwriter import write_qdpx
    >>> _ = write_qdpx(path, documents, codings, codebook)
    >>> project = read_qdpx(path)
    >>> project.codebook == codebook, len(project.codings) == len(codings), len(project.left)
    (True, True, 0)
    """
    path = Path(path)
    content = _content(path)
    try:
        reader = Reader(open_archive(content), path.stem)
        return Project(codebook=reader.draft.codebook, **reader.tables(positions))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path} could not be read ({error.strerror})") from None
