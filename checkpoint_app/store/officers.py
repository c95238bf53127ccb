"""Officers of this laptop: who may sign in, and what keeps guessing a PIN slow, across restarts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, func, insert, select, update

from checkpoint_app.store.journal import Journal, new_id
from checkpoint_app.store.models import OfficerRow
from checkpoint_app.store.times import iso, parse
from checkpoint_app.store.values import Officer, Role
from checkpoint_core.journal.payloads import Access
from checkpoint_core.trouble import Trouble


@dataclass(frozen=True)
class PinRecord:
    """What signing in needs: Argon2id's hash, wrong tries since the last right one, and until when none is taken."""

    officer: Officer
    hashed: str
    failures: int
    locked_until: datetime | None


class Officers(Journal):
    """Keeps officers; who may do what is `duty`'s business."""

    def officers(self) -> list[Officer]:
        """Everybody who may sign in, by name."""
        with self.database.reading() as session:
            return [_officer(row) for row in session.scalars(select(OfficerRow).order_by(OfficerRow.name))]

    def officer(self, officer_id: str) -> Officer:
        """One officer by id; Trouble('no-such-officer')."""
        return self.pin_record(officer_id).officer

    def add_officer(self, name: str, role: Role, hashed: str, by: str | None) -> Officer:
        """Add an officer, with an entry that says who did; `by` None makes the first supervisor, who must be the first."""
        officer = Officer(new_id(), name, role)

        def payload(connection: Connection) -> Access:
            if by is None and connection.scalar(select(func.count()).select_from(OfficerRow)):
                raise Trouble("not-allowed")
            if connection.scalar(select(OfficerRow.id).where(OfficerRow.name == name)) is not None:
                raise Trouble("field", field="name", problem="taken")
            return Access("officer-added", {"officer": officer.id, "role": role})

        def also(connection: Connection) -> None:
            connection.execute(insert(OfficerRow), [{"id": officer.id, "name": name, "role": role, "pin": hashed}])

        self.append(payload, officer=by or officer.id, shift=None, also=also)
        return officer

    def change_pin(self, officer_id: str, hashed: str, by: str) -> None:
        """Set a new PIN, with an entry that says so (never what)."""
        change: dict[str, object] = {"pin": hashed, "failures": 0, "locked_until": None}
        said = Access("pin-changed", {"officer": officer_id})
        self.append(said, officer=by, shift=None, also=_changing(officer_id, change))

    def pin_record(self, officer_id: str) -> PinRecord:
        """What signing in needs to know; Trouble('no-such-officer')."""
        with self.database.reading() as session:
            row = session.scalar(select(OfficerRow).where(OfficerRow.id == officer_id))
        if row is None:
            raise Trouble("no-such-officer")
        locked = parse(row.locked_until) if row.locked_until else None
        return PinRecord(_officer(row), row.pin, row.failures, locked)

    def keep_failures(self, officer_id: str, failures: int, locked_until: datetime | None) -> None:
        """Count wrong PINs, or forget them after a right one."""
        change: dict[str, object] = {"failures": failures, "locked_until": locked_until and iso(locked_until)}
        with self.database.writing() as connection:
            _changing(officer_id, change)(connection)


def _changing(officer_id: str, change: dict[str, object]) -> Callable[[Connection], None]:
    def also(connection: Connection) -> None:
        connection.execute(update(OfficerRow).where(OfficerRow.id == officer_id).values(change))

    return also


def _officer(row: OfficerRow) -> Officer:
    return Officer(row.id, row.name, cast(Role, row.role))
