"""Every fault of a study is listed at once; how far it has come and what is stale is told."""

import shutil
from pathlib import Path

import pytest

from qualkit.audit import fingerprint, log_changes
from qualkit.coderfile import CoderFile
from qualkit.corpus import read_corpus
from qualkit.health import check_study, study_status
from qualkit.intake import add_texts
from qualkit.newstudy import new_study
from qualkit.study import main
from qualkit.versions import restore


@pytest.fixture
def study(tmp_path):
    new_study(tmp_path / "studi")
    return tmp_path / "studi"


def change(study, name, old, new):
    path = study / name
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8", newline="")


def faults(study, weight="fault"):
    table = check_study(study)
    return table.loc[table["weight"] == weight, ["file", "line", "text"]].values.tolist()


def told(study):
    return study_status(study).groupby("what", sort=False)["told"].agg(list).to_dict()


def test_faults_of_all_files_are_listed_at_once(study):
    change(study, "corpus/codings/contoh.csv", "DIK.GURU", "DIK.GURUU")
    change(study, "corpus/claims.yaml", 'status: "qualified"', 'status: "sure"\n    status: "again"')
    change(study, "corpus/memos/2026-11-22-who-comes.md", 'kind: "jotting"', 'kind: "jot"')
    found = faults(study)
    assert [(file, line) for file, line, _ in found][:2] == [("corpus/claims.yaml", 15), ("corpus/codings/contoh.csv", 5)]
    assert {file for file, _, _ in found} == {
        "corpus/claims.yaml",
        "corpus/codings/contoh.csv",
        "corpus/memos/2026-11-22-who-comes.md",
    }
    assert "code 'DIK.GURUU' is not in the codebook. Did you mean 'DIK.GURU'?" in found[1][2]


def test_what_could_not_be_checked_because_of_something_else_is_named(study):
    change(study, "codebook.yaml", "unit: sentence", "")
    looks = faults(study, "look")
    assert ["corpus", 0, "not checked further, because of the faults: codings, statements, claims"] in looks
    assert [(file, text) for file, _, text in faults(study)] == [("codebook.yaml", "the codebook has no unit")]


def test_files_that_wait_for_others_are_read_as_far_as_they_can_be(study):
    change(study, "codebook.yaml", "unit: sentence", "")
    (study / "corpus/relations.csv").write_text("statement,statement\n")
    (study / "corpus/codings/catatan.md").write_bytes(b"\xff")
    files = [file for file, _, _ in faults(study)]
    assert files == ["codebook.yaml", "corpus/codings/catatan.md", "corpus/relations.csv"]


def test_a_text_that_was_changed_is_a_fault(study):
    change(study, "corpus/texts/pertukaran-guru.txt", "Lima guru", "Enam guru")
    ((file, line, text),) = faults(study)
    assert (file, line) == ("corpus/documents.csv", 2)
    assert "is not the text this line was written for" in text


def test_a_text_that_can_be_made_again_is_told_with_how(study, tmp_path):
    (tmp_path / "a.txt").write_text("Kota A maju.")
    add_texts(study, [tmp_path / "a.txt"], kind="news", by="rani")
    again = f"To put it back as it was made: qualkit add {study.as_posix()}/corpus/sources/a.txt --by NAME"
    for broken in ("Kota A mundur.", None):
        path = study / "corpus/texts/a.txt"
        path.write_text(broken) if broken else path.unlink()
        ((file, line, text),) = faults(study)
        assert (file, line) == ("corpus/documents.csv", 3) and text.endswith(again)
    assert "Did you mean" not in text
    assert add_texts(study, [study / "corpus/sources/a.txt"], by="rani")["state"].item() == "restored"
    assert check_study(study).empty


def test_a_fault_in_one_document_hides_none_of_the_others(study, tmp_path):
    (tmp_path / "a.txt").write_text("Kota A maju.")
    add_texts(study, [tmp_path / "a.txt"], kind="news", by="rani")
    (study / "corpus/codings/budi.csv").write_text("document,segment,code,coder\na,1,DIK.GURU,budi\na,1,DIK.GURUU,budi\n")
    (study / "corpus/texts/a.txt").unlink()
    change(study, "corpus/documents.csv", "2024-", "2024-13-")
    change(study, "corpus/claims.yaml", '"CONTOH-2"', '"CONTOH-20"')
    assert [(file, text[:40]) for file, _, text in faults(study)] == [
        ("corpus/claims.yaml", "claim 'C-01': there is no statement 'CON"),
        ("corpus/codings/budi.csv", "code 'DIK.GURUU' is not in the codebook."),
        ("corpus/documents.csv", "date '2024-13-03-04' is not a date: writ"),
        ("corpus/documents.csv", f"file 'texts/a.txt' is not in {study}"[:40]),
    ]


