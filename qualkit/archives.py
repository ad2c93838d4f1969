"""A file that is a ZIP archive (.docx, .odt, .xlsx, .qdpx) goes in; it comes out opened, after what is hostile was refused."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath

LARGEST = 100_000_000  # bytes, unpacked, all members together
MOST = 10_000  # members
RATIO = 200  # unpacked to packed; texts and spreadsheets reach 50
_SMALL = 1_000_000  # an empty table may be packed more tightly than that; so much does no harm
_HEAD = 65_536  # what stands before the first element of an XML file is shorter


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive, opened for reading by names.

    Nothing of it is unpacked for that beyond the head of each XML file. The declared sizes are what Python reads at most.

    Raises
    ------
    ValueError
        If it is no archive, is encrypted or damaged, would unpack to more than 100 MB or to more than 200 times its size, holds
        more than 10,000 members, two of one name, links, names that lead out of a folder, or XML with a document type
        (entities can hide there).
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, UnicodeError) as error:
        raise ValueError(f"the file is damaged, or is not what its name says ({error})") from None
    if len(members) > MOST:
        raise ValueError(f"the file holds {len(members)} parts; more than {MOST} are not read")
    size = sum(member.file_size for member in members)
    if size > LARGEST:
        raise ValueError(f"the file would unpack to {size / 1e6:,.0f} MB; more than {LARGEST / 1e6:.0f} MB are not read")
    if size > _SMALL and size > RATIO * max(1, len(content)):
        raise ValueError(
            f"the file would unpack to {size / max(1, len(content)):,.0f} times its size, as only hostile files do"
        )
    seen: set[str] = set()
    for member in members:
        _check_name(member, seen)
    for member in members:
        if re.search(r"\.(?:xml|rels|qde|qdc)$", member.filename, re.IGNORECASE):
            _check_xml(archive, member)
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one member.

    Raises
    ------
    ValueError
        If it is not there or is damaged.
    """
    try:
        return archive.read(name)
    except KeyError:
        raise ValueError(f"the file is not what its name says: it holds no {name}") from None
    except _DAMAGED as error:
        raise ValueError(f"the file is damaged at {name} ({error})") from None


# zlib.error is an Exception of its own; NotImplementedError: a packing that Python does not know; RuntimeError: a password.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


def _check_name(member: zipfile.ZipInfo, seen: set[str]) -> None:
    name = member.filename
    windows = PureWindowsPath(name)
    if windows.anchor or PurePosixPath(name).is_absolute() or ".." in windows.parts or ":" in name or "\0" in name:
        raise ValueError(f"the file holds a part whose name leads elsewhere ('{name}'), as only hostile files do")
    if name.casefold() in seen:
        raise ValueError(f"the file holds two parts called '{name}', as only damaged or hostile files do")
    seen.add(name.casefold())
    if member.flag_bits & 1:
        raise ValueError("the file is locked by a password; save it without one")
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        raise ValueError(f"the file holds a link ('{name}'), as only hostile files do")


def _check_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse a document type before any parser sees it: entities that blow up or read other files are declared there."""
    try:
        with archive.open(member) as file:
            head = file.read(_HEAD)
    except _DAMAGED as error:
        raise ValueError(f"the file is damaged at {member.filename} ({error})") from None
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:4]
    text = head.decode("utf-16" if wide else "utf-8", "replace")
    element = re.search(r"<[^!?\s<]", text)
    prolog = text[: element.start()] if element else text
    encoding = re.search(r"""<\?xml[^>]*encoding\s*=\s*["']([^"']+)""", prolog)
    if "<!DOCTYPE" in prolog or "<!ENTITY" in prolog:
        raise ValueError(f"{member.filename} in the file declares a document type (DOCTYPE), as only hostile files do")
    if not element and len(head) == _HEAD:
        raise ValueError(
            f"{member.filename} in the file begins with {_HEAD} characters that say nothing, as only hostile files do"
        )
    if encoding and encoding[1].lower() not in ("utf-8", "utf-16", "us-ascii", "ascii"):
        raise ValueError(f"{member.filename} in the file is in the encoding '{encoding[1]}'; such files are in UTF-8")
