"""A text goes in; its paragraphs, headings and furniture lines come out, from web pages and from printed ones."""

from __future__ import annotations

import difflib
import re
import statistics
from itertools import pairwise
from typing import NamedTuple

from qualkit.furniture import (
    AGENCY_CREDIT,
    BYLINE,
    CAPTION,
    CAPTION_MARK,
    COPYRIGHT,
    DESK,
    ENDS_SENTENCE,
    FIRST_PUBLISHED,
    HANGING,
    HEADING,
    KEYWORDS,
    NAVIGATION,
    PAGE_NUMBER,
    PICTURE_CREDIT,
    POSSIBLE_LINK,
    READER,
    RELATED_LINK,
    REPEATED,
    RUNNING_HEAD,
    SECTION,
    TIMESTAMP,
    Rule,
    find_dateline,
    furniture_rule,
    is_plain,
    opens_box,
    opens_comments,
)
from qualkit.indonesian import LIST_MARKER


class Line(NamedTuple):
    """A line that is not blank: its place, its text, whether it opens a paragraph, and whether it is the first of a page."""

    start: int
    end: int
    text: str
    fresh: bool
    page: bool


Block = tuple[int, int, Rule | None]  # the place of a paragraph (None), a heading or a piece of furniture


def _lines(text: str) -> list[Line]:
    """The lines that are not blank. A blank line before, a page break or a deeper indentation than usual makes one fresh."""
    flat = text.replace("\r\n", " \n") if "\r" in text else text  # of the same length, so that places stay
    for end in "\r\u2028\u2029\x0c":
        flat = flat.replace(end, "\n")
    paged = "\x0c" in text
    lines: list[Line] = []
    indents: list[int] = []
    place = above = 0
    blank = True
    for written in flat.split("\n"):
        if line := written.strip():
            indent = written.index(line[0]) if len(line) < len(written) else 0
            start = place + indent
            page = paged and bool(lines) and "\x0c" in text[above:start]
            above = start + len(line)
            lines.append(Line(start, above, line, blank or page, page))
            indents.append(indent)
            blank = False
        else:
            blank = True
        place += len(written) + 1
    usual = statistics.median_low(indents) if any(indents) else 0
    if max(indents, default=0) > usual:
        lines = [line._replace(fresh=line.fresh or indent > usual) for line, indent in zip(lines, indents, strict=True)]
    return lines


