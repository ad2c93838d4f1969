"""Where sentences end in Indonesian, and how its dates and numbers are read and written."""

import datetime
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.indonesian import (
    LIST_MARKER,
    find_date_expressions,
    find_dates,
    find_tokens,
    sentence_ends,
    written_date,
    written_number,
)

TWO = [
    "Rapat selesai. Warga pulang.",
    "Wali kota hadir, Rabu (15/4). Ia membuka acara.",
    "Maju! Kota itu maju.",
    "Siapa hadir? Wali kota hadir.",
    "Mereka menunggu… Kapal belum datang.",
    '"Kami siap." Ia tersenyum.',
    "‘Kami siap.’ Ia tersenyum.",
    "Harganya Rp1.500. 20 orang membeli.",
    "Rapat pukul 09.30. Warga hadir.",
    "Ia menjual buku, kain, dll. Setelah itu ia pulang.",
    "Dalam banyak hal. Kota itu maju.",
    "Petugas menertibkan PKL. Warga setuju.",
    "Ia menulis tiga bab. Buku itu terbit.",
    "Kantornya di Blok C. Ia hadir.",
    "Perusahaan itu bernama Laut Jaya Tbk. Untungnya naik.",
    "Ia bergelar S.H. Kota itu maju.",
    "Hasilnya baik.12 Warga senang.",
    "“Hasilnya baik.”3 Warga senang.",
    "Datanya ada di www.kota.go.id. Warga membacanya.",
    "Huruf a dan b. Lalu selesai.",
    "Rapat membahas pasal 2. Kota lain ikut.",
    "Selesai.\u00a0Warga pulang.",
    "Selesai.\n\n Warga pulang.",
    "Acara mulai pukul 10.00 WIB. Warga datang.",
    "Realisasi APBN-P. Menteri setuju.",
    "Laba naik pada kuartal I. Penjualan ikut naik.",
    "Itu terjadi pada abad ke-6 M. Di sana banyak kapal.",
    "Suhunya 30 derajat C. Warga kepanasan.",
    "Rapat di A.S. Seperti biasa, ia hadir.",
    "Mantap! 😀 Besok kami datang lagi.",
    "Serius?! Ya.",
    "Warga bertanya (kapan?). Tidak ada jawaban.",
    "Kami setuju.¹ Warga juga.",
    "WALI KOTA HADIR. WARGA SENANG.",
    "Mereka membeli beras, dsb. Setelah itu pulang.",
    "Harga naik 5%. Warga mengeluh.",
    "Rapat selesai.Kemudian warga pulang.",
    "“Kami siap.”Kemudian ia pulang.",
    "rapat selesai. semua pulang ke rumah",
    "mantap gan!! lanjutkan",
    "Ia lahir tahun 1970. ayahnya petani.",
    "Rapat di Medan. wali kota hadir.",
]
ONE = [
    "Prof. Dr. Ir. H. Joko Susilo, M.Si., Ph.D. membuka rapat.",
    "S. H. Laut dan A. B. Lee hadir.",
    "Aturannya UU No. 32 Th. 2004 dan PP Nomor 28.",
    "Kantornya di Jl. Pemuda No. 5 RT. 02 RW. 01.",
    "Tulisan itu ada di Vol. 1 (1) Hal. 11.",
    "Ia lahir tgl. 5 Mei.",
    "PT. Laut Jaya ikut.",
    "Plt. Wali Kota hadir.",
    "Ia datang bersama U.S. Navy.",
    "Harganya Rp. 1.500 per kg.",
    '"Kami siap!" kata dia.',
    '"Sudah siap?" tanya Rina.',
    "Kota itu maju ... dan kaya.",
    "a. Budaya dan seni",
    "2. Ekonomi kota",
    "iv. Laut",
    "Kota itu maju",
    "Lihat No.5 Jalan itu.",
    "Anggaran sebesar Rp 1.812.000.000 disetujui.",
    "Surat No. 193/1652/PUOD tanggal 5 Mei 1998 menjadi dasar.",
    "Peraturan No. XI berlaku.",
    "Hadir pula Rina Lestari, S.Pd. M.Pd. dan Dr. (H.C.) Budi.",
    "Letjen TNI (Purn.) Sutiyo dan (alm.) Rahman dikenang.",
    "Kombes Pol. Drs. Agus dan Nn. Lala hadir.",
    "Moh. Amin dan Bgd. Laut hadir.",
    "Surat itu ditandatangani a.n. Wali Kota.",
    "Mereka membeli beras, gula, dll. untuk warga.",
    "Sutrisno dkk. (2010) menulis hal itu.",
    "Menurut Rahayu et al. (BPS, 2016) kota itu maju.",
    "Laut Ltd. (Kapal Laut) menjual saham.",
    "Laut Co. Ltd. 70 persen.",
    '"Kami siap." Ujar Budi, Senin.',
    '"Apa kabar?" Tanya Rina.',
    "Situs Detik.Com dan Kompas.Com memuatnya.",
    "Surel ke info@Kota.Go.Id segera.",
    "Kami... eh, saya lupa.",
    "Kami sudah siap! ujar dia.",
    "Kantornya di kel. gubeng dekat pasar.",
]


