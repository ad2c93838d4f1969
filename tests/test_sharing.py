"""A package holds no words of the texts; whoever has the same texts gets the same study back."""

import hashlib
import json
import shutil
import struct
import zipfile

import pandas as pd
import pytest

from qualkit.audit import record
from qualkit.corpus import read_corpus
from qualkit.health import check_study
from qualkit.newstudy import new_study
from qualkit.sharing import rehydrate, share_study
from qualkit.study import main

QUOTE = "Lima guru dari Kota Lautan akan mengajar selama satu semester"


@pytest.fixture
def study(tmp_path):
    new_study(tmp_path / "studi")
    return tmp_path / "studi"


def shared(study):
    table = share_study(study, study.parent / "paket").set_index("file")
    return study.parent / "paket", table["state"].to_dict(), table["told"].to_dict()


def picture(*kinds):
    """A picture of these chunks, each with the same words."""
    words = QUOTE.encode()
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(words)) + kind + words + b"crc!" for kind in kinds)


def test_no_quote_and_no_text_is_in_the_package(study):
    package, state, _ = shared(study)
    assert state["corpus/codings/contoh.csv"] == "without quotes"
    assert state["corpus/texts/pertukaran-guru.txt"] == "left out"
    everything = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*") if path.is_file())
    for sentence in read_corpus(study / "corpus")["text"].item().split("\n")[6:]:
        assert len(sentence) < 20 or sentence[:60] not in everything
    assert "quote_proof" in (package / "corpus/codings/contoh.csv").read_text(encoding="utf-8")


def test_the_same_texts_bring_the_very_study_back(study):
    package, _, _ = shared(study)
    (study.parent / "teks").mkdir()
    shutil.copy(study / "corpus/texts/pertukaran-guru.txt", study.parent / "teks" / "nama lain.txt")
    assert rehydrate(package, study.parent / "teks").values.tolist() == [["pertukaran-guru", "same", 19, 0]]
    for name in ("corpus/codings/contoh.csv", "corpus/texts/pertukaran-guru.txt", "corpus/statements.csv"):
        assert (package / name).read_bytes() == (study / name).read_bytes()
    assert check_study(package).empty
    assert rehydrate(package, study.parent / "teks")["quotes"].tolist() == [0]  # all are back


