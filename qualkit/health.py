"""The folder of a study goes in; every fault in it comes out at once, or how far the study has come and what is stale."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.audit import check_audit
from qualkit.claims import read_claims, verify
from qualkit.codebook import AGREED, MACHINES, read_codebook
from qualkit.codings import read_codings
from qualkit.corpus import read_corpus
from qualkit.forms import read_forms
from qualkit.memos import read_memos
from qualkit.patterns import read_patterns
from qualkit.relations import read_relations
from qualkit.revision import read_revisions
from qualkit.segments import split
from qualkit.statements import read_statements
from qualkit.tables import read_rows, read_text, read_yaml

_SETTLED = ("exact", "sentence")  # where a coding stands on the words it was put on
_BROKEN = ("damaged line", "line missing", "gone")
_PLACED = re.compile(r"(?P<file>.+?\.(?:csv|yaml|md|txt|jsonl))(?:, line (?P<line>\d+))?: (?P<text>.*)", re.DOTALL)


def check_study(folder: str | Path = ".") -> pd.DataFrame:
    """One row per fault of a study: the file, the line, and what is wrong with how to mend it. An empty table: no fault.

    Reads the corpus, the codebook, its revisions, codings, statements, claims, relations, patterns, memos, forms, the logs and the
    originals that texts were made of. What cannot be read because something else has faults is named, and read as far as
    it can be.

    Parameters
    ----------
    folder
        The study: a folder with codebook.yaml and corpus/. Files that a study need not have may be missing.

    Returns
    -------
    DataFrame
        `file` (from the folder), `line` (0 where it is the whole file), `weight` (fault: must be mended; look: may be meant), `text`.

    Raises
    ------
    ValueError
        If there is no such folder, or it holds neither codebook.yaml nor corpus/.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit.newstudy import new_study
    >>> study = Path(tempfile.mkdtemp())
    >>> _ = new_study(study)
    >>> check_study(study).empty
    True
    >>> claims = study / "corpus" / "claims.yaml"
    >>> _ = claims.write_text(claims.read_text().replace('"S002"', '"S020"'))
    >>> check_study(study)[["file", "line", "weight"]].values.tolist()
    [['corpus/claims.yaml', 18, 'fault'], ['corpus/claims.yaml', 0, 'look']]
    """
    return pd.DataFrame(_Reading(folder).faults, columns=["file", "line", "weight", "text"])


def study_status(folder: str | Path = ".") -> pd.DataFrame:
    """One row per thing to know about a study: how much there is, how much of it is coded, and what is stale.

    Returns
    -------
    DataFrame
        `what` (documents, codings, statements, claims, memos, stale, faults) and `told` (in words). `stale` has a row for each thing that
        no longer fits what it rests on, or is not finished: codings on changed texts, documents without a coding, files changed
        outside the log, statements without a coding, claims that may not be shown as recorded.

    Raises
    ------
    ValueError
        If there is no such folder, or it holds neither codebook.yaml nor corpus/.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit.newstudy import new_study
    >>> study = Path(tempfile.mkdtemp())
    >>> _ = new_study(study)
    >>> print(study_status(study).to_string(index=False, header=False))
     documents                                   1, of which 1 coded, 0 by two coders or more
       codings                                                                    contoh 19
    statements                                                                           4
        claims                                                                 1: 1 qualified
         memos                                                                           1
    """
    return pd.DataFrame(_told(_Reading(folder)), columns=["what", "told"])


class _Reading:
    """A study as far as it can be read: what was read, by name, and the faults met on the way."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.corpus = self.folder / "corpus"
        if not self.folder.is_dir():
            raise ValueError(f"'{folder}': there is no such folder")
        if not (self.folder / "codebook.yaml").exists() and not self.corpus.is_dir():
            raise ValueError(
                f"'{folder}' is no study: it holds neither codebook.yaml nor corpus/. Make one with: qualkit new FOLDER"
            )
        self.faults: list[tuple[str, int, str, str]] = []
        self.found: dict[str, Any] = {}
        self._steps()
        self._logs()
        self._originals()
        self.faults.sort(key=lambda fault: (fault[2] != "fault", fault[0], fault[1]))

    def _steps(self) -> None:
        corpus, got = self.corpus, self.found
        self._step("documents", corpus / "documents.csv", (), lambda: read_corpus(corpus), must=True)
        if "documents" in got:
            got["segments"] = split(got["documents"], into="sentences")
        self._step(
            "codebook", self.folder / "codebook.yaml", (), lambda: read_codebook(self.folder / "codebook.yaml"), must=True
        )
        revisions = next((path for path in (corpus / "revisions.csv", self.folder / "revisions.csv") if path.exists()), None)
        if revisions:
            self._step("revisions", revisions, ("codebook",), lambda: read_revisions(revisions, got["codebook"]))
        self._step("codings", corpus / "codings", ("segments", "codebook"),
                   lambda: read_codings(corpus / "codings", got["segments"], got["codebook"], got.get("revisions")))  # fmt: skip
        self._step("statements", corpus / "statements.csv", ("codings", "codebook"),
                   lambda: read_statements(corpus / "statements.csv", got["codings"], got["codebook"]))  # fmt: skip
        readers: dict[str, tuple[str, Callable[[Path, Any], Any]]] = {
            "claims": ("claims.yaml", read_claims), "relations": ("relations.csv", read_relations), "patterns": ("patterns.yaml", read_patterns),
        }  # fmt: skip
        for name, (file, read) in readers.items():
            self._step(name, corpus / file, ("statements",), partial(read, corpus / file, got.get("statements")))
        self._step("memos", corpus / "memos", (), lambda: read_memos(
            corpus / "memos", got.get("statements"), got.get("codebook"), got.get("segments"), got.get("claims")))  # fmt: skip
        self._step("forms", corpus / "forms", ("documents",), lambda: read_forms(corpus / "forms", got["documents"]))

    def _step(self, name: str, path: Path, needs: tuple[str, ...], read: Callable[[], Any], must: bool = False) -> None:
        """Read one thing; where it cannot be read, remember why."""
        if not path.exists() and not must:
            return
        missing = [need for need in needs if need not in self.found]
        if missing:
            self._syntax(path)
            self._add(path, "look", f"not checked further, because the {missing[0]} could not be read")
            return
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            try:
                self.found[name] = read()
            except ValueError as error:
                self._told(path, "fault", str(error))
        for warning in said:
            self._told(path, "look", str(warning.message))

    def _syntax(self, path: Path) -> None:
        """The faults of files that can be seen without knowing anything else."""
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            try:
                if file.suffix == ".csv":
                    read_rows(file, ())
                elif file.suffix in (".yaml", ".yml"):
                    read_yaml(file)[1].stop()
                elif file.suffix == ".md":
                    read_text(file)
            except ValueError as error:
                self._told(file, "fault", str(error))

    def _logs(self) -> None:
        if not self.corpus.is_dir() or not any(self.corpus.rglob("audit.jsonl")):
            return
        for row in check_audit(self.corpus).itertuples():
            if row.state != "as logged":
                told = row.note or f"{row.state}; where that is meant, log it (qualkit log)"
                self._add(self.corpus / str(row.file), "fault" if row.state in _BROKEN else "look", str(told))

    def _originals(self) -> None:
        """Texts and originals against what documents.csv says of them."""
        manifest = self.corpus / "documents.csv"
        try:
            rows = read_rows(manifest, ("file",), ("source", "source_sha256"))
        except ValueError:
            return  # told already
        for row in rows:
            source = self.corpus / row["source"]
            if row["source"] and source.is_file() and source.resolve().is_relative_to(self.corpus.resolve()):
                checksum = hashlib.sha256(source.read_bytes()).hexdigest()
                if checksum != row["source_sha256"]:
                    told = f"the original {row['source']} is not the file that was added: its sha256 is {checksum}. Put the old one back"
                    self.faults.append(("corpus/documents.csv", int(row["line"]), "fault", told))
        named = {row["file"] for row in rows} | {row["source"] for row in rows}
        for name in ("texts", "sources"):
            for path in sorted((self.corpus / name).glob("*")):
                if path.is_file() and path.name[0] != "." and f"{name}/{path.name}" not in named:
                    self._add(path, "look", "documents.csv does not name it; add it with: qualkit add, or move it away")

    def _told(self, path: Path, weight: str, message: str) -> None:
        """A message of the library, a row for each fault that it lists."""
        for text in message.splitlines():
            if not re.fullmatch(r"\d+ faults", text):
                placed = _PLACED.fullmatch(text)
                where = self._inside(placed["file"]) if placed else ""
                if placed and where:
                    self.faults.append((where, int(placed["line"] or 0), weight, placed["text"]))
                else:
                    self._add(path, weight, text)

    def _add(self, path: Path, weight: str, text: str) -> None:
        self.faults.append((self._inside(path), 0, weight, text))

    def _inside(self, path: str | Path) -> str:
        """The path from the folder of the study; '' where it is no path in it."""
        try:
            return Path(path).relative_to(self.folder).as_posix()
        except ValueError:
            return ""


