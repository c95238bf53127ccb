"""Every way in besides the camera in front of an officer: hand scanner, keys, pictures, clipboard, the crash before."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.scanner.cards import render_card
from checkpoint_app.scanner.frames import CameraState
from checkpoint_app.scanner.practice import PracticeCamera
from checkpoint_app.scanner.scanner import Scanner
from checkpoint_app.store import Store
from checkpoint_app.store.values import Draft
from checkpoint_app.ui.background import Background
from checkpoint_core.journal.payloads import Decision
from checkpoint_core.trouble import Trouble
from tests.app.store.making import Clock
from tests.ui.station import LAN, NAM, Station, open_station

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
FAST, SLOW = 0.01, 0.2


def shown_names(station: Station) -> list[str | None]:
    return [one.reading.identity.name for one in station.page.encounter.party.travellers if one.reading.identity]


def ready_to_decide(station: Station) -> None:
    """NAM is here, and has said where to."""
    station.show_card(NAM)
    station.page.form.focus("destination")
    station.type("hai phong")
    station.press(KEY.Key_Return)


def scan_by_hand(station: Station, text: str) -> None:
    """A hand scanner sends `text` and Enter, wherever the focus is."""
    station.ticks.now += 1
    station.ticks.step = FAST
    station.type(text)
    QTest.keyClick(station.focus, KEY.Key_Return)
    station.ticks.step = SLOW
    station.settle()


@pytest.mark.parametrize("where", ["nowhere", "phone", "plate", "origin"])
def test_a_hand_scanner_works_wherever_the_focus_is_and_leaves_no_trace(station: Station, where: str) -> None:
    if where != "nowhere":
        station.show_card(NAM)
        station.page.form.focus(where)
        station.type("0912" if where == "phone" else "")
    scan_by_hand(station, "001190000017")
    numbers = [one.reading.identity.number for one in station.page.encounter.party.travellers if one.reading.identity]
    assert numbers[-1] == "001190000017"
    if where != "nowhere":
        station.press(KEY.Key_PageUp)
        assert station.page.form.phone.text() == ("0912" if where == "phone" else "")
        assert station.page.form.plate.text() == ""
    assert station.crossings() == []


def test_digits_typed_outside_a_field_begin_a_manual_entry(station: Station) -> None:
    station.page.setFocus()
    QTest.keyClicks(station.focus, "001")
    station.qtbot.waitUntil(lambda: station.at(station.page.manual.number))
    assert station.page.manual.number.text() == "001"
    station.type("190000017")
    station.press(KEY.Key_Return)
    assert station.page.manual.fields["name"].complaint() == "Phải có họ tên"
    assert station.page.manual.sex.currentText() == "Nữ"
    station.type("nguyen thi lan")
    station.page.manual.birth.setText("31/02/1990")
    station.press(KEY.Key_Return)
    assert station.page.manual.fields["birth"].complaint() == "Không có ngày này"
    station.page.manual.birth.setText("5/9/1990")
    station.page.manual.address.setText("phường Ba Đình, Hà Nội")
    station.press(KEY.Key_Return)
    shown = station.page.encounter.party.shown
    assert shown is not None
    assert shown.reading.identity is not None
    assert (shown.reading.identity.name, shown.reading.identity.birth_date) == ("NGUYEN THI LAN", "1990-09-05")
    assert shown.residence == "phường Ba Đình, Hà Nội"


@pytest.mark.parametrize("number", ["12345678901", "1", "abc"])
def test_a_number_of_another_length_is_refused_at_its_field(station: Station, number: str) -> None:
    station.press(KEY.Key_N, CTRL)
    station.page.manual.number.setText(number)
    station.press(KEY.Key_Return)
    assert station.page.manual.fields["number"].complaint()
    station.press(KEY.Key_Escape)
    assert not station.page.manual.isVisible()
    station.show_card(LAN)
    assert shown_names(station) == ["Nguyễn Thị Lan"]


@pytest.fixture
def card_file(tmp_path: Path) -> Path:
    path = tmp_path / "thẻ.png"
    ok, data = cv2.imencode(".png", render_card(LAN))
    assert ok
    path.write_bytes(data.tobytes())
    return path


def drop(station: Station, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(9, 9), action, data, buttons, Qt.KeyboardModifier.NoModifier)
    station.page.dropEvent(event)
    station.settle()
    station.settle()


def test_a_dropped_picture_is_read(station: Station, card_file: Path) -> None:
    drop(station, card_file)
    station.qtbot.waitUntil(lambda: shown_names(station) == ["Nguyễn Thị Lan"])


def test_a_picture_without_a_code_and_a_file_that_is_none_are_named(
    station: Station, tmp_path: Path, card_file: Path
) -> None:
    note = tmp_path / "ghi chú.txt"
    note.write_text("không phải ảnh", encoding="utf-8")
    drop(station, note)
    station.qtbot.waitUntil(lambda: "không phải là ảnh" in station.conductor.window.banner.said())
    empty = tmp_path / "trống.png"
    QImage(64, 64, QImage.Format.Format_RGB32).save(str(empty))
    drop(station, empty)
    station.qtbot.waitUntil(lambda: "Không có mã nào trong ảnh" in station.page.verdict.accessibleName())
    drop(station, card_file)
    station.qtbot.waitUntil(lambda: shown_names(station) == ["Nguyễn Thị Lan"])


def test_the_clipboard_gives_pictures_text_or_nothing(station: Station, card_file: Path) -> None:
    clipboard = QApplication.clipboard()
    clipboard.clear()
    station.press(KEY.Key_V, CTRL)
    assert "Bộ nhớ tạm" in station.conductor.window.banner.said()
    clipboard.setImage(QImage(str(card_file)))
    station.press(KEY.Key_V, CTRL)
    station.qtbot.waitUntil(lambda: shown_names(station) == ["Nguyễn Thị Lan"])
    station.page.encounter.cancel()
    station.page.form.focus("phone")
    station.show_card(NAM)
    station.page.form.focus("phone")
    station.press(KEY.Key_V, CTRL)  # a picture is read even from inside a field
    station.qtbot.waitUntil(lambda: shown_names(station) == ["Đoàn Văn Nam", "Nguyễn Thị Lan"])
    station.page.encounter.cancel()
    clipboard.setText(NAM)
    station.page.setFocus()
    station.press(KEY.Key_V, CTRL)
    assert shown_names(station) == ["Đoàn Văn Nam"]
    clipboard.clear()


def test_a_card_before_the_practice_camera_reaches_the_verdict(station: Station, qtbot: QtBot) -> None:
    camera = PracticeCamera([LAN], seed=3)
    conductor = station.conductor
    bugs: list[Exception] = []
    scanner = Scanner(lambda: camera, conductor.frames, conductor.codes, conductor.camera, bugs.append)
    scanner.start()
    try:
        qtbot.waitUntil(lambda: shown_names(station) == ["Nguyễn Thị Lan"], timeout=30_000)
        qtbot.waitUntil(lambda: station.page.camera._image is not None)
    finally:
        assert scanner.stop()
    assert bugs == []


@pytest.mark.parametrize("code", ["no-camera", "camera-busy", "camera-denied", "unplugged"])
def test_an_absent_camera_is_said_and_typing_still_works(station: Station, code: str) -> None:
    station.conductor.camera(CameraState(code))
    station.qtbot.waitUntil(lambda: station.page.verdict.word() == "Không có máy ảnh")
    assert station.page.camera.sentence() == station.look.say(f"camera.{code}")
    scan_by_hand(station, "001190000017")
    assert station.page.verdict.tone != "idle"


def test_old_lists_are_said_before_anybody_is_judged(station: Station) -> None:
    station.clock.pass_(hours=100)
    station.page.refresh()
    station.settle()
    assert "Danh sách vùng dịch" in station.page._old_lists.text()
    station.show_card(LAN)
    assert station.page.verdict.tone == "attention"


def test_trouble_of_the_disk_is_said_and_the_form_stays(station: Station) -> None:
    station.show_card(LAN)
    station.page.encounter.troubled.emit(Trouble("disk-full"))
    assert station.conductor.window.banner.said() == station.look.say("trouble.disk-full")
    assert shown_names(station) == ["Nguyễn Thị Lan"]


@pytest.fixture
def second_door() -> Iterator[Background]:
    door = Background()
    yield door
    door.close()


def test_a_half_filled_form_survives_a_crash(
    qtbot: QtBot, qapp: QApplication, store: Store, clock: Clock, background: Background, second_door: Background
) -> None:
    before = open_station(qtbot, qapp, store, clock, background)
    before.show_card(NAM)
    before.show_card(LAN)
    before.page.form.focus("phone")
    before.type("0912345678")
    before.press(KEY.Key_1, Qt.KeyboardModifier.AltModifier)
    before.qtbot.waitUntil(lambda: not before.page.encounter._keeping.isActive())
    before.drain()
    before.conductor.close()  # without a farewell
    before.conductor.window.close()

    after = open_station(qtbot, qapp, store, clock, second_door)
    after.settle()
    assert shown_names(after) == ["Đoàn Văn Nam", "Nguyễn Thị Lan"]
    assert after.page.form.phone.text() == "0912345678"
    assert after.page.form.ticks["fever"].isChecked()
    assert after.page.verdict.tone == "attention"
    after.conductor.close()


def test_a_card_read_while_a_crossing_is_kept_begins_the_next_one(station: Station) -> None:
    encounter = station.page.encounter
    ready_to_decide(station)
    encounter.take(LAN)
    encounter.decide(Decision("turned-back", "Khong co viec"))
    station.settle()
    assert station.crossings() == ["Đoàn Văn Nam: turned-back"]
    assert shown_names(station) == ["Nguyễn Thị Lan"]


def test_a_draft_does_not_outlive_its_crossing(station: Station) -> None:
    encounter = station.page.encounter
    ready_to_decide(station)
    encounter.decide(Decision("turned-back", "Khong co viec"))
    encounter._keep()  # the timer runs out meanwhile
    station.settle()
    assert station.crossings() == ["Đoàn Văn Nam: turned-back"]
    assert station.store.draft() is None


def test_a_draft_of_another_version_is_said_and_work_goes_on(station: Station) -> None:
    station.store.keep_draft(Draft("x", station.shift.id, {"travellers": 7}))
    station.page.encounter.restore()
    station.settle()
    assert "tờ khai đang làm dở" in station.conductor.window.banner.said()
    station.show_card(LAN)
    assert shown_names(station) == ["Nguyễn Thị Lan"]


def test_a_draft_of_another_shift_is_not_mixed_in(station: Station) -> None:
    station.store.keep_draft(Draft("x", "another", {}))
    station.page.encounter.restore()
    station.settle()
    assert shown_names(station) == []


def test_a_fault_of_ours_is_said_and_the_officer_can_go_on(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    station.show_card(NAM)
    station.page.form.focus("destination")
    station.type("hai phong")
    station.press(KEY.Key_Return)
    with monkeypatch.context() as broken, station.qtbot.captureExceptions() as raised:
        broken.setattr(station.store, "record_crossing", None)
        station.press(KEY.Key_F3)
        station.type("Can kham")
        station.press(KEY.Key_Return)
    assert [one for one, _, _ in raised] == [TypeError]
    assert "Chương trình gặp lỗi" in station.conductor.window.banner.said()
    station.press(KEY.Key_Return)
    assert station.crossings() == ["Đoàn Văn Nam: referred"]


def test_a_vietnamese_typing_program_is_no_scanner(station: Station) -> None:
    """It takes letters back and sends them anew with their tone, all within milliseconds."""
    station.press(KEY.Key_N, CTRL)
    station.page.manual.name.setFocus()
    station.ticks.step = FAST
    station.type("nghieng")
    for _ in range(4):
        QTest.keyClick(station.focus, KEY.Key_Backspace)
    station.type("iengx")
    station.settle()
    assert station.page.manual.name.text() == "nghiengx"
    assert shown_names(station) == []
