"""An image to the codes in it: zxing-cpp on the whole, then on what looks like a code, enlarged; zbar as second opinion."""

from dataclasses import replace

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from checkpoint_app.scanner.code import Code, as_text
from checkpoint_app.scanner.locate import Region, code_like
from checkpoint_app.scanner.second_opinion import read_with_zbar
from checkpoint_app.scanner.treat import Grey, enlarged, treated

# One core for the reader: OpenCV's own threads gain nothing on these sizes and cost the window's.
cv2.setNumThreads(1)

# QRCodeModel2, not QRCode: that one includes Micro QR and rMQR, which give false reads on hard frames.
# zxing-cpp's own set of formats is made for each call: one kept in a module is reported as leaked when the window ends.
Formats = tuple[zxingcpp.BarcodeFormat, ...]
_QR: Formats = (zxingcpp.BarcodeFormat.QRCodeModel2,)
# What else travellers hold (boarding passes, permits). Looking for these costs ten times what QR alone does.
_OTHERS: Formats = (
    zxingcpp.BarcodeFormat.AztecCode,
    zxingcpp.BarcodeFormat.PDF417,
    zxingcpp.BarcodeFormat.DataMatrix,
    zxingcpp.BarcodeFormat.Code128,
)
_ALL = _QR + _OTHERS
_LARGEST_ENLARGED = 1600  # px of the enlarged crop's longer side: a close-up needs no enlarging


def decode(image: NDArray[np.uint8], deep: bool = False, others: bool = True) -> list[Code]:
    """The codes in a grey (h, w) or BGR (h, w, 3) image, none if nothing reads.

    Without `others` only QR codes, and only where one is likeliest: for most frames of a stream. `deep` takes as long
    as a still picture is worth: all formats at once, then the whole image evened out and enlarged, then zbar.
    """
    grey = as_grey(image)
    codes = read(grey, _ALL if deep else _QR) or _read_located(grey, 2 if others else 1)
    if codes or not (deep or others):
        return codes
    return _read_deep(grey) if deep else read(grey, _OTHERS)


def as_grey(image: NDArray[np.uint8]) -> Grey:
    """`image` as the contiguous 8-bit grey that the engines want."""
    return np.ascontiguousarray(image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))


def read(grey: Grey, formats: Formats = _QR) -> list[Code]:
    """One call of zxing-cpp."""
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(list(formats)), text_mode=zxingcpp.TextMode.Plain)
    return [_code(barcode) for barcode in found]


def second_look(grey: Grey) -> list[Code]:
    """zbar on what looks like a code and zxing-cpp could not read: slow, so not for every frame."""
    for region in code_like(grey, most=1):
        codes = read_with_zbar(np.ascontiguousarray(region.of(grey)))
        if codes:
            return [_placed(code, region, 1) for code in codes]
    return []


def _code(barcode: zxingcpp.Barcode) -> Code:
    at = barcode.position
    corners = tuple((p.x, p.y) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left))
    return Code(as_text(barcode.bytes, barcode.text), barcode.bytes, barcode.format.name, "zxing-cpp", corners)


def _read_located(grey: Grey, regions: int) -> list[Code]:
    for region in code_like(grey, regions):
        codes = _read_enlarged(grey, region)
        if codes:
            return codes
    return []


def _read_enlarged(grey: Grey, region: Region) -> list[Code]:
    crop = region.of(grey)
    times = min(3, _LARGEST_ENLARGED // max(crop.shape))
    if times < 2:
        return []
    codes = read(enlarged(crop, times)) or read(treated(crop, times))
    return [_placed(code, region, times) for code in codes]


def _placed(code: Code, region: Region, times: int) -> Code:
    corners = tuple((region.left + x // times, region.top + y // times) for x, y in code.corners)
    return replace(code, corners=corners)


def _read_deep(grey: Grey) -> list[Code]:
    for picture, scale in _treatments(grey):
        codes = read(picture, _ALL)
        if codes:
            return [replace(c, corners=tuple((int(x / scale), int(y / scale)) for x, y in c.corners)) for c in codes]
    return read_with_zbar(grey)


def _treatments(grey: Grey) -> list[tuple[Grey, float]]:
    """(image, its scale): evened out for glare, shrunk for huge or grainy codes, enlarged for small ones."""
    pictures = [
        (cv2.createCLAHE(3.0, (8, 8)).apply(grey), 1.0),
        (cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 51, 7), 1.0),
        (cv2.medianBlur(grey, 3), 1.0),
        (enlarged(grey, 0.5), 0.5),
    ]
    if grey.size <= 4_000_000:
        pictures.append((enlarged(grey, 2), 2.0))
    return [(np.asarray(image, dtype=np.uint8), scale) for image, scale in pictures]
