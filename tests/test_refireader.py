"""Projects as other programs write them, made by hand: every habit that is read, and everything that is not carried over."""

import pytest

import qualkit as qk
from qualkit.exchange import read_qdpx
from qualkit.refi import coding_guid, guid
from tests.effort import calls
from tests.foreign_project import TEXT, USERS, WORDS, A, B, left, project, selection, source

ROW = {"document": "Wawancara-1.docx", "start": 0, "end": 4, "code": "Pendidikan", "coder": "Rani-UGM"}


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:project:1.0", "urn:QDA-XML:project:0:4", "urn:QDA-XML:project:1:0"])
def test_a_project_of_a_windows_program_is_read(tmp_path, namespace):
    made = read_qdpx(project(tmp_path, source(WORDS), namespace=namespace))
    assert made.codings[["document", "segment", "start", "end", "quote", "code", "coder", "created"]].values.tolist() == [
        ["Wawancara-1.docx", 1, 0, 19, "Guru pergi ke Busan", "Pendidikan", "Rani-UGM", "2021-03-04T10:11:12Z"],
        ["Wawancara-1.docx", 1, 27, 33, "pulang", "Ekonomi.Lainnya", "codebook-person", "2021-03-04T10:11:12Z"],
        ["Wawancara-1.docx", 1, 27, 33, "pulang", "Pendidikan.Lainnya", "codebook-person", "2021-03-04T10:11:12Z"],
    ]
    assert made.documents.loc[0, "text"] == TEXT
    assert [(code.id, code.parent) for code in made.codebook.facets[0].codes] == [
        ("Pendidikan", "Pendidikan"), ("Pendidikan.Lainnya", "Pendidikan"), ("Ekonomi.Lainnya", "Ekonomi"),
    ]  # fmt: skip
    assert left(made)["colours of codes"] == "Pendidikan"
    assert left(made)["names of users that no file can have (changed)"] == "Rani (UGM) -> Rani-UGM; codebook -> codebook-person"
    assert left(made)["kinds of documents that are not known (taken as 'other')"] == "Wawancara-1.docx: (none)"


def test_a_project_of_another_program_becomes_a_study_that_runs_at_once(tmp_path):
    read_qdpx(project(tmp_path, source(WORDS))).write(tmp_path / "studi")
    corpus = tmp_path / "studi" / "corpus"
    documents, codebook = qk.read_corpus(corpus), qk.read_codebook(tmp_path / "studi" / "codebook.yaml")
    codings = qk.read_codings(corpus / "codings", qk.split(documents, into="sentences"), codebook)
    assert codings[["coder", "code", "quote", "anchor"]].values.tolist() == [
        ["Rani-UGM", "Pendidikan", "Guru pergi ke Busan", "exact"],
        ["codebook-person", "Ekonomi.Lainnya", "pulang", "exact"],
        ["codebook-person", "Pendidikan.Lainnya", "pulang", "exact"],
    ]
    assert "colours of codes" in (corpus / "left.csv").read_text("utf-8")


def test_line_ends_counted_as_two_are_found_out(tmp_path):
    marked = selection(35 + 1, 35 + 1 + 14, "Murid menunggu")
    made = read_qdpx(project(tmp_path, source(marked)))
    assert made.codings[["start", "end", "quote"]].values.tolist() == [[35, 49, "Murid menunggu"]]


