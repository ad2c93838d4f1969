"""A small codebook is read, spoilt in every way a researcher can spoil one, and its codes ride through every table."""

import copy
import pickle
import re
from pathlib import Path

import pandas as pd
import pytest

from qualkit.codebook import MACHINE, Code, CodeId, Context, facet_column, family_column, read_codebook
from qualkit.tables import did_you_mean

ROOT = Path(__file__).resolve().parents[1]
OWN = read_codebook(ROOT / "codebook.yaml")
BOTH = "{id: satu, en: one}"
CODE = f"""\
      - id: DIK.GURU
        parent: DIK
        origin: data
        kind: descriptive
        since: "0.1"
        label: {{id: Guru, en: Teachers}}
        brief: {BOTH}
        full: {BOTH}
        when_to_use: {BOTH}
        when_not_to_use: {BOTH}
        example: {BOTH}
        indicators: [guru, "kepala sekolah"]
        masks: ["guru besar"]
"""
BOOK = f"""\
codebook: kecil
version: "1.0"
title: {BOTH}
unit: sentence
rules:
  - {BOTH}
history:
  - {{version: "1.0", date: "2026-11-01", change: mulai}}
facets:
  - id: sector
    label: {{id: Sektor, en: Sector}}
    question: {BOTH}
    scale: multiple
    families:
      - {{id: DIK, label: {{id: Pendidikan, en: Education}}, headings: [Pendidikan], note: contoh}}
    codes:
{CODE}  - id: status
    label: {{id: Status, en: Status}}
    question: {BOTH}
    scale: ordinal
    codes:
{CODE.replace("        parent: DIK", "        traps: []").replace("DIK.GURU", "planned")}"""


WITH_CONTEXT = BOOK.replace(
    "    codes:\n",
    """\
    bodies: [Dinas, "Kamar Dagang"]
    participants: [ditemani, "yang mengurus"]
    context:
      sources: [sentence, document]
      cues: [mereka, "program* itu"]
      prevail: [DIK.GURU]
      several: DIK.GURU
    codes:
""",
    1,
)


@pytest.fixture
def read(tmp_path):
    """Reads a codebook from its words."""

    def reader(text):
        path = tmp_path / "codebook.yaml"
        path.write_text(text, encoding="utf-8")
        return read_codebook(path)

    return reader


def line_of(text, words):
    """The line of the file on which these words stand first."""
    return text[: text.index(words)].count("\n") + 1


def faults(read, text):
    with pytest.raises(ValueError) as raised:
        read(text)
    return str(raised.value)


def check_mistake(read, book, old, new, where, words):
    """A book with `new` for `old` is refused with these words, on the line where `where` stands."""
    spoilt = book.replace(old, new, 1)
    assert spoilt != book
    told = faults(read, spoilt)
    assert words in told
    line = next(part for part in told.splitlines() if words in part)
    assert f"codebook.yaml, line {line_of(spoilt, where)}: " in line


def test_a_codebook_is_read_whole(read):
    book = read(BOOK)
    assert (book.id, book.version, book.unit, book.title) == ("kecil", "1.0", "sentence", {"id": "satu", "en": "one"})
    assert book.rules == ({"id": "satu", "en": "one"},)
    assert book.history == ({"version": "1.0", "date": "2026-11-01", "change": "mulai"},)
    assert [facet.id for facet in book.facets] == ["sector", "status"]
    facet, code = book.codes()["DIK.GURU"]
    assert (facet.id, code.parent, code.indicators, code.masks) == (
        "sector",
        "DIK",
        ("guru", "kepala sekolah"),
        ("guru besar",),
    )
    assert facet.families[0].headings == ("Pendidikan",) and facet.families[0].note == "contoh"
    assert code.left_out is None and code.traps == () and code.roots == () and code.weak == ()
    assert facet.bodies == () and facet.context is None


def test_a_codebook_shows_its_size(read):
    assert repr(read(BOOK)) == "Codebook kecil, version 1.0 (codes: sector 1, status 1)"


