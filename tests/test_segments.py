"""Pages of several kinds are cut into sentences; furniture is labelled with its rule, and no line of content is lost."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.corpus import KINDS, read_corpus
from qualkit.furniture import CAPTION, DATELINE, HEADING
from qualkit.layout import TALK, blocks
from qualkit.segments import COLUMNS, _cut, _enter, harvest, split
from qualkit.signs import Signs


def documents(text, title="", author=""):
    return pd.DataFrame({"document": ["d"], "kind": ["news"], "title": [title], "author": [author], "text": [text]})


def segments(text, title="", author="", into="sentences"):
    return split(documents(text, title, author), into=into)


def told(text, **known):
    """(rule or label, text) of each segment, white space made one blank."""
    table = segments(text, **known)
    return [(row.rule or row.label, " ".join(row.text.split())) for row in table.itertuples()]


def content(text, **known):
    return [words for rule, words in told(text, **known) if rule == "content"]


def rules(text, **known):
    return [rule for rule, _ in told(text, **known)]


def page(line):
    """A news page with the line in its middle."""
    return f"KUPANG - Kota itu maju.\n\n{line}\n\nWarga pun senang."


# --- the table ---


def test_each_segment_has_its_place_and_its_number():
    table = segments("Kota Maju\n\nKota itu maju. Warga senang.\n\nGuru datang.")
    assert table["segment"].tolist() == [1, 2, 3, 4]
    assert table["paragraph"].tolist() == [1, 2, 2, 3]
    assert table["label"].tolist() == ["heading", "content", "content", "content"]
    assert table["heading"].tolist() == ["Kota Maju"] * 4
    assert list(zip(table["start"], table["end"], strict=True)) == [(0, 9), (11, 25), (26, 39), (41, 53)]


def test_the_columns_of_the_documents_ride_along_without_their_text():
    assert list(segments("Kota itu maju.").columns) == ["document", "kind", "title", "author", *COLUMNS]


def test_each_document_counts_its_own_segments():
    two = pd.concat([documents("Kota itu maju. Warga senang."), documents("Guru datang.").assign(document="e")])
    assert split(two, into="sentences")[["document", "segment"]].to_numpy().tolist() == [["d", 1], ["d", 2], ["e", 1]]


def test_paragraphs_join_content_and_leave_furniture_apart():
    table = segments("KUPANG - Kota itu maju. Warga senang. (rin)\n\nGuru datang. Kapal tiba.", into="paragraphs")
    assert table[["rule", "text"]].to_numpy().tolist() == [
        ["dateline", "KUPANG -"], ["", "Kota itu maju. Warga senang."], ["credit", "(rin)"], ["", "Guru datang. Kapal tiba."],
    ]  # fmt: skip


def test_the_unit_must_be_one_of_the_two():
    with pytest.raises(ValueError, match="into='words': the unit of analysis is one of: sentences, paragraphs"):
        segments("Kota.", into="words")


def test_a_table_that_is_not_of_documents_is_refused():
    with pytest.raises(ValueError, match="documents has no column text: pass the table that read_corpus returns"):
        split(pd.DataFrame({"document": []}), into="sentences")
    with pytest.raises(ValueError, match="segments has no column label, rule: pass the table that split returns"):
        harvest(pd.DataFrame({"document": [], "segment": [], "text": []}))


@pytest.mark.parametrize("text", ["", " ", "\n\n\x0c\n"])
def test_a_document_without_words_has_no_segments(text):
    assert list(segments(text).columns)[-1] == "text"
    assert len(segments(text)) == 0


def test_no_documents_give_no_segments():
    assert list(split(documents("x").iloc[:0], into="sentences").columns)[-1] == "text"


def test_a_text_without_a_full_stop_is_still_there():
    assert told("kota itu maju") == [("content", "kota itu maju")]


def test_the_documents_are_left_as_they_were():
    before = documents("KUPANG - Kota itu maju.")
    after = before.copy(deep=True)
    split(after, into="sentences")
    pd.testing.assert_frame_equal(before, after)


PIECES = st.sampled_from(
    ["Kota itu maju.", "“Kami siap.", "Ya!” katanya.", "a. guru;", "Baca juga: Kota Maju", "Editor: Rina", "12", "2019", "KUPANG -", "(rin)",
     "kota dan", "Nomor 5", "PENDAHULUAN", "(Susilo, 2018)", "nilai-", "[Gambas:Video]", "No. 5 ", "Dr. Rina. ", "kota. (", "Foto: kota. ",
     "Artikel ini ", "Medan - Kupang ", "a ", "siap.” ", "\n", "\n\n", "\x0c", "\r\n", " ", "\u00a0", "\u2028",
     "🇮🇩", "Kota Kembar Laut", "Rina Lestari"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["sentences", "paragraphs"]))
def test_segments_are_slices_that_never_overlap_and_leave_only_white_space_out(text, unit):
    table = segments(text, title="Kota Kembar Laut", author="Rina Lestari", into=unit)
    position = 0
    for row in table.itertuples():
        assert text[row.start : row.end] == row.text == row.text.strip() != ""
        assert text[position : row.start].strip() == ""
        assert (row.label == "content") == (row.rule in ("", "possible related headline"))
        assert (row.rule == "") == (row.reason == "")
        position = row.end
    assert text[position:].strip() == ""


TEXTS = st.lists(PIECES, max_size=20).map("".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.sampled_from(["sentences", "paragraphs"]))
def test_documents_together_give_what_each_gives_alone(texts, unit):
    each = [documents(text).assign(document=f"d{number}") for number, text in enumerate(texts)]
    together = split(pd.concat([documents("x").iloc[:0], *each]), into=unit)
    alone = [row for one in each for row in split(one, into=unit).to_dict("records")]
    assert together.to_dict("records") == alone


def plain_segments(text, title, author):
    """(start, end, paragraph, heading, rule) of each segment of a document: block by block, each sentence end looked for."""
    found, stack, above, opening = [], [], None, 5
    blocks_of = blocks(text, Signs(text), np.zeros(1, np.intp), [title], [author], ["news"])
    for number, (place, stop, rule) in enumerate(zip(*blocks_of[:3], strict=True), 1):
        body = text[place:stop]
        if rule is HEADING:
            _enter(stack, " ".join(body.split()), above is HEADING)
        cuts = [(0, len(body), rule)]
        if rule is None or rule is CAPTION:
            cuts = _cut(body, text, rule, rule is None and opening > 0)
            opening -= rule is None
        opening = 0 if cuts[0][2] is DATELINE else opening
        found += [
            (place + start, place + end, number, " > ".join(stack), kind.name if kind else "") for start, end, kind in cuts
        ]
        above = rule
    return found


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["", "Kota Kembar Laut"]))
def test_segments_found_at_once_are_those_found_block_by_block(text, title):
    table = segments(text, title=title, author="Rina Lestari")
    columns = table[["start", "end", "paragraph", "heading", "rule"]]
    assert [*columns.itertuples(index=False, name=None)] == plain_segments(text, title, "Rina Lestari")


def test_a_long_text_takes_time_in_proportion():
    """A rule that looks back over the whole text at each full stop would take minutes here."""
    assert len(segments("Kota itu maju, dan Ir. Joko hadir di sana. " * 10_000)) == 10_000


# --- transcripts ---


def spoken(text, kind="interview", into="sentences", **known):
    """(speaker, rule or label, text) of each segment of a transcript."""
    table = split(documents(text, **known).assign(kind=kind), into=into)
    return [(row.speaker, row.rule or row.label, " ".join(row.text.split())) for row in table.itertuples()]


TALK_TEXT = """TRANSKRIP WAWANCARA
Narasumber: Ibu Sari (Kepala Bagian Kerja Sama)
Lokasi: Balai Kota

