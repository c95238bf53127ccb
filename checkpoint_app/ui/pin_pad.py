"""A PIN by keyboard or by touch: dots, a keypad with keys for fingers, and what is wrong said under it."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Field, column

LONGEST = 32


class PinPad(QWidget):
    """`entered` is sent with the PIN at Enter."""

    entered = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(LONGEST)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.field = Field(self.line)
        self.line.returnPressed.connect(self._enter)
        self._erase, self.enter = _key(), _key()
        self._erase.clicked.connect(self.line.backspace)
        self.enter.clicked.connect(self._enter)
        self.enter.setProperty("role", "pad-enter")
        self.setLayout(column(self.field, self._keys(), spacing=10))
        self.setFixedWidth(300)
        self.setFocusProxy(self.line)
        look.words_changed.connect(self.retranslate)
        look.theme_changed.connect(self.retranslate)
        self.retranslate()

    def begin(self) -> None:
        """Empty, ready for the first digit."""
        self.line.clear()
        self.field.complain("")
        self.line.setFocus()

    def complain(self, sentence: str) -> None:
        """Say what is wrong and begin again."""
        self.begin()
        self.field.complain(sentence)

    def retranslate(self) -> None:
        self.field.label(self._look.say("scan.pin"))
        self._erase.setIcon(self._look.icon("backspace"))
        self._erase.setAccessibleName(self._look.say("door.erase"))
        self.enter.setIcon(self._look.icon("saved", self._look.palette.on_accent))
        self.enter.setAccessibleName(self._look.say("door.enter"))

    def _keys(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for index, digit in enumerate("123456789"):
            grid.addWidget(self._digit(digit), index // 3, index % 3)
        for column_, key in enumerate((self._erase, self._digit("0"), self.enter)):
            grid.addWidget(key, 3, column_)
        return grid

    def _digit(self, digit: str) -> QPushButton:
        key = _key()
        key.setText(digit)
        key.clicked.connect(partial(self.line.insert, digit))
        return key

    def _enter(self) -> None:
        if self.line.text():
            self.entered.emit(self.line.text())


def _key() -> QPushButton:
    key = QPushButton()
    key.setProperty("role", "pad")
    key.setIconSize(QSize(26, 26))
    key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard's focus stays in the line
    return key
