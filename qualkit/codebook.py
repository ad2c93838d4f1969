"""codebook.yaml goes in; a codebook of facets, families and codes, checked line by line, comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pandas as pd

from qualkit.tables import Entry, EntryReader, Faults, Named, did_you_mean, is_empty, read_yaml

Language = Literal["id", "en"]
Words = dict[str, str]  # the same text in both languages: {"id": ..., "en": ...}

LANGUAGES = {"id": "Indonesian (id)", "en": "English (en)"}
SCALES = {
    "multiple": "any number of codes on a unit, none included",
    "nominal": "exactly one code on a unit",
    "ordinal": "exactly one code on a unit, codes in order",
}
SOURCES = {
    "sentence": "the sentence before, in the same paragraph or at the end of the one directly above",
    "heading": "the headings that the sentence stands under",
    "document": "all sentences of the document together",
}
_RESERVED = frozenset(
    "document segment start end paragraph heading label rule reason repeats text facet code coder statement memo created "
    "codebook sha256 quote prefix suffix anchor matched off_heading text_id text_en date_certainty voice note family date title "
    "code_as_coded revision revised_by outlet kind author language".split()
)


@dataclass(frozen=True)
class Code:
    """One entry of the codebook, after MacQueen et al. (1998): what the code means, when it is used and when not."""

    id: str
    label: Words
    brief: Words
    full: Words
    when_to_use: Words
    when_not_to_use: Words
    example: Words
    origin: str
    kind: str
    since: str
    parent: str = ""
    indicators: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    left_out: Words | None = None
    roots: tuple[str, ...] = ()
    weak: tuple[
        str, ...
    ] = ()  # those of the indicators that count only where no other code of the family stands in the segment
    residual: bool = False  # of a facet with one answer: for what is none of the others, or several of them


@dataclass(frozen=True)
class Family:
    """Codes that belong together, and the words by which a source's heading announces them."""

    id: str
    label: Words
    headings: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Context:
    """What a sentence may take over from what stands around it, where the coding rules of a facet allow it.

    A sentence that names no code takes over the code of the first of `sources` that has one; where `cues` are listed, only
    a sentence with one of these words does. Of the codes that stand together in one place, those that `prevail` count
    before all others; where several are left and the facet asks for one, it is `several`.
    """

    sources: tuple[str, ...]
    cues: tuple[str, ...] = ()
    prevail: tuple[str, ...] = ()
    several: str = ""


def in_order(versions: Iterable[object]) -> list[str]:
    """Versions of codebooks, each once and without what is blank, as they came: 1.10 behind 1.9.

    >>> in_order(["1.10", "", "1.9", "1.9"])
    ['1.9', '1.10']
    """

    def parts(version: str) -> list[tuple[int, str]]:
        return [(int(part), "") if part.isdigit() else (0, part) for part in version.split(".")]

    return sorted({str(version) for version in versions} - {""}, key=parts)


@dataclass(frozen=True)
class Facet:
    """A question asked of the text, with the codes that may answer it, in order."""

    id: str
    label: Words
    question: Words
    scale: str
    codes: tuple[Code, ...]
    families: tuple[Family, ...] = ()
    bodies: tuple[str, ...] = ()
    context: Context | None = None
    participants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """Facets in order, with the coding rules and the history of versions. Read one with `read_codebook`."""

    id: str
    version: str
    title: Words
    unit: str
    rules: tuple[Words, ...]
    history: tuple[dict[str, str], ...]
    facets: tuple[Facet, ...]

    def facet(self, name: str | None) -> Facet:
        """The facet of that id, or the first of the codebook for None; ValueError with what is possible where there is none."""
        if name is None:
            return self.facets[0]
        for facet in self.facets:
            if facet.id == name:
                return facet
        raise ValueError(f"the codebook has no facet '{name}'.{did_you_mean(name, [f.id for f in self.facets])}")

    def codes(self) -> dict[str, tuple[Facet, Code]]:
        """Every code of every facet by its id, with its facet."""
        return {code.id: (facet, code) for facet in self.facets for code in facet.codes}

    def table(self, facet: str, language: Language = "id") -> pd.DataFrame:
        """One row per code of a facet: the codebook as a paper prints it (columns named in the language asked for)."""
        heads = {
            "id": ("Kode", "Label", "Definisi", "Gunakan bila", "Jangan gunakan bila", "Contoh"),
            "en": ("Code", "Label", "Definition", "Use when", "Do not use when", "Example"),
        }
        if language not in heads:
            raise ValueError(f"language='{language}': the codebook is written in {' and '.join(LANGUAGES)}")
        rows = [
            [
                code.id,
                *(words[language] for words in (code.label, code.full, code.when_to_use, code.when_not_to_use, code.example)),
            ]
            for code in self.facet(facet).codes
        ]
        return pd.DataFrame(rows, columns=list(heads[language]))

    def __repr__(self) -> str:
        sizes = ", ".join(f"{facet.id} {len(facet.codes)}" for facet in self.facets)
        return f"Codebook {self.id}, version {self.version} (codes: {sizes})"


