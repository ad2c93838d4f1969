import io
import math
import re
from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text
from PIL import Image

from qualkit.arrange import arrange
from qualkit.charts import scatter, upset
from qualkit.codebook import Code, Facet, Family, facet_column
from qualkit.columns import periods
from qualkit.display import STYLE, WIDTHS, luminance, overlaps, wrapped
from qualkit.matrix import fill, rating_matrix
from qualkit.networks import network
from qualkit.page import SHAPES
from qualkit.timelines import timeline

STATUSES = ["context", "aspired", "planned", "signed", "implemented", "outcome"]
LONG = ["Sistem, mutu, dan bidang pendidikan secara umum", "Pelabuhan, logistik, kelautan, dan perikanan",
        "Bekasi-Korea Selatan (kota mitra tidak disebut)", "Penanda peringatan dan tempat bernama kota mitra",
        "Perusahaan atau badan usaha milik negara/daerah", "Pertukaran informasi, teknologi, dan pembangunan kota"]  # fmt: skip
HOSTILE = ["<script>alert(1)</script>", "$\\alpha$", "$x_1$ dan $", "\\frac{1}{2}", "=cmd|' /C calc'!A0", "emoji 😀 中文",
           "nol\x00lebar\u200b", "baris\r\nbaru\u2028x", "\ud800", "sangat-" * 20, "panjang" * 15, " "]  # fmt: skip


def words(text):
    return {"id": text, "en": f"{text} (en)"}


def facet(name, labels, families=None):
    """A facet of these codes; `families` says which family each is of."""
    some, families = words("x"), families or {}
    parents = tuple(Family(family, words(f"Rumpun {family}")) for family in dict.fromkeys(families.values()))
    codes = [
        Code(c, words(label), some, some, some, some, some, "theory", "topic", "1.0", families.get(c, ""))
        for c, label in labels.items()
    ]
    return Facet(name, words(name.title()), some, "nominal", tuple(codes), parents)


def number(cell):
    return cell["statement"].nunique()


def together(sets, labels=None, families=None):
    """A count matrix of what occurs together: sets is a list of the codes of each statement."""
    labels = labels or {code: code for codes in sets for code in codes}
    rows = [(f"S{n}", one, two) for n, codes in enumerate(sets) for one in codes for two in codes]
    table = pd.DataFrame(rows, columns=["statement", "code", "other"]).assign(document="berita", segment=1)
    made = facet("code", labels, families)
    for column in ("code", "other"):
        table[column] = facet_column(table[column], made)
    return fill("count", table, "code", "other", "statement", number, words("aturan"))


def combined(sets, labels=None):
    """A count matrix of combinations."""
    labels = labels or {code: code for code in sorted({code for codes in sets for code in codes})}
    rows = [(f"S{n}", " + ".join(codes), code) for n, codes in enumerate(sets) for code in codes]
    table = pd.DataFrame(rows, columns=["statement", "combination", "code"]).assign(document="berita", segment=1)
    table["code"] = facet_column(table["code"], facet("code", labels))
    return fill("count", table, "combination", "code", "statement", number, words("aturan"))


PERIODS = ["1990-1999", "2000-2009", "2010-"]
EVENTS = [
    ("S1", "A", "1997-04-23", "given", "signed"),
    ("S2", "A", "2012-11", "inferred", "implemented"),
    ("S3", "A", "2012-11", "given", "implemented"),
    ("S4", "B", "since 2007", "given", "implemented"),
    ("S5", "B", "", "unknown", "aspired"),
    ("S6", "B", "annually in July", "given", "implemented"),
    ("S7", "B", "2015-03-02/2018", "given", "planned"),
    ("S8", "A", "on or before 2018-04-28", "given", "implemented"),
]


def listing(rows=EVENTS, lanes=None, periods=PERIODS):
    """An event listing: rows are statement, lane, date, date_certainty, status."""
    table = pd.DataFrame(rows, columns=["statement", "case", "date", "date_certainty", "status"]).assign(document="berita")
    table["case"] = facet_column(table["case"], facet("case", lanes or {"A": "Aa-Bb", "B": "Cc-Dd"}))
    table["status"] = facet_column(table["status"], facet("status", {name: name.title() for name in STATUSES}))
    table["event"] = table["date"].replace("", "undated")
    if periods:
        table["period"] = pd.Categorical([None] * len(table), categories=periods)
    return fill("event listing", table, "event", "case", "statement", lambda cell: (words("x"),) * len(cell), words("aturan"))


def arranged(rows=EVENTS, starts=(1990, 2000, 2010)):
    """The same events as `arrange` lists them, with the gaps of each case."""
    table = listing(rows, periods=None).passages.drop(columns=["row", "column", "event"])
    table = periods(table, starts) if starts else table
    table = table.assign(evidence="2", segment=1, text_id="x", text_en="x")
    return arrange(table, "event listing", given={})


def gaps_in(matrix):
    """The gaps that the cells of a listing name, by column."""
    named = {column: [] for column in matrix.column_ids()}
    for cell in matrix.cells.to_dict("records"):
        if cell["empty"] and cell["empty"]["en"].startswith("no dated event "):
            named[cell["column"]].append(cell["empty"]["en"].split()[3])
    return named


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text().replace("\n", " ") for text in ax.texts]


def ticks(ax, axis="y"):
    return [tick.get_text().replace("\n", " ") for tick in getattr(ax, f"get_{axis}ticklabels")()]


