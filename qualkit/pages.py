"""Segments or codings of texts made from PDFs go in; the same come out with the printed page that each stands on."""

from __future__ import annotations

from bisect import bisect_right

import pandas as pd

from qualkit.tables import need_columns


def with_pages(table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table, with the column `page`: the number printed on the page on which the row's words begin.

    Parameters
    ----------
    table
        What `split` or `read_codings` returns (columns `document`, `start`).
    documents
        What `read_corpus` returns. Pages are known of texts that `add_texts` made of PDFs (column `page_numbers`); a form feed in the text
        ends a page.

    Returns
    -------
    DataFrame
        A new table. `page` is "" where no page is known.

    Examples
    --------
    >>> documents = pd.DataFrame({"document": ["a"], "page_numbers": ["11-12"], "text": ["Kota itu.\\n\\fWarga senang.\\n"]})
    >>> with_pages(pd.DataFrame({"document": ["a", "a"], "start": [0, 11]}), documents)["page"].tolist()
    ['11', '12']
    """
    need_columns(table, ("document", "start"), "table", "split or read_codings")
    need_columns(documents, ("document", "text"), "documents", "read_corpus")
    breaks, numbers = {}, {}
    for row in documents.to_dict("records"):
        numbers[row["document"]] = _spelled_out(str(row.get("page_numbers") or ""))
        breaks[row["document"]] = (
            [place for place, letter in enumerate(row["text"]) if letter == "\f"] if numbers[row["document"]] else []
        )

    def page(document: str, start: int) -> str:
        known, at = numbers.get(document, []), bisect_right(breaks.get(document, []), start)
        return known[at] if at < len(known) else ""

    return table.assign(page=[page(document, start) for document, start in zip(table["document"], table["start"], strict=True)])


def _spelled_out(numbers: str) -> list[str]:
    """The number of each page.

    >>> _spelled_out("11-13"), _spelled_out("i ii 1"), _spelled_out("")
    (['11', '12', '13'], ['i', 'ii', '1'], [])
    """
    first, dash, last = numbers.partition("-")
    if dash and first.isdecimal() and last.isdecimal():
        return [str(number) for number in range(int(first), int(last) + 1)]
    return numbers.split()
