"""Hand-made sentences for the traps of the codebook: what its words find, what they must not find, and how they match."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.circumstances import dates
from qualkit.codebook import Code, Codebook, Facet, read_codebook
from qualkit.codings import code_segments
from qualkit.corpus import read_corpus
from qualkit.segments import split
from qualkit.suggest import explain, find_indicators, suggest_codings, with_circumstances

ROOT = Path(__file__).resolve().parents[1]
BOOK = read_codebook(ROOT / "codebook.yaml")
DOCUMENTS = read_corpus(ROOT / "corpus")
SHIPPED = split(DOCUMENTS, into="sentences")
BOTH = {"id": "x", "en": "x"}


def one_segment(text, label="content"):
    return pd.DataFrame({"document": ["d"], "segment": [1], "start": [0], "end": [len(text)], "paragraph": [1], "heading": [""],
                         "label": [label], "text": [text]})  # fmt: skip


def segments_of(texts):
    """A document of one segment for each text, called 0, 1, 2."""
    texts = list(texts)
    many = one_segment("").loc[[0] * len(texts)].reset_index(drop=True)
    return many.assign(document=[str(n) for n in range(len(texts))], end=[len(text) for text in texts], text=texts)


def suggested(text, facet="sector", book=BOOK):
    """The codes suggested for one sentence, with the words that matched."""
    found = suggest_codings(one_segment(text), book, facet)
    return dict(zip(found["code"], found["matched"], strict=True))


def book_of(indicators, masks=(), roots=(), bodies=()):
    """A codebook of one code, K."""
    code = Code("K", BOTH, BOTH, BOTH, BOTH, BOTH, BOTH, "data", "descriptive", "1", "", tuple(indicators), tuple(masks),
                roots=tuple(roots))  # fmt: skip
    return Codebook(
        "b", "1", BOTH, "sentence", (), (), (Facet("sector", BOTH, BOTH, "multiple", (code,), bodies=tuple(bodies)),)
    )


def places(text, book):
    """Each place of an indicator in one sentence: the words and why they do not count."""
    return find_indicators(one_segment(text), book)[["matched", "blocked"]].values.tolist()


def matched(text, indicators, masks=()):
    """The words that a code with these indicators and masks finds in a text."""
    return suggested(text, book=book_of(indicators, masks)).get("K", "")


# --- the traps: a sentence, a code, words it must find among others ('' = it must not find the code) ---

TRAPS = [
    ("Para pekerja berangkat ke pabrik.", "SDM.NAKER", "pekerja"),
    ("Kerja sama kedua kota berjalan lancar.", "SDM.NAKER", ""),
    ("Kerjasama itu dimulai tahun lalu.", "SDM.NAKER", ""),
    ("Kedua kota bekerja sama dan bekerjasama lagi.", "SDM.NAKER", ""),
    ("Bidang itu dikerjasamakannya sejak lama.", "SDM.NAKER", ""),
    ("Kunjungan kerja itu singkat.", "SDM.NAKER", ""),
    ("Kuliah Kerja Nyata digelar di desa.", "SDM.NAKER", ""),
    ("Tenaga pengajar datang dari kota mitra.", "SDM.NAKER", ""),
    ("Kerja sama itu membuka lapangan kerja.", "SDM.NAKER", "lapangan kerja"),
    ("Buah anggur dijual di pasar.", "SDM.NAKER", ""),
    ("PMI itu bekerja di kapal.", "SDM.NAKER", "PMI"),
    ("Petani membudidayakan rumput dalam budidaya.", "SOSBUD.BUDAYA", ""),
    ("Pembudidaya lele belajar budi daya.", "SOSBUD.BUDAYA", ""),
    ("Jalan itu padat pada hari Senin.", "SOSBUD.BUDAYA", ""),
    ("Tarif bus naik.", "SOSBUD.BUDAYA", ""),
    ("Sebuah tari dipentaskan.", "SOSBUD.BUDAYA", "tari"),
    ("Culture Night digelar di alun-alun.", "SOSBUD.BUDAYA", "Culture"),
    ("Kantor agriculture dibuka.", "SOSBUD.BUDAYA", ""),
    ("Ia lulusan institut seni.", "SOSBUD.BUDAYA", ""),
    ("Program dijalankan dan perjalanan berjalan aman.", "SOSBUD.MEMORI", ""),
    ("Jalan Surabaya diresmikan di Busan.", "SOSBUD.MEMORI", "Jalan Surabaya"),
    ("Bantuan bagi warga dibagikan.", "SOSBUD.WARGA", ""),
    ("Kontak sosial mereka terjaga.", "SOSBUD.SOSIAL", ""),
    ("Pengolahan kopi dipelajari.", "SOSBUD.OLAHRAGA", ""),
    ("Pertandingan ekonomi antarkota makin sengit.", "SOSBUD.OLAHRAGA", ""),
    ("Pertandingan voli digelar.", "SOSBUD.OLAHRAGA", "Pertandingan"),
    ("Mereka paham soal saham.", "SOSBUD.SOSIAL", ""),
    ("Ham itu dimakan bersama roti.", "SOSBUD.SOSIAL", ""),
    ("Nilai HAM dijunjung kota itu.", "SOSBUD.SOSIAL", "HAM"),
    ("Menteri Hukum dan HAM hadir.", "SOSBUD.SOSIAL", ""),
    ("Sosialisasi lewat media sosial.", "SOSBUD.SOSIAL", ""),
    ("Mereka mempelajari pelajaran dan pembelajaran itu.", "DIK.PELAJAR", ""),
    ("Mahasiswa itu datang.", "DIK.PELAJAR", ""),
    ("Mahasiswa itu datang.", "DIK.PT", "Mahasiswa"),
    ("Guru besar itu berpidato.", "DIK.GURU", ""),
    ("Ia berguru pada seorang empu.", "DIK.GURU", ""),
    ("Guru-guru berangkat.", "DIK.GURU", "Guru-guru"),
    ("Tenaga pengajar datang dari kota mitra.", "DIK.GURU", "Tenaga pengajar"),
    ("Kota itu bebas KKN.", "DIK.PT", ""),
    ("Peserta KKN tiba.", "DIK.PT", "KKN"),
    ("Penelitian ini memakai wawancara.", "DIK.PT", ""),
    ("Pendidikan tinggi dibahas.", "DIK.SISTEM", ""),
    ("Ia berjasa besar; jasad itu dikubur.", "EKO.UMUM", ""),
    ("Berita itu dimuat Bisnis.com kemarin.", "EKO.UMUM", ""),
    ("Segala usaha dilakukan.", "EKO.UMUM", ""),
    ("Sektor jasa tumbuh.", "EKO.UMUM", "jasa"),
    ("Kamar Dagang dan Industri (Kadin) hadir.", "EKO.DAGANG", ""),
    ("Kamar Dagang dan Industri (Kadin) hadir.", "EKO.INDUSTRI", ""),
    ("Undang-undang perimbangan keuangan dikutip.", "EKO.INVEST", ""),
    ("Mobilitas dan mobilisasi warga naik.", "EKO.INDUSTRI", ""),
    ("Mobil itu dirakit di sana.", "EKO.INDUSTRI", "dirakit"),
    ("Struktur kota berubah.", "EKO.WISATA", ""),
    ("Bahan baku dibeli.", "EKO.ENERGI", ""),
    ("Tenaga kerja tiba.", "EKO.ENERGI", ""),
    ("Bahan bakar dibeli.", "EKO.ENERGI", "Bahan bakar"),
    ("Apresiasi kami berikan.", "EKO.MARITIM", ""),
    ("Ikan itu dijual.", "EKO.MARITIM", "Ikan"),
    ("Pelabuhan udara itu ramai.", "EKO.MARITIM", ""),
    ("Hatinya berlabuh di sana.", "EKO.MARITIM", ""),
    ("Angin dari timur laut bertiup.", "EKO.MARITIM", ""),
    ("Kompetensi ASN ditingkatkan lewat pelatihan ASN.", "SDM.LATIH", ""),
    ("Sebagai informasi, acara dimulai pagi.", "INFO.TUKAR", ""),
    ("Mereka singgah di Silicon Valley.", "INFO.TEKNOLOGI", ""),
    ("Pembangunan dibahas.", "INFO.TATAKOTA", ""),
    ("Ruang lingkup kajian itu sempit.", "INFO.LINGKUNGAN", ""),
    ("Kebijakan Zero Covid-19 pascapandemi dicabut.", "INFO.KESEHATAN", ""),
    ("Mereka paham akan hal itu.", "GOV.HUKUM", ""),
    ("Pendapat itu lahir setelah penandatanganan MoU.", "GOV.HUKUM", ""),
    ("Undang-\nundang itu dikutip.", "GOV.HUKUM", "Undang-undang"),
    ("Kerja sama itu baik.", "GOV.RELASI", ""),
    ("Asnawi pegawai biasa.", "GOV.ASN", ""),
    ("Kata asn tidak dibaca.", "GOV.ASN", ""),
    ("Pertukaran ASN dimulai.", "GOV.ASN", "ASN"),
    ("Kota itu menyebut diri Global Sport City.", "GOV.JEJARING", ""),
    ("Mereka bersua di jejaring sosial.", "GOV.JEJARING", ""),
    ("Globalisasi berlanjut.", "GOV.JEJARING", ""),
    ("Sister City itu dimulai.", "GOV.KONSEP", ""),
]  # fmt: skip
TRAPS_OF_OTHER_FACETS = [
    ("Pameran busana dan bus kota.", "case", "SUB-BUS", ""),
    ("Kota Busan berbenah.", "case", "SUB-BUS", "Busan"),
    ("Barang bekas dijual.", "case", "BKS-KOR", ""),
    ("Itu medan perang lama.", "case", "MDN-GWJ", ""),
    ("Orang Medan datang.", "case", "MDN-GWJ", "Medan"),
    ("Ia dikenal akan keramahannya.", "status", "planned", ""),
    ("Naskah itu akan ditandatangani.", "status", "signed", ""),
    ("Naskah itu ditandatangani.", "status", "signed", "ditandatangani"),
    ("Festival akan diadakan.", "status", "implemented", ""),
    ("Mereka kembali ke Medan.", "direction", "PARTNER_TO_ID", ""),
    ("Mereka datang ke Medan.", "direction", "PARTNER_TO_ID", "ke Medan"),
    ("Kerja sama itu saling menguntungkan.", "direction", "RECIPROCAL", ""),
    ("Guru besar itu berpidato.", "actor", "teacher", ""),
    ("Ia belajar di sekolah tinggi.", "actor", "school", ""),
    ("Pusat Kebudayaan Asia, julukan kota itu.", "actor", "cultural_centre", ""),
    ("Wali Kota Busan tiba.", "actor", "leader_id", ""),
    ("Wali Kota Busan tiba.", "actor", "leader_partner", "Wali Kota Busan"),
]


@pytest.mark.parametrize(("text", "code", "words"), TRAPS)
def test_a_trap_of_the_sectors(text, code, words):
    found = suggested(text).get(code, "")
    assert words in found.split("; ") if words else found == ""


@pytest.mark.parametrize(("text", "facet", "code", "words"), TRAPS_OF_OTHER_FACETS)
def test_a_trap_of_another_facet(text, facet, code, words):
    found = suggested(text, facet).get(code, "")
    assert words in found.split("; ") if words else found == ""


@pytest.mark.parametrize("code", [code for _, code in BOOK.codes().values() if code.indicators], ids=lambda code: code.id)
def test_no_code_masks_its_own_indicators(code):
    sentences = segments_of(f"Ada {term.rstrip('*')} di situ." for term in code.indicators)
    found = suggest_codings(sentences, book_of(code.indicators, code.masks))
    assert [term for n, term in enumerate(code.indicators) if str(n) not in set(found["document"])] == []


# --- whole words, capitals, wildcards, clitics ---


@pytest.mark.parametrize(
    ("text", "term", "words"),
    [
        ("Seni, bukan Senin.", "seni", "Seni"),
        ("keSENIan", "seni", ""),
        ("seni_rupa seni2", "seni", ""),
        ("PELAJAR dan Pelajar", "pelajar", "PELAJAR; Pelajar"),
        ("pelajar lalu pelajar", "pelajar", "pelajar"),
        ("asn Asn ASN", "ASN", "ASN"),
        ("mou MoU MOU", "MoU", "MoU; MOU"),
        ("ASN-nya dan ASNnya", "ASN", "ASN-nya; ASNnya"),
        ("gurunya, gurulah, gurukah, gurupun", "guru", "gurunya; gurulah; gurukah; gurupun"),
        ("gurunyalah", "guru", "gurunyalah"),
        ("guruku gurumu", "guru", ""),
        ("kultur kultural kulturalisme", "kultur*", "kultur; kultural; kulturalisme"),
        ("agrikultur", "kultur*", ""),
        ("kamar dagangnya besar", "kamar* dagang*", "kamar dagangnya"),
        ("sosial-kultural", "kultur*", "kultural"),
        ("kultural-historis", "kultur*", "kultural-historis"),
        ("Mayors' Forum dan Mayors’ Forum", "mayors' forum", "Mayors' Forum; Mayors’ Forum"),
        ("Situs bisnisXcom", "bisnis.com", ""),
    ],
)
def test_what_a_term_matches(text, term, words):
    assert matched(text, [term]) == words


# --- white space, hyphens and what cannot be seen ---


@pytest.mark.parametrize(
    "text",
    ["kerja sama", "kerja  sama", "kerja\nsama", "kerja\r\nsama", "kerja\n\n\x0c\nsama", "kerja\u00a0sama", "kerja\u2028sama",
     "kerja\u202fsama", "kerja\tsama", "ker\u00adja sama", "kerja \u200bsama", "\ufeffkerja\u2060 sa\u200cma", "ker\u00ad\nja sama"],
)  # fmt: skip
def test_a_phrase_is_found_across_any_white_space_and_anything_invisible(text):
    assert matched(f"Ada {text} itu.", ["kerja sama"]) == "kerja sama"
    assert matched(f"Ada {text} itu.", ["kerja"], ["kerja sama"]) == ""


@pytest.mark.parametrize(
    "text", ["undang-undang", "undang-\nundang", "undang- \n undang", "undang\u2011undang", "undang\u2010\x0cundang"]
)
def test_a_hyphen_may_be_broken_over_two_lines(text):
    assert matched(text, ["undang-undang"]).replace("\u2010", "-").replace("\u2011", "-").replace(" ", "") == "undang-undang"


def test_invisible_letters_do_not_make_words():
    assert matched("pe\u00adtari", ["tari"]) == "" and matched("tari\u200bf", ["tari"]) == ""


def test_composed_and_decomposed_letters_are_the_same():
    assert matched("Kafe\u0301 itu", ["kafé"]) and matched("Kafé itu", ["kafe\u0301"])


# --- masks and order ---


def test_masks_go_first():
    assert matched("guru besar dan guru", ["guru"], ["guru besar"]) == "guru"
    assert matched("guru besar", ["guru", "guru besar"], ["guru besar"]) == ""


def test_the_longest_indicator_is_found():
    assert matched("sistem pendidikan kota", ["pendidikan", "sistem pendidikan"]) == "sistem pendidikan"


def test_the_longest_mask_counts_and_masks_may_overlap():
    assert matched("kamar dagang industri kota", ["industri"], ["kamar dagang", "kamar dagang industri"]) == ""
    assert matched("satu dua tiga empat", ["tiga empat"], ["satu dua", "dua tiga empat"]) == ""


def test_masks_follow_the_rules_of_terms():
    assert matched("dikerjasamakannya", ["dikerjasamakannya"], ["dikerjasamakan*"]) == ""
    assert matched("Hukum dan HAM. Hukum dan ham.", ["hukum"], ["HUKUM DAN HAM"]) == "Hukum"


WORDS = st.sampled_from("kerja sama guru besar pekerja seni kota tari HAM paham".split())
SENTENCES = st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\u00a0", ", ", "-"])), max_size=12).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)
TERMS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4, unique=True)


@settings(max_examples=60, deadline=None)
@given(SENTENCES, TERMS)
def test_the_matched_words_stand_in_the_text(text, terms):
    plain = re.sub(r"\s+", " ", re.sub(r"-\s*\n\s*", "-", text))
    for words in filter(None, matched(text, terms).split("; ")):
        assert words in plain
        assert any(words.casefold().startswith(term.casefold()) for term in terms)


@settings(max_examples=60, deadline=None)
@given(SENTENCES, TERMS, TERMS, TERMS)
def test_a_further_mask_never_finds_a_code_that_was_not_found(text, terms, masks, more):
    if not matched(text, terms, masks):
        assert not matched(text, terms, [*masks, *more])


# --- names ---

CAPITAL = "a capital letter amidst a sentence, as a name has it"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rombongan tiba di Latihan kemarin.", [["Latihan", CAPITAL]]),
        ("Latihan dimulai.", [["Latihan", ""]]),
        ("Ia berkata: “Latihan dimulai.”", [["Latihan", ""]]),
        ("Mereka ikut Pusat Latihan Kota.", [["Latihan", ""]]),
        ("Mereka ke Semarang, Latihan, dan Kudus.", [["Latihan", CAPITAL]]),
        ("Mereka Latih guru.", [["Latih", ""]]),
    ],
)
def test_a_derived_form_that_stands_alone_with_a_capital_is_a_name(text, expected):
    assert places(text, book_of([], roots=["latih"])) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Kepala Dinas Pendidikan hadir.", "name of a body 'Dinas Pendidikan'"),
        ("Dinas Pemuda, Olahraga dan Pendidikan hadir.", "name of a body 'Dinas Pemuda, Olahraga dan Pendidikan'"),
        ("Dinas Kebudayaan dan Pendidikan Kota hadir.", "name of a body 'Dinas Kebudayaan dan Pendidikan Kota'"),
        ("Dinas itu mengurus pendidikan.", ""),
        ("Dinas Kota dan pendidikan.", ""),
        ("DINAS PENDIDIKAN HADIR", ""),
        ("dinas pendidikan", ""),
    ],
)
def test_an_indicator_within_the_name_of_a_body_does_not_count(text, reason):
    assert [blocked for _, blocked in places(text, book_of(["pendidikan"], bodies=["Dinas"]))] == [reason]


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("Bupati ditemani pejabat yang mengurus olahraga dan pendidikan.", ["names who takes part, behind 'yang mengurus'"]),
        ("Tim yang mengurus pendidikan ditemani bupati.", ["names who takes part, behind 'yang mengurus'"]),
        ("Pendidikan dibahas bupati, ditemani pejabat pendidikan.", ["", "names who takes part, behind 'ditemani'"]),
        ("Bupati menemani guru. Pendidikan maju.", [""]),
        ("Ditemani bupati, pejabat pendidikan membuka pameran pendidikan.", ["names who takes part, behind 'ditemani'", ""]),
        ("Dinas yang mengurus pendidikan memberi bantuan pendidikan.", ["names who takes part, behind 'yang mengurus'", ""]),
        ("Mereka ditemani menteri pendidikan.", ["names who takes part, behind 'ditemani'"]),
    ],
)
def test_an_indicator_does_not_count_behind_the_words_that_name_who_takes_part(text, blocked):
    book = book_of(["pendidikan"])
    book = replace(book, facets=(replace(book.facets[0], participants=("ditemani", "yang mengurus")),))
    assert [reason for _, reason in places(text, book)] == blocked


def test_who_takes_part_in_one_sentence_says_nothing_of_the_next():
    segments = split(pd.DataFrame({"document": ["d"], "text": ["Bupati ditemani guru. Pendidikan maju."]}), into="sentences")
    book = book_of(["pendidikan"])
    book = replace(book, facets=(replace(book.facets[0], participants=("ditemani",)),))
    assert find_indicators(segments, book)["blocked"].tolist() == [""]


def test_an_indicator_listed_with_a_capital_counts_within_the_name_of_a_body():
    assert places("Dinas Pendidikan hadir.", book_of(["Pendidikan"], bodies=["Dinas"])) == [["Pendidikan", ""]]


# --- the places of indicators ---


def test_every_place_is_listed_with_the_mask_that_blocks_it():
    text = "Guru besar bertemu guru."
    segments = one_segment(text).assign(start=100, end=100 + len(text))
    found = find_indicators(segments, book_of(["guru"], ["guru besar"]))
    assert found.values.tolist() == [
        ["d", 1, 100, 104, "K", "guru", "Guru", "mask 'guru besar'"],
        ["d", 1, 119, 123, "K", "guru", "guru", ""],
    ]


def test_a_shorter_indicator_within_a_longer_one_is_not_listed():
    assert places("sistem pendidikan", book_of(["pendidikan", "sistem pendidikan"])) == [["sistem pendidikan", ""]]


def test_places_that_count_give_the_suggestions():
    found = find_indicators(SHIPPED, BOOK)
    counted = set(found.loc[found["blocked"] == "", ["document", "segment", "code"]].itertuples(index=False, name=None))
    suggested_ = suggest_codings(SHIPPED, BOOK)
    by_words = suggested_.loc[suggested_["why"] == "words", ["document", "segment", "code"]]
    assert set(by_words.itertuples(index=False, name=None)) == counted


def test_a_place_is_a_slice_of_its_document():
    texts = {row.document: row.text for row in DOCUMENTS.itertuples()}
    for place in find_indicators(SHIPPED, BOOK).itertuples():
        assert re.sub(r"\s+", " ", re.sub(r"-\s*\n\s*", "-", texts[place.document][place.start : place.end])) == place.matched


# --- circumstances and explanations ---


def told(text, book):
    segments = one_segment(text)
    return with_circumstances(suggest_codings(segments, book), segments, book)


def test_who_denies_who_speaks_and_when_are_told():
    text = "“Kami belum melatih guru,” kata Rahma Sari, Rabu (15/4)."
    found = told(text, book_of([], roots=["latih"]))
    assert found[["matched", "negated", "speaker", "dates"]].values.tolist() == [
        ["melatih", "belum", "Rahma Sari", "Rabu (15/4)"]
    ]


def test_in_a_transcript_who_has_the_turn_speaks_where_no_other_voice_is_heard():
    text = "P: Ada guru?\nN: Dua guru.\n\n“Guru senang,” kata Rahma Sari.\nP: Baik."
    segments = split(pd.DataFrame({"document": ["d"], "kind": ["interview"], "text": [text]}), into="sentences")
    answers, book = segments[segments["speaker"] != "P"], book_of(["guru"])
    for table, speakers in ((segments, ["P", "N", "Rahma Sari"]), (answers, ["N", "Rahma Sari"])):
        assert with_circumstances(suggest_codings(table, book), table, book)["speaker"].tolist() == speakers


def test_a_suggestion_is_negated_only_if_all_its_words_are():
    text = "Kota itu belum memiliki sekolah, tetapi pelatihan guru berjalan."
    assert told(text, book_of(["sekolah"]))["negated"].tolist() == ["belum"]
    assert told(text, book_of(["sekolah", "guru"]))["negated"].tolist() == [""]


def weak_book(indicators, weak, other):
    """A codebook of K, with weak indicators too, and of L, of the same family."""
    book = book_of([*indicators, *weak])
    one = replace(book.facets[0].codes[0], weak=tuple(weak))
    codes = (one, replace(one, id="L", indicators=tuple(other), weak=()))
    return replace(book, facets=(replace(book.facets[0], codes=codes),))


def test_words_that_do_not_count_have_no_circumstances():
    book = weak_book(["kurikulum"], ["sekolah"], ["guru"])
    found = told("Kurikulum belum disusun; guru di sekolah berlatih.", book)
    # "sekolah" gives way to the teachers, so "Kurikulum" is the only word of K
    assert found[["code", "matched", "negated"]].values.tolist() == [["K", "Kurikulum", "belum"], ["L", "guru", ""]]


def test_a_longer_weak_indicator_does_not_take_the_place_of_one_that_counts_alone():
    book = weak_book(["berbagi informasi"], ["saling berbagi", "informasi pasar", "berbagi"], [])
    assert suggested("Mereka saling berbagi informasi pasar.", book=book) == {"K": "berbagi informasi"}
    assert places("Mereka saling berbagi kue.", book) == [["saling berbagi", "stands alone"]]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=8), st.data())
def test_what_counts_alone_is_found_as_if_there_were_no_weak_indicators(words, data):
    terms = [" ".join(part) for part in (["a"], ["b", "c"], ["c", "d"], ["a", "b"], ["d", "a", "b"])]
    weak = data.draw(st.lists(st.sampled_from(["c", "b c d", "d", "a b c", "b"]), unique=True))
    strong = data.draw(st.lists(st.sampled_from(terms), unique=True, min_size=1))
    weak = [term for term in weak if term not in strong]
    text = " ".join(words)
    without = [place for place, blocked in places(text, book_of(strong))]
    beside = find_indicators(one_segment(text), weak_book(strong, weak, []))
    assert beside.loc[~beside["indicator"].isin(weak), "matched"].tolist() == without


def test_a_weak_indicator_has_circumstances_by_what_stands_beside_it():
    text = "Feri datang. Kami belum punya kapal."
    segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    book = weak_book(["feri"], ["kapal"], [])
    found = suggest_codings(segments, book)
    assert with_circumstances(found[1:], segments, book)[["matched", "negated"]].values.tolist() == [["kapal", "belum"]]


def test_circumstances_of_suggestions_for_other_segments_are_refused_in_words():
    segments = one_segment("Guru")
    found = suggest_codings(segments, BOOK).assign(segment=7)
    with pytest.raises(
        ValueError, match="segments has no segment 7 of document 'd': pass the table the suggestion was made from"
    ):
        with_circumstances(found, segments, BOOK)


def test_circumstances_are_told_of_some_suggestions_in_any_order_and_of_none():
    segments = split(pd.DataFrame({"document": ["d"], "text": ["Guru datang. Kami belum melatih guru."]}), into="sentences")
    book = book_of(["guru"])
    found = suggest_codings(segments, book)
    both = with_circumstances(found, segments, book)
    assert both["negated"].tolist() == ["", "belum"]
    pd.testing.assert_frame_equal(with_circumstances(found[::-1], segments, book), both[::-1])
    assert with_circumstances(found[:0], segments, book)["speaker"].tolist() == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.sampled_from(
    ["12 Mei 2019", "Rabu", "(15/4)", "pekan lalu", "sejak 2007", "awal", "Mei", "tahun 90-an", "abad ke-19", "dua tahun lalu", "kemarin",
     "sepekan terakhir", "baru-baru ini", "saat ini", "tadi pagi", "2010-2015", "3 Des", "tgl. 3/4", "guru", "12", "Rp 1.000", "ini", "lalu"]
), max_size=4).map(" ".join), min_size=10, max_size=30))  # fmt: skip
def test_no_expression_of_time_is_overlooked(texts):
    segments, book = segments_of(f"Guru {text}." for text in texts), book_of(["guru"])
    found = with_circumstances(suggest_codings(segments, book), segments, book)
    assert found["dates"].tolist() == [dates(text) for text in segments["text"]]


def test_an_explanation_names_the_words_that_count_and_those_passed_over():
    segments = one_segment("Guru besar itu melatih guru dan Gurunya.")
    book = book_of(["guru"], ["guru besar", "guru ngaji"], roots=["latih"])
    assert explain(suggest_codings(segments, book).iloc[0], segments, book).splitlines() == [
        "K on segment 1 of d, because of 'melatih' (a form of the root 'latih'), 'guru', 'Gurunya' (found by 'guru').",
        "'Guru' was passed over: 'guru besar' is a mask of the code.",
    ]


def test_an_explanation_says_nothing_twice_and_nothing_of_masks_that_do_not_stand_there():
    segments, book = one_segment("Seorang guru bertemu guru."), book_of(["guru"], ["guru besar", "guru ngaji"])
    assert explain(suggest_codings(segments, book).iloc[0], segments, book) == "K on segment 1 of d, because of 'guru'."


def test_an_explanation_says_that_a_weak_word_stood_back():
    book = weak_book(["kurikulum"], ["sekolah"], ["guru"])
    segments = one_segment("Kurikulum disusun; guru di sekolah berlatih.")
    assert explain(suggest_codings(segments, book).iloc[0], segments, book).splitlines()[1:] == [
        "'sekolah' was passed over: it is a weak indicator and gives way to L."
    ]


def test_an_explanation_says_that_words_stand_in_a_name():
    segments, book = one_segment("Dinas Pendidikan membahas pendidikan."), book_of(["pendidikan"], bodies=["Dinas"])
    assert explain(suggest_codings(segments, book).iloc[0], segments, book).splitlines()[1:] == [
        "'Pendidikan' was passed over: name of a body 'Dinas Pendidikan'."
    ]


def test_a_code_taken_over_is_explained_by_its_source():
    text = "Dua guru berangkat. Rombongan itu pulang."
    segments = split(pd.DataFrame({"document": ["d"], "text": [text]}), into="sentences")
    found = suggest_codings(segments, BOOK)
    assert found[["segment", "code", "matched", "why"]].values.tolist() == [
        [1, "DIK.GURU", "guru", "words"], [2, "DIK.GURU", "", "context"],
    ]  # fmt: skip
    assert explain(found.iloc[1], segments, BOOK) == (
        "DIK.GURU on segment 2 of d: no indicator of the code counts here; it is "
        "taken over from the sentence before, in the same paragraph or at the end of "
        "the one directly above."
    )


def test_a_suggestion_for_other_segments_is_told_in_words():
    segments = one_segment("Guru")
    found = suggest_codings(segments, BOOK).iloc[0]
    with pytest.raises(
        ValueError, match="segments has no segment 1 of document 'd': pass the table the suggestion was made from"
    ):
        explain(found, segments.assign(document="e"), BOOK)


# --- the table ---


@pytest.mark.parametrize("facet", ["sector", "case", "status", "actor"])
def test_the_table_is_what_code_segments_gives(facet):
    found = suggest_codings(SHIPPED, BOOK, facet)
    coded = code_segments(SHIPPED, found[["document", "segment", "code"]], BOOK, "codebook", "")
    pd.testing.assert_frame_equal(found[list(coded.columns)], coded)


def test_a_suggestion_has_the_columns_of_a_coding_and_its_words():
    segments = split(
        pd.DataFrame({"document": ["d"], "text": ["Guru berangkat. Warga tidur. Seni dan festival."]}), into="sentences"
    )
    before = segments.copy(deep=True)
    found = suggest_codings(segments, BOOK)
    pd.testing.assert_frame_equal(segments, before)
    assert found[["segment", "code", "matched", "coder", "anchor", "statement", "created"]].values.tolist() == [
        [1, "DIK.GURU", "Guru", "codebook", "exact", "", ""],
        [3, "SOSBUD.BUDAYA", "Seni; festival", "codebook", "exact", "", ""],
    ]
    person = code_segments(segments, found[["document", "segment", "code"]], BOOK, "rani", "2026-11-22")
    assert list(found.columns) == [*person.columns, "matched", "why"]
    assert found["sector"].cat.categories[0].entry.label["en"] == "Culture, arts and heritage"


def test_only_content_is_searched():
    assert len(suggest_codings(one_segment("Guru", label="heading"), BOOK)) == 0
    assert len(suggest_codings(one_segment("Guru", label="boilerplate"), BOOK)) == 0


def test_nothing_found_is_a_table_without_rows():
    assert list(suggest_codings(one_segment("Hujan turun."), BOOK).columns)[-2:] == ["matched", "why"]
    assert len(suggest_codings(one_segment("Guru").iloc[:0], BOOK)) == 0


def test_a_facet_with_one_answer_may_get_several_suggestions_each_in_its_own_row():
    book = replace(BOOK, facets=tuple(replace(facet, context=None) for facet in BOOK.facets))
    found = suggest_codings(one_segment("Surabaya dan Medan."), book, "case")
    assert found["code"].tolist() == found["case"].tolist() == ["MDN-GWJ", "SUB-BUS"]


def test_where_the_context_asks_for_one_answer_the_code_of_several_is_given_and_explained():
    segments = one_segment("Surabaya dan Medan.")
    found = suggest_codings(segments, BOOK, "case")
    assert found[["code", "matched", "why"]].values.tolist() == [["GENERAL", "", "words"]]
    assert explain(found.iloc[0], segments, BOOK) == (
        "GENERAL on segment 1 of d: indicators of SUB-BUS and MDN-GWJ stand here; the codebook takes that for GENERAL."
    )


def test_codes_without_indicators_are_never_suggested():
    assert len(suggest_codings(one_segment("Surabaya dan Medan 2019."), BOOK, "evidence")) == 0


def test_an_unknown_facet_and_another_table_are_told_in_words():
    with pytest.raises(ValueError, match=re.escape("the codebook has no facet 'sektor'. Did you mean 'sector'?")):
        suggest_codings(one_segment("Guru"), BOOK, "sektor")
    with pytest.raises(ValueError, match="segments has no column label: pass the table that split returns"):
        suggest_codings(one_segment("Guru").drop(columns="label"), BOOK)


def test_long_runs_are_read_to_their_end():
    long = "kultur" + "a-" * 20_000 + " " * 20_000 + "kerja" + " " * 20_000
    found = matched(long, ["kultur*", "kerja sama"], ["kerja keras sekali"])
    assert found == "kultur" + "a-" * 20_000 + " kerja"  # a word that a line break could have cut


def test_a_suggestion_is_the_machines_whatever_an_archive_calls_its_columns():
    columns = {
        "document": ["d"],
        "text": ["Dua guru berangkat."],
        "coder": ["rani"],
        "memo": ["x"],
        "created": ["2020"],
        "sha256": [None],
    }
    found = suggest_codings(split(pd.DataFrame(columns), into="sentences"), BOOK)
    assert found[["coder", "memo", "created"]].drop_duplicates().values.tolist() == [["codebook", "", ""]]


def test_a_segment_that_stands_twice_is_told_in_words():
    twice = pd.concat([one_segment("Dua guru berangkat."), one_segment("Guru pulang.")])
    message = "segments holds segment 1 of document 'd' twice: each document needs an id of its own"
    with pytest.raises(ValueError, match=message):
        suggest_codings(twice, BOOK)
    with pytest.raises(ValueError, match=message):
        with_circumstances(suggest_codings(one_segment("Guru"), BOOK), twice, BOOK)


def test_what_cannot_be_explained_is_told_in_words():
    segments = one_segment("Dua guru berangkat.")
    found = suggest_codings(segments, BOOK)
    with pytest.raises(
        ValueError, match=r"suggestion is one row of what suggest_codings returns, such as suggested\.iloc\[0\]"
    ):
        explain(found.head(1), segments, BOOK)
    with pytest.raises(ValueError, match=r"code 'DIK\.GURUU' is not in the codebook\. Did you mean 'DIK\.GURU'"):
        explain(found.iloc[0].replace("DIK.GURU", "DIK.GURUU"), segments, BOOK)


def test_a_learned_suggestion_is_explained_by_its_words():
    segments = one_segment("Dua guru berangkat.")
    learned = suggest_codings(segments, BOOK).iloc[0].to_dict() | {"why": "learned", "matched": "guru; berangkat"}
    assert explain(pd.Series(learned), segments, BOOK) == (
        "DIK.GURU on segment 1 of d, learned from a person's codings; these words spoke most for it: guru; berangkat."
    )
    assert explain(pd.Series(learned | {"matched": ""}), segments, BOOK).endswith("codings; no whole word spoke for it.")


def test_an_explanation_knows_what_stands_beside():
    book = book_of(["feri", "kapal"])
    code = replace(book.facets[0].codes[0], weak=("kapal",))
    book = replace(book, facets=(replace(book.facets[0], codes=(code,)),))
    segments = split(pd.DataFrame({"document": ["d"], "text": ["Feri datang. Kapal itu besar."]}), into="sentences")
    found = suggest_codings(segments, book)
    assert found["matched"].tolist() == ["Feri", "Kapal"]
    assert explain(found.iloc[1], segments, book) == "K on segment 2 of d, because of 'Kapal' (a weak indicator)."


def test_without_a_facet_the_first_of_the_codebook_is_meant():
    segments = split(pd.DataFrame({"document": ["d"], "text": ["Dua kota bertukar guru."]}), into="sentences")
    codebook = read_codebook(ROOT / "codebook.yaml")
    assert codebook.facet(None) == codebook.facets[0]
    pd.testing.assert_frame_equal(suggest_codings(segments, codebook), suggest_codings(segments, codebook, "sector"))
