"""claims.yaml and the statements go in; each conclusion with what speaks for and against it, and how it was tested, comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from qualkit.codebook import Words
from qualkit.matrix import Matrix, ladder
from qualkit.rules import Rule, conditions, judged, need_values
from qualkit.tables import Entry, EntryReader, Faults, Named, did_you_mean, is_day, need_columns, printable, read_yaml

Judged = TypeVar("Judged")

STATUSES = ("proposed", "tested", "confirmed", "qualified", "withdrawn")
# As claims.yaml calls the tactics, and as they are called in Indonesian.
MEANING = (
    Named("noting patterns", "mencatat pola dan tema"),
    Named("seeing plausibility", "melihat kemasukakalan"),
    Named("clustering", "mengelompokkan"),
    Named("making metaphors", "membuat metafora"),
    Named("counting", "menghitung"),
    Named("making contrasts", "membuat kontras dan perbandingan"),
    Named("partitioning variables", "memilah variabel"),
    Named("subsuming particulars", "memasukkan yang khusus ke yang umum"),
    Named("factoring", "mencari faktor"),
    Named("noting relations between variables", "mencatat hubungan antarvariabel"),
    Named("finding intervening variables", "mencari variabel antara"),
    Named("building a logical chain of evidence", "membangun rantai bukti"),
    Named("making conceptual coherence", "membangun kepaduan konsep"),
)
TESTING = (
    Named("checking for representativeness", "memeriksa keterwakilan"),
    Named("checking for researcher effects", "memeriksa pengaruh peneliti"),
    Named("triangulating", "triangulasi"),
    Named("weighting the evidence", "menimbang bukti"),
    Named("checking the meaning of outliers", "memeriksa arti pencilan"),
    Named("using extreme cases", "memakai kasus ekstrem"),
    Named("following up surprises", "menindaklanjuti kejutan"),
    Named("looking for negative evidence", "mencari bukti negatif"),
    Named("making if-then tests", "membuat uji jika-maka"),
    Named("ruling out spurious relations", "menyingkirkan hubungan semu"),
    Named("replicating a finding", "mengulang temuan"),
    Named("checking out rival explanations", "memeriksa penjelasan tandingan"),
    Named("getting feedback from participants", "meminta umpan balik peserta"),
)
TACTICS = (*MEANING, *TESTING)
NEGATIVE = "looking for negative evidence"
BACKGROUND, HOPES = {"context"}, {"context", "aspired", "planned"}  # statuses of statements that report no deed
STATUS_WORDS: dict[str, Words] = {
    "proposed": {"id": "diajukan", "en": "proposed"},
    "tested": {"id": "diuji", "en": "tested"},
    "qualified": {"id": "berlaku terbatas", "en": "qualified"},
    "confirmed": {"id": "didukung korpus", "en": "confirmed"},
    "unsupported": {"id": "tidak didukung", "en": "unsupported"},  # never recorded, only shown
    "withdrawn": {"id": "ditarik", "en": "withdrawn"},
}
WEAKNESSES: dict[str, Words] = {
    "nothing": {"id": "tidak ada pernyataan yang mendukungnya", "en": "nothing in the statements supports it"},
    "single": {"id": "sumber tunggal ({})", "en": "single source ({})"},
    "background": {"id": "hanya bertumpu pada latar", "en": "rests on background only"},
    "hopes": {"id": "hanya bertumpu pada harapan dan rencana", "en": "rests on hopes and plans only"},
    "outweighed": {
        "id": "lebih banyak pernyataan yang menentang daripada yang mendukung",
        "en": "more statements against it than for it",
    },
    "untested": {"id": "pengujian tidak tercatat", "en": "no test is recorded"},
    "unsearched": {"id": "pencarian bukti negatif tidak tercatat", "en": "no search for negative evidence is recorded"},
    "rule": {"id": "sebuah aturan jika-maka gagal ({})", "en": "an if-then rule fails ({})"},
}
_WEAK = {name: words["en"] for name, words in WEAKNESSES.items()}


@dataclass(frozen=True)
class Tactic:
    """One of the 26 tactics as it was applied: what was done, and what was found."""

    name: str
    done: str
    found: str


@dataclass(frozen=True)
class Rival:
    """Another explanation of the same statements, and the verdict on it."""

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
    if_then: tuple[Rule, ...] = ()

    def applied(self) -> list[str]:
        """The tactics of which both what was done and what was found are recorded, each once."""
        return list(dict.fromkeys(tactic.name for tactic in self.tactics if tactic.done.strip() and tactic.found.strip()))


class Claims(tuple[Claim, ...]):
    """Claims in the order of their file; it prints as one line per claim, with the status recorded (`verify` says what holds)."""

    __slots__ = ()

    def __repr__(self) -> str:
        return printable("\n".join(f"{claim.id} [{claim.by}; {claim.status}] {claim.text['id']}" for claim in self))


class _Fields(NamedTuple):
    needed: tuple[str, ...]
    optional: tuple[str, ...]


_CLAIM = _Fields(
    ("id", "by", "text", "scope", "status"), ("passages", "for", "against", "tactics", "rivals", "memo", "if_then")
)
_TACTIC = _Fields(("tactic", "done", "found"), ())
_RIVAL = _Fields(("text", "verdict"), ("evidence",))
_RULE = _Fields(("if", "then", "written"), ())


def read_claims(path: str | Path, statements: pd.DataFrame) -> Claims:
    """The conclusions of a study, each with the statements for and against it, checked against the statements.

    Parameters
    ----------
    path
        A YAML file with a list `claims`. Each has `id`, `by` (who draws the conclusion: the source's document id, or "study"),
        `text` and `scope` in both languages, `status` (proposed, tested, confirmed, qualified, withdrawn), `passages` (where a
        source draws it, as "document: segment" in quotes), `for` and `against` (ids of statements), `tactics` (which of the 26, what was
        done, what was found), `rivals` (other explanations with a verdict), `memo`, and `if_then` (rules over the cells of a matrix,
        see `if_then_tests`; each with `if`, `then` and `written`, the day the prediction was written down).
    statements
        What `read_statements` returns.

    Raises
    ------
    ValueError
        All faults at once, with file and line: unknown fields, statements, tactics or statuses, missing fields or languages,
        doubled ids, a statement that stands twice or both for and against, a passage that is no place in a document, a rule
        that is none.

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 10 (13 tactics for generating meaning,
    13 for testing or confirming findings).

    Examples
    --------
    >>> import qualkit as qk
    >>> codebook = qk.read_codebook("codebook.yaml")
    >>> segments = qk.split(qk.read_corpus("corpus"), into="sentences")
    >>> codings = qk.read_codings("corpus/codings", segments, codebook)
    >>> claims = read_claims("corpus/claims.yaml", qk.read_statements("corpus/statements.csv", codings, codebook))
    >>> all(claim.status in STATUSES for claim in claims)
    True
    """
    need_columns(statements, ("statement", "document"), "statements", "read_statements")
    content, faults = read_yaml(Path(path))
    entries: Any = content.get("claims", "") if isinstance(content, Entry) else ""
    entries = [] if entries is None else entries  # a list whose last entry was taken out
    if not isinstance(entries, list) or not all(isinstance(entry, Entry) for entry in entries):
        faults.add(1, "a file of claims holds a list named 'claims'; where there are none yet, write: claims: []")
        faults.stop()
    reader = _Reader(faults, sorted(set(statements["statement"])), sorted(set(statements["document"])))
    claims = Claims(reader.claim(entry) for entry in entries)
    faults.stop()
    return claims


def need_read(entries: object, kind: type[Judged], what: str, source: str) -> tuple[Judged, ...]:
    """The entries of a file that was read; ValueError in words where something else was passed, such as the file's name."""
    how = f"{source}(path, statements)"
    if isinstance(entries, str | Path):
        raise ValueError(f"{what} is the name of a file ('{entries}'): read it first, and pass what {how} returns")
    if isinstance(entries, kind):
        raise ValueError(f"{what} is one {kind.__name__}: pass a list, such as what {how} returns")
    found: tuple[Any, ...] = (entries,)
    if isinstance(entries, Iterable) and not isinstance(entries, pd.DataFrame):
        found = tuple(entries)
    for entry in found:
        if not isinstance(entry, kind):
            raise ValueError(f"{what} must be what {how} returns, not {type(entry).__name__}")
    return found


def need_claim(claim: object) -> None:
    """Say in words that one claim is asked for, where that is something else."""
    if not isinstance(claim, Claim):
        what = f"the text '{claim}'" if isinstance(claim, str) else f"a {type(claim).__name__}"
        raise ValueError(
            f"claim is {what}: pass one of the claims that read_claims(path, statements) returns, such as claims[0]"
        )


class JudgementReader(EntryReader):
    """Takes the fields of entries in which a researcher judges statements: claims and patterns."""

    def __init__(self, faults: Faults, statements: Sequence[str]) -> None:
        super().__init__(faults)
        self.statements = statements
        self.seen: dict[str, int] = {}

    def name(self, entry: Entry, kind: str) -> tuple[str, str]:
        """The id of an entry, which no other has, and what to call it in a message."""
        name = self.text(entry, "id", f"a {kind}")
        what = f"{kind} '{name}'"
        if name and name in self.seen:
            self.faults.add(entry.line, f"{what} is already on line {self.seen[name]}")
        self.seen.setdefault(name, entry.line)
        return name, what

    def choice(self, entry: Entry, name: str, what: str, options: Sequence[str], unknown: str) -> str:
        found = self.text(entry, name, what)
        if found and found not in options:
            self.faults.add(entry.lines[name], f"{what}: {unknown.format(found)}.{did_you_mean(found, options)}")
        return found

    def words(self, entry: Entry, name: str, what: str) -> Words:
        found = entry.get(name)
        if not found:
            return {"id": "", "en": ""}
        complete = isinstance(found, Entry) and set(found) == {"id", "en"}
        if not complete or not all(isinstance(text, str) and text.strip() for text in found.values()):
            line = entry.lines[name]
            self.faults.add(line, f"{what}: {name} must be given in both languages, as {{id: ..., en: ...}}")
            return {"id": "", "en": ""}
        return {language: found[language].strip() for language in ("id", "en")}

    def texts(self, entry: Entry, name: str, what: str, kind: str) -> tuple[str, ...]:
        found = super().texts(entry, name, what, kind)
        for item in sorted({item for item in found if found.count(item) > 1}):
            self.faults.add(entry.lines[name], f"{what}: '{item}' stands twice in {name}")
        return found

    def ids(self, entry: Entry, name: str, what: str) -> tuple[str, ...]:
        found = self.texts(entry, name, what, "ids of statements")
        for item in found:
            if item not in self.statements:
                message = f"{what}: there is no statement '{item}'.{did_you_mean(item, self.statements)}"
                self.faults.add(entry.lines[name], message)
        return found

    def sides(self, entry: Entry, what: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The statements for and against, of which none is both."""
        supporting, opposing = self.ids(entry, "for", what), self.ids(entry, "against", what)
        for both in sorted(set(supporting) & set(opposing)):
            self.faults.add(entry.line, f"{what}: statement '{both}' stands both for and against it")
        return supporting, opposing

    def day(self, entry: Entry, name: str, what: str) -> str:
        found = self.text(entry, name, what)
        if found and not is_day(found):
            self.faults.add(entry.lines[name], f"{what}: {name} '{found}' is no day such as \"2024-05-31\"")
        return found


class _Reader(JudgementReader):
    """Turns entries of the file into claims."""

    def __init__(self, faults: Faults, statements: Sequence[str], documents: Sequence[str]) -> None:
        super().__init__(faults, statements)
        self.documents = documents

    def passages(self, entry: Entry, what: str) -> tuple[str, ...]:
        found = self.texts(entry, "passages", what, 'places such as "document: segment", each in quotes')
        for item in found:
            place = re.fullmatch(r"(\S+): \d+(?:(?:, |-)\d+)*", item)
            if not place:
                self.faults.add(entry.lines["passages"], f"{what}: '{item}' is no place such as 'document: segment'")
            elif place[1] not in self.documents:
                message = f"{what}: no statement rests on a document '{place[1]}'.{did_you_mean(place[1], self.documents)}"
                self.faults.add(entry.lines["passages"], message)
        return found

    def claim(self, entry: Entry) -> Claim:
        name, what = self.name(entry, "claim")
        self.fields(entry, what, *_CLAIM)
        supporting, opposing = self.sides(entry, what)
        return Claim(
            id=name,
            by=self.text(entry, "by", what),
            text=self.words(entry, "text", what),
            scope=self.words(entry, "scope", what),
            status=self.choice(entry, "status", what, STATUSES, "status '{}' is not known"),
            passages=self.passages(entry, what),
            supporting=supporting,
            opposing=opposing,
            tactics=tuple(self.tactic(item, f"{what}, a tactic") for item in self.entries(entry, "tactics", what)),
            rivals=tuple(self.rival(item, f"{what}, a rival explanation") for item in self.entries(entry, "rivals", what)),
            memo=self.words(entry, "memo", what),
            if_then=tuple(self.rule(item, f"{what}, an if-then rule") for item in self.entries(entry, "if_then", what)),
        )

    def tactic(self, entry: Entry, what: str) -> Tactic:
        self.fields(entry, what, *_TACTIC)
        name = self.choice(entry, "tactic", what, TACTICS, "'{}' is none of the 26 tactics that qk.tactics() lists")
        return Tactic(name, self.text(entry, "done", what), self.text(entry, "found", what))

    def rival(self, entry: Entry, what: str) -> Rival:
        self.fields(entry, what, *_RIVAL)
        return Rival(self.words(entry, "text", what), self.text(entry, "verdict", what), self.ids(entry, "evidence", what))

    def rule(self, entry: Entry, what: str) -> Rule:
        self.fields(entry, what, *_RULE)
        sides = [self.text(entry, side, what) for side in ("if", "then")]
        for side, text in zip(("if", "then"), sides, strict=True):
            try:
                conditions(text)
            except ValueError as error:
                if text:  # that nothing stands there has been said
                    self.faults.add(entry.lines[side], f"{what}: {error}")
        return Rule(sides[0], sides[1], self.day(entry, "written", what))


def verify(claims: Iterable[Claim], statements: pd.DataFrame, matrix: Matrix | None = None) -> pd.DataFrame:
    """One row per claim: what speaks for and against it, how it was tested, what was not, and what weakens it.

    Parameters
    ----------
    claims
        What `read_claims` returns.
    statements
        What `read_statements` returns.
    matrix
        What `rating_matrix` or `count_matrix` returns, to test the claims' if-then rules in its cells; without it none is tested.

    Returns
    -------
    DataFrame
        `claim`, `by`, `text_id`, `text_en`, `recorded` (the status on record in the file), `shown_as` (the status that may be
        shown: none is confirmed or qualified while no search for negative evidence is recorded, none tested while no test is,
        and none of these while nothing supports it), `supporting` and `opposing` (numbers of distinct statements), `sources`
        (documents the support rests on), `strongest` (the highest status among the support with evidence of 1 or more; an
        outcome claimed is less than a deed),
        `tactics` (applied, as they stand in the file), `not_tested` (testing tactics not applied), `rivals`, `weaknesses` (single
        source; only background; only hopes; more against than for; an if-then rule fails; no search ...); and once more the 26 tactics, those for
        generating meaning apart from those for testing: `generating`, `not_generating`, `testing` (with `not_tested` beside it).

    Raises
    ------
    ValueError
        If claims is not what `read_claims` returns, statements is no table of statements, or the matrix holds texts.

    Notes
    -----
    The table computes what can be computed. Whether a statement speaks for a claim is the researcher's judgement.
    A tactic counts as applied where what was done and what was found are both recorded. `tactics_of` says of one claim and
    each of the 26 what the data tell.

    Examples
    --------
    >>> statements = pd.DataFrame({"statement": ["S1"], "document": ["berita"], "status": ["signed"], "evidence": ["2"]})
    >>> words = {"id": "Kedua kota bekerja sama.", "en": "Both cities cooperate."}
    >>> claim = Claim("C1", "study", words, words, "confirmed", (), ("S1",), (), (), (), {"id": "", "en": ""})
    >>> verify([claim], statements)["shown_as"].item()
    'proposed (no search for negative evidence is recorded)'
    """
    need_columns(statements, ("statement", "status", "evidence", "document"), "statements", "read_statements")
    claims = need_read(claims, Claim, "claims", "read_claims")
    failed = _failed_rules(claims, matrix) if matrix is not None else {}
    rows = []
    for claim in claims:
        support = statements[statements["statement"].isin(claim.supporting)]
        opposing = statements.loc[statements["statement"].isin(claim.opposing), "statement"].nunique()
        applied = claim.applied()
        backed = support[support["evidence"].astype(str) != "0"]["status"].dropna()
        rows.append(
            {
                "claim": claim.id,
                "by": claim.by,
                "text_id": claim.text["id"],
                "text_en": claim.text["en"],
                "recorded": claim.status,
                "shown_as": _shown_as(claim, support, applied),
                "supporting": support["statement"].nunique(),
                "opposing": opposing,
                "sources": support["document"].nunique(),
                "strongest": _strongest(backed),
                "tactics": "; ".join(applied),
                "not_tested": "; ".join(name for name in TESTING if name not in applied),
                "rivals": len(claim.rivals),
                "weaknesses": "; ".join([*_weaknesses(support, opposing, applied), *failed.get(claim.id, [])]),
                "generating": "; ".join(name for name in MEANING if name in applied),
                "not_generating": "; ".join(name for name in MEANING if name not in applied),
                "testing": "; ".join(name for name in TESTING if name in applied),
            }
        )
    columns = (
        "claim by text_id text_en recorded shown_as supporting opposing sources strongest tactics not_tested rivals weaknesses"
        " generating not_generating testing"
    )
    return pd.DataFrame(rows, columns=columns.split())


def _strongest(statuses: pd.Series) -> str:
    """The highest of the statuses that occur; nothing where nobody says which is higher."""
    if not isinstance(statuses.dtype, pd.CategoricalDtype) or not statuses.cat.ordered:
        return ""
    found = set(statuses.astype(str))
    return next((status for status in reversed(ladder(statuses.cat.categories)) if status in found), "")


def _failed_rules(claims: Iterable[Claim], matrix: Matrix) -> dict[str, list[str]]:
    """Of each claim whose own if-then rule fails in the cells of the matrix, these rules in words."""
    tests, found = if_then_tests(claims, matrix), dict[str, list[str]]()
    for test in tests[tests["verdict"] == "fails"].to_dict("records"):
        found.setdefault(test["claim"], []).append(_WEAK["rule"].format(f"if {test['if']} then {test['then']}"))
    return found


def _shown_as(claim: Claim, support: pd.DataFrame, applied: Sequence[str]) -> str:
    """The status that may be shown: the one recorded, or the highest below it that its record bears, with the reason."""
    if claim.status not in ("tested", "qualified", "confirmed"):
        return claim.status
    if support.empty:
        return f"unsupported ({_WEAK['nothing']})"
    tested = not set(TESTING).isdisjoint(applied)
    if claim.status != "tested" and NEGATIVE not in applied:
        return f"{'tested' if tested else 'proposed'} ({_WEAK['unsearched']})"
    return claim.status if tested else f"proposed ({_WEAK['untested']})"


def _weaknesses(support: pd.DataFrame, opposing: int, applied: Sequence[str]) -> list[str]:
    found = []
    statuses = set(support["status"].astype(str))
    if support.empty:
        found.append(_WEAK["nothing"])
    elif support["document"].nunique() == 1:
        found.append(_WEAK["single"].format(support["document"].iloc[0]))
    if statuses and statuses <= BACKGROUND:
        found.append(_WEAK["background"])
    elif statuses and statuses <= HOPES:
        found.append(_WEAK["hopes"])
    if opposing > support["statement"].nunique():
        found.append(_WEAK["outweighed"])
    if set(TESTING).isdisjoint(applied):
        found.append(_WEAK["untested"])
    if NEGATIVE not in applied:
        found.append(_WEAK["unsearched"])
    return found


def evidence_for(claim: Claim, statements: pd.DataFrame) -> pd.DataFrame:
    """One row per statement and passage that speaks for or against a claim, the statements for it first.

    Parameters
    ----------
    claim
        One of what `read_claims` returns.
    statements
        What `read_statements` returns.

    Returns
    -------
    DataFrame
        `side` (for or against), `statement`, `text_id`, `text_en`, `status`, `evidence`, `document`, `segment`, `quote`.

    Examples
    --------
    >>> passages = pd.DataFrame(
    ...     {"statement": ["S1", "S2"], "text_id": ["Guru dikirim.", "Guru tidak dikirim."], "text_en": ["Teachers are sent.",
    ...      "Teachers are not sent."], "status": "implemented", "evidence": "1", "document": "berita", "segment": [3, 9],
    ...      "quote": ["Guru itu pergi.", "Guru itu tinggal."]}
    ... )
    >>> words = {"id": "Guru tidak dikirim.", "en": "Teachers are not sent."}
    >>> claim = Claim("C1", "study", words, words, "proposed", (), ("S2",), ("S1",), (), (), words)
    >>> evidence_for(claim, passages)[["side", "statement", "segment", "quote"]]
          side statement  segment              quote
    0      for        S2        9  Guru itu tinggal.
    1  against        S1        3    Guru itu pergi.
    """
    wanted = ["statement", "text_id", "text_en", "status", "evidence", "document", "segment", "quote"]
    need_columns(statements, wanted, "statements", "read_statements")
    need_claim(claim)
    sides = []
    for side, ids in (("for", claim.supporting), ("against", claim.opposing)):
        rows = statements.loc[statements["statement"].isin(ids), wanted]
        rows = rows.drop_duplicates(["statement", "document", "segment"])
        rows.insert(0, "side", side)
        sides.append(rows)
    return pd.concat(sides, ignore_index=True)


def if_then_tests(claims: Iterable[Claim], matrix: Matrix) -> pd.DataFrame:
    """One row per if-then rule of the claims: whether its condition is met in the cells of a matrix, and whether the prediction holds.

    A rule is written as "row / column sign value", several such conditions joined by "and". Signs: >=, <=, =, <, >. Values of a rating
    matrix, from the lowest up: not found, none (background only), weak, moderate, strong; of a count matrix: whole numbers.
    *Not found* is said of the corpus, never of the cities: a rule such as "... <= weak" also holds of cells the corpus is silent on.

    Parameters
    ----------
    claims
        What `read_claims` returns.
    matrix
        What `rating_matrix` or `count_matrix` returns; its row and column ids are those of the rules.

    Returns
    -------
    DataFrame
        `claim`, `if`, `then`, `written` (the day given), `if_holds` and `then_holds` (yes, no, or nothing where it cannot be
        told), `verdict` (holds; fails; condition not met; cannot be tested because ...), `cells` (every cell of the rule with
        its value), `locators` (the statements and passages behind each).

    Raises
    ------
    ValueError
        If the matrix holds texts, or a claim made by hand carries a rule that is none.

    Notes
    -----
    The day a prediction was written is what the file says; whether it was before looking no table can show. A rule whose
    condition is not met was not tested. One that speaks of a row or column that the matrix lacks, of numbers where it holds ratings,
    or of a cell that is empty for another reason than the silence of the corpus cannot be tested.

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 10 (making if-then tests).

    Examples
    --------
    >>> import qualkit as qk
    >>> statements = pd.DataFrame(
    ...     {"statement": ["S1", "S2"], "sector": ["DIK", "EKO"], "case": "A-B", "status": ["signed", "aspired"],
    ...      "evidence": ["2", "0"], "document": "berita", "segment": [3, 9], "text_id": ["Nota ditandatangani.", "Kota berharap."]})
    >>> words = {"id": "Pendidikan mendahului ekonomi.", "en": "Education comes before economy."}
    >>> rule = Rule("EKO / A-B >= weak", "DIK / A-B >= moderate", "2024-05-31")
    >>> claim = Claim("C1", "study", words, words, "proposed", (), ("S1",), (), (), (), words, (rule,))
    >>> tests = if_then_tests([claim], qk.rating_matrix(statements, rows="sector", columns="case"))
    >>> tests["verdict"].item(), tests["cells"].item()
    ('holds', 'EKO / A-B: weak; DIK / A-B: moderate')
    """
    need_values(matrix)
    rows = [
        {"claim": claim.id, **judged(rule, matrix)}
        for claim in need_read(claims, Claim, "claims", "read_claims")
        for rule in claim.if_then
    ]
    return pd.DataFrame(rows, columns="claim if then written if_holds then_holds verdict cells locators".split())
