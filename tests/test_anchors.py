"""Words are looked for again in texts that were edited: by hand, at random with the truth known, and in letters of every kind."""

import importlib.util
import random
import re
import sys
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qualkit.anchors import Found, find_again, find_all, letters
from qualkit.distances import aligned, steps

TEXT = (
    "Pada 2018 dua belas guru dari Kota Surya tiba di pelabuhan. Mereka meninjau tiga sekolah di Kota Laut dan makan siang.\n\n"
    "Biaya perjalanan itu Rp 461.207.000 menurut panitia. Kedua wali kota menanam pohon beringin bersama.\n"
)


def coded(words, text=TEXT):
    """What a file keeps of a coding: words, what stood before and after, and where they began."""
    start = text.index(words)
    return words, text[:start].rstrip()[-30:], text[start + len(words) :].lstrip()[:30], start


def again(words, text, before=TEXT):
    """How the words were found again, and what stands there."""
    found = find_again(*coded(words, before), text)
    return found.anchor, text[found.start : found.end]


# --- the five answers ---


def test_words_in_their_place_are_exact_and_elsewhere_they_moved():
    assert again("tiga sekolah", TEXT) == ("exact", "tiga sekolah")
    assert again("tiga sekolah", "Berita pagi.\n\n" + TEXT) == ("moved", "tiga sekolah")


def test_a_changed_year_or_amount_is_found_and_marked():
    assert again("Pada 2018 dua belas guru", TEXT.replace("2018", "2019")) == ("changed", "Pada 2019 dua belas guru")
    assert again("Rp 461.207.000", TEXT.replace("461", "460")) == ("changed", "Rp 460.207.000")


def test_an_altered_word_at_an_end_stays_within():
    assert again("tiga sekolah", TEXT.replace("sekolah", "sekolahan")) == ("changed", "tiga sekolahan")
    assert again(TEXT[:59], TEXT.replace("Pada 2018 dua", "Sejak 2018 dua"))[1].startswith("Sejak 2018 dua belas guru")


def test_words_that_are_gone_are_an_orphan():
    assert find_again(*coded("tiga sekolah"), "Hujan turun di kota lain.\n") == Found("orphan")
    assert find_again(*coded("tiga sekolah"), "") == Found("orphan")
    assert again("Biaya perjalanan itu Rp 461.207.000 menurut panitia.", TEXT.split("\n\n")[0]) == ("orphan", "")


def test_words_that_stand_twice_are_told_apart_by_their_context_or_not_at_all():
    twice = "Guru itu tiba. Lalu hujan turun. Guru itu tiba. Lalu semua pulang.\n"
    words, start = "Guru itu tiba.", twice.rindex("Guru")
    found = find_again(words, "Lalu hujan turun.", "Lalu semua pulang.", start, "Pagi. " + twice)
    assert found == Found("moved", start + 6, start + 6 + len(words))
    found = find_again(words, "", "", start, "Pagi. " + twice)
    assert found == Found("ambiguous", candidates=((6, 20), (start + 6, start + 6 + len(words))))


def test_few_words_in_another_context_are_not_taken_for_the_same():
    assert again("guru", "Seorang guru dipilih.\n") == ("ambiguous", "")
    assert find_again("guru", "", "", 8, "Ada guru di sini.\n").anchor == "moved"  # of which no context is known


def test_a_line_of_a_list_is_not_taken_for_another_line():
    line = "Pada {} Kota {} mengirim {} pelajar dengan biaya Rp {}.000.\n"
    lines = [line.format(*cells) for cells in [(2001, "Busan", 12, 350), (2005, "Medan", 31, 720), (2009, "Solo", 44, 118)]]
    text = "".join(lines)
    assert again(lines[1].strip(), lines[0] + lines[2], text)[0] in ("ambiguous", "orphan")
    assert again(lines[1].strip(), text.replace("2005", "2006"), text) == ("changed", lines[1].strip().replace("2005", "2006"))


BEFORE = "Kedua belah pihak menyambut baik rencana itu dalam pertemuan singkat di balai kota.\n\n"
AFTER = "\n\nWartawan lalu diajak berkeliling pelabuhan sebelum makan siang bersama para pejabat.\n"
LISTS = [
    ["Kota Surya dan Kota Laut bekerja sama di bidang perikanan.", "Kota Hilir dan Kota Hulu bekerja sama di bidang kesehatan.",
     "Kota Pasir dan Kota Karang bekerja sama di bidang pariwisata.", "Kota Padi dan Kota Angin bekerja sama di bidang olahraga."],
    [f"Pemerintah Kota {name} memberi beasiswa penuh kepada para guru sekolah menengah." for name in ("Surya", "Laut", "Hilir")],
    [f"Kota Surya {word} mengirim guru ke Korea." for word in ("sudah", "tidak", "belum", "akan")],
    [f"Kedua kota bekerja sama di bidang {field}." for field in ("perikanan", "kesehatan", "pariwisata")],
    [f"Kota Surya mengirim {count} pelajar." for count in ("dua", "tiga", "lima")],
    ["Kota Surya sudah mengirim guru ke Korea.", "Kota Surya belum mengirim guru ke Korea."],
]  # fmt: skip