def key(ax):
    return ax.get_xlabel().replace("\n", " ")


def in_order(ax):
    """What every figure for print has to be."""
    assert overlaps(ax) == []
    assert min(text.get_fontsize() for text in ax.findobj(Text) if text.get_text()) >= 6
    assert not any(text.get_parse_math() for text in ax.findobj(Text))
    assert repr(ax.figure) == ax.get_label() and re.search(r"\[data [0-9a-f]{12}\]$", ax.get_label())


# --- network ---

GUEST = together([("a", "b"), ("a", "b"), ("a", "b", "c"), ("a",), ("d",)], families={"a": "F", "b": "F", "c": "G", "d": "G"})


def test_a_network_has_a_node_per_code_and_a_line_per_pair_with_their_numbers():
    ax = network(GUEST, title="Bersama")
    assert texts(ax) == ["a (4)", "b (3)", "c (1)", "3"]  # a with c and b with c are 1: the lines without a number
    assert len(ax.lines) == 3
    assert sorted(line.get_linewidth() for line in ax.lines) == pytest.approx([1.5, 1.5, 3.5])  # 0.5 + 3 × n / 3
    assert key(ax) == (
        "(n) = jumlah pernyataan masing-masing; angka dan tebal garis = jumlah pernyataan yang memuat keduanya;"
        " garis tanpa angka = 1 ● Rumpun F; ■ Rumpun G Tanpa garis (1): d (1)"
    )
    assert ax.get_title(loc="left") == "Bersama"
    in_order(ax)


def test_the_area_of_a_node_grows_with_its_number_and_its_shape_tells_the_family():
    ax = network(GUEST, title="x")
    sizes = {len(dots.get_paths()[0].vertices): dots.get_sizes()[0] for dots in ax.collections}
    circle, square = sizes[max(sizes)], sizes[min(sizes)]
    radius = [math.sqrt(size) * 25.4 / 72 / 2 for size in (circle, square)]
    assert radius == pytest.approx([0.9 + 1.9 * math.sqrt(3 / 4), 0.9 + 1.9 * math.sqrt(1 / 4)])  # of b and of c


def test_thicker_lines_are_darker_so_that_they_read_in_grey():
    ax = network(together([("a", "b")] * 5 + [("b", "c")] * 3 + [("a", "c")]), title="x")
    drawn = sorted((line.get_linewidth(), luminance(line.get_color())) for line in ax.lines)
    assert drawn[0][1] - drawn[1][1] > 0.05 and drawn[1][1] - drawn[2][1] > 0.05
    assert all((1 + 0.05) / (light + 0.05) >= 2.5 for _, light in drawn)  # against white paper


def test_where_all_numbers_are_the_same_each_line_carries_it():
    ax = network(together([("a", "b"), ("b", "c")]), title="x")
    assert texts(ax)[3:] == ["1", "1"] and "tanpa angka" not in key(ax)


def test_nodes_that_meet_nobody_are_listed_and_not_scattered():
    ax = network(together([("a",), ("b",)]), title="x", language="en")
    assert texts(ax) == ["None occur together."]
    assert key(ax).endswith("Without a line (2): a (en) (1); b (en) (1)")
    in_order(ax)
    in_order(network(together([("a",)]), title="x", width="single"))


def test_a_network_says_in_words_what_it_shows():
    said = network(GUEST, title="Bersama").get_label()
    assert said.startswith(
        "Bersama. Jejaring 4 simpul, 3 garis, 1 kelompok yang terhubung. Simpul: a (4); b (3); c (1); d (1). Garis: a – b: 3; "
    )
    assert (
        network(GUEST, title="Together", language="en").get_label().startswith("Together. Network of 4 nodes and 3 lines, 1 ")
    )
    more = together([("a", "b")] * 4 + [("a", "b", "c"), ("d",)], families={"a": "F", "b": "F", "c": "G", "d": "G"})
    assert network(more, title="x").get_label()[-20:] != said[-20:]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_long_labels_and_many_nodes_do_not_touch(width, language):
    names = {f"c{n}": LONG[n % len(LONG)] + f" {n}" for n in range(14)}
    sets = [(f"c{n}", f"c{(n * 5 + 3) % 14}") for n in range(14) for _ in range(1 + n % 3)] + [("c0", "c1", "c2")] * 12
    families = {f"c{n}": f"F{n // 3}" for n in range(14)}
    ax = network(
        together([s for s in sets if len(set(s)) == len(s)], names, families),
        title="Judul " * 15,
        width=width,
        language=language,
    )
    in_order(ax)
    assert ax.figure.get_figwidth() * 25.4 == pytest.approx(WIDTHS[width])
    assert [text.split(" (")[0] for text in texts(ax)[:1]] == [LONG[0] + " 0"] or language == "en" or width == "single"


def test_two_nodes_and_sixty_nodes_are_drawn():
    in_order(network(together([("a", "b")]), title="x"))
    sets = [(f"kode {n}", f"kode {(n + 1) % 60}") for n in range(60)]
    ax = network(together(sets), title="x")
    in_order(ax)
    assert len(texts(ax)) == 60 + 60


