"""A saved news page: its words with the furniture on lines of its own, and what its head says, marked as inferred."""

import pandas as pd
import pytest

from qualkit.segments import split
from qualkit.webpage import read_html

PAGE = """<!DOCTYPE html><html lang="id-ID"><head><meta charset="utf-8"><title>Kota A | Kabar</title>
<meta property="og:title" content="Kota A membangun sekolah"><meta property="og:site_name" content="Kabar Rekaan">
<meta property="article:published_time" content="2019-03-26T08:15:00+07:00"><link rel="canonical" href="https://kabar.example/a">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Kota A", "author": [{"name": "Rina Lestari"}]}]}</script>
<style>p {}</style></head><body><nav><ul><li><a>Beranda</a></li><li>Ekonomi</li></ul></nav><h1>Kota A membangun sekolah</h1>
<p>Selasa, 26 Maret 2019 08:15 WIB</p><img src="x"><p>Kota A &amp; kota B\n <b>bekerja</b> sama.</p><p>Baca juga: Kota B Menanam Pohon</p>
<p>Warga senang &lt;sekali&gt;.<br>Baris baru.</p><script>var x = "<p>tidak</p>"</script><!-- rahasia -->
<footer>Copyright © 2019 Kabar Rekaan</footer></body></html>"""


def read(text):
    return read_html(text.encode())


def test_everything_a_reader_sees_is_text_and_nothing_else():
    assert read(PAGE).text.split("\n\n") == [
        "Beranda", "Ekonomi", "Kota A membangun sekolah", "Selasa, 26 Maret 2019 08:15 WIB", "Kota A & kota B bekerja sama.",
        "Baca juga: Kota B Menanam Pohon", "Warga senang <sekali>.\nBaris baru.", "Copyright © 2019 Kabar Rekaan\n",
    ]  # fmt: skip


def test_the_furniture_of_the_page_is_labelled_by_split():
    found = read(PAGE)
    table = pd.DataFrame({"document": ["a"], "title": [found.found["title"]], "author": [""], "text": [found.text]})
    segments = split(table, into="sentences")
    assert segments.loc[segments["label"] == "content", "text"].tolist() == [
        "Kota A & kota B bekerja sama.", "Warga senang <sekali>.", "Baris baru.",
    ]  # fmt: skip
    assert segments["rule"].tolist()[:4] == ["navigation", "navigation", "heading", "timestamp"]


def test_the_head_of_the_page_is_proposed_with_where_it_stands():
    found = read(PAGE)
    assert found.found == {
        "title": "Kota A membangun sekolah", "outlet": "Kabar Rekaan", "date": "2019-03-26", "author": "Rina Lestari", "language": "id",
        "address": "https://kabar.example/a", "kind": "news",
    }  # fmt: skip
    assert found.inferred["date"] == "the page's own 'article:published_time'"
    assert found.notes == ("not carried over: 1 picture",)


def test_a_page_that_says_nothing_about_itself_is_only_text():
    found = read("<p>Kota itu maju.")
    assert (found.text, found.found) == ("Kota itu maju.\n", {})


def test_data_that_are_broken_or_of_another_shape_are_passed_over():
    scripts = ['{"headline": ', '[{"headline": "Judul", "publisher": {"name": ["a"]}, "author": 7}]', '"teks"', "[" * 100_000]
    page = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    assert read(f"<html><head>{page}</head><body><p>Isi</p></body></html>").found["title"] == "Judul"


def test_an_author_that_is_an_address_and_a_date_that_is_none_are_not_proposed():
    head = '<meta property="article:author" content="https://a.example/rina"><meta name="date" content="kemarin">'
    assert read(f"<head>{head}<title> Judul </title></head><body>Isi</body>").found == {"title": "Judul", "kind": "news"}


def test_the_encoding_that_the_page_declares_is_used():
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>kafé “baru”</p>'
    found = read_html(page.encode("cp1252"))
    assert found.text == "kafé “baru”\n"


