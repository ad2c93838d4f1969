"""Codes are renamed, merged, split and retired; the codings of two coders come along, and none is ever lost."""

import json
import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit import revision
from qualkit.audit import read_audit
from qualkit.codebook import read_codebook
from qualkit.revision import (
    CHANGES,
    COLUMNS,
    NONE,
    STATES,
    add_revisions,
    carried,
    joined,
    read_revisions,
    revision_log,
    to_decide,
    what_waits,
)
from qualkit.tables import csv_bytes

BOOK = read_codebook("codebook.yaml")
SHORT = "change,code,into,codebook,why,by,created\n"
PLACE = ("coder", "document", "segment", "start", "end", "quote")
REST = "1.1,why,rani,2026-11-22"
SPLIT = f"split,PELAJAR,DIK.PELAJAR DIK.PT,{REST}"


def decision(into="DIK.PT", code="PELAJAR", coder="ani", segment=1, start=0, end=12, quote="Siswa datang", by="rani"):
    return f"decide,{code},{into},1.1,why,{by},2026-11-22,{coder},d,{segment},{start},{end},{quote}"


def coding(code, coder="ani", segment=1, start=0, end=12, quote="Siswa datang", memo="", statement="", anchor="exact"):
    return {"document": "d", "segment": segment, "start": start, "end": end, "code": code, "coder": coder,
            "statement": statement, "memo": memo, "quote": quote, "anchor": anchor}  # fmt: skip


def as_written(*codings):
    """Codings as a coder's file has them: every value a text."""
    return [{name: str(value) for name, value in row.items()} for row in codings]


@pytest.fixture
def read(tmp_path):
    def read(*lines, head=None):
        path = tmp_path / "revisions.csv"
        whole = [line if line.count(",") > 6 else line + ",,,,,," for line in lines]
        text = (head or ",".join(COLUMNS) + "\n") + "".join(f"{line}\n" for line in (lines if head else whole))
        path.write_text(text, encoding="utf-8")
        return read_revisions(path, BOOK)

    return read


@pytest.fixture
def faults(read, tmp_path):
    """The lines of the message, without the folder."""

    def faults(*lines, **further):
        with pytest.raises(ValueError) as error:
            read(*lines, **further)
        return str(error.value).replace(f"{tmp_path}/", "").replace(f"{tmp_path}\\", "").splitlines()

    return faults


def codes(rows):
    return [(row["code_as_coded"], row["code"], row["revision"], row["revised_by"]) for row in rows]


# --- reading the file ---


def test_the_table_has_all_columns_and_knows_all_changes_whatever_the_file_leaves_out(read):
    table = read(f"rename,GURU,DIK.GURU,{REST}", head=SHORT)
    assert list(table.columns) == [*COLUMNS, "line"]
    assert table.iloc[0].tolist() == ["rename", "GURU", "DIK.GURU", "1.1", "why", "rani", "2026-11-22", *[""] * 6, 2]
    assert list(table["change"].cat.categories) == list(CHANGES) == ["rename", "merge", "split", "retire", "decide"]


