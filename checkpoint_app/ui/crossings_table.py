"""The list of crossings as a table model: what each column says of a row, and more rows as the list is scrolled."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon

from checkpoint_app.duty.crossings import worst
from checkpoint_app.reports.table import happened
from checkpoint_app.store.values import CrossingRow
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.wording import VIETNAM, grouped
from checkpoint_core.identity.model import Identity

PAGE = 100  # rows of one search
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
VERDICTS = {"clear": "clear", "attention": "attention", "stop": "stop"}
ACTIONS = {"admitted": "admit", "turned-back": "turn-back", "referred": "medical"}
SYNC = {"waiting": "waiting", "accepted": "sent", "quarantined": "attention"}


@dataclass(frozen=True)
class Column:
    """`key` names the title ('crossings.column-<key>'); `icon` gives an icon's name and colour of the palette."""

    key: str
    width: int
    text: Callable[[Look, CrossingRow], str]
    icon: Callable[[CrossingRow], tuple[str, str]] | None = None


def number_of(identity: Identity) -> str:
    """The number a person is known by, in groups."""
    return grouped(identity.number or identity.old_number or identity.document_number or "")


def _people(look: Look, row: CrossingRow) -> str:
    """The first traveller's name over the number, and how many more there are."""
    first, *others = row.crossing.travellers
    name = first.identity.name or look.say("scan.no-name")
    more = f"  {look.say('scan.companions', count=len(others))}" if others else ""
    return f"{name}{more}\n{number_of(first.identity)}"


def _vehicle(look: Look, row: CrossingRow) -> str:
    crossing = row.crossing
    kind = look.say(f"vehicle.{crossing.vehicle}") if crossing.vehicle else look.say(f"direction.{crossing.direction}")
    return f"{crossing.plate}\n{kind}" if crossing.plate else kind


def _sync_icon(row: CrossingRow) -> tuple[str, str]:
    return SYNC[row.sync], {"waiting": "muted", "accepted": "good", "quarantined": "error"}[row.sync]


def _verdict_icon(row: CrossingRow) -> tuple[str, str]:
    state = worst(row.crossing)
    return VERDICTS[state], {"clear": "good", "attention": "warn", "stop": "error"}[state]


COLUMNS = (
    Column("time", 72, lambda look, row: happened(row).astimezone(VIETNAM).strftime("%H:%M\n%d/%m")),
    Column("people", 0, _people),
    Column("plate", 116, _vehicle),
    Column("verdict", 120, lambda look, row: look.say(f"report.verdict-{worst(row.crossing)}"), _verdict_icon),
    Column(
        "decision",
        152,
        lambda look, row: look.say(f"action.{row.crossing.decision.action}"),
        lambda row: (ACTIONS[row.crossing.decision.action], "text"),
    ),
    Column("sync", 122, lambda look, row: look.say(f"entry.{row.sync}"), _sync_icon),
)
STRETCHED = next(index for index, column in enumerate(COLUMNS) if column.width == 0)


class CrossingsModel(QAbstractTableModel):
    """Told what was found; `more_wanted` asks for the page after the last row."""

    more_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: list[CrossingRow] = []
        self._more = False
        look.words_changed.connect(self.redraw)
        look.theme_changed.connect(self.redraw)

    def show_rows(self, rows: list[CrossingRow]) -> None:
        """These instead of the present ones."""
        self.beginResetModel()
        self._rows, self._more = list(rows), len(rows) >= PAGE
        self.endResetModel()

    def add_rows(self, rows: list[CrossingRow]) -> None:
        """The next page."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()
        self._more = len(rows) >= PAGE

    def crossing(self, row: int) -> CrossingRow | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, crossing_id: str) -> int:
        """Where a crossing stands, -1 where it does not."""
        return next((index for index, row in enumerate(self._rows) if row.id == crossing_id), -1)

    def last_sequence(self) -> int | None:
        return self._rows[-1].sequence if self._rows else None

    def redraw(self) -> None:
        """Other words or colours, the same rows."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        self._more = False
        self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(self._look, row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._title(column)}: {column.text(self._look, row)}"
        if role == Qt.ItemDataRole.DecorationRole and column.icon:
            return self._icon(*column.icon(row))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._title(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _title(self, column: Column) -> str:
        return self._look.say(f"crossings.column-{column.key}")

    def _icon(self, name: str, colour: str) -> QIcon:
        """In its colour, and in the selection's where the row is selected."""
        palette = self._look.palette
        icon = QIcon(self._look.pixmap(name, 20, getattr(palette, colour)))
        icon.addPixmap(self._look.pixmap(name, 20, palette.on_accent), QIcon.Mode.Selected)
        return icon
