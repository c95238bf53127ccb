"""Entries made into plain columns: crossings and their travellers, corrections superseding, each traveller checked."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, text

from checkpoint_core.journal.payloads import Crossing, CrossingCorrected, CrossingRecorded, Traveller
from checkpoint_core.releases.model import Notice, Verification, notify
from checkpoint_core.signing import Signed
from checkpoint_core.text import fold, nfc
from checkpoint_core.times import instant
from checkpoint_registry.database import copy_rows
from checkpoint_registry.intake.examination import Sound
from checkpoint_registry.population.checking import Check, check, look_up, number_of
from checkpoint_registry.settings import iso

_CROSSING = (
    "entry", "original", "current", "device", "sequence", "shift", "officer", "at", "checkpoint", "lane", "direction",
    "action", "override", "vehicle", "plate",
)  # fmt: skip
_TRAVELLER = (
    "entry", "index", "number", "name", "folded", "birth_date", "sex", "verdict", "origin_unit", "destination_units",
    "checked", "differing",
)  # fmt: skip
# Of a crossing's versions the newest counts, once its original is here; the same whatever order they came in.
_SUPERSEDE = text("""
    UPDATE crossings c SET current = (v.whole AND c.sequence = v.newest)
    FROM (SELECT device, original, max(sequence) AS newest, bool_or(entry = original) AS whole
          FROM crossings WHERE original = ANY(:originals) GROUP BY device, original HAVING count(*) > 1) v
    WHERE c.device = v.device AND c.original = v.original AND c.current <> (v.whole AND c.sequence = v.newest)
""")


class Told(msgspec.Struct, frozen=True):
    """A crossing as one entry tells it; `original` is the entry that told it first."""

    item: Sound
    original: str
    crossing: Crossing


def project(
    connection: Connection, device: str, key: Ed25519PrivateKey, now: datetime, items: Sequence[Sound]
) -> list[Signed]:
    """Write the crossings that new entries tell of; the notices that tell the laptop what the register knows."""
    told = [crossing for item in items if (crossing := _told(item))]
    if not told:
        return []
    register = look_up(connection, _numbers(told))
    checks = [[check(t.identity, register) for t in one.crossing.travellers] for one in told]
    copy_rows(connection, "crossings", _CROSSING, (_crossing_row(one) for one in told))
    copy_rows(connection, "travellers", _TRAVELLER, _traveller_rows(told, checks))
    connection.execute(_SUPERSEDE, {"originals": sorted({one.original for one in told})})
    verifications = _verifications(told, checks, iso(now))
    return [notify(Notice(device, verification), key) for verification in verifications]


def _told(item: Sound) -> Told | None:
    match item.entry.payload:
        case CrossingRecorded(crossing):
            return Told(item, item.entry.id, crossing)
        case CrossingCorrected(corrects, _, crossing):
            return Told(item, cell(corrects) or "", crossing)
    return None


def _numbers(told: Sequence[Told]) -> Iterator[str]:
    for one in told:
        for traveller in one.crossing.travellers:
            if number := number_of(traveller.identity):
                yield number


def _crossing_row(one: Told) -> tuple[object, ...]:
    entry, crossing = one.item.entry, one.crossing
    at = instant(crossing.happened_at) or one.item.true_at
    place = (entry.device, entry.sequence, entry.shift, entry.officer, at, cell(crossing.checkpoint), cell(crossing.lane))
    decision = (crossing.direction, crossing.decision.action, crossing.decision.override)
    current = one.original == entry.id
    return (entry.id, one.original, current, *place, *decision, cell(crossing.vehicle), cell(crossing.plate))


def _traveller_rows(told: Sequence[Told], checks: Sequence[Sequence[Check]]) -> Iterator[tuple[object, ...]]:
    for one, answers in zip(told, checks, strict=True):
        for index, (traveller, answer) in enumerate(zip(one.crossing.travellers, answers, strict=True)):
            yield (one.item.entry.id, index, *_traveller(traveller), answer.outcome, list(answer.fields))


def _traveller(traveller: Traveller) -> tuple[object, ...]:
    who, declared = traveller.identity, traveller.declaration
    name = cell(nfc(who.name)) if who.name else None
    person = (cell(who.number or who.old_number), name, cell(fold(name)) if name else None, cell(who.birth_date), who.sex)
    origin = cell(declared.origin.unit) if declared.origin else None
    return (*person, traveller.verdict.state, origin, [cell(place.unit) for place in declared.destinations if place.unit])


def _verifications(told: Sequence[Told], checks: Sequence[Sequence[Check]], at: str) -> Iterator[Verification]:
    for one, answers in zip(told, checks, strict=True):
        for index, (traveller, answer) in enumerate(zip(one.crossing.travellers, answers, strict=True)):
            number = traveller.identity.number or traveller.identity.old_number or ""
            yield Verification(one.original, index, number, answer.outcome, answer.fields, at)


def cell(value: str | None) -> str | None:
    """Text as a column holds it: without NUL, which PostgreSQL refuses, and short enough for an index."""
    return value if value is None else value.replace("\0", "")[:300]
