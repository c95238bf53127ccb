"""Times as the journal writes them (ISO 8601 UTC, milliseconds, 'Z'), and the day a checkpoint's clock on the wall shows."""

from datetime import UTC, date, datetime, timedelta

from checkpoint_core.screening.places import VIETNAM


def iso(moment: datetime) -> str:
    """An aware time as text that sorts as the times do."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(text: str) -> datetime:
    """The inverse of `iso`; any ISO 8601 time with an offset is understood."""
    return datetime.fromisoformat(text).astimezone(UTC)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of a Vietnamese day, and of the next."""
    start = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    return start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)
