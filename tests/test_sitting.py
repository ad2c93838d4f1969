"""One coder codes three short texts step by step; everything is saved, undone, refused and found again."""

import contextlib
import datetime
import hashlib
import shutil
from itertools import count

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.audit import read_audit
from qualkit.codebook import read_codebook
from qualkit.codings import FILE_COLUMNS, read_codings
from qualkit.revision import read_revisions
from qualkit.sitting import OneAnswer, Sitting
from qualkit.tables import read_rows
from qualkit.trash import removed_rows

BOOK = read_codebook("codebook.yaml")
GURU = (
    "Dua belas guru dari Kota Surya tiba pada bulan Maret. Mereka meninjau tiga sekolah di Kota Laut.\n\n"
    "Keluarga 👨‍👩‍👧‍👦 tuan rumah membawa bendera 🇮🇩🇰🇷 ke pelabuhan. Kedua wali kota menanam pohon beringin bersama.\n"
)
KAPAL = "Rombongan pulang dengan kapal. Kafe\u0301 di dermaga tutup lebih awal.\n"
TEXTS = {"guru": GURU, "kapal": KAPAL}
FIRST, SECOND = "Dua belas guru dari Kota Surya tiba pada bulan Maret.", "Mereka meninjau tiga sekolah di Kota Laut."


def documents(**texts):
    return pd.DataFrame(
        {
            "document": list(texts),
            "title": [f"Tentang {name}" for name in texts],
            "sha256": [hashlib.sha256(text.encode()).hexdigest() for text in texts.values()],
            "text": list(texts.values()),
        }
    )


def clock():
    minutes = count()
    return lambda: datetime.datetime(2026, 11, 22, 8, tzinfo=datetime.UTC) + datetime.timedelta(minutes=next(minutes))


def sit(folder, texts=TEXTS, coder="rani", **keywords):
    return Sitting(documents(**texts), BOOK, coder, folder, now=clock(), **keywords)


def put(sitting, words, code="DIK.GURU", document="guru", **keywords):
    """Put a code on words by their place."""
    start = sitting.texts[document].index(words)
    sitting.apply(document, start, start + len(words), code, words, **keywords)


def rows(folder, below=".", coder="rani"):
    path = folder / below / f"{coder}.csv"
    return [{n: v for n, v in row.items() if n != "line"} for row in read_rows(path, ())] if path.is_file() else []


def refusal(act, *arguments, **keywords):
    with pytest.raises(ValueError) as raised:
        act(*arguments, **keywords)
    return str(raised.value)


def only(codings):
    [coding] = codings
    return coding


# --- sitting down ---


def test_a_new_folder_beside_that_of_the_coders_is_told_and_not_made(tmp_path):
    assert sit(tmp_path / "codings").notices == []  # the first one
    put(sit(tmp_path / "codings"), FIRST)
    told = f"{tmp_path / 'coding'} is a new folder, and a study reads one folder of codings. Did you mean '{tmp_path / 'codings'}'?"
    sitting = sit(tmp_path / "coding")
    assert sitting.notices == [told] and not (tmp_path / "coding").exists()
    put(sitting, FIRST)
    assert sit(tmp_path / "coding").notices == []  # now it is there


def test_a_name_that_differs_only_in_capitals_from_that_of_a_coder_is_refused(tmp_path):
    put(sit(tmp_path), FIRST)
    assert refusal(sit, tmp_path, coder="Rani").startswith(
        f"coder 'Rani': {tmp_path} has a file of 'rani', and on some computers"
    )
    assert len(sit(tmp_path).codings("guru")) == len(sit(tmp_path, coder="ani").codings("guru")) + 1


# --- applying ---


def test_a_code_is_in_the_file_with_its_words_when_apply_returns(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, "tiga sekolah", memo="di mana?")
    row = only(rows(tmp_path))
    assert list(row) == list(FILE_COLUMNS)
    start = GURU.index("tiga sekolah")
    told = (row["document"], row["segment"], row["start"], row["end"], row["code"], row["coder"], row["memo"], row["created"])
    assert told == ("guru", "2", str(start), str(start + 12), "DIK.GURU", "rani", "di mana?", "2026-11-22T08:00:00Z")
    assert (row["quote"], row["prefix"][-15:], row["suffix"][:13]) == ("tiga sekolah", "Mereka meninjau", "di Kota Laut.")
    assert (row["codebook"], row["sha256"]) == (BOOK.version, hashlib.sha256(GURU.encode()).hexdigest()[:16])
    assert read_audit(tmp_path)["why"].tolist() == ["DIK.GURU on guru 2"]


def test_codes_overlap_and_several_stand_on_the_same_words(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, "tiga sekolah")
    put(sitting, SECOND)
    put(sitting, "tiga sekolah", "DIK.PT")
    assert [(c.code, c.segment) for c in sitting.codings("guru")] == [("DIK.GURU", 2), ("DIK.GURU", 2), ("DIK.PT", 2)]


def test_a_passage_may_run_over_sentences_and_paragraphs(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, GURU[GURU.index("tiga") : GURU.index(" tuan")])
    assert only(sitting.codings("guru")).segment == 2
    assert sitting.progress()[0]["done"] == 2


@pytest.mark.parametrize(
    ("start", "end", "quote", "words"),
    [
        (0, 3, "Dia", "“Dia” is not what stands at 0-3 of 'guru' (“Dua”)"),
        (3, 3, "", "3-3 is no place in 'guru', which has 209 characters"),
        (-1, 3, "", "-1-3 is no place"),
        (0, 999, GURU, "0-999 is no place"),
        (True, 3, "ua", "True-3 is no place"),
        (0.0, 3, "Dua", "0.0-3 is no place"),
        (GURU.index("\n\n"), GURU.index("\n\n") + 2, "\n\n", "there is nothing but white space"),
        (GURU.index("👨"), GURU.index("👨") + 1, "👨", "begins or ends within a character; take it in whole"),
        (GURU.index("🇮") + 1, GURU.index("🇮") + 4, GURU[GURU.index("🇮") + 1 : GURU.index("🇮") + 4], "within a character"),
    ],
)
def test_words_that_do_not_stand_there_are_refused_and_nothing_changes(tmp_path, start, end, quote, words):
    sitting = sit(tmp_path)
    assert words in refusal(sitting.apply, "guru", start, end, "DIK.GURU", quote)
    assert not (tmp_path / "rani.csv").exists() and sitting.steps == (0, 0)


def test_whole_emoji_flags_and_letters_with_accents_are_coded(tmp_path):
    sitting = sit(tmp_path)
    for words in ("👨‍👩‍👧‍👦", "🇰🇷"):
        put(sitting, words)
    put(sitting, "Kafe\u0301", document="kapal")
    assert [row["quote"] for row in rows(tmp_path)] == ["👨‍👩‍👧‍👦", "🇰🇷", "Kafe\u0301"]


