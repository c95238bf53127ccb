"""The 12-digit personal number: what its digits say, and whether the rest of a card agrees. It has no check digit."""

import re
from datetime import date
from typing import NamedTuple

from checkpoint_core.identity.findings import Note
from checkpoint_core.identity.model import Identity, Sex
from checkpoint_core.identity.registration import registration_places

_AT_END = re.compile(r"(?<![0-9*])[0-9*]{12}$")
_GROUPED = re.compile(r"[0-9*](?:[ .\-]?[0-9*])*$")
_AIM = re.compile(r"^\][A-Za-z][0-9A-Za-z]")  # the symbology mark that some hand scanners put first


class NumberFacts(NamedTuple):
    """What a number says of its holder; `place` is where the birth was registered, None for a code nobody was given."""

    sex: Sex
    birth_year: int
    place: str | None


def number_facts(number: str) -> NumberFacts | None:
    """What the digits of `number` say; None unless they are 12 plain digits (a masked number says nothing)."""
    if not re.fullmatch(r"[0-9]{12}", number):
        return None
    century = int(number[3])
    year = 100 * (19 + century // 2) + int(number[4:6])
    return NumberFacts("female" if century % 2 else "male", year, registration_places().get(number[:3]))


def personal_number(text: str, note: Note) -> str | None:
    """The 12 digits (or '*') that `text` ends in, grouped or not; None with what is wrong with them."""
    text = _AIM.sub("", text.strip())
    found = _AT_END.search(text) or _GROUPED.search(text)
    digits = re.sub(r"[^0-9*]", "", found[0]) if found else ""
    if found and len(digits) == 12:
        if found.start() > 0:
            note("junk-before", "text")
        if "*" in digits:
            note("number-masked", "number")
        return digits
    if not text:
        note("missing", "number")
    else:
        note("number-length" if re.fullmatch(r"[0-9*. \-]+", text) else "number-characters", "number")
    return None


def cross_check(identity: Identity, note: Note) -> None:
    """Note where the number and the rest of an identity contradict each other. These warn: corrected records exist."""
    facts = number_facts(identity.number or "")
    if facts is None:
        return
    if facts.place is None:
        note("number-province-unknown", "number")
    if identity.sex and identity.sex != facts.sex:
        note("number-sex-mismatch", "sex")
    if identity.birth_date and identity.birth_date[:4] != str(facts.birth_year):
        note("number-birth-mismatch", "birth_date")
    elif facts.birth_year >= 2100:
        note("number-century", "number")


def age_on(birth_date: str, day: date) -> int | None:
    """Full years on `day`; by the year alone for a partial date; None before birth or for anything that is no date."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", birth_date)
    if not match:
        return None
    month, day_of_month = int(match[2] or 1), int(match[3] or 1)
    age = day.year - int(match[1]) - ((day.month, day.day) < (month, day_of_month))
    return age if age >= 0 else None
