"""A code as an engine read it: the value that the scanner hands on."""

from dataclasses import dataclass

Corners = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Code:
    """`raw` is the code's own bytes: what identity is given, and what makes two readings the same.

    `text` is `raw` as strict UTF-8, else the engine's guess, for showing only. `corners` are pixels of the frame,
    clockwise from the symbol's own top left; fewer than four when the engine does not tell.
    """

    text: str
    raw: bytes
    format: str  # 'QRCode', 'Aztec', 'PDF417', 'DataMatrix', 'Code128'
    engine: str  # 'zxing-cpp' or 'zbar'
    corners: Corners


def as_text(raw: bytes, guess: str) -> str:
    """`raw` as strict UTF-8; `guess` where it is not: engines' own guesses turn Vietnamese into Chinese characters."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return guess
