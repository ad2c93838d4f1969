"""The folder of a study goes in; every fault in it comes out at once, or how far the study has come and what is stale."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.assignments import read_assignments, readings
from qualkit.audit import KEPT, LOG, backup_content, check_audit, content_of
from qualkit.claims import read_claims, verify
from qualkit.codebook import AGREED, MACHINES, Codebook, read_codebook
from qualkit.codings import coder_folders, coders_in, read_codings
from qualkit.corpus import documents_and_faults
from qualkit.forms import read_forms
from qualkit.matrix import NOT_MENTIONED, ladder
from qualkit.memos import read_memos
from qualkit.patterns import read_patterns
from qualkit.relations import read_relations
from qualkit.revision import read_revisions
from qualkit.segments import split
from qualkit.statements import read_statements
from qualkit.tables import (
    PART,
    csv_bytes,
    difference,
    few,
    is_day_or_time,
    is_hidden,
    number_of,
    read_rows,
    read_text,
    read_yaml,
    salvage,
)

_SETTLED = ("exact", "sentence")  # where a coding stands on the words it was put on
_BROKEN = ("damaged line", "line missing", "gone")
_SHOWN = 5  # rows, files and sentences that a line names
# What is said of what is not at fault, where codings or documents at fault are left out.
_FOLLOWS = r"document '(?:{})' is not in the corpus|rests on no passage|but rests on one document"
_PLACED = re.compile(r"(?P<file>.+?\.(?:csv|yaml|md|txt|jsonl))(?:, line (?P<line>\d+))?: (?P<text>.*)", re.DOTALL)


def check_study(folder: str | Path = ".") -> pd.DataFrame:
    """One row per fault of a study: the file, the line, and what is wrong with how to mend it. An empty table: no fault.

    Reads the corpus, the codebook, its revisions, codings, assignments, statements, claims, relations, patterns, memos, forms, notebooks,
    the logs and the originals that texts were made of. Where a document or a coding is at fault, the others are read on. What cannot
    be read because something else has faults is named, and so is what a write that was cut off left behind. Statements that say
    otherwise than their sentences were coded, and codes that no statement takes up, are things to look at.

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
    >>> _ = claims.write_text(claims.read_text().replace('"CONTOH-2"', '"CONTOH-20"'))
    >>> check_study(study)[["file", "line", "weight"]].values.tolist()
    [['corpus/claims.yaml', 18, 'fault'], ['corpus/claims.yaml', 0, 'look']]
    """
    return pd.DataFrame(_Reading(folder).faults, columns=["file", "line", "weight", "text"])


def study_status(folder: str | Path = ".") -> pd.DataFrame:
    """One row per thing to know about a study: how much there is, how much of it is coded, and what is stale.

    Returns
    -------
    DataFrame
        `what` (documents, codings, statements, claims, memos, stale, faults) and `told` (in words). Documents that nobody coded yet are
        named, those of which only some sentences are coded or marked as read, and coded sentences that no statement uses. `stale` has a
        row for each thing that no longer fits what it rests on: codings on changed texts, files changed outside the log, claims that
        may not be shown as recorded.

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
    statements                 none rests on 1 of the coded sentences: pertukaran-guru 6
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
        self.follows = ""  # what is not told, because it follows from what is told
        self.unread: list[str] = []
        self.looked: set[Path] = {self.corpus / "documents.csv"}
        self._steps()
        self._logs()
        self._originals()
        self._beside()
        if self.unread:
            self._add(
                self.corpus, "look", f"not checked further, because of the faults: {', '.join(dict.fromkeys(self.unread))}"
            )
        self.faults.sort(key=lambda fault: (fault[2] != "fault", fault[0], fault[1]))

    def _steps(self) -> None:
        corpus, got = self.corpus, self.found
        self._documents()
        if "documents" in got:
            got["segments"] = split(got["documents"], into="sentences")
        self._step(
            "codebook", self.folder / "codebook.yaml", (), lambda: read_codebook(self.folder / "codebook.yaml"), must=True
        )
        self._history()
        revisions = next((path for path in (corpus / "revisions.csv", self.folder / "revisions.csv") if path.exists()), None)
        if revisions:
            self._step("revisions", revisions, ("codebook",), lambda: read_revisions(revisions, got["codebook"]))
        self._codings(lambda folder: read_codings(folder, got["segments"], got["codebook"], got.get("revisions")))
        self._readings()
        self._step("assignments", corpus / "assignments.csv", ("segments",),
                   lambda: read_assignments(corpus / "assignments.csv", got["segments"]))  # fmt: skip
        self._step("statements", corpus / "statements.csv", ("codings", "codebook"),
                   lambda: read_statements(corpus / "statements.csv", got["codings"], got["codebook"]))  # fmt: skip
        self._statements()
        readers: dict[str, tuple[str, Callable[[Path, Any], Any]]] = {
            "claims": ("claims.yaml", read_claims), "relations": ("relations.csv", read_relations), "patterns": ("patterns.yaml", read_patterns),
        }  # fmt: skip
        for name, (file, read) in readers.items():
            self._step(name, corpus / file, ("statements",), partial(read, corpus / file, got.get("statements")))
        self._step("memos", corpus / "memos", (), lambda: read_memos(
            corpus / "memos", got.get("statements"), got.get("codebook"), got.get("segments"), got.get("claims")))  # fmt: skip
        self._step("forms", corpus / "forms", ("documents",), lambda: read_forms(corpus / "forms", got["documents"]))

    def _history(self) -> None:
        """Versions that the codebook names and its history does not."""
        codebook, path = self.found.get("codebook"), self.folder / "codebook.yaml"
        if codebook is None or not codebook.history:
            return
        history = [entry["version"] for entry in codebook.history]
        if codebook.version not in history:
            self._add(path, "look", f"version '{codebook.version}' has no entry in the history")
        since: dict[str, list[str]] = {}
        for name, (_, code) in codebook.codes().items():
            since.setdefault(code.since, []).append(name)
        for version in sorted(since.keys() - {codebook.version, *history}):
            told = f"since '{version}' ({few(since[version], _SHOWN)}) is no version of the history"
            self._add(path, "look", f"{told}: raise the version, and say in the history what changed")

    def _documents(self) -> None:
        """The documents; where some are at fault, the others."""
        manifest = self.corpus / "documents.csv"
        try:
            table, faults = documents_and_faults(self.corpus)
            self.found["documents"] = table
            left_out = {row["document"] for row in read_rows(manifest, ())} - set(table["document"])
            self.follows = _FOLLOWS.format("|".join(map(re.escape, left_out))) if left_out else ""
            faults.stop()
        except ValueError as error:
            self._told(manifest, "fault", str(error))

    def _codings(self, read: Callable[[Path], pd.DataFrame]) -> None:
        """The codings; where some are at fault, the others."""
        folder, got = self.corpus / "codings", self.found
        self._step("codings", folder, ("segments", "codebook"), lambda: read(folder))
        if "codings" not in got and folder.is_dir() and "segments" in got and "codebook" in got:
            self.follows = self.follows or _FOLLOWS.format("")
            with tempfile.TemporaryDirectory() as beside:
                self._copy_sound(folder, Path(beside) / "codings")
                self._read("codings", folder, lambda: read(Path(beside) / "codings"), is_again=True)
        for coder, mine in got["codings"].groupby("coder") if "codings" in got else ():
            for created, count in mine["created"].value_counts().items():
                if created and not is_day_or_time(created):
                    self._add(folder / f"{coder}.csv", "look", f"created '{created}' ({count}) is no date such as 2026-11-22")
            versions = {got["codebook"].version, *(entry["version"] for entry in got["codebook"].history)}
            for version, count in mine["codebook"].value_counts().items():
                if version and version not in versions:
                    self._add(
                        folder / f"{coder}.csv", "look", f"codebook.yaml knows no version '{version}' ({count}) in its history"
                    )

    def _readings(self) -> None:
        """What each coder has read of each text, as far as codings and marks tell."""
        folder, got = self.corpus / "codings", self.found
        if "codings" in got:
            self.looked.add(folder / "read")
            coders = pd.DataFrame(
                {"round": 1, "coder": sorted({*_coders(got["codings"])["coder"], *coders_in(folder / "read")})}
            )
            asked = got["segments"][got["segments"]["label"] == "content"].merge(coders, how="cross")
            self._read("readings", folder / "read", lambda: readings(asked, got["codings"], folder))

    def _statements(self) -> None:
        """What the statements say against the codings, and the codes that none of them takes up."""
        got, path = self.found, self.corpus / "statements.csv"
        if "statements" not in got or got["statements"].empty:
            return
        turned_down = self.corpus / "codings" / "rejected" / f"{AGREED}.csv"
        self._step("turned down", turned_down, (), lambda: read_rows(turned_down, ("document", "segment", "code")))
        codings = _standing(got["codings"], got["codebook"], got.get("turned down", ()))
        lines = {row["statement"]: int(row["line"]) for row in read_rows(path, ())}
        for name, told in _at_odds(got["statements"], codings, got["codebook"]):
            self.faults.append((self._inside(path), lines[name], "look", told))
        left = _not_taken_up(got["statements"], codings, got["codebook"])
        if left:
            told = f"coded, but in no statement: {few(left, _SHOWN, '; ')}"
            self._add(path, "look", f"{told}. In tables of statements such a cell reads '{NOT_MENTIONED['en']}'")

    def _copy_sound(self, folder: Path, beside: Path) -> None:
        """Copy coders' files without what is at fault."""
        at_fault = {(file, line) for file, line, weight, _ in self.faults if weight == "fault"}
        documents = set(self.found["documents"]["document"])
        beside.mkdir()
        (beside.parent / "documents.csv").write_bytes((self.corpus / "documents.csv").read_bytes())
        for path in folder.glob("*.csv"):
            file = self._inside(path)
            try:
                rows = [row for row in read_rows(path, ()) if (file, int(row["line"])) not in at_fault]
            except ValueError:
                rows = salvage(path.read_bytes()).rows
            rows = [row for row in rows if row.get("document") in documents]
            if rows and (file, 0) not in at_fault:
                (beside / path.name).write_bytes(csv_bytes(rows, [name for name in rows[0] if name != "line"]))

    def _step(self, name: str, path: Path, needs: tuple[str, ...], read: Callable[[], Any], must: bool = False) -> None:
        """Read one thing; where it cannot be read, remember why."""
        self.looked.add(path)
        if not path.exists() and not must:
            return
        if all(need in self.found for need in needs):
            self._read(name, path, read)
        else:
            self._syntax(path)
            self.unread.append(name)

    def _read(self, name: str, path: Path, read: Callable[[], Any], is_again: bool = False) -> None:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            try:
                self.found[name] = read()
            except ValueError as error:
                before = len(self.faults)
                if not is_again:
                    self._told(path, "fault", str(error))
                if len(self.faults) == before:  # nothing but what follows from other faults
                    self.unread.append(name)
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
        rows = check_audit(self.corpus) if self.corpus.is_dir() and any(self.corpus.rglob(LOG)) else pd.DataFrame()
        logged = [(self.corpus, row) for row in rows.itertuples()]
        rows = check_audit(self.folder) if (self.folder / LOG).exists() else pd.DataFrame()
        logged += [(self.folder, row) for row in rows.itertuples() if row.file in ("codebook.yaml", LOG)]
        for home, row in logged:
            if row.state != "as logged" and not is_hidden(Path(str(row.file))):
                path = home / str(row.file)
                meant = "say in its history under a new version what changed, and " if row.file == "codebook.yaml" else ""
                told = (
                    row.note or f"{row.state}{_gone(path, str(row.logged))}; where that is meant, {meant}log it (qualkit log)"
                )
                self._add(path, "fault" if row.state in _BROKEN else "look", str(told))

    def _originals(self) -> None:
        """Texts and originals against what documents.csv says of them."""
        manifest = self.corpus / "documents.csv"
        try:
            rows = read_rows(manifest, ("file",), ("source", "source_sha256"))
        except ValueError:
            return  # told already
        missing = sorted({row["source"] for row in rows if row["source"] and not (self.corpus / row["source"]).exists()})
        if missing and not (self.folder / "package.csv").exists():  # from a package they are left out
            them, are = ("it", "is") if len(missing) == 1 else ("them", "are")
            gone = f"{number_of(len(missing), 'original')} {are} not here ({few(missing, _SHOWN)})"
            self._add(self.corpus / "sources", "look", f"{gone}: no text can be made again of {them}. Put {them} back")
        for row in rows:
            source = self.corpus / row["source"]
            if row["source"] and source.is_file() and source.resolve().is_relative_to(self.corpus.resolve()):
                checksum = hashlib.sha256(source.read_bytes()).hexdigest()
                if checksum != row["source_sha256"]:
                    told = f"the original {row['source']} is not the file that was added: its sha256 is {checksum}. Put the old one back"
                    self.faults.append(("corpus/documents.csv", int(row["line"]), "fault", told))
        named = {row["file"] for row in rows} | {row["source"] for row in rows}
        for name in ("texts", "sources"):
            for path in sorted((self.corpus / name).rglob("*")):
                inside = path.relative_to(self.corpus)
                if path.is_file() and not is_hidden(inside) and inside.as_posix() not in named:
                    self._add(path, "look", "documents.csv does not name it; add it with: qualkit add, or move it away")

    def _beside(self) -> None:
        """Notebooks, tables that no step reads, folders whose log is gone, and what a write that was cut off left behind."""
        left = (path for path in (*self.folder.glob(".*.part"), *self.corpus.rglob(".*.part")) if PART.fullmatch(path.name))
        for path in left:
            told = "left by a write that was cut off, unless one is going on: it may hold what was not saved. Look at it, then delete it"
            self._add(path, "look", told)
        for path in sorted((self.folder / "notebooks").glob("*.ipynb")):
            try:
                json.loads(read_text(path))["cells"][:]
            except (ValueError, LookupError, TypeError, RecursionError):
                self._add(path, "fault", "is not a notebook: mend it, or take an earlier version of it")
        kept = [path.relative_to(self.corpus) for path in sorted(self.corpus.rglob("*")) if path.suffix.lower() in KEPT]
        kept = [path for path in kept if not is_hidden(path) and path.parts[0] not in ("texts", "sources")]
        for path in kept:
            if not {self.corpus / path, (self.corpus / path).parent} & self.looked and path.suffix == ".csv":
                self._syntax(self.corpus / path)
        homes = sorted({self.corpus / path.parent for path in kept})
        for home in homes if any((home / LOG).exists() for home in homes) else ():
            if not (home / LOG).exists():
                told = f"has no log ({LOG}), as other folders here do: put it back; where there never was one, qk.log_changes begins it"
                self._add(home, "look", told)
        for home in coder_folders(self.corpus):
            if home.name != "codings" and difflib.get_close_matches(home.name, ["codings"]):
                self._add(
                    home, "look", "holds coders' files, but a study reads those in corpus/codings; are they meant to be there?"
                )

    def _told(self, path: Path, weight: str, message: str) -> None:
        """A message of the library, a row for each fault that it lists."""
        for text in message.splitlines():
            if self.follows and weight == "fault":
                text = "; ".join(part for part in text.split("; ") if not re.search(self.follows, part))
            if text and not re.fullmatch(r"\d+ faults", text):
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


