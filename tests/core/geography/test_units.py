"""The tables of administrative units: complete, consistent, and one covering the other."""

import pytest

from checkpoint_core.geography import (
    Unit,
    area,
    communes,
    covers,
    label,
    province_of,
    provinces,
    search_units,
    successors,
    unit,
)
from checkpoint_core.geography.text import key_of
from checkpoint_core.geography.units import tables


def known(code: str) -> Unit:
    found = unit(code)
    assert found is not None
    return found


def province_code(one: Unit) -> str:
    above = province_of(one.code)
    assert above is not None
    return above.code


def of_level(prefix: str) -> list[Unit]:
    return [one for one in tables().units.values() if one.code.startswith(prefix + ":")]


def test_the_tables_are_whole() -> None:
    assert len(provinces()) == 34
    assert sum(len(communes(province.code)) for province in provinces()) == 3321
    assert [len(of_level(prefix)) for prefix in ("fp", "fd", "fw")] == [63, 696, 10035]


def test_every_unit_has_its_parent_and_its_key() -> None:
    for one in tables().units.values():
        assert one.key == key_of(one.name)
        assert (one.parent == "") == (one.level == "province")
        assert not one.parent or known(one.parent).former == one.former


def test_every_current_commune_was_made_of_something_and_every_former_one_went_somewhere() -> None:
    went = {one.code: successors(one.code) for one in of_level("fw")}
    assert all(went.values())
    islands = [one for one in of_level("fd") if one.code in tables().went]
    reached = {new.code for new in (*sum(went.values(), ()), *(new for one in islands for new in successors(one.code)))}
    assert len(islands) == 5
    assert len(reached) == 3321
    assert sum(len(new) > 1 for new in went.values()) == 471


def test_a_former_unit_lies_in_one_current_province() -> None:
    for one in (*of_level("fw"), *of_level("fd")):
        assert {new.parent for new in successors(one.code)} == {province_code(one)}


def test_what_became_of_a_province() -> None:
    assert successors("fp:036") == (known("p:37"),)
    assert successors("p:37") == ()
    assert successors("fw:99999") == ()
    assert unit("x") is None
    assert communes("p:99") == ()


def test_dong_nai_is_a_city() -> None:
    assert sum(province.kind == "thành phố" for province in provinces()) == 7
    assert known("p:75").kind == "thành phố"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("p:37", "Ninh Bình"),
        ("fw:26734", "phường Tân Định, quận 1, Hồ Chí Minh"),
        ("fd:760", "quận 1, Hồ Chí Minh"),
        ("c:00004", "phường Ba Đình, Hà Nội"),
        ("fw:13600", "xã Nhân Thịnh, huyện Lý Nhân, Hà Nam"),
    ],
)
def test_labels(code: str, text: str) -> None:
    assert label(known(code)) == text


@pytest.mark.parametrize(
    ("zone", "place", "cover"),
    [
        ("p:37", "p:37", "certain"),
        ("p:37", "c:14167", "certain"),
        ("c:14167", "p:37", "possible"),
        ("c:14167", "c:14329", "no"),
        ("fp:036", "fd:365", "certain"),
        ("fp:036", "p:37", "possible"),  # Nam Định is a part of Ninh Bình now
        ("p:37", "fp:036", "certain"),
        ("fp:001", "p:01", "certain"),  # Hà Nội is what it was
        ("p:01", "fw:00001", "certain"),
        ("p:37", "fw:00001", "no"),
        ("fw:00001", "fw:00004", "no"),
        ("fp:037", "fp:036", "no"),
    ],
)
def test_covering(zone: str, place: str, cover: str) -> None:
    assert covers(known(zone), known(place)) == cover


def test_a_split_commune_is_only_possibly_in_a_zone_on_one_of_its_parts() -> None:
    split = next(one for one in of_level("fw") if len(successors(one.code)) > 1)
    for part in successors(split.code):
        assert covers(part, split) == "possible"
    assert covers(known(province_code(split)), split) == "certain"


def test_a_current_commune_is_certain_in_a_former_district_only_if_it_took_from_no_other() -> None:
    for one in communes("p:37"):
        districts = {known(source).parent for source, new in tables().went.items() if one.code in new}
        expected = "certain" if len(districts) == 1 else "possible"
        assert {covers(known(district), one) for district in districts} == {expected}


def test_covering_agrees_with_the_ground() -> None:
    """Nothing is certain or impossible that the communes behind it deny."""
    places = [*provinces(), *of_level("fp"), *of_level("fd")[::23], *of_level("fw")[::199], *communes("p:01")[::21]]
    for zone in places:
        for place in places:
            cover = covers(zone, place)
            if cover == "certain":
                assert area(place.code) <= area(zone.code)
            if not area(place.code) & area(zone.code):
                assert cover == "no"


def test_search_finds_by_any_part_without_diacritics() -> None:
    assert search_units("ninh binh")[0].code == "p:37"
    assert search_units("xã Giao Thủy, Ninh")[0].code == "c:14167"
    assert search_units("giao thuy")[0].code == "c:14167"


def test_search_offers_what_a_former_unit_became() -> None:
    assert known("p:37") in search_units("Nam Định", 3)
    assert [one.code for one in search_units("Nhân Thịnh")] == ["c:13609"]
    assert not any(one.former for one in search_units("a", 200))


def test_search_with_nothing_to_go_by() -> None:
    assert search_units("") == search_units(" ,.- ") == search_units("🤡") == search_units("zzzz") == ()
    assert len(search_units("a", 5)) == 5
