"""Where somebody lives, comes from, stopped and goes, held against the zones in force."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from checkpoint_core.geography import Cover, Resolution, Unit, area, covers, label, resolve, unit
from checkpoint_core.releases.model import Zone
from checkpoint_core.screening.codes import EvidenceCode
from checkpoint_core.screening.model import Declaration, Evidence, Params, Place, Provenance, Strength
from checkpoint_core.screening.reference import ReferenceData
from checkpoint_core.times import day

VIETNAM = timezone(timedelta(hours=7))
_WORST_LEVEL = 3
_IN_ZONE: dict[str, tuple[EvidenceCode, EvidenceCode]] = {
    "residence": ("zone-residence", "zone-3-residence"),
    "origin": ("zone-origin", "zone-3-origin"),
    "stop": ("zone-stop", "zone-3-stop"),
    "destination": ("zone-destination", "zone-destination"),
}


class Places:
    """One traveller's places under one set of zones at one time."""

    def __init__(self, reference: ReferenceData, now: datetime) -> None:
        self.reference = reference
        self.policy = reference.policy
        self.today = now.astimezone(VIETNAM).date()

    def evidence(self, residence: Resolution, declaration: Declaration) -> Iterator[Evidence]:
        """What the places prove or leave open."""
        origin = self._declared(declaration.origin)
        if origin and self._answers(origin, residence):
            residence = Resolution(origin, origin.level, residence.confidence, origin.former)
        yield from self._residence(residence, origin)
        if declaration.origin and origin is None:
            yield _evidence("origin-unknown", "unknown", "declaration", place=declaration.origin.text)
        if origin:
            known = self._known(residence) and residence.unit
            finer = known and covers(origin, known) == "certain"
            yield from self._in_zones("origin", origin, possible=not finer)
        for stop in declaration.stops:
            where = self._declared(stop)
            if where is None:
                yield _evidence("stop-unknown", "unknown", "declaration", place=stop.text)
            else:
                yield from self._in_zones("stop", where)
        for destination in filter(None, map(self._declared, declaration.destinations)):
            yield from self._in_zones("destination", destination, possible=False)

    def _answers(self, origin: Unit, residence: Resolution) -> bool:
        """Whether the declared origin is the traveller's own answer to where exactly a coarse or split residence is."""
        held = residence.unit if self._known(residence) else None
        return origin in residence.candidates or (held not in (None, origin) and covers(held, origin) == "certain")

    def _residence(self, residence: Resolution, origin: Unit | None) -> Iterator[Evidence]:
        known = self._known(residence)
        if not known:
            yield _evidence("residence-unclear" if origin else "residence-unknown", "unknown", "card")
        choices = residence.candidates if residence.candidates and not residence.split else (residence.unit,)
        touched = self._touched([choice for choice in choices if choice])
        if known:
            yield from (self._zone("residence", zone, residence.unit) for zone, cover in touched if cover == "certain")
        open_ = [zone for zone, cover in touched if cover == "possible" or not known]
        if open_ and residence.split and known:
            yield self._split(residence, open_)
        elif open_:
            yield self._possible("residence", open_, *([residence.unit] if residence.unit else residence.candidates))

    def _known(self, residence: Resolution) -> bool:
        return residence.unit is not None and residence.confidence >= self.policy.residence_confidence

    def _declared(self, place: Place | None) -> Unit | None:
        """The unit of a declared place: as picked, else as its text says, where that is clear enough."""
        if place is None:
            return None
        picked = unit(place.unit) if place.unit else None
        if picked:
            return picked
        read = resolve(place.text)
        return read.unit if read.confidence >= self.policy.residence_confidence else None

    def _in_zones(self, where: str, place: Unit, *, possible: bool = True) -> Iterator[Evidence]:
        touched = self._touched([place])
        yield from (self._zone(where, zone, place) for zone, cover in touched if cover == "certain")
        open_ = [zone for zone, cover in touched if cover == "possible"]
        if open_ and possible:
            yield self._possible(where, open_, place)

    def _touched(self, choices: list[Unit]) -> list[tuple[Zone, Cover]]:
        """The zones on a place, which is one of `choices`, the highest level first; certain where each choice is covered."""
        found: dict[str, tuple[Zone, set[str]]] = {}
        for choice in choices:
            for zone, cover in self._covering(choice):
                sure = found.setdefault(zone.id, (zone, set()))[1]
                sure.update([choice.code] if cover == "certain" else [])
        ranked = sorted(found.values(), key=lambda one: (-one[0].level, one[0].id))
        return [(zone, "certain" if len(sure) == len(choices) else "possible") for zone, sure in ranked]

    def _covering(self, place: Unit) -> Iterator[tuple[Zone, Cover]]:
        """The zones that count and touch a place; certain where their units together cover all of it."""
        reached = area(place.code)
        covered: dict[str, tuple[Zone, set[str]]] = {}
        for commune in reached:
            for zone, one in self.reference.zones_at.get(commune, ()):
                cover = covers(one, place) if self._counts(zone) else "no"
                if cover != "no":
                    sure = covered.setdefault(zone.id, (zone, set()))[1]
                    sure.update(reached if cover == "certain" else () if one.former else (commune,))
        for zone, sure in covered.values():
            yield zone, "certain" if sure == reached else "possible"

    def _counts(self, zone: Zone) -> bool:
        """Whether a zone is in force or ended so lately that it still counts. A day that cannot be read does not end it."""
        since, until = day(zone.since), day(zone.until)
        begun = since is None or since <= self.today
        return begun and (until is None or self.today - timedelta(days=self.policy.zone_days) <= until)

    def _zone(self, where: str, zone: Zone, place: Unit | None) -> Evidence:
        code = _IN_ZONE[where][zone.level >= _WORST_LEVEL]
        return self._about(code, "claimed", zone, place=label(place) if place else "")

    def _split(self, residence: Resolution, zones: list[Zone]) -> Evidence:
        place = label(residence.unit) if residence.unit else ""
        parts = "; ".join(label(part) for part in residence.candidates)
        return self._about("residence-split", "unknown", zones[0], place=place, parts=parts)

    def _possible(self, where: str, zones: list[Zone], *places: Unit) -> Evidence:
        name = "; ".join(label(place) for place in places[:3])
        return self._about("zone-possible", "unknown", zones[0], where=where, place=name, count=len(zones))

    def _about(self, code: EvidenceCode, strength: Strength, zone: Zone, **params: str | int) -> Evidence:
        held = self.reference.zones
        source = Provenance("zones", held.version, held.issued) if held else Provenance("zones")
        about: Params = {"zone": zone.name, "level": zone.level, "since": zone.since}
        return Evidence(code, strength, source, {**about, **params})


def _evidence(code: EvidenceCode, strength: Strength, source: str, **params: str | int) -> Evidence:
    return Evidence(code, strength, Provenance(source), params)