def test_what_has_no_table_is_listed_by_kind_and_name(tmp_path):
    media = "".join(
        f"<{kind} guid='{B.format(3)}' name='{name}'/>"
        for kind, name in [("PictureSource", "foto"), ("AudioSource", "rekaman"), ("VideoSource", "film")]
    )
    inside = (
        f"<Description>Dari Ani.</Description>{WORDS}{selection(0, 19, 'Guru pergi ke Busan')}"
        f"{selection(5, 10, 'pergi', codes=())}{selection(0, 999)}"
        f"{selection(5, 10, 'Murid menunggu di Surabaya')}{selection(36, 37)}{selection(0, 4, 'Guru', codes=(3, 9))}{selection(0, 4, 'Guru', user=7)}"
        f"<Coding guid='{B.format(1)}'><CodeRef targetGUID='{A.format(1)}'/></Coding>"
    )
    case = (
        f"<Cases><Case guid='{B.format(4)}' name='Ani'><Description>Guru.</Description><CodeRef targetGUID='{A.format(1)}'/>"
        f"<SourceRef targetGUID='{A.format(5)}'/><SelectionRef targetGUID='{B.format(0)}'/></Case></Cases>"
    )
    rest = (
        f"<Links><Link guid='{B.format(5)}' name='sebab'/></Links><Sets><Set guid='{B.format(6)}' name='Inti'><Description>x</Description>"
        f"<MemberCode targetGUID='{A.format(1)}'/></Set></Sets><Graphs><Graph guid='{B.format(8)}'/></Graphs><Description>Tentang guru.</Description>"
    )
    files = {
        f"sources/{A.format(5)}.txt": ("Guru pergi ke Busan 🇮🇩 dan pulang.\n \n" + "Murid menunggu di Surabaya.\n").encode()
    }
    made = read_qdpx(project(tmp_path, source(inside, more="richTextPath='internal://a.docx'") + media, files, rest, case))
    assert left(made) == {
        "names of users that no file can have (changed)": "Rani (UGM) -> Rani-UGM; codebook -> codebook-person",
        "pictures": "foto", "audio recordings": "rekaman", "videos": "film",
        "formatting of texts": "Wawancara 1.docx",
        "descriptions of texts": "Wawancara 1.docx: Dari Ani.",
        "kinds of documents that are not known (taken as 'other')": "Wawancara-1.docx: (none)",
        "codings on whole texts": "Wawancara 1.docx",
        "codings that stand twice (counted once)": "Wawancara 1.docx 0-19: Guru pergi ke Busan",
        "selections without a code": "Wawancara 1.docx 5-10: pergi",
        "selections whose words are not where their positions lead": "Wawancara 1.docx 0-999; Wawancara 1.docx 5-10: Murid menunggu di Surabaya",
        "selections of nothing but white space": "Wawancara 1.docx 36-37",
        "codings of what is no code here (a family, a facet, or missing)": "Wawancara 1.docx 0-4: Guru; Wawancara 1.docx 0-4: Guru",
        "codings without a person (coder 'unnamed')": "Wawancara 1.docx 0-4: Guru",
        "passages that make up cases": "Ani", "codes of cases": "Ani", "descriptions of cases": "Ani: Guru.",
        "colours of codes": "Pendidikan", "sets": "Inti (1 member)", "links": "sebab", "graphs": "(no name)",
        "description of the project": "Tentang guru.", "references to notes that are not there": "Pendidikan",
    }  # fmt: skip


def test_notes_become_memos_about_what_they_are_tied_to(tmp_path):
    def note(number, text, more="", inside=""):
        return f"<Note guid='{B.format(number)}' name='Catatan {number}' {more}><PlainTextContent>{text}</PlainTextContent>{inside}</Note>"

    by_rani = note(7, "Guru?", f"creatingUser='{A.format(8)}'", inside=selection(0, 3))
    dated = note(8, "Siapa?", "creationDateTime='2021-05-06T00:00:00Z'")
    notes = f"<Notes>{by_rani}{dated}{note(9, ' ')}</Notes>"
    tied = f"<NoteRef targetGUID='{B.format(8)}'/>"
    inside = selection(0, 19, "Guru pergi ke Busan").replace("</PlainText", f"{tied}</PlainText") + tied
    made = read_qdpx(project(tmp_path, source(inside), rest=notes, more='creationDateTime="2020-01-02T00:00:00Z"'))
    assert made.memos.values.tolist() == [
        ["2020-01-02-catatan-7", "analytic", "Catatan 7", "Rani-UGM", "2020-01-02", "theme:Pendidikan", "Guru?"],
        ["2021-05-06-catatan-8", "analytic", "Catatan 8", "unnamed", "2021-05-06",
         "document:Wawancara-1.docx; passage:Wawancara-1.docx: 1", "Siapa?"],
    ]  # fmt: skip
    assert left(made)["notes without a text"] == "Catatan 9" and left(made)["codings on notes"] == "Catatan 7: Pendidikan"


