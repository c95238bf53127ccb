"""Before the window: a passphrase chosen and asked for, and a database that cannot be opened, said and left as it is."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeystore
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from checkpoint_app.app import is_new, open_data
from checkpoint_app.store import Store, open_store
from checkpoint_app.store.database import Database
from checkpoint_app.store.keys import DATABASE, KEY_FILE, obtain_key
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.opening_page import OpeningPage
from checkpoint_app.words import LANGUAGES
from tests.app.store.making import Clock, crossing, recording

WORDS = "bốn con ngựa trắng"
Open = Callable[[], "Opening"]


class Opening:
    """The page over a data folder, as `run_window` puts it there, and the store it sent on."""

    def __init__(self, qtbot: QtBot, look: Look, background: Background, folder: Path) -> None:
        self.qtbot, self.look, self.stores = qtbot, look, list[Store]()
        self.page = OpeningPage(look, background, partial(open_data, folder), new=is_new(folder))
        self.page.opened.connect(self.stores.append)
        qtbot.addWidget(self.page)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.page.begin()
        self.answered()

    def answered(self) -> None:
        """Wait until it is open, or has said why not."""
        self.qtbot.waitUntil(lambda: bool(self.stores) or self.page.go.isEnabled(), timeout=20_000)

    def submit(self, *lines: str) -> None:
        """Fill the lines that are asked for and press Enter in the last."""
        shown = [line for line in (self.page.passphrase, self.page.again) if line.isVisible()]
        for line, typed in zip(shown, lines, strict=True):
            line.setText(typed)
        QTest.keyClick(shown[-1] if shown else self.page.go, Qt.Key.Key_Return)
        self.answered()

    def try_again(self) -> None:
        assert self.page.focusWidget() is self.page.go
        assert "Thử lại" in self.page.go.text()
        self.page.go.click()
        self.answered()

    def said(self) -> str:
        """All the words on the page."""
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())

    def close(self) -> None:
        for store in self.stores:
            store.close()
        self.stores.clear()


@pytest.fixture
def no_keystore() -> Iterator[None]:
    """A system without one, whatever the machine of the tests has."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeystore())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture
def start(qtbot: QtBot, look: Look, background: Background, tmp_path: Path, no_keystore: None) -> Iterator[Open]:
    opened: list[Opening] = []

    def begin() -> Opening:
        opened.append(Opening(qtbot, look, background, tmp_path))
        return opened[-1]

    yield begin
    for one in opened:
        one.close()


@pytest.fixture
def used(tmp_path: Path, no_keystore: None, clock: Clock) -> Path:
    """A data folder with a crossing in it, under the passphrase, closed."""
    with open_store(tmp_path, obtain_key(tmp_path, passphrase=WORDS), clock) as store:
        recording(store)(crossing())
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_first_start_has_its_passphrase_chosen_and_typed_twice(start: Open, tmp_path: Path) -> None:
    opening = start()
    page = opening.page
    assert page.say("opening.choose") in opening.said()
    assert "Nhập lại lần nữa" in opening.said()
    assert page.passphrase.echoMode() is page.again.echoMode() is page.passphrase.EchoMode.Password
    opening.submit(WORDS, WORDS + "!")
    assert "Hai lần nhập không giống nhau. Hãy nhập lại." in opening.said()
    assert contents(tmp_path) == {}
    opening.submit("ngắn", "ngắn")
    assert "Cụm mật khẩu phải có ít nhất 12 ký tự." in opening.said()
    assert "không giống nhau" not in opening.said()
    assert contents(tmp_path) == {}
    opening.submit(WORDS, WORDS)
    [store] = opening.stores
    recording(store)(crossing())
    assert (tmp_path / KEY_FILE).exists()


