"""PDFs are read as a person reads them; what is a picture, locked or broken is refused in words."""

import textwrap

import pandas as pd
import pytest
from pdfs import lines, make_pdf

from qualkit.pdf import read_pdf
from qualkit.segments import split

LEFT = (
    "Kota rekaan ini membangun gedung pen-",
    "didikan bagi warga yang rajin",
    "sekali, dan anak-",
    "anak belajar menari bersama",
    "guru dari kota mitra.",
)
RIGHT = (
    "Kolom kedua mulai di sini dan terus",
    "sampai baris terakhir, lalu berhenti",
    "pada titik yang ada di bawah",
    "halaman itu, seperti yang lain.",
)


LEFT_READ = (
    "Kota rekaan ini membangun gedung pendidikan",
    "bagi warga yang rajin",
    "sekali, dan anak-anak",
    "belajar menari bersama",
    "guru dari kota mitra.",
)


def test_lines_stand_as_printed_and_pages_are_parted_by_form_feeds():
    found = read_pdf(
        make_pdf(
            lines(50, 780, "Kota itu maju dan warganya", "senang sekali.", "", "Paragraf baru."),
            lines(50, 780, "Halaman dua kota itu juga."),
        )
    )
    assert found.text == "Kota itu maju dan warganya\nsenang sekali.\n\nParagraf baru.\n\fHalaman dua kota itu juga.\n"
    assert found.pages == ("1", "2")


def test_two_columns_are_read_one_after_the_other_even_if_drawn_line_by_line():
    body = [line for pair in zip(lines(50, 700, *LEFT), lines(300, 700, *RIGHT), strict=False) for line in pair]
    body += lines(50, 700, *LEFT)[4:]
    across = [(50, 740, "Judul yang amat panjang berjalan melintasi kedua kolom dan masih terus sampai ke tepi kanan")]
    found = read_pdf(make_pdf([*body, *across, (290, 60, "11")]))
    assert found.text.split("\n") == [
        "Judul yang amat panjang berjalan melintasi kedua kolom dan masih terus sampai ke tepi kanan", "",
        "Kota rekaan ini membangun gedung pendidikan", "bagi warga yang rajin", "sekali, dan anak-anak", "belajar menari bersama",
        "guru dari kota mitra.", "", *RIGHT, "", "11", "",
    ]  # fmt: skip
    assert found.notes == ("words cut at a line's end: 1 joined, 1 left with their hyphen",)


def column(letter, count):
    return tuple(f"kolom {letter} baris {number:02} kota" for number in range(count))


def test_three_columns_are_read_one_after_the_other():
    first, second, third = (column(letter, count) for letter, count in zip("abc", (6, 4, 6), strict=True))
    found = read_pdf(make_pdf([*lines(40, 700, *first), *lines(220, 700, *second), *lines(400, 700, *third)]))
    assert found.text.split("\n") == [*first, "", *second, "", *third, ""]


@pytest.mark.parametrize(
    ("x", "y", "edge", "read"),
    [
        (50, 600, "7", [*LEFT_READ, "", *RIGHT, "", "7", ""]),
        (50, 600, "12 | Jurnal Rekaan", [*LEFT_READ, "", *RIGHT, "", "12 | Jurnal Rekaan", ""]),
        (300, 760, "Nama Penulis", ["Nama Penulis", "", *LEFT_READ, "", *RIGHT, ""]),
        (50, 760, "7", ["7", "", *LEFT_READ, "", *RIGHT, ""]),
        (50, 600, "kalimat terakhir di kolom ini.", [*LEFT_READ, "", "kalimat terakhir di kolom ini.", "", *RIGHT, ""]),
    ],
)
def test_a_head_or_foot_beside_the_middle_does_not_part_two_columns(x, y, edge, read):
    found = read_pdf(make_pdf([*lines(50, 700, *LEFT), *lines(300, 700, *RIGHT), (x, y, edge)]))
    assert found.text.split("\n") == read


def test_a_word_cut_at_the_end_of_a_column_or_a_page_is_put_together():
    left, right = (*LEFT[1:], "warga menerima pendi-"), ("dikan itu sejak lama sekali", *RIGHT)
    found = read_pdf(
        make_pdf(
            [*lines(50, 700, *left), *lines(300, 700, *right)],
            [*lines(50, 700, *right[1:], "lalu pen-")],
            lines(50, 700, "didikan itu."),
        )
    )
    assert "warga menerima pendidikan\nitu sejak lama sekali\n" in found.text
    assert found.text.endswith("lalu pendidikan\n\fitu.\n")


