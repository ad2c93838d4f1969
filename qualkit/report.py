"""Text, tables, figures and appendices in order go in; one paper comes out: a Word document or LaTeX, numbered and cross-referenced."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text as Lettering

from qualkit import latex, word
from qualkit.codebook import Language
from qualkit.display import printable
from qualkit.export import described, drawn
from qualkit.matrix import Matrix, need_language
from qualkit.printed import WORDS, Drawing, Label, Run, Sheet, sheet, sources
from qualkit.tables import Faults, did_you_mean, one_line, write_whole
from qualkit.typesetting import LYING, MM, SIZE, SMALL, UPRIGHT, height, is_wide

_BEYOND = 30.0  # mm by which a figure may be wider than the text: half of it into each margin


@dataclass(frozen=True, eq=False)
class Table:
    """A table of a report: its name, by which the text refers to it as `{name}`, a matrix or table, its title, a note below."""

    name: str
    table: Matrix | pd.DataFrame
    caption: str
    note: str = ""


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure of a report: its name, what was drawn, its title, what it shows in words, and what it rests on.

    A title inside the drawing is left out where `caption` holds its words: it would be printed twice.
    `source` is what it was drawn of, a matrix or a table of statements, whose documents are then named below, or a text.
    """

    name: str
    ax: Axes
    caption: str
    alt: str = ""
    source: Matrix | pd.DataFrame | str = ""


@dataclass(frozen=True)
class Appendix:
    """Where an appendix begins: what follows is part of it, its tables and figures are counted apart. The name is for references."""

    title: str
    name: str = ""


Part = str | Table | Figure | Appendix


@dataclass
class _Text:
    """A heading (level 1 to 3) or a paragraph (level 0)."""

    runs: list[Run]
    level: int = 0


_UNNUMBERED = Label("", 0)


@dataclass
class _Block:
    """One thing to be written: a text, a table, a figure or the head of an appendix, and whether its page lies on its side."""

    content: _Text | Sheet | Drawing | str
    label: Label = _UNNUMBERED
    lying: bool = False


def write_report(
    path: str | Path,
    title: str,
    parts: Sequence[Part],
    language: Language = "id",
    author: str = "",
    figure_title: Literal["below", "above"] = "below",
) -> Path:
    """Write a paper with everything it shows, as .docx or .tex, and return the path.

    Tables and figures are numbered in their order, those of the appendices apart (Tabel L1), and `{name}` in a text becomes
    "Tabel 1", as a field that Word counts anew where tables are moved. Titles stand above tables and below figures, "Sumber:"
    below both; a table longer than a page goes on as "Tabel 1 (lanjutan)"; one too wide for the page lies on its side. What each
    cell of a count or rating rests on goes into an appendix of its own, to which the table refers: a journal prints the
    comparison, and who wants to check a cell finds its passages in the same file.

    Parameters
    ----------
    path
        The ending decides: .docx, or .tex with its figures as PDF files beside it (laporan-gambar-1.pdf).
    title
        The title of the paper.
    parts
        Texts, `Table`, `Figure` and `Appendix` in order. A text has headings ("# ", "## ", "### "), paragraphs between empty
        lines, *italics* and references `{name}`. A brace or star that is meant as such is written `{{`, `}}` or `\\\\*`.
    language
        "id" or "en": words and decimal sign.
    author
        Under the title, as it is.
    figure_title
        "below" as many Indonesian journals ask, or "above" as APA style has it.

    Raises
    ------
    ValueError
        All faults at once: an unknown `{name}`, a name that stands twice or is none, a brace that stands alone, a part that is
        no part, a figure without alternative text; an unknown ending or language; a file that cannot be written.

    Warns
    -----
    UserWarning
        If no text refers to a table or figure (of an appendix: nor to the appendix), or a figure is larger than any page.

    Notes
    -----
    The text of tables, captions and notes is data: nothing in it becomes a field, markup or a command. With the same packages the
    same parts give the same bytes.

    Examples
    --------
    >>> import tempfile
    >>> table = Table("sektor", pd.DataFrame({"sektor": ["DIK"], "bagian": [0.5]}), "Bagian tiap sektor")
    >>> parts = ["# Hasil\\n\\nPendidikan mencapai separuh ({sektor}).", table]
    >>> write_report(Path(tempfile.mkdtemp()) / "laporan.docx", "Sektor kerja sama", parts).name
    'laporan.docx'
    """
    need_language(language)
    path = Path(path)
    writers: dict[str, type[word.Writer] | type[latex.Writer]] = {".docx": word.Writer, ".tex": latex.Writer}
    if path.suffix.lower() not in writers:
        possible = did_you_mean(path.suffix, writers)
        page = " A web page holds a single table: qk.write_table." if path.suffix.lower() == ".html" else ""
        raise ValueError(f"'{path.name}': the ending says how a report is written.{possible}{page}")
    if figure_title not in ("below", "above"):
        raise ValueError(f"figure_title='{figure_title}': the title of a figure stands 'below' or 'above' it")
    reader = _Reader(path, language, ".pdf" if path.suffix.lower() == ".tex" else ".png")
    blocks = reader.blocks(parts)
    for warning in reader.warnings:
        warnings.warn(warning, stacklevel=2)
    writer: word.Writer | latex.Writer = writers[path.suffix.lower()](
        one_line(printable(title)), language, one_line(printable(author)), figure_title == "above"
    )
    for block in blocks:
        writer.turn(block.lying)
        if isinstance(block.content, _Text):
            writer.text(block.content.runs, block.content.level)
        elif isinstance(block.content, Sheet):
            writer.table(block.content, block.label)
        elif isinstance(block.content, Drawing):
            writer.figure(block.content, block.label)
        else:
            writer.appendix(block.content, block.label)
    for name, content in writer.saved(path).items():
        write_whole(name, content)
    return path


