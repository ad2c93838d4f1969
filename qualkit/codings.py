"""Coders' files go in; a table of codings comes out, each checked against the text, the codebook and the segments."""

from __future__ import annotations

import re
import unicodedata
import warnings
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.audit import fingerprint, record
from qualkit.codebook import MACHINES, Code, Codebook, Facet, facet_column
from qualkit.revision import REVISED, STATES, carried, joined, what_waits
from qualkit.tables import DEVICE, Faults, csv_bytes, did_you_mean, need_columns, one_line, read_rows

FILE_COLUMNS = (
    "document", "segment", "start", "end", "code", "coder", "statement", "memo", "created", "codebook", "sha256", "quote",
    "prefix", "suffix",
)  # fmt: skip
_NEEDED = ("document", "segment", "code", "coder")
_CARRIED = ("heading", "label", "paragraph", "title", "outlet", "kind", "date", "author", "edition", "reference")
SHA_DIGITS = 16
SURROUNDINGS = 30  # characters kept before and after the words a coding was put on

Row = dict[str, Any]  # one coding, or one segment


def read_codings(
    folder: str | Path, segments: pd.DataFrame, codebook: Codebook, revisions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per applied code: where, which code, by whom, with the words it was put on.

    Every `<coder>.csv` in the folder is read. A coding is anchored by its place and by the words it was put on. Where
    the text at hand is another edition of the text that was coded (the file `documents.csv` beside the folder says so
    in its column `original_sha256`), a coding is carried over by document and sentence number. Where a text was changed,
    a coding whose words still stand in exactly one place moves with them; any other stays in the table as an orphan
    (segment 0), and a warning says which documents were changed and names the orphans. Another names codings on page furniture.

    Parameters
    ----------
    folder
        One file per coder, columns `document`, `segment`, `start`, `end`, `code`, `coder`, `statement` (ids separated by
        blanks), `memo`, `created`, `codebook` (version), `sha256` (of the text coded, first 16 digits), `quote`, `prefix`,
        `suffix`. A file made by hand needs only document, segment, code and coder: it codes whole segments.
    segments
        The table `split` returns; codings are attached to its rows.
    codebook
        What `read_codebook` returns.
    revisions
        What `read_revisions` returns: the codes that were renamed, merged, split or retired since some files were written.

    Returns
    -------
    DataFrame
        The columns of the files; `facet`; `anchor` (exact, sentence = carried over to another edition, moved, orphan);
        the segment's heading, label and document columns; and one column per facet, whose categories are all codes of
        the facet in order. Facets with one answer per unit (case, status ...) ride along: a sector coding also shows the
        case and status that the same coder gave the segment.

        Where revisions are given: `code` is the code of today, `code_as_coded` that of the file, `revision` (a categorical: as
        coded, carried, decided, joined, to decide, retired) what happened, `revised_by` the lines of the revisions. Codings
        that are retired or to decide keep their old code, have no facet ("") and so are in no count; a warning names those to decide.

    Raises
    ------
    ValueError
        All faults at once, with file and line: unknown documents, codes or segments, doubled codings, a second answer
        to a facet that allows one, words that are not what stands at the place named.

    Examples
    --------
    >>> from qualkit import read_codebook, read_corpus, split
    >>> segments = split(read_corpus("corpus"), into="sentences")
    >>> codings = read_codings("corpus/codings", segments, read_codebook("codebook.yaml"))
    >>> sorted(codings["coder"].unique()), set(codings["anchor"])
    (['agreed', 'coder-a', 'coder-b'], {'exact'})
    """
    need_columns(segments, ("document", "segment", "start", "end", "text"), "segments", "split")
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder}: there is no such folder of codings")
    editions = _declared_editions(folder.parent / "documents.csv")
    places = _Places(segments, editions)
    codes = codebook.codes()
    rows: list[Row] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.csv")):
        try:
            rows += _one_file(path, codes, places, revisions)
        except ValueError as error:
            faults += [line for line in str(error).splitlines() if not re.fullmatch(r"\d+ faults", line)]
    if faults:
        raise ValueError("\n".join([f"{len(faults)} faults", *faults] if len(faults) > 1 else faults))
    changed = [row for row in rows if row.pop("changed")]
    if changed:
        warnings.warn(_what_changed(changed), stacklevel=2)
    if waiting := what_waits(rows):
        warnings.warn(waiting, stacklevel=2)
    table = _table(rows, segments, codebook, () if revisions is None else REVISED[1:])
    if "label" in table and (table["label"] == "boilerplate").any():
        places_on = table.loc[table["label"] == "boilerplate", ["coder", "document", "segment", "code"]].drop_duplicates()
        listed = "; ".join(f"{c}: {code} on {d} {n}" for c, d, n, code in places_on.head(10).itertuples(index=False))
        warnings.warn(f"codings on page furniture, not on content ({len(places_on)}): {listed}", stacklevel=2)
    return table


def _what_changed(rows: list[Row]) -> str:
    """A line per document whose text is not the one that was coded, and one per orphan, up to ten."""
    lines = []
    for document in dict.fromkeys(row["document"] for row in rows):
        found = Counter(row["anchor"] for row in rows if row["document"] == document)
        lines.append(
            f"document '{document}' is not the text that was coded: of {found.total()} codings {found['exact']} stand where they "
            f"stood, {found['moved']} moved with their words, {found['orphan']} no longer find their words and are orphans"
        )
    orphans = [row for row in rows if row["anchor"] == "orphan"]
    lines += [f"orphan: {r['coder']}, {r['code']} on {r['document']}: “{one_line(r['quote'])[:60]}”" for r in orphans[:10]]
    if len(orphans) > 10:
        lines.append(f"and {len(orphans) - 10} more orphans")
    return "\n".join(lines)


def write_codings(codings: pd.DataFrame, folder: str | Path, why: str = "") -> list[Path]:
    """Write one file per coder into the folder, sorted by place, and return the paths.

    Nothing a person coded is lost by it: if a coder's file on the disk holds a coding, a memo or a statement's id that the
    table lacks, nothing is written. To take a coding out, edit the file itself, where version control shows it.

    Each file that changes gets a line in `audit.jsonl` beside it (`read_audit`): the coder, the time, the checksums before
    and after, the versions of the codebook its codings name, and `why`, the reason in words.

    Raises
    ------
    ValueError
        If codings on the disk would be lost, if the table was read on another edition of the texts, if it holds
        suggestions of the codebook, if a coder's name cannot be the name of a file, or a file or the log cannot be written
        (the old file is then unchanged).

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import code_segments, read_codebook, read_corpus, split
    >>> segments, codebook = split(read_corpus("corpus"), into="sentences"), read_codebook("codebook.yaml")
    >>> codes = pd.DataFrame({"document": ["cnn-jakarta-gyeonggi"], "segment": [3], "code": ["EKO.ENERGI"]})
    >>> codings = code_segments(segments, codes, codebook, coder="rani", created="2026-11-22")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_codings(codings, folder)]
    ['rani.csv']
    """
    need_columns(codings, ("document", "segment", "code", "coder", "quote"), "codings", "read_codings")
    if "anchor" in codings and (codings["anchor"] == "sentence").any():
        raise ValueError(
            "these codings were read on another edition of the texts; write them from the edition they were made on"
        )
    folder = Path(folder)
    _check_coders(codings["coder"])
    changes: list[dict[str, Any]] = []
    lost: list[str] = []
    for coder, mine in codings.groupby("coder", sort=True, observed=True):
        path = folder / f"{coder}.csv"
        expected = fingerprint(path)  # what is not lost below is lost if another process writes in between
        rows: list[Row] = [{name: _cell(row.get(name)) for name in FILE_COLUMNS} for row in mine.to_dict("records")]
        for row, coding in zip(rows, mine.to_dict("records"), strict=True):
            if _cell(coding.get("revision")) not in ("", "as coded"):  # a file keeps the codes it was made with
                row["code"] = _cell(coding["code_as_coded"])
        old = read_rows(path, _NEEDED, FILE_COLUMNS) if path.exists() else []
        added = sorted({name for row in old for name in row if row[name]} - {*FILE_COLUMNS, "line"})
        lost += [f"{path}, line 1: column '{name}' is not one that is written; keep it in a file of its own" for name in added]
        lost += [f"{path}, line {line}: the {what} is not in the table" for line, what in _lost(old, rows)]
        rows.sort(key=lambda row: (row["document"], int(row["start"] or 0), int(row["end"] or 0), row["code"]))
        versions = ", ".join(sorted({row["codebook"] for row in rows if row["codebook"]}))
        content = csv_bytes(rows, FILE_COLUMNS)
        changes.append({"path": path, "content": content, "who": coder, "codebook": versions, "expected": expected})
    if lost:
        raise ValueError("\n".join(["nothing was written, because it would lose what a person coded:", *lost]))
    for change in changes:
        record(**change, why=why)
    return [change["path"] for change in changes]


def _check_coders(coders: pd.Series[Any]) -> None:
    names: dict[str, str] = {}
    for coder in coders.unique():
        if coder in MACHINES:
            raise ValueError(
                f"coder '{coder}' is {MACHINES[coder]}: its suggestions are nobody's coding. Leave them out, or "
                "give those a person accepts that person's name with code_segments."
            )
        if not isinstance(coder, str) or not re.fullmatch(r"\w(?:[\w .-]*\w)?", coder) or DEVICE.fullmatch(coder):
            raise ValueError(f"coder '{coder}' cannot be the name of a file: use letters, digits, '-', '_' and '.'")
        same = unicodedata.normalize("NFC", coder).casefold()
        if names.setdefault(same, coder) != coder:
            raise ValueError(f"coders '{names[same]}' and '{coder}' would share one file on some computers; choose one name")


def _cell(value: object) -> str:
    """A value as it stands in the file; a whole number that a merge has turned into 3.0 is 3 again."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _lost(old: list[dict[str, str]], new: list[Row]) -> list[tuple[int, str]]:
    """What the file on the disk holds and the rows to be written do not; each row can stand for one coding only."""
    left: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in new:
        left[row["document"], row["code"]].append(row)
    lost = []
    for coding in sorted(old, key=lambda row: (-len(row["memo"]), int(row["line"]))):
        fellows = left[coding["document"], coding["code"]]
        if coding["quote"]:
            same = [row for row in fellows if one_line(row["quote"]) == one_line(coding["quote"])]
        else:
            same = [row for row in fellows if row["segment"] == coding["segment"]]
        whole = [
            row
            for row in same
            if coding["memo"] in row["memo"] and set(coding["statement"].split()) <= set(row["statement"].split())
        ]
        if whole:
            found = min(whole, key=lambda row: row["start"] != coding["start"])
            fellows[:] = [row for row in fellows if row is not found]
            if found["segment"] == "0":  # an orphan stays where it was coded
                found["segment"] = coding["segment"]
        else:
            missing = next(
                (name for name in ("memo", "statement") if same and all(coding[name] not in row[name] for row in same)),
                "coding",
            )
            what = {"coding": "coding", "memo": "memo of", "statement": "statement of"}[missing]
            lost.append((int(coding["line"]), f"{what} {coding['code']} on {coding['document']} {coding['segment']}"))
    return sorted(lost)


