"""What is on a page and is no content: the kinds of furniture, each with its reason and what it looks like."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from qualkit.indonesian import DAYS, MONTHS
from qualkit.signs import Signs, stand_in


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
FIRST_PUBLISHED = Rule("first published", "says where the article was published first")
KEYWORDS = Rule("keywords", "lists the keywords of an article")
NAVIGATION = Rule("navigation", "part of the page, not of the article")
PAGE_FOOTER = Rule("page footer", "foot of a printed page")
PAGE_NUMBER = Rule("page number", "number of a printed page")
# The only rule of a piece that stays content: nothing but its look speaks against it, so a person decides.
POSSIBLE_LINK = Rule("possible related headline", "reads like the headline of another article and stays in: look at it")
RELATED_LINK = Rule("related link", "points to another article")
READER = Rule("comment", "written by a reader of the page")
REPEATED = Rule("running head", "the same line stands on several pages")
RUNNING_HEAD = Rule("running head", "repeats author or title at the head of a page")
SPEAKER = Rule("speaker", "names who speaks")
TIME_CODE = Rule("time code", "says where in the recording it is said")
TIMESTAMP = Rule("timestamp", "says when the page was published")

# --- what furniture looks like ---
# A line of content that is taken for furniture is lost to the analysis; a line of furniture that is taken for content costs
# a coder one look. So every pattern must fit the whole line, and where it has an open part (names, titles of articles) the
# line must not read like a sentence: it has no full stop at its end, or nobody speaks in it.

_DAY = rf"(?:{'|'.join(DAYS)}|jum['’]at|ahad|mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?"
_MONTH = rf"(?:{'|'.join(month[:3] for month in MONTHS)}|aug|oct|dec|may)[a-z]*"
_DATE = (
    rf"(?:\d{{1,2}}(?: ?[/.-] ?| )(?:{_MONTH}|\d{{1,2}})(?: ?[/.-] ?|,? )\d{{4}}|\d{{4}}-\d\d-\d\d|{_MONTH} \d{{1,2}}, \d{{4}})"
)
_CLOCK = r"(?:pukul |jam )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?(?:am|pm))?"
_ZONE = r"(?:WIB|WITA|WIT|GMT\S*|UTC\S*)"
_AGO = r"(?:sekitar )?(?:\d+|satu|se)[ -]?(?:detik|menit|jam|hari|minggu|bulan|tahun)(?: yang)? lalu"
_WHEN = rf"(?:(?:{_DAY}\s*[,|-]?\s*)?{_DATE}(?:\s*(?:[,|•·\u2013-]|pada|at)?\s*{_CLOCK})?(?:\s*{_ZONE})*|{_AGO}|\d+ (?:menit|min) (?:baca|read))"
SITE = r"[\w-]+\.(?:com|co\.id|co|go\.id|or\.id|ac\.id|id|net|tv|news|org)"
_OUTLET = (
    rf"(?:{SITE}|antara(?: news| foto)?|detik\w*|kompas(?: ?tv)?|tempo|cnn indonesia|cnbc indonesia|republika|liputan6|okezone"
    r"|sindonews|inews|viva|jpnn|tribun\w*|afp|reuters|ap|epa|xinhua|yonhap)"
)
_PICTURE = (
    r"(?:(?:antara |reuters/?|afp )?(?:foto|photo)|dok\b|dokumentasi|doc\b|istimewa|ist\b|shutterstock|getty|unsplash|pixabay|pexels"
    r"|freepik|ilustrasi|tangkapan layar|screenshot|youtube|instagram|humas|biro pers)"
)
_NAME = r"(?:[A-Z][\w.'’-]*+|bin\b|binti|van|de|dan|&)"  # a word of a name
_NAMES = (
    rf"(?:{_NAME}(?:[ ,]+{_NAME}){{0,9}}|[a-z]{{2,5}}(?:[/-]\w{{1,5}}){{1,4}}|[a-z]{{2,4}})"  # Rina Lestari, M.Si. · rin/c7
)
_NO_STOP = r"(?!.*(?<!\.\.)\.\s*$)"  # "..." at the end is a title cut short
_NOBODY_SPEAKS = r"(?!.*\b(?-i:kata|ujar|ucap|tutur|jelas|ungkap|tegas|sebut)(?:nya)?\b)"
_ROLE = (
    r"(?i:pewarta(?: foto)?|penulis|reporter|wartawan|jurnalis|kontributor|koresponden|laporan|oleh|editor"
    r"|redaktur(?: & reporter)?|rep|red"
    r"|penyunting|penerjemah|pengunggah|uploader|author|tim liputan|videografer|fotografer"
    r"|di(?:tulis|posting|publikasikan|terbitkan|unggah) oleh|posted by)"
)
_RELATED = (
    r"(?:(?:baca|lihat|simak|tonton|saksikan)(?: (?:juga|pula|selengkapnya|selanjutnya|lainnya))?(?: (?:video|berita|artikel)(?: terkait| lainnya)?)?"
    r"|(?:artikel|berita|video|foto) terkait|pilihan editor|menarik dibaca|jangan lewatkan|selanjutnya|promosi|also read|read more)"
)
_TITLE = r"[“\"'‘]?(?-i:[A-Z0-9])\S*(?: (?:(?-i:[A-Z0-9(“\"‘'&])\S*|(?-i:[a-z])[\w-]{0,7})){2,16}(?<![.,;:])"  # Kota Itu Maju dan Besar
_CHANNEL = r"(?:google news|whatsapp|wa|telegram|channel|kanal|saluran|aplikasi|newsletter|instagram|youtube|tiktok|facebook|twitter|threads)"
_BETWEEN = r"\s*[|›»>•·→/]+\s*"


def _pattern(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(pattern, flags | re.DOTALL)


def _words(lines: str) -> frozenset[str]:
    return frozenset(" ".join(line.split()) for line in lines.replace("\n", "|").split("|"))


# A box of links or comments stands below a line of up to six of these words, one of the first kind among them.
_BOX_NAMES = _words("""terkait|lainnya|pilihan|rekomendasi|terpopuler|populer|terkini|terbaru|trending|terkomentari|terbanyak|tag|tags
    topik|komentar|comment|comments|balasan|reply|related|recommended|recent|latest|popular|read|most|more|like|picks|headline|top|juga
    dibaca|dicari|disukai|suka|dilewatkan|lewatkan|ikuti|follow|find|arsip|archives|kategori|categories|indeks|viral|sorotan|reaksi""")
_BOX_WORDS = _BOX_NAMES | _words("""artikel|berita|kabar|tulisan|cerita|video|foto|galeri|konten|kanal|news|posts|post|articles|stories|story
    now|you|may|also|must|us|on|a|leave|the|baca|lihat|simak|tonton|tulis|kirim|beri|berikan|tinggalkan|kolom|pembaca|editor|editors|redaksi|pilih|untuk|untukmu|anda|kamu
    kami|di|dari|mungkin|jangan|menarik|paling|banyak|sering|hari|ini|minggu|pekan|bulan|index|commented|s|yang|rubrik""")
_COMMENTS = _pattern(
    r"(?:\(?\d+\)?|satu) (?:komentar|comments?|tanggapan|balasan|responses?|repl(?:y|ies)|thoughts?)"
    r"(?: (?:untuk|pada|on|to|for) .{1,120})?\W*|comments?\W*\d*\W*"
)
MENU = _words("""beranda|home|menu|berita|indeks|index|bagikan|bagikan ke|bagikan artikel|bagikan berita|bagikan artikel ini|bagikan halaman ini
    share|share this|share news|share on facebook|share on twitter|share on google|share on whatsapp|shares|salin tautan|salin link|salin artikel
    copy link|copy url|url berhasil dicopy|url berhasil disalin|link berhasil disalin|tautan berhasil disalin|cetak|print|tweet|facebook|twitter
    instagram|whatsapp|telegram|youtube|tiktok|threads|linkedin|pinterest|pin it|google|google plus|line|rss|e mail|email|lihat semua
    tampilkan semua|lihat semua berita|show all|view all|lihat foto|lihat video|lihat lainnya|lihat selengkapnya|selengkapnya|baca selengkapnya
    read more|load more|muat lainnya|muat lebih banyak|perbesar|memuat|loading|mohon tunggu|pencarian|search|skip to content
    langsung ke konten|lompat ke konten|langsung ke isi|toggle navigation|back to top|kembali ke atas|login|log in|sign in|sign up|register
    login register|masuk daftar|berlangganan|langganan|subscribe|close|tutup iklan|close ads|close ads x|balas|reply|batalkan balasan|laporkan
    tentang kami|hubungi kami|about|about us|contact|contact us|kontak kami|redaksi|pedoman media|pedoman media siber|pedoman siber|kode etik
    kebijakan privasi|privacy policy|privacy|syarat dan ketentuan|syarat ketentuan|ketentuan penggunaan|terms of use|terms of service
    term of use|disclaimer|karir|karier|career|info iklan|pasang iklan|advertise|site map|sitemap|views|view|komentar|kali dibaca|dibaca kali
    dilihat kali|dibaca|dilihat|dibaca x|likes|like|halaman selanjutnya|halaman berikutnya|halaman sebelumnya|berita selanjutnya
    berita berikutnya|berita sebelumnya|artikel selanjutnya|artikel berikutnya|artikel sebelumnya|pos sebelumnya|pos berikutnya|selanjutnya
    sebelumnya|navigasi pos|next|next post|next article|next page|prev|previous|previous post|previous article|login untuk komentar
    hits|like this|like loading|terima semua
    accessibility tools|ukuran huruf|ukuran font|font size|a a|a a a|ukuran font a a a|video player is loading|x|pdf|unduh|unduh pdf
    download|downloads|print friendly pdf email|klik di sini|published|how to cite|license|kembali|indeks kembali|indeks berita|kanal lainnya
    jadilah yang pertama berkomentar|simpan|save|dengarkan|laporkan komentar|perbesar gambar|tidak suka
    berita lain|artikel lain|apa reaksi anda|bagaimana reaksi anda|what s your reaction""")
# One line (or unwrapped paragraph) of furniture, tried in this order; capitals count only within (?-i:...).
_LINES = (
    (RELATED_LINK, rf"{_RELATED}(?: {_OUTLET})?\s*:{_NO_STOP}.*"),
    (RELATED_LINK, rf"(?:baca|lihat|simak|tonton) juga\s+{_TITLE}"),
    (RELATED_LINK, rf"(?:simak|tonton|saksikan|lihat)(?: juga| pula)? video\b(?:{_NO_STOP}.{{0,150}}"
        r"|.{0,80}\b(?:berikut|di bawah|di sini)(?: ini)?[:.])"),
    (ADVERTISEMENT,
        r"[-–—\s]*(?:advertisements?|(?:iklan|advertorial|inforial|pariwara|adv)(?:\s*[-–|:]\s*[\w ]{1,30})?|sponsored|disponsori|promoted"
        r"|skip ad|image-banner|ads by \w+"
        r"|(?:artikel|konten|tulisan) ini (?:merupakan|adalah|hasil) (?:hasil )?(?:kerja ?sama|kolaborasi|iklan)\b[^.]{0,100}\.?"
        r"|(?:advertisement\W+)?(?:scroll|gulir) (?:to|untuk|ke)\b[^.]{0,60}"
        r"|lanjut(?:kan)? (?:membaca|gulir)\b[^.]{0,60}"
        r"|(?:artikel|konten) (?:berlanjut|berlangsung)\b[^.]{0,60}|\[(?:ads?\d*|gambas:[^\]]*)\])[-–—\s]*"),
    # Pewarta: Rina | Editor: rin
    (BYLINE, rf"(?-i:{_ROLE}\s*[:,]\s*(?:\([\w/-]{{2,12}}\) )?{_NAMES}(?:\s*[|/;•·-]?\s*{_ROLE}\s*:\s*{_NAMES}){{0,3}})"),
    (BYLINE, rf"(?:{_ROLE}|tim redaksi)\s*:?|:\s*(?-i:{_NAMES})"),  # the name stands on the line below
    (BYLINE, rf"(?:oleh|by|posted by) (?-i:Redaksi|Admin|{_NAME}(?: {_NAME}){{1,4}})"
        rf"|(?:(?:di\w+ )?oleh|(?:posted )?by)\s*:?\s+(?-i:{_NAME}(?: {_NAME}){{0,4}})\b[^.]{{0,30}}\s{_WHEN}"),
    # about the author and who answers for the text: *) Penulis adalah dosen di ...
    (BYLINE, rf"\W{{0,4}}penulis (?:adalah|ialah|merupakan)\b{_NOBODY_SPEAKS}.{{0,200}}"
        rf"|(?:\*+\)?\s*)?(?:seluruh |segala )?(?:isi|tulisan|artikel|opini|konten|karya)\b{_NOBODY_SPEAKS}.{{0,80}}"
        r"\b(?:tanggung ?jawab(?: \w+)? (?:penulis|pengirim|pengiklan|pemasang)|(?:mewakili|mencerminkan) (?:pandangan|pendapat|sikap))\b.{0,80}"
        r"|(?:konten|artikel|tulisan|opini|naskah) ini\b[^.]{0,40}\bkiriman\b.{0,100}"),
    # Rina Lestari | Outlet
    (BYLINE, rf"(?:tim|(?-i:{_NAME}(?: {_NAME}){{0,4}})) (?:[|•·] [\w. -]{{2,40}}|- {_OUTLET})|(?-i:{_NAME}(?: {_NAME}){{1,4}}), {_OUTLET}"),
    (BYLINE, rf"(?-i:{_NAME}(?: (?!Jurnalis|Wartawan){_NAME}){{0,4}})\s*[,|•·-]?\s*(?:jurnalis|wartawan)(?:\s*[,|•·-]\s*{_WHEN})?"),
    (BYLINE, rf"sumber(?: berita| artikel)?\s*:\s*{_OUTLET}(?:\s*/\s*{_OUTLET})*"),
    (BYLINE, r"(?:[a-z][\w -]{1,20}\s*:\s*)?[\w.+-]+(?:@|\[at\])[\w.-]+\w(?:\s*[,;]\s*[\w.+-]+@[\w.-]+\w)*"),
    (BYLINE, r"(?:from|to|cc|bcc|sent|date|subject|reply-to)\s*:.{0,150}|(?:dari|kepada|untuk)\s*:.{0,80}\S@\S.{0,80}"
        r"|\W*(?:begin )?forwarded message\W*|\W*pesan (?:yang )?diteruskan\W*"),
    (TIMESTAMP, rf"(?:(?:{_DAY}\s*[,|]\s*)?{_CLOCK} {_ZONE}|(?:waktu (?:mem)?baca|reading time)\s*:?\s*\d+ (?:menit|min)\w*)"),
    (TIMESTAMP,
        rf"(?:{SITE}\s*[-–|,]\s*)?(?:edisi|(?:di)?(?:cetak|perbarui|publikasikan|terbitkan|terbit|tayang|posting|unggah)|last updated|updated?"
        rf"|published|posted)?(?: (?:pada|on|dari))?\s*:?\s*{_WHEN}(?:\s*[|•·,–-]\s*(?:{_WHEN}|(?:dibaca:? )?[\d.,]+ (?:views?|kali)))*"
        rf"(?:\s*(?:by|oleh)\s+(?-i:{_NAMES}))?|(?-i:{_NAME}(?: {_NAME}){{0,4}})\s*[|•·–-]\s*{_WHEN}"),
    (TIMESTAMP, rf"(?:(?:diterima|direvisi|disetujui|dipublikasikan|diperbarui|received|revised|accepted|published)\s*:?\s*{_WHEN}[\s,;|.]*)+"),
    (PAGE_FOOTER,
        r"(?=©|\(c\)|copyright|hak cipta|jurnal|journal|[pe]?-?issn|doi|vol)(?!.*\.\s*$)(?=.*\b(?:vol(?:ume)?\b|hal\.|halaman|hlm\.|e?-?issn|doi))"
        r"(?:©|\(c\)|(?:copyright|hak cipta|jurnal|journal|[pe]?-?issn|doi|vol)\b).{0,200}|https?://(?:dx\.)?doi\.org/\S+"
        r"|(?:[\w&'’. -]{3,60}[|•·–-]\s*)?(?:edisi|vol(?:ume)?\.?)\s*\d+[^.]{0,40}\b(?:19|20)\d\d\b[^.]{0,20}"),
    (COPYRIGHT,
        r"(?:(?:copyright|hak cipta)\s*)?(?:©|\(c\)).{0,200}|copyright\W{1,6}(?:19|20)\d\d\b.{0,120}"
        r"|(?:pt|hak|(?:19|20)\d\d)\b.{0,80}\ball rights? reserved\b.{0,80}|all rights? reserved\b.{0,80}"
        r"|(?:seluruh )?hak cipta dilindungi(?: oleh)?(?: undang-undang)?\.?"
        r"|dilarang (?:keras )?\w+ (?:konten|isi|artikel|berita|seluruh|sebagian)\b.{0,150}\bizin\b.{0,80}"),
    (FIRST_PUBLISHED,
        r"(?:artikel|berita|tulisan) ini (?:telah |sudah |pernah )?(?:pertama kali )?(?:tayang|terbit|dimuat|diterbitkan|dipublikasikan)"
        r"(?: sebelumnya| pertama kali)? di\b.{0,400}"),
    (KEYWORDS,
        rf"(?:kata[ -]kunci|key ?words?|tags?|topik(?: terkait)?|label|kategori|rubrik)\s*:{_NO_STOP}{_NOBODY_SPEAKS}.{{0,300}}"
        r"|(?:#[\w-]+(?: \w+)?[\s,]*)+"),
    (NAVIGATION,
        r"(?:ayo |yuk,? |mari |silakan |jangan lewatkan )?(?:cek|ikuti|dapatkan|temukan|lihat|simak|baca|gabung|bergabung|unduh"
        r"|download|follow|klik|langganan|update)\b"
        rf"{_NOBODY_SPEAKS}(?=.*\b(?:berita|artikel|update|informasi|konten|kami|news)\b).{{0,250}}\b{_CHANNEL}\b.{{0,200}}"),
    (NAVIGATION,
        r"(?:situs|website|laman|kami)(?: ini)? (?:menggunakan|memakai) (?:cookies?|kuki)\b.{0,300}|we use cookies\b.{0,300}"
        r"|alamat (?:e-?mail|surel) anda tidak akan dipublikasikan\b.{0,80}"
        r"|(?:silakan |anda harus )?(?:log ?in|masuk) untuk (?:ber|meng)\w+ komentar.{0,40}"
        # sign up, pay, write
        r"|(?:sudah|belum) (?:punya akun|(?:ber)?langganan|terdaftar|(?:men)?jadi (?:anggota|member|pelanggan))\?.{0,60}"
        r"|(?:ketik|isi|masukkan) (?:alamat )?(?:e-?mail|surel)\b.{0,30}|nikmati\b.{0,40}\b(?:premium|tanpa batas)\b.{0,60}"
        r"|(?=.*\?)[^.]{0,60}\b(?:artikel|berita|konten|tulisan|halaman) ini\b[^.]{0,30}\b(?:bermanfaat|membantu|menarik)\b[^.]{0,20}\?"
        r"|(?:apa|bagaimana) (?:reaksi|tanggapan|pendapat|perasaan)\w* (?:anda|kamu)\b[^.]{0,40}\b(?:artikel|berita|konten|tulisan) ini\b\W*"
        r"|(?:daftar|(?:ber)?langganan|masuk|gabung)(?: \w+){0,2} (?:sekarang|di sini|newsletter)\W*|kirim (?:tulisan|artikel|opini)\b.{0,60}@.{0,80}"
        r"|artikel ini (?:khusus|hanya) untuk\b.{0,60}"
        r"|info(?:rmasi)?(?: lebih lanjut| selengkapnya| lengkap)?,?:? (?:silakan |dapat )?(?:kunjungi|hubungi|klik|akses)\b.{0,150}"
        rf"|lewati (?:(?:untuk )?ke \w+|.{{1,30}} dan lanjutkan membaca)|akhir dari {_CHANNEL}|(?:akun|kanal|saluran) resmi kami\b.{{0,60}}"
        r"|this work is licensed\b.{0,150}|download data is\b.{0,40}|best viewed\b.{0,60}|(?:blog di|powered by|proudly powered by)\b.{0,60}"
        r"|(?:url|link|source|sumber|tautan|permalink|dicetak dari)\s*:?\s*https?://\S+|\S.{0,60}\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png)"
        r"|[*=_~•·≡#-]{3,}|(?:(?:suka|senang|lucu|kaget|marah|sedih|takjub|terhibur|like|love|haha|wow|sad|angry)\W*\d*\W*){3,}"
        r"|disclaimer ?: ?komentar.{0,400}|\W*fakta atau hoaks\?.{0,300}|simpan nama(?: saya)?, e-?mail.{0,120}|you don't have javascript.{0,60}"),
    # Beranda › Berita › Kota; Nasional | Ekonomi | Olahraga; 1 2 3 Next
    (NAVIGATION,
        rf"(?:home|beranda)(?:(?:{_BETWEEN}|\s*:\s*)\S.{{0,150}}(?<![.!])|(?: (?-i:[A-Z])[\w&-]*){{4,20}})"
        rf"|{_BETWEEN}?(?:[\w&'-]+(?: [\w&'-]+){{0,3}}{_BETWEEN}){{2,20}}(?:[\w&'-]+(?: [\w&'-]+){{0,3}})?"
        r"|(?:durasi\s*:\s*)?\d{1,2}:\d\d\s*/\s*\d{1,2}:\d\d"
        r"|(?:page|halaman)?:? ?1(?: \d{1,2}){1,9}(?: \D{1,20})?"),
    (DATELINE, r"(?-i:[A-Z]\w++(?: [A-Z]\w++){0,2}(?:, [A-Z][\w. ]{2,30}| \([\w ./]{2,30}\))?\s*(?:--|[–—]|(?<=\s)-))"),  # Jakarta -
    # (rin/c7), (N-1), RIN/EKO/0817/III/09
    (DESK, r"[(\[](?:(?-i:[a-z]{2,8})|adv|[a-z]{1,8}\d{0,3}(?:[./-][a-z0-9]{1,8}){1,4})[)\]]|(?-i:[A-Z]+(?=/.*\d)(?:/[A-Z0-9-]+){2,6})"),
    # A year that stands alone is part of what is told.
    (PAGE_NUMBER, r"(?:(?:halaman|hal\.)\s+)?(?!(?:19|20)\d\d$)\d{1,4}(?:\s+(?:dari|of)\s+\d{1,4})?|[-–] ?\d{1,4} ?[-–]"),
)  # fmt: skip
# What the reader is to do or allow on the page.
_ASKED = _pattern(
    rf"(?=.*\b(?:anda|kamu)\b){_NOBODY_SPEAKS}(?=.*(?:\b(?:newsletter|buletin|inbox|kotak masuk|cookies?|kuki|kebijakan privasi"
    r"|syarat dan ketentuan|peramban|notifikasi|(?:e-?mail|surel) (?:anda|kamu)|artikel gratis|dengan (?:mendaftar|melanjutkan)"
    r"|(?:situs|laman|konten|artikel) (?:kami|premium))\b|berlangganan))[^\"“”?]{10,300}"
)
_LINK, _LINK_INSIDE = (
    _pattern(_LINES[0][1]),
    _pattern(f"({_LINES[0][1]})|" + next(look for rule, look in _LINES if rule is FIRST_PUBLISHED)),
)
# A line that ends a sentence can be furniture only if it begins like one of these (four letters of the first words above), or
# if it is short.
_SHORT = 50
_OPENINGS = frozenset(
    "acce alam all anda arti auth ayo baca berg beri by cek copy dapa dila dipe dipo dipu dire disc dise dite ditu diun doi down e-ma "
    "edit emai foto gabu hak http ikut ilus issn jang jour jurn kami kata kete klik kont kore labe lama lang "
    "lapo liha log mari masu mena oleh p-is peng pene penu peny pewa pili post prom publ rece reda red rep: repo revi saks selu sila "
    "akun this info isi kiri sega simp sima situ sumb sure tim tont tag: tags temu topi tuli undu upda uplo vide vol vol. wart we webs "
    "you yuk yuk, (c)".split()
)
# Furniture in brackets inside a paragraph, one group for each kind.
BRACKETS = re.compile(
    rf"[(\[](?:(?P<related>(?i:\s*{_RELATED}\s*:[^()\[\]]*[)\]]))"
    rf"|(?<=\()(?P<credit>(?i:\s*(?:{_OUTLET}|{_PICTURE})[^()/]{{0,60}}/\s*[A-Za-z][^()]{{1,60}}\)))"
    r"|(?P<desk>(?:[a-z]{2,5}(?:/[a-z]{2,5}){0,3}|(?<=[.?!\"”] .)(?:[A-Za-z]{1,8}\d?(?:[/-][A-Za-z0-9]{1,8}){1,3}|[A-Z]{2,6}"
    r"|[A-Z][\w.]*(?: [A-Z][\w.]*){1,2}|\*))[)\]](?=\s*$))"
    r"|(?<=\[)(?P<advertisement>(?i:(?:gambas:[^\]]*|ads?\d*)\])))"
)
# The same with what extractors leave in the middle of a paragraph; slower, so only for paragraphs that have the word.
ADVERTISED = re.compile(
    BRACKETS.pattern + r"|(?P<scroll>\bADVERTISEMENT\b(?:\s+SCROLL TO (?:CONTINUE|RESUME)(?: WITH)? CONTENT)?)"
)
BRACKETED = {"related": RELATED_LINK, "credit": CREDIT, "desk": DESK, "advertisement": ADVERTISEMENT, "scroll": ADVERTISEMENT}
# A place and an outlet, a date or both before a dash, and then the report.
_NEAR = 100  # characters within which its dash stands
_DASH = re.compile(r"[-–—]+(?=\s+[\"“‘'(]*[A-Z0-9])")
_DATELINE = re.compile(
    rf"(?i:{SITE})(?:,\s*[A-Z][\w .]{{1,30}})?"  # Bisnis.com, JAKARTA -
    r"|[A-Z][\w ./]{1,40}(?:,\s*\d{1,2}/\d{1,2}(?:/\d{2,4})?)?\s*\([\w ./]{2,30}\)"  # Medan, 25/5 (Antara) -
    r"|[A-Z][A-Z .]{2,40}(?:[,|]\s*[\w. ]{2,30})?"  # JAKARTA, KOMPAS --
    r"|[A-Z][\w ]{1,30},\s*[A-Z0-9][\w. ]{2,30}"  # Jakarta, CNN Indonesia --
    r"|(?P<place>[A-Z]\w+(?: [A-Z]\w+){0,2})"  # Jakarta -
)
PICTURE_CREDIT = _pattern(
    rf"[(\[][^()\[\]]{{0,30}}\b{_PICTURE}[^()\[\]]{{0,80}}[)\]]$|(?<=[.\s])(?:foto|photo)\s?[:/]\s?[^.]{{2,60}}$"
)
AGENCY_CREDIT = _pattern(
    rf"[(\[]\s*(?:{_OUTLET}|\w+)\s*/[^()\[\]]{{2,60}}[)\]]$|(?:^|[.\s])(?-i:[A-Z]{{3,}})(?: (?-i:FOTO|PHOTO))?/(?-i:[A-Z])[\w /.-]{{2,40}}$"
    rf"|^.{{0,120}} \((?-i:{_NAME})(?: (?-i:{_NAME})){{0,4}}\)$"  # short and signed: an archive's, a family's
)
CAPTION_MARK = _pattern(
    r"(?:foto(?: utama)?|ilustrasi|(?:keterangan|sumber|kredit) (?:foto|gambar))\s*:.*|(?:keterangan|sumber) gambar\s*,.*"
)
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


def are_plain(text: str, signs: Signs, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Whether each line is plainly a paragraph: long, ending a sentence, beginning like no furniture that does."""
    size, (before, last) = end - start, (signs.codes[end - step] for step in (2, 1))
    plain = (last == ord(".")) | ((size > 2 * _SHORT) & _is_any(last, "?!")) | (_is_any(before, ".?!") & _is_any(last, '"”'))
    plain &= (size > _SHORT) & ~stand_in(signs.places(Signs.STROKE), end - 6, end)
    you = signs.words("Anda")
    plain &= ~stand_in(you[signs.codes[you - 1] == ord(" ")], start, end)
    long = np.flatnonzero(plain)
    beginnings = [text[at : at + 4] for at in start[long].tolist()]
    furniture = {beginning for beginning in set(beginnings) if _opens_furniture(beginning)}
    plain[long] = [beginning not in furniture for beginning in beginnings]
    return plain


