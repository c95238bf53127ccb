"""What is seen before the store is open: a short wait, the passphrase where no keystore is, or why it cannot be opened."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from checkpoint_app.store import Store
from checkpoint_app.ui import messages
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.page import Page
from checkpoint_app.ui.widgets import Card, Field, KeyButton, column, row, text
from checkpoint_core.trouble import Trouble

_ABOUT_THE_PASSPHRASE = ("passphrase-needed", "passphrase-short", "wrong-passphrase")


class OpeningPage(Page):
    """Calls `open_store(passphrase)` off the GUI thread until it gives a Store, which is sent with `opened`.

    `new` says that the laptop has no database yet: a passphrase is then chosen, and typed twice.
    """

    name = "opening"
    opened = Signal(object)

    def __init__(self, look: Look, background: Background, open_store: Callable[[str], Store], *, new: bool) -> None:
        super().__init__(look, background)
        self._open, self._new = open_store, new
        self._trouble: Trouble | None = None
        self._title, self._sentence = text("title"), text("", wrap=True)
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        self._fields = (Field(self.passphrase), Field(self.again))
        self.go = KeyButton(look, "sign-out", "Enter", role="primary")
        for line in (self.passphrase, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.returnPressed.connect(self.go.click)
        self.go.clicked.connect(self._submit)
        self._sentence.setMinimumWidth(520)
        self._card = Card(column(self._title, self._sentence, *self._fields, self.go, spacing=16), margin=28)
        self.setLayout(column(1, row(1, self._card, 1), 1))
        self.setMinimumSize(900, 560)
        self.recolour()
        self.retranslate()

    def begin(self) -> None:
        """Try with the keystore alone."""
        self._try("")

    def retranslate(self) -> None:
        asking = self._asking()
        self.setWindowTitle(self.say("window.title"))
        self._title.setText(self.say(self._heading()))
        self._sentence.setText(self._words())
        self._fields[0].label(self.say("opening.passphrase"))
        self._fields[1].label(self.say("opening.passphrase-again"))
        self._fields[0].setVisible(asking)
        self._fields[1].setVisible(asking and self._new)
        self.go.label(self.say("opening.open" if asking else "opening.try-again"))
        self.go.setVisible(self._trouble is not None)

    def recolour(self) -> None:
        self.setStyleSheet(self.look.stylesheet())

    def _asking(self) -> bool:
        return self._trouble is not None and self._trouble.code in _ABOUT_THE_PASSPHRASE

    def _heading(self) -> str:
        if self._trouble is None:
            return "opening.wait"
        return "opening.title" if self._asking() else "opening.failed"

    def _words(self) -> str:
        if self._trouble is None:
            return ""
        if self._trouble.code == "passphrase-needed" and self._new:
            return self.say("opening.choose")
        return messages.trouble(self.look, self._trouble)

    def _submit(self) -> None:
        first, second = self.passphrase.text(), self.again.text()
        if self._asking() and self._new and first != second:
            self._fields[1].complain(self.say("opening.not-the-same"))
            return
        self._fields[1].complain("")
        self._try(first)

    def _try(self, passphrase: str) -> None:
        self.go.setEnabled(False)
        self.ask(partial(self._open, passphrase), self.opened.emit, self._failed)

    def _failed(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self.go.setEnabled(True)
        self.retranslate()
        field = self.passphrase if self._asking() else self.go
        field.setFocus()
