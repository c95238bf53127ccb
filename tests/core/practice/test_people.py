"""The invented population: always the same, valid on its face, and read back from its own cards."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_core.geography import area, province_of, resolve, unit
from checkpoint_core.identity import number_facts, read
from checkpoint_core.practice import Layout, Person, card_text, mrz, people, person
from checkpoint_core.text import fold

indexes = st.integers(0, 62_999_999)
seeds = st.integers()


@given(seeds, indexes)
def test_the_same_person_whoever_asks_and_in_whatever_order(seed: int, index: int) -> None:
    first = person(seed, index)
    person(seed, index // 2)
    assert person(seed, index) == first


def test_people_are_the_persons_by_index() -> None:
    assert list(people(7, 50)) == [person(7, index) for index in range(50)]


@pytest.mark.parametrize("index", [-1, 63_000_000])
def test_nobody_beyond_the_last_number(index: int) -> None:
    with pytest.raises(IndexError):
        person(1, index)


def test_no_number_is_given_twice() -> None:
    numbers = [one.number for one in people(3, 20_000)]
    numbers += [person(3, block * 1_000_000 + index).number for block in range(1, 63) for index in range(60)]
    assert len(set(numbers)) == len(numbers)


@given(seeds, indexes)
@settings(max_examples=200)
def test_a_number_agrees_with_its_holder(seed: int, index: int) -> None:
    one = person(seed, index)
    facts = number_facts(one.number)
    assert facts is not None
    assert facts.place
    assert (facts.sex, facts.birth_year) == (one.sex, int(one.birth_date[:4]))
    assert one.birth_date < one.issued


@pytest.mark.parametrize("layout", ["cccd", "can-cuoc"])
@given(seeds, indexes)
@settings(max_examples=150)
def test_a_card_reads_back_as_its_holder(layout: Layout, seed: int, index: int) -> None:
    one = person(seed, index)
    reading = read(card_text(one, layout).encode())
    assert reading.findings == ()
    assert reading.kind == layout
    assert reading.identity is not None
    assert told(one) == {name: getattr(reading.identity, name) for name in told(one)}


def told(one: Person) -> dict[str, str | None]:
    return {name: getattr(one, name) for name in ("number", "old_number", "name", "birth_date", "sex", "address")}


@given(seeds, indexes)
@settings(max_examples=150)
def test_the_lines_on_the_back_read_back_too(seed: int, index: int) -> None:
    one = person(seed, index)
    reading = read("\n".join(mrz(one)))
    assert reading.kind == "mrz-td1"
    assert {finding.code for finding in reading.findings} <= {"name-cut"}
    back = reading.identity
    assert back is not None
    assert back.name is not None
    assert (back.number, back.birth_date, back.sex) == (one.number, one.birth_date, one.sex)
    assert fold(one.name).startswith(fold(back.name))


def test_households_share_a_home_and_a_name() -> None:
    for first in range(0, 400, 4):
        father, mother, *children = (person(5, first + member) for member in range(4))
        assert len({(one.household, one.commune) for one in (father, mother, *children)}) == 1
        assert (father.sex, mother.sex) == ("male", "female")
        assert all(child.name.split()[0] == father.name.split()[0] for child in children)
        assert all(child.birth_date > father.birth_date for child in children)


def test_addresses_name_units_that_are_and_mostly_resolve_to_where_they_are_now() -> None:
    found = Counter[bool]()
    for one in people(11, 300):
        commune = unit(one.commune)
        assert commune is not None
        assert province_of(one.commune) == unit(one.province)
        held = resolve(one.address)
        found[held.unit is not None and held.confidence >= 70 and one.commune in area(held.unit.code)] += 1
        assert (one.issued < "2025-07-01") or one.address.endswith(commune_line(one))
    assert found[True] > 240


def commune_line(one: Person) -> str:
    province = unit(one.province)
    assert province is not None
    return province.name


def test_names_are_as_common_as_in_life() -> None:
    surnames = Counter(one.name.split()[0] for one in people(2, 8_000))
    assert 0.33 < surnames["Nguyễn"] / 8_000 < 0.43
    assert surnames["Nguyễn"] > surnames["Trần"] > surnames["Phạm"] > surnames["Dương"]