def test_unknown_codes_and_documents_are_refused_with_a_hint(tmp_path):
    sitting = sit(tmp_path)
    assert refusal(put, sitting, FIRST, "DIK.GURUU") == "code 'DIK.GURUU' is not in the codebook. Did you mean 'DIK.GURU'?"
    assert (
        refusal(sitting.apply, "kapall", 0, 3, "DIK.GURU", "Rom")
        == "document 'kapall' is not on this desk. Did you mean 'kapal'?"
    )


def test_a_code_stands_once_on_the_same_words(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, FIRST)
    assert refusal(put, sitting, FIRST) == "'DIK.GURU' is already on these words of 'guru'"


def test_half_a_character_is_no_memo(tmp_path):
    sitting = sit(tmp_path)
    assert "holds half a character" in refusal(put, sitting, FIRST, memo="\ud83d")
    assert refusal(put, sitting, FIRST, memo=3) == "a memo is a text, not int"
    assert rows(tmp_path) == []


# --- one answer per segment ---


def test_a_second_answer_is_refused_until_the_person_says_replace(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, FIRST, "SUB-BUS")
    put(sitting, FIRST, "planned")  # of another facet
    put(sitting, SECOND, "MDN-GWJ")  # on another segment
    with pytest.raises(OneAnswer) as raised:
        put(sitting, "guru dari", "MDN-GWJ")
    assert str(raised.value) == "segment 1 of 'guru' already has case 'SUB-BUS'; case takes one answer"
    put(sitting, "guru dari", "MDN-GWJ", replace=True)
    assert sorted(row["code"] for row in rows(tmp_path)) == ["MDN-GWJ", "MDN-GWJ", "planned"]
    assert removed_rows(tmp_path)["code"].tolist() == ["SUB-BUS"]
    sitting.undo()
    assert sorted(row["code"] for row in rows(tmp_path)) == ["MDN-GWJ", "SUB-BUS", "planned"]


def test_a_boundary_is_not_moved_onto_a_segment_with_another_answer(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, FIRST, "SUB-BUS")
    put(sitting, SECOND, "MDN-GWJ")
    second = sitting.codings("guru")[1]
    words = GURU[: second.end]
    assert "already has case 'SUB-BUS'" in refusal(sitting.move, second.id, 0, second.end, words)


def two_answers(folder):
    """A file into which a second answer came by another way than the desk."""
    put(sit(folder), FIRST, "SUB-BUS", memo="yang pertama")
    path = folder / "rani.csv"
    head, line = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, line, line.replace("SUB-BUS", "MDN-GWJ")]) + "\n", encoding="utf-8")


def test_two_answers_in_a_file_are_both_shown_named_and_one_can_be_taken_out(tmp_path):
    two_answers(tmp_path)
    sitting = sit(tmp_path)
    assert [(c.code, c.anchor, c.is_second) for c in sitting.codings("guru")] == [
        ("MDN-GWJ", "exact", False), ("SUB-BUS", "damaged", True),
    ]  # fmt: skip
    said = "already has case 'MDN-GWJ'; it takes one (“Dua belas guru dari Kota Surya tiba pada bulan Maret.”)"
    assert any(said in n and n.endswith("both are shown; remove one of them") for n in sitting.notices)
    sitting.remove(sitting.codings("guru")[1].id)
    assert only(sitting.codings("guru")).code == "MDN-GWJ" and not any("already has" in n for n in sitting.notices)
    assert refusal(sitting.undo) == (
        "it was answered otherwise meanwhile: segment 1 of 'guru' already has case 'MDN-GWJ'; case takes one answer"
    )


def test_to_replace_takes_out_all_other_answers_and_undo_brings_all_back(tmp_path):
    two_answers(tmp_path)
    sitting = sit(tmp_path)
    asked = "segment 1 of 'guru' already has case 'MDN-GWJ' and 'SUB-BUS'; case takes one answer"
    assert refusal(put, sitting, FIRST, "BKS-KOR") == asked
    put(sitting, FIRST, "BKS-KOR", replace=True)
    assert only(rows(tmp_path))["code"] == "BKS-KOR"
    sitting.undo()
    assert sorted(row["code"] for row in rows(tmp_path)) == ["MDN-GWJ", "SUB-BUS"]


def test_an_answer_that_another_notebook_saved_at_the_same_moment_is_no_second_one(tmp_path, monkeypatch):
    mine = sit(tmp_path)
    put(mine, SECOND)
    monkeypatch.setattr(mine, "refresh", lambda: [])  # it comes between the last look and the saving
    put(sit(tmp_path), FIRST)
    put(mine, FIRST, "planned")  # nothing against it
    put(sit(tmp_path), "guru dari", "MDN-GWJ")
    with pytest.raises(OneAnswer) as raised:
        put(mine, FIRST, "SUB-BUS")
    assert str(raised.value) == "segment 1 of 'guru' already has case 'MDN-GWJ'; case takes one answer"
    assert sorted(row["code"] for row in rows(tmp_path)) == ["DIK.GURU", "DIK.GURU", "MDN-GWJ", "planned"]


# --- two notebooks on one coding ---


def test_a_memo_another_notebook_wrote_is_not_overwritten_unseen(tmp_path):
    put(sit(tmp_path), FIRST)
    mine, other = sit(tmp_path), sit(tmp_path)
    id = only(mine.codings("guru")).id
    other.memo(only(other.codings("guru")).id, "memo panjang")
    said = refusal(mine.memo, id, "memo saya")
    assert "rani, in another notebook, changed or removed it at 2026-" in said
    assert "What stands there now: memo “memo panjang”" in said and "Nothing was saved" in said
    assert only(rows(tmp_path))["memo"] == "memo panjang" == only(mine.codings("guru")).row["memo"]
    mine.memo(id, "memo panjang; dan saya")  # having seen it
    assert only(rows(tmp_path))["memo"] == "memo panjang; dan saya"


@pytest.mark.parametrize("verb", ["remove", "move", "settle"])
def test_what_was_never_seen_is_neither_removed_nor_moved(tmp_path, verb):
    put(sit(tmp_path), FIRST)
    mine, other = sit(tmp_path), sit(tmp_path)
    id = only(mine.codings("guru")).id
    other.memo(only(other.codings("guru")).id, "memo panjang")
    arguments = {"remove": (), "move": (0, 14, "Dua belas guru"), "settle": ("", 0, 14, "Dua belas guru")}[verb]
    assert "memo “memo panjang”" in refusal(getattr(mine, verb), id, *arguments)
    assert [(row["memo"], row["end"]) for row in rows(tmp_path)] == [("memo panjang", str(len(FIRST)))]


