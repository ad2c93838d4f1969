from pathlib import Path

import pandas as pd
import pytest

from qualkit.claims import Claim, Rival, Tactic
from qualkit.codebook import Code, CodeId, bilingual, facet_column, read_codebook
from qualkit.quality import TECHNIQUES, trustworthiness
from qualkit.standards import ITEMS, srqr

ROOT = Path(__file__).resolve().parents[1]
BOTH = {"id": "x", "en": "x"}
NEGATIVE, FEEDBACK = "looking for negative evidence", "getting feedback from participants"


def claim(name, supporting=(), opposing=(), tactics=(), status="tested"):
    made = tuple(Tactic(tactic, "sudah", "tidak ada") for tactic in tactics)
    return Claim(name, "study", BOTH, BOTH, status, (), tuple(supporting), tuple(opposing), made, (Rival(BOTH, "x"),), BOTH)


# S1 rests on two documents of two years, S2 on two documents of one, S3 on one, S4 is background.
STATEMENTS = pd.DataFrame(
    [("S1", "signed", "a", 1), ("S1", "signed", "b", 4), ("S2", "aspired", "b", 5), ("S2", "aspired", "c", 2), ("S3", "planned", "a", 1),
     ("S4", "context", "c", 9)],
    columns=["statement", "status", "document", "segment"],
)  # fmt: skip
DOCUMENTS = pd.DataFrame(
    {
        "document": ["a", "b", "c"],
        "kind": ["news", "news", "journal"],
        "date": ["2015-05-12", "2023", "2023-04-28"],
        "sha256": ["1", "2", ""],
    }
)
CODINGS = pd.DataFrame(
    [("a", 1, "rani", "1.0"), ("a", 1, "budi", "1.0"), ("a", 2, "rani", "0.9"), ("b", 1, "budi", ""), ("b", 2, "codebook", "1.0"),
     ("b", 2, "agreed", "1.0")],
    columns=["document", "segment", "coder", "codebook"],
)  # fmt: skip
CLAIMS = (claim("C1", ["S1", "S3"], ["S2"], [NEGATIVE]), claim("C2", ["S3"], ["S2"], [], "proposed"), claim("C3"))
AGREEMENT = pd.DataFrame(
    {"facet": ["sector", "case", "status"], "measure": ["alpha, sets, MASI distance", "alpha, nominal", "alpha, ordinal"],
     "segments": [189, 189, 40], "alpha": [0.8125, None, 0.5], "low": [0.75, None, None], "high": [0.875, None, None]}
)  # fmt: skip
AUDIT = pd.DataFrame(
    {"when": ["2026-11-20T08:00:00Z", "2026-11-22T09:00:00Z", "2026-11-22T09:01:00Z"], "who": ["rani", "budi", "rani"],
     "action": ["found", "created", "changed"], "what": ["a.csv", "b.csv", "a.csv"], "why": ["baru", " ", ""], "note": ["", "", "x"]}
)  # fmt: skip
MEMOS = pd.DataFrame({"memo": ["m1", "m2", "m3"], "kind": ["method", "analytic", "method"], "author": ["rani", "budi", "rani"]})
TABLES = {"documents": DOCUMENTS, "codings": CODINGS, "statements": STATEMENTS, "claims": CLAIMS, "agreement": AGREEMENT, "audit": AUDIT,
          "memos": MEMOS}  # fmt: skip


def row(technique, tables=TABLES, given=None, language="en"):
    """Done, object and not done of one technique."""
    table = trustworthiness(tables, given, language)
    return table.iloc[list(TECHNIQUES).index(technique), 2:].tolist()


def test_each_technique_has_its_row_under_its_criterion():
    table = trustworthiness(TABLES)
    assert table.columns.tolist() == [
        "Kriteria",
        "Teknik",
        "Yang dilakukan",
        "Tercatat dalam",
        "Yang tidak dilakukan",
    ]
    assert table["Kriteria"].value_counts(sort=False).to_dict() == {
        "Kredibilitas": 9,
        "Keteralihan": 1,
        "Kebergantungan": 3,
        "Kepastian": 3,
    }
    assert table["Teknik"].tolist()[:5] == [
        "perpanjangan pengamatan (prolonged engagement)",
        "peningkatan ketekunan (persistent observation)",
        "triangulasi sumber",
        "triangulasi teknik",
        "triangulasi waktu",
    ]
    assert trustworthiness(TABLES, language="en").columns.tolist() == [
        "Criterion",
        "Technique",
        "Done",
        "Object that shows it",
        "Not done",
    ]


