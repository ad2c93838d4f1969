"""Coders' files go in; a table of codings comes out, each checked against the text, the codebook and the segments."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.anchors import TO_SETTLE, find_again, letters
from qualkit.codebook import MACHINES, Codebook, facet_column
from qualkit.coderfile import CoderFile, lines_of
from qualkit.placing import Answers, Codes, Places, Row, declared_editions, placed
from qualkit.revision import REVISED, STATES, carried, joined, what_waits
from qualkit.tables import (
    DEVICE,
    Faults,
    as_cell,
    did_you_mean,
    difference,
    folded_name,
    is_day_or_time,
    is_number,
    need_columns,
    one_line,
    read_rows,
    records,
    salvage,
    stop_at,
)

FILE_COLUMNS = (
    "document", "segment", "start", "end", "code", "coder", "statement", "memo", "created", "codebook", "sha256", "quote",
    "prefix", "suffix",
)  # fmt: skip
CODING_KEY = ("document", "segment", "start", "end", "code")  # tells one row of a coder's file from all others
_NEEDED = ("document", "segment", "code", "coder")
_ANCHOR = ("segment", "start", "end", "sha256", "quote", "prefix", "suffix")  # what is read off the text, not said by a coder
_MADE = ("created", "codebook")  # when a coding was made: a step that is done again makes no other coding
_CARRIED = ("heading", "speaker", "label", "paragraph", "title", "outlet", "kind", "date", "author", "edition", "reference")
_SHOWN = 5  # rows that a message names
_ON_PURPOSE = (
    "Give all codings of a coder, as read_codings reads them, with what you add. To change or take out one on purpose: at the desk "
    "(Del takes it out), or in the file itself and then type qualkit log --by YOU --why REASON."
)
_READ_AGAIN = (
    "If the table was read before that, read the codings again and add to those. To bring one back on purpose: at the desk, or "
    "with put_back from the trash (removed_rows)."
)
_TO_SETTLE = (
    "coder", "document", "code", "memo", "anchor", "before", "quote", "after", "place", "segment", "start", "end", "before_now",
    "quote_now", "after_now",
)  # fmt: skip


def read_codings(
    folder: str | Path, segments: pd.DataFrame, codebook: Codebook, revisions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per applied code: where, which code, by whom, with the words it was put on.

    Every `<coder>.csv` in the folder is read. A coding is anchored by its place and by the words it was put on. Where
    the text at hand is another edition of the text that was coded (the file `documents.csv` beside the folder says so
    in its column `original_sha256`), a coding is carried over by document and sentence number. Where a text was changed,
    its words are looked for again, and a warning says per document what was found. Another names codings on page furniture.

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
        The columns of the files; `facet`; `anchor`; the segment's heading, label and document columns; and one column per
        facet, whose categories are all codes of the facet in order. Facets with one answer per unit (case, status ...) ride
        along: a sector coding also shows the case and status that the same coder gave the segment.

        `anchor` is exact (in its place), sentence (carried over to another edition), moved (the same words, in another
        place), changed (in the likeliest place, which a person reviews: other words between what stood before and after, or the same
        words in other surroundings), ambiguous (in one of several places, or in one that may be another passage) or orphan
        (its words are gone, or another coding has taken their place). Changed ones count where they stand now, and keep
        the words and context they were coded with; ambiguous ones and orphans are in no segment (0) and so in no count.
        `to_settle` lists all three.

        Where revisions are given: `code` is the code of today, `code_as_coded` that of the file, `revision` (a categorical: as
        coded, carried, decided, joined, to decide, retired) what happened, `revised_by` the lines of the revisions. Codings
        that are retired or to decide keep their old code, have no facet ("") and so are in no count; a warning names those to decide.

    Raises
    ------
    ValueError
        All faults at once, with file and line: unknown documents, codes or segments, doubled codings, a second answer
        to a facet that allows one, words that are not what stands at the place named. Where a text was changed, the last three are
        none: such a coding is an orphan.

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
    editions = declared_editions(folder.parent / "documents.csv")
    places = Places(segments, editions)
    codes = codebook.codes()
    rows: list[Row] = []
    faults: list[str] = []
    for path in sorted(folder.glob("[!~]*.csv")):  # "~$" begins the lock of an open spreadsheet
        try:
            rows += _one_file(path, codes, places, revisions)
        except ValueError as error:
            faults += [line for line in str(error).splitlines() if not re.fullmatch(r"\d+ faults", line)]
    stop_at(faults)
    if edited := [row for row in rows if row["edited"]]:
        warnings.warn(_what_changed(edited), stacklevel=2)
    if waiting := what_waits(rows):
        warnings.warn(waiting, stacklevel=2)
    table = codings_table(rows, segments, codebook, () if revisions is None else REVISED[1:])
    if "label" in table and (table["label"] == "boilerplate").any():
        places_on = table.loc[table["label"] == "boilerplate", ["coder", "document", "segment", "code"]].drop_duplicates()
        listed = "; ".join(f"{c}: {code} on {d} {n}" for c, d, n, code in places_on.head(10).itertuples(index=False))
        warnings.warn(f"codings on page furniture, not on content ({len(places_on)}): {listed}", stacklevel=2)
    return table


_BECAME = {
    "exact": "stand where they stood",
    "moved": "moved with their words",
    "changed": "stand in changed words or surroundings and are to be reviewed",
    "ambiguous": "may stand in several places",
    "orphan": "no longer find their words and are orphans",
}


def _what_changed(rows: list[Row]) -> str:
    """A line per document whose text is not the one that was coded, and one per passage to be settled, up to ten."""
    lines = []
    for document in dict.fromkeys(row["document"] for row in rows):
        found = Counter(row["anchor"] for row in rows if row["document"] == document)
        became = ", ".join(f"{found[anchor]} {told}" for anchor, told in _BECAME.items() if found[anchor])
        lines.append(f"document '{document}' is not the text that was coded; of its codings ({found.total()}) {became}")
    unsettled: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        if row["anchor"] in TO_SETTLE:
            quote, now = one_line(row["quote"]), [one_line(place["quote"]) for place in row["candidates"][:3]]
            starts = [place["start"] for place in row["candidates"][:3]]
            places = "; ".join(f"{_around(words, quote)} at {start}" for words, start in zip(now, starts, strict=True))
            there = {"changed": ", now ", "ambiguous": ", perhaps ", "orphan": ", not unlike "}[row["anchor"]] if places else ""
            told = f"on {row['document']}: {_around(quote, now[0] if now else quote)}{there}{places}"
            unsettled.setdefault((row["anchor"], row["coder"], told), []).append(row["code"])
    for (anchor, coder, told), codes in list(unsettled.items())[:10]:
        lines.append(f"{anchor}: {coder}, {', '.join(codes)} {told}")
    if unsettled:
        them = "them" if len(unsettled) <= 10 else f"these and {len(unsettled) - 10} more"
        lines.append(f"qk.to_settle(codings, segments) lists {them} with their context; at the desk press T")
    return "\n".join(lines)


def _around(text: str, other: str) -> str:
    """Sixty letters of a text, cut so that one sees where it begins to differ from another."""
    both = zip(text, other, strict=False)
    same = next((number for number, (one, another) in enumerate(both) if one != another), min(len(text), len(other)))
    begin = max(0, same - 30) if text != other and len(text) > 60 else 0
    return f"“{'…' * (begin > 0)}{text[begin : begin + 60]}{'…' * (begin + 60 < len(text))}”"


def to_settle(codings: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """One row per coding that a person must settle because its text was changed, and per place where its words may stand now.

    Parameters
    ----------
    codings
        What `read_codings` returns. Codings that are changed, ambiguous or orphans are listed.
    segments
        The table they were read on.

    Returns
    -------
    DataFrame
        `coder`, `document`, `code`, `memo`, `anchor`; `before`, `quote`, `after`: the words as they were coded, with their
        context; `place`: 1 for the likeliest, 2 and so on, 0 where there is none; `segment`, `start`, `end` of the place, and
        `before_now`, `quote_now`, `after_now`: what stands there today.

    Examples
    --------
    >>> from qualkit import read_codebook, read_codings, read_corpus, split
    >>> segments = split(read_corpus("corpus"), into="sentences")
    >>> codings = read_codings("corpus/codings", segments, read_codebook("codebook.yaml"))
    >>> len(to_settle(codings, segments))  # the texts are those that were coded
    0
    """
    need_columns(codings, (*FILE_COLUMNS, "anchor"), "codings", "read_codings")
    need_columns(segments, ("document", "segment", "start", "end", "text"), "segments", "split")
    places = Places(segments, {})
    rows: list[Row] = []
    unsettled = codings[codings["anchor"].isin(TO_SETTLE) & codings["document"].isin(list(places.texts))]
    for coding in unsettled.to_dict("records"):
        quote, before, after, document = (coding[name] for name in ("quote", "prefix", "suffix", "document"))
        kept = {name: coding[name] for name in ("coder", "document", "code", "memo", "anchor")}
        kept |= {"before": before, "quote": quote, "after": after, "place": 0, "segment": 0, "start": 0, "end": 0}
        kept |= {"before_now": "", "quote_now": "", "after_now": ""}
        found: tuple[tuple[int, int], ...] = ((coding["start"], coding["end"]),)
        if coding["anchor"] != "changed":
            again = find_again(quote, before, after, coding["start"], places.texts[document])
            found = again.candidates or (((again.start, again.end),) if again.end else ())
        for number, place in enumerate(found, 1):
            today = places.at(document, *place)
            now = {f"{name}_now": today[part] for name, part in (("before", "prefix"), ("quote", "quote"), ("after", "suffix"))}
            rows.append({**kept, "place": number, **{name: today[name] for name in ("segment", "start", "end")}, **now})
        if not found:
            rows.append(kept)
    return pd.DataFrame(rows, columns=[*_TO_SETTLE])


def write_codings(codings: pd.DataFrame, folder: str | Path, why: str = "", by: str = "") -> list[Path]:
    """Write one file per coder into the folder, sorted by place, and return the paths.

    Nothing a person coded is lost by it: if a coder's file on the disk holds a coding, a memo or a statement's id that the
    table lacks, nothing is written. To take a coding out, do it at the desk or edit the file itself, and log it (`log_changes`).
    Nor is what was so taken out or changed brought back by a table read before. What another program adds to a file meanwhile
    stays in it, and so does the time at which a coding was made that the table says again.

    Each file that changes gets a line in `audit.jsonl` beside it (`read_audit`): who, the time, the checksums before
    and after, the rows added and taken out, the versions of the codebook its codings name, and `why`, the reason in words. The
    version before is kept (`backups`).

    Codings that moved get the place of today, with its words and checksum. Those that are changed, ambiguous or orphans keep the
    place and the words they were coded with, until a person settles them.

    Parameters
    ----------
    codings
        What `read_codings` or `code_segments` returns: of each coder in it all codings.
    folder
        The folder of the coders' files.
    why
        The reason, in words, for the log.
    by
        Who writes, for the log. Where nobody is named the log names each coder for the own file; and if the table holds several
        coders, files stay as they are in which no coder would have said anything else: where only empty cells would be filled in
        (of a file made by hand), or places that moved.

    Raises
    ------
    ValueError
        If codings on the disk would be lost, or such brought back as were taken out, if the table was read on another edition of
        the texts, if it holds suggestions of the codebook, if a coder's name cannot be the name of a file or differs only in
        capitals from that of a file there, if a file is gone, emptied, damaged or has other columns, or a file or the log cannot
        be written (the old file is then unchanged).

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
    check_coders(codings["coder"], folder)
    said = [told] if (told := another_folder(folder)) else []
    changes: list[tuple[CoderFile, list[Row], list[Row], str]] = []
    faults: list[str] = []
    lost: list[str] = []
    brought: list[str] = []
    coders = [(str(coder), mine) for coder, mine in codings.groupby("coder", sort=True, observed=True)]
    for coder, mine in coders:
        file = CoderFile(folder / f"{coder}.csv", FILE_COLUMNS, CODING_KEY, by or coder)
        coded = records(mine)
        rows: list[Row] = [{name: as_cell(coding.get(name)) for name in FILE_COLUMNS} for coding in coded]
        for row, coding in zip(rows, coded, strict=True):
            if as_cell(coding.get("revision")) not in ("", "as coded"):  # a file keeps the codes it was made with
                row["code"] = as_cell(coding["code_as_coded"])
            if coding.get("anchor") in TO_SETTLE:
                row["anchor"] = coding["anchor"]
        new, gone = difference(rows, file.rows)
        made = {_but_made(row): row for row in gone}
        for row in new:
            old = made.pop(_but_made(row), {})
            row.update({name: old[name] for name in _MADE if old.get(name)})
        new, gone = difference(rows, file.rows)
        lost += [f"{file.path}, line {line}: the {what} is not in the table" for line, what in _lost(file.path, gone, new)]
        rows = [{name: row[name] for name in FILE_COLUMNS} for row in rows]
        new, gone = difference(rows, file.rows)
        is_said = by or len(coders) == 1 or any(difference(_without(new), _without(gone)))
        if is_said and (new or gone):
            said += file.notices
            faults += [file.obstacle] if file.obstacle else _twice(file, rows)
            brought += [
                f"{file.path}: {row['code']} on {row['document']} {row['segment']}: {whom}"
                for row, whom in file.taken_out(new, _ANCHOR[1:])
            ]
            versions = ", ".join(sorted({row["codebook"] for row in rows if row["codebook"]}))
            changes.append((file, new, gone, versions))
    stop_at(faults)
    for harm, rows_told, way_out in (
        ("lose what a person coded", lost, _ON_PURPOSE),
        ("bring back what was taken out", brought, _READ_AGAIN),
    ):
        if rows_told:
            more = [f"and {len(rows_told) - _SHOWN} more"] if len(rows_told) > _SHOWN else []
            first = f"nothing was written, because it would {harm}:"
            raise ValueError("\n".join([first, *rows_told[:_SHOWN], *more, way_out]))
    for file, new, gone, versions in changes:
        said += file.change(new, gone, why, versions, how="write_codings")
    if said:
        warnings.warn("\n".join(said), stacklevel=2)
    return [folder / f"{coder}.csv" for coder, _ in coders]


