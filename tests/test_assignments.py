"""Two invented documents; rani and budi are to read parts of them."""

import datetime
import math
import tempfile
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualkit as qk
from qualkit.assignments import COLUMNS, STATES, _numbers, _stretches

NOW = datetime.datetime(2026, 11, 22, 8, 30, tzinfo=datetime.UTC)
CODEBOOK = qk.read_codebook("codebook.yaml")
HEADER = "round,coder,document,segments,blind\n"


def sentences(document, paragraphs, each=2):
    """Content sentences of ten letters, so many in each paragraph."""
    count = paragraphs * each
    return pd.DataFrame(
        {
            "document": document,
            "segment": range(1, count + 1),
            "start": range(0, 11 * count, 11),
            "end": range(10, 11 * count, 11),
            "paragraph": [1 + number // each for number in range(count)],
            "label": "content",
            "sha256": "a" * 64,
            "original_sha256": "b" * 64,
            "text": "Hari hujan",
        }
    )


@pytest.fixture
def segments():
    """berita: five paragraphs of two sentences; jurnal: two, of which the first sentence is a heading and the last a byline."""
    made = pd.concat([sentences("berita", 5), sentences("jurnal", 2)], ignore_index=True)
    made.loc[10, "label"], made.loc[13, "label"] = "heading", "boilerplate"
    return made


def codings(*rows):
    return pd.DataFrame(rows, columns=["document", "segment", "start", "end", "coder"]).assign(code="DIK", facet="sector")


def written(folder, text, header=HEADER):
    path = Path(folder) / "assignments.csv"
    path.write_text(header + text, encoding="utf-8")
    return path


# --- the sample ---


def test_of_each_document_the_same_share_of_paragraphs_is_drawn_rounded_up(segments):
    sample = qk.draw_sample(segments, unit="paragraph", share=0.4, seed=7)
    # ceil(0.4 x 5) = 2 and ceil(0.4 x 2) = 1; first by sha256 of "7|berita|4" (048b...), then 1; "7|jurnal|1"
    assert sample.groupby("document")["paragraph"].unique().map(list).to_dict() == {"berita": [1, 4], "jurnal": [1]}
    assert set(sample["sample"]) == {"0.4 of the paragraphs of each document (3 of 7), seed 7"}


def test_documents_are_drawn_whole():
    three = pd.concat([sentences(name, 2) for name in ("berita", "jurnal", "surat")])
    sample = qk.draw_sample(three, unit="document", share=0.34, seed=1)
    assert sample.groupby("document").size().to_dict() == {"berita": 4, "jurnal": 4}  # sha256 of "1|surat|0" is last of three
    assert set(sample["sample"]) == {"0.34 of the documents (2 of 3), seed 1"}


def test_headings_and_page_furniture_are_never_drawn(segments):
    assert len(qk.draw_sample(segments, "paragraph", 1, seed=1)) == 12


def test_what_was_drawn_before_is_not_drawn_again(segments):
    first = qk.draw_sample(segments, "paragraph", 0.6, seed=1)
    second = qk.draw_sample(segments, "paragraph", 0.6, seed=1, without=first)
    assert len(first.merge(second, on=["document", "segment"])) == 0
    assert second.groupby("document")["paragraph"].nunique().to_dict() == {
        "berita": 2
    }  # 3 of 5 wanted, 2 left; jurnal: none left
    assert second["sample"].iloc[0].endswith("seed 1, not drawn before")
    with pytest.raises(ValueError, match="nothing to draw: no content segment is here that was not drawn before"):
        qk.draw_sample(segments, "paragraph", 1, seed=1, without=segments)


def test_where_no_content_is_there_is_nothing_to_draw(segments):
    with pytest.raises(ValueError, match=r"nothing to draw: no content segment is here$"):
        qk.draw_sample(segments.head(0), "paragraph", 0.5, seed=1)


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"unit": "paragraf"}, r"unit 'paragraf' cannot be drawn. Did you mean 'paragraph'\?"),
        ({"share": 20}, "share is 20: it must be above 0 and at most 1, such as 0.2 for a fifth"),
        ({"share": True}, "share is True"),
        ({"share": "half"}, "share is 'half'"),
        ({"seed": None}, "seed is None: write any whole number, and keep it"),
        ({"without": [1]}, "without must be the table that read_assignments returns, not list"),
    ],
)
def test_unit_share_and_seed_are_asked_for(segments, given_, message):
    with pytest.raises(ValueError, match=message):
        qk.draw_sample(segments, **{"unit": "paragraph", "share": 0.2, "seed": 1, **given_})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=4), st.integers(1, 100), st.integers())
