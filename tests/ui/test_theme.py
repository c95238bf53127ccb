"""Colours that can be read: WCAG contrast of every pair that carries words, and of what shows the focus."""

from itertools import product

import pytest

from checkpoint_app.ui.theme import PALETTES, TARGET_PX, TEXT_PX, THEMES, VERDICT_PX, Palette, Theme, contrast, stylesheet

PAIRS = [
    *product(("text", "muted", "error", "good", "warn"), ("window", "surface", "raised")),
    *((f"on_{name}", name) for name in ("accent", "bar", "clear", "attention", "stop", "idle")),
    ("bar_muted", "bar"),
    ("accent", "surface"),
]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_words_can_be_read(theme: Theme, front: str, back: str) -> None:
    palette = PALETTES[theme]
    assert contrast(getattr(palette, front), getattr(palette, back)) >= (7 if theme == "contrast" else 4.5)


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_and_the_edges_of_controls_can_be_seen(theme: Theme) -> None:
    palette = PALETTES[theme]
    for back in (palette.window, palette.surface, palette.raised, palette.bar):
        assert contrast(palette.focus, back) >= 3
    for back in (palette.window, palette.surface, palette.raised):
        assert contrast(palette.border, back) >= 3


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_sizes_are_those_of_the_design() -> None:
    assert (TEXT_PX, TARGET_PX) == (14, 44)
    assert VERDICT_PX >= 32


@pytest.mark.parametrize("palette", PALETTES.values())
def test_no_words_are_smaller_than_the_least(palette: Palette) -> None:
    sizes = [int(part.split("px")[0]) for part in stylesheet(palette).split("font-size: ")[1:]]
    assert min(sizes) >= TEXT_PX
