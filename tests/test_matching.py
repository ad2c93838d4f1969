"""How terms are found: what each kind of term matches, exact places in odd texts, and a plain reference that must agree."""

import re
import sys
import unicodedata
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.inflection import inflect
from qualkit.matching import Matcher, Term, _codes, fold

ENDINGS = ("nyalah", "nyakah", "nyapun", "nya", "lah", "kah", "pun")
ENDING_OF_ANY = "|".join((*ENDINGS, "ku", "mu"))
HYPHEN = r"[-\u2010\u2011]\s*"


def found(texts, *terms):
    """The words found in each text, as they stand, with the number of the term."""
    hits = Matcher([Term(term) if isinstance(term, str) else term for term in terms]).find(texts)
    return [
        (int(text), texts[text][start:end], int(term))
        for text, start, end, term in zip(hits.text, hits.start, hits.end, hits.term, strict=True)
    ]


def words(text, *terms):
    return [found_words for _, found_words, _ in found([text], *terms)]


# --- what a term matches ---


def test_every_form_of_a_root_is_found_with_what_may_follow_it():
    text = "Mereka melatih, dilatih, berlatih; pelatihannya, latihanku dan pelatih-pelatih."
    assert words(text, Term("latih", root=True)) == [
        "melatih", "dilatih", "berlatih", "pelatihannya", "latihanku", "pelatih", "pelatih-pelatih", "pelatih",
    ]  # fmt: skip


def test_a_root_of_two_words_is_found_in_one_in_two_and_with_a_hyphen():
    text = "Kerja sama, kerjasama, kerja-sama, bekerja\u00a0sama, bekerja-\nsama; bekerja lama."
    assert words(text, Term("kerja sama", root=True)) == [
        "Kerja sama", "kerjasama", "kerja-sama", "bekerja\u00a0sama", "bekerja-\nsama",
    ]  # fmt: skip


def test_each_word_of_a_term_has_its_own_rule_of_capitals():
    assert words("wali kota Busan, Wali Kota BUSAN, wali kota busan", "wali kota Busan") == [
        "wali kota Busan",
        "Wali Kota BUSAN",
    ]
    assert words("program ASN, Program ASN, program asn", "program ASN") == ["program ASN", "Program ASN"]
    assert words("medan, Medan, MEDAN", "Medan") == ["Medan", "MEDAN"]


def test_signs_at_the_ends_of_a_term_have_to_stand_there():
    assert words("C, C++ dan C+", "C++") == ["C++"]
    assert words("(HAM) atau HAM", "(HAM)") == ["(HAM)"]


def test_a_star_takes_what_hyphens_join_unless_a_hyphen_follows_it():
    assert words("kultural-historis-politis itu", "kultur*") == ["kultural-historis-politis"]
    assert words("kultural-historis", "kultur*-historis") == ["kultural-historis"]


def test_a_form_listed_as_such_is_not_derived():
    hits = Matcher([Term("latih", root=True), Term("seni*"), Term("guru")]).find(
        ["Latih, latihlah, pelatih, seni, seniman, gurunya"]
    )
    assert hits.derived.tolist() == [False, False, True, False, True, False]


# --- places in odd texts ---


@pytest.mark.parametrize(
    ("text", "words_found"),
    [
        ("🙂🙂 Guru itu 🙂 guru", ["Guru", "guru"]),
        ("\ufeffgu\u00adru \u200bguru\u200b", ["gu\u00adru", "guru"]),
        ("Kafe\u0301 guru", ["guru"]),
        ("İİİ guru", ["guru"]),
        ("日本 guru ж", ["guru"]),
        ("gu-\nru dan gu-\r\n  ru", ["gu-\nru", "gu-\r\n  ru"]),
        ("gu\u00ad \n ru", ["gu\u00ad \n ru"]),
        ("guru-\nguru", ["guru", "guru"]),
    ],
)
def test_places_are_those_of_the_untouched_text(text, words_found):
    assert words(text, "guru") == words_found


