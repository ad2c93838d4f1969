"""Texts that are the same are found exactly; texts that are nearly the same are found by what they share."""

from hypothesis import given
from hypothesis import strategies as st

from qualkit.duplicates import Likenesses, runs, same_words

NEWS = " ".join(f"Kota rekaan ke-{n} membangun sekolah untuk {n * 7} anak nelayan di tepi laut." for n in range(20))
OTHER = " ".join(f"Bupati mengundang {n * 3} petani kopi ke balai desa untuk rapat tahunan." for n in range(20))


def near(text, **others):
    seen = Likenesses()
    for name, other in others.items():
        seen.add(name, runs(other))
    return seen.near(runs(text))


def test_spaces_line_ends_capitals_and_unicode_forms_make_no_other_text():
    assert same_words("Kafé\r\n itu  MAJU") == same_words("kafe\u0301 itu maju\n")
    assert same_words("kafé itu") != same_words("kafe itu")


def test_a_text_with_a_few_words_changed_is_nearly_the_same():
    (found,) = near(NEWS.replace("ke-7 membangun", "ke-7 merawat"), berita=NEWS, lain=OTHER)
    assert found.other == "berita"
    assert 0.9 < found.shared < 1


def test_a_text_that_another_one_holds_whole_is_found():
    (found,) = near(NEWS[:400], gabungan=f"{OTHER} {NEWS}")
    assert found.of_shorter > 0.95
    assert found.shared < 0.5


def test_texts_of_their_own_are_not_alike():
    assert near(NEWS, lain=OTHER) == []


def test_two_headlines_are_not_compared():
    assert near("Kota itu maju sekali tahun ini", judul="Kota itu maju sekali tahun ini") == []
    assert near(NEWS, judul=NEWS[:40]) == []


def test_a_phrase_that_stands_in_every_text_does_not_make_them_alike():
    foot = "Hak cipta dilindungi undang-undang dan tidak boleh disalin tanpa izin tertulis dari redaksi harian rekaan ini."
    others = {f"t{n}": " ".join(f"kata{n}x{m}" for m in range(60)) + foot for n in range(60)}
    assert near(NEWS + foot, **others) == []


def test_of_a_book_a_chapter_is_found(monkeypatch):
    monkeypatch.setattr("qualkit.duplicates._BOOK", 50)
    (found,) = near(NEWS, buku=f"{NEWS} {OTHER}")
    assert found.of_shorter == 1.0


@given(st.lists(st.sampled_from("kota pasar guru laut desa ikan".split()), min_size=15, max_size=60))
def test_every_text_is_nearly_the_same_as_itself(words):
    text = " ".join(words)
    if len(runs(text)) >= 10:
        assert [(found.other, found.shared) for found in near(text, sama=text)] == [("sama", 1.0)]
