"""rani and budi read the same six sentences, blind; what they differ on is settled."""

import dataclasses
import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualkit as qk
from qualkit.codebook import Code, Codebook, Facet, Family
from qualkit.coderfile import CoderFile
from qualkit.codinglog import CodingLog
from qualkit.codings import FILE_COLUMNS
from qualkit.doublecoding import _Study
from qualkit.sheets import FILES

NOW = datetime.datetime(2026, 11, 22, 8, 30, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(days=1)
TEXTS = ("Guru datang.", "Murid menari di sekolah.", "Kapal dibeli.", "Hujan turun.", "Guru pulang ke Busan.", "Pasar ramai.")
HEADER = "document,segment,start,end,code,coder,statement,memo,created,codebook\n"


def words(text):
    return {"id": text, "en": text}


def facet(name, scale, *codes):
    made = [Code(c, words(c), words(""), words(""), words(""), words(""), words(""), "data", "descriptive", "1") for c in codes]
    return Facet(name, words(name), words("?"), scale, tuple(made), (Family("F", words("F")),))


CODEBOOK = Codebook(
    "uji", "0.3", words("Uji"), "sentence", (),
    tuple({"version": v, "date": "2026-11-01", "change": c} for v, c in (("0.1", "start"), ("0.2", "DIK narrower"), ("0.3", "EKO wider"))),
    (facet("sector", "multiple", "DIK", "BUD", "EKO"), facet("status", "ordinal", "hoped", "done")),
)  # fmt: skip


def sentences(document, texts=TEXTS):
    rows, at = [], 0
    for number, text in enumerate(texts, 1):
        rows.append({"document": document, "segment": number, "start": at, "end": at + len(text), "paragraph": number,
                     "label": "content", "text": text})  # fmt: skip
        at += len(text) + 1
    return pd.DataFrame(rows)


SEGMENTS = pd.concat([sentences("berita"), sentences("jurnal", TEXTS[:2])], ignore_index=True)
RANI = """berita,1,,,DIK,rani,,,2026-11-02,0.1
berita,1,,,done,rani,,,2026-11-02,0.1
berita,2,,,DIK,rani,,,2026-11-03T09:00:00Z,0.1
berita,2,,,BUD,rani,,a dance is culture,2026-11-03,0.1
berita,2,,,hoped,rani,,,2026-11-03,0.1
berita,3,,,EKO,rani,,,2026-11-03,0.1
berita,5,65,69,DIK,rani,,,2026-11-03,0.1
"""
BUDI = """berita,1,,,DIK,budi,,,2026-11-02,0.1
berita,1,,,done,budi,,,2026-11-02,0.1
berita,2,,,DIK,budi,,,2026-11-02,0.1
berita,2,,,done,budi,,it is being done,2026-11-02,0.1
berita,3,,,BUD,budi,,ships as heritage,2026-11-02,0.1
berita,5,65,76,DIK,budi,,,2026-11-02,0.1
berita,6,,,EKO,budi,,,2026-11-02,0.1
"""


@pytest.fixture
def folder(tmp_path):
    """The two coders' files; both marked the fourth sentence as read, and rani has not read the sixth."""
    made = tmp_path / "codings"
    (made / "read").mkdir(parents=True)
    for coder, rows in (("rani", RANI), ("budi", BUDI)):
        (made / f"{coder}.csv").write_text(HEADER + rows, encoding="utf-8")
        four = SEGMENTS.iloc[3]
        marks = f"document,segment,start,end,created,sha256\nberita,4,{four['start']},{four['end']},2026-11-02,\n"
        (made / "read" / f"{coder}.csv").write_text(marks, encoding="utf-8")
    return made


def assigned(*rows):
    """Rows of round, coder, document, blind."""
    made = [
        SEGMENTS[SEGMENTS["document"] == document].assign(
            round=number, coder=coder, blind=blind, sample="all of it", codebook="0.1"
        )
        for number, coder, document, blind in rows
    ]
    return pd.concat(made, ignore_index=True)


BOTH = ((1, "rani", "berita", True), (1, "budi", "berita", True))


def checked(folder, name="sector", rows=BOTH):
    codings = qk.read_codings(folder, SEGMENTS, CODEBOOK)
    return qk.code_check(codings, qk.readings(assigned(*rows), codings, folder), name, CODEBOOK, folder)


def decided(*rows):
    return pd.DataFrame(rows, columns=["segment", "code", "keep", "why"]).assign(document="berita")


def agreed(folder):
    codings = qk.read_codings(folder, SEGMENTS, CODEBOOK)
    codings = codings[codings["coder"] == "agreed"]
    return codings[["segment", "start", "end", "code", "memo"]].values.tolist()


def add(folder, coder, text):
    path = folder / f"{coder}.csv"
    old = path.read_text(encoding="utf-8") if path.exists() else HEADER
    path.write_text(old + text, encoding="utf-8")


def row(segment, code, coder, when=NOW):
    at = SEGMENTS.iloc[segment - 1]
    told = {"document": "berita", "segment": str(segment), "start": str(at["start"]), "end": str(at["end"]), "code": code}
    return {
        **dict.fromkeys(FILE_COLUMNS, ""),
        **told,
        "coder": coder,
        "created": f"{when:%Y-%m-%dT%H:%M:%SZ}",
        "codebook": "0.1",
    }


def save(folder, coder, when, add=(), remove=(), why="", kind="codings"):
    """A change with its line in the log, as the desk makes it; what is to be removed is named by segment and code."""
    place, columns, key = FILES[kind]
    file = CoderFile(folder / place / f"{coder}.csv", columns, key, coder, lambda: when)
    gone = [old for old in file.rows if (int(old["segment"]), old.get("code")) in remove]
    file.change([{name: new[name] for name in columns if name in new} for new in add], gone, why)


def note(folder, name="sector", **keywords):
    return checked(folder, name, **keywords).rounds["note"].iloc[0]


# --- the check ---


def test_a_check_says_who_read_what_and_how_far_they_agree(folder):
    check = checked(folder)
    # read by both: 1 to 5. All gave: DIK on 1, 2, 5. Only one gave: BUD on 2, BUD and EKO on 3.
    assert check.rounds.to_dict("records") == [
        {
            "round": 1, "coders": "rani, budi", "sample": "all of it", "codebook": "0.1", "first": "2026-11-02", "last": "2026-11-03",
            "documents": 1, "segments": 5, "share": None, "by_other_facets": 0,
            "agreements": 3, "disagreements": 3, "reliability": 100 * 3 / 6, "settled": 0, "open": 4,
            "changed_after": "0.2: DIK narrower; 0.3: EKO wider", "note": "",
        }
    ]  # fmt: skip
    assert repr(check) == (
        "Code check of sector, codebook 0.3\nround 1: rani, budi on 5 segments, 3 agreements, 3 disagreements (4 open)"
    )
    one = dataclasses.replace(check, rounds=check.rounds.assign(segments=1, agreements=1, disagreements=0))
    assert repr(one).endswith("on 1 segment, 1 agreement, 0 disagreements (4 open)")


def test_agreement_is_told_per_code_with_the_counts_that_a_share_hides(folder):
    columns = ["round", "code", "segments", "both", "only rani", "only budi", "neither", "percent"]
    assert checked(folder).agreement[columns].values.tolist() == [
        [1, "DIK", 5, 3, 0, 0, 2, 100 * 5 / 5],
        [1, "BUD", 5, 0, 1, 1, 3, 100 * 3 / 5],
        [1, "EKO", 5, 0, 1, 0, 4, 100 * 4 / 5],
    ]


def test_each_difference_shows_what_each_gave_and_why(folder):
    differences = checked(folder).differences
    assert differences[["segment", "code", "rani", "budi", "decision", "why"]].values.tolist() == [
        [2, "BUD", "BUD — a dance is culture", "(not given) — it is being done", "", ""],
        [3, "BUD", "EKO", "BUD — ships as heritage", "", ""],
        [3, "EKO", "EKO", "BUD — ships as heritage", "", ""],
        [5, "DIK", "DIK on “Guru”", "DIK on “Guru pulang”", "", ""],
    ]
    assert differences["text"].tolist() == [TEXTS[1], TEXTS[2], TEXTS[2], TEXTS[4]]


def test_a_facet_with_one_answer_differs_once_a_segment(folder):
    check = checked(folder, "status")
    assert check.differences[["segment", "code", "rani", "budi"]].values.tolist() == [
        [2, "hoped; done", "hoped — a dance is culture", "done — it is being done"]
    ]
    assert check.rounds[["agreements", "disagreements", "reliability"]].values.tolist() == [[1, 1, 100 * 1 / 2]]


def test_what_nobody_disputes_is_ready_to_be_agreed_on(folder):
    check = checked(folder)
    unanimous = check.unanimous
    assert unanimous[["segment", "code", "coder", "memo"]].values.tolist() == [
        [1, "DIK", "agreed", ""],
        [2, "DIK", "agreed", ""],
    ]
    qk.write_codings(unanimous, folder)
    assert [row[0] for row in agreed(folder)] == [1, 2]
    assert checked(folder).unanimous.empty


def test_where_nothing_was_given_no_reliability_is_claimed(folder):
    for coder in ("rani", "budi"):
        (folder / f"{coder}.csv").write_text(HEADER, encoding="utf-8")
    check = checked(folder)
    assert check.rounds[["segments", "agreements", "disagreements"]].values.tolist() == [[1, 0, 0]]
    assert check.rounds["reliability"].isna().all() and check.rounds["first"].tolist() == [""]
    assert check.differences.empty and check.unanimous.empty


def test_rounds_stand_one_under_another_with_what_was_changed_between_them(folder):
    for coder, code in (("rani", "DIK"), ("budi", "DIK")):
        add(folder, coder, f"jurnal,1,,,{code},{coder},,,2026-11-10,0.2\njurnal,2,,,DIK,{coder},,,2026-11-10,0.2\n")
    check = checked(folder, rows=(*BOTH, (2, "rani", "jurnal", True), (2, "budi", "jurnal", True)))
    rounds = check.rounds[["round", "codebook", "reliability", "changed_after", "note"]].values.tolist()
    assert rounds == [
        [1, "0.1", 100 * 3 / 6, "0.2: DIK narrower", ""],
        [2, "0.2", 100 * 2 / 2, "0.3: EKO wider", "assigned with codebook 0.1, coded with 0.2"],
    ]
    dik = check.agreement[check.agreement["code"] == "DIK"]
    assert dik[["round", "segments", "both", "percent"]].values.tolist() == [[1, 5, 3, 100], [2, 2, 2, 100]]
    assert set(check.differences["round"]) == {1}


def test_rounds_by_other_coders_leave_the_counts_of_the_others_empty(folder):
    for coder in ("rani", "citra"):
        add(folder, coder, f"jurnal,1,,,DIK,{coder},,,2026-11-10,0.1\n")
    table = checked(folder, rows=(*BOTH, (2, "rani", "jurnal", True), (2, "citra", "jurnal", True))).agreement
    dik = table.loc[table["code"] == "DIK", ["both", "only rani", "only budi", "only citra"]]
    assert dik.astype(object).where(dik.notna(), "").values.tolist() == [[3, 0, 0, ""], [1, 0, "", 0]]


def test_versions_the_history_does_not_know_are_left_alone(folder):
    for coder, rows in (("rani", RANI), ("budi", BUDI)):
        (folder / f"{coder}.csv").write_text(HEADER + rows.replace(",0.1\n", ",9\n"), encoding="utf-8")
    assert checked(folder).rounds["changed_after"].tolist() == [""]


def test_a_third_coder_who_read_less_is_missing_there(folder):
    add(folder, "citra", "jurnal,1,,,EKO,citra,,,2026-11-10,0.1\n")
    add(folder, "rani", "jurnal,1,,,DIK,rani,,,2026-11-10,0.1\n")
    check = checked(folder, rows=(*BOTH, (1, "rani", "jurnal", True), (1, "citra", "jurnal", True)))
    row = check.differences[check.differences["document"] == "jurnal"].iloc[0]
    assert (row["code"], row["rani"], row["budi"], row["citra"]) == ("DIK", "DIK", "(not read)", "EKO")
    with pytest.raises(
        ValueError, match=r"'budi' is none of those who differ there \(a third .* 'agreed'\). Possible: rani, citra, neither"
    ):
        qk.reconcile(check, decided((1, "DIK", "budi", "x")).assign(document="jurnal"), folder, by="rani")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((BOTH[0],), "round 1: no segment was assigned to two coders"),
        ((BOTH[0], (1, "budi", "berita", False)), "round 1: not read blind: agreement would be that of the suggestions"),
        (((4, "rani", "jurnal", True), (4, "budi", "jurnal", True)), "round 4: no segment has been read by two coders yet"),
    ],
)
def test_what_was_not_read_blind_by_two_is_no_check(folder, rows, message):
    with pytest.raises(ValueError, match=message):
        checked(folder, rows=rows)


