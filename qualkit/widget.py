"""A sitting and the messages of a browser go in; the coding desk in a notebook, and its static page, come out."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from qualkit.codebook import Codebook, Language, Words, bilingual
from qualkit.deskwords import words
from qualkit.sheets import Coding
from qualkit.sitting import OneAnswer, Sitting, Step
from qualkit.tables import did_you_mean, need_columns, one_line, printable, records

_HERE = Path(__file__).parent
_QUOTED = 120  # characters of a passage on the static page
_HEADS = {"id": ("Kalimat", "Kode", "Kutipan", "Memo"), "en": ("Sentence", "Code", "Passage", "Memo")}
_SAID: dict[str, Words] = {
    "reading": bilingual("belum ada perubahan", "nothing changed yet"),
    "saved": bilingual("tersimpan", "saved"),
    "refused": bilingual("ditolak", "refused"),
    "read_only": bilingual("hanya dapat dibaca", "read only"),
    "unchanged": bilingual("tidak ada yang diubah", "nothing was changed"),
    "left": bilingual("dibiarkan dalam sesi ini; tidak ada yang disimpan", "left as it is in this sitting; nothing was saved"),
    "undone": bilingual("diurungkan: {why}", "undone: {why}"),
    "redone": bilingual("diulangi: {why}", "done again: {why}"),
    "all_done": bilingual("semua kalimat sudah dikode atau dibaca", "every sentence is coded or read"),
}

_KINDS = {  # of what a message says
    **dict.fromkeys(("document", "id", "code", "quote", "memo", "was", "label", "why"), str),
    **dict.fromkeys(("start", "end", "segment", "after", "step"), int),
    **dict.fromkeys(("replace", "value"), bool),
}
_KIND_NAMES = {str: "a text", int: "a whole number", bool: "true or false"}

Message = dict[str, Any]


def desk(
    documents: pd.DataFrame,
    codebook: Codebook,
    coder: str,
    folder: str | Path,
    *,
    suggestions: pd.DataFrame | None = None,
    assigned: pd.DataFrame | None = None,
    revisions: pd.DataFrame | None = None,
    language: Language = "id",
) -> Desk:
    """The coding desk of one person in a notebook: read, code, write memos; each action is saved before it shows as saved.

    Put it on the last line of a cell. What is coded stands in `<coder>.csv` in the folder, beside it, in folders of their own,
    what was read without a code, which suggestions were rejected and which codes were proposed in the words of the text. Each
    action is a line of `audit.jsonl` there and can be undone as long as the desk is open. Two desks on one file merge.

    Parameters
    ----------
    documents
        The table `read_corpus` returns (then cut into sentences) or the one `split` returns, with all its rows.
    codebook
        What `read_codebook` returns.
    coder
        The name of the person who codes. Machines do not code.
    folder
        The folder of the coders' files, as `read_codings` reads it.
    suggestions
        What `suggest_codings` returned: shown as ghosts, to accept or reject one by one. Codings of others will do too, where
        they are to be reconciled. None: no suggestions. None is ever shown on a segment that `assignments.csv` beside the folder
        assigns to this coder blind.
    assigned
        The segments this coder is to read, as `read_assignments` gives them: progress and "next" count only these, and where
        the column `blind` is True (or yes) no suggestions are shown.
    revisions
        What `read_revisions` returns: codings are shown under the code of today; the file keeps the one they were coded with.
    language
        Of the desk: "id" or "en". The reasons of what is refused are English, as all messages of the library.

    Returns
    -------
    Desk
        The widget. In Python: `codings()`, `go(document, segment)`, `visit(table)` and `notices`.

    Raises
    ------
    ValueError
        If the coder's name cannot be the name of a file or is that of a machine, the tables are not those named above,
        suggestions or assigned segments do not fit the texts, nothing is assigned to the coder, or the coder's file cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import read_codebook
    >>> documents = pd.DataFrame({"document": ["kota"], "title": ["Kota kembar"], "text": ["Kedua kota bertukar guru. Itu saja."]})
    >>> desk(documents, read_codebook("codebook.yaml"), "rani", tempfile.mkdtemp(), language="en")
    Coding desk of rani: kota (1 of 1), 0 of 2 sentences done, 0 codings
    """
    sitting = Sitting(documents, codebook, coder, folder, suggestions=suggestions, assigned=assigned, revisions=revisions)
    return Desk(sitting, language)


class Window(anywidget.AnyWidget):
    """What the browser sees of a desk: these traits, and messages both ways (docs/desk.md)."""

    _esm = _HERE / "desk.js"
    _css = _HERE / "desk.css"
    page = traitlets.Dict().tag(sync=True)
    codings = traitlets.List(traitlets.Dict()).tag(sync=True)
    ghosts = traitlets.List(traitlets.Dict()).tag(sync=True)
    read = traitlets.List(traitlets.Int()).tag(sync=True)
    codebook = traitlets.Dict().tag(sync=True)
    documents = traitlets.List(traitlets.Dict()).tag(sync=True)
    desk = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    status = traitlets.Dict().tag(sync=True)
    notices = traitlets.List(traitlets.Unicode()).tag(sync=True)
    settle = traitlets.List(traitlets.Dict()).tag(sync=True)
    visit = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    look = traitlets.Dict().tag(sync=True)
    steps = traitlets.Dict().tag(sync=True)


class Desk:
    """A coding desk, as `desk` makes it: a sitting in Python, and a window on it in the notebook.

    The browser only asks. The sitting checks, saves to the disk, and then the window shows it. Where the notebook is only read
    (GitHub, nbviewer), a table of the codings of the open document stands in place of the window.
    """

    def __init__(self, sitting: Sitting, language: Language = "id") -> None:
        self.sitting, self.language = sitting, language
        self.window = Window(words=words(language), codebook=_codebook(sitting.codebook, language))
        self._page: Message = {}
        self._look: Message = {"start": 0, "end": 0, "n": 0}
        self._visits: list[Message] = []
        self._visited = 0
        self._open(next(iter(sitting.texts)))
        self._show()
        self._say()
        self.window.on_msg(self._heard)

    @property
    def notices(self) -> list[str]:
        """What the coder should know: changes from outside, merges, rows that cannot be placed."""
        return self.sitting.notices

    def codings(self) -> pd.DataFrame:
        """This coder's codings, as `read_codings` gives them; rows that cannot be placed stay in the file and are left out."""
        self.sitting.refresh()
        self._show()
        return self.sitting.table()

    def go(self, document: str, segment: int | None = None, start: int | None = None) -> None:
        """Open a document, at a segment or at a place in code points."""
        if segment is not None:
            self._look_at(**self._spot({"document": document, "segment": segment}))
        elif start is not None:
            self._look_at(document, start, start)
        else:
            self._open(document)
        self._show()

    def visit(self, table: pd.DataFrame) -> None:
        """Step through the passages of a table, such as those behind a cell of a matrix (`matrix.behind`, `trace`).

        The table needs `document`, and `start` and `end` or `segment`. Passages without a place are left out. Where this coder is
        to read blind, codings of others are refused: even their place would tell what they saw.
        """
        need_columns(table, ("document",), "table", "matrix.behind or read_codings")
        if not {"start", "end"} <= set(table) and "segment" not in table:
            raise ValueError("the table has neither start and end nor segment: it does not say where its passages stand")
        rows = records(table)
        passages = [self._passage(row) for row in rows]
        if any(map(self._tells_too_much, rows, passages)):
            raise ValueError(
                f"'{self.sitting.coder}' is to read some of these segments blind: a table that tells how others coded them is not "
                "visited on this desk"
            )
        visits = [*{tuple(passage.items()): passage for passage in passages if passage}.values()]  # each once
        if not visits:
            raise ValueError("none of these passages stands in the documents of this desk")
        self._visits, self._visited = visits, 0
        self._step(0)
        self._show()

    # --- messages from the browser ---

    def _heard(self, _window: Window, message: Any, _buffers: Any) -> None:
        answer = self._answer(message if isinstance(message, dict) else {})
        self.window.send({"kind": "ack", "nonce": message.get("nonce") if isinstance(message, dict) else None, **answer})

    def _answer(self, message: Message) -> Message:
        """What is to be said to a message; the traits are up to date before it is said."""
        try:
            try:
                text, is_told = self._act(message)
            finally:
                self._show()
        except OneAnswer as error:  # the person is asked, and may send it again with `replace`
            return {"ok": False, "text": str(error), "ask": "replace"}
        except ValueError as error:
            return self._refused(str(error))
        except Exception as error:
            self.window.log.exception("the coding desk could not do this: %s", message.get("op"))
            return self._refused(
                f"the desk failed at this ({type(error).__name__}: {error}); nothing more than the files show is saved"
            )
        self._say(text if is_told else "")
        return {"ok": True, "text": text}

    def _act(self, message: Message) -> tuple[str, bool]:
        """What to say to a message, and whether it says that nothing was saved of what might have been."""
        sitting, op = self.sitting, message.get("op")
        document: Any = message.get("document", self._page["document"])

        def take(*names: str) -> list[Any]:
            missing = [name for name in names if name not in message]
            if missing:
                raise ValueError(f"the message '{op}' says no {missing[0]}")
            return [message[name] for name in names]

        verbs: dict[str, Callable[[], object]] = {
            "apply": lambda: sitting.apply(
                document,
                *take("start", "end", "code", "quote"),
                memo=message.get("memo", ""),
                replace=message.get("replace") is True,
            ),
            "remove": lambda: sitting.remove(*take("id")),
            "memo": lambda: sitting.memo(*take("id", "memo"), *([message["was"]] if "was" in message else [])),
            "move": lambda: sitting.move(*take("id", "start", "end", "quote")),
            "vivo": lambda: sitting.in_vivo(document, *take("start", "end", "label", "quote"), memo=message.get("memo", "")),
            "accept": lambda: sitting.accept(*take("id"), replace=message.get("replace") is True),
            "reject": lambda: sitting.reject(take("id")[0], message.get("why", "")),
            "mark_read": lambda: sitting.mark_read(document, *take("segment", "value")),
            "settle": lambda: sitting.settle(
                *take("id"), **{n: message[n] for n in ("choice", "start", "end", "quote") if n in message}
            ),
            "undo": lambda: self._back_at(sitting.undo()),
            "redo": lambda: self._back_at(sitting.redo()),
        }
        moves: dict[str, Callable[[], object]] = {
            "open": lambda: self._open(*take("document")),
            "next": lambda: self._next(document, *take("after")),
            "visit": lambda: self._step(*take("step")),
            "refresh": self._refresh,
        }
        if not isinstance(op, str) or op not in {**verbs, **moves}:
            raise ValueError(f"the desk does not know the message '{op}'.{did_you_mean(str(op), [*verbs, *moves])}")
        for name, kind in _KINDS.items():
            if name in message and type(message[name]) is not kind:
                raise ValueError(f"in the message '{op}', {name} must be {_KIND_NAMES[kind]}, not {message[name]!r}")
        if op in moves:
            text = str(moves[op]() or "")
            return text, bool(text)
        if "choice" in message and type(message["choice"]) not in (int, str):
            raise ValueError(f"in the message '{op}', choice must be a whole number or a text, not {message['choice']!r}")
        before = sitting.saves
        done = verbs[op]()
        if sitting.saves == before:
            return _SAID["left" if message.get("choice") == "keep" else "unchanged"][self.language], True
        if isinstance(done, Step):
            return _SAID[f"{op}ne"][self.language].format(why=done.why.removeprefix("undo: ")), False
        return _SAID["saved"][self.language], False

    def _refused(self, reason: str) -> Message:
        self.window.status = {"state": "refused", "text": f"{_SAID['refused'][self.language]}: {reason}"}
        return {"ok": False, "text": reason}

    def _say(self, unsaved: str = "") -> None:
        """The state of the files, where nothing was refused; or that nothing was saved."""
        if unsaved:
            self.window.status = {"state": "reading", "text": unsaved}
            return
        state = "read_only" if self.sitting.read_only else "saved" if self.sitting.saves else "reading"
        self.window.status = {"state": state, "text": _SAID[state][self.language]}

    # --- where the person is ---

    def _open(self, document: str) -> None:
        number, segments = self.sitting.number(document), self.sitting.sentences(document)
        sentences = [[s["segment"], s["start"], s["end"], s["label"], s.get("rule", "")] for s in segments]
        assigned = self.sitting.assigned
        mine = None if assigned is None else sorted(number for name, number in assigned if name == document)
        language = next((s["language"] for s in segments if isinstance(s.get("language"), str)), "")
        self._page = {"document": document, "title": self.sitting.titles[document], "text": self.sitting.texts[document],
                      "language": language, "sentences": sentences, "assigned": mine, "number": number,
                      "of": len(self.sitting.texts)}  # fmt: skip

    def _look_at(self, document: str, start: int, end: int) -> None:
        self._open(document)
        self._look = {"start": start, "end": end, "n": self._look["n"] + 1}

    def _next(self, document: str, after: Any) -> str:
        found = self.sitting.next_uncoded(document, after)
        if found is None:
            return _SAID["all_done"][self.language]
        self._look_at(**self._spot({"document": found[0], "segment": found[1]}))
        return ""

    def _back_at(self, step: Step) -> Step:
        """Show where a step was undone or done again: on what came, or where what went had been."""
        row = (*step.added, *step.removed)[0]
        document = row["document"]
        if document not in self.sitting.texts:
            return step
        places = [(c.start, c.end) for c in self.sitting.codings(document) if c.row == row]
        if not places and row["start"].isdecimal() and row["end"].isdecimal():
            places = [(int(row["start"]), int(row["end"]))]
        if places and places[0][1] <= len(self.sitting.texts[document]):
            self._look_at(document, *places[0])
        else:
            self._open(document)
        return step

    def _refresh(self) -> None:
        self.sitting.refresh()

    def _step(self, step: Any) -> None:
        if not self._visits:
            raise ValueError("no list of passages is open")
        at = self._visited + step
        if not 0 <= at < len(self._visits):
            raise ValueError(f"this is the {'last' if step > 0 else 'first'} of {len(self._visits)} passages")
        self._visited = at
        self._look_at(*(self._visits[at][name] for name in ("document", "start", "end")))

    def _passage(self, row: Message) -> Message | None:
        """Where a row of a table stands; None where it stands nowhere, or in no document of the desk."""
        if row["document"] not in self.sitting.texts or ("segment" in row and not row["segment"] > 0):
            return None
        has_place = "start" in row and "end" in row and row["end"] > row["start"]
        spot = (
            {"document": row["document"], "start": int(row["start"]), "end": int(row["end"])} if has_place else self._spot(row)
        )
        said = [
            str(row[name]) for name in ("row", "column", "statement", "code") if isinstance(row.get(name), str) and row[name]
        ]
        return {**spot, "segment": int(row.get("segment", 0)), "label": " · ".join(said)}

    def _tells_too_much(self, row: Message, passage: Message | None) -> bool:
        """Whether a row tells of others' codings on a place that this coder is to read blind."""
        if (
            passage is None
            or row.get("coder") == self.sitting.coder
            or not {"coder", "code", "statement", "row", "column"} & set(row)
        ):
            return False
        return self.sitting.is_blind(passage["document"], passage["start"], passage["end"])

    def _spot(self, row: Message) -> Message:
        segment = self.sitting.segment(row["document"], row["segment"])
        return {"document": row["document"], "start": segment["start"], "end": segment["end"]}

    # --- what the browser sees ---

    def _show(self) -> None:
        sitting, document = self.sitting, self._page["document"]
        undo, redo = sitting.steps
        passage = self._visits[self._visited] if self._visits else None
        shown = {
            "page": self._page,
            "codings": [_shown(coding) for coding in sitting.codings(document)],
            "ghosts": [{name: getattr(g, name) for name in ("id", "start", "end", "code", "matched")} for g in sitting.ghosts(document)],
            "read": sitting.read(document),
            "documents": sitting.progress(),
            "desk": {"coder": sitting.coder, "language": self.language, "blind": sitting.blind, "read_only": sitting.read_only,
                     "assigned": None if sitting.assigned is None else len(sitting.assigned)},
            "notices": sitting.notices,
            "settle": [_to_settle(coding) for coding in sitting.to_settle()],
            "visit": passage and {**passage, "at": self._visited + 1, "of": len(self._visits)},
            "look": self._look,
            "steps": {"undo": undo, "redo": redo},
        }  # fmt: skip
        with self.window.hold_sync():
            for name, value in shown.items():
                setattr(self.window, name, value)

    def __repr__(self) -> str:
        sitting, page = self.sitting, self._page
        now = sitting.progress()[page["number"] - 1]
        where = f"{page['document']} ({page['number']} of {page['of']})"
        return f"Coding desk of {sitting.coder}: {where}, {now['done']} of {now['of']} sentences done, {now['coded']} codings"

    def _html(self) -> str:
        """A page without scripts, for where nothing runs; every word of the corpus is escaped."""
        page, language = self._page, self.language
        now = self.sitting.progress()[page["number"] - 1]
        said = self.window.words["head_count"].format(
            done=now["done"], of=now["of"], number=page["number"], all=page["of"], coder=self.sitting.coder
        )
        rows = [
            [
                coding.segment,
                coding.code,
                one_line(self.sitting.texts[coding.document][coding.start : coding.end]),
                coding.row["memo"],
            ]
            for coding in self.sitting.codings(page["document"])
        ]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in _HEADS[language])
        body = "".join(f"<tr>{''.join(f'<td>{html.escape(_short(str(cell)))}</td>' for cell in row)}</tr>" for row in rows)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if rows else ""
        title, said = html.escape(page["title"]), html.escape(said)
        # What stands between two dollars is no mathematics to be set.
        return printable(
            f'<section class="tex2jax_ignore mathjax_ignore"><p><strong>{title}</strong></p><p>{said}</p>{table}</section>'
        )

    def _repr_mimebundle_(self, **keywords: Any) -> tuple[Message, Message]:
        data, metadata = self.window._repr_mimebundle_(**keywords) or ({}, {})
        return {**data, "text/plain": printable(repr(self)), "text/html": self._html()}, metadata


