"""patterns.yaml and the statements go in; pattern codes of the second cycle come out, as objects and as a column to display."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from qualkit.claims import HOPES, JudgementReader, need_read
from qualkit.claims import WEAKNESSES as OF_CLAIMS
from qualkit.codebook import CodeId, Family, Language, Words
from qualkit.matrix import CONTEXT, locators, need_language
from qualkit.tables import Entry, Faults, did_you_mean, need_columns, printable, read_yaml

PATTERN: Words = {"id": "Pola", "en": "Pattern"}
KINDS: dict[str, Words] = {
    "theme": {"id": "Tema", "en": "Theme"},
    "explanation": {"id": "Sebab atau penjelasan", "en": "Cause or explanation"},
    "relation": {"id": "Hubungan antarpihak", "en": "Relation among people"},
    "construct": {"id": "Konsep teoretis", "en": "Theoretical construct"},
}
STATUSES: dict[str, Words] = {
    "hunch": {"id": "dugaan", "en": "hunch"},
    "supported": {"id": "didukung", "en": "supported"},
    "dropped": {"id": "dilepas", "en": "dropped"},
}
WEAKNESSES: dict[str, Words] = {name: OF_CLAIMS[name] for name in ("single", "background", "hopes", "outweighed")} | {
    "nothing": {"id": "tidak ada pernyataan yang mendukungnya", "en": "no statement supports it"},
    "strange": {"id": "mendukungnya tanpa membawa kode anggotanya: {}", "en": "for it without carrying its member codes: {}"},
    "unsearched": {
        "id": "pencarian pernyataan tandingan tidak tercatat",
        "en": "no search for counter-statements is recorded",
    },
}
SEVERAL = "actor"  # the facet that is kept as text, its codes separated by blanks
_NEEDED = ("id", "kind", "label", "members", "claim", "status", "by", "created")
_OPTIONAL = ("for", "against", "searched", "memo")


@dataclass(frozen=True)
class Pattern:
    """A pattern code: codes of the first cycle pulled together by a claim, with the statements for and against it."""

    id: str
    kind: str
    label: Words
    members: tuple[str, ...]  # "facet:code"
    claim: Words
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]
    status: str
    by: str
    created: str
    memo: Words
    searched: Words  # what was looked through for counter-statements

    def searches(self) -> bool:
        """Whether a search for counter-statements is recorded: by what it found, or by where it looked."""
        return bool(self.opposing or self.searched["id"])


class Patterns(tuple[Pattern, ...]):
    """Patterns in the order of their file; it prints as one line per pattern."""

    __slots__ = ()

    def __repr__(self) -> str:
        return printable(
            "\n".join(f"{pattern.id} [{pattern.kind}; {pattern.status}] {pattern.label['id']}" for pattern in self)
        )


def read_patterns(path: str | Path, statements: pd.DataFrame) -> Patterns:
    """The pattern codes of a study's second cycle, checked against the statements.

    A pattern code is a hunch until it is supported, and it is supported only when somebody has looked for what speaks against it.

    Parameters
    ----------
    path
        A YAML file with a list `patterns`. Each has `id`, `kind` (theme, explanation, relation, construct), `label` and `claim` in both
        languages, `members` (codes of the first cycle as "facet:code"), `status` (hunch, supported, dropped), `by`, `created` (a
        day, in quotes); and, where there are any, `for` and `against` (ids of statements), `searched` (what was looked through for
        statements against it, in both languages) and `memo`.
    statements
        What `read_statements` returns.

    Raises
    ------
    ValueError
        All faults at once, with file and line: unknown fields, kinds, statuses, facets, codes or statements; an id that a code
        has already; a statement both for and against; a pattern said to be supported that nothing supports, or for which no
        search for counter-statements is recorded (neither `against` nor `searched`).

    References
    ----------
    Miles, M. B., Huberman, A. M. and Saldaña, J. (2014). Qualitative Data Analysis, 3rd ed., ch. 4 (second cycle: pattern codes).

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> status = pd.Categorical(["aspired", "signed"], ["aspired", "signed"])
    >>> statements = pd.DataFrame({"statement": ["S1", "S2"], "status": status, "document": "berita"})
    >>> path = Path(mkdtemp(), "patterns.yaml")
    >>> written = path.write_text('''
    ... patterns:
    ...   - id: P.HARAPAN
    ...     kind: theme
    ...     label: {id: "Harapan", en: "Hopes"}
    ...     members: ["status:aspired"]
    ...     claim: {id: "Harapan mendahului naskah.", en: "Hopes come before instruments."}
    ...     for: [S1]
    ...     status: hunch
    ...     by: sri
    ...     created: "2024-05-31"
    ... ''')
    >>> read_patterns(path, statements)
    P.HARAPAN [theme; hunch] Harapan
    """
    need_columns(statements, ("statement", "document"), "statements", "read_statements")
    content, faults = read_yaml(Path(path))
    entries = content.get("patterns") if isinstance(content, Entry) else None
    if not isinstance(entries, list) or not all(isinstance(entry, Entry) for entry in entries):
        faults.add(1, "a file of pattern codes holds a list named 'patterns'")
        faults.stop()
    reader = _Reader(faults, statements)
    patterns = Patterns(reader.pattern(entry) for entry in entries or [])
    faults.stop()
    return patterns


class _Reader(JudgementReader):
    """Turns entries of the file into patterns."""

    def __init__(self, faults: Faults, statements: pd.DataFrame) -> None:
        super().__init__(faults, sorted(set(statements["statement"])))
        facets = statements.select_dtypes("category")
        self.codes = {str(name): list(facets[name].cat.categories) for name in facets}
        if SEVERAL in statements and SEVERAL not in self.codes:
            self.codes[SEVERAL] = sorted({code for codes in statements[SEVERAL] for code in str(codes).split()})

    def pattern(self, entry: Entry) -> Pattern:
        name, what = self.name(entry, "pattern")
        self.fields(entry, what, _NEEDED, _OPTIONAL)
        for facet in (facet for facet, codes in self.codes.items() if name in codes):
            self.faults.add(entry.line, f"{what}: '{name}' is already a code of {facet}; a pattern needs an id of its own")
        supporting, opposing = self.sides(entry, what)
        pattern = Pattern(
            id=name,
            kind=self.choice(entry, "kind", what, list(KINDS), "kind '{}' is not known"),
            label=self.words(entry, "label", what),
            members=self.members(entry, what),
            claim=self.words(entry, "claim", what),
            supporting=supporting,
            opposing=opposing,
            status=self.choice(entry, "status", what, list(STATUSES), "status '{}' is not known"),
            by=self.text(entry, "by", what),
            created=self.day(entry, "created", what),
            memo=self.words(entry, "memo", what),
            searched=self.words(entry, "searched", what),
        )
        if pattern.status == "supported" and not supporting:
            self.faults.add(entry.lines["status"], f"{what} is said to be supported, but no statement is for it: it is a hunch")
        if pattern.status == "supported" and not pattern.searches():
            message = (
                f"{what} is said to be supported, but no search for counter-statements is recorded: list them in against,"
                " or say in searched what was looked through; until then it is a hunch"
            )
            self.faults.add(entry.lines["status"], message)
        return pattern

    def members(self, entry: Entry, what: str) -> tuple[str, ...]:
        found = self.texts(entry, "members", what, 'codes such as "status:aspired", each in quotes')
        for member in found:
            facet, colon, code = member.partition(":")
            line = entry.lines["members"]
            if not colon:
                self.faults.add(line, f"{what}: member '{member}' is no code with its facet, such as 'status:aspired'")
            elif facet not in self.codes:
                self.faults.add(line, f"{what}: the statements have no facet '{facet}'.{did_you_mean(facet, self.codes)}")
            elif code not in self.codes[facet]:
                self.faults.add(line, f"{what}: {facet} has no code '{code}'.{did_you_mean(code, self.codes[facet])}")
        return found


def with_patterns(statements: pd.DataFrame, patterns: Iterable[Pattern], kind: str | None = None) -> pd.DataFrame:
    """One row per passage and pattern whose `for` holds its statement; statements of no pattern are dropped.

    The new column `pattern` is a categorical of all patterns in order, also of those that nothing supports, so that a matrix with
    patterns as rows or columns shows them empty, with their labels in both languages, grouped by kind. Patterns that were dropped are left out.

    Parameters
    ----------
    statements
        What `read_statements` returns.
    patterns
        What `read_patterns` returns.
    kind
        Only patterns of this kind: theme, explanation, relation or construct.

    Raises
    ------
    ValueError
        If patterns is not what `read_patterns` returns, the kind is not known or the table has a column `pattern` already.

    Examples
    --------
    >>> words = {"id": "Harapan", "en": "Hopes"}
    >>> hope = Pattern("P1", "theme", words, ("status:aspired",), words, ("S1",), (), "hunch", "sri", "2024-05-31", words, words)
    >>> statements = pd.DataFrame({"statement": ["S1", "S2"], "document": ["berita", "jurnal"]})
    >>> with_patterns(statements, [hope])
      statement document pattern
    0        S1   berita      P1
    """
    need_columns(statements, ("statement",), "statements", "read_statements")
    patterns = need_read(patterns, Pattern, "patterns", "read_patterns")
    if kind is not None and kind not in KINDS:
        raise ValueError(f"kind '{kind}' is not known.{did_you_mean(kind, KINDS)}")
    if "pattern" in statements:
        raise ValueError("statements has a column 'pattern' already: pass the table that read_statements returns")
    shown = [pattern for pattern in patterns if pattern.status != "dropped" and kind in (None, pattern.kind)]
    names = [
        CodeId.of(
            Family(pattern.id, pattern.label, note=pattern.claim["id"]), PATTERN, Family(pattern.kind, KINDS[pattern.kind])
        )
        for pattern in shown
    ]
    carried = [[pattern.id for pattern in shown if name in pattern.supporting] for name in statements["statement"]]
    table = statements.assign(pattern=pd.Series(carried, index=statements.index, dtype=object)).explode("pattern")
    table = table[table["pattern"].notna()].reset_index(drop=True)
    return table.assign(pattern=pd.Categorical(table["pattern"], pd.Index(names, dtype=object)))


def pattern_table(patterns: Iterable[Pattern], statements: pd.DataFrame, language: Language = "id") -> pd.DataFrame:
    """One row per pattern: what it pulls together, what speaks for and against it, what weakens it, and what was not looked at.

    Candidates are the statements that carry its member codes and are neither for nor against it. A statement carries them where it has,
    of each facet among the members, at least one of the codes: members sector:DIK.GURU, sector:DIK.PELAJAR and status:aspired are
    carried by a hope about teachers or pupils.

    Parameters
    ----------
    patterns
        What `read_patterns` returns.
    statements
        What `read_statements` returns.
    language
        "id" or "en", of the words in the table.

    Returns
    -------
    DataFrame
        `pattern` (id), `kind`, `label`, `claim`, `members`, `status`; `supporting` and `opposing` (numbers of distinct statements),
        `sources` (documents the support rests on); `for` and `against` (each statement with its places, document: segment),
        `candidates` (their number), `unjudged` (their ids), `weaknesses`, `by`, `created`.

    Notes
    -----
    Whether a candidate belongs to the pattern is the researcher's judgement: it shares codes with it, no more.

    Examples
    --------
    >>> words = {"id": "Harapan", "en": "Hopes"}
    >>> none = {"id": "", "en": ""}
    >>> hope = Pattern("P1", "theme", words, ("status:aspired",), words, ("S1",), (), "hunch", "sri", "2024-05-31", none, none)
    >>> statements = pd.DataFrame({"statement": ["S1", "S2"], "status": pd.Categorical(["aspired", "aspired"]), "document": "berita",
    ...                            "segment": [3, 9]})
    >>> pattern_table([hope], statements, "en")[["pattern", "for", "unjudged"]]
      pattern             for unjudged
    0      P1  S1 (berita: 3)       S2
    """
    need_columns(statements, ("statement", "status", "document", "segment"), "statements", "read_statements")
    need_language(language)
    rows = []
    for pattern in need_read(patterns, Pattern, "patterns", "read_patterns"):
        support = statements[statements["statement"].isin(pattern.supporting)]
        opposing = statements[statements["statement"].isin(pattern.opposing)]
        carriers = _carriers(pattern.members, statements)
        unjudged = [name for name in carriers if name not in {*pattern.supporting, *pattern.opposing}]
        rows.append(
            {
                "pattern": pattern.id,
                "kind": KINDS[pattern.kind][language],
                "label": pattern.label[language],
                "claim": pattern.claim[language],
                "members": "; ".join(_spoken(member, statements, language) for member in pattern.members),
                "status": STATUSES[pattern.status][language],
                "supporting": support["statement"].nunique(),
                "opposing": opposing["statement"].nunique(),
                "sources": support["document"].nunique(),
                "for": _located(support),
                "against": _located(opposing),
                "candidates": len(unjudged),
                "unjudged": ", ".join(unjudged),
                "weaknesses": "; ".join(
                    WEAKNESSES[name][language].format(which)
                    for name, which in _weaknesses(pattern, support, opposing, carriers)
                ),
                "by": pattern.by,
                "created": pattern.created,
            }
        )
    columns = "pattern kind label claim members status supporting opposing sources for against candidates unjudged weaknesses by created"
    return pd.DataFrame(rows, columns=columns.split())


def _carriers(members: Sequence[str], statements: pd.DataFrame) -> list[str]:
    """The statements that have, of each facet among the members, at least one of the codes."""
    wanted: dict[str, set[str]] = {}
    for member in members:
        facet, _, code = member.partition(":")
        wanted.setdefault(facet, set()).add(code)
    need_columns(statements, list(wanted), "statements", "read_statements")
    found = list(dict.fromkeys(statements["statement"]))
    for facet, codes in wanted.items():
        column = statements[facet]
        if isinstance(column.dtype, pd.CategoricalDtype):
            carries = column.isin(codes)
        else:  # a facet kept as text: several codes, separated by blanks
            carries = pd.Series(
                [not codes.isdisjoint(str(text).split()) for text in column], index=statements.index, dtype=bool
            )
        carrying = set(statements.loc[carries, "statement"])
        found = [name for name in found if name in carrying]
    return found


def _spoken(member: str, statements: pd.DataFrame, language: Language) -> str:
    """A member as the codebook calls it, with its id."""
    facet, _, code = member.partition(":")
    known: Iterable[object] = (
        statements[facet].cat.categories if isinstance(statements[facet].dtype, pd.CategoricalDtype) else []
    )
    label = next((name.entry.label[language] for name in known if name == code and isinstance(name, CodeId)), "")
    return f"{label} ({member})" if label else member


def _located(passages: pd.DataFrame) -> str:
    return "; ".join(f"{name} ({'; '.join(locators(found))})" for name, found in passages.groupby("statement", sort=False))


def _weaknesses(
    pattern: Pattern, support: pd.DataFrame, opposing: pd.DataFrame, carriers: Sequence[str]
) -> list[tuple[str, str]]:
    """What weakens a pattern, by its name in WEAKNESSES, with what it is said of."""
    statuses = set(support["status"].astype(str))
    documents = list(dict.fromkeys(support["document"]))
    strange = [name for name in dict.fromkeys(support["statement"]) if name not in carriers]
    found = [
        (support.empty, "nothing", ""),
        (len(documents) == 1, "single", "".join(documents)),
        (statuses == {CONTEXT}, "background", ""),
        (statuses <= HOPES and not statuses <= {CONTEXT}, "hopes", ""),
        (opposing["statement"].nunique() > support["statement"].nunique(), "outweighed", ""),
        (bool(strange), "strange", ", ".join(strange)),
        (not pattern.searches(), "unsearched", ""),
    ]
    return [(name, which) for holds, name, which in found if holds]
