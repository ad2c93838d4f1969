"""A number of articles and a seed go in; a corpus of invented Indonesian news and its codebook come out.

Nobody wrote these words. Roots are syllables put together by chance, with the affixes of Indonesian and its real function
words, drawn so that the n-th root comes about 1/n as often as the first; articles have titles, bylines, datelines,
"Baca juga" lines, names, numbers, dates and quotations. The first thousand articles of a million are the first thousand of
twenty thousand.

    python benchmarks/corpus.py --articles 20000 corpus.parquet
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from qualkit.codebook import Code, Codebook, Facet

BATCH = 1_000  # articles made at a time
ROOTS, CODES = 12_000, 15
FUNCTION_WORDS = """yang dan di dari untuk dengan ini itu pada dalam tidak akan ke juga oleh ada telah sebagai bisa para dapat
lebih karena tersebut kami kita mereka saat kata sudah masih hanya atau seperti bagi antara harus saya belum lain hingga agar
secara namun setelah sejak serta ia dia menjadi bahwa selain tak pun lagi jika jadi hal sampai sehingga banyak beberapa semua
setiap sangat salah satu dua tiga tahun hari kali orang sendiri sekitar terhadap kepada tetapi ketika adalah merupakan maka
masing-masing sementara apa bagaimana mana di mana kembali paling sebelum sedang oleh karena tanpa maupun meski sambil atas
bawah depan luar kini dulu nanti besok kemarin hampir bahkan justru pula sebab demi guna melalui menurut tentang""".split()
OUTLETS = (
    "Harian Layar",
    "Kabar Muara",
    "Suara Bukit",
    "Pos Teluk",
    "Warta Delta",
    "Lintas Selat",
    "Gema Lembah",
    "Info Tanjung",
)
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
DAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()
SPEAKS = ("kata", "ujar", "jelas", "tutur", "ucap")

# How often a root stands with each affix: what comes before it and after it; N is the nasal that me- and pe- bring.
AFFIXES = {
    "|": 40, "meN|": 6, "meN|kan": 5, "meN|i": 2, "di|": 5, "di|kan": 4, "di|i": 1, "ber|": 3, "ter|": 3, "peN|an": 4,
    "peN|": 2, "|an": 6, "ke|an": 3, "per|an": 2, "|nya": 5, "|annya": 1, "se|": 1, "=": 1,
}  # fmt: skip
NASALS = {"p": ("m", 1), "t": ("n", 1), "s": ("ny", 1), "k": ("ng", 1), "b": ("m", 0), "d": ("n", 0), "c": ("n", 0),
          "j": ("n", 0), "g": ("ng", 0), "h": ("ng", 0)}  # fmt: skip


def surface(root: str, affix: str) -> str:
    """One form of a root, `=` being the root said twice; of two words the first takes what comes before."""
    if affix == "=":
        return f"{root}-{root}"
    before, after = affix.split("|")
    if before.endswith("N"):
        nasal, dropped = NASALS.get(root[0], ("ng" if root[0] in "aiueo" else "", 0))
        before, root = before[:-1] + nasal, root[dropped:]
    return before + root + after


@dataclass(frozen=True)
class Language:
    """The words of the corpus with their shares of the running text, and the terms that its codebook seeks."""

    words: np.ndarray  # of str; the second half repeats the first with a comma
    cumulated: np.ndarray  # shares summed up, for the first half
    names: list[str]
    terms: list[dict[str, tuple[str, ...]]]  # one per code: roots, indicators, masks


@cache
def language(seed: int = 4) -> Language:
    """The words of the corpus: the same seed gives the same words."""
    rng = np.random.default_rng([seed, 0])
    roots = _roots(rng)
    frequency = 1 / (np.arange(ROOTS) + 12) ** 1.03
    frequency /= frequency.sum()
    drawn = iter(rng.permutation(np.arange(40, ROOTS))[: CODES * 80])  # of every frequency but the highest
    fresh = lambda: roots[next(drawn)]  # noqa: E731
    shares = {word: 0.36 * share for word, share in zip(FUNCTION_WORDS, _zipf(len(FUNCTION_WORDS)), strict=True)}
    total = sum(AFFIXES.values())
    for root, share in zip(roots, frequency, strict=True):
        for affix, often in AFFIXES.items():
            form = surface(root, affix)
            shares[form] = shares.get(form, 0) + 0.52 * share * often / total
    terms, phrases, masked = [], [], []
    for _ in range(CODES):
        single = [fresh() for _ in range(21)]
        double = [f"{fresh()} {fresh()}" for _ in range(3)]
        words = [surface(fresh(), affix) for affix in ("|", "|", "|an", "|an", "meN|kan", "peN|an", "ke|an", "|")]
        pairs = [f"{fresh()} {fresh()}", f"{fresh()} {fresh()}", f"{single[0]} {fresh()}", f"{fresh()} {words[0]}",
                 f"{fresh()} dan {fresh()}"]  # fmt: skip
        masks = [f"{single[1]} {fresh()}", f"{fresh()} {single[2]}", f"{words[1]} {fresh()}", f"{double[0]} {fresh()}"]
        stars = [f"{fresh()}*" for _ in range(3)]
        terms.append({"roots": (*single, *double), "indicators": (*words, *pairs, *stars), "masks": tuple(masks)})
        phrases += pairs + masks
        for root in double:
            phrases += [root, root, root.replace(" ", ""), root.replace(" ", "-"), surface(root, "ber|")]
        masked += single[:4]
    people = [f"{roots[a].title()} {roots[b].title()}" for a, b in rng.integers(0, ROOTS, (3_000, 2))]
    people += [f"Dr. {name}" for name in people[:100]] + ["André Café", "José Peña"] * 10
    bodies = [f"{body} {word.title()}" for body in ("Dinas", "Kementerian", "Universitas", "PT") for word in masked]
    numbers = [f"{n}" for n in rng.integers(2, 999, 300)] + [
        f"Rp {n:,}".replace(",", ".") for n in rng.integers(10**5, 10**10, 300)
    ]
    numbers += [f"{n},{d} persen" for n, d in rng.integers(1, 99, (200, 2))] + [f"No. {n}" for n in range(1, 100)]
    dates = [f"{DAYS[d % 7]} ({d % 28 + 1}/{d % 12 + 1})" for d in range(400)]
    dates += [f"{d % 28 + 1} {MONTHS[d % 12]} {1990 + d % 35}" for d in range(400)]
    for some, share in ((phrases, 0.012), (people, 0.055), (bodies, 0.006), (numbers, 0.025), (dates, 0.006)):
        for word in some:
            shares[word] = shares.get(word, 0) + share / len(some)
    words, weights = list(shares), np.array(list(shares.values()))
    return Language(
        np.array(words + [f"{word}," for word in words], dtype=object), np.cumsum(weights / weights.sum()), people, terms
    )


def _zipf(size: int) -> np.ndarray:
    share = 1 / (np.arange(size) + 2)
    return share / share.sum()


def _roots(rng: np.random.Generator) -> list[str]:
    """Distinct roots of two or three syllables, the short ones first as in any language."""
    onsets = np.array([*"bcdghjklmnprstwy", "ng", "ny", "tr", "pr", ""], dtype=object)
    codas = np.array([*"nrkstlmh", "ng", "", "", ""], dtype=object)
    drawn = [rng.choice(some, (3, 2 * ROOTS)) for some in (onsets, np.array([*"aiueo"], dtype=object))]
    first, second, third = drawn[0] + drawn[1]
    third[:ROOTS] = ""
    roots = dict.fromkeys((first + second + third + rng.choice(codas, 2 * ROOTS)).tolist())
    return [root for root in roots if len(root) > 3 and root not in FUNCTION_WORDS][:ROOTS]


def codebook(seed: int = 4) -> Codebook:
    """Six hundred terms in fifteen codes: of each code's forty 24 are roots, 8 words, 5 phrases, 3 wildcards; 4 masks more."""
    blank = {"id": "-", "en": "-"}
    codes = tuple(
        Code(f"K{number:02}", {"id": f"Kode {number}", "en": f"Code {number}"}, *[blank] * 5, "theory", "topic", "1.0", **terms)
        for number, terms in enumerate(language(seed).terms, 1)
    )
    facet = Facet("sector", {"id": "Sektor", "en": "Sector"}, blank, "multiple", codes)
    return Codebook("benchmark", "1.0", {"id": "Tolok ukur", "en": "Benchmark"}, "sentence", (), (), (facet,))