def test_a_page_that_declares_nothing_and_is_not_utf_8_is_read_with_a_warning():
    found = read_html("<p>kafé</p>".encode("cp1252"))
    assert found.text == "kafé\n"
    assert found.notes[0].startswith("not UTF-8: read as cp1252 (Windows)")


def test_a_hidden_svg_title_is_no_title_of_the_page_and_no_text():
    found = read("<head><title>Judul</title></head><body><svg><title>ikon</title></svg><p>Isi</p></body>")
    assert (found.text, found.found["title"]) == ("Isi\n", "Judul")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("x<" * 200_000, "x\n"),  # one tag that is never closed
        ("<div>" * 20_000 + "isi", "isi\n"),
        ("&" * 300_000, "&" * 300_000 + "\n"),
        ('<a b="' + "x" * 300_000, "\n"),
        ("<!--" * 100_000, "\n"),
    ],
)
def test_a_page_made_to_be_slow_is_read_to_its_end(page, text):
    assert read(page).text == text


def test_the_day_in_the_body_is_proposed_where_the_head_has_none():
    found = read('<title>Judul</title><body><time datetime="2024-03-04T01:02">Senin</time> Isi</body>')
    assert (found.found["date"], found.inferred["date"]) == ("2024-03-04", "the page's own 'time'")


def test_an_empty_page_is_refused():
    with pytest.raises(ValueError, match=r"the page is empty or damaged .*; save it anew from the browser"):
        read("")


def test_a_page_with_nul_characters_is_refused():
    with pytest.raises(ValueError, match="line 1 holds NUL characters: it is no text"):
        read("<p>kota\0</p>")


def test_rows_of_a_table_are_lines_with_tabs_and_those_that_set_out_a_page_or_a_menu_are_not():
    table = "<table><tr><th>Tahun<th>Siswa</tr><tr><td><td>12</table>"
    menu = "<table><tr><td><a>Beranda</a></td><td><a>Kota</a></td></tr></table>"
    page = f"<table><tr><td>Iklan</td><td><p>{'Kota itu maju. ' * 20}</p></td></tr><tr><td>satu</table>"
    nested = "<table><tr><td>luar<td><table><tr><td>a<td>b</table></table>"
    assert read(table).text == "Tahun\tSiswa\n\n\t12\n"
    assert read(menu).text == "Beranda\n\nKota\n"
    assert read(page).text == f"Iklan\n\n{('Kota itu maju. ' * 20).strip()}\n\nsatu\n"
    assert read(nested).text == "luar\ta\tb\n"


def test_links_side_by_side_are_words_of_their_own():
    assert read("<p><a>busan</a><a>sister city</a>, <a>kota</a>nya <a>a</a><b>b</b>").text == "busan sister city, kotanya ab\n"


def test_short_lines_that_the_page_hides_are_left_out_and_told():
    found = read(
        "<p>Isi <span hidden>rahasia</span>kota.</p><div style='Display : none'><p>Kuki<p>Bagikan<img></div><p>Akhir</p>"
    )
    assert found.text == "Isi kota.\n\nAkhir\n"
    assert found.notes == ("hidden by the page and left out: 3 lines, first 'rahasia'",)
    assert read("<table><tr><td>a<td hidden>x<td>b</table>").text == "a\t\tb\n"
    assert read("<table><tr><td>a</td><x hidden><td>x</td><td>y</td></x><td>b</td></table>").text.split() == ["a", "b"]
    assert read("<body style='display:none'><p>Isi").text == "Isi\n"


def test_hidden_paragraphs_are_kept_and_told_as_they_may_be_the_article():
    told = "Wali kota berkata bahwa tiga guru dari kota mitra datang pada Mei dan tinggal selama setahun."
    found = read(f"<p>Awal.</p><div hidden><div hidden>Lanjut</div><p>{told}</p></div>")
    assert found.text == f"Awal.\n\nLanjut\n\n{told}\n"
    assert found.notes == ("hidden by the page and kept, as it may be told: 2 lines, first 'Lanjut'",)


