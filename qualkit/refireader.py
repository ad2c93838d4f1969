"""An opened REFI-QDA project goes in; its tables come out, with a list of what has no place in them."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from qualkit.archives import part
from qualkit.codebook import MACHINES
from qualkit.codings import FILE_COLUMNS, Places
from qualkit.corpus import CERTAINTIES
from qualkit.corpus import KINDS as DOCUMENT_KINDS
from qualkit.counting import Marked, Text, says, way_of_counting
from qualkit.drafts import Draft, draft, flattened
from qualkit.headings import read_headings
from qualkit.memos import COLUMNS as MEMO_COLUMNS
from qualkit.memos import KINDS as MEMO_KINDS
from qualkit.refi import (
    LEDGER_COLUMNS,
    MEMO_FIELDS,
    STATEMENT_FIELDS,
    coding_guid,
    coloured,
    description_of,
    guid,
    key_of,
    left_table,
    nodes_of,
    target_of,
)
from qualkit.segments import split
from qualkit.tables import DEVICE, is_day, one_line, unguarded
from qualkit.xmltree import kind, named, read_tree

DEEP = "levels of codes below the second (now directly below the family)"
_FIRST = ("document", "title", "outlet", "kind", "date", "date_certainty", "date_note", "author", "language", "sha256")
_NOBODY = "unnamed"
_NOT_CARRIED = {"PictureSource": "pictures", "AudioSource": "audio recordings", "VideoSource": "videos"}


@dataclass(frozen=True)
class Source:
    """A text of the project: its element, the document it becomes, and its text."""

    element: Element
    document: str
    title: str
    text: Text

    def selections(self) -> list[tuple[Element, Marked]]:
        found = []
        for element in named(self.element, "PlainTextSelection"):
            try:
                start, end = int(element.get("startPosition", "")), int(element.get("endPosition", ""))
            except ValueError:
                raise ValueError(f"a selection in '{self.title}' has positions that are no whole numbers") from None
            found.append((element, Marked(start, end, element.get("name") or "")))
        return found


class Reader:
    """Turns the elements of a project into tables, and notes on the way what has no place in them."""

    def __init__(self, archive: zipfile.ZipFile, stem: str) -> None:
        self.archive, self.left = archive, dict[str, list[str]]()
        self.members = {_bare(name): name for name in archive.namelist()}
        project = next((name for folded, name in self.members.items() if folded.endswith(".qde") and "/" not in folded), None)
        if project is None:
            raise ValueError("not a REFI-QDA project: it holds no project.qde")
        self.day = "-".join(f"{number:02}" for number in archive.getinfo(project).date_time[:3])
        self.root = read_tree(part(archive, project), "project.qde")
        if kind(self.root) != "Project":
            raise ValueError(f"not a REFI-QDA project: project.qde begins with '{kind(self.root)}'")
        self.title = self.root.get("name") or stem
        nodes = nodes_of(named(self.root, "CodeBook", "Codes", "Code"))
        self.note(DEEP, *flattened(nodes))
        self.draft: Draft = draft(nodes, self.title)
        self.users = self._users()
        self.variables = {key_of(v.get("guid")): v.get("name") or "" for v in named(self.root, "Variables", "Variable")}
        self.sources = list(self._sources())

    def note(self, what: str, *names: str) -> None:
        if names:
            self.left.setdefault(what, []).extend(names)

    def tables(self, positions: str | None) -> dict[str, pd.DataFrame]:
        """All tables of the project by name; the last of them lists what stands in none."""
        markings = [(s.title, s.text, [marked for _, marked in s.selections()]) for s in self.sources]
        way = way_of_counting([marking for marking in markings if marking[2]], positions)
        notes = {key_of(note.get("guid")): note for note in named(self.root, "Notes", "Note")}
        texts = {key: self._text(note) or "" for key, note in notes.items()}
        names = [*STATEMENT_FIELDS[:3], *(facet.id for facet in self.draft.codebook.facets), *STATEMENT_FIELDS[3:]]
        found = {key: read_headings(text, names) for key, text in texts.items()}
        statements = {key: fields for key, fields in found.items() if fields.get("statement")}
        documents = self._documents()
        codings, about = self._codings(
            way, Places(split(documents, into="sentences"), {}), statements, texts.get(guid("ledger"), "")
        )
        memos = {key: note for key, note in notes.items() if key not in statements and key != guid("ledger")}
        tables = {"documents": documents, "codings": codings, "cases": self._cases()}
        tables |= {"statements": _statements(list(statements.values()), names), "memos": self._memos(memos, texts, about)}
        self._rest()
        return {**tables, "left": left_table(self.left)}

    def _users(self) -> dict[str, str]:
        """Coders by guid, each a name that a file can have."""
        taken: set[str] = set()
        users = {}
        for user in named(self.root, "Users", "User"):
            name = (user.get("name") or user.get("id") or "").strip()
            clean = re.sub(r"\s*[^\w .-]+\s*", "-", name).strip(" .-") or _NOBODY
            clean = f"{clean}-person" if clean in MACHINES or DEVICE.fullmatch(clean) else clean
            users[key_of(user.get("guid"))] = clean = _free(clean, taken)
            if clean != name:
                self.note("names of users that no file can have (changed)", f"{name or '(none)'} -> {clean}")
        return users

    def _sources(self) -> Iterator[Source]:
        taken: set[str] = set()
        for element in named(self.root, "Sources"):
            for source in element:
                title = source.get("name") or source.get("guid") or "document"
                held = next(named(source, "Representation"), None) if kind(source) == "PDFSource" else source
                if kind(source) in _NOT_CARRIED or held is None:
                    self.note(_NOT_CARRIED.get(kind(source), "PDFs without a text"), title)
                    continue
                self.note("areas marked on pages of PDFs", *(title for _ in named(source, "PDFSelection")))
                text = self._text(held)
                if text is None:
                    self.note("sources whose text is not in the file", title)
                    continue
                if source.get("richTextPath"):
                    self.note("formatting of texts", title)
                name = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", title)).strip("-.") or "document"
                yield Source(held, _free(f"document-{name}" if DEVICE.fullmatch(name) else name, taken), title, Text(text))

    def _text(self, element: Element) -> str | None:
        """The text of a source or note, as it stands in the archive; None where it is not there."""
        inline = next(named(element, "PlainTextContent"), None)
        if inline is not None:
            return inline.text or ""
        place = element.get("plainTextPath") or ""
        inside = _bare(place).removeprefix("internal://").lstrip("/")
        name = self.members.get(f"sources/{inside}") or self.members.get(inside)
        if not inside or not place.casefold().startswith("internal://") or name is None:
            return None
        content = part(self.archive, name)
        wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        try:
            return ("\ufeff" + content.decode("utf-16")) if wide else content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ValueError(
                f"the text of '{element.get('name')}' is not UTF-8 (byte {error.start}), as the standard asks for"
            ) from None

    def _values(self, element: Element) -> dict[str, str]:
        values = {}
        for held in named(element, "VariableValue"):
            name = self.variables.get(target_of(next(named(held, "VariableRef"), None)), "")
            written = [(value.text or "").strip() for value in held if kind(value) != "VariableRef"]
            if name and written:
                values[name] = written[0]
        return values

    def _documents(self) -> pd.DataFrame:
        """One row per text, as `read_corpus` returns them."""
        of_cases = {key_of(s.element.get("guid")): dict[str, str]() for s in self.sources}
        only_cases: set[str] = set()
        for case in named(self.root, "Cases", "Case"):
            values = self._values(case)
            only_cases |= set(values)
            for reference in named(case, "SourceRef"):
                of_cases.setdefault(target_of(reference), {}).update(values)
        own = [self._values(source.element) for source in self.sources]
        only_cases -= {name for values in own for name in values}
        further = [name for name in self.variables.values() if name and name not in only_cases]
        columns = [*_FIRST, *(_column(name) for name in further), "text"]
        rows = []
        for source, values in zip(self.sources, own, strict=True):
            inherited = {_column(name): value for name, value in of_cases[key_of(source.element.get("guid"))].items()}
            known = {name: inherited[name] for name in _FIRST if name in inherited}
            row = dict.fromkeys(columns, "") | known | {_column(name): value for name, value in values.items()}
            self.note(
                "descriptions of texts", *([f"{source.title}: {said}"] if (said := description_of(source.element)) else [])
            )
            rows.append(self._document(row, source))
        return pd.DataFrame(rows, columns=list(dict.fromkeys(columns)))

    def _document(self, row: dict[str, str], source: Source) -> dict[str, str]:
        row |= {"document": source.document, "text": source.text.plain}
        if "title" not in map(str.casefold, self.variables.values()):
            row["title"] = source.title
        row["sha256"] = hashlib.sha256(source.text.plain.encode()).hexdigest()
        if row["kind"] not in DOCUMENT_KINDS:
            self.note(
                "kinds of documents that are not known (taken as 'other')",
                f"{source.document}: {row['kind'] or '(none)'}",
            )
            row["kind"] = "other"
        if row["date"] and not (re.fullmatch(r"\d{4}(-\d\d){0,2}", row["date"]) and is_day(f"{row['date']}-01-01"[:10])):
            row |= {"date_note": f"the project says {row['date']}", "date": "", "date_certainty": "unknown"}
        if row["date_certainty"] not in CERTAINTIES:
            row["date_certainty"] = "given" if row["date"] else "unknown"
        return row

    def _codings(
        self, way: str, places: Places, statements: dict[str, dict[str, Any]], ledger: str
    ) -> tuple[pd.DataFrame, dict[str, list[str]]]:
        """The codings, and what each note is about that a code, a text or a coding refers to."""
        facets = {code: facet.id for code, (facet, _) in self.draft.codebook.codes().items()}
        kept, about = _ledger(ledger), self._about(facets)
        found: dict[str, dict[str, Any]] = {}
        for source, element, where, home in self._placed(way, places):
            codings = list(named(element, "Coding"))
            if not codings:
                self.note("selections without a code", " ".join([where, description_of(element)]).strip())
            for holder in (element, *codings):
                for reference in named(holder, "NoteRef"):
                    if target_of(reference) not in statements:
                        passage = f"passage:{source.document}: {home['segment']}"
                        about.setdefault(target_of(reference), []).append(passage)
            for coding in codings:
                code = self.draft.codes.get(target_of(next(named(coding, "CodeRef"), None)), "")
                if not code:
                    self.note("codings of what is no code here (a family, a facet, or missing)", where)
                    continue
                cited = [statements[key]["statement"] for key in map(target_of, named(coding, "NoteRef")) if key in statements]
                row = {
                    **home, "document": source.document, "code": code, "facet": facets[code], "coder": self._coder(coding, element),
                    "statement": " ".join(cited), "memo": description_of(element), "anchor": "exact",
                    "created": coding.get("creationDateTime") or element.get("creationDateTime") or "",
                    "codebook": self.draft.codebook.version,
                }  # fmt: skip
                if row["coder"] == _NOBODY:
                    self.note(f"codings without a person (coder '{_NOBODY}')", where)
                if (key := coding_guid(row)) in found:
                    self.note("codings that stand twice (counted once)", where)
                else:
                    held = kept.get(key, {})
                    found[key] = {**row, **held, "quote": held.get("quote") or source.text.plain[row["start"] : row["end"]]}
        order = {source.document: number for number, source in enumerate(self.sources)}
        rows = sorted(found.values(), key=lambda r: (r["coder"], order[r["document"]], r["start"], r["end"], r["code"]))
        return pd.DataFrame(rows, columns=[*FILE_COLUMNS, "facet", "anchor"]), about

    def _placed(self, way: str, places: Places) -> Iterator[tuple[Source, Element, str, dict[str, Any]]]:
        """Every selection that has a place in its text, with how to name it and what stands there."""
        for source in self.sources:
            self.note("codings on whole texts", *(source.title for _ in named(source.element, "Coding")))
            begins = source.text.begins(way)
            for element, marked in source.selections():
                where = f"{source.title} {marked.start}-{marked.end}: {marked.name[:60]}".removesuffix(": ")
                place = source.text.place(begins, marked)
                strays = bool(
                    place and source.text.holds(marked.name) and not says(marked.name, source.text.plain[slice(*place)])
                )
                home = places.at(source.document, *place) if place and not strays else None
                if home is None:
                    self.note("selections whose words are not where their positions lead", where)
                elif not home["segment"]:
                    self.note("selections of nothing but white space", where)
                else:
                    yield source, element, where, home

    def _coder(self, *elements: Element) -> str:
        for element in elements:
            if name := self.users.get(key_of(element.get("creatingUser"))):
                return name
        return _NOBODY

    def _about(self, facets: dict[str, str]) -> dict[str, list[str]]:
        """What each note is about that a code or a text refers to."""
        about: dict[str, list[str]] = {}
        for element in self.root.iter():
            code = self.draft.codes.get(key_of(element.get("guid"))) if kind(element) == "Code" else None
            for reference in named(element, "NoteRef") if code else ():
                about.setdefault(target_of(reference), []).append(f"{facets[code or '']}:{code}")
        for source in self.sources:
            for reference in named(source.element, "NoteRef"):
                about.setdefault(target_of(reference), []).append(f"document:{source.document}")
        return about

    def _memos(self, notes: dict[str, Element], texts: dict[str, str], about: dict[str, list[str]]) -> pd.DataFrame:
        rows, taken = [], set[str]()
        made = next(
            (self.root.get(name, "")[:10] for name in ("creationDateTime", "modifiedDateTime") if self.root.get(name)), self.day
        )
        for key, note in notes.items():
            head = {
                name: value
                for name, value in read_headings(description_of(note), MEMO_FIELDS).items()
                if isinstance(value, str)
            }
            text = Text(texts[key]).plain.strip()
            if not text:
                self.note("notes without a text", note.get("name") or key)
                continue
            self.note("codings on notes", *(note.get("name") or key for _ in named(note, "PlainTextSelection")))
            title = one_line(head.get("title") or note.get("name") or text[:50])
            date = head.get("date") or (note.get("creationDateTime") or made)[:10]
            date = date if is_day(date) else self.day
            name = head.get("memo") or f"{date}-{title.casefold()[:50]}"
            row = {
                "memo": _free(re.sub(r"[^\w.-]+", "-", name).strip("-.") or "memo", taken),
                "kind": head["kind"] if head.get("kind") in MEMO_KINDS else "analytic",
                "title": title, "author": head.get("author") or self._coder(note), "date": date,
                "about": head.get("about", "") if head else "; ".join(dict.fromkeys(about.get(key, []))), "text": text,
            }  # fmt: skip
            rows.append(row)
        rows.sort(key=lambda row: (row["date"], row["memo"]))
        table = pd.DataFrame(rows, columns=[*MEMO_COLUMNS])
        return table.assign(kind=pd.Categorical(table["kind"], list(MEMO_KINDS)))

    def _cases(self) -> pd.DataFrame:
        """One row per case: its documents and its variables."""
        known = {key_of(source.element.get("guid")): source.document for source in self.sources}
        rows = []
        for case in named(self.root, "Cases", "Case"):
            name = case.get("name") or case.get("guid") or ""
            self.note("passages that make up cases", *(name for _ in named(case, "SelectionRef")))
            members = [known[target_of(ref)] for ref in named(case, "SourceRef") if target_of(ref) in known]
            self.note("codes of cases", *(name for _ in named(case, "CodeRef")))
            self.note("descriptions of cases", *([f"{name}: {said}"] if (said := description_of(case)) else []))
            rows.append({"case_name": name, "documents": "; ".join(members), **self._values(case)})
        return pd.DataFrame(rows, columns=None if rows else ["case_name", "documents"]).fillna("")

    def _rest(self) -> None:
        """Note what no table has a place for."""
        self.note("colours of codes", *coloured(self.root))
        for held in named(self.root, "Sets", "Set"):
            if key_of(held.get("guid")) != guid("set", held.get("name")):  # those of qualkit follow from the codings
                members = len(list(held)) - len(list(named(held, "Description")))
                self.note("sets", f"{held.get('name')} ({members} members)")
        self.note("links", *(link.get("name") or "(no name)" for link in named(self.root, "Links", "Link")))
        self.note("graphs", *(graph.get("name") or "(no name)" for graph in named(self.root, "Graphs", "Graph")))
        if described := description_of(self.root):
            self.note("description of the project", described[:200])


def _bare(name: str) -> str:
    """The name of a file, as programs agree on it: small letters, no braces, strokes that lean to the right."""
    return name.casefold().replace("\\", "/").replace("{", "").replace("}", "")


def _free(name: str, taken: set[str]) -> str:
    """A name that no other has on any computer, with a number where it needs one."""
    for number in count(1):
        free = f"{name}-{number}" if number > 1 else name
        folded = unicodedata.normalize("NFC", free).casefold()
        if folded not in taken:
            break
    taken.add(folded)
    return free


def _column(variable: str) -> str:
    """The column of a variable; names that documents.csv gives another meaning get a stroke."""
    if variable.casefold() in _FIRST:
        return variable.casefold()
    return f"{variable}_" if variable.casefold() in ("text", "file", "line") else variable


def _ledger(text: str) -> dict[str, dict[str, Any]]:
    """Per coding what the format has no place for, as `write_qdpx` kept it in a note."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if list(rows.fieldnames or []) != list(LEDGER_COLUMNS):
        return {}
    cells = [{name: unguarded(row[name] or "") for name in LEDGER_COLUMNS} for row in rows]
    return {row.pop("coding"): {**row, "segment": int(row["segment"])} for row in cells if row["segment"].isdecimal()}


def _statements(rows: list[dict[str, Any]], names: list[str]) -> pd.DataFrame:
    """Statements as in statements.csv: with the facets that are judged on them. Of some only the id is known; those are in the codings."""
    rows = [row for row in rows if len(row) > 1]
    used = [name for name in names if name in STATEMENT_FIELDS or any(name in row for row in rows)]
    return pd.DataFrame([{name: row.get(name, "") for name in used} for row in rows], columns=used)
