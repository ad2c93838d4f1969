"""Segments go in; their tokens come out, one row each, at exact places in the document."""

from __future__ import annotations

import pandas as pd

from qualkit.indonesian import find_tokens
from qualkit.tables import need_columns


def tokens(segments: pd.DataFrame) -> pd.DataFrame:
    """One row per token of each segment: a word, a number, an address or a mark, as it stands.

    The convention is that of the Indonesian treebanks: clitics and reduplication stay in the word, punctuation stands
    apart, as do currency and per cent; an abbreviation inside a sentence keeps its stop.

    Parameters
    ----------
    segments
        The table `split` returns, or rows of it: `segments[segments["label"] == "content"]` leaves furniture out.

    Returns
    -------
    DataFrame
        `document`, `segment`, `start`, `end` (code points in the document, half open), `token` (the characters there) and
        `kind` (word, number, address, mark).

    Raises
    ------
    ValueError
        If `segments` is not a table of segments.

    Examples
    --------
    >>> one = pd.DataFrame({"document": ["d"], "segment": [2], "start": [40], "text": ["Rp1.500 untuk kota-kota."]})
    >>> tokens(one)[["start", "token", "kind"]].values.tolist()
    [[40, 'Rp', 'word'], [42, '1.500', 'number'], [48, 'untuk', 'word'], [54, 'kota-kota', 'word'], [63, '.', 'mark']]
    """
    columns = ["document", "segment", "start", "text"]
    need_columns(segments, columns, "segments", "split")
    rows = [
        (document, segment, offset + start, offset + end, text[start:end], kind)
        for document, segment, offset, text in segments[columns].itertuples(index=False, name=None)
        for start, end, kind in find_tokens(text)
    ]
    return pd.DataFrame(rows, columns=["document", "segment", "start", "end", "token", "kind"])
