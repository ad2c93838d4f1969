"""The sentences of a paragraph and the place of a hit go in; what surrounds it comes out: denied how, said by whom, when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualkit.indonesian import DAYS, MONTHS, find_date_expressions

QUOTATION = "quotation"  # somebody speaks, and the paragraph does not say who

_NOT = (
    "tidak tidaklah tak tdk bukan bukanlah bukannya belum belumlah tanpa jangan janganlah tiada nggak enggak gak ndak".split()
)
_FAILS = "batal enggan gagal urung".split()
_CALLS_OFF = "membatalkan menggagalkan mengurungkan".split()
# What is denied stands behind it, who denies it before: warga menolak ...
_DENIES = "membantah memungkiri menafikan menampik menepis mengingkari menolak menyangkal".split()
_DENIED = "dibantah dibatalkan dipungkiri dinafikan ditampik ditepis digagalkan diingkari diurungkan ditolak disangkal".split()
# A sentence without one of these has no negation, one without one of SPEECH and of QUOTATION_MARKS has no voices.
NEGATIONS = (*_NOT, *_FAILS, *_DENIES, *_CALLS_OFF, *_DENIED)
_SAID = """
    ajak aku beber cetus dalih ejek harap imbuh jawab jelas kata keluh kenang klaim lanjut lapor nilai papar pesan puji pungkas
    sahut sambung sebut seru sesal simpul tambah tandas tegas terang tukas tulis tutur ucap ujar ungkap urai
"""  # behind what is said: "...," kata X; most are other words too, so a speaker has to follow
_SAYS = """
    berdalih berharap berkata berpendapat membantah memaparkan menambahkan menegaskan menekankan menerangkan mengaku mengakui
    mengatakan mengklaim mengungkapkan menjelaskan menuturkan menyangkal menyatakan menyebut
    menyebutkan
"""  # before what is said: X mengatakan ...
_SAYS_THAT = """
    berjanji memastikan membenarkan memperkirakan menampik mencatat menduga menepis menganggap mengingatkan mengumumkan
    mengusulkan menilai menjanjikan menuding menulis menyadari menyampaikan menyimpulkan menyoroti melaporkan meyakini percaya
    yakin
"""  # the same only with "bahwa", a colon or a quotation: juri menilai karya siswa
SPEECH = (*_SAID.split(), *_SAYS.split(), *_SAYS_THAT.split(), "menurut")
QUOTATION_MARKS = '"“”„‟«»'
_MARK = re.compile(f"[{QUOTATION_MARKS}]")
_NEAR = 200  # characters around a hit or a verb that are looked at: more would make long texts slow


def _any(words: str) -> str:
    """A pattern of any of these words, the longest first; "_" is the blank inside a phrase."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)).replace("_", r"\s+") + ")"