@pytest.mark.parametrize("lines", LISTS)
def test_a_sentence_taken_out_is_not_found_in_one_that_differs_by_a_name_a_field_or_a_negation(lines):
    for gone in lines:
        left = "\n\n".join(line for line in lines if line != gone)
        found = find_again(*coded(gone, BEFORE + "\n\n".join(lines) + AFTER), BEFORE + left + AFTER)
        assert found.anchor in ("ambiguous", "orphan"), (gone, found)
        assert found.candidates


@pytest.mark.parametrize(
    ("old", "new"), [("Kota Hilir", "Kota Muara"), ("bekerja sama", "tidak bekerja sama"), ("kesehatan", "pertanian")]
)
def test_another_name_or_a_negation_between_what_stood_before_and_after_is_found_and_marked(old, new):
    lines = LISTS[0]
    text = BEFORE + "\n\n".join(lines) + AFTER
    assert again(lines[1], text.replace(lines[1], lines[1].replace(old, new)), text) == ("changed", lines[1].replace(old, new))


def test_a_fact_put_right_is_found_by_one_side_where_nothing_else_is_like_it():
    words = "Mereka meninjau tiga sekolah di Kota Laut dan makan siang."
    edited = TEXT.replace("tiga sekolah", "empat sekolah").replace("Biaya perjalanan itu", "Ongkos jalan")
    assert again(words, edited) == ("changed", "Mereka meninjau empat sekolah di Kota Laut dan makan siang.")
    alike = edited + "Mereka meninjau dua sekolah di Kota Laut dan makan siang.\n"
    assert again(words, alike)[0] == "ambiguous"


def test_a_twin_in_another_context_is_never_taken_unmarked():
    twin = "kerja sama di bidang pendidikan"
    text = f"{BEFORE}Menurut Dewi, {twin} akan dihentikan tahun depan.{AFTER}"
    other = f"Laporan lain memuji {twin} antara pulau dan kota sejak lama.\n"
    found = find_again(*coded(twin, text), other)
    assert found == Found("ambiguous", candidates=((other.index(twin), other.index(twin) + len(twin)),))
    long = "Pada 2017 dua belas guru berangkat ke Kota Laut untuk belajar bahasa dan menetap di sana."
    assert again(long, f"Pagi itu hujan turun.\n\n{long}\n\nSemua pulang.", BEFORE + long + AFTER) == ("changed", long)
    shared = f"Menurut Dewi yang menjadi ketua panitia, {twin} itu baik.\n"
    moved = find_again(
        *coded(twin, f"{BEFORE}Menurut Dewi yang menjadi ketua panitia, {twin} akan dihentikan tahun depan.\n"), shared
    )
    assert moved.anchor == "changed"  # before is met, after is not, in the same sentence


@pytest.mark.parametrize(
    ("words", "old", "new", "anchor"),
    [
        ("mengirim surat", "guru mengirim", "guru tidak mengirim", "changed"),
        ("mengirim surat", "guru mengirim", "guru belum pernah mengirim", "changed"),
        ("Para guru", "guru mengirim", "guru tidak mengirim", "changed"),
        ("hari ini ke", "Kota Surya", "Kota Pasir", "changed"),
        ("hari ini ke", "ke Laut", "ke Hilir", "changed"),
        ("hari ini ke", "ke Laut", "ke Laoet", "moved"),
        ("hari ini ke", "Para guru", "Sepuluh guru", "moved"),
        ("dan itu baik.", "Wartawan", "Tidak ada wartawan", "moved"),  # in the next sentence
    ],
)
def test_the_same_words_beside_another_negation_or_name_are_marked(words, old, new, anchor):
    text = f"{BEFORE}Para guru mengirim surat dari Kota Surya hari ini ke Laut dan itu baik.{AFTER}"
    assert again(words, "Pagi. " + text.replace(old, new), text) == (anchor, words)


