"""run.py, the only file a user starts: what it says, when it makes .venv, which Python and which browser it takes."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run.py as a module, in a folder of its own, outside conda, with nothing really installed or started.

    `run.done` lists what it would have done; `run.fail_at` is a word of the command that is to fail.
    """
    specification = importlib.util.spec_from_file_location("run_py", ROOT / "run.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    module.ROOT, module.VENV, module.LOCK = tmp_path, tmp_path / ".venv", tmp_path / "requirements.lock"
    module.STAMP = module.VENV / "qualkit-is-set-up"
    module.LOCK.write_text("pandas==3.1.1\n")
    module.CLIENTS = tmp_path / "clients.lock"
    module.CLIENTS.write_text("pyrefiqda==0.3.1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    module.done, module.fail_at = [], None

    def create(folder, with_pip, clear):
        module.done.append("venv")
        python = Path(folder, "Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    def install(command, check, env, stdout=None):
        module.done.append("apt " + command[1] if command[0] == "apt-get" else "pip " + " ".join(command[4:]))
        if module.fail_at in command:
            raise subprocess.CalledProcessError(1, command)

    class Job:
        def __init__(self, command, cwd, env):
            module.done.append(" ".join(command[1:]))
            module.python, module.folder, module.environment = command[0], cwd, env
            self.code = 7 if module.fail_at in command else 0

        def wait(self):
            return self.code

    monkeypatch.setattr(module.venv, "create", create)
    monkeypatch.setattr(module.subprocess, "run", install)
    monkeypatch.setattr(module.subprocess, "Popen", Job)
    for name in ("CONDA_DEFAULT_ENV", "CONDA_PREFIX", "QUALKIT_CORPUS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QUALKIT_BROWSER", "a-browser")
    return module


@pytest.fixture
def bare(run, monkeypatch):
    """The same on a machine without a browser: a fresh Debian on which we are root. `bare.on_path` is what can be found there."""
    monkeypatch.delenv("QUALKIT_BROWSER")
    monkeypatch.setattr(run.os, "geteuid", lambda: 0, raising=False)
    run.PLACES, run.on_path = (), {"apt-get": "/usr/bin/apt-get"}
    monkeypatch.setattr(run.shutil, "which", lambda name: run.on_path.get(name))
    return run


def test_first_start_sets_up_and_runs_the_study(run, capsys):
    assert run.main([]) == 0
    assert [step.split()[0] for step in run.done] == ["venv", "pip", "pip", "pip", "-m"]
    assert "--require-hashes" in run.done[1]
    assert "--no-deps --no-build-isolation -e" in run.done[2]
    assert "--target" in run.done[3] and "clients.lock" in run.done[3]  # apart from all that qualkit needs
    assert run.done[4] == "-m qualkit reproduce"
    assert "Setting up .venv (once, a minute or two) ..." in capsys.readouterr().out


def test_the_site_is_built_strictly_and_said_to_be_there(run, capsys):
    assert run.main(["docs"]) == 0
    assert run.done[-1] == "-m sphinx -E -W --keep-going -q -c docs . site"
    assert capsys.readouterr().out.endswith("Built: site/index.html\n")


def test_second_start_only_runs_the_study(run, capsys):
    run.main([])
    run.done.clear()
    capsys.readouterr()
    assert run.main(["reproduce", "--store", "01"]) == 0
    assert run.done == ["-m qualkit reproduce --store 01"]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["requirements.lock", "clients.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_is_set_up_again(run, name):
    run.main([])
    run.done.clear()
    (run.ROOT / name).write_text("changed")
    run.main([])
    assert run.done[0] == "venv"


def test_a_moved_project_is_set_up_again(run, tmp_path):
    run.main([])
    before = run.fingerprint()
    run.ROOT = tmp_path / "elsewhere"
    run.ROOT.mkdir()
    (run.ROOT / "pyproject.toml").write_text("[project]\n")
    assert run.fingerprint() != before


def test_a_venv_whose_python_is_gone_is_set_up_again(run):
    run.main([])
    run.done.clear()
    Path(run.python).unlink()
    assert run.main([]) == 0
    assert run.done[0] == "venv"


@pytest.mark.parametrize(
    ("step", "words"),
    [("--require-hashes", "Is this computer connected to the network?"), ("--no-deps", "could not install qualkit itself")],
)
def test_a_set_up_that_failed_says_why_and_counts_for_nothing(run, capsys, step, words):
    run.fail_at = step
    assert run.main([]) == 1
    assert words in capsys.readouterr().err
    assert not run.STAMP.exists()
    assert not any("qualkit reproduce" in step for step in run.done)
    run.fail_at = None
    assert run.main([]) == 0
    assert run.STAMP.exists()


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (KeyboardInterrupt(), "Stopped. The next start begins the set-up again."),
        (PermissionError(13, "Access is denied"), "Close programs that use it"),
        (subprocess.CalledProcessError(1, ["python", "-m", "ensurepip"]), "sudo apt install python3-venv"),
    ],
)
def test_a_set_up_that_was_stopped_takes_the_old_stamp_away(run, capsys, monkeypatch, trouble, words):
    run.main([])
    run.LOCK.write_text("changed")

    def create(*_, **__):
        raise trouble

    monkeypatch.setattr(run.venv, "create", create)
    assert run.main([]) == 1
    assert words in capsys.readouterr().err
    assert not run.STAMP.exists()


def test_a_venv_is_not_removed_from_under_the_python_that_runs_in_it(run, capsys, monkeypatch):
    monkeypatch.setattr(run.sys, "prefix", str(run.VENV))
    assert run.main([]) == 1
    assert "Type: deactivate" in capsys.readouterr().err
    assert run.done == []


def test_an_active_conda_environment_named_qualkit_is_used_as_it_is(run, monkeypatch, tmp_path):
    python = tmp_path / ("python.exe" if sys.platform == "win32" else "bin/python")
    python.parent.mkdir(exist_ok=True)
    python.touch()
    monkeypatch.setenv("CONDA_DEFAULT_ENV", "qualkit")
    monkeypatch.setenv("CONDA_PREFIX", str(tmp_path))
    assert run.main(["lab"]) == 0
    assert run.done == ["-m qualkit lab"]
    assert run.python == str(python)


def test_conda_without_a_folder_means_the_python_that_runs(run, monkeypatch):
    monkeypatch.setenv("CONDA_DEFAULT_ENV", "qualkit")
    assert run.conda_python() == Path(sys.executable)


def test_another_conda_environment_is_left_alone(run, monkeypatch, tmp_path):
    monkeypatch.setenv("CONDA_DEFAULT_ENV", "base")
    monkeypatch.setenv("CONDA_PREFIX", str(tmp_path))
    run.main([])
    assert run.done[0] == "venv"


def test_an_unknown_job_is_told_the_possible_ones(run, capsys):
    assert run.main(["tests"]) == 2
    assert capsys.readouterr().err == "run.py knows no job 'tests'. Possible: reproduce (the default), test, lab, docs.\n"
    assert run.done == []


def test_help_is_the_first_thing_in_the_file(run, capsys):
    assert run.main(["--help"]) == 0
    assert "python3 run.py test " in capsys.readouterr().out


def test_a_python_that_is_too_old_is_told_so(run, capsys, monkeypatch):
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 18))
    monkeypatch.setattr(run.sys, "version", "3.9.18 (main)")
    assert run.main([]) == 2
    assert "qualkit needs Python 3.11 or newer; this is Python 3.9.18" in capsys.readouterr().err
    assert run.done == []


