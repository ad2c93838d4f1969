"""Invented statements of two pairs of cities, one check after the other: what it sees, what it lets pass."""

from dataclasses import replace

import pandas as pd
import pytest

import qualkit as qk
from qualkit.checks import CHECKS, checks, weak_spots
from qualkit.claims import Claim
from qualkit.codebook import Code, Codebook, Facet, Family
from qualkit.spots import ALIKE, FINDERS, HALF, NEAR_DAYS


def words(text):
    return {"id": text, "en": f"{text} (en)"}


def code(name, parent="", indicators=(), left_out=None):
    label = words(name.lower())
    aside = words(left_out) if left_out else None
    return Code(name, label, label, label, label, label, label, "theory", "", "1", parent, tuple(indicators), left_out=aside)


STATUSES = ("context", "aspired", "planned", "signed", "implemented", "outcome")
FAMILIES = (Family("DIK", words("Pendidikan"), ("Pendidikan",)), Family("EKO", words("Ekonomi"), ("Ekonomi",)))
CODEBOOK = Codebook(
    "c", "1", words("c"), "sentence", (), (),
    (
        Facet("sector", words("Sektor"), words("?"), "multiple", (
            code("GURU", "DIK", ["guru"]), code("DAGANG", "EKO", ["dagang"]), code("RELASI", "EKO", left_out="berlaku umum"),
        ), FAMILIES),
        Facet("case", words("Kasus"), words("?"), "nominal", (code("A-B"), code("C-D"))),
        Facet("status", words("Status"), words("?"), "ordinal", tuple(map(code, STATUSES))),
        Facet("evidence", words("Bukti"), words("?"), "ordinal", tuple(map(code, "0123"))),
        Facet("actor", words("Pelaku"), words("?"), "multiple", tuple(map(code, ("kota_id", "kota_partner", "kampus", "guru")))),
    ),
)  # fmt: skip
FAMILY_OF = {"GURU": "DIK", "DAGANG": "EKO", "RELASI": "EKO"}


def statement(name, text="Guru mengajar.", document="jurnal", segment=1, **further):
    """One passage of one statement; all that is not said is of no interest to any check."""
    row = {
        "statement": name, "sector": "GURU", "case": "A-B", "status": "implemented", "evidence": "2", "direction": "ID_TO_PARTNER",
        "actor": "", "date": "", "date_certainty": "unknown", "text_id": text, "text_en": text, "document": document,
        "segment": segment, "quote": text, "heading": "", "off_heading": False,
    }  # fmt: skip
    row |= further
    return row | {"family": FAMILY_OF[row["sector"]]}


def segment(document, number, text="Guru mengajar.", **further):
    row = {
        "document": document, "segment": number, "start": 100 * number, "end": 100 * number + len(text), "paragraph": number,
        "heading": "", "label": "content", "repeats": 0, "text": text, "date": "2020", "outlet": document, "title": "",
    }  # fmt: skip
    return row | further


SEGMENTS = [segment("jurnal", 1), segment("jurnal", 2), segment("kabar", 1), segment("kabar", 2)]


def spots(check, rows, segments=SEGMENTS, claims=(), relations=None):
    """What one check sees: `what`, the words, the statements and the places."""
    if relations is not None:
        relations = pd.DataFrame(relations, columns=["statement", "relation", "other", "why"])
    found = weak_spots(pd.DataFrame(rows), pd.DataFrame(segments), CODEBOOK, claims, relations)
    found = found[found["check"] == check]
    return list(found[["what", "seen_id", "statements", "places"]].itertuples(index=False, name=None))


def whats(check, rows, **further):
    return [what for what, *_ in spots(check, rows, **further)]


def claim(name, *supporting, status="proposed"):
    return Claim(name, "study", words("k"), words("c"), status, ("jurnal: 7",), supporting, (), (), (), words(""))


# off_heading


def test_a_fact_under_another_familys_heading_is_seen_once_with_all_its_codes():
    above = "HASIL > Bidang Ekonomi"
    rows = [statement("S1", heading=above, off_heading=True), statement("S1", segment=2, heading=above, off_heading=True)]
    assert spots("off_heading", rows) == [("S1", "GURU di bawah judul 'Bidang Ekonomi'", "S1", "jurnal: 1, 2")]


def test_background_and_codes_left_out_are_under_no_wrong_heading():
    rows = [
        statement("S1", off_heading=True, status="context"),
        statement("S2", off_heading=True, sector="RELASI"),
        statement("S3"),
    ]
    assert spots("off_heading", rows) == []


