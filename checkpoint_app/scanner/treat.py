"""What may bring back a code that a plain read missed, chosen by what the picture shows: dark, blurred or washed out."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

_DARK = 70  # the brightest tenth is darker than this
_WASHED_OUT = 130  # the darkest tenth is brighter than this: glare
_DEFOCUS = (1.9, 4.5)  # px: below, a code reads as it is; above, nothing brings it back
_CROWDED = 1.2  # measured on rendered cards: edges as close as a code's look steeper than lone ones
_NOISE = 0.004  # share of the signal that Wiener's filter takes for noise


def enlarged(crop: Grey, times: float) -> Grey:
    """`crop` at `times` its size (smaller below 1)."""
    how = cv2.INTER_CUBIC if times > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(crop, None, fx=times, fy=times, interpolation=how), dtype=np.uint8)


def treated(crop: Grey, times: float) -> Grey:
    """A code-like region enlarged, after the one treatment most likely to help it."""
    dark, bright = np.percentile(crop[::2, ::2], (10, 90))
    if bright < _DARK:
        return _smoothed(enlarged(crop, times))
    if dark > _WASHED_OUT:
        return _evened(enlarged(crop, times))
    radius = _defocus(crop, float(bright - dark))
    if _DEFOCUS[0] <= radius <= _DEFOCUS[1]:
        return enlarged(_focused(crop, round(radius, 1)), times)
    return _sharpened(enlarged(crop, times))


def disc(radius: float) -> NDArray[np.float64]:
    """The image of a point through a lens out of focus by `radius` px; sums to 1."""
    reach = math.ceil(radius)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    spot = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return np.asarray(spot / spot.sum())


def _defocus(crop: Grey, contrast: float) -> float:
    """The radius in px by which the lens is out of focus: a disc of radius r flattens a lone edge to 2 / (pi r)."""
    steps = cv2.absdiff(crop[:, 1:], crop[:, :-1]), cv2.absdiff(crop[1:], crop[:-1])
    steepest = max(1.0, *(float(np.percentile(step, 99)) for step in steps))
    return _CROWDED * 2 * contrast / (math.pi * steepest)


def _smoothed(grey: Grey) -> Grey:
    """Without single grains."""
    return np.asarray(cv2.medianBlur(grey, 5), dtype=np.uint8)


def _sharpened(grey: Grey) -> Grey:
    return np.asarray(cv2.addWeighted(grey, 2.5, cv2.GaussianBlur(grey, (0, 0), 4), -1.5, 0), dtype=np.uint8)


def _evened(grey: Grey) -> Grey:
    """Each place against its own surroundings."""
    difference = grey.astype(np.float32) - cv2.blur(grey, (33, 33))
    spread = cv2.blur(np.abs(difference), (33, 33)) + 4
    return np.asarray(np.clip(128 + difference / spread * 60, 0, 255), dtype=np.uint8)


def _focused(grey: Grey, radius: float) -> Grey:
    """Wiener's filter against `disc(radius)`."""
    edge = 16
    padded = cv2.copyMakeBorder(grey, edge, edge, edge, edge, cv2.BORDER_REPLICATE)
    spectrum = np.fft.rfft2(padded) * _wiener(padded.shape, radius)
    return np.asarray(np.clip(np.fft.irfft2(spectrum, padded.shape)[edge:-edge, edge:-edge], 0, 255), dtype=np.uint8)


def _wiener(shape: tuple[int, ...], radius: float) -> NDArray[np.complex128]:
    spot = disc(radius)
    kernel = np.zeros(shape)
    kernel[: spot.shape[0], : spot.shape[1]] = spot
    forward = np.fft.rfft2(np.roll(kernel, -(spot.shape[0] // 2), (0, 1)))
    return np.asarray(np.conj(forward) / (np.abs(forward) ** 2 + _NOISE))
