"""A receipt: the registry's signed answer for exactly one entry, by id and digest. Nothing else acknowledges anything."""

from typing import Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from checkpoint_core.signing import Signed, SigningError, sign, verify

Outcome = Literal["accepted", "quarantined"]


class Receipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """`reason` is a code where quarantined: bad-signature, bad-chain, id-reused, sequence-reused, unknown-kind,
    malformed, wrong-device; `at` is the registry's clock."""

    entry: str
    digest: str
    device: str
    sequence: int
    outcome: Outcome
    at: str
    reason: str = ""


def issue(receipt: Receipt, key: Ed25519PrivateKey) -> Signed:
    """The receipt as it travels, signed by the registry."""
    return sign(key, "receipt", receipt)


def open_receipt(signed: Signed, key: Ed25519PublicKey) -> Receipt:
    """The receipt inside, its signature checked; raises `SigningError`."""
    verify(key, "receipt", signed)
    try:
        return msgspec.json.decode(signed.body, type=Receipt)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise SigningError("malformed") from error