_AUXILIARY = _any("akan bisa boleh dapat harus jadi juga lagi pernah perlu segera sempat sepenuhnya")
_NAMES_A_THING = _any("""
    gagal_bayar gagal_ginjal gagal_jantung gagal_nafas gagal_napas gagal_panen gagal_tumbuh menolak_bala urung_rembug
    urung_rembuk
""")
_VERB = r"(?:di\w{4,}|me[mnrlyw]\w{3,}|be[rl]\w{4,}|ter(?!sebut)\w{4,})"
_CONJUNCTION = _any("""
    agar apabila bila hingga jika justru kalau karena kecuali ketika malah melainkan meski meskipun namun padahal saat sampai
    sebab sebelum sedangkan sehingga sejak selain selama sementara setelah supaya tapi tetapi usai walau walaupun yang
""")
_UNDONE = _any(" ".join((*_FAILS, *_DENIES, *_CALLS_OFF, *_DENIED)))
_ENDS = _any("""
    batal berakhir berhenti bubar diakhiri dibatalkan digagalkan dihapus dihentikan ditiadakan ditutup gagal mandek mangkrak
    membatalkan mengakhiri menggagalkan menghapus menghentikan meniadakan menutup terhenti urung
""")
_ON = rf"(?:(?!{_CONJUNCTION}\b|(?:dan|serta|lalu|kemudian)\b)[\w-]+\s+)"  # a further word of the clause
_NOTS, _DENYING = _any(" ".join(_NOT)), _any(" ".join(_DENIES))
_WISHES = _any("berencana berniat bermaksud hendak ingin mau")
_TWICE = "|".join(
    (
        # tidak membatalkan, gagal membatalkan, hampir batal
        rf"(?:{_NOTS}|{_any(' '.join(_FAILS))}|(?:hampir|nyaris)(?:\s+saja)?)\s+(?:{_AUXILIARY}\s+){{0,2}}{_UNDONE}",
        rf"{_NOTS}\s+{_any('ada satu_pun seorang_pun')}\s+{_ON}{{0,3}}(?:yang\s+)?{_UNDONE}",  # tidak ada warga yang menolak
        rf"(?:(?<!yang\s){_DENYING}|{_NOTS}\s+{_WISHES})\s+{_ON}{{0,8}}{_ENDS}",  # membantah bahwa pelatihan berakhir
        rf"{_DENYING}\s+{_ON}{{0,3}}bahwa\s+{_ON}{{0,6}}{_NOTS}",  # membantah bahwa kota itu tidak memiliki sekolah
    )
)
_NEGATION = re.compile(
    rf"\b(?:(?P<twice>{_TWICE})|(?!{_NAMES_A_THING}\b){_any(' '.join(NEGATIONS))})\b(?:\s+(?:lagi|ada|pernah|semua|setiap)\b)*",
    re.IGNORECASE,
)
_DENIES_NOTHING = _any("""
    apa-apa ayal cuma diragukan dipungkiri hanya henti heran jarang jauh_dari kalah kecuali ketinggalan kurang_dari lain lama
    lebih_dari lepas luput lupa main masalah melulu mustahil pelak saja sebatas sedikit sekadar sekedar semata seperti tanggung-tanggung
    terbantahkan terelakkan terhindarkan terkecuali terlepas terpisahkan tidak tertutup_kemungkinan menutup_kemungkinan
    bisa_dipungkiri bisa_dimungkiri bisa_dipisahkan bisa_dilepaskan dapat_dipungkiri dapat_dimungkiri dapat_dipisahkan
""")
_NO_NEGATION = re.compile(rf"\s+{_DENIES_NOTHING}\b", re.IGNORECASE)  # tidak hanya, tak sedikit, belum lama ini
_NOR_BEHIND = re.compile(r"\b(?:mau|suka|atau|bukan|acuh)\s+$", re.IGNORECASE)  # mau tidak mau, acuh tak acuh
_CLAUSE = re.compile(  # where the reach of a negation ends
    rf"[.;:!?()\"“”]|\b{_CONJUNCTION}\b|\b(?:dan|serta|lalu|kemudian)\s+(?:akan|telah|sudah|tetap|masih|juga|ingin|mau|{_VERB})",
    re.IGNORECASE,
)
_LIST = re.compile(  # a comma that does not end it: tidak ada sekolah, puskesmas, dan pasar
    rf"[^,;:.]*(?:,(?:\s+(?!{_VERB}|tetap|sudah|telah|akan|masih|juga)[\w-]+){{1,4}})*"
    r",?\s+(?:dan|atau|maupun|serta|ataupun)\b[^,;:.]*",
    re.IGNORECASE,
)
# A hit before the negation is denied with its predicate: pelatihan itu belum digelar, kerja sama tidak berjalan.
_UP_TO_NEGATION = re.compile(rf"(?:\s+(?:dinyatakan|dipastikan|terpaksa|(?!{_VERB}\b)[\w/-]+)){{0,7}}\s+", re.IGNORECASE)
_FAILED = re.compile(rf"\s+(?:akibat|gara-gara|lantaran|total|(?!yang\b){_CONJUNCTION})\b", re.IGNORECASE)  # batal karena dana
_PREDICATE = re.compile(
    rf"\s*(?:\b{_AUXILIARY}\s+)*"
    r"(?:di\w{3,}|ter\w{4,}|ber(?:jalan|lanjut|langsung|laku|hasil|fungsi|operasi|ubah|ujung|kembang|dampak|akhir|guna)\w*|"
    rf"{_any('ada cukup efektif final jadi jelas maksimal mulai optimal penting perlu rampung selesai tuntas')}|(?=[.,;!?]|$))",
    re.IGNORECASE,
)


