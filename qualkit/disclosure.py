"""A file of a study goes in; its words come out, as they can be compared with those of the texts."""

from __future__ import annotations

import html
import io
import json
import re
import struct
import zipfile
from collections.abc import Iterator

import yaml

RUN = 7  # words in a row that a package shares with no text
PACKED = (".docx", ".xlsx")
SEARCHED = (".csv", ".yaml", ".yml", ".md", ".jsonl", ".tex", ".ipynb", ".svg", ".txt", *PACKED)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_APART = re.compile(r"</?(?:\w+:)?(?:p|br|cr|tab|si|c|text|tspan|title|desc|li|td|th|tr|div|h\d)\b[^>]*>")  # words end here
_SAID_BY_A_PICTURE = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")


def runs(text: str) -> Iterator[str]:
    """Every run of seven words of a text, whatever stands between them.

    Invisible signs are read in both ways: as within a word, and as between two.

    >>> list(runs("Satu, dua; tiga_empat (lima) enam\\nTUJUH"))
    ['satu dua tiga empat lima enam tujuh']
    """
    for between in ("", " ") if _INVISIBLE.search(text) else ("",):
        words = re.findall(r"[^\W_]+", _INVISIBLE.sub(between, text).casefold())
        yield from (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def words_of(content: bytes, suffix: str) -> str:
    """The words of a file of one of the kinds that are SEARCHED, those of a Word or Excel file from all its parts.

    Raises
    ------
    ValueError
        If the file cannot be read, or is no text in UTF-8.
    """
    if suffix in PACKED:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
                return " ".join([archive.comment.decode("utf-8", "replace"), *map(_unmarked, parts)])
        except (zipfile.BadZipFile, RuntimeError) as error:
            raise ValueError(str(error)) from None
    if b"\0" in content:
        raise ValueError("it is no text in UTF-8")
    text = content.decode("utf-8")  # UnicodeDecodeError is a ValueError
    if suffix == ".ipynb":
        return " ".join(_strings(json.loads(text)))
    if suffix == ".jsonl":
        return " ".join([text, *(string for line in text.splitlines() for string in _strings(_parsed(line)))])
    if suffix in (".yaml", ".yml"):
        return " ".join([text, *_strings(_written(text))])
    if suffix == ".svg":
        return _unmarked(text)
    if suffix == ".tex":
        return text + " " + re.sub(r"\\[a-zA-Z]+\*?|[{}~]", " ", text.replace(r"\-", ""))
    return text


def silent_picture(content: bytes) -> bytes:
    """A picture (PNG) without what it says of itself in words.

    Raises
    ------
    ValueError
        If it is none.
    """
    kept, at = [content[:8]], 8
    if kept[0] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("it is not the picture (PNG) that its name says")
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        if content[at + 4 : at + 8] not in _SAID_BY_A_PICTURE:
            kept.append(content[at : at + 12 + length])
        is_last = content[at + 4 : at + 8] == b"IEND"
        at += 12 + length
        if is_last:  # nothing belongs to a picture after its end
            break
    return b"".join(kept)


def _unmarked(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", _APART.sub(" ", text)))


def _strings(value: object) -> Iterator[str]:
    """All texts within lists and mappings; that of a cell of a notebook, which is a list of lines, in one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(part, str) for part in value):
        yield "".join(value)
    elif isinstance(value, list | dict):
        for part in value if isinstance(value, list) else [*value, *value.values()]:
            yield from _strings(part)


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return line


def _written(text: str) -> object:
    """What a YAML file says, in which a text may be escaped or folded; all its documents."""
    try:
        return list(yaml.safe_load_all(text))
    except yaml.YAMLError:
        return text
