"""Documents go in; segments come out: sentences with exact places, headings and boilerplate labelled with the reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from qualkit.indonesian import DAYS, LIST_MARKER, MONTHS, find_dates, sentence_ends
from qualkit.tables import need_columns

UNITS = ("sentences", "paragraphs")
LABELS = ("content", "heading", "boilerplate")


@dataclass(frozen=True)
class Rule:
    """A kind of page furniture: its name, why it is not content, and what it looks like."""

    name: str
    reason: str
    pattern: re.Pattern[str]


def _rule(name: str, reason: str, pattern: str, flags: int = 0) -> Rule:
    return Rule(name, reason, re.compile(pattern, flags | re.DOTALL))


_DAY, _MONTH = "|".join(DAYS), "|".join(month[:3] for month in MONTHS)
_RELATED = r"(?:baca(?: juga| selengkapnya)?|lihat(?: juga| pula)|simak(?: juga| pula)?|tonton(?: juga)?|artikel terkait|berita terkait)"
_ROLE = (
    r"(?:pewarta|penulis|reporter|wartawan|jurnalis|kontributor|koresponden|oleh|editor|redaktur|penyunting|penerjemah|sumber)"
)
_AGENCY = r"(?:antara|afp|reuters|ap|getty|detik\w*|kompas\w*|tempo|cnn|foto|photo|dok\.?|istimewa|shutterstock|xinhua|yonhap)"

# One paragraph (or line) of furniture, tried in this order.
PARAGRAPH_RULES = (
    _rule("related link", "points to another article", rf"{_RELATED}\s*:.*", re.I),
    _rule(
        "advertisement",
        "advertisement or its place holder",
        r"(?:advertisement|iklan|advertorial|sponsored|promoted|scroll (?:to|untuk)\b.*|gulir (?:untuk|ke)\b.*"
        r"|lanjut(?:kan)? (?:membaca|gulir)\b.*|(?:artikel|konten) (?:berlanjut|berlangsung)\b.*)",
        re.I,
    ),
    _rule("byline", "names who wrote or edited", rf"{_ROLE}\s*:\s*\S.{{0,80}}", re.I),
    _rule("byline", "names who wrote or edited", r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4} [|•·] [\w. -]{2,40}"),
    _rule(
        "timestamp",
        "says when the page was published",
        rf"(?:(?:diperbarui|dipublikasikan|terbit|tayang)\s*:?\s*)?(?:(?:{_DAY})\s*,?\s*)?\d{{1,2}}[ /.-]"
        rf"(?:(?:{_MONTH})\w*|\d{{1,2}})[ /.-]\d{{4}}(?:\s*[,|-]?\s*(?:pukul\s*)?\d{{1,2}}[:.]\d\d(?::\d\d)?)?(?:\s*(?:WIB|WITA|WIT|GMT\S*))?",
        re.I,
    ),
    _rule("page footer", "foot of a printed page", r"(?=.*(?:©|\(c\)|copyright|jurnal|issn|doi))(?=.*\b(?:vol\.|hal\.|halaman|hlm\.|issn)).{0,200}", re.I),
    _rule("copyright", "claims the rights in the page", r"(?:copyright|hak cipta|©|\(c\)\s*\d{4}|seluruh hak|all rights).{0,200}", re.I),
    _rule("keywords", "lists the keywords of an article", r"(?:kata[ -]kunci|key ?words?|tags?|topik(?: terkait)?)\s*:.{0,300}", re.I),
    _rule(
        "navigation",
        "part of the page, not of the article",
        r"(?:(?:cek|ikuti|dapatkan|temukan|lihat|simak|baca|gabung|unduh|download|follow)\b.{0,80}\b(?:google news|whatsapp|telegram"
        r"|channel|kanal|saluran|aplikasi|newsletter|instagram|youtube)\b.{0,80}|halaman (?:selanjutnya|berikutnya|sebelumnya)"
        r"|selanjutnya|bagikan|share|komentar|terpopuler|terkini|berita (?:terkini|populer|lainnya|terkait)|lihat semua|memuat.{0,20}|loading.{0,20})",
        re.I,
    ),
    _rule("page number", "number of a printed page", r"(?:halaman\s+|hal\.\s*)?\d{1,4}(?:\s+(?:dari|of)\s+\d{1,4})?|- ?\d{1,4} ?-", re.I),
)  # fmt: skip
# Furniture in brackets inside a paragraph.
BRACKET_RULES = (
    _rule("related link", "points to another article", rf"[(\[]\s*{_RELATED}\s*:[^()\[\]]*[)\]]", re.I),
    _rule("credit", "credits the picture", rf"\(\s*(?:{_AGENCY}\b)[^()]{{0,80}}/[^()]{{1,60}}\)", re.I),
    _rule("credit", "initials of the desk", r"[(\[][a-z]{2,5}(?:/[a-z]{2,5}){0,3}[)\]](?=\s*$)"),
    _rule("advertisement", "place holder of a picture or a film", r"\[gambas:[^\]]*\]", re.I),
)
DATELINE = _rule(
    "dateline",
    "says where the report was filed",
    r"(?=.{3,80}?(?:--|[-–—])\s)(?:"
    r"[A-Z][\w.]*\.(?:com|co\.id|id|net|tv|news)\b[^.!?\n]{0,40}?\s*(?:--|[-–—])"  # Bisnis.com, JAKARTA -
    r"|[A-Z][\w ]{1,40}?(?:,\s*\d{1,2}/\d{1,2}(?:/\d{2,4})?)?\s*\([\w ./]{2,30}\)\s*(?:--|[-–—])"  # Medan, 25/5 (Antara) -
    r"|[A-Z][A-Z .]{2,40}(?:,\s*[\w. ]{2,30})?\s*(?:--|[-–—])"  # JAKARTA, KOMPAS --
    r"|[A-Z][\w ]{1,30},\s*[A-Z][\w. ]{2,30}?\s*(?:--|[–—]|-(?=\s))"  # Jakarta, CNN Indonesia --
    r")(?=\s)",
)
_CAPTION = re.compile(rf"\(\s*(?:{_AGENCY}\b)[^()]{{0,80}}\)\s*$|^(?:foto|keterangan foto|ilustrasi)\s*:", re.I)
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’'»)\]]*\s*$|[.!?…]\s*\([^()]*\)\s*$")
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
        if rule == "byline":
            name, _, outlet = text.partition("|") if "|" in text else (text.partition(":")[2], "", "")
            rows.append({**place, "field": "author", "value": name.strip(), "written": text, "weekday_fits": None})
            if outlet:
                rows.append({**place, "field": "outlet", "value": outlet.strip(), "written": text, "weekday_fits": None})
        if rule == "dateline":
            named = re.search(r"\(([\w ./]+)\)|^([\w.]+\.(?:com|id|net|tv|news))|,\s*([A-Z][\w. ]+?)\s*[-–—]", text)
            if named and not (named[3] or "").isupper():
                value = next(part for part in named.groups() if part)
                rows.append({**place, "field": "outlet", "value": value, "written": text, "weekday_fits": None})
    return pd.DataFrame(rows, columns=["document", "segment", "field", "value", "written", "weekday_fits"])


# --- lines to paragraphs ---


@dataclass
class _Block:
    start: int
    end: int
    label: str = "content"
    rule: str = ""
    reason: str = ""


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each line that is not blank, and whether it opens a page or follows a blank line."""
    fresh = True
    for match in re.finditer(r"[^\n\x0c]*(?:\n|\x0c|$)", text):
        line = match.group()
        if not line.strip():
            fresh = fresh or bool(line)
            continue
        start = match.start() + len(line) - len(line.lstrip())
        yield start, match.start() + len(line.rstrip()), fresh or line[0].isspace()
        fresh = False


