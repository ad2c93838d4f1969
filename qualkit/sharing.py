"""A study goes in; a package of it without the texts comes out, and with the same texts at hand the study again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from qualkit.corpus import read_corpus
from qualkit.tables import csv_bytes, delimiter_of, read_rows, read_text, write_whole

RUN = 7  # words in a row that a package shares with no text
MANIFEST = "package.csv"
COLUMNS = ("file", "state", "told")
_WORDS_OF_TEXT = ("quote", "prefix", "suffix")
_PROOF = ("quote_sha256", "prefix_place", "suffix_place")  # what stands for them in a package, column by column
_NAMED_IN_PACKAGE = dict(zip(_WORDS_OF_TEXT, _PROOF, strict=True))
_FAR = 40  # characters of white space between a quote and the words kept beside it, at most
_NEVER = ("texts", "sources", "originals")  # folders of corpus/
_PLAIN = (".csv", ".yaml", ".yml", ".md", ".jsonl", ".tex", ".ipynb", ".svg", ".txt")
_PACKED = (".docx", ".xlsx")
_CHECKLIST = Path(__file__).with_name("sharing-checklist.md")
_LEFT_OUT = "[left out: words of the text]"


def share_study(folder: str | Path, to: str | Path) -> pd.DataFrame:
    """One row per file of a study: shared as it is, shared without its quotes, or left out, and why.

    The package holds the codebook, codings with their places and checksums, statements, claims, memos, notebooks without their
    results, and displays; but no text, no original and no quote. No file of it shares seven words in a row with a text of the
    corpus, titles and references aside: what does
    is left out and named, so that it can be put into other words. Pictures are not read.

    Parameters
    ----------
    folder
        The study: a folder with corpus/documents.csv whose texts are those the checksums were made of.
    to
        A folder that is not there yet, or is empty.

    Returns
    -------
    DataFrame
        `file`, `state` (shared, without quotes, left out), `told`. The package itself also holds package.csv (the checksum of each
        file) and CHECKLIST.md (what a repository will ask for).

    Raises
    ------
    ValueError
        If the corpus has faults, or the folder for the package holds files or lies in the study.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit.newstudy import new_study
    >>> home = Path(tempfile.mkdtemp())
    >>> _ = new_study(home / "studi")
    >>> shared = share_study(home / "studi", home / "paket")
    >>> shared.loc[shared["state"] != "shared", ["file", "state"]].values.tolist()
    [['corpus/codings/contoh.csv', 'without quotes'], ['corpus/texts/pertukaran-guru.txt', 'left out']]
    """
    folder, to = Path(folder), Path(to)
    documents = read_corpus(folder / "corpus")
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise ValueError(f"'{to}' holds something; name a folder that is not there yet")
    if to.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"'{to}' lies in the study; a package is put beside it")
    texts = dict(zip(documents["document"], documents["text"], strict=True))
    named = [words for column in ("title", "reference") if column in documents for words in documents[column]]
    known = {run for text in texts.values() for run in _runs(text)}
    known.difference_update(run for words in named for run in _runs(words))  # to name a text is no quote
    told: list[tuple[str, str, str]] = []
    package: list[dict[str, object]] = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        content, state, why = _shareable(path, name, texts, known)
        told.append((name, state, why))
        if state != "left out":
            write_whole(to / name, content)
            package.append({"file": name, "state": state, "sha256": hashlib.sha256(content).hexdigest()})
    write_whole(to / "CHECKLIST.md", _CHECKLIST.read_bytes())
    write_whole(to / MANIFEST, csv_bytes(package, ("file", "state", "sha256")))
    return pd.DataFrame(told, columns=list(COLUMNS))


def rehydrate(package: str | Path, texts: str | Path) -> pd.DataFrame:
    """One row per document of a package: whether its text is here, and how many quotes were put back.

    A text is the same if its sha256 is the one in documents.csv, whatever its file is called. The texts are put into the package, the
    quotes into its codings, each proved by its checksum. A file all of whose quotes are back is what it was before it was shared.

    Parameters
    ----------
    package
        A folder that `share_study` made. It becomes a study again.
    texts
        A folder with texts (.txt), searched with all folders in it.

    Returns
    -------
    DataFrame
        `document`, `state` (same, missing), `quotes` (number put back), `waiting` (number that wait for the text, or whose words
        are not at their place in it).

    Raises
    ------
    ValueError
        If the folder is no package, or a path in it leads out of it.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit.newstudy import new_study
    >>> home = Path(tempfile.mkdtemp())
    >>> _ = new_study(home / "studi")
    >>> _ = share_study(home / "studi", home / "paket")
    >>> rehydrate(home / "paket", home / "studi" / "corpus" / "texts").values.tolist()
    [['pertukaran-guru', 'same', 19, 0]]
    """
    package, home = Path(package), Path(texts)
    if not (package / MANIFEST).is_file():
        raise ValueError(f"'{package}' is no package: it holds no {MANIFEST}. Make one with: qualkit share FOLDER --to PACKAGE")
    if not home.is_dir():
        raise ValueError(f"'{home}': there is no such folder of texts")
    here = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(home.rglob("*.txt")) if path.is_file()}
    documents = read_rows(package / "corpus" / "documents.csv", ("document", "file", "sha256"))
    same = {row["document"]: here[row["sha256"].lower()] for row in documents if row["sha256"].lower() in here}
    read = {name: read_text(path) for name, path in same.items()}
    back = {row["document"]: [0, 0] for row in documents}
    changes: dict[Path, bytes] = {}
    for entry in read_rows(package / MANIFEST, ("file", "state")):
        path = package / entry["file"]
        if entry["state"] == "without quotes" and _PROOF[0] in _header(path):
            changes[path] = _with_quotes(path, read, back)
    for row in documents:
        if row["document"] in same:
            target = package / "corpus" / row["file"]
            if not target.resolve().is_relative_to((package / "corpus").resolve()):
                raise ValueError(f"documents.csv, line {row['line']}: file '{row['file']}' leads out of the package")
            changes[target] = same[row["document"]].read_bytes()
    for path, content in changes.items():
        write_whole(path, content)
    rows = [(name, "same" if name in same else "missing", *counts) for name, counts in back.items()]
    return pd.DataFrame(rows, columns=["document", "state", "quotes", "waiting"])


# --- what may be shared ---


def _files(folder: Path) -> Iterator[Path]:
    """The files of a study, in order; links and what tools keep hidden are none."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith((".", "~$", "__pycache__")) for part in inside.parts)
        if path.is_file() and not path.is_symlink() and not hidden and path.resolve().is_relative_to(folder.resolve()):
            yield path


