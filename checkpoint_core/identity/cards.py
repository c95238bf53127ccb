"""The QR of the two identity cards: seven parts since 2021, up to eleven since July 2024. Neither is signed."""

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from checkpoint_core.identity import fields
from checkpoint_core.identity.findings import Note
from checkpoint_core.identity.model import Identity
from checkpoint_core.identity.numbers import personal_number
from checkpoint_core.text import fold, nfc

CardKind = Literal["cccd", "can-cuoc"]
_NEW_LAYOUT_SINCE = "2024-07-01"


def is_card(parts: Sequence[str]) -> bool:
    """Whether `parts` are a card's: a personal number first, or a birth date and a sex where a card has them."""
    number = re.search(r"(?<![0-9*])[0-9*]{12}\s*$", parts[0]) is not None
    born = len(parts) > 3 and re.fullmatch(r"\s*[0-9]{8}\s*", parts[3]) is not None
    sexed = len(parts) > 4 and fold(parts[4]) in ("nam", "nu")
    return len(parts) > 1 and (number or born or sexed)


def read_card(parts: Sequence[str], note: Note) -> tuple[CardKind, Identity]:
    """The identity of a card, however much of its tail is missing."""
    if len(parts) < 6:
        note("cut-short", "text")
    number, old, name, birth, sex, address, issued, *extras = (*parts, *[""] * (7 - len(parts)))
    identity = Identity(
        number=personal_number(number, note),
        old_number=_old_number(old, note),
        name=fields.name(name, note),
        birth_date=fields.day(birth, "birth_date", note, whole=len(parts) == 4),  # a cut '1903' is no year
        sex=fields.sex(sex, note),
        address=fields.address(address, note),
        issued=fields.day(issued, "issued", note, whole=True),
    )
    if identity.issued and identity.birth_date and identity.issued < identity.birth_date:
        note("issued-before-birth", "issued")
    kind = _kind(identity.issued, extras, note)
    return kind, _with_extras(identity, extras, note)


def _kind(issued: str | None, extras: Sequence[str], note: Note) -> CardKind:
    """By the number of parts, then by the date of issue: an empty old number tells nothing."""
    if len(extras) > 4:
        note("too-many-parts", "text")
    newer = issued is not None and issued >= _NEW_LAYOUT_SINCE
    if len(extras) < 3 and not any(extra.strip() for extra in extras):
        return "can-cuoc" if newer else "cccd"
    if issued and not newer:
        note("layout-date-mismatch", "issued")
    return "can-cuoc"


def _old_number(text: str, note: Note) -> str | None:
    text = nfc(text)
    if text and not re.fullmatch(r"[0-9]{9}", text):
        note("old-number-odd", "old_number")
    return text or None


def _with_extras(identity: Identity, extras: Sequence[str], note: Note) -> Identity:
    """The parts beyond the seventh by content, their order being nowhere published: a cancelled number, then the parents."""
    held = [extra.strip() for extra in extras if extra.strip()]
    if not held:
        return identity
    note("unverified-extras", "extras")
    cancelled = [extra for extra in held if re.fullmatch(r"[0-9]{9}|[0-9]{12}", extra)]
    father, mother = (*(extra for extra in held if extra not in cancelled), "", "")[:2]
    return msgspec.structs.replace(
        identity,
        old_number=identity.old_number or next(iter(cancelled), None),
        father=fields.name(father, note, "father") if father else None,
        mother=fields.name(mother, note, "mother") if mother else None,
    )
