"""Files come in as they stand, faults are told in words, and what is written is read back the same."""

import contextlib
import errno
import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qualkit.tables import (
    Entry,
    Faults,
    Named,
    Names,
    _document,
    as_cell,
    csv_bytes,
    did_you_mean,
    difference,
    guarded,
    is_named,
    need_columns,
    one_line,
    read_rows,
    read_text,
    read_yaml,
    records,
    remedy,
    said,
    salvage,
    unguarded,
    write_whole,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"]))


def file(folder, content, name="berkas.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder, text):
    """The content of a YAML file and the messages of its faults."""
    content, faults = read_yaml(file(folder, text, "kode.yaml"))
    return content, faults.found


# --- faults ---


def test_one_fault_is_one_line():
    faults = Faults("kode.yaml")
    faults.add(3, "tanpa contoh")
    with pytest.raises(ValueError, match=r"^kode\.yaml, line 3: tanpa contoh$"):
        faults.stop()


def test_all_faults_are_told_in_the_order_of_the_lines():
    faults = Faults("kode.yaml")
    faults.add(9, "kedua")
    faults.add(None, "seluruh berkas")
    faults.add(3, "pertama")
    with pytest.raises(ValueError) as raised:
        faults.stop()
    assert str(raised.value).splitlines() == [
        "3 faults",
        "kode.yaml: seluruh berkas",
        "kode.yaml, line 3: pertama",
        "kode.yaml, line 9: kedua",
    ]


def test_no_fault_stops_nothing():
    Faults("kode.yaml").stop()


def test_the_nearest_option_is_proposed_in_its_own_spelling():
    assert did_you_mean("dik.guruu", ["DIK.GURU", "DIK.PT"]) == " Did you mean 'DIK.GURU'?"


def test_an_option_is_found_by_what_else_it_is_called_but_first_by_its_own_name():
    status = [Named("planned", "Direncanakan", "Planned"), Named("done", "Dilaksanakan", "Implemented")]
    assert did_you_mean("dilaksanakan", status) == " Did you mean 'done'?"
    assert did_you_mean("x", status) == " Possible: planned, done."
    assert did_you_mean("umum", [Named("EKO", "Umum"), Named("umum", "Lain"), Named("DIK", "Umum")]) == " Did you mean 'umum'?"
    assert did_you_mean("Umum", [Named("EKO", "Umum"), Named("DIK", "Umum")]) == " Did you mean 'EKO'?"


def test_an_id_that_knows_its_names_is_a_plain_text_elsewhere():
    name = Named("DIK.GURU", "Guru", "Teachers")
    assert (name, repr(name), name.names) == ("DIK.GURU", "'DIK.GURU'", ("Guru", "Teachers"))
    assert yaml.safe_dump({"code": name}) == "code: DIK.GURU\n"
    again = pickle.loads(pickle.dumps(name))
    assert (again, again.names) == (name, name.names)


def test_few_options_are_all_named_and_many_are_not():
    assert did_you_mean("x", ["news", "journal"]) == " Possible: news, journal."
    assert did_you_mean("x", [f"kode-{n}" for n in range(13)]) == ""
    assert did_you_mean("x", []) == ""


def test_a_table_that_is_none_or_lacks_columns_is_named_with_its_maker():
    need_columns(pd.DataFrame({"document": []}), ["document"], "documents", "read_corpus")
    with pytest.raises(ValueError, match="documents must be the table that read_corpus returns, not list"):
        need_columns([], ["document"], "documents", "read_corpus")
    with pytest.raises(ValueError, match="documents has no column text, title: pass the table that read_corpus returns"):
        need_columns(pd.DataFrame({"document": []}), ["document", "text", "title"], "documents", "read_corpus")


# --- CSV ---


def test_cells_stay_text_and_rows_know_their_line(tmp_path):
    path = file(tmp_path, 'kode,nilai,catatan\n007,NA,"dua\nbaris"\n\n1.10,null,\n')
    assert read_rows(path, ["kode"], optional=["memo"]) == [
        {"memo": "", "kode": "007", "nilai": "NA", "catatan": "dua\nbaris", "line": "2"},
        {"memo": "", "kode": "1.10", "nilai": "null", "catatan": "", "line": "5"},
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    assert read_rows(file(tmp_path, "\ufeffkode\na\n"), ["kode"])[0]["kode"] == "a"


@pytest.mark.parametrize("mark", ["\u2028", "\x0b", "\x0c", "\x85", "\x1c"])
def test_only_a_line_feed_ends_a_row(tmp_path, mark):
    rows = read_rows(file(tmp_path, f"kode,memo\na,satu{mark}dua\nb,tiga\n"), ["kode"])
    assert [(row["memo"], row["line"]) for row in rows] == [(f"satu{mark}dua", "2"), ("tiga", "3")]


def test_a_quotation_longer_than_the_csv_limit_is_read(tmp_path):
    assert len(read_rows(file(tmp_path, "kutipan\n" + "a" * 200_000 + "\n"), ["kutipan"])[0]["kutipan"]) == 200_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("kode,kode\na,b\n", "line 1: column 'kode' stands twice in the header"),
        ("kode,\na,b\n", "line 1: column 2 has no name in the header"),
        ("kode,line\na,b\n", "line 1: column 'line' must have another name: here it means the line of the file"),
        ("kod\na\n", r"line 1: column 'kode' is missing. Did you mean 'kod'\?"),
        ("", "line 1: column 'kode' is missing."),
        (
            '"kode,memo"\n"a,satu"\n',
            r"line 1: all columns stand in one cell: a spreadsheet took another separator for it, and saved it so\. Take an earlier "
            r"version of the file, and open it with Data > From Text/CSV \(separator: comma\)$",
        ),
        ("kode\tmemo\na\tsatu\n", "line 1: all columns stand in one cell"),
        ("kode,memo\na\n", "line 2: 1 cell, but the header has 2 columns"),
        ('kode\n"a"b\n', "line 2: not a readable CSV file"),
    ],
)
def test_what_is_wrong_with_a_csv_file_is_said(tmp_path, content, words):
    with pytest.raises(ValueError, match=words):
        read_rows(file(tmp_path, content), ["kode"])


def test_every_bad_row_is_told_at_once(tmp_path):
    with pytest.raises(ValueError, match="2 faults"):
        read_rows(file(tmp_path, "kode,memo\na\nb,c\nd\n"), ["kode"])


def test_a_missing_file_is_named_with_one_that_is_there(tmp_path):
    file(tmp_path, "kode\n", "coder-a.csv")
    with pytest.raises(ValueError, match=r"there is no such file\. Did you mean 'coder-a.csv'\?"):
        read_text(tmp_path / "coder-aa.csv")
    with pytest.raises(ValueError, match=r"there is no such file\. Did you mean 'coder-a.csv'\?"):
        read_text(tmp_path / "coder-a.txt")
    with pytest.raises(ValueError, match=r"there is no such file\.$"):
        read_text(tmp_path / "tidak" / "ada.csv")


def test_no_file_of_another_kind_or_name_is_proposed_for_a_missing_one(tmp_path, monkeypatch):
    for name in (".gitignore", "README.md", "documents.csv", ".codebook.yaml"):
        file(tmp_path, "", name)
    (tmp_path / "studi").mkdir()
    monkeypatch.chdir(tmp_path / "studi")
    with pytest.raises(
        ValueError, match=r"there is no such file\. Python works in the folder 'studi'; '../' goes up from there\.$"
    ):
        read_text(Path("../codebook.yaml"))
    monkeypatch.chdir(tmp_path)
    for name in ("codebook.yaml", "statements.csv"):
        back = "If it was there, take it back out of git, the trash or a copy"
        with pytest.raises(ValueError, match=rf"there is no such file\. {back}\.$"):
            read_text(tmp_path / name)
        for path in (name, f"corpus/{name}"):
            with pytest.raises(
                ValueError, match=rf"there is no such file\. Python works in the folder '{tmp_path.name}'; '../'"
            ):
                read_text(Path(path))


def test_a_folder_and_an_unreadable_path_are_said_to_be_so(tmp_path):
    with pytest.raises(ValueError, match="is a folder, not a file"):
        read_text(tmp_path)
    with pytest.raises(ValueError, match="could not be read"):
        read_text(tmp_path / ("a" * 5000))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_another_encoding_is_refused_with_line_and_byte(tmp_path, encoding):
    path = file(tmp_path, "kode\nmakna “baru”\n".encode(encoding))
    with pytest.raises(
        ValueError, match=r"line [12]: not UTF-8 \(byte \d+\)\. Save the file as UTF-8 \(in Excel: CSV UTF-8\)\."
    ):
        read_text(path)
    with pytest.raises(ValueError, match=r"Save the file as UTF-8\.$"):
        read_text(path.rename(tmp_path / "klaim.yaml"))


def test_text_is_read_without_any_change(tmp_path):
    assert read_text(file(tmp_path, "\ufeffa\r\nb\rc\n\u00a0")) == "a\r\nb\rc\n\u00a0"


# --- the guard against formulas ---


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''-"])
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(cell):
    assert guarded(cell) == "'" + cell
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["", "'kutipan'", "a=1", "'", " =1"])
def test_other_cells_are_left_alone(cell):
    assert guarded(cell) == unguarded(cell) == cell


