"""Two invented conclusions and five invented statements; then everything a list of claims can get wrong."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualkit as qk
from qualkit.claims import MEANING, NEGATIVE, STATUSES, TACTICS, TESTING, Claim, Rival, Tactic, if_then_tests
from qualkit.codebook import read_codebook
from qualkit.rules import Rule

CLAIMS = """\
claims:
  - id: C1
    by: jurnal
    text: {id: "Guru dikirim ke kota mitra.", en: "Teachers are sent to the partner city."}
    scope: {id: "Kedua pasangan.", en: "Both pairs."}
    status: confirmed
    passages: ["jurnal: 12", "jurnal: 3, 13-14"]
    for: [S1, S2]
    against: [S4]
    tactics:
      - tactic: looking for negative evidence
        done: every statement on teachers was read again
        found: one, S4
      - tactic: triangulating
        done: both documents were compared
        found: they agree
    rivals:
      - text: {id: "Guru pergi sendiri.", en: "Teachers go on their own."}
        verdict: not supported
        evidence: [S4]
    memo: {id: "Hanya dua kota.", en: "Two cities only."}
    if_then:
      - if: DIK / A-B >= moderate and EKO / A-B <= weak
        then: DIK / C-D > not found
        written: "2024-05-31"
  - id: C2
    by: study
    text: {id: "Perdagangan masih harapan.", en: "Trade is still a hope."}
    scope: {id: "Satu pasangan.", en: "One pair."}
    status: proposed
