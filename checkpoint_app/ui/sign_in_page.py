"""Who is at the laptop: choose a name, give the PIN. The same page unlocks, for the officer whose work is behind it."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from checkpoint_app.store.values import Officer
from checkpoint_app.ui import messages
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.desk import Door
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.page import Page
from checkpoint_app.ui.pin_pad import PinPad
from checkpoint_app.ui.widgets import Card, KeyButton, column, row, text
from checkpoint_core.trouble import Trouble


class SignInPage(Page):
    """`signed_in` is sent with the Officer; with `lock`, only that officer's PIN opens, or they sign out."""

    name = "sign-in"
    signed_in = Signal(object)
    sign_out_asked = Signal()

    def __init__(self, look: Look, background: Background, door: Door) -> None:
        super().__init__(look, background)
        self._door = door
        self._locked: Officer | None = None
        self._officers: list[Officer] = []
        self._title, self._hint = text("title"), text("muted", wrap=True)
        self.list = QListWidget()
        self.list.setIconSize(QSize(22, 22))
        self.list.setMinimumSize(340, 330)
        self.pad = PinPad(look)
        self.pad.entered.connect(self._enter)
        self.list.itemActivated.connect(self.pad.begin)
        self.list.itemClicked.connect(self.pad.begin)
        self._sign_out = KeyButton(look, "sign-out", "Ctrl+Q")
        self._sign_out.clicked.connect(self.sign_out_asked)
        who = row(self.list, self.pad, spacing=24)
        card = Card(column(self._title, self._hint, who, self._sign_out, spacing=14), margin=28)
        self.setLayout(column(1, row(1, card, 1), 1))
        self.retranslate()

    def lock(self, officer: Officer | None) -> None:
        """Lock for `officer`; None: anybody may sign in."""
        self._locked = officer
        self.retranslate()

    def enter(self) -> None:
        self.pad.begin()
        self.ask(self._door.officers, self._show)

    def retranslate(self) -> None:
        locked = self._locked
        self._title.setText(self.say("door.locked" if locked else "door.sign-in"))
        self._hint.setText(self.say("door.locked-hint" if locked else "door.sign-in-hint"))
        self._sign_out.label(self.say("door.another"))
        self._sign_out.setVisible(locked is not None)
        self._list()

    def recolour(self) -> None:
        self._list()

    def _show(self, officers: list[Officer]) -> None:
        self._officers = officers
        self._list()

    def _list(self) -> None:
        shown = [self._locked] if self._locked else self._officers
        chosen = max(0, self.list.currentRow())
        self.list.clear()
        for officer in shown:
            icon = self.look.icon("person", marked=self.look.palette.on_accent)
            item = QListWidgetItem(icon, f"{officer.name}\n{self.say(f'role.{officer.role}')}")
            item.setData(Qt.ItemDataRole.UserRole, officer.id)
            item.setSizeHint(QSize(0, 58))
            self.list.addItem(item)
        self.list.setCurrentRow(min(chosen, len(shown) - 1))

    def _enter(self, pin: str) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.pad.setEnabled(False)  # one try at a time
            job = partial(self._door.sign_in, str(item.data(Qt.ItemDataRole.UserRole)), pin)
            self.ask(job, self._entered, self._refused)

    def _entered(self, officer: Officer) -> None:
        self.pad.setEnabled(True)
        self.pad.begin()
        self.signed_in.emit(officer)

    def _refused(self, trouble: Trouble) -> None:
        self.pad.setEnabled(True)
        self.pad.complain(messages.trouble(self.look, trouble))
