"""A folder of three small files is written, changed behind the log's back, cut off half-way and damaged; the log tells it all."""

import datetime
import errno
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit import audit
from qualkit.audit import (
    LOG,
    STATES,
    backup_content,
    backup_name,
    check_audit,
    fingerprint,
    log_changes,
    newest_first,
    read_audit,
    record,
    rewrite,
)

ROOT = Path(__file__).resolve().parents[1]
MORNING = datetime.datetime(2026, 11, 22, 1, 30, 5, tzinfo=datetime.UTC)
ONE, TWO = b"claims: []\n", b"claims:\n  - id: C1\n"


def sha(content):
    return hashlib.sha256(content).hexdigest()[:16]


def lines(folder):
    return [json.loads(line) for line in (folder / LOG).read_text(encoding="utf-8").splitlines()]


def states(folder):
    """File and state of each row of the check."""
    return check_audit(folder)[["file", "state"]].values.tolist()


def notes(folder):
    return [note for note in read_audit(folder)["note"] if note]


@pytest.fixture
def path(tmp_path):
    """A file that rani has written once."""
    record(tmp_path / "claims.yaml", ONE, "rani", "start", now=MORNING)
    return tmp_path / "claims.yaml"


# --- writing ---


def test_a_line_says_who_when_what_before_after_with_which_codebook_and_why(tmp_path):
    path = tmp_path / "baru" / "claims.yaml"
    assert record(path, ONE, "rani", "first conclusions", codebook="1.1", now=MORNING)
    assert path.read_bytes() == ONE
    assert lines(path.parent) == [
        {
            "when": "2026-11-22T01:30:05Z",
            "who": "rani",
            "action": "created",
            "what": "claims.yaml",
            "before": "",
            "after": sha(ONE),
            "codebook": "1.1",
            "why": "first conclusions",
            "follows": "",
        }
    ]


def test_the_time_is_written_in_utc_wherever_the_writer_is(tmp_path):
    jakarta = datetime.timezone(datetime.timedelta(hours=7))
    record(tmp_path / "a.md", b"x", "rani", now=datetime.datetime(2026, 11, 22, 3, 0, tzinfo=jakarta))
    assert lines(tmp_path)[0]["when"] == "2026-11-21T20:00:00Z"


def test_the_time_is_that_of_the_writing_where_none_is_given(tmp_path):
    before = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    record(tmp_path / "a.md", b"x", "rani")
    told = datetime.datetime.strptime(lines(tmp_path)[0]["when"] + "+0000", "%Y-%m-%dT%H:%M:%SZ%z")
    assert before <= told <= datetime.datetime.now(datetime.UTC)


def test_a_change_says_what_was_there_before(path):
    assert record(path, TWO, "budi", "C1 added")
    line = lines(path.parent)[1]
    assert (line["action"], line["before"], line["after"], line["who"]) == ("changed", sha(ONE), sha(TWO), "budi")


def test_a_line_carries_the_checksum_of_the_line_before_it(path):
    record(path, TWO, "budi")
    first, second = (path.parent / LOG).read_bytes().splitlines()
    assert json.loads(second)["follows"] == sha(first)


def test_what_is_there_already_is_neither_written_nor_logged(path):
    def written():  # all but when it was last read: to compare, a file is read
        stat = path.stat()
        return (
            stat.st_mode,
            stat.st_ino,
            stat.st_dev,
            stat.st_nlink,
            stat.st_uid,
            stat.st_gid,
            stat.st_size,
            stat.st_mtime_ns,
            stat.st_ctime_ns,
        )

    before, log = written(), (path.parent / LOG).read_bytes()
    assert not record(path, ONE, "budi", "again")
    assert written() == before and (path.parent / LOG).read_bytes() == log


def test_a_file_that_is_there_without_a_log_and_stays_as_it_is_gets_none(tmp_path):
    (tmp_path / "a.md").write_bytes(b"x")
    assert not record(tmp_path / "a.md", b"x", "rani")
    assert not (tmp_path / LOG).exists()


