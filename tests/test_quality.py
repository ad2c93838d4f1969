import pandas as pd
import pytest

from qualkit.claims import Claim, Rival, Tactic
from qualkit.quality import TECHNIQUES, trustworthiness
from qualkit.standards import ITEMS, srqr

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
     "segments": [189, 189, 40], "alpha": [0.8125, None, 0.5]}
)  # fmt: skip
AUDIT = pd.DataFrame(
    {"when": ["2026-11-20T08:00:00Z", "2026-11-22T09:00:00Z", "2026-11-22T09:01:00Z"], "who": ["rani", "budi", "rani"],
     "what": ["a.csv", "b.csv", "a.csv"], "why": ["baru", " ", ""], "note": ["", "", "x"]}
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
        "Objek yang menunjukkannya",
        "Yang tidak dilakukan",
    ]
    assert table["Kriteria"].value_counts(sort=False).to_dict() == {
        "Kredibilitas": 7,
        "Keteralihan": 1,
        "Kebergantungan": 3,
        "Kepastian": 3,
    }
    assert table["Teknik"].tolist()[:3] == ["triangulasi sumber", "triangulasi teknik", "triangulasi waktu"]
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
        ("source triangulation", ["2 of 3 statements above background rest on two or more documents; 1 of 3 conclusions are supported by two or more"
                                  " documents.", "statements.csv, claims.yaml", "1 statements rest on a single document."]),
        ("method triangulation", ["–", "–", "One way of gathering data only (journal, news)."]),
        ("time triangulation", ["1 statements rest on documents of two or more years.", "statements.csv, documents.csv", "–"]),
        ("negative cases", ["Negative evidence was searched for 1 of 3 conclusions; 1 opposing statements are recorded.", "claims.yaml",
                            "Without a search for negative evidence: C2, C3."]),
        ("referential adequacy", ["2 texts are kept unchanged; the checksum of each is on record.", "documents.csv", "–"]),
        ("peer debriefing", ["–", "–", "No peer debriefing is on record."]),
        ("member check", ["–", "–", "No feedback from participants is on record."]),
        ("thick description", ["1 background statements describe the context; 5 sentences of 3 documents can be read behind the statements, with"
                               " their place.", "statements.csv", "–"]),
        ("audit trail", ["3 entries on 2 files by budi, rani (2026-11-20 – 2026-11-22).", "audit.jsonl",
                         "2 entries give no reason; 1 entries have a fault."]),
        ("codebook", ["Each coding records its version of the codebook: 0.9, 1.0.", "codebook.yaml, codings",
                      "1 codings name no version of the codebook."]),
        ("code check", ["Agreement of coders (Krippendorff): sector (sets, MASI distance) α = 0.812, 189 segments; case (nominal) α = undefined, 189"
                        " segments; status (ordinal) α = 0.500, 40 segments.", "agreement_overview",
                        "Below 0.667 or undefined: case (nominal); status (ordinal)."]),
        ("second coder", ["budi, rani: at least 1 of 3 coded segments were coded by two or more coders.", "codings", "–"]),
        ("chain of evidence", ["2 of 3 conclusions point to 2 statements and through them to 2 sentences.", "claims.yaml, statements.csv, codings",
                               "Without a supporting statement: C3."]),
        ("memos", ["3 memos by budi, rani: analytic 1; method 2.", "memos", "–"]),
    ],
)  # fmt: skip
def test_what_was_done_is_counted_in_the_tables(technique, expected):
    assert row(technique) == expected


def test_it_speaks_indonesian_with_a_decimal_comma():
    assert row("code check", language="id")[0].startswith(
        "Kesepakatan pengode (Krippendorff): sector (himpunan, jarak MASI) α = 0,812, 189 segmen;"
    )
    assert row("memos", language="id")[0] == "3 memo oleh budi, rani: analitik 1; metode 2."
    assert (
        row("negative cases", language="id")[0]
        == "Bukti tandingan dicari untuk 1 dari 3 kesimpulan; 1 pernyataan yang menentang dicatat."
    )


def test_where_no_table_shows_anything_nothing_is_claimed():
    table = trustworthiness({}, language="en")
    assert set(table["Done"]) == set(table["Object that shows it"]) == {"–"}
    assert table["Not done"].tolist()[0] == "Nothing shows it: no statements given."
    assert table["Not done"].tolist()[2] == "Nothing shows it: no statements, documents given."


def test_empty_tables_claim_nothing():
    empty = {name: table if name == "claims" else table.iloc[:0] for name, table in TABLES.items()} | {"claims": ()}
    assert set(trustworthiness(empty, language="en")["Done"]) == {"–"}


