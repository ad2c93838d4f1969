"""What is printed goes in; LaTeX comes out that pdfLaTeX compiles: long tables whose heads go on, figures, references, every character as itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from qualkit.codebook import Language
from qualkit.printed import WORDS, Drawing, Label, Run, Sheet
from qualkit.typesetting import LYING, SIZE, SMALL, UPRIGHT, Layout, breadth

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    '"': r"\textquotedbl{}", "'": r"\textquotesingle{}", "`": r"\textasciigrave{}", "-": "{-}", "\n": r"\leavevmode\newline{}",
    "[": "{[}", "]": "{]}", "*": "{*}",  # behind the end of a row they would be its options
    "†": r"\textdagger{}", "°": r"\textdegree{}", "…": r"\ldots{}", "×": r"\texttimes{}", "\xa0": "~",
}  # fmt: skip

_MATHEMATICS = {"≥": "geq", "≤": "leq", "→": "rightarrow", "≠": "neq"} | {
    chr(code): unicodedata.name(chr(code)).rsplit(" ", 1)[1].lower()
    for code in range(ord("α"), ord("ω") + 1)
    if chr(code) not in "λος"  # LAMDA in Unicode; no command for the other two
}  # fmt: skip


def tex(text: str, room: float = UPRIGHT[0], size: float = SIZE) -> str:
    """A text of which LaTeX reads every character as itself; a word wider than the room (mm) may break anywhere."""
    words = re.findall(r"[^\s-]*-+|[^\s-]+|\s+", unicodedata.normalize("NFC", text))
    return "".join(_word(word, breadth(word, size) > room) for word in words).replace(",,", ",{},")


def _word(word: str, may_break: bool) -> str:
    return (r"\hspace{0pt}" if may_break else "").join(_TEX.get(character, character) for character in word)


def _foreign(text: str) -> list[str]:
    """For pdfLaTeX, a definition of each character that it does not know: its code, or nothing where it is invisible."""
    lines = []
    for character in sorted({character for character in text if ord(character) > 127}):
        name = rf"csname u8:\detokenize{{{character}}}\endcsname"
        shown = "" if unicodedata.category(character) == "Cf" else rf"{{[}}U+{ord(character):04X}{{]}}\hspace{{0pt}}"
        if character in _MATHEMATICS:
            shown = rf"\ensuremath{{\{_MATHEMATICS[character]}}}"
        lines.append(rf"\if{name}\else\expandafter\gdef\{name}{{{shown}}}\fi")
    return lines


def table(sheet: Sheet, label: Label, lying: bool = False) -> list[str]:
    """A long table: number and title above, a head that goes on over every page, horizontal rules only, notes and source below."""
    page = LYING if lying else UPRIGHT
    laid, count = Layout(sheet, page), len(sheet.heads)
    rooms = [width - 4.3 for width in laid.widths]
    sides = ["left" if sheet.is_number(at) else "right" for at in range(count)]
    columns = "".join(
        rf">{{\ragged{side}\arraybackslash}}p{{\dimexpr {0.999 * width / page[0]:.4f}\linewidth-2\tabcolsep}}"
        for side, width in zip(sides, laid.widths, strict=True)
    )
    between = rf"\par\vspace{{{sheet.apart:g}pt}}" if sheet.apart else _TEX["\n"]

    def row(cells: Sequence[str], form: str = "{}") -> str:
        texts = [
            form.format(between.join(tex(paragraph, room, laid.size) for paragraph in cell.split("\n")))
            for cell, room in zip(cells, rooms, strict=True)
        ]
        return " & ".join(texts)

    def across(text: str) -> str:
        return rf"\multicolumn{{{count}}}{{>{{\raggedright\arraybackslash}}p{{\dimexpr\linewidth-2\tabcolsep}}}}{{{text}}}"

    head = row(sheet.heads, r"\textbf{{{}}}") + r"\\"
    small = rf"\fontsize{{{SMALL:g}}}{{{1.15 * SMALL:g}}}\selectfont "
    notes = [across(small + text(note, page[0], SMALL)) for note in sheet.under()]
    lines = [
        rf"{{\fontsize{{{laid.size:g}}}{{{1.15 * laid.size:g}}}\selectfont\setlength{{\LTcapwidth}}{{\linewidth}}",
        rf"\begin{{longtable}}{{{columns}}}",
        rf"\caption{{{tex(sheet.caption)}}}{_anchor(label)}\\",
        r"\toprule", head, r"\midrule", r"\endfirsthead",
        across(rf"\textbf{{\tablename~\thetable{{}} ({sheet.words['continued']})}}") + r"\\",
        r"\toprule", head, r"\midrule", r"\endhead", r"\bottomrule", r"\endfoot", r"\endlastfoot",
    ]  # fmt: skip
    rows = laid.pieces(page[1] / 3)
    for number, line in enumerate(rows, 1):
        if line.is_family:
            name = rf"\textbf{{{tex(line.cells[0], page[0] - 4, laid.size)}}}"
            lines.append(r"\addlinespace" + across(name) + r"\\*")
        else:  # the notes stay with the last row
            lines.append(row(line.cells) + (r"\\*" if number == len(rows) else r"\\[2pt]"))
    lines += [r"\bottomrule", *(note + r"\\*" for note in notes[:-1]), *(note + r"\\" for note in notes[-1:])]
    return [*lines, r"\end{longtable}}"]


def text(runs: Sequence[Run], room: float = UPRIGHT[0], size: float = SIZE) -> str:
    """Runs of text as LaTeX, references as such."""
    return "".join(_run(run, room, size) for run in runs)


def _run(run: Run, room: float, size: float) -> str:
    said = rf"{run.label.word}~\ref{{{run.label.name}}}" if run.label else tex(run.text, room, size)
    return rf"\emph{{{said}}}" if run.italic else said


def _anchor(label: Label) -> str:
    return rf"\label{{{label.name}}}" if label.name else ""


def table_document(sheet: Sheet) -> bytes:
    """A table to be put into a document, with what its cells rest on below."""
    lines = table(sheet, Label(sheet.words["table"], 1))
    if sheet.references:
        lines += [rf"\par\medskip\noindent\textbf{{{tex(sheet.words['places'])}}}\par"]
        for in_row, in_column, *where in sheet.references.rows:
            found = tex(f"{in_row} / {in_column}: {'; '.join(where)}")
            lines.append(rf"\noindent{{\small {found}}}\par")
    needed = r"% needs \usepackage{booktabs,longtable,array,textcomp} and \usepackage[T1]{fontenc}"
    return "\n".join([needed, *_foreign("".join(lines)), *lines, ""]).encode()


_HEAD = r"""\documentclass[12pt,a4paper]{{article}}
\usepackage[T1]{{fontenc}}
\usepackage[utf8]{{inputenc}}
\usepackage{{textcomp}}
\usepackage{{mathptmx}}
\usepackage[margin=25mm]{{geometry}}
\usepackage{{array,booktabs,longtable,graphicx,pdflscape}}
\IfFileExists{{{babel}.ldf}}{{\usepackage[{babel}]{{babel}}}}{{}}
\usepackage[labelfont=bf,textfont=it,labelsep=newline,singlelinecheck=off,justification=raggedright]{{caption}}
\captionsetup[figure]{{{figure}}}
\AtBeginDocument{{\renewcommand{{\tablename}}{{{table_name}}}\renewcommand{{\figurename}}{{{figure_name}}}}}
\newcounter{{qkappendix}}
\setlength{{\emergencystretch}}{{3em}}
{foreign}
\begin{{document}}
\begin{{center}}
{{\LARGE\bfseries {title}\par}}
\medskip {author}\par
\end{{center}}
"""


class Writer:
    """Writes a paper block by block as LaTeX, its figures as files of their own."""

    def __init__(self, title: str, language: Language, author: str, title_above: bool) -> None:
        self.title, self.author, self.language, self.title_above = title, author, language, title_above
        self.words, self.lying = WORDS[language], False
        self.lines: list[str] = []
        self.drawings: list[bytes] = []

    @property
    def page(self) -> tuple[float, float]:
        return LYING if self.lying else UPRIGHT

    def turn(self, lying: bool) -> None:
        """Go on upright or lying; where that changes, on a new page."""
        if lying != self.lying:
            self.lines.append(r"\begin{landscape}" if lying else r"\end{landscape}")
        self.lying = lying

    def text(self, runs: Sequence[Run], level: int) -> None:
        said = text(runs, self.page[0], 12)
        kind = ("", "section", "subsection", "subsubsection")[level]
        self.lines += [rf"\{kind}*{{\raggedright {said}}}" if kind else said, ""]

    def appendix(self, title: str, label: Label) -> None:
        anchor = _anchor(label)
        self.lines += [
            r"\clearpage\refstepcounter{qkappendix}",
            rf"\section*{{\raggedright {label.word} \theqkappendix. {tex(title, self.page[0], 14)}}}{anchor}",
        ]
        if label.number == 1:  # tables and figures are counted apart from here, for good, also from within a lying page
            for kind in ("table", "figure"):
                number = rf"\gdef\the{kind}{{{self.words['mark']}\arabic{{{kind}}}}}"
                self.lines.append(rf"\setcounter{{{kind}}}{{0}}{number}")

    def table(self, sheet: Sheet, label: Label) -> None:
        self.lines += [*table(sheet, label, self.lying), ""]

    def figure(self, drawing: Drawing, label: Label) -> None:
        self.drawings.append(drawing.content)
        picture = rf"\makebox[\linewidth][c]{{\includegraphics[width={drawing.wide:.1f}mm]{{<<FIGURE {len(self.drawings)}>>}}}}"
        caption = rf"\captionof{{figure}}{{{tex(drawing.caption)}}}{_anchor(label)}"
        small = rf"\fontsize{{{SMALL:g}}}{{{1.15 * SMALL:g}}}\selectfont"
        inside = [caption, picture] if self.title_above else [picture, caption]
        inside += [rf"\par\smallskip{{{small} {text(note, self.page[0], SMALL)}\par}}" for note in drawing.under()]
        self.lines += [r"\par\medskip\noindent\begin{minipage}{\linewidth}", *inside, r"\end{minipage}\par\bigskip", ""]

    def saved(self, path: Path) -> dict[Path, bytes]:
        """The document, and its figures beside it."""
        self.turn(False)
        plain = re.sub(r"[^A-Za-z0-9]+", "-", path.stem).strip("-")
        kind = self.words["figure"].lower()  # laporan-1.pdf would be taken for the paper
        files = {path.with_name(f"{plain}-{kind}-{number}.pdf"): content for number, content in enumerate(self.drawings, 1)}
        body = "\n".join([*self.lines, r"\end{document}", ""])
        for number, name in enumerate(files, 1):
            body = body.replace(f"<<FIGURE {number}>>", name.name)
        head = _HEAD.format(
            babel={"id": "indonesian", "en": "english"}[self.language],
            figure="" if self.title_above else "labelsep=period,textfont=up,justification=centering",
            table_name=self.words["table"],
            figure_name=self.words["figure"],
            foreign="\n".join(_foreign(body + self.title + self.author)),
            title=tex(self.title, UPRIGHT[0], 17),
            author=tex(self.author, UPRIGHT[0], 14),
        )
        return {path: (head + body).encode(), **files}
