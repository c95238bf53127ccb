"""A checkpoint laptop for the tests of the window: a real encrypted store with a published world, real pages, no screen."""

from dataclasses import dataclass, field
from datetime import UTC

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.scanner.code import Code
from checkpoint_app.scanner.frames import CameraState
from checkpoint_app.store import Store
from checkpoint_app.store.values import Officer, Shift
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.conductor import Conductor
from checkpoint_app.ui.desk import Desk
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.scan_page import ScanPage
from checkpoint_app.ui.sounds import Sound
from checkpoint_core.journal.payloads import ShiftOpened
from checkpoint_core.releases.model import (
    Checkpoints,
    Content,
    PolicyRelease,
    Post,
    Release,
    Sought,
    WatchList,
    Zone,
    Zones,
    publish,
    watch_digest,
)
from checkpoint_core.screening.policy import BUILT_IN
from tests.app.store.making import Clock, Registry

NAM = "036085000123|162345678|Đoàn Văn Nam|21091985|Nam|Thôn 4, xã Giao Thủy, Ninh Bình|01072025"
LAN = "001190000017||Nguyễn Thị Lan|05091990|Nữ|Số 3, phường Ba Đình, Hà Nội|12082025"
ANH = "036185000124||Đoàn Thị Ánh Nguyệt|03021985|Nữ|Thôn 2, xã Giao Minh, Ninh Bình|01072025"
SOUGHT = "001088000029||Trần Văn Tìm|14051988|Nam|Số 9, phường Ba Đình, Hà Nội|12082025"
PAYMENT = "00020101021238540010A00000072701240006970436"
POST = Post("cp-phap-van", "Chốt Pháp Vân", "c:00337", ("1", "2"))
ZONE = Zone("z1", "xã Giao Minh", ("c:14161",), 2, "2026-11-12")


@dataclass
class Heard:
    """Sounds as a list."""

    sounds: list[Sound] = field(default_factory=list)

    def play(self, sound: Sound) -> None:
        self.sounds.append(sound)


@dataclass
class Ticks:
    """A clock for keys: each look at it is `step` seconds later."""

    step: float = 0.2
    now: float = 0.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@dataclass
class Station:
    """One laptop with its window; `page` is the scan page."""

    qtbot: QtBot
    store: Store
    clock: Clock
    ticks: Ticks
    look: Look
    heard: Heard
    conductor: Conductor
    officer: Officer
    shift: Shift

    @property
    def page(self) -> ScanPage:
        return self.conductor.scan

    def show_card(self, text: str) -> None:
        """A card before the camera; returns when it has been screened."""
        self.see(self.conductor, text)
        self.settle()

    @staticmethod
    def see(conductor: Conductor, text: str) -> None:
        """As the scanner says it."""
        conductor.codes([Code(text, text.encode(), "QRCode", "zxing-cpp", ())])

    def settle(self) -> None:
        """Wait until nothing is under way: readings, judgements, recordings, drafts."""
        encounter = self.page.encounter
        self.drain()
        self.qtbot.waitUntil(lambda: not (encounter.reading or encounter.recording or encounter.judging), timeout=5000)
        self.drain()

    def drain(self) -> None:
        """Wait for whatever the background has been asked so far."""
        done: list[object] = []
        self.conductor._background.database(lambda: None, self.page, done.append, done.append)
        self.conductor._background.elsewhere(lambda: None, self.page, done.append, done.append)
        self.qtbot.waitUntil(lambda: len(done) == 2, timeout=5000)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key to whatever has the focus; returns when what it set off is done."""
        QTest.keyClick(self.focus, key, modifier)
        self.settle()

    def type(self, words: str) -> None:
        """Type by hand, key by key."""
        QTest.keyClicks(self.focus, words)

    @property
    def focus(self) -> QWidget:
        return self.conductor.window.focusWidget() or self.conductor.window

    def at(self, control: QWidget) -> bool:
        """Whether the cursor is there."""
        return self.focus is control

    def crossings(self) -> list[str]:
        """Who crossed how, newest first."""
        rows = self.store.crossings(shift=self.shift.id, limit=50)
        return [
            f"{'+'.join(one.identity.name or '?' for one in row.crossing.travellers)}: {row.crossing.decision.action}"
            for row in rows
        ]


def publish_world(store: Store, clock: Clock, registry: Registry, *contents: Content) -> None:
    """Enrol and bring in zones, watch list, posts and policy as the registry would have sent them."""
    registry.enrol(store)
    salt = "salt"
    number = SOUGHT.split("|")[0]
    watch = WatchList(salt, (Sought(watch_digest(salt, number), "", "contact-1", "2026-11-20"),))
    everything = contents or (Zones((ZONE,)), watch, Checkpoints((POST,)), PolicyRelease(BUILT_IN))
    issued = clock().astimezone(UTC).isoformat(timespec="seconds")
    releases = [publish(Release(str(one.__struct_config__.tag), 1, issued, one), registry.key) for one in everything]
    applied = store.apply(1, releases, [])
    assert not applied.refused


def open_station(qtbot: QtBot, application: QApplication, store: Store, clock: Clock, background: Background) -> Station:
    """The window with an officer on duty at a lane, the scan page in front."""
    look, heard, ticks = Look(), Heard(), Ticks()
    desk = Desk.over(store, clock, ticks)
    conductor = Conductor(look, background, desk, heard, application, QApplication.clipboard())
    qtbot.addWidget(conductor.window)
    officer = next(iter(store.officers()), None) or store.add_officer("Trần Văn Bình", "supervisor", "no PIN", None)
    shift = store.current_shift(officer.id) or store.open_shift(officer, ShiftOpened(POST.id, "1", "in"))
    with qtbot.waitExposed(conductor.window):
        conductor.window.show()
    conductor.window.activateWindow()
    conductor.on_duty.sign_in(officer)
    conductor._opened(shift)
    conductor.camera(CameraState("running"))
    station = Station(qtbot, store, clock, ticks, look, heard, conductor, officer, shift)
    station.settle()
    return station
