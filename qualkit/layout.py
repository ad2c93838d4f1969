"""A text goes in; its paragraphs, headings and furniture lines come out, from web pages and from printed ones."""

from __future__ import annotations

import difflib
import re
import statistics
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from qualkit.furniture import (
    AGENCY_CREDIT,
    BYLINE,
    CAPTION,
    CAPTION_MARK,
    COPYRIGHT,
    DATELINE_PATTERN,
    ENDS_SENTENCE,
    HANGING,
    HEADING,
    KEYWORDS,
    NAVIGATION,
    PAGE_NUMBER,
    PICTURE_CREDIT,
    RELATED_LINK,
    REPEATED,
    RUNNING_HEAD,
    SECTION,
    Rule,
    furniture_rule,
)
from qualkit.indonesian import LIST_MARKER


class Line(NamedTuple):
    """A line that is not blank: its place, its text, whether it opens a paragraph, and whether it is the first of a page."""

    start: int
    end: int
    text: str
    fresh: bool
    page: bool


@dataclass
class Block:
    """A paragraph, a heading or a piece of furniture; `rule` is None for content."""

    start: int
    end: int
    rule: Rule | None = None


def _lines(text: str) -> list[Line]:
    """The lines that are not blank. A blank line before, a page break or a deeper indentation than usual makes one fresh."""
    places = [
        (match.start(), match.group()) for match in re.finditer(r"[^\n\r\x0c\u2028\u2029]+", text) if match.group().strip()
    ]
    indents = [len(line) - len(line.lstrip()) for _, line in places]
    usual = statistics.median_low(indents) if indents else 0
    lines: list[Line] = []
    above = 0
    for (place, line), indent in zip(places, indents, strict=True):
        start, end = place + indent, place + len(line.rstrip())
        between = text[above:start]
        page = bool(lines) and "\x0c" in between
        blank = len(re.findall(r"\r\n|[\n\r\u2028\u2029]", between)) > 1
        lines.append(Line(start, end, text[start:end], not lines or page or blank or indent > usual, page))
        above = end
    return lines


def _width(lines: list[Line]) -> int:
    """The length that nine lines in ten do not exceed: how wide a wrapped page was set."""
    return sorted(len(line.text) for line in lines)[len(lines) * 9 // 10] if lines else 0


def _is_wrapped(lines: list[Line]) -> bool:
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
    return bool(ENDS_SENTENCE.search(text[-200:]))


def blocks(text: str, title: str, author: str) -> list[Block]:
    """Paragraphs, headings and furniture lines of a document, in order."""
    lines = _lines(text)
    wrapped = _is_wrapped(lines)
    rules = _printed_furniture(lines, title, author) if wrapped else _web_furniture(lines)
    width = _width(lines)
    blocks: list[Block] = []
    content: Block | None = None  # the paragraph that is still open
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
            blocks.append(Block(line.start, line.end, rule))
            content = None if rule else blocks[-1]
        rules[number] = rule
        told = told or rule is None
    return blocks


def _may_open_item(above: str) -> bool:
    """Whether a list marker below this line can begin an item, and is no wrapped "pasal / 2. " in mid-sentence."""
    return _ends_sentence(above) or bool(re.search(r"(?:[:;,]|\b(?:dan|atau|serta))$", above))


# --- furniture ---


def _web_furniture(lines: list[Line]) -> list[Rule | None]:
    """For each line of a page on which a line is a paragraph: the rule that it is furniture by, or None."""
    rules = [furniture_rule(line.text) for line in lines]
    sentences = [number for number, line in enumerate(lines) if rules[number] is None and _ends_sentence(line.text)]
    if not sentences:
        return rules
    first, last = sentences[0], sentences[-1]
    report = next(
        (number for number, line in enumerate(lines) if rules[number] is None and DATELINE_PATTERN.match(line.text)), first
    )
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
        picture = PICTURE_CREDIT.search(line.text) or CAPTION_MARK.fullmatch(line.text)
        if (told_below and picture) or (report_below and AGENCY_CREDIT.search(line.text)):
            rules[number] = CAPTION
        elif number and rules[number - 1] is RELATED_LINK and above.endswith(":") and not _ends_sentence(line.text):
            rules[number] = RELATED_LINK  # "Lihat juga :" and the title on the line below
        elif (
            number > last and len(line.text.split()) <= 8 and (closed or line.text.isupper()) and not _ends_sentence(line.text)
        ):
            rules[number] = NAVIGATION  # a heading with nothing to name
    return rules


def _printed_furniture(lines: list[Line], title: str, author: str) -> list[Rule | None]:
    """For each line of a text copied from printed pages: the rule that it is furniture by, or None.

    A line in the middle of a paragraph is the paragraph's, whatever it looks like ("2019", "Jurnal Laut, Vol. 3" in a list
    of references). Furniture stands at the edge of a page or apart.
    """
    looks = [furniture_rule(line.text) for line in lines]
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
            or SECTION.fullmatch(lines[number + 1].text)
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


def _at_page_break(lines: list[Line], number: int) -> bool:
    return number == 0 or lines[number].page or (number + 1 < len(lines) and lines[number + 1].page)


def _repeated(lines: list[Line], rules: list[Rule | None]) -> list[int]:
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


def _cuts(lines: list[Line], rules: list[Rule | None], number: int) -> bool:
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


def _running_head(lines: list[Line], number: int, title: str, author: str) -> int:
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
    lines: list[Line], rules: list[Rule | None], number: int, unfinished: bool, told: bool, width: int | None
) -> bool:
    """Whether a line names what follows. `width` is that of a wrapped page, None where each line is a paragraph."""
    line, below = lines[number], lines[number + 1] if number + 1 < len(lines) else None
    goes_on = below is not None and below.text[0].islower()
    apart = below is None or below.fresh or rules[number + 1] is not None
    if width is not None and SECTION.fullmatch(line.text) and (line.fresh or line.text.isupper()) and not goes_on:
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
        and words[-1] not in HANGING
        and (text[0].isupper() or text[0].isdigit())
        and any(character.isalpha() for character in text)
        and (_capitalised(text) >= 0.5 or len(text) < 0.6 * width)
    )


def _capitalised(text: str) -> float:
    """The share of the longer words that begin with a capital letter: more than half in names and titles, few in prose."""
    words = text.split()
    words = [word for word in words if len(word) > 3] or words
    return sum(word[0].isupper() for word in words) / len(words)
