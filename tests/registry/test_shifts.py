"""A closed shift is complete when the registry counts what the laptop counted, in whatever order it came."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_core.journal.payloads import CrossingCorrected, ShiftClosed
from checkpoint_core.signing import Signed
from checkpoint_registry.status import Status, status
from tests.registry.laptop import Laptop, crossing, recorded
from tests.registry.server import Served

SHIFT = "0190f0e0-0000-7000-8000-0000000000aa"
CLAIMED = {"in/admitted": 1, "in/turned-back": 1, "out/admitted": 1, "out/referred": 0}


def shift(laptop: Laptop, entries: int = 4) -> list[Signed]:
    """Three crossings, one of them corrected before the end and again after it."""
    first = f"0190f0e0-0000-7000-8000-{laptop.device[-12:]}"
    turned = CrossingCorrected(first, "sai", crossing(action="turned-back"))
    return [
        laptop.entry(recorded(), shift=SHIFT, id=first),
        laptop.entry(recorded(), shift=SHIFT),
        laptop.entry(recorded(direction="out"), shift=SHIFT),
        laptop.entry(turned, shift=SHIFT),
        laptop.entry(ShiftClosed(entries, CLAIMED), shift=SHIFT),
        laptop.entry(CrossingCorrected(first, "nữa", crossing(action="referred")), shift="later"),
    ]


def now(registry: Served) -> Status:
    with registry.engine.connect() as connection:
        return status(connection)


def unequal(registry: Served, laptop: Laptop) -> list[tuple[int, dict[str, int]]]:
    shifts = [one for one in now(registry).shifts_unequal if one.device == laptop.device]
    return [(one.counted_entries, one.counted_counts) for one in shifts]


@given(order=st.permutations(range(6)))
@settings(max_examples=12, deadline=None)
def test_a_shift_is_complete_once_all_of_it_is_here(registry: Served, order: list[int]) -> None:
    laptop = Laptop(registry)
    entries = shift(laptop)
    missing = next(place for place in reversed(order) if place < 4)
    for place in order:
        if place == missing and 4 in order[: order.index(place)]:
            assert unequal(registry, laptop) != []
        laptop.push(entries[place])
    assert unequal(registry, laptop) == []


def test_a_shift_that_lost_an_entry_is_shown(registry: Served) -> None:
    laptop = Laptop(registry)
    entries = shift(laptop)
    laptop.push(*entries[:2], *entries[3:])
    assert unequal(registry, laptop) == [(3, {"in/admitted": 1, "in/turned-back": 1})]


@pytest.mark.parametrize("entries", [3, 5, -1])
def test_a_laptop_that_miscounts_is_shown(registry: Served, entries: int) -> None:
    laptop = Laptop(registry)
    laptop.push(*shift(laptop, entries))
    assert len(unequal(registry, laptop)) == 1


def test_the_status_counts_what_is_here(registry: Served) -> None:
    before = now(registry)
    laptop = Laptop(registry)
    laptop.push(*shift(laptop), Signed("{}", ""))
    after = now(registry)
    assert after.devices == before.devices + 1
    assert after.entries["crossing-recorded"] == before.entries["crossing-recorded"] + 3
    assert after.crossings["referred"] == before.crossings["referred"] + 1
    assert sum(after.travellers.values()) == sum(before.travellers.values()) + 3
    assert sum(after.quarantined.values()) == sum(before.quarantined.values()) + 1
    assert after.corrections_held == before.corrections_held
    laptop.push(laptop.entry(CrossingCorrected("gone", "", crossing())))
    assert now(registry).corrections_held == before.corrections_held + 1
