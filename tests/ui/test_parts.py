"""The small parts alone: the party without Qt, sounds without a device, the flow of ticks, labels that end in dots."""

import wave
from dataclasses import replace
from importlib.resources import files
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.duty.values import Screened
from checkpoint_app.ui import messages
from checkpoint_app.ui.flow import Flow
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.scan.party import Gap, Party, gaps, needs_reason, needs_second, suggested
from checkpoint_app.ui.scan.verdict_panel import VerdictPanel
from checkpoint_app.ui.sounds import SOUNDS, Chimes
from checkpoint_app.ui.widgets import Elided, Field, KeyButton
from checkpoint_core.identity.model import Identity, Reading
from checkpoint_core.journal.payloads import Action
from checkpoint_core.screening.model import Declaration, Evidence, Params, Place, Provenance, Reason, State, Verdict

HANOI, HAIPHONG = Place("Hà Nội", "p:01"), Place("Hải Phòng", "p:31")
WHOLE = Declaration(HANOI, (HAIPHONG,), purpose="work", phone="+84912345678")


def judged(number: str, state: State = "clear", code: str = "zone-residence", said: Declaration = WHOLE) -> Screened:
    reason = Reason(code, "inform" if state == "clear" else state, Evidence(code, "claimed", Provenance("card")))
    return Screened(Reading("cccd", Identity(number=number, name="A"), (), ""), said, Verdict(state, (reason,), 0))


def of(*people: Screened) -> Party:
    party = Party()
    for one in people:
        party = party.add(one)
    return party


@pytest.mark.parametrize(
    ("people", "action"),
    [
        ([judged("1")], "admitted"),
        ([judged("1"), judged("2", "attention")], "admitted"),
        ([judged("1", "attention", "symptoms")], "referred"),
        ([judged("1", "stop", "watch-contact-1"), judged("2")], "referred"),
        ([judged("1"), judged("2", "stop", "zone-3-residence")], "turned-back"),
    ],
)
def test_the_worst_in_the_vehicle_decides_what_is_suggested(people: list[Screened], action: Action) -> None:
    assert suggested(of(*people)) == action


def test_against_the_verdict_a_reason_is_needed_and_against_a_stop_a_second_officer() -> None:
    clear, unsure, stopped = of(judged("1")), of(judged("1", "attention")), of(judged("1", "stop"))
    assert [needs_reason(party, "admitted") for party in (clear, unsure, stopped)] == [False, False, True]
    assert [needs_reason(party, "turned-back") for party in (clear, unsure, stopped)] == [True, False, False]
    assert [needs_second(party, "admitted") for party in (clear, unsure, stopped)] == [False, False, True]
    assert not needs_second(stopped, "referred")


def test_what_is_still_to_be_asked() -> None:
    nothing = Declaration()
    party = of(judged("1", said=nothing), judged("2", said=Declaration(destinations=(HANOI,))))
    assert gaps(party) == [
        Gap(0, "origin"), Gap(0, "destination"), Gap(0, "purpose"), Gap(1, "origin"), Gap(1, "purpose"),
        Gap(0, "phone", soft=True),
    ]  # fmt: skip
    assert gaps(party, "turned-back") == [Gap(0, "destination")]
    assert gaps(of(judged("1"))) == []


def test_a_companion_declares_as_the_first_but_for_what_is_their_own() -> None:
    own = Declaration(origin=HAIPHONG, phone="+84900000000")
    party = of(judged("1"), judged("2", said=own))
    said = party.travellers[1].declaration
    assert (said.origin, said.destinations, said.purpose, said.phone) == (HAIPHONG, (HAIPHONG,), "work", "+84900000000")


def test_the_same_card_is_the_same_traveller_and_the_last_one_leaves_nobody() -> None:
    party = of(judged("1"), judged("2"), judged("1"))
    assert (len(party.travellers), party.current) == (2, 0)
    assert party.remove(0).remove(0) == Party()
    assert replace(party, current=1).remove(1).current == 0


