"""The officer's whole work with the keyboard alone, over a real store: from a card shown to a crossing in the journal."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from checkpoint_app.duty.officers import add_officer
from checkpoint_app.scanner.code import Code
from checkpoint_app.store.values import CrossingRow
from tests.ui.station import ANH, LAN, NAM, PAYMENT, SOUGHT, Station

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def newest(station: Station) -> CrossingRow:
    return station.store.crossings(shift=station.shift.id, limit=1)[0]


def admit_first_time(station: Station, card: str = LAN) -> None:
    """All that a first traveller of a shift needs: a place, a purpose, a telephone number."""
    station.show_card(card)
    station.type("hai phong")
    station.press(KEY.Key_Return)
    station.press(KEY.Key_Down)
    station.press(KEY.Key_Return)
    station.type("0912345678")
    station.press(KEY.Key_Return)


def admit_some_time_ago(station: Station, card: str = LAN) -> None:
    admit_first_time(station, card)
    station.clock.pass_(hours=5)


def test_a_first_time_traveller_is_asked_only_what_the_card_cannot_tell(station: Station) -> None:
    station.show_card(LAN)
    assert station.page.verdict.word() == "ĐƯỢC QUA"
    assert station.at(station.page.form.origin)  # the card tells where she is going: home
    station.type("hai phong")
    station.press(KEY.Key_Return)
    assert station.at(station.page.form.purpose)
    station.press(KEY.Key_Down)
    station.press(KEY.Key_Return)
    assert station.at(station.page.form.phone)
    station.type("0912345678")
    station.press(KEY.Key_Return)
    kept = newest(station).crossing
    said = kept.travellers[0].declaration
    assert kept.decision.action == "admitted"
    assert (said.origin and said.origin.unit, said.purpose, said.phone) == ("p:31", "work", "+84912345678")
    assert station.heard.sounds == ["clear", "saved"]
    assert station.page.verdict.word() == "Đã lưu"


def test_a_clear_repeat_traveller_needs_exactly_one_key(station: Station) -> None:
    admit_some_time_ago(station)
    station.show_card(LAN)
    station.press(KEY.Key_Return)
    assert station.crossings() == ["Nguyễn Thị Lan: admitted"] * 2


def test_the_purpose_of_the_one_before_is_offered(station: Station) -> None:
    admit_first_time(station)
    station.show_card(NAM)
    shown = station.page.encounter.party.shown
    assert shown is not None
    assert shown.declaration.purpose == "work"


def test_enter_before_the_list_of_places_has_come_still_takes_its_first(station: Station) -> None:

    station.show_card(LAN)
    station.type("hai phong")
    QTest.keyClick(station.focus, KEY.Key_Return)
    station.settle()
    assert station.page.form.origin.text() == "Hải Phòng"
    assert station.crossings() == []


def test_destinations_of_before_stand_ready(station: Station) -> None:
    admit_first_time(station, NAM)
    station.show_card(SOUGHT.replace("Số 9, phường Ba Đình, Hà Nội", ""))
    station.page.form.focus("destination")
    offered = station.page.form.destinations[0]
    assert offered.offering
    station.press(KEY.Key_Down)
    station.press(KEY.Key_Return)
    assert offered.text() == "Hải Phòng"


def test_a_missing_answer_is_said_at_its_field_and_the_next_enter_goes_on(station: Station) -> None:
    station.show_card(LAN)
    station.press(KEY.Key_Return)
    assert station.page.form.fields["origin"].complaint() == "Hỏi nơi đi"
    assert station.crossings() == []
    station.type("hai phong")
    station.press(KEY.Key_Return)
    assert station.page.form.fields["origin"].complaint() == ""


def test_who_has_no_telephone_may_pass_at_the_second_enter(station: Station) -> None:
    station.show_card(LAN)
    station.type("hai phong")
    station.press(KEY.Key_Return)
    station.press(KEY.Key_Down)
    station.press(KEY.Key_Return)
    assert station.crossings() == []
    assert "điện thoại" in station.page.form.fields["phone"].complaint()
    station.press(KEY.Key_Return)
    assert station.crossings() == ["Nguyễn Thị Lan: admitted"]


def test_a_wrong_telephone_is_refused_at_its_field(station: Station) -> None:
    station.show_card(LAN)
    station.type("hai phong")
    station.press(KEY.Key_Return)
    station.press(KEY.Key_Down)
    station.press(KEY.Key_Return)
    station.type("12")
    station.press(KEY.Key_Return)
    assert station.page.form.fields["phone"].complaint() == "Số điện thoại không đúng"
    assert station.crossings() == []


def test_attention_names_the_zone_and_why_names_its_release(station: Station) -> None:
    station.show_card(ANH)
    panel = station.page.verdict
    assert (panel.tone, panel.word()) == ("attention", "CHÚ Ý")
    assert "xã Giao Minh" in panel.accessibleName()
    station.press(KEY.Key_F1)
    assert panel._sources.isVisible()
    assert "bản 1" in panel._sources.text()
    station.press(KEY.Key_F1)
    assert not panel._sources.isVisible()


def test_symptoms_change_the_verdict_and_the_suggestion_at_once(station: Station) -> None:
    admit_some_time_ago(station)
    station.show_card(LAN)
    station.press(KEY.Key_1, ALT)
    assert station.page.verdict.tone == "attention"
    station.press(KEY.Key_Return)
    assert station.crossings()[0] == "Nguyễn Thị Lan: referred"


def test_a_decision_made_before_a_worse_verdict_came_is_not_taken(station: Station) -> None:

    admit_some_time_ago(station)
    station.show_card(LAN)
    QTest.keyClick(station.focus, KEY.Key_1, ALT)
    QTest.keyClick(station.focus, KEY.Key_Return)
    station.settle()
    assert len(station.crossings()) == 1
    assert station.conductor.window.banner.said() == "Kết quả vừa thay đổi: xem lại rồi quyết định."


def test_a_stop_is_referred_by_enter_and_let_through_only_with_reason_and_second_officer(station: Station) -> None:
    second = add_officer(station.store, station.officer, "Phạm Thị Hai", "officer", "482915")
    station.page.enter()
    station.settle()
    station.show_card(SOUGHT)
    assert station.page.verdict.word() == "DỪNG LẠI"
    station.type("hai phong")
    station.press(KEY.Key_Return)
    station.press(KEY.Key_Down)
    station.page.form.focus("phone")
    station.type("0912345678")
    station.press(KEY.Key_Return, CTRL)
    override = station.page.deciding.override
    assert station.at(override.reason)
    station.press(KEY.Key_Return)
    assert override.fields["reason"].complaint() == "Phải ghi lý do"
    station.type("Xe cap cuu")
    override.pin.setFocus()
    station.type("111222")
    station.press(KEY.Key_Return)
    assert "PIN" in override.fields["pin"].complaint()
    assert station.crossings() == []
    station.clock.pass_(minutes=1)
    override.pin.clear()
    station.type("482915")
    station.press(KEY.Key_Return)
    kept = newest(station).crossing.decision
    assert (kept.action, kept.override, kept.second_officer, kept.reason) == ("admitted", True, second.id, "Xe cap cuu")


def test_without_a_second_officer_a_stop_cannot_be_let_through(station: Station) -> None:
    admit_some_time_ago(station, NAM)
    station.show_card(SOUGHT)
    station.type("hai phong")
    station.press(KEY.Key_Return)
    station.press(KEY.Key_Return, CTRL)
    station.press(KEY.Key_Return, CTRL)
    override = station.page.deciding.override
    assert "không thể cho qua" in override.fields["second"].complaint()
    station.press(KEY.Key_Escape)
    assert not station.page.deciding.asking
    station.press(KEY.Key_Return)
    assert station.crossings()[0] == "Trần Văn Tìm: referred"


def test_holding_somebody_who_is_clear_asks_why(station: Station) -> None:
    admit_some_time_ago(station)
    station.show_card(LAN)
    station.press(KEY.Key_F2)
    station.type("Khong du giay to")
    station.press(KEY.Key_Return)
    kept = newest(station).crossing.decision
    assert (kept.action, kept.reason, kept.override) == ("turned-back", "Khong du giay to", False)


def test_further_cards_are_companions_and_the_worst_verdict_decides_for_all(station: Station) -> None:
    admit_some_time_ago(station)
    station.show_card(LAN)
    station.show_card(ANH)
    station.show_card(LAN)  # the same card again is the same traveller
    party = station.page.encounter.party
    assert [one.verdict.state for one in party.travellers] == ["clear", "attention"]
    station.press(KEY.Key_Return)
    kept = newest(station).crossing
    assert [one.identity.name for one in kept.travellers] == ["Nguyễn Thị Lan", "Đoàn Thị Ánh Nguyệt"]
    assert kept.travellers[1].declaration.purpose == "work"
    assert "1 người cùng xe" in station.page.verdict.accessibleName()


def test_a_companion_can_be_looked_at_and_taken_off(station: Station) -> None:
    admit_some_time_ago(station)
    station.show_card(LAN)
    station.show_card(ANH)
    station.press(KEY.Key_PageUp)
    assert station.page.encounter.party.current == 0
    station.press(KEY.Key_PageDown)
    station.press(KEY.Key_Delete, CTRL)
    station.press(KEY.Key_Return)
    assert station.crossings()[0] == "Nguyễn Thị Lan: admitted"


def test_escape_saves_nothing_and_can_be_undone(station: Station) -> None:
    admit_some_time_ago(station)
    station.show_card(LAN)
    station.press(KEY.Key_Escape)
    assert station.page.encounter.party.travellers == ()
    assert "Ctrl+Z" in station.conductor.window.banner.said()
    station.press(KEY.Key_Z, CTRL)
    station.press(KEY.Key_Return)
    assert len(station.crossings()) == 2


def test_a_code_that_is_no_identity_is_named_and_the_next_card_works(station: Station) -> None:
    station.show_card(PAYMENT)
    assert station.page.verdict.word() == "Không đọc được"
    assert "thanh toán" in station.page.verdict.accessibleName()
    admit_first_time(station)
    assert station.crossings() == ["Nguyễn Thị Lan: admitted"]


@pytest.mark.parametrize("text", ["", "\0" * 40, "😀" * 9, "036185000123|x", "1" * 11, "A" * 7000])
def test_whatever_is_shown_gets_an_answer_and_the_next_card_works(station: Station, text: str) -> None:
    station.show_card(text)
    station.page.encounter.cancel()
    station.settle()
    station.show_card(LAN)
    assert station.page.verdict.word() == "ĐƯỢC QUA"


def test_two_presses_of_enter_keep_one_crossing(station: Station) -> None:

    admit_some_time_ago(station)
    station.show_card(LAN)
    QTest.keyClick(station.focus, KEY.Key_Return)
    QTest.keyClick(station.focus, KEY.Key_Return)
    station.settle()
    assert len(station.crossings()) == 2


def test_the_bar_counts_and_the_list_shows_the_sync_word(station: Station) -> None:
    admit_first_time(station)
    station.qtbot.waitUntil(lambda: "1 lượt" in station.conductor.window.bar._count.text())
    assert station.page.recent.words() == ["12:00 Nguyễn Thị Lan: Cho qua, Chờ gửi"]


def test_the_language_changes_under_a_half_filled_form_and_nothing_is_lost(station: Station) -> None:
    station.show_card(LAN)
    station.type("hai phong")
    station.press(KEY.Key_Return)
    station.press(KEY.Key_Down)
    station.press(KEY.Key_F11)
    assert station.page.verdict.word() == "CLEAR"
    assert station.page.form.origin.text() == "Hải Phòng"
    assert station.page.form.purpose.currentText() == "Work"
    station.press(KEY.Key_F10)
    assert station.page.form.declaration().purpose == "work"


def test_a_clear_companion_does_not_hide_a_stop(station: Station) -> None:
    station.show_card(SOUGHT)
    station.show_card(LAN)
    panel = station.page.verdict
    assert (panel.tone, panel.word()) == ("stop", "DỪNG LẠI")
    assert "Trần Văn Tìm" in panel.accessibleName()
    assert station.heard.sounds == ["stop", "stop"]
    station.press(KEY.Key_Delete, CTRL)
    station.press(KEY.Key_Escape)
    station.show_card(LAN)
    assert panel.tone == "clear"


def test_stops_tests_and_doses_are_asked_where_they_matter(station: Station) -> None:
    admit_some_time_ago(station)
    station.show_card(LAN)
    health = station.page.form.health
    assert not health.isVisible()
    station.press(KEY.Key_X, ALT)
    assert station.at(health.stop)
    station.type("giao minh")
    station.press(KEY.Key_Return)
    assert station.page.verdict.tone == "attention"
    assert "xã Giao Minh" in station.page.verdict.accessibleName()
    health.test.setFocus()
    station.press(KEY.Key_Down)
    health.test_on.setFocus()
    station.type("31/02/2026")
    station.press(KEY.Key_Return)
    assert health.fields["test-on"].complaint() == "Không có ngày này"
    assert len(station.crossings()) == 1
    health.test_on.clear()
    health.test_on.setFocus()
    station.type("23/11/2026")
    health.doses.setFocus()
    station.press(KEY.Key_Down)
    station.press(KEY.Key_Down)
    station.press(KEY.Key_Return)
    said = newest(station).crossing.travellers[0].declaration
    assert [stop.unit for stop in said.stops] == ["c:14161"]
    assert (said.test, said.test_on, said.doses) == ("negative", "2026-11-23", 1)


def test_two_documents_in_view_are_mentioned_and_one_is_taken(station: Station) -> None:
    codes = [Code(text, text.encode(), "QRCode", "zxing-cpp", ()) for text in (LAN, NAM)]
    station.conductor.codes(codes)
    station.settle()
    assert "Nguyễn Thị Lan" in station.conductor.window.banner.said()
    assert len(station.page.encounter.party.travellers) == 1