FAMILIES: Words = {"id": "Rumpun", "en": "Family"}
# The coders of suggestions: what they give is nobody's coding, and no person's file or name is one of theirs.
MACHINE, LEARNED = "codebook", "learned"
MACHINES = {MACHINE: "the codebook itself", LEARNED: "a learned model"}
AGREED = "agreed"  # the coder of what the coders settled on together: a decision, but no reading of its own


def bilingual(indonesian: str, english: str) -> Words:
    """The same text in both languages."""
    return {"id": indonesian, "en": english}


class CodeId(Named):
    """A code's (or family's) id that knows its entry; the categories of every facet column are these.

    It compares and prints as the plain id. Because the categories of a column survive filtering, merging and grouping,
    a table always knows all codes of the facet, their order and their labels.
    """

    entry: Code | Family
    column: Words  # what the whole column is called
    family: Family | None  # the family a code belongs to
    scale: str  # of its facet

    @classmethod
    def of(cls, entry: Code | Family, column: Words, family: Family | None = None, scale: str = "multiple") -> CodeId:
        made = cls(entry.id, *entry.label.values())
        made.entry, made.column, made.family, made.scale = entry, column, family, scale
        return made


def is_residual(code: object) -> bool:
    """Whether a code stands for no one thing, such as other or several cases."""
    return isinstance(code, CodeId) and isinstance(code.entry, Code) and code.entry.residual


def facet_column(values: Iterable[object], facet: Facet) -> pd.Categorical:
    """Values as a categorical whose categories are all codes of the facet, in order; '' and None are missing."""
    families = {family.id: family for family in facet.families}
    categories = [CodeId.of(code, facet.label, families.get(code.parent), facet.scale) for code in facet.codes]
    return pd.Categorical(
        [value or None for value in values], pd.Index(categories, dtype=object), ordered=facet.scale == "ordinal"
    )


def family_column(values: Iterable[object], families: Iterable[Family]) -> pd.Categorical:
    """Values as a categorical whose categories are all families, in order; '' and None are missing."""
    categories = [CodeId.of(family, FAMILIES) for family in families]
    return pd.Categorical([value or None for value in values], pd.Index(categories, dtype=object))


def has_misplaced_star(term: str) -> bool:
    """Whether a * stands elsewhere in a term than at the end of a word, behind a letter of it."""
    return any("*" in word[:1] or "*" in word.rstrip("*") for word in term.split())


def read_codebook(path: str | Path) -> Codebook:
    """The codebook in a YAML file, checked whole.

    Parameters
    ----------
    path
        The file. Every value in it is read as text; a value that other programs would take for a number, a date or
        true/false must stand in quotes.

    Returns
    -------
    Codebook

    Raises
    ------
    ValueError
        All faults at once, each with its line: keys that stand twice, unknown fields, fields or languages that are
        missing (every code needs a label, brief and full definition, when to use, when not to use and an example), ids
        that stand twice in any facet, parents that do not exist, values without quotes that YAML would guess at.

    Notes
    -----
    The fields follow MacQueen, McLellan, Kay and Milstein (1998), "Codebook development for team-based qualitative
    analysis", and, for `origin`, DeCuir-Gunby, Marshall and McCulloch (2011), "Developing and using a codebook".

    Examples
    --------
    >>> read_codebook("codebook.yaml").facet("status").scale
    'ordinal'
    """
    content, faults = read_yaml(Path(path))
    if not isinstance(content, Entry):
        faults.add(1, "a codebook is a list of named fields: codebook, version, title, unit, rules, facets")
        faults.stop()
    reader = _Reader(faults)
    what = "the codebook"
    reader.fields(content, what, ("codebook", "version", "title", "unit", "facets"), ("rules", "history"))
    codebook = Codebook(
        id=reader.text(content, "codebook", what),
        version=reader.text(content, "version", what),
        title=reader.words(content, "title", what),
        unit=reader.text(content, "unit", what),
        rules=tuple(reader.both(rule, f"rule {n}") for n, rule in enumerate(reader.entries(content, "rules", what), 1)),
        history=tuple(reader.change(entry) for entry in reader.entries(content, "history", what)),
        facets=tuple(reader.facet(entry) for entry in reader.entries(content, "facets", what)),
    )
    faults.stop()
    return codebook


