"""Every fault of a study is listed at once; how far it has come and what is stale is told."""

import pytest

from qualkit.corpus import read_corpus
from qualkit.health import check_study, study_status
from qualkit.intake import add_texts
from qualkit.newstudy import new_study


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
    assert ["corpus/codings", 0, "not checked further, because the codebook could not be read"] in looks
    assert ["corpus/statements.csv", 0, "not checked further, because the codings could not be read"] in looks
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


def test_an_original_that_was_changed_is_a_fault(study, tmp_path):
    (tmp_path / "a.txt").write_text("Kota A maju.")
    add_texts(study, [tmp_path / "a.txt"], kind="news", by="rani")
    assert faults(study) == []
    (study / "corpus/sources/a.txt").write_text("Kota A mundur.")
    ((file, line, text),) = faults(study)
    assert (file, line) == ("corpus/documents.csv", 3)
    assert text.startswith("the original sources/a.txt is not the file that was added: its sha256 is ")


def test_a_text_that_no_line_names_is_something_to_look_at(study):
    (study / "corpus/texts/lain.txt").write_text("Kota lain.")
    said = "documents.csv does not name it; add it with: qualkit add, or move it away"
    assert faults(study, "look") == [["corpus/texts/lain.txt", 0, said]]
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
    assert found["documents"] == ["2, of which 1 coded, 1 by two coders or more"]
    assert found["codings"] == ["budi 1, contoh 19"]
    assert (found["statements"], found["claims"], found["memos"]) == (["4"], ["1: 1 qualified"], ["1"])
    assert "no coding on: a" in found["stale"]
    assert "faults" not in found


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


def test_a_study_without_codings_says_what_is_not_coded(study):
    for name in ("codings/contoh.csv", "codings/audit.jsonl"):
        (study / "corpus" / name).unlink()
    (study / "corpus/codings").rmdir()
    found = told(study)
    assert found["stale"][0] == "no coding on: pertukaran-guru"
    assert "codings" not in found


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
    change(study, "corpus/claims.yaml", '"S002"', '"S020"')
    assert told(study)["faults"] == ["1: list them with qualkit check"]


def checksum(study):
    import hashlib

    return hashlib.sha256((study / "corpus/texts/pertukaran-guru.txt").read_bytes()).hexdigest()


def read_old_checksum(study):
    with pytest.raises(ValueError):
        read_corpus(study / "corpus")
    rows = (study / "corpus/documents.csv").read_text(encoding="utf-8")
    return next(cell for cell in rows.split(",") if len(cell) == 64)
