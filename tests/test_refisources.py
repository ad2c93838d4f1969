"""Archives of other programs and their texts: what is read, what is left out and listed, what is refused."""

import tracemalloc

import pytest

from qualkit.exchange import read_qdpx
from tests.foreign_project import TEXT, WORDS, A, B, left, project, selection, source


@pytest.mark.parametrize(
    "place", [f"sources/{A.format(5)}.txt", f"SOURCES/{{{A.format(5)}}}.txt", f"{A.format(5).lower()}.txt"]
)
@pytest.mark.parametrize("path", ["internal://{}.txt", "internal://{{{}}}.txt", "internal:///{}.txt"])
def test_texts_are_found_however_programs_spell_their_names(tmp_path, place, path):
    made = read_qdpx(project(tmp_path, source(path=path), {place: TEXT.encode()}))
    assert made.documents["text"].tolist() == [TEXT]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_texts_in_other_unicode_encodings_are_read(tmp_path, encoding):
    made = read_qdpx(project(tmp_path, source(WORDS), {f"sources/{A.format(5)}.txt": TEXT.encode(encoding)}))
    assert made.codings["quote"].tolist() == ["Guru pergi ke Busan", "pulang", "pulang"]


def test_a_text_in_no_unicode_encoding_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"asing\.qdpx: the text of 'Wawancara 1\.docx' is not UTF-8 \(byte 3\)"):
        read_qdpx(project(tmp_path, source(), {f"sources/{A.format(5)}.txt": b"Kaf\xe9 itu."}))


def test_a_text_inside_the_project_is_read_and_so_is_that_of_a_pdf(tmp_path):
    inline = f"<TextSource guid='{A.format(5)}' name='a'><PlainTextContent>Guru.\nMurid.</PlainTextContent>{selection(6, 11, 'Murid')}</TextSource>"
    area = f"<PDFSelection guid='{B.format(1)}' page='1' firstX='0' firstY='0' secondX='1' secondY='1'/>"
    words = f"<PlainTextContent>Kota Busan.</PlainTextContent>{selection(5, 10, 'Busan')}"
    pdf = (
        f"<PDFSource guid='{A.format(6)}' name='artikel.pdf'>{area}<Representation guid='{A.format(7)}'>{words}</Representation></PDFSource>"
        f"<PDFSource guid='{B.format(2)}' name='pindai.pdf'/>"
    )
    made = read_qdpx(project(tmp_path, inline + pdf, {}))
    assert made.codings[["document", "quote"]].values.tolist() == [["a", "Murid"], ["artikel.pdf", "Busan"]]
    assert left(made)["areas marked on pages of PDFs"] == "artikel.pdf" and left(made)["PDFs without a text"] == "pindai.pdf"


@pytest.mark.parametrize(
    "path",
    [
        "internal://../../rahasia.txt",
        "relative:///rahasia.txt",
        "absolute:///etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "internal://",
        "",
    ],
)
def test_nothing_outside_of_the_archive_is_read_and_the_text_that_is_missing_is_listed(tmp_path, path):
    (tmp_path / "rahasia.txt").write_text("rahasia")
    made = read_qdpx(
        project(tmp_path, source(WORDS, path=path) + source(name="ada", number=6), {f"sources/{A.format(6)}.txt": b"Ada."})
    )
    assert made.documents["document"].tolist() == ["ada"] and len(made.codings) == 0
    assert left(made)["sources whose text is not in the file"] == "Wawancara 1.docx"


def test_names_are_made_fit_for_files_and_stay_apart(tmp_path):
    sources = (
        source(name="../../etc/passwd", number=5)
        + source(name="CON", number=6)
        + source(name="Café", number=7)
        + source(name="Cafe\u0301", number=9)
    )
    files = {f"sources/{A.format(n)}.txt": f"Teks {n}.".encode() for n in (5, 6, 7, 9)}
    made = read_qdpx(project(tmp_path, sources, files))
    assert made.documents["document"].tolist() == ["etc-passwd", "document-CON", "Café", "Café-2"]


def test_positions_that_are_no_numbers_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"a selection in 'Wawancara 1\.docx' has positions that are no whole numbers"):
        read_qdpx(project(tmp_path, source(selection("x", 3))))


def test_what_is_no_project_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"not a REFI-QDA project: it holds no project\.qde"):
        read_qdpx(project(tmp_path, "", name="lain.xml"))
    with pytest.raises(ValueError, match=r"asing\.qdpx: not a REFI-QDA project: project\.qde begins with 'Projekt'"):
        read_qdpx(project(tmp_path, "", root="Projekt"))


@pytest.mark.parametrize("path", ["a.txt", "relative:///a.txt", "sources/a.txt", "file://A.TXT"])
def test_a_text_in_the_archive_is_read_however_its_path_begins(tmp_path, path):
    assert read_qdpx(project(tmp_path, source(path=path), {"sources/a.txt": b"Guru."})).documents["text"].tolist() == ["Guru."]


