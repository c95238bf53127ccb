"""The machine-readable zone of the identity card (TD1) and the passport (TD3), ICAO 9303, every check digit verified."""

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from checkpoint_core.identity import fields
from checkpoint_core.identity.findings import Note
from checkpoint_core.identity.model import Identity, Sex

MrzKind = Literal["mrz-td1", "mrz-td3"]
_SEXES: dict[str, Sex] = {"M": "male", "F": "female"}
_SHAPES: dict[MrzKind, tuple[int, int]] = {"mrz-td1": (3, 30), "mrz-td3": (2, 44)}


def mrz_kind(text: str) -> MrzKind | None:
    """Which MRZ `text` is, whole or not; None when it is none."""
    compact = _compact(text)
    if compact.count("<") < 2 or not re.fullmatch(r"[A-Z0-9<]{10,}", compact):
        return None
    if re.match(r"P[A-Z<][A-Z<]{3}", compact):
        return "mrz-td3"
    return "mrz-td1" if re.match(r"[IAC][A-Z<][A-Z<]{3}[A-Z0-9<]{9}", compact) else None


def read_mrz(text: str, kind: MrzKind, note: Note) -> Identity:
    """The identity in an MRZ: its lines on their own or run together; short lines are filled up, and noted."""
    lines = _lines(text, *_SHAPES[kind], note)
    return _td1(lines, note) if kind == "mrz-td1" else _td3(lines, note)


def check_digit(text: str) -> str:
    """The ICAO 9303 check digit: weights 7, 3, 1 over 0-9, A=10 … Z=35, '<'=0."""
    return str(sum(_value(character) * (7, 3, 1)[place % 3] for place, character in enumerate(text)) % 10)


def _td1(lines: Sequence[str], note: Note) -> Identity:
    first, second, third = lines
    _verify(first[5:14], first[14], "document_number", note)
    _verify(second[:6], second[6], "birth_date", note)
    _verify(second[8:14], second[14], "expires", note)
    _verify(first[5:30] + second[:7] + second[8:15] + second[18:29], second[29], "text", note)
    number = _national_number(first[15:30], note) if first[2:5] == "VNM" else None
    if number and number[3:] != first[5:14]:
        note("number-differs", "number")
    return _identity(first[5:14], number, second[:6], second[7], second[8:14], second[15:18], third, note)


def _td3(lines: Sequence[str], note: Note) -> Identity:
    first, second = lines
    optional = second[28:42]
    _verify(second[:9], second[9], "document_number", note)
    _verify(second[13:19], second[19], "birth_date", note)
    _verify(second[21:27], second[27], "expires", note)
    if optional.strip("<") or second[42] != "<":  # an empty optional field may have '<' for its check digit
        _verify(optional, second[42], "extras", note)
    _verify(second[:10] + second[13:20] + second[21:43], second[43], "text", note)
    held = _plain(optional) if first[2:5] == "VNM" else None
    if held:
        note("unverified-extras", "extras")
    number = held if held and re.fullmatch(r"[0-9]{12}", held) else None
    identity = _identity(second[:9], number, second[13:19], second[20], second[21:27], second[10:13], first[5:], note)
    old = held if held and re.fullmatch(r"[0-9]{9}", held) else None
    return msgspec.structs.replace(identity, old_number=old)


def _identity(
    document: str, number: str | None, birth: str, sex: str, expires: str, nation: str, names: str, note: Note
) -> Identity:
    until = _day("20" + expires, "expires", note) if expires.strip("<") else None
    return Identity(
        number=number,
        name=_name(names, note),
        birth_date=_birth(birth, number, until, note),
        sex=_SEXES.get(sex),
        nationality=_plain(nation),
        document_number=_plain(document),
        expires=until,
    )


def _national_number(optional: str, note: Note) -> str | None:
    """A Vietnamese card holds the whole personal number in the optional field, with a check digit of its own."""
    number = optional[:12]
    if not re.fullmatch(r"[0-9]{12}", number):
        note("number-characters" if number.strip("<") else "missing", "number")
        return None
    _verify(number, optional[14], "number", note)
    return number


def _birth(text: str, number: str | None, expires: str | None, note: Note) -> str | None:
    """The birth date with its century: from the personal number, else from the expiry (a document is issued for at least
    five years, after its holder's birth)."""
    if not re.fullmatch(r"[0-9]{2}[0-9<]{4}", text):
        note("date-invalid", "birth_date")
        return None
    if number and number[4:6] == text[:2]:
        return _day(str(19 + int(number[3]) // 2) + text, "birth_date", note)
    if expires is None:
        note("century-unknown", "birth_date")
        return None
    return _day(("20" if int(text[:2]) + 2000 <= int(expires[:4]) - 5 else "19") + text, "birth_date", note)


def _day(text: str, field: fields.DateField, note: Note) -> str | None:
    return fields.day("-".join((text[:4], text[4:6], text[6:])).replace("<", "*"), field, note)


def _name(text: str, note: Note) -> str | None:
    if text and text[-1] != "<":
        note("name-cut", "name")
    surname, _, given = text.partition("<<")
    return fields.name(f"{surname} {given}".replace("<", " "), note)


def _plain(text: str) -> str | None:
    return text.replace("<", "") or None


def _verify(text: str, digit: str, field: str, note: Note) -> None:
    if check_digit(text) != digit:
        note("check-digit", field)


def _value(character: str) -> int:
    return 0 if character == "<" else int(character, 36)


def _compact(text: str) -> str:
    return re.sub(r"\s", "", text).upper().replace("«", "<<")


def _lines(text: str, count: int, width: int, note: Note) -> list[str]:
    """`count` lines of `width`. Who types leaves the fillers after the names out: that is no fault."""
    lines = [_compact(line) for line in text.splitlines() if line.strip()]
    if len(lines) != count:
        run = "".join(lines)
        lines = [run[width * place : width * (place + 1)] for place in range(count - 1)] + [run[width * (count - 1) :]]
    names = 0 if count == 2 else count - 1
    lengths = [width if place == names and "<<" in line else len(line) for place, line in enumerate(lines)]
    if lengths != [width] * count or len(lines[names]) > width:
        note("mrz-length", "text")
    return [line[:width].ljust(width, "<") for line in lines]
