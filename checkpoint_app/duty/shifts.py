"""A shift: opened at a lane, found again after a restart, summed up, closed with a note."""

from typing import get_args

from checkpoint_app.duty.fields import refuse, written
from checkpoint_app.duty.officers import require_supervisor
from checkpoint_app.store import Store
from checkpoint_app.store.values import Officer, Shift, ShiftSummary
from checkpoint_core.journal.payloads import Direction, ShiftOpened
from checkpoint_core.text import nfc

LONGEST_NOTE = 2_000


def open_shift(store: Store, officer: Officer, checkpoint: str, lane: str, direction: Direction) -> Shift:
    """Open a shift; Trouble('shift-open') while this officer has one open, Trouble('field')."""
    checkpoint, lane = written(checkpoint), nfc(written(lane))
    if not checkpoint:
        raise refuse("checkpoint", "missing")
    if not lane:
        raise refuse("lane", "missing")
    if direction not in get_args(Direction):
        raise refuse("direction", "missing")
    posts = {post.id: post for post in store.posts()}
    if posts and checkpoint not in posts:
        raise refuse("checkpoint", "unknown")
    if posts and posts[checkpoint].lanes and lane not in posts[checkpoint].lanes:
        raise refuse("lane", "unknown")
    return store.open_shift(store.officer(officer.id), ShiftOpened(checkpoint, lane, direction))


def current_shift(store: Store, officer: Officer) -> Shift | None:
    """The shift this officer has open."""
    return store.current_shift(officer.id)


def close_shift(store: Store, officer: Officer, shift: Shift, note: str = "", handed_to: str | None = None) -> ShiftSummary:
    """Close one's own shift, or as a supervisor anybody's; Trouble('shift-closed' | 'not-allowed' | 'field')."""
    if store.shift(shift.id).officer.id != officer.id:
        require_supervisor(store, officer)
    if len(note) > LONGEST_NOTE:
        raise refuse("note", "too-long", most=LONGEST_NOTE)
    return store.close_shift(officer, shift.id, written(note, LONGEST_NOTE), handed_to)


def summary(store: Store, shift_id: str) -> ShiftSummary:
    """The shift's figures as they stand now; Trouble('no-such-shift')."""
    return store.summary(shift_id)
