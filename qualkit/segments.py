"""Documents go in; segments come out: sentences with exact places, headings and boilerplate labelled with the reason."""

from __future__ import annotations

import re
from itertools import combinations, islice
from typing import Any

import numpy as np
import pandas as pd

from qualkit.furniture import (
    ADVERTISED,
    BRACKETED,
    BRACKETS,
    CAPTION,
    DATELINE,
    HEADING,
    POSSIBLE_LINK,
    SITE,
    Rule,
    find_dateline,
    furniture_inside,
)
from qualkit.indonesian import find_dates, sentence_ends
from qualkit.layout import blocks
from qualkit.tables import need_columns

UNITS = ("sentences", "paragraphs")
COLUMNS = ("segment", "start", "end", "paragraph", "heading", "label", "rule", "reason", "repeats", "text")


def split(documents: pd.DataFrame, into: str) -> pd.DataFrame:
    """One row per segment: a sentence (or paragraph), a heading, or a piece of page furniture, with its exact place.

    Nothing is deleted. Furniture (datelines, bylines, related links, captions, running heads ...) is labelled with the
    rule that saw it and its reason, so it can be listed, counted and restored. Segments never overlap, and only white
    space lies between them.

    Parameters
    ----------
    documents
        The table `read_corpus` returns; its columns ride along (without `text`, which here is the segment's).
    into
        The unit of analysis: "sentences" or "paragraphs".

    Returns
    -------
    DataFrame
        The columns of `documents`, and `segment` (number in the document, from 1), `start`, `end` (code points, half
        open: `document_text[start:end] == text`), `paragraph` (number, from 1), `heading` (the headings it stands
        under, outermost first, joined by " > "), `label` (content, heading or boilerplate), `rule` and `reason` (for
        what is not content, and for content that a person should look at: "possible related headline"), `repeats`
        (the number of the segment of the same document whose words this one repeats, else 0) and `text`.

    Raises
    ------
    ValueError
        If `into` is neither unit or `documents` is not a table of documents.

    Examples
    --------
    >>> one = pd.DataFrame({"document": ["d"], "kind": ["news"], "title": [""], "author": [""],
    ...                     "text": ["Medan, 25/5 (Antara) - Kota itu maju. Warga senang."]})
    >>> split(one, into="sentences")[["segment", "label", "text"]].values.tolist()
    [[1, 'boilerplate', 'Medan, 25/5 (Antara) -'], [2, 'content', 'Kota itu maju.'], [3, 'content', 'Warga senang.']]
    """
    need_columns(documents, ("document", "text"), "documents", "read_corpus")
    if into not in UNITS:
        raise ValueError(f"into='{into}': the unit of analysis is one of: {', '.join(UNITS)}")
    known = ([*documents[name]] if name in documents else [""] * len(documents) for name in ("title", "author"))
    gathered: tuple[list[Any], ...] = ([], [], [], [], [], [], [])
    sizes: list[int] = []
    for text, title, author in zip(documents["text"], *known, strict=True):
        pieces = _pieces(text, title, author)
        if into == "paragraphs":
            pieces = _joined(pieces, text)
        for column, values in zip(gathered, [*zip(*pieces, strict=True), _repeats(pieces)] if pieces else (), strict=False):
            column += values
        sizes.append(len(pieces))
    start, end, paragraph, heading, rule, words, repeats = gathered
    kinds = {kind: number for number, kind in enumerate(dict.fromkeys(rule))}
    kind = np.array([kinds[one] for one in rule], dtype=np.intp)
    document = np.repeat(np.arange(len(documents)), sizes)
    table = documents[[name for name in documents.columns if name not in COLUMNS]].take(document).reset_index(drop=True)
    columns = {
        "segment": np.arange(len(start)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + 1,
        "start": np.array(start, dtype=np.int64),
        "end": np.array(end, dtype=np.int64),
        "paragraph": np.array(paragraph, dtype=np.int64),
        "heading": pd.array(heading, dtype="str"),
        "label": pd.array([_label(one) for one in kinds], dtype="str").take(kind),
        "rule": pd.array([one.name if one else "" for one in kinds], dtype="str").take(kind),
        "reason": pd.array([one.reason if one else "" for one in kinds], dtype="str").take(kind),
        "repeats": np.array(repeats, dtype=np.int64),
        "text": pd.array(words, dtype="str"),
    }
    return pd.concat([table, pd.DataFrame(columns)], axis=1)


def harvest(segments: pd.DataFrame) -> pd.DataFrame:
    """One row per date, outlet or author that stands in the furniture of a document, with the segment it stands in.

    Columns: `document`, `segment`, `field` (date, outlet, author), `value`, `written` (as it stands), `weekday_fits`
    (True, False, or None where it cannot be told). Compare it with documents.csv; nothing is changed by it.

    Examples
    --------
    >>> one = pd.DataFrame({"document": ["d"], "title": [""], "author": [""], "text": ["Editor : Sri Rahayu\\n\\nIsi berita."]})
    >>> harvest(split(one, into="sentences"))[["field", "value"]].values.tolist()
    [['author', 'Sri Rahayu']]
    """
    need_columns(segments, ("document", "segment", "label", "rule", "text"), "segments", "split")
    rows = []
    for segment in segments[segments["label"] == "boilerplate"].to_dict("records"):
        place = {"document": segment["document"], "segment": segment["segment"]}
        text, rule = segment["text"], segment["rule"]
        if rule in ("dateline", "timestamp", "caption"):
            for date in find_dates(text):
                rows.append(
                    {**place, "field": "date", "value": date["date"], **{k: date[k] for k in ("written", "weekday_fits")}}
                )
        if rule in ("copyright", "page footer"):
            for year in re.findall(r"(?:©|\(c\)|copyright)\D{0,40}((?:19|20)\d\d)|\b((?:19|20)\d\d)\s*$", text, re.I):
                rows.append({**place, "field": "date", "value": "".join(year), "written": text, "weekday_fits": None})
        if rule == "byline" and "@" not in text:
            name, outlet = ([*re.split(r"\s+[|•·-]\s+", text), ""] if ":" not in text else [text.partition(":")[2], ""])[:2]
            rows.append({**place, "field": "author", "value": name.strip(), "written": text, "weekday_fits": None})
            if outlet:
                rows.append({**place, "field": "outlet", "value": outlet.strip(), "written": text, "weekday_fits": None})
        if rule == "dateline":
            named = re.search(rf"\(([A-Z][\w ./]+)\)|^((?i:{SITE}))|,\s*([A-Z][\w. ]+?)\s*[-–—]", text)
            if named and not (named[3] or "").isupper():  # JAKARTA, as in "Bisnis.com, JAKARTA"
                value = next(part for part in named.groups() if part)
                rows.append({**place, "field": "outlet", "value": value, "written": text, "weekday_fits": None})
    return pd.DataFrame(rows, columns=["document", "segment", "field", "value", "written", "weekday_fits"])


# --- paragraphs to segments ---


_Piece = tuple[int, int, int, str, Rule | None, str]  # start, end, paragraph, heading, rule, text


def _label(rule: Rule | None) -> str:
    return "content" if rule in (None, POSSIBLE_LINK) else "heading" if rule is HEADING else "boilerplate"


def _pieces(text: str, title: str, author: str) -> list[_Piece]:
    """The segments of one document: each paragraph cut at its furniture and its sentence ends."""
    pieces: list[_Piece] = []
    headings: list[str] = []
    heading = ""
    above: Rule | None = None
    opening = 5  # so many paragraphs may begin with the dateline, until it is found
    for number, (place, stop, rule) in enumerate(blocks(text, title, author), 1):
        body = text[place:stop]
        if rule is HEADING:
            _enter(headings, " ".join(body.split()), above is HEADING)
            heading = " > ".join(headings)
        above = rule
        if rule is None or rule is CAPTION:
            marked = "(" in body or "[" in body or ":" in body or "Artikel ini" in body or "ADVERTISEMENT" in body
            if marked or (rule is None and opening > 0):
                cuts = _cut(body, text, rule, rule is None and opening > 0)
                opening = 0 if cuts[0][2] is DATELINE else opening - (rule is None)
                pieces += [(place + start, place + end, number, heading, kind, body[start:end]) for start, end, kind in cuts]
                continue
            at = 0
            for end in sentence_ends(body):  # as in most paragraphs
                words = body[at:end].lstrip()
                pieces.append((place + end - len(words), place + end, number, heading, rule, words))
                at = end
        else:
            opening = 0 if rule is DATELINE else opening
            pieces.append((place, stop, number, heading, rule, body))
    return pieces


def _cut(body: str, text: str, rule: Rule | None, may_open: bool) -> list[tuple[int, int, Rule | None]]:
    """The sentences of a paragraph and the furniture between them, without the white space around them."""
    furniture: list[tuple[int, int, Rule | None]] = []
    told = 0  # where the dateline ends
    dateline = find_dateline(body) if may_open else None
    if dateline and not _is_pair(dateline[1], body[dateline[0] :], text):
        told = dateline[0]
        furniture.append((0, told, DATELINE))
    marks = ADVERTISED if "ADVERTISEMENT" in body else BRACKETS if "(" in body or "[" in body else None
    if marks:
        furniture += [(*match.span(), BRACKETED[match.lastgroup or ""]) for match in marks.finditer(body, told)]
    cuts: list[tuple[int, int, Rule | None]] = []
    position = 0
    for start, end, kind in [*furniture, (len(body), len(body), None)]:
        part = body[position:start]
        at = 0
        for stop in sentence_ends(part):
            while part[at].isspace():
                at += 1
            cuts.append((position + at, position + stop, rule))
            at = stop
        if kind:
            cuts.append((start, end, kind))
        position = end
    if rule is None and len(cuts) > 1 and (":" in body or "Artikel ini" in body):
        cuts[1:] = [(start, end, kind or furniture_inside(body[start:end])) for start, end, kind in cuts[1:]]
    return cuts


_JOINTS = [f"{before}{dash}{after}" for dash in "-–—" for before in ("", " ") for after in ("", " ")]


def _is_pair(place: str, report: str, text: str) -> bool:
    """Whether "Surabaya - Busan ..." names two places: the two stand so joined elsewhere in the text too."""
    following = re.match(r"\s*(\w+)", report)
    return bool(place and following and sum(text.count(f"{place}{dash}{following[1]}") for dash in _JOINTS) > 1)


def _enter(stack: list[str], heading: str, just_after_heading: bool) -> None:
    """Put a heading on the stack: capitals are outermost; one like an earlier one takes its level; else it goes deeper."""
    if heading.isupper():
        stack[:] = [heading]
        return
    if stack and not just_after_heading:
        shape = re.sub(r"[A-Z]", "X", re.sub(r"[^\W\d_A-Z]+", "x", heading))
        for level, other in enumerate(stack):
            same_shape = shape == re.sub(r"[A-Z]", "X", re.sub(r"[^\W\d_A-Z]+", "x", other)) and "-" in shape
            if not other.isupper() and (other.split()[0] == heading.split()[0] or same_shape):
                del stack[level:]
                break
    stack.append(heading)


def _joined(pieces: list[_Piece], text: str) -> list[_Piece]:
    """Content sentences of one paragraph as one segment; headings and furniture as they are."""
    joined: list[_Piece] = []
    for start, end, paragraph, heading, rule, words in pieces:
        if joined and rule is joined[-1][4] is None and paragraph == joined[-1][2]:
            start = joined.pop()[0]
            words = text[start:end]
        joined.append((start, end, paragraph, heading, rule, words))
    return joined


_SMALL_WORDS = frozenset("akan dalam dengan untuk pada yang dari oleh kerja sama kerjasama bekerja".split())


def _repeats(pieces: list[_Piece]) -> list[int]:
    """For each piece 0, but for a standfirst the number of the longer piece beside it that holds almost all of its words.

    Only the first four pieces of content are compared.
    """
    repeats = [0] * len(pieces)
    opening = list(islice(((number, piece[5]) for number, piece in enumerate(pieces) if piece[4] is None), 4))
    rough = sorted([set(text.split()) for _, text in opening], key=len)
    if not [1 for one, other in combinations(rough, 2) if len(one & other) >= 0.4 * len(one)]:
        return repeats  # as in almost every text
    words = {number: set(re.findall(r"\w{4,}", text.casefold())) - _SMALL_WORDS for number, text in opening}
    for number, mine in words.items():
        for other, theirs in words.items():
            fewer = (len(mine), -number) < (len(theirs), -other)
            if fewer and len(mine) >= 5 and len(mine & theirs) >= 0.8 * len(mine) and not repeats[other]:
                repeats[number] = repeats[number] or other + 1
    return repeats
