"""A study leaves and comes back whole; a study comes in and is worked on; hostile files come no further than the door."""

import contextlib
import dataclasses
import io
import json
import re
import struct
import tracemalloc
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualkit as qk
from qualkit.codings import FILE_COLUMNS
from qualkit.drafts import UNWRITTEN
from qualkit.exchange import read_qdc, read_qdpx, write_qdc
from qualkit.refiwriter import write_qdpx
from qualkit.taguette import read_taguette
from tests.small_study import study

LETTERS = st.sampled_from("ab é–“”🇮🇩\u200d👩\u0301\n.<&\"'")
TEXTS = st.text(LETTERS, min_size=1, max_size=60).filter(str.strip)


@pytest.fixture
def tables(tmp_path):
    return study(tmp_path)


def test_a_study_comes_back_exactly(tables, tmp_path):
    assert len(write_qdpx(tmp_path / "studi.qdpx", **tables)) == 0
    project = read_qdpx(tmp_path / "studi.qdpx")
    assert len(project.left) == 0 and project.codebook == tables["codebook"]
    pd.testing.assert_frame_equal(project.documents, tables["documents"])
    pd.testing.assert_frame_equal(project.memos, tables["memos"])
    columns = [*FILE_COLUMNS, "facet", "anchor"]
    pd.testing.assert_frame_equal(project.codings[columns].astype(str), tables["codings"][columns].astype(str))
    assert project.statements[["statement", "text_id", "case", "note"]].values.tolist() == [
        ["S1", "Guru ditukar.", "SUB-BUS", ""], ["S2", "[sic] Pulang.", "SUB-BUS", "ya"],
    ]  # fmt: skip


def test_the_files_of_a_study_are_read_as_any_others(tables, tmp_path):
    write_qdpx(tmp_path / "studi.qdpx", **tables)
    study = tmp_path / "kembali"
    paths = read_qdpx(tmp_path / "studi.qdpx").write(study)
    assert [path.relative_to(study).as_posix() for path in paths if path.name != "audit.jsonl"] == [
        "README.md", "codebook.yaml", "corpus/cases.csv", "corpus/claims.yaml", "corpus/codings/budi.csv",
        "corpus/codings/rani.csv", "corpus/documents.csv", "corpus/memos/2026-11-20-awal.md", "corpus/memos/2026-11-21-guru.md",
        "corpus/statements.csv", "corpus/texts/berita-1.txt", "corpus/texts/jurnal-1.txt", "notebooks/01-condensation.ipynb",
        "notebooks/02-coding.ipynb", "notebooks/03-displays.ipynb", "notebooks/04-conclusions.ipynb",
    ]  # fmt: skip
    folder = study / "corpus"
    documents, codebook = qk.read_corpus(folder), qk.read_codebook(study / "codebook.yaml")
    codings = qk.read_codings(folder / "codings", qk.split(documents, into="sentences"), codebook)
    pd.testing.assert_frame_equal(documents.drop(columns="reference"), tables["documents"])
    assert codebook == tables["codebook"]
    pd.testing.assert_frame_equal(
        codings[list(FILE_COLUMNS)], tables["codings"][list(FILE_COLUMNS)].astype(codings[list(FILE_COLUMNS)].dtypes)
    )
    about = ["", "sektor:DIK.GURU; family:DIK; document:berita-1"]  # the conclusions are not in the project
    pd.testing.assert_frame_equal(qk.read_memos(folder / "memos"), tables["memos"].assign(about=about))
    mine = codings[codings["coder"] == "rani"]
    assert qk.read_statements(folder / "statements.csv", mine, codebook)["statement"].unique().tolist() == ["S1", "S2"]
    assert set(qk.check_audit(folder)["state"]) == {"as logged"}
    assert set(qk.read_audit(folder)["why"]) == {"read from a REFI-QDA project"}
    with pytest.raises(ValueError, match=r"kembali' holds files \(\.gitattributes, \.gitignore, README\.md and 4 more\)"):
        read_qdpx(tmp_path / "studi.qdpx").write(study)


