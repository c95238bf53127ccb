"""How numbers, dates and times are written for people here: day/month/year, local time, digits in groups."""

from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))  # one zone, no daylight saving: the whole country since 1975


def grouped(number: str) -> str:
    """A 12-digit number as it is read aloud: '036 185 000 123'; anything else in threes from the left."""
    return " ".join(number[i : i + 3] for i in range(0, len(number), 3))


def day(iso: str) -> str:
    """'1985-09-21' as '21/09/1985', '1985-09' as '09/1985', '1985' as it is."""
    return "/".join(reversed(iso.split("-")))


def clock_time(when: datetime) -> str:
    """Hours and minutes here: '09:41'."""
    return when.astimezone(VIETNAM).strftime("%H:%M")


def moment(when: datetime | str) -> str:
    """Day and time here: '24/11/2026 09:41'. Text is ISO 8601; a text that is only a day stays a day."""
    if isinstance(when, str):
        if "T" not in when:
            return day(when)
        when = datetime.fromisoformat(when)
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return when.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")


def ago(since: datetime, now: datetime) -> tuple[str, int]:
    """How long ago, as a key of 'age' and its number: ('minutes', 5)."""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < 60:
        return "now", 0
    if seconds < 3600:
        return "minutes", seconds // 60
    if seconds < 86400:
        return "hours", seconds // 3600
    return "days", seconds // 86400
