"""Small archives: which files are read, in which parts, and what is wrong with them, in words."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit import parts
from qualkit.parts import Part, list_files, plan_parts, read_part

TWO = pd.DataFrame({"document": ["a", "b"], "text": ["Hujan turun.", "Pasar ramai."]})


def planned(source):
    return plan_parts(source, list_files(source))


def refused(what, *arguments):
    with pytest.raises(ValueError) as error:
        what(*arguments)
    return str(error.value)


@given(st.lists(st.integers(0, 400), min_size=1), st.integers(1, 500))
def test_parts_hold_every_text_once_in_order_and_are_not_much_too_large(sizes, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART", most)
        files = {f"{number:04}.txt": [size, 0] for number, size in enumerate(sizes)}
        made = plan_parts(None, files)
    assert [name for part in made for name in part.files] == list(files)
    assert [part.number for part in made] == list(range(1, len(made) + 1))
    assert all(part.size < most + max(sizes) for part in made)


def test_texts_are_called_by_their_path_and_lose_an_invisible_mark(tmp_path):
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "a.txt").write_bytes(b"\xef\xbb\xbfHujan turun.")
    (part,) = planned(tmp_path)
    assert read_part(tmp_path, part).values.tolist() == [["2024/a", "2024", "Hujan turun."]]


def test_a_source_that_is_not_there_is_refused(tmp_path):
    assert refused(list_files, tmp_path / "nothing").endswith("nothing' does not exist")


def test_a_source_without_texts_is_refused(tmp_path):
    told = refused(list_files, tmp_path)
    assert told.endswith("must be a Parquet file (.parquet), a folder of Parquet files or a folder of texts (.txt)")


def test_a_source_of_both_kinds_is_refused(tmp_path):
    for name in ("a.txt", "b.parquet"):
        (tmp_path / name).touch()
    assert refused(list_files, tmp_path).endswith("; it holds both")


def test_a_text_outside_of_the_source_is_refused(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "secret.txt").write_text("Rahasia.")
    (tmp_path / "texts" / "a.txt").symlink_to(tmp_path / "secret.txt")
    assert "leads out of" in refused(list_files, tmp_path / "texts")


def test_a_text_that_is_not_utf_8_is_refused_by_name(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Kafe\xe9 itu")
    assert refused(read_part, tmp_path, Part(1, ("a.txt",), 8)).endswith("a.txt' is not UTF-8 (byte 4); save it as UTF-8")


# --- Parquet ---


@pytest.fixture
def file(tmp_path):
    pytest.importorskip("pyarrow", reason="the extra `scale` is not installed")
    return tmp_path / "a.parquet"


@pytest.mark.parametrize(("most", "row_group", "several"), [(20, 5, True), (20, 1, True), (10**6, 2, False)])
def test_parts_are_rows_of_a_file_however_its_row_groups_lie(file, monkeypatch, most, row_group, several):
    five = pd.DataFrame({"document": [*"abcde"], "text": ["Hujan turun."] * 5, "year": range(5)})
    five.to_parquet(file, row_group_size=row_group)
    monkeypatch.setattr(parts, "PART", most)
    made = planned(file)
    assert (len(made) > 1) == several
    read = pd.concat([read_part(file, part) for part in made], ignore_index=True)
    pd.testing.assert_frame_equal(read, five)


@pytest.mark.parametrize("column", ["document", "text"])
def test_a_parquet_file_without_a_column_that_is_needed_is_refused(file, column):
    TWO.rename(columns={column: "isi"}).to_parquet(file)
    assert f"a.parquet' has no column '{column}'. It has: " in refused(planned, file)


def test_a_missing_text_is_refused_with_its_place(file):
    TWO.assign(text=["Hujan turun.", None]).to_parquet(file)
    told = refused(read_part, file, *planned(file))
    assert "a.parquet, rows 1 to 2: column 'text' holds " in told
    assert told.endswith(" which is no text (1 such rows)")


def test_a_document_that_stands_twice_in_a_part_is_refused(file):
    TWO.assign(document="sama").to_parquet(file)
    told = refused(read_part, file, *planned(file))
    assert told.endswith("rows 1 to 2: document 'sama' stands there twice; every document needs an id of its own")
