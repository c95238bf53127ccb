"""Whom a practice shift meets: one traveller of every case, then mostly clear ones, some of them again."""

from collections.abc import Callable, Iterator
from itertools import chain, count, cycle, islice, repeat
from random import Random
from typing import Literal, get_args

import msgspec

from checkpoint_core.practice.codes import boarding_pass, card_text, insurance_text, pc_covid_text
from checkpoint_core.practice.names import GIVEN
from checkpoint_core.practice.people import Person, person
from checkpoint_core.practice.world import POPULATION, Cast, cast

Case = Literal[
    "clear",
    "zone",
    "zone-3",
    "watched",
    "altered-birth",
    "not-in-register",
    "name-differs",
    "can-cuoc",
    "bhyt",
    "pc-covid",
    "boarding-pass",
    "damaged",
    "repeat",
]
CASES: tuple[Case, ...] = get_args(Case)


class ScriptedTraveller(msgspec.Struct, frozen=True):
    """Somebody a practice shift meets: what their code holds, what is the matter with it, and who they are."""

    case: Case
    text: str
    person: Person


def script(seed: int, count: int, population: int = POPULATION) -> tuple[ScriptedTraveller, ...]:
    """The first `count` travellers of the shift that `seed` names, over the zones and the watch list of its `world`."""
    return tuple(islice(_travellers(_pools(cast(seed, population), population), Random(f"script {seed}")), count))


def _travellers(pools: dict[Case, Iterator[Person]], chance: Random) -> Iterator[ScriptedTraveller]:
    met: list[Person] = []
    for case in _cases(chance):
        whom = chance.choice(met) if case == "repeat" else next(pools.get(case, pools["clear"]))
        if case == "clear":
            met.append(whom)
        yield ScriptedTraveller(case, _TEXTS.get(case, _card)(whom, chance), whom)


def _cases(chance: Random) -> Iterator[Case]:
    """Every case once, a repeat last; then four in five clear or met before."""
    weights = [{"clear": 24, "repeat": 16}.get(case, 1) for case in CASES]
    return chain(CASES, (chance.choices(CASES, weights)[0] for _ in repeat(None)))


def _pools(parts: Cast, population: int) -> dict[Case, Iterator[Person]]:
    return {
        "clear": parts.untouched(),
        "zone": cycle(parts.residents(parts.level_2)),
        "zone-3": cycle(parts.residents(parts.level_3)),
        "watched": cycle(parts.watched),
        "not-in-register": (person(parts.seed, index) for index in count(population)),
    }


def _card(whom: Person, chance: Random) -> str:
    return card_text(whom)


def _altered_birth(whom: Person, chance: Random) -> str:
    """The birth year moved: the number tells."""
    parts = card_text(whom).split("|")
    parts[3] = f"{parts[3][:4]}{int(parts[3][4:]) - chance.randint(1, 9)}"
    return "|".join(parts)


def _other_name(whom: Person, chance: Random) -> str:
    """Another given name than the register has: the card itself is consistent."""
    first, _, given = whom.name.rpartition(" ")
    other = chance.choice([one for one in GIVEN[whom.sex == "female"] if one != given])
    return card_text(msgspec.structs.replace(whom, name=f"{first} {other}"))


def _damaged(whom: Person, chance: Random) -> str:
    """Cut off somewhere in the birth date, where a scratched code or a slipping hand scanner ends."""
    text = card_text(whom)
    return text[: text.index(whom.name) + len(whom.name) + chance.randint(3, 8)]


_TEXTS: dict[Case, Callable[[Person, Random], str]] = {
    "altered-birth": _altered_birth,
    "name-differs": _other_name,
    "can-cuoc": lambda whom, _: card_text(whom, "can-cuoc"),
    "bhyt": lambda whom, _: insurance_text(whom),
    "pc-covid": lambda whom, _: pc_covid_text(whom),
    "boarding-pass": lambda whom, _: boarding_pass(whom),
    "damaged": _damaged,
}