def test_one_coding_at_fault_hides_no_fault_of_statements_and_claims(study):
    change(study, "corpus/codings/contoh.csv", "DIK.GURU", "DIK.GURUU")
    change(study, "corpus/claims.yaml", '"CONTOH-2"', '"CONTOH-20"')
    change(study, "corpus/statements.csv", "2024-", "2024-99-")
    files = {file for file, _, _ in faults(study)}
    assert {"corpus/codings/contoh.csv", "corpus/statements.csv"} <= files


def test_what_only_follows_from_a_fault_is_not_told_as_one(study):
    (study / "corpus/texts/pertukaran-guru.txt").unlink()
    assert [text for _, _, text in faults(study)] == [f"file 'texts/pertukaran-guru.txt' is not in {study / 'corpus'}."]
    said = "not checked further, because of the faults: codings, statements, claims"
    assert faults(study, "look") == [["corpus", 0, said]]
    assert told(study)["documents"] == ["0, of which 0 coded, 0 by two coders or more (as far as they could be read)"]


def test_a_file_that_cannot_be_read_line_by_line_is_read_as_far_as_it_can_be(study):
    (study / "corpus/codings/budi.csv").write_text("document,segment,code,coder\npertukaran-guru,5,DIK.GURU,budi\nrusak\n")
    (study / "corpus/codings/cici.csv").write_bytes(b"\xff")
    change(study, "corpus/claims.yaml", '"CONTOH-2"', '"CONTOH-20"')
    assert [file for file, _, _ in faults(study)] == [
        "corpus/claims.yaml",
        "corpus/codings/budi.csv",
        "corpus/codings/cici.csv",
    ]
    assert told(study)["codings"] == ["budi 1, contoh 19 (as far as they could be read)"]


def test_where_the_rest_of_the_codings_cannot_be_read_either_it_ends_there(study):
    rows = "pertukaran-guru,5,DIK.GURUU,budi\nrusak\n"
    (study / "corpus/codings/budi.csv").write_text("document,segment,code,coder\n" + rows)
    assert [text for _, _, text in faults(study)] == ["1 cell, but the header has 4 columns"]
    assert ["corpus", 0, "not checked further, because of the faults: codings, statements, claims"] in faults(study, "look")


def test_what_was_said_of_a_coding_must_be_a_date_and_a_version(study):
    row = "pertukaran-guru,5,DIK.GURU,budi,kapan,7.7"
    (study / "corpus/codings/budi.csv").write_text(f"document,segment,code,coder,created,codebook\n{row}\n")
    assert [text for file, _, text in faults(study, "look") if file.endswith("budi.csv")][:2] == [
        "created 'kapan' (1) is no date such as 2026-11-22",
        "codebook.yaml knows no version '7.7' (1) in its history",
    ]


def test_a_version_of_the_codebook_that_its_history_does_not_tell_of_is_something_to_look_at(study):
    change(study, "codebook.yaml", 'version: "0.1"\n', 'version: "9.9"\n')
    log_changes(study, who="lia", why="coba")
    assert faults(study, "look") == [["codebook.yaml", 0, "version '9.9' has no entry in the history"]]


def test_codes_since_a_version_that_the_history_does_not_tell_of_are_something_to_look_at(study):
    change(
        study,
        "codebook.yaml",
        'since: "0.1"\n        label: {id: "Pertukaran guru"',
        'since: "0.2"\n        label: {id: "Tukar guru"',
    )
    log_changes(study, who="lia", why="coba")
    said = "since '0.2' (DIK.GURU) is no version of the history: raise the version, and say in the history what changed"
    assert faults(study, "look") == [["codebook.yaml", 0, said]]
    entry = '  - {version: "0.1", date: "2026-11-22", change: "Start list: one worked code."}\n'
    change(study, "codebook.yaml", entry, entry + entry.replace("0.1", "0.2"))
    log_changes(study, who="lia", why="coba")
    assert check_study(study).empty