def test_numbers_stand_on_their_lines_and_off_the_nodes():
    ax = network(
        together([("a", "b")] * 9 + [("c", "d")] * 8 + [("a", "c")] * 7 + [("a", "d")] * 6 + [("b", "c")] * 5), title="x"
    )
    numbered = {text.get_text(): text.get_position() for text in ax.texts if text.get_text().isdigit()}
    assert set(numbered) == {"9", "8", "7", "6"}  # the smallest goes without saying
    for line in ax.lines[1:]:
        n = str(round((line.get_linewidth() - 0.5) / 3 * 9))
        near = np.hypot(*(np.column_stack(line.get_data()) - numbered[n]).T).min()
        assert near == pytest.approx(0, abs=1e-6)
    for dots in ax.collections:
        for spot in numbered.values():
            assert np.hypot(*(dots.get_offsets()[0] - spot)) > 2.0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcdefghij"), min_size=1, max_size=4), min_size=1, max_size=30))
def test_every_number_of_the_matrix_is_in_the_network(sets):
    matrix = together([sorted(codes) for codes in sets])
    ax = network(matrix, title="x")
    numbers = matrix.cells.set_index(["row", "column"])["value"]
    pairs = [numbers[a, b] for a in matrix.row_ids() for b in matrix.row_ids() if a < b and numbers[a, b]]
    assert len(ax.lines) == len(pairs)
    least = min(pairs, default=0) if len(set(pairs)) > 1 else 0
    assert sorted(int(t) for t in texts(ax) if t.isdigit()) == sorted(n for n in pairs if n != least)
    assert all(f"{name} ({numbers[name, name]})" in [*texts(ax), *re.split("[:;] ", key(ax))] for name in matrix.row_ids())
    assert overlaps(ax) == []
    plt.close("all")


# --- upset ---

SETS = [("a", "b")] * 3 + [("a",)] * 2 + [("b",)] * 2 + [("a", "b", "c")]


def test_an_upset_has_a_bar_per_combination_the_largest_first_and_totals_at_the_side():
    ax = upset(combined(SETS), title="Kombinasi")
    assert texts(ax) == [
        "3", "2", "2", "1", "6", "6", "1", "jumlah pernyataan dengan kombinasi itu saja", "jumlah per kode",
    ]  # fmt: skip
    assert ticks(ax) == ["a", "b", "c"]
    in_order(ax)


def test_the_members_of_a_combination_are_dark_points_joined_by_a_line():
    ax = upset(combined(SETS), title="x")
    rows = {y: tick for y, tick in zip(ax.get_yticks(), ticks(ax), strict=True)}
    columns = {}
    for dots in ax.collections:
        (x, y), dark = dots.get_offsets()[0], luminance(dots.get_facecolor()[0]) < 0.1
        columns.setdefault(round(float(x), 3), []).extend([rows[y]] if dark else [])
    assert [sorted(members) for _, members in sorted(columns.items())] == [["a", "b"], ["a"], ["b"], ["a", "b", "c"]]
    spans = [tuple(rows[y] for y in line.get_ydata()) for line in ax.lines[:-1]]
    assert spans == [("a", "b"), ("a", "a"), ("b", "b"), ("a", "c")]


def test_bars_are_as_long_as_their_numbers():
    ax = upset(combined(SETS), title="x")
    bars = [patch for patch in ax.patches if patch.get_facecolor()[:3] == plt.matplotlib.colors.to_rgb("#22657f")]
    longest = bars[0].get_height()
    assert [bar.get_height() / longest for bar in bars] == pytest.approx([1, 2 / 3, 2 / 3, 1 / 3])
    sides = [patch for patch in ax.patches if patch.get_facecolor()[:3] == plt.matplotlib.colors.to_rgb("#8fbccb")]
    assert [bar.get_width() / sides[0].get_width() for bar in sides] == pytest.approx([1, 1, 1 / 6])


def test_combinations_are_left_out_only_when_asked_and_then_counted():
    ax = upset(combined(SETS), title="x", most=2, language="en")
    assert texts(ax)[:5] == ["3", "2", "6", "6", "1"]  # totals are of all combinations, shown or not
    assert "Not shown: 2 further combinations (3 statements)" in key(ax) and "Not shown: 2 further" in ax.get_label()
    assert "Tidak ditampilkan" not in key(upset(combined(SETS), title="x"))
    assert "Tidak ditampilkan" not in key(upset(combined(SETS), title="x", most=9))


def test_codes_that_no_combination_holds_are_named():
    ax = upset(combined(SETS, {"a": "Guru", "b": "Siswa", "c": "Dagang", "z": "Olahraga"}), title="x")
    assert ticks(ax) == ["Guru", "Siswa", "Dagang"] and key(ax).endswith("Tidak muncul: Olahraga")


