"""Seven invented statements on two pairs of cities; what each of the 26 tactics says of one claim is counted by hand."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualkit as qk
from qualkit.claims import MEANING, TACTICS, TESTING, Claim, Rival, Tactic
from qualkit.codebook import Code, CodeId, Family
from qualkit.rules import Rule
from qualkit.tactics import tactics, tactics_of

NOTHING = {"id": "", "en": ""}


def code(name, label, origin="data", kind="descriptive", left_out=None, residual=False):
    words = {"id": label, "en": f"{label} (en)"}
    return Code(name, words, words, words, words, words, words, origin, kind, "1.0", left_out=left_out, residual=residual)


def column(values, codes, label, ordered=False):
    names = [CodeId.of(entry, {"id": label, "en": f"{label} (en)"}) for entry in codes]
    return pd.Categorical(values, pd.Index(names, dtype=object), ordered=ordered)


SECTORS = [
    code("DIK.GURU", "Guru", origin="theory"), code("DIK.SISWA", "Siswa"), code("EKO.PASAR", "Pasar", origin="theory"),
    code("GOV.RELASI", "Relasi", left_out={"id": "Tentang hubungan.", "en": "On the relation."}), code("KOTA.JULUKAN", "Julukan", kind="in vivo"),
]  # fmt: skip
CASES = [
    code("A-B", "Arum-Bukit"),
    code("C-D", "Cendana-Danau"),
    code("E-F", "Embun-Fajar"),
    code("UMUM", "Umum", residual=True),
]
STATUSES = [code(name, label) for name, label in [("context", "Latar"), ("aspired", "Harapan"), ("planned", "Rencana"), ("signed", "Naskah"),
                                                  ("implemented", "Laksana"), ("outcome", "Hasil")]]  # fmt: skip
DIRECTIONS = [code("OUT", "Keluar"), code("BOTH", "Dua arah")]
FAMILIES = [Family("DIK", {"id": "Pendidikan", "en": "Education"}), Family("EKO", {"id": "Ekonomi", "en": "Economy"})]


def facts():
    """S1 rests on two documents and carries two sectors; S5 is background; S7 stands in another pair."""
    rows = [
        ("S1", "DIK.GURU", "A-B", "implemented", "3", "OUT", "DIK", "2015", "author_narration", "jurnal", 3, "journal", False),
        ("S1", "DIK.SISWA", "A-B", "implemented", "3", "OUT", "DIK", "2015", "author_narration", "jurnal", 3, "journal", False),
        ("S1", "DIK.GURU", "A-B", "implemented", "3", "OUT", "DIK", "2015", "author_narration", "berita", 1, "news", False),
        ("S2", "DIK.GURU", "C-D", "signed", "2", "BOTH", "DIK", "since 2009", "author_narration", "jurnal", 9, "journal", True),
        ("S3", "DIK.SISWA", "C-D", "aspired", "0", "BOTH", "DIK", "annually", "direct_quote", "jurnal", 10, "journal", False),
        ("S4", "DIK.GURU", "A-B", "aspired", "0", "OUT", "DIK", "", "direct_quote", "berita", 2, "news", False),
        ("S5", "DIK.GURU", "A-B", "context", "1", "OUT", "DIK", "", "author_narration", "jurnal", 1, "journal", False),
        ("S6", "EKO.PASAR", "A-B", "planned", "1", "OUT", "EKO", "2016", "author_narration", "jurnal", 5, "journal", False),
        ("S7", "DIK.SISWA", "E-F", "signed", "1", "BOTH", "DIK", "", "author_narration", "kabar", 4, "news", False),
    ]  # fmt: skip
    names = "statement sector case status evidence direction family date voice document segment kind off_heading".split()
    table = pd.DataFrame(rows, columns=names)
    return table.assign(
        sector=column(table["sector"], SECTORS, "Sektor"),
        case=column(table["case"], CASES, "Kasus"),
        status=column(table["status"], STATUSES, "Status", ordered=True),
        direction=column(table["direction"], DIRECTIONS, "Arah"),
        family=pd.Categorical(
            table["family"], pd.Index([CodeId.of(f, {"id": "Rumpun", "en": "Family"}) for f in FAMILIES], dtype=object)
        ),
        text_id="Pernyataan " + table["statement"],
        text_en="Statement " + table["statement"],
    )


@pytest.fixture
def statements():
    return facts()


@pytest.fixture
def claim():
    words = {"id": "Guru dipertukarkan.", "en": "Teachers are exchanged."}
    rivals = (Rival({"id": "Guru pergi sendiri.", "en": "Teachers go on their own."}, "not supported", ("S6",)),)
    records = (
        Tactic("counting", "all counted", "three"),
        Tactic("counting", "again", "three"),
        Tactic("triangulating", "read", " "),
    )
    return Claim("C1", "study", words, words, "tested", (), ("S1", "S2", "S3"), ("S4",), records, rivals, NOTHING)


def said(claim, statements, number, language="en", **given):
    return tactics_of(claim, statements, language=language, **given).set_index("number").loc[number]


def computed(claim, statements, number, language="en", **given):
    row = said(claim, statements, number, language, **given)
    return row["computed"] or f"not computed: {row['not_computed']}"


# --- generating meaning ---


def test_patterns_are_codes_by_statements_and_documents_the_most_frequent_first(claim, statements):
    # Two pairs of codes meet in S1 only, so none on two statements.
    assert computed(claim, statements, "M1") == (
        "Guru (en) 2 (S1, S2), 2 documents; Siswa (en) 2 (S1, S3), 1 document. Together on two statements or more: 0"
    )
    assert computed(replace(claim, supporting=("S2", "S3", "S7")), statements, "M1").startswith(
        "Siswa (en) 2 (S3, S7), 2 documents; Guru"
    )


def test_codes_that_meet_on_two_statements_are_named(claim, statements):
    twice = pd.concat([statements, statements[statements["statement"] == "S2"].assign(sector=["DIK.SISWA"])])
    twice = twice.assign(sector=column(twice["sector"].astype(str), SECTORS, "Sektor"))
    assert computed(claim, twice, "M1").endswith("Together on two statements or more: Guru (en) + Siswa (en) 2 (S1, S2)")


def test_cases_are_grouped_by_the_codes_they_share(claim, statements):
    assert computed(claim, statements, "M3") == "Arum-Bukit (en) + Cendana-Danau (en): Guru (en); Siswa (en)"
    assert computed(replace(claim, supporting=("S1", "S2", "S6")), statements, "M3") == (
        "Arum-Bukit (en) + Cendana-Danau (en): Guru (en). Arum-Bukit (en): Siswa (en); Pasar (en)"
    )


def test_metaphors_list_the_in_vivo_codes(claim, statements):
    assert computed(claim, statements, "M4") == "0"
    nicknamed = statements.assign(sector=statements["sector"].where(statements["statement"] != "S3", "KOTA.JULUKAN"))
    assert computed(claim, nicknamed, "M4") == "Julukan (en) 1 (S3)"
    plain = statements.astype({"sector": str})
    assert computed(claim, plain, "M4") == "not computed: the codebook has no in vivo codes"


def test_counting_gives_every_number_its_denominator(claim, statements):
    # S3 is dated "annually": no year.
    assert computed(claim, statements, "M5") == (
        "for: 3 of 7 statements, 2 of 3 documents, 4 of 8 segments that hold statements; with a year 2 of 3. "
        "against: 1 of 7 statements, 1 of 3 documents, 1 of 8 segments that hold statements; with a year 0 of 1"
    )


def test_statements_without_a_column_of_dates_have_no_year(claim, statements):
    assert "with a year 0 of 3" in computed(claim, statements.drop(columns="date"), "M5")


def test_contrasts_stand_case_by_case(claim, statements):
    assert computed(claim, statements, "M6") == (
        "Arum-Bukit (en) 1: Laksana (en) 1 (S1); evidence 3 in 1; Keluar (en) 1. "
        "Cendana-Danau (en) 2: Harapan (en) 1 (S3); Naskah (en) 1 (S2); evidence 0 in 1, evidence 2 in 1; Dua arah (en) 2"
    )


@pytest.mark.parametrize("number", ["M3", "M6", "M11", "T10"])
def test_with_one_case_there_is_nothing_to_compare(claim, statements, number):
    alone = replace(claim, supporting=("S1",))
    assert computed(alone, statements, number) == (
        "not computed: all supporting statements are of one kasus (en) (Arum-Bukit (en)): nothing to compare it with"
    )


def test_codes_are_partitioned_by_direction(claim, statements):
    assert computed(claim, statements, "M7") == (
        "Guru (en): Keluar (en) 1 (S1); Dua arah (en) 1 (S2). Siswa (en): Keluar (en) 1 (S1); Dua arah (en) 1 (S3)"
    )
    assert computed(replace(claim, supporting=("S1",)), statements, "M7") == "no code is divided by direction"


def test_particulars_are_subsumed_under_their_family(claim, statements):
    assert computed(replace(claim, supporting=("S1", "S2", "S6")), statements, "M8") == (
        "Education 2: Guru (en) 2 (S1, S2); Siswa (en) 1 (S1). Economy 1: Pasar (en) 1 (S6)"
    )
    bare = statements.assign(family=statements["family"].where(statements["family"] == "EKO"))
    assert computed(claim, bare, "M8") == computed(claim, bare, "M10") == "no family"


def test_factoring_shows_what_all_have_in_common(claim, statements):
    assert computed(claim, statements, "M9") == (
        "no statistics at this n; the same in all 3 (S1, S2, S3): family: Education; kind of document: journal"
    )
    assert computed(replace(claim, supporting=("S3", "S6", "S7")), statements, "M9").endswith(": nothing")


def test_relations_between_variables_name_the_cases(claim, statements):
    assert computed(claim, statements, "M10") == (
        "Education – Harapan (en): Cendana-Danau (en) 1; Naskah (en): Cendana-Danau (en) 1; Laksana (en): Arum-Bukit (en) 1"
    )


def test_intervening_variables_are_sought_among_cases_alike_in_code_and_status(claim, statements):
    # Guru: implemented in one case, signed in the other. Both signed, they differ in direction, and not in voice.
    assert (
        computed(claim, statements, "M11") == "cases with the same code and highest status do not differ in direction or voice"
    )
    signed = statements.assign(status=statements["status"].where(statements["statement"] != "S1", "signed"))
    assert computed(replace(claim, supporting=("S1", "S2")), signed, "M11") == (
        "the same code and highest status, but different: "
        "Guru (en), Naskah (en): arah (en) (Arum-Bukit (en): Keluar (en); Cendana-Danau (en): Dua arah (en))"
    )


def test_the_highest_status_of_a_case_counts_not_the_first(claim, statements):
    # In A-B both S4 (hoped) and S1 (implemented) are of Guru; in C-D S2 becomes implemented: alike in the highest.
    done = statements.assign(status=statements["status"].where(statements["statement"] != "S2", "implemented"))
    told = computed(replace(claim, supporting=("S4", "S1", "S2"), opposing=()), done, "M11")
    assert "Guru (en), Laksana (en): arah (en)" in told
    assert "voice (Arum-Bukit (en): author's narration + direct quote; Cendana-Danau (en): author's narration)" in told


def test_a_chain_lists_the_links_without_a_segment(claim, statements):
    assert computed(claim, statements, "M12") == (
        "5 of 5 statements rest on a segment (6 segments); without one: 0; in support without particulars (evidence 0): 1 (S3)"
    )
    assert computed(claim, statements[statements["statement"] != "S2"], "M12").startswith(
        "4 of 5 statements rest on a segment (5 segments); without one: 1 (S2)"
    )
    nothing = replace(claim, supporting=(), opposing=(), rivals=())
    assert computed(nothing, statements, "M12") == "not computed: it refers to no statement"


def test_coherence_says_which_codes_from_theory_the_data_fill(claim, statements):
    assert computed(claim, statements, "M13") == (
        "1 of 2 codes from theory are filled: Guru (en) 2 (S1, S2). Not filled: Pasar (en)"
    )
    plain = statements.astype({"sector": str})
    assert computed(claim, plain, "M13") == "not computed: no sector comes from theory"


# --- testing or confirming ---


def test_representativeness_names_documents_cases_years_voices_and_single_sources(claim, statements):
    assert computed(claim, statements, "T1") == (
        "berita (news) 1 statement, 1 segment; jurnal (journal) 3 statements, 3 segments. Documents per kasus (en): "
        "Arum-Bukit (en) 2, Cendana-Danau (en) 1. Years: 2009–2015, given in 2. "
        "Voice: author's narration 2 (S1, S2); direct quote 1 (S3). Single source: 2 (S2, S3)"
    )
    assert ". Years: –. " in computed(replace(claim, supporting=("S3",)), statements, "T1")


def test_triangulation_counts_kinds_of_documents_and_statements_with_two(claim, statements):
    assert computed(claim, statements, "T3") == (
        "journal 3 (S1, S2, S3), 1 document; news 1 (S1), 1 document. Resting on two documents or more: 1 (S1); evidence 3: 1 (S1)"
    )


def test_evidence_is_weighed_on_both_sides(claim, statements):
    assert computed(claim, statements, "T4") == (
        "for: evidence 0 in 1 (S3); evidence 2 in 1 (S2); evidence 3 in 1 (S1). against: evidence 0 in 1 (S4)"
    )


def test_outliers_stand_alone_in_their_row_or_column_background_left_out(claim, statements):
    # Beyond background: Guru S1 S2 S4; Siswa S1 S3 S7; Pasar S6. Columns: A-B S1 S4 S6; C-D S2 S3; E-F S7.
    odd = replace(claim, supporting=("S6", "S7"))
    assert computed(odd, statements, "T5") == (
        "alone in its sektor (en): S6 (Pasar (en)); alone in its kasus (en): S7 (Embun-Fajar (en)); "
        "sektor (en) in one kasus (en) only: Pasar (en)"
    )
    assert computed(claim, statements, "T5").startswith("alone in its sektor (en): 0; alone in its kasus (en): 0")


def test_outliers_and_extremes_are_those_of_the_display(claim, statements):
    rated = qk.rating_matrix(statements, rows="sector", columns="case")
    two = rated.keep(columns=["A-B", "E-F"])
    assert computed(claim, statements, "T5", matrix=two).endswith("only: Guru (en)")
    assert computed(claim, statements, "T6", matrix=two).startswith("not computed: an extreme needs at least three cases")
    assert computed(claim, statements, "T6", matrix=rated.keep(rows=["DIK.GURU", "DIK.SISWA"])).startswith(
        "signed or implemented among the statements without background in the display: Arum-Bukit (en) 1/2; Cendana-Danau (en) 1/2;"
        " Embun-Fajar (en) 1/1."
    )


def test_extreme_cases_have_the_highest_and_the_lowest_share_done(claim, statements):
    # A-B: S1 of S1 S4 S6; C-D: S2 of S2 S3; E-F: S7 of S7.
    assert computed(claim, statements, "T6") == (
        "signed or implemented among the statements without background: Arum-Bukit (en) 1/3; Cendana-Danau (en) 1/2; "
        "Embun-Fajar (en) 1/1. Highest: Embun-Fajar (en). Lowest: Arum-Bukit (en). "
        "The claim rests on Arum-Bukit (en); Cendana-Danau (en)"
    )
    silent = statements.assign(status=statements["status"].where(statements["case"] != "E-F", "context"))
    assert computed(claim, silent, "T6") == (
        "not computed: an extreme needs at least three cases with more than background; here are 2"
    )


def test_surprises_are_facts_under_another_heading_and_clashing_weekdays(claim, statements):
    assert computed(claim, statements, "T7") == "under another field's heading: 1 (S2); weekdays and dates not checked"
    dates = pd.DataFrame(
        {"document": ["berita", "berita", "jurnal"], "segment": [1, 7, 9], "written": ["Senin (3/2)", "Selasa (3/2)", "Rabu (4/2)"],
         "weekday_fits": [False, False, True]}
    )  # fmt: skip
    assert computed(claim, statements, "T7", dates=dates).endswith("; weekday does not fit the date: Senin (3/2) (berita: 1)")
    assert computed(claim, statements, "T7", dates=dates[2:]).endswith("; weekday does not fit the date: 0")


def test_a_code_left_out_of_comparisons_stands_under_no_other_heading(claim, statements):
    related = statements.assign(sector=statements["sector"].where(statements["statement"] != "S2", "GOV.RELASI"))
    assert computed(claim, related, "T7").startswith("under another field's heading: 0")


def test_negative_evidence_is_sought_in_the_cells_of_the_support(claim, statements):
    # Cells of S1, S2, S3: Guru/A-B, Siswa/A-B, Guru/C-D, Siswa/C-D. S5 stands in the first, below S1. S4 is against, S6 a rival's.
    assert computed(claim, statements, "T8") == (
        "against: 1 (S4). 1 statement in the 4 cells of the support not taken as for or against; of lower status:"
        " Latar (en) 1 (S5); others: 0"
    )
    unseen = replace(claim, supporting=("S3", "S4"), opposing=())
    assert computed(unseen, statements, "T8") == (
        "against: 0. 2 statements in the 2 cells of the support not taken as for or against; of lower status:"
        " Latar (en) 1 (S5); others: 1 (S1)"
    )


def test_lower_is_said_of_what_stands_below_the_highest_status_of_the_support_in_the_cell(claim, statements):
    beside = statements[statements["statement"] == "S4"]
    more = pd.concat(
        [statements, beside.assign(statement="S8", status="planned"), beside.assign(statement="S9", status="implemented")],
        ignore_index=True,
    )
    more = more.assign(status=column(more["status"].astype(str), STATUSES, "Status", ordered=True))
    hoped_and_done = replace(claim, supporting=("S4", "S1"), opposing=())
    assert computed(hoped_and_done, more, "T8").endswith(
        "of lower status: Latar (en) 1 (S5); Rencana (en) 1 (S8); others: 1 (S9)"
    )


def test_a_deed_is_not_of_lower_status_than_an_outcome_claimed_nor_is_it_the_lower_in_a_case(claim, statements):
    # In Guru / A-B the support claims an outcome; S5 is background, and the deeds S8 and S9 are not below it.
    claimed = statements.assign(status=statements["status"].where(statements["statement"] != "S4", "outcome"))
    beside = claimed[claimed["statement"] == "S4"]
    more = pd.concat([claimed, beside.assign(statement="S8", status="signed")], ignore_index=True)
    more = more.assign(status=column(more["status"].astype(str), STATUSES, "Status", ordered=True))
    assert computed(replace(claim, supporting=("S4",), opposing=()), more, "T8").endswith(
        "of lower status: Latar (en) 1 (S5); others: 2 (S1, S8)"
    )
    # A-B: S4 claims an outcome, S1 is implemented; C-D: S2 implemented. Alike in the highest: the deed.
    done = more.assign(status=more["status"].where(more["statement"] != "S2", "implemented"))
    told = computed(replace(claim, supporting=("S4", "S1", "S2"), opposing=()), done, "M11")
    assert "Guru (en), Laksana (en): arah (en)" in told


# --- codes left out of comparisons, and codes for the rest ---


def set_to(statements, facet, name, value, codes, label):
    changed = statements[facet].astype(str).where(statements["statement"] != name, value)
    return statements.assign(**{facet: column(changed, codes, label)})


def test_a_code_for_the_rest_is_no_case(claim, statements):
    # S7, signed, is of no one pair.
    rest = set_to(statements, "case", "S7", "UMUM", CASES, "Kasus")
    assert computed(claim, rest, "T11").endswith("in another kasus (en): 0")
    assert computed(claim, rest, "T6").endswith("here are 2")
    with_rest = replace(claim, supporting=("S1", "S2", "S7"))
    assert "Documents per kasus (en): Arum-Bukit (en) 2, Cendana-Danau (en) 1. " in computed(with_rest, rest, "T1")
    assert "Umum" not in "".join(computed(with_rest, rest, number) for number in ("M3", "M6", "M10", "M11", "T10", "T11"))
    assert computed(replace(claim, supporting=("S1", "S7")), rest, "T10") == (
        "not computed: all supporting statements that can be compared are of one kasus (en) (Arum-Bukit (en)): nothing to compare it with"
    )
    # Its codes count all the same.
    assert computed(with_rest, rest, "M1").startswith("Guru (en) 2 (S1, S2), 2 documents; Siswa (en) 2 (S1, S7), 2 documents")
    assert computed(with_rest, rest, "M5").startswith("for: 3 of 7 statements")


def test_codes_left_out_of_comparisons_are_in_no_cell_contrast_or_replication(claim, statements):
    # S2 becomes a statement on the relation; it is signed in C-D, where S3 remains.
    related = set_to(statements, "sector", "S2", "GOV.RELASI", SECTORS, "Sektor")
    assert computed(claim, related, "M1").startswith("Siswa (en) 2 (S1, S3), 1 document; Guru (en) 1 (S1), 2 documents. ")
    assert "Relasi" not in "".join(computed(claim, related, number) for number in ("M1", "M3", "M7", "M8", "M11", "T5", "T11"))
    assert computed(claim, related, "M6").endswith(
        "Cendana-Danau (en) 1: Harapan (en) 1 (S3); evidence 0 in 1; Dua arah (en) 1"
    )
    assert "in the 3 cells of the support" in computed(claim, related, "T8")
    assert computed(claim, related, "T11").startswith(
        "support per kasus (en): Arum-Bukit (en) 1 (S1); Cendana-Danau (en) 1 (S3)."
    )
    assert computed(claim, related, "T6").startswith(
        "signed or implemented among the statements without background: Arum-Bukit (en) 1/3; Cendana-Danau (en) 0/1;"
    )
    assert computed(claim, related, "M5").startswith("for: 3 of 7 statements")


def test_cases_that_are_plain_words_are_all_compared(claim, statements):
    plain = statements.astype({"case": str})
    assert computed(claim, plain, "M3") == "A-B + C-D: Guru (en); Siswa (en)"


def test_a_theory_code_left_out_of_comparisons_is_no_gap(claim, statements):
    sectors = [*SECTORS[:3], replace(SECTORS[3], origin="theory"), SECTORS[4]]
    renewed = statements.assign(sector=column(statements["sector"].astype(str), sectors, "Sektor"))
    assert (
        computed(claim, renewed, "M13") == "1 of 2 codes from theory are filled: Guru (en) 2 (S1, S2). Not filled: Pasar (en)"
    )


def test_where_nothing_of_the_support_can_be_compared_it_is_said(claim, statements):
    related = set_to(statements, "sector", "S2", "GOV.RELASI", SECTORS, "Sektor")
    table = tactics_of(replace(claim, supporting=("S2",)), related, language="en").set_index("number")
    said_so = table.index[table["not_computed"].str.startswith("no supporting statement can be compared")]
    assert list(said_so) == ["M1", "M3", "M6", "M7", "M8", "M10", "M11", "T8", "T10", "T11"]
    assert table.loc["T4", "computed"] == "for: evidence 2 in 1 (S2). against: evidence 0 in 1 (S4)"


def test_if_then_rules_are_tested_with_the_matrix(claim, statements):
    rules = (
        Rule("DIK.GURU / A-B >= weak", "DIK.GURU / C-D >= moderate", "2024-05-31"),
        Rule("DIK.GURU / A-B >= weak", "DIK.SISWA / C-D >= moderate", "2024-06-01"),
        Rule("EKO.PASAR / C-D >= weak", "DIK.GURU / A-B >= weak", "2024-06-01"),
        Rule("EKO.PASAR / C-D >= 1", "DIK.GURU / A-B >= weak", "2024-06-01"),
    )
    bound = replace(claim, if_then=rules)
    rated = qk.rating_matrix(statements, rows="sector", columns="case")
    told = computed(bound, statements, "T9", matrix=rated).split("; if ")
    head, told[0] = told[0].split(". ", 1)
    assert head == "the claim's own prediction fails: 1 of 4 rules"
    assert told[0] == "if DIK.GURU / A-B >= weak then DIK.GURU / C-D >= moderate (written 2024-05-31): holds"
    assert [line.split("): ")[1] for line in told[1:]] == ["fails", "condition not met", "cannot be tested (see if_then_tests)"]
    assert computed(replace(claim, if_then=rules[:1]), statements, "T9", matrix=rated).startswith("if DIK.GURU / A-B")
    assert computed(replace(claim, if_then=rules[:2]), statements, "T9", "id", matrix=rated).startswith(
        "aturan kesimpulan ini sendiri tidak terpenuhi: 1 dari 2 aturan. jika DIK.GURU"
    )
    assert computed(claim, statements, "T9") == "not computed: no if-then rule is written down"
    assert computed(bound, statements, "T9") == "not computed: 4 rules written; a rating or count matrix is needed"
    texts = qk.statement_matrix(statements, rows="sector", columns="case")
    assert (
        computed(bound, statements, "T9", matrix=texts) == "not computed: 4 rules written; a rating or count matrix is needed"
    )


def test_third_things_in_which_the_cases_differ(claim, statements):
    assert computed(claim, statements, "T10") == (
        "Arum-Bukit (en): 4 statements, 5 segments, 2 documents (journal; news), first year 2015; "
        "Cendana-Danau (en): 2 statements, 2 segments, 1 document (journal), first year 2009"
    )
    undated = statements.assign(date="")
    assert computed(claim, undated, "T10").endswith("first year –")


def test_replication_looks_for_the_same_codes_in_other_cases(claim, statements):
    assert computed(claim, statements, "T11") == (
        "support per kasus (en): Arum-Bukit (en) 1 (S1); Cendana-Danau (en) 2 (S2, S3). The same sektor (en), signed or implemented,"
        " in another kasus (en): Embun-Fajar (en) 1 (S7)"
    )
    hoped = statements.assign(status=statements["status"].where(statements["statement"] != "S7", "aspired"))
    assert computed(claim, hoped, "T11").endswith("in another kasus (en): 0")


def test_rivals_are_listed_with_their_verdicts(claim, statements):
    assert computed(claim, statements, "T12") == "Teachers go on their own (statements: 1 (S6); verdict: not supported)"
    assert computed(replace(claim, rivals=()), statements, "T12") == "not computed: no rival explanation is listed"


# --- what is recorded, and what was applied ---


def test_feedback_is_said_to_be_not_done(claim, statements):
    row = said(claim, statements, "T13")
    assert (row["computed"], row["not_computed"], row["recorded"], row["applied"]) == (
        "",
        "only people can give it",
        "not done",
        "no",
    )
    asked = replace(claim, tactics=(Tactic(TACTICS[-1], "two mayors asked", "one answered"),))
    assert said(asked, statements, "T13")[["recorded", "applied"]].tolist() == ["two mayors asked → one answered", "yes"]


def test_what_was_done_and_found_counts_as_applied_and_nothing_else_does(claim, statements):
    table = tactics_of(claim, statements, language="en").set_index("number")
    assert table.loc["M5", ["recorded", "applied"]].tolist() == ["all counted → three | again → three", "yes"]
    assert table.loc["T3", "applied"] == "computed only"  # done, but nothing is said to be found
    assert table.loc["T4", ["recorded", "applied"]].tolist() == ["not recorded", "computed only"]
    assert table.loc["M2", ["not_computed", "applied"]].tolist() == [
        "a judgement; a hunch until a testing tactic follows",
        "no",
    ]
    assert table.loc["T2", "not_computed"].startswith("statements do not hold the coders' order of work")


def test_the_table_agrees_with_verify(claim, statements):
    table = tactics_of(claim, statements, language="en")
    row = qk.verify([claim], statements).iloc[0]
    assert "; ".join(table.loc[table["applied"] == "yes", "tactic"]) == row["tactics"] == row["generating"]
    assert (
        "; ".join(table.loc[(table["applied"] != "yes") & table["number"].str.startswith("T"), "tactic"]) == row["not_tested"]
    )


def test_a_claim_that_nothing_supports_still_has_26_rows(claim, statements):
    table = tactics_of(replace(claim, supporting=()), statements, language="en").set_index("number")
    assert list(table.index[table["computed"] != ""]) == ["M5", "M12", "T12"]
    assert set(table.loc[["M1", "M6", "T1", "T8"], "not_computed"]) == {"no statement supports it"}
    assert table.loc["M5", "computed"].startswith("for: 0 of 7 statements, 0 of 3 documents")
    assert table.loc["T13", "not_computed"] == "only people can give it"


def test_a_table_of_statements_without_optional_columns_says_what_it_lacks(claim, statements):
    bare = statements.drop(columns=["direction", "family", "kind", "voice", "off_heading"])
    table = tactics_of(claim, bare, language="en").set_index("number")
    lacking = table.loc[table["not_computed"].str.startswith("the statements do not hold"), "not_computed"]
    assert list(lacking.index) == ["M6", "M7", "M8", "M10", "M11", "T1", "T3", "T7", "T10"]
    assert lacking["T1"] == "the statements do not hold kind, voice"
    assert table.loc["M9", "computed"].endswith(": nothing")


def test_in_indonesian_every_word_of_the_table_is(claim, statements):
    table = tactics_of(claim, statements).set_index("number")
    assert table.loc["T4", "computed"] == (
        "mendukung: bukti 0 pada 1 (S3); bukti 2 pada 1 (S2); bukti 3 pada 1 (S1). menentang: bukti 0 pada 1 (S4)"
    )
    assert table.loc["M9", "computed"] == (
        "tanpa statistik pada n ini; sama pada semua 3 (S1, S2, S3): rumpun: Pendidikan; jenis dokumen: jurnal"
    )
    assert table.loc["T13", ["purpose", "tactic", "recorded", "applied"]].tolist() == [
        "menguji temuan", "meminta umpan balik peserta", "tidak dilakukan", "tidak",
    ]  # fmt: skip
    assert not table["computed"].str.contains(r"\bstatements?\b|\bdocuments?\b|\(en\)").any()


def test_another_display_compares_other_facets(claim, statements):
    shown = qk.count_matrix(statements, rows="family", columns="direction")
    assert computed(claim, statements, "M3", matrix=shown) == "Keluar (en) + Dua arah (en): Education"


def test_the_catalogue_has_all_26_in_the_order_of_the_book():
    table = tactics("en")
    assert list(table["tactic"]) == [*MEANING, *TESTING] == list(table["name"])
    assert list(table["number"]) == [f"M{n}" for n in range(1, 14)] + [f"T{n}" for n in range(1, 14)]
    assert list(table.loc[table["computed"] == "nothing", "number"]) == ["M2", "T2", "T13"]
    indonesian = tactics()
    assert indonesian["name"].nunique() == 26
    assert list(indonesian["tactic"]) == list(table["tactic"])
    assert (indonesian[["asks", "computed", "recorded"]] != "").all(axis=None)


@pytest.mark.parametrize("function", [tactics, lambda language: tactics_of(None, pd.DataFrame(), language=language)])
def test_a_third_language_is_refused(function):
    with pytest.raises(ValueError) as said:
        function("de")
    assert str(said.value) == "language 'de' is not known. Possible: id, en."


def test_a_claim_or_a_matrix_that_is_none_is_told_in_words(claim, statements):
    for passed, told in (
        ("C1", "claim is the text 'C1': pass one of the claims that read_claims(path, statements) returns, such as claims[0]"),
        ([claim], "claim is a list: pass one of the claims that read_claims(path, statements) returns, such as claims[0]"),
    ):
        with pytest.raises(ValueError) as said:
            tactics_of(passed, statements)
        assert str(said.value) == told
    with pytest.raises(ValueError) as said:
        tactics_of(claim, statements, matrix=statements)
    assert str(said.value) == "matrix must be a display such as rating_matrix returns, not DataFrame"
    with pytest.raises(ValueError) as said:
        tactics_of(claim, "statements.csv")
    assert str(said.value) == "statements must be the table that read_statements returns, not str"


def test_tables_that_are_none_are_named(claim, statements):
    with pytest.raises(ValueError) as said:
        tactics_of(claim, statements.drop(columns=["case", "evidence"]))
    assert str(said.value).startswith("statements has no column case, evidence: pass the table that read_statements returns")
    with pytest.raises(ValueError) as said:
        tactics_of(claim, statements, dates=pd.DataFrame({"document": []}))
    assert str(said.value).startswith(
        "dates has no column segment, written, weekday_fits: pass the table that date_checks returns"
    )


sides = st.lists(st.sampled_from(["for", "against", "neither"]), min_size=7, max_size=7)


@settings(max_examples=10)
@given(sides, st.lists(st.sampled_from(TACTICS), max_size=3), st.sampled_from(["id", "en"]))
def test_no_tactic_is_ever_both_unmarked(chosen, recorded, language):
    told = {side: tuple(f"S{n}" for n, where in enumerate(chosen, 1) if where == side) for side in ("for", "against")}
    records = tuple(Tactic(name, "done", "found") for name in recorded)
    any_claim = Claim("C1", "study", NOTHING, NOTHING, "proposed", (), told["for"], told["against"], records, (), NOTHING)
    table = tactics_of(any_claim, facts(), language=language)
    assert len(table) == 26
    assert ((table["computed"] == "") != (table["not_computed"] == "")).all()
    assert (table[["recorded", "applied"]] != "").all(axis=None)
    assert set(table.loc[table["applied"].isin(["yes", "ya"]), "number"]) == {
        f"{'M' if name in MEANING else 'T'}{TACTICS.index(name) % 13 + 1}" for name in recorded
    }


def test_the_arguments_stay_as_they_were(claim, statements):
    before = statements.copy(deep=True)
    tactics_of(claim, statements, qk.rating_matrix(statements, rows="sector", columns="case"))
    pd.testing.assert_frame_equal(statements, before)
