"""What a reading of any identity code holds: the identity, what is odd about it, and what kind of code it was."""

from typing import Literal

import msgspec

Kind = Literal["cccd", "can-cuoc", "pc-covid", "bhyt", "mrz-td1", "mrz-td3", "personal-number", "cmnd", "unknown"]
Sex = Literal["male", "female"]
# note: worth knowing; warning: look at the card; error: this field could not be used.
Severity = Literal["note", "warning", "error"]


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something odd about one field. `code` is a stable word; the screen owns its text."""

    code: str
    field: str
    severity: Severity


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who a code says somebody is. None where the code does not say.

    `birth_date` and `issued` are ISO, partial where the code is ("1990", "1990-05"). Names are NFC as printed.
    """

    number: str | None = None  # 12-digit personal number; masked parts as '*'
    old_number: str | None = None  # 9-digit CMND, or a cancelled number
    name: str | None = None
    birth_date: str | None = None
    sex: Sex | None = None
    address: str | None = None
    issued: str | None = None
    nationality: str | None = None  # ISO 3166 alpha-3, from an MRZ
    document_number: str | None = None  # passport or health-insurance number
    expires: str | None = None
    father: str | None = None
    mother: str | None = None
    phone: str | None = None


class Reading(msgspec.Struct, frozen=True):
    """What one text turned out to be. `identity` is None for an unknown code; `raw` is kept for the form, never logged."""

    kind: Kind
    identity: Identity | None
    findings: tuple[Finding, ...]
    raw: str
