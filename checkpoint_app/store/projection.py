"""From the journal to the tables that screens read, entry by entry: they can be made again from the journal alone."""

import re

import msgspec
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from checkpoint_app.store.models import CrossingRecord, EntryRow, NumberRow, ShiftRow
from checkpoint_core.journal.entries import Entry
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
_CROSSING = insert(CrossingRecord)
_NUMBER = insert(NumberRow)
_INDEX = text("INSERT INTO crossing_search(rowid, text) VALUES (:sequence, :text)")
_FORGET = text("DELETE FROM crossing_search WHERE rowid = :sequence")


def project(session: Session, entry: Entry) -> None:
    """Change the read tables as `entry` says."""
    match entry.payload:
        case CrossingRecorded(crossing=crossing):
            _record(session, entry, crossing)
        case CrossingCorrected():
            _correct(session, entry, entry.payload)
        case ShiftOpened():
            _open_shift(session, entry, entry.payload)
        case ShiftClosed():
            _close_shift(session, entry, entry.payload)
        case Access(what="quarantine-left", details=details):
            session.execute(update(EntryRow).where(EntryRow.id == details["entry"]).values(left=True))


def clear(session: Session) -> None:
    """Empty the read tables, before every entry is projected again."""
    for table in (NumberRow, CrossingRecord, ShiftRow):
        session.execute(delete(table))
    session.execute(text("DELETE FROM crossing_search"))
    session.execute(update(EntryRow).values(left=False))


def crossing_of(entry: Entry) -> str | None:
    """The id of the crossing that an entry records or corrects."""
    match entry.payload:
        case CrossingRecorded():
            return entry.id
        case CrossingCorrected(corrects=corrects):
            return corrects
    return None


def _record(session: Session, entry: Entry, crossing: Crossing) -> None:
    row = {"sequence": entry.sequence, "id": entry.id, "shift": entry.shift, "officer": entry.officer, "at": entry.at}
    session.execute(_CROSSING, [row | {"corrected": 0} | _content(entry, crossing, entry.at)])
    _travellers(session, entry.sequence, crossing)


def _correct(session: Session, entry: Entry, payload: CrossingCorrected) -> None:
    first = session.execute(
        select(CrossingRecord.sequence, CrossingRecord.at, CrossingRecord.corrected).where(
            CrossingRecord.id == payload.corrects
        )
    ).one()
    changed = {"corrected": first.corrected + 1} | _content(entry, payload.crossing, first.at)
    session.execute(update(CrossingRecord).where(CrossingRecord.sequence == first.sequence).values(changed))
    session.execute(delete(NumberRow).where(NumberRow.crossing == first.sequence))
    session.execute(_FORGET, {"sequence": first.sequence})
    _travellers(session, first.sequence, payload.crossing)
    superseded = (EntryRow.crossing == payload.corrects) & (EntryRow.sequence < entry.sequence)
    session.execute(update(EntryRow).where(superseded).values(left=True))


def _content(entry: Entry, crossing: Crossing, recorded_at: str) -> dict[str, str | int | None]:
    return {
        "latest": entry.sequence,
        "happened": crossing.happened_at or recorded_at,
        "content": msgspec.json.encode(crossing).decode(),
    }


def _travellers(session: Session, sequence: int, crossing: Crossing) -> None:
    who = [traveller.identity for traveller in crossing.travellers]
    numbers = {number for i in who for number in (i.number, i.old_number, i.document_number) if number and "*" not in number}
    if numbers:
        session.execute(_NUMBER, [{"number": number, "crossing": sequence} for number in sorted(numbers)])
    session.execute(_INDEX, {"sequence": sequence, "text": searchable(crossing)})


def searchable(crossing: Crossing) -> str:
    """All that a crossing can be found by, folded, a space before each word."""
    who = [t.identity for t in crossing.travellers]
    parts = [part for i in who for part in (i.name, i.number, i.old_number, i.document_number)]
    return "".join(f" {plain(part)}" for part in [*parts, crossing.plate] if part)


def plain(text: str) -> str:
    """Text as it is searched: folded, without the dots and dashes of plates."""
    return _PUNCTUATION.sub("", fold(text))


def _open_shift(session: Session, entry: Entry, opened: ShiftOpened) -> None:
    row = msgspec.structs.asdict(opened) | {"id": entry.id, "officer": entry.officer, "opened_at": entry.at, "note": ""}
    session.execute(insert(ShiftRow), [row])


def _close_shift(session: Session, entry: Entry, closed: ShiftClosed) -> None:
    session.execute(
        update(ShiftRow)
        .where(ShiftRow.id == entry.shift)
        .values(closed_at=entry.at, note=closed.note, handed_to=closed.handed_to)
    )
