"""The desk as a researcher has it: a real browser, JupyterLab 4 and Notebook 7, real keys and a real mouse, files on a disk."""

import csv
import hashlib
import json
import os
import signal
import sys

import browser
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from qualkit.codings import FILE_COLUMNS
from qualkit.tables import csv_bytes
from run import find_browser

for package in ("playwright", "axe_playwright_python", "jupyterlab", "notebook", "anywidget"):
    pytest.importorskip(package, reason=f"the desk is not tried in a browser: the package {package} is not there")
BROWSER = find_browser()
pytestmark = pytest.mark.skipif(not BROWSER, reason="the desk is not tried in a browser: no browser was found")

# Words of our own. The second é is written in two pieces; the flag has 2 code points, the family 7.
MARKET = (
    "Pasar Lama dibuka kembali pada hari Senin. Ibu Wati menjual ikan segar setiap pagi. Para guru mengajar anak pedagang membaca.\n\n"
    "Keluarga 👨‍👩‍👧‍👦 dan tamu 🇮🇩 makan bersama di warung. Café kecil dan kafe\u0301 besar ramai sampai malam. Wali kota akan "
    "memperbaiki atap <b>pasar</b> & got.\n"
)
PARK = "Taman Kota ditanami seratus pohon. Warga menyapu jalan setapak.\n"
TEXTS = {"pasar": MARKET, "taman": PARK}
CODES = {"sector": ("multiple", ["EKO.PASAR", "DIK.GURU", "SOS.MAKAN"]), "status": ("ordinal", ["planned", "done"])}
WORDS = {"EKO.PASAR": "[ikan]", "DIK.GURU": "[guru]", "SOS.MAKAN": "[makan]", "planned": "[akan]", "done": "[dibuka]"}

SET_UP = """\
import qualkit as qk

documents = qk.read_corpus("corpus")
codebook = qk.read_codebook("codebook.yaml")
suggestions = qk.suggest_codings(qk.split(documents, into="sentences"), codebook)"""
DESK = 'desk = qk.desk(documents, codebook, coder="rani", folder="{folder}"{more})\ndesk'
PIECES = ".qk-text [data-at]"