def test_who_did_not_read_blind_is_left_out_and_that_is_said(folder):
    add(folder, "citra", "berita,1,,,EKO,citra,,,2026-11-10,0.2\n")
    check = checked(folder, rows=(*BOTH, (1, "citra", "berita", False)))
    assert check.rounds[["coders", "note"]].values.tolist() == [
        ["rani, budi", "left out, for it was not read blind: what citra read"]
    ]
    assert "citra" not in check.differences


def test_a_round_that_is_not_compared_is_told_not_hidden(folder):
    check = checked(folder, rows=(*BOTH, (2, "rani", "jurnal", True), (2, "budi", "jurnal", True)))
    assert check.rounds[["round", "segments", "note"]].values.tolist() == [
        [1, 5, ""],
        [2, 0, "no segment has been read by two coders yet"],
    ]
    assert check.rounds["changed_after"].tolist() == ["0.2: DIK narrower; 0.3: EKO wider", ""]
    assert repr(check).endswith("round 2: no segment has been read by two coders yet")


def test_a_machine_and_the_consensus_are_no_coders(folder):
    codings = qk.read_codings(folder, SEGMENTS, CODEBOOK)
    for coder in ("codebook", "agreed"):
        readings = assigned(*BOTH).assign(state="coded").replace({"coder": {"budi": coder}})
        with pytest.raises(ValueError, match=f"'{coder}' reads nothing on its own: a code check compares coders who read"):
            qk.code_check(codings, readings, "sector", CODEBOOK, folder)


