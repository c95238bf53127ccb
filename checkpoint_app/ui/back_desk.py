"""What the pages behind the barrier (crossings, shift, sync, settings) can ask for, as plain callables over the store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from checkpoint_app.duty import crossings, officers, shifts
from checkpoint_app.duty.access import note_access
from checkpoint_app.reports import Exported, Format, export_shift, free_path, suggested_name
from checkpoint_app.reports.tally import Tally
from checkpoint_app.scanner.camera import CameraInfo, cameras
from checkpoint_app.store.store import Store
from checkpoint_app.store.values import (
    CrossingRow,
    Enrolment,
    Officer,
    Quarantined,
    ReferenceAge,
    Refused,
    Role,
    Shift,
    ShiftSummary,
    Version,
)
from checkpoint_app.sync.status import SyncStatus
from checkpoint_app.words import Language
from checkpoint_core.journal.payloads import Crossing


@dataclass(frozen=True)
class Viewed:
    """One crossing with every content it has had, and the names of the officers of this laptop by id."""

    row: CrossingRow
    versions: tuple[Version, ...]
    names: dict[str, str]


@dataclass(frozen=True)
class Figures:
    """A shift's figures: as the store sums them up, and as the reports count them (by direction, decision, reason, hour)."""

    summary: ShiftSummary
    tally: Tally


@dataclass(frozen=True)
class Wish:
    """What an export is to be."""

    shift: Shift
    format: Format
    folder: Path
    language: Language
    unmasked: bool


@dataclass(frozen=True)
class Archive:
    """Crossings, found again and put right. All use the store."""

    search: Callable[[Officer, str, date | None, int | None], list[CrossingRow]]  # text, day, `before` for the next page
    crossing: Callable[[str], CrossingRow | None]
    view: Callable[[Officer, str], Viewed]  # looking at another officer's is noted
    correct: Callable[[Officer, str, str, Crossing, str], CrossingRow]  # id, reason, new content, second officer's PIN
    quarantined: Callable[[], list[Quarantined]]
    resend: Callable[[Officer, str], None]  # entry
    leave: Callable[[Officer, str, str], None]  # entry, reason
    officers: Callable[[], list[Officer]]

    @classmethod
    def of(cls, store: Store) -> "Archive":
        return cls(
            search=lambda officer, text, day, before: crossings.search(store, officer, text, day, before=before),
            crossing=store.crossing,
            view=partial(_view, store),
            correct=lambda by, id, why, crossing, pin: crossings.correct(store, by, id, why, crossing, second_pin=pin),
            quarantined=partial(crossings.quarantined, store),
            resend=partial(crossings.resend, store),
            leave=partial(crossings.leave, store),
            officers=partial(officers.officers, store),
        )


@dataclass(frozen=True)
class Watch:
    """The shift as a whole. `export` takes long and uses the disk; the others use the store."""

    figures: Callable[[str], Figures]
    shifts: Callable[[], list[Shift]]  # the newest first
    close: Callable[[Officer, Shift, str, str | None], ShiftSummary]  # note, handed to (an officer's id)
    officers: Callable[[], list[Officer]]
    export: Callable[[Wish, Officer, Callable[[int, int], None], Callable[[], bool]], Exported]

    @classmethod
    def of(cls, store: Store) -> "Watch":
        return cls(
            figures=partial(_figures, store),
            shifts=store.shifts,
            close=partial(shifts.close_shift, store),
            officers=partial(officers.officers, store),
            export=partial(_export, store),
        )


@dataclass(frozen=True)
class Line:
    """The line to the registry. `status` and `wake` are cheap; `enrol` uses the network; the others use the store."""

    status: Callable[[], SyncStatus]
    wake: Callable[[], None]
    enrolment: Callable[[], Enrolment | None]
    enrol: Callable[[str, str, str], object]  # address, code, this laptop's name
    ages: Callable[[], tuple[ReferenceAge, ...]]
    refused: Callable[[], list[Refused]]
    quarantined: Callable[[], list[Quarantined]]
    device: str

    @classmethod
    def of(
        cls,
        store: Store,
        status: Callable[[], SyncStatus],
        wake: Callable[[], None],
        enrol: Callable[[str, str, str], object],
    ) -> "Line":
        return cls(
            status,
            wake,
            store.enrolment,
            enrol,
            store.reference_ages,
            store.refused_releases,
            store.quarantined,
            store.device,
        )


@dataclass(frozen=True)
class Staff:
    """Officers and what this machine has. `cameras` may take seconds; the others use the store."""

    officers: Callable[[], list[Officer]]
    add: Callable[[Officer, str, Role, str], Officer]  # name, role, PIN
    change_pin: Callable[[Officer, str, str], None]  # old, new
    reset_pin: Callable[[Officer, str, str], None]  # officer's id, new
    note_setting: Callable[[Officer, str, str], None]  # what was set, to what: into the journal
    cameras: Callable[[], list[CameraInfo]]

    @classmethod
    def of(cls, store: Store, found: Callable[[], list[CameraInfo]] = cameras) -> "Staff":
        return cls(
            officers=partial(officers.officers, store),
            add=partial(officers.add_officer, store),
            change_pin=partial(officers.change_pin, store),
            reset_pin=partial(officers.reset_pin, store),
            note_setting=partial(_note_setting, store),
            cameras=found,
        )


def _view(store: Store, officer: Officer, crossing_id: str) -> Viewed:
    row, versions = crossings.view(store, officer, crossing_id)
    return Viewed(row, tuple(versions), {one.id: one.name for one in store.officers()})


def _figures(store: Store, shift_id: str) -> Figures:
    tally = Tally()
    for page in store.shift_pages(shift_id):
        for row in page:
            tally.add(row)
    return Figures(store.summary(shift_id), tally)


def _note_setting(store: Store, officer: Officer, setting: str, value: str) -> None:
    note_access(store, officer, "setting-changed", setting=setting, value=value)


def _export(
    store: Store, wish: Wish, by: Officer, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> Exported:
    out = free_path(wish.folder, suggested_name(wish.shift, wish.format, wish.language))
    return export_shift(
        store,
        wish.shift.id,
        wish.format,
        out,
        language=wish.language,
        unmasked=wish.unmasked,
        by=by,
        progress=progress,
        cancelled=cancelled,
    )
