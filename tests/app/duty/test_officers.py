"""Who may do what, and how slow guessing a PIN is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.duty import officers
from checkpoint_app.store import Store
from checkpoint_app.store.values import Officer
from checkpoint_core.trouble import Trouble
from tests.app.store.making import Clock, opened

PIN = "482915"


@pytest.fixture
def chief(store: Store) -> Officer:
    return officers.first_supervisor(store, "  Lê  Văn\tThử ", PIN)


def code(trouble: pytest.ExceptionInfo[Trouble]) -> str:
    params = trouble.value.params
    return f"{params['field']}-{params['problem']}" if trouble.value.code == "field" else trouble.value.code


def test_the_first_supervisor_adds_the_others(store: Store, chief: Officer) -> None:
    assert (chief.name, chief.role) == ("Lê Văn Thử", "supervisor")
    officer = officers.add_officer(store, chief, "Trần Thị Mẫu", "officer", "739154")
    assert officers.officers(store) == [chief, officer]
    assert officers.sign_in(store, officer.id, "739154") == officer


def test_there_is_one_first_supervisor(store: Store, chief: Officer) -> None:
    with pytest.raises(Trouble, match="not-allowed"):
        officers.first_supervisor(store, "Kẻ Khác", "739154")
    assert officers.officers(store) == [chief]


def test_an_officer_adds_nobody_whatever_their_screen_says(store: Store, chief: Officer) -> None:
    officer = officers.add_officer(store, chief, "Trần Thị Mẫu", "officer", "739154")
    for claimed in (officer, Officer(officer.id, officer.name, "supervisor")):
        with pytest.raises(Trouble, match="not-allowed"):
            officers.add_officer(store, claimed, "Kẻ Khác", "supervisor", "739154")


@pytest.mark.parametrize(
    ("name", "pin", "fault"),
    [
        (" ", PIN, "name-missing"),
        ("a\x00b", PIN, "name-malformed"),
        ("x" * 101, PIN, "name-malformed"),
        ("Lê Văn Thử", PIN, "name-taken"),
        ("Trần Thị Mẫu", "12345a", "pin-not-digits"),
        ("Trần Thị Mẫu", "１２３４５６", "pin-not-digits"),
        ("Trần Thị Mẫu", "48291", "pin-too-short"),
        ("Trần Thị Mẫu", "4829" * 9, "pin-too-long"),
        ("Trần Thị Mẫu", "111111", "pin-too-simple"),
        ("Trần Thị Mẫu", "345678", "pin-too-simple"),
        ("Trần Thị Mẫu", "876543", "pin-too-simple"),
    ],
)
def test_a_name_or_pin_that_will_not_do(store: Store, chief: Officer, name: str, pin: str, fault: str) -> None:
    with pytest.raises(Trouble) as trouble:
        officers.add_officer(store, chief, name, "officer", pin)
    assert code(trouble) == fault
    assert officers.officers(store) == [chief]


def test_wrong_pins_make_the_wait_longer_also_across_a_restart(tmp_path: Path, clock: Clock) -> None:
    with opened(tmp_path, clock) as store:
        chief = officers.first_supervisor(store, "Lê Văn Thử", PIN)
        for seconds in (1, 2, 4):
            with pytest.raises(Trouble, match="wrong-pin") as trouble:
                officers.sign_in(store, chief.id, "000000")
            assert trouble.value.params == {"seconds": seconds}
            if seconds < 4:
                clock.pass_(seconds=seconds)
    with opened(tmp_path, clock) as store:
        clock.pass_(seconds=1)
        with pytest.raises(Trouble, match="pin-wait") as trouble:
            officers.sign_in(store, chief.id, PIN)
        assert trouble.value.params == {"seconds": 3}
        clock.pass_(seconds=3)
        assert officers.sign_in(store, chief.id, PIN) == chief
        with pytest.raises(Trouble, match="wrong-pin") as trouble:
            officers.sign_in(store, chief.id, "000000")
        assert trouble.value.params == {"seconds": 1}


def test_the_wait_ends_at_a_quarter_of_an_hour(store: Store, clock: Clock, chief: Officer) -> None:
    store.keep_failures(chief.id, 10_000, None)
    with pytest.raises(Trouble, match="wrong-pin") as trouble:
        officers.sign_in(store, chief.id, "000000")
    assert trouble.value.params == {"seconds": 900}


def test_a_clock_set_back_to_1970_locks_nobody_out_for_years(store: Store, clock: Clock, chief: Officer) -> None:
    with pytest.raises(Trouble, match="wrong-pin"):
        officers.sign_in(store, chief.id, "000000")
    clock.now = datetime(1970, 1, 1, tzinfo=UTC)
    with pytest.raises(Trouble, match="pin-wait") as trouble:
        officers.sign_in(store, chief.id, PIN)
    assert trouble.value.params == {"seconds": 1}
    clock.now += timedelta(seconds=1)
    assert officers.sign_in(store, chief.id, PIN) == chief


def test_changing_and_resetting_a_pin(store: Store, clock: Clock, chief: Officer) -> None:
    officer = officers.add_officer(store, chief, "Trần Thị Mẫu", "officer", "739154")
    with pytest.raises(Trouble, match="wrong-pin"):
        officers.change_pin(store, officer, "000000", "628403")
    clock.pass_(seconds=1)
    officers.change_pin(store, officer, "739154", "628403")
    assert officers.sign_in(store, officer.id, "628403") == officer
    with pytest.raises(Trouble, match="not-allowed"):
        officers.reset_pin(store, officer, chief.id, "551902")
    officers.reset_pin(store, chief, officer.id, "551902")
    assert officers.sign_in(store, officer.id, "551902") == officer


def test_the_journal_tells_who_came_but_never_a_pin(store: Store, chief: Officer) -> None:
    officers.sign_in(store, chief.id, PIN)
    officers.change_pin(store, chief, PIN, "628403")
    bodies = [signed.body for signed in store.entries()]
    assert [body.count('"what"') for body in bodies] == [1, 1, 1]
    assert not any(pin in body for body in bodies for pin in (PIN, "628403", "argon2"))


def test_nobody_of_that_id(store: Store) -> None:
    with pytest.raises(Trouble, match="no-such-officer"):
        officers.sign_in(store, "nobody", PIN)


@given(pin=st.text(max_size=12))
@settings(max_examples=15)
def test_whatever_is_typed_as_a_pin_is_answered(tmp_path_factory: pytest.TempPathFactory, pin: str) -> None:
    with opened(tmp_path_factory.mktemp("pin"), Clock()) as store:
        store.add_officer("Lê Văn Thử", "supervisor", officers._HASHER.hash(PIN), None)
        (chief,) = store.officers()
        with pytest.raises(Trouble, match="wrong-pin"):
            officers.check_pin(store, chief.id, pin)
