"""Sees the keys on their way to whatever has the focus, and nothing else: a filter on the whole application would call
Python for every event there is, and each call waits its turn behind the scanner's and the database's threads."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class KeyWatch(QObject):
    """Keeps `watcher` installed as event filter on the widget that has the focus and on its window."""

    def __init__(self, application: QApplication, watcher: QObject) -> None:
        super().__init__(watcher)
        self._watcher = watcher
        application.focusChanged.connect(self._follow)
        self._follow(None, application.focusWidget())

    @Slot(QWidget, QWidget)
    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._watcher):  # a window on its way out still loses the focus
            return
        if before is not None and isValid(before) and not before.isWindow():
            before.removeEventFilter(self._watcher)
        if now is not None:
            now.window().installEventFilter(self._watcher)
            now.installEventFilter(self._watcher)
