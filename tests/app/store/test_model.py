"""Whatever officers, sync and restarts do in whatever order, the store agrees with a model that is a few dictionaries."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from checkpoint_app.store.journal import new_id
from checkpoint_app.store.values import Backlog
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.journal.payloads import Crossing
from tests.app.store.making import Clock, Registry, crossing, on_duty, opened, person

PLATES = st.sampled_from(["29B112345", "30A99999", "51F12345"])
NAMES = st.sampled_from(["Nguyễn Thị Thử", "Đoàn Thị Ánh", "Vũ An"])


class StoreMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock, self.registry = Clock(), Registry()
        self.store = opened(Path(self.folder.name), self.clock)
        self.registry.enrol(self.store)
        self.crossings: dict[str, Crossing] = {}
        self.corrected: dict[str, int] = {}
        self.outcomes: dict[int, str] = {}

    @rule(plate=PLATES, name=NAMES)
    def record(self, plate: str, name: str) -> None:
        officer, shift = on_duty(self.store)
        said, same = crossing(person(name=name), plate=plate), new_id()
        for _ in range(2):
            self.store.record_crossing(same, said, officer=officer.id, shift=shift.id)
        self.crossings[same], self.corrected[same] = said, 0

    @precondition(lambda self: self.crossings)
    @rule(data=st.data(), plate=PLATES, name=NAMES)
    def correct(self, data: st.DataObject, plate: str, name: str) -> None:
        which = data.draw(st.sampled_from(sorted(self.crossings)))
        officer, _ = on_duty(self.store)
        self.crossings[which] = crossing(person(name=name), plate=plate)
        self.store.correct_crossing(which, self.crossings[which], "sửa", officer=officer.id)
        self.corrected[which] += 1

    @rule()
    def close(self) -> None:
        officer, shift = on_duty(self.store)
        self.store.close_shift(officer, shift.id, "", None)

    @rule(data=st.data())
    def receive(self, data: st.DataObject) -> None:
        waiting = self.store.waiting(3)
        for signed in waiting:
            outcome = data.draw(st.sampled_from(["accepted", "quarantined"]))
            receipt = self.registry.receipt(signed, "accepted" if outcome == "accepted" else "quarantined", "malformed")
            self.store.accept([receipt])
            self.outcomes[read_entry(signed.body).sequence] = outcome

    @rule()
    def forged(self) -> None:
        for signed in self.store.waiting(2):
            assert self.store.accept([Registry().receipt(signed)]).refused == 1

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = opened(Path(self.folder.name), self.clock)

    @rule()
    def rebuild(self) -> None:
        self.store.rebuild()

    @rule(hours=st.integers(-5, 5))
    def clock_moves(self, hours: int) -> None:
        self.clock.pass_(hours=abs(hours))
        self.clock.now = self.clock.now.replace(hour=(self.clock.now.hour + min(hours, 0)) % 24)

    @invariant()
    def agrees(self) -> None:
        rows = {row.id: row for row in self.store.crossings(limit=10_000)}
        assert {key: row.crossing for key, row in rows.items()} == self.crossings
        assert {key: row.corrected for key, row in rows.items()} == self.corrected
        entries = [read_entry(signed.body) for signed in self.store.entries()]
        assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
        held = {entry.sequence for entry in self.store.quarantined()}
        assert held <= {sequence for sequence, outcome in self.outcomes.items() if outcome == "quarantined"}
        assert self.store.backlog() == Backlog(len(entries) - len(self.outcomes), len(held))

    def teardown(self) -> None:
        assert self.store.breaks() == []
        self.store.close()
        self.folder.cleanup()


StoreMachine.TestCase.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
TestStore = StoreMachine.TestCase