def coders_in(folder: Path) -> set[str]:
    """Who has a file in a folder; hidden files and the locks of open spreadsheets are nobody's."""
    return {path.stem for path in folder.glob("[!~.]*.csv")}


def check_coders(coders: pd.Series[Any], folder: Path | None = None) -> None:
    """Refuse names that cannot be those of files, in a folder beside the files that are there."""
    there = [path.stem for path in folder.glob("[!~]*.csv")] if folder else []
    names: dict[str, str] = {}
    for coder in coders.unique():
        if coder in MACHINES:
            raise ValueError(
                f"coder '{coder}' is {MACHINES[coder]}: its suggestions are nobody's coding. Leave them out, or "
                "give those a person accepts that person's name with code_segments."
            )
        if not isinstance(coder, str) or not re.fullmatch(r"\w(?:[\w .-]*\w)?", coder) or DEVICE.fullmatch(coder):
            raise ValueError(f"coder '{coder}' cannot be the name of a file: use letters, digits, '-', '_' and '.'")
        same = folded_name(coder)
        if names.setdefault(same, coder) != coder:
            raise ValueError(f"coders '{names[same]}' and '{coder}' would share one file on some computers; choose one name")
        for other in there if coder not in there else ():
            if folded_name(other) == same:
                raise ValueError(
                    f"coder '{coder}': {folder} has a file of '{other}', and on some computers both names are one file. "
                    f"If it is the same person, write '{other}'; else choose another name."
                )