def batches(articles: int, seed: int = 4) -> Iterator[pd.DataFrame]:
    """One table per thousand articles, with the columns of `read_corpus` that `split` uses, `outlet`, `year` and `date`."""
    for first in range(0, articles, BATCH):
        made = _batch(first, seed)
        yield made[: articles - first] if articles - first < BATCH else made


def documents(articles: int, seed: int = 4) -> pd.DataFrame:
    """One row per article: document, title, outlet, kind, date, year, author and text (about 3.25 KB in the mean)."""
    return pd.concat(batches(articles, seed), ignore_index=True)


def _batch(first: int, seed: int) -> pd.DataFrame:
    spoken = language(seed)
    rng = np.random.default_rng([seed, 1, first])
    sentences = np.maximum(6, rng.gamma(6.0, 3.7, BATCH)).astype(int)
    lengths = np.clip(rng.gamma(5.0, 3.6, sentences.sum() + BATCH), 5, 45).astype(int)  # one more for each title
    drawn = np.searchsorted(spoken.cumulated, rng.random(lengths.sum()))
    drawn = np.minimum(drawn, len(spoken.cumulated) - 1) + len(spoken.cumulated) * (rng.random(len(drawn)) < 0.06)
    words = spoken.words[drawn].tolist()
    stops = np.cumsum(lengths)
    kinds = rng.random(len(lengths)).tolist()
    lines = [
        _sentence(words[stop - length : stop], kind)
        for stop, length, kind in zip(stops.tolist(), lengths.tolist(), kinds, strict=True)
    ]
    rows, at = [], 0
    for number, count in enumerate(sentences.tolist(), first):
        rows.append(_article(number, lines[at : at + count + 1], rng.integers(0, 2**31, 6).tolist(), spoken.names))
        at += count + 1
    return pd.DataFrame(rows)


