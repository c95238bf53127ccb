"""Vehicle plates: one form for the journal, and a doubt where the form is unknown. A plate is never refused."""

import re

from checkpoint_core.identity.findings import finding
from checkpoint_core.identity.model import Finding
from checkpoint_core.text import nfc

_PLATE = re.compile(
    r"""
    [1-9][0-9][A-Z][0-9]{4,5}                          # car: 51F-123.45
    | [1-9][0-9][A-Z][1-9A-Z][0-9]{4,5}                # motorcycle: 29-B1 123.45, 29-AA 123.45
    | [1-9][0-9](?:LD|KT|DA|MĐ|MD|HC|TĐ|TD|R)[0-9]{4,6}
    | (?:80|[1-9][0-9])(?:[0-9]{3})?(?:NG|QT|NN|CV)[0-9]{2,5}
    | [A-Z]{2}[0-9]{4,5}                               # army
    | T[1-9][0-9][0-9]{5} | [1-9][0-9]T[0-9]{4,6}      # temporary
    """,
    re.VERBOSE,
)
_LOCALITIES_FROM = 11


def plate_number(text: str) -> tuple[str, Finding | None]:
    """`text` as kept ('29B112345'), with 'plate-odd' where no known form fits. Empty text gives ('', the finding)."""
    plate = re.sub(r"[^A-ZĐ0-9]", "", nfc(text).upper())
    known = _PLATE.fullmatch(plate) and not (plate[:2].isdigit() and int(plate[:2]) < _LOCALITIES_FROM)
    return plate, None if known else finding("plate-odd", "plate")
