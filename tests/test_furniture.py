"""Pages as outlets of many kinds build them, all invented: each line is marked with what it is, and no content may be lost.

`+` content, `-` furniture, `#` heading, `?` content that is flagged as the headline of another article perhaps.
"""

import pandas as pd
import pytest

from qualkit.furniture import furniture_rule
from qualkit.segments import split

TOLD = {
    "a": "Pemerintah kota menandatangani nota kesepahaman dengan kota mitra di Jepang untuk lima tahun, mencakup pelabuhan dan sekolah.",
    "b": "“Kami ingin nelayan dan guru kedua kota saling belajar, bukan hanya para pejabatnya yang bepergian,” kata wali kota di balai kota.",
    "c": "Menurut dia, anggaran kerja sama itu disetujui dewan bulan lalu. Nilainya Rp 4,2 miliar, naik dari tahun sebelumnya.",
    "d": "Delegasi mengunjungi pasar ikan, galangan kapal, serta dua sekolah kejuruan"
    ", lalu berjalan kaki di kampung nelayan, sebelum pulang pada Jumat (12/5/2023) sore.",
    "e": "Kerja sama itu bermula pada 1998 dan sempat terhenti karena pergantian kepala daerah di kedua kota tersebut.",
    "f": "Kapal pertama direncanakan bersandar pada Oktober mendatang, setelah dermaga baru selesai diperdalam.",
}
PAGES = {
    "detik": """
- detikJatim
- Berita
# Wali Kota Teken Nota Kerja Sama dengan Kota di Jepang
- Rina Lestari - detikJatim
- Jumat, 12 Mei 2023 10:22 WIB
- Foto: Wali kota dan tamunya (Rina Lestari/detikJatim)
- Surabaya -
+ {a}
- ADVERTISEMENT
- SCROLL TO CONTINUE WITH CONTENT
+ {b}
- Baca juga: Nelayan Dua Kota Bertemu di Dermaga Baru
+ {c}
- Simak Video "Kapal Perdana dari Jepang Bersandar"
- [Gambas:Video 20detik]
- (rin/jos)
- Berita Terkait
- Dermaga Baru Mulai Dikeruk
- Guru Kejuruan Ikut Magang ke Jepang""",
    "kompas": """
- Kompas.com
- Regional
# Kota Pelabuhan Ini Gandeng Mitra dari Jepang, Apa Untungnya?
- Kompas.com - 12/05/2023, 10:22 WIB
- Lihat Foto
- Rina Lestari
- Penulis
- Editor: Siti Aminah
+ KUPANG, KOMPAS.com – {a}
+ {b}
- Baca juga: Apa Itu Kota Kembar? Ini Penjelasannya
# Bermula pada 1998
+ {e}
+ {d}
- Dapatkan update berita pilihan dan breaking news setiap hari dari Kompas.com. Mari bergabung di Grup Telegram "Kompas.com News Update".
- Tag:
- kota kembar
- pelabuhan""",
    "tribun": """
# Wali Kota Terima Tamu dari Jepang, Bahas Kapal hingga Sekolah
- Tayang: Jumat, 12 Mei 2023 10:22 WIB
- Penulis: Rina Lestari | Editor: Siti Aminah
+ TRIBUNTIMUR.COM, KUPANG - {a}
+ {b}
- Baca juga: Jadwal Kapal ke Pulau Seberang Bertambah
+ {f}
- Artikel ini telah tayang di TribunTimur.com dengan judul Wali Kota Terima Tamu dari Jepang, https://contoh.tribunnews.com/2023/05/12/tamu
- Halaman selanjutnya
- Halaman 1 2 3""",
    "tempo": """
# Kota Pelabuhan Perpanjang Kerja Sama dengan Jepang
- Reporter
- Rina Lestari
- Editor
- Siti Aminah
- Jumat, 12 Mei 2023 10:22 WIB
- Wali kota menyambut tamunya di dermaga. Foto: Istimewa
- Iklan
+ TEMPO.CO, Kupang - {a}
+ {c}
- Baca Juga:
- Nelayan Kupang Belajar Budi Daya Sidat
+ {d}
- Pilihan Editor: Kota Kembar dan Anggaran yang Tak Pernah Cair""",
    "antara": """
# Kupang perpanjang kerja sama dengan kota di Jepang
- Jumat, 12 Mei 2023 10:22 WIB
- Wali Kota Kupang (kiri) menyerahkan tenun kepada tamunya. ANTARA/Rina Lestari
+ Kupang (ANTARA) - {a}
+ {b}
- Baca juga: Kupang tawarkan rumput laut kepada Jepang
- Baca juga: Delegasi Jepang tinjau dermaga Tenau
+ {e}
- Pewarta: Rina Lestari
- Editor: Siti Aminah
- Copyright © ANTARA 2023
- Dilarang keras mengambil konten, melakukan crawling atau pengindeksan otomatis untuk AI di situs ini tanpa izin tertulis dari ANTARA.""",
    "republika": """
- Home > News > Daerah
# Kupang Jalin Kerja Sama Pelabuhan dengan Kota di Jepang
- Jumat 12 May 2023 10:22 WIB
- Rep: Rina Lestari/ Red: Siti Aminah
+ REPUBLIKA.CO.ID, KUPANG -- {a}
+ {b}
- BACA JUGA: Ikuti Berita Analisis, Opini, Breaking News di Kanal WhatsApp
+ {f}
- Berita Lainnya
- Guru Kejuruan Ikut Magang
- sumber : Antara""",
    "liputan6": """
# Kupang Gandeng Jepang Bangun Dermaga, Ini Rinciannya
- Rina Lestari
- Diterbitkan 12 Mei 2023, 10:22 WIB
- Share
- Copy Link
- Perbesar
- Wali kota menyambut tamu dari Jepang. (Liputan6.com/Rina Lestari)
+ Liputan6.com, Kupang - {a}
- BACA JUGA:
- Nelayan Kupang Belajar Budi Daya Sidat
+ {b}
+ {c}
- Saksikan Video Pilihan Berikut Ini:
- * Fakta atau Hoaks? Untuk mengetahui kebenaran informasi yang beredar, silakan WhatsApp ke nomor cek fakta.
""",
    "cnn": """
# Kupang dan Kota di Jepang Sepakati Kerja Sama Pelabuhan
- CNN Indonesia
- Jumat, 12 Mei 2023 10:22 WIB
- Bagikan :
- Ilustrasi. Wali kota menyambut tamu dari Jepang. (iStockphoto/contoh)
+ Jakarta, CNN Indonesia -- {a}
+ {b}
- Lihat Juga :
- Nelayan Kupang Belajar Budi Daya Sidat
+ {d}
- ADVERTISEMENT
- SCROLL TO RESUME CONTENT
+ {e}
- [Gambas:Video CNN]
- (rin/sit)""",
    "cnbc": """
- Home › News › Berita
# Kota Ini Panen Investasi Jepang, Nilainya Bikin Kaget
- Rina Lestari, CNBC Indonesia
- 12 May 2023 10:22
+ Jakarta, CNBC Indonesia - {a}
+ {c}
- Saksikan video di bawah ini:
- Video: Kapal Perdana dari Jepang Bersandar
- (rin/rin)
- Next Article
- Dermaga Baru Mulai Dikeruk""",
    "okezone": """
# Wali Kota Kupang Terima Delegasi Jepang
- Rina Lestari, Jurnalis · Jumat 12 Mei 2023 10:22 WIB
- A A A
- Share on Facebook
- Delegasi Jepang di Kupang (Foto: Okezone/Rina)
+ KUPANG - {a}
- BACA JUGA: Nelayan Kupang Belajar Budi Daya Sidat
+ {b}
- (rin)
- Follow Berita Okezone di Google News
- Dapatkan berita up to date dengan semua berita terkini dari Okezone, daftar sekarang dan nantikan kejutan di aplikasi Okezone.
- TOPIK ARTIKEL : #Kupang #Jepang""",
    "sindonews": """
- Home / Daerah / Nusa Tenggara
# Kupang Perpanjang Kerja Sama Kota Kembar
- Jumat, 12 Mei 2023 - 10:22 WIB
- Delegasi Jepang di balai kota. Foto/Rina Lestari
+ KUPANG - {a}
+ {c}
- Baca juga: Dermaga Baru Mulai Dikeruk
+ {f}
- (sit)
- Lihat Juga: Kapal Perdana dari Jepang Bersandar""",
    "jpnn": """
- JPNN.com
- Daerah
# Wali Kota Kupang Teken Nota dengan Jepang, Begini Isinya
- Jumat, 12 Mei 2023 – 10:22 WIB
- Wali kota dan tamunya. Foto: Humas Pemkot Kupang
+ jpnn.com, KUPANG - {a}
- BACA JUGA: Nelayan Kupang Belajar Budi Daya Sidat
+ {b}
- Redaktur & Reporter : Rina Lestari
- Silakan baca konten menarik lainnya dari JPNN.com di Google News
- Berita Sebelumnya
- Berita Selanjutnya""",
    "suara": """
# Kupang dan Jepang Bangun Dermaga Bersama
- Siti Aminah | Rina Lestari
- Jumat, 12 Mei 2023 | 10:22 WIB
- Delegasi Jepang di Kupang. [Suara.com/Rina Lestari]
+ Suara.com - {a}
+ {b}
- Baca Juga:
- Nelayan Kupang Belajar Budi Daya Sidat
+ {d}
- Kontributor : Rina Lestari
- Terkini
- Dermaga Baru Mulai Dikeruk
- Guru Kejuruan Ikut Magang ke Jepang""",
    "local paper with related headlines without a mark": """
# Kupang Terima Kapal Hibah dari Kota Kembar
- Jumat, 12 Mei 2023
+ KUPANG, RADAR – {a}
? Nelayan Kupang Belajar Budi Daya Sidat dari Jepang
+ {b}
? Dua Guru Kejuruan Magang di Galangan Kapal, Apa Hasilnya?
+ {c}
+ “Ini baru awal.”
- (rin/sit)""",
    "town hall": """
- Langsung ke konten
- Beranda
- Profil
- Layanan
- PPID
- Kontak Kami
# KERJA SAMA KOTA KEMBAR DIPERPANJANG
- Diposting pada 12 Mei 2023
- Dibaca: 1.204 kali
+ {a}
+ Dalam nota itu disepakati:
+ a. pengiriman guru;
+ b. pertukaran pelajar; dan
+ c. pembukaan rute kapal
+ {b}
+ Acara ditutup dengan makan siang bersama. (Diskominfo)
- Bagikan ke:
- Facebook
- WhatsApp
- © 2023 Pemerintah Kota Kupang. Hak cipta dilindungi.""",
    "blog": """
- Skip to content
# Catatan dari Kota Kembar
- 12 Mei 2023 by Rina Lestari
+ {e}
+ {f}
+ Saya berjalan di dermaga itu pagi-pagi sekali, dan hanya ada dua nelayan yang sedang menjahit jala mereka.
- Leave a Comment
- Alamat email Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *
- Komentar
- Nama
- Simpan nama, email, dan situs web saya pada peramban ini untuk komentar saya berikutnya.
- Situs ini menggunakan cookie untuk meningkatkan pengalaman Anda.""",
    "comments": """
# Kapal Hibah Tiba di Kupang
- Oleh Rina Lestari
- 12 Mei 2023 10:22
+ {a}
+ {c}
- 3 Komentar
- Budi Santoso
- 2 jam lalu
- Benarkah?
- Semoga kapalnya dirawat, jangan seperti yang dulu, karena nelayan sudah lama menunggu bantuan seperti ini.
- Balas
- Tulis komentar
- Kebijakan Privasi""",
    "sign-up, reactions and a reader's comment": """
- Home News Ekonomi Olahraga Video
- Situs ini memakai kuki. Dengan melanjutkan, Anda menyetujui kebijakan privasi kami.
# Kapal Hibah Tiba di Kupang
+ Kapal itu mengubah nasib nelayan dua kampung
- Ditulis oleh Rina pada 12 Mei 2023
- Waktu membaca: 4 menit
- Sumber gambar, Rina Lestari
- Kapal hibah bersandar di dermaga lama. (Arsip Pelabuhan)
+ {a}
- Dapatkan kabar pilihan langsung di kotak masuk Anda.
- Masukkan alamat surel
+ {c}
# Biaya yang Ditanggung
+ {e}
? Nelayan kupang belajar budi daya sidat dari jepang
+ {b}
+ {d}
- *) Penulis adalah guru sekolah pelayaran
- Isi tulisan sepenuhnya tanggung jawab penulis.
- Yang Paling Banyak Dibaca
- Dermaga baru mulai dikeruk
- Apa reaksi Anda?
- Senang 3 Sedih 0 Marah 1
- 2 tanggapan untuk “Kapal Hibah Tiba di Kupang”
- Budi
- 12 Mei 2023 pukul 11.02
- Semoga kapalnya dirawat.
- Balas
- Powered by Papan Kabar""",
    "speech": """
- Beranda
- Profil
- Berita
- Kontak
# Sambutan Wali Kota pada Temu Kota Pesisir
- Jumat, 12 Mei 2023
+ Salam sejahtera bagi kita semua
+ Om swastiastu
+ Yang saya hormati Bapak Menteri
+ Para undangan yang berbahagia
+ Hadirin sekalian
+ {a}
+ {c}
- Bagikan""",
    "list with numbered headings": """
# 2 Cara Kota Kecil Menarik Kapal
- 12 Mei 2023, 10:22 WIB
+ {e}
# 1. Perdalam kolam pelabuhan
- ilustrasi kapal (pexels.com/Rina)
+ {f}
# 2. Latih para pemandu
+ {c}
- Editor’s picks""",
    "live blog": """
# Kapal Hibah Tiba, Ini Laporan Langsungnya
- Jumat, 12 Mei 2023 06:00 WIB
+ 09.15 WIB: Kapal terlihat di mulut teluk. Warga mulai berdatangan ke dermaga dengan perahu dan sepeda motor.
+ 09.40 WIB: Wali kota tiba bersama rombongan, lalu menyalami para nelayan yang sudah menunggu sejak subuh.
+ 10.05 WIB: Kapal sandar.
+ {b}
- Editor: Siti Aminah""",
    "paragraphs broken at their links": """
# Kupang Gandeng Jepang Bangun Dermaga
- Tim Redaksi
+ KUPANG, KOMPAS.com – {a}
+ Kerja sama ini juga melibatkan
+ Universitas Nusa Cendana
+ dan Balai Latihan Kerja, yang akan mengirim para pengajarnya ke galangan kapal di kota mitra itu.
+ {d}
- Copyright 2008 – 2023 PT. Contoh Media. All Rights Reserved.""",
    "questions and answers": """
# Lima Pertanyaan tentang Kota Kembar
- Jumat, 12 Mei 2023
+ Apa untungnya bagi nelayan?
+ {e}
+ Siapa yang membayar?
+ {c}
- Editor: Siti Aminah""",
    "statute list": """
+ Menimbang:
+ a. bahwa kerja sama daerah perlu diatur lebih lanjut
+ b. bahwa anggaran tersedia
+ Memutuskan:
+ Kesatu
+ Membentuk tim kerja sama kota kembar
+ Kedua
+ Tim bertugas selama dua tahun dan melapor kepada wali kota setiap enam bulan sekali secara tertulis.""",
    "poem": """
+ Dermaga
+ Di dermaga tua itu kapal menunggu pagi
+ Jala yang koyak dijahit tangan ibu
+ Angin membawa kabar dari seberang lautan
+ Kota kembar yang jauh dan dekat
+ Pulanglah, kata ombak kepada perahu.""",
    "letter": """
+ Nomor : 005/121/2023
+ Kepada Yth.
+ Kepala Dinas Perikanan
+ di Tempat
+ Dengan hormat, kami mengundang Saudara menghadiri rapat persiapan kunjungan delegasi kota kembar pada Senin pekan depan.
+ {f}""",
    "table below the article": """
# Ekspor Ikan ke Kota Kembar Naik
- Jumat, 12 Mei 2023
+ KUPANG - {a}
+ {c}
+ Tahun
+ Nilai
+ 2021
+ 12
+ 2022
+ 14""",
}  # fmt: skip
MARKS = {"+": "content", "-": "boilerplate", "#": "heading", "?": "possible related headline"}