def test_the_projects_own_codebook_has_no_fault():
    book = OWN
    assert [(facet.id, len(facet.codes)) for facet in book.facets] == [
        ("sector", 28), ("case", 7), ("status", 6), ("evidence", 4), ("direction", 5), ("actor", 17),
    ]  # fmt: skip
    assert {code.id for _, code in book.codes().values() if code.left_out} == {"GOV.RELASI", "GOV.KONSEP"}


def test_a_code_that_is_left_out_says_why_in_both_languages(read):
    assert read(BOOK.replace("        masks:", f"        left_out: {BOTH}\n        masks:", 1)).facets[0].codes[0].left_out == {
        "id": "satu",
        "en": "one",
    }


def test_a_weak_indicator_is_an_indicator_and_known_as_weak(read):
    code = read(BOOK.replace("        masks:", "        weak: [sekolah]\n        masks:", 1)).facets[0].codes[0]
    assert code.indicators == ("guru", "kepala sekolah", "sekolah") and code.weak == ("sekolah",)


def test_a_root_is_one_word_or_two(read):
    code = read(BOOK.replace("        masks:", '        roots: [ajar, "kerja sama"]\n        masks:', 1)).facets[0].codes[0]
    assert code.roots == ("ajar", "kerja sama")


def test_a_facet_says_what_opens_the_name_of_a_body_who_takes_part_and_what_is_taken_over(read):
    facet = read(WITH_CONTEXT).facets[0]
    assert facet.bodies == ("Dinas", "Kamar Dagang")
    assert facet.participants == ("ditemani", "yang mengurus")
    assert facet.context == Context(("sentence", "document"), ("mereka", "program* itu"), ("DIK.GURU",), "DIK.GURU")


def test_a_context_needs_no_more_than_its_sources(read):
    spare = re.sub(r"      (cues|prevail|several): .*\n", "", WITH_CONTEXT)
    assert read(spare).facets[0].context == Context(("sentence", "document"))


# --- one fault, its words and its line ---