def test_other_line_ends_are_no_change_worth_a_line(path):
    path.write_bytes(ONE.replace(b"\n", b"\r\n"))
    assert states(path.parent) == [["claims.yaml", "as logged"]]
    assert not record(path, ONE, "budi")
    assert path.read_bytes() == ONE and len(lines(path.parent)) == 1


@pytest.mark.parametrize("why", ['tanda "kutip"\ndan baris baru', "🇮🇩 ya\u2028tidak", "</script>{}"])
def test_any_words_fit_on_one_line_and_come_back(tmp_path, why):
    record(tmp_path / "a.md", b"x", "Siti Nurhaliza", why)
    assert (tmp_path / LOG).read_bytes().count(b"\n") == 1
    assert read_audit(tmp_path)[["who", "why", "note"]].values.tolist() == [["Siti Nurhaliza", why, ""]]


def test_half_an_emoji_is_written_as_a_question_mark(tmp_path):
    record(tmp_path / "a.md", b"x", "rani", "ya \ud83c")
    assert read_audit(tmp_path)["why"].tolist() == ["ya ?"]


@pytest.mark.parametrize("who", ["", "  ", None])
def test_nobody_is_no_author(tmp_path, who):
    with pytest.raises(ValueError) as said:
        record(tmp_path / "a.md", b"x", who)
    assert str(said.value) == "who is empty: the log names the person (or the machine) whose decision this is"
    assert not list(tmp_path.iterdir())


def test_what_someone_else_changed_since_it_was_read_is_not_overwritten(path):
    read = fingerprint(path)
    record(path, TWO, "budi")
    with pytest.raises(ValueError) as said:
        record(path, b"claims: [rani]\n", "rani", expected=read)
    assert str(said.value) == f"{path} was changed by someone else since it was read; nothing was written. Read it again."
    assert path.read_bytes() == TWO and len(lines(path.parent)) == 2
    assert record(path, b"claims: [rani]\n", "rani", expected=fingerprint(path))


def test_a_fingerprint_is_the_checksum_and_of_no_file_nothing(path):
    assert (fingerprint(path), fingerprint(path.parent / "none.md"), fingerprint(path.parent)) == (sha(ONE), "", "")


# --- when it cannot be written ---


def test_where_the_log_cannot_be_written_neither_is_the_file(tmp_path):
    (tmp_path / LOG).mkdir()
    with pytest.raises(ValueError) as said:
        record(tmp_path / "a.md", b"x", "rani")
    assert str(said.value).startswith(f"{tmp_path / LOG} could not be written (")
    assert str(said.value).endswith("); the file it speaks of is unchanged")
    assert not (tmp_path / "a.md").exists()