def test_what_another_notebook_moved_or_removed_is_said_by_name(tmp_path):
    put(sit(tmp_path), FIRST)
    mine, other = sit(tmp_path), sit(tmp_path)
    id = only(mine.codings("guru")).id
    other.move(only(other.codings("guru")).id, 0, 14, "Dua belas guru")
    assert "changed or removed it at 2026-" in (said := refusal(mine.remove, id)) and "Nothing stands there now" in said
    assert only(mine.codings("guru")).end == 14


def test_only_the_answer_that_was_shown_is_replaced(tmp_path):
    mine = sit(tmp_path)
    put(sit(tmp_path), FIRST, "SUB-BUS", memo="dari sana")
    with pytest.raises(OneAnswer):
        put(mine, FIRST, "MDN-GWJ", replace=True)
    assert only(rows(tmp_path))["code"] == "SUB-BUS"
    put(mine, FIRST, "MDN-GWJ", replace=True)  # now it has been shown
    assert only(rows(tmp_path))["code"] == "MDN-GWJ"


def test_a_memo_that_changed_while_it_was_written_is_refused(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, FIRST, memo="awal")
    id = only(sitting.codings("guru")).id
    sitting.memo(id, "kedua", was="awal")
    said = refusal(sitting.memo, id, "ketiga", was="awal")
    assert said == "the memo of DIK.GURU on guru 1 was changed while you wrote; it now reads “kedua”. Nothing was saved"


# --- changing what is there ---


def test_memo_and_boundaries_change_the_row_and_keep_the_id(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, "tiga sekolah")
    before = only(sitting.codings("guru"))
    sitting.memo(before.id, "tiga atau\nempat?")
    sitting.memo(before.id, "tiga atau\nempat?")  # nothing new, no line in the log
    start, end = before.start, before.end + len(" di Kota Laut")
    sitting.move(before.id, start, end, GURU[start:end])
    after = only(sitting.codings("guru"))
    assert (after.id, after.row["memo"], after.row["quote"]) == (before.id, "tiga atau\nempat?", "tiga sekolah di Kota Laut")
    assert after.row["created"] == before.row["created"] and len(read_audit(tmp_path)) == 3
    sitting.undo()
    sitting.undo()
    assert only(sitting.codings("guru")) == before


def test_moving_to_where_it_stands_saves_nothing_and_onto_its_like_is_refused(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, "tiga sekolah")
    put(sitting, SECOND)
    long, short = sitting.codings("guru")
    sitting.move(long.id, long.start, long.end, SECOND)
    assert sitting.steps == (2, 0)
    assert "is already on these words" in refusal(sitting.move, short.id, long.start, long.end, SECOND)


def test_what_is_removed_stays_in_the_trash_and_comes_back_with_its_id(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, FIRST, memo="penting")
    coding = only(sitting.codings("guru"))
    sitting.remove(coding.id)
    assert rows(tmp_path) == [] and removed_rows(tmp_path)["memo"].tolist() == ["penting"]
    assert "no longer in your file" in refusal(sitting.memo, coding.id, "x")
    sitting.undo()
    assert only(sitting.codings("guru")) == coding and removed_rows(tmp_path).empty
    assert read_audit(tmp_path)["why"].tolist()[-2:] == ["removed DIK.GURU on guru 1", "undo: removed DIK.GURU on guru 1"]


# --- undo and redo ---


def test_nothing_to_undo_or_redo_is_said(tmp_path):
    sitting = sit(tmp_path)
    assert refusal(sitting.undo) == "there is nothing to undo"
    assert refusal(sitting.redo) == "there is nothing to do again"


def test_a_new_step_ends_what_could_be_done_again(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, FIRST)
    sitting.undo()
    assert sitting.steps == (0, 1)
    put(sitting, SECOND)
    assert sitting.steps == (1, 0)


def test_an_undo_that_meets_another_notebook_is_refused_and_stays(tmp_path):
    mine, other = sit(tmp_path), None
    put(mine, FIRST)
    other = sit(tmp_path)
    other.memo(only(other.codings("guru")).id, "dari buku catatan lain")
    assert "Nothing was saved" in refusal(mine.undo)
    assert mine.steps == (1, 0) and only(rows(tmp_path))["memo"] == "dari buku catatan lain"
    other.undo()
    mine.undo()
    assert rows(tmp_path) == [] and mine.steps == (0, 1)


def test_an_undo_does_not_bring_back_a_second_answer(tmp_path):
    mine = sit(tmp_path)
    put(mine, FIRST, "SUB-BUS")
    mine.remove(only(mine.codings("guru")).id)
    put(sit(tmp_path), "guru dari", "MDN-GWJ")
    assert "it was answered otherwise meanwhile: segment 1 of 'guru' already has case 'MDN-GWJ'" in refusal(mine.undo)
    assert mine.steps == (2, 0)


def test_an_undo_does_not_bring_back_what_another_notebook_has_put_there(tmp_path):
    mine = sit(tmp_path)
    put(mine, FIRST)
    mine.remove(only(mine.codings("guru")).id)
    put(sit(tmp_path), FIRST, memo="lagi")
    assert refusal(mine.undo) == "another notebook has put the same there meanwhile: DIK.GURU on guru 1"


WORDS = [FIRST, SECOND, "tiga sekolah", "🇮🇩", "Kedua wali kota"]
CODES = ["DIK.GURU", "DIK.PT", "SUB-BUS", "MDN-GWJ"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["apply", "replace", "remove", "memo", "move", "in_vivo", "read", "undo", "redo"]),
        st.integers(0, 4),
        st.integers(0, 3),
    ),
    max_size=9,
)


def take(sitting, step):
    verb, first, second = step
    words, code = WORDS[first], CODES[second]
    start = GURU.index(words)
    codings = sitting.codings("guru")
    if verb in ("apply", "replace"):
        put(sitting, words, code, replace=verb == "replace")
    elif verb == "in_vivo":
        sitting.in_vivo("guru", start, start + len(words), f"kata {second}", words)
    elif verb == "read":
        sitting.mark_read("guru", first, value=second > 1)
    elif verb in ("undo", "redo"):
        getattr(sitting, verb)()
    elif codings:
        chosen = codings[(first * 4 + second) % len(codings)]
        more = {"remove": (), "memo": (f"memo {first}",), "move": (start, start + len(words), words)}[verb]
        getattr(sitting, verb)(chosen.id, *more)