def _gone(path: Path, logged: str) -> str:
    """Which codings of the version last saved are not in a coder's file, and how they are put back; '' where none or no such version is known."""
    base = backup_content(path, logged)
    if base is None:
        return ""
    saved = salvage(base)
    new, gone = difference(salvage(content_of(path) or b"", saved.columns).rows, saved.rows)
    lost = [name for name in map(_coding, gone) if name not in map(_coding, new)]
    if not lost:
        return ""
    folder = f"../{path.parent.parent.name}/{path.parent.name}"
    back = f"qk.restore('{folder}/{path.name}', '{logged}', who=..., why=...)"
    if new:  # the version saved would take them away
        back = f"log it, then qk.put_back what is to stay of qk.removed_rows('{folder}')"
    told = f"{number_of(len(lost), 'saved row')} {'is' if len(lost) == 1 else 'are'} not there ({few(lost, _SHOWN)})"
    return f": {told}. To put back, in a notebook: {back}"


def _coding(row: dict[str, str]) -> str:
    return " ".join(row.get(name, "") for name in ("document", "segment", "code"))


def _told(study: _Reading) -> list[tuple[str, str]]:
    got, rows = study.found, []
    stale = [
        f"{file}: {text}" for file, _, weight, text in study.faults if weight == "look" and "changed outside the log" in text
    ]
    documents, codings = got.get("documents"), got.get("codings")
    part = " (as far as they could be read)" if study.follows else ""
    if documents is not None:
        coders = _coders(codings)
        coded = documents["document"].map(coders.groupby("document")["coder"].nunique()).fillna(0) if len(coders) else None
        counts = (int((coded >= n).sum()) if coded is not None else 0 for n in (1, 2))
        rows.append(("documents", "{}, of which {} coded, {} by two coders or more{}".format(len(documents), *counts, part)))
        bare = documents["document"].tolist() if coded is None else documents.loc[coded == 0, "document"].tolist()
        rows += [("documents", f"not coded yet: {few(bare, _SHOWN)}")] if bare else []
        begun = _begun(got["readings"], bare) if "readings" in got else []
        rows += [("documents", f"not coded to the end: {few(begun, _SHOWN)}")] if begun else []
    if codings is not None:
        each = codings["coder"].value_counts(sort=False)
        rows.append(("codings", ", ".join(f"{coder} {count}" for coder, count in each.items()) + part or "none"))
        moved = codings[~codings["anchor"].isin(_SETTLED)]
        for (document, coder), mine in moved.groupby(["document", "coder"], observed=True):
            made = f"{number_of(len(mine), 'coding')} of {coder} {'was' if len(mine) == 1 else 'were'} made"
            stale.append(f"the text of '{document}' changed since {made}")
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


