"""Addresses as they are written, to units: dirty, plain, of before and after, and never an exception."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_core.geography import NOWHERE, Resolution, covers, label, resolve, unit
from checkpoint_core.geography.units import tables
from tests.core.geography.messy import DIRT, MANNERS, address

COMMUNES = [one for one in tables().units.values() if one.level == "commune"]
OF_OLD, OF_NOW = date(2021, 5, 10), date(2025, 9, 1)


@pytest.mark.parametrize("dirt", DIRT)
@pytest.mark.parametrize("manner", MANNERS)
def test_messy_addresses_of_both_sets(manner: str, dirt: str) -> None:
    choose = random.Random(f"{manner} {dirt}")
    right = wrong = 0
    sample = choose.sample(COMMUNES, 150)
    for one in sample:
        found = resolve(address(one, manner, dirt, choose), OF_OLD if one.former else OF_NOW)
        if found.unit == one or one in found.candidates:
            right += 1
        elif found.unit and found.confidence >= 70 and covers(found.unit, one) == "no":
            wrong += 1
    assert right >= 0.96 * len(sample)
    assert wrong <= 0.02 * len(sample)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Thôn 4, xã Giao Thiện, huyện Giao Thủy, Nam Định", "xã Giao Thiện, huyện Giao Thủy, Nam Định"),
        ("Thôn 4 Giao ThiệnNam Định", "xã Giao Thiện, huyện Giao Thủy, Nam Định"),
        ("P.12, Q.Tân Bình, TP.HCM", "phường 12, quận Tân Bình, Hồ Chí Minh"),
        ("phuong 01 quan 3 tphcm", "phường 1, quận 3, Hồ Chí Minh"),
        ("F.5, Q3, Sài Gòn", "phường 5, quận 3, Hồ Chí Minh"),
        ("Phúc Xá, Ba Đình, Hà Nội, Ba Đình, Hà Nội", "phường Phúc Xá, quận Ba Đình, Hà Nội"),
        ("Tổ 5,, Phường Hoa Lư -,Ninh BìNh", "phường Hoa Lư, Ninh Bình"),
        ("Phường 5, Cà Mau, Cà Mau", "phường 5, thành phố Cà Mau, Cà Mau"),
        ("Đường Hà Nội, Phường Phú Nhuận, Huế, Thừa Thiên Huế", "phường Phú Nhuận, quận Thuận Hóa, Huế"),
        ("Côn Đảo, Bà Rịa - Vũng Tàu", "huyện Côn Đảo, Bà Rịa - Vũng Tàu"),
        ("xã Ea H'leo, Đắk Lắk", "xã Ea H'Leo, Đắk Lắk"),
        ("Xã Nhân Thịnh, Ninh Bình", "xã Nhân Thịnh, huyện Lý Nhân, Hà Nam"),  # old commune, new province
        ("Số 12, Phường Mẫu, Quận Ba Đình, Hà Nội", "quận Ba Đình, Hà Nội"),
        ("Số 12, ngõ 34 Đường Giả Định, Phường Mẫu, Quận Ví Dụ, Hà Nội", "Hà Nội"),
        ("Cà Mau", "Cà Mau"),
        ("hà nội, việt nam", "Hà Nội"),
        ("Huyện Thạch Hà, Tỉnh Hà Tĩnh", "huyện Thạch Hà, Hà Tĩnh"),  # not 'Hà, Tĩnh'
        ("Quận Kiến An, Thành Phố Hải Phòng", "quận Kiến An, Hải Phòng"),  # not 'An, Thành'
        ("Xã Đại Huệ, Nghệ An", "xã Đại Huệ, Nghệ An"),  # not Huế
        ("Mẫu Đơn, Đắc Lắc", "Đắk Lắk"),
        ("Yên Bình, Yên Bình, Yên Bái", "thị trấn Yên Bình, huyện Yên Bình, Yên Bái"),  # a village there was called so once
        ("Số 5 Đường Tân Lập, Phúc Xá, Ba Đình, Hà Nội", "phường Phúc Xá, quận Ba Đình, Hà Nội"),
    ],
)
def test_the_finest_unit_named(text: str, place: str) -> None:
    found = resolve(text)
    assert found.unit
    assert label(found.unit) == place
    assert found.confidence >= 70
    assert (found.level, found.former) == (found.unit.level, found.unit.former)


def test_the_day_of_writing_decides_between_the_sets() -> None:
    assert resolve("Ba Đình, Hà Nội", OF_OLD).unit == unit("fd:001")
    assert resolve("Ba Đình, Hà Nội", OF_NOW).unit == unit("c:00004")
    open_ = resolve("Ba Đình, Hà Nội")
    assert open_.unit == unit("p:01")
    assert set(open_.candidates) == {unit("fd:001"), unit("c:00004")}


def test_a_district_holds_a_ward_of_its_own_name() -> None:
    found = resolve("Hoàn Kiếm, Hà Nội", OF_OLD)
    assert (found.unit, found.candidates) == (unit("fd:002"), ())
    town = resolve("Tân Lập, Thái Nguyên", OF_OLD)
    assert town.unit
    assert label(town.unit).endswith("thành phố Thái Nguyên, Thái Nguyên")  # the other one was in Bắc Kạn then


def test_the_province_decides_between_communes_of_one_name() -> None:
    for province in ("Quảng Trị", "Lâm Đồng", "Đắk Lắk", "Tây Ninh"):
        found = resolve(f"Tân Lập, {province}", OF_NOW).unit
        assert found
        assert label(found).endswith(f"Tân Lập, {province}")


def test_diacritics_decide_where_they_are_given() -> None:
    town, village = (resolve(f"Xã {name}, Huyện Phú Tân, An Giang").unit for name in ("Phú Thạnh", "Phú Thành"))
    assert town
    assert village
    assert (town.name, village.name) == ("Phú Thạnh", "Phú Thành")


def test_a_name_alone_that_many_bear_is_left_open() -> None:
    found = resolve("Tân Lập")
    assert found.unit is None
    assert found.confidence <= 30
    assert len(found.candidates) > 3
    assert not found.split


def test_a_split_commune_says_so() -> None:
    found = resolve("Tân Lập, Đan Phượng, Hà Nội")
    assert found.split
    assert [label(part) for part in found.candidates] == ["xã Hoài Đức, Hà Nội", "xã Ô Diên, Hà Nội"]


@pytest.mark.parametrize("text", ["", " ", ",,,", "🤡", "\0\0", "Springfield, USA", "12345", "-" * 5000])
def test_what_names_nothing(text: str) -> None:
    assert resolve(text) == NOWHERE


names = st.sampled_from(
    [one.name for one in COMMUNES[::40]] + ["Hà Nội", "Huế", "P.", "xã", "Q1", ",", ",,", "-", "Thị trấn"]
)
junk = st.text(max_size=200)


@settings(max_examples=120)
@given(
    st.one_of(junk, st.lists(st.one_of(names, junk), max_size=30).map(" ".join), st.lists(names, max_size=60).map(", ".join))
)
def test_any_text_has_an_answer(text: str) -> None:
    found = resolve(text)
    assert isinstance(found, Resolution)
    assert 0 <= found.confidence <= 100
    assert (found.unit is None) == (found.level is None)
    assert resolve(text) == found
