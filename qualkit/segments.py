"""Documents go in; segments come out: sentences with exact places, headings and boilerplate labelled with the reason."""

from __future__ import annotations

import re
from itertools import combinations, compress
from typing import NamedTuple

import numpy as np
import pandas as pd

from qualkit import furniture
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
    may_have_dateline,
)
from qualkit.indonesian import find_dates, sentence_ends
from qualkit.layout import TALK, Blocks, blocks
from qualkit.signs import Signs, chunks, stand_in
from qualkit.tables import need_columns

UNITS = ("sentences", "paragraphs")
COLUMNS = ("segment", "start", "end", "paragraph", "heading", "label", "rule", "reason", "repeats", "text")


def split(documents: pd.DataFrame, into: str) -> pd.DataFrame:
    """One row per segment: a sentence (or paragraph), a heading, or a piece of page furniture, with its exact place.

    Nothing is deleted. Furniture (datelines, bylines, related links, captions, running heads ...) is labelled with the
    rule that saw it and its reason, so it can be listed, counted and restored. Segments never overlap, and only white
    space lies between them.

    Of a transcript (`kind` interview, focus group or field notes) only what is surely no talk is set aside: the label of a
    speaker before a colon or on a line of its own (`N:`, `[00:12:45] Ibu Sari:`, `PEWAWANCARA`), time codes, numbers and
    running heads at page breaks; and the title above everything is a heading.

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
        under, outermost first, joined by " > "), `speaker` (only where a document is a transcript: who speaks, from one label
        to the next, over all paragraphs of the turn; "" where nobody is named or a label is in doubt), `label` (content,
        heading or boilerplate), `rule` and `reason` (for what is not content, and for content that a person should look
        at: "possible related headline"), `repeats` (the number of the segment of the same document whose words this one
        repeats, else 0) and `text`.

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
    >>> talk = one.assign(kind="interview", text="P: Ada guru?\\nN: Nggak ada\\nP: Baik.")
    >>> segments = split(talk, into="sentences")
    >>> segments.loc[segments["speaker"] != "P", ["speaker", "label", "text"]].values.tolist()
    [['N', 'boilerplate', 'N:'], ['N', 'content', 'Nggak ada']]
    """
    need_columns(documents, ("document", "text"), "documents", "read_corpus")
    if into not in UNITS:
        raise ValueError(f"into='{into}': the unit of analysis is one of: {', '.join(UNITS)}")
    texts = documents["text"].tolist()
    told = (documents[name].tolist() if name in documents else [""] * len(texts) for name in ("title", "author", "kind"))
    titles, authors, kinds = told
    found = [_pieces(texts[part], titles[part], authors[part], kinds[part], into) for part in [*chunks(texts), slice(0)]]
    sizes = np.concatenate([one.sizes for one in found])
    start, end, paragraph, kind, repeats = (np.concatenate(column) for column in zip(*(one[1:6] for one in found), strict=True))
    headings = [pd.array(one.headings, dtype="str").take(one.heading) for one in found]
    table = documents[[name for name in documents.columns if name not in COLUMNS]]
    table = table.take(np.repeat(np.arange(len(texts)), sizes)).reset_index(drop=True)
    speaker = {}
    if not set(TALK).isdisjoint(kinds):
        named = pd.Series([name for one in found for name in one.speaker], dtype="str")
        speaker["speaker"] = named.where(named != "", table.pop("speaker")) if "speaker" in table else named
    columns = {
        "segment": np.arange(len(start)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + 1,
        "start": start,
        "end": end,
        "paragraph": paragraph,
        "heading": pd.concat([pd.Series(column) for column in headings]).array,
        **speaker,
        "label": pd.array([_label(one) for one in _KINDS], dtype="str").take(kind),
        "rule": pd.array([one.name if one else "" for one in _KINDS], dtype="str").take(kind),
        "reason": pd.array([one.reason if one else "" for one in _KINDS], dtype="str").take(kind),
        "repeats": repeats,
        "text": pd.array([text for one in found for text in one.text], dtype="str"),
    }
    return pd.concat([table, pd.DataFrame(columns, copy=False)], axis=1)


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


_KINDS = (None, *(rule for rule in vars(furniture).values() if isinstance(rule, Rule)))
_NUMBER = {rule: number for number, rule in enumerate(_KINDS)}
_OPENING = 5  # so many paragraphs may begin with the dateline, until it is found


class _Pieces(NamedTuple):
    """The segments of some documents: how many each has; place, paragraph, kind (by number) and the piece it repeats of each,
    its heading (by number), its text and who speaks.
    """

    sizes: np.ndarray
    start: np.ndarray
    end: np.ndarray
    paragraph: np.ndarray
    kind: np.ndarray
    repeats: np.ndarray
    heading: np.ndarray
    headings: list[str]
    text: list[str]
    speaker: list[str]


def _label(rule: Rule | None) -> str:
    return "content" if rule in (None, POSSIBLE_LINK) else "heading" if rule is HEADING else "boilerplate"


def _pieces(texts: list[str], titles: list[str], authors: list[str], kinds: list[str], into: str) -> _Pieces:
    """The segments of documents: each block cut at its furniture and its sentence ends."""
    begins = np.cumsum([0, *[len(text) + 1 for text in texts]])
    text = "\n".join(texts)
    signs = Signs(text)
    found = blocks(text, signs, begins[:-1], titles, authors, kinds)
    kind = np.array([_NUMBER[rule] for rule in found.rule], np.intp)
    talk = np.array([one in TALK for one in kinds], bool)
    start, end, which = _segments(text, texts, signs, found, kind, talk[found.document])
    block = np.searchsorted(found.start, start, "right") - 1
    if into == "paragraphs":  # content that follows one another in a paragraph is one segment
        goes_on = (which[1:] == 0) & (which[:-1] == 0) & (block[1:] == block[:-1])
        start, which, block = (column[np.append(True, ~goes_on)[: len(column)]] for column in (start, which, block))
        end = end[np.append(~goes_on, True)[: len(end)]]
    document = found.document[block]
    first = np.searchsorted(document, np.arange(len(texts) + 1))
    words = [text[one:other] for one, other in zip(start.tolist(), end.tolist(), strict=True)]
    headings, heading = _headings(text, found, kind)
    paragraph = block - np.searchsorted(found.document, document) + 1
    repeats = np.where(talk[document], 0, _repeats(words, which, document, first))
    origin = begins[document]
    speaker = [found.speaker[one] for one in block.tolist()] if talk.any() else [""] * len(words)
    places = (start - origin, end - origin, paragraph, which, repeats, heading[block])
    return _Pieces(np.diff(first), *places, headings, words, speaker)


def _segments(text: str, texts: list[str], signs: Signs, found: Blocks, kind: np.ndarray, talk: np.ndarray) -> list[np.ndarray]:
    """Start, end and kind of the segments: those with ordinary ends at once, what needs a closer look block by block."""
    content = kind == 0
    nth = np.cumsum(content) - np.append(0, np.cumsum(content))[np.searchsorted(found.document, found.document)]
    may_open = content & ~talk & (nth <= _OPENING) & may_have_dateline(signs, found.start, found.end)
    ends, closer = signs.ordinary_ends(found.start, found.end)
    told = content | (kind == _NUMBER[CAPTION])
    closer = told & (closer | may_open | (~talk & _may_hold_furniture(text, signs, found)))
    closer |= np.isin(found.start, [*found.heads])
    cuts: list[tuple[int, int, int]] = []
    opened = -1  # the document whose dateline was found last
    columns = (found.start, found.end, found.document, may_open, talk)
    blocks = zip(found.rule, *(column.tolist() for column in columns), strict=True)
    for rule, place, last, document, may, said in compress(blocks, (closer | (kind == _NUMBER[DATELINE])).tolist()):
        if rule is DATELINE:
            opened = document
            continue
        if said:
            head, label = found.heads.get(place, (0, None))
            parts = [(0, head, label)] * (head > 0) + _sentences(text[place:last], head, last - place, rule)
        else:
            parts = _cut(text[place:last], texts[document], rule, may and opened != document)
            opened = document if parts[0][2] is DATELINE else opened
        cuts += [(place + start, place + end, _NUMBER[one]) for start, end, one in parts]
    at = np.searchsorted(found.start, ends, "right") - 1
    at, ends = (column[(told & ~closer)[at]] for column in (at, ends))
    # A block without a closer look begins its first segment and ends its last; one blank stands behind an ordinary end.
    starts, lasts, kinds = np.array(cuts, np.intp).reshape(-1, 3).T
    start, which = np.concatenate([found.start[~closer], ends + 1, starts]), np.concatenate([kind[~closer], kind[at], kinds])
    order = np.argsort(start)
    return [start[order], np.sort(np.concatenate([found.end[~closer], ends, lasts])), which[order]]


def _may_hold_furniture(text: str, signs: Signs, found: Blocks) -> np.ndarray:
    """For each block whether it has what furniture inside a paragraph begins with: a colon, a word, a bracket that looks so."""
    brackets = signs.places(Signs.BRACKET)
    ends = np.maximum(brackets, found.end[np.searchsorted(found.start, brackets, "right") - 1])
    looks = [bool(BRACKETS.match(text, *place)) for place in zip(brackets.tolist(), ends.tolist(), strict=True)]
    words = (signs.words(word) for word in ("Artikel ini", "ADVERTISEMENT"))
    places = (brackets[looks], signs.places(Signs.COLON), *words)
    return np.logical_or.reduce([stand_in(one, found.start, found.end) for one in places])


def _headings(text: str, found: Blocks, kind: np.ndarray) -> tuple[list[str], np.ndarray]:
    """The headings that stand over blocks, and for each block the number of its own; the first is none."""
    named = kind == _NUMBER[HEADING]
    headings = [""]
    stack: list[str] = []
    last = -2
    for number in np.flatnonzero(named).tolist():
        if last < 0 or found.document[last] != found.document[number]:
            stack = []
        _enter(stack, " ".join(text[found.start[number] : found.end[number]].split()), bool(stack) and last == number - 1)
        headings.append(" > ".join(stack))
        last = number
    count = np.cumsum(named)
    before = np.append(0, count)[np.searchsorted(found.document, found.document)]
    return headings, np.where(count > before, count, 0)


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
        cuts += _sentences(body, position, start, rule)
        if kind:
            cuts.append((start, end, kind))
        position = end
    if rule is None and len(cuts) > 1 and (":" in body or "Artikel ini" in body):
        cuts[1:] = [(start, end, kind or furniture_inside(body[start:end])) for start, end, kind in cuts[1:]]
    return cuts


def _sentences(body: str, start: int, end: int, rule: Rule | None) -> list[tuple[int, int, Rule | None]]:
    """The sentences of a part of a paragraph."""
    part, at = body[start:end], 0
    cuts = []
    for stop in sentence_ends(part):
        while part[at].isspace():
            at += 1
        cuts.append((start + at, start + stop, rule))
        at = stop
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


_SMALL_WORDS = frozenset("akan dalam dengan untuk pada yang dari oleh kerja sama kerjasama bekerja".split())


def _repeats(words: list[str], kind: np.ndarray, document: np.ndarray, first: np.ndarray) -> np.ndarray:
    """For each segment 0, but for a standfirst the number of the longer one beside it that holds almost all of its words.

    Only the first four segments of content of a document are compared.
    """
    repeats = np.zeros(len(words), np.intp)
    content = np.flatnonzero(kind == 0)
    bounds = np.searchsorted(document[content], np.arange(len(first))).tolist()
    numbers = content.tolist()
    for start, last, opens in zip(bounds, bounds[1:], first.tolist(), strict=False):
        opening = numbers[start : min(start + 4, last)]
        rough = sorted([set(words[number].split()) for number in opening], key=len)
        if [1 for one, other in combinations(rough, 2) if len(one & other) >= 0.4 * len(one)]:  # as in few texts
            for number, other in _repeated({number: words[number] for number in opening}).items():
                repeats[number] = other - opens + 1
    return repeats


def _repeated(texts: dict[int, str]) -> dict[int, int]:
    """Which of some texts hold almost no words that a longer one has not, and the number of that one."""
    words = {number: set(re.findall(r"\w{4,}", text.casefold())) - _SMALL_WORDS for number, text in texts.items()}
    found: dict[int, int] = {}
    for number, mine in words.items():
        for other, theirs in words.items():
            fewer = (len(mine), -number) < (len(theirs), -other)
            if fewer and len(mine) >= 5 and len(mine & theirs) >= 0.8 * len(mine) and other not in found:
                found.setdefault(number, other)
    return found