def negation(sentence: str, start: int, end: int) -> str:
    """The negation, as it stands, that covers what stands from `start` to `end` of a sentence; "" where none does.

    It stands before it in the same clause, or behind it with its predicate ("pelatihan guru belum digelar"). A negation is a
    word of negation (tidak, belum, tanpa ...), a verb of denying or calling off (membantah, menolak, dibatalkan ...) or of
    failing (gagal, batal, urung, enggan); other words that say as much (ditunda, mustahil, minim) are not. What only looks like
    one (tidak hanya, tak sedikit, belum lama ini), what nearly came (hampir batal) and what is denied itself (tidak membatalkan,
    membantah bahwa ... berakhir) are none. "tidak semua", "tidak lagi", "belum ada" come as a whole.

    >>> negation("Kota itu belum memiliki sekolah, tetapi pelatihan guru berjalan.", 24, 31)
    'belum'
    >>> negation("Kota itu belum memiliki sekolah, tetapi pelatihan guru berjalan.", 41, 55)
    ''
    """
    nearest = ""
    for match in _NEGATION.finditer(sentence, max(0, start - _NEAR), end + _NEAR):
        if _NO_NEGATION.match(sentence, match.end()) or _NOR_BEHIND.search(sentence, max(0, match.start() - 20), match.start()):
            continue
        word = match.group().split()[0].lower()
        if match["twice"] or word in ((*_DENIES, *_CALLS_OFF) if match.start() >= end else _DENIED):
            continue
        if match.end() <= start and _reaches(sentence, match, start):
            nearest = match.group()
        elif not nearest and match.start() >= end:
            same_clause = not _CLAUSE.search(sentence, end, match.start())
            predicate = word in _DENIED or match.group().endswith("ada") or _PREDICATE.match(sentence, match.end())
            failed = word in _FAILS and _FAILED.match(sentence, match.end())
            near = _UP_TO_NEGATION.fullmatch(sentence, end, match.start())
            return match.group() if same_clause and (predicate or failed) and near else ""
    return nearest


def _reaches(sentence: str, match: re.Match[str], start: int) -> bool:
    """Whether a negation reaches from where it stands to a later place: same clause, no more than a dozen words on."""
    between = sentence[match.end() : start]
    after = match.end() + len(between) - len(between.lstrip())
    stop = next((s for s in _CLAUSE.finditer(sentence, match.end(), start) if s.start() > after), None)
    if stop or len(between.split()) > 12:
        return False
    if sentence[: match.start()].rstrip().endswith("yang") and len(re.findall(rf"\b{_VERB}", between)) > 1:
        return False  # warga yang tidak bersekolah mengikuti ...: the second verb is the sentence's own
    items = _LIST.match(sentence, match.end(), start + _NEAR)
    return "," not in between or bool(items and items.end() > start)


