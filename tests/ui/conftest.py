"""Qt without a screen, one application, and no thread left behind by any test of the window."""

import gc
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false;qt.qpa.*=false")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.store import Store
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look, load_fonts
from tests.app.store.making import Clock, Registry, opened
from tests.ui.station import Station, open_station, publish_world


@pytest.fixture(scope="session", autouse=True)
def fonts(qapp: QApplication) -> None:
    load_fonts()


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    gc.collect()  # Qt's objects go on this thread, not on a worker of the next test that happens to collect
    deadline = time.monotonic() + 5
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, deadline - time.monotonic()))
        assert not thread.is_alive(), thread.name


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bare_store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """A store as it is on a new laptop."""
    with opened(tmp_path, clock) as store:
        yield store


@pytest.fixture
def store(bare_store: Store, clock: Clock) -> Store:
    """A store that has met its registry."""
    publish_world(bare_store, clock, Registry())
    return bare_store


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    return Look()


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    door = Background()
    yield door
    door.close()


@pytest.fixture
def station(qtbot: QtBot, qapp: QApplication, store: Store, clock: Clock, background: Background) -> Iterator[Station]:
    made = open_station(qtbot, qapp, store, clock, background)
    yield made
    made.conductor.close()