def test_a_study_that_cannot_be_written_whole_is_not_written_at_all(tables, tmp_path):
    write_qdpx(tmp_path / "studi.qdpx", **tables)
    project = read_qdpx(tmp_path / "studi.qdpx")
    long = project.documents["document"].replace("jurnal-1", "n" * 300)
    project = dataclasses.replace(project, documents=project.documents.assign(document=long))
    for _ in range(2):
        with pytest.raises(ValueError, match=r"kembali/corpus/texts/n{300}\.txt could not be written"):
            project.write(tmp_path / "kembali")
        assert list((tmp_path / "kembali").iterdir()) == []


FOREIGN = """<Project xmlns="urn:QDA-XML:project:1.0" name="Studi NVivo"><Users><User guid="1" name="rani"/></Users>{codes}
<Sources><TextSource guid="3" name="Wawancara 1"><PlainTextContent>Guru pergi.\nMurid pulang.</PlainTextContent>{coding}</TextSource>
</Sources></Project>"""
CODES = '<CodeBook><Codes><Code guid="2" name="Guru"/></Codes></CodeBook>'
CODING = """<PlainTextSelection guid="4" name="Guru" startPosition="0" endPosition="4" creatingUser="1">
<Coding guid="5" creatingUser="1"><CodeRef targetGUID="2"/></Coding></PlainTextSelection>"""


def notebooks_of(study):
    """What the code cells of a study's notebooks print and show, run in one Python."""
    told = io.StringIO()
    for path in sorted((study / "notebooks").glob("*.ipynb")):
        names = {"display": lambda shown: print(repr(shown))}
        with contextlib.chdir(path.parent), contextlib.redirect_stdout(told):
            for cell in json.loads(path.read_text("utf-8"))["cells"]:
                assert not cell.get("outputs")  # those of the example
                if cell["cell_type"] == "code":
                    exec("".join(cell["source"]), names)
    return told.getvalue()


@pytest.mark.parametrize("name", ["foreign", "no codings", "no codes", "nothing", "own", "ids without words"])
def test_what_a_project_becomes_has_no_fault_and_its_notebooks_run(name, tables, tmp_path):
    path = tmp_path / "studi.qdpx"
    if name in ("own", "ids without words"):
        write_qdpx(path, **{**tables, "statements": tables["statements"] if name == "own" else None})
    else:
        text = FOREIGN.format(codes="" if name == "no codes" else CODES, coding=CODING if name == "foreign" else "")
        path.write_bytes(project_xml(text if name != "nothing" else QDE))
    project = read_qdpx(path)
    project.write(tmp_path / "hasil")
    looks = qk.check_study(tmp_path / "hasil")
    assert looks["weight"].tolist() == ["look"] * (name in ("own", "ids without words"))
    assert looks["text"].str.startswith("coded, but in no statement: DIK.MURID (jurnal-1 1)").all()
    readme = (tmp_path / "hasil" / "README.md").read_text("utf-8")
    assert readme.endswith("\n## Still to do\n\n" + "".join(f"- {line}\n" for line in project.to_do()))
    told = notebooks_of(tmp_path / "hasil")
    if name == "foreign":
        lacking = [f"codebook.yaml has no facet '{facet}' yet: " for facet in ("case", "status", "evidence", "sector")]
        assert all(line in told for line in lacking)
        assert "corpus/statements.csv has no statement yet" in told and "corpus/claims.yaml has no conclusion yet" in told


def test_what_is_still_to_do_is_said(tables, tmp_path):
    (tmp_path / "asing.qdpx").write_bytes(project_xml(FOREIGN.format(codes=CODES, coding=CODING)))
    assert [line.partition(".\n")[0] for line in read_qdpx(tmp_path / "asing.qdpx").to_do()] == [
        "`corpus/left.csv` lists what of the project was not carried over: read it.",
        "`corpus/documents.csv`: texts without a date: 1; of the kind 'other': 1.",
        "`codebook.yaml`: codes that lack words (“(not written yet)”): 1.",
        "`codebook.yaml` has no facet case, status, evidence. Displays and conclusions stand on them: copy them from the codebook.yaml"
        " that `qualkit new` makes, with cases of your own.",
        "`corpus/statements.csv`: no statement has words yet. Each distinct fact stands there once; its id stands in the column"
        " `statement` of the codings it rests on.",
        "`corpus/claims.yaml`: a project holds no conclusions; they are yours to draw.",
    ]  # fmt: skip
    (tmp_path / "kosong.qdpx").write_bytes(project_xml(QDE))
    assert read_qdpx(tmp_path / "kosong.qdpx").to_do()[:2] == [
        "The project has no codes: `codebook.yaml` is the example that every study begins with.", "Nobody has coded anything yet.",
    ]  # fmt: skip
    write_qdpx(tmp_path / "studi.qdpx", **tables)
    assert read_qdpx(tmp_path / "studi.qdpx").to_do()[1:] == [
        "`corpus/cases.csv` holds the cases of the project and their variables; no display knows them.",
        "`corpus/claims.yaml`: a project holds no conclusions; they are yours to draw.",
        "Memos that were about conclusions: 2026-11-21-guru (claim:C1).",
    ]  # fmt: skip


