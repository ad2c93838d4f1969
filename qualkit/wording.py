"""Texts go in; what only a purpose or a plan carries, which numbers they hold and which bodies they name comes out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from qualkit.indonesian import MONTHS, find_date_expressions

# Words that say nothing of their own about a fact, and those that every text on cooperation has.
_EMPTY = frozenset(
    "ada adalah agar akan antara atas atau bagi bahwa bakal banyak beberapa berbagai bersama bertujuan bisa bukan dalam dan dapat dari "
    "demi dengan diharapkan dimaksudkan disebut ditujukan guna hal hingga ialah ini itu jadi juga karena kata kerja kepada kerjasama ketika "
    "lain lalu lebih lewat masing maupun melalui mereka namun oleh pada para per pernah pula pun saat saja salah sama sampai satu "
    "sebagai sebuah secara sedang sehingga sejak selain selaku seluruh semua semenjak serta setiap suatu sudah supaya tahun telah tentang "
    "terhadap tersebut tiap untuk yaitu yakni yang".split()
)
_WORD = re.compile(r"[^\W\d_]{3,}|\d+(?:[.,]\d+)*")
_PREFIX = re.compile(r"(?:memper|diper|meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|ter|di|ke|se)(?=\w{4})")
_SUFFIX = re.compile(r"(?<=\w{4})(?:kan|an|i)$")
_CLITIC = re.compile(r"(?<=\w{3})(?:nya|lah|kah|pun)$")


def content_words(text: str) -> set[str]:
    """The words and numbers of a text that say something, each cut down so that forms of one root meet.

    The cut is rough on purpose (it only compares texts on one fact) and never shown.

    >>> sorted(content_words("Delegasi itu mengirim guru") & content_words("Guru dikirim oleh delegasinya"))
    ['delegas', 'guru', 'irim']
    """
    return {_cut(word.casefold()) for word in _WORD.findall(text) if word.casefold() not in _EMPTY}


def _cut(word: str) -> str:
    if word[0].isdigit():
        return word
    stem = _SUFFIX.sub("", _PREFIX.sub("", _CLITIC.sub("", word), count=1))
    return stem[1:] if len(stem) > 4 and stem[0] in "kpst" else stem  # what a nasal prefix swallows: kirim, mengirim


def likeness(text: str, other: str) -> float:
    """How alike two texts are: the content words both have, of all that either has (0-1; of two empty texts 0).

    >>> likeness("Guru dikirim ke Medan pada 2008.", "Pada 2008 Medan mengirim guru.")
    1.0
    """
    mine, theirs = content_words(text), content_words(other)
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0


_ACTIVE = r"(?:me[mnlrwy]|ber|di|ter)[a-z]{3,}|ikut|hadir|datang|tampil|jadi|belajar|pergi|masuk"
_NO_VERB = "beberapa|berbagai|beragam|berikut|bersama|berdua|bertiga|dia|dini|diri|dirinya|dinas|diskusi|menteri|mental|menu|merek|mereka"
_PURPOSE = re.compile(
    rf"\b(?:(?P<bare>guna|demi(?!\s+(?:satu|sedikit|hari|kata|langkah)\b)"
    rf"|(?:untuk|dalam\s+rangka)(?=\s+(?!(?:{_NO_VERB})\b)(?:{_ACTIVE})\b))|agar|supaya)\s+",
    re.IGNORECASE,
)
_PURPOSE_OVER = re.compile(
    r"[,;:!?…()\"“”]|\.(?=\s|$)|\s(?:yang|sehingga|namun|tetapi|sedangkan|sementara|telah|sudah|pernah)\b", re.IGNORECASE
)
_MAIN_VERB = re.compile(r"(?<!yang)(?<!dan)(?<!serta)\s+di[a-z]{4,}(?:kan|i)?\b", re.IGNORECASE)
# Hopes and plans: a verb or modal word covers its subject too, a noun or a condition what comes behind it.
_PLAN = re.compile(
    r"\b(?:(?P<verb>akan(?!\s+(?:tetapi|hal|arti)\b)"
    r"|bakal(?!\s+(?:calon|pasangan))|hendak|ingin|berkeinginan|berencana|rencananya|direncanakan|dijadwalkan|berniat|berharap"
    r"|diharapkan|mengharapkan|bertujuan|ditujukan|dimaksudkan|semoga|mudah-mudahan|diproyeksikan|diperkirakan|diusulkan|dijajaki"
    r"|berupaya|berusaha|berminat|tertarik|marilah|kelak|segera)"
    r"|(?P<noun>tujuannya|tujuan(?=\s(?:[\w-]+\s){0,4}(?:ialah|adalah)\b)|ikhtiar|minat|jika|bila|apabila|seandainya))\b",
    re.IGNORECASE,
)
_CONTRAST = r"tetapi|tapi|namun|sedangkan|sementara|sehingga|padahal"
_STOP = rf"[;:!?()\"“”]|\.(?=\s|$)|,?\s(?:{_CONTRAST})\b|,\s(?:dan|serta|lalu|kemudian|kata|ujar|tutur)\b"
_SAID_THAT = "mengatakan|menyatakan|menyebut|menyebutkan|menjelaskan|mengungkapkan|menuturkan|menambahkan|bahwa"
_PLAN_BEGINS = re.compile(rf"{_STOP}|,|\b(?:dan|serta|lalu|kemudian|yang)\s+$|\b(?:{_SAID_THAT})\b", re.IGNORECASE)
# Before "akan" that means "of, about": dikenal akan, kebutuhan kota itu akan.
_ABOUT = re.compile(
    r"\b(?:(?:di)?kenal|mengingatkan|sadar|tahu|kaya|rindu|percaya|(?:kebutuhan|rasa|kesadaran|kerinduan)(?:\s+\w+){0,3})\s+$",
    re.IGNORECASE,
)
_PLAN_ENDS = re.compile(rf"{_STOP}|\s(?:yang\s+)?(?:telah|sudah|pernah)\b", re.IGNORECASE)
_NEAR = 300  # characters before a plan that are looked at: more would make long texts slow
_HAS_BEEN = re.compile(r"\b(?:telah|sudah|pernah)\b", re.IGNORECASE)


def purposes(sentence: str) -> list[tuple[int, int, str]]:
    """Where a sentence tells a purpose, a hope or a plan: start, end and the word that says so.

    A purpose (untuk with a verb, guna, demi, agar, supaya) reaches from its word to the next comma, relative clause or sign
    that something has been done. A hope or plan (akan, diharapkan, ingin, bertujuan, jika ...) covers its clause, subject
    included, up to a contrast or such a sign.

    >>> sentence = "Delegasi berkunjung ke kota itu guna ikut pada pameran, lalu pulang."
    >>> [(sentence[start:end], word) for start, end, word in purposes(sentence)]
    [('guna ikut pada pameran', 'guna')]
    """
    found: list[tuple[int, int, str]] = []
    covered = bytearray(len(sentence))
    for match in _PURPOSE.finditer(sentence):
        if covered[match.start()]:
            continue
        over = _PURPOSE_OVER.search(sentence, match.end())
        end = over.start() if over else len(sentence)
        behind_verb = sentence.find(" ", match.end(), end)
        if match["bare"] and behind_verb > 0 and (verb := _MAIN_VERB.search(sentence, behind_verb, end)):
            end = verb.start()  # a purpose without a subject of its own has one verb; the next is the sentence's
        found.append((match.start(), end, match.group().strip().casefold()))
        covered[match.start() : end] = b"1" * (end - match.start())
    for match in _PLAN.finditer(sentence):
        start = match.start()
        near = max(0, start - _NEAR)
        if covered[start] or (match.group().casefold() == "akan" and _ABOUT.search(sentence, near, start)):
            continue
        if match["verb"]:
            begins = max((near + stop.end() for stop in _PLAN_BEGINS.finditer(sentence[near:start])), default=near)
            start = start if _HAS_BEEN.search(sentence, begins, start) else begins
        ends = _PLAN_ENDS.search(sentence, match.end())
        end = ends.start() if ends else len(sentence)
        found.append((start, end, match.group().casefold()))
        covered[match.start() : end] = b"1" * (end - match.start())
    return sorted(found)


def told_as_purpose(text: str, passages: Iterable[str]) -> tuple[float, list[str]]:
    """Which part of what a text asserts its passages tell only as a purpose or plan, and by which words.

    The part is the share (0-1) among those content words of the text that its passages have at all. What the text itself
    tells as a purpose is left out: it asserts no more than its passages.

    >>> told_as_purpose("Tim tari tampil di festival.", ["Tim tari dikirim agar tampil di festival."])
    (0.5, ['agar'])
    """
    asserted = content_words(_without(text, purposes(text)))
    firm: set[str] = set()
    soft: dict[str, list[str]] = {}
    for passage in passages:
        spans = purposes(passage)
        firm |= content_words(_without(passage, spans))
        for start, end, word in spans:
            for stem in content_words(passage[start:end]):
                soft.setdefault(stem, []).append(word)
    only_soft = asserted & (soft.keys() - firm)
    told = len(asserted & (firm | soft.keys()))
    return (len(only_soft) / told if told else 0.0), sorted({word for stem in only_soft for word in soft[stem]})


def _without(text: str, spans: list[tuple[int, int, str]]) -> str:
    for start, end, _ in reversed(spans):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_ONES = {
    word: value for value, word in enumerate("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split(), 1)
}
_TENS = {"belas": 1, "puluh": 10, "ratus": 100}
_LARGE = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
_NUMERAL = "|".join((*_ONES, *(f"se{word}" for word in ("ratus", "ribu", "juta"))))
_IN_WORDS = re.compile(rf"\b(ke)?((?:{_NUMERAL})(?:\s+(?:{'|'.join((*_TENS, *_LARGE, *_ONES))}))*)\b", re.IGNORECASE)
_IN_FIGURES = re.compile(
    rf"(?<![\w.,/])(ke-)?(\d{{1,3}}(?:\.\d{{3}})+|\d+)(,\d+)?(?![\w/]|[.,]\d)(?:\s+({'|'.join(_LARGE)})\b)?", re.IGNORECASE
)
_NUMBER_OF_A_NAME = re.compile(
    r"\b(?:Nomor|No\.?|Pasal|Bab|Vol\.?|Hal\.?|SMPN?|SMAN?|SMKN?|SDN?|RT|RW|Blok|Jilid|UU)(?:\s+Negeri)?\s+\d[\w./-]*(?:\s+(?:[Tt]ahun|Th\.)\s+\d{4})?"
)


class Number(NamedTuple):
    """A number where it stands: its value, the word behind it (what is counted), and whether it only orders (ke-3)."""

    start: int
    end: int
    value: float
    counted: str
    orders: bool


def find_numbers(text: str) -> list[Number]:
    """The numbers of a text, in figures or in words. Those in dates and in names (Nomor 23, SMA 1) are left out.

    >>> [number.value for number in find_numbers("Dua puluh lima guru dan 1.200 siswa, 1,5 juta rupiah, pada 3 Mei 2019.")]
    [25, 1200, 1500000.0]
    """
    elsewhere = [(int(str(date["start"])), int(str(date["end"]))) for date in find_date_expressions(text)]
    elsewhere += [match.span() for match in _NUMBER_OF_A_NAME.finditer(text)]
    found = []
    for match in _IN_FIGURES.finditer(text):
        value: float = int(match[2].replace(".", ""))
        value = (value + float(f"0.{match[3][1:]}") if match[3] else value) * _LARGE.get(str(match[4]).casefold(), 1)
        found.append((*match.span(), value, bool(match[1])))
    found += [(*match.span(), _value(match[2]), bool(match[1])) for match in _IN_WORDS.finditer(text)]
    numbers = []
    for start, end, value, orders in sorted(found):
        if not any(first <= start < last for first, last in elsewhere):
            behind = _COUNTED.match(text, end)
            counted = _cut(behind[1]) if behind and behind[1] not in _EMPTY else ""
            numbers.append(Number(start, end, value, counted, orders))
    return numbers


_COUNTED = re.compile(r"\s+(?:orang\s+|unit\s+|buah\s+)?([a-z]{3,})")


def _value(words: str) -> float:
    total = part = ones = 0
    for word in words.casefold().split():
        if word in _ONES:
            ones = _ONES[word]
        elif word in _LARGE or word[2:] in _LARGE:
            total, part, ones = total + max(part + ones, 1) * _LARGE[word.removeprefix("se")], 0, 0
        elif word == "belas":
            part, ones = part + ones + 10, 0
        else:
            part, ones = part + max(ones, 1) * _TENS[word.removeprefix("se")], 0
    return total + part + ones


_MONTH = {month.casefold(): number for number, month in enumerate(MONTHS, 1)}
_DAY = re.compile(
    rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})\b(?:\s+(\d{{4}}))?"
    r"|(?:(?<=\()|\b(?:tanggal|Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu)\s+\(?)(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?=[),.\s])",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:pukul|jam)\s+(\d{1,2})[.:](\d{2})\b", re.IGNORECASE)
_PER_CENT = re.compile(r"(?<![\d.,])(\d+(?:,\d+)?)\s?(?:%|persen\b)", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:naik|meningkat|tumbuh|bertambah|melonjak|kenaikan|pertumbuhan|lonjakan|peningkatan|inflasi|target)\b", re.IGNORECASE
)


def impossible(text: str) -> list[tuple[str, str]]:
    """What cannot be, as it stands, and which kind it is: day (31 April), hour (pukul 25.10) or share (120 persen of something).

    More than a hundred per cent may well be a growth; where the sentence speaks of one before the number, it is left out.

    >>> impossible("Pada 31 April 2019, pukul 25.10, hadir 120 persen guru.")
    [('31 April 2019', 'day'), ('pukul 25.10', 'hour'), ('120 persen', 'share')]
    """
    found = []
    for match in _DAY.finditer(text):
        day, month, year = (
            (match[1], _MONTH[match[2].casefold()], match[3]) if match[1] else (match[4], int(match[5]), match[6])
        )
        if not 1 <= month <= 12 or not 1 <= int(day) <= calendar.monthrange(int(year or 2000), month)[1]:
            found.append((match.start(), match.group(), "day"))
    for match in _CLOCK.finditer(text):
        if int(match[1]) > 24 or int(match[2]) > 59:
            found.append((match.start(), match.group(), "hour"))
    for match in _PER_CENT.finditer(text):
        if float(match[1].replace(",", ".")) > 100 and not _MORE.search(text, 0, match.start()):
            found.append((match.start(), match.group(), "share"))
    return [(written, kind) for _, written, kind in sorted(found)]


def years(text: str) -> list[int]:
    """The years that the dates of a text name, in order; those in the names of regulations are no dates.

    >>> years("Sejak 1997, menurut UU Nomor 23 Tahun 2014, hingga 3 Mei 2019.")
    [1997, 2019]
    """
    return [int(year) for date in find_date_expressions(text) for year in re.findall(r"\d{4}", str(date["written"]))]


# What bodies are called, by kind: two of one kind are partners; a university and a chamber of commerce are not.
_PROPER = r"(?:\s+(?:[A-Z][\w’'-]*|\d{1,3}\b|of(?=\s+[A-Z])))"
_BEFORE = r"(?:[A-Z][\w’'-]*\s+){1,5}"


@cache
def _body() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:"
        rf"(?P<university>(?:Universitas|Institut(?:\s+Teknologi)?|Politeknik|Sekolah\s+Tinggi|Akademi){_PROPER}+"
        rf"|{_BEFORE}(?:University|College)\b(?:\s+of{_PROPER}+)?|University\s+of{_PROPER}+)"
        rf"|(?P<school>(?:SDN?|SMPN?|SMAN?|SMKN?|MTsN?|MAN|Madrasah)(?!\s+(?:Kota|Kabupaten|Provinsi)\b){_PROPER}+|{_BEFORE}High\s+School\b)"
        rf"|(?P<chamber>(?:Kadin|Kamar\s+[Dd]agang(?:\s+(?:dan\s+)?[Ii]ndustri)?|Asosiasi|Himpunan){_PROPER}+"
        rf"|{_BEFORE}(?:Chamber|Association)\b(?:\s+of{_PROPER}+)?)"
        rf"|(?P<company>(?:PT|CV|Perum|Perumda|Bank){_PROPER}+)"
        rf"|(?P<hospital>(?:Rumah\s+Sakit|RSUD|RSUP|RS|Puskesmas){_PROPER}+|{_BEFORE}Hospital\b)"
        rf"|(?P<centre>(?:Yayasan|Sanggar|Museum|Karang\s+Taruna){_PROPER}+|{_BEFORE}(?:Center|Centre|Institute|Foundation|Museum)\b)"
        r")"
    )


def named_bodies(text: str) -> dict[str, list[str]]:
    """The bodies a text calls by their names, by kind: university, school, chamber, company, hospital, centre.

    >>> named_bodies("Universitas Bahari bekerja sama dengan Dongnam University dan Kadin Kota Palu.")
    {'university': ['Universitas Bahari', 'Dongnam University'], 'chamber': ['Kadin Kota Palu']}
    """
    found: dict[str, list[str]] = {}
    for match in _body().finditer(text):
        names, name = found.setdefault(str(match.lastgroup), []), " ".join(match.group().split())
        if name not in names:
            names.append(name)
    return found
