"""The desk hears what a browser sends and answers; no browser is needed for that."""

import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from qualkit.codebook import read_codebook
from qualkit.deskwords import words
from qualkit.matrix import count_matrix
from qualkit.tables import read_rows
from qualkit.widget import Desk, desk

BOOK = read_codebook("codebook.yaml")
GURU = "Dua belas guru tiba pada bulan Maret. Mereka membawa bendera 🇮🇩 dan foto 👨‍👩‍👧‍👦 keluarga.\n\nKedua wali kota menanam pohon."
KAPAL = "Rombongan pulang dengan kapal. Dermaga tutup lebih awal."
DOCUMENTS = pd.DataFrame(
    {"document": ["guru", "kapal"], "title": ["Guru & murid", "Kapal"], "sha256": ["a" * 64, "b" * 64], "text": [GURU, KAPAL]}
)
FIRST = GURU.split(". ")[0] + "."
TRAITS = "page codings ghosts read codebook documents desk words status notices settle visit look steps".split()


class Browser:
    """Sends messages as the browser does and keeps the answers."""

    def __init__(self, folder, **keywords):
        self.desk = desk(DOCUMENTS, BOOK, "rani", folder, **{"language": "en"} | keywords)
        self.answers = []
        self.desk.window.send = lambda content, buffers=None: self.answers.append((content, self.seen("steps")))

    def seen(self, trait):
        return getattr(self.desk.window, trait)

    def say(self, op, **fields):
        message = {"op": op, "nonce": f"n{len(self.answers)}", "document": self.seen("page")["document"], **fields}
        self.desk.window._handle_custom_msg(json.loads(json.dumps(message)), [])
        answer, _ = self.answers[-1]
        assert answer["kind"] == "ack" and answer["nonce"] == message["nonce"]
        for trait in TRAITS:
            json.dumps(self.seen(trait))
        return answer

    def put(self, quote=FIRST, code="DIK.GURU", **fields):
        start = self.seen("page")["text"].index(quote)
        return self.say("apply", start=start, end=start + len(quote), quote=quote, code=code, **fields)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "codings"


def suggested(words=FIRST, code="DIK.GURU"):
    start = GURU.index(words)
    return pd.DataFrame(
        {"document": ["guru"], "segment": [1], "start": [start], "end": [start + len(words)], "code": [code], "coder": ["codebook"],
         "matched": ["guru"], "quote": [words]}
    )  # fmt: skip


def rows(folder, below="."):
    path = folder / below / "rani.csv"
    return read_rows(path, ()) if path.exists() else []


def test_the_browser_gets_everything_it_shows_as_plain_json(folder):
    browser = Browser(folder, suggestions=suggested(), language="id")
    page = browser.seen("page")
    assert (page["document"], page["title"], page["text"], page["number"], page["of"]) == ("guru", "Guru & murid", GURU, 1, 2)
    assert page["sentences"][0] == [1, 0, len(FIRST), "content", ""] and len(page["sentences"]) == 3
    assert browser.seen("ghosts") == [{"id": "s1", "start": 0, "end": len(FIRST), "code": "DIK.GURU", "matched": "guru"}]
    assert browser.seen("documents")[1] == {
        "document": "kapal",
        "title": "Kapal",
        "done": 0,
        "of": 2,
        "coded": 0,
        "problems": 0,
    }
    assert browser.seen("desk") == {"coder": "rani", "language": "id", "blind": False, "read_only": "", "assigned": None}
    assert browser.seen("words") == words("id") and browser.seen("visit") is None
    assert browser.seen("status") == {"state": "reading", "text": "belum ada perubahan"}
    facet = browser.seen("codebook")["facets"][1]
    assert (facet["id"], facet["one"]) == ("case", True)
    code = next(code for code in browser.seen("codebook")["facets"][0]["codes"] if code["id"] == "DIK.GURU")
    entry = BOOK.codes()["DIK.GURU"][1]
    assert (code["label"], code["definition"], code["use"]) == (entry.label["id"], entry.full["id"], entry.when_to_use["id"])
    assert code["family"] == "Pendidikan" and set(code) == set("id label family definition use not_use example".split())
    assert set(TRAITS) <= set(browser.desk.window.keys)


