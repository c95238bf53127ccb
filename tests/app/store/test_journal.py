"""Entries: chained, signed, whole or not at all; and the read tables are nothing but what the journal says."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from checkpoint_app.store import Store
from checkpoint_app.store.journal import new_id
from checkpoint_app.store.models import CrossingRecord, EntryRow, NumberRow, ShiftRow
from checkpoint_core.journal.entries import GENESIS, open_entry, read_entry
from checkpoint_core.journal.payloads import Access, CrossingRecorded
from tests.app.store.making import NOON, Clock, crossing, on_duty, opened, person, recording


def kinds(store: Store) -> list[str]:
    said = [read_entry(signed.body).payload for signed in store.entries()]
    return [payload.what if isinstance(payload, Access) else type(payload).__name__ for payload in said]


def test_entries_are_numbered_chained_and_signed_by_the_device(store: Store) -> None:
    record = recording(store)
    for _ in range(3):
        record(crossing())
    entries = [open_entry(signed, store.device_key().public_key()) for signed in store.entries()]
    digests = [signed.digest for signed in store.entries()]
    assert [entry.sequence for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in entries] == [GENESIS, *digests[:-1]]
    assert {entry.device for entry in entries} == {store.device}
    assert store.breaks() == []


def test_identity_and_chain_outlive_a_restart(tmp_path: Path, clock: Clock) -> None:
    with opened(tmp_path, clock) as store:
        recording(store)(crossing())
        device, key = store.device, store.device_key().private_bytes_raw()
    with opened(tmp_path, clock) as store:
        recording(store)(crossing())
        assert (store.device, store.device_key().private_bytes_raw()) == (device, key)
        assert len(store.crossings()) == 2
        assert store.breaks() == []


def test_what_fails_in_the_transaction_leaves_nothing_and_the_next_entry_works(store: Store) -> None:
    officer, shift = on_duty(store)
    before = list(store.entries())

    def fail(_: Connection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.append(CrossingRecorded(crossing()), officer=officer.id, shift=shift.id, also=fail)
    assert list(store.entries()) == before
    assert store.crossings() == []
    assert store.crossings(text="nguyen") == []
    recording(store)(crossing())
    assert len(store.crossings()) == 1
    assert store.breaks() == []


def test_the_same_id_again_changes_nothing(store: Store) -> None:
    officer, shift = on_duty(store)
    same = new_id()
    first = store.record_crossing(same, crossing(), officer=officer.id, shift=shift.id)
    again = store.record_crossing(same, crossing(person(name="Ai Khác")), officer=officer.id, shift=shift.id)
    assert again == first
    assert len(store.crossings()) == 1


@pytest.mark.parametrize("wrong", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, 23, 59, tzinfo=UTC)])
def test_a_wrong_clock_is_written_down_and_neither_loses_nor_reorders(store: Store, clock: Clock, wrong: datetime) -> None:
    record = recording(store)
    rows = [record(crossing(plate="29B100001"))]
    right, clock.now = clock.now, wrong
    rows.append(record(crossing(plate="29B100002")))
    clock.pass_(minutes=1)
    rows.append(record(crossing(plate="29B100003")))
    clock.now = right + timedelta(minutes=1)
    rows.append(record(crossing(plate="29B100004")))
    assert kinds(store)[2:] == [
        "CrossingRecorded",
        "clock-jumped",
        "CrossingRecorded",
        "CrossingRecorded",
        "clock-jumped",
        "CrossingRecorded",
    ]
    assert [row.id for row in store.crossings()] == [row.id for row in reversed(rows)]
    assert store.breaks() == []


def test_a_clock_set_back_while_the_program_was_off_is_written_down(tmp_path: Path, clock: Clock) -> None:
    with opened(tmp_path, clock) as store:
        recording(store)(crossing())
    with opened(tmp_path, Clock(NOON - timedelta(seconds=1))) as store:
        recording(store)(crossing())
        said = [read_entry(signed.body).payload for signed in store.entries()]
        times: dict[str, str | int] = {"expected": "2026-11-24T05:00:00.000Z", "shown": "2026-11-24T04:59:59.000Z"}
        assert said[-2] == Access("clock-jumped", times)


def test_time_that_passes_is_no_jump_not_even_asleep(store: Store, clock: Clock) -> None:
    record = recording(store)
    record(crossing())
    clock.pass_(hours=9)
    record(crossing())
    assert "clock-jumped" not in kinds(store)


def test_the_known_clock_offset_is_written_into_each_entry(store: Store) -> None:
    record = recording(store)
    store.set_clock_offset(-1234)
    row = record(crossing())
    assert {read_entry(s.body).clock_offset_ms for s in store.entries(row.sequence - 1)} == {-1234}


def test_read_tables_are_made_again_from_the_journal_alone(store: Store, clock: Clock) -> None:
    officer, shift = on_duty(store)
    record = recording(store)
    rows = [record(crossing(person(f"00119000{i:04}", f"Người Thứ {i}"))) for i in range(5)]
    clock.pass_(minutes=3)
    store.correct_crossing(rows[2].id, crossing(person("036185000123", "Đoàn Thị Ánh")), "gõ nhầm", officer=officer.id)
    store.close_shift(officer, shift.id, "bàn giao đủ", None)
    recording(store)(crossing(at="2026-11-20T01:00:00.000Z"))
    before = tables(store)
    with store.database.writing() as session:
        session.execute(text("INSERT INTO crossing_search(crossing_search) VALUES ('delete-all')"))
        session.execute(text("UPDATE crossings SET happened = '', corrected = 7"))
    assert tables(store) != before
    store.rebuild()
    assert tables(store) == before
    assert [row.id for row in store.crossings(text="doan thi anh")] == [rows[2].id]


def tables(store: Store) -> list[Sequence[Any]]:
    with store.database.reading() as session:
        wanted = [select(table.__table__) for table in (CrossingRecord, NumberRow, ShiftRow, EntryRow)]
        found: list[Sequence[Any]] = [session.execute(query).all() for query in wanted]
        return [
            *found,
            session.execute(text("SELECT rowid FROM crossing_search WHERE text MATCH 'ngu OR oan' ORDER BY rowid")).all(),
        ]
