"""Invented card texts, and what keeps a running scanner's reports."""

import threading
from collections.abc import Callable

from checkpoint_app.scanner.code import Code
from checkpoint_app.scanner.frames import CameraState, Frame

CARD = (
    "001190000017|012345678|Nguyễn Thị Thử|05091990|Nữ|Số 12, ngõ 34 Đường Giả Định, Phường Mẫu, Quận Ví Dụ, Hà Nội|10052021"
)
OTHER_CARD = "036085000123||Đỗ Văn Mẫu|02011985|Nam|Thôn 4, Giao Thử, Ninh Bình|11062022"
WAIT = 20.0  # seconds: a limit for a loaded machine, never a measure


class Recorder:
    """Keeps what a scanner reported, and waits for it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.frames = 0
        self.readings: list[list[Code]] = []
        self.states: list[CameraState] = []
        self.errors: list[Exception] = []

    def frame(self, frame: Frame) -> None:
        with self._changed:
            self.frames += 1
            self._changed.notify_all()

    def codes(self, codes: list[Code]) -> None:
        with self._changed:
            self.readings.append(codes)
            self._changed.notify_all()

    def state(self, state: CameraState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def error(self, error: Exception) -> None:
        with self._changed:
            self.errors.append(error)
            self._changed.notify_all()

    @property
    def texts(self) -> list[str]:
        return [code.text for codes in self.readings for code in codes]

    @property
    def state_codes(self) -> list[str]:
        return [state.code for state in self.states]

    def wait(self, until: Callable[["Recorder"], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: until(self), WAIT), (self.state_codes, self.errors, len(self.readings))