def test_a_code_is_on_the_disk_and_in_the_traits_before_it_is_acknowledged(folder):
    browser = Browser(folder)
    assert browser.put() == {"kind": "ack", "nonce": "n0", "ok": True, "text": "saved"}
    assert browser.answers[0][1] == {"undo": 1, "redo": 0}
    assert [row["quote"] for row in rows(folder)] == [FIRST]
    [coding] = browser.seen("codings")
    assert {n: coding[n] for n in ("start", "end", "code", "memo", "anchor", "vivo")} == {
        "start": 0, "end": len(FIRST), "code": "DIK.GURU", "memo": "", "anchor": "exact", "vivo": False,
    }  # fmt: skip
    assert browser.seen("status") == {"state": "saved", "text": "saved"}
    assert browser.seen("documents")[0]["done"] == 1


def test_every_message_of_the_protocol_is_heard(folder):
    browser = Browser(folder, suggestions=pd.concat([suggested(), suggested("Maret", "DIK.PT")]))
    browser.put("guru tiba", memo="siapa?")
    [coding] = browser.seen("codings")
    assert coding["memo"] == "siapa?"
    assert browser.say("memo", id=coding["id"], memo="dua belas")["ok"]
    assert browser.say("move", id=coding["id"], start=0, end=14, quote="Dua belas guru")["ok"]
    [moved] = browser.seen("codings")
    assert (moved["id"], moved["memo"], moved["end"]) == (coding["id"], "dua belas", 14)
    assert browser.say("remove", id=coding["id"])["ok"] and browser.seen("codings") == []
    assert browser.say("undo")["ok"] and browser.say("redo")["ok"] and browser.seen("steps") == {"undo": 4, "redo": 0}
    assert browser.say("accept", id="s1")["ok"] and browser.say("reject", id="s2", why="tidak")["ok"]
    assert browser.seen("ghosts") == [] and rows(folder, "rejected")[0]["why"] == "tidak"
    start = GURU.index("pohon")
    assert browser.say("vivo", start=start, end=start + 5, label="pohon", quote="pohon")["ok"]
    assert [(c["code"], c["vivo"]) for c in browser.seen("codings")] == [("DIK.GURU", False), ("pohon", True)]
    assert browser.say("mark_read", segment=2, value=True)["ok"] and browser.seen("read") == [2]
    assert browser.say("next", after=1)["ok"] and browser.seen("look") == {
        "start": start - len("Kedua wali kota menanam "),
        "end": len(GURU),
        "n": 3,
    }
    assert browser.say("open", document="kapal")["ok"] and browser.seen("page")["number"] == 2
    assert browser.say("refresh")["ok"]
    assert browser.seen("status")["state"] == "saved" and browser.seen("notices") == []


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"op": "aply"}, "the desk does not know the message 'aply'. Did you mean 'apply'?"),
        ({}, "the desk does not know the message 'None'."),
        ({"op": "apply", "start": 0, "end": 3}, "the message 'apply' says no code"),
        (
            {"op": "apply", "start": 0, "end": 3, "code": "DIK.GURU", "quote": "Dia"},
            "“Dia” is not what stands at 0-3 of 'guru' (“Dua”)",
        ),
        ({"op": "remove", "id": "c9"}, "this coding is no longer in your file; another notebook may have taken it out"),
        ({"op": "open", "document": "kapall"}, "document 'kapall' is not on this desk. Did you mean 'kapal'?"),
        ({"op": "visit", "step": 1}, "no list of passages is open"),
        ({"op": "undo"}, "there is nothing to undo"),
        ({"op": ["remove"]}, "the desk does not know the message '['remove']'."),
        ({"op": "remove", "id": ["c1"]}, "in the message 'remove', id must be a text, not ['c1']"),
        ({"op": "open", "document": None}, "in the message 'open', document must be a text, not None"),
        ({"op": "visit", "step": "a"}, "in the message 'visit', step must be a whole number, not 'a'"),
        (
            {"op": "mark_read", "segment": True, "value": True},
            "in the message 'mark_read', segment must be a whole number, not True",
        ),
        (
            {"op": "mark_read", "segment": 1, "value": "yes"},
            "in the message 'mark_read', value must be true or false, not 'yes'",
        ),
        (
            {"op": "apply", "start": "0", "end": 3, "code": "DIK.GURU", "quote": "Dua"},
            "in the message 'apply', start must be a whole number, not '0'",
        ),
        (
            {"op": "settle", "id": "c1", "choice": True},
            "in the message 'settle', choice must be a whole number or a text, not True",
        ),
    ],
)
def test_what_cannot_be_done_is_answered_in_words_and_nothing_changes(folder, message, words):
    browser = Browser(folder)
    browser.desk.window._handle_custom_msg({"nonce": "7", **message}, [])
    [(answer, _)] = browser.answers
    assert (answer["nonce"], answer["ok"]) == ("7", False) and "ask" not in answer
    assert answer["text"].startswith(words)
    assert browser.seen("status") == {"state": "refused", "text": f"refused: {answer['text']}"}
    assert not folder.exists()
    browser.say("open", document="kapal")
    assert browser.seen("status")["state"] == "reading"


