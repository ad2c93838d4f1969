"""A coder's files and the texts at hand go in; what is coded, read, suggested and to be settled in each document comes out."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from numbers import Integral
from pathlib import Path

import numpy as np
import pandas as pd

from qualkit.assignments import read_assignments
from qualkit.codebook import Codebook
from qualkit.coderfile import CoderFile, lines_of
from qualkit.codings import CODING_KEY, FILE_COLUMNS, TO_SETTLE, another_folder, check_coders, codings_table
from qualkit.placing import STANDING, Places, Row, declared_editions, placed
from qualkit.revision import REVISED, carried, joined, what_waits
from qualkit.segments import split
from qualkit.tables import did_you_mean, few, need_columns, number_of, one_line, read_rows

READ_COLUMNS = ("document", "segment", "start", "end", "created", "sha256")
REJECTED_COLUMNS = ("document", "segment", "start", "end", "code", "why", "created", "sha256", "quote")
IN_VIVO_COLUMNS = ("document", "segment", "start", "end", "label", "memo", "created", "sha256", "quote", "prefix", "suffix")
_PLACE = ("document", "segment", "start", "end")  # a file made by hand may leave start and end empty
FILES = {  # the folder below that of the codings, the columns, and those that tell one row from all others
    "codings": (".", FILE_COLUMNS, CODING_KEY),
    "read": ("read", READ_COLUMNS, _PLACE),
    "rejected": ("rejected", REJECTED_COLUMNS, (*_PLACE, "code")),
    "in-vivo": ("in-vivo", IN_VIVO_COLUMNS, (*_PLACE, "label")),
}
PLACED = ("codings", "in-vivo")  # the files whose rows are put on words


@dataclass(frozen=True)
class Coding:
    """A coding or a proposal: its row in the file, and where its words stand in the text at hand."""

    id: str
    file: str  # codings or in-vivo
    row: dict[str, str]
    found: Row  # the row as `placed` gives it
    code: str  # the code of today; of a proposal its label

    @property
    def document(self) -> str:
        return self.row["document"]

    @property
    def anchor(self) -> str:
        return str(self.found["anchor"])

    @property
    def stands(self) -> bool:
        """Whether it has a place; only then `segment`, `start` and `end` tell one."""
        return self.anchor in STANDING or self.is_second

    @property
    def is_second(self) -> bool:
        """Whether it is an answer beside another one where the facet takes one; then nobody can read the file until one goes."""
        return bool(self.found.get("second"))

    @property
    def revision(self) -> str:
        """What became of its code since it was coded, as `read_codings` says it; "" where nothing did."""
        state = str(self.found.get("revision", ""))
        return "" if self.file == "in-vivo" or state == "as coded" else state

    @property
    def segment(self) -> int:
        return int(self.found["segment"])

    @property
    def start(self) -> int:
        return int(self.found["start"])

    @property
    def end(self) -> int:
        return int(self.found["end"])

    @property
    def candidates(self) -> Sequence[Row]:
        return self.found.get("candidates") or ()


@dataclass(frozen=True)
class Ghost:
    """A suggestion that waits for a person's word."""

    id: str
    document: str
    segment: int
    start: int
    end: int
    code: str
    matched: str
    coder: str


@dataclass
class _Sheet:
    """What one document holds, as it was last placed."""

    rows: list[list[dict[str, str]]] = field(default_factory=lambda: [[] for _ in PLACED])
    codings: list[Coding] = field(default_factory=list)
    coded: set[int] = field(default_factory=set)  # numbers of the segments that a coding touches