@pytest.mark.parametrize(
    ("technique", "expected"),
    [
        ("prolonged engagement", ["–", "–", "Not shown: no prolonged engagement is on record."]),
        ("persistent observation", ["–", "–", "Not shown: no persistent observation is on record."]),
        ("source triangulation", ["Statements above background that rest on two or more documents: 2 of 3; conclusions with such a statement"
                                  " in support: 1 of 3.", "file of statements (statements.csv), file of conclusions (claims.yaml)",
                                  "Statements that rest on a single document: 1."]),
        ("method triangulation", ["–", "–", "One way of gathering data only (journal, news)."]),
        ("time triangulation", ["–", "–", "Data were not collected again at another time."
                                " Statements that rest on documents of two or more years: 1."]),
        ("negative cases", ["Negative evidence was searched for 1 of 3 conclusions; opposing statements on record: 1.",
                            "file of conclusions (claims.yaml)", "Without a search for negative evidence: C2, C3."]),
        # a and b are coded; c has no checksum
        ("referential adequacy", ["–", "–", "No raw material was held back from analysis."]),
        ("peer debriefing", ["–", "–", "Not shown: no peer debriefing is on record."]),
        ("member check", ["–", "–", "No feedback from participants is on record."]),
        ("thick description", ["Behind every statement stand its sentences, with their place: 5 sentences of 3 documents. Background statements"
                               " (1) stand apart.", "file of statements (statements.csv)",
                               "The description of the context is the researcher's to write."]),
        ("audit trail", ["2 changes to 2 files by budi and rani: 1 created, 1 changed (22 November 2026).", "audit log (audit.jsonl)",
                         "The log begins on 20 November 2026 with files that were there; what changed before is not on record."
                         " Entries without a reason: 2. Entries with a fault: 1."]),
        ("codebook", ["Codings record their version of the codebook: coded by codebook version 0.9 and 1.0; agreed codes by version"
                      " 1.0.", "codebook (codebook.yaml), files of codings (codings)",
                      "Codings without a version of the codebook: 1."]),
        # a: 1 was coded by two with 1.0; 0.9 was used by rani alone; no column code, so nothing is said of differences
        ("code check", ["Agreement of coders (Krippendorff's α; 95% confidence interval in brackets): sector (sets of codes, MASI distance) α = 0.812"
                        " [0.750; 0.875], 189 segments; case (nominal) α = undefined, 189 segments; status (ordinal) α = 0.500, 40 segments."
                        " Double-coded by codebook version 1.0.",
                        "table of agreement (agreement_overview), files of codings (codings)",
                        "Below 0.667 or undefined: case (nominal); status (ordinal). Not double-coded by codebook version 0.9."]),
        ("second coder", ["budi and rani: at least 1 of 3 coded segments were coded by two or more coders.", "files of codings (codings)", "–"]),
        ("chain of evidence", ["Conclusions with statements in support: 2 of 3; they lead through 2 statements to 2 sentences.",
                               "file of conclusions (claims.yaml), file of statements (statements.csv), files of codings (codings)",
                               "Without a supporting statement: C3."]),
        ("memos", ["3 memos by budi and rani: analytic 1; method 2.", "files of memos (memos)", "–"]),
    ],
)  # fmt: skip
def test_what_was_done_is_counted_in_the_tables(technique, expected):
    assert row(technique) == expected


def test_it_speaks_indonesian_with_a_decimal_comma():
    assert row("code check", language="id")[0].startswith(
        "Kesepakatan antarpengode (α Krippendorff; interval kepercayaan 95% dalam kurung siku):"
        " sector (himpunan kode, jarak MASI) α = 0,812 [0,750; 0,875], 189 segmen;"
    )
    assert row("memos", language="id")[0] == "3 memo oleh budi dan rani: analitik 1; metode 2."
    assert (
        row("negative cases", language="id")[0]
        == "Bukti negatif dicari untuk 1 dari 3 kesimpulan; tercatat 1 pernyataan yang menentang."
    )


