"""ISO 8601 text to aware UTC times and to days, None for what is neither; and what no right clock shows."""

from datetime import UTC, date, datetime

_PLAUSIBLE = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2076, 1, 1, tzinfo=UTC))


def instant(text: str | None) -> datetime | None:
    """An aware UTC time; one without a zone is taken as UTC, a bare day as its start."""
    try:
        time = datetime.fromisoformat(text or "")
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(text: str | None) -> date | None:
    """A whole day ('1990-05-09'); a partial one ('1990') is None."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def plausible(now: datetime) -> bool:
    """Whether a clock that shows `now` can be right: not one that fell back to 1970, or was set a century ahead."""
    return _PLAUSIBLE[0] < now < _PLAUSIBLE[1]
