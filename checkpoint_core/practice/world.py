"""The invented situation that a seed names: epidemic zones, a watch list, checkpoints, and the people they concern."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice
from random import Random
from typing import Literal, NamedTuple

import msgspec

from checkpoint_core.geography import Unit, area, covers, label, resolve, unit
from checkpoint_core.practice.people import Person, people, person
from checkpoint_core.releases.model import Post, Sought, WatchList, Zone, watch_digest

POPULATION = 20_000

_INSTRUCTIONS: tuple[Literal["case", "contact-1", "contact-2", "quarantine"], ...] = (
    "case", "contact-1", "contact-2", "quarantine",
)  # fmt: skip
_POSTS = (
    Post("cp-phap-van", "Chốt Pháp Vân", "c:00337", ("1", "2", "3")),
    Post("cp-dai-xuyen", "Chốt Đại Xuyên", "c:10342", ("1", "2")),
    Post("cp-phu-xuyen", "Chốt Phú Xuyên", "c:10273", ("1",)),
)
_WATCHED = 12


class World(msgspec.Struct, frozen=True):
    """What a practice registry publishes, besides the policy."""

    zones: tuple[Zone, ...]
    watch_list: WatchList
    posts: tuple[Post, ...]


class Cast(NamedTuple):
    """Who lives where something is the matter, and who is looked for; `untouched` gives all others, as often as asked."""

    level_3: Unit  # a commune
    level_2: Unit  # a former district
    level_1: Unit  # a province
    ended: Unit  # a former ward
    watched: tuple[Person, ...]
    seed: int
    population: int

    def residents(self, zone: Unit) -> Iterator[Person]:
        """Those whose card says without doubt that they live in `zone`."""
        within = area(zone.code)
        for one in people(self.seed, self.population):
            if one.commune in within and (home := _home(one)) and covers(zone, home) == "certain":
                yield one

    def untouched(self) -> Iterator[Person]:
        """All who live clearly outside every zone and whom nobody looks for, in an order by chance."""
        return islice(_outside(self.seed, self.population, (*self[:4],)), _WATCHED, None)


def cast(seed: int, population: int = POPULATION) -> Cast:
    """The people of a practice world, all among the first 20,000 however many there are. Some thousands fill every part."""
    return _cast(seed, min(population, POPULATION))


@cache
def _cast(seed: int, population: int) -> Cast:
    anchors = _settled(seed, population, "zones")
    level_3 = next(found for one in anchors if (found := unit(one.commune)))
    ward = next(home for one in anchors if (home := _home(one)) and home.former)
    level_2 = unit(ward.parent)
    level_1 = next(found for one in anchors if (found := unit(one.province)))
    ended = next(home for one in anchors if (home := _home(one)) and home.former)
    assert level_2 is not None
    units = (level_3, level_2, level_1, ended)
    return Cast(*units, tuple(islice(_outside(seed, population, units), _WATCHED)), seed, population)


def world(seed: int, today: date, population: int = POPULATION) -> World:
    """Zones, watch list and checkpoints as they stand `today`."""
    parts = cast(seed, population)
    salt = f"practice-{seed}"
    sought = (
        Sought(
            watch_digest(salt, one.number),
            watch_digest(salt, one.number, one.name, one.birth_date),
            _INSTRUCTIONS[place % len(_INSTRUCTIONS)],
            _before(today, 1 + place % 13),
        )
        for place, one in enumerate(parts.watched)
    )
    return World(_zones(parts, today), WatchList(salt, tuple(sought)), _POSTS)


def _zones(parts: Cast, today: date) -> tuple[Zone, ...]:
    return (
        _zone("zone-level-3", parts.level_3, 3, _before(today, 9)),
        _zone("zone-level-2", parts.level_2, 2, _before(today, 12)),
        _zone("zone-level-1", parts.level_1, 1, _before(today, 20)),
        _zone("zone-ended", parts.ended, 2, _before(today, 40), _before(today, 5)),
    )


def _zone(id_: str, where: Unit, level: int, since: str, until: str | None = None) -> Zone:
    return Zone(id_, label(where), (where.code,), level, since, until)


def _before(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


def _outside(seed: int, population: int, zones: tuple[Unit, ...]) -> Iterator[Person]:
    touched = frozenset[str]().union(*(area(zone.code) for zone in zones))
    return (one for one in _settled(seed, population, "cast") if one.commune not in touched)


def _settled(seed: int, population: int, purpose: str) -> Iterator[Person]:
    """People whose address leaves no doubt where they live, in an order by chance."""
    order = Random(f"{purpose} {seed}").sample(range(population), population)
    return (one for index in order if _home(one := person(seed, index)))


def _home(one: Person) -> Unit | None:
    """The ward or commune that the person's address names, None where it leaves a doubt or a choice."""
    found = resolve(one.address)
    if found.unit is None or found.confidence < 80 or found.candidates or area(found.unit.code) != {one.commune}:
        return None
    return found.unit