def test_where_no_table_shows_anything_nothing_is_claimed():
    table = trustworthiness({}, language="en")
    assert set(table["Done"]) == set(table["Object that shows it"]) == {"–"}
    assert table["Not done"].tolist()[0] == "Not shown: no prolonged engagement is on record."
    assert table["Not done"].tolist()[2] == "Not shown: no file of statements (statements.csv) given."
    assert (
        table["Not done"].tolist()[4]
        == "Not shown: no file of statements (statements.csv), list of documents (documents.csv) given."
    )


def test_empty_tables_claim_nothing():
    empty = {name: table if name == "claims" else table.iloc[:0] for name, table in TABLES.items()} | {"claims": ()}
    assert set(trustworthiness(empty, language="en")["Done"]) == {"–"}


def test_other_ways_of_gathering_data_and_feedback_are_seen():
    documents = DOCUMENTS.assign(kind=["Wawancara", "news", "observasi"])
    assert row("method triangulation", {"documents": documents})[:2] == [
        "Material gathered in different ways: Wawancara, news, observasi.",
        "list of documents (documents.csv)",
    ]
    assert row("method triangulation", {"documents": documents.assign(kind="wawancara")})[0] == "–"
    asked = (claim("C1", tactics=[FEEDBACK]), claim("C2"))
    assert row("member check", {"claims": asked}) == [
        "Feedback from participants is recorded for C1.",
        "file of conclusions (claims.yaml)",
        "–",
    ]


def test_the_limits_of_a_restated_edition_are_told():
    documents, statements = DOCUMENTS.assign(edition=["restated", "restated", ""]), STATEMENTS.assign(edition="restated")
    assert row("referential adequacy", {"documents": documents}) == [
        "–", "–", "No raw material was held back from analysis; restated editions, whose originals are not kept with this study: 2 texts.",
    ]  # fmt: skip
    assert row("thick description", {"statements": statements})[2] == (
        "The sentences are of a restated edition, not quotations from the sources."
        " The description of the context is the researcher's to write."
    )


def test_only_archived_sources_that_nobody_coded_are_held_back():
    tables = {
        "documents": DOCUMENTS,
        "codings": CODINGS[CODINGS["document"] == "a"],
    }  # b is archived and uncoded, c has no checksum
    assert row("referential adequacy", tables) == [
        "Texts of the sources that are archived whole and were not coded: 1.",
        "list of documents (documents.csv), files of codings (codings)",
        "The findings were not tested on what was held back.",
    ]
    restated = tables | {"documents": DOCUMENTS.assign(edition=["", "restated", ""])}
    assert row("referential adequacy", restated)[0] == "–"
    tested = {"referential adequacy": {"done": "Tested on b.", "object": "memos/uji.md"}}
    assert row("referential adequacy", tables, tested)[2] == "–"


def test_a_conclusion_on_two_documents_that_say_different_things_is_not_triangulated():
    single = STATEMENTS[STATEMENTS["statement"].isin(["S3", "S4"])]  # S3 rests on a, S4 on c
    assert row("source triangulation", {"statements": single, "claims": (claim("C1", ["S3", "S4"]),)}) == [
        "–", "–", "Statements that rest on a single document: 1.",
    ]  # fmt: skip


def test_a_log_of_what_was_found_is_no_audit_trail():
    found = AUDIT.assign(action="found", why="awal", note="")
    assert row("audit trail", {"audit": found}, language="id") == [
        "–", "–", "Log dimulai pada 20 November 2026 dengan berkas yang sudah ada; perubahan sebelumnya tidak tercatat.",
    ]  # fmt: skip
    whole = AUDIT.assign(action=["created", "changed", "deleted"], why="x", note="")
    assert row("audit trail", {"audit": whole}, language="id") == [
        "3 perubahan pada 2 berkas oleh budi dan rani: 1 dibuat, 1 diubah, 1 dihapus (20 November 2026 – 22 November 2026).",
        "log audit (audit.jsonl)",
        "–",
    ]


