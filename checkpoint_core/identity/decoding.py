"""Bytes to text as a card meant it: strict UTF-8, other encodings only where they make sense, wrong guesses undone."""

import re
import unicodedata
from collections.abc import Iterator

from checkpoint_core.identity.findings import Note

# What Vietnamese is written with, minority spellings (Êđê, Ba Na) included, as NFD: base letters and their marks.
_PLAIN = re.compile(r"[\t\n\r -~đĐƀɃ–—‘’“”…\u0300\u0301\u0302\u0303\u0306\u0309\u030c\u031b\u0323]*")
_INVISIBLE = (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFEFF, *range(0x200B, 0x2010), *range(0x2060, 0x2065))
_STRAYS = "".join(map(chr, _INVISIBLE))
_STRAY = re.compile(f"[{re.escape(_STRAYS)}]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# zbar takes UTF-8 for Big5 or Shift JIS, keyboards and spreadsheets for a Western or Vietnamese Windows code page.
_GUESSES = ("big5", "cp950", "big5hkscs", "cp932", "shift_jis_2004", "gb18030")
_WESTERN = ("cp1252", "latin-1", "cp1258")


def is_plain(text: str) -> bool:
    """Whether `text` holds nothing that a Vietnamese card would not."""
    return _PLAIN.fullmatch(unicodedata.normalize("NFD", text)) is not None


def decoded(data: str | bytes, note: Note) -> str:
    """`data` as text without surrogates; notes 'encoding' when it was not UTF-8 and had to be guessed or patched."""
    if isinstance(data, bytes):
        return _from_bytes(data, note)
    if not _SURROGATE.search(data):
        return data
    try:
        return _from_bytes(data.encode("utf-8", "surrogateescape"), note)
    except UnicodeEncodeError:
        note("encoding", "text")
        return _SURROGATE.sub("\ufffd", data)


def _from_bytes(data: bytes, note: Note) -> str:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8":
            return text
        if is_plain(text.lstrip("\ufeff")):
            note("encoding", "text")
            return unicodedata.normalize("NFC", text)
    note("encoding", "text")
    return data.decode("utf-8", "replace")


def _encodings(data: bytes) -> Iterator[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
    if data.count(0) > len(data) // 3:  # ASCII in UTF-16 is valid UTF-8, with a NUL beside every letter
        yield from ("utf-16-le", "utf-16-be")
    yield "utf-8"
    if b"\0" in data:
        yield from ("utf-16-le", "utf-16-be")
    yield "cp1258"


def without_strays(text: str, note: Note) -> str:
    """`text` without BOM, NUL and invisible characters and without white space around; noted when inside the text."""
    trimmed = text.strip(_STRAYS + " \t\r\n")  # no pattern: one that looks for the last run takes ages on binary codes
    clean = _STRAY.sub("", trimmed)
    if clean != trimmed:
        note("control-characters", "text")
    return clean


def unguessed(text: str) -> str | None:
    """The text that a reader spoiled by a wrong guess of the encoding, None where none was made or no guess explains it."""
    if is_plain(text):
        return None
    for guess in (*_GUESSES, *_WESTERN):
        original = _undo(text, guess)
        if original and is_plain(original):
            return original
    return None


def _undo(text: str, guess: str) -> str | None:
    try:
        return b"".join(_bytes_of(character, guess) for character in text).decode()
    except UnicodeError:
        return None


def _bytes_of(character: str, guess: str) -> bytes:
    """What the reader saw as `character`: right letters between spoiled ones were UTF-8 all along."""
    if guess in _GUESSES and is_plain(character):
        return character.encode()
    if guess == "big5" and "\uf6b1" <= character <= "\uf70e":  # Big5's row C6, private use since: ơ and ư become that
        return bytes((0xC6, 0xA1 + ord(character) - 0xF6B1))
    if guess == "cp1252" and "\x80" <= character <= "\x9f":  # the five bytes that cp1252 leaves out
        return character.encode("latin-1")
    return character.encode(guess)