def coder_folders(home: Path) -> list[Path]:
    """The folders in a folder that hold coders' files, known by their columns."""
    found = set()
    for path in home.glob("[!.]*/[!~.]*.csv"):
        with contextlib.suppress(OSError), path.open("rb") as file:
            if {*_NEEDED} <= {*salvage(file.readline()).columns}:
                found.add(path.parent)
    return sorted(found)


def another_folder(folder: Path) -> str:
    """What is to be said of a folder that is not there yet, where others beside it hold coders' files; else ''."""
    others = [] if folder.exists() else coder_folders(folder.parent)
    if not others:
        return ""
    return f"{folder} is a new folder, and a study reads one folder of codings.{did_you_mean(str(folder), map(str, others))}"


def _without(rows: list[Row]) -> list[Row]:
    """What a coder said in rows, wherever it stands."""
    return [{name: value for name, value in row.items() if name not in _ANCHOR} for row in rows]


def _but_made(row: Row) -> tuple[str, ...]:
    """All that a row holds but when it was made."""
    return tuple(row[name] for name in FILE_COLUMNS if name not in _MADE)


def _twice(file: CoderFile, rows: list[Row]) -> list[str]:
    """Rows of a table that say different things of one code on one place, so that only one of them could be kept."""
    often = Counter(file.key_of(dict(row)) for row in {tuple(row.items()) for row in rows})
    named = ((" ".join(filter(None, key)), count) for key, count in often.items() if count > 1)
    return [
        f"{name} stands {count} times in the table, with other words; {file.path} can hold it once" for name, count in named
    ]


