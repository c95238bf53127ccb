"""Crossings found by whatever part of them an officer remembers."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_app.store import Store
from tests.app.store.making import Clock, crossing, person, recording


@pytest.fixture
def people(store: Store, clock: Clock) -> Store:
    record = recording(store)
    record(crossing(person("001190000017", "Nguyễn Thị Thử", old_number="012345678"), plate="29B112345"))
    record(crossing(person("036185000123", "Đoàn Thị Ánh Nguyệt"), person("036185000777", "Vũ An"), plate="30A99999"))
    clock.pass_(days=1)
    record(crossing(person(None, "Trần Văn Mẫu"), plate=None))
    record(crossing(person("001190000017", "Nguyễn Thị Thử"), plate=None, at="2026-11-20T18:00:00.000Z"))
    return store


def found(store: Store, text: str) -> list[int]:
    return [row.sequence - 2 for row in store.crossings(text=text)]


@pytest.mark.parametrize(
    ("text", "sequences"),
    [
        ("", [4, 3, 2, 1]),
        ("nguyen", [4, 1]),
        ("NGUYỄN  thị", [4, 1]),
        ("thi anh nguyet", [2]),
        ("nguyet anh", [2]),
        ("an", [2]),
        ("vu an", [2]),
        ("vũ", [2]),
        ("036185000123", [2]),
        ("036 185 000", [2]),
        ("000017", [4, 1]),
        ("012345678", [1]),
        ("29B1-123.45", [1]),
        ("999", [2]),
        ("mau", [3]),
        ("không có ai", []),
        ('"', []),
        ("nguyen OR tran", []),
        ("*", []),
    ],
)
def test_search(people: Store, text: str, sequences: list[int]) -> None:
    assert found(people, text) == sequences


def test_by_day_in_vietnam_by_shift_and_by_page(people: Store) -> None:
    assert [row.sequence - 2 for row in people.crossings(day=date(2026, 11, 24))] == [2, 1]
    assert [row.sequence - 2 for row in people.crossings(day=date(2026, 11, 21))] == [4]
    shift = people.crossings()[0].shift
    assert len(people.crossings(shift=shift)) == 4
    assert people.crossings(shift="another") == []
    first = people.crossings(limit=3)
    rest = people.crossings(limit=3, before=first[-1].sequence)
    assert [row.sequence - 2 for row in (*first, *rest)] == [4, 3, 2, 1]
    assert [row.sequence - 2 for row in people.crossings(text="nguyen", limit=1, before=6)] == [1]


def test_history_of_any_number_last_happened_first(people: Store) -> None:
    assert [row.sequence - 2 for row in people.history("001190000017")] == [1, 4]
    assert [row.sequence - 2 for row in people.history("012345678")] == [1]
    assert people.history("000000000000") == []


@given(text=st.text(max_size=30))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_looked_for_is_answered(people: Store, text: str) -> None:
    assert len(people.crossings(text=text)) <= 4
