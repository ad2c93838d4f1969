"""A folder of texts comes in unchanged, and every fault of its list is told with its line."""

import hashlib
import os

import pandas as pd
import pytest

from qualkit.corpus import NEEDED, documents_and_faults, meant, read_corpus
from qualkit.tables import csv_bytes

TEXT = "Kota Kupang mengirim guru.\r\n\u00a0Warga senang.\n"
HOSTILE = [
    "../rahasia.txt", "..\\rahasia.txt", "teks/../../rahasia.txt", "teks\\..\\..\\rahasia.txt", "..", ".", "", " ", "...", "/etc/passwd",
    "\\etc\\passwd", "//server/bagi/a.txt", "\\\\server\\bagi\\a.txt", "C:\\Windows\\win.ini", "C:a.txt", "c:/a.txt",
    "a.txt:aliran", "file:///etc/passwd", "CON", "con.txt", "nul", "AUX.txt", "teks/prn.txt", "COM1", "lpt9.txt", "COM¹.txt", "CONIN$", "con .txt",
    "a.txt\0.png", "/", "teks/", "~/rahasia.txt", "~root/rahasia.txt", "$HOME/rahasia.txt", "%APPDATA%/a.txt", "a" * 5000,
]  # fmt: skip


def row(**changes):
    text = changes.pop("content", TEXT.encode())
    usual = {"document": "kupang", "file": "kupang.txt", "kind": "news", "title": "Guru ke Darwin", "outlet": "Kabar", "author": "Rina",
             "date": "2023-04-28", "date_certainty": "given", "language": "id", "sha256": hashlib.sha256(text).hexdigest()}  # fmt: skip
    return {**usual, **changes}


def corpus(folder, *rows, texts=None, columns=NEEDED):
    for name, content in (texts or {"kupang.txt": TEXT.encode()}).items():
        (folder / name).write_bytes(content)
    (folder / "documents.csv").write_bytes(csv_bytes(rows, columns))
    return folder


def fault(folder, *rows, **texts):
    """The message of a corpus that is refused."""
    with pytest.raises(ValueError) as raised:
        read_corpus(corpus(folder, *rows, **texts))
    return str(raised.value)


def test_a_text_is_the_file_and_nothing_else(tmp_path):
    assert read_corpus(corpus(tmp_path, row()))["text"].tolist() == [TEXT]


def test_the_columns_stand_in_the_order_that_is_promised(tmp_path):
    table = read_corpus(corpus(tmp_path, row(volume="1"), columns=[*NEEDED, "volume"]))
    assert list(table.columns) == [
        "document", "title", "outlet", "kind", "date", "date_certainty", "date_note", "author", "language", "sha256", "volume",
        "reference", "text",
    ]  # fmt: skip
    assert table["volume"].tolist() == ["1"]


