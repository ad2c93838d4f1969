"""claims.yaml and the statements go in; each conclusion with what speaks for and against it, and how it was tested, comes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from qualkit.codebook import Words
from qualkit.tables import Entry, Faults, did_you_mean, need_columns, read_yaml

STATUSES = ("proposed", "tested", "confirmed", "qualified", "withdrawn")
MEANING = (
    "noting patterns", "seeing plausibility", "clustering", "making metaphors", "counting", "making contrasts",
    "partitioning variables", "subsuming particulars", "factoring", "noting relations between variables",
    "finding intervening variables", "building a logical chain of evidence", "making conceptual coherence",
)  # fmt: skip
TESTING = (
    "checking for representativeness", "checking for researcher effects", "triangulating", "weighting the evidence",
    "checking the meaning of outliers", "using extreme cases", "following up surprises", "looking for negative evidence",
    "making if-then tests", "ruling out spurious relations", "replicating a finding", "checking out rival explanations",
    "getting feedback from participants",
)  # fmt: skip
TACTICS = (*MEANING, *TESTING)
NEGATIVE = "looking for negative evidence"


@dataclass(frozen=True)
class Tactic:
    """One of the 26 tactics as it was applied: what was done, and what was found."""

    name: str
    done: str
    found: str


@dataclass(frozen=True)
class Rival:
    """Another explanation of the same statements, and what the researcher makes of it."""

    text: Words
    verdict: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A conclusion in words, with the statements for and against it and the record of its testing."""

    id: str
    by: str
    text: Words
    scope: Words
    status: str
    passages: tuple[str, ...]
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]
    tactics: tuple[Tactic, ...]
    rivals: tuple[Rival, ...]
    memo: Words


class Claims(tuple[Claim, ...]):
    """Claims in the order of their file; it prints as one line per claim."""

    def __repr__(self) -> str:
        return "\n".join(f"{claim.id} [{claim.by}; {claim.status}] {claim.text['id']}" for claim in self)


class _Named(NamedTuple):
    needed: tuple[str, ...]
    optional: tuple[str, ...]


_CLAIM = _Named(("id", "by", "text", "scope", "status"), ("passages", "for", "against", "tactics", "rivals", "memo"))
_TACTIC = _Named(("tactic", "done", "found"), ())
_RIVAL = _Named(("text", "verdict"), ("evidence",))


def read_claims(path: str | Path, statements: pd.DataFrame) -> Claims:
    """The conclusions of a study, each with the statements for and against it, checked against the statements.

    Parameters
    ----------
    path
        A YAML file with a list `claims`. Each has `id`, `by` (who draws the conclusion: the source's document id, or "study"),
        `text` and `scope` in both languages, `status` (proposed, tested, confirmed, qualified, withdrawn), `passages` (where a
        source draws it, as "document: segment"), `for` and `against` (ids of statements), `tactics` (which of the 26, what was
        done, what was found), `rivals` (other explanations with a verdict) and `memo`.
    statements
        What `read_statements` returns.

    Raises
    ------
    ValueError
        All faults at once, with file and line: unknown fields, statements, tactics or statuses, doubled ids, missing
        languages, a statement that stands both for and against.

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 10 (13 tactics for generating meaning,
    13 for testing or confirming findings).
    """
    need_columns(statements, ("statement", "status", "document"), "statements", "read_statements")
    content, faults = read_yaml(Path(path))
    entries = content.get("claims") if isinstance(content, Entry) else None
    if not isinstance(entries, list) or not all(isinstance(entry, Entry) for entry in entries):
        faults.add(1, "a file of claims holds a list named 'claims'")
        faults.stop()
    reader = _Reader(faults, set(statements["statement"]))
    claims = Claims(reader.claim(entry) for entry in entries or [])
    faults.stop()
    return claims


