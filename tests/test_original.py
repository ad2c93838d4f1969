"""Bytes of any encoding are read right, read with a warning, or refused; damaged letters are told by line."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.original import cut_words, damaged_lines, day_of, decoded, doubtful_lines, invisible, listed, proper, properties

TEXT = "Kota rekaan itu membangun kafé.\nBiayanya “besar” – kata wali kota.\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
def test_an_encoding_that_is_certain_is_read_without_a_word(encoding, mark):
    text, _, warning = decoded(mark + TEXT.encode(encoding))
    assert (text, warning) == (TEXT, "")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_and_told(encoding):
    assert decoded(TEXT.encode(encoding)) == (TEXT, encoding, f"read as {encoding}: the file does not say so, its bytes do")


def test_cp1252_is_read_with_a_warning_that_shows_a_word():
    text, encoding, warning = decoded(TEXT.encode("cp1252"))
    assert (text, encoding) == (TEXT, "cp1252")
    assert warning == "not UTF-8: read as cp1252 (Windows), so line 1 says 'kafé.'. Look whether that is right"


@given(st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=40))
def test_no_text_of_windows_is_read_as_another_without_a_warning(written):
    content = written.encode("cp1252")
    try:
        text, encoding, warning = decoded(content)
    except ValueError:
        return
    assert text.encode("utf-8") == content or warning or encoding.startswith("utf-16") or not content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"satu\nkota \x81 itu", r"line 2: byte 0x81 fits neither UTF-8 nor cp1252 \(Windows\)\. Open the file in the program"),
        (
            "kafé dan résumé".encode() + b" caf\xe9",
            "line 1: most of the file is UTF-8, but these bytes are not. Two encodings are",
        ),
        (b"satu\nsetengah \xed\xa0\x80 huruf", r"line 2 holds half a character \(a lone surrogate\), which no text can keep"),
        (codecs.BOM_UTF16_LE + b"K\0\0\xd8", r"not readable as utf-16, which the file says it is \(byte 4\); save it as UTF-8"),
    ],
)
def test_what_no_encoding_fits_is_refused_with_the_place(content, said):
    with pytest.raises(ValueError, match=said):
        decoded(content)


def test_what_a_file_declares_is_believed_and_checked():
    assert decoded("Москва".encode("koi8-r"), "koi8-r")[0] == "Москва"
    assert decoded("kafé “baru”".encode("cp1252"), "ISO-8859-1")[0] == "kafé “baru”"  # as browsers read it
    with pytest.raises(ValueError, match="the file says that it is in 'rahasia', which is no encoding; save it as UTF-8"):
        decoded(b"kaf\xe9", "rahasia")


@pytest.mark.parametrize(
    ("declared", "written_in", "text"),
    [("Shift_JIS", "cp932", "日本①"), ("gb2312", "gbk", "雅加達"), ("euc-kr", "cp949", "부산 뷁"), ("iso-8859-9", "cp1254", "Ğ “kota”"),
     ("iso-2022-jp", "iso-2022-jp", "釜山")],
)  # fmt: skip
def test_an_encoding_is_read_as_browsers_read_the_one_that_pages_name(declared, written_in, text):
    assert decoded(text.encode(written_in), declared) == (text, declared, "")


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "utf-16"])
def test_a_file_that_is_utf_8_is_read_so_whatever_it_says(declared):
    told = f"the file says that it is in {declared}, but its bytes are UTF-8, and were read so"
    assert decoded("kafé".encode(), declared) == ("kafé", "utf-8", told)
    assert decoded(b"kafe", declared) == ("kafe", "utf-8", "")


def test_as_many_bytes_of_another_encoding_as_letters_of_utf_8_are_a_mixture():
    with pytest.raises(ValueError, match="Two encodings are mixed"):
        decoded("é".encode() + b"\xe9 kota")


def test_ends_of_lines_become_line_feeds_and_nothing_else_changes():
    assert proper("a\r\nb\rc\u2028d\u00a0e\x0cf\n") == "a\nb\nc\u2028d\u00a0e\x0cf\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [("satu\ndua\0", "line 2 holds NUL characters: it is no text"), ("a\ud83d", r"line 1 holds half a character \(a lone")],
)
def test_what_no_text_file_can_hold_is_refused(text, said):
    with pytest.raises(ValueError, match=said):
        proper(text)


def test_what_cannot_be_seen_is_counted_by_name():
    text = "ker\u00adja\u00a0sama\u200b \u00a0\x02"
    assert invisible(text) == "invisible characters, kept: 1 SOFT HYPHEN, 1 U+0002, 1 ZERO WIDTH SPACE, 2 NO-BREAK SPACE"
    assert invisible("kerja sama\n\tdi kota\f") == ""


@pytest.mark.parametrize("damaged", ["kafÃ© baru", "â€œbegituâ€\x9d katanya", "warga kotaâ€™s", "São Paulo dan SÃ£o Paulo"])
def test_every_line_that_another_encoding_damaged_is_found_and_could_be_mended(damaged):
    lines = damaged_lines(f"Kota itu.\n{damaged}\nSelesai.")
    assert list(lines) == [2]
    assert lines[2] == damaged.replace("Ã©", "é").replace("â€œ", "“").replace("â€\x9d", "”").replace("â€™", "’").replace(
        "Ã£", "ã"
    )


@pytest.mark.parametrize(
    "right",
    ["kafé", "Ångström", "São Paulo", "“begitu,” katanya – lalu…", "Rp1.000,00 ½ °C", "ÑANDÚ", "SÃO PAULO", "MAÇÃ", "日本語", "Привет",
     "l’été", "Đà Nẵng", "VÅRT LÅN", "® ™ ©", "Pâté — à la carte", "kerja\u00a0sama"],
)  # fmt: skip
def test_letters_that_are_right_raise_no_alarm(right):
    assert damaged_lines(right) == {}


def test_a_quotation_mark_that_lost_its_last_byte_is_mended_too():
    assert damaged_lines("Kota\nâ€œKami senangâ€. Biaya") == {2: "“Kami senang”. Biaya"}
    assert damaged_lines("kata wali kotaâ€") == {1: "kata wali kota”"}
    assert damaged_lines("kata wali kota") == {}


def test_lines_that_no_repair_put_right_are_named():
    damaged = "biaya â‚¬5 dan â‚7 juta"
    mended = damaged_lines(damaged)[1]
    assert mended == "biaya €5 dan â‚7 juta"
    assert doubtful_lines(f"Kota\nkafé\n{mended}\nмÐ itu") == [3, 4]
    assert doubtful_lines("Kota") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("warga pendi-\ndikan itu", "words that may be cut at a line's end, left as they are: 1 (line 1)"),
        (
            "pe\u2010\nmerintah kota kerja\u00ad\nsama",
            "words that may be cut at a line's end, left as they are: 2 (lines 1, 2)",
        ),
        ("anak-\nanak dan Medan-\nGwangju -\nlalu 1997-\nan pendi-\n\ndikan", ""),
    ],
)
def test_words_that_a_line_end_cuts_are_told_and_doubled_ones_are_none(text, told):
    assert cut_words(text) == told


@pytest.mark.parametrize("author", ["ASUS", "user", "User 1", "Microsoft Office User", "python-docx", " hp ", "LENOVO"])
@pytest.mark.parametrize("title", ["untitled1", "Microsoft Word - skripsi bab 2", "Document1", "bab 2.docx", " "])
def test_the_name_of_a_program_a_computer_or_a_file_is_not_proposed(author, title):
    assert properties({"title": title, "author": author}) == ({}, {})


def test_names_and_titles_that_only_begin_like_those_of_programs_are_proposed():
    known = {"title": "Dokumen kerja sama kota", "author": "Asusanti", "language": "id"}
    assert properties(known)[0] == known


def test_letters_that_are_lost_cannot_be_mended():
    assert damaged_lines("biaya \ufffd juta") == {1: ""}


def test_many_lines_are_named_in_few_words():
    assert listed([2, 9]) == "lines 2, 9"


@pytest.mark.parametrize(
    ("written", "day"), [("2024-03-04", "2024-03-04"), (" 2024-03-04T01:02Z", "2024-03-04"), ("2024-13-04", "")]
)
def test_a_day_is_taken_from_a_time_only_where_there_is_one(written, day):
    assert day_of(written) == day
