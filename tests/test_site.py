"""Whoever follows the tutorial and the how-tos word for word gets what they say; the site is built of them, and lacks nothing."""

import ast
import contextlib
import doctest
import html
import importlib.util
import io
import re
import shlex
import subprocess
import sys
import urllib.parse
import warnings
from pathlib import Path

import matplotlib
import pytest

import qualkit as qk
from qualkit.study import main

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
START = DOCS / "how-to" / "index.md"
HOW_TO = sorted(path for path in (DOCS / "how-to").glob("*.md") if path != START)
TUTORIALS = [DOCS / "tutorial.md", DOCS / "tutorial.id.md"]

# A fenced block, or what a person does by hand, which stands in a comment that only this test reads.
BLOCK = re.compile(
    r"^```(?P<kind>[\w-]+)(?: (?P<file>\S+))?\n(?P<body>.*?)^```$|^<!-- by hand\n(?P<hand>.*?)^-->$", re.M | re.S
)
ALIKE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Follower:
    """Somebody who does what a page says, in a folder, and compares what comes of it with what the page shows.

    Commands are typed in the folder of the study, Python runs in its notebooks/, as in a notebook.
    """

    def __init__(self, folder, slow=True):
        self.folder, self.slow = folder, slow
        self.names: dict[str, object] = {}
        self.cells: list[str] = []
        self.pasted = self.shown = ""

    def follow(self, page):
        text = page.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            line = text[: block.start()].count("\n") + 1
            try:
                self.do(**block.groupdict())
            except Exception as error:
                error.add_note(f"{page.name}, line {line}")
                raise

    def do(self, kind, file, body, hand):
        if hand:
            with contextlib.chdir(self.folder / "notebooks"):
                exec(hand, {**self.names, "pasted": self.pasted, "cells": self.cells})
        elif file:
            (self.folder / file).write_text(body, encoding="utf-8")
        elif kind == "console":
            self.type(body)
        elif kind == "python":
            self.run(body)
        elif kind == "text":
            assert_alike(body, self.shown)
        else:
            self.pasted = body

    def type(self, body):
        """Type each command; what stands below it is what it prints."""
        for typed in re.split(r"^\$ ", body, flags=re.M)[1:]:
            command, _, expected = typed.partition("\n")
            program, *words = shlex.split(command)
            if program == "cd":
                self.folder = self.folder / words[0]
                assert self.folder.is_dir()
                continue
            assert program == "qualkit", f"what is '{program}'?"
            if words[0] == "lab" or (words[0] == "reproduce" and not self.slow):
                continue
            said = io.StringIO()
            with contextlib.chdir(self.folder), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                main(words)
            if expected.strip():
                assert_alike(expected, said.getvalue())

    def run(self, body):
        """Run a cell; what its last line gives is what is shown."""
        self.cells.append(body)
        *before, last = ast.parse(body).body
        printed = io.StringIO()
        with contextlib.chdir(self.folder / "notebooks"), contextlib.redirect_stdout(printed):
            exec(compile(ast.Module(before, []), "cell", "exec"), self.names)
            if isinstance(last, ast.Expr):
                shown = eval(compile(ast.Expression(last.value), "cell", "eval"), self.names)
                self.shown = printed.getvalue() + ("" if shown is None else repr(shown))
            else:
                exec(compile(ast.Module([last], []), "cell", "exec"), self.names)
                self.shown = printed.getvalue()


def assert_alike(expected, got):
    alike = doctest.OutputChecker().check_output(expected, got, ALIKE)
    assert alike, f"the page shows\n{expected}but there comes\n{got}"


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.name)
def test_the_tutorial_can_be_followed_word_for_word(page, tmp_path):
    follower = Follower(tmp_path, slow=page.name == "tutorial.md")
    follower.follow(page)
    assert qk.check_study(follower.folder).empty
    assert list((follower.folder / "exports").glob("*.docx"))


@pytest.mark.parametrize("page", HOW_TO, ids=lambda page: page.stem)
def test_the_code_of_a_how_to_runs_and_gives_what_the_page_shows(page, tmp_path):
    qk.new_study(tmp_path / "my-study")
    follower = Follower(tmp_path / "my-study")
    with matplotlib.rc_context(), warnings.catch_warnings():
        follower.follow(START)
        follower.follow(page)


