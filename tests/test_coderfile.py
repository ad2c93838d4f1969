"""Rani codes three sentences in two notebooks; the file is edited, damaged, emptied, locked and killed beside her, and keeps it all."""

import datetime
import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit import coderfile, versions
from qualkit.audit import LOG, check_audit, digest, fingerprint, log_changes, newest_first, record
from qualkit.coderfile import CoderFile
from qualkit.tables import csv_bytes
from qualkit.trash import put_back, removed_rows
from qualkit.versions import backups, restore

COLUMNS = ("document", "start", "end", "code", "coder", "memo", "created")
KEY = ("document", "start", "end", "code")
MORNING = datetime.datetime(2026, 11, 22, 1, 30, 5, tzinfo=datetime.UTC)
TIME = "2026-11-22T01:30:05Z"
SPEC = importlib.util.spec_from_file_location("saving", Path(__file__).parents[1] / "benchmarks" / "saving.py")


def coding(start, code="EKO.ENERGI", **more):
    return {
        "document": "busan",
        "start": str(start),
        "end": str(start + 9),
        "code": code,
        "coder": "rani",
        "memo": "",
        "created": "",
        **more,
    }


ONE, TWO, THREE = coding(2), coding(10), coding(10, "SDM.NAKER", memo='dua\nbaris, "kutip"')
NAMES = ("busan, 2, 11, EKO.ENERGI", "busan, 10, 19, EKO.ENERGI", "busan, 10, 19, SDM.NAKER")


def opened(path, columns=COLUMNS):
    return CoderFile(path, columns, KEY, "rani", now=lambda: MORNING)


def written(path, rows, columns=COLUMNS):
    """Another program puts these rows in place."""
    path.write_bytes(csv_bytes(rows, columns))


def refused(work, *arguments, **named):
    with pytest.raises(ValueError) as said:
        work(*arguments, **named)
    return str(said.value)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(coderfile, "_PAUSES", ())


@pytest.fixture
def path(tmp_path):
    """A file in which rani has coded two places."""
    path = tmp_path / "rani.csv"
    opened(path).change(add=[TWO, ONE], why="first reading", codebook="1.0")
    return path


# --- changing ---


def test_a_change_is_on_the_disk_in_order_and_in_the_log_with_its_rows(path):
    file = opened(path)
    assert file.change(add=[THREE], remove=[TWO], why="it is about work", codebook="1.1") == []
    assert path.read_bytes() == csv_bytes([ONE, THREE], COLUMNS) and file.rows == [ONE, THREE] == opened(path).rows
    last = json.loads((path.parent / LOG).read_text(encoding="utf-8").splitlines()[-1])
    assert (last["who"], last["when"], last["why"], last["codebook"]) == ("rani", TIME, "it is about work", "1.1")
    assert last["rows"] == {"key": list(KEY), "added": [THREE], "removed": [TWO]}
    assert set(check_audit(path.parent)["state"]) == {"as logged"}


def test_a_file_that_is_not_there_is_an_empty_one_and_nothing_is_made_by_looking(tmp_path):
    file = opened(tmp_path / "baru" / "rani.csv")
    assert (file.rows, file.notices, file.writable) == ([], [], True)
    assert not (tmp_path / "baru").exists()
    file.change(add=[ONE])
    assert opened(tmp_path / "baru" / "rani.csv").rows == [ONE]


def test_rows_are_the_callers_to_change_without_harm(path):
    file = opened(path)
    file.rows[0]["memo"] = "not saved"
    file.rows.clear()
    file.change(add=[THREE])
    assert file.rows == [ONE, TWO, THREE] and path.read_bytes() == csv_bytes([ONE, TWO, THREE], COLUMNS)


def test_what_is_there_already_but_for_its_time_stays_and_nothing_is_written(path):
    before, file = path.read_bytes(), opened(path)
    assert file.change(add=[{**ONE, "created": "2026-11-23"}]) == [] == file.change()
    assert path.read_bytes() == before and len(list(newest_first(path.parent))) == 1


def test_nothing_added_to_a_file_that_is_not_there_makes_none(tmp_path):
    opened(tmp_path / "rani.csv").change()
    assert not (tmp_path / "rani.csv").exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"document": "busan", "codes": "X"}, "has no column 'codes'. Did you mean 'code'?"),
        ({"document": "busan", "start": 2}, "start must be a text that can be saved, not 2"),
        ({"document": "busan", "memo": "\ud83c"}, r"memo must be a text that can be saved, not '\ud83c'"),
        ({"memo": "whose?"}, "a row must say at least one of document, start, end, code"),
    ],
)
def test_a_row_that_cannot_be_saved_is_refused(path, row, said):
    assert refused(opened(path).change, add=[row]).endswith(said)
    assert opened(path).rows == [ONE, TWO]


# --- two notebooks ---