def test_a_python_that_is_too_old_can_read_the_file():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    annotations = [node.returns for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.returns]
    annotations += [node.annotation for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation]
    assert {ast.unparse(annotation) for annotation in annotations} <= {"str", "int", "list"}


def test_the_tests_are_every_check_in_order(run, capsys):
    assert run.main(["test"]) == 0
    checks = [step for step in run.done if step.startswith("-m")]
    assert [check.split()[1] for check in checks] == ["ruff", "ruff", "mypy", "pytest", "pytest"]
    assert "--nbval-current-env --nbval-cell-timeout=120 notebooks" in checks[-1]
    said = capsys.readouterr().out
    assert "== types (mypy): mypy" in said
    assert said.endswith("All checks have passed.\n")


def test_a_failed_check_does_not_hide_the_others(run, capsys):
    run.fail_at = "mypy"
    assert run.main(["test"]) == 1
    assert len([step for step in run.done if step.startswith("-m")]) == len(run.CHECKS)
    assert capsys.readouterr().out.endswith("Failed: types (mypy).\n")


def test_a_named_test_runs_alone(run):
    assert run.main(["test", "tests/test_run.py", "-k", "conda"]) == 0
    assert run.done[-1] == "-m pytest tests/test_run.py -k conda"


def test_the_exit_code_is_that_of_the_job(run):
    run.fail_at = "reproduce"
    assert run.main([]) == 7


