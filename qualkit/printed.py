"""Matrices and tables go in; what is printed of them comes out, whatever the format: heads, rows of words, notes, references."""

from __future__ import annotations

import itertools
import math
import numbers
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pandas as pd

from qualkit.claims import STATUS_WORDS, TACTICS, WEAKNESSES
from qualkit.codebook import Language, Words
from qualkit.display import printable
from qualkit.indonesian import written_number
from qualkit.matrix import RATINGS, Matrix, locators
from qualkit.tables import is_named, one_line

WORDS: dict[str, dict[str, Any]] = {
    "id": {"table": "Tabel", "figure": "Gambar", "appendix": "Lampiran", "mark": "L", "continued": "lanjutan", "source": "Sumber",
           "places": "Rujukan sel (pernyataan; dokumen: segmen)", "note": "Catatan",
           "empty": "Tabel ini tidak memiliki baris.", "heads": ("Baris", "Kolom", "Pernyataan", "Tempat"), "refer": "Rujukan"},
    "en": {"table": "Table", "figure": "Figure", "appendix": "Appendix", "mark": "A", "continued": "continued", "source": "Source",
           "places": "Cell references (statements; document: segment)", "note": "Note",
           "empty": "This table has no rows.", "heads": ("Row", "Column", "Statements", "Places"), "refer": "References"},
}  # fmt: skip


# The columns of `verify` as heads, and its statuses and weaknesses in Indonesian.
_HEADS: dict[str, Words] = {
    "claim": {"id": "Nomor", "en": "Number"},
    "by": {"id": "Oleh", "en": "By"},
    "text_id": {"id": "Kesimpulan", "en": "Conclusion (Indonesian)"},
    "text_en": {"id": "Kesimpulan (Inggris)", "en": "Conclusion"},
    "recorded": {"id": "Status tercatat", "en": "Recorded"},
    "shown_as": {"id": "Hasil uji", "en": "Shown as"},
    "supporting": {"id": "Pro", "en": "For"},
    "opposing": {"id": "Kontra", "en": "Against"},
    "sources": {"id": "Dokumen", "en": "Documents"},
    "strongest": {"id": "Tahap tertinggi", "en": "Highest status"},
    "tactics": {"id": "Taktik yang diterapkan", "en": "Tactics applied"},
    "generating": {"id": "Taktik penggali makna yang diterapkan", "en": "Tactics for generating meaning, applied"},
    "not_generating": {
        "id": "Taktik penggali makna yang tidak diterapkan",
        "en": "Tactics for generating meaning, not applied",
    },
    "testing": {"id": "Taktik penguji yang diterapkan", "en": "Testing tactics applied"},
    "not_tested": {"id": "Taktik penguji yang tidak diterapkan", "en": "Testing tactics not applied"},
    "rivals": {"id": "Penjelasan tandingan", "en": "Rival explanations"},
    "weaknesses": {"id": "Kelemahan", "en": "Weaknesses"},
}
_INDONESIAN = {
    words["en"].removesuffix(" ({})"): words["id"].removesuffix(" ({})")
    for words in (*STATUS_WORDS.values(), *WEAKNESSES.values())
} | {str(tactic): tactic.names[0] for tactic in TACTICS}
_JUDGED = ("recorded", "shown_as", "tactics", "generating", "not_generating", "testing", "not_tested", "weaknesses")
_SAID = re.compile(rf"(?:^|(?<=; )|(?<=\())({'|'.join(map(re.escape, _INDONESIAN))})(?=$|;| \(|\))")
# An if-then rule: "if row / column >= value and ... then row / column >= value".
_VALUES = {"not found": "tidak ditemukan"} | {value: words["id"] for value, words in RATINGS.items()}
_JOINED = {" and ": " dan ", " then ": " maka "}
_RULE = re.compile(rf"(?<={_INDONESIAN['an if-then rule fails']} )\(if (.+?)\)(?=$|; )")
_VALUE = re.compile(rf"(?<=[<>=] )({'|'.join(_VALUES)}|[0-9]+)({'|'.join(_JOINED)}|$)")


class Label(NamedTuple):
    """What a numbered thing is called: the word, the mark of an appendix, the number, and the name it is referred to by."""

    word: str
    number: int
    mark: str = ""
    name: str = ""

    def __str__(self) -> str:
        return f"{self.word} {self.mark}{self.number}"


