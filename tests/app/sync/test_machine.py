"""Any order of recording, faulty syncing and restarting: nothing lost, nothing doubled, nothing acknowledged unheard."""

import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from checkpoint_app.store.store import Store, open_store
from checkpoint_app.sync.engine import SyncEngine
from checkpoint_app.sync.enrolment import enrol
from checkpoint_core.journal.entries import read_entry
from tests.app.sync.conftest import KEY, journal, now, record
from tests.app.sync.fake_registry import FakeRegistry, serving
from tests.faults.proxy import Fault, Proxy

FAULTS = [
    Fault("drop"),
    Fault("lost-reply"),
    Fault("truncate", 40),
    Fault("truncate", 600),
    Fault("garbage"),
    Fault("garbage-body"),
    Fault("html"),
    *(Fault("status", status) for status in (401, 404, 409, 413, 429, 500, 503)),
]


class Laptop(RuleBasedStateMachine):
    """A real store and engine, a registry in memory, a faulty network between them."""

    @initialize()
    def start(self) -> None:
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.registry = FakeRegistry()
        self.proxy = self.stack.enter_context(Proxy(self.stack.enter_context(serving(self.registry))))
        self.recorded: dict[int, str] = {}
        self.open()
        enrol(self.store, self.proxy.url, str(self.registry.issue_code()), "x", now)

    def open(self) -> None:
        self.store: Store = open_store(self.folder / "laptop", KEY, now)
        self.engine = SyncEngine(self.store, now)

    def shut(self) -> None:
        self.engine.close()
        self.store.close()

    @rule(count=st.integers(1, 4))
    def record(self, count: int) -> None:
        record(self.store, count)
        self.recorded = journal(self.store)

    @rule()
    def lose_a_reply(self) -> None:
        self.sync_through(1, Fault("lost-reply"), "/v1/entries")

    @rule(count=st.integers(0, 4), fault=st.sampled_from(FAULTS), path=st.sampled_from(["", "/v1/entries"]))
    def sync_through(self, count: int, fault: Fault, path: str) -> None:
        self.record(count)
        self.proxy.fault = replace(fault, path=path)
        self.engine.sync_once()
        self.proxy.fault = Fault()

    @rule()
    def sync(self) -> None:
        self.engine.sync_once()

    @rule()
    def poison(self) -> None:
        """The registry comes to dislike the newest entry, and says so with 422 to any batch that holds it."""
        newest = [read_entry(entry.body).id for entry in self.store.entries()][-1:]
        self.registry.poison = set(newest)

    @rule()
    def lose_tokens(self) -> None:
        self.registry.tokens.clear()

    @rule()
    def restart(self) -> None:
        self.shut()
        self.open()

    @invariant()
    def nothing_is_lost_and_the_journal_never_changes(self) -> None:
        if hasattr(self, "store"):
            assert journal(self.store) == self.recorded

    @invariant()
    def nothing_is_doubled_or_out_of_place(self) -> None:
        if hasattr(self, "store"):
            held = self.registry.held(self.store.device)
            assert held.items() <= self.recorded.items()
            assert not self.registry.quarantined

    @invariant()
    def nothing_is_acknowledged_that_the_registry_does_not_hold(self) -> None:
        if hasattr(self, "store"):
            waiting = {entry.digest for entry in self.store.waiting(1000)}
            acknowledged = set(self.recorded.values()) - waiting
            assert acknowledged <= set(self.registry.held(self.store.device).values())

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        self.registry.poison.clear()
        try:
            self.engine.sync_once()
            self.engine.sync_once()  # what was refused alone before is passed over once, so that the rest goes first
            assert self.store.backlog().waiting == 0
            assert self.registry.held(self.store.device) == self.recorded
        finally:
            self.shut()
            self.stack.close()


Laptop.TestCase.settings = settings(max_examples=10, stateful_step_count=15, deadline=None)
TestLaptop = Laptop.TestCase
