"""An invented population and its vaccinations in the register: the same for the same seed, for practice and tests only."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from sqlalchemy import Connection, func, select

from checkpoint_core.practice import Person, people
from checkpoint_core.text import fold
from checkpoint_registry.database import copy_rows
from checkpoint_registry.population.tables import Citizen

_CITIZEN = ("number", "former_numbers", "name", "folded", "birth_date", "sex", "unit", "household")
_VACCINATION = ("number", "dose", "vaccine", "given_on")
_VACCINES = ("vaxzevria", "vero-cell", "comirnaty", "spikevax")
_FIRST_DAY = date(2021, 6, 1)


def settle(connection: Connection, seed: int, count: int) -> bool:
    """Fill an empty register with `count` people; False, and nothing done, where anybody is registered already."""
    if registered(connection):
        return False
    copy_rows(connection, "citizens", _CITIZEN, (_citizen(one) for one in people(seed, count)))
    copy_rows(connection, "vaccinations", _VACCINATION, _vaccinations(seed, count))
    return True


def registered(connection: Connection) -> int:
    """How many people the register holds."""
    return connection.execute(select(func.count()).select_from(Citizen)).scalar_one()


def _citizen(one: Person) -> tuple[object, ...]:
    former = [one.old_number] if one.old_number else []
    return (one.number, former, one.name, fold(one.name), one.birth_date, one.sex, one.commune, str(one.household))


def _vaccinations(seed: int, count: int) -> Iterator[tuple[object, ...]]:
    """None for one in six, else one to four doses of mostly one vaccine, four weeks and then months apart."""
    chance = Random(f"vaccinations {seed}")
    for one in people(seed, count):
        given, vaccine = _FIRST_DAY + timedelta(days=chance.randrange(200)), chance.choice(_VACCINES)
        for dose in range(1, chance.choice((0, 1, 2, 2, 3, 4)) + 1):
            yield (one.number, dose, vaccine, given)
            given += timedelta(days=28 if dose == 1 else chance.randrange(90, 200))
            vaccine = vaccine if dose == 1 else chance.choice(_VACCINES)