def test_another_text_brings_nothing_back(study):
    package, _, _ = shared(study)
    before = (package / "corpus/codings/contoh.csv").read_bytes()
    text = study / "corpus/texts/pertukaran-guru.txt"
    text.write_text(text.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert rehydrate(package, text.parent).values.tolist() == [["pertukaran-guru", "differs", 0, 19]]
    assert (package / "corpus/codings/contoh.csv").read_text(encoding="utf-8").count("\n") == before.count(b"\n")


def test_quotes_that_wait_for_their_text_come_back_later(study):
    package, _, _ = shared(study)
    (study.parent / "kosong").mkdir()
    rehydrate(package, study.parent / "kosong")
    rehydrate(package, study / "corpus/texts")
    assert (package / "corpus/codings/contoh.csv").read_bytes() == (study / "corpus/codings/contoh.csv").read_bytes()


def test_words_of_a_text_in_a_cell_or_a_file_are_left_out_and_named(study):
    rows = (study / "corpus/statements.csv").read_text(encoding="utf-8").replace("which mayor is not said", f"says: {QUOTE}")
    (study / "corpus/statements.csv").write_text(rows, encoding="utf-8", newline="")
    (study / "corpus/memos/m.md").write_text(f"Teks berkata: {QUOTE.upper()}")
    package, state, told = shared(study)
    assert told["corpus/statements.csv"] == "left out, and will not come back: line 4, note"
    assert "[left out: words of the text]" in (package / "corpus/statements.csv").read_text(encoding="utf-8")
    assert state["corpus/memos/m.md"] == "left out"
    assert told["corpus/memos/m.md"].startswith(
        "it holds words of a text: 'lima guru dari kota lautan akan mengajar ...'. Put them into"
    )


def test_words_of_a_text_in_the_list_of_texts_are_left_out_too(study):
    manifest = study / "corpus/documents.csv"
    listed = manifest.read_text(encoding="utf-8").replace("invented for the first study", QUOTE)
    manifest.write_text(listed, encoding="utf-8", newline="")
    package, _, told = shared(study)
    assert told["corpus/documents.csv"] == "left out, and will not come back: line 2, source_note"
    assert QUOTE not in (package / "corpus/documents.csv").read_text(encoding="utf-8")


def test_words_hidden_in_a_log_or_a_word_file_are_found(study):
    line = json.dumps({"rows": f"\u201c{QUOTE}\u201d"})
    (study / "corpus/codings/catatan.jsonl").write_text(line)
    (study / "exports").mkdir()
    with zipfile.ZipFile(study / "exports/tabel.docx", "w") as archive:
        archive.writestr("word/document.xml", f"<w:p><w:t>{QUOTE[:20]}</w:t><w:t>{QUOTE[20:]}</w:t></w:p>")
    _, state, _ = shared(study)
    assert state["corpus/codings/catatan.jsonl"] == state["exports/tabel.docx"] == "left out"


def test_a_file_that_cannot_be_opened_is_left_out_and_stops_nothing(study):
    (study / "exports").mkdir()
    (study / "exports/terkunci.docx").write_bytes(b"\xd0\xcf\x11\xe0")  # as Word keeps a file with a password
    (study / "notebooks/05-rusak.ipynb").write_text("<<<<<<< HEAD")
    package, state, told = shared(study)
    for name in ("exports/terkunci.docx", "notebooks/05-rusak.ipynb"):
        assert state[name] == "left out" and not (package / name).exists()
        assert told[name].startswith("it cannot be searched for words of the texts (")
    assert (package / "package.csv").is_file()


def test_the_title_of_a_text_may_stand_everywhere(study):
    title = "Kota Lautan dan Kota Lembah bertukar guru"
    (study / "corpus/memos/m.md").write_text(f"Lihat: {title}.")
    assert shared(study)[1]["corpus/memos/m.md"] == "shared"


def test_results_of_notebooks_are_left_out_and_pictures_are_to_be_looked_at(study):
    (study / "exports").mkdir()
    (study / "exports/gambar.png").write_bytes(picture(b"IHDR", b"IDAT", b"tEXt", b"IEND") + b"after the end")
    (study / "exports/palsu.png").write_text("Lima guru")
    (study / "exports/gambar.pdf").write_bytes(b"%PDF")
    package, state, told = shared(study)
    cells = json.loads((package / "notebooks/01-condensation.ipynb").read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells) and not any("attachments" in cell for cell in cells)
    assert told["exports/gambar.png"] == "a picture: look whether it shows words of a text"
    assert (package / "exports/gambar.png").read_bytes() == picture(b"IHDR", b"IDAT", b"IEND")
    assert told["exports/palsu.png"].endswith("(it is not the picture (PNG) that its name says)")
    assert (state["exports/gambar.pdf"], told["exports/gambar.pdf"]) == (
        "left out",
        "of a kind that cannot be searched for words of the texts",
    )


def test_links_and_hidden_files_are_not_shared(study, tmp_path):
    (tmp_path / "rahasia.txt").write_text("rahasia")
    (study / "tautan.txt").symlink_to(tmp_path / "rahasia.txt")
    (study / "corpus" / ".simpanan.txt").write_text("rahasia")
    _, state, _ = shared(study)
    assert "tautan.txt" not in state and "corpus/.simpanan.txt" not in state


def test_the_package_says_what_is_in_it_and_what_a_repository_asks(study):
    package, state, _ = shared(study)
    lines = (package / "package.csv").read_text().splitlines()[1:]
    assert len(lines) == sum(what != "left out" for what in state.values()) + 1  # the log
    for line in lines:
        name, _, checksum = line.split(",")
        assert hashlib.sha256((package / name).read_bytes()).hexdigest() == checksum
    assert "Zenodo, Dataverse and QDR" in (package / "CHECKLIST.md").read_text(encoding="utf-8")


def test_a_quote_that_is_not_at_its_place_waits_and_is_told(study):
    rows = (
        (study / "corpus/codings/contoh.csv")
        .read_text(encoding="utf-8")
        .replace("selama satu semester", "selama dua semester", 1)
    )
    (study / "corpus/codings/contoh.csv").write_text(rows, encoding="utf-8", newline="")
    package, _, _ = shared(study)
    assert rehydrate(package, study / "corpus/texts")[["quotes", "waiting"]].values.tolist() == [[18, 1]]


def test_words_beside_a_quote_that_the_text_has_not_are_told_as_lost(study):
    path = study / "corpus/codings/contoh.csv"
    rows = path.read_text(encoding="utf-8").replace("Lima guru dari Kota Lautan aka", "Enam guru", 1)
    path.write_text(rows, encoding="utf-8", newline="")
    package, _, told = shared(study)
    assert told["corpus/codings/contoh.csv"] == "left out, and will not come back: line 2, suffix"
    assert rehydrate(package, study / "corpus/texts")[["quotes", "waiting"]].values.tolist() == [[19, 0]]


def test_a_coding_by_hand_without_a_quote_stays_without(study):
    (study / "corpus/codings/budi.csv").write_text("document,segment,code,coder,quote\npertukaran-guru,5,DIK.GURU,budi,\n")
    package, _, _ = shared(study)
    rehydrate(package, study / "corpus/texts")
    assert (package / "corpus/codings/budi.csv").read_text() == (study / "corpus/codings/budi.csv").read_text()


@pytest.mark.parametrize("to", ["studi/paket", "isi"])
def test_a_package_goes_into_a_new_folder_beside_the_study(study, to):
    (study.parent / "isi").mkdir()
    (study.parent / "isi/a.txt").touch()
    with pytest.raises(
        ValueError, match=r"lies in the study; a package is put beside it|holds something; name a folder that is not there"
    ):
        share_study(study, study.parent / to)


def test_what_is_no_package_or_no_folder_is_refused(study):
    with pytest.raises(
        ValueError, match=r"is no package: it holds no package\.csv\. Make one with: qualkit share FOLDER --to PACKAGE"
    ):
        rehydrate(study, study)
    package, _, _ = shared(study)
    with pytest.raises(ValueError, match="there is no such folder of texts"):
        rehydrate(package, study / "tidak-ada")


def test_a_package_that_was_tampered_with_gives_no_other_words_and_leads_nowhere(study):
    package, _, _ = shared(study)
    path = package / "corpus/codings/contoh.csv"
    good = path.read_text(encoding="utf-8")
    proof = good.split("\n")[1].split(",")[-3]
    path.write_text(good.replace(proof, "0" * 64, 1), encoding="utf-8")
    documents = package / "corpus/documents.csv"
    listed = documents.read_text(encoding="utf-8")
    documents.write_text(listed.replace("texts/pertukaran-guru.txt", "../../luar.txt"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"documents\.csv, line 2: file '\.\./\.\./luar\.txt' leads out of the package"):
        rehydrate(package, study / "corpus/texts")
    assert path.read_text(encoding="utf-8") == good.replace(proof, "0" * 64, 1)
    documents.write_text(listed, encoding="utf-8")
    assert rehydrate(package, study / "corpus/texts")[["quotes", "waiting"]].values.tolist() == [[18, 1]]


def test_the_command_line_tells_both(study, capsys, monkeypatch):
    monkeypatch.chdir(study.parent)
    assert main(["share", "studi", "--to", "paket"]) == 0
    said = capsys.readouterr().out
    assert "left out       corpus/texts/pertukaran-guru.txt: a text or its original\n" in said
    (study.parent / "kosong").mkdir()
    assert main(["rehydrate", "paket", "--texts", "kosong"]) == 1
    assert "missing  pertukaran-guru: 0 quotes back, 19 wait for it\n" in capsys.readouterr().out
    (study.parent / "kosong/pertukaran-guru.txt").write_text("lain")
    assert main(["rehydrate", "paket", "--texts", "kosong"]) == 1
    said = capsys.readouterr().out
    assert "differs  pertukaran-guru: 0 quotes back, 19 wait for the text as it was coded\n" in said
    assert main(["rehydrate", "paket", "--texts", "studi"]) == 0
    assert "same     pertukaran-guru: 19 quotes back\n\n1 of 1 text the same; 19 quotes back.\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", "".join(f"<text x='{n}'><tspan>{word}</tspan></text>" for n, word in enumerate(QUOTE.split()))),
        ("a.svg", f"<text>{QUOTE.replace('guru', '&#103;uru')}</text>"),
        ("a.md", QUOTE.replace(" ", " _", 1).replace("guru", "guru_").replace("semester", "se\u00admes\u200bter")),
        ("a.yaml", 'satu: "Lima guru dari Kota Lautan \\x61kan meng\\\n  ajar selama satu semester"'),
        ("a.yaml", f"no: yaml: {QUOTE}"),
        ("a.txt", QUOTE.replace(" ", "\u200b")),
        ("b.txt", QUOTE.replace(" ", "\ufeff")),
        ("a.tex", "\\emph{Lima} guru\\textbf{ dari} Kota~Lautan akan meng\\-ajar selama satu semester"),
        ("a.ipynb", json.dumps({"cells": [{"cell_type": "markdown", "source": [f"{word}\n" for word in QUOTE.split()]}]})),
        ("a.jsonl", "no JSON\n" + json.dumps({"a": [{"b": QUOTE.replace(" ", "\n")}]})),
    ],
)
def test_words_are_found_however_a_file_writes_them(study, name, content):
    (study / name).write_text(content, encoding="utf-8")
    told = shared(study)[2][name]
    assert told.startswith("it holds words of a text: 'lima guru dari")


