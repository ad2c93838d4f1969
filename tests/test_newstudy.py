"""A new study runs at once, has no fault, and never lands on files that are there."""

import subprocess
import sys

import pytest

from qualkit.audit import check_audit
from qualkit.health import check_study
from qualkit.newstudy import filling, new_study

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


def test_a_study_is_filled_whole_with_notebooks_without_results_and_what_is_to_do(tmp_path):
    with filling(tmp_path / "hasil" / "studi", "Kota\nkembar", "read from elsewhere", ["Code.", "Think."]) as place:
        (place / "corpus" / "memos" / "satu.md").write_text("catatan")
    study = tmp_path / "hasil" / "studi"
    readme = (study / "README.md").read_text("utf-8")
    assert readme.startswith("# Kota kembar\n\nA study read from elsewhere.\n\n    qualkit reproduce ")
    assert "| `corpus/memos/` |" in readme and "example" not in readme
    assert readme.endswith("\n\n## Still to do\n\n- Code.\n- Think.\n")
    assert sorted(path.name for path in study.iterdir()) == [".gitattributes", ".gitignore", "README.md", "corpus", "notebooks"]
    assert [path.name for path in sorted((study / "notebooks").iterdir())] == NOTEBOOKS
    assert not any('"output_type"' in path.read_text("utf-8") for path in (study / "notebooks").iterdir())
    assert check_audit(study / "corpus")[["file", "state", "who"]].values.tolist() == [
        ["memos/satu.md", "as logged", "qualkit"]
    ]


def test_where_filling_fails_the_folder_stays_empty(tmp_path):
    with (
        pytest.raises(ValueError, match=f"^{tmp_path}/studi/codebook\\.yaml: no$"),
        filling(tmp_path / "studi", "Studi", "tried", []) as place,
    ):
        (place / "corpus" / "a.txt").write_text("a")
        raise ValueError(f"{place / 'codebook.yaml'}: no")
    assert list((tmp_path / "studi").iterdir()) == []
    (tmp_path / "berkas").touch()
    with (
        pytest.raises(ValueError, match=r"berkas/studi' could not be written \(Not a directory\)"),
        filling(tmp_path / "berkas" / "studi", "Studi", "tried", []),
    ):
        pass