@given(WORDS)
def test_the_guard_is_undone_exactly(cell):
    assert unguarded(guarded(cell)) == cell


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
def test_what_is_written_is_read_back_the_same(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("csv") / "berkas.csv"
    rows = [{"kode": "k", "memo": one, "kutipan": two} for one, two in cells]
    path.write_bytes(csv_bytes(rows, ["kode", "memo", "kutipan"]))
    again = read_rows(path, ["kode", "memo", "kutipan"])
    assert [{name: row[name] for name in ("kode", "memo", "kutipan")} for row in again] == rows


def test_rows_are_written_with_line_feeds_and_only_the_columns_asked_for():
    assert csv_bytes([{"a": 1, "b": "x,y", "c": "?"}, {"b": 'kata "ini"'}], ["a", "b"]) == b'a,b\n1,"x,y"\n,"kata ""ini"""\n'


# --- what can still be read of a damaged file ---

COLUMNS = ["document", "code", "memo"]
WHOLE = b'document,code,memo\na,X,\nb,Y,"satu\ndua, ""tiga"""\nc,Z,\xc3\xa9\n'


def rows_of(found):
    return [tuple(row.values()) for row in found.rows]


def test_a_whole_file_is_read_whole():
    found = salvage(WHOLE, COLUMNS)
    assert rows_of(found) == [("a", "X", ""), ("b", "Y", 'satu\ndua, "tiga"'), ("c", "Z", "é")]
    assert found.columns == tuple(COLUMNS) and found.damaged == []
    assert salvage(WHOLE) == found
    assert salvage(b"", COLUMNS) == ((), [], [])


@pytest.mark.parametrize(
    ("old", "new", "read", "damaged"),
    [
        (b"\xc3\xa9", b"\xc3\x29", "ab", [(5, "c,Z,\udcc3)")]),
        (b"a,X,", b"a,X", "bc", [(2, "a,X")]),
        (b"a,X,", b"a,X,,", "bc", [(2, "a,X,,")]),
        (b"Y,", b'Y,"', "ac", [(3, 'b,Y,""satu'), (4, 'dua, ""tiga"""')]),
        (b'tiga"""', b'tiga""', "ac", [(3, 'b,Y,"satu'), (4, 'dua, ""tiga""')]),
        (b"a,X,", b'a,"X,', "bc", [(2, 'a,"X,')]),
        (b"c,Z,", b"<<<<<<< HEAD\nc,Z,", "abc", [(5, "<<<<<<< HEAD")]),
        (b"a,X,\n", b"\n,,\n  \n,,,,,,\n", "bc", []),
    ],
)
def test_a_damaged_record_is_left_out_with_its_line_and_the_others_are_read(old, new, read, damaged):
    found = salvage(WHOLE.replace(old, new), COLUMNS)
    assert ([row["document"] for row in found.rows], found.damaged) == (list(read), damaged)


@pytest.mark.parametrize("head", [b"docXment,code,memo\n", b"document,code\nmemo\n", b'document,"ode,memo\n', b"document,code,memo\t",
                                  b"document\rcode,memo\n", b"document,code,mem\xff\n"])  # fmt: skip
def test_a_head_with_one_damaged_character_is_read_as_it_was_meant(head):
    found = salvage(head + WHOLE.partition(b"\n")[2], COLUMNS)
    assert [row["document"] for row in found.rows] == ["a", "b", "c"]
    assert [line for line, _ in found.damaged] == [1]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_column_appended_to_the_head_is_no_damaged_character(end):
    found = salvage(b"document,code,memo,notes\na,X,,hi\nb,Y,\n".replace(b"\n", end), COLUMNS)
    assert found.columns == (*COLUMNS, "notes") and rows_of(found) == [("a", "X", "")]
    assert found.damaged == [(3, "b,Y,")]


def test_rows_that_differ_are_told_from_those_that_say_the_same():
    one, two = {"code": "X", "memo": ""}, {"code": "Y", "memo": "a"}
    assert difference([one, two], [{"code": "X"}]) == ([two], [])
    assert difference([], [two]) == ([], [two])
    assert said(one) == frozenset({("code", "X")})


def test_numbers_go_on_where_they_stopped_and_around_names_that_have_one():
    names = Names(["A-2"])
    assert [names.free(name) for name in ["a", "a", "A", "a-3", "a"]] == ["a", "a-3", "A-4", "a-3-2", "a-5"]
    assert Names(["kafe\u0301"]).free("KAFÉ") == "KAFÉ-2"


def test_a_value_that_is_missing_or_was_made_a_fraction_is_written_as_people_wrote_it():
    assert [as_cell(value) for value in (None, float("nan"), 3.0, 3.5, "a")] == ["", "", "3", "3.5", "a"]


def test_the_rows_of_a_table_come_as_plain_values_by_the_names_of_the_columns():
    table = pd.DataFrame({"code": pd.Categorical(["X", None]), 2: [1, 2], "share": [0.5, None], "blind": [True, False]})
    one, other = records(table)
    assert one == {"code": "X", "2": 1, "share": 0.5, "blind": True}
    assert [type(value) for value in one.values()] == [str, int, float, bool]
    assert pd.isna(other["code"]) and pd.isna(other["share"]) and other["2"] == 2
    assert records(table.head(0)) == records(pd.DataFrame()) == []


def test_a_file_made_by_hand_is_read_with_other_order_fewer_columns_semicolons_and_lines_of_windows():
    assert salvage(b"code,document\nX,a\n", COLUMNS).rows == [{"document": "a", "code": "X", "memo": ""}]
    assert rows_of(salvage(b'document;code;memo\na;X;"b;c"\n', COLUMNS)) == [("a", "X", "b;c")]
    assert rows_of(salvage(b'\xef\xbb\xbfdocument,memo\r\na,"b\r\nc"\r\n', COLUMNS)) == [("a", "", "b\nc")]
    assert rows_of(salvage(b'document,memo\na,a 12" and a 14" pipe\n', COLUMNS)) == [("a", "", 'a 12" and a 14" pipe')]


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5))
def test_what_is_written_is_salvaged_the_same(cells):
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in cells if any(row)]
    assert salvage(csv_bytes(rows, COLUMNS), COLUMNS) == (tuple(COLUMNS), rows, [])