def test_what_is_not_like_the_words_is_not_shown_as_a_near_miss():
    lines = [f"- Dinas Pendidikan Kota {name}" for name in ("Busan", "Medan", "Solo")]
    assert find_again(*coded(lines[1][2:], "\n".join(lines)), f"{lines[0]}\n{lines[2]}") == Found("orphan")


def test_a_name_in_the_old_spelling_is_the_same_name():
    text = f"{BEFORE}Pada 2018 dua guru dari Djakarta tiba di Soerabaja.{AFTER}"
    words = "Pada 2018 dua guru dari Jakarta tiba di Surabaya."
    was = text.replace("Djakarta", "Jakarta").replace("Soerabaja", "Surabaya")
    assert again(words, text.replace("Wartawan", "Mereka"), was) == (
        "changed",
        "Pada 2018 dua guru dari Djakarta tiba di Soerabaja.",
    )


def test_in_a_page_that_stands_twice_the_first_place_is_taken():
    found = find_again(*coded("Kedua wali kota menanam pohon", TEXT), "Berita pagi. " + TEXT + TEXT)
    assert found.anchor == "moved" and found.start == 13 + TEXT.index("Kedua wali kota")


def test_many_places_of_a_word_are_told_apart_by_their_context():
    text = "".join(f"Tokoh nomor {number} bertemu guru dari desa {number * 7} kemarin. " for number in range(100, 200))
    start = text.index("guru dari desa 1050 ")
    row = "guru", text[:start].rstrip()[-30:], text[start + 4 :].lstrip()[:30]
    assert find_again(*row, start, "Pagi. " + text) == Found("moved", start + 6, start + 10)


def test_a_passage_of_which_a_part_went_elsewhere_is_found_without_what_took_its_place():
    second = TEXT.strip().split("\n\n")[1]
    other = "Sementara itu hujan lebat mengguyur pelabuhan dan para nelayan tidak dapat berangkat melaut sejak subuh."
    found = again(TEXT.strip(), f"{other}\n\n{second}\n")
    assert other[:40] not in found[1]


# --- codings of one text together ---


def together(passages, text, before):
    """How each passage was found again, asked for with the others, and what stands there."""
    found = find_all([coded(words, before) for words in passages], text)
    return [(one.anchor, text[one.start : one.end]) for one in found]


ROW = [f"Kota {name} mengirim {count} pelajar." for name, count in [("Surya", 12), ("Laut", 31), ("Hilir", 44), ("Hulu", 58)]]


def test_a_line_whose_name_changed_is_found_between_its_neighbours_where_alone_it_is_not():
    text = BEFORE + "\n\n".join(ROW) + AFTER
    now = (
        text.replace(ROW[1], "Kota Muara mengirim 30 murid.")
        .replace("Kedua belah", "Kini kedua")
        .replace("44 pelajar", "45 murid")
    )
    assert again(ROW[1], now, text)[0] in ("ambiguous", "orphan")
    assert together([BEFORE.strip()[20:], ROW[0], ROW[1], ROW[3], AFTER.strip()], now, text)[2] == (
        "changed",
        "Kota Muara mengirim 30 murid.",
    )


@pytest.mark.parametrize("lines", [*LISTS, ROW])
def test_a_line_taken_out_is_not_found_in_another_though_all_others_are_known(lines):
    text = BEFORE + "\n\n".join(lines) + AFTER
    for gone in lines:
        others = [line for line in lines if line != gone]
        now = BEFORE + "\n\n".join(others) + AFTER
        found = together([gone, BEFORE.strip(), *others, AFTER.strip()], now, text)
        assert found[0][0] in ("ambiguous", "orphan"), (gone, found)
        assert [words for _, words in found[2:-1]] == others


def test_words_that_another_coding_surely_has_are_not_given_to_a_second_one():
    text = BEFORE + "\n\n".join(ROW) + AFTER
    now = text.replace(ROW[1] + "\n\n", "")
    part = (
        ROW[1][:4],
        text[: text.index(ROW[1])].rstrip()[-30:],
        text[text.index(ROW[1]) + 4 :].lstrip()[:30],
        text.index(ROW[1]),
    )
    found = find_all([part, *(coded(line, text) for line in (ROW[0], ROW[2], ROW[3]))], now)
    assert found[0].anchor not in ("exact", "moved")


def test_a_passage_is_not_found_in_lines_of_which_another_coding_is_known_to_have_one():
    lines = [f"Pemerintah Kota {name} memberi beasiswa penuh kepada para guru sekolah menengah."
             for name in ("Surya", "Laut", "Hilir", "Hulu")]  # fmt: skip
    text, now = BEFORE + " ".join(lines) + AFTER, BEFORE + " ".join([lines[0], *lines[2:]]) + AFTER
    passage = " ".join(lines[:3])
    assert again(passage, now, text) == ("changed", " ".join([lines[0], *lines[2:]]))  # alone it cannot be known
    assert together([passage, lines[2]], now, text)[0][0] == "ambiguous"