_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_ITALIC = re.compile(r"(?<![\\\w*])\*([^\s*](?:[^*\n]*[^\s*\\])?)\*(?![\w*])")
_BRACE = re.compile(r"(\{\{|\}\})|\{([^{}]*)\}|([{}])|\\([*#])")


class _Reader:
    """Turns the parts into blocks, and notes every fault on the way instead of stopping at the first."""

    def __init__(self, path: Path, language: Language, ending: str) -> None:
        self.language, self.ending, self.words = language, ending, WORDS[language]
        self.faults = Faults(path.name)
        self.labels: dict[str, Label] = {}
        self.within: dict[str, str] = {}  # the name of the appendix a table or figure stands in
        self.referred: set[str] = set()
        self.warnings: list[str] = []

    def blocks(self, parts: Sequence[Part]) -> list[_Block]:
        if isinstance(parts, (str, Table, Figure, Appendix)) or not list(parts):
            raise ValueError("parts: a report is a list of texts, tables, figures and appendices; it has at least one")
        labels = self.count(parts)
        found = [block for number, part in enumerate(parts) for block in self.block(part, number, labels[number])]
        self.faults.stop()
        found += self.references(found, sum(isinstance(part, Appendix) for part in parts))
        self.check_referred()
        return _turned(found)

    def count(self, parts: Sequence[Part]) -> list[Label]:
        """A label for each part that has a number; their names are checked here, because a text may refer to what follows it."""
        found: list[Label] = []
        numbers: dict[tuple[str, str], int] = {}
        appendix, mark = "", ""
        for number, part in enumerate(parts):
            found.append(_UNNUMBERED)
            if isinstance(part, str):
                continue
            kinds = {Table: "table", Figure: "figure", Appendix: "appendix"}
            if type(part) not in kinds:
                self.faults.add(
                    None, f"part {number + 1} is a {type(part).__name__}; a part is a text, Table, Figure or Appendix"
                )
                continue
            name, kind = part.name, kinds[type(part)]
            if kind == "appendix":
                appendix, mark, name = name, self.words["mark"], name
            if (name or kind != "appendix") and not _NAME.fullmatch(str(name)):
                self.faults.add(
                    None,
                    f"part {number + 1}: the name '{name}' is none; a name is letters, digits and hyphens, such as 'sektor-1'",
                )
            if name and name in self.labels:
                self.faults.add(None, f"part {number + 1}: the name '{name}' stands twice; it is already {self.labels[name]}")
            shown = "" if kind == "appendix" else mark
            numbers[kind, shown] = numbers.get((kind, shown), 0) + 1
            found[-1] = Label(self.words[kind], numbers[kind, shown], shown, name)
            if name:
                self.labels.setdefault(name, found[-1])
                if kind != "appendix":
                    self.within.setdefault(name, appendix)
        return found

    def block(self, part: Part, number: int, label: Label) -> Iterator[_Block]:
        if isinstance(part, str):
            yield from self.texts(part, number)
        elif isinstance(part, Appendix):
            yield _Block(one_line(printable(part.title)), label)
        elif isinstance(part, Table):
            try:
                if not isinstance(part.table, (Matrix, pd.DataFrame)):
                    raise ValueError(f"a Table holds a matrix or a table, not {type(part.table).__name__}")
                made = sheet(part.table, part.caption, self.language, part.note)
                yield _Block(made, label, is_wide(made))
            except ValueError as error:
                self.faults.add(None, f"part {number + 1}, table '{part.name}': {error}")
        elif isinstance(part, Figure):
            try:
                yield self.figure(part, label)
            except ValueError as error:
                self.faults.add(None, f"part {number + 1}, figure '{part.name}': {error}")

    def texts(self, part: str, number: int) -> Iterator[_Block]:
        """Headings and paragraphs; a heading is one line, a paragraph ends at an empty line or a heading."""
        for some in re.split(r"\n[ \t]*\n|^(?=[ \t]*#{1,3} )|(?<=\n)(?=[ \t]*#{1,3} )", printable(part)):
            head = re.match(r"\s*(#{1,3}) +([^\n]*)", some)
            if head:
                yield _Block(_Text(self.runs(head[2], number), len(head[1])))
                some = some[head.end() :]
            if some.strip():
                yield _Block(_Text(self.runs(some, number)))

    def runs(self, some: str, number: int) -> list[Run]:
        """The stretches of a text: plain, italic, or a reference."""
        found: list[Run] = []
        for at, stretch in enumerate(_ITALIC.split(one_line(some))):
            found += self.stretch(stretch, at % 2 == 1, number)
        return found

    def stretch(self, some: str, italic: bool, number: int) -> Iterator[Run]:
        plain, last = "", 0
        for match in _BRACE.finditer(some):
            plain += some[last : match.start()]
            last = match.end()
            doubled, name, alone, escaped = match.groups()
            if doubled or escaped:
                plain += doubled[0] if doubled else escaped
            elif alone:
                self.faults.add(
                    None,
                    f"part {number + 1}: a brace stands alone in '{_around(some, match)}'; one that is meant is written twice",
                )
            elif name in self.labels:
                yield Run(plain, italic)
                yield Run("", italic, self.labels[name])
                plain = ""
                self.referred.add(name)
            else:
                self.faults.add(
                    None,
                    f"part {number + 1}: '{{{name}}}' names no table, figure or appendix.{did_you_mean(name, self.labels)}"
                    " Braces that are meant as braces are written twice: {{ }}.",
                )
        yield Run(plain + some[last:], italic)

    def figure(self, part: Figure, label: Label) -> _Block:
        if not isinstance(part.ax, Axes):
            raise ValueError(f"a Figure holds the axes that were drawn on, not {type(part.ax).__name__}")
        told = part.source.passages if isinstance(part.source, Matrix) else part.source
        if isinstance(told, pd.DataFrame):
            told = sources(told, self.language)
        elif told.strip():
            told = f"{self.words['source']}: {one_line(printable(told)).removeprefix(self.words['source'] + ': ')}"
        caption, alt = one_line(printable(part.caption)), described(part.ax, part.alt)
        whole: Any = part.ax.get_figure(root=True)
        wide, tall = (float(inches) * MM for inches in whole.get_size_inches())
        grounds = sheet(part.source, caption, self.language, "").references if isinstance(part.source, Matrix) else None
        below = height(caption, UPRIGHT[0], SIZE) + height(told, UPRIGHT[0], SMALL) + 12 + (5 if grounds else 0)
        below = min(below, LYING[1] / 2)  # what does not fit goes on on the next page
        upright = min(1.0, (UPRIGHT[0] + _BEYOND) / wide, (UPRIGHT[1] - below) / tall)
        lying = min(1.0, LYING[0] / wide, (LYING[1] - below) / tall)
        scale = max(upright, lying)
        if scale < 1:
            self.warnings.append(
                f"figure '{part.name}' is {wide:.0f} x {tall:.0f} mm, larger than a page: it is printed at {scale:.0%} of its size,"
                " and its letters with it"
            )
        with _without_title(part.ax, caption):
            content = drawn(part.ax, self.ending, caption, alt)
        return _Block(
            Drawing(caption, alt, content, wide * scale, tall * scale, told, self.language, grounds), label, lying > upright
        )

    def references(self, found: list[_Block], appendices: int) -> list[_Block]:
        """What the cells of counts and ratings rest on, as an appendix of its own; each table refers to its own."""
        grounded = [block for block in found if isinstance(block.content, (Sheet, Drawing)) and block.content.references]
        if not grounded:
            return []
        counted = sum(1 for block in found if isinstance(block.content, Sheet) and block.label.mark)
        made = [_Block(self.words["places"], Label(self.words["appendix"], appendices + 1))]
        for block in grounded:
            assert isinstance(block.content, (Sheet, Drawing)) and block.content.references
            below = block.content.references
            same = next((one for one in made if isinstance(one.content, Sheet) and one.content.rows == below.rows), None)
            if same and isinstance(same.content, Sheet):  # a table and a figure of one matrix
                same.content.caption += f"; {block.label}: {block.content.caption}"
                block.content.refer = same.label
                continue
            counted += 1
            block.content.refer = Label(self.words["table"], counted, self.words["mark"], f"ref:{counted}")
            below.caption = f"{block.label}: {block.content.caption}"
            made.append(_Block(below, block.content.refer, is_wide(below)))
        return made

    def check_referred(self) -> None:
        """Journals ask that the text refers to each table and figure."""
        never = [name for name in self.within if not {name, self.within[name]} & self.referred]
        if never:
            named = ", ".join(f"{self.labels[name]} ('{name}')" for name in never)
            self.warnings.append(
                f"{self.faults.path}: no text refers to {named}. Journals ask for it: write {{{never[0]}}} where it is spoken of."
            )