# --- YAML ---

GUESSED = {
    "no": "true or false", "off": "true or false", "NO": "true or false", "on": "true or false", "yes": "true or false",
    "true": "true or false", "012": "a number", "7": "a number", "1.10": "a number", "12:30": "a number", "1_000": "a number",
    "0x1F": "a number", ".5": "a number", ".inf": "a number", "2019-03-26": "a date", "2019-03-26 10:00:00": "a date",
    "=": "value", "<<": "merge",
}  # fmt: skip
NOT_GUESSED = ["DIK.GURU", "kerja sama", "1.2.3", "v1", "2019-03", "-nya", "y", "nol", "'no'", '"012"']


@pytest.mark.parametrize(("scalar", "kind"), GUESSED.items())
def test_what_other_programs_would_turn_into_something_else_is_a_fault(tmp_path, scalar, kind):
    content, faults = read(tmp_path, f"kode: baru\nid: {scalar}\n")
    assert content["id"] == scalar
    assert faults == [(2, f'{scalar} would be read as {kind} by other programs; write "{scalar}" in quotes')]


@pytest.mark.parametrize("scalar", NOT_GUESSED)
def test_words_and_quoted_scalars_stay_as_they_are(tmp_path, scalar):
    assert read(tmp_path, f"id: {scalar}\n") == ({"id": scalar.strip("'\"")}, [])