class Sheets:
    """One coder's files on the texts at hand, a sheet per document. `Sitting` adds what changes them.

    Parameters
    ----------
    documents
        The table `read_corpus` returns (then cut into sentences) or the one `split` returns, with all its rows.
    codebook
        What `read_codebook` returns.
    coder
        A person's name, as in the name of the file.
    folder
        The folder of the coders' files.
    suggestions
        What `suggest_codings` returns, or codings of others to decide on; None for none. None is shown on a segment that
        `assignments.csv` beside the folder assigns to this coder blind.
    assigned
        The segments this coder is to read: a table with `document` and `segment`, and a column `blind` that is True (or yes)
        where they are to be coded without a look at suggestions; None for all segments. What `read_assignments` returns will
        do: of a table with a column `coder` the rows of this coder count.
    revisions
        What `read_revisions` returns: codings are shown under the code of today, and keep in the file the one they were coded
        with. Those of a code that was retired, or split and not decided on, are shown under it.
    now
        What tells the time; the clock where nothing is given.
    """

    def __init__(
        self,
        documents: pd.DataFrame,
        codebook: Codebook,
        coder: str,
        folder: str | Path,
        *,
        suggestions: pd.DataFrame | None = None,
        assigned: pd.DataFrame | None = None,
        revisions: pd.DataFrame | None = None,
        now: Callable[[], datetime.datetime] | None = None,
    ) -> None:
        need_columns(documents, ("document", "text"), "documents", "read_corpus or split")
        is_split = "segment" in documents
        for document in documents["document"][documents["document"].duplicated()][: 0 if is_split else 1]:
            raise ValueError(f"document '{document}' stands twice among the documents")
        segments = documents if is_split else split(documents, into="sentences")
        need_columns(segments, (*_PLACE, "paragraph", "label", "text"), "documents", "split")
        _check_whole(segments)
        if revisions is not None:
            need_columns(revisions, ("change", "code", "into", "line"), "revisions", "read_revisions")
        check_coders(pd.Series([coder]), Path(folder))
        self.coder, self.folder, self.codebook, self.segments = coder, Path(folder), codebook, segments
        self._revisions = revisions
        if documents.empty:
            raise ValueError("there is no document to code")
        titles = documents["title"] if "title" in documents else documents["document"]
        self.titles = {d: t if isinstance(t, str) and t else d for d, t in zip(documents["document"], titles, strict=True)}
        self.places = Places(segments, declared_editions(self.folder.parent / "documents.csv"))
        if not is_split:  # with the white space that stands between the segments
            self.places.texts.update(zip(documents["document"], documents["text"], strict=True))
        self.texts = {document: self.places.texts[document] for document in documents["document"]}
        self._codes = codebook.codes()
        self.facets = {code: facet for code, (facet, _) in self._codes.items()}
        self._now = now or (lambda: datetime.datetime.now(datetime.UTC))
        self.files = {
            name: CoderFile(self.folder / below / f"{coder}.csv", columns, key, coder, now)
            for name, (below, columns, key) in FILES.items()
        }
        self._said = [told] if (told := another_folder(self.folder)) else []
        self._said += [notice for file in self.files.values() for notice in file.notices]
        self._ids: dict[tuple[str, ...], str] = {}
        self._numbers = count(1)
        self._kept: set[str] = set()  # those the person leaves as they are, in this sitting
        self._sheets = {document: _Sheet() for document in self.texts}
        self.assigned, self.blind = self._asked_of(assigned)
        self._asked: dict[str, list[int]] = {document: [] for document in self.texts}
        for document, asked in self._asked.items():
            numbers = [s["segment"] for s in self.sentences(document) if s["label"] == "content"]
            asked += [number for number in numbers if self.assigned is None or (document, number) in self.assigned]
        self._hidden = self._blind_in_the_study(suggestions is not None)
        self._ghosts = self._suggested(suggestions)
        self._place()

    @property
    def read_only(self) -> str:
        """Why nothing can be changed here; "" where it can."""
        for file in self.files.values():
            if file.obstacle:
                return file.obstacle
        if self._editions:
            return f"your codings were made on another edition of '{self._editions[0]}'; here they can be read, not changed"
        return ""

    @property
    def notices(self) -> list[str]:
        """What the person should know: what the files say of themselves, and rows that cannot be placed, with their lines."""
        said = list(dict.fromkeys(self._said))
        rows = self.files["codings"].rows
        elsewhere = [row["document"] for row in rows if row["document"] not in self.texts]
        if elsewhere:
            named = few(sorted(set(elsewhere)), 10)
            verb = "is" if len(elsewhere) == 1 else "are"
            said.append(f"{len(elsewhere)} of your codings {verb} on documents that are not on this desk: {named}")
        for coding in self._by_id.values():
            if coding.anchor == "damaged":
                where = Path(FILES[coding.file][0], f"{self.coder}.csv").as_posix()
                words = one_line(coding.row["quote"])[:60]
                then = "both are shown; remove one of them" if coding.is_second else "it stays in the file as it is"
                if coding.file == "codings" and coding.code not in self.facets and self._revisions is None:
                    then += ". If the code was renamed, merged or given up, open the desk with revisions=read_revisions(...)"
                said.append(f"{where}, line {coding.found['line']}: {coding.found['problem']} (“{words}”); {then}")
        if waiting := what_waits(coding.found for coding in self._by_id.values() if coding.file == "codings"):
            said.append(waiting)
        before = [row["document"] for row in self.files["read"].rows if row["document"] in self.texts and not self._holds(row)]
        for document in dict.fromkeys(before):
            number = before.count(document)
            marked = "segment of '{}' was" if number == 1 else "segments of '{}' were"
            said.append(f"{number} {marked.format(document)} marked as read in another version of the text")
        return said

    def number(self, document: str) -> int:
        """Which of the documents it is, from 1."""
        return list(self.texts).index(self._known(document)) + 1

    def sentences(self, document: str) -> list[Row]:
        """The segments of a document in the order of the text."""
        return self.places.by_document.get(self._known(document), [])

    def segment(self, document: str, number: int) -> Row:
        """One segment by its number."""
        if isinstance(number, bool) or not isinstance(number, Integral):
            raise ValueError(f"a segment is named by its number, such as 3, not by {number!r}")
        if (self._known(document), number) not in self.places.by_number:
            raise ValueError(f"document '{document}' has no segment {number}")
        return self.places.by_number[document, number]

    def codings(self, document: str) -> list[Coding]:
        """The person's codings and proposals that have a place in a document, in the order of the text."""
        return [coding for coding in self._sheet(document).codings if coding.stands]

    def to_settle(self) -> list[Coding]:
        """Codings whose words were altered, stand in several places or nowhere, but for those left as they are."""
        return [coding for coding in self._by_id.values() if coding.anchor in TO_SETTLE and coding.id not in self._kept]

    def ghosts(self, document: str) -> list[Ghost]:
        """The suggestions in a document that the person neither has as a coding nor turned down."""
        mine: dict[str, list[Coding]] = {}
        for coding in self.codings(document):
            mine.setdefault(coding.code, []).append(coding)
        places, words = self._turned_down(document)
        return [
            ghost
            for ghost in self._ghosts.values()
            if ghost.document == document
            and not any(c.start < ghost.end and ghost.start < c.end for c in mine.get(ghost.code, ()))
            and (ghost.code, str(ghost.start), str(ghost.end)) not in places
            and (ghost.code, self.places.words(document, ghost.start, ghost.end)) not in words
        ]

    def is_blind(self, document: str, start: int, end: int) -> bool:
        """Whether a place is to be read without a look at what anybody else says of it."""
        return self.blind or any((document, number) in self._hidden for number in self._touched(document, start, end))

    def read(self, document: str) -> list[int]:
        """The numbers of the segments marked as read without a code, as far as the text is the one that was read and has none."""
        return sorted(self._read.get(self._known(document), set()) - self._sheets[document].coded)

    def progress(self) -> list[dict[str, object]]:
        """Per document: the content segments the coder is to read (`of`), those coded or read (`done`), codings, problems."""
        problems = [coding.document for coding in self.to_settle()]
        rows: list[dict[str, object]] = []
        for document, asked in self._asked.items():
            done = self._finished(document)
            rows.append({"document": document, "title": self.titles[document], "done": sum(n in done for n in asked),
                         "of": len(asked), "coded": sum(c.file == "codings" for c in self.codings(document)),
                         "problems": problems.count(document)})  # fmt: skip
        return rows

    def next_uncoded(self, document: str, segment: int = 0) -> tuple[str, int] | None:
        """The next content segment neither coded nor read, in the order of the texts, at the end from the beginning; or None."""
        order, at = list(self.texts), self.number(document) - 1
        numbers = [row["segment"] for row in self.sentences(document)]
        passed = set(numbers[: numbers.index(segment) + 1]) if segment in numbers else set()
        others = order[at + 1 :] + order[:at]
        for name, without in [(document, passed), *((other, set()) for other in others), (document, set(numbers) - passed)]:
            done = self._finished(name) | without
            for number in self._asked[name]:
                if number not in done:
                    return name, number
        return None

    def table(self) -> pd.DataFrame:
        """The coder's codings as `read_codings` gives them, without those that cannot be placed."""
        rows = [
            dict(coding.found) for coding in self._by_id.values() if coding.file == "codings" and coding.anchor != "damaged"
        ]
        return codings_table(rows, self.segments, self.codebook, () if self._revisions is None else REVISED[1:])

    def refresh(self) -> list[str]:
        """Take in what others wrote into the files, and say what that was."""
        said = [notice for file in self.files.values() for notice in file.refresh()]
        self._said += said
        self._place()
        return said

    # --- from the files to the sheets ---

    def _place(self) -> None:
        """Find the words of all rows in the texts; of documents whose rows are as they were, nothing is looked for again."""
        groups: dict[str, list[list[dict[str, str]]]] = {document: [[] for _ in PLACED] for document in self.texts}
        for number, name in enumerate(PLACED):
            for row in self.files[name].rows:
                if row["document"] in groups:
                    groups[row["document"]][number].append(row)
        for document, rows in groups.items():
            # Lines that a notice names may have changed with rows of other documents.
            if rows != self._sheets[document].rows or any(c.anchor == "damaged" for c in self._sheets[document].codings):
                self._sheets[document] = self._sheet_of(document, rows)
        every = list(chain.from_iterable(sheet.codings for sheet in self._sheets.values()))
        self._by_id = {coding.id: coding for coding in every}
        self._editions = [coding.document for coding in every if coding.anchor == "sentence"]
        self._read: dict[str, set[int]] = {}
        for row in filter(self._holds, self.files["read"].rows):
            self._read.setdefault(row["document"], set()).add(int(row["segment"]))

    def _sheet_of(self, document: str, rows: list[list[dict[str, str]]]) -> _Sheet:
        codings = [coding for name, mine in zip(PLACED, rows, strict=True) for coding in self._found(name, mine)]
        codings.sort(key=lambda coding: (coding.stands and coding.start, coding.stands and coding.end, coding.code))
        coded: set[int] = set()
        for coding in codings:
            if coding.stands and coding.file == "codings":
                coded |= self._touched(document, coding.start, coding.end)
        return _Sheet(rows, codings, coded)

    def _found(self, name: str, rows: Sequence[dict[str, str]]) -> list[Coding]:
        written: Sequence[Row] = rows
        if name == "in-vivo":  # a proposal is a coding under a code that is still to be decided on
            written = [{**row, "code": row["label"], "revision": "to decide"} for row in rows]
        elif self._revisions is not None:
            written = carried(rows, self._revisions)
        other = {row.get("coder", self.coder) for row in rows} - {self.coder}
        found = placed(written, self.places, self._codes)
        path = self.files[name].path
        if other or any(row["anchor"] == "damaged" for row in found):  # then the lines of the file are to be named
            lines = lines_of(path, FILES[name][1])
            numbers = [lines.get(tuple(row.values())) or [0] for row in rows]
            written = [{**row, "line": n.pop(0) if len(n) > 1 else n[0]} for row, n in zip(written, numbers, strict=True)]
            found = placed(written, self.places, self._codes)
        _mark_second(found)
        for row in found:
            if row.get("coder", self.coder) in other:
                problem = f"coder '{row['coder']}' in the file of '{self.coder}': one file holds one coder"
                row.update(anchor="damaged", problem=problem, second=False)
        if name == "codings" and self._revisions is not None:
            found = joined(found)
        taken: set[str] = set()
        codings = []
        for row, at in zip(rows, found, strict=True):
            key = self._key(name, row)
            while self._ids.setdefault(key, f"c{next(self._numbers)}") in taken:
                key += ("again",)  # the same row twice, in a file written by hand
            taken.add(self._ids[key])
            codings.append(Coding(self._ids[key], name, row, at, at["code"]))
        return codings

    def _key(self, name: str, row: dict[str, str]) -> tuple[str, ...]:
        return (name, *(row[column] for column in FILES[name][2]))

    def _touched(self, document: str, start: int, end: int) -> set[int]:
        """The segments of which a place holds something."""
        fellows = self.places.by_document.get(document, [])
        at = bisect_right(self.places.ends.get(document, []), start)
        touched = set()
        while at < len(fellows) and fellows[at]["start"] < end:
            touched.add(fellows[at]["segment"])
            at += 1
        return touched

    def _holds(self, row: dict[str, str]) -> bool:
        """Whether a mark "read" is on a segment of the text at hand."""
        number = int(row["segment"]) if row["segment"].isdecimal() else 0
        home = self.places.by_number.get((row["document"], number))
        if home is None:
            return False
        kinship, place = self.places.kinship(row["sha256"], row["document"]), (row["start"], row["end"])
        same = place in ((str(home["start"]), str(home["end"])), ("", ""))
        return kinship == "edition" or (same and kinship != "changed")

    def _turned_down(self, document: str) -> tuple[set[tuple[str, str, str]], set[tuple[str, str]]]:
        """The suggestions rejected: by code and place, and, where the text is another one now, by code and words."""
        places: set[tuple[str, str, str]] = set()
        words: set[tuple[str, str]] = set()
        for row in self.files["rejected"].rows:
            if row["document"] == document:
                quote, (start, end) = one_line(row["quote"]), (row["start"], row["end"])
                is_there = start.isdecimal() and end.isdecimal() and self.places.words(document, int(start), int(end)) == quote
                if is_there and self.places.kinship(row["sha256"], document) in ("same", "unknown"):
                    places.add((row["code"], start, end))
                else:
                    words.add((row["code"], quote))
        return places, words

    def _finished(self, document: str) -> set[int]:
        return self._sheets[document].coded | self._read.get(document, set())

    def _sheet(self, document: str) -> _Sheet:
        return self._sheets[self._known(document)]

    def _known(self, document: str) -> str:
        if not isinstance(document, str) or document not in self.texts:
            raise ValueError(f"document '{document}' is not on this desk.{did_you_mean(str(document), self.texts)}")
        return document

    # --- at the door ---

    def _asked_of(self, assigned: pd.DataFrame | None) -> tuple[set[tuple[str, int]] | None, bool]:
        """The segments assigned to the coder, as far as they are at hand, and whether they are to be coded blind."""
        if assigned is None:
            return None, False
        need_columns(assigned, ("document", "segment"), "assigned", "you (columns document and segment)")
        if "coder" in assigned:
            coders, assigned = [*assigned["coder"].unique()], assigned[assigned["coder"] == self.coder]
            if assigned.empty:
                raise ValueError(f"nothing is assigned to '{self.coder}'.{did_you_mean(self.coder, coders)}")
        asked = {(d, int(n)) for d, n in zip(assigned["document"], assigned["segment"], strict=True) if d in self.texts}
        for document, number in sorted(asked - set(self.places.by_number))[:1]:
            raise ValueError(f"assigned names segment {number} of '{document}', which has no such segment")
        blind = [_is_blind(value) for value in assigned["blind"]] if "blind" in assigned else []
        return asked, any(blind)

    def _blind_in_the_study(self, is_told: bool) -> set[tuple[str, int]]:
        """The segments that assignments.csv beside the folder gives this coder to read blind; where it cannot be understood, more."""
        path, faulty = self.folder.parent / "assignments.csv", ""
        if not path.is_file():
            return set()
        try:
            found = read_assignments(path, self.segments)
            mine = found[(found["coder"] == self.coder) & found["blind"].astype(bool)]
            hidden = {(str(d), int(n)) for d, n in zip(mine["document"], mine["segment"], strict=True)}
        except ValueError as error:  # such as a desk on some of the documents: then a document counts as a whole
            faulty = f" (whole documents, because for this desk it cannot be read: {str(error).splitlines()[0]})"
            hidden = self._blind_documents(path)
        if hidden and is_told and not self.blind:
            self._said.append(
                f"assignments.csv assigns {number_of(len(hidden), 'segment')} here to '{self.coder}' to be read blind{faulty}: "
                "no suggestion is shown on them"
            )
        return hidden

    def _blind_documents(self, path: Path) -> set[tuple[str, int]]:
        try:
            rows = read_rows(path, ("coder", "document", "blind"))
            named = {row["document"] for row in rows if row["coder"] == self.coder and row["blind"] != "no"}
        except ValueError:
            named = set(self.texts)
        return {place for place in self.places.by_number if place[0] in named}

    def _suggested(self, suggestions: pd.DataFrame | None) -> dict[str, Ghost]:
        """The suggestions on the texts at hand; codings of others will do, of which those without a place are left out."""
        if suggestions is None or self.blind:
            return {}
        need_columns(suggestions, (*_PLACE, "code", "coder", "quote"), "suggestions", "suggest_codings")
        ghosts: dict[str, Ghost] = {}
        for number, row in enumerate(suggestions.to_dict("records"), 1):
            document, segment, start, end, code = (row[name] for name in (*_PLACE, "code"))
            if document not in self.texts or not segment:
                continue
            named = f"the suggestion {code} on '{document}' {segment}"
            if row.get("anchor") != "changed" and one_line(self.texts[document][start:end]) != one_line(row["quote"]):
                raise ValueError(f"{named} was made on another text; make the suggestions again")
            if code not in self.facets:
                raise ValueError(f"{named} is no code of this codebook")
            matched, coder = str(row.get("matched", "")), str(row["coder"])
            if self.is_blind(document, start, end):
                continue
            ghosts[f"s{number}"] = Ghost(f"s{number}", document, int(segment), int(start), int(end), code, matched, coder)
        return ghosts


