"""The strip of people in this vehicle: who each is, how each was judged, whose form is shown."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.scan.party import Party
from checkpoint_app.ui.widgets import KeyButton, clear, row, text


class Travellers(QWidget):
    """`chosen` and `removed` are sent with a traveller's index."""

    chosen = Signal(int)
    removed = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._party = Party()
        self._title = text("heading")
        self._people = row(spacing=6)
        self._remove = KeyButton(look, "remove", "Ctrl+Del")
        self._remove.clicked.connect(self._drop)
        self.setLayout(row(self._title, self._people, 1, self._remove, spacing=10))
        look.words_changed.connect(self.redraw)
        look.theme_changed.connect(self.redraw)
        self.redraw()

    def show_party(self, party: Party) -> None:
        if party != self._party:
            self._party = party
            self.redraw()

    def redraw(self) -> None:
        self._title.setText(self._look.say("scan.party"))
        self._remove.label(self._look.say("scan.remove"))
        clear(self._people)
        self.setVisible(len(self._party.travellers) > 1)
        if len(self._party.travellers) > 1:
            for index in range(len(self._party.travellers)):
                self._people.addWidget(self._person(index))

    def _person(self, index: int) -> QToolButton:
        one = self._party.travellers[index]
        name = one.reading.identity.name if one.reading.identity else None
        button = QToolButton()
        button.setCheckable(True)
        button.setChecked(index == self._party.current)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        palette = self._look.palette
        colours = {"clear": palette.good, "attention": palette.warn, "stop": palette.error}
        shown = palette.on_accent if button.isChecked() else colours[one.verdict.state]
        button.setIcon(self._look.icon(one.verdict.state, shown))
        button.setIconSize(QSize(20, 20))
        last = (name or "?").split()[-1]
        button.setText(f"{index + 1} {last}")
        button.setToolTip(name or "")
        button.setAccessibleName(f"{name}: {self._look.say(f'verdict.{one.verdict.state}')}")
        button.clicked.connect(partial(self.chosen.emit, index))
        return button

    def _drop(self) -> None:
        self.removed.emit(self._party.current)
