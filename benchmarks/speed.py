"""How fast suggestions are made, beside what else there is: one command, one table, every row on one core in one run.

    python benchmarks/speed.py                      the table, on 20,000 articles (slow peers on fewer, as stated)
    python benchmarks/speed.py --growth 1000        time(2n) / time(n) up to 1,000 MB, and one document of 10 MB
    python benchmarks/speed.py --figure             speed.png from what the two have stored

Seconds are of the processor (user and system), each row in a process of its own. What is done once (expanding and compiling
the terms, starting a tool on a first short text) stands apart as "prepare".
"""

from __future__ import annotations

import os

ONE_CORE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "POLARS_MAX_THREADS",
            "RCPP_PARALLEL_NUM_THREADS", "RAYON_NUM_THREADS", "ARROW_NUM_THREADS")  # fmt: skip
os.environ.update(dict.fromkeys(ONE_CORE, "1"))  # before numpy is imported

import argparse  # noqa: E402
import multiprocessing  # noqa: E402
import resource  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from concurrent.futures import ProcessPoolExecutor  # noqa: E402
from functools import cache  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import peers  # noqa: E402

import corpus  # noqa: E402
import qualkit as qk  # noqa: E402
from qualkit.matching import Matcher, Term  # noqa: E402

HERE = Path(__file__).parent
ARTICLE = 3_256  # bytes, in the mean


# --- what is measured ---


def whole_path(documents: pd.DataFrame) -> int:
    return len(qk.suggest_codings(qk.split(documents, into="sentences"), corpus.codebook()))


def with_circumstances(documents: pd.DataFrame) -> int:
    segments = qk.split(documents, into="sentences")
    return len(qk.with_circumstances(qk.suggest_codings(segments, corpus.codebook()), segments, corpus.codebook()))


def splitting(documents: pd.DataFrame) -> int:
    return len(qk.split(documents, into="sentences"))


@cache
def matcher() -> Matcher:
    codes = corpus.codebook().facet("sector").codes
    return Matcher(
        [Term(text, root=text in code.roots) for code in codes for text in (*code.roots, *code.indicators, *code.masks)]
    )


def matching(documents: pd.DataFrame) -> int:
    return len(matcher().find(documents["text"].tolist()).start)


# What it is called, what does it, and on how many articles at most.
WHOLE: list[tuple[str, Callable[..., Any], int]] = [
    ("qualkit: split, suggest_codings", whole_path, 10**9),
    ("qualkit: split alone", splitting, 10**9),
    ("qualkit: with negation, speakers, dates", with_circumstances, 5_000),
    ("NLTK + PySastrawi", peers.nltk_sastrawi, 1_000),
    ("NLTK + PyStemmer", peers.nltk_snowball, 2_000),
    ("spaCy blank id + PhraseMatcher", peers.spacy_phrases, 2_000),
    ("R quanteda tokens_lookup", peers.quanteda, 5_000),
    ("QualCoder-style finditer", peers.qualcoder_style, 2_000),
    ("Python re, one alternation", peers.python_re, 1_000),
    ("scikit-learn CountVectorizer", peers.count_vectorizer, 5_000),
]
BARE: list[tuple[str, Callable[..., Any], int]] = [
    ("qualkit: Matcher", matching, 10**9),
    ("pyahocorasick", peers.pyahocorasick, 10**9),
    ("ahocorasick-rs", peers.ahocorasick_rs, 10**9),
    ("polars find_many", peers.polars, 10**9),
    ("duckdb split and join", peers.duckdb, 10**9),
    ("hyperscan", peers.hyperscan, 10**9),
    ("rg -F -c", peers.ripgrep, 10**9),
]


def cpu() -> float:
    """Seconds of the processor that this process and those it has started have used."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def row(name: str, articles: int) -> dict[str, Any]:
    """One row of the table: seconds of a run on the corpus, without those of the same run on one short text."""
    make = next(make for called, make, _ in WHOLE + BARE if called == name)
    documents = corpus.documents(articles)
    short = documents.head(1).assign(text="Kalimat pendek.")
    started = cpu()
    try:
        run = make if make.__module__ == __name__ else on_texts(make(peers.Terms.of(corpus.codebook())))
        run(short)
    except (ImportError, FileNotFoundError):
        return {"tool": name, "note": "not installed"}
    prepared = cpu() - started
    started = cpu()
    run(short)
    short_run = cpu() - started
    started = cpu()
    hits = run(documents)
    seconds = cpu() - started - short_run
    if isinstance(hits, tuple):  # it timed itself
        hits, prepared, seconds = hits
    size = documents["text"].str.encode("utf-8").str.len().sum() / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {"tool": name, "MB": size, "prepare s": prepared, "CPU s": seconds, "MB/s": size / seconds, "rows or hits": hits,
            "peak GB": peak}  # fmt: skip


def on_texts(run: peers.Run) -> Callable[[pd.DataFrame], Any]:
    return lambda documents: run(documents["text"].tolist())


def alone(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function returns in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as one:
        return one.submit(function, *arguments).result()


# --- the tables ---


def compare(articles: int, only: str) -> pd.DataFrame:
    """One row per tool; `ratio` says how many times as fast qualkit's row of the same part is."""
    rows = []
    for part, tools in (("whole path", WHOLE), ("matching alone", BARE)):
        for name, _, most in tools:
            if only in name:
                rows.append({"part": part, **alone(row, name, min(articles, most))})
                print(rows[-1], file=sys.stderr)
    table = pd.DataFrame(rows)
    first = table.groupby("part")["MB/s"].transform("first")
    return table.assign(ratio=first / table["MB/s"])


