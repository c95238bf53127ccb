"""zbar, asked only where zxing-cpp read nothing: loaded on first use; that it is absent is normal."""

import ctypes
import sys
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checkpoint_app.scanner.code import Code, as_text

_GREY = int.from_bytes(b"Y800", "little")
# zbar 0.23.1 and later: bytes as they are, instead of a guess at the encoding. pyzbar has no name for it.
_BINARY = 4
_FORMATS = {64: "QRCode", 57: "PDF417", 128: "Code128"}


def available() -> bool:
    """Whether there is a second opinion on this machine."""
    return _zbar() is not None


@cache
def _zbar() -> ModuleType | None:
    if sys.platform == "win32":
        return None  # its library there is of 2015 and has been seen to abort, which would take the window down
    try:
        from pyzbar import wrapper
    except (ImportError, OSError):
        return None
    return wrapper  # type: ignore[no-any-return]


def read_with_zbar(grey: NDArray[np.uint8]) -> list[Code]:
    """What zbar reads in a contiguous grey image: QR, PDF417 and Code 128; nothing where zbar is absent."""
    library = _zbar()
    if library is None:
        return []
    scanner, image = library.zbar_image_scanner_create(), library.zbar_image_create()
    try:
        _configure(library, scanner)
        library.zbar_image_set_format(image, _GREY)
        library.zbar_image_set_size(image, grey.shape[1], grey.shape[0])
        library.zbar_image_set_data(image, grey.ctypes.data_as(ctypes.c_void_p), grey.size, None)
        library.zbar_scan_image(scanner, image)
        return list(_codes(library, image))
    finally:
        library.zbar_image_destroy(image)
        library.zbar_image_scanner_destroy(scanner)


def _configure(library: ModuleType, scanner: Any) -> None:
    library.zbar_image_scanner_set_config(scanner, 0, library.ZBarConfig.CFG_ENABLE, 0)
    for symbology in _FORMATS:
        library.zbar_image_scanner_set_config(scanner, symbology, library.ZBarConfig.CFG_ENABLE, 1)
    library.zbar_image_scanner_set_config(scanner, 64, _BINARY, 1)


def _codes(library: ModuleType, image: Any) -> list[Code]:
    codes = []
    symbol = library.zbar_image_first_symbol(image)
    while symbol:
        raw = ctypes.string_at(library.zbar_symbol_get_data(symbol), library.zbar_symbol_get_data_length(symbol))
        kind = _FORMATS.get(symbol.contents.type)
        if kind:
            codes.append(Code(as_text(raw, raw.decode("latin-1")), raw, kind, "zbar", _corners(library, symbol)))
        symbol = library.zbar_symbol_next(symbol)
    return codes


def _corners(library: ModuleType, symbol: Any) -> tuple[tuple[int, int], ...]:
    count = min(4, library.zbar_symbol_get_loc_size(symbol))
    points = [(library.zbar_symbol_get_loc_x(symbol, i), library.zbar_symbol_get_loc_y(symbol, i)) for i in range(count)]
    # zbar goes anticlockwise from the top left; ours go clockwise.
    return tuple(points[:1] + points[:0:-1])