def test_two_notebooks_on_one_file_both_keep_what_they_saved(path):
    first, second = opened(path), opened(path)
    first.change(add=[THREE])
    notices = second.change(add=[coding(50)], remove=[ONE])
    assert notices == [f"merged what another notebook saved meanwhile (rani, {TIME}): 1 row added, 0 removed"]
    assert second.rows == [TWO, THREE, coding(50)] == opened(path).rows
    assert first.refresh() == [f"merged what another notebook saved meanwhile (rani, {TIME}): 1 row added, 1 removed"]
    assert first.rows == second.rows and first.refresh() == []


def test_what_the_other_notebook_changed_is_not_removed_and_who_did_it_is_told(path):
    first, second = opened(path), opened(path)
    first.change(add=[{**ONE, "memo": "surya"}], remove=[ONE])
    assert refused(second.change, remove=[ONE]) == (
        f"{NAMES[0]} is not in {path} as it was: rani, in another notebook, changed or removed it at {TIME}. "
        "What stands there now: memo “surya”. Nothing was saved."
    )
    assert second.rows == [ONE, TWO]
    first.change(remove=[{**ONE, "memo": "surya"}])
    assert refused(second.change, remove=[ONE]).endswith(f"at {TIME}. Nothing stands there now. Nothing was saved.")


def test_what_was_removed_outside_the_log_is_told_to_be_so(path):
    record(path.parent / "ani.csv", b"x", "ani")
    file = opened(path)
    written(path, [TWO])
    assert refused(file.change, remove=[ONE]) == (
        f"{NAMES[0]} is not in {path} as it was: it was changed or removed outside the log (by an editor, git or a sync client). "
        "Nothing stands there now. Nothing was saved."
    )
    old = coding(99)
    assert "outside the log" in refused(file.change, remove=[old])


def test_another_row_where_one_is_to_be_added_is_shown(path):
    first, second = opened(path), opened(path)
    first.change(add=[THREE])
    assert refused(second.change, add=[{**THREE, "memo": "lain"}]) == (
        f"{NAMES[2]} is already in {path}, with other words: memo “{THREE['memo']}”. Nothing was saved. "
        "Look at what stands there, then change that."
    )
    assert refused(second.change, add=[coding(70), coding(70, memo="lain")]).startswith(
        "busan, 70, 79, EKO.ENERGI is already in"
    )


def test_a_row_that_differs_from_the_one_given_is_not_removed_though_only_its_memo_does(path):
    first, second = opened(path), opened(path)
    first.change(add=[{**ONE, "memo": "long memo"}], remove=[ONE])
    second.refresh()
    assert refused(second.change, remove=[ONE]) == (
        f"{NAMES[0]} is not in {path} as it was: rani, in another notebook, changed or removed it at {TIME}. "
        "What stands there now: memo “long memo”. Nothing was saved."
    )
    assert refused(first.change, remove=[ONE]).startswith(
        f"{NAMES[0]} is not in {path} as it was: rani changed or removed it at {TIME}."
    )
    assert opened(path).rows == [{**ONE, "memo": "long memo"}, TWO]


def test_a_check_sees_all_rows_as_they_are_to_stand_and_may_refuse_them(path):
    first, second = opened(path), opened(path)
    first.change(add=[THREE])
    seen = []

    def one_answer(rows):
        seen.extend(rows)
        rows.clear()
        raise ValueError("one answer")

    before = path.read_bytes()
    assert refused(second.change, add=[coding(50)], remove=[ONE], check=one_answer) == "one answer"
    assert seen == [TWO, THREE, coding(50)] and path.read_bytes() == before and second.rows == [ONE, TWO]
    second.change(add=[coding(50)], check=lambda rows: rows.clear())
    assert second.rows == [ONE, TWO, THREE, coding(50)] == opened(path).rows


# --- changed outside the log ---


def test_a_file_changed_between_opening_and_saving_is_noticed_merged_and_kept_as_found(path):
    saved, file = fingerprint(path), opened(path)
    written(path, [{**ONE, "memo": "by an editor"}, THREE])
    found = path.read_bytes()
    notices = file.change(add=[coding(50)])
    assert notices[0] == "merged what was changed outside the log: 2 rows added, 2 removed"
    assert notices[1] == (
        f"{path}: changed outside the log since rani saved it at {TIME} (by an editor, git or a sync client). The version saved is "
        f"{path.parent / '.backup' / f'rani.{saved}.csv'}; 2 rows not as saved: {NAMES[0]}; {NAMES[2]}; 2 saved rows not there: "
        f"{NAMES[0]}; {NAMES[1]}."
    )
    assert file.rows == [{**ONE, "memo": "by an editor"}, THREE, coding(50)]
    kept = backups(path)
    assert [Path(name).read_bytes() for name in kept.loc[kept["found"], "file"]] == [found]
    trash = removed_rows(path.parent)
    assert trash[["file", "removed_by", "replaced", "start"]].values.tolist() == [
        ["rani.csv", "outside the log", True, "2"], ["rani.csv", "outside the log", False, "10"],
    ]  # fmt: skip


