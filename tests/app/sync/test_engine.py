"""One push, one pull, against everything a network can do in between."""

from datetime import timedelta
from pathlib import Path

import pytest

from checkpoint_app.store.store import Store, open_store
from checkpoint_app.sync.engine import SyncEngine
from checkpoint_app.sync.enrolment import enrol
from checkpoint_core.releases.model import Messages, Notice, Verification
from tests.app.sync.conftest import KEY, journal, now, record
from tests.app.sync.fake_registry import FakeRegistry, Refused
from tests.faults.proxy import Fault, Proxy


def test_everything_recorded_is_receipted_and_the_registry_holds_the_same(
    engine: SyncEngine, enrolled: Store, registry: FakeRegistry
) -> None:
    record(enrolled, 120)
    synced = engine.sync_once()
    assert (synced.push.trouble, synced.push.moved) == (None, 120)
    assert registry.held(enrolled.device) == journal(enrolled)
    assert enrolled.backlog().waiting == 0
    assert registry.pushes == [50, 70]
    assert engine.board.status.connection == "connected"


def test_an_idle_cycle_asks_nothing_of_the_registry_but_changes(engine: SyncEngine, registry: FakeRegistry) -> None:
    engine.sync_once()
    registry.requests.clear()
    engine.sync_once()
    assert registry.requests == ["/v1/changes"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("drop"), "cut-off"),
        (Fault("lost-reply"), "cut-off"),
        (Fault("truncate", 10), "cut-off"),
        (Fault("truncate", 250), "cut-off"),
        (Fault("garbage"), "cut-off"),
        (Fault("garbage-body"), "bad-answer"),
        (Fault("html"), "not-the-registry"),
        (Fault("status", 404), "refused"),
        (Fault("status", 409), "refused"),
        (Fault("status", 413), "refused"),
        (Fault("status", 500), "server-error"),
        (Fault("status", 503, retry_after="7"), "busy"),
        (Fault("status", 429, retry_after="7"), "busy"),
        (Fault("status", 401), "not-known"),
    ],
)
def test_a_fault_acknowledges_nothing_and_the_next_push_brings_everything(
    engine: SyncEngine, enrolled: Store, registry: FakeRegistry, proxy: Proxy, fault: Fault, code: str
) -> None:
    record(enrolled, 5)
    proxy.fault = fault
    outcome = engine.sync_once().push
    assert outcome.trouble
    assert outcome.trouble.code == code
    assert enrolled.backlog().waiting == 5
    assert engine.board.status.failing
    proxy.fault = Fault()
    assert engine.sync_once().push.trouble is None
    assert registry.held(enrolled.device) == journal(enrolled)
    assert not engine.board.status.failing
    assert engine.board.status.last_failure


def test_a_lost_reply_after_the_commit_leaves_one_record(
    engine: SyncEngine, enrolled: Store, registry: FakeRegistry, proxy: Proxy
) -> None:
    engine.sync_once()
    record(enrolled, 3)
    proxy.fault = Fault("lost-reply", path="/v1/entries")
    assert engine.push_once().trouble
    assert len(registry.held(enrolled.device)) == 3
    proxy.fault = Fault()
    engine.sync_once()
    assert registry.held(enrolled.device) == journal(enrolled)
    assert not registry.quarantined


def test_push_and_pull_fail_apart(engine: SyncEngine, enrolled: Store, registry: FakeRegistry, proxy: Proxy) -> None:
    record(enrolled, 2)
    registry.publish(Messages(("Chú ý",)))
    proxy.fault = Fault("status", 500, path="/v1/entries")
    synced = engine.sync_once()
    assert synced.push.trouble
    assert synced.pull.trouble is None
    assert enrolled.cursor() == 1
    assert [(one.way, one.code) for one in engine.board.status.failing] == [("push", "server-error")]
    proxy.fault = Fault("html", path="/v1/changes")
    synced = engine.sync_once()
    assert synced.push.trouble is None
    assert [(one.way, one.code) for one in engine.board.status.failing] == [("pull", "not-the-registry")]
    assert engine.board.status.connection == "not-registry"


def test_one_entry_refused_for_ever_does_not_hold_up_the_others(
    engine: SyncEngine, enrolled: Store, registry: FakeRegistry
) -> None:
    ids = record(enrolled, 30)
    registry.poison = {ids[10]}
    outcome = engine.sync_once().push
    assert outcome.trouble
    assert outcome.trouble.params == {"status": 422}
    assert enrolled.backlog().waiting == 1
    assert len(registry.held(enrolled.device)) == 29
    registry.poison.clear()
    assert engine.sync_once().push.trouble is None
    assert registry.held(enrolled.device) == journal(enrolled)