def seen(page, between):
    """(what a line is marked as, what its segments are taken for, the line) for each line of a page."""
    marked = [(MARKS[line[0]], line[2:].format(**TOLD)) for line in page.strip().split("\n")]
    text = between.join(line for _, line in marked)
    documents = pd.DataFrame({"document": ["d"], "kind": ["news"], "title": [""], "author": [""], "text": [text]})
    table, place = split(documents, into="sentences"), 0
    for mark, line in marked:
        inside = table[(table["start"] >= place) & (table["end"] <= place + len(line))]
        inside = inside if mark != "content" else inside[~inside["rule"].isin(["dateline", "credit"])]
        yield mark, {row.rule if row.label == "content" and row.rule else row.label for row in inside.itertuples()}, line
        place += len(line) + len(between)


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize("page", PAGES)
def test_each_line_of_a_page_is_what_it_is(page, between):
    assert [(line, taken) for mark, taken, line in seen(PAGES[page], between) if taken != {mark}] == []


ADDRESS = "https://contoh.go.id/" + "laporan-" * 25
MAIL = f"""Yth. Bapak dan Ibu anggota tim,

rapat persiapan kunjungan delegasi kota kembar diundur karena
pesawat dari Darwin baru tiba pada Kamis malam. Mohon bahan
tentang pelabuhan dikirim sebelum itu. Laporan lengkapnya ada di
{ADDRESS}
dan boleh dibagikan kepada dinas lain yang ikut serta dalam
kerja sama itu."""


