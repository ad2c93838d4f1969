"""What is on a page and is no content: the kinds of furniture, each with its reason and what it looks like."""

from __future__ import annotations

import re
from typing import NamedTuple

from qualkit.indonesian import DAYS, MONTHS


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
SITE = r"[\w-]+\.(?:com|co\.id|co|go\.id|or\.id|id|net|tv|news)"
_OUTLET = (
    rf"(?:{SITE}|antara(?: news| foto)?|detik\w*|kompas(?: ?tv)?|tempo|cnn indonesia|cnbc indonesia|republika|afp|reuters|ap"
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
        rf"(?:{SITE}\s*[-–|,]\s*)?(?:(?:di)?(?:perbarui|publikasikan|terbitkan|terbit|tayang|posting|unggah)(?: pada)?\s*:?\s*)?"
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
DATELINE_PATTERN = _pattern(
    r"(?:"
    rf"(?i:{SITE})(?:,\s*[A-Z][\w .]{{1,30}}?)?"  # Bisnis.com, JAKARTA -
    r"|[A-Z][\w ./]{1,40}?(?:,\s*\d{1,2}/\d{1,2}(?:/\d{2,4})?)?\s*\([\w ./]{2,30}\)"  # Medan, 25/5 (Antara) -
    r"|[A-Z][A-Z .]{2,40}(?:,\s*[\w. ]{2,30})?"  # JAKARTA, KOMPAS --
    r"|[A-Z][\w ]{1,30},\s*[A-Z0-9][\w. ]{2,30}?"  # Jakarta, CNN Indonesia --
    r"|(?P<place>[A-Z]\w+(?: [A-Z]\w+){0,2})"  # Jakarta -
    r")\s*(?:--|[–—]|(?<=[\s).])-)(?=\s+[\"“‘'(]*[A-Z0-9])",
    0,
)
PICTURE_CREDIT = _pattern(rf"\([^()]{{0,30}}\b{_PICTURE}[^()]{{0,80}}\)$")
AGENCY_CREDIT = _pattern(rf"\(\s*{_OUTLET}\s*/[^()]{{2,60}}\)$|[.\s](?-i:[A-Z]{{3,}})/(?-i:[A-Z])[\w .-]{{2,40}}$")
CAPTION_MARK = _pattern(r"(?:foto|keterangan foto|ilustrasi)\s*:.*")
ENDS_SENTENCE = re.compile(r"[.!?…][\"”’'»)\]]*\s*$|[.!?…]\s*[(\[][^()\[\]]*[)\]]\s*$")
# The parts of a journal article: headings wherever they stand alone on a line.
SECTION = _pattern(
    r"(?:(?:\d{1,2}|[IVX]{1,4}|[A-H])\.?\s+)?(?:abstra[ck]t?|pendahuluan|latar belakang|tinjauan pustaka"
    r"|kajian (?:pustaka|teori)|landasan teori|kerangka (?:teori|konsep\w*)|metod(?:e|ologi)(?: penelitian)?"
    r"|hasil(?: dan pembahasan| penelitian)?|pembahasan|analisis|kesimpulan(?: dan saran)?|simpulan|penutup|saran"
    r"|ucapan terima kasih|daftar (?:pustaka|rujukan)|referensi"
    r"|introduction|methods?|results(?: and discussion)?|discussion|conclusions?|references)"
)
HANGING = frozenset("dan atau serta di ke dari yang untuk pada dengan oleh bagi sebagai of the and in".split())


def furniture_rule(text: str) -> Rule | None:
    """The rule by which a whole line is furniture; None where it is not."""
    return next((rule for rule, pattern in LINES if pattern.fullmatch(text)), None)