def code_segments(segments: pd.DataFrame, codes: pd.DataFrame, codebook: Codebook, coder: str, created: str) -> pd.DataFrame:
    """One coding per row of `codes` (columns document, segment, code; statement and memo if there are any), on whole segments.

    What `write_codings` then writes. `created` is the date of the coding (ISO).

    Raises
    ------
    ValueError
        All faults at once: segments and codes that do not exist, a code that stands twice on a segment, a second answer
        to a facet that allows one.

    Examples
    --------
    >>> from qualkit import read_codebook, read_corpus, split
    >>> segments = split(read_corpus("corpus"), into="sentences")
    >>> codes = pd.DataFrame({"document": ["cnn-jakarta-gyeonggi"], "segment": [3], "code": ["EKO.ENERGI"]})
    >>> codings = code_segments(segments, codes, read_codebook("codebook.yaml"), coder="rani", created="2026-11-22")
    >>> codings[["segment", "facet", "code", "coder", "anchor"]].values.tolist()
    [[3, 'sector', 'EKO.ENERGI', 'rani', 'exact']]
    """
    need_columns(segments, ("document", "segment", "start", "end", "text"), "segments", "split")
    need_columns(codes, ("document", "segment", "code"), "codes", "you (columns document, segment, code)")
    places, known, answers = _Places(segments, {}), codebook.codes(), _Answers()
    if coder not in MACHINES:
        _check_coders(pd.Series([coder]))
    rows: list[Row] = []
    faults: list[str] = []
    for number, code in enumerate(codes.to_dict("records"), 1):
        written = {name: _cell(value) for name, value in code.items() if name in FILE_COLUMNS}
        at = written["segment"]
        segment = places.by_number.get((code["document"], int(at) if _is_number(at) else 0))
        if segment is None:
            faults.append(f"row {number} of codes: document '{code['document']}' has no segment {at or '(empty)'}")
        if code["code"] not in known:
            faults.append(
                f"row {number} of codes: code '{code['code']}' is not in the codebook.{did_you_mean(code['code'], known)}"
            )
        if segment is None or code["code"] not in known:
            continue
        facet = known[code["code"]][0]
        row = {"statement": "", "memo": "", **written, "coder": coder, "created": created, "codebook": codebook.version,
               "facet": facet.id, "anchor": "exact",
               **places.at(segment["document"], segment["start"], segment["end"])}  # fmt: skip
        clash = "" if coder in MACHINES else answers.clash(row, facet, f"row {number}")  # suggestions may name several answers
        if clash:
            faults.append(f"row {number} of codes: {clash}")
        rows.append(row)
    if faults:
        raise ValueError("\n".join([f"{len(faults)} faults", *faults] if len(faults) > 1 else faults))
    return _table(rows, segments, codebook)


