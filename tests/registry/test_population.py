"""What the register says of a traveller, by number, name, birth date and sex as far as the code told them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from checkpoint_core.identity.model import Identity
from checkpoint_core.practice import people
from checkpoint_registry.intake.tables import TravellerRow
from checkpoint_registry.population.checking import Check, Registered, check, same_day
from checkpoint_registry.population.invented import settle
from checkpoint_registry.population.tables import Citizen
from tests.registry.laptop import Laptop, recorded, traveller
from tests.registry.server import Served

NUMBER = "001085000123"
REGISTER = {NUMBER: Registered("doan thi anh", "1985-03-02", "female")}


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (Identity(NUMBER, name="ĐOÀN  Thị ánh", birth_date="1985-03-02", sex="female"), Check("matches")),
        (Identity(NUMBER, name="Doan Thi Anh"), Check("matches")),
        (Identity(NUMBER, birth_date="1985-03-02"), Check("matches")),
        (Identity(NUMBER, birth_date="1985", sex="female"), Check("not-checked")),  # as the number itself says
        (Identity(NUMBER, birth_date="1985-04"), Check("differs", ("birth_date",))),
        (
            Identity(NUMBER, name="Đoàn Thị Ánh", birth_date="1986-03-02", sex="male"),
            Check("differs", ("birth_date", "sex")),
        ),
        (Identity(NUMBER, name="Đoàn Thị Oanh"), Check("differs", ("name",))),
        (Identity(NUMBER), Check("not-checked")),
        (Identity(NUMBER, name="Đ*** T** A**", birth_date="**/**/1985"), Check("not-checked")),
        (Identity("001*******23", name="Đoàn Thị Ánh"), Check("not-checked")),
        (Identity(name="Đoàn Thị Ánh"), Check("not-checked")),
        (Identity("001085000124", name="Đoàn Thị Ánh"), Check("no-such-number")),
        (Identity("1\0"), Check("no-such-number")),
        (Identity(old_number=NUMBER, name="Đoàn Thị Ánh"), Check("matches")),
    ],
)
def test_a_traveller_is_held_against_the_register(identity: Identity, expected: Check) -> None:
    assert check(identity, REGISTER) == expected


@given(day=st.dates().map(str), known=st.integers(1, 3), told=st.integers(1, 3))
def test_a_date_agrees_with_every_part_of_itself(day: str, known: int, told: int) -> None:
    parts = day.split("-")
    assert same_day("-".join(parts[:known]), "-".join(parts[:told]))


def test_a_former_number_finds_the_person(registry: Served) -> None:
    row = {"number": "001085000777", "former_numbers": ["012345678", "001085000776"], "name": "Đoàn Thị Ánh"}
    rest = {"folded": "doan thi anh", "birth_date": "1985-03-02", "sex": "female", "unit": "c:1", "household": "1"}
    with registry.engine.begin() as connection:
        connection.execute(insert(Citizen).values(row | rest))
    laptop = Laptop(registry)
    who = {"name": "Đoàn Thị Ánh", "birth_date": "1985"}
    laptop.push(laptop.entry(recorded(traveller(old_number="012345678", **who), traveller(number="001085000776", **who))))
    assert [verification.outcome for verification in laptop.verifications()] == ["matches", "matches"]
    with registry.engine.connect() as connection:
        rows = connection.execute(select(TravellerRow.checked).where(TravellerRow.number == "012345678")).scalars()
        assert list(rows) == ["matches"]


def test_the_invented_population_is_the_same_for_its_seed_and_matches_its_cards(registry: Served) -> None:
    contents = []
    for seed in (5, 5, 6):
        with registry.engine.connect() as connection:
            connection.execute(text("TRUNCATE citizens CASCADE"))
            assert settle(connection, seed, 50)
            assert not settle(connection, seed, 50)
            query = text("SELECT v.*, c.name FROM vaccinations v JOIN citizens c USING (number) ORDER BY number, dose")
            contents.append([tuple(row) for row in connection.execute(query)])
            connection.rollback()
    assert contents[0] == contents[1] != contents[2]
    assert len(contents[0]) > 20


def test_an_invented_person_matches(registry: Served) -> None:
    [one] = people(5, 1)
    with registry.engine.begin() as connection:
        connection.execute(text("TRUNCATE citizens CASCADE"))
        settle(connection, 5, 1)
    laptop = Laptop(registry)
    shown = traveller(number=one.number, name=one.name.upper(), birth_date=one.birth_date, sex=one.sex)
    laptop.push(laptop.entry(recorded(shown)))
    assert [verification.outcome for verification in laptop.verifications()] == ["matches"]
