"""Releases and notices as they travel: tagged contents inside a signed envelope."""

import hashlib
import hmac
from typing import Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from checkpoint_core.screening.policy import Policy
from checkpoint_core.signing import Signed, SigningError, sign, verify
from checkpoint_core.text import fold


class Zone(msgspec.Struct, frozen=True, omit_defaults=True):
    """An epidemic area: `units` are codes of provinces ('p:37'), communes ('c:14197'), or former units
    ('fp:036', 'fd:356', 'fw:13600'); `level` 1 (watch) to 3 (locked down); `since`/`until` are ISO days, inclusive."""

    id: str
    name: str
    units: tuple[str, ...]
    level: int
    since: str
    until: str | None = None


class Sought(msgspec.Struct, frozen=True):
    """A person the officer must act on: `who` = digest of the number, `settles` = digest of number, name and birth date
    (empty when not known); `instruct` is case, contact-1, contact-2 or quarantine."""

    who: str
    settles: str
    instruct: Literal["case", "contact-1", "contact-2", "quarantine"]
    since: str


class Post(msgspec.Struct, frozen=True):
    """A checkpoint: `unit` is the commune code where it stands."""

    id: str
    name: str
    unit: str
    lanes: tuple[str, ...]


class Zones(msgspec.Struct, frozen=True, tag="zones"):
    items: tuple[Zone, ...]


class WatchList(msgspec.Struct, frozen=True, tag="watch-list"):
    salt: str
    items: tuple[Sought, ...]


class Checkpoints(msgspec.Struct, frozen=True, tag="checkpoints"):
    items: tuple[Post, ...]


class PolicyRelease(msgspec.Struct, frozen=True, tag="policy"):
    policy: Policy


class Messages(msgspec.Struct, frozen=True, tag="messages"):
    """Standing messages from the registry's staff, shown to officers in full; newest first."""

    items: tuple[str, ...]


Content = Zones | WatchList | Checkpoints | PolicyRelease | Messages
KINDS = ("zones", "watch-list", "checkpoints", "policy", "messages")


class Release(msgspec.Struct, frozen=True, omit_defaults=True):
    """One version of one kind of reference data. `intended` says that an empty or much smaller set is meant."""

    kind: str
    version: int
    issued: str
    content: Content
    intended: bool = False


class Verification(msgspec.Struct, frozen=True, omit_defaults=True, tag="verification"):
    """What the population register says of one traveller (`index`) of one recorded crossing (`entry`)."""

    entry: str
    index: int
    number: str
    outcome: Literal["matches", "no-such-number", "differs", "not-checked"]
    fields: tuple[str, ...] = ()  # of 'name', 'birth_date', 'sex'
    at: str = ""


class Notice(msgspec.Struct, frozen=True):
    """Something for one device, signed so that nobody else can say it."""

    device: str
    content: Verification


def watch_digest(salt: str, *parts: str) -> str:
    """The keyed digest of folded `parts` (number, or number + name + birth date) that a watch list holds."""
    message = "|".join(fold(part) for part in parts)
    return hmac.new(salt.encode(), message.encode(), hashlib.sha256).hexdigest()[:32]


def publish(release: Release, key: Ed25519PrivateKey) -> Signed:
    """The release as it travels."""
    return sign(key, "release", release)


def open_release(signed: Signed, key: Ed25519PublicKey) -> Release:
    """The release inside, its signature checked and its kind that of its content; raises `SigningError`."""
    verify(key, "release", signed)
    try:
        release = msgspec.json.decode(signed.body, type=Release)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise SigningError("malformed") from error
    if release.kind != release.content.__struct_config__.tag:
        raise SigningError("malformed")
    return release


def notify(notice: Notice, key: Ed25519PrivateKey) -> Signed:
    """The notice as it travels."""
    return sign(key, "notice", notice)


def open_notice(signed: Signed, key: Ed25519PublicKey) -> Notice:
    """The notice inside, its signature checked; raises `SigningError`."""
    verify(key, "notice", signed)
    try:
        return msgspec.json.decode(signed.body, type=Notice)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise SigningError("malformed") from error