# single_source


def test_a_cell_of_one_document_is_seen_with_its_rating_and_number():
    rows = [statement("S1"), statement("S2", segment=2), statement("S3", segment=2, status="context")]
    assert spots("single_source", rows) == [
        ("GURU / A-B", "kuat; 2 pernyataan, semuanya dari jurnal", "S1 S2", "jurnal: 1, 2"),
    ]


def test_a_cell_of_two_documents_or_of_background_only_has_no_single_source():
    rows = [statement("S1"), statement("S2", document="kabar"), statement("S3", sector="DAGANG", status="context")]
    assert spots("single_source", rows) == []


def test_every_single_source_of_the_rating_matrix_has_its_row():
    rows = [statement("S1"), statement("S2", case="C-D", status="aspired"), statement("S3", sector="DAGANG", document="kabar")]
    matrix = qk.rating_matrix(pd.DataFrame(rows), rows="sector", columns="case")
    marked = matrix.cells[matrix.cells["marks"].str.contains("°")]
    assert whats("single_source", rows) == [f"{r} / {c}" for r, c in zip(marked["row"], marked["column"], strict=True)]
    assert len(marked) == 3


# told_as_purpose


def test_a_done_fact_that_its_passage_tells_as_a_purpose_is_seen_with_the_word():
    rows = [statement("S1", "Tim tari tampil di festival.", quote="Tim tari\ndikirim agar tampil di festival.")]
    found = weak_spots(pd.DataFrame(rows), pd.DataFrame(SEGMENTS), CODEBOOK)
    spot = found[found["check"] == "told_as_purpose"].iloc[0]
    assert spot["seen_id"] == "implemented, tetapi isinya disampaikan sebagai tujuan atau rencana: 'agar'"
    assert spot["seen_en"] == "implemented (en), but its content is told as a purpose or plan: 'agar'"
    assert spot["quote"] == "Tim tari dikirim agar tampil di festival."


def test_the_quotation_is_the_passage_with_the_purpose():
    rows = [
        statement("S1", "Tim tari tampil di festival.", quote="Tim tari itu muda."),
        statement("S1", "Tim tari tampil di festival.", segment=2, quote="Tim tari dikirim agar tampil di festival."),
    ]
    found = weak_spots(pd.DataFrame(rows), pd.DataFrame(SEGMENTS), CODEBOOK)
    assert found.loc[found["check"] == "told_as_purpose", "quote"].tolist() == ["Tim tari dikirim agar tampil di festival."]


@pytest.mark.parametrize(
    ("text", "quote", "status"),
    [
        ("Tim tari tampil di festival.", "Tim tari tampil di festival.", "implemented"),
        ("Tim tari tampil di festival.", "Tim tari dikirim agar tampil di festival.", "aspired"),
        ("Tim tari dikirim.", "Tim tari dikirim agar tampil di festival.", "implemented"),
    ],
)
def test_a_deed_reported_or_an_aim_called_an_aim_passes(text, quote, status):
    assert spots("told_as_purpose", [statement("S1", text, quote=quote, status=status)]) == []


# weak_support


def test_a_conclusion_on_hopes_and_one_without_support_are_seen():
    rows = [statement("S1", status="context"), statement("S2", status="planned", segment=2), statement("S3")]
    claims = [claim("K1", "S1", "S2"), claim("K2"), claim("K3", "S1", "S3"), claim("K4", "S1", status="withdrawn")]
    assert spots("weak_support", rows, claims=claims) == [
        ("K1", "pendukung tertinggi: planned", "S1 S2", "jurnal: 1, 2"),
        ("K2", "tidak ada pernyataan yang mendukungnya", "", "jurnal: 7"),
    ]


def test_a_conclusion_on_outcomes_claimed_only_is_seen_and_one_with_a_deed_is_not():
    rows = [statement("S1", status="outcome"), statement("S2", status="aspired", segment=2), statement("S3", status="signed")]
    claims = [claim("K1", "S1"), claim("K2", "S1", "S2"), claim("K3", "S1", "S3")]
    seen = "hanya hasil yang diklaim, tanpa perbuatan"
    assert spots("weak_support", rows, claims=claims) == [
        ("K1", seen, "S1", "jurnal: 1"),
        ("K2", seen, "S1 S2", "jurnal: 1, 2"),
    ]


