"""Three invented statements and what a researcher says of them; then everything a file of relations can get wrong."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.relations import BOTH_WAYS, RELATIONS, read_relations
from qualkit.tables import csv_bytes

HEAD = "statement,relation,other,why,by,created\n"
STATEMENTS = pd.DataFrame({"statement": ["S1", "S2", "S3", "S3"]})


@pytest.fixture
def read(tmp_path):
    def read(*lines, head=HEAD):
        path = tmp_path / "relations.csv"
        path.write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return read_relations(path, STATEMENTS)

    return read


@pytest.fixture
def faults(read, tmp_path):
    """The lines of the message, without the path."""

    def faults(*lines, **further):
        with pytest.raises(ValueError) as error:
            read(*lines, **further)
        return str(error.value).replace(str(tmp_path / "relations.csv"), "relations.csv").splitlines()

    return faults


def test_relations_come_in_the_order_of_the_file_and_know_all_four_kinds(read):
    table = read("S2,extends,S1,S2 gives the year,rani,2026-11-22", "S3,contradicts,S1,'not so',rani,2026-11-23T09:30:00")
    assert table[["statement", "relation", "other"]].values.tolist() == [["S2", "extends", "S1"], ["S3", "contradicts", "S1"]]
    assert list(table.columns) == ["statement", "relation", "other", "why", "by", "created"]
    assert table["relation"].value_counts(sort=False).to_dict() == {
        "repeats": 0,
        "extends": 1,
        "qualifies": 0,
        "contradicts": 1,
    }


def test_a_file_without_rows_is_a_table_without_rows(read):
    table = read()
    assert len(table) == 0 and list(table["relation"].cat.categories) == list(RELATIONS)


def test_one_pair_may_have_several_relations_and_both_directions_of_one_that_has_a_direction(read):
    lines = ("S1,extends,S2", "S1,qualifies,S2", "S2,extends,S1", "S1,repeats,S3")
    assert len(read(*(f"{line},why,rani,2026-11-22" for line in lines))) == 4


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("S9,extends,S1,why,rani,2026-11-22", "there is no statement 'S9' (column statement). Possible: S1, S2, S3."),
        ("S1,extends,X,why,rani,2026-11-22", "there is no statement 'X' (column other). Possible: S1, S2, S3."),
        ("S1,repeat,S2,why,rani,2026-11-22", "relation 'repeat' is not known. Did you mean 'repeats'?"),
        ("S1,extends,S1,why,rani,2026-11-22", "statement 'S1' is related to itself"),
        ("S1,extends,S2, ,rani,2026-11-22", "'S1 extends S2' has no reason (why)"),
        ("S1,extends,S2,why,,2026-11-22", "'S1 extends S2' has nobody's name (by)"),
        ("S1,extends,S2,why,rani,", "'S1 extends S2' has no date (created); it is one such as 2026-11-22"),
        ("S1,extends,S2,why,rani,22/11", "'S1 extends S2': created '22/11' is no date such as 2026-11-22"),
        ("S1,extends,S2,why,rani,2026-11-31", "'S1 extends S2': created '2026-11-31' is no date such as 2026-11-22"),
        ("S1,extends,S2,why,rani,20261122", "'S1 extends S2': created '20261122' is no date such as 2026-11-22"),
    ],
)
def test_a_fault_is_told_with_its_line(faults, line, fault):
    assert faults(line) == [f"relations.csv, line 2: {fault}"]


def test_all_faults_are_told_at_once(faults):
    told = faults("S9,extends,S1,why,rani,2026-11-22", "S1,extends,S1,,rani,2026-11-22")
    assert told[0] == "3 faults"
    assert [line.split(": ")[0] for line in told[1:]] == [
        "relations.csv, line 2",
        "relations.csv, line 3",
        "relations.csv, line 3",
    ]


@pytest.mark.parametrize(
    ("second", "again"),
    [("S1,extends,S2", True), ("S2,extends,S1", False), ("S1,qualifies,S2", False)],
)
def test_a_relation_stands_once(read, faults, second, again):
    lines = ["S1,extends,S2,why,rani,2026-11-22", f"{second},why,rani,2026-11-22"]
    if again:
        assert faults(*lines) == ["relations.csv, line 3: 'S1 extends S2' already stands on line 2"]
    else:
        assert len(read(*lines)) == 2


def test_repeats_and_contradicts_are_the_same_in_either_order(faults):
    for relation in sorted(BOTH_WAYS):
        told = faults(f"S1,{relation},S2,why,rani,2026-11-22", f"S2,{relation},S1,why,rani,2026-11-22")
        assert told == [f"relations.csv, line 3: 'S2 {relation} S1' already stands on line 2"]


def test_nothing_both_repeats_and_contradicts(faults):
    told = faults("S1,repeats,S2,why,rani,2026-11-22", "S2,contradicts,S1,why,rani,2026-11-22")
    assert told == ["relations.csv, line 3: 'S2' and 'S1' cannot both repeat and contradict each other; see line 2"]


def test_columns_missing_and_unknown_are_told(faults):
    told = faults(head="statement,relation,other,why,by\n")
    assert told == ["relations.csv, line 1: column 'created' is missing. Possible: statement, relation, other, why, by."]
    told = faults("S1,extends,S2,why,rani,2026-11-22,x", head=HEAD.replace("created", "created,memo"))
    assert told == [
        "relations.csv, line 1: column 'memo' is not known here. Possible: statement, relation, other, why, by, created."
    ]


def test_the_statements_must_be_a_table_of_statements(tmp_path):
    with pytest.raises(ValueError, match="statements has no column statement: pass the table that read_statements returns"):
        read_relations(tmp_path / "relations.csv", pd.DataFrame({"id": []}))


@settings(max_examples=30)
@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_any_reason_comes_back_as_it_was_written(tmp_path_factory, why):
    path = tmp_path_factory.mktemp("relations") / "relations.csv"
    row = {"statement": "S1", "relation": "extends", "other": "S2", "why": why, "by": "rani", "created": "2026-11-22"}
    path.write_bytes(csv_bytes([row], list(row)))
    assert read_relations(path, STATEMENTS)["why"].tolist() == [why]