def test_letters_in_pieces_are_found_whole():
    assert words("Di kafe\u0301nya dan kafé", "kafé") == ["kafe\u0301nya", "kafé"]
    assert words("İkan dan ikan", "ikan") == ["İkan", "ikan"]


def test_a_line_break_in_a_word_that_no_term_knows_stays_a_hyphen():
    assert words("pra-\nguru", "guru") == ["guru"]


def test_no_term_is_found_across_two_texts():
    assert found(["kerja", "sama", "kerja sama"], "kerja sama") == [(2, "kerja sama", 0)]


def test_texts_of_many_chunks_have_their_own_numbers_and_places():
    texts = ["guru " * 30_000, "", "x" * 300_000, "é guru"] * 10
    hits = Matcher([Term("guru")]).find(texts)
    assert np.bincount(hits.text, minlength=40).tolist() == [30_000, 0, 0, 1] * 10
    assert {
        (int(start), int(end)) for start, end in zip(hits.start[hits.text == 39], hits.end[hits.text == 39], strict=True)
    } == {(2, 6)}


def test_no_terms_and_no_texts_give_no_hits():
    assert len(Matcher([]).find(["guru"]).start) == len(Matcher([Term("guru")]).find([]).start) == 0


def test_every_letter_has_the_byte_of_its_small_letter():
    for letter in map(chr, range(sys.maxunicode + 1)):
        small = fold(letter)
        assert len(small) == 1
        if ord(small) < 256 and letter.isalpha() and unicodedata.is_normalized("NFC", letter):
            assert _codes(sys.maxunicode + 1)[ord(letter)] == _codes(256)[ord(small)] == ord(small)


# --- the reference: as plain as can be, one regular expression per spelling ---


def reference(text, terms):
    """Every place of every term in a text: (start, end, term, derived)."""
    letters = tidied(text)
    spellings = [(number, *spelling) for number, term in enumerate(terms) for spelling in spelled(term)]
    copy = "".join(letter for letter, _, _ in letters)
    for match in [*re.finditer(r"(?<!\w)(\w+)[-\u2010\u2011]\s*[\n\r\f\v\u2028]\s*(?=(\w+))", copy)][::-1]:
        if any(word.fullmatch(match[1] + match[2]) for *_, words in spellings for word in words):
            del letters[match.end(1) : match.end()]
    copy = "".join(letter for letter, _, _ in letters)
    places = set()
    for number, pattern, derived, stem, _ in spellings:
        for at in range(len(copy)):
            if match := pattern.match(copy, at):
                start, end = letters[at][1], letters[match.end() - 1][2]
                places.add((start, end, number, derived or 0 < stem < match.end() - at))
    return {place for place in places if not place[3] or (*place[:3], False) not in places}


def tidied(text):
    """The letters of a tidy copy, each with where it stands in the text."""
    gone = {at for match in re.finditer("\u00ad\\s*\n\\s*", text) for at in range(*match.span())}
    gone |= {at for at, letter in enumerate(text) if unicodedata.category(letter) == "Cf"}
    groups = []
    for at in sorted({*range(len(text))} - gone):
        if groups and unicodedata.category(text[at]).startswith("M"):
            groups[-1].append(at)
        else:
            groups.append([at])
    letters = []
    for group in groups:
        before = "".join(text[at] for at in group)
        after = unicodedata.normalize("NFC", before)
        spans = [(at, at + 1) for at in group] if before == after else [(group[0], group[-1] + 1)] * len(after)
        letters += [(letter, *span) for letter, span in zip(after, spans, strict=True)]
    return letters


