"""The shift log as CSV: the columns of the XLSX, UTF-8 with a byte order mark so that spreadsheets show Vietnamese."""

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from checkpoint_app.reports.heading import Heading
from checkpoint_app.reports.table import COLUMNS, Cell, guarded, lines
from checkpoint_app.store.values import CrossingRow


def write_commas(path: Path, heading: Heading, rows: Iterable[CrossingRow]) -> None:
    """Write the table to `path`; days and times are ISO 8601 with Vietnam's clock, lines end in CR LF."""
    style = heading.style
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow([column.title(style) for column in COLUMNS])
        for line in lines(rows):
            out.writerow([_text(column.cell(line, style)) for column in COLUMNS])


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return guarded(cell) if isinstance(cell, str) else "" if cell is None else str(cell)