def _begun(readings: pd.DataFrame, bare: list[str]) -> list[str]:
    """The documents that were coded, but not to the end, with how many sentences of content somebody coded or marked as read."""
    is_read = (readings["state"] != "unread").groupby([readings["document"], readings["segment"]], sort=False).any()
    counts = is_read.groupby("document", sort=False).agg(["sum", "size"])
    begun = counts[(counts["sum"] < counts["size"]) & ~counts.index.isin(bare)]
    return [f"{document} ({done} of {of} sentences)" for document, done, of in begun.itertuples()]


def _standing(codings: pd.DataFrame, codebook: Codebook, turned_down: Iterable[dict[str, str]]) -> pd.DataFrame:
    """The codings by which statements are judged: what people gave to sentences, but for what coders settled otherwise.

    In a facet with one answer what they settled on stands alone; in others they settle code by code, and a code turned down is taken out.
    """
    people = codings[~codings["coder"].isin([*MACHINES]) & (codings["segment"] > 0)]
    is_agreed = people["coder"] == AGREED
    one_answer = people["facet"].isin([facet.id for facet in codebook.facets if facet.scale != "multiple"])
    facets = pd.MultiIndex.from_frame(people[["document", "segment", "facet"]])
    codes = pd.MultiIndex.from_frame(people[["document", "segment", "code"]].astype(str))
    down = [(row["document"], row["segment"], row["code"]) for row in turned_down]
    return people[is_agreed | ~(facets.isin(facets[is_agreed & one_answer]) | codes.isin(down))]


