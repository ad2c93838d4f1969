"""A claim and the statements go in; what the data say to each tactic, in words with the statements behind them, comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

import pandas as pd

from qualkit.claims import Claim, if_then_tests
from qualkit.codebook import Code, CodeId, Language, Words
from qualkit.corpus import KINDS
from qualkit.matrix import CONTEXT, DONE, Matrix, height

_PLAIN: dict[str, Words] = {  # values of columns that are no facets
    **KINDS,
    "author_narration": {"id": "narasi penulis", "en": "author's narration"},
    "direct_quote": {"id": "kutipan langsung", "en": "direct quote"},
    "indirect_speech": {"id": "kutipan tak langsung", "en": "indirect speech"},
    "cited_secondary": {"id": "kutipan dari karya lain", "en": "cited from another work"},
    "voice": {"id": "suara", "en": "voice"},
    "kind": {"id": "jenis dokumen", "en": "kind of document"},
}
_VERDICTS: dict[str, Words] = {
    "holds": {"id": "terpenuhi", "en": "holds"},
    "fails": {"id": "tidak terpenuhi", "en": "fails"},
    "condition not met": {"id": "syaratnya tidak terpenuhi", "en": "condition not met"},
}


class Reason(str):
    """Why nothing is computed."""


@dataclass(frozen=True)
class Study:
    """A claim with the passages for and against it, and how to speak of them in one language."""

    claim: Claim
    statements: pd.DataFrame
    matrix: Matrix | None
    dates: pd.DataFrame | None
    language: Language

    @property
    def rows(self) -> str:
        return self.matrix.rows if self.matrix else "sector"

    @property
    def columns(self) -> str:
        return self.matrix.columns if self.matrix else "case"

    @cached_property
    def support(self) -> pd.DataFrame:
        return self.statements[self.statements["statement"].isin(self.claim.supporting)]

    @cached_property
    def against(self) -> pd.DataFrame:
        return self.statements[self.statements["statement"].isin(self.claim.opposing)]

    @cached_property
    def shown(self) -> pd.DataFrame:
        """The passages that the display compares: those in its rows and columns, or all that can be compared."""
        if not self.matrix:
            return self.comparable
        inside = self.comparable[self.rows].astype(str).isin(self.matrix.row_ids())
        return self.comparable[inside & self.comparable[self.columns].astype(str).isin(self.matrix.column_ids())]

    @cached_property
    def comparable(self) -> pd.DataFrame:
        """All passages without the codes that the codebook leaves out of comparisons."""
        return _coded(self.statements)

    @cached_property
    def meant(self) -> pd.DataFrame:
        """The passages for the claim without the codes that the codebook leaves out of comparisons."""
        return _coded(self.support)

    @cached_property
    def compared(self) -> pd.DataFrame:
        """Those of them that speak of one case: a code for the rest of the cases is none."""
        return _without(self.meant, self.columns, "residual")

    def not_compared(self) -> Reason:
        """Why there is nothing to compare, where there is support all the same."""
        return self.reason(
            "tidak ada pernyataan pendukung yang dapat diperbandingkan: kodenya dikeluarkan dari perbandingan, atau bukan tentang satu kasus",
            "no supporting statement can be compared: its codes are left out of comparisons, or it is of no one case",
        )

    def say(self, indonesian: str, english: str) -> str:
        return indonesian if self.language == "id" else english

    def reason(self, indonesian: str, english: str) -> Reason:
        return Reason(self.say(indonesian, english))

    def word(self, value: object) -> str:
        """A code by its label, a known word in the language asked for, anything else as it stands."""
        if isinstance(value, CodeId):
            return value.entry.label[self.language]
        return _PLAIN.get(str(value), {}).get(self.language) or str(value)

    def axis(self, column: str) -> str:
        """What a column is called, such as "sektor" for sector."""
        dtype = self.statements[column].dtype
        names: Iterable[object] = dtype.categories if isinstance(dtype, pd.CategoricalDtype) else []
        return next((name.column[self.language].lower() for name in names if isinstance(name, CodeId)), self.word(column))

    def tally(self, passages: pd.DataFrame, column: str) -> dict[object, list[str]]:
        """Of each value that occurs and can be compared, in codebook order, the distinct statements that have it."""
        dtype = passages[column].dtype
        values = dtype.categories if isinstance(dtype, pd.CategoricalDtype) else sorted(set(passages[column].dropna()) - {""})
        left = ("left_out", "residual") if column in (self.rows, self.columns) else ("left_out",)
        found: dict[object, dict[str, None]] = {value: {} for value in values if not any(_entry(value, why) for why in left)}
        for value, name in zip(passages[column], passages["statement"], strict=True):
            if value in found:  # not where nothing is said
                found[value][name] = None
        return {value: list(ids) for value, ids in found.items() if ids}

    def listed(self, tally: Mapping[object, list[str]], between: str = "; ") -> str:
        return between.join(f"{self.word(value)} {_numbered(ids)}" for value, ids in tally.items()) or "0"

    def names(self, values: Iterable[object], between: str = "; ") -> str:
        return between.join(self.word(value) for value in values) or "–"

    def number(self, count: int, indonesian: str, english: str) -> str:
        """A number with what it counts, in the plural where English needs one."""
        return f"{count} {self.say(indonesian, english if count == 1 else f'{english}s')}"

    def grade(self, grade: str) -> str:
        return self.say(f"bukti {grade} pada", f"evidence {grade} in")

    def cases(self, passages: pd.DataFrame) -> dict[object, pd.DataFrame]:
        """The passages of each case that occurs."""
        return {case: passages[passages[self.columns] == case] for case in self.tally(passages, self.columns)}

    def one_case(self) -> Reason | None:
        """Why there is nothing to compare, where the support is of one case only."""
        found, axis = self.tally(self.compared, self.columns), self.axis(self.columns)
        if len(found) > 1:
            return None
        part = len(self.compared) < len(self.support)
        some, which = (" yang diperbandingkan", " that can be compared") if part else ("", "")
        return self.reason(
            f"semua pernyataan pendukung{some} dari satu {axis} ({self.names(found)}): tidak ada bandingannya",
            f"all supporting statements{which} are of one {axis} ({self.names(found)}): nothing to compare it with",
        )

    def years(self, passages: pd.DataFrame) -> dict[str, int]:
        """The first year in the date of each statement that names one."""
        facts = passages.drop_duplicates("statement") if "date" in passages else passages.iloc[:0].assign(date="")
        found = {name: re.search(r"\d{4}", str(date)) for name, date in zip(facts["statement"], facts["date"], strict=True)}
        return {name: int(match.group()) for name, match in found.items() if match}


def _ids(passages: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(passages["statement"]))


def _numbered(ids: list[str]) -> str:
    """How many, and which: every number leads to its statements."""
    return f"{len(ids)} ({', '.join(ids)})" if ids else "0"


def _coded(passages: pd.DataFrame) -> pd.DataFrame:
    """Passages without the codes that the codebook leaves out of comparisons."""
    for column in passages.select_dtypes("category"):
        passages = _without(passages, str(column), "left_out")
    return passages


def _without(passages: pd.DataFrame, column: str, mark: str) -> pd.DataFrame:
    """Passages without the codes of a column that the codebook marks so."""
    if not isinstance(passages[column].dtype, pd.CategoricalDtype):
        return passages
    return passages[~passages[column].isin([code for code in passages[column].cat.categories if _entry(code, mark)])]


def _segments(passages: pd.DataFrame) -> int:
    return len(passages[["document", "segment"]].drop_duplicates())


# --- generating meaning ---


def patterns(study: Study) -> str:
    codes = study.tally(study.meant, study.rows)
    told = []
    for code, ids in sorted(codes.items(), key=lambda pair: -len(pair[1])):
        sources = study.meant.loc[study.meant[study.rows] == code, "document"].nunique()
        told.append(f"{study.word(code)} {_numbered(ids)}, {study.number(sources, 'dokumen', 'document')}")
    pairs = {(a, b): [name for name in codes[a] if name in codes[b]] for a, b in combinations(codes, 2)}
    often = [f"{study.word(a)} + {study.word(b)} {_numbered(ids)}" for (a, b), ids in pairs.items() if len(ids) > 1]
    head = study.say("Bersama pada dua pernyataan atau lebih", "Together on two statements or more")
    return f"{'; '.join(told)}. {head}: {'; '.join(often) or '0'}"


def clusters(study: Study) -> str:
    if reason := study.one_case():
        return reason
    groups: dict[tuple[object, ...], list[object]] = {}
    for code in study.tally(study.compared, study.rows):
        having = study.tally(study.compared[study.compared[study.rows] == code], study.columns)
        groups.setdefault(tuple(having), []).append(code)
    return ". ".join(f"{study.names(having, ' + ')}: {study.names(codes)}" for having, codes in groups.items())


def metaphors(study: Study) -> str:
    facets = study.statements.select_dtypes("category")
    vivid = [(facet, code) for facet in facets for code in facets[facet].cat.categories if "vivo" in _entry(code, "kind")]
    if not vivid:
        return study.reason("buku kode tidak memuat kode in vivo", "the codebook has no in vivo codes")
    found = {code: _ids(study.support[study.support[facet] == code]) for facet, code in vivid}
    return study.listed({code: ids for code, ids in found.items() if ids})


def _entry(code: object, what: str) -> str:
    """What the codebook says of a code; '' of what is none."""
    return str(getattr(code.entry, what) or "") if isinstance(code, CodeId) and isinstance(code.entry, Code) else ""


def counts(study: Study) -> str:
    every, told = study.statements, []
    for head, passages in ((study.say("mendukung", "for"), study.support), (study.say("menentang", "against"), study.against)):
        here = (
            passages["statement"].nunique(),
            passages["document"].nunique(),
            _segments(passages),
            len(study.years(passages)),
        )
        facts, documents, segments = every["statement"].nunique(), every["document"].nunique(), _segments(every)
        words = study.say(
            f"{here[0]} dari {facts} pernyataan, {here[1]} dari {documents} dokumen, {here[2]} dari {segments} segmen yang memuat"
            f" pernyataan; bertahun {here[3]} dari {here[0]}",
            f"{here[0]} of {facts} statements, {here[1]} of {documents} documents, {here[2]} of {segments} segments that hold"
            f" statements; with a year {here[3]} of {here[0]}",
        )
        told.append(f"{head}: {words}")
    return ". ".join(told)


def contrasts(study: Study) -> str:
    if reason := study.one_case():
        return reason
    told = []
    for case, passages in study.cases(study.compared).items():
        directions = ", ".join(f"{study.word(value)} {len(ids)}" for value, ids in study.tally(passages, "direction").items())
        grades = ", ".join(f"{study.grade(grade)} {len(ids)}" for grade, ids in _graded(passages).items())
        statuses = study.listed(study.tally(passages, "status"))
        told.append(f"{study.word(case)} {passages['statement'].nunique()}: {statuses}; {grades}; {directions}")
    return ". ".join(told)


def _graded(passages: pd.DataFrame) -> dict[str, list[str]]:
    """The statements of each grade of evidence, by its number: its label is a sentence."""
    grades = passages["evidence"].astype(str)
    return {grade: _ids(passages[grades == grade]) for grade in sorted(set(grades))}


def partitions(study: Study) -> str:
    split = []
    for code in study.tally(study.meant, study.rows):
        parts = study.tally(study.meant[study.meant[study.rows] == code], "direction")
        if len(parts) > 1:
            split.append(f"{study.word(code)}: {study.listed(parts)}")
    return ". ".join(split) or study.say("tidak ada kode yang terbagi menurut arah", "no code is divided by direction")


def subsumed(study: Study) -> str:
    told = []
    for family, ids in study.tally(study.meant, "family").items():
        inside = study.meant[study.meant["family"] == family]
        told.append(f"{study.word(family)} {len(ids)}: {study.listed(study.tally(inside, study.rows))}")
    return ". ".join(told) or study.say("tidak ada rumpun", "no family")


def common(study: Study) -> str:
    every = _ids(study.support)
    looked = (study.rows, study.columns, "family", "status", "direction", "voice", "kind")
    shared = [
        f"{study.axis(name)}: {study.word(value)}"
        for name in looked
        if name in study.support
        for value, ids in study.tally(study.support, name).items()
        if len(ids) == len(every)
    ]
    head = study.say("tanpa statistik pada n ini; sama pada semua", "no statistics at this n; the same in all")
    return f"{head} {_numbered(every)}: {'; '.join(shared) or study.say('tidak ada', 'nothing')}"


def relations(study: Study) -> str:
    told = []
    for family in study.tally(study.compared, "family"):
        inside = study.compared[study.compared["family"] == family]
        cells = []
        for status in study.tally(inside, "status"):
            named = study.tally(inside[inside["status"] == status], study.columns)
            cells.append(f"{study.word(status)}: {', '.join(f'{study.word(case)} {len(ids)}' for case, ids in named.items())}")
        told.append(f"{study.word(family)} – {'; '.join(cells)}")
    return ". ".join(told) or study.say("tidak ada rumpun", "no family")


def intervening(study: Study) -> str:
    if reason := study.one_case():
        return reason
    told = []
    for code in study.tally(study.compared, study.rows):
        reached: dict[object, dict[object, pd.DataFrame]] = {}
        for case, passages in study.cases(study.compared[study.compared[study.rows] == code]).items():
            reached.setdefault(_highest(study, passages), {})[case] = passages
        for status, cases in reached.items():
            for attribute in ("direction", "voice"):
                values = {case: study.names(study.tally(passages, attribute), " + ") for case, passages in cases.items()}
                if len(set(values.values())) > 1:
                    differ = "; ".join(f"{study.word(case)}: {value}" for case, value in values.items())
                    told.append(f"{study.word(code)}, {study.word(status)}: {study.axis(attribute)} ({differ})")
    if not told:
        return study.say(
            "kasus dengan kode dan status tertinggi yang sama tidak berbeda arah atau suara",
            "cases with the same code and highest status do not differ in direction or voice",
        )
    return f"{study.say('kode dan status tertinggi sama, tetapi berbeda', 'the same code and highest status, but different')}: {'. '.join(told)}"


def _highest(study: Study, passages: pd.DataFrame) -> object:
    """The highest status among the passages, as the code that knows its label."""
    ranks = height(passages["status"])
    return list(study.tally(passages[ranks == ranks.max()], "status"))[-1]


def chain(study: Study) -> str:
    links = list(
        dict.fromkeys((*study.claim.supporting, *study.claim.opposing, *(e for r in study.claim.rivals for e in r.evidence)))
    )
    if not links:
        return study.reason("tidak ada pernyataan yang dirujuk", "it refers to no statement")
    passages = study.statements[study.statements["statement"].isin(links) & study.statements["segment"].notna()]
    held = _ids(passages)
    bare = _ids(study.support[study.support["evidence"].astype(str) == "0"])
    missing = [name for name in links if name not in held]
    return study.say(
        f"{len(held)} dari {len(links)} pernyataan bertumpu pada segmen ({_segments(passages)} segmen); tanpa segmen:"
        f" {_numbered(missing)}; mendukung tanpa rincian (bukti 0): {_numbered(bare)}",
        f"{len(held)} of {len(links)} statements rest on a segment ({_segments(passages)} segments); without one:"
        f" {_numbered(missing)}; in support without particulars (evidence 0): {_numbered(bare)}",
    )


def coherence(study: Study) -> str:
    dtype = study.statements[study.rows].dtype
    names: Iterable[object] = dtype.categories if isinstance(dtype, pd.CategoricalDtype) else []
    theory = [code for code in names if _entry(code, "origin") == "theory" and not _entry(code, "left_out")]
    if not theory:
        return study.reason(
            f"tidak ada {study.axis(study.rows)} yang berasal dari teori", f"no {study.axis(study.rows)} comes from theory"
        )
    found = study.tally(study.meant, study.rows)
    covered = study.listed({code: found[code] for code in theory if code in found})
    left = study.names(code for code in theory if code not in found)
    filled = sum(code in found for code in theory)
    return study.say(
        f"{filled} dari {len(theory)} kode dari teori terisi: {covered}. Tidak terisi: {left}",
        f"{filled} of {len(theory)} codes from theory are filled: {covered}. Not filled: {left}",
    )


# --- testing or confirming ---


def represented(study: Study) -> str:
    sources = []
    for document, found in study.support.groupby("document", sort=True):
        facts = study.number(found["statement"].nunique(), "pernyataan", "statement")
        segments = study.number(_segments(found), "segmen", "segment")
        sources.append(f"{document} ({study.word(found['kind'].iloc[0])}) {facts}, {segments}")
    cases = ", ".join(f"{study.word(case)} {found['document'].nunique()}" for case, found in study.cases(study.support).items())
    years = sorted(study.years(study.support).values())
    span = f"{years[0]}–{years[-1]}, {study.say('tertulis pada', 'given in')} {len(years)}" if years else "–"
    single = _numbered([name for name in _ids(study.support) if name not in _by_several(study.support)])
    voices = study.listed(study.tally(study.support, "voice"))
    return study.say(
        f"{'; '.join(sources)}. Dokumen per {study.axis(study.columns)}: {cases}. Tahun: {span}. Suara: {voices}. Sumber tunggal: {single}",
        f"{'; '.join(sources)}. Documents per {study.axis(study.columns)}: {cases}. Years: {span}. Voice: {voices}. Single source: {single}",
    )


def _by_several(passages: pd.DataFrame) -> list[str]:
    """The statements that rest on two documents or more."""
    sources = passages.groupby("statement", sort=False)["document"].nunique()
    return list(sources.index[sources > 1])


def triangulated(study: Study) -> str:
    kinds = []
    for kind, ids in study.tally(study.support, "kind").items():
        documents = study.support.loc[study.support["kind"] == kind, "document"].nunique()
        kinds.append(f"{study.word(kind)} {_numbered(ids)}, {study.number(documents, 'dokumen', 'document')}")
    several, best = _by_several(study.support), _graded(study.support).get("3", [])
    return f"{'; '.join(kinds)}. " + study.say(
        f"Bertumpu pada dua dokumen atau lebih: {_numbered(several)}; bukti 3: {_numbered(best)}",
        f"Resting on two documents or more: {_numbered(several)}; evidence 3: {_numbered(best)}",
    )


def weighed(study: Study) -> str:
    told = []
    for head, passages in ((study.say("mendukung", "for"), study.support), (study.say("menentang", "against"), study.against)):
        grades = "; ".join(f"{study.grade(grade)} {_numbered(ids)}" for grade, ids in _graded(passages).items())
        told.append(f"{head}: {grades or '0'}")
    return ". ".join(told)


def outliers(study: Study) -> str:
    acts, mine = study.shown[study.shown["status"] != CONTEXT], set(study.claim.supporting)
    told = []
    for axis in (study.rows, study.columns):
        alone = [
            f"{ids[0]} ({study.word(value)})"
            for value, ids in study.tally(acts, axis).items()
            if len(ids) == 1 and ids[0] in mine
        ]
        told.append(f"{study.say('sendirian pada', 'alone in its')} {study.axis(axis)}: {', '.join(alone) or '0'}")
    once = [
        code
        for code, ids in study.tally(acts, study.rows).items()
        if not mine.isdisjoint(ids) and len(study.tally(acts[acts[study.rows] == code], study.columns)) == 1
    ]
    head = study.say(
        f"{study.axis(study.rows)} pada satu {study.axis(study.columns)} saja",
        f"{study.axis(study.rows)} in one {study.axis(study.columns)} only",
    )
    return "; ".join([*told, f"{head}: {study.names(once)}"])


def extremes(study: Study) -> str:
    shares: dict[object, Fraction] = {}
    told = []
    for case, passages in study.cases(study.shown).items():
        facts = passages[passages["status"] != CONTEXT].drop_duplicates("statement")
        if len(facts):
            done = int(facts["status"].isin(DONE).sum())
            shares[case] = Fraction(done, len(facts))
            told.append(f"{study.word(case)} {done}/{len(facts)}")
    if len(shares) < 3:
        return study.reason(
            f"yang ekstrem memerlukan minimal tiga kasus dengan lebih dari latar; di sini {len(shares)}",
            f"an extreme needs at least three cases with more than background; here are {len(shares)}",
        )
    top, low = (
        study.names(case for case, share in shares.items() if share == end)
        for end in (max(shares.values()), min(shares.values()))
    )
    mine = study.names(study.cases(study.support))
    where = study.say(" dalam tayangan", " in the display") if study.matrix else ""
    return study.say(
        f"ditandatangani atau dilaksanakan di antara pernyataan tanpa latar{where}: {'; '.join(told)}. Tertinggi: {top}. Terendah: {low}."
        f" Simpulan bertumpu pada {mine}",
        f"signed or implemented among the statements without background{where}: {'; '.join(told)}. Highest: {top}. Lowest: {low}."
        f" The claim rests on {mine}",
    )


def surprises(study: Study) -> str:
    both = pd.concat([study.support, study.against])
    # A code that the codebook leaves out of every comparison by sector stands under no sector's heading.
    compared = both[study.rows].isin(list(study.tally(both, study.rows)))
    off = _numbered(_ids(both[both["off_heading"].astype(bool) & compared]))
    told = study.say(f"di bawah judul bidang lain: {off}", f"under another field's heading: {off}")
    if study.dates is None:
        return told + study.say("; hari dan tanggal tidak diperiksa", "; weekdays and dates not checked")
    places = set(zip(both["document"], both["segment"], strict=True))
    wrong = [
        f"{row.written} ({row.document}: {row.segment})"
        for row in study.dates.itertuples()
        if not row.weekday_fits and (row.document, row.segment) in places
    ]
    return (
        told + study.say("; hari tidak cocok dengan tanggal: ", "; weekday does not fit the date: ") + (", ".join(wrong) or "0")
    )


def negative(study: Study) -> str:
    known = {*study.claim.supporting, *study.claim.opposing, *(e for rival in study.claim.rivals for e in rival.evidence)}
    cells = study.comparable.dropna(subset=[study.rows, study.columns])
    cells = cells.assign(rank=height(cells["status"]))
    cells = cells.assign(cell=cells[study.rows].astype(str) + " / " + cells[study.columns].astype(str))
    highest = cells[cells["statement"].isin(study.claim.supporting)].groupby("cell")["rank"].max()
    beside = cells[cells["cell"].isin(highest.index) & ~cells["statement"].isin(known)]
    is_lower = beside["rank"].astype(float) < beside["cell"].map(highest).astype(float)
    lower = study.tally(beside[is_lower], "status")
    other = [name for name in _ids(beside) if name not in set(_ids(beside[is_lower]))]
    opposing, left = _numbered(_ids(study.against)), study.number(len(_ids(beside)), "pernyataan", "statement")
    size = study.number(len(highest), "sel", "cell")
    return study.say(
        f"menentang: {opposing}. {left} dari {size} pendukung tidak diambil sebagai pendukung atau penentang; berstatus"
        f" lebih rendah: {study.listed(lower)}; lainnya: {_numbered(other)}",
        f"against: {opposing}. {left} in the {size} of the support not taken as for or against; of lower status:"
        f" {study.listed(lower)}; others: {_numbered(other)}",
    )


def predictions(study: Study) -> str:
    rules = study.number(len(study.claim.if_then), "aturan", "rule")
    if not study.claim.if_then:
        return study.reason("tidak ada aturan jika-maka yang tertulis", "no if-then rule is written down")
    if study.matrix is None or study.matrix.is_text:
        return study.reason(
            f"tertulis {rules}; perlu matriks peringkat atau hitungan",
            f"{rules} written; a rating or count matrix is needed",
        )
    untested: Words = {"id": "tidak dapat diuji (lihat if_then_tests)", "en": "cannot be tested (see if_then_tests)"}
    words = study.say("jika {} maka {} (ditulis {}): {}", "if {} then {} (written {}): {}")
    tests = if_then_tests([study.claim], study.matrix).to_dict("records")
    told = "; ".join(
        words.format(row["if"], row["then"], row["written"], _VERDICTS.get(row["verdict"], untested)[study.language])
        for row in tests
    )
    if not (failing := sum(row["verdict"] == "fails" for row in tests)):
        return told
    head = study.say(
        f"aturan kesimpulan ini sendiri tidak terpenuhi: {failing} dari {rules}",
        f"the claim's own prediction fails: {failing} of {rules}",
    )
    return f"{head}. {told}"


def third(study: Study) -> str:
    if reason := study.one_case():
        return reason
    told = []
    for case in study.cases(study.compared):
        passages = study.statements[study.statements[study.columns] == case]
        amount = [
            study.number(passages["statement"].nunique(), "pernyataan", "statement"),
            study.number(_segments(passages), "segmen", "segment"),
            f"{study.number(passages['document'].nunique(), 'dokumen', 'document')} ({study.names(study.tally(passages, 'kind'))})",
            f"{study.say('tahun pertama', 'first year')} {min(study.years(passages).values(), default='–')}",
        ]
        told.append(f"{study.word(case)}: {', '.join(amount)}")
    return "; ".join(told)


def replicated(study: Study) -> str:
    codes, support = study.tally(study.meant, study.rows), study.tally(study.meant, study.columns)
    acts = study.comparable[study.comparable["status"].isin(DONE) & study.comparable[study.rows].isin(list(codes))]
    others = study.listed({case: ids for case, ids in study.tally(acts, study.columns).items() if case not in support})
    axis, mine = study.axis(study.columns), study.listed(support)
    return study.say(
        f"pendukung per {axis}: {mine}. {study.axis(study.rows)} yang sama, ditandatangani atau dilaksanakan, pada {axis} lain: {others}",
        f"support per {axis}: {mine}. The same {study.axis(study.rows)}, signed or implemented, in another {axis}: {others}",
    )


def rivals(study: Study) -> str:
    if not study.claim.rivals:
        return study.reason("tidak ada penjelasan tandingan yang tercatat", "no rival explanation is listed")
    verdict, told = study.say("putusan", "verdict"), []
    for rival in study.claim.rivals:
        words, behind = rival.text[study.language].rstrip("."), _numbered(list(rival.evidence))
        told.append(f"{words} ({study.say('pernyataan', 'statements')}: {behind}; {verdict}: {rival.verdict})")
    return "; ".join(told)
