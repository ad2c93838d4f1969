"""Two invented memos; then everything the head of a memo can get wrong, and that no memo is ever written over."""

import datetime
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit import memos
from qualkit.audit import LOG, check_audit, read_audit
from qualkit.codebook import read_codebook
from qualkit.memos import COLUMNS, KINDS, read_memos, write_memo

ROOT = Path(__file__).resolve().parents[1]
BOOK = read_codebook(ROOT / "codebook.yaml")
SEGMENTS = pd.DataFrame({"document": ["jurnal", "jurnal", "berita"], "segment": [1, 2, 1]})
STATEMENTS = pd.DataFrame({"statement": ["S1", "S1", "S2"], "document": "jurnal"})


class Claimed:
    id = "C1"


MEMO = """\
---
kind: analytic
title: Guru pulang
author: rani
date: "2026-11-22"
about:
  - "case:SUB-BUS"
  - "sector:DIK.GURU"
  - "family:DIK"
  - "statement:S2"
  - "passage:jurnal: 1, 2"
  - "document:berita"
  - "claim:C1"
  - "memo:2026-11-01-awal"
  - "pattern:P1"
---

Para guru pulang dengan **cara** baru.

---
Apakah itu bertahan?
"""


def put(folder, text, name="catatan.md"):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(folder):
    return read_memos(folder, STATEMENTS, BOOK, SEGMENTS, [Claimed])


# --- reading ---


def test_a_memo_is_read_as_it_stands(tmp_path):
    put(tmp_path, MEMO)
    assert read(tmp_path).to_dict("records") == [
        {
            "memo": "catatan",
            "kind": "analytic",
            "title": "Guru pulang",
            "author": "rani",
            "date": "2026-11-22",
            "about": "case:SUB-BUS; sector:DIK.GURU; family:DIK; statement:S2; passage:jurnal: 1, 2; document:berita; claim:C1; "
            "memo:2026-11-01-awal; pattern:P1",
            "text": "Para guru pulang dengan **cara** baru.\n\n---\nApakah itu bertahan?",
        }
    ]


def test_the_oldest_memo_is_first_and_all_kinds_are_known(tmp_path):
    for date, kind, name in (("2026-11-02", "jotting", "a"), ("2026-11-01", "interim", "c"), ("2026-11-01", "interim", "b")):
        put(tmp_path, f"---\nkind: {kind}\ntitle: t\nauthor: x\ndate: '{date}'\n---\nteks", f"{name}.md")
    table = read_memos(tmp_path)
    assert table["memo"].tolist() == ["b", "c", "a"] and table["about"].tolist() == ["", "", ""]
    assert table["kind"].value_counts(sort=False).to_dict() == {"jotting": 1, "analytic": 0, "method": 0, "interim": 2}


def test_a_folder_without_memos_is_a_table_without_rows_and_one_that_is_not_there_is_told(tmp_path):
    assert list(read_memos(tmp_path).columns) == list(COLUMNS) and read_memos(tmp_path).empty
    with pytest.raises(ValueError) as said:
        read_memos(tmp_path / "tidak")
    assert str(said.value) == f"{tmp_path / 'tidak'}: there is no such folder of memos"


def test_what_is_not_given_is_not_checked(tmp_path):
    put(tmp_path, MEMO.replace("SUB-BUS", "SUB-BUSAN").replace("S2", "S22").replace("case:", "kasus:"))
    assert len(read_memos(tmp_path)) == 1
    assert len(read_memos(tmp_path, segments=SEGMENTS, claims=[Claimed])) == 1


def test_a_memo_saved_on_windows_is_read_the_same(tmp_path):
    put(tmp_path, MEMO)
    before = read(tmp_path)
    put(tmp_path, b"\xef\xbb\xbf" + MEMO.replace("\n", "\r\n").encode())
    pd.testing.assert_frame_equal(read(tmp_path), before)


def test_reading_leaves_the_tables_as_they_were(tmp_path):
    put(tmp_path, MEMO)
    statements, segments = STATEMENTS.copy(deep=True), SEGMENTS.copy(deep=True)
    read(tmp_path)
    pd.testing.assert_frame_equal(STATEMENTS, statements)
    pd.testing.assert_frame_equal(SEGMENTS, segments)


