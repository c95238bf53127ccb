"""Crossings recorded and corrected: what `duty` has checked, kept once."""

from sqlalchemy import Connection

from checkpoint_app.store.database import run
from checkpoint_app.store.records import Records
from checkpoint_app.store.times import parse
from checkpoint_app.store.values import CrossingRow
from checkpoint_core.journal.payloads import Crossing, CrossingCorrected, CrossingRecorded
from checkpoint_core.trouble import Trouble

# One look before a crossing is kept: is it there already, and whose open shift is it for?
_BEFORE = (
    "SELECT EXISTS (SELECT 1 FROM entries WHERE id = :id),"
    " (SELECT officer FROM shifts WHERE id = :shift AND closed_at IS NULL)"
)
_DROP_DRAFT = "DELETE FROM facts WHERE name = 'draft' AND json_extract(value, '$.id') = :id"


class _KeptError(Exception):
    """This crossing is in the journal already."""


class Crossings(Records):
    """Writes; each call is one entry."""

    def record_crossing(self, crossing_id: str, crossing: Crossing, *, officer: str, shift: str) -> CrossingRow:
        """Keep a crossing under an id made beforehand, and drop the draft it came from. The same id again changes nothing
        and gives what was kept. Trouble('shift-closed' | 'not-allowed')."""

        def payload(connection: Connection) -> CrossingRecorded:
            kept, on_duty = run(connection, _BEFORE, {"id": crossing_id, "shift": shift}).fetchone()
            if kept:
                raise _KeptError
            if on_duty is None:
                raise Trouble("shift-closed")
            if on_duty != officer:
                raise Trouble("not-allowed")
            return CrossingRecorded(crossing)

        def drop_draft(connection: Connection) -> None:
            run(connection, _DROP_DRAFT, {"id": crossing_id})

        try:
            entry = self.append(payload, officer=officer, shift=shift, also=drop_draft, entry_id=crossing_id)
        except _KeptError:
            return self._kept(crossing_id)
        return CrossingRow(entry.id, entry.sequence, shift, officer, parse(entry.at), crossing, "waiting")

    def correct_crossing(self, crossing_id: str, crossing: Crossing, reason: str, *, officer: str) -> CrossingRow:
        """Give a crossing another content; every earlier one stays readable. Trouble('no-such-crossing')."""
        row = self._kept(crossing_id)
        self.append(CrossingCorrected(crossing_id, reason, crossing), officer=officer, shift=row.shift)
        return self._kept(crossing_id)

    def _kept(self, crossing_id: str) -> CrossingRow:
        row = self.crossing(crossing_id)
        if row is None:
            raise Trouble("no-such-crossing")
        return row
