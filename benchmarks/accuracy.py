"""How right splitting, labelling and suggesting are, on held-out texts and on those of the study: one command, four tables.

    python benchmarks/accuracy.py                       pages, sentences, sectors of the study and of invented articles
    python benchmarks/accuracy.py --errors pages        and what went wrong: pages, sentences or articles
    python benchmarks/accuracy.py --codebook old.yaml   the same with another codebook, as an older one taken out of git

held-out/README.md tells how the texts were made, which have been learned from since, and what was found before they were.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import qualkit as qk
from qualkit.codebook import Codebook
from qualkit.indonesian import sentence_ends

ROOT = Path(__file__).resolve().parents[1]
HELD_OUT = ROOT / "benchmarks" / "held-out"
# Where a reader keeps the originals: in corpus/originals/, or in a folder shared/originals beside the project.
EDITIONS = {"restated": [ROOT / "corpus"], "original": [ROOT / "corpus" / "originals", ROOT.parent / "shared" / "originals"]}
LABELS = ["content", "heading", "boilerplate"]
RIGHT = {"body": "content", "related-unmarked": "content", "heading": "heading", "furniture": "boilerplate"}
ASIDE = {"GOV.RELASI", "GOV.KONSEP"}  # nearly every sentence of the study has them: they would flatter the figures
BOUNDARY = "‖"

Places = dict[Any, set[str]]  # the codes of a sentence, by document and segment
Counts = dict[str, Counter[str]]  # hits, false and missed, for each kind of text


def read_texts(folder: Path) -> pd.DataFrame:
    """One row per page or article; title and author are left empty: nothing is known of them, as with any saved page."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}
    return pd.DataFrame({"document": [*texts], "text": [*texts.values()], "title": "", "author": "", "kind": "news"})


# --- furniture of pages ---


def pages() -> pd.DataFrame:
    """One row per piece of a page (a line, or a part of one): what it is, and how many of its characters got which label."""
    documents = read_texts(HELD_OUT / "pages")
    segments = qk.split(documents, into="sentences")
    rows = []
    for document, text in documents[["document", "text"]].itertuples(index=False):
        given = np.full(len(text), "", dtype=object)
        flagged = np.zeros(len(text), dtype=bool)
        for segment in segments[segments["document"] == document].itertuples():
            given[segment.start : segment.end] = segment.label
            flagged[segment.start : segment.end] = segment.label == "content" and segment.rule != ""
        for start, end, label in _pieces(text, HELD_OUT / "pages" / f"{document}.gold.csv"):
            counts = Counter(one for one, letter in zip(given[start:end], text[start:end], strict=True) if letter.strip())
            row = {"page": document, "label": label, "given": max(LABELS, key=counts.__getitem__), **dict.fromkeys(LABELS, 0)}
            rows.append({**row, **counts, "flagged": flagged[start:end].any(), "text": text[start:end]})
    return pd.DataFrame(rows)


def _pieces(text: str, gold: Path) -> Iterator[tuple[int, int, str]]:
    lines = text.split("\n")
    starts = np.cumsum([0] + [len(line) + 1 for line in lines])
    at = 0
    for line, label, part in pd.read_csv(gold, keep_default_na=False).itertuples(index=False):
        words = part or lines[line - 1]
        at = text.index(words, max(at, int(starts[line - 1])))
        yield at, at + len(words), label
        at += len(words)


def show_pages(errors: bool) -> None:
    pieces = pages()
    shares = pieces.groupby("label")[LABELS].sum()
    shares = shares.div(shares.sum(axis=1), axis=0)
    by_label = pd.crosstab(pieces["label"], pieces["given"]).reindex(columns=LABELS, fill_value=0)
    print(f"Pages: {pieces['page'].nunique()}; a piece is a line, or the part of a line that is furniture\n")
    table = pd.concat({"share of characters given as": shares, "pieces given as": by_label}, axis=1).rename_axis(None)
    print(table.to_string(float_format="{:.4f}".format))
    related = pieces[pieces["label"] == "related-unmarked"]
    print(f"\nrelated headlines without a marker: {len(related)}, kept as content and flagged: {related['flagged'].sum()}")
    print(f"body pieces flagged for no reason: {pieces.loc[pieces['label'] == 'body', 'flagged'].sum()}")
    wrong = (pieces["label"] == "body") & (pieces["boilerplate"] > 0)
    if errors:
        wrong |= (pieces["label"].map(RIGHT) != pieces["given"]) | pieces.index.isin(related.index[~related["flagged"]])
    for row in pieces[wrong].sort_values("label", kind="stable").itertuples():
        print(f"  {row.label} as {'boilerplate' if row.boilerplate else row.given} | {row.page} | {row.text}")


# --- ends of sentences ---


def show_sentences(errors: bool) -> None:
    counts: Counts = {"edited": Counter(), "web": Counter()}
    wrong = []
    for line in (HELD_OUT / "sentences.txt").read_text("utf-8").splitlines():
        kind, marked = line.split("\t")
        text = marked.replace(BOUNDARY, "")
        *parts, _ = marked.split(BOUNDARY)
        true = {_letters("".join(parts[: number + 1])) for number in range(len(parts))}
        found = {_letters(text[:end]) for end in sentence_ends(text)[:-1]}
        add(counts[kind], true, found)
        if true != found:
            ends = [0, *sentence_ends(text)]
            got = BOUNDARY.join(text[a:b] for a, b in pairwise(ends))
            wrong.append(f"  {kind} | {marked}\n  {'found':{len(kind)}} | {got}")
    print("\nEnds of sentences inside 200 hard paragraphs (the end of the paragraph itself is not counted)\n")
    print(figures(counts))
    print(*wrong if errors else [], sep="\n")