def test_nothing_assigned_is_nothing_to_check(folder):
    codings = qk.read_codings(folder, SEGMENTS, CODEBOOK)
    with pytest.raises(ValueError, match=r"there is nothing to check \(nothing is assigned\)"):
        qk.code_check(codings, assigned(*BOTH).assign(state="coded").head(0), "sector", CODEBOOK, folder)
    with pytest.raises(ValueError, match=r"the codebook has no facet 'sektor'. Did you mean 'sector'?"):
        checked(folder, "sektor")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.sampled_from(["DIK", "BUD", "EKO"])), min_size=12, max_size=12))
def test_every_code_given_is_an_agreement_or_a_difference(given_codes):
    rows = [
        {"document": "berita", "segment": at % 6 + 1, "start": 0, "end": 1, "code": code, "facet": "sector", "memo": "",
         "coder": "rani" if at < 6 else "budi", "quote": "G"}
        for at, codes in enumerate(given_codes)
        for code in codes
    ]  # fmt: skip
    if not rows:
        return
    codings = pd.DataFrame(rows)
    study = _Study(codings, CODEBOOK.facet("sector"), {})
    read = SEGMENTS.head(6).drop(columns=["start", "end"])
    differ, alike, agreements = study.compared(read, ["rani", "budi"])
    assert len(rows) == 2 * agreements + len(differ)
    assert len(alike) == agreements


