"""A tree of codes from elsewhere goes in, a codebook comes out; a codebook goes in, its tree or codebook.yaml comes out."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import yaml

from qualkit.codebook import Code, Codebook, Context, Facet, Family, Words, bilingual
from qualkit.headings import Fields, read_headings, with_headings
from qualkit.tables import Names, folded_name, one_line, write_whole

UNWRITTEN = bilingual("(belum ditulis)", "(not written yet)")  # stands wherever a field is needed and nobody has written it
_Entry = TypeVar("_Entry", Facet, Family, Code)
_UNPLACED = "unplaced"
THEMES = "theme"  # the facet of all codes that came without one
_BOOK = ("codebook", "version", "title", "unit", "rules", "history", "facets")
_FACET = ("facet", "label", "question", "scale", "bodies", "participants", "context", "families", "codes")
_FAMILY = ("family", "label", "headings", "note")
_WORDS = ("label", "brief", "full", "when_to_use", "when_not_to_use", "example")
_TEXTS = ("origin", "kind", "since", "parent")
_LISTS = ("indicators", "roots", "weak", "masks", "traps")
_CODE = ("code", *_WORDS, *_TEXTS, *_LISTS, "left_out")


@dataclass(frozen=True)
class Node:
    """A code as other programs know it: a name, a description, and the codes below it. `key` is what codings call it by."""

    key: str
    name: str
    description: str = ""
    codable: bool = True
    below: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A codebook made of a tree, and which node became which code."""

    codebook: Codebook
    codes: dict[str, str] = field(default_factory=dict)  # key of a node: id of its code


def write_codebook(path: str | Path, codebook: Codebook) -> Path:
    """Write a codebook as a new YAML file that `read_codebook` reads back as it is, and return the path.

    Raises
    ------
    ValueError
        If there is such a file already, or it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import read_codebook
    >>> codebook, path = read_codebook("codebook.yaml"), Path(tempfile.mkdtemp()) / "codebook.yaml"
    >>> read_codebook(write_codebook(path, codebook)) == codebook
    True
    """
    return write_new(path, codebook_yaml(codebook))


def write_new(path: str | Path, content: bytes) -> Path:
    """Write a file that is not there yet, whole or not at all, and return its path; ValueError where it is there."""
    path = Path(path)
    if path.exists():
        raise ValueError(f"{path} is there already; choose another name, or move it away")
    write_whole(path, content)
    return path


def codebook_yaml(codebook: Codebook) -> bytes:
    """The codebook as the bytes of a codebook.yaml."""
    book = {name: value for name, value in _book(codebook).items() if value}
    content = {**book, "facets": [_facet_entry(facet) for facet in codebook.facets]}
    return yaml.dump(content, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120).encode()