def test_line_ends_stay_where_the_page_keeps_them():
    assert read("<pre>satu\n  dua</pre><p>tiga\nempat").text == "satu\ndua\n\ntiga empat\n"


def test_numbers_of_lists_and_formulas_are_told():
    found = read("<ol><li>satu<li>dua<ul><li>tiga</ul></ol><p>rumus <math><mi>x</mi></math>akhir")
    assert found.text == "satu\n\ndua\n\ntiga\n\nrumus akhir\n"
    assert found.notes == ("not carried over: 1 formula, 2 list marks",)


def test_a_drawing_that_is_left_open_ends_where_a_paragraph_begins():
    assert read("<p>a</p><svg><text>gambar<p>b</p><p>c</p></svg><p>d</p>").text == "a\n\nb\n\nc\n\nd\n"


def test_an_encoding_named_in_a_script_or_a_comment_is_not_the_page_s():
    script = "<script>var s = \"<meta charset='koi8-r'>\"</script><!-- <meta charset=koi8-r> -->"
    assert read_html((script + "<meta charset='windows-1252'><p>kafé").encode("cp1252")).text == "kafé\n"


def test_a_hard_blank_stays_one():
    assert read("<p>Rp&nbsp;5  juta").text == "Rp\u00a05 juta\n"


def test_of_two_places_that_say_the_same_the_first_counts():
    head = '<meta property="og:title" content="Judul"><meta property="og:title" content="Lain">'
    assert read(f"<head>{head}</head><p>Isi").found["title"] == "Judul"


OPEN = "<{}> is left open: what stands in it is kept, as it may be the rest of the page"


@pytest.mark.parametrize("name", ["video", "audio", "object", "canvas", "template", "noscript", "VIDEO"])
def test_what_stands_behind_an_element_that_was_left_open_is_kept_and_told(name):
    page = f"<body><p>Awal.</p><{name.lower()}>Tidak ada pemutar.</{name.lower()}><{name} src=a><p>Kota itu maju.</p></body>"
    found = read(page)
    assert found.text.split("\n\n")[0] == "Awal." and found.text.endswith("Kota itu maju.\n")
    assert found.notes == (OPEN.format(name.lower()),)


@pytest.mark.parametrize(
    "inside",
    [
        "<video src=a />",
        "<video/>",
        "<video src=a></VIDEO>",
        "<script>'<video>'</script>",
        "<!-- <video> -->",
        "<!--><p>-->",
        '<div data-x="<video src=1>"></div>',
        "<textarea><video></textarea>",
        "<svg><title/></svg>",
        '<script src="a.js"/>',
        '<a title="a <!-- b"></a>',
        '<p title="<video>"></p><video>Peramban lama.</video>',
    ],
)
def test_what_is_closed_or_only_spoken_of_is_not_told_as_left_open(inside):
    found = read(f"<body><p>Awal.</p>{inside}<p>Kota itu maju.</p></body>")
    assert found.text.startswith("Awal.") and found.text.endswith("Kota itu maju.\n") and found.notes == ()


@pytest.mark.parametrize("name", ["script", "style", "!--", "title"])
def test_a_page_that_breaks_off_within_what_is_no_text_is_told(name):
    found = read(f"<body><p>Awal.</p><{name}><p>Kota itu maju.</p></body>".replace("!-->", "!--"))
    assert found.text == "Awal.\n"
    assert found.notes == (f"<{name}> is left open: what stands behind it is not read. Look whether something is missing",)


@pytest.mark.parametrize("name", ["<video>", "<script>", "<!--", "<video "])
def test_of_a_page_of_what_was_left_open_the_beginning_is_read(name):
    assert read(f"<body><p>Awal.</p>{name * 100_000}").text == "Awal.\n"
