"""The whole laptop as app.py wires it, with a camera that sees what the test holds before it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.app import Laptop, OpenCamera
from checkpoint_app.scanner.cards import empty_frame
from checkpoint_app.scanner.frames import Frame
from checkpoint_app.store import Store
from checkpoint_app.store.journal import new_id
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.settings import Preferences, Settings
from checkpoint_core.screening.model import Declaration, Place
from checkpoint_core.trouble import Trouble
from tests.app.store.making import Clock, crossing, on_duty, opened, person
from tests.ui.station import Heard, Station, Ticks


class Lens:
    """A camera; `frame` is what it sees, None when it is unplugged."""

    def __init__(self) -> None:
        self.frame: Frame | None = empty_frame()
        self._rate = threading.Event()

    def read(self) -> Frame:
        self._rate.wait(0.02)
        if self.frame is None:
            raise Trouble("unplugged")
        return self.frame

    def close(self) -> None:
        """Nothing to let go."""


def five_hours_ago() -> Clock:
    return Clock(datetime.now(UTC) - timedelta(hours=5))


def known(store: Store, clock: Clock, *people: tuple[str, str]) -> None:
    """These (number, name) passed five hours ago: one key each is enough today."""
    officer, shift = on_duty(store)
    said = Declaration(Place("Hải Phòng", "p:31"), (Place("Hà Nội", "p:01"),), purpose="work", phone="+84912345678")
    for number, name in people:
        one = crossing(person(number, name, declaration=said))
        store.record_crossing(new_id(), one, officer=officer.id, shift=shift.id)
    clock.pass_(hours=5)


@contextmanager
def at_work(
    qtbot: QtBot, application: QApplication, store: Store, clock: Clock, camera: OpenCamera, settings: Settings | None = None
) -> Iterator[tuple[Laptop, Station]]:
    """The laptop started, an officer on duty at the scan page; closed at the end, its store too."""
    look, background = Look(), Background()
    preferences = Preferences(look, settings or Settings(), lambda _: None)
    laptop = Laptop(application, store, preferences, look, background, camera=camera, clock=clock)
    conductor = laptop.conductor
    qtbot.addWidget(conductor.window)
    officer, shift = on_duty(store)
    try:
        with qtbot.waitExposed(conductor.window):
            laptop.start()
        conductor.window.activateWindow()
        qtbot.waitUntil(lambda: conductor.window.front is conductor.sign_in and conductor.sign_in.list.count() > 0)
        conductor.on_duty.sign_in(officer)
        conductor._opened(shift)
        station = Station(qtbot, store, clock, Ticks(), look, Heard(), conductor, officer, shift)
        station.settle()
        yield laptop, station
    finally:
        laptop.close()


def new_store(folder: Path, clock: Clock) -> Store:
    """A data folder with one supervisor and an open shift."""
    store = opened(folder, clock)
    on_duty(store)
    return store
