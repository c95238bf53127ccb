"""Which page is in front when, from the first start to the lock, and where a card goes."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QImage
from PySide6.QtWidgets import QApplication, QWidget

from checkpoint_app.scanner.code import Code
from checkpoint_app.scanner.frames import CameraState, Frame
from checkpoint_app.store.values import CrossingRow, Officer, Shift, ShiftSummary
from checkpoint_app.sync.status import SyncStatus
from checkpoint_app.ui import messages
from checkpoint_app.ui.background import Background, Relay
from checkpoint_app.ui.desk import Desk
from checkpoint_app.ui.first_start_page import FirstStartPage
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.open_shift_page import OpenShiftPage
from checkpoint_app.ui.page import Page
from checkpoint_app.ui.scan.camera_view import picture
from checkpoint_app.ui.scan_page import ScanPage
from checkpoint_app.ui.sign_in_page import SignInPage
from checkpoint_app.ui.sounds import Sounds
from checkpoint_app.ui.top_bar import Counts
from checkpoint_app.ui.window import Window

_AGE_MS = 30_000  # how often words with an age are said anew
_COUNT_MS = 250  # of quiet before the shift is counted
_NOT_KEPT = ("disk-full", "disk-error", "database-locked")


class Conductor(QObject):
    """Makes the window with its gates and the scan page. Other pages: `window.add_page(page, key)`.

    `frames`, `codes`, `camera`, `status`, `lists` may be called from any thread: they are what scanner and sync call back.
    `recorded` is sent after each crossing kept (wake the sync runner), `enrolled` after an enrolment.
    """

    recorded = Signal(object)
    enrolled = Signal()

    def __init__(
        self,
        look: Look,
        background: Background,
        desk: Desk,
        sounds: Sounds,
        application: QApplication,
        clipboard: QClipboard,
    ) -> None:
        super().__init__()
        self._look, self._background, self._desk = look, background, desk
        self.on_duty = OnDuty(self)
        self.window = Window(look, desk.clock, application)
        self.first_start = FirstStartPage(look, background, desk.door)
        self.sign_in = SignInPage(look, background, desk.door)
        self.open_shift = OpenShiftPage(look, background, desk.lanes, self.on_duty)
        self.scan = ScanPage(look, background, desk, self.on_duty, sounds, application, clipboard)
        self._behind: QWidget | None = None  # the page that the lock stands before
        self._status: SyncStatus | None = None
        self._counts: Counts | None = None
        self._clock_told: str | None = None
        self._frames = Relay[QImage](self.scan.show_frame, self, latest=True)
        self._codes = Relay[list[Code]](self._take, self)
        self._camera = Relay[CameraState](self.scan.show_camera_state, self)
        self._statuses = Relay[SyncStatus](self._show_status, self, latest=True)
        self._lists = Relay[None](self._listed, self, latest=True)
        self.codes: Callable[[list[Code]], None] = self._codes.send
        self.camera: Callable[[CameraState], None] = self._camera.send
        self.status: Callable[[SyncStatus], None] = self._statuses.send
        self._ageing, self._counting = QTimer(self, interval=_AGE_MS), QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._assemble()

    def frames(self, frame: Frame) -> None:
        """A frame of the camera (h, w, 3 BGR); its preview is made here, on the scanner's thread."""
        self._frames.send(picture(frame))

    def lists(self) -> None:
        """Reference data came, or receipts and notices: what is shown of them is old."""
        self._lists.send(None)

    def start(self) -> None:
        """Show the window: the first start, or signing in."""
        self.window.show()
        self._background.database(self._desk.door.officers, self, self._begin, self.window.tell)
        # the table of units is read before anybody types a place
        self._background.elsewhere(partial(self._desk.barrier.search_units, "ha"), self, _known, self.window.tell)

    def close(self) -> None:
        """Let nothing through any more; then close the background."""
        self._look.words_changed.disconnect(self._say_status)
        for timer in (self._ageing, self._counting):
            timer.stop()
        for relay in (self._frames, self._codes, self._camera, self._statuses, self._lists):
            relay.close()
        self._background.close()

    @property
    def locked(self) -> bool:
        """Whether the lock stands before the page."""
        return self._behind is not None

    def _assemble(self) -> None:
        window = self.window
        for gate in (self.first_start, self.sign_in, self.open_shift):
            window.add_gate(gate)
        window.add_page(self.scan, "F5")
        window.lock_asked.connect(self.lock)
        window.idle.connect(self.lock)
        self.first_start.done.connect(self._first_done)
        self.sign_in.signed_in.connect(self._signed_in)
        self.sign_in.sign_out_asked.connect(self.sign_out)
        self.open_shift.opened.connect(self._opened)
        self.open_shift.sign_out_asked.connect(self.sign_out)
        self.scan.recorded.connect(self._recorded)
        self.scan.entered.connect(self._counting.start)  # corrections may have changed the counts
        self.on_duty.changed.connect(self._duty_changed)
        self._ageing.timeout.connect(self._say_status)
        self._ageing.start()
        self._counting.timeout.connect(self._count)
        self._look.words_changed.connect(self._say_status)
        window.go(self.sign_in)

    def lock(self) -> None:
        """Hide everything behind the PIN of whoever is signed in."""
        officer = self.on_duty.officer
        if officer is not None and not self.locked:
            self._behind = self.window.front
            self.sign_in.lock(officer)
            self.window.go(self.sign_in)

    def sign_out(self) -> None:
        """Nobody is at the laptop; an open shift stays open."""
        self._behind = None
        self.on_duty.sign_out()
        self.sign_in.lock(None)
        self.window.go(self.sign_in)

    def _begin(self, officers: list[Officer]) -> None:
        self.window.go(self.sign_in if officers else self.first_start)

    def _first_done(self) -> None:
        self.enrolled.emit()
        self.window.go(self.sign_in)

    def _signed_in(self, officer: Officer) -> None:
        behind, self._behind = self._behind, None
        self.sign_in.lock(None)
        if behind is not None and isinstance(behind, Page):
            self.window.go(behind)
            return
        self.on_duty.sign_in(officer)
        self.window.go(self.open_shift)

    def _opened(self, shift: Shift) -> None:
        self.on_duty.take(shift)
        self.window.go(self.scan)

    def _duty_changed(self) -> None:
        shift = self.on_duty.shift
        self.window.bar.show_shift(shift)
        self._mind_clock()
        self._show_counts(None)
        if shift is not None:
            self._counting.start()
            return
        self.scan.encounter.forget()  # nothing of it belongs to another shift or officer
        if self.on_duty.officer is not None and self.window.front is not self.sign_in:
            self.window.go(self.open_shift)  # the shift was closed

    def _recorded(self, row: CrossingRow) -> None:
        """Count on: summing up the whole shift each time would hold the database while the next card waits."""
        for trouble in _NOT_KEPT:  # whatever it was, it is over
            self.window.banner.withdraw(trouble)
        if self._counts is not None:
            back = row.crossing.decision.action == "turned-back"
            self._show_counts(Counts(self._counts.crossings + 1, self._counts.turned_back + back))
        self.recorded.emit(row)

    def _show_counts(self, counts: Counts | None) -> None:
        self._counts = counts
        self.window.bar.show_counts(counts)

    def _count(self) -> None:
        shift = self.on_duty.shift
        if shift is not None:
            self._background.database(partial(self._desk.lanes.summary, shift.id), self, self._counted, self.window.tell)

    def _counted(self, summary: ShiftSummary) -> None:
        shift = self.on_duty.shift
        if shift is not None and shift.id == summary.shift.id:
            back = sum(count for (_, action), count in summary.by_decision.items() if action == "turned-back")
            self._show_counts(Counts(summary.crossings, back))

    def _take(self, codes: list[Code]) -> None:
        """A card before the camera goes to the page in front that can use it; while locked, to nobody."""
        if self.window.front is self.first_start:
            self.first_start.take_text(codes[0].text)
        elif self.on_duty.shift is not None and not self.locked:
            self.window.stir()
            if self.window.front is not self.scan:
                self.window.go(self.scan)
            self.scan.take_codes(codes)

    def _show_status(self, status: SyncStatus) -> None:
        before, self._status = self._status, status
        self._say_status()
        if before and (before.waiting, before.quarantined) != (status.waiting, status.quarantined):
            self._listed(None)

    def _say_status(self) -> None:
        self._mind_clock()
        if self._status is not None:
            self.window.bar.show_sync(*messages.sync(self._look, self._status, self._desk.clock()))

    def _mind_clock(self) -> None:
        """Say once that the laptop's clock is wrong, and take it back when it is right."""
        trouble = messages.clock(self._status, self._desk.clock())
        code = trouble.code if trouble else None
        if code == self._clock_told:
            return
        for other in messages.CLOCK_TROUBLES:
            self.window.banner.withdraw(other)
        self._clock_told = code
        if trouble:
            self.window.tell(trouble)

    def _listed(self, _: None) -> None:
        if self.window.front is self.scan:
            self.scan.refresh()


def _known(_: object) -> None:
    """The table has been read; nothing more to do."""