class _Reader:
    def __init__(self, faults: Faults, statements: set[str]) -> None:
        self.faults, self.statements = faults, statements
        self.seen: dict[str, int] = {}

    def named(self, entry: Entry, what: str, fields: _Named) -> None:
        for name in entry:
            if name not in fields.needed + fields.optional:
                self.faults.add(
                    entry.lines[name], f"{what}: unknown field '{name}'.{did_you_mean(name, fields.needed + fields.optional)}"
                )
        for name in fields.needed:
            if not entry.get(name):
                self.faults.add(entry.line, f"{what} has no {name}")

    def words(self, entry: Entry, name: str, what: str) -> Words:
        found = entry.get(name) or {}
        if found and (not isinstance(found, Entry) or set(found) != {"id", "en"} or not all(found.values())):
            self.faults.add(
                entry.lines.get(name, entry.line), f"{what}: {name} must be given in both languages, as {{id: ..., en: ...}}"
            )
            return {"id": "", "en": ""}
        return {"id": str(found.get("id", "")), "en": str(found.get("en", ""))}

    def entries(self, entry: Entry, name: str, what: str) -> list[Entry]:
        found = entry.get(name) or []
        if not isinstance(found, list) or not all(isinstance(item, Entry) for item in found):
            self.faults.add(entry.lines.get(name, entry.line), f"{what}: {name} must be a list of entries with named fields")
            return []
        return found

    def ids(self, entry: Entry, name: str, what: str) -> tuple[str, ...]:
        found = entry.get(name) or []
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            self.faults.add(entry.lines.get(name, entry.line), f"{what}: {name} must be a list of ids of statements")
            return ()
        for item in found:
            if item not in self.statements:
                self.faults.add(
                    entry.lines[name], f"{what}: there is no statement '{item}'.{did_you_mean(item, sorted(self.statements))}"
                )
        return tuple(found)

    def claim(self, entry: Entry) -> Claim:
        name = str(entry.get("id") or "")
        what = f"claim '{name}'"
        self.named(entry, what, _CLAIM)
        if name in self.seen:
            self.faults.add(entry.line, f"{what} is already on line {self.seen[name]}")
        self.seen.setdefault(name, entry.line)
        status = str(entry.get("status") or "")
        if status and status not in STATUSES:
            self.faults.add(entry.lines["status"], f"{what}: status '{status}' is not known.{did_you_mean(status, STATUSES)}")
        supporting, opposing = self.ids(entry, "for", what), self.ids(entry, "against", what)
        for both in sorted(set(supporting) & set(opposing)):
            self.faults.add(entry.line, f"{what}: statement '{both}' stands both for and against it")
        tactics = tuple(self.tactic(item, what) for item in self.entries(entry, "tactics", what))
        rivals = tuple(self.rival(item, what) for item in self.entries(entry, "rivals", what))
        passages = entry.get("passages") or []
        if not isinstance(passages, list) or not all(isinstance(item, str) for item in passages):
            self.faults.add(entry.lines["passages"], f"{what}: passages must be a list of places such as 'document: segment'")
            passages = []
        return Claim(
            name, str(entry.get("by") or ""), self.words(entry, "text", what), self.words(entry, "scope", what), status,
            tuple(passages), supporting, opposing, tactics, rivals, self.words(entry, "memo", what),
        )  # fmt: skip

    def tactic(self, entry: Entry, what: str) -> Tactic:
        self.named(entry, f"{what}, a tactic", _TACTIC)
        name = str(entry.get("tactic") or "")
        if name and name not in TACTICS:
            self.faults.add(entry.lines["tactic"], f"{what}: '{name}' is none of the 26 tactics.{did_you_mean(name, TACTICS)}")
        return Tactic(name, str(entry.get("done") or ""), str(entry.get("found") or ""))

    def rival(self, entry: Entry, what: str) -> Rival:
        self.named(entry, f"{what}, a rival explanation", _RIVAL)
        return Rival(self.words(entry, "text", what), str(entry.get("verdict") or ""), self.ids(entry, "evidence", what))


