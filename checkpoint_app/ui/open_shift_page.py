"""Where and which way: checkpoint, lane, direction. What was used last stands ready, so that Enter is enough."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QStackedWidget

from checkpoint_app.store.values import Shift
from checkpoint_app.ui import messages
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.desk import Lanes
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.page import Page
from checkpoint_app.ui.widgets import Card, Field, KeyButton, column, row, text
from checkpoint_core.journal.payloads import Direction
from checkpoint_core.releases.model import Post
from checkpoint_core.trouble import Trouble

_DIRECTIONS: tuple[Direction, ...] = ("in", "out")


class OpenShiftPage(Page):
    """`opened` is sent with the Shift: the one found open, or the new one. Without a list of checkpoints they are typed."""

    name = "open-shift"
    opened = Signal(object)
    sign_out_asked = Signal()

    def __init__(self, look: Look, background: Background, lanes: Lanes, on_duty: OnDuty) -> None:
        super().__init__(look, background)
        self._lanes, self._on_duty = lanes, on_duty
        self._posts: tuple[Post, ...] = ()
        self._title, self._hint = text("title"), text("warn", wrap=True)
        self.post, self.post_typed = QComboBox(), QLineEdit()
        self.lane, self.lane_typed = QComboBox(), QLineEdit()
        self._post_stack, self._lane_stack = _either(self.post, self.post_typed), _either(self.lane, self.lane_typed)
        self.fields = {"checkpoint": Field(self._post_stack), "lane": Field(self._lane_stack)}
        self.directions = {one: QPushButton() for one in _DIRECTIONS}
        for button in self.directions.values():
            button.setCheckable(True)
            button.setAutoExclusive(True)
        self.directions["in"].setChecked(True)
        self.open, self._leave = KeyButton(look, "admit", "Return", role="primary"), KeyButton(look, "sign-out", "Ctrl+Q")
        self.open.clicked.connect(self._open)
        self._leave.clicked.connect(self.sign_out_asked)
        self.post.currentIndexChanged.connect(self._offer_lanes)
        directions, keys = row(*self.directions.values(), spacing=8), row(self.open, self._leave, stretch=0)
        parts = column(self._title, self._hint, *self.fields.values(), directions, keys, spacing=14)
        card = Card(parts, margin=28)
        card.setMinimumWidth(520)
        self.setLayout(column(1, row(1, card, 1), 1))
        self.retranslate()

    def enter(self) -> None:
        officer = self._on_duty.officer
        if officer is not None:
            self.ask(partial(self._lanes.current, officer), self._found)

    def retranslate(self) -> None:
        officer = self._on_duty.officer
        self._title.setText(self.say("door.open-shift", name=officer.name if officer else ""))
        self._hint.setText(self.say("door.no-checkpoints"))
        self._hint.setVisible(not self._posts)
        for name, field in self.fields.items():
            field.label(self.say(f"door.{name}"))
        for direction, button in self.directions.items():
            button.setText(self.say(f"direction.{direction}"))
            button.setIcon(self.look.icon(direction, marked=self.look.palette.on_accent))
        self.open.label(self.say("door.open"), "Enter")
        self._leave.label(self.say("door.sign-out"))

    def recolour(self) -> None:
        self.retranslate()

    def _found(self, shift: Shift | None) -> None:
        if shift is not None:
            self.opened.emit(shift)
            return
        self.ask(lambda: (self._lanes.posts(), self._lanes.last()), self._offer)

    def _offer(self, known: tuple[tuple[Post, ...], Shift | None]) -> None:
        self._posts, last = known
        self.post.clear()
        self.post.addItems([post.name for post in self._posts])
        for stack in (self._post_stack, self._lane_stack):
            stack.setCurrentIndex(0 if self._posts else 1)
        if last is not None:
            self.post.setCurrentIndex(next((at for at, post in enumerate(self._posts) if post.id == last.checkpoint), 0))
            self._offer_lanes()
            self.lane.setCurrentIndex(max(0, self.lane.findText(last.lane)))
            self.post_typed.setText(last.checkpoint_name)
            self.lane_typed.setText(last.lane)
            self.directions[last.direction].setChecked(True)
        self.retranslate()
        self.open.setFocus()

    def _offer_lanes(self) -> None:
        index = self.post.currentIndex()
        self.lane.clear()
        if 0 <= index < len(self._posts):
            self.lane.addItems(list(self._posts[index].lanes))

    def _open(self) -> None:
        officer = self._on_duty.officer
        if officer is None:
            return
        for field in self.fields.values():
            field.complain("")
        index = self.post.currentIndex()
        checkpoint = self._posts[index].id if self._posts else self.post_typed.text()
        lane = self.lane.currentText() if self._posts and self.lane.count() else self.lane_typed.text()
        direction = next(one for one, button in self.directions.items() if button.isChecked())
        self.ask(partial(self._lanes.open, officer, checkpoint, lane, direction), self.opened.emit, self._refused)

    def _refused(self, trouble: Trouble) -> None:
        field = self.fields.get(str(trouble.params.get("field"))) if trouble.code == "field" else None
        if field is None:
            self.trouble(trouble)
        else:
            field.complain(messages.trouble(self.look, trouble))


def _either(chosen: QComboBox, typed: QLineEdit) -> QStackedWidget:
    stack = QStackedWidget()
    stack.addWidget(chosen)
    stack.addWidget(typed)
    stack.setFixedHeight(48)
    return stack