def test_agreement_tells_its_codebook_and_how_many_differences_were_settled():
    codings = pd.DataFrame(
        [("a", 1, "rani", "X", "0.1"), ("a", 1, "budi", "X", "0.1"),  # the same
         ("a", 2, "rani", "X", "0.1"), ("a", 2, "budi", "Y", "0.1"),  # another code, agreed on
         ("a", 3, "rani", "X", "0.1"),  # budi gave none, and nothing was agreed on
         ("b", 1, "rani", "X", "0.1"), ("b", 1, "budi", "Y", "0.1"),  # nothing of b was agreed on
         ("a", 1, "agreed", "X", "1.0"), ("a", 2, "agreed", "Y", "1.0"), ("b", 2, "codebook", "X", "2.0")],
        columns=["document", "segment", "coder", "code", "codebook"],
    )  # fmt: skip
    tables = {"agreement": AGREEMENT.iloc[:1], "codings": codings}
    done, _, left = row("code check", tables, language="id")
    assert done.endswith(
        "Pengodean ganda dilakukan menurut buku kode versi 0.1. Para pengode berbeda pada 2 dari 3 segmen; 1 di antaranya"
        " diselesaikan dengan kode yang disepakati."
    )
    assert left == "Pengodean ganda tidak dilakukan menurut buku kode versi 1.0."
    settled = tables | {"codings": codings.drop(index=4)}
    assert row("code check", settled)[0].endswith("The coders differed on 1 of 2 segments; all were settled by agreed codes.")
    alike = tables | {"codings": codings.drop(index=[2, 3, 4])}
    assert row("code check", alike)[0].endswith("The coders differed on 0 of 1 segments.")
    one = tables | {"codings": codings[codings["coder"] != "budi"]}
    done, _, left = row("code check", one, language="id")
    assert "berbeda" not in done and left == "Pengodean ganda tidak dilakukan menurut buku kode versi 0.1 dan 1.0."


def test_which_version_coded_and_which_the_codebook_has_now_is_told_in_words():
    book = read_codebook(ROOT / "codebook.yaml")
    codings = CODINGS.assign(codebook=["0.1", "0.1", "0.1", "0.1", "2.0", "1.0"])  # the fifth is a machine's
    told = "Versi buku kode tercatat pada setiap pengodean: dikode menurut buku kode versi 0.1;"
    told += " kode yang disepakati menurut versi 1.0"
    assert row("codebook", {"codings": codings}, language="id")[0] == f"{told}."
    tables = {"codings": codings, "codebook": book}
    assert row("codebook", tables, language="id")[0] == f"{told}; buku kode kini versi {book.version}."
    assert item("S11", tables)[0] == (
        f"Coded by codebook version 0.1; agreed codes by version 1.0; the codebook is now version {book.version}."
        " Software: qualkit."
    )
    machine = tables | {"codings": codings.replace({"codebook": {"2.0": book.version}})}  # no person coded with it
    assert f"kini versi {book.version}" in row("codebook", machine, language="id")[0]
    later = {"codings": codings.assign(codebook=["1.10", "1.9", "1.9", "1.9", "", "1.9"])}
    assert "menurut buku kode versi 1.9 dan 1.10;" in row("codebook", later, language="id")[0]
    current = tables | {"codings": codings.replace({"codebook": {"1.0": book.version}})}
    assert "kini" not in row("codebook", current, language="id")[0]


def test_all_of_them_are_said_to_be_all():
    both = claim("C1", ["S1"], [], [NEGATIVE]), claim("C2", ["S2"], [], [NEGATIVE])
    assert row("negative cases", {"claims": both}, language="id")[0].startswith(
        "Bukti negatif dicari untuk seluruh 2 kesimpulan;"
    )
    assert row("second coder", {"codings": pd.concat([CODINGS.iloc[:2], CODINGS.iloc[:2].assign(segment=2)])}) == [
        "budi and rani: all 2 coded segments were coded by two or more coders.", "files of codings (codings)", "–",
    ]  # fmt: skip


def test_one_number_of_segments_is_said_once():
    done = row("code check", {"agreement": AGREEMENT.iloc[:2]}, language="id")[0]
    assert done.endswith("case (nominal) α = tidak terdefinisi; masing-masing 189 segmen.")