def test_what_may_be_gone_between_its_neighbours_is_left_to_a_person():
    text = BEFORE + "Namun, kata panitia kemarin, jumlah yang disiapkan hanya dua ton beras dan gula." + AFTER
    now = text.replace("Namun, kata panitia kemarin, jumlah yang disiapkan", "jumlah yang rencananya")
    passage = "jumlah yang disiapkan hanya"
    assert again(passage, now, text) == ("changed", "jumlah yang rencananya hanya")
    assert together([passage, "Kedua belah pihak", "bersama para pejabat."], now, text)[0][0] == "ambiguous"


def test_a_passage_of_which_a_paragraph_was_taken_out_is_found_by_what_is_coded_around_it():
    paragraphs = [f"Pada hari ke-{word} mereka membahas soal {topic} dengan tenang sampai sore, lalu makan malam bersama di balai."
                  for word, topic in [("satu", "pelabuhan"), ("dua", "sekolah"), ("tiga", "nelayan"), ("empat", "musik")]]  # fmt: skip
    text, now = BEFORE + "\n\n".join(paragraphs) + AFTER, BEFORE + "\n\n".join(paragraphs[:2] + paragraphs[3:]) + AFTER
    passage = "\n\n".join(paragraphs)
    found = together([passage, BEFORE.strip(), AFTER.strip()], now, text)[0]
    assert found == ("changed", "\n\n".join(paragraphs[:2] + paragraphs[3:]))


# --- the same words however they are written ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kerja sama", "kerja \n  sama"), ("kerja sama", "ker\u00adja\u00a0sa\u200bma"), ("nilai-nilai", "nilai-\n  nilai"),
        ("kerja", "ker\u00ad\nja"), ("é", "e\u0301"), ("한국", unicodedata.normalize("NFD", "한국")), ("ﬁlm", "film"),
        ("“ya” ‘ya’ …", "\"ya\" 'ya' ..."), ("2018–2019", "2018-2019"), ("a\r\nb", "a\nb"), ("\ufeffa", "a"),
    ],
)  # fmt: skip
def test_these_are_the_same_words(one, other):
    assert letters(one) == letters(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2018", "2019"), ("10²", "102"), ("Guru", "guru"), ("İ", "i"), ("İ", "I"), ("kerja sama", "kerjasama"), ("❤️", "❤"),
     ("🇮🇩", "🇮"), ("👩‍👧", "👩👧"), ("é", "e"), ("１", "1")],
)  # fmt: skip
def test_these_are_other_words(one, other):
    assert letters(one) != letters(other)


# --- laws ---

PIECES = ["🇮🇩", "🇰🇷", "👨‍👩‍👧", "👍🏽", "e\u0301", "é", "İ", "i\u0307", "\u00ad", "\r\n", "\n", " ", "\u00a0", "\u200b", "“", '"', "-", "–",
          "한",
          unicodedata.normalize("NFD", "한"), "ﬁ", "❤️", "\u0301", "\u200d", "2018", "Rp 1.000", "guru ", "kota ", "sama. ", "ب", "क्षि"]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join)
SPAN = st.tuples(st.integers(0, 200), st.integers(1, 40))


def stretch(text, span):
    """A stretch of a text that begins and ends with something to read."""
    start = span[0] % (len(text) or 1)
    words = text[start : start + span[1]]
    assume(letters(words) and words == words.strip())
    return words, text[max(0, start - 300) : start].rstrip()[-30:], text[start + len(words) :][:300].lstrip()[:30], start