_NAME = r"[A-Z][\w.’'-]*"
_PRONOUN = r"(?:ia|dia|mereka|beliau|saya|kami|kita)\b"
_OFFICE = _any("""
    analis anggota asisten bupati camat dekan deputi direktur dirjen dirut dosen duta ekonom gubernur guru juru kabid kadis
    kepala ketua komisaris konsul koordinator lurah manajer mantan menko menteri pendiri peneliti pengamat presiden rektor
    sekretaris staf wakil wali
""")
_GROUP = _any("""
    lelaki laki-laki mahasiswa para pedagang pejabat perempuan petani pihak politikus politisi pria salah sang seorang siswa
    warga wanita
""")
_SOMEBODY = rf"(?=[A-Z]|{_PRONOUN}|{_OFFICE}\b|{_GROUP}\b)"
_CALENDAR = _any(" ".join((*DAYS, *MONTHS)))
_ASIDE = _any("atas dalam di kepada ketika lewat melalui mengenai pada saat soal tentang terkait untuk usai seusai")
_BEYOND_NAME = re.compile(  # where the name of a speaker ends
    rf"\s+(?:{_ASIDE}|{_CALENDAR}|dengan|dikutip|hari|kemarin|lagi|menambahkan|menanggapi|menegaskan|menjelaskan|sambil|sebagaimana|"
    rf"sebelum|sembari|seperti|seraya|setelah|tadi|yang)\b|\s*[(;:!?\"“”„]|\.(?=\W*$|\s*[\"“])|\s+(?:--|[-–—])\s|,\s*{_CALENDAR}\b|"
    rf",(?!\s*(?:{_NAME}\s*)+(?:[,.(]|{_ASIDE}\b))"  # but: Kepala Dinas Pendidikan, Rahma Sari, ...
)
_AFTER_SPEECH = re.compile(  # anybody may speak right behind a quotation, behind a mere comma a name or a person
    rf"(?:(?P<quoted>[,?!.…]\s?[\"“”»],?|[\"“”»],)|,)\s*(?:demikian|begitu|seperti|sebagaimana)?\s*\b{_any(_SAID)}"
    rf"(?:(?P<its>nya)\b|\b\s+(?:{_SOMEBODY}|(?(quoted)(?=[a-z])|(?!))))"
)
_BEFORE_SPEECH = re.compile(
    rf"\b(?:{_any(_SAYS)}\b(?!\s+(?:diri|bersalah))|{_any(_SAYS_THAT)}(?=,?\s+bahwa\b|\s*[:,]?\s*[\"“„]))"
)
_ACCORDING = re.compile(
    rf"\b[Mm]enurut(?:nya\b|\s+(?!{_any('abjad aturan hukum jadwal jenis kelompok ketentuan rencana umur usia UU undang')}))"
)
_BEFORE_VERB = re.compile(  # what stands between a speaker and the verb
    rf"\s+(?:{_any('akan akhirnya bisa dapat hanya harus juga kembali kemudian lalu lebih_lanjut masih pernah pun sempat sendiri')}|"
    rf"{_any('sudah selalu telah terus tetap turut')}|secara\s+\w+|\([^()]*\)|(?:pada\s+)?{_CALENDAR})$"
)
_UNSAID = re.compile(r"\b(?:tidak|tak|belum|enggan|tanpa|yang)$")  # X tidak menyebutkan ... says nothing
_ANOTHER_VERB = re.compile(rf"\s+(?:datang|hadir|{_VERB})\b.*\s(?:dan|serta|sambil|seraya|sekaligus)$")  # X membuka rapat dan
_LEAD = re.compile(  # what stands before the speaker
    r"^(?:"
    + _any("""
    adapun bahkan dan dengan_demikian di_sisi_lain karena_itu kemudian lalu lebih_lanjut meski_begitu namun oleh_karena_itu
    sebelumnya sedangkan selain_itu sementara sementara_itu tapi tetapi
""")
    + r"(?:\s+|$))+",
    re.IGNORECASE,
)
_PRONOUN_HERE = re.compile(_PRONOUN, re.IGNORECASE)
_ASIDE_HERE = re.compile(rf"{_ASIDE}\s", re.IGNORECASE)
_BESIDE_HERE = re.compile(rf"(?:{_ASIDE}|yang)\s", re.IGNORECASE)
_OFFICE_HERE = re.compile(rf"{_OFFICE}\b", re.IGNORECASE)
_NAMES_ONLY = re.compile(rf"(?:{_NAME}\s*)+")
_FROM_HERE = re.compile(rf"(?:{_NAME}\s+){{2,}}(?:asal|dari)\s")
_OFFICE_LIST = re.compile(  # Kepala Bidang Budaya, Museum, dan Sejarah: where the office ends cannot be told
    rf"(?:,\s*)?\b(?i:{_OFFICE})\b(?:\s+{_NAME})*(?:,\s+{_NAME}(?:\s+{_NAME})*)+,?\s+(?:dan|serta)\s+(?!(?i:{_OFFICE})\b)[A-Z][^,;]*"
)
_DEGREE = re.compile(  # S.Pd., M.M., Ph.D, MBA; but not: H. Agus, KPK
    rf"[A-Z][A-Za-z]{{0,4}}\.(?:\s?[A-Z][A-Za-z]{{0,4}}\.)*(?:[A-Z][A-Za-z]{{0,3}})?|{_any('MBA MH MM MPd MSi MT PhD SE SH SPd SSos ST')}"
)
_REGION = _any("""
    Aceh Bali Bangka_Belitung Banten Bengkulu DI_Yogyakarta DKI_Jakarta Gorontalo Indonesia Jambi Kepulauan_Riau Lampung Maluku
    Papua Riau Yogyakarta
""")
_PLACE = re.compile(  # what a town lies in
    rf"(?:Kabupaten|Kecamatan|Kota|Prefektur|Provinsi)\s.*|{_REGION}|"
    r"(?:Jawa|Kalimantan|Maluku|Nusa\s+Tenggara|Papua|Sulawesi|Sumate?ra)\s+"
    r"(?:Barat(?:\s+Daya)?|Pegunungan|Selatan|Tengah|Tenggara|Timur|Utara)"
)
_LAST_NAME = re.compile(rf"(?:^|\s)((?:{_NAME}\s*)+)$")

