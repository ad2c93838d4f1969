"""A coder's files and texts go in; the steps a coder takes, each checked, saved and undone on its own, come out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from qualkit.codebook import Facet
from qualkit.codings import FILE_COLUMNS
from qualkit.graphemes import cuts_a_character
from qualkit.sheets import PLACED, REJECTED_COLUMNS, Coding, Ghost, Sheets
from qualkit.tables import did_you_mean, number_of, one_line


class OneAnswer(ValueError):
    """The segment has another answer to a facet that takes one: refused until the person says that it is to be replaced."""


@dataclass(frozen=True)
class Step:
    """One saved step: the rows it added to one of the coder's files, and those it took out."""

    file: str
    why: str
    added: tuple[dict[str, str], ...]
    removed: tuple[dict[str, str], ...] = ()


class Sitting(Sheets):
    """One coder at the texts, with the verbs that change what is coded, read, rejected and proposed.

    Every verb has its change on the disk when it returns. Where it cannot, it raises a ValueError in words and nothing has
    changed. Steps can be undone without limit, as long as the sitting lasts; to undo is a step of its own in the log.
    """

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self.saves = 0  # how often something was saved

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps can be undone, and how many done again."""
        return len(self._done), len(self._undone)

    def apply(
        self,
        document: str,
        start: int,
        end: int,
        code: str,
        quote: str,
        *,
        memo: str = "",
        replace: bool = False,
    ) -> None:
        """Put a code on a stretch of text, which must read as `quote`.

        Raises OneAnswer where the facet takes one answer and the segment has another; with `replace` that one is taken out, if
        it is the one that was last shown.
        """
        self._apply(self._ready(), document, start, end, code, quote, memo, replace)

    def _apply(
        self,
        shown: Mapping[str, Coding],
        document: str,
        start: int,
        end: int,
        code: str,
        quote: str,
        memo: str,
        replace: bool,
        why: str = "",
    ) -> None:
        if code not in self.facets:
            raise ValueError(f"code '{code}' is not in the codebook.{did_you_mean(code, self.facets)}")
        place = self._at(document, start, end, quote)
        others = self._answers(document, int(place["segment"]), code)
        if any(not replace or other.id not in shown or shown[other.id].row != other.row for other in others):
            raise _one_answer(self.facets[code], others)
        row = {**dict.fromkeys(FILE_COLUMNS, ""), "document": document, **place, "code": code, "coder": self.coder,
               "memo": _written(memo), "created": self._time(), "codebook": self.codebook.version}  # fmt: skip
        self._once("codings", row)
        self._do("codings", why or f"{code} on {document} {place['segment']}", [row], [other.row for other in others])

    def in_vivo(self, document: str, start: int, end: int, label: str, quote: str, *, memo: str = "") -> None:
        """Propose a code in the words of the text; it is no coding until the codebook has the code."""
        self._ready()
        label = one_line(_written(label, "a label"))
        if not label:
            raise ValueError("a code in the text's own words needs a label")
        if label in self.facets:
            raise ValueError(f"the codebook has the code '{label}': apply it")
        row = {"document": document, **self._at(document, start, end, quote), "label": label, "memo": _written(memo),
               "created": self._time()}  # fmt: skip
        self._once("in-vivo", row)
        self._do("in-vivo", f"proposed '{label}' on {document} {row['segment']}", [row])

    def remove(self, id: str) -> None:
        """Take a coding (or a proposal) out of the file; the log keeps it."""
        coding = self._find(id)
        self._do(coding.file, f"removed {_named(coding)}", [], [coding.row])

    def memo(self, id: str, memo: str, was: str | None = None) -> None:
        """Write the memo of a coding, which read `was` when the writing began; nothing else of the row changes."""
        coding = self._find(id)
        if was is not None and was != coding.row["memo"]:
            raise ValueError(
                f"the memo of {_named(coding)} was changed while you wrote; it now reads “{coding.row['memo'][:200]}”. "
                "Nothing was saved"
            )
        if _written(memo) != coding.row["memo"]:
            self._do(coding.file, f"memo of {_named(coding)}", [{**coding.row, "memo": memo}], [coding.row])

    def move(self, id: str, start: int, end: int, quote: str) -> None:
        """Move the boundaries of a coding."""
        coding = self._find(id)
        self._put(coding, start, end, quote, f"moved the boundaries of {_named(coding)} to {start}-{end}")

    def accept(self, id: str, *, replace: bool = False) -> None:
        """Make a suggestion the person's own coding."""
        shown, ghost = self._ready(), self._ghost(id)
        why = f"accepted the suggestion of {ghost.coder}" + (f": {ghost.matched}" if ghost.matched else "")
        quote = self.texts[ghost.document][ghost.start : ghost.end]
        self._apply(shown, ghost.document, ghost.start, ghost.end, ghost.code, quote, "", replace, why)

    def reject(self, id: str, why: str = "") -> None:
        """Turn a suggestion down; it is not shown again, in a changed text wherever its words stand in the document."""
        self._ready()
        ghost = self._ghost(id)
        place = self._at(ghost.document, ghost.start, ghost.end, self.texts[ghost.document][ghost.start : ghost.end])
        row = {name: place.get(name, "") for name in REJECTED_COLUMNS}
        row |= {"document": ghost.document, "code": ghost.code, "why": _written(why, "a reason"), "created": self._time()}
        named = f"{ghost.code} on {ghost.document} {ghost.segment}"
        self._do("rejected", f"rejected the suggestion of {ghost.coder}: {named}" + (f" ({why})" if why else ""), [row])

    def mark_read(self, document: str, segment: int, value: bool = True) -> None:
        """Say that a segment was read and needs no code, or take that back."""
        self._ready()
        if not isinstance(value, bool):
            raise ValueError(f"a segment is read (True) or not read (False), not {value!r}")
        home = self.segment(document, segment)
        marks = [r for r in self.files["read"].rows if r["document"] == document and r["segment"] == str(segment)]
        if value == any(map(self._holds, marks)):
            raise ValueError(f"segment {segment} of '{document}' is {'already' if value else 'not'} marked as read")
        place = {name: str(home[name]) for name in ("segment", "start", "end")}
        row = {"document": document, **place, "created": self._time(), "sha256": self.places.checksum(document)}
        # A mark on an earlier version of the text gives way to the new one.
        self._do("read", f"{'read' if value else 'not read'}: {document} {segment}", [row] if value else [], marks)

    def settle(
        self, id: str, choice: int | str = "", start: int | None = None, end: int | None = None, quote: str | None = None
    ) -> None:
        """Say where a coding belongs whose text was changed.

        `choice` is the number of one of its candidates, or "keep": one found in altered words stays there, one found nowhere is
        left as it is and not asked about again in this sitting, and nothing is saved. Without either: `start`, `end` and `quote`.
        """
        coding = self._find(id)
        if choice == "keep" and not coding.stands:
            self._kept.add(id)
            return
        if choice == "keep" and coding.anchor == "exact":
            raise ValueError(f"there is nothing to settle: {_named(coding)} stands on the words it was put on")
        if choice == "keep":
            start, end = coding.start, coding.end
        elif isinstance(choice, int):
            if not 0 <= choice < len(coding.candidates):
                raise ValueError(
                    f"choice {choice}: {_named(coding)} has {number_of(len(coding.candidates), 'place')} to choose from"
                )
            start, end = coding.candidates[choice]["start"], coding.candidates[choice]["end"]
        elif start is None:
            raise ValueError(f"to settle {_named(coding)}, choose a place or select the words it belongs to")
        if quote is None:
            quote = self.texts[coding.document][start:end]
        was = f"{coding.anchor}, “{one_line(coding.row['quote'])[:60]}”"
        self._put(coding, start, end, quote, f"settled {_named(coding)} ({was}): now at {start}-{end}")

    def undo(self) -> Step:
        """Take the last step back, as a step of its own in the log; where another notebook stands in the way it is refused and stays."""
        self._ready()
        if not self._done:
            raise ValueError("there is nothing to undo")
        last = self._done[-1]
        back = Step(last.file, f"undo: {last.why}", last.removed, last.added)
        self._again(back)
        self._undone.append(self._done.pop())
        return back

    def redo(self) -> Step:
        """Do again what was undone last."""
        self._ready()
        if not self._undone:
            raise ValueError("there is nothing to do again")
        step = self._undone[-1]
        self._again(Step(step.file, f"redo: {step.why}", step.added, step.removed))
        self._done.append(self._undone.pop())
        return step

    # --- a step ---

    def _ready(self) -> dict[str, Coding]:
        """Take in what others did meanwhile, and give the codings as they were last shown."""
        shown = self._by_id
        self.refresh()
        if self.read_only:
            raise ValueError(f"nothing was changed: {self.read_only}")
        return shown

    def _do(self, file: str, why: str, added: Iterable[dict[str, str]], removed: Iterable[dict[str, str]] = ()) -> None:
        step = Step(file, why, tuple(added), tuple(removed))
        self._save(step)
        self._done.append(step)
        self._undone.clear()

    def _save(self, step: Step) -> None:
        check = partial(self._check_answers, step) if step.file == "codings" and step.added else None
        self._said += self.files[step.file].change(step.added, step.removed, step.why, self.codebook.version, check)
        self.saves += 1
        if step.file in PLACED and len(step.added) == len(step.removed) == 1:  # a coding keeps its id when it moves
            old, new = (self._key(step.file, row) for row in (step.removed[0], step.added[0]))
            if old[-1] == new[-1]:
                self._ids[new] = self._ids.pop(old)
        self._place()

    def _check_answers(self, step: Step, rows: Sequence[dict[str, str]]) -> None:
        """Refuse a second answer where another notebook gave one between the last look at the file and now."""
        known = {tuple(row.values()) for row in (*self.files[step.file].rows, *step.added)}
        news = [row for row in rows if tuple(row.values()) not in known and row["document"] in self.texts]
        given = self._found(step.file, news)
        for coding in self._found(step.file, step.added) if given else ():
            if others := self._others(coding, given):
                raise _one_answer(self.facets[coding.code], others)

    def _again(self, step: Step) -> None:
        """Save a step that undoes or repeats another one, if what others did meanwhile leaves room for it."""
        for row in step.added:
            key = self._key(step.file, row)
            if any(self._key(step.file, other) == key and other not in step.removed for other in self.files[step.file].rows):
                raise ValueError(
                    f"another notebook has put the same there meanwhile: {key[-1]} on {row['document']} {row['segment']}"
                )
        for coding in self._found(step.file, step.added) if step.file == "codings" else ():
            others = [other for other in self._others(coding) if other.row not in step.removed]
            if others:
                raise ValueError(f"it was answered otherwise meanwhile: {_one_answer(self.facets[coding.code], others)}")
        self._save(step)

    def _put(self, coding: Coding, start: Any, end: Any, quote: Any, why: str) -> None:
        """Rewrite a row for another place: in the words, the context and with the checksum of the text at hand."""
        row = {**coding.row, **self._at(coding.document, start, end, quote)}
        if row == coding.row:
            return
        if coding.file == "codings":
            [moved] = self._found("codings", [row])
            others = [other for other in self._others(moved) if other.id != coding.id]
            if others:
                raise ValueError(str(_one_answer(self.facets[coding.code], others)))
        self._once(coding.file, row, coding)
        self._do(coding.file, why, [row], [coding.row])

    def _others(self, coding: Coding, given: Iterable[Coding] | None = None) -> list[Coding]:
        """The other answers on the segment of a coding, where its facet takes only one."""
        return self._answers(coding.document, coding.segment, coding.code, given) if coding.stands else []

    def _answers(self, document: str, segment: int, code: str, given: Iterable[Coding] | None = None) -> list[Coding]:
        facet = self.facets.get(code)
        if facet is None or facet.scale == "multiple":
            return []
        among = (
            self.codings(document)
            if given is None
            else [other for other in given if other.document == document and other.stands]
        )
        here = [other for other in among if other.file == "codings" and other.segment == segment]
        return [other for other in here if other.code != code and self.facets.get(other.code) is facet]

    def _once(self, file: str, row: dict[str, str], but: Coding | None = None) -> None:
        """Refuse what is there already, in the text or, under a place that no longer holds, in the file."""
        key, label = self._key(file, row), row["label" if file == "in-vivo" else "code"]
        for coding in self._sheet(row["document"]).codings:
            if coding.file != file or coding.code != label or (but and coding.id == but.id):
                continue
            if coding.stands and (str(coding.start), str(coding.end)) == (row["start"], row["end"]):
                raise ValueError(f"'{label}' is already on these words of '{row['document']}'")
            if self._key(file, coding.row) == key:
                raise ValueError(f"a coding '{label}' that waits to be settled is filed under this place; settle it first")

    def _at(self, document: str, start: Any, end: Any, quote: Any) -> dict[str, str]:
        """The cells that say where a stretch of text stands, after everything that can be wrong with it."""
        text = self.texts[self._known(document)]
        if any(isinstance(n, bool) or not isinstance(n, int) for n in (start, end)) or not 0 <= start < end <= len(text):
            raise ValueError(f"{start}-{end} is no place in '{document}', which has {number_of(len(text), 'character')}")
        words = text[start:end]
        if words != quote:
            raise ValueError(f"“{str(quote)[:60]}” is not what stands at {start}-{end} of '{document}' (“{words[:60]}”)")
        if not words.strip():
            raise ValueError(f"at {start}-{end} of '{document}' there is nothing but white space")
        if cuts_a_character(text, start) or cuts_a_character(text, end):
            raise ValueError(f"{start}-{end} of '{document}' begins or ends within a character; take it in whole")
        return {name: str(value) for name, value in self.places.at(document, start, end).items()}

    def _find(self, id: str) -> Coding:
        """A coding as it was last shown; where others changed it since, the file refuses to change it, and says who did what."""
        shown = self._ready()
        if id not in shown:
            raise ValueError("this coding is no longer in your file; another notebook may have taken it out")
        return shown[id]

    def _ghost(self, id: str) -> Ghost:
        for ghost in self.ghosts(self._ghosts[id].document) if id in self._ghosts else ():
            if ghost.id == id:
                return ghost
        raise ValueError("this suggestion is no longer open: it was accepted, rejected, or is not shown to you")

    def _time(self) -> str:
        return self._now().astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _one_answer(facet: Facet, others: Sequence[Coding]) -> OneAnswer:
    codes = " and ".join(f"'{other.code}'" for other in others)
    there = f"segment {others[0].segment} of '{others[0].document}' already has {facet.id} {codes}"
    return OneAnswer(f"{there}; {facet.id} takes one answer")


def _named(coding: Coding) -> str:
    return f"{coding.code} on {coding.document} {coding.segment if coding.stands else coding.row['segment']}"


def _written(text: Any, what: str = "a memo") -> str:
    """A text that a file can hold."""
    if not isinstance(text, str):
        raise ValueError(f"{what} is a text, not {type(text).__name__}")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{what} holds half a character (a lone surrogate), which no file can hold") from None
    return text
