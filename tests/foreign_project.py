"""A project as other programs write it, made by hand, for the tests of reading."""

import io
import zipfile

A, B = "AAAAAAAA-0000-4000-8000-00000000000{}", "BBBBBBBB-0000-4000-8000-00000000000{}"
TEXT = "Guru pergi ke Busan 🇮🇩 dan pulang.\nMurid menunggu di Surabaya.\n"
CODES = f"""\
<Code guid="{{{A.format(1)}}}" name="Pendidikan" isCodable="true" color="#FF0000"><Description>Sekolah.</Description>
  <NoteRef targetGUID="{B.format(7)}"/>
  <Code guid="{A.format(2)}" name="Lainnya" isCodable="true"/></Code>
<Code guid="{A.format(3)}" name="Ekonomi" isCodable="false"><Code guid="{A.format(4)}" name="Lainnya" isCodable="true"/></Code>"""
USERS = f'<User guid="{A.format(8)}" name="Rani (UGM)"/><User guid="{A.format(9)}" name="codebook"/>'


def selection(start, end, name="", codes=(1,), inside="", user=8, number=0):
    coded = "".join(
        f'<Coding guid="{B.format(0)}" creatingUser="{A.format(user)}" creationDateTime="2021-03-04T10:11:12Z">'
        f'<CodeRef targetGUID="{A.format(code).lower()}"/></Coding>'
        for code in codes
    )
    known = f'guid="{B.format(number)}" name="{name}" startPosition="{start}" endPosition="{end}"'
    return f"<PlainTextSelection {known}>{inside}{coded}</PlainTextSelection>"


def source(inside="", name="Wawancara 1.docx", number=5, path="internal://{}.TXT", more=""):
    return f'<TextSource guid="{{{A.format(number)}}}" name="{name}" plainTextPath="{path.format(A.format(number))}" {more}>{inside}</TextSource>'


def project(
    tmp_path,
    sources,
    files=None,
    rest="",
    before="",
    namespace="urn:QDA-XML:project:1.0",
    name="Project.QDE",
    more="",
    root="Project",
    codes=CODES,
    users=USERS,
):
    """A .qdpx with these sources, its texts in the folder `Sources` as Windows writes them."""
    files = {f"Sources/{A.format(5)}.txt": b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()} if files is None else files
    xml = (
        f'<?xml version="1.0" encoding="utf-8"?><{root} xmlns="{namespace}" name="Studi" {more}><Users>{users}</Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook>{before}<Sources>{sources}</Sources>{rest}</{root}>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, b"\xef\xbb\xbf" + xml.encode())
        for path, content in files.items():
            archive.writestr(path, content)
    path = tmp_path / "asing.qdpx"
    path.write_bytes(held.getvalue())
    return path


def left(made):
    return dict(zip(made.left["kind"], made.left["names"], strict=True))


def utf16(position):
    return position + 2 * (position > 21)  # two flags before it


WORDS = selection(0, 19, "Guru pergi ke Busan") + selection(utf16(27), utf16(33), "pulang", codes=(2, 4), user=9)


def value(number, text, kind="TextValue"):
    return f"<VariableValue><VariableRef targetGUID='{B.format(number)}'/><{kind}>{text}</{kind}></VariableValue>"


def variables(*names):
    each = "".join(f"<Variable guid='{B.format(n)}' name='{name}' typeOfVariable='Text'/>" for n, name in enumerate(names))
    return f"<Variables>{each}</Variables>"