MISTAKES = {
    "a code without example": (f"        example: {BOTH}\n", "", "- id: DIK.GURU", "code 'DIK.GURU' has no example"),
    "a code that never says when not to use it": (
        f"        when_not_to_use: {BOTH}\n", "", "- id: DIK.GURU",
        "code 'DIK.GURU' says nowhere when not to use it (when_not_to_use)",
    ),
    "a code without label": ("        label: {id: Guru, en: Teachers}\n", "", "- id: DIK.GURU", "code 'DIK.GURU' has no label"),
    "an empty field": ("kind: descriptive", 'kind: "  "', "- id: DIK.GURU", "code 'DIK.GURU' has no kind"),
    "an unknown field": (
        "kind: descriptive", "kindd: descriptive", "kindd",
        "code 'DIK.GURU': unknown field 'kindd'. Did you mean 'kind'?",
    ),
    "a field twice": ("kind: descriptive", "kind: descriptive\n        kind: x", "kind: x", "'kind' stands twice; it is already on line 20"),
    "English missing": (
        f"example: {BOTH}", "example: {id: satu}", "example: {id: satu}",
        "code 'DIK.GURU': example is missing in English (en)",
    ),
    "Indonesian missing": (
        f"example: {BOTH}", "example: {en: one}", "example: {en: one}",
        "code 'DIK.GURU': example is missing in Indonesian (id)",
    ),
    "a third language": (
        "{id: Guru, en: Teachers}", "{id: Guru, en: Teachers, fr: Maîtres}", "Maîtres",
        "code 'DIK.GURU': label has an unknown language 'fr'. Possible: id, en.",
    ),
    "one language only": (
        "{id: Guru, en: Teachers}", "Guru", "label: Guru",
        "code 'DIK.GURU': label must be given in both languages, as {id: ..., en: ...}",
    ),
    "a dangling parent": (
        "parent: DIK", "parent: DIKK", "parent: DIKK",
        "code 'DIK.GURU': there is no family 'DIKK'. Did you mean 'DIK'?",
    ),
    "no parent where there are families": (
        "        parent: DIK\n", "", "- id: DIK.GURU",
        "code 'DIK.GURU' has no parent. Possible: DIK.",
    ),
    "a parent where there are no families": (
        "        traps: []", "        parent: X", "parent: X",
        "code 'planned': there is no family 'X' (this facet has no families)",
    ),
    "an origin unheard of": (
        "origin: data", "origin: mimpi", "origin: mimpi",
        "code 'DIK.GURU': origin 'mimpi' is not known. Possible: theory, data.",
    ),
    "a blank in an id": (
        "id: DIK.GURU", "id: DIK GURU", "DIK GURU",
        "code 'DIK GURU': an id holds no blank, comma, semicolon or invisible character",
    ),
    "a blank after an id": (
        "id: DIK.GURU", 'id: "DIK.GURU "', "DIK.GURU",
        "code 'DIK.GURU': an id holds no blank, comma, semicolon or invisible character",
    ),
    "something invisible in an id": (
        "id: DIK.GURU", 'id: "DIK\\u200b.GURU"', "u200b",
        "an id holds no blank, comma, semicolon or invisible character",
    ),
    "a code that stands twice": (
        "id: planned", "id: DIK.GURU", "- id: DIK.GURU\n        traps",
        "code 'DIK.GURU' is already on line 17; an id stands once in all facets",
    ),
    "a facet that stands twice": (
        "id: status", "id: sector", "- id: sector\n    label: {id: Status",
        "facet 'sector' is already on line 10; an id stands once in the codebook",
    ),
    "a facet named like a column": (
        "id: status", "id: quote", "id: quote",
        "facet 'quote': tables already have a column of that name; choose another id",
    ),
    "a facet of two words": (
        "id: status", "id: Status Kota", "id: Status Kota",
        "facet 'Status Kota': the id of a facet is one word of small letters, digits and '_'",
    ),
    "a scale unheard of": (
        "scale: ordinal", "scale: ordinall", "ordinall",
        "facet 'status': scale 'ordinall' is not known. Did you mean 'ordinal'?",
    ),
    "a wildcard inside a word": (
        '"guru besar"', '"gu*ru"', "gu*ru",
        "code 'DIK.GURU': 'gu*ru' among the masks: a * may stand only at the end of a word",
    ),
    "a wildcard for a word": (
        '"guru besar"', '"guru *"', "guru *",
        "code 'DIK.GURU': 'guru *' among the masks: a * may stand only at the end of a word",
    ),
    "a mask without letters": ('"guru besar"', '"-"', '"-"', "code 'DIK.GURU': '-' among the masks has no letter"),
    "a wildcard among the roots": (
        "masks:", 'roots: ["latih*"]\n        masks:', "roots:",
        "code 'DIK.GURU': 'latih*' among the roots: a root is one or two words in small letters; the library adds the affixes",
    ),
    "a root of three words": ("masks:", 'roots: ["ikut serta lagi"]\n        masks:', "roots:", "'ikut serta lagi' among the roots"),
    "a root with a capital": ("masks:", "roots: [Latih]\n        masks:", "roots:", "'Latih' among the roots"),
    "a weak indicator without letters": ("masks:", 'weak: ["--"]\n        masks:', "weak:", "'--' among the weak indicators has no letter"),
    "a word where a list belongs": (
        '["guru besar"]', "guru", "masks: guru",
        "code 'DIK.GURU': masks must be a list of words or phrases",
    ),
    "a list where a text belongs": ("kind: descriptive", "kind: [a]", "kind: [a]", "code 'DIK.GURU': kind must be a text"),
    "rules that are no entries": (
        f"  - {BOTH}\nhistory", "  - kalimat\nhistory", "rules:",
        "the codebook: rules must be a list of entries with named fields",
    ),
    "a rule in one language": (f"  - {BOTH}\nhistory", "  - {id: satu}\nhistory", "  - {id: satu}", "rule 1 is missing in English (en)"),
    "a change without a date": ('date: "2026-11-01", ', "", '{version: "1.0", change', "a version in the history has no date"),
    "a title in one language": (
        f"title: {BOTH}", "title: {id: satu}", "title",
        "the codebook: title is missing in English (en)",
    ),
    "no version": ('version: "1.0"\n', "", "codebook", "the codebook has no version"),
    "no codes": (f"    codes:\n{CODE}", "    codes: {}\n", "- id: sector", "facet 'sector' has no codes"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line(read, name):
    check_mistake(read, BOOK, *MISTAKES[name])


MISTAKES_OF_CONTEXT = {
    "a body in small letters": (
        "[Dinas,", "[dinas,", "bodies",
        "facet 'sector': 'dinas' among the bodies: a name begins with a capital letter",
    ),
    "a context that is a list": (
        "context:\n      sources: [sentence, document]\n      cues: [mereka, \"program* itu\"]\n      prevail: [DIK.GURU]\n"
        "      several: DIK.GURU\n",
        "context: [sentence]\n", "context",
        "facet 'sector': context must be named fields: sources, cues, prevail, several",
    ),
    "a context without sources": (
        "      sources: [sentence, document]\n", "", "      cues", "facet 'sector', context has no sources",
    ),
    "a source unheard of": (
        "[sentence, document]", "[sentences]", "sources",
        "facet 'sector', context: source 'sentences' is not known. Did you mean 'sentence'?",
    ),
    "an unknown field of the context": (
        "cues:", "cue:", "cue:", "facet 'sector', context: unknown field 'cue'. Did you mean 'cues'?",
    ),
    "a wildcard inside a cue": (
        "[mereka,", '["me*ka",', "cues", "facet 'sector', context: 'me*ka' among the cues: a * may stand only at the end of a word",
    ),
    "a code that prevails and is not there": (
        "prevail: [DIK.GURU]", "prevail: [DIK.GURUU]", "prevail",
        "facet 'sector', context: prevail names no code of the facet, 'DIK.GURUU'. Did you mean 'DIK.GURU'?",
    ),
    "a code of several that is not there": (
        "several: DIK.GURU", "several: planned", "several",
        "facet 'sector', context: several names no code of the facet, 'planned'. Possible: DIK.GURU.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES_OF_CONTEXT)
def test_a_mistake_of_a_facets_lists_is_told_with_its_line(read, name):
    check_mistake(read, WITH_CONTEXT, *MISTAKES_OF_CONTEXT[name])


def test_a_family_that_stands_twice_is_told_with_both_lines(read):
    family = "      - {id: DIK, label: {id: Pendidikan, en: Education}, headings: [Pendidikan], note: contoh}\n"
    told = faults(read, BOOK.replace(family, family + family))
    assert "line 16: family 'DIK' is already on line 15; an id stands once in all facets" in told


def test_all_faults_are_told_at_once_in_the_order_of_the_lines(read):
    spoilt = BOOK
    for name in (
        "a title in one language",
        "an origin unheard of",
        "a dangling parent",
        "a scale unheard of",
        "a third language",
    ):
        spoilt = spoilt.replace(*MISTAKES[name][:2], 1)
    told = faults(read, spoilt).splitlines()
    assert told[0] == "5 faults" and len(told) == 1 + 5
    lines = [int(re.search(r"line (\d+)", fault)[1]) for fault in told[1:]]
    assert lines == sorted(lines)


def test_a_file_that_is_no_codebook_says_what_one_is(read):
    told = faults(read, "- satu\n- dua\n")
    assert "line 1: a codebook is a list of named fields: codebook, version, title, unit, rules, facets" in told
    assert "a codebook is a list of named fields" in faults(read, "")


# --- what YAML would guess ---

SCALARS = (
    "no", "off", "NO", "on", "yes", "true", "False", "012", "1.10", "12:30", "2019-03-26", "=", "~", "null", "0x1F", "1_000",
    "+1", "-7", "3.14", ".inf", ".nan", "190:20:30", "6.02e+23", "0b101", "<<",
)  # fmt: skip
EMPTY = ("~", "null")  # without quotes these are no value at all


def test_there_are_25_scalars():
    assert len(set(SCALARS)) == 25


@pytest.mark.parametrize("scalar", SCALARS)
def test_a_quoted_id_comes_out_as_it_went_in(read, scalar):
    book = read(BOOK.replace("DIK.GURU", f'"{scalar}"', 1).replace("label: {id: Guru,", f'label: {{id: "{scalar}",', 1))
    code = book.facet("sector").codes[0]
    assert code.id == scalar and code.label["id"] == scalar


@pytest.mark.parametrize("scalar", SCALARS)
def test_an_unquoted_id_that_yaml_guesses_at_is_a_fault_in_words(read, scalar):
    told = faults(read, BOOK.replace("DIK.GURU", scalar, 1))
    if scalar in EMPTY:
        assert "line 17: code '' has no id" in told
    else:
        assert re.search(
            rf'line 17: {re.escape(scalar)} would be read as .+ by other programs; write "{re.escape(scalar)}" in quotes', told
        )


def test_aliases_tags_and_deep_nesting_are_refused_in_words(read):
    assert "anchors (&), aliases (*) and tags (!) are not allowed here" in faults(read, BOOK.replace("unit: s", "unit: &a s"))
    assert "are not allowed here" in faults(read, "codebook: !!python/object:os.system x\n")
    assert "nested" in faults(read, "codebook: " + "[" * 60 + "]" * 60)


# --- asking the codebook ---


def test_an_unknown_facet_is_told_with_what_is_possible(read):
    with pytest.raises(ValueError, match=re.escape("the codebook has no facet 'sektor'. Did you mean 'sector'?")):
        read(BOOK).facet("sektor")


def test_the_printed_codebook_has_the_six_columns_of_either_language(read):
    book = read(BOOK)
    assert list(book.table("sector").columns) == ["Kode", "Label", "Definisi", "Gunakan bila", "Jangan gunakan bila", "Contoh"]
    english = book.table("sector", language="en")
    assert list(english.columns) == ["Code", "Label", "Definition", "Use when", "Do not use when", "Example"]
    assert english.values.tolist() == [["DIK.GURU", "Teachers", "one", "one", "one", "one"]]


def test_a_language_the_codebook_is_not_written_in_is_told(read):
    with pytest.raises(ValueError, match="language='fr': the codebook is written in id and en"):
        read(BOOK).table("sector", language="fr")


# --- codes in tables ---


@pytest.fixture
def sectors():
    return OWN.facet("sector")


@pytest.fixture
def coded(sectors):
    codes = ["DIK.GURU", "EKO.WISATA", "DIK.GURU", None, ""]
    return pd.DataFrame({"segment": range(5), "sector": facet_column(codes, sectors)})


def knows_all(column, facet):
    """Whether a column still has every code of the facet, in order, each knowing its entry."""
    codes = list(column.cat.categories)
    return codes == [code.id for code in facet.codes] and all(
        isinstance(code, CodeId) and isinstance(code.entry, Code) and code.entry.id == code and code.column == facet.label
        for code in codes
    )


def test_a_column_knows_all_codes_of_its_facet_and_what_is_missing(coded, sectors):
    assert knows_all(coded["sector"], sectors) and coded["sector"].isna().tolist() == [False, False, False, True, True]
    assert coded["sector"][0].family.id == "DIK" and not coded["sector"].cat.ordered


def test_the_codes_of_an_ordinal_facet_are_in_order():
    status = OWN.facet("status")
    assert pd.Series(facet_column(["signed", "planned", "context"], status)).max() == "signed"
    assert facet_column([], status).ordered


def test_families_are_a_column_too(sectors):
    column = pd.Series(family_column(["EKO", None, "DIK"], sectors.families))
    assert [code.entry.label["en"] for code in column.cat.categories][:2] == ["Socio-cultural", "Education"]
    assert column.cat.categories[0].column == {"id": "Rumpun", "en": "Family"} and column.isna().sum() == 1


THROUGH = {
    "a filter": lambda t: t[t["segment"] > 0]["sector"],
    "a filter that leaves nothing": lambda t: t[t["segment"] > 9]["sector"],
    "a merge": lambda t: t.merge(pd.DataFrame({"segment": [0, 2], "kota": ["Medan", "Busan"]}), on="segment")["sector"],
    "a merge on the code": lambda t: t.merge(t[["sector"]].drop_duplicates(), on="sector")["sector"],
    "a concatenation": lambda t: pd.concat([t, t], ignore_index=True)["sector"],
    "a copy": lambda t: t.copy(deep=True)["sector"],
    "a deep copy": lambda t: copy.deepcopy(t)["sector"],
    "a pickle": lambda t: pickle.loads(pickle.dumps(t))["sector"],
    "an assignment": lambda t: t.assign(kota="Medan")["sector"],
    "a sort": lambda t: t.sort_values("sector")["sector"],
    "a grouping": lambda t: t.groupby("sector", observed=False).size().reset_index()["sector"],
    "a count": lambda t: t["sector"].value_counts().reset_index().sort_values("sector")["sector"],
}


@pytest.mark.parametrize("name", THROUGH)
def test_codes_keep_their_entries_through(name, coded, sectors):
    column = THROUGH[name](coded)
    if name == "a count":  # counting orders the categories by frequency
        assert sorted(column.cat.categories) == sorted(code.id for code in sectors.codes)
        assert all(code.entry.id == code for code in column.cat.categories)
    else:
        assert knows_all(column, sectors)


def test_tables_of_two_readings_of_one_codebook_fit_together(coded, sectors):
    again = read_codebook(ROOT / "codebook.yaml").facet("sector")
    other = pd.DataFrame({"segment": [9], "sector": facet_column(["DIK.PT"], again)})
    assert knows_all(pd.concat([coded, other], ignore_index=True)["sector"], sectors)


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda code: pickle.loads(pickle.dumps(code))])
def test_a_copied_code_knows_its_entry_and_is_its_id(way, sectors):
    code = facet_column([], sectors).categories[0]
    copied = way(code)
    assert isinstance(copied, CodeId) and copied == "SOSBUD.BUDAYA" and hash(copied) == hash("SOSBUD.BUDAYA")
    assert (copied.entry.label, copied.column, copied.family.id) == (code.entry.label, code.column, "SOSBUD")


# --- the lists of the project's own codebook ---


BOTH_COVER = {
    "beasiswa": ["DIK.PELAJAR", "DIK.PT"],
    "bus listrik": ["EKO.ENERGI", "INFO.TATAKOTA"],
    "industri teknologi": ["EKO.INDUSTRI", "INFO.TEKNOLOGI"],
    "konservasi laut": ["EKO.MARITIM", "INFO.LINGKUNGAN"],
    "kuliner": ["SOSBUD.BUDAYA", "EKO.WISATA"],
    "perawat": ["SDM.NAKER", "INFO.KESEHATAN"],
    "relokasi pabrik": ["EKO.INVEST", "EKO.INDUSTRI"],
    "sembako": ["SOSBUD.SOSIAL", "EKO.DAGANG"],
}


def test_no_term_of_the_sectors_stands_in_two_codes_unless_both_definitions_cover_it():
    places = {}
    for code in OWN.facet("sector").codes:
        for term in {term.lower() for term in (*code.indicators, *code.roots)}:
            places.setdefault(term, []).append(code.id)
    assert {term: codes for term, codes in places.items() if len(codes) > 1} == BOTH_COVER


def test_no_list_of_the_project_names_a_term_twice():
    for facet in OWN.facets:
        for code in facet.codes:
            for terms in (code.indicators, code.roots, code.masks):
                assert sorted(set(terms)) == sorted(terms), code.id


def test_no_code_may_be_taken_for_the_machine():
    assert MACHINE not in OWN.codes()


def test_codes_for_the_rest_of_a_facet_with_one_answer_know_it():
    # The context of case lets OTHER and GENERAL prevail; GENERAL stands for several.
    assert [code.id for code in OWN.facet("case").codes if code.residual] == ["OTHER", "GENERAL"]
    assert not any(code.residual for facet in OWN.facets if facet.id != "case" for code in facet.codes)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Guru dan tenaga pendidik", "DIK.GURU"),
        ("dilaksanakan", "implemented"),
        ("Planned", "planned"),
        ("Surabaya-Busan", "SUB-BUS"),
    ],
)
def test_whoever_writes_a_label_is_told_the_code(label, code):
    facet, _ = OWN.codes()[code]
    for codes in (OWN.codes(), [one.id for one in facet.codes], facet_column([], facet).categories):
        assert did_you_mean(label, codes) == f" Did you mean '{code}'?"