def test_a_fault_of_the_desk_itself_is_answered_too(folder, monkeypatch):
    browser = Browser(folder)
    monkeypatch.setattr(browser.desk.sitting, "undo", lambda: 1 / 0)
    answer = browser.say("undo")
    assert not answer["ok"] and answer["text"].startswith("the desk failed at this (ZeroDivisionError: ")


def test_where_nothing_is_saved_the_desk_does_not_say_saved(folder):
    browser = Browser(folder)
    browser.put(memo="siapa?")
    [coding] = browser.seen("codings")
    assert browser.say("memo", id=coding["id"], memo="siapa?")["text"] == "nothing was changed"
    assert browser.seen("status") == {"state": "reading", "text": "nothing was changed"}
    table = DOCUMENTS.assign(text=["Sama sekali lain. Tidak ada lagi.", KAPAL], sha256=["c" * 64, "b" * 64])
    browser.desk = desk(table, BOOK, "rani", folder, language="en")
    browser.desk.window.send = lambda content, buffers=None: browser.answers.append((content, None))
    [problem] = browser.seen("settle")
    answer = browser.say("settle", id=problem["id"], choice="keep")
    assert (answer["ok"], answer["text"]) == (True, "left as it is in this sitting; nothing was saved")
    assert browser.seen("status") == {"state": "reading", "text": answer["text"]} and browser.seen("settle") == []
    browser.say("refresh")
    assert browser.seen("status")["state"] == "reading" and browser.seen("status")["text"] == "nothing changed yet"


def test_even_what_is_no_message_at_all_is_answered(folder):
    browser = Browser(folder)
    browser.desk.window._handle_custom_msg("apply", [])
    assert browser.answers[0][0]["ok"] is False and browser.answers[0][0]["nonce"] is None


def test_a_second_answer_is_asked_about_and_replaced_when_the_person_says_so(folder):
    browser = Browser(folder)
    browser.put(code="SUB-BUS")
    answer = browser.put(code="MDN-GWJ")
    assert (answer["ok"], answer["ask"]) == (False, "replace") and "already has case 'SUB-BUS'" in answer["text"]
    assert browser.seen("status")["state"] == "saved"
    assert browser.put(code="MDN-GWJ", replace=True)["ok"]
    assert [coding["code"] for coding in browser.seen("codings")] == ["MDN-GWJ"]