def _lost(path: Path, old: list[dict[str, str]], new: list[Row]) -> list[tuple[int, str]]:
    """What the file on the disk holds and the rows to be written do not, by line; each row can stand for one coding only."""
    by_words: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    by_segment: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in new:
        by_words[row["document"], row["code"], letters(row["quote"])].append(row)
        by_segment[row["document"], row["code"], row["segment"]].append(row)
    taken: set[int] = set()
    lost = []
    for coding in sorted(old, key=lambda row: -len(row["memo"])):
        if coding["quote"]:
            fellows = by_words[coding["document"], coding["code"], letters(coding["quote"])]
        else:
            fellows = by_segment[coding["document"], coding["code"], coding["segment"]]
        same = [row for row in fellows if id(row) not in taken]
        whole = [
            row
            for row in same
            if coding["memo"] in row["memo"] and set(coding["statement"].split()) <= set(row["statement"].split())
        ]
        if whole:
            found = min(whole, key=lambda row: sum(row[name] != coding[name] for name in FILE_COLUMNS))
            taken.add(id(found))
            if "anchor" in found or found["segment"] == "0":  # stays where it was coded
                found.update({name: coding[name] for name in ("segment", "start", "end")})
        else:
            missing = next(
                (name for name in ("memo", "statement") if same and all(coding[name] not in row[name] for row in same)),
                "coding",
            )
            what = {"coding": "coding", "memo": "memo of", "statement": "statement of"}[missing]
            lost.append((coding, f"{what} {coding['code']} on {coding['document']} {coding['segment']}"))
    lines = lines_of(path, FILE_COLUMNS) if lost else {}
    return sorted((lines.get(tuple(coding.values()), [0])[0], what) for coding, what in lost)


