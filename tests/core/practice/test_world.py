"""A practice world: its zones, its watch list and the shift it scripts hang together."""

from datetime import date

import pytest

from checkpoint_core.geography import area, covers, resolve, unit
from checkpoint_core.identity import Identity, Reading, read
from checkpoint_core.practice import CASES, POPULATION, Case, ScriptedTraveller, card_text, people, person, script, world
from checkpoint_core.practice.world import World
from checkpoint_core.releases.model import watch_digest

SEED = 2026
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def published() -> World:
    return world(SEED, TODAY)


@pytest.fixture(scope="module")
def shift() -> tuple[ScriptedTraveller, ...]:
    return script(SEED, 200)


def only(shift: tuple[ScriptedTraveller, ...], case: Case) -> list[ScriptedTraveller]:
    found = [one for one in shift if one.case == case]
    assert found
    return found


def identity(reading: Reading) -> Identity:
    assert reading.identity is not None
    return reading.identity


def test_the_same_seed_makes_the_same_world_and_shift(published: World, shift: tuple[ScriptedTraveller, ...]) -> None:
    assert world(SEED, TODAY) == published
    assert script(SEED, 50) == shift[:50]
    assert script(SEED + 1, 50) != shift[:50]


def test_a_larger_population_has_the_same_world_and_strangers_of_its_own(published: World) -> None:
    assert world(SEED, TODAY, 50_000_000) == published
    (stranger,) = (one for one in script(SEED, len(CASES), 50_000_000) if one.case == "not-in-register")
    assert stranger.person == person(SEED, 50_000_000)


@pytest.mark.parametrize("seed", range(5))
def test_some_thousands_of_people_fill_every_part(seed: int) -> None:
    assert {one.case for one in script(seed, len(CASES), 3_000)} == set(CASES)


def test_zones_name_real_units_on_every_level_and_one_has_ended(published: World) -> None:
    assert {zone.level for zone in published.zones} == {1, 2, 3}
    assert all(unit(code) for zone in published.zones for code in zone.units)
    assert [zone.id for zone in published.zones if zone.until and zone.until < TODAY.isoformat()] == ["zone-ended"]
    assert all(unit(post.unit) and post.lanes for post in published.posts)
    assert {sought.instruct for sought in published.watch_list.items} == {"case", "contact-1", "contact-2", "quarantine"}


def test_a_short_shift_already_meets_every_case(shift: tuple[ScriptedTraveller, ...]) -> None:
    assert {one.case for one in shift[: len(CASES)]} == set(CASES)
    assert sum(one.case in ("clear", "repeat") for one in shift) > len(shift) / 2


def test_travellers_from_zones_live_there_and_clear_ones_do_not(
    published: World, shift: tuple[ScriptedTraveller, ...]
) -> None:
    zones = {zone.id: [one for code in zone.units if (one := unit(code))] for zone in published.zones}
    for case, zone_id in (("zone", "zone-level-2"), ("zone-3", "zone-level-3")):
        for traveller in shift:
            if traveller.case == case:
                home = resolve(traveller.person.address).unit
                assert home is not None
                assert covers(zones[zone_id][0], home) == "certain"
    touched = {code for places in zones.values() for place in places for code in area(place.code)}
    for traveller in only(shift, "clear"):
        assert traveller.person.commune not in touched
        assert read(traveller.text).findings == ()


def test_the_watched_are_on_the_watch_list_and_nobody_else(published: World, shift: tuple[ScriptedTraveller, ...]) -> None:
    salt, items = published.watch_list.salt, published.watch_list.items
    for one in shift:
        who = identity_digest(salt, one)
        assert (who in {(sought.who, sought.settles) for sought in items}) == (one.case == "watched")


def identity_digest(salt: str, one: ScriptedTraveller) -> tuple[str, str]:
    whom = one.person
    return watch_digest(salt, whom.number), watch_digest(salt, whom.number, whom.name, whom.birth_date)


def test_a_repeat_is_somebody_met_before_with_the_same_card(shift: tuple[ScriptedTraveller, ...]) -> None:
    for place, one in enumerate(shift):
        if one.case == "repeat":
            assert one.text in {earlier.text for earlier in shift[:place] if earlier.case == "clear"}


def test_each_case_has_its_own_fault(shift: tuple[ScriptedTraveller, ...]) -> None:
    population = {one.number for one in people(SEED, POPULATION)}
    for one in only(shift, "altered-birth"):
        assert "number-birth-mismatch" in {finding.code for finding in read(one.text).findings}
    for one in only(shift, "not-in-register"):
        assert identity(read(one.text)).number not in population
    for one in only(shift, "name-differs"):
        assert read(one.text).findings == ()
        assert identity(read(one.text)).name != one.person.name
    for one in only(shift, "damaged"):
        assert "cut-short" in {finding.code for finding in read(one.text).findings}
        assert one.text != card_text(one.person)


@pytest.mark.parametrize(
    ("case", "kind"), [("can-cuoc", "can-cuoc"), ("bhyt", "bhyt"), ("pc-covid", "pc-covid"), ("boarding-pass", "unknown")]
)
def test_other_papers_are_what_they_say(case: Case, kind: str, shift: tuple[ScriptedTraveller, ...]) -> None:
    for one in only(shift, case):
        assert read(one.text).kind == kind
