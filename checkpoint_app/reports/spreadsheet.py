"""The shift log as XLSX: typed cells with filters, the day's figure, the hours; row by row in constant memory."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from checkpoint_app.reports.heading import Heading
from checkpoint_app.reports.table import COLUMNS, Cell, Kind, Line, lines
from checkpoint_app.reports.tally import ACTIONS, DIRECTIONS, Tally
from checkpoint_app.store.values import CrossingRow

FORMATS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"},
    "title": {"bold": True, "font_size": 16},
    "section": {"bold": True, "font_size": 12, "top": 2},
    "label": {"font_color": "#444444"},
    "sum": {"bold": True, "top": 1, "num_format": "#,##0"},
    "text": {"valign": "top"},
    "number": {"num_format": "#,##0", "valign": "top"},
    "date": {"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"},
    "time": {"num_format": "dd/mm/yyyy hh:mm:ss", "align": "left", "valign": "top"},
}
FACE = {"font_name": "Calibri", "font_size": 11}


def write_spreadsheet(path: Path, heading: Heading, rows: Iterable[CrossingRow]) -> None:
    """Write the workbook to `path`; its working files stay beside it, for they hold personal data too."""
    book = Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent), "default_date_format": "dd/mm/yyyy"})
    sheets = Sheets(book, heading)
    try:
        tally = sheets.log(rows)
        sheets.totals(tally)
        sheets.hours(tally)
        book.close()
    except FileCreateError as error:
        raise error.args[0] from error
    finally:
        for sheet in book.worksheets():
            with suppress(OSError):  # a full disk has been reported; Windows deletes no open file
                sheet._opt_close()  # no public way to let go of an unfinished workbook's files


class Sheets:
    """The workbook's three sheets; totals stand first and are written last."""

    def __init__(self, book: Workbook, heading: Heading) -> None:
        self._heading = heading
        self._formats = {name: book.add_format(FACE | shape) for name, shape in FORMATS.items()}
        sheets = (book.add_worksheet(heading.say(f"sheet-{name}")) for name in ("totals", "log", "hours"))
        self._totals, self._log, self._hours = sheets
        for sheet in (self._totals, self._log, self._hours):
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)

    def log(self, rows: Iterable[CrossingRow]) -> Tally:
        """One line a traveller under a frozen, filtered header; returns what was counted."""
        tally = Tally()
        sheet, style = self._log, self._heading.style
        for index, column in enumerate(COLUMNS):
            sheet.set_column(index, index, column.width)
        sheet.set_row(0, 32)
        self._row(sheet, 0, [column.title(style) for column in COLUMNS], "head")
        sheet.freeze_panes(1, 7)
        sheet.repeat_rows(0)
        last = 0
        for last, line in enumerate(lines(tally.counting(rows)), 1):
            self._line(last, line)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
        return tally

    def _line(self, at: int, line: Line) -> None:
        for index, column in enumerate(COLUMNS):
            self._cell(self._log, at, index, column.cell(line, self._heading.style), column.kind)

    def totals(self, tally: Tally) -> None:
        """The field's daily figure: crossings and people by direction and decision, then the reasons, then completeness."""
        say, sheet = self._heading.say, self._totals
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 6, 16)
        sheet.write_string(0, 0, say("title"), self._formats["title"])
        at = self._pairs(sheet, 2, self._heading.facts())
        for section, counts in (("section-crossings", tally.crossings), ("section-people", tally.people)):
            at = self._counts(at + 1, say(section), DIRECTIONS, counts)
        codes = [code for code, _ in tally.by_reason()]
        at = self._reasons(at + 1, codes, tally)
        self._rest(at + 1, tally)

    def _counts(self, at: int, title: str, directions: Iterable[str], counts: dict[tuple[str, str], int]) -> int:
        word = self._heading.style.word
        table = [(word("direction.", d), [counts.get((d, action), 0) for action in ACTIONS]) for d in directions]
        return self._grid(at, title, table, add_up=True)

    def _reasons(self, at: int, codes: Iterable[str], tally: Tally) -> int:
        word = self._heading.style.word
        table = [(word("report.reason-", code), [tally.reasons[code, action] for action in ACTIONS]) for code in codes]
        return self._grid(at, self._heading.say("section-reasons"), table, add_up=False)

    def _grid(self, at: int, title: str, table: list[tuple[str, list[int]]], *, add_up: bool) -> int:
        say, word = self._heading.say, self._heading.style.word
        self._row(self._totals, at, [title, *(word("action.", action) for action in ACTIONS), say("sum")], "head")
        for label, numbers in table:
            at += 1
            self._row(self._totals, at, [label, *numbers, sum(numbers)], "number")
        if add_up:
            at += 1
            sums = [sum(column) for column in zip(*(numbers for _, numbers in table), strict=True)]
            self._row(self._totals, at, [say("sum"), *sums, sum(sums)], "sum")
        return at + 1

    def _rest(self, at: int, tally: Tally) -> None:
        say = self._heading.say
        figures = [("overrides", tally.overrides), ("corrected", tally.corrected)]
        figures += [(f"sync-{state}", tally.sync[state]) for state in ("accepted", "waiting", "quarantined")]
        self._row(self._totals, at, [say("section-rest"), say("section-crossings-short")], "head")
        for offset, (key, count) in enumerate(figures, 1):
            self._row(self._totals, at + offset, [say(f"figure-{key}"), count], "number")

    def hours(self, tally: Tally) -> None:
        """One line an hour from the first crossing to the last, quiet hours too."""
        say, sheet = self._heading.say, self._hours
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 3, 14)
        titles = [say("column-hour"), *(self._heading.style.word("direction.", d) for d in DIRECTIONS), say("sum")]
        self._row(sheet, 0, titles, "head")
        sheet.freeze_panes(1, 0)
        found = [hour for hour, _ in tally.hours]
        if not found:
            return
        for offset in range(int((max(found) - min(found)) / timedelta(hours=1)) + 1):
            hour = min(found) + timedelta(hours=offset)
            counts = [tally.hours[hour, direction] for direction in DIRECTIONS]
            sheet.write_datetime(offset + 1, 0, hour, self._formats["time"])
            self._row(sheet, offset + 1, [*counts, sum(counts)], "number", first=1)

    def _pairs(self, sheet: Any, at: int, pairs: Iterable[tuple[str, str]]) -> int:
        for label, value in pairs:
            sheet.write_string(at, 0, label, self._formats["label"])
            sheet.write_string(at, 1, value, self._formats["text"])
            at += 1
        return at

    def _row(self, sheet: Any, at: int, cells: Iterable[Cell], shape: str, *, first: int = 0) -> None:
        for index, cell in enumerate(cells, first):
            self._cell(sheet, at, index, cell, shape)

    def _cell(self, sheet: Any, at: int, index: int, cell: Cell, shape: Kind | str) -> None:
        """Write by the value's type: text is always a string cell, whatever it begins with."""
        face = self._formats[shape]
        if isinstance(cell, str):
            if cell:
                sheet.write_string(at, index, cell, face)
        elif isinstance(cell, int):
            sheet.write_number(at, index, cell, face)
        elif cell is not None:
            sheet.write_datetime(at, index, cell, face)
