"""Which release may replace which: newer, of now, not empty, not suddenly smaller."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_core.releases import accept_release
from checkpoint_core.releases.model import (
    Checkpoints,
    Content,
    Messages,
    PolicyRelease,
    Post,
    Release,
    WatchList,
    Zone,
    Zones,
)
from checkpoint_core.screening.policy import BUILT_IN, Policy
from checkpoint_core.trouble import Trouble

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)


def zones(count: int, version: int = 2, issued: datetime = NOW, intended: bool = False) -> Release:
    items = tuple(Zone(f"z{i}", f"Vùng {i}", ("p:37",), 1, "2026-11-01") for i in range(count))
    return Release("zones", version, issued.isoformat(), Zones(items), intended)


def refused(old: Release | None, new: Release, policy: Policy = BUILT_IN) -> str:
    try:
        accept_release(old, new, policy, NOW)
    except Trouble as trouble:
        return trouble.code if trouble.params["kind"] == new.kind else "of another kind"
    return ""


def test_the_first_release_and_a_newer_one_come_into_force() -> None:
    assert refused(None, zones(3)) == ""
    assert refused(zones(3, 1), zones(3, 2)) == ""
    assert refused(zones(3, 1), zones(300, 9)) == ""


def test_an_older_or_equal_version_does_not() -> None:
    assert refused(zones(3, 5), zones(3, 5)) == "release-older"
    assert refused(zones(3, 5), zones(3, 4, intended=True)) == "release-older"


def test_nothing_from_the_future_beyond_what_clocks_differ() -> None:
    assert refused(None, zones(3, issued=NOW + timedelta(hours=23))) == ""
    assert refused(None, zones(3, issued=NOW + timedelta(hours=25))) == "release-future"
    assert refused(None, zones(3, issued=NOW - timedelta(days=900))) == ""


@pytest.mark.parametrize("issued", ["", "yesterday", "2026-13-01", "99999-01-01T00:00:00Z"])
def test_a_time_that_cannot_be_read(issued: str) -> None:
    assert refused(None, msgspec.structs.replace(zones(3), issued=issued)) == "release-malformed"


def test_a_time_without_a_zone_is_utc() -> None:
    assert refused(None, msgspec.structs.replace(zones(3), issued="2026-11-25T06:00:00")) == ""
    assert refused(None, msgspec.structs.replace(zones(3), issued="2026-11-25T08:00:00")) == "release-future"


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("zones", Zones(()), "release-empty"),
        ("watch-list", WatchList("s", ()), "release-empty"),
        ("checkpoints", Checkpoints(()), "release-empty"),
        ("policy", PolicyRelease(Policy({})), "release-empty"),
        ("messages", Messages(()), ""),  # nothing to tell is an everyday message
        ("checkpoints", Checkpoints((Post("1", "Chốt", "c:00004", ("1",)),)), ""),
    ],
)
def test_an_empty_list_is_refused_unless_intended(kind: str, content: Content, code: str) -> None:
    release = Release(kind, 2, NOW.isoformat(), content)
    assert refused(None, release) == code
    assert refused(None, msgspec.structs.replace(release, intended=True)) == ""


def test_a_list_may_lose_half_and_not_more() -> None:
    assert refused(zones(10, 1), zones(5)) == ""
    assert refused(zones(10, 1), zones(4)) == "release-shrunken"
    assert refused(zones(10, 1), zones(4, intended=True)) == ""
    assert refused(zones(1, 1), zones(1)) == ""


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 100))
def test_the_limit_is_the_policys(held: int, count: int, percent: int) -> None:
    policy = msgspec.structs.replace(BUILT_IN, shrink_percent=percent)
    code = refused(zones(held, 1), zones(count), policy)
    lost = 100 * (held - count) / held if held else 0
    assert code == ("release-empty" if not count else "release-shrunken" if lost > percent else "")