Voice = tuple[int, int, str]


def voices(sentences: Sequence[str]) -> list[list[Voice]]:
    """For each sentence of one paragraph, in order: from where to where somebody is heard, and who.

    Heard are quotations, those that go on over several sentences too, and reported speech (X mengatakan bahwa ..., menurut X,
    ..., kata X). The speaker is given as written: a name with its office, a group, a pronoun ("ia"; "-nya" for katanya). A
    quotation takes the speaker of its own sentence, else the last one named before it in the paragraph, else the next one
    named, else "quotation". Words between quotation marks that are a name or a single term are nobody's voice.

    >>> voices(["“Kami siap melatih guru,” kata Wali Kota Rahma Sari, Rabu (15/4).", "“Tahun depan dimulai.”"])
    [[(1, 24, 'Wali Kota Rahma Sari')], [(1, 21, 'Wali Kota Rahma Sari')]]
    """
    heard: list[list[Voice]] = []
    inside = False
    for sentence in sentences:
        quoted, inside = _quotations(sentence, inside)
        name, reported = _attribution(sentence, quoted)
        quoted = [span for span in quoted if _is_speech(sentence, *span, bool(name))]
        heard.append([(start, end, name) for start, end in (*quoted, *reported) if start < end])
    for spoken in (heard, heard[::-1]):  # the speaker named before, else the one named next
        known = ""
        for at, found in enumerate(spoken):
            spoken[at][:] = [(start, end, name or known) for start, end, name in found]
            known = next((name for *_, name in reversed(found) if name), known)
    return [[(start, end, name or QUOTATION) for start, end, name in spoken] for spoken in heard]


def speaker(spoken: Sequence[Voice], start: int) -> str:
    """Who is heard at a place of a sentence, given its voices; "" where nobody is but the author."""
    return next((name for first, last, name in spoken if first <= start < last), "")


def dates(sentence: str) -> str:
    """The expressions of a sentence that say when, as they stand, separated by "; ".

    >>> dates("Sejak 2007 kerja sama itu berjalan; pekan lalu diperpanjang.")
    'Sejak 2007; pekan lalu'
    """
    return "; ".join(str(found["written"]) for found in find_date_expressions(sentence))


def _quotations(sentence: str, inside: bool) -> tuple[list[tuple[int, int]], bool]:
    """What stands between quotation marks, and whether the last one is still open at the end of the sentence."""
    spans, first = [], 0
    for match in _MARK.finditer(sentence):
        before, behind = sentence[match.start() - 1 : match.start()] or " ", sentence[match.end() : match.end() + 1] or " "
        # The place decides rather than the mark, since many texts close with an opening one.
        opens = match.group() in "„«" or (before in " (\xa0:[-–—" and not behind.isspace())
        if inside and not opens:
            spans.append((first, match.start()))
        elif opens and not inside:
            first = match.end()
        inside = opens
    return spans + [(first, len(sentence))] * inside, inside


def _is_speech(sentence: str, start: int, end: int, named: bool) -> bool:
    """Whether words between quotation marks are somebody's: a sentence or its end, not a name or a single term."""
    words = sentence[start:end].split()
    small = sum(word[0].islower() for word in words)
    ends = sentence[start:end].rstrip()[-1:] in tuple(",.!?…")
    goes_on = end == len(sentence) or (start == 0 and sentence[:1] not in QUOTATION_MARKS)
    return goes_on or (ends and (named or 2 * small >= len(words) - 1 > 0)) or (small >= 2 and (named or len(words) > 6))