class _Places:
    """Where codings may stand: the segments of each document, by number and by offset."""

    def __init__(self, segments: pd.DataFrame, editions: dict[str, set[str]]) -> None:
        self.by_document: dict[str, list[Row]] = {}
        for segment in segments.sort_values("start", kind="stable").to_dict("records"):
            self.by_document.setdefault(segment["document"], []).append({str(name): value for name, value in segment.items()})
        self.by_number = {(s["document"], s["segment"]): s for found in self.by_document.values() for s in found}
        self.texts = {document: _text(fellows) for document, fellows in self.by_document.items()}
        self.ends = {document: [s["end"] for s in fellows] for document, fellows in self.by_document.items()}
        self.editions = editions

    def home(self, document: str, start: int, end: int) -> Row | None:
        """The first segment of which a place holds something."""
        at = bisect_right(self.ends[document], start)
        fellows = self.by_document[document]
        return fellows[at] if at < len(fellows) and start < end and fellows[at]["start"] < end else None

    def words(self, document: str, start: int, end: int) -> str:
        """What stands at a place, white space as single blanks."""
        return one_line(self.texts[document][start:end])

    def cuts_a_word(self, document: str, start: int, end: int) -> bool:
        text = self.texts[document]
        return any(re.fullmatch(r"\w\w", text[max(0, at - 1) : at + 1]) for at in (start, end))

    def at(self, document: str, start: int, end: int) -> Row:
        """Segment, place, words and context of a stretch of text."""
        home, text = self.home(document, start, end), self.texts[document]
        return {
            "segment": home["segment"] if home else 0,
            "start": start,
            "end": end,
            "quote": text[start:end],
            "sha256": self.checksum(document),
            "prefix": text[max(0, start - 10 * SURROUNDINGS) : start].rstrip()[-SURROUNDINGS:],
            "suffix": text[end : end + 10 * SURROUNDINGS].lstrip()[:SURROUNDINGS],
        }

    def checksum(self, document: str) -> str:
        return str(self.by_document[document][0].get("sha256", ""))[:SHA_DIGITS]

    def find(self, row: dict[str, str]) -> tuple[int, int] | None:
        """The one place where a coding's words stand, its context deciding between several; None where there is no one place."""
        words, text = one_line(row["quote"]), self.texts[row["document"]]
        if not words:
            return None
        pattern = r"\s+".join(re.escape(word).replace(r"\-", r"-\s*") for word in words.split())
        bounds = [r"\b" if re.match(r"\w", letter) else "" for letter in (words[0], words[-1])]
        found = [match.span() for match in re.finditer(bounds[0] + pattern + bounds[1], text)]
        if len(found) > 1:
            before, after = one_line(row["prefix"]), one_line(row["suffix"])
            found = [
                (start, end)
                for start, end in found
                if one_line(text[max(0, start - 10 * SURROUNDINGS) : start]).endswith(before)
                and one_line(text[end : end + 10 * SURROUNDINGS]).startswith(after)
            ]
        return found[0] if len(found) == 1 else None

    def kinship(self, coded: str, document: str) -> str:
        """The text at hand and the one coded: the same, another edition of it, changed, or unknown where no checksum tells."""
        coded, here = coded[:SHA_DIGITS], self.checksum(document)
        if not coded or not here:
            return "unknown"
        return "same" if coded == here else "edition" if here in self.editions.get(coded, set()) else "changed"


