"""A registry that is absent, slow or not itself: said on the sync page and the top bar, and nothing is lost."""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.scanner.cards import empty_frame, render_card
from checkpoint_app.sync.enrolment import enrol
from checkpoint_app.sync.transport import Transport
from checkpoint_app.ui.sync_page import SyncPage
from tests.app.store.making import Clock
from tests.faults.proxy import Fault, Proxy
from tests.registry.conftest import postgres_url, registry
from tests.registry.server import Served
from tests.ui.at_work import Lens, at_work, five_hours_ago, known, new_store
from tests.ui.back_office import words
from tests.ui.conftest import fonts
from tests.ui.station import LAN, NAM, Station

__all__ = ["fonts", "postgres_url", "registry"]

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
PEOPLE = (("036085000123", "Đoàn Văn Nam"), ("001190000017", "Nguyễn Thị Lan"))


def page_of(station: Station) -> SyncPage:
    """The sync page, brought to the front by its key."""
    QTest.keyClick(station.focus, KEY.Key_F8)
    page = station.conductor.window.front
    assert isinstance(page, SyncPage)
    return page


def bar(station: Station) -> str:
    return station.conductor.window.bar._sent.accessibleName()


def admit(station: Station, lens: Lens, card: str) -> None:
    """Held before the camera until the verdict is there; Enter; the next sees an empty picture."""
    before = len(station.crossings())
    lens.frame = render_card(card)
    station.qtbot.waitUntil(lambda: bool(station.page.encounter.party.travellers), timeout=20_000)
    lens.frame = empty_frame()
    assert station.conductor.window.front is station.page
    station.settle()
    station.press(KEY.Key_Return)
    assert len(station.crossings()) == before + 1
    assert station.page.verdict.word() == "Đã lưu"


def everything_is_receipted(station: Station) -> None:
    """Once the officer asks for it, or by itself before that."""
    page = page_of(station)
    QTest.keyClick(station.focus, KEY.Key_R, CTRL)
    station.qtbot.waitUntil(lambda: station.store.backlog().waiting == 0, timeout=20_000)
    station.qtbot.waitUntil(lambda: "Đã kết nối máy chủ trung tâm" in words(page), timeout=20_000)
    station.qtbot.waitUntil(lambda: "Đã gửi hết" in words(page) and "Đã gửi hết" in bar(station), timeout=20_000)
    assert {row.sync for row in station.store.crossings(limit=50)} == {"accepted"}
    assert station.store.backlog().quarantined == 0
    assert station.store.breaks() == []


def test_an_absent_registry(qtbot: QtBot, qapp: QApplication, registry: Served, tmp_path: Path) -> None:
    clock, lens = five_hours_ago(), Lens()
    store = new_store(tmp_path, clock)
    known(store, clock, *PEOPLE)
    with Proxy(registry.url) as network:
        enrol(store, network.url, str(registry.code()), "Máy thử", clock)
        port = int(network.url.rpartition(":")[2])
    with at_work(qtbot, qapp, store, clock, lambda _: lens) as (_, station):
        page = page_of(station)
        qtbot.waitUntil(lambda: "Không tới được máy chủ trung tâm. Mọi lượt qua chốt vẫn được lưu trên máy" in words(page))
        assert bar(station).startswith("Không có mạng · ")
        admit(station, lens, NAM)
        qtbot.waitUntil(lambda: f"{store.backlog().waiting} chờ gửi" in bar(station))
        with Proxy(registry.url, port=port):
            everything_is_receipted(station)
            admit(station, lens, LAN)
            everything_is_receipted(station)


