"""The administrative units before and after 1 July 2025, what became of the former ones, and what a zone on one covers."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

Level = Literal["province", "district", "commune"]
Cover = Literal["certain", "possible", "no"]
_LEVELS: dict[str, Level] = {"p": "province", "fp": "province", "fd": "district", "c": "commune", "fw": "commune"}


class Unit(NamedTuple):
    """`code` is 'p:37', 'c:14197' (current) or 'fp:036', 'fd:356', 'fw:13600' (former); `kind` is the Vietnamese word before
    the name ('xã'); `parent` the code of the unit above, '' for a province; `key` the name as it is looked up."""

    code: str
    name: str
    kind: str
    level: Level
    parent: str
    former: bool
    key: str
    aliases: str  # keys of earlier names, spaced


class Tables(NamedTuple):
    """Everything by code: units, their children, and former codes to the current communes and provinces they went to."""

    units: dict[str, Unit]
    children: dict[str, tuple[Unit, ...]]
    went: dict[str, tuple[str, ...]]
    province_of: dict[str, str]  # any code -> its current province
    former_provinces: dict[str, tuple[str, ...]]  # current province -> the former ones it was made of


@cache
def tables() -> Tables:
    """The tables, read once."""
    units = {unit.code: unit for unit in (*_read("units.csv"), *_read("former.csv"))}
    children: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units.values():
        children[unit.parent].append(unit)
    went = {former: tuple(current.split()) for former, current in _rows("mapping.csv")}
    province_of = {code: unit.parent or code for code, unit in units.items() if not unit.former}
    for code, communes in went.items():
        above = code
        while above:
            province_of[above] = province_of[communes[0]]
            above = units[above].parent
    made_of: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for code in filter(lambda code: code.startswith("fp:"), sorted(province_of)):
        made_of[province_of[code]] += (code,)
    return Tables(units, {code: tuple(below) for code, below in children.items()}, went, province_of, dict(made_of))


def unit(code: str) -> Unit | None:
    """The unit of `code`, None for one that these tables do not hold."""
    return tables().units.get(code)


def provinces() -> tuple[Unit, ...]:
    """The 34 current provinces, by code."""
    return tuple(one for one in tables().children[""] if not one.former)


def communes(province: str) -> tuple[Unit, ...]:
    """The current communes of a current province ('p:37')."""
    return tables().children.get(province, ())


def province_of(code: str) -> Unit | None:
    """The current province that a unit, former or current, lies in."""
    return unit(tables().province_of.get(code, ""))


def successors(former: str) -> tuple[Unit, ...]:
    """The current communes that a former ward went to, the largest share first; several mean that it was split. A former
    district gives all communes that took a part of it, a former province its one current province."""
    held = tables()
    if former.startswith("fp:"):
        return tuple(held.units[code] for code in (held.province_of.get(former, ""),) if code)
    return tuple(held.units[code] for code in dict.fromkeys(_went(former)))


def label(one: Unit) -> str:
    """The unit as shown: 'xã Giao Thử, Ninh Bình'."""
    above = unit(one.parent)
    names = [f"{one.kind} {one.name}"] if above or one.name.isdigit() else [one.name]
    while above:
        names.append(f"{above.kind} {above.name}" if above.name.isdigit() or above.level == "district" else above.name)
        above = unit(above.parent)
    return ", ".join(names)


def covers(zone: Unit, place: Unit) -> Cover:
    """Whether what lies in `place` lies in `zone`: 'possible' where the two only overlap, or a split leaves it open."""
    if zone.code in _line(place):
        return "certain"
    if place.code in _line(zone):
        return "possible"
    if zone.former and place.former:
        return "no"
    within, reached = area(place.code), area(zone.code)
    if within <= reached:
        return "certain" if not zone.former or _whole(zone.code, within) else "possible"
    return "possible" if within & reached else "no"


def _whole(former: str, communes_: frozenset[str]) -> bool:
    """Whether the current `communes_` are made of nothing but the former unit."""
    line = {former}
    return all(any(above.code in line for above in _above(source)) for code in communes_ for source in _sources()[code])


@cache
def area(code: str) -> frozenset[str]:
    """The codes of the current communes that a unit has any part of; a KeyError for a code these tables do not hold."""
    one = tables().units[code]
    if not one.former:
        return frozenset({code}) if one.parent else frozenset(below.code for below in communes(code))
    return frozenset(_went(code))


@cache
def _sources() -> dict[str, tuple[str, ...]]:
    """The former units that each current commune is made of."""
    sources: defaultdict[str, list[str]] = defaultdict(list)
    for former, current in tables().went.items():
        for code in current:
            sources[code].append(former)
    return {code: tuple(found) for code, found in sources.items()}


def _went(former: str) -> Iterator[str]:
    held = tables()
    yield from held.went.get(former, ())
    for below in held.children.get(former, ()):
        yield from _went(below.code)


def _line(one: Unit) -> Iterator[str]:
    return (above.code for above in _above(one.code))


def _above(code: str) -> Iterator[Unit]:
    """The unit itself and all above it in its own set."""
    one = unit(code)
    while one:
        yield one
        one = unit(one.parent)


def _read(name: str) -> Iterator[Unit]:
    for code, kind, called, parent, key, aliases in _rows(name):
        yield Unit(code, called, kind, _LEVELS[code.partition(":")[0]], parent, code[0] == "f", key, aliases)


def _rows(name: str) -> Iterable[list[str]]:
    text = files("checkpoint_core.geography").joinpath(name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]
