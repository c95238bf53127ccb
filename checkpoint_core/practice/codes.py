"""What the codes on invented people's papers hold."""

from datetime import date
from typing import Literal

from checkpoint_core.identity import check_digit
from checkpoint_core.practice.people import Person
from checkpoint_core.text import fold

Layout = Literal["cccd", "can-cuoc"]

_PERIODS: dict[Layout, tuple[str, str]] = {"cccd": ("2021-03-01", "2024-06-30"), "can-cuoc": ("2024-07-01", "2026-06-30")}


def card_text(person: Person, layout: Layout | None = None) -> str:
    """What the QR of the person's card holds: the card they have, or one of `layout`, issued when that was in use."""
    layout = layout or ("cccd" if person.issued < "2024-07-01" else "can-cuoc")
    first, last = _PERIODS[layout]
    parts = (
        person.number,
        person.old_number or "",
        person.name,
        _day(person.birth_date),
        "Nam" if person.sex == "male" else "Nữ",
        person.address,
        _day(min(max(person.issued, first), last)),
    )
    return "|".join((*parts, "", "", "", "") if layout == "can-cuoc" else parts)


def mrz(person: Person) -> tuple[str, str, str]:
    """The three lines on the back of the person's card (TD1)."""
    number = person.number
    first = f"IDVNM{number[3:]}{check_digit(number[3:])}{number}<<{check_digit(number)}"
    birth, until = person.birth_date[2:].replace("-", ""), _expires(person)
    second = f"{birth}{check_digit(birth)}{person.sex[0].upper()}{until}{check_digit(until)}VNM{'<' * 11}"
    surname, _, given = fold(person.name).upper().partition(" ")
    total = check_digit(first[5:30] + second[:7] + second[8:15] + second[18:29])
    return first, second + total, f"{surname}<<{given.replace(' ', '<')}"[:30].ljust(30, "<")


def insurance_text(person: Person) -> str:
    """The QR of a paper health-insurance card: name and address in hexadecimal."""
    name, address = (text.encode().hex() for text in (person.name, person.address))
    year, month, day = person.birth_date.split("-")
    sex = 1 if person.sex == "male" else 2
    card = f"DN4{person.province[2:]}{person.number[2:]}"
    return f"{card}|{name}|{day}/{month}/{year}|{sex}|{address}|01 - 000|01/01/2026|31/12/2026"


def pc_covid_text(person: Person, *, masked: bool = True) -> str:
    """The personal QR of Decision 1405, masked by default as its app showed it."""
    number = "*" * 6 + person.number[6:] if masked else person.number
    birth = person.birth_date[:4] + "-**-**" if masked else person.birth_date
    sex = 1 if person.sex == "male" else 2
    return f"{number}|{fold(person.name).upper()}|{birth}|0|1629{int(person.number) % 10**14:014d}|<{sex}<<<"


def boarding_pass(person: Person) -> str:
    """A boarding pass (IATA BCBP), which names somebody but is no identity code."""
    surname, _, given = fold(person.name).upper().partition(" ")
    return f"M1{f'{surname}/{given}'[:20]:20}EABC123 SGNHANVN 0123 327Y012A0034 100"


def _expires(person: Person) -> str:
    """YYMMDD of the birthday, 25th, 40th or 60th, until which a card is good; fillers for one without an end."""
    born = date.fromisoformat(person.birth_date)
    ends = next((born.year + age for age in (25, 40, 60) if born.year + age >= int(person.issued[:4]) + 2), None)
    return f"{ends % 100:02d}{born.month:02d}{min(born.day, 28 if born.month == 2 else 31):02d}" if ends else "<<<<<<"


def _day(iso: str) -> str:
    return iso[8:] + iso[5:7] + iso[:4]
