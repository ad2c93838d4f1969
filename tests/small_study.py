"""A small invented study for the tests of the exchange: two texts, a codebook, codings of two persons, statements, memos."""

import hashlib
import textwrap

import pandas as pd

import qualkit as qk
from qualkit.memos import KINDS

_KINDS = {"berita": "news", "jurnal": "journal"}
TEXTS = {
    "berita-1": "Kota 🇮🇩 Surabaya dan Busan bertukar guru.\n\nGuru-guru itu pulang – “dengan cara baru”.\nPelabuhan ikut serta.\n",
    "jurnal-1": "Pertukaran murid berjalan sejak 2010. Biayanya ditanggung kedua kota.\n",
}
CODEBOOK = (
    """\
codebook: contoh
version: "1.1"
title: {id: "Buku kode contoh", en: "Sample codebook"}
unit: sentence
rules:
  - {id: "Kodekan apa yang dikatakan.", en: "Code what is said."}
history:
  - {version: "1.0", date: "2026-11-01", change: "Mulai."}
  - {version: "1.1", date: "2026-11-02", change: "Kode ditambah."}
facets:
  - id: sektor
    label: {id: Sektor, en: Sector}
    question: {id: "Bidang apa?", en: "Which field?"}
    scale: multiple
    families:
      - {id: DIK, label: {id: Pendidikan, en: Education}, headings: [Pendidikan]}
      - {id: EKO, label: {id: Ekonomi, en: Economy}}
    codes:
"""
    + "".join(
        textwrap.indent(
            f"""\
- id: {name}
  label: {{id: {label}, en: {label} (en)}}
  brief: {{id: "{label}.", en: "{label}."}}
  full: {{id: "Segala hal tentang {label}.", en: "All about {label}."}}
  when_to_use: {{id: "Bila disebut.", en: "When named."}}
  when_not_to_use: {{id: "Bila sambil lalu.", en: "In passing."}}
  example: {{id: "[contoh]", en: "[example]"}}
  origin: data
  kind: descriptive
  since: "1.0"
  parent: {parent}
  indicators: [{label}*]
""",
            "      ",
        )
        for name, label, parent in (
            ("DIK.GURU", "guru", "DIK"),
            ("DIK.MURID", "murid", "DIK"),
            ("EKO.LAUT", "pelabuhan", "EKO"),
        )
    )
    + """\
  - id: case
    label: {id: Kasus, en: Case}
    question: {id: "Pasangan kota mana?", en: "Which pair?"}
    scale: nominal
    codes:
      - id: SUB-BUS
        label: {id: "Surabaya-Busan", en: "Surabaya-Busan"}
        brief: {id: "Pasangan.", en: "Pair."}
        full: {id: "Pasangan.", en: "Pair."}
        when_to_use: {id: "Bila disebut.", en: "When named."}
        when_not_to_use: {id: "Lainnya.", en: "Others."}
        example: {id: "Surabaya dan Busan", en: "Surabaya and Busan"}
        origin: data
        kind: descriptive
        since: "1.0"
"""
)


def study(folder):
    """The tables of the study, by the names of the parameters of write_qdpx."""
    path = folder / "contoh.yaml"
    path.write_text(CODEBOOK, "utf-8")
    codebook = qk.read_codebook(path)
    documents = pd.DataFrame(
        [
            {"document": name, "title": f"Judul {name}", "outlet": "Harian & <Kota>", "kind": _KINDS[name[:6]],
             "date": "2024-05-31", "date_certainty": "given", "date_note": "", "author": "", "language": "id",
             "sha256": hashlib.sha256(text.encode()).hexdigest(), "halaman": "", "text": text}
            for name, text in TEXTS.items()
        ]
    )  # fmt: skip
    segments = qk.split(documents, into="sentences")
    rows = [("berita-1", 1, "DIK.GURU", "S1", "=1+1\nlihat juga <b>"), ("berita-1", 1, "SUB-BUS", "", ""), ("berita-1", 2, "DIK.GURU", "S1 S2", ""),
            ("berita-1", 3, "EKO.LAUT", "S2", "")]  # fmt: skip
    codes = pd.DataFrame(rows, columns=["document", "segment", "code", "statement", "memo"])
    rani = qk.code_segments(segments, codes, codebook, coder="rani", created="2026-11-22")
    other = pd.DataFrame([("jurnal-1", 1, "DIK.MURID")], columns=["document", "segment", "code"])
    budi = qk.code_segments(segments, other, codebook, coder="budi", created="2026-11-22T08:30:00Z")
    codings = pd.concat([budi, rani], ignore_index=True)
    file = folder / "statements.csv"
    file.write_text(
        "statement,text_id,text_en,case,note\nS1,Guru ditukar.,Teachers.,SUB-BUS,\nS2,[sic] Pulang.,Home.,SUB-BUS,ya\n", "utf-8"
    )
    statements = qk.read_statements(file, rani, codebook)
    memos = pd.DataFrame(
        [("2026-11-20-awal", "method", "Awal", "citra", "2026-11-20", "", "Aturan: ringkas.\n\n- satu"),
         ("2026-11-21-guru", "analytic", "Guru", "rani", "2026-11-21",
          "sektor:DIK.GURU; family:DIK; document:berita-1; claim:C1", "Siapa membayar?")],
        columns=["memo", "kind", "title", "author", "date", "about", "text"],
    )  # fmt: skip
    memos = memos.assign(kind=pd.Categorical(memos["kind"], list(KINDS)))
    return {"documents": documents, "codings": codings, "codebook": codebook, "statements": statements, "memos": memos}
