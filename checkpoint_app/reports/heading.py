"""What stands above every form of the shift log: which shift, whose, when written, masked or not."""

from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.reports.table import Style, clean
from checkpoint_app.store.values import Shift
from checkpoint_app.words import say
from checkpoint_core.screening.places import VIETNAM


@dataclass(frozen=True)
class Heading:
    """The shift, the moment of writing (UTC) and the style; `total` is how many crossings are to come."""

    shift: Shift
    written_at: datetime
    style: Style
    total: int

    def say(self, key: str, **params: str | int) -> str:
        return say(self.style.language, f"report.{key}", **params)

    def facts(self) -> list[tuple[str, str]]:
        """Label and value, in the order in which they are read."""
        shift = self.shift
        return [
            (self.say("fact-checkpoint"), clean(shift.checkpoint_name)),
            (self.say("fact-lane"), clean(shift.lane)),
            (self.say("fact-direction"), self.style.word("direction.", shift.direction)),
            (self.say("fact-officer"), clean(shift.officer.name)),
            (self.say("fact-opened"), clock(shift.opened_at)),
            (self.say("fact-closed"), clock(shift.closed_at) if shift.closed_at else self.say("still-open")),
            (self.say("fact-written"), clock(self.written_at)),
            (self.say("fact-numbers"), self.say("numbers-full" if self.style.unmasked else "numbers-masked")),
        ]


def clock(at: datetime) -> str:
    """A moment as it is written in Vietnam: day, month, year, hour, minute."""
    return at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")
