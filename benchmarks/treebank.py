"""How right ends of sentences and tokens are on treebanks (files as Universal Dependencies has them): three rows for each file.

    python benchmarks/treebank.py id_csui-ud-test.conllu id_gsd-ud-test.conllu

Ten sentences at a time are joined by blanks, as in a paragraph, and split again. What a treebank calls a sentence may be a
headline or a caption without a stop, so the ends are counted of all sentences and of those with a stop alone. Tokens are
those that can be seen: the parts into which a treebank takes a word are not counted.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import conllu
import pandas as pd
from accuracy import Counts, add, figures

import qualkit as qk

TOGETHER = 10  # sentences in a paragraph
STOP = re.compile(r"[.!?…][\"”’'»)\]]*$")
Place = tuple[str, int, int]


def read(path: Path) -> list[tuple[str, list[str]]]:
    """The sentences of a treebank, each with its tokens."""
    sentences = []
    for sentence in conllu.parse_incr(path.open(encoding="utf-8")):
        whole = {part for token in sentence if isinstance(token["id"], tuple) and "-" in token["id"] for part in _parts(token)}
        forms = [token["form"] for token in sentence if token["id"] not in whole and not _is_unseen(token)]
        sentences.append((sentence.metadata["text"].strip(), forms))
    return sentences


def _parts(token: conllu.Token) -> range:
    first, _, last = token["id"]
    return range(first, last + 1)


def _is_unseen(token: conllu.Token) -> bool:
    return isinstance(token["id"], tuple) and "." in token["id"]


def segments(texts: Iterable[str]) -> pd.DataFrame:
    documents = pd.DataFrame({"text": [*texts]}).assign(title="", author="", kind="news")
    return qk.split(documents.assign(document=documents.index.astype("str")), into="sentences")


def ends(sentences: list[str]) -> tuple[set[Place], set[Place]]:
    """The ends there are and the ends found within paragraphs of some sentences; the end of a paragraph is no finding."""
    paragraphs = [sentences[at : at + TOGETHER] for at in range(0, len(sentences), TOGETHER)]
    texts = [" ".join(one) for one in paragraphs]
    true = {(str(n), 0, len(" ".join(one[: k + 1]))) for n, one in enumerate(paragraphs) for k in range(len(one) - 1)}
    found = segments(texts)[["document", "end"]].itertuples(index=False)
    return true, {(document, 0, end) for document, end in found if end < len(texts[int(document)])}


def token_places(sentences: list[tuple[str, list[str]]]) -> tuple[set[Place], set[Place]]:
    """The places of the tokens there are and of the tokens found."""
    true = set()
    for number, (text, forms) in enumerate(sentences):
        at = 0
        for form in forms:
            match = re.compile(r"\s*".join(map(re.escape, form.replace(" ", "")))).search(text, at)
            if not match:
                raise ValueError(f"sentence {number + 1}: its text has no '{form}' behind character {at}")
            true.add((str(number), *match.span()))
            at = match.end()
    found = qk.tokens(segments(text for text, _ in sentences))[["document", "start", "end"]]
    return true, set(found.itertuples(index=False, name=None))


def count(path: Path, counts: Counts) -> None:
    sentences = read(path)
    texts = [text for text, _ in sentences]
    parts = {
        "ends of all": ends(texts),
        "ends of those with a stop": ends([text for text in texts if STOP.search(text)]),
        "tokens": token_places(sentences),
    }
    for part, (true, found) in parts.items():
        add(counts.setdefault(f"{path.stem}: {part}", Counter()), true, found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("treebanks", nargs="+", type=Path)
    every: Counts = {}
    for treebank in parser.parse_args().treebanks:
        count(treebank, every)
    print(figures(every))
