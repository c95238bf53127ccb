"""What is asked only of some: where they stopped on the way, a test and its day, vaccine doses and the last one's day."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.scan.manual_entry import birth_date
from checkpoint_app.ui.scan.place_box import PlaceBox, Search
from checkpoint_app.ui.widgets import Field, row
from checkpoint_app.ui.wording import day
from checkpoint_core.screening.model import Declaration

_TESTS = ("negative", "positive")
_MOST_DOSES = 6


class HealthRow(QWidget):
    """Shown when it is asked for, or when there is already something in it. `edited` is sent on the officer's changes."""

    edited = Signal()

    def __init__(self, look: Look, background: Background, search: Search) -> None:
        super().__init__()
        self._look = look
        self.stop = PlaceBox(look, background, search)
        self.test, self.doses = QComboBox(), QComboBox()
        self.test_on, self.dose_on = QLineEdit(), QLineEdit()
        controls = (self.stop, self.test, self.test_on, self.doses, self.dose_on)
        names = ("stop", "test", "test-on", "doses", "dose-on")
        self.fields = {name: Field(control) for name, control in zip(names, controls, strict=True)}
        layout = row(*self.fields.values(), spacing=8, stretch=0)
        for field in self.fields.values():
            layout.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.stop.picked.connect(self._changed)
        for combo in (self.test, self.doses):
            combo.activated.connect(self._changed)
        for line in (self.test_on, self.dose_on):
            line.setMaximumWidth(150)
            line.textEdited.connect(self._changed)
            line.editingFinished.connect(self.check)
        look.words_changed.connect(self.retranslate)
        self.retranslate()

    def show_declaration(self, said: Declaration) -> None:
        """Fill it, and show it if there is anything in it."""
        self.stop.set_place(said.stops[0] if said.stops else None)
        self.test.setCurrentIndex(_TESTS.index(said.test) + 1 if said.test else 0)
        self.doses.setCurrentIndex(0 if said.doses is None else min(said.doses, _MOST_DOSES) + 1)
        self.test_on.setText(day(said.test_on or ""))
        self.dose_on.setText(day(said.last_dose_on or ""))
        self.setVisible(bool(said.stops or said.test or said.doses is not None))
        self.check()

    def applied(self, said: Declaration) -> Declaration:
        """`said` with what stands here; further stops than the one shown are kept. A day that is none is not taken."""
        stop = self.stop.place()
        return msgspec.structs.replace(
            said,
            stops=(*([stop] if stop else []), *said.stops[1:]),
            test=_TESTS[self.test.currentIndex() - 1] if self.test.currentIndex() > 0 else None,
            test_on=_whole_day(self.test_on.text()),
            doses=self.doses.currentIndex() - 1 if self.doses.currentIndex() > 0 else None,
            last_dose_on=_whole_day(self.dose_on.text()),
        )

    def check(self) -> QWidget | None:
        """Say at the fields which days there are not; the first such field."""
        wrong = None
        for name, line in (("dose-on", self.dose_on), ("test-on", self.test_on)):
            bad = bool(line.text().strip()) and _whole_day(line.text()) is None
            self.fields[name].complain(self._look.say("scan.manual-birth-wrong") if bad else "")
            wrong = line if bad else wrong
        return wrong

    def retranslate(self) -> None:
        say = self._look.say
        for name, field in self.fields.items():
            field.label(say(f"scan.health-{name}"))
        self.stop.setPlaceholderText(say("scan.place-hint"))
        for line in (self.test_on, self.dose_on):
            line.setPlaceholderText(say("scan.day-hint"))
        tests = [say("scan.none"), *(say(f"scan.test-{test}") for test in _TESTS)]
        doses = [say("scan.none"), *(str(count) for count in range(_MOST_DOSES + 1))]
        for combo, words in ((self.test, tests), (self.doses, doses)):
            chosen = max(0, combo.currentIndex())
            combo.clear()
            combo.addItems(words)
            combo.setCurrentIndex(chosen)
        self.check()

    def _changed(self) -> None:
        self.edited.emit()


def _whole_day(words: str) -> str | None:
    iso = birth_date(words)
    return iso if iso and len(iso) == len("2026-11-24") else None
