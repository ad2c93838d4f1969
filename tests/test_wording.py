"""Invented sentences: what they tell as a purpose or plan, their numbers, their impossible dates, the bodies they name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.wording import content_words, find_numbers, impossible, likeness, named_bodies, purposes, told_as_purpose, years


def spans(sentence):
    return [sentence[start:end].strip() for start, end, _ in purposes(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # a purpose reaches to the comma, to a relative clause, to a sign that something has been done, or to the main verb
        ("Tim tari dikirim agar tampil di festival, lalu pulang.", ["agar tampil di festival"]),
        ("Guru datang guna mengajar di sekolah yang baru.", ["guna mengajar di sekolah"]),
        ("Delegasi datang guna mempererat hubungan yang telah terjalin.", ["guna mempererat hubungan"]),
        ("Program untuk memperbaiki mutu guru dijalankan dengan lokakarya.", ["untuk memperbaiki mutu guru"]),
        ("Untuk mengikuti lomba, pelajar menginap seminggu.", ["Untuk mengikuti lomba"]),
        ("Siswa dikirim supaya kelak dihargai.", ["supaya kelak dihargai"]),
        ("Guru dikirim guna", []),
        # "untuk" before a noun says for whom
        ("Buku itu untuk beberapa sekolah.", []),
        ("Kegiatan itu berguna untuk kedua kota.", []),
        ("Satu demi satu tamu pulang.", []),
        # a plan covers its clause with its subject
        ("Kedua kota akan bertukar guru, dan wali kota sudah menandatangani nota.", ["Kedua kota akan bertukar guru"]),
        ("Nota sudah diteken, dan peningkatannya akan dilakukan.", ["peningkatannya akan dilakukan"]),
        ("Mereka datang dan akan tampil.", ["akan tampil"]),
        ("Mereka membahas nota yang akan menjadi payung.", ["akan menjadi payung"]),
        ("Wali kota mengatakan guru akan dikirim.", ["guru akan dikirim"]),
        ("Diharapkan pameran, lomba, dan festival ikut ramai.", ["Diharapkan pameran, lomba"]),
        ("Guru yang sudah dikirim diharapkan kembali.", ["diharapkan kembali"]),
        ("Jika nota itu diteken, guru dikirim.", ["Jika nota itu diteken, guru dikirim"]),
        ("Tujuan kegiatan ini ialah menaikkan mutu.", ["Tujuan kegiatan ini ialah menaikkan mutu"]),
        # no plan
        ("Kota itu dikenal akan pantainya.", []),
        ("Kebutuhan kota itu akan perawat naik.", []),
        ("Akan tetapi, guru sudah dikirim.", []),
        ("Kota itu tujuan ekspor terbesar.", []),
        ("Guru mengajar di sekolah.", []),
        ("", []),
    ],
)
def test_a_purpose_or_plan_reaches_as_far_as_its_clause(sentence, expected):
    assert spans(sentence) == expected


def test_what_is_told_only_as_a_purpose_is_measured_by_the_words_of_the_statement():
    share, words = told_as_purpose("Tim tari tampil di festival.", ["Tim tari dikirim agar tampil di festival."])
    assert (share, words) == (2 / 4, ["agar"])  # tampil, festival; not tim, tari
    assert told_as_purpose("Tim tari dikirim.", ["Tim tari dikirim agar tampil di festival."]) == (0, [])


def test_what_another_passage_reports_as_done_is_no_mere_purpose():
    passages = ["Tim tari dikirim agar tampil di festival.", "Tim tari itu tampil di festival."]
    assert told_as_purpose("Tim tari tampil di festival.", passages) == (0, [])


def test_a_statement_that_keeps_the_purpose_asserts_no_more_than_its_passage():
    passage = "Wali kota mengutus delegasi supaya belajar tentang budaya."
    assert told_as_purpose("Wali kota mengutus delegasi agar belajar budaya.", [passage]) == (0, [])


def test_forms_of_one_root_meet():
    share, words = told_as_purpose("Siswa memperoleh beasiswa.", ["Beasiswa akan diperoleh para siswa."])
    assert (share, words) == (1, ["akan"])


def test_texts_without_words_in_common_are_told_nowhere():
    assert told_as_purpose("Guru mengajar.", ["Festival digelar."]) == (0, [])
    assert told_as_purpose("", []) == (0, [])


def test_likeness_is_the_share_of_common_words():
    assert likeness("Guru dikirim ke Medan.", "Medan mengirim siswa.") == 2 / 4  # kirim, medan; guru, siswa
    assert likeness("Guru", "Siswa") == 0
    assert likeness("dan yang di", "dan yang di") == 0  # no content word at all


@settings(max_examples=60)
@given(st.text(), st.text())
def test_likeness_has_no_order_and_stays_between_nothing_and_one(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == (1 if content_words(one) else 0)


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from("guru dikirim guna agar akan belajar , . yang telah untuk diharapkan dan kota dijalankan".split()))
)
def test_every_span_is_a_slice_of_its_sentence(words):
    sentence = " ".join(words)
    for start, end, word in purposes(sentence):
        assert 0 <= start < end <= len(sentence)
        assert word in sentence[start:end].casefold()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("18 pelajar", [18]),
        ("6.000 mobil dan 1,2 km", [6000, 1.2]),
        ("dua puluh lima guru", [25]),
        ("dua belas guru, sebelas siswa, sepuluh tamu", [12, 11, 10]),
        ("seratus dua puluh tiga ribu rupiah", [123_000]),
        ("seribu rupiah, sejuta harapan", [1_000, 1_000_000]),
        ("1,5 juta orang", [1_500_000]),
        ("tiga ratus lima", [305]),
        ("HUT ke-3 dan kota ketiga", [3, 3]),
        ("Nomor 23 Tahun 2014, SMA Negeri 1, UU 32", []),
        ("pada 3 Mei 2019 dan sejak 2007", []),
        ("Rp250 ribu per 5/6", []),
        ("", []),
    ],
)
def test_numbers_stand_in_figures_and_in_words(text, values):
    assert [number.value for number in find_numbers(text)] == values


def test_a_number_knows_what_it_counts_and_whether_it_only_orders():
    first, second, third = find_numbers("18 orang pelajar, 3 di antaranya, ke-9 dunia")
    assert first.counted == find_numbers("20 pelajar")[0].counted != ""
    assert second.counted == ""
    assert (first.orders, third.orders) == (False, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pada 31 April 2019", [("31 April 2019", "day")]),
        ("pada 29 Februari 2019", [("29 Februari 2019", "day")]),
        ("pada 29 Februari 2020", []),
        ("pada 29 Februari", []),  # of a year that is not named
        ("Rabu (15/13)", [("Rabu (15/13", "day")]),
        ("Rabu (15/4).", []),
        ("skor 15/40 dan UU 32/2004", []),
        ("pukul 25.10 dan jam 10:75", [("pukul 25.10", "hour"), ("jam 10:75", "hour")]),
        ("pukul 24.00", []),
        ("120 persen guru dan 99,5 % siswa", [("120 persen", "share")]),
        ("ekspor naik 120 persen", []),
        ("0 Mei 2019", [("0 Mei 2019", "day")]),
    ],
)
def test_what_cannot_be_is_found_with_its_kind(text, expected):
    assert impossible(text) == expected


def test_years_are_those_of_dates_not_of_laws():
    assert years("UU Nomor 23 Tahun 2014 berlaku sejak 2015; tamu datang antara 1890 dan 1939.") == [2015, 1890, 1939]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Universitas Bahari Nusa dan Universitas Dongnam", {"university": ["Universitas Bahari Nusa", "Universitas Dongnam"]}),
        ("Dongnam National University", {"university": ["Dongnam National University"]}),
        ("siswa SMA Sutera 1 dan SMK Kota itu", {"school": ["SMA Sutera 1"]}),
        ("PT Laut Biru dan RSUD Palu", {"company": ["PT Laut Biru"], "hospital": ["RSUD Palu"]}),
        ("Kadin Kota Palu, Kadin Kota Palu", {"chamber": ["Kadin Kota Palu"]}),
        ("Nam Gu Youth Center", {"centre": ["Nam Gu Youth Center"]}),
        ("sebuah universitas dan rumah sakit", {}),
    ],
)
def test_bodies_are_found_by_their_names(text, expected):
    assert named_bodies(text) == expected
