"""A .docx, .odt or .rtf file goes in; its text comes out, a paragraph per block, with what was found and what did not come along."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from qualkit.archives import open_archive, part
from qualkit.original import Original, proper, properties
from qualkit.tables import number_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAME_AGAIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_EQUATION = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_OLE = b"\xd0\xcf\x11\xe0"  # how files of Word begin that are older than 2007, or locked
_STRICT = b"http://purl.oclc.org/ooxml/"  # stands in a file of the strict kind
_HIDDEN = "hidden passage"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_EDGES = tuple(_STYLE + name for name in ("header", "footer"))
_DC = "{http://purl.org/dc/elements/1.1/}"

Node = Any  # an element of lxml or of xml.etree: both have tag, text, tail, get and iteration over children


def read_docx(content: bytes) -> Original:
    """A Word file: paragraphs, tables (cells set apart by tabs), text boxes and notes; text that is marked as deleted is not text.

    Raises
    ------
    ValueError
        If it is no Word file, is locked by a password, damaged, or of a kind that cannot be read.
    """
    if content.startswith(_OLE):
        raise ValueError(
            "the file is locked by a password, or was written by a Word older than 2007. Open it in Word and save it as"
            " 'Word Document (.docx)', without a password"
        )
    archive = open_archive(content)
    part(archive, "[Content_Types].xml")
    strict = ("_rels/.rels", "word/document.xml")
    if any(_STRICT in part(archive, name) for name in strict if name in archive.namelist()):
        raise ValueError("the file is a 'Strict Open XML Document'; save it in Word as 'Word Document (.docx)'")
    try:
        return _word(content)
    except Exception as error:  # a damaged part raises whatever the code that stumbles over it does
        raise ValueError(f"the file cannot be opened as a Word document ({error}); save it anew from Word") from None


def _word(content: bytes) -> Original:
    import docx
    from docx.oxml import parse_xml

    document = docx.Document(io.BytesIO(content))
    notes: list[str] = []
    counts: Counter[str] = Counter()
    numbers: dict[str, int] = {}
    blocks = list(_word_blocks(document.element.body, counts, numbers))
    linked = [link for link in document.part.rels.values() if not link.is_external]
    parts = [(link.reltype.rpartition("/")[2], link.target_part.blob) for link in linked]
    for kind in ("footnote", "endnote"):
        for note in (note for name, xml in parts if name == f"{kind}s" for note in parse_xml(xml)):
            if mark := numbers.pop(f"{kind} {note.get(_W + 'id')}", 0):
                blocks.append(f"[{mark}] " + " ".join(_word_blocks(note, counts, {})))
    counts["footnote"] = len(numbers)  # marks whose note the file does not have
    for name, xml in parts:
        if name in ("header", "footer"):
            words = " / ".join(_word_blocks(parse_xml(xml), Counter(), {}))
            if words:
                notes.append(f"not carried over: the {name} '{words[:60]}'")
        elif name == "comments":
            counts["comment"] = sum(1 for _ in parse_xml(xml))
    if counts["deleted"]:
        notes.append(f"tracked changes: the text as it reads when all are accepted; passages left out: {counts['deleted']}")
    listing = {style.get(_W + "styleId") for style in document.styles.element if style.find(f".//{_W}numPr") is not None}
    for paragraph in document.element.body.iter(_W + "p"):
        own, style = (paragraph.find(f"{_W}pPr/{_W}{name}") for name in ("numPr", "pStyle"))
        number = own.find(_W + "numId") if own is not None else None
        by_style = own is None and style is not None and style.get(_W + "val") in listing
        counts["list mark"] += by_style or (number is not None and number.get(_W + "val") != "0")
    core = document.core_properties
    found = {"title": core.title, "author": core.author, "language": (core.language or "")[:2].lower()}
    lost = ("comment", "picture", "equation", "symbol", "embedded file", "list mark", "footnote")
    return _original(blocks, found, notes, counts, *lost)


def _word_blocks(element: Node, counts: Counter[str], numbers: dict[str, int]) -> Iterator[str]:
    """The paragraphs below an element, each row of a table as one."""
    open_line = ""  # of a paragraph whose end is marked as deleted: the next one goes on with it
    for child in element:
        if child.tag == _W + "p":
            line: list[str] = [open_line]
            boxes: list[str] = []
            _word_line(child, line, boxes, counts, numbers)
            goes_on = child.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None
            open_line = "".join(line) if goes_on else ""
            yield from filter(None, [*([] if goes_on else ["".join(line).strip(" \t\n")]), *boxes])
        elif child.tag == _W + "tr":
            yield from _row(" ".join(_word_blocks(cell, counts, numbers)) for cell in _word_cells(child))
        elif isinstance(child.tag, str) and child.tag != _SAME_AGAIN:
            counts["embedded file"] += child.tag == _W + "altChunk"
            yield from _word_blocks(child, counts, numbers)
    yield from filter(None, [open_line.strip(" \t\n")])


def _word_cells(row: Node) -> Iterator[Node]:
    """The cells of a row itself, also those in a form field; not those of a table within a cell."""
    for child in row:
        if child.tag == _W + "tc":
            yield child
        else:
            yield from _word_cells(child)


def _row(cells: Iterable[str]) -> list[str]:
    """A row of a table as a line, each cell in its place; none where all cells are empty.

    >>> _row(["", "guru", ""]), _row(["", ""])
    (['\\tguru'], [])
    """
    line = "\t".join(cells).rstrip()
    return [line] if line else []


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
        elif name == "vanish":
            counts[_HIDDEN] += child.get(_W + "val") not in ("0", "false")
        elif name != "pPr":
            counts["picture"] += child.tag in _PICTURES
            counts["equation"] += child.tag == _EQUATION
            counts["symbol"] += name == "sym"
            _word_line(child, line, boxes, counts, numbers)


def read_odt(content: bytes) -> Original:
    """An OpenDocument text (LibreOffice): paragraphs, headings, lists, tables (cells set apart by tabs), text boxes and notes.

    Raises
    ------
    ValueError
        If it is no such text, is locked by a password, or damaged.
    """
    from defusedxml.ElementTree import ParseError, fromstring

    archive = open_archive(content)
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in part(archive, "META-INF/manifest.xml"):
        raise ValueError("the file is locked by a password; save it without one")
    try:
        root = fromstring(part(archive, "content.xml"), forbid_dtd=True)
        meta, styles = (fromstring(part(archive, name) if name in archive.namelist() else b"<none/>", forbid_dtd=True)
                        for name in ("meta.xml", "styles.xml"))  # fmt: skip
    except ParseError as error:
        raise ValueError(f"the file is damaged ({error})") from None
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise ValueError("the file is no text document of LibreOffice (.odt)")
    counts: Counter[str] = Counter()
    after: list[str] = []
    blocks = [*_odt_blocks(body, counts, after), *after]
    counts["running head"] = sum(
        element.tag in _EDGES and bool("".join(element.itertext()).strip()) for element in styles.iter()
    )
    unseen = {style.get(_STYLE + "name") for style in root.iter(_STYLE + "style")
              if any(look.get(_TEXT + "display") == "none" for look in style)}  # fmt: skip
    for element in body.iter():
        hides = element.tag in _ODT_HIDING or element.get(_TEXT + "display") == "none"
        counts[_HIDDEN] += hides or element.get(_TEXT + "style-name") in unseen
        counts["embedded object"] += element.tag == _DRAW + "object"
        counts["list mark"] += element.tag == _TEXT + "list-item"

    def known(name: str) -> str:
        return meta.findtext(f".//{name}") or ""

    found = {"title": known(_DC + "title"), "author": known(_META + "initial-creator") or known(_DC + "creator")}
    found["language"] = known(_DC + "language")[:2].lower()
    lost = ("comment", "picture", "embedded object", "deleted passage", "running head", "list mark")
    return _original(blocks, found, [], counts, *lost)


_ODT_HIDING = (_TEXT + "hidden-text", _TEXT + "hidden-paragraph")
_ODT_SIGNS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}


def _odt_blocks(element: Node, counts: Counter[str], after: list[str]) -> Iterator[str]:
    for child in element:
        if child.tag in (_TEXT + "p", _TEXT + "h"):
            boxes: list[str] = []
            yield from filter(None, ["".join(_odt_line(child, counts, after, boxes)).strip(), *boxes])
        elif child.tag == _TABLE + "table-row":
            yield from _row(" ".join(_odt_blocks(cell, counts, after)) for cell in child if cell.tag == _TABLE + "table-cell")
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
            blanks = child.get(_TEXT + "c", "")
            yield " " * (min(100, int(blanks)) if blanks.isdecimal() else 1)
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
        elif child.tag in (_TEXT + "p", _TEXT + "h"):  # in a drawn shape
            boxes.extend(_odt_blocks((child,), counts, after))
        elif child.tag not in (_SVG + "title", _SVG + "desc"):  # what a picture is called and shows
            counts["picture"] += child.tag == _DRAW + "image"
            yield from _odt_line(child, counts, after, boxes)
        yield re.sub(r"\s+", " ", child.tail or "")


_RTF_PAGES = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
# What the reader of RTF would pass over: marks of lists, text boxes, which become paragraphs of their own.
_RTF_SHOWN = ((r"\\(?:listtext|pntext)\b ?", ""), (r"\{\\shp(?:grp)?\s*\{\\\*\\shpinst\b", "{{"), (r"\\shptxt\b", r"\\par"))
_BAR = "\ufdd0"  # stands for | in a text, as the reader of RTF ends the cells of a table with |


def read_rtf(content: bytes) -> Original:
    """A file in Rich Text Format: paragraphs, lists with their marks, and tables (cells set apart by tabs).

    Raises
    ------
    ValueError
        If it is no such file, or damaged.
    """
    from striprtf.striprtf import rtf_to_text

    if not content.lstrip().startswith(b"{\\rtf"):
        raise ValueError("the file is not Rich Text Format, whatever its name says")
    content = _without_pictures(content)
    _check_braces(content)
    page, old = re.search(rb"\\ansicpg(\d+)", content[:2000]), re.match(rb"\s*\{\\rtf\d*\s*\\(mac|pca?)\b", content)
    encoding = f"cp{page[1].decode()}" if page and int(page[1]) else _RTF_PAGES[old[1]] if old else "cp1252"
    try:
        # Letters above 127 are written as \'e9 or \u233; some programs write them as they are.
        written = content.decode(encoding).replace("|", _BAR)
        for pattern, instead in _RTF_SHOWN:
            written = re.sub(pattern, instead, written)
        text = rtf_to_text(written, encoding=encoding, errors="strict")
    except (ValueError, LookupError, IndexError) as error:
        raise ValueError(f"the file cannot be read as Rich Text Format ({error}); save it as .docx") from None
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # signs written as two halves
    text = text.replace("\uf0b7", "\u2022")  # the bullet of the font Symbol
    counts = Counter({"picture": content.count(b"\\pict"), "footnote": content.count(b"{\\footnote")})
    counts["running head"] = len(re.findall(rb"\{\\(?:header|footer)[lrf]?\b", content))
    counts[_HIDDEN] = len(re.findall(rb"\\v(?![a-z\d])", content))
    deleted = len(re.findall(rb"\\deleted(?![a-z\d])", content))
    notes = [f"tracked changes: passages marked as deleted are kept, as if they were not: {deleted}"] if deleted else []
    if boxes := content.count(b"\\shptxt"):
        notes.append(f"text boxes stand where they are fastened, which can be within a sentence: {boxes}")
    known = re.findall(rb"\{\\(title|author) ([^{}\\]*)\}", content[:20_000])
    found = {name.decode(): words.decode(encoding, "replace").strip() for name, words in known}
    blocks = [line.replace("|", "\t").rstrip() if "|" in line else line.strip() for line in text.split("\n")]
    blocks = [line.replace(_BAR, "|") for line in blocks if line.strip()]
    return _original(blocks, found, notes, counts, "picture", "footnote", "running head")


def _without_pictures(content: bytes) -> bytes:
    """The file without the bytes of its pictures, in which braces mean nothing.

    >>> _without_pictures(b"{a\\\\bin3 }}}b}")
    b'{ab}'
    """
    pieces, place = [], 0
    for found in re.finditer(rb"\\bin(\d{1,9}) ?", content):
        if found.start() >= place:
            pieces.append(content[place : found.start()])
            place = found.end() + int(found[1])
    return re.sub(rb"[0-9a-fA-F\r\n]{1000,}", b"", b"".join([*pieces, content[place:]]))


def _check_braces(content: bytes) -> None:
    depth = 0
    for found in re.finditer(rb"\\[\\{}]|([{}])", content):
        depth += {b"{": 1, b"}": -1}.get(found[1], 0)
        if depth == 0 and found[1]:
            if re.search(rb"[^\s\0}]", content[found.end() :]):
                raise ValueError("the file is damaged: it goes on behind the brace that ends it; save it anew, as .docx")
            return
    raise ValueError("the file is cut off, or damaged: the brace that ends it is not there; save it anew, as .docx")


def _original(blocks: list[str], known: dict[str, Any], notes: list[str], counts: Counter[str], *lost: str) -> Original:
    left = [number_of(counts[name], name) for name in lost if counts[name]]
    if counts[_HIDDEN]:
        notes.append(f"text that the program does not show is kept as text; hidden passages: {counts[_HIDDEN]}")
    if left:
        notes.append(f"not carried over: {', '.join(left)}")
    return Original(proper("\n\n".join(blocks) + "\n"), *properties(known), tuple(notes))


READERS: dict[str, Callable[[bytes], Original]] = {".docx": read_docx, ".odt": read_odt, ".rtf": read_rtf}
