"""Files of any kind go in; texts of a study come out, each made once, with its original, its checksum and its line in documents.csv."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit import pdf, texttables, webpage, wordfiles
from qualkit.audit import backup_name, digest, fingerprint, record
from qualkit.corpus import KINDS, NEEDED, meant
from qualkit.duplicates import Likeness, Likenesses, runs, same_words
from qualkit.entries import ADDED, identifier, line_of, proposed
from qualkit.original import Original, cut_words, damaged_lines, decoded, doubtful_lines, invisible, listed, proper
from qualkit.tables import csv_bytes, did_you_mean, few, folded_name, header_of, printable, read_rows, write_whole

LARGEST = 100_000_000  # bytes of one file
_READ = ("date", "date_certainty", "kind")  # may stand otherwise in documents.csv than in the file
COLUMNS = ("file", "state", "document", "title", "outlet", "date", "words", "notes")
_ENDINGS = (".txt", ".md", *wordfiles.READERS, ".html", ".htm", ".pdf", ".csv", ".xlsx")
_TABLES = (".csv", ".xlsx")
_PAGES = ("news", "website")  # kinds of texts that say above or below themselves who wrote them, and when
_LOCKS = ("~$", ".~lock")  # how the names of files begin that Word, Excel and LibreOffice put beside a document that is open
_OLD = {".doc": ".docx", ".pages": ".docx", ".wpd": ".docx", ".xls": ".xlsx", ".ods": ".xlsx", ".epub": ".html", ".mht": ".html",
        ".mhtml": ".html", ".webarchive": ".html"}  # fmt: skip


def add_texts(
    folder: str | Path, files: Iterable[str | Path], kind: str = "", by: str = "", repair: bool = False
) -> pd.DataFrame:
    """One row per text that the files hold: added to the study, refused (the reason in words), there already, or restored.

    The original is kept under corpus/sources/, the text is made of it once, as corpus/texts/<document>.txt (UTF-8, line feeds),
    and never changed again; both checksums stand in its line of corpus/documents.csv. What the file says about itself, or a page of
    news or of a website in its heading, time stamp and byline, is proposed there and marked as inferred: look at it.

    A text that is lost or was altered is made again of the very file it was made of, if the checksum in documents.csv proves it.

    Parameters
    ----------
    folder
        The study: a folder that holds corpus/documents.csv.
    files
        Texts (.txt, .md in any encoding), .docx, .odt, .rtf, web pages (.html), .pdf with a text layer, or tables with one
        text per row (.csv, .xlsx; a column `text`, further columns as in documents.csv). Of a folder, the files in it.
    kind
        What kind of text they are: news, journal, interview ... A table may say it in a column `kind`; a saved web page is taken for news.
    by
        Who adds them: the name stands in the log.
    repair
        Whether letters that an earlier wrong encoding damaged ("kafÃ©") are put right in the text that is made. Without it such a
        text is refused, with the lines. The original stays as it is, and the line in documents.csv says what was done.

    Returns
    -------
    DataFrame
        `file`, `state` (added, refused, there, restored, left out: what in a folder is no text), `document`, `title`, `outlet`, `date`,
        `words` (number) and `notes` (what was not carried over, what to look at, or why it was refused; one per line).

    Raises
    ------
    ValueError
        If the folder is no study, nobody is named, the kind is unknown, or no file is given. A file that cannot be added
        stops no other: it is a row of the table.

    Notes
    -----
    Two texts whose words are the same count as one; the second is refused. Nearly the same texts are added, and named.

    Examples
    --------
    >>> import tempfile
    >>> study = Path(tempfile.mkdtemp())
    >>> (study / "corpus").mkdir()
    >>> _ = (study / "corpus" / "documents.csv").write_bytes(csv_bytes([], NEEDED))
    >>> _ = (study / "kabar kota.txt").write_bytes("Kota itu membangun kafé.".encode("cp1252"))
    >>> added = add_texts(study, [study / "kabar kota.txt"], kind="news", by="rani")
    >>> added[["state", "document", "words"]].values.tolist()
    [['added', 'kabar-kota', 4]]
    >>> print(added["notes"].item())
    not UTF-8: read as cp1252 (Windows), so line 1 says 'kafé.'. Look whether that is right
    inferred, so look at it: title
    """
    folder, given = Path(folder), [Path(file).expanduser() for file in ([files] if isinstance(files, (str, Path)) else files)]
    corpus = folder / "corpus"
    if not (corpus / "documents.csv").is_file():
        raise ValueError(f"'{folder}' holds no corpus/documents.csv. Make a study with: qualkit new FOLDER")
    if not given:
        raise ValueError("no file is named")
    if kind and kind not in KINDS:
        raise ValueError(f"kind '{kind}' is not known.{meant(kind)}")
    if not by.strip():
        raise ValueError("who adds the texts? Say it with --by NAME (by=...): the log names the person")
    shelf = _Shelf(corpus, kind, by, repair)
    for path in given:
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            if not shelf.leaves_out(file, is_named=file == path):
                shelf.add(file)
    return pd.DataFrame(shelf.told, columns=list(COLUMNS))


class _Shelf:
    """The corpus of a study while texts are put into it."""

    def __init__(self, corpus: Path, kind: str, by: str, repair: bool) -> None:
        self.corpus, self.kind, self.by, self.repair = corpus, kind, by, repair
        self.manifest = corpus / "documents.csv"
        for name in ("texts", "sources"):
            if not self._is_inside(corpus / name):
                raise ValueError(f"{corpus / name} leads out of the study through a link; nothing was added")
        self.expected = fingerprint(self.manifest)
        self.rows = read_rows(self.manifest, NEEDED)
        self.columns = header_of(self.manifest)
        self.names = {folded_name(row["document"]): row["document"] for row in self.rows}  # also of those whose text is gone
        self.words: dict[str, str] = {}
        self.likenesses = Likenesses()
        self.told: list[dict[str, object]] = []
        for row in self.rows:
            path = corpus / row["file"]
            if path.is_file() and self._is_inside(path):
                self._remember(row["document"], path.read_bytes().decode("utf-8", "replace"))

    def leaves_out(self, path: Path, is_named: bool) -> bool:
        """Whether a file is no text at all; told."""
        if path.name.startswith(_LOCKS):
            why = "no text: its name is that of the lock which a program puts beside an open document"
        elif is_named or path.suffix.lower() in (*_ENDINGS, *_OLD):
            return False
        else:
            why = "a folder in the folder: name it by itself" if path.is_dir() else "no kind of file that is read"
        self._tell(path, "left out", notes=[why])
        return True

    def add(self, path: Path) -> None:
        """Add every text of a file; tell what became of each."""
        try:
            content = _bytes(path)
            checksum = _sha256(content)
            known = {row.get("source_place", ""): row for row in self.rows if row.get("source_sha256") == checksum}
            whole = [
                row
                for row in known.values()
                if self._is_as_told(row["file"], row["sha256"])
                and (not row.get("source") or self._is_as_told(row["source"], checksum))
            ]
            originals = (
                [] if known and len(whole) == len(known) and path.suffix.lower() not in _TABLES else _originals(path, content)
            )
            new = [original for original in originals if original.place not in known]
            if whole:
                verb = "was" if len(whole) == 1 else "were"
                part = f"{len(whole)} of its {len(originals)} texts {verb} added before" if len(originals) > len(whole) else ""
                self._tell(path, "there", notes=[part or "this very file was added before"], document=whole[0]["document"])
            found = {original.place: original for original in originals}
            for place, row in known.items():
                if row not in whole:
                    self._restore(path, content, row, found.get(place))
            if new:
                self._all(path, content, checksum, new)
        except RecursionError:
            self._tell(path, "refused", notes=["the file is nested too deeply, as only damaged or hostile files are"])
        except ValueError as error:
            self._tell(path, "refused", notes=[str(error)])

    def _is_inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self.corpus.resolve())

    def _is_as_told(self, name: str, checksum: str) -> bool:
        """Whether a file of the corpus is there as its line says; so is what is named outside of it, for nothing is ever written there."""
        path = self.corpus / name
        return not self._is_inside(path) or (path.is_file() and _sha256(path.read_bytes()) == checksum.lower())

    def _restore(self, path: Path, content: bytes, row: dict[str, str], original: Original | None) -> None:
        """Put a text, or its original, back that is gone or was altered; what stood there is kept."""
        wanted: dict[str, bytes] = {}
        if row.get("source") and not self._is_as_told(row["source"], row["source_sha256"]):
            wanted[row["source"]] = content
        if not self._is_as_told(row["file"], row["sha256"]):
            wanted[row["file"]] = self._checked(original, repair=True)[0].encode() if original else b""
            if _sha256(wanted[row["file"]]) != row["sha256"].lower():
                told = (
                    f"what is made of it today is not the text of '{row['document']}' that documents.csv speaks of, as when an earlier version of"
                    " qualkit made it; nothing was written"
                )
                self._tell(path, "refused", [f"{told}. Look for a copy of {row['file']}"])
                return
        notes = ["made again of its original, and proved by the checksum in documents.csv"]
        for name, its in wanted.items():
            target = self.corpus / name
            if target.is_file():
                old = target.read_bytes()
                write_whole(backup_name(target, digest(old), is_found=True), old)
                notes.append(f"what stood in its place is kept in corpus/{target.parent.name}/.backup")
            write_whole(target, its)
        self._tell(path, "restored", notes, document=row["document"])

    def _all(self, path: Path, content: bytes, checksum: str, originals: list[Original]) -> None:
        """Add the texts of one file: what is there is written together, or nothing."""
        texts: dict[str, str] = {}
        rows: list[dict[str, str]] = []
        before = len(self.told)
        source = self._source(path, checksum)
        for original in originals:
            try:
                row, text = self._one(path, checksum, original)
            except ValueError as error:
                self._tell(path, "refused", notes=[f"{original.place}: {error}" if original.place else str(error)])
                continue
            row["source"] = source
            rows.append(row)
            texts[row["file"]] = text
        if unread := [row for row in rows if row.get("date_as_written")]:
            first = next(told for told in self.told[before:] if told["state"] == "added")
            which = f"such as '{unread[0]['date_as_written']}' ({unread[0]['source_place']}), kept in date_as_written"
            first["notes"] = f"{first['notes']}\ndates not understood: {len(unread)}, {which}. Write them as 2024-03-12".strip()
        if rows:
            try:
                self._write(rows, texts, content)
            except ValueError:
                del self.told[before:]
                raise

    def _source(self, path: Path, checksum: str) -> str:
        """Where the original is kept: under its own name, with a number where another original has that."""
        taken = {row.get("source", ""): row.get("source_sha256") for row in self.rows}
        known = [name for name, its in taken.items() if name and its == checksum]
        stem, ending = f"sources/{identifier(path.stem)}", path.suffix.lower()
        names = (f"{stem}{number}{ending}" for number in ("", *(f"-{number}" for number in range(2, len(taken) + 3))))
        return known[0] if known else next(name for name in names if name not in taken)

    def _one(self, path: Path, checksum: str, original: Original) -> tuple[dict[str, str], str]:
        """The line of documents.csv for a text, and the text; told as added."""
        text, notes = self._checked(original, self.repair)
        same = same_words(text)
        if same in self.words:
            raise ValueError(f"it has the very words of '{self.words[same]}': a text counts once")
        kind = self.kind or original.found.get("kind", "")
        if kind not in KINDS:
            said = f"kind '{kind}' is not known." if kind else "what kind of text is it?"
            raise ValueError(f"{said} Say it with --kind (kind=...), one of: {', '.join(KINDS)}")
        if kind in _PAGES and not original.place:
            guessed = {column: its for column, its in proposed(text).items() if not original.found.get(column)}
            original = replace(
                original,
                found={**original.found, **{column: value for column, (value, _) in guessed.items()}},
                inferred={**original.inferred, **{column: where for column, (_, where) in guessed.items()}},
            )
        found = dict(original.found)
        name = self._name(path, found.pop("document", ""), found.get("title", ""), is_row=bool(original.place))
        found_runs = runs(text)
        notes += map(_alike, self.likenesses.near(found_runs))
        row = line_of(name, kind, text, original, found)
        if lost := [column for column, value in found.items() if column not in _READ and row.get(column) != value]:
            notes.append(f"not carried over: {', '.join(lost)} (documents.csv means something else by that)")
        row |= {
            "source_name": path.name,
            "source_sha256": checksum,
            "source_place": original.place,
            "source_note": "; ".join(notes),
        }
        self._remember(name, text, found_runs)
        certain = {
            "title": row["title_note"],
            "outlet": row["outlet_note"],
            "date": row["date_certainty"],
            "author": row["author_note"],
        }
        inferred = [column for column, note in certain.items() if note.startswith("inferred")]
        notes += [f"inferred, so look at it: {', '.join(inferred)}"] if inferred else []
        notes += [f"page numbers are kept: {row['page_numbers']}"] if row["page_numbers"] else []
        known = {key: row[key] for key in ("document", "title", "outlet", "date")}
        self._tell(path, "added", notes=notes, words=len(text.split()), **known)
        return row, text

    def _checked(self, original: Original, repair: bool) -> tuple[str, list[str]]:
        """The text to keep, and what to know about it."""
        text, notes = original.text, list(original.notes)
        if not text.strip():
            raise ValueError("; ".join(["it holds no text", *notes]))
        if lines := damaged_lines(text):
            first = next((f": '{_glimpse(mended)}'" for mended in lines.values() if mended), "")
            if lost := [number for number, mended in lines.items() if not mended]:
                raise ValueError(
                    f"{listed(lost)}: letters are lost (U+FFFD stands for them). Get the text again from where it came"
                )
            if not repair:
                raise ValueError(
                    f"{listed([*lines])}: letters damaged by a wrong encoding. Get the text again from where it came, or ask for"
                    f" repair (--repair); the first of the lines would then read{first}"
                )
            text = "\n".join(lines.get(number, line) for number, line in enumerate(text.split("\n"), 1))
            notes.append(f"{listed([*lines])}: letters damaged by a wrong encoding, put right when the text was made")
            if still := doubtful_lines(text):
                notes.append(f"{listed(still)}: letters still look damaged. Look there")
        if hidden := invisible(text):
            notes.append(hidden)
        return text, notes

    def _name(self, path: Path, given: str, title: str, is_row: bool) -> str:
        """The id of a text: that of its row, a number with the file's name before it; else the title of its row, else the file's name."""
        of_row = f"{path.stem} {given}" if given.isdecimal() else given
        name = identifier(of_row or (title if is_row and re.search(r"[^\W_]", title) else path.stem))
        other = self.names.get(folded_name(name))
        if other and (given or not is_row):
            what = "the row another id" if given else "the file another name"
            raise ValueError(f"it would be called '{name}', but a text called '{other}' is there already; give {what}")
        numbered = (f"{name}-{number}" for number in range(2, len(self.names) + 3))
        return name if not other else next(one for one in numbered if folded_name(one) not in self.names)

    def _write(self, rows: list[dict[str, str]], texts: dict[str, str], content: bytes) -> None:
        """Put the original and the texts in place, then the lines that name them: a stop in between leaves no line without its text."""
        wanted = {self.corpus / rows[0]["source"]: content}
        wanted |= {self.corpus / name: text.encode("utf-8") for name, text in texts.items()}
        for path, its in wanted.items():
            if path.exists() and (
                not path.is_file() or path.read_bytes() != its
            ):  # else: left by an earlier call that was cut off
                raise ValueError(f"{path} is there already, though documents.csv does not name it; nothing is ever overwritten")
        new = [path for path in wanted if not path.exists()]
        columns = list(dict.fromkeys([*self.columns, *ADDED, *(name for row in rows for name in row)]))
        try:
            for path in new:
                write_whole(path, wanted[path])
            why = f"added {few([row['document'] for row in rows], 5)}"
            record(self.manifest, csv_bytes([*self.rows, *rows], columns), self.by, why, expected=self.expected)
        except ValueError:
            for path in new:
                path.unlink(missing_ok=True)
            raise
        self.columns, self.expected = columns, fingerprint(self.manifest)
        self.rows += rows

    def _remember(self, name: str, text: str, found: Any = None) -> None:
        self.names[folded_name(name)] = name
        self.words[same_words(text)] = name
        self.likenesses.add(name, runs(text) if found is None else found)

    def _tell(self, path: Path, state: str, notes: list[str], **known: object) -> None:
        self.told.append(
            {
                **dict.fromkeys(COLUMNS, ""),
                "words": 0,
                **known,
                "file": printable(path.name),
                "state": state,
                "notes": "\n".join(notes),
            }
        )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _bytes(path: Path) -> bytes:
    if re.search("[\ud800-\udfff]", path.name):
        raise ValueError("the name of the file is no text; give it another name")
    try:
        if not path.is_file():
            there = sorted(one.name for one in path.parent.iterdir()) if path.parent.is_dir() else []
            raise ValueError(f"there is no such file.{did_you_mean(path.name, there)}")
        if path.stat().st_size > LARGEST:
            raise ValueError(f"it is larger than {LARGEST / 1e6:.0f} MB; cut it into parts")
        return path.read_bytes()
    except OSError as error:
        raise ValueError(f"it could not be read ({error.strerror})") from None


def _originals(path: Path, content: bytes) -> list[Original]:
    """The texts in a file, read by what its name says it is."""
    ending = path.suffix.lower()
    if ending == ".csv":
        return texttables.read_texts_csv(content)
    if ending == ".xlsx":
        return texttables.read_texts_xlsx(content)
    if ending in (".txt", ".md"):
        if content[:5] in (b"%PDF-", b"{\\rtf") or content[:4] == b"PK\x03\x04":
            raise ValueError("it is no plain text, whatever its name says; give it the ending of what it is")
        text, _, warning = decoded(content)
        text = proper(text)
        return [Original(text, notes=tuple(filter(None, (warning, cut_words(text)))))]
    reader = {**wordfiles.READERS, ".html": webpage.read_html, ".htm": webpage.read_html, ".pdf": pdf.read_pdf}.get(ending)
    if not reader:
        known = f"Save it as {_OLD[ending]}" if ending in _OLD else f"Possible: {', '.join(_ENDINGS)}"
        raise ValueError(f"files ending in '{ending}' are not read. {known}")
    return [reader(content)]


def _glimpse(line: str) -> str:
    """The neighbourhood of the first letter of a line that is not plain.

    >>> _glimpse("Warga kota itu pergi ke kafé baru di dekat pasar")
    'ota itu pergi ke kafé baru di dekat pasar'
    """
    at = next((place for place, letter in enumerate(line) if not letter.isascii()), 0)
    return line[max(0, at - 20) : at + 21].strip()


def _alike(near: Likeness) -> str:
    if near.shared >= 0.5:
        return (
            f"almost the text of '{near.other}' ({near.shared:.0%} of the word runs are shared): keep both only if both count"
        )
    return (
        f"'{near.other}' holds most of it, or it most of '{near.other}' ({near.of_shorter:.0%}): keep both only if both count"
    )