@contextmanager
def _without_title(ax: Axes, caption: str) -> Iterator[None]:
    """The axes without the titles whose words the caption has; afterwards as they were."""
    titles = [part for part in ax.get_children() if isinstance(part, Lettering) and part not in ax.texts]
    repeated = {title: title.get_text() for title in titles if _words(title.get_text()) in _words(caption)}
    for title in repeated:
        title.set_text("")
    try:
        yield
    finally:
        for title, text in repeated.items():
            title.set_text(text)


def _words(text: str) -> str:
    """The words of a text in small letters, a blank before and behind each."""
    return " ".join(["", *re.findall(r"\w+", text.casefold()), ""])


def _around(some: str, match: re.Match[str]) -> str:
    return some[max(0, match.start() - 20) : match.end() + 20]


def _turned(blocks: list[_Block]) -> list[_Block]:
    """Headings lie as what follows them does, and all text of an appendix as its next table or figure: no page is left to a title."""
    lying, in_appendix = False, [False]
    for block in blocks[:-1]:
        in_appendix.append(in_appendix[-1] or isinstance(block.content, str))
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        if isinstance(block.content, (Sheet, Drawing)):
            lying = block.lying
        elif isinstance(block.content, str) or in_appendix[number] or block.content.level:
            block.lying = lying
        else:
            lying = False
        if isinstance(block.content, str):
            lying = False
    return blocks
