"""The key: in a real keystore or under a passphrase, never in plain text, never made anew for a database that exists."""

import base64
import stat
import sys
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked

from checkpoint_app.store import keys
from checkpoint_app.store.keys import KEY_FILE, obtain_key, system_keystore
from checkpoint_core.trouble import Trouble

WORDS = "chim hót đầu cành đa"


class MemoryStore(KeyringBackend):
    """A keystore as the operating system's is seen through keyring."""

    priority = 1.0

    def __init__(self, locked: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def no_keystore(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)


def test_a_keystore_gives_the_same_key_again_and_nothing_is_written(tmp_path: Path) -> None:
    store = MemoryStore()
    key = obtain_key(tmp_path, keystore=store)
    assert len(key) == 32
    assert obtain_key(tmp_path, keystore=store) == key
    assert list(tmp_path.iterdir()) == []
    assert obtain_key(tmp_path / "other", keystore=store) != key


def test_a_passphrase_gives_the_same_key_again(tmp_path: Path, no_keystore: None) -> None:
    key = obtain_key(tmp_path, passphrase=WORDS)
    assert obtain_key(tmp_path, passphrase=lambda: WORDS) == key
    kept = (tmp_path / KEY_FILE).read_bytes()
    assert key not in kept
    assert base64.b64encode(key) not in kept
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("words", "code"), [(None, "passphrase-needed"), ("", "passphrase-needed"), ("ngắn", "passphrase-short")]
)
def test_a_passphrase_that_will_not_do(tmp_path: Path, no_keystore: None, words: str | None, code: str) -> None:
    with pytest.raises(Trouble, match=code):
        obtain_key(tmp_path, passphrase=words)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_passphrase(tmp_path: Path, no_keystore: None) -> None:
    key = obtain_key(tmp_path, passphrase=WORDS)
    with pytest.raises(Trouble, match="wrong-passphrase"):
        obtain_key(tmp_path, passphrase=WORDS + "!")
    with pytest.raises(Trouble, match="passphrase-needed"):
        obtain_key(tmp_path)
    assert obtain_key(tmp_path, passphrase=WORDS) == key


def test_a_passphrase_typed_on_another_keyboard_is_the_same(tmp_path: Path, no_keystore: None) -> None:
    key = obtain_key(tmp_path, passphrase="đầu cành đa xanh")
    assert obtain_key(tmp_path, passphrase="\u0111\u00e2\u0300u c\u00e0nh \u0111a xanh") == key


def test_no_new_key_for_a_database_that_has_one(tmp_path: Path, no_keystore: None) -> None:
    (tmp_path / "checkpoint.db").write_bytes(b"whatever")
    for how in ({"passphrase": WORDS}, {"keystore": MemoryStore()}):
        with pytest.raises(Trouble, match="key-missing"):
            obtain_key(tmp_path, **how)
    assert not (tmp_path / KEY_FILE).exists()


def test_a_locked_keystore_is_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="keystore-failed"):
        obtain_key(tmp_path, keystore=MemoryStore(locked=True))


def test_only_keystores_that_encrypt_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for unreal in (keyring.backends.fail.Keyring, keyring.backends.null.Keyring, MemoryStore):
        monkeypatch.setattr(keyring, "get_keyring", unreal)
        assert system_keystore() is None


def test_a_real_one_is_found_inside_a_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    class Real(MemoryStore):
        pass

    Real.__module__ = "keyring.backends.SecretService"
    real = Real()
    monkeypatch.setattr(ChainerBackend, "backends", [MemoryStore(), real])
    monkeypatch.setattr(keyring, "get_keyring", ChainerBackend)
    assert system_keystore() is real


@given(content=st.binary(max_size=300))
def test_a_damaged_key_file_is_said(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("key")
    (folder / keys.KEY_FILE).write_bytes(content)
    with pytest.raises(Trouble, match="key-damaged"):
        obtain_key(folder, passphrase=WORDS)


def test_a_key_file_with_impossible_costs_is_said(tmp_path: Path, no_keystore: None) -> None:
    obtain_key(tmp_path, passphrase=WORDS)
    kept = (tmp_path / KEY_FILE).read_text()
    for whole, spoilt in (('"time":3', '"time":0'), ('"nonce":"', '"nonce":"AAAA')):
        (tmp_path / KEY_FILE).write_text(kept.replace(whole, spoilt))
        with pytest.raises(Trouble, match=r"key-damaged|wrong-passphrase"):
            obtain_key(tmp_path, passphrase=WORDS)
