"""What screening hands to the screen: a reading with everything the officer needs to decide."""

from dataclasses import dataclass
from datetime import datetime

from checkpoint_core.identity.model import Reading
from checkpoint_core.journal.payloads import Traveller
from checkpoint_core.releases.model import Verification
from checkpoint_core.screening.model import Declaration, Verdict


@dataclass(frozen=True)
class Screened:
    """A reading with everything the officer needs to decide: shown as it is, recorded through `traveller`."""

    reading: Reading
    declaration: Declaration  # prefilled: reused from the last 72 h where there is one, else what the card tells
    verdict: Verdict
    age: int | None = None
    residence: str | None = None  # the unit the address resolved to, as called today ("xã Giao Thử, Ninh Bình")
    residence_unit: str | None = None
    former_residence: bool = False  # the card names a commune of before 1 July 2025; a split one has several today
    repeat: bool = False  # crossed within the policy's hours, declaration reused
    last_crossing: datetime | None = None
    verification: Verification | None = None  # the population register's last answer that is about this person
    vehicle: str | None = None
    plate: str | None = None

    def traveller(self) -> Traveller:
        """What the journal keeps of this person."""
        assert self.reading.identity is not None
        return Traveller(self.reading.identity, self.reading.kind, self.declaration, self.verdict, self.reading.findings)
