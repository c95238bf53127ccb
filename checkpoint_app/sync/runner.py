"""Push and pull as two loops of their own, each with its own timer, back-off and alarm clock. No Qt."""

import logging
import random
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from checkpoint_app.sync import planner
from checkpoint_app.sync.engine import Clock, Connect, SyncEngine, connect
from checkpoint_app.sync.journal import SyncStore
from checkpoint_app.sync.planner import Outcome
from checkpoint_app.sync.status import SyncStatus, Way
from checkpoint_core.trouble import Trouble

_IDLE: dict[Way, float] = {"push": 60.0, "pull": 30.0}  # seconds between cycles when all is well
_log = logging.getLogger("checkpoint.sync")


class SyncRunner:
    """Keeps a store in sync from `start()` to `stop()`. `on_status` is called on the loops' threads."""

    def __init__(
        self,
        store: SyncStore,
        clock: Clock,
        on_status: Callable[[SyncStatus], None],
        *,
        connect: Connect = connect,
        idle: dict[Way, float] | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._engine = SyncEngine(store, clock, on_status, connect=connect)
        self._clock = clock
        idle = _IDLE | (idle or {})
        self._push = _Loop("push", self._engine.push_once, idle["push"], jitter, self._after)
        self._pull = _Loop("pull", self._engine.pull_once, idle["pull"], jitter, self._after)

    @property
    def status(self) -> SyncStatus:
        return self._engine.board.status

    def start(self) -> None:
        self._push.start()
        self._pull.start()

    def wake(self) -> None:
        """Try both at once: a new entry, the network's return, or the officer asks. Never cuts a Retry-After short."""
        self._push.wake()
        self._pull.wake()

    def stop(self, timeout: float = 5.0) -> bool:
        """End both loops and whatever they are doing; whether both ended in `timeout` seconds."""
        for loop in (self._push, self._pull):
            loop.ask_to_stop()
        self._engine.close()
        return self._push.join(timeout) & self._pull.join(timeout)

    def _after(self, loop: "_Loop", outcome: Outcome, recovered: bool, delay: float) -> None:
        """One way's success is news for the other: the network is back, or the registry has judged what it was sent."""
        if outcome.trouble and outcome.trouble.code == "fault":
            self._engine.board.failed(loop.way, outcome.trouble, self._clock())
        self._engine.board.expect(loop.way, self._clock() + timedelta(seconds=delay))
        sent_all = loop is self._push and outcome.moved and not outcome.more
        if recovered or sent_all:
            (self._pull if loop is self._push else self._push).wake()


class _Loop:
    """One verb, again and again, on a thread of its own."""

    def __init__(
        self,
        way: Way,
        verb: Callable[[], Outcome],
        idle: float,
        jitter: Callable[[], float],
        after: Callable[["_Loop", Outcome, bool, float], None],
    ) -> None:
        self.way = way
        self._verb, self._idle, self._jitter, self._after = verb, idle, jitter, after
        self._failures = 0
        self._woken, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"sync-{way}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._woken.set()

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self._woken.set()

    def join(self, timeout: float) -> bool:
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            outcome = self._cycle()
            recovered = self._failures > 0 and outcome.answered
            self._failures = self._failures + 1 if outcome.trouble else 0
            delay = planner.pause(outcome, self._failures, self._jitter(), self._idle)
            if not self._stopping.is_set():
                self._after(self, outcome, recovered, delay)
            self._wait(delay, planner.no_sooner(outcome))

    def _cycle(self) -> Outcome:
        try:
            return self._verb()
        except Exception as error:  # noqa: BLE001  the loop outlives a fault of ours; the log says where it is
            _log.exception("sync %s failed with %s", self.way, type(error).__name__)
            return Outcome(trouble=Trouble("fault"))

    def _wait(self, delay: float, no_sooner: float) -> None:
        started = time.monotonic()
        self._woken.wait(delay)
        self._stopping.wait(max(0.0, started + no_sooner - time.monotonic()))
