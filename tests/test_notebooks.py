"""What nbval does not see: a cell that was never run, warnings, times, paths of one machine, and code that hides the method."""

import re
from pathlib import Path

import nbformat
import pytest

from qualkit.study import VOLATILE

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES = 8

# A folder of this machine, or of anybody's: the checkout itself, a home, a temporary folder, a Windows drive.
ABSOLUTE = re.compile(r"(?<![\w.:/])(?:/(?:home|Users|root|tmp|private|var|opt|usr|mnt)/|[A-Z]:\\+\w)")


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    read = nbformat.reads(request.param.read_text(encoding="utf-8"), as_version=nbformat.NO_CONVERT)
    nbformat.validate(read)
    return read


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def begins(cell):
    return cell.source.strip().split("\n")[0]


def test_there_are_notebooks_named_by_their_number():
    assert NOTEBOOKS
    assert [path.name for path in NOTEBOOKS if not re.fullmatch(r"\d\d-[a-z0-9-]+\.ipynb", path.name)] == []
    numbers = [path.name[:2] for path in NOTEBOOKS]
    assert numbers == [f"{number:02}" for number in range(1, len(NOTEBOOKS) + 1)]


def test_every_cell_was_run_once_from_the_top(notebook):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1)), "store it with: python3 run.py reproduce --store"


def test_no_cell_prints_a_warning(notebook):
    warned = [cell for cell in code_cells(notebook) if any(output.get("name") == "stderr" for output in cell.outputs)]
    assert list(map(begins, warned)) == []


def test_only_a_cell_tagged_for_it_ends_in_an_error(notebook):
    failed = [cell for cell in code_cells(notebook) if any(output.output_type == "error" for output in cell.outputs)]
    # This tag alone is known to JupyterLab, nbclient and nbval alike.
    assert [begins(cell) for cell in failed if "raises-exception" not in cell.metadata.get("tags", [])] == []


def test_nothing_is_stored_that_changes_from_run_to_run(notebook):
    assert [begins(cell) for cell in notebook.cells if set(VOLATILE) & set(cell.metadata)] == []
    assert "widgets" not in notebook.metadata


def test_any_python_can_run_it(notebook):
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info == {"name": "python"}


def test_every_cell_has_an_id_of_its_own(notebook):
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


def test_a_cell_is_short_and_defines_no_function(notebook):
    long = [cell for cell in code_cells(notebook) if len(cell.source.strip().split("\n")) > MOST_LINES]
    assert list(map(begins, long)) == []
    assert [begins(cell) for cell in code_cells(notebook) if re.search(r"^\s*(async )?def ", cell.source, re.MULTILINE)] == []


def words_of(output):
    """All that an output shows in words; pictures are left out."""
    shown = {name: data for name, data in output.get("data", {}).items() if not name.startswith("image/")}
    pieces = [*shown.values(), output.get("text", ""), output.get("evalue", ""), output.get("traceback", "")]
    return "\n".join("\n".join(map(str, piece)) if isinstance(piece, list) else str(piece) for piece in pieces)


def test_no_output_names_a_folder_of_one_machine(notebook):
    for cell in code_cells(notebook):
        text = "\n".join(map(words_of, cell.outputs))
        assert str(ROOT) not in text, begins(cell)
        assert not ABSOLUTE.search(text), begins(cell)


@pytest.mark.parametrize("text", ["see /home/ana/study/a.csv", "'/tmp/x.png'", r"C:\Users\ana\x.docx", "File /usr/lib/python3"])
def test_the_pattern_knows_absolute_paths(text):
    assert ABSOLUTE.search(text)


@pytest.mark.parametrize(
    "text",
    ["../exports/tabel-1.docx", "https://example.org/home/a", "dan/atau", "corpus/var/x", "A: kota", "kelompok B:\nkota"],
)
def test_the_pattern_leaves_other_text_alone(text):
    assert not ABSOLUTE.search(text)


def test_every_figure_that_is_drawn_is_stored_as_a_picture(notebook):
    """nbval compares no pictures: a figure that a notebook no longer shows would go unseen."""
    drawing = [
        cell for cell in code_cells(notebook) if re.search(r"qk\.(heatmap|timeline|network|upset|scatter)\(", cell.source)
    ]
    assert [begins(cell) for cell in drawing if not any("image/png" in output.get("data", {}) for output in cell.outputs)] == []