def test_a_key_that_would_be_guessed_is_a_fault_too(tmp_path):
    assert read(tmp_path, "no: a\n")[1][0][1].startswith("no would be read as true or false")


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_is_none(tmp_path, nothing):
    assert read(tmp_path, f"id: {nothing}\n") == ({"id": None}, [])


def test_an_empty_file_holds_none(tmp_path):
    assert read(tmp_path, "# belum ada\n") == (None, [])


def test_mappings_know_the_lines_of_their_keys(tmp_path):
    content, _ = read(tmp_path, "a:\n  - b: x\n    c: y\n")
    inner = content["a"][0]
    assert isinstance(inner, Entry)
    assert (inner, inner.line, inner.lines) == ({"b": "x", "c": "y"}, 2, {"b": 2, "c": 3})


def test_a_doubled_key_is_told_with_both_lines_and_the_first_stays(tmp_path):
    content, faults = read(tmp_path, "guru: a\nsiswa: b\nguru: c\n")
    assert content["guru"] == "a"
    assert faults == [(3, "'guru' stands twice; it is already on line 1")]


def test_a_key_must_be_a_word(tmp_path):
    assert read(tmp_path, "? [a, b]\n: c\n")[1] == [(1, "a key must be a word")]


@pytest.mark.parametrize("text", ["a: &x b\n", "a: *x\n", "a: !!python/object/apply:os.getcwd []\n", "a: !x b\n"])
def test_anchors_aliases_and_tags_are_refused(tmp_path, text):
    with pytest.raises(ValueError, match=r"line 1: anchors \(&\), aliases \(\*\) and tags \(!\) are not allowed here"):
        read(tmp_path, text)