def contents(text):
    documents = pd.DataFrame({"document": ["d"], "kind": ["news"], "title": [""], "author": [""], "text": [text]})
    table = split(documents, into="sentences")
    return [" ".join(words.split()) for words in table.loc[table["label"] == "content", "text"]]


def test_a_wrapped_mail_is_cut_at_its_sentences_and_not_at_its_lines():
    assert contents(MAIL)[:2] == [
        "Yth. Bapak dan Ibu anggota tim, rapat persiapan kunjungan delegasi kota kembar diundur karena pesawat dari Darwin"
        " baru tiba pada Kamis malam.",
        "Mohon bahan tentang pelabuhan dikirim sebelum itu.",
    ]


PRINTED = """KABAR TELUK | Edisi 3/Mei 2023
Kapal Hibah Tiba di Dermaga
Oleh Rina Lestari
Kapal itu tiba pada hari Jumat setelah berlayar sembilan hari
dari kota mitra. Para nelayan sudah menunggu di dermaga sejak
subuh, dan mereka membawa jala yang baru dijahit oleh istri
12
KABAR TELUK | Edisi 3/Mei 2023
mereka. Wali kota menyebut kapal itu awal dari kerja sama yang
lebih luas.
Siapa yang Menanggung Biaya
Biaya perawatan ditanggung bersama oleh kedua kota untuk lima
tahun pertama. Setelah itu kelompok nelayan diharapkan sudah
mampu merawatnya sendiri dari hasil tangkapan mereka."""


