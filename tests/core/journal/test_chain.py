"""One device's entries against each other: a whole chain is silent, every kind of damage is named at its place."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_core.journal.chain import check_chain
from checkpoint_core.journal.entries import GENESIS, seal
from checkpoint_core.signing import Signed
from tests.core.journal.sample import KEY, OTHER, chain, entry

PUBLIC = KEY.public_key()


def breaks(
    entries: list[Signed], device: str | None = None, after: int = 0, previous: str = GENESIS
) -> list[tuple[str, int]]:
    found = check_chain(entries, PUBLIC, device, after=after, previous=previous)
    return [(one.fault, one.sequence) for one in found]


def test_a_whole_chain_and_repeats_are_silent() -> None:
    entries = list(chain(5))
    assert breaks(entries) == []
    assert breaks([entries[0], entries[0], *entries[1:], entries[4]]) == []
    assert breaks([]) == []


def test_a_chain_is_taken_up_anywhere() -> None:
    entries = list(chain(5))
    assert breaks(entries[3:], after=3, previous=entries[2].digest) == []
    assert breaks(entries[3:], after=3, previous=entries[1].digest) == [("wrong-hash", 4)]


@given(st.integers(0, 4))
def test_a_missing_entry_is_a_gap_there(place: int) -> None:
    entries = list(chain(6))
    del entries[place]
    assert breaks(entries) == [("gap", place + 1)]


def test_two_entries_at_one_place_are_a_fork() -> None:
    entries = list(chain(4))
    other = seal(msgspec.structs.replace(entry(2, entries[0].digest), id="another"), KEY)
    assert breaks([*entries[:2], other, *entries[2:]]) == [("fork", 2)]


def test_an_entry_of_another_history_has_the_wrong_hash() -> None:
    entries = list(chain(3))
    entries[1] = seal(entry(2, "f" * 64), KEY)
    assert breaks(entries) == [("wrong-hash", 2), ("wrong-hash", 3)]


def test_another_key_or_device_is_named() -> None:
    entries = list(chain(2))
    assert breaks([entries[0], seal(entry(2, entries[0].digest), OTHER)]) == [("bad-signature", 2)]
    assert breaks([entries[0], seal(entry(2, entries[0].digest, device="d2"), KEY)]) == [("wrong-device", 2)]
    assert breaks(entries, device="d9") == [("wrong-device", 1), ("wrong-device", 2)]


@given(st.text(), st.text())
def test_anything_else_is_malformed_and_the_rest_is_still_checked(body: str, signature: str) -> None:
    entries = list(chain(3))
    found = breaks([entries[0], Signed(body, signature), entries[2]])
    assert found == [("malformed", 2), ("wrong-hash", 3)]