def test_a_project_without_texts_or_codes_is_empty_tables(tmp_path):
    made = read_qdpx(project(tmp_path, "", {}))
    assert [len(table) for table in (made.documents, made.codings, made.cases, made.statements, made.memos)] == [0] * 5


def note(number, text, name="Catatan", inside=""):
    return f"<Note guid='{B.format(number)}' name='{name}'>{inside}<PlainTextContent>{text}</PlainTextContent></Note>"


def test_two_codes_users_or_variables_of_one_guid_are_refused(tmp_path):
    codes = "".join(f"<Code guid='{A.format(1)}' name='{name}'/>" for name in ("Guru", "Murid"))
    with pytest.raises(
        ValueError, match=r"asing\.qdpx: codes share the guid aaaaaaaa-.*1: 'Guru' and 'Murid'\. Which one is meant"
    ):
        read_qdpx(project(tmp_path, source(WORDS), codes=codes))
    with pytest.raises(ValueError, match=r"users share the guid aaaaaaaa-.*8: 'rani' and 'budi'\."):
        read_qdpx(project(tmp_path, "", users="".join(f"<User guid='{A.format(8)}' name='{n}'/>" for n in ("rani", "budi"))))
    same = "".join(f"<Variable guid='{A.format(8)}' name='{n}'/>" for n in ("umur", "kota"))
    with pytest.raises(ValueError, match=r"variables share the guid aaaaaaaa-.*8: 'umur' and 'kota'\."):
        read_qdpx(project(tmp_path, "", before=f"<Variables>{same}</Variables>"))


def test_of_notes_with_one_guid_the_second_is_listed(tmp_path):
    made = read_qdpx(project(tmp_path, source(), rest=f"<Notes>{note(1, 'Satu.', 'a')}{note(1, 'Dua.', 'b')}</Notes>"))
    assert made.memos["text"].tolist() == ["Satu."]
    assert left(made)["notes that have the guid of another"] == "b"


def test_a_second_coding_on_one_place_adds_its_memo(tmp_path):
    inside = "".join(selection(0, 4, "Guru", inside=f"<Description>{memo}</Description>") for memo in ("kedua", "dua", "kedua"))
    made = read_qdpx(project(tmp_path, source(inside)))
    assert made.codings["memo"].tolist() == ["kedua\n\ndua"]
    assert left(made)["codings that stand twice (counted once)"].count("0-4: Guru") == 2


def test_a_coding_with_two_codes_is_two_codings(tmp_path):
    both = selection(0, 4, "Guru").replace("</Coding>", f"<CodeRef targetGUID='{A.format(2)}'/></Coding>")
    assert read_qdpx(project(tmp_path, source(both))).codings["code"].tolist() == ["Pendidikan", "Pendidikan.Lainnya"]


def test_a_coding_without_a_code_is_listed_also_where_a_code_has_no_guid(tmp_path):
    bare = f"<PlainTextSelection guid='{B.format(1)}' startPosition='0' endPosition='4'><Coding guid='{B.format(2)}'/></PlainTextSelection>"
    made = read_qdpx(project(tmp_path, source(bare), codes="<Code name='Guru'/>"))
    assert len(made.codings) == 0
    assert left(made)["codings of what is no code here (a family, a facet, or missing)"] == "Wawancara 1.docx 0-4"


