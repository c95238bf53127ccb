"""Whatever a device sends: one receipt each, the same again, nothing lost, never a 5xx."""

import gzip
import json
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
import requests
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from checkpoint_core.journal.payloads import Access, CrossingCorrected, ShiftClosed
from checkpoint_core.screening.model import Declaration, Place, Verdict
from checkpoint_core.signing import Signed, canonical, sign
from checkpoint_registry.intake.tables import CrossingVersion, Quarantined, StoredEntry, TravellerRow
from tests.registry.laptop import Laptop, crossing, recorded, traveller
from tests.registry.server import Served
from tests.registry.test_devices import error

NOTHING = Access("viewed")
WORLD = "0190f0e0-0000-7000-8000-"


@pytest.fixture
def laptop(registry: Served) -> Laptop:
    return Laptop(registry)


def stored(laptop: Laptop) -> int:
    with laptop.registry.engine.connect() as connection:
        count = select(func.count()).select_from(StoredEntry).where(StoredEntry.device == laptop.device)
        return connection.execute(count).scalar_one()


def outcomes(laptop: Laptop, *entries: Signed) -> list[tuple[str, str]]:
    return [(receipt.outcome, receipt.reason) for receipt in laptop.push(*entries)]


def reseal(laptop: Laptop, signed: Signed, **changes: object) -> Signed:
    """The same entry with its JSON changed, signed again by the same laptop."""
    return sign(laptop.key, "entry", json.loads(signed.body) | changes)


ACCEPTED = [("accepted", "")]


@pytest.mark.parametrize(
    ("encoding", "pack"), [("zstd", zstandard.compress), ("gzip", gzip.compress), ("identity", bytes), ("", bytes)]
)
def test_every_encoding_is_understood(laptop: Laptop, encoding: str, pack: type[bytes]) -> None:
    body = pack(msgspec.json.encode({"entries": [laptop.entry(NOTHING)]}))
    answer = laptop.http.post(f"{laptop.url}/v1/entries", data=body, headers={"Content-Encoding": encoding}, timeout=20)
    assert answer.status_code == 200
    assert len(answer.json()["receipts"]) == 1


@pytest.mark.parametrize(
    ("body", "encoding", "expected"),
    [
        (b"", "identity", (422, "malformed")),
        (b"<html>", "identity", (422, "malformed")),
        (b'{"entries": [{"body": "\\ud800", "signature": ""}]}', "identity", (422, "malformed")),
        (b'{"entries": [{"body": "x"}]}', "identity", (422, "malformed")),
        (b"[" * 100_000, "identity", (422, "malformed")),
        (b"not zstd", "zstd", (422, "malformed")),
        (zstandard.compress(b'{"entries": []}')[:-3], "zstd", (422, "malformed")),
        (b"not gzip", "gzip", (422, "malformed")),
        (gzip.compress(b"{}")[:-9], "gzip", (422, "malformed")),
        (b"{}", "br", (415, "unknown-encoding")),
        (zstandard.compress(b" " * 50_000_000), "zstd", (413, "too-large")),
        (gzip.compress(b" " * 50_000_000), "gzip", (413, "too-large")),
        (b" " * 2_000_001, "identity", (413, "too-large")),
    ],
)
def test_a_body_that_is_no_batch_is_refused(laptop: Laptop, body: bytes, encoding: str, expected: tuple[int, str]) -> None:
    answer = laptop.http.post(f"{laptop.url}/v1/entries", data=body, headers={"Content-Encoding": encoding}, timeout=20)
    assert error(answer) == expected
    assert outcomes(laptop, laptop.entry(NOTHING)) == ACCEPTED


def test_a_batch_of_too_many_is_refused(laptop: Laptop) -> None:
    assert error(laptop.post([Signed("", "")] * 1001)) == (413, "too-large")


def test_a_repeat_gets_the_same_receipt_byte_for_byte(laptop: Laptop) -> None:
    good, bad = laptop.entry(recorded()), Signed("{}", "")
    first = laptop.push_raw([good, bad, good])
    again = laptop.push_raw([bad, good])
    assert first == [again[1], again[0], again[1]]
    assert stored(laptop) == 1


def test_many_at_once_make_one_row_and_one_receipt(registry: Served, laptop: Laptop) -> None:
    batch = [laptop.entry(recorded(traveller(name="Ai"))) for _ in range(20)] + [Signed("{}", "x")]
    others = [Laptop(registry) for _ in range(8)]
    for other in others:
        other.http.headers["Authorization"] = laptop.http.headers["Authorization"]
    with ThreadPoolExecutor(len(others)) as pool:
        answers = list(pool.map(lambda other: other.push_raw(batch), others))
    assert all(answer == answers[0] for answer in answers)
    assert stored(laptop) == 20
    assert len(laptop.verifications()) == 20