def _shown(coding: Coding) -> Message:
    return {"id": coding.id, "start": coding.start, "end": coding.end, "code": coding.code, "memo": coding.row["memo"],
            "anchor": coding.anchor, "revision": coding.revision, "vivo": coding.file == "in-vivo", "created": coding.row["created"]}  # fmt: skip


def _to_settle(coding: Coding) -> Message:
    places = [{name: place[name] for name in ("start", "end", "quote", "prefix", "suffix")} for place in coding.candidates]
    row = {name: coding.row[name] for name in ("document", "memo", "quote", "prefix", "suffix")}
    return {"id": coding.id, "code": coding.code, "anchor": coding.anchor, **row, "candidates": places}


def _codebook(codebook: Codebook, language: Language) -> Message:
    """The codebook in the language of the desk."""
    facets = []
    for facet in codebook.facets:
        families = {family.id: family.label[language] for family in facet.families}
        codes = [
            {"id": code.id, "label": code.label[language], "family": families.get(code.parent, ""),
             "definition": code.full[language], "use": code.when_to_use[language], "not_use": code.when_not_to_use[language],
             "example": code.example[language]}
            for code in facet.codes
        ]  # fmt: skip
        facets.append({"id": facet.id, "label": facet.label[language], "one": facet.scale != "multiple", "codes": codes})
    return {"version": codebook.version, "facets": facets}


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1].rstrip()}…"
