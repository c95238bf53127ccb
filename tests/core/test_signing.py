"""The signed envelope: one value, one text; any change is found; nothing but SigningError comes out of bad input."""

import base64
import json
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_core.signing import Signed, SigningError, canonical, public_key, public_text, sign, verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcđ", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_what_is_signed_verifies_and_reads_back(value: Any) -> None:
    signed = sign(KEY, "entry", value)
    verify(KEY.public_key(), "entry", signed)
    assert msgspec.json.decode(signed.body) == value
    assert canonical(msgspec.json.decode(signed.body)) == signed.body
    assert msgspec.json.decode(msgspec.json.encode(signed), type=Signed) == signed


def test_the_order_of_keys_does_not_matter() -> None:
    assert canonical({"b": 1, "a": "ừ"}) == canonical({"a": "ừ", "b": 1}) == '{"a":"ừ","b":1}'


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=3), values, max_size=4))
def test_the_canonical_text_is_what_any_json_writer_makes(value: dict[str, Any]) -> None:
    assert canonical(value) == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_a_signature_is_good_for_one_purpose_and_one_key() -> None:
    signed = sign(KEY, "receipt", {"entry": "1"})
    for key, purpose in ((KEY, "entry"), (OTHER, "receipt")):
        with pytest.raises(SigningError, match="bad-signature"):
            verify(key.public_key(), purpose, signed)


@given(st.data())
def test_any_changed_character_is_found(data: st.DataObject) -> None:
    signed = sign(KEY, "entry", {"name": "Nguyễn Thị Thử", "at": "2026-11-24T00:00:00.000Z"})
    place = data.draw(st.integers(0, len(signed.body) - 1))
    other = data.draw(st.characters(exclude_characters=signed.body[place]))
    changed = Signed(signed.body[:place] + other + signed.body[place + 1 :], signed.signature)
    with pytest.raises(SigningError):
        verify(KEY.public_key(), "entry", changed)


@given(st.integers(0, 511))
def test_any_changed_bit_of_the_signature_is_found(bit: int) -> None:
    signed = sign(KEY, "entry", {"a": 1})
    raw = bytearray(base64.b64decode(signed.signature))
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SigningError, match="bad-signature"):
        verify(KEY.public_key(), "entry", Signed(signed.body, base64.b64encode(bytes(raw)).decode()))


@given(st.text(), st.text() | st.binary().map(lambda raw: base64.b64encode(raw).decode()))
def test_anything_else_is_a_signing_error(body: str, signature: str) -> None:
    with pytest.raises(SigningError):
        verify(KEY.public_key(), "entry", Signed(body, signature))


def test_an_envelope_holds_nothing_else() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"body":"{}","signature":"","purpose":"entry"}', type=Signed)


def test_keys_travel_as_text() -> None:
    text = public_text(KEY.public_key())
    assert public_key(text).public_bytes_raw() == KEY.public_key().public_bytes_raw()


@given(st.text() | st.binary(max_size=40).filter(lambda raw: len(raw) != 32).map(lambda raw: base64.b64encode(raw).decode()))
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(SigningError, match="malformed"):
        public_key(text)
