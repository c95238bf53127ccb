"""A running scanner that reports to a recorder and leaves no thread behind."""

from collections.abc import Callable, Iterator

import pytest

from checkpoint_app.scanner.frames import FrameSource
from checkpoint_app.scanner.scanner import Scanner
from tests.app.scanner.recorder import Recorder

Start = Callable[[Callable[[], FrameSource]], Scanner]


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def start(recorder: Recorder) -> Iterator[Start]:
    """Starts scanners that report to `recorder`; each is stopped at the end, with no thread left behind."""
    running: list[Scanner] = []

    def started(factory: Callable[[], FrameSource]) -> Scanner:
        scanner = Scanner(factory, recorder.frame, recorder.codes, recorder.state, recorder.error)
        running.append(scanner)
        scanner.start()
        return scanner

    yield started
    assert all(scanner.stop() for scanner in running)
