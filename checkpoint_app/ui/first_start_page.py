"""The first start of a laptop: its first supervisor, then its registry (by code or QR), or that later, said clearly."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget

from checkpoint_app.store.values import Officer
from checkpoint_app.ui import messages
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.desk import Door
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.page import Page
from checkpoint_app.ui.widgets import Card, Field, KeyButton, column, row, text
from checkpoint_core.enrolment import SCHEME
from checkpoint_core.trouble import Trouble


class FirstStartPage(Page):
    """`done` is sent when there is a supervisor, and the registry is known or put off."""

    name = "first-start"
    done = Signal()

    def __init__(self, look: Look, background: Background, door: Door) -> None:
        super().__init__(look, background)
        self._door = door
        self._title, self._hint = text("title"), text(wrap=True)
        self.name_line, self.pin, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.address, self.code, self.laptop = QLineEdit(), QLineEdit(), QLineEdit()
        for secret in (self.pin, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        lines = (self.name_line, self.pin, self.again, self.address, self.code, self.laptop)
        names = ("name", "pin", "again", "address", "code", "laptop")
        self.fields = {name: Field(line) for name, line in zip(names, lines, strict=True)}
        self.make = KeyButton(look, "admit", "Return", role="primary")
        self.enrol, self.later = KeyButton(look, "admit", "Return", role="primary"), KeyButton(look, "waiting", "Esc")
        self._steps = QStackedWidget()
        fields = list(self.fields.values())
        self._steps.addWidget(Card(column(*fields[:3], row(1, self.make), 1, spacing=12), margin=0))
        self._steps.addWidget(Card(column(*fields[3:], row(self.later, 1, self.enrol), 1, spacing=12), margin=0))
        for step in range(2):
            self._steps.widget(step).setProperty("card", False)
        self.make.clicked.connect(self._create)
        self.enrol.clicked.connect(self._enrol)
        self.later.clicked.connect(self.done)
        card = Card(column(self._title, self._hint, self._steps, spacing=14), margin=28)
        card.setFixedWidth(620)
        self.setLayout(column(1, row(1, card, 1), 1))
        self.retranslate()

    def enter(self) -> None:
        self.ask(self._door.officers, self._begin)

    def take_text(self, words: str) -> None:
        """A code was shown to the camera: the registry's QR says address and code."""
        if self._steps.currentIndex() == 1 and words.strip().startswith(SCHEME):
            self._wait(True)
            name = self.laptop.text().strip() or self.laptop.placeholderText()
            self.ask_elsewhere(partial(self._door.enrol_by_qr, words, name), self._enrolled, self._refused)

    def retranslate(self) -> None:
        step = "supervisor" if self._steps.currentIndex() == 0 else "enrol"
        self._title.setText(self.say(f"door.{step}-title"))
        self._hint.setText(self.say(f"door.{step}-hint"))
        for name, field in self.fields.items():
            field.label(self.say(f"door.{name}"))
        self.code.setPlaceholderText("ABCD-EFGH-JKMN-PQRS")
        self.address.setPlaceholderText("https://…")
        self.laptop.setPlaceholderText(self.say("door.laptop-hint"))
        self.make.label(self.say("door.create"), "Enter")
        self.enrol.label(self.say("door.enrol"), "Enter")
        self.later.label(self.say("door.later"))

    def _begin(self, officers: list[Officer]) -> None:
        self._steps.setCurrentIndex(1 if officers else 0)
        self.retranslate()
        (self.address if officers else self.name_line).setFocus()

    def _create(self) -> None:
        self._clear()
        if self.pin.text() != self.again.text():
            self.fields["again"].complain(self.say("door.pins-differ"))
            self.again.setFocus()
            return
        self.ask(partial(self._door.first_supervisor, self.name_line.text(), self.pin.text()), self._created, self._refused)

    def _created(self, _: Officer) -> None:
        self.pin.clear()
        self.again.clear()
        self._begin([_])

    def _enrol(self) -> None:
        self._clear()
        self._wait(True)
        name = self.laptop.text().strip() or self.laptop.placeholderText()
        job = partial(self._door.enrol, self.address.text().strip(), self.code.text(), name)
        self.ask_elsewhere(job, self._enrolled, self._refused)

    def _enrolled(self, _: object) -> None:
        self._wait(False)
        self.note("good", "door.enrolled")
        self.done.emit()

    def _refused(self, trouble: Trouble) -> None:
        """At its field where it has one: a wrong code, an address that is none, a PIN too simple."""
        self._wait(False)
        by_code = {"bad-code": "code", "already-enrolled": "code", "bad-address": "address", "plain-http": "address"}
        name = str(trouble.params.get("field")) if trouble.code == "field" else by_code.get(trouble.code, "")
        if name in self.fields:
            self.fields[name].complain(messages.trouble(self.look, trouble))
            self.fields[name].control.setFocus()
        else:
            self.trouble(trouble)

    def _wait(self, waiting: bool) -> None:
        self.enrol.setEnabled(not waiting)
        self.enrol.label(self.say("door.enrolling" if waiting else "door.enrol"), "" if waiting else "Enter")

    def _clear(self) -> None:
        for field in self.fields.values():
            field.complain("")
