"""Who stands at the barrier just now: the travellers of one vehicle, their declarations, and what is still to be asked."""

from dataclasses import dataclass, replace

import msgspec

from checkpoint_app.duty.values import Screened
from checkpoint_core.journal.payloads import Action
from checkpoint_core.screening.model import Declaration, State

_WORSE: tuple[State, ...] = ("clear", "attention", "stop")
_MEDICAL = {"watch-case", "watch-quarantine", "watch-contact-1", "watch-contact-2", "test-positive", "symptoms"}


@dataclass(frozen=True)
class Party:
    """Nothing in it changes: each step gives a new one. `current` is the traveller whose form is shown."""

    travellers: tuple[Screened, ...] = ()
    current: int = 0
    vehicle: str | None = None
    plate: str | None = None

    @property
    def shown(self) -> Screened | None:
        """The traveller whose form is shown; None while nobody is there."""
        return self.travellers[self.current] if self.travellers else None

    @property
    def worst(self) -> State:
        """The worst verdict in the vehicle: it decides for all."""
        return max((one.verdict.state for one in self.travellers), key=_WORSE.index, default="clear")

    @property
    def worse(self) -> Screened | None:
        """Somebody in the vehicle who is judged worse than the traveller shown; None where nobody is."""
        if self.shown is None or self.shown.verdict.state == self.worst:
            return None
        return next(one for one in self.travellers if one.verdict.state == self.worst)

    def add(self, screened: Screened) -> "Party":
        """One more traveller, shown now. A card shown twice is the same traveller, with what they declared already."""
        for index, one in enumerate(self.travellers):
            if _same(one, screened):
                return replace(self, current=index)
        joined = _with_companions_declaration(screened, self.travellers)
        return replace(
            self,
            travellers=(*self.travellers, joined),
            current=len(self.travellers),
            vehicle=self.vehicle or screened.vehicle,
            plate=self.plate or screened.plate,
        )

    def remove(self, index: int) -> "Party":
        """Without that traveller; an empty party when it was the last."""
        left = self.travellers[:index] + self.travellers[index + 1 :]
        return replace(self, travellers=left, current=min(self.current, max(0, len(left) - 1))) if left else Party()

    def show(self, index: int) -> "Party":
        return replace(self, current=index)

    def judged(self, index: int, screened: Screened) -> "Party":
        """The traveller screened again, with a new declaration or new lists."""
        return replace(self, travellers=(*self.travellers[:index], screened, *self.travellers[index + 1 :]))

    def declared(self, declaration: Declaration) -> "Party":
        """The shown traveller's declaration, not screened again yet."""
        assert self.shown is not None
        return self.judged(self.current, replace(self.shown, declaration=declaration))


@dataclass(frozen=True)
class Gap:
    """A question still open: `traveller` is an index. A soft one is asked once; who has no telephone may pass."""

    traveller: int
    field: str
    soft: bool = False


def gaps(party: Party, action: Action = "admitted") -> list[Gap]:
    """What is still to be asked, first things first. One telephone a vehicle is enough; whoever is not let through need
    only say where they wanted to go."""
    if action != "admitted":
        return [Gap(at, "destination") for at, one in enumerate(party.travellers) if not one.declaration.destinations]
    found = [Gap(index, name) for index, one in enumerate(party.travellers) for name in _unanswered(one.declaration)]
    if party.travellers and not any(one.declaration.phone for one in party.travellers):
        found.append(Gap(0, "phone", soft=True))
    return found


def suggested(party: Party) -> Action:
    """What Enter does: sick or sought people go to the medical staff, others who are stopped go back."""
    reasons = [reason for one in party.travellers for reason in one.verdict.reasons if reason.weight != "inform"]
    if any(reason.code in _MEDICAL for reason in reasons):
        return "referred"
    return "turned-back" if party.worst == "stop" else "admitted"


def needs_reason(party: Party, action: Action) -> bool:
    """Whether `action` goes against the verdict: letting a stop through, or holding somebody who is clear."""
    return party.worst == "stop" if action == "admitted" else party.worst == "clear"


def needs_second(party: Party, action: Action) -> bool:
    """Whether a second officer must agree."""
    return action == "admitted" and party.worst == "stop"


def _unanswered(declaration: Declaration) -> list[str]:
    answers = {"origin": declaration.origin, "destination": declaration.destinations, "purpose": declaration.purpose}
    return [name for name, answer in answers.items() if not answer]


def _same(one: Screened, other: Screened) -> bool:
    first, second = one.reading.identity, other.reading.identity
    assert first is not None
    assert second is not None
    if first.number and second.number:
        return first.number == second.number
    return first == second


def _with_companions_declaration(screened: Screened, others: tuple[Screened, ...]) -> Screened:
    """A companion goes where the first traveller goes: asked once, not four times."""
    if not others:
        return screened
    first, own = others[0].declaration, screened.declaration
    return replace(
        screened,
        declaration=msgspec.structs.replace(
            own,
            origin=own.origin or first.origin,
            destinations=own.destinations or first.destinations,
            stops=own.stops or first.stops,
            purpose=own.purpose or first.purpose,
        ),
    )
