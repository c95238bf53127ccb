"""The one door off the GUI thread: plain functions go out to workers, their answers come back on the GUI thread."""

import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from checkpoint_core.trouble import Trouble

T = TypeVar("T")


@dataclass(frozen=True)
class _Asked:
    """Who waits for an answer, weakly: a page that is gone hears nothing."""

    owner: "weakref.ref[QObject]"
    done: Callable[[Any], None]
    failed: Callable[[Trouble], None]


class Background(QObject):
    """Lives on the GUI thread. One worker serialises everything that touches the database; a pool takes the rest."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None, *, workers: int = 3) -> None:
        super().__init__(parent)
        self._database = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="pool")
        self._closed = False
        self._finished.connect(self._deliver)

    def database(
        self, job: Callable[[], T], owner: QObject, done: Callable[[T], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Run `job` after every database job asked before it; `done` or `failed` is called on the GUI thread.

        A `Trouble` goes to `failed`. Any other exception is a bug: `failed` hears Trouble('program-fault'), so that nobody
        waits for ever, and the exception itself is raised on the GUI thread, for `sys.excepthook`.
        Nothing is called once `owner` is deleted or the door is closed.
        """
        self._submit(self._database, job, owner, done, failed)

    def elsewhere(
        self, job: Callable[[], T], owner: QObject, done: Callable[[T], None], failed: Callable[[Trouble], None]
    ) -> None:
        """As `database`, for work that may take long and does not hold the store: decoding, the network, exports."""
        self._submit(self._pool, job, owner, done, failed)

    def close(self) -> None:
        """Finish what was asked of the database (a decision may be among it), drop what else waits, deliver nothing more.
        The threads are gone when it returns."""
        self._closed = True
        self._database.shutdown(wait=True)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(
        self,
        executor: ThreadPoolExecutor,
        job: Callable[[], T],
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Trouble], None],
    ) -> None:
        if self._closed:
            return
        asked = _Asked(weakref.ref(owner), done, failed)
        executor.submit(job).add_done_callback(lambda future: self._finished.emit((future, asked)))

    @Slot(object)
    def _deliver(self, outcome: tuple[Future[Any], _Asked]) -> None:
        future, asked = outcome
        owner = asked.owner()
        if self._closed or owner is None or not isValid(owner):
            return
        error = future.exception()
        if error is None:
            asked.done(future.result())
        elif isinstance(error, Trouble):
            asked.failed(error)
        else:
            asked.failed(Trouble("program-fault"))
            raise error


class Relay(QObject, Generic[T]):
    """Brings one kind of event from any thread to `receiver` on the GUI thread; make one a kind, on the GUI thread.

    With `latest`, events that come faster than the GUI takes them are dropped but for the newest: for camera frames.
    """

    _sent = Signal(object)

    def __init__(self, receiver: Callable[[T], None], parent: QObject, *, latest: bool = False) -> None:
        super().__init__(parent)
        self._receiver = receiver
        self._latest = latest
        self._lock = threading.Lock()
        self._waiting: list[T] = []
        self._closed = False
        # queued also for a sender on the GUI thread, who holds the lock
        self._sent.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def send(self, event: T) -> None:
        """Call from any thread; does not wait."""
        with self._lock:
            if self._closed:
                return
            announced = bool(self._waiting)
            self._waiting = [event] if self._latest else [*self._waiting, event]
            if not announced:
                self._sent.emit(None)

    def close(self) -> None:
        """Drop what comes from now on: call before the receiver goes."""
        with self._lock:
            self._closed = True
            self._waiting = []

    @Slot(object)
    def _deliver(self, _: object) -> None:
        with self._lock:
            events, self._waiting = self._waiting, []
        for event in events:
            self._receiver(event)
