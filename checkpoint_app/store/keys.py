"""The database's key: 32 random bytes in the system's keystore or, where there is none, wrapped with a passphrase."""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from pathlib import Path

import keyring
import msgspec
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from checkpoint_app.store.files import disk_trouble, write_whole
from checkpoint_core.text import nfc
from checkpoint_core.trouble import Trouble

SERVICE = "checkpoint"
KEY_FILE = "key.json"
DATABASE = "checkpoint.db"
SHORTEST_PASSPHRASE = 12
Passphrase = str | Callable[[], str] | None

# Only backends that keep secrets encrypted by the system. keyrings.alt would silently store plain text.
_REAL_BACKENDS = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)


class WrappedKey(msgspec.Struct, frozen=True):
    """The key file: Argon2id's salt and costs, AES-GCM's nonce and the wrapped key, all base64."""

    salt: bytes
    nonce: bytes
    wrapped: bytes
    time: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


def obtain_key(folder: Path, *, passphrase: Passphrase = None, keystore: KeyringBackend | None = None) -> bytes:
    """The 32-byte key of the database in `folder`, made at the first call.

    `keystore` is the system's unless given. `passphrase` is asked only where the key is, or must be, wrapped with one.
    Troubles: passphrase-needed, passphrase-short, wrong-passphrase, key-damaged, key-missing, keystore-failed.
    """
    file = folder / KEY_FILE
    if file.exists():
        return _unwrap(_read(file), _ask(passphrase))
    store = keystore or system_keystore()
    if store is None:
        return _make_wrapped(folder, passphrase)
    return _from_keystore(store, folder)


def system_keystore() -> KeyringBackend | None:
    """The operating system's keystore, or None where there is no real one."""
    backend: KeyringBackend = keyring.get_keyring()
    candidates = getattr(backend, "backends", [backend])  # a chainer holds several
    return next((b for b in candidates if type(b).__module__.startswith(_REAL_BACKENDS)), None)


def key_name(folder: Path) -> str:
    """The name under which the keystore holds the key of `folder`: a digest, so that no path leaks into it."""
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:32]


def key_check(key: bytes) -> str:
    """What may be written beside the database to tell a wrong key from a damaged file; says nothing about the key."""
    return hmac.new(key, b"checkpoint database", hashlib.sha256).hexdigest()[:32]


def _from_keystore(store: KeyringBackend, folder: Path) -> bytes:
    try:
        kept = store.get_password(SERVICE, key_name(folder))
        if kept is not None:
            return base64.b64decode(kept)
        _refuse_if_database(folder)
        key = os.urandom(32)
        store.set_password(SERVICE, key_name(folder), base64.b64encode(key).decode())
        if store.get_password(SERVICE, key_name(folder)) != base64.b64encode(key).decode():
            raise Trouble("keystore-failed")  # some say yes and keep nothing
    except KeyringError as error:
        raise Trouble("keystore-failed") from error
    return key


def _make_wrapped(folder: Path, passphrase: Passphrase) -> bytes:
    _refuse_if_database(folder)
    words = _ask(passphrase)
    if len(words) < SHORTEST_PASSPHRASE:
        raise Trouble("passphrase-short", least=SHORTEST_PASSPHRASE)
    key, salt, nonce = os.urandom(32), os.urandom(16), os.urandom(12)
    blank = WrappedKey(salt, nonce, b"")
    wrapped = AESGCM(_derive(blank, words)).encrypt(nonce, key, None)
    _make(folder)
    write_whole(folder / KEY_FILE, msgspec.json.encode(msgspec.structs.replace(blank, wrapped=wrapped)))
    return key


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_trouble(error, folder) from error


def _unwrap(kept: WrappedKey, words: str) -> bytes:
    try:
        return AESGCM(_derive(kept, words)).decrypt(kept.nonce, kept.wrapped, None)
    except InvalidTag as error:
        raise Trouble("wrong-passphrase") from error
    except (ValueError, HashingError) as error:
        raise Trouble("key-damaged", file=KEY_FILE) from error


def _derive(kept: WrappedKey, words: str) -> bytes:
    return hash_secret_raw(
        nfc(words).encode(errors="replace"), kept.salt, kept.time, kept.memory_kib, kept.lanes, 32, Type.ID
    )


def _read(file: Path) -> WrappedKey:
    try:
        return msgspec.json.decode(file.read_bytes(), type=WrappedKey)
    except msgspec.DecodeError as error:
        raise Trouble("key-damaged", file=file.name) from error
    except OSError as error:
        raise disk_trouble(error, file) from error


def _ask(passphrase: Passphrase) -> str:
    words = passphrase() if callable(passphrase) else passphrase
    if not words:
        raise Trouble("passphrase-needed")
    return words


def _refuse_if_database(folder: Path) -> None:
    """A database without its key must not be answered with a new key: nothing could ever read it again."""
    if (folder / DATABASE).exists():
        raise Trouble("key-missing", file=DATABASE)