def test_the_share_double_coded_is_told_where_the_study_is_known(folder):
    codings = qk.read_codings(folder, SEGMENTS, CODEBOOK)
    readings = qk.readings(assigned(*BOTH), codings, folder)
    study = SEGMENTS.assign(label=["content"] * 7 + ["heading"])
    rounds = qk.code_check(codings, readings, "sector", CODEBOOK, folder, segments=study).rounds
    assert rounds["share"].tolist() == [100 * 5 / 7]
    with pytest.raises(ValueError, match="segments has no column label: pass the table that split returns"):
        qk.code_check(codings, readings, "sector", CODEBOOK, folder, segments=study.drop(columns="label"))


# --- blindness ---


@pytest.mark.parametrize(
    ("kind", "why"),
    [("codings", "accepted the suggestion of codebook: tari"), ("rejected", "rejected the suggestion of learned: BUD")],
)
def test_where_a_coder_decided_on_a_suggestion_there_is_no_blind_reading(folder, kind, why):
    save(folder, "budi", NOW, [{**row(1, "BUD", "budi"), "why": ""}], why=why, kind=kind)
    check = checked(folder)
    # 1 was an agreement on DIK: 2 and 5 are left
    assert check.rounds[["segments", "agreements", "note"]].values.tolist() == [
        [4, 2, "left out, for a suggestion was accepted or rejected there: segments of budi 1"]
        if kind == "rejected"
        else [4, 2, "left out, for a suggestion was accepted or rejected there: segments of budi 1; codings put on or taken off after"
              " all had read (2026-11-03) or after a decision: budi 1 (2026-11-22); the figures are those of the files as they are now"]
    ]  # fmt: skip
    assert 1 not in check.unanimous["segment"].tolist()


def test_a_suggestion_accepted_and_undone_was_seen_all_the_same(folder):
    save(folder, "rani", NOW, [row(4, "BUD", "rani")], why="accepted the suggestion of codebook: hujan")
    save(folder, "rani", NOW, remove=[(4, "BUD")], why="undo: accepted the suggestion of codebook: hujan")
    assert note(folder).startswith("left out, for a suggestion was accepted or rejected there: segments of rani 1;")


def test_a_round_read_with_suggestions_throughout_is_no_check(folder):
    suggested = [row(number, "EKO", "budi") for number in range(1, 7) if number not in (3, 6)]
    suggested += [row(3, "DIK", "budi"), row(6, "DIK", "budi")]
    save(folder, "budi", NOW, suggested, why="accepted the suggestion of codebook")
    with pytest.raises(ValueError, match="round 1: a suggestion was accepted or rejected there: segments of budi 6"):
        checked(folder)


