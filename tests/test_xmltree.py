"""A small tree; then what nobody may send."""

import tracemalloc

import pytest

from qualkit.xmltree import kind, named, read_tree

BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">{}]><a>&j;</a>'.format(
    "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
)
EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
REMOTE = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>'
QUADRATIC = f'<!DOCTYPE a [<!ENTITY x "{"b" * 50_000}">]><a>{"&x;" * 5_000}</a>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]><a/>'


def test_elements_are_found_whatever_their_namespace():
    root = read_tree(b'<p:A xmlns:p="urn:x"><p:B><C n="1"/><C n="2"/></p:B></p:A>', "a.xml")
    assert kind(root) == "A"
    assert [found.get("n") for found in named(root, "B", "C")] == ["1", "2"]
    assert list(named(None, "B")) == []


@pytest.mark.parametrize("text", [BOMB, EXTERNAL, REMOTE, QUADRATIC, PARAMETER])
def test_a_document_type_is_refused_whatever_it_says(text):
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"^a\.xml: declares a document type or entities, as only hostile files do"):
        read_tree(text.encode(), "a.xml")
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_tree_too_deep_is_refused_before_it_is_built():
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"a\.xml: nested more than 100 levels deep, as only hostile files are"):
        read_tree(b"<a>" * 2_000_000, "a.xml")
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_tree_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("qualkit.xmltree._MOST", 3)
    for text in ("<a><b/><b/><b/></a>", "<a><b></b><b></b><b></b></a>"):
        for encoding in ("utf-8", "utf-16"):  # the latter is found out only while the tree is built
            with pytest.raises(ValueError, match=r"a\.xml: more than 3 elements are not read"):
                read_tree(text.encode(encoding), "a.xml")
    assert len(read_tree(b"<a><b/><b></b></a>", "a.xml")) == 2


def test_a_tag_of_more_than_two_megabytes_is_refused_and_a_shorter_one_or_a_long_text_is_not():
    root = read_tree(b"<a>" + b"x" * 3_000_000 + b'<b name="' + b"y" * 2_000_000 + b'"/></a>', "a.xml")
    assert len(root.text) == 3_000_000 and len(root[0].get("name")) == 2_000_000
    with pytest.raises(ValueError, match=r"a\.xml: a tag of more than 2 MB, as only hostile files have"):
        read_tree(b'<a name="' + b"y" * 3_000_000 + b'"/>', "a.xml")


@pytest.mark.parametrize("content", [b"", b"<a>", b"tidak", b"\xff\xfe<", b'<?xml version="1.0" encoding="x-tidak"?><a/>'])
def test_what_is_no_xml_is_refused_in_words(content):
    with pytest.raises(ValueError, match=r"a\.xml: not readable as XML"):
        read_tree(content, "a.xml")
