"""The card that cannot be read, typed: number, name, birth date, sex, address; what is wrong is said at its field."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, Field, KeyButton, column, row, text
from checkpoint_core.identity import number_facts
from checkpoint_core.identity.model import Identity, Sex
from checkpoint_core.text import nfc
from checkpoint_core.times import day

_SEXES: tuple[Sex, ...] = ("male", "female")
_DATE = re.compile(r"(?:(?:(\d{1,2})[/.\- ])?(\d{1,2})[/.\- ])?(\d{4})")


class ManualEntry(Card):
    """`typed` is sent with an Identity; `withdrawn` when the officer goes back."""

    typed = Signal(object)
    withdrawn = Signal()

    def __init__(self, look: Look) -> None:
        self._title = text("heading")
        self.number, self.name, self.birth, self.address = (QLineEdit() for _ in range(4))
        self.sex = QComboBox()
        controls = (self.number, self.name, self.birth, self.sex, self.address)
        names = ("number", "name", "birth", "sex", "address")
        self.fields = {name: Field(control) for name, control in zip(names, controls, strict=True)}
        self.check, self._back = KeyButton(look, "admit", "Return", role="primary"), KeyButton(look, "turn-back", "Esc")
        above = row(*(self.fields[name] for name in names[:2]), spacing=8)
        self.birth.setMinimumWidth(210)
        below = row(*(self.fields[name] for name in names[2:]), spacing=8, stretch=2)
        super().__init__(column(self._title, above, below, row(1, self.check, self._back), 1, spacing=10))
        self._look = look
        self.check.clicked.connect(self._check)
        self._back.clicked.connect(self.withdrawn)
        self.number.editingFinished.connect(self._infer)
        look.words_changed.connect(self.retranslate)
        self.retranslate()

    def begin(self, digits: str = "") -> None:
        """A fresh entry, its number begun with `digits`."""
        for line in (self.name, self.birth, self.address):
            line.clear()
        self.number.setText(digits)
        self.sex.setCurrentIndex(0)
        self._clear_complaints()
        self.number.setFocus()

    def identity(self) -> Identity:
        """What was typed."""
        digits = re.sub(r"\D", "", self.number.text())
        return Identity(
            number=digits if len(digits) == 12 else None,
            old_number=digits if len(digits) == 9 else None,
            name=nfc(self.name.text()).upper() or None,
            birth_date=birth_date(self.birth.text()),
            sex=_SEXES[self.sex.currentIndex() - 1] if self.sex.currentIndex() > 0 else None,
            address=nfc(self.address.text()) or None,
        )

    def retranslate(self) -> None:
        say = self._look.say
        self._title.setText(say("scan.manual-title"))
        for name, field in self.fields.items():
            field.label(say(f"scan.manual-{name}"))
        self.birth.setPlaceholderText(say("scan.manual-birth-hint"))
        chosen = max(0, self.sex.currentIndex())
        self.sex.clear()
        self.sex.addItems([say("scan.choose"), *(say(f"sex.{sex}") for sex in _SEXES)])
        self.sex.setCurrentIndex(chosen)
        self.check.label(say("scan.manual-check"), "Enter")
        self._back.label(say("scan.back"))

    def _infer(self) -> None:
        """The number tells the sex and the year of birth: two questions less."""
        facts = number_facts(re.sub(r"\D", "", self.number.text()))
        if facts and self.sex.currentIndex() == 0:
            self.sex.setCurrentIndex(_SEXES.index(facts.sex) + 1)
        if facts and not self.birth.text():
            self.birth.setText(str(facts.birth_year))

    def _check(self) -> None:
        self._clear_complaints()
        self._infer()
        identity, say = self.identity(), self._look.say
        if identity.number is None and identity.old_number is None:
            self._complain("number", say("scan.manual-need-number"))
        elif not identity.name:
            self._complain("name", say("scan.manual-need-name"))
        elif self.birth.text().strip() and identity.birth_date is None:
            self._complain("birth", say("scan.manual-birth-wrong"))
        else:
            self.typed.emit(identity)

    def _complain(self, name: str, sentence: str) -> None:
        self.fields[name].complain(sentence)
        self.fields[name].setFocus()

    def _clear_complaints(self) -> None:
        for field in self.fields.values():
            field.complain("")


def birth_date(words: str) -> str | None:
    """'21/9/1985', '9/1985' or '1985' as ISO; None for anything else and for days that there are not."""
    match = _DATE.fullmatch(words.strip())
    if not match:
        return None
    of_month, month, year = match.groups()
    iso = "-".join(part.zfill(2) for part in (year, month, of_month) if part)
    whole = "-".join([*iso.split("-"), "01", "01"][:3])
    return iso if day(whole) else None
