"""Who is at the laptop and on which shift: the one thing that all pages share and follow."""

from PySide6.QtCore import QObject, Signal

from checkpoint_app.store.values import Officer, Shift


class OnDuty(QObject):
    """`changed` is sent after every change; a page that lists something reloads then."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._officer: Officer | None = None
        self._shift: Shift | None = None

    @property
    def officer(self) -> Officer | None:
        return self._officer

    @property
    def shift(self) -> Shift | None:
        return self._shift

    def sign_in(self, officer: Officer) -> None:
        self._officer, self._shift = officer, None
        self.changed.emit()

    def take(self, shift: Shift | None) -> None:
        """A shift was opened (or found open); None: it was closed."""
        self._shift = shift
        self.changed.emit()

    def sign_out(self) -> None:
        self._officer = self._shift = None
        self.changed.emit()
