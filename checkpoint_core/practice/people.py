"""An invented person for every (seed, index), the same in every program, found without making the others."""

import hashlib
import struct
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import msgspec

from checkpoint_core.identity import Sex
from checkpoint_core.practice.homes import Place, hamlet, places
from checkpoint_core.practice.names import GIVEN, MIDDLES, SURNAMES

_SERIALS = 1_000_000  # a number's last six digits; beyond so many people the province moves on, so that none repeats
_STEP = 618_033  # coprime to _SERIALS: neighbours get serials far apart
_MEMBERS = 4  # of a household: a couple and two of their children
_MIXED = struct.Struct("<QQ")
_DRAWN = struct.Struct("<16H")
_FIRST_ISSUE, _LAST_ISSUE = date(2021, 3, 1), date(2026, 6, 30)
_COMMUNES_SINCE = "2025-07-01"


class Person(msgspec.Struct, frozen=True):
    """Somebody who does not exist. `address` is as on the card (with a district when it was issued before 1 July 2025);
    `commune` ('c:14197') and `province` ('p:37') are where that is now."""

    number: str
    old_number: str | None
    name: str
    birth_date: str
    sex: Sex
    address: str
    commune: str
    province: str
    household: int
    issued: str


class _Household(NamedTuple):
    registered: str  # the first three digits of its members' numbers
    place: Place
    hamlet: str
    written: int  # 0: units without their words, 1: with
    surname: str
    mother_surname: str
    born: int  # the year of the couple's elder


def person(seed: int, index: int) -> Person:
    """The person at `index` (from 0) of the population that `seed` names. Numbers are unique up to 63 million people."""
    if not 0 <= index < _SERIALS * 63:
        raise IndexError(index)
    house = _household(seed, index // _MEMBERS)
    draw = _drawn(seed, index, "person")
    place = index % _MEMBERS
    female = place % 2 if place < 2 else draw[0] % 2
    born = _birth(house, place, draw)
    issued = _issue(born, draw)
    surname = house.mother_surname if place == 1 else house.surname
    middles, given = MIDDLES[female], GIVEN[female]
    return Person(
        f"{house.registered}{2 * (born.year // 100 - 19) + female}{born.year % 100:02d}{_serial(seed, index):06d}",
        f"{draw[3] % 1_000:03d}{draw[4] % 1_000:03d}{draw[5] % 1_000:03d}" if born.year < 2000 and draw[6] % 8 else None,
        f"{surname} {middles[draw[1] % len(middles)]} {given[draw[2] % len(given)]}",
        born.isoformat(),
        "female" if female else "male",
        f"{house.hamlet}, {(house.place.before if issued < _COMMUNES_SINCE else house.place.now)[house.written]}",
        house.place.commune,
        house.place.province,
        index // _MEMBERS,
        issued,
    )


def people(seed: int, count: int) -> Iterator[Person]:
    """The first `count` people."""
    return (person(seed, index) for index in range(count))


@lru_cache(maxsize=1024)
def _household(seed: int, household: int) -> _Household:
    """Four in five live in the province where their births were registered."""
    block, within = divmod(household, _SERIALS // _MEMBERS)
    draw = _drawn(seed, within, "household")
    provinces = places()
    home = (draw[0] + block) % len(provinces)
    wards = provinces[home if draw[1] % 5 else draw[2] % len(provinces)][1]
    return _Household(
        registered=provinces[home][0],
        place=wards[draw[3] % len(wards)],
        hamlet=hamlet(draw[4], draw[5]),
        written=int(draw[6] % 4 == 0),
        surname=SURNAMES[draw[7] % len(SURNAMES)],
        mother_surname=SURNAMES[draw[8] % len(SURNAMES)],
        born=1945 + draw[9] % 42,
    )


def _birth(house: _Household, place: int, draw: tuple[int, ...]) -> date:
    """The couple are of about one age; a child comes 20 to 24 years after, or 3 more for the second."""
    years = draw[7] % 5 if place < 2 else 20 + draw[7] % 3 + 2 * (place - 2)
    return date(house.born + years, 1, 1) + timedelta(days=draw[8] % 365)


def _issue(born: date, draw: tuple[int, ...]) -> str:
    first = max(_FIRST_ISSUE.toordinal(), born.toordinal() + 14 * 366)
    return date.fromordinal(first + draw[9] % max(1, _LAST_ISSUE.toordinal() - first)).isoformat()


def _serial(seed: int, index: int) -> int:
    return (index % _SERIALS * _STEP + seed) % _SERIALS


def _drawn(seed: int, index: int, purpose: str) -> tuple[int, ...]:
    """Sixteen numbers below 65,536 that nobody can tell from chance, always the same ones."""
    key = _MIXED.pack(seed & 0xFFFFFFFFFFFFFFFF, index)
    drawn: tuple[int, ...] = _DRAWN.unpack(hashlib.blake2b(key, digest_size=32, person=purpose.encode()).digest())
    return drawn
