"""The line under the navigation that tells what the world did and what to do; never in the way, gone by one key."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QLabel

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.page import Note, Tone, sentence
from checkpoint_app.ui.widgets import KeyButton, restyle, row, text
from checkpoint_core.trouble import Trouble

_PASSING_MS = 6000  # how long good news stands
_ICONS: dict[Tone, str] = {"good": "saved", "info": "info", "warn": "attention", "error": "error"}


class Banner(QFrame):
    """Shows the newest of what was told; dismissing it shows the one before. The same thing told twice stands once.

    It never wears a verdict's colours: a full disk beside a clear traveller must not look like a stop.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._look = look
        self._told: list[Note | Trouble] = []
        self._icon = QLabel()
        self._words = text("strong", wrap=True)
        self._more = text("strong")
        self._close = KeyButton(look, "close", "F4")
        self._close.clicked.connect(self.dismiss)
        self._passing = QTimer(self, singleShot=True, interval=_PASSING_MS)
        self._passing.timeout.connect(self._pass)
        layout = row(self._icon, self._words, self._more, self._close, spacing=12, stretch=1)
        layout.setContentsMargins(16, 4, 8, 4)
        self.setLayout(layout)
        look.words_changed.connect(self._show)
        look.theme_changed.connect(self._show)
        self._show()

    def tell(self, noted: Note | Trouble) -> None:
        """Say it now; what stood there waits behind it."""
        said = sentence(self._look, noted)
        self._told = [one for one in self._told if sentence(self._look, one) != said and not _passes(one)]
        self._told.append(noted)
        self._show()

    def withdraw(self, code: str) -> None:
        """The trouble `code` is over: stop saying it."""
        self._told = [one for one in self._told if not (isinstance(one, Trouble) and one.code == code)]
        self._show()

    def dismiss(self) -> None:
        """The person has read it."""
        self._told = self._told[:-1]
        self._show()

    def said(self) -> str:
        """The sentence that stands there, or ''."""
        return sentence(self._look, self._told[-1]) if self._told else ""

    def _pass(self) -> None:
        self._told = [one for one in self._told if not _passes(one)]
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._told))
        if not self._told:
            return
        newest = self._told[-1]
        tone, palette = _tone(newest), self._look.palette
        restyle(self, "told", tone)
        colour = palette.accent if tone == "info" else getattr(palette, tone)
        self._icon.setPixmap(self._look.pixmap(_ICONS[tone], 26, colour))
        self._close.label(self._look.say("window.dismiss"))
        self._words.setText(self.said())
        behind = len(self._told) - 1
        self._more.setText(self._look.say("window.more-notes", count=behind) if behind else "")
        if _passes(newest):
            self._passing.start()


def _tone(noted: Note | Trouble) -> Tone:
    return "error" if isinstance(noted, Trouble) else noted.tone


def _passes(noted: Note | Trouble) -> bool:
    return _tone(noted) == "good"
