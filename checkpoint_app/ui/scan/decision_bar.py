"""One key each decision: Enter takes the suggested one. A decision against the verdict asks why, in the same place."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from checkpoint_app.store.values import Officer
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, Field, KeyButton, column, row, text
from checkpoint_core.journal.payloads import Action

_BUTTONS: tuple[tuple[Action, str, str], ...] = (
    ("admitted", "admit", "Ctrl+Return"),
    ("turned-back", "turn-back", "F2"),
    ("referred", "medical", "F3"),
)


class DecisionBar(QWidget):
    """`decided` is sent with an Action, `cancelled` when the party is sent away undecided."""

    decided = Signal(str)
    cancelled = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._suggested: Action = "admitted"
        self.buttons = {action: KeyButton(look, icon, key, role="key") for action, icon, key in _BUTTONS}
        for action, button in self.buttons.items():
            button.clicked.connect(partial(self.decided.emit, action))
        self.cancel = KeyButton(look, "close", "Esc")
        self.cancel.clicked.connect(self.cancelled)
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._take_suggested)
        self.setLayout(row(*self.buttons.values(), self.cancel, spacing=10))
        look.words_changed.connect(self.redraw)
        self.redraw()

    def suggest(self, action: Action) -> None:
        """What Enter does now."""
        self._suggested = action
        self.redraw()

    def redraw(self) -> None:
        say = self._look.say
        for action, _, key in _BUTTONS:
            button, first = self.buttons[action], action == self._suggested
            button.label(say(f"scan.do-{action}"), "Enter" if first else key.replace("Return", "Enter"))
            button.set_role("suggested" if first else "key")
        self.cancel.label(say("scan.cancel"))

    def _take_suggested(self) -> None:
        if self.buttons[self._suggested].isEnabled():
            self.decided.emit(self._suggested)


class Override(Card):
    """Asks for the reason, and where a stop is let through for a second officer. `confirmed` is sent when all is there."""

    confirmed = Signal()
    withdrawn = Signal()

    def __init__(self, look: Look) -> None:
        self._title = text("heading", wrap=True)
        self.reason, self.second, self.pin = QLineEdit(), QComboBox(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.fields = {"reason": Field(self.reason), "second": Field(self.second), "pin": Field(self.pin)}
        self.confirm, self._back = KeyButton(look, "saved", "Return", role="primary"), KeyButton(look, "turn-back", "Esc")
        fields = row(*self.fields.values(), spacing=8, stretch=0)
        for field in self.fields.values():
            fields.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        above = row(self._title, self.confirm, self._back, spacing=8, stretch=0)
        super().__init__(column(above, fields, spacing=6), margin=10)
        self._look = look
        self._action: Action = "admitted"
        self._officers: list[Officer] = []
        self.confirm.clicked.connect(self._check)
        self._back.clicked.connect(self.withdrawn)
        QShortcut(QKeySequence("Enter"), self).activated.connect(self._check)
        look.words_changed.connect(self.retranslate)
        self.retranslate()

    def ask(self, action: Action, others: list[Officer] | None) -> None:
        """Ask why `action` is taken; `others` are those who may agree, None where nobody needs to."""
        self._action, self._officers = action, others or []
        self.fields["second"].setVisible(others is not None)
        self.fields["pin"].setVisible(bool(others))
        self.second.clear()
        self.second.addItems([one.name for one in self._officers])
        self.reason.clear()
        self.pin.clear()
        self.retranslate()
        if others == []:
            self.fields["second"].complain(self._look.say("scan.override-nobody"))
        self.reason.setFocus()

    @property
    def action(self) -> Action:
        return self._action

    def second_officer(self) -> str | None:
        """The id of the officer who agrees; None where none is needed."""
        index = self.second.currentIndex()
        return self._officers[index].id if self._needs_second() and 0 <= index < len(self._officers) else None

    def complain(self, field: str, sentence: str) -> None:
        self.fields[field].complain(sentence)
        self.fields[field].setFocus()

    def retranslate(self) -> None:
        say = self._look.say
        self._title.setText(say("scan.override-reason" if self._action == "admitted" else "scan.refusal-reason"))
        for name, key in (("reason", "override-why"), ("second", "override-second"), ("pin", "pin")):
            self.fields[name].label(say(f"scan.{key}"))
            self.fields[name].complain("")
        self.confirm.label(say(f"scan.do-{self._action}"), "Enter")
        self._back.label(say("scan.back"))

    def _needs_second(self) -> bool:
        return not self.fields["second"].isHidden()

    def _check(self) -> None:
        for field in self.fields.values():
            field.complain("")
        if not self.reason.text().strip():
            self.complain("reason", self._look.say("scan.override-need-reason"))
        elif self._needs_second() and self.second_officer() is None:
            self.complain("second", self._look.say("scan.override-nobody"))
        elif self._needs_second() and not self.pin.text():
            self.complain("pin", self._look.say("scan.override-need-pin"))
        else:
            self.confirmed.emit()


class Deciding(QWidget):
    """The bar, or in its place the question why."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.bar, self.override = DecisionBar(look), Override(look)
        self.override.hide()
        self.setLayout(column(self.bar, self.override, spacing=0))
        self.override.withdrawn.connect(self.back)

    def ask(self, action: Action, others: list[Officer] | None) -> None:
        self.bar.hide()
        self.override.show()
        self.override.ask(action, others)

    def back(self) -> None:
        self.override.hide()
        self.bar.show()

    @property
    def asking(self) -> bool:
        return self.bar.isHidden()