def test_a_codebook_changed_outside_the_log_of_the_study_is_something_to_look_at(study):
    log_changes(study, who="rani", why="start of the log")
    assert check_study(study).empty
    change(study, "codebook.yaml", "Pernyataan tentang pasangan kota ini.", "Pernyataan tentang dua kota ini.")
    said = "changed outside the log; where that is meant, say in its history under a new version what changed, and log it (qualkit log)"
    assert faults(study, "look") == [["codebook.yaml", 0, said]]
    assert told(study)["stale"] == [f"codebook.yaml: {said}"]
    log_changes(study, who="rani", why="clearer")
    assert check_study(study).empty
    with open(study / "audit.jsonl", "a", encoding="utf-8") as log:
        log.write("rusak\n")
    ((file, _, text),) = faults(study)
    assert file == "audit.jsonl" and text.endswith("cannot be read: rusak")


SECOND_CASE = """      - id: LAU-GUN
        origin: data
        kind: attribute
        since: "0.1"
        label: {id: Lautan-Gunung, en: Lautan-Gunung}
        brief: {id: "Pasangan.", en: "Pair."}
        full: {id: "Pasangan lain.", en: "Another pair."}
        when_to_use: {id: "Bila disebut.", en: "When named."}
        when_not_to_use: {id: "Bila tidak.", en: "When not."}
        example: {id: "Lautan dan Gunung", en: "Lautan and Gunung"}
"""


@pytest.fixture
def two_cases(study):
    cases_end = "\n  # Two scales"
    change(study, "codebook.yaml", cases_end, f"{SECOND_CASE}{cases_end}")
    return study


def code(study, coder, *rows):
    """A coder's file: segment, code and statement of each coding on the text of the example."""
    lines = "".join(f"pertukaran-guru,{row},{coder}\n" for row in rows)
    (study / f"corpus/codings/{coder}.csv").write_text(f"document,segment,code,statement,coder\n{lines}")


def said_of_statements(study):
    """What is to be looked at in the statements, once all is logged; there is no fault."""
    log_changes(study / "corpus", who="rani", why="tried")
    assert faults(study) == []
    return [(line, text) for file, line, text in faults(study, "look") if file == "corpus/statements.csv"]


def test_a_statement_of_another_case_than_its_sentence_was_coded_is_something_to_look_at(two_cases):
    change(two_cases, "corpus/statements.csv", "CONTOH-1,LAU-LEM", "CONTOH-1,LAU-GUN")
    said = "statement CONTOH-1 says case LAU-GUN, but its sentence pertukaran-guru 4 was coded LAU-LEM by contoh"
    assert said_of_statements(two_cases) == [(2, said)]
    code(two_cases, "budi", "4,LAU-GUN,")
    assert said_of_statements(two_cases) == []


def test_each_sentence_of_a_statement_is_looked_at_for_its_case(two_cases):
    code(two_cases, "budi", "6,DIK.GURU,CONTOH-2", "6,LAU-GUN,")
    change(two_cases, "corpus/statements.csv", "CONTOH-2,LAU-LEM", "CONTOH-2,LAU-GUN")
    said = "statement CONTOH-2 says case LAU-GUN, but its sentence pertukaran-guru 5 was coded LAU-LEM by contoh"
    assert said_of_statements(two_cases) == [(3, said)]
    code(two_cases, "budi", "6,DIK.GURU,CONTOH-2", "6,LAU-GUN,", "7,DIK.GURU,CONTOH-2")
    said = "statement CONTOH-2 says case LAU-GUN, but its sentences pertukaran-guru 5, pertukaran-guru 7 were coded LAU-LEM by contoh"
    assert said_of_statements(two_cases) == [(3, said)]


def test_a_statement_higher_than_its_sentence_was_coded_is_something_to_look_at(study):
    change(study, "corpus/statements.csv", "CONTOH-3,LAU-LEM,aspired,0", "CONTOH-3,LAU-LEM,outcome,2")
    assert said_of_statements(study) == [
        (4, "statement CONTOH-3 says status outcome, but its sentence pertukaran-guru 7 was coded aspired by contoh"),
        (4, "statement CONTOH-3 says evidence 2, but its sentence pertukaran-guru 7 was coded 0 by contoh"),
    ]
    code(study, "budi", "7,implemented,", "7,2,")
    assert said_of_statements(study) == []  # an outcome claimed is less than a deed
    change(study, "corpus/statements.csv", "CONTOH-3,LAU-LEM,outcome,2", "CONTOH-3,LAU-LEM,implemented,2")
    code(study, "budi", "7,outcome,", "7,2,")
    said = "statement CONTOH-3 says status implemented, but its sentence pertukaran-guru 7 was coded outcome, aspired by budi, contoh"
    assert said_of_statements(study) == [(4, said)]