def _width(lines: list[Line]) -> int:
    """The length that nine lines in ten do not exceed: how wide a wrapped page was set, its long addresses aside."""
    sizes = sorted(size for line in lines if (size := len(line.text)) <= 200)
    return sizes[len(sizes) * 9 // 10] if sizes else 0


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether lines end where the page was full, as in text copied from a printed page, not where a paragraph ends.

    So it is where most lines with another right below them stop in mid-sentence, and of those that go on in small letters
    (two at least, a sixth of all, and no items of a list) most are about as wide as the page. Long lines, as a paragraph
    has that is not wrapped, hold less than half of such a text.
    """
    sizes = [len(line.text) for line in lines]
    if sum([size for size in sizes if size > 200]) > sum(sizes) / 2:
        return False
    pairs = [(line.text, below.text) for line, below in pairwise(lines) if not below.fresh]
    broken = [(above, below) for above, below in pairs if not _ends_sentence(above)]
    on = [
        len(above)
        for above, below in broken
        if below[0].islower() and above[-1] not in ":;" and not LIST_MARKER.match(below) and not furniture_rule(below)
    ]
    if len(on) < max(2, len(pairs) / 6) or len(broken) <= len(pairs) / 2:
        return False
    return 30 <= _width(lines) <= 130 and statistics.median(on) > 0.6 * _width(lines)


def _ends_sentence(text: str) -> bool:
    return text[-1] in ".!?" or bool(ENDS_SENTENCE.search(text[-200:]))


def blocks(text: str, title: str, author: str) -> list[Block]:
    """Paragraphs, headings and furniture lines of a document, in order: start, end, rule (None for content)."""
    lines = _lines(text)
    if not _is_wrapped(lines):
        return [(line.start, line.end, rule) for line, rule in zip(lines, _web_page(lines, title), strict=True)]
    rules = _printed_furniture(lines, title, author)
    width = _width(lines)
    blocks: list[Block] = []
    content = ""  # the end of the paragraph that is still open
    for number, line in enumerate(lines):
        rule, above = rules[number], rules[number - 1] if number else None
        unfinished = bool(content) and not _ends_sentence(content)
        if rule is None and _is_heading(lines, rules, number, unfinished, width):
            rule = HEADING
        goes_on = rule in (RUNNING_HEAD, KEYWORDS) and rule == above
        goes_on = goes_on or (rule is HEADING and above is HEADING and not line.fresh and line.text.isupper())
        if rule is None and content:
            item = LIST_MARKER.match(line.text) and (line.fresh or _may_open_item(lines[number - 1].text))
            goes_on = not item and (not line.fresh or unfinished or line.text[0].islower())
        start = blocks.pop()[0] if goes_on else line.start
        blocks.append((start, line.end, rule))
        content = "" if rule else text[max(start, line.end - 200) : line.end]
        rules[number] = rule
    return blocks


def _may_open_item(above: str) -> bool:
    """Whether a list marker below this line can begin an item, and is no wrapped "pasal / 2. " in mid-sentence."""
    return _ends_sentence(above) or bool(re.search(r"(?:[:;,]|\b(?:dan|atau|serta))$", above))


# --- furniture ---


def _web_page(lines: list[Line], title: str) -> list[Rule | None]:
    """For each line of a page on which a line is a paragraph: the rule that it is no content by, or None."""
    doubtful = [number for number, line in enumerate(lines) if not is_plain(line.text)]
    rules: list[Rule | None] = [None] * len(lines)
    ends = [True] * len(lines)  # which lines of content end a sentence
    for number in doubtful:
        rules[number] = furniture_rule(lines[number].text)
        ends[number] = rules[number] is None and _ends_sentence(lines[number].text)
    for number in doubtful:
        if rules[number] is None and number + 1 < len(lines) and ends[number + 1] and SECTION.fullmatch(lines[number].text):
            rules[number] = HEADING
    first, last = _article(lines, rules, ends)
    _label_captions(lines, rules, ends, doubtful, first, last)
    _label_head(lines, rules, ends, first, title)
    spaced = any(line.fresh for line in lines[1:])  # else every line is a paragraph of its own
    longest = next((number for number in range(len(lines) - 1, -1, -1) if len(lines[number].text) > 150), -1)
    furnished = any(rule not in (None, HEADING) for rule in rules)
    page, box, closed = any(ends), False, False  # box: below "Terpopuler", "Baca juga:"; closed: below the last byline
    for number in doubtful:
        if number < first:
            continue
        line, text, rule = lines[number], lines[number].text, rules[number]
        above, below = rules[number - 1] if number else None, lines[number + 1] if number + 1 < len(lines) else None
        opens = rule is not None and (opens_box(text) or (rule is RELATED_LINK and text[-1] == ":"))
        box = opens or (box and above is not None)
        closed = number > last and (closed or opens or rule is NAVIGATION or rule in _CLOSING)
        if rule is PAGE_NUMBER and text.isdigit() and not (box or closed):
            rules[number] = None  # in the middle of an article a number is part of what is told
        if rule or (ends[number] and not _asks_as_headline(text)):
            continue
        apart = (line.fresh or not spaced) and (below is None or below.fresh or not spaced or rules[number + 1])
        finished = number == 0 or above or ends[number - 1]
        if closed:
            rules[number] = NAVIGATION  # nothing is told below the names of those who told it
        elif box and (_capitalised(text) >= 0.5 or lines[number - 1].text[-1] == ":"):
            rules[number] = RELATED_LINK
        elif number > last and text.isupper() and len(text.split()) <= 8:
            rules[number] = NAVIGATION  # a heading with nothing to name
        elif apart and finished and (below is None or rules[number + 1] or not below.text[0].islower()):
            inside = below is not None and number < (max(last, longest) if furnished else longest)
            named = inside and (ends[number + 1] or rules[number + 1])  # a paragraph stands below
            words = sum(word[0].isalpha() for word in text.split())
            in_row = inside and furnished and (named or _reads_like_headline(lines[number + 1].text, 0))
            if named and words <= (6 if number < longest else 4) and _reads_like_title(text, 200):
                rules[number] = HEADING
            elif page and _reads_like_headline(text, 0 if in_row else 0.6):
                rules[number] = POSSIBLE_LINK
    half = (lines[first].start + lines[-1].end) / 2 if lines else 0  # above it "3 Komentar" is a button
    comments = next((n for n in doubtful if lines[n].end > half and opens_comments(lines[n].text)), len(lines))
    if TIMESTAMP in rules[comments:]:
        rules[comments] = rules[comments] or NAVIGATION
        rules[comments:] = [READER if rule in (None, HEADING, POSSIBLE_LINK) else rule for rule in rules[comments:]]
    return rules


# Below the last sentence these say that the article is over, as do boxes of links.
_CLOSING = (BYLINE, COPYRIGHT, DESK, FIRST_PUBLISHED, KEYWORDS)
_PARAGRAPH = 80  # characters of a sentence or more that no button and few teasers have


def _article(lines: list[Line], rules: list[Rule | None], ends: list[bool]) -> tuple[int, int]:
    """The first and the last line of the article: where most of the longer paragraphs stand without boxes of links between.

    A page may tell in sentences before and after it too (teasers, comments): they stay content, but the short lines among
    them are menus. Where nothing is told the article is all there is.
    """
    told = [number for number, ended in enumerate(ends) if ended]
    report = next((n for n, rule in enumerate(rules) if rule is None and find_dateline(lines[n].text)), None)
    sizes = [line.end - line.start for line in lines]
    long = [n for n in told if sizes[n] >= _PARAGRAPH]
    if len(long) < len(told) and sum([sizes[n] for n in long]) < sum([sizes[n] for n in told]) / 2:
        long = told
    if report is not None and report not in long:
        long = sorted([*long, report])
    if not long:
        return 0, len(lines) - 1
    parts = [[long[0]]]
    for above, below in pairwise(long):
        if below - above > 8 and _breaks_off(lines, rules, ends, range(above + 1, below)):
            parts.append([])
        parts[-1].append(below)
    article = max(parts, key=lambda part: sum(sizes[n] for n in part)) if len(parts) > 1 else long
    first, last = article[0], article[-1]
    for number in range(last + 1, len(lines)):  # the short sentences at its end
        if rules[number] and (rules[number] in _CLOSING or opens_box(lines[number].text)):
            break
        last = number if ends[number] and lines[number].text[-1] not in "?!" else last
    if report is not None and first <= report <= last:
        return report, last
    for number in range(first - 1, -1, -1):  # and at its beginning
        if rules[number]:
            break
        first = number if ends[number] and lines[number].text[-1] not in "?!" else first
    return first, last


def _breaks_off(lines: list[Line], rules: list[Rule | None], ends: list[bool], between: range) -> bool:
    """Whether an article ends between two paragraphs: there is a byline or a box and eight other short lines."""
    short = sum(rules[n] is None and not ends[n] and not LIST_MARKER.match(lines[n].text) for n in between)
    return short >= 8 and any(rules[n] in _CLOSING or opens_box(lines[n].text) for n in between)


def _label_captions(
    lines: list[Line], rules: list[Rule | None], ends: list[bool], doubtful: list[int], first: int, last: int
) -> None:
    """Lines that a picture's or an agency's credit marks as captions.

    Local papers and town halls sign their last paragraph as others sign a picture: "... selesai. (Antara/Rina)". So a
    picture's credit counts where the report goes on below it, an agency's only where the report has not yet begun.
    """
    opening = min(last, max(first, ends.index(True) + 1 if True in ends else 0))
    for number in doubtful:
        text = lines[number].text
        if rules[number] is not None:
            continue
        credited = number < last and (text[-1] in ")]" or "/" in text[-60:] or ":" in text)
        if (
            CAPTION_MARK.fullmatch(text)
            or (credited and PICTURE_CREDIT.search(text))
            or (credited and number < opening and AGENCY_CREDIT.search(text))
        ):
            rules[number], ends[number] = CAPTION, False


def _label_head(lines: list[Line], rules: list[Rule | None], ends: list[bool], first: int, title: str) -> None:
    """The headline, and the menus above and beside it, where something stands above the article."""
    if not first:
        return
    page = any(rule not in (None, HEADING) for rule in rules)
    head = [n for n in range(first) if rules[n] is None and (not ends[n] or (page and _asks_as_headline(lines[n].text)))]
    spoken = next((n for n in head if _ADDRESSED.match(lines[n].text)), first)
    head = [n for n in head if n < spoken]  # a speech opens with those whom it greets
    if not head:
        return
    wordy = next((found for least in (4, 3) if (found := [n for n in head if lines[n].text.count(" ") >= least])), head)
    dated = max((n for n in range(first) if rules[n] in (BYLINE, TIMESTAMP)), default=first)
    headline = max((n for n in wordy if n < dated and (n + 9 > dated or dated == first)), default=wordy[-1])
    if headline - 1 in wordy and _capitalised(lines[headline].text) < 0.5 <= _capitalised(lines[headline - 1].text):
        headline -= 1  # what stands below it in small letters is the standfirst
    headline = next((n for n in head if _same_words(lines[n].text, title)), headline)
    menu = page and head.index(headline) > 2
    poem = not page and len(head) > 3  # or a letter, or a list: no page, and no title of four lines
    for number in head:
        text = lines[number].text
        if number == headline and page:
            rules[number] = HEADING
        elif page and (text.count(" ") < 3 or (number < headline and (menu or _capitalised(text) == 1))):
            rules[number] = NAVIGATION
        elif not poem and ":" not in text and _reads_like_title(text, 200) and (number < headline or not page):
            rules[number] = HEADING


_ADDRESSED = re.compile(
    r"assalam|bismillah|salam (?:sejahtera|kebajikan|hormat)|om swasti|namo budd|s[hy]alom|yth|hadirin|selamat (?:pagi|siang|sore|malam)"
    r"|.*\b(?:hormati|muliakan|banggakan|berbahagia|sekalian)\b|.*[,;]$",
    re.IGNORECASE,
)


def _same_words(text: str, other: str) -> bool:
    return text.casefold().split() == other.casefold().split()


def _asks_as_headline(text: str) -> bool:
    """Whether a line that ends in ? or ! is nonetheless a headline."""
    return text[-1] in "?!" and text.count(" ") > 1 and _capitalised(text) >= 0.6


def _reads_like_headline(text: str, capitalised: float = 0.6) -> bool:
    """Whether a line is worded as headlines are: five words or more, so many capitalised, and no sentence."""
    words = text.split()
    return (
        5 <= len(words) <= 20
        and text[0].isupper()
        and text[-1] not in ".,;:"
        and ". " not in text
        and _capitalised(text) >= capitalised
    )


def _printed_furniture(lines: list[Line], title: str, author: str) -> list[Rule | None]:
    """For each line of a text copied from printed pages: the rule that it is furniture by, or None.

    A line in the middle of a paragraph is the paragraph's, whatever it looks like ("2019", "Jurnal Laut, Vol. 3" in a list
    of references). Furniture stands at the edge of a page or apart.
    """
    looks = [None if is_plain(line.text) else furniture_rule(line.text) for line in lines]
    name, heading, width = _letters(author), _letters(title), _width(lines)
    for number, line in enumerate(lines):
        if looks[number] is None and _letters(line.text) == name != "":
            looks[number] = BYLINE
        elif looks[number] is None and _letters(line.text) == heading != "" and all(looks[:number]):
            looks[number] = HEADING  # the title itself, above everything
    for number in _repeated(lines, looks):
        looks[number] = REPEATED
    rules: list[Rule | None] = [None] * len(lines)
    for number, (rule, line) in enumerate(zip(looks, lines, strict=True)):
        beside = {looks[near] for near in (number - 1, number + 1) if 0 <= near < len(lines)}
        if rule is None or (rule is PAGE_NUMBER and PAGE_NUMBER in beside and not _at_page_break(lines, number)):
            continue  # numbers one below the other are a table's
        above = line.fresh or looks[number - 1] or _ends_sentence(lines[number - 1].text)
        below = (
            number + 1 == len(lines)
            or lines[number + 1].fresh
            or looks[number + 1]
            or SECTION.fullmatch(lines[number + 1].text)
        )
        opening = rule in (BYLINE, TIMESTAMP) and number < 4 and len(line.text) < 0.7 * width
        cut = (
            rule is PAGE_NUMBER
            and 0 < number < len(lines) - 1
            and min(len(lines[n].text) for n in (number - 1, number + 1)) > 0.7 * width
        )
        if (
            REPEATED in (rule, *beside)
            or opening
            or cut
            or _at_page_break(lines, number)
            or (above and (below or rule is KEYWORDS))
        ):
            rules[number] = rule
    signature = next((n for n, line in enumerate(lines) if line.text == "--" and n > len(lines) - 12), len(lines))
    rules[signature:] = [NAVIGATION] * (len(lines) - signature)  # of an e-mail
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

    Beside the number of a page twice is enough. Headings and rows of tables may stand three times too, but neither at page breaks nor in sentences.
    """
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if len(_letters(line.text)) >= 8 and len(line.text) < 120 and _capitalised(line.text) >= 0.5:
            places.setdefault(re.sub(r"\d+", "#", line.text), []).append(number)
    found: list[int] = []
    for numbers in places.values():
        edges = sum(_at_page_break(lines, number) or _cuts(lines, rules, number) for number in numbers)
        numbered = any(PAGE_NUMBER in rules[max(0, number - 1) : number + 2] for number in numbers)
        if len(numbers) >= (2 if numbered else 3) and edges > len(numbers) / 2:
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
    return "".join(filter(str.isalpha, text)).casefold()


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


def _is_heading(lines: list[Line], rules: list[Rule | None], number: int, unfinished: bool, width: int) -> bool:
    """Whether a line of a printed page of that width names what follows."""
    line, below = lines[number], lines[number + 1] if number + 1 < len(lines) else None
    goes_on = below is not None and below.text[0].islower()
    apart = below is None or below.fresh or rules[number + 1] is not None
    if SECTION.fullmatch(line.text) and (line.fresh or line.text.isupper()) and not goes_on:
        return True
    if number and rules[number - 1] is HEADING and line.text.isupper() and not line.fresh and not goes_on:
        return len(line.text) > 3  # the second line of a heading in capitals
    wide = below is not None and len(below.text) > 0.6 * width
    short = (
        not unfinished and len(line.text) < 0.6 * width and (apart or wide)
    )  # in a paragraph it would be as wide as the page
    if goes_on or not (line.fresh or short) or not _reads_like_title(line.text, width):
        return False
    if line.text.isupper() and len(line.text) > 3:
        return not unfinished or len(line.text.split()) > 1
    numbered = bool(re.match(r"\d+(?:\.\d+)+\.?\s+[A-Z]", line.text))
    return not unfinished and (apart or numbered or short)


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