def _told(study: _Reading) -> list[tuple[str, str]]:
    got, rows = study.found, []
    stale = [
        f"{file}: {text}" for file, _, weight, text in study.faults if weight == "look" and "changed outside the log" in text
    ]
    documents, codings = got.get("documents"), got.get("codings")
    if documents is not None:
        coders = _coders(codings)
        coded = documents["document"].map(coders.groupby("document")["coder"].nunique()).fillna(0) if len(coders) else None
        counts = (int((coded >= n).sum()) if coded is not None else 0 for n in (1, 2))
        rows.append(("documents", "{}, of which {} coded, {} by two coders or more".format(len(documents), *counts)))
        bare = documents["document"].tolist() if coded is None else documents.loc[coded == 0, "document"].tolist()
        stale += (
            [f"no coding on: {', '.join(bare[:10])}{f' and {len(bare) - 10} more' if len(bare) > 10 else ''}"] if bare else []
        )
    if codings is not None:
        each = codings["coder"].value_counts(sort=False)
        rows.append(("codings", ", ".join(f"{coder} {count}" for coder, count in each.items()) or "none"))
        moved = codings[~codings["anchor"].isin(_SETTLED)]
        for (document, coder), mine in moved.groupby(["document", "coder"], observed=True):
            stale.append(f"the text of '{document}' changed since {len(mine)} codings of {coder} were made")
    rows += _conclusions(got, stale)
    if "memos" in got:
        rows.append(("memos", str(len(got["memos"]))))
    rows += [("stale", text) for text in stale]
    faults = sum(weight == "fault" for _, _, weight, _ in study.faults)
    rows += [("faults", f"{faults}: list them with qualkit check")] if faults else []
    return rows


