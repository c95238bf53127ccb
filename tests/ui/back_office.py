"""What tests of the pages behind the barrier share: a real laptop in the middle of an invented morning, and waiting."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from benchmarks.practice_laptop import PracticeLaptop
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.page import Note, Page
from checkpoint_core.trouble import Trouble


@pytest.fixture(scope="session")
def morning(tmp_path_factory: pytest.TempPathFactory) -> PracticeLaptop:
    """Lived once; every test has a copy."""
    made = PracticeLaptop(tmp_path_factory.mktemp("morning") / "laptop")
    made.meet(16)
    made.answer(waiting=2, quarantine=(2,))
    made.close()
    return made


@pytest.fixture
def laptop(morning: PracticeLaptop, tmp_path: Path) -> Iterator[PracticeLaptop]:
    made = morning.copy(tmp_path / "laptop")
    yield made
    made.close()


@pytest.fixture
def on_duty(laptop: PracticeLaptop) -> OnDuty:
    duty = OnDuty()
    duty.sign_in(laptop.officer)
    duty.take(laptop.shift)
    return duty


def words(widget: QWidget) -> str:
    """All that its visible labels say."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def notes(page: Page) -> list[Note | Trouble]:
    """What the page tells the banner from now on."""
    told: list[Note | Trouble] = []
    page.noted.connect(told.append)
    return told


def until(qtbot: QtBot, told: Callable[[], object]) -> None:
    """Wait for the background's answers until `told` is true."""
    qtbot.waitUntil(lambda: bool(told()), timeout=10_000)
