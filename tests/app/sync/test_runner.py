"""The loops: what wakes them, what they outlive, and how they end."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app.store.store import Store, open_store
from checkpoint_app.sync.enrolment import enrol
from checkpoint_app.sync.runner import SyncRunner
from checkpoint_app.sync.status import SyncStatus
from checkpoint_core.releases.model import Messages
from tests.app.sync.conftest import KEY, eventually, journal, now, record
from tests.app.sync.fake_registry import FakeRegistry, Refused
from tests.faults.proxy import Fault, Proxy

HOUR = 3600.0


@pytest.fixture
def told() -> list[SyncStatus]:
    return []


@pytest.fixture
def runner(enrolled: Store, told: list[SyncStatus]) -> Iterator[SyncRunner]:
    """Nothing happens by the timer within a test: only by being woken."""
    made = SyncRunner(enrolled, now, told.append, idle={"push": HOUR, "pull": HOUR}, jitter=lambda: 1.0)
    yield made
    assert made.stop()


def settled(runner: SyncRunner) -> bool:
    return runner.status.connection == "connected" and not runner.status.waiting


def test_what_waits_goes_at_the_start_and_a_new_entry_when_woken(
    runner: SyncRunner, enrolled: Store, registry: FakeRegistry, told: list[SyncStatus]
) -> None:
    record(enrolled, 60)
    runner.start()
    assert eventually(lambda: settled(runner))
    record(enrolled)
    runner.wake()
    assert eventually(lambda: registry.held(enrolled.device) == journal(enrolled))
    assert eventually(lambda: settled(runner))
    assert 10 in [status.waiting for status in told]
    assert told[-1] == runner.status


def test_the_network_s_return_brings_everything(
    runner: SyncRunner, enrolled: Store, registry: FakeRegistry, proxy: Proxy
) -> None:
    proxy.fault = Fault("drop")
    record(enrolled, 3)
    runner.start()
    assert eventually(lambda: runner.status.connection == "offline" and len(runner.status.failing) == 2)
    assert runner.status.waiting == 3
    assert eventually(lambda: runner.status.next_attempt is not None)
    proxy.fault = Fault()
    runner.wake()
    assert eventually(lambda: settled(runner) and not runner.status.failing)
    assert registry.held(enrolled.device) == journal(enrolled)


def test_a_failed_push_is_tried_again_though_nobody_types_anything(
    enrolled: Store, registry: FakeRegistry, proxy: Proxy
) -> None:
    made = SyncRunner(enrolled, now, lambda _: None, idle={"push": HOUR, "pull": HOUR}, jitter=lambda: 0.01)
    proxy.fault = Fault("drop", path="/v1/entries")
    record(enrolled)
    made.start()
    assert eventually(lambda: proxy.met >= 2)
    proxy.fault = Fault()
    assert eventually(lambda: settled(made))
    assert made.stop()


def test_one_way_that_works_again_wakes_the_other(enrolled: Store, registry: FakeRegistry, proxy: Proxy) -> None:
    """The pull's timer finds the network back; the push need not wait for its own back-off."""
    made = SyncRunner(enrolled, now, lambda _: None, idle={"push": HOUR, "pull": 0.01}, jitter=lambda: 0.05)
    proxy.fault = Fault("drop")
    record(enrolled)
    made.start()
    assert eventually(lambda: len(made.status.failing) == 2)
    proxy.fault = Fault()
    assert eventually(lambda: settled(made))
    assert made.stop()


def test_a_failing_push_does_not_delay_the_pull(
    runner: SyncRunner, enrolled: Store, registry: FakeRegistry, proxy: Proxy
) -> None:
    proxy.fault = Fault("black-hole", path="/v1/entries")
    registry.publish(Messages(("Chú ý",)))
    record(enrolled)
    runner.start()
    assert eventually(lambda: enrolled.cursor() == 1)
    assert eventually(lambda: proxy.met > 0)
    registry.publish(Messages(("Chú ý nữa",)))
    runner.wake()
    assert eventually(lambda: enrolled.cursor() == 2)


def test_waking_never_cuts_a_retry_after_short(runner: SyncRunner, enrolled: Store, registry: FakeRegistry) -> None:
    registry.fail = Refused(429, "slow-down", Retry_After="600")
    record(enrolled)
    runner.start()
    assert eventually(lambda: any(one.code == "busy" for one in runner.status.failing))
    for _ in range(20):
        pulls = registry.requests.count("/v1/changes")
        runner.wake()
        assert eventually(lambda before=pulls: registry.requests.count("/v1/changes") > before)  # type: ignore[misc]
    assert registry.requests.count("/v1/entries") == 1


def test_stopping_is_prompt_even_inside_a_black_hole(enrolled: Store, proxy: Proxy) -> None:
    proxy.fault = Fault("black-hole")
    record(enrolled)
    made = SyncRunner(enrolled, now, lambda _: None)
    made.start()
    assert eventually(lambda: proxy.met >= 1)
    assert made.stop(timeout=5)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("sync-")]


def test_stopping_what_never_started(runner: SyncRunner) -> None:
    assert runner.stop()


def test_enrolling_while_it_runs_is_noticed(tmp_path: Path, registry: FakeRegistry, address: str) -> None:
    with open_store(tmp_path / "new", KEY, now) as store:
        record(store, 2)
        made = SyncRunner(store, now, lambda _: None)
        made.start()
        assert eventually(lambda: made.status.connection == "not-enrolled" and made.status.waiting == 2)
        enrol(store, address, str(registry.issue_code()), "x", now)
        made.wake()
        assert eventually(lambda: settled(made))
        assert made.stop()


def test_a_fault_of_ours_is_shown_and_logged_and_the_loop_goes_on(
    runner: SyncRunner, enrolled: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setattr(enrolled, "waiting", broken)
    record(enrolled)
    runner.start()
    assert eventually(lambda: [(one.way, one.code) for one in runner.status.failing] == [("push", "fault")])
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.undo()
    runner.wake()
    assert eventually(lambda: settled(runner) and not runner.status.failing)


def test_the_next_start_knows_how_the_last_run_went(enrolled: Store, registry: FakeRegistry, proxy: Proxy) -> None:
    first = SyncRunner(enrolled, now, lambda _: None)
    first.start()
    assert eventually(lambda: settled(first))
    assert first.stop()
    again = SyncRunner(enrolled, now, lambda _: None)
    assert again.status.last_success == first.status.last_success
    assert again.status.connection == "never"
    assert again.stop()
