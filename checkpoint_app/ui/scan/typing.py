"""Keys wherever the focus is: a hand scanner's burst is a code and leaves no trace in a field; digits begin a number."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from checkpoint_app.scanner.keyboard import GAP, WedgeDetector
from checkpoint_app.ui.keys import KeyWatch

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
_SILENCE_MS = int(GAP * 1000) + 30


class Typing(QObject):
    """Watches the keys while `page` is to be seen. `scanned` has a hand scanner's text; `number_begun` the digits
    that a hand typed outside every field. `seconds` is a clock that never falls."""

    scanned = Signal(str)
    number_begun = Signal(str)

    def __init__(
        self,
        page: QWidget,
        application: QApplication,
        seconds: Callable[[], float],
        picture_waits: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(page)
        self._page, self._seconds, self._picture_waits = page, seconds, picture_waits
        self._detector = WedgeDetector()
        self._before: tuple[QLineEdit, str] | None = None  # the field under the burst, as it was
        self._loose = ""  # characters typed outside every field
        self._last = float("-inf")
        self._silence = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._silence.timeout.connect(self._fell_silent)
        self._keys = KeyWatch(application, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not self._concerns(watched):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and self._detector.bursting:
            event.accept()  # the burst's own Enter must not decide anything
            return True
        if event.type() == QEvent.Type.ShortcutOverride and event.matches(QKeySequence.StandardKey.Paste):
            return self._picture_waits()  # no field claims the key then, so it is the page's
        return event.type() == QEvent.Type.KeyPress and self._key(event)

    def _concerns(self, watched: QObject) -> bool:
        """Whether `watched` is where the keys go; the same key then wanders up through its parents."""
        window = self._page.window()
        return self._page.isVisible() and watched is (window.focusWidget() or window)

    def _key(self, event: QKeyEvent) -> bool:
        text = "\r" if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else event.text()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier) or not text:
            return False
        if event.key() == Qt.Key.Key_Backspace:
            # No scanner takes anything back, but Vietnamese typing programs do, as fast as a scanner, to put a tone on.
            self._detector = WedgeDetector()
            return False
        at = self._seconds()
        if at - self._last > GAP:
            self._begin(event)
        self._last = at
        code = self._detector.key(text, at)
        if code is not None:
            self._take(code)
            return True
        self._silence.start()
        if self._detector.bursting:
            self._restore()
            return True
        return self._loosely(text)

    def _begin(self, event: QKeyEvent) -> None:
        field = self._page.window().focusWidget()
        self._before = (field, field.text()) if isinstance(field, QLineEdit) else None

    def _loosely(self, text: str) -> bool:
        """Outside every field: digits wait until it is clear whether a hand or a scanner sends them."""
        if isinstance(self._page.window().focusWidget(), _FIELDS) or not text.isprintable():
            return False
        self._loose += text
        return text.isdigit()

    def _restore(self) -> None:
        if self._before:
            field, words = self._before
            self._before = None
            field.setText(words)
            field.textEdited.emit(words)  # whoever followed the burst's first characters follows back
        self._loose = ""

    def _take(self, code: str) -> None:
        self._silence.stop()
        self._restore()
        self.scanned.emit(code)

    def _fell_silent(self) -> None:
        code = self._detector.pause(self._last + 1)
        if code is not None:
            self._take(code)
            return
        loose, self._loose = self._loose, ""
        if loose.isdigit():
            self.number_begun.emit(loose)