@settings(max_examples=60)
@given(st.data())
def test_every_span_with_every_memo_comes_back(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("rentang")
    tables = study(folder)
    text = data.draw(TEXTS)
    documents = tables["documents"].head(1).assign(text=text)
    rows = []
    for start, length, coder in data.draw(
        st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60), st.sampled_from(["rani", "budi"])), min_size=1)
    ):
        span = (start % len(text), min(len(text), start % len(text) + length))
        memo = data.draw(st.text(LETTERS, max_size=10).filter(lambda memo: memo == "" or memo.strip()))
        if text[slice(*span)].strip():
            rows.append({"document": "berita-1", "segment": 1, "start": span[0], "end": span[1], "code": "DIK.GURU", "coder": coder, "statement": "",
                         "memo": memo, "created": "2026-11-22", "codebook": "1.0", "quote": text[slice(*span)]})  # fmt: skip
    columns = ["document", "start", "end", "code", "coder", "memo", "created", "codebook", "quote"]
    codings = pd.DataFrame(rows, columns=[*columns, "segment", "statement"]).drop_duplicates(["start", "end", "coder"])
    assert len(write_qdpx(folder / "studi.qdpx", documents, codings, tables["codebook"])) == 0
    project = read_qdpx(folder / "studi.qdpx")
    assert project.documents["text"].tolist() == [text] and len(project.left) == 0
    assert sorted(project.codings[columns].values.tolist()) == sorted(codings[columns].values.tolist())


def test_a_codebook_goes_to_qdc_and_comes_back(tables, tmp_path):
    path = write_qdc(tmp_path / "buku.qdc", tables["codebook"])
    assert read_qdc(path) == tables["codebook"]
    with pytest.raises(ValueError, match=r"buku\.qdc is there already"):
        write_qdc(path, tables["codebook"])


@pytest.mark.parametrize(
    "namespace", ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:1:0", "urn:QDA-XML:codebook:0:4", "urn:QDA-XML:project:1.0"]
)
def test_a_codebook_of_another_program_is_a_draft_and_says_what_it_lost(tmp_path, namespace):
    path = tmp_path / "atlas.qdc"
    path.write_bytes(
        f"""\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<CodeBook origin="ATLAS.ti" xmlns="{namespace}"><Codes>
        <Code guid="{{1}}" name="Guru" color="#46AA00" isCodable="true"><Description>Pengajar.</Description>
        <Code guid="3" name="A"><Code guid="4" name="B"/></Code></Code></Codes>
        <Sets><Set guid="2" name="Inti"/></Sets></CodeBook>""".encode()
    )
    with pytest.warns(
        UserWarning, match=r"not carried over: colours of codes \(1\): Guru; levels of codes .* \(1\): B; sets \(1\): Inti"
    ):
        codebook = read_qdc(path)
    guru = codebook.codes()["Guru"][1]
    assert guru.full["id"] == "Pengajar." and guru.example == UNWRITTEN and codebook.id == "atlas"


def test_a_codebook_without_codes_is_refused_and_a_facet_without_codes_is_told(tables, tmp_path):
    path = tmp_path / "kosong.qdc"
    path.write_text('<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>')
    with pytest.raises(ValueError, match=r"kosong\.qdc: there is no code in it$"):
        read_qdc(path)
    whole = write_qdc(tmp_path / "buku.qdc", tables["codebook"]).read_text("utf-8")
    bare = tmp_path / "tanpa.qdc"
    bare.write_text(re.sub(r'<Code [^>]*name="SUB-BUS".*?</Code>', "", whole, flags=re.DOTALL), "utf-8")
    with pytest.warns(UserWarning, match=r"tanpa\.qdc: not carried over: facets without codes \(1\): case$"):
        codebook = read_qdc(bare)
    assert codebook.facets == tables["codebook"].facets[:1]


