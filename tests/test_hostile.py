"""Two hundred texts that want to be markup, commands or formulas go through every output: nothing runs, nothing is lost."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from itertools import chain

import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from matplotlib.font_manager import findfont, get_font
from matplotlib.text import Text
from PIL import Image

import qualkit as qk
from qualkit.arrange import arrange
from qualkit.audit import LOG, read_audit, record
from qualkit.charts import scatter, upset
from qualkit.checks import weak_spots
from qualkit.claims import evidence_for
from qualkit.codebook import Code, Codebook, Facet, Family, facet_column, family_column
from qualkit.columns import periods
from qualkit.display import overlaps, printable, show
from qualkit.forms import read_forms, start_forms
from qualkit.memos import read_memos, write_memo
from qualkit.networks import network
from qualkit.patterns import pattern_table, read_patterns
from qualkit.recipes import recipes
from qualkit.report import Appendix, Figure, Table, write_report
from qualkit.tables import one_line, read_rows, unguarded
from qualkit.tactics import tactics_of
from qualkit.timelines import timeline

pytestmark = pytest.mark.no_cover

HOSTILE = {
    "HTML": [
        "<script>alert(1)</script>", "</script><script>x</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
        "<b>tebal</b>", "</td></tr></table><h1>x</h1>", "<!-- x -->", "--><i>x</i><!--", "<![CDATA[x]]>", "]]><b>x</b>",
        "<style>*{display:none}</style>", "<a href='javascript:alert(1)'>klik</a>", "<iframe src=//contoh.id>", "</details>",
        "<details open ontoggle=x>", "</summary><p>x", "</title><b>x", "<meta http-equiv=refresh content=0>", "<br/>", "<",
        "<form action=//contoh.id><input></form>", ">", "&", "&amp;", "&lt;script&gt;", "&#60;b&#62;", "&#x3c;i&#x3e;", "&copy", "&#0;",
        "&#xD800;", '" onmouseover="x', "' onmouseover='x", '"><img src=x>', "` onload=x `", "<ſcript>x</ſcript>",
        "<?php echo 1 ?>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///x'>]>&e;", "<svg><title>x</svg>",
    ],
    "LaTeX": [
        "$\\alpha$", "$$x^2$$", "\\(x\\)", "\\[x\\]", "$5 dan $6", "\\input{/etc/passwd}", "\\write18{x}", "\\end{document}",
        "\\end{longtable}", "\\begin{verbatim}", "\\def\\x{\\x}\\x", "\\newcommand{\\emph}[1]{}", "\\catcode`\\%=12", "\\\\", "\\", "{", "}",
        "}}{", "100 % & #1_a^b~", "\\\\[5cm]", "[x]", "*", "\\verb|x|", "^^5cinput{x}", "\\csname x\\endcsname", "--- -- -", "``a''",
        "?`!`", "<<x>>", ",,", "a_b", "\\section{x}", "\\hline", "<<FIGURE 1>>",
    ],
    "formulas": [
        "=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://contoh.id";"klik")', "'=1", "''=1", "\t=1", "\r=1",
        "\n=1", " =1", "=", "-", "+", "@", 'DDE("cmd";"x")', "%0A=1", 'a,b;"c"', '"', '""', "';DROP TABLE x;--", "1e5", "007", "1,5", "TRUE",
        "NaN", "#REF!", "_x000D_", "_x005F_x0041_",
    ],
    "fields and formats": [
        "{gambar}", "{}", "{0}", "{x.__class__}", "{x!r:>10}", "{{x}}", "%s %d %(x)s", "${x}", "%%", "{ SEQ Tabel }", "{ INCLUDETEXT x }",
        "SEQ Tabel \\* ARABIC", "{ DDEAUTO c:\\x.exe }", "TOC \\o", "{{= 1 }}", "\\g<1>\\1", "(?i)[a-",
    ],
    "Markdown, YAML and CSV": [
        "# Judul", "## Sub", "[klik](javascript:x)", "![x](x.png)", "**tebal**", "> kutipan", "- butir", "1. satu", "---", "...", "| a | b |",
        "```", "!!python/object/apply:os.system [x]", "&jangkar", "*jangkar", "a: b", "{a: b}", "ya # bukan", "yes", "~", "%YAML 1.2",
    ],
    "paths": ["../../etc/passwd", "C:\\x\\..\\y", "/dev/null", "CON", "file:///x", "\\\\server\\x", "$(x)", "x;ls|y"],
    "letters": [
        "😀", "👩\u200d👩\u200d👧", "🇮🇩", "👍🏽", "❤\ufe0f", "中文", "سلام", "עברית", "e\u0301", "Z" + "\u0301\u0323" * 20,
        "\u202eterbalik\u202c", "\u2066x\u2069", "a\u00a0b", "a\u202fb", "a\u00adb", "a\u200bb", "\u200cx", "\ufeffx", "a\u2028b",
        "a\u2029b", "İı", "½ × °C …", "“a” ‘b’ «c»", "a–b—c", "\U0001d54f", "\u0338", "†", "\U000f0000",
    ],
    "control characters": [
        "a\x00b", "a\x07b", "a\x08b", "a\x0bb", "a\x0cb", "\x1b[31mmerah", "a\x7fb", "a\x85b", "a\ufffeb", "a\ufdd0b", "\ud800", "a\udfffb",
        "a\ud83d", "baris\r\nbaru", "a\rb", "a\tb", "a\n\nb", " tepi ", "a  b",
    ],
    "length": ["panjang" * 43, "sangat-" * 50, "kata " * 8000, "W" * 300, "中" * 300],
}  # fmt: skip
TEXTS = [text for texts in HOSTILE.values() for text in texts]
SHORT = [text for text in TEXTS if len(text) < 1000]
PACKS = [" ¦ ".join(SHORT[at : at + 20]) for at in range(0, len(SHORT), 20)]
CAPTION = " ¦ ".join(SHORT)


def flat(text):
    """The text as it can be printed, every run of white space as one blank."""
    return " ".join(printable(text).split())


def words(text):
    return {"id": text, "en": text}


def facet(name, labels, families=(), scale="nominal", left_out=None):
    """A facet whose codes have these labels; each of its own family where there are families."""
    some = words("x")
    codes = [
        Code(code, words(label), some, some, some, some, some, "data", "topic", "1.0", parent=f"F{code}" if families else "",
             left_out=words((left_out or {})[code]) if code in (left_out or {}) else None)
        for code, label in labels.items()
    ]  # fmt: skip
    return Facet(name, words(name.title()), some, scale, tuple(codes), tuple(families))


def name_of(text):
    """The text where it is short enough for a label or the id of a document, else its beginning."""
    return text if text in SHORT or text in PACKS else text[:299]


def id_of(number, text):
    """The text where it can be the id of a statement, which holds no blank, else a number."""
    return text if text.split() == [text] else f"S{number}"


def study(texts):
    """Statements, one for each text, which stands in it wherever a text may stand; the codes of their sectors have it as label."""
    codes, names = [f"K{number}" for number in range(len(texts))], [name_of(text) for text in texts]
    families = [Family(f"F{code}", words(name)) for code, name in zip(codes, names, strict=True)]
    sector = facet("sector", {**dict(zip(codes, names, strict=True)), "Z": "Z"}, [*families, Family("FZ", words("Z"))],
                   left_out={"Z": CAPTION})  # fmt: skip
    case = facet("case", {"A": PACKS[0]})
    status = facet(
        "status",
        {name: name for name in ("context", "aspired", "planned", "signed", "implemented", "outcome")},
        scale="ordinal",
    )
    table = pd.DataFrame({
        "statement": [id_of(number, text) for number, text in enumerate(texts)],
        "sector": facet_column(codes, sector), "case": facet_column(["A"] * len(texts), case),
        "status": facet_column(["signed"] * len(texts), status), "evidence": "2",
        "family": family_column([f"F{code}" for code in codes], families),
        "date": [f"{2001 + number % 20}" for number in range(len(texts))], "date_certainty": "given", "voice": "author_narration",
        "segment": 1, "off_heading": False, "edition": "", "heading": "",
    })  # fmt: skip
    for column in ("text_id", "text_en", "quote", "note"):
        table[column] = pd.Series(texts, dtype=object)
    for column in ("document", "prefix", "suffix", "title", "reference", "outlet", "kind"):
        table[column] = pd.Series(names, dtype=object)
    return table


NAMES = [name_of(text) for text in TEXTS]


@pytest.fixture(scope="module", autouse=True)
def texts_of_python():
    """Half a letter is no text to pyarrow, where it is installed: pandas then keeps the texts itself."""
    with pd.option_context("mode.string_storage", "python"):
        yield


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch):
    """Whether the disk is asked to make sure is not tested here."""
    monkeypatch.setattr("os.fsync", lambda number: None)


@pytest.fixture(scope="module")
def statements(texts_of_python):
    return study(TEXTS)


@pytest.fixture(scope="module")
def packs(texts_of_python):
    return study(PACKS)


@pytest.fixture(scope="module")
def matrices(statements):
    made = [make(statements, "sector", "case") for make in (qk.count_matrix, qk.rating_matrix, qk.statement_matrix)]
    return [*made, qk.quote_matrix(statements, "sector", "case", per_cell=1)]


@pytest.fixture(scope="module")
def pages(matrices):
    return [show(matrix) for matrix in matrices]


@pytest.fixture(scope="module")
def numbered():
    """A table of the texts, each with its number."""
    return pd.DataFrame({"nomor": range(1000, 1000 + len(TEXTS)), "teks": pd.Series(TEXTS, dtype=object)})


def test_there_are_two_hundred_texts():
    assert len(TEXTS) == len(set(TEXTS)) == 200


# --- matrices in Python and in notebooks ---


def test_a_matrix_keeps_every_text_as_it_is(matrices):
    for matrix in matrices:
        assert matrix.table().index.tolist() == NAMES
    cells = matrices[2].table().iloc[:, 0].tolist()
    assert cells == [
        f"{text} ({id_of(number, text)}; signed; bukti 2; {NAMES[number]}: 1)" for number, text in enumerate(TEXTS)
    ]


def test_what_a_screen_prints_of_a_matrix_commands_no_terminal(matrices, pages):
    for matrix, page in zip(matrices, pages, strict=True):
        for told in (repr(matrix), matrix._repr_html_(), page.plain, page.html):
            assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", told) == []


class Page(HTMLParser):
    """What a page of HTML holds: its elements and attributes, and the text of each cell; a tag that closes nothing is an error."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.attributes, self.open, self.cells, self.rest = set(), set(), [], [], []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attributes}
        if tag != "meta":
            self.open.append(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            self.cells[-1] += data
        else:
            self.rest.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    def handle_pi(self, data):
        raise AssertionError(data)

    def unknown_decl(self, data):
        raise AssertionError(data)


OURS = {"table", "thead", "tbody", "tr", "th", "td", "p", "details", "summary", "ul", "li", "span", "div"}


def test_a_notebook_page_of_a_matrix_holds_texts_and_no_markup_of_theirs(matrices, pages):
    for matrix, shown_as in zip(matrices, pages, strict=True):
        page = Page(shown_as.html)
        assert page.elements <= OURS and page.attributes <= {"style", "scope", "colspan", "class"}
        shown = matrix.table()
        beside = len(shown.columns)
        assert page.cells[: beside + 1] == ["Sector", *map(printable, shown.columns)]
        rows = [page.cells[at : at + beside + 2] for at in range(beside + 1, len(page.cells), beside + 2)]
        assert [row[:2] for row in rows] == [[printable(name)] * 2 for name in NAMES]  # the family, the code
        for row, text, name, value in zip(rows, TEXTS, NAMES, shown.iloc[:, 0], strict=True):
            assert row[2].startswith(printable(str(value)))
            assert flat(f"“{one_line(text)}”") in flat(row[2]) and flat(f"[{name}: 1]") in flat(row[2])
        assert flat(CAPTION) in flat("".join(page.rest))


def test_a_notebook_page_of_a_table_holds_texts_and_no_markup_of_theirs(numbered):
    page = Page(show(numbered).html)
    assert page.elements <= OURS and page.attributes <= {"style", "scope", "class"}
    told = [one_line(printable(text)) for text in TEXTS]
    assert page.cells == ["nomor", "teks", *chain(*zip(map(str, numbered["nomor"]), told, strict=True))]
    heads = Page(show(pd.DataFrame([range(200)], columns=TEXTS)).html)
    assert heads.cells[:200] == [printable(text) for text in TEXTS]


@pytest.mark.parametrize("of", ["matrix", "table"])
def test_a_dollar_is_no_formula_in_a_notebook(of, packs):
    """Jupyter sets what stands between two dollars as mathematics, but for elements of these classes."""
    what = qk.count_matrix(packs, "sector", "case")
    pages = [show(what).html, what._repr_html_()] if of == "matrix" else [show(pd.DataFrame({"a": PACKS})).html]
    for page in pages:
        tree = etree.HTML(page)
        held = [node for node in tree.iter() if node.text and "$" in node.text]
        for node in held:
            classes = {name for one in (node, *node.iterancestors()) for name in one.get("class", "").split()}
            assert {"tex2jax_ignore", "mathjax_ignore"} <= classes


# --- tables in files ---


def read_word(path):
    """The rows of every table of a Word document and its paragraphs; only fields of the library, no link out, no macro."""
    with zipfile.ZipFile(path) as archive:
        assert not [
            name for name in archive.namelist() if re.search(r"vba|macro|\.bin$|embeddings|activeX", name, re.IGNORECASE)
        ]
        for name in archive.namelist():
            if name.endswith(".rels"):
                assert b"External" not in archive.read(name)
    document = Document(str(path))
    fields = [element.get(qn("w:instr")) for element in document.element.iter(qn("w:fldSimple"))]
    assert not list(document.element.iter(qn("w:instrText"), qn("w:hyperlink"), qn("w:object")))
    known = (
        r" (?:SEQ (?:Tabel|Gambar|Lampiran)(?:_L)? \\\* (?:ARABIC|ROMAN|ALPHABETIC)|REF _Ref_\w+ \\h(?: \\\* MERGEFORMAT)?) "
    )
    assert [field for field in fields if not re.fullmatch(known, field)] == []
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return rows, ["".join(_letters(paragraph._p)) for paragraph in document.paragraphs]


def _letters(paragraph):
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        yield node.text or "" if node.tag == qn("w:t") else "\t" if node.tag == qn("w:tab") else "\n"


def by_number(rows):
    """The text of each number; what goes on in a further row is put together again."""
    found, last = {}, ""
    for number, text in rows:
        first = re.fullmatch(r"(1\.?\d{3})", number)
        last = first[1].replace(".", "") if first else last
        if first or "lanjutan" in number:
            found[last] = found.get(last, "") + text
    return list(found.values())


def write(table, folder, ending, **more):
    return qk.write_table(table, folder / f"tabel.{ending}", caption=CAPTION, **more)


def test_word_holds_every_text_of_a_table(numbered, tmp_path):
    rows, paragraphs = read_word(write(numbered, tmp_path, "docx", note=CAPTION))
    assert rows[0] == ["nomor", "teks"] and by_number(rows[1:]) == [printable(text) for text in TEXTS]
    assert [flat(paragraph) for paragraph in paragraphs] == ["Tabel 1", flat(CAPTION), flat(CAPTION)]
    heads, _ = read_word(write(pd.DataFrame([range(10)], columns=PACKS), tmp_path, "docx"))
    assert [flat(head) for head in heads[0]] == [flat(pack) for pack in PACKS]


def test_word_holds_every_text_of_a_matrix(matrices, tmp_path):
    rating, statements = matrices[1:3]
    rows, paragraphs = read_word(write(statements, tmp_path, "docx"))
    held = [row for row in rows if row[0] != row[-1]]  # a family goes over the whole row
    assert [row[0] for row in rows if row[0] == row[-1]] == [row[0] for row in held[1:]] == [printable(name) for name in NAMES]
    assert [row[1] for row in held[1:]] == [printable(cell) for cell in statements.table().iloc[:, 0]]
    told = flat(" ".join(paragraphs))
    assert all(flat(name).rstrip(".") in told for name in NAMES) and flat(CAPTION) in told  # sources, codes set aside
    places = [row for row in read_word(write(rating, tmp_path, "docx"))[0] if len(row) == 4]
    expected = [
        [name, PACKS[0], id_of(number, text), f"{name}: 1"]
        for number, (name, text) in enumerate(zip(NAMES, TEXTS, strict=True))
    ]
    assert places[1:] == [[printable(cell) for cell in row] for row in expected]


def test_excel_holds_every_text_it_has_room_for_and_refuses_the_others_in_words(numbered, tmp_path):
    with pytest.raises(ValueError, match=r"a text of 40000 characters does not fit an Excel cell \(32767\)"):
        write(numbered, tmp_path, "xlsx")
    assert list(tmp_path.iterdir()) == []
    path = write(numbered[numbered["teks"].str.len() < 32_768].reset_index(drop=True), tmp_path, "xlsx", note=CAPTION)
    pages = openpyxl.load_workbook(path)
    texts = [printable(text) for text in TEXTS if len(text) < 32_768]
    assert [row[1].value for row in pages["Tabel"].iter_rows(min_row=2)] == [as_excel_reads_it(text) for text in texts]
    assert [row[0].value for row in pages["Catatan"].iter_rows()] == [as_excel_reads_it(one_line(printable(CAPTION)))] * 2
    assert {cell.data_type for page in pages for row in page.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if re.search("vba|macro|externalLink", name, re.IGNORECASE)]
        assert b"<f>" not in b"".join(map(archive.read, archive.namelist()))
    heads = openpyxl.load_workbook(write(pd.DataFrame([range(len(SHORT))], columns=SHORT), tmp_path, "xlsx"))["Tabel"]
    assert [cell.value for cell in heads[1]] == [as_excel_reads_it(one_line(printable(text))) or None for text in SHORT]


def as_excel_reads_it(text):
    """The text as it must stand in the file: Excel reads _x0041_ as A, and _x005F_x0041_ as _x0041_ (ECMA-376, part 1, ST_Xstring)."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def test_csv_holds_every_text_and_no_formula(numbered, tmp_path):
    path = write(numbered, tmp_path, "csv")
    cells = [row[1] for row in csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n"))] == []
    assert [row["teks"] for row in read_rows(path, ["teks"])] == [printable(text) for text in TEXTS]
    head = next(
        csv.reader(
            io.StringIO(write(pd.DataFrame([range(200)], columns=TEXTS), tmp_path, "csv").read_bytes().decode(), newline="")
        )
    )
    assert [unguarded(name) for name in head] == [one_line(printable(text)) for text in TEXTS]
    assert [name for name in head if name.startswith(tuple("=+-@"))] == []


def test_html_holds_every_text_and_no_markup_of_theirs(numbered, matrices, tmp_path):
    template = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "p",
        "h2",
    }
    page = Page(write(numbered, tmp_path, "html", note=CAPTION).read_text(encoding="utf-8"))
    assert page.cells[3::2] == [printable(text) for text in TEXTS] and flat(CAPTION) in flat("".join(page.rest))
    for table in (matrices[1], matrices[2], pd.DataFrame([range(200)], columns=NAMES)):
        page = Page(write(table, tmp_path, "html").read_text(encoding="utf-8"))
        assert page.elements <= template and page.attributes <= {"lang", "charset", "scope", "colspan"}
        told = [flat(cell) for cell in page.cells]
        assert [name for name in NAMES if flat(name) not in told] == []


# --- LaTeX ---

DRAWN = {
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">", "textbar": "|", "textquotedbl": '"',
    "textquotesingle": "'", "textasciigrave": "`", "textdagger": "†", "textdegree": "°", "ldots": "…", "texttimes": "×", "newline": "\n",
    "leavevmode": "", "par": "\n",
}  # fmt: skip
LAID_OUT = set(
    """documentclass usepackage IfFileExists captionsetup AtBeginDocument renewcommand tablename figurename newcounter setlength
    emergencystretch begin end LARGE bfseries medskip smallskip bigskip fontsize selectfont LTcapwidth linewidth caption captionof label
    toprule midrule bottomrule endfirsthead endhead endfoot endlastfoot multicolumn raggedright raggedleft arraybackslash dimexpr tabcolsep
    textbf thetable emph ref addlinespace noindent small makebox includegraphics section subsection subsubsection clearpage
    refstepcounter gdef theqkappendix setcounter arabic thefigure""".split()
)
TOKEN = re.compile(r"\\([A-Za-z]+)(?:\{\})?|\\(.)|([{}])|(.)", re.DOTALL)


def read_latex(page):
    """The cells of a LaTeX file's table rows and all it prints; a command that the library does not write is an error."""
    name = r"csname u8:\\detokenize\{[^\0-\x7f]\}\\endcsname"
    unknown = rf"\\if{name}\\else\\expandafter\\gdef\\{name}\{{(?:\{{\[\}}U\+[0-9A-F]{{4,6}}\{{\]\}}\\hspace\{{0pt\}})?\}}\\fi"
    lines = [line for line in page.split("\n") if not re.fullmatch(unknown, line) and not line.startswith("% needs ")]
    rows, deep, said = [[""]], 0, ""
    for command, sign, brace, character in TOKEN.findall(re.sub(r"\\[hv]space\{[\d.]+pt\}", "{}", "\n".join(lines))):
        assert not command or command in DRAWN or command in LAID_OUT, command
        assert not sign or sign in "\\{}$&#_%", sign
        assert character not in ("$", "#", "^", "_", "%"), character
        deep += (brace == "{") - (brace == "}")
        assert deep >= 0
        if sign == "\\":
            rows.append([""])
        elif character == "&":
            rows[-1].append("")
        else:
            drawn = DRAWN.get(command, "") if command else sign or (" " if character == "~" else character)
            rows[-1][-1] += drawn
            said += drawn
    assert deep == 0
    return [[re.sub(r"^(?:\[2pt\]|\*)", "", cell) for cell in row] for row in rows], said


def composed(text):
    return unicodedata.normalize("NFC", flat(text))


def test_latex_holds_every_text_and_no_command_of_theirs(numbered, matrices, tmp_path):
    rows, said = read_latex(write(numbered, tmp_path, "tex", note=CAPTION).read_text(encoding="utf-8"))
    held = [[cell.strip() if not at else cell for at, cell in enumerate(row)] for row in rows if len(row) == 2]
    assert [composed(text) for text in by_number(held)] == [composed(text) for text in TEXTS]
    assert composed(said).count(composed(CAPTION)) == 2
    for matrix in matrices[1:3]:
        rows, said = read_latex(write(matrix, tmp_path, "tex").read_text(encoding="utf-8"))
        told = [composed(row[0]) for row in rows]
        assert [name for name in NAMES if composed(name) not in told] == []
        assert composed(CAPTION) in composed(said)


# --- figures ---


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


TITLE = "\ufeff" + CAPTION
GLYPHS = get_font(findfont("DejaVu Sans")).get_charmap()


def bare(text):
    """The text without white space and without what cannot be printed."""
    return "".join(printable(text).replace("\ufffd", "").split())


def squeezed(text):
    """What is drawn of a text: each character, or its code where the font does not have it; no white space."""
    letters = bare(text).replace("\ufeff", "")
    return "".join(letter if ord(letter) in GLYPHS else f"[U+{ord(letter):04X}]" for letter in letters)


def drawn_in(ax):
    """All that is written into a figure, text after text, without white space."""
    assert not any(text.get_parse_math() for text in ax.findobj(Text))
    return "\n".join(bare(text.get_text()) for text in ax.findobj(Text))


def test_a_heatmap_draws_every_text(packs):
    ax = qk.heatmap(qk.rating_matrix(packs, "sector", "case"), title=TITLE)
    told = drawn_in(ax)
    assert [pack for pack in PACKS if told.count(squeezed(pack)) < 2] == []  # the family, the code
    assert squeezed(CAPTION) in told
    assert [pack for pack in [*PACKS, CAPTION] if bare(pack) not in bare(ax.figure.alt)] == []
    ax = qk.heatmap(qk.count_matrix(packs, "sector", "case").keep(rows=["K0", "K1", "K2"]), title=PACKS[0])
    assert overlaps(ax) == []


def test_a_network_and_an_upset_draw_every_text(packs):
    codes = packs["sector"].cat.categories[: len(PACKS)]
    following = pd.Categorical([*codes[1:], codes[0]], packs["sector"].cat.categories)
    both = pd.concat([packs, packs.assign(sector=following)], ignore_index=True)
    both["sector"] = pd.Categorical(both["sector"], packs["sector"].cat.categories)
    both = both.assign(family="")
    for draw, recipe in ((network, "code co-occurrence"), (upset, "code combinations")):
        ax = draw(replace(arrange(both, recipe), groups={}), title=PACKS[7])
        told = drawn_in(ax)
        assert [pack for pack in PACKS if squeezed(pack) not in told] == []
        assert [pack for pack in PACKS if bare(pack) not in bare(ax.figure.alt)] == []


def test_a_timeline_draws_every_id_and_label(statements):
    named = statements[statements["statement"].isin([text for text in TEXTS if len(text) < 30])]
    ax = timeline(arrange(named, "event listing"), title=PACKS[1])
    told = drawn_in(ax).split("\n")
    assert [name for name in named["statement"] if squeezed(name) not in told] == []
    assert all(bare(text) in bare(ax.figure.alt) for text in [*named["statement"], *PACKS[:2]])


def test_a_scatter_draws_every_name():
    table = pd.DataFrame({"nama": PACKS, "x": "strong", "y": ["weak", "moderate"] * (len(PACKS) // 2)})
    ax = scatter(table, x="x", y="y", name="nama", title=PACKS[8])
    told = drawn_in(ax)
    assert [pack for pack in PACKS if squeezed(pack) not in told] == []
    assert [pack for pack in PACKS if bare(pack) not in bare(ax.figure.alt)] == []


def test_a_figure_is_written_with_every_text_in_every_format(packs, tmp_path):
    """Here the title is the first of the alternative text, and begins as a tag does."""
    ax = qk.heatmap(qk.count_matrix(packs, "sector", "case").keep(rows=["K0", "K8"]), title=PACKS[0], width="single")
    picture, beside = qk.write_figure(ax, tmp_path / "gambar.svg", caption=CAPTION)
    assert flat(beside.read_text(encoding="utf-8")) == flat(f"{CAPTION} {ax.figure.alt}")
    root = etree.fromstring(picture.read_bytes())
    assert {etree.QName(node).localname for node in root.iter("*")} <= set(
        "svg metadata RDF Work title description type Agent date format creator defs style g path use text tspan clipPath rect pattern".split()
    )
    held = [flat(node.text) for node in root.iter("*") if node.text]
    assert flat(CAPTION) in held and flat(ax.figure.alt) in held
    paths = qk.write_figure(plt.subplots(figsize=(1, 1))[1], tmp_path / "kecil", caption=CAPTION, alt=CAPTION)
    assert [path.suffix for path in paths] == [".pdf", ".svg", ".eps", ".png", ".txt"]
    assert flat(Image.open(tmp_path / "kecil.png").text["Description"]) == flat(CAPTION)
    for ending in ("pdf", "eps"):
        ax = qk.heatmap(qk.count_matrix(packs, "sector", "case").keep(rows=["K0"]), title="\ufeffx", width="single")
        assert qk.write_figure(ax, tmp_path / f"gambar.{ending}", caption=CAPTION)[0].stat().st_size > 0


# --- reports ---


def meant_as_such(text):
    """A text as it is written in a report where nothing in it is a heading, italics or a reference."""
    return re.sub(r"([*#])", r"\\\1", text).replace("{", "{{").replace("}", "}}")


def parts_of(numbered, packs):
    ax = qk.heatmap(qk.count_matrix(packs, "sector", "case").keep(rows=["K0"]), title=PACKS[1])
    meant = meant_as_such(one_line(printable(CAPTION)))
    return [
        f"# {meant}",
        f"x {meant} ({{teks}}, {{matriks}}, {{gambar}}, {{sandi}})",
        Table("teks", numbered, CAPTION, note=CAPTION),
        Table("matriks", qk.rating_matrix(packs, "sector", "case"), CAPTION),
        Figure("gambar", ax, CAPTION, alt=CAPTION, source=CAPTION),
        Appendix(CAPTION, "sandi"),
        f"x {meant}",
    ]


def test_a_word_report_holds_every_text(numbered, packs, tmp_path):
    path = write_report(tmp_path / "laporan.docx", CAPTION, parts_of(numbered, packs), author=CAPTION)
    rows, paragraphs = read_word(path)
    assert [flat(text) for text in by_number([row for row in rows if len(row) == 2])] == [flat(text) for text in TEXTS]
    told = flat(" ".join(paragraphs))
    assert told.count(flat(CAPTION)) == 13  # title, author, heading, text, titles, note, codes set aside, source, appendix ...
    with zipfile.ZipFile(path) as archive:
        described = [
            node.get("descr") for node in etree.fromstring(archive.read("word/document.xml")).iter() if node.get("descr")
        ]
    assert [flat(text) for text in described] == [flat(CAPTION)]


def test_a_latex_report_holds_every_text_and_no_command_of_theirs(numbered, packs, tmp_path):
    path = write_report(tmp_path / "laporan.tex", CAPTION, parts_of(numbered, packs), author=CAPTION)
    rows, said = read_latex(path.read_text(encoding="utf-8"))
    held = [[row[0].strip(), row[1]] for row in rows if len(row) == 2]
    assert [composed(text) for text in by_number(held)] == [composed(text) for text in TEXTS]
    assert composed(said).count(composed(CAPTION)) == 13
    assert sorted(file.name for file in tmp_path.iterdir()) == ["laporan-gambar-1.pdf", "laporan.tex"]


# --- files that researchers keep ---


def test_a_memo_is_read_as_it_was_written(tmp_path):
    for number, text in enumerate(TEXTS):
        if flat(text):
            write_memo(
                tmp_path,
                "jotting",
                text,
                text,
                f"{number}: {text}.",
                [f"document:x {text}".replace(";", ",")],
                date="2026-11-22",
            )
    assert {path.parent for path in tmp_path.rglob("*")} == {tmp_path}
    memos = read_memos(tmp_path)
    memos = memos.assign(number=memos["text"].str.extract(r"^(\d+)")[0].astype(int)).sort_values("number")
    assert memos["text"].tolist() == [f"{number}: {storable(text)}." for number, text in enumerate(TEXTS)]
    for column in ("title", "author"):
        assert memos[column].tolist() == [one_line(storable(text)) for text in TEXTS]


def storable(text):
    """The text as a file holds it: half an emoji is none, and there is one kind of line end."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text.replace("\r\n", "\n"))


def test_the_log_of_changes_keeps_one_line_for_each_text(tmp_path):
    for number, text in enumerate(TEXTS):
        record(tmp_path / "catatan.md", str(number).encode(), who=text, why=text, codebook=text)
    lines = (tmp_path / LOG).read_bytes().split(b"\n")
    assert len(lines) == 201 and lines[-1] == b""
    assert [json.loads(line)["why"] for line in lines[:-1]] == [storable_in_json(text) for text in TEXTS]
    log = read_audit(tmp_path)
    assert log["who"].tolist() == log["why"].tolist() == log["codebook"].tolist() == [storable_in_json(text) for text in TEXTS]
    assert log["note"].tolist() == [""] * 200


def storable_in_json(text):
    return text.encode("utf-8", "replace").decode()


def test_a_form_is_read_as_it_was_filled_in(tmp_path):
    documents = pd.DataFrame({"document": [f"d{number}" for number in range(len(PACKS))]})
    paths = start_forms(tmp_path, documents, coder=PACKS[3])
    for path, pack in zip(paths, PACKS, strict=True):
        words = dict.fromkeys(("event", "significance", "summary", "reflection"), printable(pack)) | {
            "central": f"ya: {printable(pack)}"
        }
        path.write_text(
            path.read_text(encoding="utf-8").partition("date:")[0] + yaml.safe_dump({"date": "2026-11-22", **words}),
            encoding="utf-8",
        )
    forms = read_forms(tmp_path, documents)
    assert forms["summary"].tolist() == [printable(pack).strip() for pack in PACKS] and set(forms["coder"]) == {PACKS[3]}
    assert forms["central"].tolist() == [f"ya: {printable(pack)}".strip() for pack in PACKS]


@pytest.mark.parametrize("document", ["../luar", "/tmp/luar", "C:\\luar", "a/b", "CON", "a\x00b"])
def test_no_form_is_written_outside_its_folder(document, tmp_path):
    folder = tmp_path / "forms"
    with pytest.raises(ValueError, match="document"):
        start_forms(folder, pd.DataFrame({"document": [document]}), coder="rani")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_every_display_holds_the_texts_of_its_cells(packs):
    cases = facet_column(["A", "B"] * 5, facet("case", {"A": PACKS[0], "B": PACKS[1]}))
    told_of = periods(packs.assign(actor=packs["sector"], pattern=packs["sector"], case=cases), starts=[1993, 2000, 2010, 2020])
    made = recipes("en").set_index("display").query("made_by == 'arrange'")
    for name, recipe in made.iterrows():
        asked = {} if recipe["rows"] and recipe["columns"] else {"rows": "sector", "columns": "case"}
        matrix = arrange(told_of.drop(columns="case") if name == "context chart" else told_of, name, **asked)
        page = Page(show(matrix).html)
        assert page.elements <= OURS and page.attributes <= {"style", "scope", "colspan", "class"}
        told = bare(" ".join(page.cells))
        for value in matrix.table().to_numpy().ravel():
            assert bare(str(value)) in told
        if matrix.is_text and name not in WITHOUT_STATEMENTS:
            assert [pack for pack in PACKS if bare(pack) not in told] == []


WITHOUT_STATEMENTS = ("checklist matrix", "contrast table", "content-analytic summary table")


# --- what researchers conclude ---


class WithoutAliases(yaml.SafeDumper):
    """Writes what stands twice in the content twice."""

    def ignore_aliases(self, content):
        return True


@pytest.fixture(scope="module")
def concluded(packs, tmp_path_factory):
    """Claims and patterns whose words are the texts, as they are read from their files."""
    folder = tmp_path_factory.mktemp("simpulan")
    both = [words(f"x {pack}") for pack in PACKS]
    claims = [{"id": f"C{n}", "by": "study", "text": said, "scope": said, "status": "proposed", "for": ["S0"], "memo": said,
               "rivals": [{"text": said, "verdict": f"x {PACKS[n]}", "evidence": ["S1"]}],
               "tactics": [{"tactic": "triangulating", "done": f"x {PACKS[n]}", "found": f"x {PACKS[n]}"}]}
              for n, said in enumerate(both)]  # fmt: skip
    patterns = [{"id": f"P{n}", "kind": "theme", "label": said, "members": [f"sector:K{n}"], "claim": said, "for": [f"S{n}"],
                 "against": ["S9" if n < 9 else "S0"], "status": "hunch", "by": PACKS[4], "created": "2026-11-22", "memo": said}
                for n, said in enumerate(both)]  # fmt: skip
    for name, content in (("claims", claims), ("patterns", patterns)):
        (folder / f"{name}.yaml").write_text(yaml.dump({name: content}, Dumper=WithoutAliases), encoding="utf-8")
    return qk.read_claims(folder / "claims.yaml", packs), read_patterns(folder / "patterns.yaml", packs)


def test_claims_and_patterns_keep_every_text(concluded, packs):
    claims, patterns = concluded
    said = [f"x {pack}".strip() for pack in PACKS]
    assert [claim.text["id"] for claim in claims] == [pattern.label["en"] for pattern in patterns] == said
    tables = [
        qk.verify(claims, packs),
        pattern_table(patterns, packs),
        tactics_of(claims[9], packs),
        evidence_for(claims[0], packs),
    ]
    for table in tables[:2]:
        told = bare(" ".join(table.astype(str).to_numpy().ravel()))
        assert [pack for pack in PACKS if bare(pack) not in told] == []
    assert bare(PACKS[9]) in bare(" ".join(tables[2]["recorded"]))
    for table in tables:
        page = Page(show(table).html)
        assert page.elements <= OURS and page.attributes <= {"style", "scope", "class"}
        cells = bare(" ".join(page.cells))
        assert [value for value in table.astype(str).to_numpy().ravel() if bare(value) not in cells and value != "nan"] == []


def test_what_a_screen_prints_of_claims_and_patterns_commands_no_terminal(concluded):
    claims, patterns = concluded
    for told in (repr(claims), repr(claims[9]), repr(patterns)):
        assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", told) == []


def test_weak_spots_are_found_in_any_text(statements, concluded):
    facets = tuple(
        facet(name, {str(code): str(code) for code in statements[name].cat.categories}) for name in ("sector", "case", "status")
    )
    book = Codebook("b", "1", words("x"), "sentence", (), (), facets)
    documents = pd.DataFrame({"document": NAMES, "text": TEXTS, "title": NAMES, "date": "2020", "outlet": NAMES})
    segments = qk.split(documents, into="sentences")
    spots = weak_spots(statements, segments, book, claims=concluded[0])
    alone = spots[spots["check"] == "single_source"]  # every cell here rests on one document
    assert alone["places"].tolist() == [f"{name}: 1" for name in NAMES] and list(map(bare, alone["quote"])) == list(
        map(bare, TEXTS)
    )
    assert all(bare(name) in bare(seen) for name, seen in zip(NAMES, alone["seen_en"], strict=True))
    page = Page(show(spots).html)
    assert page.elements <= OURS and page.attributes <= {"style", "scope", "class"}


def test_segments_are_slices_of_any_text():
    for into in ("sentences", "paragraphs"):
        segments = qk.split(pd.DataFrame({"document": [str(n) for n in range(200)], "text": TEXTS}), into=into)
        assert [TEXTS[int(row.document)][row.start : row.end] for row in segments.itertuples()] == segments["text"].tolist()