def test_claims_that_were_not_read_are_told_in_words():
    with pytest.raises(ValueError, match="claims is the name of a file"):
        weak_spots(pd.DataFrame([statement("S1")]), pd.DataFrame(SEGMENTS), CODEBOOK, "claims.yaml")


# no_partner


def test_one_named_body_without_another_of_its_kind_is_seen():
    quote = "Universitas Bahari membuka kelas di kota mitra."
    assert spots("no_partner", [statement("S1", quote=quote)]) == [
        ("S1", "hanya Universitas Bahari yang disebut namanya, tanpa lembaga mitra sejenis", "S1", "jurnal: 1")
    ]


@pytest.mark.parametrize(
    "further",
    [
        {"quote": "Universitas Bahari dan Universitas Dongnam membuka kelas."},
        {"quote": "Universitas Bahari diharapkan membuka kelas.", "status": "aspired"},
        {"quote": "Universitas Bahari berdiri lama.", "status": "context"},
    ],
)
def test_two_bodies_of_one_kind_and_mere_hopes_pass(further):
    assert spots("no_partner", [statement("S1", **further)]) == []


def test_two_bodies_named_in_two_passages_are_partners():
    rows = [
        statement("S1", quote="Universitas Bahari meneken nota"),
        statement("S1", segment=2, quote="Universitas Dongnam juga"),
    ]
    assert spots("no_partner", rows) == []


@pytest.mark.parametrize(
    ("direction", "actor", "seen"),
    [
        ("UNSPECIFIED", "kota_id", True),
        ("UNSPECIFIED", "kota_id kampus", True),
        ("RECIPROCAL", "kota_id", True),
        ("RECIPROCAL", "kota_id kampus", False),  # the university may be the partner's
        ("RECIPROCAL", "kota_id kota_partner", False),
        ("ID_TO_PARTNER", "kota_id", False),  # the direction tells of the other side
        ("UNSPECIFIED", "kampus", False),
        ("UNSPECIFIED", "", False),
    ],
)
def test_actors_of_one_side_are_seen_where_the_direction_names_no_other(direction, actor, seen):
    found = spots("no_partner", [statement("S1", direction=direction, actor=actor)])
    told = ", ".join(actor.split())
    assert found == ([("S1", f"pelaku hanya dari satu pihak: {told}", "S1", "jurnal: 1")] if seen else [])


def test_a_study_without_actors_and_directions_is_checked_all_the_same():
    rows = pd.DataFrame([statement("S1", quote="Universitas Bahari meneken nota.")]).drop(columns=["actor", "direction"])
    found = weak_spots(rows, pd.DataFrame(SEGMENTS), CODEBOOK)
    assert found.loc[found["check"] == "no_partner", "what"].tolist() == ["S1"]


# weekday


def test_a_wrong_weekday_is_seen_with_the_right_one_and_the_statements_there():
    segments = [segment("kabar", 1, "Tamu tiba pada Sabtu (28/4/2023)."), segment("kabar", 2, "Mereka pulang Rabu (3/5/2023).")]
    rows = [statement("S1", document="kabar"), statement("S2", document="kabar", segment=2)]
    assert spots("weekday", rows, segments=segments) == [
        ("kabar", "'Sabtu (28/4/2023)' jatuh pada hari Jumat", "S1", "kabar: 1")
    ]


# number


@pytest.mark.parametrize(
    ("further", "seen"),
    [
        ({"text_id": "Dua belas guru dikirim.", "quote": "Sebanyak 13 guru dikirim."}, "'Dua belas' tidak ada dalam teksnya"),
        ({"date": "2018", "date_certainty": "given"}, "tahun 2018 disebut pasti (given), tetapi tidak ada dalam teksnya"),
        ({"date": "2021-03", "status": "signed"}, "bertanggal 2021-03, sesudah dokumen (2020)"),
        ({"date": "2019-11", "status": "planned"}, "direncanakan untuk 2019-11, sebelum dokumen (2020)"),
        ({"date": "2019-13"}, "tanggal 2019-13 tidak ada"),
        ({"date": "2019-02-30"}, "tanggal 2019-02-30 tidak ada"),
        ({"quote": "Guru mengajar sejak 2022."}, "teksnya menyebut 2022, sesudah dokumen (2020)"),
    ],
)
def test_odd_numbers_and_dates_of_a_statement_are_seen(further, seen):
    assert spots("number", [statement("S1", **further)]) == [("S1", seen, "S1", "jurnal: 1")]