def test_of_a_sentence_with_several_statements_and_of_lower_ones_nothing_is_said(study):
    change(study, "corpus/statements.csv", "CONTOH-1,LAU-LEM,signed,1", "CONTOH-1,LAU-LEM,aspired,0")
    change(study, "corpus/statements.csv", "CONTOH-3,LAU-LEM,aspired,0", "CONTOH-3,LAU-LEM,outcome,2")
    code(study, "budi", "7,DIK.GURU,CONTOH-2")
    assert said_of_statements(study) == []


def test_evidence_of_two_documents_is_of_no_sentence(study, tmp_path):
    (tmp_path / "a.txt").write_text("Kota Lautan mengirim guru.")
    add_texts(study, [tmp_path / "a.txt"], kind="news", by="rani")
    rows = "a,1,DIK.GURU,CONTOH-1,budi\na,1,1,,budi\n"
    (study / "corpus/codings/budi.csv").write_text(f"document,segment,code,statement,coder\n{rows}")
    change(study, "corpus/statements.csv", "CONTOH-1,LAU-LEM,signed,1", "CONTOH-1,LAU-LEM,signed,3")
    assert said_of_statements(study) == []


def test_of_the_statements_of_the_worked_study_nothing_is_said():
    table = check_study(Path(__file__).resolve().parents[1])
    assert table[table["file"] == "corpus/statements.csv"].empty


def test_a_code_of_a_case_that_no_statement_takes_up_is_something_to_look_at(two_cases):
    code(two_cases, "budi", "6,DIK.GURU,")
    assert said_of_statements(two_cases) == []  # of no case; the code has statements
    code(two_cases, "budi", "6,DIK.GURU,", "6,LAU-GUN,")
    said = (
        "coded, but in no statement: DIK.GURU in LAU-GUN (pertukaran-guru 6)."
        " In tables of statements such a cell reads 'not found in the corpus'"
    )
    assert said_of_statements(two_cases) == [(0, said)]
    code(two_cases, "agreed", "6,context,")
    assert said_of_statements(two_cases) == [(0, said)]  # settled in another facet
    code(two_cases, "agreed", "6,LAU-LEM,")
    assert said_of_statements(two_cases) == []  # the coders settled on another case


def turned_down(study, *rows):
    home = study / "corpus/codings/rejected"
    home.mkdir(exist_ok=True)
    lines = "".join(f"pertukaran-guru,{row},settled\n" for row in rows)
    (home / "agreed.csv").write_text(f"document,segment,code,why\n{lines}")


def test_a_code_that_the_coders_turned_down_needs_no_statement(two_cases):
    code(two_cases, "budi", "6,DIK.GURU,", "6,LAU-GUN,")
    turned_down(two_cases, "5,DIK.GURU")  # of another sentence
    assert len(said_of_statements(two_cases)) == 1
    turned_down(two_cases, "6,DIK.GURU")
    assert said_of_statements(two_cases) == []
    code(two_cases, "agreed", "6,DIK.GURU,", "6,LAU-GUN,")
    assert len(said_of_statements(two_cases)) == 1  # given by all together after all


def test_a_file_of_codes_turned_down_that_cannot_be_read_is_a_fault(study):
    turned_down(study)
    (study / "corpus/codings/rejected/agreed.csv").write_text("document,segment\n")
    ((file, _, text),) = faults(study)
    assert file == "corpus/codings/rejected/agreed.csv" and "code" in text


def test_a_statement_of_the_case_that_was_overruled_is_something_to_look_at(two_cases):
    code(two_cases, "agreed", "4,LAU-GUN,", "5,LAU-GUN,", "7,LAU-GUN,")
    said = "statement CONTOH-1 says case LAU-LEM, but its sentence pertukaran-guru 4 was coded LAU-GUN by agreed"
    assert said_of_statements(two_cases)[0] == (2, said)
    (two_cases / "corpus/codings/agreed.csv").unlink()
    (two_cases / "corpus/codings/audit.jsonl").unlink()
    code(two_cases, "budi", "4,LAU-GUN,")
    turned_down(two_cases, "4,LAU-LEM")
    assert (2, said.replace("agreed", "budi")) in said_of_statements(two_cases)


