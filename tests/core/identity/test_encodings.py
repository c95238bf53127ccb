"""Vietnamese text survives the encodings that readers, keyboards and spreadsheets put it through, or is flagged."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_core.identity import Reading, read
from checkpoint_core.practice import Person, card_text, person

GUESSES = ("big5", "cp950", "big5hkscs", "cp932", "shift_jis", "gb18030", "cp1252", "latin-1", "cp1258", "cp437", "euc_jp")
invented = st.integers(0, 200_000).map(lambda index: person(8, index))


def codes(reading: Reading) -> set[str]:
    return {one.code for one in reading.findings}


def misread(text: str, guess: str) -> str:
    """`text` word by word as a reader shows it that takes UTF-8 for `guess`; words it cannot take so stay."""
    return " ".join(_misread_word(word, guess) for word in text.split(" "))


def _misread_word(word: str, guess: str) -> str:
    try:
        return word.encode().decode(guess)
    except UnicodeDecodeError:
        return word


@given(invented, st.sampled_from(GUESSES))
def test_a_wrong_guess_is_undone_or_flagged_never_passed_on(one: Person, guess: str) -> None:
    spoiled = card_text(one).replace(one.name, misread(one.name, guess))
    reading = read(spoiled)
    assert reading.identity is not None
    if reading.identity.name == one.name:
        assert codes(reading) <= {"mojibake-repaired"}
    else:
        assert codes(reading) & {"mojibake", "name-characters"}


@given(invented, st.sampled_from(("big5", "cp932", "latin-1")))
def test_zbar_and_keyboards_are_undone(one: Person, guess: str) -> None:
    reading = read(card_text(one).replace(one.name, misread(one.name, guess)))
    assert reading.identity is not None
    assert reading.identity.name == one.name


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Tr廕吵 Th羅y H\uf6c0\uf6b1ng", "Trần Thùy Hương"),
        ("Phan Ph\uf6c0\uf6b1ng H廕》h", "Phan Phương Hạnh"),
        ("Tr\uf6c0\uf6b1ng Xu璽n Ngh藺a", "Trương Xuân Nghĩa"),
    ],
)
def test_what_zbar_made_of_invented_names_in_real_codes(shown: str, name: str) -> None:
    reading = read(f"001190000017||{shown}|05091990|Nữ|Xã Mẫu, Hà Nội|10052021")
    assert reading.identity is not None
    assert reading.identity.name == name
    assert codes(reading) == {"mojibake-repaired"}


def test_a_code_spoiled_as_a_whole_is_restored_as_a_whole() -> None:
    card = "001190000017|012345678|Nguyễn Thị Thả|05091990|Nữ|Xã Mẫu, Hà Nội|10052021"
    reading = read(card.encode().decode("latin-1"))
    assert reading.identity == read(card).identity
    assert ("mojibake-repaired", "text") in {(one.code, one.field) for one in reading.findings}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@given(one=invented)
def test_other_encodings_are_tried_where_they_make_sense(encoding: str, one: Person) -> None:
    text = card_text(one)
    data = _cp1258(text) if encoding == "cp1258" else text.encode(encoding)
    reading = read(data)
    assert reading.identity == read(text).identity
    assert codes(reading) == ({"encoding"} if data != text.encode() else set())


def _cp1258(text: str) -> bytes:
    """cp1258 has the tones as marks of their own, after letters that keep their shape."""
    toned = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in parts[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
        toned.append(unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + "".join(tones))
    return "".join(toned).encode("cp1258")


def test_one_damaged_byte_spoils_one_field_and_is_said() -> None:
    data = "001190000017||Nguyễn Thị Thử|05091990|Nữ|Xã Mẫu, Hà Nội|10052021".encode()
    place = data.index("ễ".encode())
    reading = read(data[: place + 1] + b"\x7f" + data[place + 2 :])
    assert reading.identity is not None
    assert reading.identity.number == "001190000017"
    assert reading.identity.address == "Xã Mẫu, Hà Nội"
    assert {"encoding", "mojibake"} <= codes(reading)


def test_text_that_a_terminal_escaped_is_bytes_again() -> None:
    card = "001190000017||Nguyễn Thị Thử|05091990|Nữ|Xã Mẫu, Hà Nội|10052021"
    assert read(card.encode().decode("ascii", "surrogateescape")).identity == read(card).identity


@pytest.mark.parametrize("name", ["Y Blôk Êban", "H'Hen Niê", "K’Brêu", "Đặng Ngọc Thảo-Vy", "Siu Ƀlil", "Rơ Chăm Nŏ"])
def test_names_of_all_peoples_of_the_country_are_ordinary(name: str) -> None:
    reading = read(f"066190000017||{name}|05091990|Nữ|Xã Mẫu, Đắk Lắk|10052021")
    assert reading.findings == ()
    assert reading.identity is not None
    assert reading.identity.name == unicodedata.normalize("NFC", name)


def test_controls_inside_are_dropped_and_said() -> None:
    reading = read("0011\x0090000017||Nguyễn\u200b Thị Thử|05091990|Nữ|Xã Mẫu, Hà Nội|10052021")
    assert reading.identity is not None
    assert reading.identity.name == "Nguyễn Thị Thử"
    assert "control-characters" in codes(reading)