@pytest.mark.parametrize(
    "further",
    [
        {"text_id": "Dua belas guru dikirim.", "quote": "Sebanyak 12 guru dikirim."},
        {"text_id": "Satu tim dikirim untuk ketiga kalinya.", "quote": "Tim dikirim."},  # one and the third count nothing
        {"date": "2018", "date_certainty": "inferred"},
        {"date": "2018", "date_certainty": "given", "quote": "UU Nomor 3 Tahun 2018 berlaku."},
        {"date": "2020-05-12", "date_certainty": "given"},  # the year of the document itself
        {"date": "2021", "status": "planned"},
        {"quote": "Guru akan dikirim pada 2022.", "status": "planned"},
        {"quote": "Guru mengajar sejak 2020."},
        {"date": "annually in July", "date_certainty": "given"},
        {"date": "since 2007", "quote": "Sejak 2007 guru mengajar."},
    ],
)
def test_numbers_and_dates_that_may_well_be_pass(further):
    assert spots("number", [statement("S1", **further)]) == []


def test_a_document_without_a_date_gives_no_clash():
    segments = [segment("jurnal", 1, date="")]
    assert spots("number", [statement("S1", date="2019", status="planned")], segments=segments) == []
    assert spots("number", [statement("S1", quote="Guru mengajar sejak 2022.")], segments=segments) == []


def test_two_passages_that_count_the_same_differently_are_seen():
    rows = [
        statement("S1", "Pelajar dikirim.", quote="Kota mengirim 18 pelajar."),
        statement("S1", "Pelajar dikirim.", segment=2, quote="Ke-20 pelajar itu tiba; 20 pelajar dan 3 guru menginap."),
    ]
    assert spots("number", rows) == [("S1", "angka berbeda untuk hal yang sama: 18; 20", "S1", "jurnal: 1, 2")]


def test_passages_that_share_a_number_of_the_same_thing_pass():
    rows = [
        statement("S1", "Pelajar dikirim.", quote="Kota mengirim 8 siswa SMA dan 6 siswa SMP."),
        statement("S1", "Pelajar dikirim.", segment=2, quote="Ada 8 siswa SMA."),
    ]
    assert spots("number", rows) == []


def test_statements_linked_as_repeating_must_count_alike():
    rows = [statement("S1", "Kota mengirim 18 pelajar."), statement("S2", "Kota mengirim 20 pelajar.", segment=2)]
    link = [("S2", "repeats", "S1", "sama")]
    found = [spot for spot in spots("number", rows, relations=link) if "/" in spot[0]]
    assert found == [("S2 / S1", "angka berbeda untuk hal yang sama: 20; 18", "S1 S2", "jurnal: 1, 2")]
    assert spots("number", rows, relations=[("S2", "extends", "S1", "lain")]) == []


def test_impossible_days_shares_and_old_years_of_any_sentence_are_seen():
    segments = [
        segment("jurnal", 1, "Nota diteken pada 31 April 2019."),
        segment("jurnal", 2, "Sebanyak 120 persen guru hadir."),
        segment("jurnal", 3, "Kota itu berdiri sejak tahun 1756."),
        segment("jurnal", 4, "Diperbarui 31 April 2019", label="boilerplate"),
    ]
    assert spots("number", [statement("S1")], segments=segments) == [
        ("jurnal", "'31 April 2019': hari atau bulan itu tidak ada", "S1", "jurnal: 1"),
        ("jurnal", "'120 persen': bagian yang lebih dari 100 persen", "", "jurnal: 2"),
        ("jurnal", "'1756': tahun sebelum 1900", "", "jurnal: 3"),
    ]


# counted_twice


def test_statements_worded_almost_alike_in_one_cell_are_seen():
    rows = [statement("S1", "Kota mengirim guru tiap Juli."), statement("S2", "Tiap Juli guru dikirim kota.", segment=2)]
    assert spots("counted_twice", rows) == [
        (
            "S1 / S2",
            "bunyinya hampir sama; keduanya dihitung dalam GURU (2 pernyataan; dihitung sekali: 1)",
            "S1 S2",
            "jurnal: 1, 2",
        )
    ]


@pytest.mark.parametrize("further", [{"case": "C-D"}, {"sector": "DAGANG"}, {"status": "context"}])
def test_alike_statements_that_no_cell_counts_together_pass(further):
    rows = [statement("S1", "Kota mengirim guru."), statement("S2", "Guru dikirim kota.", segment=2, **further)]
    assert spots("counted_twice", rows) == []