def test_words_are_found_in_all_parts_of_a_word_file(study):
    words = QUOTE.split()
    for number, (part, content) in enumerate(
        (
            ("word/document.xml", "<w:br/>".join(f"<w:t>{word}</w:t>" for word in words)),
            ("word/media/image1.png", f"\x89PNG tEXt {QUOTE}"),
        )
    ):
        with zipfile.ZipFile(study / f"{number}.docx", "w") as archive:
            archive.writestr(part, content)
    with zipfile.ZipFile(study / "2.docx", "w") as archive:
        archive.comment = QUOTE.encode()
    state = shared(study)[1]
    assert {state[f"{number}.docx"] for number in range(3)} == {"left out"}


def test_what_is_no_text_in_utf_8_is_not_shared_unseen(study):
    (study / "a.txt").write_bytes(QUOTE.encode("utf-16"))
    (study / "b.txt").write_bytes("\u201cLima\u201d".encode("cp1252"))
    (study / "corpus" / "c.csv").write_bytes(QUOTE.encode("utf-16-le"))
    _, state, told = shared(study)
    assert {state[name] for name in ("a.txt", "b.txt", "corpus/c.csv")} == {"left out"}
    assert told["a.txt"] == "it cannot be searched for words of the texts (it is no text in UTF-8)"


