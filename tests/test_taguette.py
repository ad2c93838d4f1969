"""Taguette's list of tags, there and back."""

import dataclasses

import pytest

from qualkit.codebook import read_codebook
from qualkit.drafts import UNWRITTEN
from qualkit.taguette import read_taguette, write_taguette
from tests.small_study import study


def test_a_codebook_comes_back_from_taguette(tmp_path):
    for codebook in (study(tmp_path)["codebook"], read_codebook("codebook.yaml")):
        path = tmp_path / f"{codebook.id}.csv"
        assert read_taguette(write_taguette(path, codebook)) == codebook


def test_tags_stand_below_their_facet(tmp_path):
    path = write_taguette(tmp_path / "tags.csv", study(tmp_path)["codebook"])
    tags = [line.partition(",")[0] for line in path.read_text("utf-8").splitlines() if ',"[' in line]
    assert tags == [
        "sektor",
        "sektor.DIK",
        "sektor.DIK.GURU",
        "sektor.DIK.MURID",
        "sektor.EKO",
        "sektor.EKO.LAUT",
        "case",
        "case.SUB-BUS",
    ]


def test_a_family_and_a_code_of_one_name_both_get_a_tag(tmp_path):
    book = study(tmp_path)["codebook"]
    facet = book.facets[0]
    codes = tuple(dataclasses.replace(code, id="DIK") if code.id == "DIK.GURU" else code for code in facet.codes)
    book = dataclasses.replace(book, facets=(dataclasses.replace(facet, codes=codes), *book.facets[1:]))
    assert read_taguette(write_taguette(tmp_path / "tags.csv", book)) == book


def test_what_taguette_exports_becomes_themes(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_bytes(
        b"tag,description,number of highlights,number of documents\r\nguru,Pengajar.,4,2\r\nguru.asing,,1,1\r\n"
        b"guru.asing.sekali.lagi,,1,1\r\nmurid baru,,0,0\r\nlepas.sendiri,,2,1\r\n"
    )
    with pytest.warns(UserWarning, match=r"codebook\.csv: not carried over: levels of codes .* \(1\): sekali\.lagi$"):
        facet = read_taguette(path).facet("theme")
    assert [(code.id, code.parent) for code in facet.codes] == [
        ("guru", "guru"), ("asing", "guru"), ("sekali.lagi", "guru"), ("murid-baru", "murid-baru"), ("lepas.sendiri", "lepas.sendiri"),
    ]  # fmt: skip
    assert facet.codes[0].full["id"] == "Pengajar." and facet.codes[1].full == UNWRITTEN


def test_a_file_without_tags_is_refused_and_none_is_written_over(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_text("tags,description\n")
    with pytest.raises(ValueError, match=r"codebook\.csv, line 1: column 'tag' is missing\. Did you mean 'tags'\?"):
        read_taguette(path)
    with pytest.raises(ValueError, match=r"codebook\.csv is there already"):
        write_taguette(path, study(tmp_path)["codebook"])


def test_tags_of_endless_levels_are_refused(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_text("tag,description\n" + "a." * 5_000 + "a,x\n")
    with pytest.raises(ValueError, match=r"codebook\.csv, line 2: tag 'a\.a\..*…' has more than 100 levels"):
        read_taguette(path)


def test_a_tag_that_stands_twice_is_refused_and_so_is_a_file_without_any(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_text("tag,description\nguru,satu\nmurid,\nguru ,dua\nmurid,\n")
    with pytest.raises(ValueError) as told:
        read_taguette(path)
    assert str(told.value).splitlines() == [
        "2 faults",
        f"{path}, line 4: tag 'guru' stands twice; rename one of the two",
        f"{path}, line 5: tag 'murid' stands twice; rename one of the two",
    ]
    path.write_text("tag,description\n")
    with pytest.raises(ValueError, match=r"codebook\.csv: there is no code in it$"):
        read_taguette(path)