def test_poison_is_quarantined_and_the_others_go_on(laptop: Laptop) -> None:
    stranger = Ed25519PrivateKey.generate()
    good = laptop.entry(NOTHING)
    forged = Signed(good.body, sign(stranger, "entry", {}).signature)
    other = Laptop(laptop.registry, enrolled=False)
    other.key = laptop.key
    for_receipt = sign(laptop.key, "receipt", json.loads(good.body))
    newer = reseal(laptop, good, payload={"type": "fingerprints-taken"}, id=f"{WORLD}000000000009")
    sent = [
        Signed("", ""), Signed("\0", "?"), Signed("[" * 200_000, good.signature), Signed(good.body, "ẩ"), forged,
        for_receipt, newer, other.entry(NOTHING), reseal(laptop, good, id="x"), reseal(laptop, good, sequence=2**63),
        reseal(laptop, good, sequence=0), reseal(laptop, good, at="yesterday"), reseal(laptop, good, officer="a\0b"),
        reseal(laptop, good, at="9999-12-31T23:59:59Z", clock_offset_ms=2**62), reseal(laptop, good, previous="x"), good,
    ]  # fmt: skip
    reasons = [
        "malformed", "malformed", "malformed", "malformed", "bad-signature", "bad-signature",
        "unknown-kind", "wrong-device", "malformed", "malformed", "malformed", "malformed", "malformed", "malformed",
        "malformed", "",
    ]  # fmt: skip
    got = outcomes(laptop, *sent)
    assert [reason for _, reason in got][:2] == ["malformed", "malformed"] or got[0][1] == "bad-signature"
    assert [reason for _, reason in got][4:] == reasons[4:]
    assert got[-1] == ("accepted", "")


def test_an_id_with_other_bytes_is_quarantined_and_both_are_kept(laptop: Laptop) -> None:
    first = laptop.entry(NOTHING)
    other = reseal(laptop, first, officer="somebody else")
    assert outcomes(laptop, first, other) == [("accepted", ""), ("quarantined", "id-reused")]
    assert outcomes(laptop, other, first) == [("quarantined", "id-reused"), ("accepted", "")]
    with laptop.registry.engine.connect() as connection:
        kept = connection.execute(select(Quarantined.body).where(Quarantined.device == laptop.device)).scalar_one()
    assert kept.decode() == other.body


def test_a_place_with_other_bytes_is_quarantined(laptop: Laptop) -> None:
    first = laptop.entry(NOTHING)
    other = reseal(laptop, first, id=f"{WORLD}00000000000a")
    assert outcomes(laptop, first) + outcomes(laptop, other) == [("accepted", ""), ("quarantined", "sequence-reused")]


def test_another_devices_id_is_reused(registry: Served, laptop: Laptop) -> None:
    first, thief = laptop.entry(NOTHING), Laptop(registry)
    laptop.push(first)
    stolen = thief.entry(NOTHING, id=json.loads(first.body)["id"])
    assert outcomes(thief, stolen) == [("quarantined", "id-reused")]


def test_the_chain_is_held_against_whatever_neighbours_are_here(laptop: Laptop) -> None:
    entries = [laptop.entry(recorded()) for _ in range(4)]
    assert outcomes(laptop, entries[2], entries[0], entries[3], entries[1]) == ACCEPTED * 4
    astray = laptop.entry(recorded(), previous="f" * 64)
    after = laptop.entry(NOTHING)
    assert outcomes(laptop, astray, after) == [("quarantined", "bad-chain"), ("accepted", "")]
    assert outcomes(laptop, astray) == [("quarantined", "bad-chain")]
    with laptop.registry.engine.connect() as connection:
        query = select(StoredEntry.chain, CrossingVersion.current).join(CrossingVersion)
        rows = connection.execute(query.where(StoredEntry.digest == astray.digest)).all()
    assert [tuple(row) for row in rows] == [("broken", True)]


def test_the_later_comer_breaks_the_chain(laptop: Laptop) -> None:
    first = laptop.entry(NOTHING)
    second = laptop.entry(NOTHING, previous="e" * 64)
    assert outcomes(laptop, second) == ACCEPTED
    assert outcomes(laptop, first) == [("quarantined", "bad-chain")]
    assert outcomes(Laptop(laptop.registry), *[]) == []


def test_a_first_entry_chains_to_nothing(laptop: Laptop) -> None:
    assert outcomes(laptop, laptop.entry(NOTHING, previous="d" * 64)) == [("quarantined", "bad-chain")]


