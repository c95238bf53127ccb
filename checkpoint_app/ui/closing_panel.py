"""Closing the shift: what the next officer must know, who takes over, and one question before it is done."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from checkpoint_app.store.values import Officer
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, Field, KeyButton, column, row, text


@dataclass(frozen=True)
class Closing:
    """The note, and the id of the officer who takes over."""

    note: str
    handed_to: str | None


class ClosingPanel(Card):
    """`asked` is sent with a `Closing` after the question was answered."""

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        self._title, self._question = text("heading"), text("strong", wrap=True)
        self._note, self._to = QPlainTextEdit(), QComboBox()
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(76)
        self.note, self._handed = Field(self._note), Field(self._to)
        self.close_shift = KeyButton(look, "lock", "Ctrl+D")
        self.sure, self.not_yet = KeyButton(look, "lock", role="danger"), KeyButton(look, "close", "Esc")
        self._confirm = QWidget()
        self._confirm.setLayout(column(self._question, row(self.sure, self.not_yet, 1), spacing=6))
        parts = column(self._title, self._handed, self.note, row(self.close_shift, 1), self._confirm, spacing=6)
        super().__init__(parts, margin=12)
        self._look = look
        self._officers: list[Officer] = []
        self._waiting = 0
        self.close_shift.clicked.connect(self._ask_first)
        self.not_yet.clicked.connect(self._take_back)
        self.sure.clicked.connect(self._close)
        look.words_changed.connect(self.retranslate)
        self._take_back()
        self.retranslate()

    def offer(self, officers: list[Officer], waiting: int) -> None:
        """Who may take over, and how many entries are still to be sent."""
        if officers != self._officers:
            self._officers = officers
            self._to.clear()
        self._waiting = waiting
        self.retranslate()

    def reset(self) -> None:
        """Another shift: nothing of the last note stays."""
        self._note.clear()
        self._to.setCurrentIndex(0)
        self._take_back()

    def retranslate(self) -> None:
        say = self._look.say
        self._title.setText(say("shift.close-title"))
        self.note.label(say("shift.note"))
        self._note.setPlaceholderText(say("shift.note-hint"))
        self._handed.label(say("shift.handed-to"))
        chosen = max(0, self._to.currentIndex())
        self._to.clear()
        self._to.addItems([say("shift.nobody"), *(officer.name for officer in self._officers)])
        self._to.setCurrentIndex(chosen)
        self.close_shift.label(say("shift.close"))
        key = "shift.sure-waiting" if self._waiting else "shift.sure"
        self._question.setText(say(key, count=self._waiting))
        self.sure.label(say("shift.close-now"))
        self.not_yet.label(say("shift.not-yet"))

    def _ask_first(self) -> None:
        self._confirm.show()
        self.close_shift.hide()
        self.sure.setFocus()

    def _take_back(self) -> None:
        self._confirm.hide()
        self.close_shift.show()

    def _close(self) -> None:
        place = self._to.currentIndex() - 1
        self.asked.emit(Closing(self._note.toPlainText(), self._officers[place].id if place >= 0 else None))
