"""From a new laptop to the first card: supervisor, enrolment, signing in, a shift; the lock and what stays behind it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.duty.officers import first_supervisor
from checkpoint_app.duty.shifts import close_shift
from checkpoint_app.store import Store
from checkpoint_app.store.values import Enrolment
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.conductor import Conductor
from checkpoint_app.ui.desk import Desk
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.page import Page
from checkpoint_core.enrolment import SCHEME
from checkpoint_core.trouble import Trouble
from tests.app.store.making import Clock, Registry
from tests.ui.station import LAN, Heard, Station, Ticks, publish_world

KEY = Qt.Key
PIN = "482915"


class Enrolling:
    """The registry's side of an enrolment: knows one code, and publishes its world."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock

    def by_code(self, url: str, code: str, name: str) -> Enrolment:
        if code != "ABCD-EFGH-JKMN-PQRS":
            raise Trouble("bad-code")
        publish_world(self.store, self.clock, Registry())
        enrolment = self.store.enrolment()
        assert enrolment is not None
        return enrolment

    def by_qr(self, text: str, name: str) -> Enrolment:
        url, code = text.removeprefix(SCHEME).split("|")
        return self.by_code(url, code, name)


@pytest.fixture
def conductor(
    qtbot: QtBot, qapp: QApplication, bare_store: Store, clock: Clock, background: Background
) -> Iterator[Conductor]:
    desk = Desk.over(bare_store, clock, Ticks())
    enrolling = Enrolling(bare_store, clock)
    door = replace(desk.door, enrol=enrolling.by_code, enrol_by_qr=enrolling.by_qr)
    made = Conductor(Look(), background, replace(desk, door=door), Heard(), qapp, QApplication.clipboard())
    qtbot.addWidget(made.window)
    made.start()
    made.window.activateWindow()
    yield made
    made.close()


def press(conductor: Conductor, words: str = "", key: Qt.Key = KEY.Key_Return) -> None:
    QTest.keyClicks(conductor.window.focusWidget(), words)
    QTest.keyClick(conductor.window.focusWidget() or conductor.window, key)


def fill_supervisor(conductor: Conductor, pin: str, again: str) -> None:
    page = conductor.first_start
    page.name_line.setText("Trần Văn Bình")
    page.pin.setText(pin)
    page.again.setText(again)
    page.again.setFocus()
    press(conductor)


def test_a_new_laptop_asks_for_its_supervisor_and_its_registry_then_works(
    conductor: Conductor, qtbot: QtBot, bare_store: Store
) -> None:
    page = conductor.first_start
    qtbot.waitUntil(lambda: conductor.window.front is page and page.name_line.hasFocus())
    fill_supervisor(conductor, "111111", "111112")
    assert page.fields["again"].complaint() == "Hai mã PIN không giống nhau"
    fill_supervisor(conductor, "111111", "111111")
    qtbot.waitUntil(lambda: "dễ đoán" in page.fields["pin"].complaint())
    fill_supervisor(conductor, PIN, PIN)
    qtbot.waitUntil(lambda: page.address.hasFocus(), timeout=10_000)
    page.address.setText("https://trung-tam.example")
    page.code.setText("AAAA")
    press(conductor)
    qtbot.waitUntil(lambda: "Mã đăng ký" in page.fields["code"].complaint())
    page.code.setText("ABCD-EFGH-JKMN-PQRS")
    press(conductor)
    sign_in_and_open(conductor, qtbot)
    assert [one.name for one in bare_store.officers()] == ["Trần Văn Bình"]
    assert conductor.on_duty.shift is not None
    assert conductor.on_duty.shift.checkpoint_name == "Chốt Pháp Vân"


def sign_in_and_open(conductor: Conductor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: conductor.window.front is conductor.sign_in and conductor.sign_in.list.count() == 1)
    press(conductor, PIN)
    qtbot.waitUntil(lambda: conductor.window.front is conductor.open_shift, timeout=10_000)
    qtbot.waitUntil(conductor.open_shift.open.hasFocus)
    press(conductor)
    qtbot.waitUntil(lambda: conductor.window.front is conductor.scan)


def test_the_registrys_qr_before_the_camera_enrols(conductor: Conductor, qtbot: QtBot, bare_store: Store) -> None:
    fill_when_there(conductor, qtbot)
    Station.see(conductor, f"{SCHEME}https://trung-tam.example|ABCD-EFGH-JKMN-PQRS")
    qtbot.waitUntil(lambda: conductor.window.front is conductor.sign_in)
    assert bare_store.enrolment() is not None


