"""A folder with documents.csv and its texts goes in; a table of documents, checked and unchanged, comes out."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
from pathlib import Path, PureWindowsPath

import pandas as pd

from qualkit.codebook import Words, bilingual
from qualkit.indonesian import written_date
from qualkit.tables import DEVICE, Faults, did_you_mean, folded_name, read_rows

NEEDED = ("document", "file", "kind", "title", "outlet", "author", "date", "date_certainty", "language", "sha256")
KINDS: dict[str, Words] = {
    "news": bilingual("berita", "news"),
    "journal": bilingual("jurnal", "journal"),
    "interview": bilingual("wawancara", "interview"),
    "focus group": bilingual("diskusi terarah", "focus group"),
    "field notes": bilingual("catatan lapangan", "field notes"),
    "report": bilingual("laporan", "report"),
    "book": bilingual("buku", "book"),
    "law": bilingual("peraturan", "law"),
    "speech": bilingual("pidato", "speech"),
    "letter": bilingual("surat", "letter"),
    "website": bilingual("laman", "website"),
    "social media": bilingual("media sosial", "social media"),
    "other": bilingual("lainnya", "other"),
}
CERTAINTIES = ("given", "inferred", "unknown")

_MOJIBAKE = re.compile(r"[ÃÂ][\x80-\xbf]|â€[™œ\x9d“”˜]|\ufffd")


def meant(kind: str) -> str:
    """What may be meant by a kind that is none: the one of that name in Indonesian, one spelt like it, or any.

    >>> meant("wawancara"), meant("jurnal")
    (" Did you mean 'interview'?", " Did you mean 'journal'?")
    """
    named = [known for known, words in KINDS.items() if words["id"] == kind.casefold()]
    return f" Did you mean '{named[0]}'?" if named else did_you_mean(kind, KINDS) or f" Possible: {', '.join(KINDS)}."


def read_corpus(folder: str | Path) -> pd.DataFrame:
    """One row per document: what it is, when it was written and how sure that is, and its text, exactly as in the file.

    Parameters
    ----------
    folder
        A folder that holds `documents.csv` and, at the paths its column `file` names, the texts in UTF-8.

    Returns
    -------
    DataFrame
        In the order of documents.csv: `document` (short id), `title`, `outlet`, `kind` (news, journal, interview ...), `date` (ISO,
        as exact as known), `date_certainty` (given, inferred or unknown), `date_note` (why), `author`, `language`,
        `sha256` (of the file), any further column of documents.csv, `reference`, and `text`. Every position anywhere in qualkit
        is a code-point offset into `text`.

        `reference` is what tables and lists of works name the text by. One that documents.csv gives stands as it is. Where there
        is none, it is made, in the language of the text: author (else outlet), date, title, outlet and, of an article in a journal,
        `volume`, `issue` and `pages`, as documents.csv has them. Several authors stand there with a semicolon between two. Names are
        not turned round or shortened, and a date that is inferred or unknown is called so.

    Raises
    ------
    ValueError
        All faults at once, with file and line: a missing or doubled id, a text that is missing, empty of meaning,
        not UTF-8, not the one the checksum was made of or there twice, a path that leaves the folder, an impossible date,
        an unknown kind or certainty.

    Examples
    --------
    >>> read_corpus("corpus")[["document", "kind", "date"]].iloc[0].tolist()
    ['rakhmadi-2023', 'journal', '2023']
    """
    table, faults = documents_and_faults(folder)
    faults.stop()
    return table


def documents_and_faults(folder: str | Path) -> tuple[pd.DataFrame, Faults]:
    """The documents whose texts can be read, as `read_corpus` gives them, and every fault of documents.csv.

    A date or a certainty that is none is told, and empty or unknown in the table. So the rest of a study can be read.

    Raises
    ------
    ValueError
        If documents.csv cannot be read as a table.

    Examples
    --------
    >>> documents, faults = documents_and_faults("corpus")
    >>> len(documents), faults.found
    (5, [])
    """
    folder = Path(folder)
    manifest = folder / "documents.csv"
    written = read_rows(manifest, NEEDED)
    faults = Faults(manifest)
    rows: list[dict[str, str]] = []
    seen: dict[str, int] = {}
    texts: dict[str, str] = {}
    for row in written:
        line = int(row.pop("line"))
        before = len(faults.found)
        identifier = row["document"]
        same = folded_name(identifier)
        if not re.fullmatch(r"[\w.-]+", identifier):
            faults.add(line, f"document '{identifier}': an id is made of letters, digits, '-', '_' and '.'")
        elif same in seen:
            faults.add(line, f"document '{identifier}' is already on line {seen[same]}")
        seen.setdefault(same, line)
        row["text"] = _text(folder, row, written, line, faults)
        if row["text"]:
            other = texts.setdefault(row["text"], identifier)
            if other != identifier:
                faults.add(line, f"document '{identifier}' has the very text of '{other}': a text counts once, keep one line")
        if len(faults.found) == before:
            rows.append(row)
        if row["kind"] not in KINDS:
            faults.add(line, f"kind '{row['kind']}' is not known.{meant(row['kind'])}")
        if not _is_date(row["date"]):
            faults.add(line, f"date '{row['date']}' is not a date: write 2023, 2023-04 or 2023-04-28, or nothing")
            row["date"] = ""
        certainty = re.match(rf"({'|'.join(CERTAINTIES)})\b[\s:;,]*(.*)", row["date_certainty"], re.DOTALL)
        if not certainty:
            faults.add(
                line,
                f"date_certainty '{row['date_certainty']}' must begin with one of: {', '.join(CERTAINTIES)}"
                " (a reason may follow)",
            )
        row["date_certainty"], row["date_note"] = certainty.groups() if certainty else ("unknown", "")
        row["reference"] = row.get("reference", "") or _reference(row)
    first = ["document", "title", "outlet", "kind", "date", "date_certainty", "date_note", "author", "language", "sha256"]
    table = pd.DataFrame(rows, columns=None if rows else [*first, "reference", "text"])
    rest = [name for name in table.columns if name not in {*first, "text", "file"}]
    return table[[*first, *rest, "text"]], faults


def _reference(row: dict[str, str]) -> str:
    """How a list of works names a text, in the language of the text; the title leads where neither author nor outlet is known."""
    local = row["language"] == "id"
    *day, year = (written_date(row["date"], row["language"]) or ("t.t." if local else "n.d.")).split()
    date = f"({', '.join([year, ' '.join(day if local else reversed(day))] if day else [year])})"
    doubts = {"inferred": ("tanggal disimpulkan", "date inferred"), "unknown": ("tanggal tidak pasti", "date uncertain")}
    if row["date"] and row["date_certainty"] in doubts:
        date += f" [{doubts[row['date_certainty']][0 if local else 1]}]"
    lead = _names(row["author"], "dan" if local else "&") or row["outlet"] or row["title"]
    outlet = row["outlet"] if row["outlet"].casefold() != lead.casefold() else ""
    volume, issue, pages = (row.get(name, "") if row["kind"] == "journal" else "" for name in ("volume", "issue", "pages"))
    number = volume + (f"({issue})" if issue else "")
    place = ", ".join(part for part in (outlet, number, pages) if part)
    rest = [row["title"] if lead != row["title"] else "", place]
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in (lead, date, *rest) if part)


def _names(authors: str, joined: str) -> str:
    """Authors as a list of works joins them; in documents.csv a semicolon stands between two."""
    *others, last = [name.strip() for name in authors.split(";") if name.strip()] or [""]
    comma = "," if len(others) > 1 or (others and "," in authors) else ""
    return f"{', '.join(others)}{comma} {joined} {last}" if others else last


def _is_date(written: str) -> bool:
    """Whether this is a year, a month or a day of the calendar, as 2023, 2023-04 or 2023-04-28, or nothing."""
    if not re.fullmatch(r"(\d{4}(-\d\d){0,2})?", written, re.ASCII):
        return False
    try:
        datetime.date.fromisoformat(f"{written or 2000}-01-01"[:10])
    except ValueError:
        return False
    return True


def _text(folder: Path, row: dict[str, str], rows: list[dict[str, str]], line: int, faults: Faults) -> str:
    """The document's text; '' and a fault where it cannot be had."""
    name = row["file"]
    parts = PureWindowsPath(name).parts
    outside = not name or PureWindowsPath(name).anchor or Path(name).is_absolute() or ":" in name or "\0" in name
    if outside or any(part.strip(" .") == "" or DEVICE.fullmatch(part) for part in parts):
        faults.add(line, f"file '{name}' must be a path inside {folder}")
        return ""
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            faults.add(line, f"file '{name}' leads out of {folder} through a link")
            return ""
        if not path.is_file():
            named = {other[column] for other in rows for column in ("file", "source") if column in other}
            there = sorted({p.relative_to(folder).as_posix() for p in folder.rglob("*.txt")} - named)
            faults.add(line, f"file '{name}' is not in {folder}.{_again(folder, row) or did_you_mean(name, there)}")
            return ""
        content = path.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead round in a circle, before Python 3.13
        faults.add(line, f"file '{name}' could not be read ({getattr(error, 'strerror', None) or 'links in a circle'})")
        return ""
    found = hashlib.sha256(content).hexdigest()
    if found != row["sha256"].lower():
        faults.add(
            line,
            f"file '{name}' is not the text this line was written for: its sha256 is {found}. If the change is meant,"
            f" put that number into column sha256 and read the codings again.{_again(folder, row)}",
        )
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        faults.add(line, f"file '{name}' is not UTF-8 (byte {error.start}); save it as UTF-8")
        return ""
    if "\0" in text:
        faults.add(line, f"file '{name}' contains NUL characters: it is no text file")
    if not text.strip():
        faults.add(line, f"file '{name}' is empty")
    if damaged := _MOJIBAKE.search(text):
        at = text.count("\n", 0, damaged.start()) + 1
        faults.add(line, f"file '{name}', line {at}: letters damaged by a wrong encoding; mend the file by hand")
    return text


def _again(folder: Path, row: dict[str, str]) -> str:
    """How a text is put back, where its original is kept."""
    source = folder / row.get("source", "")
    return (
        f" To put it back as it was made: qualkit add {source.as_posix()} --by NAME" if os.path.isfile(source) else ""
    )  # of no name, however long, an error
