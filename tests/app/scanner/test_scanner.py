"""Frames to readings: one card one reading, the next one at once, and nothing that happens ends the scanning."""

import threading
from collections.abc import Iterator, Sequence

from checkpoint_app.scanner.cards import empty_frame, render_card
from checkpoint_app.scanner.frames import Frame
from checkpoint_app.scanner.practice import PracticeCamera
from checkpoint_core.trouble import Trouble
from tests.app.scanner.conftest import Start
from tests.app.scanner.recorder import CARD, OTHER_CARD, Recorder


class Frames:
    """A camera that gives these frames and then the last one again; a Trouble among them is raised, as a driver's is."""

    def __init__(self, frames: Sequence[Frame | Exception]) -> None:
        self._frames = iter(frames)
        self._last = empty_frame()
        self.closed = threading.Event()

    def read(self) -> Frame:
        self.closed.wait(0.01)
        frame = next(self._frames, self._last)
        if isinstance(frame, Exception):
            raise frame
        self._last = frame
        return frame

    def close(self) -> None:
        self.closed.set()


def test_a_card_held_up_is_one_reading_and_the_next_is_read(recorder: Recorder, start: Start) -> None:
    camera = PracticeCamera([CARD, OTHER_CARD], seed=3)
    start(lambda: camera)
    recorder.wait(lambda r: len(r.texts) == 2)
    assert recorder.texts == [CARD, OTHER_CARD]
    assert recorder.state_codes == ["searching", "running"]
    assert recorder.errors == []


def test_a_camera_that_is_absent_then_there_then_unplugged_comes_back_alone(recorder: Recorder, start: Start) -> None:
    lives: Iterator[Trouble | Frames] = iter(
        [Trouble("no-camera"), Frames([render_card(CARD), Trouble("unplugged")]), Trouble("no-camera")]
    )

    def plugged() -> Frames:
        life = next(lives, Frames([render_card(OTHER_CARD)]))
        if isinstance(life, Trouble):
            raise life
        return life

    start(plugged)
    recorder.wait(lambda r: OTHER_CARD in r.texts)
    assert recorder.state_codes == ["searching", "no-camera", "running", "unplugged", "running"]
    assert recorder.texts == [CARD, OTHER_CARD]


def test_a_bug_on_one_frame_is_reported_and_the_next_card_reads(recorder: Recorder, start: Start) -> None:
    class Glitching(Frames):
        def read(self) -> Frame:
            return super().read() if recorder.errors else empty_frame()[:, :, :0]

    start(lambda: Glitching([render_card(CARD)]))
    recorder.wait(lambda r: CARD in r.texts)
    assert len(recorder.errors) == 1


def test_stop_ends_both_threads_and_lets_the_camera_go(recorder: Recorder, start: Start) -> None:
    camera = Frames([render_card(CARD)])
    scanner = start(lambda: camera)
    recorder.wait(lambda r: r.frames > 2)
    assert scanner.stop()
    assert camera.closed.is_set()
    assert not [t for t in threading.enumerate() if t.name.startswith("scanner-")]
