"""The envelope of everything that is signed: exact bytes, an Ed25519 signature, and what the bytes are for."""

import base64
import hashlib
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_CANONICAL = msgspec.json.Encoder(order="sorted")


class SigningError(ValueError):
    """A signed thing that cannot be believed: `code` is 'malformed' or 'bad-signature'."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`body` is the exact canonical text that was signed; `signature` is base64 of 64 bytes."""

    body: str
    signature: str

    @property
    def digest(self) -> str:
        """SHA-256 of the body, in hex: what a receipt names and what the next entry chains to."""
        return hashlib.sha256(self.body.encode()).hexdigest()


def canonical(value: Any) -> str:
    """`value` (a Struct or builtins, no fractions) as JSON with sorted keys and no spare space: one value, one text."""
    return _CANONICAL.encode(value).decode()


def sign(key: Ed25519PrivateKey, purpose: str, value: Any) -> Signed:
    """Sign `value` for one `purpose` ('entry', 'receipt', 'release', 'notice'): a signature is good for no other."""
    body = canonical(value)
    return Signed(body, base64.b64encode(key.sign(_message(purpose, body))).decode())


def verify(key: Ed25519PublicKey, purpose: str, signed: Signed) -> None:
    """Raise `SigningError` unless `signed` was made by `key` for `purpose`."""
    try:
        signature = base64.b64decode(signed.signature, validate=True)
        message = _message(purpose, signed.body)
    except ValueError as error:  # not base64, not ASCII, or a body that is no text
        raise SigningError("malformed") from error
    try:
        key.verify(signature, message)
    except InvalidSignature as error:
        raise SigningError("bad-signature") from error


def public_text(key: Ed25519PublicKey) -> str:
    """A public key as base64 of its 32 raw bytes: how keys travel."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def public_key(text: str) -> Ed25519PublicKey:
    """The inverse of `public_text`; raises `SigningError('malformed')`."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except ValueError as error:
        raise SigningError("malformed") from error


def _message(purpose: str, body: str) -> bytes:
    return f"checkpoint/1/{purpose}\n".encode() + body.encode()
