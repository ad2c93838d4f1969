"""The tables of a study and the researcher's words go in; the SRQR checklist comes out, filled where tables tell, blanks flagged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from qualkit.codebook import CodeId, Language, Words, is_residual
from qualkit.quality import Given, Study, said, standing, taken, trustworthiness


class _Item(NamedTuple):
    section: Words
    topic: Words
    needs: tuple[str, ...] = ()  # tables without which nothing can be filled in
    fill: Callable[[Study], str] | None = None
    rest: Words | None = None  # what only the researcher can say, where tables tell a part


def _context(s: Study) -> str:
    cases = s.tables["statements"].get("case", pd.Series(dtype=object))
    names = [name for name in cases.dropna().unique() if not is_residual(name)]
    labels = {name.entry.label[s.language] if isinstance(name, CodeId) else str(name) for name in names}
    return s.say("Kasus: ", "Cases: ") + "; ".join(sorted(labels)) + "." if labels else ""


def _sampling(s: Study) -> str:
    documents = s.tables["documents"]
    kinds = documents["kind"].astype(str).value_counts().sort_index()
    told = ", ".join(f"{s.kind(kind)} {s.count(int(number))}" for kind, number in kinds.items())
    number = len(documents)
    return s.say(f"{s.count(number)} dokumen ({told}).", f"{s.counted(number, 'document')} ({told}).") if told else ""


def _collection(s: Study) -> str:
    dates = sorted(str(date) for date in s.tables["documents"]["date"] if date)
    undated = int((s.tables["documents"]["date"].astype(str) == "").sum())
    between = s.between(dates)
    without = s.say(f"; {s.count(undated)} tanpa tanggal", f"; {s.count(undated)} without a date") if undated else ""
    return s.say(f"Dokumen bertanggal {between}{without}.", f"Documents dated {between}{without}.") if dates else ""


def _instruments(s: Study) -> str:
    versions = s.versions()
    used = f"{versions[0].upper()}{versions[1:]}. " if versions else ""
    return used + s.say("Perangkat lunak: qualkit.", "Software: qualkit.")


def _units(s: Study) -> str:
    content = s.tables["segments"]
    content = content[content["label"] == "content"]
    number, documents = len(content), content["document"].nunique()
    return s.say(
        f"{s.count(number)} segmen isi dari {s.count(documents)} dokumen.",
        f"{s.counted(number, 'content segment')} of {s.counted(documents, 'document')}.",
    )


def _processing(s: Study) -> str:
    segments = s.tables["segments"]
    content = segments[segments["label"] == "content"]
    aside = s.share(len(segments) - len(content), len(segments))
    told = s.say(
        f"{aside} bagian teks disisihkan sebagai judul atau unsur halaman beserta alasannya; tidak ada yang dihapus.",
        f"Set aside as headings or page furniture, with the reason: {aside} pieces of text; none is deleted.",
    )
    if "statements" not in s.tables:
        return told
    statements = s.tables["statements"]
    resting = set(zip(statements["document"], statements["segment"], strict=True))
    without = s.share(len(set(zip(content["document"], content["segment"], strict=True)) - resting), len(content))
    return told + s.say(
        f" {without[0].upper()}{without[1:]} segmen isi tidak menjadi dasar pernyataan mana pun.",
        f" Content segments on which no statement rests: {without}.",
    )


def _analysis(s: Study) -> str:
    coders = s.coders()
    per = coders.groupby("coder").size()
    told = ", ".join(f"{name} ({s.count(int(number))})" for name, number in per.items())
    return s.say(f"Pengode dan jumlah pengodean: {told}.", f"Coders and number of their codings: {told}.") if told else ""


def _trusted(s: Study) -> str:
    table = s.tables.get("trustworthiness")
    if table is None and "statements" not in s.tables:
        return ""
    found = standing(trustworthiness(s.tables, language=s.language) if table is None else table, s.language)
    words = {
        "done": s.say("Dilakukan", "Done"),
        "partly": s.say("Dilakukan sebagian", "Done in part"),
        "not done": s.say("Tidak dilakukan", "Not done"),
        "not shown": s.say("Tidak terdokumentasi", "Not shown"),
    }
    return " ".join(f"{words[how]}: {s.names(found[how]) or '–'}." for how in words)


def _synthesis(s: Study) -> str:
    told = ", ".join(f"{status} {s.count(int(number))}" for status, number in s.statuses().items())
    return (
        s.say(f"{s.count(len(s.claims))} kesimpulan ({told}).", f"{s.counted(len(s.claims), 'conclusion')} ({told}).")
        if told
        else ""
    )


def _evidence(s: Study) -> str:
    statements = s.tables["statements"]
    number, places = statements["statement"].nunique(), statements.drop_duplicates(["document", "segment"])
    documents = places["document"].nunique()
    return s.say(
        f"{s.count(number)} pernyataan, masing-masing beserta letaknya: {s.count(len(places))} kalimat dari {s.count(documents)} dokumen.",
        f"{s.counted(number, 'statement')}, each with its place: {s.counted(len(places), 'sentence')} of {s.counted(documents, 'document')}.",
    )


_TITLE: Words = {"id": "Judul dan abstrak", "en": "Title and abstract"}
_INTRODUCTION: Words = {"id": "Pendahuluan", "en": "Introduction"}
_METHODS: Words = {"id": "Metode", "en": "Methods"}
_RESULTS: Words = {"id": "Hasil", "en": "Results/findings"}
_DISCUSSION: Words = {"id": "Pembahasan", "en": "Discussion"}
_OTHER: Words = {"id": "Lainnya", "en": "Other"}
ITEMS: dict[str, _Item] = {
    "S1": _Item(_TITLE, {"id": "Judul", "en": "Title"}),
    "S2": _Item(_TITLE, {"id": "Abstrak", "en": "Abstract"}),
    "S3": _Item(_INTRODUCTION, {"id": "Rumusan masalah", "en": "Problem formulation"}),
    "S4": _Item(_INTRODUCTION, {"id": "Tujuan atau pertanyaan penelitian", "en": "Purpose or research question"}),
    "S5": _Item(_METHODS, {"id": "Pendekatan kualitatif dan paradigma", "en": "Qualitative approach and research paradigm"}),
    "S6": _Item(_METHODS, {"id": "Karakteristik peneliti dan refleksivitas", "en": "Researcher characteristics and reflexivity"}),
    "S7": _Item(_METHODS, {"id": "Konteks", "en": "Context"}, ("statements",), _context,
                {"id": "latar dan faktor kontekstual yang menonjol", "en": "setting and salient factors"}),
    "S8": _Item(_METHODS, {"id": "Strategi pemilihan sampel", "en": "Sampling strategy"}, ("documents",), _sampling,
                {"id": "cara dan alasan pemilihan, kriteria berhenti", "en": "how and why selected, when to stop"}),
    "S9": _Item(_METHODS, {"id": "Etika penelitian dengan subjek manusia", "en": "Ethical issues pertaining to human subjects"}),
    "S10": _Item(_METHODS, {"id": "Metode pengumpulan data", "en": "Data collection methods"}, ("documents",), _collection,
                 {"id": "prosedur dan waktu pengumpulan", "en": "procedures and period of collection"}),
    "S11": _Item(_METHODS, {"id": "Instrumen dan teknologi pengumpulan data", "en": "Data collection instruments and technologies"},
                 ("codings",), _instruments),
    "S12": _Item(_METHODS, {"id": "Unit kajian", "en": "Units of study"}, ("segments",), _units),
    "S13": _Item(_METHODS, {"id": "Pengolahan data", "en": "Data processing"}, ("segments",), _processing),
    "S14": _Item(_METHODS, {"id": "Analisis data", "en": "Data analysis"}, ("codings",), _analysis,
                 {"id": "siapa para pengode dan bagaimana mereka bekerja", "en": "who they are and how they worked"}),
    "S15": _Item(_METHODS, {"id": "Teknik pemeriksaan keabsahan data", "en": "Techniques to enhance trustworthiness"}, (), _trusted),
    "S16": _Item(_RESULTS, {"id": "Sintesis dan interpretasi", "en": "Synthesis and interpretation"}, ("claims",), _synthesis,
                 {"id": "temuan utama", "en": "main findings"}),
    "S17": _Item(_RESULTS, {"id": "Kaitan dengan data empiris", "en": "Links to empirical data"}, ("statements",), _evidence),
    "S18": _Item(_DISCUSSION, {"id": "Kaitan dengan penelitian terdahulu, implikasi, keteralihan, dan kontribusi",
                               "en": "Integration with prior work, implications, transferability, and contribution(s) to the field"}),
    "S19": _Item(_DISCUSSION, {"id": "Keterbatasan", "en": "Limitations"}),
    "S20": _Item(_OTHER, {"id": "Konflik kepentingan", "en": "Conflicts of interest"}),
    "S21": _Item(_OTHER, {"id": "Pendanaan", "en": "Funding"}),
}  # fmt: skip


def srqr(tables: Mapping[str, Any], given: Given | None = None, language: Language = "id") -> pd.DataFrame:
    """One row per item of SRQR, the standards for reporting qualitative research: what can be said, and where it is from.

    Parameters
    ----------
    tables
        The tables of the study by name, as for `trustworthiness`, and "segments" (`split`). "trustworthiness" is the finished table that
        `trustworthiness` returned, with what was given to it; without it, techniques are told from the tables alone.
    given
        What is said, per item ("S1" to "S21"): a text, or a text in both languages, or `{text: ..., location: ...}` where the place in
        the paper is known. A mapping, or a YAML file that holds one.
    language
        "id" or "en".

    Returns
    -------
    DataFrame
        In the language asked for: item, section, topic, content and where it is from: the tables, the record (what was
        `given`, by whomever) or both, and where in the paper it stands ("" unless given). What
        nobody has said yet stands there as "belum diisi" (not filled in yet), and so does the part that tables cannot tell.

    Raises
    ------
    ValueError
        If a table or an item is not known, a table lacks a column, or what is given is no text.

    Examples
    --------
    >>> documents = pd.DataFrame({"document": ["a", "b"], "kind": ["news", "news"], "date": ["2016-05-25", ""]})
    >>> table = srqr({"documents": documents}, {"S8": "All reports found were taken."}, language="en")
    >>> table.loc[[7, 20], ["Item", "Content", "From"]].values.tolist()
    [['S8', '2 documents (news 2). All reports found were taken.', 'tables, record'], ['S21', 'not filled in yet', '–']]

    References
    ----------
    O'Brien, B. C., Harris, I. B., Beckman, T. J., Reed, D. A. and Cook, D. A. (2014). Standards for reporting qualitative research: a
    synthesis of recommendations. Academic Medicine, 89(9), 1245-1251.
    """
    study, words, rows = Study(tables, language), taken(given, list(ITEMS), "item"), []
    blank = study.say("belum diisi", "not filled in yet")
    for name, item in ITEMS.items():
        told = item.fill(study) if item.fill and all(table in tables for table in item.needs) else ""
        more, place = words.get(name, ""), ""
        if isinstance(more, Mapping) and "location" in more:
            if not set(more) <= {"text", "location"}:
                raise ValueError(f"given, '{name}': beside location stands the text, as {{text: ..., location: ...}}")
            place, more = said(more["location"], language, f"given, '{name}': location"), more.get("text", "")
        mine = said(more, language, f"given, '{name}'")
        open_end = f"({blank}: {item.rest[language]})" if told and item.rest and not mine else ""
        content = " ".join(filter(None, (told, mine, open_end))) or blank
        source = ", ".join([study.say("tabel", "tables")] * bool(told) + [study.say("catatan", "record")] * bool(mine))
        rows.append([name, item.section[language], item.topic[language], content, source or "–", place])
    heads = {
        "id": ("Butir", "Bagian", "Topik", "Isi", "Asal", "Letak"),
        "en": ("Item", "Section", "Topic", "Content", "From", "Location"),
    }
    return pd.DataFrame(rows, columns=list(heads[language]))
