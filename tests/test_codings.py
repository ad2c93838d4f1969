"""Two coders code a small text; it is edited, restated in another edition, and their files are spoilt in every way."""

import csv
import hashlib
import re
import shutil
import warnings
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit import codings
from qualkit.audit import LOG, check_audit, fingerprint, log_changes, newest_first, read_audit
from qualkit.codebook import read_codebook
from qualkit.coderfile import CoderFile
from qualkit.codings import CODING_KEY, FILE_COLUMNS, code_segments, read_codings, to_settle, write_codings
from qualkit.corpus import read_corpus
from qualkit.placing import Places, placed
from qualkit.revision import COLUMNS as REVISIONS
from qualkit.revision import STATES, to_decide
from qualkit.segments import split
from qualkit.suggest import suggest_codings
from qualkit.tables import csv_bytes, one_line, read_rows
from qualkit.trash import put_back, removed_rows
from qualkit.versions import backups

ROOT = Path(__file__).resolve().parents[1]
BOOK = read_codebook(ROOT / "codebook.yaml")
TEXT = (
    "Dua belas guru dari Kota Surya tiba pada bulan Maret. Mereka meninjau tiga sekolah di Kota Laut.\n\n"
    "Kedua wali kota menanam pohon beringin bersama. Rombongan pulang dengan kapal.\n"
)
# The same statements, sentence by sentence, in other words.
RESTATED = (
    "Pada Maret datanglah 12 guru asal Kota Surya. Tiga sekolah Kota Laut mereka kunjungi.\n\n"
    "Sebatang beringin ditanam kedua wali kota. Dengan kapal rombongan kembali.\n"
)
NEEDED = ("document", "segment", "code", "coder")


def segments_of(text, document="d"):
    table = pd.DataFrame({"document": [document], "sha256": [hashlib.sha256(text.encode()).hexdigest()], "text": [text]})
    return split(table, into="sentences")


SEGMENTS = segments_of(TEXT)


def coded(*codes, coder="ani", segments=SEGMENTS, created="2026-11-01"):
    """Codings of whole segments: (segment, code) or (segment, code, memo, statement)."""
    rows = [dict(zip(("segment", "code", "memo", "statement"), code, strict=False), document="d") for code in codes]
    return code_segments(segments, pd.DataFrame(rows), BOOK, coder, created)


def put(folder, coder="ani", columns=FILE_COLUMNS, by=None, **cells):
    """A coder's file made by hand; every cell is a list, or one value for all rows. `by`: who the rows say coded."""
    length = max(len(value) for value in cells.values() if isinstance(value, list))
    cells = {"document": "d", "coder": by or coder} | cells
    rows = [{name: value[n] if isinstance(value, list) else value for name, value in cells.items()} for n in range(length)]
    folder.mkdir(exist_ok=True)
    (folder / f"{coder}.csv").write_bytes(csv_bytes(rows, columns))