def test_whoever_comes_from_another_program_can_call_what_the_page_names(tmp_path):
    qk.new_study(tmp_path / "my-study")
    follower = Follower(tmp_path / "my-study")
    follower.follow(START)
    follower.names |= {name: getattr(qk, name) for name in qk.__all__}
    calls = re.findall(r"\[`(\w+\(.+?\))`\]", (DOCS / "coming-from.md").read_text(encoding="utf-8"))
    assert calls
    for call in calls:
        follower.run(call)


def test_both_tutorials_have_the_reader_do_the_same():
    english, indonesian = (
        [(block["kind"], block["file"]) for block in BLOCK.finditer(page.read_text(encoding="utf-8"))] for page in TUTORIALS
    )
    assert english == indonesian


def test_every_fenced_block_is_followed():
    for page in [*TUTORIALS, START, *HOW_TO]:
        text = page.read_text(encoding="utf-8")
        assert len(re.findall("^```", text, re.M)) == 2 * len([block for block in BLOCK.finditer(text) if block["kind"]])


def test_a_page_that_shows_something_else_than_what_comes_is_told(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Page\n\n```console\n$ qualkit new studi\nstudi: nothing\n```\n", encoding="utf-8")
    with pytest.raises(
        AssertionError, match=r"the page shows\s+studi: nothing\s+but there comes\s+studi: a study that runs"
    ) as told:
        Follower(tmp_path).follow(page)
    assert told.value.__notes__ == ["page.md, line 3"]
    with pytest.raises(AssertionError, match="what is 'rm'"):
        Follower(tmp_path).type("$ rm -r studi\n")


def test_the_reference_has_a_page_for_each_group_of_names_in_its_table():
    pages = [path.read_text(encoding="utf-8") for path in (DOCS / "reference").glob("*.md")]
    asked = [name for page in pages for name in re.findall(r"<!-- names: (.+) -->", page)]
    assert doctest.testmod(conf()).failed == 0
    assert sorted(asked) == sorted(conf().names_of((DOCS / "reference" / "index.md").read_text(encoding="utf-8")))


def test_the_reference_has_the_help_of_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.M)
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert commands and sorted(re.findall(r"<!-- help: (\w+) -->", page)) == sorted(commands)


def conf():
    spec = importlib.util.spec_from_file_location("conf", DOCS / "conf.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built anew; a link that leads nowhere, or any other warning, fails."""
    pytest.importorskip("sphinx", reason="Sphinx is not installed: the documentation site is not built")
    made = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-c", "docs", "-d", str(made / "kept"), "."]
    built = subprocess.run([*command, str(made / "site")], cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr[-3000:]
    return made / "site"


def test_every_public_name_stands_in_the_reference(site):
    there = "".join(page.read_text(encoding="utf-8") for page in (site / "docs" / "reference").glob("*.html"))
    assert [name for name in qk.__all__ if f'id="qualkit.{name}"' not in there] == []


def test_no_page_fetches_anything_from_another_host(site):
    fetched = re.compile(r"""<(?:script|img|iframe|source|link)\b[^>]*(?:src|href)=["']?(?:https?:)?//[^>]*>""")
    for page in site.rglob("*.html"):
        assert fetched.findall(page.read_text(encoding="utf-8")) == [], page.name
    for page in site.rglob("*.css"):
        assert not re.search(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""", page.read_text(encoding="utf-8")), page.name


def test_every_picture_style_and_page_that_is_linked_is_there(site):
    for page in site.rglob("*.html"):
        for found in re.findall(r'(?:src|href)="([^"]+)"', page.read_text(encoding="utf-8")):
            target = urllib.parse.urlsplit(html.unescape(found))
            if not target.scheme and target.path:
                assert (page.parent / urllib.parse.unquote(target.path)).exists(), f"{page.name}: {found}"


def test_notebooks_stand_in_the_site_with_their_stored_results(site):
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert "cell_output" in (site / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8")


def test_what_building_the_site_leaves_is_ignored_by_git(site):
    left = {path.name for path in site.parent.iterdir()} - {"kept"}
    assert "site" in left and left <= {line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()}


def test_the_site_opens_at_its_top_and_the_indonesian_tutorial_says_its_language(site):
    assert "url=docs/index.html" in (site / "index.html").read_text(encoding="utf-8")
    assert (site / "docs" / "index.html").is_file()
    assert 'lang="id"' in (site / "docs" / "tutorial.id.html").read_text(encoding="utf-8")