class Run(NamedTuple):
    """A stretch of text, italic or not; or, where it has a label, a reference to it."""

    text: str
    italic: bool = False
    label: Label | None = None


@dataclass
class Drawing:
    """A figure as it is printed: its title, what it shows in words, its file, its size in millimetres, its source and grounds."""

    caption: str
    alt: str
    content: bytes
    wide: float
    tall: float
    source: str
    language: Language
    references: Sheet | None = None  # what its cells rest on
    refer: Label | None = None  # the table that holds it

    def under(self) -> list[list[Run]]:
        """What stands under the figure, one paragraph each."""
        return [*([[Run(self.source)]] if self.source else []), *_referring(self.refer, self.language)]


@dataclass
class Sheet:
    """A table as it is printed: heads, rows of words (numbers beside them), families, notes, and what its cells rest on."""

    caption: str
    language: Language
    heads: list[str]
    rows: list[list[str]]
    numeric: list[list[float | None]]
    notes: list[str] = field(default_factory=list)
    groups: dict[int, str] = field(default_factory=dict)  # the family that begins at a row
    family: str | None = None  # what the families are called, where they are a column of the table
    references: Sheet | None = None
    refer: Label | None = None  # the table that holds the references, where they stand elsewhere
    apart: float = 0  # points between the texts of one cell

    @property
    def words(self) -> dict[str, Any]:
        return WORDS[self.language]

    def under(self) -> list[list[Run]]:
        """What stands under the table, one paragraph each."""
        return [*([Run(note)] for note in self.notes), *_referring(self.refer, self.language)]

    def flat(self) -> Sheet:
        """The same with its families as a column, for formats that hold nothing but rows."""
        if self.family is None:
            return self
        begun = [max(at for at in self.groups if at <= number) for number in range(len(self.rows))]
        rows = [[self.groups[at], *row] for at, row in zip(begun, self.rows, strict=True)]
        numeric: list[list[float | None]] = [[None, *row] for row in self.numeric]
        return replace(self, heads=[self.family, *self.heads], rows=rows, numeric=numeric, groups={}, family=None)

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers only."""
        return any(row[column] is not None for row in self.numeric) and all(
            row[column] is not None or not words[column] for row, words in zip(self.numeric, self.rows, strict=True)
        )


def _referring(label: Label | None, language: Language) -> list[list[Run]]:
    """Where it stands what the cells rest on."""
    return [[Run(f"{WORDS[language]['places']}: "), Run("", label=label), Run(".")]] if label else []


def sheet(table: Matrix | pd.DataFrame, caption: str, language: Language, note: str) -> Sheet:
    """The table in words, with its families, notes, sources and, where its cells are numbers or ratings, what they rest on.

    Of a table with an index of several levels the first level names families of rows.
    """
    frame = table.table(language) if isinstance(table, Matrix) else _verified(table, language)
    families: list[str] = []
    if isinstance(frame.index, pd.MultiIndex):
        families = [printable(_printed(value, language)) for value in frame.index.get_level_values(0)]
        head, frame = str(frame.index.names[0] or ""), frame.droplevel(0)
        frame = frame.reset_index() if isinstance(frame.index, pd.MultiIndex) else frame
    if not len(frame.columns):
        raise ValueError("the table has no columns: there is nothing to write")
    indexed = isinstance(table, Matrix) or is_named(frame)
    heads = [*([frame.index.name or ""] if indexed else []), *frame.columns]
    records = [list(record)[0 if indexed else 1 :] for record in frame.itertuples(name=None)]
    made = in_words(caption, language, heads, records)
    if families:
        made.family = one_line(printable(head))
        made.groups = {at: name for at, name in enumerate(families) if not at or name != families[at - 1]}
    if isinstance(table, Matrix):
        _add_grounds(made, table)
    if not records:
        made.notes.append(made.words["empty"])
    if note.strip():
        made.notes.insert(1, one_line(printable(note)))
    return made


def _verified(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """A table of `verify` with heads and judgements in words, names and rules as they are; any other table unchanged."""
    names = {*table.columns, *table.index.names}
    judged = not names.isdisjoint(("text_id", "text_en", "recorded", "shown_as", "supporting", "weaknesses"))
    if "claim" not in names or not judged or not names.isdisjoint(("pattern", "label")):  # patterns have claims, too
        return table
    told = table.copy()
    heads: dict[Any, str] = {name: words[language] for name, words in _HEADS.items()}
    if language == "id":
        for name in {*_JUDGED} & set(table.columns):
            told[name] = [_indonesian(value) for value in table[name]]
    levels = [
        level.map(_indonesian) if language == "id" and level.name in _JUDGED else level
        for level in map(table.index.get_level_values, range(table.index.nlevels))
    ]
    levels = [level.rename(heads.get(level.name, level.name)) for level in levels]
    told.index = levels[0] if len(levels) == 1 else pd.MultiIndex.from_arrays(levels)
    return told.rename(columns=heads)


def _indonesian(value: Any) -> Any:
    """A judgement of `verify` in Indonesian; what else stands there, as it is."""
    if not isinstance(value, str):
        return value
    told = _SAID.sub(lambda found: _INDONESIAN[found[1]], value)
    return _RULE.sub(lambda rule: f"(jika {_VALUE.sub(_value, rule[1])})", told)


def _value(found: re.Match[str]) -> str:
    """A value of a rule in Indonesian, with the word that joins what follows."""
    return _VALUES.get(found[1], found[1]) + _JOINED.get(found[2], "")


def in_words(caption: str, language: Language, heads: Sequence[Any], records: Sequence[Sequence[Any]]) -> Sheet:
    """A sheet of any values: numbers as the language writes them, every text as it can be printed."""
    return Sheet(
        one_line(printable(caption)),
        language,
        [one_line(printable(str(head))) for head in heads],
        [[printable(_printed(value, language)) for value in record] for record in records],
        [[_number(value) for value in record] for record in records],
    )


def _add_grounds(made: Sheet, matrix: Matrix) -> None:
    """Families, notes, sources and, where the cells are numbers or ratings, the statements and places each rests on."""
    language, family = made.language, None
    for number, row in enumerate(matrix.row_ids()):
        mine = matrix.groups.get(row, {}).get(language)
        if mine and mine != family:
            family, made.groups[number] = mine, printable(mine)
    made.notes = [printable(f"{made.words['note']}: {' '.join(matrix.notes(language))}")]
    if told := sources(matrix.passages, language):
        made.notes.append(told)
    made.apart = 3 if matrix.is_text else 0
    if not matrix.is_text and (references := _references(matrix, language)).rows:
        made.references = references


def sources(passages: pd.DataFrame, language: Language) -> str:
    """The word "Sumber" and each document's reference, else its title, once and without a full stop; "" where neither is known."""
    known = [name for name in ("reference", "title") if name in passages]
    found = []
    for document in passages[known].drop_duplicates().to_dict("records"):
        names = (one_line(document[name]).rstrip(".") for name in known if isinstance(document[name], str))
        found.append(next((name for name in names if name), ""))
    told = "; ".join(name for name in dict.fromkeys(found) if name)
    return printable(f"{WORDS[language]['source']}: {told}.") if told else ""


def _references(matrix: Matrix, language: Language) -> Sheet:
    """Per cell that holds anything: its row, its column, and the statements and places it rests on."""
    behind = {(str(row), str(column)): cell for (row, column), cell in matrix.passages.groupby(["row", "column"], sort=False)}
    told = "text_id" in matrix.passages
    found = []
    for row, column in itertools.product(matrix.row_ids(), matrix.column_ids()):
        if (row, column) in behind:
            cell = behind[row, column]
            names = [", ".join(dict.fromkeys(cell["statement"]))] if told else []
            found.append([matrix.label(row, language), matrix.label(column, language), *names, "; ".join(locators(cell))])
    heads = [head for number, head in enumerate(WORDS[language]["heads"]) if told or number != 2]
    return in_words(WORDS[language]["places"], language, heads, found)


def _number(value: Any) -> float | None:
    real = isinstance(value, numbers.Real) and not isinstance(value, bool)
    return value if real and math.isfinite(value) else None


def _printed(value: Any, language: Language) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    return written_number(value, language, 3) if isinstance(value, float) and math.isfinite(value) else str(value)
