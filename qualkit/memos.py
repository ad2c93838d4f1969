"""Memos in Markdown files go in; a table of them, each dated, signed and tied to what it is about, comes out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from qualkit.audit import record
from qualkit.codebook import Codebook
from qualkit.tables import Entry, EntryReader, Faults, did_you_mean, is_day, need_columns, one_line, parse_yaml, read_text

KINDS = {
    "jotting": "a thought in passing, tied to a passage",
    "analytic": "what codes, cells or cases may mean together",
    "method": "what was decided about the procedure, and why",
    "interim": "a case so far: what is known, how sure it is, what is missing, what else could explain it",
}
Known = dict[str, list[str]]  # per thing a memo may be about, the names there are
COLUMNS = ("memo", "kind", "title", "author", "date", "about", "text")
_THINGS = ("statement", "passage", "document", "claim", "pattern", "memo")  # what a memo may be about besides codes
_HALF = re.compile(r"[\ud800-\udfff]")  # half an emoji, which no file holds


def read_memos(
    folder: str | Path,
    statements: pd.DataFrame | None = None,
    codebook: Codebook | None = None,
    segments: pd.DataFrame | None = None,
    claims: Iterable[Any] | None = None,
) -> pd.DataFrame:
    """One row per memo, the oldest first: its kind, who wrote it when, what it is about, and its text.

    What a memo is about is checked against what is given: statements, codes (`codebook`), documents and passages (`segments`), claims.

    Parameters
    ----------
    folder
        Files `*.md`. Each begins with a head between two lines `---`: `kind` (jotting, analytic, method or interim), `title`,
        `author`, `date` (in quotes) and, if wanted, `about`, a list such as ["case:SUB-BUS", "statement:S012",
        "passage:rakhmadi-2023: 93"]. Below it stands the text.
    statements, codebook, segments, claims
        What `read_statements`, `read_codebook`, `split` and `read_claims` return.

    Returns
    -------
    DataFrame
        `memo` (the file's name without ending), `kind` (a category with all four), `title`, `author`, `date`, `about` (separated by
        "; "), `text`. Search it as any table: `memos[memos["about"].str.contains("case:SUB-BUS", regex=False)]`.

    Raises
    ------
    ValueError
        All faults of all files at once, with file and line: no head, missing or unknown fields, an unknown kind, a date that is
        none, something it is about that does not exist.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> _ = write_memo(folder, "jotting", "Who pays?", "rani", "No text says who pays.", ["case:SUB-BUS"], date="2026-11-22")
    >>> read_memos(folder)[["memo", "kind", "author", "about"]].values.tolist()
    [['2026-11-22-who-pays', 'jotting', 'rani', 'case:SUB-BUS']]

    References
    ----------
    Miles, M. B., Huberman, A. M. and Saldaña, J. (2014). Qualitative Data Analysis, 3rd ed., ch. 4 (jottings, analytic memos)
    and ch. 6 (interim case summary).
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder}: there is no such folder of memos")
    known: Known = {}
    if statements is not None:
        need_columns(statements, ("statement",), "statements", "read_statements")
        known["statement"] = statements["statement"].unique().tolist()
    if codebook is not None:
        known |= {facet.id: [code.id for code in facet.codes] for facet in codebook.facets}
        known["family"] = [family.id for facet in codebook.facets for family in facet.families]
    if segments is not None:
        need_columns(segments, ("document", "segment"), "segments", "split")
        known["document"] = segments["document"].unique().tolist()
        known["passage"] = [f"{d}: {n}" for d, n in zip(segments["document"], segments["segment"], strict=True)]
    if claims is not None:
        known["claim"] = [claim.id for claim in claims]
    rows: list[dict[str, str]] = []
    told: list[str] = []
    for path in sorted(folder.glob("*.md")):
        try:
            rows.append(_memo(path, known))
        except ValueError as error:
            told += [line for line in str(error).splitlines() if not re.fullmatch(r"\d+ faults", line)]
    if told:
        raise ValueError("\n".join([f"{len(told)} faults", *told] if len(told) > 1 else told))
    rows.sort(key=lambda row: (row["date"], row["memo"]))
    table = pd.DataFrame(rows, columns=[*COLUMNS])
    return table.assign(kind=pd.Categorical(table["kind"], list(KINDS)))


