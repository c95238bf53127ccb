"""One push, one pull: journal out and receipts in, changes in. Each is a plain call that ends; the runner repeats them."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from checkpoint_app.store.values import Enrolment
from checkpoint_app.sync import planner
from checkpoint_app.sync.journal import SyncStore
from checkpoint_app.sync.memory import Memory
from checkpoint_app.sync.planner import Outcome
from checkpoint_app.sync.status import Board, SyncStatus, Way
from checkpoint_core.signing import Signed
from checkpoint_core.trouble import Trouble

if TYPE_CHECKING:  # loaded with the first exchange: the network's libraries would cost every start a quarter of a second
    from checkpoint_app.sync.tokens import Tokens
    from checkpoint_app.sync.transport import Transport

Clock = Callable[[], datetime]
Connect: TypeAlias = "Callable[[Enrolment, Clock, timedelta | None], Transport]"

_CHANGES = 200  # releases and notices asked for at once
_STRAY_OFFSET = 500  # ms by which a measured clock must differ from the kept one to be worth a write
_PLENTY = 64_000_000  # bytes looked through for entries that were not refused
_REFUSED_IN_A_ROW = 3  # single entries refused one after the other: more likely the registry's trouble than theirs


class _Receipts(msgspec.Struct):
    receipts: list[Signed]


class _Changes(msgspec.Struct):
    cursor: int
    more: bool
    releases: list[Signed]
    notices: list[Signed]


@dataclass(frozen=True)
class _Registry:
    """Where we push to and pull from, as enrolled."""

    enrolment: Enrolment
    transport: "Transport"
    tokens: "Tokens"


@dataclass(frozen=True)
class Synced:
    """What one whole sync came to: both ways, each with its own trouble if it had one."""

    push: Outcome
    pull: Outcome


def connect(enrolment: Enrolment, clock: Clock, offset: timedelta | None) -> "Transport":
    """The way to the registry that this laptop is enrolled at."""
    from checkpoint_app.sync.transport import Transport

    return Transport(enrolment.url, enrolment.authority, clock, offset=offset)


class SyncEngine:
    """Pushes and pulls for one store. Push and pull may run on two threads; neither waits for the other."""

    def __init__(
        self,
        store: SyncStore,
        clock: Clock,
        on_status: Callable[[SyncStatus], None] = lambda _: None,
        *,
        connect: Connect = connect,
    ) -> None:
        self._memory = Memory(store)
        self.board = Board(on_status, self._memory.recall())
        self._store, self._clock, self._connect = store, clock, connect
        self._at: _Registry | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._batch = planner.FIRST_BATCH
        self._refused: dict[str, Trouble] = {}  # digests of entries refused alone: passed over until the rest is out
        self._in_a_row, self._taking = 0, False  # refused one after the other; taken since the last refusal
        self._rate = 0.0  # entries a second, smoothed

    def push_once(self) -> Outcome:
        """Send one batch of what is waiting and take in its receipts; `more` when the next should go at once."""
        return self._report("push", self._push)

    def pull_once(self) -> Outcome:
        """Fetch one page of changes and hand it to the store; `more` when there is another."""
        return self._report("pull", self._pull)

    def sync_once(self) -> Synced:
        """Push everything, then pull everything; each goes as far as it can whatever the other met."""
        return Synced(_exhaust(self.push_once), _exhaust(self.pull_once))

    def close(self) -> None:
        """End the exchanges under way; nothing is written to the store afterwards on their account."""
        self._closed = True
        with self._lock:
            if self._at:
                self._at.transport.close()

    def _report(self, way: Way, verb: Callable[[], Outcome]) -> Outcome:
        try:
            outcome = verb()
        except Trouble as trouble:
            outcome = Outcome(trouble=trouble)
        if self._closed:
            return outcome
        try:
            self._tell(way, outcome, self._clock())
        except Trouble as trouble:  # the store's: it could not keep how this went
            self.board.failed(way, trouble, self._clock())
        return outcome

    def _tell(self, way: Way, outcome: Outcome, at: datetime) -> None:
        if outcome.trouble:
            self.board.failed(way, outcome.trouble, at)
            self._memory.failed(way, outcome.trouble, at)
        elif outcome.answered:
            self.board.succeeded(way, at)
            self._memory.succeeded(way, at)
        elif not outcome.more:
            self.board.settled(way)

    def _push(self) -> Outcome:
        self._count()
        registry = self._registry()
        batch = self._next_batch()
        if not batch:
            return self._only_refused()
        started = time.monotonic()
        try:
            answer = registry.tokens.ask("/v1/entries", _Receipts, body=_body(batch))
        except Trouble as trouble:
            return self._push_failed(batch, trouble)
        finally:
            self._keep_offset(registry)
        accepted = self._store.accept(answer.receipts)
        return self._pushed(len(batch), accepted.accepted + accepted.quarantined, time.monotonic() - started)

    def _next_batch(self) -> list[Signed]:
        waiting = self._store.waiting(self._batch + len(self._refused), _PLENTY)
        due = [entry for entry in waiting if entry.digest not in self._refused][: self._batch]
        return due[: planner.fitting([len(msgspec.json.encode(entry)) for entry in due])]

    def _only_refused(self) -> Outcome:
        """Nothing is left to send but what was refused: tried again, at once if others were taken meanwhile, and shown."""
        trouble = None if self._taking else next(iter(self._refused.values()), None)
        more = self._taking and bool(self._refused)
        self._refused.clear()
        return Outcome(more=more, trouble=trouble)

    def _push_failed(self, batch: list[Signed], trouble: Trouble) -> Outcome:
        self._batch = planner.halve(len(batch))
        if planner.next_step(trouble) != "halve":
            return Outcome(trouble=trouble)
        if len(batch) > 1:
            return Outcome(more=True)
        self._refused[batch[0].digest], self._taking = trouble, False
        self._in_a_row = (self._in_a_row + 1) % _REFUSED_IN_A_ROW
        return Outcome(more=self._in_a_row != 0, trouble=trouble)

    def _pushed(self, sent: int, acknowledged: int, seconds: float) -> Outcome:
        if not acknowledged:
            self._batch = planner.halve(sent)
            return Outcome(trouble=Trouble("no-receipts"))
        self._batch, self._in_a_row, self._taking = planner.grow(self._batch), 0, True
        rate = acknowledged / max(seconds, 0.001)
        self._rate = rate if not self._rate else (self._rate + rate) / 2
        return Outcome(acknowledged, more=self._count() > 0, answered=True)

    def _count(self) -> int:
        """Tell how much waits; returns it."""
        backlog = self._store.backlog()
        left = round(backlog.waiting / self._rate) if backlog.waiting and self._rate else None
        self.board.note(waiting=backlog.waiting, quarantined=backlog.quarantined, seconds_left=left)
        return backlog.waiting

    def _pull(self) -> Outcome:
        registry, cursor = self._registry(), self._store.cursor()
        try:
            page = registry.tokens.ask(f"/v1/changes?after={cursor}&limit={_CHANGES}", _Changes)
        finally:
            self._keep_offset(registry)
        if page.more and page.cursor == cursor:
            raise Trouble("bad-answer")
        if page.cursor != cursor:  # lower: the registry was restored from a backup and starts over
            self._store.apply(page.cursor, page.releases, page.notices)
        return Outcome(len(page.releases) + len(page.notices), more=page.more, answered=True)

    def _registry(self) -> _Registry:
        enrolment = self._store.enrolment()
        if enrolment is None:
            raise Trouble("not-enrolled")
        with self._lock:
            if self._closed:
                raise Trouble("cut-off")
            if self._at is None or self._at.enrolment != enrolment:
                self._at = self._reach(enrolment)
            return self._at

    def _reach(self, enrolment: Enrolment) -> _Registry:
        from checkpoint_app.sync.tokens import Tokens

        kept = self._store.clock_offset()
        offset = None if kept is None else timedelta(milliseconds=kept)
        transport = self._connect(enrolment, self._clock, offset)
        return _Registry(enrolment, transport, Tokens(transport, self._store.device, self._store.device_key()))

    def _keep_offset(self, registry: _Registry) -> None:
        if self._closed:
            raise Trouble("cut-off")  # the store may be closing too
        if registry.transport.offset is None:
            return
        measured, kept = round(registry.transport.offset / timedelta(milliseconds=1)), self._store.clock_offset()
        if kept is None or abs(measured - kept) > _STRAY_OFFSET:
            self._store.set_clock_offset(measured)
        self.board.note(clock_offset=measured)


def _body(batch: list[Signed]) -> bytes:
    return msgspec.json.encode({"entries": batch})


def _exhaust(verb: Callable[[], Outcome]) -> Outcome:
    """Repeat `verb` until there is no more to do at once; the sum of what moved, the last trouble."""
    moved = 0
    while True:
        outcome = verb()
        moved += outcome.moved
        if not outcome.more:
            return replace(outcome, moved=moved)
