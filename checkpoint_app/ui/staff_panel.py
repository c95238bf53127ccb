"""The officers of this laptop: who there is; everybody's own PIN; for a supervisor, adding one and giving a new PIN."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from checkpoint_app.store.values import Officer, Role
from checkpoint_app.ui import messages
from checkpoint_app.ui.choice import Choice
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, Field, KeyButton, column, row, text
from checkpoint_core.trouble import Trouble

ROLES: tuple[Role, ...] = ("officer", "supervisor")


def secret() -> QLineEdit:
    """A line whose letters are not shown."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhHiddenText)
    return line


class PinForm(QWidget):
    """A new PIN typed twice, with the old one before it where `old` is wanted. `asked` is sent when both agree."""

    asked = Signal()

    def __init__(self, look: Look, *, old: bool) -> None:
        super().__init__()
        self._look = look
        self.lines = {name: secret() for name in (("old", "pin", "again") if old else ("pin", "again"))}
        self.fields = {name: Field(line) for name, line in self.lines.items()}
        self.save = KeyButton(look, "saved")
        self.save.clicked.connect(self._ask)
        self.setLayout(column(row(*self.fields.values(), spacing=8), row(self.save, 1), spacing=8))

    def say(self, save: str) -> None:
        """The words, with the button's."""
        for name, field in self.fields.items():
            field.label(self._look.say(f"settings.{name}"))
        self.save.label(save)

    def complain(self, trouble: Trouble) -> bool:
        """Say it at its field; False where it names none."""
        name = "old" if trouble.code in ("wrong-pin", "pin-wait") else str(trouble.params.get("field"))
        if name not in self.fields:
            return False
        self.fields[name].complain(messages.trouble(self._look, trouble))
        self.lines[name].setFocus()
        return True

    def reset(self) -> None:
        for name, line in self.lines.items():
            line.clear()
            self.fields[name].complain("")

    def _ask(self) -> None:
        for field in self.fields.values():
            field.complain("")
        if self.lines["pin"].text() != self.lines["again"].text():
            self.fields["again"].complain(self._look.say("door.pins-differ"))
            self.lines["again"].setFocus()
        else:
            self.asked.emit()


@dataclass(frozen=True)
class NewOfficer:
    """Whom to add."""

    name: str
    role: Role
    pin: str


class StaffPanel(Card):
    """`added` is sent with a `NewOfficer`, `reset_asked` with (officer's id, PIN), `own_asked` with (old, new)."""

    added = Signal(object)
    reset_asked = Signal(object)
    own_asked = Signal(object)

    def __init__(self, look: Look) -> None:
        self._titles = {name: text("heading") for name in ("officers", "own", "add", "reset")}
        self._hint = text("muted", wrap=True)
        self.list, self.name, self.role = QListWidget(), QLineEdit(), Choice(ROLES)
        self.list.setFixedHeight(134)
        self.role.choose("officer")
        self.name_field, self._role_field = Field(self.name), Field(self.role)
        self.own, self.new, self.reset = PinForm(look, old=True), PinForm(look, old=False), PinForm(look, old=False)
        self._manage = QWidget()
        self._manage.setLayout(
            column(
                self._titles["reset"],
                self.reset,
                self._titles["add"],
                row(self.name_field, self._role_field, spacing=8),
                self.new,
                spacing=8,
            )
        )
        super().__init__(
            column(
                self._titles["own"], self.own, self._titles["officers"], self.list, self._hint, self._manage, 1, spacing=10
            )
        )
        self._look = look
        self._officers: list[Officer] = []
        self._supervisor = False
        self.own.asked.connect(self._ask_own)
        self.new.asked.connect(self._ask_new)
        self.reset.asked.connect(self._ask_reset)
        self.list.currentRowChanged.connect(self._choose)
        look.theme_changed.connect(self.retranslate)
        self.retranslate()

    def show_officers(self, officers: list[Officer], present: Officer | None) -> None:
        """Who there is, and who is at the laptop."""
        self._officers, self._supervisor = officers, present is not None and present.role == "supervisor"
        self.retranslate()

    def complain_name(self, trouble: Trouble) -> None:
        """Say at the new officer's name what is wrong with it."""
        self.name_field.complain(messages.trouble(self._look, trouble))
        self.name.setFocus()

    def retranslate(self) -> None:
        say = self._look.say
        for name, label in self._titles.items():
            label.setText(say(f"settings.title-{name}"))
        chosen = max(0, self.list.currentRow())
        self.list.clear()
        for officer in self._officers:
            item = QListWidgetItem(f"{officer.name} · {say(f'role.{officer.role}')}")
            item.setIcon(self._icon())
            self.list.addItem(item)
        self.list.setCurrentRow(min(chosen, len(self._officers) - 1))
        self.list.setAccessibleName(say("settings.title-officers"))
        self._hint.setText(say("settings.officers-hint"))
        self._hint.setVisible(not self._supervisor)
        self._manage.setVisible(self._supervisor)
        self.name_field.label(say("settings.name"))
        self._role_field.label(say("settings.role"))
        self.role.say([say(f"role.{role}") for role in ROLES])
        self.own.say(say("settings.change-pin"))
        self.new.say(say("settings.add"))
        self._choose(self.list.currentRow())

    def _icon(self) -> QIcon:
        icon = self._look.icon("person")
        icon.addPixmap(self._look.pixmap("person", 48, self._look.palette.on_accent), QIcon.Mode.Selected)
        return icon

    def _choose(self, place: int) -> None:
        name = self._officers[place].name if 0 <= place < len(self._officers) else ""
        self.reset.say(self._look.say("settings.reset-pin", name=name))
        self.reset.save.setEnabled(bool(name))

    def _ask_own(self) -> None:
        self.own_asked.emit((self.own.lines["old"].text(), self.own.lines["pin"].text()))

    def _ask_new(self) -> None:
        self.name_field.complain("")
        self.added.emit(NewOfficer(self.name.text(), self.role.value, self.new.lines["pin"].text()))

    def _ask_reset(self) -> None:
        self.reset_asked.emit((self._officers[self.list.currentRow()].id, self.reset.lines["pin"].text()))
