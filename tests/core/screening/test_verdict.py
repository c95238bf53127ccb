"""Evidence to verdict: the worst decides, unknown is never green, order never matters, and every code has words."""

import string
from datetime import UTC, timedelta
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.words import LANGUAGES, catalogue
from checkpoint_core.geography import resolve
from checkpoint_core.identity.model import Finding, Identity
from checkpoint_core.releases.model import Verification
from checkpoint_core.screening.codes import EVIDENCE_CODES
from checkpoint_core.screening.model import Declaration, Evidence, Place, Provenance, Strength, Verdict, Weight
from checkpoint_core.screening.people import History, Seen
from checkpoint_core.screening.policy import BUILT_IN, Policy
from checkpoint_core.screening.reference import ReferenceData
from checkpoint_core.screening.verdict import screen
from tests.core.screening.scene import FAR_ZONE, NAME, NOW, WHO, codes, evidence, lists, place, sought, zone

WHERE = Place("đâu đó")
ODD = (Finding("number-sex-mismatch", "sex", "warning"),)
CLAIMS = (
    Declaration(test="positive"),
    Declaration(test="negative"),
    Declaration(test="negative", test_on="2026-11-24", doses=1),
    Declaration(test="negative", test_on="2026-11-01", doses=1, last_dose_on="2026-11-23"),
    Declaration(recovered_on="2026-11-01"),
    Declaration(recovered_on="2020-11-01"),
)
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
some_evidence = st.builds(
    Evidence,
    st.sampled_from([*EVIDENCE_CODES, "a-code-from-a-newer-registry"]),
    st.sampled_from(get_args(Strength)),
    st.just(Provenance("card")),
    st.dictionaries(st.sampled_from("ab"), st.integers() | st.text(max_size=3), max_size=2),
)


def verdict(found: tuple[Evidence, ...], policy: Policy = BUILT_IN) -> Verdict:
    return screen(found, policy)


def test_a_known_traveller_from_nowhere_special_is_clear() -> None:
    assert verdict(evidence()).state == "clear"


@pytest.mark.parametrize(
    ("found", "state", "first"),
    [
        (evidence(None), "attention", "identity-missing"),
        (evidence(reference=ReferenceData()), "attention", "zones-missing"),
        (evidence(Identity(number="1", name="A")), "attention", "residence-unknown"),
        (evidence(reference=lists([zone("p:37", level=3)])), "stop", "zone-3-residence"),
        (evidence(reference=lists(watched=[sought("case")])), "stop", "watch-case"),
        (evidence(said=Declaration(test="positive", symptoms=("fever",))), "stop", "test-positive"),
        (evidence(said=Declaration(symptoms=("fever",))), "attention", "symptoms"),
        (evidence(reference=lists([zone("p:37", level=3)], [sought("case")])), "stop", "watch-case"),
    ],
)
def test_the_worst_decides_and_stands_first(found: tuple[Evidence, ...], state: str, first: str) -> None:
    reached = verdict(found)
    assert (reached.state, reached.reasons[0].code) == (state, first)
    assert len(reached.reasons) == len(found)


@given(
    st.lists(some_evidence, max_size=8),
    st.randoms(),
    st.dictionaries(st.sampled_from(EVIDENCE_CODES), st.sampled_from(WEIGHTS)),
)
def test_order_never_matters(found: list[Evidence], random: object, weights: dict[str, Weight]) -> None:
    policy = Policy(weights)
    reached = screen(found, policy)
    shuffled = sorted(found, key=lambda _: random.random())  # type: ignore[attr-defined]
    again = screen(shuffled, policy)
    assert (again.state, [reason.code for reason in again.reasons]) == (
        reached.state,
        [reason.code for reason in reached.reasons],
    )
    ranks = [("stop", "attention", "inform").index(reason.weight) for reason in reached.reasons]
    assert ranks == sorted(ranks)
    assert reached.state == {"stop": "stop", "attention": "attention"}.get(
        reached.reasons[0].weight if found else "", "clear"
    )


def test_a_policy_of_a_newer_registry_works() -> None:
    policy = msgspec.structs.replace(BUILT_IN, weights={**BUILT_IN.weights, "mask-missing": "stop", "repeat": "attention"})
    reference = lists(policy=policy)
    reached = screen(evidence(reference=reference), reference.policy, reference.policy_version)
    assert (reached.state, reached.policy_version) == ("clear", 12)
    unknown = Evidence("mask-missing", "claimed", Provenance("declaration"))
    assert screen([unknown], policy).state == "stop"
    assert screen([unknown], BUILT_IN).state == "clear"


def test_what_a_policy_forgets_stays_as_it_is_built_in() -> None:
    forgetful = Policy({"symptoms": "stop"})
    assert screen(evidence(reference=ReferenceData()), forgetful).state == "attention"  # no lists: unknown is never green
    assert screen(evidence(said=Declaration(test="positive")), forgetful).state == "stop"
    silent = Policy({"test-positive": "inform"})
    assert screen(evidence(said=Declaration(test="positive")), silent).state == "clear"


@pytest.mark.parametrize(("hours", "state"), [(23, set()), (25, {"zones-ageing", "watch-list-ageing"})])
def test_lists_age(hours: int, state: set[str]) -> None:
    assert codes(evidence(reference=lists(hours_old=hours))) == state


def test_old_lists_are_amber_and_a_clock_before_them_too() -> None:
    old = evidence(reference=lists(hours_old=73))
    assert codes(old) == {"zones-stale", "watch-list-stale"}
    assert verdict(old).state == "attention"
    assert "clock-doubtful" in codes(evidence(now=NOW - timedelta(days=20000), who=Identity(number="1", name="A")))
    assert verdict(evidence(now=NOW - timedelta(days=3))).state == "attention"
    assert verdict(evidence(now=NOW + timedelta(days=20000))).state == "attention"


