"""What a device sent, looked at on its own: an entry of this device in every detail, or the reason why it is none."""

import re
from datetime import datetime, timedelta

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from checkpoint_core.journal.entries import Entry, open_entry
from checkpoint_core.signing import Signed, SigningError, verify
from checkpoint_core.times import instant

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LARGEST = 2**63 - 1
_KINDS = frozenset({"shift-opened", "crossing-recorded", "crossing-corrected", "shift-closed", "access"})


class Sound(msgspec.Struct, frozen=True):
    """A well-formed entry with its signature checked; `at` by the device's clock, `true_at` by the registry's."""

    entry: Entry
    signed: Signed
    digest: str
    at: datetime
    true_at: datetime

    @property
    def kind(self) -> str:
        return str(self.entry.payload.__struct_config__.tag)


class Unsound(msgspec.Struct, frozen=True):
    """What can never be an entry of this device: why, and the id and sequence it claims, as far as they can be read."""

    signed: Signed
    digest: str
    reason: str
    entry: str
    sequence: int


class _Claims(msgspec.Struct):
    id: object = ""
    sequence: object = 0
    payload: object = None


def examine(signed: Signed, device: str, key: Ed25519PublicKey) -> Sound | Unsound:
    """Judge one signed text against the device that sent it; never raises, whatever the text is."""
    try:
        entry = open_entry(signed, key)
    except SigningError as error:
        return _unsound(signed, _reason(signed, key, error))
    except RecursionError:
        return _unsound(signed, "malformed")
    if entry.device != device:
        return _unsound(signed, "wrong-device")
    sound = _sound(entry, signed)
    return sound or _unsound(signed, "malformed")


def _sound(entry: Entry, signed: Signed) -> Sound | None:
    at = instant(entry.at)
    formed = _UUID.fullmatch(entry.id) and _DIGEST.fullmatch(entry.previous) and 0 < entry.sequence <= _LARGEST
    if at is None or not formed or not _short(entry.officer, entry.shift or ""):
        return None
    try:
        true_at = at + timedelta(milliseconds=entry.clock_offset_ms or 0)
    except OverflowError:
        return None
    return Sound(entry, signed, signed.digest, at, true_at)


def _short(*texts: str) -> bool:
    return all(len(part) <= 200 and "\0" not in part for part in texts)


def _reason(signed: Signed, key: Ed25519PublicKey, error: SigningError) -> str:
    """Told apart where it helps whoever reads it: a kind of entry that only a newer registry knows is not malformed."""
    if error.code != "malformed":
        return error.code
    try:
        verify(key, "entry", signed)
    except SigningError as deeper:
        return deeper.code
    payload = _claims(signed).payload
    kind = payload.get("type") if isinstance(payload, dict) else None
    return "unknown-kind" if isinstance(kind, str) and kind not in _KINDS else "malformed"


def _unsound(signed: Signed, reason: str) -> Unsound:
    claims = _claims(signed)
    entry = claims.id if isinstance(claims.id, str) and _UUID.fullmatch(claims.id) else ""
    place = claims.sequence
    sequence = place if type(place) is int and 0 < place <= _LARGEST else 0
    return Unsound(signed, signed.digest, reason, entry, sequence)


def _claims(signed: Signed) -> _Claims:
    try:
        return msgspec.json.decode(signed.body, type=_Claims)
    except (msgspec.DecodeError, RecursionError):
        return _Claims()
