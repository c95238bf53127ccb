"""The tables: the journal, the read tables made from it, reference data in force, officers, and facts about this laptop."""

from sqlalchemy import ForeignKey, Index, Insert, MetaData, Table, insert, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Full-text index over `crossings.found_by`: names without diacritics, numbers and plates. Any three letters in a row are
# found at once, whichever part of a number or plate the officer remembers. It keeps no copy of the text, as every page
# that a save touches is paid for in milliseconds; for the same reason there are no more indexes than reads need.
SEARCH = "crossing_search"


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


def table_of(model: type[Base]) -> Table:
    """The bare table: the ORM's bulk statements cost more than what they do."""
    assert isinstance(model.__table__, Table)
    return model.__table__


def replacing(model: type[Base]) -> Insert:
    """An insert that takes the place of the row with the same key."""
    return insert(table_of(model)).prefix_with("OR REPLACE")


class EntryRow(Base):
    """One line of the journal, never changed; beside it what the registry answered (None: waiting), and `left`: nothing is
    to be done about a quarantine any more, since the entry was superseded or a person settled it."""

    __tablename__ = "entries"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(unique=True)
    at: Mapped[str]
    officer: Mapped[str]
    shift: Mapped[str | None]
    kind: Mapped[str]
    corrects: Mapped[str | None]
    body: Mapped[str]
    signature: Mapped[str]
    digest: Mapped[str]
    outcome: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    left: Mapped[bool] = mapped_column(default=False, server_default="0")

    __table_args__ = (
        Index("ix_entries_waiting", "sequence", sqlite_where=text("outcome IS NULL")),
        Index("ix_entries_quarantined", "sequence", sqlite_where=text("outcome = 'quarantined'")),
        Index("ix_entries_corrects", "corrects", sqlite_where=text("corrects IS NOT NULL")),
        Index("ix_entries_shift", "shift", "outcome"),
    )


def crossing_of(row: EntryRow) -> str | None:
    """The id of the crossing that an entry records or corrects."""
    return row.corrects or (row.id if row.kind == "crossing-recorded" else None)


class ReceiptRow(Base):
    """The registry's signed answer for one entry, as it came."""

    __tablename__ = "receipts"

    sequence: Mapped[int] = mapped_column(ForeignKey("entries.sequence"), primary_key=True, autoincrement=False)
    body: Mapped[str]
    signature: Mapped[str]


class ShiftRow(Base):
    __tablename__ = "shifts"

    id: Mapped[str] = mapped_column(primary_key=True)
    officer: Mapped[str] = mapped_column(index=True)
    checkpoint: Mapped[str]
    lane: Mapped[str]
    direction: Mapped[str]
    opened_at: Mapped[str]
    closed_at: Mapped[str | None]
    note: Mapped[str]
    handed_to: Mapped[str | None]


class CrossingRecord(Base):
    """Where a crossing stands: `sequence` and `id` are those of its first entry, `latest` is the sequence of the entry that
    holds its present content, `happened` when it took place."""

    __tablename__ = "crossings"

    sequence: Mapped[int] = mapped_column(ForeignKey("entries.sequence"), primary_key=True, autoincrement=False)
    id: Mapped[str]
    latest: Mapped[int] = mapped_column(ForeignKey("entries.sequence"))
    corrected: Mapped[int]
    shift: Mapped[str]
    officer: Mapped[str]
    at: Mapped[str]
    happened: Mapped[str] = mapped_column(index=True)
    found_by: Mapped[str]


class NumberRow(Base):
    """Each whole number (personal, old, of a document) by which a traveller of a crossing is known."""

    __tablename__ = "traveller_numbers"
    __table_args__ = ({"sqlite_with_rowid": False},)

    number: Mapped[str] = mapped_column(primary_key=True)
    crossing: Mapped[int] = mapped_column(ForeignKey("crossings.sequence"), primary_key=True)


class ReleaseRow(Base):
    """The release of one kind that is in force."""

    __tablename__ = "releases"

    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    issued: Mapped[str]
    applied_at: Mapped[str]
    body: Mapped[str]
    signature: Mapped[str]


class RefusedRow(Base):
    """A release or notice that was not believed or not applied, kept with the reason."""

    __tablename__ = "refused_releases"

    digest: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    version: Mapped[int]
    reason: Mapped[str]
    at: Mapped[str]
    body: Mapped[str]
    signature: Mapped[str]


class VerificationRow(Base):
    """The population register's answer about one traveller of one entry."""

    __tablename__ = "verifications"

    entry: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    crossing: Mapped[str] = mapped_column(index=True)
    number: Mapped[str] = mapped_column(index=True)
    at: Mapped[str]
    content: Mapped[str]


class OfficerRow(Base):
    """`failures` wrong PINs since the last right one; none is tried before `locked_until`."""

    __tablename__ = "officers"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    pin: Mapped[str]
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    locked_until: Mapped[str | None]


class FactRow(Base):
    """What there is one of: the device, its enrolment, the cursor, the clock's offset, the last sync, the draft (JSON)."""

    __tablename__ = "facts"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
