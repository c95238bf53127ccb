"""Crossings: found, shown, corrected with the old kept, settled where the registry sent them back."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from benchmarks.practice_laptop import PracticeLaptop
from checkpoint_app.ui.back_desk import Archive
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.crossings_page import DAYS, CrossingsPage
from checkpoint_app.ui.crossings_table import COLUMNS, PAGE, CrossingsModel
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.words import LANGUAGES
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.journal.payloads import Access
from checkpoint_core.text import fold
from tests.ui.back_office import laptop, morning, notes, on_duty, until, words

__all__ = ["laptop", "morning", "on_duty"]


@pytest.fixture
def page(
    laptop: PracticeLaptop, on_duty: OnDuty, look: Look, background: Background, qtbot: QtBot, qapp: QApplication
) -> Iterator[CrossingsPage]:
    made = CrossingsPage(look, background, on_duty, Archive.of(laptop.store), laptop.clock)
    qtbot.addWidget(made)
    made.resize(1366, 660)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.enter()
    until(qtbot, lambda: made.model.rowCount() == len(laptop.store.crossings()))
    yield made
    background.close()


def choose(page: CrossingsPage, qtbot: QtBot, row: int) -> str:
    """Select a row and wait for its details; the crossing's id."""
    chosen = page.model.crossing(row)
    assert chosen is not None
    page.table.selectRow(row)
    until(qtbot, lambda: page._viewed is not None and page._viewed.row.id == chosen.id)
    return chosen.id


def search(page: CrossingsPage, typed: str) -> None:
    page.words.clear()
    QTest.keyClicks(page.words, typed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_model_is_sound(look: Look, laptop: PracticeLaptop, qtmodeltester: ModelTester, language: str) -> None:
    model = CrossingsModel(look)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show_rows(laptop.store.crossings())
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    look.set_language(language)  # type: ignore[arg-type]
    said = [model.data(model.index(0, column)) for column in range(len(COLUMNS))]
    assert all(said)
    model.show_rows([])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_more_rows_come_when_asked(look: Look, laptop: PracticeLaptop, qtbot: QtBot) -> None:
    model, rows = CrossingsModel(look), laptop.store.crossings()
    model.show_rows((rows * PAGE)[:PAGE])
    root = model.index(-1, -1)
    assert model.canFetchMore(root)
    with qtbot.waitSignal(model.more_wanted):
        model.fetchMore(root)
    assert not model.canFetchMore(root)
    model.add_rows(rows)
    assert model.rowCount() == PAGE + len(rows)
    assert not model.canFetchMore(root)


def test_found_by_name_without_diacritics_number_and_plate(
    page: CrossingsPage, laptop: PracticeLaptop, qtbot: QtBot
) -> None:
    wanted = laptop.store.crossings()[0]
    identity = wanted.crossing.travellers[0].identity
    for typed in (fold(identity.name or ""), (identity.number or "")[3:9], (wanted.crossing.plate or "")[:6].lower()):
        search(page, typed)
        until(qtbot, lambda: page.model.rowCount() < len(laptop.store.crossings()))
        assert page.model.row_of(wanted.id) >= 0


def test_nothing_found_says_what_to_try(page: CrossingsPage, qtbot: QtBot) -> None:
    search(page, "zzzz")
    until(qtbot, lambda: page.model.rowCount() == 0)
    assert "zzzz" in words(page)


def test_details_say_it_all(page: CrossingsPage, laptop: PracticeLaptop, qtbot: QtBot) -> None:
    for row in range(page.model.rowCount()):
        choose(page, qtbot, row)
        shown = page.model.crossing(row)
        assert shown is not None
        name, sync = shown.crossing.travellers[0].identity.name or "", page.say(f"crossings.sync-{shown.sync}")
        until(qtbot, partial(told, page, name, sync, "ữ liệu dân cư"))


def told(page: CrossingsPage, *wanted: str) -> bool:
    """Whether the details say all of it."""
    said = words(page.details)
    return all(one in said for one in wanted)


def test_a_correction_needs_a_reason_and_keeps_the_old(page: CrossingsPage, laptop: PracticeLaptop, qtbot: QtBot) -> None:
    chosen = choose(page, qtbot, 0)
    told = notes(page)
    before = laptop.store.crossing(chosen)
    assert before is not None
    QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    plate, reason = page.form._lines["plate"], page.form._lines["reason"]
    assert page._side.currentWidget() is page.form
    plate.setText("30a-999.99")
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: page.form._fields["reason"].complaint())
    reason.setText("Gõ nhầm biển số")
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: told)
    after = laptop.store.crossing(chosen)
    assert after is not None
    assert (after.crossing.plate, after.corrected) == ("30A99999", 1)
    until(qtbot, lambda: "Gõ nhầm biển số" in words(page.details))
    assert f"Biển số: {before.crossing.plate} → 30A99999" in words(page.details)