_CODE_NEEDED = (
    "id", "label", "brief", "full", "when_to_use", "when_not_to_use", "example", "origin", "kind", "since",
)  # fmt: skip
_CODE_OPTIONAL = ("parent", "indicators", "roots", "weak", "masks", "traps", "left_out")
_MISSING = {
    "when_not_to_use": "says nowhere when not to use it (when_not_to_use)",
    "example": "has no example",
}


class _Reader(EntryReader):
    """Turns entries of the file into codes."""

    missing = _MISSING

    def __init__(self, faults: Faults) -> None:
        super().__init__(faults)
        self.seen: dict[tuple[str, str], int] = {}

    def once(self, kind: str, name: str, line: int, where: str) -> None:
        """An id may stand once; where it stands again, both lines are told."""
        if name and (kind, name) in self.seen:
            at = self.seen[kind, name]
            self.faults.add(line, f"{kind} '{name}' is already on line {at}; an id stands once in {where}")
        self.seen.setdefault((kind, name), line)

    def terms(self, entry: Entry, name: str, what: str) -> tuple[str, ...]:
        terms = self.texts(entry, name, what, "words or phrases")
        called = "weak indicators" if name == "weak" else name
        for term in terms:
            if not re.search(r"\w", term):
                self.faults.add(entry.lines[name], f"{what}: '{term}' among the {called} has no letter")
            elif has_misplaced_star(term):
                self.faults.add(
                    entry.lines[name], f"{what}: '{term}' among the {called}: a * may stand only at the end of a word"
                )
        return terms

    def roots(self, entry: Entry, what: str) -> tuple[str, ...]:
        roots = self.texts(entry, "roots", what, "words")
        for root in roots:
            if root != root.lower() or not re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)?", root):
                self.faults.add(
                    entry.lines["roots"],
                    f"{what}: '{root}' among the roots: a root is one or two words in small letters; the library adds the affixes",
                )
        return roots

    def words(self, entry: Entry, name: str, what: str) -> Words:
        found = entry.get(name)
        if isinstance(found, Entry) and found:
            return self.both(found, f"{what}: {name}")
        if not is_empty(found):
            self.faults.add(entry.lines[name], f"{what}: {name} must be given in both languages, as {{id: ..., en: ...}}")
        return dict.fromkeys(LANGUAGES, "")

    def both(self, entry: Entry, what: str) -> Words:
        for language, called in LANGUAGES.items():
            if not isinstance(entry.get(language), str) or not entry[language].strip():
                self.faults.add(entry.line, f"{what} is missing in {called}")
        for extra in sorted(set(entry) - set(LANGUAGES)):
            self.faults.add(entry.lines[extra], f"{what} has an unknown language '{extra}'. Possible: id, en.")
        return {language: str(entry.get(language) or "").strip() for language in LANGUAGES}

    def change(self, entry: Entry) -> dict[str, str]:
        what = "a version in the history"
        self.fields(entry, what, ("version", "date", "change"), ())
        return {name: self.text(entry, name, what) for name in entry}

    def facet(self, entry: Entry) -> Facet:
        name = self.text(entry, "id", "a facet")
        what = f"facet '{name}'"
        self.fields(
            entry, what, ("id", "label", "question", "scale", "codes"), ("families", "bodies", "participants", "context")
        )
        self.once("facet", name, entry.line, "the codebook")
        if name in _RESERVED:
            self.faults.add(entry.line, f"{what}: tables already have a column of that name; choose another id")
        elif name and not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            self.faults.add(entry.line, f"{what}: the id of a facet is one word of small letters, digits and '_'")
        scale = self.text(entry, "scale", what)
        if scale and scale not in SCALES:
            self.faults.add(entry.lines["scale"], f"{what}: scale '{scale}' is not known.{did_you_mean(scale, SCALES)}")
        families = tuple(self.family(item, what) for item in self.entries(entry, "families", what))
        codes = tuple(self.code(item, [family.id for family in families]) for item in self.entries(entry, "codes", what))
        label, question = self.words(entry, "label", what), self.words(entry, "question", what)
        bodies, participants = self.bodies(entry, what), self.terms(entry, "participants", what)
        context = self.context(entry, what, [code.id for code in codes])
        if context and scale != "multiple":
            rest = {*context.prevail, context.several}
            codes = tuple(replace(code, residual=code.id in rest) for code in codes)
        return Facet(name, label, question, scale, codes, families, bodies, context, participants)

    def bodies(self, entry: Entry, what: str) -> tuple[str, ...]:
        bodies = self.texts(entry, "bodies", what, "words or phrases")
        for body in bodies:
            if not body[0].isupper():
                self.faults.add(
                    entry.lines["bodies"], f"{what}: '{body}' among the bodies: a name begins with a capital letter"
                )
        return bodies

    def context(self, entry: Entry, facet: str, codes: list[str]) -> Context | None:
        found = entry.get("context")
        if not isinstance(found, Entry):
            if found is not None:
                self.faults.add(
                    entry.lines["context"], f"{facet}: context must be named fields: sources, cues, prevail, several"
                )
            return None
        what = f"{facet}, context"
        self.fields(found, what, ("sources",), ("cues", "prevail", "several"))
        sources = self.texts(found, "sources", what, f"places ({', '.join(SOURCES)})")
        for source in sources:
            if source not in SOURCES:
                self.faults.add(
                    found.lines["sources"], f"{what}: source '{source}' is not known.{did_you_mean(source, SOURCES)}"
                )
        prevail = self.texts(found, "prevail", what, "codes")
        several = self.text(found, "several", what)
        for name, code in [*(("prevail", code) for code in prevail), *([("several", several)] if several else [])]:
            if code not in codes:
                self.faults.add(
                    found.lines[name], f"{what}: {name} names no code of the facet, '{code}'.{did_you_mean(code, codes)}"
                )
        return Context(sources, self.terms(found, "cues", what), prevail, several)

    def family(self, entry: Entry, facet: str) -> Family:
        name = self.text(entry, "id", "a family")
        what = f"family '{name}'"
        self.fields(entry, what, ("id", "label"), ("headings", "note"))
        self.once("family", name, entry.line, "all facets")
        return Family(
            name,
            self.words(entry, "label", what),
            self.texts(entry, "headings", what, "words or phrases"),
            self.text(entry, "note", what),
        )

    def code(self, entry: Entry, families: list[str]) -> Code:
        name = self.text(entry, "id", "a code")
        what = f"code '{name}'"
        self.fields(entry, what, _CODE_NEEDED, _CODE_OPTIONAL)
        self.once("code", name, entry.line, "all facets")
        written = entry.get("id")
        if isinstance(written, str) and name and (re.search(r"[\s;,]", written) or not written.isprintable()):
            self.faults.add(entry.lines["id"], f"{what}: an id holds no blank, comma, semicolon or invisible character")
        parent = self.text(entry, "parent", what)
        if families and not parent:
            self.faults.add(entry.line, f"{what} has no parent.{did_you_mean('', families)}")
        elif parent not in families and parent:
            known = f".{did_you_mean(parent, families)}" if families else " (this facet has no families)"
            self.faults.add(entry.lines["parent"], f"{what}: there is no family '{parent}'{known}")
        origin = self.text(entry, "origin", what)
        if origin and origin not in ("theory", "data"):
            self.faults.add(entry.lines["origin"], f"{what}: origin '{origin}' is not known. Possible: theory, data.")
        indicators, weak, masks = (self.terms(entry, name, what) for name in ("indicators", "weak", "masks"))
        label = self.words(entry, "label", what)
        return Code(
            id=Named(name, *label.values()),  # so that a message can tell the id where the label was written
            label=label,
            brief=self.words(entry, "brief", what),
            full=self.words(entry, "full", what),
            when_to_use=self.words(entry, "when_to_use", what),
            when_not_to_use=self.words(entry, "when_not_to_use", what),
            example=self.words(entry, "example", what),
            origin=origin,
            kind=self.text(entry, "kind", what),
            since=self.text(entry, "since", what),
            parent=parent,
            indicators=indicators + weak,
            masks=masks,
            traps=self.texts(entry, "traps", what, "words or phrases"),
            left_out=self.words(entry, "left_out", what) if entry.get("left_out") else None,
            roots=self.roots(entry, what),
            weak=weak,
        )
