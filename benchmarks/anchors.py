"""How surely codings find their words again when a text was edited: random edits whose truth is known, one command, two tables.

    python benchmarks/anchors.py                      30,000 codings, by kind of edit, and beside naive peers
    python benchmarks/anchors.py --number 3000 --seed 7 --errors     fewer, others, and what went wrong

The texts are those of the project and the invented articles of held-out/, as they are, mixed paragraph by paragraph, and with
lists whose lines are alike but for numbers, names, fields or a word such as "tidak". Every letter is followed through the edits,
so it is known where a passage stands afterwards, or that it is gone.

A passage is *kept* if its words stand in one piece as they were, but for white space, Unicode forms and kinds of quotation
marks; *altered* if at least 70 % of its letters, or letters put in their place, stand in one piece; else *gone* or torn. An
answer is *right* if it is the place of a passage kept, or overlaps that of one altered by 80 %, or says nothing of one gone;
*refused* if it says "ambiguous" or "orphan" of one not gone; *edge* if most of it is what was coded but cut otherwise; a *repeat*
if it is another place that is at least 85 % like what was coded with the same names, numbers and negations; and *wrong* if it is any
other place, also one marked as changed. The passages of one text are asked for together, as `read_codings` does (`--passages`).
The last line is the worst kind of edit, column by column (of shares those of 30 or more).
"""

from __future__ import annotations

import argparse
import difflib
import random
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from qualkit.anchors import Coding, Found, find_all

ROOT = Path(__file__).resolve().parents[1]
CONTEXT = 30  # letters, as in the files of coders
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
STRAIGHT = str.maketrans("‘’“”–—", "''\"\"--")
PLACED = ("exact", "moved", "changed")


