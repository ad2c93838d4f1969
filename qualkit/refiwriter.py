"""The tables of a study go in; a REFI-QDA project (.qdpx) comes out, for NVivo, ATLAS.ti, MAXQDA, QualCoder and others."""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_left
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pandas as pd

from qualkit.codebook import MACHINES, Codebook, Facet
from qualkit.drafts import write_new
from qualkit.headings import with_headings
from qualkit.refi import (
    LEDGER_COLUMNS,
    MEMO_FIELDS,
    ORIGIN,
    PROJECT,
    STATEMENT_FIELDS,
    Left,
    add_codes,
    coding_guid,
    described,
    guid,
    refer,
    xml_bytes,
)
from qualkit.tables import as_cell, csv_bytes, is_day, is_day_or_time, need_columns, printable, records, stop_at

CASES = "case"  # the facet whose codes say what a document is a case of
_LEDGER = "qualkit"  # the name of the note that holds what the format has no place for
_NEEDED = ("document", "start", "end", "code", "coder", "quote")
_NOWHERE = ("orphan", "ambiguous", "damaged")  # anchors of codings whose place is not known
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of every member, so that the same study makes the same bytes
_NO_DAY = "1980-01-01"  # of notes, where nothing in the study has a day


def write_qdpx(
    path: str | Path,
    documents: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    statements: pd.DataFrame | None = None,
    memos: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Write a study as a new REFI-QDA project (.qdpx), and return what the format cannot hold: one row per kind of thing.

    What goes along: coders as users; the codebook as a tree of codes (`write_qdc`); the texts, with all columns of documents.csv as
    variables (all of them text, as in the file); every coding with its coder, time, memo and words; a case per document (dyad, outlet,
    date, kind); a set per code of the facet `case`; statements and memos as notes, tied to codings, codes and documents. The same study
    makes the same bytes.

    Parameters
    ----------
    path
        The file to be.
    documents, codings, codebook, statements, memos
        What `read_corpus`, `read_codings`, `read_codebook`, `read_statements` and `read_memos` return.

    Returns
    -------
    DataFrame
        `kind`, `count`, `names`. Empty where all of the study is in the file.

    Raises
    ------
    ValueError
        If there is such a file already, a coding is on a document or has a code that is not given, its words are not what stands at
        its place, a coder has one code twice on a place, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import qualkit as qk
    >>> documents, codebook = qk.read_corpus("corpus"), qk.read_codebook("codebook.yaml")
    >>> codings = qk.read_codings("corpus/codings", qk.split(documents, into="sentences"), codebook)
    >>> len(write_qdpx(Path(tempfile.mkdtemp()) / "study.qdpx", documents, codings, codebook))
    0
    """
    need_columns(documents, ("document", "text"), "documents", "read_corpus")
    need_columns(codings, _NEEDED, "codings", "read_codings")
    texts = {row["document"]: _Plain(row["text"]) for row in _records(documents)}
    left = Left()
    rows = _codings_that_go(codings, texts, codebook, left)
    for name, plain in texts.items():
        if plain.changed:
            left.note("line ends or byte order marks of texts (written as line feeds)", name)
    about = _about(memos)
    notes = _notes(rows, statements, memos)
    root = Element("Project", {"xmlns": PROJECT, "name": printable(codebook.title["en"] or codebook.id), "origin": ORIGIN})
    _add_users(root, [row["coder"] for row in rows] + ([] if memos is None else memos["author"].tolist()))
    add_codes(SubElement(root, "CodeBook"), codebook, about)
    variables = [str(name) for name in documents.columns if name not in ("document", "text")]
    cases = [facet for facet in codebook.facets if facet.id == CASES]
    of_cases = [name for name in (CASES if cases else "", "outlet", "date", "kind") if name == CASES or name in variables]
    _add_variables(root, [*variables, *(name for name in of_cases if name == CASES and CASES not in variables)])
    answers = _answers(rows, cases)
    _add_cases(root, documents, of_cases, answers)
    _add_sources(root, documents, variables, rows, about, texts)
    files = {f"sources/{guid('document', name)}.txt": text.text for name, text in texts.items()}
    if notes:
        listed = SubElement(root, "Notes")
        for note, text in notes:
            listed.append(note)
            files[f"sources/{note.get('guid')}.txt"] = text
    _add_sets(root, cases, answers)
    if rows:
        SubElement(root, "NoteRef", {"targetGUID": guid("ledger")})
    write_new(path, _archive({"project.qde": xml_bytes(root), **{name: text.encode() for name, text in files.items()}}))
    return left.table()


class _Plain:
    """A text with line feeds only and no byte order mark, and where its positions have gone."""

    def __init__(self, raw: str) -> None:
        self.gone = [found.start() for found in re.finditer("\\A\ufeff|\r(?=\n)", raw)]
        self.text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self.changed, self.raw = self.text != raw, raw

    def at(self, position: int) -> int:
        return position - bisect_left(self.gone, position)


def _codings_that_go(codings: pd.DataFrame, texts: dict[str, _Plain], codebook: Codebook, left: Left) -> list[dict[str, Any]]:
    """The codings that have a place, a person and a code, their positions in the texts as written; the others are noted."""
    known, faults = codebook.codes(), list[str]()
    rows: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(_records(codings), 1):
        where = f"{row['coder']}: {row['code']} on {row['document']} {row['start']}-{row['end']}"
        if row["coder"] in MACHINES:
            left.note("suggestions of a machine, which are nobody's coding", where)
        elif row.get("anchor") in _NOWHERE:
            left.note("codings that do not find their words", where)
        elif row["code"] not in known and row.get("revision") in ("to decide", "retired"):
            left.note("codings of codes retired or to decide", where)
        elif row["document"] not in texts or row["code"] not in known:
            what = f"document '{row['document']}'" if row["document"] not in texts else f"code '{row['code']}'"
            faults.append(f"row {number} of codings: {what} is not among those given")
        else:
            text, start, end = texts[row["document"]], int(row["start"]), int(row["end"])
            inside = 0 <= start < end <= len(text.raw)
            if not inside or (row.get("anchor", "exact") == "exact" and _words(row["quote"]) != _words(text.raw[start:end])):
                faults.append(
                    f"row {number} of codings: “{row['quote'][:60]}” is not what stands at {start}-{end} of '{row['document']}'"
                )
            # A quote that spans segments may have other white space than the text.
            quote = "" if row["quote"] == text.raw[start:end] else row["quote"]
            start, end = text.at(start), text.at(end)
            row = {**row, "start": start, "end": end, "words": text.text[start:end], "quote": quote}
            key = coding_guid(row)
            if not row["words"].strip():
                left.note("codings of nothing but white space", where)
            elif key not in rows:
                rows[key] = {**row, "guid": key}
                if printable(as_cell(row.get("memo"))) != as_cell(row.get("memo")):
                    left.note("characters in memos of codings that XML cannot hold (written as \ufffd)", where)
            elif row.get("anchor") == "sentence" or "joined" in (row.get("revision"), rows[key].get("revision")):
                told = f"{where}: {as_cell(row.get('memo'))}".removesuffix(": ")
                left.note("codings that became alike (the first is written)", told)
            else:
                faults.append(f"row {number} of codings: {where} stands twice; take one of the two out")
    stop_at(faults)
    return list(rows.values())


def _words(text: object) -> str:
    return " ".join(str(text).split())


def _archive(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(member, content)
    return held.getvalue()


def _add_users(root: Element, names: list[str]) -> None:
    if names:
        users = SubElement(root, "Users")
        for name in dict.fromkeys(sorted(map(str, names))):
            SubElement(users, "User", {"guid": guid("user", name), "name": printable(name)})


def _add_variables(root: Element, names: list[str]) -> None:
    if names:
        variables = SubElement(root, "Variables")
        for name in names:
            known = {"guid": guid("variable", name), "name": printable(name), "typeOfVariable": "Text"}
            SubElement(variables, "Variable", known)


def _add_values(parent: Element, values: dict[str, str]) -> None:
    for name, value in values.items():
        if value:
            held = SubElement(parent, "VariableValue")
            refer(held, "VariableRef", [guid("variable", name)])
            SubElement(held, "TextValue").text = printable(value)


def _answers(rows: list[dict[str, Any]], cases: list[Facet]) -> dict[str, list[str]]:
    """Per document the codes of the facet `case` that are in it, in codebook order."""
    found = {(row["document"], row["code"]) for row in rows}
    documents = dict.fromkeys(row["document"] for row in rows)
    return {name: [code.id for facet in cases for code in facet.codes if (name, code.id) in found] for name in documents}


def _add_cases(root: Element, documents: pd.DataFrame, names: list[str], answers: dict[str, list[str]]) -> None:
    if len(documents):
        cases = SubElement(root, "Cases")
        for row in _records(documents):
            case = SubElement(cases, "Case", {"guid": guid("case", row["document"]), "name": row["document"]})
            dyad = {CASES: "; ".join(answers.get(row["document"], []))}
            _add_values(case, {name: as_cell({**row, **dyad}.get(name)) for name in names})
            refer(case, "SourceRef", [guid("document", row["document"])])


def _add_sources(
    root: Element,
    documents: pd.DataFrame,
    variables: list[str],
    rows: list[dict[str, Any]],
    about: dict[str, list[str]],
    texts: dict[str, _Plain],
) -> None:
    if not len(documents):
        return
    sources = SubElement(root, "Sources")
    by_document: dict[str, list[dict[str, Any]]] = {name: [] for name in texts}
    for row in rows:
        by_document[row["document"]].append(row)
    for document in _records(documents):
        name = document["document"]
        known = {"guid": guid("document", name), "name": name, "plainTextPath": f"internal://{guid('document', name)}.txt"}
        source = SubElement(sources, "TextSource", known)
        for row in sorted(by_document[name], key=lambda row: (row["start"], row["end"], row["code"], row["coder"])):
            _add_coding(source, row)
        refer(source, "NoteRef", about.get(f"document:{name}", []))
        _add_values(source, {variable: as_cell(document[variable]) for variable in variables})


def _add_coding(source: Element, row: dict[str, Any]) -> None:
    """A selection of its own for each coding: not every program looks for a second coding on one."""
    made = {"creatingUser": guid("user", row["coder"]), **_moment(as_cell(row.get("created")))}
    place = {"startPosition": str(row["start"]), "endPosition": str(row["end"])}
    name = printable(row["words"]).replace("\n", " ")  # attributes hold no line ends
    selection = SubElement(
        source, "PlainTextSelection", {"guid": guid("selection", row["guid"]), "name": name, **place, **made}
    )
    described(selection, as_cell(row.get("memo")))
    coding = SubElement(selection, "Coding", {"guid": row["guid"], **made})
    refer(coding, "CodeRef", [guid("code", row["code"])])
    refer(coding, "NoteRef", [guid("statement", name) for name in as_cell(row.get("statement")).split()])


def _moment(written: str) -> dict[str, str]:
    """The attribute for a time, where the time is one; the ledger keeps it as written."""
    if is_day(written):
        return {"creationDateTime": f"{written}T00:00:00"}
    return (
        {"creationDateTime": written} if is_day_or_time(written) and re.fullmatch(r"[\d-]+T\d\d:\d\d:\d\d\S*", written) else {}
    )


def _add_sets(root: Element, cases: list[Facet], answers: dict[str, list[str]]) -> None:
    used = [code for facet in cases for code in facet.codes if any(code.id in found for found in answers.values())]
    if used:
        sets = SubElement(root, "Sets")
        for code in used:
            held = SubElement(sets, "Set", {"guid": guid("set", code.id), "name": code.id})
            described(held, code.label["en"])
            refer(held, "MemberCode", [guid("code", code.id)])
            refer(held, "MemberSource", [guid("document", name) for name, found in answers.items() if code.id in found])


def _about(memos: pd.DataFrame | None) -> dict[str, list[str]]:
    """The memos on each code, family, facet and document."""
    found: dict[str, list[str]] = {}
    for memo in _records(memos):
        for item in filter(None, memo["about"].split("; ")):
            thing, _, which = item.partition(":")
            key = f"{thing}:{which.strip()}" if thing in ("document", "family") else f"code:{which.strip()}"
            found.setdefault(key, []).append(guid("memo", memo["memo"]))
    return found


def _notes(
    rows: list[dict[str, Any]], statements: pd.DataFrame | None, memos: pd.DataFrame | None
) -> list[tuple[Element, str]]:
    """Memos, statements and the ledger, each with its text. All have a day: importers that look for one stop where there is none."""
    notes = []
    days = [day for row in rows if is_day(day := as_cell(row.get("created"))[:10])]
    latest = _moment(max(days, default=_NO_DAY))
    for memo in _records(memos):
        known = {"creatingUser": guid("user", memo["author"]), **(_moment(memo["date"]) or latest)}
        head = with_headings({name: str(memo[name]) for name in MEMO_FIELDS})
        notes.append((_note(guid("memo", memo["memo"]), memo["title"], known, head), memo["text"]))
    written = {} if statements is None else {row["statement"]: row for row in _distinct(statements)}
    cited = dict.fromkeys(name for row in rows for name in as_cell(row.get("statement")).split())
    for name in dict.fromkeys([*written, *cited]):
        fields = written.get(name, {"statement": name})
        notes.append((_note(guid("statement", name), name, latest, ""), with_headings(fields)))
    if rows:
        held = [
            {name: as_cell(row.get(name)) for name in LEDGER_COLUMNS}
            for row in ({**row, "coding": row["guid"]} for row in rows)
        ]
        notes.append((_note(guid("ledger"), _LEDGER, latest, ""), csv_bytes(held, LEDGER_COLUMNS).decode()))
    return notes


def _note(key: str, name: str, known: dict[str, str], description: str) -> Element:
    note = Element("Note", {"guid": key, "name": printable(name), "plainTextPath": f"internal://{key}.txt", **known})
    described(note, description)
    return note


def _distinct(statements: pd.DataFrame) -> list[dict[str, str]]:
    """One row per statement, with what its file says: facets that follow from the codings are left out."""
    facets = [str(name) for name in statements.columns[1 : list(statements.columns).index("family")]]
    judged = [name for name in facets if _is_judged(statements[name])]
    return [
        {name: as_cell(row.get(name)) for name in (*STATEMENT_FIELDS[:3], *judged, *STATEMENT_FIELDS[3:])}
        for row in _records(statements.drop_duplicates("statement"))
    ]


def _records(table: pd.DataFrame | None) -> list[dict[str, Any]]:
    return [] if table is None else records(table)


def _is_judged(answers: pd.Series[Any]) -> bool:
    several = not isinstance(answers.dtype, pd.CategoricalDtype)  # blanks between codes: a column of the file
    return several or bool(answers.notna().all() and getattr(answers.cat.categories[0], "scale", "") != "multiple")
