"""Any text or bytes that a code, a scanner or a keyboard gives, to what it is and whom it names."""

import re
import unicodedata

from checkpoint_core.identity.cards import is_card, read_card
from checkpoint_core.identity.declarations import is_insurance, is_pc_covid, read_insurance, read_pc_covid
from checkpoint_core.identity.decoding import decoded, unguessed, without_strays
from checkpoint_core.identity.findings import FindingCode, Note, finding
from checkpoint_core.identity.foreign import likeness
from checkpoint_core.identity.model import Finding, Identity, Kind, Reading
from checkpoint_core.identity.mrz import mrz_kind, read_mrz
from checkpoint_core.identity.numbers import cross_check, number_facts

_LONGEST = 3_000  # characters; the longest identity code in use has a few hundred
_KEPT = 20_000  # of what is longer than any code, such as a file dropped by mistake
_LABEL = re.compile(r"(?:số\s*)?(?:cccd|cmnd|cmtnd|cmt|id|căn cước(?: công dân)?|định danh)\s*(?:số)?[\s:.#\-]*", re.I)
_TYPED = re.compile(r"[0-9*](?:[ .\-]?[0-9*])*")
_SHARED_OLD_NUMBERS = range(271450001, 271500001)  # given out twice, in Đồng Nai and in Bà Rịa - Vũng Tàu


def read(text: str | bytes) -> Reading:
    """What `text` is, whom it names and what is odd about it. Never raises, whatever it is given."""
    found: dict[Finding, None] = {}

    def note(code: FindingCode, field: str) -> None:
        found[finding(code, field)] = None

    raw = decoded(text[:_KEPT], note)
    clean = without_strays(raw, note)
    if clean and len(clean) <= _LONGEST:
        kind, identity = _read(_mended(clean, note), note)
    else:
        kind, identity = "unknown", None
        note("too-long" if clean else "empty", "text")
    if identity:
        cross_check(identity, note)
    return Reading(kind, identity, tuple(found), raw)


def _read(text: str, note: Note) -> tuple[Kind, Identity | None]:
    parts = text.split("|")
    if is_pc_covid(parts):
        return "pc-covid", read_pc_covid(parts, note)
    if is_insurance(parts):
        return "bhyt", read_insurance(parts, note)
    if is_card(parts):
        return read_card(parts, note)
    if kind := mrz_kind(text):
        return kind, read_mrz(text, kind, note)
    return _typed(text, note)


def _typed(text: str, note: Note) -> tuple[Kind, Identity | None]:
    """A number typed by hand, grouped or not, 'CCCD:' before it or not."""
    plain = unicodedata.normalize("NFKC", text).strip()
    label = _LABEL.match(plain)
    number = plain[label.end() :] if label else plain
    digits = re.sub(r"[ .\-]", "", number) if _TYPED.fullmatch(number) else ""
    if len(digits) == 12:
        return "personal-number", _from_number(digits, note)
    if len(digits) == 9:
        if "*" not in digits and int(digits) in _SHARED_OLD_NUMBERS:
            note("old-number-shared", "old_number")
        return "cmnd", Identity(old_number=digits)
    likely = likeness(text)
    if digits and (likely == "unrecognised" or 9 < len(digits) < 13):
        note("number-length", "number")
    if not digits or likely != "unrecognised":
        note(likely, "text")
    return "unknown", None


def _from_number(number: str, note: Note) -> Identity:
    """What the number itself tells: sex and birth year."""
    if "*" in number:
        note("number-masked", "number")
    facts = number_facts(number)
    if facts is None or facts.birth_year >= 2100:
        return Identity(number=number)
    note("from-number", "birth_date")
    note("from-number", "sex")
    return Identity(number=number, sex=facts.sex, birth_date=str(facts.birth_year))


def _mended(text: str, note: Note) -> str:
    """`text` with a wrong guess of its encoding undone, as a whole: the guess may have swallowed a separator."""
    original = unguessed(text)
    if original is None:
        return text
    note("mojibake-repaired", "text")
    return original
