"""The bytes of a file go in; the text they hold comes out, with what was found beside it and what a person should know."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from qualkit.tables import few, is_day

# What nobody sees or no font shows: programs put it in or leave it out without a word.
_INVISIBLE = re.compile(
    "[\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff\x01-\x08\x0b\x0e-\x1f\x7f-\x9f]"
)
_CUT_QUOTE = "\u00e2\u20ac"  # what is left of a closing quotation mark, its last byte lost, as cp1252 cannot show it
_REST = re.compile("\u00e2[\u20ac\u201a\u201e]")  # the first bytes of signs that UTF-8 writes as three, the last one lost
_CUT_WORD = re.compile(r"\b([^\W\d_]{2,})[-\u00ad\u2010]$")
_LOST = "\ufffd"
_MOST_NAMED = 5  # lines named in a warning


@dataclass(frozen=True)
class Original:
    """One text as it stands in a file: the words, what the file says about them, and what did not come along.

    `found` holds columns of documents.csv (title, outlet, author, date, language, kind, document or further ones), `inferred`
    where each of them was found; `notes` say what was lost or must be looked at; `pages` the printed page numbers.
    """

    text: str
    found: dict[str, str] = field(default_factory=dict)
    inferred: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    place: str = ""  # where in the file the text stands, if the file holds several


def decoded(content: bytes, declared: str = "") -> tuple[str, str, str]:
    """The text of a file, the encoding it was read in, and a warning where that is a guess.

    A byte order mark decides; else strict UTF-8, with a warning where the file declares something else; else the encoding
    that it declares; else, with a warning, Windows cp1252.

    Raises
    ------
    ValueError
        If no encoding fits, encodings are mixed, or the bytes are no text. Nothing is ever left out.

    >>> decoded(b"\\xff\\xfeK\\x00o\\x00t\\x00a\\x00")
    ('Kota', 'utf-16', '')
    """
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
                           (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
        if content.startswith(mark):
            return _strict(content, encoding).removeprefix("\ufeff"), encoding, ""
    if encoding := _wide(content):
        return _strict(content, encoding), encoding, f"read as {encoding}: the file does not say so, its bytes do"
    other = declared if declared.lower().replace("-", "") not in ("", "utf8", "ascii", "usascii") else ""
    try:
        text = content.decode("utf-8")
        if not (b"\x1b" in content and other.lower().startswith("iso-2022")):
            told = f"the file says that it is in {other}, but its bytes are UTF-8, and were read so"
            return text, "utf-8", told if other and not content.isascii() else ""
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    if other:
        return _strict(content, _MEANT.get(other.lower(), other)), other, ""
    rough = content.decode("utf-8", "surrogateescape")
    wrong = sum("\udc80" <= letter <= "\udcff" for letter in rough)
    if half := re.search("[\ud800-\udfff]", _passed(content)):
        at = half.string.count("\n", 0, half.start()) + 1
        raise ValueError(
            f"line {at} holds half a character (a lone surrogate), which no text can keep; save the file anew as UTF-8"
        )
    if sum("\x80" <= letter < "\udc80" or letter > "\udcff" for letter in rough) >= wrong:
        raise ValueError(
            f"line {line}: most of the file is UTF-8, but these bytes are not. Two encodings are mixed; save it as UTF-8"
        )
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        at = content.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"line {at}: byte {content[error.start]:#04x} fits neither UTF-8 nor cp1252 (Windows). Open the file in the program"
            " that wrote it and save it as UTF-8"
        ) from None
    seen = next(word for word in text.split() if not word.isascii())
    return text, "cp1252", f"not UTF-8: read as cp1252 (Windows), so line {line} says '{seen[:30]}'. Look whether that is right"


# What pages mean by a name, as browsers read it (the WHATWG Encoding Standard): a later, larger encoding of the same kind.
_MEANT = {
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1"), "cp1252"), "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"), "big5": "big5hkscs",
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), "gb18030"), **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601"), "cp949"),
}  # fmt: skip


def _passed(content: bytes) -> str:
    """The text with lone surrogates let through; '' where more than that is wrong."""
    try:
        return content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return ""


def _wide(content: bytes) -> str:
    """utf-16 without a mark, told by the zero bytes that stand in every second place; '' where it is none.

    >>> _wide("Kota itu".encode("utf-16-be")), _wide(b"Kota itu")
    ('utf-16-be', '')
    """
    if b"\0" not in content or len(content) % 2:
        return ""
    first, second = (content[at::2].count(0) / (len(content) / 2) for at in (0, 1))
    return "utf-16-be" if first > 0.5 > 10 * second else "utf-16-le" if second > 0.5 > 10 * first else ""


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except LookupError:
        raise ValueError(f"the file says that it is in '{encoding}', which is no encoding; save it as UTF-8") from None
    except UnicodeDecodeError as error:
        raise ValueError(
            f"not readable as {encoding}, which the file says it is (byte {error.start}); save it as UTF-8"
        ) from None


def proper(text: str) -> str:
    """The text as it is kept: line feeds at the ends of lines, nothing else changed.

    Raises
    ------
    ValueError
        If it holds what no text file can hold: NUL characters or half a character.

    >>> proper("satu\\r\\ndua\\rtiga")
    'satu\\ndua\\ntiga'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for pattern, what in (("\0", "NUL characters: it is no text"), ("[\ud800-\udfff]", "half a character (a lone surrogate)")):
        if found := re.search(pattern, text):
            raise ValueError(f"line {text.count(chr(10), 0, found.start()) + 1} holds {what}")
    return text