def test_an_accepted_suggestion_is_told_by_its_words_where_the_text_was_changed_since(folder):
    save(folder, "budi", NOW, [{**row(1, "BUD", "budi"), "quote": TEXTS[0]}], why="accepted the suggestion of codebook")
    codings = qk.read_codings(folder, SEGMENTS, CODEBOOK)
    codings.loc[(codings["coder"] == "budi") & (codings["code"] == "BUD") & (codings["segment"] == 1), "segment"] = 4
    assert CodingLog(folder, codings).shown == {("budi", "berita", 4)}


def test_blind_is_true_or_false_or_yes_or_no(folder):
    codings = qk.read_codings(folder, SEGMENTS, CODEBOOK)
    readings = qk.readings(assigned(*BOTH), codings, folder)
    said = qk.code_check(codings, readings.assign(blind="yes"), "sector", CODEBOOK, folder)
    assert said.rounds.equals(checked(folder).rounds)
    with pytest.raises(ValueError, match="round 1: not read blind"):
        qk.code_check(codings, readings.assign(blind="no"), "sector", CODEBOOK, folder)
    with pytest.raises(ValueError, match="blind is 'tidak' in readings: it must be True or False, or yes or no"):
        qk.code_check(codings, readings.assign(blind="tidak"), "sector", CODEBOOK, folder)


# --- what was changed after all had read ---

AFTER = "codings put on or taken off after all had read (2026-11-03) or after a decision: {}; the figures are those of the files as they are now"


def test_a_figure_that_was_better_after_the_talk_is_told_to_be_so(folder):
    before = checked(folder).rounds.iloc[0]
    assert (before["reliability"], before["note"]) == (50, "")
    save(folder, "budi", NOW, [row(3, "EKO", "budi")], [(3, "BUD")])
    save(folder, "rani", LATER, remove=[(2, "BUD")])
    after = checked(folder).rounds.iloc[0]
    assert after["reliability"] == 100
    assert after["note"] == AFTER.format("budi 2, rani 1 (2026-11-22 to 2026-11-23)")
    assert note(folder, "status") == ""  # of that facet nothing was changed


def test_a_disagreement_taken_out_of_the_round_is_told_too(folder):
    save(folder, "budi", NOW, remove=[(3, "BUD")])  # budi's only coding there: 3 is unread now
    after = checked(folder).rounds.iloc[0]
    assert (after["segments"], after["note"]) == (4, AFTER.format("budi 1 (2026-11-22)"))


def test_a_memo_and_words_found_again_are_no_change(folder):
    old = {**row(4, "BUD", "budi"), "created": "2026-11-02"}
    add(folder, "budi", "berita,4,52,64,BUD,budi,,,2026-11-02,0.1\n")
    save(folder, "budi", NOW, [{**old, "memo": "rain dance?"}], [(4, "BUD")], "memo of BUD on berita 4")
    save(folder, "budi", NOW, [{**old, "start": "53"}], [(4, "BUD")], "settled BUD on berita 4 (changed): now at 53-64")
    assert note(folder) == ""


def test_a_change_outside_the_log_is_told_when_the_next_is_saved(folder):
    save(folder, "budi", NOW, [row(4, "EKO", "budi")])
    path = folder / "budi.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("berita,3")), encoding="utf-8")
    save(folder, "budi", LATER, [row(2, "EKO", "budi")])
    assert note(folder) == AFTER.format("budi 3 (2026-11-22 to 2026-11-23)")


def test_what_is_done_at_one_visit_to_a_segment_is_its_first_reading(folder):
    for coder in ("rani", "budi"):
        (folder / f"{coder}.csv").unlink()
        (folder / "read" / f"{coder}.csv").unlink()
    minute = datetime.timedelta(minutes=1)
    for coder, start in (("budi", NOW), ("rani", NOW + 10 * minute)):
        save(folder, coder, start, [row(1, "DIK", coder, start)])
        save(folder, coder, start + minute, [row(2, "DIK", coder, start)])
        save(folder, coder, start + 2 * minute, [row(2, "BUD", coder, start)])
    assert note(folder) == ""
    save(folder, "budi", NOW + 20 * minute, [row(1, "EKO", "budi")])
    save(folder, "budi", NOW + 21 * minute, remove=[(1, "EKO")])
    assert "or after a decision: budi 2 (2026-11-22)" in note(folder)


def test_what_is_changed_after_a_decision_on_the_segment_is_told_before_the_round_is_over(folder):
    qk.reconcile(checked(folder), decided((3, "", "rani", "bought")), folder, by="both", now=NOW)
    save(folder, "budi", NOW + datetime.timedelta(hours=1), [row(3, "EKO", "budi")], [(3, "BUD")])
    save(folder, "rani", LATER, [row(6, "EKO", "rani", LATER)])
    assert "after all had read (2026-11-23) or after a decision: budi 2 (2026-11-22)" in note(folder)