def _coders(codings: pd.DataFrame | None) -> pd.DataFrame:
    """Who coded which document; what a machine suggests and what coders agreed on afterwards is no further coder's."""
    if codings is None:
        return pd.DataFrame(columns=["document", "coder"])
    return codings.loc[~codings["coder"].isin([*MACHINES, AGREED]), ["document", "coder"]].drop_duplicates()


def _conclusions(got: dict[str, Any], stale: list[str]) -> list[tuple[str, str]]:
    rows = []
    if "statements" in got:
        statements = got["statements"]
        rows.append(("statements", str(statements["statement"].nunique())))
    if "claims" in got:
        claims = got["claims"]
        shown = {claim.id: claim.status for claim in claims}
        if {"status", "evidence"} <= set(statements.columns):
            verified = verify(claims, statements)
            shown = dict(zip(verified["claim"], verified["shown_as"].str.partition(" (")[0], strict=True))
            for row in verified.to_dict("records"):
                if row["recorded"] != shown[row["claim"]]:
                    stale.append(f"claim {row['claim']} is recorded as {row['recorded']}, but is shown as {row['shown_as']}")
        counts = pd.Series(shown, dtype=object).value_counts(sort=False)
        rows.append(
            ("claims", f"{len(claims)}{': ' if claims else ''}{', '.join(f'{n} {status}' for status, n in counts.items())}")
        )
    return rows
