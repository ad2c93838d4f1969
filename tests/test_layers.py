"""Imports point one way: leaves import nothing inside, steps stand on leaves, faces on steps."""

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "qualkit"
LEAVES = {"tables"}
MAY_IMPORT = {
    "tables": set(),
    "indonesian": set(),
    "inflection": set(),
    "words": LEAVES | {"indonesian"},
    "circumstances": {"indonesian"},
    "matching": {"indonesian", "inflection"},
    "codebook": LEAVES,
    "corpus": LEAVES,
    "furniture": {"indonesian"},
    "layout": {"furniture", "indonesian"},
    "segments": LEAVES | {"furniture", "indonesian", "layout"},
    "codings": LEAVES | {"codebook"},
    "context": {"codebook", "matching"},
    "places": LEAVES | {"codebook", "context", "matching"},
    # a suggestion is a coding by a machine coder
    "suggest": LEAVES | {"circumstances", "codebook", "codings", "context", "indonesian", "matching", "places"},
    "review": LEAVES | {"codebook", "matching", "suggest"},
    "learning": LEAVES | {"codebook", "codings", "review", "suggest"},
    "agreement": LEAVES | {"codebook"},
    "statements": LEAVES | {"codebook", "indonesian"},
    "matrix": LEAVES | {"codebook"},
    "claims": LEAVES | {"codebook"},
    "display": LEAVES | {"codebook", "matrix"},
    "export": LEAVES | {"codebook", "indonesian", "matrix", "display"},
    "parts": set(),
    "scale": LEAVES | {"codebook", "matrix", "parts", "segments", "suggest"},
    "study": set(),
    "__main__": {"study"},
}
DRAWS = {"display", "export"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
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
    heavy = {"matplotlib", "nltk", "docx", "openpyxl", "nbclient", "IPython", "sklearn", "pyarrow.dataset", "dask"}
    code = f"import pandas, sys; before = set(sys.modules); import qualkit; print({heavy} & (set(sys.modules) - before))"
    found = subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_no_module_loads_pickles_or_unsafe_yaml():
    for path in PACKAGE.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not {"pickle", "marshal", "shelve"} & imports(path)
        assert "yaml.load(" not in text and "eval(" not in text and "exec(" not in text