def test_lines_of_the_log_that_say_no_rows_are_passed_over(folder):
    save(folder, "budi", NOW, [row(4, "EKO", "budi")])
    log = folder / "audit.jsonl"
    text = log.read_text(encoding="utf-8")
    for wrong in ('"removed": "?"', '"removed": [7, {"document": "berita"}, {"document": "berita", "segment": "x"}]'):
        log.write_text(text.replace('"removed": []', wrong), encoding="utf-8")
        assert note(folder) == AFTER.format("budi 1 (2026-11-22)")
    marks = folder / "read" / "budi.csv"
    marks.write_text(marks.read_text(encoding="utf-8") + "berita,x,0,1,,\n", encoding="utf-8")
    assert len(CodingLog(folder, qk.read_codings(folder, SEGMENTS, CODEBOOK)).steps) == 1


# --- facets ---


def test_a_segment_coded_in_other_facets_only_is_counted_as_such(folder):
    add(folder, "budi", "berita,4,,,hoped,budi,,,2026-11-03,0.1\n")
    rounds = checked(folder).rounds
    assert rounds[["by_other_facets", "note"]].values.tolist() == [[1, ""]]


def test_a_coder_who_did_not_use_the_facet_is_named(folder):
    (folder / "budi.csv").write_text(HEADER + "berita,1,,,done,budi,,,2026-11-02,0.1\n", encoding="utf-8")
    rounds = checked(folder).rounds  # both read 1 and 4
    assert rounds[["segments", "by_other_facets", "note"]].values.tolist() == [
        [2, 1, "budi coded, but nothing in sector: counted as read without a code"]
    ]


# --- decisions ---


def test_a_decision_is_a_coding_of_agreed_that_says_whose_reading_was_kept(folder):
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    rows = decided(
        (2, "BUD", "budi", "a dance at school is schooling"), (3, "", "rani", "bought, so economy"), (5, "", "budi", "whole")
    )
    assert qk.reconcile(checked(folder), rows, folder, by="rani and budi", now=NOW) == []
    assert agreed(folder) == [
        [3, 38, 51, "EKO", "settled: rani: bought, so economy"],
        [5, 65, 76, "DIK", "settled: budi: whole"],
    ]
    check = checked(folder)
    assert check.differences[["segment", "code", "decision", "why"]].values.tolist() == [
        [2, "BUD", "(not given)", "settled: budi: a dance at school is schooling"],
        [3, "BUD", "(not given)", "settled: rani: bought, so economy"],
        [3, "EKO", "EKO", "settled: rani: bought, so economy"],
        [5, "DIK", "DIK", "settled: budi: whole"],
    ]
    assert check.rounds[["settled", "open"]].values.tolist() == [[4, 0]]
    assert {name: (folder / name).read_bytes() for name in before} == before  # the coders' files are as they were
    log = qk.read_audit(folder)
    assert log[["who", "what", "why"]].drop_duplicates().values.tolist() == [
        ["agreed", "agreed.csv", "differences on sector settled by rani and budi"],
        ["agreed", "rejected/agreed.csv", "differences on sector settled by rani and budi"],
    ]


def test_an_answer_of_a_facet_with_one_answer_settles_the_others(folder):
    qk.reconcile(checked(folder, "status"), decided((2, "", "budi", "it is done")), folder, by="rani", now=NOW)
    assert [row[3] for row in agreed(folder)] == ["done"]
    assert not (folder / "rejected").exists()
    assert checked(folder, "status").differences["decision"].tolist() == ["done"]


def test_no_answer_can_be_kept_too(folder):
    add(folder, "rani", "berita,3,,,hoped,rani,,,2026-11-03,0.1\n")
    check = checked(folder, "status")
    qk.reconcile(check, decided((3, "hoped", "budi", "no wish is told")), folder, by="rani", now=NOW)
    assert checked(folder, "status").differences["decision"].tolist() == ["", "(not given)"]
    with pytest.raises(ValueError, match=r"was decided before \(hoped not given\)"):
        qk.reconcile(check, decided((3, "hoped", "rani", "it is")), folder, by="rani", now=NOW)


def test_the_same_decision_twice_changes_nothing(folder):
    rows = decided((2, "BUD", "rani", "a dance"))
    check = checked(folder)
    qk.reconcile(check, rows, folder, by="rani", now=NOW)
    before = (folder / "agreed.csv").read_bytes()
    qk.reconcile(check, rows, folder, by="budi", now=LATER)
    assert (folder / "agreed.csv").read_bytes() == before