def read(folder, segments=SEGMENTS):
    """Codings read without any warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return read_codings(folder, segments, BOOK)


def files_in(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def faults(folder, segments=SEGMENTS):
    with pytest.raises(ValueError) as raised:
        read(folder, segments)
    return str(raised.value)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "codings").mkdir()
    return tmp_path / "codings"


# --- coding whole segments ---


def test_a_coding_is_a_slice_of_its_text_with_its_context():
    coding = coded((2, "DIK.GURU")).iloc[0]
    assert TEXT[coding["start"] : coding["end"]] == coding["quote"] == "Mereka meninjau tiga sekolah di Kota Laut."
    assert (coding["prefix"], coding["suffix"]) == (
        "Kota Surya tiba pada bulan Maret."[-30:],
        "Kedua wali kota menanam pohon beringin"[:30],
    )
    assert coding["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()[:16]
    assert (coding["codebook"], coding["created"], coding["facet"]) == (BOOK.version, "2026-11-01", "sector")


def test_coding_changes_neither_segments_nor_codes():
    segments, codes = SEGMENTS.copy(deep=True), pd.DataFrame({"document": ["d"], "segment": [1], "code": ["DIK.GURU"]})
    code_segments(segments, codes, BOOK, "ani", "")
    pd.testing.assert_frame_equal(segments, SEGMENTS)
    assert list(codes.columns) == ["document", "segment", "code"]


def test_a_facet_with_one_answer_rides_along_with_the_codings_of_the_segment():
    table = coded((1, "DIK.GURU"), (1, "planned"), (2, "DIK.PELAJAR"))
    assert table[["code", "sector", "status"]].astype(object).where(lambda t: t.notna(), "").values.tolist() == [
        ["DIK.GURU", "DIK.GURU", "planned"],
        ["planned", "", "planned"],
        ["DIK.PELAJAR", "DIK.PELAJAR", ""],
    ]


def test_edition_and_reference_ride_along_where_the_corpus_has_them():
    assert not {"edition", "reference"} & set(coded((1, "DIK.GURU")).columns)
    table = coded((1, "DIK.GURU"), segments=SEGMENTS.assign(edition="restated", reference="Sari (2020)."))
    assert table[["edition", "reference"]].values.tolist() == [["restated", "Sari (2020)."]]


def test_no_codes_give_a_table_without_rows():
    table = code_segments(SEGMENTS, pd.DataFrame(columns=["document", "segment", "code"]), BOOK, "ani", "")
    assert len(table) == 0 and len(table["sector"].cat.categories) == len(BOOK.facet("sector").codes)


def test_all_faults_of_the_rows_are_told_at_once():
    with pytest.raises(ValueError) as raised:
        coded(
            (9, "DIK.GURU"),
            (1, "DIK.GURUU"),
            (1, "planned"),
            (1, "signed"),
            (2, "DIK.GURU"),
            (2, "DIK.GURU"),
            (None, "DIK.GURU"),
            (1.5, "DIK.GURU"),
        )
    assert str(raised.value).splitlines() == [
        "6 faults",
        "row 1 of codes (d 9): document 'd' has no segment 9",
        "row 2 of codes (d 1): code 'DIK.GURUU' is not in the codebook. Did you mean 'DIK.GURU'?",
        "row 4 of codes (d 1): segment 1 of 'd' already has status 'planned'; it takes one",
        "row 6 of codes (d 2): code 'DIK.GURU' on this place is already on row 5",
        "row 7 of codes (d): document 'd' has no segment (empty)",
        "row 8 of codes (d 1.5): document 'd' has no segment 1.5",
    ]
    with pytest.raises(ValueError, match=r"^row 1 of codes \(d 9\): document 'd' has no segment 9$"):
        coded((9, "DIK.GURU"))


def test_a_fault_of_a_table_that_was_melted_is_found_again_by_document_segment_and_facet():
    answers = pd.DataFrame(
        {"document": ["d", "dd"], "segment": [1, 2], "sector": [None, "DIK.GURU"], "status": ["plan", "planned"]}
    )
    codes = answers.melt(["document", "segment"], var_name="facet", value_name="code")
    with pytest.raises(ValueError) as raised:
        code_segments(SEGMENTS, codes, BOOK, "ani", "")
    assert str(raised.value).splitlines()[1:] == [
        "row 1 of codes (d 1, sector): the code is empty; leave such rows out: codes.dropna(subset=['code'])",
        "row 2 of codes (dd 2, sector): there is no document 'dd'. Did you mean 'd'?",
        "row 3 of codes (d 1, status): code 'plan' is not in the codebook. Did you mean 'planned'?",
        "row 4 of codes (dd 2, status): there is no document 'dd'. Did you mean 'd'?",
    ]


def test_what_is_no_date_is_no_time_of_coding():
    with pytest.raises(ValueError, match=r"^created='22/11/2026' is no date such as 2026-11-22$"):
        coded((1, "DIK.GURU"), created="22/11/2026")
    assert coded((1, "DIK.GURU"), created="2026-11-22T08:30:00Z")["created"].tolist() == ["2026-11-22T08:30:00Z"]


def test_codes_without_the_columns_needed_are_told_in_words():
    with pytest.raises(ValueError, match="codes has no column code"):
        code_segments(SEGMENTS, pd.DataFrame({"document": ["d"], "segment": [1]}), BOOK, "ani", "")


# --- writing and reading back ---

MEMO = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
CODINGS = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["DIK.GURU", "EKO.WISATA", "DIK.PT"]), MEMO, st.sampled_from(["", "S001", "S001 S002"])),
    unique_by=lambda row: row[:2],
    min_size=1,
    max_size=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CODINGS, CODINGS)
def test_what_was_written_is_read_back_the_same(tmp_path_factory, first, second):
    folder = tmp_path_factory.mktemp("codings")
    table = pd.concat([coded(*first), coded(*second, coder="budi")], ignore_index=True)
    before = table.copy(deep=True)
    assert [path.name for path in write_codings(table, folder)] == ["ani.csv", "budi.csv"]
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(read(folder), table)
    content = files_in(folder)
    write_codings(read(folder), folder)
    assert files_in(folder) == content


def test_the_projects_own_codings_are_written_as_they_stand(tmp_path):
    segments = split(read_corpus(ROOT / "corpus"), into="sentences")
    for path in write_codings(read_codings(ROOT / "corpus" / "codings", segments, BOOK), tmp_path):
        assert path.read_bytes() == (ROOT / "corpus" / "codings" / path.name).read_bytes()


FORMULAS = ["=1+1", "+62", "-2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''", '=HYPERLINK("x")', "'+1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_a_memo_is_inert_in_the_file_and_comes_back(folder, formula):
    text = f"{formula} kata guru itu."
    segments = pd.DataFrame({"document": ["d"], "segment": [1], "start": [0], "end": [len(text)], "text": [text]})
    path = write_codings(coded((1, "DIK.GURU", formula), segments=segments), folder)[0]
    back = read(folder, segments)
    assert back["memo"].tolist() == [formula] and back["quote"].tolist() == [text]
    with open(path, encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not any(cell[:1] and cell[0] in "=+-@\t\r" for cell in cells)


def test_numbers_that_a_merge_made_fractions_are_written_whole(folder):
    table = coded((1, "DIK.GURU"))
    table[["segment", "start", "end"]] = table[["segment", "start", "end"]].astype(float)
    write_codings(table.assign(memo=None), folder)
    pd.testing.assert_frame_equal(read(folder), coded((1, "DIK.GURU")))


def test_no_codings_write_no_file(folder):
    assert write_codings(coded((1, "DIK.GURU")).iloc[:0], folder) == [] and not list(folder.iterdir())


def test_an_empty_folder_is_a_table_without_rows(folder):
    assert len(read(folder)) == 0


def test_a_file_made_by_hand_needs_four_columns_and_can_be_written_again(folder):
    put(folder, columns=NEEDED, segment=[1, 2], code=["DIK.GURU", "DIK.PELAJAR"])
    table = read(folder)
    assert table["quote"].tolist() == [TEXT[:53], "Mereka meninjau tiga sekolah di Kota Laut."]
    assert set(table["anchor"]) == {"exact"} and table["memo"].tolist() == ["", ""]
    write_codings(table, folder)
    pd.testing.assert_frame_equal(read(folder), table)


# --- nothing is lost ---


def refused(table, folder):
    """What write_codings says, having changed no file."""
    before = files_in(folder)
    with pytest.raises(ValueError) as raised:
        write_codings(table, folder)
    assert files_in(folder) == before
    return str(raised.value)


def test_a_coding_on_the_disk_is_never_overwritten(folder):
    write_codings(coded((1, "DIK.GURU"), (2, "DIK.PELAJAR")), folder)
    told = refused(coded((1, "DIK.GURU")), folder)
    assert told.startswith("nothing was written, because it would lose what a person coded:\n")
    assert told.splitlines()[1].endswith("ani.csv, line 3: the coding DIK.PELAJAR on d 2 is not in the table")


def test_a_refusal_names_five_rows_and_ends_with_the_way_out(folder):
    table = coded(*((segment, code, "", "S006") for segment in (1, 2, 3, 4) for code in ("DIK.GURU", "EKO.WISATA")))
    write_codings(table, folder)
    told = refused(table.assign(statement="S007"), folder).splitlines()
    assert [line.partition(", ")[2] for line in told[1:6]] == [
        f"line {line}: the statement of {code} on d {segment} is not in the table"
        for line, code, segment in [(2, "DIK.GURU", 1), (3, "EKO.WISATA", 1), (4, "DIK.GURU", 2), (5, "EKO.WISATA", 2), (6, "DIK.GURU", 3)]
    ]  # fmt: skip
    assert told[6:] == [
        "and 3 more",
        "Give all codings of a coder, as read_codings reads them, with what you add. To change or take out one on purpose: at the "
        "desk (Del takes it out), or in the file itself and then type qualkit log --by YOU --why REASON.",
    ]


def test_a_memo_on_the_disk_is_never_overwritten(folder):
    write_codings(coded((1, "DIK.GURU", "ragu")), folder)
    assert "ani.csv, line 2: the memo of DIK.GURU on d 1 is not in the table" in refused(coded((1, "DIK.GURU", "")), folder)
    write_codings(coded((1, "DIK.GURU", "ragu; sudah dibahas")), folder)
    assert read(folder)["memo"].tolist() == ["ragu; sudah dibahas"]


def test_a_statement_on_the_disk_is_never_overwritten(folder):
    write_codings(coded((1, "DIK.GURU", "", "S1 S2")), folder)
    assert "line 2: the statement of DIK.GURU on d 1 is not in the table" in refused(coded((1, "DIK.GURU", "", "S1")), folder)
    write_codings(coded((1, "DIK.GURU", "", "S2 S1 S3")), folder)


def test_a_memo_of_two_lines_in_a_file_saved_on_windows_is_the_memo_in_the_table(folder):
    rows = [{"document": "d", "segment": "1", "code": "DIK.GURU", "coder": "ani", "memo": "ragu\nsudah dibahas"}]
    (folder / "ani.csv").write_bytes(csv_bytes(rows, [*NEEDED, "memo"]).replace(b"\n", b"\r\n"))
    write_codings(read(folder), folder)
    assert read(folder)[["memo", "quote"]].values.tolist() == [["ragu\nsudah dibahas", TEXT[:53]]]


def test_a_refusal_names_the_line_though_lines_above_are_empty(folder):
    (folder / "ani.csv").write_text(
        "document,segment,code,coder\nd,1,DIK.GURU,ani\n\n,,,\nd,2,DIK.GURU,ani\n", encoding="utf-8"
    )
    assert "ani.csv, line 5: the coding DIK.GURU on d 2 is not in the table" in refused(read(folder).iloc[:1], folder)


def test_the_words_of_each_coding_are_compared_once_however_many_there_are(folder, monkeypatch):
    table = coded(*((segment, code) for segment in (1, 2, 3, 4) for code in ("DIK.GURU", "EKO.WISATA")))
    write_codings(table, folder)
    compared, letters = [], codings.letters
    monkeypatch.setattr(codings, "letters", lambda words: (compared.append(words), letters(words))[1])
    write_codings(table.assign(memo="ragu"), folder)
    assert len(compared) == 8 + 8  # those on the disk and those of the table


def at_the_desk(folder, **changes):
    """What the desk does to the coding on the second segment: changed where something is named, else taken out."""
    file = CoderFile(folder / "ani.csv", FILE_COLUMNS, CODING_KEY, "ani")
    row = next(row for row in file.rows if row["segment"] == "2")
    file.change(add=[{**row, **changes}] if changes else [], remove=[row])


@pytest.mark.parametrize("changes", [{}, {"memo": ""}])
@pytest.mark.parametrize("is_made_by_hand", [True, False])
def test_a_table_read_before_does_not_bring_back_what_was_taken_out_at_the_desk(folder, changes, is_made_by_hand):
    columns = [*NEEDED, "memo"]
    put(folder, columns=columns, segment=[1, 2], code="DIK.GURU", memo=["", "ragu"])
    if not is_made_by_hand:
        write_codings(read(folder), folder)
    table = read(folder)
    at_the_desk(folder, **changes)
    told = refused(table.assign(statement=["S001", ""]), folder).splitlines()
    assert told[0] == "nothing was written, because it would bring back what was taken out:"
    assert told[1].startswith(f"{folder / 'ani.csv'}: DIK.GURU on d 2: ani, in another notebook, changed or removed it at ")
    assert told[2:] == [
        "If the table was read before that, read the codings again and add to those. To bring one back on purpose: at the desk, or "
        "with put_back from the trash (removed_rows)."
    ]
    again = read(folder)
    write_codings(again.assign(statement="S001"), folder)
    assert read(folder)["statement"].tolist() == ["S001"] * len(again)


def test_of_many_codings_that_would_be_brought_back_five_are_named(folder):
    table = coded(*((segment, code) for segment in (1, 2, 3, 4) for code in ("DIK.GURU", "EKO.WISATA")))
    write_codings(table, folder)
    file = CoderFile(folder / "ani.csv", FILE_COLUMNS, CODING_KEY, "ani")
    file.change(remove=file.rows[1:])
    told = refused(table, folder).splitlines()
    assert len(told) == 1 + 5 + 1 + 1 and told[6] == "and 2 more"


def test_what_was_taken_out_and_put_back_is_written_again(folder):
    table = coded((1, "DIK.GURU"), (2, "DIK.GURU"))
    write_codings(table, folder)
    at_the_desk(folder)
    put_back(removed_rows(folder), folder, who="ani", why="it was right")
    write_codings(table.assign(memo="ragu"), folder)
    at_the_desk(folder, memo="ragu; sudah dibahas")
    at_the_desk(folder, memo="ragu")
    write_codings(table.assign(memo="ragu", statement="S001"), folder)
    assert read(folder)["memo"].tolist() == ["ragu", "ragu"]


def test_what_was_taken_out_and_is_typed_into_the_file_again_can_be_written(folder):
    put(folder, columns=NEEDED, segment=[1, 2], code="DIK.GURU")
    at_the_desk(folder)
    put(folder, columns=NEEDED, segment=[1, 2], code="DIK.GURU")
    with pytest.warns(UserWarning, match="taken back outside the log"):
        write_codings(read(folder), folder)
    assert read(folder)["segment"].tolist() == [1, 2]


def test_a_step_done_again_keeps_the_time_at_which_each_coding_was_made(folder):
    write_codings(coded((1, "DIK.GURU"), (2, "DIK.GURU")).assign(codebook="0.9"), folder)
    before = (folder / "ani.csv").read_bytes()
    again = coded((1, "DIK.GURU"), (2, "DIK.GURU"), created="2027-05-05")
    write_codings(again, folder)
    assert (folder / "ani.csv").read_bytes() == before
    write_codings(coded((1, "DIK.GURU"), (2, "DIK.GURU"), (3, "DIK.GURU"), created="2027-05-05"), folder)
    assert read(folder)["created"].tolist() == ["2026-11-01", "2026-11-01", "2027-05-05"]


def test_a_time_that_the_file_lacks_is_filled_in(folder):
    write_codings(coded((1, "DIK.GURU"), created=""), folder)
    write_codings(coded((1, "DIK.GURU")), folder)
    assert read(folder)["created"].tolist() == ["2026-11-01"]


def test_a_column_of_the_researchers_own_is_never_dropped(folder):
    put(folder, columns=[*NEEDED, "yakin"], segment=[1], code="DIK.GURU", yakin="80 %")
    told = refused(read(folder), folder)
    assert "line 1: column 'yakin' is unknown here, so nothing is written to the file" in told
    assert told.endswith("It is only read; keep such a column in a file of its own to go on.")


def test_a_line_that_cannot_be_read_is_never_dropped(folder):
    put(folder, columns=NEEDED, segment=[1], code="DIK.GURU")
    with (folder / "ani.csv").open("ab") as file:
        file.write(b'd,2,"DIK.GURU\n')
    assert "1 line cannot be read. Nothing is written to the file" in refused(coded((1, "DIK.GURU")), folder)


def test_a_file_that_is_gone_is_not_begun_anew(folder):
    write_codings(coded((1, "DIK.GURU"), (2, "DIK.GURU")), folder)
    (folder / "ani.csv").unlink()
    told = refused(coded((1, "DIK.GURU")), folder)
    assert "ani.csv is gone, but ani saved rows in it at " in told and "Put this version back: restore(" in told


def test_of_several_coders_all_are_looked_at_before_one_is_written(folder):
    write_codings(coded((2, "DIK.GURU"), coder="budi"), folder)
    table = pd.concat([coded((1, "DIK.GURU")), coded((1, "DIK.GURU"), coder="budi")])
    assert "budi.csv, line 2: the coding DIK.GURU on d 2 is not in the table" in refused(table, folder)
    twice = pd.concat(
        [coded((1, "DIK.GURU")), coded((2, "EKO.WISATA", "a"), coder="citra"), coded((2, "EKO.WISATA"), coder="citra")]
    )
    place = f"{TEXT.index('Mereka')} {TEXT.index('Laut.') + 5}"
    assert refused(twice, folder) == (
        f"d 2 {place} EKO.WISATA stands 2 times in the table, with other words; {folder / 'citra.csv'} can hold it once"
    )


def test_of_two_sentences_with_the_same_words_neither_is_lost(folder):
    segments = segments_of("Guru itu tiba. Guru itu tiba.")
    both = coded((1, "DIK.GURU"), (2, "DIK.GURU"), segments=segments)
    write_codings(both, folder)
    assert "line 2: the coding DIK.GURU on d 1" in refused(both[both["segment"] == 2], folder) or "line 3" in refused(
        both.iloc[:1], folder
    )


def test_another_coders_file_is_left_alone(folder):
    write_codings(coded((1, "DIK.GURU"), coder="budi"), folder)
    write_codings(coded((2, "DIK.GURU")), folder)
    assert sorted(read(folder)["coder"]) == ["ani", "budi"]


@pytest.mark.parametrize(
    "coder", ["../ani", "/etc/ani", "a/b", "a\\b", "C:ani", ".ani", "", " ani", "CON", "nul.x", "..", "ani\n", None]
)
def test_a_coder_whose_name_is_no_file_name_is_refused(tmp_path, coder):
    folder = tmp_path / "dalam" / "codings"
    with pytest.raises(
        ValueError, match=re.escape(f"coder '{coder}' cannot be the name of a file: use letters, digits, '-', '_' and '.'")
    ):
        write_codings(coded((1, "DIK.GURU")).assign(coder=coder), folder)
    assert not list(tmp_path.iterdir())
    if coder is not None:
        with pytest.raises(ValueError, match="cannot be the name of a file"):
            coded((1, "DIK.GURU"), coder=coder)


def test_two_coders_who_would_share_a_file_are_refused(folder):
    table = pd.concat([coded((1, "DIK.GURU")), coded((2, "DIK.GURU"), coder="Ani")])
    assert "coders 'ani' and 'Ani' would share one file on some computers; choose one name" in refused(table, folder)


def test_a_coder_whose_name_differs_only_in_capitals_from_a_file_there_is_refused(folder):
    write_codings(coded((1, "DIK.GURU")), folder)
    assert refused(coded((2, "DIK.GURU"), coder="Ani"), folder) == (
        f"coder 'Ani': {folder} has a file of 'ani', and on some computers both names are one file. "
        "If it is the same person, write 'ani'; else choose another name."
    )


def test_who_has_a_file_can_write_it_though_another_differs_only_in_capitals(folder):
    put(folder, columns=NEEDED, segment=[1], code="DIK.GURU")
    put(folder, coder="ANI", columns=NEEDED, segment=[1], code="DIK.GURU")
    if len(list(folder.iterdir())) == 2:  # else this is one of those computers
        write_codings(coded((1, "DIK.GURU"), (2, "DIK.GURU")), folder)
        assert sorted(read(folder)["coder"]) == ["ANI", "ani", "ani"]


def test_codings_that_go_into_a_new_folder_beside_the_others_are_told(tmp_path):
    write_codings(coded((1, "DIK.GURU")), tmp_path / "codings")  # the first folder of a study is what is meant
    told = f"{tmp_path / 'coding'} is a new folder, and a study reads one folder of codings. Did you mean '{tmp_path / 'codings'}'?"
    with pytest.warns(UserWarning, match=f"^{re.escape(told)}$"):
        write_codings(coded((2, "DIK.GURU")), tmp_path / "coding")
    write_codings(coded((2, "DIK.GURU"), (3, "DIK.GURU")), tmp_path / "coding")  # it is there now, so it is meant


def test_folders_of_coders_are_known_by_the_columns_of_their_files(tmp_path):
    for name, columns in (("a", NEEDED), ("b", ["segment", *NEEDED[1:]]), (".c", NEEDED), ("d", FILE_COLUMNS)):
        put(tmp_path / name, columns=columns, segment=[1], code="DIK.GURU")
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "~$ani.csv").write_bytes(b"\xff")
    (tmp_path / "e" / "a folder.csv").mkdir()
    assert codings.coder_folders(tmp_path) == [tmp_path / "a", tmp_path / "d"]
    assert codings.coder_folders(tmp_path / "nowhere") == []


def test_a_table_that_is_no_table_of_codings_is_told_in_words(folder):
    with pytest.raises(ValueError, match="codings has no column quote: pass the table that read_codings returns"):
        write_codings(coded((1, "DIK.GURU")).drop(columns="quote"), folder)


# --- what is written is logged ---


def test_each_coders_file_gets_a_line_with_coder_codebook_and_reason(folder):
    table = pd.concat([coded((1, "DIK.GURU")), coded((2, "DIK.GURU"), coder="budi").assign(codebook=["0.9"])])
    write_codings(table, folder, why="first reading")
    log = read_audit(folder)
    assert log[["who", "action", "what", "before", "codebook", "why", "note"]].values.tolist() == [
        ["ani", "created", "ani.csv", "", BOOK.version, "first reading", ""],
        ["budi", "created", "budi.csv", "", "0.9", "first reading", ""],
    ]
    assert log["after"].tolist() == [fingerprint(folder / "ani.csv"), fingerprint(folder / "budi.csv")]


def test_only_the_coder_whose_file_changes_gets_a_line(folder):
    table = pd.concat([coded((1, "DIK.GURU")), coded((2, "DIK.GURU"), coder="budi")])
    write_codings(table, folder)
    write_codings(table, folder, why="nothing new")
    write_codings(pd.concat([table, coded((3, "DIK.GURU")).assign(codebook="0.9")]), folder, why="one more")
    assert read_audit(folder)[["who", "action", "codebook", "why"]].values.tolist() == [
        ["ani", "created", BOOK.version, ""],
        ["budi", "created", BOOK.version, ""],
        ["ani", "changed", f"0.9, {BOOK.version}", "one more"],
    ]
    assert set(check_audit(folder)["state"]) == {"as logged"}


def test_where_the_log_cannot_be_written_the_codings_stay(folder):
    write_codings(coded((1, "DIK.GURU")), folder)
    (folder / LOG).unlink()
    (folder / LOG).mkdir()
    before = (folder / "ani.csv").read_bytes()
    with pytest.raises(ValueError, match=r"audit\.jsonl could not be written .* the file it speaks of is unchanged"):
        write_codings(coded((1, "DIK.GURU"), (2, "DIK.GURU")), folder)
    assert (folder / "ani.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("mine", "segments"),
    [
        (((1, "DIK.GURU"), (2, "DIK.GURU")), [1, 2, 3]),
        (((1, "DIK.GURU", "a memo"),), None),
    ],  # added to theirs; where theirs changed
)
def test_what_someone_else_writes_meanwhile_is_not_overwritten(folder, monkeypatch, mine, segments):
    write_codings(coded((1, "DIK.GURU")), folder)

    def meanwhile(path, old, new, lost=codings._lost):
        put(folder, columns=NEEDED, segment=[1, 3], code="DIK.GURU")  # a coding added while this one is being written
        return lost(path, old, new)

    monkeypatch.setattr(codings, "_lost", meanwhile)
    if segments:
        with pytest.warns(UserWarning, match="merged what was changed outside the log: 2 rows added, 1 removed"):
            write_codings(coded(*mine), folder)
    else:
        with pytest.raises(
            ValueError, match=r"ani\.csv as it was: it was changed or removed outside the log .* Nothing was saved"
        ):
            write_codings(coded(*mine), folder)
    assert read(folder)["segment"].tolist() == (segments or [1, 3])


def test_what_was_taken_out_by_hand_can_be_told_and_put_back(folder):
    write_codings(coded((1, "DIK.GURU"), (2, "EKO.WISATA", "kapal")), folder, why="first reading")
    saved = fingerprint(folder / "ani.csv")
    lines = (folder / "ani.csv").read_bytes().splitlines(keepends=True)
    (folder / "ani.csv").write_bytes(b"".join(lines[:2]))  # as a bad save would
    log_changes(folder, who="ani", why="Excel")
    gone = removed_rows(folder)
    assert gone[["file", "removed_by", "removed_why", "code", "memo"]].values.tolist() == [
        ["ani.csv", "ani", "Excel", "EKO.WISATA", "kapal"]
    ]
    assert saved in backups(folder / "ani.csv")["fingerprint"].tolist()
    put_back(gone, folder, who="ani", why="it was right")
    assert read(folder)["memo"].tolist() == ["", "kapal"]


def in_the_trash_but_replaced(folder, number):
    trash, before = removed_rows(folder), files_in(folder)
    assert trash["replaced"].tolist() == [True] * number
    with pytest.raises(ValueError, match="was not taken out: the same coding was written anew"):
        put_back(trash, folder, who="ani", why="all")
    assert files_in(folder) == before


def test_what_was_filled_in_or_moved_was_not_taken_out_and_cannot_be_put_back(folder):
    put(folder, columns=NEEDED, segment=[1, 2], code="DIK.GURU")
    write_codings(read(folder), folder)
    in_the_trash_but_replaced(folder, 2)
    with pytest.warns(UserWarning, match="2 moved with their words"):
        table = read_codings(folder, segments_of("Sebuah kalimat baru. " + TEXT), BOOK)
    write_codings(table, folder)
    in_the_trash_but_replaced(folder, 4)
    file = CoderFile(folder / "ani.csv", FILE_COLUMNS, CODING_KEY, "ani")
    file.change(remove=file.rows[:1], why="a slip")
    trash = removed_rows(folder)
    assert trash["replaced"].tolist() == [False, True, True, True, True]
    put_back(trash[~trash["replaced"]], folder, who="ani", why="it was right")
    assert len(read(folder, segments_of("Sebuah kalimat baru. " + TEXT))) == 2


def test_a_line_of_the_log_holds_the_rows_added_and_taken_out(folder):
    write_codings(coded((1, "DIK.GURU"), (2, "DIK.GURU")), folder)
    write_codings(coded((1, "DIK.GURU", "", "S001"), (2, "DIK.GURU")), folder, why="statements")
    [last, first] = newest_first(folder)
    assert last["rows"]["how"] == first["rows"]["how"] == "write_codings"  # the rows of a table, not steps of a reader
    assert [[(row["segment"], row["statement"]) for row in first["rows"][what]] for what in ("added", "removed")] == [
        [("1", ""), ("2", "")], [],
    ]  # fmt: skip
    assert [[(row["segment"], row["statement"]) for row in last["rows"][what]] for what in ("added", "removed")] == [
        [("1", "S001")], [("1", "")],
    ]  # fmt: skip


def test_what_was_changed_outside_the_log_before_is_told_when_it_is_written(folder):
    write_codings(coded((1, "DIK.GURU")), folder)
    put(folder, columns=NEEDED, segment=[1, 3], code="DIK.GURU")
    with pytest.warns(UserWarning, match=r"ani\.csv: changed outside the log since ani saved it at"):
        write_codings(read(folder), folder)


# --- in whose name ---


@pytest.fixture
def made_by_hand(folder):
    """Ani's codings, and a file that Budi made by hand; where all stands is filled in on reading."""
    write_codings(coded((1, "DIK.GURU")), folder)
    put(folder, coder="budi", columns=NEEDED, segment=[2], code="DIK.GURU")
    return (folder / "budi.csv").read_bytes()