def _letters(text: str) -> int:
    return len("".join(text.split()))


# --- sectors ---


def show_articles(codebook: Codebook, errors: bool) -> None:
    counts: dict[str, Counts] = {}
    wrong: list[str] = []
    for folder in sorted((HELD_OUT / "articles").iterdir()):
        _add_articles(folder, codebook, counts, wrong)
    print(
        f"\nSectors, articles by set and group (invented; from the tenth on, news retold); {', '.join(sorted(ASIDE))} aside;"
        "\nlow, high: 95 % interval of F1, documents drawn with replacement\n"
    )
    table = shares({kind: sum(documents.values(), Counter()) for kind, documents in counts.items()})
    table["low"], table["high"] = zip(*(interval([*counts[kind].values()]) for kind in table.index), strict=True)
    print(table.to_string(float_format="{:.3f}".format))
    print(*sorted(wrong) if errors else [], sep="\n")


def _add_articles(folder: Path, codebook: Codebook, counts: dict[str, Counts], wrong: list[str]) -> None:
    segments = qk.split(read_texts(folder / "texts"), into="sentences")
    gold = pd.read_csv(folder / "segments.csv", keep_default_na=False)
    true = _coded_by_text(segments, gold, _codes(pd.read_csv(folder / "codings.csv", keep_default_na=False)))
    suggested = qk.suggest_codings(segments, codebook)
    found = _codes(suggested)
    group = dict(zip(gold["document"], gold["group"], strict=True))
    words = suggested.groupby(["document", "segment", "code"])["matched"].agg("; ".join).to_dict()
    for document, segment, text in segments[["document", "segment", "text"]].itertuples(index=False):
        mine, theirs = found.get((document, segment), set()), true.get((document, segment), set())
        kind = counts.setdefault(f"{folder.name} {group[document]}", {})
        add(kind.setdefault(document, Counter()), theirs, mine)
        wrong += [f"  false | {code} | {words[document, segment, code]} | {text}" for code in sorted(mine - theirs)]
        wrong += [f"  miss  | {code} | {text}" for code in sorted(theirs - mine)]


def show_study(codebook: Codebook) -> None:
    counts: Counts = {}
    for edition, folders in EDITIONS.items():
        folder = next((folder for folder in folders if (folder / "documents.csv").is_file()), None)
        if folder:
            segments = qk.split(qk.read_corpus(folder), into="sentences")
            codings = qk.read_codings(ROOT / "corpus" / "codings", segments, codebook)
            true = _codes(codings[(codings["coder"] == "agreed") & (codings["facet"] == "sector")])
            found = _codes(qk.suggest_codings(segments, codebook))
            counts[edition] = Counter()
            for place in true | found:
                add(counts[edition], true.get(place, set()), found.get(place, set()))
    print("\nSectors, the five texts of the study against `agreed` (the lists were first written with these in view)\n")
    print(figures(counts))


def _codes(codings: pd.DataFrame) -> Places:
    return codings[~codings["code"].isin(ASIDE)].groupby(["document", "segment"])["code"].agg(set).to_dict()


def _coded_by_text(segments: pd.DataFrame, gold: pd.DataFrame, coded: Places) -> Places:
    """The codes of the segments of today, by their words: a sentence split otherwise has those of what it holds or is held by."""
    sentences: dict[str, list[tuple[str, set[str]]]] = {}
    for document, segment, text in gold[["document", "segment", "text"]].itertuples(index=False):
        sentences.setdefault(document, []).append((" ".join(text.split()), coded.get((document, segment), set())))
    codes = {}
    for document, segment, text in segments[["document", "segment", "text"]].itertuples(index=False):
        text = " ".join(text.split())
        exact = [mine for sentence, mine in sentences[document] if sentence == text]
        near = [mine for sentence, mine in sentences[document] if sentence in text or text in sentence]
        codes[document, segment] = set().union(*(exact or near))
    return codes


# --- figures ---


def add(counts: Counter[str], true: set, found: set) -> None:
    counts.update(hit=len(true & found), false=len(found - true), miss=len(true - found))


def figures(counts: Counts) -> str:
    return shares(counts).to_string(float_format="{:.3f}".format)


def shares(counts: Counts) -> pd.DataFrame:
    table = pd.DataFrame(counts).T.reindex(columns=["hit", "false", "miss"]).fillna(0).astype(int)
    table["precision"] = table["hit"] / (table["hit"] + table["false"])
    table["recall"] = table["hit"] / (table["hit"] + table["miss"])
    table["F1"] = 2 * table["hit"] / (2 * table["hit"] + table["false"] + table["miss"])
    return table.sort_index()


def interval(documents: list[Counter[str]], draws: int = 2000) -> tuple[float, float]:
    """Between which values 95 % of the F1 lie that documents drawn with replacement have (percentile bootstrap)."""
    hit, false, miss = (np.array([counts[kind] for counts in documents]) for kind in ("hit", "false", "miss"))
    drawn = np.random.default_rng(1).integers(0, len(documents), (draws, len(documents)))
    hits, rest = hit[drawn].sum(axis=1), (false + miss)[drawn].sum(axis=1)
    low, high = np.quantile(2 * hits / (2 * hits + rest), [0.025, 0.975])
    return float(low), float(high)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", choices=["pages", "sentences", "articles"])
    parser.add_argument("--codebook", type=Path, default=ROOT / "codebook.yaml")
    arguments = parser.parse_args()
    asked, the_codebook = arguments.errors, qk.read_codebook(arguments.codebook)
    show_pages(asked == "pages")
    show_sentences(asked == "sentences")
    show_study(the_codebook)
    show_articles(the_codebook, asked == "articles")
