"""The opened archive of a REFI-QDA project goes in; its tree and its texts come out, with a list of the sources that are no text."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from qualkit.archives import part
from qualkit.counting import Marked, Text
from qualkit.refi import Left, key_of
from qualkit.tables import DEVICE, Names, folded_name
from qualkit.xmltree import kind, named, read_tree

_LARGEST = 20_000_000  # bytes of project.qde; some 60,000 codings
_LONGEST = 100  # bytes of a name, so that a file can have it, with an ending and in any folder
_NOT_CARRIED = {"PictureSource": "pictures", "AudioSource": "audio recordings", "VideoSource": "videos"}


def cut(name: str) -> str:
    """A name that is not too long for a file.

    >>> len(cut("é" * 300).encode())
    100
    """
    return name.encode()[:_LONGEST].decode(errors="ignore").rstrip(" .-")


@dataclass(frozen=True)
class Source:
    """A text of the project: its element, the one that holds the text (of a PDF another), the document it becomes, and its text."""

    element: Element
    held: Element
    document: str
    title: str
    text: Text

    @property
    def parts(self) -> tuple[Element, ...]:
        return (self.element,) if self.held is self.element else (self.element, self.held)

    @property
    def keys(self) -> set[str]:
        """The guids by which cases and links may call it."""
        return {key for key in (key_of(element.get("guid")) for element in self.parts) if key}

    def children(self, name: str) -> Iterator[Element]:
        for element in self.parts:
            yield from named(element, name)

    def selections(self) -> list[tuple[Element, Marked]]:
        found = []
        for element in named(self.held, "PlainTextSelection"):
            try:
                start, end = int(element.get("startPosition", "")), int(element.get("endPosition", ""))
            except ValueError:
                raise ValueError(f"a selection in '{self.title}' has positions that are no whole numbers") from None
            found.append((element, Marked(start, end, element.get("name") or "")))
        return found


class Package:
    """The archive of a project: its tree, and the texts that stand in it."""

    def __init__(self, archive: zipfile.ZipFile, left: Left) -> None:
        self.archive, self.left = archive, left
        self.members: dict[str, str] = {}
        for name in archive.namelist():
            if (first := self.members.setdefault(_bare(name), name)) != name:
                raise ValueError(f"the file holds two parts that programs take for one: '{first}' and '{name}'")
        projects = [name for name in self.members if name.endswith(".qde") and "/" not in name]
        if not projects:
            raise ValueError("not a REFI-QDA project: it holds no project.qde")
        if len(projects) > 1 and "project.qde" not in projects:
            raise ValueError(f"it holds several projects, none of them called project.qde: {', '.join(projects)}")
        name = "project.qde" if "project.qde" in projects else projects[0]
        left.note("further projects in the file", *(self.members[other] for other in projects if other != name))
        info = archive.getinfo(self.members[name])
        if info.file_size > _LARGEST:
            raise ValueError(f"project.qde is larger than {_LARGEST / 1e6:.0f} MB; such projects are not read")
        self.day = "-".join(f"{number:02}" for number in info.date_time[:3])
        self.root = read_tree(part(archive, info.filename), "project.qde")
        if kind(self.root) != "Project":
            raise ValueError(f"not a REFI-QDA project: project.qde begins with '{kind(self.root)}'")

    def sources(self) -> Iterator[Source]:
        """The texts that a study can hold: with a word in them, and each but once. The other sources are noted."""
        names, first = Names(), dict[str, str]()
        for element in (source for sources in named(self.root, "Sources") for source in sources):
            title = element.get("name") or element.get("guid") or "document"
            held = next(named(element, "Representation"), None) if kind(element) == "PDFSource" else element
            self.left.note("areas marked on pages of PDFs", *(title for _ in named(element, "PDFSelection")))
            if kind(element) in _NOT_CARRIED or held is None:
                self.left.note(_NOT_CARRIED.get(kind(element), "PDFs without a text"), title)
                transcripts = (one.get("name") or "(no name)" for one in named(element, "Transcript"))
                self.left.note("transcripts of recordings", *(f"{title}: {name}" for name in transcripts))
                continue
            written = self.text(held)
            if written is None:
                self.left.note("sources whose text is not in the file", title)
                continue
            text = Text(written)
            if not text.plain.strip():
                self.left.note("sources without a word", title)
            elif "\0" in text.plain:
                self.left.note("sources with characters that no text file holds", title)
            elif text.plain in first:
                self.left.note("sources with the text of another", f"{title} (the same as {first[text.plain]})")
            else:
                first[text.plain] = title
                self.left.note("formatting of texts", *([title] if element.get("richTextPath") else []))
                yield Source(element, held, self._name(title, names), title, text)

    def _name(self, title: str, names: Names) -> str:
        whole = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", title)).strip("-.") or "document"
        name = cut(whole)
        self.left.note("names of texts too long for a file (cut)", *([title] if name != whole else []))
        return names.free(f"document-{name}" if DEVICE.fullmatch(name) else name)

    def text(self, element: Element) -> str | None:
        """The text of a source or note, as it stands in the archive; None where it is not there."""
        inline = next(named(element, "PlainTextContent"), None)
        if inline is not None:
            return inline.text or ""
        inside = re.sub(r"^\w+://", "", _bare(element.get("plainTextPath") or "")).lstrip("/")
        name = self.members.get(f"sources/{inside}") or self.members.get(inside)
        if not inside or name is None:
            return None
        content = part(self.archive, name)
        wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        try:
            return ("\ufeff" + content.decode("utf-16")) if wide else content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ValueError(
                f"the text of '{element.get('name')}' is not UTF-8 (byte {error.start}), as the standard asks for"
            ) from None


def _bare(name: str) -> str:
    """The name of a file, as programs agree on it: small letters, no braces, strokes that lean to the right, letters composed."""
    return folded_name(name).replace("\\", "/").replace("{", "").replace("}", "")
