"""Vietnamese text made comparable: one normal form, and one folding used everywhere names and places are compared."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")


def nfc(text: str) -> str:
    """`text` in NFC with runs of white space made one space: the form in which names are kept and shown."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """`text` without case, diacritics and doubled spaces: the form in which names are compared and searched."""
    plain = text.casefold().replace("đ", "d").replace("ð", "d")
    stripped = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return _SPACE.sub(" ", stripped).strip()
