"""Whatever is held before the camera or done to the laptop is said on the screen, and the next good card is recorded."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication, QLabel

from checkpoint_app.scanner.camera import Camera
from checkpoint_app.scanner.cards import Look, empty_frame, render_card
from checkpoint_app.scanner.decode import decode
from checkpoint_app.scanner.frames import Frame
from checkpoint_app.scanner.likeliest import likeliest_first
from checkpoint_app.scanner.scanner import Scanner
from checkpoint_app.store.journal import new_id
from checkpoint_app.ui.scan.party import gaps
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.text import fold
from checkpoint_core.trouble import Trouble
from tests.app.store.making import crossing, person
from tests.ui.conftest import background, bare_store, clock, fonts, look, no_thread_left, station, store
from tests.ui.station import ANH, LAN, NAM, Station
from tests.ui.test_scan_inputs import scan_by_hand

__all__ = ["background", "bare_store", "clock", "fonts", "look", "no_thread_left", "station", "store"]

KEY = Qt.Key
BOARDING_PASS = "M1NGUYEN/LAN          EABC123 HANSGNVN 0123 328Y012A0001 100"
WINDOWS = "036085000123||Lê Văn Ho\u0300a|21091985|Nam|Thôn 4, Ninh Bi\u0300nh|01072025".encode("cp1258")


def hold(station: Station, frame: Frame) -> None:
    """A frame of the camera through the real reader into the window, as the scanner hands on what it reads."""
    codes = decode(frame, deep=True)
    assert codes, "the frame was meant to be read"
    station.conductor.codes(likeliest_first(codes))
    station.settle()


def drop(station: Station, frame: Frame, folder: Path) -> None:
    """A picture file dropped on the page."""
    ok, data = cv2.imencode(".png", frame)
    assert ok
    path = folder / "ảnh.png"
    path.write_bytes(data.tobytes())
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path))])
    with station.qtbot.waitSignal(station.page.intake.codes, timeout=20_000):
        station.page.intake.receive(dropped)
    station.settle()


def paste(station: Station, text: str) -> None:
    QApplication.clipboard().setText(text)
    station.page.setFocus()
    station.press(KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.clipboard().clear()


def panel(station: Station) -> str:
    """What the identity panel says."""
    return "\n".join(label.text() for label in station.page.identity.findChildren(QLabel) if label.isVisible())


def answer(station: Station) -> None:
    """Answer what is asked, wherever the page puts the cursor; the last Enter records."""
    words = {"origin": "hai phong", "destination": "hai phong", "purpose": "", "phone": "0912345678"}
    while asked := [gap.field for gap in gaps(station.page.encounter.party) if gap.field in words]:
        station.page.form.focus(asked[0])
        station.type(words[asked[0]])
        station.press(KEY.Key_Down if asked[0] == "purpose" else KEY.Key_Return)
        if station.conductor.window.banner.said().startswith("Ổ đĩa"):
            return
    if station.page.encounter.party.travellers:
        station.press(KEY.Key_Return)


def the_next_good_card_is_recorded(station: Station) -> None:
    before = station.crossings()
    hold(station, render_card(NAM))
    assert station.page.verdict.word() == "ĐƯỢC QUA"
    answer(station)
    assert station.crossings() == ["Đoàn Văn Nam: admitted", *before]
    assert station.page.verdict.word() == "Đã lưu"
    assert station.store.breaks() == []


NAMELESS: dict[str, tuple[str | bytes, str]] = {
    "a foreign code: Wi-Fi": ("WIFI:S:quan-nuoc;T:WPA;P:12345678;;", "Đây là mã kết nối Wi-Fi. Hỏi thẻ căn cước."),
    "a foreign code: payment": ("00020101021238540010A000000727", "Đây là mã chuyển khoản, thanh toán. Hỏi thẻ căn cước."),
    "a foreign code: web page": ("chot.example.vn/khai-bao", "Đây là đường dẫn trang web; chốt không mở đường dẫn."),
    "a foreign code: nothing known": ("xin chào", "Không nhận ra loại mã này. Đưa thẻ căn cước, hoặc nhập tay."),
    "a card cut within its number": ("0011900", "Sai độ dài số định danh: số định danh có 12 chữ số, CMND có 9 chữ số."),
    "binary": (bytes(range(128, 256)) + bytes(range(128)), "Đây là dữ liệu nhị phân, không phải mã giấy tờ tùy thân."),
    "nothing but NUL": (bytes(60), "Mã không có nội dung. Đưa lại thẻ, hoặc nhập tay."),
    "a number with 11 digits": ("00119000001", "Sai độ dài số định danh: số định danh có 12 chữ số, CMND có 9 chữ số."),
    "a boarding pass as QR": (BOARDING_PASS, "Đây có vẻ là thẻ lên máy bay. Hỏi thẻ căn cước."),
}  # fmt: skip


@pytest.mark.parametrize("what", NAMELESS)
def test_a_code_that_names_nobody_is_named_and_the_next_card_is_recorded(station: Station, what: str) -> None:
    payload, sentence = NAMELESS[what]
    hold(station, render_card(payload))
    assert station.page.verdict.word() == "Không đọc được"
    assert sentence in station.page.verdict.accessibleName()
    assert station.heard.sounds == ["attention"]
    assert station.page.encounter.party.travellers == ()
    the_next_good_card_is_recorded(station)


DOUBTFUL: dict[str, tuple[str | bytes, str, str | None]] = {
    "truncated": (LAN[:40], "Mã bị đứt giữa chừng: trường cuối có thể thiếu chữ. Quét lại", "Nguyễn Thị Lan"),
    "cut after its number": (LAN[:14], "Mã không có họ tên: nhìn mặt thẻ và bổ sung.", None),
    "wrong encoding: UTF-16": (LAN.encode("utf-16"), "Chữ trong mã không phải UTF-8 nên phải đoán", "Nguyễn Thị Lan"),
    "wrong encoding: Windows": (WINDOWS, "Chữ trong mã không phải UTF-8 nên phải đoán", "Lê Văn Hòa"),
    "31/02": (LAN.replace("05091990", "31021990"), "Ngày ghi ở mục ngày sinh không có thật: nhìn mặt thẻ", "Nguyễn Thị Lan"),
    "an emoji": (LAN.replace("Lan", "Lan 😀"), "Có ký tự lạ trong họ tên: so lại với mặt thẻ.", "Nguyễn Thị Lan 😀"),
}  # fmt: skip


@pytest.mark.parametrize("what", DOUBTFUL)
def test_a_doubtful_card_is_shown_with_what_is_wrong_and_never_clear(station: Station, what: str) -> None:
    payload, sentence, name = DOUBTFUL[what]
    hold(station, render_card(payload))
    assert station.page.verdict.word() == "CHÚ Ý"
    assert sentence in panel(station)
    shown = station.page.encounter.party.shown
    assert shown is not None
    assert shown.reading.identity is not None
    assert shown.reading.identity.name == name
    station.page.encounter.cancel()
    the_next_good_card_is_recorded(station)


def test_an_emoji_in_a_name_is_recorded_as_it_stands_on_the_card(station: Station) -> None:
    hold(station, render_card(LAN.replace("Lan", "Lan 😀")))
    answer(station)
    assert station.crossings() == ["Nguyễn Thị Lan 😀: admitted"]
    the_next_good_card_is_recorded(station)


@pytest.mark.parametrize("spoiled", ["\0".join(LAN), LAN.replace("|", "\0|\0"), f"\0{LAN}\0\0"])
def test_nul_between_the_letters_hides_nobody(station: Station, spoiled: str) -> None:
    hold(station, render_card(spoiled))
    assert "Nguyễn Thị Lan" in panel(station)
    assert "\0" not in panel(station)
    answer(station)
    assert station.crossings() == ["Nguyễn Thị Lan: admitted"]
    the_next_good_card_is_recorded(station)


TOO_LONG = "Mã quá dài, không phải mã giấy tờ tùy thân. Hỏi người qua chốt thẻ căn cước."


def test_a_card_with_7000_bytes_is_no_card(station: Station) -> None:
    paste(station, LAN + "x" * (7_000 - len(LAN.encode())))
    assert TOO_LONG in station.page.verdict.accessibleName()
    the_next_good_card_is_recorded(station)


def test_the_photo_of_a_code_with_7000_digits_is_no_card(station: Station, tmp_path: Path) -> None:
    drop(station, symbol("1" * 7_000, zxingcpp.BarcodeFormat.QRCode), tmp_path)
    assert TOO_LONG in station.page.verdict.accessibleName()
    the_next_good_card_is_recorded(station)


def symbol(text: str, format: zxingcpp.BarcodeFormat) -> Frame:
    """A photo of a symbol on white paper."""
    made = np.array(zxingcpp.create_barcode(text, format).to_image(scale=4))
    paper = cv2.copyMakeBorder(made, 60, 60, 60, 60, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(cv2.cvtColor(paper, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


@pytest.mark.parametrize("format", ["Aztec", "PDF417"])
def test_a_photo_of_a_boarding_pass_is_recognised_and_the_card_is_asked_for(
    station: Station, tmp_path: Path, format: str
) -> None:
    drop(station, symbol(BOARDING_PASS, getattr(zxingcpp.BarcodeFormat, format)), tmp_path)
    assert "Đây có vẻ là thẻ lên máy bay. Hỏi thẻ căn cước." in station.page.verdict.accessibleName()
    the_next_good_card_is_recorded(station)


def test_an_unreadable_card_is_said_with_what_to_do(station: Station, tmp_path: Path) -> None:
    blurred = render_card(LAN, Look(defocus=14, motion=30))
    assert decode(blurred, deep=True) == []
    drop(station, blurred, tmp_path)
    assert station.page.verdict.word() == "Không đọc được"
    assert "Không có mã nào trong ảnh. Chụp lại gần và rõ hơn, hoặc nhập tay." in station.page.verdict.accessibleName()
    the_next_good_card_is_recorded(station)


def test_of_two_cards_in_view_one_is_taken_and_named(station: Station) -> None:
    both = np.hstack([render_card(LAN, size=(960, 720)), render_card(NAM, size=(960, 720))])
    assert len(decode(both, deep=True)) == 2
    hold(station, both)
    [taken] = station.page.encounter.party.travellers
    assert taken.reading.identity is not None
    sentence = f"Có hai giấy tờ trong khung hình: đã lấy {taken.reading.identity.name}. Đưa từng thẻ một."
    assert station.conductor.window.banner.said() == sentence
    station.page.encounter.cancel()
    the_next_good_card_is_recorded(station)


def test_a_companions_unreadable_code_does_not_disturb_the_traveller_shown(station: Station) -> None:
    hold(station, render_card(NAM))
    hold(station, render_card(BOARDING_PASS))
    assert "Đây có vẻ là thẻ lên máy bay" in station.conductor.window.banner.said()
    assert "Mã vừa đưa không đọc được" in station.conductor.window.banner.said()
    assert "Đoàn Văn Nam" in panel(station)
    answer(station)
    assert station.crossings() == ["Đoàn Văn Nam: admitted"]


def test_a_code_read_with_the_wrong_alphabet_is_mended(station: Station) -> None:
    """A hand scanner set to the wrong country sends UTF-8 as Western letters."""
    paste(station, LAN.encode().decode("latin-1"))
    assert "Nguyễn Thị Lan" in panel(station)
    station.page.encounter.cancel()
    the_next_good_card_is_recorded(station)


def test_eleven_digits_from_a_hand_scanner_or_by_hand_are_refused_in_words(station: Station) -> None:
    scan_by_hand(station, "00119000001")
    assert "Sai độ dài số định danh: số định danh có 12 chữ số" in station.page.verdict.accessibleName()
    station.press(KEY.Key_N, Qt.KeyboardModifier.ControlModifier)
    station.type("00119000001")
    station.press(KEY.Key_Return)
    assert station.page.manual.fields["number"].complaint() == "Phải có 12 hoặc 9 chữ số"
    station.press(KEY.Key_Escape)
    the_next_good_card_is_recorded(station)


# the laptop itself


def test_a_full_disk_is_said_nothing_is_half_saved_and_the_same_enter_saves_once_there_is_room(station: Station) -> None:
    limit = pages(station)
    fill(station)
    entries, crossings = len(list(station.store.entries())), len(station.store.crossings(limit=1000))
    hold(station, render_card(NAM))
    answer(station)
    assert "Ổ đĩa đã đầy: chưa lưu được lần này, những gì đã lưu vẫn còn nguyên." in station.conductor.window.banner.said()
    assert "Đoàn Văn Nam" in panel(station)
    assert station.page.form.phone.text() == "0912345678"
    assert len(list(station.store.entries())) == entries
    assert len(station.store.crossings(limit=1000)) == crossings
    assert station.store.breaks() == []
    limit(1_000_000)
    station.press(KEY.Key_Return)
    assert station.crossings()[0] == "Đoàn Văn Nam: admitted"
    assert station.conductor.window.banner.said() == ""
    assert len(station.store.crossings(limit=1000)) == crossings + 1
    assert station.store.breaks() == []


def pages(station: Station) -> Callable[[int], None]:
    """How to give the database file so many pages of disk."""
    with station.store.database.writing() as connection:
        driver = connection.connection.driver_connection
    assert driver is not None

    def limit(most: int) -> None:
        driver.execute(f"PRAGMA max_page_count = {most}")

    limit(driver.execute("PRAGMA page_count").fetchone()[0] + 4)
    return limit


def fill(station: Station) -> None:
    """Record until the disk is full."""

    def record() -> None:
        for number in range(1000):
            one = crossing(person(f"00119{number:07}"))
            station.store.record_crossing(new_id(), one, officer=station.officer.id, shift=station.shift.id)

    with pytest.raises(Trouble, match="disk-full"):
        record()


def test_without_a_camera_the_hand_scanner_records_and_the_camera_is_found_when_plugged_in(
    station: Station, tmp_path: Path
) -> None:
    device, conductor, bugs = tmp_path / "video.avi", station.conductor, list[Exception]()
    scanner = Scanner(lambda: Camera(str(device)), conductor.frames, conductor.codes, conductor.camera, bugs.append)
    scanner.start()
    try:
        station.qtbot.waitUntil(lambda: station.page.verdict.word() == "Không có máy ảnh", timeout=10_000)
        assert "Không thấy máy ảnh. Hãy cắm máy ảnh vào cổng USB" in station.page.camera.accessibleName()
        assert "Dùng đầu đọc cầm tay, kéo thả ảnh vào đây, hoặc gõ số" in station.page.verdict.accessibleName()
        scan_by_hand(station, fold(LAN))
        answer(station)
        assert station.crossings() == ["nguyen thi lan: admitted"]
        film(tmp_path / "plugged in.avi", [empty_frame(), *[render_card(NAM)] * 40]).rename(device)
        station.qtbot.waitUntil(lambda: bool(station.page.encounter.party.travellers), timeout=20_000)
        station.settle()
        assert "Đoàn Văn Nam" in panel(station)
        answer(station)
    finally:
        assert scanner.stop()
    assert station.crossings() == ["Đoàn Văn Nam: admitted", "nguyen thi lan: admitted"]
    assert bugs == []


def film(path: Path, frames: list[Frame]) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (1280, 720))
    for frame in frames:
        writer.write(frame)
    writer.release()
    return path


@pytest.mark.parametrize(("year", "doubt"), [(1970, "Đồng hồ máy có thể sai"), (2099, "Danh sách vùng dịch đã quá cũ")])
def test_a_clock_in_another_century_is_said_and_everything_is_recorded_in_order(
    station: Station, year: int, doubt: str
) -> None:
    hold(station, render_card(LAN))
    answer(station)
    before, station.clock.now = station.clock.now, datetime(year, 1, 1, 0, 5, tzinfo=UTC)
    station.conductor._ageing.timeout.emit()  # half a minute later
    assert f"Đồng hồ máy này chỉ 01/01/{year} 07:05, không thể đúng." in station.conductor.window.banner.said()
    hold(station, render_card(NAM))
    assert station.page.verdict.accessibleName().count(doubt) == 1
    assert "-16 tuổi" not in panel(station)
    answer(station)
    assert station.crossings() == ["Đoàn Văn Nam: admitted", "Nguyễn Thị Lan: admitted"]
    kinds = [type(read_entry(signed.body).payload).__name__ for signed in station.store.entries()]
    assert kinds[-2:] == ["Access", "CrossingRecorded"]
    station.clock.now = before
    station.conductor._ageing.timeout.emit()
    assert station.conductor.window.banner.said() == ""
    hold(station, render_card(ANH))
    answer(station)
    assert station.crossings()[0] == "Đoàn Thị Ánh Nguyệt: admitted"
    assert station.store.breaks() == []
