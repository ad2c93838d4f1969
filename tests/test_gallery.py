"""The gallery in docs/ shows every display of the catalogue, as the study gives it now."""

import html
import re
import sys
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

import qualkit as qk

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs"))
import gallery  # noqa: E402 - it lies in docs/, beside the page it makes

PAGE = (ROOT / "docs" / "displays.md").read_text(encoding="utf-8")
CATALOGUE = qk.recipes("en")
BUILT = list(CATALOGUE.loc[CATALOGUE["made_by"] != "nothing", "display"])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The gallery made anew: every line of code on its page has run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return gallery.gallery(tmp_path_factory.mktemp("docs"))


def test_the_page_is_what_its_script_makes_of_the_study(made):
    assert made.read_text(encoding="utf-8") == PAGE, "run: python docs/gallery.py"


def test_every_picture_of_the_page_is_there_and_small(made):
    names = re.findall(r'<img src="displays/([a-z-]+.png)" alt="([^"]+)">', PAGE)
    assert {name for name, _ in names} == {path.name for path in (ROOT / "docs" / "displays").iterdir()}
    assert all(re.search(r"\[data [0-9a-f]{12}\]$", html.unescape(alt)) for _, alt in names)
    for name, _ in names:
        kept, fresh = ROOT / "docs" / "displays" / name, made.parent / "displays" / name
        assert kept.stat().st_size <= 150_000
        with Image.open(kept) as one, Image.open(fresh) as other:
            assert max(abs(a - b) for a, b in zip(one.size, other.size, strict=True)) <= 2


@pytest.mark.parametrize("name", BUILT)
def test_every_display_of_the_catalogue_is_in_the_page(name):
    both = [qk.recipes(language).set_index("display").loc[name] for language in ("en", "id")]
    part = PAGE.partition(f"\n## {both[0]['label']}\n")[2].partition("\n## ")[0].replace("\\", "")
    assert f"*{both[1]['label']}*" in part and f"`{name}`" in part
    for column in ("source", "when_to_use", "cells", "rule", "needs"):
        assert both[0][column] in part
    call = f'qk.template("{name}")' if both[0]["made_by"] == "template" else f'"{name}"'
    assert call in part


def test_every_display_that_statements_fill_is_shown_with_a_table_or_a_picture():
    filled = list(CATALOGUE.loc[CATALOGUE["made_by"] == "arrange", "display"])
    assert set(gallery.DISPLAYS) - {"scatterplot"} == set(filled)
    assert PAGE.count("<table>") + PAGE.count("<img ") == len(gallery.DISPLAYS) + 1  # and the ratings


def test_what_is_not_built_is_listed():
    end = PAGE.partition("## Not built")[2]
    for name in CATALOGUE.loc[CATALOGUE["made_by"] == "nothing", "display"]:
        assert f"- {name} (" in end


def hostile():
    return pd.DataFrame(
        {
            "statement": ["S1"],
            "case": "<script>x</script>",
            "status": "signed",
            "evidence": "1",
            "sector": "E",
            "document": "d",
            "segment": 1,
            "text_id": "<script>\n\nx</script>",
            "text_en": "x",
        }
    )


def test_texts_in_the_page_are_no_markup():
    matrix = qk.arrange(hostile(), "two-variable case-ordered matrix")
    table = gallery._table(matrix)
    assert "<script" not in table and "&lt;script&gt;" in table and "\n" not in table
    assert gallery._text("a|b*c_[d]") == "a\\|b\\*c\\_\\[d\\]"
