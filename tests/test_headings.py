"""Fields under headings and back, also where a value looks like a heading and where people wrote between the lines."""

from hypothesis import given
from hypothesis import strategies as st

from qualkit.headings import read_headings, with_headings

TEXTS = st.text(st.sampled_from("aé🇮🇩 -[]:\\\nn"), min_size=1).map(str.strip).filter(bool)
LISTS = st.lists(TEXTS, min_size=1)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "since": TEXTS,
        "when_to_use": st.fixed_dictionaries({"id": TEXTS, "en": TEXTS}),
        "roots": LISTS,
        "rules": st.lists(st.fixed_dictionaries({"id": TEXTS, "en": TEXTS}), min_size=1),
        "context": st.fixed_dictionaries({"sources": LISTS, "several": TEXTS}),
    },
)


@given(FIELDS)
def test_what_was_written_is_read_back(fields):
    assert read_headings(with_headings(fields), _NAMES) == fields


_NAMES = ("since", "when_to_use", "roots", "rules", "context")


def test_a_person_can_read_it():
    fields = {"when_to_use": {"id": "Bila guru\nditukar.", "en": "When teachers are exchanged."}, "roots": ["ajar"], "note": ""}
    assert with_headings(fields) == (
        "[when to use: id]\nBila guru\nditukar.\n[when to use: en]\nWhen teachers are exchanged.\n[roots]\n- ajar"
    )


def test_line_ends_of_windows_and_blank_lines_between_are_no_part_of_values():
    assert read_headings("\r\n[roots]\r\n- ajar\r\n\r\n[since]\r\n1.0\r\n", _NAMES) == {"roots": ["ajar"], "since": "1.0"}


def test_a_heading_of_another_name_is_text():
    assert read_headings("[since]\n1.0\n[lihat juga]\nguru", _NAMES) == {"since": "1.0\n[lihat juga]\nguru"}


def test_a_text_without_headings_has_no_fields():
    assert read_headings("Guru.\n[since]\n1.0", _NAMES) == read_headings("", _NAMES) == {}


def test_a_heading_of_a_part_replaces_a_text_of_the_whole():
    assert read_headings("[label]\nGuru\n[label: id]\nPengajar", ["label"]) == {"label": {"id": "Pengajar"}}