def test_fifty_levels_are_read_and_fifty_one_are_not(tmp_path):
    assert read(tmp_path, "[" * 50 + "]" * 50)[1] == []
    with pytest.raises(ValueError, match="line 1: nested more than 50 levels deep"):
        read(tmp_path, "[" * 51 + "]" * 51)


def test_a_bottomless_file_is_refused_before_it_is_built(tmp_path, monkeypatch):
    parse, events = yaml.parse, []
    monkeypatch.setattr(yaml, "parse", lambda *a, **k: (events.append(event) or event for event in parse(*a, **k)))
    with pytest.raises(ValueError, match="nested more than 50 levels deep"):
        read(tmp_path, "[" * 100_000)
    assert len(events) < 60


def test_a_second_document_is_told(tmp_path):
    with pytest.raises(ValueError, match=r"kode\.yaml, line 3: a second document begins here \(---\); a file holds one"):
        read(tmp_path, "---\na: b\n--- c\n")


def test_tabs_are_read_in_quotes_and_refused_where_other_programs_refuse_them(tmp_path):
    assert read(tmp_path, 'a: "satu\tdua"\n') == ({"a": "satu\tdua"}, [])
    with pytest.raises(ValueError, match=r"kode\.yaml, line 2: not readable as YAML: found character '\\t' that cannot start"):
        read(tmp_path, "a: satu\nb: dua \ttiga\n")


@pytest.mark.parametrize("text", ["a: !%ED%A0%80 b\n", "a: !%C0%80 b\n"])
def test_a_tag_that_is_no_text_is_no_yaml(tmp_path, text):
    with pytest.raises(ValueError, match=r"kode\.yaml, line 1: not readable as YAML"):
        read(tmp_path, text)


def test_tags_are_not_declared_either(tmp_path):
    with pytest.raises(ValueError, match=r"line 2: anchors \(&\), aliases \(\*\) and tags \(!\) are not allowed here"):
        read(tmp_path, "# satu\n%TAG ! x\n---\na: b\n")


def test_the_parser_that_refuses_less_has_the_last_word(tmp_path):
    assert read(tmp_path, r'a: "\ud800"') == ({"a": "\ud800"}, [])  # the one in C refuses it


