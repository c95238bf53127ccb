"""The shell: pages by key, the banner, language and theme at once, idleness, and counts on the bar."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from checkpoint_app.store.values import Officer, Shift
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.page import Note, Page
from checkpoint_app.ui.top_bar import Counts
from checkpoint_app.ui.widgets import column, text
from checkpoint_app.ui.window import Window
from checkpoint_core.trouble import Trouble

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)


class Plain(Page):
    def __init__(self, look: Look, background: Background, name: str) -> None:
        super().__init__(look, background)
        self.name = name
        self.entered = 0
        self.title, self.box = text("title"), QLineEdit()
        self.setLayout(column(self.title, self.box))
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.say(f"page.{self.name}"))

    def enter(self) -> None:
        self.entered += 1
        self.box.setFocus()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, look: Look) -> Window:
    made = Window(look, lambda: NOW, qapp)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def pages(window: Window, look: Look, background: Background, qtbot: QtBot) -> list[Plain]:
    made = [Plain(look, background, name) for name in ("scan", "crossings")]
    for page, key in zip(made, ("F5", "F6"), strict=True):
        window.add_page(page, key)
    window.go(made[0])
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return made


def test_a_key_brings_a_page_to_the_front_from_inside_a_field(window: Window, pages: list[Plain], qtbot: QtBot) -> None:
    QTest.keyClick(pages[0].box, Qt.Key.Key_F6)
    assert window.front is pages[1]
    assert pages[1].entered == 1
    QTest.keyClick(pages[1].box, Qt.Key.Key_F5)
    assert window.front is pages[0]


def test_language_changes_everything_at_once(window: Window, pages: list[Plain], look: Look, qtbot: QtBot) -> None:
    window.tell(Trouble("from-the-future"))
    assert pages[1].title.text() == "Lượt qua chốt"
    vietnamese = window.banner.said()
    QTest.keyClick(pages[0].box, Qt.Key.Key_F11)
    assert look.language == "en"
    assert pages[1].title.text() == "Crossings"
    assert window.windowTitle() == "Checkpoint"
    assert window.banner.said() != vietnamese


def test_the_theme_changes_everything_at_once(window: Window, pages: list[Plain], look: Look, qtbot: QtBot) -> None:
    seen = {window.styleSheet()}
    for _ in range(2):
        QTest.keyClick(pages[0].box, Qt.Key.Key_F10)
        seen.add(window.styleSheet())
    assert len(seen) == 3
    QTest.keyClick(pages[0].box, Qt.Key.Key_F10)
    assert look.theme == "light"


def test_trouble_with_an_unknown_code_shows_the_code(window: Window, pages: list[Plain], qtbot: QtBot) -> None:
    pages[0].noted.emit(Trouble("from-the-future", hours=3))
    assert "from-the-future" in window.banner.said()
    assert window.banner.isVisible()
    QTest.keyClick(pages[0].box, Qt.Key.Key_F4)
    assert not window.banner.isVisible()


def test_the_same_trouble_twice_stands_once_and_the_older_waits_behind(window: Window, pages: list[Plain]) -> None:
    for code in ("one", "two", "one"):
        window.tell(Trouble(code))
    assert "one" in window.banner.said()
    window.banner.dismiss()
    assert "two" in window.banner.said()
    window.banner.withdraw("two")
    assert window.banner.said() == ""


def test_good_news_passes_by_itself(window: Window, pages: list[Plain], qtbot: QtBot) -> None:
    window.tell(Trouble("one"))
    window.tell(Note.of("good", "age.now"))
    window.banner._passing.start(1)
    qtbot.waitUntil(lambda: "one" in window.banner.said())


def test_the_bar_says_where_when_and_how_many(window: Window, look: Look) -> None:
    officer = Officer("1", "Trần Văn Bình", "officer")
    window.bar.show_shift(Shift("s", officer, "c", "Chốt Pháp Vân", "2", "in", NOW))
    window.bar.show_counts(Counts(214, 12))
    window.bar.show_sync("sent", "Đã gửi hết")
    shown = " ".join(label.text() for label in window.bar.findChildren(QLabel))
    for words in ("Chốt Pháp Vân · làn 2 · VÀO", "09:41", "214", "12 quay đầu", "Đã gửi hết"):
        assert words in shown
    look.set_language("en")
    assert "lane 2" in " ".join(label.text() for label in window.bar.findChildren(QLabel))


def test_idleness_is_noticed_and_a_key_puts_it_off(window: Window, pages: list[Plain], qtbot: QtBot) -> None:
    window._quiet.start(1000)
    QTest.keyClick(pages[0].box, Qt.Key.Key_A)
    assert window._quiet.remainingTime() > 1000
    with qtbot.waitSignal(window.idle):
        window._quiet.start(1)


def test_lock_is_one_key(window: Window, pages: list[Plain], qtbot: QtBot) -> None:

    with qtbot.waitSignal(window.lock_asked):
        QTest.keyClick(pages[0].box, Qt.Key.Key_F12)
