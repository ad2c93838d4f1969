"""One text with a flag, a dash and three lines, its words marked as different programs would count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.counting import WAYS, Marked, Text, placed

PLAIN = "Kota 🇮🇩 Surabaya – kembaran Busan.\nGuru pergi ke Busan bersama murid.\nMereka pulang dengan cara baru."
QUOTES = ["kembaran Busan", "Guru pergi ke Busan", "pulang dengan cara baru"]
RAWS = {
    "line feeds": PLAIN,
    "two characters": PLAIN.replace("\n", "\r\n"),
    "with a mark": "\ufeff" + PLAIN.replace("\n", "\r\n"),
}


def as_counted(raw, way, quotes=QUOTES, names=True):
    """The selections as a program writes them that counts in this way: by encoding what stands before them."""
    unit, *rest = way.split(", ")
    told = raw.removeprefix("\ufeff").replace("\r\n", "\n")
    if "line ends as in the file" in rest:
        told = raw.removeprefix("\ufeff")
    if "line ends as two" in rest:
        told = told.replace("\n", "\r\n")
    if "byte order mark included" in rest and raw.startswith("\ufeff"):
        told = "\ufeff" + told

    def length(text):
        return {"code points": len(text), "UTF-16 units": len(text.encode("utf-16-le")) // 2, "bytes": len(text.encode())}[unit]

    last = int("last character included" in rest)
    return [
        Marked(length(told[: told.index(quote)]), length(told[: told.index(quote) + len(quote)]) - last, quote if names else "")
        for quote in quotes
    ]


def way_of_counting(markings, positions=None):
    return placed(markings, positions)[0]


def words(text, places):
    return [place and text.plain[slice(*place)] for place in places]


@pytest.mark.parametrize("raw", RAWS.values(), ids=RAWS)
@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_counting_is_found_out_by_the_words_stored(raw, way):
    text, marked = Text(raw), as_counted(raw, way)
    _, (places,) = placed([("berita", text, marked)])
    assert words(text, places) == QUOTES


@given(st.text(st.sampled_from("aé–🇮\n\r ")), st.sampled_from(WAYS))
def test_every_boundary_of_characters_is_found_again(raw, way):
    text = Text(raw)
    begins = text.begins(way)
    assert len(begins) == len(text.plain) + 1
    last = int("last character included" in way)
    marked = [Marked(int(begins[start]), int(begins[-1]) - last, "") for start in range(len(text.plain))]
    assert text.places(way, marked).tolist() == [[start, len(text.plain)] for start in range(len(text.plain))]


def test_a_position_inside_a_character_is_no_place_but_inside_a_line_end_is_before_it():
    text = Text("🇮\r\na")
    assert text.places("UTF-16 units", [Marked(1, 3, "")]).tolist() == [[-1, -1]]
    assert text.places("UTF-16 units, line ends as two", [Marked(0, 3, "")]).tolist() == [[0, 1]]
    strange = [Marked(*place, "") for place in ((0, 9), (-1, 2), (2, 2), (3, 1), (0, 10**30), (-(10**30), 1))]
    assert text.places("code points", strange).tolist() == [[-1, -1]] * 6


def test_without_words_it_does_not_matter_as_long_as_all_ways_agree():
    text = Text("Guru pergi ke Busan.")
    assert way_of_counting([("berita", text, [Marked(0, 4, "")])]) == "code points"
    assert way_of_counting([]) == "code points"


def test_positions_that_no_other_unit_can_have_prove_the_standard_and_nothing_else():
    text = Text("– Surabaya 🇮🇩 Busan")
    standard = [Marked(2, 10, ""), Marked(11, 12, "")]  # byte 2 is inside the dash, UTF-16 unit 12 inside the flag
    assert way_of_counting([("berita", text, standard)]) == "code points"
    with pytest.raises(ValueError, match="the file does not tell by what its positions are counted"):
        way_of_counting([("berita", text, [Marked(16, 21, "")])])  # only UTF-16 units and bytes go so far


def test_where_nothing_tells_the_candidates_are_shown_and_a_person_decides():
    text = Text(RAWS["two characters"])
    marked = as_counted(RAWS["two characters"], "UTF-16 units, line ends as in the file", names=False)
    with pytest.raises(ValueError) as told:
        way_of_counting([("berita", text, marked)])
    lines = str(told.value).splitlines()
    assert lines[0].startswith(
        "the file does not tell by what its positions are counted. Selection 21-35 of 'berita' (stored as “”)"
    )
    way = "UTF-16 units, line ends as in the file"
    assert f'  positions="{way}": “kembaran Busan” (3 of 3 selections begin and end between words)' in lines
    assert '  positions="bytes": “a – kembaran” (0 of 3 selections begin and end between words)' in lines
    assert any(line.startswith('  positions="code points": “') for line in lines)
    assert lines[-1].startswith("Look at it in the program it came from, and read the file again with the positions")
    assert way_of_counting([("berita", text, marked)], way) == way
    assert words(text, placed([("berita", text, marked)], way)[1][0])[2] == QUOTES[2]


def test_words_that_stand_elsewhere_refuse_all_with_the_three_candidates():
    text = Text(PLAIN)
    marked = [Marked(0, 4, "Guru pergi ke Busan bersama"), Marked(5, 9, "pulang dengan cara baru.")]
    with pytest.raises(ValueError, match="the words stored with most selections are not where the positions lead") as told:
        way_of_counting([("berita", text, marked)])
    assert [line.split('"')[1] for line in str(told.value).splitlines()[1:4]] == ["code points", "UTF-16 units", "bytes"]
    assert way_of_counting([("berita", text, marked)], "code points") == "code points"


def test_one_strayed_selection_among_several_does_not_refuse_all():
    marked = [*as_counted(PLAIN, "UTF-16 units"), Marked(0, 4, "Guru pergi ke Busan bersama")]
    assert way_of_counting([("berita", Text(PLAIN), marked)]) == "UTF-16 units"


def test_the_standard_goes_first_where_two_ways_lead_to_the_same_words():
    text = Text("🇮🇩 aaaa aaaa")
    assert way_of_counting([("berita", text, [Marked(5, 6, "a")])]) == "code points"


def test_names_that_are_labels_are_no_evidence():
    text = Text("Kota 12 dan Surabaya; B: Busan.")
    labels = ["1:3 Surabaya", "Busan", "B", "12", "usan", "Surabaya …"]  # Busan is a code; one letter, numbers, parts of words
    marked = [Marked(0, 4, label) for label in labels]
    assert placed([("berita", text, marked)], labels=["Busan"])[1] == [[(0, 4)] * len(labels)]


def test_names_that_begin_the_words_or_are_begun_by_them():
    text = Text("Guru pergi ke\tBusan bersama murid. Busan.")
    cut = [Marked(0, 39, "Guru pergi ke Busan bersa..."), Marked(0, 39, "Guru pergi"), Marked(0, 5, "Guru")]
    assert placed([("berita", text, cut)])[1] == [[(0, 39), (0, 39), (0, 5)]]
    assert text.says("Guru pergi ke Busan", (0, 19)) and text.says("Guru", (0, 5)) and not text.says("", (0, 4))
    assert not text.says("Guru pergi ke Busan …", (0, 39))  # 19 characters
    assert text.says("uru pergi ke Busan b …", (1, 39))  # 20
    assert not text.says("", (4, 5)) and not text.opens("Guru", (4, 5))


def test_short_words_that_stand_elsewhere_are_no_selections_and_more_of_them_than_sound_ones_refuse_all():
    text = Text("Guru pergi ke Busan. Murid pulang ke kota.")
    sound, shifted = Marked(0, 4, "Guru"), [Marked(15, 20, "Busan"), Marked(38, 42, "kota")]
    assert placed([("berita", text, [sound, shifted[0]])])[1] == [[(0, 4), None]]
    assert placed([("berita", text, [sound, Marked(5, 9, "ru pergi ke Busan. Murid pu")])])[1] == [[(0, 4), None]]
    with pytest.raises(ValueError, match="the words stored with most selections are not where the positions lead"):
        placed([("berita", text, [sound, *shifted])])


def test_a_position_of_the_last_character_is_found_out_by_short_words_too_and_never_without_words():
    text = Text("Guru pergi ke Busan. Murid pulang ke kota.")
    marked = [Marked(14, 18, "Busan"), Marked(21, 25, "Murid"), Marked(0, 3, "")]
    assert placed([("berita", text, marked)]) == ("code points, last character included", [[(14, 19), (21, 26), (0, 4)]])
    assert way_of_counting([("berita", text, [Marked(14, 18, ""), Marked(21, 25, "")])]) == "code points"


def test_words_of_a_script_without_blanks_are_evidence():
    text = Text("教师前往釜山访问学校。")
    assert placed([("berita", text, [Marked(0, 2, "教师"), Marked(5, 7, "釜山")])])[1] == [[(0, 2), None]]


def test_labels_without_end_are_not_looked_up_for_ever(monkeypatch):
    text = Text("Guru pergi ke Busan. " * 5_000)
    marked = [Marked(0, 4, f"Busan ke Guru {'Guru ' * n}") for n in range(100)]
    assert placed([("berita", text, marked)])[1] == [[(0, 4)] * 100]
    monkeypatch.setattr("qualkit.counting._MOST_SEARCHED", 1_000_000)
    with pytest.raises(ValueError, match="stand elsewhere than where the positions lead, and they are too many"):
        placed([("berita", text, marked)])


class Cut(str):
    """A text that counts the characters that are cut out of it."""

    characters = 0

    def __getitem__(self, place):
        part = super().__getitem__(place)
        Cut.characters += len(part)
        return part


def test_selections_of_long_texts_are_not_cut_out_one_by_one():
    text = Text("Guru pergi ke Busan. " * 50_000)
    text.plain, text.lined = Cut(text.plain), (Cut(text.lined[0]), text.lined[1])
    ends = [len(text.plain) - n for n in range(20_000)]
    found = placed([("berita", text, [Marked(0, end, "Guru pergi ke Busan. Guru …") for end in ends])])[1]
    assert found == [[(0, end) for end in ends]]
    assert Cut.characters < 100 * len(text.plain)  # 20,000 times, were they cut out


def test_an_unknown_way_is_refused_with_those_there_are():
    with pytest.raises(
        ValueError, match=r"positions='utf16' is no way of counting\. Possible: code points; UTF-16 units; bytes; "
    ):
        way_of_counting([], "utf16")


def test_short_names_do_not_speak_against_positions_that_a_person_names():
    text = Text("Program itu dibuka. Guru dari Surabaya belajar di Busan sejak tahun 2018, kata wali kota.")
    marked = [Marked(20, 38, "Program"), Marked(50, 55, "Program"), Marked(0, 7, "Guru dari Surabaya belajar di Busan")]
    with pytest.raises(ValueError, match="positions"):
        placed([("berita", text, marked)])
    _, (places,) = placed([("berita", text, marked)], positions="code points")
    assert words(text, places) == ["Guru dari Surabaya", "Busan", None]  # a whole quote does
