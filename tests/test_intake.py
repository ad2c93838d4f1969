"""Files of any kind are taken into a study once, with their originals; what cannot be taken is refused in words, and stops nothing."""

import hashlib
import io
import zipfile

import pytest
from pdfs import lines, make_pdf
from test_texttables import workbook
from test_webpage import PAGE
from test_wordfiles import RTF, odt, word

from qualkit.audit import check_audit, read_audit
from qualkit.corpus import KINDS, NEEDED, read_corpus
from qualkit.intake import add_texts
from qualkit.tables import csv_bytes

PROSE = (
    "Pemerintah kota rekaan itu membangun sekolah, pasar, dan pelabuhan bersama kota mitra di seberang lautan tahun ini juga. "
)
GUESS = "inferred, so look at it: title"


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "studi"
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "documents.csv").write_bytes(csv_bytes([], NEEDED))
    return folder


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def add(study, *files, kind="news", **more):
    return add_texts(study, files, kind=kind, by="rani", **more)


def refusal(study, name, content, **more):
    """Why a file is refused; nothing of the study has changed by it."""
    before = {path: path.read_bytes() for path in (study / "corpus").rglob("*") if path.is_file()}
    (row,) = add(study, put(study.parent, name, content), **more).to_dict("records")
    assert {path: path.read_bytes() for path in (study / "corpus").rglob("*") if path.is_file()} == before
    assert (row["state"], row["file"], row["document"]) == ("refused", name, "")
    return row["notes"]


def test_a_text_is_made_once_and_its_original_is_kept(study):
    content = "\ufeffKota itu maju.\r\nWarga senang.\r\n".encode()
    table = add(study, put(study.parent, "Kabar Kota (2024).TXT", content))
    assert table[["state", "document", "words"]].values.tolist() == [["added", "kabar-kota-2024", 5]]
    assert (study / "corpus/texts/kabar-kota-2024.txt").read_bytes() == b"Kota itu maju.\nWarga senang.\n"
    assert (study / "corpus/sources/kabar-kota-2024.txt").read_bytes() == content
    (row,) = read_corpus(study / "corpus").to_dict("records")
    assert row["source_sha256"] == hashlib.sha256(content).hexdigest()
    assert (row["source"], row["source_name"]) == ("sources/kabar-kota-2024.txt", "Kabar Kota (2024).TXT")
    assert (row["title"], row["title_note"], row["date_certainty"]) == (
        "[kabar-kota-2024]",
        "inferred: the name of the file",
        "unknown",
    )


def test_every_format_is_read(study):
    files = {"a.txt": "Kota A maju.", "b.md": "# Kota B\n\nMaju.", "c.docx": word("Kota C maju."), "d.odt": odt("<text:p>Kota D maju.</text:p>"),
             "e.rtf": RTF, "f.html": PAGE, "g.pdf": make_pdf(lines(50, 700, "Kota G maju dan warganya senang.")),
             "h.csv": "teks,judul\nKota H maju.,Kabar H\n", "i.xlsx": workbook(["teks"], ["Kota I maju."])}  # fmt: skip
    table = add(study, *(put(study.parent, name, content) for name, content in files.items()))
    assert table["state"].tolist() == ["added"] * 9
    documents = read_corpus(study / "corpus")
    assert documents["document"].tolist() == ["a", "b", "c", "d", "e", "f", "g", "kabar-h", "i"]
    assert documents["text"].str.contains("[Mm]aju|membangun").all()
    assert documents["page_numbers"].tolist() == [""] * 6 + ["1", "", ""]


def test_the_log_names_who_added_what(study):
    add(study, put(study.parent, "a.txt", "Kota A maju."))
    (line,) = read_audit(study / "corpus")[["who", "action", "what", "why"]].values.tolist()
    assert line == ["rani", "changed", "documents.csv", "added a"]
    assert check_audit(study / "corpus")["state"].tolist() == ["as logged"]