def test_next_goes_on_into_the_next_document_and_says_when_all_is_done(folder):
    browser = Browser(folder, language="id")
    for segment in (1, 2, 3):
        browser.say("mark_read", segment=segment, value=True)
    assert browser.say("next", after=3)["text"] == ""
    assert browser.seen("page")["document"] == "kapal" and browser.seen("look")["start"] == 0
    for segment in (1, 2):
        browser.say("mark_read", segment=segment, value=True)
    assert browser.say("next", after=1)["text"] == "semua kalimat sudah dikode atau dibaca"
    assert browser.seen("status")["text"] == "semua kalimat sudah dikode atau dibaca"


def test_undo_shows_where_it_took_place(folder):
    browser = Browser(folder)
    browser.put("bulan Maret")
    [coding] = browser.seen("codings")
    browser.say("remove", id=coding["id"])
    browser.say("open", document="kapal")
    assert browser.say("undo")["text"] == "undone: removed DIK.GURU on guru 1"
    place = GURU.index("bulan Maret")
    assert browser.seen("page")["document"] == "guru" and browser.seen("look") == {"start": place, "end": place + 11, "n": 1}
    assert browser.say("redo")["text"] == "done again: removed DIK.GURU on guru 1"
    assert browser.seen("look") == {"start": place, "end": place + 11, "n": 2}  # where it was


def test_the_page_says_its_language_and_what_is_assigned(folder):
    assigned = pd.DataFrame({"document": ["guru", "guru"], "segment": [3, 1]})
    browser = Browser(folder, assigned=assigned)
    assert (browser.seen("page")["language"], browser.seen("page")["assigned"]) == ("", [1, 3])
    table = desk(DOCUMENTS.assign(language="id"), BOOK, "rani", folder)
    assert (table.window.page["language"], table.window.page["assigned"]) == ("id", None)


def test_blind_coding_sends_no_suggestion_and_counts_what_is_assigned(folder):
    assigned = pd.DataFrame({"document": ["guru", "guru"], "segment": [1, 3], "blind": [True, True]})
    browser = Browser(folder, suggestions=suggested(), assigned=assigned)
    assert browser.seen("ghosts") == [] and browser.seen("desk")["blind"] and browser.seen("desk")["assigned"] == 2
    assert browser.say("accept", id="s1")["ok"] is False
    assert [row["of"] for row in browser.seen("documents")] == [2, 0]


def test_who_reads_blind_does_not_visit_what_others_coded(folder):
    Browser(folder).put()
    codings = Browser(folder).desk.codings()
    assigned = pd.DataFrame({"document": ["guru", "guru"], "segment": [1, 3], "coder": "rani", "blind": True})
    browser = Browser(folder, assigned=assigned)
    browser.desk.visit(codings)  # one's own
    browser.desk.visit(assigned)
    browser.desk.visit(assigned[["document", "segment"]])
    seen = browser.seen("visit")
    for table in (codings.assign(coder="budi"), codings.drop(columns="coder")):
        with pytest.raises(ValueError, match="'rani' is to read some of these segments blind"):
            browser.desk.visit(table)
    assert browser.seen("visit") == seen
    (folder.parent / "assignments.csv").write_text("round,coder,document,segments,blind\n1,rani,guru,1,yes\n", encoding="utf-8")
    with pytest.raises(ValueError, match="to read some of these segments blind"):
        Browser(folder).desk.visit(codings.assign(coder="budi"))
    Browser(folder).desk.visit(codings.assign(coder="budi", segment=3, start=len(GURU) - 10, end=len(GURU)))


def test_what_python_takes_in_meanwhile_is_shown_before_it_can_be_changed(folder):
    mine, other = Browser(folder), Browser(folder)
    mine.put()
    other.say("refresh")
    [coding] = other.seen("codings")
    assert mine.say("memo", id=mine.seen("codings")[0]["id"], memo="dari sana", was="")["ok"]
    answer = other.say("memo", id=coding["id"], memo="dari sini")
    assert not answer["ok"] and "What stands there now: memo “dari sana”" in answer["text"]
    assert other.seen("codings")[0]["memo"] == "dari sana"
    mine.say("memo", id=mine.seen("codings")[0]["id"], memo="lagi")
    other.desk.codings()
    assert other.seen("codings")[0]["memo"] == "lagi"
    answer = other.say("memo", id=coding["id"], memo="dari sini", was="dari sana")
    assert not answer["ok"] and "was changed while you wrote; it now reads “lagi”" in answer["text"]


