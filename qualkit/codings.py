"""Coders' files go in; a table of codings comes out, each checked against the text, the codebook and the segments."""

from __future__ import annotations

import warnings
from collections import defaultdict
from pathlib import Path

import pandas as pd

from qualkit.codebook import Code, Codebook, Facet, facet_column
from qualkit.tables import Faults, csv_bytes, did_you_mean, need_columns, one_line, read_rows, write_whole

FILE_COLUMNS = (
    "document", "segment", "start", "end", "code", "coder", "statement", "memo", "created", "codebook", "sha256", "quote",
    "prefix", "suffix",
)  # fmt: skip
_NEEDED = ("document", "segment", "code", "coder")
_CARRIED = ("heading", "label", "paragraph", "title", "outlet", "kind", "date", "author")
_SHA_DIGITS = 16


def read_codings(folder: str | Path, segments: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """One row per applied code: where, which code, by whom, with the words it was put on.

    Every `<coder>.csv` in the folder is read. A coding is anchored by its place and by the words it was put on. Where
    the text at hand is another edition of the text that was coded (the file `documents.csv` beside the folder says so
    in its column `original_sha256`), a coding is carried over by document and sentence number. Where a text was changed,
    a coding whose words still stand in exactly one segment moves with them; any other stays in the table as an orphan,
    and a warning names it.

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

    Returns
    -------
    DataFrame
        The columns of the files; `facet`; `anchor` (exact, sentence = carried over to another edition, moved, orphan);
        the segment's heading, label and document columns; and one column per facet, whose categories are all codes of
        the facet in order. Facets with one answer per unit (case, status ...) ride along: a sector coding also shows the
        case and status that the same coder gave the segment.

    Raises
    ------
    ValueError
        All faults at once, with file and line: unknown documents, codes or segments, doubled codings, a second answer
        to a facet that allows one, words that are not what stands at the place named.
    """
    need_columns(segments, ("document", "segment", "start", "end", "text"), "segments", "split")
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder}: there is no such folder of codings")
    editions = _declared_editions(folder.parent / "documents.csv")
    places = _Places(segments, editions)
    codes = codebook.codes()
    rows: list[dict[str, object]] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.csv")):
        read = _one_file(path, codes, places)
        rows += read[0]
        faults += read[1]
    if faults:
        raise ValueError("\n".join([f"{len(faults)} faults", *faults] if len(faults) > 1 else faults))
    orphans = [row for row in rows if row["anchor"] == "orphan"]
    if orphans:
        listed = "; ".join(
            f"{r['coder']}: {r['code']} on {r['document']} {r['start']}-{r['end']} “{str(r['quote'])[:60]}”"
            for r in orphans[:10]
        )
        warnings.warn(f"{len(orphans)} codings no longer find their words in the text and are orphans: {listed}", stacklevel=2)
    return _table(rows, segments, codebook)


def write_codings(codings: pd.DataFrame, folder: str | Path) -> list[Path]:
    """Write one file per coder into the folder, sorted by place, and return the paths.

    Nothing a person coded is lost by it: if a coder's file on the disk holds a coding or a memo that the table lacks,
    nothing is written. To take a coding out, edit the file itself, where version control shows it.

    Raises
    ------
    ValueError
        If codings on the disk would be lost, if the table was read on another edition of the texts, or a file cannot be
        written (the old file is then unchanged).
    """
    need_columns(codings, ("document", "segment", "code", "coder", "quote"), "codings", "read_codings")
    if "anchor" in codings and (codings["anchor"] == "sentence").any():
        raise ValueError(
            "these codings were read on another edition of the texts; write them from the edition they were made on"
        )
    folder = Path(folder)
    contents: dict[Path, bytes] = {}
    lost: list[str] = []
    for coder, mine in codings.groupby("coder", sort=True, observed=True):
        path = folder / f"{coder}.csv"
        rows = [
            {name: "" if pd.isna(row.get(name)) else row.get(name, "") for name in FILE_COLUMNS}
            for row in mine.to_dict("records")
        ]
        rows.sort(key=lambda row: (str(row["document"]), int(row["start"] or 0), int(row["end"] or 0), str(row["code"])))
        kept = defaultdict(list)
        for row in rows:
            kept[(row["document"], row["code"], row["quote"])].append(str(row["memo"]))
        for old in read_rows(path, _NEEDED, FILE_COLUMNS) if path.exists() else []:
            memos = kept[(old["document"], old["code"], old["quote"])]
            if not any(old["memo"] in memo for memo in memos):
                what = "memo" if memos else "coding"
                lost.append(
                    f"{path}, line {old['line']}: the {what} {old['code']} on {old['document']} {old['segment']} is not in the table"
                )
        contents[path] = csv_bytes(rows, FILE_COLUMNS)
    if lost:
        raise ValueError("\n".join(["nothing was written, because it would lose what a person coded:", *lost]))
    for path, content in contents.items():
        write_whole(path, content)
    return list(contents)


