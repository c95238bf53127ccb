"""Residence, origin, stops and destinations against zones of both sets of units."""

import msgspec
import pytest

from checkpoint_core.geography import Unit, label, resolve, successors
from checkpoint_core.geography.units import tables
from checkpoint_core.identity.model import Identity
from checkpoint_core.releases.model import Zone
from checkpoint_core.screening.model import Declaration, Evidence, Place
from checkpoint_core.screening.policy import BUILT_IN
from tests.core.screening.scene import NOW, WHO, codes, evidence, lists, place, zone


@pytest.mark.parametrize("unit", ["fw:14161", "fd:365", "fp:036", "p:37"])
def test_a_residence_in_a_zone_of_either_set(unit: str) -> None:
    assert codes(evidence(reference=lists([zone(unit)]))) == {"zone-residence"}
    assert codes(evidence(reference=lists([zone(unit, level=3)]))) == {"zone-3-residence"}


def test_the_reason_names_zone_level_day_place_and_list() -> None:
    (found,) = [one for one in evidence(reference=lists([zone("fd:365")])) if one.code == "zone-residence"]
    assert found.params == {
        "zone": "Xã Giao Thử",
        "level": 2,
        "since": "2026-11-12",
        "place": "xã Giao Thiện, huyện Giao Thủy, Nam Định",
    }
    assert (found.provenance.source, found.provenance.version) == ("zones", 12)
    assert found.provenance.as_of is not None


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        ("2026-11-24", None, True),
        ("2026-11-25", None, False),
        ("2026-11-01", "2026-11-23", True),  # ended yesterday: fourteen days more
        ("2026-10-01", "2026-11-10", True),
        ("2026-10-01", "2026-11-09", False),
        ("2026-10-01", "9999-12-31", True),
        ("not a day", None, True),  # what cannot be read does not let anybody through
    ],
)
def test_when_a_zone_counts(since: str, until: str | None, counts: bool) -> None:
    found = codes(evidence(reference=lists([zone("p:37", since=since, until=until)])))
    assert ("zone-residence" in found) is counts


def test_the_day_is_the_day_here() -> None:
    begins_tomorrow = lists([zone("p:37", since="2026-11-25")])
    assert "zone-residence" in codes(evidence(reference=begins_tomorrow, now=NOW.replace(hour=17)))  # midnight in Hà Nội


def test_a_split_commune_needs_the_persons_answer() -> None:
    old = next(one for one in tables().units.values() if one.code.startswith("fw:") and len(successors(one.code)) == 2)
    who = Identity(number=WHO.number, name=WHO.name, birth_date=WHO.birth_date, address=label(old))
    first, second = successors(old.code)
    (found,) = split_reasons(who, [zone(first.code)])
    assert found.params["parts"] == f"{label(first)}; {label(second)}"
    assert codes(evidence(who, reference=lists([zone(first.code, second.code)]))) == {"zone-residence"}
    for part, expected in ((first, {"zone-residence", "zone-origin"}), (second, set())):
        said = Declaration(origin=place(part.code))
        assert codes(evidence(who, said=said, reference=lists([zone(first.code)]))) == expected
    assert codes(evidence(who, said=Declaration(origin=place(old.code)), reference=lists([zone(first.code)]))) == {
        "residence-split"
    }
    assert codes(evidence(who)) == set()  # neither part is in a zone: nothing to ask


def split_reasons(who: Identity, zones: list[Zone]) -> list[Evidence]:
    return [one for one in evidence(who, reference=lists(zones)) if one.code == "residence-split"]


def test_a_coarse_residence_is_possibly_in_a_zone_and_said_once() -> None:
    who = Identity(number=WHO.number, name=WHO.name, birth_date=WHO.birth_date, address="Hà Nội")
    zones = [Zone("a", "Ba Đình", ("c:00004",), 1, "2026-11-12"), Zone("b", "Hồng Hà", ("c:00097",), 3, "2026-11-12")]
    answered = Declaration(origin=place("c:00008"))
    assert codes(evidence(who, said=answered, reference=lists(zones))) == set()  # asked, and it is neither
    (found,) = [one for one in evidence(who, reference=lists(zones)) if one.code == "zone-possible"]
    assert (found.params["zone"], found.params["count"], found.strength) == ("Hồng Hà", 2, "unknown")