def code_segments(segments: pd.DataFrame, codes: pd.DataFrame, codebook: Codebook, coder: str, created: str) -> pd.DataFrame:
    """One coding per row of `codes` (columns document, segment, code; statement and memo if there are any), on whole segments.

    What `write_codings` then writes. `created` is the date of the coding (ISO). A column facet in `codes` is named in messages.

    Raises
    ------
    ValueError
        All faults at once: documents, segments and codes that do not exist, a row without a code, a code that stands twice on a
        segment, a second answer to a facet that allows one. If `created` is no date.

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
    places, known, answers = Places(segments, {}), codebook.codes(), Answers()
    if coder not in MACHINES:
        check_coders(pd.Series([coder]))
    if created and not is_day_or_time(str(created)):
        raise ValueError(f"created='{created}' is no date such as 2026-11-22")
    rows: list[Row] = []
    faults: list[str] = []
    for number, code in enumerate(codes.to_dict("records"), 1):
        written = {name: as_cell(value) for name, value in code.items() if name in FILE_COLUMNS}
        document, at = written["document"], written["segment"]
        where = f"row {number} of codes ({', '.join(filter(None, (f'{document} {at}'.strip(), as_cell(code.get('facet')))))})"
        segment = places.by_number.get((document, int(at) if is_number(at) else 0))
        if document not in places.by_document:
            faults.append(f"{where}: there is no document '{document}'.{did_you_mean(document, places.by_document)}")
        elif segment is None:
            faults.append(f"{where}: document '{document}' has no segment {at or '(empty)'}")
        if not written["code"]:
            faults.append(f"{where}: the code is empty; leave such rows out: codes.dropna(subset=['code'])")
        elif code["code"] not in known:
            faults.append(f"{where}: code '{code['code']}' is not in the codebook.{did_you_mean(code['code'], known)}")
        if segment is None or code["code"] not in known:
            continue
        facet = known[code["code"]][0]
        row = {"statement": "", "memo": "", **written, "coder": coder, "created": created, "codebook": codebook.version,
               "facet": facet.id, "anchor": "exact",
               **places.at(segment["document"], segment["start"], segment["end"])}  # fmt: skip
        clash = "" if coder in MACHINES else answers.clash(row, facet, f"row {number}")  # suggestions may name several answers
        if clash:
            faults.append(f"{where}: {clash}")
        rows.append(row)
    stop_at(faults)
    return codings_table(rows, segments, codebook)


def _one_file(path: Path, codes: Codes, places: Places, revisions: pd.DataFrame | None) -> list[Row]:
    faults = Faults(path)
    if path.stem in MACHINES:
        whose = f"'{path.stem}' is {MACHINES[path.stem]}"
        faults.add(None, f"{whose}, whose suggestions are nobody's coding; name the file after a person")
    written: list[Row] = list(read_rows(path, _NEEDED, FILE_COLUMNS))
    rows = placed(written if revisions is None else carried(written, revisions), places, codes)
    for row in rows:
        if row["coder"] != path.stem:
            faults.add(int(row["line"]), f"coder '{row['coder']}' in the file of '{path.stem}': one file holds one coder")
        if row["anchor"] == "damaged":
            faults.add(int(row["line"]), row["problem"])
    faults.stop()
    return rows if revisions is None else joined(rows)


def codings_table(rows: list[Row], segments: pd.DataFrame, codebook: Codebook, further: Sequence[str] = ()) -> pd.DataFrame:
    order = {document: number for number, document in enumerate(segments["document"].unique())}
    there = [name for name in _CARRIED if name in segments.columns]
    by_number = {(s["document"], s["segment"]): s for s in segments[["document", "segment", *there]].to_dict("records")}
    nowhere: Row = {name: 0 if name == "paragraph" else "" for name in there}  # where an orphan stands
    rows = sorted(rows, key=lambda r: (r["coder"], order[r["document"]], r["start"], r["end"], r["code"]))
    answers = {(row["coder"], row["document"], row["segment"], row["facet"]): row["code"] for row in rows if row["segment"]}
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