def invisible(text: str) -> str:
    """What cannot be seen in the text, counted by name; '' where there is nothing.

    >>> invisible("ker\\u00adja\\u00a0sama")
    'invisible characters, kept: 1 NO-BREAK SPACE, 1 SOFT HYPHEN'
    """
    counts = Counter(_INVISIBLE.findall(text))
    named = sorted(f"{count} {unicodedata.name(letter, f'U+{ord(letter):04X}')}" for letter, count in counts.items())
    return f"invisible characters, kept: {', '.join(named)}" if named else ""


def damaged_lines(text: str) -> dict[int, str]:
    """The lines whose letters an earlier wrong encoding damaged, each as it would read when mended ('' where letters are lost).

    >>> damaged_lines("Kota itu\\nkafÃ© baru\\nbiaya \\ufffd juta")
    {2: 'kafé baru', 3: ''}
    """
    from ftfy import TextFixerConfig, fix_encoding
    from ftfy.badness import is_bad

    if text.isascii():
        return {}
    keep = TextFixerConfig(restore_byte_a0=True, replace_lossy_sequences=False, decode_inconsistent_utf8=True)
    lines: dict[int, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if _LOST in line:
            lines[number] = ""
        elif not line.isascii() and (is_bad(line) or _CUT_QUOTE in line):
            mended = fix_encoding(line, keep).replace(_CUT_QUOTE, "\u201d")
            if mended != line:
                lines[number] = mended
    return lines


def doubtful_lines(text: str) -> list[int]:
    """The lines that hold letters as a wrong encoding leaves them: after a repair, what could not be put right.

    >>> doubtful_lines("Kota itu\\nbiaya €5 dan â‚ juta"), doubtful_lines("kafé")
    ([2], [])
    """
    from ftfy.badness import is_bad

    lines = enumerate([] if text.isascii() else text.split("\n"), 1)
    return [number for number, line in lines if not line.isascii() and (is_bad(line) or _REST.search(line))]


def cut_words(text: str) -> str:
    """What to know of a text whose lines end with words in two pieces, as when it was copied from a PDF; '' where none do.

    >>> cut_words("warga dan pendi-\\ndikan itu, anak-\\nanak")
    "words that may be cut at a line's end, left as they are: 1 (line 1)"
    """
    lines = [
        number
        for number, (line, below) in enumerate(pairwise(text.split("\n")), 1)
        if (cut := _CUT_WORD.search(line)) and below[:1].islower() and not below.startswith(cut[1])
    ]
    return f"words that may be cut at a line's end, left as they are: {len(lines)} ({listed(lines)})" if lines else ""


def listed(lines: list[int]) -> str:
    """Line numbers in words.

    >>> listed([3]), listed([1, 2, 3, 4, 5, 6, 7])
    ('line 3', 'lines 1, 2, 3, 4, 5 and 2 more')
    """
    return f"line{'s' if len(lines) > 1 else ''} {few(lines, _MOST_NAMED)}"


_JUNK = (
    re.compile(  # as a title: what a program calls a text without one, the name of a file; as an author: a computer, a program
        r"|microsoft (?:word|powerpoint)\b.*|powerpoint presentation|(?:untitled|document|dokumen|naskah)[\s\d-]*"
        r"|.*\.(?:docx?|odt|rtf|pdf|indd|html?)"
        r"|asus|acer|lenovo|hp|dell|toshiba|samsung|axioo|compaq|msi|pc|laptop|komputer"
        r"|users?[\s-]*\d*|pengguna|admin(?:istrator)?|owner|pemilik|(?:my|windows|(?:microsoft )?office) (?:user|computer|pc)"
        r"|microsoft(?: office)?|python-docx|writer|unknown|anonymous",
        re.IGNORECASE,
    )
)


def properties(known: Mapping[str, object]) -> tuple[dict[str, str], dict[str, str]]:
    """What the properties of a file say, and that it was found there: `found` and `inferred` of an `Original`.

    The name of a computer, a program or a file is neither an author nor a title.

    >>> properties({"title": " Kabar kota", "author": "ASUS"})
    ({'title': 'Kabar kota'}, {'title': 'the properties of the file'})
    """
    found = {name: str(value).strip() for name, value in known.items() if value and not _JUNK.fullmatch(str(value).strip())}
    return found, dict.fromkeys(found, "the properties of the file")


def day_of(written: str) -> str:
    """The day in a time as programs write it, such as 2019-03-26T08:15:00+07:00; '' where there is none.

    >>> day_of("2019-03-26T08:15:00+07:00"), day_of("kemarin")
    ('2019-03-26', '')
    """
    return written.strip()[:10] if is_day(written.strip()[:10]) else ""