def test_what_a_page_says_of_itself_is_proposed_and_marked(study):
    (row,) = add(study, put(study.parent, "berita.html", PAGE), kind="").to_dict("records")
    assert "inferred, so look at it: title, outlet, date, author" in row["notes"]
    (document,) = read_corpus(study / "corpus").to_dict("records")
    assert (document["kind"], document["date"], document["date_certainty"]) == ("news", "2019-03-26", "inferred")
    assert document["date_note"] == "the page's own 'article:published_time'"
    assert document["outlet_note"] == "inferred: the page's own 'og:site_name'"


def test_what_a_plain_text_says_of_itself_is_proposed_and_every_guess_is_announced(study):
    page = "Kota A Buka Pasar Bersama\n\nSelasa, 14 Januari 2025 09:30 WIB\n\nPenulis: Lila Karang\n\nPasar itu dibuka pada hari Senin."
    table = add(study, put(study.parent, "a.txt", page), put(study.parent, "b.txt", "Kota B maju dan warganya senang."))
    assert table["notes"].tolist() == [f"{GUESS}, date, author", GUESS]
    one, two = read_corpus(study / "corpus").to_dict("records")
    assert (one["title"], one["title_note"]) == ("Kota A Buka Pasar Bersama", "inferred: the heading above the text")
    assert (one["date"], one["date_certainty"], one["date_note"]) == ("2025-01-14", "inferred", "the time stamp of the page")
    assert (one["author"], one["author_note"], one["outlet"]) == ("Lila Karang", "inferred: the byline", "")
    assert (two["title"], two["date"], two["author"]) == ("[b]", "", "")


def test_only_of_pages_is_proposed_what_the_text_says_and_never_against_the_file(study):
    page = "Kota {} Buka Pasar Bersama\n\nSelasa, 14 Januari 2025 09:30 WIB\n\nPasar itu dibuka pada hari Senin."
    add(study, put(study.parent, "a.txt", page.format("A")), kind="speech")
    add(study, put(study.parent, "b.csv", f'teks,judul\n"{page.format("B")}",\n'))
    titled = page.format("C").replace("\n\n", "</p><p>")
    add(study, put(study.parent, "c.html", f"<title>Kabar C</title><body><article><p>{titled}</p></article></body>"))
    documents = read_corpus(study / "corpus")
    assert documents["title"].tolist() == ["[a]", "[b]", "Kabar C"]
    assert documents["date"].tolist() == ["", "", "2025-01-14"]


def test_a_table_of_texts_keeps_one_original_and_its_further_columns(study):
    content = "id,teks,judul,tanggal,jenis,wilayah,sha256\ns1,Kota A maju.,A,2024-03-04,journal,barat,x\n"
    content += "s2,Kota B maju.,B,4 Maret,journal,,\ns3,,C,,journal,,\n"
    table = add(study, put(study.parent, "semua.csv", content), kind="")
    assert table["state"].tolist() == ["added", "added", "refused"]
    assert table["notes"].tolist()[2] == "line 4: it holds no text"
    one, two = read_corpus(study / "corpus").to_dict("records")
    assert (one["document"], one["kind"], one["wilayah"], one["date_certainty"]) == ("s1", "journal", "barat", "given")
    assert (two["date"], two["date_as_written"], two["date_certainty"]) == ("", "4 Maret", "unknown")
    assert one["source"] == two["source"] == "sources/semua.csv"
    assert (one["source_place"], two["source_place"]) == ("line 2", "line 3")
    assert [path.name for path in (study / "corpus/sources").iterdir()] == ["semua.csv"]
    assert table["notes"].tolist()[:2] == [
        "not carried over: sha256 (documents.csv means something else by that)\n"
        "dates not understood: 1, such as '4 Maret' (line 3), kept in date_as_written. Write them as 2024-03-12",
        "",
    ]


def test_adding_the_same_files_again_changes_nothing(study):
    path = put(study.parent, "a.txt", "Kota A maju.")
    add(study, path)
    before = (study / "corpus/documents.csv").read_bytes()
    (row,) = add(study, path).to_dict("records")
    assert (row["state"], row["document"], row["notes"]) == ("there", "a", "this very file was added before")
    assert (study / "corpus/documents.csv").read_bytes() == before