@dataclass
class Text:
    """A text in the course of being edited: its letters, and for each the place it had at first (-1: put in since)."""

    letters: list[str]
    origin: list[int]

    @classmethod
    def of(cls, text: str) -> Text:
        return cls(list(text), list(range(len(text))))

    def __str__(self) -> str:
        return "".join(self.letters)

    def put(self, start: int, end: int, words: str) -> None:
        """Other words in the place of some: their letters stand for the old ones."""
        old = self.origin[start:end]
        self.letters[start:end] = list(words)
        self.origin[start:end] = [old[n * len(old) // len(words)] if old else -1 for n in range(len(words))]

    def take(self, start: int, end: int) -> tuple[list[str], list[int]]:
        taken = self.letters[start:end], self.origin[start:end]
        del self.letters[start:end], self.origin[start:end]
        return taken

    def insert(self, at: int, letters: list[str], origin: list[int] | None = None) -> None:
        self.letters[at:at] = letters
        self.origin[at:at] = origin or [-1] * len(letters)

    def spans(self, pattern: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(pattern, str(self))]

    def lines(self) -> list[tuple[int, int]]:
        """The paragraphs, each with its line end."""
        return self.spans(r"[^\n]*\S[^\n]*\n*")


# --- edits ---


def some(spans: list[tuple[int, int]], chance: random.Random, share: float) -> list[tuple[int, int]]:
    """A share of places, the last first, so that an edit does not shift those that follow."""
    return sorted(chance.sample(spans, max(1, round(share * len(spans)))), reverse=True) if spans else []


def typos(text: Text, chance: random.Random) -> None:
    for start, end in some(text.spans(r"\w{4,}"), chance, chance.choice([0.01, 0.03, 0.06])):
        at, letter = chance.randrange(start + 1, end - 1), chance.choice("aiuenrtks")
        kind = chance.randrange(4)
        if kind == 0:
            text.take(at, at + 1)
        elif kind == 1:
            text.insert(at, [letter])
        elif kind == 2:
            text.put(at, at + 1, letter)
        else:
            text.put(at, at + 2, "".join(text.letters[at : at + 2])[::-1])


OLD_LETTERS = {"u": "oe", "U": "Oe", "j": "dj", "J": "Dj", "y": "j", "Y": "J", "c": "tj", "C": "Tj", "kh": "ch", "sy": "sj"}
OLD_WORDS = {
    "kerja sama": "kerjasama", "kerjasama": "kerja sama", "praktik": "praktek", "objek": "obyek", "aktivitas": "aktifitas",
    "standar": "standard", "provinsi": "propinsi", "antar": "antar-", "nasihat": "nasehat",
    "sistem": "sistim", "risiko": "resiko", "izin": "ijin", "teknologi": "tehnologi", "kualitas": "kwalitas", "paham": "faham",
}  # fmt: skip


def spelling(text: Text, chance: random.Random) -> None:
    """The reform of 1972 undone, or the words corrected that people misspell."""
    changes = OLD_LETTERS if chance.random() < 0.3 else OLD_WORDS
    pattern = "|".join(map(re.escape, sorted(changes, key=len, reverse=True)))
    for start, end in reversed(text.spans(pattern if changes is OLD_LETTERS else rf"\b(?:{pattern})")):
        text.put(start, end, changes["".join(text.letters[start:end])])


def deleted(text: Text, chance: random.Random) -> None:
    for start, end in some(text.lines(), chance, 0.15):
        text.take(start, end)


def inserted(text: Text, chance: random.Random) -> None:
    """Paragraphs of other texts; what stands twice is made by `doubled`."""
    before = str(text)
    for start, _ in some(text.lines(), chance, 0.2):
        text.insert(start, list(chance.choice([one for one in PARAGRAPHS if one not in before]) + "\n\n"))


def shifted(text: Text, chance: random.Random) -> None:
    for start, end in some(text.lines(), chance, 0.1):
        letters, origin = text.take(start, end)
        ends = [0, *(end for _, end in text.lines())]
        text.insert(chance.choice(ends), letters, origin)


def stripped(text: Text, chance: random.Random) -> None:
    """Lines that are furniture are taken out, at the head and the foot and between; or new ones are put in."""
    lines = text.lines()
    short = [line for line in lines if line[1] - line[0] < 90] or lines[:1]
    for start, end in some(short, chance, chance.choice([0.5, 1])):
        text.take(start, end)
    if chance.random() < 0.4:
        for start, _ in some(text.lines(), chance, 0.2):
            text.insert(start, list(chance.choice(FURNITURE) + "\n\n"))


FURNITURE = [
    "Baca juga: Wali Kota Resmikan Taman", "IKLAN", "GULIR UNTUK MELANJUTKAN ISI", "Editor: Sri", "Bagikan:  WhatsApp  Facebook",
    "Simak breaking news dan berita pilihan kami langsung di ponsel Anda.", "Copyright © 2018", "ADVERTISEMENT\nSCROLL TO CONTINUE",
]  # fmt: skip


def spaces(text: Text, chance: random.Random) -> None:
    """Lines wrapped anew, blanks doubled, line ends of Windows, hard blanks."""
    kind = chance.randrange(4)
    if kind == 0:
        width, column = chance.choice([40, 60, 72]), 0
        for at, letter in enumerate(text.letters):
            column = 0 if letter == "\n" else column + 1
            if letter == " " and column > width:
                text.letters[at], column = "\n", 0
            elif letter == "\n" and text.letters[at - 1 : at] != ["\n"] and text.letters[at + 1 : at + 2] != ["\n"]:
                text.letters[at] = " "
    elif kind == 1:
        for start, end in reversed(text.spans("\n")):
            text.put(start, end, "\r\n")
    else:
        for start, end in some(text.spans(" "), chance, 0.3):
            text.put(start, end, chance.choice(["  ", "\u00a0", " \t", "\n", "\u2009"]) if kind == 2 else "\u00a0")


def forms(text: Text, chance: random.Random) -> None:
    """Letters with marks in pieces or whole, soft hyphens and other invisible characters put in or taken out."""
    form = chance.choice(["NFC", "NFD"])
    for start, end in reversed(text.spans("[^\x00-\x7f][\u0300-\u036f]*|[a-zA-Z][\u0300-\u036f]+")):
        text.put(start, end, unicodedata.normalize(form, "".join(text.letters[start:end])))
    for start, end in some(text.spans(r"\w{6,}"), chance, chance.choice([0, 0.1])):
        text.insert(chance.randrange(start + 2, end - 2), [chance.choice("\u00ad\u200b\u2060")])


def mojibake(text: Text, chance: random.Random) -> None:
    for start, end in reversed(text.spans("[^\x00-\x7f]")):
        broken = text.letters[start].encode("utf-8", "replace").decode("cp1252", "replace")
        text.put(start, end, broken)


def quotes(text: Text, chance: random.Random) -> None:
    straight = any(mark in text.letters for mark in "“”‘’")
    for at, letter in enumerate(text.letters):
        if straight:
            text.letters[at] = letter.translate(STRAIGHT)
        elif letter in "\"'":
            first = at == 0 or text.letters[at - 1] in " \n("
            text.letters[at] = {'"': "“" if first else "”", "'": "‘" if first else "’"}[letter]
        elif letter == "-" and chance.random() < 0.5:
            text.letters[at] = "–"


def numbers(text: Text, chance: random.Random) -> None:
    """Years, amounts and counts: one digit in some of the numbers is another."""
    for start, end in some(text.spans(r"\d+"), chance, chance.choice([0.2, 0.5])):
        at = chance.randrange(start, end)
        text.put(at, at + 1, chance.choice([digit for digit in "0123456789" if digit != text.letters[at]]))


def renamed(text: Text, chance: random.Random) -> None:
    """Other names: of places, persons and bodies, but not of the first word of a sentence."""
    for start, end in some(text.spans(r"(?<=[a-z,] )[A-Z][a-z]{2,}"), chance, chance.choice([0.05, 0.2])):
        text.put(start, end, chance.choice([name for name in NAMES if name != "".join(text.letters[start:end])]))


def denied(text: Text, chance: random.Random) -> None:
    """Words that deny or say whether a thing is done are put in before verbs, left out, or put one for the other."""
    share = chance.choice([0.05, 0.2])
    there = some(text.spans(rf"\b(?:{'|'.join(DENIALS)}) "), chance, 0.5)
    free = some(text.spans(r"(?<=[a-z] )(?:me|ber|di)[a-z]{4,}"), chance, share)
    for start, end in sorted({*there, *free}, reverse=True):
        word = chance.choice(DENIALS)
        if (start, end) not in there:
            text.insert(start, [*word, " "])
        elif chance.random() < 0.5:
            text.take(start, end)
        else:
            text.put(start, end - 1, word)


def thinned(text: Text, chance: random.Random) -> None:
    """Of lines that are alike in all but a few words, some are taken out."""
    lines = [(*line, "".join(text.letters[slice(*line)]).strip()) for line in text.lines() if line[1] - line[0] < 200]
    alike = [
        (a, b) for a, b, words in lines if any(words[:9] == w[:9] or words[-12:] == w[-12:] for at, _, w in lines if at != a)
    ]
    for start, end in some(alike, chance, chance.choice([0.2, 0.5])):
        text.take(start, end)


def rewritten(text: Text, chance: random.Random) -> None:
    """In some sentences words are replaced, left out and put in, or two clauses change places."""
    for start, end in some(text.spans(r"\w(?:[^.!?\n]|[.!?]\B){20,}[.!?](?=\s)"), chance, 0.3):
        commas = [at for at in range(start + 15, end - 15) if text.letters[at : at + 2] == [",", " "]]
        if commas and chance.random() < 0.1:
            at = chance.choice(commas)
            (*letters, comma, blank), origin = text.take(start, at + 2)
            text.insert(end - 1 - (at + 2 - start), [comma, blank, *letters], [*origin[-2:], *origin[:-2]])
            continue
        for first, last in some(
            [m for m in text.spans(r"\w+") if start <= m[0] and m[1] <= end], chance, chance.choice([0.08, 0.15, 0.25])
        ):
            word = chance.choice(WORDS)
            kind = chance.randrange(4)
            if kind == 0:
                text.take(first, min(last + 1, len(text.letters)))
            elif kind == 1:
                text.insert(first, [*word, " "])
            else:
                text.put(first, last, word)


def doubled(text: Text, chance: random.Random) -> None:
    """The page stands twice, or half of it does."""
    lines = text.lines()
    first = 0 if chance.random() < 0.5 else chance.choice(lines)[0]
    again = "\n" + str(text)[first:]
    text.insert(len(text.letters), list(again))


EDITS: dict[str, Callable[[Text, random.Random], None]] = {
    "typing errors": typos, "spelling reform": spelling, "paragraphs deleted": deleted, "paragraphs inserted": inserted,
    "paragraphs moved": shifted, "furniture stripped": stripped, "white space": spaces, "Unicode forms": forms,
    "mojibake": mojibake, "quotation marks": quotes, "numbers changed": numbers, "sentences rewritten": rewritten,
    "names replaced": renamed, "negations changed": denied, "alike lines deleted": thinned, "page doubled": doubled,
}  # fmt: skip
SEVERAL = "two to four of these"


# --- texts and passages ---


def read_texts() -> list[str]:
    paths = [*(ROOT / "corpus" / "texts").glob("*.txt"), *(ROOT / "benchmarks" / "held-out" / "articles").glob("*/texts/*.txt")]
    return [path.read_text("utf-8") for path in sorted(paths)]


TEXTS = read_texts()
PARAGRAPHS = sorted({line for text in TEXTS for line in text.split("\n") if len(line) > 120})
WORDS = sorted({word for text in TEXTS for word in re.findall(r"[a-z]{3,10}", text)})
NAMES = sorted({name for text in TEXTS for name in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", text)})
CITIES = "Surabaya Busan Medan Gwangju Bekasi Solo Bitung Davao Jakarta Kupang Ambon Padang".split()
FIELDS = "pendidikan perdagangan kesehatan pariwisata kebudayaan perikanan lingkungan olahraga pertambangan pertanian".split()
DENIALS = ["tidak", "belum", "sudah", "telah", "akan", "bukan", "tak", "jangan", "tanpa"]
ALIKE: list[Callable[[random.Random], str]] = [
    lambda chance: f"Pada {chance.randint(1990, 2025)} Kota {chance.choice(CITIES)} mengirim {chance.randint(2, 99)} pelajar "
    f"dengan biaya Rp {chance.randint(1, 999)}.{chance.randint(100, 999)}.000.",
    lambda chance: f"Kota {chance.choice(CITIES)} dan Kota {chance.choice(CITIES)} bekerja sama di bidang {chance.choice(FIELDS)}.",
    lambda chance: f"Pemerintah Kota {chance.choice(CITIES)} memberi beasiswa penuh kepada para guru sekolah menengah.",
    lambda chance: f"Kota {chance.choice(CITIES)} {chance.choice(DENIALS[:5])} mengirim guru ke Korea.",
    lambda chance: f"Kedua kota bekerja sama di bidang {chance.choice(FIELDS)}, kata wali kota.",
    lambda chance: f"- {chance.choice(FIELDS)}: Kota {chance.choice(CITIES)}",
]  # fmt: skip


def made_text(chance: random.Random, listed: bool = False) -> str:
    """A text as it is, one mixed of paragraphs, or one with a list of lines that are alike; or a short one with such a list."""
    kind = 1.0 if listed else chance.random()
    if kind < 0.5:
        return chance.choice(TEXTS)
    text = "\n\n".join(chance.sample(PARAGRAPHS, 2 if listed else chance.randint(4, 14))) + "\n"
    if kind < 0.8:
        return text
    made = chance.choice(ALIKE)
    lines = list(dict.fromkeys(made(chance) for _ in range(chance.randint(3, 8))))
    at = text.index("\n\n") + 2
    return (
        text[:at]
        + chance.choice(["\n", "\n\n"]).join(lines)
        + "\n\nDi “Café Selçuk” para pelajar itu melambaikan 🇮🇩–🇰🇷, kata Bojan Perić sekeluarga (👨‍👩‍👧).\n\n"
        + text[at:]
    )


def passages(text: str, chance: random.Random, number: int) -> Iterator[tuple[int, int]]:
    """Sentences, parts of sentences, a few words, and stretches of two or three sentences."""
    sentences = [m.span() for m in re.finditer(r"\S(?:[^.!?\n]|[.!?]\B){15,}(?:[.!?](?=\s)|\n)", text)] or [
        (0, len(text.rstrip()))
    ]
    for _ in range(number):
        which = chance.randrange(len(sentences))
        start, end = sentences[which]
        words = [m.span() for m in re.finditer(r"\S+", text[start:end])]
        kind = chance.random()
        if kind < 0.4:
            pass
        elif kind < 0.85:
            length = chance.randint(1, 3) if kind < 0.5 else chance.randint(4, 12)
            first = chance.randrange(max(1, len(words) - length + 1))
            last = min(len(words), first + length) - 1
            start, end = start + words[first][0], start + words[last][1]
        else:
            end = sentences[min(len(sentences) - 1, which + chance.randint(1, 2))][1]
        yield start, start + len(text[start:end].rstrip())


def plain(words: str) -> str:
    """Words but for white space, Unicode forms, invisible characters and the kind of quotation marks."""
    words = unicodedata.normalize("NFC", words.translate(INVISIBLE)).translate(STRAIGHT)
    return " ".join(words.split())


def facts(words: str) -> list[str]:
    """The names, numbers and negations of some words."""
    return [word for word in re.findall(r"\w+", words) if word[0].isupper() or word[0].isdigit() or word.lower() in DENIALS]


def truth(text: Text, start: int, end: int) -> tuple[int, int] | None:
    """Where the letters of a passage stand now; of one that was torn apart the largest piece."""
    there = [at for at, origin in enumerate(text.origin) if start <= origin < end]
    if not there:
        return None
    pieces, first = [], there[0]
    for at, following in zip(there, [*there[1:], len(text.origin) + 999], strict=True):
        if following - at > 60:  # more than a few words put in between
            pieces.append((first, at + 1))
            first = following
    return max(pieces, key=lambda piece: piece[1] - piece[0])


# --- what is measured ---


@dataclass
class Tally:
    """The outcomes of one finder."""

    rows: list[dict[str, object]] = field(default_factory=list)
    seconds: float = 0.0


def judged(found: Found, right: tuple[int, int] | None, coded: tuple[int, int], quote: str, text: Text) -> dict[str, object]:
    """What an answer is worth: right, refused (ambiguous or orphan), in the right place but cut otherwise (edge), on a repeat, or wrong."""
    now = str(text)
    gone = right is None or sum(coded[0] <= origin < coded[1] for origin in text.origin[slice(*right)]) < 0.7 * len(quote)
    kept = right is not None and plain(now[slice(*right)]) == plain(quote)
    row: dict[str, object] = {
        "truth": "kept" if kept else "gone" if gone else "altered",
        "anchor": found.anchor,
        "missed": False,
    }
    if found.anchor not in PLACED:
        return {**row, "verdict": "right" if gone and not kept else "refused"}
    there = now[found.start : found.end]
    row["missed"] = found.anchor != "changed" and plain(there) != plain(quote)
    common = 0 if right is None else max(0, min(right[1], found.end) - max(right[0], found.start))
    union = len(there) + (right[1] - right[0] if right else 0) - common
    if (plain(there) == plain(quote) if kept else common >= 0.8 * union) and common:
        return {**row, "verdict": "right"}
    if sum(coded[0] <= origin < coded[1] for origin in text.origin[found.start : found.end]) >= 0.5 * len(there):
        return {**row, "verdict": "edge"}
    alike = difflib.SequenceMatcher(None, plain(there), plain(quote), autojunk=False).ratio()
    return {**row, "verdict": "repeat" if alike >= 0.85 and facts(there) == facts(quote) else "wrong"}


def offsets_only(quote: str, prefix: str, suffix: str, start: int, text: str) -> Found:
    return Found("exact", min(start, len(text)), min(start + len(quote), len(text)))


def first_hit(quote: str, prefix: str, suffix: str, start: int, text: str) -> Found:
    at = start if text[start : start + len(quote)] == quote else text.find(quote)
    return Found("moved", at, at + len(quote)) if at >= 0 else Found("orphan")


def likest(quote: str, prefix: str, suffix: str, start: int, text: str) -> Found:
    """The best fuzzy match, whatever it is, as rapidfuzz gives it."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    best = partial_ratio_alignment(quote, text)
    return Found("moved" if text[best.dest_start : best.dest_end] == quote else "changed", best.dest_start, best.dest_end)


def each(finder: Callable[[str, str, str, int, str], Found]) -> Callable[[list[Coding], str], list[Found]]:
    """A finder that knows of no other codings."""
    return lambda codings, text: [finder(*coding, text) for coding in codings]


FINDERS = {
    "qualkit": find_all,
    "offsets only": each(offsets_only),
    "offset, else first exact hit": each(first_hit),
    "best fuzzy match": each(likest),
}


def measure(
    number: int, seed: int, finders: tuple[str, ...] = ("qualkit",), context: int = CONTEXT, together: int = 20
) -> dict[str, Tally]:
    """The answers of each finder for so many codings, so many of a text; the same seed gives the same texts, edits and passages."""
    chance = random.Random(seed)
    kinds = [*EDITS, SEVERAL, SEVERAL, SEVERAL, SEVERAL]
    tallies = {name: Tally() for name in finders}
    done = 0
    while done < number:
        kind = kinds[done // together % len(kinds)]
        before = made_text(chance, kind == "alike lines deleted")
        text = Text.of(before)
        # A page is doubled as it is, so that comes last: both copies have the other edits.
        chosen = chance.sample(list(EDITS), chance.randint(2, 4)) if kind == SEVERAL else [kind]
        for name in sorted(chosen, key=lambda name: name == "page doubled"):
            EDITS[name](text, chance)
        now = str(text)
        coded = []
        for start, end in passages(before, chance, min(together, number - done)):
            around = before[max(0, start - 300) : start].rstrip()[-context:], before[end : end + 300].lstrip()[:context]
            coded.append((before[start:end], *around, start, end, truth(text, start, end)))
        for finder, tally in tallies.items():
            began = time.process_time()
            answers = FINDERS[finder]([coding[:4] for coding in coded], now)
            tally.seconds += time.process_time() - began
            for found, (quote, prefix, suffix, start, end, right) in zip(answers, coded, strict=True):
                row = {"edit": kind, **judged(found, right, (start, end), quote, text), "long": len(quote) >= 20}
                if (
                    row["verdict"] not in ("right", "refused")
                    or row["missed"]
                    or (row["verdict"] == "refused" and row["truth"] != "gone")
                ):
                    there = right and now[slice(*right)]
                    row |= {"call": (quote, prefix, suffix, start, now), "now": there, "found": now[found.start : found.end]}
                    row |= {"around": (now[max(0, found.start - 30) : found.start], now[found.end : found.end + 30])}
                tally.rows.append(row)
        done += len(coded)
    return tallies


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per kind of edit."""

    def line(these: pd.DataFrame) -> dict[str, object]:
        kept, altered = these[(these["truth"] == "kept") & these["long"]], these[these["truth"] == "altered"]
        return {
            "codings": len(these),
            "kept right %": 100 * (kept["verdict"] == "right").mean(),
            "short kept right %": 100 * (these[(these["truth"] == "kept") & ~these["long"]]["verdict"] == "right").mean(),
            "altered": len(altered),
            "altered right %": 100 * (altered["verdict"] == "right").mean(),
            "gone or torn": (these["truth"] == "gone").sum(),
            "flag missed": these["missed"].sum(),
            "ambiguous": (these["anchor"] == "ambiguous").sum(),
            "orphan": (these["anchor"] == "orphan").sum(),
            "edge": (these["verdict"] == "edge").sum(),
            "wrong": (these["verdict"] == "wrong").sum(),
            "on a repeat": (these["verdict"] == "repeat").sum(),
            "of these not marked": ((these["verdict"] == "repeat") & (these["anchor"] != "changed")).sum(),
        }

    lines = {kind: line(rows[rows["edit"] == kind]) for kind in [*EDITS, SEVERAL]}
    kinds = pd.DataFrame(lines).T
    shares = kinds.filter(like="%").where(kinds["altered"] >= 30, kinds.filter(like="%").drop(columns="altered right %"))
    return pd.DataFrame({**lines, "all": line(rows), "worst kind": {**kinds.max(), **shares.min()}}).T


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--context", type=int, default=CONTEXT)
    parser.add_argument("--passages", type=int, default=20, help="of a text, asked for together")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--alone", action="store_true", help="without the peers")
    given = parser.parse_args()
    tallies = measure(given.number, given.seed, tuple(FINDERS)[: 1 if given.alone else None], given.context, given.passages)
    pd.set_option("display.width", 250, "display.max_columns", 30, "display.precision", 2)
    ours = pd.DataFrame(tallies["qualkit"].rows)
    print(table(ours).to_string(float_format=lambda number: f"{number:.2f}".removesuffix(".00")), "\n")
    peers = {}
    for name, tally in tallies.items():
        line = table(pd.DataFrame(tally.rows)).loc["all"]
        peers[name] = {**line, "codings/s": len(tally.rows) / max(tally.seconds, 1e-9)}
    peers = pd.DataFrame(peers).T.drop(columns=["codings", "altered", "gone or torn"])
    peers["slower than qualkit"] = peers["codings/s"]["qualkit"] / peers["codings/s"]
    print(peers.T.to_string(float_format=lambda number: f"{number:.2f}".removesuffix(".00")))
    if given.errors:
        for row in tallies["qualkit"].rows:
            if "call" in row:
                (quote, prefix, suffix, *_), around = row.pop("call"), row.pop("around")
                print(row["edit"], row["truth"], row["anchor"], row["verdict"], sep=" | ")
                print(
                    f"   coded  {prefix!r} [{quote!r}] {suffix!r}\n   now    {row['now']!r}\n   found  {around[0]!r} [{row['found']!r}] {around[1]!r}"
                )


if __name__ == "__main__":
    main()