def test_a_printed_page_without_blank_lines_is_cut_at_its_head_and_its_headings():
    assert contents(PRINTED) == [
        "Kapal itu tiba pada hari Jumat setelah berlayar sembilan hari dari kota mitra.",
        "Para nelayan sudah menunggu di dermaga sejak subuh, dan mereka membawa jala yang baru dijahit oleh istri",
        "mereka.",
        "Wali kota menyebut kapal itu awal dari kerja sama yang lebih luas.",
        "Biaya perawatan ditanggung bersama oleh kedua kota untuk lima tahun pertama.",
        "Setelah itu kelompok nelayan diharapkan sudah mampu merawatnya sendiri dari hasil tangkapan mereka.",
    ]  # fmt: skip


def test_the_head_and_the_signature_of_a_mail_are_no_content():
    head = "From: Rina <rina@contoh.example>\nTo: Tim\nDate: Mon, 3 Jun 2019 09:12:44 +0700\nSubject: Fwd: Rapat\n\n"
    assert contents(f"{head}{MAIL}\n\n--\nRina Lestari\nDinas Perikanan") == contents(MAIL)


def test_an_advertisement_in_the_middle_of_a_paragraph_is_cut_out():
    text = f"{TOLD['a']} ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT {TOLD['e']}"
    assert contents(text) == [TOLD["a"], TOLD["e"]]