PEWAWANCARA: Ada guru yang datang?
N: Nggak ada
Pewawancara: Lalu?
N: Dua orang. Mereka pulang (tawa)

Foto: saya simpan di kantor, mas.
KUPANG - Darwin itu jauh
Baca juga: koran itu
12
[00:12:45] Itu saja
"""


@pytest.mark.parametrize("kind", TALK)
def test_a_transcript_loses_nothing_but_labels_and_time_codes(kind):
    assert spoken(TALK_TEXT, kind) == [
        ("", "heading", "TRANSKRIP WAWANCARA"),
        ("", "content", "Narasumber: Ibu Sari (Kepala Bagian Kerja Sama)"),
        ("", "content", "Lokasi: Balai Kota"),
        ("PEWAWANCARA", "speaker", "PEWAWANCARA:"),
        ("PEWAWANCARA", "content", "Ada guru yang datang?"),
        ("N", "speaker", "N:"),
        ("N", "content", "Nggak ada"),
        ("PEWAWANCARA", "speaker", "Pewawancara:"),
        ("PEWAWANCARA", "content", "Lalu?"),
        ("N", "speaker", "N:"),
        ("N", "content", "Dua orang."),
        ("N", "content", "Mereka pulang (tawa)"),
        ("N", "content", "Foto: saya simpan di kantor, mas."),
        ("N", "content", "KUPANG - Darwin itu jauh"),
        ("N", "content", "Baca juga: koran itu"),
        ("N", "content", "12"),
        ("N", "time code", "[00:12:45]"),
        ("N", "content", "Itu saja"),
    ]


def test_a_label_shares_the_paragraph_of_what_is_said_and_stands_apart_from_it():
    text = "P: Ada? Siapa?\n\nNARA:\nNggak ada. Belum.\n\nP: Ya\nNARA: Ya"
    table = split(documents(text).assign(kind="interview"), into="paragraphs")
    assert table[["paragraph", "speaker", "text"]].to_numpy().tolist() == [
        [1, "P", "P:"], [1, "P", "Ada? Siapa?"], [2, "NARA", "NARA:"], [3, "NARA", "Nggak ada. Belum."],
        [4, "P", "P:"], [4, "P", "Ya"], [5, "NARA", "NARA:"], [5, "NARA", "Ya"],
    ]  # fmt: skip


def test_the_title_above_a_transcript_is_a_heading_and_other_short_lines_are_not():
    notes = "Di pasar\n\nCatatan di pasar\n\nRamai\n\nPENUTUP"
    assert [rule for _, rule, _ in spoken(notes, "field notes", title="Di Pasar")] == [
        "heading",
        "content",
        "content",
        "content",
    ]
    assert [rule for _, rule, _ in spoken(notes, "field notes")] == ["content"] * 4


def test_numbers_and_running_heads_of_the_pages_of_a_transcript_are_set_aside():
    page = "Wawancara Ibu Sari\nP: Berapa?\nN: Dua\n{}"
    text = "\n\x0c".join(page.format(number) for number in (1, 2, 3))
    assert [rule for _, rule, _ in spoken(text)] == [
        "running head", "speaker", "content", "speaker", "content", "page number",
        "running head", "speaker", "content", "speaker", "content", "page number",
        "running head", "speaker", "content", "speaker", "content", "content",  # no page break follows
    ]  # fmt: skip


def test_a_number_at_the_foot_of_one_page_may_be_an_answer():
    assert [rule for _, rule, _ in spoken("P: Ada?\nN: Ada\nP: Berapa?\n12\n\x0cN: Ya\n\x0cP: Ya")].count("page number") == 0


WRAPPED = """P: Apakah ada guru yang datang ke sekolah Ibu pada tahun yang
lalu dari kota mitra kita?
N: Nggak ada
P: Lalu bagaimana dengan para siswa yang ikut dalam pertukaran
itu selama dua minggu di sana?
N: Mereka kini lebih berani berbicara di depan kelas dan mau
bertanya kepada gurunya.

