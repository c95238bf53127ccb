"""The shift's own figures, counted while the log is written, so that totals and lines can never differ."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from checkpoint_app.reports.table import happened, weighty
from checkpoint_app.store.values import CrossingRow
from checkpoint_core.journal.payloads import Action, Direction
from checkpoint_core.screening.places import VIETNAM

DIRECTIONS: tuple[Direction, ...] = ("in", "out")
ACTIONS: tuple[Action, ...] = ("admitted", "turned-back", "referred")


@dataclass
class Tally:
    """Crossings and people by (direction, decision), crossings by (reason, decision) and by (hour in Vietnam, direction)."""

    crossings: Counter[tuple[str, str]] = field(default_factory=Counter)
    people: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    hours: Counter[tuple[datetime, str]] = field(default_factory=Counter)
    sync: Counter[str] = field(default_factory=Counter)
    overrides: int = 0
    corrected: int = 0

    def counting(self, rows: Iterable[CrossingRow]) -> Iterator[CrossingRow]:
        """The same rows, each counted as it passes."""
        for row in rows:
            self.add(row)
            yield row

    def add(self, row: CrossingRow) -> None:
        crossing = row.crossing
        key = (crossing.direction, crossing.decision.action)
        self.crossings[key] += 1
        self.people[key] += len(crossing.travellers)
        codes = {code for traveller in crossing.travellers for code in weighty(traveller.verdict.reasons)}
        self.reasons.update((code, crossing.decision.action) for code in codes)
        hour = happened(row).astimezone(VIETNAM).replace(minute=0, second=0, microsecond=0, tzinfo=None)
        self.hours[hour, crossing.direction] += 1
        self.sync[row.sync] += 1
        self.overrides += crossing.decision.override
        self.corrected += bool(row.corrected)

    def by_reason(self) -> list[tuple[str, int]]:
        """Reason codes with how many crossings had them, most first."""
        totals: Counter[str] = Counter()
        for (code, _), count in self.reasons.items():
            totals[code] += count
        return totals.most_common()