def code_segments(segments: pd.DataFrame, codes: pd.DataFrame, codebook: Codebook, coder: str, created: str) -> pd.DataFrame:
    """One coding per row of `codes` (columns document, segment, code; statement and memo if there are any), on whole segments.

    What `write_codings` then writes. `created` is the date of the coding (ISO).

    Raises
    ------
    ValueError
        If a row names a segment or a code that does not exist.
    """
    need_columns(codes, ("document", "segment", "code"), "codes", "you (columns document, segment, code)")
    places = _Places(segments, {})
    known = codebook.codes()
    rows = []
    for code in codes.to_dict("records"):
        segment = places.by_number.get((code["document"], int(code["segment"])))
        if segment is None:
            raise ValueError(f"document '{code['document']}' has no segment {code['segment']}")
        if code["code"] not in known:
            raise ValueError(f"code '{code['code']}' is not in the codebook.{did_you_mean(code['code'], known)}")
        rows.append(
            {"statement": "", "memo": "", **{k: v for k, v in code.items() if k in FILE_COLUMNS}, "coder": coder, "created": created,
             "codebook": codebook.version, "facet": known[code["code"]][0].id, "anchor": "exact", **places.anchor(segment)}
        )  # fmt: skip
    return _table(rows, segments, codebook)


class _Places:
    """Where codings may stand: the segments of each document, by number and by offset."""

    def __init__(self, segments: pd.DataFrame, editions: dict[str, set[str]]) -> None:
        self.by_document: dict[str, list[dict[str, object]]] = {}
        for segment in segments.to_dict("records"):
            self.by_document.setdefault(segment["document"], []).append(segment)
        self.by_number = {(s["document"], s["segment"]): s for found in self.by_document.values() for s in found}
        self.editions = editions

    def covered(self, document: str, start: int, end: int) -> list[dict[str, object]]:
        return [s for s in self.by_document[document] if s["start"] < end and start < s["end"]]  # type: ignore[operator]

    def words(self, document: str, start: int, end: int) -> str:
        """What stands at a place, white space as single blanks (between segments there is nothing else)."""
        pieces = []
        for segment in self.covered(document, start, end):
            first = int(segment["start"])  # type: ignore[call-overload]
            pieces.append(str(segment["text"])[max(0, start - first) : end - first])
        return one_line("\n".join(pieces))

    def anchor(self, segment: dict[str, object]) -> dict[str, object]:
        """Place, words and context of a whole segment."""
        fellows = self.by_document[str(segment["document"])]
        at = fellows.index(segment)
        return {
            "segment": segment["segment"],
            "start": segment["start"],
            "end": segment["end"],
            "quote": segment["text"],
            "sha256": str(segment.get("sha256", ""))[:_SHA_DIGITS],
            "prefix": str(fellows[at - 1]["text"])[-30:] if at else "",
            "suffix": str(fellows[at + 1]["text"])[:30] if at + 1 < len(fellows) else "",
        }

    def same_edition(self, coded: str, document: str) -> bool | None:
        """True: the very text that was coded; False: a declared edition of it; None: a text nobody vouches for."""
        here = str(self.by_document[document][0].get("sha256", ""))[:_SHA_DIGITS]
        if not coded or not here or coded == here:
            return True
        return False if here in self.editions.get(coded, set()) else None


def _declared_editions(manifest: Path) -> dict[str, set[str]]:
    """Checksums that name the same text, sentence by sentence, as documents.csv declares them."""
    editions: dict[str, set[str]] = defaultdict(set)
    if manifest.is_file():
        for row in read_rows(manifest, ("document", "sha256"), ("original_sha256",)):
            same = {row[name][:_SHA_DIGITS] for name in ("sha256", "original_sha256") if row[name]}
            for one in same:
                editions[one] |= same
    return editions


