"""The unified personal QR of Decision 1405 (PC-Covid and its kin), and the health-insurance card."""

import re
from collections.abc import Sequence

from checkpoint_core.identity import fields
from checkpoint_core.identity.decoding import without_strays
from checkpoint_core.identity.findings import Note
from checkpoint_core.identity.model import Identity, Sex
from checkpoint_core.identity.phones import phone_number

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9*]{2}-[0-9*]{2}")
_INSURANCE_OLD = re.compile(r"[A-Z]{2}[0-9]{13}")
_QID = re.compile(r"[0-9]{15,}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")
_SEX_CODES: dict[str, Sex] = {"1": "male", "2": "female"}


def is_pc_covid(parts: Sequence[str]) -> bool:
    """A truncated card has six parts too, but never an ISO date in third place."""
    return len(parts) > 2 and _ISO_DATE.fullmatch(parts[2].strip()) is not None


def read_pc_covid(parts: Sequence[str], note: Note) -> Identity:
    """`document|NAME|yyyy-mm-dd|0 or 1|QID|extension`; masked digits stay '*'."""
    document, name, birth, declared_by, _, extension = (*parts, *[""] * 6)[:6]
    if declared_by.strip() == "1":
        note("declared-by-other", "text")
    number, old_number, passport = _document(document, note)
    told = [part.strip() for part in extension.split("<")]
    insurance = next((part for part in told if _INSURANCE_OLD.fullmatch(part)), None)
    return Identity(
        number=number,
        old_number=old_number,
        name=fields.name(name, note),
        birth_date=fields.day(birth, "birth_date", note),
        sex=next((_SEX_CODES[part] for part in told if part in _SEX_CODES), None),
        document_number=passport or insurance,
        phone=_phone(told[2:], note),
    )


def is_insurance(parts: Sequence[str]) -> bool:
    """Whether `parts` are a health-insurance card's: its number, then the name in hexadecimal."""
    first = parts[0].strip()
    if len(parts) == 1:
        return _INSURANCE_OLD.fullmatch(first) is not None
    newer = re.fullmatch(r"[0-9]{10}|[0-9]{12}", first) and len(parts) > 3 and parts[3].strip() in _SEX_CODES
    return bool(_INSURANCE_OLD.fullmatch(first) or newer)


def read_insurance(parts: Sequence[str], note: Note) -> Identity:
    """`number|HEX(name)|date|1 or 2|HEX(address)|clinic|from|to|…`; newer cards carry the personal number in first place."""
    document, name, birth, sex, address, _, _, expires = (*(part.strip() for part in parts), *[""] * 8)[:8]
    if sex not in _SEX_CODES:
        note("sex-invalid" if sex else "missing", "sex")
    return Identity(
        number=document if len(document) == 12 else None,
        name=fields.name(_from_hex(name, "name", note), note),
        birth_date=fields.day(birth, "birth_date", note),
        sex=_SEX_CODES.get(sex),
        address=fields.address(_from_hex(address, "address", note), note),
        document_number=document if len(document) != 12 else None,
        expires=None if expires in ("", "-") else fields.day(expires, "expires", note),
    )


def _document(text: str, note: Note) -> tuple[str | None, str | None, str | None]:
    """Personal number, old number or passport, whichever `text` is by its length."""
    document = re.sub(r"[ .]", "", text).upper()
    if "*" in document:
        note("number-masked", "number")
    if re.fullmatch(r"[0-9*]{12}", document):
        return document, None, None
    if re.fullmatch(r"[0-9*]{9}", document):
        return None, document, None
    if re.fullmatch(r"[A-Z*][A-Z0-9*]{5,8}", document):
        return None, None, document
    note("number-length" if document else "missing", "number")
    return None, None, None


def _phone(told: Sequence[str], note: Note) -> str | None:
    phone = next((part for part in told if re.fullmatch(r"\+?[0-9 .]{9,15}", part) and not _QID.fullmatch(part)), None)
    if phone is None:
        return None
    number = phone_number(phone)
    if isinstance(number, str):
        return number
    note("phone-invalid", "phone")
    return None


def _from_hex(text: str, field: str, note: Note) -> str:
    """UTF-8 in hexadecimal; the text itself where it is not: some cards were made that way."""
    if not _HEX.fullmatch(text):
        return text
    try:
        return without_strays(bytes.fromhex(text).decode(), note)
    except UnicodeDecodeError:
        note("encoding", field)
        return without_strays(bytes.fromhex(text).decode("utf-8", "replace"), note)
