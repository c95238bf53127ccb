"""One batch, one transaction: every entry gets its one receipt, however often and however parallel it is sent."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select, text

from checkpoint_core.journal.entries import GENESIS
from checkpoint_core.journal.receipts import Outcome, Receipt, issue
from checkpoint_core.signing import Signed, public_key
from checkpoint_registry.database import among, insert_new
from checkpoint_registry.intake.crossings import project
from checkpoint_registry.intake.examination import Sound, Unsound, examine
from checkpoint_registry.intake.shifts import count_shifts
from checkpoint_registry.intake.tables import Quarantined, StoredEntry
from checkpoint_registry.releases.stream import tell
from checkpoint_registry.settings import iso

_ENTRY = (
    "id", "device", "sequence", "digest", "previous", "at", "received_at", "kind", "officer", "shift", "chain",
    "body", "signature", "receipt_body", "receipt_signature",
)  # fmt: skip
_QUARANTINED = (
    "device", "digest", "mark", "reason", "received_at", "body", "signature", "receipt_body", "receipt_signature",
)  # fmt: skip
_Mark = tuple[str, str]  # digests of a text and of its signature
_Receipts = dict[str, tuple[str, Signed]]  # id -> (digest of the entry stored under it, its receipt)
_Links = dict[int, tuple[str, str]]  # sequence -> (digest, previous)


class Batch(msgspec.Struct, frozen=True):
    """Who sent it, whose key must have signed it, and what the registry signs its receipts with, and when."""

    device: str
    device_key: str
    key: Ed25519PrivateKey
    now: datetime

    def receipt(self, item: Sound | Unsound, outcome: Outcome, reason: str = "") -> Signed:
        entry, sequence = (item.entry.id, item.entry.sequence) if isinstance(item, Sound) else (item.entry, item.sequence)
        return issue(Receipt(entry, item.digest, self.device, sequence, outcome, iso(self.now), reason), self.key)


def receive(connection: Connection, batch: Batch, sent: Sequence[Signed]) -> list[Signed]:
    """The receipts for `sent`, in the same order. Whatever was not here yet is stored, projected and checked."""
    key = public_key(batch.device_key)
    items = [examine(signed, batch.device, key) for signed in sent]
    _one_at_a_time(connection, batch.device)
    fresh, receipts = _store(connection, batch, [item for item in items if isinstance(item, Sound)])
    reasons = {_mark(item): reason for item in items if (reason := _refusal(item, receipts))}
    refusals = _quarantine(connection, batch, {_mark(item): item for item in items if _mark(item) in reasons}, reasons)
    notices = project(connection, batch.device, batch.key, batch.now, fresh)
    count_shifts(connection, batch.device, fresh)
    tell(connection, batch.device, notices)
    return [refusals.get(_mark(item)) or receipts[_id(item)][1] for item in items]


def _one_at_a_time(connection: Connection, device: str) -> None:
    """Batches of one device wait for each other, so that its neighbours hold still while the chain is looked at."""
    lock = text("SELECT pg_advisory_xact_lock(hashtext('checkpoint-intake'), hashtext(:device))")
    connection.execute(lock, {"device": device})


def _store(connection: Connection, batch: Batch, sound: Iterable[Sound]) -> tuple[list[Sound], _Receipts]:
    """The entries that were new, and the digest and receipt that now stand behind every id in question."""
    items = {item.digest: item for item in sound}
    broken = _broken(connection, batch.device, items.values())
    signed = {
        digest: batch.receipt(item, "quarantined", "bad-chain") if digest in broken else batch.receipt(item, "accepted")
        for digest, item in items.items()
    }
    rows = (_entry_row(batch, item, item.digest in broken, signed[item.digest]) for item in items.values())
    taken = set(insert_new(connection, StoredEntry.__tablename__, _ENTRY, rows, returning="digest"))
    receipts: _Receipts = {items[digest].entry.id: (digest, signed[digest]) for digest in taken}
    others = [item.entry.id for item in items.values() if item.digest not in taken]
    return [item for item in items.values() if item.digest in taken], receipts | _standing(connection, others)


def _entry_row(batch: Batch, item: Sound, broken: bool, receipt: Signed) -> tuple[object, ...]:
    entry = item.entry
    head = (
        entry.id,
        batch.device,
        entry.sequence,
        item.digest,
        entry.previous,
        item.at,
        batch.now,
        item.kind,
        entry.officer,
    )
    chain = "broken" if broken else "whole"
    return (*head, entry.shift, chain, item.signed.body, item.signed.signature, receipt.body, receipt.signature)


def _standing(connection: Connection, ids: Sequence[str]) -> _Receipts:
    columns = (StoredEntry.id, StoredEntry.digest, StoredEntry.receipt_body, StoredEntry.receipt_signature)
    rows = connection.execute(select(*columns).where(among(StoredEntry.id, ids))) if ids else ()
    return {row.id: (row.digest, Signed(row.receipt_body, row.receipt_signature)) for row in rows}


def _broken(connection: Connection, device: str, items: Iterable[Sound]) -> set[str]:
    """The digests of those that do not fit a neighbour which was here first."""
    ordered = sorted(items, key=lambda item: item.entry.sequence)
    links = _links(connection, device, [item.entry.sequence for item in ordered])
    broken = set()
    for item in ordered:
        place, previous = item.entry.sequence, item.entry.previous
        if place in links:
            continue
        before = links.get(place - 1, ("", ""))[0] if place > 1 else GENESIS
        after = links.get(place + 1, ("", ""))[1]
        if (before and before != previous) or (after and after != item.digest):
            broken.add(item.digest)
        links[place] = (item.digest, previous)
    return broken


def _links(connection: Connection, device: str, places: Sequence[int]) -> _Links:
    around = sorted({place + step for place in places for step in (-1, 0, 1)})
    query = select(StoredEntry.sequence, StoredEntry.digest, StoredEntry.previous)
    rows = connection.execute(query.where(StoredEntry.device == device, among(StoredEntry.sequence, around)))
    return {row.sequence: (row.digest, row.previous) for row in rows}


def _refusal(item: Sound | Unsound, receipts: _Receipts) -> str:
    if isinstance(item, Unsound):
        return item.reason
    digest = receipts.get(item.entry.id, ("", None))[0]
    return "" if digest == item.digest else "id-reused" if digest else "sequence-reused"


def _quarantine(
    connection: Connection, batch: Batch, items: Mapping[_Mark, Sound | Unsound], reasons: Mapping[_Mark, str]
) -> dict[_Mark, Signed]:
    """Keep what cannot be taken; the receipts that stand for it, from the first time it was sent."""
    if not items:
        return {}
    rows = (_quarantined_row(batch, item, mark, reasons[mark]) for mark, item in items.items())
    insert_new(connection, Quarantined.__tablename__, _QUARANTINED, rows, returning="digest")
    columns = (Quarantined.digest, Quarantined.mark, Quarantined.receipt_body, Quarantined.receipt_signature)
    query = select(*columns).where(
        Quarantined.device == batch.device, among(Quarantined.digest, [digest for digest, _ in items])
    )
    return {(r.digest, r.mark): Signed(r.receipt_body, r.receipt_signature) for r in connection.execute(query)}


def _quarantined_row(batch: Batch, item: Sound | Unsound, mark: _Mark, reason: str) -> tuple[object, ...]:
    receipt = batch.receipt(item, "quarantined", reason)
    sent = item.signed
    return (
        batch.device,
        *mark,
        reason,
        batch.now,
        sent.body.encode(),
        sent.signature.encode(),
        receipt.body,
        receipt.signature,
    )


def _mark(item: Sound | Unsound) -> _Mark:
    """What makes a quarantined thing itself: its text and its signature."""
    return item.digest, hashlib.sha256(item.signed.signature.encode()).hexdigest()


def _id(item: Sound | Unsound) -> str:
    return item.entry.id if isinstance(item, Sound) else item.entry
