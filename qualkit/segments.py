"""Documents go in; segments come out: sentences with exact places, headings and boilerplate labelled with the reason."""

from __future__ import annotations

import difflib
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from qualkit.indonesian import DAYS, LIST_MARKER, MONTHS, find_dates, sentence_ends
from qualkit.tables import need_columns

UNITS = ("sentences", "paragraphs")


class Rule(NamedTuple):
    """Why a piece of a document is no content: the rule's name and its reason."""

    name: str
    reason: str


HEADING = Rule("heading", "names what follows")
ADVERTISEMENT = Rule("advertisement", "advertisement or its place holder")
BYLINE = Rule("byline", "names who wrote or edited")
CAPTION = Rule("caption", "describes a picture, not the event reported")
COPYRIGHT = Rule("copyright", "claims the rights in the page")
CREDIT = Rule("credit", "credits the picture")
DESK = Rule("credit", "initials of the desk")
DATELINE = Rule("dateline", "says where the report was filed")
KEYWORDS = Rule("keywords", "lists the keywords of an article")
NAVIGATION = Rule("navigation", "part of the page, not of the article")
PAGE_FOOTER = Rule("page footer", "foot of a printed page")
PAGE_NUMBER = Rule("page number", "number of a printed page")
RELATED_LINK = Rule("related link", "points to another article")
REPEATED = Rule("running head", "the same line stands on several pages")
RUNNING_HEAD = Rule("running head", "repeats author or title at the head of a page")
TIMESTAMP = Rule("timestamp", "says when the page was published")

# --- what furniture looks like ---
# A line of content that is taken for furniture is lost to the analysis; a line of furniture that is taken for content costs
# a coder one look. So every pattern must fit the whole line, and where it has an open part (names, titles of articles) the
# line must not read like a sentence: it has no full stop at its end, or nobody speaks in it.

_DAY, _MONTH = "|".join(DAYS), "|".join(month[:3] for month in MONTHS)
_DATE = rf"\d{{1,2}}[ /.-](?:(?:{_MONTH})\w*|\d{{1,2}})[ /.-]\d{{4}}"
_SITE = r"[\w-]+\.(?:com|co\.id|co|go\.id|or\.id|id|net|tv|news)"
_OUTLET = (
    rf"(?:{_SITE}|antara(?: news| foto)?|detik\w*|kompas(?: ?tv)?|tempo|cnn indonesia|cnbc indonesia|republika|afp|reuters|ap"
    r"|xinhua|yonhap)"
)
_PICTURE = r"(?:(?:antara |reuters/?|afp )?(?:foto|photo)|dok\b|dokumentasi|istimewa|ist\b|shutterstock|getty|ilustrasi|tangkapan layar)"
_NAME = r"(?:[A-Z][\w.'’-]*|bin|binti|van|de|dan|&)"  # a word of a name
_NAMES = (
    rf"(?:{_NAME}(?:[ ,]+{_NAME}){{0,9}}|[a-z]{{2,5}}(?:[/-]\w{{1,5}}){{1,4}}|[a-z]{{2,4}})"  # Rina Lestari, M.Si. · rin/c7
)
_NO_STOP = r"(?!.*(?<!\.\.)\.\s*$)"  # "..." at the end is a title cut short
_NOBODY_SPEAKS = r"(?!.*\b(?-i:kata|ujar|ucap|tutur|jelas|ungkap|tegas|sebut)(?:nya)?\b)"
_ROLE = r"(?i:pewarta|penulis|reporter|wartawan|jurnalis|kontributor|koresponden|laporan|oleh|editor|redaktur|penyunting|penerjemah|uploader)"
_RELATED = r"(?:baca(?: juga| selengkapnya)?|(?:lihat|simak|tonton) (?:juga|pula)(?: video)?|simak video|(?:artikel|berita) terkait|pilihan editor)"