def test_a_sample_is_whole_paragraphs_in_the_share_asked_for_and_the_same_again(sizes, hundredths, seed):
    texts = pd.concat([sentences(f"d{number}", size) for number, size in enumerate(sizes)], ignore_index=True)
    share = hundredths / 100
    sample = qk.draw_sample(texts, "paragraph", share, seed)
    assert sample.equals(qk.draw_sample(texts, "paragraph", share, seed))
    assert sample.drop(columns="sample").merge(texts).equals(sample.drop(columns="sample"))
    assert set(sample.groupby(["document", "paragraph"]).size()) == {2}
    for number, size in enumerate(sizes):
        of_it = sample[sample["document"] == f"d{number}"]
        assert of_it["paragraph"].nunique() == math.ceil(Fraction(hundredths, 100) * size)
        alone = qk.draw_sample(texts[texts["document"] == f"d{number}"], "paragraph", share, seed)
        assert alone["segment"].tolist() == of_it["segment"].tolist()  # other documents change nothing


# --- assigning ---


def test_what_is_to_be_read_is_written_as_stretches(segments):
    chosen = segments.iloc[[2, 3, 4, 7, 11]].assign(sample="by hand")
    rows = qk.assign(chosen, ["rani", "budi"], round=1, blind=True, codebook=CODEBOOK)
    assert rows[["coder", "document", "segments", "blind", "sample", "sha256"]].values.tolist() == [
        ["rani", "berita", "3 to 5; 8", "yes", "by hand", "a" * 16],
        ["rani", "jurnal", "2", "yes", "by hand", "a" * 16],
        ["budi", "berita", "3 to 5; 8", "yes", "by hand", "a" * 16],
        ["budi", "jurnal", "2", "yes", "by hand", "a" * 16],
    ]
    assert set(rows["codebook"]) == {CODEBOOK.version}


def test_one_coder_may_be_named_without_a_list(segments):
    rows = qk.assign(segments[["document", "segment"]], "rani", round=2, blind=False, codebook=CODEBOOK)
    assert rows[["round", "coder", "segments", "blind", "sha256"]].values.tolist() == [
        [2, "rani", "1 to 10", "no", ""],
        [2, "rani", "1 to 4", "no", ""],
    ]


def test_an_assignment_needs_segments_and_coders(segments):
    with pytest.raises(ValueError, match="nothing is assigned: there is no segment to read"):
        qk.assign(segments.head(0), ["rani"], 1, True, CODEBOOK)
    with pytest.raises(ValueError, match="nothing is assigned: no coder is named"):
        qk.assign(segments, [], 1, True, CODEBOOK)


@given(st.sets(st.integers(1, 60), min_size=1))
def test_stretches_name_the_numbers_they_were_made_of(numbers):
    assert _numbers(_stretches(numbers)) == numbers


def test_assignments_are_appended_and_logged(segments, tmp_path):
    path = tmp_path / "assignments.csv"
    first = qk.assign(segments[segments["document"] == "berita"], ["rani", "budi"], 1, True, CODEBOOK)
    qk.add_assignments(path, first, segments, by="rani", now=NOW)
    more = qk.assign(segments[segments["document"] == "jurnal"], ["budi"], 2, False, CODEBOOK)
    table = qk.add_assignments(path, more, segments, by="rani", now=NOW)
    assert table.equals(qk.read_assignments(path, segments))
    assert table.groupby(["round", "coder", "blind"]).size().to_dict() == {(1, "rani", True): 10, (1, "budi", True): 10,
                                                                           (2, "budi", False): 2}  # fmt: skip
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert lines[3] == f"2,budi,jurnal,1 to 4,no,,rani,2026-11-22,{CODEBOOK.version},{'a' * 16}"
    assert qk.read_audit(tmp_path)[["who", "why"]].values.tolist() == [
        ["rani", "assigned: round 1"],
        ["rani", "assigned: round 2"],
    ]