def test_at_opening_a_change_outside_the_log_is_told_and_without_a_backup_too(path):
    written(path, [ONE])
    assert len(opened(path).notices) == 1 and f"1 saved row not there: {NAMES[1]}." in opened(path).notices[0]
    for backup in (path.parent / ".backup").iterdir():
        backup.unlink()
    assert opened(path).notices == [
        f"{path}: changed outside the log since rani saved it at {TIME} (by an editor, git or a sync client). Which rows differ "
        "cannot be told, for there is no backup of the version saved."
    ]


def test_many_rows_are_named_up_to_ten(path):
    written(path, [ONE, TWO, *[coding(100 + number) for number in range(12)]])
    assert "12 rows not as saved: busan, 100, 109, EKO.ENERGI;" in opened(path).notices[0]
    assert opened(path).notices[0].endswith("EKO.ENERGI and 2 more.")


def test_the_same_rows_in_another_order_are_told_to_be_the_same(path):
    written(path, [TWO, ONE])
    assert opened(path).notices[0].endswith("; the rows are the same.")
    assert opened(path).change(add=[THREE]) == []  # said at opening
    assert opened(path).notices == []


def test_a_file_that_was_there_before_any_log_is_kept_as_found_before_the_first_save(tmp_path):
    path = tmp_path / "rani.csv"
    path.write_text("code,document\nX,busan\n", encoding="utf-8")
    found, file = path.read_bytes(), opened(path)
    assert file.notices == [] and file.rows == [{**dict.fromkeys(COLUMNS, ""), "document": "busan", "code": "X"}]
    file.change(add=[ONE])
    assert backups(path)[["found", "rows"]].values.tolist() == [[False, 2], [True, 1]]
    assert Path(backups(path)["file"][1]).read_bytes() == found
    other = opened(path)
    path.unlink()
    (path.parent / LOG).unlink()
    written(path, [TWO])
    assert other.refresh() == ["merged what was changed outside the log: 1 row added, 2 removed"]


def test_a_save_that_was_cut_off_is_told_and_needs_no_repair(path):
    before = path.read_bytes()
    opened(path).change(add=[THREE])
    path.write_bytes(before)
    (backup,) = [file for file in (path.parent / ".backup").iterdir() if file.read_bytes() != before]
    assert (
        opened(path)
        .notices[0]
        .startswith(
            f"{path}: as it was before rani saved it at {TIME}: that was cut off, or taken back outside the log. The version saved is"
        )
    )
    backup.unlink()
    assert opened(path).notices == [
        f"{path}: as it was before rani saved it at {TIME}: that was cut off, or taken back outside the log. "
        f"1 row changed by it stand in {LOG}: {NAMES[2]}."
    ]
    assert opened(path).change(add=[coding(50)]) == []


def test_a_first_save_that_was_cut_off_leaves_an_empty_file(path):
    path.unlink()
    (backup,) = (path.parent / ".backup").iterdir()
    backup.unlink()
    file = opened(path)
    assert file.writable and file.change(add=[ONE]) == []


# --- emptied ---


def test_a_file_that_became_empty_or_is_gone_is_never_written_over(path):
    saved, file = fingerprint(path), opened(path)
    for state, empty in (("is gone", path.unlink), ("is empty", lambda: path.write_bytes(b"")),
                         ("holds no row that can be read", lambda: written(path, []))):  # fmt: skip
        empty()
        told = (
            f"{path} {state}, but rani saved rows in it at {TIME}. Nothing is written over it. Put this version back: "
            f"restore({str(path)!r}, {saved!r}, who=..., why=...). If it is meant to be so, say it to the log: "
            f"log_changes({str(path.parent)!r}, who=..., why=...)."
        )
        assert refused(file.change, add=[THREE]) == told
        assert opened(path).notices == [told] and not opened(path).writable
    assert file.rows == [ONE, TWO]
    assert restore(path, saved, "rani", "the sync client emptied it")
    assert file.refresh() == [] and file.rows == [ONE, TWO] and file.writable


def test_without_a_backup_the_empty_file_is_still_not_written(path):
    (backup,) = (path.parent / ".backup").iterdir()
    backup.unlink()
    path.write_bytes(b"")
    assert "There is no backup. If it is meant to be so" in refused(opened(path).change, add=[THREE])


def test_where_folder_and_log_are_gone_nothing_is_begun_anew_behind_the_coders_back(path):
    file, folder = opened(path), path.parent
    away = folder.rename(folder.with_name("elsewhere"))
    told = (
        f"{path} is gone, but 2 rows of it were read or saved here. Nothing is written over it. There is no backup. If it is meant to "
        "be so, open it again; else look whether its disk is connected and its folder where it was."
    )
    assert refused(file.change, add=[THREE]) == told and not folder.exists() and file.rows == [ONE, TWO]
    assert told in file.refresh() and refused(file.change, add=[THREE]) == told and not folder.exists()
    folder.mkdir()  # the empty place of a disk that is not connected
    assert refused(file.change, add=[THREE]) == told and list(folder.iterdir()) == []
    path.write_bytes(b"")
    assert refused(file.change, add=[THREE]).startswith(f"{path} is empty, but 2 rows of it were read or saved here.")
    path.unlink()
    assert opened(path).change(add=[THREE]) == []  # opened again: begun anew
    away.rename(folder / "old")