def test_every_coding_that_is_in_no_table_is_listed_by_where_it_is(tmp_path):
    coding = f"<Coding guid='{B.format(1)}'><CodeRef targetGUID='{A.format(1)}'/></Coding>"
    media = (
        f"<PictureSource name='foto'><PictureSelection>{coding}</PictureSelection>{coding}</PictureSource>"
        f"<PDFSource name='pindai'><PDFSelection>{coding}{coding}</PDFSelection></PDFSource>"
        f"<AudioSource name='suara'><Transcript name='salinan'><TranscriptSelection>{coding}</TranscriptSelection></Transcript>"
        f"<AudioSelection>{coding}</AudioSelection></AudioSource><VideoSource name='film'><VideoSelection>{coding}</VideoSelection></VideoSource>"
        + source(selection(0, 4) + selection(0, 4, codes=(3,)), name="hilang", path="")
    )
    rest = f"<Notes>{note(3, 'Isi.', inside=coding)}</Notes>"
    told = left(read_qdpx(project(tmp_path, media, {}, rest)))
    assert {kind: names for kind, names in told.items() if kind.startswith("codings on")} == {
        "codings on areas of pictures": "foto: Pendidikan", "codings on whole sources": "foto: Pendidikan",
        "codings on areas of pages of PDFs": "pindai: Pendidikan; pindai: Pendidikan",
        "codings on transcripts of recordings": "salinan: Pendidikan", "codings on parts of audio recordings": "suara: Pendidikan",
        "codings on parts of videos": "film: Pendidikan",
        "codings on texts that are not carried over": "hilang: Pendidikan; hilang: Ekonomi", "codings on notes": "Catatan: Pendidikan",
    }  # fmt: skip
    assert told["transcripts of recordings"] == "suara: salinan"


def test_ties_of_notes_that_no_table_has_are_listed(tmp_path):
    tie = f"<NoteRef targetGUID='{B.format(1)}'/>"
    case = f"<Cases><Case name='Ani'>{tie}<NoteRef targetGUID='{B.format(9)}'/></Case></Cases>"
    rest = f"<Notes>{note(1, 'Isi.')}</Notes>{tie}"
    told = left(read_qdpx(project(tmp_path, source(), rest=rest, before=case)))
    assert told["ties of notes to what is not in a table"] == "Catatan -> Ani; Catatan -> the project"
    assert told["references to notes that are not there"] == "Pendidikan; Ani"


def test_who_coded_is_looked_for_on_the_coding_then_on_the_selection_then_by_who_changed_it(tmp_path):
    def made_by(of_selection, of_coding):
        coding = f"<Coding guid='{B.format(0)}' {of_coding}><CodeRef targetGUID='{A.format(1)}'/></Coding>"
        place = f"<PlainTextSelection guid='{B.format(1)}' startPosition='0' endPosition='4' {of_selection}>{coding}</PlainTextSelection>"
        return read_qdpx(
            project(tmp_path, source(place), users=f"{USERS}<User guid='{A.format(7)}' name='budi'/>")
        ).codings.iloc[0]

    rani, budi = f"'{A.format(8)}'", f"'{A.format(7)}'"
    assert made_by(f"creatingUser={rani}", "")["coder"] == "Rani-UGM"
    assert made_by(f"creatingUser={rani}", f"creatingUser={budi}")["coder"] == "budi"
    assert made_by(f"creatingUser={rani}", f"modifyingUser={budi}")["coder"] == "Rani-UGM"
    assert made_by(f"modifyingUser={rani}", "")["coder"] == "Rani-UGM"
    first, second = "creationDateTime='2021-01-01T00:00:00Z'", "creationDateTime='2022-02-02T00:00:00Z'"
    assert (
        made_by(first, second)["created"] == "2022-02-02T00:00:00Z" and made_by(first, "")["created"] == "2021-01-01T00:00:00Z"
    )


def test_a_link_makes_a_note_about_its_passage_and_other_links_are_named_by_their_ends(tmp_path):
    def link(origin, target, more=""):
        return f"<Link guid='{B.format(6)}' originGUID='{origin}' targetGUID='{target}' {more}/>"

    links = link(B.format(1), B.format(4)) + link(A.format(5), B.format(1), "name='lihat'") + link(A.format(1), A.format(2))
    rest = f"<Notes>{note(1, 'Isi.')}</Notes><Links>{links}{link(A.format(1), A.format(0))}</Links>"
    made = read_qdpx(project(tmp_path, source(selection(0, 4, "Guru", codes=(), number=4)), rest=rest))
    assert made.memos["about"].tolist() == ["passage:Wawancara-1.docx: 1; document:Wawancara-1.docx"]
    assert left(made)["links"] == "lihat: Wawancara 1.docx -> Catatan; Pendidikan -> Lainnya; Pendidikan -> ?"


