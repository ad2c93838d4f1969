"""What the library knows of Indonesian writing: where sentences end, dates, numbers, clitics."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

# Never the end of a sentence: a name, a number or a title follows.
BEFORE_A_NAME = frozenset(
    "dr drs dra drg prof ir h hj kh tn ny sdr sdri mr mrs ms st rd jl jln gg no nr vol ed hal hlm pp tgl pkl kec kel kab "
    "prov tel telp fax faks rp us art ps par ay jend letjen mayjen brigjen kol letkol kapt lettu letda serda kombes akbp "
    "kompol iptu ipda pj plt plh dt tgk rm rr r.a r.m k.h a.n u.p cf vs fig gb tab bab lih sda".split()
)
# The end of a sentence only where a capital letter follows, which the boundary rule asks for anyway.
AFTER_A_NAME = frozenset("dll dsb dst dkk dsj tbk inc ltd corp co pt cv s.h s.e s.sos s.ip s.pd m.si m.h m.m ph.d".split())

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
_DAY_NUMBER = {day.casefold(): number for number, day in enumerate(DAYS)} | {"jum'at": 4, "ahad": 6}

# A sentence may end at . ! ? or an ellipsis with what closes it, if white space and a fresh start follow.
_CANDIDATE = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s)")
_FRESH_START = re.compile(r"\s+[\"“‘'«(\[]*[A-Z0-9À-ÖØ-Þ]")
_CITATION = re.compile(r"\s+\([^()]{1,120}\b(?:1[89]|20)\d\d[a-z]?(?:[,:;][^()]{0,60})?\)[.]?(?=\s|$)")
_LAST_WORD = re.compile(r"[\w.’'/]+$")
_MARKER = re.compile(r"(?:[A-Za-z]|\d{1,2}|[ivxIVX]{1,4})")
LIST_MARKER = re.compile(r"(?:[A-Za-z]|\d{1,2}|[ivx]{1,4})[.)][ \t\xa0]+(?=\S)")


def sentence_ends(text: str) -> Iterator[int]:
    """The offset after the last character of each sentence of one paragraph, the paragraph's own end last.

    A citation in brackets after the full stop belongs to the sentence before it. An abbreviation, an initial, a list
    marker at the head and a number's own point end nothing; nor does a closed quotation whose attribution goes on.

    >>> text = "UU No. 32 berlaku. (Rahayu, 2016) Vol. 1 (1) terbit di Jl. Pemuda. Selesai"
    >>> [text[:end][-8:] for end in sentence_ends(text)]
    [', 2016)', 'Pemuda. ', 'Selesai']
    """
    for match in _CANDIDATE.finditer(text):
        end = match.end()
        citation = _CITATION.match(text, end)
        if citation and not citation.group().strip().casefold().startswith("(baca"):
            yield citation.end()
            continue
        if not _FRESH_START.match(text, end) or _is_abbreviation(text, match):
            continue
        yield end
    stripped = len(text.rstrip())
    if stripped:
        yield stripped


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    if match.group() != ".":
        return False
    before = text[: match.start()]
    word = _LAST_WORD.search(before)
    if not word:
        return False
    token = word.group().casefold().strip("’'")
    if word.start() == 0 and _MARKER.fullmatch(word.group()):
        return True  # "a. Budaya", "2. Ekonomi" at the head
    if token in BEFORE_A_NAME or (len(word.group()) == 1 and word.group().isupper()):
        return True
    return bool(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word.group())) and token not in AFTER_A_NAME


_DATE = re.compile(
    r"""(?:\b(?P<day_name>Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu|Ahad)\b[\s,]*)?
        (?:\(?\b(?P<d1>\d{1,2})[\s-]+(?P<month>%s)\.?(?:[\s,]+(?P<y1>(?:1[6-9]|20)\d\d))?\b
          |\(?\b(?P<d2>\d{1,2})/(?P<m2>\d{1,2})(?:/(?P<y2>(?:1[6-9]|20)\d\d|\d\d))?\b(?!/))\)?"""
    % "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)),
    re.VERBOSE | re.IGNORECASE,
)


def find_dates(text: str, year: int | None = None) -> list[dict[str, object]]:
    """The dates of days in a text: one entry per date with its place, its parts and whether the weekday fits.

    `written` is the date as it stands, `date` the ISO date where a year is written (or `year` is given), `weekday_fits`
    True, False, or None where no weekday or no year is known. Impossible dates (31/2) are left out.

    >>> find_dates("Sabtu (28/4/2023)")[0]["weekday_fits"]
    False
    """
    found: list[dict[str, object]] = []
    for match in _DATE.finditer(text):
        day = int(match["d1"] or match["d2"])
        month = int(match["m2"]) if match["m2"] else _MONTH_NUMBER[match["month"].casefold()]
        written_year = match["y1"] or match["y2"]
        full = (2000 + int(written_year) if len(written_year) == 2 else int(written_year)) if written_year else year
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

    >>> written_date("1997-09-24"), written_date("2009"), written_date("2023-08")
    ('24 September 1997', '2009', 'Agustus 2023')
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
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
