"""The two identity cards, the personal QR of Decision 1405 and the health-insurance card, as the field has them."""

import pytest

from checkpoint_core.identity import Identity, Reading, read

CARD = ("001190000017", "012345678", "Nguyễn Thị Thử", "05091990", "Nữ", "Số 12, Phường Mẫu, Quận Ví Dụ, Hà Nội", "10052021")
NUMBER, OLD, NAME, BIRTH, SEX, ADDRESS, ISSUED = range(7)


def card(*extras: str, **parts: str) -> str:
    places = {"number": NUMBER, "old": OLD, "name": NAME, "birth": BIRTH, "sex": SEX, "address": ADDRESS, "issued": ISSUED}
    changed = list(CARD)
    for part, value in parts.items():
        changed[places[part]] = value
    return "|".join((*changed, *extras))


def found(reading: Reading) -> set[tuple[str, str, str]]:
    return {(one.code, one.field, one.severity) for one in reading.findings}


def identity(text: str) -> Identity:
    reading = read(text)
    assert reading.identity is not None
    return reading.identity


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (6, {("missing", "issued", "note")}),
        (5, {("cut-short", "text", "warning"), ("missing", "address", "warning"), ("missing", "issued", "note")}),
    ],
)
def test_a_missing_tail_is_named(parts: int, expected: set[tuple[str, str, str]]) -> None:
    reading = read("|".join(CARD[:parts]))
    assert reading.kind == "cccd"
    assert found(reading) == expected
    assert identity("|".join(CARD[:parts])).name == "Nguyễn Thị Thử"


def test_a_birth_date_cut_in_the_middle_is_not_a_year() -> None:
    reading = read("|".join((*CARD[:3], "1903")))
    assert reading.identity is not None
    assert reading.identity.birth_date is None
    assert ("date-invalid", "birth_date", "error") in found(reading)


@pytest.mark.parametrize("prefix", ["CCCD:", "CCCD: ", "Số CCCD ", "]Q1", "\x02", "CCCD 2021: ", "!"])
def test_junk_before_the_number(prefix: str) -> None:
    text = prefix + card()
    assert identity(text) == identity(card())
    assert {code for code, *_ in found(read(text))} <= {"junk-before"}


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("01190000017", "number-length"),
        ("0011900000171", "number-length"),
        ("00119000001O", "number-characters"),
        ("", "missing"),
        ("１２３４５６７８９０１２", "number-characters"),
    ],
)
def test_a_bad_number_leaves_the_rest_usable(number: str, code: str) -> None:
    reading = read(card(number=number))
    assert reading.kind == "cccd"
    assert (code, "number", "error") in found(reading)
    assert reading.identity is not None
    assert reading.identity.number is None
    assert reading.identity.birth_date == "1990-09-05"


@pytest.mark.parametrize("birth", ["31021990", "00131990", "29021991", "05.09", "abcdefgh", "05090000"])
def test_a_day_that_never_was(birth: str) -> None:
    reading = read(card(birth=birth))
    assert ("date-invalid", "birth_date", "error") in found(reading)
    assert identity(card(birth=birth)).birth_date is None
    assert identity(card(birth=birth)).name == "Nguyễn Thị Thử"


@pytest.mark.parametrize(
    ("birth", "iso"),
    [
        ("05091990", "1990-09-05"),
        ("05/09/1990", "1990-09-05"),
        ("5-9-1990", "1990-09-05"),
        ("1990-09-05", "1990-09-05"),
        ("1990", "1990"),
        ("00001990", "1990"),
        ("00091990", "1990-09"),
        ("09/1990", "1990-09"),
    ],
)
def test_dates_in_all_their_forms(birth: str, iso: str) -> None:
    assert identity(card(birth=birth)).birth_date == iso


def test_issued_before_birth() -> None:
    assert ("issued-before-birth", "issued", "warning") in found(read(card(issued="10051989")))


@pytest.mark.parametrize(("sex", "value"), [("nữ", "female"), ("NAM", "male"), ("Nu\u031b\u0303", "female"), ("Khác", None)])
def test_sex_however_written(sex: str, value: str | None) -> None:
    assert identity(card(sex=sex)).sex == value
    assert (("sex-invalid", "sex", "error") in found(read(card(sex=sex)))) == (value is None)


@pytest.mark.parametrize("old", ["12345678", "1234567890", "012345678901", "không"])
def test_an_odd_old_number_is_kept_as_it_is(old: str) -> None:
    assert identity(card(old=old)).old_number == old
    assert found(read(card(old=old))) == {("old-number-odd", "old_number", "note")}


@pytest.mark.parametrize(
    "address", ["KDC, - Giả Lập 1 , Xã Thử,, Huyện Mẫu, Đồng Nai", ", Xã Thử, Đồng Nai", "Xã Thử, Đồng Nai,"]
)
def test_a_dirty_address_is_kept_and_noted(address: str) -> None:
    assert identity(card(address=address)).address == address
    assert found(read(card(address=address))) == {("address-untidy", "address", "note")}


@pytest.mark.parametrize("name", ["Nguyễn Thị 😀", "Nguyễn Th1 Thử", "Nguyễn_Thị", "<b>Thử</b>"])
def test_a_name_with_what_no_name_has(name: str) -> None:
    assert ("name-characters", "name", "warning") in found(read(card(name=name)))
    assert identity(card(name=name)).name == name


def test_another_script_in_a_name_is_a_reading_fault() -> None:
    assert ("mojibake", "name", "warning") in found(read(card(name="Nguyễn 廙軟 \ue000ﾝ")))


