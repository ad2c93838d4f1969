"""What reading and writing REFI-QDA share: names that never change go in, guids come out; a tree of codes, elements, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import pandas as pd

from qualkit.codebook import Codebook
from qualkit.drafts import Node, tree
from qualkit.tables import printable
from qualkit.xmltree import kind, named

CODEBOOK, PROJECT = "urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0"
ORIGIN = "qualkit"
# Of the note that holds what the format has no place for.
LEDGER_COLUMNS = ("coding", "segment", "created", "codebook", "quote")
STATEMENT_FIELDS = ("statement", "text_id", "text_en", "date", "date_certainty", "voice", "note")
MEMO_FIELDS = ("memo", "kind", "title", "author", "date", "about")
# Told apart by colour-blind readers as well (Okabe and Ito).
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#F0E442", "#999999")


def guid(what: str, *names: object) -> str:
    """The same for the same thing whenever a study is written, so that programs know it again.

    >>> guid("code", "DIK.GURU") == guid("code", "DIK.GURU") != guid("code", "DIK.PT")
    True
    """
    return str(uuid5(NAMESPACE_URL, "\n".join(["qualkit", what, *map(str, names)])))


def coding_guid(row: dict[str, Any]) -> str:
    """That of a coding: it is the same as long as coder, code and place are."""
    return guid("coding", row["document"], row["start"], row["end"], row["code"], row["coder"])


class Left(dict[str, list[str]]):
    """What was not carried over: by kind, what each thing is called."""

    def note(self, what: str, *names: str) -> None:
        if names:
            self.setdefault(what, []).extend(names)

    def table(self) -> pd.DataFrame:
        """One row per kind of thing: how many there are, and what they are called."""
        rows = [(kind, len(names), "; ".join(names)) for kind, names in self.items()]
        return pd.DataFrame(rows, columns=["kind", "count", "names"])


def xml_bytes(root: Element) -> bytes:
    indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8", xml_declaration=False) + b"\n"


def described(parent: Element, text: str) -> None:
    if text:
        SubElement(parent, "Description").text = printable(text)


def refer(parent: Element, kind: str, targets: Iterable[str]) -> None:
    for target in targets:
        SubElement(parent, kind, {"targetGUID": target})


def add_codes(root: Element, codebook: Codebook, about: dict[str, list[str]]) -> None:
    codes = SubElement(root, "Codes")
    for number, facet in enumerate(tree(codebook)):
        _add_code(codes, facet, _COLOURS[number % len(_COLOURS)], about)


def _add_code(parent: Element, node: Node, colour: str, about: dict[str, list[str]]) -> None:
    known = {"guid": guid(*node.key.split(":", 1)), "name": printable(node.name), "isCodable": str(node.codable).lower()}
    code = SubElement(parent, "Code", {**known, "color": colour})
    described(code, node.description)
    refer(code, "NoteRef", about.get(node.key, []))
    for number, below in enumerate(node.below):
        _add_code(code, below, _COLOURS[number % len(_COLOURS)] if below.below else colour, about)


def key_of(written: str | None) -> str:
    """A guid as this module compares them: small letters, no braces."""
    return (written or "").strip().strip("{}").lower()


def target_of(element: Element | None) -> str:
    return key_of(element.get("targetGUID")) if element is not None else ""


def nodes_of(codes: Iterable[Element]) -> tuple[Node, ...]:
    return tuple(
        Node(
            key_of(code.get("guid")),
            (code.get("name") or "").strip(),
            description_of(code),
            code.get("isCodable", "true").strip() in ("true", "1"),
            nodes_of(named(code, "Code")),
        )
        for code in codes
    )


def description_of(element: Element) -> str:
    """What is written about an element; white space alone says nothing."""
    return "\n\n".join(found.text for found in named(element, "Description") if found.text and found.text.strip())


def coloured(root: Element) -> list[str]:
    """The names of coloured codes; those qualkit gave are not worth a word."""
    if root.get("origin") == ORIGIN:
        return []
    return [code.get("name", "") for code in root.iter() if kind(code) == "Code" and code.get("color")]