"""


@pytest.fixture
def statements():
    """S1 rests on two documents, and twice on one sentence."""
    rows = [
        ("S1", "implemented", "2", "jurnal", 12),
        ("S1", "implemented", "2", "jurnal", 12),
        ("S1", "implemented", "2", "berita", 4),
        ("S2", "outcome", "0", "jurnal", 13),
        ("S3", "aspired", "0", "jurnal", 20),
        ("S4", "planned", "1", "berita", 7),
        ("S5", "context", "1", "jurnal", 1),
    ]
    table = pd.DataFrame(rows, columns=["statement", "status", "evidence", "document", "segment"])
    status = pd.CategoricalDtype(["context", "aspired", "planned", "signed", "implemented", "outcome"], ordered=True)
    table = table.astype({"status": status})
    return table.assign(
        text_id="Pernyataan " + table["statement"],
        text_en="Statement " + table["statement"],
        quote=[f"Kutipan {n}." for n in range(7)],
    )


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "claims.yaml"
    file.write_text(CLAIMS, encoding="utf-8")
    return file


@pytest.fixture
def first(path, statements):
    return qk.read_claims(path, statements)[0]


def without(claim, *names):
    return replace(claim, tactics=tuple(tactic for tactic in claim.tactics if tactic.name not in names))


def verified(claim, statements):
    return qk.verify([claim], statements).iloc[0]


# --- reading ---


def test_claims_are_read_as_they_stand(path, statements):
    first, second = qk.read_claims(path, statements)
    assert (first.id, first.by, first.status) == ("C1", "jurnal", "confirmed")
    assert first.text == {"id": "Guru dikirim ke kota mitra.", "en": "Teachers are sent to the partner city."}
    assert first.scope["en"] == "Both pairs."
    assert first.passages == ("jurnal: 12", "jurnal: 3, 13-14")
    assert (first.supporting, first.opposing) == (("S1", "S2"), ("S4",))
    assert first.tactics[0] == Tactic(NEGATIVE, "every statement on teachers was read again", "one, S4")
    assert first.rivals == (Rival({"id": "Guru pergi sendiri.", "en": "Teachers go on their own."}, "not supported", ("S4",)),)
    assert first.memo["id"] == "Hanya dua kota."
    assert first.if_then == (Rule("DIK / A-B >= moderate and EKO / A-B <= weak", "DIK / C-D > not found", "2024-05-31"),)
    assert (second.passages, second.supporting, second.tactics, second.rivals) == ((), (), (), ())
    assert second.memo == {"id": "", "en": ""}
    assert second.if_then == ()


def test_claims_print_one_line_each(path, statements):
    assert repr(qk.read_claims(path, statements)) == (
        "C1 [jurnal; confirmed] Guru dikirim ke kota mitra.\nC2 [study; proposed] Perdagangan masih harapan."
    )


def test_a_list_without_claims_is_empty(tmp_path, statements):
    file = tmp_path / "claims.yaml"
    file.write_text("claims: []\n", encoding="utf-8")
    assert qk.read_claims(file, statements) == ()
    assert repr(qk.read_claims(file, statements)) == ""


def test_the_26_tactics_are_13_and_13():
    assert (len(MEANING), len(TESTING), len(set(TACTICS))) == (13, 13, 26)
    assert NEGATIVE in TESTING
    assert NEGATIVE == "looking for negative evidence"


def test_the_shipped_claims_can_be_read_and_verified():
    codebook = read_codebook("codebook.yaml")
    segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    codings = qk.read_codings("corpus/codings", segments, codebook)
    statements = qk.read_statements("corpus/statements.csv", codings, codebook)
    claims = qk.read_claims("corpus/claims.yaml", statements)
    table = qk.verify(claims, statements)
    assert list(table["claim"]) == [claim.id for claim in claims]
    confirmed = table[table["shown_as"] == "confirmed"]
    assert confirmed["tactics"].str.contains(NEGATIVE).all()
    assert (confirmed["supporting"] > 0).all()


# --- mistakes in the file ---


def message(file, statements, text):
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError) as said:
        qk.read_claims(file, statements)
    return str(said.value)


IN_WORDS = "must be given in both languages, as {id: ..., en: ...}"
SCOPE = '{id: "Kedua pasangan.", en: "Both pairs."}'
PLACES = '["jurnal: 12", "jurnal: 3, 13-14"]'
IF = "if: DIK / A-B >= moderate and EKO / A-B <= weak"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("id: C1", "id: ''", 2, "claim '' has no id"),
        ("id: C1", "id: [C1]", 2, "a claim: id must be a text"),
        ("id: C2", "id: C1", 26, "claim 'C1' is already on line 2"),
        ("by: jurnal", "by: ' '", 2, "claim 'C1' has no by"),
        (f"scope: {SCOPE}", "scope:", 2, "claim 'C1' has no scope"),
        (f"scope: {SCOPE}", f"scop: {SCOPE}", 5, "claim 'C1': unknown field 'scop'. Did you mean 'scope'?"),
        (SCOPE, "{id: Keduanya.}", 5, f"claim 'C1': scope {IN_WORDS}"),
        (SCOPE, "{id: Keduanya., en: ' '}", 5, f"claim 'C1': scope {IN_WORDS}"),
        (SCOPE, "{id: Keduanya., en: Both., de: Beide.}", 5, f"claim 'C1': scope {IN_WORDS}"),
        (SCOPE, "{id: Keduanya., en: [Both.]}", 5, f"claim 'C1': scope {IN_WORDS}"),
        (SCOPE, "Keduanya.", 5, f"claim 'C1': scope {IN_WORDS}"),
        ("status: confirmed", "status: confirmd", 6, "claim 'C1': status 'confirmd' is not known. Did you mean 'confirmed'?"),
        ("status: confirmed", "status: [tested]", 6, "claim 'C1': status must be a text"),
        (PLACES, "[jurnal: 12]", 7, "claim 'C1': passages must be a list of places such as \"document: segment\", each in quotes"),
        (PLACES, "jurnal", 7, "claim 'C1': passages must be a list of places such as \"document: segment\", each in quotes"),
        (PLACES, "[jurnal 12]", 7, "claim 'C1': 'jurnal 12' is no place such as 'document: segment'"),
        (PLACES, '["jurnall: 12"]', 7, "claim 'C1': no statement rests on a document 'jurnall'. Did you mean 'jurnal'?"),
        ("[S1, S2]", "[S1, S8]", 8, "claim 'C1': there is no statement 'S8'. Possible: S1, S2, S3, S4, S5."),
        ("[S1, S2]", "[S1, S1]", 8, "claim 'C1': 'S1' stands twice in for"),
        ("[S1, S2]", "S1", 8, "claim 'C1': for must be a list of ids of statements"),
        ("[S1, S2]", "[S1, [S2]]", 8, "claim 'C1': for must be a list of ids of statements"),
        ("[S1, S2]", "[S1, S4]", 2, "claim 'C1': statement 'S4' stands both for and against it"),
        ("tactic: triangulating", "tactic: triangulation", 14,
         "claim 'C1', a tactic: 'triangulation' is none of the 26 tactics that qk.tactics() lists. Did you mean 'triangulating'?"),
        ("tactic: triangulating", "tactic: Mencari bukti negatif", 14,
         "claim 'C1', a tactic: 'Mencari bukti negatif' is none of the 26 tactics that qk.tactics() lists."
         " Did you mean 'looking for negative evidence'?"),
        ("tactic: triangulating", "tactik: triangulating", 14, "claim 'C1', a tactic: unknown field 'tactik'. Did you mean 'tactic'?"),
        ("tactic: triangulating", "tactik: triangulating", 14, "claim 'C1', a tactic has no tactic"),
        ("found: they agree", "found:", 14, "claim 'C1', a tactic has no found"),
        ("done: both documents were compared", "done: [compared]", 15, "claim 'C1', a tactic: done must be a text"),
        ("      - tactic: looking for negative evidence\n        done: every statement on teachers was read again\n"
         "        found: one, S4\n", "      - counting\n", 10, "claim 'C1': tactics must be a list of entries with named fields"),
        ("verdict: not supported", "verdict: ''", 18, "claim 'C1', a rival explanation has no verdict"),
        ("evidence: [S4]", "evidence: [S44]", 20, "claim 'C1', a rival explanation: there is no statement 'S44'. Did you mean 'S4'?"),
        ('memo: {id: "Hanya dua kota.", en: "Two cities only."}', "memo: Hanya dua kota.", 21, f"claim 'C1': memo {IN_WORDS}"),
        (IF, "if: DIK A-B >= moderate", 23, "claim 'C1', an if-then rule: 'DIK A-B >= moderate' is no condition such as "
         "'DIK.GURU / SUB-BUS >= moderate' (signs: >=, <=, =, <, >; several conditions are joined by 'and')"),
        (IF, "if: DIK / A-B => weak", 23, "claim 'C1', an if-then rule: 'DIK / A-B => weak' is no condition such as "
         "'DIK.GURU / SUB-BUS >= moderate' (signs: >=, <=, =, <, >; several conditions are joined by 'and')"),
        (IF, "if: DIK / A-B >= moderat", 23, "claim 'C1', an if-then rule: a cell has no value 'moderat'. Did you mean 'moderate'? "
         "Of a count matrix: a whole number."),
        (IF, "if: DIK / A-B >= kuat", 23, "claim 'C1', an if-then rule: a cell has no value 'kuat'. "
         "Possible: not found, none, weak, moderate, strong. Of a count matrix: a whole number."),
        ("then: DIK / C-D > not found", "then: DIK / C-D > 1.5", 24, "claim 'C1', an if-then rule: a cell has no value '1.5'. "
         "Possible: not found, none, weak, moderate, strong. Of a count matrix: a whole number."),
        ("then: DIK / C-D > not found", "then: [DIK]", 24, "claim 'C1', an if-then rule: then must be a text"),
        ("then: DIK / C-D > not found", "then: ", 23, "claim 'C1', an if-then rule has no then"),
        ('written: "2024-05-31"', 'written: "31-05-2024"', 25,
         "claim 'C1', an if-then rule: written '31-05-2024' is no day such as \"2024-05-31\""),
        ('written: "2024-05-31"', 'written: "20240531"', 25,
         "claim 'C1', an if-then rule: written '20240531' is no day such as \"2024-05-31\""),
        ('written: "2024-05-31"', "writen: x", 25, "claim 'C1', an if-then rule: unknown field 'writen'. Did you mean 'written'?"),
        ("by: jurnal", "by: 2023", 3, '2023 would be read as a number by other programs; write "2023" in quotes'),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line(path, statements, old, new, line, said):
    assert CLAIMS.count(old) >= 1
    told = message(path, statements, CLAIMS.replace(old, new, 1))
    assert f"{path}, line {line}: {said}" in told.splitlines()


def test_all_faults_are_told_at_once(path, statements):
    wrong = CLAIMS.replace("S2]", "S7]").replace("status: proposed", "status: propose").replace("by: study", "by:")
    assert message(path, statements, wrong).splitlines() == [
        "3 faults",
        f"{path}, line 8: claim 'C1': there is no statement 'S7'. Possible: S1, S2, S3, S4, S5.",
        f"{path}, line 26: claim 'C2' has no by",
        f"{path}, line 30: claim 'C2': status 'propose' is not known. Did you mean 'proposed'?",
    ]


def test_a_list_from_which_the_last_claim_was_taken_out_holds_none(path, statements):
    path.write_text("claims:\n", encoding="utf-8")
    assert len(qk.read_claims(path, statements)) == 0


@pytest.mark.parametrize("text", ["", "claims: C1\n", "claims: [C1]\n", "- id: C1\n", "klaim: []\n"])
def test_what_is_no_list_of_claims_is_said(path, statements, text):
    assert (
        message(path, statements, text)
        == f"{path}, line 1: a file of claims holds a list named 'claims'; where there are none yet, write: claims: []"
    )


def test_anchors_that_could_blow_up_a_file_are_refused(path, statements):
    said = message(path, statements, CLAIMS.replace("id: C1", "id: &a C1"))
    assert said == f"{path}, line 2: anchors (&), aliases (*) and tags (!) are not allowed here"


def test_a_table_of_statements_that_is_none_is_named(path, statements):
    with pytest.raises(ValueError) as said:
        qk.read_claims(path, statements[["document"]])
    assert str(said.value).startswith("statements has no column statement: pass the table that read_statements returns")


# --- verifying ---


def test_a_row_says_what_speaks_for_and_against(first, statements):
    row = verified(first, statements).to_dict()
    assert row == {
        "claim": "C1", "by": "jurnal", "text_id": "Guru dikirim ke kota mitra.", "text_en": "Teachers are sent to the partner city.",
        "recorded": "confirmed", "shown_as": "confirmed", "supporting": 2, "opposing": 1, "sources": 2,
        "strongest": "implemented",  # S2 says outcome, but with evidence 0
        "tactics": "looking for negative evidence; triangulating",
        "not_tested": "; ".join(name for name in TESTING if name not in ("looking for negative evidence", "triangulating")),
        "rivals": 1, "weaknesses": "",
        "generating": "", "not_generating": "; ".join(MEANING), "testing": "triangulating; looking for negative evidence",
    }  # fmt: skip


def test_no_claims_give_an_empty_table_with_its_columns(statements):
    assert list(qk.verify([], statements).columns) == list(qk.verify(
        [Claim("C", "study", {"id": "", "en": ""}, {"id": "", "en": ""}, "proposed", (), (), (), (), (), {"id": "", "en": ""})], statements
    ).columns)  # fmt: skip


def test_without_a_search_for_negative_evidence_nothing_is_confirmed(first, statements):
    row = verified(without(first, NEGATIVE), statements)
    assert row["recorded"] == "confirmed"
    assert row["shown_as"] == "tested (no search for negative evidence is recorded)"
    assert row["weaknesses"] == "no search for negative evidence is recorded"
    assert NEGATIVE in row["not_tested"]


def test_without_any_test_a_claim_is_only_proposed(first, statements):
    untested = replace(first, tactics=(Tactic("counting", "counted", "two"),))
    row = verified(untested, statements)
    assert row["shown_as"] == "proposed (no search for negative evidence is recorded)"
    assert row["weaknesses"] == "no test is recorded; no search for negative evidence is recorded"
    assert verified(replace(untested, status="tested"), statements)["shown_as"] == "proposed (no test is recorded)"
    assert row["tactics"] == "counting"


def test_a_claim_tested_otherwise_stays_tested(first, statements):
    assert verified(replace(without(first, NEGATIVE), status="tested"), statements)["shown_as"] == "tested"


@pytest.mark.parametrize(("done", "found"), [("", "none"), ("all read", " ")])
def test_a_search_that_is_named_but_not_recorded_is_none(first, statements, done, found):
    claimed = replace(without(first, NEGATIVE), tactics=(Tactic(NEGATIVE, done, found),))
    assert verified(claimed, statements)["shown_as"] == "proposed (no search for negative evidence is recorded)"


def test_what_nothing_supports_is_not_confirmed(first, statements):
    row = verified(replace(first, supporting=()), statements)
    assert row["shown_as"] == "unsupported (nothing in the statements supports it)"
    assert (row["supporting"], row["sources"], row["strongest"]) == (0, 0, "")
    assert row["weaknesses"] == "nothing in the statements supports it; more statements against it than for it"


def test_statements_set_aside_support_nothing(first, statements):
    row = verified(first, statements[statements["statement"] == "S5"])
    assert (row["supporting"], row["opposing"]) == (0, 0)
    assert row["shown_as"] == "unsupported (nothing in the statements supports it)"


@pytest.mark.parametrize("status", ["proposed", "withdrawn"])
def test_a_modest_status_is_shown_as_it_was_recorded(first, statements, status):
    assert verified(replace(first, status=status, tactics=(), supporting=()), statements)["shown_as"] == status


@pytest.mark.parametrize(
    ("supporting", "opposing", "weaknesses"),
    [
        (("S1",), (), ""),
        (("S4",), (), "single source (berita); rests on hopes and plans only"),
        (("S3", "S5"), (), "single source (jurnal); rests on hopes and plans only"),
        (("S3", "S4"), (), "rests on hopes and plans only"),
        (("S5",), (), "single source (jurnal); rests on background only"),
        (("S2",), (), "single source (jurnal)"),
        (("S1",), ("S3", "S4"), "more statements against it than for it"),
        (("S1",), ("S3",), ""),
    ],
)
def test_weaknesses_are_named(first, statements, supporting, opposing, weaknesses):
    assert verified(replace(first, supporting=supporting, opposing=opposing), statements)["weaknesses"] == weaknesses


def test_statements_are_counted_and_not_their_passages(first, statements):
    row = verified(replace(first, supporting=("S1",), opposing=("S4", "S5")), statements)
    assert (row["supporting"], row["opposing"], row["sources"]) == (1, 2, 2)


def test_a_tactic_applied_twice_is_listed_once(first, statements):
    twice = replace(first, tactics=first.tactics + first.tactics[:1])
    assert verified(twice, statements)["tactics"] == "looking for negative evidence; triangulating"


def test_generating_and_testing_tactics_are_listed_apart_in_the_order_of_the_book(first, statements):
    mixed = (
        Tactic("triangulating", "a", "b"),
        Tactic("counting", "a", "b"),
        Tactic("clustering", "a", "b"),
        Tactic("factoring", "a", ""),
    )
    row = verified(replace(first, tactics=mixed), statements)
    assert (row["tactics"], row["generating"], row["testing"]) == (
        "triangulating; counting; clustering", "clustering; counting", "triangulating",
    )  # fmt: skip
    assert row["not_generating"].split("; ") == [name for name in MEANING if name not in ("clustering", "counting")]
    assert row["not_tested"].split("; ") == [name for name in TESTING if name != "triangulating"]


def test_without_an_order_of_statuses_none_is_the_strongest(first, statements):
    # As plain words "signed" would be above "implemented".
    assert verified(first, statements.astype({"status": str}))["strongest"] == ""


records = st.builds(Tactic, st.sampled_from(TACTICS), st.sampled_from(["", " ", "read"]), st.sampled_from(["", "none"]))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(STATUSES), st.lists(records, max_size=4), st.sets(st.sampled_from(["S1", "S2"])))
def test_nothing_is_ever_shown_as_confirmed_or_qualified_without_search_and_support(status, tactics, supporting):
    statements = pd.DataFrame({"statement": ["S1", "S2"], "status": "signed", "evidence": "2", "document": "berita"})
    empty = {"id": "", "en": ""}
    claim = Claim("C1", "study", empty, empty, status, (), tuple(supporting), (), tuple(tactics), (), empty)
    shown = verified(claim, statements)["shown_as"]
    searched = any(t.name == NEGATIVE and t.done.strip() and t.found.strip() for t in tactics)
    for bold in ("confirmed", "qualified"):
        assert (shown == bold) == (status == bold and searched and bool(supporting))
    assert not shown.startswith("confirmed (")


def test_verify_names_the_table_that_is_none(first, statements):
    with pytest.raises(ValueError) as said:
        qk.verify([first], statements.drop(columns=["status", "evidence"]))
    assert str(said.value).startswith("statements has no column status, evidence: pass the table that read_statements returns")


def test_an_outcome_claimed_ranks_below_a_deed(first, statements):
    # S2 claims an outcome, S1 reports a deed; the codebook lists outcome last.
    graded = statements.assign(evidence="2")
    assert verified(first, graded)["strongest"] == "implemented"
    assert verified(replace(first, supporting=("S2", "S4"), opposing=()), graded)["strongest"] == "outcome"


def test_statuses_of_another_codebook_keep_its_order(first, statements):
    other = {"implemented": "begun", "outcome": "finished"}
    status = pd.CategoricalDtype(["context", "aspired", "planned", "begun", "finished"], ordered=True)
    renamed = statements.assign(evidence="2", status=statements["status"].astype(str).replace(other).astype(status))
    assert verified(first, renamed)["strongest"] == "finished"


def test_a_claim_whose_own_rule_fails_in_the_matrix_is_weak(first):
    statements = pd.DataFrame(
        {"statement": ["S1", "S2"], "sector": ["DIK", "EKO"], "case": "A-B", "status": ["implemented", "aspired"],
         "evidence": ["2", "0"], "document": ["berita", "jurnal"], "text_id": "Guru pergi."}
    )  # fmt: skip
    kept = Rule("DIK / A-B >= moderate", "EKO / A-B <= weak", "2024-05-31")
    broken = Rule("DIK / A-B >= moderate", "EKO / A-B >= moderate", "2024-05-31")
    not_met = Rule("EKO / A-B >= moderate", "DIK / A-B = strong", "2024-05-31")
    ruled = replace(first, opposing=(), if_then=(kept, broken, not_met))
    rated = qk.rating_matrix(statements, rows="sector", columns="case")
    table = qk.verify([ruled, replace(first, id="C9", opposing=(), if_then=(kept,))], statements, rated)
    assert table["weaknesses"].tolist() == [
        "an if-then rule fails (if DIK / A-B >= moderate then EKO / A-B >= moderate)",
        "",
    ]
    assert verified(ruled, statements)["weaknesses"] == ""
    texts = qk.statement_matrix(statements.assign(segment=1, text_en="Teachers go."), rows="sector", columns="case")
    with pytest.raises(ValueError, match="if-then rules speak of ratings or counts"):
        qk.verify([ruled], statements, texts)


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        ("claims.yaml", "claims is the name of a file ('claims.yaml'): read it first, and pass what read_claims(path, statements) returns"),
        ([3], "claims must be what read_claims(path, statements) returns, not int"),
        (None, "claims must be what read_claims(path, statements) returns, not NoneType"),
        (pd.DataFrame({"claim": ["C1"]}), "claims must be what read_claims(path, statements) returns, not DataFrame"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_claims_read_is_told_in_words(statements, passed, told):
    with pytest.raises(ValueError) as said:
        qk.verify(passed, statements)
    assert str(said.value) == told


def test_one_claim_in_place_of_a_list_and_a_list_in_place_of_one_are_told(path, first, statements):
    with pytest.raises(ValueError) as said:
        qk.verify(first, statements)
    assert str(said.value) == "claims is one Claim: pass a list, such as what read_claims(path, statements) returns"
    with pytest.raises(ValueError) as said:
        qk.evidence_for(qk.read_claims(path, statements), statements)
    assert str(said.value) == (
        "claim is a Claims: pass one of the claims that read_claims(path, statements) returns, such as claims[0]"
    )


# --- the evidence ---


def test_evidence_is_one_row_per_statement_and_sentence_those_for_it_first(first, statements):
    table = qk.evidence_for(replace(first, supporting=("S4",), opposing=("S1",)), statements)
    assert table[["side", "statement", "document", "segment"]].values.tolist() == [
        ["for", "S4", "berita", 7],
        ["against", "S1", "jurnal", 12],
        ["against", "S1", "berita", 4],
    ]
    assert list(table.columns) == [
        "side",
        "statement",
        "text_id",
        "text_en",
        "status",
        "evidence",
        "document",
        "segment",
        "quote",
    ]
    assert table.loc[0, "quote"] == "Kutipan 5."
    assert list(table.index) == [0, 1, 2]


def test_statuses_keep_their_order_in_the_evidence(first, statements):
    assert qk.evidence_for(first, statements)["status"].cat.ordered


def test_a_claim_without_statements_has_no_evidence(first, statements):
    table = qk.evidence_for(replace(first, supporting=(), opposing=()), statements)
    assert table.empty
    assert list(table.columns)[:2] == ["side", "statement"]


def test_evidence_for_names_the_table_that_is_none(first, statements):
    with pytest.raises(ValueError) as said:
        qk.evidence_for(first, statements.drop(columns="quote"))
    assert str(said.value).startswith("statements has no column quote: pass the table that read_statements returns")


# --- if-then tests ---


@pytest.fixture
def rated():
    """DIK is strong, weak and not found; EKO moderate, background only and not found; SOS only left out of the comparison."""
    rows = [
        ("S1", "DIK", "A-B", "implemented", "2", 3), ("S2", "DIK", "A-B", "signed", "2", 4), ("S3", "DIK", "C-D", "aspired", "0", 5),
        ("S4", "EKO", "A-B", "signed", "1", 6), ("S5", "EKO", "C-D", "context", "1", 7), ("S6", "SOS", "E-F", "signed", "1", 8),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns="statement sector case status evidence segment".split())
    return table.assign(document="berita", text_id="Kota.", text_en="City.")


def ruled(condition, prediction, matrix):
    empty = {"id": "", "en": ""}
    rules = (Rule(condition, prediction, "2024-05-31"),)
    claim = Claim("C1", "study", empty, empty, "proposed", (), (), (), (), (), empty, rules)
    return if_then_tests([claim], matrix).iloc[0]


def rating(statements, **more):
    return qk.rating_matrix(statements, rows="sector", columns="case", **more)


def test_a_rule_is_one_row_with_its_cells_and_their_places(rated):
    row = ruled("DIK / A-B >= moderate and EKO / A-B = moderate", "DIK / C-D > not found", rating(rated))
    assert row.to_dict() == {
        "claim": "C1", "if": "DIK / A-B >= moderate and EKO / A-B = moderate", "then": "DIK / C-D > not found", "written": "2024-05-31",
        "if_holds": "yes", "then_holds": "yes", "verdict": "holds",
        "cells": "DIK / A-B: strong; EKO / A-B: moderate; DIK / C-D: weak",
        "locators": "DIK / A-B: S1, S2 (berita: 3, 4); EKO / A-B: S4 (berita: 6); DIK / C-D: S3 (berita: 5)",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "prediction", "answers"),
    [
        ("DIK / A-B = strong", "DIK / C-D >= moderate", ("yes", "no", "fails")),
        ("DIK / A-B < strong", "DIK / C-D = weak", ("no", "yes", "condition not met")),
        ("DIK / A-B < strong", "DIK / C-D = strong", ("no", "no", "condition not met")),
        ("DIK / A-B = strong and EKO / C-D > none", "DIK / C-D = weak", ("no", "yes", "condition not met")),
        ("EKO / C-D = none", "EKO / E-F < none", ("yes", "yes", "holds")),
        ("EKO / E-F = not found", "EKO / E-F <= weak", ("yes", "yes", "holds")),
        ("EKO / C-D <= none", "EKO / C-D >= none and DIK / E-F >= none", ("yes", "no", "fails")),
    ],
)
def test_ratings_are_in_order_and_silence_stands_below_background(rated, condition, prediction, answers):
    row = ruled(condition, prediction, rating(rated))
    assert (row["if_holds"], row["then_holds"], row["verdict"]) == answers


def test_a_cell_of_background_is_shown_in_words(rated):
    row = ruled("EKO / C-D = none", "EKO / E-F = not found", rating(rated))
    assert row["cells"] == "EKO / C-D: none (background only); EKO / E-F: not found"
    assert row["locators"] == "EKO / C-D: S5 (berita: 7)"


def test_line_breaks_and_blanks_in_a_rule_do_not_matter(rated):
    assert ruled("DIK /  A-B\n  = strong\nand EKO / A-B = moderate ", "DIK / C-D = weak", rating(rated))["verdict"] == "holds"


def test_counts_are_compared_as_numbers(rated):
    counts = qk.count_matrix(rated, rows="sector", columns="case")
    row = ruled("DIK / A-B > 1 and EKO / E-F = 0", "DIK / A-B >= 10", counts)  # as words "2" would be above "10"
    assert (row["if_holds"], row["then_holds"], row["verdict"]) == ("yes", "no", "fails")
    assert row["cells"] == "DIK / A-B: 2 statements; EKO / E-F: 0 statements"
    assert row["locators"] == "DIK / A-B: S1, S2 (berita: 3, 4)"


def test_counted_codings_have_places_and_no_statements():
    codings = pd.DataFrame({"document": "berita", "segment": [1, 2], "sector": "DIK", "case": "A-B", "statement": ["S1", None]})
    row = ruled("DIK / A-B = 2", "DIK / A-B < 3", qk.count_matrix(codings, rows="sector", columns="case"))
    assert (row["verdict"], row["cells"], row["locators"]) == ("holds", "DIK / A-B: 2 segments", "DIK / A-B: berita: 1, 2")


def test_a_table_without_places_names_the_statements_only(rated):
    row = ruled("DIK / C-D = weak", "DIK / C-D = weak", rating(rated.drop(columns="segment")))
    assert row["locators"] == "DIK / C-D: S3"


WHY = {("EKO", "E-F"): {"id": "Embun tidak berdagang.", "en": "Embun has no trade."}}


@pytest.mark.parametrize(
    ("condition", "prediction", "answers"),
    [
        ("DIKK / A-B = strong", "DIK / C-D = weak", ("", "yes", "the matrix has no row 'DIKK'. Did you mean 'DIK'?")),
        ("DIK / AB = strong", "DIK / C-D = weak", ("", "yes", "the matrix has no column 'AB'. Did you mean 'A-B'?")),
        ("DIK / A-B = strong", "EKO / E-F = weak", ("yes", "", "EKO / E-F is empty: Embun has no trade")),
        ("DIK / A-B = strong and EKO / E-F = weak", "DIK / C-D = weak", ("", "yes", "EKO / E-F is empty: Embun has no trade")),
        ("DIK / A-B = weak", "EKO / E-F = weak", ("no", "", "EKO / E-F is empty: Embun has no trade")),
        ("DIK / A-B = 2", "DIK / C-D = weak", ("", "yes", "the rule asks for a number (2), but the matrix holds ratings")),
        ("DIKK / A-B = 2", "DIKK / A-B = 3", ("", "", "the matrix has no row 'DIKK'. Did you mean 'DIK'?")),
    ],
)
def test_what_cannot_be_tested_says_why(rated, condition, prediction, answers):
    row = ruled(condition, prediction, rating(rated, empty=WHY))
    assert (row["if_holds"], row["then_holds"], row["verdict"]) == (*answers[:2], f"cannot be tested because {answers[2]}")


def test_all_reasons_are_told_each_once(rated):
    row = ruled("DIK / A-B = 2 and EKO / E-F = weak", "EKO / E-F = weak", rating(rated, empty=WHY))
    assert row["verdict"] == (
        "cannot be tested because the rule asks for a number (2), but the matrix holds ratings; EKO / E-F is empty: Embun has no trade"
    )
    assert row["cells"] == "DIK / A-B: strong; EKO / E-F: empty"


def test_a_rating_asked_of_counts_cannot_be_tested(rated):
    counts = qk.count_matrix(rated, rows="sector", columns="case")
    assert ruled("DIK / A-B = weak", "DIK / A-B = 2", counts)["verdict"] == (
        "cannot be tested because the rule asks for a rating (weak), but the matrix holds counts"
    )


def test_without_rules_the_table_of_tests_is_empty(rated):
    assert list(if_then_tests([], rating(rated))) == "claim if then written if_holds then_holds verdict cells locators".split()


@pytest.mark.parametrize(
    ("matrix", "held"),
    [
        (lambda table: table, "is a DataFrame"),
        (lambda table: qk.statement_matrix(table, rows="sector", columns="case"), "holds texts (statement)"),
    ],
)
def test_rules_are_not_tested_on_texts(rated, matrix, held):
    with pytest.raises(ValueError) as said:
        if_then_tests([], matrix(rated))
    assert str(said.value) == (
        f"if-then rules speak of ratings or counts, but the matrix {held}: pass a rating_matrix or count_matrix"
    )


def test_a_rule_made_by_hand_is_checked_too(rated):
    with pytest.raises(ValueError, match="'strong' is no condition such as"):
        ruled("strong", "DIK / A-B = weak", rating(rated))


levels = ["not found", "none", "weak", "moderate", "strong"]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(levels), st.sampled_from(["A-B", "C-D", "E-F"]))
def test_of_less_equal_and_more_exactly_one_holds(level, case):
    table = pd.DataFrame({"statement": ["S1", "S2", "S3"], "sector": ["DIK", "DIK", "EKO"], "case": ["A-B", "C-D", "E-F"],
                          "status": ["signed", "aspired", "context"], "evidence": "1", "document": "berita"})  # fmt: skip
    matrix = rating(table)
    held = [
        ruled(f"DIK / {case} {sign} {level}", "EKO / E-F = none", matrix)["if_holds"] for sign in ("<", "=", ">", "<=", ">=")
    ]
    assert held[:3].count("yes") == 1
    assert (held[3] == "yes") == ("yes" in held[:2])
    assert (held[4] == "yes") == ("yes" in held[1:3])


def test_the_tables_passed_stay_as_they_were(first, path, statements):
    before = statements.copy(deep=True)
    qk.read_claims(path, statements)
    qk.verify([first], statements)
    qk.evidence_for(first, statements)
    pd.testing.assert_frame_equal(statements, before)