def test_a_file_in_which_its_coder_said_nothing_else_is_left_to_its_coder(folder, made_by_hand):
    table = read(folder).assign(memo=["ragu", ""])
    assert [path.name for path in write_codings(table, folder, why="a memo")] == ["ani.csv", "budi.csv"]
    assert (folder / "budi.csv").read_bytes() == made_by_hand
    assert read_audit(folder)[["who", "what", "why"]].values.tolist() == [["ani", "ani.csv", ""], ["ani", "ani.csv", "a memo"]]
    write_codings(table[table["coder"] == "budi"], folder)  # a table of Budi alone is Budi's
    assert read_rows(folder / "budi.csv", FILE_COLUMNS)[0]["quote"] == "Mereka meninjau tiga sekolah di Kota Laut."


def test_a_file_that_cannot_be_written_hinders_nobody_who_says_nothing_in_it(folder):
    put(folder, coder="budi", columns=[*NEEDED, "yakin"], segment=[2], code="DIK.GURU", yakin="80 %")
    table = pd.concat([read(folder), coded((1, "DIK.GURU"))])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_codings(table, folder)
    assert (folder / "ani.csv").is_file()
    assert "budi.csv, line 1: column 'yakin' is unknown here" in refused(table.assign(memo="ragu"), folder)