def test_what_is_no_codebook_is_refused(tmp_path):
    path = tmp_path / "a.qdc"
    path.write_text("<Project/>")
    with pytest.raises(ValueError, match=r"a\.qdc: not a REFI-QDA codebook: it begins with 'Project'"):
        read_qdc(path)
    with open(path, "wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(ValueError, match=r"a\.qdc: larger than 20 MB; a codebook is not"):
        read_qdc(path)
    for reader in (read_qdc, read_qdpx):
        with pytest.raises(ValueError, match=r"tidak\.ada could not be read \(No such file or directory\)"):
            reader(tmp_path / "tidak.ada")


QDE = b'<Project xmlns="urn:QDA-XML:project:1.0" name="x"/>'


def archive(*members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (("project.qde", QDE), *members):
            made.writestr(name, content)
    return held.getvalue()


def link():
    info = zipfile.ZipInfo("sources/a.txt")
    info.external_attr = 0o120777 << 16
    return archive((info, "/etc/passwd"))


def twice():
    with pytest.warns(UserWarning, match="Duplicate name"):
        return archive(("sources/a.txt", "satu"), ("sources/a.txt", "dua"))


def locked():
    content = bytearray(archive(("sources/a.txt", "satu")))
    at = content.index(b"PK\x01\x02") + 8
    content[at : at + 2] = struct.pack("<H", 1)
    return bytes(content)


def project_xml(text):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("project.qde", text)
    return held.getvalue()


HOSTILE = {
    "zip slip": lambda: archive(("../../jahat.txt", "x")),
    "zip slip inside": lambda: archive(("sources/../../jahat.txt", "x")),
    "absolute": lambda: archive(("/tmp/jahat.txt", "x")),
    "absolute on Windows": lambda: archive(("C:\\jahat.txt", "x")),
    "ratio": lambda: archive(("sources/a.txt", b"\0" * 60_000_000)),
    "total": lambda: archive(*((f"sources/{n}.txt", b"\0" * 25_500_000) for n in range(4))),
    "number": lambda: archive(*((f"sources/{n}.txt", b"") for n in range(10_001))),
    "duplicate": twice,
    "duplicate but for letters": lambda: archive(("sources/a.txt", "satu"), ("SOURCES/A.TXT", "dua")),
    "link": link,
    "locked": locked,
    "cut off": lambda: archive(("sources/a.txt", "satu"))[:-30],
    "entity bomb": lambda: project_xml('<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Project name="&b;"/>'),
    "external entity": lambda: project_xml('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><Project><Description>&a;</Description></Project>'),
    "deep": lambda: project_xml("<Code>" * 60_000 + "</Code>" * 60_000),
    "no archive": lambda: b"PK\x03\x04 tidak",
    "empty": lambda: b"",
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_archives_are_refused_within_50_mb(kind, tmp_path):
    path = tmp_path / "jahat.qdpx"
    path.write_bytes(HOSTILE[kind]())
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"jahat\.qdpx: "):
        read_qdpx(path)
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
    assert [found.name for found in tmp_path.iterdir()] == ["jahat.qdpx"]


@pytest.mark.parametrize("text", ['<!DOCTYPE a [<!ENTITY a "aa">]><CodeBook>&a;</CodeBook>', "<Code>" * 100_000])
def test_hostile_codebooks_are_refused(text, tmp_path):
    (tmp_path / "jahat.qdc").write_text(text)
    with pytest.raises(ValueError, match="as only hostile files"):
        read_qdc(tmp_path / "jahat.qdc")


def test_a_taguette_codebook_is_a_draft_too(tmp_path):
    (tmp_path / "codebook.csv").write_text("tag,description\nguru,Pengajar.\n")
    assert read_taguette(tmp_path / "codebook.csv").title == {"id": "codebook", "en": "codebook"}