@pytest.mark.parametrize(
    ("known", "reference"),
    [
        ({}, "Rina. (2023, 28 April). Guru ke Darwin. Kabar."),
        ({"language": "en", "date": "2023-05"}, "Rina. (2023, May). Guru ke Darwin. Kabar."),
        ({"author": "", "date": "2023"}, "Kabar. (2023). Guru ke Darwin."),
        ({"title": "Siapa ke Darwin?"}, "Rina. (2023, 28 April). Siapa ke Darwin? Kabar."),
        ({"outlet": "", "author": "Rina, M.Si."}, "Rina, M.Si. (2023, 28 April). Guru ke Darwin."),
        ({"date_certainty": "inferred: a Friday"}, "Rina. (2023, 28 April) [tanggal disimpulkan]. Guru ke Darwin. Kabar."),
        ({"date_certainty": "inferred", "language": "en"}, "Rina. (2023, April 28) [date inferred]. Guru ke Darwin. Kabar."),
        ({"language": "en", "date": "2023-05-01"}, "Rina. (2023, May 1). Guru ke Darwin. Kabar."),
        ({"date_certainty": "unknown: no stamp"}, "Rina. (2023, 28 April) [tanggal tidak pasti]. Guru ke Darwin. Kabar."),
        (
            {"date_certainty": "unknown", "date": "2023", "language": "en"},
            "Rina. (2023) [date uncertain]. Guru ke Darwin. Kabar.",
        ),
        ({"date": "", "date_certainty": "unknown"}, "Rina. (t.t.). Guru ke Darwin. Kabar."),
        ({"author": "Kabar"}, "Kabar. (2023, 28 April). Guru ke Darwin."),
        ({"author": "KABAR"}, "KABAR. (2023, 28 April). Guru ke Darwin."),
        ({"author": "Rina; Ana", "date": "2023"}, "Rina dan Ana. (2023). Guru ke Darwin. Kabar."),
        ({"author": "Rina;Ana; Budi;", "date": "2023"}, "Rina, Ana, dan Budi. (2023). Guru ke Darwin. Kabar."),
        ({"author": "Rina; Ana", "date": "2023", "language": "en"}, "Rina & Ana. (2023). Guru ke Darwin. Kabar."),
        (
            {"author": "Sari, R.; Adi, A.", "date": "2023", "language": "en"},
            "Sari, R., & Adi, A. (2023). Guru ke Darwin. Kabar.",
        ),
        ({"date": "", "language": "en", "author": "", "outlet": ""}, "Guru ke Darwin. (n.d.)."),
    ],
)
def test_a_reference_that_is_missing_is_made_of_what_is_known(tmp_path, known, reference):
    for columns in (NEEDED, [*NEEDED, "reference"]):
        assert read_corpus(corpus(tmp_path, row(reference="", **known), columns=columns))["reference"].tolist() == [reference]


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({"volume": "3", "issue": "2", "pages": "11-20"}, " Kabar, 3(2), 11-20."),
        ({"volume": "3"}, " Kabar, 3."),
        ({"issue": "2", "pages": "11-20"}, " Kabar, (2), 11-20."),
        ({"volume": "3", "issue": "2", "author": "Kabar"}, " 3(2)."),
        ({"volume": "3", "issue": "2", "outlet": "", "pages": ""}, " 3(2)."),
        ({"volume": "3", "issue": "2", "pages": "11", "kind": "news"}, " Kabar."),
    ],
)
def test_the_made_reference_of_an_article_says_volume_issue_and_pages(tmp_path, known, place):
    columns = [*NEEDED, "volume", "issue", "pages"]
    table = read_corpus(corpus(tmp_path, row(**{"kind": "journal", "date": "2023", **known}), columns=columns))
    assert table["reference"].item() == f"{known.get('author', 'Rina')}. (2023). Guru ke Darwin.{place}"


def test_a_reference_that_is_given_stands_as_it_is(tmp_path):
    given = "Rina (2023) Guru"
    table = read_corpus(corpus(tmp_path, row(reference=given), columns=[*NEEDED, "reference", "volume"]))
    assert table["reference"].tolist() == [given]


def test_an_empty_list_gives_an_empty_table_with_its_columns(tmp_path):
    table = read_corpus(corpus(tmp_path))
    assert len(table) == 0
    assert list(table.columns)[-1] == "text"


def test_the_path_may_be_a_string(tmp_path):
    pd.testing.assert_frame_equal(read_corpus(str(corpus(tmp_path, row()))), read_corpus(tmp_path))


@pytest.mark.parametrize(
    ("written", "certainty", "note"),
    [("given", "given", ""), ("inferred: a Wednesday", "inferred", "a Wednesday"), ("unknown; lost", "unknown", "lost")],
)
def test_a_reason_may_follow_the_certainty_of_a_date(tmp_path, written, certainty, note):
    table = read_corpus(corpus(tmp_path, row(date_certainty=written)))
    assert table.loc[0, ["date_certainty", "date_note"]].tolist() == [certainty, note]


@pytest.mark.parametrize("date", ["2023", "2023-04", "2023-04-28", "2024-02-29", ""])
def test_a_date_is_as_exact_as_known(tmp_path, date):
    assert read_corpus(corpus(tmp_path, row(date=date)))["date"].tolist() == [date]


@pytest.mark.parametrize(
    "date", ["28-04-2023", "2023-4-28", "2023-13", "2023-02-29", "2023-00-01", "0000", "April 2023", "٢٠٢٣"]
)
def test_what_is_no_day_of_the_calendar_is_refused(tmp_path, date):
    words = f"line 2: date '{date}' is not a date: write 2023, 2023-04 or 2023-04-28, or nothing"
    assert words in fault(tmp_path, row(date=date))


