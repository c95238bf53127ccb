"""The bar that always stands: where and when this shift is, what it has counted, what is sent, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QToolButton

from checkpoint_app.store.values import Shift
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Elided, row, text
from checkpoint_app.ui.wording import clock_time


@dataclass(frozen=True)
class Counts:
    """What the bar counts of the shift."""

    crossings: int
    turned_back: int


class TopBar(QFrame):
    """Everything on it is told from outside; it only asks for lock, language and theme."""

    lock_asked = Signal()

    def __init__(self, look: Look, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._look, self._clock = look, clock
        self._shift: Shift | None = None
        self._counts: Counts | None = None
        self._sync: tuple[str, str] | None = None
        self.setObjectName("bar")
        self._where, self._when, self._count = text("heading"), text(), text()
        self._cloud, self._sent, self._time = QLabel(), Elided(), text("heading")
        self.theme, self.language, self.lock = (_tool() for _ in range(3))
        layout = row(
            self._where, self._when, self._count, 1, self._cloud, self._sent, self._time,
            self.theme, self.language, self.lock, spacing=14,
        )  # fmt: skip
        layout.setContentsMargins(16, 6, 10, 6)
        self.setLayout(layout)
        self._connect()
        self.redraw()

    def show_shift(self, shift: Shift | None) -> None:
        self._shift = shift
        self.redraw()

    def show_counts(self, counts: Counts | None) -> None:
        self._counts = counts
        self.redraw()

    def show_sync(self, icon: str, sentence: str) -> None:
        """What `messages.sync` says of the journal: an icon's name and words with their age."""
        self._sync = (icon, sentence)
        self.redraw()

    def redraw(self) -> None:
        """Everything again, in the present language and colours."""
        self._draw_shift()
        palette = self._look.palette
        self._cloud.setVisible(self._sync is not None)
        if self._sync:
            self._cloud.setPixmap(self._look.pixmap(self._sync[0], 22, palette.on_bar))
            self._sent.say(self._sync[1])
        self._tick()
        for tool, icon, key, said in (
            (self.theme, self._look.theme, "F10", "window.theme"),
            (self.language, "language", "F11", "window.language"),
            (self.lock, "lock", "F12", "window.lock"),
        ):
            tool.setIcon(self._look.icon(icon, palette.on_bar))
            tool.setText(f" {key}")
            tool.setToolTip(f"{self._look.say(said)} ({key})")
            tool.setAccessibleName(self._look.say(said))

    def _draw_shift(self) -> None:
        say, shift = self._look.say, self._shift
        self._where.setText(
            say(
                "window.where",
                checkpoint=shift.checkpoint_name,
                lane=shift.lane,
                direction=say(f"direction.{shift.direction}").upper(),
            )
            if shift
            else say("window.title")
        )
        self._when.setText(say("window.since", time=clock_time(shift.opened_at)) if shift else "")
        counts = self._counts if shift else None
        self._count.setText(say("window.counts", crossings=counts.crossings, back=counts.turned_back) if counts else "")

    def _tick(self) -> None:
        self._time.setText(clock_time(self._clock()))

    def _connect(self) -> None:
        self._look.words_changed.connect(self.redraw)
        self._look.theme_changed.connect(self.redraw)
        for tool, key, action in (
            (self.theme, "F10", self._look.next_theme),
            (self.language, "F11", self._look.next_language),
            (self.lock, "F12", self.lock_asked.emit),
        ):
            tool.clicked.connect(action)
            QShortcut(QKeySequence(key), self).activated.connect(action)
        self._ticking = QTimer(self, interval=5000)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start()


def _tool() -> QToolButton:
    button = QToolButton()
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(20, 20))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
