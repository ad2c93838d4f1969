"""A REFI-QDA file of another program goes in, a study comes out, with a list of what was not carried over; a codebook goes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd
import yaml

from qualkit.archives import open_archive
from qualkit.audit import record
from qualkit.codebook import Codebook
from qualkit.codings import write_codings
from qualkit.corpus import NEEDED
from qualkit.drafts import UNWRITTEN, codebook_in, codebook_yaml, not_kept, write_new
from qualkit.memos import COLUMNS as MEMO_COLUMNS
from qualkit.newstudy import filling, model
from qualkit.refi import CODEBOOK, ORIGIN, add_codes, coloured, nodes_of, xml_bytes
from qualkit.refireader import Reader
from qualkit.tables import csv_bytes, is_hidden, records, write_whole
from qualkit.xmltree import kind, named, read_tree

_WHY = "read from a REFI-QDA project"
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
        """Make a study in a new or empty folder, of the shape that `new_study` makes, and return the paths of its files.

        In corpus/ documents.csv and texts/, codings/<coder>.csv, statements.csv, claims.yaml (empty), memos/, and where there are any
        cases.csv and left.csv, the list of what was not carried over; beside it codebook.yaml, notebooks/, and a README.md that says
        what is still to do (`to_do`). The study has no fault (`check_study`), and its notebooks run (`reproduce`).

        Raises
        ------
        ValueError
            If the folder holds anything, or a file cannot be written. Then nothing is in it.
        """
        with filling(folder, self.codebook.title["en"], _WHY, self.to_do()) as made:
            corpus = made / "corpus"
            for row in records(self.documents):
                write_whole(corpus / "texts" / f"{row['document']}.txt", row["text"].encode())
            manifest, rows = _manifest(self.documents)
            write_whole(corpus / "documents.csv", csv_bytes(rows, manifest))
            book = codebook_yaml(self.codebook) if self.codebook.facets else model()["codebook.yaml"]
            write_whole(made / "codebook.yaml", book)
            if len(self.codings):
                write_codings(self.codings, corpus / "codings", why=_WHY)
            for memo in records(self.memos):
                head = {name: str(memo[name]) for name in MEMO_COLUMNS[1:5]} | {"about": _about(memo)[0]}
                front = yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=1_000)
                content = f"---\n{front}---\n\n{memo['text']}\n".encode()
                record(corpus / "memos" / f"{memo['memo']}.md", content, memo["author"], _WHY)
            write_whole(corpus / "claims.yaml", b"claims: []\n")
            for name, table in {"statements": self._worded(), "cases": self.cases, "left": self.left}.items():
                if len(table) or name == "statements":
                    columns = [str(column) for column in table.columns]
                    write_whole(corpus / f"{name}.csv", csv_bytes(records(table.astype(str)), columns))
        return sorted(path for path in Path(folder).rglob("*") if path.is_file() and not is_hidden(path.relative_to(folder)))

    def to_do(self) -> list[str]:
        """What a study made of the project still lacks, in words; `write` puts it into the README of the study."""
        facets = {facet.id for facet in self.codebook.facets}
        lacking = [name for name in ("case", "status", "evidence") if name not in facets]
        unwritten = sum(UNWRITTEN in vars(code).values() for _, code in self.codebook.codes().values())
        undated, other = int((self.documents["date"] == "").sum()), int((self.documents["kind"] == "other").sum())
        claims = [f"{memo['memo']} ({', '.join(found)})" for memo in records(self.memos) if (found := _about(memo)[1])]
        told = {
            "`corpus/left.csv` lists what of the project was not carried over: read it.": len(self.left),
            f"`corpus/documents.csv`: texts without a date: {undated}; of the kind 'other': {other}.": undated + other,
            "The project has no codes: `codebook.yaml` is the example that every study begins with.": not facets,
            f"`codebook.yaml`: codes that lack words (“{UNWRITTEN['en']}”): {unwritten}.": unwritten,
            f"`codebook.yaml` has no facet {', '.join(lacking)}. Displays and conclusions stand on them: copy them from the"
            " codebook.yaml that `qualkit new` makes, with cases of your own.": facets and lacking,
            "`corpus/cases.csv` holds the cases of the project and their variables; no display knows them.": len(self.cases),
            "Nobody has coded anything yet.": self.codings.empty,
            "`corpus/statements.csv`: no statement has words yet. Each distinct fact stands there once; its id stands in the column"
            " `statement` of the codings it rests on.": self.statements.empty,
            "`corpus/claims.yaml`: a project holds no conclusions; they are yours to draw.": True,
            f"Memos that were about conclusions: {'; '.join(claims)}.": claims,
        }
        return [text for text, holds in told.items() if holds]

    def _worded(self) -> pd.DataFrame:
        """The statements; where there are none, the ids that codings carry, to be put into words."""
        if len(self.statements):
            return self.statements
        ids = dict.fromkeys(name for cited in self.codings["statement"] for name in cited.split())
        rows = [(name, UNWRITTEN["id"], UNWRITTEN["en"]) for name in ids]
        return pd.DataFrame(rows, columns=["statement", "text_id", "text_en"])


def _about(memo: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What a memo is about, conclusions apart: a project holds none."""
    items = [item for item in memo["about"].split("; ") if item]
    claims = [item for item in items if item.startswith("claim:")]
    return [item for item in items if item not in claims], claims


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
        If the file is no such codebook, holds no code, is larger than 20 MB, declares entities, or is nested too deeply.

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
    return codebook_in(path, nodes, {"colours of codes": coloured(root), **not_kept(nodes), "sets": sets})


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
