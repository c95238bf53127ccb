"""What the card cannot tell, asked in one glance: where from and to, why, telephone, vehicle, symptoms, exposure."""

from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from checkpoint_app.ui.background import Background
from checkpoint_app.ui.flow import Flow
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.scan.health_row import HealthRow
from checkpoint_app.ui.scan.place_box import PlaceBox, Search
from checkpoint_app.ui.widgets import Card, Field, column, row, text
from checkpoint_core.identity import phone_number, plate_number
from checkpoint_core.identity.model import Finding
from checkpoint_core.screening.model import Declaration, Place

SYMPTOMS = ("fever", "cough", "breathless", "sore-throat", "nausea", "diarrhoea", "fatigue")
EXPOSURES = ("contact-case", "been-in-zone", "animal-market")
PURPOSES = ("work", "home", "medical", "goods", "official", "study", "other")
VEHICLES = ("car", "motorbike", "bus", "truck", "ambulance", "foot", "other")
DESTINATIONS = 3
_TICK_KEYS = "1234567890"


class DeclarationForm(Card):
    """Shows one traveller's declaration and the vehicle. `edited` is sent on each change made by the officer, never by
    `show_declaration`; read `declaration()` and `vehicle()` then."""

    edited = Signal()
    pointed = Signal(QWidget)  # the cursor was put into this control: let it be seen

    def __init__(self, look: Look, background: Background, search: Search) -> None:
        self.origin = PlaceBox(look, background, search)
        self.destinations = tuple(PlaceBox(look, background, search) for _ in range(DESTINATIONS))
        self.places = (self.origin, *self.destinations)
        self.more = QPushButton()
        self.purpose, self.vehicle_kind = QComboBox(), QComboBox()
        self.phone, self.plate = QLineEdit(), QLineEdit()
        self.health = HealthRow(look, background, search)
        self.ask_more = QPushButton()
        self.ticks = {code: QCheckBox() for code in (*SYMPTOMS, *EXPOSURES)}
        self._symptoms, self._exposures = text("muted"), text("muted")
        self.fields = {
            "origin": Field(self.origin),
            "destination": Field(self._destination_row()),
            "purpose": Field(self.purpose),
            "phone": Field(self.phone),
            "vehicle": Field(self.vehicle_kind),
            "plate": Field(self.plate),
        }
        super().__init__(column(self._asked(), self.health, self._ticked(), spacing=6), margin=10)
        self._look = look
        self._kept = Declaration()
        self._connect()
        look.words_changed.connect(self.retranslate)
        look.theme_changed.connect(self.retranslate)
        self.retranslate()

    def show_declaration(self, declaration: Declaration, vehicle: str | None, plate: str | None) -> None:
        """Fill the form; complaints go."""
        self._kept = declaration
        self.origin.set_place(declaration.origin)
        for index, box in enumerate(self.destinations):
            box.set_place(declaration.destinations[index] if index < len(declaration.destinations) else None)
            box.setVisible(index == 0 or index < len(declaration.destinations))
        self.purpose.setCurrentIndex(_index(PURPOSES, declaration.purpose))
        self.vehicle_kind.setCurrentIndex(_index(VEHICLES, vehicle))
        self.phone.setText(_national(declaration.phone))
        self.plate.setText(plate or "")
        self.health.show_declaration(declaration)
        for code, tick in self.ticks.items():
            tick.setChecked(code in declaration.symptoms or code in declaration.exposures)
        for field in self.fields.values():
            field.complain("")

    def declaration(self) -> Declaration:
        """What the form holds; what it does not ask (test, doses) is kept as it was. A telephone that is none yet is kept
        as typed: half a number must survive a crash too."""
        typed = self.phone.text().strip()
        phone = phone_number(typed) if typed else None
        return msgspec.structs.replace(
            self.health.applied(self._kept),
            origin=self.origin.place(),
            destinations=tuple(place for box in self.destinations if (place := box.place())),
            purpose=_chosen(PURPOSES, self.purpose),
            phone=typed if isinstance(phone, Finding) else phone,
            symptoms=tuple(code for code in SYMPTOMS if self.ticks[code].isChecked()),
            exposures=tuple(code for code in EXPOSURES if self.ticks[code].isChecked()),
        )

    def vehicle(self) -> tuple[str | None, str | None]:
        """The kind of vehicle, and the plate as kept."""
        plate, _ = plate_number(self.plate.text())
        return _chosen(VEHICLES, self.vehicle_kind), plate or None

    def offer_destinations(self, recent: tuple[Place, ...]) -> None:
        """Where people went lately, offered before anything is typed."""
        for box in self.destinations:
            box.offer(recent)

    def answered(self) -> bool:
        """Whether the last change was a place taken from a list: then the next question may be asked."""
        return self.focusWidget() in self.places

    def complain(self, field: str) -> None:
        """Say at the field that it must be answered."""
        self.fields[field].complain(self._look.say(f"scan.need-{field}"))

    def focus(self, field: str) -> None:
        """Put the cursor where the answer goes."""
        control = self.destinations[0] if field == "destination" else self.fields[field].control
        self.point_at(control)

    def point_at(self, control: QWidget) -> None:
        """Put the cursor there."""
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pointed.emit(control)

    def check(self) -> QWidget | None:
        """Say at the fields what cannot be as it is; the first of them. An odd plate lets the form go on."""
        phone = self.phone.text().strip()
        wrong = bool(phone) and isinstance(phone_number(phone), Finding)
        self.fields["phone"].complain(self._look.say("scan.phone-wrong") if wrong else "")
        plate = self.plate.text().strip()
        odd = bool(plate) and plate_number(plate)[1] is not None
        self.fields["plate"].complain(self._look.say("scan.plate-odd") if odd else "")
        elsewhere = self.health.check()
        return self.phone if wrong else elsewhere

    def retranslate(self) -> None:
        say = self._look.say
        for name, key in zip(self.fields, ("from", "to", "purpose", "phone", "vehicle", "plate"), strict=True):
            self.fields[name].label(say(f"scan.{key}"))
            self.fields[name].complain("")
        for box in self.places:
            box.setPlaceholderText(say("scan.place-hint"))
        self.phone.setPlaceholderText(say("scan.phone-hint"))
        self.plate.setPlaceholderText(say("scan.plate-hint"))
        self.more.setIcon(self._look.icon("add"))
        self.more.setAccessibleName(say("scan.add-destination"))
        self.more.setToolTip(say("scan.add-destination"))
        for combo, codes, topic in ((self.purpose, PURPOSES, "purpose"), (self.vehicle_kind, VEHICLES, "vehicle")):
            _fill(combo, [say("scan.choose"), *(say(f"{topic}.{code}") for code in codes)])
        self.ask_more.setText(say("scan.ask-more"))
        self.ask_more.setToolTip(say("scan.ask-more-tip"))
        self._symptoms.setText(say("scan.symptoms"))
        self._exposures.setText(say("scan.exposures"))
        for code, key in zip(self.ticks, _TICK_KEYS, strict=True):
            topic = "symptom" if code in SYMPTOMS else "exposure"
            self.ticks[code].setText(f"{key} {say(f'{topic}.{code}')}")

    def _destination_row(self) -> QWidget:
        holder = QWidget()
        self.more.setFixedWidth(44)
        self.more.setStyleSheet("padding: 0")
        layout = row(*self.destinations, self.more, spacing=4)
        for index in range(DESTINATIONS):
            layout.setStretch(index, 1)
        holder.setLayout(layout)
        holder.setFocusProxy(self.destinations[0])
        for box in self.destinations[1:]:
            box.hide()
        return holder

    def _asked(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        places = (("origin", 0, 0, 5), ("destination", 0, 5, 5), ("purpose", 0, 10, 3))
        others = (("phone", 1, 0, 4), ("vehicle", 1, 4, 4), ("plate", 1, 8, 5))
        for name, line, at, span in (*places, *others):
            grid.addWidget(self.fields[name], line, at, 1, span, Qt.AlignmentFlag.AlignTop)
        for at in range(13):
            grid.setColumnStretch(at, 1)
        return grid

    def _ticked(self) -> QVBoxLayout:
        symptoms, exposures = ([self.ticks[code] for code in codes] for codes in (SYMPTOMS, EXPOSURES))
        return column(self._symptoms, Flow(*symptoms), self._exposures, Flow(*exposures, self.ask_more), spacing=0)

    def _connect(self) -> None:
        self.more.clicked.connect(self.add_destination)
        self.ask_more.clicked.connect(self._ask_more)
        self.health.edited.connect(self._changed)
        for box in self.places:
            box.picked.connect(self._changed)
        for combo in (self.purpose, self.vehicle_kind):
            combo.activated.connect(self._changed)
        for line in (self.phone, self.plate):
            line.textEdited.connect(self._changed)
            line.editingFinished.connect(self.check)
        for tick in self.ticks.values():
            tick.clicked.connect(self._changed)

    def keys(self) -> dict[str, Callable[[], None]]:
        """The keys that the page gives to this form, as its labels show them."""
        ticks = {f"Alt+{key}": tick.click for key, tick in zip(_TICK_KEYS, self.ticks.values(), strict=True)}
        ticks["Alt+X"] = self._ask_more
        return ticks | {f"Alt+{key}": partial(self.focus, name) for key, name in zip("FDPTVB", self.fields, strict=True)}

    def add_destination(self) -> None:
        """One more destination, up to three."""
        for box in self.destinations:
            if box.isHidden():
                box.show()
                box.setFocus()
                return

    def _ask_more(self) -> None:
        """Stops on the way, test and doses: asked of some only."""
        self.health.show()
        self.point_at(self.health.stop)

    def _changed(self) -> None:
        for name, field in self.fields.items():
            if field.complaint() and name not in ("phone", "plate"):
                field.complain("")
        self.edited.emit()


def _index(codes: Sequence[str], code: str | None) -> int:
    """Where `code` stands in a combo whose first row is 'choose'."""
    return codes.index(code) + 1 if code in codes else 0


def _chosen(codes: Sequence[str], box: QComboBox) -> str | None:
    return codes[box.currentIndex() - 1] if box.currentIndex() > 0 else None


def _fill(box: QComboBox, words: list[str]) -> None:
    """The words again, in another language, what was chosen kept."""
    chosen = max(0, box.currentIndex())
    box.clear()
    box.addItems(words)
    box.setCurrentIndex(chosen)


def _national(phone: str | None) -> str:
    """A telephone number as people here write it: '0912345678'."""
    return phone.replace("+84", "0", 1) if phone else ""
