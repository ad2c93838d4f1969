import hashlib
import re
from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from lxml import html as parser
from matplotlib.text import Text

import qualkit as qk
from qualkit.claims import Claims
from qualkit.codebook import Code, Facet, Family, facet_column
from qualkit.display import _RAMP, _SHADES, INK, WIDTHS, describe, ink, luminance, overlaps, printable, show

STATUSES = ["context", "aspired", "planned", "signed", "implemented", "outcome"]
HOSTILE = [
    "<script>alert(1)</script>", "</script><script>x</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<b>tebal</b>", "</td></tr></table><h1>x</h1>", "<!-- x -->", "<style>*{display:none}</style>", "<a href='javascript:x'>y</a>",
    "<iframe src=//x>", "<button data-commandlinker-command='x'>y</button>", "<details open ontoggle=x>", "&lt;script&gt;", "&amp;&#60;b&#62;",
    '" onmouseover="x', "' onmouseover='x", '"><img src=x>', "'><img src=x>", "` onload=x `", "</summary><p>x", "</details>", "</title><b>",
    "$\\alpha$", "$\\alfa$", "$x_1$ dan $", "\\frac{1}{2}", "_x", "_", "=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "%s %(x)s {0} {x}",
    "emoji 😀 🇮🇩", "中文", "سلام עברית", "\u202eterbalik", "nol\x00lebar\u200b", "\x1b[31mmerah", "baris\r\nbaru\u2028x", "e\u0301", "\ud800",
    "sangat-" * 30, "panjang" * 30,
]  # fmt: skip


def words(text):
    return {"id": text, "en": text}


def facet(name, labels, family="", scale="multiple"):
    some = words("x")
    families = (Family("F1", words(family or "Rumpun satu")), Family("F2", words("Rumpun dua")))
    codes = [
        Code(code, words(label), some, some, some, some, some, "theory", "topic", "1.0", f"F{1 + (at > 0)}")
        for at, (code, label) in enumerate(labels.items())
    ]
    return Facet(name, words(name.title()), some, scale, tuple(codes), families if family else ())


def statements(*rows, sectors=None, cases=None, family="Rumpun satu", quote="Kalimat itu."):
    """Rows of: statement, sector, case, status, evidence, document."""
    table = pd.DataFrame(rows, columns=["statement", "sector", "case", "status", "evidence", "document"])
    table["sector"] = facet_column(table["sector"], facet("sector", sectors or {"E": "Ekonomi", "P": "Pendidikan"}, family))
    table["case"] = facet_column(table["case"], facet("case", cases or {"A": "Aa-Bb", "C": "Cc-Dd"}, scale="nominal"))
    table["status"] = facet_column(table["status"], facet("status", {name: name for name in STATUSES}, scale="ordinal"))
    return table.assign(text_id="Fakta.", text_en="Fact.", segment=1, quote=quote, off_heading=False)


ROWS = [
    ("S1", "E", "A", "implemented", "2", "berita"),
    ("S2", "E", "A", "signed", "2", "jurnal"),
    ("S3", "E", "C", "aspired", "0", "berita"),
    ("S4", "P", "A", "context", "1", "berita"),
    ("S5", "E", "C", "outcome", "1", "berita"),
]
TABLE = statements(*ROWS)


def rating(table=TABLE, **more):
    return qk.rating_matrix(table, rows="sector", columns="case", **more)


def count(table=TABLE):
    return qk.count_matrix(table, rows="sector", columns="case")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def cell_texts(ax):
    return [text.get_text() for text in ax.texts]


# --- figures ---


