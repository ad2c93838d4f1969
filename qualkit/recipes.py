"""Nothing goes in; the catalogue of displays comes out: each with its source in the book, its axes, its cells and its rule."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from qualkit.codebook import Language, Words, bilingual
from qualkit.matrix import need_language
from qualkit.tables import did_you_mean

FAMILIES: dict[str, Words] = {
    "partial": {"id": "terurut sebagian", "en": "partially ordered"},
    "time": {"id": "terurut waktu", "en": "time-ordered"},
    "role": {"id": "terurut peran", "en": "role-ordered"},
    "concept": {"id": "terurut konsep", "en": "conceptually ordered"},
    "case": {"id": "terurut kasus", "en": "case-ordered"},
    "network": {"id": "jejaring", "en": "network"},
    "own": {"id": "buatan perkakas ini", "en": "this toolkit's own"},
}


@dataclass(frozen=True)
class Recipe:
    """A display: where it comes from, what its rows, columns and cells are, by which rule, when to use it and what it needs.

    `made` are the axes that the recipe makes itself; of the others `rows` and `columns` are the columns of statements taken
    where no other is named. `given` says what may be passed beside the statements. `to_fill` are the columns of the empty
    table of a display that nothing in the statements can fill.
    """

    name: str
    label: Words
    family: str
    source: Words
    rows: str
    columns: str
    cells: Words
    rule: Words
    when_to_use: Words
    needs: Words
    priority: int
    made: tuple[str, ...] = ()
    given: str = ""
    to_fill: tuple[str, ...] = ()

    @property
    def a_name(self) -> str:
        return f"{'an' if self.name[0] in 'aeiou' else 'a'} {self.name}"


def _book(first: str, later: str = "") -> Words:
    """Chapters of Miles & Huberman (1994) and of Miles, Huberman & Saldaña (2014)."""
    books = (("Miles & Huberman (1994)", first), ("Miles, Huberman & Saldaña (2014)", later))
    return {
        language: "; ".join(f"{book}, {word} {number}" for book, number in books if number)
        for language, word in (("id", "bab"), ("en", "ch."))
    }


_ENTRY = bilingual("pernyataan dengan status, bukti, dan letaknya", "statements with status, evidence and place")
_ORDER = bilingual(
    "setiap pernyataan sekali: perbuatan, hasil yang diklaim, rencana, harapan, lalu latar yang disebut latar; † fakta di bawah judul bidang lain",
    "each statement once: deeds, outcomes claimed, plans, hopes, then background, called so; † a fact from under another sector's heading",
)
_FACETS = bilingual("faset kasus, status, dan bukti", "the facets case, status and evidence")
_FIRST = bilingual(
    "kritis: penandatanganan berbukti 1 atau lebih, atau perbuatan pertama yang bertanggal sendiri dan berbukti 2 atau lebih suatu kasus di"
    " sektor yang diperbandingkan; atau yang ditetapkan tersendiri",
    "critical: a signing with evidence 1 or more, or a case's first deed with a date of its own and evidence 2 or more in a sector that is"
    " compared; or what is named apart",
)
_JUDGED = bilingual("penilaian peneliti", "the researcher's judgement")
_RATED = bilingual(
    "peringkat menurut aturan matriks peringkat, atau penilaian peneliti",
    "ratings by the rule of the rating matrix, or the researcher's judgement",
)

CATALOGUE = (
    Recipe(
        "partially ordered meta-matrix",
        bilingual("Matriks meta terurut sebagian", "Partially ordered meta-matrix"),
        "partial", _book("7", "6"), "sector", "case",
        bilingual("status tertinggi, pernyataan, kutipan terbaik dan tandingannya", "highest status, statements, best quote and counter-quote"),
        bilingual(
            f"status sel: yang tertinggi di antara pernyataan berbukti 1 atau lebih; latar tidak pernah dihitung; {_ORDER['id']}; ° bersumber"
            " tunggal; kutipan: bukti terbaik, lalu kutipan berstatus terendah dari kalimat lain",
            f"status of a cell: the highest among statements with evidence 1 or more; background never counts; {_ORDER['en']}; ° single"
            " source; quotes: best evidence, then one of the lowest status from another sentence",
        ),
        bilingual("langkah pertama lintas kasus: semua data sejajar", "first step across cases: all data side by side in one format"),
        _FACETS, 1,
    ),
    Recipe(
        "checklist matrix",
        bilingual("Matriks daftar periksa", "Checklist matrix"),
        "partial", _book("5", "6"), "component", "case",
        bilingual("peringkat setiap unsur pelaksanaan dengan isinya", "a rating for each component of implementation, with what it is"),
        bilingual(
            "instrumen: status ditandatangani; kegiatan: dilaksanakan; pelaku: kode pelaku; jumlah: bilangan dalam pernyataan selain tanggal dan"
            " nomor; waktu: tanggal tercatat; kekerapan: tanggal berulang atau kata seperti tiap tahun, rutin, berkala; arah: arah yang disebut;"
            " hasil: hasil diklaim. ada: ditandatangani atau dilaksanakan dengan bukti 1 atau lebih (tingkat tertinggi ditulis); diklaim: tanpa"
            " bukti, atau hasil yang diklaim; hanya diharapkan atau direncanakan; hanya latar",
            "instrument: status signed; activity: implemented; actors: actor codes; numbers: a number in the statement other than dates and"
            " numbers in names; dates: a date on record; frequency: a recurring date or words such as every year, regularly; direction: a"
            " direction named; result: an outcome claimed. present: signed or implemented with evidence 1 or more (highest grade written);"
            " claimed: without evidence, or an outcome claimed; only hoped for or planned; only background",
        ),
        bilingual("menilai kedalaman pelaksanaan, sebaiknya satu sektor", "to judge depth of implementation, best for one sector"),
        bilingual(
            "faset kasus, status, bukti; bila ada arah, tanggal, dan pelaku dari spread, yang memberi labelnya",
            "facets case, status, evidence; direction, date if any, and actor as spread makes it, which gives its labels",
        ),
        1, ("rows",),
        "components of your own or more codes for one of ours: {name: [\"facet:code\", ...]}",
    ),
    Recipe(
        "content-analytic summary table",
        bilingual("Tabel ringkasan analisis isi", "Content-analytic summary table"),
        "concept", _book("7", "6"), "sector", "status",
        bilingual("kasus yang menunjukkannya, dengan jumlah pernyataan dan sumber", "the cases that show it, with numbers of statements and sources"),
        bilingual(
            "pernyataan dan dokumen yang berbeda dihitung sekali; nama disebut bersama jumlah; latar dihitung tersendiri; tanpa persentase",
            "distinct statements and documents, each counted once; names kept with numbers; background counted apart; no percentages",
        ),
        bilingual("melihat isi mana muncul di kasus mana", "to see which content appears in which cases"), _FACETS, 1,
    ),
    Recipe(
        "contrast table",
        bilingual("Tabel kontras", "Contrast table"),
        "case", _book("7", "6"), "sector", "case",
        bilingual("peringkat, pernyataan terkuat; lalu perbandingan", "rating, strongest statement; then the comparison"),
        bilingual(
            "serupa: peringkat (aturan matriks peringkat) dan status tertinggi sama di semua kasus; berbeda: salah satunya tidak sama; tidak"
            " dapat dibandingkan: minimal satu kasus tidak disebut atau hanya latar; klaim hasil di bawah"
            " perbuatan. Penilaian yang tercatat ditandai demikian, dengan penilainya bila disebut",
            "similar: rating (by the rule of the rating matrix) and highest status are the same in all cases; different: one of them is not; not"
            " comparable: at least one case is not mentioned or has background only; an outcome claimed ranks below a"
            " deed. Verdicts on record are marked as such, with who judged where it is told",
        ),
        bilingual("membandingkan kasus yang menonjol", "to compare exemplary cases"),
        bilingual(f"{_FACETS['id']}; dua kasus atau lebih", f"{_FACETS['en']}; two cases or more"),
        1, (), "verdicts of your own: {row: {\"id\": ..., \"en\": ..., \"by\": who judged, if it is to be told}}",
    ),
    Recipe(
        "event listing",
        bilingual("Daftar peristiwa", "Event listing"),
        "time", _book("5", "8"), "event", "case",
        bilingual("peristiwa dengan tanggal tertulis, kepastiannya, dan letaknya", "event with date as written, its certainty and place"),
        bilingual(
            "urut tanggal; tanggal berulang atau berlangsung tersendiri; kegiatan tanpa tanggal terakhir; jeda, untuk setiap kolom: tahun penuh"
            " di antara tahun-tahun bertanggalnya tanpa satu pun pernyataan bertanggal selain latar; rentang mengisi semua tahunnya, sejak 2007 hanya"
            f" 2007, tanggal berulang tanpa tahun tidak satu pun; {_FIRST['id']}",
            "in order of dates; recurring and ongoing ones apart; deeds without a date last; gap, for each column: full years between its dated"
            " years without any dated statement other than background; a span fills all its years, since 2007 only 2007, a recurring date"
            f" without a year none; {_FIRST['en']}",
        ),
        bilingual("menyusun urutan peristiwa dan melihat jeda", "to lay out the course of events and see gaps"),
        bilingual("tanggal; untuk pengelompokan kolom period dari periods", "dates; for groups the column period that periods adds"),
        1, ("rows",), "critical events and why: {statement: {\"id\": ..., \"en\": ...}}, in place of the rule",
    ),
    Recipe(
        "time-ordered meta-matrix",
        bilingual("Matriks meta terurut waktu", "Time-ordered meta-matrix"),
        "time", _book("7"), "case", "period",
        bilingual("peristiwa kasus itu dalam kurun itu", "the events of that case in that period"),
        bilingual(f"menurut tahun mulainya; {_ORDER['id']}", f"by the year it begins; {_ORDER['en']}"),
        bilingual("membandingkan perjalanan kasus dan melihat kurun yang sunyi", "to compare the course of cases and see silences"),
        bilingual("kolom period dari periods", "the column period that periods adds"), 1,
    ),
    Recipe(
        "source-by-statement triangulation matrix",
        bilingual("Matriks sumber dan pernyataan (triangulasi)", "Source-by-statement (triangulation) matrix"),
        "own", bilingual("buatan perkakas ini, bukan sajian Miles & Huberman", "this toolkit's own, not a display of Miles & Huberman"),
        "statement", "document",
        bilingual("mendukung, memperluas, membatasi, bertentangan, atau diam", "supports, extends, qualifies, contradicts, or silent"),
        bilingual(
            "mendukung: pernyataan itu bertumpu pada dokumen itu, atau dokumen itu mengulanginya; selebihnya dari tabel relasi; diam"
            " tidak berarti menyangkal",
            "supports: the statement rests on the document, or the document repeats it; the others from the table of relations;"
            " silent does not mean that it denies it",
        ),
        bilingual("triangulasi sumber", "triangulation of sources"), bilingual("tabel relasi, bila ada", "the table of relations, if there is one"),
        1, ("columns",), "relations: the table that read_relations returns",
    ),
    Recipe(
        "conceptually clustered matrix",
        bilingual("Matriks kelompok konsep", "Conceptually clustered matrix"),
        "concept", _book("5", "7"), "case", "pattern",
        _ENTRY, bilingual(f"{_ORDER['id']}; kolom kosong ialah temuan", f"{_ORDER['en']}; an empty column is a finding"),
        bilingual("melihat tema yang berkaitan bersama-sama", "to see themes that belong together side by side"),
        bilingual("kolom pattern dari with_patterns, atau kolom konsep lain", "the column pattern that with_patterns adds, or another concept"), 2,
    ),
    Recipe(
        "role-ordered matrix",
        bilingual("Matriks terurut peran", "Role-ordered matrix"),
        "role", _book("5", "7"), "actor", "family",
        bilingual("apa yang diperbuat, diucapkan, atau disebut tentang peran itu", "what the role does, what is said, what is told of it"),
        bilingual(
            "dalam perbuatan: ditandatangani atau dilaksanakan, bukan dalam ucapan; diucapkan sebagai perbuatan: perbuatan itu hanya dalam kutipan"
            " atau ucapan; diucapkan: ucapan tentang selain perbuatan; disebut: narasi tentang selain perbuatan. Siapa di antara para pelaku yang"
            " berbuat atau berucap, dan siapa hanya terkena, harus dibaca dalam kalimatnya; † fakta di bawah judul bidang lain",
            "in a deed: signed or implemented, not told in speech; said to have acted: the deed stands in a quote or speech only; speaks: speech"
            " about other than deeds; named: narration about other than deeds. Which of several actors acts or speaks, and which is only acted upon,"
            " must be read in the sentence; † a fact from under another sector's heading",
        ),
        bilingual("membandingkan peran: siapa berbuat dan siapa berucap", "to compare roles: who acts and who speaks"),
        bilingual("kolom actor dari spread, voice", "the column actor that spread makes, voice"), 2,
    ),
    Recipe(
        "effects matrix",
        bilingual("Matriks efek", "Effects matrix"),
        "concept", _book("5", "6, 9"), "sector", "pattern",
        bilingual("klaim hasil: oleh siapa dan dengan bukti apa", "outcome claims: by whom and on what evidence"),
        bilingual(
            "hanya pernyataan berstatus hasil diklaim; klaim bukan bukti bahwa hasil itu tercapai; dilaksanakan tidak berarti berhasil",
            "only statements with status outcome; a claim is no proof of the outcome, and what is implemented is not thereby effective",
        ),
        bilingual("menimbang hasil yang diklaim", "to weigh the outcomes claimed"),
        bilingual("kolom pattern atau kolom efek lain; voice", "the column pattern or another column of effects; voice"), 2,
    ),
    Recipe(
        "context chart",
        bilingual("Bagan konteks", "Context chart"),
        "network", _book("5", "7"), "actor", "other actor",
        bilingual("jumlah pernyataan tempat keduanya muncul", "number of statements in which both appear"),
        bilingual(
            "sel: jumlah pernyataan selain latar yang memuat kedua pelaku; diagonal: semua pernyataan pelaku itu sendiri. Satu bagan untuk"
            " satu kasus. Tanda hubungan (baik, buruk) tidak digambar. Muncul bersama belum berarti berhubungan",
            "cells: number of statements other than background that name both actors; diagonal: all of the actor's own. One chart for one case."
            " No sign of a relation (good, bad) is drawn. To appear together is not yet a relation",
        ),
        bilingual("melihat siapa muncul bersama siapa", "to see who appears with whom"),
        bilingual("kolom actor dari spread; satu kasus", "the column actor that spread makes; one case"), 2, ("columns",),
    ),
    Recipe(
        "code co-occurrence",
        bilingual("Kemunculan bersama kode", "Code co-occurrence"),
        "own",
        bilingual("lazim pada perangkat lunak pengodean, bukan sajian Miles & Huberman", "common in coding software, not of Miles & Huberman"),
        "sector", "other code",
        bilingual("jumlah satuan yang memuat kedua kode", "number of units that carry both codes"),
        bilingual("diagonal: jumlah kode itu sendiri; latar ikut dihitung", "diagonal: the code's own number; background is counted too"),
        bilingual("mencari pola antarkode", "to look for patterns among codes"), bilingual("pernyataan atau koding", "statements or codings"),
        2, ("columns",),
    ),
    Recipe(
        "case-ordered descriptive meta-matrix",
        bilingual("Matriks meta deskriptif terurut kasus", "Case-ordered descriptive meta-matrix"),
        "case", _book("7", "8"), "case", "sector", _ENTRY,
        bilingual(
            "kasus urut menurut jumlah sektor kuat, lalu sedang (aturan matriks peringkat); tinggi: minimal dua pertiga dari jumlah sektor"
            " kuat terbanyak; sedang: minimal sepertiga; selebihnya rendah; kode untuk kasus lain atau beberapa kasus di akhir, tidak"
            f" diurutkan; {_ORDER['id']}",
            "cases in order of their number of strong, then moderate sectors (rule of the rating matrix); high: at least two thirds of the"
            " largest number of strong sectors; medium: at least one third; else low; codes for other or several cases last, not ranked;"
            f" {_ORDER['en']}",
        ),
        bilingual("melihat apa yang menyertai tingkat kasus", "to see what goes with a case's level"), _FACETS, 2,
    ),
    Recipe(
        "critical incident chart",
        bilingual("Bagan insiden kritis", "Critical incident chart"),
        "time", _book("5"), "event", "case",
        bilingual("peristiwa dan mengapa kritis", "event and why it is critical"), _FIRST,
        bilingual("memilih peristiwa yang menentukan", "to pick out the events that matter"), bilingual("tanggal", "dates"),
        2, ("rows",), "critical events and why: {statement: {\"id\": ..., \"en\": ...}}, in place of the rule",
    ),
    Recipe(
        "code combinations",
        bilingual("Kombinasi kode", "Code combinations"),
        "own", bilingual("Lex dkk. (2014), UpSet; bukan sajian Miles & Huberman", "Lex et al. (2014), UpSet; not of Miles & Huberman"),
        "combination", "sector",
        bilingual("jumlah satuan dengan kombinasi itu saja", "number of units with exactly that combination"),
        bilingual("sel: satuan dengan tepat kode-kode itu; terbanyak dahulu", "cells: units with exactly these codes; most frequent first"),
        bilingual("melihat kode yang muncul sendiri atau bersama", "to see which codes come alone or together"),
        bilingual("pernyataan atau koding", "statements or codings"), 2, ("rows",),
    ),
    Recipe(
        "variable-by-variable matrix",
        bilingual("Matriks variabel dengan variabel", "Variable-by-variable matrix"),
        "case",
        bilingual(
            "Miles & Huberman (1994), bab 8 [belum diperiksa]; Miles, Huberman & Saldaña (2014), bab 9",
            "Miles & Huberman (1994), ch. 8 [not checked]; Miles, Huberman & Saldaña (2014), ch. 9",
        ),
        "", "",
        bilingual("nama kasus dengan pernyataannya", "names of cases with their statements"),
        bilingual(
            "kasus yang memuat keduanya dalam satu pernyataan selain latar; kode untuk kasus lain atau beberapa kasus bukan kasus",
            "cases with both in one statement other than background; codes for other or several cases are no cases",
        ),
        bilingual("melihat kasus mana yang memadukan dua tingkat", "to see which cases join two levels"),
        bilingual("dua kolom; sekitar enam kasus", "two columns; about six cases"), 3,
    ),
    Recipe(
        "two-variable case-ordered matrix",
        bilingual("Matriks terurut kasus dua variabel", "Two-variable case-ordered matrix"),
        "case", _book("7", "6"), "case", "status", _ENTRY,
        bilingual(
            f"kasus urut seperti pada matriks meta deskriptif terurut kasus; {_ORDER['id']}",
            f"cases in the order of the case-ordered descriptive meta-matrix; {_ORDER['en']}",
        ),
        bilingual("melihat rincian kasus menurut dua variabel", "to see details of cases by two variables"),
        bilingual("sekitar enam kasus", "about six cases"), 3,
    ),
    Recipe(
        "scatterplot",
        bilingual("Diagram pencar", "Scatterplot"),
        "case", _book("7"), "", "", _RATED, _RATED,
        bilingual("menempatkan kasus atau sektor pada dua peringkat", "to place cases or sectors on two ratings"),
        bilingual(
            "matriks peringkat, atau dua peringkat ordinal per kasus atau sektor dari peneliti; scatter menggambarnya",
            "a rating matrix, or two ordinal ratings per case or sector by the researcher; scatter draws it",
        ),
        3, to_fill=("case", "first_rating", "second_rating", "why", "statements"),
    ),
    *(
        Recipe(name, label, family, source, "", "", _JUDGED, _JUDGED, use, needs, 3, to_fill=tuple(columns.split()))
        for name, label, family, source, use, needs, columns in (
            (
                "case-ordered predictor-outcome matrix", bilingual("Matriks pendahulu dan hasil", "Antecedents (predictor-outcome) matrix"),
                "case", _book("8", "10"), bilingual("mencari pendahulu dari hasil", "to look for what precedes an outcome"),
                bilingual(
                    "hasil yang diukur per kasus, bukan hanya diklaim, dan peringkat setiap pendahulu",
                    "an outcome measured per case, not only claimed, and a rating of each antecedent",
                ),
                "case outcome antecedent rating why statements",
            ),
            (
                "case dynamics matrix", bilingual("Matriks dinamika kasus", "Case dynamics matrix"), "network", _book("6", "9"),
                bilingual("melacak perubahan: tekanan, tindakan, akibat", "to trace change: strain, action, consequence"),
                bilingual(
                    "data proses: masalah, siapa berbuat apa karenanya, dan penyelesaiannya",
                    "process data: a strain, who did what because of it, and how it was resolved",
                ),
                "case issue strain who what_was_done result statements",
            ),
            (
                "event-state network", bilingual("Jejaring peristiwa dan keadaan", "Event-state network"), "time", _book("5", "8"),
                bilingual("menggambar peristiwa dan keadaan di antaranya", "to draw events and the states between them"),
                bilingual("keadaan sebelum dan sesudah setiap peristiwa bertanggal", "the state before and after each dated event"),
                "event date state_before state_after statements",
            ),
            (
                "causal network", bilingual("Jejaring kausal", "Causal network"), "network", _book("6", "9"),
                bilingual("menyusun dugaan sebab-akibat", "to lay out what is thought to cause what"),
                bilingual(
                    "pengaruh antarvariabel, masing-masing ditegaskan sumber atau disimpulkan peneliti; sebab-akibat tidak dapat dihitung",
                    "influences among variables, each asserted by a source or inferred by the analyst; causality cannot be computed",
                ),
                "cause effect sign asserted_by_source_or_inferred why statements",
            ),
            (
                "cognitive map", bilingual("Peta kognitif", "Cognitive map"), "concept", _book("5", "7"),
                bilingual("menggambar pikiran satu orang", "to draw how one person thinks"),
                bilingual("satu penutur dengan cukup teks, hubungan konsepnya", "one speaker with enough text, and how the concepts are linked"),
                "speaker concept link other_concept statements",
            ),
            (
                "folk taxonomy", bilingual("Taksonomi rakyat", "Folk taxonomy"), "concept", _book("5", "7"),
                bilingual("membandingkan kategori pelaku dengan buku kode", "to hold the actors' own categories against the codebook"),
                bilingual("kata kategori milik para pelaku dan urutannya", "the category words of the actors themselves and their order"),
                "term kind_of who_says_so statements",
            ),
        )
    ),
)  # fmt: skip
NOT_BUILT = {
    "growth gradient": _book("", "8"),
    "decision modeling": _book("", "8"),
    "composite sequence analysis": _book("", "8"),
    "vignettes": _book("", "7"),
    "poetic display": _book("", "7"),
    "pre-structured case": _book("", "6"),
    "sequential analyses": _book("", "6"),
    "predictor-outcome-consequences matrix": _book("", "10"),
    "causal-prediction models": _book("", "10"),
}


_DRAWN = {"scatterplot": "scatter"}  # of a rating matrix, or of the template that is filled in


def find_recipe(name: str) -> Recipe:
    """The recipe of that name; where there is none the error says what there is, or that the display is not built."""
    for recipe in CATALOGUE:
        if name in (recipe.name, *recipe.label.values()):
            return recipe
    if name in NOT_BUILT:
        raise ValueError(f"the display '{name}' ({NOT_BUILT[name]['en']}) is not built here; recipes() lists those that are")
    names = [recipe.name for recipe in CATALOGUE]
    raise ValueError(f"there is no display '{name}'.{did_you_mean(name, names)} recipes() lists them all.")


def recipes(language: Language = "id") -> pd.DataFrame:
    """One row per display of the method: its source, axes, cells and rule, when to use it, what it needs and who makes it.

    Parameters
    ----------
    language
        Of the words in the cells.

    Returns
    -------
    DataFrame
        `display` (the name that `arrange` and `template` take), `label`, `family`, `source` (edition and chapter), `rows`,
        `columns`, `cells`, `rule`, `when_to_use`, `needs`, `given` (what may be passed beside the statements), `priority`
        (1 to 3; 0 where it is not built), `made_by` (arrange; scatter, which draws a rating matrix; template, where nothing in the
        statements can fill it; nothing).

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 5-8.
    Miles, M. B., Huberman, A. M. and Saldaña, J. (2014). Qualitative Data Analysis, 3rd ed., ch. 6-10.

    Examples
    --------
    >>> recipes("en").set_index("display").loc["event listing", ["source", "made_by"]].to_dict()
    {'source': 'Miles & Huberman (1994), ch. 5; Miles, Huberman & Saldaña (2014), ch. 8', 'made_by': 'arrange'}
    """
    need_language(language)
    rows: list[dict[str, object]] = [
        {
            "display": recipe.name,
            "label": recipe.label[language],
            "family": FAMILIES[recipe.family][language],
            "source": recipe.source[language],
            "rows": recipe.rows,
            "columns": recipe.columns,
            "cells": recipe.cells[language],
            "rule": recipe.rule[language],
            "when_to_use": recipe.when_to_use[language],
            "needs": recipe.needs[language],
            "given": recipe.given,
            "priority": recipe.priority,
            "made_by": _DRAWN.get(recipe.name, "template" if recipe.to_fill else "arrange"),
        }
        for recipe in CATALOGUE
    ]
    blank = dict.fromkeys(rows[0], "")
    rows += [
        {**blank, "display": name, "source": source[language], "priority": 0, "made_by": "nothing"}
        for name, source in NOT_BUILT.items()
    ]
    return pd.DataFrame(rows)


def template(recipe: str) -> pd.DataFrame:
    """An empty table with the columns that a researcher fills in for a display that nothing in the statements can fill.

    Raises
    ------
    ValueError
        If there is no such display, or `arrange` makes it.

    Examples
    --------
    >>> list(template("causal network"))
    ['cause', 'effect', 'sign', 'asserted_by_source_or_inferred', 'why', 'statements']
    """
    found = find_recipe(recipe)
    if not found.to_fill:
        raise ValueError(f"the {found.name} needs no template: arrange(statements, '{found.name}') makes it")
    return pd.DataFrame(columns=list(found.to_fill), dtype=str)
