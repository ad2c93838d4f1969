"""An Indonesian root goes in; the words that are built on it come out, ready to be looked for in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# The nasal that me- and pe- take before the first letter of a root; before l, m, n, r, w and y they take none.
_NASAL = dict.fromkeys("bfpv", "m") | dict.fromkeys("cdjstz", "n") | dict.fromkeys("aeioughkqx", "ng")
_IN_ITS_PLACE = {"k": "ng", "p": "m", "s": "ny", "t": "n"}  # the nasal that takes the place of the letter: tanam, menanam
_MAY_DROP = re.compile("[kpst][aeiou]|[kpt][lr]")
_ER_IN_FIRST_SYLLABLE = re.compile(r"[^aeiour]?er[^aeiou]")  # kerja, ternak, serta: bekerja
_ONE_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][^aeiou]*")
_SCHOLARSHIP = re.compile(r".*(?:eg|graf|is|og|om|sof)")  # with -i: another thing (ekonom, ekonomi; teknis, teknisi)
_BOTH = "+"  # between the two words of a root while forms are built

# Well-formed, but another word: mengalami is no form of alam (nature), sebuah none of buah (fruit).
_OTHER_WORDS = {
    root: frozenset(words.split())
    for root, words in {
        "abad": "abadi", "alam": "berpengalaman dialami mengalami pengalaman teralami", "anak": "peranakan",
        "angkat": "berangkat diberangkatkan keberangkatan memberangkatkan pemberangkatan perangkat seperangkat",
        "api": "terapi", "arang": "mengarang pengarang", "asa": "berasa perasa perasaan terasa",
        "awal": "mengawal pengawal pengawalan", "awan": "perawan", "baja": "bajakan membajakan pembajakan",
        "bangka": "bangkai", "batas": "sebatas", "buah": "sebuah", "cara": "secara", "dana": "perdana", "data": "perdata",
        "desa": "desakan", "duri": "durian", "ekor": "seekor",
        "emas": "mengemas mengemasi mengemaskan pengemas pengemasan", "gawai": "pegawai pegawaian",
        "gula": "gulai menggulai", "harga": "berharga dihargai hargai menghargai penghargaan", "hati": "berhati-hati hati-hati",
        "hingga": "sehingga", "ibu": "beribu beribu-ribu", "ikan": "berikan diberikan memberikan", "ingin": "beringin",
        "jalan": "berjalan dijalani dijalankan jalani jalankan menjalani menjalankan perjalanan sejalan", "juru": "penjuru",
        "kadar": "sekadar", "kaji": "mengaji pengaji pengajian", "kaku": "mengaku mengakui pengakuan",
        "kantin": "pengantin", "karang": "sekarang", "kas": "berkas", "kawasan": "pengawasan", "kereta": "keretakan",
        "koperasi": "mengoperasi mengoperasikan pengoperasi pengoperasian", "kubah": "mengubah pengubah pengubahan",
        "kuning": "kuningan", "kutu": "sekutu", "laku": "selaku", "lalu": "selalu terlalu", "lama": "selama",
        "layu": "melayu", "lebar": "lebaran", "luang": "peluang",
        "luar": "dikeluarkan keluaran mengeluarkan pengeluaran", "masa": "masakan", "mata": "mata-mata permata semata",
        "nila": "dinilai menilai nilai ternilai", "olah": "seolah seolah-olah", "orang": "seorang", "pakan": "memakan pemakan termakan",
        "palu": "memalukan", "panda": "pandai", "pangsa": "memangsa pemangsa", "patung": "patungan",
        "pohon": "memohon memohonkan pemohon", "raga": "peraga", "ragam": "menyeragamkan penyeragaman seragam",
        "rambut": "rambutan", "rapi": "berapi terapi", "rawan": "perawan", "raya": "seraya", "rekor": "berekor",
        "ruang": "beruang", "rubah": "berubah perubahan", "rumah": "dirumahkan merumahkan", "rupa": "serupa",
        "rusa": "perusakan", "segi": "persegi", "selat": "selatan", "seminar": "seminari", "siar": "pesiar",
        "tara": "menara", "tari": "mentari tarikan", "tega": "mentega", "tempat": "setempat", "teri": "menteri",
        "tetap": "tetapi", "timun": "mentimun", "tuna": "tunai", "uang": "beruang",
        "undang": "diundangkan mengundangkan perundangan undang-undang", "visi": "divisi",
    }.items()
}  # fmt: skip


def inflect(root: str) -> tuple[str, ...]:
    """The words that Indonesian builds on a root, the root itself included: about 100 for one word, 350 for two.

    They are formed ahead of time by the rules of the standard grammar: me-, di-, ber-, ter-, per-, memper-, pe-, ke- and
    se- with -kan, -i and -an, their usual combinations (keber-an, berke-an, pember-an), reduplication, and the nasal of
    me- and pe- (tanam, menanam). Where usage wavers both spellings are given: menyukseskan and mensukseskan, bekerja
    and berkerja. Words of two parts take affixes around both; they are spelt apart, together and with a hyphen.

    Parameters
    ----------
    root
        One word or two, in any case: "latih", "kerja sama". A doubled word may be a root ("undang-undang").

    Returns
    -------
    tuple of str
        In small letters, in alphabetical order, each once. Many of them nobody uses, which does no harm. Left out are
        well-formed words that mean something else (pengalaman under alam, sebuah under buah) and what a word may carry
        besides: -nya, -ku, -mu, -lah, -kah, -pun, ku-, kau-. Words for persons with -wan and -wati are words of their own.

    Raises
    ------
    ValueError
        If the root is not one word or two, in letters.

    References
    ----------
    Alwi, H., Dardjowidjojo, S., Lapoliwa, H. and Moeliono, A. M. (2003), Tata Bahasa Baku Bahasa Indonesia, 3rd ed.
    Sneddon, J. N., Adelaar, A., Djenar, D. N. and Ewing, M. C. (2010), Indonesian Reference Grammar, 2nd ed.

    Examples
    --------
    >>> {"menanam", "ditanamkan", "penanaman", "tanaman", "tanam-tanaman"} <= set(inflect("tanam"))
    True
    >>> {"bekerja sama", "bekerjasama", "kerja-sama", "mengerjasamakan"} <= set(inflect("kerja sama"))
    True
    """
    words = unicodedata.normalize("NFC", root).lower().split()
    if len(words) not in (1, 2):
        raise ValueError(f"root '{root}': a root is one word or two; a longer phrase belongs among the indicators")
    if not all(re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)*", word) for word in words):
        raise ValueError(f"root '{root}': a root is written in letters; the library adds what may stand around it")
    stem = _BOTH.join(words)
    forms = _of_one_syllable(stem) if _ONE_SYLLABLE.fullmatch(stem) else _of_more_syllables(stem)
    forms -= _OTHER_WORDS.get(stem, frozenset())
    if len(words) == 2:
        worker = f"pe{stem}"  # "pekerja sama" may be two words: workers, alike
        forms = {form.replace(_BOTH, between) for form in forms for between in ("", " ", "-")[: 1 if form == worker else 3]}
    return tuple(sorted(forms))


def _of_one_syllable(stem: str) -> set[str]:
    """Fewer forms, since short words are so easily mistaken: no menang from tang, no kesan from san."""
    verbs = [f"menge{stem}", f"di{stem}"] + (_nasal("me", stem) if stem[0] in "bcdfghjkpsvz" else [])
    things = [f"penge{stem}"] + ([f"per{stem}"] if stem[0] != "r" else [])
    return {
        stem,
        f"{stem}-{stem}",
        f"{stem}kan",
        f"ber{stem}",
        f"penge{stem}",
        *_with(verbs, "", "kan", "i"),
        *_with(things, "an"),
    }


def _of_more_syllables(stem: str) -> set[str]:
    ber, per, ter = _with_r("ber", stem), _with_r("per", stem), _with_r("ter", stem)
    inner = [f"ke{stem}", f"se{stem}", *ber, *per]  # what takes me-, di- and pe- in its turn: mengetahui, memberlakukan
    active, people = _nasal("me", stem), [*_nasal("pe", stem), f"pe{stem}"]
    verbs = [stem, f"di{stem}", *active, *per, *ter, *(f"ter{form}" for form in per)]
    verbs += [prefixed for form in inner for prefixed in (*_nasal("me", form), f"di{form}")]
    things = [*_with([stem, f"ke{stem}", *people, *per], "an")]
    outer = [f"ke{form}" for form in (*ber, *ter, *people, f"se{stem}", f"tidak{stem}")]
    outer += [f"ber{form}" for form in (f"ke{stem}", *people, *per)] + [_nasal("pe", form)[0] for form in inner]
    forms = {*_with(verbs, "", "kan", "i"), *_with(ber, "", "an", "kan"), *people, *things, *_with(outer, "an")}
    forms |= {f"se{stem}", f"se{stem}an", f"{stem}-{stem}", *(_nasal("pe", form)[0] for form in inner)}
    if _BOTH not in stem:
        forms |= {f"{form}-{form}" for form in (*people, *per, *things)} | _doubled(stem, active[0])
    return forms - {f"{stem}i"} if _SCHOLARSHIP.fullmatch(stem) else forms


def _doubled(stem: str, active: str) -> set[str]:
    twice = f"{stem}-{stem}"
    again = f"{active}-{stem if active.endswith(stem) else active[2:]}"  # melihat-lihat, but menulis-nulis
    verbs = [again, f"di{twice}", *_with_r("ter", twice)]
    return {
        f"{stem}-{active}",
        f"se{twice}",
        *_with(verbs, "", "kan", "i"),
        *_with([twice, f"ke{twice}", *_with_r("ber", twice)], "", "an"),
    }


def _with(stems: Iterable[str], *suffixes: str) -> Iterator[str]:
    return (stem + suffix for stem in stems for suffix in suffixes if not (suffix == "i" and stem.endswith("i")))


def _nasal(prefix: str, stem: str) -> list[str]:
    """me- or pe- before a stem, the standard spelling first."""
    forms = [f"{prefix}{_NASAL.get(stem[0], '')}{stem}"]
    if _MAY_DROP.match(stem):
        forms.insert(0, f"{prefix}{_IN_ITS_PLACE[stem[0]]}{stem[1:]}")
    return forms


def _with_r(prefix: str, stem: str) -> list[str]:
    """ber-, per- or ter- before a stem, the standard spelling first."""
    if stem.startswith("ajar") and prefix != "ter":
        return [f"{prefix[:2]}l{stem}"]
    if stem[0] == "r":
        return [f"{prefix[:2]}{stem}"]
    if _ER_IN_FIRST_SYLLABLE.match(stem):
        return [f"{prefix[:2]}{stem}", f"{prefix}{stem}"]
    return [f"{prefix}{stem}"]