def test_a_decision_is_changed_only_where_that_is_said_and_leaves_a_trace(folder):
    check = checked(folder)
    qk.reconcile(check, decided((2, "BUD", "rani", "a dance")), folder, by="rani", now=NOW)
    other = decided((2, "BUD", "budi", "at school"))
    told = "row 1 of decisions: segment 2 of 'berita' was decided before \\(BUD given\\). To change that or its reason, say change=True"
    with pytest.raises(ValueError, match=told):
        qk.reconcile(check, other, folder, by="rani", now=NOW)
    qk.reconcile(check, other, folder, by="rani", change=True, now=LATER)
    assert agreed(folder) == []
    assert checked(folder).differences["decision"].tolist()[0] == "(not given)"
    assert "settled: rani: a dance" in (folder / "audit.jsonl").read_text(encoding="utf-8")
    qk.reconcile(check, decided((2, "BUD", "rani", "a dance after all")), folder, by="rani", change=True, now=LATER)
    assert [row[3:] for row in agreed(folder)] == [["BUD", "settled: rani: a dance after all"]]
    assert checked(folder).differences["why"].tolist()[0] == "settled: rani: a dance after all"


def test_a_statement_keeps_the_coding_it_rests_on(folder):
    check = checked(folder)
    qk.reconcile(check, decided((2, "BUD", "rani", "a dance")), folder, by="rani", now=NOW)
    path = folder / "agreed.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",BUD,agreed,,", ",BUD,agreed,S001,"), encoding="utf-8")
    with pytest.raises(
        ValueError, match="statement S001 rests on BUD at segment 2 of 'berita': take its id off the coding first"
    ):
        qk.reconcile(check, decided((2, "BUD", "budi", "no")), folder, by="rani", change=True, now=LATER)
    notices = qk.reconcile(check, decided((2, "BUD", "rani", "better told")), folder, by="rani", change=True, now=LATER)
    assert any("changed outside the log" in notice for notice in notices)
    codings = qk.read_codings(folder, SEGMENTS, CODEBOOK)
    assert codings.loc[codings["coder"] == "agreed", ["statement", "memo"]].values.tolist() == [
        ["S001", "settled: rani: better told"]
    ]


def test_all_faults_of_the_decisions_are_told_and_nothing_is_written(folder):
    rows = decided(
        (1, "", "rani", "x"),
        (2, "BUDD", "rani", "x"),
        (2, "BUD", "ranii", "x"),
        (2, "BUD", "rani", " "),
        (3, "EKO", "rani", "x"),
        (3, "", "budi", "x"),
    )
    with pytest.raises(ValueError) as told:
        qk.reconcile(checked(folder), rows, folder, by="rani", now=NOW)
    assert str(told.value).splitlines() == [
        "5 faults",
        "row 1 of decisions: on segment 1 of 'berita' nobody differs in sector",
        "row 2 of decisions: on BUDD nobody differs at segment 2 of 'berita'. Did you mean 'BUD'?",
        "row 3 of decisions: 'ranii' is none of those who differ there (a third reading is coded at the desk, as coder 'agreed')."
        " Did you mean 'rani'?",
        "row 4 of decisions: segment 2 of 'berita' has no reason: say in words why rani's reading is kept",
        "row 6 of decisions: segment 3 of 'berita' is decided in row 5 already",
    ]
    assert not (folder / "agreed.csv").exists()


def test_a_single_fault_and_a_wrong_argument_are_named_too(folder):
    check = checked(folder)
    with pytest.raises(ValueError, match=r"^row 1 of decisions: on segment 1"):
        qk.reconcile(check, decided((1, "", "rani", "x")), folder, by="rani")
    with pytest.raises(ValueError, match="by is empty: the log names who decided"):
        qk.reconcile(check, decided(), folder, by=" ")
    with pytest.raises(ValueError, match="check must be what code_check returns, not DataFrame"):
        qk.reconcile(check.differences, decided(), folder, by="rani")
    with pytest.raises(ValueError, match=r"decisions has no column keep: pass the table that you \(document"):
        qk.reconcile(check, decided().drop(columns="keep"), folder, by="rani")


def test_no_decision_writes_nothing(folder):
    assert qk.reconcile(checked(folder), decided(), folder, by="rani") == []
    assert not (folder / "agreed.csv").exists()


@pytest.mark.parametrize("why", [float("nan"), None, "", 7])
def test_a_reason_is_words(folder, why):
    rows = decided((2, "BUD", "rani", why))
    with pytest.raises(ValueError, match="segment 2 of 'berita' has no reason: say in words why rani's reading is kept"):
        qk.reconcile(checked(folder), rows, folder, by="rani")


