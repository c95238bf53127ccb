"""Crossings and shifts as screens and reports read them."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec
from sqlalchemy import ColumnElement, Select, column, func, select, table
from sqlalchemy.orm import Session, aliased

from checkpoint_app.store.journal import Journal
from checkpoint_app.store.models import SEARCH, CrossingRecord, EntryRow, NumberRow, VerificationRow
from checkpoint_app.store.projection import crossing_in, plain
from checkpoint_app.store.times import day_bounds, iso, parse
from checkpoint_app.store.values import CrossingRow, SyncState, Version
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.journal.payloads import CrossingCorrected
from checkpoint_core.releases.model import Verification

TRIGRAM = 3
_SYNC: dict[str | None, SyncState] = {None: "waiting", "accepted": "accepted", "quarantined": "quarantined"}
_SEARCH = table(SEARCH, column("rowid"), column("text"))
_ROWS = select(CrossingRecord, EntryRow.body, EntryRow.outcome, EntryRow.reason).join(
    EntryRow, EntryRow.sequence == CrossingRecord.latest
)
Rows = Select[CrossingRecord, str, str | None, str]


class Records(Journal):
    """Reads; nothing here changes anything."""

    def crossing(self, crossing_id: str) -> CrossingRow | None:
        """One crossing by its id."""
        with self.database.reading() as session:
            found = _rows(session, _ROWS.where(CrossingRecord.sequence.in_(_entries(EntryRow.id == crossing_id))))
        return found[0] if found else None

    def crossings(
        self,
        *,
        text: str = "",
        day: date | None = None,
        shift: str | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> list[CrossingRow]:
        """Crossings, newest first. `text` is any part of numbers, names (without diacritics) or plates; `day` is a day in
        Vietnam; `before` is the sequence of the last row of the page before."""
        wanted = _found(_ROWS.limit(limit), searched(text))
        if day:
            start, end = day_bounds(day)
            wanted = wanted.where(CrossingRecord.sequence.in_(_happened(iso(start), iso(end))))
        if shift:
            wanted = wanted.where(CrossingRecord.sequence.in_(_entries(EntryRow.shift == shift)))
        if before:
            wanted = wanted.where(CrossingRecord.sequence < before)
        with self.database.reading() as session:
            return _rows(session, wanted)

    def shift_crossings(self, shift: str) -> list[CrossingRow]:
        """All crossings of a shift in the order of recording: what a report is written from."""
        with self.database.reading() as session:
            theirs = CrossingRecord.sequence.in_(_entries(EntryRow.shift == shift))
            return _rows(session, _ROWS.where(theirs).order_by(CrossingRecord.sequence))

    def shift_size(self, shift: str) -> int:
        """How many crossings a shift has."""
        counted = select(func.count()).select_from(CrossingRecord).where(CrossingRecord.shift == shift)
        with self.database.reading() as session:
            return session.scalar(counted) or 0

    def shift_pages(self, shift: str, size: int = 500) -> Iterator[list[CrossingRow]]:
        """As `shift_crossings`, a page at a time, for shifts of any size in little memory."""
        ordered = _ROWS.where(CrossingRecord.shift == shift).order_by(CrossingRecord.sequence).limit(size)
        last = 0
        while True:
            with self.database.reading() as session:
                page = _rows(session, ordered.where(CrossingRecord.sequence > last))
            if not page:
                return
            yield page
            last = page[-1].sequence

    def history(self, number: str, limit: int = 20) -> list[CrossingRow]:
        """The crossings of one personal (old, document) number, last happened first."""
        theirs = select(NumberRow.crossing).where(NumberRow.number == number)
        wanted = _ROWS.where(CrossingRecord.sequence.in_(theirs)).order_by(CrossingRecord.happened.desc()).limit(limit)
        with self.database.reading() as session:
            return _rows(session, wanted)

    def verification(self, number: str) -> Verification | None:
        """The population register's last answer about a number."""
        wanted = select(VerificationRow.content).where(VerificationRow.number == number)
        with self.database.reading() as session:
            found = session.scalar(wanted.order_by(VerificationRow.at.desc()).limit(1))
        return msgspec.json.decode(found, type=Verification) if found else None

    def versions(self, crossing_id: str) -> list[Version]:
        """Every content a crossing has had, the first one first."""
        wanted = select(EntryRow.body).where((EntryRow.id == crossing_id) | (EntryRow.corrects == crossing_id))
        with self.database.reading() as session:
            return [_version(body) for body in session.scalars(wanted.order_by(EntryRow.sequence))]


def searched(text: str) -> list[str]:
    """The words looked for, as the index holds them."""
    return plain("".join(c if c.isprintable() else " " for c in text)).split()


def _entries(which: ColumnElement[bool]) -> Select[int]:
    """The sequences of some entries: a crossing has that of its first one."""
    return select(EntryRow.sequence).where(which)


def _happened(start: str, end: str) -> Select[int]:
    """The sequences of a day's crossings, by the index alone: sorting whole rows would cost a second."""
    some = aliased(CrossingRecord)
    return select(some.sequence).where(some.happened >= start, some.happened < end)


def _found(wanted: Rows, words: list[str]) -> Rows:
    """Narrowed to `words`, newest first: words of three letters and more by the index, which hands its rows out in that
    order, shorter ones as the beginning of a word."""
    for word in words:
        if len(word) < TRIGRAM:
            wanted = wanted.where(func.instr(CrossingRecord.found_by, f" {word}") > 0)
    quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words if len(word) >= TRIGRAM)
    if not quoted:
        return wanted.order_by(CrossingRecord.sequence.desc())
    matching = wanted.join(_SEARCH, _SEARCH.c.rowid == CrossingRecord.sequence).where(_SEARCH.c.text.op("MATCH")(quoted))
    return matching.order_by(_SEARCH.c.rowid.desc())


def _rows(session: Session, wanted: Rows) -> list[CrossingRow]:
    found = session.execute(wanted).all()
    answers = _verifications(session, [record.id for record, *_ in found])
    return [_row(*row, answers.get(row[0].id, ())) for row in found]


def _row(
    record: CrossingRecord, body: str, outcome: str | None, reason: str, answers: tuple[Verification, ...]
) -> CrossingRow:
    return CrossingRow(
        id=record.id,
        sequence=record.sequence,
        shift=record.shift,
        officer=record.officer,
        at=parse(record.at),
        crossing=crossing_in(read_entry(body)),
        sync=_SYNC[outcome],
        quarantine_reason=reason,
        corrected=record.corrected,
        verifications=answers,
    )


def _verifications(session: Session, crossings: Sequence[str]) -> dict[str, tuple[Verification, ...]]:
    """By crossing, the last answer about each of its travellers."""
    last: dict[str, dict[int, Verification]] = {}
    for start in range(0, len(crossings), 500):
        some = VerificationRow.crossing.in_(crossings[start : start + 500])
        for row in session.scalars(select(VerificationRow).where(some).order_by(VerificationRow.at)):
            last.setdefault(row.crossing, {})[row.position] = msgspec.json.decode(row.content, type=Verification)
    return {crossing: tuple(by_index[i] for i in sorted(by_index)) for crossing, by_index in last.items()}


def _version(body: str) -> Version:
    entry = read_entry(body)
    said = entry.payload
    reason = said.reason if isinstance(said, CrossingCorrected) else ""
    return Version(entry.id, parse(entry.at), entry.officer, reason, crossing_in(entry))
