"""From a pressed key to a crossing kept: is the verdict the one that was seen, is anything missing, must it be explained."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from checkpoint_app.store.values import Officer
from checkpoint_app.ui import messages
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.page import Note
from checkpoint_app.ui.scan.decision_bar import Deciding
from checkpoint_app.ui.scan.declaration_form import DeclarationForm
from checkpoint_app.ui.scan.encounter import Encounter
from checkpoint_app.ui.scan.party import Party, gaps, needs_reason, needs_second, suggested
from checkpoint_core.journal.payloads import Action, Decision
from checkpoint_core.trouble import Trouble

_AT_OVERRIDE = {"wrong-pin": "pin", "pin-wait": "pin", "second-officer": "second", "decision-reason": "reason"}
_Seen = tuple[Action, str]  # what was suggested, and the verdict, when the key was pressed


class Decider(QObject):
    """Works between the party, its form and the decision bar; `noted` is for the banner."""

    noted = Signal(object)  # Note | Trouble

    def __init__(
        self, look: Look, encounter: Encounter, form: DeclarationForm, deciding: Deciding, on_duty: OnDuty, page: QWidget
    ) -> None:
        super().__init__(page)
        self._look, self._encounter, self._form, self._deciding = look, encounter, form, deciding
        self._on_duty, self._page = on_duty, page
        self.officers: list[Officer] = []  # of this laptop
        self._asked_softly = False
        deciding.bar.decided.connect(self.decide)
        deciding.override.confirmed.connect(self._confirm)
        deciding.override.withdrawn.connect(self.guide)
        encounter.troubled.connect(self._troubled)

    def begin(self) -> None:
        """Another traveller's form is shown."""
        self._asked_softly = False
        if self._deciding.asking:
            self._deciding.back()
        self.guide()

    def guide(self) -> None:
        """The cursor to the next question of the traveller shown; with none left, Enter decides from anywhere."""
        party = self._encounter.party
        mine = [gap for gap in gaps(party) if gap.traveller == party.current]
        if mine:
            self._form.focus(mine[0].field)
        else:
            self._page.setFocus()

    def decide(self, action: Action) -> None:
        """The officer pressed the key of `action`."""
        party = self._encounter.party
        if party.travellers:
            self._encounter.settle(partial(self._settled, action, (suggested(party), party.worst)))

    def _settled(self, action: Action, seen: _Seen) -> None:
        party = self._encounter.party
        if not party.travellers:
            return
        if (suggested(party), party.worst) != seen:
            self.noted.emit(Note.of("warn", "scan.verdict-changed"))
        elif self._complete(party, action):
            if needs_reason(party, action):
                self._deciding.ask(action, self._others() if needs_second(party, action) else None)
            else:
                self._encounter.decide(Decision(action))

    def _complete(self, party: Party, action: Action) -> bool:
        """Whether nothing is left to ask; what is left is said at its field, and the cursor put there."""
        if wrong := self._form.check():
            self._form.point_at(wrong)
            return False
        left = [gap for gap in gaps(party, action) if not (gap.soft and self._asked_softly)]
        if not left:
            return True
        softly = all(gap.soft for gap in left)
        self._encounter.show(left[0].traveller)
        for gap in left:
            if gap.traveller == left[0].traveller:
                self._form.complain(gap.field)
        self._form.focus(left[0].field)
        self._asked_softly = self._asked_softly or softly
        return False

    def _confirm(self) -> None:
        asked = self._deciding.override
        decision = Decision(asked.action, asked.reason.text().strip(), second_officer=asked.second_officer())
        self._encounter.decide(decision, asked.pin.text())

    def _others(self) -> list[Officer]:
        mine = self._on_duty.officer
        return [one for one in self.officers if mine is None or one.id != mine.id]

    def _troubled(self, trouble: Trouble) -> None:
        """At the field it is about, where that is to be seen; else in the banner."""
        where = str(trouble.params.get("field")) if trouble.code == "field" else trouble.code
        sentence = messages.trouble(self._look, trouble)
        if self._deciding.asking and where in _AT_OVERRIDE:
            self._deciding.override.complain(_AT_OVERRIDE[where], sentence)
        elif trouble.code == "field" and where in self._form.fields:
            self._form.fields[where].complain(sentence)
            self._form.focus(where)
        else:
            self.noted.emit(trouble)
