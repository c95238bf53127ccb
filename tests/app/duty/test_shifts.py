"""A shift: one at a time an officer, found again after a restart, counted as the field counts."""

from pathlib import Path

import pytest

from checkpoint_app.duty import shifts
from checkpoint_app.store import Store
from checkpoint_app.store.times import iso
from checkpoint_app.store.values import Officer, Shift
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.journal.payloads import ShiftClosed
from checkpoint_core.releases.model import Checkpoints, Post, Release, publish
from checkpoint_core.trouble import Trouble
from tests.app.store.making import NOON, Clock, Registry, crossing, on_duty, opened, person, recording


@pytest.fixture
def chief(store: Store) -> Officer:
    return store.add_officer("Lê Văn Thử", "supervisor", "no PIN", None)


def test_a_shift_is_found_again_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    with opened(tmp_path, clock) as store:
        chief = store.add_officer("Lê Văn Thử", "supervisor", "no PIN", None)
        assert shifts.current_shift(store, chief) is None
        shift = shifts.open_shift(store, chief, "PV", " 2 ", "in")
        assert (shift.lane, shift.opened_at, shift.closed_at) == ("2", NOON, None)
    with opened(tmp_path, clock) as store:
        assert shifts.current_shift(store, chief) == shift


def test_one_open_shift_an_officer(store: Store, chief: Officer) -> None:
    shifts.open_shift(store, chief, "PV", "1", "in")
    with pytest.raises(Trouble, match="shift-open"):
        shifts.open_shift(store, chief, "PV", "2", "out")
    other = store.add_officer("Trần Thị Mẫu", "officer", "no PIN", chief.id)
    assert shifts.open_shift(store, other, "PV", "2", "out").officer == other


@pytest.mark.parametrize(
    ("checkpoint", "lane", "fault"),
    [(" ", "1", "checkpoint"), ("PV", " ", "lane"), ("XX", "1", "checkpoint"), ("PV", "9", "lane")],
)
def test_a_lane_that_is_not_there(
    store: Store, chief: Officer, registry: Registry, checkpoint: str, lane: str, fault: str
) -> None:
    registry.enrol(store)
    posts = Checkpoints((Post("PV", "Chốt Pháp Vân", "c:00166", ("1", "2")),))
    store.apply(1, [publish(Release("checkpoints", 1, iso(NOON), posts), registry.key)], [])
    with pytest.raises(Trouble) as trouble:
        shifts.open_shift(store, chief, checkpoint, lane, "in")
    assert trouble.value.params["field"] == fault
    assert shifts.open_shift(store, chief, "PV", "1", "in").checkpoint_name == "Chốt Pháp Vân"


def test_closing_counts_entries_and_decisions(store: Store, clock: Clock, registry: Registry) -> None:
    registry.enrol(store)
    record, (chief, shift) = recording(store), on_duty(store)
    record(crossing(person("001190000001"), person("001190000002")))
    clock.pass_(hours=1)
    record(crossing(person("001190000003", state="attention"), action="turned-back"))
    record(crossing(person("001190000004"), at="2026-11-24T01:30:00.000Z"))
    store.accept([registry.receipt(signed) for signed in store.entries(2)][:2])
    summary = shifts.close_shift(store, chief, shift, " bàn giao ", None)
    assert summary == shifts.summary(store, shift.id)
    assert (summary.crossings, summary.travellers, summary.overrides) == (3, 4, 0)
    assert summary.by_decision == {("in", "admitted"): 2, ("in", "turned-back"): 1}
    assert summary.by_reason == {"symptoms": 1}
    assert {hour.hour: count for hour, count in summary.by_hour.items()} == {1: 1, 5: 1, 6: 1}
    assert (summary.accepted, summary.waiting, summary.quarantined) == (2, 2, 0)
    assert summary.shift.closed_at == clock.now
    closed = [read_entry(signed.body).payload for signed in store.entries()][-1]
    assert closed == ShiftClosed(3, {"in/admitted": 2, "in/turned-back": 1}, "bàn giao")


def closed_by(store: Store, by: Officer, shift: Shift) -> None:
    shifts.close_shift(store, by, shift)


def test_a_closed_shift_stays_closed(store: Store) -> None:
    chief, shift = on_duty(store)
    closed_by(store, chief, shift)
    before = list(store.entries())
    with pytest.raises(Trouble, match="shift-closed"):
        closed_by(store, chief, shift)
    assert list(store.entries()) == before
    assert shifts.current_shift(store, chief) is None


def test_only_a_supervisor_closes_anothers_shift(store: Store) -> None:
    chief, shift = on_duty(store)
    officer = store.add_officer("Trần Thị Mẫu", "officer", "no PIN", chief.id)
    with pytest.raises(Trouble, match="not-allowed"):
        closed_by(store, officer, shift)
    theirs = shifts.open_shift(store, officer, "PV", "2", "out")
    closed_by(store, chief, theirs)
    assert store.shift(theirs.id).closed_at is not None


def test_a_note_without_end_is_refused(store: Store) -> None:
    chief, shift = on_duty(store)
    with pytest.raises(Trouble) as trouble:
        shifts.close_shift(store, chief, shift, "x" * 2001)
    assert trouble.value.params == {"field": "note", "problem": "too-long", "most": 2000}
