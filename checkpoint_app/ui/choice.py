"""One of a few: buttons side by side of which one is pressed."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from checkpoint_app.ui.widgets import row

T = TypeVar("T")


class Choice(QWidget, Generic[T]):
    """`chosen` is sent with the value that the person pressed, never by `choose`."""

    chosen = Signal(object)

    def __init__(self, values: Sequence[T]) -> None:
        super().__init__()
        self._values = list(values)
        self._group = QButtonGroup(self)
        self.buttons = [QPushButton() for _ in values]
        for place, button in enumerate(self.buttons):
            button.setCheckable(True)
            self._group.addButton(button, place)
        self._group.idClicked.connect(self._clicked)
        layout = row(*self.buttons, spacing=6)
        for place in range(len(self.buttons)):
            layout.setStretch(place, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.buttons[0])

    @property
    def value(self) -> T:
        return self._values[max(0, self._group.checkedId())]

    def choose(self, value: T) -> None:
        """Press the button of `value`, if there is one; the focus comes to it."""
        if value in self._values:
            button = self.buttons[self._values.index(value)]
            button.setChecked(True)
            self.setFocusProxy(button)

    def say(self, words: Sequence[str]) -> None:
        """What stands on the buttons, in their order."""
        for button, word in zip(self.buttons, words, strict=True):
            button.setText(word)

    def _clicked(self, place: int) -> None:
        self.chosen.emit(self._values[place])