def test_a_word_that_a_page_s_end_leaves_in_two_pieces_is_told():
    found = read_pdf(
        make_pdf([*lines(50, 700, *RIGHT, "lalu pen-"), (290, 40, "11")], lines(50, 700, "didikan itu berlanjut."))
    )
    assert found.text.endswith("11\n\fdidikan itu berlanjut.\n")
    assert "words cut at a page's end, left in two pieces: 1. Look there" in found.notes


def test_soft_hyphens_that_a_browser_saved_do_not_part_words():
    soft = "/Span<</ActualText <FEFF00AD> >> BDC\n14.4 0 Td <20> Tj\nEMC\n"
    written = f"BT /F1 8 Tf 1 0 0 1 50 700 Tm <70656e> Tj\n{soft}0 0 Td <646964> Tj\n{soft}ET\n"  # pen, did
    dash = "BT /F1 8 Tf 1 0 0 1 78.8 700 Tm <96> Tj ET\n"
    below = f"BT /F1 8 Tf 1 0 0 1 50 688 Tm (ikan) Tj {soft.replace('14.4', '19.2')} ( itu maju dan warganya senang.) Tj ET\n"
    assert read_pdf(make_pdf([written, below])).text == "pendid\nikan itu maju dan warganya senang.\n"
    assert read_pdf(make_pdf([written, dash, below])).text == "pendid –\nikan itu maju dan warganya senang.\n"


def test_a_soft_hyphen_within_a_line_is_dropped():
    assert (
        read_pdf(make_pdf(lines(50, 700, "ker\u00adja sama kota itu dan kota lain"))).text
        == "kerja sama kota itu dan kota lain\n"
    )


def test_text_that_is_not_printed_is_kept_and_told():
    found = read_pdf(
        make_pdf(
            lines(50, 700, "Kota itu maju dan warganya senang."), ["3 Tr\n", *lines(50, 700, "Teks di bawah gambar halaman.")]
        )
    )
    assert "Teks di bawah gambar halaman." in found.text
    assert found.notes[0] == (
        "text that is not printed, as text recognition (OCR) lays it below a picture, is taken as text on page 2: proofread it"
    )


def test_words_drawn_twice_to_look_bold_are_taken_once():
    found = read_pdf(make_pdf([*lines(50, 700, "Judul tebal", "anak-anak kota itu senang"), (50.3, 700, "Judul tebal")]))
    assert found.text == "Judul tebal\nanak-anak kota itu senang\n"
    assert found.notes == ("words printed twice in the same place, to look bold, are taken once",)


def test_the_raised_mark_of_a_note_stays_in_its_line():
    raised = [(50, 688, "catatan"), (50 + 7 * 4.8, 691, "1"), (50 + 8 * 4.8, 688, " lanjut kata")]
    found = read_pdf(make_pdf([*lines(50, 700, "Kota itu maju dan"), *raised, (50, 676, "warga senang sekali.")]))
    assert found.text.split() == "Kota itu maju dan catatan1 lanjut kata warga senang sekali.".split()


def test_a_table_is_read_row_by_row_with_tabs():
    rows = [(f"Kota {n}", f"{n} guru") for n in "abcdef"]
    page = [cell for n, (a, b) in enumerate(rows) for cell in ((50, 700 - 12 * n, a), (300, 700 - 12 * n, b))]
    assert read_pdf(make_pdf(page)).text.startswith("Kota a\ta guru\nKota b\tb guru\n")


def test_running_heads_and_page_numbers_stay_and_split_labels_them():
    prose = "Pemerintah kota rekaan itu membangun sekolah, pasar, dan pelabuhan bersama kota mitra di seberang lautan. " * 30
    wrapped = textwrap.wrap(prose, 80)
    bodies = [lines(50, 760, *wrapped[at : at + 12]) for at in (0, 12, 24)]
    pages = ([(50, 810, "Jurnal Rekaan 1(1), 2024"), *body, (290, 40, str(n))] for n, body in enumerate(bodies, 11))
    found = read_pdf(make_pdf(*pages))
    segments = split(pd.DataFrame({"document": ["a"], "title": [""], "author": [""], "text": [found.text]}), into="sentences")
    rules = segments.loc[segments["label"] == "boilerplate", "rule"].value_counts()
    assert rules.to_dict() == {"running head": 3, "page number": 3}
    assert not segments.loc[segments["label"] == "content", "text"].str.contains("Jurnal").any()