def test_statements_of_codes_left_out_are_in_no_cell():
    rows = [statement(name, "Kota mengirim guru.", sector="RELASI") for name in ("S1", "S2")]
    assert spots("counted_twice", rows) == []


def test_a_sentence_and_its_repetition_that_carry_two_statements_are_seen():
    segments = [segment("kabar", 1, repeats=3), segment("kabar", 3)]
    rows = [statement("S1", "Guru tiba.", document="kabar"), statement("S2", "Siswa pulang.", document="kabar", segment=3)]
    assert spots("counted_twice", rows, segments=segments) == [
        (
            "S1 / S2",
            "bertumpu pada kalimat dan ulangannya; keduanya dihitung dalam GURU (2 pernyataan; dihitung sekali: 1)",
            "S1 S2",
            "kabar: 1, 3",
        )
    ]
    assert spots("counted_twice", [statement("S1", document="kabar", segment=n) for n in (1, 3)], segments=segments) == []


def test_two_statements_of_one_sentence_are_no_repetition():
    rows = [statement("S1", "Guru tiba."), statement("S2", "Siswa pulang.")]
    assert spots("counted_twice", rows) == []


def test_statements_linked_as_repeating_are_seen_once_though_they_share_two_codes():
    rows = [
        statement(name, text, sector=sector)
        for name, text in (("S1", "Guru tiba."), ("S2", "Siswa pulang."))
        for sector in ("GURU", "DAGANG")
    ]
    rows += [statement("S3", "Kapal berlabuh."), statement("S4", "Nota diteken.", status="context")]
    seen = "tercatat saling mengulang; keduanya dihitung dalam GURU (3 pernyataan; dihitung sekali: 2), DAGANG (2 pernyataan; dihitung sekali: 1)"
    found = spots("counted_twice", rows, relations=[("S1", "repeats", "S2", "sama")])
    assert found == [("S1 / S2", seen, "S1 S2", "jurnal: 1")]


def test_a_pair_stands_once_though_another_cell_names_it_in_the_other_order():
    rows = [
        statement("S1", "Guru tiba."),
        statement("S2", "Siswa pulang.", sector="DAGANG"),
        statement("S2", "Siswa pulang."),
        statement("S1", "Guru tiba.", sector="DAGANG"),
    ]
    assert whats("counted_twice", rows, relations=[("S2", "repeats", "S1", "sama")]) == ["S1 / S2"]


def test_who_put_a_relation_on_record_is_said():
    rows = [statement("S1", "Guru tiba."), statement("S2", "Siswa pulang.")]
    links = pd.DataFrame(
        [("S1", "repeats", "S2", "sama", "model-x"), ("S1", "qualifies", "S2", "sekali", "rani")],
        columns=["statement", "relation", "other", "why", "by"],
    )
    found = weak_spots(pd.DataFrame(rows), pd.DataFrame(SEGMENTS), CODEBOOK, (), links).set_index("check")
    assert found.loc["counted_twice", "seen_en"] == (
        "on record as repeating each other (by model-x); both count in GURU (2 statements; counted once: 1)"
    )
    assert found.loc["contradiction", "seen_id"] == "S1 (implemented) membatasi S2 (implemented): sekali (oleh rani)"


# contradiction


def test_contradictions_and_limits_on_record_show_both_sides():
    rows = [statement("S1"), statement("S2", document="kabar", status="aspired"), statement("S3", segment=2)]
    links = [
        ("S2", "contradicts", "S1", "kabar menyangkal"),
        ("S3", "extends", "S1", "tahun"),
        ("S3", "qualifies", "S1", "sekali"),
    ]
    assert spots("contradiction", rows, relations=links) == [
        ("S2 / S1", "S2 (aspired) bertentangan dengan S1 (implemented): kabar menyangkal", "S2 S1", "kabar: 1; jurnal: 1"),
        ("S3 / S1", "S3 (implemented) membatasi S1 (implemented): sekali", "S3 S1", "jurnal: 1, 2"),
    ]


# empty


def test_codes_that_nothing_carries_and_codes_of_background_only_are_seen():
    rows = [
        statement("S1", actor="kota_id kampus"),
        *(statement("S2", sector=sector, status="context", evidence="1") for sector in ("DAGANG", "RELASI")),
    ]
    seen = {what: seen for what, seen, *_ in spots("empty", rows)}
    assert seen == {
        "C-D": "Kasus 'c-d': tidak dipakai satu pernyataan pun",
        **{name: f"Status '{name}': tidak dipakai satu pernyataan pun" for name in ("aspired", "planned", "signed", "outcome")},
        **{name: f"Bukti '{name}': tidak dipakai satu pernyataan pun" for name in "03"},
        **{name: f"Pelaku '{name}': tidak dipakai satu pernyataan pun" for name in ("kota_partner", "guru")},
        "DAGANG": "Sektor 'dagang': hanya latar dalam semua kasus",
    }


