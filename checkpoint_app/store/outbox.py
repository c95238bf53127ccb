"""What still has to reach the registry, and what the registry answered: there is no other outbox than the journal."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from checkpoint_app.store.journal import Journal
from checkpoint_app.store.models import EntryRow, ReceiptRow, crossing_of
from checkpoint_app.store.times import parse
from checkpoint_app.store.values import Accepted, Backlog, Quarantined
from checkpoint_core.journal.receipts import Receipt, open_receipt
from checkpoint_core.signing import Signed, SigningError, public_key

_WAITING = EntryRow.outcome.is_(None)
_QUARANTINED = EntryRow.outcome == "quarantined"


class Outbox(Journal):
    """Waiting entries out, receipts in."""

    def waiting(self, limit: int = 500, max_bytes: int = 1_000_000) -> list[Signed]:
        """The first entries without a receipt, by sequence: at most `limit`, at most `max_bytes` of text, but never none."""
        wanted = select(EntryRow.body, EntryRow.signature).where(_WAITING).order_by(EntryRow.sequence).limit(limit)
        with self.database.reading() as session:
            found = [Signed(row.body, row.signature) for row in session.execute(wanted)]
        return list(_within(found, max_bytes))

    def backlog(self) -> Backlog:
        """How many entries wait, and how many were quarantined and are not settled."""
        with self.database.reading() as session:
            waiting = session.scalar(select(func.count()).select_from(EntryRow).where(_WAITING)) or 0
            held = select(func.count()).select_from(EntryRow).where(_QUARANTINED, EntryRow.left.is_(False))
            return Backlog(waiting, session.scalar(held) or 0)

    def accept(self, receipts: list[Signed]) -> Accepted:
        """Take in what the registry answered. A receipt counts only if the pinned key signed it for the id, digest and
        sequence of an entry of this laptop; the others acknowledge nothing and are counted as refused."""
        enrolment = self.enrolment()
        if enrolment is None:
            return Accepted(0, 0, len(receipts))
        key = public_key(enrolment.registry_key)
        counts: Counter[str] = Counter()
        with self.database.writing() as session:
            for signed in receipts:
                try:
                    receipt = open_receipt(signed, key)
                except SigningError:
                    counts["refused"] += 1
                    continue
                counts[self._take(session, receipt, signed)] += 1
        return Accepted(counts["accepted"], counts["quarantined"], counts["refused"])

    def quarantined(self) -> list[Quarantined]:
        """Entries that the registry sent back and nobody has settled yet, oldest first."""
        wanted = select(EntryRow).where(_QUARANTINED, EntryRow.left.is_(False)).order_by(EntryRow.sequence)
        with self.database.reading() as session:
            return [
                Quarantined(row.id, row.sequence, row.kind, parse(row.at), row.reason, crossing_of(row))
                for row in session.scalars(wanted)
            ]

    def resend(self, entry_id: str) -> None:
        """Let a quarantined entry wait again: after the registry was mended it may be accepted."""
        with self.database.writing() as session:
            again = update(EntryRow).where(EntryRow.id == entry_id, _QUARANTINED)
            session.execute(again.values(outcome=None, reason=""))

    def _take(self, session: Session, receipt: Receipt, signed: Signed) -> str:
        row = session.execute(
            select(EntryRow.sequence, EntryRow.digest, EntryRow.outcome).where(EntryRow.id == receipt.entry)
        ).one_or_none()
        ours = row and (receipt.device, receipt.digest, receipt.sequence) == (self.device, row.digest, row.sequence)
        if not row or not ours:
            return "refused"
        if row.outcome == "accepted" and receipt.outcome != "accepted":
            return "refused"  # accepted is final
        answer = {"outcome": receipt.outcome, "reason": receipt.reason}
        session.execute(update(EntryRow).where(EntryRow.sequence == row.sequence).values(answer))
        kept = {"body": signed.body, "signature": signed.signature}
        put = insert(ReceiptRow).values(sequence=row.sequence, **kept)
        session.execute(put.on_conflict_do_update(index_elements=["sequence"], set_=kept))
        return receipt.outcome


def _within(entries: list[Signed], max_bytes: int) -> Iterator[Signed]:
    size = 0
    for place, signed in enumerate(entries):
        size += len(signed.body.encode()) + len(signed.signature)
        if place and size > max_bytes:
            return
        yield signed
