"""What screening looks things up in: the releases in force, indexed once so that one look-up costs next to nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from checkpoint_core.geography import Unit, area, unit
from checkpoint_core.releases.model import PolicyRelease, Release, Sought, WatchList, Zone, Zones
from checkpoint_core.screening.policy import BUILT_IN, Policy
from checkpoint_core.times import instant

Freshness = Literal["fresh", "ageing", "stale"]


class InForce(NamedTuple):
    """Which version of a list is in force, and when the registry issued it (ISO)."""

    version: int
    issued: str


class ZoneUnit(NamedTuple):
    """One unit of one zone."""

    zone: Zone
    unit: Unit


@dataclass(frozen=True)
class ReferenceData:
    """The reference data in force; `zones` and `watch_list` are None where no release has come yet."""

    policy: Policy = BUILT_IN
    policy_version: int = 0
    zones: InForce | None = None
    zones_at: Mapping[str, tuple[ZoneUnit, ...]] = field(default_factory=dict)  # by current commune
    unplaced: tuple[str, ...] = ()  # names of zones with a unit that our tables do not hold
    watch_list: InForce | None = None
    salt: str = ""
    sought: Mapping[str, tuple[Sought, ...]] = field(default_factory=dict)  # by digest of the number


def reference_data(releases: Iterable[Release]) -> ReferenceData:
    """The releases in force (any order, any may be missing), indexed."""
    data = ReferenceData()
    for release in releases:
        held = InForce(release.version, release.issued)
        match release.content:
            case Zones(items=zones):
                data = replace(data, zones=held, zones_at=_by_commune(zones), unplaced=_unplaced(zones))
            case WatchList(salt=salt, items=people):
                data = replace(data, watch_list=held, salt=salt, sought=_by_number(people))
            case PolicyRelease(policy=policy):
                data = replace(data, policy=policy, policy_version=release.version)
            case _:
                pass
    return data


def freshness(kind: str, issued: datetime, policy: Policy, now: datetime) -> Freshness:
    """How far a list of `kind` issued then is to be relied on now; a kind that the policy does not limit stays fresh."""
    age = now - issued
    if kind in policy.stale_hours and age > timedelta(hours=policy.stale_hours[kind]):
        return "stale"
    if kind in policy.ageing_hours and age > timedelta(hours=policy.ageing_hours[kind]):
        return "ageing"
    return "fresh"


def issued_at(held: InForce) -> datetime:
    """When a list was issued; `accept_release` lets none in whose time cannot be read."""
    issued = instant(held.issued)
    assert issued is not None, "a release with an unreadable time is in force"
    return issued


def _by_commune(zones: Iterable[Zone]) -> dict[str, tuple[ZoneUnit, ...]]:
    found: defaultdict[str, list[ZoneUnit]] = defaultdict(list)
    for zone in zones:
        for one in filter(None, map(unit, zone.units)):
            for commune in area(one.code):
                found[commune].append(ZoneUnit(zone, one))
    return {commune: tuple(zones_) for commune, zones_ in found.items()}


def _unplaced(zones: Iterable[Zone]) -> tuple[str, ...]:
    return tuple(zone.name for zone in zones if not all(map(unit, zone.units)))


def _by_number(people: Iterable[Sought]) -> dict[str, tuple[Sought, ...]]:
    found: defaultdict[str, list[Sought]] = defaultdict(list)
    for person in people:
        found[person.who].append(person)
    return {who: tuple(listed) for who, listed in found.items()}