def test_an_upset_says_in_words_what_it_shows():
    said = upset(combined(SETS), title="Kombinasi").get_label()
    assert said.startswith(
        "Kombinasi. 4 kombinasi dari 3 kode. a + b: 3; a: 2; b: 2; a + b + c: 1. jumlah per kode: a 6; b 6; c 1. [data "
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_an_upset_of_long_labels_does_not_touch(width):
    names = {f"c{n}": label for n, label in enumerate(LONG)}
    sets = [(f"c{n}",) for n in range(6)] * 12 + [(f"c{n}", f"c{m}") for n in range(6) for m in range(n)][:6]
    ax = upset(combined(sets, names), title="Judul " * 20, width=width)
    in_order(ax)
    assert ax.figure.get_figwidth() * 25.4 == pytest.approx(WIDTHS[width])
    in_order(upset(combined([("a",)]), title="x", width=width))


# --- timeline ---


def test_a_timeline_has_a_lane_per_column_and_the_id_of_every_dated_statement():
    ax = timeline(listing(), title="Peristiwa")
    assert ticks(ax) == ["Aa-Bb", "Cc-Dd"]
    assert sorted(t for t in texts(ax) if t.startswith("S")) == ["S1", "S2", "S3", "S4", "S7", "S8"]
    assert texts(ax)[-1] == "tanpa tanggal"
    deeds = [event for event in EVENTS if event[0] != "S5"]
    for rows in (deeds, [*deeds, ("S5", "B", "", "unknown", "signed")]):
        assert texts(timeline(listing(rows), title="x"))[-1] == "kegiatan tanpa tanggal"
    assert ticks(ax, "x") == [str(year) for year in range(1998, 2020, 2)]
    in_order(ax)


def test_undated_statements_are_counted_at_the_side_and_recurring_ones_named():
    ax = timeline(listing(), title="x")
    right = [(round(text.get_position()[1], 1), text.get_text()) for text in ax.texts if text.get_text() in ("·", "1")]
    assert [text for _, text in sorted(right)] == ["·", "1"]
    assert key(ax).endswith("Berulang tanpa tahun: S6")


def test_marks_stand_where_their_date_is():
    ax = timeline(listing(), title="x")
    year = dict(zip(ticks(ax, "x"), ax.get_xticks(), strict=True))
    pace = (year["2010"] - year["2000"]) / 10
    marks = {round(2000 + (dots.get_offsets()[0][0] - year["2000"]) / pace, 2) for dots in ax.collections}
    assert marks == {
        round(1997 + 112.5 / 365, 2),  # 23 April is day 113
        round(2012 + 320 / 366, 2),  # the middle of November of a leap year
        2007.0,
        round((2015 + 60 / 365 + 2019) / 2, 2),
        round(2018 + 118 / 365, 2),
    }


def test_marks_are_filled_where_the_date_is_given_and_hollow_where_it_is_inferred():
    ax = timeline(listing(), title="x")
    filled = [luminance(dots.get_facecolor()[0]) < 0.5 for dots in ax.collections]
    assert filled.count(False) == 1 and len(filled) == 6
    assert "terisi = tanggal disebut; kosong = tanggal disimpulkan" in key(ax)
    certain = [row for row in EVENTS if row[3] != "inferred"]
    assert "kosong" not in key(timeline(listing(certain), title="x"))


def test_statuses_are_told_by_shape_and_named_in_the_key():
    ax = timeline(listing(), title="x")
    assert key(ax).startswith("■ Planned; ◆ Signed; ● Implemented S1 = nomor pernyataan; terisi")
    assert len({dots.get_paths()[0].vertices.tobytes() for dots in ax.collections}) == 3
    only = timeline(listing(EVENTS[:1]), title="x")
    assert key(only).startswith("◆ Signed S1")  # a status keeps its shape from figure to figure


def test_since_is_an_arrow_and_on_or_before_is_one_that_ends_there():
    ax = timeline(listing(), title="x")
    arrows = [text for text in ax.texts if text.get_text() == "" and text.arrow_patch is not None]
    directions = sorted(math.copysign(1, arrow.xyann[0] - arrow.xy[0]) for arrow in arrows)
    assert directions == [-1, 1]
    assert "→ = sejak, digambar sampai tahun bertanggal terakhir; akhirnya tidak diketahui; ← = paling lambat" in key(ax)
    assert "sejak" not in key(timeline(listing(EVENTS[:3]), title="x"))


@pytest.mark.parametrize(("rows", "last"), [(EVENTS, 2019), ([("S1", "A", "2001", "given", "signed"), EVENTS[3]], 2008)])
def test_the_arrow_of_since_ends_with_the_last_dated_year(rows, last):
    ax = timeline(listing(rows), title="x")
    year = {int(name): at for name, at in zip(ticks(ax, "x"), ax.get_xticks(), strict=True)}
    low, high = min(year), max(year)
    pace = (year[high] - year[low]) / (high - low)
    ends = [
        text.xy[0] for text in ax.texts if text.get_text() == "" and text.arrow_patch is not None and text.xy[0] > text.xyann[0]
    ]
    assert [low + (end - year[low]) / pace for end in ends] == [pytest.approx(last)]


def test_the_gaps_of_each_lane_are_hatched():
    """A: 1997, 2012, 2018; B: since 2007, 2015-2018."""
    ax = timeline(arranged(), title="x")
    year = dict(zip(ticks(ax, "x"), ax.get_xticks(), strict=True))
    pace = (year["2010"] - year["2000"]) / 10
    border = sorted(ax.get_yticks())[0]
    hatched = sorted(
        (round(2000 + (box.get_x() - year["2000"]) / pace), round(box.get_width() / pace), "B" if box.get_y() > border else "A")
        for box in ax.patches
        if getattr(box, "get_hatch", lambda: None)()
    )
    assert hatched == [(1998, 14, "A"), (2008, 7, "B"), (2013, 5, "A")]
    assert "arsir = jeda: tahun penuh tanpa peristiwa bertanggal selain latar di lajur itu" in key(ax)
    assert "jeda: 1998–2011, 2013–2017." in ax.get_label() and "jeda: 2008–2014" in ax.get_label()
    in_order(ax)


DATES = [
    "",
    "2001",
    "2003",
    "since 2002",
    "2004-05/2006",
    "on or before 2008-01-02",
    "annually",
    "annually since 2005",
    "2011-03",
]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(DATES), st.sampled_from(STATUSES)), min_size=1, max_size=7))
def test_table_and_figure_name_the_same_gaps(found):
    rows = [(f"S{n}", case, date, "given", status) for n, (case, date, status) in enumerate(found)]
    if not any(date[-4:].isdigit() or "-" in date for _, date, _ in found):
        return
    matrix = arranged(rows, starts=None)
    said = timeline(matrix, title="x", language="en").get_label()
    plt.close("all")
    for lane, name in (("A", "Aa-Bb (en)"), ("B", "Cc-Dd (en)")):
        told = re.search(rf"{re.escape(name)}: ([^.]*)\.", said)[1]
        drawn = re.search(r"gaps: ([^;]*)", told)
        assert (drawn[1].split(", ") if drawn else []) == gaps_in(matrix)[lane]