def test_a_facet_that_the_statements_lack_has_no_empty_codes():
    lacking = Facet("suara", words("Suara"), words("?"), "nominal", (code("kutipan"),))
    found = weak_spots(
        pd.DataFrame([statement("S1")]), pd.DataFrame(SEGMENTS), replace(CODEBOOK, facets=(*CODEBOOK.facets, lacking))
    )
    assert "kutipan" not in set(found["what"])


# one_document


def test_a_case_with_one_document_is_seen_and_one_with_two_is_not():
    rows = [
        statement("S1"),
        statement("S2", document="kabar"),
        statement("S3", case="C-D"),
        statement("S4", case="C-D", segment=2),
    ]
    assert spots("one_document", rows) == [("C-D", "c-d: 2 pernyataan, satu dokumen (jurnal)", "S3 S4", "jurnal: 1, 2")]


# headline


SECTION = "HASIL > Bidang Ekonomi"


@pytest.mark.parametrize(("status", "seen"), [("context", True), ("aspired", True), ("planned", False), ("implemented", False)])
def test_a_section_heading_whose_family_is_only_hoped_for_is_seen(status, seen):
    segments = [segment("jurnal", 1), segment("jurnal", 2, heading=SECTION)]
    rows = [statement("S1", sector="DAGANG", segment=2, heading=SECTION, status=status)]
    told = f"judul bagian mengumumkan 'Ekonomi'; status tertinggi rumpun itu di bawahnya: {status}"
    assert spots("headline", rows, segments=segments) == ([(SECTION, told, "S1", "jurnal: 2")] if seen else [])


def test_a_section_heading_over_statements_of_another_family_only_is_seen():
    segments = [segment("jurnal", 1), segment("jurnal", 2, heading=SECTION)]
    rows = [statement("S1", segment=2, heading=SECTION), statement("S2", sector="DAGANG", status="implemented")]
    assert [spot for spot in spots("headline", rows, segments=segments) if spot[0] == SECTION] == [
        (
            SECTION,
            "judul bagian mengumumkan 'Ekonomi'; status tertinggi rumpun itu di bawahnya: tidak ada pernyataan",
            "S1",
            "jurnal: 2",
        )
    ]


def test_a_heading_that_announces_no_family_promises_nothing():
    segments = [segment("jurnal", 1), segment("jurnal", 2, heading="HASIL")]
    assert spots("headline", [statement("S1", segment=2, heading="HASIL", status="context")], segments=segments) == []


@pytest.mark.parametrize(("status", "seen"), [("aspired", "aspired"), ("implemented", None), (None, "tidak ada pernyataan")])
def test_a_headline_that_names_a_sector_the_body_does_not_bear_is_seen(status, seen):
    segments = [segment("kabar", 1, "Kota Bertukar Guru", label="heading"), segment("kabar", 2), segment("kabar", 3)]
    rows = [statement("S1", document="kabar", segment=3, status=status or "context", sector="GURU" if status else "DAGANG")]
    told = f"judul menyebut 'Guru' (guru); status tertinggi dalam isi: {seen}"
    names, places = ("S1", "kabar: 1, 3") if status else ("", "kabar: 1")
    assert spots("headline", rows, segments=segments) == ([("kabar", told, names, places)] if seen else [])


LEAD = [segment("kabar", n, repeats=2 if n == 1 else 0) for n in (1, 2, 3)]


def test_a_lead_that_says_more_than_the_body_is_seen_with_what_the_body_has():
    rows = [
        statement("S1", document="kabar", segment=1),
        statement("S1", document="kabar", segment=2),
        statement("S1", document="kabar", segment=2, sector="DAGANG"),
        statement("S2", document="kabar", segment=3, status="aspired"),
    ]
    assert spots("headline", rows, segments=LEAD) == [
        ("S1", "pembuka: implemented; isi: GURU aspired, DAGANG tidak ada pernyataan", "S1 S2", "kabar: 1, 2, 3")
    ]