def codebook():
    both = "{id: satu, en: one}"
    told = "".join(f"        {name}: {both}\n" for name in ("brief", "full", "when_to_use", "when_not_to_use", "example"))
    lines = [f'codebook: pasar\nversion: "1.0"\ntitle: {both}\nunit: sentence\nfacets:\n']
    for facet, (scale, codes) in CODES.items():
        lines.append(
            f"  - id: {facet}\n    label: {{id: {facet}, en: {facet}}}\n    question: {both}\n    scale: {scale}\n    codes:\n"
        )
        for code in codes:
            lines.append(f'      - id: {code}\n        origin: data\n        kind: descriptive\n        since: "1.0"\n{told}')
            lines.append(f"        label: {{id: Label {code}, en: Label {code}}}\n        indicators: {WORDS[code]}\n")
    return "".join(lines)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A folder with a small corpus, a codebook and two notebooks that are still to be written."""
    folder = tmp_path_factory.mktemp("studi")
    (folder / "corpus").mkdir()
    names = ("document", "file", "title", "outlet", "kind", "date", "date_certainty", "author", "language", "sha256")
    with (folder / "corpus" / "documents.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, names)
        table.writeheader()
        for document, text in TEXTS.items():
            (folder / "corpus" / f"{document}.txt").write_bytes(text.encode())
            row = {
                "document": document,
                "file": f"{document}.txt",
                "title": document.title(),
                "outlet": "Kabar",
                "kind": "news",
            }
            row |= {"date": "2024", "date_certainty": "given", "author": "", "language": "id"}
            table.writerow(row | {"sha256": hashlib.sha256(text.encode()).hexdigest()})
    (folder / "codebook.yaml").write_text(codebook(), encoding="utf-8")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for name in ("satu.ipynb", "dua.ipynb"):
        nbformat.write(new_notebook(cells=[new_code_cell(), new_code_cell(), new_code_cell()], metadata=kernel), folder / name)
    return folder


@pytest.fixture(scope="module")
def jupyter(study):
    with browser.jupyter(study, BROWSER) as opened:
        yield opened


@pytest.fixture(scope="module", params=["lab", "notebook"])
def notebook(request, jupyter):
    """One open notebook for all tests of an interface: its kernel has read the study."""
    opened = jupyter.open("satu.ipynb", request.param)
    opened.run(0, SET_UP)
    yield opened
    opened.close()


# What the desk does wherever it stands is tried in one interface; what the page around it could change, in both.
of_the_desk_alone = pytest.mark.parametrize("notebook", ["lab"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def second(jupyter):
    """Another notebook of the same folder, with a kernel of its own."""
    opened = jupyter.open("dua.ipynb")
    opened.run(0, SET_UP)
    yield opened
    opened.close()


class AtTheDesk:
    """A researcher at a desk of her own: what she does there, and what is then on the disk."""

    def __init__(self, notebook, folder):
        self.notebook, self.page, self.folder = notebook, notebook.page, folder

    def sit_down(self, more=""):
        self.notebook.run(1, DESK.format(folder=self.folder.as_posix(), more=more))
        self.page.wait_for_selector(".qk-desk .qk-text [data-segment]")
        return self

    def sit_down_to_changed_words(self, prefix, suffix):
        """A desk whose file holds a coding, with this context, of a sentence that reads otherwise now; the row of that file."""
        row = dict.fromkeys(FILE_COLUMNS, "") | {"document": "pasar", "segment": "2", "start": "43", "end": "82"}
        row |= {"code": "EKO.PASAR", "coder": "rani", "created": "2026-11-01", "codebook": "1.0", "sha256": "0" * 16}
        row |= {"quote": "Ibu Wati menjual ikan asin setiap pagi.", "prefix": prefix, "suffix": suffix}
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "rani.csv").write_bytes(csv_bytes([row], FILE_COLUMNS))
        self.sit_down()
        return row

    def answered(self):
        """Wait until the kernel has answered all that was asked."""
        self.page.wait_for_selector(".qk-status:not([data-state=saving])")

    def mark(self, words):
        """Words dragged over with the mouse, once what was done before is saved."""
        self.answered()
        assert self.notebook.select(words, PIECES).replace("\n", "") == words

    def press(self, *keys):
        self.notebook.press(*keys)

    def go(self, segment):
        """A click on a sentence."""
        self.answered()
        sentence = f".qk-text [data-segment='{segment}'] [data-at]"
        self.notebook.click(self.page.locator(sentence).first.text_content(), sentence)

    def rows(self, what="."):
        """The rows of the coder's file."""
        path = self.folder / what / "rani.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def has(self, *expected, what="."):
        """Wait until these and no others are on the disk, as (words, code) in the order of the text, and said to be saved.

        Then the words of each row must be the very words that stand at its place in the text.
        """
        browser.until(
            lambda: [(row["quote"], row.get("code") or row["label"]) for row in self.rows(what)] == list(expected),
            lambda: (
                f"{expected} in {what}; there are {self.rows(what)}; the desk says:\n{self.page.locator('.qk-desk').inner_text()}"
            ),
        )
        self.page.wait_for_selector(".qk-status[data-state=saved]")
        for row in self.rows(what):
            assert TEXTS[row["document"]][int(row["start"]) : int(row["end"])] == row["quote"]


@pytest.fixture
def desk(notebook, study, request):
    """A desk at which nobody has coded yet, with a folder of its own."""
    name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name)
    failed = request.session.testsfailed
    yield AtTheDesk(notebook, study / "codings" / name).sit_down()
    if request.session.testsfailed > failed:
        print("a picture of it:", notebook.shoot(f"failed-{name}"))


FISH, TEACHERS = ("menjual ikan segar", "EKO.PASAR"), ("guru mengajar anak pedagang", "DIK.GURU")
TEACHING = "Para guru mengajar anak pedagang membaca."


def test_words_marked_with_the_mouse_are_coded_by_a_key_or_a_click(desk):
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    desk.mark(TEACHERS[0])
    desk.page.locator(".qk-codes [data-code='DIK.GURU']").click()
    desk.has(FISH, TEACHERS)


def test_the_keyboard_alone_codes_sentences(desk):
    desk.go(1)
    desk.press("ArrowDown", "1")
    desk.has(("Ibu Wati menjual ikan segar setiap pagi.", "EKO.PASAR"))
    desk.press("ArrowDown", "/")
    desk.page.keyboard.type("guru")
    desk.press("Enter")
    desk.has(("Ibu Wati menjual ikan segar setiap pagi.", "EKO.PASAR"), (TEACHING, "DIK.GURU"))


