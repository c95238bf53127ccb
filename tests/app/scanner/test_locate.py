"""The locator points at a code before any decoder can read it, and at nothing where there is nothing."""

import numpy as np
import pytest

from checkpoint_app.scanner.cards import PLATE_MM, Look, empty_frame, render_card
from checkpoint_app.scanner.decode import as_grey, read
from checkpoint_app.scanner.frames import NewestFrame
from checkpoint_app.scanner.locate import code_like
from tests.app.scanner.recorder import CARD

CODE_MIDDLE = (PLATE_MM[0] / 2 - 4 - 7.5, 4 + 7.5 - PLATE_MM[1] / 2)  # mm from the card's middle


@pytest.mark.parametrize(
    "look",
    [
        Look(defocus=4),
        Look(motion=7),
        Look(glare=0.9),
        Look(width=0.24, noise=6),
        Look(defocus=3, noise=8),
        Look(defocus=3, exposure=0.4),
    ],
    ids=str,
)
def test_a_code_that_does_not_read_is_still_found(look: Look) -> None:
    grey = as_grey(render_card(CARD, look))
    assert read(grey) == []
    px_per_mm = look.width * 1280 / PLATE_MM[0]
    x, y = 640 + CODE_MIDDLE[0] * px_per_mm, 360 + CODE_MIDDLE[1] * px_per_mm
    half = 7.5 * px_per_mm
    region = code_like(grey)[0]
    assert region.left <= x - half
    assert region.right >= x + half
    assert region.top <= y - half
    assert region.bottom >= y + half
    assert region.of(grey).size < 0.2 * grey.size


@pytest.mark.parametrize("noise", [0, 4, 10, 20])
def test_a_scene_without_a_card_holds_nothing_like_a_code(noise: float) -> None:
    assert code_like(as_grey(empty_frame(noise=noise))) == []


def test_no_frame_is_too_small() -> None:
    for side in (1, 8, 35, 36, 64):
        assert code_like(np.zeros((side, side), np.uint8)) == []


def test_a_slow_taker_gets_the_newest_frame_once() -> None:
    slot = NewestFrame()
    for shade in (1, 2, 3):
        slot.put(np.full((2, 2, 3), shade, np.uint8))
    frame = slot.take(0)
    assert frame is not None
    assert frame[0, 0, 0] == 3
    assert slot.take(0) is None
