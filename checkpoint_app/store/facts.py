"""What there is one of on a laptop: identity, enrolment, the clock's offset, how syncing went, a half-filled form."""

import time
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Literal, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from checkpoint_app.store.database import Database
from checkpoint_app.store.models import FactRow, replacing
from checkpoint_app.store.values import Draft, Enrolment, SyncFacts

T = TypeVar("T")
Clock = Callable[[], datetime]
Way = Literal["push", "pull"]


class Facts:
    """The one-of-a-kind facts, each a small JSON value under a name. `steady` counts seconds and never jumps."""

    def __init__(self, database: Database, clock: Clock, steady: Callable[[], float]) -> None:
        self.database = database
        self.clock = clock
        self._steady = steady
        self.device, self._device_key = self._identity()
        self._clock_offset = self._fact("clock-offset", int)

    def device_key(self) -> Ed25519PrivateKey:
        """The key this laptop signs with; it never leaves the encrypted database but in memory."""
        return self._device_key

    def enrolment(self) -> Enrolment | None:
        """What enrolment pinned, or None before it."""
        return self._fact("enrolment", Enrolment)

    def keep_enrolment(self, enrolment: Enrolment) -> None:
        self._keep("enrolment", enrolment)

    def cursor(self) -> int:
        """Up to where the registry's changes have been taken in; 0 before the first."""
        return self._fact("cursor", int) or 0

    def clock_offset(self) -> int | None:
        """Registry's clock minus this one in ms, as last measured."""
        return self._clock_offset

    def set_clock_offset(self, ms: int) -> None:
        self._keep("clock-offset", ms)
        self._clock_offset = ms

    def sync_facts(self, way: Way) -> SyncFacts:
        """How pushing or pulling last went, across restarts."""
        return self._fact(f"sync-{way}", SyncFacts) or SyncFacts()

    def keep_sync_facts(self, way: Way, facts: SyncFacts) -> None:
        self._keep(f"sync-{way}", facts)

    def draft(self) -> Draft | None:
        """The half-filled form, if one was left."""
        return self._fact("draft", Draft)

    def keep_draft(self, draft: Draft) -> None:
        self._keep("draft", draft)

    def drop_draft(self) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(FactRow).where(FactRow.name == "draft"))

    def _identity(self) -> tuple[str, Ed25519PrivateKey]:
        with self.database.writing() as connection:
            device, key = read_fact(connection, "device", str), read_fact(connection, "device-key", bytes)
            if device is None or key is None:
                device, key = str(uuid.uuid4()), Ed25519PrivateKey.generate().private_bytes_raw()
                keep_fact(connection, "device", device)
                keep_fact(connection, "device-key", key)
        return device, Ed25519PrivateKey.from_private_bytes(key)

    def _fact(self, name: str, kind: type[T]) -> T | None:
        with self.database.reading() as session:
            return read_fact(session, name, kind)

    def _keep(self, name: str, value: object) -> None:
        with self.database.writing() as connection:
            keep_fact(connection, name, value)


def read_fact(session: Session | Connection, name: str, kind: type[T]) -> T | None:
    """The fact called `name`, or None."""
    text = session.scalar(select(FactRow.value).where(FactRow.name == name))
    return None if text is None else msgspec.json.decode(text, type=kind)


def keep_fact(connection: Connection, name: str, value: object) -> None:
    """Set the fact called `name`."""
    text = msgspec.json.encode(value).decode()
    connection.execute(replacing(FactRow).values(name=name, value=text))


def steady() -> float:
    """Seconds that pass also while the laptop sleeps, whatever happens to its clock."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; elsewhere monotonic() counts sleep already
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)
