"""The door off the GUI thread: answers come back on it, bugs are bugs, nothing comes after the end, the GUI never waits."""

import sys
import threading
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from checkpoint_app.ui.background import Background, Relay
from checkpoint_core.trouble import Trouble

Ask = Callable[..., None]


def never(answer: object) -> None:
    pytest.fail(f"nobody waits for {answer!r}")


def send_hundred(relay: Relay[int]) -> None:
    for n in range(100):
        relay.send(n)


@pytest.fixture(params=["database", "elsewhere"])
def ask(request: pytest.FixtureRequest, background: Background) -> Ask:
    chosen: Ask = getattr(background, request.param)
    return chosen


def test_an_answer_comes_back_on_the_gui_thread(qtbot: QtBot, ask: Ask) -> None:
    heard: list[tuple[int, str]] = []
    owner = QObject()
    ask(threading.get_ident, owner, lambda worker: heard.append((worker, threading.current_thread().name)), never)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0][0] != threading.get_ident()
    assert heard[0][1] == threading.current_thread().name


def test_trouble_is_an_answer_and_a_bug_is_raised(qtbot: QtBot, ask: Ask) -> None:
    heard: list[str] = []
    owner = QObject()

    def full() -> None:
        raise Trouble("disk-full")

    def broken() -> None:
        raise ZeroDivisionError

    ask(full, owner, never, lambda trouble: heard.append(trouble.code))
    qtbot.waitUntil(lambda: heard == ["disk-full"])
    with qtbot.captureExceptions() as raised:
        ask(broken, owner, never, lambda trouble: heard.append(trouble.code))
        qtbot.waitUntil(lambda: bool(raised))
    assert heard == ["disk-full", "program-fault"]
    assert raised[0][0] is ZeroDivisionError


def test_the_database_worker_keeps_the_order(qtbot: QtBot, background: Background) -> None:
    heard: list[int] = []
    owner = QObject()
    for n in range(50):
        background.database(partial(int, n), owner, heard.append, never)
    qtbot.waitUntil(lambda: len(heard) == 50)
    assert heard == list(range(50))


def test_a_page_that_is_gone_hears_nothing(qtbot: QtBot, background: Background) -> None:
    gate = threading.Event()
    heard: list[int] = []
    gone, there = QLabel(), QObject()
    background.database(gate.wait, gone, never, never)
    background.database(lambda: 1, there, heard.append, never)
    delete(gone)
    gate.set()
    qtbot.waitUntil(lambda: heard == [1])


def test_what_the_database_was_asked_is_done_before_the_end() -> None:
    """The officer presses Enter and closes the window: the crossing is kept."""
    door, owner = Background(), QObject()
    gate = threading.Event()
    kept: list[str] = []
    door.database(gate.wait, owner, never, never)
    door.database(partial(kept.append, "crossing"), owner, never, never)
    threading.Timer(0.05, gate.set).start()
    door.close()
    assert kept == ["crossing"]


def test_nothing_is_delivered_after_close(qtbot: QtBot) -> None:
    door, owner = Background(), QObject()
    gate = threading.Event()
    door.database(gate.wait, owner, never, never)
    door.database(lambda: 1, owner, never, never)
    gate.set()
    door.close()
    door.database(lambda: 1, owner, never, never)
    door.close()
    qtbot.wait(20)


def test_the_gui_ticks_while_a_job_runs(qtbot: QtBot, ask: Ask) -> None:
    ticks: list[int] = []
    timer, owner = QTimer(interval=10), QObject()
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    during: list[int] = []
    ask(lambda: threading.Event().wait(0.3), owner, lambda _: during.append(len(ticks)), never)
    qtbot.waitUntil(lambda: bool(during))
    assert during[0] >= 5


def test_a_relay_brings_every_event_of_a_thread_in_order(qtbot: QtBot) -> None:
    heard: list[tuple[int, bool]] = []
    owner = QObject()
    gui = threading.get_ident()
    relay = Relay[int](lambda n: heard.append((n, threading.get_ident() == gui)), owner)
    thread = threading.Thread(target=send_hundred, args=(relay,))
    thread.start()
    qtbot.waitUntil(lambda: len(heard) == 100)
    thread.join()
    assert heard == [(n, True) for n in range(100)]


def test_a_relay_of_frames_keeps_only_the_newest(qtbot: QtBot) -> None:
    heard: list[int] = []
    owner = QObject()
    relay = Relay[int](heard.append, owner, latest=True)
    thread = threading.Thread(target=send_hundred, args=(relay,))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [99]
    relay.close()
    relay.send(100)
    qtbot.wait(20)
    assert heard == [99]


def test_a_relay_may_be_used_on_the_gui_thread_too(qtbot: QtBot) -> None:
    heard: list[int] = []
    owner = QObject()
    relay = Relay[int](heard.append, owner)
    relay.send(1)
    qtbot.waitUntil(lambda: heard == [1])


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal from 3.12 on: the defect is hidden")
def test_qt_leaves_reference_counts_alone(qtbot: QtBot) -> None:
    class Emitter(QObject):
        fired = Signal(int)

    emitter, label = Emitter(), QLabel()
    qtbot.addWidget(label)
    emitter.fired.connect(lambda _: None)
    nones, trues = sys.getrefcount(None), sys.getrefcount(True)
    for n in range(1000):
        label.setText(str(n))
        emitter.fired.emit(n)
    assert sys.getrefcount(None) >= nones - 50
    assert sys.getrefcount(True) >= trues - 50