def test_a_row_that_was_refused_can_be_added_later_and_the_others_are_there(study):
    path = put(study.parent, "semua.csv", "teks\nKota A maju.\nMembangun kafÃ© baru.\n")
    assert add(study, path)["state"].tolist() == ["added", "refused"]
    again = add(study, path, repair=True)
    assert again[["state", "document"]].values.tolist() == [["there", "semua"], ["added", "semua-2"]]
    assert again["notes"].tolist()[0] == "1 of its 2 texts was added before"
    assert read_corpus(study / "corpus")["source"].tolist() == ["sources/semua.csv"] * 2
    assert add(study, path)[["state", "notes"]].values.tolist() == [["there", "this very file was added before"]]


def test_rows_of_one_title_are_numbered_and_a_bare_number_gets_the_name_of_the_file(study):
    add(
        study,
        put(study.parent / "x", "opini.csv", "judul,teks\nEditorial,Kota A maju.\nEditorial,Kota B maju.\n—,Kota C maju.\n"),
    )
    add(study, put(study.parent / "y", "opini.csv", "id,judul,teks\n1,Editorial,Kota D maju.\n,Editorial,Kota E maju.\n"))
    documents = read_corpus(study / "corpus")
    assert documents["document"].tolist() == ["editorial", "editorial-2", "opini", "opini-1", "editorial-3"]
    assert documents["source"].tolist() == ["sources/opini.csv"] * 3 + ["sources/opini-2.csv"] * 2


def test_an_id_that_a_table_gives_twice_is_refused_by_row(study):
    table = add(study, put(study.parent, "semua.csv", "id,teks\ns1,Kota A maju.\nS1,Kota B maju.\n"))
    assert table["state"].tolist() == ["added", "refused"]
    said = "line 3: it would be called 's1', but a text called 's1' is there already; give the row another id"
    assert table["notes"].tolist()[1] == said


@pytest.mark.parametrize("old", [None, "diubah"])
@pytest.mark.parametrize("name", ["texts/kabar.txt", "sources/kabar.txt"])
def test_what_is_lost_or_altered_is_made_again_of_the_very_file_and_what_stood_there_is_kept(study, name, old):
    path = put(study.parent, "kabar.txt", "Kota itu\r\nmaju.")
    add(study, path)
    whole = (study / "corpus" / name).read_bytes()
    (study / "corpus" / name).write_text(old) if old else (study / "corpus" / name).unlink()
    (row,) = add(study, path).to_dict("records")
    assert (row["state"], row["document"]) == ("restored", "kabar")
    assert row["notes"].splitlines()[0] == "made again of its original, and proved by the checksum in documents.csv"
    assert (study / "corpus" / name).read_bytes() == whole
    kept = [file.read_text() for file in (study / "corpus").rglob(".backup/*")]
    assert kept == ([old] if old else [])
    assert row["notes"].splitlines()[1:] == ([f"what stood in its place is kept in corpus/{name[:-10]}/.backup"] if old else [])
    assert add(study, path)["state"].item() == "there"


def test_a_lost_row_of_a_table_is_made_again_with_its_letters_put_right(study):
    path = put(study.parent, "semua.csv", "id,teks\na,Kota A maju.\nb,Membangun kafÃ© baru.\n")
    add(study, path, repair=True)
    (study / "corpus/texts/b.txt").unlink()
    assert add(study, path)[["state", "document"]].values.tolist() == [["there", "a"], ["restored", "b"]]
    assert (study / "corpus/texts/b.txt").read_text(encoding="utf-8") == "Membangun kafé baru.\n"


def test_a_lost_text_that_documents_csv_knows_otherwise_is_not_made_up(study):
    path = put(study.parent, "a.txt", "Kota A maju.")
    add(study, path)
    manifest = study / "corpus/documents.csv"
    text = (study / "corpus/texts/a.txt").read_bytes()
    manifest.write_bytes(manifest.read_bytes().replace(hashlib.sha256(text).hexdigest().encode(), b"0" * 64, 1))
    (study / "corpus/texts/a.txt").unlink()
    assert refusal(study, "a.txt", "Kota A maju.") == (
        "what is made of it today is not the text of 'a' that documents.csv speaks of, as when an earlier version of qualkit made it;"
        " nothing was written. Look for a copy of texts/a.txt"
    )


