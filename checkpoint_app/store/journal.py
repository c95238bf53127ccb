"""The append-only journal of this laptop: every entry is sealed and kept in one transaction with what it changes."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import uuid_utils
from sqlalchemy import Connection, select

from checkpoint_app.store.database import Database, run
from checkpoint_app.store.facts import Clock, Facts
from checkpoint_app.store.models import EntryRow
from checkpoint_app.store.projection import clear, project
from checkpoint_app.store.times import iso, parse
from checkpoint_core.journal.chain import Break, check_chain
from checkpoint_core.journal.entries import GENESIS, Entry, read_entry, seal
from checkpoint_core.journal.payloads import Access, CrossingCorrected, Payload
from checkpoint_core.signing import Signed

JUMP = timedelta(minutes=5)
_LAST = select(EntryRow.sequence, EntryRow.digest, EntryRow.at).order_by(EntryRow.sequence.desc()).limit(1)
_INSERT = (
    "INSERT INTO entries (sequence, id, at, officer, shift, kind, corrects, body, signature, digest)"
    " VALUES (:sequence, :id, :at, :officer, :shift, :kind, :corrects, :body, :signature, :digest)"
)


@dataclass(frozen=True)
class _Link:
    """Where the chain stands: what the next entry follows."""

    sequence: int = 0
    digest: str = GENESIS
    at: str | None = None


class Journal(Facts):
    """Appends, reads back and proves the entries."""

    def __init__(self, database: Database, clock: Clock, steady: Callable[[], float]) -> None:
        super().__init__(database, clock, steady)
        self._anchor = (clock(), steady())
        self._appending = threading.Lock()
        self._link: _Link | None = None

    def append(
        self,
        payload: Payload | Callable[[Connection], Payload],
        *,
        officer: str,
        shift: str | None,
        also: Callable[[Connection], None] | None = None,
        entry_id: str | None = None,
    ) -> Entry:
        """Keep one entry, durably, with the read tables it changes and whatever `also` changes, or nothing of it.

        A `payload` that depends on the database is a function, called inside the transaction. `entry_id` is the entry's
        UUIDv7 where the caller made one beforehand. A clock that jumped is written down first, as an entry of its own.
        """
        with self._appending:
            link, self._link = self._link, None  # believed again only after the commit
            with self.database.writing() as connection:
                now, steady = self.clock(), self._steady()
                link = link or self._last(connection)
                if jump := self._jump(link, now, steady):
                    link = self._keep_entry(connection, link, jump, officer, shift, now, None)[1]
                said = payload(connection) if callable(payload) else payload
                entry, link = self._keep_entry(connection, link, said, officer, shift, now, entry_id)
                if also:
                    also(connection)
            self._link, self._anchor = link, (now, steady)
        return entry

    def entries(self, after: int = 0) -> Iterator[Signed]:
        """Every kept entry with a sequence above `after`, in order."""
        with self.database.reading() as session:
            wanted = select(EntryRow.body, EntryRow.signature).where(EntryRow.sequence > after).order_by(EntryRow.sequence)
            for row in session.execute(wanted.execution_options(yield_per=500)):
                yield Signed(row.body, row.signature)

    def breaks(self) -> list[Break]:
        """Where the chain of entries does not hold; none is how it should be."""
        return list(check_chain(self.entries(), self.device_key().public_key(), self.device))

    def rebuild(self) -> None:
        """Make the read tables again from the journal alone."""
        with self.database.writing() as connection:
            clear(connection)
            for body in connection.scalars(select(EntryRow.body).order_by(EntryRow.sequence)).all():
                project(connection, read_entry(body))

    def _last(self, connection: Connection) -> _Link:
        row = connection.execute(_LAST).one_or_none()
        return _Link(*row) if row else _Link()

    def _jump(self, link: _Link, now: datetime, steady: float) -> Access | None:
        then, counted = self._anchor
        expected = then + timedelta(seconds=steady - counted)
        if link.at is not None and iso(now) < link.at:
            expected = max(expected, parse(link.at))
        elif abs(now - expected) <= JUMP:
            return None
        return Access("clock-jumped", {"expected": iso(expected), "shown": iso(now)})

    def _keep_entry(
        self,
        connection: Connection,
        link: _Link,
        said: Payload,
        officer: str,
        shift: str | None,
        now: datetime,
        entry_id: str | None,
    ) -> tuple[Entry, _Link]:
        entry = Entry(
            id=entry_id or new_id(),
            device=self.device,
            sequence=link.sequence + 1,
            at=iso(now),
            clock_offset_ms=self.clock_offset(),
            officer=officer,
            shift=shift,
            previous=link.digest,
            payload=said,
        )
        signed = seal(entry, self.device_key())
        run(connection, _INSERT, _row(entry, signed, digest := signed.digest))
        project(connection, entry)
        return entry, _Link(entry.sequence, digest, entry.at)


def new_id() -> str:
    """A fresh UUIDv7: unique everywhere, and in order of making."""
    return str(uuid_utils.uuid7())


def _row(entry: Entry, signed: Signed, digest: str) -> dict[str, str | int | None]:
    return {
        "sequence": entry.sequence,
        "id": entry.id,
        "at": entry.at,
        "officer": entry.officer,
        "shift": entry.shift,
        "kind": str(entry.payload.__struct_config__.tag),
        "corrects": entry.payload.corrects if isinstance(entry.payload, CrossingCorrected) else None,
        "body": signed.body,
        "signature": signed.signature,
        "digest": digest,
    }
