"""What is typed on the command line, what a person reads then, and the exit code."""

import pytest

from qualkit.audit import check_audit, read_audit
from qualkit.newstudy import new_study
from qualkit.study import main


@pytest.fixture
def study(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "studi"]) == 0
    monkeypatch.chdir(tmp_path / "studi")
    capsys.readouterr()
    return tmp_path / "studi"


def test_new_says_what_to_type_next(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "studi"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("studi: a study that runs, 14 files.\nNext:\n  cd studi\n  qualkit reproduce ")
    assert main(["new", "Kajian Dewi"]) == 0
    assert '\n  cd "Kajian Dewi"\n' in capsys.readouterr().out
    assert main(["new", "studi"]) == 2
    assert "qualkit: 'studi' holds files (.gitattributes, .gitignore, README.md and " in capsys.readouterr().err


def test_add_tells_what_became_of_each_file(study, capsys):
    (study.parent / "a.txt").write_bytes("Kota A membangun kafé.".encode("cp1252"))
    (study.parent / "b.doc").write_bytes(b"x")
    assert main(["add", "../*.txt", "../b.doc", "--kind", "news", "--by", "rani"]) == 1
    assert capsys.readouterr().out == (
        "added    a  from a.txt: 4 words\n"
        "         not UTF-8: read as cp1252 (Windows), so line 1 says 'kafé.'. Look whether that is right\n"
        "         inferred, so look at it: title\n"
        "refused  b.doc\n"
        "         files ending in '.doc' are not read. Save it as .docx\n"
        "\n1 text added, 1 refused. Look at what corpus/documents.csv marks as inferred.\n"
    )
    assert main(["add", "../a.txt", "--kind", "news", "--by", "rani"]) == 0
    assert capsys.readouterr().out.startswith(
        "there    a.txt as 'a'\n         this very file was added before\n\n0 texts added, 0 refused."
    )


def test_a_file_named_like_a_pattern_is_a_file_and_a_pattern_that_matches_nothing_is_refused(study, capsys):
    (study.parent / "[a].txt").write_text("Kota A maju.")
    assert main(["add", "../[a].txt", "../*.odt", "--kind", "news", "--by", "rani"]) == 1
    assert capsys.readouterr().out == (
        "added    a  from [a].txt: 3 words\n         inferred, so look at it: title\n"
        "refused  *.odt\n         there is no such file. Possible: [a].txt, studi.\n"
        "\n1 text added, 1 refused. Look at what corpus/documents.csv marks as inferred.\n"
    )


def test_a_lost_text_is_put_back_and_a_folder_says_what_it_left_out(study, capsys):
    (study.parent / "teks").mkdir()
    (study.parent / "teks/a.txt").write_text("Kota A maju.")
    (study.parent / "teks/foto.jpg").write_bytes(b"x")
    assert main(["add", "../teks", "--kind", "news", "--by", "rani"]) == 0
    assert (
        "left out foto.jpg\n         no kind of file that is read\n\n1 text added, 0 refused. Look" in capsys.readouterr().out
    )
    (study / "corpus/texts/a.txt").unlink()
    assert main(["add", "corpus/sources/a.txt", "--by", "rani"]) == 0
    assert capsys.readouterr().out == (
        "restored a  from a.txt\n         made again of its original, and proved by the checksum in documents.csv\n"
        "\n0 texts added, 1 restored, 0 refused.\n"
    )


def test_equal_messages_of_a_file_are_told_once_with_all_lines(study, capsys):
    lines = "".join(f"pertukaran-guru,{number},DIK.GURUU,budi\n" for number in (4, 5, 6))
    (study / "corpus/codings/budi.csv").write_text("document,segment,code,coder\n" + lines)
    assert main(["check"]) == 1
    told = [line for line in capsys.readouterr().out.splitlines() if "look:" not in line]
    assert told == [
        "corpus/codings/budi.csv, lines 2, 3, 4: code 'DIK.GURUU' is not in the codebook. Did you mean 'DIK.GURU'?",
        "Where a code was renamed, merged or split, leave the coders' files as they are, and say so with qk.add_revisions.",
        "3 faults. 1 thing to look at.",
    ]


@pytest.mark.parametrize("command", ["check", "status"])
def test_the_study_is_named_in_either_way(study, monkeypatch, capsys, command):
    monkeypatch.chdir(study.parent)
    said = []
    for where in (["studi"], ["--folder", "studi"]):
        assert main([command, *where]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert main([command]) == 2


def test_without_a_command_the_commands_are_listed(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["qualkit"])
    assert main() == main([]) == 2
    assert "take texts of any kind into the study" in capsys.readouterr().out


def test_add_asks_to_look_at_what_was_inferred(study, capsys):
    (study.parent / "a.html").write_text("<title>Kota A</title><body>Kota A maju.</body>")
    assert main(["add", "../a.html", "--by", "rani"]) == 0
    assert "1 text added, 0 refused. Look at what corpus/documents.csv marks as inferred.\n" in capsys.readouterr().out


def test_a_mistake_in_what_is_asked_is_told(study, capsys):
    assert main(["add", "../a.txt"]) == 2
    assert capsys.readouterr().err == "qualkit: who adds the texts? Say it with --by NAME (by=...): the log names the person\n"


def test_check_lists_faults_and_things_to_look_at(study, capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "No fault.\n"
    path = study / "corpus/claims.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"CONTOH-2"', '"CONTOH-20"'), encoding="utf-8", newline="")
    assert main(["check", str(study)]) == 1
    assert capsys.readouterr().out == (
        "corpus/claims.yaml, line 18: claim 'C-01': there is no statement 'CONTOH-20'. Did you mean 'CONTOH-2'?\n"
        "corpus/claims.yaml: look: changed outside the log; where that is meant, log it (qualkit log)\n"
        "1 fault. 1 thing to look at.\n"
    )


def test_what_was_changed_by_hand_is_logged_with_its_reason(study, capsys):
    path = study / "corpus/claims.yaml"
    path.write_text("claims:\n", encoding="utf-8", newline="")
    assert main(["log", "--by", "rani", "--why", "the example taken out"]) == 0
    assert capsys.readouterr().out == "logged   corpus/claims.yaml\n1 file logged.\n"
    assert main(["log", "corpus", "--by", "rani", "--why", "again"]) == 0
    assert capsys.readouterr().out == "Nothing was changed outside the log.\n"
    assert main(["check"]) == 0


def test_beside_the_codebook_only_the_codebook_is_logged(study, capsys):
    book = study / "codebook.yaml"
    new_study(study / "pilot")
    for other in (study / "hasil.csv", study / "pilot/codebook.yaml"):
        with open(other, "a", encoding="utf-8", newline="") as file:
            file.write("# lain\n")
    before = (study / "pilot/audit.jsonl").read_bytes()
    ask = ["log", "--by", "rani", "--why", "clearer"]
    assert main(ask) == 0
    assert capsys.readouterr().out == "Nothing was changed outside the log.\n"
    book.write_text(book.read_text(encoding="utf-8") + "# lain\n", encoding="utf-8", newline="")
    assert main(ask) == 0
    assert capsys.readouterr().out == "logged   codebook.yaml\n1 file logged.\n"
    assert (study / "pilot/audit.jsonl").read_bytes() == before
    content = book.read_bytes()
    for said in ("deleted", "created"):
        book.unlink() if said == "deleted" else book.write_bytes(content)
        assert main(ask) == 0
    logged = read_audit(study).query("log == 'audit.jsonl' and what == 'codebook.yaml'")
    assert logged[["action", "who"]].values.tolist()[1:] == [["changed", "rani"], ["deleted", "rani"], ["created", "rani"]]
    assert check_audit(study).query("file == 'codebook.yaml'")["state"].tolist() == ["as logged"]


def test_where_a_study_has_no_log_of_its_codebook_it_is_begun(study, capsys):
    (study / "audit.jsonl").unlink()
    assert main(["log", "--by", "rani", "--why", "start of the log"]) == 0
    assert capsys.readouterr().out == "logged   codebook.yaml\n1 file logged.\n"
    book = study / "codebook.yaml"
    book.write_text(book.read_text(encoding="utf-8") + "# lain\n", encoding="utf-8", newline="")
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith("codebook.yaml: look: changed outside the log; ")


def test_a_folder_without_a_codebook_gets_no_log_of_one(study, capsys):
    (study / "codebook.yaml").unlink()
    (study / "audit.jsonl").unlink()
    assert main(["log", "--by", "rani", "--why", "x"]) == 0
    assert capsys.readouterr().out == "Nothing was changed outside the log.\n"
    assert not (study / "audit.jsonl").exists()


def test_status_counts(study, capsys):
    assert main(["status"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "documents   1, of which 1 coded, 0 by two coders or more",
        "codings     contoh 19",
    ]


def test_a_name_cannot_write_to_the_terminal(study, capsys):
    (study.parent / "a\x1b[31m.txt").write_text("Kota A maju.")
    assert main(["add", "../a\x1b[31m.txt", "--kind", "news", "--by", "rani"]) == 0
    assert "\x1b" not in capsys.readouterr().out
