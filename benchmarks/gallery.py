"""Pictures of every page, rendered without a screen from the real window over a real store, into docs/gallery."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")

import msgspec
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtTest import QTest

from benchmarks.practice_laptop import SEED, PracticeLaptop
from checkpoint_app.app import make_application
from checkpoint_app.duty.crossings import correct
from checkpoint_app.scanner.camera import CameraInfo
from checkpoint_app.scanner.cards import Look as CardLook
from checkpoint_app.scanner.cards import empty_frame, render_card
from checkpoint_app.scanner.code import Code
from checkpoint_app.scanner.frames import CameraState
from checkpoint_app.sync.status import Failure, SyncStatus
from checkpoint_app.ui.back_desk import Archive, Line, Staff, Watch
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.conductor import Conductor
from checkpoint_app.ui.crossings_page import CrossingsPage
from checkpoint_app.ui.desk import Desk
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.settings import Preferences, Settings
from checkpoint_app.ui.settings_page import SettingsPage
from checkpoint_app.ui.shift_page import ShiftPage
from checkpoint_app.ui.sync_page import SyncPage
from checkpoint_app.ui.theme import THEMES, Theme
from checkpoint_app.words import LANGUAGES, Language
from checkpoint_core.practice.script import script

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "gallery"
MET = 120  # travellers since the morning
SIZES = ((1366, 768), (1920, 1080))
Shot = tuple[str, Language, Theme, int]
# What is kept in the repository: every page, and between them every language, theme and size.
KEPT: tuple[Shot, ...] = (
    ("enrol", "vi", "light", 0), ("sign-in", "vi", "light", 0), ("open-shift", "en", "dark", 0),
    ("scan-waiting", "vi", "light", 0), ("scan-clear", "vi", "light", 0), ("scan-attention", "vi", "light", 0),
    ("scan-stop", "vi", "light", 0), ("scan-unreadable", "vi", "light", 0), ("scan-no-camera", "vi", "light", 0),
    ("scan-old-lists", "vi", "light", 0), ("scan-incomplete", "vi", "light", 0), ("scan-saved", "vi", "light", 0),
    ("scan-manual", "vi", "light", 0), ("scan-attention", "vi", "dark", 0), ("scan-attention", "en", "light", 0),
    ("scan-clear", "en", "dark", 0), ("scan-stop", "vi", "contrast", 0), ("scan-attention", "vi", "contrast", 0),
    ("scan-attention", "vi", "light", 1), ("crossings", "vi", "light", 0), ("crossings", "en", "dark", 1),
    ("crossings-correct", "vi", "dark", 0), ("crossings-returned", "en", "light", 0), ("shift", "vi", "light", 0),
    ("shift-closing", "en", "dark", 0), ("sync", "vi", "light", 0), ("sync-offline", "en", "dark", 0),
    ("settings", "vi", "light", 0), ("settings", "en", "contrast", 0),
)  # fmt: skip


class Silent:
    """No loudspeaker."""

    def play(self, sound: object) -> None:
        """Heard by nobody."""


class Rig:
    """The window as an officer has it at noon, over a laptop that has worked since six."""

    def __init__(self, laptop: PracticeLaptop) -> None:
        self.laptop, store = laptop, laptop.store
        self.application = make_application()
        self.look, self.background = Look(), Background()
        desk = Desk.over(store, laptop.clock)
        clipboard = self.application.clipboard()
        self.conductor = Conductor(self.look, self.background, desk, Silent(), self.application, clipboard)
        self.window = self.conductor.window
        self.status = self._connected()
        made = self.look, self.background, self.conductor.on_duty
        line = Line.of(store, lambda: self.status, lambda: None, lambda address, code, name: None)
        staff = Staff.of(store, lambda: [CameraInfo("/dev/video0", "Webcam C920")])
        self.crossings = CrossingsPage(*made, Archive.of(store), laptop.clock)
        self.shift = ShiftPage(*made, Watch.of(store))
        self.sync = SyncPage(*made, line, laptop.clock)
        self.settings = SettingsPage(*made, staff, Preferences(self.look, Settings(), lambda settings: None))
        for page, key in ((self.crossings, "F6"), (self.shift, "F7"), (self.sync, "F8"), (self.settings, "F9")):
            self.window.add_page(page, key)
        self.shift.exporting.take_folder("/media/usb/nhat-ky")
        self.window.show()
        self.conductor.on_duty.sign_in(laptop.officer)
        self.conductor.on_duty.take(laptop.shift)
        self.conductor.status(self.status)
        self.settle()

    def _connected(self) -> SyncStatus:
        now, backlog = self.laptop.clock.now, self.laptop.store.backlog()
        return SyncStatus(
            "connected", backlog.waiting, backlog.quarantined, now - timedelta(minutes=2), None, (), now, 4, 420, met=True
        )

    def settle(self) -> None:
        """Wait until the background has answered all that was asked, twice, for answers ask again."""
        for _ in range(3):
            done: list[object] = []
            for ask in (self.background.database, self.background.elsewhere):
                ask(lambda: None, self.window, done.append, done.append)
            for _ in range(500):
                if len(done) == 2:
                    break
                QTest.qWait(20)
            QTest.qWait(60)

    def card(self, case: str) -> None:
        """Show the card of a case of the practice shift."""
        self.show(next(one.text for one in script(SEED, MET) if one.case == case))

    def stranger(self) -> None:
        """Show the card of somebody who has not crossed yet."""
        clear = [one for one in script(SEED, 3 * MET) if one.case == "clear"]
        self.show(clear[-1].text)

    def show(self, text: str) -> None:
        """A card before the camera, and its code as the reader says it."""
        self.conductor.frames(render_card(text, CardLook(width=0.55)))
        self.conductor.codes([Code(text, text.encode(), "QRCode", "zxing-cpp", ())])
        self.settle()

    def scan(self) -> None:
        """The scan page with a camera that sees nobody."""
        self.conductor.camera(CameraState("running"))
        self.conductor.frames(empty_frame())
        self.window.go(self.conductor.scan)
        self.settle()

    def grab(self, path: Path) -> None:
        """The window as a PNG of 256 colours: sharp text, a fifth of the size."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.window.grab().save(buffer, "PNG")
        with Image.open(BytesIO(buffer.data().data())) as picture:
            small = picture.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG)
            small.save(path, optimize=True)

    def close(self) -> None:
        self.window.hide()
        self.conductor.close()