def _shareable(path: Path, name: str, texts: dict[str, str], known: set[str]) -> tuple[bytes, str, str]:
    """What of a file goes into the package, and what to tell about it."""
    parts = Path(name).parts
    if parts[0] == "corpus" and len(parts) > 2 and parts[1] in _NEVER:
        return b"", "left out", "a text or its original"
    if path.suffix.lower() in (".png", ".ico"):
        return path.read_bytes(), "shared", "a picture: look whether it shows words of a text"
    if path.suffix.lower() not in (*_PLAIN, *_PACKED):
        return b"", "left out", "of a kind that cannot be searched for words of the texts"
    state, told, content = "shared", "", path.read_bytes()
    if path.suffix == ".csv" and parts[0] == "corpus":
        content, blank = _bare_rows(path, texts, known)
        if "quote" in _header(path):
            state = "without quotes"
        more = f" and {len(blank) - 10} more" if len(blank) > 10 else ""
        told = f"left out, and will not come back: {'; '.join(blank[:10])}{more}" if blank else ""
    try:
        if path.suffix == ".ipynb":
            content, told = _bare_notebook(content), "without results"
        words = _searchable(content, path.suffix)
    except (ValueError, zipfile.BadZipFile) as error:  # locked by a password, cut off, a merge of git left in it
        return b"", "left out", f"it cannot be searched for words of the texts ({error})"
    if found := next((run for run in _runs(words) if run in known), ""):
        return b"", "left out", f"it holds words of a text: '{found} ...'. Put them into your own words, and share again"
    return content, state, told