Belum ada siswa dari kota mitra yang datang ke sekolah kami
sampai sekarang
"""


def test_the_lines_of_a_wrapped_transcript_are_joined_within_a_turn():
    assert [words for _, rule, words in spoken(WRAPPED) if rule == "content"] == [
        "Apakah ada guru yang datang ke sekolah Ibu pada tahun yang lalu dari kota mitra kita?",
        "Nggak ada",
        "Lalu bagaimana dengan para siswa yang ikut dalam pertukaran itu selama dua minggu di sana?",
        "Mereka kini lebih berani berbicara di depan kelas dan mau bertanya kepada gurunya.",
        "Belum ada siswa dari kota mitra yang datang ke sekolah kami sampai sekarang",
    ]


def test_an_answer_that_is_given_again_repeats_no_lead():
    line = "Kami mengirim guru musik sekolah menengah ke Darwin"
    talk = split(documents(f"{line}\n{line} lagi").assign(kind="interview"), into="sentences")
    assert talk["repeats"].tolist() == [0, 0]
    assert segments(f"{line}\n{line} lagi")["repeats"].tolist() == [2, 0]


def test_only_a_table_that_holds_a_transcript_has_speakers():
    talk = documents("P: Ada?\nN: Ada").assign(document="t", kind="interview")
    both = split(pd.concat([documents("P: Ada?\nN: Ada"), talk]), into="sentences")
    assert "speaker" not in segments("P: Ada?\nN: Ada")
    assert both["speaker"].tolist() == ["", "", "P", "P", "N", "N"]
    assert both.columns[both.columns.get_loc("heading") + 1] == "speaker"


def test_whom_the_table_of_documents_names_speaks_where_the_text_names_nobody():
    speech = documents("Hadirin sekalian.").assign(kind="speech", speaker="Ibu Sari")
    talk = documents("Awal\nP: Ada?\nN: Ada").assign(document="t", kind="interview", speaker="Rani")
    assert split(speech, into="sentences")["speaker"].tolist() == ["Ibu Sari"]
    assert split(pd.concat([speech, talk]), into="sentences")["speaker"].tolist() == ["Ibu Sari", "Rani", "P", "P", "N", "N"]


TALKED = st.lists(
    st.one_of(PIECES, st.sampled_from(["P: ", "N:", "\nP: ", "\nIbu Sari : ", "\nN: ", "\nNARASUMBER\n", "[00:12:45] ", "\n00:12:45 Rani: "])),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(TALKED, st.sampled_from(TALK), st.sampled_from(["sentences", "paragraphs"]))
def test_each_letter_of_a_transcript_is_in_one_segment_and_only_what_is_no_talk_is_set_aside(text, kind, unit):
    table = split(documents(text, title="Kota Kembar Laut").assign(kind=kind), into=unit)
    position = 0
    for row in table.itertuples():
        assert text[row.start : row.end] == row.text == row.text.strip() != ""
        assert text[position : row.start].strip() == ""
        assert row.rule in ("", "heading", "speaker", "time code", "page number", "running head")
        assert row.rule != "speaker" or row.speaker.casefold() in " ".join(row.text.split()).casefold()
        position = row.end
    assert text[position:].strip() == ""


@settings(max_examples=150, deadline=None)
@given(TALKED, st.sampled_from(sorted(set(KINDS) - set(TALK))), st.sampled_from(["sentences", "paragraphs"]))
def test_texts_of_all_other_kinds_are_cut_as_if_nothing_were_known_of_speakers(text, kind, unit):
    one = documents(text, title="Kota Kembar Laut").assign(kind=kind)
    table = split(one, into=unit)
    beside = split(pd.concat([documents(TALK_TEXT).assign(document="t", kind="interview"), one]), into=unit)
    pd.testing.assert_frame_equal(split(one.drop(columns="kind"), into=unit), table.drop(columns="kind"))
    pd.testing.assert_frame_equal(
        beside[beside["document"] == "d"].drop(columns="speaker").reset_index(drop=True), table, check_dtype=False
    )


# --- news pages ---

ANTARA = """Pemkot Kupang tawarkan pelabuhan kepada kota Darwin

