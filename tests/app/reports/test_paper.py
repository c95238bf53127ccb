"""The PDF, read back by other programs: every traveller is there, in Vietnamese, on numbered pages with places to sign."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from checkpoint_app.reports.paper import MOST_LINES, PLAIN, Text, breadth, wrapped
from tests.app.reports.conftest import Desk


def pages(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def test_every_traveller_and_every_page_number(desk: Desk, folder: Path) -> None:
    desk.record(60, names=tuple(f"Nguyễn Thị Ặ Ữ Ỹ {n}" for n in range(60)))
    found = pages(desk.export(folder / "a.pdf", "pdf").path)
    whole = "\n".join(found)
    for n in range(60):
        assert f"Nguyễn Thị Ặ Ữ Ỹ {n}\n" in whole
    for number, page in enumerate(found, 1):
        assert f"Trang {number}" in page
        assert f"/ {len(found)}" in page


def test_what_stands_above_and_below(desk: Desk, folder: Path) -> None:
    desk.record(10)
    found = pages(desk.export(folder / "a.pdf", "pdf").path)
    first, last = found[0], found[-1]
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "NHẬT KÝ CA TRỰC", "Làn: 2", "Trần Thị Ví Dụ", "phap-van"):
        assert words in first
    for words in ("NGƯỜI LẬP", "TRƯỞNG CA", "(Ký, ghi rõ họ tên)"):
        assert words in last
    assert re.search(r"Tổng\n?.*10", first, re.S)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_another_reader_finds_the_same_names(desk: Desk, folder: Path) -> None:
    desk.record(25, names=tuple(f"Phạm Quốc Thử {n}" for n in range(25)))
    path = desk.export(folder / "a.pdf", "pdf").path
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()
    assert all(f"Phạm Quốc Thử {n}" in text for n in range(25))


def test_hostile_names_and_long_reasons_are_drawn(busy: Desk, folder: Path) -> None:
    whole = "\n".join(pages(busy.export(folder / "a.pdf", "pdf").path))
    assert "=cmd|' /C calc'!A0" in whole
    assert "Nguyễn ? Ặ Ữ ỹ" in whole  # the font has no emoji, and says so
    assert "…" in whole


def test_an_empty_shift_has_one_page(desk: Desk, folder: Path) -> None:
    assert len(pages(desk.export(folder / "a.pdf", "pdf").path)) == 1


def test_the_font_is_embedded(desk: Desk, folder: Path) -> None:
    desk.record(2)
    path = desk.export(folder / "a.pdf", "pdf").path
    fonts = [font.get_object() for page in PdfReader(path).pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    ours = [font for font in fonts if "BeVietnamPro" in font["/BaseFont"]]
    assert ours
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in ours)


def test_a_word_wider_than_its_column_is_broken(desk: Desk, folder: Path) -> None:
    desk.export(folder / "a.pdf", "pdf")  # the fonts are known from the first document on
    lines = wrapped(Text("x" * 300 + " ngắn"), 60)
    assert "".join(line.text for line in lines).replace(" ", "").startswith("x" * 100)
    assert all(breadth(line.text, PLAIN) <= 60 for line in lines)
    assert len(lines) <= MOST_LINES + 2
