"""Markdown, notebooks with their stored results, and docstrings go in; Sphinx makes the documentation site of them.

    python -m sphinx -W -c docs . site

The source is the whole project, so that a page may link to any file of it. Nothing is fetched, neither when the site is built nor
when it is read. `-W`: a link that leads nowhere ends the build.
"""

import contextlib
import io
import os
import re
import sys
from pathlib import Path

from pygments.lexers.special import TextLexer

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

project, author = "qualkit", "the qualkit authors"
html_title = "qualkit"
root_doc = "docs/index"
include_patterns = ["docs/**.md", "notebooks/*.ipynb", "*.md", "corpus/*.md", "benchmarks/**README.md"]
exclude_patterns = [".*", "site", "build", "dist", "exports", "corpus/originals"]
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
suppress_warnings = ["mystnb.unknown_mime_type"]  # the desk: its plain table is shown

myst_enable_extensions = ["html_image"]
myst_heading_anchors = 4
nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # no widget runs here, and no script of another host

autodoc_typehints = "none"
autodoc_member_order = "bysource"
default_role = "py:obj"
napoleon_use_rtype = False

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = ["accessible.js"]
html_copy_source = html_show_sourcelink = False
html_show_copyright = False
html_theme_options = {"navigation_with_keys": True}

_ROW = re.compile(r"^\| (?:\*\*(?P<group>[^*]+)\*\*|(?P<names>`[^|]+`)) ", re.M)


def names_of(page: str) -> dict[str, list[str]]:
    """The public names of each group of the table in docs/reference/index.md, in its order.

    >>> table = ["| **Condense** | |", "| `split`, `tokens` | pieces |", "| **Archives** (`scale`) | |", "| `scale.suggest` | parts |"]
    >>> names_of("\\n".join(["## All public names", *table]))
    {'Condense': ['split', 'tokens'], 'Archives': ['scale.suggest']}
    """
    groups: dict[str, list[str]] = {}
    for row in _ROW.finditer(page.partition("## All public names")[2].partition("\n## ")[0]):
        if row["group"]:
            names = groups.setdefault(row["group"], [])
        else:
            names += re.findall(r"`([\w.]+)`", row["names"])
    return groups


def fill(app, page: str, source: list[str]) -> None:
    """Put the docstrings where a page says <!-- names: Condense -->, and help where it says <!-- help: add -->."""
    source[0] = re.sub(r"<!-- names: (.+) -->", _docstrings, source[0])
    source[0] = re.sub(r"<!-- help: (.+) -->", _help, source[0])


def _docstrings(found: re.Match[str]) -> str:
    import qualkit
    import qualkit.scale

    entries = []
    for name in names_of((ROOT / "docs/reference/index.md").read_text("utf-8"))[found[1]]:
        thing = qualkit
        for part in name.split("."):
            thing = getattr(thing, part)
        kind = "autoclass" if isinstance(thing, type) else "autofunction"
        entries.append(f"## {name}\n\n```{{eval-rst}}\n.. {kind}:: qualkit.{name}\n```\n")
    return "\n".join(entries)


def _help(found: re.Match[str]) -> str:
    from qualkit.study import main

    os.environ["COLUMNS"] = "100"  # as wide as the page
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main([found[1], "--help"])
    return f"```text\n{said.getvalue().strip()}\n```"


def plain_bars(app, what: str, name: str, thing: object, options: object, lines: list[str]) -> None:
    """`|u` is the name of a coefficient in our docstrings, and no substitution of reStructuredText."""
    lines[:] = [line if line.lstrip().startswith(">>>") else re.sub(r"\|(?=\w)", r"\\|", line) for line in lines]


def in_indonesian(app, page: str, template: str, context: dict[str, object], tree: object) -> None:
    """A page named *.id.md says to browsers and screen readers that it is Indonesian."""
    if page.endswith(".id"):
        context["language"] = "id"


def lead_in(app, error: Exception | None) -> None:
    """A first page at the top of the site, which leads to the one in docs/."""
    if not error and app.builder.name == "html":
        page = '<!doctype html><title>qualkit</title><meta http-equiv="refresh" content="0; url=docs/index.html">\n'
        Path(app.outdir, "index.html").write_text(page, encoding="utf-8")


def setup(app) -> None:
    """What Sphinx calls first."""
    app.add_lexer("csv", TextLexer)
    app.connect("source-read", fill)
    app.connect("autodoc-process-docstring", plain_bars)
    app.connect("html-page-context", in_indonesian)
    app.connect("build-finished", lead_in)