def test_other_ways_of_gathering_data_and_feedback_are_seen():
    documents = DOCUMENTS.assign(kind=["Wawancara", "news", "observasi"])
    assert row("method triangulation", {"documents": documents})[:2] == [
        "Material gathered in different ways: Wawancara, news, observasi.",
        "documents.csv",
    ]
    assert row("method triangulation", {"documents": documents.assign(kind="wawancara")})[0] == "–"
    asked = (claim("C1", tactics=[FEEDBACK]), claim("C2"))
    assert row("member check", {"claims": asked}) == ["Feedback from participants is recorded for C1.", "claims.yaml", "–"]


def test_the_limits_of_a_restated_edition_are_told():
    documents, statements = DOCUMENTS.assign(edition=["restated", "restated", ""]), STATEMENTS.assign(edition="restated")
    assert row("referential adequacy", {"documents": documents})[2].startswith(
        "2 texts are restated editions; the originals are not kept"
    )
    assert (
        row("thick description", {"statements": statements})[2]
        == "The sentences are of a restated edition, not quotations from the sources."
    )


def test_one_coder_is_no_second_coder():
    def of(*coders):
        return row("second coder", {"codings": CODINGS[CODINGS["coder"].isin(coders)]})

    assert of("rani", "agreed", "codebook") == ["–", "–", "One coder only: rani."]
    assert of("codebook", "agreed") == ["–", "–", "No coder."]
    apart = CODINGS.iloc[[2, 3]]
    assert row("second coder", {"codings": apart}) == ["–", "–", "No segment was coded by two coders (budi, rani)."]


def test_the_researcher_adds_what_no_table_shows_with_its_object(tmp_path):
    given = {
        "peer debriefing": {"done": {"id": "Dua rekan.", "en": "Two colleagues read it."}, "object": "memos/rekan.md"},
        "second coder": {"not_done": "Both are passes of a language model."},
        "chain of evidence": {"done": "Checked once more.", "object": "memos/cek.md"},
    }
    assert row("peer debriefing", given=given) == ["Two colleagues read it.", "memos/rekan.md", "–"]
    assert row("second coder", given=given)[2] == "Both are passes of a language model."
    done, shown_by, left = row("chain of evidence", given=given)
    assert done.endswith("2 sentences. Checked once more.") and shown_by == "claims.yaml, statements.csv, codings, memos/cek.md"
    assert left == "Without a supporting statement: C3."
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
        (lambda: trustworthiness({"claims": "claims.yaml"}), "claims must be what read_claims returns"),
        (lambda: trustworthiness({}, {"peer debrief": {}}), "given: there is no technique 'peer debrief'. Did you mean 'peer debriefing'?"),
        (lambda: trustworthiness({}, {"memos": {"done": "ya"}}), "given, 'memos' says what was done but names no object that shows it"),
        (lambda: trustworthiness({}, {"memos": {"what": "ya"}}), "given, 'memos': what can be said is done, object and not_done"),
        (lambda: trustworthiness({}, {"memos": "ya"}), "given, 'memos': what can be said is done, object and not_done"),
        (lambda: trustworthiness({}, {"memos": {"not_done": 3}}), "given, 'memos': not_done must be a text, or a text in both languages"),
        (lambda: trustworthiness({}, {"memos": {"not_done": {"en": "x"}}}), "given, 'memos': not_done must be a text"),
        (lambda: trustworthiness({}, language="de"), "language 'de' is not known. Possible: id, en."),
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
    return srqr(tables, given, language).iloc[list(ITEMS).index(name), 3:].tolist()


def test_srqr_has_its_21_items_in_order():
    table = srqr({})
    assert table.columns.tolist() == ["Butir", "Bagian", "Topik", "Isi", "Asal"]
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
        ("S10", "Documents dated 2015-05-12 – 2023-04-28. (not filled in yet: procedures and period of collection)"),
        ("S11", "Codebook, version 0.9, 1.0."),
        ("S12", "3 content segments of 2 documents."),
        ("S13", "1 of 4 pieces of text are set aside as headings or page furniture, with the reason; none is deleted."),
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
    assert (
        content.startswith("Done: triangulation of sources, thick description. Not done: triangulation of methods,")
        and source == "tables"
    )


def test_what_the_researcher_says_stands_behind_what_the_tables_tell(tmp_path):
    assert item("S8", TABLES, {"S8": "All found."}) == ["3 documents (journal 1, news 2). All found.", "tables, researcher"]
    path = tmp_path / "srqr.yaml"
    path.write_text('S21: {id: "Tanpa dana.", en: "None."}\n', encoding="utf-8")
    assert item("S21", {}, path, "id") == ["Tanpa dana.", "peneliti"] and item("S21", {}, path) == ["None.", "researcher"]


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
