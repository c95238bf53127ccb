"""Whatever a code holds, `read` says what it is and what is wrong with it, and never raises."""

import unicodedata

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checkpoint_core.identity import FINDING_CODES, Identity, Reading, inspection, read

CARD = "001190000017|012345678|Nguyễn Thị Thử|05091990|Nữ|Số 12, Đường Giả Định, Phường Mẫu, Quận Ví Dụ, Hà Nội|10052021"
MASKED = "******000017|NGUYEN THI THU|1990-**-**|0|162900000000000001|<2<<<"
TD1 = "IDVNM1900000174001190000017<<5\n9009051F3009059VNM<<<<<<<<<<<4\nNGUYEN<<THI<THU<<<<<<<<<<<<<<<"
TD3 = "P<VNMNGUYEN<<THI<THU<<<<<<<<<<<<<<<<<<<<<<<<\nC1234567<0VNM9009051F3301018012345678<<<<<46"
NAME, PLACE = "Nguyễn Thị Thử".encode().hex(), "Phường Mẫu, Hà Nội".encode().hex()
INSURANCE = f"DN4010000000017|{NAME}|05/09/1990|2|{PLACE}|01 - 000|01/01/2021|31/12/2021"


def codes(reading: Reading) -> set[tuple[str, str]]:
    return {(one.code, one.field) for one in reading.findings}


def is_sound(reading: Reading) -> bool:
    """A reading can be kept and shown: it encodes, its findings are of the closed list, unknown means nobody."""
    msgspec.json.encode(reading)
    return all(one.code in FINDING_CODES for one in reading.findings) and (reading.kind == "unknown") == (
        reading.identity is None
    )


@given(st.text() | st.binary())
@example(b"\xff\xfe0\x000\x00")
@example("\ud800|\udfff|\x00")
@example("|" * 7_000)
@example("<" * 90)
@example("P<<<<<<<<<<<<<<")
@example("1" * 7_089)
@example("x" + "\0" * 200 + "x")  # what a pattern looking for the last run would never finish
def test_nothing_makes_it_raise(data: str | bytes) -> None:
    assert is_sound(read(data))


