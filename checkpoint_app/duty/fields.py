"""What a form must hold before it is kept: each fault names the field and what is wrong with it."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import msgspec

from checkpoint_core.identity import Finding, phone_number, plate_number
from checkpoint_core.journal.payloads import Action, Crossing, Traveller
from checkpoint_core.screening.model import Declaration
from checkpoint_core.screening.places import VIETNAM
from checkpoint_core.signing import canonical
from checkpoint_core.times import day
from checkpoint_core.trouble import Trouble

LONGEST = 500  # characters of any one text
MOST_TRAVELLERS = 100
MOST_DOSES = 10
VEHICLES = ("car", "motorbike", "bus", "truck", "ambulance", "foot", "other")
_CLOCKS_DIFFER = timedelta(minutes=5)


def refuse(field: str, problem: str, **params: str | int) -> Trouble:
    """The trouble that a field is in; its sentence is 'trouble.field-<field>-<problem>'."""
    return Trouble("field", field=field, problem=problem, **params)


def written(text: str, most: int = LONGEST) -> str:
    """What somebody wrote, trimmed; Trouble('field') for what is too long, or cannot be kept as text."""
    trimmed = text.strip()
    if len(trimmed) > most:
        raise refuse("text", "too-long", most=most)
    try:
        trimmed.encode()
    except UnicodeEncodeError:
        raise refuse("text", "unreadable") from None
    return trimmed


def checked(crossing: Crossing, now: datetime) -> Crossing:
    """The crossing with telephones and plate in the form they are kept in; Trouble('field', field, problem[, traveller])
    for the first fault, `traveller` counting from 1."""
    if not crossing.travellers:
        raise refuse("travellers", "missing")
    if len(crossing.travellers) > MOST_TRAVELLERS:
        raise refuse("travellers", "too-many", most=MOST_TRAVELLERS)
    if crossing.vehicle is not None and crossing.vehicle not in VEHICLES:
        raise refuse("vehicle", "unknown")
    if crossing.decision.action not in get_args(Action):
        raise refuse("decision", "unknown")
    travellers = tuple(_traveller(one, place, now) for place, one in enumerate(crossing.travellers, 1))
    kept = msgspec.structs.replace(crossing, travellers=travellers, plate=_plate(crossing.plate))
    if _longest(msgspec.to_builtins(kept)) > LONGEST:
        raise refuse("text", "too-long", most=LONGEST)
    return _writable(kept)


def happened(at: datetime | None, now: datetime) -> str | None:
    """When a crossing typed in afterwards took place, as kept; Trouble('field') for a time to come."""
    if at is None:
        return None
    if at > now + _CLOCKS_DIFFER:
        raise refuse("happened-at", "future")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _traveller(traveller: Traveller, place: int, now: datetime) -> Traveller:
    who, said = traveller.identity, traveller.declaration
    if not (who.name or who.number or who.old_number or who.document_number):
        raise refuse("identity", "missing", traveller=place)
    if not any(destination.text.strip() or destination.unit for destination in said.destinations):
        raise refuse("destination", "missing", traveller=place)
    if said.doses is not None and not 0 <= said.doses <= MOST_DOSES:
        raise refuse("doses", "out-of-range", traveller=place, most=MOST_DOSES)
    for field, text in (("test-on", said.test_on), ("last-dose-on", said.last_dose_on), ("recovered-on", said.recovered_on)):
        _past_day(field, text, place, now.astimezone(VIETNAM).date())
    declaration = msgspec.structs.replace(said, phone=_phone(said, place))
    return msgspec.structs.replace(traveller, declaration=declaration)


def _phone(said: Declaration, place: int) -> str | None:
    if not (said.phone and said.phone.strip()):
        return None
    phone = phone_number(said.phone)
    if isinstance(phone, Finding):
        raise refuse("phone", "malformed", traveller=place)
    return phone


def _past_day(field: str, text: str | None, place: int, today: date) -> None:
    if text is None:
        return
    when = day(text)
    if when is None:
        raise refuse(field, "malformed", traveller=place)
    if when > today:
        raise refuse(field, "future", traveller=place)


def _plate(text: str | None) -> str | None:
    return (plate_number(text)[0] or None) if text else None


def _longest(value: object) -> int:
    """How long the longest text within is."""
    if isinstance(value, str):
        return len(value)
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return max(map(_longest, within), default=0)


def _writable(crossing: Crossing) -> Crossing:
    try:
        canonical(crossing).encode()
    except UnicodeEncodeError:
        raise refuse("text", "unreadable") from None
    return crossing