@pytest.mark.parametrize("desk", ["(rin/c7)", "(N-1)", "(k-12/emr)", "(ADV)", "(Rina Lestari)", "(*)"])
def test_the_desk_signs_below_the_last_full_stop(desk):
    assert contents(f"{TOLD['e']} {desk}") == [TOLD["e"]]


def test_short_lines_with_counts_below_them_are_no_wrapped_text():
    counted = "\n".join(f"Warga Senang Kapal Tiba Hari Ini\ndibaca {number}.204 kali ini" for number in range(1, 9))
    assert contents(f"{TOLD['a']}\n{TOLD['c']}\nTerpopuler\n{counted}") == [
        TOLD["a"], *[f"{words}." for words in TOLD["c"].removesuffix(".").split(". ")],
    ]  # fmt: skip


def test_a_flagged_line_says_why_and_joins_no_paragraph():
    text = f"{TOLD['a']}\n\nNelayan Kupang Belajar Budi Daya Sidat dari Jepang\n\n{TOLD['b']}"
    documents = pd.DataFrame({"document": ["d"], "kind": ["news"], "title": [""], "author": [""], "text": [text]})
    flagged = split(documents, into="paragraphs").iloc[1]
    assert flagged[["label", "rule"]].tolist() == ["content", "possible related headline"]
    assert flagged["reason"] == "reads like the headline of another article and stays in: look at it"


