"""Archives that a program for researchers would write are opened; hostile ones are refused at once, in words."""

import io
import random
import struct
import tracemalloc
import warnings
import zipfile

import pytest

from qualkit.archives import open_archive, part

XML = b'<?xml version="1.0" encoding="UTF-8"?><a/>'


def archive(*members, packing=zipfile.ZIP_DEFLATED):
    """The bytes of an archive with these (name, content)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that stands twice
        for name, content in members:
            made.writestr(name, content)
    return file.getvalue()


def link():
    member = zipfile.ZipInfo("gambar")
    member.external_attr = 0o120777 << 16
    return archive((member, b"/etc/passwd"))


def locked():
    content = bytearray(archive(("a.xml", XML)))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(signature) + place
        content[at : at + 2] = struct.pack("<H", struct.unpack("<H", content[at : at + 2])[0] | 1)
    return bytes(content)


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
HOSTILE = {
    "no archive": (b"PK\x03\x04 bukan arsip", "the file is damaged, or is not what its name says"),
    "empty": (b"", "the file is damaged, or is not what its name says"),
    "a bomb": (archive(("a.xml", b" " * 50_000_000)), "the file would unpack to .* times its size, as only hostile files do"),
    "too large": (archive(("a.bin", b"0" * 60_000_000), ("b.bin", b"1" * 60_000_000)), "would unpack to 120 MB; more than 100 MB"),
    "too many": (archive(*((f"{n}.txt", b"") for n in range(10_001)), packing=zipfile.ZIP_STORED), "the file holds 10001 parts; more than"),
    "a name that goes up": (archive(("../../rahasia.txt", b"x")), r"a part whose name leads elsewhere \('../../rahasia.txt'\)"),
    "an absolute name": (archive(("/etc/passwd", b"x")), "a part whose name leads elsewhere"),
    "a share of Windows": (archive(("\\\\kantor\\bersama\\a.txt", b"x")), "a part whose name leads elsewhere"),
    "a drive of Windows": (archive(("C:/a.txt", b"x")), "a part whose name leads elsewhere"),
    "a stream of Windows": (archive(("a.txt:aliran", b"x")), "a part whose name leads elsewhere"),
    "a name twice": (archive(("a.xml", XML), ("A.xml", XML)), "two parts called 'A.xml'"),
    "a link": (link(), r"the file holds a link \('gambar'\)"),
    "a password": (locked(), "the file is locked by a password; save it without one"),
    "entities": (archive(("a.xml", ENTITIES)), r"a.xml in the file declares a document type \(DOCTYPE\)"),
    "entities in UTF-16": (archive(("a.xml", ENTITIES.decode().encode("utf-16"))), "declares a document type"),
    "a file from outside": (archive(("a.rels", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')), "declares a document type"),
    "a long silence": (archive(("a.xml", b" " * 70_000 + ENTITIES)), "begins with 65536 characters that say nothing"),
    "another encoding": (archive(("a.xml", b'<?xml version="1.0" encoding="UTF-7"?><a/>')), "is in the encoding 'UTF-7'"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_archive_is_refused_in_little_memory(case):
    content, said = HOSTILE[case]
    tracemalloc.start()
    with pytest.raises(ValueError, match=said):
        open_archive(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000


def packed(ratio):
    """An archive that unpacks to about so many times its size."""
    zeros = 10_000_000
    packed_zeros = len(archive(("a.bin", bytes(zeros)), ("b.bin", b"")))
    noise = round((zeros - ratio * packed_zeros) / (ratio - 1))
    return archive(("a.bin", bytes(zeros)), ("b.bin", random.Random(1).randbytes(noise)))


def test_just_below_200_times_its_size_is_read_and_just_above_is_refused():
    assert len(open_archive(packed(199)).namelist()) == 2
    with pytest.raises(ValueError, match="the file would unpack to 201 times its size, as only hostile files do"):
        open_archive(packed(201))


def test_a_good_archive_is_read_by_name():
    opened = open_archive(archive(("word/document.xml", XML), ("word/", b""), ("docProps/app.xml", b"\xef\xbb\xbf" + XML)))
    assert part(opened, "word/document.xml") == XML


def test_a_part_that_is_missing_is_named():
    with pytest.raises(ValueError, match=r"the file is not what its name says: it holds no word/document\.xml"):
        part(open_archive(archive(("a.txt", b""))), "word/document.xml")


def test_a_part_that_is_damaged_is_named():
    content = archive(("a.txt", b"kota" * 100), packing=zipfile.ZIP_STORED).replace(b"kotakota", b"kotaKOTA", 1)
    with pytest.raises(ValueError, match=r"the file is damaged at a\.txt"):
        part(open_archive(content), "a.txt")


def test_xml_that_is_damaged_is_named():
    content = archive(("a.xml", XML), packing=zipfile.ZIP_STORED).replace(b"<a/>", b"<b/>", 1)
    with pytest.raises(ValueError, match=r"the file is damaged at a\.xml"):
        open_archive(content)