def test_a_file_that_cannot_be_read_is_told_in_words_and_left_as_it_is(path, monkeypatch):
    read = Path.read_bytes
    refusals = iter([False, False, True])  # it is read, read again under the lock, and once more before it is replaced

    def refused_at_last(file):
        if file == path and next(refusals):
            raise OSError(errno.EIO, "Input/output error")
        return read(file)

    with monkeypatch.context() as sync_client:
        sync_client.setattr(Path, "read_bytes", refused_at_last)
        with pytest.raises(ValueError) as said:
            record(path, TWO, "rani")
    assert str(said.value) == f"{path} could not be read (Input/output error)"
    assert path.read_bytes() == ONE and not list(path.parent.glob(".*.part"))
    assert [line["action"] for line in lines(path.parent)] == ["created", "changed", "not written"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_in_a_read_only_folder_nothing_is_written(path):
    path.parent.chmod(0o555)
    (path.parent / LOG).chmod(0o444)
    with pytest.raises(ValueError, match="could not be written"):
        record(path, TWO, "rani")
    path.parent.chmod(0o755)
    assert path.read_bytes() == ONE and states(path.parent) == [["claims.yaml", "as logged"]]


class Full:
    """A disk that takes ten bytes of a line and no more."""

    def __init__(self, file):
        self.file = file

    def write(self, line):
        return self.file.write(line[:10])

    def fileno(self):
        return self.file.fileno()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.file.close()


def test_on_a_full_disk_the_file_stays_and_the_next_write_succeeds(path, monkeypatch):
    opened = audit._opened
    monkeypatch.setattr(audit, "_opened", lambda log: Full(opened(log)))
    with pytest.raises(
        ValueError, match=r"audit\.jsonl could not be written \(No space left on device\); the file it speaks of is"
    ):
        record(path, TWO, "rani")
    assert path.read_bytes() == ONE
    monkeypatch.undo()
    assert record(path, TWO, "rani")
    assert states(path.parent) == [["claims.yaml", "as logged"], [LOG, "damaged line"]]
    assert notes(path.parent) == ['cannot be read: {"when": "']


def test_a_file_that_cannot_be_written_is_taken_back_in_the_log(path, monkeypatch):
    def refuse(path, content, check):
        raise ValueError(f"{path} could not be written (Input/output error)")

    monkeypatch.setattr(audit, "write_whole", refuse)
    with pytest.raises(ValueError, match=r"claims\.yaml could not be written \(Input/output error\)"):
        record(path, TWO, "rani")
    assert [line["action"] for line in lines(path.parent)] == ["created", "changed", "not written"]
    assert states(path.parent) == [["claims.yaml", "as logged"]] and notes(path.parent) == []


KILLED = """
import os, signal, sys
from qualkit import audit
when, path = sys.argv[1:]
write = audit.write_whole
def killed(path, content=b"", check=None):
    if when == "after the file":
        write(path, content, check)
    os.kill(os.getpid(), signal.SIGKILL)
if when == "before the line":
    audit._opened = killed
else:
    audit.write_whole = killed
audit.record(path, b"claims:\\n", "rani", "killed")
"""


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal")
@pytest.mark.parametrize(
    ("when", "content", "state", "logged"),
    [
        ("before the line", ONE, "as logged", 1),
        ("between line and file", ONE, "as before the last entry", 2),
        ("after the file", b"claims:\n", "as logged", 2),
    ],
)
def test_whoever_is_killed_leaves_a_state_that_the_check_tells(path, when, content, state, logged):
    process = subprocess.run([sys.executable, "-c", KILLED, when, str(path)], cwd=ROOT, capture_output=True)
    assert process.returncode == -9, process.stderr
    assert path.read_bytes() == content
    assert states(path.parent) == [["claims.yaml", state]] and len(lines(path.parent)) == logged
    assert record(path, TWO, "rani", "once more")
    assert states(path.parent) == [["claims.yaml", "as logged"]]
    assert notes(path.parent) == (["the entry before was not carried out or was taken back"] if "between" in when else [])


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal")
def test_a_new_file_that_was_never_written_is_gone(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, "between", str(tmp_path / "claims.yaml")], cwd=ROOT, capture_output=True)
    assert states(tmp_path) == [["claims.yaml", "gone"]]
    log_changes(tmp_path, "rani", "the machine stopped")
    assert [line["action"] for line in lines(tmp_path)] == ["created", "deleted"]
    assert states(tmp_path) == [["claims.yaml", "as logged"]]


WRITER = """
import sys
from qualkit.audit import record
folder, who = sys.argv[1:]
for number in range(40):
    record(f"{folder}/{who}.md", f"{number}".encode(), who, "x" * 500)
    record(f"{folder}/both.md", f"{who} {number}".encode(), who, "y" * 500)
"""


