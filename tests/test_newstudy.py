"""A new study runs at once, has no fault, and never lands on files that are there."""

import subprocess
import sys

import pytest

from qualkit.audit import check_audit
from qualkit.health import check_study
from qualkit.newstudy import new_study

NOTEBOOKS = ["01-condensation.ipynb", "02-coding.ipynb", "03-displays.ipynb", "04-conclusions.ipynb"]


def test_a_new_study_has_no_fault_and_a_log_that_knows_its_files(tmp_path):
    written = new_study(tmp_path / "studi")
    assert check_study(tmp_path / "studi").empty
    assert set(check_audit(tmp_path / "studi" / "corpus")["state"]) == {"as logged"}
    assert [path.name for path in written if path.suffix == ".ipynb"] == NOTEBOOKS
    assert {".gitignore", ".gitattributes", "README.md", "codebook.yaml"} <= {path.as_posix() for path in written}


def test_its_notebooks_run_and_give_what_they_show(tmp_path):
    new_study(tmp_path)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        "/dev/null",
        "--rootdir",
        str(tmp_path),
    ]
    ran = subprocess.run([*command, "notebooks"], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-3000:]


def test_an_empty_folder_and_one_with_git_will_do(tmp_path):
    (tmp_path / ".git").mkdir()
    assert new_study(str(tmp_path))


def test_a_folder_that_holds_files_is_refused(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        (tmp_path / name).touch()
    with pytest.raises(
        ValueError, match=r"holds files \(a\.txt, b\.txt, c\.txt and 1 more\); a new study begins in an empty folder"
    ):
        new_study(tmp_path)
    assert len(list(tmp_path.iterdir())) == 4


def test_a_file_is_no_place_for_a_study(tmp_path):
    (tmp_path / "studi").touch()
    with pytest.raises(ValueError, match="studi' is a file; name a folder that is not there yet"):
        new_study(tmp_path / "studi")
