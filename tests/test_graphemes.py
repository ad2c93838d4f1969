"""What a reader sees as one character is never cut."""

import pytest

from qualkit.graphemes import cuts_a_character

WHOLE = {
    "letter and accent": "e\u0301",
    "two accents": "a\u0323\u0302",
    "family": "👨\u200d👩\u200d👧\u200d👦",
    "skin tone": "👍🏽",
    "profession with a skin tone": "👩🏽\u200d🏫",
    "heart with its look": "❤\ufe0f",
    "flag": "🇮🇩",
    "regional flag": "🏴\U000e0067\U000e0062\U000e007f",
    "line end of Windows": "\r\n",
    "syllable of Hangul in pieces": "\u1112\u1161\u11ab",
    "syllable and its last letter": "\ud558\u11ab",
    "closed syllable and one more letter": "\ud55c\u11ab",
    "Tamil syllable": "\u0b95\u0bbf",
    "half-width kana": "\uff76\uff9e",
}
APART = ["ab", "a b", "e\n", "\n\u0301", "\u00ad\u0301", "한글", "👨👩", "👍👍", "x🇮", "\u11ab\u1112", ""]


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_one_character_is_cut_nowhere_inside_and_may_be_left_before_and_after(text):
    within = f"a{text}b"
    cuts = [at for at in range(len(within) + 1) if cuts_a_character(within, at)]
    assert cuts == list(range(2, 1 + len(text)))


@pytest.mark.parametrize("text", APART)
def test_two_characters_may_be_told_apart(text):
    assert not any(cuts_a_character(text, at) for at in range(len(text) + 1))


def test_of_several_flags_every_second_letter_begins_one():
    assert [at for at in range(7) if cuts_a_character("🇮🇩🇰🇷🇯🇵", at)] == [1, 3, 5]


def test_a_picture_joined_to_no_picture_stands_alone():
    assert cuts_a_character("x\u200d👩", 1) and not cuts_a_character("x\u200d👩", 2)
