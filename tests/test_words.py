"""Segments are cut into tokens at exact places of the document."""

import pandas as pd
import pytest

import qualkit as qk
from qualkit.words import tokens

TEXT = "Dr. Rina hadir di Busan.\nKerja sama itu maju. Warga senang."
DOCUMENTS = pd.DataFrame({"document": ["d"], "kind": ["news"], "title": [""], "author": [""], "text": [TEXT]})


def test_each_token_is_a_slice_of_its_document():
    found = tokens(qk.split(DOCUMENTS, into="sentences"))
    assert [TEXT[start:end] for start, end in zip(found["start"], found["end"], strict=True)] == list(found["token"])
    assert found["token"].str.cat(sep=" ") == "Dr. Rina hadir di Busan . Kerja sama itu maju . Warga senang ."
    assert found.groupby("segment").size().tolist() == [6, 5, 3]


def test_no_segment_has_no_token():
    found = tokens(qk.split(DOCUMENTS, into="sentences").iloc[:0])
    assert found.empty and list(found.columns) == ["document", "segment", "start", "end", "token", "kind"]


def test_the_segments_are_left_as_they_were():
    segments = qk.split(DOCUMENTS, into="sentences")
    before = segments.copy(deep=True)
    tokens(segments)
    pd.testing.assert_frame_equal(segments, before)


def test_documents_are_not_taken_for_segments():
    with pytest.raises(ValueError, match="segment"):
        tokens(DOCUMENTS)
