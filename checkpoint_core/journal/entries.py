"""An entry: immutable, numbered without gaps by its device, chained to the one before it, signed by the device's key."""

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from checkpoint_core.journal.payloads import Payload
from checkpoint_core.signing import Signed, SigningError, sign, verify

GENESIS = "0" * 64  # what the first entry of a device chains to


class Entry(msgspec.Struct, frozen=True):
    """`id` is a UUIDv7, `sequence` starts at 1, `at` is the device's clock (ISO 8601 UTC, ms), `clock_offset_ms` is
    registry minus device as last measured (None before the first contact), `previous` the digest of the entry before.
    """

    id: str
    device: str
    sequence: int
    at: str
    clock_offset_ms: int | None
    officer: str
    shift: str | None
    previous: str
    payload: Payload
    format: int = 1


def seal(entry: Entry, key: Ed25519PrivateKey) -> Signed:
    """The entry as it is kept and sent: canonical text with the device's signature."""
    return sign(key, "entry", entry)


def open_entry(signed: Signed, key: Ed25519PublicKey) -> Entry:
    """The entry inside, its signature checked; raises `SigningError`."""
    verify(key, "entry", signed)
    return read_entry(signed.body)


def read_entry(body: str) -> Entry:
    """The entry in `body`, with no signature checked; raises `SigningError('malformed')`."""
    try:
        return msgspec.json.decode(body, type=Entry)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise SigningError("malformed") from error
