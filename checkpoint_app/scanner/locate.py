"""Where in a frame something looks like a code: dense texture in both directions, for about a millisecond."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from checkpoint_app.scanner.treat import enlarged

# Work on a quarter-size frame: a code's modules blend into texture there, and the box is 36 px of the frame.
_SHRINK = 4
_BOX = (9, 9)
_FAINTEST = 2.5  # mean grey steps between neighbours; a wall or a sleeve stays below
_STANDS_OUT = 1.6  # times the scene's own texture, which is its noise
_BOLDEST = 12  # grey steps that count in full: bold print must not outshine a code that glare has washed out

Table = NDArray[np.integer[Any] | np.floating[Any]]


@dataclass(frozen=True)
class Region:
    """A rectangle of the frame, in pixels, margin included."""

    left: int
    top: int
    right: int
    bottom: int

    def of(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """That part of `image`, without a copy."""
        return image[self.top : self.bottom, self.left : self.right]


def code_like(grey: NDArray[np.uint8], most: int = 2) -> list[Region]:
    """The regions that look most like a code, best first; none in a plain scene."""
    if min(grey.shape) < _SHRINK * _BOX[0]:
        return []
    texture = _texture(grey)
    peak, grain = float(texture.max(initial=0.0)), float(np.median(texture))
    if peak < max(_FAINTEST, grain * _STANDS_OUT):
        return []
    busy = (texture > max(_FAINTEST, (grain + peak) / 2)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(busy)
    ranked = sorted((_score(texture, labels, stats, i), i) for i in range(1, count))
    return [_region(stats[i], grey.shape) for score, i in reversed(ranked[-most:]) if score > 0]


def _texture(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    small = enlarged(grey, 1 / _SHRINK)
    along = _steps(small[:-1, 1:], small[:-1, :-1])
    across = _steps(small[1:, :-1], small[:-1, :-1])
    return np.minimum(along, across)


def _steps(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.float32]:
    steps = np.minimum(cv2.absdiff(one, other), _BOLDEST).astype(np.float32)
    return np.asarray(cv2.blur(steps, _BOX), dtype=np.float32)


def _score(texture: NDArray[np.float32], labels: Table, stats: Table, i: int) -> float:
    left, top, width, height, area = (int(n) for n in stats[i])
    if min(width, height) < 5:
        return 0.0
    part = slice(top, top + height), slice(left, left + width)
    mean = float(texture[part][labels[part] == i].mean())
    return mean * (min(width, height) / max(width, height)) * min(1.0, area / 400)


def _region(stats: Table, shape: tuple[int, ...]) -> Region:
    left, top, width, height = (int(n) * _SHRINK for n in stats[:4])
    margin = 16 + max(width, height) // 5
    right, bottom = left + width + margin, top + height + margin
    return Region(max(0, left - margin), max(0, top - margin), min(shape[1], right), min(shape[0], bottom))