def everything(folder):
    return {name: rows(folder, name) for name in (".", "read", "in-vivo")}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_any_steps_can_all_be_undone_and_done_again_and_nothing_is_ever_lost(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("codings")
    put(sit(folder), SECOND, memo="dari kemarin")
    start, sitting, ever = everything(folder), sit(folder), {}
    for step in steps:
        before, undoable = everything(folder), sitting.steps
        try:
            take(sitting, step)
        except ValueError:
            assert everything(folder) == before and sitting.steps == undoable
        for below, found in everything(folder).items():
            ever.setdefault(below, []).extend(row for row in found if row not in ever.get(below, []))
    end = everything(folder)
    for row in end["."] + end["in-vivo"]:
        assert GURU[int(row["start"]) : int(row["end"])] == row["quote"]
    for below, seen in ever.items():  # what is there and what is in the trash is all that ever was
        removed = removed_rows(folder / below).to_dict("records") if seen else []
        trash = [{name: row[name] for name in seen[0]} for row in removed]
        assert all(row in end[below] or row in trash for row in seen)
    while sitting.steps[1]:
        sitting.redo()
    last, again = everything(folder), sitting.steps[0]
    while sitting.steps[0]:
        sitting.undo()
    assert everything(folder) == start
    for _ in range(again):
        sitting.redo()
    assert everything(folder) == last
    reopened = sit(folder)
    assert [c.found for c in reopened.codings("guru")] == [c.found for c in sitting.codings("guru")]
    assert reopened.progress() == sitting.progress() and reopened.notices == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.booleans(), STEPS.map(lambda steps: steps[:1])), max_size=9))
def test_two_notebooks_at_once_lose_nothing_and_agree_in_the_end(tmp_path_factory, turns):
    folder = tmp_path_factory.mktemp("codings")
    mine, other, ever = sit(folder), sit(folder), []
    for is_mine, steps in turns:
        for step in steps:
            with contextlib.suppress(ValueError):
                take(mine if is_mine else other, step)
            ever += [row for row in rows(folder) if row not in ever]
    trash = [{name: row.get(name) for name in FILE_COLUMNS} for row in removed_rows(folder).to_dict("records")]
    assert all(row in rows(folder) or row in trash for row in ever)
    mine.refresh()
    other.refresh()
    assert [coding.found for coding in mine.codings("guru")] == [coding.found for coding in other.codings("guru")]
    read_codings(folder, mine.segments, BOOK)  # no second answer, nothing doubled


# --- in the text's own words ---


def test_an_in_vivo_code_is_a_proposal_in_a_file_of_its_own(tmp_path):
    sitting = sit(tmp_path)
    start = GURU.index("pohon beringin")
    sitting.in_vivo("guru", start, start + 14, " pohon\nbersama ", "pohon beringin", memo="lambang?")
    proposal = only(sitting.codings("guru"))
    assert (proposal.file, proposal.code, proposal.anchor) == ("in-vivo", "pohon bersama", "exact")
    assert only(rows(tmp_path, "in-vivo"))["label"] == "pohon bersama" and rows(tmp_path) == []
    assert sitting.progress()[0]["done"] == 0 and sitting.table().empty
    sitting.memo(proposal.id, "janji")
    sitting.remove(proposal.id)
    sitting.undo()
    assert only(rows(tmp_path, "in-vivo"))["memo"] == "janji"


def test_an_in_vivo_code_needs_a_label_that_no_code_has(tmp_path):
    sitting = sit(tmp_path)
    assert refusal(sitting.in_vivo, "guru", 0, 3, " ", "Dua") == "a code in the text's own words needs a label"
    assert refusal(sitting.in_vivo, "guru", 0, 3, "DIK.GURU", "Dua") == "the codebook has the code 'DIK.GURU': apply it"


# --- suggestions ---


def suggestions(*found, document="guru", text=GURU):
    """(words, code) as suggest_codings would say it."""
    made = [
        {"document": document, "segment": 1, "start": text.index(words), "end": text.index(words) + len(words), "code": code,
         "coder": "codebook", "matched": words.split()[-1], "quote": words}
        for words, code in found
    ]  # fmt: skip
    return pd.DataFrame(made)


def test_a_suggestion_accepted_is_the_persons_coding_and_the_log_says_whose_idea_it_was(tmp_path):
    sitting = sit(tmp_path, suggestions=suggestions((FIRST, "DIK.GURU"), (SECOND, "DIK.GURU")))
    first, second = sitting.ghosts("guru")
    assert sitting.ghosts("kapal") == []
    sitting.accept(first.id)
    row = only(rows(tmp_path))
    assert (row["coder"], row["memo"], row["quote"]) == ("rani", "", FIRST)
    assert read_audit(tmp_path)["why"].tolist() == ["accepted the suggestion of codebook: Maret."]
    assert sitting.ghosts("guru") == [second]
    assert "no longer open" in refusal(sitting.accept, first.id)
    assert "no longer open" in refusal(sitting.reject, "s99")


def test_a_suggestion_is_hidden_where_the_person_has_the_code_on_a_part_of_it(tmp_path):
    sitting = sit(tmp_path, suggestions=suggestions((FIRST, "DIK.GURU"), (FIRST, "DIK.PT")))
    put(sitting, "guru dari")
    assert [ghost.code for ghost in sitting.ghosts("guru")] == ["DIK.PT"]


def test_a_rejected_suggestion_stays_away_also_after_the_text_moved(tmp_path):
    sitting = sit(tmp_path, suggestions=suggestions((SECOND, "DIK.GURU")))
    sitting.reject(only(sitting.ghosts("guru")).id, "hanya kunjungan")
    assert sitting.ghosts("guru") == []
    row = only(rows(tmp_path, "rejected"))
    assert (row["code"], row["why"], row["quote"]) == ("DIK.GURU", "hanya kunjungan", SECOND)
    text = "Pembukaan yang baru.\n\n" + GURU
    moved = sit(tmp_path, {"guru": text}, suggestions=suggestions((SECOND, "DIK.GURU"), (FIRST, "DIK.GURU"), text=text))
    assert [ghost.start for ghost in moved.ghosts("guru")] == [text.index(FIRST)]
    sitting.undo()
    assert len(sitting.ghosts("guru")) == 1


def test_a_rejected_suggestion_hides_no_other_of_the_same_words(tmp_path):
    text = "Wali kota hadir. Kedua kota bertemu. Wali kota hadir. Selesai.\n"
    twice = suggestions(("Wali kota hadir.", "DIK.GURU"), text=text)
    later = twice.assign(segment=3, start=37, end=53)
    sitting = sit(tmp_path, {"guru": text}, suggestions=pd.concat([twice, later]))
    sitting.reject(sitting.ghosts("guru")[0].id)
    assert [ghost.start for ghost in sitting.ghosts("guru")] == [37]