def test_a_pdf_keeps_what_is_said_of_it_and_what_is_said_of_its_text(tmp_path):
    note = f"<Notes><Note guid='{B.format(3)}' name='n'><PlainTextContent>Isi.</PlainTextContent></Note></Notes>"
    coding = f"<Coding guid='{B.format(4)}'><CodeRef targetGUID='{A.format(1)}'/></Coding>"
    inner = f"<Representation guid='{B.format(6)}'><PlainTextContent>Kota Busan.</PlainTextContent>{coding}</Representation>"
    more = f"<VariableValue><VariableRef targetGUID='{B.format(5)}'/><TextValue>Kompas</TextValue></VariableValue>"
    tie = f"<NoteRef targetGUID='{B.format(3)}'/>"
    pdf = f"<PDFSource guid='{B.format(2)}' name='q.pdf'><Description>Tentang q.</Description>{inner}{coding}{tie}{more}</PDFSource>"
    cases = "".join(f"<Case name='{n}'><SourceRef targetGUID='{B.format(n)}'/></Case>" for n in (2, 6))
    before = f"<Variables><Variable guid='{B.format(5)}' name='Outlet'/></Variables><Cases>{cases}</Cases>"
    made = read_qdpx(project(tmp_path, pdf, {}, note, before))
    assert made.documents[["document", "outlet", "text"]].values.tolist() == [["q.pdf", "Kompas", "Kota Busan."]]
    assert made.memos["about"].tolist() == ["document:q.pdf"] and made.cases["documents"].tolist() == ["q.pdf", "q.pdf"]
    assert left(made)["codings on whole texts"] == "q.pdf; q.pdf" and left(made)["descriptions of texts"] == "q.pdf: Tentang q."


def test_texts_that_no_study_can_hold_are_listed_and_left_out(tmp_path):
    names = ("satu", "kosong", "lagi", "rusak")
    sources = "".join(source(selection(0, 4, "Guru"), name, number) for number, name in enumerate(names, 5))
    texts = [b"Guru.\r\n", b"\xef\xbb\xbf \n", b"Guru.\n", b"Guru\0"]
    made = read_qdpx(project(tmp_path, sources, {f"sources/{A.format(n)}.txt": text for n, text in enumerate(texts, 5)}))
    assert made.documents["document"].tolist() == ["satu"] and len(made.codings) == 1
    assert left(made)["sources without a word"] == "kosong"
    assert left(made)["sources with the text of another"] == "lagi (the same as satu)"
    assert left(made)["sources with characters that no text file holds"] == "rusak"
    assert left(made)["codings on texts that are not carried over"] == "kosong: Pendidikan; lagi: Pendidikan; rusak: Pendidikan"


def test_sources_of_one_guid_are_listed(tmp_path):
    inline = "".join(
        f"<TextSource guid='{B.format(1)}' name='{n}'><PlainTextContent>{n}.</PlainTextContent></TextSource>" for n in "ab"
    )
    made = read_qdpx(project(tmp_path, inline, {}))
    assert made.documents["document"].tolist() == ["a", "b"] and left(made)["sources that share a guid"] == "a; b"


def test_long_names_are_cut_by_bytes_and_stay_apart(tmp_path):
    titles = ["é" * 130, "é" * 131]
    files = {f"sources/{A.format(n)}.txt": f"Teks {n}.".encode() for n in (5, 6)}
    made = read_qdpx(
        project(
            tmp_path,
            source(name=titles[0]) + source(name=titles[1], number=6),
            files,
            users=f"<User guid='{A.format(8)}' name='{'r' * 300}'/>",
        )
    )
    assert made.documents["document"].tolist() == ["é" * 50, "é" * 50 + "-2"] and made.documents["title"].tolist() == titles
    assert left(made)["names of texts too long for a file (cut)"] == "; ".join(titles)
    assert left(made)["names of users that no file can have (changed)"] == f"{'r' * 300} -> {'r' * 100}"


@pytest.mark.parametrize("other", ["sources/{A}.txt", "sources\\a.txt", "SOURCES/{a}.txt"])
def test_two_parts_that_programs_take_for_one_are_refused(tmp_path, other):
    with pytest.raises(
        ValueError, match=r"asing\.qdpx: the file holds two parts that programs take for one: 'sources/a\.txt' and "
    ):
        read_qdpx(project(tmp_path, "", {"sources/a.txt": b"Satu.", other: b"Dua."}))


def test_of_several_projects_the_one_with_the_name_of_the_standard_is_read(tmp_path):
    made = read_qdpx(project(tmp_path, "", {"a.qde": b"<Project/>"}))
    assert made.codebook.id == "Studi" and left(made)["further projects in the file"] == "a.qde"
    with pytest.raises(ValueError, match=r"it holds several projects, none of them called project\.qde: b\.qde, a\.qde"):
        read_qdpx(project(tmp_path, "", {"a.qde": b"<Project/>"}, name="b.qde"))


HEAVY = {
    "an attribute": (lambda: f"name='{'a1b2' * 4_000_000}'", "", "a tag of more than 2 MB, as only hostile files have"),
    "attributes": (lambda: " ".join(f"a{n}='{n}'" for n in range(300_000)), "", "a tag of more than 2 MB"),
    "elements": (lambda: "", "<a b='1'/>" * 1_000_000, "more than 200,000 elements are not read"),
    "a description": (lambda: "", "ab " * 7_000_000, r"project\.qde is larger than 20 MB; such projects are not read"),
}


@pytest.mark.parametrize("case", HEAVY)
def test_a_project_that_weighs_too_much_is_refused_in_little_memory(tmp_path, case):
    more, rest, said = HEAVY[case]
    path = project(tmp_path, "", {}, rest, more=more())
    tracemalloc.start()
    with pytest.raises(ValueError, match=said):
        read_qdpx(path)
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
