"""Cameras through OpenCV: which there are, one opened, and what went wrong said as a Trouble."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from checkpoint_app.scanner.frames import Frame
from checkpoint_core.trouble import Trouble

# Said before a camera is opened: ten seconds (OpenCV's default) are too long to notice a pulled plug.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
# A camera that is absent is a state of ours with words of its own, not a warning on standard error.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

_WINDOWS = sys.platform == "win32"
_PROBED = 6  # Windows tells OpenCV no names: that many indices are tried
_SIZE = (1920, 1080)  # asked for; the driver gives the nearest it has. At 720p many cameras never read a card.


@dataclass(frozen=True)
class CameraInfo:
    """A camera that can be chosen: `device` is what `Camera` opens and what survives a new start; `name` is for people."""

    device: str
    name: str


def cameras() -> list[CameraInfo]:
    """The cameras of this machine; on Windows this opens each in turn, which takes seconds: not for the window's thread."""
    return _probed() if _WINDOWS else _listed(Path("/dev"), Path("/sys/class/video4linux"))


class Camera:
    """An open camera (index or V4L2 path as `device`), or a film or image sequence as OpenCV opens them.

    Raises Trouble: no-camera, camera-busy, camera-denied on opening; camera-busy, unplugged on reading.
    """

    def __init__(self, device: str, size: tuple[int, int] = _SIZE) -> None:
        self._capture = _opened(device)
        self._streamed = False
        if _is_camera(device):
            self._configure(size)

    def read(self) -> Frame:
        """The next frame, waiting up to two seconds for it."""
        try:
            ok, frame = self._capture.read()
        except cv2.error as error:
            raise Trouble("unplugged") from error
        if not ok:
            # Linux lets two programs open a camera; the second learns that it is taken when no first frame comes.
            raise Trouble("unplugged" if self._streamed else "camera-busy")
        self._streamed = True
        return np.asarray(frame, dtype=np.uint8)

    def close(self) -> None:
        """Let the device go."""
        self._capture.release()

    def _configure(self, size: tuple[int, int]) -> None:
        # Compressed first: raw 1080p does not fit through USB 2 at a useful rate.
        self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)


def _opened(device: str) -> cv2.VideoCapture:
    if _present(device) is False:
        raise Trouble("no-camera")
    if device.startswith("/dev/") and not os.access(device, os.R_OK | os.W_OK):
        raise Trouble("camera-denied")
    capture = cv2.VideoCapture(int(device) if device.isdigit() else device, _backend(device))
    if not capture.isOpened():
        raise Trouble("no-camera" if device.isdigit() else "camera-busy")
    return capture


def _backend(device: str) -> int:
    if not _is_camera(device):
        return cv2.CAP_ANY
    # DirectShow opens in a fraction of the time that Media Foundation takes.
    return cv2.CAP_DSHOW if _WINDOWS else cv2.CAP_V4L2


def _is_camera(device: str) -> bool:
    return device.isdigit() or device.startswith("/dev/")


def _present(device: str) -> bool | None:
    """Whether the device is there; None where only opening it tells (Windows indices, patterns of image sequences)."""
    if "%" in device or (device.isdigit() and _WINDOWS):
        return None
    return Path(f"/dev/video{device}" if device.isdigit() else device).exists()


def _listed(dev: Path, sysfs: Path) -> list[CameraInfo]:
    # One camera makes several nodes; index 0 is the one that gives pictures.
    nodes = sorted(node for node in sysfs.glob("video*") if _line(node / "index") == "0")
    return [CameraInfo(_lasting(dev, node.name), _line(node / "name") or node.name) for node in nodes]


def _lasting(dev: Path, node: str) -> str:
    """The path by serial number where udev made one: it leads to the same camera after it was plugged in again."""
    links = sorted(link for link in (dev / "v4l" / "by-id").glob("*") if link.resolve().name == node)
    return str(links[0] if links else dev / node)


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _probed() -> list[CameraInfo]:
    found = []
    for index in range(_PROBED):
        capture = cv2.VideoCapture(index, _backend(str(index)))
        if capture.isOpened():
            found.append(CameraInfo(str(index), f"Camera {index + 1}"))
        capture.release()
    return found