def test_nothing_is_written_where_a_new_assignment_is_faulty(segments, tmp_path):
    path = written(tmp_path, "1,rani,berita,1 to 4,yes\n")
    before = path.read_bytes()
    again = qk.assign(segments.iloc[[3]], ["rani"], 2, True, CODEBOOK)
    with pytest.raises(ValueError, match=r"assignments.csv, line 3: rani is already to read segment 4 of 'berita' \(line 2\)"):
        qk.add_assignments(path, again, segments, by="rani", now=NOW)
    assert path.read_bytes() == before


# --- reading the file ---


def test_each_coder_gets_the_content_that_is_to_be_read(segments, tmp_path):
    path = written(tmp_path, "1,rani,jurnal,all,yes\n1,budi,jurnal,1-2; 4,no\n2,budi,berita,3 – 4,yes\n")
    table = qk.read_assignments(path, segments)
    assert table[["round", "coder", "blind", "document", "segment"]].values.tolist() == [
        [1, "rani", True, "jurnal", 2],
        [1, "rani", True, "jurnal", 3],
        [1, "budi", False, "jurnal", 2],
        [2, "budi", True, "berita", 3],
        [2, "budi", True, "berita", 4],
    ]
    assert {"text", "start", "end", "sample", "codebook"} <= set(table)


def test_a_file_without_rows_assigns_nothing(segments, tmp_path):
    table = qk.read_assignments(written(tmp_path, ""), segments)
    assert table.empty and {"round", "coder", "blind", "document", "segment"} <= set(table)


def test_all_faults_of_the_file_are_told_with_their_lines(segments, tmp_path):
    text = (
        "0,,brita,x,ya,\n"
        "1,agreed,berita,9 to 12,yes,\n"
        "1,rani,berita,4 to 2,yes,22 November\n"
        "1,budi,berita,1 to 9999999,yes,\n"
        "1,rani,berita,1 to 3,yes,\n"
        "2,rani,berita,all,yes,\n"
    )
    with pytest.raises(ValueError) as told:
        qk.read_assignments(written(tmp_path, text, HEADER.replace("\n", ",created\n")), segments)
    path = tmp_path / "assignments.csv"
    assert str(told.value).splitlines() == [
        "11 faults",
        f"{path}, line 2: blind is 'ya': write yes or no",
        f"{path}, line 2: document 'brita' is not in the corpus. Did you mean 'berita'?",
        f"{path}, line 2: no coder is named",
        f"{path}, line 2: round '0' is no number: write 1, 2, 3 ...",
        f"{path}, line 2: segments 'x' are not understood: write all, or stretches such as 3 to 8; 14",
        f"{path}, line 3: 'agreed' reads nothing on its own: only a coder who reads can be assigned",
        f"{path}, line 3: document 'berita' has segments 1 to 10, not 11",
        f"{path}, line 4: created '22 November' is no day such as 2026-11-22",
        f"{path}, line 4: segments '4 to 2' are not understood: write all, or stretches such as 3 to 8; 14",
        f"{path}, line 5: segments '1 to 9999999' are not understood: write all, or stretches such as 3 to 8; 14",
        f"{path}, line 7: rani is already to read segment 1 of 'berita' (line 6): one file holds one reading of it. A second"
        " reading needs a name of its own, such as 'rani-2'",
    ]


def test_numbers_assigned_on_another_text_are_not_taken_for_numbers_of_this_one(segments, tmp_path):
    head = HEADER.replace("\n", ",sha256\n")
    told = "'berita' is not the text that was assigned: its segments may have other numbers now. See whether 1 to 4 are still the ones"
    with pytest.raises(ValueError, match=told):
        qk.read_assignments(written(tmp_path, f"1,rani,berita,1 to 4,yes,{'c' * 16}\n", head), segments)
    for known in ("a" * 64, "b" * 16):  # this text, and the edition it was made from
        assert len(qk.read_assignments(written(tmp_path, f"1,rani,berita,1 to 4,yes,{known}\n", head), segments)) == 4
    assert len(qk.read_assignments(written(tmp_path, f"1,rani,berita,all,yes,{'c' * 16}\n", head), segments)) == 10
    unknown = segments.drop(columns=["sha256", "original_sha256"])
    assert len(qk.read_assignments(written(tmp_path, f"1,rani,berita,1 to 4,yes,{'c' * 16}\n", head), unknown)) == 4