def test_a_suggestion_of_one_answer_asks_before_it_replaces(tmp_path):
    sitting = sit(tmp_path, suggestions=suggestions((FIRST, "SUB-BUS")))
    put(sitting, FIRST, "MDN-GWJ")
    ghost = only(sitting.ghosts("guru"))
    with pytest.raises(OneAnswer):
        sitting.accept(ghost.id)
    sitting.accept(ghost.id, replace=True)
    assert only(rows(tmp_path))["code"] == "SUB-BUS"


def test_suggestions_made_on_another_text_or_codebook_are_refused_at_the_door(tmp_path):
    other = suggestions((FIRST, "DIK.GURU")).assign(start=3, end=9)
    assert "the suggestion DIK.GURU on 'guru' 1 was made on another text" in refusal(sit, tmp_path, suggestions=other)
    unknown = suggestions((FIRST, "X"))
    assert refusal(sit, tmp_path, suggestions=unknown) == "the suggestion X on 'guru' 1 is no code of this codebook"
    assert "suggestions has no column" in refusal(sit, tmp_path, suggestions=pd.DataFrame({"code": ["X"]}))
    assert sit(tmp_path, suggestions=suggestions((FIRST, "X")).assign(document="lain")).ghosts("guru") == []


# --- reading ---


def test_a_segment_read_without_a_code_counts_as_done(tmp_path):
    sitting = sit(tmp_path)
    sitting.mark_read("guru", 1)
    assert only(rows(tmp_path, "read")) | {"sha256": ""} == {
        "document": "guru", "segment": "1", "start": "0", "end": str(len(FIRST)), "created": "2026-11-22T08:00:00Z", "sha256": "",
    }  # fmt: skip
    assert sitting.read("guru") == [1] and sitting.progress()[0]["done"] == 1
    assert refusal(sitting.mark_read, "guru", 1) == "segment 1 of 'guru' is already marked as read"
    put(sitting, FIRST)
    assert sitting.read("guru") == [] and sitting.progress()[0]["done"] == 1  # coded is not read without a code
    sitting.undo()
    sitting.mark_read("guru", 1, value=False)
    assert refusal(sitting.mark_read, "guru", 1, value=False) == "segment 1 of 'guru' is not marked as read"
    assert refusal(sitting.mark_read, "guru", 9) == "document 'guru' has no segment 9"


def test_a_mark_on_another_version_of_the_text_does_not_hold_and_gives_way(tmp_path):
    sit(tmp_path).mark_read("guru", 1)
    changed = sit(tmp_path, {"guru": GURU.replace("Maret", "Mei")})
    assert changed.read("guru") == []
    assert changed.notices[-1] == "1 segment of 'guru' was marked as read in another version of the text"
    changed.mark_read("guru", 1)
    assert changed.read("guru") == [1] and len(rows(tmp_path, "read")) == 1
    assert sit(tmp_path, {"kapal": KAPAL}).notices == []  # marks in documents that are not on the desk


def test_next_goes_through_what_is_neither_coded_nor_read_and_begins_again(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, "tiga sekolah")
    sitting.mark_read("guru", 3)
    assert sitting.next_uncoded("guru", 1) == ("guru", 4)
    assert sitting.next_uncoded("guru", 4) == ("kapal", 1)
    assert sitting.next_uncoded("kapal", 2) == ("guru", 1)
    for document, segment in (("guru", 1), ("guru", 4), ("kapal", 2)):
        sitting.mark_read(document, segment)
    assert sitting.next_uncoded("kapal", 1) == ("kapal", 1)
    sitting.mark_read("kapal", 1)
    assert sitting.next_uncoded("guru") is None
    assert [(p["done"], p["of"], p["coded"], p["problems"]) for p in sitting.progress()] == [(4, 4, 1, 0), (2, 2, 0, 0)]


def test_assigned_segments_are_all_that_counts_and_the_rest_stays_readable(tmp_path):
    assigned = pd.DataFrame({"document": ["guru", "guru", "jauh"], "segment": [2, 4, 1], "coder": ["rani", "rani", "rani"]})
    others = assigned.assign(segment=[1, 3, 1], coder="budi")
    sitting = sit(tmp_path, assigned=pd.concat([assigned, others]))
    assert not sitting.blind and [(p["done"], p["of"]) for p in sitting.progress()] == [(0, 2), (0, 0)]
    put(sitting, FIRST)
    assert sitting.progress()[0]["done"] == 0
    assert sitting.next_uncoded("guru") == ("guru", 2) and sitting.next_uncoded("guru", 4) == ("guru", 2)


def test_a_coder_to_whom_nothing_is_assigned_is_told_so(tmp_path):
    assigned = pd.DataFrame({"document": ["guru"], "segment": [1], "coder": ["ranni"]})
    assert refusal(sit, tmp_path, assigned=assigned) == "nothing is assigned to 'rani'. Did you mean 'ranni'?"


def test_codings_of_others_can_be_put_before_who_reconciles_them(tmp_path):
    for coder, words in (("ani", FIRST), ("budi", FIRST), ("budi", "tiga sekolah")):
        put(sit(tmp_path, coder=coder), words)
    codings = read_codings(tmp_path, sit(tmp_path).segments, BOOK)
    nowhere = codings.tail(1).assign(segment=0, anchor="orphan")
    agreed = sit(tmp_path, coder="agreed", suggestions=pd.concat([codings, nowhere]))
    first, second, third = agreed.ghosts("guru")
    agreed.accept(first.id)
    assert agreed.ghosts("guru") == [third] and second.coder == "budi"
    assert only(rows(tmp_path, coder="agreed"))["coder"] == "agreed"
    assert read_audit(tmp_path)["why"].tolist().count("accepted the suggestion of ani") == 1


def test_who_codes_blind_is_shown_no_suggestions(tmp_path):
    assigned = pd.DataFrame({"document": ["guru"], "segment": [1], "blind": [True]})
    sitting = sit(tmp_path, assigned=assigned, suggestions=suggestions((FIRST, "DIK.GURU")))
    assert sitting.blind and sitting.ghosts("guru") == []
    assert "is not shown to you" in refusal(sitting.accept, "s1")


@pytest.mark.parametrize(("value", "is_blind"), [("yes", True), ("no", False), (True, True), (False, False)])
def test_blind_is_said_in_words_or_as_true_and_false(tmp_path, value, is_blind):
    assigned = pd.DataFrame({"document": ["guru", "guru"], "segment": [1, 2], "blind": ["no", value]})
    assert sit(tmp_path, assigned=assigned).blind is is_blind


