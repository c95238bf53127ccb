"""From a card to a verdict: prefilled from what is known, judged against the lists in force, as often as it takes."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_app.duty import crossings, screening
from checkpoint_app.duty.values import Screened
from checkpoint_app.store import Store
from checkpoint_app.store.times import iso
from checkpoint_app.store.values import Officer, Shift
from checkpoint_core.identity.model import Identity
from checkpoint_core.journal.payloads import Decision, ShiftOpened
from checkpoint_core.releases.model import (
    Checkpoints,
    Notice,
    Post,
    Release,
    Sought,
    Verification,
    WatchList,
    Zone,
    Zones,
    notify,
    publish,
    watch_digest,
)
from checkpoint_core.screening.model import Place
from tests.app.store.making import NOON, Clock, Registry, on_duty

NUMBER = "001190000017"
CARD = f"{NUMBER}|012345678|Nguyễn Thị Thử|05091990|Nữ|Số 12, Phường Dịch Vọng, Quận Cầu Giấy, Hà Nội|10052021"
DESTINATION = (Place("Ninh Bình", "p:37"),)


@pytest.fixture
def duty(store: Store, registry: Registry) -> tuple[Officer, Shift]:
    """On duty where the lists are fresh: one zone far away, nobody sought, a checkpoint in Hà Nội."""
    registry.enrol(store)
    lists = (
        Zones((Zone("z1", "Vùng thử", ("p:79",), 2, "2026-11-01"),)),
        WatchList("salt", (Sought("0" * 32, "", "case", "2026-11-01"),)),
        Checkpoints((Post("PV", "Chốt Pháp Vân", "c:00166", ("1", "2")),)),
    )
    releases = [Release(str(one.__struct_config__.tag), 1, iso(NOON), one) for one in lists]
    assert len(store.apply(1, [publish(release, registry.key) for release in releases], []).kinds) == 3
    return on_duty(store)


def codes(screened: Screened) -> set[str]:
    return {reason.code for reason in screened.verdict.reasons}


def pass_through(store: Store, duty: tuple[Officer, Shift], screened: Screened) -> str:
    """Record a traveller as they stand, with a destination where none is known."""
    declaration = screened.declaration
    if not declaration.destinations:
        declaration = msgspec.structs.replace(declaration, destinations=DESTINATION, phone="0912345678")
    who = screening.rescreen(store, screened, declaration, duty[1]).traveller()
    return crossings.record(store, *duty, (who,), Decision("admitted"), "car", "29B112345").id


def test_a_first_time_traveller(store: Store, duty: tuple[Officer, Shift]) -> None:
    screened = screening.screen_text(store, CARD, duty[1])
    assert screened.reading.kind == "cccd"
    assert (screened.age, screened.repeat, screened.last_crossing, screened.plate) == (36, False, None, None)
    assert screened.former_residence
    assert screened.residence is not None
    assert screened.residence == "phường Cầu Giấy, Hà Nội / phường Nghĩa Đô, Hà Nội"
    assert screened.verdict.state == "clear"


def test_who_comes_home_and_who_leaves_home(store: Store, duty: tuple[Officer, Shift]) -> None:
    officer, entering = duty
    other = store.add_officer("Trần Thị Mẫu", "officer", "no PIN", officer.id)
    leaving = store.open_shift(other, ShiftOpened("PV", "2", "out"))
    coming, going = (screening.screen_text(store, CARD, shift).declaration for shift in (entering, leaving))
    assert (coming.origin, [place.text for place in coming.destinations]) == (
        None,
        [going.origin.text if going.origin else ""],
    )
    assert going.destinations == ()


def test_a_repeat_traveller_needs_no_question(store: Store, duty: tuple[Officer, Shift], clock: Clock) -> None:
    pass_through(store, duty, screening.screen_text(store, CARD, duty[1]))
    clock.pass_(hours=30)
    again = screening.screen_text(store, CARD.encode(), duty[1])
    assert (again.repeat, again.last_crossing, again.vehicle, again.plate) == (True, NOON, "car", "29B112345")
    assert again.declaration == store.crossings()[0].crossing.travellers[0].declaration
    assert "repeat" in codes(again)
    clock.pass_(hours=60)
    later = screening.screen_text(store, CARD, duty[1])
    assert (later.repeat, later.last_crossing) == (False, NOON)
    assert later.declaration.phone is None


def test_on_the_way_back_the_journey_is_turned_round(store: Store, duty: tuple[Officer, Shift], clock: Clock) -> None:
    first = screening.screen_text(store, CARD, duty[1])
    said = msgspec.structs.replace(first.declaration, origin=DESTINATION[0], destinations=(Place("Hà Nội", "p:01"),))
    pass_through(store, duty, screening.rescreen(store, first, said, duty[1]))
    clock.pass_(hours=1)
    store.close_shift(duty[0], duty[1].id, "", None)
    leaving = store.open_shift(duty[0], ShiftOpened("PV", "1", "out"))
    back = screening.screen_text(store, CARD, leaving).declaration
    assert (back.origin, back.destinations) == (Place("Hà Nội", "p:01"), DESTINATION)


def test_another_person_with_the_same_number_gets_nobody_elses_answers(
    store: Store, duty: tuple[Officer, Shift], clock: Clock
) -> None:
    pass_through(store, duty, screening.screen_text(store, CARD, duty[1]))
    clock.pass_(hours=1)
    other = screening.screen_text(store, CARD.replace("Nguyễn Thị Thử", "Trần Thị Khác"), duty[1])
    assert not other.repeat
    assert other.declaration.phone is None
    assert "two-faces" in codes(other)
    assert other.verdict.state == "attention"


def test_the_card_again_at_once_is_a_duplicate(store: Store, duty: tuple[Officer, Shift], clock: Clock) -> None:
    pass_through(store, duty, screening.screen_text(store, CARD, duty[1]))
    clock.pass_(minutes=2)
    assert "duplicate" in codes(screening.screen_text(store, CARD, duty[1]))


def test_an_old_card_finds_what_the_new_one_left(store: Store, duty: tuple[Officer, Shift], clock: Clock) -> None:
    pass_through(store, duty, screening.screen_text(store, CARD, duty[1]))
    clock.pass_(hours=1)
    assert screening.screen_text(store, "012345678", duty[1]).repeat


def test_a_new_list_judges_who_stands_there_already(store: Store, duty: tuple[Officer, Shift], registry: Registry) -> None:
    screened = screening.screen_text(store, CARD, duty[1])
    here = Zones((Zone("z2", "Cầu Giấy", ("p:01",), 3, "2026-11-20"),))
    sought = WatchList("salt", (Sought(watch_digest("salt", NUMBER), "", "contact-1", "2026-11-20"),))
    releases = [Release("zones", 2, iso(NOON), here), Release("watch-list", 2, iso(NOON), sought)]
    store.apply(2, [publish(release, registry.key) for release in releases], [])
    again = screening.rescreen(store, screened, screened.declaration, duty[1])
    assert again.verdict.state == "stop"
    assert {"zone-3-residence", "watch-contact-1"} <= codes(again)


def test_lists_that_have_grown_old_are_said(store: Store, duty: tuple[Officer, Shift], clock: Clock) -> None:
    clock.pass_(hours=80)
    assert {"zones-stale", "watch-list-stale"} <= codes(screening.screen_text(store, CARD, duty[1]))


def test_what_is_declared_counts(store: Store, duty: tuple[Officer, Shift]) -> None:
    screened = screening.screen_text(store, CARD, duty[1])
    said = msgspec.structs.replace(screened.declaration, symptoms=("fever",), test="positive", test_on="2026-11-24")
    judged = screening.rescreen(store, screened, said, duty[1])
    assert judged.declaration == said
    assert (judged.verdict.state, {"symptoms", "test-positive"} <= codes(judged)) == ("stop", True)


def test_the_registers_answer_is_evidence_next_time(
    store: Store, duty: tuple[Officer, Shift], clock: Clock, registry: Registry
) -> None:
    entry = pass_through(store, duty, screening.screen_text(store, CARD, duty[1]))
    answer = Verification(entry, 0, NUMBER, "differs", ("birth_date",), iso(NOON + timedelta(seconds=5)))
    store.apply(2, [], [notify(Notice(store.device, answer), registry.key)])
    clock.pass_(hours=1)
    again = screening.screen_text(store, CARD, duty[1])
    assert again.verification == answer
    assert "register-differs" in codes(again)


def test_what_the_register_said_of_one_person_is_not_shown_of_another(
    store: Store, duty: tuple[Officer, Shift], clock: Clock, registry: Registry
) -> None:
    entry = pass_through(store, duty, screening.screen_text(store, CARD, duty[1]))
    answer = Verification(entry, 0, NUMBER, "matches", (), iso(NOON + timedelta(seconds=5)))
    store.apply(2, [], [notify(Notice(store.device, answer), registry.key)])
    clock.pass_(hours=1)
    assert screening.screen_text(store, CARD, duty[1]).verification == answer
    forged = screening.screen_text(store, CARD.replace("Nguyễn Thị Thử", "Lê Thị Mẫu"), duty[1])
    assert forged.verification is None
    assert "two-faces" in codes(forged)


def test_a_card_that_cannot_be_read_is_typed(store: Store, duty: tuple[Officer, Shift]) -> None:
    screened = screening.screen_manual(store, Identity(number=NUMBER, name="Nguyễn Thị Thử", birth_date="1990"), duty[1])
    assert screened.age == 36
    assert screened.reading.identity is not None
    pass_through(store, duty, screened)
    assert store.crossings()[0].crossing.travellers[0].identity.name == "Nguyễn Thị Thử"


@given(text=st.one_of(st.text(max_size=80), st.binary(max_size=80)))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_shown_is_answered_and_the_next_card_works(
    store: Store, duty: tuple[Officer, Shift], text: str | bytes
) -> None:
    screened = screening.screen_text(store, text, duty[1])
    if screened.reading.identity is None:
        assert screened.verdict.state != "clear"
    assert screening.screen_text(store, CARD, duty[1]).age == 36