FAULTS = {
    "slow": (Fault("black-hole"), "Không có mạng", "Máy chủ trung tâm không trả lời kịp: mạng chậm hoặc máy chủ bận."),
    "cut off": (Fault("lost-reply"), "Không có mạng", "Kết nối bị ngắt giữa chừng. Không mất dữ liệu; máy sẽ tự gửi lại."),
    "HTML": (
        Fault("html"),
        "Có mạng, nhưng không phải máy chủ trung tâm",
        "Mạng này có trả lời, nhưng không phải máy chủ trung tâm (có thể là trang đăng nhập Wi-Fi).",
    ),
    "garbage": (Fault("garbage-body"), "Có mạng, nhưng không phải máy chủ trung tâm", "câu trả lời không đọc được"),
    "401": (Fault("status", 401), "Máy chủ trung tâm chưa nhận", "Máy chủ trung tâm không nhận ra máy này."),
    "409": (
        Fault("status", 409, path="/v1/entries"),
        "Máy chủ trung tâm chưa nhận",
        "Máy chủ trung tâm không nhận mục này (mã 409). Mục vẫn được giữ trên máy",
    ),
    "500": (Fault("status", 500), "Máy chủ trung tâm chưa nhận", "Máy chủ trung tâm gặp lỗi (mã 500). Không cần làm gì"),
}


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """The window's objects go on the GUI thread, never on a thread of the next test that happens to collect."""
    yield
    gc.collect()


@pytest.fixture
def network(registry: Served) -> Iterator[Proxy]:
    with Proxy(registry.url) as between:
        yield between


@pytest.mark.parametrize("what", FAULTS)
def test_a_registry_that_fails_is_said_scanning_goes_on_and_then_everything_is_receipted(
    qtbot: QtBot,
    qapp: QApplication,
    registry: Served,
    network: Proxy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    fault, headline, sentence = FAULTS[what]
    clock, lens = five_hours_ago(), Lens()
    store = new_store(tmp_path, clock)
    known(store, clock, *PEOPLE)
    enrol(store, network.url, str(registry.code()), "Máy thử", clock)
    assert Transport.__init__.__kwdefaults__
    monkeypatch.setitem(Transport.__init__.__kwdefaults__, "timeouts", (2.0, 2.0))  # nobody waits half a minute here
    network.fault = fault
    with at_work(qtbot, qapp, store, clock, lambda _: lens) as (_, station):
        page = page_of(station)
        qtbot.waitUntil(lambda: sentence in words(page), timeout=20_000)
        assert headline in words(page)
        qtbot.waitUntil(lambda: bar(station).startswith(f"{headline} · "))
        admit(station, lens, NAM)
        qtbot.waitUntil(lambda: f"{store.backlog().waiting} chờ gửi" in bar(station))
        assert {row.sync for row in store.crossings(limit=50)} == {"waiting"}
        network.fault = Fault()
        everything_is_receipted(station)
        admit(station, lens, LAN)
        everything_is_receipted(station)


def test_a_registry_that_takes_its_time_holds_nobody_up(
    qtbot: QtBot, qapp: QApplication, registry: Served, network: Proxy, tmp_path: Path
) -> None:
    clock, lens = five_hours_ago(), Lens()
    store = new_store(tmp_path, clock)
    known(store, clock, *PEOPLE)
    enrol(store, network.url, str(registry.code()), "Máy thử", clock)
    network.fault = Fault("delay", 600)  # no answer while two travellers pass
    with at_work(qtbot, qapp, store, clock, lambda _: lens) as (_, station):
        qtbot.waitUntil(lambda: network.met > 0, timeout=10_000)
        admit(station, lens, NAM)
        admit(station, lens, LAN)
        assert "chờ gửi" in bar(station)


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_registry_tells_the_laptop_that_its_clock_is_wrong_and_takes_what_it_recorded(
    qtbot: QtBot, qapp: QApplication, registry: Served, network: Proxy, tmp_path: Path, year: int
) -> None:
    clock, lens = Clock(datetime(year, 6, 1, tzinfo=UTC) - timedelta(hours=5)), Lens()
    store = new_store(tmp_path, clock)
    known(store, clock, *PEOPLE)
    enrol(store, network.url, str(registry.code()), "Máy thử", clock)
    with at_work(qtbot, qapp, store, clock, lambda _: lens) as (_, station):
        banner = station.conductor.window.banner
        qtbot.waitUntil(lambda: "phút so với máy chủ trung tâm. Hãy chỉnh lại giờ của máy." in banner.said())
        admit(station, lens, NAM)
        admit(station, lens, LAN)
        everything_is_receipted(station)
        assert "Đồng hồ máy này lệch" in words(page_of(station))
