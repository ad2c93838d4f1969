"""The terms of a codebook go in; for each peer a function comes out that finds them in texts and returns how many it found.

Every peer is prepared once (`peer(terms)`) and then run on texts. Those that find sentences give a table, one row per hit:
document, sentence, start, end, code, words. None knows masks, names or clitics. A peer that is not installed raises
ImportError or FileNotFoundError.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from qualkit.codebook import Codebook
from qualkit.inflection import inflect

Run = Callable[[list[str]], int | tuple[int, float, float]]  # hits; and seconds to prepare and to run, if it times itself
COLUMNS = ["document", "sentence", "start", "end", "code", "words"]
WORD = r"\w+(?:-\w+)*"
PREFIXES = "meng|meny|men|mem|me|peng|peny|pen|pem|per|pe|di|ber|ter|ke|se"
SUFFIXES = "kannya|annya|kan|an|i|nya"


@dataclass(frozen=True)
class Terms:
    """What is sought, with the code of each: roots as they are listed, words and phrases, beginnings of words, all forms."""

    roots: dict[str, str]
    words: dict[str, str]
    beginnings: dict[str, str]
    forms: dict[str, str]  # the words and phrases, and every surface form of the roots

    @classmethod
    def of(cls, codebook: Codebook) -> Terms:
        codes = codebook.facet("sector").codes
        roots = {root: code.id for code in codes for root in code.roots}
        listed = {term: code.id for code in codes for term in code.indicators}
        words = {term: code for term, code in listed.items() if not term.endswith("*")}
        beginnings = {term.rstrip("*"): code for term, code in listed.items() if term.endswith("*")}
        return cls(roots, words, beginnings, {form: code for root, code in roots.items() for form in inflect(root)} | words)


def _table(rows: list[tuple[object, ...]]) -> int:
    return len(pd.DataFrame(rows, columns=COLUMNS))


# --- whole path: sentences, words, phrases, places, a table ---


def nltk_sastrawi(terms: Terms) -> Run:
    """NLTK for sentences and words, PySastrawi for stems; its dictionary is given the roots that are sought."""
    from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
    from Sastrawi.Stemmer.Cache.ArrayCache import ArrayCache
    from Sastrawi.Stemmer.CachedStemmer import CachedStemmer
    from Sastrawi.Stemmer.Stemmer import Stemmer
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    known = [*StemmerFactory().get_words(), *(word for root in terms.roots for word in root.split())]
    return _nltk(terms, CachedStemmer(ArrayCache(), Stemmer(ArrayDictionary(known))).stem)


def nltk_snowball(terms: Terms) -> Run:
    """NLTK for sentences and words, PyStemmer (Snowball) for stems."""
    import Stemmer

    return _nltk(terms, Stemmer.Stemmer("indonesian").stemWord)


def _nltk(terms: Terms, stem: Callable[[str], str]) -> Run:
    from nltk.tokenize import PunktSentenceTokenizer, RegexpTokenizer

    sentences, words = PunktSentenceTokenizer(), RegexpTokenizer(WORD)
    sought = {tuple(stem(word) for word in term.split()): code for term, code in (terms.roots | terms.words).items()}
    beginnings = tuple(terms.beginnings)

    def run(texts: list[str]) -> int:
        rows: list[tuple[object, ...]] = []
        for document, text in enumerate(texts):
            for number, (first, last) in enumerate(sentences.span_tokenize(text)):
                spans = [(first + a, first + b) for a, b in words.span_tokenize(text[first:last])]
                small = [text[a:b].lower() for a, b in spans]
                stems = [stem(word) for word in small]
                for at, (start, end) in enumerate(spans):
                    if small[at].startswith(beginnings):
                        rows.append((document, number, start, end, "*", small[at]))
                    for size in (1, 2, 3):
                        if code := sought.get(tuple(stems[at : at + size])):
                            end = spans[min(at + size, len(spans)) - 1][1]
                            rows.append((document, number, start, end, code, text[start:end]))
        return _table(rows)

    return run


def spacy_phrases(terms: Terms) -> Run:
    """spaCy: the blank Indonesian pipeline with its sentencizer, and a PhraseMatcher of all forms."""
    import spacy
    from spacy.matcher import PhraseMatcher

    pipeline = spacy.blank("id")
    pipeline.add_pipe("sentencizer")
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    for code in sorted(set(terms.forms.values())):
        matcher.add(code, list(pipeline.tokenizer.pipe(form for form, of in terms.forms.items() if of == code)))

    def run(texts: list[str]) -> int:
        rows: list[tuple[object, ...]] = []
        for document, parsed in enumerate(pipeline.pipe(texts)):
            for code, first, last in matcher(parsed):
                span = parsed[first:last]
                place = (span.sent.start_char, span.start_char, span.end_char)
                rows.append((document, *place, pipeline.vocab.strings[code], span.text))
        return _table(rows)

    return run


def qualcoder_style(terms: Terms) -> Run:
    """What QualCoder does when it codes automatically: re.finditer for one term after another; roots anywhere in a word."""
    sought = [(re.compile(re.escape(t)), code) for t, code in (terms.roots | terms.words | terms.beginnings).items()]

    def run(texts: list[str]) -> int:
        rows: list[tuple[object, ...]] = []
        for document, text in enumerate(texts):
            small = text.lower()
            for pattern, code in sought:
                rows += [(document, 0, *match.span(), code, match.group()) for match in pattern.finditer(small)]
        return _table(rows)

    return run


def python_re(terms: Terms) -> Run:
    """One regular expression: words, phrases and beginnings side by side, roots between affixes, in sentences cut by another."""
    roots = "|".join(map(re.escape, terms.roots))
    others = "|".join([*map(re.escape, terms.words), *(re.escape(start) + r"\w*" for start in terms.beginnings)])
    pattern = re.compile(rf"\b(?:{others}|(?:{PREFIXES})?(?:{roots})(?:{SUFFIXES})?)\b", re.IGNORECASE)
    sentence = re.compile(r"[^.!?\n]+[.!?]*")

    def run(texts: list[str]) -> int:
        rows: list[tuple[object, ...]] = []
        for document, text in enumerate(texts):
            for number, place in enumerate(sentence.finditer(text)):
                for match in pattern.finditer(text, *place.span()):
                    rows.append((document, number, *match.span(), "", match.group()))
        return _table(rows)

    return run


def count_vectorizer(terms: Terms) -> Run:
    """scikit-learn: sentences cut by a regular expression, then counts of all forms up to three words; no places."""
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(vocabulary=sorted(terms.forms), ngram_range=(1, 3), token_pattern=WORD)

    def run(texts: list[str]) -> int:
        return int(counter.transform([line for text in texts for line in re.split(r"(?<=[.!?])\s+", text)]).sum())

    return run


def quanteda(terms: Terms) -> Run:
    """R quanteda: sentences, tokens, tokens_lookup with all forms, a data frame of counts; no places. It times itself."""
    sought = [*terms.forms.items(), *((f"{beginning}*", code) for beginning, code in terms.beginnings.items())]
    dictionary = {code: [form for form, of in sought if of == code] for _, code in sought}

    def run(texts: list[str]) -> tuple[int, float, float]:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "texts").write_text("\f".join(texts), encoding="utf-8")
            Path(folder, "dictionary.json").write_text(json.dumps(dictionary), encoding="utf-8")
            command = ["Rscript", "--vanilla", str(Path(__file__).with_name("quanteda.R")), folder]
            done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise ImportError(done.stderr)
        hits, prepared, seconds = map(float, done.stdout.split())
        return int(hits), prepared, seconds

    return run


# --- bare matching: all forms in a text, no sentences, no table ---


def pyahocorasick(terms: Terms) -> Run:
    import ahocorasick

    machine = ahocorasick.Automaton()
    for form in terms.forms:
        machine.add_word(form, form)
    machine.make_automaton()
    return lambda texts: sum(sum(1 for _ in machine.iter(text.lower())) for text in texts)


def ahocorasick_rs(terms: Terms) -> Run:
    import ahocorasick_rs

    machine = ahocorasick_rs.AhoCorasick(terms.forms)
    return lambda texts: sum(len(machine.find_matches_as_indexes(text.lower())) for text in texts)


def polars(terms: Terms) -> Run:
    import polars

    forms = list(terms.forms)
    return lambda texts: int(polars.Series(texts).str.find_many(forms, ascii_case_insensitive=True).list.len().sum())


def duckdb(terms: Terms) -> Run:
    import duckdb

    base = duckdb.connect(config={"threads": 1})
    base.register("forms", pd.DataFrame({"form": list(terms.forms)}))
    base.execute("create table sought as select distinct form from forms")
    words = "select unnest(regexp_split_to_array(lower(text), '[^a-z0-9-]+')) as form from texts"

    def run(texts: list[str]) -> int:
        base.register("texts", pd.DataFrame({"text": texts}))
        return int(base.execute(f"select count(*) from ({words}) join sought using (form)").fetchall()[0][0])

    return run


def hyperscan(terms: Terms) -> Run:
    import hyperscan

    forms = [form.encode() for form in terms.forms]
    base = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    base.compile(
        expressions=[re.escape(form) for form in forms],
        ids=list(range(len(forms))),
        elements=len(forms),
        flags=hyperscan.HS_FLAG_CASELESS,
    )

    def run(texts: list[str]) -> int:
        found: list[tuple[int, int]] = []
        note = lambda number, start, end, flags, context: found.append((number, end))  # noqa: E731
        for text in texts:
            base.scan(text.encode(), match_event_handler=note)
        return len(found)

    return run


def ripgrep(terms: Terms) -> Run:
    """Lines with any form are counted; the seconds are of rg alone, less what it takes to read the forms."""

    def seconds() -> float:
        return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])

    def run(texts: list[str]) -> tuple[int, float, float]:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "forms").write_text("\n".join(terms.forms), encoding="utf-8")
            Path(folder, "texts").write_text("\n".join(texts), encoding="utf-8")
            Path(folder, "nothing").touch()
            at = [seconds()]
            for name in ("nothing", "texts"):
                command = ["rg", "-j1", "-F", "-c", "-f", f"{folder}/forms", f"{folder}/{name}"]
                found = subprocess.run(command, capture_output=True, text=True).stdout
                at.append(seconds())
        return int(found or 0), at[1] - at[0], at[2] - at[1] - (at[1] - at[0])

    return run
