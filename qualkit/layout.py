"""Texts go in; their paragraphs, headings and furniture lines come out, from web pages and from printed ones."""

from __future__ import annotations

import difflib
import re
import statistics
from collections.abc import Sequence
from itertools import compress, pairwise
from typing import NamedTuple

import numpy as np

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
    SPEAKER,
    TIME_CODE,
    TIMESTAMP,
    Rule,
    are_plain,
    find_dateline,
    furniture_rule,
    may_have_dateline,
    opens_box,
    opens_comments,
)
from qualkit.indonesian import LIST_MARKER
from qualkit.signs import Signs
from qualkit.turns import turns

TALK = ("interview", "focus group", "field notes")  # kinds of texts in which people are heard, and no page is read


class Lines(NamedTuple):
    """The lines that are not blank, one per element: place, text, whether it opens a paragraph, is the first of a page, is
    plainly a paragraph (`are_plain`), and has a dash near its beginning, as a dateline has.
    """

    start: list[int]
    end: list[int]
    text: list[str]
    fresh: list[bool]
    page: list[bool]
    plain: list[bool]
    dashed: list[bool]

    def part(self, first: int, last: int) -> Lines:
        own = slice(first, last)
        flags = (self.fresh[own], self.page[own], self.plain[own], self.dashed[own])
        return Lines(self.start[own], self.end[own], self.text[own], *flags)


class Blocks(NamedTuple):
    """Paragraphs, headings and pieces of furniture, one per element: place, rule (None for content), of which text, and who
    speaks; and of each that begins with a speaker's label or a time code, by its start, how long that is and its rule.
    """

    start: np.ndarray
    end: np.ndarray
    rule: list[Rule | None]
    document: np.ndarray
    speaker: list[str]
    heads: dict[int, tuple[int, Rule]]


def _lines(text: str, signs: Signs, begins: np.ndarray) -> tuple[Lines, np.ndarray]:
    """The lines of all texts, and how many stand before each text. What makes a line fresh is a blank line or the beginning
    of a page or text above it, or a deeper indentation than is usual in its text.
    """
    breaks = signs.places(Signs.BREAK)
    below = signs.codes[np.minimum(breaks + 1, len(text) - 1)]
    breaks = breaks[(signs.codes[breaks] != ord("\r")) | (below != ord("\n"))]
    start, end = np.append(0, breaks + 1), np.append(breaks, len(text))
    start, end = start[filled := end > start], end[filled]
    indent = np.zeros_like(start)
    for number in np.flatnonzero(signs.is_space(start) | signs.is_space(end - 1)).tolist():
        line = text[start[number] : end[number]]
        indent[number] = len(line) - len(line.lstrip())
        end[number] -= len(line) - len(line.rstrip())
    filled = start + indent < end
    start, end, indent = (start + indent)[filled], end[filled], indent[filled]
    first = np.searchsorted(start, begins)
    opens = np.zeros(len(start) + 1, bool)
    opens[first] = True
    feeds = breaks[signs.codes[breaks] == ord("\x0c")]
    page = ~opens[:-1] & (np.diff(np.searchsorted(feeds, start), prepend=0) > 0)
    fresh = opens[:-1] | page | (np.diff(np.searchsorted(breaks, start), prepend=0) > 1)
    first = np.append(first, len(start))
    for number in np.flatnonzero(np.diff(np.searchsorted(np.flatnonzero(indent), first))).tolist():
        own = slice(first[number], first[number + 1])
        fresh[own] |= indent[own] > statistics.median_low(indent[own])
    dashed = may_have_dateline(signs, start, end)
    plain = are_plain(text, signs, start, end)
    starts, ends = start.tolist(), end.tolist()
    words = [text[one:other] for one, other in zip(starts, ends, strict=True)]
    return Lines(starts, ends, words, fresh.tolist(), page.tolist(), plain.tolist(), dashed.tolist()), first