Kamis, 9 Maret 2023 14:05 WIB

Wali Kota Kupang (kiri) menyambut tamunya. Mereka tersenyum. ANTARA/Budi Santoso

Kupang (ANTARA) - Pemerintah Kota Kupang menawarkan dermaga. Tawaran itu dibuka Kamis (9/3).

"Kami siap. Tahun depan dermaga itu dibuka," kata Drs. H. Yohanes T. Mella, M.Si. di Kupang.

Baca juga:\u00a0Darwin kirim guru ke Kupang

Nilainya diatur UU Nomor 23 Tahun 2014.

Pewarta: Budi Santoso
Editor: Siti Aminah
Copyright © ANTARA 2023

Dilarang keras mengambil konten dari laman ini tanpa izin tertulis dari kantor berita.

Tags:
kupang
darwin
"""


def test_a_page_of_an_agency():
    assert told(ANTARA) == [
        ("heading", "Pemkot Kupang tawarkan pelabuhan kepada kota Darwin"),
        ("timestamp", "Kamis, 9 Maret 2023 14:05 WIB"),
        ("caption", "Wali Kota Kupang (kiri) menyambut tamunya."),
        ("caption", "Mereka tersenyum."),
        ("caption", "ANTARA/Budi Santoso"),
        ("dateline", "Kupang (ANTARA) -"),
        ("content", "Pemerintah Kota Kupang menawarkan dermaga."),
        ("content", "Tawaran itu dibuka Kamis (9/3)."),
        ("content", '"Kami siap.'),
        ("content", 'Tahun depan dermaga itu dibuka," kata Drs. H. Yohanes T. Mella, M.Si. di Kupang.'),
        ("related link", "Baca juga: Darwin kirim guru ke Kupang"),
        ("content", "Nilainya diatur UU Nomor 23 Tahun 2014."),
        ("byline", "Pewarta: Budi Santoso"),
        ("byline", "Editor: Siti Aminah"),
        ("copyright", "Copyright © ANTARA 2023"),
        ("copyright", "Dilarang keras mengambil konten dari laman ini tanpa izin tertulis dari kantor berita."),
        ("keywords", "Tags:"),
        ("navigation", "kupang"),
        ("navigation", "darwin"),
    ]


def test_a_page_of_a_portal():
    text = """Wali Kota Temui Mitra

Rina Lestari - detikNews
Rabu, 15 Apr 2020 10:22 WIB

Foto: Wali kota dan tamunya (Rina Lestari/detikcom)

Jakarta - Wali kota menemui mitranya.

SCROLL TO CONTINUE WITH CONTENT

"Kami ingin kapal," kata dia, Rabu (15/4/2020). (Baca juga: Kapal Tiba)

[Gambas:Video 20detik]

Simak juga Video: Kapal Perdana Tiba

(rin/jos)
"""
    assert rules(text) == [
        "heading", "byline", "timestamp", "caption", "dateline", "content", "advertisement", "content", "related link", "advertisement",
        "related link", "credit",
    ]  # fmt: skip


def test_a_page_of_a_town_hall():
    text = """Beranda
Berita
KERJA SAMA KOTA KEMBAR DIPERPANJANG

Diterbitkan pada 12 Agustus 2022
Dibaca 1.204 kali

Medan - Pemerintah Kota akan:
a. mengirim guru;
b. menerima pelajar; dan
c. membuka rute kapal.

Kedua kota sepakat. (Diskominfo)

