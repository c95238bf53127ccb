"""Crossings recorded and corrected: what `duty` has checked, kept once."""

import contextlib

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from checkpoint_app.store.facts import read_fact
from checkpoint_app.store.models import EntryRow, FactRow, ShiftRow
from checkpoint_app.store.records import Records
from checkpoint_app.store.values import CrossingRow, Draft
from checkpoint_core.journal.payloads import Crossing, CrossingCorrected, CrossingRecorded
from checkpoint_core.trouble import Trouble


class _Kept(Exception):
    """This crossing is in the journal already."""


class Crossings(Records):
    """Writes; each call is one entry."""

    def record_crossing(self, crossing_id: str, crossing: Crossing, *, officer: str, shift: str) -> CrossingRow:
        """Keep a crossing under an id made beforehand, and drop the draft it came from. The same id again changes nothing
        and gives what was kept. Trouble('shift-closed')."""

        def payload(session: Session) -> CrossingRecorded:
            if session.scalar(select(EntryRow.id).where(EntryRow.id == crossing_id)) is not None:
                raise _Kept
            if session.scalar(select(ShiftRow.id).where(ShiftRow.id == shift, ShiftRow.closed_at.is_(None))) is None:
                raise Trouble("shift-closed")
            return CrossingRecorded(crossing)

        def drop_draft(session: Session) -> None:
            draft = read_fact(session, "draft", Draft)
            if draft and draft.id == crossing_id:
                session.execute(delete(FactRow).where(FactRow.name == "draft"))

        with contextlib.suppress(_Kept):
            self.append(payload, officer=officer, shift=shift, also=drop_draft, entry_id=crossing_id)
        return self._kept(crossing_id)

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
