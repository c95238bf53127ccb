"""Putting one crossing right: vehicle, plate, decision, each traveller's name, number, birth date, phone; and why."""

from dataclasses import dataclass

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from checkpoint_app.store.values import CrossingRow, Officer
from checkpoint_app.ui import messages
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.scan.manual_entry import birth_date
from checkpoint_app.ui.widgets import Field, KeyButton, column, row, text
from checkpoint_app.ui.wording import day
from checkpoint_core.journal.payloads import Action, Crossing, Traveller
from checkpoint_core.text import nfc
from checkpoint_core.trouble import Trouble

ACTIONS: tuple[Action, ...] = ("admitted", "turned-back", "referred")
VEHICLES = ("", "car", "motorbike", "bus", "truck", "ambulance", "foot", "other")
_TEXTS = ("name", "number", "birth_date", "phone")
# Where a trouble of the store is shown.
_PLACES = {
    "correction-reason": "reason", "correction": "reason", "decision-reason": "decision-reason", "plate": "plate",
    "second-officer": "second", "phone": "phone", "identity": "name", "birth_date": "birth_date",
}  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """What the officer asks for: the new content, why, and the second officer's PIN where one is needed."""

    crossing: str
    reason: str
    content: Crossing
    second_pin: str


class CorrectionForm(QWidget):
    """Told a row, it sends `asked` with a `Correction`, or `given_up`."""

    asked = Signal(object)
    given_up = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._row: CrossingRow | None = None
        self._people: list[Traveller] = []
        self._person = 0
        self._officers: list[Officer] = []
        self._title, self._kept = text("heading"), text("muted", wrap=True)
        self._vehicle, self._decision, self._who, self._second = (QComboBox() for _ in range(4))
        self._lines = {name: QLineEdit() for name in ("plate", "decision-reason", *_TEXTS, "reason", "pin")}
        self._lines["pin"].setEchoMode(QLineEdit.EchoMode.Password)
        boxes = {"vehicle": self._vehicle, "decision": self._decision, "who": self._who, "second": self._second}
        self._fields = {name: Field(control) for name, control in (boxes | self._lines).items()}
        self._save = KeyButton(look, "saved", "Ctrl+S", role="primary")
        self._leave = KeyButton(look, "close", "Esc")
        self._save.clicked.connect(self._ask)
        self._leave.clicked.connect(self.given_up)
        self._who.activated.connect(self._turn)
        self.setLayout(self._laid_out())
        look.words_changed.connect(self.retranslate)
        self.retranslate()

    def correct(self, shown: CrossingRow, officers: list[Officer]) -> None:
        """Begin with what stands there now."""
        self._row, self._people, self._person, self._officers = shown, list(shown.crossing.travellers), 0, officers
        crossing = shown.crossing
        self._lines["plate"].setText(crossing.plate or "")
        self._lines["decision-reason"].setText(crossing.decision.reason)
        for name in ("reason", "pin"):
            self._lines[name].clear()
        for field in self._fields.values():
            field.complain("")
        self.retranslate()
        self._vehicle.setCurrentIndex(VEHICLES.index(crossing.vehicle or "") if crossing.vehicle in VEHICLES else 0)
        self._decision.setCurrentIndex(ACTIONS.index(crossing.decision.action))
        self._show_person()
        self._need_second(False)
        self._lines["plate"].setFocus()

    def complain(self, trouble: Trouble) -> bool:
        """Show at its field why the correction was not taken; False where it names none."""
        name = _PLACES.get(str(trouble.params.get("field")), "") if trouble.code == "field" else ""
        if trouble.code in ("wrong-pin", "pin-wait"):
            name = "pin"
        if not name:
            return False
        if name == "second":
            self._need_second(True)
        self._fields[name].complain(messages.trouble(self._look, trouble))
        self._fields[name].control.setFocus()
        return True

    def retranslate(self) -> None:
        say = self._look.say
        self._title.setText(say("crossings.correct-title"))
        self._kept.setText(say("crossings.correct-kept"))
        for name, field in self._fields.items():
            field.label(say(f"crossings.correct-{name}"))
        self._save.label(say("crossings.correct-save"))
        self._leave.label(say("crossings.correct-leave"))
        _refill(self._vehicle, [say(f"vehicle.{code}") if code else say("crossings.no-vehicle") for code in VEHICLES])
        _refill(self._decision, [say(f"action.{action}") for action in ACTIONS])
        _refill(self._who, [one.identity.name or say("scan.no-name") for one in self._people])
        _refill(self._second, ["", *(officer.name for officer in self._officers)])
        self._fields["who"].setVisible(len(self._people) > 1)

    def _laid_out(self) -> QVBoxLayout:
        fields = self._fields
        form = QWidget()
        form.setLayout(
            column(
                self._title,
                self._kept,
                _pair(fields["vehicle"], fields["plate"]),
                _pair(fields["decision"], fields["decision-reason"]),
                fields["who"],
                fields["name"],
                _pair(fields["number"], fields["birth_date"]),
                fields["phone"],
                fields["reason"],
                _pair(fields["second"], fields["pin"]),
                1,
                spacing=10,
            )
        )
        scroll = QScrollArea()
        scroll.setWidget(form)
        scroll.setWidgetResizable(True)
        return column(scroll, row(self._save, self._leave, 1, spacing=10), spacing=10)

    def _need_second(self, needed: bool) -> None:
        for name in ("second", "pin"):
            self._fields[name].setVisible(needed)

    def _show_person(self) -> None:
        who = self._people[self._person]
        phone = (who.declaration.phone or "").replace("+84", "0", 1)
        said = (who.identity.name, who.identity.number, day(who.identity.birth_date or ""), phone)
        for name, words in zip(_TEXTS, said, strict=True):
            self._lines[name].setText(words or "")

    def _turn(self, index: int) -> None:
        """Another traveller: what was typed for the one before is kept."""
        if self._take_person():
            self._person = index
            self._show_person()
        else:
            self._who.setCurrentIndex(self._person)

    def _take_person(self) -> bool:
        """Put what is typed into the traveller shown; False where the birth date is none."""
        name, number, birth, phone = (nfc(self._lines[key].text()) or None for key in _TEXTS)
        before = self._people[self._person]
        iso = before.identity.birth_date if birth == day(before.identity.birth_date or "") else birth_date(birth or "")
        wrong = birth is not None and iso is None
        self._fields["birth_date"].complain(self._look.say("scan.manual-birth-wrong") if wrong else "")
        if wrong:
            return False
        identity = msgspec.structs.replace(before.identity, name=name, number=number, birth_date=iso)
        declaration = msgspec.structs.replace(before.declaration, phone=phone)
        self._people[self._person] = msgspec.structs.replace(before, identity=identity, declaration=declaration)
        return True

    def _ask(self) -> None:
        for field in self._fields.values():
            field.complain("")
        if self._row is None or not self._take_person():
            return
        before = self._row.crossing
        second = self._second.currentIndex() - 1
        decision = msgspec.structs.replace(
            before.decision,
            action=ACTIONS[self._decision.currentIndex()],
            reason=nfc(self._lines["decision-reason"].text()),
            override=False if self._changed_action() else before.decision.override,
            second_officer=self._officers[second].id if second >= 0 else before.decision.second_officer,
        )
        content = msgspec.structs.replace(
            before,
            travellers=tuple(self._people),
            decision=decision,
            vehicle=VEHICLES[self._vehicle.currentIndex()] or None,
            plate=self._lines["plate"].text().strip() or None,
        )
        self.asked.emit(Correction(self._row.id, self._lines["reason"].text(), content, self._lines["pin"].text()))

    def _changed_action(self) -> bool:
        return self._row is not None and ACTIONS[self._decision.currentIndex()] != self._row.crossing.decision.action


def _pair(one: QWidget, other: QWidget) -> QHBoxLayout:
    """Two fields side by side, their tops in one line whatever is complained of below."""
    pair = row(one, other, spacing=10)
    for each in (one, other):
        pair.setAlignment(each, Qt.AlignmentFlag.AlignTop)
        pair.setStretchFactor(each, 1)
    return pair


def _refill(box: QComboBox, words: list[str]) -> None:
    """The words again, what was chosen kept."""
    chosen = max(0, box.currentIndex())
    box.clear()
    box.addItems(words)
    box.setCurrentIndex(min(chosen, len(words) - 1))