def test_a_file_in_which_anything_else_is_said_is_written(folder, made_by_hand):
    write_codings(read(folder).assign(statement=["", "S001"]), folder)
    assert [row["statement"] for row in read_rows(folder / "budi.csv", FILE_COLUMNS)] == ["S001"]


def test_who_writes_stands_in_the_log(folder, made_by_hand):
    write_codings(read(folder).assign(memo=["ragu", ""]), folder, why="filled in", by="citra")
    last = read_audit(folder)[["who", "action", "what", "why"]].values.tolist()[1:]
    assert last == [["citra", "changed", "ani.csv", "filled in"], ["citra", "changed", "budi.csv", "filled in"]]
    assert read_rows(folder / "budi.csv", FILE_COLUMNS)[0]["coder"] == "budi"


def test_places_that_moved_are_left_to_their_coders_too(folder):
    moved = "Sebuah kalimat baru. " + TEXT
    write_codings(pd.concat([coded((1, "DIK.GURU")), coded((2, "DIK.GURU"), coder="budi")]), folder)
    with pytest.warns(UserWarning, match="moved with their words"):
        table = read_codings(folder, segments_of(moved), BOOK)
    before = files_in(folder)
    write_codings(table, folder)
    assert files_in(folder) == before
    write_codings(table, folder, by="ani")
    assert read(folder, segments_of(moved))["anchor"].tolist() == ["exact", "exact"]