def test_a_file_that_another_notebook_emptied_is_no_obstacle(path):
    first, second = opened(path), opened(path)
    first.change(remove=[ONE, TWO])
    assert second.change(add=[THREE]) == [
        f"merged what another notebook saved meanwhile (rani, {TIME}): 0 rows added, 2 removed"
    ]


def test_what_the_log_says_to_be_gone_or_empty_may_be_begun_anew(path):
    path.unlink()
    file = opened(path)
    assert file.refresh() == [] and not file.writable  # said at opening
    log_changes(path.parent, "rani", "a new start")
    assert file.change(add=[ONE]) == [] and file.writable
    opened(path).change(remove=[ONE])
    assert opened(path).change(add=[TWO]) == [] and opened(path).rows == [TWO]


def test_a_file_that_backups_or_a_sync_client_know_more_of_is_not_begun_anew(path, tmp_path):
    (path.parent / LOG).unlink()
    path.unlink()
    told = refused(opened(path).change, add=[THREE])
    assert "is gone, but there are backups of it. Nothing is written over it. Put this version back: restore(" in told
    assert told.endswith("If it is meant to be so, move them out of .backup.")
    (tmp_path / "ani.csv").write_bytes(b"")
    assert refused(opened(tmp_path / "ani.csv").change, add=[THREE]) == (
        f"{tmp_path / 'ani.csv'} is empty: a sync client may hold what is in it. Nothing is written over it. There is no backup. "
        "If it is meant to be so, delete it."
    )


# --- damage, and other formats ---


def test_a_damaged_line_stays_in_the_file_is_told_at_every_opening_and_nothing_is_written_until_it_is_mended(path):
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"busan,10,", b"busan\x8110,") + b"kota\n" * 11)
    found, told = path.read_bytes(), (
        f"{path}: 12 lines cannot be read (2 more than shown). Nothing is written to the file, and so they stay in it as they are. "
        f"Mend them in a text editor, or put the version last saved back: restore({str(path)!r}, '{digest(whole)}', "
        "who=..., why=...)."
    )  # fmt: skip
    for _ in range(2):
        file = opened(path)
        assert file.rows == [ONE] and not file.writable
        assert file.notices[0] == f"{path}, line 3: cannot be read and is left out: “busan\ufffd10,19,EKO.ENERGI,rani,,”"
        assert file.notices[1] == f"{path}, line 4: cannot be read and is left out: “kota”"
        assert file.notices[10:] == [told] == [refused(file.change, add=[THREE])]
        assert path.read_bytes() == found and removed_rows(path.parent).empty
    path.write_bytes(whole.replace(b"rani,,", b"rani,mended,", 1))
    file.refresh()
    assert file.change(add=[THREE]) == [] and opened(path).rows == [{**ONE, "memo": "mended"}, TWO, THREE]


def test_a_damaged_head_is_read_as_it_was_meant_told_and_not_written(path):
    path.write_bytes(path.read_bytes().replace(b"memo", b"mexo"))
    found, file = path.read_bytes(), opened(path)
    assert file.rows == [ONE, TWO]
    assert file.notices[0] == f"{path}, line 1: the head is damaged: “document,start,end,code,coder,mexo,created”"
    assert "1 line cannot be read. Nothing is written to the file" in refused(file.change, add=[THREE])
    assert path.read_bytes() == found


def test_of_damaged_lines_no_desk_says_why_they_went_and_without_a_backup_there_is_no_version_to_put_back(path):
    file = opened(path)
    written(path, [ONE])
    file.change(add=[THREE], why="it is about work")
    assert removed_rows(path.parent)[["removed_by", "removed_why", "start"]].values.tolist() == [["outside the log", "", "10"]]
    for backup in (path.parent / ".backup").iterdir():
        backup.unlink()
    path.write_bytes(path.read_bytes() + b'busan,"2\n')
    assert refused(file.change, add=[TWO]).endswith(
        "1 line cannot be read. Nothing is written to the file, and so they stay in it as they are. Mend them in a text editor."
    )


def test_a_file_saved_in_the_encoding_of_windows_is_told_to_be_so_and_stays(path):
    file = opened(path)
    file.change(add=[{**ONE, "memo": "“surya” café"}], remove=[ONE])
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    found, told = path.read_bytes(), (
        f"{path}, line 2: the file was saved, it seems, in the encoding of Windows (cp1252, “ANSI”), not in UTF-8. Nothing is written to "
        "it. Open it in the spreadsheet and save it as “CSV UTF-8 (comma delimited)”; quotation marks and accents stay what they are."
    )  # fmt: skip
    assert refused(file.change, add=[THREE]) == told == opened(path).notices[-1] and path.read_bytes() == found
    path.write_bytes(found.decode("cp1252").encode("utf-8-sig"))
    assert file.refresh() and file.change(add=[THREE]) == [] and file.rows[0]["memo"] == "“surya” café"


