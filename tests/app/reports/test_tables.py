"""The spreadsheet and the CSV, read back by other programs, say what the journal says."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from checkpoint_app.reports.table import (
    COLUMNS,
    FORMULA,
    LONGEST,
    Line,
    Style,
    clean,
    day,
    guarded,
    mask,
    mask_phone,
    register_answer,
)
from checkpoint_app.words import LANGUAGES, Language, catalogue
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.journal.payloads import CrossingCorrected, CrossingRecorded
from checkpoint_core.releases.model import Verification
from checkpoint_core.screening.places import VIETNAM
from checkpoint_core.screening.policy import BUILT_IN
from tests.app.reports.conftest import Desk

PLACE = {column.key: index for index, column in enumerate(COLUMNS)}


def sheet(path: Path, name: str) -> Worksheet:
    found = load_workbook(path)[name]
    assert isinstance(found, Worksheet)
    return found


def column(found: Worksheet, key: str) -> list[object]:
    return [cell.value for cell in next(found.iter_cols(PLACE[key] + 1, PLACE[key] + 1, min_row=2))]


def test_the_log_is_the_journal(busy: Desk, folder: Path) -> None:
    log = sheet(busy.export(folder / "a.xlsx", "xlsx").path, "Nhật ký")
    rows = busy.store.shift_crossings(busy.shift.id)
    people = [(row, traveller) for row in rows for traveller in row.crossing.travellers]
    assert column(log, "name") == [traveller.identity.name for _, traveller in people]
    assert column(log, "entry") == [row.id for row, _ in people]
    assert column(log, "plate")[0] == "30A99999"
    assert sum(n for n in column(log, "people") if isinstance(n, int)) == len(people)
    for shown, (row, _) in zip(column(log, "time"), people, strict=True):
        stated = row.crossing.happened_at
        at = datetime.fromisoformat(stated) if stated else row.at
        assert isinstance(shown, datetime)
        assert abs(shown - at.astimezone(VIETNAM).replace(tzinfo=None)).total_seconds() < 1


def test_cells_are_typed(busy: Desk, folder: Path) -> None:
    log = sheet(busy.export(folder / "a.xlsx", "xlsx", unmasked=True, by=busy.supervisor).path, "Nhật ký")
    assert column(log, "personal-number")[0] == "036185000001"
    assert column(log, "phone")[0] == "0912345678"
    assert set(column(log, "doses")) == {2}
    born = column(log, "birth-date")
    assert {"1990", "05/1990", "02/01/1899"} <= set(born)
    assert datetime(1985, 4, 30) in born
    assert log.freeze_panes == "H2"
    assert log.auto_filter.ref == f"A1:AH{len(born) + 1}"


def test_nothing_in_the_workbook_is_a_formula_or_a_link(busy: Desk, folder: Path) -> None:
    book = load_workbook(busy.export(folder / "a.xlsx", "xlsx").path)
    cells = [cell for found in book.worksheets for row in found.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_totals_are_the_days_figure(busy: Desk, folder: Path) -> None:
    totals = sheet(busy.export(folder / "a.xlsx", "xlsx").path, "Tổng hợp")
    rows = busy.store.shift_crossings(busy.shift.id)
    table = {str(row[0]): row[1:5] for row in totals.iter_rows(values_only=True)}
    summary = busy.store.summary(busy.shift.id)
    decided = Counter(row.crossing.decision.action for row in rows)
    lines = [row for row in totals.iter_rows(values_only=True) if row[0] in ("Vào", "Ra", "Tổng")]
    crossings, people = lines[:3], lines[3:6]
    assert list(crossings[2][1:5]) == [decided["admitted"], decided["turned-back"], decided["referred"], len(rows)]
    assert crossings[0][1] == summary.by_decision["in", "admitted"]
    assert people[2][4] == summary.travellers
    assert table["Có triệu chứng"][3] == summary.by_reason["symptoms"]
    assert table["Quyết định nhẹ hơn kết quả"][0] == summary.overrides
    assert table["Chờ gửi"][0] == len(rows)


def test_hours_are_complete_and_add_up(busy: Desk, folder: Path) -> None:
    hours = list(sheet(busy.export(folder / "a.xlsx", "xlsx").path, "Theo giờ").iter_rows(min_row=2, values_only=True))
    at = [row[0] for row in hours]
    assert all(isinstance(hour, datetime) for hour in at)
    assert at == sorted(at, key=str)
    assert sum(row[3] for row in hours if isinstance(row[3], int)) == 60


def test_an_empty_shift_is_a_table_without_lines(desk: Desk, folder: Path) -> None:
    book = load_workbook(desk.export(folder / "a.xlsx", "xlsx").path)
    assert [found.max_row for found in book.worksheets][1:] == [1, 1]
    assert len(read_csv(desk.export(folder / "a.csv", "csv").path)) == 1


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_csv_has_the_same_cells(busy: Desk, folder: Path) -> None:
    log = sheet(busy.export(folder / "a.xlsx", "xlsx").path, "Nhật ký")
    written = busy.export(folder / "a.csv", "csv").path
    assert written.read_bytes().startswith(b"\xef\xbb\xbf")
    head, *lines = read_csv(written)
    assert head == [cell.value for cell in log[1]]
    assert len(lines) == log.max_row - 1
    for line, row in zip(lines, log.iter_rows(min_row=2, values_only=True), strict=True):
        assert line[PLACE["entry"]] == row[PLACE["entry"]]
        assert line[PLACE["name"]].removeprefix("'") == row[PLACE["name"]]
        assert line[PLACE["number"]] == str(row[PLACE["number"]])


def test_no_cell_of_the_csv_begins_as_a_formula(busy: Desk, folder: Path) -> None:
    lines = read_csv(busy.export(folder / "a.csv", "csv").path)
    assert not [cell for line in lines for cell in line if cell.startswith(FORMULA)]


def test_a_correction_replaces_the_line_and_is_counted(busy: Desk, folder: Path) -> None:
    entries = [payload for payload in busy_payloads(busy) if isinstance(payload, CrossingRecorded | CrossingCorrected)]
    log = sheet(busy.export(folder / "a.xlsx", "xlsx").path, "Nhật ký")
    assert len(entries) == 61
    assert column(log, "corrections")[0] == 1
    assert {n for n in column(log, "corrections")[1:] if n} == set()


def busy_payloads(desk: Desk) -> list[object]:
    return [read_entry(signed.body).payload for signed in desk.store.entries()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_short_word(language: Language) -> None:
    words = catalogue(language)
    codes = {key.removeprefix("reason.") for key in words if key.startswith("reason.")} - {"unknown"} | set(BUILT_IN.weights)
    assert {code for code in codes if f"report.reason-{code}" not in words} == set()


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_any_text_becomes_one_line_that_is_no_formula(text: str) -> None:
    shown = guarded(clean(text))
    assert shown.isprintable()
    assert not shown.startswith(FORMULA)
    shown.encode()


def test_a_text_longer_than_a_cell_says_so() -> None:
    assert clean("x" * 50_000) == "x" * LONGEST + "…"


@pytest.mark.parametrize(
    ("number", "shown"), [("036185000123", "******000123"), ("012345678", "******678"), ("B12", "***"), (None, ""), ("", "")]
)
def test_masked_numbers(number: str | None, shown: str) -> None:
    assert mask(number, Style("vi", unmasked=False)) == shown


def test_phones_are_written_as_people_do() -> None:
    assert mask_phone("+84912345678", Style("vi", unmasked=True)) == "0912345678"
    assert mask_phone("+84912345678", Style("vi", unmasked=False)) == "*******678"
    assert mask_phone("+85620123456", Style("vi", unmasked=True)) == "+85620123456"
    assert mask_phone(None, Style("vi", unmasked=False)) == ""


def test_days() -> None:
    assert day("1985-04-30") == date(1985, 4, 30)
    assert day("1990-05") == "05/1990"
    assert day(None) is None


def test_what_the_register_said_stands_in_words(desk: Desk) -> None:
    desk.record(1)
    (row,) = desk.store.shift_crossings(desk.shift.id)
    said = Verification(row.id, 0, "", "differs", ("name", "birth_date"))
    line = Line(1, 0, replace(row, verifications=(said,)))
    assert register_answer(line, Style("vi", unmasked=False)) == "Khác dữ liệu dân cư: họ tên, ngày sinh"
    assert register_answer(Line(1, 0, row), Style("vi", unmasked=False)) == ""
