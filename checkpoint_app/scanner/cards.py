"""Invented cards as a camera would see them: the plate with its code at true size, then hand, lens, light and sensor."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import cast

import cv2
import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from checkpoint_app.scanner.frames import Frame
from checkpoint_app.scanner.treat import disc

PLATE_MM = (85.6, 54.0)  # ISO/IEC 7810 ID-1
_DOT = 12  # px a millimetre of the plate
_PAPER, _INK, _BAND, _STAMP = (236, 243, 238), (40, 40, 45), (205, 226, 214), (176, 32, 40)
_LONGEST = 32  # letters of a line
_NOTICE = "MẪU – THỰC HÀNH"
_GRAIN = 32.0  # standard deviation of the sheet that noise is cut from


@dataclass(frozen=True)
class Look:
    """How a card is held and seen. Lengths in pixels of the frame, angles in degrees, the rest as shares."""

    width: float = 0.62  # of the card, as a share of the frame's width
    x: float = 0.0  # of the card's middle from the frame's, as a share of the frame
    y: float = 0.0
    roll: float = 0.0
    tilt: float = 0.0  # turned away around the upright axis
    defocus: float = 0.0  # radius
    motion: float = 0.0  # length, along the frame
    noise: float = 2.0  # standard deviation in grey steps
    glare: float = 0.0  # brightness of a spot over the code; 1 is white
    exposure: float = 1.0
    contrast: float = 1.0
    jpeg: int | None = None  # quality


def render_card(
    text: str | bytes,
    look: Look | None = None,
    *,
    size: tuple[int, int] = (1280, 720),
    code_mm: float = 15.0,
    seed: int = 0,
) -> Frame:
    """One frame (h, w, 3) BGR with a card whose code holds `text`; the same arguments give the same pixels."""
    plate = card_plate(text, code_mm)
    rng = np.random.default_rng(seed)
    return see(plate, look or Look(), backdrop(size, seed), rng, code_mm)


def empty_frame(size: tuple[int, int] = (1280, 720), *, seed: int = 0, noise: float = 2.0) -> Frame:
    """What the camera sees while nobody shows a card."""
    return _sensed(backdrop(size, seed), Look(noise=noise), np.random.default_rng(seed))


def card_plate(text: str | bytes, code_mm: float = 15.0) -> Frame:
    """The flat card, 12 px a millimetre, code at the top right, named as a sample; BGR."""
    plate = Image.new("RGB", (round(PLATE_MM[0] * _DOT), round(PLATE_MM[1] * _DOT)), _PAPER)
    draw = ImageDraw.Draw(plate)
    draw.rectangle((0, 0, plate.width, 8 * _DOT), fill=_BAND)
    draw.rectangle((5 * _DOT, 18 * _DOT, 25 * _DOT, 44 * _DOT), fill=(214, 218, 216))  # where a portrait would be
    _write(draw, text)
    code = _code(text).resize((round(code_mm * _DOT),) * 2, Image.Resampling.LANCZOS)
    left, top = code_corner(code_mm)
    quiet = _DOT
    draw.rectangle((left - quiet, top - quiet, left + code.width + quiet, top + code.height + quiet), fill=(255, 255, 255))
    plate.paste(code, (round(left), round(top)))
    return np.ascontiguousarray(np.asarray(plate, dtype=np.uint8)[:, :, ::-1])


def code_corner(code_mm: float) -> tuple[float, float]:
    """The code's top left on the plate, in plate pixels."""
    return (PLATE_MM[0] - 4 - code_mm) * _DOT, 4.0 * _DOT


@cache
def backdrop(size: tuple[int, int], seed: int) -> Frame:
    """A blurred, invented scene behind the card, (h, w, 3)."""
    rng = np.random.default_rng(seed)
    light = rng.integers(70, 150, (9, 16, 1)) + rng.integers(-8, 8, (9, 16, 3))
    coarse = light.astype(np.uint8)
    scene = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(scene, (0, 0), 25), dtype=np.uint8)


def see(plate: Frame, look: Look, scene: Frame, rng: np.random.Generator, code_mm: float = 15.0) -> Frame:
    """`plate` as held by a hand before `scene`, through lens, light and sensor."""
    height, width = scene.shape[:2]
    near = _at_distance(plate, look.width * width)
    to_frame = _placement(near.shape, look, (width, height))
    frame = scene.copy()
    cv2.warpPerspective(near, to_frame, (width, height), dst=frame, borderMode=cv2.BORDER_TRANSPARENT)
    picture = _blurred(frame, look)
    if look.glare:
        middle = _code_middle(to_frame, code_mm, near.shape[1] / PLATE_MM[0])
        _add_glare(picture, look.glare, middle, look.width * width * 0.12)
    return _sensed(picture, look, rng)


def _write(draw: ImageDraw.ImageDraw, text: str | bytes) -> None:
    _line(draw, (5, 2), "THẺ THỰC HÀNH · PRACTICE CARD", 3.2, _INK)
    _line(draw, (28, 46), _NOTICE, 4.6, _STAMP)
    parts = text.split("|") if isinstance(text, str) else []
    if len(parts) < 6:
        return
    number, _, name, born, sex, address = parts[:6]
    lines = (number, name, f"{born[:2]}/{born[2:4]}/{born[4:]}", sex, address)
    for row, line in enumerate(lines):
        _line(draw, (28, 14.5 + 6 * row), line, 4.2 if row == 0 else 3.2, _INK)


