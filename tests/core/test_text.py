"""The one normal form and the one folding: names that are the same to a person are the same here."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_core.text import fold, nfc


@pytest.mark.parametrize(
    "written",
    [
        "Đoàn Thị Ánh Nguyệt",
        "ĐOÀN THỊ ÁNH NGUYỆT",
        "doan thi anh nguyet",
        "  Đoàn\u00a0Thị \t Ánh Nguyệt ",
        unicodedata.normalize("NFD", "Đoàn Thị Ánh Nguyệt"),
        "Ðoàn Thị Ánh Nguyệt",  # Eth, which some old fonts and keyboards give for Đ
    ],
)
def test_ways_to_write_one_name_fold_to_one(written: str) -> None:
    assert fold(written) == "doan thi anh nguyet"


def test_where_the_tone_stands_does_not_matter() -> None:
    assert fold("Hoà Thuỷ") == fold("Hòa Thủy")


@given(st.text())
def test_folding_and_normal_form_are_settled_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert nfc(nfc(text)) == nfc(text)
    assert fold(nfc(text)) == fold(text)
