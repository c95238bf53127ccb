"""The composition root: the one place that knows every part of the laptop."""

import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_log_path
from PySide6.QtWidgets import QApplication

from checkpoint_app.logs import keep_log
from checkpoint_app.scanner.camera import Camera, cameras
from checkpoint_app.scanner.frames import FrameSource
from checkpoint_app.scanner.scanner import Scanner
from checkpoint_app.store import Store, open_store
from checkpoint_app.store.keys import DATABASE, obtain_key
from checkpoint_app.sync.runner import SyncRunner
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.conductor import Conductor
from checkpoint_app.ui.desk import Desk
from checkpoint_app.ui.look import Look, load_fonts
from checkpoint_app.ui.opening_page import OpeningPage
from checkpoint_app.ui.sounds import Chimes, Sounds
from checkpoint_app.words import Language
from checkpoint_core.trouble import Trouble

_log = logging.getLogger("checkpoint")
Clock = Callable[[], datetime]


def now() -> datetime:
    """The laptop's clock."""
    return datetime.now(UTC)


class Laptop:
    """A laptop at work: store, scanner, sync and window, wired. Made and closed on the GUI thread."""

    def __init__(
        self,
        application: QApplication,
        store: Store,
        look: Look,
        camera: Callable[[], FrameSource],
        sounds: Sounds,
        clock: Clock = now,
    ) -> None:
        self.store = store
        self.background = Background()
        desk = Desk.over(store, clock)
        self.conductor = Conductor(look, self.background, desk, sounds, application, application.clipboard())
        self.runner = SyncRunner(store, clock, self.conductor.status)
        self.scanner = Scanner(camera, self.conductor.frames, self.conductor.codes, self.conductor.camera, _report)
        self.conductor.recorded.connect(self._wake)
        self.conductor.enrolled.connect(self._wake)
        store.subscribe(self.conductor.lists)

    def start(self) -> None:
        """Show the window, start the camera and the exchange with the registry."""
        self.conductor.start()
        self.scanner.start()
        self.runner.start()

    def close(self) -> None:
        """Stop everything, in the order in which nothing is lost; the store last."""
        self.scanner.stop()
        self.runner.stop()
        self.conductor.close()
        self.store.close()

    def _wake(self, _: object = None) -> None:
        self.runner.wake()


def run_window(folder: Path, language: Language | None) -> int:
    """Open the window on `folder` and stay until it is closed; returns the exit code."""
    keep_log(user_log_path("checkpoint", appauthor=False))
    application = make_application()
    look, background = Look(language or "vi"), Background()
    laptops: list[Laptop] = []

    def opened(store: Store) -> None:
        laptops.append(Laptop(application, store, look, first_camera, Chimes()))
        laptops[0].start()
        opening.close()

    opening = OpeningPage(look, background, lambda words: open_data(folder, words), new=not (folder / DATABASE).exists())
    opening.opened.connect(opened)
    opening.show()
    opening.begin()
    code = application.exec()
    for laptop in laptops:
        laptop.close()
    background.close()
    return code


def make_application() -> QApplication:
    """The one QApplication of this process, with our fonts."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("checkpoint")
    load_fonts()
    return application


def open_data(folder: Path, passphrase: str) -> Store:
    """The store of a data folder; raises Trouble."""
    return open_store(folder, obtain_key(folder, passphrase=passphrase), now)


def first_camera() -> FrameSource:
    """The first camera that is plugged in just now; Trouble('no-camera')."""
    found = cameras()
    if not found:
        raise Trouble("no-camera")
    return Camera(found[0].device)


def _report(error: Exception) -> None:
    _log.error("reading a frame failed", exc_info=error)
