"""The README, the reference and the docstrings say what there is."""

import inspect
import re
from pathlib import Path

import pytest

import qualkit as qk

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "reference" / "index.md").read_text(encoding="utf-8")
FUNCTIONS = [name for name in qk.__all__ if inspect.isfunction(getattr(qk, name))]


@pytest.mark.parametrize("name", qk.__all__)
def test_every_public_name_has_a_row_in_the_table_of_the_reference(name):
    rows = [row.split(" | ")[0] for row in REFERENCE.splitlines() if row.startswith("| `")]
    assert any(f"`{name}`" in row for row in rows)


def test_the_readme_leads_to_the_table_of_all_names():
    assert "docs/reference/index.md#all-public-names" in README and "\n## All public names\n" in REFERENCE


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_has_a_docstring_with_a_running_example(name):
    assert ">>>" in inspect.getdoc(getattr(qk, name))


def test_the_readme_and_the_reference_name_no_function_that_is_not_there():
    called = set(re.findall(r"\bqk\.(\w+)", README + REFERENCE))
    assert called <= set(qk.__all__)


def test_the_readme_names_both_commands_and_every_notebook():
    assert "python3 run.py" in README and "python3 run.py test" in README
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        assert path.name in README


def test_links_in_the_readme_and_docs_lead_to_files():
    for page in [ROOT / "README.md", ROOT / "corpus" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert "://" in target or (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_version_is_that_of_the_newest_entry_of_the_changelog():
    newest = re.search(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[1]
    for name, pattern in (("pyproject.toml", r'^version = "(.+)"$'), ("CITATION.cff", r"^version: (.+)$")):
        assert re.search(pattern, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)[1] == newest, name
