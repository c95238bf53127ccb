"""The machine-readable zone: every check digit, both layouts, typed or read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_core.identity import Identity, Reading, check_digit, read
from checkpoint_core.practice import Person, mrz, person

TD1 = ("IDVNM1900000174001190000017<<5", "9009051F3009059VNM<<<<<<<<<<<4", "NGUYEN<<THI<THU<<<<<<<<<<<<<<<")
TD3 = ("P<VNMNGUYEN<<THI<THU<<<<<<<<<<<<<<<<<<<<<<<<", "C1234567<0VNM9009051F3301018001190000017<<58")
invented = st.integers(0, 200_000).map(lambda index: person(4, index))


def codes(reading: Reading) -> set[tuple[str, str]]:
    return {(one.code, one.field) for one in reading.findings}


def test_check_digits_as_icao_prints_them() -> None:
    assert (check_digit("520727"), check_digit("AB2134<<<"), check_digit("<<<<<<")) == ("3", "5", "0")


def test_the_back_of_an_identity_card() -> None:
    reading = read("\n".join(TD1))
    assert (reading.kind, reading.findings) == ("mrz-td1", ())
    assert reading.identity == Identity(
        number="001190000017",
        name="NGUYEN THI THU",
        birth_date="1990-09-05",
        sex="female",
        nationality="VNM",
        document_number="190000017",
        expires="2030-09-05",
    )


def test_a_passport() -> None:
    reading = read("\n".join(TD3))
    assert (reading.kind, codes(reading)) == ("mrz-td3", {("unverified-extras", "extras")})
    assert reading.identity is not None
    assert (reading.identity.number, reading.identity.document_number) == ("001190000017", "C1234567")


def test_a_passport_with_the_old_number() -> None:
    reading = read(TD3[0] + "\nC1234567<0VNM9009051F3301018012345678<<<<<46")
    assert reading.identity is not None
    assert (reading.identity.number, reading.identity.old_number) == (None, "012345678")


def test_a_foreign_passport_as_icao_prints_it() -> None:
    reading = read("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10")
    assert (reading.kind, reading.findings) == ("mrz-td3", ())
    assert reading.identity == Identity(
        name="ERIKSSON ANNA MARIA",
        birth_date="1974-08-12",
        sex="female",
        nationality="UTO",
        document_number="L898902C3",
        expires="2012-04-15",
    )


@pytest.mark.parametrize("written", ["\r\n".join(TD1), "".join(TD1), "\n\n".join(TD1).lower(), " \n".join(TD1) + "\n"])
def test_lines_apart_or_run_together(written: str) -> None:
    assert read(written).identity == read("\n".join(TD1)).identity
    assert read(written).findings == ()


def test_fillers_after_the_names_need_not_be_typed() -> None:
    assert read("\n".join((TD1[0], TD1[1], TD1[2].rstrip("<")))).findings == ()
    assert read("\n".join((TD3[0].rstrip("<"), TD3[1]))).identity == read("\n".join(TD3)).identity


@given(invented, st.data())
def test_a_changed_digit_is_noticed(one: Person, data: st.DataObject) -> None:
    first, second, third = mrz(one)
    place = data.draw(st.integers(0, 59).filter(lambda at: (first + second)[at].isdigit()))
    digits = first + second
    other = str((int(digits[place]) + data.draw(st.integers(1, 9))) % 10)
    changed = digits[:place] + other + digits[place + 1 :]
    reading = read("\n".join((changed[:30], changed[30:], third)))
    assert {"check-digit", "date-invalid", "number-differs"} & {one.code for one in reading.findings}


@pytest.mark.parametrize(
    ("place", "digit", "field"),
    [(14, "5", "document_number"), (29, "6", "number"), (36, "2", "birth_date"), (44, "8", "expires"), (59, "5", "text")],
)
def test_each_check_digit_names_its_field(place: int, digit: str, field: str) -> None:
    run = "".join(TD1)
    assert ("check-digit", field) in codes(read(run[:place] + digit + run[place + 1 :]))


def test_a_short_zone_is_said_to_be_short() -> None:
    assert ("mrz-length", "text") in codes(read("\n".join((TD1[0], TD1[1][:20], TD1[2]))))
    assert ("mrz-length", "text") in codes(read("".join(TD3)[:70]))


@pytest.mark.parametrize(("birth", "year"), [("300101", "1930"), ("270101", "2027"), ("990101", "1999")])
def test_the_century_comes_from_the_expiry_where_there_is_no_number(birth: str, year: str) -> None:
    second = f"L898902C36UTO{birth}{check_digit(birth)}F3204155<<<<<<<<<<<<<<<0"
    reading = read(f"{TD3[0]}\n{second}")
    assert reading.identity is not None
    assert (reading.identity.birth_date or "")[:4] == year


def test_a_century_that_nothing_tells() -> None:
    second = "L898902C36UTO7408122F<<<<<<0ZE184226B<<<<<10"
    assert ("century-unknown", "birth_date") in codes(read(f"{TD3[0]}\n{second}"))