def test_the_job_runs_in_the_project_on_the_corpus_the_user_meant(run, monkeypatch, tmp_path):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("QUALKIT_CORPUS", "my-corpus")
    run.main([])
    assert run.folder == str(run.ROOT)
    assert run.environment["QUALKIT_CORPUS"] == str(here / "my-corpus")


def test_ctrl_c_is_left_to_the_job(run, monkeypatch):
    class Job:
        def __init__(self, *_, **__):
            self.waits = iter([KeyboardInterrupt(), 0])

        def wait(self):
            step = next(self.waits)
            if isinstance(step, BaseException):
                raise step
            return step

    monkeypatch.setattr(run.subprocess, "Popen", Job)
    assert run.start(["jupyterlab"]) == 0


def test_a_browser_on_path_is_taken_and_nothing_is_installed(bare, capsys):
    bare.on_path["microsoft-edge"] = "/usr/bin/microsoft-edge"
    assert bare.find_browser() == "/usr/bin/microsoft-edge"
    assert bare.main(["test"]) == 0
    assert not any(step.startswith("apt") for step in bare.done)
    assert "browser" not in capsys.readouterr().out.split("Ready.")[1]


def test_a_browser_is_also_found_where_playwright_puts_it(bare, tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    bare.PLACES = (("$NOT_SET_ANYWHERE", "*"), ("$PLAYWRIGHT_BROWSERS_PATH", "chromium-*/*/chrome"))
    assert bare.find_browser() is None
    browser = tmp_path / "chromium-1200" / "chrome-linux64" / "chrome"
    browser.parent.mkdir(parents=True)
    browser.touch()
    assert bare.find_browser() == str(browser)


def test_the_browser_that_is_named_comes_first(bare, monkeypatch):
    bare.on_path["chromium"] = "/usr/bin/chromium"
    monkeypatch.setenv("QUALKIT_BROWSER", "/opt/chrome")
    assert bare.find_browser() == "/opt/chrome"


def test_root_on_a_fresh_debian_gets_its_chromium_before_the_checks(bare, capsys, monkeypatch):
    install = bare.subprocess.run

    def brings_a_browser(command, **settings):
        install(command, **settings)
        if "chromium" in command:
            bare.on_path["chromium"] = "/usr/bin/chromium"

    monkeypatch.setattr(bare.subprocess, "run", brings_a_browser)
    assert bare.main(["test"]) == 0
    steps = [step for step in bare.done if not step.startswith(("pip", "venv"))]
    assert steps[:2] == ["apt update", "apt install"] and steps[2].startswith("-m ruff")
    said = capsys.readouterr().out
    assert "No browser found: installing Debian's chromium for the browser tests (about 100 MB) ..." in said
    assert said.endswith("All checks have passed.\n")


@pytest.mark.parametrize("step", ["update", "install"])
def test_a_browser_that_cannot_be_installed_stops_no_other_check(bare, capsys, step):
    bare.main([])
    bare.done.clear()
    bare.fail_at = step
    assert bare.main(["test"]) == 0
    assert len([step for step in bare.done if step.startswith("-m")]) == len(bare.CHECKS)
    said = capsys.readouterr()
    assert "That did not work:" in said.err and "the other checks go on" in said.err
    assert said.out.endswith("All checks have passed; but the browser tests were skipped: no browser.\n")


def test_whoever_is_not_root_is_told_what_to_install(bare, capsys, monkeypatch):
    monkeypatch.setattr(bare.os, "geteuid", lambda: 1000)
    bare.fail_at = "mypy"
    assert bare.main(["test"]) == 1
    said = capsys.readouterr().out
    assert "No browser found: the browser tests are skipped. To run them, install Chromium, Chrome or Edge.\n" in said
    assert said.endswith("Failed: types (mypy); but the browser tests were skipped: no browser.\n")
    assert not any(step.startswith("apt") for step in bare.done)


def test_whoever_wants_no_browser_gets_none_and_the_last_line_says_so(bare, capsys, monkeypatch):
    bare.on_path["chromium"] = "/usr/bin/chromium"
    monkeypatch.setenv("QUALKIT_BROWSER", "none")
    assert bare.main(["test"]) == 0
    assert not any(step.startswith("apt") for step in bare.done)
    assert capsys.readouterr().out.endswith("the browser tests were skipped: no browser.\n")


def test_nothing_is_installed_for_a_named_test_or_for_the_study(bare):
    bare.main(["test", "tests/test_run.py"])
    bare.main([])
    assert not any(step.startswith("apt") for step in bare.done)
