"""From the journal to the tables that screens read, entry by entry: they can be made again from the journal alone."""

import re

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from checkpoint_app.store.database import run
from checkpoint_app.store.models import CrossingRecord, EntryRow, NumberRow, ShiftRow, table_of
from checkpoint_core.journal.entries import Entry, read_entry
from checkpoint_core.journal.payloads import (
    Access,
    Crossing,
    CrossingCorrected,
    CrossingRecorded,
    ShiftClosed,
    ShiftOpened,
)
from checkpoint_core.text import fold

_PUNCTUATION = re.compile(r"[-.]")
_CROSSING = (
    "INSERT INTO crossings (sequence, id, latest, corrected, shift, officer, at, happened, found_by)"
    " VALUES (:sequence, :id, :sequence, 0, :shift, :officer, :at, :happened, :found_by)"
)
_NUMBER = "INSERT INTO traveller_numbers (number, crossing) VALUES (:number, :crossing)"
_INDEX = "INSERT INTO crossing_search(rowid, text) VALUES (:sequence, :found_by)"
_FORGET = text("INSERT INTO crossing_search(crossing_search, rowid, text) VALUES ('delete', :sequence, :text)")
_NUMBER_GONE = delete(table_of(NumberRow)).where(
    NumberRow.number == bindparam("number"), NumberRow.crossing == bindparam("crossing")
)
_FIRST = select(table_of(CrossingRecord)).join(EntryRow, EntryRow.sequence == CrossingRecord.sequence)
_FORGET_ALL = text("INSERT INTO crossing_search(crossing_search) VALUES ('delete-all')")


def project(connection: Connection, entry: Entry) -> None:
    """Change the read tables as `entry` says."""
    match entry.payload:
        case CrossingRecorded(crossing=crossing):
            _record(connection, entry, crossing)
        case CrossingCorrected():
            _correct(connection, entry, entry.payload)
        case ShiftOpened():
            _open_shift(connection, entry, entry.payload)
        case ShiftClosed():
            _close_shift(connection, entry, entry.payload)
        case Access(what="quarantine-left", details=details):
            connection.execute(update(EntryRow).where(EntryRow.id == details["entry"]).values(left=True))


def clear(connection: Connection) -> None:
    """Empty the read tables, before every entry is projected again."""
    for table in (NumberRow, CrossingRecord, ShiftRow):
        connection.execute(delete(table))
    connection.execute(_FORGET_ALL)
    connection.execute(update(EntryRow).values(left=False))


def _record(connection: Connection, entry: Entry, crossing: Crossing) -> None:
    row = {"sequence": entry.sequence, "id": entry.id, "shift": entry.shift, "officer": entry.officer, "at": entry.at}
    row |= {"happened": crossing.happened_at or entry.at, "found_by": searchable(crossing)}
    run(connection, _CROSSING, row)
    run(connection, _INDEX, row)
    _keep_numbers(connection, entry.sequence, crossing)


def _correct(connection: Connection, entry: Entry, said: CrossingCorrected) -> None:
    first = connection.execute(_FIRST.where(EntryRow.id == said.corrects)).one()
    connection.execute(_FORGET, {"sequence": first.sequence, "text": first.found_by})
    old = read_entry(connection.scalars(select(EntryRow.body).where(EntryRow.sequence == first.latest)).one())
    gone = [{"number": number, "crossing": first.sequence} for number in _numbers(crossing_in(old))]
    if gone:
        connection.execute(_NUMBER_GONE, gone)
    happened, found_by = said.crossing.happened_at or first.at, searchable(said.crossing)
    changed = {"latest": entry.sequence, "corrected": first.corrected + 1, "happened": happened, "found_by": found_by}
    connection.execute(update(CrossingRecord).where(CrossingRecord.sequence == first.sequence).values(changed))
    run(connection, _INDEX, {"sequence": first.sequence, "found_by": found_by})
    _keep_numbers(connection, first.sequence, said.crossing)
    superseded = (EntryRow.sequence < entry.sequence) & (
        (EntryRow.id == said.corrects) | (EntryRow.corrects == said.corrects)
    )
    connection.execute(update(EntryRow).where(superseded).values(left=True))


def _keep_numbers(connection: Connection, sequence: int, crossing: Crossing) -> None:
    for number in _numbers(crossing):
        run(connection, _NUMBER, {"number": number, "crossing": sequence})


def _numbers(crossing: Crossing) -> list[str]:
    who = [traveller.identity for traveller in crossing.travellers]
    return sorted({n for i in who for n in (i.number, i.old_number, i.document_number) if n and "*" not in n})


def crossing_in(entry: Entry) -> Crossing:
    """The crossing that an entry records, or corrects to."""
    assert isinstance(entry.payload, CrossingRecorded | CrossingCorrected)
    return entry.payload.crossing


def searchable(crossing: Crossing) -> str:
    """All that a crossing can be found by, folded, a space before each word."""
    who = [t.identity for t in crossing.travellers]
    parts = [part for i in who for part in (i.name, i.number, i.old_number, i.document_number)]
    return "".join(f" {plain(part)}" for part in [*parts, crossing.plate] if part)


def plain(text: str) -> str:
    """Text as it is searched: folded, without the dots and dashes of plates."""
    return _PUNCTUATION.sub("", fold(text))


def _open_shift(connection: Connection, entry: Entry, opened: ShiftOpened) -> None:
    row = msgspec.structs.asdict(opened) | {"id": entry.id, "officer": entry.officer, "opened_at": entry.at, "note": ""}
    connection.execute(insert(ShiftRow), [row])


def _close_shift(connection: Connection, entry: Entry, closed: ShiftClosed) -> None:
    connection.execute(
        update(ShiftRow)
        .where(ShiftRow.id == entry.shift)
        .values(closed_at=entry.at, note=closed.note, handed_to=closed.handed_to)
    )
