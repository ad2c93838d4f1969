"""Condensed statements and the codings that carry their ids go in; statements with every passage they rest on come out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.codebook import Codebook, Facet, facet_column, family_column
from qualkit.corpus import CERTAINTIES
from qualkit.indonesian import find_dates
from qualkit.tables import Faults, did_you_mean, is_day, need_columns, read_rows

NEEDED = ("statement", "text_id", "text_en")
OPTIONAL = ("date", "date_certainty", "voice", "note")
_PASSAGE = (
    "document", "segment", "start", "end", "quote", "prefix", "suffix", "heading", "outlet", "kind", "title", "edition",
    "reference",
)  # fmt: skip

# A date may also be told in words ("since 2007", "annually"); what is written in digits must be one.
_DIGITS = re.compile(r"\b(?:\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\b")

Coding = dict[Hashable, Any]


def read_statements(path: str | Path, codings: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """One row per statement and passage it rests on; count distinct `statement`, never rows.

    A statement is one fact in the researcher's own words. Its sector codes and its evidence are the codings whose
    column `statement` carries its id; everything else about it stands in its row of the file.

    Parameters
    ----------
    path
        A CSV file with columns `statement` (id), `text_id`, `text_en`, one column per facet that is judged per statement
        (case, status, evidence, direction, actor; codes of a facet that allows several are separated by blanks), and
        if wanted `date`, `date_certainty`, `voice`, `note`. No other columns.
    codings
        What `read_codings` returns.
    codebook
        What `read_codebook` returns.

    Returns
    -------
    DataFrame
        `statement`; one column per facet (categories: all codes in order); `family` of the sector code; `date`,
        `date_certainty`, `voice`, `note`, `text_id`, `text_en`; the passage: `document`, `segment`, `start`, `end`, `quote`,
        `prefix`, `suffix` (what stands before and after it), `heading`, `outlet`, `kind`, `title`, `edition`, `reference`; and
        `off_heading`, True where the passage stands under a heading that announces another family than the statement's.

    Raises
    ------
    ValueError
        All faults at once, with file and line: unknown columns, doubled ids, empty texts, unknown codes, impossible dates, statements that
        rest on no passage, ids in codings that no statement has, evidence "3" (two independent documents) from one document.

    Examples
    --------
    >>> import qualkit as qk
    >>> codebook = qk.read_codebook("codebook.yaml")
    >>> segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    >>> codings = qk.read_codings("corpus/codings", segments, codebook)
    >>> statements = read_statements("corpus/statements.csv", codings, codebook)
    >>> statements[["statement", "sector", "status", "document", "segment"]].head(2)
      statement        sector   status       document  segment
    0      S001  EKO.INDUSTRI  context  rakhmadi-2023       69
    1      S001      EKO.UMUM  context  rakhmadi-2023       69
    """
    needed = ("document", "segment", "start", "end", "code", "facet", "statement", "quote")
    need_columns(codings, needed, "codings", "read_codings")
    path = Path(path)
    faults = Faults(path)
    rows = read_rows(path, NEEDED, OPTIONAL)
    judged = [facet for facet in codebook.facets if rows and facet.id in rows[0]]
    known = [*NEEDED, *OPTIONAL, *(facet.id for facet in codebook.facets)]
    for name in rows[0].keys() - {*known, "line"} if rows else ():
        faults.add(1, f"column '{name}' is neither a facet nor known here (remarks: note).{did_you_mean(name, known)}")
    evidence = _evidence(codings)
    lines: dict[str, int] = {}
    for row in rows:
        line, name = int(row.pop("line")), row["statement"]
        if not name.strip():
            faults.add(line, "a statement without an id")
            continue
        if len(name.split()) > 1 or name != name.strip():
            faults.add(line, f"statement '{name}': an id holds no blank")
        elif name in lines:
            faults.add(line, f"statement '{name}' is already on line {lines[name]}")
        lines.setdefault(name, line)
        for column in ("text_id", "text_en"):
            if not row[column].strip():
                faults.add(line, f"statement '{name}' has no words in {column}")
        for date in _DIGITS.findall(row["date"]):
            if not is_day(f"{date}-01"[:10]):
                faults.add(line, f"statement '{name}': '{date}' is not a date: write 2023, 2023-04 or 2023-04-28")
        if row["date_certainty"] and not row["date_certainty"].startswith(CERTAINTIES):
            known_ones = f"must begin with one of: {', '.join(CERTAINTIES)}"
            faults.add(line, f"statement '{name}': date_certainty '{row['date_certainty']}' {known_ones}")
        for facet in judged:
            _check_codes(row, facet, line, faults)
        if name not in evidence:
            faults.add(line, f"statement '{name}' rests on no passage: no coding carries its id")
        elif row.get("evidence") == "3" and len({passage["document"] for passage in evidence[name]}) < 2:
            faults.add(line, f"statement '{name}' has evidence 3 (two independent documents) but rests on one document")
    for name in sorted(set(evidence) - set(lines)):
        where = evidence[name][0]
        faults.add(
            None,
            f"a coding on {where['document']} {where['segment']} carries the id '{name}', which no statement has."
            f"{did_you_mean(name, lines)}",
        )
    faults.stop()
    return _table(rows, evidence, judged, codebook)


def _check_codes(row: dict[str, str], facet: Facet, line: int, faults: Faults) -> None:
    known = [code.id for code in facet.codes]
    given = row[facet.id].split() if facet.scale == "multiple" else [row[facet.id]]
    for code in given:
        if not code:
            faults.add(line, f"statement '{row['statement']}' has no {facet.id}")
        elif code not in known:
            faults.add(
                line, f"statement '{row['statement']}': {facet.id} '{code}' is not in the codebook.{did_you_mean(code, known)}"
            )


def _evidence(codings: pd.DataFrame) -> dict[str, list[Coding]]:
    """The codings that carry each statement's id."""
    found: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings[codings["statement"].notna()].to_dict("records"):
        for name in str(coding["statement"]).split():
            found[name].append(coding)
    return dict(found)


