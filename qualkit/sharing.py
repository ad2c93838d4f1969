"""A study goes in; a package of it without the texts comes out, and with the same texts at hand the study again."""

from __future__ import annotations

import hashlib
import hmac
import json
import platform
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pandas as pd

from qualkit.audit import LOG, read_audit
from qualkit.corpus import read_corpus
from qualkit.disclosure import SEARCHED, runs, silent_picture, words_of
from qualkit.tables import csv_bytes, few, header_of, is_hidden, read_rows, records, write_whole

MANIFEST, LOGS = "package.csv", "log.csv"
COLUMNS = ("file", "state", "told")
_WORDS_OF_TEXT = ("quote", "prefix", "suffix")
_PROOF = ("quote_proof", "prefix_place", "suffix_place")  # what stands for them in a package, column by column
_NAMED_IN_PACKAGE = dict(zip(_WORDS_OF_TEXT, _PROOF, strict=True))
_FAR = 40  # characters of white space between a quote and the words kept beside it, at most
_NEVER = ("texts", "sources", "originals")  # folders of corpus/
_VERSIONS = ("qualkit", "pandas", "matplotlib", "nltk")
_CHECKLIST = Path(__file__).with_name("sharing-checklist.md")
_LEFT_OUT = "[left out: words of the text]"
_LOGGED = ("when", "who", "action", "what", "before", "after", "codebook", "why", "log")
_ABOUT = """# A study without its texts

Made by `qualkit share` ({versions}). `{manifest}` holds the checksum of each file, `CHECKLIST.md` what to say before you deposit it,
`{logs}` who changed which file, when and why.

With the texts at hand, `qualkit rehydrate PACKAGE --texts FOLDER` puts the quotes back: each text is known by its checksum in
`corpus/documents.csv`.

Left out:

{left}
"""


def share_study(folder: str | Path, to: str | Path) -> pd.DataFrame:
    """One row per file of a study: shared as it is, shared without its quotes, or left out, and why.

    The package holds the codebook, codings with their places and checksums, statements, claims, memos, notebooks without their
    results, and displays; but no text, no original and no quote. No file of it shares seven words in a row with a text of the
    corpus, titles and references aside: what does is left out and named, so that it can be put into other words. Pictures are not
    read; what they say of themselves in words is taken out of them. A quote is proved by its checksum keyed by the whole text, so
    that who has not the text cannot try words.

    Parameters
    ----------
    folder
        The study: a folder with corpus/documents.csv whose texts are those the checksums were made of.
    to
        A folder that is not there yet, or is empty.

    Returns
    -------
    DataFrame
        `file`, `state` (shared, without quotes, left out), `told`. The package itself also holds PACKAGE.md (what it is, made with
        which versions), package.csv (the checksum of each file), log.csv (who changed what, when and why) and CHECKLIST.md (what a
        repository will ask for).

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
    known = {run for text in texts.values() for run in runs(text)}
    known.difference_update(run for words in named for run in runs(words))  # to name a text is no quote
    told: list[tuple[str, str, str]] = []
    package: list[dict[str, object]] = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        content, state, why = _shareable(path, name, texts, known)
        told.append((name, state, why))
        if state != "left out":
            write_whole(to / name, content)
            package.append({"file": name, "state": state, "sha256": hashlib.sha256(content).hexdigest()})
    logged = _logged(folder, known)
    write_whole(to / LOGS, logged)
    package.append({"file": LOGS, "state": "shared", "sha256": hashlib.sha256(logged).hexdigest()})
    left = "\n".join(f"- `{name}`: {why}" for name, state, why in told if state == "left out")
    versions = ", ".join([f"Python {platform.python_version()}", *filter(None, map(_version, _VERSIONS))])
    about = _ABOUT.format(versions=versions, manifest=MANIFEST, logs=LOGS, left=left or "- nothing")
    write_whole(to / "PACKAGE.md", about.encode())
    write_whole(to / "CHECKLIST.md", _CHECKLIST.read_bytes())
    write_whole(to / MANIFEST, csv_bytes(package, ("file", "state", "sha256")))
    return pd.DataFrame(told, columns=list(COLUMNS))


def rehydrate(package: str | Path, texts: str | Path) -> pd.DataFrame:
    """One row per document of a package: whether its text is here, and how many quotes were put back.

    A text is the same if its sha256 is the one in documents.csv, whatever its file is called and however its lines end. The texts are
    put into the package, the quotes into its codings, each proved by its checksum. A file all of whose quotes are back is what it was
    before it was shared, but for what was left out of it.

    Parameters
    ----------
    package
        A folder that `share_study` made. It becomes a study again.
    texts
        A folder with texts (.txt), searched with all folders in it.

    Returns
    -------
    DataFrame
        `document`, `state` (same; differs: a file of its name is here, with other words; missing), `quotes` (number put back),
        `waiting` (number that wait for the text, or whose words are not at their place in it).

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
    documents = read_rows(package / "corpus" / "documents.csv", ("document", "file", "sha256"))
    found = {path: path.read_bytes() for path in sorted(home.rglob("*.txt")) if path.is_file()}
    here = {checksum: one for content in found.values() for checksum, one in _same_text(content)}
    same = {row["document"]: here[row["sha256"].lower()] for row in documents if row["sha256"].lower() in here}
    read = {name: content.decode("utf-8-sig") for name, content in same.items()}
    back = {row["document"]: [0, 0] for row in documents}
    changes: dict[Path, bytes] = {}
    for entry in read_rows(package / MANIFEST, ("file", "state")):
        path = _inside(package, package / entry["file"], f"{MANIFEST}, line {entry['line']}: file '{entry['file']}'")
        if entry["state"] == "without quotes" and _PROOF[0] in header_of(path):
            changes[path] = _with_quotes(path, read, back)
    for row in documents:
        if row["document"] in same:
            told = f"documents.csv, line {row['line']}: file '{row['file']}'"
            changes[_inside(package / "corpus", package / "corpus" / row["file"], told)] = same[row["document"]]
    for path, content in changes.items():
        write_whole(path, content)
    names = {path.name for path in found}
    differ = {row["document"] for row in documents if Path(row["file"]).name in names}
    state = {name: "same" if name in same else "differs" if name in differ else "missing" for name in back}
    rows = [(name, state[name], *counts) for name, counts in back.items()]
    return pd.DataFrame(rows, columns=["document", "state", "quotes", "waiting"])