def growth(megabytes: int, times: int = 2) -> pd.DataFrame:
    """One row per size, each twice the one before: seconds of the shortest of some runs, and how many times those of the size before."""
    name = WHOLE[0][0]
    sizes = [megabytes // 2**step for step in range(6, -1, -1) if megabytes // 2**step > 0]
    rows = []
    for size in sizes:
        runs = [alone(row, name, size * 10**6 // ARTICLE) for _ in range(times)]
        rows.append(min(runs, key=lambda run: run["CPU s"]))
        print(*(run["CPU s"] for run in runs), rows[-1], file=sys.stderr)
    table = pd.DataFrame(rows)
    return table.assign(**{"time(2n) / time(n)": table["CPU s"] / table["CPU s"].shift()})


def one_document(megabytes: int = 10) -> dict[str, Any]:
    """The same text as many documents and as one."""
    many = corpus.documents(megabytes * 10**6 // ARTICLE)
    one = many.head(1).assign(text="\n\n".join(many["text"]))
    seconds = []
    for documents in (one.assign(text="Kalimat pendek."), many, one):
        started = cpu()
        whole_path(documents)
        seconds.append(cpu() - started)
    return {"MB": len(one["text"].iloc[0]) / 1e6, "as many documents, CPU s": seconds[1], "as one document, CPU s": seconds[2]}


def import_ratio(times: int = 9) -> dict[str, float]:
    """How long `import qualkit` takes beside `import pandas`: the shortest of some runs of each, taken in turn."""
    taken: dict[str, list[float]] = {"pandas": [], "qualkit": []}
    for _ in range(times):
        for name, seconds in taken.items():
            started = time.perf_counter(), cpu()
            subprocess.run([sys.executable, "-c", f"import {name}"], check=True)
            seconds.append(cpu() - started[1])
    best = {name: min(seconds) for name, seconds in taken.items()}
    return {**best, "ratio": best["qualkit"] / best["pandas"]}


def markdown(table: pd.DataFrame) -> str:
    """A table as Markdown, numbers with three figures."""
    cells = [[value if isinstance(value, str) else "" if pd.isna(value) else shown(value) for value in line]
             for line in table.to_numpy(dtype=object)]  # fmt: skip
    lines = [list(table.columns), ["---"] * len(table.columns), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def figure() -> None:
    """speed.png: throughput of each tool, and how time grows with the size of the corpus."""
    import matplotlib.pyplot as plt

    speed, grown = pd.read_csv(HERE / "speed.csv"), pd.read_csv(HERE / "growth.csv")
    speed = speed[speed["MB/s"].notna()].iloc[::-1]
    drawing, (left, right) = plt.subplots(1, 2, figsize=(11, 4.6), width_ratios=(3, 2), layout="constrained")
    mine = speed["tool"].str.startswith("qualkit")
    at = np.arange(len(speed)) + 0.6 * (speed["part"] == "whole path")
    bars = left.barh(
        at, speed["MB/s"], tick_label=speed["tool"], color=["0.5" if own else "0.9" for own in mine], edgecolor="black"
    )
    for bar, part in zip(bars, speed["part"], strict=True):
        bar.set_hatch("///" if part == "matching alone" else "")
    left.bar_label(bars, [shown(value) for value in speed["MB/s"]], padding=3)
    left.set(xscale="log", xlabel="MB of text per second of one core (hatched: matching alone)", title="Throughput")
    left.margins(x=0.15)
    left.xaxis.set_major_formatter("{x:g}")
    right.loglog(grown["MB"], grown["CPU s"], "o-", color="0.25", label="measured")
    linear = grown["MB"] * grown["CPU s"].iloc[0] / grown["MB"].iloc[0]
    right.loglog(grown["MB"], linear, "--", color="0.6", label="in proportion to the first")
    right.set(xlabel="MB of text", ylabel="CPU seconds, documents to suggestions", title="Growth")
    right.legend(frameon=False)
    for axis in (right.xaxis, right.yaxis):
        axis.set_major_formatter("{x:g}")
    drawing.savefig(HERE / "speed.png", dpi=150)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000, help="size of the corpus (20,000: about 65 MB)")
    parser.add_argument("--only", default="", help="only tools with this in their name")
    parser.add_argument("--growth", type=int, metavar="MB", help="measure growth up to this size instead")
    parser.add_argument("--figure", action="store_true", help="draw what was stored")
    parser.add_argument("--store", action="store_true", help="write speed.csv or growth.csv beside this file")
    asked = parser.parse_args()
    if asked.figure:
        return figure()
    table = growth(asked.growth) if asked.growth else compare(asked.articles, asked.only)
    print(markdown(table))
    if asked.growth:
        print(markdown(pd.DataFrame([alone(one_document)])))
    else:
        print(markdown(pd.DataFrame([import_ratio()])))
    if asked.store:
        table.convert_dtypes().to_csv(HERE / ("growth.csv" if asked.growth else "speed.csv"), index=False, float_format="%.4g")


if __name__ == "__main__":
    main()