# --- the machine is no coder ---


MACHINES = pytest.mark.parametrize(("machine", "what"), [("codebook", "the codebook itself"), ("learned", "a learned model")])


@MACHINES
def test_suggestions_are_not_written_as_a_persons_coding(folder, machine, what):
    table = pd.concat([coded((1, "DIK.GURU")), suggest_codings(SEGMENTS, BOOK).assign(coder=machine)])
    assert f"coder '{machine}' is {what}: its suggestions are nobody's coding" in refused(table, folder)


@MACHINES
def test_a_file_of_the_machine_is_not_read_as_a_persons_coding(folder, machine, what):
    put(folder, coder=machine, columns=NEEDED, segment=[1], code="DIK.GURU")
    told = f"{machine}.csv: '{machine}' is {what}, whose suggestions are nobody's coding; name the file after a person"
    assert told in faults(folder)


# --- what is wrong with a file ---


def test_all_faults_of_all_files_are_told_at_once(folder):
    put(
        folder,
        columns=NEEDED,
        document=["d", "dd", "d", "d", "d", "d", "d"],
        segment=[1, 1, 7, "x", "²", 2, 2],
        code=["DIK.GURUU", "DIK.GURU", "DIK.GURU", "DIK.GURU", "DIK.GURU", "DIK.GURU", "DIK.GURU"],
        by=["ani", "ani", "ani", "ani", "ani", "budi", "ani"],
    )
    put(folder, coder="budi", columns=NEEDED, segment=[3, 3], code=["planned", "signed"])
    (folder / "citra.csv").write_text("document,segment,coder\nd,1,citra\n")
    told = faults(folder).splitlines()
    assert told[0] == "9 faults"
    assert [line.split(str(folder))[1][1:] for line in told[1:]] == [
        "ani.csv, line 2: code 'DIK.GURUU' is not in the codebook. Did you mean 'DIK.GURU'?",
        "ani.csv, line 3: document 'dd' is not in the corpus. Did you mean 'd'?",
        "ani.csv, line 4: document 'd' has segments 1 to 4, not 7",
        "ani.csv, line 5: segment, start and end must be whole numbers (start and end may both be empty: the whole segment)",
        "ani.csv, line 6: segment, start and end must be whole numbers (start and end may both be empty: the whole segment)",
        "ani.csv, line 7: coder 'budi' in the file of 'ani': one file holds one coder",
        "ani.csv, line 8: code 'DIK.GURU' on this place is already on line 7",
        "budi.csv, line 3: segment 3 of 'd' already has status 'planned'; it takes one",
        "citra.csv, line 1: column 'code' is missing." + told[-1].split("is missing.")[1],
    ]


def test_a_single_fault_is_told_without_a_count(folder):
    put(folder, columns=NEEDED, segment=[7], code="DIK.GURU")
    assert faults(folder) == f"{folder / 'ani.csv'}, line 2: document 'd' has segments 1 to 4, not 7"


def test_words_that_do_not_stand_there_are_a_fault_where_the_text_is_the_one_coded(folder):
    put(folder, segment=[1], start=10, end=14, code="DIK.GURU", quote="murid", sha256=SEGMENTS["sha256"][0])
    assert f"line 2: “murid” is not what stands at 10-14 of 'd' (“{TEXT[10:14]}”)" in faults(folder)
    put(folder, segment=[1], code="DIK.GURU", quote="murid", sha256=SEGMENTS["sha256"][0])
    assert "line 2: “murid” is not what stands at 0-53 of 'd' (“Dua belas guru" in faults(folder)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    assert faults(tmp_path / "codingz").endswith("codingz: there is no such folder of codings")
    with pytest.raises(ValueError, match="segments has no column start, end: pass the table that split returns"):
        read_codings(tmp_path, SEGMENTS.drop(columns=["start", "end"]), BOOK)


# --- anchors ---