def test_a_registry_that_refuses_everything_is_not_asked_for_each_entry(
    engine: SyncEngine, enrolled: Store, registry: FakeRegistry
) -> None:
    record(enrolled, 40)
    registry.fail = Refused(409, "conflict")
    assert engine.sync_once().push.trouble
    assert len(registry.pushes) < 10


def test_a_forged_receipt_acknowledges_nothing(engine: SyncEngine, enrolled: Store, registry: FakeRegistry) -> None:
    record(enrolled, 2)
    pinned, registry.key = registry.key, FakeRegistry().key
    outcome = engine.push_once()
    assert outcome.trouble
    assert outcome.trouble.code == "no-receipts"
    assert enrolled.backlog().waiting == 2
    registry.key = pinned
    registry.entries.clear()
    registry.places.clear()
    assert engine.sync_once().push.moved == 2


def test_what_the_registry_quarantines_is_said_and_not_sent_again(
    engine: SyncEngine, enrolled: Store, registry: FakeRegistry
) -> None:
    record(enrolled, 3)
    registry.places[enrolled.device, 2] = "another"
    assert engine.sync_once().push.moved == 3
    assert (engine.board.status.waiting, engine.board.status.quarantined) == (0, 1)
    assert enrolled.quarantined()[0].reason == "sequence-reused"


def test_a_revoked_laptop_keeps_everything(engine: SyncEngine, enrolled: Store, registry: FakeRegistry) -> None:
    engine.sync_once()
    record(enrolled, 4)
    registry.revoke(enrolled.device)
    synced = engine.sync_once()
    assert synced.push.trouble
    assert synced.push.trouble.code == "device-revoked"
    assert enrolled.backlog().waiting == 4
    assert engine.board.status.connection == "refused"


def test_an_expired_token_is_renewed_at_once(engine: SyncEngine, enrolled: Store, registry: FakeRegistry) -> None:
    engine.sync_once()
    registry.tokens.clear()
    record(enrolled, 1)
    assert engine.sync_once().push.trouble is None
    assert registry.requests.count("/v1/token") == 2


@pytest.mark.parametrize("days", [-365 * 30, -0.005, 0.2, 365 * 50])
def test_a_wrong_clock_is_measured_and_overcome(store: Store, registry: FakeRegistry, address: str, days: float) -> None:
    ahead = timedelta(days=days)
    enrol(store, address, str(registry.issue_code()), "x", now)
    registry.ahead = ahead
    record(store, 1)
    engine = SyncEngine(store, now)
    assert engine.sync_once().push.trouble is None
    assert store.clock_offset() == pytest.approx(ahead / timedelta(milliseconds=1), abs=3000)
    assert engine.board.status.clock_offset == pytest.approx(ahead / timedelta(milliseconds=1), abs=3000)
    engine.close()


def test_changes_come_page_by_page_and_resume_after_a_cut(
    engine: SyncEngine, enrolled: Store, registry: FakeRegistry, proxy: Proxy
) -> None:
    for n in range(450):
        registry.notify(Notice(enrolled.device, Verification(f"entry-{n}", 0, "036185000123", "matches")))
    assert engine.pull_once().more
    assert enrolled.cursor() == 200
    proxy.fault = Fault("truncate", 700)
    assert engine.pull_once().trouble
    assert enrolled.cursor() == 200
    proxy.fault = Fault()
    assert engine.sync_once().pull.trouble is None
    assert enrolled.cursor() == 450


def test_a_laptop_that_is_not_enrolled_says_so(store: Store) -> None:
    engine = SyncEngine(store, now)
    record(store, 1)
    synced = engine.sync_once()
    assert [outcome.trouble and outcome.trouble.code for outcome in (synced.push, synced.pull)] == ["not-enrolled"] * 2
    assert (engine.board.status.connection, engine.board.status.waiting) == ("not-enrolled", 1)


def test_entries_of_before_the_enrolment_go_too(tmp_path: Path, registry: FakeRegistry, address: str) -> None:
    with open_store(tmp_path / "early", KEY, now) as store:
        record(store, 3)
        enrol(store, address, str(registry.issue_code()), "x", now)
        engine = SyncEngine(store, now)
        assert engine.sync_once().push.moved == 3
        engine.close()


def test_nothing_is_written_after_closing(engine: SyncEngine, enrolled: Store) -> None:
    record(enrolled, 2)
    engine.close()
    outcome = engine.push_once()
    assert outcome.trouble
    assert outcome.trouble.code == "cut-off"
    assert enrolled.backlog().waiting == 2
