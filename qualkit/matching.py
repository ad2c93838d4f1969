"""Terms go in, compiled once; where they stand in many texts comes out: exact places, in code points of the untouched text.

The idea: every form a term can take is written down beforehand, and the first eight letters of each are hashed into a small
table. Numpy looks up all words of a megabyte of text in it at once, and only the few that may be a term are looked at by
plain Python, each distinct one once. A text with letters in pieces or with invisible characters is searched in a tidy copy,
whose places are carried back.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from qualkit.indonesian import CLITICS
from qualkit.inflection import inflect
from qualkit.signs import chunks

_ENDINGS = ("", *CLITICS, *(f"nya{particle}" for particle in CLITICS if particle != "nya"))
_ENDINGS_OF_A_ROOT = (*_ENDINGS, "ku", "mu")
_HYPHENS = "-\u2010\u2011"
_BREAK = "\x00"  # stands between two texts; no term holds it

_SINGLE, _FIRST, _SECOND, _MORE = 1, 2, 4, 8  # a word may be a term; the first of a phrase, its second; what follows these
_HEAD, _LONGEST_STEM = 8, 5  # letters looked at of a word, and of what stands before a star
_HEAD_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_HEAD)] + [(1 << 64) - 1], np.uint64)
_BITS, _BITS_OF_STEMS = 21, 14  # of the tables


@dataclass(frozen=True)
class Term:
    """A word or phrase as a codebook lists it; a root stands for all its forms."""

    text: str
    root: bool = False


class Hits(NamedTuple):
    """One place per element, overlapping ones too: which text, from where to where, which term, and whether in a derived form.

    Derived is one word that a root or a star stands for, not as the codebook lists it.
    """

    text: np.ndarray
    start: np.ndarray
    end: np.ndarray
    term: np.ndarray
    derived: np.ndarray


class Matcher:
    """Terms made ready to be found in any number of texts.

    Examples
    --------
    >>> hits = Matcher([Term("kerja sama"), Term("latih", root=True)]).find(["Kerja\\nsama itu", "Mereka melatih guru"])
    >>> [(int(text), int(start), int(end)) for text, start, end in zip(hits.text, hits.start, hits.end)]
    [(0, 0, 10), (1, 7, 14)]
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self._exact: dict[str, list[_Form]] = {}  # by the first word
        self._stems: dict[str, list[_Form]] = {}  # by what stands before its star
        self._words: set[tuple[str, bool]] = set()  # every word of a form, and whether a star follows
        # What words begin with, by how much of it is looked at and what they then may be.
        heads: dict[tuple[int, int], set[str]] = {(_HEAD, _MORE): set(_ENDINGS_OF_A_ROOT[1:])}  # HAM-nya
        for form in (form for number, term in enumerate(terms) for form in _forms(number, term)):
            first = form.words[0]
            (self._stems if first.star else self._exact).setdefault(first.folded, []).append(form)
            self._words.update((word.folded, word.star) for word in form.words)
            for number, word in enumerate(form.words[:3]):
                flag = (_SINGLE if form.key == 1 else _FIRST, _SECOND, _MORE)[number]
                size = min(len(word.folded), _LONGEST_STEM) if word.star else _HEAD
                endings = form.endings if number + 1 == len(form.words) and not word.star else ("",)
                heads.setdefault((size, flag), set()).update((word.folded + ending)[:size] for ending in endings)
        self._tables: dict[int, np.ndarray] = {}
        for (size, flag), words in heads.items():
            table = self._tables.setdefault(size, np.zeros(1 << (_BITS if size == _HEAD else _BITS_OF_STEMS), np.uint8))
            table[_slots(np.array(_coded("\n".join(words)).split(b"\n"), f"S{_HEAD}").view("<u8"), table)] |= flag
        # What one or two words of a text are: the forms they open, and as a number what is known without looking further:
        # the terms; whether to look further in any case, where another word of a form may follow, where a hyphen follows.
        self._forms: dict[str, tuple[_Form, ...]] = {}
        self._verdict_of: dict[str, int] = {}
        self._verdicts: dict[tuple[tuple[int, ...], bool, bool, bool], int] = {((), False, False, False): 0}

    def find(self, texts: Sequence[str]) -> Hits:
        """Every place of every term, in the order of the texts."""
        found = [self._find(texts[part], part.start) for part in chunks(texts)] or [self._find([""], 0)]
        text, start, end, term, derived = (np.concatenate(column) for column in zip(*found, strict=True))
        return Hits(text, start, end, term, derived)

    def _find(self, texts: Sequence[str], first: int) -> Hits:
        joined = _BREAK + _BREAK.join(texts) + _BREAK
        coded = _coded(joined)
        edited = []
        for what_to_edit in (_untidy, self._broken_words):
            if edits := what_to_edit(joined, coded):
                edited.append(_Edits.of(edits))
                joined = _edited(joined, edits)
                coded = _coded(joined)
        start, end, term = self._hits(joined, np.frombuffer(coded + bytes(_HEAD), np.uint8))
        for edits in reversed(edited):
            start, end = edits.start(start), edits.end(end)
        order = np.argsort(start, kind="stable")
        start, end, term = start[order], end[order], term[order]
        begins = np.cumsum(np.fromiter(map(len, [_BREAK, *texts]), np.intp) + 1) - 1
        text = np.searchsorted(begins, start, "right") - 1
        return Hits(text + first, start - begins[text], end - begins[text], term >> 1, term & 1 > 0)

    def _hits(self, text: str, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Start, end and twice the number of the term (one more for a derived form) of every hit in a text."""
        edges = np.flatnonzero(np.diff(codes >= _WORD)) + 1
        starts, ends = edges[::2], edges[1::2]
        heads = np.ndarray(len(codes) - _HEAD + 1, "<u8", codes, 0, (1,))[starts]  # the eight bytes from each start on
        heads &= _HEAD_MASKS[np.minimum(ends - starts, _HEAD)]
        flags = np.zeros(len(starts) + 1, np.uint8)
        for size, table in self._tables.items():
            flags[:-1] |= table[_slots(heads & _HEAD_MASKS[size], table)]
        single = np.flatnonzero(flags & _SINGLE)
        pair = np.flatnonzero(flags[:-1] << 1 & flags[1:] & _SECOND)  # a first with a second after it
        at, last = np.concatenate([single, pair]), np.concatenate([single, pair + 1])
        start, end = starts[at], ends[last]
        words = [text[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)]
        known = self._verdict_of
        verdict = np.array([known[word] if word in known else self._judged(word) for word in words], np.intp)

        terms, *kinds = zip(*self._verdicts, strict=True)
        always, longer, starred = (np.array(kind)[verdict] for kind in kinds)
        more = flags[last + 1] & _MORE > 0
        linked = (codes[end] == _HYPHEN) & (starred | more) & (verdict > 0)
        some = np.flatnonzero(~linked & (verdict > 0))
        sizes = np.array([len(found) for found in terms])[verdict[some]]
        of_hit = np.repeat(some, sizes)
        nth = np.arange(len(of_hit)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        term = np.array([*chain.from_iterable(terms)], np.intp)[np.cumsum([0, *map(len, terms)])[verdict[of_hit]] + nth]

        tokens = _Tokens(text, starts, ends)
        walked = [
            (*place, form.term * 2 + form.is_derived(place[1] - place[0]))
            for number in np.flatnonzero(linked | always | longer & more).tolist()
            for form in self._forms[words[number]]
            if (linked[number] or not form.whole) and (place := tokens.walk(form, int(at[number])))
        ]
        further = np.array(walked, np.intp).reshape(-1, 3)
        whole = (start[of_hit], end[of_hit], term)
        start, end, term = (np.concatenate([one, other]) for one, other in zip(whole, further.T, strict=True))
        return start, end, term

    def _judged(self, text: str) -> int:
        """What one or two words of a text are, as a number."""
        forms = self._opened(text)
        found: dict[int, bool] = {}
        for form in forms:
            if form.whole:
                found[form.term] = found.get(form.term, True) and form.is_derived(len(text))
        self._forms[text] = forms
        terms = tuple(term * 2 + derived for term, derived in sorted(found.items()))
        longer = [form for form in forms if not form.whole]
        always = any(form.gaps[0] or form.gaps[-1] or any(word.star for word in form.words[:-1]) for form in longer)
        verdict = terms, always, bool(longer), any(form.words[-1].star for form in forms)
        self._verdict_of[text] = self._verdicts.setdefault(verdict, len(self._verdicts))
        return self._verdict_of[text]

    def _opened(self, text: str) -> tuple[_Form, ...]:
        """The forms that one or two words of a text open."""
        words = [match.span() for match in re.finditer(r"\w+", text)]
        written = [text[start:end] for start, end in words]
        gap = _canonical(text[words[0][1] : words[-1][0]])
        first = fold(written[0])
        bases = {first.removesuffix(ending): None for ending in _ENDINGS_OF_A_ROOT}
        may = [form for base in bases for form in self._exact.get(base, ())]
        may += [form for size in range(1, len(first) + 1) for form in self._stems.get(first[:size], ())]
        return tuple(form for form in may if form.opens(written, gap))

    def _broken_words(self, text: str, coded: bytes) -> list[tuple[int, int, str]]:
        """Hyphens at the end of a line within a word that the terms know: what to take out."""
        found = []
        for match in re.finditer(rb"-[ \n]*\n[ \n]*", coded) if b"\n" in coded else ():
            start, end = match.span()
            while coded[start - 1] >= _WORD:
                start -= 1
            while coded[end] >= _WORD:
                end += 1
            if (
                start < match.start()
                and match.end() < end
                and self._knows(text[start : match.start()] + text[match.end() : end])
            ):
                found.append((*match.span(), ""))
        return found

    def _knows(self, word: str) -> bool:
        """Whether it is a word of some term, wherever in the term."""
        word = fold(word)
        whole = any((word.removesuffix(ending), False) in self._words for ending in _ENDINGS_OF_A_ROOT)
        return whole or any((word[:size], True) in self._words for size in range(1, len(word) + 1))


# --- the forms of terms ---


@dataclass(frozen=True)
class _Word:
    """One word of a form: in capitals it stands in capitals, with a capital it begins with one, else it stands in any case."""

    written: str
    folded: str
    star: bool

    def fits(self, word: str, endings: tuple[str, ...]) -> bool:
        size = len(self.written)
        if fold(word[:size]) != self.folded or not (self.star or fold(word[size:]) in endings):
            return False
        if self.written.isupper():
            return word[:size] == self.written
        return word[0].isupper() or not self.written[0].isupper()


@dataclass(frozen=True)
class _Form:
    """One spelling of a term: its words, and what stands before, between and after them."""

    term: int
    derived: bool
    words: tuple[_Word, ...]
    gaps: tuple[str, ...]
    endings: tuple[str, ...]

    @property
    def key(self) -> int:
        """How many of its words it is looked up by."""
        return 1 if len(self.words) == 1 or self.words[0].star else 2

    @property
    def whole(self) -> bool:
        """Whether it is no more than what it is looked up by."""
        return len(self.words) == self.key and not (self.gaps[0] or self.gaps[-1])

    def opens(self, words: Sequence[str], gap: str) -> bool:
        """Whether these one or two words are what it is looked up by."""
        return (
            len(words) == self.key
            and (self.key == 1 or gap == self.gaps[1])
            and all(self.fits(number, word) for number, word in enumerate(words))
        )

    def fits(self, number: int, word: str) -> bool:
        return self.words[number].fits(word, self.endings if number + 1 == len(self.words) else ("",))

    def is_derived(self, size: int) -> bool:
        """Whether a place of that size holds it in another form than the codebook lists."""
        return self.derived or (len(self.words) == 1 and self.words[0].star and size > len(self.words[0].written))


def fold(text: str) -> str:
    """The same in small letters, each character one character."""
    return text.replace("İ", "i").lower().replace("ς", "σ")


def _forms(number: int, term: Term) -> Iterator[_Form]:
    """Every spelling of a term."""
    for spelling in inflect(term.text) if term.root else (term.text,):
        text = _canonical(unicodedata.normalize("NFC", spelling)).strip(" -")
        pieces = re.split(r"(\w+\*?)", text)
        words = tuple(_Word(word.rstrip("*"), fold(word.rstrip("*")), word.endswith("*")) for word in pieces[1::2])
        derived = term.root and len(words) == 1 and spelling != term.text
        yield _Form(number, derived, words, tuple(pieces[::2]), _ENDINGS_OF_A_ROOT if term.root else _ENDINGS)


def _canonical(text: str) -> str:
    """One blank for any white space, one hyphen for any with the line it breaks, one apostrophe for both."""
    return re.sub(r"\s+", " ", re.sub(rf"[{_HYPHENS}]\s*", "-", text.replace("'", "’")))


class _Tokens:
    """The words of a text: where they stand and what stands between them."""

    def __init__(self, text: str, starts: np.ndarray, ends: np.ndarray) -> None:
        self.text, self.starts, self.ends = text, starts, ends
        self._last_linked: dict[int, int] = {}

    def word(self, at: int) -> str:
        return self.text[self.starts[at] : self.ends[at]]

    def gap(self, at: int) -> str:
        """What stands before a word, or after the last."""
        start = self.ends[at - 1] if at else 0
        between = self.text[start : self.starts[at] if at < len(self.starts) else None]
        return between if between == " " else _canonical(between)

    def last_linked(self, at: int) -> int:
        """The last of the words that hyphens join to this one."""
        path = []
        while at not in self._last_linked and self.gap(at + 1) == "-":
            path.append(at)
            at += 1
        last = self._last_linked.get(at, at)
        self._last_linked.update(dict.fromkeys(path, last))
        return last

    def walk(self, form: _Form, at: int) -> tuple[int, int] | None:
        """Where a form stands whose first word is the one at hand; None where it does not."""
        before, *between, after = form.gaps
        start = int(self.starts[at]) - len(before)
        if before and not self.gap(at).endswith(before):
            return None
        for number, (word, gap) in enumerate(zip(form.words, [*between, after], strict=True)):
            if not form.fits(number, self.word(at)):
                return None
            if word.star and not gap.startswith("-"):
                at = self.last_linked(at)
            if number < len(between):
                at += 1
                if self.gap(at) != gap:
                    return None
        if after:
            return (start, int(self.ends[at]) + len(after)) if self.gap(at + 1).startswith(after) else None
        more = not form.words[-1].star and self.gap(at + 1) == "-" and fold(self.word(at + 1)) in form.endings
        return start, int(self.ends[at + more])


# --- many texts at once ---


def _slots(heads: np.ndarray, table: np.ndarray) -> np.ndarray:
    """The place of each in a table of two to some power: the upper bits of a product."""
    return ((heads * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(65 - len(table).bit_length())).view(np.intp)


# A character as one byte. Letters and digits are "0" and above, each the byte of its small letter where it has one; the rest
# is a class. Odd is what a tidy copy does without: letters in pieces, invisible characters.
_ODD, _NEW_LINE, _SPACE, _HYPHEN, _WORD, _OTHER_LETTER, _ODD_LETTER = 1, 10, 32, 45, 48, 64, 65


def _coded(text: str) -> bytes:
    """One byte per character."""
    small = _codes(256).tobytes()
    if text.isascii():
        return text.encode("ascii").translate(small)
    for encoding, width in (("utf-16-le", 2), ("utf-32-le", 4)):  # the first does for all but rare letters and emoji
        written = np.frombuffer(text.encode(encoding, "surrogatepass"), f"<u{width}")
        if len(written) == len(text):
            break
    codes = bytearray(written.astype(np.uint8).tobytes().translate(small))
    large = np.flatnonzero(written > 255)
    np.frombuffer(codes, np.uint8)[large] = _codes(sys.maxunicode + 1)[written[large]]
    return bytes(codes)


@cache
def _codes(size: int) -> np.ndarray:
    """The byte of each of the first characters of Unicode."""
    every = np.arange(size, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    codes = np.zeros(size, np.uint8)
    for pattern, code in ((r"\w+", _OTHER_LETTER), (r"\s+", _SPACE), (r"[\n-\r\x1c-\x1e\x85\u2028\u2029]", _NEW_LINE),
                          (rf"[{_HYPHENS}]", _HYPHEN)):  # fmt: skip
        for match in re.finditer(pattern, every):
            codes[match.start() : match.end()] = code
    for at in np.flatnonzero(codes[:0x20000] == 0).tolist():
        if unicodedata.category(every[at]) in ("Mn", "Mc", "Me", "Cf"):
            codes[at] = _ODD
    for at in np.flatnonzero(codes[:0x30000] == _OTHER_LETTER).tolist():
        if (
            not unicodedata.is_normalized("NFC", every[at])
            or "\u1161" <= every[at] <= "\u1175"
            or "\u11a8" <= every[at] <= "\u11c2"
        ):
            codes[at] = _ODD_LETTER  # the parts of Korean syllables are letters of their own too
        elif ord(fold(every[at])) < 256:
            codes[at] = ord(fold(every[at]))
    return codes


@cache
def _odd_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What cannot be seen, with the line that a soft hyphen breaks; and a letter in pieces."""
    odd = [chr(at) for at in np.flatnonzero(np.isin(_codes(sys.maxunicode + 1), (_ODD, _ODD_LETTER)))]
    invisible = re.escape("".join(letter for letter in odd if unicodedata.category(letter) == "Cf"))
    pieces = re.escape("".join(letter for letter in odd if unicodedata.category(letter) != "Cf"))
    return (
        re.compile(rf"\u00ad\s*\n\s*|[{invisible}]"),
        re.compile(rf"\u00ad\s*\n\s*|[^{invisible}{pieces}]?(?:[{invisible}]*[{pieces}])+|[{invisible}]+"),
    )


def _untidy(text: str, coded: bytes) -> list[tuple[int, int, str]]:
    """What a tidy copy of a text has instead: letters whole, nothing invisible."""
    found: list[tuple[int, int, str]] = []
    done = 0
    if bytes([_ODD]) not in coded and bytes([_ODD_LETTER]) not in coded:
        return found
    for at in np.flatnonzero(np.isin(np.frombuffer(coded, np.uint8), (_ODD, _ODD_LETTER))).tolist():
        if at < done:
            continue
        invisible, cluster = _odd_patterns()
        match = (cluster.match(text, at - 1) if at > done else None) or cluster.match(text, at)
        if match:  # it begins with the letter before it, or alone
            done = match.end()
            tidy = unicodedata.normalize("NFC", invisible.sub("", match.group()))
            if tidy != match.group():
                found.append((*match.span(), tidy))
    return found


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """The copy of a text with some places replaced."""
    kept = [0, *chain.from_iterable(edit[:2] for edit in edits), len(text)]
    pieces = [text[start:end] for start, end in zip(kept[::2], kept[1::2], strict=True)]
    return "".join(chain.from_iterable(zip(pieces, [*(new for _, _, new in edits), ""], strict=True)))


class _Edits(NamedTuple):
    """Replaced places, in the copy (from, to) and in the text (first, last), each after the other."""

    start_in_copy: np.ndarray
    end_in_copy: np.ndarray
    start_in_text: np.ndarray
    end_in_text: np.ndarray

    @classmethod
    def of(cls, edits: list[tuple[int, int, str]]) -> _Edits:
        start, end = (np.array([0, *(edit[side] for edit in edits)]) for side in (0, 1))
        size = np.array([0, *(len(new) for _, _, new in edits)])
        end_in_copy = end + np.cumsum(size - (end - start))
        return cls(end_in_copy - size, end_in_copy, start, end)

    def start(self, at: np.ndarray) -> np.ndarray:
        """Where in the text a place begins that begins there in the copy."""
        edit = np.searchsorted(self.start_in_copy, at, "right") - 1
        moved = at + self.end_in_text[edit] - self.end_in_copy[edit]
        return np.where(at < self.end_in_copy[edit], self.start_in_text[edit], moved)

    def end(self, at: np.ndarray) -> np.ndarray:
        """Where in the text a place ends that ends there in the copy."""
        edit = np.searchsorted(self.start_in_copy, at - 1, "right") - 1
        moved = at + self.end_in_text[edit] - self.end_in_copy[edit]
        return np.where(at <= self.end_in_copy[edit], self.end_in_text[edit], moved)