@cache
def spelled(term):
    """Each spelling of a term: a pattern, whether it is derived, the size of one word with a star, its words."""
    ending = f"(?i:{'|'.join((*ENDINGS, 'ku', 'mu') if term.root else ENDINGS)})"
    spellings = []
    for spelling in inflect(term.text) if term.root else [term.text]:
        text = unicodedata.normalize("NFC", spelling).replace("'", "’")
        pieces = re.split(r"(\w+\*?)", re.sub("[\u2010\u2011]", "-", text))
        pattern, words = "" if pieces[0] else r"(?<!\w)", []
        for at, piece in enumerate(pieces):
            if at % 2:
                star = piece.endswith("*")
                word = "".join(map(any_case, piece.rstrip("*"))) if not piece.rstrip("*").isupper() else piece.rstrip("*")
                word = f"(?=[{piece[0]}])" * piece[0].isupper() + word + r"\w*" * star
                words.append(word + f"(?:{ENDING_OF_ANY})?" * (not star))
                pattern += word + rf"(?:{HYPHEN}\w+)*" * (star and not pieces[at + 1].startswith("-"))
                if at == len(pieces) - 2 and not star:
                    pattern += f"{ending}?"
            else:
                pattern += "".join({" ": r"\s+", "-": HYPHEN, "’": "['’]"}.get(letter, re.escape(letter)) for letter in piece)
        if not pieces[-1]:
            pattern += r"(?!\w)" + rf"(?:{HYPHEN}{ending}(?!\w))?" * (not star)
        derived = term.root and len(pieces) == 3 and spelling != term.text
        stem = len(pieces[1]) - 1 if len(pieces) == 3 and star else 0
        spellings.append((re.compile(pattern), derived, stem, [re.compile(word, re.IGNORECASE) for word in words]))
    return spellings


def any_case(letter):
    return "[" + "".join({letter, letter.lower(), letter.upper(), *("İ" if letter in "iI" else "")}) + "]"


PIECES = st.sampled_from(
    ["kerja", "sama", "Kerja", "SAMA", "kerjasama", "bekerja", "latih", "melatih", "Pelatihan", "pelatih", "guru", "Guru", "GURU",
     "besar", "kultur", "kultural", "historis", "ker", "ja", "sa", "ma", "pela", "tihan", "undang", "HAM", "ham", "Ham", "MoU", "mou",
     "C", "nya", "lah", "nyalah", "NYA", "ku", "kafé", "kafe\u0301", "İkan", "ikan", "x", "_", "2", "日本", "ж",
     "guru-nya", "guru-lah", "HAM-nya", "kerja sama-lah", "guru besar", "kerja sama guru", "guru besar kultural", "kultural-historis",
     "kamar-kamar", "kerja-\nsama", "pe\u00adlatih", "undang-undang", "ker-\nja", "pela-\ntihan", "C++", "(HAM)",
     " ", " ", " ", " ", "  ", "\n", "\r\n", "\f", "\u00a0", "\u2028", "\t", "-", "-", "\u2011", "-\n", "- ", "\u00ad", "\u00ad\n",
     "\u200b", "\ufeff", ", ", ". ", "“", "’", "'", "+", "++", "(", "🙂", "❤\ufe0f", "\x00"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)
LISTED = ["kerja", "sama", "kerja sama", "guru", "guru besar", "guru-guru", "Guru", "HAM", "MoU", "kultur*", "ker*", "k*",
          "kerja* sama*", "guru* besar", "kultur*-historis", "undang-undang", "kerja sama guru", "guru besar kultur*", "C++", "(HAM)",
          ".kerja", "ikan", "kafé", "kafe\u0301", "guru’s", "日本", "日*", "x", "İkan", "sa-ma", "HAM guru", "kultur* HAM"]  # fmt: skip
ROOTS = ["latih", "kerja sama", "guru", "undang", "ikan"]
TERMS = st.builds(
    lambda listed, roots: [*map(Term, listed), *(Term(root, root=True) for root in roots)],
    st.lists(st.sampled_from(LISTED), min_size=1, max_size=20, unique=True),
    st.lists(st.sampled_from(ROOTS), max_size=2, unique=True),
)


@settings(max_examples=500, deadline=None)
@given(st.lists(TEXTS, max_size=4), TERMS)
def test_the_matcher_agrees_with_the_plain_reference(texts, terms):
    hits = Matcher(terms).find(texts)
    got = sorted(zip(*(column.tolist() for column in hits), strict=True))
    expected = sorted((number, *place) for number, text in enumerate(texts) for place in reference(text, terms))
    assert got == expected
