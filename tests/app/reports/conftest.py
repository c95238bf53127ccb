"""A real store with a closed shift of invented crossings in it, and an export that asks for nothing special."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checkpoint_app.reports import Exported, Format, export_shift
from checkpoint_app.store.store import Store, open_store
from checkpoint_app.store.values import Officer, Shift
from checkpoint_core.journal.payloads import CrossingCorrected, CrossingRecorded, ShiftOpened
from tests.app.reports.log import HOSTILE, crossing


class Desk:
    """The store, its two officers and the shift; `export` as an officer without special wishes would."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.supervisor = store.add_officer("Lê Văn Mẫu", "supervisor", "no-pin", None)
        self.officer = store.add_officer("Trần Thị Ví Dụ", "officer", "no-pin", self.supervisor.id)
        self.shift: Shift = store.open_shift(self.officer, ShiftOpened("phap-van", "2", "in"))

    def record(self, count: int, *, names: tuple[str, ...] = ("Đoàn Thị Ánh Nguyệt",), why: str = "") -> list[str]:
        """Record `count` crossings; their ids."""
        said = [CrossingRecorded(crossing(n, name=names[n % len(names)], why=why, people=1 + n % 3)) for n in range(count)]
        return [self.store.append(each, officer=self.officer.id, shift=self.shift.id).id for each in said]

    def correct(self, crossing_id: str) -> None:
        changed = CrossingCorrected(crossing_id, "Gõ nhầm biển số", crossing(1, plate="30A99999"))
        self.store.append(changed, officer=self.officer.id, shift=self.shift.id)

    def export(self, out: Path, format: Format, *, unmasked: bool = False, by: Officer | None = None) -> Exported:
        return export_shift(
            self.store, self.shift.id, format, out, language="vi", unmasked=unmasked, by=by or self.officer,
            progress=lambda done, total: None, cancelled=lambda: False,
        )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path / "laptop", bytes(range(32)), lambda: datetime.now(UTC)) as store:
        yield Desk(store)


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A shift with 60 crossings, some of them hostile, one corrected."""
    first, *_ = desk.record(60, names=HOSTILE, why="=1+1 " + "rất dài " * 60)
    desk.correct(first)
    return desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where exports go."""
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"