def fill_when_there(conductor: Conductor, qtbot: QtBot) -> None:
    page = conductor.first_start
    qtbot.waitUntil(lambda: conductor.window.front is page and page.name_line.hasFocus())
    fill_supervisor(conductor, PIN, PIN)
    qtbot.waitUntil(lambda: page.address.hasFocus(), timeout=10_000)


def test_enrolment_can_wait_and_the_checkpoint_is_then_typed(conductor: Conductor, qtbot: QtBot, bare_store: Store) -> None:
    fill_when_there(conductor, qtbot)
    press(conductor, key=KEY.Key_Escape)
    qtbot.waitUntil(lambda: conductor.sign_in.list.count() == 1)
    press(conductor, PIN)
    page = conductor.open_shift
    qtbot.waitUntil(lambda: conductor.window.front is page and page.open.hasFocus(), timeout=10_000)
    press(conductor)
    qtbot.waitUntil(lambda: "Chưa chọn chốt" in page.fields["checkpoint"].complaint())
    page.post_typed.setText("Chốt Cầu Giẽ")
    page.lane_typed.setText("2")
    press(conductor)
    qtbot.waitUntil(lambda: conductor.window.front is conductor.scan)
    Station.see(conductor, LAN)
    qtbot.waitUntil(lambda: conductor.scan.verdict.tone == "attention")  # without lists nothing is clear


def test_a_wrong_pin_is_said_and_the_next_right_one_works(
    conductor: Conductor, qtbot: QtBot, bare_store: Store, clock: Clock
) -> None:
    qtbot.waitUntil(lambda: conductor.window.front is conductor.first_start)
    first_supervisor(bare_store, "Trần Văn Bình", PIN)
    conductor.start()  # the next morning
    qtbot.waitUntil(lambda: conductor.sign_in.list.count() == 1)
    press(conductor, "111222")
    qtbot.waitUntil(lambda: "PIN" in conductor.sign_in.pad.field.complaint(), timeout=10_000)
    clock.pass_(minutes=1)
    for digit in PIN:  # by touch
        keys = conductor.sign_in.pad.findChildren(type(conductor.sign_in.pad.enter))
        next(key for key in keys if key.text() == digit).click()
    conductor.sign_in.pad.enter.click()
    qtbot.waitUntil(lambda: conductor.window.front is conductor.open_shift, timeout=10_000)


def in_front(station: Station) -> str:
    front = station.conductor.window.front
    return front.name if isinstance(front, Page) else ""


def test_the_lock_hides_everything_takes_no_card_and_gives_all_back(station: Station) -> None:
    station.show_card(LAN)
    station.page.form.phone.setText("0912345678")
    station.press(KEY.Key_F12)
    assert in_front(station) == "sign-in"
    assert station.conductor.locked
    for key in (KEY.Key_F5, KEY.Key_F2, KEY.Key_Escape, KEY.Key_Return):
        station.press(key)
        assert in_front(station) == "sign-in"
    Station.see(station.conductor, LAN.replace("001190000017", "001190000018"))
    station.settle()
    assert len(station.page.encounter.party.travellers) == 1
    station.conductor.sign_in.signed_in.emit(station.officer)
    assert in_front(station) == "scan"
    assert station.page.form.phone.text() == "0912345678"


def test_an_idle_laptop_locks_itself_and_a_card_puts_it_off(station: Station) -> None:
    station.conductor.window._quiet.start(1000)
    station.show_card(LAN)
    assert station.conductor.window._quiet.remainingTime() > 1000
    station.conductor.window._quiet.start(1)
    station.qtbot.waitUntil(lambda: station.conductor.locked)


def test_another_officer_may_sign_in_at_a_locked_laptop(station: Station) -> None:
    station.press(KEY.Key_F12)
    station.press(KEY.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert station.conductor.on_duty.officer is None
    assert not station.conductor.locked
    assert station.store.current_shift(station.officer.id) is not None  # an open shift stays open


def test_a_card_brings_the_scan_page_to_the_front(station: Station) -> None:
    other = station.conductor.open_shift
    station.conductor.window.stack.setCurrentWidget(other)
    station.show_card(LAN)
    assert station.conductor.window.front is station.page


def test_a_closed_shift_leads_back_to_opening_one(station: Station) -> None:
    close_shift(station.store, station.officer, station.shift)
    station.conductor.on_duty.take(None)
    station.settle()
    assert in_front(station) == "open-shift"


def test_nothing_of_an_open_party_reaches_another_shift(station: Station) -> None:
    station.show_card(LAN)
    station.conductor.on_duty.take(None)
    station.conductor._opened(station.shift)
    station.settle()
    station.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert station.page.encounter.party.travellers == ()
    assert station.store.draft() is None
