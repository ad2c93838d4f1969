"""The shipped edition: whole, its own, and the same statement sentence by sentence as the originals where they are at hand."""

import os
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

import qualkit as qk

ROOT = Path(__file__).resolve().parents[1]
# Where a reader keeps the originals: in corpus/originals/, or in a folder shared/originals beside the project.
ORIGINALS = next(
    (f for f in (ROOT / "corpus" / "originals", ROOT.parent / "shared" / "originals") if (f / "documents.csv").is_file()), None
)
needs_originals = pytest.mark.skipif(ORIGINALS is None, reason="the originals are not at hand")
RUN = 7
# Titles, names, offices and fixed terms that no restatement can avoid. A shared run may consist of these and up to RUN - 1
# other words in a row, never more.
ALLOWED = (
    "perbandingan paradiplomasi multi sektor surabaya busan dan medan gwangju",
    "the territorial dimension of politics within among across nations",
    "international dimension of sub national self governments",
    "a study of sister city relations",
    "perimbangan keuangan antara pemerintah pusat dan daerah",
    "mayors and governors meeting of the asean capitals",
    "vol 1 1 hal 11 roby rakhkmadi",
    "lalu rahadian cnn indonesia",
    "selasa 12 mei 2015",
    "antara foto vitalis yogi trisna",
    "jakarta cnn indonesia",
    "ahok jalin kerja sama dengan korea selatan",
)


def words(text):
    return re.findall(r"\w+", text.casefold())


def shared_runs(text, grams):
    """Runs of RUN or more words that also stand in an original."""
    found, tokens, at = [], words(text), 0
    while at <= len(tokens) - RUN:
        end = at
        while end <= len(tokens) - RUN and tuple(tokens[end : end + RUN]) in grams:
            end += 1
        if end > at:
            found.append(" ".join(tokens[at : end + RUN - 1]))
        at = end + 1
    return found


def longest_own_run(run):
    """How many words in a row of a shared run are no name, title or fixed term (nor a piece of one of three or more words)."""
    for allowed in ALLOWED:
        parts = allowed.split()
        pieces = {" ".join(parts[a:b]) for a in range(len(parts)) for b in range(a + 3, len(parts) + 1)}
        for piece in sorted(pieces, key=len, reverse=True):
            run = re.sub(rf"\b{piece}\b", "|", run)
    return max(len(part.split()) for part in run.split("|"))


@pytest.fixture(scope="module")
def edition():
    return qk.split(qk.read_corpus(ROOT / "corpus"), into="sentences")


@pytest.fixture(scope="module")
def original():
    return qk.split(qk.read_corpus(ORIGINALS), into="sentences")


def test_five_documents_with_full_records():
    documents = qk.read_corpus(ROOT / "corpus")
    assert sorted(documents["document"]) == [
        "antara-bekasi-korea",
        "antara-medan-gwangju",
        "bisnis-jakarta-shanghai",
        "cnn-jakarta-gyeonggi",
        "rakhmadi-2023",
    ]
    for column in ("title", "outlet", "date", "date_note", "reference", "sha256", "original_sha256"):
        assert (documents[column] != "").all(), column


def test_every_content_segment_is_coded_on_every_facet(edition):
    codebook = qk.read_codebook(ROOT / "codebook.yaml")
    codings = qk.read_codings(ROOT / "corpus" / "codings", edition, codebook)
    content = set(map(tuple, edition.loc[edition["label"] == "content", ["document", "segment"]].values))
    for coder in ("coder-a", "coder-b", "agreed"):
        for facet in ("case", "status", "evidence", "direction"):
            mine = codings[(codings["coder"] == coder) & (codings["facet"] == facet)]
            assert set(map(tuple, mine[["document", "segment"]].values)) == content


def test_every_disagreement_has_a_settled_memo(edition):
    codebook = qk.read_codebook(ROOT / "codebook.yaml")
    codings = qk.read_codings(ROOT / "corpus" / "codings", edition, codebook)
    settled = codings[(codings["coder"] == "agreed") & codings["memo"].str.startswith("settled")]
    noted = set(map(tuple, settled[["document", "segment"]].values))
    for facet in ("sector", "case", "status", "evidence", "direction"):
        open_questions = qk.disagreements(codings, read=edition, facet=facet, coders=["coder-a", "coder-b"])
        assert set(map(tuple, open_questions[["document", "segment"]].values)) <= noted


def test_a_statement_has_the_case_of_its_passages(edition):
    codebook = qk.read_codebook(ROOT / "codebook.yaml")
    codings = qk.read_codings(ROOT / "corpus" / "codings", edition, codebook)
    statements = qk.read_statements(ROOT / "corpus" / "statements.csv", codings, codebook)
    agreed = codings[(codings["coder"] == "agreed") & (codings["facet"] == "case")]
    case = dict(zip(zip(agreed["document"], agreed["segment"], strict=True), agreed["code"], strict=True))
    for statement, passages in statements.groupby("statement"):
        there = {case[place] for place in zip(passages["document"], passages["segment"], strict=True)}
        assert passages["case"].iloc[0] in there, statement