# --- what was read ---


def marked(folder, text, header="document,segment,start,end,created,sha256\n"):
    (Path(folder) / "read").mkdir(exist_ok=True)
    (Path(folder) / "read" / "rani.csv").write_text(header + text, encoding="utf-8")


def states(segments, codings, folder):
    return qk.readings(segments.assign(round=1, coder="rani", blind=True), codings, folder)["state"].tolist()


def test_blank_is_not_unread(segments, tmp_path):
    marked(tmp_path, f"berita,2,11,21,2026-11-22,{'a' * 16}\n")
    coded = codings(("berita", 1, 0, 10, "rani"), ("berita", 3, 22, 32, "budi"))
    assert states(segments.head(3), coded, tmp_path) == ["coded", "blank", "unread"]


def test_a_coding_over_two_sentences_reads_both_and_one_inside_another_hides_nothing(segments, tmp_path):
    coded = codings(
        ("berita", 1, 0, 25, "rani"), ("berita", 1, 2, 5, "rani"), ("berita", 5, 44, 54, "rani"), ("berita", 0, 99, 99, "rani")
    )
    assert states(segments.head(10), coded, tmp_path) == ["coded"] * 3 + ["unread"] + ["coded"] + ["unread"] * 5


def test_a_mark_on_a_changed_text_does_not_count(segments, tmp_path):
    marked(tmp_path, f"berita,1,0,10,,{'c' * 16}\nberita,2,0,0,,{'b' * 16}\nberita,3,22,30,,\nberita,4,33,43,,\n")
    # another text; the edition this one was made from, whose places differ; not the segment's place; the place, no checksum
    assert states(segments.head(4), codings(), tmp_path) == ["unread", "blank", "unread", "blank"]


def test_marks_that_are_no_numbers_are_named_with_their_lines(segments, tmp_path):
    marked(tmp_path, "berita,satu,0,10,,\nberita,2,,,,\n")
    with pytest.raises(
        ValueError, match=r"(?s)2 faults.*rani.csv, line 2: segment, start and end must be whole numbers.*line 3"
    ):
        states(segments, codings(), tmp_path)


def test_a_reading_log_counts_documents_round_by_round(segments, tmp_path):
    marked(tmp_path, f"berita,2,11,21,,{'a' * 16}\n")
    path = written(tmp_path, "1,rani,berita,1 to 4,yes\n2,rani,jurnal,all,no\n1,budi,berita,1,yes\n")
    coded = codings(("berita", 1, 0, 10, "rani"), ("berita", 1, 0, 10, "budi"))
    log = qk.reading_log(qk.readings(qk.read_assignments(path, segments), coded, tmp_path))
    assert log.values.tolist() == [
        [1, "rani", "berita", 4, 2, 1, 1, 2],
        [2, "rani", "jurnal", 2, 0, 0, 0, 2],
        [1, "budi", "berita", 1, 1, 1, 0, 0],
    ]


@given(st.lists(st.sampled_from(STATES), max_size=8))
def test_what_is_assigned_is_coded_blank_or_unread(found):
    table = pd.DataFrame({"round": 1, "coder": "rani", "document": "berita", "state": pd.Categorical(found, STATES)})
    for row in qk.reading_log(table).to_dict("records"):
        assert row["assigned"] == row["read"] + row["unread"] == len(found)
        assert row["read"] == row["coded"] + row["blank"]


def test_arguments_are_left_as_they_were(segments):
    before = segments.copy()
    qk.assign(qk.draw_sample(segments, "paragraph", 0.5, 1), ["rani"], 1, True, CODEBOOK)
    with tempfile.TemporaryDirectory() as folder:
        qk.readings(segments.assign(round=1, coder="rani", blind=True), codings(), folder)
    assert segments.equals(before)
