"""The composition root: the one place that knows every part of the laptop."""

import gc
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from platformdirs import user_log_path
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication

from checkpoint_app.duty.screening import prepare
from checkpoint_app.logs import keep_log
from checkpoint_app.scanner.camera import Camera, cameras
from checkpoint_app.scanner.frames import Frame, FrameSource
from checkpoint_app.scanner.scanner import Scanner
from checkpoint_app.store import Store, open_store
from checkpoint_app.store.keys import DATABASE, KEY_FILE, obtain_key
from checkpoint_app.sync.runner import SyncRunner
from checkpoint_app.ui.back_desk import Archive, Line, Staff, Watch
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.conductor import Conductor
from checkpoint_app.ui.crossings_page import CrossingsPage
from checkpoint_app.ui.desk import Desk
from checkpoint_app.ui.look import Look, load_fonts
from checkpoint_app.ui.opening_page import OpeningPage
from checkpoint_app.ui.settings import Preferences, Settings, load_settings
from checkpoint_app.ui.settings_page import SettingsPage
from checkpoint_app.ui.shift_page import ShiftPage
from checkpoint_app.ui.sounds import Chimes
from checkpoint_app.ui.sync_page import SyncPage
from checkpoint_app.words import Language
from checkpoint_core.trouble import Trouble

_log = logging.getLogger("checkpoint")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
}
Clock = Callable[[], datetime]
OpenCamera = Callable[[str | None], FrameSource]  # a device as `cameras` names it; None: the first there is


def now() -> datetime:
    """The laptop's clock."""
    return datetime.now(UTC)


def open_camera(device: str | None) -> FrameSource:
    """The camera that was chosen, else the first one plugged in just now; raises Trouble."""
    found = [device] if device else [one.device for one in cameras()]
    if not found:
        raise Trouble("no-camera")
    return Camera(found[0])


class Laptop:
    """A laptop at work: store, scanner, sync and window, wired. Made and closed on the GUI thread."""

    def __init__(
        self,
        application: QApplication,
        store: Store,
        preferences: Preferences,
        look: Look,
        background: Background,
        *,
        camera: OpenCamera = open_camera,
        clock: Clock = now,
    ) -> None:
        self.store, self.preferences, self._look, self._background, self._clock = store, preferences, look, background, clock
        self._sounds = Chimes()
        desk = Desk.over(store, clock)
        self.conductor = Conductor(look, background, desk, self._sounds, application, application.clipboard())
        self.runner = SyncRunner(store, clock, self.conductor.status)
        source = partial(ChosenCamera, camera, lambda: preferences.settings.camera)
        self.scanner = Scanner(source, self.conductor.frames, self.conductor.codes, self.conductor.camera, _report)
        self._add_pages(desk)
        self.conductor.recorded.connect(self._wake)
        self.conductor.enrolled.connect(self._wake)
        preferences.changed.connect(self._follow)
        preferences.not_kept.connect(self.conductor.window.tell)
        self._follow(preferences.settings)
        store.subscribe(self.conductor.lists)

    def start(self) -> None:
        """Show the window, start the camera and the exchange with the registry."""
        self.conductor.start()
        self.scanner.start()
        self.runner.start()
        self._background.elsewhere(prepare, self.conductor, _ready, self.conductor.window.tell)
        # the system tells when a network is back; without that, the runner's own timer finds out
        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            QNetworkInformation.instance().reachabilityChanged.connect(self._wake)

    def close(self) -> None:
        """Stop everything, in the order in which nothing is lost; the store last."""
        self.scanner.stop()
        self.runner.stop()
        self.conductor.close()
        self.store.close()
        gc.unfreeze()

    def _add_pages(self, desk: Desk) -> None:
        window, on_duty, store = self.conductor.window, self.conductor.on_duty, self.store
        made = self._look, self._background, on_duty
        line = Line.of(store, lambda: self.runner.status, self.runner.wake, desk.door.enrol)
        crossings, sync = CrossingsPage(*made, Archive.of(store), self._clock), SyncPage(*made, line, self._clock)
        window.add_page(crossings, "F6")
        window.add_page(ShiftPage(*made, Watch.of(store)), "F7")
        window.add_page(sync, "F8")
        window.add_page(SettingsPage(*made, Staff.of(store), self.preferences), "F9")
        sync.enrolled.connect(self._wake)
        sync.returned_asked.connect(partial(window.go, crossings))
        sync.returned_asked.connect(crossings.show_returned)

    def _follow(self, settings: Settings) -> None:
        self._sounds.muted = not settings.sound
        self.conductor.window.set_idle_minutes(settings.idle_minutes)

    def _wake(self, _: object = None) -> None:
        self.runner.wake()


class ChosenCamera:
    """The camera set just now; given up when another is chosen, so that the scanner opens that one."""

    def __init__(self, open_camera: OpenCamera, chosen: Callable[[], str | None]) -> None:
        self._chosen, self._device = chosen, chosen()
        self._camera = open_camera(self._device)

    def read(self) -> Frame:
        """The next frame; Trouble('searching') once another camera is chosen."""
        if self._chosen() != self._device:
            raise Trouble("searching")
        return self._camera.read()

    def close(self) -> None:
        self._camera.close()


def run_window(folder: Path, language: Language | None) -> int:
    """Open the window on `folder` and stay until it is closed; returns the exit code."""
    keep_log(user_log_path("checkpoint", appauthor=False))
    log_qt()
    application = make_application()
    look, background = Look(), Background()
    settings, damaged = _settings(folder)
    preferences = Preferences.in_folder(look, settings, folder, background)
    if language:
        preferences.change(language=language)
    laptops: list[Laptop] = []

    def opened(store: Store) -> None:
        laptop = Laptop(application, store, preferences, look, background)
        laptops.append(laptop)
        laptop.start()
        if damaged:
            laptop.conductor.window.tell(damaged)
        opening.close()

    opening = OpeningPage(look, background, partial(open_data, folder), new=is_new(folder))
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


def log_qt() -> None:
    """Qt's own messages go to the log, not to whoever started the program."""
    qInstallMessageHandler(lambda kind, _, message: logging.getLogger("qt").log(_LEVELS.get(kind, logging.ERROR), message))


def open_data(folder: Path, passphrase: str) -> Store:
    """The store of a data folder; raises Trouble."""
    return open_store(folder, obtain_key(folder, passphrase=passphrase), now)


def is_new(folder: Path) -> bool:
    """Whether neither a database nor a passphrase's key was ever made there: a lost database still has its passphrase."""
    return not any((folder / name).exists() for name in (DATABASE, KEY_FILE))


def _settings(folder: Path) -> tuple[Settings, Trouble | None]:
    """What is set; where the file is damaged, the defaults and what to tell the person."""
    try:
        return load_settings(folder), None
    except Trouble as trouble:
        return Settings(), trouble


def _ready(_: None) -> None:
    """Screening's tables are in memory to stay: looked through for garbage again and again, they would hold the window."""
    gc.freeze()


def _report(error: Exception) -> None:
    _log.error("reading a frame failed", exc_info=error)