@given(st.sampled_from((CARD, CARD + "||||", MASKED, TD1, TD3, INSURANCE)), st.data())
def test_a_changed_character_never_raises(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + data.draw(st.characters(codec=None)) + text[place + 1 :]
    assert is_sound(read(changed))


@pytest.mark.parametrize("text", [CARD, CARD + "||||", MASKED, TD1, TD3, INSURANCE])
def test_every_truncation_is_read_or_refused(text: str) -> None:
    for length in range(len(text)):
        assert is_sound(read(text[:length]))
        assert is_sound(read(text.encode()[:length]))


@pytest.mark.parametrize(
    "spoiled",
    [
        "\ufeff" + CARD,
        CARD + "\r\n",
        CARD + "\0",
        "\0" + CARD + "\0\0",
        f"  {CARD}\n",
        unicodedata.normalize("NFD", CARD),
        CARD.encode(),
    ],
)
def test_what_surrounds_a_card_does_not_matter(spoiled: str | bytes) -> None:
    reading = read(spoiled)
    assert reading.kind == "cccd"
    assert reading.identity == read(CARD).identity
    assert reading.findings == ()


def test_a_card_with_all_its_parts() -> None:
    assert inspection(read(CARD)) == {
        "kind": "cccd",
        "identity": {
            "number": "001190000017",
            "old_number": "012345678",
            "name": "Nguyễn Thị Thử",
            "birth_date": "1990-09-05",
            "sex": "female",
            "address": "Số 12, Đường Giả Định, Phường Mẫu, Quận Ví Dụ, Hà Nội",
            "issued": "2021-05-10",
            "nationality": None,
            "document_number": None,
            "expires": None,
            "father": None,
            "mother": None,
            "phone": None,
        },
        "findings": [],
    }
    assert inspection(read("hello"))["identity"] is None


@pytest.mark.parametrize(
    ("text", "kind", "number", "old_number"),
    [
        ("001190000017", "personal-number", "001190000017", None),
        (" 001 190 000 017\n", "personal-number", "001190000017", None),
        ("001.190.000.017", "personal-number", "001190000017", None),
        ("CCCD: 001190000017", "personal-number", "001190000017", None),
        ("０01190000017", "personal-number", "001190000017", None),
        ("012345678", "cmnd", None, "012345678"),
        ("012 345 678", "cmnd", None, "012345678"),
        ("CMND 012345678", "cmnd", None, "012345678"),
    ],
)
def test_numbers_typed_by_hand(text: str, kind: str, number: str | None, old_number: str | None) -> None:
    reading = read(text)
    assert reading.kind == kind
    assert reading.identity is not None
    assert (reading.identity.number, reading.identity.old_number) == (number, old_number)


def test_a_typed_number_tells_sex_and_birth_year_and_says_that_it_did() -> None:
    reading = read("001190000017")
    assert reading.identity is not None
    assert (reading.identity.sex, reading.identity.birth_date) == ("female", "1990")
    assert {("from-number", "sex"), ("from-number", "birth_date")} <= codes(reading)


def test_a_typed_number_of_the_next_century_tells_nothing_but_warns() -> None:
    reading = read("001490000017")
    assert reading.identity == Identity(number="001490000017")
    assert codes(reading) == {("number-century", "number")}


def test_a_masked_number_keeps_its_mask() -> None:
    reading = read("******000017")
    assert reading.identity == Identity(number="******000017")
    assert codes(reading) == {("number-masked", "number")}


def test_a_file_dropped_by_mistake_is_too_long_and_not_kept_whole() -> None:
    reading = read(b"\x00\xff" * 4_000_000)
    assert ("too-long", "text") in codes(reading)
    assert len(reading.raw) < 50_000


@pytest.mark.parametrize("text", ["00119000001", "0011900000178", "12345"])
def test_a_number_of_a_wrong_length_is_nobody_and_says_so(text: str) -> None:
    reading = read(text)
    assert reading.identity is None
    assert ("number-length", "number") in codes(reading)


def test_an_old_number_that_two_people_were_given() -> None:
    assert ("old-number-shared", "old_number") in codes(read("271450099"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("\0\ufeff\r\n", "empty"),
        ("x" * 7_000, "too-long"),
        ("https://example.org/a?b", "looks-like-url"),
        ("example.vn/tokhai", "looks-like-url"),
        ("M1NGUYEN/THITHU       EABC123 SGNHANVN 0123 123Y012A0001 100", "looks-like-boarding-pass"),
        ("HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE", "looks-like-certificate"),
        ("BEGIN:VCARD\nFN:A\nEND:VCARD", "looks-like-contact"),
        ("WIFI:S:net;T:WPA;P:x;;", "looks-like-wifi"),
        ("00020101021138540010A00000072701240006970436", "looks-like-payment"),
        ('{"a": 1}', "looks-like-data"),
        ("8934563138165", "looks-like-product"),
        ("0912345678", "looks-like-phone"),
        ("51F-123.45", "looks-like-plate"),
        ("C1234567", "looks-like-passport-number"),
        ("xin chào", "unrecognised"),
        (bytes(range(128, 256)) * 3, "looks-like-binary"),
    ],
)
def test_a_code_that_names_nobody_is_called_what_it_looks_like(text: str | bytes, code: str) -> None:
    reading = read(text)
    assert reading.kind == "unknown"
    assert code in {one.code for one in reading.findings}
    assert read(CARD).kind == "cccd"


@given(st.text(st.characters(codec=None)) | st.binary(), st.sampled_from((CARD, MASKED, INSURANCE)), st.integers(0, 8))
def test_what_a_field_holds_never_reaches_the_journal_with_controls(data: str | bytes, text: str, place: int) -> None:
    hostile = data.hex() if isinstance(data, bytes) else data
    parts = text.split("|")
    parts[place % len(parts)] = hostile
    held = read("|".join(parts)).identity
    for value in msgspec.structs.astuple(held) if held else ():
        assert value is None or not set(value) & {"\0", "\x1b", "\x7f", "\ufeff"}