def test_background_fills_no_gap():
    rows = [EVENTS[0], ("S9", "A", "2004", "given", "context"), ("S8", "A", "2008", "given", "signed")]
    assert "jeda: 1998–2007" in timeline(arranged(rows), title="x").get_label()
    rows[1] = ("S9", "A", "2004", "given", "planned")
    assert "jeda: 1998–2003, 2005–2007" in timeline(arranged(rows), title="x").get_label()


def test_a_listing_without_gaps_is_not_hatched_and_a_lane_left_out_takes_its_gaps_along():
    assert "arsir" not in key(timeline(arranged([EVENTS[0]]), title="x"))
    alone = timeline(arranged().keep(columns=["B"]), title="x")
    assert "jeda: 2008–2014" in alone.get_label() and "1998" not in alone.get_label()


def test_periods_are_told_apart_by_a_line():
    def borders(matrix):
        ax = timeline(matrix, title="x")
        year = dict(zip(ticks(ax, "x"), ax.get_xticks(), strict=True))
        pace = (year["2010"] - year["2000"]) / 10
        return [
            round(2000 + (line.get_xdata()[0] - year["2000"]) / pace) for line in ax.lines if len(set(line.get_xdata())) == 1
        ]

    assert borders(arranged()) == [2000, 2010]
    assert borders(arranged(starts=None)) == []


def test_a_timeline_says_in_words_what_it_shows():
    assert (
        timeline(listing(), title="Peristiwa")
        .get_label()
        .startswith(
            "Peristiwa. 6 peristiwa bertanggal, tanpa tanggal: 1. Aa-Bb: 1997-04-23 S1 (signed); 2012-11 S2 (implemented?); 2012-11 S3"
            " (implemented); on or before 2018-04-28 S8 (implemented); tanpa tanggal: 0."
            " Cc-Dd: since 2007 S4 (implemented); 2015-03-02/2018 S7 (planned); tanpa tanggal: 1; Berulang"
            " tanpa tahun: S6. [data "
        )
    )


def test_dates_read_as_the_rows_of_the_listing_say():
    matrix = listing([("S1", "A", "annually in July since 2007", "given", "signed")])
    matrix.labels["annually in July since 2007"] = {"id": "setiap Juli sejak 2007", "en": "every July since 2007"}
    assert "Aa-Bb: setiap Juli sejak 2007 S1 (signed)" in timeline(matrix, title="x").get_label()
    assert "Aa-Bb (en): every July since 2007 S1" in timeline(matrix, title="x", language="en").get_label()


def test_a_statement_of_two_lanes_stands_in_both_and_counts_once():
    rows = [
        ("S1", "A", "2009", "given", "signed"),
        ("S1", "B", "2009", "given", "signed"),
        ("S1", "B", "2009", "given", "signed"),
    ]
    ax = timeline(listing(rows), title="x", language="en")
    assert texts(ax).count("S1") == 2 and "1 dated events, undated deeds: 0" in ax.get_label()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_many_events_of_one_month_and_long_ids_do_not_touch(width, language):
    rows = [(f"PERNYATAAN-{n:03}", "AB"[n % 2], "2012-11", "given", "signed") for n in range(30)]
    rows += [(f"S{n}", "A", f"since {2000 + n}", "inferred", "implemented") for n in range(8)]
    rows += [(f"T{n}", "B", f"on or before {2000 + n}", "given", "planned") for n in range(8)]
    rows += [("panjang" * 12, "A", "2019/2021", "given", "outcome")]
    ax = timeline(listing(rows, {"A": LONG[0], "B": LONG[1]}), title="Judul " * 20, width=width, language=language)
    in_order(ax)
    assert ax.figure.get_figwidth() * 25.4 == pytest.approx(WIDTHS[width])
    assert "panjang" * 12 in ["".join(text.get_text().split()) for text in ax.texts]


def test_one_event_and_five_centuries_are_drawn():
    in_order(timeline(listing([("S1", "A", "2009", "given", "signed")]), title="x", width="single"))
    ax = timeline(listing([("S1", "A", "1512", "given", "signed"), ("S2", "A", "2012-11-30", "given", "signed")]), title="x")
    in_order(ax)
    assert ticks(ax, "x") == ["1550", "1600", "1650", "1700", "1750", "1800", "1850", "1900", "1950", "2000"]