def _text(segments: list[Row]) -> str:
    """A document as its segments tell it: between two of them there is only white space."""
    pieces, at = [], 0
    for segment in segments:
        pieces += ["\n" * (segment["start"] - at), segment["text"]]
        at = segment["end"]
    return "".join(pieces)


class _Answers:
    """What one coder has said so far: a code stands once on a place, and a facet may allow one answer per segment."""

    def __init__(self) -> None:
        self.places: dict[tuple[object, ...], str] = {}
        self.units: dict[tuple[object, ...], str] = {}

    def clash(self, row: Row, facet: Facet | None, where: str) -> str:
        """What forbids a coding beside those before it; '' where nothing does, and it then counts among them."""
        place = (row["document"], row["start"], row["end"], row.get("code_as_coded", row["code"]))
        if place in self.places and row["anchor"] != "sentence":  # two parts of a sentence meet in its other edition
            return f"code '{place[3]}' on this place is already on {self.places[place]}"
        unit = (row["document"], row["segment"], facet.id if facet else "")
        if facet and facet.scale != "multiple" and self.units.get(unit, row["code"]) != row["code"]:
            return f"segment {row['segment']} of '{row['document']}' already has {facet.id} '{self.units[unit]}'; it takes one"
        self.places.setdefault(place, where)
        self.units.setdefault(unit, row["code"])
        return ""


