"""The summary forms of two documents that people coded and of one that only the machine has seen; then spoilt forms."""

import pandas as pd
import pytest
from test_accounting import BOOK, CODINGS, DOCUMENTS, SEGMENTS, STATEMENTS

from qualkit.audit import LOG, check_audit, read_audit
from qualkit.export import write_table
from qualkit.forms import FIELDS, document_form, read_forms, start_forms

FORM = """\
document: jurnal
coder: rani
date: "2026-11-05"
event: "Kunjungan guru tahun 2019"
significance: ''
summary: "Perbandingan."
central: "ya: satu-satunya perbandingan"
"""


def put(folder, text, name="jurnal.yaml"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def form(document, language="id", filled=None):
    return document_form(document, SEGMENTS, CODINGS, STATEMENTS, filled, language).set_index("field")


# --- the document summary form ---


def test_a_form_says_what_the_tables_know_and_from_where():
    table = form("jurnal", "en")
    assert table[["label", "value", "from"]].values.tolist() == [
        ["Document", "jurnal", "documents.csv"],
        ["Title", "Guru dan Kota", "documents.csv"],
        ["Source type", "journal", "documents.csv"],
        ["Outlet", "Jurnal Contoh", "documents.csv"],
        ["Author", "not recorded", "documents.csv"],
        ["Date written", "2020", "documents.csv"],
        ["Certainty of the date", "inferred; page footer", "documents.csv"],
        ["Date collected", "not recorded", "documents.csv"],
        ["Text read", "restated by the project; not the words of the source", "documents.csv"],
        ["Reference", "Sari (2020).", "documents.csv"],
        ["Case (segments)", f"{label('SUB-BUS')} 2; {label('GENERAL')} 2", "computed: codings"],
        ["Event or contact it belongs to", "not filled in yet", ""],
        ["Significance for the study", "not filled in yet", ""],
        ["Brief summary of content", "not filled in yet", ""],
        ["Central enough to keep in full?", "not filled in yet", ""],
        ["Reflective remarks", "not filled in yet", ""],
        ["Content segments", "4 of 5 segments; 15 words", "computed: segments"],  # 5 + 3 + 4 + 3 words
        ["Set aside", "1 of 5 segments; 11 characters: heading 1", "computed: segments"],
        ["Coders (segments)", "ani 2; budi 1", "computed: codings"],
        ["Codes agreed on (segments)", "agreed on (agreed): 4", "computed: codings"],  # no coder of its own
        ["Codes (segments): Sector",
         f"{label('DIK.GURU')} 1; {label('DIK.SISTEM')} 1; {label('EKO.UMUM')} 1; {label('GOV.KONSEP')} 1", "computed: codings"],
        ["Statements that rest on it", "1 (implemented 1)", "computed: statements"],
    ]  # fmt: skip


def label(code, language="en"):
    return f"{BOOK.codes()[code][1].label[language]} ({code})"


def test_a_form_is_in_indonesian_unless_asked_otherwise():
    table = document_form("berita", SEGMENTS, CODINGS, STATEMENTS).set_index("field")
    assert table.loc["kind", ["label", "value"]].tolist() == ["Jenis sumber", "berita"]
    assert table.loc["title", "value"] == "news"  # a title is never translated
    assert table.loc["date", "value"] == "tidak tercatat" and table.loc["date_certainty", "value"] == "tidak diketahui"
    assert table.loc["edition", "value"] == "teks sumber"
    assert table.loc["summary", ["value", "from"]].tolist() == ["belum diisi", ""]
    assert table.loc["segments", "value"] == "3 dari 4 segmen; 9 kata"
    assert table.loc["furniture", "value"] == "1 dari 4 segmen; 12 karakter: tempat dan tanggal pelaporan 1"
    assert table.loc["statements", "value"] == "2 (latar 1; diharapkan 1)"
    assert (
        table.loc["case", "value"] == f"{label('MDN-GWJ', 'id')} 3"
    )  # nothing was agreed on here: what each person said counts
    assert table.loc["coders", "value"] == "ani 2; budi 1" and table.loc["agreed", "value"] == "tidak ada"
    assert form("jurnal").loc["agreed", ["label", "value"]].tolist() == [
        "Kode yang disepakati (segmen)",
        "disepakati (agreed): 4",
    ]


def test_what_was_agreed_on_counts_and_not_what_each_said_before():
    assert label("DIK.PELAJAR", "id") not in form("jurnal").loc["code:sector", "value"]


def test_a_document_that_only_the_machine_has_seen_is_uncoded():
    table = form("arsip", "en")
    assert table.loc[["case", "coders", "code:sector", "statements"], "value"].tolist() == ["none"] * 4
    assert table.loc["furniture", "value"] == "2 of 3 segments; 23 characters: byline 2"


def test_a_document_without_furniture_and_one_with_a_date_of_collection():
    table = document_form(
        "jurnal", SEGMENTS[SEGMENTS["label"] == "content"].assign(collected="2026-10-01"), CODINGS, STATEMENTS
    )
    assert table.set_index("field").loc[["furniture", "collected"], "value"].tolist() == ["tidak ada", "1 Oktober 2026"]


def test_the_researchers_words_stand_with_name_and_day(tmp_path):
    put(tmp_path, FORM)
    table = form("jurnal", "id", read_forms(tmp_path, DOCUMENTS))
    assert table.loc[["event", "summary", "central"], ["value", "from"]].values.tolist() == [
        ["Kunjungan guru tahun 2019", "kata-kata rani, 5 November 2026"],
        ["Perbandingan.", "kata-kata rani, 5 November 2026"],
        ["ya: satu-satunya perbandingan", "kata-kata rani, 5 November 2026"],
    ]
    assert table.loc[["significance", "reflection"], ["value", "from"]].values.tolist() == [["belum diisi", ""]] * 2
    assert form("berita", "en", read_forms(tmp_path, DOCUMENTS)).loc["event", "value"] == "not filled in yet"


def test_a_form_has_a_label_for_every_field_in_both_languages_and_prints(tmp_path):
    for language in ("id", "en"):
        table = form("jurnal", language)
        assert (table["label"] != "").all() and (table["value"] != "").all() and table["label"].is_unique
        assert write_table(table.reset_index(), tmp_path / f"form-{language}.docx", caption="Lembar ringkasan").exists()


def test_making_a_form_changes_no_table():
    before = [table.copy(deep=True) for table in (SEGMENTS, CODINGS, STATEMENTS)]
    form("jurnal")
    for table, old in zip((SEGMENTS, CODINGS, STATEMENTS), before, strict=True):
        pd.testing.assert_frame_equal(table, old)


@pytest.mark.parametrize(
    ("document", "language", "said"),
    [
        ("jurnall", "id", "there is no document 'jurnall'. Did you mean 'jurnal'?"),
        ("jurnal", "de", "language 'de' is not known. Possible: id, en."),
    ],
)
def test_a_form_that_cannot_be_made_is_told_in_words(document, language, said):
    with pytest.raises(ValueError) as raised:
        form(document, language)
    assert str(raised.value) == said


# --- the files with the researcher's words ---


def test_a_blank_form_is_written_for_each_document_that_has_none(tmp_path):
    folder = tmp_path / "forms"
    own = put(folder, FORM)
    written = start_forms(folder, DOCUMENTS, "rani")
    assert [path.name for path in written] == ["berita.yaml", "arsip.yaml"]
    assert own.read_text(encoding="utf-8") == FORM
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert start_forms(folder, DOCUMENTS, "budi") == []
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert read_audit(folder)[["who", "what", "why"]].values.tolist() == [
        ["rani", "berita.yaml", "blank document summary form"], ["rani", "arsip.yaml", "blank document summary form"],
    ]  # fmt: skip
    assert set(check_audit(folder)["state"]) == {"as logged", "never logged"}  # jurnal.yaml was there before


def test_blank_forms_are_read_as_blank_in_the_order_of_the_documents(tmp_path):
    start_forms(tmp_path, DOCUMENTS, "rani")
    table = read_forms(tmp_path, DOCUMENTS)
    assert list(table.columns) == list(FIELDS)
    assert table.values.tolist() == [[name, "rani", *[""] * 6] for name in ("jurnal", "berita", "arsip")]


def test_a_blank_form_has_a_place_for_every_field_and_can_be_filled_in(tmp_path):
    path = start_forms(tmp_path, DOCUMENTS.head(1), "Siti: 'S'")[0]
    text = path.read_text(encoding="utf-8")
    for field in FIELDS[2:]:
        assert f"\n{field}:  # " in text
        text = text.replace(f"\n{field}:", f'\n{field}: "{ {"date": "2026-11-05", "central": "no: brief"}.get(field, field) }"')
    path.write_text(text, encoding="utf-8")
    assert read_forms(tmp_path, DOCUMENTS).iloc[0].tolist() == [
        "jurnal", "Siti: 'S'", "2026-11-05", "event", "significance", "summary", "no: brief", "reflection",
    ]  # fmt: skip


def test_a_form_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / LOG).mkdir()
    with pytest.raises(ValueError, match=r"audit\.jsonl could not be written"):
        start_forms(tmp_path, DOCUMENTS, "rani")
    assert [path.name for path in tmp_path.iterdir()] == [LOG]


