#!/usr/bin/env python3
"""Set qualkit up and run it, with nothing but Python.

    python3 run.py                  run the study: every notebook, and with them every table and figure
    python3 run.py test             run the tests: style, types, library, the desk in a browser, notebooks
    python3 run.py test FILE ...    run these tests only (whatever follows goes to pytest)
    python3 run.py lab              open the notebooks in JupyterLab
    python3 run.py docs             build the documentation site: site/index.html

The first start makes the folder .venv with exactly the packages of requirements.lock, which takes a minute or two and the
network. Later starts need neither. Where a conda environment named qualkit is active, that one is used and nothing is made.
Whatever follows `reproduce` or `lab` is passed on: python3 run.py reproduce --store. (Windows: py run.py)

Some tests drive a browser: Chromium, Chrome or Edge. Where none is found, root on Debian gets the system's chromium, and elsewhere
these tests are skipped and the last line says so. QUALKIT_BROWSER names another browser, or none: QUALKIT_BROWSER=none.
"""

# A Python that is too old has to read this file to be told so: no syntax and no annotation newer than Python 3.6 here.

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
CLIENTS = ROOT / "tests" / "clients.lock"  # other programs that read our projects: for one test, and apart from the rest
STAMP = VENV / "qualkit-is-set-up"  # written last: what it says is complete
OLDEST = (3, 11)

JOBS = ("reproduce", "test", "lab", "docs")

# In this order, and all of them, even after one has failed: a reader wants to know everything that is wrong.
CHECKS = (
    ("style (ruff check)", ["ruff", "check", "."]),
    ("layout (ruff format)", ["ruff", "format", "--check", "."]),
    ("types (mypy)", ["mypy"]),
    ("library (pytest)", ["pytest", "-n2", "--dist=worksteal", "--doctest-modules", "--cov=qualkit", "tests", "qualkit"]),
    (
        "notebooks (nbval)",
        ["pytest", "-n2", "--dist=loadscope", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "notebooks"],
    ),
)

BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chromium-browser")
# Where a browser lies that is not on PATH: one that playwright has fetched, then those of Windows and macOS.
PLACES = (
    ("$PLAYWRIGHT_BROWSERS_PATH", "chromium-*/*/chrome"),
    ("$PLAYWRIGHT_BROWSERS_PATH", "chromium-*/*/chrome.exe"),
    ("~/.cache/ms-playwright", "chromium-*/*/chrome"),
    ("~/AppData/Local/ms-playwright", "chromium-*/*/chrome.exe"),
    ("~/Library/Caches/ms-playwright", "chromium-*/*/*.app/Contents/MacOS/*"),
    ("%PROGRAMFILES%", "Google/Chrome/Application/chrome.exe"),
    ("%LOCALAPPDATA%", "Google/Chrome/Application/chrome.exe"),
    ("%PROGRAMFILES(X86)%", "Microsoft/Edge/Application/msedge.exe"),
    ("/Applications", "Google Chrome.app/Contents/MacOS/Google Chrome"),
    ("/Applications", "Chromium.app/Contents/MacOS/Chromium"),
    ("/Applications", "Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
)
# The emoji of the tests' texts need a font of their own; the others come with chromium.
APT = ("apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium", "fonts-noto-color-emoji")


def main(words: list) -> int:
    """Do the job the words name and return its exit code."""
    job, rest = (words[0], words[1:]) if words else (JOBS[0], [])
    if job in ("-h", "--help", "help"):
        print(__doc__.strip())
        return 0
    if job not in JOBS:
        return complain(f"run.py knows no job '{job}'. Possible: {JOBS[0]} (the default), {', '.join(JOBS[1:])}.")
    if sys.version_info < OLDEST:
        needed, found = "{}.{}".format(*OLDEST), sys.version.split()[0]
        return complain(
            f"qualkit needs Python {needed} or newer; this is Python {found} ({sys.executable}).\n"
            "Install a newer one, or use conda: conda env create -f environment.yml"
        )
    python = conda_python() or venv_python()
    if python is None:
        return 1
    if job == "test":
        return test(python, rest)
    if job == "docs":
        code = start([str(python), "-m", "sphinx", "-E", "-W", "--keep-going", "-q", "-c", "docs", ".", "site", *rest])
        if not code:
            print("Built: site/index.html")
        return code
    return start([str(python), "-m", "qualkit", job, *rest])


def conda_python():
    """The Python of an active conda environment named qualkit, or None."""
    if os.environ.get("CONDA_DEFAULT_ENV") != "qualkit":
        return None
    inside = Path(os.environ.get("CONDA_PREFIX", ""), *(["python.exe"] if os.name == "nt" else ["bin", "python"]))
    # `py run.py` on Windows starts some other Python even where the environment is active.
    return inside if inside.is_absolute() and inside.exists() else Path(sys.executable)


def venv_python():
    """The Python of .venv, which is made first where it is missing or out of date; None, and said why, where it cannot be."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = fingerprint()
    if python.exists() and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return python
    if Path(sys.prefix).resolve() == VENV.resolve():
        complain("The packages have changed and .venv must be made anew, but run.py runs inside it.\nType: deactivate")
        return None
    try:
        print("Setting up .venv (once, a minute or two) ...", flush=True)
        if STAMP.exists():
            STAMP.unlink()
        venv.create(str(VENV), with_pip=True, clear=VENV.exists())
        print("Fetching the packages of requirements.lock ...", flush=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        # A personal `user = true` in the settings of pip would send the packages elsewhere.
        environment = dict(os.environ, PIP_USER="0")
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True, env=environment)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True, env=environment)
        apart = ["--no-deps", "--target", str(VENV / "clients"), "--require-hashes", "-r", str(CLIENTS)]
        subprocess.run([*pip, *apart], check=True, env=environment)
        STAMP.write_text(wanted, encoding="utf-8")
    except KeyboardInterrupt:
        complain("Stopped. The next start begins the set-up again.")
    except subprocess.CalledProcessError as error:
        complain(why(error.cmd))
    except OSError as error:
        complain(
            f"The folder .venv could not be made: {error}.\n"
            "Close programs that use it (JupyterLab, an editor), see that the disk is not full, and start again."
        )
    else:
        print("Ready.", flush=True)
        return python
    return None


def fingerprint() -> str:
    """What .venv depends on: the locks, the project's own description, and the folder, which an installed project knows."""
    parts = [
        LOCK.read_bytes(),
        CLIENTS.read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        str(ROOT).encode("utf-8", "surrogateescape"),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def why(command) -> str:
    """What a failed step of the set-up means for somebody who only wants to read notebooks."""
    if "ensurepip" in command:
        return (
            f"This Python cannot make environments ({sys.executable}).\n"
            "On Debian and Ubuntu: sudo apt install python3-venv; then start again."
        )
    if "--require-hashes" in command:
        return (
            "pip could not fetch the packages; its own message is above.\n"
            "Is this computer connected to the network? Then a proxy may be in the way, the disk full, or this Python\n"
            f"({sys.version.split()[0]}) too new for some package. The next start begins the set-up again."
        )
    return "pip could not install qualkit itself; its own message is above. The next start begins the set-up again."


def test(python, rest: list) -> int:
    """Run every check, or, where something is named, only pytest with it; 0 when all have passed."""
    if rest:
        return start([str(python), "-m", "pytest", *rest])
    browser = find_browser() or install_browser()
    failed = []
    for title, command in CHECKS:
        print(f"\n== {title}: {' '.join(command)}", flush=True)
        code = start([str(python), "-m", *command])
        if code == 130:
            return code
        if code:
            failed.append(title)
    verdict = "Failed: " + ", ".join(failed) if failed else "All checks have passed"
    left_out = "" if browser else "; but the browser tests were skipped: no browser"
    print(f"\n{verdict}{left_out}.", flush=True)
    return 1 if failed else 0


def find_browser():
    """The path of a Chromium, Chrome or Edge that can be driven, or None."""
    named = os.environ.get("QUALKIT_BROWSER")
    if named:
        return None if named == "none" else named
    found = [shutil.which(name) for name in BROWSERS]
    for folder, pattern in PLACES:
        found += sorted(str(path) for path in Path(os.path.expandvars(folder)).expanduser().glob(pattern))
    return next(filter(None, found), None)


def install_browser():
    """Debian's chromium, where this is Debian and we are root; otherwise None, and said what to do."""
    if os.environ.get("QUALKIT_BROWSER") == "none":
        return None
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print("No browser found: the browser tests are skipped. To run them, install Chromium, Chrome or Edge.", flush=True)
        return None
    print("No browser found: installing Debian's chromium for the browser tests (about 100 MB) ...", flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "update", "-q"], list(APT)):
        try:
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        except (subprocess.CalledProcessError, OSError) as error:
            complain(f"That did not work: {error}. The browser tests are skipped; the other checks go on.")
            return None
    return find_browser()


def start(command: list) -> int:
    """Run the command in the project's folder and return its exit code."""
    environment = dict(os.environ)
    if environment.get("QUALKIT_CORPUS"):  # said from where the user stands; the job stands in the project's folder
        environment["QUALKIT_CORPUS"] = os.path.abspath(environment["QUALKIT_CORPUS"])
    job = subprocess.Popen(command, cwd=str(ROOT), env=environment)
    stopped = False
    while True:
        try:
            code = job.wait()
            return 130 if stopped and code else code
        except KeyboardInterrupt:  # the job has seen Ctrl-C too and ends in its own way (JupyterLab asks first)
            stopped = True


def complain(message: str) -> int:
    """Say it where errors are said; 2, the exit code of a mistake in how a command was called."""
    print(message, file=sys.stderr, flush=True)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
