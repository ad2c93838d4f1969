"""The tree of a REFI-QDA project and its texts go in; the tables of its documents and its cases come out, variables as columns."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

import pandas as pd

from qualkit.corpus import CERTAINTIES
from qualkit.corpus import KINDS as DOCUMENT_KINDS
from qualkit.refi import ORIGIN, Left, description_of, key_of, target_of
from qualkit.refisources import Source
from qualkit.tables import Names, is_day
from qualkit.xmltree import kind, named

_READABLE = ("title", "outlet", "kind", "date", "date_certainty", "date_note", "author", "language", "sha256")
_COLUMNS = ("document", *_READABLE)
_OTHERS = ("text", "file", "line")  # what documents.csv and its readers use besides
_CASE_COLUMNS = ("case_name", "documents")

Values = dict[str, str]  # by guid of a variable


class Variables:
    """The variables of a project, and the tables they are columns of."""

    def __init__(self, root: Element, left: Left) -> None:
        self.root, self.left = root, left
        self.names: dict[str, str] = {}
        for variable in named(root, "Variables", "Variable"):
            name = variable.get("name") or "variable"
            self.names[key_of(variable.get("guid"))] = name
            type_of = variable.get("typeOfVariable") or "Text"
            left.note("types of variables (all are text here)", *([f"{name}: {type_of}"] if type_of != "Text" else []))
            left.note("descriptions of variables", *([f"{name}: {said}"] if (said := description_of(variable)) else []))

    def documents(self, sources: list[Source]) -> pd.DataFrame:
        """One row per text, as `read_corpus` returns them."""
        own = [self._values(source.parts, source.title) for source in sources]
        cases = [(self._values([case], ""), _targets(case)) for case in named(self.root, "Cases", "Case")]
        only_cases = {key for values, _ in cases for key in values} - {key for values in own for key in values}
        columns = self._columns(_READABLE, (*_COLUMNS, *_OTHERS))
        rows = []
        for source, values in zip(sources, own, strict=True):
            row = dict.fromkeys(_COLUMNS, "") | {columns[key]: "" for key in self.names if key not in only_cases}
            row |= self._inherited([found for found, targets in cases if targets & source.keys], columns, values, source)
            row |= {columns[key]: value for key, value in values.items()}
            rows.append(self._document(row, source))
        table = pd.DataFrame(rows, columns=None if rows else [*_COLUMNS])
        return table.assign(text=[source.text.plain for source in sources])

    def cases(self, sources: list[Source]) -> pd.DataFrame:
        """One row per case: its documents and its variables."""
        columns = self._columns((), _CASE_COLUMNS)
        rows = []
        for case in named(self.root, "Cases", "Case"):
            name = case.get("name") or case.get("guid") or ""
            self.left.note("passages that make up cases", *(name for _ in named(case, "SelectionRef")))
            members = [source.document for source in sources if _targets(case) & source.keys]
            self.left.note("codes of cases", *(name for _ in named(case, "CodeRef")))
            self.left.note("descriptions of cases", *([f"{name}: {said}"] if (said := description_of(case)) else []))
            values = {columns[key]: value for key, value in self._values([case], name).items()}
            rows.append(dict(zip(_CASE_COLUMNS, (name, "; ".join(members)), strict=True)) | values)
        return pd.DataFrame(rows, columns=None if rows else [*_CASE_COLUMNS]).fillna("")

    def _values(self, elements: Iterable[Element], where: str) -> Values:
        """What elements say in each variable."""
        values: Values = {}
        for held in (held for element in elements for held in named(element, "VariableValue")):
            key = target_of(next(named(held, "VariableRef"), None))
            for value in (written.text.strip() for written in held if kind(written) != "VariableRef" and written.text):
                if key in self.names:
                    values[key] = f"{values[key]}; {value}" if key in values else value
                elif where:
                    self.left.note("values of variables that are not there", f"{where}: {value}")
        return values

    def _columns(self, readable: Iterable[str], reserved: Iterable[str]) -> dict[str, str]:
        """The column of each variable; where it means something else, or is another's, the name gets a stroke or a number."""
        open_ones, names, columns = set(readable), Names(reserved), dict[str, str]()
        for key, name in self.names.items():
            if name.casefold() in open_ones:
                columns[key] = name.casefold()
                open_ones.remove(name.casefold())
            else:
                columns[key] = names.free(f"{name}_" if name.casefold() in reserved else name)
        changed = (
            f"{name} -> {columns[key]}" for key, name in self.names.items() if columns[key].casefold() != name.casefold()
        )
        self.left.note("names of variables that mean something else here (changed)", *changed)
        return columns

    def _inherited(self, cases: list[Values], columns: Values, own: Values, source: Source) -> dict[str, str]:
        """What the cases of a text say in the columns that every study has, where they agree."""
        found: dict[str, list[str]] = {}
        for key, value in ((key, value) for values in cases for key, value in values.items()):
            if columns[key] in _READABLE and key not in own:
                found.setdefault(columns[key], []).append(value)
        differ = {name: list(dict.fromkeys(values)) for name, values in found.items() if len(set(values)) > 1}
        told = (f"{source.document}: {name} is {' or '.join(values)}" for name, values in differ.items())
        self.left.note("variables whose values differ between the cases of a text (left empty)", *told)
        return {name: values[0] for name, values in found.items() if name not in differ}

    def _document(self, row: dict[str, str], source: Source) -> dict[str, str]:
        said = "\n\n".join(filter(None, map(description_of, source.parts)))
        self.left.note("descriptions of texts", *([f"{source.title}: {said}"] if said else []))
        row["document"] = source.document
        if not row["title"] and self.root.get("origin") != ORIGIN:
            row["title"] = source.title
        checksum = hashlib.sha256(source.text.plain.encode()).hexdigest()
        if (
            row["sha256"] not in ("", checksum) and self.root.get("origin") != ORIGIN
        ):  # that of qualkit is of the text as it was
            self.left.note("checksums that are not those of the texts", f"{source.document}: {row['sha256']}")
        row["sha256"] = checksum
        if row["kind"] not in DOCUMENT_KINDS:
            what = "kinds of documents that are not known (taken as 'other')"
            self.left.note(what, f"{source.document}: {row['kind'] or '(none)'}")
            row["kind"] = "other"
        if row["date"]:
            row |= _dated(row["date"], row["date_note"])
        if row["date_certainty"] not in CERTAINTIES:
            row["date_certainty"] = "given" if row["date"] else "unknown"
        return row


def _dated(written: str, note: str) -> dict[str, str]:
    """The columns of a date: the day of a time, which is told unless it is midnight; none where it is no date."""
    moment = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(?P<hour>[\d:.]+)(Z|[+-][\d:]+)?", written)
    day = moment[1] if moment else written
    if not (re.fullmatch(r"\d{4}(-\d\d){0,2}", day) and is_day(f"{day}-01-01"[:10])):
        return {"date": "", "date_certainty": "unknown", "date_note": f"the project says {written}"}
    if moment and moment["hour"].strip("0:."):
        return {"date": day, "date_note": note or f"the project says {written}"}
    return {"date": day}


def _targets(case: Element) -> set[str]:
    return {target_of(reference) for reference in named(case, "SourceRef")}
