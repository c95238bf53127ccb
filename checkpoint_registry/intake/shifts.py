"""Closed shifts: what the laptop said it had recorded, against what is here."""

from collections.abc import Sequence

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, Row, select, text, update

from checkpoint_core.journal.payloads import ShiftClosed
from checkpoint_registry.database import copy_rows
from checkpoint_registry.intake.crossings import cell
from checkpoint_registry.intake.examination import Sound
from checkpoint_registry.intake.tables import ShiftClosing

_LARGEST = 2**63 - 1
_COLUMNS = (
    "entry", "device", "shift", "sequence", "claimed_entries", "claimed_counts", "counted_entries", "counted_counts",
    "complete",
)  # fmt: skip
_ENTRIES = text("SELECT count(*) FROM entries WHERE device = :device AND shift = :shift AND sequence < :sequence")
# Each crossing of the shift once, as it stood when the shift was closed.
_CROSSINGS = text("""
    SELECT direction || '/' || action AS kind, count(*) AS number FROM (
        SELECT DISTINCT ON (version.original) version.direction, version.action
        FROM crossings original
        JOIN crossings version ON version.original = original.entry AND version.device = original.device
        WHERE original.entry = original.original AND original.device = :device AND original.shift = :shift
          AND original.sequence < :sequence AND version.sequence < :sequence
        ORDER BY version.original, version.sequence DESC) counted
    GROUP BY 1
""")


def count_shifts(connection: Connection, device: str, items: Sequence[Sound]) -> None:
    """Note the closings among new entries, and count again every closed shift that got any."""
    closings = [row for item in items if (row := _closing(item, device))]
    if closings:
        copy_rows(connection, "shift_closings", _COLUMNS, closings)
    shifts = {item.entry.shift for item in items if item.entry.shift}
    columns = (
        ShiftClosing.entry,
        ShiftClosing.shift,
        ShiftClosing.sequence,
        ShiftClosing.claimed_entries,
        ShiftClosing.claimed_counts,
    )
    query = select(*columns).where(ShiftClosing.device == device, ShiftClosing.shift.in_(shifts))
    for closing in connection.execute(query).all():
        _count(connection, device, closing)


def _closing(item: Sound, device: str) -> tuple[object, ...] | None:
    payload = item.entry.payload
    if not isinstance(payload, ShiftClosed) or item.entry.shift is None:
        return None
    claimed = {cell(kind): number for kind, number in payload.counts.items() if number}
    entries = max(0, min(payload.entries, _LARGEST))
    return (item.entry.id, device, item.entry.shift, item.entry.sequence, entries, Jsonb(claimed), 0, Jsonb({}), False)


def _count(connection: Connection, device: str, closing: Row[str, str, int, int, dict[str, int]]) -> None:
    place = {"device": device, "shift": closing.shift, "sequence": closing.sequence}
    entries = connection.execute(_ENTRIES, place).scalar_one()
    counts = {row.kind: row.number for row in connection.execute(_CROSSINGS, place)}
    complete = entries == closing.claimed_entries and counts == closing.claimed_counts
    counted = update(ShiftClosing).where(ShiftClosing.entry == closing.entry)
    connection.execute(counted.values(counted_entries=entries, counted_counts=counts, complete=complete))
