"""The shift: its figures, its log taken out with progress and cancel, and its end after one question."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from benchmarks.practice_laptop import PracticeLaptop
from checkpoint_app.reports import Exported, check_export
from checkpoint_app.ui.back_desk import Watch
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.hour_chart import MOST_LINES, HourChart, hours_of, step_of
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.page import Note
from checkpoint_app.ui.shift_page import ShiftPage
from checkpoint_core.trouble import Trouble
from tests.ui.back_office import laptop, morning, notes, on_duty, until, words

__all__ = ["laptop", "morning", "on_duty"]


@pytest.fixture
def page(
    laptop: PracticeLaptop,
    on_duty: OnDuty,
    look: Look,
    background: Background,
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
) -> Iterator[ShiftPage]:
    made = ShiftPage(look, background, on_duty, Watch.of(laptop.store))
    qtbot.addWidget(made)
    made.resize(1366, 660)
    made.exporting.take_folder(str(tmp_path))
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.enter()
    until(qtbot, lambda: made.which.count() == 1)
    yield made
    background.close()


def test_the_figures_are_the_stores(page: ShiftPage, laptop: PracticeLaptop) -> None:
    summary = laptop.store.summary(laptop.shift.id)
    said = words(page.figures)
    assert str(summary.crossings) in said.splitlines()
    assert f"{summary.accepted} trung tâm đã nhận + {summary.waiting} chờ gửi + {summary.quarantined} bị trả lại" in said
    for code, count in list(summary.by_reason.items())[:3]:
        assert page.say(f"report.reason-{code}") in said
        assert str(count) in said.splitlines()
    assert "vào" in page.figures.chart.accessibleDescription()


@pytest.mark.parametrize("format", ["xlsx", "csv", "pdf"])
def test_the_log_is_exported_masked(page: ShiftPage, tmp_path: Path, qtbot: QtBot, format: str) -> None:
    told = notes(page)
    page.exporting.choose_format(format)  # type: ignore[arg-type]
    assert not page.exporting.whole.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: told)
    (made,) = tmp_path.glob(f"ca-truc-*.{format}")
    assert not check_export(made).unmasked
    assert not page.exporting.open.isHidden()


def test_a_second_export_does_not_overwrite_the_first(page: ShiftPage, tmp_path: Path, qtbot: QtBot) -> None:
    told = notes(page)
    for count in (1, 2):
        page.exporting.start.click()
        until(qtbot, lambda count=count: len(told) == count)  # type: ignore[misc]
    assert len(list(tmp_path.glob("*.xlsx"))) == 2


def test_only_a_supervisor_may_choose_whole_numbers(
    page: ShiftPage, laptop: PracticeLaptop, on_duty: OnDuty, tmp_path: Path, qtbot: QtBot
) -> None:
    told = notes(page)
    on_duty.sign_in(laptop.supervisor)
    page.enter()
    until(qtbot, lambda: page._shown is not None)
    assert page.exporting.whole.isEnabled()
    page.exporting.whole.setChecked(True)
    page.exporting.start.click()
    until(qtbot, lambda: told)
    (made,) = tmp_path.glob("*.xlsx")
    assert check_export(made).unmasked
    on_duty.sign_in(laptop.officer)
    assert not page.exporting.whole.isChecked()


def test_a_missing_folder_is_told_and_the_next_one_works(page: ShiftPage, tmp_path: Path, qtbot: QtBot) -> None:
    told = notes(page)
    page.exporting.take_folder(str(tmp_path / "no-usb"))
    page.exporting.start.click()
    until(qtbot, lambda: told)
    assert isinstance(told[0], Trouble)
    assert told[0].code == "export-folder"
    page.exporting.take_folder(str(tmp_path))
    page.exporting.start.click()
    until(qtbot, lambda: len(told) == 2)
    assert isinstance(told[1], Note)


def test_an_export_can_be_stopped(page: ShiftPage, tmp_path: Path, qtbot: QtBot) -> None:
    told = notes(page)
    real = page._watch.export

    def patient(*args: object) -> Exported:
        qtbot_stop.wait(10)  # the officer presses Esc while it is at work
        return real(*args)  # type: ignore[arg-type]

    qtbot_stop = page._stop
    object.__setattr__(page._watch, "export", patient)
    page.exporting.start.click()
    until(qtbot, lambda: not page.exporting.stop.isHidden())
    QTest.keyClick(page, Qt.Key.Key_Escape)
    until(qtbot, lambda: told)
    assert told == [Note.of("info", "trouble.export-cancelled")]
    assert not list(tmp_path.glob("*.xlsx*"))


def test_closing_asks_once_and_tells_the_window(
    page: ShiftPage, laptop: PracticeLaptop, on_duty: OnDuty, qtbot: QtBot
) -> None:
    told = notes(page)
    page.closing._note.setPlainText("Máy ảnh làn 2 hay mờ")
    page.closing._to.setCurrentIndex(1)
    QTest.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert laptop.store.shift(laptop.shift.id).closed_at is None
    assert "chờ gửi" in page.closing._question.text()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.closing._confirm.isHidden()
    page.closing.close_shift.click()
    page.closing.sure.click()
    until(qtbot, lambda: told)
    assert laptop.store.shift(laptop.shift.id).closed_at is not None
    assert on_duty.shift is None


def test_a_note_that_is_too_long_is_said_at_its_field(page: ShiftPage, qtbot: QtBot) -> None:
    page.closing._note.setPlainText("x" * 2_001)
    page.closing.close_shift.click()
    page.closing.sure.click()
    until(qtbot, lambda: page.closing.note.complaint())


def test_nobody_elses_shift_is_closed_by_an_officer(
    page: ShiftPage, laptop: PracticeLaptop, on_duty: OnDuty, qtbot: QtBot
) -> None:
    on_duty.sign_in(laptop.colleague)
    page.enter()
    until(qtbot, lambda: page._shown is not None and page.closing.isHidden())


def test_without_a_shift_it_says_what_to_do(
    laptop: PracticeLaptop, look: Look, background: Background, qtbot: QtBot
) -> None:
    nobody = OnDuty()
    nobody.sign_in(laptop.supervisor)
    watch = Watch.of(laptop.store)
    object.__setattr__(watch, "shifts", list)
    made = ShiftPage(look, background, nobody, watch)
    qtbot.addWidget(made)
    made.show()
    made.enter()
    until(qtbot, lambda: made._side.isHidden())
    assert made.say("shift.none") in words(made)


@given(st.integers(1, 10**9))
def test_the_axis_has_few_round_lines(most: int) -> None:
    step = step_of(most)
    assert most <= step * MOST_LINES
    assert str(step).rstrip("0") in ("1", "2", "5")


def test_quiet_hours_are_shown() -> None:
    at = datetime(2026, 11, 25, 6)
    assert hours_of({(at, "in"): 1, (at + timedelta(hours=3), "out"): 2}) == [at + timedelta(hours=n) for n in range(4)]
    assert hours_of({}) == []


def test_both_directions_are_drawn_and_said(look: Look, qtbot: QtBot) -> None:
    chart = HourChart(look)
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    empty = chart.grab().toImage()
    at = datetime(2026, 11, 25, 6)
    chart.show_counts({(at, "in"): 9, (at, "out"): 4})
    assert chart.accessibleDescription() == "06:00: vào 9, ra 4"
    assert chart.grab().toImage() != empty