@of_the_desk_alone
def test_codes_overlap_as_they_like(desk):
    desk.mark("Ibu Wati menjual ikan segar")
    desk.press("1")
    desk.mark("ikan segar setiap pagi")
    desk.press("3")
    desk.has(("Ibu Wati menjual ikan segar", "EKO.PASAR"), ("ikan segar setiap pagi", "SOS.MAKAN"))
    desk.mark("Ibu Wati menjual ikan segar")
    desk.press("2")
    desk.has(
        ("Ibu Wati menjual ikan segar", "DIK.GURU"),
        ("Ibu Wati menjual ikan segar", "EKO.PASAR"),
        ("ikan segar setiap pagi", "SOS.MAKAN"),
    )


@of_the_desk_alone
def test_a_hand_that_is_faster_than_the_kernel_marks_and_codes_on(desk):
    desk.notebook.begin(2, "import time\ntime.sleep(2)")
    desk.notebook.select(FISH[0], PIECES)
    desk.press("1")
    desk.page.wait_for_selector(".qk-status[data-state=saving]")
    assert desk.rows() == []
    assert desk.notebook.select(TEACHERS[0], PIECES) == TEACHERS[0]
    desk.press("2")
    desk.has(FISH, TEACHERS)


def test_a_place_behind_emoji_flags_and_composed_letters_is_the_same_in_python(desk):
    desk.mark("👨‍👩‍👧‍👦 dan tamu 🇮🇩 makan")
    desk.press("3")
    desk.mark("kafe\u0301 besar")
    desk.press("1")
    desk.mark("atap <b>pasar</b> & got")
    desk.press("2")
    desk.has(
        ("👨‍👩‍👧‍👦 dan tamu 🇮🇩 makan", "SOS.MAKAN"), ("kafe\u0301 besar", "EKO.PASAR"), ("atap <b>pasar</b> & got", "DIK.GURU")
    )


@of_the_desk_alone
def test_what_was_done_is_undone_and_done_again(desk):
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    desk.mark(TEACHERS[0])
    desk.press("2")
    desk.has(FISH, TEACHERS)
    desk.press("Control+z", "Control+z")
    desk.has()
    desk.press("Control+Shift+z")
    desk.has(FISH)
    desk.press("Control+y")
    desk.has(FISH, TEACHERS)


@of_the_desk_alone
def test_a_memo_is_typed_and_on_the_disk(desk):
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    desk.press("m")
    desk.page.keyboard.type("kutipan kunci, dd x 1 /")
    desk.press("Control+Enter")
    browser.until(lambda: desk.rows()[0]["memo"] == "kutipan kunci, dd x 1 /", lambda: "the memo on the disk")
    desk.has(FISH)


