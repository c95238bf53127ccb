"""Making this laptop known to its registry: address, code and a name; or, once it is, which registry it belongs to."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from checkpoint_app.store.values import Enrolment
from checkpoint_app.ui import messages
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, Field, KeyButton, column, row, text
from checkpoint_core.trouble import Trouble

_PLACES = {"bad-code": "code", "bad-address": "address", "plain-http": "address", "name-not-found": "address"}


@dataclass(frozen=True)
class EnrolmentWish:
    """What was typed."""

    address: str
    code: str
    name: str


class EnrolmentForm(Card):
    """`asked` is sent with an `EnrolmentWish`; only a supervisor is shown the form."""

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        self._title, self._known, self._hint = text("heading"), text("", wrap=True), text("muted", wrap=True)
        self.lines = {name: QLineEdit() for name in ("address", "code", "laptop")}
        self.fields = {name: Field(line) for name, line in self.lines.items()}
        self.enrol = KeyButton(look, "admit", role="primary")
        self.enrol.clicked.connect(self._ask)
        self._form = QWidget()
        self._form.setLayout(column(self._hint, *self.fields.values(), row(self.enrol, 1), spacing=8))
        super().__init__(column(self._title, self._known, self._form, spacing=8))
        self._look = look
        self._enrolment: Enrolment | None = None
        self._device = ""
        self._may = False
        look.words_changed.connect(self.retranslate)
        self.retranslate()

    def show_enrolment(self, enrolment: Enrolment | None, device: str, may_enrol: bool) -> None:
        """Say which registry this is, or ask for one."""
        self._enrolment, self._device, self._may = enrolment, device, may_enrol
        self.retranslate()

    def wait(self, waiting: bool) -> None:
        """While the registry is asked nothing is asked again."""
        self.enrol.setEnabled(not waiting)
        self.enrol.label(self._look.say("door.enrolling" if waiting else "door.enrol"))

    def complain(self, trouble: Trouble) -> bool:
        """Say it at its field; False where it names none."""
        place = _PLACES.get(trouble.code)
        if place:
            self.fields[place].complain(messages.trouble(self._look, trouble))
            self.lines[place].setFocus()
        return place is not None

    def retranslate(self) -> None:
        say = self._look.say
        self._title.setText(say("sync-page.registry"))
        self._hint.setText(say("sync-page.enrol-hint"))
        for name, field in self.fields.items():
            field.label(say(f"door.{name}"))
        self.lines["code"].setPlaceholderText("ABCD-EFGH-JKMN-PQRS")
        self.lines["address"].setPlaceholderText("https://…")
        self.lines["laptop"].setPlaceholderText(say("door.laptop-hint"))
        self.enrol.label(say("door.enrol"))
        if self._enrolment is not None:
            said = say("sync-page.enrolled", url=self._enrolment.url, device=self._device[:8])
        else:
            said = say("sync-page.not-enrolled")
        self._known.setText(said)
        asking = self._enrolment is None and self._may
        self._known.setVisible(not asking)
        self._form.setVisible(asking)

    def _ask(self) -> None:
        for field in self.fields.values():
            field.complain("")
        empty = next((name for name in ("address", "code") if not self.lines[name].text().strip()), None)
        if empty:
            self.fields[empty].complain(self._look.say("sync-page.fill-in"))
            self.lines[empty].setFocus()
            return
        laptop = self.lines["laptop"].text().strip() or self._look.say("door.laptop-hint")
        self.asked.emit(EnrolmentWish(self.lines["address"].text().strip(), self.lines["code"].text().strip(), laptop))