def test_a_copy_of_a_text_and_a_name_that_quotes_it_are_told_to_be_that(study):
    shutil.copy(study / "corpus/texts/pertukaran-guru.txt", study / "salinan.txt")
    (study / f"{QUOTE.replace(' ', '_')}.md").touch()
    told = shared(study)[2]
    assert told["salinan.txt"] == "most of it is words of a text"
    assert told[f"{QUOTE.replace(' ', '_')}.md"].startswith("its name holds words of a text")


def test_a_log_with_quotes_stays_behind_and_what_it_says_of_changes_is_shared(study):
    record(study / "corpus/codings/rani.csv", b"document,segment,code,coder\n", "rani", f"says: {QUOTE}")
    record(study / "corpus/memos/m.md", b"---\n", "budi", "a memo")
    package, _, told = shared(study)
    assert told["corpus/codings/audit.jsonl"] == "it holds quotes; who changed what, when and why is in log.csv"
    logged = pd.read_csv(package / "log.csv", keep_default_na=False).set_index("who")
    assert logged.loc["rani", "why"] == "[left out: words of the text]" and logged.loc["budi", "why"] == "a memo"


def test_the_package_says_what_it_is_made_with_which_versions_and_what_was_left_out(study):
    package, _, _ = shared(study)
    about = (package / "PACKAGE.md").read_text(encoding="utf-8")
    assert f"pandas {pd.__version__}" in about and "- `corpus/texts/pertukaran-guru.txt`: a text or its original" in about


def test_a_table_without_quotes_is_shared_as_it_is(study):
    (study / "corpus" / "tabel.csv").write_text('a;b\n"x";y\n', encoding="utf-8")
    package, _, _ = shared(study)
    assert (package / "corpus/tabel.csv").read_text(encoding="utf-8") == 'a;b\n"x";y\n'


def test_nobody_can_try_a_name_against_a_quote_without_the_text(study):
    package, _, _ = shared(study)
    rows = pd.read_csv(package / "corpus/codings/contoh.csv", keep_default_na=False)
    quotes = pd.read_csv(study / "corpus/codings/contoh.csv", keep_default_na=False)["quote"]
    assert not set(rows["quote_proof"]) & {hashlib.sha256(quote.encode()).hexdigest() for quote in quotes}


@pytest.mark.parametrize("written", [lambda text: text.replace(b"\n", b"\r\n"), lambda text: b"\xef\xbb\xbf" + text])
def test_the_same_words_with_other_ends_of_lines_are_the_same_text(study, written):
    package, _, _ = shared(study)
    text = study / "corpus/texts/pertukaran-guru.txt"
    before = text.read_bytes()
    text.write_bytes(written(before))
    assert rehydrate(package, text.parent).values.tolist() == [["pertukaran-guru", "same", 19, 0]]
    assert (package / "corpus/texts/pertukaran-guru.txt").read_bytes() == before


def test_a_list_of_files_that_leads_out_of_the_package_is_refused_and_writes_nothing(study):
    package, _, _ = shared(study)
    outside = study.parent / "luar.csv"
    outside.write_text("document,start,end,quote_proof\npertukaran-guru,0,4,abc\n")
    listed = (package / "package.csv").read_text()
    (package / "package.csv").write_text(listed + "../luar.csv,without quotes,x\n")
    with pytest.raises(ValueError, match=r"package\.csv, line \d+: file '\.\./luar\.csv' leads out of the package"):
        rehydrate(package, study / "corpus/texts")
    assert "abc" in outside.read_text()