def test_nothing_is_put_back_outside_the_study(study):
    path = put(study.parent, "a.txt", "Kota A maju.")
    add(study, path)
    manifest = study / "corpus/documents.csv"
    manifest.write_bytes(
        manifest.read_bytes().replace(b"texts/a.txt", b"../../luar.txt").replace(b"sources/a.txt", b"../luar2.txt")
    )
    assert add(study, path)["state"].item() == "there"
    assert not (study.parent / "luar.txt").exists() and not (study / "luar2.txt").exists()


@pytest.mark.parametrize("left", [["sources/a.txt"], ["sources/a.txt", "texts/a.txt"]])
def test_a_call_that_was_cut_off_is_finished_by_the_same_call(study, left):
    for name in left:
        put(study / "corpus", name, "Kota A maju.")
    assert add(study, put(study.parent, "a.txt", "Kota A maju."))["state"].item() == "added"
    assert read_corpus(study / "corpus")["document"].tolist() == ["a"]


def test_a_text_whose_words_are_there_is_refused(study):
    add(study, put(study.parent, "a.txt", "Kota A maju."))
    assert refusal(study, "b.txt", "KOTA  a\nmaju.") == "it has the very words of 'a': a text counts once"


def test_a_text_that_is_nearly_there_is_added_and_told(study):
    text = " ".join(PROSE.replace("tahun", f"tahun ke-{n}") for n in range(9))
    table = add(study, put(study.parent, "a.txt", text), put(study.parent, "b.txt", text + "Warga kota itu senang."))
    assert table["state"].tolist() == ["added", "added"]
    assert table["notes"].tolist()[1] == (
        f"almost the text of 'a' (94% of the word runs are shared): keep both only if both count\n{GUESS}"
    )
    (row,) = add(study, put(study.parent, "c.txt", " ".join(text.split()[:40]))).to_dict("records")
    assert "'a' holds most of it, or it most of 'a' (100%): keep both only if both count" in row["notes"]


def test_names_that_some_computers_take_for_the_same_are_refused(study):
    first = add(
        study, put(study.parent / "x", "kafé.txt", "Kota A maju."), put(study.parent / "y", "Kafe\u0301.txt", "Kota B maju.")
    )
    assert first["state"].tolist() == ["added", "refused"]
    assert (
        first["notes"].tolist()[1]
        == "it would be called 'kafe', but a text called 'kafe' is there already; give the file another name"
    )


def test_names_that_no_computer_allows_are_made_into_ids(study):
    files = [put(study.parent, name, f"Kota {name}") for name in ("nul.txt", "  Berita — “Besar”!.txt", "日本.txt")]
    assert add(study, *files)["document"].tolist() == ["nul-text", "berita-besar", "日本"]
    assert refusal(study, "!!!.txt", "Kota lain.") == "'!!!' holds no letter to name the text by; give the file another name"


def test_letters_that_an_encoding_damaged_are_refused_by_line_or_put_right_when_asked(study):
    damaged = "Kota itu.\nMembangun kafÃ© baru.\n"
    assert refusal(study, "a.txt", damaged) == (
        "line 2: letters damaged by a wrong encoding. Get the text again from where it came, or ask for repair (--repair); the first"
        " of the lines would then read: 'Membangun kafé baru.'"
    )
    (row,) = add(study, study.parent / "a.txt", repair=True).to_dict("records")
    mended = "line 2: letters damaged by a wrong encoding, put right when the text was made"
    assert row["notes"] == f"{mended}\n{GUESS}"
    assert (study / "corpus/texts/a.txt").read_text(encoding="utf-8") == "Kota itu.\nMembangun kafé baru.\n"
    assert (study / "corpus/sources/a.txt").read_text(encoding="utf-8") == damaged
    assert read_corpus(study / "corpus")["source_note"].item() == mended


def test_what_no_repair_puts_right_and_words_that_a_line_end_cuts_are_told(study):
    path = put(study.parent, "a.txt", "Biaya â‚¬5 dan â‚7 juta.\nWarga pendi-\ndikan itu.\n")
    (row,) = add(study, path, repair=True).to_dict("records")
    assert row["notes"].splitlines() == [
        "words that may be cut at a line's end, left as they are: 1 (line 2)",
        "line 1: letters damaged by a wrong encoding, put right when the text was made",
        "line 1: letters still look damaged. Look there",
        GUESS,
    ]