def _declared_editions(manifest: Path) -> dict[str, set[str]]:
    """Checksums that name the same text, sentence by sentence, as documents.csv declares them."""
    editions: dict[str, set[str]] = defaultdict(set)
    if manifest.is_file():
        for row in read_rows(manifest, ("document", "sha256"), ("original_sha256",)):
            same = {row[name][:SHA_DIGITS] for name in ("sha256", "original_sha256") if row[name]}
            for one in same:
                editions[one] |= same
    return editions


def _one_file(path: Path, codes: dict[str, tuple[Facet, Code]], places: _Places, revisions: pd.DataFrame | None) -> list[Row]:
    faults, answers = Faults(path), _Answers()
    if path.stem in MACHINES:
        whose = f"'{path.stem}' is {MACHINES[path.stem]}"
        faults.add(None, f"{whose}, whose suggestions are nobody's coding; name the file after a person")
    placed: list[tuple[Row, Row]] = []  # a row of the file, and where it stands in the text at hand
    written: list[Row] = list(read_rows(path, _NEEDED, FILE_COLUMNS))
    for row in written if revisions is None else carried(written, revisions):
        line, is_open = int(row["line"]), row.get("revision") in ("to decide", "retired")
        if row["coder"] != path.stem:
            faults.add(line, f"coder '{row['coder']}' in the file of '{path.stem}': one file holds one coder")
        if row["code"] not in codes and not is_open:
            faults.add(line, f"code '{row['code']}' is not in the codebook.{did_you_mean(row['code'], codes)}")
        if row["document"] not in places.by_document:
            known = did_you_mean(row["document"], places.by_document)
            faults.add(line, f"document '{row['document']}' is not in the corpus.{known}")
            continue
        place = _placed(row, line, places, faults)
        if place and (row["code"] in codes or is_open):
            placed.append((row, place))
    rows = []
    for row, place in sorted(placed, key=lambda found: found[1]["anchor"] == "moved"):  # who stayed comes before who moved
        facet = codes[row["code"]][0] if row["code"] in codes else None  # no facet: retired, or to decide
        coding = {**row, **place, "facet": facet.id if facet else ""}
        clash = answers.clash(coding, facet, f"line {row['line']}") if place["anchor"] != "orphan" else ""
        if clash and place["anchor"] == "moved":
            coding = {**row, **_orphan(row), "facet": coding["facet"]}
        elif clash:
            faults.add(int(row["line"]), clash)
        rows.append(coding)
    faults.stop()
    return rows if revisions is None else joined(rows)