# --- scatter ---


def rated(*rows, names=("sector", "x", "y")):
    return pd.DataFrame(rows, columns=list(names))


def test_a_scatter_names_every_point_in_the_box_of_its_two_levels():
    ax = scatter(
        rated(("Guru", "weak", "strong"), ("Siswa", "strong", "strong"), ("Dagang", "strong", "strong")),
        "x",
        "y",
        "sector",
        "t",
    )
    assert ticks(ax, "x") == ["lemah", "sedang", "kuat"]  # what lies between has its place
    assert ticks(ax) == ["kuat"]
    place = {text.get_text(): text.get_position() for text in ax.texts}
    assert place["Guru"][0] < place["Siswa"][0] == place["Dagang"][0]
    assert place["Siswa"][1] < place["Dagang"][1] and texts(ax)[-2:] == ["x →", "↑ y"]
    in_order(ax)


def test_a_scatter_computes_nothing_and_warns_that_it_only_illustrates():
    ax = scatter(rated(("Guru", 1, 3), ("Siswa", 3, 1)), "x", "y", "sector", "t", language="en")
    assert key(ax) == (
        "With 2 points this figure illustrates only; it is no evidence of a relation. Distances between levels have no"
        " meaning; no line of tendency is computed."
    )
    assert not ax.lines and ticks(ax, "x") == ["1", "2", "3"] and ticks(ax) == ["1", "2", "3"]


def test_points_that_coincide_are_spread_evenly_and_said_to_be():
    ax = scatter(rated(*((f"k{n}", "weak", "none") for n in range(5))), "x", "y", "sector", "t")
    heights = sorted(dots.get_offsets()[0][1] for dots in ax.collections)
    steps = np.diff(heights)
    assert steps == pytest.approx([steps[0]] * 4) and steps[0] > 2.9
    assert "disebar merata dalam kotaknya" in key(ax)
    assert "disebar" not in key(scatter(rated(("a", "weak", "none")), "x", "y", "sector", "t"))


def test_a_case_without_a_rating_is_named():
    ax = scatter(rated(("Guru", "weak", "none"), ("Siswa", None, "none")), "x", "y", "sector", "t")
    assert "Tanpa nilai pada salah satu sumbu (1): Siswa." in key(ax) and "Siswa" not in texts(ax)
    assert "(1): Siswa" in ax.get_label()


def test_levels_may_be_ordered_categories_codes_statuses_or_numbers():
    order = pd.Categorical(["tinggi", "rendah"], categories=["rendah", "cukup", "tinggi"], ordered=True)
    codes = facet_column(["signed", "aspired"], facet("status", {name: name.title() for name in STATUSES}))
    table = pd.DataFrame(
        {"kasus": facet_column(["A", "B"], facet("case", {"A": "Aa-Bb", "B": "Cc-Dd"})), "o": order, "s": codes}
    )
    ax = scatter(table.assign(p=["planned", "signed"]), "o", "s", "kasus", "t")
    assert ticks(ax, "x") == ["rendah", "cukup", "tinggi"] and ticks(ax) == ["Aspired", "Planned", "Signed"]
    assert texts(ax)[:2] == ["Cc-Dd", "Aa-Bb"]
    assert ticks(scatter(table.assign(p=["planned", "signed"]), "p", "o", "kasus", "t"), "x") == ["planned", "signed"]
    years = table.assign(p=[1990, 2020])
    assert ticks(scatter(years, "p", "o", "kasus", "t"), "x") == ["1990", "2020"]  # far apart: those that occur


def rating(*rows):
    """A rating matrix of sector by case; rows are sector, case, status."""
    table = pd.DataFrame([(f"S{n}", *row) for n, row in enumerate(rows)], columns=["statement", "sector", "case", "status"])
    table["case"] = facet_column(table["case"], facet("case", {"A": "Aa-Bb", "B": "Cc-Dd"}))
    table["sector"] = facet_column(table["sector"], facet("sector", {"G": "Guru", "D": "Dagang", "O": "Olahraga"}))
    return rating_matrix(table.assign(evidence="1", document="d", text_id="t"), "sector", "case")


def test_two_columns_of_a_rating_matrix_are_set_against_each_other_by_their_labels():
    matrix = rating(
        ("G", "A", "signed"), ("G", "B", "aspired"), ("D", "A", "signed"), ("D", "B", "context"), ("O", "A", "signed")
    )
    ax = scatter(matrix, "A", "B", "sector", "t")
    assert ticks(ax, "x") == ["sedang"] and ticks(ax) == ["hanya latar", "lemah"]
    assert texts(ax) == ["Dagang", "Guru", "Aa-Bb →", "↑ Cc-Dd"]
    assert "Tanpa nilai pada salah satu sumbu (1): Olahraga." in key(ax)  # not found is no rating
    assert texts(scatter(matrix, "A", "B", "sector", "t", language="en"))[-1] == "↑ Cc-Dd (en)"


