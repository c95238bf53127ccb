"""One field of a code to its value: names, dates, sex, addresses. A field that cannot be used is None, with a finding."""

import re
from datetime import date
from typing import Literal

from checkpoint_core.identity.decoding import is_plain, unguessed
from checkpoint_core.identity.findings import Note
from checkpoint_core.identity.model import Sex
from checkpoint_core.text import fold, nfc

_SEXES: dict[str, Sex] = {"nam": "male", "nu": "female", "male": "male", "female": "female"}
_UNKNOWN = {"", "00", "0", "**", "*", "--"}
_DATES = tuple(
    re.compile(form)
    for form in (
        r"(?P<d>[0-9*]{2})(?P<m>[0-9*]{2})(?P<y>[0-9]{4})",
        r"(?P<d>[0-9*]{1,2})[/.-](?P<m>[0-9*]{1,2})[/.-](?P<y>[0-9]{4})",
        r"(?P<y>[0-9]{4})-(?P<m>[0-9*]{1,2})-(?P<d>[0-9*]{1,2})",
        r"(?P<m>[0-9*]{2})(?P<y>[0-9]{4})",
        r"(?P<m>[0-9*]{1,2})[/.-](?P<y>[0-9]{4})",
        r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})",
        r"(?P<y>[0-9]{4})",
    )
)
_ODD_IN_NAME = re.compile(r"[^\w\s.,'’\-()]|[0-9_]")
_UNTIDY = re.compile(r",\s*(?:[,\-]|$)|\s,|^[,\-\s]+")
# Other scripts, private use, controls, replacement, and the Western letters and boxes that UTF-8 turns into.
_FOREIGN = re.compile(r"[\x80-\x9f\xa1-\u02ff\u0370-\u1dff\u2500-\u25ff\u2e80-\ufdff\ufe30-\uffef\ufffd]|Ă\xa0")
DateField = Literal["birth_date", "issued", "expires"]


def words(text: str, field: str, note: Note) -> str | None:
    """`text` in NFC, a wrong guess of its encoding undone where possible; None and 'missing' when there is none."""
    if not is_plain(text):
        mended = unguessed(text) or " ".join(unguessed(word) or word for word in text.split(" "))
        if mended != text:
            note("mojibake-repaired", field)
        if any(not is_plain(sign) for sign in _FOREIGN.findall(mended)):
            note("mojibake", field)
        text = mended
    if value := nfc(text):
        return value
    note("missing", field)
    return None


def name(text: str, note: Note, field: str = "name") -> str | None:
    """A person's name, as printed."""
    value = words(text, field, note)
    if value and _ODD_IN_NAME.search(value):
        note("name-characters", field)
    return value


def address(text: str, note: Note) -> str | None:
    """An address, as printed; doubled commas and stray dashes stay, and are noted."""
    value = words(text, "address", note)
    if value and _UNTIDY.search(value):
        note("address-untidy", "address")
    return value


def sex(text: str, note: Note) -> Sex | None:
    """'Nam' or 'Nữ', however written."""
    value = _SEXES.get(fold(text))
    if value is None:
        note("sex-invalid" if text.strip() else "missing", "sex")
    return value


def day(text: str, field: DateField, note: Note, *, whole: bool = False) -> str | None:
    """A date in any form a card has, as ISO; '1990-09' or '1990' where the rest is unknown, unless it must be `whole`."""
    text = text.strip()
    if not text:
        note("missing", field)
        return None
    match = next((found for form in _DATES if (found := form.fullmatch(text))), None)
    value = iso(match["y"], match.groupdict().get("m") or "", match.groupdict().get("d") or "") if match else None
    if value is None or (whole and len(value) < 10):
        note("date-invalid", field)
        return None
    if len(value) < 10:
        note("date-partial", field)
    return value


def iso(year: str, month: str, day_: str) -> str | None:
    """The ISO date of its parts, shorter where a part is unknown; None for a day that never was."""
    known = [year] if month in _UNKNOWN else [year, month] if day_ in _UNKNOWN else [year, month, day_]
    try:
        full = date(*(int(part) for part in known), *(1 for _ in range(3 - len(known)))).isoformat()
    except ValueError:
        return None
    return full[: (4, 7, 10)[len(known) - 1]] if full >= "1800" else None