def test_a_wrong_passphrase_is_said_and_the_right_one_opens(start: Open, used: Path) -> None:
    before = contents(used)
    opening = start()
    assert "Nhập cụm mật khẩu đã đặt khi cài máy." in opening.said()
    assert not opening.page.again.isVisible()
    assert opening.page.focusWidget() is opening.page.passphrase
    opening.submit("bốn con ngựa đen hơn")
    assert "Cụm mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt" in opening.said()
    assert contents(used) == before
    opening.submit(WORDS)
    [store] = opening.stores
    assert len(store.crossings()) == 1


def test_a_second_window_on_the_same_data_is_refused_until_the_first_is_closed(start: Open, used: Path) -> None:
    first, second = start(), start()
    first.submit(WORDS)
    second.submit(WORDS)
    assert "Không mở được dữ liệu" in second.said()
    assert "Chương trình đang chạy trên máy này rồi. Tìm cửa sổ đang mở" in second.said()
    first.close()
    second.try_again()
    assert len(second.stores) == 1


@pytest.mark.parametrize("spoil", [lambda data: data[:-5000], lambda data: b"x" * 64 + data[64:], lambda _: b""])
def test_a_damaged_database_is_said_kept_byte_for_byte_and_opens_once_restored(
    start: Open, used: Path, spoil: Callable[[bytes], bytes]
) -> None:
    whole = (used / DATABASE).read_bytes()
    (used / DATABASE).write_bytes(spoil(whole))
    before, opening = contents(used), start()
    opening.submit(WORDS)
    assert "Tệp dữ liệu checkpoint.db bị hỏng. Tệp được giữ nguyên, không bị ghi đè." in opening.said()
    opening.try_again()
    assert "bị hỏng" in opening.said()
    assert contents(used) == before
    (used / DATABASE).write_bytes(whole)
    opening.try_again()
    assert len(opening.stores[0].crossings()) == 1


def test_a_lost_database_is_said_and_no_empty_one_takes_its_place(start: Open, used: Path) -> None:
    whole = (used / DATABASE).read_bytes()
    (used / DATABASE).unlink()
    opening = start()
    assert "Nhập cụm mật khẩu đã đặt khi cài máy." in opening.said()
    opening.submit(WORDS)
    assert "Không thấy tệp dữ liệu checkpoint.db, dù máy này đã từng có." in opening.said()
    assert not (used / DATABASE).exists()
    (used / DATABASE).write_bytes(whole)
    opening.try_again()
    assert len(opening.stores[0].crossings()) == 1


def test_a_database_that_another_program_holds_opens_once_it_lets_go(
    start: Open, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checkpoint_app.store.database.BUSY_MS", 50)
    backup = Database(used / DATABASE, obtain_key(used, passphrase=WORDS))
    with backup.writing() as connection:
        connection.execute(text("PRAGMA locking_mode = EXCLUSIVE"))
    with backup.writing() as connection:
        connection.execute(text("SELECT count(*) FROM entries"))
    before, opening = contents(used), start()
    opening.submit(WORDS)
    assert "Một chương trình khác đang giữ tệp dữ liệu checkpoint.db." in opening.said()
    assert "Chưa có gì bị mất." in opening.said()
    assert contents(used) == before
    backup.dispose()
    opening.try_again()
    assert len(opening.stores[0].crossings()) == 1


def test_a_key_that_is_lost_is_never_answered_with_a_new_one(start: Open, used: Path) -> None:
    kept = (used / KEY_FILE).read_bytes()
    (used / KEY_FILE).unlink()
    before, opening = contents(used), start()
    assert "Có tệp dữ liệu checkpoint.db nhưng không tìm thấy khóa của nó." in opening.said()
    assert contents(used) == before
    (used / KEY_FILE).write_bytes(kept)
    opening.try_again()
    opening.submit(WORDS)
    assert len(opening.stores[0].crossings()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_follows_language_and_colours(start: Open, used: Path, language: str) -> None:
    opening = start()
    opening.look.set_language("vi" if language == "vi" else "en")
    opening.look.set_theme("dark")
    assert opening.look.say("trouble.passphrase-needed") in opening.said()
    assert opening.page.styleSheet() == opening.look.stylesheet()
    assert opening.page.windowTitle() == opening.look.say("window.title")