def test_neither_reading_can_be_kept_and_a_third_is_coded_as_agreed(folder):
    with pytest.raises(ValueError, match="say in words why neither reading is kept"):
        qk.reconcile(checked(folder), decided((3, "", "neither", "")), folder, by="rani")
    qk.reconcile(checked(folder), decided((3, "", "neither", "a school ship")), folder, by="both", now=NOW)
    save(folder, "agreed", NOW, [row(3, "DIK", "agreed")], why="DIK on berita 3")
    assert checked(folder).differences.query("segment == 3")[["code", "decision", "why"]].values.tolist() == [
        ["BUD", "(not given)", "settled: neither: a school ship"],
        ["EKO", "(not given)", "settled: neither: a school ship"],
    ]
    assert [code for _, _, _, code, _ in agreed(folder)] == ["DIK"]


@pytest.mark.parametrize(
    ("coder", "put", "taken", "name", "changed"),
    [
        ("rani", None, (2, "BUD"), "sector", "BUD"),  # withdrawn by who is kept
        ("budi", "BUD", None, "sector", "BUD"),  # given now by who had not
        ("budi", "hoped", (2, "done"), "status", "done, hoped"),
    ],
)
def test_a_reading_that_was_changed_since_the_check_is_not_written(folder, coder, put, taken, name, changed):
    check = checked(folder, name)
    save(folder, coder, NOW, [row(2, put, coder)] if put else [], [taken] if taken else [])
    told = f"{coder} has changed {changed} at segment 2 of 'berita' since this check: read the codings again and make the check"
    with pytest.raises(ValueError, match=told):
        qk.reconcile(check, decided((2, "", "rani", "x")), folder, by="rani")
    assert not (folder / "agreed.csv").exists()


def test_a_reading_of_which_only_the_memo_was_changed_is_still_the_one_compared(folder):
    check = checked(folder)
    path = folder / "rani.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("a dance is culture", "dance: culture"), encoding="utf-8")
    assert qk.reconcile(check, decided((2, "BUD", "rani", "x")), folder, by="rani") == []


def test_a_reading_found_elsewhere_in_a_changed_text_is_still_the_one_compared(folder):
    check = checked(folder)
    shifted = check.codings.assign(
        start=check.codings["start"] + 4, end=check.codings["end"] + 4, segment=check.codings["segment"] + 1
    )
    differences = check.differences.assign(segment=check.differences["segment"] + 1)
    again = type(check)(**{**vars(check), "codings": shifted.assign(anchor="moved"), "differences": differences})
    qk.reconcile(again, decided((6, "DIK", "rani", "x")), folder, by="rani")
    assert "berita,6,69,73,DIK,agreed" in (folder / "agreed.csv").read_text(encoding="utf-8")


def test_where_one_of_the_two_files_cannot_be_written_neither_is(folder):
    check, rows = checked(folder), decided((3, "", "rani", "bought"))
    (folder / "rejected" / "audit.jsonl").mkdir(parents=True)
    with pytest.raises(ValueError, match=r"nothing was decided: .*could not be written.*agreed.csv before was taken out again"):
        qk.reconcile(check, rows, folder, by="rani", now=NOW)
    assert agreed(folder) == [] and checked(folder).rounds["open"].tolist() == [4]
    (folder / "rejected" / "audit.jsonl").rmdir()
    assert qk.reconcile(check, rows, folder, by="rani", now=NOW) == []
    assert [code for _, _, _, code, _ in agreed(folder)] == ["EKO"]


def test_where_not_even_that_can_be_taken_back_it_is_said(folder, monkeypatch):
    check, rows, change = checked(folder), decided((3, "", "rani", "bought")), CoderFile.change
    (folder / "rejected" / "audit.jsonl").mkdir(parents=True)

    def full(file, add, remove, why, codebook=""):
        if why.startswith("undo"):
            raise ValueError("the disk is full")
        return change(file, add, remove, why, codebook)

    monkeypatch.setattr(CoderFile, "change", full)
    with pytest.raises(
        ValueError, match=r"^only .*agreed.csv is written: .*could not be written.* Make the same decisions again"
    ):
        qk.reconcile(check, rows, folder, by="rani", now=NOW)
    (folder / "rejected" / "audit.jsonl").rmdir()
    assert qk.reconcile(check, rows, folder, by="rani", now=NOW) == []
    assert checked(folder).rounds["settled"].tolist() == [2]


def test_a_file_that_is_only_read_is_seen_before_anything_is_written(folder):
    check = checked(folder)
    (folder / "rejected").mkdir()
    (folder / "rejected" / "agreed.csv").write_text(
        "document,segment,start,end,code,why,vote\nberita,4,52,64,DIK,no,7\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"^nothing was decided: .*column 'vote' is unknown here"):
        qk.reconcile(check, decided((3, "", "rani", "bought")), folder, by="rani")
    assert not (folder / "agreed.csv").exists() and not (folder / "audit.jsonl").exists()
