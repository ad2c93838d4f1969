"""One row per coding, as another program reads it."""

import csv

import pandas as pd
import pytest

from qualkit.tidy import write_tidy
from tests.small_study import study


def test_every_coding_is_a_row_with_its_words(tmp_path):
    tables = study(tmp_path)
    before = tables["codings"].copy()
    path = write_tidy(tmp_path / "codings.csv", tables["codings"], tables["codebook"], language="en")
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["coder"], row["document"], row["facet"], row["code"], row["label"], row["family"]) for row in rows][:3] == [
        ("budi", "jurnal-1", "sektor", "DIK.MURID", "murid (en)", "DIK"),
        ("rani", "berita-1", "sektor", "DIK.GURU", "guru (en)", "DIK"),
        ("rani", "berita-1", "case", "SUB-BUS", "Surabaya-Busan", ""),
    ]
    assert rows[1]["memo"] == "'=1+1\nlihat juga <b>"  # no formula in a spreadsheet
    assert list(rows[0])[13:] == ["title", "outlet", "kind", "date", "author", "heading", "paragraph"]
    assert (rows[1]["title"], rows[1]["kind"], rows[1]["date"], rows[1]["paragraph"]) == (
        "Judul berita-1",
        "news",
        "2024-05-31",
        "1",
    )
    texts = dict(zip(tables["documents"]["document"], tables["documents"]["text"], strict=True))
    assert all(texts[row["document"]][int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)
    pd.testing.assert_frame_equal(tables["codings"], before)
    # R reads a byte order mark into the first name, where its locale is not UTF-8.
    assert path.read_bytes().startswith(b"coder,")


def test_codes_that_are_retired_stay_without_a_label(tmp_path):
    tables = study(tmp_path)
    codings = tables["codings"].head(1).astype(object).assign(code="LAMA", facet="", memo=None)
    row = next(
        csv.DictReader(write_tidy(tmp_path / "codings.csv", codings, tables["codebook"]).read_text("utf-8").splitlines())
    )
    assert (row["code"], row["facet"], row["label"], row["memo"]) == ("LAMA", "", "", "")


def test_a_table_that_is_none_of_codings_is_refused_and_no_file_is_written_over(tmp_path):
    tables = study(tmp_path)
    with pytest.raises(
        ValueError, match="codings has no column coder, segment, start, end, code, quote: pass the table that read_codings"
    ):
        write_tidy(tmp_path / "codings.csv", tables["documents"], tables["codebook"])
    write_tidy(tmp_path / "codings.csv", tables["codings"], tables["codebook"])
    with pytest.raises(ValueError, match=r"codings\.csv is there already"):
        write_tidy(tmp_path / "codings.csv", tables["codings"], tables["codebook"])


def test_a_language_that_the_codebook_lacks_is_refused(tmp_path):
    tables = study(tmp_path)
    with pytest.raises(ValueError, match="language='fr': the codebook is written in id and en"):
        write_tidy(tmp_path / "codings.csv", tables["codings"], tables["codebook"], language="fr")