def test_an_impossible_birth_date_is_said_at_its_field(page: CrossingsPage, laptop: PracticeLaptop, qtbot: QtBot) -> None:
    choose(page, qtbot, 0)
    page.correct.click()
    page.form._lines["birth_date"].setText("31/02/1990")
    page.form._save.click()
    assert page.form._fields["birth_date"].complaint()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page._side.currentIndex() == 1


def test_letting_a_stop_through_asks_for_a_second_officer(page: CrossingsPage, laptop: PracticeLaptop, qtbot: QtBot) -> None:
    rows = [page.model.crossing(row) for row in range(page.model.rowCount())]
    stopped = next(n for n, one in enumerate(rows) if one and one.crossing.decision.action == "referred")
    choose(page, qtbot, stopped)
    page.correct.click()
    assert page.form._fields["second"].isHidden()
    page.form._decision.setCurrentIndex(0)
    page.form._lines["reason"].setText("Nhầm quyết định")
    page.form._save.click()
    until(qtbot, lambda: page.form._fields["second"].complaint())
    assert not page.form._fields["second"].isHidden()


def test_only_its_officer_or_a_supervisor_corrects(
    page: CrossingsPage, laptop: PracticeLaptop, on_duty: OnDuty, qtbot: QtBot
) -> None:
    on_duty.sign_in(laptop.colleague)
    assert page.model.rowCount() == 0
    page.enter()
    until(qtbot, lambda: page.model.rowCount())
    chosen = choose(page, qtbot, 0)
    assert not page.correct.isEnabled()
    assert page.say("crossings.not-yours") in words(page)
    looks = [read_entry(signed.body) for signed in laptop.store.entries()]
    assert [one.payload for one in looks if one.officer == laptop.colleague.id][-1:] == [
        Access("viewed", {"crossing": chosen})
    ]
    on_duty.sign_in(laptop.supervisor)
    page.enter()
    until(qtbot, lambda: page.model.rowCount())
    choose(page, qtbot, 0)
    assert page.correct.isEnabled()


def test_what_was_sent_back_is_shown_with_what_to_do(
    page: CrossingsPage, laptop: PracticeLaptop, on_duty: OnDuty, qtbot: QtBot
) -> None:
    on_duty.sign_in(laptop.supervisor)
    told = notes(page)
    page.show_returned()
    until(qtbot, lambda: page.model.rowCount() == 1)
    choose(page, qtbot, 0)
    assert page.say("quarantine.id-reused") in words(page.details)
    page.settle.click()
    until(qtbot, lambda: page._why.complaint())
    why = page._why.control
    assert isinstance(why, QLineEdit)
    why.setText("Đã báo trung tâm")
    page.settle.click()
    until(qtbot, lambda: told and not laptop.store.quarantined())


def test_what_was_sent_back_can_be_sent_again(
    page: CrossingsPage, laptop: PracticeLaptop, on_duty: OnDuty, qtbot: QtBot
) -> None:
    on_duty.sign_in(laptop.supervisor)
    page.show_returned()
    until(qtbot, lambda: page.model.rowCount() == 1)
    choose(page, qtbot, 0)
    page.resend.click()
    until(qtbot, lambda: not laptop.store.quarantined())
    until(qtbot, lambda: page.model.rowCount() == 0)
    assert page.say("crossings.none-returned") in words(page)


def test_an_empty_day_says_so(page: CrossingsPage, qtbot: QtBot) -> None:
    page.day.setCurrentIndex(DAYS.index("yesterday"))
    page.day.activated.emit(1)
    until(qtbot, lambda: page.model.rowCount() == 0)
    assert page.say("crossings.none-yesterday") in words(page)


def test_another_language_and_theme_keep_what_is_shown(page: CrossingsPage, look: Look, qtbot: QtBot) -> None:
    choose(page, qtbot, 1)
    look.set_language("en")
    look.set_theme("contrast")
    assert page.details._shown is not None
    until(qtbot, lambda: "Recorded by" in words(page.details))


def test_the_list_is_reached_and_walked_by_keys(page: CrossingsPage, qtbot: QtBot) -> None:
    QTest.keyClick(page.words, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    until(qtbot, lambda: page._viewed is not None)
    first = page._viewed
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    until(qtbot, lambda: page._viewed is not first)
    QTest.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.words.hasFocus()