# --- mistakes in a file ---

KNOWN = "statement, passage, document, claim, pattern, memo"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("kind: analytic", "kind: analityc", 2, "kind 'analityc' is not known. Did you mean 'analytic'?"),
        ("kind: analytic", "kind:", 2, "the memo has no kind"),
        ("kind: analytic", "kind: [analytic]", 2, "the memo: kind must be a text"),
        ("author: rani", "author: ' '", 2, "the memo has no author"),
        ("author: rani", "writer: rani", 4, "the memo: unknown field 'writer'. Possible: kind, title, author, date, about."),
        ('date: "2026-11-22"', "", 2, "the memo has no date"),
        ('date: "2026-11-22"', "date: 2026-11-22", 5,
         '2026-11-22 would be read as a date by other programs; write "2026-11-22" in quotes'),
        ('date: "2026-11-22"', 'date: "2026-02-30"', 5, "date '2026-02-30' is no day of the calendar, such as \"2026-11-22\""),
        ('date: "2026-11-22"', 'date: "2026-11"', 5, "date '2026-11' is no day of the calendar, such as \"2026-11-22\""),
        ('date: "2026-11-22"', 'date: kemarin', 5, "date 'kemarin' is no day of the calendar, such as \"2026-11-22\""),
        ('"case:SUB-BUS"', '"case:SUB-BSU"', 6, "about 'case:SUB-BSU': there is no case 'SUB-BSU'. Did you mean 'SUB-BUS'?"),
        ('"sector:DIK.GURU"', '"sector:DIK.GURUU"', 6,
         "about 'sector:DIK.GURUU': there is no sector 'DIK.GURUU'. Did you mean 'DIK.GURU'?"),
        ('"case:SUB-BUS"', '"kase:SUB-BUS"', 6,
         f"about 'kase:SUB-BUS': a memo is about a code of a facet or about a {KNOWN}. Did you mean 'case'?"),
        ('"statement:S2"', '"statement:S3"', 6, "about 'statement:S3': there is no statement 'S3'. Possible: S1, S2."),
        ('"document:berita"', '"document:brita"', 6, "about 'document:brita': there is no document 'brita'. Did you mean 'berita'?"),
        ('"claim:C1"', '"claim:C7"', 6, "about 'claim:C7': there is no claim 'C7'. Possible: C1."),
        ('"passage:jurnal: 1, 2"', '"passage:jurnal: 1, 9"', 6,
         "about 'passage:jurnal: 1, 9': there is no passage 'jurnal: 9'. Did you mean 'jurnal: 2'?"),
        ('"passage:jurnal: 1, 2"', '"passage:jurnal 1"', 6,
         "about 'passage:jurnal 1': a passage is written as \"passage:document: segment\""),
        ('"passage:jurnal: 1, 2"', "passage:jurnal: 1, 2", 6,
         'the memo: about must be a list of things such as "case:SUB-BUS", each in quotes'),
        ('"case:SUB-BUS"', "SUB-BUS", 6,
         "about 'SUB-BUS': say what and which, as in \"case:SUB-BUS\" or \"passage:rakhmadi-2023: 93\""),
        ('"case:SUB-BUS"', '"case:SUB-BUS; case:MDN-GWJ"', 6,
         "about 'case:SUB-BUS; case:MDN-GWJ': say what and which, as in \"case:SUB-BUS\" or \"passage:rakhmadi-2023: 93\""),
        ("title: Guru pulang", "title: &a Guru", 3, "anchors (&), aliases (*) and tags (!) are not allowed here"),
        ("title: Guru pulang", "author: budi", 4, "'author' stands twice; it is already on line 3"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line(tmp_path, old, new, line, said):
    assert MEMO.count(old) == 1
    path = put(tmp_path, MEMO.replace(old, new))
    with pytest.raises(ValueError) as raised:
        read(tmp_path)
    assert f"{path}, line {line}: {said}" in str(raised.value).splitlines()


def test_a_head_that_is_no_yaml_is_told(tmp_path):
    path = put(tmp_path, MEMO.replace("author: rani", 'author: "rani'))
    with pytest.raises(ValueError, match="not readable as YAML: ") as raised:
        read(tmp_path)
    assert str(raised.value).startswith(f"{path}, line ")


@pytest.mark.parametrize(
    "text", ["", "Hanya teks.\n", "---\nkind: jotting\n", "---\n---\nteks\n", "---\n- kind\n---\nteks", "--- x\n---\n"]
)
def test_a_file_without_a_head_is_told(tmp_path, text):
    path = put(tmp_path, text)
    with pytest.raises(ValueError) as said:
        read(tmp_path)
    assert str(said.value) == (
        f"{path}, line 1: a memo begins with a head between two lines '---': kind, title, author, date and, if wanted, about"
    )


def test_a_memo_without_a_text_is_told(tmp_path):
    path = put(tmp_path, MEMO.partition("\n\n")[0] + "\n\n  \n")
    with pytest.raises(ValueError) as said:
        read(tmp_path)
    assert str(said.value) == f"{path}: the memo has no text below its head"


def test_the_faults_of_all_files_are_told_at_once(tmp_path):
    put(tmp_path, MEMO.replace("analytic", "x").replace("rani", ""), "a.md")
    put(tmp_path, "teks", "b.md")
    with pytest.raises(ValueError) as said:
        read(tmp_path)
    assert [line.partition(":")[0] for line in str(said.value).splitlines()] == [
        "3 faults", f"{tmp_path / 'a.md'}, line 2", f"{tmp_path / 'a.md'}, line 2", f"{tmp_path / 'b.md'}, line 1",
    ]  # fmt: skip


def test_tables_that_are_none_are_named(tmp_path):
    with pytest.raises(ValueError, match="statements has no column statement: pass the table that read_statements returns"):
        read_memos(tmp_path, SEGMENTS)
    with pytest.raises(ValueError, match="segments has no column segment: pass the table that split returns"):
        read_memos(tmp_path, segments=STATEMENTS)


# --- writing ---


def test_a_memo_is_named_by_date_and_title_signed_and_logged(tmp_path):
    folder = tmp_path / "memos"
    path = write_memo(
        folder, "jotting", "Siapa membayar?", "rani", "Tak ada teks yang menyebutnya.", ["case:SUB-BUS"], "2026-11-22"
    )
    assert path == folder / "2026-11-22-siapa-membayar.md"
    assert read(folder).iloc[0].tolist() == [
        "2026-11-22-siapa-membayar", "jotting", "Siapa membayar?", "rani", "2026-11-22", "case:SUB-BUS", "Tak ada teks yang menyebutnya.",
    ]  # fmt: skip
    assert read_audit(folder)[["who", "action", "what", "why"]].values.tolist() == [
        ["rani", "created", path.name, "jotting memo: Siapa membayar?"]
    ]


def test_a_second_memo_of_the_same_name_gets_a_number(tmp_path):
    names = [write_memo(tmp_path, "method", "Aturan!", "rani", f"{n}", date="2026-11-22").name for n in range(3)]
    assert names == ["2026-11-22-aturan.md", "2026-11-22-aturan-2.md", "2026-11-22-aturan-3.md"]
    assert read_memos(tmp_path)["text"].tolist() == ["0", "1", "2"]


def test_the_same_memo_written_twice_is_there_twice(tmp_path):
    paths = [write_memo(tmp_path, "method", "Aturan", "rani", "Teks.", date="2026-11-22") for _ in range(2)]
    assert paths[0].read_bytes() == paths[1].read_bytes() and len(read_audit(tmp_path)) == 2


def test_a_memo_without_a_date_is_of_today(tmp_path):
    before = datetime.date.today()
    path = write_memo(tmp_path, "method", "Aturan", "rani", "Teks.")
    assert before <= datetime.date.fromisoformat(path.name[:10]) <= datetime.date.today()


def test_a_title_without_letters_gives_the_kind_as_name_and_a_long_one_is_cut(tmp_path):
    assert write_memo(tmp_path, "method", "???", "rani", "Teks.", date="2026-11-22").name == "2026-11-22-method.md"
    assert (
        write_memo(tmp_path, "method", "광주 " * 30, "rani", "Teks.", date="2026-11-22").name
        == f"2026-11-22-{'광주-' * 16}광주.md"
    )
    assert write_memo(tmp_path, "method", "../../etc/passwd", "rani", "x", date="2026-11-22").parent == tmp_path


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "xyz"}, "kind 'xyz' is not known. Possible: jotting, analytic, method, interim."),
        ({"title": " "}, "a memo has a kind, a title, an author and a text; title is empty"),
        ({"author": ""}, "a memo has a kind, a title, an author and a text; author is empty"),
        ({"text": "\n"}, "a memo has a kind, a title, an author and a text; text is empty"),
        ({"date": "22-11-2026"}, "date '22-11-2026' is no day of the calendar, such as \"2026-11-22\""),
        ({"about": "case:SUB-BUS"}, 'about is a list: write ["case:SUB-BUS"]'),
        ({"about": ["SUB-BUS"]}, 'about \'SUB-BUS\': say what and which, as in "case:SUB-BUS" or "passage:rakhmadi-2023: 93"'),
    ],
)
def test_what_is_no_memo_is_not_written(tmp_path, changed, said):
    memo = {"kind": "method", "title": "Aturan", "author": "rani", "text": "Teks.", "date": "2026-11-22"}
    with pytest.raises(ValueError) as raised:
        write_memo(tmp_path, **(memo | changed))
    assert str(raised.value) == said and not list(tmp_path.iterdir())