class _Plain(yaml.SafeDumper):
    """Writes everything out: the same words in two places are written twice, which readers of codebooks ask for."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _facet_entry(facet: Facet) -> Fields:
    return {
        **_renamed(_facet(facet), "facet"),
        **({"families": [_renamed(_family(family), "family") for family in facet.families]} if facet.families else {}),
        "codes": [_renamed(_code(code), "code") for code in facet.codes],
    }


def _renamed(fields: Fields, name: str) -> Fields:
    return {"id" if key == name else key: value for key, value in fields.items() if value}


def tree(codebook: Codebook) -> tuple[Node, ...]:
    """Facets, below them families, below them codes, with all fields of the codebook under headings in the descriptions.

    Names are ids. What belongs to the codebook as a whole stands in the description of the first facet.
    """
    nodes = []
    for number, facet in enumerate(codebook.facets):
        codes = [(code.parent, Node(f"code:{code.id}", code.id, with_headings(_code(code)))) for code in facet.codes]
        families = [
            Node(
                f"family:{family.id}",
                family.id,
                with_headings(_family(family)),
                codable=False,
                below=tuple(node for parent, node in codes if parent == family.id),
            )
            for family in facet.families
        ]
        loose = [node for parent, node in codes if not parent]
        # Other programs sort by the alphabet; the order of a codebook means something.
        order = {"families": [family.id for family in facet.families], "codes": [code.id for code in facet.codes]}
        book = {} if number else {**_book(codebook), "facets": [facet.id for facet in codebook.facets]}
        about = with_headings({**_facet(facet), **order, **book})
        nodes.append(Node(f"facet:{facet.id}", facet.id, about, codable=False, below=(*families, *loose)))
    return tuple(nodes)


def _book(codebook: Codebook) -> Fields:
    return {
        "codebook": codebook.id,
        "version": codebook.version,
        "title": codebook.title,
        "unit": codebook.unit,
        "rules": list(codebook.rules),
        "history": list(codebook.history),
    }


def _facet(facet: Facet) -> Fields:
    context: Fields = {}
    if facet.context:
        lists = {name: list(getattr(facet.context, name)) for name in ("sources", "cues", "prevail")}
        context = {name: value for name, value in {**lists, "several": facet.context.several}.items() if value}
    known = {"facet": facet.id, "label": facet.label, "question": facet.question, "scale": facet.scale}
    return {**known, "bodies": list(facet.bodies), "participants": list(facet.participants), "context": context}


def _family(family: Family) -> Fields:
    return {"family": family.id, "label": family.label, "headings": list(family.headings), "note": family.note}


def _code(code: Code) -> Fields:
    fields: Fields = {"code": code.id} | {name: getattr(code, name) for name in (*_WORDS, *_TEXTS)}
    fields |= {name: list(getattr(code, name)) for name in _LISTS} | {"left_out": code.left_out}
    fields["indicators"] = list(code.indicators[: len(code.indicators) - len(code.weak)])  # the weak ones stand at the end
    return fields


def draft(nodes: Iterable[Node], title: str) -> Draft:
    """A codebook made of a tree of codes.

    Descriptions that `tree` wrote are read back field by field. Other codes stand in the facet `theme`: the top of each branch
    is a family, the codes below it are its codes, and the top is a code too where it is codable. Their description is the full definition;
    what the codebook needs and nobody wrote says so in words, so that the file can be used at once and the gaps are seen. A facet
    without codes is none.
    """
    nodes = list(nodes)
    facets: list[tuple[Facet, list[Family], list[Code]]] = []
    book: Fields = {}
    strange: list[Node] = []
    codes: dict[str, str] = {}
    names = _Ids(nodes)
    for node in nodes:
        fields = read_headings(node.description, {*_FACET, *_BOOK})
        if not fields.get("facet"):
            strange.append(node)
            continue
        book = book or {name: fields[name] for name in _BOOK if name in fields}
        families: list[Family] = []
        found: list[Code] = []
        for parent, inner in _walk(node.below, ""):
            entry = read_headings(inner.description, {*_FAMILY, *_CODE})
            if _is_family(entry):
                families.append(_read_family(entry))
                continue
            code = _read_code(entry) if entry.get("code") else _new_code(inner, names.free(inner, parent), parent)
            codes[inner.key] = code.id
            found.append(code)
        families, found = _ordered(families, fields, "families"), _ordered(found, fields, "codes")
        if found:
            facets.append((_read_facet(fields), families, found))
    made = _ordered([_with_codes(facet, families, found) for facet, families, found in facets], book, "facets")
    if strange:
        made.append(_themes(strange, names, codes))
    title = one_line(title) or "imported"
    base = Codebook(title, "0.1", bilingual(title, title), "sentence", (), (), tuple(made))
    if book:
        base = Codebook(
            _text(book, "codebook") or base.id, _text(book, "version") or base.version, _words(book, "title"),
            _text(book, "unit") or base.unit, tuple(_both(rule) for rule in book.get("rules", [])),
            tuple(dict(change) for change in book.get("history", [])), tuple(made),
        )  # fmt: skip
    return Draft(base, codes)


def not_kept(nodes: Iterable[Node]) -> dict[str, list[str]]:
    """What of a tree `draft` does not keep, by kind: the names of codes that stood deeper, and of facets that have lost their codes."""
    facets, strange = list[Node](), list[Node]()
    for node in nodes:
        (facets if read_headings(node.description, _FACET).get("facet") else strange).append(node)
    return {
        "levels of codes below the second (now directly below the family)": [
            deep.name for top in strange for second in top.below for _, deep in _walk(second.below, "")
        ],
        "facets without codes": [
            facet.name
            for facet in facets
            if all(_is_family(read_headings(node.description, {*_FAMILY, *_CODE})) for _, node in _walk(facet.below, ""))
        ],
    }


def codebook_in(path: Path, nodes: Iterable[Node], left: dict[str, list[str]]) -> Codebook:
    """The codebook made of the tree that stands in a file; a warning names what of the file is left.

    Raises
    ------
    ValueError
        If it has no code, since no codebook.yaml is without.
    """
    if told := [f"{what} ({len(names)}): {', '.join(names[:10])}" for what, names in left.items() if names]:
        warnings.warn(f"{path}: not carried over: {'; '.join(told)}", stacklevel=3)
    codebook = draft(nodes, path.stem).codebook
    if not codebook.facets:
        raise ValueError(f"{path}: there is no code in it")
    return codebook


def _ordered(entries: list[_Entry], fields: Fields, name: str) -> list[_Entry]:
    """Facets, families or codes in the order that a field lists; what it does not list stands last."""
    order = {entry: number for number, entry in enumerate(_list(fields, name))}
    return sorted(entries, key=lambda entry: order.get(entry.id, len(order)))


def _walk(nodes: Iterable[Node], parent: str) -> Iterator[tuple[str, Node]]:
    """Every node below, each with the id of the family it stands under."""
    for node in nodes:
        yield parent, node
        own = read_headings(node.description, {*_FAMILY, *_CODE})
        yield from _walk(node.below, _text(own, "family") if _is_family(own) else parent)


def _is_family(fields: Fields) -> bool:
    return bool(fields.get("family") and not fields.get("code"))


def _themes(nodes: list[Node], names: _Ids, codes: dict[str, str]) -> Facet:
    families: list[Family] = []
    found: list[Code] = []
    grouped = any(node.below for node in nodes)
    for top in nodes:
        family = names.free(top, "") if grouped else ""
        if family:
            families.append(Family(family, bilingual(top.name, top.name)))
        if top.codable or not top.below:
            codes[top.key] = family or names.free(top, "")
            found.append(_new_code(top, codes[top.key], family))
        for _, inner in _walk(top.below, family):
            codes[inner.key] = names.free(inner, family)
            found.append(_new_code(inner, codes[inner.key], family))
    label = bilingual("Tema", "Theme")
    question = bilingual("Tema apa yang disebut bagian teks ini?", "Which theme does this part of the text name?")
    return Facet(THEMES, label, question, "multiple", tuple(found), tuple(families))


class _Ids:
    """Ids for codes that have none: the name, led by the family's where a name stands in several places."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        every = [node for _, node in _walk(nodes, "")]
        self.often = Counter(_id(node.name).casefold() for node in every)
        entries = [read_headings(node.description, {*_FAMILY, *_CODE}) for node in every]
        self.names = Names(_text(entry, "code") for entry in entries if entry.get("code"))

    def free(self, node: Node, family: str) -> str:
        own = _id(node.name)
        is_taken = self.often[own.casefold()] > 1 or folded_name(own) in self.names.taken
        return self.names.free(f"{family}.{own}" if family and is_taken else own)