def span(words, text=TEXT, **cells):
    """A row of a file for a coding of these words of the text."""
    start = text.index(words)
    row = {"start": start, "end": start + len(words), "quote": words, "sha256": hashlib.sha256(text.encode()).hexdigest()[:16]}
    return row | {"prefix": text[:start].strip()[-30:], "suffix": text[start + len(words) :].strip()[:30]} | cells


def changed(folder, text, *rows, words):
    """Codings of these rows read on another text, and the warning, which must hold the words."""
    columns = {name: [row.get(name, "") for row in rows] for name in rows[0]}
    put(folder, **({"segment": [1] * len(rows), "code": "DIK.GURU"} | columns))
    with pytest.warns(UserWarning, match=re.escape(words)):
        return read_codings(folder, segments_of(text), BOOK)


def test_a_part_of_a_sentence_is_coded_where_it_stands(folder):
    put(folder, segment=[2], code="DIK.GURU", **{name: [value] for name, value in span("tiga sekolah").items()})
    row = read(folder).iloc[0]
    assert (row["segment"], row["anchor"], TEXT[row["start"] : row["end"]]) == (2, "exact", "tiga sekolah")


def test_a_coding_over_two_sentences_belongs_to_the_first(folder):
    words = TEXT[TEXT.index("bulan") : TEXT.index("meninjau")].strip()
    put(folder, segment=[1], code="DIK.GURU", **{name: [value] for name, value in span(words).items()})
    assert read(folder)[["segment", "anchor"]].values.tolist() == [[1, "exact"]]


def test_a_coding_without_its_words_gets_them(folder):
    put(folder, segment=[2], start=[TEXT.index("tiga")], end=TEXT.index("tiga") + 4, code="DIK.GURU")
    assert read(folder)[["quote", "segment", "anchor"]].values.tolist() == [["tiga", 2, "exact"]]


def test_words_that_moved_take_their_coding_with_them(folder):
    text = "Sebuah kalimat baru. " + TEXT.replace("tiga sekolah", "tiga\nsekolah")
    words = "document 'd' is not the text that was coded; of its codings (1) 1 moved with their words"
    row = changed(folder, text, span("tiga sekolah"), words=words).iloc[0]
    assert (row["anchor"], row["segment"]) == ("moved", 3)
    assert text[row["start"] : row["end"]] == row["quote"] == "tiga\nsekolah"


def test_codings_that_moved_are_at_home_once_they_are_written(folder):
    text = "Sebuah kalimat baru. " + TEXT
    moved = changed(folder, text, span("tiga sekolah"), words="1 moved with their words")
    write_codings(moved, folder)
    assert read(folder, segments_of(text))["anchor"].tolist() == ["exact"]


def test_codings_before_the_edit_stay_and_are_told(folder):
    words = "of its codings (1) 1 stand where they stood"
    assert changed(folder, TEXT + "Satu lagi.\n", span("Dua belas guru"), words=words)["anchor"].tolist() == ["exact"]


def test_a_coding_whose_words_are_gone_is_an_orphan_and_is_named(folder):
    words, text = "orphan: ani, DIK.GURU on d: “tiga sekolah”", TEXT.replace("tiga sekolah", "pabrik roti")
    table = changed(folder, text, span("tiga sekolah"), span("Dua belas guru"), words=words)
    orphan = table[table["anchor"] == "orphan"].iloc[0]
    assert (orphan["segment"], orphan["start"], orphan["quote"]) == (0, TEXT.index("tiga sekolah"), "tiga sekolah")
    assert len(table) == 2


def test_an_orphan_is_written_as_it_was_coded(folder):
    text = TEXT.replace("tiga sekolah", "pabrik roti")
    table = changed(folder, text, span("tiga sekolah", segment=2, memo="penting"), words="orphan")
    write_codings(table, folder)
    row = read_rows(folder / "ani.csv", NEEDED)[0]
    assert (row["segment"], row["quote"], row["memo"]) == ("2", "tiga sekolah", "penting")
    assert read(folder)["anchor"].tolist() == ["exact"]  # on the text it was coded on


NEW = TEXT.replace("tiga sekolah", "empat sekolah").replace("Dua belas", "Pagi itu dua belas")


def test_words_that_were_altered_are_found_and_marked_and_keep_what_was_coded(folder):
    words = (
        "of its codings (1) 1 stand in changed words or surroundings and are to be reviewed\n"
        "changed: ani, DIK.GURU on d: “tiga sekolah di Kota Laut”, now “empat sekolah di Kota Laut” at 79"
    )
    table = changed(folder, NEW, span("tiga sekolah di Kota Laut", segment=2, memo="ragu"), words=words)
    row = table.iloc[0]
    assert (row["anchor"], row["segment"], row["quote"]) == ("changed", 2, "tiga sekolah di Kota Laut")
    assert NEW[row["start"] : row["end"]] == "empat sekolah di Kota Laut" and row["sector"] == "DIK.GURU"  # it counts


@pytest.mark.parametrize("text", [NEW, "Hujan turun.\n", "Tiga sekolah. " + TEXT.replace("tiga sekolah", "tiga pabrik")])
def test_a_file_whose_codings_wait_to_be_settled_is_written_as_it_was(folder, text):
    rows = [span("tiga sekolah", segment=2), span("tiga sekolah di Kota Laut", segment=2)]
    table = changed(folder, text, *rows, words="not the text that was coded")
    before = (folder / "ani.csv").read_bytes()
    assert set(table["anchor"]) <= {"changed", "ambiguous", "orphan"}
    write_codings(table, folder)
    assert (folder / "ani.csv").read_bytes() == before and len(read(folder)) == 2  # and still at home in the text coded


def test_words_written_with_other_marks_move_and_are_written_with_those_of_today(folder):
    old, new = "Ia berkata: “kerja sama itu penting”.", 'Kemarin ia berkata: "kerja\nsama itu penting".'
    put(
        folder, segment=[1], code="DIK.GURU", **{name: [value] for name, value in span("“kerja sama itu penting”", old).items()}
    )
    with pytest.warns(UserWarning, match="1 moved with their words"):
        table = read_codings(folder, segments_of(new), BOOK)
    write_codings(table, folder)
    assert read(folder, segments_of(new))[["anchor", "quote"]].values.tolist() == [["exact", '"kerja\nsama itu penting"']]


def test_what_a_person_must_settle_is_listed_with_both_contexts(folder):
    rows = [span("tiga sekolah di Kota Laut"), span("Kota", prefix="", suffix="")]
    table = changed(folder, NEW, *rows, words="1 may stand in several places")
    listed = to_settle(table, segments_of(NEW))
    assert listed[["anchor", "quote", "place", "quote_now", "segment"]].values.tolist() == [
        ["ambiguous", "Kota", 1, "Kota", 1],
        ["ambiguous", "Kota", 2, "Kota", 2],
        ["changed", "tiga sekolah di Kota Laut", 1, "empat sekolah di Kota Laut", 2],
    ]
    changed_row = listed[listed["anchor"] == "changed"].iloc[0]
    assert (one_line(changed_row["before"]), one_line(changed_row["before_now"])) == (
        "a pada bulan Maret. Mereka meninjau"[-30:], "a pada bulan Maret. Mereka meninjau"[-30:],
    )  # fmt: skip
    gone = changed(folder, "Hujan turun.\n", span("kapal"), words="1 no longer find their words")
    assert to_settle(gone, segments_of("Hujan turun.\n"))[["anchor", "quote", "place", "quote_now"]].values.tolist() == [
        ["orphan", "kapal", 0, ""]
    ]
    assert len(to_settle(coded((1, "DIK.GURU")), SEGMENTS)) == 0


