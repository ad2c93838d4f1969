"""A segment of a text made from a PDF knows the number printed on its page."""

import pandas as pd
import pytest

from qualkit.pages import with_pages

DOCUMENTS = pd.DataFrame(
    {"document": ["jurnal", "berita"], "page_numbers": ["xi xii 1", ""], "text": ["satu\n\fdua\n\ftiga", "satu\n\fdua"]}
)


def test_each_row_gets_the_number_of_the_page_on_which_it_begins():
    table = pd.DataFrame({"document": ["jurnal", "jurnal", "jurnal", "berita", "lain"], "start": [0, 6, 11, 6, 0]})
    before = table.copy()
    assert with_pages(table, DOCUMENTS)["page"].tolist() == ["xi", "xii", "1", "", ""]
    pd.testing.assert_frame_equal(table, before)


def test_a_corpus_without_pages_has_none():
    table = pd.DataFrame({"document": ["berita"], "start": [6]})
    assert with_pages(table, DOCUMENTS.drop(columns="page_numbers"))["page"].tolist() == [""]


def test_a_text_with_more_pages_than_numbers_stops_at_the_last_number():
    documents = DOCUMENTS.assign(page_numbers=["7", ""])
    assert with_pages(pd.DataFrame({"document": ["jurnal"] * 2, "start": [0, 6]}), documents)["page"].tolist() == ["7", ""]


def test_another_table_is_refused_in_words():
    with pytest.raises(ValueError, match="table has no column start: pass the table that split or read_codings returns"):
        with_pages(pd.DataFrame({"document": []}), DOCUMENTS)