def _id(name: str) -> str:
    letters = "".join(letter if letter.isprintable() else " " for letter in name)
    return re.sub(r"[\s;,]+", "-", letters.strip(" ;,")) or "code"


def _new_code(node: Node, name: str, family: str) -> Code:
    written = one_line(node.name)
    full = node.description.strip()
    return Code(
        id=name, label=bilingual(written or name, written or name), brief=dict(UNWRITTEN), full=bilingual(full, full) if full else dict(UNWRITTEN),
        when_to_use=dict(UNWRITTEN), when_not_to_use=dict(UNWRITTEN), example=dict(UNWRITTEN), origin="data", kind="imported",
        since="0.1", parent=family,
    )  # fmt: skip


def _read_code(entry: Fields) -> Code:
    words = {name: _words(entry, name) for name in _WORDS}
    texts = {name: _text(entry, name) for name in _TEXTS}
    lists = {name: _list(entry, name) for name in _LISTS}
    lists["indicators"] += lists["weak"]
    texts["origin"] = texts["origin"] if texts["origin"] in ("theory", "data") else "data"
    left_out = _words(entry, "left_out") if entry.get("left_out") else None
    made: dict[str, Any] = {"id": _text(entry, "code"), **words, **texts, **lists, "left_out": left_out}
    return Code(**made | {"kind": texts["kind"] or "imported", "since": texts["since"] or "0.1"})


def _read_family(entry: Fields) -> Family:
    return Family(_text(entry, "family"), _words(entry, "label"), _list(entry, "headings"), _text(entry, "note"))


def _read_facet(entry: Fields) -> Facet:
    given = entry.get("context")
    inner = given if isinstance(given, dict) else {}
    sources, cues, prevail = (_list(inner, name) for name in ("sources", "cues", "prevail"))
    context = Context(sources, cues, prevail, _text(inner, "several")) if inner else None
    scale = _text(entry, "scale") or "multiple"
    label, question = _words(entry, "label"), _words(entry, "question")
    bodies, participants = _list(entry, "bodies"), _list(entry, "participants")
    return Facet(_text(entry, "facet"), label, question, scale, (), (), bodies, context, participants)


def _with_codes(facet: Facet, families: list[Family], codes: list[Code]) -> Facet:
    if facet.context and facet.scale != "multiple":
        rest = {*facet.context.prevail, facet.context.several}
        codes = [replace(code, residual=code.id in rest) for code in codes]
    known = {family.id for family in families}
    if families and any(code.parent not in known for code in codes):  # put beside the families, in another program
        families = [*families, Family(_UNPLACED, bilingual("Belum ditempatkan", "Not placed yet"))]
        codes = [code if code.parent in known else replace(code, parent=_UNPLACED) for code in codes]
    return replace(facet, families=tuple(families), codes=tuple(codes))


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name, "")
    return value if isinstance(value, str) else ""


def _list(fields: Fields, name: str) -> tuple[str, ...]:
    value = fields.get(name, [])
    lines = value if isinstance(value, list) else value.split("\n") if isinstance(value, str) else []
    return tuple(line for line in lines if isinstance(line, str) and line.strip())


def _words(fields: Fields, name: str) -> Words:
    return _both(fields.get(name))


def _both(value: object) -> Words:
    """A text in both languages; where one is missing it says so."""
    if isinstance(value, str) and value:  # a heading whose language someone took away
        return bilingual(value, value)
    given = value if isinstance(value, dict) else {}
    return {language: _text(given, language) or words for language, words in UNWRITTEN.items()}