@pytest.mark.parametrize(
    ("lead", "body"),
    [
        ({}, {"status": "implemented"}),
        ({"status": "planned"}, {"status": "signed"}),
        ({"status": "context"}, {"sector": "DAGANG"}),
        ({"sector": "RELASI"}, {"status": "aspired"}),
    ],
)
def test_a_lead_that_the_body_bears_and_one_of_background_pass(lead, body):
    rows = [statement("S1", document="kabar", **lead), statement("S2", document="kabar", segment=3, **body)]
    assert spots("headline", rows, segments=LEAD) == []


@pytest.mark.parametrize(
    ("lead", "body", "seen"),
    [("outcome", "signed", []), ("signed", "outcome", [("S1", "pembuka: signed; isi: GURU outcome", "S1 S2", "kabar: 1, 3")])],
)
def test_a_deed_in_the_body_bears_an_outcome_claimed_in_the_lead_and_not_the_other_way_round(lead, body, seen):
    rows = [
        statement("S1", document="kabar", status=lead),
        statement("S2", document="kabar", segment=3, status=body),
    ]
    assert spots("headline", rows, segments=LEAD) == seen


def test_what_another_pair_has_done_does_not_bear_the_lead():
    rows = [statement("S1", document="kabar"), statement("S2", document="kabar", segment=3, case="C-D")]
    assert whats("headline", rows, segments=LEAD) == ["S1"]


def test_of_a_paper_the_whole_abstract_is_the_opening():
    head = [segment("jurnal", 1, "ABSTRAK", label="heading"), *(segment("jurnal", n, heading="ABSTRAK") for n in (2, 3))]
    segments = [*head, segment("jurnal", 4, heading="HASIL")]
    rows = [statement("S1", segment=3), statement("S2", segment=4, status="planned")]
    assert whats("headline", rows, segments=segments) == ["S1"]


# bare_outcome


def test_an_outcome_below_grade_two_is_seen():
    rows = [
        statement("S1", status="outcome", evidence="1"),
        statement("S2", status="outcome", evidence="2"),
        statement("S3", evidence="1"),
    ]
    assert spots("bare_outcome", rows) == [("S1", "bukti 1", "S1", "jurnal: 1")]


# same_origin


def both(quote="Nota diteken."):
    return [statement("S1", evidence="3"), statement("S1", document="kabar", evidence="3", quote=quote)]


def dated(jurnal, kabar, outlet="kabar"):
    return [segment("jurnal", 1, date=jurnal), segment("kabar", 1, date=kabar, outlet=outlet)]


@pytest.mark.parametrize(
    ("segments", "quote", "seen"),
    [
        (dated("2020", "2016", outlet="jurnal"), "Nota diteken.", "media yang sama (jurnal)"),
        (dated("2020-03-04", "2020-03-01"), "Nota diteken.", "2020-03-04 dan 2020-03-01: berdekatan"),
        (dated("2020", "2016"), "Guru itu mengajar.", "bunyinya hampir sama"),
        (dated("2020-03-05", "2020-03-01"), "Nota diteken.", None),
        (dated("2020", "2020"), "Nota diteken.", None),  # days are not known
    ],
)
def test_documents_that_may_be_one_source_are_seen(segments, quote, seen):
    assert spots("same_origin", both(quote), segments=segments) == ([("S1", seen, "S1", "jurnal: 1; kabar: 1")] if seen else [])


def test_two_independent_documents_among_three_are_enough():
    segments = [*dated("2020", "2016", outlet="jurnal"), segment("buku", 1, date="2011")]
    assert (
        spots("same_origin", [*both(), statement("S1", document="buku", evidence="3", quote="Kapal tiba.")], segments=segments)
        == []
    )


def test_highest_evidence_of_one_document_is_seen_where_a_hand_made_table_has_it():
    assert spots("same_origin", [statement("S1", evidence="3")])[0][1] == "hanya satu dokumen"


# the table


def test_every_check_has_its_words_its_rule_and_a_zero():
    found = weak_spots(pd.DataFrame([statement("S1")]), pd.DataFrame(SEGMENTS), CODEBOOK)
    counts = found["check"].value_counts(sort=False)
    assert list(counts.index) == list(CHECKS) == list(FINDERS)
    assert counts["weekday"] == 0 and counts["single_source"] == 1


def test_the_study_without_statements_has_only_empty_codes():
    found = weak_spots(pd.DataFrame([statement("S1")]).iloc[:0], pd.DataFrame(SEGMENTS), CODEBOOK)
    assert set(found["check"]) == {"empty"}
    assert len(found) == sum(len(facet.codes) for facet in CODEBOOK.facets)


