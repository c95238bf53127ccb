"""A shift of 200 travellers through the real window: frame to verdict beyond the bare decode, the GUI thread's stalls."""

import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")

import cv2
import msgspec
import numpy as np
import zxingcpp
from PySide6.QtCore import QObject, Qt, QTimer

from benchmarks.practice_laptop import SEED, PracticeLaptop
from checkpoint_app.app import Laptop, make_application
from checkpoint_app.practice.play import pause
from checkpoint_app.scanner.cards import empty_frame, render_card
from checkpoint_app.scanner.decode import as_grey
from checkpoint_app.scanner.frames import Frame
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.settings import Preferences, Settings
from checkpoint_core.journal.payloads import Decision
from checkpoint_core.practice import script
from checkpoint_core.screening.model import Place

TRAVELLERS, WARM_UP = 200, 10
_RATE = 25  # frames a second
_NAMES_NOBODY = {"boarding-pass", "damaged"}


class Held:
    """A camera before which `hold` puts one picture after another; `shown_at` is when a frame of it was first handed out."""

    def __init__(self, empty: bytes) -> None:
        self._empty = self._picture = empty
        self._frame: Frame | None = None
        self._lock = threading.Lock()
        self.shown_at: float | None = None

    def hold(self, picture: bytes | None) -> None:
        with self._lock:
            self._picture, self._frame, self.shown_at = picture or self._empty, None, None

    def read(self) -> Frame:
        time.sleep(1 / _RATE)
        with self._lock:
            if self._frame is None:
                self._frame = _unpacked(self._picture)
                self.shown_at = time.perf_counter()
            return self._frame

    def close(self) -> None:
        """Nothing to let go."""


class Stalls(QObject):
    """How long the GUI thread was away from its events, at the longest."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=2, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def pause(self) -> None:
        """What happened since the last look was the benchmark's own work."""
        self._last = time.perf_counter()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last - 0.002)
        self._last = now


def main() -> None:
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        world = PracticeLaptop(Path(folder))
        met = {one.text: one for one in script(SEED, TRAVELLERS * 3) if one.case not in _NAMES_NOBODY}
        cards = list(met.values())[: TRAVELLERS + WARM_UP]  # no card twice: shown again at once it is no new reading
        pictures = [_packed(render_card(card.text, seed=number)) for number, card in enumerate(cards)]
        camera = Held(_packed(empty_frame()))
        look, background = Look(), Background()
        preferences = Preferences(look, Settings(sound=False), lambda _: None)
        laptop = Laptop(application, world.store, preferences, look, background, camera=lambda _: camera, clock=world.clock)
        laptop.start()
        laptop.conductor.on_duty.sign_in(world.officer)
        laptop.conductor.on_duty.take(world.shift)
        laptop.conductor.window.go(laptop.conductor.scan)
        stalls, beyond, bare = Stalls(), [], []
        for number, picture in enumerate(pictures):
            if number == WARM_UP:
                stalls.start()
            decode = _bare(_unpacked(picture))
            stalls.pause()
            took = _meet(laptop, camera, picture)
            world.clock.now = world.clock.now + _MINUTE
            if number >= WARM_UP:
                beyond.append(took - decode)
                bare.append(decode)
        laptop.close()
    print(
        f"frame to verdict, beyond a bare zxing-cpp call on the same frame ({TRAVELLERS} travellers, frames at {_RATE}/s):"
    )
    print(f"  p50 {_at(beyond, 50):.0f} ms, p95 {_at(beyond, 95):.0f} ms (target 100); bare call p50 {_at(bare, 50):.1f} ms")
    print(f"GUI thread's longest stall: {max(stalls.gaps) * 1000:.0f} ms (target 50); p99.9 {_at(stalls.gaps, 99.9):.0f} ms")


def _bare(frame: Frame) -> float:
    grey = as_grey(frame)
    started = time.perf_counter()
    zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2]))
    return time.perf_counter() - started


def _packed(frame: Frame) -> bytes:
    return cv2.imencode(".png", frame, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()


def _unpacked(picture: bytes) -> Frame:
    return np.asarray(cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def _meet(laptop: Laptop, camera: Held, picture: bytes) -> float:
    """Hold the card up, take the suggested decision; returns the seconds from frame to painted verdict."""
    scan = laptop.conductor.scan
    encounter = scan.encounter
    camera.hold(picture)
    _until(lambda: encounter.party.shown is not None)
    scan.verdict.repaint()
    painted = time.perf_counter()
    assert camera.shown_at is not None
    took = painted - camera.shown_at
    camera.hold(None)
    shown = encounter.party.travellers[0]
    said = msgspec.structs.replace(
        shown.declaration,
        origin=shown.declaration.origin or _HANOI,
        destinations=(_HANOI,),
        purpose="work",
        phone="+84912345678",
    )
    encounter.declare(said, "car", "30A12345")
    _until(lambda: not encounter.judging)
    state = encounter.party.worst
    encounter.decide(Decision("turned-back", "benchmark") if state == "stop" else Decision("admitted"))
    _until(lambda: not (encounter.recording or encounter.party.travellers))
    return took


def _until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not reached():
        if time.monotonic() > end:
            raise TimeoutError("the window did not get there")
        pause(1)


def _at(values: list[float], percent: float) -> float:
    return statistics.quantiles(values, n=1000)[int(percent * 10) - 1] * 1000


_HANOI = Place("Hà Nội", "p:01")
_MINUTE = timedelta(minutes=11)


if __name__ == "__main__":
    main()
