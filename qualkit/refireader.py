"""An opened REFI-QDA project goes in; its tables come out, with a list of what has no place in them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from qualkit.archives import LARGEST
from qualkit.codebook import MACHINES
from qualkit.codings import FILE_COLUMNS, Places
from qualkit.counting import UNITS, Text, placed
from qualkit.drafts import Draft, draft, not_kept
from qualkit.headings import read_headings
from qualkit.memos import COLUMNS as MEMO_COLUMNS
from qualkit.memos import KINDS as MEMO_KINDS
from qualkit.refi import (
    LEDGER_COLUMNS,
    MEMO_FIELDS,
    ORIGIN,
    STATEMENT_FIELDS,
    Left,
    coding_guid,
    coloured,
    description_of,
    guid,
    key_of,
    nodes_of,
    target_of,
)
from qualkit.refisources import Package, Source, cut
from qualkit.refivariables import Variables
from qualkit.segments import split
from qualkit.tables import DEVICE, Names, is_day, number_of, one_line, unguarded
from qualkit.xmltree import kind, named

_NOBODY = "unnamed"
_ABOUT = re.compile(r"(?!passage:)\w+: ?\S[^;]*|passage: ?\S+: \d+(?:(?:, |-)\d+)*")  # what a memo may say it is about
_HOLDERS = {
    "PictureSelection": "areas of pictures",
    "PDFSelection": "areas of pages of PDFs",
    "AudioSelection": "parts of audio recordings",
    "VideoSelection": "parts of videos",
    "TranscriptSelection": "transcripts of recordings",
    "PlainTextSelection": "texts that are not carried over",
}


class Reader:
    """Turns the elements of a project into tables, and notes on the way what has no place in them."""

    def __init__(self, archive: zipfile.ZipFile, stem: str) -> None:
        self.left = Left()
        self.package = Package(archive, self.left)
        self.root, self.note = self.package.root, self.left.note
        self.is_own = self.root.get("origin") == ORIGIN
        codes = list(named(self.root, "CodeBook", "Codes", "Code"))
        users = list(named(self.root, "Users", "User"))
        _need_distinct("codes", [inner for code in codes for inner in code.iter() if kind(inner) == "Code"])
        _need_distinct("users", users)
        _need_distinct("variables", list(named(self.root, "Variables", "Variable")))
        nodes = nodes_of(codes)
        for what, names in not_kept(nodes).items():
            self.note(what, *names)
        self.draft: Draft = draft(nodes, self.root.get("name") or stem)
        self.users = self._users(users)
        self.sources = list(self.package.sources())
        often = Counter(key for source in self.sources for key in source.keys)
        self.note("sources that share a guid", *(one.title for one in self.sources if any(often[key] > 1 for key in one.keys)))
        self.names = {key_of(one.get("guid")): one.get("name") or kind(one) for one in self.root.iter()}
        # What a memo can be about, by guid; and the codings and ties of notes that stand in a table or in the list.
        self.facets = {code: facet.id for code, (facet, _) in self.draft.codebook.codes().items()}
        self.things = {key: f"{self.facets[code]}:{code}" for key, code in self.draft.codes.items()}
        self.things |= {key: f"document:{source.document}" for source in self.sources for key in source.keys}
        self.notes = self._notes()
        self.texts = {key: Text(self.package.text(note) or "").plain for key, note in self.notes.items()}
        self.heads = {key: head for key, note in self.notes.items() if (head := self._head(note))}
        self.about: dict[str, list[str]] = {}
        self.told: set[Element] = set()

    def tables(self, positions: str | None) -> dict[str, pd.DataFrame]:
        """All tables of the project by name; the last of them lists what stands in none."""
        fields = [*STATEMENT_FIELDS[:3], *(facet.id for facet in self.draft.codebook.facets), *STATEMENT_FIELDS[3:]]
        found = {key: read_headings(text, fields) for key, text in self.texts.items()}
        statements = {key: said for key, said in found.items() if said.get("statement")}
        variables = Variables(self.root, self.left)
        documents = variables.documents(self.sources)
        self._tie_notes()
        codings = self._codings(positions, Places(split(documents, into="sentences"), {}), statements)
        self._links()
        tables = {"documents": documents, "codings": codings, "cases": variables.cases(self.sources)}
        tables["statements"] = _statements(list(statements.values()), fields)
        tables["memos"] = self._memos([key for key in self.notes if key not in statements and key != guid("ledger")])
        self._rest({*statements, *self.heads, guid("ledger")})
        return {**tables, "left": self.left.table()}

    def _users(self, users: list[Element]) -> dict[str, str]:
        """Coders by guid, each a name that a file can have."""
        names, found = Names(), {}
        for user in users:
            name = (user.get("name") or user.get("id") or "").strip()
            clean = cut(re.sub(r"\s*[^\w .-]+\s*", "-", name).strip(" .-")) or _NOBODY
            clean = f"{clean}-person" if clean in MACHINES or DEVICE.fullmatch(clean) else clean
            found[key_of(user.get("guid"))] = clean = names.free(clean)
            if clean != name:
                self.note("names of users that no file can have (changed)", f"{name or '(none)'} -> {clean}")
        return found

    def _notes(self) -> dict[str, Element]:
        """The notes by guid; of those that share one, the first."""
        notes: dict[str, Element] = {}
        for note in named(self.root, "Notes", "Note"):
            if notes.setdefault(key_of(note.get("guid")), note) is not note:
                self.note("notes that have the guid of another", note.get("name") or "(no name)")
        return notes

    def _head(self, note: Element) -> dict[str, str]:
        """What the description of a memo that qualkit wrote says of it; nothing where others wrote it."""
        said = description_of(note)
        head = {name: value for name, value in read_headings(said, MEMO_FIELDS).items() if isinstance(value, str)}
        if head and all(map(_ABOUT.fullmatch, filter(None, head.get("about", "").split("; ")))):
            return head
        self.note("descriptions of notes", *([f"{note.get('name') or '(no name)'}: {said}"] if said else []))
        return {}

    def _tie_notes(self) -> None:
        """Keep what each note is about that a code or a text refers to."""
        for code in self.root.iter():
            thing = self.things.get(key_of(code.get("guid"))) if kind(code) == "Code" else None
            if thing:
                self._tie(code, thing)
        for source in self.sources:
            for part in source.parts:
                self._tie(part, f"document:{source.document}")

    def _tie(self, holder: Element, thing: str) -> None:
        for reference in named(holder, "NoteRef"):
            if target_of(reference) in self.notes:
                self.told.add(reference)
                self.about.setdefault(target_of(reference), []).append(thing)

    def _codings(self, positions: str | None, places: Places, statements: dict[str, dict[str, Any]]) -> pd.DataFrame:
        kept = self._ledger()
        found: dict[str, dict[str, Any]] = {}
        for source, element, where, home in self._placed(positions, places):
            codings = list(named(element, "Coding"))
            if not codings:
                self.note("selections without a code", " ".join([where, description_of(element)]).strip())
            for holder in (element, *codings):
                self.things[key_of(holder.get("guid"))] = passage = f"passage:{source.document}: {home['segment']}"
                self._tie(holder, passage)
            for coding, target in ((one, target) for one in codings for target in _codes_of(one)):
                code = self.draft.codes.get(target, "") if target else ""
                if not code:
                    self.note("codings of what is no code here (a family, a facet, or missing)", where)
                    continue
                cited = [statements[key]["statement"] for key in map(target_of, named(coding, "NoteRef")) if key in statements]
                row = {
                    **home, "document": source.document, "code": code, "facet": self.facets[code],
                    "coder": self._coder(coding, element), "statement": " ".join(cited), "memo": description_of(element),
                    "anchor": "exact", "created": coding.get("creationDateTime") or element.get("creationDateTime") or "",
                    "codebook": self.draft.codebook.version,
                }  # fmt: skip
                if row["coder"] == _NOBODY:
                    self.note(f"codings without a person (coder '{_NOBODY}')", where)
                if first := found.get(key := coding_guid(row)):
                    self.note("codings that stand twice (counted once)", where)
                    if f"\n\n{row['memo']}\n\n" not in f"\n\n{first['memo']}\n\n":
                        first["memo"] = f"{first['memo']}\n\n{row['memo']}".strip()
                    first["statement"] = " ".join(dict.fromkeys([*first["statement"].split(), *cited]))
                else:
                    held = kept.get(key, {})
                    found[key] = {**row, **held, "quote": held.get("quote") or source.text.plain[row["start"] : row["end"]]}
        order = {source.document: number for number, source in enumerate(self.sources)}
        rows = sorted(found.values(), key=lambda r: (r["coder"], order[r["document"]], r["start"], r["end"], r["code"]))
        return pd.DataFrame(rows, columns=[*FILE_COLUMNS, "facet", "anchor"])

    def _placed(self, positions: str | None, places: Places) -> Iterator[tuple[Source, Element, str, dict[str, Any]]]:
        """Every selection that has a place in its text, with how to name it and what stands there."""
        selections = [source.selections() for source in self.sources]
        markings = [
            (source.title, source.text, [marked for _, marked in found])
            for source, found in zip(self.sources, selections, strict=True)
        ]
        codes = [one.get("name") or "" for one in self.root.iter() if kind(one) == "Code"]
        _, sound = placed(markings, positions or (UNITS[0] if self.is_own else None), codes)
        if sum(end - start for found in sound for start, end in filter(None, found)) > LARGEST:
            raise ValueError(
                f"its selections hold more than {LARGEST / 1e6:.0f} million characters; such projects are not read"
            )
        for source, found, at in zip(self.sources, selections, sound, strict=True):
            whole = list(source.children("Coding"))
            self.told.update(whole)
            self.note("codings on whole texts", *(source.title for _ in whole))
            for (element, marked), place in zip(found, at, strict=True):
                where = f"{source.title} {marked.start}-{marked.end}: {marked.name[:60]}".removesuffix(": ")
                self.names[key_of(element.get("guid"))] = where
                self.told.update(named(element, "Coding"))
                home = places.at(source.document, *place) if place else None
                if home is None:
                    self.note("selections whose words are not where their positions lead", where)
                elif not home["segment"]:
                    self.note("selections of nothing but white space", where)
                else:
                    yield source, element, where, home

    def _coder(self, *elements: Element) -> str:
        keys = (element.get(name) for name in ("creatingUser", "modifyingUser") for element in elements)
        return next((self.users[key_of(key)] for key in keys if key_of(key) in self.users), _NOBODY)

    def _ledger(self) -> dict[str, dict[str, Any]]:
        """Per coding what the format has no place for, as `write_qdpx` kept it in a note."""
        rows = csv.DictReader(io.StringIO(self.texts.get(guid("ledger"), ""), newline=""))
        try:
            is_readable = list(rows.fieldnames or []) == list(LEDGER_COLUMNS)
            cells = [{name: unguarded(row[name] or "") for name in LEDGER_COLUMNS} for row in rows] if is_readable else []
        except csv.Error:  # a field of more than 10 million characters
            cells = []
        kept = {row.pop("coding"): {**row, "segment": int(row["segment"])} for row in cells if row["segment"].isdecimal()}
        if guid("ledger") in self.notes and not kept:
            self.note(
                "segments, times and quotes of codings as they were", "the note of qualkit that keeps them is not readable"
            )
        return kept

    def _links(self) -> None:
        """Keep links between a note and what it is about, and note the others by what they tie."""
        for link in named(self.root, "Links", "Link"):
            ends = [key_of(link.get(name)) for name in ("originGUID", "targetGUID")]
            tied = {
                note: self.things[thing] for note, thing in (ends, ends[::-1]) if note in self.texts and thing in self.things
            }
            tied = {note: thing for note, thing in tied.items() if note not in self.heads}
            for note, thing in tied.items():
                self.about.setdefault(note, []).append(thing)
            if link.get("name") or not tied:
                between = " -> ".join(self.names.get(end, "?") for end in ends) if any(ends) else ""
                self.note("links", ": ".join(filter(None, (link.get("name"), between))) or "(no name)")

    def _memos(self, keys: list[str]) -> pd.DataFrame:
        rows, names = [], Names()
        made = next(
            (self.root.get(name, "")[:10] for name in ("creationDateTime", "modifiedDateTime") if self.root.get(name)),
            self.package.day,
        )
        for key in keys:
            note, head, text = self.notes[key], self.heads.get(key, {}), self.texts[key].strip()
            if not text:
                self.note("notes without a text", note.get("name") or key)
                continue
            title = one_line(head.get("title") or note.get("name") or text[:50])
            date = head.get("date") or (note.get("creationDateTime") or made)[:10]
            date = date if is_day(date) else self.package.day
            name = head.get("memo") or f"{date}-{title.casefold()[:50]}"
            row = {
                "memo": names.free(cut(re.sub(r"[^\w.-]+", "-", name).strip("-.")) or "memo"),
                "kind": head["kind"] if head.get("kind") in MEMO_KINDS else "analytic",
                "title": title, "author": head.get("author") or self._coder(note), "date": date,
                "about": head.get("about", "") if head else "; ".join(dict.fromkeys(self.about.get(key, []))), "text": text,
            }  # fmt: skip
            rows.append(row)
        rows.sort(key=lambda row: (row["date"], row["memo"]))
        table = pd.DataFrame(rows, columns=[*MEMO_COLUMNS])
        return table.assign(kind=pd.Categorical(table["kind"], list(MEMO_KINDS)))

    def _rest(self, kept: set[str]) -> None:
        """Note what no table has a place for; ties of the notes `kept` stand in their texts."""
        self.note("colours of codes", *coloured(self.root))
        for held in named(self.root, "Sets", "Set"):
            if key_of(held.get("guid")) != guid("set", held.get("name")):  # those of qualkit follow from the codings
                members = len(list(held)) - len(list(named(held, "Description")))
                self.note("sets", f"{held.get('name')} ({number_of(members, 'member')})")
        self.note("graphs", *(graph.get("name") or "(no name)" for graph in named(self.root, "Graphs", "Graph")))
        if described := description_of(self.root):
            self.note("description of the project", described[:200])
        parents = {child: parent for parent in self.root.iter() for child in parent}
        for element in self.root.iter():
            if element in self.told:
                continue
            if kind(element) == "Coding":
                is_note = kind(_home(element, parents)) == "Note"
                what = "notes" if is_note else _HOLDERS.get(kind(parents[element]), "whole sources")
                codes = " and ".join(self.names.get(target, "(no code)") for target in _codes_of(element))
                self.note(f"codings on {what}", f"{_title(_home(element, parents))}: {codes}")
            elif kind(element) == "NoteRef" and target_of(element) not in self.notes:
                self.note("references to notes that are not there", _title(_home(element, parents)))
            elif kind(element) == "NoteRef" and target_of(element) not in kept:
                tie = f"{self.names[target_of(element)]} -> {_title(_home(element, parents))}"
                self.note("ties of notes to what is not in a table", tie)


def _need_distinct(what: str, elements: list[Element]) -> None:
    """Refuse codes, users or variables that cannot be told apart: what refers to one of them may mean another."""
    often = Counter(key_of(element.get("guid")) for element in elements if element.get("guid"))
    for key in (key for key, number in often.items() if number > 1):
        names = " and ".join(f"'{element.get('name')}'" for element in elements if key_of(element.get("guid")) == key)
        raise ValueError(
            f"{what} share the guid {key}: {names}. Which one is meant nobody can tell; mend it in the program it is from"
        )


def _codes_of(coding: Element) -> list[str]:
    return [target_of(reference) for reference in named(coding, "CodeRef")] or [""]


def _home(element: Element, parents: dict[Element, Element]) -> Element:
    """What an element is part of: a source, a note, a case and the like."""
    while kind(element) in ("Coding", "NoteRef", "Representation") or kind(element).endswith("Selection"):
        element = parents[element]
    return element


def _title(element: Element) -> str:
    return "the project" if kind(element) == "Project" else element.get("name") or kind(element)


def _statements(rows: list[dict[str, Any]], names: list[str]) -> pd.DataFrame:
    """Statements as in statements.csv: with the facets that are judged on them. Of some only the id is known; those are in the codings."""
    rows = [row for row in rows if len(row) > 1]
    used = [name for name in names if name in STATEMENT_FIELDS or any(name in row for row in rows)]
    return pd.DataFrame([{name: row.get(name, "") for name in used} for row in rows], columns=used)
