"""Shifts: opened and closed by entries, counted as the field counts them."""

from collections import Counter
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, Select, func, select

from checkpoint_app.store.inbox import Inbox
from checkpoint_app.store.models import EntryRow, OfficerRow, ShiftRow
from checkpoint_app.store.records import Records
from checkpoint_app.store.times import parse
from checkpoint_app.store.values import CrossingRow, Officer, Role, Shift, ShiftSummary
from checkpoint_core.journal.payloads import Direction, ShiftClosed, ShiftOpened
from checkpoint_core.releases.model import Checkpoints, Post
from checkpoint_core.trouble import Trouble

_SHIFTS = select(ShiftRow, OfficerRow).join(OfficerRow, OfficerRow.id == ShiftRow.officer)


class Shifts(Records, Inbox):
    """Opens, closes, lists and sums up."""

    def posts(self) -> tuple[Post, ...]:
        """The checkpoints that the registry published; empty before the first release."""
        release = self.releases().get("checkpoints")
        return release.content.items if release and isinstance(release.content, Checkpoints) else ()

    def open_shift(self, officer: Officer, opened: ShiftOpened) -> Shift:
        """Open a shift; Trouble('shift-open') while this officer has one open here."""

        def payload(connection: Connection) -> ShiftOpened:
            still = select(ShiftRow.id).where(ShiftRow.officer == officer.id, ShiftRow.closed_at.is_(None))
            if connection.scalar(still) is not None:
                raise Trouble("shift-open")
            return opened

        return self.shift(self.append(payload, officer=officer.id, shift=None).id)

    def close_shift(self, officer: Officer, shift_id: str, note: str, handed_to: str | None) -> ShiftSummary:
        """Close a shift with its counts; Trouble('shift-closed') when it is closed already."""

        def payload(connection: Connection) -> ShiftClosed:
            still = select(ShiftRow.id).where(ShiftRow.id == shift_id, ShiftRow.closed_at.is_(None))
            if connection.scalar(still) is None:
                raise Trouble("shift-closed")
            entries = connection.scalar(select(func.count()).select_from(EntryRow).where(EntryRow.shift == shift_id)) or 0
            decided = _decisions(self.shift_crossings(shift_id))
            counts = {f"{direction}/{action}": count for (direction, action), count in sorted(decided.items())}
            return ShiftClosed(entries, counts, note, handed_to)

        self.append(payload, officer=officer.id, shift=shift_id)
        return self.summary(shift_id)

    def shift(self, shift_id: str) -> Shift:
        """One shift by its id; Trouble('no-such-shift')."""
        found = self._shifts(_SHIFTS.where(ShiftRow.id == shift_id))
        if not found:
            raise Trouble("no-such-shift")
        return found[0]

    def shifts(self, limit: int = 50) -> list[Shift]:
        """The last shifts, newest first."""
        return self._shifts(_SHIFTS.order_by(ShiftRow.opened_at.desc(), ShiftRow.id.desc()).limit(limit))

    def current_shift(self, officer_id: str) -> Shift | None:
        """The shift this officer has open, also after a restart."""
        found = self._shifts(_SHIFTS.where(ShiftRow.officer == officer_id, ShiftRow.closed_at.is_(None)))
        return found[0] if found else None

    def summary(self, shift_id: str) -> ShiftSummary:
        """The figures of a shift as they stand now."""
        shift, rows = self.shift(shift_id), self.shift_crossings(shift_id)
        with self.database.reading() as session:
            counted = (
                select(EntryRow.outcome, func.count().label("entries"))
                .where(EntryRow.shift == shift_id)
                .group_by(EntryRow.outcome)
            )
            states = {row.outcome: row.entries for row in session.execute(counted)}
        return ShiftSummary(
            shift=shift,
            crossings=len(rows),
            travellers=sum(len(row.crossing.travellers) for row in rows),
            by_decision=dict(_decisions(rows)),
            by_reason=dict(Counter(code for row in rows for code in _reasons(row))),
            by_hour=dict(sorted(Counter(_hour(row) for row in rows).items())),
            overrides=sum(row.crossing.decision.override for row in rows),
            accepted=states.get("accepted", 0),
            waiting=states.get(None, 0),
            quarantined=states.get("quarantined", 0),
        )

    def _shifts(self, wanted: Select[ShiftRow, OfficerRow]) -> list[Shift]:
        names = {post.id: post.name for post in self.posts()}
        with self.database.reading() as session:
            return [_shift(*row, names) for row in session.execute(wanted)]


def _shift(row: ShiftRow, officer: OfficerRow, names: dict[str, str]) -> Shift:
    return Shift(
        id=row.id,
        officer=Officer(officer.id, officer.name, cast(Role, officer.role)),
        checkpoint=row.checkpoint,
        checkpoint_name=names.get(row.checkpoint, row.checkpoint),
        lane=row.lane,
        direction=cast(Direction, row.direction),
        opened_at=parse(row.opened_at),
        closed_at=parse(row.closed_at) if row.closed_at else None,
    )


def _decisions(rows: list[CrossingRow]) -> Counter[tuple[str, str]]:
    return Counter((row.crossing.direction, row.crossing.decision.action) for row in rows)


def _reasons(row: CrossingRow) -> set[str]:
    """The codes that asked for attention or a stop, each once a crossing."""
    reasons = (reason for traveller in row.crossing.travellers for reason in traveller.verdict.reasons)
    return {reason.code for reason in reasons if reason.weight != "inform"}


def _hour(row: CrossingRow) -> datetime:
    happened = row.crossing.happened_at
    return (parse(happened) if happened else row.at).replace(minute=0, second=0, microsecond=0)