def _line(draw: ImageDraw.ImageDraw, at_mm: tuple[float, float], text: str, size_mm: float, colour: tuple[int, ...]) -> None:
    font = _font(round(size_mm * _DOT))
    if font is not None:
        shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        draw.text((at_mm[0] * _DOT, at_mm[1] * _DOT), shown, font=font, fill=colour)


@cache
def _font(px: int) -> ImageFont.FreeTypeFont | None:
    """Be Vietnam Pro; None where the font was not installed: the card is then shown without words, its code the same."""
    try:
        font = files("resources").joinpath("fonts", "BeVietnamPro-SemiBold.ttf").read_bytes()
    except FileNotFoundError:
        return None
    return ImageFont.truetype(BytesIO(font), px)


def _code(text: str | bytes) -> Image.Image:
    symbol = segno.make(text, error="m", micro=False, boost_error=False)
    modules = np.array([list(row) for row in symbol.matrix], dtype=np.uint8)
    return Image.fromarray(np.where(modules, 20, 255).astype(np.uint8).repeat(8, axis=0).repeat(8, axis=1))


def _placement(shape: tuple[int, ...], look: Look, size: tuple[int, int]) -> NDArray[np.float64]:
    """The homography from plate pixels to frame pixels, by a pinhole camera two frame widths away."""
    width, height = size
    half = look.width * width / 2
    ratio = shape[0] / shape[1]
    roll, tilt = np.radians(look.roll), np.radians(look.tilt)
    flat = np.array([(-half, -half * ratio), (half, -half * ratio), (half, half * ratio), (-half, half * ratio)])
    turned = flat @ np.array([[np.cos(roll), np.sin(roll)], [-np.sin(roll), np.cos(roll)]])
    depth = 1 + turned[:, 0] * np.sin(tilt) / (2 * width)
    middle = np.array([width * (0.5 + look.x), height * (0.5 + look.y)])
    seen = np.stack([turned[:, 0] * np.cos(tilt), turned[:, 1]], axis=1) / depth[:, None] + middle
    plate = np.array([(0, 0), (shape[1], 0), (shape[1], shape[0]), (0, shape[0])], dtype=np.float32)
    return np.asarray(cv2.getPerspectiveTransform(plate, seen.astype(np.float32)), dtype=np.float64)


def _at_distance(plate: Frame, width: float) -> Frame:
    """`plate` shrunk to about the size it is seen in: a sensor's pixel averages, where a warp alone would pick points."""
    scale = width / plate.shape[1]
    if scale >= 1:
        return plate
    return np.asarray(cv2.resize(plate, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _blurred(frame: Frame, look: Look) -> Frame:
    if look.defocus >= 0.5:
        frame = cast(Frame, cv2.filter2D(frame, -1, disc(look.defocus)))
    if look.motion >= 2:
        length = round(look.motion)
        frame = cast(Frame, cv2.filter2D(frame, -1, np.full((1, length), 1 / length)))
    return frame


def _code_middle(to_frame: NDArray[np.float64], code_mm: float, dot: float) -> tuple[float, float]:
    left, top = (edge / _DOT + code_mm / 2 for edge in code_corner(code_mm))
    x, y, w = to_frame @ (left * dot, top * dot, 1)
    return float(x / w), float(y / w)


def _add_glare(picture: Frame, strength: float, middle: tuple[float, float], radius: float) -> None:
    reach = round(3 * radius)
    left, top = max(0, round(middle[0]) - reach), max(0, round(middle[1]) - reach)
    part = picture[top : max(top, round(middle[1]) + reach), left : max(left, round(middle[0]) + reach)]
    y, x = np.ogrid[top : top + part.shape[0], left : left + part.shape[1]]
    spot = np.exp(-((x - middle[0]) ** 2 + (y - middle[1]) ** 2) / (2 * radius**2))
    part[:] = np.clip(part + (strength * 255 * spot)[:, :, None], 0, 255).astype(np.uint8)


def _sensed(picture: Frame, look: Look, rng: np.random.Generator) -> Frame:
    dark = 128 * (1 - look.contrast) * look.exposure
    frame = cv2.convertScaleAbs(picture, alpha=look.contrast * look.exposure, beta=dark)
    if look.noise:
        k = look.noise / _GRAIN
        frame = cv2.addWeighted(frame, 1, _grain(picture.shape[:2], rng), k, -128 * k)
    if look.jpeg is not None:
        _, packed = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, look.jpeg])
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)
    return np.asarray(frame, dtype=np.uint8)


def _grain(shape: tuple[int, int], rng: np.random.Generator) -> Frame:
    """Noise around 128: a window, chosen anew each time, of one large sheet, which costs a hundredth of fresh noise."""
    sheet = _grain_sheet((shape[0] + 64, shape[1] + 64))
    top, left = rng.integers(0, 64, 2)
    return sheet[top : top + shape[0], left : left + shape[1]]


@cache
def _grain_sheet(shape: tuple[int, int]) -> Frame:
    grain = np.random.default_rng(7).normal(128, _GRAIN, (*shape, 3))
    return np.clip(grain, 0, 255).astype(np.uint8)
