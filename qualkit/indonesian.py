"""What the library knows of Indonesian writing: where sentences end, dates, numbers, clitics."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

# With a full stop, never the end of a sentence: a name follows.
BEFORE_A_NAME = frozenset(
    "dr drs dra drg prof ir h hj kh tn ny sdr sdri mr mrs ms jl jln gg kec kel kab prov jend letjen mayjen brigjen kolonel "
    "letkol kapt lettu letda serda kombes akbp kompol iptu ipda pj plt plh dt tgk rm rr r.a r.m k.h a.n u.p s.d cf vs ed pt "
    "cv ud st".split()
)
# The same where a number follows; else they are words that may well end a sentence ("dalam banyak hal.", "para PKL.").
BEFORE_A_NUMBER = frozenset(
    "no nr vol hal hlm pp tgl th thn pkl tel telp fax faks hp rp us rt rw ps art par ay bab gb fig tab lamp".split()
)
# Degrees follow a name, so a capital letter after them begins a sentence, which it does not after initials ("S.H. Lee").
_DEGREES = frozenset("s.h s.e m.h m.m m.a b.a".split())
# Before a capital letter that is a name of its own ("Blok C."), not somebody's initial ("A. Rahman").
_LETTERED = "blok|kelas|tipe|grup|gedung|golongan|huruf|opsi|poin|seri|terminal|vitamin"

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
          "Desember")  # fmt: skip
_ENGLISH_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                   "November", "December")  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
CLITICS = ("nya", "lah", "kah", "pun")

_MONTH_NUMBER = {month.casefold(): number for number, month in enumerate(MONTHS, 1)} | {
    short.casefold(): number
    for number, shorts in enumerate(
        "Jan Feb,Peb,Pebruari Mar Apr May Jun Jul Agu,Ags,Agt,Aug Sep,Sept Okt,Oct Nov,Nopember,Nop Des,Dec".split(), 1
    )
    for short in shorts.split(",")
}
_DAY_NUMBER = {day.casefold(): number for number, day in enumerate(DAYS)} | {"jum'at": 4, "jum’at": 4, "ahad": 6}

# A sentence may end at . ! ? or an ellipsis with what closes it and the number of a footnote, if white space and a fresh
# start follow.
_CANDIDATE = re.compile(r"(?<![.!?…])[.!?…]+[\"”’'»)\]]*(?:(?:(?<=[a-z][.!?])|(?<=[a-z][.!?][\"”]))\d{1,3})?(?=\s)")
_FRESH_START = re.compile(r"\s+[\"“‘'«(\[]*[A-Z0-9À-ÖØ-Þ]")
_CITATION = re.compile(
    r"\s+(?:\([^()]{1,120}\b(?:1[89]|20)\d\d[a-z]?(?:[,:;][^()]{0,60})?\)|\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\])[.]?(?=\s|$)"
)
_LAST_WORD = re.compile(r"[\w.’'/]+$")
_MARKER = re.compile(r"(?:[A-Za-z]|\d{1,2}|[ivxIVX]{1,4})")
LIST_MARKER = re.compile(r"(?:(?:[A-Za-z]|\d{1,2}|[ivx]{1,4})[.)]|[•●▪◦–-])[ \t\xa0]+(?=\S)")
_NEAR = 60  # characters around a full stop that are looked at: more would make long texts slow
_ITEM = re.compile(r"(?<!\S)([a-z]|\d{1,2})[.)]\s+(?=\S)")


def sentence_ends(text: str) -> Iterator[int]:
    """The offset after the last character of each sentence of one paragraph, the paragraph's own end last.

    A citation after the full stop, in round or square brackets, belongs to the sentence before it, as does the number of
    a footnote. An abbreviation, an initial, a list marker and a number's own point end nothing; nor does a closed
    quotation whose attribution goes on. The items of a list inside the paragraph are sentences of their own.

    >>> text = "UU No. 32 berlaku. (Rahayu, 2016) Vol. 1 (1) terbit di Jl. Pemuda. Selesai"
    >>> [text[end - 7 : end] for end in sentence_ends(text)]
    [', 2016)', 'Pemuda.', 'Selesai']
    """
    items = list(_items(text))
    markers = {end for _, end in items}
    head = len(text) - len(text.lstrip())
    ends = {start for start, _ in items if start > head}
    position = 0
    for match in _CANDIDATE.finditer(text):
        end = match.end()
        if match.start() < position or match.start() + 1 in markers:
            continue  # inside a citation that is already taken, or the point of "a."
        citation = _CITATION.match(text, end)
        if citation and not citation.group().strip().casefold().startswith("(baca"):
            position = citation.end()
            ends.add(position)
        elif _FRESH_START.match(text, end) and not _is_abbreviation(text, match):
            ends.add(end)
    stripped = len(text.rstrip())
    yield from sorted(end for end in ends if end < stripped)
    if stripped:
        yield stripped


def _items(text: str) -> Iterator[tuple[int, int]]:
    """Start of each item of a list inside a paragraph and end of its marker: a. b. c. or 1) 2) 3), in order.

    The first stands at the head or after a colon, the next after a stop, a comma or "dan": a lone "pasal 2." is none.
    """
    expected = ""
    for match in _ITEM.finditer(text):
        mark, before = match[1], text[max(0, match.start() - _NEAR) : match.start()].rstrip()
        opens = mark in ("a", "1") and (not before or before.endswith(":"))
        if opens or (mark == expected and re.search(r"(?:[.,:;!?]|\b(?:dan|serta|atau))$", before)):
            expected = chr(ord(mark) + 1) if mark.isalpha() else str(int(mark) + 1)
            yield match.start(), match.start() + len(mark) + 1


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    if match.group().rstrip("0123456789") != ".":
        return False
    before = text[max(0, match.start() - _NEAR) : match.start()]
    after = text[match.start() + 1 : match.start() + _NEAR].lstrip()
    found = _LAST_WORD.search(before)
    if not found:
        return False
    word = found.group().strip("’'")
    token = word.casefold()
    if len(before) == match.start() and not before[: found.start()].strip() and _MARKER.fullmatch(word):
        return True  # "a. Budaya", "2. Ekonomi" at the head
    if token in BEFORE_A_NUMBER:
        return after[:1].isdigit()
    if len(word) == 1 and word.isupper():
        return not re.search(rf"\b(?:{_LETTERED})\s+$", before[: found.start()], re.IGNORECASE)
    return token in BEFORE_A_NAME or (token not in _DEGREES and bool(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word)))


_MONTH_NAMES = "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True))
_DATE = re.compile(
    rf"""(?:\b(?P<day_name>Senin|Selasa|Rabu|Kamis|Jumat|Jum['’]at|Sabtu|Minggu|Ahad)\b[\s,]*)?
        (?:\(?\b(?P<d1>\d{{1,2}})[\s-]+(?P<month>{_MONTH_NAMES})\.?(?:(?:[\s,]+|-)(?P<y1>(?:1[6-9]|20)\d\d))?\b
          |\(?\b(?P<d2>\d{{1,2}})/(?P<m2>\d{{1,2}})(?:/(?P<y2>(?:1[6-9]|20)\d\d|\d\d))?\b(?!/))\)?""",
    re.VERBOSE | re.IGNORECASE,
)


def find_dates(text: str, year: int | None = None) -> list[dict[str, object]]:
    """The dates of days in a text: one entry per date with its place, its parts and whether the weekday fits.

    `written` is the date as it stands, `date` the ISO date where a year is written (or `year` is given), `weekday_fits`
    True, False, or None where no weekday or no year is known. Impossible dates (31/2) are left out. A year of two digits
    is of this century up to 49, else of the last.

    >>> find_dates("Sabtu (28/4/2023)")[0]["weekday_fits"]
    False
    """
    found: list[dict[str, object]] = []
    for match in _DATE.finditer(text):
        day = int(match["d1"] or match["d2"])
        month = int(match["m2"]) if match["m2"] else _MONTH_NUMBER[match["month"].casefold()]
        written_year = match["y1"] or match["y2"]
        full = int(written_year) if written_year else year
        if written_year and len(written_year) == 2:
            full = int(written_year) + (2000 if int(written_year) < 50 else 1900)
        try:
            date = datetime.date(full or 2000, month, day)
        except ValueError:
            continue
        weekday = match["day_name"]
        fits = None if weekday is None or full is None else date.weekday() == _DAY_NUMBER[weekday.casefold()]
        found.append(
            {
                "start": match.start(),
                "end": match.end(),
                "written": match.group().strip(),
                "date": date.isoformat() if full else f"--{month:02d}-{day:02d}",
                "weekday_fits": fits,
            }
        )
    return found


def written_date(date: str, language: str = "id") -> str:
    """An ISO date as it is written in prose: '1997-09-24' gives '24 September 1997'; a year or month alone stays one.

    What is no ISO date is given back as it is.

    >>> written_date("1997-09-24"), written_date("2009"), written_date("2023-08")
    ('24 September 1997', '2009', 'Agustus 2023')
    """
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", date)
    if not match:
        return date
    names = MONTHS if language == "id" else _ENGLISH_MONTHS
    year, month, day = match.groups()
    return " ".join(part for part in (day and str(int(day)), month and names[int(month) - 1], year) if part)


def written_number(number: float, language: str = "id", digits: int | None = None) -> str:
    """A number as it is printed: decimal comma and thousands point in Indonesian.

    >>> written_number(1234.5, digits=2), written_number(0.743, "en", 3)
    ('1.234,50', '0.743')
    """
    plain = f"{number:,.{digits}f}" if digits is not None else f"{number:,}"
    return plain.translate(str.maketrans(",.", ".,")) if language == "id" else plain