def sentences(text):
    ends = list(sentence_ends(text))
    return [text[start:end].strip() for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize("text", TWO)
def test_two_sentences_are_two(text):
    assert len(sentences(text)) == 2


@pytest.mark.parametrize("text", ONE)
def test_one_sentence_is_one(text):
    assert sentences(text) == [text]


def test_each_sentence_of_a_longer_quotation_stands_alone():
    assert sentences("“Kami datang. Kami belajar! Cukupkah itu?” tanya Rina.") == [
        "“Kami datang.", "Kami belajar!", "Cukupkah itu?” tanya Rina.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "citation",
    [
        "(Lestari, 2016)",
        "(Susilo, 2018: 14; Lestari, 2019)",
        "(BPS, 2020, hal. 3)",
        "(Susilo, 2018a)",
        "(Nye, 1974).",
        "[3]",
        "[4, 5]",
        "[1-3]",
    ],
)
def test_a_citation_after_the_full_stop_belongs_to_its_sentence(citation):
    assert sentences(f"Kota itu maju. {citation} Warga senang.") == [f"Kota itu maju. {citation}", "Warga senang."]
    assert sentences(f"Kota itu maju. {citation}") == [f"Kota itu maju. {citation}"]


def test_other_brackets_after_the_full_stop_begin_a_sentence():
    assert sentences("Kota itu maju. (Warga pun senang.)") == ["Kota itu maju.", "(Warga pun senang.)"]
    assert sentences("Kota itu maju. (Baca: Kota 2020) Ya.")[0] == "Kota itu maju."


def test_each_item_of_a_list_inside_a_paragraph_stands_alone():
    assert sentences("Bidangnya: a. budaya, b. ekonomi dan c. guru. Itu saja.") == [
        "Bidangnya:", "a. budaya,", "b. ekonomi dan", "c. guru.", "Itu saja.",
    ]  # fmt: skip
    assert sentences("Nota itu memuat: 1) guru; 2) kapal.") == ["Nota itu memuat:", "1) guru;", "2) kapal."]
    assert sentences("a. guru; b. kapal") == ["a. guru;", "b. kapal"]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_no_text_has_no_sentence(text):
    assert list(sentence_ends(text)) == []


@pytest.mark.parametrize("piece", [".", ". ", "A. ", ". (", ": a. ", "x. (a 20", "Kota itu maju. ", ".😀", "x/", "1-"])
def test_a_very_long_paragraph_of_any_kind_is_read_to_its_end(piece):
    """What grew with the square of the length would need hours here."""
    text = piece * (200_000 // len(piece))
    assert sentence_ends(text)[-1] == len(text.rstrip())
    assert all(start < end for start, end, _ in find_tokens(text))


@given(st.text(alphabet=' .!?…"”()[]aAbB1 2\n,:;'))
def test_sentence_ends_rise_to_the_end_of_the_text(text):
    ends = list(sentence_ends(text))
    assert ends == sorted(set(ends))
    assert (ends[-1] if ends else 0) == len(text.rstrip())


@pytest.mark.parametrize("line", ["a. guru", "B) guru", "12. guru", "iv. guru", "• guru", "- guru", "a.\u00a0guru"])
def test_a_list_marker_is_known(line):
    assert LIST_MARKER.match(line)


@pytest.mark.parametrize("line", ["guru", "a.guru", "123. guru", "-guru", "a. "])
def test_other_beginnings_are_no_list_markers(line):
    assert not LIST_MARKER.match(line)


# --- tokens ---


@pytest.mark.parametrize(
    "spaced",
    [
        "Warga kota-kota itu membaca rapatnya .",
        "Harga Rp 1.812.000.000 naik 5,5 % menjadi US $ 60.000 .",
        "Prof. Dr. Rina , M.Si. , hadir pukul 09.30 , Rabu ( 15/4 ) .",
        "Surat No. 193/1652/PUOD dan 34/PMK.011/2007 berlaku .",
        "Anggota ke-2 non-ASEAN sejak 1990-an dan Covid-19 .",
        "Kerja sama Surabaya - Busan 2010 - 2015 memakai APBD - nya .",
        "Undang-Undang dan APBN-P dibahas DPR / MPR s/d triwulan II/2007 .",
        "Lihat www.kota.go.id/a?b=1 , info@kota.go.id , @kota , #maju dan laut.com .",
        "“ Kami … ” kata Ka'ban ... ya ?",
    ],
)
def test_a_paragraph_is_cut_into_tokens(spaced):
    expected = spaced.split()
    text = re.sub(r" (?=[.,%)/?”…])|(?<=[(“/$]) |(?<=Rp) | - (?=2015|nya|Busan)|(?<=US) ", lambda m: m[0].strip(), spaced)
    assert [text[start:end] for start, end, _ in find_tokens(text)] == expected


def test_a_token_has_a_kind():
    kinds = [kind for *_, kind in find_tokens("Rp1.500 di laut.com, ya.")]
    assert kinds == ["word", "number", "word", "address", "mark", "word", "mark"]


def test_a_soft_hyphen_and_a_zero_width_space_stay_inside_the_word():
    text = "ker\xadja sa\u200bma"
    assert [text[start:end] for start, end, _ in find_tokens(text)] == ["ker\xadja", "sa\u200bma"]


@given(st.text(alphabet=" .,-/:@#'’aAbB12(\n"))
def test_tokens_cover_all_but_the_blanks(text):
    places = [(start, end) for start, end, _ in find_tokens(text)]
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(places))
    assert "".join(text[start:end] for start, end in places) == "".join(text.split())


# --- dates ---


@pytest.mark.parametrize(
    ("text", "date", "written", "fits"),
    [
        ("Rabu, 25 Mei 2016", "2016-05-25", "Rabu, 25 Mei 2016", True),
        ("Sabtu (28/4/2023)", "2023-04-28", "Sabtu (28/4/2023)", False),
        ("Jum’at, 28 April 2023", "2023-04-28", "Jum’at, 28 April 2023", True),
        ("Ahad 30 April 2023", "2023-04-30", "Ahad 30 April 2023", True),
        ("pada 5 Nopember 1998", "1998-11-05", "5 Nopember 1998", None),
        ("15 Apr. 2020", "2020-04-15", "15 Apr. 2020", None),
        ("15-Agt-2020", "2020-08-15", "15-Agt-2020", None),
        ("Rabu (15/4)", "--04-15", "Rabu (15/4)", None),
        ("15/4/20", "2020-04-15", "15/4/20", None),
        ("15/4/98", "1998-04-15", "15/4/98", None),
        ("31/2/2020", None, None, None),
        ("Nomor 193/1652/PUOD", None, None, None),
        ("tanpa tanggal", None, None, None),
    ],
)
def test_a_date_is_read_as_it_stands(text, date, written, fits):
    found = find_dates(text)
    if date is None:
        assert found == []
    else:
        assert [(f["date"], f["written"], f["weekday_fits"]) for f in found] == [(date, written, fits)]
        assert text[found[0]["start"] : found[0]["end"]].strip() == written


def test_a_year_that_is_known_otherwise_completes_a_date():
    assert [(f["date"], f["weekday_fits"]) for f in find_dates("Rabu (25/5)", year=2016)] == [("2016-05-25", True)]


def test_every_date_of_a_text_is_found():
    assert [f["date"] for f in find_dates("dari 3 Mei 2020 sampai 8 Juni 2020")] == ["2020-05-03", "2020-06-08"]


@given(st.dates(min_value=datetime.date(1600, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_a_date_that_is_written_is_found_again(date):
    assert [f["date"] for f in find_dates(written_date(date.isoformat()))] == [date.isoformat()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sejak 2007 kota itu maju", [("Sejak 2007", "year")]),
        ("diteken pada 1997 di Busan", [("1997", "year")]),
        ("awal tahun 2019 dan 2015 lalu", [("awal tahun 2019", "year"), ("2015 lalu", "year")]),
        ("September 1997 dan akhir Mei 2010", [("September 1997", "month"), ("akhir Mei 2010", "month")]),
        ("sampai Desember mendatang, bulan Mei", [("sampai Desember mendatang", "month"), ("bulan Mei", "month")]),
        ("Rabu (15/4) dan Rabu, 15 April 2020", [("Rabu (15/4)", "day"), ("Rabu, 15 April 2020", "day")]),
        ("per 31 Desember 2020 (5/6) tanggal 7/8", [("per 31 Desember 2020", "day"), ("5/6", "day"), ("tanggal 7/8", "day")]),
        ("2010-2015; 2010 hingga 2015", [("2010-2015", "range"), ("2010 hingga 2015", "range")]),
        ("antara 2010 dan 2015, 1997 dan 1999", [("antara 2010 dan 2015", "range"), ("1997", "year"), ("1999", "year")]),
        ("12-14 Mei 2019; Januari-Maret 2020", [("12-14 Mei 2019", "range"), ("Januari-Maret 2020", "range")]),
        ("tahun 1990-an, abad ke-19", [("tahun 1990-an", "range"), ("abad ke-19", "range")]),
        (
            "pekan lalu, tahun depan, kemarin",
            [("pekan lalu", "relative"), ("tahun depan", "relative"), ("kemarin", "relative")],
        ),
        ("dua tahun lalu; sebulan terakhir", [("dua tahun lalu", "relative"), ("sebulan terakhir", "relative")]),
        ("Minggu pagi di Pasar Minggu, akhir bulan ini", [("Minggu pagi", "relative"), ("akhir bulan ini", "relative")]),
        ("UU Nomor 23 Tahun 2014 berlaku 2020", [("2020", "year")]),
        ("sebanyak 2000 orang; Rp2010; skor 3/4; Mei Lan; sejak lama; selama 10 tahun; 31 Februari 2020", []),
    ],
)
def test_an_expression_that_says_when_is_found_with_its_kind(text, expected):
    found = find_date_expressions(text)
    assert [(entry["written"], entry["kind"]) for entry in found] == expected
    assert all(text[entry["start"] : entry["end"]] == entry["written"] for entry in found)


@pytest.mark.parametrize(
    ("date", "indonesian", "english"),
    [
        ("1997-09-24", "24 September 1997", "24 September 1997"),
        ("2015-05-02", "2 Mei 2015", "2 May 2015"),
        ("2023-08", "Agustus 2023", "August 2023"),
        ("2009", "2009", "2009"),
        ("2009-13", "2009-13", "2009-13"),
        ("2009-00-01", "2009-00-01", "2009-00-01"),
        ("sekitar 2009", "sekitar 2009", "sekitar 2009"),
        ("", "", ""),
    ],
)
def test_a_date_is_written_as_in_prose(date, indonesian, english):
    assert (written_date(date), written_date(date, "en")) == (indonesian, english)


@pytest.mark.parametrize(
    ("number", "digits", "indonesian", "english"),
    [
        (1234.5, 2, "1.234,50", "1,234.50"),
        (1234567, None, "1.234.567", "1,234,567"),
        (2 / 3, 3, "0,667", "0.667"),
        (-0.5, None, "-0,5", "-0.5"),
    ],
)
def test_a_number_is_written_with_the_comma_of_its_language(number, digits, indonesian, english):
    assert (written_number(number, digits=digits), written_number(number, "en", digits)) == (indonesian, english)
