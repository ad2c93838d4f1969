"""The lines of a transcript go in; where its speakers take turns comes out: the label of each, and who speaks in each line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """Of a line: how many characters of a speaker's label or a time code it begins with, whether a turn begins, who speaks."""

    head: int
    opens: bool
    speaker: str


# Who speaks by the office held in the talk, and how people are addressed.
_OFFICES = frozenset(
    "pewawancara narasumber peneliti informan responden partisipan peserta moderator fasilitator pemandu notulen penanya penjawab "
    "penutur subjek interviewer interviewee researcher respondent informant participant facilitator speaker".split()
)
_ADDRESSES = frozenset(
    "ibu bapak bu pak bpk mas mbak mba kak kakak bang abang om tante guru kepala ketua siswa mr mrs ms dr prof".split()
)
# What a line may begin with before a colon, or say alone, without naming a speaker.
_NO_NAMES = frozenset(
    "tanggal hari waktu pukul jam tempat lokasi durasi topik tema judul catatan keterangan kode no nomor nama usia umur pekerjaan "
    "jabatan alamat foto gambar rekaman kegiatan suasana pengamatan observasi refleksi deskripsi kesimpulan contoh contohnya misal "
    "misalnya pertama kedua ketiga jadi artinya maksudnya yaitu yakni intinya masalahnya bilang bilangnya kata katanya tanya jawab "
    "ya iya tidak nggak enggak gak betul benar oke ok baik siap setuju belum sudah ada mungkin entah tentu pasti terima kasih lalu terus "
    "di ke date time place topic note notes photo yes no".split()
)  # fmt: skip
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
_LONG_CLOCK = r"\d{1,2}:\d\d:\d\d(?:[.,]\d{1,3})?"
_SPAN = r"\s*(?:-->|[-–])\s*"
_CODE = rf"(?:[\[(<]\s*{_CLOCK}(?:{_SPAN}{_CLOCK})?\s*[\])>]|#{_LONG_CLOCK}(?:-\d)?#|{_LONG_CLOCK}(?:{_SPAN}{_LONG_CLOCK})?)"
_NAME = r"(?P<name>[^\W\d_][\w.'’&/-]*(?:\s{1,3}[\w.'’&/-]+){0,3}(?:\s?\([^():]{1,30}\))?)"
_TIME = re.compile(rf"{_CODE}(?=\s|$)")
_COLON = re.compile(rf"(?:(?P<code>{_CODE})\s*(?:[-–]\s*)?|{_CLOCK}\s+)?{_NAME}(?P<behind>\s*{_CODE})?\s{{0,3}}:(?![\d/])")
_ABOVE = re.compile(rf"{_NAME}\s+{_CODE}$")  # "Rani 00:12:45"
_ALONE = re.compile(rf"(?:{_CODE}\s*)?{_NAME}$")
_INITIALS = re.compile(r"[A-Z]{1,2}\d{0,2}")


class _Label(NamedTuple):
    name: str
    end: int
    timed: bool

    @property
    def key(self) -> str:
        return self.name.casefold()

    @property
    def is_sure(self) -> bool:
        """Whether it is a speaker's even where it stands once: initials, an office or address with names, a time code before it."""
        words = self.name.split()
        named = _bare(words[0]) in _OFFICES | _ADDRESSES and all(not word[0].islower() for word in words[1:])
        return self.timed or named or bool(_INITIALS.fullmatch(self.name))


def turns(lines: Sequence[str]) -> list[Line]:
    """For each line of a transcript the label or time code it begins with, and who speaks.

    A label is short, stands at the head of its line before a colon, and comes back; where none does, labels are lines of their
    own (NARASUMBER). What stands once counts where it is plain (P, Guru 2, Ibu Sari); else the words stay talk, and who speaks
    is unknown up to the next label. Two must speak: one label alone is none. What stands above the first is nobody's talk.

    >>> [line.speaker for line in turns(["Wawancara", "P: Ada?", "N: Nggak ada", "Belum.", "P: Baik."])]
    ['', 'P', 'N', 'N', 'P']
    """
    alone = [_alone(line) for line in lines]
    if not any(label and label.is_sure for label in alone):
        alone = []  # the headings of field notes, short answers in capitals
    found = _dialogue([_before_colon(line) for line in lines]) or _dialogue(alone) or [None] * len(lines)
    told: list[Line] = []
    speaker = ""
    for text, label in zip(lines, found, strict=True):
        time = _TIME.match(text)
        speaker = label.name if label else speaker
        told.append(Line(label.end if label else time.end() if time else 0, label is not None, speaker))
    return told


def _before_colon(line: str) -> _Label | None:
    """The label before a colon, or above what is said with the time behind it."""
    if found := _COLON.match(line):
        return _label(found["name"], found.end(), bool(found["code"] or found["behind"]))
    return _label(found["name"], found.end(), False) if (found := _ABOVE.match(line)) else None


def _alone(line: str) -> _Label | None:
    """The label that is a whole line, in capitals or an office."""
    found = _ALONE.match(line)
    named = found and (found["name"].isupper() or _bare(found["name"].split()[0]) in _OFFICES)
    return _label(found["name"], found.end(), False) if found and named else None


def _label(name: str, end: int, timed: bool) -> _Label | None:
    """A name with its place, if it is worded as one."""
    words = name.split()
    first = _bare(words[0])
    cased = all(not word[0].islower() for word in words) or first in _OFFICES | _ADDRESSES or len(name) <= 2
    worded = cased and len(name) <= 40 and _NO_NAMES.isdisjoint(map(_bare, words))
    return _Label(" ".join(words), end, timed) if worded else None


def _bare(word: str) -> str:
    return word.casefold().strip(".,()0123456789")


def _dialogue(found: list[_Label | None]) -> list[_Label | None] | None:
    """The labels of those who take turns, each as it was first written; None where fewer than two do."""
    times = Counter(label.key for label in found if label)
    known = {key for key, count in times.items() if count > 1} or {
        label.key for label in found if label and _INITIALS.fullmatch(label.name)
    }
    first = next((number for number, label in enumerate(found) if label and label.key in known), len(found))
    labels: list[_Label | None] = [None] * first
    written: dict[str, str] = {}
    for label in found[first:]:
        if label and (label.key in known or label.is_sure):
            labels.append(label._replace(name=written.setdefault(label.key, label.name)))
        else:
            labels.append(label and _Label("", 0, False))
    return labels if len(written) > 1 else None