def verify(claims: Iterable[Claim], statements: pd.DataFrame) -> pd.DataFrame:
    """One row per claim: what speaks for and against it, how it was tested, what was not, and what weakens it.

    Parameters
    ----------
    claims
        What `read_claims` returns.
    statements
        What `read_statements` returns.

    Returns
    -------
    DataFrame
        `claim`, `by`, `text_id`, `text_en`, `recorded` (the status the researcher gave), `shown_as` (the status that may be
        shown: no claim is confirmed while no search for negative evidence is recorded, or nothing supports it), `supporting`
        and `opposing` (numbers of statements), `sources` (documents the support rests on), `strongest` (the highest
        status among the support with evidence of 1 or more), `tactics` (applied), `not_tested` (testing tactics not
        applied), `rivals`, `weaknesses` (single source; only background; only hopes; opposing statements outnumber ...).

    Notes
    -----
    The table computes what can be computed. Whether a statement speaks for a claim is the researcher's judgement.
    """
    need_columns(statements, ("statement", "status", "evidence", "document"), "statements", "read_statements")
    rows = []
    for claim in claims:
        support = statements[statements["statement"].isin(claim.supporting)]
        applied = [tactic.name for tactic in claim.tactics]
        weaknesses = _weaknesses(claim, support)
        blocked = [why for why in weaknesses if why.startswith(("no search", "nothing"))]
        shown = (
            f"{'proposed' if claim.supporting else 'unsupported'} ({blocked[0]})"
            if claim.status == "confirmed" and blocked
            else claim.status
        )
        backed = support[support["evidence"].astype(str) != "0"]["status"]
        rows.append(
            {
                "claim": claim.id,
                "by": claim.by,
                "text_id": claim.text["id"],
                "text_en": claim.text["en"],
                "recorded": claim.status,
                "shown_as": shown,
                "supporting": len(claim.supporting),
                "opposing": len(claim.opposing),
                "sources": support["document"].nunique(),
                "strongest": str(backed.max()) if len(backed) else "",
                "tactics": "; ".join(applied),
                "not_tested": "; ".join(name for name in TESTING if name not in applied),
                "rivals": len(claim.rivals),
                "weaknesses": "; ".join(weaknesses),
            }
        )
    columns = (
        "claim by text_id text_en recorded shown_as supporting opposing sources strongest tactics not_tested rivals weaknesses"
    )
    return pd.DataFrame(rows, columns=columns.split())


def _weaknesses(claim: Claim, support: pd.DataFrame) -> list[str]:
    found = []
    statuses = set(support["status"].astype(str))
    if support.empty:
        found.append("nothing in the statements supports it")
    elif support["document"].nunique() == 1:
        found.append(f"single source ({support['document'].iloc[0]})")
    if statuses and statuses <= {"context"}:
        found.append("rests on background only")
    elif statuses and statuses <= {"context", "aspired", "planned"}:
        found.append("rests on hopes and plans only")
    if len(claim.opposing) > len(claim.supporting):
        found.append("more statements against it than for it")
    if NEGATIVE not in {tactic.name for tactic in claim.tactics}:
        found.append("no search for negative evidence is recorded")
    return found


def evidence_for(claim: Claim, statements: pd.DataFrame) -> pd.DataFrame:
    """One row per statement and passage that speaks for or against a claim: side, statement, status, evidence, words and place."""
    need_columns(
        statements,
        ("statement", "text_id", "text_en", "status", "evidence", "document", "segment", "quote"),
        "statements",
        "read_statements",
    )
    sides = dict.fromkeys(claim.supporting, "for") | dict.fromkeys(claim.opposing, "against")
    wanted = ["statement", "text_id", "text_en", "status", "evidence", "document", "segment", "quote"]
    found = statements.loc[statements["statement"].isin(sides), wanted].drop_duplicates(["statement", "document", "segment"])
    found.insert(0, "side", found["statement"].map(sides))
    order = {"for": 0, "against": 1}
    return found.sort_values("side", key=lambda side: side.map(order), kind="stable").reset_index(drop=True)