def test_the_numbers_printed_on_the_pages_and_the_properties_are_kept():
    labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 11 >>] >>"
    info = "<< /Title (Kerja sama kota) /Author (Rina) /CreationDate (D:20240304091500) >>"
    found = read_pdf(
        make_pdf(*(lines(50, 700, "Kota itu maju dan warganya senang.") for _ in "123"), catalog=labels, info=info)
    )
    assert found.pages == ("i", "11", "12")
    assert found.found == {"title": "Kerja sama kota", "author": "Rina"}
    assert found.inferred["title"] == "the properties of the file"
    assert "the file was made on 2024-03-04, which need not be the date of the text" in found.notes


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        (
            [None, None],
            r"its 2 pages are pictures, or empty, and hold no text\. Run the PDF through text recognition \(OCR\), proofread",
        ),
        ([None], "its page is a picture, or empty, and holds no text"),
    ],
)
def test_a_scan_is_refused_in_words(pages, said):
    with pytest.raises(ValueError, match=said):
        read_pdf(make_pdf(*pages))


def test_a_page_without_text_among_others_is_told():
    found = read_pdf(make_pdf(lines(50, 700, "Kota itu maju dan warganya senang."), None))
    assert found.notes[0] == "no text on page 2: a picture, or empty. Look whether something is missing"
    assert "not carried over: pictures" in found.notes


def test_text_that_stands_upright_is_told(caplog):
    found = read_pdf(make_pdf([*lines(50, 700, "Kota itu maju dan warganya senang."), (20, 300, "tegak", "0 1 -1 0")]))
    assert "tegak" not in found.text
    assert "not carried over: text that stands upright or aslant" in found.notes
    assert caplog.records == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 rusak", make_pdf(lines(50, 700, "Kota"))[:200]])
def test_a_broken_pdf_is_refused_in_words(content):
    with pytest.raises(ValueError, match=r"the PDF is damaged, or of a kind that cannot be read \(.*\); save it anew"):
        read_pdf(content)


def test_a_pdf_that_unpacks_to_very_much_is_refused():
    with pytest.raises(ValueError, match=r"cannot be read \(Limit reached"):
        read_pdf(make_pdf([(50, 700, "kota " * 20_000_000)], packed=True))


def test_a_locked_pdf_is_refused():
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(make_pdf(lines(50, 700, "Kota itu maju dan warganya senang.")))))
    writer.encrypt("rahasia", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    with pytest.raises(ValueError, match="the PDF is locked by a password; save it without one"):
        read_pdf(locked.getvalue())


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("pendi-\ndikan itu", "pendidikan\nitu"),
        ("negara-\nnegara itu", "negara-negara\nitu"),
        ("sayur-\nmayur", "sayur-mayur\n"),
        ("teman-\ntemannya.", "teman-temannya.\n"),
        ("non-\nblok", "non-blok\n"),
        ("Surabaya-\nBusan", "Surabaya-Busan\n"),
        ("ibu-ke-\nibu", "ibu-ke-ibu\n"),
        ("kilas-\nbalik dan kilas-balik", "kilas-balik\ndan kilas-balik"),
        ("kupu-\nkupu dan kupukupu", "kupukupu\ndan kupukupu"),
        ("pendi-\ndikan-nya, lalu", "pendidikan-nya,\nlalu"),
        ("1997-\n2022", "1997-\n2022"),
        ("kota -\nitu", "kota -\nitu"),
        ("pe \u2010\nmerintah itu", "pemerintah\nitu"),
        ("pendi-\n\ndikan itu", "pendidikan\nitu"),
        ("pendi-\n\fdikan itu", "pendidikan\n\fitu"),
        ("pendi-\n\n\ndikan itu", "pendi-\n\n\ndikan itu"),
        ("pendi-\n\nGambar 1", "pendi-\n\nGambar 1"),
        *(
            (f"{first}-\nkota", f"{first}-kota\n")
            for first in "anti antar eks ke maha multi non pasca pra pro se semi sub super".split()
        ),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_only_where_it_cut_a_word(printed, read):
    from qualkit.pdf import _unbroken

    assert _unbroken(printed)[0] == read


def test_an_empty_page_has_no_columns():
    from qualkit.pdf import _gutter, _read_page

    assert (_gutter([]), _read_page("\n")) == (0, "")
