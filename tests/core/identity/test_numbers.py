"""Personal numbers, ages, phones and plates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_core.identity import (
    Finding,
    NumberFacts,
    age_on,
    number_facts,
    phone_number,
    plate_number,
    registration_places,
)


def test_where_births_were_registered() -> None:
    places = registration_places()
    assert len(places) == 63 + 195
    assert (places["001"], places["036"], places["079"]) == ("Hà Nội", "Nam Định", "Hồ Chí Minh")
    assert all(code in places for code in map(str, range(101, 296)))


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        ("001190000017", NumberFacts("female", 1990, "Hà Nội")),
        ("079203000025", NumberFacts("male", 2003, "Hồ Chí Minh")),
        ("999999000017", NumberFacts("female", 2399, None)),
        ("******000017", None),
        ("00119000001", None),
        ("００１１９０００００１７", None),
    ],
)
def test_what_a_number_tells(number: str, facts: NumberFacts | None) -> None:
    assert number_facts(number) == facts


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("1990-11-24", 36),
        ("1990-11-25", 35),
        ("2000-02-29", 26),
        ("1990", 36),
        ("1990-12", 35),
        ("2026-11-24", 0),
        ("2027", None),
        ("", None),
        ("1990-**", None),
    ],
)
def test_age(born: str, age: int | None) -> None:
    assert age_on(born, date(2026, 11, 24)) == age


@pytest.mark.parametrize("text", ["0912345678", "0912 345 678", "+84 912.345.678", "84912345678", " 0912-345-678 "])
def test_phones_become_e164(text: str) -> None:
    assert phone_number(text) == "+84912345678"


@pytest.mark.parametrize("text", ["", "0123", "01234567890", "abc", "0" * 300, "\0", "９" * 10])
def test_what_is_no_phone_is_a_finding(text: str) -> None:
    assert phone_number(text) == Finding("phone-invalid", "phone", "error")


@given(st.text())
def test_no_text_makes_phones_or_plates_raise(text: str) -> None:
    phone_number(text)
    plate, _ = plate_number(text)
    assert plate_number(plate)[0] == plate


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("51F-123.45", "51F12345"),
        ("29-B1 123.45", "29B112345"),
        ("29-AA 123.45", "29AA12345"),
        ("30a 1234", "30A1234"),
        ("51R-123.45", "51R12345"),
        ("51LD-123.45", "51LD12345"),
        ("29MĐ1-234.56", "29MĐ123456"),
        ("80-NG-123-45", "80NG12345"),
        ("80 011 NG 01", "80011NG01"),
        ("TM-12-34", "TM1234"),
        ("T29-123.45", "T2912345"),
    ],
)
def test_plates_are_normalised(text: str, plate: str) -> None:
    assert plate_number(text) == (plate, None)


@pytest.mark.parametrize("text", ["", "ABC", "09A-123.45", "51F-12", "12345678"])
def test_an_odd_plate_warns_and_is_kept(text: str) -> None:
    plate, finding = plate_number(text)
    assert finding == Finding("plate-odd", "plate", "warning")
    assert plate == "".join(character for character in text if character.isalnum())
