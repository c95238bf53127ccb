"""What store and duty tests are made of: a clock that is told the time, invented people, a registry's key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_app.store import Store, open_store
from checkpoint_app.store.journal import new_id
from checkpoint_app.store.values import CrossingRow, Enrolment, Officer, Shift
from checkpoint_core.identity.model import Identity
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.journal.payloads import Action, Crossing, Decision, ShiftOpened, Traveller
from checkpoint_core.journal.receipts import Outcome, Receipt, issue
from checkpoint_core.screening.model import Declaration, Evidence, Place, Provenance, Reason, State, Verdict
from checkpoint_core.signing import Signed, public_text

KEY = bytes(range(32))
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@dataclass
class Clock:
    """Wall and steady time, moved together by `pass_` and apart by setting `now`."""

    now: datetime = NOON
    seconds: float = 0.0

    def __call__(self) -> datetime:
        return self.now

    def steady(self) -> float:
        return self.seconds

    def pass_(self, **time: float) -> None:
        step = timedelta(**time)
        self.now += step
        self.seconds += step.total_seconds()


@dataclass
class Registry:
    """As much of a registry as a store meets: a key, and receipts made with it."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def enrol(self, store: Store) -> None:
        store.keep_enrolment(Enrolment("http://127.0.0.1:1", public_text(self.key.public_key()), "", "PV"))

    def receipt(self, signed: Signed, outcome: Outcome = "accepted", reason: str = "", **changed: Any) -> Signed:
        entry = read_entry(signed.body)
        receipt = Receipt(entry.id, signed.digest, entry.device, entry.sequence, outcome, "2026-11-24T05:00:00.000Z", reason)
        return issue(msgspec.structs.replace(receipt, **changed), self.key)


def opened(folder: Path, clock: Clock, key: bytes = KEY) -> Store:
    return open_store(folder, key, clock, steady=clock.steady)


def person(
    number: str | None = "001190000017",
    name: str = "Nguyễn Thị Thử",
    state: State = "clear",
    declaration: Declaration | None = None,
    old_number: str | None = None,
) -> Traveller:
    reasons = () if state == "clear" else (Reason("symptoms", state, Evidence("symptoms", "claimed", Provenance("card"))),)
    said = declaration or Declaration(destinations=(Place("Hà Nội", "p:01"),), phone="+84912345678")
    who = Identity(number=number, name=name, birth_date="1990-09-05", sex="female", old_number=old_number)
    return Traveller(who, "cccd", said, Verdict(state, reasons, 0))


def crossing(
    *travellers: Traveller, action: Action = "admitted", plate: str | None = "29B112345", at: str | None = None
) -> Crossing:
    who = travellers or (person(),)
    return Crossing("PV", "1", "in", who, Decision(action), vehicle="car", plate=plate, happened_at=at)


def on_duty(store: Store, name: str = "Lê Văn Thử") -> tuple[Officer, Shift]:
    """A supervisor (the first officer) with an open shift."""
    known = {officer.name: officer for officer in store.officers()}
    officer = known.get(name) or store.add_officer(
        name, "supervisor", "no PIN", next(iter(known.values())).id if known else None
    )
    return officer, store.current_shift(officer.id) or store.open_shift(officer, ShiftOpened("PV", "1", "in"))


def recording(store: Store) -> Callable[[Crossing], CrossingRow]:
    """How to record a crossing on a shift of this store."""
    officer, shift = on_duty(store)
    return lambda one: store.record_crossing(new_id(), one, officer=officer.id, shift=shift.id)