def _inside(folder: Path, path: Path, told: str) -> Path:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{told} leads out of the package")
    return path


# --- what may be shared ---


def _files(folder: Path) -> Iterator[Path]:
    """The files of a study, in order; links and what tools keep hidden are none."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        is_ours = not is_hidden(inside) and "__pycache__" not in inside.parts
        if path.is_file() and not path.is_symlink() and is_ours and path.resolve().is_relative_to(folder.resolve()):
            yield path


def _shareable(path: Path, name: str, texts: dict[str, str], known: set[str]) -> tuple[bytes, str, str]:
    """What of a file goes into the package, and what to tell about it."""
    parts = Path(name).parts
    if parts[0] == "corpus" and len(parts) > 2 and parts[1] in _NEVER:
        return b"", "left out", "a text or its original"
    if any(run in known for run in runs(name)):
        return b"", "left out", "its name holds words of a text: give it another one, and share again"
    suffix, state, told, content = path.suffix.lower(), "shared", "", path.read_bytes()
    try:
        if suffix == ".png":
            return silent_picture(content), "shared", "a picture: look whether it shows words of a text"
        if suffix not in SEARCHED:
            return b"", "left out", "of a kind that cannot be searched for words of the texts"
        if suffix == ".csv" and parts[0] == "corpus":
            content, blank = _bare_rows(path, texts, known)
            if "quote" in header_of(path):
                state = "without quotes"
            told = f"left out, and will not come back: {few(blank, 10, '; ')}" if blank else ""
        if suffix == ".ipynb":
            content, told = _bare_notebook(content), "without results"
        here = list(runs(words_of(content, suffix)))
    except ValueError as error:  # locked by a password, cut off, in another encoding, a merge of git left in it
        return b"", "left out", f"it cannot be searched for words of the texts ({error})"
    found = [run for run in here if run in known]
    if found and path.name == LOG:
        return b"", "left out", f"it holds quotes; who changed what, when and why is in {LOGS}"
    if len(found) > max(50, len(here) / 2):
        return b"", "left out", "most of it is words of a text"
    if found:
        return b"", "left out", f"it holds words of a text: '{found[0]} ...'. Put them into your own words, and share again"
    return content, state, told


def _version(name: str) -> str:
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:  # run from a folder, not installed
        return ""


def _logged(folder: Path, known: set[str]) -> bytes:
    """What the logs say of who changed what, when and why, without the rows that were changed."""
    rows = [{name: str(row[name]) for name in _LOGGED} for row in records(read_audit(folder / "corpus"))]
    for row in rows:
        row |= {name: _LEFT_OUT for name, words in row.items() if any(run in known for run in runs(words))}
    return csv_bytes(rows, _LOGGED)


def _bare_notebook(content: bytes) -> bytes:
    """A notebook without what its cells gave, and without pictures and files in its texts."""
    notebook = json.loads(content)
    for cell in notebook.get("cells", []):
        cell.pop("attachments", None)
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _bare_rows(path: Path, texts: dict[str, str], known: set[str]) -> tuple[bytes, list[str]]:
    """A table of the researchers without quotes, each replaced by its proof; and the cells in which words of a text were left out."""
    columns, blank = header_of(path), []
    rows = read_rows(path, ())
    for row in rows:
        if "quote" in columns:
            row |= _proof(row, texts.get(row.get("document", ""), ""))
            lost = [words for words, proof in _NAMED_IN_PACKAGE.items() if row.get(words) and not row[proof]]
            blank += [f"line {row['line']}, {words}" for words in lost if words in columns]
        for column in columns:
            if column not in _WORDS_OF_TEXT and any(run in known for run in runs(row[column])):
                row[column] = _LEFT_OUT
                blank.append(f"line {row['line']}, {column}")
    if "quote" not in columns and not blank:
        return path.read_bytes(), blank
    if "quote" in columns:
        columns = [_NAMED_IN_PACKAGE.get(column, column) for column in columns]
    return csv_bytes(rows, columns), blank


def _proof(row: dict[str, str], text: str) -> dict[str, str]:
    """What lets a quote be put back: its checksum, and where the words before and after it stand; '' where the text has them not."""
    quote, prefix, suffix = (row.get(name, "") for name in _WORDS_OF_TEXT)
    digest = _keyed(quote, text) if quote else ""
    places = ["", ""]
    if row.get("start", "").isdecimal() and row.get("end", "").isdecimal():
        start, end = int(row["start"]), int(row["end"])
        before = (gap for gap in range(_FAR) if start - gap >= len(prefix) and text.endswith(prefix, 0, start - gap))
        after = (gap for gap in range(_FAR) if text.startswith(suffix, end + gap))
        gaps = (next(before, None), next(after, None))
        if text[start:end] == quote:
            places = ["" if gap is None else f"{gap} {len(words)}" for gap, words in zip(gaps, (prefix, suffix), strict=True)]
    return dict(zip(_PROOF, (digest, *places), strict=True))


def _keyed(quote: str, text: str) -> str:
    """A checksum of a quote that only who has the whole text can make, so that nobody can try a name until it fits."""
    return hmac.new(text.encode(), quote.encode(), "sha256").hexdigest()


# --- quotes put back ---


def _same_text(content: bytes) -> Iterator[tuple[str, bytes]]:
    """A text with its ends of lines and its first mark as other systems write them, each with its checksum."""
    plain = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    for one in (content, plain, plain.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + plain):
        yield hashlib.sha256(one).hexdigest(), one


def _with_quotes(path: Path, texts: dict[str, str], back: dict[str, list[int]]) -> bytes:
    """A table with the quotes whose texts are here; where some wait for their text, their proofs stay beside them."""
    columns, rows = header_of(path), read_rows(path, ())
    waiting = False
    for row in rows:
        counts, text = back.setdefault(row["document"], [0, 0]), texts.get(row["document"])
        if not row["quote_proof"]:
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
    if _keyed(text[start:end], text) != row["quote_proof"]:
        return {}
    return {"quote": text[start:end], "prefix": text[max(0, first - long) : first], "suffix": text[last : last + wide]}
