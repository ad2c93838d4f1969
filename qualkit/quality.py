"""The tables and logs of a study go in; what was done for its trustworthiness, with which object, and what was not, comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from qualkit.agreement import NOT_INDEPENDENT
from qualkit.claims import NEGATIVE, STATUS_WORDS, Claim, verify
from qualkit.codebook import AGREED, MACHINES, Codebook, CodeId, Language, Words, in_order
from qualkit.corpus import KINDS
from qualkit.indonesian import written_date, written_number
from qualkit.matrix import CONTEXT, RESTATED, need_language
from qualkit.tables import Entry, did_you_mean, need_columns, read_yaml

FEEDBACK = "getting feedback from participants"
TENTATIVE = 0.667  # Krippendorff: below it not even tentative conclusions
# What a study is made of: the table, the columns needed of it, and the function that gives it.
_TABLES: dict[str, tuple[tuple[str, ...], str]] = {
    "documents": (("document", "kind", "date"), "read_corpus"),
    "segments": (("document", "segment", "label"), "split"),
    "codebook": ((), "read_codebook"),
    "codings": (("document", "segment", "coder", "codebook"), "read_codings"),
    "statements": (("statement", "status", "document", "segment"), "read_statements"),
    "claims": ((), "read_claims"),
    "agreement": (("facet", "measure", "segments", "alpha", "low", "high"), "agreement_overview"),
    "audit": (("when", "who", "action", "what", "why"), "read_audit"),
    "memos": (("memo", "kind", "author"), "read_memos"),
    "trustworthiness": ((), "trustworthiness"),
}
# The objects that show something, as a reader who has never seen the files would call them.
_OBJECTS: dict[str, Words] = {
    "documents": {"id": "daftar dokumen (documents.csv)", "en": "list of documents (documents.csv)"},
    "segments": {"id": "segmen teks", "en": "segments of the texts"},
    "codings": {"id": "berkas pengodean (codings)", "en": "files of codings (codings)"},
    "statements": {"id": "berkas pernyataan (statements.csv)", "en": "file of statements (statements.csv)"},
    "claims": {"id": "berkas kesimpulan (claims.yaml)", "en": "file of conclusions (claims.yaml)"},
    "agreement": {"id": "tabel kesepakatan antarpengode (agreement_overview)", "en": "table of agreement (agreement_overview)"},
    "audit": {"id": "log audit (audit.jsonl)", "en": "audit log (audit.jsonl)"},
    "memos": {"id": "berkas memo (memos)", "en": "files of memos (memos)"},
    "codebook": {"id": "buku kode (codebook.yaml)", "en": "codebook (codebook.yaml)"},
}
_MEASURES: dict[str, Words] = {"sets, MASI distance": {"id": "himpunan kode, jarak MASI", "en": "sets of codes, MASI distance"}}
_UNSHOWN: Words = {"id": "Tidak terdokumentasi", "en": "Not shown"}
HEADS: dict[str, tuple[str, ...]] = {
    "id": ("Kriteria", "Teknik", "Yang dilakukan", "Tercatat dalam", "Yang tidak dilakukan"),
    "en": ("Criterion", "Technique", "Done", "Object that shows it", "Not done"),
}
# Kinds of documents that come from another way of gathering data than collecting documents.
_GATHERED = {"interview": "interview", "wawancara": "interview", "focus group": "interview", "observation": "observation",
             "observasi": "observation", "field note": "observation", "catatan lapangan": "observation"}  # fmt: skip
Given = Mapping[str, Any] | str | Path


class _Found(NamedTuple):
    """What was done in one respect, which object shows it, and what was not done; "" where nothing is to be said."""

    done: str
    shown_by: str
    not_done: str
    owed: str = ""  # not done as well, unless the researcher says in `given` that it was


class _Technique(NamedTuple):
    criterion: Words
    name: Words
    needs: tuple[str, ...]  # without these tables nothing can be said
    look: Callable[[Study], _Found]


class Study:
    """The tables of a study, checked, and what can be counted in them."""

    def __init__(self, tables: Mapping[str, Any], language: Language) -> None:
        need_language(language)
        for name, table in tables.items():
            if name not in _TABLES:
                raise ValueError(f"tables: '{name}' is none that is looked at.{did_you_mean(name, _TABLES)}")
            columns, source = _TABLES[name]
            if name == "trustworthiness":
                if not isinstance(table, pd.DataFrame) or tuple(table.columns) != HEADS[language]:
                    raise ValueError(
                        f"trustworthiness must be what trustworthiness returns, in the same language ('{language}')"
                    )
            elif name == "codebook":
                if not isinstance(table, Codebook):
                    raise ValueError("codebook must be what read_codebook returns")
            elif name != "claims":
                need_columns(table, columns, name, source)
            elif isinstance(table, str) or not all(isinstance(claim, Claim) for claim in table):
                raise ValueError("claims must be what read_claims returns")
        self.tables, self.language = tables, language
        self.claims: Sequence[Claim] = tuple(tables.get("claims", ()))

    def say(self, indonesian: str, english: str) -> str:
        return indonesian if self.language == "id" else english

    def count(self, number: float) -> str:
        return written_number(number, self.language, 3 if isinstance(number, float) else None)

    def counted(self, number: int, noun: str) -> str:
        """A number with its English noun: 1 statement, 2 statements."""
        return f"{self.count(number)} {noun}{'s' * (number != 1)}"

    def share(self, number: int, total: int) -> str:
        """How many of how many, or all of them."""
        if number == total > 1:
            return self.say(f"seluruh {self.count(total)}", f"all {self.count(total)}")
        return self.say(f"{self.count(number)} dari {self.count(total)}", f"{self.count(number)} of {self.count(total)}")

    def names(self, found: Iterable[object]) -> str:
        return ", ".join(dict.fromkeys(str(name) for name in found))

    def listed(self, names: Sequence[str]) -> str:
        """Names as a sentence has them: a, b, and c."""
        word = self.say("dan", "and")
        return f" {word} ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])}, {word} {names[-1]}"

    def shown(self, *objects: str) -> str:
        return self.names(_OBJECTS[name][self.language] for name in objects)

    def kind(self, kind: object) -> str:
        return KINDS[str(kind)][self.language] if kind in KINDS else str(kind)

    def day(self, when: object) -> str:
        return written_date(str(when)[:10], self.language)

    def between(self, days: Sequence[str]) -> str:
        """The first and the last of days in order, or the one that there is."""
        return " – ".join(dict.fromkeys(map(self.day, (*days[:1], *days[-1:]))))

    def facet(self, name: str) -> str:
        """What a facet is called, if a table knows its codebook entry."""
        for table in (self.tables.get("codings"), self.tables.get("statements")):
            scale = table[name].dtype if table is not None and name in table else None
            codes = list(scale.categories) if isinstance(scale, pd.CategoricalDtype) else []
            if codes and isinstance(codes[0], CodeId):
                return codes[0].column[self.language].lower()
        return name

    def statuses(self) -> pd.Series:
        """How many conclusions have each status: the one that may be shown, where the statements allow to tell it."""
        statements = self.tables.get("statements", pd.DataFrame())
        found = [claim.status for claim in self.claims]
        if self.claims and "evidence" in statements:
            found = [str(status).split(" (")[0] for status in verify(self.claims, statements)["shown_as"]]
        words = pd.Series(found, dtype=object).map(
            lambda name: STATUS_WORDS[name][self.language] if name in STATUS_WORDS else name
        )
        return words.value_counts().sort_index()

    @property
    def acts(self) -> pd.DataFrame:
        """Statements above background, one row per passage."""
        statements = self.tables["statements"]
        return statements[statements["status"].astype(str) != CONTEXT]

    def coders(self) -> pd.DataFrame:
        """The codings of those who coded on their own: neither machine nor consensus."""
        codings = self.tables["codings"]
        return codings[~codings["coder"].isin(NOT_INDEPENDENT)]

    def versions(self) -> str:
        """By which versions of the codebook the coders coded and agreed, and which version it has now, where that is given."""
        codings, told, coded = self.tables["codings"], [], set[str]()
        agreed = codings[codings["coder"] == AGREED]
        for table, indonesian, english in (
            (self.coders(), "dikode menurut buku kode versi", "coded by codebook version"),
            (agreed, "kode yang disepakati menurut versi", "agreed codes by version"),
        ):
            if used := in_order(table["codebook"]):
                told.append(f"{self.say(indonesian, english)} {self.listed(used)}")
                coded |= {*used}
        now = self.tables["codebook"].version if "codebook" in self.tables else ""
        if told and now and now not in coded:
            told.append(self.say(f"buku kode kini versi {now}", f"the codebook is now version {now}"))
        return "; ".join(told)

    def corroborated(self, claim: Claim) -> bool:
        """Whether one and the same statement for a claim rests on two documents: two that say different things do not count."""
        statements = self.tables["statements"]
        support = statements[statements["statement"].isin(claim.supporting)]
        return bool((support.groupby("statement")["document"].nunique() > 1).any())


def _sources(s: Study) -> _Found:
    per = s.acts.groupby("statement")["document"].nunique()
    several, backed = int((per > 1).sum()), sum(map(s.corroborated, s.claims))
    single = len(per) - several
    done = [
        s.say(
            f"Di luar pernyataan latar, {s.share(several, len(per))} pernyataan didasarkan pada dua dokumen atau lebih",
            f"Statements above background that rest on two or more documents: {s.share(several, len(per))}",
        )
    ] * bool(several)
    done += [
        s.say(
            f"{s.share(backed, len(s.claims))} kesimpulan memiliki pernyataan pendukung yang didasarkan pada dua dokumen atau lebih",
            f"conclusions with such a statement in support: {s.share(backed, len(s.claims))}",
        )
    ] * bool(backed)
    lacking = s.say(
        f"{s.count(single)} pernyataan bersumber tunggal.", f"Statements that rest on a single document: {s.count(single)}."
    )
    shown_by = s.shown("statements", *["claims"] * bool(backed))
    return _Found(_sentences(done), shown_by, lacking if single else "")


def _methods(s: Study) -> _Found:
    kinds = [str(kind) for kind in s.tables["documents"]["kind"] if str(kind)]
    ways = {_GATHERED.get(kind.casefold(), "document") for kind in kinds}
    told = s.names(s.kind(kind) for kind in sorted(kinds))
    if len(ways) > 1:
        return _Found(
            s.say(f"Data dikumpulkan dengan teknik yang berbeda: {told}.", f"Material gathered in different ways: {told}."),
            s.shown("documents"),
            "",
        )
    return _Found(
        "", "", s.say(f"Data dikumpulkan dengan satu teknik saja ({told}).", f"One way of gathering data only ({told}).")
    )


def _times(s: Study) -> _Found:
    years = {
        d: str(date)[:4]
        for d, date in zip(s.tables["documents"]["document"], s.tables["documents"]["date"], strict=True)
        if date
    }
    per = s.acts.assign(year=s.acts["document"].map(years)).groupby("statement")["year"].nunique()
    several = s.count(int((per > 1).sum()))
    lacking = s.say(
        f"Pengumpulan data tidak diulang pada waktu lain; {several} pernyataan didasarkan pada dokumen dari dua tahun atau lebih.",
        f"Data were not collected again at another time. Statements that rest on documents of two or more years: {several}.",
    )
    return _Found("", "", lacking)


def _negative(s: Study) -> _Found:
    searched = [claim for claim in s.claims if NEGATIVE in {tactic.name for tactic in claim.tactics}]
    against = len({name for claim in s.claims for name in claim.opposing})
    missing = s.names(claim.id for claim in s.claims if claim not in searched)
    told = s.say(
        f"Bukti negatif dicari untuk {s.share(len(searched), len(s.claims))} kesimpulan;"
        f" tercatat {s.count(against)} pernyataan yang menentang.",
        f"Negative evidence was searched for {s.share(len(searched), len(s.claims))} conclusions;"
        f" opposing statements on record: {s.count(against)}.",
    )
    lacking = s.say(f"Tanpa pencarian bukti negatif: {missing}.", f"Without a search for negative evidence: {missing}.")
    return _Found(told if searched else "", s.shown("claims"), lacking if missing else "")


def _references(s: Study) -> _Found:
    documents = s.tables["documents"]
    restated = documents["edition"] == RESTATED if "edition" in documents else pd.Series(False, documents.index)
    kept = documents["sha256"].astype(str) != "" if "sha256" in documents else pd.Series(False, documents.index)
    archived = set(documents.loc[kept & ~restated, "document"])
    read = set(s.tables["codings"]["document"]) if "codings" in s.tables else archived
    held = len(archived - read)
    told = s.say(
        f"{s.count(held)} teks sumber diarsipkan secara utuh dan tidak dikode.",
        f"Texts of the sources that are archived whole and were not coded: {s.count(held)}.",
    )
    lacking = (
        []
        if held
        else [s.say("tidak ada data mentah yang disisihkan dari analisis", "no raw material was held back from analysis")]
    )
    number = int(restated.sum())
    if number:
        lacking.append(
            s.say(
                f"{s.count(number)} teks merupakan edisi tulis ulang; teks aslinya tidak disimpan bersama penelitian ini",
                f"restated editions, whose originals are not kept with this study: {s.counted(number, 'text')}",
            )
        )
    untested = s.say("Temuan tidak diuji pada data yang disisihkan.", "The findings were not tested on what was held back.")
    said_so = _sentences(lacking)
    return _Found(
        told if held else "", s.shown("documents", "codings"), said_so[:1].upper() + said_so[1:], untested if held else ""
    )


def _unshown(indonesian: str, english: str) -> Callable[[Study], _Found]:
    """What no table can show; only the researcher can, with an object."""
    return lambda s: _Found("", "", f"{_UNSHOWN[s.language]}: {s.say(indonesian, english)}")


def _feedback(s: Study) -> _Found:
    asked = [claim.id for claim in s.claims if FEEDBACK in {tactic.name for tactic in claim.tactics}]
    if asked:
        named = s.names(asked)
        told = s.say(f"Umpan balik partisipan tercatat untuk {named}.", f"Feedback from participants is recorded for {named}.")
        return _Found(told, s.shown("claims"), "")
    return _Found(
        "", "", s.say("Tidak ada umpan balik partisipan yang tercatat.", "No feedback from participants is on record.")
    )


def _thick(s: Study) -> _Found:
    statements = s.tables["statements"]
    passages = statements.drop_duplicates(["document", "segment"])
    number, documents = s.count(len(passages)), s.count(passages["document"].nunique())
    background = s.count(statements.loc[statements["status"].astype(str) == CONTEXT, "statement"].nunique())
    told = s.say(
        f"Setiap pernyataan disertai kalimat sumbernya beserta letaknya: {number} kalimat dari {documents} dokumen. Pernyataan latar"
        f" ({background}) dipisahkan.",
        f"Behind every statement stand its sentences, with their place: {s.counted(len(passages), 'sentence')} of"
        f" {s.counted(passages['document'].nunique(), 'document')}. Background statements ({background}) stand apart.",
    )
    lacking = s.say(
        "Kalimat itu berasal dari edisi tulis ulang, bukan kutipan langsung dari sumber.",
        "The sentences are of a restated edition, not quotations from the sources.",
    )
    restated = "edition" in statements and bool((statements["edition"] == RESTATED).any())
    owed = s.say(
        "Uraian konteks masih harus ditulis oleh peneliti.", "The description of the context is the researcher's to write."
    )
    return _Found(told if len(passages) else "", s.shown("statements"), lacking if restated else "", owed)


def _audit(s: Study) -> _Found:
    log = s.tables["audit"]
    days = sorted(str(when)[:10] for when in log["when"] if when)
    if log.empty or not days:
        return _Found("", "", s.say("Log audit kosong.", "The audit log is empty."))
    made = {
        "created": s.say("dibuat", "created"),
        "changed": s.say("diubah", "changed"),
        "deleted": s.say("dihapus", "deleted"),
    }
    acts, found = log[log["action"].isin(made)], int((log["action"] == "found").sum())
    told = ""
    if len(acts):
        kinds = ", ".join(
            f"{s.count(number)} {word}" for name, word in made.items() if (number := int((acts["action"] == name).sum()))
        )
        files = len(acts.drop_duplicates(["log", "what"] if "log" in acts else ["what"]))
        by, when = s.listed(sorted(set(acts["who"]))), sorted(str(when)[:10] for when in acts["when"] if when)
        between = s.between(when or days)
        told = s.say(
            f"{s.count(len(acts))} perubahan pada {s.count(files)} berkas oleh {by}: {kinds} ({between}).",
            f"{s.counted(len(acts), 'change')} to {s.counted(files, 'file')} by {by}: {kinds} ({between}).",
        )
    lacking = []
    if found:
        lacking.append(
            s.say(
                f"Log dimulai pada {s.day(days[0])} dengan berkas yang sudah ada; perubahan sebelumnya tidak tercatat.",
                f"The log begins on {s.day(days[0])} with files that were there; what changed before is not on record.",
            )
        )
    unreasoned = int((log["why"].astype(str).str.strip() == "").sum())
    flawed = int((log["note"].astype(str) != "").sum()) if "note" in log else 0
    if unreasoned:
        lacking.append(
            s.say(f"{s.count(unreasoned)} catatan tanpa alasan.", f"Entries without a reason: {s.count(unreasoned)}.")
        )
    if flawed:
        lacking.append(s.say(f"{s.count(flawed)} catatan bermasalah.", f"Entries with a fault: {s.count(flawed)}."))
    return _Found(told, s.shown("audit"), " ".join(lacking))


def _codebook(s: Study) -> _Found:
    versions = s.versions()
    told = s.say(
        f"Versi buku kode tercatat pada setiap pengodean: {versions}.",
        f"Codings record their version of the codebook: {versions}.",
    )
    lacking = int((s.tables["codings"]["codebook"].astype(str) == "").sum())
    without = s.say(
        f"{s.count(lacking)} pengodean tanpa versi buku kode.",
        f"Codings without a version of the codebook: {s.count(lacking)}.",
    )
    return _Found(told if versions else "", s.shown("codebook", "codings"), without if lacking else "")


def _agreement(s: Study) -> _Found:
    overview, done, low = s.tables["agreement"], [], []
    alike = len(overview) > 1 and overview["segments"].nunique() == 1
    for row in overview.to_dict("records"):
        defined, interval = pd.notna(row["alpha"]), ""
        alpha = s.count(float(row["alpha"])) if defined else s.say("tidak terdefinisi", "undefined")
        if defined and pd.notna(row["low"]) and pd.notna(row["high"]):
            interval = f" [{s.count(float(row['low']))}; {s.count(float(row['high']))}]"
        level = str(row["measure"]).removeprefix("alpha, ")
        named = f"{s.facet(row['facet'])} ({_MEASURES.get(level, {s.language: level})[s.language]})"
        number = int(row["segments"])
        size = "" if alike else s.say(f", {s.count(number)} segmen", f", {s.counted(number, 'segment')}")
        done.append(f"{named} α = {alpha}{interval}{size}")
        low += [named] if not defined or row["alpha"] < TENTATIVE else []
    head = s.say(
        "Kesepakatan antarpengode (α Krippendorff; interval kepercayaan 95% dalam kurung siku): ",
        "Agreement of coders (Krippendorff's α; 95% confidence interval in brackets): ",
    )
    if alike:
        number = int(overview["segments"].iloc[0])
        done.append(s.say(f"masing-masing {s.count(number)} segmen", f"{s.counted(number, 'segment')} each"))
    bound = written_number(TENTATIVE, s.language, 3)
    lacking = [
        s.say(f"Di bawah {bound} atau tidak terdefinisi: ", f"Below {bound} or undefined: ") + "; ".join(low) + "."
    ] * bool(low)
    told = [head + "; ".join(done) + "."]
    if done and "codings" in s.tables:
        double, never = _versions(s)
        if double:
            told.append(
                s.say(
                    f"Pengodean ganda dilakukan menurut buku kode versi {s.listed(double)}.",
                    f"Double-coded by codebook version {s.listed(double)}.",
                )
            )
        if never:
            lacking.append(
                s.say(
                    f"Pengodean ganda tidak dilakukan menurut buku kode versi {s.listed(never)}.",
                    f"Not double-coded by codebook version {s.listed(never)}.",
                )
            )
        told += _settled(s)
    return _Found(
        " ".join(told) if done else "", s.shown("agreement", *["codings"] * ("codings" in s.tables)), " ".join(lacking)
    )


def _versions(s: Study) -> tuple[list[str], list[str]]:
    """The versions of the codebook with which two coders coded one segment, and those in use with which they never did."""
    codings, coders = s.tables["codings"], s.coders()
    used = set(codings.loc[~codings["coder"].isin(MACHINES), "codebook"].astype(str))
    per = coders.groupby(["document", "segment", coders["codebook"].astype(str)])["coder"].nunique()
    double = {str(version) for _, _, version in per[per > 1].index}
    return in_order(double), in_order(used - double)


def _settled(s: Study) -> list[str]:
    """On how many segments the coders gave different codes, in the documents of which agreed codes exist, and how many have some."""
    codings = s.tables["codings"]
    if "code" not in codings:
        return []
    agreed = codings[codings["coder"] == AGREED]
    alone = s.coders()
    alone = alone[alone["document"].isin(agreed["document"]) & (alone["segment"] != 0)]
    alone = alone[alone.groupby("document")["coder"].transform("nunique") > 1]
    if alone.empty:
        return []
    readers = {document: set(group["coder"]) for document, group in alone.groupby("document")}
    given: dict[tuple[str, int], dict[str, set[str]]] = {}
    for document, segment, coder, code in alone[["document", "segment", "coder", "code"]].astype(object).values.tolist():
        here = given.setdefault((document, segment), {reader: set() for reader in readers[document]})
        here[coder].add(str(code))
    differ = {place for place, codes in given.items() if len(set(map(frozenset, codes.values()))) > 1}
    decided = len(differ & set(zip(agreed["document"], agreed["segment"], strict=True)))
    apart, settled = s.share(len(differ), len(given)), ""
    if differ and decided == len(differ):
        settled = s.say("; semuanya diselesaikan dengan kode yang disepakati", "; all were settled by agreed codes")
    elif differ:
        settled = s.say(
            f"; {s.count(decided)} di antaranya diselesaikan dengan kode yang disepakati",
            f"; settled by agreed codes: {s.count(decided)}",
        )
    return [s.say(f"Para pengode berbeda pada {apart} segmen{settled}.", f"The coders differed on {apart} segments{settled}.")]


def _second(s: Study) -> _Found:
    coders = s.coders()
    per = coders.groupby(["document", "segment"])["coder"].nunique()
    both, named = int((per > 1).sum()), s.listed(sorted(coders["coder"].unique()))
    if not both:
        one = s.say(
            f"Hanya satu pengode: {named}." if named else "Tidak ada pengode.",
            f"One coder only: {named}." if named else "No coder.",
        )
        several = coders["coder"].nunique() > 1
        apart = s.say(
            f"Tidak ada segmen yang dikode oleh dua pengode ({named}).", f"No segment was coded by two coders ({named})."
        )
        return _Found("", "", apart if several else one)
    least = "" if both == len(per) else s.say("sedikitnya ", "at least ")  # who read and gave no code is in no table
    told = s.say(
        f"{named}: {least}{s.share(both, len(per))} segmen berkode dikode oleh dua pengode atau lebih.",
        f"{named}: {least}{s.share(both, len(per))} coded segments were coded by two or more coders.",
    )
    return _Found(told, s.shown("codings"), "")


def _chain(s: Study) -> _Found:
    statements = s.tables["statements"]
    backed = [claim for claim in s.claims if claim.supporting]
    behind = statements[statements["statement"].isin({name for claim in backed for name in claim.supporting})]
    passages = behind.drop_duplicates(["document", "segment"])
    told = s.say(
        f"{s.share(len(backed), len(s.claims))} kesimpulan didukung oleh {s.count(behind['statement'].nunique())} pernyataan"
        f" yang dapat ditelusuri ke {s.count(len(passages))} kalimat.",
        f"Conclusions with statements in support: {s.share(len(backed), len(s.claims))}; they lead through"
        f" {s.counted(behind['statement'].nunique(), 'statement')} to {s.counted(len(passages), 'sentence')}.",
    )
    bare = s.names(claim.id for claim in s.claims if not claim.supporting)
    lacking = s.say(f"Tanpa pernyataan pendukung: {bare}.", f"Without a supporting statement: {bare}.")
    return _Found(told if backed else "", s.shown("claims", "statements", "codings"), lacking if bare else "")


def _memos(s: Study) -> _Found:
    memos = s.tables["memos"]
    kinds = memos["kind"].astype(str).value_counts(sort=False).sort_index()
    names = {"jotting": "catatan singkat", "analytic": "analitik", "method": "metode", "interim": "ringkasan sementara"}
    told = "; ".join(
        f"{s.say(names.get(str(k), str(k)), str(k))} {s.count(int(number))}" for k, number in kinds.items() if number
    )
    by = s.listed(sorted(memos["author"].astype(str).unique()))
    done = s.say(f"{s.count(len(memos))} memo oleh {by}: {told}.", f"{s.counted(len(memos), 'memo')} by {by}: {told}.")
    return _Found(
        done if len(memos) else "", s.shown("memos"), "" if len(memos) else s.say("Tidak ada memo.", "There are no memos.")
    )


def _sentences(parts: Sequence[str]) -> str:
    return "; ".join(parts) + "." if parts else ""


_CREDIBLE: Words = {"id": "Kredibilitas", "en": "Credibility"}
_TRANSFER: Words = {"id": "Keteralihan", "en": "Transferability"}
_DEPEND: Words = {"id": "Kebergantungan", "en": "Dependability"}
_CONFIRM: Words = {"id": "Kepastian", "en": "Confirmability"}
TECHNIQUES: dict[str, _Technique] = {
    "prolonged engagement": _Technique(
        _CREDIBLE, {"id": "perpanjangan pengamatan (prolonged engagement)", "en": "prolonged engagement"}, (),
        _unshown("tidak ada catatan tentang perpanjangan pengamatan.", "no prolonged engagement is on record."),
    ),
    "persistent observation": _Technique(
        _CREDIBLE, {"id": "peningkatan ketekunan (persistent observation)", "en": "persistent observation"}, (),
        _unshown("tidak ada catatan tentang peningkatan ketekunan.", "no persistent observation is on record."),
    ),
    "source triangulation": _Technique(_CREDIBLE, {"id": "triangulasi sumber", "en": "triangulation of sources"}, ("statements",), _sources),
    "method triangulation": _Technique(_CREDIBLE, {"id": "triangulasi teknik", "en": "triangulation of methods"}, ("documents",), _methods),
    "time triangulation": _Technique(_CREDIBLE, {"id": "triangulasi waktu", "en": "triangulation of time"}, ("statements", "documents"), _times),
    "negative cases": _Technique(_CREDIBLE, {"id": "analisis kasus negatif", "en": "negative case analysis"}, ("claims",), _negative),
    "referential adequacy": _Technique(_CREDIBLE, {"id": "kecukupan referensial", "en": "referential adequacy"}, ("documents",), _references),
    "peer debriefing": _Technique(
        _CREDIBLE, {"id": "diskusi sejawat", "en": "peer debriefing"}, (),
        _unshown("tidak ada diskusi sejawat yang tercatat.", "no peer debriefing is on record."),
    ),
    "member check": _Technique(_CREDIBLE, {"id": "member check", "en": "member check"}, ("claims",), _feedback),
    "thick description": _Technique(_TRANSFER, {"id": "uraian rinci (thick description)", "en": "thick description"}, ("statements",), _thick),
    "audit trail": _Technique(_DEPEND, {"id": "jejak audit", "en": "audit trail"}, ("audit",), _audit),
    "codebook": _Technique(_DEPEND, {"id": "pencatatan versi buku kode", "en": "versioned codebook"}, ("codings",), _codebook),
    "code check": _Technique(_DEPEND, {"id": "pemeriksaan kode", "en": "code check"}, ("agreement",), _agreement),
    "second coder": _Technique(_CONFIRM, {"id": "pengode kedua", "en": "second coder"}, ("codings",), _second),
    "chain of evidence": _Technique(_CONFIRM, {"id": "rantai bukti", "en": "chain of evidence"}, ("claims", "statements"), _chain),
    "memos": _Technique(_CONFIRM, {"id": "memo", "en": "memos"}, ("memos",), _memos),
}  # fmt: skip


def trustworthiness(tables: Mapping[str, Any], given: Given | None = None, language: Language = "id") -> pd.DataFrame:
    """One row per technique for trustworthiness (uji keabsahan data): what was done, which object shows it, what was not done.

    What was done is counted in the tables; where none shows it, nothing is claimed. What a table cannot know, the researcher
    adds in `given`, with the object that shows it.

    Parameters
    ----------
    tables
        The tables of the study by name, as many as there are: "documents" (`read_corpus`), "codings" (`read_codings`), "statements"
        (`read_statements`), "claims" (`read_claims`), "agreement" (`agreement_overview`), "audit" (`read_audit`), "memos" (`read_memos`).
        With codings, agreement is told with the versions of the codebook with which segments were coded twice; with "codebook"
        (`read_codebook`), which version it has now, where nobody coded with it.
    given
        Per technique what the researcher adds: `done` with `object` (the file that shows it), and `not_done`; texts, or texts in both
        languages. A mapping, or a YAML file that holds one. The techniques are `TECHNIQUES`.
    language
        "id" or "en".

    Returns
    -------
    DataFrame
        In the language asked for: criterion (kredibilitas, keteralihan, kebergantungan, kepastian), technique, done, object, not done.
        Statements, conclusions, segments and sentences are counted once each. "Tidak ditunjukkan" (not shown) stands before what no
        table given could show; the rest of the last column was looked for and not found.

    Raises
    ------
    ValueError
        If a table or technique is not known, a table lacks a column, or `given` says that something was done without an object.

    Notes
    -----
    It says what was done, not whether it was enough. Documents count as different sources even where one took from the other. Coders
    are those named in the files; whether they are people the table cannot know: say it in `given`. Where a coder coded anything in a
    document, the whole of it counts as read when it is counted on how many segments the coders differed.

    Examples
    --------
    >>> statements = pd.DataFrame({"statement": ["S1", "S1", "S2"], "status": "signed", "document": ["a", "b", "a"], "segment": [1, 2, 3]})
    >>> table = trustworthiness({"statements": statements}, language="en")
    >>> table.loc[2, ["Technique", "Not done"]].tolist()
    ['triangulation of sources', 'Statements that rest on a single document: 1.']

    References
    ----------
    Lincoln, Y. S. and Guba, E. G. (1985). Naturalistic Inquiry, ch. 11.
    Sugiyono (2013). Metode Penelitian Kuantitatif, Kualitatif, dan R&D (uji keabsahan data).
    Krippendorff, K. (2004). Content Analysis, 2nd ed., ch. 11 (0.667 as the lowest limit for tentative conclusions).
    """
    study, added = Study(tables, language), taken(given, list(TECHNIQUES), "technique")
    rows = []
    for name, technique in TECHNIQUES.items():
        lacking = [needed for needed in technique.needs if needed not in tables]
        found = technique.look(study) if not lacking else _Found("", "", _not_looked(study, lacking))
        more = added.get(name, {})
        if not isinstance(more, Mapping) or not set(more) <= {"done", "object", "not_done"}:
            raise ValueError(f"given, '{name}': what can be said is done, object and not_done")
        words = {
            field: said(more.get(field, ""), language, f"given, '{name}': {field}") for field in ("done", "object", "not_done")
        }
        if words["done"] and not words["object"]:
            raise ValueError(f"given, '{name}' says what was done but names no object that shows it")
        unshown = not found.done and found.not_done.startswith(_UNSHOWN[language])
        if words["done"]:  # a record of the researcher stands where no table can show anything
            by = ", ".join(dict.fromkeys([*([found.shown_by] if found.done else []), words["object"]]))
            found = _Found(f"{found.done} {words['done']}".strip(), by, found.not_done if found.done else "")
        elif words["not_done"] and unshown:  # the researcher knows that it was not done
            found = _Found("", "", "")
        left = " ".join(filter(None, (found.not_done, found.owed, words["not_done"])))
        rows.append(
            [
                technique.criterion[language],
                technique.name[language],
                found.done or "–",
                found.shown_by if found.done else "–",
                left or "–",
            ]
        )
    return pd.DataFrame(rows, columns=list(HEADS[language]))


def standing(table: pd.DataFrame, language: Language) -> dict[str, list[str]]:
    """The techniques of a finished table: done, done in part, not done, and not shown where no object says anything of it."""
    found: dict[str, list[str]] = {"done": [], "partly": [], "not done": [], "not shown": []}
    for name, done, left in table.iloc[:, [1, 2, 4]].itertuples(index=False):
        unshown = "not shown" if left.startswith(_UNSHOWN[language]) else "not done"
        found[unshown if done == "–" else "done" if left == "–" else "partly"].append(name)
    return found


def _not_looked(s: Study, lacking: Sequence[str]) -> str:
    named = s.shown(*lacking)
    return f"{_UNSHOWN[s.language]}: " + s.say(f"{named} tidak diberikan.", f"no {named} given.")


def taken(given: Given | None, known: Sequence[str], what: str) -> Mapping[str, Any]:
    """What the researcher adds, from a mapping or a file; each key must be known."""
    if given is None:
        return {}
    faults = None
    if isinstance(given, (str, Path)):
        content, faults = read_yaml(Path(given))
        if not isinstance(content, Entry):
            raise ValueError(f"{given}: must hold one entry per {what}, such as '{known[0]}: ...'")
        given = content
    for name in given:
        if name not in known:
            hint = f"there is no {what} '{name}'.{did_you_mean(name, known)}"
            if faults is None:
                raise ValueError(f"given: {hint}")
            faults.add(given.lines[name] if isinstance(given, Entry) else None, hint)
    if faults is not None:
        faults.stop()
    return given


def said(words: Any, language: Language, what: str) -> str:
    """A text, or the one of a pair in this language."""
    found = words.get(language) if isinstance(words, Mapping) and set(words) <= {"id", "en"} else words
    if found is None or not isinstance(found, str):
        raise ValueError(f"{what} must be a text, or a text in both languages, as {{id: ..., en: ...}}")
    return found.strip()