def _sentence(words: list[str], kind: float) -> str:
    """A statement, a question (one in a hundred) or a quotation (one in ten), the last without its speaker."""
    text = " ".join(words).removesuffix(",")
    text = text[0].upper() + text[1:]
    return f"{text}?" if kind < 0.01 else f"“{text},”" if kind < 0.11 else f"{text}."


def _article(number: int, lines: list[str], chance: list[int], names: list[str]) -> dict[str, object]:
    title, *lines = lines
    title = title.strip("“,”.?").title()[:90]
    outlet, year, author = OUTLETS[chance[0] % 8], 1998 + chance[1] % 27, names[chance[2] % 3_000]
    day, month = chance[3] % 28 + 1, chance[3] // 100 % 12 + 1
    lines = [
        f"{line} {SPEAKS[len(line) % 5]} {names[(len(line) * 7 + chance[4]) % 3_000]}." if line[0] == "“" else line
        for line in lines
    ]
    paragraphs, at, step = [], 0, chance[5]
    while at < len(lines):
        size = 1 + (step + at) % 3
        paragraphs.append(" ".join(lines[at : at + size]))
        at += size
    paragraphs[0] = f"{author.split()[0].upper()}, {day}/{month} ({outlet.split()[0]}) - {paragraphs[0]}"
    if chance[5] % 2:
        paragraphs.insert(2, f"Baca juga: {lines[0][:70].rstrip('.,” ')}")
    text = ("\n\n" if chance[0] % 2 else "\n").join(
        [title, f"{DAYS[day % 7]}, {day} {MONTHS[month - 1]} {year} 10:{day + 10} WIB", *paragraphs, f"Editor: {author}"]
    )
    if chance[0] % 8 < 4:  # half the outlets write straight quotation marks
        text = text.replace("“", '"').replace("”", '"')
    return {"document": f"a{number:07}", "title": title, "outlet": outlet, "kind": "news", "date": f"{year}-{month:02}-{day:02}",
            "year": str(year), "author": author, "text": text}  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("target", help="the Parquet file to write (needs pyarrow)")
    arguments = parser.parse_args()
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer = None
    for batch in batches(arguments.articles, arguments.seed):
        rows = pa.Table.from_pandas(batch, preserve_index=False)
        writer = writer or pq.ParquetWriter(arguments.target, rows.schema, compression="zstd")
        writer.write_table(rows)
    if writer:
        writer.close()
