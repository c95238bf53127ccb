"""The stream: releases for all, notices for one, nothing skipped whatever commits when."""

import threading
from collections.abc import Iterator

import msgspec
import pytest
import requests
from sqlalchemy import text

from checkpoint_core.releases.model import (
    Content,
    Messages,
    Notice,
    PolicyRelease,
    Verification,
    Zone,
    Zones,
    notify,
    open_release,
)
from checkpoint_core.screening.policy import BUILT_IN
from checkpoint_core.signing import Signed, public_key
from checkpoint_core.trouble import Trouble
from checkpoint_registry.database import order_changes
from checkpoint_registry.releases.publishing import publish_content, read_contents
from checkpoint_registry.releases.stream import changes, tell
from tests.registry.laptop import Laptop, recorded, traveller
from tests.registry.server import Served, served
from tests.registry.test_devices import error


@pytest.fixture
def fresh(postgres_url: str) -> Iterator[Served]:
    with served(postgres_url) as registry:
        yield registry


def zones(count: int) -> Zones:
    return Zones(tuple(Zone(f"z{n}", "Vùng", ("p:37",), 1, "2026-01-01") for n in range(count)))


def put(registry: Served, *contents: Content, intended: bool = False) -> list[int]:
    versions = []
    for content in contents:
        with registry.engine.begin() as connection:
            release = publish_content(connection, content, registry.key, registry.clock(), intended=intended)
            versions.append(release.version)
    return versions


def notice(registry: Served, device: str, index: int) -> Signed:
    return notify(Notice(device, Verification("e", index, "", "not-checked")), registry.key)


def test_a_new_laptop_gets_the_newest_of_each_kind_signed(fresh: Served) -> None:
    assert put(fresh, zones(4), Messages(("một",)), zones(5), PolicyRelease(BUILT_IN)) == [1, 1, 2, 1]
    laptop = Laptop(fresh)
    page = laptop.pull()
    key = public_key(fresh.settings.public_key)
    releases = [open_release(signed, key) for signed in msgspec.convert(page["releases"], list[Signed])]
    assert [(release.kind, release.version) for release in releases] == [("messages", 1), ("zones", 2), ("policy", 1)]
    assert page["more"] is False
    assert laptop.pull(page["cursor"]) == {"cursor": page["cursor"], "more": False, "releases": [], "notices": []}


def test_what_laptops_would_refuse_is_not_published_unless_meant(fresh: Served) -> None:
    put(fresh, zones(10))
    for smaller, code in ((4, "release-shrunken"), (0, "release-empty")):
        with pytest.raises(Trouble, match=code):
            put(fresh, zones(smaller))
    assert put(fresh, zones(0), intended=True) == [2]


def test_pages_hold_everything_once_and_only_ones_own(fresh: Served) -> None:
    one, other = Laptop(fresh), Laptop(fresh)
    for laptop in (one, other):
        laptop.push(*(laptop.entry(recorded(traveller(name="Ai"))) for _ in range(7)))
        put(fresh, Messages((laptop.device,)))
    cursor, more, seen, releases = 0, True, [], 0
    while more:
        page = one.pull(cursor, limit=3)
        assert len(page["notices"]) + len(page["releases"]) <= 3
        cursor, more = page["cursor"], page["more"]
        seen += page["notices"]
        releases += len(page["releases"])
    assert (len(seen), releases) == (7, 1)
    assert {msgspec.json.decode(notice["body"])["device"] for notice in seen} == {one.device}


def test_a_cursor_from_a_registry_that_was_restored_starts_over(fresh: Served) -> None:
    put(fresh, zones(1))
    assert len(Laptop(fresh).pull(after=10**6)["releases"]) == 1


@pytest.mark.parametrize("query", ["after=-1", "after=x", f"after={2**63}", "limit=0", "limit=1001", "after=%00"])
def test_a_cursor_that_is_none_is_refused(registry: Served, query: str) -> None:
    answer: requests.Response = Laptop(registry).http.get(f"{registry.url}/v1/changes?{query}", timeout=20)
    assert error(answer) == (422, "malformed")


def test_a_reader_never_passes_a_change_that_commits_later(fresh: Served) -> None:
    """A slow writer took its place first; a quick one must not become visible under a higher number before it."""
    device, waiting, done = Laptop(fresh).device, threading.Event(), threading.Event()

    def quick() -> None:
        with fresh.engine.begin() as connection:
            waiting.set()
            tell(connection, device, [notice(fresh, device, 2)])
        done.set()

    def page(after: int) -> tuple[int, list[Signed]]:
        with fresh.engine.connect() as connection:
            got = changes(connection, device, after, 10)
        return got.cursor, got.notices

    with fresh.engine.begin() as slow:
        tell(slow, device, [notice(fresh, device, 1)])
        thread = threading.Thread(target=quick)
        thread.start()
        assert waiting.wait(10)
        cursor, early = page(0)
        assert (early, done.is_set()) == ([], False)
    thread.join(10)
    cursor, late = page(cursor)
    assert late == [notice(fresh, device, 1), notice(fresh, device, 2)]
    assert page(cursor)[1] == []


def test_a_writer_that_gives_up_leaves_a_gap_and_stops_nobody(fresh: Served) -> None:
    device = Laptop(fresh).device
    with fresh.engine.connect() as connection:
        tell(connection, device, [notice(fresh, device, 1)])
        connection.rollback()
    with fresh.engine.begin() as connection:
        tell(connection, device, [notice(fresh, device, 2)])
        order_changes(connection)
    with fresh.engine.connect() as connection:
        assert changes(connection, device, 0, 10).notices == [notice(fresh, device, 2)]
        assert connection.execute(text("SELECT count(*) FROM changes")).scalar_one() == 1


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b'{"type": "zones"}', b'{"type": "other", "items": []}', b"\xff"])
def test_a_file_that_holds_no_release_is_refused(raw: bytes) -> None:
    with pytest.raises(Trouble, match="bad-release-file"):
        read_contents(raw)


def test_a_file_may_hold_one_release_or_several() -> None:
    one = msgspec.json.encode(zones(2))
    assert read_contents(one) == [zones(2)]
    assert read_contents(b"[" + one + b"," + msgspec.json.encode(Messages(("a",))) + b"]") == [zones(2), Messages(("a",))]
