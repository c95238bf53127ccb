"""What the population register says of a traveller: the number looked up, then name, birth date and sex compared."""

from collections.abc import Iterable
from typing import Literal

import msgspec
from sqlalchemy import Connection, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, TEXT

from checkpoint_core.identity.model import Identity
from checkpoint_core.text import fold
from checkpoint_registry.database import among
from checkpoint_registry.population.tables import Citizen

_WHOLE_DATE = len("1990-05-09")
Outcome = Literal["matches", "no-such-number", "differs", "not-checked"]


class Registered(msgspec.Struct, frozen=True):
    """What the register holds of one citizen, as far as it is compared."""

    folded: str
    birth_date: str
    sex: str


class Check(msgspec.Struct, frozen=True):
    """The answer: `fields` are those of name, birth_date and sex that differ."""

    outcome: Outcome
    fields: tuple[str, ...] = ()


def number_of(identity: Identity) -> str | None:
    """The number to look up: the personal number, else the old one; None where there is none in full."""
    number = (identity.number or identity.old_number or "").strip().replace("\0", "")
    return number if number and "*" not in number else None


def look_up(connection: Connection, numbers: Iterable[str]) -> dict[str, Registered]:
    """The citizens behind `numbers`, current or former; a number that nobody has is left out."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    columns = (Citizen.number, Citizen.former_numbers, Citizen.folded, Citizen.birth_date, Citizen.sex)
    former = Citizen.former_numbers.overlap(literal(wanted, ARRAY(TEXT)))
    found: dict[str, Registered] = {}
    for row in connection.execute(select(*columns).where(or_(among(Citizen.number, wanted), former))):
        registered = Registered(row.folded, row.birth_date, row.sex)
        found |= {former: registered for former in row.former_numbers if former not in found} | {row.number: registered}
    return found


def check(identity: Identity, register: dict[str, Registered]) -> Check:
    """Hold a traveller against the register. A bare number, with neither name nor whole birth date, matches nothing: that it
    exists says nothing about who shows it, and the year and the sex that agree were read from the number itself."""
    number = number_of(identity)
    if number is None:
        return Check("not-checked")
    citizen = register.get(number)
    if citizen is None:
        return Check("no-such-number")
    name, born = _readable(identity.name), _readable(identity.birth_date)
    if name is None and born is None:
        return Check("not-checked")
    differing = {
        "name": name is not None and fold(name) != citizen.folded,
        "birth_date": born is not None and not same_day(born, citizen.birth_date),
        "sex": identity.sex is not None and identity.sex != citizen.sex,
    }
    fields = tuple(field for field, differs in differing.items() if differs)
    if fields:
        return Check("differs", fields)
    return Check("matches" if name is not None or len(born or "") == _WHOLE_DATE else "not-checked")


def same_day(one: str, other: str) -> bool:
    """Whether two ISO dates, either of them possibly partial, agree as far as both go."""
    return all(a == b for a, b in zip(one.split("-"), other.split("-"), strict=False))


def _readable(text: str | None) -> str | None:
    """`text` unless it is missing, empty, or masked as PC-Covid does."""
    return text if text and "*" not in text else None
