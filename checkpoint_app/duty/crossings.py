"""Crossings: recorded once, corrected with a reason, searched, and settled where the registry sent them back."""

from datetime import date, datetime

import msgspec

from checkpoint_app.duty.access import note_access
from checkpoint_app.duty.drafts import crossing_id
from checkpoint_app.duty.fields import checked, happened, refuse, written
from checkpoint_app.duty.officers import check_pin, require_supervisor
from checkpoint_app.store import Store
from checkpoint_app.store.values import CrossingRow, Officer, Quarantined, Shift, Version
from checkpoint_core.journal.payloads import Access, Crossing, Decision, Traveller
from checkpoint_core.screening.model import State
from checkpoint_core.trouble import Trouble

_WORSE: tuple[State, ...] = ("clear", "attention", "stop")


def record(
    store: Store,
    officer: Officer,
    shift: Shift,
    travellers: tuple[Traveller, ...],
    decision: Decision,
    vehicle: str | None = None,
    plate: str | None = None,
    happened_at: datetime | None = None,
    *,
    id: str | None = None,
    second_pin: str = "",
) -> CrossingRow:
    """Keep a crossing, durably before this returns. `id` from `drafts.crossing_id` makes a second call harmless: it gives
    what the first one kept. `second_pin` is the second officer's, where a stop is admitted.
    Troubles: field, not-allowed, shift-closed, wrong-pin, pin-wait, disk-full, disk-error."""
    now = store.clock()
    crossing = checked(
        Crossing(
            checkpoint=shift.checkpoint,
            lane=shift.lane,
            direction=shift.direction,
            travellers=travellers,
            decision=decision,
            vehicle=vehicle,
            plate=plate,
            happened_at=happened(happened_at, now),
        ),
        now,
    )
    crossing = msgspec.structs.replace(crossing, decision=_decided(store, officer, crossing, second_pin))
    return store.record_crossing(id or crossing_id(), crossing, officer=officer.id, shift=shift.id)


def correct(
    store: Store, officer: Officer, crossing_id: str, reason: str, crossing: Crossing, *, second_pin: str = ""
) -> CrossingRow:
    """Give one's own crossing (a supervisor: anybody's) another content, for a reason; the old one stays readable.
    Troubles as `record`, no-such-crossing."""
    row = store.crossing(crossing_id)
    if row is None:
        raise Trouble("no-such-crossing")
    if row.officer != officer.id:
        require_supervisor(store, officer)
    why = written(reason)
    if not why:
        raise refuse("correction-reason", "missing")
    kept = checked(crossing, store.clock())
    if kept.decision != row.crossing.decision or worst(kept) != worst(row.crossing):
        kept = msgspec.structs.replace(kept, decision=_decided(store, officer, kept, second_pin))
    if kept == row.crossing:
        raise refuse("correction", "unchanged")
    return store.correct_crossing(crossing_id, kept, why, officer=officer.id)


def search(
    store: Store,
    officer: Officer,
    text: str = "",
    day: date | None = None,
    limit: int = 100,
    *,
    shift: str | None = None,
    before: int | None = None,
) -> list[CrossingRow]:
    """Crossings of this laptop, newest first, by any part of a number, name or plate; `before` asks for the next page."""
    store.officer(officer.id)
    return store.crossings(text=text, day=day, shift=shift, before=before, limit=limit)


def view(store: Store, officer: Officer, crossing_id: str) -> tuple[CrossingRow, list[Version]]:
    """One crossing with every content it has had; looking at another officer's is noted in the journal."""
    row = store.crossing(crossing_id)
    if row is None:
        raise Trouble("no-such-crossing")
    if row.officer != officer.id:
        note_access(store, officer, "viewed", crossing=crossing_id)
    return row, store.versions(crossing_id)


def quarantined(store: Store) -> list[Quarantined]:
    """What the registry sent back and nobody has settled; 'quarantine.<reason>' says why in words."""
    return store.quarantined()


def resend(store: Store, officer: Officer, entry_id: str) -> None:
    """Send a quarantined entry again as it is, after the cause was mended at the registry; supervisors only."""
    require_supervisor(store, officer)
    store.resend(entry_id)


def leave(store: Store, officer: Officer, entry_id: str, reason: str) -> None:
    """Settle a quarantined entry that needs nothing more done, for a reason; supervisors only. It stays in the journal."""
    require_supervisor(store, officer)
    why = written(reason)
    if not why:
        raise refuse("leave-reason", "missing")
    if entry_id not in {entry.entry for entry in store.quarantined()}:
        raise Trouble("not-quarantined")
    said = Access("quarantine-left", {"entry": entry_id, "reason": why})
    store.append(said, officer=officer.id, shift=None)


def worst(crossing: Crossing) -> State:
    """The worst verdict among the travellers: it counts for the whole vehicle."""
    return max((traveller.verdict.state for traveller in crossing.travellers), key=_WORSE.index, default="clear")


def _decided(store: Store, officer: Officer, crossing: Crossing, second_pin: str) -> Decision:
    """The decision with its override named; one against the verdict needs a reason, a stop let through a second officer."""
    decision, state = crossing.decision, worst(crossing)
    admitted = decision.action == "admitted"
    override = decision.override or (admitted and state == "stop")
    if (override or (not admitted and state == "clear")) and not decision.reason.strip():
        raise refuse("decision-reason", "missing")
    if admitted and state == "stop":
        _second(store, officer, decision.second_officer, second_pin)
    return msgspec.structs.replace(decision, override=override, reason=decision.reason.strip())


def _second(store: Store, officer: Officer, second: str | None, pin: str) -> None:
    if not second:
        raise refuse("second-officer", "missing")
    if second == officer.id:
        raise refuse("second-officer", "same-person")
    check_pin(store, second, pin)