def test_nothing_is_changed():
    rows, segments = pd.DataFrame([statement("S1")]), pd.DataFrame(SEGMENTS)
    before = rows.copy(), segments.copy()
    weak_spots(rows, segments, CODEBOOK, [claim("K1", "S1")])
    pd.testing.assert_frame_equal(rows, before[0])
    pd.testing.assert_frame_equal(segments, before[1])


@pytest.mark.parametrize(
    ("table", "lost", "message"),
    [
        ("statements", "evidence", "statements has no column evidence: pass the table that read_statements returns"),
        ("segments", "repeats", "segments has no column repeats: pass the table that split returns"),
        ("relations", "why", "relations has no column why: pass the table that read_relations returns"),
    ],
)
def test_a_table_that_is_not_what_it_should_be_is_refused(table, lost, message):
    tables = {
        "statements": pd.DataFrame([statement("S1")]),
        "segments": pd.DataFrame(SEGMENTS),
        "relations": pd.DataFrame(columns=["statement", "relation", "other", "why"]),
    }
    tables[table] = tables[table].drop(columns=lost)
    with pytest.raises(ValueError, match=message):
        weak_spots(tables["statements"], tables["segments"], CODEBOOK, (), tables["relations"])


def test_the_catalogue_is_told_in_both_languages_with_the_limits_the_rules_use():
    for language in ("id", "en"):
        table = checks(language)
        assert list(table["check"]) == list(CHECKS)
        assert (table != "").all().all()
    rules = CHECKS["same_origin"].looks_for["en"], CHECKS["told_as_purpose"].looks_for["en"]
    assert f"{NEAR_DAYS} days" in rules[0] and "half or more" in rules[1]
    assert (HALF, ALIKE) == (0.5, 0.6)
    with pytest.raises(ValueError, match="language 'de' is not known"):
        checks("de")


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if check.tactic])
def test_every_check_names_one_of_the_26_tactics(name):
    from qualkit.claims import TACTICS

    assert CHECKS[name].tactic in TACTICS


# the study itself


@pytest.fixture(scope="module")
def study():
    codebook = qk.read_codebook("codebook.yaml")
    segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    codings = qk.read_codings("corpus/codings", segments, codebook)
    statements = qk.read_statements("corpus/statements.csv", codings, codebook)
    claims = qk.read_claims("corpus/claims.yaml", statements)
    return statements, segments, weak_spots(statements, segments, codebook, claims)


def test_the_checks_find_what_the_researcher_had_noted_by_hand(study):
    _, _, found = study
    known = {
        ("weekday", "bisnis-jakarta-shanghai"),  # "that day was a Friday"
        ("headline", "S035"),  # "lead asserts what the body only wishes"
        ("headline", "S100"),  # "not taken up in the body"
        ("headline", "PEMBAHASAN > Surabaya-Busan > Kolaborasi Bidang Ekonomi"),  # STUDY-03
        ("no_partner", "S024"),  # "no Busan partner named"
        ("one_document", "SUB-BUS"),
    }
    assert known <= set(zip(found["check"].astype(str), found["what"], strict=True))


def test_every_place_of_the_table_is_a_segment_of_the_study(study):
    statements, segments, found = study
    known = set(zip(segments["document"], segments["segment"].astype(str), strict=True))
    for places in found["places"]:
        for place in filter(None, places.split("; ")):
            document, numbers = place.split(": ")
            assert {(document, number) for number in numbers.split(", ")} <= known
    assert set(" ".join(found["statements"]).split()) <= set(statements["statement"])


def test_the_first_facet_is_compared_whatever_it_is_called():
    rows = pd.DataFrame(
        [statement("S1", off_heading=True, heading="Bidang Ekonomi"), statement("S2", sector="DAGANG", segment=2)]
    )
    other = replace(CODEBOOK, facets=(replace(CODEBOOK.facets[0], id="theme"), *CODEBOOK.facets[1:]))
    known = weak_spots(rows, pd.DataFrame(SEGMENTS), CODEBOOK)
    found = weak_spots(rows.rename(columns={"sector": "theme"}), pd.DataFrame(SEGMENTS), other)
    assert len(known) and found.to_dict("records") == known.to_dict("records")
    with pytest.raises(ValueError, match="statements has no column theme"):
        weak_spots(rows, pd.DataFrame(SEGMENTS), other)
