"""Variables of texts and cases as other programs write them."""

from qualkit.exchange import read_qdpx
from tests.foreign_project import A, left, project, source, value, variables


def cases(*values):
    """A case for the text for each of these values."""
    each = (f"<Case name='K{n}'>{said}<SourceRef targetGUID='{A.format(5)}'/></Case>" for n, said in enumerate(values))
    return f"<Cases>{''.join(each)}</Cases>"


def test_variables_of_texts_and_of_their_cases_become_columns(tmp_path):
    names = ["Outlet", "Tanggal wawancara", "date", "line", "umur", "kind"]
    of_case = value(0, "Antara") + value(4, 41, "IntegerValue") + value(5, "journal")
    cases = (
        f"{variables(*names)}<Cases><Case guid='{A.format(0)}' name='Ani'>{of_case}"
        f"<SourceRef targetGUID='{A.format(5)}'/></Case></Cases>"
    )
    inside = value(1, "2019-05-12", "DateValue") + value(2, "12 Mei 2019") + value(3, "x") + "<VariableValue/>"
    made = read_qdpx(project(tmp_path, source(inside), before=cases))
    row = made.documents.iloc[0].to_dict()
    assert (row["outlet"], row["kind"], row["Tanggal wawancara"], row["line_"]) == ("Antara", "journal", "2019-05-12", "x")
    assert (row["date"], row["date_certainty"], row["date_note"]) == ("", "unknown", "the project says 12 Mei 2019")
    assert made.cases.values.tolist() == [["Ani", "Wawancara-1.docx", "Antara", "41", "journal"]]
    assert "umur" not in row


def test_variables_that_would_meet_in_one_column_stay_apart(tmp_path):
    names = ["Outlet", "outlet", "document", "Document", "sha256", "text", "", "umur", "umur"]
    said = "".join(value(number, f"v{number}") for number in range(len(names)))
    made = read_qdpx(project(tmp_path, source(said), before=variables(*names)))
    row = made.documents.iloc[0]
    told = {
        "outlet": "v0",
        "outlet_": "v1",
        "document_": "v2",
        "Document_-2": "v3",
        "text_": "v5",
        "variable": "v6",
        "umur": "v7",
        "umur-2": "v8",
    }
    assert row[list(told)].to_dict() == told and row["document"] == "Wawancara-1.docx" and made.documents.columns.is_unique
    assert left(made)["checksums that are not those of the texts"] == "Wawancara-1.docx: v4"
    assert left(made)["names of variables that mean something else here (changed)"].startswith(
        "outlet -> outlet_; document -> document_; Document -> Document_-2; text -> text_; umur -> umur-2"
    )


def test_variables_of_cases_do_not_take_the_place_of_their_names_and_texts(tmp_path):
    before = variables("documents", "case_name") + cases(value(0, "12") + value(1, "x"))
    made = read_qdpx(project(tmp_path, source(), before=before))
    assert made.cases.to_dict("records") == [
        {"case_name": "K0", "documents": "Wawancara-1.docx", "documents_": "12", "case_name_": "x"}
    ]


def test_where_cases_of_a_text_differ_nothing_is_decided(tmp_path):
    before = variables("Outlet", "author") + cases(value(0, "Antara") + value(1, "Ani"), value(0, "Tempo") + value(1, "Ani"))
    made = read_qdpx(project(tmp_path, source(), before=before))
    assert made.documents[["outlet", "author"]].values.tolist() == [["", "Ani"]]
    differ = "variables whose values differ between the cases of a text (left empty)"
    assert left(made)[differ] == "Wawancara-1.docx: outlet is Antara or Tempo"
    own = read_qdpx(project(tmp_path, source(value(0, "Kompas")), before=before))
    assert own.documents["outlet"].tolist() == ["Kompas"] and differ not in left(own)


def test_a_variable_of_cases_is_a_column_of_texts_where_a_text_has_it_too(tmp_path):
    other = "<TextSource name='b'><PlainTextContent>Guru.</PlainTextContent></TextSource>"
    made = read_qdpx(project(tmp_path, source(value(0, "7")) + other, before=variables("umur") + cases(value(0, "41"))))
    assert made.documents["umur"].tolist() == ["7", ""] and made.cases["umur"].tolist() == ["41"]
    assert "umur" not in read_qdpx(project(tmp_path, source(), before=variables("umur") + cases(value(0, "41")))).documents


def test_a_title_that_nobody_gave_is_the_name_of_the_source(tmp_path):
    assert read_qdpx(project(tmp_path, source(), before=variables("Title"))).documents["title"].tolist() == ["Wawancara 1.docx"]


def test_two_values_of_one_variable_are_both_kept_and_those_of_none_listed(tmp_path):
    made = read_qdpx(project(tmp_path, source(value(0, "a") + value(0, "b") + value(3, "c")), before=variables("kota")))
    assert made.documents["kota"].tolist() == ["a; b"]
    assert left(made)["values of variables that are not there"] == "Wawancara 1.docx: c"


def test_what_is_said_of_variables_is_listed(tmp_path):
    told = "<Variable name='umur' typeOfVariable='Integer'><Description>dalam tahun</Description></Variable>"
    made = read_qdpx(project(tmp_path, source(), before=f"<Variables>{told}</Variables>"))
    assert left(made)["types of variables (all are text here)"] == "umur: Integer"
    assert left(made)["descriptions of variables"] == "umur: dalam tahun"


def test_of_a_time_the_day_is_taken(tmp_path):
    def dated(written):
        made = read_qdpx(project(tmp_path, source(value(0, written, "DateTimeValue")), before=variables("Date")))
        return made.documents.loc[0, ["date", "date_certainty", "date_note"]].tolist()

    assert dated("2021-02-03T00:00:00Z") == ["2021-02-03", "given", ""]
    assert dated("2021-02-03T10:30:00.5+07:00") == ["2021-02-03", "given", "the project says 2021-02-03T10:30:00.5+07:00"]
    assert dated("2021-02-30T00:00:00") == ["", "unknown", "the project says 2021-02-30T00:00:00"]
    assert dated("2021-02") == ["2021-02", "given", ""]