def test_a_second_answer_in_a_text_that_was_changed_is_an_orphan_not_a_fault(folder):
    text = TEXT.replace("Maret. Mereka", "Maret, dan mereka")
    rows = [span("bulan Maret", code="planned"), span("tiga sekolah", code="signed", segment=2)]
    table = changed(folder, text, *rows, words="orphan: ani, signed on d: “tiga sekolah”, not unlike “tiga sekolah”")
    assert table[["code", "anchor", "segment"]].values.tolist() == [["signed", "orphan", 0], ["planned", "exact", 1]] or (
        table.set_index("code")["anchor"].to_dict() == {"planned": "exact", "signed": "orphan"}
    )


def test_a_row_that_cannot_be_placed_says_why_and_the_others_are_placed():
    rows = [
        dict.fromkeys(FILE_COLUMNS, "") | {"document": document, "segment": segment, "code": code, "coder": "ani"}
        for document, segment, code in [
            ("d", "1", "DIK.GURUU"),
            ("d", "x", "DIK.GURU"),
            ("d", "2", "DIK.GURU"),
            ("dd", "1", "?"),
        ]
    ]
    found = placed(rows, Places(SEGMENTS, {}), BOOK.codes())
    assert [row["anchor"] for row in found] == ["damaged", "damaged", "exact", "damaged"]
    assert found[0]["problem"] == "code 'DIK.GURUU' is not in the codebook. Did you mean 'DIK.GURU'?"
    assert (
        found[3]["problem"].startswith("code '?' is not in the codebook.")
        and "'dd' is not in the corpus" in found[3]["problem"]
    )
    again = placed([rows[2], rows[2]], Places(SEGMENTS, {}), BOOK.codes())
    assert again[1]["problem"] == "code 'DIK.GURU' on this place is already on line 2"


def test_words_that_stand_twice_are_told_apart_by_their_context_or_not_at_all(folder):
    twice = "Guru itu tiba. Lalu hujan. Guru itu tiba. Lalu pulang.\n"
    coding = {
        "start": 27,
        "end": 41,
        "quote": "Guru itu tiba.",
        "sha256": "1" * 16,
        "prefix": "Lalu hujan.",
        "suffix": "Lalu pulang.",
    }
    text = "Pagi. " + twice
    row = changed(folder, text, coding, words="1 moved").iloc[0]
    assert (row["start"], row["segment"]) == (6 + 27, 4)
    told = "ambiguous: ani, DIK.GURU on d: “Guru itu tiba.”, perhaps “Guru itu tiba.” at 6; “Guru itu tiba.” at 33\nqk.to_settle(codings"
    table = changed(folder, text, coding | {"prefix": "", "suffix": ""}, words=told)
    assert table[["anchor", "segment", "start"]].values.tolist() == [["ambiguous", 0, 27]]


def test_two_codings_that_move_to_one_place_leave_an_orphan_not_a_fault(folder):
    first = {"start": 0, "end": 14, "quote": "Guru itu tiba.", "sha256": "1" * 16}
    table = changed(folder, "Pagi. Guru itu tiba.\n", first, first | {"start": 27, "end": 41}, words="1 moved")
    assert sorted(table["anchor"]) == ["moved", "orphan"]


def test_orphans_take_nothing_from_one_another(folder):
    rows = [span("tiga sekolah", code="DIK.GURU"), span("tiga sekolah", code="planned"), span("pohon beringin", code="DIK.PT")]
    table = changed(folder, "Hujan turun.\n", *rows, words="3 no longer find their words")
    assert table.set_index("code")["status"].astype(object).where(lambda s: s.notna(), "").to_dict() == {
        "DIK.GURU": "", "planned": "planned", "DIK.PT": "",
    }  # fmt: skip


def test_a_long_passage_is_cut_around_what_differs_and_its_codes_stand_together(folder):
    old = "Menurut dia, pasar bersama di Lapangan Wulan kini hanya diikuti oleh 12 pedagang ikan dari kota itu.\n"
    new = old.replace("12", "21")
    rows = [
        {"start": 0, "end": len(old) - 1, "quote": old.strip(), "sha256": "1" * 16, "code": code}
        for code in ("DIK.GURU", "planned")
    ]
    told = (
        "changed: ani, DIK.GURU, planned on d: “…Wulan kini hanya diikuti oleh 12 pedagang ikan dari kota itu…”, "
        "now “…Wulan kini hanya diikuti oleh 21 pedagang ikan dari kota itu…” at 0\n"
        "qk.to_settle(codings, segments) lists them with their context; at the desk press T"
    )
    changed(folder, new, *rows, words=told)


def test_at_most_ten_orphans_are_named(folder):
    rows = [span(word) for word in re.findall(r"\w+", TEXT)[:12]]
    with pytest.warns(UserWarning) as caught:
        put(folder, segment=[1] * 12, code="DIK.GURU", **{name: [row[name] for row in rows] for name in rows[0]})
        read_codings(folder, segments_of("Hujan turun.\n"), BOOK)
    told = str(caught[0].message).splitlines()
    assert (
        len(caught) == 1
        and sum(line.startswith("orphan: ") for line in told) == 10
        and told[-1].startswith("qk.to_settle(codings, segments) lists these and 2 more with")
    )


def test_a_whole_segment_of_a_changed_text_without_its_words_is_an_orphan(folder):
    table = changed(folder, TEXT, {"sha256": "1" * 16}, words="1 no longer find")
    assert table["anchor"].tolist() == ["orphan"]


def test_without_a_checksum_the_words_alone_find_the_place(folder):
    words = "1 moved with their words"
    row = changed(folder, TEXT, {"start": 0, "end": 12, "quote": "tiga sekolah", "sha256": ""}, words=words).iloc[0]
    assert (row["segment"], row["anchor"]) == (2, "moved")
    row = changed(folder, TEXT, {"start": "", "end": "", "quote": "tiga sekolah", "sha256": ""}, words=words).iloc[0]
    assert (row["segment"], row["anchor"]) == (2, "moved")


# --- two editions of one text ---


@pytest.fixture
def editions(folder):
    """documents.csv beside the codings declares that RESTATED is TEXT, sentence by sentence."""
    sums = [hashlib.sha256(text.encode()).hexdigest() for text in (RESTATED, TEXT)]
    (folder.parent / "documents.csv").write_bytes(
        csv_bytes([{"document": "d", "sha256": sums[0], "original_sha256": sums[1]}], ["document", "sha256", "original_sha256"])
    )
    return folder


def test_codings_are_carried_to_the_other_edition_by_sentence_both_ways(editions):
    for here, there in ((TEXT, RESTATED), (RESTATED, TEXT)):
        shutil.rmtree(editions)
        write_codings(coded((1, "DIK.GURU"), (4, "EKO.MARITIM"), segments=segments_of(here)), editions)
        table = read(editions, segments_of(there))
        assert table["anchor"].tolist() == ["sentence", "sentence"] and table["segment"].tolist() == [1, 4]
        assert [there[s:e] for s, e in zip(table["start"], table["end"], strict=True)] == table["quote"].tolist()
        assert read(editions, segments_of(here))["anchor"].tolist() == ["exact", "exact"]


def test_a_part_of_a_sentence_becomes_the_whole_sentence_of_the_other_edition(editions):
    rows = [span("tiga sekolah"), span("Kota Laut")]
    put(editions, segment=[2, 2], code="DIK.GURU", **{name: [row[name] for row in rows] for name in rows[0]})
    table = read(editions, segments_of(RESTATED))
    assert table["quote"].unique().tolist() == ["Tiga sekolah Kota Laut mereka kunjungi."]


def test_codings_carried_over_are_not_written(editions):
    write_codings(coded((1, "DIK.GURU")), editions)
    told = "these codings were read on another edition of the texts; write them from the edition they were made on"
    assert refused(read(editions, segments_of(RESTATED)), editions) == told


def test_an_edition_with_fewer_sentences_is_told(editions):
    write_codings(coded((4, "DIK.GURU")), editions)
    segments = segments_of(RESTATED)
    assert "document 'd' has segments 1 to 3, not 4" in faults(editions, segments[segments["segment"] < 4])


