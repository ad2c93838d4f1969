"""Imports point one way: leaves import nothing inside, steps stand on leaves, faces on steps."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import qualkit

PACKAGE = Path(__file__).resolve().parents[1] / "qualkit"
LEAVES = {"tables"}
MAY_IMPORT = {
    "tables": set(),
    "indonesian": set(),
    "inflection": set(),
    "words": LEAVES | {"indonesian"},
    "circumstances": {"indonesian"},
    "signs": {"indonesian"},
    "turns": set(),
    "matching": {"indonesian", "inflection", "signs"},
    "codebook": LEAVES,
    "corpus": LEAVES | {"codebook", "indonesian"},  # kinds of texts have names in two languages, and so have months
    "furniture": {"indonesian", "signs"},
    "layout": {"furniture", "indonesian", "signs", "turns"},
    "segments": LEAVES | {"furniture", "indonesian", "layout", "signs"},
    "audit": LEAVES | {"codebook"},  # which actors are machines
    "revision": LEAVES | {"audit", "codebook"},  # rows added to the file are logged; no machine decides
    "landmarks": set(),
    "folding": set(),
    "distances": {"folding"},
    "facts": {"distances"},
    "candidates": {"distances", "folding"},
    "anchors": {"candidates", "distances", "facts", "folding", "landmarks"},
    "placing": LEAVES | {"anchors", "codebook"},
    "codings": LEAVES | {"anchors", "codebook", "coderfile", "placing", "revision"},  # written as the desk writes
    "memos": LEAVES | {"audit", "codebook"},
    "accounting": LEAVES | {"codebook"},
    "forms": LEAVES | {"accounting", "corpus", "audit", "codebook", "indonesian"},  # a form sums up what the accounting knows
    "context": {"codebook", "matching"},
    "places": LEAVES | {"codebook", "context", "matching"},
    # a suggestion is a coding by a machine coder
    "suggest": LEAVES | {"circumstances", "codebook", "codings", "context", "matching", "places", "placing"},
    "review": LEAVES | {"codebook", "matching", "suggest"},
    "learning": LEAVES | {"codebook", "codings", "review", "suggest"},
    "agreement": LEAVES | {"codebook"},
    "unitizing": LEAVES | {"agreement"},  # who the coders are, and which codes a facet has
    "statements": LEAVES | {"codebook", "corpus", "indonesian"},
    "relations": LEAVES | {"codebook"},
    "matrix": LEAVES | {"codebook"},
    "recipes": LEAVES | {"codebook", "matrix"},
    "cells": LEAVES | {"codebook", "matrix"},
    "columns": LEAVES | {"cells", "codebook", "indonesian", "matrix"},
    "arrange": LEAVES | {"cells", "codebook", "columns", "matrix", "recipes"},
    # a claim may say what must be found in which cells
    "rules": LEAVES | {"matrix"},
    "claims": LEAVES | {"codebook", "matrix", "rules"},
    "patterns": LEAVES | {"claims", "codebook", "matrix"},
    "reckoning": {"claims", "codebook", "corpus", "matrix"},
    "tactics": LEAVES | {"claims", "codebook", "matrix", "reckoning"},
    "wording": {"indonesian"},
    "spots": LEAVES | {"claims", "codebook", "matrix", "relations", "statements", "suggest", "wording"},
    "checks": LEAVES | {"claims", "codebook", "matrix", "spots"},
    "quality": LEAVES | {"agreement", "claims", "codebook", "corpus", "indonesian", "matrix"},
    "standards": {"codebook", "quality"},
    "display": LEAVES | {"codebook", "matrix"},
    "page": LEAVES | {"codebook", "display", "matrix"},
    "charts": LEAVES | {"codebook", "display", "matrix", "page"},
    "networks": {"codebook", "display", "matrix", "page"},
    "timelines": LEAVES | {"codebook", "columns", "display", "matrix", "page"},
    "versions": LEAVES | {"audit"},
    "coderfile": LEAVES | {"audit", "versions"},  # each change of a coder's file is logged, and what stood there is kept
    "trash": LEAVES | {"audit", "coderfile"},
    "graphemes": set(),
    "deskwords": {"codebook"},
    "sheets": LEAVES | {"assignments", "codebook", "coderfile", "codings", "placing", "revision", "segments"},
    "sitting": LEAVES | {"codebook", "codings", "graphemes", "sheets"},
    "widget": LEAVES | {"codebook", "deskwords", "sheets", "sitting"},
    "assignments": LEAVES | {"agreement", "audit", "codebook", "placing"},
    "codinglog": LEAVES | {"audit", "codebook", "codings", "sheets"},
    "doublecoding": LEAVES | {"agreement", "codebook", "codinglog", "codings"},
    # decisions are a coder's file, too
    "reconciling": LEAVES | {"codebook", "coderfile", "codinglog", "codings", "doublecoding", "sheets"},
    "printed": LEAVES | {"claims", "codebook", "display", "indonesian", "matrix"},
    "typesetting": {"printed"},
    "word": {"codebook", "printed", "typesetting"},
    "latex": {"codebook", "printed", "typesetting"},
    "export": LEAVES | {"codebook", "display", "latex", "matrix", "printed", "word"},
    "report": LEAVES | {"codebook", "display", "export", "latex", "matrix", "printed", "typesetting", "word"},
    "headings": set(),
    "drafts": LEAVES | {"codebook", "headings"},
    "xmltree": set(),
    "counting": LEAVES,
    "refi": LEAVES | {"codebook", "drafts", "xmltree"},
    "refiwriter": LEAVES | {"codebook", "drafts", "headings", "refi"},
    "refisources": LEAVES | {"archives", "counting", "refi", "xmltree"},
    "refivariables": LEAVES | {"corpus", "refi", "refisources", "xmltree"},
    "refireader": LEAVES
    | {"archives", "codebook", "codings", "counting", "drafts", "headings", "memos", "refi"}
    | {"refisources", "refivariables", "segments", "xmltree"},
    "exchange": LEAVES
    | {"archives", "audit", "codebook", "codings", "corpus", "drafts", "memos", "newstudy", "refi", "refireader", "xmltree"},
    "taguette": LEAVES | {"codebook", "drafts"},
    "tidy": LEAVES | {"codebook", "drafts"},
    "original": LEAVES,
    "archives": set(),
    "duplicates": set(),
    "pages": LEAVES,
    "pdf": {"original"},
    "webpage": LEAVES | {"original"},
    "wordfiles": LEAVES | {"archives", "original"},
    "texttables": LEAVES | {"archives", "indonesian", "original"},
    "entries": LEAVES | {"corpus", "original", "segments"},  # a text says where it is from in what is no content
    "newstudy": LEAVES | {"audit"},
    "disclosure": set(),
    "sharing": LEAVES | {"audit", "corpus", "disclosure"},
    "intake": LEAVES | {"audit", "corpus", "duplicates", "entries", "original", "pdf", "texttables", "webpage", "wordfiles"},
    "health": LEAVES
    | {
        "assignments",
        "audit",
        "claims",
        "codebook",
        "codings",
        "corpus",
        "forms",
        "matrix",
        "memos",
        "patterns",
        "relations",
        "revision",
        "segments",
        "statements",
    },
    "commands": LEAVES | {"audit", "health", "intake", "newstudy", "sharing"},
    "parts": set(),
    "scale": LEAVES | {"codebook", "matrix", "parts", "segments", "suggest"},
    "study": {"commands"},
    "__main__": {"study"},
}
DRAWS = {"charts", "display", "export", "networks", "page", "report", "timelines"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
            found |= {f"qualkit.{name.name}" for name in node.names if node.module == "qualkit"}
    return found


def test_every_module_has_its_place():
    assert {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"} == set(MAY_IMPORT)


def test_imports_point_one_way():
    for name, allowed in MAY_IMPORT.items():
        inside = {module.split(".")[1] for module in imports(PACKAGE / f"{name}.py") if module.startswith("qualkit.")}
        assert inside <= allowed, f"{name} imports {sorted(inside - allowed)}"


def test_only_the_faces_import_matplotlib():
    drawing = {name for name in MAY_IMPORT if any(m.split(".")[0] == "matplotlib" for m in imports(PACKAGE / f"{name}.py"))}
    assert drawing <= DRAWS


def test_importing_the_library_loads_nothing_that_only_drawing_writing_or_learning_needs():
    heavy = {
        "anywidget",
        "ipywidgets",
        "matplotlib",
        "networkx",
        "nltk",
        "docx",
        "openpyxl",
        "nbclient",
        "IPython",
        "sklearn",
        "pyarrow.dataset",
        "dask",
    }
    code = f"import pandas, sys; before = set(sys.modules); import qualkit; print({heavy} & (set(sys.modules) - before))"
    found = subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_no_module_loads_pickles_or_unsafe_yaml():
    for path in PACKAGE.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not {"pickle", "marshal", "shelve"} & imports(path)
        assert "yaml.load(" not in text and "eval(" not in text and "exec(" not in text


def test_no_group_of_a_pattern_repeats_possessively():
    """Python 3.11.0 to 3.11.4, and so that of Debian 12, forget where such a group began when its last round fails half-way."""
    possessive = re.compile(r"\)(?:[*+?]|\{+\d*,?\d*\}+)\+")
    assert possessive.search("(?:ab?)*+") and possessive.search("(?: x){{0,4}}+") and not possessive.search("[ab]*+(?:c)+")
    lines = [(path.name, line) for path in PACKAGE.glob("*.py") for line in path.read_text("utf-8").splitlines()]
    assert [place for place in lines if possessive.search(place[1]) and "#" not in place[1]] == []


def test_names_that_wait_are_no_modules_and_all_names_are_listed():
    """A module once imported is an attribute of the package: a function of its name would be hidden by it."""
    assert not set(qualkit._WHEN_ASKED_FOR) & set(MAY_IMPORT)
    assert set(qualkit.__all__) <= set(dir(qualkit))
    assert all(callable(getattr(qualkit, name)) for name in qualkit.__all__)