BITS = st.sampled_from(
    ["a", "kota", "- ", "-", ": ", ":", "\n", "\n  ", "\n    ", " ", "\t", "'", '"', "{", "}", "[", "]", ", ", "|", ">",
     "? ", "#", " #", "---", "...", "%", "no", "7", "~", "\\", "\\u0041", "é", "\u2028", "\x85", "\xa0", "%YAML 1.1", "!", "&", "*", "\r", "\r\n"]
)  # fmt: skip


def lined(content):
    """A content with the lines of its mappings and keys."""
    if isinstance(content, Entry):
        return content.line, [(key, content.lines[key], lined(value)) for key, value in content.items()]
    return [lined(item) for item in content] if isinstance(content, list) else content


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without its parser in C")
@given(st.lists(BITS, max_size=25).map("".join))
def test_both_parsers_read_the_same_of_what_both_read(text):
    found = []
    for parser in (yaml.CSafeLoader, yaml.SafeLoader):
        faults = Faults("kode.yaml")
        with contextlib.suppress(yaml.YAMLError):
            try:
                found.append((lined(_document(yaml.parse(text, Loader=parser), faults)), faults.found))
            except ValueError as error:
                found.append((str(error), []))
    assert len(found) < 2 or found[0] == found[1]


def test_the_codebook_reads_the_same_without_the_parser_in_c(monkeypatch):
    book = read_yaml(Path("codebook.yaml"))[0]
    monkeypatch.setattr("qualkit.tables._FAST", yaml.SafeLoader)
    assert lined(read_yaml(Path("codebook.yaml"))[0]) == lined(book)


def test_a_file_of_more_than_one_megabyte_is_refused(tmp_path):
    with pytest.raises(ValueError, match="larger than 1 MB; a codebook or a list of claims is not"):
        read(tmp_path, "a: " + "é" * 500_001)


def test_what_is_no_yaml_is_told_with_its_line(tmp_path):
    with pytest.raises(
        ValueError,
        match=r"kode\.yaml, line 2: not readable as YAML: mapping values are not allowed here; look at the indentation",
    ):
        read(tmp_path, "a: b\nc: d: e\n")
    with pytest.raises(ValueError, match=r"kode\.yaml: not readable as YAML: .*special characters are not allowed"):
        read(tmp_path, "a: \x01\n")


# --- writing ---


def test_a_file_is_written_whole_in_a_folder_that_was_not_there(tmp_path):
    path = tmp_path / "baru" / "hasil.csv"
    write_whole(path, b"satu")
    write_whole(path, b"dua")
    assert path.read_bytes() == b"dua"
    assert os.listdir(path.parent) == ["hasil.csv"]


def test_the_data_are_on_the_disk_before_they_take_the_place_of_the_old(tmp_path, monkeypatch):
    steps = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (steps.append("flush"), fsync(handle)))
    monkeypatch.setattr(os, "replace", lambda old, new: (steps.append("rename"), replace(old, new)))
    write_whole(tmp_path / "hasil.csv", b"satu")
    assert steps[:2] == ["flush", "rename"]
    assert steps[2:] == (["flush"] if os.name == "posix" else [])


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside(tmp_path, monkeypatch):
    path = file(tmp_path, "lama")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(
        ValueError, match=r"could not be written \(No space left on device\); what was there before is unchanged"
    ):
        write_whole(path, b"baru")
    assert path.read_bytes() == b"lama"
    assert os.listdir(tmp_path) == ["berkas.csv"]


def test_a_folder_that_is_a_file_is_said_to_be_in_the_way(tmp_path):
    file(tmp_path, "lama")
    with pytest.raises(ValueError, match="could not be written"):
        write_whole(tmp_path / "berkas.csv" / "hasil.csv", b"baru")


@pytest.mark.parametrize("failures", [1, 3, 5])
def test_a_file_that_another_program_holds_for_a_moment_is_waited_for(tmp_path, monkeypatch, failures):
    path, replace, left = file(tmp_path, "lama"), os.replace, [failures]

    def busy(old, new):
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(13, "Access is denied")
        replace(old, new)

    monkeypatch.setattr(os, "replace", busy)
    monkeypatch.setattr("time.sleep", lambda _: None)
    write_whole(path, b"baru")
    assert path.read_bytes() == b"baru"


