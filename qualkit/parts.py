"""An archive goes in, Parquet files or a folder of texts; its parts come out, and the documents of each as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from pathlib import Path

import numpy as np
import pandas as pd

PART = 50_000_000  # bytes of text that one part holds, about
KINDS = (".parquet", ".txt")


@dataclass(frozen=True)
class Part:
    """Some of the source: whole text files, or the rows from `first` to before `last` of one Parquet file."""

    number: int
    files: tuple[str, ...]
    size: int  # bytes of text, about
    first: int = 0
    last: int = 0

    @property
    def name(self) -> str:
        return f"{self.number:06}.parquet"


def list_files(source: Path) -> dict[str, list[int]]:
    """The size and the time of the last change of each file of the source, all Parquet or all texts."""
    if not source.exists():
        raise ValueError(f"source '{source}' does not exist")
    inside = source.parent if source.is_file() else source
    paths = [source] if source.is_file() else sorted(path for path in source.rglob("*") if path.suffix in KINDS)
    kinds = {path.suffix for path in paths}
    if len(kinds) != 1 or not kinds <= set(KINDS):
        raise ValueError(
            f"source '{source}' must be a Parquet file (.parquet), a folder of Parquet files or a folder of texts (.txt)"
            f"{'; it holds both' if len(kinds) > 1 else ''}"
        )
    for path in paths:
        if not path.resolve().is_relative_to(inside):
            raise ValueError(f"'{path}' leads out of '{inside}' through a link")
    states = {path.relative_to(inside).as_posix(): path.stat() for path in paths}
    return {name: [state.st_size, state.st_mtime_ns] for name, state in states.items()}


def plan_parts(source: Path, files: dict[str, list[int]]) -> list[Part]:
    """The files in parts of about the same size; a part never holds rows of two Parquet files."""
    if next(iter(files)).endswith(".txt"):
        pieces = [Part(0, (name,), size) for name, (size, _) in files.items()]
    else:
        pieces = [piece for name in files for piece in _row_groups(source if source.is_file() else source / name, name)]
    before = accumulate((piece.size for piece in pieces), initial=0)
    keys = [(piece.last and piece.files, size // PART) for piece, size in zip(pieces, before, strict=False)]
    parts: list[Part] = []
    for _, group in groupby(zip(keys, pieces, strict=True), key=lambda pair: pair[0]):
        held = [piece for _, piece in group]
        names = tuple(dict.fromkeys(name for piece in held for name in piece.files))
        parts.append(Part(len(parts) + 1, names, sum(piece.size for piece in held), held[0].first, held[-1].last))
    return parts


def _row_groups(path: Path, name: str) -> Iterator[Part]:
    """The row groups of a Parquet file; one that is larger than a part in several pieces."""
    import pyarrow.parquet as pq

    about = pq.read_metadata(path)
    columns = about.schema.to_arrow_schema().names
    for column in ("document", "text"):
        if column not in columns:
            raise ValueError(f"'{path}' has no column '{column}'. It has: {', '.join(columns)}.")
    first = 0
    for number in range(about.num_row_groups):
        group = about.row_group(number)
        chunks = [group.column(column) for column in range(group.num_columns)]
        size = sum(chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema == "text")
        pieces = min(1 + size // PART, group.num_rows) or 1
        edges = [first + group.num_rows * piece // pieces for piece in range(pieces + 1)]
        yield from (Part(0, (name,), size // pieces, start, stop) for start, stop in pairwise(edges) if start < stop)
        first += group.num_rows


def refuse_twice(source: Path, files: dict[str, list[int]]) -> None:
    """Say which document stands twice, in whatever parts; texts never do, for they are called by their path."""
    if next(iter(files)).endswith(".txt"):
        return
    paths = [source] if source.is_file() else [source / name for name in files]
    every = np.concatenate([_keys(ids) for _, ids in _ids(paths)])  # 8 bytes a document, however many there are
    again = set(every[pd.Series(every).duplicated()])
    first: dict[str, str] = {}
    for path, ids in _ids(paths) if again else ():
        for row, document in ids[np.isin(_keys(ids), list(again))].items():
            place = f"'{path}', row {row}"
            if document in first:
                raise ValueError(
                    f"document '{document}' stands twice: {first[document]}, and {place}; every document needs an id of its own"
                )
            first[document] = place


def _ids(paths: list[Path]) -> Iterator[tuple[Path, pd.Series]]:
    """The ids in Parquet files, some at a time, each under the number of its row; `read_part` tells what is no text."""
    import pyarrow.parquet as pq

    for path in paths:
        row = 1
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(columns=["document"]):
                ids = pd.Series(batch.column(0).to_pylist(), range(row, row + len(batch)), dtype=object)
                row += len(batch)
                yield path, ids[[isinstance(document, str) for document in ids]]


def _keys(ids: pd.Series) -> np.ndarray:
    return pd.util.hash_pandas_object(ids, index=False).to_numpy()


def read_part(source: Path, part: Part) -> pd.DataFrame:
    """One row per document of a part: document, text, all other columns (Parquet), `folder` (texts); faults told with their place."""
    where = source if source.is_dir() else source.parent
    if part.last:
        documents = _rows(where / part.files[0], part.first, part.last)
        place = f"{where / part.files[0]}, rows {part.first + 1} to {part.last}"
    else:
        texts = [_text(where / file) for file in part.files]
        names = [file.removesuffix(".txt") for file in part.files]
        folders = [file.rpartition("/")[0] or "." for file in part.files]
        documents = pd.DataFrame({"document": names, "folder": folders, "text": texts})
        place = str(where)
    for column in ("document", "text"):
        values = documents[column]
        wrong = [value for value in values if not isinstance(value, str)]
        if wrong:
            raise ValueError(f"{place}: column '{column}' holds {wrong[0]!r}, which is no text ({len(wrong)} such rows)")
    twice = documents.loc[documents["document"].duplicated(), "document"]
    if len(twice):
        raise ValueError(f"{place}: document '{twice.iloc[0]}' stands there twice; every document needs an id of its own")
    return documents


def _rows(path: Path, first: int, last: int) -> pd.DataFrame:
    """The rows from `first` to before `last`, of which no more than the row groups they stand in are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:
        groups: list[int] = []
        start = skip = 0
        for group in range(file.num_row_groups):
            stop = start + file.metadata.row_group(group).num_rows
            if start < last and stop > first:
                skip = skip if groups else first - start
                groups.append(group)
            start = stop
        taken, wanted = [], last - first
        for batch in file.iter_batches(batch_size=1_000, row_groups=groups):
            kept = batch.slice(skip, wanted)
            skip, wanted = max(skip - len(batch), 0), wanted - len(kept)
            taken.append(kept)
            if not wanted:
                break
    return pa.Table.from_batches(taken).to_pandas()


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ValueError(f"'{path}' is not UTF-8 (byte {error.start}); save it as UTF-8") from None
