"""The registry's signing key: made on the first start, readable by its owner only."""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from checkpoint_core.trouble import Trouble


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The Ed25519 key in the PEM file `path`, made there if there is none; Trouble('key-unusable')."""
    if not path.exists():
        write_private(path, private_pem(Ed25519PrivateKey.generate()))
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm, OSError) as error:
        raise Trouble("key-unusable", path=str(path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Trouble("key-unusable", path=str(path))
    return key


def private_pem(key: Ed25519PrivateKey) -> bytes:
    """The key as unencrypted PKCS 8."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that nobody else may read, at no instant."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