def test_text_that_a_database_hates_is_stored_all_the_same(laptop: Laptop) -> None:
    long = "ữ" * 5000
    place = Place("x", long)
    declared = Declaration(origin=place, destinations=(place, Place("y", "c:\0 1"), Place("z")))
    person = msgspec.structs.replace(
        traveller(name=f"A\0{long}", number="0\0" + long, birth_date="1990-13"), declaration=declared
    )
    nasty = recorded(msgspec.structs.replace(person, verdict=Verdict("stop", (), 0)), plate="\0" + long, vehicle="😀")
    closed = ShiftClosed(-(2**62), {"in/\0admitted": 2**62, "x" * 1000: -1})
    sent = [
        laptop.entry(nasty),
        laptop.entry(CrossingCorrected("\0" + long, long, crossing())),
        laptop.entry(closed, shift="s"),
    ]
    assert outcomes(laptop, *sent) == ACCEPTED * 3
    with laptop.registry.engine.connect() as connection:
        query = select(TravellerRow.destination_units, TravellerRow.verdict).where(TravellerRow.origin_unit == long[:300])
        assert [tuple(row) for row in connection.execute(query)] == [([long[:300], "c: 1"], "stop")]


def test_a_back_dated_crossing_happened_when_it_did(laptop: Laptop) -> None:
    entries = [
        laptop.entry(recorded(happened_at="2026-01-02T03:04:05+07:00"), at="2026-05-01T00:00:00Z"),
        laptop.entry(recorded(), at="2026-05-01T00:00:00Z", clock_offset_ms=3_600_000),
        laptop.entry(recorded(happened_at="whenever"), at="2026-05-01T00:00:00Z"),
    ]
    assert outcomes(laptop, *entries) == ACCEPTED * 3
    with laptop.registry.engine.connect() as connection:
        query = select(CrossingVersion.at).where(CrossingVersion.device == laptop.device).order_by(CrossingVersion.sequence)
        assert [at.isoformat()[:16] for at in connection.execute(query).scalars()] == [
            "2026-01-01T20:04", "2026-05-01T01:00", "2026-05-01T00:00",
        ]  # fmt: skip


@given(body=st.binary(max_size=300), encoding=st.sampled_from(["identity", "zstd", "gzip", "x"]))
@settings(max_examples=60, deadline=None)
def test_no_bytes_bring_the_registry_down(shared: Laptop, body: bytes, encoding: str) -> None:
    answer = shared.http.post(f"{shared.url}/v1/entries", data=body, headers={"Content-Encoding": encoding}, timeout=20)
    assert error(answer)[0] in {413, 415, 422}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("id", "device", "sequence", "at", "clock_offset_ms", "officer", "shift", "previous", "payload", "format")


@example(field="sequence", value=True, extra={})  # Python's True is an int; JSON's is not
@given(
    field=st.sampled_from(FIELDS), value=json_values, extra=st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=1)
)
@settings(max_examples=80, deadline=None)
def test_every_signed_json_gets_a_receipt(shared: Laptop, field: str, value: object, extra: dict[str, object]) -> None:
    start = (shared.sequence, shared.previous)
    entry = json.loads(shared.entry(recorded(traveller(name="Ai"))).body)
    shared.sequence, shared.previous = start
    try:
        bent = sign(shared.key, "entry", entry | {field: value} | extra)
    except UnicodeEncodeError:  # no laptop can sign half a character
        return
    [receipt] = shared.push(bent)
    assert receipt.digest == bent.digest


@given(text=st.text(max_size=50), signature=st.text(max_size=100))
@settings(max_examples=60, deadline=None)
def test_every_text_gets_a_receipt(shared: Laptop, text: str, signature: str) -> None:
    [receipt] = shared.push(Signed(text, signature))
    assert (receipt.outcome, receipt.device) == ("quarantined", shared.device)


@pytest.fixture(scope="module")
def shared(registry: Served) -> Laptop:
    return Laptop(registry)


def test_answers_are_compressed_for_those_who_ask(laptop: Laptop) -> None:
    entries = [laptop.entry(NOTHING) for _ in range(10)]
    plain = laptop.post(entries, **{"Accept-Encoding": "identity"})
    packed = laptop.post(entries, **{"Accept-Encoding": "zstd"})
    assert packed.headers["Content-Encoding"] == "zstd"
    unpacked = packed.content if packed.content[:1] == b"{" else zstandard.decompress(packed.content)
    assert unpacked == plain.content


def test_canonical_text_is_what_is_stored(laptop: Laptop) -> None:
    signed = laptop.entry(NOTHING)
    assert canonical(json.loads(signed.body)) == signed.body
    assert isinstance(laptop.post([signed]), requests.Response)
