"""The pages together in the window: reached by their keys, and leading to one another."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from benchmarks.practice_laptop import PracticeLaptop
from checkpoint_app.sync.status import SyncStatus
from checkpoint_app.ui.back_desk import Archive, Line, Staff, Watch
from checkpoint_app.ui.back_office import BackOffice
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.settings import Preferences, Settings, load_settings
from checkpoint_app.ui.window import Window
from tests.ui.back_office import laptop, on_duty, until

__all__ = ["laptop", "on_duty"]


def test_keys_and_ways_between_the_pages(
    laptop: PracticeLaptop,
    on_duty: OnDuty,
    look: Look,
    background: Background,
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
) -> None:
    store = laptop.store
    window = Window(look, laptop.clock, qapp)
    qtbot.addWidget(window)
    office = BackOffice(
        window,
        look,
        background,
        on_duty,
        laptop.clock,
        archive=Archive.of(store),
        watch=Watch.of(store),
        line=Line.of(store, SyncStatus, lambda: None, lambda address, code, name: None),
        staff=Staff.of(store, list),
        preferences=Preferences.in_folder(look, Settings(), tmp_path, background),
    )
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    pages = (
        (Qt.Key.Key_F6, office.crossings),
        (Qt.Key.Key_F7, office.shift),
        (Qt.Key.Key_F8, office.sync),
        (Qt.Key.Key_F9, office.settings),
    )
    for key, page in pages:
        QTest.keyClick(window, key)
        assert window.front is page
    QTest.keyClick(window, Qt.Key.Key_F8)
    office.sync.see.click()
    assert window.front is office.crossings
    until(qtbot, lambda: office.crossings.model.rowCount() == 1)
    office.preferences.change(theme="dark")
    until(qtbot, lambda: load_settings(tmp_path).theme == "dark")
    background.close()