def _is_any(codes: np.ndarray, characters: str) -> np.ndarray:
    return np.logical_or.reduce([codes == ord(character) for character in characters])


def _opens_furniture(beginning: str) -> bool:
    return beginning.casefold().strip() in _OPENINGS or beginning[0] in "©[(*"


def furniture_rule(text: str) -> Rule | None:
    """The rule by which a whole line is furniture; None where it is not."""
    if rule := _line_rule(text) if len(text) <= 600 else None:
        return rule
    if ("Anda" in text or "kamu" in text) and _ASKED.fullmatch(text):
        return NAVIGATION
    words = _bare(text) if len(text) <= 60 else ""
    box = _names_box(words)
    return RELATED_LINK if box and words.endswith(("juga", "terkait")) else NAVIGATION if box or words in MENU else None


@lru_cache(maxsize=10_000)  # the pages of an outlet share their menus
def _line_rule(text: str) -> Rule | None:
    found = _line().fullmatch(text)
    return _LINES[(found.lastindex or 0) - 1][0] if found else None


@cache  # compiled where it is first needed: it takes a tenth of the time of `import pandas`
def _line() -> re.Pattern[str]:
    return _pattern("|".join(f"({look})" for _, look in _LINES))


def furniture_inside(sentence: str) -> Rule | None:
    """The same for a sentence inside a paragraph: only a link to another article or where this one stood first."""
    found = _LINK_INSIDE.fullmatch(sentence) if sentence[:4].casefold() in _OPENINGS else None
    return (RELATED_LINK if found.lastindex else FIRST_PUBLISHED) if found else None


