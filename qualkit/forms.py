"""Files with the researcher's words and the tables go in; the summary form of each document comes out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from qualkit.accounting import check_tables, coded_facets, of_people, rule_name, settled
from qualkit.audit import record
from qualkit.codebook import AGREED, CodeId, Language, Words
from qualkit.corpus import KINDS
from qualkit.indonesian import written_date, written_number
from qualkit.tables import DEVICE, Entry, EntryReader, did_you_mean, is_day, need_columns, read_yaml

WORDS: dict[str, Words] = {
    "event": {"id": "Peristiwa atau kontak terkait", "en": "Event or contact it belongs to"},
    "significance": {"id": "Arti penting bagi penelitian", "en": "Significance for the study"},
    "summary": {"id": "Ringkasan isi", "en": "Brief summary of content"},
    "central": {"id": "Cukup penting untuk disimpan utuh?", "en": "Central enough to keep in full?"},
    "reflection": {"id": "Catatan reflektif", "en": "Reflective remarks"},
}
FIELDS = ("document", "coder", "date", *WORDS)
BLANK: Words = {"id": "belum diisi", "en": "not filled in yet"}
NONE: Words = {"id": "tidak ada", "en": "none"}
UNRECORDED: Words = {"id": "tidak tercatat", "en": "not recorded"}
_LABELS: dict[str, Words] = {
    "document": {"id": "Dokumen", "en": "Document"},
    "title": {"id": "Judul", "en": "Title"},
    "kind": {"id": "Jenis sumber", "en": "Source type"},
    "outlet": {"id": "Media atau jurnal", "en": "Outlet"},
    "author": {"id": "Penulis", "en": "Author"},
    "date": {"id": "Tanggal ditulis", "en": "Date written"},
    "date_certainty": {"id": "Kepastian tanggal", "en": "Certainty of the date"},
    "collected": {"id": "Tanggal diperoleh", "en": "Date collected"},
    "edition": {"id": "Teks yang dibaca", "en": "Text read"},
    "reference": {"id": "Rujukan", "en": "Reference"},
    "case": {"id": "Kasus (segmen)", "en": "Case (segments)"},
    **WORDS,
    "segments": {"id": "Segmen isi", "en": "Content segments"},
    "furniture": {"id": "Disisihkan", "en": "Set aside"},
    "coders": {"id": "Pengode (segmen)", "en": "Coders (segments)"},
    "agreed": {"id": "Kode yang disepakati (segmen)", "en": "Codes agreed on (segments)"},
    "statements": {"id": "Pernyataan yang bertumpu padanya", "en": "Statements that rest on it"},
}
_COMPUTED = {
    "case": "codings", "segments": "segments", "furniture": "segments", "coders": "codings", "agreed": "codings",
    "statements": "statements",
}  # fmt: skip
_SAID: dict[str, Words] = {
    **KINDS,
    "given": {"id": "dinyatakan sumber", "en": "given by the source"},
    "inferred": {"id": "disimpulkan", "en": "inferred"},
    "unknown": {"id": "tidak diketahui", "en": "unknown"},
    "restated": {"id": "ditulis ulang oleh proyek; bukan kata-kata sumber", "en": "restated by the project; not the words of the source"},
    "source": {"id": "teks sumber", "en": "the text of the source"},
    "segments": {"id": "dihitung: segmen", "en": "computed: segments"},
    "codings": {"id": "dihitung: pengodean", "en": "computed: codings"},
    "statements": {"id": "dihitung: pernyataan", "en": "computed: statements"},
    "words of": {"id": "kata-kata", "en": "words of"},
    "word": {"id": "kata", "en": "words"},
    "character": {"id": "karakter", "en": "characters"},
    "segment": {"id": "segmen", "en": "segments"},
    "agreed": {"id": "disepakati", "en": "agreed on"},
    "of": {"id": "dari", "en": "of"},
    "code": {"id": "Kode (segmen)", "en": "Codes (segments)"},
}  # fmt: skip
_HINTS = {
    "date": 'hari formulir ini diisi, seperti "2026-11-22" / the day this form was filled in',
    "event": "peristiwa atau kontak yang terkait / the event or contact it belongs to",
    "significance": "mengapa penting bagi penelitian / why it matters for the study",
    "summary": "ringkasan isi / brief summary of content",
    "central": '"ya: ..." atau "tidak: ...", dengan alasan / "yes: ..." or "no: ...", with a reason',
    "reflection": "catatan reflektif / reflective remarks",
}
_HEAD = """\
# Lembar ringkasan dokumen. Isi dengan kata-kata sendiri, dalam tanda kutip; yang kosong dicetak sebagai "belum diisi".
# Document summary form. Fill it in in your own words, in quotes; what is empty is printed as "not filled in yet".
"""


def start_forms(folder: str | Path, documents: pd.DataFrame, coder: str) -> list[Path]:
    """Write a blank document summary form for each document that has none, and return the paths of those written.

    A form that is there is not touched. Every file written is logged (`read_audit`).

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import read_corpus
    >>> folder = tempfile.mkdtemp()
    >>> len(start_forms(folder, read_corpus("corpus"), coder="rani")), start_forms(folder, read_corpus("corpus"), coder="rani")
    (5, [])
    """
    need_columns(documents, ("document",), "documents", "read_corpus")
    for document in documents["document"]:
        if not re.fullmatch(r"[\w.-]+", str(document)) or DEVICE.fullmatch(f"{document}.yaml"):
            raise ValueError(
                f"document '{document}': its form is a file of that name; an id is made of letters, digits, '-', '_' and '.'"
            )
    written = []
    for document in documents["document"]:
        path = Path(folder) / f"{document}.yaml"
        if not path.exists():
            known = yaml.safe_dump({"document": document, "coder": coder}, sort_keys=False, allow_unicode=True)
            blanks = "".join(f"{field}:  # {hint}\n" for field, hint in _HINTS.items())
            record(path, f"{_HEAD}{known}{blanks}".encode(), coder, "blank document summary form", expected="")
            written.append(path)
    return written


def read_forms(folder: str | Path, documents: pd.DataFrame) -> pd.DataFrame:
    """One row per document summary form: the researcher's words about a document, "" where nothing is written yet.

    Parameters
    ----------
    folder
        Files `<document>.yaml` with the fields `document`, `coder`, `date` (needed once there are words), `event`, `significance`,
        `summary`, `central` (yes or no, with the reason) and `reflection`; `start_forms` writes blank ones.
    documents
        What `read_corpus` returns.

    Returns
    -------
    DataFrame
        Columns as the fields, in the order of the documents.

    Raises
    ------
    ValueError
        All faults of all files at once, with file and line: an empty file, unknown documents or fields, a file named after another
        document, words without coder or date, a date that is none, `central` without yes or no or without a reason.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import read_corpus
    >>> documents, folder = read_corpus("corpus"), tempfile.mkdtemp()
    >>> _ = start_forms(folder, documents, coder="rani")
    >>> read_forms(folder, documents)[["document", "coder", "summary"]].iloc[0].tolist()
    ['rakhmadi-2023', 'rani', '']
    """
    need_columns(documents, ("document",), "documents", "read_corpus")
    folder, known = Path(folder), documents["document"].tolist()
    if not folder.is_dir():
        raise ValueError(f"{folder}: there is no such folder of forms; start_forms makes it")
    rows: list[dict[str, str]] = []
    told: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            rows.append(_form(path, known))
        except ValueError as error:
            told += [line for line in str(error).splitlines() if not re.fullmatch(r"\d+ faults", line)]
    if told:
        raise ValueError("\n".join([f"{len(told)} faults", *told] if len(told) > 1 else told))
    rows.sort(key=lambda row: known.index(row["document"]))
    return pd.DataFrame(rows, columns=[*FIELDS])


def _form(path: Path, documents: list[str]) -> dict[str, str]:
    content, faults = read_yaml(path)
    if not isinstance(content, Entry):
        what = "holds no fields" if content else "is empty"
        raise ValueError(f"{path}: the form {what}; delete the file, and start_forms writes a blank one")
    reader = EntryReader(faults)
    reader.fields(content, "the form", ("document", "coder"), FIELDS[2:])
    row = {name: reader.text(content, name, "the form") for name in FIELDS}
    if row["document"] and row["document"] not in documents:
        known = did_you_mean(row["document"], documents)
        faults.add(content.lines["document"], f"document '{row['document']}' is not in the corpus.{known}")
    elif row["document"] and row["document"] != path.stem:
        faults.add(
            content.lines["document"], f"a form of '{row['document']}' in the file of '{path.stem}': one file, one document"
        )
    if row["date"] and not is_day(row["date"]):
        faults.add(content.lines["date"], f"date '{row['date']}' is no day of the calendar, such as \"2026-11-22\"")
    if not row["date"] and any(row[name] for name in WORDS):
        faults.add(content.line, "the form has words but no date: when were they written?")
    if row["central"] and not re.match(r"(?:yes|no|ya|tidak)\b\W+\w", row["central"], re.IGNORECASE):
        message = 'central must say yes or no (ya, tidak) and why, as in "yes: the only text that compares both pairs"'
        faults.add(content.lines["central"], message)
    faults.stop()
    return row


def document_form(
    document: str,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    statements: pd.DataFrame,
    forms: pd.DataFrame | None = None,
    language: Language = "id",
) -> pd.DataFrame:
    """The document summary form of one document, one row per field: what the tables know of it, and the researcher's words.

    Parameters
    ----------
    document
        Its id.
    segments, codings, statements
        What `split`, `read_codings` and `read_statements` return. Suggestions of machines do not count; of several coders each
        segment counts once.
    forms
        What `read_forms` returns. Without it, or without words for this document, the places for them are shown as blank.
    language
        "id" or "en": labels and words.

    Returns
    -------
    DataFrame
        `field`, `label`, `value`, and `from`: documents.csv, what it was computed from, or whose words these are and of which day.
        One row per facet says how many segments of the document each code was given to.

    Raises
    ------
    ValueError
        If there is no such document, or the language is neither of the two.

    Examples
    --------
    >>> import qualkit as qk
    >>> segments, codebook = qk.split(qk.read_corpus("corpus"), into="sentences"), qk.read_codebook("codebook.yaml")
    >>> codings = qk.read_codings("corpus/codings", segments, codebook)
    >>> statements = qk.read_statements("corpus/statements.csv", codings, codebook)
    >>> form = document_form("antara-medan-gwangju", segments, codings, statements, language="en").set_index("field")
    >>> form.loc[["date", "segments", "summary"], "value"].tolist()
    ['25 May 2016', '19 of 20 segments; 441 words', 'not filled in yet']

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 4 (document summary form).
    """
    check_tables(segments, codings, statements, language)
    known = segments["document"].unique().tolist()
    if document not in known:
        raise ValueError(f"there is no document '{document}'.{did_you_mean(document, known)}")
    own, people = (table[table["document"] == document] for table in (segments, of_people(codings)))
    resting = statements[statements["document"] == document].drop_duplicates("statement")
    listed = {str(name): value for name, value in own.iloc[0].items()}
    listed["edition"] = listed.get("edition") or "source"
    form = {str(row["document"]): row for row in (forms.to_dict("records") if forms is not None else [])}.get(document, {})
    signed = f"{_SAID['words of'][language]} {form.get('coder', '')}, {written_date(form.get('date', ''), language)}"
    rows = []
    for field, words in _LABELS.items():
        if field in WORDS:
            value, source = form.get(field, ""), signed if form.get(field) else ""
        elif field in _COMPUTED:
            value, source = _computed(field, own, people, resting, language), _SAID[_COMPUTED[field]][language]
        else:
            value, source = _recorded(listed, field, language), "documents.csv"
        rows.append({"field": field, "label": words[language], "value": value, "from": source})
    for facet, codes in coded_facets(codings).items():
        if facet != "case":
            label = f"{_SAID['code'][language]}: {codes[0].column[language]}"
            value, source = _codes(settled(people), facet, language), _SAID["codings"][language]
            rows.insert(-1, {"field": f"code:{facet}", "label": label, "value": value, "from": source})
    for row in rows:
        row["value"] = row["value"] or (BLANK if row["field"] in WORDS else NONE)[language]
    return pd.DataFrame(rows, columns=["field", "label", "value", "from"])


def _recorded(document: dict[str, Any], field: str, language: Language) -> str:
    """What documents.csv says of a document; the certainty of its date with the reason."""
    found = document.get(field, "")
    words = _SAID[found][language] if field in ("kind", "date_certainty", "edition") and found in _SAID else str(found)
    words = written_date(words, language) if field in ("date", "collected") else words
    why = document.get("date_note", "") if field == "date_certainty" else ""
    return "; ".join(part for part in (words, why) if part) or UNRECORDED[language]


def _computed(field: str, own: pd.DataFrame, people: pd.DataFrame, resting: pd.DataFrame, language: Language) -> str:
    if field == "case":
        return _codes(settled(people), "case", language)
    if field == "coders":
        return _listed(people.loc[people["coder"] != AGREED].drop_duplicates(["coder", "segment"])["coder"])
    if field == "agreed":  # what the coders settled on together is no further coder
        settled_on = people.loc[people["coder"] == AGREED, "segment"].nunique()
        return f"{_SAID['agreed'][language]} ({AGREED}): {settled_on}" if settled_on else ""
    if field == "statements":
        counts = resting["status"].value_counts(sort=False)
        told = [f"{_label(status, language).lower()} {number}" for status, number in counts.items() if number]
        return f"{len(resting)} ({'; '.join(told)})" if told else ""
    kept = own["label"] == "content"
    of, segments, words, characters = (_SAID[name][language] for name in ("of", "segment", "word", "character"))
    if field == "segments":
        length = sum(len(text.split()) for text in own.loc[kept, "text"])
        return f"{kept.sum()} {of} {len(own)} {segments}; {written_number(length, language)} {words}"
    length = sum(len(text) for text in own.loc[~kept, "text"])
    rules = _listed(rule_name(rule, language) for rule in own.loc[~kept, "rule"])
    return (
        f"{(~kept).sum()} {of} {len(own)} {segments}; {written_number(length, language)} {characters}: {rules}" if rules else ""
    )


def _codes(people: pd.DataFrame, facet: str, language: Language) -> str:
    """The codes of a facet that people gave, in order, each with its number of segments."""
    given = people[people["facet"] == facet].drop_duplicates(["segment", "code"])["code"].value_counts().to_dict()
    codes = [code for code in coded_facets(people).get(facet, []) if code in given]
    return "; ".join(f"{_label(code, language)} ({code}) {given[code]}" for code in codes)


def _label(code: object, language: Language) -> str:
    return code.entry.label[language] if isinstance(code, CodeId) else str(code)


def _listed(names: Iterable[str]) -> str:
    """How often each name occurs: "berita 3; iklan 1", the most frequent first."""
    counts = Counter(names)
    return "; ".join(f"{name} {counts[name]}" for name in sorted(counts, key=lambda name: (-counts[name], name)))
