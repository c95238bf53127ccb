"""The sync page: what it says of every state of the exchange, 'sync now', and enrolling."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from benchmarks.practice_laptop import PracticeLaptop
from checkpoint_app.store.store import Store
from checkpoint_app.sync.status import Failure, SyncStatus
from checkpoint_app.ui.back_desk import Line
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.sync_page import SyncPage
from checkpoint_app.words import LANGUAGES, Language, catalogue
from checkpoint_core.trouble import Trouble
from tests.ui.back_office import laptop, morning, notes, on_duty, until, words

__all__ = ["laptop", "morning", "on_duty"]


class Exchange:
    """Where a sync runner would be: its status is told, its waking counted, its enrolment answered."""

    def __init__(self, laptop: PracticeLaptop) -> None:
        backlog = laptop.store.backlog()
        self.status = SyncStatus(
            "connected", backlog.waiting, backlog.quarantined, laptop.clock.now, clock_offset=420, met=True
        )
        self.woken = 0
        self.typed: list[tuple[str, str, str]] = []
        self.trouble: Trouble | None = None

    def wake(self) -> None:
        self.woken += 1

    def enrol(self, address: str, code: str, name: str) -> None:
        if self.trouble:
            raise self.trouble
        self.typed.append((address, code, name))


def line_of(store: Store, exchange: Exchange) -> Line:
    return Line.of(store, lambda: exchange.status, exchange.wake, exchange.enrol)


@pytest.fixture
def exchange(laptop: PracticeLaptop) -> Exchange:
    return Exchange(laptop)


@pytest.fixture
def page(
    laptop: PracticeLaptop,
    exchange: Exchange,
    on_duty: OnDuty,
    look: Look,
    background: Background,
    qtbot: QtBot,
    qapp: QApplication,
) -> Iterator[SyncPage]:
    made = SyncPage(look, background, on_duty, line_of(laptop.store, exchange), laptop.clock)
    qtbot.addWidget(made)
    made.resize(1366, 660)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.enter()
    until(qtbot, lambda: made._stored is not None and "Danh sách vùng dịch" in words(made))
    yield made
    made.leave()
    background.close()


def test_connected_says_what_waits_and_what_came_back(page: SyncPage, exchange: Exchange) -> None:
    said = words(page)
    assert page.say("sync.connection.connected") in said
    assert page.say("sync.waiting.some", count=exchange.status.waiting) in said
    assert page.say("sync-page.returned-some", count=1) in said
    assert page.say("quarantine.id-reused") in said


def test_each_list_has_its_version_and_age(page: SyncPage, laptop: PracticeLaptop) -> None:
    said = words(page.lists).splitlines()
    for age in laptop.store.reference_ages():
        assert str(age.version) in said
        assert str(age.items) in said
    assert said.count(page.say("sync-page.state-fresh")) == 5


def test_a_refused_list_is_said_with_the_reason(page: SyncPage, laptop: PracticeLaptop, qtbot: QtBot) -> None:
    laptop.refuse_a_list()
    page.enter()
    until(qtbot, lambda: page.say("refused.release-empty") in words(page.lists))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("connection", ["offline", "not-registry", "refused", "never", "not-enrolled"])
def test_every_state_is_said_in_words(
    page: SyncPage, exchange: Exchange, look: Look, qtbot: QtBot, language: Language, connection: str
) -> None:
    look.set_language(language)
    exchange.status = replace(exchange.status, connection=connection)  # type: ignore[arg-type]
    page._look()
    assert page._connection.text() == catalogue(language)[f"sync.connection.{connection}"]
    assert page.now.isEnabled() is (connection != "not-enrolled")


def test_the_same_failure_of_both_ways_is_said_once(page: SyncPage, exchange: Exchange, laptop: PracticeLaptop) -> None:
    both = tuple(Failure(way, "not-the-registry", {}, laptop.clock.now) for way in ("push", "pull"))
    exchange.status = replace(exchange.status, connection="not-registry", failing=both)
    page._look()
    assert page._failures.text().count(page.say("sync.not-the-registry")) == 1
    exchange.status = replace(
        exchange.status, failing=(replace(both[0], code="server-error", params={"status": 500}), both[1])
    )
    page._look()
    assert page.say("sync.server-error", status=500) in page._failures.text()


def test_a_clock_that_is_wrong_is_said_loudly(page: SyncPage, exchange: Exchange) -> None:
    exchange.status = replace(exchange.status, clock_offset=-420_000)
    page._look()
    assert page._facts["clock"][1].text() == page.say("sync.clock-off", minutes=7)
    assert page._facts["clock"][1].property("role") == "error"
    exchange.status = replace(exchange.status, clock_offset=None)
    page._look()
    assert page._facts["clock"][1].text() == page.say("sync-page.clock-unknown")


def test_the_status_is_followed_while_in_front(
    page: SyncPage, exchange: Exchange, laptop: PracticeLaptop, qtbot: QtBot
) -> None:
    exchange.status = replace(
        exchange.status,
        waiting=0,
        last_success=laptop.clock.now - timedelta(minutes=3),
        next_attempt=laptop.clock.now,
        seconds_left=90,
    )
    until(qtbot, lambda: page.say("sync.waiting.none") in words(page))
    assert "3 phút trước" in words(page)


def test_sync_now(page: SyncPage, exchange: Exchange) -> None:
    told = notes(page)
    QTest.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert exchange.woken == 1
    assert told


def test_what_came_back_leads_to_the_crossings(page: SyncPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.returned_asked):
        QTest.keyClick(page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def unknown(page: SyncPage, laptop: PracticeLaptop, on_duty: OnDuty, qtbot: QtBot) -> SyncPage:
    """A laptop that no registry knows, with a supervisor at it."""
    object.__setattr__(page._line, "enrolment", lambda: None)
    on_duty.sign_in(laptop.supervisor)
    page.enter()
    until(qtbot, lambda: not page.enrolment._form.isHidden())
    return page


def test_enrolling_asks_for_what_is_missing(unknown: SyncPage, exchange: Exchange, qtbot: QtBot) -> None:
    form = unknown.enrolment
    form.enrol.click()
    assert form.fields["address"].complaint()
    form.lines["address"].setText(" https://example.invalid ")
    form.lines["code"].setText("ABCD-EFGH-JKMN-PQRS")
    with qtbot.waitSignal(unknown.enrolled):
        form.enrol.click()
    assert exchange.typed == [("https://example.invalid", "ABCD-EFGH-JKMN-PQRS", "Máy chốt")]


@pytest.mark.parametrize(("code", "place"), [("bad-code", "code"), ("bad-address", "address"), ("no-network", "")])
def test_a_refused_enrolment_is_said_where_it_belongs(
    unknown: SyncPage, exchange: Exchange, qtbot: QtBot, code: str, place: str
) -> None:
    told, form = notes(unknown), unknown.enrolment
    exchange.trouble = Trouble(code)
    form.lines["address"].setText("https://example.invalid")
    form.lines["code"].setText("ABCD")
    form.enrol.click()
    until(qtbot, lambda: form.fields[place].complaint() if place else told)
    assert form.enrol.isEnabled()


def test_an_officer_is_told_to_ask(unknown: SyncPage, laptop: PracticeLaptop, on_duty: OnDuty) -> None:
    on_duty.sign_in(laptop.officer)
    assert unknown.enrolment._form.isHidden()
    assert unknown.say("sync-page.not-enrolled") in words(unknown.enrolment)