def _check_whole(segments: pd.DataFrame) -> None:
    """Refuse segments of which some were left out: nobody could code them, nor see what stands around the others."""
    for document, numbers in segments.groupby("document", sort=False, observed=True)["segment"]:
        if missing := sorted(set(range(1, int(numbers.max()) + 1)) - set(numbers)):
            lacking = f"{number_of(len(missing), 'segment')} {'is' if len(missing) == 1 else 'are'} missing"
            raise ValueError(
                f"of document '{document}' {lacking}, the first is {missing[0]}: a desk shows whole "
                "texts. Give it the documents, or all rows that split returned; what is to be read goes into assigned"
            )


def _is_blind(value: object) -> bool:
    """What a cell of the column blind says; one that is not understood is never taken for "no"."""
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, str) and value in ("yes", "no"):
        return value == "yes"
    raise ValueError(f"assigned: blind is {value!r}: write yes or no, or give True or False")


def _mark_second(found: list[Row]) -> None:
    """Mark the answers that stand beside another one where the facet takes one: they have a place, and can be taken out there."""
    standing = {(row["start"], row["end"], row["code"]) for row in found if row["anchor"] in STANDING}
    for row in found:
        has_place = row["anchor"] == "damaged" and bool(row["facet"]) and isinstance(row["segment"], int)
        if has_place and (row["start"], row["end"], row["code"]) not in standing:
            row["second"] = True
