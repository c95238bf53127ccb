"""What docs/sync.md promises a laptop: one set of tests for the registry in memory and for the real one."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select

from checkpoint_app.store.store import Store
from checkpoint_app.store.values import Backlog
from checkpoint_app.sync.engine import SyncEngine
from checkpoint_app.sync.enrolment import enrol
from checkpoint_app.sync.tokens import Tokens
from checkpoint_app.sync.transport import Transport
from checkpoint_core.enrolment import Code
from checkpoint_core.journal.receipts import Receipt, open_receipt
from checkpoint_core.releases.model import Content, Messages, Zones
from checkpoint_core.signing import Signed, public_key
from checkpoint_registry.authority import make_authority
from checkpoint_registry.devices.roll import revoke
from checkpoint_registry.intake.tables import StoredEntry
from checkpoint_registry.releases.publishing import publish_content
from tests.app.sync.conftest import journal, now, record, trouble_of
from tests.app.sync.fake_registry import FakeRegistry, serving
from tests.faults.proxy import Fault, Proxy
from tests.registry.server import Served, postgres, served

UNHURRIED = {"tokens_per_minute": 10_000, "enrolments_per_minute": 10_000}
FAULTS = [
    Fault("lost-reply"),
    Fault("html"),
    Fault("status", 500),
    Fault("truncate", 300),
    Fault("lost-reply"),
    Fault("garbage-body"),
]


class Receipts(msgspec.Struct):
    receipts: list[Signed]


class Changes(msgspec.Struct):
    cursor: int
    more: bool
    releases: list[Signed]
    notices: list[Signed]


class Subject(ABC):
    """A registry under test, as its staff can handle it."""

    url: str
    authority: str

    @abstractmethod
    def code(self) -> Code: ...

    @abstractmethod
    def revoke(self, device: str) -> None: ...

    @abstractmethod
    def publish(self, content: Content) -> None: ...

    @abstractmethod
    def move_clock(self, offset: timedelta) -> None: ...

    @abstractmethod
    def held(self, device: str) -> dict[int, str]:
        """What it has accepted of a device: sequence -> digest."""


@dataclass
class InMemory(Subject):
    registry: FakeRegistry
    url: str
    authority: str = ""

    def code(self) -> Code:
        return self.registry.issue_code()

    def revoke(self, device: str) -> None:
        self.registry.revoke(device)

    def publish(self, content: Content) -> None:
        self.registry.publish(content)

    def move_clock(self, offset: timedelta) -> None:
        self.registry.ahead = offset

    def held(self, device: str) -> dict[int, str]:
        return self.registry.held(device)


@dataclass
class Real(Subject):
    registry: Served
    url: str
    authority: str

    def code(self) -> Code:
        return self.registry.code()

    def revoke(self, device: str) -> None:
        with self.registry.engine.begin() as connection:
            revoke(connection, device, self.registry.clock())

    def publish(self, content: Content) -> None:
        with self.registry.engine.begin() as connection:
            publish_content(connection, content, self.registry.key, self.registry.clock(), intended=True)

    def move_clock(self, offset: timedelta) -> None:
        self.registry.clock.offset = offset

    def held(self, device: str) -> dict[int, str]:
        with self.registry.engine.connect() as connection:
            wanted = select(StoredEntry.sequence, StoredEntry.digest).where(StoredEntry.device == device)
            return {row.sequence: row.digest for row in connection.execute(wanted)}


class Contract:
    """The tests; each kind of registry gives its own `subject`."""

    @pytest.fixture
    def laptop(self, subject: Subject, store: Store) -> Iterator[Tokens]:
        enrol(store, subject.url, str(subject.code()), "chốt 1", now)
        transport = Transport(subject.url, subject.authority, now)
        yield Tokens(transport, store.device, store.device_key())
        transport.close()
        subject.move_clock(timedelta())

    def push(self, laptop: Tokens, *entries: Signed) -> list[Signed]:
        body = msgspec.json.encode({"entries": entries})
        return laptop.ask("/v1/entries", Receipts, body=body).receipts

    def opened(self, store: Store, receipts: list[Signed]) -> list[Receipt]:
        enrolment = store.enrolment()
        assert enrolment
        return [open_receipt(signed, public_key(enrolment.registry_key)) for signed in receipts]

    def test_each_entry_gets_a_receipt_in_the_same_order(self, laptop: Tokens, store: Store) -> None:
        ids = record(store, 5)
        receipts = self.opened(store, self.push(laptop, *reversed(list(store.entries()))))
        assert [(one.entry, one.outcome, one.device) for one in receipts] == [
            (entry, "accepted", store.device) for entry in reversed(ids)
        ]

    def test_the_same_entry_gets_the_same_receipt_byte_for_byte(self, laptop: Tokens, store: Store) -> None:
        record(store, 3)
        entries = list(store.entries())
        assert self.push(laptop, *entries) == self.push(laptop, *entries) == self.push(laptop, *entries, *entries)[3:]

    def test_other_bytes_for_the_same_entry_are_quarantined(self, laptop: Tokens, store: Store) -> None:
        record(store, 1)
        entry = next(store.entries())
        self.push(laptop, entry)
        forged = Signed(entry.body.replace("viewed", "exported"), entry.signature)
        receipts = self.push(laptop, forged, entry)
        assert [(one.outcome, one.digest) for one in self.opened(store, receipts)] == [
            ("quarantined", forged.digest),
            ("accepted", entry.digest),
        ]

    def test_what_is_no_entry_is_quarantined_and_the_others_go_on(self, laptop: Tokens, store: Store) -> None:
        record(store, 1)
        receipts = self.push(laptop, Signed("{}", "AAAA"), next(store.entries()))
        assert [one.outcome for one in self.opened(store, receipts)] == ["quarantined", "accepted"]

    def test_a_revoked_device_is_refused_at_once(self, laptop: Tokens, store: Store, subject: Subject) -> None:
        record(store, 1)
        self.push(laptop, *store.entries())
        subject.revoke(store.device)
        assert trouble_of(lambda: self.push(laptop, *store.entries())) == "device-revoked"

    def test_an_unknown_laptop_is_not_known(self, subject: Subject, store: Store) -> None:
        transport = Transport(subject.url, subject.authority, now)
        stranger = Tokens(transport, store.device, store.device_key())
        assert trouble_of(lambda: stranger.ask("/v1/changes?after=0&limit=1", Changes)) == "not-known"
        transport.close()

    def test_a_code_is_good_for_one_laptop(self, subject: Subject, store: Store) -> None:
        code = subject.code()
        wrong = Code(code.name, code.secret[1:] + ("0" if code.secret[0] != "0" else "1"))
        assert trouble_of(lambda: enrol(store, subject.url, str(wrong), "x", now)) == "bad-code"
        assert enrol(store, subject.url, str(code), "x", now) == enrol(store, subject.url, str(code), "x", now)

    def test_changes_come_in_order_and_only_once(self, laptop: Tokens, subject: Subject) -> None:
        start = laptop.ask("/v1/changes?after=0&limit=500", Changes)
        subject.publish(Zones(()))
        subject.publish(Messages(("Chú ý",)))
        first = laptop.ask(f"/v1/changes?after={start.cursor}&limit=1", Changes)
        second = laptop.ask(f"/v1/changes?after={first.cursor}&limit=1", Changes)
        assert (len(first.releases), first.more, len(second.releases), second.more) == (1, True, 1, False)
        assert start.cursor < first.cursor < second.cursor
        rest = laptop.ask(f"/v1/changes?after={second.cursor}&limit=1", Changes)
        assert (rest.cursor, rest.more, rest.releases) == (second.cursor, False, [])

    def test_a_registry_restored_from_a_backup_is_followed(self, laptop: Tokens, store: Store, subject: Subject) -> None:
        store.apply(10**6, [], [])  # as far as the registry had been before
        subject.publish(Messages(("Chú ý",)))
        engine = SyncEngine(store, now)
        pulled = engine.sync_once().pull
        engine.close()
        assert pulled.trouble is None
        assert "messages" in store.releases()
        assert 0 < store.cursor() < 10**6

    @pytest.mark.parametrize("days", [-400, 0.02, 20_000])
    def test_a_wrong_clock_is_overcome(self, laptop: Tokens, store: Store, subject: Subject, days: float) -> None:
        subject.move_clock(timedelta(days=days))
        record(store, 1)
        engine = SyncEngine(store, now)
        synced = engine.sync_once()
        engine.close()
        assert (synced.push.trouble, synced.push.moved) == (None, 1)
        offset = store.clock_offset()
        assert offset is not None
        assert abs(timedelta(milliseconds=offset) - timedelta(days=days)) < timedelta(minutes=1)

    def test_two_programs_pushing_the_same_entries_at_once_leave_one_of_each(
        self, laptop: Tokens, subject: Subject, store: Store
    ) -> None:
        record(store, 20)
        entries = list(store.entries())
        with ThreadPoolExecutor(6) as pool:
            receipts = list(pool.map(lambda _: self.push(laptop, *entries), range(6)))
        assert all(one == receipts[0] for one in receipts)
        assert subject.held(store.device) == journal(store)


class PlainContract(Contract):
    """Over plain HTTP the proxy can do its worst: it reads what passes."""

    def test_a_bad_morning_ends_with_the_registry_holding_the_journal(self, subject: Subject, store: Store) -> None:
        with Proxy(subject.url) as proxy:
            enrol(store, proxy.url, str(subject.code()), "chốt 1", now)
            engine = SyncEngine(store, now)
            for fault in FAULTS:
                record(store, 7)
                proxy.fault = replace(fault, path="/v1/entries")
                assert engine.sync_once().push.trouble
            proxy.fault = Fault()
            assert engine.sync_once().push.trouble is None
            engine.close()
        assert store.backlog() == Backlog(0, 0)
        assert subject.held(store.device) == journal(store)


class TestInMemory(PlainContract):
    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        registry = FakeRegistry()
        with serving(registry) as url:
            yield InMemory(registry, url)


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgres() as url:
        yield url


class TestReal(PlainContract):
    @pytest.fixture(scope="class")
    @classmethod
    def subject(cls, database: str) -> Iterator[Subject]:
        with served(database, None, **UNHURRIED) as running:
            yield Real(running, running.url, "")


class TestRealOverTls(Contract):
    @pytest.fixture(scope="class")
    @classmethod
    def subject(cls, database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Subject]:
        tls = make_authority(tmp_path_factory.mktemp("authority"), ["127.0.0.1"], now())
        with served(database, tls, **UNHURRIED) as running:
            yield Real(running, running.url, running.settings.authority)