def test_a_case_may_be_called_3_and_only_evidence_3_is_of_no_sentence(two_cases):
    change(two_cases, "codebook.yaml", '- id: "3"\n', '- id: "4"\n')  # of the evidence: a code is in one facet
    change(two_cases, "codebook.yaml", "- id: LAU-GUN\n", '- id: "3"\n')
    change(two_cases, "corpus/statements.csv", "CONTOH-1,LAU-LEM", "CONTOH-1,3")
    said = "statement CONTOH-1 says case 3, but its sentence pertukaran-guru 4 was coded LAU-LEM by contoh"
    assert said_of_statements(two_cases) == [(2, said)]


def test_the_lock_of_an_open_spreadsheet_is_no_coders_file(study):
    (study / "corpus/codings/read").mkdir()
    for home in ("codings", "codings/read"):
        (study / "corpus" / home / "~$contoh.csv").write_bytes(b"\xff\x00kunci")
    assert check_study(study).empty


ONE_CODE = "scale: nominal # exactly one code on a sentence\n"
LEFT_OUT = "      - id: DIK.GURU\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ONE_CODE, f"{ONE_CODE}    context:\n      sources: [sentence]\n      several: LAU-GUN\n"),
        (LEFT_OUT, f'{LEFT_OUT}        left_out: {{id: "Bukan bidang.", en: "No field."}}\n'),
    ],
)
def test_cases_that_are_several_and_codes_left_out_of_comparisons_need_no_statement(two_cases, old, new):
    code(two_cases, "budi", "6,DIK.GURU,", "6,LAU-GUN,")
    assert len(said_of_statements(two_cases)) == 1
    change(two_cases, "codebook.yaml", old, new)
    assert said_of_statements(two_cases) == []


def test_a_notebook_that_is_none_is_a_fault(study):
    for name, content in (("01-condensation.ipynb", "<<<<<<< HEAD"), ("02-coding.ipynb", "{}"), ("03-displays.ipynb", "7")):
        (study / "notebooks" / name).write_text(content)
    said = "is not a notebook: mend it, or take an earlier version of it"
    assert faults(study) == [
        [f"notebooks/{name}", 0, said] for name in ("01-condensation.ipynb", "02-coding.ipynb", "03-displays.ipynb")
    ]


def test_tables_that_no_step_reads_are_looked_at_as_tables(study):
    for name in ("readings.csv", "codings/rejected/contoh.csv", "assignments.csv"):
        (study / "corpus" / name).parent.mkdir(exist_ok=True)
        (study / "corpus" / name).write_text('a\n"b')
    tables = ["corpus/assignments.csv", "corpus/codings/rejected/contoh.csv", "corpus/readings.csv"]
    assert sorted({file for file, _, _ in faults(study)}) == tables


def test_the_lock_of_a_spreadsheet_is_no_coder(study):
    (study / "corpus/codings/~$contoh.csv").write_bytes(b"\x05rani\xff")
    assert check_study(study).empty
    assert told(study)["codings"] == ["contoh 19"]


def test_what_a_write_that_was_cut_off_left_is_named_and_left(study):
    left = [
        ".codebook.yaml.0a1b2c3d.part",
        "corpus/.documents.csv.0a1b2c3d.part",
        "corpus/codings/.backup/.contoh.1.csv.ffffffff.part",
    ]
    for name in [*left, "corpus/.catatan.part", "corpus/codings/rani.part"]:
        (study / name).parent.mkdir(exist_ok=True)
        (study / name).write_text("document\n")
    said = (
        "left by a write that was cut off, unless one is going on: it may hold what was not saved. Look at it, then delete it"
    )
    assert faults(study, "look") == [[name, 0, said] for name in left]
    assert all((study / name).exists() for name in left)


def test_a_log_that_is_gone_is_something_to_look_at(study):
    (study / "corpus/codings/audit.jsonl").unlink()
    said = (
        "has no log (audit.jsonl), as other folders here do: put it back; where there never was one, qk.log_changes begins it"
    )
    assert faults(study, "look") == [["corpus/codings", 0, said]]


