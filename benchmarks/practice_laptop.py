"""A laptop in the middle of an invented morning: a real store with lists, officers and crossings, for pictures and tests."""

import shutil
from collections.abc import Callable, Mapping
from copy import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_app.duty.crossings import record
from checkpoint_app.duty.screening import screen_text
from checkpoint_app.duty.values import Screened
from checkpoint_app.store.store import Store, open_store
from checkpoint_app.store.times import iso
from checkpoint_app.store.values import CrossingRow, Enrolment
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.journal.payloads import Action, CrossingRecorded, Decision, ShiftOpened
from checkpoint_core.journal.receipts import Receipt, issue
from checkpoint_core.practice.script import ScriptedTraveller, script
from checkpoint_core.practice.world import POPULATION, World, world
from checkpoint_core.releases.model import (
    Checkpoints,
    Content,
    Messages,
    Notice,
    PolicyRelease,
    Release,
    Verification,
    WatchList,
    Zones,
    notify,
    publish,
)
from checkpoint_core.screening.model import Declaration, Place
from checkpoint_core.screening.policy import BUILT_IN
from checkpoint_core.signing import public_text

SEED = 7
OPENED = datetime(2026, 11, 24, 22, 58, tzinfo=UTC)  # 05:58 on the 25th in Vietnam
_TOWNS = (Place("Hà Nội", "p:01"), Place("Bắc Ninh", "p:24"), Place("Hưng Yên", "p:33"), Place("Thanh Hóa", "p:38"))
_PURPOSES = ("work", "home", "goods", "medical", "official", "study")
_VEHICLES = (("car", "30A"), ("motorbike", "29B1"), ("truck", "29H"), ("bus", "29B"))
_OUTCOME = {"not-in-register": ("no-such-number", ()), "name-differs": ("differs", ("name",))}


class Morning:
    """The laptop's clock: it stands until it is moved."""

    def __init__(self) -> None:
        self.now = OPENED

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return (self.now - OPENED).total_seconds()


