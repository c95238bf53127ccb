"""The exchange with the registry: connected or not and why, what waits, what came back, how old the lists are."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from checkpoint_app.store.facts import Clock
from checkpoint_app.store.values import Enrolment, Quarantined, ReferenceAge, Refused
from checkpoint_app.sync.status import Failure, SyncStatus
from checkpoint_app.ui import messages
from checkpoint_app.ui.back_desk import Line
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.enrolment_form import EnrolmentForm, EnrolmentWish
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.page import Page
from checkpoint_app.ui.reference_table import ReferenceTable
from checkpoint_app.ui.widgets import Card, KeyButton, clear, column, restyle, row, text
from checkpoint_app.ui.wording import clock_time, moment
from checkpoint_core.trouble import Trouble

LOOK_MS = 1_000  # how often the status is looked at while the page is in front
_TONES = {"connected": ("sent", "clear"), "never": ("waiting", "idle"), "not-enrolled": ("attention", "attention")}
FACTS = ("waiting", "returned", "last-success", "next", "clock")


@dataclass(frozen=True)
class Stored:
    """What the store says of the exchange."""

    enrolment: Enrolment | None
    ages: tuple[ReferenceAge, ...]
    refused: list[Refused]
    returned: list[Quarantined]


class SyncPage(Page):
    """`returned_asked` leads to the crossings that came back; `enrolled` is sent after an enrolment."""

    name = "sync"
    returned_asked = Signal()
    enrolled = Signal()

    def __init__(self, look: Look, background: Background, on_duty: OnDuty, line: Line, clock: Clock) -> None:
        super().__init__(look, background)
        self._on_duty, self._line, self._clock = on_duty, line, clock
        self._status: SyncStatus | None = None
        self._stored: Stored | None = None
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._icon, self._connection = QLabel(), text("heading")
        self.now = KeyButton(look, "sync", "Ctrl+R", role="primary")
        self._failures = text("", wrap=True)
        self._facts = {key: (text("muted"), text("strong", wrap=True)) for key in FACTS}
        self._returned_title, self._returned = text("heading"), column(spacing=8)
        self.see = KeyButton(look, "crossings", "Ctrl+L")
        self.lists, self.enrolment = ReferenceTable(look), EnrolmentForm(look)
        self._lay_out()
        self.now.clicked.connect(self._sync_now)
        self.see.clicked.connect(self.returned_asked)
        self.enrolment.asked.connect(self._enrol)
        on_duty.changed.connect(self._draw_stored)
        self.retranslate()

    def retranslate(self) -> None:
        self.now.label(self.say("sync-page.now"))
        self.see.label(self.say("sync-page.see"))
        self._returned_title.setText(self.say("sync-page.returned-title"))
        for key, (label, _) in self._facts.items():
            label.setText(self.say(f"sync-page.{key}"))
        self._draw_status()
        self._draw_stored()

    def recolour(self) -> None:
        self.retranslate()

    def enter(self) -> None:
        self.now.setFocus()
        self._look()
        self._looking.start()
        self._load()

    def leave(self) -> None:
        self._looking.stop()

    def _lay_out(self) -> None:
        self._banner = QFrame()
        headline = row(self._icon, self._connection, 1, spacing=12)
        headline.setContentsMargins(16, 12, 16, 12)
        self._banner.setLayout(headline)
        facts = QGridLayout()
        facts.setHorizontalSpacing(18)
        facts.setVerticalSpacing(8)
        for line, (label, value) in enumerate(self._facts.values()):
            facts.addWidget(label, line, 0)
            facts.addWidget(value, line, 1)
        facts.setColumnStretch(1, 1)
        state = Card(column(self._banner, self._failures, facts, row(self.now, 1), spacing=12))
        self._returned_card = Card(column(self._returned_title, self._returned, row(self.see, 1), spacing=10))
        left, right = QWidget(), QWidget()
        left.setLayout(column(state, self._returned_card, 1, spacing=12))
        right.setLayout(column(self.enrolment, self.lists, 1, spacing=12))
        layout = row(*(_scrolled(side) for side in (left, right)), spacing=14)
        layout.setStretch(0, 1)
        layout.setStretch(1, 1)
        layout.setContentsMargins(16, 12, 16, 12)
        self.setLayout(layout)

    def _look(self) -> None:
        """The status as it stands; the store is asked again when it has moved."""
        before, self._status = self._status, self._line.status()
        if before != self._status:
            self._draw_status()
            if before is not None:
                self._load()

    def _load(self) -> None:
        line = self._line
        self.ask(lambda: Stored(line.enrolment(), line.ages(), line.refused(), line.quarantined()), self._loaded)

    def _loaded(self, stored: Stored) -> None:
        self._stored = stored
        self._draw_stored()

    def _draw_status(self) -> None:
        status, say = self._status, self.say
        if status is None:
            return
        icon, tone = _TONES.get(status.connection, ("offline", "attention"))
        palette = self.look.palette
        front = {"clear": palette.on_clear, "idle": palette.on_idle, "attention": palette.on_attention}[tone]
        self._icon.setPixmap(self.look.pixmap(icon, 28, front))
        self._connection.setText(say(f"sync.connection.{status.connection}"))
        restyle(self._banner, "tone", tone)
        self._failures.setText("\n\n".join(self._sentences(status.failing)))
        self._failures.setVisible(bool(status.failing))
        for key, words in zip(FACTS, self._said(status), strict=True):
            self._facts[key][1].setText(words)
        off = abs(status.clock_offset or 0) > messages.CLOCK_MS
        restyle(self._facts["clock"][1], "role", "error" if off else "strong")
        self.now.setEnabled(status.connection != "not-enrolled")

    def _said(self, status: SyncStatus) -> tuple[str, ...]:
        say = self.say
        waiting = say("sync.waiting.some", count=status.waiting) if status.waiting else say("sync.waiting.none")
        if status.waiting and status.seconds_left is not None:
            minutes = status.seconds_left // 60
            left = (
                say("sync.left.minutes", count=minutes) if minutes else say("sync.left.seconds", count=status.seconds_left)
            )
            waiting = f"{waiting}, {left}"
        returned = say("sync-page.returned-some", count=status.quarantined) if status.quarantined else say("sync-page.none")
        success = say("sync-page.never")
        if status.last_success:
            success = f"{moment(status.last_success)} ({messages.age(self.look, status.last_success, self._clock())})"
        attempt = clock_time(status.next_attempt) if status.next_attempt else "–"
        return waiting, returned, success, attempt, self._offset(status.clock_offset)

    def _offset(self, offset: int | None) -> str:
        if offset is None:
            return self.say("sync-page.clock-unknown")
        if abs(offset) > messages.CLOCK_MS:
            return self.say("sync.clock-off", minutes=round(abs(offset) / 60_000))
        return self.say("sync-page.clock-right", seconds=round(abs(offset) / 1000))

    def _sentences(self, failing: tuple[Failure, ...]) -> list[str]:
        """What is wrong, said once where both ways meet the same."""
        found: dict[str, list[str]] = {}
        for one in failing:
            said = messages.coded(self.look, "sync", one.code, one.params)
            found.setdefault(said, []).append(f"{self.say(f'sync.way.{one.way}')} {clock_time(one.at)}")
        return [f"{' · '.join(ways)}: {said}" for said, ways in found.items()]

    def _draw_stored(self) -> None:
        stored, officer = self._stored, self._on_duty.officer
        if stored is None:
            return
        self.lists.show_ages(stored.ages, stored.refused, self._clock())
        may = officer is not None and officer.role == "supervisor"
        self.enrolment.show_enrolment(stored.enrolment, self._line.device, may)
        self._returned_card.setVisible(bool(stored.returned))
        clear(self._returned)
        counts: dict[str, int] = {}
        for one in stored.returned:
            counts[one.reason] = counts.get(one.reason, 0) + 1
        for reason, count in counts.items():
            why = messages.coded(self.look, "quarantine", reason, {})
            self._returned.addWidget(text("", self.say("sync-page.returned-line", count=count, why=why), wrap=True))

    def _sync_now(self) -> None:
        self._line.wake()
        self.note("info", "sync-page.woken")

    def _enrol(self, wish: EnrolmentWish) -> None:
        self.enrolment.wait(True)
        self.ask_elsewhere(lambda: self._line.enrol(wish.address, wish.code, wish.name), self._enrolled, self._refused)

    def _enrolled(self, _: object) -> None:
        self.enrolment.wait(False)
        self.note("good", "door.enrolled")
        self.enrolled.emit()
        self._load()

    def _refused(self, trouble: Trouble) -> None:
        self.enrolment.wait(False)
        if not self.enrolment.complain(trouble):
            self.trouble(trouble)


def _scrolled(side: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(side)
    area.setWidgetResizable(True)
    return area
