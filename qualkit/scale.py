"""An archive goes in, Parquet files or a folder of texts; suggestions come out as Parquet, part by part, and their counts.

The same as `suggest_codings(split(documents, into="sentences"), codebook)`, for what is too large to be
held at once. A part is about 50 MB of text; finished parts are kept whatever happens to the rest. Needs the extra `scale`.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from qualkit.codebook import Codebook, Words, facet_column
from qualkit.matrix import NOT_MENTIONED, Matrix, count_matrix
from qualkit.parts import Part, list_files, plan_parts, read_part, refuse_twice
from qualkit.segments import split
from qualkit.suggest import suggest_codings
from qualkit.tables import did_you_mean, few, need_columns

if TYPE_CHECKING:
    from distributed import Client

MANIFEST = "manifest.json"
_BEGUN = f".[0-9]*.parquet.{'[0-9a-f]' * 32}"  # what a killed process had begun to write; nothing else is ever deleted
_OWN = ("document", "segment", "code", "segments", "documents", "all_segments", "all_documents")  # what `by` cannot be called
_AGAIN = "Name a new folder as target, or delete this one to begin again."
SUGGESTED: dict[str, Words] = {
    "segment": {"id": "sel: jumlah segmen yang disarankan menurut buku kode; bukan koding seorang pengode",
                "en": "cells: number of segments suggested by the codebook; no coder's codings"},
    "document": {"id": "sel: jumlah dokumen dengan minimal satu segmen yang disarankan menurut buku kode; bukan koding seorang pengode",
                 "en": "cells: number of documents with at least one segment suggested by the codebook; no coder's codings"},
}  # fmt: skip


def suggest(
    source: str | Path, codebook: Codebook, target: str | Path, facet: str | None = None, client: Client | None = None
) -> Path:
    """The folder `target`, where every part of an archive has its suggestions: one row per sentence and code.

    Parts that are finished are not done again: after an interruption call it again with the same arguments. Progress is
    printed, one line per part.

    Parameters
    ----------
    source
        A Parquet file, a folder of Parquet files, each with the columns `document` and `text` (`title` and `author` help to
        tell furniture from text; all others ride along), or a folder of texts (.txt in UTF-8, folders within it included),
        where a document is called by its path without ".txt" and `folder` is where it lies. No document may stand twice in
        the archive.
    codebook
        What `read_codebook` returns.
    target
        A folder that does not exist yet, or one that an interrupted call has left.
    facet
        The id of the facet to suggest codes of; the first of the codebook where none is named.
    client
        A Dask client: its workers do the parts. They see `source` and `target` under the same paths, best with one thread each.

    Returns
    -------
    Path
        The folder. `suggestions/` holds what `suggest_codings` returns, with the columns of the
        document; `documents/` one row per document, without its text, with the number of its sentences (`segments`). pandas
        reads either folder whole.

    Raises
    ------
    ValueError
        If there is nothing to read, a column, a text or an encoding is wrong, a document stands twice, or the target was
        begun with another codebook or with a source that has changed since.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import read_codebook
    >>> folder = Path(tempfile.mkdtemp())
    >>> pd.DataFrame({"document": ["a"], "text": ["Dua guru berangkat."]}).to_parquet(folder / "archive.parquet")
    >>> done = suggest(folder / "archive.parquet", read_codebook("codebook.yaml"), folder / "suggested")
    part 1 of 1 ...
    >>> pd.read_parquet(done / "suggestions")[["document", "segment", "code"]].values.tolist()
    [['a', 1, 'DIK.GURU']]
    """
    source, target = Path(source).resolve(), Path(target).resolve()
    if target.is_relative_to(source):
        raise ValueError(f"target '{target}' lies in the source: choose a folder outside of '{source}'")
    facet = codebook.facet(facet).id
    parts = _begun(target, _asked(codebook, facet), source)
    for folder in ("suggestions", "documents"):
        (target / folder).mkdir(exist_ok=True)
    to_do = [part for part in parts if not (target / "suggestions" / part.name).exists()]
    if client is None:
        finished: Iterator[Part] = (_do(part, source, target, codebook, facet) for part in to_do)
    else:
        from distributed import as_completed

        held = client.submit(replace, codebook)  # one task, so that the codebook does not travel with every part
        futures = client.map(_do, to_do, source=source, target=target, codebook=held, facet=facet, pure=False)
        finished = (future.result() for future in as_completed(futures))
    total, left = sum(part.size for part in parts), sum(part.size for part in to_do)
    started, before = time.monotonic(), left
    for number, part in enumerate(finished, len(parts) - len(to_do) + 1):
        left -= part.size
        minutes = (time.monotonic() - started) / (before - left or 1) * left / 60
        print(
            f"part {number} of {len(parts)} finished: {(total - left) / 1e6:,.0f} of {total / 1e6:,.0f} MB, {minutes:.0f} min left"
        )
    for leftover in target.glob(f"*/{_BEGUN}"):
        if leftover.is_file():
            leftover.unlink()
    return target


def counts(target: str | Path, codebook: Codebook, by: str) -> pd.DataFrame:
    """One row per code and value of a document's column: in how many segments and documents the code was suggested.

    Parameters
    ----------
    target
        The folder `suggest` returns.
    codebook
        The codebook it was made with.
    by
        A column of the documents, such as outlet or year, taken as text: a year 2020.0 is "2020", a day has no time.
        Documents that have nothing there are not counted.

    Returns
    -------
    DataFrame
        The facet (every code, in codebook order), `by` (sorted, numbers by size), `segments`, `documents`, and, of that value
        whatever the code, `all_segments` (of content) and `all_documents`, against which a share is told. Codes that were
        suggested nowhere are there, with 0.

    Raises
    ------
    ValueError
        If the target is not finished, was made with another codebook, or has no such column, or if the column is called as
        one of the table's own.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import read_codebook
    >>> folder, codebook = Path(tempfile.mkdtemp()), read_codebook("codebook.yaml")
    >>> archive = pd.DataFrame({"document": ["a", "b"], "year": "2024", "text": ["Dua guru berangkat.", "Hujan turun."]})
    >>> archive.to_parquet(folder / "archive.parquet")
    >>> counted = counts(suggest(folder / "archive.parquet", codebook, folder / "suggested"), codebook, by="year")
    part 1 of 1 ...
    >>> counted[counted["sector"] == "DIK.GURU"].values.tolist()
    [['DIK.GURU', '2024', 1, 1, 2, 2]]
    """
    target = Path(target)
    manifest = _manifest(target)
    facet = codebook.facet(manifest["facet"])
    _same_codebook(target, manifest, _asked(codebook, facet.id))
    if by in {*_OWN, facet.id}:
        raise ValueError(
            f"by='{by}': the counts have a column of that name; count by another column, or rename it in the source"
        )
    names = [part.name for part in _planned(manifest)]
    missing = sum(not (target / "suggestions" / name).exists() for name in names)
    if missing:
        raise ValueError(f"target '{target}': {missing} of {len(names)} parts are not finished; call suggest again to go on")
    found, everything = [], []
    for name in names:
        documents = pd.read_parquet(target / "documents" / name)
        if by not in documents:
            raise ValueError(f"by='{by}': the documents have no such column.{did_you_mean(by, documents.columns)}")
        documents[by] = _as_text(documents[by])
        suggested = pd.read_parquet(target / "suggestions" / name, columns=["document", "segment", "code"])
        suggested = suggested.merge(documents[["document", by]], on="document", validate="many_to_one")
        found.append(suggested.groupby(["code", by])["document"].agg(segments="size", documents="nunique"))
        everything.append(documents.groupby(by)["segments"].agg(all_segments="sum", all_documents="size"))
    summed = pd.concat(everything).groupby(level=0).sum()
    grid = pd.MultiIndex.from_product([[code.id for code in facet.codes], _in_order(summed.index)], names=[facet.id, by])
    counted = pd.concat(found).groupby(level=[0, 1]).sum().reindex(grid, fill_value=0).reset_index()
    counted[facet.id] = facet_column(counted[facet.id], facet)
    return counted.merge(summed, on=by, validate="many_to_one")


def matrix(counted: pd.DataFrame, count: str) -> Matrix:
    """One cell per code and value: a count matrix of what `counts` returns, which every display takes.

    Parameters
    ----------
    counted
        What `counts` returns, or some of its rows: a cell that has none is 0.
    count
        What a cell counts: "segment" or "document". The passages behind a cell stay in the archive: `trace` shows none.

    Raises
    ------
    ValueError
        If it can count neither.

    Examples
    --------
    >>> counted = pd.DataFrame({"sector": ["DIK", "EKO"], "year": "2024", "segments": [12, 0], "documents": [5, 0]})
    >>> matrix(counted, count="document").table()["2024"].to_dict()
    {'DIK': 5, 'EKO': 0}
    """
    if count not in SUGGESTED:
        raise ValueError(f"count='{count}': what can be counted is one of: {', '.join(SUGGESTED)}")
    need_columns(counted, ("segments", "documents"), "counted", "counts")
    rows, columns = counted.columns[:2]
    names = _as_text(counted[columns])
    placed = counted.assign(document="", segment=0, **{columns: pd.Categorical(names, _in_order(names.dropna().unique()))})
    frame = count_matrix(placed, rows=rows, columns=columns, count=count)
    keys = list(zip(counted[rows].astype(str), names, strict=True))
    value, sources = (dict(zip(keys, counted[name], strict=True)) for name in (f"{count}s", "documents"))
    places = list(zip(frame.cells["row"], frame.cells["column"], strict=True))
    cells = frame.cells.assign(
        value=[int(value.get(place, 0)) for place in places],
        sources=[int(sources.get(place, 0)) for place in places],
        empty=pd.Series([None if value.get(place) else NOT_MENTIONED for place in places], dtype=object),
    )
    return replace(frame, cells=cells, passages=frame.passages.iloc[:0], rule=SUGGESTED[count])


def _as_text(values: pd.Series) -> pd.Series:
    """Values as text, "" as missing; whole numbers without the ".0" that a gap in their column brings, days without a time."""

    def told(value: object) -> str | None:
        return (value if isinstance(value, str) else str(value).removesuffix(".0").removesuffix(" 00:00:00")) or None

    return values.astype(object).map(told, na_action="ignore").astype(object)


def _in_order(names: Iterable[str]) -> list[str]:
    names = list(names)
    return sorted(names, key=int) if all(name.isdecimal() for name in names) else sorted(names)


# --- one part ---


def _do(part: Part, source: Path, target: Path, codebook: Codebook, facet: str) -> Part:
    """Write the suggestions of one part and its documents; what stands under its name is always whole."""
    documents = read_part(source, part)
    segments = split(documents, into="sentences")
    suggested = suggest_codings(segments, codebook, facet)
    suggested = suggested.astype({name: "str" for name, kind in suggested.dtypes.items() if kind in ("category", "object")})
    of_content = segments.loc[segments["label"] == "content", "document"].value_counts()
    documents = documents.drop(columns="text")
    documents["segments"] = documents["document"].map(of_content).fillna(0).astype("int64")
    riding = ["document", *(name for name in documents if name not in {*suggested.columns, "segments"})]
    suggested = suggested.merge(documents[riding], on="document", how="left", validate="many_to_one")
    _write(documents, target / "documents" / part.name)
    _write(suggested, target / "suggestions" / part.name)  # last: where it stands, the part is finished
    return part


def _write(table: pd.DataFrame, path: Path) -> None:
    """Write it under another name first, so that no reader and no later run meets half a file."""
    begun = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    table.to_parquet(begun, index=False, compression="zstd")
    os.replace(begun, path)


# --- the manifest: what was asked for, of which files, in which parts ---


def _asked(codebook: Codebook, facet: str) -> dict[str, Any]:
    reads = json.dumps(asdict(codebook.facet(facet)), sort_keys=True)
    return {
        "codebook": f"{codebook.id}, version {codebook.version}",
        "facet": facet,
        "facet_sha256": hashlib.sha256(reads.encode()).hexdigest(),
    }


def _begun(target: Path, asked: dict[str, Any], source: Path) -> list[Part]:
    """The parts of a target: those it was begun with, if it was and nothing has changed since."""
    files = list_files(source)
    if not (target / MANIFEST).exists():
        if target.exists() and any(not path.name.startswith(".") for path in target.iterdir()):
            raise ValueError(f"target '{target}' is not empty and was not made by suggest: name a new folder")
        parts = plan_parts(source, files)
        if not parts:
            raise ValueError(f"source '{source}' holds no document")
        refuse_twice(source, files)
        target.mkdir(parents=True, exist_ok=True)
        begun = target / f".{MANIFEST}"
        begun.write_text(json.dumps({**asked, "files": files, "parts": [asdict(part) for part in parts]}), encoding="utf-8")
        os.replace(begun, target / MANIFEST)
        return parts
    manifest = _manifest(target)
    _same_codebook(target, manifest, asked)
    was = manifest["files"]
    states = {"is gone": was.keys() - files.keys(), "is new": files.keys() - was.keys(),
              "has changed": {name for name in was.keys() & files.keys() if was[name] != files[name]}}  # fmt: skip
    told = [f"'{name}' {state}" for state, names in states.items() for name in sorted(names)]
    if told:
        raise ValueError(f"target '{target}': the source is not what it was begun with: {few(told, 5)}. {_AGAIN}")
    return _planned(manifest)


def _same_codebook(target: Path, manifest: dict[str, Any], asked: dict[str, Any]) -> None:
    if any(manifest[name] != asked[name] for name in ("facet", "facet_sha256")):
        made, wanted = (f"facet '{m['facet']}' of codebook {m['codebook']}" for m in (manifest, asked))
        same = ", which has been edited since" if made == wanted else f", not with {wanted}"
        raise ValueError(f"target '{target}' was made with {made}{same}. {_AGAIN}")


def _manifest(target: Path) -> dict[str, Any]:
    if not (target / MANIFEST).exists():
        raise ValueError(f"target '{target}' holds no {MANIFEST}: it is no folder that suggest has made")
    manifest: dict[str, Any] = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def _planned(manifest: dict[str, Any]) -> list[Part]:
    return [Part(**{**part, "files": tuple(part["files"])}) for part in manifest["parts"]]
