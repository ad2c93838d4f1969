"""A study of two tiny notebooks is run, stored, and broken in every way a researcher can break one."""

import json
import os
import runpy
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from qualkit import study

CONDENSATION = (
    "import os, sys, pathlib",
    "print('satu'); print('dua')",
    "pathlib.Path('../exports/tabel').mkdir(parents=True, exist_ok=True)\n"
    "pathlib.Path('../exports/tabel/tabel-1.csv').write_text('kode;jumlah\\n', newline='');",
    "{name: os.environ.get(name) for name in ('PYTHONHASHSEED', 'SOURCE_DATE_EPOCH', 'TZ', 'QUALKIT_CORPUS')}",
    "sys.executable, pathlib.Path.cwd().name",
    "list({'pendidikan', 'ekonomi', 'budaya', 'pariwisata'})",
)
WIDGET = """
from uuid import uuid4
display({"application/vnd.jupyter.widget-view+json": {"model_id": uuid4().hex}, "text/plain": "a desk"}, raw=True)
"""
CODING = ("1 + 1", WIDGET)


def write(folder, name, cells):
    notebook = new_notebook(cells=[new_markdown_cell("# Judul", id="title")])
    notebook.cells += [new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(cells)]
    (folder / "notebooks").mkdir(exist_ok=True)
    nbformat.write(notebook, folder / "notebooks" / name)
    return folder / "notebooks" / name


