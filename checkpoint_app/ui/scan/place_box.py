"""A field for a place: a name typed with or without diacritics offers the units that fit; recent ones stand ready."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget

from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_core.geography import Unit, label, unit
from checkpoint_core.screening.model import Place
from checkpoint_core.trouble import Trouble

Search = Callable[[str], tuple[Unit, ...]]
_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape}
_MOST_SHOWN = 6
_ROW = 44


class PlaceBox(QLineEdit):
    """`picked` is sent with the Place chosen. Text that was not picked stays a place without a unit."""

    picked = Signal(object)  # Place | None

    def __init__(self, look: Look, background: Background, search: Search) -> None:
        super().__init__()
        self._look, self._background, self._search = look, background, search
        self._place: Place | None = None
        self._recent: tuple[Place, ...] = ()
        self._offered: tuple[Place, ...] = ()
        self._take_first = False
        self._list = QListWidget(self)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.hide()
        self._list.itemClicked.connect(self._take_current)
        self.textEdited.connect(self._ask)

    def place(self) -> Place | None:
        """What the field holds: the picked place, or what was typed; None when empty."""
        words = self.text().strip()
        if self._place and self._place.text == words:
            return self._place
        return Place(words) if words else None

    def set_place(self, place: Place | None) -> None:
        """Show `place`; nothing is sent."""
        self._place = place
        self.setText(place.text if place else "")
        self.setCursorPosition(0)
        self.close_list()

    def offer(self, recent: tuple[Place, ...]) -> None:
        """What to offer while nothing is typed, the likeliest first."""
        self._recent = recent

    @property
    def offering(self) -> bool:
        """Whether the list is open: Enter, Escape and the arrows are then its keys."""
        return self._list.isVisible()

    def close_list(self) -> None:
        self._take_first = False
        self._list.hide()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._mine(event):
            event.accept()  # else the page's own Enter would decide while a place is being chosen
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._mine(event):
            if event.key() == Qt.Key.Key_Down and not self.text():
                self._show(self._recent)
                return
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_list()
        else:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % max(1, self._list.count()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.text():
            self._show(self._recent)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.close_list()
            if self.place() != self._place:
                self._choose(self.place())

    def _mine(self, event: QKeyEvent) -> bool:
        if self._list.isVisible():
            return event.key() in _KEYS
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.place() != self._place

    def _ask(self, words: str) -> None:
        if not words.strip():
            self._show(self._recent)
            self.picked.emit(None)
            return
        self._background.elsewhere(lambda: (words, self._search(words)), self, self._answered, self._failed)

    def _answered(self, answer: tuple[str, tuple[Unit, ...]]) -> None:
        words, found = answer
        if words != self.text() or not self.hasFocus():
            return
        self._show(tuple(Place(label(one), one.code) for one in found))
        if self._take_first:
            self._take_current()

    def _failed(self, _: Trouble) -> None:
        """A table in memory meets no trouble of the world's, and the door reports a bug itself: what was typed stays."""
        self.close_list()

    def _enter(self) -> None:
        """Take what is marked; while the answer is still under way, take the first of it when it comes."""
        if self._list.isVisible() and self._list.currentRow() >= 0:
            self._take_current()
        else:
            self._take_first = True

    def _take_current(self) -> None:
        row = self._list.currentRow()
        self._choose(self._offered[row] if 0 <= row < len(self._offered) else self.place())

    def _choose(self, place: Place | None) -> None:
        self.set_place(place)
        self.picked.emit(place)

    def _show(self, places: tuple[Place, ...]) -> None:
        self._offered = places
        self._list.clear()
        words = [place.text for place in places] or ([self._look.say("scan.place-none")] if self.text() else [])
        self._list.addItems(words)
        self._list.setVisible(bool(words))
        if not words:
            return
        self._list.setCurrentRow(0 if self.text() else -1)
        window = self.window()
        self._list.setParent(window)
        width = max(self.width(), 320)
        height = _ROW * min(len(words), _MOST_SHOWN) + 8
        at = self.mapTo(window, QPoint(0, self.height()))
        above = at.y() + height > window.height()
        left = max(0, min(at.x(), window.width() - width))
        self._list.setGeometry(left, at.y() - self.height() - height if above else at.y(), width, height)
        self._list.show()
        self._list.raise_()


def place_of(code: str) -> Place | None:
    """The unit of `code` as a declared place."""
    one = unit(code)
    return Place(label(one), code) if one else None
