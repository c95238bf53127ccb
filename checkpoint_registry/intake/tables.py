"""Tables of what came in: entries as they were signed, what was quarantined, and the plain columns made from both."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, JSONB, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from checkpoint_registry.database import Base

Moment = DateTime(timezone=True)


class StoredEntry(Base):
    """An entry as it came, with the receipt it got. The two unique constraints make a repeat harmless.

    `chain` is 'broken' where it does not fit the neighbours that were here first (its receipt says 'bad-chain')."""

    __tablename__ = "entries"
    __table_args__ = (UniqueConstraint("device", "sequence"), Index(None, "device", "shift"))

    id: Mapped[str] = mapped_column(primary_key=True)
    device: Mapped[str] = mapped_column(ForeignKey("devices.id"))
    sequence: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]
    previous: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    received_at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str]
    officer: Mapped[str]
    shift: Mapped[str | None]
    chain: Mapped[str]
    body: Mapped[str]
    signature: Mapped[str]
    receipt_body: Mapped[str]
    receipt_signature: Mapped[str]


class Quarantined(Base):
    """Bytes that a device sent and that can never be an entry, or whose place is taken by others; with their receipt."""

    __tablename__ = "quarantined"

    device: Mapped[str] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(primary_key=True)  # digest of the signature: another signature is another thing
    reason: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(Moment)
    body: Mapped[bytes] = mapped_column(BYTEA)  # as sent: it may hold what text may not
    signature: Mapped[bytes] = mapped_column(BYTEA)
    receipt_body: Mapped[str]
    receipt_signature: Mapped[str]


class CrossingVersion(Base):
    """A crossing as one entry tells it. `original` is the entry that recorded it first; of its versions the newest is
    `current`, and none is before the original has come. `at` is when it happened, by the registry's clock."""

    __tablename__ = "crossings"
    __table_args__ = (
        Index(None, "original"),
        Index(None, "device", "shift"),
        Index(None, "checkpoint", "at"),
        Index(None, "plate"),
    )

    entry: Mapped[str] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    original: Mapped[str]
    current: Mapped[bool]
    device: Mapped[str]
    sequence: Mapped[int] = mapped_column(BigInteger)
    shift: Mapped[str | None]
    officer: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    checkpoint: Mapped[str]
    lane: Mapped[str]
    direction: Mapped[str]
    action: Mapped[str]
    override: Mapped[bool]
    vehicle: Mapped[str | None]
    plate: Mapped[str | None]


class TravellerRow(Base):
    """One traveller of one version of a crossing, and what the population register said (`check`, `differing`)."""

    __tablename__ = "travellers"
    __table_args__ = (Index(None, "number"), Index(None, "folded"), Index(None, "origin_unit"))

    entry: Mapped[str] = mapped_column(ForeignKey("crossings.entry"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    name: Mapped[str | None]
    folded: Mapped[str | None]
    birth_date: Mapped[str | None]
    sex: Mapped[str | None]
    verdict: Mapped[str]
    origin_unit: Mapped[str | None]
    destination_units: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    checked: Mapped[str]
    differing: Mapped[list[str]] = mapped_column(ARRAY(TEXT))


class ShiftClosing(Base):
    """What a laptop said when it closed a shift, and what the registry counts for it as entries come."""

    __tablename__ = "shift_closings"
    __table_args__ = (Index(None, "device", "shift"),)

    entry: Mapped[str] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    device: Mapped[str]
    shift: Mapped[str]
    sequence: Mapped[int] = mapped_column(BigInteger)
    claimed_entries: Mapped[int] = mapped_column(BigInteger)
    claimed_counts: Mapped[dict[str, int]] = mapped_column(JSONB)
    counted_entries: Mapped[int] = mapped_column(BigInteger)
    counted_counts: Mapped[dict[str, int]] = mapped_column(JSONB)
    complete: Mapped[bool]
