"""Texts go in; which of them are the same, or nearly, comes out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from collections import Counter
from typing import NamedTuple

import numpy as np

RUN = 5  # words in a row that two texts must share to be alike in a place
ALIKE = 0.5  # of all runs of both texts
CONTAINED = 0.8  # of the runs of the shorter text
_FEWEST = 10  # runs; below that two headlines are alike by chance
_COMMON = 50  # texts; a run that stands in more is a phrase of the page, not of the text
_BOOK = 100_000  # runs


class Likeness(NamedTuple):
    """How much of two texts is the same: of the runs of words of both together, and of those of the shorter one."""

    other: str
    shared: float
    of_shorter: float


def same_words(text: str) -> str:
    """A fingerprint that two texts share if they differ in nothing but spaces, line ends, capitals and Unicode forms.

    >>> same_words("Kota  itu\\nmaju.") == same_words("kota itu maju.")
    True
    """
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()


def runs(text: str) -> np.ndarray:
    """A number for each different run of five words of the text, in order of size: what `likeness` compares."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())
    codes = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    if len(codes) < RUN:
        return np.unique(codes)
    mixed = np.zeros(len(codes) - RUN + 1, dtype=np.uint64)
    for at in range(RUN):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + codes[at : len(codes) - RUN + 1 + at]
    return np.unique(mixed)


class Likenesses:
    """The texts seen so far, to ask which of them another one is nearly the same as, or nearly a part of.

    That is: half of the runs of five words of both texts together are the same, or four in five of those of the shorter one.

    >>> words = "kota itu dan kota ini bekerja sama sejak lama di bidang pendidikan dan ekonomi juga di bidang olahraga"
    >>> seen = Likenesses()
    >>> seen.add("a", runs(words + " serta budaya"))
    >>> [(near.other, near.of_shorter) for near in seen.near(runs(words))]
    [('a', 1.0)]
    """

    def __init__(self) -> None:
        self.runs: dict[str, np.ndarray] = {}
        self.where: dict[int, list[str]] = {}  # the texts that hold a run

    def add(self, name: str, found: np.ndarray) -> None:
        self.runs[name] = found
        # Of a book every eighth run will do to find it; which one it is compared with is counted exactly.
        for run in (found if len(found) < _BOOK else found[found % 8 == 0]).tolist():
            texts = self.where.setdefault(run, [])
            if len(texts) < _COMMON:
                texts.append(name)

    def near(self, found: np.ndarray) -> list[Likeness]:
        """The texts that are much like this one, the likest first."""
        if len(found) < _FEWEST:
            return []
        shared = Counter(name for run in found.tolist() for name in self.where.get(run, ()))
        alike = [self._compared(found, name) for name, _ in shared.most_common(_COMMON)]
        alike = [near for near in alike if near.shared >= ALIKE or near.of_shorter >= CONTAINED]
        return sorted(alike, key=lambda near: (-near.shared, near.other))

    def _compared(self, found: np.ndarray, name: str) -> Likeness:
        other = self.runs[name]
        shared = len(np.intersect1d(found, other, assume_unique=True))
        shorter = min(len(found), len(other))
        return Likeness(name, shared / (len(found) + len(other) - shared), shared / shorter if shorter >= _FEWEST else 0.0)
