"""What the parts of the scanner agree on: a source of frames, the camera's state, and the one slot between two threads."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]  # (height, width, 3), BGR


@dataclass(frozen=True)
class CameraState:
    """What the camera is doing, in words under camera.<code>.

    `code` is searching, running, unplugged, no-camera, camera-busy or camera-denied.
    """

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class FrameSource(Protocol):
    """An open camera, or what stands in for one. Used by one thread."""

    def read(self) -> Frame:
        """The next frame, waiting for it; raises Trouble('unplugged') when there will be none."""

    def close(self) -> None:
        """Let the device go; harmless when repeated."""


class NewestFrame:
    """A slot for one frame: a slow taker gets the newest, never a queue of old ones."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._frame: Frame | None = None

    def put(self, frame: Frame) -> None:
        """Replace whatever was not taken yet."""
        with self._changed:
            self._frame = frame
            self._changed.notify()

    def take(self, timeout: float) -> Frame | None:
        """The newest frame not yet taken, waiting up to `timeout` seconds for one."""
        with self._changed:
            self._changed.wait_for(lambda: self._frame is not None, timeout)
            frame, self._frame = self._frame, None
            return frame
