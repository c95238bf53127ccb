"""Only the pinned key's word for this id, digest, sequence and device acknowledges an entry."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_app.store import Store
from checkpoint_app.store.values import Accepted, Backlog
from checkpoint_core.signing import Signed
from tests.app.store.making import Registry, crossing, on_duty, person, recording


@pytest.fixture
def entries(store: Store, registry: Registry) -> list[Signed]:
    registry.enrol(store)
    record = recording(store)
    for number in range(3):
        record(crossing(person(f"00119000{number:04}")))
    return list(store.entries())


def test_what_is_accepted_waits_no_more(store: Store, registry: Registry, entries: list[Signed]) -> None:
    assert store.waiting(100) == entries
    assert store.accept([registry.receipt(signed) for signed in entries[1:4]]) == Accepted(3, 0, 0)
    assert store.waiting(100) == [entries[0], entries[4]]
    assert store.backlog() == Backlog(2, 0)
    assert [row.sync for row in store.crossings()] == ["waiting", "accepted", "accepted"]


def test_waiting_keeps_within_the_limits_but_always_moves(store: Store, entries: list[Signed]) -> None:
    assert store.waiting(2) == entries[:2]
    assert store.waiting(100, max_bytes=1) == entries[:1]
    two = sum(len(signed.body.encode()) + len(signed.signature) for signed in entries[:2])
    assert store.waiting(100, max_bytes=two) == entries[:2]


@pytest.mark.parametrize(
    "changed",
    [{"digest": "0" * 64}, {"device": "another"}, {"sequence": 99}, {"entry": "01a20de8-33c6-77af-883d-a637eb60178c"}],
)
def test_a_receipt_for_something_else_acknowledges_nothing(
    store: Store, registry: Registry, entries: list[Signed], changed: dict[str, Any]
) -> None:
    assert store.accept([registry.receipt(entries[0], **changed)]) == Accepted(0, 0, 1)
    assert store.waiting(100) == entries


def test_a_receipt_by_another_key_or_none_acknowledges_nothing(
    store: Store, registry: Registry, entries: list[Signed]
) -> None:
    forged = Registry(Ed25519PrivateKey.generate()).receipt(entries[0])
    true = registry.receipt(entries[1])
    broken = [Signed("{}", true.signature), Signed(true.body, "no base64"), Signed(true.body + " ", true.signature)]
    assert store.accept([forged, *broken, true]) == Accepted(1, 0, 4)
    assert store.waiting(100) == [entries[0], *entries[2:]]


def test_an_entry_is_no_receipt_for_itself(store: Store, entries: list[Signed]) -> None:
    assert store.accept([entries[0]]) == Accepted(0, 0, 1)


def test_before_enrolment_nobody_can_acknowledge(store: Store, registry: Registry) -> None:
    recording(store)(crossing())
    assert store.accept([registry.receipt(next(store.entries()))]) == Accepted(0, 0, 1)


def test_quarantine_is_shown_with_its_reason_and_can_be_sent_again(
    store: Store, registry: Registry, entries: list[Signed]
) -> None:
    held = registry.receipt(entries[3], "quarantined", "malformed")
    assert store.accept([held, held]) == Accepted(0, 2, 0)
    (quarantined,) = store.quarantined()
    assert (quarantined.sequence, quarantined.reason, quarantined.kind) == (4, "malformed", "crossing-recorded")
    row = store.crossing(quarantined.entry)
    assert row is not None
    assert (row.sync, row.quarantine_reason) == ("quarantined", "malformed")
    store.resend(quarantined.entry)
    assert entries[3] in store.waiting(100)
    assert store.accept([registry.receipt(entries[3])]) == Accepted(1, 0, 0)
    assert store.quarantined() == []


def test_accepted_is_final(store: Store, registry: Registry, entries: list[Signed]) -> None:
    store.accept([registry.receipt(entries[0])])
    assert store.accept([registry.receipt(entries[0], "quarantined", "bad-chain")]) == Accepted(0, 0, 1)
    assert store.backlog() == Backlog(4, 0)


def test_a_correction_settles_what_was_quarantined(store: Store, registry: Registry, entries: list[Signed]) -> None:
    store.accept([registry.receipt(entries[3], "quarantined", "malformed")])
    (held,) = store.quarantined()
    assert held.crossing is not None
    officer, _ = on_duty(store)
    row = store.correct_crossing(held.crossing, crossing(plate="30A99999"), "gõ lại", officer=officer.id)
    assert store.quarantined() == []
    assert row.sync == "waiting"
    assert store.backlog() == Backlog(5, 0)