def _pattern(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(pattern, flags | re.DOTALL)


# One line (or unwrapped paragraph) of furniture, tried in this order.
LINES = (
    (RELATED_LINK, _pattern(rf"{_NO_STOP}{_RELATED}\s*:.*")),
    (ADVERTISEMENT, _pattern(
        rf"{_NO_STOP}(?:advertisement|iklan|advertorial|sponsored|promoted|(?:scroll|gulir) (?:to|untuk|ke)\b.{{0,60}}"
        r"|lanjut(?:kan)? (?:membaca|gulir)\b.{0,60}|(?:artikel|konten) (?:berlanjut|berlangsung)\b.{0,60})")),
    (BYLINE, _pattern(rf"{_ROLE}\s*:\s*{_NAMES}", 0)),  # Pewarta: Rina Lestari
    (BYLINE, _pattern(rf"{_NAME}(?: {_NAME}){{0,4}} (?:[|•·]|-(?= (?i:{_OUTLET})$)) [\w. -]{{2,40}}", 0)),  # Rina Lestari | Outlet
    (BYLINE, _pattern(rf"sumber\s*:\s*{_OUTLET}(?:\s*/\s*{_OUTLET})*")),
    (BYLINE, _pattern(r"(?:(?:e-?mail|surel|korespondensi)\s*:\s*)?[\w.+-]+@[\w.-]+\w(?:\s*[,;]\s*[\w.+-]+@[\w.-]+\w)*")),
    (TIMESTAMP, _pattern(
        rf"(?:{_SITE}\s*[-–|,]\s*)?(?:(?:di)?(?:perbarui|publikasikan|terbitkan|terbit|tayang|posting|unggah)(?: pada)?\s*:?\s*)?"
        rf"(?:(?:{_DAY})\s*,?\s*)?{_DATE}"
        r"(?:\s*[,|-]?\s*(?:pukul\s*)?\d{1,2}[:.]\d\d(?::\d\d)?)?(?:\s*(?:WIB|WITA|WIT|GMT\S*))?")),
    (TIMESTAMP, _pattern(rf"(?:(?:diterima|direvisi|disetujui|dipublikasikan|received|revised|accepted|published)\s*:\s*{_DATE}[\s,;|.]*)+")),
    (PAGE_FOOTER, _pattern(
        r"(?!.*\.\s*$)(?=.*\b(?:vol(?:ume)?\b|hal\.|halaman|hlm\.|e?-?issn|doi))"
        r"(?:©|\(c\)|(?:copyright|hak cipta|jurnal|journal|[pe]?-?issn|doi|vol)\b).{0,200}"
        r"|https?://(?:dx\.)?doi\.org/\S+")),
    (COPYRIGHT, _pattern(
        r"(?:(?:copyright|hak cipta)\s*)?(?:©|\(c\)).{0,200}|copyright\s+(?:19|20)\d\d\b.{0,120}"
        r"|(?:seluruh )?hak cipta dilindungi(?: oleh)?(?: undang-undang)?\.?|all rights reserved\.?"
        r"|dilarang (?:keras )?\w+ (?:konten|isi|artikel|berita|seluruh|sebagian)\b.{0,150}\bizin\b.{0,80}")),
    (KEYWORDS, _pattern(rf"{_NO_STOP}(?:kata[ -]kunci|key ?words?|tags?|topik(?: terkait)?)\s*:{_NOBODY_SPEAKS}.{{0,300}}")),
    (NAVIGATION, _pattern(
        rf"{_NOBODY_SPEAKS}(?=.*\b(?:berita|artikel|update|informasi|konten)\b)"
        r"(?:cek|ikuti|dapatkan|temukan|lihat|simak|baca|gabung|unduh|download|follow)\b"
        r".{0,200}\b(?:google news|whatsapp|telegram|channel|kanal|saluran|aplikasi|newsletter|instagram|youtube)\b.{0,80}")),
    (NAVIGATION, _pattern(
        r"halaman (?:selanjutnya|berikutnya|sebelumnya)|selanjutnya|sebelumnya|beranda|home|berita|bagikan(?: ke)?:?|share"
        r"|salin tautan|copy link|komentar|terpopuler|terkini|berita (?:terkini|populer|lainnya|terkait)|lihat semua|facebook"
        r"|twitter|instagram|whatsapp|telegram|(?:memuat|loading)(?: ?\.\.\.| ?…)?|dibaca:? [\d.]+ kali|[\d.]+ (?:views?|komentar)")),
    # A year that stands alone is part of what is told.
    (PAGE_NUMBER, _pattern(r"(?:(?:halaman|hal\.)\s+)?(?!(?:19|20)\d\d$)\d{1,4}(?:\s+(?:dari|of)\s+\d{1,4})?|[-–] ?\d{1,4} ?[-–]")),
)  # fmt: skip
# Furniture in brackets inside a paragraph.
BRACKETS = (
    (RELATED_LINK, _pattern(rf"[(\[]\s*{_RELATED}\s*:[^()\[\]]*[)\]]")),
    (CREDIT, _pattern(rf"\(\s*(?:{_OUTLET}|{_PICTURE})[^()/]{{0,60}}/\s*[A-Za-z][^()]{{1,60}}\)")),
    (DESK, _pattern(r"[(\[][a-z]{2,5}(?:/[a-z]{2,5}){0,3}[)\]](?=\s*$)", 0)),
    (ADVERTISEMENT, _pattern(r"\[gambas:[^\]]*\]")),
)
# A place and an outlet, a date or both before a dash, and then the report.
_DATELINE = _pattern(
    r"(?:"
    rf"(?i:{_SITE})(?:,\s*[A-Z][\w .]{{1,30}}?)?"  # Bisnis.com, JAKARTA -
    r"|[A-Z][\w ./]{1,40}?(?:,\s*\d{1,2}/\d{1,2}(?:/\d{2,4})?)?\s*\([\w ./]{2,30}\)"  # Medan, 25/5 (Antara) -
    r"|[A-Z][A-Z .]{2,40}(?:,\s*[\w. ]{2,30})?"  # JAKARTA, KOMPAS --
    r"|[A-Z][\w ]{1,30},\s*[A-Z0-9][\w. ]{2,30}?"  # Jakarta, CNN Indonesia --
    r"|(?P<place>[A-Z]\w+(?: [A-Z]\w+){0,2})"  # Jakarta -
    r")\s*(?:--|[–—]|(?<=[\s).])-)(?=\s+[\"“‘'(]*[A-Z0-9])",
    0,
)
_PICTURE_CREDIT = _pattern(rf"\([^()]{{0,30}}\b{_PICTURE}[^()]{{0,80}}\)$")
_AGENCY_CREDIT = _pattern(rf"\(\s*{_OUTLET}\s*/[^()]{{2,60}}\)$|[.\s](?-i:[A-Z]{{3,}})/(?-i:[A-Z])[\w .-]{{2,40}}$")
_CAPTION_MARK = _pattern(r"(?:foto|keterangan foto|ilustrasi)\s*:.*")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’'»)\]]*\s*$|[.!?…]\s*[(\[][^()\[\]]*[)\]]\s*$")
# The parts of a journal article: headings wherever they stand alone on a line.
_SECTION = _pattern(
    r"(?:(?:\d{1,2}|[IVX]{1,4}|[A-H])\.?\s+)?(?:abstra[ck]t?|pendahuluan|latar belakang|tinjauan pustaka"
    r"|kajian (?:pustaka|teori)|landasan teori|kerangka (?:teori|konsep\w*)|metod(?:e|ologi)(?: penelitian)?"
    r"|hasil(?: dan pembahasan| penelitian)?|pembahasan|analisis|kesimpulan(?: dan saran)?|simpulan|penutup|saran"
    r"|ucapan terima kasih|daftar (?:pustaka|rujukan)|referensi"
    r"|introduction|methods?|results(?: and discussion)?|discussion|conclusions?|references)"
)
_HANGING = frozenset("dan atau serta di ke dari yang untuk pada dengan oleh bagi sebagai of the and in".split())
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
            named = re.search(rf"\(([A-Z][\w ./]+)\)|^((?i:{_SITE}))|,\s*([A-Z][\w. ]+?)\s*[-–—]", text)
            if named and not (named[3] or "").isupper():  # JAKARTA, as in "Bisnis.com, JAKARTA"
                value = next(part for part in named.groups() if part)
                rows.append({**place, "field": "outlet", "value": value, "written": text, "weekday_fits": None})
    return pd.DataFrame(rows, columns=["document", "segment", "field", "value", "written", "weekday_fits"])


# --- lines to paragraphs ---


class _Line(NamedTuple):
    """A line that is not blank: its place, its text, whether it opens a paragraph, and whether it is the first of a page."""

    start: int
    end: int
    text: str
    fresh: bool
    page: bool


@dataclass
class _Block:
    """A paragraph, a heading or a piece of furniture; `rule` is None for content."""

    start: int
    end: int
    rule: Rule | None = None


def _lines(text: str) -> list[_Line]:
    """The lines that are not blank. A blank line before, a page break or a deeper indentation than usual makes one fresh."""
    places = [
        (match.start(), match.group()) for match in re.finditer(r"[^\n\r\x0c\u2028\u2029]+", text) if match.group().strip()
    ]
    indents = [len(line) - len(line.lstrip()) for _, line in places]
    usual = statistics.median_low(indents) if indents else 0
    lines: list[_Line] = []
    above = 0
    for (place, line), indent in zip(places, indents, strict=True):
        start, end = place + indent, place + len(line.rstrip())
        between = text[above:start]
        page = bool(lines) and "\x0c" in between
        blank = len(re.findall(r"\r\n|[\n\r\u2028\u2029]", between)) > 1
        lines.append(_Line(start, end, text[start:end], not lines or page or blank or indent > usual, page))
        above = end
    return lines


def _width(lines: list[_Line]) -> int:
    """The length that nine lines in ten do not exceed: how wide a wrapped page was set."""
    return sorted(len(line.text) for line in lines)[len(lines) * 9 // 10] if lines else 0


def _is_wrapped(lines: list[_Line]) -> bool:
    """Whether lines end where the page was full, as in text copied from a printed page, not where a paragraph ends.

    So it is where most lines with another right below them stop in mid-sentence, and those that go on in small letters
    (two at least, and no items of a list) are about as wide as the page.
    """
    pairs = [(line.text, below.text) for line, below in pairwise(lines) if not below.fresh]
    broken = [(above, below) for above, below in pairs if not _ends_sentence(above)]
    on = [
        len(above) for above, below in broken if below[0].islower() and above[-1] not in ":;" and not LIST_MARKER.match(below)
    ]
    if len(on) < 2 or len(broken) <= len(pairs) / 2 or max(len(line.text) for line in lines) > 200:
        return False
    width = _width(lines)
    return 30 <= width <= 130 and statistics.median(on) > 0.6 * width


def _ends_sentence(text: str) -> bool:
    return bool(_ENDS_SENTENCE.search(text[-200:]))


def _furniture(text: str) -> Rule | None:
    return next((rule for rule, pattern in LINES if pattern.fullmatch(text)), None)


def _blocks(text: str, title: str, author: str) -> list[_Block]:
    """Paragraphs, headings and furniture lines of a document, in order."""
    lines = _lines(text)
    wrapped = _is_wrapped(lines)
    rules = _printed_furniture(lines, title, author) if wrapped else _web_furniture(lines)
    width = _width(lines)
    blocks: list[_Block] = []
    content: _Block | None = None  # the paragraph that is still open
    told = False  # whether any content stands above
    for number, line in enumerate(lines):
        rule, above = rules[number], rules[number - 1] if number else None
        unfinished = content is not None and not _ends_sentence(text[max(content.start, content.end - 200) : content.end])
        if rule is None and _is_heading(lines, rules, number, unfinished, told, width if wrapped else None):
            rule = HEADING
        goes_on = rule in (RUNNING_HEAD, KEYWORDS) and rule == above
        goes_on = goes_on or (rule is HEADING and above is HEADING and not line.fresh and line.text.isupper() and wrapped)
        if rule is None and wrapped and content is not None:
            item = LIST_MARKER.match(line.text) and (line.fresh or _may_open_item(lines[number - 1].text))
            goes_on = not item and (not line.fresh or unfinished or line.text[0].islower())
        if goes_on:
            blocks[-1].end = line.end
        else:
            blocks.append(_Block(line.start, line.end, rule))
            content = None if rule else blocks[-1]
        rules[number] = rule
        told = told or rule is None
    return blocks


def _may_open_item(above: str) -> bool:
    """Whether a list marker below this line can begin an item, and is no wrapped "pasal / 2. " in mid-sentence."""
    return _ends_sentence(above) or bool(re.search(r"(?:[:;,]|\b(?:dan|atau|serta))$", above))


# --- furniture ---


def _web_furniture(lines: list[_Line]) -> list[Rule | None]:
    """For each line of a page on which a line is a paragraph: the rule that it is furniture by, or None."""
    rules = [_furniture(line.text) for line in lines]
    sentences = [number for number, line in enumerate(lines) if rules[number] is None and _ends_sentence(line.text)]
    if not sentences:
        return rules
    first, last = sentences[0], sentences[-1]
    report = next((number for number, line in enumerate(lines) if rules[number] is None and _DATELINE.match(line.text)), first)
    closed = False
    for number, line in enumerate(lines):
        if rules[number] is not None:
            # Below the last sentence: who wrote it, whose it is, what it is about. Nothing is told after that.
            closed = closed or (number > last and rules[number] in (BYLINE, COPYRIGHT, KEYWORDS))
            continue
        above = lines[number - 1].text if number else ""
        # Local papers and town halls sign their last paragraph as others sign a picture: "... selesai. (Antara/Rina)". So a
        # picture's credit counts where the report goes on below it, an agency's only where the report has not yet begun.
        told_below, report_below = number < last, number < min(last, max(report, first + 1))
        picture = _PICTURE_CREDIT.search(line.text) or _CAPTION_MARK.fullmatch(line.text)
        if (told_below and picture) or (report_below and _AGENCY_CREDIT.search(line.text)):
            rules[number] = CAPTION
        elif number and rules[number - 1] is RELATED_LINK and above.endswith(":") and not _ends_sentence(line.text):
            rules[number] = RELATED_LINK  # "Lihat juga :" and the title on the line below
        elif (
            number > last and len(line.text.split()) <= 8 and (closed or line.text.isupper()) and not _ends_sentence(line.text)
        ):
            rules[number] = NAVIGATION  # a heading with nothing to name
    return rules


def _printed_furniture(lines: list[_Line], title: str, author: str) -> list[Rule | None]:
    """For each line of a text copied from printed pages: the rule that it is furniture by, or None.

    A line in the middle of a paragraph is the paragraph's, whatever it looks like ("2019", "Jurnal Laut, Vol. 3" in a list
    of references). Furniture stands at the edge of a page or apart.
    """
    looks = [_furniture(line.text) for line in lines]
    for number, line in enumerate(lines):
        if looks[number] is None and _letters(line.text) == _letters(author) != "":
            looks[number] = BYLINE
        elif looks[number] is None and _letters(line.text) == _letters(title) != "" and all(looks[:number]):
            looks[number] = HEADING  # the title itself, above everything
    for number in _repeated(lines, looks):
        looks[number] = REPEATED
    rules: list[Rule | None] = [None] * len(lines)
    for number, rule in enumerate(looks):
        beside = {looks[near] for near in (number - 1, number + 1) if 0 <= near < len(lines)}
        if rule is None or (rule is PAGE_NUMBER and PAGE_NUMBER in beside and not _at_page_break(lines, number)):
            continue  # numbers one below the other are a table's
        above = lines[number].fresh or looks[number - 1] or _ends_sentence(lines[number - 1].text)
        below = (
            number + 1 == len(lines)
            or lines[number + 1].fresh
            or looks[number + 1]
            or _SECTION.fullmatch(lines[number + 1].text)
        )
        if REPEATED in (rule, *beside) or _at_page_break(lines, number) or (above and (below or rule is KEYWORDS)):
            rules[number] = rule
    for number in range(1, len(lines)):
        if (
            rules[number - 1] is KEYWORDS
            and rules[number] is None
            and not lines[number].fresh
            and lines[number - 1].text[-1] in ",;-"
        ):
            rules[number] = KEYWORDS
    for number, line in enumerate(lines):
        if rules[number] is None and (line.fresh or (number and rules[number - 1])):
            for reached in range(number, _running_head(lines, number, title, author)):
                rules[reached] = RUNNING_HEAD
    return rules


def _at_page_break(lines: list[_Line], number: int) -> bool:
    return number == 0 or lines[number].page or (number + 1 < len(lines) and lines[number + 1].page)


def _repeated(lines: list[_Line], rules: list[Rule | None]) -> list[int]:
    """The lines that stand three times or more, but for their numbers, and mostly where a page ends or a sentence is cut.

    Headings and rows of tables may stand three times too, but neither at page breaks nor in sentences.
    """
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if len(_letters(line.text)) >= 8 and len(line.text) < 120 and _capitalised(line.text) >= 0.5:
            places.setdefault(re.sub(r"\d+", "#", line.text), []).append(number)
    found: list[int] = []
    for numbers in places.values():
        edges = sum(_at_page_break(lines, number) or _cuts(lines, rules, number) for number in numbers)
        if len(numbers) >= 3 and edges > len(numbers) / 2:
            found += numbers
    return found


def _cuts(lines: list[_Line], rules: list[Rule | None], number: int) -> bool:
    """Whether a line stands between two halves of a sentence, or beside other furniture that does."""
    above, below = number - 1, number + 1
    while above >= 0 and rules[above]:
        above -= 1
    while below < len(lines) and rules[below]:
        below += 1
    if above < 0 or below == len(lines) or (lines[number].fresh and not lines[below].fresh):
        return False  # with a blank line above and none below it opens a paragraph
    halves = not _ends_sentence(lines[above].text) and lines[below].text[0].islower()
    return halves and lines[number].text[0].isupper()


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text).casefold()


def _running_head(lines: list[_Line], number: int, title: str, author: str) -> int:
    """The number of the line after a running head that begins here (it may take three lines); 0 where none does.

    It is the title with the author before or after it, in whatever spelling, or its beginning at the top of a page.
    """
    wanted, name = _letters(title), _letters(author)
    if len(wanted) < 12:
        return 0
    for last in range(number, min(number + 3, len(lines))):
        found = _letters("".join(line.text for line in lines[number : last + 1]))
        if wanted not in found:
            continue
        rest = found.replace(wanted, "", 1)
        similar = difflib.SequenceMatcher(None, rest, name, autojunk=False).ratio() > 0.6
        surname = any(len(part) > 3 and _letters(part) in rest for part in author.split()) and len(rest) < len(name) + 6
        return last + 1 if similar or surname or (not rest and lines[number].page) else 0
    cut = lines[number].page or (number > 1 and lines[number - 1].page)
    begins = len(lines[number].text.split()) >= 3 and wanted.startswith(_letters(lines[number].text))
    return number + 1 if cut and begins and _capitalised(lines[number].text) >= 0.5 else 0


# --- headings ---


def _is_heading(
    lines: list[_Line], rules: list[Rule | None], number: int, unfinished: bool, told: bool, width: int | None
) -> bool:
    """Whether a line names what follows. `width` is that of a wrapped page, None where each line is a paragraph."""
    line, below = lines[number], lines[number + 1] if number + 1 < len(lines) else None
    goes_on = below is not None and below.text[0].islower()
    apart = below is None or below.fresh or rules[number + 1] is not None
    if width is not None and _SECTION.fullmatch(line.text) and (line.fresh or line.text.isupper()) and not goes_on:
        return True
    if width is not None and number and rules[number - 1] is HEADING and line.text.isupper() and not line.fresh and not goes_on:
        return len(line.text) > 3  # the second line of a heading in capitals
    if goes_on or not _reads_like_title(line.text, width or 200):
        return False
    if width is None and not told:
        return True  # a headline stands before all content
    if not line.fresh:
        return False
    if line.text.isupper() and len(line.text) > 3 and width is not None:
        return not unfinished or len(line.text.split()) > 1
    numbered = bool(re.match(r"\d+(?:\.\d+)+\.?\s+[A-Z]", line.text)) and width is not None
    if unfinished or not (apart or numbered):
        return False
    # On a news page a subheading has something to name, and is short.
    return width is not None or (len(line.text.split()) <= 10 and any(len(other.text) > 150 for other in lines[number + 1 :]))


def _reads_like_title(text: str, width: int) -> bool:
    """A short line without a stop that begins like a title and is mostly capitalised, or well short of the page."""
    words = text.split()
    return (
        len(words) <= 14
        and len(text) <= 100
        and not text.endswith((".", ",", ";", ":", "-", "?", "!", '"', "”", ")"))
        and words[-1] not in _HANGING
        and (text[0].isupper() or text[0].isdigit())
        and any(character.isalpha() for character in text)
        and (_capitalised(text) >= 0.5 or len(text) < 0.6 * width)
    )


def _capitalised(text: str) -> float:
    """The share of the longer words that begin with a capital letter: more than half in names and titles, few in prose."""
    words = text.split()
    words = [word for word in words if len(word) > 3] or words
    return sum(word[0].isupper() for word in words) / len(words)


# --- paragraphs to segments ---


def _pieces(text: str, title: str, author: str) -> list[dict[str, Any]]:
    """The segments of one document: each paragraph cut at its furniture and its sentence ends."""
    pieces: list[dict[str, Any]] = []
    headings: list[str] = []
    above: Rule | None = None
    paragraphs = 0  # of content, so far
    for number, block in enumerate(_blocks(text, title, author), 1):
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
    dateline = _DATELINE.match(body) if may_open and rule is None else None
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