def _runs(text: str) -> Iterator[str]:
    """Every run of seven words of a text."""
    words = re.findall(r"\w+", text.casefold())
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _searchable(content: bytes, suffix: str) -> str:
    """The words of a file; of a Word or Excel file those of its parts, without their marks."""
    if suffix.lower() in _PACKED:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if name.endswith(".xml")]
        return " ".join(re.sub(r"<[^>]*>", "", re.sub(r"</(?:w:p|si|c)>", " ", part)) for part in parts)
    text = content.decode("utf-8", "replace")
    return text.encode().decode("unicode_escape", "replace") if "\\u" in text and suffix == ".jsonl" else text


def _bare_notebook(content: bytes) -> bytes:
    """A notebook without what its cells gave."""
    notebook = json.loads(content)
    for cell in notebook.get("cells", []):
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _header(path: Path) -> list[str]:
    head = read_text(path).partition("\n")[0]
    return next(csv.reader([head], delimiter=delimiter_of(head)), [])


def _bare_rows(path: Path, texts: dict[str, str], known: set[str]) -> tuple[bytes, list[str]]:
    """A table of the researchers without quotes, each replaced by its proof; and the cells in which words of a text were left out."""
    columns, blank = _header(path), []
    rows = read_rows(path, ())
    for row in rows:
        if "quote" in columns:
            row |= _proof(row, texts.get(row.get("document", ""), ""))
            lost = [words for words, proof in _NAMED_IN_PACKAGE.items() if row.get(words) and not row[proof]]
            blank += [f"line {row['line']}, {words}" for words in lost if words in columns]
        for column in columns:
            if column not in _WORDS_OF_TEXT and any(run in known for run in _runs(row[column])):
                row[column] = _LEFT_OUT
                blank.append(f"line {row['line']}, {column}")
    if "quote" in columns:
        columns = [_NAMED_IN_PACKAGE.get(column, column) for column in columns]
    return csv_bytes(rows, columns), blank


def _proof(row: dict[str, str], text: str) -> dict[str, str]:
    """What lets a quote be put back: its checksum, and where the words before and after it stand; '' where the text has them not."""
    quote, prefix, suffix = (row.get(name, "") for name in _WORDS_OF_TEXT)
    digest = hashlib.sha256(quote.encode()).hexdigest() if quote else ""
    places = ["", ""]
    if row.get("start", "").isdecimal() and row.get("end", "").isdecimal():
        start, end = int(row["start"]), int(row["end"])
        before = (gap for gap in range(_FAR) if start - gap >= len(prefix) and text.endswith(prefix, 0, start - gap))
        after = (gap for gap in range(_FAR) if text.startswith(suffix, end + gap))
        gaps = (next(before, None), next(after, None))
        if text[start:end] == quote:
            places = ["" if gap is None else f"{gap} {len(words)}" for gap, words in zip(gaps, (prefix, suffix), strict=True)]
    return dict(zip(_PROOF, (digest, *places), strict=True))


# --- quotes put back ---


def _with_quotes(path: Path, texts: dict[str, str], back: dict[str, list[int]]) -> bytes:
    """A table with the quotes whose texts are here; where some wait for their text, their proofs stay beside them."""
    columns, rows = _header(path), read_rows(path, ())
    waiting = False
    for row in rows:
        counts, text = back.setdefault(row["document"], [0, 0]), texts.get(row["document"])
        if not row["quote_sha256"]:
            continue
        put = _put_back(row, text) if text is not None else {}
        counts[not put] += 1
        waiting = waiting or not put
        row |= put
    there = {proof: words for words, proof in _NAMED_IN_PACKAGE.items()}
    full = [there.get(column, column) for column in columns if column not in _WORDS_OF_TEXT]
    return csv_bytes(rows, [*full, *(_PROOF if waiting else ())])


def _put_back(row: dict[str, str], text: str) -> dict[str, str]:
    """The quote of a row and the words beside it; nothing where the words at its place are not those that were shared."""
    start, end = (int(row[name]) if row[name].isdecimal() else 0 for name in ("start", "end"))
    (before, long), (after, wide) = (map(int, (row.get(name) or "0 0").split()) for name in _PROOF[1:])
    first, last = start - before, end + after
    if hashlib.sha256(text[start:end].encode()).hexdigest() != row["quote_sha256"]:
        return {}
    return {"quote": text[start:end], "prefix": text[max(0, first - long) : first], "suffix": text[last : last + wide]}