def test_the_numbers_a_claim_states_are_those_of_the_comparison(edition):
    codebook = qk.read_codebook(ROOT / "codebook.yaml")
    codings = qk.read_codings(ROOT / "corpus" / "codings", edition, codebook)
    statements = qk.read_statements(ROOT / "corpus" / "statements.csv", codings, codebook)
    claims = {claim.id: claim for claim in qk.read_claims(ROOT / "corpus" / "claims.yaml", statements)}
    comparison = qk.rating_matrix(statements, rows="sector", columns="case").keep(columns=["SUB-BUS", "MDN-GWJ"])
    filled = comparison.cells[comparison.cells["statements"] > 0]
    single = filled[filled["sources"] == 1]
    stated = f"{len(single)} of the {len(filled)} cells"
    assert stated in claims["STUDY-05"].text["en"]
    outcomes = statements[statements["status"] == "outcome"]
    assert set(outcomes["evidence"]) <= {"0", "1"}  # STUDY-06


@needs_originals
def test_both_editions_have_the_same_segments_with_the_same_labels(edition, original):
    for document, mine in edition.groupby("document"):
        theirs = original[original["document"] == document]
        for column in ("segment", "label", "rule", "repeats"):
            assert list(mine[column]) == list(theirs[column]), (document, column)


@needs_originals
def test_numbers_are_the_same_in_both_editions(edition, original):
    merged = edition.merge(original, on=["document", "segment"], suffixes=("", "_original"))
    for row in merged.itertuples():
        assert Counter(re.findall(r"\d+", row.text)) == Counter(re.findall(r"\d+", row.text_original)), (
            row.document,
            row.segment,
        )


@needs_originals
def test_no_sentence_of_an_original_is_in_the_project(capsys):
    grams = set()
    for path in ORIGINALS.glob("*.txt"):
        tokens = words(path.read_text(encoding="utf-8"))
        grams |= {tuple(tokens[at : at + RUN]) for at in range(len(tokens) - RUN + 1)}
    found = []
    skipped = {".git", ".venv", "exports", "originals", ".hypothesis"}
    for path in sorted(ROOT.rglob("*")):
        if path.suffix in {".txt", ".csv", ".yaml", ".md", ".py", ".ipynb"} and not skipped & set(path.relative_to(ROOT).parts):
            found += [
                (len(run.split()), path.relative_to(ROOT).as_posix(), run)
                for run in set(shared_runs(path.read_text("utf-8"), grams))
            ]
    with capsys.disabled():
        print(f"\nlongest runs of {RUN} or more words shared with an original (names, titles and fixed terms only):")
        for length, name, run in sorted(found, reverse=True)[:5]:
            print(f"  {length:3d} words  {name}: {run[:100]}")
    own = [(name, run) for _, name, run in found if longest_own_run(run) >= RUN and name != "tests/test_corpus_edition.py"]
    assert own == []


@needs_originals
def test_both_editions_give_the_same_comparison(edition, original, tmp_path):
    codebook = qk.read_codebook(ROOT / "codebook.yaml")

    def tables(segments):
        codings = qk.read_codings(ROOT / "corpus" / "codings", segments, codebook)
        assert (codings["anchor"] != "orphan").all()
        statements = qk.read_statements(ROOT / "corpus" / "statements.csv", codings, codebook)
        shown = [
            qk.rating_matrix(statements, rows="sector", columns="case"),
            qk.rating_matrix(statements, rows="family", columns="case"),
            qk.count_matrix(statements, rows="status", columns="case"),
            qk.statement_matrix(statements, rows="sector", columns="case"),
        ]
        claims = qk.read_claims(ROOT / "corpus" / "claims.yaml", statements)
        return [repr(matrix) for matrix in shown], qk.verify(claims, statements).to_csv()

    assert tables(edition) == tables(original)


@needs_originals
@pytest.mark.parametrize("number", ["01", "02", "03", "04"])  # 05 makes its own texts
def test_a_notebook_runs_on_the_originals_and_any_comparison_in_it_is_the_same(number, tmp_path, monkeypatch):
    import nbformat

    for name in ("notebooks", "corpus"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("originals"))
    shutil.copy(ROOT / "codebook.yaml", tmp_path)
    monkeypatch.setenv("QUALKIT_CORPUS", os.path.abspath(ORIGINALS))
    qk.reproduce(tmp_path, store=True, notebooks=[number])
    (ran,) = (tmp_path / "notebooks").glob(f"{number}-*.ipynb")
    mine, theirs = (nbformat.read(path, as_version=4) for path in (ROOT / "notebooks" / ran.name, ran))
    compared = 0
    for one, other in zip(mine.cells, theirs.cells, strict=True):
        shown = ("rating_matrix", "count_matrix", "qk.show(comparison", "verify", "statement_matrix", "families")
        if any(word in one.source for word in shown) and "quote" not in one.source:
            assert plain(one) == plain(other), one.source
            compared += 1
    assert compared >= {"03": 4, "04": 1}.get(number, 0)


def plain(cell):
    return [output.get("data", {}).get("text/plain") or output.get("text") for output in cell.get("outputs", [])]
