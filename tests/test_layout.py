"""Lines are found in many texts at once; here is the plain way, text by text and line by line, and both agree on any text."""

import statistics

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualkit.furniture import _opens_furniture
from qualkit.layout import _lines
from qualkit.signs import Signs


def plain_lines(text):
    """Start, text, whether it opens a paragraph, is the first of a page, and plainly a paragraph, of each line."""
    flat = text.replace("\r\n", " \n")
    for end in "\r\u2028\u2029\x0c":
        flat = flat.replace(end, "\n")
    lines, indents, place, above, blank = [], [], 0, 0, True
    for written in flat.split("\n"):
        line = written.strip()
        if line:
            indents.append(len(written) - len(written.lstrip()))
            start = place + indents[-1]
            page = bool(lines) and "\x0c" in text[above:start]
            above = start + len(line)
            lines.append((start, line, blank or page, page, is_plain(line)))
        blank = not line
        place += len(written) + 1
    usual = statistics.median_low(indents) if indents else 0
    return [
        (start, line, fresh or indent > usual, *rest)
        for (start, line, fresh, *rest), indent in zip(lines, indents, strict=True)
    ]


def is_plain(line):
    closed = line[-2:] in ('."', ".”", '?"', "?”", '!"', "!”")
    ended = len(line) > 50 and (line[-1] == "." or (len(line) > 100 and line[-1] in "?!") or closed)
    return ended and not _opens_furniture(line[:4]) and "/" not in line[-6:] and " Anda" not in line


LONG = "Kota itu maju dan nelayannya belajar di kampung sebelah"
PIECES = st.sampled_from(
    [f"{LONG}.", f"{LONG}!”", f"{LONG}?", f"{LONG}, {LONG}?", f"{LONG} Anda.", f"Anda, {LONG}.", f"Baca {LONG}.", f"{LONG} 1/2.", LONG,
     "Kota", "(", "An", "é", "😀", "\u200b", " ", "  ", "\t", "\u00a0", "\n", "\n\n", "\r", "\r\n", "\x0c", "\u2028", "\u2029", "\x85", "\x1c"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=4))
@example(["", "\r", "\nKota", "", "  Anda\x0c"])
def test_lines_of_many_texts_are_those_of_each_text_read_line_by_line(texts):
    begins = np.cumsum([0, *[len(text) + 1 for text in texts]])[:-1]
    joined = "\n".join(texts)
    lines, first = _lines(joined, Signs(joined), begins.astype(np.intp))
    for number, text in enumerate(texts):
        own = lines.part(int(first[number]), int(first[number + 1]))
        starts = [start - begins[number] for start in own.start]
        assert [*zip(starts, own.text, own.fresh, own.page, own.plain, strict=True)] == plain_lines(text)
        assert [text[start : end - begins[number]] for start, end in zip(starts, own.end, strict=True)] == own.text