def test_a_text_without_furniture_keeps_its_short_lines():
    """No page, so nothing to set aside: a list of fields below a sentence is what the coder looks for."""
    lines = [
        "Bidang kerja sama kedua kota ialah pendidikan, kelautan, dan kesehatan masyarakat pesisir di dua provinsi.",
        "Pendidikan",
        "Kelautan",
    ]
    assert contents("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "line",
    [
        "Iklan itu dipasang di Busan", "Komentar wali kota", "Share tenaga ahli ke dinas", "Penulis buku itu hadir", "Oleh karena itu",
        "Dibaca bersama anak-anak", "Halaman rumah dinas", "1 Januari 2020: kapal pertama", "Home industri tenun: 40 unit", "Tim kerja sama",
        "Foto udara dermaga dipamerkan", "Terpopuler di antara warga ialah ikan asin", "Editor dan penulis dari kedua kota",
        "Arsip daerah", "Daerah lain", "Home Industri Tenun", "Masuk museum gratis untuk warga kota kembar", "Sudah terdaftar 40 peserta",
        "Isi perjanjian itu tanggung jawab wali kota", "Penandatanganan MoU (12 Mei 2019)", "SD/SMP/SMA", "3 tanggapan wali kota",
        "Apakah Anda menyetujui rencana itu?", "Laporan Keuangan Daerah 31 Desember 2015", "TENTANG", "Dari Busan: 12 guru",
    ],
)  # fmt: skip
def test_a_line_that_only_begins_like_furniture_is_none(line):
    assert furniture_rule(line) is None