@settings(max_examples=1_000, deadline=None)
@given(TEXTS, SPAN)
def test_in_an_unchanged_text_every_stretch_is_where_it_was(text, span):
    words, before, after, start = stretch(text, span)
    found = find_again(words, before, after, start, text)
    assert text[start : start + len(words)] == words
    if before or after:
        assert found == Found("exact", start, start + len(words))


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, st.lists(SPAN, min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_codings_of_a_text_does_not_matter_and_in_an_unchanged_one_all_stay(text, other, spans, chance):
    codings = [stretch(text, span) for span in spans]
    now, mixed = text[: len(text) // 2] + other + text[len(text) // 2 :], chance.sample(codings, len(codings))
    assert dict(zip(codings, find_all(codings, now), strict=True)) == dict(zip(mixed, find_all(mixed, now), strict=True))
    for (words, before, after, start), found in zip(codings, find_all(codings, text), strict=True):
        if before or after:
            assert found == Found("exact", start, start + len(words))


@settings(max_examples=500, deadline=None)
@given(TEXTS, TEXTS, SPAN, st.data())
def test_a_place_is_a_stretch_of_the_text_and_cuts_no_letter_and_no_digit_is_lost(text, other, span, data):
    words, before, after, start = stretch(text, span)
    at = data.draw(st.integers(0, len(text)))
    now = text[:at] + other + text[at + data.draw(st.integers(0, 9)) :]
    found = find_again(words, before, after, start, now)
    for first, last in [(found.start, found.end), *found.candidates]:
        assert 0 <= first <= last <= len(now)
    if found.anchor in ("exact", "moved"):
        assert letters(now[found.start : found.end]) == letters(words)
    if found.anchor in ("moved", "changed"):
        for edge in (found.start, found.end):
            around = now[max(0, edge - 1) : edge + 1]
            assert not re.fullmatch(r"\w\w|[\w ][\u0301\ufe0f\u200d]", around) and around != "\r\n"


@settings(max_examples=400, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(["Biaya itu Rp {} menurut panitia.", "Pada {} mereka tiba.", "{}"]),
)
def test_a_number_that_was_changed_is_never_called_the_same(one, other, sentence):
    assume(one != other)
    text = f"Kata pembuka di sini. {sentence} Lalu mereka pulang dengan kapal."
    found = find_again(*coded(sentence.format(one), text.format(one)), text.format(other))
    assert found.anchor not in ("exact", "moved")


@settings(max_examples=400, deadline=None)
@given(st.text(), st.text(max_size=20), st.text(max_size=20), st.integers(0, 99), TEXTS)
def test_no_text_and_no_words_raise(words, before, after, start, text):
    assert find_again(words, before, after, start, text).anchor in ("exact", "moved", "changed", "ambiguous", "orphan")


def plain_distances(pattern, text, anywhere):
    """The same by the table that everyone knows."""
    row, found = list(range(len(pattern) + 1)), [len(pattern)]
    for letter in text:
        new = [0 if anywhere else row[0] + 1]
        for at, own in enumerate(pattern):
            new.append(min(row[at] + (own != letter), row[at + 1] + 1, new[at] + 1))
        row = new
        found.append(row[-1])
    return found


@settings(max_examples=500, deadline=None)
@given(st.text("abc", min_size=1, max_size=12), st.text("abc", max_size=15))
def test_distances_and_alignments_are_those_of_the_plain_method(pattern, text):
    for anywhere in (True, False):
        found = [len(pattern), *(distance for *_, distance in steps(pattern, text, anywhere))]
        assert found == plain_distances(pattern, text, anywhere)
    places = aligned(pattern, text)
    cost = sum(last - first for first, last in places[1:-1])
    for at, letter in enumerate(pattern):
        first, last = places[at][1], places[at + 1][0]
        cost += 1 if first == last else letter != text[first]
    assert cost == min(plain_distances(pattern, text, True))


# --- random edits whose truth is known ---


@pytest.fixture(scope="module")
def benchmark():
    path = Path(__file__).resolve().parents[1] / "benchmarks" / "anchors.py"
    spec = importlib.util.spec_from_file_location("benchmark_anchors", path)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_after_random_edits_nothing_is_silently_wrong(benchmark):
    rows = pd.DataFrame(benchmark.measure(600, seed=2026)["qualkit"].rows)
    silent = rows[rows["verdict"].isin(["wrong", "repeat"]) & (rows["anchor"] != "changed") & rows["long"]]
    assert not rows["missed"].any() and silent.empty and (rows["verdict"].isin(["wrong", "repeat"])).sum() <= 1
    kept, altered = rows[(rows["truth"] == "kept") & rows["long"]], rows[rows["truth"] == "altered"]
    assert (kept["verdict"] == "right").mean() >= 0.985 and (altered["verdict"] == "right").mean() >= 0.75


def test_the_truth_follows_every_letter_through_the_edits(benchmark):
    text = benchmark.Text.of("satu dua tiga empat")
    text.put(5, 8, "duabelas")
    text.insert(0, list("nol "))
    assert str(text) == "nol satu duabelas tiga empat" and benchmark.truth(text, 5, 13) == (9, 22)
    text.take(9, 23)
    assert benchmark.truth(text, 5, 13) is None
    for edit in benchmark.EDITS.values():
        text = benchmark.Text.of(TEXT)
        edit(text, random.Random(1))
        assert len(text.letters) == len(text.origin)