def test_candidates_all_in_a_zone_are_certain_and_some_are_possible() -> None:
    residence = resolve("Ba Đình, Hà Nội")
    assert len(residence.candidates) == 2
    assert codes(evidence(residence=residence, reference=lists([zone("p:01")]))) == {"zone-residence"}
    assert codes(evidence(residence=residence, reference=lists([zone("c:00004")]))) == {"zone-possible"}


def test_a_name_that_many_communes_bear_is_possibly_in_a_zone_on_one() -> None:
    residence = resolve("Tân Lập")
    found = evidence(residence=residence, reference=lists([zone(residence.candidates[0].code)]))
    assert codes(found) == {"residence-unknown", "zone-possible"}
    (possible,) = [one for one in found if one.code == "zone-possible"]
    assert possible.params["place"] == "; ".join(label(one) for one in residence.candidates[:3])


def test_an_unknown_residence_asks_for_attention_unless_the_origin_is_declared() -> None:
    nobody = Identity(number=WHO.number, name=WHO.name, birth_date=WHO.birth_date, address="Springfield")
    assert codes(evidence(nobody)) == {"residence-unknown"}
    assert codes(evidence(nobody, said=Declaration(origin=place("c:14167")))) == {"residence-unclear"}
    assert codes(evidence(nobody, said=Declaration(origin=Place("đâu đó")))) == {"residence-unknown", "origin-unknown"}


def test_an_origin_is_resolved_from_its_text_or_its_pick() -> None:
    reference = lists([zone("c:14167")])
    for origin in (place("c:14167"), Place("xã Giao Thủy, Ninh Bình"), Place("giao thuy ninh binh", "c:14167")):
        assert "zone-origin" in codes(evidence(said=Declaration(origin=origin), reference=reference))
    locked = lists([zone("c:14167", level=3)])
    assert "zone-3-origin" in codes(evidence(said=Declaration(origin=place("c:14167")), reference=locked))


def test_an_origin_coarser_than_the_residence_adds_no_doubt() -> None:
    reference = lists([zone("c:14329")])  # elsewhere in the same province
    assert codes(evidence(said=Declaration(origin=place("p:37")), reference=reference)) == set()
    assert codes(evidence(said=Declaration(origin=place("p:01")), reference=lists())) == {"zone-possible"}


def test_stops_and_destinations() -> None:
    reference = lists([zone("c:14167")])
    assert codes(evidence(said=Declaration(stops=(place("c:14167"),)), reference=reference)) == {"zone-stop"}
    assert codes(evidence(said=Declaration(stops=(Place("quán nước"),)), reference=reference)) == {"stop-unknown"}
    assert codes(evidence(said=Declaration(destinations=(place("c:14167"),)), reference=reference)) == {"zone-destination"}
    assert codes(evidence(said=Declaration(destinations=(Place("nhà"), place("p:37"))), reference=reference)) == set()


def test_a_zone_on_a_unit_that_our_tables_do_not_hold_is_said() -> None:
    found = {
        one.code: one for one in evidence(reference=lists([zone("c:99999"), Zone("z2", "Khác", ("p:37",), 1, "2026-11-01")]))
    }
    assert found["zones-unplaced"].params == {"zones": "Xã Giao Thử"}
    assert "zone-residence" in found


def test_every_part_of_a_long_zone_is_found() -> None:
    units: list[Unit] = [one for one in tables().units.values() if not one.former and one.level == "commune"][:500]
    reference = lists(Zone(one.code, one.name, (one.code,), 1, "2026-11-01") for one in units)
    for one in units[::50]:
        found = evidence(said=Declaration(origin=Place(one.name, one.code)), reference=reference)
        assert [hit.params["zone"] for hit in found if hit.code == "zone-origin"] == [one.name]


def test_the_days_after_a_zone_are_the_policys() -> None:
    ended = zone("p:37", until="2026-11-04")
    assert codes(evidence(reference=lists([ended]))) == set()
    longer = msgspec.structs.replace(BUILT_IN, zone_days=21)
    assert codes(evidence(reference=lists([ended], policy=longer))) == {"zone-residence"}
