"""An archive of a few sentences in many small parts: the same suggestions as at once, whatever happens on the way."""

import json
import os
import signal
from dataclasses import replace
from unittest import mock

import pandas as pd
import pytest

pytest.importorskip("pyarrow", reason="the extra `scale` is not installed")

from qualkit import parts, scale
from qualkit.codebook import Code, Codebook, Facet
from qualkit.display import heatmap, show
from qualkit.export import write_table
from qualkit.matrix import trace
from qualkit.segments import split
from qualkit.suggest import suggest_codings

BOTH = {"id": "x", "en": "x"}
SENTENCES = ("Dua guru tiba di balai kota.", "Pasar ikan itu ramai.", "Hujan turun semalaman.", "Seorang guru ke pasar.")


def code(name, *indicators, **more):
    return Code(
        name, {"id": name.title(), "en": name.title()}, *[BOTH] * 5, "data", "topic", "1", indicators=indicators, **more
    )


def book(*codes, version="1"):
    return Codebook("b", version, BOTH, "sentence", (), (), (Facet("sector", BOTH, BOTH, "multiple", codes),))


BOOK = book(code("DIK", "guru"), code("EKO", "pasar"), code("LAUT", "kapal"))


def documents(number=12):
    """Documents of one to four of the sentences, of two outlets in turn."""
    texts = [" ".join(SENTENCES[at % 4 : at % 4 + 1 + at % 3]) for at in range(number)]
    return pd.DataFrame(
        {"document": [f"d{at:02}" for at in range(number)], "outlet": ["Layar", "Muara"] * (number // 2), "text": texts}
    )


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(parts, "PART", 100)


@pytest.fixture
def archive(tmp_path):
    """Two Parquet files in row groups of two documents."""
    folder = tmp_path / "archive"
    folder.mkdir()
    everything = documents()
    everything[:8].to_parquet(folder / "a.parquet", row_group_size=2, index=False)
    everything[8:].to_parquet(folder / "b.parquet", row_group_size=2, index=False)
    return folder


def written(target, folder="suggestions"):
    return pd.read_parquet(target / folder).sort_values(["document"], kind="stable", ignore_index=True)


def at_once(everything):
    return suggest_codings(split(everything, into="sentences"), BOOK)


def places(suggested):
    """What says where which words stand."""
    return suggested[["document", "segment", "start", "end", "code", "matched"]].values.tolist()


# --- the same suggestions ---


def test_parts_give_what_the_whole_gives(archive, tmp_path):
    target = scale.suggest(archive, BOOK, tmp_path / "out")
    assert len(list((target / "suggestions").iterdir())) > 3
    assert places(written(target)) == places(at_once(documents()))


def test_columns_of_the_documents_ride_along(archive, tmp_path):
    found = written(scale.suggest(archive, BOOK, tmp_path / "out"))
    outlet = documents().set_index("document")["outlet"]
    assert found["outlet"].tolist() == outlet[found["document"]].tolist()


def test_every_document_is_listed_with_the_number_of_its_sentences(archive, tmp_path):
    listed = written(scale.suggest(archive, BOOK, tmp_path / "out"), "documents")
    assert listed.columns.tolist() == ["document", "outlet", "segments"]
    assert listed["segments"].tolist()[:6] == [1, 2, 2, 1, 2, 3]  # d02 would have three, but only two sentences are left


def test_a_folder_of_texts_gives_the_same(tmp_path):
    folder = tmp_path / "texts"
    (folder / "2024").mkdir(parents=True)
    everything = documents()
    for name, text in zip(everything["document"], everything["text"], strict=True):
        (folder / "2024" / f"{name}.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    found = written(scale.suggest(folder, BOOK, tmp_path / "out"))
    assert places(found) == places(at_once(everything.assign(document="2024/" + everything["document"])))


def test_one_file_with_one_large_row_group_is_cut_into_parts(tmp_path):
    documents().to_parquet(tmp_path / "one.parquet", index=False)
    target = scale.suggest(tmp_path / "one.parquet", BOOK, tmp_path / "out")
    assert len(list((target / "suggestions").iterdir())) > 1
    assert places(written(target)) == places(at_once(documents()))


def test_a_part_where_nothing_is_found_has_a_table_without_rows(tmp_path):
    dull = pd.DataFrame({"document": ["a", "b"], "text": ["Hujan turun.", ""]})
    dull.to_parquet(tmp_path / "dull.parquet", index=False)
    target = scale.suggest(tmp_path / "dull.parquet", BOOK, tmp_path / "out")
    assert written(target).empty
    assert written(target, "documents")["segments"].tolist() == [1, 0]


# --- interruptions ---


def test_a_second_call_goes_on_and_does_no_part_again(archive, tmp_path, monkeypatch, capsys):
    def stop(line):
        if line.startswith("part 2 "):
            raise KeyboardInterrupt

    monkeypatch.setattr(scale, "print", stop, raising=False)
    with pytest.raises(KeyboardInterrupt):
        scale.suggest(archive, BOOK, tmp_path / "out")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out" / "suggestions").iterdir()}
    assert len(before) == 2
    (tmp_path / "out" / "suggestions" / f".000003.parquet.{'0f' * 16}").write_text("half a file")
    monkeypatch.undo()
    target = scale.suggest(archive, BOOK, tmp_path / "out")
    after = {path.name: path.stat().st_mtime_ns for path in (target / "suggestions").iterdir()}
    assert before.items() <= after.items()
    assert not [name for name in after if name.startswith(".")]
    assert places(written(target)) == places(at_once(documents()))
    assert capsys.readouterr().out.startswith("part 3 of ")


def test_what_others_keep_in_the_target_stays(archive, tmp_path):
    target = scale.suggest(archive, BOOK, tmp_path / "out")
    others = [target / "suggestions" / ".ipynb_checkpoints", target / "documents" / f".000001.parquet.{'0' * 32}"]
    for folder in others:
        folder.mkdir()
    others += [target / "suggestions" / ".catatan", target / "documents" / ".000001.parquet.lama"]
    for file in others[2:]:
        file.write_text("Milik peneliti.")
    scale.suggest(archive, BOOK, target)
    assert all(path.exists() for path in others)
    assert places(written(target)) == places(at_once(documents()))


def test_a_call_killed_before_its_first_part_is_taken_up(archive, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".manifest.json").write_text("{half")
    assert places(written(scale.suggest(archive, BOOK, tmp_path / "out"))) == places(at_once(documents()))


def test_a_finished_target_is_left_as_it_is(archive, tmp_path, capsys):
    scale.suggest(archive, BOOK, tmp_path / "out")
    capsys.readouterr()
    scale.suggest(archive, BOOK, tmp_path / "out")
    assert capsys.readouterr().out == ""


def test_progress_says_parts_megabytes_and_minutes(archive, tmp_path, capsys):
    scale.suggest(archive / "b.parquet", BOOK, tmp_path / "out")
    assert capsys.readouterr().out.splitlines()[-1].endswith(" finished: 0 of 0 MB, 0 min left")


@pytest.fixture
def environment():
    """The variables of this process as they were: a cluster sets some, PYTHONHASHSEED among them, and leaves them."""
    with mock.patch.dict(os.environ):
        yield


@pytest.mark.usefixtures("environment")
def test_two_worker_processes_one_killed_on_the_way_give_the_same(archive, tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed", reason="the extra `scale` is not installed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        processes = list(client.run(os.getpid).values())

        def kill_one(line):
            if processes:
                os.kill(processes.pop(), signal.SIGKILL)
                processes.clear()

        monkeypatch.setattr(scale, "print", kill_one, raising=False)
        target = scale.suggest(archive, BOOK, tmp_path / "out", client=client)
    alone = scale.suggest(archive, BOOK, tmp_path / "alone")
    assert not processes
    pd.testing.assert_frame_equal(written(target), written(alone))
    pd.testing.assert_frame_equal(written(target, "documents"), written(alone, "documents"))


# --- counts and displays ---


def test_counts_are_those_of_the_table_of_suggestions(archive, tmp_path):
    counted = scale.counts(scale.suggest(archive, BOOK, tmp_path / "out"), BOOK, by="outlet")
    assert counted.columns.tolist() == ["sector", "outlet", "segments", "documents", "all_segments", "all_documents"]
    found = at_once(documents())
    for row in counted.to_dict("records"):
        here = found[(found["code"] == row["sector"]) & (found["outlet"] == row["outlet"])]
        assert (row["segments"], row["documents"]) == (len(here), here["document"].nunique())
    assert counted["all_documents"].tolist() == [6] * 6


def test_a_code_that_was_suggested_nowhere_is_counted_with_0(archive, tmp_path):
    counted = scale.counts(scale.suggest(archive, BOOK, tmp_path / "out"), BOOK, by="outlet")
    assert counted["sector"].astype(str).tolist() == ["DIK", "DIK", "EKO", "EKO", "LAUT", "LAUT"]
    assert counted[counted["sector"] == "LAUT"]["segments"].tolist() == [0, 0]


def counted_by(tmp_path, **column):
    """Counts of four documents of one sentence each, DIK in the first and the fourth, by a column of theirs."""
    (by,) = column
    table = pd.DataFrame({"document": [*"abcd"], "text": SENTENCES, **column})
    table.to_parquet(tmp_path / "a.parquet", row_group_size=2, index=False)
    return scale.counts(scale.suggest(tmp_path / "a.parquet", BOOK, tmp_path / "out"), BOOK, by=by)


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ([2023.0, 2024.0, None, 2024.0], ["2023", "2024"]),
        ([9, 10, 10, 10], ["9", "10"]),
        (["Layar", "", None, "Muara"], ["Layar", "Muara"]),
        (pd.to_datetime(["2024-01-31", None, None, "2024-02-01"]), ["2024-01-31", "2024-02-01"]),
        (pd.Categorical(["Layar", None, None, "Muara"], ["Muara", "Layar", "Suar"]), ["Layar", "Muara"]),
    ],
)
def test_what_is_counted_by_is_text_in_order(tmp_path, values, names):
    counted = counted_by(tmp_path, by=values)
    dik = counted[counted["sector"] == "DIK"]
    assert dik[["by", "segments"]].values.tolist() == [[name, 1] for name in names]
    assert scale.matrix(counted, count="segment").table().loc["Dik"].to_dict() == dict.fromkeys(names, 1)


def test_counts_by_what_no_document_has_are_empty(tmp_path):
    assert counted_by(tmp_path, by=[None] * 4).empty


COUNTED = pd.DataFrame(
    {
        "sector": scale.facet_column(["DIK", "DIK", "EKO", "EKO"], book(code("DIK"), code("EKO")).facets[0]),
        "year": ["2023", "2024"] * 2, "segments": [12, 5, 0, 7], "documents": [4, 5, 0, 1],
    }
)  # fmt: skip


def test_a_matrix_of_counts_says_what_was_counted():
    matrix = scale.matrix(COUNTED, count="segment")
    assert matrix.table().to_dict() == {"2023": {"Dik": 12, "Eko": 0}, "2024": {"Dik": 5, "Eko": 7}}
    assert matrix.cells["sources"].tolist() == [4, 5, 0, 1]
    assert matrix.cell("EKO", "2023")["empty"]["en"] == "not found in the corpus"
    assert matrix.notes("en") == ["cells: number of segments suggested by the codebook; no coder's codings."]
    assert scale.matrix(COUNTED, count="document").table().to_dict()["2024"] == {"Dik": 5, "Eko": 1}


@pytest.mark.parametrize("some", [COUNTED["segments"] > 0, COUNTED["sector"] == "DIK"])
def test_a_cell_without_a_row_in_the_counts_is_0(some):
    matrix = scale.matrix(COUNTED[some], count="segment")
    expected = COUNTED["segments"].where(some, 0).tolist()
    assert matrix.cells["value"].tolist() == expected
    assert matrix.cell("EKO", "2023")["sources"] == 0
    assert matrix.cell("EKO", "2023")["empty"]["en"] == "not found in the corpus"


@pytest.mark.parametrize(
    ("years", "names"),
    [
        (pd.to_datetime(["2023-01-01", "2024-01-01"] * 2), ["2023-01-01", "2024-01-01"]),
        (pd.Categorical(["2023", "2024"] * 2, ["2022", "2023", "2024"]), ["2023", "2024"]),
        ([9, 10] * 2, ["9", "10"]),
    ],
)
def test_a_matrix_takes_counts_by_days_categories_and_numbers(years, names):
    matrix = scale.matrix(COUNTED.assign(year=years), count="segment")
    assert matrix.column_ids() == names
    assert matrix.cells["value"].tolist() == [12, 5, 0, 7]


def test_codes_left_out_of_comparisons_are_set_aside_in_the_matrix_of_counts():
    out = book(code("DIK"), code("EKO", left_out={"id": "alasan", "en": "reason"})).facets[0]
    matrix = scale.matrix(COUNTED.assign(sector=scale.facet_column(COUNTED["sector"], out)), count="segment")
    assert matrix.row_ids() == ["DIK"]
    assert matrix.set_aside == {"EKO": {"id": "alasan", "en": "reason"}}


def test_displays_take_the_matrix_of_counts(tmp_path):
    matrix = scale.matrix(COUNTED, count="segment").transposed()
    ax = heatmap(matrix, title="Segmen", width="single")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2023", "2024"]
    assert "12" in show(matrix)._repr_mimebundle_()["text/html"]
    assert trace(matrix, "2023", "DIK").empty
    assert write_table(matrix, tmp_path / "table.xlsx", caption="Segmen", language="id")


# --- what is refused, in words ---


def refused(*arguments, **named):
    with pytest.raises(ValueError) as error:
        scale.suggest(*arguments, **named)
    return str(error.value)


def test_an_archive_without_documents_is_refused(tmp_path):
    documents()[:0].to_parquet(tmp_path / "a.parquet")
    assert refused(tmp_path / "a.parquet", BOOK, tmp_path / "out").endswith("a.parquet' holds no document")


@pytest.mark.parametrize(
    ("again", "place"), [("d11", "b.parquet', row 4"), ("d04", "a.parquet', row 5"), ("d01", "a.parquet', row 2")]
)
def test_a_document_that_stands_twice_is_refused_whatever_parts_it_stands_in(archive, tmp_path, again, place):
    everything = documents()
    everything.loc[everything["document"] == again, "document"] = "d00"
    everything[:8].to_parquet(archive / "a.parquet", row_group_size=2, index=False)
    everything[8:].to_parquet(archive / "b.parquet", row_group_size=2, index=False)
    told = refused(archive, BOOK, tmp_path / "out")
    assert told.startswith(f"document 'd00' stands twice: '{archive}/a.parquet', row 1, and '{archive}/")
    assert told.endswith(f"{place}; every document needs an id of its own")
    assert not (tmp_path / "out").exists()


def test_ids_that_are_no_text_are_not_taken_for_one_document(tmp_path):
    documents().assign(document=None).to_parquet(tmp_path / "a.parquet")
    assert "column 'document' holds None, which is no text" in refused(tmp_path / "a.parquet", BOOK, tmp_path / "out")


def test_a_target_inside_the_source_is_refused(archive):
    assert "lies in the source: choose a folder outside of" in refused(archive, BOOK, archive / "out")


def test_a_folder_with_other_things_is_no_target(archive, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("Catatan.")
    assert refused(archive, BOOK, tmp_path / "out").endswith("is not empty and was not made by suggest: name a new folder")


def test_a_facet_that_is_not_there_is_refused(archive, tmp_path):
    assert refused(archive, BOOK, tmp_path / "out", facet="sektor").startswith("the codebook has no facet 'sektor'")


def test_an_edited_codebook_is_refused(archive, tmp_path):
    scale.suggest(archive, BOOK, tmp_path / "out")
    told = refused(archive, book(code("DIK", "guru", "murid")), tmp_path / "out")
    assert told.endswith(
        "was made with facet 'sector' of codebook b, version 1, which has been edited since."
        " Name a new folder as target, or delete this one to begin again."
    )
    told = refused(archive, book(code("DIK", "guru"), version="2"), tmp_path / "out")
    assert "of codebook b, version 1, not with facet 'sector' of codebook b, version 2. Name a new" in told


def test_another_version_that_reads_the_same_goes_on(archive, tmp_path, capsys):
    scale.suggest(archive, BOOK, tmp_path / "out")
    scale.suggest(archive, replace(BOOK, version="2"), tmp_path / "out")


def test_a_source_that_has_changed_is_refused(archive, tmp_path):
    scale.suggest(archive, BOOK, tmp_path / "out")
    (archive / "b.parquet").unlink()
    os.utime(archive / "a.parquet", ns=(0, 0))
    documents(2).to_parquet(archive / "c.parquet")
    told = refused(archive, BOOK, tmp_path / "out")
    assert "not what it was begun with: 'b.parquet' is gone, 'c.parquet' is new, 'a.parquet' has changed. Name a" in told


def test_many_changes_are_told_in_short(tmp_path):
    (tmp_path / "texts").mkdir()
    for number in range(9):
        (tmp_path / "texts" / f"{number}.txt").write_text("Hujan turun.")
    scale.suggest(tmp_path / "texts", BOOK, tmp_path / "out")
    for number in range(7):
        (tmp_path / "texts" / f"{number}.txt").unlink()
    assert "'4.txt' is gone and 2 more. Name" in refused(tmp_path / "texts", BOOK, tmp_path / "out")


def test_counts_of_an_unfinished_target_are_refused(archive, tmp_path):
    target = scale.suggest(archive, BOOK, tmp_path / "out")
    (target / "suggestions" / "000001.parquet").unlink()
    with pytest.raises(ValueError, match="1 of 11 parts are not finished; call suggest again to go on"):
        scale.counts(target, BOOK, by="outlet")


def test_counts_of_another_folder_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"holds no manifest\.json: it is no folder that suggest has made"):
        scale.counts(tmp_path, BOOK, by="outlet")


def test_counts_with_another_codebook_are_refused(archive, tmp_path):
    target = scale.suggest(archive, BOOK, tmp_path / "out")
    with pytest.raises(ValueError, match="which has been edited since"):
        scale.counts(target, book(code("DIK")), by="outlet")


def test_counts_by_a_column_that_is_not_there_are_refused(archive, tmp_path):
    target = scale.suggest(archive, BOOK, tmp_path / "out")
    with pytest.raises(ValueError, match=r"by='outlets': the documents have no such column\. Did you mean 'outlet'\?"):
        scale.counts(target, BOOK, by="outlets")


@pytest.mark.parametrize("by", ["document", "segments", "sector", "code", "all_documents"])
def test_counts_by_a_column_called_as_one_of_the_counts_are_refused(tmp_path, by):
    archive = documents()
    archive[by] = archive.get(by, "x")
    archive.to_parquet(tmp_path / "a.parquet", index=False)
    target = scale.suggest(tmp_path / "a.parquet", BOOK, tmp_path / "out")
    with pytest.raises(ValueError, match=f"by='{by}': the counts have a column of that name; count by another column, or"):
        scale.counts(target, BOOK, by=by)


def test_a_matrix_counts_segments_or_documents_only():
    with pytest.raises(ValueError, match="count='statement': what can be counted is one of: segment, document"):
        scale.matrix(COUNTED, count="statement")


def test_the_manifest_is_plain_json(archive, tmp_path):
    target = scale.suggest(archive, BOOK, tmp_path / "out")
    manifest = json.loads((target / "manifest.json").read_text())
    assert manifest["codebook"] == "b, version 1"
    assert list(manifest["files"]) == ["a.parquet", "b.parquet"]
    assert sum(part["last"] - part["first"] for part in manifest["parts"]) == 12


def test_an_archive_of_texts_is_counted_by_folder(tmp_path):
    for year, text in (("2023", "Dua guru berangkat."), ("2024", "Dua guru pulang. Hujan turun.")):
        (tmp_path / "texts" / year).mkdir(parents=True)
        (tmp_path / "texts" / year / "a.txt").write_text(text)
    counted = scale.counts(scale.suggest(tmp_path / "texts", BOOK, tmp_path / "out"), BOOK, by="folder")
    guru = counted[counted["sector"] == "DIK"]
    assert guru[["folder", "segments"]].values.tolist() == [["2023", 1], ["2024", 1]]
