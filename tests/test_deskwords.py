"""The desk says everything in both languages, and says nothing that nobody wrote."""

import re
from pathlib import Path

import pytest

import qualkit.deskwords
from qualkit.deskwords import words

SCRIPT = (Path(qualkit.deskwords.__file__).parent / "desk.js").read_text(encoding="utf-8")
STYLE = (Path(qualkit.deskwords.__file__).parent / "desk.css").read_text(encoding="utf-8")
QUOTED = set(re.findall(r'"(\w+)"', SCRIPT))


def test_both_languages_have_the_same_keys_and_no_empty_text():
    assert words("id").keys() == words("en").keys()
    assert all(text.strip() for language in ("id", "en") for text in words(language).values())


def test_both_languages_fill_in_the_same_values():
    for key, text in words("id").items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", words("en")[key])), key


def test_indonesian_is_spoken_unless_asked_otherwise():
    assert words() == words("id")
    assert words()["undo"] == "Urungkan"


def test_each_word_that_the_desk_asks_for_is_there():
    asked = set(re.findall(r'\b(?:t\(|say: |brief: )"(\w+)"', SCRIPT))
    asked |= {key for pair in re.findall(r'\bt\([^"]*\? "(\w+)" : "(\w+)"', SCRIPT) for key in pair}
    assert len(asked) > 80
    assert asked - words().keys() == set()


def test_each_word_is_asked_for_by_the_desk():
    assert {key for key in words() if key not in QUOTED and not key.startswith("anchor_")} == set()
    assert "t(`anchor_${" in SCRIPT  # what has to be settled, by the ways a coding's words can be found or lost


def test_every_value_a_text_waits_for_is_given_by_the_script():
    waiting = {name for text in words().values() for name in re.findall(r"\{(\w+)\}", text)}
    assert {name for name in waiting if not re.search(rf"\b{name}\b(:|,| \}})", SCRIPT)} == set()


def test_an_unknown_language_is_refused_with_those_it_speaks():
    with pytest.raises(ValueError, match=r"language='fr': the desk speaks Indonesian \(id\) and English \(en\)"):
        words("fr")


def test_the_script_never_reads_a_text_as_html_and_loads_nothing_from_elsewhere():
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|^import |\bimport\(", SCRIPT, re.MULTILINE
    )
    assert "http" not in SCRIPT + STYLE and "url(" not in STYLE


def test_every_key_stands_for_one_action():
    keys = [
        key
        for line in re.findall(r"keys: \[(.*?)\]", SCRIPT.replace('"["', '"left bracket"').replace('"]"', '"right bracket"'))
        for key in re.findall(r'"([^"]+)"', line)
    ]
    assert len(keys) == len(set(keys)) > 40
