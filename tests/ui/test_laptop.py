"""The composition root: everything starts, follows what is set, and is gone when the laptop is closed."""

import threading
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.scanner.cards import render_card
from checkpoint_app.scanner.frames import FrameSource
from checkpoint_app.ui.settings import Settings
from checkpoint_core.trouble import Trouble
from tests.app.store.making import Clock, opened
from tests.ui.at_work import Lens, at_work, new_store
from tests.ui.station import NAM


def test_closing_leaves_no_thread_and_lets_the_data_go(
    qtbot: QtBot, qapp: QApplication, clock: Clock, tmp_path: Path
) -> None:
    before, lens = set(threading.enumerate()), Lens()
    with at_work(qtbot, qapp, new_store(tmp_path, clock), clock, lambda _: lens) as (_, station):
        qtbot.waitUntil(lambda: station.page.camera._image is not None)
        running = {thread.name for thread in set(threading.enumerate()) - before}
        assert {"scanner-capture", "scanner-decode", "sync-push", "sync-pull"} <= running
    assert set(threading.enumerate()) <= before
    opened(tmp_path, clock).close()


def test_the_camera_that_is_chosen_is_opened_at_once(qtbot: QtBot, qapp: QApplication, clock: Clock, tmp_path: Path) -> None:
    cameras = {None: Lens(), "second": Lens()}
    cameras["second"].frame = render_card(NAM)

    def camera(device: str | None) -> FrameSource:
        if device not in cameras:
            raise Trouble("no-camera")
        return cameras[device]

    with at_work(qtbot, qapp, new_store(tmp_path, clock), clock, camera) as (laptop, station):
        qtbot.waitUntil(lambda: station.page.camera._image is not None)
        laptop.preferences.change(camera="third")
        qtbot.waitUntil(lambda: station.page.verdict.word() == "Không có máy ảnh", timeout=10_000)
        laptop.preferences.change(camera="second")
        qtbot.waitUntil(lambda: bool(station.page.encounter.party.travellers), timeout=20_000)
        station.settle()


def test_sound_and_idle_minutes_are_followed_from_the_start_and_when_changed(
    qtbot: QtBot, qapp: QApplication, clock: Clock, tmp_path: Path
) -> None:
    lens, settings = Lens(), Settings(sound=False, idle_minutes=2)
    with at_work(qtbot, qapp, new_store(tmp_path, clock), clock, lambda _: lens, settings) as (laptop, station):
        quiet = station.conductor.window._quiet
        assert (laptop._sounds.muted, quiet.interval()) == (True, 2 * 60_000)
        laptop.preferences.change(sound=True, idle_minutes=10)
        assert (laptop._sounds.muted, quiet.interval()) == (False, 10 * 60_000)
        quiet.timeout.emit()  # ten minutes later
        assert station.conductor.locked