@pytest.mark.parametrize(
    ("encoded", "what"),
    [
        (lambda text: text.encode("utf-16"), "saved as Unicode text (UTF-16), not as CSV in UTF-8"),
        (lambda text: text.replace(",", "\t").encode(), "saved with tabs between its columns, not with commas"),
    ],
)
def test_what_spreadsheets_call_unicode_text_is_told_to_be_so(path, encoded, what):
    file = opened(path)
    path.write_bytes(encoded(path.read_text(encoding="utf-8")))
    found, told = path.read_bytes(), (
        f"{path}, line 1: the file was {what}. Open it in the spreadsheet and save it as “CSV UTF-8 (comma delimited)”; quotation marks "
        "and accents stay what they are."
    )  # fmt: skip
    assert refused(opened, path) == told == refused(file.change, add=[THREE])
    assert path.read_bytes() == found and file.rows == [ONE, TWO]


def test_two_versions_that_git_left_in_a_file_are_named_with_their_lines(path):
    head, one, two = path.read_text(encoding="utf-8").splitlines(keepends=True)
    mine, theirs = one.replace("rani,", "rani,A"), one.replace("rani,", "rani,B")
    path.write_text(f"{head}<<<<<<< HEAD\n{mine}=======\n{theirs}>>>>>>> two\n{two}", encoding="utf-8")
    found, file = path.read_bytes(), opened(path)
    told = (
        f"{path}, lines 2 to 6: two versions stand here, for git could not tell which holds. Nothing is written to the file. Keep the "
        "lines that hold, delete the lines that begin with <<<<<<<, ======= and >>>>>>>, and save it."
    )
    assert file.notices[-1] == told == refused(file.change, add=[THREE]) and path.read_bytes() == found
    path.write_text(f"{head}{mine}{two}", encoding="utf-8")
    assert file.refresh() and file.change(add=[THREE]) == []


def test_marks_that_git_left_within_a_memo_are_found_and_one_of_them_alone_is_not_gits(path):
    file = opened(path)
    file.change(add=[{**THREE, "memo": "judul\n=======\nisi"}])
    assert opened(path).notices == []
    marked = {**ONE, "memo": "x\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> two\ny"}
    written(path, [marked])
    assert "lines 3 to 7: two versions stand here" in refused(file.change, add=[THREE])
    written(path, [ONE, TWO])
    file.refresh()
    file.change(add=[marked], remove=[ONE])
    assert opened(path).notices == [] and opened(path).writable


@pytest.mark.parametrize(("name", "what"), [("colour", "is unknown here"), ("memo", "stands twice")])
def test_a_file_with_other_columns_is_read_and_never_written(tmp_path, name, what):
    path = tmp_path / "rani.csv"
    path.write_text(f"document,start,end,code,memo,{name}\nbusan,2,11,X,a,b\n", encoding="utf-8")
    before, file = path.read_bytes(), opened(path)
    told = (
        f"{path}, line 1: column '{name}' {what}, so nothing is written to the file (a newer version of this library, or a person, "
        "made it). It is only read; keep such a column in a file of its own to go on."
    )
    assert file.rows[0]["code"] == "X" and file.notices == [told] and not file.writable
    assert refused(file.change, add=[ONE]) == told and path.read_bytes() == before


def test_a_column_appended_in_a_spreadsheet_is_refused_by_name_and_its_rows_stay(path):
    head, one, two = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{head},notes\n{one},my important note\n{two}\n", encoding="utf-8")
    found, file = path.read_bytes(), opened(path)
    assert file.rows == [ONE] and not file.writable
    assert "line 1: column 'notes' is unknown here, so nothing is written" in refused(file.change, add=[THREE])
    assert path.read_bytes() == found


def test_a_name_too_long_for_a_file_is_refused_at_the_door_and_nothing_is_made(tmp_path):
    assert refused(opened, tmp_path / ("a" * 300 + ".csv")) == (
        f"'{'a' * 20}...' is too long for the name of a file: 213 plain letters are the most"
    )
    assert list(tmp_path.iterdir()) == []
    opened(tmp_path / ("a" * 213 + ".csv")).change(add=[ONE])
    written(tmp_path / ("a" * 213 + ".csv"), [TWO])
    opened(tmp_path / ("a" * 213 + ".csv")).change(add=[THREE])
    assert opened(tmp_path / ("a" * 213 + ".csv")).rows == [TWO, THREE]


def test_a_file_of_something_else_is_refused_at_opening(tmp_path):
    (tmp_path / "rani.csv").write_text("satu,dua\n1,2\n", encoding="utf-8")
    assert refused(opened, tmp_path / "rani.csv") == (
        f"{tmp_path / 'rani.csv'}, line 1: none of the columns is known here; expected are {', '.join(COLUMNS)}"
    )
    (tmp_path / "folder.csv").mkdir()
    assert refused(opened, tmp_path / "folder.csv").startswith(f"{tmp_path / 'folder.csv'} could not be read (")


# --- the disk ---


