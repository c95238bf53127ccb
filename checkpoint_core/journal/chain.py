"""One device's entries held against each other: every place where the chain does not hold."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from checkpoint_core.journal.entries import GENESIS, Entry, read_entry
from checkpoint_core.signing import Signed, SigningError, verify

Fault = Literal["malformed", "bad-signature", "wrong-device", "gap", "fork", "wrong-hash"]


class Break(NamedTuple):
    """`sequence` is the place at fault: for a gap the first number that is missing, else that of the entry."""

    fault: Fault
    sequence: int
    digest: str


def check_chain(
    entries: Iterable[Signed],
    key: Ed25519PublicKey,
    device: str | None = None,
    *,
    after: int = 0,
    previous: str = GENESIS,
) -> Iterator[Break]:
    """The breaks in one device's entries, given by ascending sequence from `after` + 1, where `previous` is the digest of
    entry `after`. The same entry twice is none. Without `device` the first entry names it."""
    place, digest = after, previous
    for signed in entries:
        entry = _read(signed)
        if entry is None:
            yield Break("malformed", place + 1, signed.digest)
            place, digest = place + 1, signed.digest
            continue
        if signed.digest == digest:
            continue
        device = device or entry.device
        for fault in _faults(signed, entry, key, device, place, digest):
            yield Break(fault, place + 1 if fault == "gap" else entry.sequence, signed.digest)
        if entry.sequence > place:
            place, digest = entry.sequence, signed.digest


def _faults(signed: Signed, entry: Entry, key: Ed25519PublicKey, device: str, place: int, digest: str) -> Iterator[Fault]:
    try:
        verify(key, "entry", signed)
    except SigningError:
        yield "bad-signature"
    if entry.device != device:
        yield "wrong-device"
    if entry.sequence > place + 1:
        yield "gap"
    elif entry.sequence <= place:
        yield "fork"
    elif entry.previous != digest:
        yield "wrong-hash"


def _read(signed: Signed) -> Entry | None:
    try:
        return read_entry(signed.body)
    except SigningError:
        return None