def test_a_file_that_is_held_for_good_keeps_old_and_new(tmp_path, monkeypatch):
    path, waited = file(tmp_path, "lama"), []

    def busy(_old, _new):
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(os, "replace", busy)
    monkeypatch.setattr("time.sleep", waited.append)
    with pytest.raises(
        ValueError, match=r"could not be replaced \(Access is denied\); it is unchanged\. The new version is in"
    ) as raised:
        write_whole(path, b"baru")
    assert path.read_bytes() == b"lama"
    beside = next(name for name in os.listdir(tmp_path) if name != "berkas.csv")
    assert beside in str(raised.value)
    assert (tmp_path / beside).read_bytes() == b"baru"
    assert sum(waited) == pytest.approx(3.1)


def test_two_threads_that_write_one_file_do_not_share_a_draft(tmp_path):
    path = file(tmp_path, "lama")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: write_whole(path, f"{number}".encode() * 1000), range(40)))
    assert len(set(path.read_bytes().decode())) <= 2
    assert os.listdir(tmp_path) == ["berkas.csv"]


def test_a_check_that_fails_at_the_last_moment_leaves_the_old_file(tmp_path):
    path = file(tmp_path, "lama")

    def refuse():
        raise ValueError("changed meanwhile")

    with pytest.raises(ValueError, match="changed meanwhile"):
        write_whole(path, b"baru", check=refuse)
    assert path.read_bytes() == b"lama" and os.listdir(tmp_path) == ["berkas.csv"]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, ". The disk that holds the folder corpus is full: make room, then save again."),
        (errno.EACCES, ". The folder corpus can only be read: ask for the right to write in it, or work on a copy."),
        (errno.EIO, ""),
    ],
)
def test_what_can_be_done_about_a_refusal_is_told(number, told):
    assert remedy(OSError(number, ""), Path("corpus")) == told


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path):
    target, link = file(tmp_path, "lama"), tmp_path / "tautan.csv"
    link.symlink_to(target)
    write_whole(link, b"baru")
    assert link.is_symlink()
    assert target.read_bytes() == b"baru"


# --- text ---


def test_white_space_becomes_one_blank_and_a_hyphen_at_a_line_end_stays():
    assert one_line("  nilai-\r\n  nilai\u00a0 luhur\n\nkota ") == "nilai-nilai luhur kota"
    assert one_line("kota - \npelabuhan") == "kota - pelabuhan"


@given(WORDS)
def test_one_line_is_one_line_and_stays_it(text):
    assert len(one_line(text).splitlines()) <= 1
    assert one_line(one_line(text)) == one_line(text)


def test_a_file_saved_by_an_indonesian_spreadsheet_with_semicolons_is_read(tmp_path):
    (tmp_path / "a.csv").write_text('kode;memo\nDIK;"satu, dua; tiga"\n', encoding="utf-8")
    assert read_rows(tmp_path / "a.csv", ["kode"]) == [{"kode": "DIK", "memo": "satu, dua; tiga", "line": "2"}]


def test_the_numbers_that_pandas_gives_to_rows_are_no_names():
    table = pd.DataFrame({"a": [1, 2, 3]})
    assert not is_named(table) and not is_named(table[table["a"] > 1])
    assert is_named(table.set_index(pd.Index(["x", "y", "z"]))) and is_named(table.rename_axis("nomor"))


def test_a_missing_column_is_told_with_what_there_is():
    table = pd.DataFrame(columns=["case", "sector"])
    with pytest.raises(ValueError, match=r"table has no column sectors: .* Did you mean 'sector'\?"):
        need_columns(table, ["sectors"], "table", "read_statements")
    many = pd.DataFrame(columns=[f"k{n}" for n in range(13)])
    with pytest.raises(ValueError, match=r"returns\. It has: k0, k1, .*k12\."):
        need_columns(many, ["kasus"], "table", "read_statements")


def test_a_file_that_is_not_there_is_looked_for_from_the_folder_named():
    with pytest.raises(ValueError, match=rf"there is no such file\..*Python works in the folder '{Path.cwd().name}'"):
        read_text(Path("tidak-ada-di-sini") / "documents.csv")