def test_where_nothing_can_be_written_it_is_said_at_opening_and_before_any_work(path, monkeypatch):
    file = opened(path)
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != path.parent)
    told = f"{path.parent} can only be read, so nothing can be saved in {path}. Ask for the right to write there, or work on a copy."
    assert opened(path).notices == [told] and not opened(path).writable
    assert refused(file.change, add=[THREE]) == told and file.rows == [ONE, TWO]
    monkeypatch.undo()
    assert file.writable and file.change(add=[THREE]) == []


def test_a_backup_that_cannot_be_kept_after_saving_is_told_and_the_save_stands(path, monkeypatch):
    file = opened(path)

    def refuse(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(coderfile, "thin", refuse)
    assert file.change(add=[THREE]) == ["It is saved, but no backup of it could be kept: [Errno 28] No space left on device"]
    assert opened(path).rows == [ONE, TWO, THREE] == file.rows


def test_what_cannot_be_kept_as_found_is_not_written_over(path, monkeypatch):
    file = opened(path)
    written(path, [ONE])

    def refuse(path, content):
        raise ValueError(f"{path.name} could not be written")

    monkeypatch.setattr(versions, "write_whole", refuse)
    assert "found.csv could not be written" in refused(file.change, add=[THREE])
    assert opened(path).rows == [ONE] and file.rows == [ONE, TWO]


def test_a_file_that_another_is_just_writing_is_looked_at_again(path, monkeypatch):
    monkeypatch.setattr(coderfile, "_PAUSES", (0.5, 0.5))
    meanwhile = path.read_bytes()
    written(path, [ONE])
    waits = []

    def other(pause):
        waits.append(pause)
        path.write_bytes(meanwhile)

    monkeypatch.setattr(coderfile.time, "sleep", other)
    assert opened(path).notices == [] and waits == [0.5]


# --- the trash, and the backups ---


def test_the_trash_holds_what_is_not_there_now_the_last_first(path):
    file = opened(path)
    file.change(remove=[ONE], why="a slip")
    file.change(remove=[TWO], add=[{**TWO, "memo": "surya"}], why="memo")
    file.change(add=[ONE])
    file.change(remove=[ONE], why="again")
    other = CoderFile(path.parent / "ani.csv", ["document", "why"], ["document"], "ani", now=lambda: MORNING)
    other.change(add=[{"document": "busan", "why": "no"}])
    other.change(remove=[{"document": "busan", "why": "no"}])
    told = removed_rows(path.parent)[["file", "removed_by", "removed_why", "replaced", "start", "why"]].values.tolist()
    assert told == [
        ["ani.csv", "ani", "", False, "", "no"],
        ["rani.csv", "rani", "again", False, "2", ""],
        ["rani.csv", "rani", "memo", True, "10", ""],
    ]
    assert set(removed_rows(path.parent)["removed_at"]) == {TIME}


def test_the_trash_of_no_folder_and_lines_of_the_log_without_rows(tmp_path):
    assert refused(removed_rows, tmp_path / "tidak") == f"{tmp_path / 'tidak'}: there is no such folder"
    record(tmp_path / "rani.csv", b"x", "rani")
    log = tmp_path / LOG
    entry = json.loads(log.read_text(encoding="utf-8"))
    for rows in ({"removed": "all"}, {"removed": [1, {"a": 2}], "key": [3]}, {"outside": []}):
        with open(log, "a", encoding="utf-8") as file:
            file.write(json.dumps(entry | {"rows": rows}) + "\n")
    assert removed_rows(tmp_path).empty


def test_each_backup_can_be_put_back_and_what_it_replaces_is_kept(path):
    file, kept_bytes = opened(path), {fingerprint(path): path.read_bytes()}
    for number in range(5):
        file.change(add=[coding(100 + number)])
        kept_bytes[fingerprint(path)] = path.read_bytes()
    written(path, [THREE])
    assert set(backups(path)["fingerprint"]) == set(kept_bytes)
    for kept in backups(path)["fingerprint"]:
        assert restore(path, kept, "rani", "tested", now=MORNING)
        assert path.read_bytes() == kept_bytes[kept]
        assert not restore(path, kept, "rani", "again")
    assert [Path(name).read_bytes() for name in backups(path).query("found")["file"]][-1] == csv_bytes([THREE], COLUMNS)
    assert set(check_audit(path.parent)["state"]) == {"as logged"}


def test_a_version_put_back_is_told_to_be_that_and_by_whom(path):
    first, old = fingerprint(path), opened(path)
    old.change(add=[THREE], remove=[ONE])
    assert refused(restore, path, first, " ", "a slip") == "who is empty: the log names the person who puts the version back"
    restore(path, first, "rani", "a slip", now=MORNING)
    assert refused(old.change, remove=[THREE]) == (
        f"{NAMES[2]} is not in {path} as it was: rani put an earlier version of the file back at {TIME} (a slip). "
        "Nothing stands there now. Nothing was saved."
    )
    assert old.refresh() == [f"merged an earlier version that rani put back at {TIME}: 1 row added, 1 removed"]
    assert removed_rows(path.parent)[["removed_by", "removed_why", "replaced", "code"]].values.tolist() == [
        ["rani", "a slip", False, "SDM.NAKER"]
    ]


def test_what_was_deleted_by_hand_and_logged_is_in_the_trash_with_who_and_why(path):
    file = opened(path)
    for rows, gone in (([{**TWO, "memo": "surya"}], [ONE, TWO]), ([THREE], [{**TWO, "memo": "surya"}])):
        written(path, rows)
        log_changes(path.parent, "ani", "cleaned up", now=MORNING)
        trash = removed_rows(path.parent)
        assert set(trash["removed_by"] + trash["removed_why"] + trash["removed_at"]) == {f"anicleaned up{TIME}"}
        assert [row for row in gone if row not in trash[list(COLUMNS)].to_dict("records")] == []
    assert trash[["memo", "start", "replaced"]].values.tolist() == [["surya", "10", False], ["", "2", False], ["", "10", False]]
    assert "outside the library, as ani logged at" in refused(file.change, remove=[ONE])
    assert file.refresh() == [
        f"merged what was changed outside the library and logged by ani at {TIME}: 1 row added, 2 removed"
    ]
    found = path.read_bytes()
    file.change(add=[coding(50)], why="next")
    assert len(removed_rows(path.parent)) == 3
    assert found in [Path(name).read_bytes() for name in backups(path).query("found")["file"]]
    path.unlink()
    log_changes(path.parent, "ani", "all of it")
    assert set(removed_rows(path.parent)["removed_why"]) == {"all of it", "cleaned up"} and len(removed_rows(path.parent)) == 5
    assert put_back(removed_rows(path.parent).query("removed_why == 'all of it'"), path.parent, "rani", "not all of it") == [
        path
    ]
    assert opened(path).rows == [THREE, coding(50)]


def test_where_no_version_was_kept_it_is_not_another_notebook_that_saved(path):
    file = opened(path)
    for backup in (path.parent / ".backup").iterdir():
        backup.unlink()
    written(path, [ONE])
    log_changes(path.parent, "ani", "by hand", now=MORNING)
    assert file.refresh() == [f"merged what ani logged at {TIME}: 0 rows added, 1 removed"]


def test_rows_of_the_trash_are_put_back_and_logged_whoever_codes_the_file(path):
    opened(path).change(remove=[ONE, TWO], why="a slip")
    trash = removed_rows(path.parent)
    assert put_back(trash[trash["start"] == "2"], path.parent, "ani", "it was right", now=MORNING) == [path]
    assert opened(path).rows == [ONE] and removed_rows(path.parent)["start"].tolist() == ["10"]
    last = next(newest_first(path.parent))
    assert (last["who"], last["when"], last["why"], last["rows"]["added"]) == ("ani", TIME, "it was right", [ONE])
    assert put_back(trash[:0], path.parent, "ani", "nothing") == []


def test_what_stands_there_already_is_not_put_back_and_nothing_else_either(path):
    file = opened(path)
    other = CoderFile(path.parent / "ani.csv", COLUMNS, KEY, "ani")
    other.change(add=[ONE])
    other.change(remove=[ONE])
    for memo in ("satu", "dua"):
        file.change(add=[{**TWO, "memo": memo}], remove=[file.rows[1]])
    trash, before = removed_rows(path.parent), path.read_bytes()
    told = "Nothing was put back. Look at what stands there, and leave this row out."
    assert refused(put_back, trash, path.parent, "ani", "x") == f"{NAMES[1]} stands in {path} already. {told}"
    assert path.read_bytes() == before and opened(path.parent / "ani.csv").rows == []
    file.change(remove=[file.rows[1]])
    assert refused(put_back, removed_rows(path.parent), path.parent, "ani", "x") == f"{NAMES[1]} is given twice. {told}"
    written(path, [])
    assert "Put this version back: restore(" in refused(put_back, trash, path.parent, "ani", "x")


def test_putting_back_needs_a_name_a_reason_and_the_trash(path):
    opened(path).change(remove=[ONE])
    trash = removed_rows(path.parent)
    assert refused(put_back, trash, path.parent, "", "x") == "who is empty: the log names the person who puts the rows back"
    assert (
        refused(put_back, trash, path.parent, "ani", "")
        == "why is empty: the log names the reason for putting them back, in words"
    )
    assert "rows has no column file" in refused(put_back, trash.drop(columns="file"), path.parent, "ani", "x")
    assert refused(put_back, trash.assign(file="budi.csv"), path.parent, "ani", "x") == (
        f"rows: the log in {path.parent} knows no rows of 'budi.csv': pass rows of removed_rows({str(path.parent)!r})"
    )


def test_a_backup_that_is_not_there_or_damaged_is_not_put_back(path):
    told = f"there is no backup 0123456789abcdef of {path}: backups(...) lists those there are."
    assert refused(restore, path, "0123456789abcdef", "rani", "x") == told
    (backup,) = (path.parent / ".backup").iterdir()
    backup.write_bytes(b"damaged")
    assert backups(path).empty and "there is no backup" in refused(restore, path, fingerprint(path), "rani", "x")


def test_backups_are_thinned_to_the_last_ten_and_the_last_of_a_day_and_found_ones_stay(path):
    written(path, [ONE])
    file = opened(path)
    for number in range(30):
        file.change(add=[coding(100 + number)])
        if number < 10:  # ten of them on five days before
            day = MORNING.timestamp() - 86400 * (5 - number // 2)
            os.utime(path.parent / ".backup" / f"rani.{fingerprint(path)}.csv", (day + number, day + number))
    kept = backups(path)
    assert kept["found"].sum() == 1 and (~kept["found"]).sum() == 10 + 5
    assert kept["fingerprint"][0] == fingerprint(path)


# --- copies ---


def test_conflict_copies_and_placeholders_beside_the_file_are_told(path):
    copy = path.with_name("rani (conflicted copy).csv")
    written(copy, [ONE, THREE])
    (path.parent / ".rani.csv.icloud").write_bytes(b"")
    assert opened(path).notices == [
        f"{path} is not on this computer: .rani.csv.icloud stands for it. Let the sync client fetch it, then read again.",
        f"{copy} looks like a conflict copy of rani.csv: 1 of its 2 rows are not in rani.csv. Look at it, put what is missing into "
        "rani.csv, then move it away.",
    ]


def test_a_file_of_the_same_coder_is_a_copy_whatever_its_name_and_that_of_another_is_none(path):
    written(path.with_name("rani-lama.csv"), [ONE])
    written(path.with_name("rani-PC.csv"), [coding(1, coder="rani-PC")])
    assert ["rani-lama.csv" in notice for notice in opened(path).notices] == [True]
    assert CoderFile(path, COLUMNS, KEY, "budi").notices == opened(path).notices  # whoever writes


# --- laws ---

CELLS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["=1+1", "'=1", "a\r\nb", '"', "🇮🇩", "x\ny,z"])
ROWS = st.lists(st.builds(lambda start, memo, code: coding(start, f"K{code}", memo=memo), st.integers(0, 30), CELLS, CELLS),
                unique_by=lambda row: tuple(row[name] for name in KEY), max_size=6)  # fmt: skip


@settings(max_examples=40)
@given(ROWS)
def test_what_is_saved_is_read_back_the_same(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("codings") / "rani.csv"
    file = opened(path)
    file.change(add=rows)
    assert opened(path).rows == file.rows
    assert sorted(map(str, file.rows)) == sorted(map(str, rows))
    assert opened(path).notices == []


@settings(max_examples=25)
@given(ROWS, st.booleans())
def test_two_independent_changes_give_the_same_rows_in_either_order(tmp_path_factory, rows, is_removed):
    half = len(rows) // 2
    changes = [(rows[:half], [ONE] * is_removed), (rows[half:], [TWO])]
    results = []
    for order in (changes, changes[::-1]):
        path = tmp_path_factory.mktemp("codings") / "rani.csv"
        opened(path).change(add=[ONE, TWO])
        notebooks = [opened(path), opened(path)]
        for notebook, (add, remove) in zip(notebooks, order, strict=True):
            notebook.change(add=add, remove=remove)
        results.append(path.read_bytes())
    assert results[0] == results[1]


# --- real processes (benchmarks/saving.py has the full rounds) ---

with_real_processes = pytest.mark.skipif(os.name != "posix", reason="forks and kills")


@pytest.fixture(scope="module")
def saving():
    module = importlib.util.module_from_spec(SPEC)
    sys.modules["saving"] = module
    SPEC.loader.exec_module(module)
    return module


@with_real_processes
def test_killed_at_any_moment_no_acknowledged_coding_is_lost(saving):
    for figures in (saving.killed(8), saving.killed_at_each_step(saves=2, every=4)):
        assert figures["acknowledged"] > 0
        assert {figures[name] for name in ("lost", "unparsable", "too many", "not writable after")} == {0}


@with_real_processes
def test_four_writers_at_once_lose_nothing(saving):
    figures = saving.writers(4, 8)
    assert (figures["acknowledged"], figures["lost"], figures["failed"], figures["faults of the log"]) == (32, 0, 0, 0)


@with_real_processes
def test_each_replaced_file_is_noticed_and_none_is_overwritten(saving):
    assert saving.replaced(12) == {"rounds": 12, "noticed": 12, "overwritten": 0, "kept as found": 12}


@with_real_processes
def test_on_a_full_disk_nothing_acknowledged_is_lost_and_the_next_try_works(saving):
    figures = saving.full((15_000,))
    assert (figures["said in words, rows unchanged"], figures["saved when there was room"], figures["lost"]) == (1, 1, 0)


@with_real_processes
def test_the_lock_of_a_killed_process_is_taken_over_at_once(saving):
    figures = saving.lock_taken_over(3)
    assert figures["taken over"] == 3 and figures["longest seconds"] < 5


@with_real_processes
def test_no_damage_is_silent_and_the_other_records_are_read(saving):
    figures = saving.damaged(60, codings=20)
    assert figures["silently changed"] == 0 and figures["others loaded %"] >= 95


@with_real_processes
def test_the_twenty_names_of_copies_are_found(saving):
    assert saving.copies() == {"names": 20, "found": 20, "false alarms": 0}
