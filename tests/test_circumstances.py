"""Sentences made up for these tests, the hit between < and >: what denies it, who says it, when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.circumstances import NEGATIONS, QUOTATION, QUOTATION_MARKS, SPEECH, dates, negation, speaker, voices


def place(marked: str) -> tuple[str, int, int]:
    start = marked.index("<")
    end = marked.index(">") - 1
    return marked.replace("<", "").replace(">", ""), start, end


DENIED = {
    "Kota itu tidak memiliki <sekolah>.": "tidak",
    "Kota itu belum memiliki <rumah sakit> yang layak.": "belum",
    "Belum ada <pelatihan> bagi nelayan.": "Belum ada",
    "Tidak ada <bantuan pangan> yang datang.": "Tidak ada",
    "Belum ada yang mengikuti <pelatihan> itu.": "Belum ada",
    "Warga pulang tanpa <vaksin>.": "tanpa",
    "Jangan lewatkan <pameran> ini.": "Jangan",
    "Ini bukan <pelatihan> biasa.": "bukan",
    "Yang datang bukan <guru>, melainkan dosen.": "bukan",
    "Mereka tak pernah menerima <beasiswa>.": "tak pernah",
    "Kota itu tidak lagi mengirim <siswa>.": "tidak lagi",
    "Pemerintah tidak akan membangun <bandara> di sana.": "tidak",
    "Dinas itu belum sempat menyusun rencana <pariwisata> kota.": "belum",
    "Tidak semua <sekolah> ikut.": "Tidak semua",
    "Di desa itu tidak ada sekolah, puskesmas, dan <pasar>.": "tidak ada",
    "Di desa itu tidak ada <sekolah>, puskesmas, dan pasar.": "tidak ada",
    "Tidak ada <listrik> maupun air bersih.": "Tidak ada",
    "Tidak ada listrik maupun <air bersih>.": "Tidak ada",
    "Ia bukannya membuka <museum>.": "bukannya",
    "Warga yang belum pernah mengikuti <pelatihan> didahulukan.": "belum pernah",
    "Tiada <pertukaran pelajar> tahun itu.": "Tiada",
    "Kami nggak punya <rumah sakit>.": "nggak",
    "<Pelatihan guru> belum digelar.": "belum",
    "<Kerja sama> itu tidak berjalan.": "tidak",
    "<Pembangunan jalan> itu tidak jadi dilaksanakan.": "tidak",
    "<Bantuan pangan> tahun lalu tak disalurkan.": "tak",
    "<Taman> itu belum selesai.": "belum",
    "<Perjanjian dagang> dengan kota itu belum ada.": "belum ada",
    "<Ekspor> kopi tidak terlaksana.": "tidak",
    "Sampai kini <pusat kebudayaan> itu tidak dapat dibuka.": "tidak",
    "Rapat itu tidak membahas soal <sampah> kota.": "tidak",
    "Jalan rusak, dan kota tidak punya <bus>.": "tidak",
    "Pemerintah kota membantah bahwa kota itu membangun <pasar>.": "membantah",
    "Pemerintah kota membantah adanya <pertukaran guru>.": "membantah",
    "Wali kota menyangkal adanya <pertukaran guru>.": "menyangkal",
    "Panitia membatalkan <pameran> itu.": "membatalkan",
    "Warga menolak pembangunan <bandara>.": "menolak",
    "Kota itu gagal membangun <pelabuhan>.": "gagal",
    "Warga enggan memakai <bus>.": "enggan",
    "<Pertukaran guru> dibatalkan.": "dibatalkan",
    "<Pertukaran guru> gagal dilaksanakan.": "gagal",
    "<Guru> batal dikirim.": "batal",
    "Tahun itu <pameran> urung digelar.": "urung",
    "<Kerja sama> itu akhirnya gagal.": "gagal",
    "Kabar tentang <pertukaran guru> dibantah wali kota.": "dibantah",
    "<Pelatihan guru> gagal total.": "gagal",
    "<Pelatihan guru> batal karena dana.": "batal",
    "<Pelatihan guru> batal gara-gara pandemi.": "batal",
    "<Pelatihan guru> terpaksa dibatalkan.": "dibatalkan",
    "<Pelatihan guru> dipastikan batal.": "batal",
    "Wali kota tidak membantah bahwa <pelatihan guru> gagal.": "gagal",
    "Wali kota tidak ingin membuka <pelatihan guru>.": "tidak",
    "Warga yang menolak bandara tidak memiliki <sekolah>.": "tidak",
    "Warga menolak bandara dan membatalkan <pameran>.": "membatalkan",
    "Warga menolak <pameran> yang gagal.": "menolak",
    "Hampir tidak ada <sekolah> di sana.": "tidak ada",
}

NOT_DENIED = [
    "Kota itu tidak punya bandara, tetapi punya <pelabuhan>.",
    "Bukan bandara melainkan <pelabuhan> yang dibangun.",
    "Wali kota tidak hadir karena mengikuti <pelatihan>.",
    "Program itu tidak hanya menyangkut <pendidikan>.",
    "Program itu bukan hanya soal <budaya>, tetapi juga ekonomi.",
    "Program itu tak hanya menyangkut <ekonomi>.",
    "Program itu tidak sekadar <pertukaran pelajar>.",
    "Bukan sekadar <pameran>, acara itu menjadi pertemuan.",
    "Ini tidak saja tentang <perdagangan>.",
    "Semua kota, tidak terkecuali kota ini, membangun <taman>.",
    "Tidak kurang dari 40 <guru> dilatih.",
    "Tidak sedikit <wisatawan> datang.",
    "Tak jarang <seniman> tampil di sana.",
    "Belum lama ini <sekolah> itu dibuka.",
    "Tidak lama kemudian <rumah sakit> dibuka.",
    "Mau tidak mau <ekspor> diteruskan.",
    "Tidak seperti <pameran> yang lalu, yang ini ramai.",
    "Tidak lupa <kesenian> ditampilkan.",
    "Tak kalah menarik adalah <museum> itu.",
    "Bukan tidak mungkin <bandara> itu dibangun.",
    "Warga yang tidak bersekolah mengikuti <pelatihan>.",
    "Ia tidak datang, <pelatihan> tetap digelar.",
    "Ia tidak menemui gubernur yang membuka <pelatihan>.",
    "Ia tidak datang dan mengirim <guru>.",
    "Tidak ada hujan. <Pasar> ramai.",
    "<Pelatihan> digelar, wali kota tidak hadir.",
    "<Guru> yang tidak hadir diganti.",
    "<Dinas Pendidikan> tidak menanggapi surat itu.",
    "<Sekolah> itu memiliki guru yang tidak dibayar.",
    "<Pelatihan> guru berlangsung lancar.",
    "Sebelum itu <pasar> sudah ada.",
    "Kota itu tidak jauh dari <pantai>.",
    "Warga acuh tak acuh terhadap <sampah>.",
    "Mereka membawa <guru> karena sudah lama tidak ada.",
    "Pemerintah tidak diam sehingga <banjir> teratasi.",
    "Kota itu tidak maju sejak <pelabuhan> pindah.",
    "Pemerintah tidak membatalkan <kerja sama> itu.",
    "<Kerja sama> itu tidak jadi dibatalkan.",
    "Wali kota tidak membantah bahwa <pasar> itu sepi.",
    "Tak urung <pasar> itu ramai.",
    "<Guru> membantah kabar itu.",
    "<Warga> menolak.",
    "Usul itu ditolak <guru>.",
    "Ia dirawat karena gagal ginjal di <rumah sakit>.",
    "Mereka menolak bala di <pasar>.",
    "Bupati membatalkan lomba, tetapi <pameran> dibuka.",
    "Ia batal hadir, <pelatihan> tetap digelar.",
    "<Wisatawan> batal datang.",
    "Wali kota membantah bahwa <pertukaran guru> berakhir.",
    "Wali kota membantah bahwa <pertukaran guru> akan segera dihentikan.",
    "Wali kota membantah bahwa <sekolah> itu ditutup.",
    "Wali kota membantah membatalkan <pelatihan guru>.",
    "Wali kota membantah bahwa pemerintah membatalkan <pelatihan guru>.",
    "Wali kota membantah bahwa kota itu tidak memiliki <sekolah>.",
    "Wali kota menepis anggapan bahwa <pelatihan guru> gagal.",
    "Warga menolak <pasar> itu dihapus.",
    "Tidak ada warga yang menolak <pelabuhan>.",
    "Tak seorang pun menolak <pelabuhan>.",
    "Tidak ada <pelatihan guru> yang dibatalkan.",
    "Wali kota tidak ingin membatalkan <pelatihan guru>.",
    "Wali kota tidak berniat membatalkan <pelatihan guru>.",
    "Wali kota tidak mau membatalkan <pelatihan guru>.",
    "Wali kota tidak ingin <pelatihan guru> gagal.",
    "Kota itu gagal membatalkan <pelatihan guru>.",
    "<Pelatihan guru> hampir batal.",
    "<Pelatihan guru> nyaris gagal digelar.",
    "Gagal panen membuat petani ikut <pelatihan>.",
    "Gagal bayar menimpa <koperasi>.",
    "Gagal tumbuh dibahas <guru>.",
]


@pytest.mark.parametrize("marked", DENIED)
def test_a_negation_in_the_same_clause_covers_the_hit(marked):
    assert negation(*place(marked)) == DENIED[marked]


@pytest.mark.parametrize("marked", NOT_DENIED)
def test_a_negation_elsewhere_and_one_that_denies_nothing_cover_nothing(marked):
    assert negation(*place(marked)) == ""


SAID = {
    "“Kami melatih <guru>,” kata Wali Kota Rahma Sari, Rabu (15/4).": "Wali Kota Rahma Sari",
    '"Kami melatih <guru>," ujar Rahma Sari.': "Rahma Sari",
    '"Kami melatih <guru>", tutur Rahma.': "Rahma",
    '"Kami melatih <guru>!" seru Rahma Sari kepada wartawan.': "Rahma Sari",
    '"Kami melatih <guru>," katanya.': "-nya",
    "“Kami melatih <guru>,“ kata Rahma.": "Rahma",
    'Rahma berkata:"Kami melatih <guru>."': "Rahma",
    '"Kami melatih <guru>," ujarnya saat ditemui di kantornya.': "-nya",
    '"Kami melatih <guru>," kata dia.': "dia",
    '"Kami melatih <guru>," kata perempuan asal Solo itu.': "perempuan asal Solo itu",
    '"Kami melatih <guru>," jelas Kepala Dinas Pendidikan, Rahma Sari, dalam keterangan tertulis.': (
        "Kepala Dinas Pendidikan, Rahma Sari"
    ),
    '"Kami melatih <guru>," demikian kata Ketua Panitia (15/4).': "Ketua Panitia",
    '"Kami siap," kata Rahma Sari. "Kami melatih <guru>."': "Rahma Sari",
    'Rahma Sari mengatakan, "Kami melatih <guru>."': "Rahma Sari",
    'Rahma Sari berkata: "Kami melatih <guru>."': "Rahma Sari",
    'Rahma menilai pelatihan itu "berguna bagi <guru> muda."': QUOTATION,
    "Rahma Sari mengatakan bahwa <guru> dilatih.": "Rahma Sari",
    "Wali Kota Rahma Sari juga mengatakan <pelatihan> dimulai tahun depan.": "Wali Kota Rahma Sari",
    "Wali Kota Medan, Rahma Sari, menegaskan <pelatihan> dimulai.": "Wali Kota Medan, Rahma Sari",
    "Sementara itu, Kepala Dinas Rahma Sari menyebutkan <sekolah> dibuka.": "Kepala Dinas Rahma Sari",
    "Dalam sambutannya, Rahma Sari, Rabu (15/4), menyatakan <sekolah> dibuka.": "Rahma Sari",
    "Ia menjelaskan <sekolah> itu dibuka.": "Ia",
    "Pihak sekolah membantah <pelatihan> itu gagal.": "Pihak sekolah",
    "Pengamat menilai bahwa <perdagangan> tumbuh.": "Pengamat",
    "Warga berharap <bus> datang lagi.": "Warga",
    "Menurut Rahma Sari, <sekolah> itu dibuka.": "Rahma Sari",
    "Menurutnya, <sekolah> itu dibuka.": "-nya",
    "<Sekolah> itu, menurut pengamat pendidikan Rahma, layak.": "pengamat pendidikan Rahma",
    "<Pelatihan> digelar tahun depan, kata Kepala Dinas Rahma Sari.": "Kepala Dinas Rahma Sari",
    "<Pelatihan> digelar tahun depan, ujarnya.": "-nya",
    'Program "Kota Hijau" memperbaiki <taman>, kata Rahma.': "Rahma",
    "“Kami melatih <guru> setiap tahun.”": QUOTATION,
    '"Kami melatih <guru>," kata analis bank itu di Medan.': "analis bank itu",
    '"Kami melatih <guru>," kata Direktur Utama, Rahma Sari di Medan, Senin.': "Direktur Utama, Rahma Sari",
    '"Kami melatih <guru>," ujar Ny. Rahma.': "Ny. Rahma",
    "Pelatihan itu, kata dia, diikuti <guru>.": "dia",
    "Pelatihan itu, tambahnya, diikuti <guru>.": "-nya",
    "Rahma Sari, dalam keterangannya, Senin, mengatakan <guru> dilatih.": "Rahma Sari",
    "Dalam sambutannya Wali Kota Rahma mengatakan <guru> dilatih.": "Wali Kota Rahma",
    "Deputi Direktur Dinas, Rahma Sari, di Medan, mengatakan <guru> dilatih.": "Deputi Direktur Dinas, Rahma Sari",
    "Rahma akhirnya mengakui <pelatihan> itu gagal.": "Rahma",
    "Sementara Wali Kota Rahma di tempat yang sama mengatakan <guru> dilatih.": "Wali Kota Rahma",
    "Wali Kota Rahma membuka pameran itu dan menyatakan <sekolah> dibuka.": "Wali Kota Rahma",
    "Warga yang tinggal di sana mengaku <bus> jarang lewat.": "Warga",
    "Rahma Sari, Penjabat Bupati Randu, pada Kamis di Sagara, wilayah Randu, Jawa Barat, menyatakan bahwa <guru> dilatih.": (
        "Rahma Sari, Penjabat Bupati Randu"
    ),
    "Ia, pada Kamis, di Sagara, Jawa Barat, menyatakan <guru> dilatih.": "Ia",
    "Rahma Sari, kepala dinas pendidikan, mengatakan <guru> dilatih.": "Rahma Sari, kepala dinas pendidikan",
    "Rahma Sari, yang hadir di sana, mengatakan <guru> dilatih.": "Rahma Sari",
    "Rahma Sari (45), warga Medan, mengatakan <guru> dilatih.": "Rahma Sari",
    "Kepala Dinas Rahma Sari di Sagara, Jawa Barat, menyatakan <guru> dilatih.": "Kepala Dinas Rahma Sari",
    "Sementara itu, di Medan, Sumatera Utara, Wali Kota Rahma mengatakan <guru> dilatih.": "Wali Kota Rahma",
    "Rabu, Rahma Sari, mengatakan <guru> dilatih.": "Rahma Sari",
    "Rahma, di Medan, mengatakan <guru> dilatih.": "Rahma",
    "Wali Kota menyangkal adanya <pertukaran guru>.": "Wali Kota",
    "Wali Kota Padang, Sumatera Barat, Rahma Sari, mengatakan <guru> dilatih.": "Wali Kota Padang, Rahma Sari",
    "Bupati Bandung, Jawa Barat, Rahma Sari, mengatakan <guru> dilatih.": "Bupati Bandung, Rahma Sari",
    "Rahma Sari, Wali Kota Padang, Sumatera Barat, mengatakan <guru> dilatih.": "Rahma Sari, Wali Kota Padang",
    "Rahma Sari dari Dinas Pendidikan Surabaya, Jawa Timur, mengatakan <guru> dilatih.": (
        "Rahma Sari dari Dinas Pendidikan Surabaya"
    ),
    "Rahma Sari dari Dinas Pendidikan Kanazawa, Jepang, mengatakan <guru> dilatih.": (
        "Rahma Sari dari Dinas Pendidikan Kanazawa"
    ),
    "Rahma Sari, S.Pd., M.M., mengatakan <guru> dilatih.": "Rahma Sari",
    "Wali Kota Padang, H. Agus, mengatakan <guru> dilatih.": "Wali Kota Padang, H. Agus",
    "Di Jakarta, KPK mengatakan <guru> dilatih.": "KPK",
    "Wali Kota Rahma tiba di Medan, Sumatera Utara, dan Bupati Siti mengatakan <guru> dilatih.": "Bupati Siti",
    "Rahma Sari, MBA, Ph.D., mengatakan <guru> dilatih.": "Rahma Sari",
    "Kepala Dinas Pendidikan, Rahma Sari, S.Pd., M.M., mengatakan <guru> dilatih.": "Kepala Dinas Pendidikan, Rahma Sari",
    "Kepala Bidang Budaya, Museum, dan Sejarah Dinas Kebudayaan, Rahma Sari, mengatakan <guru> dilatih.": "Rahma Sari",
    "Rahma Sari, Kepala Bidang Budaya, Museum, dan Sejarah, mengatakan <guru> dilatih.": "Rahma Sari",
}

NOT_SAID = [
    '"Kami siap," kata Rahma Sari saat membuka pelatihan <guru>.',
    'Program "Kota Hijau <Taman> Bersih" dimulai.',
    'Kata "<guru>" berasal dari bahasa Sanskerta.',
    "Juri menilai <karya siswa> itu.",
    "Hal itu jelas <sekolah> ketahui.",
    "Menurut rencana, <sekolah> dibuka.",
    "<Wali kota> mengatakan hal itu.",
    "Rahma tidak menyebutkan <sekolah> mana yang dibuka.",
    "Siapakah yang dapat mengatakan <guru> itu siap?",
    "Dengan kata lain <pasar> sepi.",
    "Kota itu membuka <museum>.",
    "“Kami siap,“ kata Rahma di depan para <guru>.",
    '"Kami siap," kata Rahma saat meluncurkan program "<Taman> Kota".',
    "Rahma, yang hadir di sana, mengatakan <guru> dilatih.",
    "Kepala Bidang Cagar Budaya, Permuseuman, dan Sejarah Dinas Kebudayaan, mengatakan <guru> dilatih.",
    "Kepala Bidang Budaya, Museum, dan Sejarah Dinas Kebudayaan, pada Rabu di Medan, mengatakan <guru> dilatih.",
]


def who(marked: str) -> str:
    sentence, start, _ = place(marked)
    return speaker(voices([sentence])[0], start)


@pytest.mark.parametrize("marked", SAID)
def test_who_is_heard_at_the_hit_is_named_as_written(marked):
    assert who(marked) == SAID[marked]


@pytest.mark.parametrize("marked", NOT_SAID)
def test_where_only_the_author_speaks_there_is_no_speaker(marked):
    assert who(marked) == ""


def test_a_quotation_goes_on_over_the_sentences_of_its_paragraph():
    spoken = voices(['"Kami ingin bekerja sama.', "Guru dilatih.", 'Semua senang," tutur Ketua Panitia, Siti, di balai kota.'])
    assert spoken == [[(1, 25, "Ketua Panitia, Siti")], [(0, 13, "Ketua Panitia, Siti")], [(0, 13, "Ketua Panitia, Siti")]]


def test_a_second_quotation_has_the_speaker_named_before_it_rather_than_after_it():
    spoken = voices(["“Kami siap,” kata Rahma.", "“Guru dilatih.”", "“Baik,” jawab Siti."])
    assert [speaker(found, 3) for found in spoken] == ["Rahma", "Rahma", "Siti"]


def test_a_paragraph_without_sentences_has_no_voices():
    assert voices([]) == []
    assert voices([""]) == [[]]


def test_the_dates_of_a_sentence_stand_as_written():
    assert dates("Sejak 2007 kota itu maju; pekan lalu wali kota datang.") == "Sejak 2007; pekan lalu"
    assert dates("Kota itu maju.") == ""


TEXTS = st.text('ab ,."“”()tidak kata: bukan menurut Rahma', max_size=60)


@given(TEXTS, st.integers(0, 60), st.integers(0, 10))
def test_a_negation_is_words_of_the_sentence(sentence, start, length):
    found = negation(sentence, start, start + length)
    assert found in sentence
    assert not found or found.split()[0].lower() in NEGATIONS


@given(st.lists(TEXTS, max_size=4))
def test_voices_lie_inside_their_sentences(sentences):
    for sentence, spoken in zip(sentences, voices(sentences), strict=True):
        assert all(0 <= start < end <= len(sentence) and name for start, end, name in spoken)


@given(TEXTS, st.integers(0, 60))
def test_without_a_cue_word_there_is_nothing_to_find(sentence, start):
    """What a caller may rely on to skip a sentence."""
    words = set(sentence.lower().replace("nya", " ").replace(",", " ").replace(":", " ").split())
    if not words & set(NEGATIONS) and not any(cue in sentence for cue in NEGATIONS):
        assert negation(sentence, start, start + 1) == ""
    if not any(cue in sentence.lower() for cue in (*SPEECH, *QUOTATION_MARKS)):
        assert voices([sentence]) == [[]]