def test_kind_and_certainty_are_among_those_known(tmp_path):
    message = fault(tmp_path, row(kind="newz", date_certainty="maybe"))
    assert "line 2: kind 'newz' is not known. Did you mean 'news'?" in message
    assert "line 2: date_certainty 'maybe' must begin with one of: given, inferred, unknown (a reason may follow)" in message


@pytest.mark.parametrize("identifier", ["", "kota kupang", "a/b", "<b>", "a\n"])
def test_an_id_is_a_word(tmp_path, identifier):
    words = f"document '{identifier}': an id is made of letters, digits, '-', '_' and '.'"
    assert words in fault(tmp_path, row(document=identifier))


@pytest.mark.parametrize(
    ("one", "two"), [("kupang", "kupang"), ("kupang", "Kupang"), ("kafé", "kafe\u0301"), ("straße", "STRASSE")]
)
def test_ids_that_a_disk_or_a_reader_would_confuse_are_refused(tmp_path, one, two):
    second = row(document=two, file="b.txt", content=b"lain")
    message = fault(tmp_path, row(document=one), second, texts={"kupang.txt": TEXT.encode(), "b.txt": b"lain"})
    if two == "kafe\u0301":  # a combining mark is no letter
        assert "line 3: document" in message
    else:
        assert f"line 3: document '{two}' is already on line 2" in message


def test_the_same_text_twice_is_refused_for_it_would_count_twice(tmp_path):
    message = fault(
        tmp_path, row(), row(document="salinan", file="b.txt"), texts={"kupang.txt": TEXT.encode(), "b.txt": TEXT.encode()}
    )
    assert "line 3: document 'salinan' has the very text of 'kupang': a text counts once, keep one line" in message


def test_all_faults_are_told_at_once(tmp_path):
    assert fault(tmp_path, row(kind="x", date="x"), row(document="b", file="tidak.txt")).startswith("3 faults\n")


def test_a_corpus_without_its_list_is_said_to_lack_it(tmp_path):
    with pytest.raises(ValueError, match=r"documents\.csv: there is no such file"):
        read_corpus(tmp_path)


# --- the texts ---


@pytest.mark.parametrize("name", HOSTILE)
def test_no_path_leads_out_of_the_folder(tmp_path, monkeypatch, name):
    inside = tmp_path / "corpus"
    (inside / "teks").mkdir(parents=True)
    (tmp_path / "rahasia.txt").write_bytes(TEXT.encode())
    corpus(inside, row(file=name))
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda path: _only(path, inside / "documents.csv"))
    with pytest.raises(ValueError, match=r"must be a path inside|is not in|could not be read"):
        read_corpus(inside)


def _only(path, allowed):
    assert path == allowed, f"{path} was opened"
    with open(path, "rb") as opened:
        return opened.read()


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_not(tmp_path):
    inside = tmp_path / "corpus"
    (inside / "asli").mkdir(parents=True)
    (tmp_path / "rahasia.txt").write_bytes(TEXT.encode())
    (inside / "asli" / "kupang.txt").write_bytes(TEXT.encode())
    (inside / "keluar.txt").symlink_to(tmp_path / "rahasia.txt")
    (inside / "dalam.txt").symlink_to(inside / "asli" / "kupang.txt")
    (inside / "luar").symlink_to(tmp_path)
    (inside / "putar.txt").symlink_to("putar.txt")
    assert len(read_corpus(corpus(inside, row(file="dalam.txt")))) == 1
    for name in ("keluar.txt", "luar/rahasia.txt"):
        assert f"file '{name}' leads out of {inside} through a link" in fault(inside, row(file=name))
    assert "file 'putar.txt'" in fault(inside, row(file="putar.txt"))


def test_an_unreadable_text_is_named(tmp_path):
    assert "could not be read" in fault(tmp_path, row(file="a" * 5000))


def test_a_text_that_is_not_there_is_named_with_one_that_is(tmp_path):
    assert f"file 'kupan.txt' is not in {tmp_path}. Did you mean 'kupang.txt'?" in fault(tmp_path, row(file="kupan.txt"))


def test_a_text_that_is_not_there_is_never_taken_for_that_of_another_line_or_for_an_original(tmp_path):
    lines = [row(), row(document="kupan", file="kupan.txt")]
    assert fault(tmp_path, *lines) == f"{tmp_path / 'documents.csv'}, line 3: file 'kupan.txt' is not in {tmp_path}."