def test_a_file_without_rows_is_a_table_without_rows_and_changes_nothing(read):
    table = read()
    assert len(table) == 0 and list(table.columns) == [*COLUMNS, "line"]
    assert codes(carried(as_written(coding("DIK.GURU")), table)) == [("DIK.GURU", "DIK.GURU", "as coded", "")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (f"renam,GURU,DIK.GURU,{REST}", "change 'renam' is not known. Did you mean 'rename'?"),
        (f"rename,,DIK.GURU,{REST}", "rename of no code (column code is empty)"),
        (f"rename,GURU,DIK.GURUU,{REST}", "rename of 'GURU': there is no code 'DIK.GURUU' (column into). Did you mean 'DIK.GURU'?"),
        (f"rename,GURU,,{REST}", "rename of 'GURU' needs one code in 'into', not ''"),
        (
            f"merge,GURU,DIK.GURU DIK.PT,{REST}",
            "merge of 'GURU' needs one code in 'into', not 'DIK.GURU DIK.PT'; into several is a split",
        ),
        (
            f"split,GURU,DIK.GURU DIK.GURU,{REST}",
            "split of 'GURU' needs two or more new codes in 'into', separated by blanks, not 'DIK.GURU DIK.GURU'",
        ),
        (
            f"retire,GURU,DIK.GURU,{REST}",
            "retire of 'GURU' goes into nothing, not into 'DIK.GURU'; if it goes into a code, it is a merge",
        ),
        (
            f"split,GURU,DIK.GURU planned,{REST}",
            "split of 'GURU' goes into codes of several facets (sector, status); a code answers one question",
        ),
        ("retire,GURU,,1.9,why,rani,2026-11-22",
         "retire of 'GURU': the codebook's history has no version '1.9' (column codebook). Did you mean '1.4'?"),
        ("retire,GURU,,1.1, ,rani,2026-11-22", "retire of 'GURU' has no reason (why)"),
        ("retire,GURU,,1.1,why,,2026-11-22", "retire of 'GURU' has nobody's name (by)"),
        (
            "retire,GURU,,1.1,why,learned,2026-11-22",
            "retire of 'GURU' is by 'learned', a learned model; a person decides what becomes of a code",
        ),
        ("retire,GURU,,1.1,why,rani,22/11", "retire of 'GURU': created '22/11' is no date such as 2026-11-22"),
        ("retire,GURU,,1.1,why,rani,20261122", "retire of 'GURU': created '20261122' is no date such as 2026-11-22"),
        (
            f"retire,GURU,,{REST},ani,d,1,,,",
            "retire of 'GURU' is of the whole code; only a decision (decide) names a coding (coder, document, segment)",
        ),
        (
            f"rename,GURU,none,{REST}",
            "rename of 'GURU': there is no code 'none' (column into).",
        ),
        (
            f"rename,GURU,GURU,{REST}",
            "'GURU' becomes 'GURU': the changes run in a circle; no code is left at its end",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(faults, line, fault):
    assert faults(line) == [f"revisions.csv, line 2: {fault}"]


@pytest.mark.parametrize(
    ("change", "done"), [("rename", "renamed"), ("merge", "merged"), ("retire", "retired"), ("split", "split")]
)
def test_a_code_that_goes_may_not_stand_in_the_codebook_any_more(faults, change, done):
    into = {"retire": "", "split": "DIK.PT EKO.ENERGI"}.get(change, "DIK.PT")
    parts = "give each part an id of its own, and " if change == "split" else ""
    assert faults(f"{change},DIK.GURU,{into},{REST}") == [
        f"revisions.csv, line 2: 'DIK.GURU' is {done} here but still stands in the codebook; {parts}take its entry out there (its "
        "codings are kept), or this line here"
    ]


def test_blanks_around_a_cell_mean_nothing(read):
    revisions = read(f"rename, GURU, DIK.GURU ,{REST}")
    assert codes(carried(as_written(coding("GURU")), revisions)) == [("GURU", "DIK.GURU", "carried", "2")]


def test_a_code_goes_once(faults):
    assert faults(f"rename,GURU,DIK.GURU,{REST}", f"retire,GURU,,{REST}") == [
        "revisions.csv, line 3: 'GURU' is already renamed on line 2; a code goes once"
    ]


def test_two_codes_renamed_to_one_are_told_to_be_a_merge(faults, read):
    assert faults(f"rename,GURU,DIK.GURU,{REST}", f"rename,DOSEN,DIK.GURU,{REST}") == [
        "revisions.csv, line 3: rename of 'DOSEN': line 2 already renames another code to 'DIK.GURU'; two codes that become one "
        "are a merge"
    ]
    assert len(read(f"rename,GURU,DIK.GURU,{REST}", f"merge,DOSEN,DIK.GURU,{REST}")) == 2


def test_a_circle_is_told_once_on_its_first_line_and_every_circle_is_told(faults):
    lines = [f"rename,B,C,{REST}", f"merge,C,A,{REST}", f"rename,A,B,{REST}", f"rename,X,Y,{REST}", f"rename,Y,X,{REST}",
             f"rename,Z,A,{REST}"]  # fmt: skip
    assert faults(*lines) == [
        "2 faults",
        "revisions.csv, line 2: 'B' becomes 'C' becomes 'A' becomes 'B': the changes run in a circle; no code is left at its end",
        "revisions.csv, line 5: 'X' becomes 'Y' becomes 'X': the changes run in a circle; no code is left at its end",
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (decision("EKO.ENERGI"), "decide of 'PELAJAR' into 'EKO.ENERGI': it is one of DIK.PELAJAR, DIK.PT, none"),
        (
            decision("DIK.PT DIK.PELAJAR"),
            "decide of 'PELAJAR' into 'DIK.PT DIK.PELAJAR': it is one of DIK.PELAJAR, DIK.PT, none",
        ),
        (decision(""), "decide of 'PELAJAR' into '': it is one of DIK.PELAJAR, DIK.PT, none"),
        (
            decision(coder="", quote=""),
            "decide of 'PELAJAR' does not say which coding (coder, quote); take the row from to_decide",
        ),
        (decision(start="1.0"), "decide of 'PELAJAR': start '1.0' is no whole number; take the row from to_decide"),
        (
            decision(by="codebook"),
            "decide of 'PELAJAR' is by 'codebook', the codebook itself; a person decides what becomes of a code",
        ),
    ],
)
def test_a_faulty_decision_is_told_with_its_line(faults, row, fault):
    assert faults(SPLIT, row) == [f"revisions.csv, line 3: {fault}"]


def test_a_split_into_a_code_called_none_is_refused(faults):
    assert faults(f"split,GURU,DIK.GURU none,{REST}", f"rename,none,DIK.PT,{REST}") == [
        "revisions.csv, line 2: split of 'GURU': 'none' is what a decision says where no new code fits; give the code another id"
    ]


def test_a_code_called_none_may_be_a_code_elsewhere(read):
    revisions = read(f"rename,GURU,none,{REST}", f"rename,none,DIK.GURU,{REST}")
    assert codes(carried(as_written(coding("GURU")), revisions)) == [("GURU", "DIK.GURU", "carried", "2 3")]


def test_a_decision_needs_a_split(faults):
    assert faults(SPLIT, decision(code="PELAJARR"))[-1] == (
        "revisions.csv, line 3: a decision on 'PELAJARR', which no line splits. Did you mean 'PELAJAR'?"
    )
    told = faults(f"rename,GURU,DIK.GURU,{REST}", decision("DIK.GURU", code="GURU"))
    assert told == ["revisions.csv, line 3: a decision on 'GURU', which no line splits."]


def test_all_faults_are_told_at_once_and_unknown_columns_too(faults):
    assert faults("rename,GURU,X,9,,rani,2026-11-22,", head=SHORT.replace("\n", ",whi\n")) == [
        "4 faults",
        "revisions.csv, line 1: column 'whi' is not known here. Did you mean 'why'?",
        "revisions.csv, line 2: rename of 'GURU' has no reason (why)",
        "revisions.csv, line 2: rename of 'GURU': the codebook's history has no version '9' (column codebook). Possible: 0.1, 1.0, 1.1, 1.2, 1.3, "
        "1.4.",
        "revisions.csv, line 2: rename of 'GURU': there is no code 'X' (column into).",
    ]


def test_needed_columns_that_are_missing_are_told(faults):
    assert faults("rename,GURU", head="change,code\n")[0] == "5 faults"


# --- carrying codings ---


def test_a_rename_and_a_merge_carry_every_coding_by_themselves_also_along_a_chain(read):
    revisions = read(f"rename,GURU,DOSEN,{REST}", f"merge,DOSEN,DIK.GURU,{REST}")
    rows = as_written(coding("GURU", memo="m1", statement="S1 S2"), coding("DOSEN"), coding("DIK.GURU"), coding("DIK.PT"))
    found = carried(rows, revisions)
    assert codes(found) == [
        ("GURU", "DIK.GURU", "carried", "2 3"),
        ("DOSEN", "DIK.GURU", "carried", "3"),
        ("DIK.GURU", "DIK.GURU", "as coded", ""),
        ("DIK.PT", "DIK.PT", "as coded", ""),
    ]
    assert (found[0]["memo"], found[0]["statement"]) == ("m1", "S1 S2")


def test_what_was_given_is_not_changed(read):
    revisions, rows = read(f"rename,GURU,DIK.GURU,{REST}"), as_written(coding("GURU"))
    before = revisions.copy(deep=True)
    found = carried(rows, revisions)
    joined([*found, *found])
    assert rows == as_written(coding("GURU")) and found[0]["revision"] == "carried"
    pd.testing.assert_frame_equal(revisions, before)


def test_a_retired_code_keeps_its_codings_under_its_last_name(read):
    revisions = read(f"rename,GURU,DOSEN,{REST}", f"retire,DOSEN,,{REST}")
    assert codes(carried(as_written(coding("GURU")), revisions)) == [("GURU", "DOSEN", "retired", "2 3")]


def test_a_split_waits_for_a_person_and_then_follows_the_decision_onwards(read):
    rows = as_written(coding("SISWA"), coding("SISWA", coder="budi"))
    split = f"split,PELAJAR,MAHASISWA DIK.PELAJAR,{REST}"
    lines = [f"rename,SISWA,PELAJAR,{REST}", split, f"rename,MAHASISWA,DIK.PT,{REST}"]
    assert codes(carried(rows, read(*lines))) == [("SISWA", "PELAJAR", "to decide", "2 3")] * 2
    assert codes(carried(rows, read(*lines, decision("MAHASISWA")))) == [
        ("SISWA", "DIK.PT", "decided", "2 3 5 4"),
        ("SISWA", "PELAJAR", "to decide", "2 3"),
    ]


def test_where_no_new_code_fits_the_coding_is_retired_under_the_old_one(read):
    assert codes(carried(as_written(coding("PELAJAR")), read(SPLIT, decision(NONE)))) == [
        ("PELAJAR", "PELAJAR", "retired", "2 3")
    ]


def test_of_two_decisions_on_one_coding_the_later_stands(read):
    revisions = read(SPLIT, decision("DIK.PT"), decision("DIK.PELAJAR"))
    assert codes(carried(as_written(coding("PELAJAR")), revisions)) == [("PELAJAR", "DIK.PELAJAR", "decided", "2 4")]


def test_a_code_split_twice_asks_twice(read):
    lines = [f"split,PELAJAR,SISWA DIK.PT,{REST}", f"split,SISWA,DIK.PELAJAR DIK.GURU,{REST}", decision("SISWA")]
    rows = as_written(coding("PELAJAR"))
    assert codes(carried(rows, read(*lines))) == [("PELAJAR", "SISWA", "to decide", "2 4 3")]
    assert codes(carried(rows, read(*lines, decision("DIK.GURU", code="SISWA")))) == [
        ("PELAJAR", "DIK.GURU", "decided", "2 4 3 5")
    ]


def test_a_decision_is_on_one_coding_not_on_the_same_words_elsewhere(read):
    rows = as_written(coding("PELAJAR"), coding("PELAJAR", segment=7, start=90, end=102))
    assert [row["revision"] for row in carried(rows, read(SPLIT, decision()))] == ["decided", "to decide"]


def test_a_decision_follows_its_words_where_the_text_was_changed_and_decides_nothing_where_two_might_be_meant(read):
    moved = coding("PELAJAR", segment=3, start=40, end=53, quote="Siswa\n datang")
    twin = coding("PELAJAR", segment=9, start=99, end=111)
    assert [row["code"] for row in carried(as_written(moved), read(SPLIT, decision()))] == ["DIK.PT"]
    assert [row["code"] for row in carried(as_written(moved, twin), read(SPLIT, decision()))] == ["PELAJAR", "PELAJAR"]
    other = as_written(coding("PELAJAR", quote="Mahasiswa datang"))
    assert [row["code"] for row in carried(other, read(SPLIT, decision()))] == ["PELAJAR"]


def test_a_coding_made_by_hand_without_words_is_decided_by_its_segment(read):
    rows = [{**row, "start": "", "end": "", "quote": ""} for row in as_written(coding("PELAJAR"), coding("PELAJAR", segment=2))]
    assert [row["code"] for row in carried(rows, read(SPLIT, decision()))] == ["DIK.PT", "PELAJAR"]
    part = [{**as_written(coding("PELAJAR", start=5))[0], "quote": ""}]
    assert [row["code"] for row in carried(part, read(SPLIT, decision()))] == ["PELAJAR"]


def test_a_circle_in_a_table_of_ones_own_is_told_and_does_not_go_on_for_ever():
    circle = pd.DataFrame({"change": "rename", "code": ["A", "B"], "into": ["B", "A"], "line": [2, 3]})
    with pytest.raises(ValueError, match=r"^the changes of 'B' run in a circle: pass the table that read_revisions returns$"):
        carried([{"code": "B"}], circle)


# --- codings that a merge makes alike ---


def test_codings_of_one_coder_that_a_merge_makes_alike_all_stay_with_their_memos_and_all_but_one_say_joined(read):
    revisions = read(f"merge,GURU,DIK.GURU,{REST}", f"merge,DOSEN,DIK.GURU,{REST}", f"retire,ALUMNI,,{REST}")
    rows = [
        coding("DOSEN", memo="dosen", statement="S1"),
        coding("GURU", memo="guru", statement="S2"),
        coding("DIK.GURU", memo="new"),
        coding("GURU", coder="budi"),
        coding("GURU", segment=2, start=13, end=20, quote="Pulang."),
        coding("ALUMNI"),
    ]
    found = joined(carried(rows, revisions))
    assert [row["revision"] for row in found] == ["joined", "joined", "as coded", "carried", "carried", "retired"]
    assert [(row["memo"], row["statement"]) for row in found[:3]] == [("dosen", "S1"), ("guru", "S2"), ("new", "")]


def test_which_of_the_alike_comes_first_does_not_depend_on_the_order_of_the_file(read):
    revisions = read(f"merge,GURU,DIK.GURU,{REST}", f"merge,DOSEN,DIK.GURU,{REST}")
    both = [coding("GURU"), coding("DOSEN")]
    for rows in (both, both[::-1]):
        found = joined(carried(rows, revisions))
        assert {row["code_as_coded"]: row["revision"] for row in found} == {"DOSEN": "carried", "GURU": "joined"}


def test_the_one_that_always_had_the_code_is_not_the_joined_one(read):
    found = joined(carried([coding("ALUMNI"), coding("DIK.GURU")], read(f"merge,ALUMNI,DIK.GURU,{REST}")))
    assert [row["revision"] for row in found] == ["joined", "as coded"]


def test_alike_codings_that_wait_or_are_retired_go_on_to_wait_or_be_retired(read):
    revisions = read(f"rename,SISWA,PELAJAR,{REST}", SPLIT, f"rename,GURU,DOSEN,{REST}", f"retire,DOSEN,,{REST}")
    rows = as_written(coding("SISWA"), coding("PELAJAR"), coding("GURU"), coding("DOSEN"))
    assert [row["revision"] for row in joined(carried(rows, revisions))] == ["to decide", "to decide", "retired", "retired"]


def test_parts_of_a_sentence_that_meet_in_its_other_edition_are_not_joined_by_a_change(read):
    rows = [coding("DIK.GURU", anchor="sentence", memo=memo) for memo in ("first half", "second half")]
    assert [row["revision"] for row in joined(carried(rows, read()))] == ["as coded", "as coded"]


# --- what waits, and what was done ---


@pytest.fixture
def state(read):
    revisions = read(f"merge,GURU,DIK.GURU,{REST}", SPLIT, f"retire,ALUMNI,,{REST}", f"rename,X,EKO.ENERGI,{REST}", decision())
    rows = [coding("GURU"), coding("DIK.GURU", memo="m"), coding("GURU", coder="budi"), coding("ALUMNI"), coding("PELAJAR"),
            coding("PELAJAR", coder="budi", quote="Siswa\ndatang", memo="kelas 3", statement="S1")]  # fmt: skip
    words = [{**row, "segment": str(row["segment"]), "start": str(row["start"]), "end": str(row["end"])} for row in rows]
    return pd.DataFrame(joined(carried(words, revisions))), revisions


def test_what_waits_comes_as_rows_of_the_file_to_be_filled_in(state):
    table = to_decide(*state)
    assert list(table.columns) == [*COLUMNS, "possible", "reason", "memo", "statement"]
    assert table.values.tolist() == [
        ["decide", "PELAJAR", "", "1.1", "", "", "", "budi", "d", "1", "0", "12", "Siswa datang", "DIK.PELAJAR DIK.PT none", "why",
         "kelas 3", "S1"]
    ]  # fmt: skip


def test_the_log_counts_per_line_what_it_carried_and_what_became_of_it(state):
    table = revision_log(*state)
    assert table[["line", "change", "codings", "to decide", "retired", "joined", "coders"]].values.tolist() == [
        [2, "merge", 2, 0, 0, 1, "ani budi"],
        [3, "split", 2, 1, 0, 0, "ani budi"],
        [4, "retire", 1, 0, 1, 0, "ani"],
        [5, "rename", 0, 0, 0, 0, ""],
        [6, "decide", 1, 0, 0, 0, "ani"],
    ]
    assert list(table.columns[1:8]) == list(COLUMNS[:7]) and list(table["change"].cat.categories) == list(CHANGES)


def test_a_sentence_names_what_waits_up_to_ten(read):
    revisions = read(SPLIT)
    assert what_waits(carried(as_written(coding("DIK.PT")), revisions)) == ""
    eleven = carried(as_written(*(coding("PELAJAR", segment=n) for n in range(1, 12))), revisions)
    assert what_waits(eleven[:2]) == (
        "codings whose code was split wait for a decision (2; see to_decide): ani: PELAJAR on d 1; ani: PELAJAR on d 2"
    )
    assert what_waits(eleven).endswith("ani: PELAJAR on d 10 and 1 more")


def test_nobody_decides_on_another_edition(state):
    codings, revisions = state
    with pytest.raises(ValueError, match=r"read on another edition of the texts; decide on the edition they were made on$"):
        to_decide(codings.assign(anchor="sentence"), revisions)


def test_revisions_other_than_those_the_codings_were_read_with_are_told(state, read):
    with pytest.raises(
        ValueError, match=r"^'PELAJAR' waits, but is not split in these revisions; pass those that read_codings was "
    ):
        to_decide(state[0], read())


def test_codings_read_without_the_revisions_are_told_in_words(read):
    plain, revisions = pd.DataFrame([coding("DIK.GURU")]), read()
    message = r"^codings has no column code_as_coded, revision, revised_by: pass the table that read_codings, given the revisions, ret"
    for function in (to_decide, revision_log):
        with pytest.raises(ValueError, match=message):
            function(plain, revisions)
        with pytest.raises(ValueError, match=r"^revisions must be the table that read_revisions returns, not NoneType$"):
            function(pd.DataFrame(carried([coding("DIK.GURU")], revisions)), None)


# --- adding rows ---


def test_filled_in_decisions_are_added_logged_and_no_longer_wait(read, tmp_path):
    path = tmp_path / "revisions.csv"
    rows = as_written(coding("PELAJAR", memo="kelas 3"), coding("PELAJAR", coder="budi", quote="Siswa\ndatang"))
    revisions = read(SPLIT, head=SHORT)
    sheet = to_decide(pd.DataFrame(carried(rows, revisions)), revisions)
    sheet.loc[0, ["into", "why", "by", "created"]] = ["DIK.PT", "mahasiswa", "rani", "2026-11-23"]
    after = add_revisions(path, sheet, BOOK)
    assert after[["change", "into", "coder", "line"]].values.tolist() == [
        ["split", "DIK.PELAJAR DIK.PT", "", 2],
        ["decide", "DIK.PT", "ani", 3],
    ]
    assert codes(carried(rows, after)) == [("PELAJAR", "DIK.PT", "decided", "2 3"), ("PELAJAR", "PELAJAR", "to decide", "2")]
    log = read_audit(tmp_path)
    assert log[["who", "action", "what", "codebook", "why"]].values.tolist() == [
        ["rani", "changed", "revisions.csv", "1.1", "1 rows: mahasiswa"]
    ]
    rest = to_decide(pd.DataFrame(carried(rows, after)), after)
    assert add_revisions(path, rest, BOOK)["line"].tolist() == [2, 3] and len(read_audit(tmp_path)) == 1


def test_what_stood_in_the_file_stays_and_nothing_is_written_where_anything_is_wrong(read, tmp_path):
    path = tmp_path / "revisions.csv"
    read('retire,GURU,,1.1,"two\nlines",rani,2026-11-22', head=SHORT)
    before = path.read_bytes()
    wrong = {"change": "merge", "code": "DOSEN", "into": "DIK.GURUU", "codebook": "1.1", "why": "w", "by": "r", "created": ""}
    with pytest.raises(ValueError) as error:
        add_revisions(path, pd.DataFrame([wrong]), BOOK)
    assert [line.split(": ", 1)[0].split(", ")[-1] for line in str(error.value).splitlines()] == [
        "2 faults",
        "line 4",
        "line 4",
    ]
    assert path.read_bytes() == before and not (tmp_path / "audit.jsonl").exists()
    right = {**wrong, "into": "DIK.GURU", "created": "2026-11-23"}
    table = add_revisions(path, pd.DataFrame([right]), BOOK)
    assert table[["code", "why", "line"]].values.tolist() == [["GURU", "two\nlines", 2], ["DOSEN", "w", 4]]


def test_a_file_is_made_where_there_is_none_but_not_for_nothing(tmp_path):
    path = tmp_path / "revisions.csv"
    assert len(add_revisions(path, pd.DataFrame(columns=list(COLUMNS)), BOOK)) == 0 and not path.exists()
    row = {"change": "retire", "code": "GURU", "into": None, "codebook": "1.1", "why": "=w", "by": "r", "created": "2026-11-23"}
    assert add_revisions(path, pd.DataFrame([row]), BOOK)["why"].tolist() == ["=w"]
    assert json.loads((tmp_path / "audit.jsonl").read_text(encoding="utf-8"))["action"] == "created"


def test_rows_that_someone_else_adds_meanwhile_are_not_written_over(read, tmp_path, monkeypatch):
    path = tmp_path / "revisions.csv"
    read(f"retire,GURU,,{REST}", head=SHORT)
    check = revision._checked

    def slowly(*given):
        read(f"retire,GURU,,{REST}", f"retire,ALUMNI,,{REST}", head=SHORT)
        return check(*given)

    monkeypatch.setattr(revision, "_checked", lambda *given: (monkeypatch.undo(), slowly(*given))[1])
    row = {"change": "retire", "code": "DOSEN", "into": "", "codebook": "1.1", "why": "w", "by": "r", "created": "2026-11-23"}
    with pytest.raises(
        ValueError, match=r"was changed by someone else since it was read; nothing was written. Read it again.$"
    ):
        add_revisions(path, pd.DataFrame([row]), BOOK)
    assert read_revisions(path, BOOK)["code"].tolist() == ["GURU", "ALUMNI"]


def test_rows_without_the_columns_are_told_in_words(tmp_path):
    with pytest.raises(ValueError, match=r"^further has no column codebook, why, by, created: pass the table that to_decide "):
        add_revisions(tmp_path / "r.csv", pd.DataFrame({"change": [], "code": [], "into": []}), BOOK)


# --- the law: nothing is ever lost ---


class Ledger:
    """Coders go on coding while codes change, and each change is carried out at once on every coding, as with pencil and paper."""

    def __init__(self, rng):
        self.rng, self.rows, self.now, self.changes, self.names = rng, [], [], [], 0
        self.coded, self.gone, self.decided = set(), {}, {}  # the change by which a code went; the decisions on a code
        self.codes = [code.id for code in BOOK.facet("sector").codes]
        self.old = [self.name() for _ in range(40)]  # codes that may still change
        for _ in range(60):
            self.code()

    def name(self):
        self.names += 1
        return f"OLD{self.names}"

    def code(self):
        n, code, coder = len(self.rows), self.rng.choice([*self.old, *self.codes]), self.rng.choice(["ani", "budi"])
        if (code, coder, n % 25) in self.coded:  # no file has a code twice on a place
            return
        self.coded.add((code, coder, n % 25))
        row = coding(code, coder, n % 25, 0, 9, f"kata {n % 25}", f"memo {n}", f"S{n}")
        self.rows.append({name: str(value) for name, value in row.items()})
        self.now.append([code, "as coded"])

    def step(self):
        """One change of a code, or one decision on a coding that waits."""
        if self.rng.random() < 0.2:
            self.code()
        waiting = [n for n, (_, state) in enumerate(self.now) if state == "to decide"]
        if waiting and self.rng.random() < 0.2:
            return self.decide(self.rng.choice(waiting))
        code = self.old.pop(self.rng.randrange(len(self.old)))
        change = self.rng.choices(
            ["rename", "merge", "split", "retire"], [5, 3, 2, 0.5] if len(self.old) > 25 else [5, 0, 2, 0]
        )[0]
        if change == "merge":
            into = [self.rng.choice([*self.old, *self.codes] if self.rng.random() < 0.2 else self.old)]
        else:
            into = [self.name() for _ in range({"rename": 1, "split": 2, "retire": 0}[change])]
            self.old += into
        holders = [n for n, (now, state) in enumerate(self.now) if now == code and state in ("as coded", "carried", "decided")]
        self.gone[code] = self.write(change, code, " ".join(into))
        for n in holders:
            self.settle(n, code, self.now[n][1])

    def decide(self, n):
        code = self.now[n][0]
        into = self.rng.choice([*self.gone[code]["into"].split(), NONE])
        change = self.write("decide", code, into, **{name: self.rows[n][name] for name in PLACE})
        self.decided.setdefault(code, []).append(change)
        for m, (now, state) in enumerate(self.now):
            if (now, state) == (code, "to decide") and self.is_on(change, m):
                self.settle(m, code, state)

    def write(self, change, code, into="", **place):
        row = dict.fromkeys(COLUMNS, "") | {
            "change": change,
            "code": code,
            "into": into,
            "codebook": "1.1",
            "why": "w",
            "by": "r",
        }
        self.changes.append(row | {"created": "2026-11-22"} | place)
        return self.changes[-1]

    def is_on(self, decision, n):
        return all(self.rows[n][name] == decision[name] for name in PLACE)

    def settle(self, n, code, state):
        """A coding gets a code, and at once what became of that code before, where it is gone by now."""
        was_decided = state == "decided"
        while code in self.gone:
            gone = self.gone[code]
            mine = [row for row in self.decided.get(code, []) if self.is_on(row, n)] if gone["change"] == "split" else [gone]
            if not mine or gone["change"] == "retire" or mine[-1]["into"] == NONE:
                self.now[n] = [code, "retired" if mine else "to decide"]
                return
            was_decided |= gone["change"] == "split"
            code = mine[-1]["into"]
        self.now[n] = [code, "decided" if was_decided else "carried"]

    def table(self, order=None):
        rows = [{**row, "line": n} for n, row in enumerate(self.changes, 2)]
        return pd.DataFrame(order(rows) if order else rows, columns=[*COLUMNS, "line"])


def lose_nothing(ledger, steps):
    """Carry out so many random changes, compare with `carried`, and give the states."""
    for _ in range(steps):
        ledger.step()
    assert len(ledger.changes) == steps
    found = carried(ledger.rows, ledger.table())
    assert [[row["code"], row["revision"]] for row in found] == ledger.now  # replayed from the files: as if done at each step
    apart = {(r["coder"], r["segment"], r["code"]) for r in found if r["revision"] not in ("to decide", "retired")}
    for row, was in zip(found, ledger.rows, strict=True):
        assert {name: {**row, "code": row["code_as_coded"]}[name] for name in was} == was  # every cell of the file, memos too
    states = pd.Series([row["revision"] for row in joined(found)]).value_counts().reindex(STATES, fill_value=0)
    assert states.sum() == len(ledger.rows)
    assert len(apart) + states["joined"] + states["to decide"] + states["retired"] == len(ledger.rows)
    return states


@given(st.integers(0, 2**32), st.integers(1, 150))
@settings(deadline=None, max_examples=40)
def test_no_sequence_of_changes_loses_a_coding_a_memo_or_a_statement(seed, steps):
    lose_nothing(Ledger(random.Random(seed)), steps)


@given(st.integers(0, 2**32))
@settings(deadline=None, max_examples=40)
def test_the_order_of_the_rows_means_nothing(seed):
    rng = random.Random(seed)
    ledger = Ledger(rng)
    for _ in range(80):
        ledger.step()
    found = carried(ledger.rows, ledger.table(lambda rows: rng.sample(rows, len(rows))))
    assert [[row["code"], row["revision"]] for row in found] == ledger.now


def test_ten_thousand_changes_lose_nothing_and_the_file_reads_as_it_was_written(tmp_path):
    ledger = Ledger(random.Random(20261122))
    assert (lose_nothing(ledger, 10_000) > 0).all()
    for code in ledger.old:  # what no change has touched yet would be unknown to the codebook
        ledger.write("merge", code, "DIK.GURU")
    path = tmp_path / "revisions.csv"
    path.write_bytes(csv_bytes(ledger.changes, COLUMNS))
    pd.testing.assert_frame_equal(read_revisions(path, BOOK).astype(object), ledger.table().astype(object))