def opens_box(text: str) -> bool:
    """Whether links or comments follow below a line: "Terpopuler", "Baca juga:"."""
    return len(text) < 60 and (_names_box(_bare(text)) or (text[-1] == ":" and bool(_LINK.fullmatch(text))))


def opens_comments(text: str) -> bool:
    """Whether readers write below a line: "3 Komentar"."""
    return bool(_COMMENTS.fullmatch(text)) or ("komentar" in text.casefold() and opens_box(text))


def may_have_dateline(signs: Signs, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """For each stretch of a text whether a dash with a blank behind it stands where the dash of a dateline does."""
    return stand_in(signs.dashes(), start + 1, np.minimum(start + _NEAR, end))


def find_dateline(text: str) -> tuple[int, str] | None:
    """Where the dateline ends that a paragraph begins with, and its place if it is no more than a place."""
    near = text[1:_NEAR]
    dash = _DASH.search(text, 1, _NEAR) if "-" in near or "–" in near or "—" in near else None
    if not dash or (dash.group() == "-" and text[dash.start() - 1] not in " \xa0).\n"):
        return None
    dateline = _DATELINE.fullmatch(text[: dash.start()].rstrip())
    return (dash.end(), dateline["place"] or "") if dateline else None


def _bare(text: str) -> str:
    """The words of a line in small letters, without its numbers and signs."""
    return " ".join(re.findall(r"[^\W\d_]+", text.casefold()))


def _names_box(words: str) -> bool:
    """Whether a box of links is called so: "Berita Terkait", "Yang Mungkin Anda Suka"."""
    parts = words.split()
    return len(parts) <= 6 and not _BOX_NAMES.isdisjoint(parts) and _BOX_WORDS.issuperset(parts)
