"""Image files, dropped or chosen or from the clipboard, read as the camera's frames are, only more thoroughly."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from checkpoint_app.scanner.code import Code
from checkpoint_app.scanner.decode import decode
from checkpoint_core.trouble import Trouble

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
# Only these decoders: others of Pillow's start foreign programs or are seldom tested.
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
_MOST_PIXELS = 60_000_000
_MOST_BYTES = 64 * 1024 * 1024
# Our own limit comes before any pixel is decoded; Pillow's would warn on standard error first.
Image.MAX_IMAGE_PIXELS = None


def read_image(source: Path | bytes) -> list[Code]:
    """The codes in an image file or its bytes, none if it holds none.

    Raises Trouble, with the file's `name`: file-missing, file-unreadable, not-an-image, image-truncated, image-too-large.
    """
    name = source.name if isinstance(source, Path) else ""
    data = _bytes(source, name) if isinstance(source, Path) else source
    return decode(_pixels(data, name), deep=True)


def images_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Each path as it is, and each folder's image files, by name, at any depth."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        else:
            yield path


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise Trouble("file-missing", name=name) from error
    except OSError as error:
        raise Trouble("file-unreadable", name=name) from error
    if len(data) > _MOST_BYTES:
        raise Trouble("image-too-large", name=name)
    return data


def _pixels(data: bytes, name: str) -> NDArray[np.uint8]:
    # Pillow and not OpenCV: it tells the size before it decodes, and that a file ends too soon.
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise Trouble("image-too-large", name=name)
            return np.asarray(_on_white(image).convert("L"), dtype=np.uint8)
    except UnidentifiedImageError as error:
        raise Trouble("not-an-image", name=name) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Trouble("image-truncated", name=name) from error


def _on_white(image: Image.Image) -> Image.Image:
    """A black code on a transparent ground would be black on black."""
    if not image.has_transparency_data:
        return image
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, (255, 255, 255, 255)), layer)