def _one_file(path: Path, codes: dict[str, tuple[Facet, Code]], places: _Places) -> tuple[list[dict[str, object]], list[str]]:
    faults = Faults(path)
    rows: list[dict[str, object]] = []
    seen: dict[tuple[object, ...], str] = {}
    answers: dict[tuple[object, ...], str] = {}
    for row in read_rows(path, _NEEDED, FILE_COLUMNS):
        line = int(row.pop("line"))
        if row["coder"] != path.stem:
            faults.add(line, f"coder '{row['coder']}' in the file of '{path.stem}': one file holds one coder")
        if row["code"] not in codes:
            faults.add(line, f"code '{row['code']}' is not in the codebook.{did_you_mean(row['code'], codes)}")
        if row["document"] not in places.by_document:
            faults.add(
                line, f"document '{row['document']}' is not in the corpus.{did_you_mean(row['document'], places.by_document)}"
            )
            continue
        placed = _placed(row, line, places, faults)
        if placed is None or row["code"] not in codes:
            continue
        facet = codes[row["code"]][0]
        found: dict[str, object] = {**row, **placed, "facet": facet.id}
        key = (found["document"], found["start"], found["end"], found["code"])
        if key in seen and found["anchor"] != "sentence":
            faults.add(line, f"code '{row['code']}' on this place is already on line {seen[key]}")
        seen.setdefault(key, str(line))
        unit = (found["document"], found["segment"], facet.id)
        if facet.scale != "multiple" and found["anchor"] != "orphan":
            if answers.get(unit, row["code"]) != row["code"]:
                faults.add(
                    line,
                    f"segment {found['segment']} of '{row['document']}' already has {facet.id} '{answers[unit]}'; it takes one",
                )
            answers.setdefault(unit, row["code"])
        rows.append(found)
    try:
        faults.stop()
    except ValueError as error:
        text = str(error)
        return rows, text.splitlines()[1:] if len(faults.found) > 1 else [text]
    return rows, []


def _placed(row: dict[str, str], line: int, places: _Places, faults: Faults) -> dict[str, object] | None:
    """Segment, place and words of a coding in the text at hand, and how it was found; None and a fault where it cannot be."""
    document = row["document"]
    whole = not row["start"] and not row["end"]
    if not row["segment"].isdigit() or not (whole or (row["start"].isdigit() and row["end"].isdigit())):
        faults.add(line, "segment, start and end must be whole numbers (start and end may both be empty: the whole segment)")
        return None
    segment = places.by_number.get((document, int(row["segment"])))
    same = places.same_edition(row["sha256"], document)
    if whole or same is False:
        if segment is None:
            last = places.by_document[document][-1]["segment"]
            faults.add(line, f"document '{document}' has segments 1 to {last}, not {row['segment']}")
            return None
        return {**places.anchor(segment), "anchor": "exact" if same else "sentence"}
    start, end = int(row["start"]), int(row["end"])
    quote = one_line(row["quote"])
    covered = places.covered(document, start, end)
    if covered and start < end and (places.words(document, start, end) == quote or (same and not quote)):
        return {"segment": covered[0]["segment"], "start": start, "end": end, "anchor": "exact"}
    if same and row["sha256"]:
        faults.add(
            line,
            f"“{quote[:60]}” is not what stands at {start}-{end} of '{document}' (“{places.words(document, start, end)[:60]}”)",
        )
        return None
    homes = [s for s in places.by_document[document] if quote and quote in one_line(str(s["text"]))]
    if len(homes) == 1:
        text = str(homes[0]["text"])
        at = text.find(row["quote"])
        begin = int(homes[0]["start"]) + max(at, 0)  # type: ignore[call-overload]
        stop = begin + len(row["quote"]) if at >= 0 else homes[0]["end"]
        return {"segment": homes[0]["segment"], "start": begin, "end": stop, "anchor": "moved"}
    return {"segment": 0, "start": start, "end": end, "anchor": "orphan"}


def _table(rows: list[dict[str, object]], segments: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    order = {document: number for number, document in enumerate(segments["document"].unique())}
    carried = [name for name in _CARRIED if name in segments.columns]
    by_number = {(s["document"], s["segment"]): s for s in segments[["document", "segment", *carried]].to_dict("records")}
    rows = sorted(
        rows, key=lambda r: (str(r["coder"]), order[str(r["document"])], int(r["start"]), int(r["end"]), str(r["code"]))
    )  # type: ignore[call-overload]
    answers: dict[tuple[object, ...], object] = {}
    for row in rows:
        answers.setdefault((row["coder"], row["document"], row["segment"], row["facet"]), row["code"])
    for row in rows:
        row.update({name: by_number.get((row["document"], row["segment"]), {}).get(name, "") for name in carried})
    columns = [*FILE_COLUMNS[:4], "facet", *FILE_COLUMNS[4:], "anchor", *carried]
    table = pd.DataFrame(rows, columns=columns)
    for facet in codebook.facets:
        if facet.scale == "multiple":
            values = [row["code"] if row["facet"] == facet.id else None for row in rows]
        else:
            values = [answers.get((row["coder"], row["document"], row["segment"], facet.id)) for row in rows]
        table[facet.id] = facet_column(values, facet)
    return table
