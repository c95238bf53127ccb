"""Entries of one device, chained and signed."""

from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_core.journal.entries import GENESIS, Entry, seal
from checkpoint_core.journal.payloads import Payload, ShiftOpened
from checkpoint_core.signing import Signed

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
OPENED = ShiftOpened("cp-1", "2", "in")


def entry(sequence: int, previous: str, payload: Payload = OPENED, device: str = "d1") -> Entry:
    return Entry(f"id-{sequence}", device, sequence, "2026-11-24T00:00:00.000Z", None, "o1", "s1", previous, payload)


def chain(length: int) -> Iterator[Signed]:
    previous = GENESIS
    for sequence in range(1, length + 1):
        signed = seal(entry(sequence, previous), KEY)
        previous = signed.digest
        yield signed