@pytest.mark.parametrize("value", ["True", "ya", 1, None, ""])
def test_what_blind_says_is_never_guessed(tmp_path, value):
    assigned = pd.DataFrame({"document": ["guru"], "segment": [1], "blind": pd.Series([value], dtype=object)})
    assert refusal(sit, tmp_path, assigned=assigned).startswith(f"assigned: blind is {value!r}: write yes or no, or give True")


def in_the_study(folder, *lines, head="round,coder,document,segments,blind"):
    (folder / "assignments.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return folder / "codings"


def test_no_suggestion_is_shown_on_what_the_study_assigns_blind(tmp_path):
    folder = in_the_study(tmp_path, "1,rani,guru,1,yes", "1,rani,guru,2,no", "1,budi,guru,2 to 4,yes")
    found = suggestions((FIRST, "DIK.GURU"), (SECOND, "DIK.GURU"), (f"{FIRST} {SECOND}", "DIK.PT"))
    sitting = sit(folder, suggestions=found)
    assert [ghost.start for ghost in sitting.ghosts("guru")] == [len(FIRST) + 1]
    assert sitting.notices == [
        "assignments.csv assigns 1 segment here to 'rani' to be read blind: no suggestion is shown on them"
    ]
    assert "is not shown to you" in refusal(sitting.accept, "s1")
    sitting.mark_read("guru", 1)
    assert len(sit(folder, suggestions=found).ghosts("guru")) == 1
    assert sit(folder).notices == [] and len(sit(folder, coder="ani", suggestions=found).ghosts("guru")) == 3


def test_where_assignments_cannot_be_read_for_a_desk_more_is_hidden_not_less(tmp_path):
    found = pd.concat(
        [
            suggestions((FIRST, "DIK.GURU"), (SECOND, "DIK.GURU")),
            suggestions(("kapal", "DIK.GURU"), document="kapal", text=KAPAL),
        ]
    )
    folder = in_the_study(tmp_path, "1,rani,guru,1,yes", "1,rani,kapal,all,no", "1,rani,jauh,all,yes")
    sitting = sit(folder, suggestions=found)
    assert sitting.ghosts("guru") == [] and len(sitting.ghosts("kapal")) == 1
    said = only(sitting.notices)
    assert (
        "4 segments here" in said and "(whole documents, because for this desk it cannot be read: " in said and "'jauh'" in said
    )
    in_the_study(tmp_path, "rani", head="coder")
    assert sit(folder, suggestions=found).ghosts("kapal") == []


def test_an_assignment_of_segments_that_are_not_there_is_refused(tmp_path):
    assigned = pd.DataFrame({"document": ["guru"], "segment": [12]})
    assert refusal(sit, tmp_path, assigned=assigned) == "assigned names segment 12 of 'guru', which has no such segment"


# --- at the door ---


@pytest.mark.parametrize(
    ("coder", "words"),
    [
        ("codebook", "nobody's coding"),
        ("a/b", "cannot be the name of a file"),
        ("con", "cannot be the name"),
        (3, "cannot be the name"),
    ],
)
def test_only_persons_whose_name_can_be_a_file_sit_at_the_desk(tmp_path, coder, words):
    assert words in refusal(sit, tmp_path, coder=coder)


def test_a_desk_without_documents_is_refused(tmp_path):
    assert refusal(sit, tmp_path, {}) == "there is no document to code"
    twice = pd.concat([documents(**TEXTS), documents(guru=KAPAL)])
    assert refusal(Sitting, twice, BOOK, "rani", tmp_path) == "document 'guru' stands twice among the documents"
    assert "documents has no column" in refusal(Sitting, pd.DataFrame({"a": []}), BOOK, "rani", tmp_path)


def test_opening_and_reading_writes_nothing(tmp_path):
    sitting = sit(tmp_path / "codings")
    sitting.progress()
    assert not (tmp_path / "codings").exists()


def test_a_folder_that_cannot_be_written_is_said_and_every_verb_refuses(tmp_path, monkeypatch):
    put(sit(tmp_path), FIRST)
    reason = "rani.csv is open in another program"
    monkeypatch.setattr("qualkit.coderfile.CoderFile.obstacle", property(lambda self: reason))
    sitting = sit(tmp_path)
    assert sitting.read_only == reason and len(sitting.codings("guru")) == 1
    assert refusal(put, sitting, SECOND) == f"nothing was changed: {reason}"
    assert refusal(sitting.remove, "c1") == refusal(sitting.undo) == f"nothing was changed: {reason}"


def test_a_folder_that_is_gone_is_not_made_anew_by_another_step(tmp_path):
    sitting = sit(tmp_path / "codings")
    put(sitting, FIRST)
    shutil.rmtree(tmp_path / "codings")
    assert "rani.csv is gone" in refusal(sitting.mark_read, "guru", 2)
    assert not (tmp_path / "codings").exists()


def test_on_another_edition_the_desk_only_reads_and_says_why(tmp_path):
    put(sit(tmp_path / "codings"), FIRST)
    restated = "Pada Maret datanglah 12 guru asal Kota Surya. Tiga sekolah mereka kunjungi."
    sha, original = (hashlib.sha256(text.encode()).hexdigest() for text in (restated, GURU))
    (tmp_path / "documents.csv").write_text(f"document,sha256,original_sha256\nguru,{sha},{original}\n")
    sitting = sit(tmp_path / "codings", {"guru": restated})
    assert sitting.read_only == "your codings were made on another edition of 'guru'; here they can be read, not changed"
    assert only(sitting.codings("guru")).anchor == "sentence"


def test_segments_will_do_in_place_of_documents(tmp_path):
    whole = sit(tmp_path)
    sitting = Sitting(whole.segments, BOOK, "rani", tmp_path)
    assert sitting.texts["guru"] == GURU.rstrip("\n") and sitting.titles["kapal"] == "Tentang kapal"
    put(sitting, f"{FIRST} {SECOND}")
    whole.refresh()
    assert only(whole.codings("guru")).anchor == "exact"


def test_segments_of_which_some_were_left_out_are_refused(tmp_path):
    segments = sit(tmp_path).segments
    assert refusal(Sitting, segments[segments["segment"] != 2], BOOK, "rani", tmp_path) == (
        "of document 'guru' 1 segment is missing, the first is 2: a desk shows whole texts. Give it the documents, or all rows "
        "that split returned; what is to be read goes into assigned"
    )


def test_a_segment_is_named_by_its_number_and_is_read_or_not(tmp_path):
    sitting = sit(tmp_path)
    for number in (True, "1", 1.0):
        assert refusal(sitting.mark_read, "guru", number) == f"a segment is named by its number, such as 3, not by {number!r}"
    assert refusal(sitting.mark_read, "guru", 1, "yes") == "a segment is read (True) or not read (False), not 'yes'"
    assert refusal(sitting.mark_read, ["guru"], 1) == "document '['guru']' is not on this desk. Did you mean 'guru'?"


def test_documents_without_title_or_words_have_their_place(tmp_path):
    tables = pd.DataFrame({"document": ["kosong", "ada"], "text": ["", "Ada kata."]})
    sitting = Sitting(tables, BOOK, "rani", tmp_path)
    assert [(p["title"], p["of"]) for p in sitting.progress()] == [("kosong", 0), ("ada", 1)]
    assert sitting.sentences("kosong") == [] and sitting.number("ada") == 2
    assert sitting.next_uncoded("kosong") == ("ada", 1)


# --- what stands in the files ---


def by_hand(folder, *lines):
    folder.mkdir(exist_ok=True)
    (folder / "rani.csv").write_text("\n".join(["document,segment,code,coder", *lines]) + "\n", encoding="utf-8")


def test_a_file_made_by_hand_codes_whole_sentences_and_can_be_changed(tmp_path):
    by_hand(tmp_path, "guru,2,DIK.GURU,rani", "guru,1,DIK.GURU,rani")
    sitting = sit(tmp_path)
    first, _ = sitting.codings("guru")
    assert (first.start, first.end) == (0, len(FIRST))
    sitting.memo(first.id, "dengan tangan")
    assert [row["memo"] for row in rows(tmp_path)] == ["dengan tangan", ""]
    sitting.move(first.id, 0, 14, "Dua belas guru")
    assert rows(tmp_path)[0]["quote"] == "Dua belas guru" and sitting.codings("guru")[0].id == first.id


def test_rows_that_cannot_be_placed_are_named_with_line_and_words_and_stay(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, FIRST, memo="dua\nbaris")
    put(sitting, SECOND)
    path = tmp_path / "rani.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2,54,96,DIK.GURU", "2,54,96,LAMA"), encoding="utf-8")
    reopened = sit(tmp_path)
    said = "rani.csv, line 4: code 'LAMA' is not in the codebook."
    assert any(
        notice.startswith(said) and f"(“{SECOND}”); it stays in the file as it is. If the code was renamed" in notice
        for notice in reopened.notices
    )
    assert len(reopened.codings("guru")) == 1 and len(reopened.table()) == 1
    put(reopened, "tiga sekolah")
    assert [row["code"] for row in rows(tmp_path)] == ["DIK.GURU", "LAMA", "DIK.GURU"]