dates = st.sampled_from(["", "0001-01-01", "9999-12-31", "2026-11-24", "1990", "31/02"]) | st.text(max_size=12)
words = st.none() | st.text(max_size=20)
places = st.builds(Place, st.text(max_size=30), st.none() | st.sampled_from(["p:37", "c:00004", "fw:00001", "x", ""]))
anybody = st.none() | st.builds(
    Identity, number=words, old_number=words, name=words, birth_date=st.none() | dates, address=words
)
anything = st.builds(
    Declaration,
    origin=st.none() | places,
    destinations=st.lists(places, max_size=3).map(tuple),
    stops=st.lists(places, max_size=3).map(tuple),
    symptoms=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    test=st.sampled_from([None, "negative", "positive"]),
    test_on=st.none() | dates,
    doses=st.none() | st.integers(),
    last_dose_on=st.none() | dates,
    recovered_on=st.none() | dates,
)
earlier = st.lists(st.builds(Seen, st.datetimes(timezones=st.just(UTC)), words, st.none() | dates), max_size=4)


@given(anybody, anything, earlier, st.lists(dates, min_size=2, max_size=2))
def test_whatever_is_read_typed_or_released_is_judged(
    who: Identity | None, said: Declaration, seen: list[Seen], days: list[str]
) -> None:
    zones = lists([zone("p:37", "p:01", since=days[0], until=days[1])], [sought("case", NAME, "1985-09-21")])
    found = evidence(who, said=said, reference=zones, history=History(tuple(seen)))
    reached = screen(found, BUILT_IN)
    assert len(reached.reasons) == len(found) > 0
    assert msgspec.json.decode(msgspec.json.encode(reached), type=Verdict) == reached
    assert {one.code for one in found} <= set(EVIDENCE_CODES)


def every_scene() -> list[Evidence]:
    """Situations that between them give every code."""
    wrong = [("c:14167", 3), ("c:14167", 1)]
    found: list[Evidence] = []
    for unit, level in wrong:
        said = Declaration(origin=place(unit), stops=(place(unit),), destinations=(place(unit),))
        found += evidence(said=said, reference=lists([zone(unit, "fw:14161", level=level)]))
    found += evidence(
        residence=resolve("Tân Lập, Đan Phượng, Hà Nội"), reference=lists([zone("c:99999", "c:09832", "c:00004")])
    )
    found += [one for part in resolve("Tân Lập, Đan Phượng, Hà Nội").candidates for one in split(part.code)]
    found += evidence(residence=resolve("Hà Nội"), reference=lists([FAR_ZONE], hours_old=30))
    found += evidence(reference=lists(hours_old=99)) + evidence(reference=ReferenceData()) + evidence(None)
    found += evidence(now=NOW - timedelta(days=9)) + evidence(Identity(number="036185000123", issued="2099-01-01"))
    found += evidence(Identity(number="1*", birth_date="2099", address="?"), said=Declaration(origin=place("p:01")))
    found += evidence(said=Declaration(origin=WHERE, stops=(WHERE,), symptoms=("fever",), exposures=("contact-case",)))
    for instruct in ("case", "contact-1", "contact-2", "quarantine"):
        found += evidence(reference=lists(watched=[sought(instruct)]))
    found += evidence(reference=lists(watched=[sought("case", "Lê Văn Mẫu", "1970-01-01")]))
    old = Identity(old_number="271450001", name=NAME, birth_date="1985-09-21", address=WHO.address)
    found += evidence(old, reference=lists(watched=[sought("case", "Lê Văn Mẫu", "1970-01-01", number="271450001")]))
    for outcome, minutes in (("matches", 1), ("differs", 200), ("no-such-number", 300)):
        answer = Verification("e", 0, "1", outcome, ("name",))  # type: ignore[arg-type]
        found += evidence(history=History((Seen(NOW - timedelta(minutes=minutes), NAME, None, "cp", "1", answer),)))
    found += evidence(history=History((Seen(NOW, "Lê Văn Mẫu", None),)), findings=ODD)
    for claim in CLAIMS:
        found += evidence(said=claim)
    return found


def split(code: str) -> tuple[Evidence, ...]:
    return evidence(residence=resolve("Tân Lập, Đan Phượng, Hà Nội"), reference=lists([zone(code)]))


def test_every_code_can_happen_and_no_other() -> None:
    assert {one.code for one in every_scene()} == set(EVIDENCE_CODES)


def test_every_weight_of_the_built_in_policy_is_of_a_code_that_can_happen() -> None:
    assert BUILT_IN.weights.keys() <= set(EVIDENCE_CODES)


def test_what_is_not_known_or_contradicted_is_never_green_by_itself() -> None:
    worth_knowing = {
        *("register-unchecked", "residence-unclear", "zones-ageing", "watch-list-ageing"),
        "watch-other-person",
    }
    for one in every_scene():
        if one.strength in ("unknown", "contradicted") and one.code not in worth_knowing:
            assert BUILT_IN.weights[one.code] != "inform", one.code


def test_every_piece_of_evidence_has_a_sentence_in_both_languages() -> None:
    for one in every_scene():
        for language in LANGUAGES:
            sentence = catalogue(language)[f"reason.{one.code}"]
            wanted = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
            assert wanted <= one.params.keys(), one.code
            assert sentence.format(**one.params)
            assert f"strength.{one.strength}" in catalogue(language)
            assert f"source.{one.provenance.source}" in catalogue(language)


def test_a_verdict_survives_the_journal() -> None:
    reached = verdict(tuple(every_scene()))
    assert msgspec.json.decode(msgspec.json.encode(reached), type=Verdict) == reached
