"""Projects as other programs write them, made by hand: every habit that is read, and everything that is not carried over."""

import io
import zipfile

import pytest

import qualkit as qk
from qualkit.exchange import read_qdpx

A, B = "AAAAAAAA-0000-4000-8000-00000000000{}", "BBBBBBBB-0000-4000-8000-00000000000{}"
TEXT = "Guru pergi ke Busan 🇮🇩 dan pulang.\nMurid menunggu di Surabaya.\n"
CODES = f"""\
<Code guid="{{{A.format(1)}}}" name="Pendidikan" isCodable="true" color="#FF0000"><Description>Sekolah.</Description>
  <NoteRef targetGUID="{B.format(7)}"/>
  <Code guid="{A.format(2)}" name="Lainnya" isCodable="true"/></Code>
<Code guid="{A.format(3)}" name="Ekonomi" isCodable="false"><Code guid="{A.format(4)}" name="Lainnya" isCodable="true"/></Code>"""


def selection(start, end, name="", codes=(1,), inside="", user=8, number=0):
    coded = "".join(
        f'<Coding guid="{B.format(0)}" creatingUser="{A.format(user)}" creationDateTime="2021-03-04T10:11:12Z">'
        f'<CodeRef targetGUID="{A.format(code).lower()}"/></Coding>'
        for code in codes
    )
    known = f'guid="{B.format(number)}" name="{name}" startPosition="{start}" endPosition="{end}"'
    return f"<PlainTextSelection {known}>{inside}{coded}</PlainTextSelection>"


def source(inside="", name="Wawancara 1.docx", number=5, path="internal://{}.TXT", more=""):
    return f'<TextSource guid="{{{A.format(number)}}}" name="{name}" plainTextPath="{path.format(A.format(number))}" {more}>{inside}</TextSource>'


def project(
    tmp_path,
    sources,
    files=None,
    rest="",
    before="",
    namespace="urn:QDA-XML:project:1.0",
    name="Project.QDE",
    more="",
    root="Project",
):
    """A .qdpx with these sources, its texts in the folder `Sources` as Windows writes them."""
    files = {f"Sources/{A.format(5)}.txt": b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()} if files is None else files
    users = f'<Users><User guid="{A.format(8)}" name="Rani (UGM)"/><User guid="{A.format(9)}" name="codebook"/></Users>'
    xml = (
        f'<?xml version="1.0" encoding="utf-8"?><{root} xmlns="{namespace}" name="Studi" {more}>{users}<CodeBook><Codes>{CODES}</Codes></CodeBook>'
        f"{before}<Sources>{sources}</Sources>{rest}</{root}>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, b"\xef\xbb\xbf" + xml.encode())
        for path, content in files.items():
            archive.writestr(path, content)
    path = tmp_path / "asing.qdpx"
    path.write_bytes(held.getvalue())
    return path


def left(made):
    return dict(zip(made.left["kind"], made.left["names"], strict=True))


def utf16(position):
    return position + 2 * (position > 21)  # two flags before it


WORDS = selection(0, 19, "Guru pergi ke Busan") + selection(utf16(27), utf16(33), "pulang", codes=(2, 4), user=9)


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
    documents, codebook = qk.read_corpus(tmp_path / "studi"), qk.read_codebook(tmp_path / "studi" / "codebook.yaml")
    codings = qk.read_codings(tmp_path / "studi" / "codings", qk.split(documents, into="sentences"), codebook)
    assert codings[["coder", "code", "quote", "anchor"]].values.tolist() == [
        ["Rani-UGM", "Pendidikan", "Guru pergi ke Busan", "exact"],
        ["codebook-person", "Ekonomi.Lainnya", "pulang", "exact"],
        ["codebook-person", "Pendidikan.Lainnya", "pulang", "exact"],
    ]
    assert "colours of codes" in (tmp_path / "studi" / "left.csv").read_text("utf-8")


def test_line_ends_counted_as_two_are_found_out(tmp_path):
    marked = selection(35 + 1, 35 + 1 + 14, "Murid menunggu")
    made = read_qdpx(project(tmp_path, source(marked)))
    assert made.codings[["start", "end", "quote"]].values.tolist() == [[35, 49, "Murid menunggu"]]


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
        "colours of codes": "Pendidikan", "sets": "Inti (1 members)", "links": "sebab", "graphs": "(no name)",
        "description of the project": "Tentang guru.",
    }  # fmt: skip


def test_variables_of_texts_and_of_their_cases_become_columns(tmp_path):
    def value(number, text, kind="TextValue"):
        return f"<VariableValue><VariableRef targetGUID='{B.format(number)}'/><{kind}>{text}</{kind}></VariableValue>"

    names = ["Outlet", "Tanggal wawancara", "date", "line", "umur", "kind"]
    variables = "".join(f"<Variable guid='{B.format(n)}' name='{name}' typeOfVariable='Text'/>" for n, name in enumerate(names))
    of_case = value(0, "Antara") + value(4, 41, "IntegerValue") + value(5, "journal")
    cases = (
        f"<Variables>{variables}</Variables><Cases><Case guid='{A.format(0)}' name='Ani'>{of_case}"
        f"<SourceRef targetGUID='{A.format(5)}'/></Case></Cases>"
    )
    inside = value(1, "2019-05-12", "DateValue") + value(2, "12 Mei 2019") + value(3, "x") + "<VariableValue/>"
    made = read_qdpx(project(tmp_path, source(inside), before=cases))
    row = made.documents.iloc[0].to_dict()
    assert (row["outlet"], row["kind"], row["Tanggal wawancara"], row["line_"]) == ("Antara", "journal", "2019-05-12", "x")
    assert (row["date"], row["date_certainty"], row["date_note"]) == ("", "unknown", "the project says 12 Mei 2019")
    assert made.cases.values.tolist() == [["Ani", "Wawancara-1.docx", "Antara", "41", "journal"]]
    assert "umur" not in row


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
    assert left(made)["notes without a text"] == "Catatan 9" and left(made)["codings on notes"] == "Catatan 7"


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


def test_a_project_without_texts_or_codes_is_empty_tables(tmp_path):
    made = read_qdpx(project(tmp_path, "", {}))
    assert [len(table) for table in (made.documents, made.codings, made.cases, made.statements, made.memos)] == [0] * 5
