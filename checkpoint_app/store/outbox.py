"""What still has to reach the registry, and what the registry answered: there is no other outbox than the journal."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, bindparam, func, select, update

from checkpoint_app.store.journal import Journal
from checkpoint_app.store.models import EntryRow, ReceiptRow, crossing_of, replacing, table_of
from checkpoint_app.store.times import parse
from checkpoint_app.store.values import Accepted, Backlog, Quarantined
from checkpoint_core.journal.receipts import Receipt, open_receipt
from checkpoint_core.signing import Signed, SigningError, public_key

_WAITING = EntryRow.outcome.is_(None)
_QUARANTINED = EntryRow.outcome == "quarantined"
_ANSWERED = (
    update(table_of(EntryRow))
    .where(EntryRow.sequence == bindparam("b_sequence"))
    .values(outcome=bindparam("b_outcome"), reason=bindparam("b_reason"))
)
_RECEIPT = replacing(ReceiptRow)

_KNOWN = select(EntryRow.id, EntryRow.sequence, EntryRow.digest, EntryRow.outcome)

Believed = list[tuple[Receipt, Signed]]


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
        believed = _believed(receipts, public_key(enrolment.registry_key)) if enrolment else []
        with self.database.writing() as connection:
            taken = self._ours(connection, believed)
            if taken:
                connection.execute(
                    _ANSWERED, [{"b_sequence": r.sequence, "b_outcome": r.outcome, "b_reason": r.reason} for r, _ in taken]
                )
                kept = [{"sequence": r.sequence, "body": signed.body, "signature": signed.signature} for r, signed in taken]
                connection.execute(_RECEIPT, kept)
        counts = Counter(receipt.outcome for receipt, _ in taken)
        return Accepted(counts["accepted"], counts["quarantined"], len(receipts) - len(taken))

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
        with self.database.writing() as connection:
            again = update(EntryRow).where(EntryRow.id == entry_id, _QUARANTINED)
            connection.execute(again.values(outcome=None, reason=""))

    def _ours(self, connection: Connection, believed: Believed) -> Believed:
        """Those that are for an entry of this laptop, to the letter. Accepted is final: nothing turns it back."""
        named = EntryRow.id.in_({receipt.entry for receipt, _ in believed})
        rows = {row.id: row for row in connection.execute(_KNOWN.where(named))}
        return [(receipt, signed) for receipt, signed in believed if self._answers(receipt, rows.get(receipt.entry))]

    def _answers(self, receipt: Receipt, row: Any) -> bool:
        if row is None or (receipt.device, receipt.digest, receipt.sequence) != (self.device, row.digest, row.sequence):
            return False
        return row.outcome != "accepted" or receipt.outcome == "accepted"


def _believed(receipts: list[Signed], key: Ed25519PublicKey) -> Believed:
    """The receipts that the registry signed; opened before any transaction, since that takes a while."""
    found: Believed = []
    for signed in receipts:
        try:
            found.append((open_receipt(signed, key), signed))
        except SigningError:
            continue
    return found


def _within(entries: list[Signed], max_bytes: int) -> Iterator[Signed]:
    size = 0
    for place, signed in enumerate(entries):
        size += len(signed.body.encode()) + len(signed.signature)
        if place and size > max_bytes:
            return
        yield signed