@of_the_desk_alone
def test_a_coding_that_is_removed_stays_in_the_log(desk):
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    desk.press("Delete")
    desk.has()
    last = json.loads((desk.folder / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert FISH[0] in json.dumps(last["rows"], ensure_ascii=False)


@of_the_desk_alone
def test_a_boundary_is_moved_word_by_word(desk):
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    desk.press("]")
    desk.has(("menjual ikan segar setiap", "EKO.PASAR"))
    desk.press("[")
    desk.has(("Wati menjual ikan segar setiap", "EKO.PASAR"))


@of_the_desk_alone
def test_n_goes_to_the_next_sentence_that_is_neither_coded_nor_read(desk):
    desk.go(1)
    desk.press("1")
    desk.has(("Pasar Lama dibuka kembali pada hari Senin.", "EKO.PASAR"))
    desk.go(2)
    desk.press("l")
    browser.until(lambda: [row["segment"] for row in desk.rows("read")] == ["2"], lambda: "sentence 2 is marked as read")
    desk.go(1)
    desk.press("n")
    desk.page.wait_for_function("document.activeElement.dataset.segment === '3'")
    desk.press("2")
    desk.has(("Pasar Lama dibuka kembali pada hari Senin.", "EKO.PASAR"), (TEACHING, "DIK.GURU"))


@of_the_desk_alone
def test_a_code_in_the_texts_own_words_is_proposed(desk):
    desk.mark("ramai sampai malam")
    desk.press("v")
    desk.press("Enter")
    desk.has(("ramai sampai malam", "ramai sampai malam"), what="in-vivo")
    assert desk.rows() == []


@of_the_desk_alone
def test_suggestions_are_taken_or_turned_down_one_by_one(desk):
    desk.sit_down(", suggestions=suggestions")
    desk.go(2)
    desk.press("a")
    desk.has(("Ibu Wati menjual ikan segar setiap pagi.", "EKO.PASAR"))
    desk.go(3)
    desk.press("x")
    browser.until(
        lambda: [row["code"] for row in desk.rows("rejected")] == ["DIK.GURU"],
        lambda: "the suggestion turned down, on the disk",
    )
    desk.has(("Ibu Wati menjual ikan segar setiap pagi.", "EKO.PASAR"))


@of_the_desk_alone
def test_words_stay_marked_for_a_second_code_until_let_go(desk):
    desk.mark(FISH[0])
    desk.press("1", "3")
    desk.has(FISH, (FISH[0], "SOS.MAKAN"))
    desk.press("Escape", "2")
    desk.has(("Ibu Wati menjual ikan segar setiap pagi.", "DIK.GURU"), FISH, (FISH[0], "SOS.MAKAN"))


@of_the_desk_alone
def test_no_code_moves_from_under_the_mouse_when_it_is_clicked(desk):
    code = desk.page.locator(".qk-codes [data-code='DIK.GURU']")
    desk.mark(TEACHERS[0])
    before = code.bounding_box()
    code.click()
    desk.has(TEACHERS)
    assert code.bounding_box() == before


@of_the_desk_alone
def test_a_memo_typed_where_no_code_is_sets_nothing_off(desk):
    desk.go(2)
    desk.press("m")
    desk.page.locator(".qk-told", has_text="Belum ada kode di kalimat ini").wait_for()
    desk.page.keyboard.type("Long note: 123 / dan lagi")
    desk.press("Enter", "Delete")
    assert desk.page.locator("[data-segment='2'][aria-selected=true]").count() == 1
    desk.press("Escape", "1")
    desk.has(("Ibu Wati menjual ikan segar setiap pagi.", "EKO.PASAR"))
    assert desk.rows("read") == []


@of_the_desk_alone
def test_enter_marks_as_read_and_skips_no_sentence_and_again_takes_it_back(desk):
    def read():
        return [row["segment"] for row in desk.rows("read")]

    desk.go(2)
    desk.press("1")
    desk.has(("Ibu Wati menjual ikan segar setiap pagi.", "EKO.PASAR"))
    desk.go(1)
    desk.press("Enter")
    desk.page.locator("[data-segment='3'][aria-selected=true]").wait_for()
    desk.press("Enter")
    desk.page.locator("[data-segment='4'][aria-selected=true]").wait_for()
    assert read() == ["1", "3"]
    desk.go(3)
    desk.press("Enter")
    browser.until(lambda: read() == ["1"], lambda: "the mark on sentence 3 is taken back")
    assert desk.page.locator("[data-segment='3'][aria-selected=true]").count() == 1
    desk.answered()  # the file is written before the browser hears of it
    desk.press("Control+z")
    browser.until(lambda: read() == ["1", "3"], lambda: "the mark on sentence 3 is back")
    desk.page.locator(".qk-told", has_text="Diurungkan: dibaca, tanpa kode pada kalimat 3").wait_for()


@of_the_desk_alone
def test_where_everything_is_coded_or_read_the_desk_says_so(desk):
    desk.go(1)
    for document, last in (("pasar", 6), ("taman", 2)):
        desk.page.locator(".qk-title", has_text=document.title()).wait_for()
        for segment in range(1, last + 1):
            desk.page.locator(f"[data-segment='{segment}'][aria-selected=true]").wait_for()
            desk.answered()
            desk.press("Enter")
    desk.page.locator(".qk-told", has_text="sudah dikode atau dibaca").wait_for()
    assert len(desk.rows("read")) == 8


@of_the_desk_alone
def test_a_coding_that_waits_to_be_settled_can_be_removed(desk):
    row = desk.sit_down_to_changed_words("pada hari Senin.", "Para guru")
    desk.go(1)
    desk.press("t")
    desk.page.locator(".qk-settle [data-choice=remove]").click()
    desk.has()
    desk.press("Control+z")
    browser.until(lambda: [one["quote"] for one in desk.rows()] == [row["quote"]], lambda: "the coding is back")


@of_the_desk_alone
def test_undo_says_what_it_undid_and_goes_there(desk):
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    desk.go(4)
    desk.answered()
    desk.press("Control+z")
    desk.has()
    desk.page.locator("[data-segment='2'][aria-selected=true]").wait_for()
    desk.page.locator(".qk-told", has_text="Diurungkan: kode Label EKO.PASAR pada kalimat 2").wait_for()


@of_the_desk_alone
def test_undo_also_says_what_it_undid_where_the_hand_is_faster_than_the_kernel(desk):
    desk.notebook.begin(2, "import time\ntime.sleep(2)")
    desk.notebook.select(FISH[0], PIECES)
    desk.press("1", "3", "Control+z", "Control+z", "Control+y")
    assert desk.rows() == []
    desk.page.locator(".qk-told", has_text="Diulangi: kode Label EKO.PASAR pada kalimat 2").wait_for()
    desk.has(FISH)
    desk.notebook.begin(2, "time.sleep(2)")
    desk.go(2)
    desk.press("3", "Control+z")
    desk.page.locator(".qk-told", has_text="Diurungkan: kode Label SOS.MAKAN pada kalimat 2").wait_for()
    desk.has(FISH)


@of_the_desk_alone
def test_a_second_answer_replaces_the_first_only_when_that_is_meant(desk):
    opening = "Pasar Lama dibuka kembali pada hari Senin."
    desk.go(1)
    desk.press("ArrowRight", "1")
    desk.has((opening, "planned"))
    desk.press("2")
    dialog = desk.page.get_by_role("dialog")
    dialog.wait_for()
    desk.press("Escape")
    desk.has((opening, "planned"))
    desk.press("2")
    dialog.get_by_role("button").first.click()
    desk.has((opening, "done"))


@of_the_desk_alone
def test_a_coding_whose_words_were_changed_is_settled_at_the_desk(desk):
    desk.sit_down_to_changed_words("kembali pada hari Senin. ", " Para guru mengajar anak")
    desk.go(1)
    desk.press("t")
    desk.notebook.shoot(f"{desk.notebook.interface}-settle")
    assert desk.notebook.violations(".qk-desk") == []
    desk.page.locator(".qk-settle [data-choice=keep]").click()
    desk.has(("Ibu Wati menjual ikan segar setiap pagi.", "EKO.PASAR"))


@of_the_desk_alone
def test_another_document_is_opened_from_the_desk_and_from_a_cell(desk):
    desk.go(1)
    desk.press(">")
    desk.page.get_by_text("ditanami seratus").wait_for()
    desk.mark("menyapu jalan")
    desk.press("1")
    desk.has(("menyapu jalan", "EKO.PASAR"))
    desk.notebook.run(2, "desk.go('pasar', 3)")
    desk.page.locator("[data-segment='3'][aria-selected=true]").wait_for()
    desk.notebook.run(2, "desk.visit(desk.codings())")
    desk.page.get_by_text("ditanami seratus").wait_for()
    desk.page.locator("[data-segment='2'][aria-selected=true]").wait_for()


def test_the_page_shows_everything_again_after_a_reload(desk):
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    desk.notebook.save()
    desk.notebook.reload()
    desk.sit_down()
    desk.page.locator(".qk-text [data-code='EKO.PASAR']").wait_for()
    desk.mark(TEACHERS[0])
    desk.press("2")
    desk.has(FISH, TEACHERS)


def test_a_notebook_that_was_saved_shows_the_codings_without_python(desk, study):
    desk.mark("atap <b>pasar</b> & got")
    desk.press("2")
    desk.has(("atap <b>pasar</b> & got", "DIK.GURU"))
    desk.sit_down()
    desk.notebook.save()
    (output,) = nbformat.read(study / "satu.ipynb", as_version=4).cells[1].outputs
    assert "atap &lt;b&gt;pasar&lt;/b&gt; &amp; got" in output.data["text/html"]
    assert "<b>pasar" not in output.data["text/html"]
    assert output.data["text/plain"]


def test_no_key_pressed_at_the_desk_does_anything_to_the_notebook(desk):
    before = desk.notebook.cells()
    parts = desk.page.locator(".qk-desk :is(button, input, textarea, summary, [tabindex]):visible")
    for part in (parts.nth(number) for number in range(parts.count())):
        part.focus()
        desk.press(*"xabcdvzyodd", "Shift+M", "Escape")
        desk.press("Escape")
    assert desk.notebook.cells() == before


def test_tab_leads_out_of_the_desk_on_both_sides(desk):
    for key in ("Tab", "Shift+Tab"):
        desk.go(1)
        for _ in range(200):
            desk.press(key)
            if desk.page.evaluate("!document.activeElement.closest('.qk-desk')"):
                break
        else:
            pytest.fail(f"200 times {key} did not lead out of the desk")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_desk_breaks_no_rule_of_accessibility(desk, theme):
    desk.sit_down(", suggestions=suggestions")
    desk.notebook.theme(theme)
    try:
        desk.mark(FISH[0])
        desk.press("1")
        desk.has(FISH)
        found = {"desk": desk.notebook.violations(".qk-desk")}
        name = f"{desk.notebook.interface}-{theme.lower()}"
        desk.notebook.shoot(name)
        for key, part in {"m": "memo", "/": "picker", "?": "help", "f": "find", "d": "documents", "e": "entry"}.items():
            desk.go(2)
            desk.press(key)
            desk.notebook.shoot(f"{name}-{part}")
            found[part] = desk.notebook.violations(".qk-desk")
            desk.press("Escape")
        assert {part: rules for part, rules in found.items() if rules} == {}
    finally:
        desk.notebook.theme("Light")


def test_a_narrow_window_still_shows_text_and_codes(desk):
    wide = desk.page.viewport_size
    desk.page.set_viewport_size({"width": 560, "height": 980})
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    desk.notebook.shoot(f"{desk.notebook.interface}-narrow")
    desk.page.set_viewport_size(wide)


@of_the_desk_alone
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limit to the size of a file")
def test_a_disk_that_takes_no_more_is_told_at_once_and_coding_goes_on_when_it_does(desk):
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    desk.notebook.run(2, "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))")
    try:
        desk.mark(TEACHERS[0])
        desk.press("2")
        desk.page.wait_for_function("document.querySelector('.qk-status').dataset.state === 'refused'")
        assert [row["quote"] for row in desk.rows()] == [FISH[0]]
    finally:
        desk.notebook.run(2, "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))")
    desk.mark(TEACHERS[0])
    desk.press("2")
    desk.has(FISH, TEACHERS)


def test_two_notebooks_on_one_file_both_keep_what_they_coded(desk, second):
    other = AtTheDesk(second, desk.folder).sit_down()
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    other.mark(TEACHERS[0])
    other.press("2")
    other.has(FISH, TEACHERS)
    desk.mark("Wati")
    desk.press("3")
    desk.has(("Wati", "SOS.MAKAN"), FISH, TEACHERS)


def test_a_kernel_that_was_killed_is_told_and_nothing_saved_is_lost(second, study):
    desk = AtTheDesk(second, study / "codings" / "killed").sit_down()
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    (shown,) = second.run(2, "import os; os.getpid()")
    desk.mark(TEACHERS[0])
    os.kill(int(shown["data"]["text/plain"]), getattr(signal, "SIGKILL", signal.SIGTERM))
    desk.press("2")
    desk.page.wait_for_selector(".qk-status[data-state=late]", timeout=5_000)
    assert [row["quote"] for row in desk.rows()] == [FISH[0]]
    second.wait_for_another_kernel()
    second.run(0)
    desk.sit_down()
    desk.mark(TEACHERS[0])
    desk.press("2")
    desk.has(FISH, TEACHERS)


def test_a_kernel_that_was_restarted_is_told_at_once_and_a_memo_stays_typed(second, study):
    desk = AtTheDesk(second, study / "codings" / "restarted").sit_down()
    desk.mark(FISH[0])
    desk.press("1")
    desk.has(FISH)
    desk.press("m")
    desk.page.keyboard.type("jangan hilang")
    second.restart()
    desk.page.locator(".qk-memo textarea").focus()
    desk.press("Control+Enter")
    desk.page.wait_for_selector(".qk-status[data-state=late]", timeout=1_500)
    assert "belum tersimpan; jalankan sel meja ini lagi" in desk.page.locator(".qk-status").inner_text()
    assert desk.page.locator(".qk-memo textarea").input_value() == "jangan hilang"
    desk.mark(TEACHERS[0])
    desk.press("2")
    second.shoot("restarted")
    assert [(row["quote"], row["memo"]) for row in desk.rows()] == [(FISH[0], "")]
    second.run(0)
    desk.sit_down()
    desk.mark(TEACHERS[0])
    desk.press("2")
    desk.has(FISH, TEACHERS)


def test_the_browser_has_nothing_to_complain_about_and_asks_no_other_machine(notebook):
    if notebook.interface == "lab":  # where a page that was loaded again waits for its kernel, JupyterLab says the first
        ours = [said for said in notebook.complaints if not said.startswith("Error: widget model not found")]
    else:
        ours = [said for said in notebook.complaints if "blob:" in said]
    assert ours == []
    assert notebook.abroad == []