def test_a_row_below_empty_lines_is_named_with_the_line_it_stands_on(tmp_path):
    by_hand(tmp_path, "guru,1,DIK.GURU,rani", "", ",,,", "guru,2,LAMA,rani")
    assert any(notice.startswith("rani.csv, line 5: code 'LAMA'") for notice in sit(tmp_path).notices)


def test_a_row_that_stands_twice_is_named_and_one_of_the_two_can_be_taken_out(tmp_path):
    by_hand(tmp_path, "guru,1,DIK.GURU,rani", "guru,1,DIK.GURU,rani")
    sitting = sit(tmp_path)
    [notice] = [notice for notice in sitting.notices if "line 3" in notice]
    assert "is already on" in notice
    assert "Nothing was saved" in refusal(sitting.memo, only(sitting.codings("guru")).id, "yang mana?")
    sitting.remove(only(sitting.codings("guru")).id)
    assert len(rows(tmp_path)) == 1 and len(sitting.codings("guru")) == 1 and sitting.notices == []


def test_rows_of_another_coder_in_the_file_are_named_and_not_shown(tmp_path):
    by_hand(tmp_path, "guru,1,DIK.GURU,budi", "guru,2,DIK.GURU,rani")
    sitting = sit(tmp_path)
    assert [coding.segment for coding in sitting.codings("guru")] == [2]
    assert any("line 2: coder 'budi' in the file of 'rani': one file holds one coder" in notice for notice in sitting.notices)


def test_lines_are_those_of_the_file_also_beside_lines_that_cannot_be_read(tmp_path):
    by_hand(tmp_path, "kapal,2,DIK.GURU,rani", 'kapal,1,"rusak', "guru,1,LAMA,rani")
    sitting = sit(tmp_path)
    assert any(notice.startswith("rani.csv, line 4: code 'LAMA'") for notice in sitting.notices)
    by_hand(tmp_path, "guru,1,LAMA,rani", "kapal,2,DIK.GURU,rani")
    sitting.refresh()
    assert any(notice.startswith("rani.csv, line 2: code 'LAMA'") for notice in sitting.notices)


def test_codings_on_documents_that_are_not_on_the_desk_are_counted_and_stay(tmp_path):
    put(sit(tmp_path), "kapal", document="kapal")
    sitting = sit(tmp_path, {"guru": GURU})
    assert sitting.notices == ["1 of your codings is on documents that are not on this desk: kapal"]
    put(sitting, FIRST)
    assert [row["document"] for row in rows(tmp_path)] == ["guru", "kapal"]


def test_two_sittings_on_one_file_merge_and_say_so(tmp_path):
    mine, other = sit(tmp_path), sit(tmp_path)
    put(mine, FIRST)
    put(other, SECOND)
    assert len(rows(tmp_path)) == 2 and any("merged" in notice for notice in other.notices)
    assert any("merged" in said for said in mine.refresh()) and mine.refresh() == []
    assert len(mine.codings("guru")) == 2


def test_the_table_is_the_one_that_read_codings_gives(tmp_path):
    sitting = sit(tmp_path)
    put(sitting, FIRST)
    put(sitting, FIRST, "SUB-BUS")
    put(sitting, "kapal", "DIK.PT", document="kapal")
    pd.testing.assert_frame_equal(sitting.table(), read_codings(tmp_path, sitting.segments, BOOK))


# --- codes that were changed since ---


def revisions(folder, *lines):
    path = folder / "revisions.csv"
    head = "change,code,into,codebook,why,by,created,coder,document,segment,start,end,quote"
    path.write_text(
        "\n".join([head, *(f"{line},{BOOK.version},alasan,rani,2026-11-22,,,,,," for line in lines)]) + "\n", encoding="utf-8"
    )
    return read_revisions(path, BOOK)