Scene = Callable[[Rig], None]


def showing(case: str) -> Scene:
    """The scan page with the card of a case before the camera."""

    def scene(rig: Rig) -> None:
        rig.scan()
        rig.card(case)

    return scene


def _old_lists(rig: Rig) -> None:
    rig.laptop.clock.now += timedelta(days=4)
    offline = Failure("push", "no-network", {}, rig.laptop.clock.now)
    rig.conductor.status(replace(rig.status, connection="offline", waiting=37, failing=(offline,)))
    rig.scan()
    rig.card("clear")


def _no_camera(rig: Rig) -> None:
    rig.scan()
    rig.conductor.camera(CameraState("unplugged"))
    rig.settle()


def _incomplete(rig: Rig) -> None:
    rig.scan()
    rig.stranger()
    QTest.keyClick(rig.window.focusWidget() or rig.window, Qt.Key.Key_F2)
    rig.settle()


def _saved(rig: Rig) -> None:
    rig.scan()
    rig.card("repeat")
    QTest.keyClick(rig.window, Qt.Key.Key_Return)
    rig.settle()
    rig.conductor.frames(empty_frame())
    rig.settle()


def _manual(rig: Rig) -> None:
    rig.scan()
    QTest.keyClick(rig.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    rig.settle()


def _sign_in(rig: Rig) -> None:
    rig.conductor.sign_out()
    rig.settle()


def _open_shift(rig: Rig) -> None:
    rig.conductor.on_duty.sign_in(rig.laptop.colleague)
    rig.window.go(rig.conductor.open_shift)
    rig.settle()


def _enrol(rig: Rig) -> None:
    rig.conductor.sign_out()
    rig.conductor.status(SyncStatus("not-enrolled"))
    rig.window.go(rig.conductor.first_start)
    rig.settle()


def _crossings(rig: Rig) -> None:
    rows = rig.laptop.store.crossings()
    changed = msgspec.structs.replace(rows[2].crossing, plate="30A99999")
    correct(rig.laptop.store, rig.laptop.officer, rows[2].id, "Gõ nhầm biển số", changed)
    rig.window.go(rig.crossings)
    rig.settle()
    _select(rig, 2)


def _select(rig: Rig, row: int) -> None:
    rig.crossings.table.selectRow(row)
    QTest.qWait(300)
    rig.settle()


def _correct(rig: Rig) -> None:
    _crossings(rig)
    rig.crossings.correct.click()


def _returned(rig: Rig) -> None:
    rig.conductor.on_duty.sign_in(rig.laptop.supervisor)
    rig.window.go(rig.crossings)
    rig.crossings.show_returned()
    rig.settle()
    _select(rig, 0)


def _nothing_found(rig: Rig) -> None:
    rig.window.go(rig.crossings)
    rig.crossings.words.setText("nguyen van khong")
    rig.crossings.words.returnPressed.emit()
    rig.settle()


def _shift(rig: Rig) -> None:
    rig.window.go(rig.shift)
    rig.settle()


def _closing(rig: Rig) -> None:
    _shift(rig)
    rig.shift.closing.close_shift.click()
    rig.settle()


def _sync(rig: Rig) -> None:
    rig.laptop.refuse_a_list()
    rig.window.go(rig.sync)
    rig.settle()


def _offline(rig: Rig) -> None:
    now = rig.laptop.clock.now
    both = tuple(Failure(way, "not-the-registry", {}, now - timedelta(minutes=1)) for way in ("push", "pull"))
    rig.status = SyncStatus(
        "not-registry", 37, 2, now - timedelta(hours=3), both[0], both, now + timedelta(seconds=90), None, 420_000, met=True
    )
    rig.conductor.status(rig.status)
    rig.window.go(rig.sync)
    rig.settle()


def _settings(rig: Rig) -> None:
    rig.conductor.on_duty.sign_in(rig.laptop.supervisor)
    rig.window.go(rig.settings)
    rig.settle()


SCENES: dict[str, Scene] = {
    "enrol": _enrol,
    "sign-in": _sign_in,
    "open-shift": _open_shift,
    "scan-waiting": Rig.scan,
    "scan-clear": showing("repeat"),
    "scan-attention": showing("zone"),
    "scan-stop": showing("watched"),
    "scan-unreadable": showing("boarding-pass"),
    "scan-no-camera": _no_camera,
    "scan-old-lists": _old_lists,
    "scan-incomplete": _incomplete,
    "scan-saved": _saved,
    "scan-manual": _manual,
    "crossings": _crossings,
    "crossings-correct": _correct,
    "crossings-returned": _returned,
    "crossings-none": _nothing_found,
    "shift": _shift,
    "shift-closing": _closing,
    "sync": _sync,
    "sync-offline": _offline,
    "settings": _settings,
}


@contextmanager
def rig(morning: PracticeLaptop) -> Iterator[Rig]:
    """A fresh laptop and window for one scene: nothing of another picture can stand in it."""
    with tempfile.TemporaryDirectory() as folder:
        laptop = morning.copy(Path(folder) / "laptop")
        made = Rig(laptop)
        try:
            yield made
        finally:
            made.close()
            laptop.close()


def lived(folder: Path) -> PracticeLaptop:
    """A morning to copy."""
    laptop = PracticeLaptop(folder)
    laptop.meet(MET)
    laptop.answer(quarantine=(3, 17))
    laptop.close()
    return laptop


def render(shots: list[Shot], folder: Path) -> None:
    """Render `shots` into `folder`, scene by scene."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        morning = lived(Path(place) / "laptop")
        for name in dict.fromkeys(shot[0] for shot in shots):
            with rig(morning) as made:
                SCENES[name](made)
                for shot in (one for one in shots if one[0] == name):
                    picture(made, shot, folder)


def picture(made: Rig, shot: Shot, folder: Path) -> None:
    """One picture of the scene that stands."""
    name, language, theme, size = shot
    made.look.set_language(language)
    made.look.set_theme(theme)
    made.window.resize(*SIZES[size])
    made.settle()
    path = folder / f"{name}-{language}-{theme}-{SIZES[size][0]}.png"
    made.grab(path)
    print(path, f"{path.stat().st_size // 1024} kB", file=sys.stderr)


def main() -> int:
    """Entry point; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gallery", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every page in both languages, all themes, both sizes")
    parser.add_argument("--only", metavar="SCENE", choices=sorted(SCENES), help="one scene")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to (default: docs/gallery)")
    options = parser.parse_args()
    everything = list(product(SCENES, LANGUAGES, THEMES, range(len(SIZES))))
    shots = everything if options.all else list(KEPT)
    render([shot for shot in shots if options.only in (None, shot[0])], options.folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