def test_originals_that_are_not_here_are_told_once_and_of_a_package_not_at_all(study, tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Kota {name} maju.")
    add_texts(study, [tmp_path / "a.txt", tmp_path / "b.txt"], kind="news", by="rani")
    for name in "ab":
        (study / f"corpus/sources/{name}.txt").unlink()
    said = "2 originals are not here (sources/a.txt, sources/b.txt): no text can be made again of them. Put them back"
    assert faults(study, "look") == [["corpus/sources", 0, said]]
    (study / "corpus/sources/b.txt").write_text("Kota b maju.")
    said = "1 original is not here (sources/a.txt): no text can be made again of it. Put it back"
    assert faults(study, "look") == [["corpus/sources", 0, said]]
    (study / "package.csv").write_text("file\n")
    assert check_study(study).empty


SAVED = ("document", "segment", "start", "end", "code", "coder")


def saved(study, *codes):
    """A coder's file saved as at the desk, with a coding per code."""
    file = CoderFile(study / "corpus/codings/budi.csv", SAVED, key=SAVED[:5], coder="budi")
    row = {"document": "pertukaran-guru", "segment": "5", "start": "", "end": "", "coder": "budi"}
    file.change(add=[{**row, "code": code} for code in codes])
    return file.path


def test_codings_that_were_deleted_outside_the_log_are_named_with_how_to_put_them_back(study):
    path = saved(study, "DIK.GURU", "LAU-LEM")
    version, whole = fingerprint(path), path.read_bytes()
    path.write_bytes(whole.replace(b"pertukaran-guru,5,,,LAU-LEM,budi\n", b""))
    ((file, _, text),) = faults(study, "look")
    assert (file, text) == (
        "corpus/codings/budi.csv",
        "changed outside the log: 1 saved row is not there (pertukaran-guru 5 LAU-LEM). To put back, in a notebook: "
        f"qk.restore('../corpus/codings/budi.csv', '{version}', who=..., why=...); where that is meant, log it (qualkit log)",
    )
    restore(path, version, who="budi", why="a slip")
    assert check_study(study).empty and path.read_bytes() == whole


def test_where_others_were_put_in_the_trash_is_named(study):
    path = saved(study, "DIK.GURU", "LAU-LEM")
    path.write_bytes(path.read_bytes().replace(b"LAU-LEM", b"implemented"))
    ((_, _, text),) = faults(study, "look")
    assert "log it, then qk.put_back what is to stay of qk.removed_rows('../corpus/codings'); where" in text


def test_a_memo_of_a_coding_that_was_changed_is_no_coding_that_is_gone(study):
    path = saved(study, "DIK.GURU")
    path.write_bytes(path.read_bytes().replace(b",,,", b",0,9,"))
    assert not any("not there" in text for _, _, text in faults(study, "look"))


def test_an_original_that_was_changed_is_a_fault(study, tmp_path):
    (tmp_path / "a.txt").write_text("Kota A maju.")
    add_texts(study, [tmp_path / "a.txt"], kind="news", by="rani")
    assert faults(study) == []
    (study / "corpus/sources/a.txt").write_text("Kota A mundur.")
    ((file, line, text),) = faults(study)
    assert (file, line) == ("corpus/documents.csv", 3)
    assert text.startswith("the original sources/a.txt is not the file that was added: its sha256 is ")


def test_a_text_that_no_line_names_is_something_to_look_at(study):
    for name in ("lain.txt", "dalam/lain.txt", ".DS_Store"):
        (study / "corpus/texts" / name).parent.mkdir(exist_ok=True)
        (study / "corpus/texts" / name).write_text("Kota lain.")
    said = "documents.csv does not name it; add it with: qualkit add, or move it away"
    assert faults(study, "look") == [[f"corpus/texts/{name}", 0, said] for name in ("dalam/lain.txt", "lain.txt")]
    assert faults(study) == []


def test_a_file_changed_outside_the_log_is_something_to_look_at_and_one_gone_is_a_fault(study):
    change(study, "corpus/statements.csv", "which mayor is not said", "the mayor has no name")
    (study / "corpus/memos/2026-11-22-who-comes.md").unlink()
    looked = "changed outside the log; where that is meant, log it (qualkit log)"
    assert faults(study, "look") == [["corpus/statements.csv", 0, looked]]
    assert faults(study) == [["corpus/memos/2026-11-22-who-comes.md", 0, "gone; where that is meant, log it (qualkit log)"]]


def test_a_damaged_line_of_a_log_is_a_fault(study):
    with open(study / "corpus/audit.jsonl", "a", encoding="utf-8") as log:
        log.write("rusak\n")
    ((file, _, text),) = faults(study)
    assert file == "corpus/audit.jsonl"
    assert text.startswith("line ") and "cannot be read: rusak" in text


def test_warnings_of_readers_are_something_to_look_at(study):
    lines = (study / "corpus/codings/contoh.csv").read_text(encoding="utf-8").splitlines()
    made = "pertukaran-guru,8,,,DIK.GURU,budi"
    (study / "corpus/codings/budi.csv").write_text(f"document,segment,start,end,code,coder\n{made}\n")
    assert len(lines) > 1
    assert any("codings on page furniture" in text for _, _, text in faults(study, "look"))


def test_revisions_are_read_where_they_are(study):
    (study / "corpus/revisions.csv").write_text("rusak\n1\n")
    assert {file for file, _, _ in faults(study)} == {"corpus/revisions.csv"}


def test_a_corpus_that_cannot_be_read_at_all_is_told(study):
    (study / "corpus/documents.csv").unlink()
    assert faults(study)[0][0] == "corpus/documents.csv"
    assert "documents" not in told(study)


@pytest.mark.parametrize(
    ("name", "said"), [("tidak-ada", "there is no such folder"), ("kosong", "is no study: it holds neither codebook.yaml nor")]
)
def test_a_folder_that_is_no_study_is_refused(tmp_path, name, said):
    (tmp_path / "kosong").mkdir()
    with pytest.raises(ValueError, match=said):
        check_study(tmp_path / name)


def test_how_far_a_study_has_come_is_told(study, tmp_path):
    (tmp_path / "a.txt").write_text("Kota A maju.")
    add_texts(study, [tmp_path / "a.txt"], kind="news", by="rani")
    (study / "corpus/codings/budi.csv").write_text("document,segment,start,end,code,coder\npertukaran-guru,5,,,DIK.GURU,budi\n")
    found = told(study)
    assert found["documents"] == ["2, of which 1 coded, 1 by two coders or more", "not coded yet: a"]
    assert found["codings"] == ["budi 1, contoh 19"]
    assert (found["statements"][0], found["claims"], found["memos"]) == ("4", ["1: 1 qualified"], ["1"])
    assert "faults" not in found


def test_a_text_of_which_only_some_sentences_were_read_is_told(study, tmp_path):
    (tmp_path / "a.txt").write_text("Kota A maju. Kota B mundur. Kota C diam.")
    add_texts(study, [tmp_path / "a.txt"], kind="news", by="rani")
    (study / "corpus/codings/budi.csv").write_text("document,segment,code,coder\na,2,DIK.GURU,budi\n")
    assert told(study)["documents"] == [
        "2, of which 2 coded, 0 by two coders or more",
        "not coded to the end: a (1 of 3 sentences)",
    ]
    (study / "corpus/codings/read").mkdir()
    mark = "document,segment,start,end\na,1,0,12\n"
    (study / "corpus/codings/read/cici.csv").write_text(mark)
    assert told(study)["documents"][1] == "not coded to the end: a (2 of 3 sentences)"
    (study / "corpus/codings/read/cici.csv").write_text(mark + "a,3,28,40\n")
    assert told(study)["documents"][1:] == []


def test_marks_that_cannot_be_read_are_told_once(study):
    (study / "corpus/codings/read").mkdir()
    (study / "corpus/codings/read/budi.csv").write_text("document,segment,start,end\npertukaran-guru,satu,0,1\n")
    assert faults(study) == [["corpus/codings/read/budi.csv", 2, "segment, start and end must be whole numbers"]]
    (study / "corpus/codings/read/budi.csv").write_text('document\n"b')
    assert len(faults(study)) == len({text for _, _, text in faults(study)}) > 0


def test_what_no_longer_fits_what_it_rests_on_is_stale(study):
    change(
        study,
        "corpus/claims.yaml",
        '    tactics:\n      - tactic: "looking for negative evidence"',
        '    tactics:\n      - tactic: "weighting the evidence"',
    )
    stale = told(study)["stale"]
    assert "corpus/claims.yaml: changed outside the log; where that is meant, log it (qualkit log)" in stale
    assert any(text.startswith("claim C-01 is recorded as qualified, but is shown as ") for text in stale)


def test_codings_on_a_text_that_has_changed_are_stale(study):
    change(study, "corpus/texts/pertukaran-guru.txt", "Kota Lautan terkenal", "Konon Kota Lautan terkenal")
    old = read_old_checksum(study)
    change(study, "corpus/documents.csv", old, checksum(study))
    assert any(
        text.startswith("the text of 'pertukaran-guru' changed since ") and " codings of contoh were made" in text
        for text in told(study)["stale"]
    )


def test_one_coding_on_a_text_that_has_changed_is_told_as_one(study):
    head, *_, last = (study / "corpus/codings/contoh.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (study / "corpus/codings/contoh.csv").write_text(head + last, encoding="utf-8", newline="")
    change(study, "corpus/texts/pertukaran-guru.txt", "Kota Lautan terkenal", "Konon Kota Lautan terkenal")
    change(study, "corpus/documents.csv", read_old_checksum(study), checksum(study))
    assert "the text of 'pertukaran-guru' changed since 1 coding of contoh was made" in told(study)["stale"]


def test_a_study_without_codings_says_what_is_not_coded(study):
    for name in ("codings/contoh.csv", "codings/audit.jsonl"):
        (study / "corpus" / name).unlink()
    (study / "corpus/codings").rmdir()
    found = told(study)
    assert found["documents"][1] == "not coded yet: pertukaran-guru"
    assert "codings" not in found


def test_coded_sentences_that_no_statement_rests_on_are_named_where_there_are_statements(study):
    rows = "".join(f"pertukaran-guru,{number},DIK.GURU,budi\n" for number in (6, 7, 8))
    (study / "corpus/codings/budi.csv").write_text("document,segment,code,coder\n" + rows)
    unused = told(study)["statements"][1].removeprefix("none rests on ")
    assert unused == "1 of the coded sentences: pertukaran-guru 6"  # 7 has a statement, 8 is no content


@pytest.mark.parametrize("claims", ["claims:\n", "claims: []\n"])
def test_a_study_without_claims_has_none(study, claims):
    (study / "corpus/claims.yaml").write_text(claims)
    assert told(study)["claims"] == ["0"]


def test_an_example_taken_out_as_its_readme_says_leaves_a_study_without_fault(study):
    for name in ("texts/pertukaran-guru.txt", "codings/contoh.csv", "memos/2026-11-22-who-comes.md"):
        (study / "corpus" / name).unlink()
    for name in ("documents.csv", "statements.csv"):
        head = (study / "corpus" / name).read_text(encoding="utf-8").splitlines()[0]
        (study / "corpus" / name).write_text(head + "\n", encoding="utf-8")
    (study / "corpus/claims.yaml").write_text("claims:\n")
    main(["log", str(study), "--by", "rani", "--why", "the example taken out"])
    assert check_study(study).empty
    assert told(study) == {
        "documents": ["0, of which 0 coded, 0 by two coders or more"],
        "codings": ["none"],
        "statements": ["0"],
        "claims": ["0"],
        "memos": ["0"],
    }


def test_claims_without_the_columns_of_the_test_are_counted_as_recorded(study):
    for name, column in (("corpus/statements.csv", 3),):
        rows = [line.split(",") for line in (study / name).read_text(encoding="utf-8").splitlines()]
        (study / name).write_text(
            "\n".join(",".join(row[:column] + row[column + 1 :]) for row in rows) + "\n", encoding="utf-8"
        )
    assert told(study)["claims"] == ["1: 1 qualified"]


def test_a_study_without_a_log_is_read_all_the_same(study):
    for log in study.rglob("audit.jsonl"):
        log.unlink()
    assert check_study(study).empty


def test_a_message_about_a_file_elsewhere_is_told_with_the_file_that_was_read(study, monkeypatch):
    def refuse(*_):
        raise ValueError("2 faults\n/luar/lain.csv, line 3: rusak\ntanpa berkas")

    monkeypatch.setattr("qualkit.health.read_memos", refuse)
    assert faults(study) == [["corpus/memos", 0, "/luar/lain.csv, line 3: rusak"], ["corpus/memos", 0, "tanpa berkas"]]


def test_faults_are_counted(study):
    change(study, "corpus/claims.yaml", '"CONTOH-2"', '"CONTOH-20"')
    assert told(study)["faults"] == ["1: list them with qualkit check"]


def checksum(study):
    import hashlib

    return hashlib.sha256((study / "corpus/texts/pertukaran-guru.txt").read_bytes()).hexdigest()


def read_old_checksum(study):
    with pytest.raises(ValueError):
        read_corpus(study / "corpus")
    rows = (study / "corpus/documents.csv").read_text(encoding="utf-8")
    return next(cell for cell in rows.split(",") if len(cell) == 64)


def test_a_folder_with_almost_the_name_of_that_of_the_codings_is_pointed_at(study):
    shutil.copytree(study / "corpus" / "codings", study / "corpus" / "coding")
    shutil.copytree(study / "corpus" / "codings", study / "corpus" / "pilot")
    told = check_study(study)
    told = told.loc[told["text"].str.startswith("holds coders' files"), ["file", "weight", "text"]].values.tolist()
    text = "holds coders' files, but a study reads those in corpus/codings; are they meant to be there?"
    assert told == [["corpus/coding", "look", text]]
