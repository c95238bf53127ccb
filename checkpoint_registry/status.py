"""How the registry stands, in counts: nobody's data, and what somebody should look at."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.orm import InstrumentedAttribute

from checkpoint_registry.devices.tables import Device
from checkpoint_registry.intake.tables import CrossingVersion, Quarantined, ShiftClosing, StoredEntry, TravellerRow
from checkpoint_registry.population.tables import Citizen, Vaccination
from checkpoint_registry.releases.tables import PublishedRelease


class UnequalShift(msgspec.Struct, frozen=True):
    """A closed shift whose entries or counts are not what the laptop said: something is missing, or was added."""

    device: str
    shift: str
    claimed_entries: int
    counted_entries: int
    claimed_counts: dict[str, int]
    counted_counts: dict[str, int]


class Status(msgspec.Struct, frozen=True):
    """Counts by kind; `broken_chains` counts entries that did not fit their neighbours."""

    devices: int
    revoked: int
    citizens: int
    vaccinations: int
    entries: dict[str, int]
    broken_chains: int
    last_entry: datetime | None
    quarantined: dict[str, int]
    crossings: dict[str, int]
    corrections_held: int
    travellers: dict[str, int]
    releases: dict[str, int]
    shifts_closed: int
    shifts_unequal: list[UnequalShift]


def status(connection: Connection) -> Status:
    """The registry as it stands in this transaction."""
    current = CrossingVersion.current
    return Status(
        devices=_count(connection, Device.id),
        revoked=_count(connection, Device.id, Device.revoked_at.is_not(None)),
        citizens=_count(connection, Citizen.number),
        vaccinations=_count(connection, Vaccination.number),
        entries=_by(connection, StoredEntry.kind),
        broken_chains=_count(connection, StoredEntry.id, StoredEntry.chain == "broken"),
        last_entry=connection.execute(select(func.max(StoredEntry.received_at))).scalar(),
        quarantined=_by(connection, Quarantined.reason),
        crossings=_by(connection, CrossingVersion.action, current),
        corrections_held=_held(connection),
        travellers=_by(
            connection, TravellerRow.checked, TravellerRow.entry.in_(select(CrossingVersion.entry).where(current))
        ),
        releases=_releases(connection),
        shifts_closed=_count(connection, ShiftClosing.entry),
        shifts_unequal=_unequal(connection),
    )


def _count(connection: Connection, column: InstrumentedAttribute[str], *which: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count(column)).where(*which)).scalar_one()


def _by(connection: Connection, column: InstrumentedAttribute[str], *which: Any) -> dict[str, int]:
    rows = connection.execute(select(column, func.count()).where(*which).group_by(column).order_by(column))
    return {key: count for key, count in rows}  # noqa: C416  # rows are no pairs to mypy


def _held(connection: Connection) -> int:
    """Corrections whose original has not come."""
    come = select(CrossingVersion.original).where(CrossingVersion.original == CrossingVersion.entry)
    return _count(connection, CrossingVersion.entry, CrossingVersion.original.not_in(come))


def _releases(connection: Connection) -> dict[str, int]:
    newest = select(PublishedRelease.kind, func.max(PublishedRelease.version)).group_by(PublishedRelease.kind)
    return {kind: version for kind, version in connection.execute(newest.order_by(PublishedRelease.kind))}  # noqa: C416


def _unequal(connection: Connection) -> list[UnequalShift]:
    of = ShiftClosing
    columns = (of.device, of.shift, of.claimed_entries, of.counted_entries, of.claimed_counts, of.counted_counts)
    rows = connection.execute(select(*columns).where(of.complete.is_(False)).order_by(of.device, of.sequence))
    return [UnequalShift(*row) for row in rows]
