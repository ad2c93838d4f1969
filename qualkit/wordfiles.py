"""A .docx, .odt or .rtf file goes in; its text comes out, a paragraph per block, with what was found and what did not come along."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from qualkit.archives import open_archive, part
from qualkit.original import Original, proper, properties

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAME_AGAIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_EDGES = tuple(f"{{urn:oasis:names:tc:opendocument:xmlns:style:1.0}}{name}" for name in ("header", "footer"))
_DC = "{http://purl.org/dc/elements/1.1/}"

Node = Any  # an element of lxml or of xml.etree: both have tag, text, tail, get and iteration over children


def read_docx(content: bytes) -> Original:
    """A Word file: paragraphs, tables (cells set apart by tabs), text boxes and notes; text that is marked as deleted is not text."""
    import docx
    from docx.oxml import parse_xml

    archive = open_archive(content)
    part(archive, "word/document.xml")
    try:
        document = docx.Document(io.BytesIO(content))
    except Exception as error:  # python-docx has no exception of its own for a file that Word would not open either
        raise ValueError(f"the file cannot be opened as a Word document ({error})") from None
    notes: list[str] = []
    counts: Counter[str] = Counter()
    numbers: dict[str, int] = {}
    blocks = list(_word_blocks(document.element.body, counts, numbers))
    for name in ("footnotes", "endnotes"):
        if f"word/{name}.xml" in archive.namelist():
            for note in parse_xml(part(archive, f"word/{name}.xml")):
                if number := numbers.get(f"{name[:-1]} {note.get(_W + 'id')}"):
                    blocks.append(f"[{number}] " + " ".join(_word_blocks(note, counts, {})))
    for name in archive.namelist():
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
            words = " / ".join(_word_blocks(parse_xml(part(archive, name)), Counter(), {}))
            if words:
                notes.append(f"not carried over: the {name[5:11]} '{words[:60]}'")
        elif name == "word/comments.xml":
            counts["comment"] = sum(1 for _ in parse_xml(part(archive, name)))
    if counts["deleted"]:
        notes.append(f"tracked changes: the text as it reads when all are accepted; {counts['deleted']} deletions left out")
    core = document.core_properties
    author = "" if core.author == "python-docx" else core.author  # the name of a program
    found = {"title": core.title, "author": author, "language": (core.language or "")[:2].lower()}
    return _original(blocks, found, notes, counts, "comment", "picture")


def _word_blocks(element: Node, counts: Counter[str], numbers: dict[str, int]) -> Iterator[str]:
    """The paragraphs below an element, each row of a table as one."""
    for child in element:
        if child.tag == _W + "p":
            line: list[str] = []
            boxes: list[str] = []
            _word_line(child, line, boxes, counts, numbers)
            yield from filter(None, ["".join(line).strip(" \t\n"), *boxes])
        elif child.tag == _W + "tr":
            row = [" ".join(_word_blocks(cell, counts, numbers)) for cell in child.iter(_W + "tc")]
            yield from filter(None, ["\t".join(row).strip()])
        elif isinstance(child.tag, str) and child.tag != _SAME_AGAIN:
            yield from _word_blocks(child, counts, numbers)


_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def _word_line(element: Node, line: list[str], boxes: list[str], counts: Counter[str], numbers: dict[str, int]) -> None:
    for child in element:
        if not isinstance(child.tag, str) or child.tag == _SAME_AGAIN:
            continue
        name = child.tag.removeprefix(_W)
        if name == "t":
            line.append(child.text or "")
        elif name in _SIGNS:
            line.append("\f" if child.get(_W + "type") == "page" else _SIGNS[name])
        elif name in ("footnoteReference", "endnoteReference"):
            number = numbers.setdefault(f"{name.removesuffix('Reference')} {child.get(_W + 'id')}", len(numbers) + 1)
            line.append(f"[{number}]")
        elif name in ("del", "moveFrom"):
            counts["deleted"] += 1
        elif name == "txbxContent":
            boxes.extend(_word_blocks(child, counts, numbers))
        elif name != "pPr":
            counts["picture"] += child.tag in _PICTURES
            _word_line(child, line, boxes, counts, numbers)


def read_odt(content: bytes) -> Original:
    """An OpenDocument text (LibreOffice): paragraphs, headings, lists, tables (cells set apart by tabs) and notes."""
    from defusedxml.ElementTree import ParseError, fromstring

    archive = open_archive(content)
    try:
        body = fromstring(part(archive, "content.xml"), forbid_dtd=True).find(f"{_OFFICE}body/{_OFFICE}text")
        meta, styles = (fromstring(part(archive, name) if name in archive.namelist() else b"<none/>", forbid_dtd=True)
                        for name in ("meta.xml", "styles.xml"))  # fmt: skip
    except ParseError as error:
        raise ValueError(f"the file is damaged ({error})") from None
    if body is None:
        raise ValueError("the file is no text document of LibreOffice (.odt)")
    counts: Counter[str] = Counter()
    after: list[str] = []
    blocks = [*_odt_blocks(body, counts, after), *after]
    counts["running head"] = sum(
        element.tag in _EDGES and bool("".join(element.itertext()).strip()) for element in styles.iter()
    )

    def known(name: str) -> str:
        return meta.findtext(f".//{name}") or ""

    found = {"title": known(_DC + "title"), "author": known(_META + "initial-creator") or known(_DC + "creator")}
    found["language"] = known(_DC + "language")[:2].lower()
    return _original(blocks, found, [], counts, "comment", "picture", "deleted passage", "running head")


_ODT_SIGNS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}


def _odt_blocks(element: Node, counts: Counter[str], after: list[str]) -> Iterator[str]:
    for child in element:
        if child.tag in (_TEXT + "p", _TEXT + "h"):
            boxes: list[str] = []
            yield from filter(None, ["".join(_odt_line(child, counts, after, boxes)).strip(), *boxes])
        elif child.tag == _TABLE + "table-row":
            row = [" ".join(_odt_blocks(cell, counts, after)) for cell in child if cell.tag == _TABLE + "table-cell"]
            yield from filter(None, ["\t".join(row).strip()])
        elif child.tag == _TEXT + "tracked-changes":
            counts["deleted passage"] += sum(1 for _ in child.iter(_TEXT + "deletion"))
        else:
            yield from _odt_blocks(child, counts, after)


def _odt_line(element: Node, counts: Counter[str], after: list[str], boxes: list[str]) -> Iterator[str]:
    # A run of white space in the file is one blank; what is meant to be more stands there as an element.
    yield re.sub(r"\s+", " ", element.text or "")
    for child in element:
        name = child.tag.removeprefix(_TEXT)
        if name == "s":
            yield " " * min(100, int(child.get(_TEXT + "c") or 1))
        elif name in _ODT_SIGNS:
            yield _ODT_SIGNS[name]
        elif name == "note":
            after.append("")
            number = len(after)
            yield f"[{number}]"
            body = child.find(_TEXT + "note-body")
            after[number - 1] = f"[{number}] " + " ".join(_odt_blocks(() if body is None else body, counts, after))
        elif child.tag == _OFFICE + "annotation":
            counts["comment"] += 1
        elif child.tag == _DRAW + "text-box":
            boxes.extend(_odt_blocks(child, counts, after))
        else:
            counts["picture"] += child.tag == _DRAW + "image"
            yield from _odt_line(child, counts, after, boxes)
        yield re.sub(r"\s+", " ", child.tail or "")


def read_rtf(content: bytes) -> Original:
    """A file in Rich Text Format: paragraphs and tables (cells set apart by tabs)."""
    from striprtf.striprtf import rtf_to_text

    if not content.lstrip().startswith(b"{\\rtf"):
        raise ValueError("the file is not Rich Text Format, whatever its name says")
    page = re.search(rb"\\ansicpg(\d+)", content[:2000])
    encoding = f"cp{page[1].decode()}" if page and int(page[1]) else "cp1252"
    try:
        # Letters above 127 are written as \'e9 or \u233; some programs write them as they are.
        text = rtf_to_text(content.decode(encoding), encoding=encoding, errors="strict")
    except (ValueError, LookupError, IndexError) as error:
        raise ValueError(f"the file cannot be read as Rich Text Format ({error}); save it as .docx") from None
    lines = [re.sub(r"\|(?=[^|]*\|)", "\t", line).rstrip("|") if line.endswith("|") else line for line in text.split("\n")]
    counts = Counter({"picture": content.count(b"\\pict"), "footnote": content.count(b"{\\footnote")})
    counts["running head"] = len(re.findall(rb"\{\\(?:header|footer)[lrf]?\b", content))
    known = re.findall(rb"\{\\(title|author) ([^{}\\]*)\}", content[:20_000])
    found = {name.decode(): words.decode(encoding, "replace").strip() for name, words in known}
    blocks = [line.strip() for line in lines if line.strip()]
    return _original(blocks, found, [], counts, "picture", "footnote", "running head")


def _original(blocks: list[str], known: dict[str, Any], notes: list[str], counts: Counter[str], *lost: str) -> Original:
    left = [f"{counts[name]} {name}{'s' if counts[name] > 1 else ''}" for name in lost if counts[name]]
    if left:
        notes.append(f"not carried over: {', '.join(left)}")
    return Original(proper("\n\n".join(blocks) + "\n"), *properties(known), tuple(notes))


READERS: dict[str, Callable[[bytes], Original]] = {".docx": read_docx, ".odt": read_odt, ".rtf": read_rtf}