def test_two_who_write_at_once_lose_no_line_and_the_last_line_is_true(tmp_path):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), who], cwd=ROOT) for who in ("ani", "budi")]
    assert [writer.wait() for writer in writers] == [0, 0]
    table = read_audit(tmp_path)
    assert table.groupby(["who", "what"]).size().to_dict() == {
        ("ani", "ani.md"): 40, ("ani", "both.md"): 40, ("budi", "both.md"): 40, ("budi", "budi.md"): 40,
    }  # fmt: skip
    assert set(table["note"]) == {""}
    assert states(tmp_path) == [["ani.md", "as logged"], ["both.md", "as logged"], ["budi.md", "as logged"]]


def test_without_locks_lines_are_still_appended(tmp_path, monkeypatch):
    def refuse(*arguments):
        raise OSError("no locks here")

    monkeypatch.setattr(
        audit, "msvcrt" if sys.platform == "win32" else "fcntl", type("None", (), {"flock": refuse, "LOCK_EX": 2, "LOCK_NB": 4})
    )
    assert record(tmp_path / "a.md", b"x", "rani") and len(lines(tmp_path)) == 1


@pytest.mark.skipif(os.name != "posix", reason="locks as on Linux")
def test_a_log_that_another_program_does_not_let_go_is_waited_for_and_then_told(path, monkeypatch):
    import fcntl

    monkeypatch.setattr(audit, "_PATIENCE", 0.1)
    with open(path.parent / LOG, "ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ValueError) as said:
            record(path, TWO, "rani")
    assert str(said.value) == (
        f"{path.parent / LOG} could not be written (another program has been writing there for 0 seconds); "
        "nothing was changed. Save again."
    )
    assert path.read_bytes() == ONE and record(path, TWO, "rani")


def test_a_full_disk_and_a_closed_folder_are_told_with_what_to_do(path, monkeypatch):
    for number, told in (
        (errno.ENOSPC, f". The disk that holds the folder {path.parent} is full: make room, then save again."),
        (errno.EROFS, f". The folder {path.parent} can only be read: ask for the right to write in it, or work on a copy."),
    ):

        def refuse(log, number=number):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(audit, "_opened", refuse)
        with pytest.raises(ValueError) as said:
            record(path, TWO, "rani")
        assert str(said.value).endswith(f"({os.strerror(number)}); the file it speaks of is unchanged{told}")


# --- rows, and the newest entries ---


def test_a_change_is_made_of_what_is_in_the_file_and_its_rows_stand_in_the_log_only(path):
    def more(found):
        return found + b"# C1\n", {"added": [{"claim": "C1"}], "removed": []}

    assert rewrite(path, more, "rani", "one more", codebook="1.1", now=MORNING)
    assert path.read_bytes() == ONE + b"# C1\n"
    assert lines(path.parent)[1]["rows"] == {"added": [{"claim": "C1"}], "removed": []}
    assert "rows" not in read_audit(path.parent).columns and notes(path.parent) == []
    assert next(newest_first(path.parent))["rows"] == {"added": [{"claim": "C1"}], "removed": []}


def test_a_change_of_nothing_and_one_that_is_refused_write_nothing(path, tmp_path):
    assert not rewrite(path, lambda found: None, "rani")
    with pytest.raises(ValueError, match="not now"):
        rewrite(path, lambda found: (_ for _ in ()).throw(ValueError("not now")), "rani")
    assert path.read_bytes() == ONE and len(lines(path.parent)) == 1
    assert rewrite(tmp_path / "new.md", lambda found: (b"x" if found is None else b"y", {}), "rani")
    assert (tmp_path / "new.md").read_bytes() == b"x"


def test_what_an_editor_saves_while_we_save_is_not_overwritten(path):
    def meddled(found):
        path.write_bytes(b"claims: [by an editor]\n")
        return TWO, {"added": [{"claim": "C1"}]}

    with pytest.raises(ValueError) as said:
        rewrite(path, meddled, "rani")
    assert str(said.value) == (
        f"{path} was changed by another program while it was being saved; nothing was written. Save again."
    )
    assert path.read_bytes() == b"claims: [by an editor]\n"
    assert [line["action"] for line in lines(path.parent)] == ["created", "changed", "not written"]
    assert [entry["action"] for entry in newest_first(path.parent)] == ["created"]
    assert not list(path.parent.glob(".*.part"))


def test_the_newest_entries_come_first_and_long_and_damaged_lines_stop_nothing(path):
    log = path.parent / LOG
    record(path, TWO, "budi", "x" * 200_000)
    log.write_bytes(b"\xef\xbb\xbf" + log.read_bytes().replace(b"\n", b"\r\n") + b"<<<<<<<\n\n")
    record(path, ONE, "ani")
    assert [entry["who"] for entry in newest_first(path.parent)] == ["ani", "budi", "rani"]
    assert lines_follow(log)
    log.write_bytes(b"")
    assert list(newest_first(path.parent)) == [] == list(newest_first(path.parent / "none"))
    log.write_bytes(b"\n")
    assert list(newest_first(path.parent)) == []


def lines_follow(log):
    raws = [raw for raw in log.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n") if raw]
    return json.loads(raws[-1])["follows"] == sha(raws[-2])


def test_rows_that_are_none_are_passed_over(path):
    with open(path.parent / LOG, "a", encoding="utf-8") as log:
        log.write(json.dumps(GOOD | {"rows": "all of them"}) + "\n")
    assert next(newest_first(path.parent))["rows"] == {}


# --- what was changed by hand ---


def test_what_was_changed_by_hand_is_logged_with_what_was_there_before(path):
    (path.parent / "statements.csv").write_bytes(b"statement\n")
    (path.parent / "gambar.png").write_bytes(b"png")
    (path.parent / ".tersembunyi.md").write_bytes(b"x")
    path.write_bytes(TWO)
    logged = log_changes(path.parent, "rani", "edited in a spreadsheet", now=MORNING)
    assert [file.name for file in logged] == ["claims.yaml", "statements.csv"]
    told = [[line[name] for name in ("action", "what", "before", "after", "who", "why")] for line in lines(path.parent)[1:]]
    assert told == [
        ["changed", "claims.yaml", sha(ONE), sha(TWO), "rani", "edited in a spreadsheet"],
        ["found", "statements.csv", "", sha(b"statement\n"), "rani", "edited in a spreadsheet"],
    ]
    assert log_changes(path.parent, "rani", "again") == [] and notes(path.parent) == []


def test_rows_taken_out_by_hand_stand_in_the_line_where_the_version_before_is_kept_and_then_this_one_is_kept(tmp_path):
    table, before = tmp_path / "rani.csv", b"code,memo\nX,\nY,surya\n"
    record(table, before, "rani")
    backup_name(table, sha(before)).parent.mkdir()
    backup_name(table, sha(before)).write_bytes(before)
    for content, added, removed in (
        (b"code,memo\nX,\nZ,\n", [{"code": "Z", "memo": ""}], [{"code": "Y", "memo": "surya"}]),
        (b"code,memo\nX,\n", [], [{"code": "Z", "memo": ""}]),
        (before, [{"code": "Y", "memo": "surya"}], []),
    ):
        table.write_bytes(content)
        log_changes(tmp_path, "ani", "cleaned up")
        assert lines(tmp_path)[-1]["rows"] == {"how": "log_changes", "added": added, "removed": removed}
        assert backup_content(table, sha(content)) == content
    assert len(list(backup_name(table, "").parent.iterdir())) == 3  # the first is not kept twice
    table.unlink()
    log_changes(tmp_path, "ani", "all")
    assert len(lines(tmp_path)[-1]["rows"]["removed"]) == 2
    backup_name(table, sha(before)).write_bytes(b"damaged")
    assert backup_content(table, sha(before)) is None


def test_a_file_taken_away_and_brought_back_is_logged_as_both(path):
    path.unlink()
    log_changes(path.parent, "rani", "away")
    path.write_bytes(ONE)
    log_changes(path.parent, "rani", "and back")
    assert [line["action"] for line in lines(path.parent)] == ["created", "deleted", "created"]
    assert [(line["before"], line["after"]) for line in lines(path.parent)] == [("", sha(ONE)), (sha(ONE), ""), ("", sha(ONE))]


def test_folders_below_are_looked_at_where_they_have_a_log(path):
    for name in ("codings", "originals"):
        (path.parent / name).mkdir()
        (path.parent / name / "ani.csv").write_bytes(b"document\n")
    assert states(path.parent) == [["claims.yaml", "as logged"]]
    log_changes(path.parent / "codings", "ani", "start of the log")
    (path.parent / "codings" / "ani.csv").write_bytes(b"document,segment\n")
    assert states(path.parent) == [["claims.yaml", "as logged"], ["codings/ani.csv", "changed outside the log"]]
    assert [str(file.relative_to(path.parent)) for file in log_changes(path.parent, "ani", "by hand")] == [
        os.path.join("codings", "ani.csv")
    ]
    assert read_audit(path.parent)["log"].tolist().count("codings/audit.jsonl") == 2
    assert not (path.parent / "originals" / LOG).exists()


@pytest.mark.parametrize(("who", "why", "said"), [
    ("", "x", "who is empty: the log names the person (or the machine) who changed the files"),
    ("rani", " ", "why is empty: the log names the reason for the changes, in words"),
])  # fmt: skip
def test_a_change_by_hand_needs_a_name_and_a_reason(path, who, why, said):
    with pytest.raises(ValueError) as raised:
        log_changes(path.parent, who, why)
    assert str(raised.value) == said


def test_a_folder_that_is_not_there_is_told(tmp_path):
    for function in (read_audit, check_audit, lambda folder: log_changes(folder, "rani", "x")):
        with pytest.raises(ValueError) as said:
            function(tmp_path / "tidak")
        assert str(said.value) == f"{tmp_path / 'tidak'}: there is no such folder"


# --- reading ---


def test_lines_are_in_the_order_of_time_with_the_file_as_seen_from_the_folder(path):
    record(path.parent / "memos" / "m.md", b"x", "budi", now=MORNING - datetime.timedelta(hours=1))
    record(path, TWO, "codebook", now=MORNING + datetime.timedelta(hours=1))
    table = read_audit(path.parent)
    assert table[["when", "who", "machine", "action", "what", "log", "line"]].values.tolist() == [
        ["2026-11-22T00:30:05Z", "budi", False, "created", "memos/m.md", "memos/audit.jsonl", 1],
        ["2026-11-22T01:30:05Z", "rani", False, "created", "claims.yaml", "audit.jsonl", 1],
        ["2026-11-22T02:30:05Z", "codebook", True, "changed", "claims.yaml", "audit.jsonl", 2],
    ]


def test_a_folder_without_a_log_has_no_entries_and_nothing_in_it_is_logged(tmp_path):
    assert read_audit(tmp_path).empty and check_audit(tmp_path).empty
    (tmp_path / "a.md").write_bytes(b"x")
    assert read_audit(tmp_path).empty
    assert states(tmp_path) == [["a.md", "never logged"]]


def test_the_check_knows_all_states_so_that_none_found_is_a_zero(path):
    assert check_audit(path.parent)["state"].value_counts().to_dict() == dict.fromkeys(STATES, 0) | {"as logged": 1}


@pytest.mark.parametrize(
    ("content", "state"), [(ONE, "as before the last entry"), (b"claims: [C9]\n", "changed outside the log")]
)
def test_a_file_that_is_not_what_the_log_said_is_shown_with_both_checksums(path, content, state):
    record(path, TWO, "budi", now=MORNING)
    path.write_bytes(content)
    row = check_audit(path.parent).iloc[0].to_dict()
    assert row == {"file": "claims.yaml", "state": state, "logged": sha(TWO), "found": sha(content),
                   "when": "2026-11-22T01:30:05Z", "who": "budi", "note": ""}  # fmt: skip


def test_a_change_without_a_line_is_noted_on_the_next_line(path):
    path.write_bytes(b"claims: [C9]\n")
    record(path, TWO, "budi")
    assert read_audit(path.parent)["note"].tolist() == ["", "changed before without a line"]


GOOD = {"when": "2026-11-22T01:30:05Z", "who": "rani", "action": "created", "what": "a.md", "before": "", "after": "0" * 16,
        "codebook": "", "why": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("<<<<<<< HEAD", "cannot be read: <<<<<<< HEAD"),
        ('{"when": "2026', 'cannot be read: {"when": "2026'),
        ("[" * 100_000, "cannot be read: " + "[" * 60),
        (r'{"when": "\udc80"}', r'cannot be read: {"when": "\udc80"}'),
        ("[1, 2]", "says no 'when'"),
        (json.dumps(GOOD | {"who": 7}), "says no 'who'"),
        (json.dumps(GOOD | {"when": "kemarin"}), "'kemarin' is no time such as 2026-11-22T08:30:00Z"),
        (json.dumps(GOOD | {"what": "../a.md"}), "'../a.md' is no file beside this log"),
        (json.dumps(GOOD | {"what": ".."}), "'..' is no file beside this log"),
        (json.dumps(GOOD | {"after": "yes"}), "before and after must be 16 digits of a checksum, or nothing"),
    ],
)
def test_a_damaged_line_is_told_and_stops_nothing(path, line, note):
    with open(path.parent / LOG, "a", encoding="utf-8") as log:
        log.write(line + "\n\n")
    record(path, TWO, "budi")
    table = read_audit(path.parent)
    assert table[["when", "who", "what", "line", "note"]].values.tolist()[0] == ["", "", "", 2, note]
    assert table["who"].tolist() == ["", "rani", "budi"]
    check = check_audit(path.parent)
    assert check[["file", "state", "note"]].values.tolist() == [
        ["claims.yaml", "as logged", ""],
        [LOG, "damaged line", f"line 2: {note}"],
    ]


def test_bytes_that_are_no_text_are_a_damaged_line(path):
    with open(path.parent / LOG, "ab") as log:
        log.write(b"\xff\xfe\n")
    assert notes(path.parent) == ["cannot be read: \ufffd\ufffd"]


def test_a_log_saved_by_an_editor_of_windows_is_read_and_goes_on(path):
    record(path, TWO, "budi")
    log = path.parent / LOG
    log.write_bytes(b"\xef\xbb\xbf" + log.read_bytes().replace(b"\n", b"\r\n"))
    record(path, ONE, "ani")
    assert read_audit(path.parent)["who"].tolist() == ["rani", "budi", "ani"] and notes(path.parent) == []


@pytest.mark.parametrize("gone", [0, 1])
def test_a_line_taken_out_of_the_middle_is_noticed(path, gone):
    for number in range(3):
        record(path, f"{number}".encode(), "budi", now=MORNING)
    log = path.parent / LOG
    left = log.read_bytes().splitlines(keepends=True)
    del left[gone]
    log.write_bytes(b"".join(left))
    row = check_audit(path.parent).iloc[1].to_dict()
    assert (row["file"], row["state"], row["who"]) == (LOG, "line missing", "budi")
    assert row["note"].startswith(f"line {gone + 1}: the line it followed is gone or was edited")


def test_a_line_taken_off_the_end_is_noticed_by_the_file_it_speaks_of(path):
    record(path, TWO, "budi")
    log = path.parent / LOG
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    assert states(path.parent) == [["claims.yaml", "changed outside the log"]]


@pytest.mark.parametrize("last", [b"", b"satu", None])
def test_a_last_line_that_is_cut_off_whatever_it_says_is_noticed(path, last):
    record(path, TWO, "budi")
    if last is None:
        path.unlink()
        log_changes(path.parent, "budi", "taken away")
    else:
        record(path.with_name("baru.csv"), last, "budi")
    log = path.parent / LOG
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    said = ["claims.yaml", "gone"] if last is None else ["baru.csv", "never logged"]
    assert said in states(path.parent) and notes(path.parent) == []


def test_the_lock_of_a_spreadsheet_is_no_file_of_the_researchers(path):
    path.with_name("~$baru.csv").write_bytes(b"\x05rani\xff")
    assert states(path.parent) == [["claims.yaml", "as logged"]] and log_changes(path.parent, "budi", "why") == []


def test_a_line_edited_later_is_noticed(path):
    record(path, TWO, "budi")
    log = path.parent / LOG
    log.write_bytes(log.read_bytes().replace(b'"who": "rani"', b'"who": "budi"'))
    assert notes(path.parent) == ["the line it followed is gone or was edited"]


def test_two_logs_that_git_put_together_are_read_without_a_note(path):
    """Ani and Budi go on from the same log, each in a branch; a union merge keeps the lines of both."""
    log = path.parent / LOG
    common = log.read_bytes()
    branches = []
    for who, hour in (("budi", 1), ("ani", 2)):
        log.write_bytes(common)
        for number in range(2):
            record(
                path.parent / f"{who}.md",
                f"{number}".encode(),
                who,
                now=MORNING - datetime.timedelta(minutes=hour, seconds=-number),
            )
        branches.append(log.read_bytes()[len(common) :])
    log.write_bytes(common + b"".join(branches))
    table = read_audit(path.parent)
    assert table["who"].tolist() == ["ani", "ani", "budi", "budi", "rani"]  # by time, not by branch
    assert set(table["note"]) == {""}
    assert set(check_audit(path.parent)["state"]) == {"as logged"}
    record(path, TWO, "rani")
    assert notes(path.parent) == []


def test_a_clock_that_went_back_does_not_make_an_older_line_the_last(path):
    record(path, TWO, "budi", now=MORNING - datetime.timedelta(days=1))
    assert states(path.parent) == [["claims.yaml", "as logged"]]


# --- a law ---

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["record", "edit", "delete", "log"]), st.sampled_from(["a.md", "b.csv", "c.yaml"]), st.sampled_from([b"", b"1", b"2\r\n"])
    ),
    max_size=12,
)  # fmt: skip