def results(path):
    """The text that each code cell gave."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    texts = [[output.get("text") or output["data"]["text/plain"] for output in cell.outputs] for cell in cells]
    return ["".join(text) for text in texts]


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """A study that was run and stored twice: its folder, the bytes after each run, what was printed and returned."""
    folder = tmp_path_factory.mktemp("study")
    write(folder, "01-condensation.ipynb", CONDENSATION)
    write(folder, "02-coding.ipynb", CODING)
    (folder / "exports").mkdir()
    (folder / "exports" / "old.csv").write_text("made by hand")
    stored, returned = [], []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("QUALKIT_CORPUS", "my-corpus")
        patch.setenv("MPLBACKEND", "agg")
        # A kernel of the same name that another program left behind must not be taken for ours.
        foreign = folder / "jupyter" / "kernels" / "python3"
        foreign.mkdir(parents=True)
        foreign.joinpath("kernel.json").write_text(
            json.dumps({"argv": ["no-such-python"], "display_name": "?", "language": "x"})
        )
        patch.setenv("JUPYTER_PATH", str(folder / "jupyter"))
        for _ in range(2):
            returned.append(study.reproduce(store=True))
            stored.append([path.read_bytes() for path in sorted(folder.glob("notebooks/*"))])
    return folder, stored, returned


def test_every_notebook_runs_in_order_and_is_stored(done):
    folder, stored, _ = done
    assert len(stored[0]) == 2  # and nothing is left beside them
    assert results(folder / "notebooks" / "02-coding.ipynb") == ["2", "a desk"]
    first = nbformat.read(folder / "notebooks" / "01-condensation.ipynb", as_version=4)
    assert [cell.execution_count for cell in first.cells if cell.cell_type == "code"] == [1, 2, 3, 4, 5, 6]
    assert [cell.id for cell in first.cells] == ["title", *(f"cell-{number}" for number in range(6))]


def test_storing_twice_gives_the_same_bytes(done):
    _, (first, second), _ = done
    assert first == second


def test_no_time_and_no_version_is_stored(done):
    folder, _, _ = done
    first = nbformat.read(folder / "notebooks" / "01-condensation.ipynb", as_version=4)
    assert first.metadata.language_info == {"name": "python"}
    assert first.metadata.kernelspec.name == "python3"
    assert not any(cell.metadata for cell in first.cells)
    assert b"\r" not in (folder / "notebooks" / "01-condensation.ipynb").read_bytes()


def test_two_prints_are_stored_as_one_output(done):
    folder, _, _ = done
    first = nbformat.read(folder / "notebooks" / "01-condensation.ipynb", as_version=4)
    assert [output.text for output in first.cells[2].outputs] == ["satu\ndua\n"]


def test_kernels_see_the_same_world_everywhere(done):
    folder, _, _ = done
    seen = eval(results(folder / "notebooks" / "01-condensation.ipynb")[3])
    assert seen == {
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "0",
        "TZ": "UTC",
        "QUALKIT_CORPUS": str(folder / "my-corpus"),  # said from where the user stood
    }


def test_the_kernel_is_the_python_that_runs_whatever_else_is_installed(done):
    folder, _, _ = done
    assert eval(results(folder / "notebooks" / "01-condensation.ipynb")[4]) == (sys.executable, "notebooks")


def test_the_files_written_are_told_and_older_ones_are_not(done):
    _, _, returned = done
    assert [[path.as_posix() for path in paths] for paths in returned] == [["exports/tabel/tabel-1.csv"]] * 2


def test_pytest_gives_notebooks_the_environment_that_reproduce_gives_them(monkeypatch):
    assert {name: os.environ[name] for name in study.FIXED} == study.FIXED
    assert "MPLBACKEND" not in study._kernel_environment()


def test_without_store_no_notebook_is_changed(tmp_path, capsys):
    path = write(tmp_path, "01-condensation.ipynb", CONDENSATION)
    before = path.read_bytes()
    assert study.main(["reproduce", "--folder", str(tmp_path)]) == 0
    assert path.read_bytes() == before
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "01-condensation  6 cells ..."
    assert said[1].startswith("01-condensation  6 cells  ")
    assert said[1].endswith(" s")
    assert said[2:] == ["", "1 file written:", "  exports/tabel/tabel-1.csv      12 B"]


def test_a_cell_that_fails_is_named_with_its_words(tmp_path, capsys):
    path = write(tmp_path, "02-coding.ipynb", ["x = 1", "\nraise ValueError('kode DIK.GURUU\\ntidak ada')\nx", "3"])
    before = path.read_bytes()
    assert study.main(["reproduce", "--store", "--folder", str(tmp_path)]) == 1
    assert path.read_bytes() == before
    assert capsys.readouterr().err == (
        "qualkit: 02-coding stopped at cell 2 of 3, which begins:\n"
        "    raise ValueError('kode DIK.GURUU\\ntidak ada')\n"
        "ValueError: kode DIK.GURUU\ntidak ada\n"
    )


def test_a_cell_that_ends_python_is_named_too(tmp_path, capsys):
    write(tmp_path, "01-condensation.ipynb", ["import os; os._exit(1)"])
    assert study.main(["reproduce", "--folder", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "01-condensation stopped at cell 1 of 1, which begins:" in said
    assert "Its Python has ended: by Ctrl-C, or because the computer ran out of memory." in said


def test_a_failure_expected_by_its_tag_is_no_failure(tmp_path, capsys):
    path = write(tmp_path, "01-condensation.ipynb", ["1 / 0", "   ", "2"])
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].metadata.update(tags=["raises-exception"], execution={"iopub.status.busy": "2026"}, collapsed=True)
    notebook.metadata["widgets"] = {"state": {}}
    nbformat.write(notebook, path)
    assert study.reproduce(tmp_path, store=True, notebooks="01") == []
    stored = nbformat.read(path, as_version=4)
    assert stored.cells[1].metadata == {"tags": ["raises-exception"]}
    assert "widgets" not in stored.metadata
    said = capsys.readouterr().out
    assert "01-condensation  2 cells" in said  # an empty cell is none
    assert said.endswith("No file was written into exports/.\n")


def test_cells_without_an_id_or_with_the_same_get_one_that_stays(tmp_path):
    path = write(tmp_path, "01-condensation.ipynb", ["1", "2", "3"])
    content = json.loads(path.read_text(encoding="utf-8"))
    content["nbformat_minor"] = 4
    del content["cells"][1]["id"]
    content["cells"][3]["id"] = content["cells"][2]["id"]
    path.write_text(json.dumps(content), encoding="utf-8")
    ids = [[cell.id for cell in study._read(path).cells] for _ in range(2)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 4
    assert (ids[0][0], ids[0][2]) == ("title", "cell-1")


def test_on_a_terminal_one_line_is_written_anew(monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(study.time, "monotonic", lambda: 0.0)
    progress = study._Progress("01-condensation", [{"source": "1"}, {"source": "2"}])
    progress.next_cell(cell=None, cell_index=0)
    progress.next_cell(cell=None, cell_index=1)
    progress.done()
    start, first, second, end = capsys.readouterr().out.split("\r")[1:]
    assert start == "01-condensation  2 cells ..."
    assert first == "01-condensation  cell 1 of 2  0.0 s"
    assert second == "01-condensation  cell 2 of 2  0.0 s"
    assert end == "01-condensation  2 cells  0.0 s".ljust(len(second)) + "\n"


def test_a_notebook_that_does_not_start_says_so(capsys):
    progress = study._Progress("01-condensation", [])
    assert progress.failed("no kernel") == "01-condensation did not start: no kernel"


@pytest.mark.parametrize(
    ("stop", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "\nqualkit: stopped.\n"),
        (AssertionError(), 1, "qualkit: 01-condensation did not start: Its Python has ended: by Ctrl-C, or"),
    ],
)
def test_a_stop_by_ctrl_c_is_told_in_a_word(tmp_path, monkeypatch, capsys, stop, code, words):
    write(tmp_path, "01-condensation.ipynb", ["1"])

    def execute(*_, **__):
        raise stop

    monkeypatch.setattr("nbclient.NotebookClient.execute", execute)
    assert study.main(["reproduce", "--folder", str(tmp_path)]) == code
    assert capsys.readouterr().err.startswith(words)


def test_a_folder_without_notebooks_is_told_what_to_do(tmp_path, capsys):
    assert study.main(["reproduce", "--folder", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"qualkit: '{tmp_path}' holds no notebooks/ with numbered notebooks such as")
    assert "--folder" in said


def test_an_unknown_notebook_is_told_the_possible_ones(tmp_path):
    write(tmp_path, "01-condensation.ipynb", ["1"])
    write(tmp_path, "02-coding.ipynb", ["1"])
    with pytest.raises(
        ValueError, match=r"no notebook is called 03\. Possible: 01-condensation, 02-coding \(or only the number\)"
    ):
        study.reproduce(tmp_path, notebooks=["02", "03"])


def test_notebooks_are_found_by_number_name_and_path_and_run_in_order(tmp_path):
    for name in ("01-condensation.ipynb", "02-coding.ipynb", "03-displays.ipynb"):
        write(tmp_path, name, ["1"])
    found = study._numbered_notebooks(tmp_path, ["notebooks/03-displays.ipynb", "01", "01-condensation"])
    assert [path.stem for path in found] == ["01-condensation", "03-displays"]


@pytest.mark.parametrize("text", ["", "<<<<<<< HEAD\n{}", "[]", "{}", '{"nbformat": 4, "nbformat_minor": 5, "cells": [{}]}'])
def test_a_file_that_is_no_notebook_is_named(tmp_path, text):
    path = write(tmp_path, "01-condensation.ipynb", [])
    path.write_text(text)
    with pytest.raises(ValueError, match=r"01-condensation\.ipynb is not a notebook \(.+\)\. Mend it"):
        study.reproduce(tmp_path)


def test_lab_opens_the_study_with_this_python(tmp_path, monkeypatch):
    write(tmp_path, "01-condensation.ipynb", ["1"])
    started = {}

    class Server:
        waits = iter([KeyboardInterrupt(), 0])  # Ctrl-C is JupyterLab's to answer

        def __init__(self, command, cwd, env):
            started.update(command=command, folder=cwd, environment=env)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def wait(self):
            step = next(self.waits)
            if isinstance(step, BaseException):
                raise step
            return step

    monkeypatch.setattr(study.subprocess, "Popen", Server)
    assert study.main(["lab", "--folder", str(tmp_path)]) == 0
    assert started["command"][:3] == [sys.executable, "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={tmp_path}" in started["command"]
    assert f"--ServerApp.preferred_dir={tmp_path / 'notebooks'}" in started["command"]
    assert started["folder"] == tmp_path
    assert started["environment"]["JUPYTER_PREFER_ENV_PATH"] == "1"


def test_lab_without_notebooks_is_told_what_to_do(tmp_path, capsys):
    assert study.main(["lab", "--folder", str(tmp_path)]) == 2
    assert "holds no folder notebooks/" in capsys.readouterr().err


def test_a_command_that_is_none_is_told_the_nearest_one(capsys):
    assert study.main(["lap"]) == 2
    assert capsys.readouterr().err == "qualkit: there is no command 'lap'. Did you mean 'lab'?\n"
    assert study.main(["xyz", "studi"]) == 2
    assert capsys.readouterr().err == (
        "qualkit: there is no command 'xyz'. Possible: new, add, check, status, log, share, rehydrate, reproduce, lab.\n"
    )


@pytest.mark.parametrize(
    "command",
    [["check"], ["status"], ["add", "a.txt", "--by", "rani"], ["reproduce"], ["lab"], ["log", "--by", "rani", "--why", "x"]],
)
def test_in_a_folder_of_a_study_one_is_told_where_the_study_is(tmp_path, monkeypatch, capsys, command):
    inside = tmp_path / "Kajian 2" / "notebooks" / "lama"
    inside.mkdir(parents=True)
    (tmp_path / "Kajian 2" / "corpus").mkdir()
    (tmp_path / "Kajian 2" / "codebook.yaml").touch()
    monkeypatch.chdir(inside)
    assert study.main(command) == 2
    assert capsys.readouterr().err == "qualkit: '.' is a folder in a study. Go to the study itself: cd \"{}\"\n".format(
        os.path.join("..", "..")
    )
    monkeypatch.chdir(tmp_path)
    assert study.main([*command, "--folder", os.path.join("Kajian 2", "notebooks")]) == 2
    assert capsys.readouterr().err.endswith('Go to the study itself: cd "Kajian 2"\n')


def test_of_a_folder_that_is_not_there_nothing_is_said_of_a_study_above(tmp_path, monkeypatch, capsys):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "codebook.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert study.main(["check", "kajain"]) == 2
    assert capsys.readouterr().err == "qualkit: 'kajain': there is no such folder\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows tells a closed pipe in another way")
def test_who_reads_only_the_first_lines_gets_no_traceback(tmp_path):
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "qualkit", "new", str(tmp_path / "studi")]
    ended = subprocess.run(command, stdout=writes, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writes)
    assert (ended.returncode, ended.stderr) == (1, "")


@pytest.mark.parametrize("command", ["new", "add", "check", "status", "share", "rehydrate", "reproduce", "lab"])
def test_every_command_says_what_it_does(capsys, command):
    with pytest.raises(SystemExit) as end:
        study.main([command, "--help"])
    assert end.value.code == 0
    assert f"usage: qualkit {command}" in capsys.readouterr().out


def test_python_dash_m_is_the_command_line(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["qualkit", "--help"])
    with pytest.raises(SystemExit) as end:
        runpy.run_module("qualkit", run_name="__main__")
    assert end.value.code == 0
    assert "open the notebooks in JupyterLab" in capsys.readouterr().out
