"""The practice camera behaves as a camera before which people hold up cards, the same for the same seed."""

from itertools import cycle

import numpy as np

from checkpoint_app.scanner.cards import card_plate, render_card
from checkpoint_app.scanner.decode import decode
from checkpoint_app.scanner.frames import Frame
from checkpoint_app.scanner.practice import PracticeCamera
from tests.app.scanner.recorder import CARD, OTHER_CARD


def no_pause(seconds: float) -> None:
    """Frames as fast as they are rendered."""


def frames(camera: PracticeCamera, count: int) -> list[Frame]:
    return [camera.read() for _ in range(count)]


def sights(camera: PracticeCamera, count: int) -> list[str]:
    """What was in view, frame by frame, repeats left out."""
    seen = [codes[0].text if codes else "" for codes in (decode(frame, others=False) for frame in frames(camera, count))]
    return [text for text, before in zip(seen, ["", *seen], strict=False) if text != before]


def test_nothing_is_shown_until_told() -> None:
    camera = PracticeCamera(pause=no_pause)
    assert sights(camera, 10) == []
    camera.show(CARD)
    assert sights(camera, 75) == [CARD, ""]


def test_cards_come_one_after_another_and_one_told_goes_first() -> None:
    camera = PracticeCamera(cycle([CARD]), seed=2, pause=no_pause)
    camera.show(OTHER_CARD)
    assert sights(camera, 140)[:4] == [OTHER_CARD, "", CARD, ""]


def test_the_same_seed_gives_the_same_pixels() -> None:
    one, same, other = (frames(PracticeCamera([CARD], seed=s, pause=no_pause), 14)[13] for s in (5, 5, 6))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert np.array_equal(render_card(CARD, seed=1), render_card(CARD, seed=1))


def test_most_people_hold_a_card_so_that_it_reads() -> None:
    read = 0
    for seed in range(8):
        camera = PracticeCamera([CARD], seed=seed, pause=no_pause)
        read += any(decode(frame, others=False) for frame in frames(camera, 20)[14:20:2])
    assert read == 8


def test_the_camera_can_be_opened_again() -> None:
    camera = PracticeCamera([CARD, OTHER_CARD], seed=1, pause=no_pause)
    frames(camera, 30)
    camera.close()
    assert sights(camera, 75) == [OTHER_CARD, ""]


def test_the_plate_says_that_it_is_a_sample_and_has_no_emblem() -> None:
    plate = card_plate(CARD)
    assert plate.shape == (648, 1027, 3)
    red = (plate[:, :, 2].astype(int) - plate[:, :, 1]) > 80
    rows = np.flatnonzero(red.any(axis=1))
    assert red.any(), "the red words 'MẪU – THỰC HÀNH'"
    assert rows.min() > 500, "red only at the foot: no national emblem, which is red at the top left"
