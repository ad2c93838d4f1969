"""Names that never change, and the small parts of the format."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from qualkit.refi import Left, coding_guid, coloured, description_of, guid, key_of, nodes_of, target_of


def test_a_guid_is_the_same_for_ever_small_and_without_braces():
    assert guid("code", "DIK.GURU") == "8188c225-0694-5a36-aee7-723fab98d924"
    assert guid("code", "a\nb") != guid("code", "a") != guid("family", "a")


def test_a_coding_keeps_its_guid_as_long_as_coder_code_and_place_are_the_same():
    row = {"document": "d", "start": 1, "end": 5, "code": "K", "coder": "rani", "memo": ""}
    assert coding_guid(row) == coding_guid({**row, "memo": "baru"}) != coding_guid({**row, "end": 6})


@pytest.mark.parametrize("written", ["{ABCDEF00-0000-4000-8000-000000000001}", " abcdef00-0000-4000-8000-000000000001 "])
def test_guids_are_compared_without_braces_and_in_small_letters(written):
    assert key_of(written) == "abcdef00-0000-4000-8000-000000000001"
    assert target_of(Element("CodeRef", targetGUID=written)) == key_of(written)
    assert key_of(None) == target_of(None) == ""


def test_a_tree_of_codes_is_read_with_what_programs_leave_out():
    codes = fromstring(
        '<Codes><Code guid="{A}" name=" Guru "><Description>x</Description><Code guid="B" isCodable="0"/></Code></Codes>'
    )
    (top,) = nodes_of(codes)
    assert (top.key, top.name, top.description, top.codable) == ("a", "Guru", "x", True)
    assert (top.below[0].key, top.below[0].name, top.below[0].codable) == ("b", "", False)


def test_white_space_is_no_description():
    assert description_of(fromstring("<a><Description>\n </Description></a>")) == ""
    assert description_of(fromstring("<a><Description> x\n</Description></a>")) == " x\n"


def test_only_the_colours_that_others_gave_are_named():
    text = '<CodeBook{}><Codes><Code name="Guru" color="#ffffff"/><Code name="Murid"/></Codes></CodeBook>'
    assert coloured(fromstring(text.format(""))) == ["Guru"]
    assert coloured(fromstring(text.format(' origin="qualkit"'))) == []


def test_what_is_left_is_counted_and_named():
    left = Left()
    left.note("videos", "film", "rapat")
    left.note("sets", "A")
    left.note("graphs")
    assert left.table().values.tolist() == [["videos", 2, "film; rapat"], ["sets", 1, "A"]]
    assert Left().table().columns.tolist() == ["kind", "count", "names"]