def test_a_coding_is_shown_under_the_code_of_today_and_the_file_keeps_its_own(tmp_path):
    by_hand(tmp_path, "guru,1,DIK.GURU,rani", "guru,1,LAMA.GURU,rani", "guru,2,LAMA.PT,rani", "guru,3,LAMA.BELAH,rani")
    changed = revisions(tmp_path.parent, "rename,LAMA.GURU,DIK.GURU", "retire,LAMA.PT,", "split,LAMA.BELAH,DIK.GURU DIK.PT")
    sitting = sit(tmp_path, revisions=changed)
    assert [(c.code, c.revision, c.row["code"]) for c in sitting.codings("guru")] == [
        ("DIK.GURU", "", "DIK.GURU"), ("DIK.GURU", "joined", "LAMA.GURU"), ("LAMA.PT", "retired", "LAMA.PT"),
        ("LAMA.BELAH", "to decide", "LAMA.BELAH"),
    ]  # fmt: skip
    assert sitting.progress()[0]["done"] == 3
    said = only([notice for notice in sitting.notices if "guru" in notice])
    assert said == "codings whose code was split wait for a decision (1; see to_decide): rani: LAMA.BELAH on guru 3"
    with pytest.warns(UserWarning, match="wait for a decision"):
        pd.testing.assert_frame_equal(sitting.table(), read_codings(tmp_path, sitting.segments, BOOK, changed))


def test_the_code_of_today_stands_already_where_its_old_name_is(tmp_path):
    by_hand(tmp_path, "guru,1,LAMA.GURU,rani", "guru,2,LAMA.KASUS,rani", "guru,3,LAMA.PT,rani")
    changed = revisions(tmp_path.parent, "rename,LAMA.GURU,DIK.GURU", "rename,LAMA.KASUS,SUB-BUS", "retire,LAMA.PT,")
    sitting = sit(tmp_path, revisions=changed, suggestions=suggestions((FIRST, "DIK.GURU")))
    assert sitting.ghosts("guru") == []
    assert refusal(put, sitting, FIRST) == "'DIK.GURU' is already on these words of 'guru'"
    assert "already has case 'SUB-BUS'" in refusal(put, sitting, SECOND, "MDN-GWJ")
    first, _, retired = sitting.codings("guru")
    sitting.memo(first.id, "tetap")
    assert (rows(tmp_path)[0]["code"], rows(tmp_path)[0]["memo"]) == ("LAMA.GURU", "tetap")
    sitting.move(first.id, 0, 14, "Dua belas guru")
    sitting.remove(retired.id)
    assert [row["code"] for row in rows(tmp_path)] == ["LAMA.GURU", "LAMA.KASUS"]
    sitting.undo()
    assert len(sitting.codings("guru")) == 3


def test_revisions_are_the_table_that_read_revisions_returns(tmp_path):
    assert "revisions has no column" in refusal(sit, tmp_path, revisions=pd.DataFrame({"code": []}))


# --- settling ---


CHANGED = GURU.replace("tiga sekolah di Kota Laut", "empat sekolah di Kota Laut")


def test_words_that_moved_are_shown_where_they_stand_and_the_file_waits(tmp_path):
    put(sit(tmp_path), SECOND)
    before = rows(tmp_path)
    sitting = sit(tmp_path, {"guru": "Pembukaan yang baru.\n\n" + GURU})
    coding = only(sitting.codings("guru"))
    assert (coding.anchor, coding.start) == ("moved", (GURU.index(SECOND)) + 22) and sitting.to_settle() == []
    sitting.memo(coding.id, "tetap")
    assert only(rows(tmp_path)) == before[0] | {"memo": "tetap"}
    sitting.settle(coding.id, "keep")
    assert only(rows(tmp_path))["start"] == str(coding.start) and only(sitting.codings("guru")).anchor == "exact"
    assert "there is nothing to settle: DIK.GURU on guru 3 stands on the words" in refusal(sitting.settle, coding.id, "keep")


def test_altered_words_are_asked_about_until_they_are_confirmed(tmp_path):
    put(sit(tmp_path), SECOND)
    sitting = sit(tmp_path, {"guru": CHANGED})
    coding = only(sitting.to_settle())
    assert coding.anchor == "changed" and coding.row["quote"] == SECOND and sitting.progress()[0]["problems"] == 1
    assert refusal(sitting.settle, coding.id, 1) == "choice 1: DIK.GURU on guru 2 has 1 place to choose from"
    sitting.settle(coding.id, "keep")
    assert only(rows(tmp_path))["quote"] == "Mereka meninjau empat sekolah di Kota Laut." and sitting.to_settle() == []
    assert f"settled DIK.GURU on guru 2 (changed, “{SECOND}”): now at 54-97" in set(read_audit(tmp_path)["why"])
    assert removed_rows(tmp_path)["quote"].tolist() == [SECOND]
    sitting.undo()
    assert only(sitting.to_settle()).id == coding.id


def test_of_several_places_the_person_chooses_one(tmp_path):
    put(sit(tmp_path, {"guru": "Awal itu ada. Kapal tiba di Surabaya. Penutup.\n"}), "Kapal tiba di Surabaya.")
    twice = "Kata lain sama sekali. Kapal tiba di Surabaya. Entah apa. Kapal tiba di Surabaya. Yang terakhir.\n"
    sitting = sit(tmp_path, {"guru": twice})
    coding = only(sitting.to_settle())
    assert coding.anchor == "ambiguous" and sitting.codings("guru") == [] and len(coding.candidates) == 2
    assert refusal(sitting.settle, coding.id, 2) == "choice 2: DIK.GURU on guru 2 has 2 places to choose from"
    assert "choose a place or select the words" in refusal(sitting.settle, coding.id)
    chosen = coding.candidates[1]["start"]
    sitting.settle(coding.id, 1)
    assert only(rows(tmp_path))["start"] == str(chosen) and only(sitting.codings("guru")).id == coding.id


def test_an_orphan_is_left_or_put_on_words_the_person_selects(tmp_path):
    put(sit(tmp_path), SECOND)
    text = "Sama sekali tidak ada lagi yang tersisa. Hanya kapal biru.\n"
    sitting = sit(tmp_path, {"guru": text})
    coding = only(sitting.to_settle())
    assert coding.anchor == "orphan"
    sitting.settle(coding.id, "keep")
    assert sitting.to_settle() == [] and only(rows(tmp_path))["quote"] == SECOND and sitting.saves == 0
    start = text.index("kapal biru")
    sitting.settle(coding.id, start=start, end=start + 10, quote="kapal biru")
    assert only(rows(tmp_path))["quote"] == "kapal biru" and sitting.table()["anchor"].tolist() == ["exact"]


def test_a_coding_is_not_filed_under_the_place_of_one_that_waits(tmp_path):
    first = sit(tmp_path, {"guru": "Kapal biru tiba di sini. Lainnya.\n"})
    put(first, "Kapal biru")
    text = "Entah apaan, sungguh tak ada. Lainnya.\n"
    sitting = sit(tmp_path, {"guru": text})
    assert only(sitting.to_settle()).anchor == "orphan"
    assert "waits to be settled is filed under this place" in refusal(sitting.apply, "guru", 0, 10, "DIK.GURU", text[:10])