def test_three_versions_are_listed_as_a_sentence_has_them():
    codings = CODINGS.iloc[:3].assign(codebook=["0.1", "0.2", "0.3"])
    assert "buku kode versi 0.1, 0.2, dan 0.3." in row("codebook", {"codings": codings}, language="id")[0]


def test_a_facet_is_called_by_its_label_where_a_table_knows_the_codebook():
    book = read_codebook(ROOT / "codebook.yaml")
    codings = CODINGS.assign(sector=facet_column([""] * len(CODINGS), book.facet("sector")))
    done = row("code check", TABLES | {"codings": codings}, language="id")[0]
    assert "sektor (himpunan kode, jarak MASI) α" in done and "case (nominal)" in done


def test_one_coder_is_no_second_coder():
    def of(*coders):
        return row("second coder", {"codings": CODINGS[CODINGS["coder"].isin(coders)]})

    assert of("rani", "agreed", "codebook") == ["–", "–", "One coder only: rani."]
    assert of("codebook", "agreed") == ["–", "–", "No coder."]
    apart = CODINGS.iloc[[2, 3]]
    assert row("second coder", {"codings": apart}) == ["–", "–", "No segment was coded by two coders (budi and rani)."]


def test_the_researcher_adds_what_no_table_shows_with_its_object(tmp_path):
    given = {
        "peer debriefing": {"done": {"id": "Dua rekan.", "en": "Two colleagues read it."}, "object": "memos/rekan.md"},
        "second coder": {"not_done": "Both are passes of a language model."},
        "chain of evidence": {"done": "Checked once more.", "object": "memos/cek.md"},
    }
    assert row("peer debriefing", given=given) == ["Two colleagues read it.", "memos/rekan.md", "–"]
    assert row("second coder", given=given)[2] == "Both are passes of a language model."
    done, shown_by, left = row("chain of evidence", given=given)
    assert done.endswith("2 sentences. Checked once more.") and shown_by == (
        "file of conclusions (claims.yaml), file of statements (statements.csv), files of codings (codings), memos/cek.md"
    )
    assert left == "Without a supporting statement: C3."
    written = {"thick description": {"done": "The context is written.", "object": "bab-4.docx"}}
    assert row("thick description", given=written)[2] == "–"  # what was owed was done
    undone = {"prolonged engagement": {"not_done": "Documents only."}}
    assert row("prolonged engagement", given=undone) == ["–", "–", "Documents only."]
    path = tmp_path / "keabsahan.yaml"
    path.write_text(
        '"peer debriefing":\n  done: {id: "Dua rekan.", en: "Two."}\n  object: "memos/rekan.md"\n', encoding="utf-8"
    )
    assert row("peer debriefing", given=path, language="id")[:2] == ["Dua rekan.", "memos/rekan.md"]