def test_rows_columns_and_families_are_tick_labels():
    ax = qk.heatmap(count(), title="Pernyataan")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["Aa-Bb", "Cc-Dd"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Rumpun satu", "Ekonomi", "Rumpun dua", "Pendidikan"]
    assert [label.get_fontweight() for label in ax.get_yticklabels()] == ["bold", "normal", "bold", "normal"]
    assert len(ax.lines) == 2  # a rule under each family
    assert ax.get_title(loc="left") == "Pernyataan"
    assert ax.get_xlabel() == "jumlah pernyataan per sel; · = 0: tidak ditemukan dalam korpus"


def test_a_count_stands_in_every_cell_and_a_point_for_zero():
    assert cell_texts(qk.heatmap(count(), title="x")) == ["2", "2", "1", "·"]


def test_a_rating_stands_with_its_marks_its_number_and_its_outcomes():
    ax = qk.heatmap(rating(), title="x")
    assert cell_texts(ax) == ["kuat (2)", "·", "lemah° (2)", "1", "hanya latar (0)", "·", "·", "hasil diklaim"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["Aa-Bb", "Cc-Dd", "Aa-Bb", "Cc-Dd"]
    assert ax.get_xlabel().split("\n") == [
        "(n) pernyataan, tanpa latar; /// tidak ditemukan dalam korpus; ° sumber tunggal",
        "kuat: ≥ 2 kegiatan/naskah dengan bukti ≥ 2; sedang: ≥ 1 dengan bukti ≥ 1; lemah: hanya harapan, rencana, atau klaim hasil",
    ]
    english = qk.heatmap(rating(), title="x", language="en")
    assert cell_texts(english)[0] == "strong (2)" and "outcomes claimed" in cell_texts(english)
    assert english.get_xlabel().endswith(
        "\nstrong: ≥ 2 acts or instruments with evidence ≥ 2; moderate: ≥ 1 with evidence ≥ 1; weak: hopes, plans or claimed"
        " outcomes only"
    )


def test_every_reason_for_an_empty_cell_has_its_hatch_and_its_words():
    table = statements(("S1", "E", "A", "signed", "2", "berita"))
    matrix = qk.rating_matrix(table, rows="sector", columns="case", empty={("P", "C"): words("tidak ditanyakan")})
    ax = qk.heatmap(matrix, title="x")
    hatches = [patch.get_hatch() for patch in ax.patches]
    assert hatches[0] is None and len(set(hatches)) == 4
    reasons = "/// tidak ada data tentangnya dalam tabel ini; \\\\\\ tidak ditemukan dalam korpus; xxx tidak ditanyakan"
    assert reasons in ax.get_xlabel()


@pytest.mark.parametrize(("width", "mm"), WIDTHS.items())
def test_a_figure_has_the_width_of_the_column_and_readable_letters(width, mm):
    for matrix in (count(), rating()):
        ax = qk.heatmap(
            matrix, title="Judul yang agak panjang supaya memerlukan lebih dari satu baris di kolom tunggal", width=width
        )
        assert ax.figure.get_figwidth() == pytest.approx(mm / 25.4)
        assert overlaps(ax) == []
        assert min(text.get_fontsize() for text in ax.findobj(Text) if text.get_text()) >= 6


LONG = ["Surabaya-Busan", "Medan-Gwangju", "Bekasi-Korea Selatan (kota mitra tidak disebut)", "DKI Jakarta-Gyeonggi",
        "DKI Jakarta-Shanghai", "Pasangan kota lain", "Umum / konsep"]  # fmt: skip


def seven_cases():
    cases = dict(zip("ABCDEFG", LONG, strict=True))
    sectors = {"E": "Pelabuhan, logistik, kelautan, dan perikanan", "P": "Sistem, mutu, dan bidang pendidikan secara umum"}
    rows = [(f"S{n}{case}", "E", case, "signed", "1", "berita") for case in cases for n in range(12)]
    table = statements(*rows, sectors=sectors, cases=cases, family="Pertukaran informasi, teknologi, dan pembangunan kota")
    return table.assign(off_heading=True)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("kind", "width"),
    [("count", "single"), ("count", "onehalf"), ("count", "double"), ("rating", "onehalf"), ("rating", "double")],
)
def test_seven_cases_are_drawn_without_touching(kind, width, language):
    matrix = (count if kind == "count" else rating)(seven_cases())
    ax = qk.heatmap(matrix, title="Pernyataan menurut sektor dan pasangan kota", width=width, language=language)
    assert overlaps(ax) == []
    assert min(text.get_fontsize() for text in ax.findobj(Text) if text.get_text()) >= 6
    drawn = [label.get_text().replace("-\n", "-").replace("\n", " ") for label in ax.get_xticklabels()]
    assert drawn[:7] == LONG
    ax.figure.draw_without_rendering()
    cells = zip(ax.patches, [text for text in ax.texts if text.get_text() != "·"], strict=False)
    for box, text in list(cells)[:7]:
        outer, inner = box.get_window_extent(), text.get_window_extent()
        assert outer.x0 <= inner.x0 and inner.x1 <= outer.x1 and outer.y0 <= inner.y0 and inner.y1 <= outer.y1


def test_where_words_do_not_fit_initials_stand_with_a_key():
    ax = qk.heatmap(rating(seven_cases()), title="x", width="onehalf")
    assert cell_texts(ax)[0] == "S†°\n(12)"
    assert ax.get_xlabel().replace("\n", " ").startswith("K = kuat; S = sedang; L = lemah; H = hanya latar; (n) pernyataan")
    assert "; † fakta di bawah judul bidang lain; ° sumber tunggal kuat: ≥ 2" in ax.get_xlabel().replace("\n", " ")


def test_overlaps_finds_texts_that_touch_and_texts_that_are_cut():
    _, ax = plt.subplots()
    ax.set(xticks=[], yticks=[])
    ax.text(0.5, 0.5, "satu"), ax.text(0.5, 0.5, "dua"), ax.text(5, 0.5, "jauh")
    assert overlaps(ax) == [("satu", "dua"), ("jauh", "the edge of the page")]


def test_the_shades_fall_evenly_in_lightness_so_that_they_read_in_grey():
    light = [luminance(_RAMP(step / 100)) for step in range(101)]
    assert all(later < earlier for earlier, later in pairwise(light))
    ratings = [luminance(_SHADES[name]) for name in ("none", "weak", "moderate", "strong")]
    assert all(earlier - later > 0.15 for earlier, later in pairwise(ratings))


def test_letters_stand_out_on_every_shade():
    for colour in [*(_RAMP(step / 100) for step in range(101)), *_SHADES.values()]:
        light, dark = sorted([luminance(colour), luminance(ink(colour))], reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.0  # WCAG 2 asks 4.5 of text and 3 of large text
    assert luminance("#777777") == pytest.approx(0.184, abs=0.001)  # the known value of this grey
    assert ink("white") == INK and ink("black") == "white"


def test_a_figure_can_be_drawn_into_given_axes():
    figure, axes = plt.subplots(1, 2, figsize=(10, 4))
    first = qk.heatmap(count(), title="Satu", ax=axes[0])
    assert first is axes[0] and first.figure is figure
    qk.heatmap(rating(), title="Dua $\\alfa$", ax=axes[1])
    assert overlaps(first) == []


def test_drawing_changes_no_settings_and_not_the_matrix():
    before, matrix = dict(plt.rcParams), rating()
    cells = matrix.cells.copy()
    qk.heatmap(matrix, title="x")
    assert dict(plt.rcParams) == before and matrix.cells.equals(cells)


def test_a_figure_prints_as_its_alternative_text():
    ax = qk.heatmap(rating(), title="Bukti kerja sama")
    said = repr(ax.figure)
    assert said == ax.get_label() == describe(rating(), "Bukti kerja sama")
    assert said.startswith(
        "Bukti kerja sama. Matriks 2 × 2. Ekonomi / Aa-Bb: kuat (2); Ekonomi / Cc-Dd: lemah° (2), hasil diklaim: 1;"
        " Pendidikan / Aa-Bb: hanya latar (0). Tidak ditemukan: Pendidikan / Cc-Dd. [data "
    )
    data = "row,column,value,statements,outcomes,marks\nE,A,strong,2,0,\nE,C,weak,2,1,°\nP,A,none,0,0,\nP,C,none,0,0,\n"
    assert said.endswith(f"[data {hashlib.sha256(data.encode()).hexdigest()[:12]}]")
    assert describe(count(), "x").startswith(
        "x. Matriks 2 × 2. Ekonomi / Aa-Bb: 2; Ekonomi / Cc-Dd: 2; Pendidikan / Aa-Bb: 1."
        " Tidak ditemukan: Pendidikan / Cc-Dd. [data"
    )
    assert "background only (0). Not found: Pendidikan / Cc-Dd. [data" in describe(rating(), "x", "en")


def test_an_alternative_text_names_the_empty_cells_by_their_reason():
    table = statements(("S1", "E", "A", "signed", "2", "berita"))
    matrix = qk.rating_matrix(table, rows="sector", columns="case", empty={("P", "C"): words("tidak ditanyakan")})
    assert describe(matrix, "x").startswith(
        "x. Matriks 2 × 2. Ekonomi / Aa-Bb: sedang° (1). Tidak ada data tentangnya dalam tabel ini: Ekonomi / Cc-Dd."
        " Tidak ditemukan: Pendidikan / Aa-Bb. Tidak ditanyakan: Pendidikan / Cc-Dd. [data "
    )


def test_the_hash_of_the_data_changes_with_every_number_that_is_drawn():
    more = statements(*ROWS, ("S9", "E", "A", "planned", "0", "berita"))
    assert rating(more).table().equals(rating().table())  # the same ratings, one more statement
    assert describe(rating(more), "x")[-20:] != describe(rating(), "x")[-20:]
    assert describe(rating(), "x")[-20:] == describe(rating(TABLE.iloc[::-1]), "y", "en")[-20:]
    assert describe(count(TABLE.iloc[:0]), "x").startswith(
        "x. Matriks 2 × 2. Tidak ada data tentangnya dalam tabel ini: Ekonomi / Aa-Bb; Ekonomi / Cc-Dd;"
    )


def test_a_figure_without_a_matrix_prints_as_matplotlib_prints_it():
    from qualkit.display import Picture

    assert repr(plt.figure(FigureClass=Picture)).startswith("<Picture size")


@pytest.mark.parametrize("at", range(0, len(HOSTILE), 4))
def test_any_text_is_drawn_as_it_is_without_a_warning(at, recwarn):
    texts = HOSTILE[at : at + 4]
    table = statements(("S1", "E", "A", "signed", "2", "x"), sectors=dict(zip("EPQR", texts, strict=True)), family=texts[0])
    ax = qk.heatmap(count(table), title=texts[1], width="single")
    ax.figure.draw_without_rendering()
    assert not [warning for warning in recwarn if "lyph" in str(warning.message)]
    labels = [label.get_text() for label in ax.get_yticklabels() if label.get_fontweight() == "normal"]
    assert len(labels) == 4 and all(labels)
    assert not any(text.get_parse_math() for text in ax.findobj(Text))
    ascii_text = [re.sub(r"\s", "", text) for text in texts if re.fullmatch(r"[ -~]+", text)]
    assert set(ascii_text) <= {re.sub(r"\s", "", label) for label in labels}


def test_a_character_the_font_lacks_is_drawn_as_its_code():
    ax = qk.heatmap(count(statements(("S1", "E", "A", "signed", "2", "x"), sectors={"E": "中\x00"})), title="中")
    assert ax.get_title(loc="left") == "[U+4E2D]"
    assert ax.get_yticklabels()[1].get_text() == "[U+4E2D]�"
    assert repr(ax.figure).startswith("中. ")  # readers who listen get the character


def test_blank_labels_and_an_empty_title_are_drawn_as_nothing():
    table = statements(("S1", "E", "A", "signed", "2", "x"), sectors={"E": " "}, cases={"A": "\u2003"}, family="")
    ax = qk.heatmap(rating(table), title="")
    assert [label.get_text() for label in ax.get_yticklabels()] == [""] and overlaps(ax) == []


# --- notebook tables ---

ALLOWED = {"table", "thead", "tbody", "tr", "th", "td", "p", "details", "summary", "ul", "li", "div"}
ATTRIBUTES = {"class", "style", "scope", "colspan"}


def assert_only_ours(page, payload=None):
    tree = parser.fragment_fromstring(page, create_parent="div")
    assert {element.tag for element in tree.iter()} <= ALLOWED
    assert {name for element in tree.iter() for name in element.attrib} <= ATTRIBUTES
    if payload:
        assert "".join(printable(payload).split()) in "".join("".join(tree.itertext()).split())


@pytest.fixture
def texts_of_python():
    """Half a letter is no text to pyarrow, where it is installed: pandas then keeps the texts itself."""
    with pd.option_context("mode.string_storage", "python"):
        yield


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_from_the_corpus_becomes_markup(payload, texts_of_python):
    table = statements(
        ("S1", "E", "A", "signed", "2", payload), sectors={"E": payload}, cases={"A": payload}, family=payload, quote=payload
    )
    table["text_id"] = table["text_en"] = table["statement"] = payload
    assert_only_ours(show(rating(table)).html, payload)
    assert_only_ours(show(count(table)).html, payload)
    assert_only_ours(show(qk.statement_matrix(table, rows="sector", columns="case")).html, payload)
    assert_only_ours(show(qk.quote_matrix(table, rows="sector", columns="case", per_cell=1)).html)
    plain = pd.DataFrame({payload: [payload]}, index=pd.Index([payload], name=payload))
    assert_only_ours(show(plain).html, payload)
    assert "<script>" not in rating(table)._repr_html_()


def test_a_click_unfolds_the_passages_behind_a_cell():
    tree = parser.fromstring(show(rating()).html)
    first = tree.xpath("//details")[0]
    assert first.findtext("summary") == "kuat"
    assert [item.text for item in first.iter("li")] == [
        "S1 implemented: “Kalimat itu.” [berita: 1]",
        "S2 signed: “Kalimat itu.” [jurnal: 1]",
    ]
    assert len(tree.xpath("//details")) == 3  # the empty cell and the outcomes do not unfold


def test_a_passage_unfolds_with_the_whole_words_that_stand_around_it():
    around = TABLE.assign(prefix="elum itu mereka tiba.", suffix="Lalu")
    tree = parser.fragment_fromstring(show(rating(around)).html, create_parent="div")
    assert tree.xpath("string(//li[1])") == "S1 implemented: … itu mereka tiba. “Kalimat itu.” [berita: 1]"
    assert [span.text for span in tree.xpath("(//li)[1]/span")] == ["… itu mereka tiba. "]


def test_texts_in_cells_unfold_to_their_passages_too():
    tree = parser.fragment_fromstring(show(qk.statement_matrix(TABLE, "sector", "case")).html, create_parent="div")
    first = tree.xpath("//details")[0]
    assert first.findtext("summary").startswith("Fakta. (S1; implemented; bukti 2; berita: 1)")
    assert len(first.findall("ul/li")) == 2


def test_of_a_matrix_of_texts_a_heatmap_draws_how_many_statements_each_cell_holds():
    ax = qk.heatmap(qk.statement_matrix(TABLE, "sector", "case"), title="Pernyataan")
    assert cell_texts(ax) == ["2", "2", "·", "·"]  # background is not counted
    assert "jumlah pernyataan per sel" in ax.get_xlabel()


def test_families_are_headings_over_their_rows():
    tree = parser.fragment_fromstring(show(count()).html, create_parent="div")
    heads = tree.xpath('//th[@scope="rowgroup"]')
    assert [head.text for head in heads] == ["Rumpun satu", "Rumpun dua"]
    assert all(head.get("colspan") == "3" and "font-weight:bold" in head.get("style") for head in heads)
    assert [head.text for head in tree.xpath('//th[@scope="row"]')] == ["Ekonomi", "Pendidikan"]


def test_what_is_shown_has_a_plain_text_that_says_the_same_and_stays():
    shown = show(rating(), language="en")
    assert repr(shown).splitlines()[-1].startswith("strong: at least two statements")
    assert shown._repr_mimebundle_() == {"text/plain": repr(shown), "text/html": shown.html}
    assert show(rating(), language="en").html == shown.html
    assert shown.html.count("<p ") == 1  # the rule


def test_a_plain_table_is_shown_whole_with_its_index_and_three_decimals():
    long = "kata " * 100 + "akhir"
    table = pd.DataFrame(
        {"a": [0.5, None], "b": [long, "dua\nbaris"], "c": [pd.NA, 3]}, index=pd.Index(["x", "y"], name="kode")
    )
    shown = show(table)
    tree = parser.fragment_fromstring(shown.html, create_parent="div")
    assert [cell.text for cell in tree.xpath("//th")] == ["kode", "a", "b", "c"]
    assert [cell.text for cell in tree.xpath("//td")] == ["x", "0.500", long.strip(), None, "y", None, "dua baris", "3"]
    assert long in repr(shown) and "dua baris" in repr(shown) and "0.500" in repr(shown)
    short = show(
        pd.DataFrame({"a": ["2023-04-28", "surabaya-busan", "surabaya-busan1", "kerja-\nsama  dua\nkota &\tdesa"]})
    ).html
    cells = parser.fragment_fromstring(short, create_parent="div").xpath("//td")
    assert [cell.get("style").endswith(";white-space:nowrap") for cell in cells] == [True, True, False, False]  # of 14 letters
    assert cells[3].text == "kerja-sama dua kota & desa"
    many = show(pd.DataFrame({"n": range(500)}))
    assert repr(many).count("\n") == 500 and many.html.count("<tr>") == 501
    assert repr(many).splitlines()[1].strip() == "0"  # a plain row number is not shown


def test_control_characters_and_line_ends_become_printable():
    assert printable("a\r\nb\rc\x00\x1b\x7f\ud800\tü") == "a\nb\nc����\tü"


# --- messages ---


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: qk.heatmap(count(), title="x", width="wide"), "width 'wide' is not known. Possible: single, onehalf, double."),
        (lambda: qk.heatmap(count(), title="x", language="de"), "language 'de' is not known. Possible: id, en."),
        (lambda: show(count(), language="de"), "language 'de' is not known. Possible: id, en."),
        (lambda: qk.heatmap(rating(seven_cases()), title="x", width="single"), "7 columns do not fit into 89 mm"),
        (lambda: show([1]), "show takes a matrix or a table, not list"),
        (lambda: show(TABLE["quote"]), "not Series; a column alone: use .to_frame()"),
        (lambda: show(Claims()), "not Claims; claims: use qk.verify or qk.evidence_for"),
        (
            lambda: qk.heatmap(count(TABLE), title="x", ax=plt.subplots(figsize=(6, 1))[1]),
            "mm: make its figure taller",
        ),
        (
            lambda: qk.heatmap(
                qk.count_matrix(pd.DataFrame({"r": [], "c": [], "document": [], "segment": []}), "r", "c"), title="x"
            ),
            "the matrix has no cells: there is nothing to draw",
        ),
    ],
)
def test_a_mistake_is_told_in_the_researchers_words(call, message):
    with pytest.raises(ValueError) as raised:
        call()
    assert message in str(raised.value)


def test_a_table_is_not_drawn_as_a_matrix():
    said = "matrix must be what count_matrix, rating_matrix, arrange and their like return, not DataFrame"
    with pytest.raises(ValueError, match=said):
        qk.heatmap(pd.DataFrame({"a": [1]}), title="x")
