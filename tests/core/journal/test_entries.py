"""Entries and receipts on the wire: round trips, tampering, newer writers, and anything at all."""

import json
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_core.identity.model import Finding, Identity
from checkpoint_core.journal.entries import Entry, open_entry, read_entry, seal
from checkpoint_core.journal.payloads import (
    Access,
    Crossing,
    CrossingCorrected,
    CrossingRecorded,
    Decision,
    Payload,
    ShiftClosed,
    Traveller,
)
from checkpoint_core.journal.receipts import Receipt, issue, open_receipt
from checkpoint_core.screening.model import Declaration, Place, Verdict
from checkpoint_core.signing import Signed, SigningError, sign
from tests.core.journal.sample import KEY, OPENED, OTHER, entry

TRAVELLER = Traveller(
    Identity(number="036185000123", name="Đoàn Thị Thử", birth_date="1985-09-21"),
    "cccd",
    Declaration(origin=Place("Ninh Bình", "p:37"), symptoms=("fever",)),
    Verdict("clear", (), 0),
    (Finding("address-odd", "address", "note"),),
)
CROSSING = Crossing("cp-1", "2", "in", (TRAVELLER,), Decision("admitted"), vehicle="car", plate="29B112345")
PAYLOADS: list[Payload] = [
    OPENED,
    CrossingRecorded(CROSSING),
    CrossingCorrected("id-1", "sai biển số", CROSSING),
    ShiftClosed(3, {"in/admitted": 2}, "bàn giao", "o2"),
    Access("exported", {"rows": 3, "format": "xlsx"}),
]
RECEIPT = Receipt("id-1", "a" * 64, "d1", 1, "quarantined", "2026-11-24T00:00:00.000Z", "bad-chain")


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: type(payload).__name__)
def test_an_entry_comes_back_as_it_was(payload: Payload) -> None:
    made = entry(1, "0" * 64, payload)
    assert open_entry(seal(made, KEY), KEY.public_key()) == made


def test_a_receipt_comes_back_as_it_was() -> None:
    assert open_receipt(issue(RECEIPT, KEY), KEY.public_key()) == RECEIPT


def test_the_same_thing_is_signed_to_the_same_bytes() -> None:
    assert issue(RECEIPT, KEY) == issue(RECEIPT, KEY)
    assert seal(entry(1, "x"), KEY) == seal(entry(1, "x"), KEY)


def test_an_entry_signed_by_another_or_for_another_purpose_is_refused() -> None:
    made = entry(1, "0" * 64)
    for signed in (seal(made, OTHER), sign(KEY, "receipt", made)):
        with pytest.raises(SigningError, match="bad-signature"):
            open_entry(signed, KEY.public_key())
    with pytest.raises(SigningError, match="bad-signature"):
        open_receipt(sign(KEY, "entry", RECEIPT), KEY.public_key())


def test_fields_of_a_newer_writer_are_passed_over() -> None:
    body = json.loads(seal(entry(1, "0" * 64, CrossingRecorded(CROSSING)), KEY).body)
    body["weather"] = "mưa"
    body["payload"]["crossing"]["travellers"][0]["passes"] = [{"number": "1"}]
    assert open_entry(sign(KEY, "entry", body), KEY.public_key()) == entry(1, "0" * 64, CrossingRecorded(CROSSING))
    receipt = {**msgspec.to_builtins(RECEIPT), "shard": 7}
    assert open_receipt(sign(KEY, "receipt", receipt), KEY.public_key()) == RECEIPT


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body.pop("sequence"),
        lambda body: body.update(sequence="1"),
        lambda body: body["payload"].update(type="from-the-future"),
        lambda body: body.update(payload=None),
    ],
)
def test_what_is_signed_but_no_entry_is_malformed(spoil: Callable[[dict[str, object]], object]) -> None:
    body = json.loads(seal(entry(1, "0" * 64), KEY).body)
    spoil(body)
    with pytest.raises(SigningError, match="malformed"):
        open_entry(sign(KEY, "entry", body), KEY.public_key())


@given(st.text() | st.text('{}[]":,abc0123 \\').map(lambda text: "{" + text))
def test_any_text_is_read_or_refused(body: str) -> None:
    with pytest.raises(SigningError, match="malformed"):
        read_entry(body)
    with pytest.raises(SigningError):
        open_receipt(Signed(body, ""), KEY.public_key())


@given(
    st.text(max_size=60),
    st.integers(1),
    st.text(max_size=60),
    st.dictionaries(st.text(max_size=5), st.integers() | st.text()),
)
def test_whatever_people_type_survives_the_trip(
    name: str, sequence: int, reason: str, details: dict[str, int | str]
) -> None:
    who = msgspec.structs.replace(TRAVELLER, identity=Identity(name=name))
    crossing = msgspec.structs.replace(CROSSING, travellers=(who,), decision=Decision("turned-back", reason))
    for payload in (CrossingRecorded(crossing), Access("viewed", details)):
        made = Entry("i", "d", sequence, "t", -5, "o", None, "0", payload)
        try:
            signed = seal(made, KEY)
        except UnicodeEncodeError:
            continue
        assert open_entry(signed, KEY.public_key()) == made