def _is_wrapped(text: str) -> bool:
    """Whether lines end where the page was full, as in text copied from a printed page, not where a paragraph ends."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    inner = [line for line in re.findall(r"([^\n]+)\n(?=[^\n]*\S)", text) if line.strip()]
    full = sum(not _ENDS_SENTENCE.search(line) for line in inner)
    return len(inner) >= 5 and full > len(inner) / 2 and _width(lines) <= 130 and max(map(len, lines)) <= 200


def _width(lines: list[str]) -> int:
    """The length that nine lines in ten do not exceed: how wide a wrapped page was set."""
    return sorted(map(len, lines))[len(lines) * 9 // 10] if lines else 0


def _looks_like_heading(line: str, width: int) -> bool:
    """A short line without a stop that begins like a title: in capitals, mostly capitalised, or well short of the page."""
    words = line.split()
    long_words = [word for word in words if len(word) > 3] or words
    capitalised = sum(word[0].isupper() for word in long_words) / len(long_words)
    return (
        len(words) <= 14
        and len(line) <= 100
        and not line.endswith((".", ",", ";", ":", "-", "?", "!", '"', "”", ")"))
        and (line[0].isupper() or line[0].isdigit())
        and any(character.isalpha() for character in line)
        and (capitalised >= 0.5 or len(line) < 0.6 * width)
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text).casefold()


def _furniture(line: str) -> Rule | None:
    return next((rule for rule in PARAGRAPH_RULES if rule.pattern.fullmatch(line.strip())), None)


_RUNNING_HEAD = Rule("running head", "repeats author or title at the head of a page", re.compile(""))
_REPEATED = Rule("running head", "the same line stands on several pages", re.compile(""))


def _blocks(text: str, title: str, author: str) -> list[_Block]:
    """Paragraphs, headings and furniture lines of a document, in order."""
    wrapped = _is_wrapped(text)
    lines = list(_lines(text))
    width = _width([text[start:end] for start, end, _ in lines]) if wrapped else 200
    shapes = Counter(re.sub(r"\d+", "#", text[start:end]) for start, end, _ in lines)
    blocks: list[_Block] = []
    open_block: _Block | None = None
    for number, (start, end, fresh) in enumerate(lines):
        line = text[start:end]
        before = text[open_block.start : open_block.end] if open_block else ""
        unfinished = bool(before) and not _ENDS_SENTENCE.search(before)
        rule = _furniture(line)
        if wrapped and rule is None and len(line) < 120 and shapes[re.sub(r"\d+", "#", line)] >= 3:
            rule = _REPEATED
        after_furniture = bool(blocks) and blocks[-1].label == "boilerplate" and open_block is None
        if wrapped and rule is None and open_block is None and (after_furniture or fresh):
            head = _running_head(text, lines, number, title, author)
            if head:
                blocks.append(_Block(start, head, "boilerplate", _RUNNING_HEAD.name, _RUNNING_HEAD.reason))
                continue
        if blocks and blocks[-1].end >= end:
            continue  # the second line of a running head
        if rule:
            open_block = None
            blocks.append(_Block(start, end, "boilerplate", rule.name, rule.reason))
            continue
        last = number + 1 == len(lines)
        apart = last or lines[number + 1][2]
        is_heading = (
            fresh and _looks_like_heading(line, width) and ((apart and not unfinished) or (line.isupper() and len(line) > 3))
        )
        if is_heading and (wrapped or _is_news_heading(text, lines, number, blocks)):
            open_block = None
            blocks.append(_Block(start, end, "heading", "heading", "names what follows"))
            continue
        item = LIST_MARKER.match(line) and (fresh or not unfinished)
        goes_on = open_block is not None and wrapped and not item and (not fresh or unfinished or line[0].islower())
        if goes_on and open_block is not None:
            open_block.end = end
        else:
            open_block = _Block(start, end)
            blocks.append(open_block)
    if not wrapped:
        _label_news_lines(text, blocks)
    return blocks


def _running_head(text: str, lines: list[tuple[int, int, bool]], number: int, title: str, author: str) -> int:
    """Where a running head that begins at this line ends (it may go on over the next two lines); 0 where none does."""
    wanted = _letters(title)
    if len(wanted) < 12:
        return 0
    for last in range(number, min(number + 3, len(lines))):
        found = _letters(text[lines[number][0] : lines[last][1]])
        rest = found.replace(wanted, "", 1) if wanted in found else None
        if rest is not None and len(rest) <= max(len(_letters(author)) + 6, 20) and (last > number or rest):
            return lines[last][1]
    return 0


def _is_news_heading(text: str, lines: list[tuple[int, int, bool]], number: int, blocks: list[_Block]) -> bool:
    """A headline stands before all content; a subheading is short, before content, and not all in capitals."""
    start, end, _ = lines[number]
    if not any(block.label == "content" for block in blocks):
        return True
    body_follows = any(len(text[s:e]) > 150 for s, e, _ in lines[number + 1 :])
    return body_follows and len(text[start:end].split()) <= 10 and not text[start:end].isupper()


def _label_news_lines(text: str, blocks: list[_Block]) -> None:
    """Captions (a paragraph that ends with a picture credit) and capital lines of page navigation."""
    for block in blocks:
        line = text[block.start : block.end]
        if block.label != "content":
            continue
        if _CAPTION.search(line):
            block.label, block.rule, block.reason = "boilerplate", "caption", "describes a picture, not the event reported"
        elif line.isupper() and len(line.split()) <= 8 and not _ENDS_SENTENCE.search(line):
            block.label, block.rule, block.reason = "boilerplate", "navigation", "part of the page, not of the article"


# --- paragraphs to segments ---


def _pieces(text: str, title: str, author: str) -> list[dict[str, object]]:
    pieces: list[dict[str, object]] = []
    stack: list[str] = []
    dateline_seen, just_after_heading = False, False
    for paragraph, block in enumerate(_blocks(text, title, author), 1):
        body = text[block.start : block.end]

        def add(start: int, end: int, label: str, rule: str, reason: str, paragraph: int = paragraph) -> None:
            start += len(text[start:end]) - len(text[start:end].lstrip())
            end -= len(text[start:end]) - len(text[start:end].rstrip())
            if start < end:
                pieces.append({"start": start, "end": end, "paragraph": paragraph, "heading": " > ".join(stack), "label": label,
                               "rule": rule, "reason": reason, "text": text[start:end]})  # fmt: skip

        if block.label == "heading":
            _enter(stack, re.sub(r"\s+", " ", body), just_after_heading)
            add(block.start, block.end, block.label, block.rule, block.reason)
            just_after_heading = True
            continue
        if block.label == "boilerplate" and block.rule != "caption":
            add(block.start, block.end, block.label, block.rule, block.reason)
            continue
        just_after_heading = False
        furniture = [(match.start(), match.end(), rule) for rule in BRACKET_RULES for match in rule.pattern.finditer(body)]
        dateline = None if dateline_seen or block.label != "content" else DATELINE.pattern.match(body)
        if dateline:
            furniture.append((0, dateline.end(), DATELINE))
            dateline_seen = True
        position = 0
        for start, end, rule in sorted(furniture, key=lambda found: found[:2]):
            if start < position:
                continue
            _sentences(body, position, start, block, add)
            add(block.start + start, block.start + end, "boilerplate", rule.name, rule.reason)
            position = end
        _sentences(body, position, len(body), block, add)
    return pieces


def _sentences(body: str, start: int, end: int, block: _Block, add) -> None:  # type: ignore[no-untyped-def]
    at = start
    for stop in sentence_ends(body[start:end]):
        add(block.start + at, block.start + start + stop, block.label, block.rule, block.reason)
        at = start + stop


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


def _joined(pieces: list[dict[str, object]], text: str) -> list[dict[str, object]]:
    """Content sentences of one paragraph as one segment; headings and furniture as they are."""
    joined: list[dict[str, object]] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last["label"] == piece["label"] == "content" and last["paragraph"] == piece["paragraph"]:
            last["end"], last["text"] = piece["end"], text[last["start"] : piece["end"]]  # type: ignore[misc]
        else:
            joined.append(dict(piece))
    return joined


_SMALL_WORDS = frozenset("akan dalam dengan untuk pada yang dari oleh kerja sama kerjasama bekerja".split())


def _with_repeats(pieces: list[dict[str, object]]) -> list[dict[str, object]]:
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
