"""Named fields go in; a text with a heading over each comes out, which people read, other programs keep, and this reads back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

Fields = dict[str, Any]  # texts, lists of texts, fields again, lists of fields

_HEADING = re.compile(r"\[([\w -]+(?:: [\w -]+)*)\]")
_MARKED = re.compile(r"\\|\[|- ")  # how a line of a text must not begin unless it is marked as one


def with_headings(fields: Fields) -> str:
    """The fields as text: `[name]` or `[name: part]` on a line of its own, the value below it, lists as lines that begin with "- ".

    Empty fields are left out. A line of a value that looks like a heading or a list is marked with a backslash.

    >>> print(with_headings({"label": {"id": "Guru", "en": "Teachers"}, "roots": ["ajar", "didik"], "since": "1.0"}))
    [label: id]
    Guru
    [label: en]
    Teachers
    [roots]
    - ajar
    - didik
    [since]
    1.0
    """
    return "\n".join(_lines(fields, ()))


def read_headings(text: str, names: Iterable[str]) -> Fields:
    """The fields of a text that `with_headings` made; an empty result where it does not begin with a heading of these names.

    What people added stays with the field it stands under; blank lines at the end of a value do not count.

    >>> read_headings("[label: id]\\nGuru\\n\\n[roots]\\n- ajar\\n- didik\\n", ["label", "roots"])
    {'label': {'id': 'Guru'}, 'roots': ['ajar', 'didik']}
    >>> read_headings("Guru dan dosen.", ["label"])
    {}
    """
    known = {name.replace("_", " ") for name in names}
    parts: list[tuple[list[str], list[str]]] = []
    for line in text.strip("\r\n").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        heading = _HEADING.fullmatch(line.rstrip())
        if heading and heading[1].split(": ")[0] in known:
            parts.append((heading[1].split(": "), []))
        elif parts:
            parts[-1][1].append(line)
        else:
            return {}
    fields: Fields = {}
    for path, lines in parts:
        _put(fields, path, _value(lines))
    return {name: _listed(value) for name, value in fields.items()}


def _lines(value: Any, path: tuple[str, ...]) -> list[str]:
    if not value:
        return []
    if isinstance(value, dict):
        return [line for name, inner in value.items() for line in _lines(inner, (*path, str(name).replace("_", " ")))]
    head = f"[{': '.join(path)}]"
    if isinstance(value, str):
        return [head, *("\\" + line if _MARKED.match(line) else line for line in value.split("\n"))]
    if isinstance(value[0], str):
        return [head, *("- " + item.replace("\\", "\\\\").replace("\n", "\\n") for item in value)]
    return [line for number, inner in enumerate(value, 1) for line in _lines(inner, (*path, str(number)))]


def _value(lines: list[str]) -> str | list[str]:
    while lines and not lines[-1].strip():
        lines.pop()
    if lines and all(line.startswith("- ") for line in lines):
        return [re.sub(r"\\([\\n])", lambda found: "\n" if found[1] == "n" else "\\", line[2:]) for line in lines]
    return "\n".join(line.removeprefix("\\") for line in lines)


def _put(fields: Fields, path: list[str], value: str | list[str]) -> None:
    for name in path[:-1]:
        inner = fields.get(name.replace(" ", "_"))
        if not isinstance(inner, dict):
            inner = fields[name.replace(" ", "_")] = {}
        fields = inner
    fields[path[-1].replace(" ", "_")] = value


def _listed(value: Any) -> Any:
    """Fields that are named by numbers as a list of fields."""
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(field) for name, field in value.items()}
    return list(inner.values()) if all(name.isdecimal() for name in inner) else inner