def test_no_forms_are_a_table_without_rows_and_no_folder_is_told(tmp_path):
    assert read_forms(tmp_path, DOCUMENTS).empty
    with pytest.raises(ValueError) as said:
        read_forms(tmp_path / "tidak", DOCUMENTS)
    assert str(said.value) == f"{tmp_path / 'tidak'}: there is no such folder of forms; start_forms makes it"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("document: jurnal", "document: jurnall", 1, "document 'jurnall' is not in the corpus. Did you mean 'jurnal'?"),
        ("document: jurnal", "document: berita", 1, "a form of 'berita' in the file of 'jurnal': one file, one document"),
        ("document: jurnal\n", "", 1, "the form has no document"),
        ("coder: rani", "coder:", 1, "the form has no coder"),
        ("event:", "evnt:", 4, "the form: unknown field 'evnt'. Did you mean 'event'?"),
        ('date: "2026-11-05"', "date: 2026-11-05", 3,
         '2026-11-05 would be read as a date by other programs; write "2026-11-05" in quotes'),
        ('date: "2026-11-05"', 'date: "5/11/2026"', 3, "date '5/11/2026' is no day of the calendar, such as \"2026-11-22\""),
        ('date: "2026-11-05"', 'date: "2026-02-30"', 3, "date '2026-02-30' is no day of the calendar, such as \"2026-11-22\""),
        ('date: "2026-11-05"', "date:", 1, "the form has words but no date: when were they written?"),
        ('"ya: satu-satunya perbandingan"', '"ya"', 7,
         'central must say yes or no (ya, tidak) and why, as in "yes: the only text that compares both pairs"'),
        ('"ya: satu-satunya perbandingan"', '"mungkin: nanti"', 7,
         'central must say yes or no (ya, tidak) and why, as in "yes: the only text that compares both pairs"'),
        ('"ya: satu-satunya perbandingan"', "yes", 7, 'yes would be read as true or false by other programs; write "yes" in quotes'),
        ('"Perbandingan."', "[a, b]", 6, "the form: summary must be a text"),
    ],
)  # fmt: skip
def test_each_fault_of_a_form_is_named_with_its_line(tmp_path, old, new, line, said):
    assert FORM.count(old) == 1
    path = put(tmp_path, FORM.replace(old, new))
    with pytest.raises(ValueError) as raised:
        read_forms(tmp_path, DOCUMENTS)
    assert f"{path}, line {line}: {said}" in str(raised.value).splitlines()


@pytest.mark.parametrize(("text", "what"), [("", "is empty"), ("# hanya komentar\n", "is empty"), ("- a\n", "holds no fields")])
def test_a_file_that_is_no_form_is_told(tmp_path, text, what):
    path = put(tmp_path, text)
    with pytest.raises(ValueError) as said:
        read_forms(tmp_path, DOCUMENTS)
    assert str(said.value) == f"{path}: the form {what}; delete the file, and start_forms writes a blank one"


def test_the_faults_of_all_forms_are_told_at_once(tmp_path):
    put(tmp_path, FORM.replace("coder: rani", "").replace("2026-11-05", "kemarin"))
    put(tmp_path, "", "berita.yaml")
    with pytest.raises(ValueError) as said:
        read_forms(tmp_path, DOCUMENTS)
    assert [line.split(": ")[0] for line in str(said.value).splitlines()] == [
        "3 faults", f"{tmp_path / 'berita.yaml'}", f"{tmp_path / 'jurnal.yaml'}, line 1", f"{tmp_path / 'jurnal.yaml'}, line 3",
    ]  # fmt: skip