class PracticeLaptop:
    """The store, its officers, the open shift, and the registry's key to answer with."""

    def __init__(self, folder: Path, *, lists: bool = True) -> None:
        self.clock = Morning()
        self.store: Store = open_store(folder, bytes(range(32)), self.clock, steady=self.clock.seconds)
        self.registry = Ed25519PrivateKey.generate()
        self.supervisor = self.store.add_officer("Lê Văn Mẫu", "supervisor", "no-pin", None)
        self.officer = self.store.add_officer("Trần Thị Ví Dụ", "officer", "no-pin", self.supervisor.id)
        self.colleague = self.store.add_officer("Phạm Quốc Thử", "officer", "no-pin", self.supervisor.id)
        key = public_text(self.registry.public_key())
        self.store.keep_enrolment(Enrolment("http://127.0.0.1:8442", key, "", "cp-phap-van"))
        self.store.set_clock_offset(420)
        if lists:
            self.take_lists()
        self.shift = self.store.open_shift(self.officer, ShiftOpened("cp-phap-van", "2", "in"))

    def copy(self, folder: Path) -> "PracticeLaptop":
        """Another laptop just like this one, which must be closed: far quicker than living its morning again."""
        other = copy(self)
        other.clock = Morning()
        other.clock.now = self.clock.now
        shutil.copytree(self.store.database.file.parent, folder)
        other.store = open_store(folder, bytes(range(32)), other.clock, steady=other.clock.seconds)
        return other

    def close(self) -> None:
        self.store.close()

    def take_lists(self) -> None:
        """What the practice registry would publish."""
        made: World = world(SEED, OPENED.date(), POPULATION)
        issued = iso(self.clock.now - timedelta(hours=5))
        contents: dict[str, Content] = {
            "zones": Zones(made.zones),
            "watch-list": made.watch_list,
            "checkpoints": Checkpoints(made.posts),
            "policy": PolicyRelease(BUILT_IN),
            "messages": Messages(("Từ 7 giờ hôm nay, xe chở hàng thiết yếu đi làn 3.",)),
        }
        releases = [Release(kind, 12 - n, issued, content) for n, (kind, content) in enumerate(contents.items())]
        self.store.apply(5, [publish(release, self.registry) for release in releases], [])

    def refuse_a_list(self) -> None:
        """An empty watch list comes: not believed."""
        empty = Release("watch-list", 99, iso(self.clock.now), WatchList("salt", ()))
        self.store.apply(6, [publish(empty, self.registry)], [])

    def meet(
        self, count: int, *, minutes: float = 3.5, told: Callable[[Screened], None] = lambda _: None
    ) -> list[CrossingRow]:
        """Screen and record the next `count` travellers of the practice shift, as the verdict suggests."""
        found = []
        for n, traveller in enumerate(script(SEED, count)):
            self.clock.now += timedelta(minutes=minutes * (0.4 + (n * 7 % 5) / 4))
            screened = screen_text(self.store, traveller.text, self.shift)
            told(screened)
            if screened.reading.identity is not None:
                found.append(self._record(n, screened, traveller))
        return found

    def answer(self, *, waiting: int = 3, quarantine: tuple[int, ...] = ()) -> None:
        """Receipts for all entries but the last `waiting`; the crossings at `quarantine` are sent back. The register
        answers about what was accepted."""
        receipts, notices, crossing = [], [], -1
        entries = self.store.waiting(10_000, 1 << 30)
        cases = {one.person.number: one.case for one in script(SEED, 200)}
        for signed in entries[: len(entries) - waiting]:
            entry = read_entry(signed.body)
            payload = entry.payload
            crossing += isinstance(payload, CrossingRecorded)
            bad = isinstance(payload, CrossingRecorded) and crossing in quarantine
            outcome = {"outcome": "quarantined", "reason": "id-reused"} if bad else {"outcome": "accepted", "reason": ""}
            at = iso(self.clock.now)
            receipts.append(Receipt(entry.id, signed.digest, entry.device, entry.sequence, at=at, **outcome))  # type: ignore[arg-type]
            if isinstance(payload, CrossingRecorded) and not bad:
                notices += [
                    self._verification(entry.id, index, traveller.identity.number or "", cases, at)
                    for index, traveller in enumerate(payload.crossing.travellers)
                ]
        self.store.accept([issue(receipt, self.registry) for receipt in receipts])
        self.store.apply(7, [], [notify(Notice(self.store.device, one), self.registry) for one in notices])

    def _verification(self, entry: str, index: int, number: str, cases: Mapping[str, str], at: str) -> Verification:
        outcome, fields = _OUTCOME.get(cases.get(number, ""), ("matches", ()))
        return Verification(entry, index, number, outcome, fields, at)  # type: ignore[arg-type]

    def _record(self, n: int, screened: Screened, traveller: ScriptedTraveller) -> CrossingRow:
        declaration = _declared(n, screened.declaration)
        told = msgspec.structs.replace(screened.traveller(), declaration=declaration)
        if told.identity.name is None and told.identity.number is None:
            told = msgspec.structs.replace(told, identity=msgspec.structs.replace(told.identity, name=traveller.person.name))
        kind, plate = _VEHICLES[n % len(_VEHICLES)]
        decision = _decision(screened)
        return record(self.store, self.officer, self.shift, (told,), decision, kind, f"{plate}{10000 + n * 379 % 89999}")


def _declared(n: int, declaration: Declaration) -> Declaration:
    origin = declaration.origin or _TOWNS[(n + 1) % len(_TOWNS)]
    destinations = declaration.destinations or (_TOWNS[n % len(_TOWNS)],)
    return msgspec.structs.replace(
        declaration,
        origin=origin,
        destinations=destinations,
        purpose=declaration.purpose or _PURPOSES[n % len(_PURPOSES)],
        phone=declaration.phone or f"+8491200{1000 + n * 37 % 9000}",
    )


def _decision(screened: Screened) -> Decision:
    state = screened.verdict.state
    action: Action = "admitted" if state == "clear" else "turned-back" if state == "attention" else "referred"
    reason = "" if state == "clear" else "Theo kết quả kiểm tra"
    return Decision(action, reason)
