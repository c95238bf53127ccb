"""Everything the gates and the scan page can ask for, as plain callables; `Desk.over` wires them to a store."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from checkpoint_app.duty import crossings, drafts, officers, screening, shifts
from checkpoint_app.duty.values import Screened
from checkpoint_app.scanner.code import Code
from checkpoint_app.scanner.files import read_image
from checkpoint_app.store import Store
from checkpoint_app.store.values import CrossingRow, Draft, Officer, ReferenceAge, Shift, ShiftSummary
from checkpoint_app.sync.enrolment import enrol, enrol_by_qr
from checkpoint_core.geography import Unit, search_units
from checkpoint_core.identity.model import Identity
from checkpoint_core.journal.payloads import Decision, Direction, Traveller
from checkpoint_core.releases.model import Post
from checkpoint_core.screening.model import Declaration

Clock = Callable[[], datetime]
RECENT = 40  # rows from which the last crossings and the likely destinations are shown


@dataclass(frozen=True)
class Door:
    """First start and signing in. All raise Trouble; `enrol` and `enrol_by_qr` use the network, the rest the store."""

    officers: Callable[[], list[Officer]]
    first_supervisor: Callable[[str, str], Officer]  # name, PIN
    sign_in: Callable[[str, str], Officer]  # officer's id, PIN
    enrol: Callable[[str, str, str], object]  # address, code, this laptop's name
    enrol_by_qr: Callable[[str, str], object]  # the QR's text, this laptop's name

    @classmethod
    def over(cls, store: Store, clock: Clock) -> "Door":
        return cls(
            officers=partial(officers.officers, store),
            first_supervisor=partial(officers.first_supervisor, store),
            sign_in=partial(officers.sign_in, store),
            enrol=lambda url, code, name: enrol(store, url, code, name, clock),
            enrol_by_qr=lambda text, name: enrol_by_qr(store, text, name, clock),
        )


@dataclass(frozen=True)
class Lanes:
    """Opening a shift. All use the store."""

    posts: Callable[[], tuple[Post, ...]]
    last: Callable[[], Shift | None]  # the newest shift of anybody on this laptop: its lane is offered first
    current: Callable[[Officer], Shift | None]
    open: Callable[[Officer, str, str, Direction], Shift]  # officer, checkpoint's id, lane, direction
    summary: Callable[[str], ShiftSummary]

    @classmethod
    def over(cls, store: Store) -> "Lanes":
        return cls(
            posts=store.posts,
            last=lambda: next(iter(store.shifts(1)), None),
            current=partial(shifts.current_shift, store),
            open=partial(shifts.open_shift, store),
            summary=partial(shifts.summary, store),
        )


@dataclass(frozen=True)
class Recording:
    """One crossing as the scan page hands it over; `id` makes a repeat harmless."""

    id: str
    travellers: tuple[Traveller, ...]
    decision: Decision
    vehicle: str | None
    plate: str | None
    second_pin: str


@dataclass(frozen=True)
class Barrier:
    """Screening and recording. `read_image` and `search_units` are for the pool, all others use the store."""

    screen: Callable[[str | bytes, Shift], Screened]
    screen_manual: Callable[[Identity, Shift], Screened]
    rescreen: Callable[[Screened, Declaration, Shift], Screened]
    record: Callable[[Officer, Shift, Recording], CrossingRow]
    recent: Callable[[Shift], list[CrossingRow]]  # the newest first
    crossing_id: Callable[[], str]
    keep_draft: Callable[[Draft], None]
    draft: Callable[[], Draft | None]
    drop_draft: Callable[[], None]
    ages: Callable[[], tuple[ReferenceAge, ...]]
    read_image: Callable[[Path | bytes], list[Code]]
    search_units: Callable[[str], tuple[Unit, ...]]

    @classmethod
    def over(cls, store: Store) -> "Barrier":
        return cls(
            screen=partial(screening.screen_text, store),
            screen_manual=partial(screening.screen_manual, store),
            rescreen=partial(screening.rescreen, store),
            record=partial(_record, store),
            recent=lambda shift: store.crossings(shift=shift.id, limit=RECENT),
            crossing_id=drafts.crossing_id,
            keep_draft=partial(drafts.keep, store),
            draft=partial(drafts.load, store),
            drop_draft=partial(drafts.drop, store),
            ages=store.reference_ages,
            read_image=read_image,
            search_units=search_units,
        )


@dataclass(frozen=True)
class Desk:
    """`clock` gives aware UTC times; `seconds` never falls and tells a hand scanner from a hand."""

    door: Door
    lanes: Lanes
    barrier: Barrier
    clock: Callable[[], datetime]
    seconds: Callable[[], float]

    @classmethod
    def over(cls, store: Store, clock: Clock, seconds: Callable[[], float] = time.monotonic) -> "Desk":
        return cls(Door.over(store, clock), Lanes.over(store), Barrier.over(store), clock, seconds)


def _record(store: Store, officer: Officer, shift: Shift, one: Recording) -> CrossingRow:
    return crossings.record(
        store, officer, shift, one.travellers, one.decision, one.vehicle, one.plate, id=one.id, second_pin=one.second_pin
    )