def test_codes_that_were_changed_since_are_marked(folder):
    folder.mkdir()
    (folder / "rani.csv").write_text("document,segment,code,coder\nguru,1,LAMA,rani\n", encoding="utf-8")
    changed = pd.DataFrame({"change": ["retire"], "code": ["LAMA"], "into": [""], "line": [2]})
    [coding] = Browser(folder, revisions=changed).seen("codings")
    assert (coding["code"], coding["revision"]) == ("LAMA", "retired")


def test_a_read_only_desk_says_so_before_anything_is_typed(folder, monkeypatch):
    monkeypatch.setattr("qualkit.coderfile.CoderFile.obstacle", property(lambda self: "it cannot be written"))
    browser = Browser(folder)
    assert (
        browser.seen("status") == {"state": "read_only", "text": "read only"}
        and "cannot be written" in browser.seen("desk")["read_only"]
    )
    assert "nothing was changed" in browser.put()["text"]


def test_codings_of_a_changed_text_are_offered_to_be_settled(folder):
    Browser(folder).put()
    table = DOCUMENTS.assign(text=[GURU.replace("bulan Maret", "bulan Mei"), KAPAL], sha256=["c" * 64, "b" * 64])
    changed = Browser(folder)
    changed.desk = desk(table, BOOK, "rani", folder)
    changed.desk.window.send = lambda content, buffers=None: changed.answers.append((content, None))
    [problem] = changed.seen("settle")
    assert (problem["document"], problem["code"], problem["anchor"], problem["quote"]) == ("guru", "DIK.GURU", "changed", FIRST)
    assert [set(place) for place in problem["candidates"]] == [{"start", "end", "quote", "prefix", "suffix"}]
    assert changed.say("settle", id=problem["id"], choice="keep")["ok"]
    assert changed.seen("settle") == [] and rows(folder)[0]["quote"] == "Dua belas guru tiba pada bulan Mei."
    changed.say("undo")
    text = changed.seen("page")["text"]
    assert changed.say("settle", id=problem["id"], choice="selection", start=0, end=14, quote=text[:14])["ok"]
    assert rows(folder)[0]["quote"] == "Dua belas guru"
    changed.say("undo")
    assert changed.say("settle", id=problem["id"], choice=0)["ok"]


def test_two_desks_on_one_file_see_each_others_work(folder):
    mine, other = Browser(folder), Browser(folder)
    mine.put()
    other.put("bulan Maret")
    assert len(rows(folder)) == 2 and len(other.seen("codings")) == 2
    mine.say("refresh")
    assert len(mine.seen("codings")) == 2 and any("merged" in notice for notice in mine.seen("notices"))
    assert mine.desk.notices == mine.seen("notices")


def test_in_python_the_desk_gives_the_codings_and_goes_to_a_place(folder):
    browser = Browser(folder)
    browser.put()
    table = browser.desk.codings()
    assert table[["document", "segment", "code", "coder", "anchor"]].values.tolist() == [
        ["guru", 1, "DIK.GURU", "rani", "exact"]
    ]
    browser.desk.go("kapal", 2)
    assert browser.seen("page")["document"] == "kapal" and browser.seen("look")["start"] == KAPAL.index("Dermaga")
    browser.desk.go("guru", start=20)
    assert browser.seen("look") == {"start": 20, "end": 20, "n": 2}
    browser.desk.go("kapal")
    assert browser.seen("page")["document"] == "kapal" and browser.seen("look")["n"] == 2
    with pytest.raises(ValueError, match="document 'guru' has no segment 9"):
        browser.desk.go("guru", 9)