def _width(lines: Lines) -> int:
    """The length that nine lines in ten do not exceed: how wide a wrapped page was set, its long addresses aside."""
    sizes = sorted(size for text in lines.text if (size := len(text)) <= 200)
    return sizes[len(sizes) * 9 // 10] if sizes else 0


def _is_wrapped(lines: Lines) -> bool:
    """Whether lines end where the page was full, as in text copied from a printed page, not where a paragraph ends.

    So it is where most lines with another right below them stop in mid-sentence, and of those that go on in small letters
    (two at least, a sixth of all, and no items of a list) most are about as wide as the page. Long lines, as a paragraph
    has that is not wrapped, hold less than half of such a text.
    """
    sizes = [*map(len, lines.text)]
    if sum([size for size in sizes if size > 200]) > sum(sizes) / 2:
        return False
    pairs = [pair for pair, fresh in zip(pairwise(lines.text), lines.fresh[1:], strict=True) if not fresh]
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


def blocks(
    text: str, signs: Signs, begins: np.ndarray, titles: Sequence[str], authors: Sequence[str], kinds: Sequence[str]
) -> Blocks:
    """The blocks of documents that stand one below the other in a text, in order; `begins` says where each begins."""
    lines, first = _lines(text, signs, begins)
    rules: list[Rule | None] = []
    goes_on = np.zeros(len(lines.text), bool)  # which lines belong to the block above
    speaker = [""] * len(lines.text)
    heads: dict[int, tuple[int, Rule]] = {}
    for one, other, title, author, kind in zip(first.tolist(), first[1:].tolist(), titles, authors, kinds, strict=False):
        own = lines.part(one, other)
        if kind in TALK:
            found, goes_on[one:other], speaker[one:other], told = _transcript(own, title)
            rules += found
            heads |= told
        elif _is_wrapped(own):
            found, goes_on[one:other] = _printed_page(text, own, title, author)
            rules += found
        else:
            rules += _web_page(own, title)
    opens = ~goes_on
    closes = np.append(opens[1:], True)[: len(opens)]
    document = np.repeat(np.arange(len(titles)), np.diff(first))[opens]
    start, end = np.array(lines.start, np.intp)[opens], np.array(lines.end, np.intp)[closes]
    opening = opens.tolist()
    return Blocks(start, end, [*compress(rules, opening)], document, [*compress(speaker, opening)], heads)


def _printed_page(text: str, lines: Lines, title: str, author: str) -> tuple[list[Rule | None], list[bool]]:
    """For each line of a wrapped text: the rule that it is no content by, or None, and whether it goes on with the block above."""
    rules = _printed_furniture(lines, title, author)
    width = _width(lines)
    goes_on: list[bool] = []
    start, content = 0, ""  # of the block at hand; the end of the paragraph that is still open
    for number, line in enumerate(lines.text):
        fresh, above = lines.fresh[number], rules[number - 1] if number else None
        unfinished = bool(content) and not _ends_sentence(content)
        if rules[number] is None and _is_heading(lines, rules, number, unfinished, width):
            rules[number] = HEADING
        rule = rules[number]
        on = rule in (RUNNING_HEAD, KEYWORDS) and rule == above
        on = on or (rule is HEADING and above is HEADING and not fresh and line.isupper())
        if rule is None and content:
            item = LIST_MARKER.match(line) and (fresh or _may_open_item(lines.text[number - 1]))
            on = not item and (not fresh or unfinished or line[0].islower())
        start = start if on else lines.start[number]
        content = "" if rule else text[max(start, lines.end[number] - 200) : lines.end[number]]
        goes_on.append(on)
    return rules, goes_on


def _may_open_item(above: str) -> bool:
    """Whether a list marker below this line can begin an item, and is no wrapped "pasal / 2. " in mid-sentence."""
    return _ends_sentence(above) or bool(re.search(r"(?:[:;,]|\b(?:dan|atau|serta))$", above))


# --- transcripts ---

_NAMES_TALK = re.compile(
    r"(?:transkrip\w*|wawancara|diskusi|fgd|catatan|interview|transcripts?|focus group|field ?notes?)\b[^.:;?!]*", re.IGNORECASE
)


def _transcript(lines: Lines, title: str) -> tuple[list[Rule | None], list[bool], list[str], dict[int, tuple[int, Rule]]]:
    """For each line of a transcript: the rule that it is no talk by, or None, whether it goes on with the block above, and who
    speaks; and the labels and time codes that lines begin with, as `Blocks` has them.

    What is said breaks off, names pictures and gives numbers for an answer. So only what is surely no talk is set aside:
    labels, time codes, numbers and running heads at page breaks, and above everything the title.
    """
    said = turns(lines.text)
    pages = sum(lines.page)
    edges = [pages > 0 and not turn.head and _at_page_break(lines, number) for number, turn in enumerate(said)]
    looks = [furniture_rule(text) if edge else None for text, edge in zip(lines.text, edges, strict=True)]
    repeated = {*_repeated(lines, looks)} if pages else set()
    is_numbered = looks.count(PAGE_NUMBER) >= pages  # else a number is an answer
    is_wrapped, takes_turns = _is_wrapped(lines), any(turn.opens for turn in said)
    rules: list[Rule | None] = []
    goes_on: list[bool] = []
    heads: dict[int, tuple[int, Rule]] = {}
    for number, (text, turn) in enumerate(zip(lines.text, said, strict=True)):
        rule: Rule | None = None
        if turn.head:
            rule = SPEAKER if turn.opens else TIME_CODE
            if turn.head < len(text):
                heads[lines.start[number]] = turn.head, rule
                rule = None
        elif is_numbered and looks[number] is PAGE_NUMBER:
            rule = PAGE_NUMBER
        elif edges[number] and number in repeated:
            rule = REPEATED
        elif all(one is HEADING for one in rules) and (
            _same_words(text, title) or (takes_turns and not turn.opens and _NAMES_TALK.fullmatch(text))
        ):
            rule = HEADING
        above = lines.text[number - 1]
        on = (
            is_wrapped and number > 0 and rules[-1] is rule is None and not (turn.head or turn.opens or LIST_MARKER.match(text))
        )
        goes_on.append(on and (not lines.fresh[number] or (text[0].islower() and not _ends_sentence(above))))
        rules.append(rule)
    return rules, goes_on, [turn.speaker for turn in said], heads


# --- furniture ---


def _web_page(lines: Lines, title: str) -> list[Rule | None]:
    """For each line of a page on which a line is a paragraph: the rule that it is no content by, or None."""
    doubtful = [number for number, plain in enumerate(lines.plain) if not plain]
    rules: list[Rule | None] = [None] * len(lines.text)
    ends = [True] * len(lines.text)  # which lines of content end a sentence
    for number in doubtful:
        rules[number] = furniture_rule(lines.text[number])
        ends[number] = rules[number] is None and _ends_sentence(lines.text[number])
    for number in doubtful:
        if (
            rules[number] is None
            and number + 1 < len(lines.text)
            and ends[number + 1]
            and SECTION.fullmatch(lines.text[number])
        ):
            rules[number] = HEADING
    first, last = _article(lines, rules, ends)
    _label_captions(lines, rules, ends, doubtful, first, last)
    _label_head(lines, rules, ends, doubtful, first, title)
    spaced = any(lines.fresh[1:])  # else every line is a paragraph of its own
    longest = next((number for number in range(len(lines.text) - 1, -1, -1) if len(lines.text[number]) > 150), -1)
    furnished = _is_furnished(rules, doubtful)
    page, box, closed = any(ends), False, False  # box: below "Terpopuler", "Baca juga:"; closed: below the last byline
    for number in doubtful:
        if number < first:
            continue
        text, rule, above = lines.text[number], rules[number], rules[number - 1] if number else None
        is_last = number + 1 == len(rules)
        opens = rule is not None and (opens_box(text) or (rule is RELATED_LINK and text[-1] == ":"))
        box = opens or (box and above is not None)
        closed = number > last and (closed or opens or rule is NAVIGATION or rule in _CLOSING)
        if rule is PAGE_NUMBER and text.isdigit() and not (box or closed):
            rules[number] = None  # in the middle of an article a number is part of what is told
        if rule or (ends[number] and not _asks_as_headline(text)):
            continue
        apart = not spaced or (lines.fresh[number] and (is_last or lines.fresh[number + 1] or rules[number + 1]))
        finished = number == 0 or above or ends[number - 1]
        if closed:
            rules[number] = NAVIGATION  # nothing is told below the names of those who told it
        elif box and (_capitalised(text) >= 0.5 or lines.text[number - 1][-1] == ":"):
            rules[number] = RELATED_LINK
        elif number > last and text.isupper() and len(text.split()) <= 8:
            rules[number] = NAVIGATION  # a heading with nothing to name
        elif apart and finished and (is_last or rules[number + 1] or not lines.text[number + 1][0].islower()):
            inside = not is_last and number < (max(last, longest) if furnished else longest)
            named = inside and (ends[number + 1] or rules[number + 1])  # a paragraph stands below
            words = sum(word[0].isalpha() for word in text.split())
            in_row = inside and furnished and (named or _reads_like_headline(lines.text[number + 1], 0))
            if named and words <= (6 if number < longest else 4) and _reads_like_title(text, 200):
                rules[number] = HEADING
            elif page and _reads_like_headline(text, 0 if in_row else 0.6):
                rules[number] = POSSIBLE_LINK
    stamp = max((n for n in doubtful if rules[n] is TIMESTAMP), default=-1)
    half = (lines.start[first] + lines.end[-1]) / 2 if rules else 0  # above it "3 Komentar" is a button
    comments = next((n for n in doubtful if n <= stamp and lines.end[n] > half and opens_comments(lines.text[n])), None)
    if comments is not None:
        rules[comments] = rules[comments] or NAVIGATION
        rules[comments:] = [READER if rule in (None, HEADING, POSSIBLE_LINK) else rule for rule in rules[comments:]]
    return rules


def _is_furnished(rules: list[Rule | None], doubtful: list[int]) -> bool:
    """Whether a page has furniture, as no letter, list or poem has."""
    return any([rules[n] is not None and rules[n] is not HEADING for n in doubtful])


# Below the last sentence these say that the article is over, as do boxes of links.
_CLOSING = (BYLINE, COPYRIGHT, DESK, FIRST_PUBLISHED, KEYWORDS)
_PARAGRAPH = 80  # characters of a sentence or more that no button and few teasers have


def _article(lines: Lines, rules: list[Rule | None], ends: list[bool]) -> tuple[int, int]:
    """The first and the last line of the article: where most of the longer paragraphs stand without boxes of links between.

    A page may tell in sentences before and after it too (teasers, comments): they stay content, but the short lines among
    them are menus. Where nothing is told the article is all there is.
    """
    told = [number for number, ended in enumerate(ends) if ended]
    report = next(
        (n for n, rule in enumerate(rules) if rule is None and lines.dashed[n] and find_dateline(lines.text[n])), None
    )
    sizes = [*map(len, lines.text)]
    long = [n for n in told if sizes[n] >= _PARAGRAPH]
    if len(long) < len(told) and sum([sizes[n] for n in long]) < sum([sizes[n] for n in told]) / 2:
        long = told
    if report is not None and report not in long:
        long = sorted([*long, report])
    if not long:
        return 0, len(lines.text) - 1
    parts = [[long[0]]]
    for above, below in pairwise(long):
        if below - above > 8 and _breaks_off(lines, rules, ends, range(above + 1, below)):
            parts.append([])
        parts[-1].append(below)
    article = max(parts, key=lambda part: sum(sizes[n] for n in part)) if len(parts) > 1 else long
    first, last = article[0], article[-1]
    for number in range(last + 1, len(rules)):  # the short sentences at its end
        if rules[number] and (rules[number] in _CLOSING or opens_box(lines.text[number])):
            break
        last = number if ends[number] and lines.text[number][-1] not in "?!" else last
    if report is not None and first <= report <= last:
        return report, last
    for number in range(first - 1, -1, -1):  # and at its beginning
        if rules[number]:
            break
        first = number if ends[number] and lines.text[number][-1] not in "?!" else first
    return first, last


def _breaks_off(lines: Lines, rules: list[Rule | None], ends: list[bool], between: range) -> bool:
    """Whether an article ends between two paragraphs: there is a byline or a box and eight other short lines."""
    short = sum(rules[n] is None and not ends[n] and not LIST_MARKER.match(lines.text[n]) for n in between)
    return short >= 8 and any(rules[n] in _CLOSING or opens_box(lines.text[n]) for n in between)


def _label_captions(
    lines: Lines, rules: list[Rule | None], ends: list[bool], doubtful: list[int], first: int, last: int
) -> None:
    """Lines that a picture's or an agency's credit marks as captions.

    Local papers and town halls sign their last paragraph as others sign a picture: "... selesai. (Antara/Rina)". So a
    picture's credit counts where the report goes on below it, an agency's only where the report has not yet begun.
    """
    opening = min(last, max(first, ends.index(True) + 1 if True in ends else 0))
    for number in doubtful:
        text = lines.text[number]
        if rules[number] is not None:
            continue
        credited = number < last and (text[-1] in ")]" or "/" in text[-60:] or ":" in text)
        if (
            CAPTION_MARK.fullmatch(text)
            or (credited and PICTURE_CREDIT.search(text))
            or (credited and number < opening and AGENCY_CREDIT.search(text))
        ):
            rules[number], ends[number] = CAPTION, False


def _label_head(lines: Lines, rules: list[Rule | None], ends: list[bool], doubtful: list[int], first: int, title: str) -> None:
    """The headline, and the menus above and beside it, where something stands above the article."""
    if not first:
        return
    page = _is_furnished(rules, doubtful)
    head = [n for n in range(first) if rules[n] is None and (not ends[n] or (page and _asks_as_headline(lines.text[n])))]
    spoken = next((n for n in head if lines.text[n][-1] in ",;" or _ADDRESSED.search(lines.text[n])), first)
    head = [n for n in head if n < spoken]  # a speech opens with those whom it greets
    if not head:
        return
    wordy = next((found for least in (4, 3) if (found := [n for n in head if lines.text[n].count(" ") >= least])), head)
    dated = max((n for n in range(first) if rules[n] is BYLINE or rules[n] is TIMESTAMP), default=first)
    headline = max((n for n in wordy if n < dated and (n + 9 > dated or dated == first)), default=wordy[-1])
    if headline - 1 in wordy and _capitalised(lines.text[headline]) < 0.5 <= _capitalised(lines.text[headline - 1]):
        headline -= 1  # what stands below it in small letters is the standfirst
    headline = next((n for n in head if _same_words(lines.text[n], title)), headline)
    menu = page and head.index(headline) > 2
    poem = not page and len(head) > 3  # or a letter, or a list: no page, and no title of four lines
    for number in head:
        text = lines.text[number]
        if number == headline and page:
            rules[number] = HEADING
        elif page and (text.count(" ") < 3 or (number < headline and (menu or _capitalised(text) == 1))):
            rules[number] = NAVIGATION
        elif not poem and ":" not in text and _reads_like_title(text, 200) and (number < headline or not page):
            rules[number] = HEADING


_ADDRESSED = re.compile(
    r"^(?:assalam|bismillah|salam (?:sejahtera|kebajikan|hormat)|om swasti|namo budd|s[hy]alom|yth|hadirin|selamat (?:pagi|siang|sore|malam))"
    r"|\b(?:hormati|muliakan|banggakan|berbahagia|sekalian)\b",
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


def _printed_furniture(lines: Lines, title: str, author: str) -> list[Rule | None]:
    """For each line of a text copied from printed pages: the rule that it is furniture by, or None.

    A line in the middle of a paragraph is the paragraph's, whatever it looks like ("2019", "Jurnal Laut, Vol. 3" in a list
    of references). Furniture stands at the edge of a page or apart.
    """
    looks = [None if plain else furniture_rule(text) for text, plain in zip(lines.text, lines.plain, strict=True)]
    name, heading, width = _letters(author), _letters(title), _width(lines)
    for number, text in enumerate(lines.text):
        if looks[number] is None and _letters(text) == name != "":
            looks[number] = BYLINE
        elif looks[number] is None and _letters(text) == heading != "" and all(looks[:number]):
            looks[number] = HEADING  # the title itself, above everything
    for number in _repeated(lines, looks):
        looks[number] = REPEATED
    rules: list[Rule | None] = [None] * len(lines.text)
    for number, (rule, text) in enumerate(zip(looks, lines.text, strict=True)):
        beside = {looks[near] for near in (number - 1, number + 1) if 0 <= near < len(lines.text)}
        if rule is None or (rule is PAGE_NUMBER and PAGE_NUMBER in beside and not _at_page_break(lines, number)):
            continue  # numbers one below the other are a table's
        above = lines.fresh[number] or looks[number - 1] or _ends_sentence(lines.text[number - 1])
        below = (
            number + 1 == len(lines.text)
            or lines.fresh[number + 1]
            or looks[number + 1]
            or SECTION.fullmatch(lines.text[number + 1])
        )
        opening = rule in (BYLINE, TIMESTAMP) and number < 4 and len(text) < 0.7 * width
        cut = (
            rule is PAGE_NUMBER
            and 0 < number < len(lines.text) - 1
            and min(len(lines.text[n]) for n in (number - 1, number + 1)) > 0.7 * width
        )
        if (
            REPEATED in (rule, *beside)
            or opening
            or cut
            or _at_page_break(lines, number)
            or (above and (below or rule is KEYWORDS))
        ):
            rules[number] = rule
    signature = next((n for n, text in enumerate(lines.text) if text == "--" and n > len(lines.text) - 12), len(lines.text))
    rules[signature:] = [NAVIGATION] * (len(lines.text) - signature)  # of an e-mail
    for number in range(1, len(lines.text)):
        if (
            rules[number - 1] is KEYWORDS
            and rules[number] is None
            and not lines.fresh[number]
            and lines.text[number - 1][-1] in ",;-"
        ):
            rules[number] = KEYWORDS
    for number, fresh in enumerate(lines.fresh):
        if rules[number] is None and (fresh or (number and rules[number - 1])):
            for reached in range(number, _running_head(lines, number, title, author)):
                rules[reached] = RUNNING_HEAD
    return rules


def _at_page_break(lines: Lines, number: int) -> bool:
    return number == 0 or lines.page[number] or (number + 1 < len(lines.text) and lines.page[number + 1])


def _repeated(lines: Lines, rules: list[Rule | None]) -> list[int]:
    """The lines that stand three times or more, but for their numbers, and mostly where a page ends or a sentence is cut.

    Beside the number of a page twice is enough. Headings and rows of tables may stand three times too, but neither at page breaks nor in sentences.
    """
    places: dict[str, list[int]] = {}
    for number, text in enumerate(lines.text):
        if len(_letters(text)) >= 8 and len(text) < 120 and _capitalised(text) >= 0.5:
            places.setdefault(re.sub(r"\d+", "#", text), []).append(number)
    found: list[int] = []
    for numbers in places.values():
        edges = sum(_at_page_break(lines, number) or _cuts(lines, rules, number) for number in numbers)
        numbered = any(PAGE_NUMBER in rules[max(0, number - 1) : number + 2] for number in numbers)
        if len(numbers) >= (2 if numbered else 3) and edges > len(numbers) / 2:
            found += numbers
    return found


def _cuts(lines: Lines, rules: list[Rule | None], number: int) -> bool:
    """Whether a line stands between two halves of a sentence, or beside other furniture that does."""
    above, below = number - 1, number + 1
    while above >= 0 and rules[above]:
        above -= 1
    while below < len(lines.text) and rules[below]:
        below += 1
    if above < 0 or below == len(lines.text) or (lines.fresh[number] and not lines.fresh[below]):
        return False  # with a blank line above and none below it opens a paragraph
    halves = not _ends_sentence(lines.text[above]) and lines.text[below][0].islower()
    return halves and lines.text[number][0].isupper()


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


def _running_head(lines: Lines, number: int, title: str, author: str) -> int:
    """The number of the line after a running head that begins here (it may take three lines); 0 where none does.

    It is the title with the author before or after it, in whatever spelling, or its beginning at the top of a page.
    """
    wanted, name = _letters(title), _letters(author)
    if len(wanted) < 12:
        return 0
    for last in range(number, min(number + 3, len(lines.text))):
        found = _letters("".join(lines.text[number : last + 1]))
        if wanted not in found:
            continue
        rest = found.replace(wanted, "", 1)
        similar = difflib.SequenceMatcher(None, rest, name, autojunk=False).ratio() > 0.6
        surname = any(len(part) > 3 and _letters(part) in rest for part in author.split()) and len(rest) < len(name) + 6
        return last + 1 if similar or surname or (not rest and lines.page[number]) else 0
    cut = lines.page[number] or (number > 1 and lines.page[number - 1])
    begins = len(lines.text[number].split()) >= 3 and wanted.startswith(_letters(lines.text[number]))
    return number + 1 if cut and begins and _capitalised(lines.text[number]) >= 0.5 else 0


# --- headings ---


def _is_heading(lines: Lines, rules: list[Rule | None], number: int, unfinished: bool, width: int) -> bool:
    """Whether a line of a printed page of that width names what follows."""
    text, fresh = lines.text[number], lines.fresh[number]
    below = lines.text[number + 1] if number + 1 < len(lines.text) else ""
    goes_on = below[:1].islower()
    apart = not below or lines.fresh[number + 1] or rules[number + 1] is not None
    if SECTION.fullmatch(text) and (fresh or text.isupper()) and not goes_on:
        return True
    if number and rules[number - 1] is HEADING and text.isupper() and not fresh and not goes_on:
        return len(text) > 3  # the second line of a heading in capitals
    wide = len(below) > 0.6 * width
    # in a paragraph it would be as wide as the page
    short = not unfinished and len(text) < 0.6 * width and (apart or wide)
    if goes_on or not (fresh or short) or not _reads_like_title(text, width):
        return False
    if text.isupper() and len(text) > 3:
        return not unfinished or len(text.split()) > 1
    numbered = bool(re.match(r"\d+(?:\.\d+)+\.?\s+[A-Z]", text))
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