def test_an_orphan_stays_one_in_the_other_edition(editions):
    put(editions, segment=[0], code="DIK.GURU", start=5, end=9, quote="dulu", sha256=hashlib.sha256(TEXT.encode()).hexdigest())
    with pytest.warns(UserWarning, match="1 no longer find their words"):
        assert read_codings(editions, segments_of(RESTATED), BOOK)["segment"].tolist() == [0]


def test_an_edition_that_nobody_declared_is_a_changed_text(folder):
    write_codings(coded((1, "DIK.GURU")), folder)
    with pytest.warns(UserWarning, match="document 'd' is not the text that was coded"):
        assert read_codings(folder, segments_of(RESTATED), BOOK)["anchor"].tolist() == ["orphan"]


def test_codings_on_page_furniture_are_named_in_a_warning(tmp_path):
    segments = segments_of("Editor : Sri Rahayu\n\n" + TEXT)
    put(tmp_path / "codings", columns=NEEDED, segment=[1, 2], code=["DIK.GURU", "DIK.GURU"])
    with pytest.warns(UserWarning, match=r"^codings on page furniture, not on content \(1\): ani: DIK\.GURU on d 1$"):
        codings = read_codings(tmp_path / "codings", segments, BOOK)
    assert list(codings["segment"]) == [1, 2]  # named, and kept


# --- codes that were renamed, merged, split or retired ---


def revised(**columns):
    """Rows of revisions.csv as `read_revisions` gives them."""
    table = pd.DataFrame({name: columns.get(name, "") for name in REVISIONS}, index=range(len(columns["change"])))
    return table.assign(line=range(2, len(table) + 2))


REVISED = revised(
    change=["rename", "split", "retire", "merge"],
    code=["GURU", "PELAJAR", "ALUMNI", "DOSEN"],
    into=["DIK.GURU", "DIK.PELAJAR DIK.PT", "", "DIK.GURU"],
    codebook="1.1",
    why="levels",
)


def test_old_codes_are_read_as_the_codes_of_today_and_the_file_stays_as_it_was(folder):
    put(folder, segment=[1, 1, 2, 3, 3], code=["GURU", "DOSEN", "DIK.GURU", "ALUMNI", "planned"], memo=list("abcde"))
    before = (folder / "ani.csv").read_bytes()
    table = read_codings(folder, SEGMENTS, BOOK, REVISED)
    shown = table[["segment", "code", "code_as_coded", "facet", "revision", "revised_by", "memo"]].astype(object)
    assert shown.values.tolist() == [
        [1, "DIK.GURU", "GURU", "sector", "joined", "2", "a"],
        [1, "DIK.GURU", "DOSEN", "sector", "carried", "5", "b"],
        [2, "DIK.GURU", "DIK.GURU", "sector", "as coded", "", "c"],
        [3, "ALUMNI", "ALUMNI", "", "retired", "4", "d"],
        [3, "planned", "planned", "status", "as coded", "", "e"],
    ]
    assert table["sector"].notna().tolist() == [True, True, True, False, False]
    assert list(table["revision"].cat.categories) == list(STATES)
    assert (folder / "ani.csv").read_bytes() == before


def test_a_table_read_with_revisions_is_written_with_the_codes_the_files_had(folder):
    put(folder, segment=[1, 1, 3], code=["GURU", "DOSEN", "ALUMNI"], memo=["a", "b", "c"])
    table = read_codings(folder, SEGMENTS, BOOK, REVISED)
    write_codings(pd.concat([table, coded((4, "DIK.PT"))]), folder)
    assert sorted((row["code"], row["memo"]) for row in read_rows(folder / "ani.csv", NEEDED)) == [
        ("ALUMNI", "c"),
        ("DIK.PT", ""),
        ("DOSEN", "b"),
        ("GURU", "a"),
    ]
    again = read_codings(folder, SEGMENTS, BOOK, REVISED)
    assert again["code"].tolist() == ["DIK.GURU", "DIK.GURU", "ALUMNI", "DIK.PT"]
    other = again.assign(code=again["code"].replace("DIK.PT", "DIK.PELAJAR"))
    with pytest.raises(ValueError, match=r"line 5: the coding DIK.PT on d 4 is not in the table\n"):
        write_codings(other, folder)


def test_codings_whose_code_was_split_wait_under_the_old_code_and_a_warning_names_them(folder):
    put(folder, segment=[2], code=["PELAJAR"])
    with pytest.warns(UserWarning, match=r"wait for a decision \(1; see to_decide\): ani: PELAJAR on d 2$"):
        table = read_codings(folder, SEGMENTS, BOOK, REVISED)
    assert table[["code", "facet", "revision"]].values.tolist() == [["PELAJAR", "", "to decide"]]
    sheet = to_decide(table, REVISED).assign(into="DIK.PT", by="ani", line=6)
    for _ in range(2):  # the decision still finds its coding once the file has been written with words and places
        decided = read_codings(folder, SEGMENTS, BOOK, pd.concat([REVISED, sheet]))
        assert decided[["code", "facet", "revision", "revised_by"]].values.tolist() == [["DIK.PT", "sector", "decided", "3 6"]]
        write_codings(decided, folder)


def test_a_code_that_nobody_knows_stays_a_fault_and_so_does_one_that_stands_twice(folder):
    put(folder, segment=[1, 2, 2], code=["GURUU", "GURU", "GURU"])
    with pytest.raises(ValueError) as raised:
        read_codings(folder, SEGMENTS, BOOK, REVISED)
    assert [line.partition(", ")[2] for line in str(raised.value).splitlines()[1:]] == [
        "line 2: code 'GURUU' is not in the codebook. Did you mean 'DIK.GURU'?",
        "line 4: code 'GURU' on this place is already on line 3",
    ]


def test_two_answers_that_a_change_brings_into_a_facet_of_one_are_told_with_their_line(folder):
    put(folder, segment=[1, 1], code=["planned", "WISHED"])
    wished = revised(change=["rename"], code=["WISHED"], into=["aspired"])
    with pytest.raises(ValueError, match=r"line 3: segment 1 of 'd' already has status 'planned'; it takes one$"):
        read_codings(folder, SEGMENTS, BOOK, wished)


TALK = "P: Siapa yang berangkat?\n\nN: Dua guru. Mereka pulang.\n\nP: Lalu?\n\nN: Tidak tahu.\n"


def talk():
    sums = [hashlib.sha256(TALK.encode()).hexdigest()]
    return split(pd.DataFrame({"document": ["d"], "sha256": sums, "text": [TALK], "kind": ["interview"]}), into="sentences")


def test_a_coding_that_begins_on_a_speakers_label_is_at_home_in_what_is_said():
    segments = talk()
    home = Places(segments, {}).home("d", TALK.index("N: Dua"), TALK.index(" Mereka"))
    assert (home["text"], home["speaker"]) == ("Dua guru.", "N")
    assert Places(segments, {}).home("d", TALK.index("N: Dua"), TALK.index("N: Dua") + 2)["text"] == "N:"


def test_what_stands_beside_a_coding_is_as_the_text_has_it_over_labels_and_sentences():
    segments = talk()
    start = TALK.index("Dua guru.")
    place = Places(segments, {}).at("d", start, start + len("Dua guru."))
    assert TALK[:start].rstrip().endswith(place["prefix"]) and TALK[start + 9 :].lstrip().startswith(place["suffix"])
    assert place["suffix"].startswith("Mereka pulang.\n\nP: Lalu?")
    suggested = suggest_codings(segments, BOOK, "sector")
    guru = suggested[suggested["quote"].str.contains("guru")].iloc[0]
    assert TALK[: guru["start"]].rstrip().endswith(guru["prefix"]) and TALK[guru["end"] :].lstrip().startswith(guru["suffix"])
