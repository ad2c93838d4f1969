"""Roots and the words built on them, by hand; the laws that every root keeps."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.inflection import inflect

# Every prefix rule, every first letter, and the roots a codebook of cooperation between places is likely to hold.
FORMS = {
    "latih": "latih latihan melatih pelatih pelatihan dilatih terlatih berlatih latihan-latihan pelatih-pelatih berlatih-latih "
    "dilatihkan melatihkan kepelatihan pelatihan-pelatihan",
    "tanam": "menanam penanaman ditanam tertanam tanaman menanamkan ditanami penanam tanam-tanaman",
    "kelola": "mengelola pengelola pengelolaan dikelola terkelola pengelola-pengelola",
    "sukses": "menyukseskan mensukseskan kesuksesan disukseskan penyuksesan",
    "pengaruh": "memengaruhi mempengaruhi berpengaruh dipengaruhi terpengaruh keterpengaruhan",
    "program": "memprogram memrogram pemrograman pemprograman diprogramkan terprogram program-program berprogram",
    "kritik": "mengkritik mengritik dikritik pengkritik",
    "transfer": "mentransfer menransfer ditransfer",
    "standar": "menstandarkan distandarkan standar-standar berstandar",
    "syarat": "mensyaratkan persyaratan bersyarat disyaratkan persyaratan-persyaratan",
    "khawatir": "mengkhawatirkan kekhawatiran dikhawatirkan",
    "koordinasi": "mengoordinasikan mengkoordinasikan dikoordinasikan berkoordinasi terkoordinasi pengoordinasian",
    "sosialisasi": "menyosialisasikan mensosialisasikan disosialisasikan bersosialisasi",
    "bangun": "membangun pembangunan bangunan dibangun terbangun pembangun keterbangunan",
    "fasilitasi": "memfasilitasi difasilitasi terfasilitasi pemfasilitasian",
    "vaksinasi": "memvaksinasi divaksinasi",
    "dagang": "berdagang perdagangan pedagang dagangan mendagangkan memperdagangkan diperdagangkan pedagang-pedagang",
    "cipta": "mencipta menciptakan pencipta penciptaan ciptaan diciptakan tercipta",
    "jual": "menjual penjual penjualan dijual terjual jualan berjualan keterjualan",
    "zonasi": "menzonasi dizonasi",
    "ajar": "belajar pelajar pelajaran pembelajaran mempelajari dipelajari pelajari mengajar pengajar pengajaran diajar "
    "ajaran terpelajar membelajarkan pelajar-pelajar",
    "ekspor": "mengekspor ekspor diekspor pengekspor pengeksporan",
    "impor": "mengimpor diimpor pengimpor pengimporan",
    "usaha": "berusaha perusahaan pengusaha mengusahakan diusahakan pengusahaan perusahaan-perusahaan pengusaha-pengusaha",
    "olah": "mengolah pengolahan diolah olahan pengolah",
    "urus": "mengurus pengurus pengurusan kepengurusan diurus terurus",
    "alir": "mengalir mengalirkan dialiri aliran pengaliran teraliri mengaliri",
    "gali": "menggali penggalian digali galian penggali",
    "hijau": "menghijaukan penghijauan dihijaukan kehijauan kehijau-hijauan",
    "hubung": "menghubungkan berhubungan perhubungan hubungan penghubung terhubung dihubungi hubungan-hubungan",
    "lindung": "melindungi pelindung perlindungan dilindungi terlindungi berlindung",
    "rawat": "merawat perawat perawatan dirawat terawat keperawatan",
    "rencana": "merencanakan perencanaan perencana berencana direncanakan terencana",
    "renang": "berenang perenang",
    "wajib": "mewajibkan kewajiban diwajibkan berkewajiban",
    "yakin": "meyakini meyakinkan keyakinan diyakini berkeyakinan",
    "main": "bermain pemain permainan mainan memainkan dimainkan mempermainkan",
    "nikah": "menikah pernikahan dinikahkan menikahi",
    "nyanyi": "menyanyi bernyanyi penyanyi nyanyian dinyanyikan menyanyikan",
    "kerja": "bekerja pekerja pekerjaan mengerjakan dikerjakan mempekerjakan dipekerjakan pengerjaan sekerja berkerja",
    "ternak": "beternak peternak peternakan diternakkan menternakkan",
    "serta": "peserta kepesertaan menyertakan menyertai disertai penyertaan beserta peserta-peserta",
    "percaya": "tepercaya terpercaya mempercayai memercayai kepercayaan dipercaya",
    "cat": "mengecat pengecatan dicat pengecat bercat mencat",
    "bom": "mengebom pengeboman dibom membom",
    "sah": "mengesahkan pengesahan disahkan sahkan",
    "bank": "perbankan bank-bank",
    "film": "perfilman memfilmkan difilmkan",
    "tani": "petani pertanian bertani petani-petani",
    "wisata": "berwisata wisata-wisata kewisataan",
    "pariwisata": "kepariwisataan",
    "budaya": "berbudaya kebudayaan membudayakan membudaya pembudayaan dibudayakan kebudayaan-kebudayaan",
    "didik": "mendidik pendidik pendidikan didikan dididik terdidik berpendidikan kependidikan",
    "sehat": "kesehatan menyehatkan penyehatan menyehatkan disehatkan",
    "obat": "berobat pengobatan mengobati diobati obat-obatan terobati",
    "mitra": "bermitra kemitraan memitrakan mitra-mitra dimitrakan",
    "sepakat": "menyepakati kesepakatan disepakati bersepakat kesepakatan-kesepakatan",
    "daya": "memberdayakan pemberdayaan diberdayakan berdaya keberdayaan memperdaya",
    "laku": "memberlakukan pemberlakuan berlaku melakukan memperlakukan perlakuan keberlakuan diberlakukan",
    "lanjut": "berlanjut keberlanjutan berkelanjutan melanjutkan dilanjutkan kelanjutan lanjutan",
    "libat": "melibatkan terlibat keterlibatan dilibatkan pelibatan",
    "tahu": "mengetahui diketahui pengetahuan ketahuan",
    "satu": "bersatu persatuan mempersatukan menyatukan penyatuan kesatuan pemersatu disatukan",
    "tara": "menyetarakan kesetaraan penyetaraan setara disetarakan",
    "adil": "keadilan mengadili pengadilan ketidakadilan peradilan diadili",
    "luas": "memperluas perluasan meluas diperluas perluas seluas-luas",
    "lihat": "melihat-lihat terlihat dilihat memperlihatkan",
    "tulis": "menulis-nulis tulisan penulis tulis-menulis tertulis",
    "tolong": "tolong-menolong pertolongan menolong",
    "anggota": "beranggotakan keanggotaan anggota-anggota beranggota",
    "rinci": "terperinci perincian merinci dirinci rincian terinci",
    "undang-undang": "perundang-undangan undang-undang",
    "kerja sama": "kerja-sama kerjasama bekerjasama mengerjasamakan dikerjasamakan berkerjasama kerjasama-kerjasama",
    "tanda tangan": "menandatangani penandatanganan ditandatangani penandatangan tertandatangani tandatangan",
    "tanggung jawab": "pertanggungjawaban mempertanggungjawabkan dipertanggungjawabkan bertanggungjawab",
    "ikut serta": "mengikutsertakan keikutsertaan diikutsertakan pengikutsertaan",
    "tata kelola": "penatakelolaan tatakelola menatakelola",
    "beri tahu": "pemberitahuan memberitahukan diberitahukan memberitahu",
    "daya guna": "pendayagunaan mendayagunakan didayagunakan",
    "lipat ganda": "melipatgandakan pelipatgandaan dilipatgandakan",
    "kereta api": "perkeretaapian keretaapi",
    "jual beli": "memperjualbelikan diperjualbelikan",
}

NOT_FORMS = {
    "alam": "pengalaman mengalami dialami",
    "ikan": "berikan memberikan diberikan",
    "bus": "busan",
    "kas": "berkas kasih",
    "tang": "menang",
    "ras": "keras beras teras",
    "buah": "sebuah",
    "cara": "secara",
    "koperasi": "mengoperasikan",
    "ekonom": "ekonomi",
    "teknis": "teknisi",
    "teri": "menteri",
    "rapi": "terapi",
    "dana": "perdana",
    "data": "perdata",
    "olah": "seolah seolah-olah",
    "jalan": "menjalankan sejalan",
    "desa": "desakan",
    "harga": "penghargaan",
    "uang": "beruang",
    "selat": "selatan",
    "undang": "undang-undang",
    "kubah": "mengubah perubahan",
    "kerja": "kerjasama bekerjasama",
    "slogan": "menylogan",
}


@pytest.mark.parametrize("root", FORMS)
def test_the_words_of_a_root_are_formed(root):
    assert set(FORMS[root].split()) - set(inflect(root)) == set()


@pytest.mark.parametrize("root", NOT_FORMS)
def test_another_word_is_no_form_of_a_root_it_resembles(root):
    assert set(NOT_FORMS[root].split()) & set(inflect(root)) == set()


@pytest.mark.parametrize(
    ("root", "words"),
    [
        ("kerja sama", ["kerja sama", "bekerja sama", "mengerja samakan"]),
        ("tanggung jawab", ["bertanggung jawab", "penanggung jawab", "bertanggung-jawab"]),
        ("tanda tangan", ["bertanda tangan", "ditanda tangani", "menanda-tangani"]),
        ("tanam modal", ["menanam modal", "penanam modal", "ditanam modal"]),
        ("beri tahu", ["diberi tahu", "memberi tahu"]),
    ],
)
def test_a_root_of_two_words_is_spelt_apart_together_and_with_a_hyphen(root, words):
    assert set(words) <= set(inflect(root))


def test_workers_alike_are_no_cooperation():
    """ "Para pekerja sama-sama pulang" is about workers."""
    assert "pekerja sama" not in inflect("kerja sama")
    assert "pekerjasama" in inflect("kerja sama")


def test_capitals_and_decomposed_letters_give_the_same_words():
    assert inflect("Latih") == inflect("latih")
    assert inflect("cafe\u0301") == inflect("caf\u00e9")


@pytest.mark.parametrize("root", ["", "  ", "dinas tenaga kerja"])
def test_a_root_is_one_word_or_two(root):
    with pytest.raises(ValueError, match=f"root '{root}': a root is one word or two; a longer phrase belongs among"):
        inflect(root)


WORDS = st.text("abdegijklmnoprstuwy", min_size=1, max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=2))
def test_the_root_is_among_its_forms_and_each_form_stands_once_in_order(words):
    forms = inflect(" ".join(words))
    assert " ".join(words) in forms
    assert list(forms) == sorted(set(forms))


@given(WORDS)
def test_every_form_keeps_the_root_or_its_end(word):
    assert all(word[1:] in form for form in inflect(word))


@given(st.lists(WORDS, min_size=1, max_size=2))
def test_a_root_has_some_hundred_forms(words):
    assert len(inflect(" ".join(words))) < 400


@pytest.mark.parametrize("root", ["latih*", "3", "kerja/sama"])
def test_a_root_is_written_in_letters(root):
    with pytest.raises(
        ValueError, match=f"root '{re.escape(root)}': a root is written in letters; the library adds what may stand"
    ):
        inflect(root)
