"""What happens at the barrier, from a card shown to a crossing kept: screening, declaring, deciding; nothing drawn here."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from checkpoint_app.duty.values import Screened
from checkpoint_app.store.values import CrossingRow, Draft, Shift
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.desk import Barrier, Recording
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.scan.party import Party
from checkpoint_core.identity.model import Identity
from checkpoint_core.journal.payloads import Decision
from checkpoint_core.screening.model import Declaration
from checkpoint_core.trouble import Trouble

_JUDGE_MS = 120  # of quiet after an edit before it is judged again
_KEEP_MS = 400  # of quiet after a change before the draft is kept


class Encounter(QObject):
    """Holds the party. Every change of it is announced; all work goes through the background door, in order."""

    changed = Signal()
    unreadable = Signal(object)  # Reading: a code that names nobody
    saved = Signal(object)  # CrossingRow
    restored = Signal()
    troubled = Signal(object)  # Trouble

    def __init__(self, background: Background, barrier: Barrier, on_duty: OnDuty, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._barrier, self._on_duty = background, barrier, on_duty
        self.party = Party()
        self.reading = 0  # codes being screened just now
        self.recording = False
        self._late: list[Screened] = []  # screened while a crossing without them was being kept
        self._judgements = 0
        self.id = ""
        self._given_up: tuple[str, Party] | None = None
        self._purpose: str | None = None
        self._stale = False
        self._judging = QTimer(self, singleShot=True, interval=_JUDGE_MS)
        self._judging.timeout.connect(self._judge)
        self._keeping = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keeping.timeout.connect(self._keep)

    @property
    def judging(self) -> bool:
        """Whether a verdict may still change by what was declared."""
        return self._stale or self._judgements > 0

    def take(self, text: str | bytes) -> None:
        """A code was shown, scanned or pasted."""
        self._screen(partial(self._barrier.screen, text))

    def take_identity(self, identity: Identity) -> None:
        """A card was typed by hand."""
        self._screen(partial(self._barrier.screen_manual, identity))

    def declare(self, declaration: Declaration, vehicle: str | None, plate: str | None) -> None:
        """The officer changed the form of the traveller shown."""
        if self.party.shown is None:
            return
        changed = declaration != self.party.shown.declaration
        self.party = replace(self.party.declared(declaration), vehicle=vehicle, plate=plate)
        self._keeping.start()
        if changed:
            self._stale = True
            self._judging.start()

    def settle(self, then: Callable[[], None]) -> None:
        """Call `then` once every traveller is judged by what the form says now."""
        if self._stale:
            self._judge(then)
        else:
            then()

    def decide(self, decision: Decision, second_pin: str = "") -> None:
        """Keep the crossing; once at a time, and only while somebody is here."""
        officer, shift = self._on_duty.officer, self._on_duty.shift
        if self.recording or not self.party.travellers or officer is None or shift is None:
            return
        self.recording = True
        people = tuple(one.traveller() for one in self.party.travellers)
        recording = Recording(self.id, people, decision, self.party.vehicle, self.party.plate, second_pin)
        self._background.database(partial(self._barrier.record, officer, shift, recording), self, self._kept, self._not_kept)

    def show(self, index: int) -> None:
        """Show that traveller's form."""
        if 0 <= index < len(self.party.travellers):
            self._become(self.party.show(index))

    def remove(self, index: int) -> None:
        """That traveller is not in this vehicle."""
        left = self.party.remove(index)
        if left.travellers:
            self._become(left)
        else:
            self.cancel()

    def cancel(self) -> None:
        """Send the party away undecided; `bring_back` undoes it until the next card."""
        if self.party.travellers:
            self._given_up = (self.id, self.party)
            self._finish()
            self._background.database(self._barrier.drop_draft, self, _nothing, self.troubled.emit)
            self.changed.emit()

    def forget(self) -> None:
        """The shift or the officer changes: nobody is here, and nothing is offered from before."""
        self.cancel()
        self._late.clear()
        self._given_up = self._purpose = None

    def bring_back(self) -> None:
        """The party that was sent away last, where nobody else has come since."""
        if self._given_up and not self.party.travellers:
            self.id, party = self._given_up
            self._given_up = None
            self._become(party)

    def restore(self) -> None:
        """The half-filled form that a crash left, where it belongs to this shift."""
        self._background.database(self._barrier.draft, self, self._restored, self.troubled.emit)

    def _screen(self, job: Callable[[Shift], Screened]) -> None:
        shift = self._on_duty.shift
        if shift is None:
            return
        self.reading += 1
        self.changed.emit()
        self._background.database(partial(job, shift), self, self._screened, self._not_screened)

    def _screened(self, screened: Screened) -> None:
        self.reading -= 1
        if screened.reading.identity is None:
            self.changed.emit()
            self.unreadable.emit(screened.reading)
        elif self.recording and self.party.add(screened).travellers != self.party.travellers:
            self._late.append(screened)
            self.changed.emit()
        else:
            self._add(screened)

    def _add(self, screened: Screened) -> None:
        if not self.party.travellers:
            self.id, self._given_up = self._barrier.crossing_id(), None
        party = self.party.add(screened)
        if party.shown and party.shown.declaration.purpose is None and self._purpose:
            party = party.declared(msgspec.structs.replace(party.shown.declaration, purpose=self._purpose))
        added = party.shown is not None and party.shown.declaration != screened.declaration
        self._become(party)
        if added:  # a companion declares as the first does: judge that
            self._stale = True
            self._judge()

    def _not_screened(self, trouble: Trouble) -> None:
        self.reading -= 1
        self.changed.emit()
        self.troubled.emit(trouble)

    def _judge(self, then: Callable[[], None] | None = None) -> None:
        shift = self._on_duty.shift
        self._judging.stop()
        if shift is None or not self.party.travellers:
            return
        self._stale = False
        self._judgements += 1
        people = self.party.travellers
        job = partial(_judge_all, self._barrier.rescreen, people, shift)
        self._background.database(job, self, partial(self._judged, people, then), self._not_judged)

    def _judged(self, before: tuple[Screened, ...], then: Callable[[], None] | None, after: tuple[Screened, ...]) -> None:
        """Take the new verdicts of those whose declaration has not changed again meanwhile."""
        self._judgements -= 1
        fresh = {id(old): new for old, new in zip(before, after, strict=True)}
        judged = tuple(fresh.get(id(one), one) for one in self.party.travellers)
        if judged != self.party.travellers:
            self._become(replace(self.party, travellers=judged))
        if then:
            self.settle(then)

    def _not_judged(self, trouble: Trouble) -> None:
        self._judgements -= 1
        self.troubled.emit(trouble)

    def _kept(self, row: CrossingRow) -> None:
        self.recording = False
        self._purpose = self.party.travellers[0].declaration.purpose or self._purpose
        self._finish()
        self.changed.emit()
        self.saved.emit(row)
        self._add_late()

    def _not_kept(self, trouble: Trouble) -> None:
        self.recording = False
        self._keeping.start()
        self.troubled.emit(trouble)
        self._add_late()

    def _add_late(self) -> None:
        late, self._late = self._late, []
        for screened in late:
            self._add(screened)

    def _finish(self) -> None:
        self._keeping.stop()
        self._judging.stop()
        self._stale = False
        self.party = Party()

    def _become(self, party: Party) -> None:
        self.party = party
        self._keeping.start()
        self.changed.emit()

    def _keep(self) -> None:
        shift = self._on_duty.shift
        if shift and self.party.travellers and not self.recording:  # else the draft would outlive its crossing
            draft = Draft(self.id, shift.id, msgspec.to_builtins(self.party))
            self._background.database(partial(self._barrier.keep_draft, draft), self, _nothing, self.troubled.emit)

    def _restored(self, draft: Draft | None) -> None:
        shift = self._on_duty.shift
        if draft is None or shift is None or draft.shift != shift.id or self.party.travellers:
            return
        try:
            party = msgspec.convert(draft.form, Party)
        except msgspec.ValidationError:  # kept by another version of this app
            self.troubled.emit(Trouble("draft-unreadable"))
            return
        self.id = draft.id
        self._stale = True
        self._become(party)
        self._judging.start()
        self.restored.emit()


def _judge_all(
    rescreen: Callable[[Screened, Declaration, Shift], Screened], people: tuple[Screened, ...], shift: Shift
) -> tuple[Screened, ...]:
    return tuple(rescreen(one, one.declaration, shift) for one in people)


def _nothing(_: object) -> None:
    """For what is asked without waiting for an answer."""