def _attribution(sentence: str, quoted: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Who speaks in a sentence, and where what is said stands outside quotation marks."""

    def outside(match: re.Match[str]) -> bool:
        return not any(start < match.end() <= end for start, end in quoted)

    for match in filter(outside, _AFTER_SPEECH.finditer(sentence)):
        name = "" if match["its"] else _name(sentence, match.end())
        rest = match.end() + len(name)
        reported = [(0, match.start())] + [(rest + 1, len(sentence))] * sentence.startswith(",", rest)
        return name or "-nya", [] if match["quoted"] else reported
    for match in filter(outside, _ACCORDING.finditer(sentence)):
        name = "" if match.group().endswith("nya") else _name(sentence, match.end())
        return name or "-nya", [(0, match.start()), (match.end() + len(name), len(sentence))]
    for match in filter(outside, _BEFORE_SPEECH.finditer(sentence)):
        name = _subject(sentence[: match.start()])
        if name:
            return name, [(match.end(), len(sentence))]
    return "", []


def _name(sentence: str, start: int) -> str:
    """The speaker who is named from a place on: up to the first sign that the name is over."""
    if pronoun := _PRONOUN_HERE.match(sentence, start):
        return pronoun.group()
    end = _BEYOND_NAME.search(sentence, start)
    return " ".join(sentence[start : end.start() if end else len(sentence)].split()[:12]).strip(" ,.")


def _subject(before: str) -> str:
    """The speaker who stands right before a verb of saying: the last phrase, with its office where that stands apart."""
    before = before[-_NEAR:].rstrip(" :")
    closed = before.endswith(",")  # no comma parts subject and verb: it closes what was put between them
    before = before.rstrip(" ,")
    while adverb := _BEFORE_VERB.search(before):
        before = before[: adverb.start()].rstrip(" ,")
    if _UNSAID.search(before):
        return ""
    phrases = [_LEAD.sub("", phrase.strip()) for phrase in re.split(r"[,;]|\bbahwa\b", _OFFICE_LIST.sub("", before))]
    phrases = phrases[:1] + [phrase for phrase in phrases[1:] if not _DEGREE.fullmatch(phrase)]
    if closed:  # X, pada Kamis di Cikarang, Jawa Barat, mengatakan
        asides = (at for at, phrase in enumerate(phrases) if at and _BESIDE_HERE.match(phrase) and _is_name(phrases[at - 1]))
        phrases = phrases[: next(asides, None)]
        phrases = phrases[:1] + [phrase for phrase in phrases[1:] if not _PLACE.fullmatch(phrase)]
    while len(phrases) > 1 and _ASIDE_HERE.match(phrases[-1]):
        phrases.pop()  # X, dalam sambutannya, mengatakan
    if another := _ANOTHER_VERB.search(phrases[-1]):
        phrases[-1] = phrases[-1][: another.start()]
    name = _name(phrases[-1], 0)
    if _ASIDE_HERE.match(phrases[-1]):
        last = _LAST_NAME.search(phrases[-1])
        name = last[1] if last else ""
    before = phrases[-2] if len(phrases) > 1 else ""
    if closed and _is_name(before) and _name(before, 0) != before:
        name = _name(before, 0)  # X di Cikarang, Jawa Barat, mengatakan
    elif closed and _FROM_HERE.match(before) and " " not in name:
        name = before  # X dari Dinas Pendidikan Kanazawa, Jepang, mengatakan
    elif (closed and _is_name(before)) or (_NAMES_ONLY.fullmatch(name) and _OFFICE_HERE.match(before)):
        name = f"{before}, {name}"
    return name if len(name.split()) <= 12 and not name.startswith(("yang ", *QUOTATION_MARKS)) else ""


def _is_name(phrase: str) -> bool:
    """Whether a phrase is somebody's: an office, a pronoun, or two words or more with a capital (one may be a day or a place)."""
    name = _name(phrase, 0)
    named = " " in name and _NAMES_ONLY.fullmatch(name)
    return bool(named or _OFFICE_HERE.match(phrase) or _PRONOUN_HERE.match(phrase))
