"""What a running registry needs to know, in one frozen value that the command line builds and everything is given."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_core.signing import public_text

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The time now, as an aware UTC time."""
    return datetime.now(UTC)


class Settings(msgspec.Struct, frozen=True):
    """`authority` is the PEM of the CA that laptops pin, empty on plain HTTP; rates are per minute; sizes in bytes."""

    key: Ed25519PrivateKey
    authority: str = ""
    clock: Clock = system_clock
    token_seconds: int = 600
    tokens_per_minute: int = 30
    enrolments_per_minute: int = 30
    guesses_per_code: int = 5
    body_bytes: int = 2_000_000
    batch_bytes: int = 4_000_000
    batch_entries: int = 1000
    page: int = 1000

    @property
    def public_key(self) -> str:
        """The key that laptops pin, as it travels."""
        return public_text(self.key.public_key())


def iso(moment: datetime) -> str:
    """A time as it travels: ISO 8601 UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