@pytest.mark.parametrize("name", SOUNDS)
def test_each_sound_is_short_and_whole(name: str) -> None:
    with files("resources").joinpath("sounds", f"{name}.wav").open("rb") as file, wave.open(file) as sound:
        assert 0 < sound.getnframes() / sound.getframerate() < 1.2


def test_without_a_loudspeaker_nothing_is_heard_and_nothing_is_said(qtbot: QtBot) -> None:
    chimes = Chimes()
    for name in SOUNDS:
        chimes.play(name)


def test_every_icon_is_drawn_in_the_colour_asked_for(qtbot: QtBot) -> None:
    look = Look()
    names = [one.name.removesuffix(".svg") for one in files("resources").joinpath("icons").iterdir()]
    assert len(names) > 40
    for name in names:
        svg = files("resources").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")
        assert ElementTree.fromstring(svg).attrib["viewBox"] == "0 0 24 24"
        image = look.pixmap(name, 24, "#ff0000").toImage()
        painted = [image.pixelColor(x, y) for x in range(0, 48, 2) for y in range(0, 48, 2)]
        assert any(colour.alpha() > 0 for colour in painted), name


def test_the_packaged_font_is_there_with_its_licence(qtbot: QtBot) -> None:
    assert "Be Vietnam Pro" in QFontDatabase.families()
    assert "SIL Open Font License" in files("resources").joinpath("fonts", "OFL.txt").read_text(encoding="utf-8")


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    buttons = [QPushButton("một hai ba") for _ in range(6)]
    flow = Flow(*buttons)
    holder.setLayout(flow)
    wide, narrow = flow.heightForWidth(4000), flow.heightForWidth(flow.minimumSize().width())
    assert narrow > 5 * wide
    buttons[5].hide()
    assert flow.heightForWidth(flow.minimumSize().width()) < narrow
    assert flow.takeAt(9) is None
    assert flow.itemAt(9) is None


def test_words_that_do_not_fit_end_in_dots_and_are_whole_in_the_tip(qtbot: QtBot) -> None:
    label = Elided()
    qtbot.addWidget(label)
    label.say("Không có mạng · 7 chờ gửi · liên lạc 3 giờ trước")
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip().endswith("3 giờ trước")


def test_a_field_names_its_control_and_says_what_is_wrong(qtbot: QtBot) -> None:
    control = QPushButton()
    field = Field(control)
    qtbot.addWidget(field)
    field.label("Điện thoại")
    field.complain("Không đúng")
    assert control.accessibleName() == "Điện thoại"
    assert [label.text() for label in field.findChildren(QLabel)] == ["Điện thoại", "Không đúng"]
    field.complain("")
    assert control.property("wrong") is False


def test_a_button_shows_its_key(qtbot: QtBot) -> None:
    button = KeyButton(Look(), "admit", "F2")
    qtbot.addWidget(button)
    button.label("Quay đầu")
    assert button.text().split() == ["Quay", "đầu", "F2"]


def test_a_zone_of_residence_and_origin_is_told_once_and_why_lists_both(qtbot: QtBot, look: Look) -> None:
    panel = VerdictPanel(look)
    qtbot.addWidget(panel)
    params: Params = {"zone": "xã Giao Minh", "level": 2, "since": "2026-11-12", "place": "xã Giao Minh, Ninh Bình"}
    codes = ("zone-residence", "zone-origin")
    reasons = [Reason(one, "attention", Evidence(one, "claimed", Provenance("zones", 1), params)) for one in codes]
    panel.show_verdict(Verdict("attention", tuple(reasons), 1))
    lives, comes = (messages.reason(look, one) for one in reasons)
    shown = panel.accessibleName()
    assert lives in shown
    assert comes not in shown
    panel.toggle_why()
    assert comes in "\n".join(label.text() for label in panel.findChildren(QLabel))
