"""The bytes of an XML file from elsewhere go in; its tree comes out, after what is hostile was refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

_DEEPEST = 100  # codes stand below codes; nobody has so many levels
_MOST = 200_000  # elements
_LONGEST = 2**21  # bytes of one tag, whose attributes hold the words of a selection at most
_PIECE = 2**19  # bytes; an unfinished tag is read anew with each piece


class _Builder(TreeBuilder):
    """Builds a tree, and stops where it grows as no file written by a program for researchers does."""

    depth = number = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        self.number += 1
        if self.depth > _DEEPEST:
            raise ValueError(f"nested more than {_DEEPEST} levels deep, as only hostile files are")
        if self.number > _MOST:
            raise ValueError(f"more than {_MOST:,} elements are not read")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def read_tree(content: bytes, what: str) -> Element:
    """The root of the tree. Names of elements keep their namespace; `named` looks past it.

    Raises
    ------
    ValueError
        If it is no XML, declares a document type or entities (also those that read other files), is nested more than 100 levels
        deep, holds more than 200,000 elements or a tag of more than 2 MB; the message begins with `what`.

    >>> read_tree(b"<Project name='Studi'/>", "project.qde").get("name")
    'Studi'
    """
    parser: Any = DefusedXMLParser(target=_Builder(), forbid_dtd=True)
    try:
        if content.count(b"</") + content.count(b"/>") > _MOST:  # before a tree of so many is built
            raise ValueError(f"more than {_MOST:,} elements are not read")
        for at in range(0, len(content), _PIECE):
            parser.feed(content[at : at + _PIECE])
            if at + _PIECE - parser.parser.CurrentByteIndex > _LONGEST:
                raise ValueError(f"a tag of more than {_LONGEST / 2**20:.0f} MB, as only hostile files have")
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise ValueError(
            f"{what}: declares a document type or entities, as only hostile files do ({type(error).__name__})"
        ) from None
    except (ParseError, LookupError, UnicodeError) as error:  # LookupError: an encoding nobody knows
        raise ValueError(f"{what}: not readable as XML ({error})") from None
    except ValueError as error:
        raise ValueError(f"{what}: {error}") from None
    return root


def kind(element: Element) -> str:
    """What an element is called, without its namespace."""
    return element.tag.rpartition("}")[2]


def named(element: Element | None, *path: str) -> Iterator[Element]:
    """The elements reached by a path of names from an element, whatever their namespace; none where there is no element."""
    found = [] if element is None else [element]
    for name in path:
        found = [child for parent in found for child in parent if kind(child) == name]
    return iter(found)
