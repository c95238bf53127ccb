"""A real store, a registry in memory behind a real socket, and between them a proxy that can misbehave."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checkpoint_app.store.store import Store, open_store
from checkpoint_app.sync.engine import SyncEngine
from checkpoint_app.sync.enrolment import enrol
from checkpoint_core.journal.payloads import Access
from checkpoint_core.trouble import Trouble
from tests.app.sync.fake_registry import FakeRegistry, serving
from tests.faults.proxy import Proxy

KEY = bytes(range(32))


def now() -> datetime:
    return datetime.now(UTC)


def record(store: Store, count: int = 1) -> list[str]:
    """Keep `count` small entries; their ids."""
    return [store.append(Access("viewed", {"n": n}), officer="o", shift=None).id for n in range(count)]


def journal(store: Store) -> dict[int, str]:
    """Sequence -> digest of everything the laptop keeps."""
    return dict(enumerate((signed.digest for signed in store.entries()), 1))


def trouble_of(call: Callable[[], object]) -> str:
    """The code of the Trouble that `call` meets, '' for none; any other exception goes on."""
    try:
        call()
    except Trouble as trouble:
        return trouble.code
    return ""


def eventually(told: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether `told` comes true, asked again every few ms."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.005)):
        if told():
            return True
        pause.wait(0.005)
    return False


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "laptop", KEY, now) as opened:
        yield opened


@pytest.fixture
def registry() -> FakeRegistry:
    return FakeRegistry()


@pytest.fixture
def address(registry: FakeRegistry) -> Iterator[str]:
    with serving(registry) as url:
        yield url


@pytest.fixture
def proxy(address: str) -> Iterator[Proxy]:
    with Proxy(address) as between:
        yield between


@pytest.fixture
def enrolled(store: Store, registry: FakeRegistry, proxy: Proxy) -> Store:
    enrol(store, proxy.url, str(registry.issue_code()), "chốt 1", now)
    return store


@pytest.fixture
def engine(enrolled: Store) -> Iterator[SyncEngine]:
    made = SyncEngine(enrolled, now)
    yield made
    made.close()