def _table(
    rows: list[dict[str, str]], evidence: dict[str, list[Coding]], judged: list[Facet], codebook: Codebook
) -> pd.DataFrame:
    coded = [facet for facet in codebook.facets if facet not in judged]
    families = {code.id: code.parent for facet in coded for code in facet.codes}
    passages = [(row, passage) for row in rows for passage in _distinct(evidence[row["statement"]], coded)]
    columns: dict[str, object] = {"statement": [row["statement"] for row, _ in passages]}
    for facet in codebook.facets:
        if facet.scale == "multiple" and facet in judged:
            columns[facet.id] = [row[facet.id] for row, _ in passages]
            continue
        values = [row[facet.id] if facet in judged else p["code"] if p["facet"] == facet.id else None for row, p in passages]
        columns[facet.id] = facet_column(values, facet)
    all_families = [family for facet in coded for family in facet.families]
    columns["family"] = family_column([families.get(str(p["code"])) for _, p in passages], all_families)
    for name in (*OPTIONAL, "text_id", "text_en"):
        columns[name] = [row[name] for row, _ in passages]
    for name in _PASSAGE:
        columns[name] = [passage.get(name, "") for _, passage in passages]
    headings = {family.id: family.headings for family in all_families}
    columns["off_heading"] = [
        _is_off(str(p.get("heading", "")), families.get(str(p["code"]), ""), headings) for _, p in passages
    ]
    return pd.DataFrame(columns)


def _distinct(codings: list[Coding], coded: list[Facet]) -> list[Coding]:
    """One passage per place and code; a coding of another facet (a case) is one only where the segment has no such code."""
    facets = {facet.id for facet in coded}
    chosen: dict[tuple[object, ...], Coding] = {}
    for coding in codings:
        if coding["facet"] in facets:
            chosen.setdefault((coding["document"], coding["start"], coding["end"], coding["code"]), coding)
    covered = {(coding["document"], coding["segment"]) for coding in chosen.values()}
    for coding in codings:
        if coding["facet"] not in facets and (coding["document"], coding["segment"]) not in covered:
            chosen.setdefault((coding["document"], coding["segment"]), coding)
    return list(chosen.values())


def _is_off(heading: str, family: str, announced: dict[str, tuple[str, ...]]) -> bool:
    """Whether the innermost heading that announces a family announces another one than this."""
    if not family:
        return False
    for part in reversed(heading.split(" > ")):
        here = {name for name, words in announced.items() if any(word.casefold() in part.casefold() for word in words)}
        if here:
            return family not in here
    return False


def date_checks(segments: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row per date with a weekday in the texts: whether the weekday fits.

    Where no year is written the document's stands in; a text of early January may mean the year before. A clash is a finding
    to follow up, not to mend.

    Parameters
    ----------
    segments
        What `split` returns. All of it is looked at, time stamps and datelines as well.
    documents
        What `read_corpus` returns; where a document has no date, its dates without a year are left out.

    Returns
    -------
    DataFrame
        Columns `document`, `segment`, `written` (as it stands), `date` (ISO), `weekday_fits` (True or False).

    Examples
    --------
    >>> segments = pd.DataFrame({"document": ["berita"], "segment": [1], "text": ["Tamu tiba pada Sabtu (28/4)."]})
    >>> date_checks(segments, pd.DataFrame({"document": ["berita"], "date": ["2023-04-29"]}))
      document  segment       written        date  weekday_fits
    0   berita        1  Sabtu (28/4)  2023-04-28         False
    """
    need_columns(segments, ("document", "segment", "text"), "segments", "split")
    need_columns(documents, ("document", "date"), "documents", "read_corpus")
    years = {document: int(date[:4]) for document, date in zip(documents["document"], documents["date"], strict=True) if date}
    columns = ["document", "segment", "written", "date", "weekday_fits"]
    rows = [
        {**segment, **date}
        for segment in segments[["document", "segment", "text"]].to_dict("records")
        for date in find_dates(segment["text"], years.get(segment["document"]))
        if date["weekday_fits"] is not None
    ]
    return pd.DataFrame(rows, columns=columns)
