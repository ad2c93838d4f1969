"""What the library knows of Indonesian writing: where sentences end, dates, numbers, clitics."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache

# With a full stop, never the end of a sentence: a name follows.
BEFORE_A_NAME = frozenset(
    "dr drs dra drg prof ir h hj kh tn ny nn sdr sdri bpk bp yth mr mrs ms rev sen gov gen col capt sgt jl jln gg dsn dk ds kp "
    "kec kel kab prov jend letjen mayjen brigjen irjen komjen kolonel kol letkol kapt lettu letda serma serka sertu serda peltu "
    "pelda kombes akbp akp kompol iptu ipda aiptu aipda bripka briptu bripda marsda marsdya marsma laksda laksdya laksma pj pjs "
    "plt plh pol pdt pst mgr ust ustd dt tgk tgh rm rr rd tb ns apt alm almh purn ph r.a r.m k.h a.n u.p s.d d.a c.q q.q a.l i.e e.g "
    "cf vs ed terj pt cv ud st sta sdn pte pty co moh mohd muh muhd mhd abd ch chr yoh fr ig".split()
)
# The same where a number follows; else they are words that may well end a sentence ("dalam banyak hal.", "para PKL.").
BEFORE_A_NUMBER = frozenset(
    "no nr vol hal hlm pp tgl th thn pkl tel telp tlp fax faks hp wa rp us rt rw ps art par ay bab gb gbr fig tab lamp cet jil lt "
    "kav km tbk ltd inc corp bhd".split()
)
# Degrees follow a name, so a capital letter after them begins a sentence, which it does not after initials ("S.H. Lee").
_DEGREES = frozenset("s.h s.e m.h m.m m.a b.a".split())
# Before a capital letter that is a name or a number of its own ("Blok C.", "kuartal I."), not an initial ("A. Rahman").
_LETTERED = frozenset(
    "abad akreditasi angkatan bab blok derajat dunia edisi eselon gedung gelombang golongan grup hepatitis huruf jilid kategori "
    "kelas kelompok komisi kuartal liga opsi pasal paket peringkat poin predikat rencana ruang semester seri tahap terminal tim "
    "tingkat tipe triwulan vitamin wilayah zona".split()
)
# No name begins with these: they open a sentence whatever stands before the stop.
_OPENING_WORDS = frozenset(
    "Ia Dia Ini Itu Kami Kita Mereka Namun Tetapi Tapi Menurut Selain Untuk Pada Dalam Di Dari Dengan Sejak Saat Ketika Karena "
    "Jika Bila Kalau Sementara Setelah Sebelum Seperti Sebagai Akan Tidak Bahkan Adapun Hal Banyak Beberapa Bagi Meski Meskipun "
    "Sedangkan Kemudian Selama Saya Sebuah Seorang Berdasarkan Hingga Padahal Sehingga".split()
)
# After a quotation these go on with its sentence, even where a hurried writer gives them a capital.
_SAYING = re.compile(
    r"(?:kata|ujar|tutur|ucap|tanya|jelas|ungkap|imbuh|tambah|sebut|papar|terang|tegas|kisah|pungkas|jawab|seru|sahut|lanjut|"
    r"cetus|beber|tandas|tukas|urai|kilah|keluh|pinta|sambung)(?:nya)?\b",
    re.IGNORECASE,
)

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

CLOSING, _OPENING = "\"”’'»)\\]`", "\"“‘'«(\\[`"
# All emoji that follow one another. (No group repeats possessively, as in `)*+`: Python 3.11.2, which Debian has, errs with such groups.)
_EMOJI = "(?:\\s?[\U0001f300-\U0001faff\u2600-\u27bf][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*+)*(?!\\s?[\U0001f300-\U0001faff\u2600-\u27bf])"
# A sentence may end at . ! ? or an ellipsis with what closes it, the number of a footnote and emoji. The first branch is the
# ordinary end, by far the most: small letters, a stop, a blank, a capital letter. The second wants a closer look.
_STOP = rf"""(?:(?<=[a-z]{{3}}.)(?=\s["“]?[A-Z])()
      |(?<![.!?…].)[.!?…]*+[{CLOSING}]*+(?:(?:(?<=[a-z][.!?])|(?<=[a-z][.!?]["”]))\d{{1,3}})?[⁰¹²³⁴-⁹]*+{_EMOJI}
       (?:(?=\s)|(?:(?<=[a-z]{{3}}[.!?])|(?<=[a-z][.!?]["”]))(?=“?[A-Z][a-z])))"""
_ANY_STOP = re.compile(rf"[.!?…]{_STOP}", re.VERBOSE)
_FULL_STOP = re.compile(rf"\.{_STOP}", re.VERBOSE)  # several times as fast, where a text has no other
_START = re.compile(rf"(\s*+)[{_OPENING}]*+(?:([A-ZÀ-ÖØ-Þ][\w-]*+)|\d|([a-z]+))")
_ROMAN = re.compile(r"[IVXLC]+")
_ASIDE = re.compile(r"\s+\([A-Z][^()]{1,80}\),?\s+[a-z]")
_DOMAIN = re.compile(r"(?:Com|Co|Id|Net|Org|Go|Tv|Info|Biz)\b")
_CITATION = re.compile(
    r"\s+(?:\([^()]{0,120}\b(?:1[89]|20)\d\d[a-z]?(?:[,:;][^()]{0,60})?\)|\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\])[.]?(?=\s|$)"
)
_MARKER = re.compile(r"(?:[A-Za-z]|\d{1,2}|[ivxIVX]{1,4})")
LIST_MARKER = re.compile(r"(?:(?:[A-Za-z]|\d{1,2}|[ivx]{1,4})[.)]|[•●▪◦–-])[ \t\xa0]+(?=\S)")
_NEAR = 60  # characters around a full stop that are looked at: more would make long texts slow
_ITEM = re.compile(r"(?<!\S)([a-z]|\d{1,2})[.)]\s+(?=\S)")
_FIRST_ITEM = re.compile(r":\s+[a1][.)]\s")
# What a sentence may end with where the next begins with a small letter, and what cannot end one: initials and consonants.
_ORDINARY = re.compile(r"[a-z]{4,}|ini|itu|dia|ada|pun|[A-Z][a-z]{4,}|(?:19|20)\d\d")
_SHORTENED = re.compile(r"(?:[A-Z]\.)+[A-Z]|[A-Z][bcdfghjklmnpqrstvwxz]{1,3}")
_ABBREVIATIONS = BEFORE_A_NAME | BEFORE_A_NUMBER
# The last three letters of every abbreviation: where a word ends so, its stop is looked at closely.
TAILS = frozenset(word[-3:] for word in BEFORE_A_NAME)


def sentence_ends(text: str) -> list[int]:
    """The offset after the last character of each sentence of one paragraph, the paragraph's own end last.

    A citation after the full stop, in round or square brackets, belongs to the sentence before it, as do the number of a
    footnote and an emoji. An abbreviation, an initial, a list marker and a number's own point end nothing; nor does a closed
    quotation whose attribution goes on. The items of a list inside the paragraph are sentences of their own. In hurried
    writing a sentence may begin without a blank, or with a small letter after an ordinary word and its stop.

    >>> text = "UU No. 32 berlaku. (Rahayu, 2016) Vol. 1 (1) terbit di Jl. Pemuda. Selesai"
    >>> [text[end - 7 : end] for end in sentence_ends(text)]
    [', 2016)', 'Pemuda.', 'Selesai']
    """
    stripped = len(text.rstrip())
    if not stripped:
        return []
    ends, markers, position = [], set(), 0
    if text.lstrip()[:1] in "a1" or (":" in text and _FIRST_ITEM.search(text)):
        head = len(text) - len(text.lstrip())
        for start, end in _items(text):
            markers.add(end)
            if start > head:
                while text[start - 1].isspace():
                    start -= 1
                ends.append(start)
    pattern = _ANY_STOP if "!" in text or "?" in text or "…" in text else _FULL_STOP
    for match in pattern.finditer(text):
        stop = match.start()
        if stop < position or stop + 1 in markers:
            continue  # inside a citation that is already taken, or the point of "a."
        if match.lastindex and text[stop - 3 : stop] not in TAILS:
            ends.append(stop + 1)
        elif (citation := _CITATION.match(text, match.end())) and not citation.group().strip().casefold().startswith("(baca"):
            position = citation.end()
            if not text[position : position + _NEAR].lstrip()[:1].islower():
                ends.append(position)
        elif _is_end(text, match):
            ends.append(match.end())
    return sorted({*ends, stripped}) if markers or position else [*ends, stripped]


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


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Whether a stop that is not the ordinary one ends its sentence, by the word before it and what follows."""
    (stop, end), mark = match.span(), match.group()
    start = _START.match(text, end)
    if not start or (text[end + 1 : end + 2] == "(" and _ASIDE.match(text, end)):
        return False
    blank, capital, small = start.groups("")
    rest, word = ["", "", *text[max(0, stop - _NEAR) : stop].rsplit(None, 1)][-2:]
    word = word.lstrip("\"“‘'«([`")
    token = word.casefold()
    if not blank and (_DOMAIN.match(text, end) or not word.isalpha()):
        return False  # within an address
    if small:
        if len(small) == 1 or token in _ABBREVIATIONS or _SAYING.match(small):
            return False
        return bool(_ORDINARY.fullmatch(word)) if mark == "." else not mark.strip("!?") and word.islower()
    if mark[-1] in "\"”’'" and _SAYING.match(capital):
        return False
    if mark.rstrip("0123456789)]") != ".":
        return True
    if not rest and stop < _NEAR and _MARKER.fullmatch(word):
        return False  # "a. Budaya", "2. Ekonomi" at the head
    if token in BEFORE_A_NUMBER:
        return bool(capital) and mark == "." and not _ROMAN.fullmatch(capital)
    if capital in _OPENING_WORDS:
        return True
    if len(word) == 1 and word.isupper():
        last = ["", *rest.split()][-1].casefold()
        return last in _LETTERED or last[-1:].isdigit()
    if "." in word and word[0].isupper() and len(capital) < 5 and text[start.end() : start.end() + 1] == ".":
        return False  # between two degrees: "S.Pd. M.Pd."
    return token in _DEGREES or not (token in BEFORE_A_NAME or _SHORTENED.fullmatch(word))


_LETTER = r"[\w\u0300-\u036f\xad\u200b-\u200d\u2060]"  # soft hyphens and zero-width characters are inside words
_TOKEN = re.compile(
    rf"""(?P<plain>[A-Za-z]++(?=[ ,]))
      |(?P<address>(?:https?://|www\.)[^\s<>"“”]*[\w/]
            |[\w.+-]{{1,64}}+@[\w-]+(?:\.[\w-]+)+|[@\#]\w*[A-Za-z]\w*
            |\w[\w-]{{0,62}}(?:\.[\w-]{{1,62}}){{0,4}}\.(?:com|co\.id|go\.id|ac\.id|or\.id|net|org|id)\b(?:/[^\s<>"“”]*[\w/])?)
      |(?P<number>(?=\w[^\s/]{{0,40}}/[^\s/]{{1,40}}/)(?=\S{{0,60}}\d\b)\w+(?:[.-]\w+)*(?:/\w+(?:[.-]\w+)*){{2,}}
            |\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?![\w/])|\d++(?:[.,:]\d++)*(?![.,:]\d|{_LETTER}|-an\b))
      |(?P<word>(?:Rp|IDR|USD)\.?(?=\s?\d)
            |[IVX]+/\d+|[A-Za-z]/[A-Za-z](?!\w)
            |(?:[A-Za-z]{{1,3}}\.)+[A-Za-z]{{1,4}}(?!\w)
            |(?:(?:[a-z]\w*|Al|El|Antar|Anti|Eks|Non|Pan|Pasca|Pra|Pro)[-‐‑][A-Z]\w*
              |(\w+)[-‐‑]\5(?!\w)
              |{_LETTER}+(?:['’]{_LETTER}+)*)
            (?:[-‐‑](?!(?:nya|ku|mu)\b)(?:[a-z]{_LETTER}*|[A-Z](?!\w)|(?<=[A-Za-z].)\d\w*))*)
      |(?P<mark>\.\.+|--+|``|''|[^\w\s])""",
    re.VERBOSE,
)

_INNER_STOP = re.compile(r"\.(?=[\s,])")


def find_tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """Place and kind of each token of a paragraph: word, number, address (also of a person: @name, #topic) or mark.

    The convention is the one most Indonesian treebanks share. A word keeps its clitics (`rapatnya`), its reduplication
    (`kota-kota`), a prefix or a number joined to it (`ke-2`, `non-ASEAN`, `1990-an`) and the stop of an abbreviation inside a
    sentence (`Dr.`, `No.`); the stop that ends a sentence is a mark, as is the hyphen between two names (`Surabaya`, `-`,
    `Busan`), before a clitic (`APBD`, `-`, `nya`) and between two numbers. Currency, per cent and number stand apart;
    numbers keep their separators (`1.812.000`, `09.30`, `15/4`), references their strokes (`193/1652/PUOD`).

    >>> text = "Rp1.500 untuk Dr. Rina di kota-kota."
    >>> [text[start:end] for start, end, kind in find_tokens(text)]
    ['Rp', '1.500', 'untuk', 'Dr.', 'Rina', 'di', 'kota-kota', '.']
    """
    ends = {*sentence_ends(text)}
    position = 0
    for match in _TOKEN.finditer(text):
        (start, end), kind = match.span(), str(match.lastgroup).replace("plain", "word")
        if start < position:
            continue  # the stop of the abbreviation before
        if kind == "word" and _INNER_STOP.match(text, end) and end + 1 not in ends:
            end += 1
        position = end
        yield start, end, kind


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


_YEAR = r"(?:1[6-9]|20)\d\d"
_FULL_MONTH = "(?:" + "|".join((*MONTHS, "Pebruari", "Nopember")) + ")"
_WEEKDAY = "(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum['’]at|Sabtu|Minggu|Ahad)"
_TO = r"\s?(?:[-–—]|\b(?:s/d|s\.d\.|sampai|hingga)\b)\s?"
_COUNT = (
    r"(?:\d+|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belasan|puluhan|ratusan|beberapa)"
    r"(?:\s(?:belas|puluh|ratus)(?:\s\w+)?)?"
)
_PERIOD = r"(?:hari|pekan|minggu|bulan|tahun|semester|triwulan|kuartal|dekade|dasawarsa|windu|abad|waktu)"
_PART = r"(?i:awal|pertengahan|medio|penghujung|akhir)"
_SINCE = r"(?:\b(?i:sejak|semenjak|mulai|sebelum|setelah|sesudah|hingga|sampai|per)\s)?"
_COUNTED = "orang|unit|siswa|warga|jiwa|keluarga|meter|kilometer|km|kg|ton|hektare?|rupiah|kali|buah|rumah|pohon"


@cache  # compiled where it is first needed: `import qualkit` is lighter for it
def _date_expression() -> re.Pattern[str]:
    return re.compile(
        rf"""(?:(?P<name>(?:Nomor|No\.?)\s*[\w./-]+\s(?:Tahun|tahun|Th\.)\s{_YEAR}\b)
      |{_SINCE}(?:
       (?P<range>
          \d{{1,2}}(?:\s{_FULL_MONTH})?(?:\s{_YEAR})?{_TO}\d{{1,2}}\s{_FULL_MONTH}(?:\s{_YEAR})?\b
         |{_FULL_MONTH}(?:\s{_YEAR})?{_TO}{_FULL_MONTH}(?:\s{_YEAR})?\b
         |(?i:antara)\s{_YEAR}\sdan\s{_YEAR}\b
         |(?:(?i:tahun|periode)\s)?{_YEAR}(?:{_TO}{_YEAR}|/20\d\d|\s?[-–]\s?\d\d)\b(?![-./,]?\d)
         |(?:(?i:tahun|era|dekade)\s)?(?:{_YEAR}|\d0)-an\b|(?i:abad)\s(?:ke-?\d+|[IVX]+)\b)
      |(?P<day>(?:{_WEEKDAY}[\s,]*)?\(?\d{{1,2}}[\s-](?i:{_MONTH_NAMES})\b\.?(?:[\s,-]\s?{_YEAR}\b)?\)?
         |(?:{_WEEKDAY}[\s,]*\(?|(?i:tanggal|tgl\.?)\s)\d{{1,2}}/\d{{1,2}}(?:/(?:{_YEAR}|\d\d))?\b(?!/)\)?
         |(?<=\()\d{{1,2}}/\d{{1,2}}(?:/\d\d)?(?=\))|\d{{1,2}}/\d{{1,2}}/{_YEAR}\b)
      |(?P<month>(?:{_PART}\s)?(?:(?i:bulan)\s)?{_FULL_MONTH}(?:\s(?:(?i:tahun)\s)?{_YEAR}|\s(?:lalu|silam|mendatang|depan))\b
         |(?:{_PART}\s)?(?:(?i:bulan)\s)?{_FULL_MONTH}\b(?!\s[A-Z]))
      |(?P<relative>
          (?:{_PART}\s)?(?i:{_PERIOD})\s(?:ini|lalu|kemarin|silam|depan|mendatang|berikutnya|sebelumnya|berjalan)\b
         |(?i:{_COUNT}\s|se){_PERIOD}\s(?:yang\s)?(?:lalu|silam|terakhir|kemudian|mendatang|ke\sdepan|lagi)\b
         |(?i:kemarin(?:\slusa)?|lusa|besok|baru-baru\sini|akhir-akhir\sini|belakangan\sini|dewasa\sini|saat\sini|sekarang
            |tadi\s(?:pagi|siang|sore|malam)|(?:pagi|siang|sore|malam)\s(?:ini|tadi|nanti))\b
         |(?<!Pasar\s){_WEEKDAY}\b(?:\s(?:pagi|siang|sore|petang|malam))?(?:\s(?:ini|lalu|kemarin|depan|mendatang))?)
      |(?P<year>(?:{_PART}\s)?(?:(?i:tahun|th\.|thn\.)\s{_YEAR}\b|(?<![\w.,/-])(?:19|20)\d\d\b(?![-./,:]?\d|\s(?:{_COUNTED})\b))
         (?:\s(?:lalu|silam|mendatang))?)))""",
        re.VERBOSE,
    )


# The words an expression may begin with: only where one stands is the long pattern tried.
_OPENS_A_DATE = frozenset(
    "sejak semenjak mulai sebelum setelah sesudah hingga sampai per nomor no antara tahun periode era dekade abad tanggal tgl "
    "bulan th thn awal pertengahan medio penghujung akhir hari pekan minggu semester triwulan kuartal dasawarsa windu sehari "
    "sepekan seminggu sebulan setahun sedekade sedasawarsa sewindu seabad satu dua tiga empat lima enam tujuh delapan sembilan "
    "sepuluh sebelas belasan puluhan ratusan beberapa kemarin lusa besok baru belakangan dewasa saat sekarang tadi pagi siang "
    f"sore malam jum pebruari nopember {' '.join((*MONTHS, *DAYS, 'Ahad')).casefold()}".split()
)
_WORD = re.compile(r"\w+")


def find_date_expressions(text: str) -> list[dict[str, object]]:
    """The expressions that say when, days and others: one entry per expression with `start`, `end`, `written` and `kind`.

    The kinds are day ("Rabu (15/4)"), month ("September 1997"), year ("sejak 2007"), range ("2010-2015", "12-14 Mei 2019",
    "tahun 1990-an") and relative, which only the date of the document can tell ("pekan lalu", "Rabu"). A word such as
    "sejak" or "hingga" belongs to it. The year in the name of a regulation ("Nomor 23 Tahun 2014") says nothing of when.

    >>> [(found["written"], found["kind"]) for found in find_date_expressions("Sejak 2007, terakhir Rabu (15/4) pekan lalu.")]
    [('Sejak 2007', 'year'), ('Rabu (15/4)', 'day'), ('pekan lalu', 'relative')]
    """
    found: list[dict[str, object]] = []
    position = 0
    for word in _WORD.finditer(text):
        if word.start() < position or not (word.group()[0].isdigit() or word.group().casefold() in _OPENS_A_DATE):
            continue
        if match := _date_expression().match(text, word.start()):
            position, kind = match.end(), str(match.lastgroup)
            if kind != "name" and (kind != "day" or find_dates(match.group())):
                found.append({"start": match.start(), "end": position, "written": match.group(), "kind": kind})
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