def test_letters_that_are_lost_are_refused_even_when_repair_is_asked_for(study):
    said = "line 1: letters are lost (U+FFFD stands for them). Get the text again from where it came"
    assert refusal(study, "a.txt", "biaya \ufffd juta", repair=True) == said


def test_what_cannot_be_seen_is_told_and_kept(study):
    (row,) = add(study, put(study.parent, "a.txt", "ker\u00adja sama")).to_dict("records")
    assert row["notes"] == f"invisible characters, kept: 1 SOFT HYPHEN\n{GUESS}"
    assert read_corpus(study / "corpus")["text"].item() == "ker\u00adja sama"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("kosong.txt", b" \r\n", "it holds no text"),
        ("biner.txt", b"a\0b\0\0", "line 1 holds NUL characters: it is no text"),
        ("pdf.txt", b"%PDF-1.4", "it is no plain text, whatever its name says; give it the ending of what it is"),
        ("zip.md", b"PK\x03\x04", "it is no plain text, whatever its name says; give it the ending of what it is"),
        ("lama.doc", b"x", "files ending in '.doc' are not read. Save it as .docx"),
        ("suara.mp3", b"x", "files ending in '.mp3' are not read. Possible: .txt, .md, .docx, .odt, .rtf, .html, .htm, .pdf, .csv, .xlsx"),
        ("pindaian.pdf", make_pdf(None), "its page is a picture, or empty, and holds no text. Run the PDF through text recognition (OCR),"
         " proofread what comes out, and add that"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_in_words(study, name, content, said):
    assert refusal(study, name, content) == said


def test_a_file_that_is_nested_too_deeply_is_refused(study):
    body = "<text:list>" * 5000 + "</text:list>" * 5000
    assert refusal(study, "dalam.odt", odt(body)) == "the file is nested too deeply, as only damaged or hostile files are"


def test_hostile_archives_are_refused(study):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", " " * 50_000_000)
    assert "times its size, as only hostile files do" in refusal(study, "bom.docx", file.getvalue())


def test_files_that_are_not_there_or_are_folders_stop_no_other(study):
    put(study.parent, "berita.txt", "Kota A maju.")
    table = add(study, study.parent / "beritaa.txt", study.parent / "x" / "y.txt", study.parent / "berita.txt")
    assert table["notes"].tolist() == ["there is no such file. Did you mean 'berita.txt'?", "there is no such file.", GUESS]
    assert table["state"].tolist() == ["refused", "refused", "added"]


def test_of_a_folder_the_texts_are_added_and_the_rest_is_named(study):
    raw = put(study.parent / "raw", "b.txt", "Kota B maju.").parent
    for name in ("a.md", "~$a.docx", ".~lock.a.odt#", "foto.jpg", "lama.doc", "dalam/c.txt"):
        put(raw, name, f"Kota {name}.")
    lock = "no text: its name is that of the lock which a program puts beside an open document"
    assert add(study, raw)[["file", "state", "notes"]].values.tolist() == [
        [".~lock.a.odt#", "left out", lock],
        ["a.md", "added", GUESS],
        ["b.txt", "added", GUESS],
        ["dalam", "left out", "a folder in the folder: name it by itself"],
        ["foto.jpg", "left out", "no kind of file that is read"],
        ["lama.doc", "refused", "files ending in '.doc' are not read. Save it as .docx"],
        ["~$a.docx", "left out", lock],
    ]
    assert add(study, raw / "~$a.docx")["state"].item() == "left out"


def test_a_name_that_is_no_text_is_refused(study):
    table = add(study, study.parent / "rusak\udcff.txt")
    assert table["notes"].item() == "the name of the file is no text; give it another name"


def test_a_file_that_is_too_large_or_cannot_be_read_is_refused(study, monkeypatch):
    monkeypatch.setattr("qualkit.intake.LARGEST", 3)
    assert refusal(study, "a.txt", "Kota A") == "it is larger than 0 MB; cut it into parts"
    monkeypatch.undo()

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    path = put(study.parent, "b.txt", "Kota B")
    before = path.read_bytes
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda self: refuse(self) if self == path else before.__func__(self))
    assert add(study, path)["notes"].item() == "it could not be read (Permission denied)"