def _placed(row: dict[str, str], line: int, places: _Places, faults: Faults) -> Row | None:
    """Segment, place and words of a coding in the text at hand, and how it was found; None and a fault where it cannot be."""
    document, quote = row["document"], one_line(row["quote"])
    whole = not row["start"] and not row["end"]
    if not _is_number(row["segment"]) or not (whole or (_is_number(row["start"]) and _is_number(row["end"]))):
        faults.add(line, "segment, start and end must be whole numbers (start and end may both be empty: the whole segment)")
        return None
    number, kinship = int(row["segment"]), places.kinship(row["sha256"], document)
    segment = places.by_number.get((document, number))
    if segment is None and number and (kinship == "edition" or (whole and kinship != "changed")):
        last = max(s["segment"] for s in places.by_document[document])
        faults.add(line, f"document '{document}' has segments 1 to {last}, not {number}")
        return None
    if segment and (whole or kinship == "edition"):
        start, end = segment["start"], segment["end"]
    else:
        start, end = int(row["start"] or 0), int(row["end"] or 0)
    if kinship == "edition":
        return {**places.at(document, start, end), "anchor": "sentence", "changed": False} if segment else _orphan(row)
    changed, words = kinship == "changed", places.words(document, start, end)
    stands = (quote in words if whole else quote == words) if quote else not changed
    if stands and places.home(document, start, end) and not (changed and places.cuts_a_word(document, start, end)):
        kept = {} if whole or changed or not quote else {n: row[n] for n in ("quote", "sha256", "prefix", "suffix")}
        return {**places.at(document, start, end), **kept, "anchor": "exact", "changed": changed}
    if kinship == "same":
        faults.add(line, f"“{quote[:60]}” is not what stands at {start}-{end} of '{document}' (“{words[:60]}”)")
        return None
    found = places.find(row)
    return {**places.at(document, *found), "anchor": "moved", "changed": True} if found else _orphan(row)


def _orphan(row: dict[str, str]) -> Row:
    return {"segment": 0, "start": int(row["start"] or 0), "end": int(row["end"] or 0), "anchor": "orphan", "changed": True}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _table(rows: list[Row], segments: pd.DataFrame, codebook: Codebook, further: Sequence[str] = ()) -> pd.DataFrame:
    order = {document: number for number, document in enumerate(segments["document"].unique())}
    there = [name for name in _CARRIED if name in segments.columns]
    by_number = {(s["document"], s["segment"]): s for s in segments[["document", "segment", *there]].to_dict("records")}
    nowhere: Row = {name: 0 if name == "paragraph" else "" for name in there}  # where an orphan stands
    rows = sorted(rows, key=lambda r: (r["coder"], order[r["document"]], r["start"], r["end"], r["code"]))
    answers = {
        (row["coder"], row["document"], row["segment"], row["facet"]): row["code"] for row in rows if row["anchor"] != "orphan"
    }
    for row in rows:
        home = by_number.get((row["document"], row["segment"]), nowhere)
        row.update({name: home[name] for name in there})
    table = pd.DataFrame(rows, columns=[*FILE_COLUMNS[:4], "facet", *FILE_COLUMNS[4:], "anchor", *further, *there])
    if "revision" in further:
        table["revision"] = pd.Categorical(table["revision"], list(STATES))
    for facet in codebook.facets:
        values = [
            row["code"]
            if row["facet"] == facet.id
            else answers.get((row["coder"], row["document"], row["segment"], facet.id))
            if facet.scale != "multiple"
            else None
            for row in rows
        ]
        table[facet.id] = facet_column(values, facet)
    return table
