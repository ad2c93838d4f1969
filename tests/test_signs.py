"""Signs found in many texts at once are those found text by text and stop by stop."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.indonesian import sentence_ends
from qualkit.signs import Signs

PARAGRAPHS = st.lists(
    st.sampled_from(
        ["Kota", "kota", "maju", "dr", "dra", "Dr", "é", "A", "a", "1", "12", ".", "..", "!", "?", "…", '"', "“", "”", ")", "(", ":", ",", " ", "  ",
         "\n", "\u00a0", "¹", "😀", "s.d", "(Nye, 1974)"]
    ),
    max_size=12,
).map(lambda pieces: "".join(pieces).strip())  # fmt: skip


@settings(max_examples=1_000)
@given(st.lists(PARAGRAPHS.filter(bool), min_size=1, max_size=4))
def test_ordinary_ends_found_at_once_are_those_found_stop_by_stop(paragraphs):
    text = "\n".join(paragraphs)
    end = np.cumsum([len(paragraph) + 1 for paragraph in paragraphs]) - 1
    start = end - [len(paragraph) for paragraph in paragraphs]
    ends, closer = Signs(text).ordinary_ends(start, end)
    for paragraph, first, last, look in zip(paragraphs, start, end, closer, strict=True):
        if not look:
            within = ends[(ends > first) & (ends < last)]
            assert [*(within - first), len(paragraph)] == sentence_ends(paragraph)


@pytest.mark.parametrize(
    ("text", "ends", "look"),
    [
        ("Kota itu maju. Nilainya Rp 1.812.000, kata kompas.com. “Ya.”", [14, 54], False),
        ("Kota itu maju. Rapat No. 5 selesai.", [14], True),
        ("a. guru", [], True),
        ("Kota itu maju.1 Warga", [], True),
    ],
)
def test_what_is_not_ordinary_needs_a_closer_look(text, ends, look):
    found, closer = Signs(text).ordinary_ends(np.array([0]), np.array([len(text)]))
    assert (found.tolist(), closer.tolist()) == (ends, [look])
