"""Codings go in; a plain CSV file with one row per coding comes out, for R and for any other program."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from qualkit.codebook import LANGUAGES, Codebook, Language
from qualkit.drafts import write_new
from qualkit.tables import csv_bytes, need_columns, records

_PLACE = ("coder", "document", "segment", "start", "end")
_CARRIED = ("title", "outlet", "kind", "date", "author", "heading", "paragraph")


def write_tidy(path: str | Path, codings: pd.DataFrame, codebook: Codebook, language: Language = "id") -> Path:
    """Write codings as a new CSV file, one row per coding, and return the path.

    Columns: `coder`, `document`, `segment`, `start`, `end`; `facet`, `code`, `label`, `family`; `quote`, `memo`, `statement`,
    `created`; and of `title`, `outlet`, `kind`, `date`, `author`, `heading`, `paragraph` those the table has. UTF-8, empty cells
    for what is missing. Positions count characters from 0 and leave the end out; in R the words are
    `substr(text, start + 1, end)`. A cell that a spreadsheet would take for a formula begins with an apostrophe.

    Raises
    ------
    ValueError
        If a column is missing, the language is none of the codebook's, there is such a file already, or it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import qualkit as qk
    >>> codebook = qk.read_codebook("codebook.yaml")
    >>> codings = qk.read_codings("corpus/codings", qk.split(qk.read_corpus("corpus"), into="sentences"), codebook)
    >>> path = write_tidy(Path(tempfile.mkdtemp()) / "codings.csv", codings, codebook)
    >>> path.read_text("utf-8").partition("\\n")[0]
    'coder,document,segment,start,end,facet,code,label,family,quote,memo,statement,created,title,outlet,kind,date,author,heading,paragraph'
    """
    need_columns(codings, (*_PLACE, "code", "quote"), "codings", "read_codings")
    if language not in LANGUAGES:
        raise ValueError(f"language='{language}': the codebook is written in {' and '.join(LANGUAGES)}")
    known = codebook.codes()
    rows = records(codings.astype(object).where(codings.notna(), ""))
    for row in rows:
        row |= {"label": "", "family": ""}
        if row["code"] in known:
            facet, code = known[row["code"]]
            row |= {"facet": facet.id, "label": code.label[language], "family": code.parent}
    there = [name for name in _CARRIED if name in codings.columns]
    columns = [*_PLACE, "facet", "code", "label", "family", "quote", "memo", "statement", "created", *there]
    return write_new(path, csv_bytes(rows, columns))
