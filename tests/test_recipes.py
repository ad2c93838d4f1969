"""The catalogue of displays: each says where it comes from and who makes it."""

import pandas as pd
import pytest

from qualkit.arrange import BUILDERS
from qualkit.recipes import CATALOGUE, FAMILIES, NOT_BUILT, find_recipe, recipes, template

PRIORITIES = {
    1: {
        "partially ordered meta-matrix", "checklist matrix", "content-analytic summary table", "contrast table", "event listing",
        "time-ordered meta-matrix", "source-by-statement triangulation matrix",
    },
    2: {
        "conceptually clustered matrix", "role-ordered matrix", "effects matrix", "context chart", "code co-occurrence",
        "case-ordered descriptive meta-matrix", "critical incident chart", "code combinations",
    },
    3: {
        "variable-by-variable matrix", "two-variable case-ordered matrix", "scatterplot", "case-ordered predictor-outcome matrix",
        "case dynamics matrix", "event-state network", "causal network", "cognitive map", "folk taxonomy",
    },
}  # fmt: skip


@pytest.mark.parametrize("priority", [1, 2, 3])
def test_every_display_of_the_method_is_in_the_catalogue(priority):
    assert {recipe.name for recipe in CATALOGUE if recipe.priority == priority} == PRIORITIES[priority]


def test_a_display_is_made_or_has_a_template_and_never_both():
    made = {recipe.name for recipe in CATALOGUE if not recipe.to_fill}
    assert made == set(BUILDERS)
    assert PRIORITIES[1] | PRIORITIES[2] <= made


def test_names_and_labels_stand_once_and_both_languages_are_filled():
    assert len({recipe.name for recipe in CATALOGUE}) == len(CATALOGUE) == 24
    assert len({recipe.label["id"] for recipe in CATALOGUE}) == 24
    for recipe in CATALOGUE:
        for words in (recipe.label, recipe.source, recipe.cells, recipe.rule, recipe.when_to_use, recipe.needs):
            assert set(words) == {"id", "en"}
            assert all(text.strip() == text and text for text in words.values())
        assert recipe.family in FAMILIES
        assert not recipe.rule["id"].endswith(".")  # the notes add it


@pytest.mark.parametrize(("language", "chapter"), [("id", "bab 6"), ("en", "ch. 6")])
def test_a_row_says_the_book_and_chapter_in_the_language_asked_for(language, chapter):
    table = recipes(language).set_index("display")
    assert table.loc["checklist matrix", "source"].endswith(f"Miles, Huberman & Saldaña (2014), {chapter}")
    assert table.loc["checklist matrix", "label"] == {"id": "Matriks daftar periksa", "en": "Checklist matrix"}[language]


def test_what_is_no_display_of_the_book_says_so():
    for name in ("source-by-statement triangulation matrix", "code co-occurrence", "code combinations"):
        assert "Miles & Huberman" in find_recipe(name).source["en"]
        assert "not" in find_recipe(name).source["en"]
        assert "bukan sajian Miles & Huberman" in find_recipe(name).source["id"]


def test_what_is_not_built_is_listed_too():
    table = recipes().set_index("display")
    assert len(table) == 24 + len(NOT_BUILT)
    assert table.loc["poetic display", ["made_by", "priority"]].to_list() == ["nothing", 0]
    assert table.loc["causal network", "made_by"] == "template"
    assert table.loc["event listing", "made_by"] == "arrange"
    assert table.loc["scatterplot", "made_by"] == "scatter"
    assert {"growth gradient", "decision modeling", "composite sequence analysis", "vignettes"} <= set(table.index)


def test_a_template_is_empty_and_has_the_columns_to_fill():
    table = template("case dynamics matrix")
    assert isinstance(table, pd.DataFrame)
    assert table.empty
    assert list(table) == ["case", "issue", "strain", "who", "what_was_done", "result", "statements"]
    assert all("statements" in template(recipe.name) for recipe in CATALOGUE if recipe.to_fill)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: find_recipe("chek list matrix"), "there is no display 'chek list matrix'. Did you mean 'checklist matrix'?"),
        (
            lambda: find_recipe("vignettes"),
            "the display 'vignettes' (Miles, Huberman & Saldaña (2014), ch. 7) is not built here;",
        ),
        (
            lambda: template("event listing"),
            "the event listing needs no template: arrange(statements, 'event listing') makes it",
        ),
        (lambda: recipes("de"), "language 'de' is not known. Possible: id, en."),
    ],
)
def test_a_mistake_is_named(call, said):
    with pytest.raises(ValueError) as told:
        call()
    assert str(told.value).startswith(said)


def test_a_display_is_found_by_its_label_too():
    assert find_recipe("Daftar peristiwa").name == "event listing"