def _at_odds(statements: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """The statements that say otherwise than people coded their sentences, each with what.

    The case must be one that somebody gave to each sentence. Status and evidence may not be higher than any that was given, where no other
    statement rests on the sentences: a sentence with several claims has the status of its main one. Evidence 3 is of no sentence alone.
    """
    is_alone = statements.groupby(["document", "segment"])["statement"].transform("nunique") == 1
    alone = is_alone.groupby(statements["statement"]).all()
    for facet in codebook.facets:
        if facet.id not in statements or (facet.id != "case" and facet.scale != "ordinal"):
            continue
        given, order = _given(codings, facet.id), ladder(code.id for code in facet.codes)
        for name, passages in statements.groupby("statement", sort=False):
            said = {code for cell in passages[facet.id].dropna() for code in str(cell).split()}
            said -= {"3"} if facet.id == "evidence" else set()
            places = dict.fromkeys(zip(passages["document"], passages["segment"], strict=True))
            coded = {place: given[place] for place in places if said and place in given}
            if facet.id == "case":
                coded = {place: codes for place, codes in coded.items() if not said & codes.keys()}
            elif not alone[name] or said & _reached(coded, order):
                coded = {}
            if coded:
                yield str(name), f"statement {name} says {facet.id} {' '.join(sorted(said))}, but its {_as_coded(coded)}"


Given = dict[tuple[str, int], dict[str, set[str]]]  # per sentence the codes, and who gave each


def _given(codings: pd.DataFrame, facet: str) -> Given:
    """What was given to each sentence in a facet."""
    mine = codings[codings["facet"] == facet]
    given: Given = {}
    for document, segment, code, coder in zip(*(mine[name] for name in ("document", "segment", "code", "coder")), strict=True):
        given.setdefault((document, segment), {}).setdefault(code, set()).add(coder)
    return given


def _reached(coded: Given, order: list[str]) -> set[str]:
    """The highest code that sentences were given, and all below it."""
    ranks = [order.index(code) for codes in coded.values() for code in codes]
    return set(order[: max(ranks, default=-1) + 1])


def _as_coded(coded: Given) -> str:
    """Sentences with their codes and coders, in words."""
    sentences = few([f"{document} {segment}" for document, segment in sorted(coded)], _SHOWN)
    codes = list(dict.fromkeys(code for found in coded.values() for code in found))
    coders = sorted(set().union(*(who for found in coded.values() for who in found.values())))
    were = f"sentence {sentences} was" if len(coded) == 1 else f"sentences {sentences} were"
    return f"{were} coded {', '.join(codes)} by {', '.join(coders)}"


def _not_taken_up(statements: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook) -> list[str]:
    """The codes of the first facet, by case, that sentences of content were given and that no statement has, with the sentences.

    Codes that are left out of comparisons or stand for several cases are no cells to be empty.
    """
    field = codebook.facet(None).id
    axes = [field, *(["case"] if "case" in statements and "case" in codings else [])]
    content = codings[(codings["label"] == "content") & (codings["facet"] == field)]
    aside = {name for name, (_, code) in codebook.codes().items() if code.left_out or code.residual}
    stated = set(statements[axes].astype("string").fillna("").itertuples(index=False, name=None))
    stated |= {(code, *[""] * (len(axes) - 1)) for code, *_ in stated}
    left: dict[tuple[str, ...], dict[str, None]] = {}
    cases = _given(codings, "case")
    cells = content[["document", "segment", *axes]].astype({name: "string" for name in axes}).fillna("")
    for document, segment, *cell in cells.itertuples(index=False):
        of = cases.get((document, segment), {})
        is_overruled = any(case and of and case not in of for case in cell[1:])  # the coders settled on another case
        if tuple(cell) not in stated and not aside.intersection(cell) and not is_overruled:
            left.setdefault(tuple(cell), {})[f"{document} {segment}"] = None
    return [f"{' in '.join(filter(None, cell))} ({few([*found], _SHOWN)})" for cell, found in left.items()]


def _unused(codings: pd.DataFrame) -> list[str]:
    """The sentences of content that people coded and no statement rests on."""
    content = codings[~codings["coder"].isin([*MACHINES]) & (codings["label"] == "content") & (codings["segment"] > 0)]
    used = content["statement"].astype(str).str.strip() != ""
    rests = used.groupby([content["document"], content["segment"]], sort=False, observed=True).any()
    return [f"{document} {segment}" for document, segment in rests.index[~rests]]


def _conclusions(got: dict[str, Any], stale: list[str]) -> list[tuple[str, str]]:
    rows = []
    if "statements" in got:
        statements = got["statements"]
        rows.append(("statements", str(statements["statement"].nunique())))
        unused = _unused(got["codings"]) if len(statements) else []
        rows += [("statements", f"none rests on {len(unused)} of the coded sentences: {few(unused, _SHOWN)}")] if unused else []
    if "claims" in got:
        claims = got["claims"]
        shown = {claim.id: claim.status for claim in claims}
        if claims and {"status", "evidence"} <= set(statements.columns):
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
