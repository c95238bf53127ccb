"""Settings: in force at once, kept across starts, a broken file said; officers and PINs."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from benchmarks.practice_laptop import PracticeLaptop
from checkpoint_app.duty.officers import check_pin
from checkpoint_app.scanner.camera import CameraInfo
from checkpoint_app.ui.back_desk import Staff
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.page import Note
from checkpoint_app.ui.settings import FILE, Preferences, Settings, keep_settings, load_settings
from checkpoint_app.ui.settings_page import SettingsPage
from checkpoint_app.ui.window import Window
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.journal.payloads import Access
from checkpoint_core.trouble import Trouble
from tests.ui.back_office import laptop, morning, notes, on_duty, until, words

__all__ = ["laptop", "morning", "on_duty"]

CAMERAS = [CameraInfo("/dev/video0", "Webcam"), CameraInfo("/dev/video2", "USB")]


@pytest.fixture
def kept() -> list[Settings]:
    return []


@pytest.fixture
def page(
    laptop: PracticeLaptop,
    on_duty: OnDuty,
    look: Look,
    background: Background,
    kept: list[Settings],
    qtbot: QtBot,
    qapp: QApplication,
) -> Iterator[SettingsPage]:
    on_duty.sign_in(laptop.supervisor)
    preferences = Preferences(look, Settings(), kept.append)
    made = SettingsPage(look, background, on_duty, Staff.of(laptop.store, lambda: CAMERAS), preferences)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.enter()
    until(qtbot, lambda: made.camera.count() == 3 and made.people.list.count() == 3)
    yield made
    background.close()


def test_language_theme_and_text_size_are_in_force_at_once_and_kept(
    page: SettingsPage, look: Look, kept: list[Settings]
) -> None:
    page.language.buttons[1].click()
    page.theme.buttons[2].click()
    page.text_size.buttons[2].click()
    assert (look.language, look.theme) == ("en", "contrast")
    assert "font-size: 19px" in look.stylesheet()  # 15 px and a quarter
    assert kept[-1] == Settings("en", "contrast", 125)
    assert "My PIN" in words(page)


def test_the_keys_of_the_look_are_kept_too(page: SettingsPage, look: Look, kept: list[Settings]) -> None:
    look.next_theme()
    look.next_language()
    assert kept[-1] == Settings("en", "dark")
    assert page.theme.value == "dark"


def test_several_changes_at_once_all_hold(page: SettingsPage, look: Look, kept: list[Settings]) -> None:
    page.preferences.change(language="en", theme="dark", text_percent=110)
    assert kept == [Settings("en", "dark", 110)]
    assert (look.language, look.theme) == ("en", "dark")


def test_camera_lock_and_sound_are_the_supervisors(
    page: SettingsPage, laptop: PracticeLaptop, on_duty: OnDuty, kept: list[Settings], qtbot: QtBot
) -> None:
    page.camera.setCurrentIndex(2)
    page.camera.activated.emit(2)
    page.idle.activated.emit(3)
    page.sound.click()
    assert kept[-1] == Settings(camera="/dev/video2", idle_minutes=10, sound=False)
    wanted: dict[str, str | int] = {"setting": "camera", "value": "/dev/video2"}

    def noted() -> bool:
        said = [read_entry(signed.body).payload for signed in laptop.store.entries()]
        return Access("setting-changed", wanted) in said

    until(qtbot, noted)
    on_duty.sign_in(laptop.officer)
    assert not any(control.isEnabled() for control in (page.camera, page.idle, page.sound))
    assert page.say("settings.supervisor-only") in words(page)


def test_an_officer_is_added(page: SettingsPage, laptop: PracticeLaptop, qtbot: QtBot) -> None:
    told, people = notes(page), page.people
    people.name.setText("Vũ Thị Mới")
    people.new.lines["pin"].setText("739156")
    people.new.lines["again"].setText("739157")
    people.new.save.click()
    assert people.new.fields["again"].complaint()
    people.new.lines["again"].setText("739156")
    people.new.save.click()
    until(qtbot, lambda: people.list.count() == 4)
    assert told == [Note.of("good", "settings.added", name="Vũ Thị Mới")]
    assert people.new.lines["pin"].text() == ""
    made = next(one for one in laptop.store.officers() if one.name == "Vũ Thị Mới")
    assert check_pin(laptop.store, made.id, "739156").role == "officer"


@pytest.mark.parametrize(
    ("name", "pin", "field"), [("", "739156", "name"), ("Trần Thị Ví Dụ", "739156", "name"), ("Ai", "123456", "pin")]
)
def test_what_is_wrong_with_a_new_officer_is_said_at_its_field(
    page: SettingsPage, qtbot: QtBot, name: str, pin: str, field: str
) -> None:
    people = page.people
    people.name.setText(name)
    for line in ("pin", "again"):
        people.new.lines[line].setText(pin)
    people.new.save.click()
    shown = people.name_field if field == "name" else people.new.fields["pin"]
    until(qtbot, shown.complaint)


def test_pins_are_given_anew_and_changed(page: SettingsPage, laptop: PracticeLaptop, on_duty: OnDuty, qtbot: QtBot) -> None:
    told, people = notes(page), page.people
    officers = laptop.store.officers()
    people.list.setCurrentRow(officers.index(laptop.officer))
    for line in ("pin", "again"):
        people.reset.lines[line].setText("482917")
    people.reset.save.click()
    until(qtbot, lambda: told)
    on_duty.sign_in(laptop.officer)
    page.enter()
    until(qtbot, lambda: not people._manage.isVisible())
    for line, pin in (("old", "111111"), ("pin", "739156"), ("again", "739156")):
        people.own.lines[line].setText(pin)
    people.own.save.click()
    until(qtbot, lambda: people.own.fields["old"].complaint())
    laptop.clock.now = laptop.clock.now + timedelta(hours=1)
    people.own.lines["old"].setText("482917")
    people.own.save.click()
    until(qtbot, lambda: len(told) == 2)
    assert check_pin(laptop.store, laptop.officer.id, "739156") == laptop.officer


def test_settings_survive_a_start(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()
    wanted = Settings("en", "dark", 125, "/dev/video2", 15, sound=False)
    keep_settings(tmp_path, wanted)
    assert load_settings(tmp_path) == wanted


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\xff\xfe\x00", b'{"language": "fr"}', b'{"idle_minutes": 0}', b'{"colour": "red"}', b"{"]
)
def test_a_broken_file_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(Trouble, match="settings-damaged"):
        load_settings(tmp_path)
    keep_settings(tmp_path, Settings())
    assert load_settings(tmp_path) == Settings()


@given(st.binary(max_size=80))
def test_any_file_is_settings_or_trouble(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / FILE).write_bytes(content)
    with suppress(Trouble):
        assert 1 <= load_settings(folder).idle_minutes <= 60


def test_the_window_takes_another_idle_time(look: Look, laptop: PracticeLaptop, qapp: QApplication, qtbot: QtBot) -> None:
    window = Window(look, laptop.clock, qapp)
    qtbot.addWidget(window)
    window.set_idle_minutes(30)
    assert window._quiet.remainingTime() > 29 * 60_000


def test_what_is_set_is_on_the_disk_soon(look: Look, background: Background, tmp_path: Path, qtbot: QtBot) -> None:
    preferences = Preferences.in_folder(look, Settings(), tmp_path, background)
    preferences.change(theme="dark")
    until(qtbot, lambda: load_settings(tmp_path).theme == "dark")


def test_a_disk_that_does_not_take_them_is_told(look: Look, background: Background, tmp_path: Path, qtbot: QtBot) -> None:
    preferences = Preferences.in_folder(look, Settings(), tmp_path / "gone", background)
    with qtbot.waitSignal(preferences.not_kept) as told:
        preferences.change(theme="dark")
    assert told.args[0].code == "disk-error"
    assert look.theme == "dark"