def test_the_passages_behind_a_cell_are_visited_one_by_one(folder):
    browser = Browser(folder)
    browser.put()
    browser.put(code="SUB-BUS")
    browser.put("Kedua wali kota menanam pohon.")
    behind = count_matrix(browser.desk.codings(), rows="sector", columns="case").behind("DIK.GURU", "SUB-BUS")
    browser.desk.visit(behind)
    assert browser.seen("visit") == {"document": "guru", "segment": 1, "start": 0, "end": len(FIRST), "label": "DIK.GURU · SUB-BUS · DIK.GURU",
                                     "at": 1, "of": 1}  # fmt: skip
    browser.desk.visit(pd.DataFrame({"document": ["guru", "kapal", "kapal", "jauh", "guru"], "segment": [3, 1, 1, 1, 0]}))
    assert browser.seen("visit")["of"] == 2 and browser.seen("look")["start"] == GURU.index("Kedua")
    assert browser.say("visit", step=1)["ok"] and browser.seen("page")["document"] == "kapal"
    assert browser.say("visit", step=1)["text"] == "this is the last of 2 passages"
    assert browser.say("visit", step=-1)["ok"] and browser.say("visit", step=-1)["text"] == "this is the first of 2 passages"


def test_a_table_that_tells_no_place_cannot_be_visited(folder):
    browser = Browser(folder)
    for table, message in (
        (pd.DataFrame({"code": ["X"]}), "table has no column document"),
        (pd.DataFrame({"document": ["guru"]}), "neither start and end nor segment"),
        (pd.DataFrame({"document": ["jauh"], "segment": [1]}), "none of these passages stands in the documents of this desk"),
    ):
        with pytest.raises(ValueError, match=message):
            browser.desk.visit(table)


# --- the static page ---


def bundle(browser):
    data, _ = browser.desk._repr_mimebundle_()
    return data


def test_the_static_page_is_the_same_every_time_and_keeps_the_widget(folder):
    first = Browser(folder, language="id")
    first.put(memo="siapa?")
    data = bundle(first)
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"] == "Coding desk of rani: guru (1 of 2), 1 of 3 sentences done, 1 codings" == repr(first.desk)
    assert "1/3 kalimat · dokumen 1/2 · pengode rani" in data["text/html"]
    assert "<th>Kutipan</th>" in data["text/html"] and f"<td>{FIRST}</td><td>siapa?</td>" in data["text/html"]
    again = bundle(Browser(folder, language="id"))
    assert (again["text/plain"], again["text/html"]) == (data["text/plain"], data["text/html"])
    assert str(folder) not in data["text/html"] and not re.search(r"20\d\d-", data["text/html"])


def test_nothing_of_the_texts_is_html_on_the_static_page(folder):
    evil = '<img src=x onerror=alert(1)> & "kata" <script>x</script> $a$\x00 itu.'
    table = pd.DataFrame({"document": ["<b>"], "title": ["<i>judul</i>"], "text": [evil]})
    made = desk(table, BOOK, "rani", folder)
    made.sitting.apply("<b>", 0, len(evil), "DIK.GURU", evil, memo="<u>memo</u>")
    tags = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: tags.append((tag, dict(attributes)))
    html = made._repr_mimebundle_()[0]["text/html"]
    parser.feed(html)
    assert {tag for tag, _ in tags} == {"section", "p", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    assert all(not attributes or tag == "section" for tag, attributes in tags) and "\x00" not in html


def test_long_passages_are_shortened_and_without_codings_there_is_no_table(folder):
    browser = Browser(folder)
    assert "<table>" not in bundle(browser)["text/html"]
    browser.put(GURU)
    browser.put(GURU[: GURU.index("Kedua")].strip() + GURU[GURU.index("Kedua") - 2 :], "DIK.PT")
    assert "…</td>" in bundle(browser)["text/html"]


def test_a_desk_in_another_language_is_refused(folder):
    with pytest.raises(ValueError, match="language='fr': the desk speaks Indonesian"):
        desk(DOCUMENTS, BOOK, "rani", folder, language="fr")


def test_a_desk_is_made_of_a_sitting(folder):
    assert isinstance(desk(DOCUMENTS, BOOK, "rani", folder), Desk)