@given(STEPS)
def test_whatever_was_written_edited_and_deleted_once_logged_all_is_as_logged(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("folder")
    edited = set()
    for step, name, content in steps:
        if step == "record":
            before = fingerprint(folder / name)
            written = record(folder / name, content, "rani", "x")
            assert written == (fingerprint(folder / name) != before) and (folder / name).read_bytes() == content
            edited -= {name} if written else set()
        elif step == "edit":
            (folder / name).write_bytes(content)
            edited.add(name)
        elif step == "delete":
            (folder / name).unlink(missing_ok=True)
            edited.add(name)
        else:
            log_changes(folder, "budi", "by hand")
            edited.clear()
        wrong = check_audit(folder).set_index("file")["state"]
        assert set(wrong[wrong != "as logged"].index) <= edited  # only what was done behind the log's back
    log_changes(folder, "budi", "by hand")
    assert set(check_audit(folder)["state"]) <= {"as logged"}
    assert check_audit(folder)["file"].is_unique


def test_every_file_of_this_study_is_what_its_log_says():
    """Where this fails: qualkit.log_changes("corpus", who, why), as the last step before a commit."""
    found = check_audit(Path(__file__).resolve().parents[1] / "corpus")
    assert len(found) >= 22
    assert found.loc[found["state"] != "as logged", ["file", "state"]].values.tolist() == []
