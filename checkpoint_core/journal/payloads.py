"""What an entry can say: one tagged struct a kind. Adding a field with a default keeps old readers and writers working."""

from typing import Literal

import msgspec

from checkpoint_core.identity.model import Finding, Identity
from checkpoint_core.screening.model import Declaration, Verdict

Direction = Literal["in", "out"]
Action = Literal["admitted", "turned-back", "referred"]


class Traveller(msgspec.Struct, frozen=True, omit_defaults=True):
    """One person on a crossing: who, how that was learned, what they declared, what the verdict was then."""

    identity: Identity
    source: str  # an identity Kind, or 'manual'
    declaration: Declaration
    verdict: Verdict
    findings: tuple[Finding, ...] = ()


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the officer did. `override` when milder than the verdict suggests: then `reason` is required."""

    action: Action
    reason: str = ""
    override: bool = False
    second_officer: str | None = None


class Crossing(msgspec.Struct, frozen=True, omit_defaults=True):
    """One vehicle or party stopping once. `plate` normalised (29B112345); `happened_at` only when back-dated."""

    checkpoint: str
    lane: str
    direction: Direction
    travellers: tuple[Traveller, ...]
    decision: Decision
    vehicle: str | None = None  # car, motorbike, bus, truck, ambulance, foot, other
    plate: str | None = None
    happened_at: str | None = None


class ShiftOpened(msgspec.Struct, frozen=True, tag="shift-opened"):
    checkpoint: str
    lane: str
    direction: Direction


class CrossingRecorded(msgspec.Struct, frozen=True, tag="crossing-recorded"):
    crossing: Crossing


class CrossingCorrected(msgspec.Struct, frozen=True, tag="crossing-corrected"):
    """`corrects` is the id of the entry that recorded the crossing (always the first one, not an earlier correction)."""

    corrects: str
    reason: str
    crossing: Crossing


class ShiftClosed(msgspec.Struct, frozen=True, tag="shift-closed", omit_defaults=True):
    """`entries` counts the shift's entries before this one; `counts` is keyed 'in/admitted' and the like."""

    entries: int
    counts: dict[str, int]
    note: str = ""
    handed_to: str | None = None


class Access(msgspec.Struct, frozen=True, tag="access", omit_defaults=True):
    """Who did what with the records or the laptop: exported, viewed, officer-added, setting-changed, clock-jumped."""

    what: str
    details: dict[str, str | int] = {}


Payload = ShiftOpened | CrossingRecorded | CrossingCorrected | ShiftClosed | Access
