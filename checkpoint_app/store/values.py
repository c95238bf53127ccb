"""The plain values that leave the store: what screens, reports and sync share without sharing rows or sessions."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from checkpoint_core.journal.payloads import Crossing, Direction
from checkpoint_core.releases.model import Verification

Role = Literal["officer", "supervisor"]
SyncState = Literal["waiting", "accepted", "quarantined"]


@dataclass(frozen=True)
class Officer:
    id: str
    name: str
    role: Role


@dataclass(frozen=True)
class Shift:
    id: str
    officer: Officer
    checkpoint: str  # id
    checkpoint_name: str
    lane: str
    direction: Direction
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True)
class CrossingRow:
    """One crossing as lists show it: its present content, its first entry's id, its sync state."""

    id: str
    sequence: int
    shift: str
    officer: str
    at: datetime
    crossing: Crossing
    sync: SyncState
    quarantine_reason: str = ""
    corrected: int = 0
    verifications: tuple[Verification, ...] = ()


@dataclass(frozen=True)
class ShiftSummary:
    """The field's own daily figure: counts keyed (direction, action), by reason code, by hour, and completeness."""

    shift: Shift
    crossings: int
    travellers: int
    by_decision: dict[tuple[str, str], int]
    by_reason: dict[str, int]
    by_hour: dict[datetime, int]
    overrides: int
    accepted: int
    waiting: int
    quarantined: int


@dataclass(frozen=True)
class ReferenceAge:
    """One kind of reference data in force: its version, when it was issued and how many items it holds."""

    kind: str
    version: int
    issued: datetime
    items: int
    state: Literal["fresh", "ageing", "stale"]


@dataclass(frozen=True)
class Enrolment:
    """What enrolment pinned: where the registry is, its signing key (base64), its certificate authority (PEM, empty for
    plain HTTP on loopback) and the id of the post this laptop is meant for (may be empty)."""

    url: str
    registry_key: str
    authority: str
    checkpoint: str


@dataclass(frozen=True)
class Backlog:
    """How many entries have no receipt yet, and how many were quarantined."""

    waiting: int
    quarantined: int


@dataclass(frozen=True)
class Accepted:
    """How many receipts were believed, by outcome, and how many were not (those acknowledged nothing)."""

    accepted: int
    quarantined: int
    refused: int


@dataclass(frozen=True)
class Quarantined:
    """An entry that the registry will not accept as it is; `crossing` names the crossing it records or corrects."""

    entry: str
    sequence: int
    kind: str
    at: datetime
    reason: str
    crossing: str | None


@dataclass(frozen=True)
class Refused:
    """A release or notice that was not applied, with the reason as a code: the old one stays in force."""

    kind: str
    version: int
    reason: str
    at: datetime


@dataclass(frozen=True)
class Applied:
    """What one pull changed: the kinds now in another version, what was refused, how many notices were kept."""

    kinds: tuple[str, ...]
    refused: tuple[Refused, ...]
    notices: int


@dataclass(frozen=True)
class SyncFacts:
    """How pushing or pulling last went: the last success, and the last failure as a code with parameters."""

    last_success: datetime | None = None
    failed_at: datetime | None = None
    failure: str = ""
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """A half-filled form: `id` is the id its crossing will have, `form` whatever the screen needs (JSON values)."""

    id: str
    shift: str
    form: dict[str, Any]


@dataclass(frozen=True)
class Version:
    """One content a crossing has had: who gave it when, and why it was changed (empty for the first)."""

    entry: str
    at: datetime
    officer: str
    reason: str
    crossing: Crossing
