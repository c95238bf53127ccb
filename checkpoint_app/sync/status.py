"""What the screen says about sync: one frozen value, put together from what push and pull last met."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from checkpoint_core.screening.model import Params
from checkpoint_core.trouble import Trouble

Connection = Literal["connected", "offline", "not-registry", "refused", "never", "not-enrolled"]
Way = Literal["push", "pull"]
WAYS: tuple[Way, ...] = ("push", "pull")

_CONNECTIONS: dict[str, Connection] = {
    "no-network": "offline",
    "name-not-found": "offline",
    "timeout": "offline",
    "cut-off": "offline",
    "not-the-registry": "not-registry",
    "bad-answer": "not-registry",
    "tls": "not-registry",
    "plain-http": "not-registry",
    "not-enrolled": "not-enrolled",
}


@dataclass(frozen=True)
class Failure:
    """What went wrong last: the sentence is `sync.<code>` with `params`."""

    way: Way
    code: str
    params: Params
    at: datetime


@dataclass(frozen=True)
class SyncStatus:
    """`failing` is what is wrong now (push before pull), `last_failure` also what has been mended since. Times are UTC.

    `seconds_left` estimates, from the measured rate, when nothing will be waiting; None when unknown or not sending.
    `clock_offset` is registry minus laptop in ms, None before the first contact.
    """

    connection: Connection = "never"
    waiting: int = 0
    quarantined: int = 0
    last_success: datetime | None = None
    last_failure: Failure | None = None
    failing: tuple[Failure, ...] = ()
    next_attempt: datetime | None = None
    seconds_left: int | None = None
    clock_offset: int | None = None
    met: bool = False  # the registry has answered since the program started


@dataclass
class Board:
    """Keeps the status, thread-safe, and tells `on_status` of each change (on the thread that caused it)."""

    on_status: Callable[[SyncStatus], None]
    status: SyncStatus = field(default_factory=SyncStatus)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _next: dict[Way, datetime] = field(default_factory=dict)

    def succeeded(self, way: Way, at: datetime) -> None:
        """Push or pull went well."""
        with self._lock:
            self._show(replace(self.status, met=True, last_success=at, failing=self._others(way)))

    def failed(self, way: Way, trouble: Trouble, at: datetime) -> None:
        """Push or pull met `trouble`."""
        failure = Failure(way, trouble.code, trouble.params, at)
        with self._lock:
            failing = tuple(sorted((*self._others(way), failure), key=lambda one: one.way, reverse=True))
            self._show(replace(self.status, last_failure=failure, failing=failing))

    def settled(self, way: Way) -> None:
        """There is nothing to do on this way, so nothing is wrong with it; says nothing of the connection."""
        with self._lock:
            self._show(replace(self.status, failing=self._others(way)))

    def note(self, **changes: int | None) -> None:
        """New figures: waiting, quarantined, seconds_left, clock_offset."""
        with self._lock:
            self._show(replace(self.status, **changes))  # type: ignore[arg-type]

    def expect(self, way: Way, at: datetime) -> None:
        """When push or pull will run next by itself."""
        with self._lock:
            self._next[way] = at
            self._show(replace(self.status, next_attempt=min(self._next.values())))

    def _others(self, way: Way) -> tuple[Failure, ...]:
        return tuple(one for one in self.status.failing if one.way != way)

    def _show(self, status: SyncStatus) -> None:
        status = replace(status, connection=_connection(status))
        if status != self.status:
            self.status = status
            self.on_status(status)


def _connection(status: SyncStatus) -> Connection:
    if status.failing:
        return _CONNECTIONS.get(status.failing[0].code, "refused")
    return "connected" if status.met else "never"
