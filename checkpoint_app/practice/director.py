"""Brings the next invented traveller before the camera whenever the officer is free."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from checkpoint_app.scanner.practice import PracticeCamera
from checkpoint_app.ui.conductor import Conductor
from checkpoint_core.practice import ScriptedTraveller

_LOOK_MS = 500
_BREATH = 5  # looks of quiet between one traveller and the next
_AGAIN = 16  # looks after which a card that named nobody makes room for the next


class Director(QObject):
    """Walks through `travellers` while the scan page is in front and nobody is open on it."""

    def __init__(self, conductor: Conductor, camera: PracticeCamera, travellers: Sequence[ScriptedTraveller]) -> None:
        super().__init__()
        self._conductor, self._camera, self._travellers = conductor, camera, iter(travellers)
        self._quiet = 0
        self._wait = _BREATH
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _look(self) -> None:
        scan = self._conductor.scan
        free = self._conductor.window.front is scan and not scan.encounter.party.travellers and not scan.encounter.reading
        self._quiet = self._quiet + 1 if free else 0
        if not free:
            self._wait = _BREATH
        elif self._quiet >= self._wait:
            self._next()

    def _next(self) -> None:
        self._quiet, self._wait = 0, _AGAIN
        traveller = next(self._travellers, None)
        if traveller is not None:
            self._camera.show(traveller.text)
