"""A study leaves and comes back whole; a study comes in and is worked on; hostile files come no further than the door."""

import io
import struct
import time
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
    folder = tmp_path / "kembali"
    paths = read_qdpx(tmp_path / "studi.qdpx").write(folder)
    assert sorted(path.relative_to(folder).as_posix() for path in paths) == [
        "cases.csv", "codebook.yaml", "codings/budi.csv", "codings/rani.csv", "documents.csv", "memos/2026-11-20-awal.md",
        "memos/2026-11-21-guru.md", "statements.csv", "texts/berita-1.txt", "texts/jurnal-1.txt",
    ]  # fmt: skip
    documents, codebook = qk.read_corpus(folder), qk.read_codebook(folder / "codebook.yaml")
    codings = qk.read_codings(folder / "codings", qk.split(documents, into="sentences"), codebook)
    pd.testing.assert_frame_equal(documents, tables["documents"])
    assert codebook == tables["codebook"]
    pd.testing.assert_frame_equal(
        codings[list(FILE_COLUMNS)], tables["codings"][list(FILE_COLUMNS)].astype(codings[list(FILE_COLUMNS)].dtypes)
    )
    pd.testing.assert_frame_equal(qk.read_memos(folder / "memos"), tables["memos"])
    mine = codings[codings["coder"] == "rani"]
    assert qk.read_statements(folder / "statements.csv", mine, codebook)["statement"].unique().tolist() == ["S1", "S2"]
    with pytest.raises(ValueError, match=r"documents\.csv is there already; nothing was written\. Choose another folder\."):
        read_qdpx(tmp_path / "studi.qdpx").write(folder)


def test_nothing_is_written_where_one_file_is_there(tables, tmp_path):
    write_qdpx(tmp_path / "studi.qdpx", **tables)
    (tmp_path / "kembali" / "codings").mkdir(parents=True)
    (tmp_path / "kembali" / "codings" / "rani.csv").write_text("punya orang lain")
    with pytest.raises(ValueError, match=r"rani\.csv is there already; nothing was written"):
        read_qdpx(tmp_path / "studi.qdpx").write(tmp_path / "kembali")
    assert [path.name for path in (tmp_path / "kembali").iterdir()] == ["codings"]


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


def test_what_is_no_codebook_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.qdc"
    path.write_text("<Project/>")
    with pytest.raises(ValueError, match=r"a\.qdc: not a REFI-QDA codebook: it begins with 'Project'"):
        read_qdc(path)
    monkeypatch.setattr("qualkit.exchange._LARGEST_CODEBOOK", 5)
    with pytest.raises(ValueError, match=r"a\.qdc: larger than 0 MB; a codebook is not"):
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
def test_hostile_archives_are_refused_within_a_second_and_50_mb(kind, tmp_path):
    path = tmp_path / "jahat.qdpx"
    path.write_bytes(HOSTILE[kind]())
    began = time.process_time()
    with pytest.raises(ValueError, match=r"jahat\.qdpx: "):
        read_qdpx(path)
    assert time.process_time() - began < 1
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