Bagikan
Facebook
© 2022 Pemerintah Kota Medan. Hak cipta dilindungi.
"""
    assert told(text)[2:] == [
        ("heading", "KERJA SAMA KOTA KEMBAR DIPERPANJANG"),
        ("timestamp", "Diterbitkan pada 12 Agustus 2022"),
        ("navigation", "Dibaca 1.204 kali"),
        ("dateline", "Medan -"),
        ("content", "Pemerintah Kota akan:"),
        ("content", "a. mengirim guru;"),
        ("content", "b. menerima pelajar; dan"),
        ("content", "c. membuka rute kapal."),
        ("content", "Kedua kota sepakat."),
        ("content", "(Diskominfo)"),
        ("navigation", "Bagikan"),
        ("navigation", "Facebook"),
        ("copyright", "© 2022 Pemerintah Kota Medan. Hak cipta dilindungi."),
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "Medan, 25/5 (Antara) -", "KUPANG, KOMPAS.com -", "Jakarta, CNN Indonesia --", "Bisnis.com, JAKARTA -", "TEMPO.CO, Jakarta -",
        "JawaPos.com –", "REPUBLIKA.CO.ID, JAKARTA --", "SURABAYA, RADAR –", "Jakarta -", "MEDAN -", "Kupang (Timor Pos) —", "Kota Batu -",
    ],
)  # fmt: skip
def test_a_dateline_stands_before_the_first_sentence(dateline):
    assert told(f"{dateline} Wali kota hadir. Ia senang.")[:2] == [("dateline", dateline), ("content", "Wali kota hadir.")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Medan dan Gwangju - kota kembar sejak 1997 - bertukar pelajar.",
        "Jakarta, Surabaya - dua kota besar - ikut.",
        "Ahok—begitu ia disapa—hadir.",
        "Kota-kota itu maju.",
        "Surabaya - Busan menjadi rute baru, dan jalur Surabaya-Busan ramai.",
    ],
)
def test_a_dash_alone_makes_no_dateline(sentence):
    assert told(sentence) == [("content", sentence)]


def test_only_one_dateline_is_looked_for_and_only_near_the_head():
    assert rules("Medan - Kota itu maju.\n\nBusan - Kota itu besar.") == ["dateline", "content", "content"]
    assert "dateline" not in rules("Kota itu maju.\n\n" * 5 + "Medan - Kota itu maju.")


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Penulis : Rina Lestari", "byline"),
        ("Editor: Siti Aminah, S.Sos., M.Si.", "byline"),
        ("Reporter: rin/c7/git", "byline"),
        ("RINA LESTARI | ANTARA", "byline"),
        ("Sumber: Antara", "byline"),
        ("Surel: rina@contoh.ac.id", "byline"),
        ("Kompas.com - 15/04/2020, 10:22 WIB", "timestamp"),
        ("Diterima: 12 Mei 2020; Disetujui: 3 Juni 2020", "timestamp"),
        ("ADVERTISEMENT", "advertisement"),
        ("Lanjutkan membaca di bawah ini", "advertisement"),
        ("Pilihan Editor: Kota Kembar dan Anggarannya", "related link"),
        ("Baca juga: Mengapa Kota Itu Maju?", "related link"),
        ("Baca juga: Wali Kota Bilang...", "related link"),
        ("All rights reserved.", "copyright"),
        ("Kata Kunci: kota kembar, laut", "keywords"),
        ("Simak Berita serta Artikel Lain di Google News", "navigation"),
        ('Dapatkan update berita pilihan. Mari bergabung di Grup Telegram "Kabar Kota".', "navigation"),
        ("Jurnal Kota, Vol. 2 No. 1, Juni 2020", "page footer"),
        ("- 12 -", "page number"),
        ("Halaman 2 dari 3", "page number"),
    ],
)
def test_a_line_of_furniture_is_known(line, rule):
    assert told(page(line))[2] == (rule, line)


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga menjadi kebiasaan warga sejak 2010.",
        "Baca juga: wali kota mengulang kalimat itu dua kali.",
        "Tags itu dibagikan kepada peserta.",
        "Iklan pariwisata kota itu tayang di Busan.",
        "Copyright atas lagu itu dipegang pemerintah sejak 2011.",
        "Hak cipta buku itu milik kedua kota.",
        "Halaman 12 laporan itu menyebut nilai ekspor.",
        "Jurnal itu terbit, Vol. 3 memuat hasilnya.",
        "Follow up kerja sama dibahas lewat WhatsApp oleh kedua dinas.",
        "Temukan berita itu, kata wali kota di kanal YouTube pemerintah.",
        "Sumber: daya listrik kota itu 40 megawatt.",
        "Sumber daya manusia menjadi perhatian.",
        "Oleh: karena itu, rencana ini disusun ulang.",
        "Lihat: tabel anggaran menunjukkan kenaikan.",
        "Komentar: wali kota menyebut hasilnya baik.",
        "Kata kunci: kerja sama harus setara, ujar wali kota.",
        "Wartawan: Apakah kerja sama itu berjalan?",
        "Editor surat kabar setempat hadir.",
        "Loading barang di pelabuhan naik",
        "Dilarang mengambil ikan di laut itu tanpa izin.",
        "2019",
        "Nilainya naik menurut surat kabar (Kompas, 12/5).",
        "Kota itu mencatat 40 kegiatan (Antara 2010 dan 2015)",
        "Ilustrasi kota itu dipajang.",
    ],
)
def test_a_line_of_content_is_never_lost(line):
    assert line in content(page(line))


def test_a_signed_last_paragraph_is_no_caption():
    assert content("MEDAN - Wali kota hadir.\n\nAcara pun ditutup. (Antara/Rina)") == ["Wali kota hadir.", "Acara pun ditutup."]
    assert content("MEDAN - Wali kota hadir.\n\nAcara pun ditutup. (Foto: Humas)")[1] == "Acara pun ditutup."
    assert "Guru dikirim." in content("MEDAN - Wali kota hadir.\n\nGuru dikirim. (Antara/Rina)\n\nAcara pun ditutup.")


def test_a_caption_keeps_its_sentences_and_its_credit_apart():
    text = "Wali kota hadir. Ia senang. (ANTARA FOTO/Rina)\n\nMedan (ANTARA) - Kota itu maju."
    assert told(text)[:3] == [("caption", "Wali kota hadir."), ("caption", "Ia senang."), ("credit", "(ANTARA FOTO/Rina)")]


def test_a_link_inside_a_paragraph_is_cut_out():
    assert told("MEDAN - Kota itu maju. (Baca juga: Kota Kembar) Warga senang. Baca: Kota Kembar Lagi")[1:] == [
        ("content", "Kota itu maju."),
        ("related link", "(Baca juga: Kota Kembar)"),
        ("content", "Warga senang."),
        ("related link", "Baca: Kota Kembar Lagi"),
    ]
    assert told("MEDAN - Kota itu maju. (ANTARA/Rina [Gambas:x])")[-1] == ("credit", "(ANTARA/Rina [Gambas:x])")


def test_the_title_of_a_link_may_stand_on_the_line_below():
    assert told(page("Lihat Juga :\nKota Kembar Busan"))[2:4] == [
        ("related link", "Lihat Juga :"),
        ("related link", "Kota Kembar Busan"),
    ]


def test_a_capital_line_below_the_report_is_navigation_and_one_inside_is_no_furniture():
    assert rules("MEDAN - Kota itu maju.\n\nSIARAN LANGSUNG") == ["dateline", "content", "navigation"]
    assert rules(page("UNESCO"))[2] == "content"


def test_a_list_of_short_lines_is_content_and_not_headings():
    text = f"MEDAN - Kedua kota sepakat:\n\nPertukaran guru\n\nKunjungan wali kota\n\n{'Warga menyambut baik rencana itu dengan pesta. ' * 4}"
    assert content(text)[:3] == ["Kedua kota sepakat:", "Pertukaran guru", "Kunjungan wali kota"]


def test_a_subheading_is_short_and_names_a_paragraph():
    long = "Warga menyambut baik rencana itu dengan pesta. " * 4
    assert rules(f"MEDAN - Kota itu maju.\n\nAnggaran Disetujui\n\n{long}")[2] == "heading"
    assert rules("MEDAN - Kota itu maju.\n\nAnggaran Disetujui\n\nWarga senang.")[2] == "content"


def test_a_standfirst_is_linked_to_the_sentence_it_repeats():
    text = (
        "Provinsi dan kota menjalin hubungan kesehatan, pendidikan, serta teknologi.\n\nMEDAN - Provinsi dan kota segera menjalin"
        " hubungan kesehatan, pendidikan, serta teknologi tahun depan.\n\nWarga senang."
    )
    assert segments(text)["repeats"].tolist() == [3, 0, 0, 0]


# --- journal pages ---

JOURNAL = "\n".join(
    [
        "Jurnal Laut Kita                              ISSN 2000-1111",
        "Kerja Sama Kota Kembar Kupang dan Darwin",
        "Rina Lestari1",
        "Email: rina@contoh.ac.id",
        "",
        "Abstrak",
        "Penelitian ini membahas kerja sama Kupang dan Darwin",
        "pada sektor kelautan selama dua puluh tahun terakhir.",
        "Kata Kunci: kota kembar, kelautan,",
        "pelabuhan",
        "",
        "1. PENDAHULUAN",
        "Kota Kupang menjalin kerja sama dengan Darwin sejak",
        "lama (Lestari, 2015). Kerja sama itu diatur dalam UU",
        "",
        "Nomor 24 Tahun 2000. Hasilnya belum merata. (Susilo,",
        "2018) Pertama-",
        "tama, kapal dari Darwin belum dapat bersandar pada",
        "12",
        "\x0cRina Lestari - Kerja Sama Kota Kembar",
        "Kupang dan Darwin",
        " dermaga baru itu. Akibatnya muatan dipindahkan sejak",
        "2019",
        "ke kapal kecil (BPS, 2020).",
        "",
        "1.1 Tujuan Penelitian",
        "Tujuan penelitian ini adalah:",
        "a. menguraikan sejarah kerja sama kedua kota itu",
        "sejak penandatanganan;",
        "b. menilai hasilnya; dan",
        "c. memberi saran.",
        "",
        "HASIL DAN",
        "PEMBAHASAN",
        "Ekspor Kupang ke Darwin naik menurut pasal",
        "2. Kapal tetap berlayar ke sana setiap bulan.",
        "",
        "KESIMPULAN",
        "Kerja sama itu baik",
        "DAFTAR PUSTAKA",
        "Susilo, J. 2018. “Pelabuhan dan Kota yang Kembar”.",
        "Jurnal Laut, Vol. 3",
        "(2), hal. 11-20.",
        "13",
    ]
)
KNOWN = {"title": "Kerja Sama Kota Kembar Kupang dan Darwin", "author": "Rina Lestari"}
EXPECTED = [
    ("page footer", "Jurnal Laut Kita ISSN 2000-1111"),
    ("heading", "Kerja Sama Kota Kembar Kupang dan Darwin"),
    ("byline", "Rina Lestari1"),
    ("byline", "Email: rina@contoh.ac.id"),
    ("heading", "Abstrak"),
    ("content", "Penelitian ini membahas kerja sama Kupang dan Darwin pada sektor kelautan selama dua puluh tahun terakhir."),
    ("keywords", "Kata Kunci: kota kembar, kelautan, pelabuhan"),
    ("heading", "1. PENDAHULUAN"),
    ("content", "Kota Kupang menjalin kerja sama dengan Darwin sejak lama (Lestari, 2015)."),
    ("content", "Kerja sama itu diatur dalam UU Nomor 24 Tahun 2000."),
    ("content", "Hasilnya belum merata. (Susilo, 2018)"),
    ("content", "Pertama- tama, kapal dari Darwin belum dapat bersandar pada"),
    ("page number", "12"),
    ("running head", "Rina Lestari - Kerja Sama Kota Kembar Kupang dan Darwin"),
    ("content", "dermaga baru itu."),
    ("content", "Akibatnya muatan dipindahkan sejak 2019 ke kapal kecil (BPS, 2020)."),
    ("heading", "1.1 Tujuan Penelitian"),
    ("content", "Tujuan penelitian ini adalah:"),
    ("content", "a. menguraikan sejarah kerja sama kedua kota itu sejak penandatanganan;"),
    ("content", "b. menilai hasilnya; dan"),
    ("content", "c. memberi saran."),
    ("heading", "HASIL DAN PEMBAHASAN"),
    ("content", "Ekspor Kupang ke Darwin naik menurut pasal 2."),
    ("content", "Kapal tetap berlayar ke sana setiap bulan."),
    ("heading", "KESIMPULAN"),
    ("content", "Kerja sama itu baik"),
    ("heading", "DAFTAR PUSTAKA"),
    ("content", "Susilo, J. 2018."),
    ("content", "“Pelabuhan dan Kota yang Kembar”."),
    ("content", "Jurnal Laut, Vol. 3 (2), hal. 11-20."),
    ("page number", "13"),
]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028"])
def test_a_journal_page_under_every_kind_of_line_end(ending):
    assert told(JOURNAL.replace("\n", ending), **KNOWN) == EXPECTED


def test_a_margin_that_all_lines_have_changes_nothing():
    indented = "\n".join("    " + line if line.strip("\x0c") and line[0] != "\x0c" else line for line in JOURNAL.split("\n"))
    assert told(indented, **KNOWN) == EXPECTED


BODY = [
    "Pemerintah kota {} menandatangani nota dengan kota",
    "Darwin yang berlaku untuk lima tahun, yang di dalamnya",
    "kedua kota bertukar guru, tetapi karena anggaran",
]


def pages(*between):
    """Three pages, each with furniture in the middle of a sentence."""
    lines = []
    for number in (11, 12, 13):
        lines += [line.format("Kupang" * (number - 10)) for line in BODY] + [line.format(number) for line in between]
        lines += [f"ke-{number} belum tersedia sampai akhir tahun itu juga.", ""]
    return "\n".join(lines)


def test_a_line_that_stands_on_three_pages_in_mid_sentence_is_a_running_head():
    assert [rule for rule in rules(pages("{}", "Jurnal Laut Kita Edisi {}")) if rule != "content"] == [
        "page number",
        "running head",
    ] * 3


def test_rows_of_a_table_and_repeated_headings_are_not():
    assert set(rules(pages().replace("itu juga.\n", "itu juga.\n\nTahun Nilai Ekspor\n2018 12\n2019 14\n"))) == {"content"}
    repeated = pages().replace("itu juga.\n", "itu juga.\n\nKerja Sama Bidang Ekonomi\n")
    assert rules(repeated).count("heading") == 3
    assert "running head" not in rules(repeated)


def test_numbers_one_below_the_other_are_a_table():
    assert "page number" not in rules(pages() + "\n\n12\n14\n16\n\n")


def test_the_title_in_a_sentence_is_no_running_head():
    text = pages() + "\nArtikel Kerja Sama Kota Kembar Laut itu dimuat oleh majalah kota\nDarwin dan dibaca banyak orang.\n"
    assert "running head" not in rules(text, title="Kerja Sama Kota Kembar Laut", author="Rina Lestari")


def test_a_capital_word_between_blank_lines_in_a_sentence_is_part_of_it():
    text = pages() + "\nKota itu bekerja sama pula dengan lembaga dunia bernama\n\nUNESCO\n\ndan dengan kota lain di sana.\n"
    assert content(text)[-1] == "Kota itu bekerja sama pula dengan lembaga dunia bernama UNESCO dan dengan kota lain di sana."


def test_three_wrapped_lines_are_one_sentence():
    text = "Kota Kupang menjalin kerja sama dengan kota Darwin sejak\nlama, dan hasilnya dirasakan oleh warga kedua kota itu\nsampai sekarang."
    assert len(content(text)) == 1


def test_a_heading_in_capitals_may_take_two_lines():
    assert ("heading", "KERJA SAMA KOTA KEMBAR DI LAUT") in told(f"{pages()}\nKERJA SAMA KOTA\nKEMBAR DI LAUT\n{pages()}")


def test_headings_nest_by_capitals_and_by_their_first_word():
    body = pages()
    text = f"PEMBAHASAN\n\nKota Satu\n\nBidang Guru\n\n{body}\nBidang Laut\n\n{body}\nKESIMPULAN\n\n{body}"
    table = segments(text)
    assert table["heading"].unique().tolist() == [
        "PEMBAHASAN", "PEMBAHASAN > Kota Satu", "PEMBAHASAN > Kota Satu > Bidang Guru", "PEMBAHASAN > Kota Satu > Bidang Laut", "KESIMPULAN",
    ]  # fmt: skip


# --- what the furniture says ---


def harvested(text, **known):
    return harvest(segments(text, **known))[["field", "value"]].to_numpy().tolist()


def test_dates_outlets_and_authors_are_gathered_from_the_furniture():
    assert harvested(ANTARA) == [
        ["date", "2023-03-09"], ["outlet", "ANTARA"], ["author", "Budi Santoso"], ["author", "Siti Aminah"], ["date", "2023"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Medan, 25/5 (Antara) - Kota itu maju.", [["date", "--05-25"], ["outlet", "Antara"]]),
        ("TEMPO.CO, Jakarta - Kota itu maju.", [["outlet", "TEMPO.CO"]]),
        ("Bisnis.com, JAKARTA - Kota itu maju.", [["outlet", "Bisnis.com"]]),
        ("Jakarta, CNN Indonesia -- Kota itu maju.", [["outlet", "CNN Indonesia"]]),
        ("JAKARTA - Kota itu maju.", []),
        ("Rina Lestari | Kabar Kota", [["author", "Rina Lestari"], ["outlet", "Kabar Kota"]]),
        ("Rina Lestari - detikNews", [["author", "Rina Lestari"], ["outlet", "detikNews"]]),
        ("Surel: rina@contoh.ac.id", []),
        ("© 2022 Kabar Kota", [["date", "2022"]]),
    ],
)
def test_each_kind_of_line_gives_its_own(line, found):
    assert harvested(f"{line}\n\nWarga senang.") == found


def test_a_weekday_that_does_not_fit_is_told():
    found = harvest(segments("Rabu, 14 Mei 2015 10:05 WIB\n\nKota itu maju."))
    assert found[["written", "weekday_fits"]].to_numpy().tolist() == [["Rabu, 14 Mei 2015", False]]


def test_content_is_not_searched():
    assert len(harvest(segments("Nota itu berlaku sejak 12 Mei 2015."))) == 0


# --- the shipped edition ---


def test_the_shipped_texts_keep_their_segments():
    """People's codings name segments by document and number: a change here would move every one of them."""
    table = split(read_corpus("corpus"), into="sentences")
    assert table.groupby("document", sort=False).size().tolist() == [149, 20, 18, 32, 12]
    counts = (
        table.groupby(["document", "label"], sort=False).size().unstack(fill_value=0)[["content", "heading", "boilerplate"]]
    )
    assert counts.to_numpy().tolist() == [[131, 15, 3], [19, 0, 1], [12, 0, 6], [17, 1, 14], [10, 0, 2]]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("1. Guru datang. 2. Kota maju.", ["1. Guru datang.", "2. Kota maju."]),
        ("Kota akan: a. guru; b. kota.", ["Kota akan:", "a. guru;", "b. kota."]),
        ("Medan (Antara/Rina) - Dua kota bertemu.", ["Medan (Antara/Rina) -", "Dua kota bertemu."]),
    ],
)
def test_no_segment_is_empty_overlaps_another_or_ends_in_a_blank(text, sentences):
    segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    assert segments["text"].tolist() == sentences
    assert (segments["start"][1:].to_numpy() >= segments["end"][:-1].to_numpy()).all()