def test_a_memo_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / LOG).mkdir()
    with pytest.raises(ValueError, match=r"audit\.jsonl could not be written"):
        write_memo(tmp_path, "method", "Aturan", "rani", "Teks.")


def test_a_name_that_someone_takes_just_now_is_not_written_over(tmp_path, monkeypatch):
    def meanwhile(path, *arguments, record=memos.record, **named):
        if path.name == "2026-11-22-aturan.md":
            path.write_bytes(b"of another")
        return record(path, *arguments, **named)

    monkeypatch.setattr(memos, "record", meanwhile)
    assert write_memo(tmp_path, "method", "Aturan", "rani", "Teks.", date="2026-11-22").name == "2026-11-22-aturan-2.md"
    assert (tmp_path / "2026-11-22-aturan.md").read_bytes() == b"of another"


WRITER = """
import sys
from qualkit.memos import write_memo
for number in range(15):
    write_memo(sys.argv[1], "jotting", "Sama", sys.argv[2], f"{number}", date="2026-11-22")
"""


def test_two_who_write_memos_of_one_name_at_once_lose_none(tmp_path):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), who], cwd=ROOT) for who in ("ani", "budi")]
    assert [writer.wait() for writer in writers] == [0, 0]
    table = read_memos(tmp_path)
    assert sorted(zip(table["author"], table["text"].astype(int), strict=True)) == [
        (w, n) for w in ("ani", "budi") for n in range(15)
    ]
    assert set(check_audit(tmp_path)["state"]) == {"as logged"} and set(read_audit(tmp_path)["note"]) == {""}


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip)


@given(st.lists(st.tuples(st.sampled_from(list(KINDS)), WORDS, WORDS, WORDS), min_size=1, max_size=4))
def test_what_was_written_is_read_back_and_nothing_is_written_over(tmp_path_factory, written):
    folder = tmp_path_factory.mktemp("memos")
    contents = {}
    for kind, title, author, text in written:
        path = write_memo(folder, kind, title, author, text, ["case:SUB-BUS", "passage:jurnal: 1"], "2026-11-22")
        assert path not in contents
        contents[path] = path.read_bytes()
    assert {path: path.read_bytes() for path in contents} == contents
    table = read(folder).set_index("memo").loc[[path.stem for path in contents]]
    assert table["kind"].tolist() == [kind for kind, *_ in written]
    assert table["title"].tolist() == [" ".join(title.split()) for _, title, _, _ in written]
    assert [t.replace("\r\n", "\n") for t in table["text"]] == [text.strip().replace("\r\n", "\n") for *_, text in written]
    assert set(table["about"]) == {"case:SUB-BUS; passage:jurnal: 1"}