def write_memo(
    folder: str | Path,
    kind: str,
    title: str,
    author: str,
    text: str,
    about: Sequence[str] = (),
    date: str | None = None,
) -> Path:
    """Write a memo into a new file named after its date and title, log it (`read_audit`), and return the path.

    No file is ever written over: a second memo of the same name gets a number. To change a memo, edit its file, and log
    that with `log_changes`. Where no date is given it is that of the day.

    Raises
    ------
    ValueError
        If the kind or the date is none, nobody signs, title or text are empty, something it is about is not written as
        "what:which", or the file or the log cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> path = write_memo(folder, "method", "Aturan kutipan", "rani", "Paling banyak 40 kata.", date="2026-11-22")
    >>> print(path.name, path.read_text(), sep="\\n")
    2026-11-22-aturan-kutipan.md
    ---
    kind: method
    title: Aturan kutipan
    author: rani
    date: '2026-11-22'
    about: []
    ---
    <BLANKLINE>
    Paling banyak 40 kata.
    <BLANKLINE>
    """
    title, author, text, date = one_line(title), one_line(author), text.strip(), date or datetime.date.today().isoformat()
    for name, value in (("title", title), ("author", author), ("text", text)):
        if not value:
            raise ValueError(f"a memo has a kind, a title, an author and a text; {name} is empty")
    if isinstance(about, str):
        raise ValueError(f'about is a list: write ["{about}"]')
    about = [one_line(item) for item in about]
    for fault in (_kind_fault(kind), _date_fault(date), *(_about_fault(item, {}) for item in about)):
        if fault:
            raise ValueError(fault)
    title, author, text, *about = (_HALF.sub("\ufffd", some) for some in (title, author, text, *about))
    fields = {"kind": kind, "title": title, "author": author, "date": date, "about": about}
    head = yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=1_000)
    name = re.sub(r"[\W_]+", "-", title.casefold())[:50].strip("-") or kind
    content = f"---\n{head}---\n\n{text}\n".encode()
    for number in count(1):
        path = Path(folder) / f"{date}-{name}{f'-{number}' if number > 1 else ''}.md"
        if path.exists():
            continue
        try:
            record(path, content, author, f"{kind} memo: {title}", expected="")
        except ValueError:
            if not path.exists():  # else someone else took the name just now
                raise
        else:
            break
    return path


class _Reader(EntryReader):
    """Takes the fields of a memo's head."""

    def memo(self, head: Entry, known: Known) -> dict[str, str]:
        self.fields(head, "the memo", ("kind", "title", "author", "date"), ("about",))
        row = {name: self.text(head, name, "the memo") for name in ("kind", "title", "author", "date")}
        about = self.texts(head, "about", "the memo", 'things such as "case:SUB-BUS", each in quotes')
        faults = {"kind": [_kind_fault(row["kind"])], "date": [_date_fault(row["date"])]}
        faults["about"] = [_about_fault(one_line(item), known) for item in about]
        for name, found in faults.items():
            for fault in found:
                if fault and head.get(name):
                    self.faults.add(head.lines[name], fault)
        return {**row, "about": "; ".join(one_line(item) for item in about)}


def _memo(path: Path, known: Known) -> dict[str, str]:
    faults = Faults(path)
    text = read_text(path).replace("\r\n", "\n")
    parts = re.fullmatch(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n(.*))?", text, re.DOTALL)
    head = parse_yaml("\n" + (parts[1] or ""), faults) if parts else None  # the line end stands for the line '---'
    if not parts or not isinstance(head, Entry):
        what = "a memo begins with a head between two lines '---': kind, title, author, date and, if wanted, about"
        raise ValueError(f"{path}, line 1: {what}")
    row = _Reader(faults).memo(head, known)
    body = (parts[2] or "").strip()
    if not body:
        faults.add(None, "the memo has no text below its head")
    faults.stop()
    return {"memo": path.stem, **row, "text": body}


def _kind_fault(kind: str) -> str:
    return "" if kind in KINDS else f"kind '{kind}' is not known.{did_you_mean(kind, KINDS)}"


def _date_fault(date: str) -> str:
    return "" if is_day(date) else f"date '{date}' is no day of the calendar, such as \"2026-11-22\""


def _about_fault(item: str, known: Known) -> str:
    """What is wrong with one thing a memo is about; '' where nothing is, or where it cannot be checked."""
    named = re.fullmatch(r"(\w+): ?(\S.*)", item)
    if not named or ";" in item:
        return f'about \'{item}\': say what and which, as in "case:SUB-BUS" or "passage:rakhmadi-2023: 93"'
    thing, which = named.groups()
    if thing not in known and thing not in _THINGS and "family" in known:
        return f"about '{item}': a memo is about a code of a facet or about a {', '.join(_THINGS)}.{did_you_mean(thing, [*known, *_THINGS])}"
    names = [which]
    if thing == "passage":
        place = re.fullmatch(r"(\S+): (\d+(?:(?:, |-)\d+)*)", which)
        if not place:
            return f"about '{item}': a passage is written as \"passage:document: segment\""
        names = [f"{place[1]}: {number}" for number in re.findall(r"\d+", place[2])]
    for name in names:
        if name not in known.get(thing, [name]):
            return f"about '{item}': there is no {thing} '{name}'.{did_you_mean(name, known[thing])}"
    return ""