def test_a_scatter_says_in_words_what_it_shows():
    said = scatter(rated(("Guru", "weak", "strong"), ("Siswa", "weak", "strong")), "x", "y", "sector", "Bukti").get_label()
    assert said.startswith("Bukti. x: lemah, y: kuat: Guru; Siswa. Dengan 2 titik, gambar ini hanya ilustrasi")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_scatter_of_long_names_does_not_touch(width):
    levels = ["none", "weak", "strong"] if width == "single" else ["none", "weak", "moderate", "strong"]
    rows = [(f"{LONG[n % 6]} {n}", levels[n % len(levels)], levels[n // 2 % len(levels)]) for n in range(24)]
    ax = scatter(rated(*rows), "x", "y", "sector", "Judul " * 20, width=width)
    in_order(ax)
    assert ax.figure.get_figwidth() * 25.4 == pytest.approx(WIDTHS[width])


# --- all of them ---


def draw_all(text="Guru", **more):
    """One figure of each kind in which this text stands wherever a text may stand."""
    names = {"a": text, "b": "Siswa"}
    yield network(together([("a", "b"), ("a", "b"), ("a",)], names), title=text, **more)
    yield upset(combined([("a", "b"), ("a",)], names), title=text, **more)
    yield timeline(listing(EVENTS, {"A": text, "B": "Cc-Dd"}), title=text, **more)
    yield scatter(rated((text, "weak", "strong"), names=("sector", "x", "y")), "x", "y", "sector", text, **more)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_drawn_as_it_is_without_a_warning(text, recwarn):
    with pd.option_context("mode.string_storage", "python"):
        for ax in draw_all(text):
            in_order(ax)
            if re.fullmatch(r"[ -~]+", text) and text.strip():
                drawn = ["".join(t.get_text().split()) for t in ax.findobj(Text)]
                assert any("".join(text.split()) in t for t in drawn)
    assert not [warning for warning in recwarn if "lyph" in str(warning.message)]


def test_the_same_data_give_the_same_bytes():
    def written():
        for ax in draw_all():
            for kind, dates in (("png", {}), ("svg", {"Date": None})):
                out = io.BytesIO()
                with plt.rc_context(STYLE):
                    ax.figure.savefig(out, format=kind, dpi=80, metadata=dates)
                yield out.getvalue()

    assert list(written()) == list(written())


def test_a_figure_can_be_drawn_into_given_axes():
    for at in range(4):
        figure, axes = plt.subplots(1, 2, figsize=(14, 8))
        drawn = list(draw_all(ax=axes[0]))[at]
        assert drawn is axes[0] and drawn.figure is figure
        plt.close(figure)
    _, axes = plt.subplots(1, 2, figsize=(14, 8))
    network(GUEST, title="Satu", ax=axes[0])
    assert overlaps(upset(combined(SETS), title="Dua", ax=axes[1])) == []


def test_drawing_changes_no_settings_and_not_the_matrix():
    before, matrix = dict(plt.rcParams), listing()
    cells, passages = matrix.cells.copy(), matrix.passages.copy()
    timeline(matrix, title="x")
    list(draw_all())
    assert dict(plt.rcParams) == before and matrix.cells.equals(cells) and matrix.passages.equals(passages)


def test_in_grey_the_figures_keep_their_dark_and_their_light():
    for ax in draw_all():
        out = io.BytesIO()
        ax.figure.savefig(out, format="png", dpi=100)
        grey = np.asarray(Image.open(out).convert("L"))
        assert grey.min() < 60 and grey.max() == 255


def test_shapes_have_signs_that_the_font_can_print():
    signs = "".join(full + hollow for _, full, hollow in SHAPES) + "→←↑"
    assert wrapped(signs, 500) == [signs] and len(set(signs)) == len(signs)


# --- messages ---


def wrong_way():
    matrix = together([("a", "b")])
    return matrix.__class__(**{**matrix.__dict__, "cells": matrix.cells.assign(value=[1, 2, 3, 1])})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: network(GUEST.keep(rows=["a", "b"]), title="x"), "'c' stands only in the columns"),
        (lambda: network(GUEST.keep(columns=["a"]), title="x"), "the same rows and columns, and 'b' stands only in the rows"),
        (
            lambda: network(wrong_way(), title="x"),
            "'a' with 'b' is 2, but 'b' with 'a' is 3: a network shows what occurs together",
        ),
        (lambda: network(listing(), title="x"), "network draws numbers, and this is a event listing matrix"),
        (lambda: upset(listing(), title="x"), "upset draws numbers, and this is a event listing matrix"),
        (lambda: network(GUEST, title="x", width="wide"), "width 'wide' is not known. Possible: single, onehalf, double."),
        (lambda: network(GUEST, title="x", language="de"), "language 'de' is not known. Possible: id, en."),
        (
            lambda: network(together([("a", "b")]).__class__(**{**GUEST.__dict__, "cells": GUEST.cells[:0]}), title="x"),
            "no cells",
        ),
        (lambda: upset(GUEST, title="x"), "row 'a' is no combination: its members have different numbers (1, 3, 4)"),
        (
            lambda: upset(combined([("a", "b"), ("b", "a")]), title="x"),
            "row 'b + a' is the same combination as another row: a + b",
        ),
        (lambda: upset(combined(SETS), title="x", most=0), "most=0: say how many combinations are shown, at least 1"),
        (lambda: upset(combined([], {"a": "a"}), title="x"), "the matrix has no cells: there is nothing to draw"),
        (
            lambda: upset(combined([(f"c{n}",) for n in range(30)]), title="x", width="single"),
            "30 combinations do not fit into 89 mm: at most 24 do. Say how many are shown (most=24)",
        ),
        (
            lambda: network(together([(f"c{n}", f"c{m}") for n in range(20) for m in range(n) for _ in range(n)]), title="x"),
            "190 lines do not fit into 183 mm: the number of 'c",
        ),
        (
            lambda: network(
                together([("a",)] * 1, {f"c{n}": "x" for n in range(11)} | {"a": "a"}, {f"c{n}": f"F{n}" for n in range(11)}),
                title="x",
            ),
            "12 families cannot be told apart by shape; at most 10 can: keep fewer",
        ),
        (
            lambda: timeline(GUEST, title="x"),
            "a timeline draws an event listing, and this is a count matrix: arrange(statements, 'event listing') makes one",
        ),
        (
            lambda: timeline(rating(("G", "A", "signed")), title="x"),
            "a timeline draws an event listing, and this is a rating matrix",
        ),
        (
            lambda: timeline(listing().transposed(), title="x"),
            "a timeline draws an event listing, and this is one whose rows are 'case', not its events",
        ),
        (
            lambda: timeline(replace(listing(), passages=listing().passages.drop(columns="date_certainty")), title="x"),
            "the matrix of a timeline has no column date_certainty: pass the table that",
        ),
        (lambda: timeline(listing([EVENTS[4]]), title="x"), "no statement has a date that names a year"),
        (
            lambda: timeline(listing([("S1", "A", "in the nineties", "given", "signed")]), title="x"),
            "statement S1: date 'in the nineties' cannot be read. Possible: 1997-04-23, 2012-11, 2009, 2012-11-03/2012-11-08",
        ),
        (
            lambda: timeline(listing([("S1", "A", "2013-02-29", "given", "signed")]), title="x"),
            "date '2013-02-29': 2013-02-29 is no day of the calendar",
        ),
        (
            lambda: timeline(listing([("S1", "A", "2013-13", "given", "signed")]), title="x"),
            "statement S1: date '2013-13' cannot be read",
        ),
        (
            lambda: timeline(listing([("S1", "A", "2013/2012", "given", "signed")]), title="x"),
            "'2013/2012' ends before it begins",
        ),
        (lambda: scatter(rated(("a", "weak", "strong")), "x", "z", "sector", "t"), "table has no column z"),
        (lambda: scatter(rated(("a", None, "strong")), "x", "y", "sector", "t"), "no row has a value in both 'x' and 'y'"),
        (
            lambda: scatter(rated(("a", "weakk", "strong")), "x", "y", "sector", "t"),
            "'x' holds 'weakk', and nobody says what is more",
        ),
        (lambda: scatter(rated(("a", "weakk", "strong")), "x", "y", "sector", "t"), "Did you mean 'weak'?"),
        (lambda: scatter(rated(("a", 0.5, "strong")), "x", "y", "sector", "t"), "'x' holds '0.5', and nobody says"),
        (
            lambda: scatter(rated(("a", "k", "strong")).assign(x=pd.Categorical(["k"])), "x", "y", "sector", "t"),
            "'x' has categories without an order: a scatterplot needs ratings from low to high",
        ),
        (
            lambda: scatter(rated(*((f"k{n}", n, n) for n in range(9))), "x", "y", "sector", "t", width="single"),
            "9 levels of 'x' do not fit into 89 mm: choose a greater width or exchange x and y",
        ),
        (
            lambda: scatter(rating(("G", "A", "signed")), "A", "A", "sector", "t"),
            "x and y are both 'A': a scatterplot sets two",
        ),
        (
            lambda: scatter(rating(("G", "A", "signed")), "A", "B", "case", "t"),
            "name='case': the rows of this matrix are its points",
        ),
        (lambda: scatter(rating(("G", "A", "signed")), "A", "C", "sector", "t"), "the matrix has no column 'C'"),
        (
            lambda: scatter(GUEST, "a", "b", "code", "t"),
            "a scatterplot needs ratings, and this is a count matrix: use rating_matrix",
        ),
        (lambda: scatter(rated(("a", "weak", "weak")), "x", "y", "sector", "t", width="a4"), "width 'a4' is not known"),
        (lambda: upset(combined(SETS), title="x", ax=plt.subplots(figsize=(6, 1))[1]), "mm: make its figure taller"),
    ],
)
def test_a_mistake_is_told_in_the_researchers_words(call, message):
    with pytest.raises(ValueError) as raised:
        call()
    assert message in str(raised.value)


def test_a_rating_matrix_is_no_network():
    table = pd.DataFrame(
        {"statement": ["S1"], "a": "x", "b": "x", "status": "signed", "evidence": "2", "document": "d", "text_id": "t"}
    )
    with pytest.raises(ValueError, match="this is a rating matrix: make one that counts"):
        network(rating_matrix(table, "a", "b"), title="x")


def test_combinations_that_hold_nothing_are_refused():
    matrix = combined(SETS)
    nothing = matrix.__class__(**{**matrix.__dict__, "cells": matrix.cells.assign(value=0)})
    with pytest.raises(ValueError, match="no combination holds a statement: there is nothing to draw"):
        upset(nothing, title="x")


def test_statuses_without_a_codebook_keep_their_order():
    matrix = listing()
    plain = matrix.passages.assign(status=matrix.passages["status"].astype(str))
    ax = timeline(matrix.__class__(**{**matrix.__dict__, "passages": plain}), title="x")
    assert key(ax).startswith("■ planned; ◆ signed; ● implemented S1")