@pytest.mark.parametrize("kind", ["", "jurnal"])
def test_a_kind_must_be_said(study, kind):
    path = put(study.parent, "a.csv", f"teks,jenis\nKota A maju.,{kind}\n")
    said = f"kind '{kind}' is not known." if kind else "what kind of text is it?"
    assert (
        add(study, path, kind="")["notes"].item() == f"line 2: {said} Say it with --kind (kind=...), one of: {', '.join(KINDS)}"
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"files": []}, "no file is named"),
        ({"kind": "jurnal"}, r"kind 'jurnal' is not known\. Did you mean 'journal'\?"),
        ({"by": " "}, r"who adds the texts\? Say it with --by NAME \(by=\.\.\.\): the log names the person"),
        ({"folder": "."}, r"'\.' holds no corpus/documents\.csv\. Make a study with: qualkit new FOLDER"),
    ],
)
def test_a_mistake_in_what_is_asked_is_told(study, monkeypatch, given, said):
    monkeypatch.chdir(study.parent)
    with pytest.raises(ValueError, match=said):
        add_texts(**{"folder": study, "files": "a.txt", "kind": "news", "by": "rani", **given})


def test_nothing_is_written_through_a_link_that_leads_out(study, tmp_path):
    (tmp_path / "luar").mkdir()
    (study / "corpus/texts").symlink_to(tmp_path / "luar", target_is_directory=True)
    with pytest.raises(ValueError, match="texts leads out of the study through a link; nothing was added"):
        add(study, put(tmp_path, "a.txt", "Kota A maju."))


@pytest.mark.parametrize("there", ["texts/a.txt", "sources/a.txt"])
def test_nothing_that_is_there_is_overwritten(study, there):
    put(study / "corpus", there, "milik orang lain")
    assert refusal(study, "a.txt", "Kota A maju.").endswith(
        "is there already, though documents.csv does not name it; nothing is ever overwritten"
    )


def test_a_list_that_someone_else_changes_meanwhile_is_not_overwritten(study, monkeypatch):
    from qualkit import intake

    def meanwhile(path, *rest, **more):
        path.write_bytes(path.read_bytes() + b"\n")
        return record(path, *rest, **more)

    record = intake.record
    monkeypatch.setattr(intake, "record", meanwhile)
    (row,) = add(study, put(study.parent, "a.txt", "Kota A maju.")).to_dict("records")
    assert row["state"] == "refused"
    assert "was changed by someone else since it was read; nothing was written" in row["notes"]
    assert not list((study / "corpus/texts").iterdir()) and not list((study / "corpus/sources").iterdir())


def test_a_list_written_by_a_spreadsheet_with_semicolons_is_read_and_kept_whole(study):
    add(study, put(study.parent, "a.txt", "Kota A maju."))
    manifest = study / "corpus/documents.csv"
    manifest.write_bytes(manifest.read_bytes().replace(b",", b";"))
    add(study, put(study.parent, "b.txt", "Kota B maju."))
    assert read_corpus(study / "corpus")["document"].tolist() == ["a", "b"]


def test_six_encodings_of_many_texts_are_right_or_refused(study):
    encodings = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
    paths, texts = [], {}
    for number in range(15):
        for encoding in encodings:
            text = f"Kota rekaan ke-{number} membangun kafé “{encoding}” di tepi laut.\n"
            paths.append(put(study.parent, f"t{number}-{encoding}.txt", text.encode(encoding)))
            texts[f"t{number}-{encoding.replace('_', '-')}"] = text
    table = add(study, *paths)
    assert (table["state"] == "added").all()
    read = read_corpus(study / "corpus").set_index("document")["text"].to_dict()
    assert read == texts
    warned = table["notes"].str.contains("read as").groupby(table["file"].str.partition("-")[2].str.removesuffix(".txt")).mean()
    assert warned.to_dict() == {"utf-8": 0, "utf-8-sig": 0, "utf-16": 0, "utf-16-le": 1, "utf-16-be": 1, "cp1252": 1}
