"""Everything the window can ask for, as plain callables that `app.py` wires to duty, store, scanner and sync."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checkpoint_app.duty.values import Screened
from checkpoint_app.scanner.code import Code
from checkpoint_app.store.values import CrossingRow, Draft, Officer, ReferenceAge, Shift, ShiftSummary
from checkpoint_core.geography import Unit
from checkpoint_core.identity.model import Identity
from checkpoint_core.journal.payloads import Decision, Direction, Traveller
from checkpoint_core.releases.model import Post
from checkpoint_core.screening.model import Declaration


@dataclass(frozen=True)
class Door:
    """First start and signing in. All raise Trouble; `enrol` and `enrol_by_qr` use the network, the rest the store."""

    officers: Callable[[], list[Officer]]
    first_supervisor: Callable[[str, str], Officer]  # name, PIN
    sign_in: Callable[[str, str], Officer]  # officer's id, PIN
    enrolled: Callable[[], bool]
    enrol: Callable[[str, str, str], object]  # address, code, this laptop's name
    enrol_by_qr: Callable[[str, str], object]  # the QR's text, this laptop's name


@dataclass(frozen=True)
class Lanes:
    """Opening a shift. All use the store."""

    posts: Callable[[], tuple[Post, ...]]
    last: Callable[[], Shift | None]  # the newest shift of anybody on this laptop: its lane is offered first
    current: Callable[[Officer], Shift | None]
    open: Callable[[Officer, str, str, Direction], Shift]  # officer, checkpoint's id, lane, direction
    summary: Callable[[str], ShiftSummary]


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


@dataclass(frozen=True)
class Desk:
    """`clock` gives aware UTC times; `seconds` never falls and tells a hand scanner from a hand."""

    door: Door
    lanes: Lanes
    barrier: Barrier
    clock: Callable[[], datetime]
    seconds: Callable[[], float]
