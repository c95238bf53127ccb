"""The detached signature of an exported file: made with the laptop's key, kept as FILE.sig, checked without the store."""

import hashlib
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from checkpoint_core.signing import Signed, SigningError, canonical, public_key, public_text, sign, verify
from checkpoint_core.trouble import Trouble

PURPOSE = "export"
BLOCK = 1 << 20


class ExportSeal(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is signed: the file's SHA-256, the shift, who made it on which device when (ISO UTC), and the device's key."""

    sha256: str
    shift: str
    device: str
    officer: str
    at: str
    unmasked: bool
    key: str  # base64, as `signing.public_text`; believed only as far as the caller knows it


def seal_path(path: Path) -> Path:
    """Where the signature of `path` is kept."""
    return path.with_name(path.name + ".sig")


def digest_of(path: Path) -> str:
    """SHA-256 of the file, in hex, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def write_seal(target: Path, content: ExportSeal, key: Ed25519PrivateKey) -> None:
    """Write the signed seal, canonical JSON in one line."""
    target.write_text(canonical(sign(key, PURPOSE, content)) + "\n", encoding="utf-8", newline="\n")


def check_export(path: Path, trusted: Ed25519PublicKey | None = None) -> ExportSeal:
    """What `path`'s signature says, checked against the file and, where `trusted` is given, against who must have made it.

    Without `trusted` the file is only shown to be what the holder of the seal's `key` signed: compare that key yourself.
    Raises Trouble: export-file-missing, seal-missing, seal-broken, seal-other-laptop, file-changed.
    """
    signed = _read(seal_path(path))
    try:
        content = msgspec.json.decode(signed.body, type=ExportSeal)
        key = public_key(content.key)
        verify(key, PURPOSE, signed)
    except (msgspec.DecodeError, SigningError) as error:
        raise Trouble("seal-broken") from error
    if trusted is not None and content.key != public_text(trusted):
        raise Trouble("seal-other-laptop")
    try:
        found = digest_of(path)
    except OSError as error:
        raise Trouble("export-file-missing") from error
    if found != content.sha256:
        raise Trouble("file-changed")
    return content


def _read(path: Path) -> Signed:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Signed)
    except OSError as error:
        raise Trouble("seal-missing") from error
    except msgspec.DecodeError as error:
        raise Trouble("seal-broken") from error