@pytest.mark.parametrize(
    ("parts", "code", "field"),
    [
        ({"sex": "Nam"}, "number-sex-mismatch", "sex"),
        ({"birth": "05091991"}, "number-birth-mismatch", "birth_date"),
        ({"number": "003190000017"}, "number-province-unknown", "number"),
        ({"number": "296190000017"}, "number-province-unknown", "number"),
        ({"number": "001590000017"}, "number-birth-mismatch", "birth_date"),
    ],
)
def test_a_number_that_the_card_contradicts_warns(parts: dict[str, str], code: str, field: str) -> None:
    assert found(read(card(**parts))) == {(code, field, "warning")}
    assert identity(card(**parts)).number is not None


def test_a_birth_registered_abroad_is_ordinary() -> None:
    assert read(card(number="139190000017")).findings == ()


def test_the_new_card_of_an_adult() -> None:
    reading = read(card("", "", "", "", issued="02082024"))
    assert (reading.kind, reading.findings) == ("can-cuoc", ())
    assert read(card(issued="02082024")).kind == "can-cuoc"
    assert read(card("", issued="10052021")).kind == "cccd"


def test_extras_go_by_their_content_and_are_unverified() -> None:
    text = card("Lê Văn Cha", "001190999999", "Phạm Thị Mẹ", "", old="", issued="15092024")
    reading = read(text)
    assert reading.kind == "can-cuoc"
    assert found(reading) == {("unverified-extras", "extras", "note")}
    told = identity(text)
    assert (told.father, told.mother, told.old_number) == ("Lê Văn Cha", "Phạm Thị Mẹ", "001190999999")


def test_a_layout_that_the_date_of_issue_contradicts() -> None:
    assert found(read(card("", "", "", ""))) == {("layout-date-mismatch", "issued", "warning")}


def test_more_parts_than_any_card_has() -> None:
    assert ("too-many-parts", "text", "warning") in found(read(card(*"abcdef", issued="02082024")))


FULL = "001190000017|NGUYEN THI THU|1990-09-05|0|162900000000000001|<2<<0912345678<"
MASKED = "******000017|NGUYEN THI THU|1990-**-**|0|162900000000000001|<2<<<"


def test_pc_covid_in_full() -> None:
    reading = read(FULL)
    assert (reading.kind, reading.findings) == ("pc-covid", ())
    assert reading.identity == Identity(
        number="001190000017", name="NGUYEN THI THU", birth_date="1990-09-05", sex="female", phone="+84912345678"
    )


def test_pc_covid_masked_keeps_the_mask() -> None:
    reading = read(MASKED)
    assert reading.kind == "pc-covid"
    assert reading.identity == Identity(number="******000017", name="NGUYEN THI THU", birth_date="1990", sex="female")
    assert found(reading) == {("number-masked", "number", "warning"), ("date-partial", "birth_date", "note")}


@pytest.mark.parametrize(
    ("document", "field"), [("******678", "old_number"), ("C1234567", "document_number"), ("******67", "document_number")]
)
def test_pc_covid_of_other_papers(document: str, field: str) -> None:
    assert getattr(identity(MASKED.replace("******000017", document)), field) == document


def test_pc_covid_declared_by_another() -> None:
    assert ("declared-by-other", "text", "note") in found(read(FULL.replace("|0|", "|1|")))


def test_six_parts_of_a_card_are_no_pc_covid() -> None:
    assert read("|".join(CARD[:6])).kind == "cccd"
    assert read("|".join((CARD[0], "", *CARD[2:6]))).kind == "cccd"


HEX_NAME, HEX_PLACE = "Nguyễn Thị Thử".encode().hex(), "Phường Mẫu, Hà Nội".encode().hex()


def test_an_insurance_card() -> None:
    reading = read(f"DN4010000000017|{HEX_NAME}|05/09/1990|2|{HEX_PLACE}|01 - 000|01/01/2021|31/12/2021")
    assert (reading.kind, reading.findings) == ("bhyt", ())
    assert reading.identity == Identity(
        name="Nguyễn Thị Thử",
        birth_date="1990-09-05",
        sex="female",
        address="Phường Mẫu, Hà Nội",
        document_number="DN4010000000017",
        expires="2021-12-31",
    )


def test_an_insurance_card_with_the_personal_number() -> None:
    told = identity(f"001190000017|{HEX_NAME}|1990|2|{HEX_PLACE}|01 - 000|01/01/2021|-")
    assert (told.number, told.birth_date, told.document_number, told.expires) == ("001190000017", "1990", None, None)


def test_a_card_with_ten_digits_is_no_insurance_card() -> None:
    assert read(card(number="0011900000")).kind == "cccd"
    assert read(f"0119000001|{HEX_NAME}|05/09/1990|2|{HEX_PLACE}").kind == "bhyt"


def test_controls_hidden_in_hexadecimal_are_dropped() -> None:
    text = f"DN4010000000017|00{HEX_NAME[:2]}00{HEX_NAME[2:]}|05/09/1990|2|{HEX_PLACE}"
    assert identity(text).name == "Nguyễn Thị Thử"
    assert ("control-characters", "text", "note") in found(read(text))


def test_an_insurance_card_whose_name_is_no_utf_8() -> None:
    reading = read(f"DN4010000000017|{HEX_NAME}e1|05/09/1990|3|{HEX_PLACE}")
    assert {("encoding", "name", "warning"), ("mojibake", "name", "warning"), ("sex-invalid", "sex", "error")} <= found(
        reading
    )