@pytest.mark.parametrize("about", ["x", "guru; case:A", "passage:a"])
def test_headings_in_a_note_of_others_are_words_of_theirs(tmp_path, about):
    said = f"[memo]\nlain\n[title]\nT\n[about]\n{about}"
    notes = note(1, "Isi.", inside=f"<Description>{said}</Description>") + note(
        2, "Lagi.", inside="<Description>Kata.</Description>"
    )
    made = read_qdpx(project(tmp_path, source(), rest=f"<Notes>{notes}</Notes>"))
    assert made.memos["title"].tolist() == ["Catatan", "Catatan"] and made.memos["about"].tolist() == ["", ""]
    assert left(made)["descriptions of notes"] == f"Catatan: {said}; Catatan: Kata."


def test_headings_of_qualkit_are_read_whoever_wrote_the_file_last(tmp_path):
    said = "[memo]\nlain\n[title]\nT\n[about]\ncase:A; passage:a: 1-3, 5"
    made = read_qdpx(
        project(tmp_path, source(), rest=f"<Notes>{note(1, 'Isi.', inside=f'<Description>{said}</Description>')}</Notes>")
    )
    assert made.memos[["memo", "title", "about"]].values.tolist() == [["lain", "T", "case:A; passage:a: 1-3, 5"]]


def test_statements_and_times_are_found_behind_a_byte_order_mark(tmp_path):
    rows = "coding,segment,created,codebook,quote\n" + ",".join([coding_guid(ROW), "1", "kemarin", "9", ""])
    notes = f"<Note guid='{guid('ledger')}' plainTextPath='internal://l.txt'/><Note guid='{B.format(1)}' plainTextPath='internal://s.txt'/>"
    files = {"sources/l.txt": rows, "sources/s.txt": "[statement]\nS1\n[text id]\nGuru.", f"sources/{A.format(5)}.txt": TEXT}
    notes += note(2, "[statement]\nS2")
    ties = "".join(f"<NoteRef targetGUID='{B.format(number)}'/>" for number in (1, 2))
    tied = selection(0, 4, "Guru").replace("</Coding>", f"{ties}</Coding>")
    for mark in ("", "\ufeff"):
        made = read_qdpx(
            project(
                tmp_path,
                source(tied),
                {name: (mark + text).encode() for name, text in files.items()},
                f"<Notes>{notes}</Notes>",
            )
        )
        assert made.codings[["statement", "created", "codebook"]].values.tolist() == [["S1 S2", "kemarin", "9"]]
        assert made.statements["text_id"].tolist() == ["Guru."] and len(made.memos) == 0


@pytest.mark.parametrize("text", ["rusak", 'coding,segment,created,codebook,quote\na,1,,,"' + "x" * 10_000_001 + '"'])
def test_a_ledger_that_cannot_be_read_is_told(tmp_path, text):
    ledger = f"<Note guid='{guid('ledger')}' name='qualkit'><PlainTextContent>{text}</PlainTextContent></Note>"
    made = read_qdpx(project(tmp_path, source(WORDS), rest=f"<Notes>{ledger}</Notes>"))
    told = "segments, times and quotes of codings as they were"
    assert left(made)[told] == "the note of qualkit that keeps them is not readable" and len(made.codings) == 3


def test_a_file_of_qualkit_counts_code_points_and_needs_no_proof(tmp_path):
    made = read_qdpx(project(tmp_path, source(selection(27, 33)), more='origin="qualkit"'))
    assert made.codings["quote"].tolist() == ["pulang"]


def test_selections_that_hold_too_many_words_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("qualkit.refireader.LARGEST", 22)
    with pytest.raises(ValueError, match=r"its selections hold more than 0 million characters; such projects are not read"):
        read_qdpx(project(tmp_path, source(selection(0, 19, "Guru pergi ke Busan") + selection(0, 4, "Guru"))))


def test_twice_as_many_users_of_one_name_are_twice_the_work(tmp_path):
    def work(number):
        users = "".join(f"<User guid='{one}' name='rani'/>" for one in range(number))
        path = project(tmp_path, "", {}, users=users)
        return calls(lambda: read_qdpx(path))

    assert work(2_000) < 2.2 * work(1_000)  # numbered one after the other from the start: 4 times