def test_the_tables_are_unchanged():
    before = {name: table.copy() for name, table in TABLES.items() if name != "claims"}
    trustworthiness(TABLES), srqr(TABLES | {"segments": SEGMENTS})
    assert all(TABLES[name].equals(table) for name, table in before.items())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: trustworthiness({"statement": STATEMENTS}), "tables: 'statement' is none that is looked at. Did you mean 'statements'?"),
        (lambda: trustworthiness({"memos": MEMOS[["memo"]]}), "memos has no column kind, author: pass the table that read_memos returns"),
        (lambda: trustworthiness({"claims": ["C1"]}), "claims must be what read_claims returns"),
        (lambda: trustworthiness({"codebook": "codebook.yaml"}), "codebook must be what read_codebook returns"),
        (lambda: trustworthiness({"claims": "claims.yaml"}), "claims must be what read_claims returns"),
        (lambda: trustworthiness({}, {"peer debrief": {}}), "given: there is no technique 'peer debrief'. Did you mean 'peer debriefing'?"),
        (lambda: trustworthiness({}, {"memos": {"done": "ya"}}), "given, 'memos' says what was done but names no object that shows it"),
        (lambda: trustworthiness({}, {"memos": {"what": "ya"}}), "given, 'memos': what can be said is done, object and not_done"),
        (lambda: trustworthiness({}, {"memos": "ya"}), "given, 'memos': what can be said is done, object and not_done"),
        (lambda: trustworthiness({}, {"memos": {"not_done": 3}}), "given, 'memos': not_done must be a text, or a text in both languages"),
        (lambda: trustworthiness({}, {"memos": {"not_done": {"en": "x"}}}), "given, 'memos': not_done must be a text"),
        (lambda: trustworthiness({}, language="de"), "language 'de' is not known. Possible: id, en."),
        (lambda: srqr({"trustworthiness": trustworthiness({})}, language="en"),
         "trustworthiness must be what trustworthiness returns, in the same language ('en')"),
        (lambda: srqr({}, {"S4": {"id": "x", "location": "p. 2"}}),
         "given, 'S4': beside location stands the text, as {text: ..., location: ...}"),
        (lambda: srqr({}, {"S22": "x"}), "given: there is no item 'S22'. Did you mean 'S2'?"),
        (lambda: srqr({}, {"S1": ["x"]}), "given, 'S1' must be a text, or a text in both languages, as {id: ..., en: ...}"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_the_researchers_words(call, message):
    with pytest.raises(ValueError) as raised:
        call()
    assert message in str(raised.value)


def test_a_mistake_in_a_file_is_told_with_its_line(tmp_path):
    path = tmp_path / "srqr.yaml"
    path.write_text('S1: "Judul"\nS99: "x"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"srqr.yaml, line 2: there is no item 'S99'."):
        srqr({}, path)
    path.write_text("- a\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"srqr.yaml: must hold one entry per item, such as 'S1: ...'"):
        srqr({}, path)


# --- SRQR ---


SEGMENTS = pd.DataFrame(
    {"document": ["a", "a", "b", "b"], "segment": [1, 2, 1, 2], "label": ["content", "heading", "content", "content"]}
)


def item(name, tables, given=None, language="en"):
    return srqr(tables, given, language).iloc[list(ITEMS).index(name), 3:5].tolist()


def test_srqr_has_its_21_items_in_order():
    table = srqr({})
    assert table.columns.tolist() == ["Butir", "Bagian", "Topik", "Isi", "Asal", "Letak"]
    assert table["Butir"].tolist() == [f"S{number}" for number in range(1, 22)]
    assert set(table["Isi"]) == {"belum diisi"} and set(table["Asal"]) == {"–"}
    sections = srqr({}, language="en")["Section"].value_counts(sort=False).to_dict()
    assert sections == {
        "Title and abstract": 2,
        "Introduction": 2,
        "Methods": 11,
        "Results/findings": 2,
        "Discussion": 2,
        "Other": 2,
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("S7", "Cases: A-B; C-D. (not filled in yet: setting and salient factors)"),
        ("S8", "3 documents (journal 1, news 2). (not filled in yet: how and why selected, when to stop)"),
        ("S10", "Documents dated 12 May 2015 – 28 April 2023. (not filled in yet: procedures and period of collection)"),
        ("S11", "Coded by codebook version 0.9 and 1.0; agreed codes by version 1.0. Software: qualkit."),
        ("S12", "3 content segments of 2 documents."),
        (
            "S13",
            "Set aside as headings or page furniture, with the reason: 1 of 4 pieces of text; none is deleted."
            " Content segments on which no statement rests: 2 of 3.",
        ),  # a: 1 carries S1; b: 1 and b: 2 nothing
        (
            "S14",
            "Coders and number of their codings: budi (2), rani (2). (not filled in yet: who they are and how they worked)",
        ),
        ("S16", "3 conclusions (proposed 1, tested 2). (not filled in yet: main findings)"),
        ("S17", "4 statements, each with its place: 5 sentences of 3 documents."),
    ],
)
def test_srqr_is_filled_where_tables_tell(name, expected):
    cases = STATEMENTS.assign(case=["A-B", "A-B", "C-D", "C-D", "A-B", "A-B"])
    assert item(name, TABLES | {"segments": SEGMENTS, "statements": cases}) == [expected, "tables"]


def test_srqr_names_the_techniques_done_and_not_done():
    content, source = item("S15", {"statements": STATEMENTS})
    assert content.startswith(
        "Done: –. Done in part: triangulation of sources, thick description. Not done: –. Not shown: prolonged"
    )
    assert content.endswith("chain of evidence, memos.") and source == "tables"


def test_a_residual_code_is_no_case_of_the_context():
    plain, rest = bilingual("A-B", "A-B"), bilingual("lain", "other")
    entries = (
        Code("A-B", *[plain] * 6, "data", "descriptive", "1"),
        Code("OTHER", *[rest] * 6, "data", "descriptive", "1", residual=True),
    )
    cases = [CodeId.of(entry, bilingual("Kasus", "Case")) for entry in entries]
    content, _ = item("S7", {"statements": STATEMENTS.assign(case=pd.Series([cases[0], cases[1]] * 3, dtype=object))})
    assert content.startswith("Cases: A-B. (")


def test_where_in_the_paper_an_item_stands_is_told_if_given():
    given = {
        "S4": {"text": {"id": "Sejauh mana?", "en": "How far?"}, "location": "p. 2"},
        "S12": {"location": "p. 5"},
        "S2": "x",
    }
    table = srqr({}, given, language="en").set_index("Item")
    assert table.loc[["S4", "S12", "S2"], ["Content", "From", "Location"]].values.tolist() == [
        ["How far?", "record", "p. 2"], ["not filled in yet", "–", "p. 5"], ["x", "record", ""],
    ]  # fmt: skip


def test_srqr_says_what_the_finished_table_says():
    given = {"peer debriefing": {"done": "Two colleagues.", "object": "memos/rekan.md"}, "memos": {"not_done": "x"}}
    trust = trustworthiness(TABLES, given, language="en")
    assert item("S15", TABLES | {"trustworthiness": trust})[0] == (
        "Done: peer debriefing, second coder. Done in part: triangulation of sources, negative case analysis, thick description,"
        " audit trail, versioned codebook, code check, chain of evidence, memos. Not done: triangulation of methods, triangulation"
        " of time, referential adequacy, member check. Not shown: prolonged engagement, persistent observation."
    )
    assert item("S15", {"trustworthiness": trust}) == item("S15", TABLES | {"trustworthiness": trust})


def test_srqr_speaks_indonesian_of_kinds_statuses_and_dates():
    told = TABLES | {"statements": STATEMENTS.assign(evidence="1", case="A-B")}
    assert item("S8", TABLES, language="id")[0].startswith("3 dokumen (jurnal 1, berita 2).")
    assert item("S10", TABLES, language="id")[0].startswith("Dokumen bertanggal 12 Mei 2015 – 28 April 2023.")
    # C1 is tested, C2 proposed; C3 is recorded as tested, but no statement supports it
    assert item("S16", told, language="id")[0].startswith("3 kesimpulan (diajukan 1, diuji 1, tidak didukung 1).")
    assert "unsur halaman" in item("S13", {"segments": SEGMENTS}, language="id")[0]
    assert "pernyataan" not in item("S13", {"segments": SEGMENTS}, language="id")[0]


def test_what_the_researcher_says_stands_behind_what_the_tables_tell(tmp_path):
    assert item("S8", TABLES, {"S8": "All found."}) == ["3 documents (journal 1, news 2). All found.", "tables, record"]
    path = tmp_path / "srqr.yaml"
    path.write_text('S21: {id: "Tanpa dana.", en: "None."}\n', encoding="utf-8")
    assert item("S21", {}, path, "id") == ["Tanpa dana.", "catatan"] and item("S21", {}, path) == ["None.", "record"]


def test_srqr_of_empty_tables_is_blank_or_zero():
    empty = {
        "documents": DOCUMENTS.iloc[:0],
        "codings": CODINGS.iloc[:0],
        "statements": STATEMENTS.iloc[:0],
        "claims": (),
        "segments": SEGMENTS.iloc[:0],
    }
    assert (
        item("S10", empty)
        == item("S14", empty)
        == item("S16", empty)
        == item("S7", empty)
        == item("S8", empty)
        == ["not filled in yet", "–"]
    )
    assert item("S12", empty)[0] == "0 content segments of 0 documents."
    undated = DOCUMENTS.assign(date=["2015", "", "2015"])
    assert item("S10", {"documents": undated}, {"S10": "x"})[0] == "Documents dated 2015; 1 without a date. x"