@pytest.mark.parametrize("sha256", ["0" * 64, ""])
def test_a_text_whose_original_is_kept_can_be_put_back(tmp_path, sha256):
    (tmp_path / "asli.docx").write_bytes(b"asli")
    again = f"To put it back as it was made: qualkit add {(tmp_path / 'asli.docx').as_posix()} --by NAME"
    lost = row(source="asli.docx", sha256=sha256, **({} if sha256 else {"file": "hilang.txt"}))
    assert fault(tmp_path, lost, columns=[*NEEDED, "source"]).endswith(again)


def test_documents_without_fault_are_given_with_the_faults_of_the_others(tmp_path):
    lines = [row(date="2024-13", date_certainty="mungkin", kind="newz"), row(document="ambon", file="ambon.txt")]
    documents, faults = documents_and_faults(corpus(tmp_path, *lines))
    assert documents[["document", "date", "date_certainty", "text"]].values.tolist() == [["kupang", "", "unknown", TEXT]]
    assert sorted({line for line, _ in faults.found}) == [2, 3]


def test_a_changed_text_is_told_with_its_new_checksum(tmp_path):
    found = hashlib.sha256(TEXT.encode()).hexdigest()
    message = fault(tmp_path, row(sha256="0" * 64))
    assert f"line 2: file 'kupang.txt' is not the text this line was written for: its sha256 is {found}." in message
    assert "If the change is meant, put that number into column sha256 and read the codings again." in message


def test_a_checksum_may_be_in_capitals(tmp_path):
    assert len(read_corpus(corpus(tmp_path, row(sha256=row()["sha256"].upper())))) == 1


def test_a_byte_order_mark_is_not_text_but_counts_in_the_checksum(tmp_path):
    content = b"\xef\xbb\xbf" + TEXT.encode()
    assert read_corpus(corpus(tmp_path, row(content=content), texts={"kupang.txt": content}))["text"].tolist() == [TEXT]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"])
def test_another_encoding_is_refused_and_never_guessed(tmp_path, encoding):
    content = "Kota Kupang: café, Rp1.000 ©\n".encode(encoding)
    message = fault(tmp_path, row(content=content), texts={"kupang.txt": content})
    assert "is not UTF-8 (byte " in message or "contains NUL characters: it is no text file" in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "kota\0kupang".encode("utf-16-le").replace(b"\xff", b""),
            "file 'kupang.txt' contains NUL characters: it is no text file",
        ),
        (b"", "file 'kupang.txt' is empty"),
        (" \n\u00a0\n".encode(), "file 'kupang.txt' is empty"),
        (
            "satu\nkafÃ© baru\n".encode(),
            "file 'kupang.txt', line 2: letters damaged by a wrong encoding; mend the file by hand",
        ),
        ("â€œmaju\n".encode(), "file 'kupang.txt', line 1: letters damaged by a wrong encoding"),
        ("kota\ufffd\n".encode(), "file 'kupang.txt', line 1: letters damaged by a wrong encoding"),
        (b"kota \xed\xa0\x80", "file 'kupang.txt' is not UTF-8 (byte 5); save it as UTF-8"),
    ],
)
def test_a_text_that_cannot_be_right_is_refused(tmp_path, content, words):
    assert words in fault(tmp_path, row(content=content), texts={"kupang.txt": content})


@pytest.mark.parametrize("word", ["São", "Âge", "café", "“maju”", "🇮🇩 kota"])
def test_foreign_letters_are_no_damage(tmp_path, word):
    content = f"Kota {word} maju.".encode()
    assert read_corpus(corpus(tmp_path, row(content=content), texts={"kupang.txt": content}))["text"].tolist() == [
        content.decode()
    ]


def test_the_shipped_edition_is_whole():
    documents = read_corpus("corpus")
    assert documents["document"].tolist() == [
        "rakhmadi-2023", "antara-medan-gwangju", "antara-bekasi-korea", "cnn-jakarta-gyeonggi", "bisnis-jakarta-shanghai",
    ]  # fmt: skip
    assert documents["date_certainty"].isin(["given", "inferred", "unknown"]).all()


def test_a_kind_in_indonesian_or_misspelt_is_understood_in_the_message():
    assert meant("Wawancara") == " Did you mean 'interview'?"
    assert meant("newz") == " Did you mean 'news'?"
    assert meant("xyz").startswith(" Possible: news, journal, interview, ")
