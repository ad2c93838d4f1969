"""Documents go in; segments come out: sentences with exact places, headings and boilerplate labelled with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from qualkit.furniture import BRACKETS, CAPTION, DATELINE, DATELINE_PATTERN, HEADING, LINES, RELATED_LINK, SITE, Rule
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
        what is not content), `repeats` (the number of the segment of the same document whose words this one repeats,
        else 0) and `text`.

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
    carried = [name for name in documents.columns if name not in {*COLUMNS, "text"}]
    rows = []
    for document in documents.to_dict("records"):
        pieces = _pieces(document["text"], document.get("title", ""), document.get("author", ""))
        if into == "paragraphs":
            pieces = _joined(pieces, document["text"])
        for number, piece in enumerate(_with_repeats(pieces), 1):
            rows.append({**{name: document[name] for name in carried}, "segment": number, **piece})
    return pd.DataFrame(rows, columns=[*carried, *COLUMNS])


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


def _pieces(text: str, title: str, author: str) -> list[dict[str, Any]]:
    """The segments of one document: each paragraph cut at its furniture and its sentence ends."""
    pieces: list[dict[str, Any]] = []
    headings: list[str] = []
    above: Rule | None = None
    paragraphs = 0  # of content, so far
    for number, block in enumerate(blocks(text, title, author), 1):
        body = text[block.start : block.end]
        if block.rule is HEADING:
            _enter(headings, re.sub(r"\s+", " ", body), above is HEADING)
        paragraphs += block.rule is None
        cuts = _cut(body, text, block.rule, may_open=paragraphs <= 5 and not any(p["rule"] == "dateline" for p in pieces))
        for start, end, rule in cuts:
            start, end = _trimmed(body, start, end)
            if start < end:
                label = "content" if rule is None else "heading" if rule is HEADING else "boilerplate"
                pieces.append({"start": block.start + start, "end": block.start + end, "paragraph": number,
                               "heading": " > ".join(headings), "label": label, "rule": rule.name if rule else "",
                               "reason": rule.reason if rule else "", "text": body[start:end]})  # fmt: skip
        above = block.rule
    return pieces


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The same place without the white space around it."""
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _cut(body: str, text: str, rule: Rule | None, may_open: bool) -> Iterator[tuple[int, int, Rule | None]]:
    """The sentences of a paragraph and the furniture between them; a line of furniture stays whole."""
    if rule not in (None, CAPTION):
        yield 0, len(body), rule
        return
    furniture = [(*match.span(), kind) for kind, pattern in BRACKETS for match in pattern.finditer(body)]
    dateline = DATELINE_PATTERN.match(body) if may_open and rule is None else None
    if dateline and not _is_pair(dateline, body, text):
        furniture.append((0, dateline.end(), DATELINE))
    position = 0
    for start, end, kind in [*sorted(furniture, key=lambda found: found[:2]), (len(body), len(body), None)]:
        if start < position:
            continue  # brackets in brackets
        at = position
        for stop in sentence_ends(body[position:start]):
            linked = rule is None and at > 0 and re.fullmatch(LINES[0][1], body[at : position + stop].strip())
            yield at, position + stop, RELATED_LINK if linked else rule
            at = position + stop
        if kind:
            yield start, end, kind
        position = end


def _is_pair(dateline: re.Match[str], body: str, text: str) -> bool:
    """Whether "Surabaya - Busan ..." names two places: the two stand so joined elsewhere in the text too."""
    place, following = dateline["place"], re.match(r"\s*(\w+)", body[dateline.end() :])
    return bool(place and following and len(re.findall(rf"\b{place}\s?[-–—]\s?{following[1]}\b", text)) > 1)


def _enter(stack: list[str], heading: str, just_after_heading: bool) -> None:
    """Put a heading on the stack: capitals are outermost; one like an earlier one takes its level; else it goes deeper."""
    if heading.isupper():
        stack[:] = [heading]
        return
    if not just_after_heading:
        shape = re.sub(r"[A-Z]", "X", re.sub(r"[^\W\d_A-Z]+", "x", heading))
        for level, other in enumerate(stack):
            same_shape = shape == re.sub(r"[A-Z]", "X", re.sub(r"[^\W\d_A-Z]+", "x", other)) and "-" in shape
            if not other.isupper() and (other.split()[0] == heading.split()[0] or same_shape):
                del stack[level:]
                break
    stack.append(heading)


def _joined(pieces: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Content sentences of one paragraph as one segment; headings and furniture as they are."""
    joined: list[dict[str, Any]] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last["label"] == piece["label"] == "content" and last["paragraph"] == piece["paragraph"]:
            last["end"], last["text"] = piece["end"], text[last["start"] : piece["end"]]
        else:
            joined.append(dict(piece))
    return joined


_SMALL_WORDS = frozenset("akan dalam dengan untuk pada yang dari oleh kerja sama kerjasama bekerja".split())


def _with_repeats(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Mark a standfirst: of the first content segments, one whose words are almost all in a longer one beside it."""
    opening = [(number, piece) for number, piece in enumerate(pieces, 1) if piece["label"] == "content"][:4]
    words = {number: set(re.findall(r"\w{4,}", str(piece["text"]).casefold())) - _SMALL_WORDS for number, piece in opening}
    repeats = dict.fromkeys(range(1, len(pieces) + 1), 0)
    for number, mine in words.items():
        for other, theirs in words.items():
            fewer = (len(mine), -number) < (len(theirs), -other)
            if fewer and len(mine) >= 5 and len(mine & theirs) >= 0.8 * len(mine) and not repeats[other]:
                repeats[number] = repeats[number] or other
    return [{**piece, "repeats": repeats[number]} for number, piece in enumerate(pieces, 1)]
