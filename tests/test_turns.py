"""Labels of five manners are found in transcripts; what only looks like one stays talk."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.corpus import KINDS
from qualkit.layout import TALK
from qualkit.turns import turns


def told(text):
    """(label or time code, speaker) of each line."""
    lines = text.splitlines()
    return [(line[: turn.head], turn.speaker) for line, turn in zip(lines, turns(lines), strict=True)]


def speakers(text):
    return [speaker for _, speaker in told(text)]


def test_the_kinds_that_hold_talk_are_kinds_of_texts():
    assert set(TALK) < set(KINDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "P: Ada guru?\nN: Nggak ada\nBelum.\nP:Lalu?\nN :Ya",
            [("P:", "P"), ("N:", "N"), ("", "N"), ("P:", "P"), ("N :", "N")],
        ),
        (
            "Peneliti : Ada guru?\nIbu Sari: Ada.\nGuru 2: Dua.\nPeneliti: Lalu?\nIbu  Sari: Ya.",
            [("Peneliti :", "Peneliti"), ("Ibu Sari:", "Ibu Sari"), ("Guru 2:", "Guru 2"), ("Peneliti:", "Peneliti"),
             ("Ibu  Sari:", "Ibu Sari")],
        ),
        (
            "PEWAWANCARA\nAda guru?\nNARASUMBER\nNggak ada\nPEWAWANCARA\nLalu?",
            [("PEWAWANCARA", "PEWAWANCARA"), ("", "PEWAWANCARA"), ("NARASUMBER", "NARASUMBER"), ("", "NARASUMBER"),
             ("PEWAWANCARA", "PEWAWANCARA"), ("", "PEWAWANCARA")],
        ),
        (
            "[00:12:45] N: Ada\n[00:13:10] P: Lalu?\n[00:13:20]\n00:13:30 Begitu saja\n[00:14:01] N: Ya",
            [("[00:12:45] N:", "N"), ("[00:13:10] P:", "P"), ("[00:13:20]", "P"), ("00:13:30", "P"), ("[00:14:01] N:", "N")],
        ),
        (
            "00:12:45 Rani: Ada guru?\n00:12:50 Budi (P2): Ada.\n00:12 Rani: Lalu?",
            [("00:12:45 Rani:", "Rani"), ("00:12:50 Budi (P2):", "Budi (P2)"), ("00:12 Rani:", "Rani")],
        ),
        (
            "Rani Lestari  00:12:45\nAda guru?\nBudi [00:12:50]: Ada.\nRani Lestari  00:13:02\nLalu?",
            [("Rani Lestari  00:12:45", "Rani Lestari"), ("", "Rani Lestari"), ("Budi [00:12:50]:", "Budi"),
             ("Rani Lestari  00:13:02", "Rani Lestari"), ("", "Rani Lestari")],
        ),
        (
            "00:00:01 Speaker 1\nAda guru?\n00:00:04 Speaker 2\nAda.\n00:00:09 Speaker 1\nLalu?",
            [("00:00:01 Speaker 1", "Speaker 1"), ("", "Speaker 1"), ("00:00:04 Speaker 2", "Speaker 2"), ("", "Speaker 2"),
             ("00:00:09 Speaker 1", "Speaker 1"), ("", "Speaker 1")],
        ),
    ],
)  # fmt: skip
def test_a_label_is_known_in_each_manner_of_writing(text, expected):
    assert told(text) == expected


def test_a_label_in_another_case_is_the_same_speaker():
    assert speakers("Ibu Sari: Ada.\nP: Lalu?\nIBU SARI: Ya.\np: Baik.") == ["Ibu Sari", "P", "Ibu Sari", "P"]


def test_what_stands_above_the_first_label_is_nobodys():
    head = "Narasumber: Ibu Sari\nTanggal: 3 Mei\nLokasi: Balai Kota\n"
    assert speakers(head + "P: Ada?\nN: Ada.\nP: Lalu?") == ["", "", "", "P", "N", "P"]


def test_initials_that_stand_once_each_are_a_short_talk():
    assert speakers("P: Ada?\nN: Nggak ada") == ["P", "N"]


def test_offices_that_stand_once_each_are_a_head():
    assert speakers("Pewawancara: Rina\nNarasumber: Ibu Sari\nKami mulai tahun lalu.") == ["", "", ""]


def test_a_name_that_stands_once_leaves_the_speaker_open():
    assert told("P: Ada?\nN: Ada.\nRani: Setuju.\nSaya juga.\nP: Lalu?")[2:] == [("", ""), ("", ""), ("P:", "P")]


@pytest.mark.parametrize(
    "line",
    ["Foto: saya simpan di kantor", "Misalnya: guru", "Dia bilang: jangan", "Ibu bilang: jangan", "Jadi begini: dua", "Pukul 10:30 kami",
     "https://contoh.id", "YA", "Ada yang datang: guru dan siswa", "Kepala Dinas Pendidikan Kota Lautan Timur: dua", "NGGAK ADA"]
)  # fmt: skip
def test_what_is_worded_as_no_name_stays_with_who_speaks_even_where_it_comes_back(line):
    assert told(f"P: Ada?\nN: Ada.\n{line}\n{line}\nP: Lalu?\nN: Ya")[2:4] == [("", "N"), ("", "N")]
    assert told(f"PENELITI\nAda?\nGURU\n{line}\n{line}\nPENELITI\nLalu?\nGURU\nYa")[3:5] == [("", "GURU"), ("", "GURU")]


def test_one_label_alone_makes_no_talk():
    assert told("Pasar Genteng: ramai.\nDua guru lewat.\nPasar Genteng: sepi.") == [("", "")] * 3


def test_the_headings_of_field_notes_are_no_speakers():
    assert told("DI SEKOLAH\nDua guru.\nDI PASAR\nRamai.\nDI SEKOLAH\nSepi.\nDI PASAR\nTutup.") == [("", "")] * 8


PIECES = st.sampled_from(
    ["P:", "N: ", "Ibu Sari : ", "RANI", "PEWAWANCARA", "[00:12:45] ", "00:12:45 ", "Rani: ", "Foto: ", "ya", "12", "(", ")", " ", "é", "#", ":",
     "A.", "\u00a0"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=6).map(lambda pieces: "".join(pieces).strip()).filter(bool), max_size=12))
def test_a_head_is_no_longer_than_its_line_and_a_speaker_is_named_in_it(lines):
    speaker = ""
    for line, turn in zip(lines, turns(lines), strict=True):
        assert 0 <= turn.head <= len(line)
        assert turn.opens or turn.speaker == speaker
        if turn.opens and turn.head:
            assert turn.speaker.casefold() in " ".join(line[: turn.head].split()).casefold()
        speaker = turn.speaker
    assert len({turn.speaker for turn in turns(lines)} - {""}) != 1
