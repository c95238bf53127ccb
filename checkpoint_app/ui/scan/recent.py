"""The last crossings of this shift, each with what was decided and how far it has got, in words."""

from PySide6.QtWidgets import QLabel, QWidget

from checkpoint_app.store.values import CrossingRow, SyncState
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, column, row, text
from checkpoint_app.ui.wording import clock_time

_MOST = 5
_SYNC: dict[SyncState, tuple[str, str]] = {
    "waiting": ("waiting", "muted"),
    "accepted": ("sent", "good"),
    "quarantined": ("attention", "error"),
}
_ACTIONS = {"admitted": "admit", "turned-back": "turn-back", "referred": "medical"}


class Recent(Card):
    """Told the newest rows, newest first."""

    def __init__(self, look: Look) -> None:
        self._title, self._none = text("heading"), text("muted", wrap=True)
        self._lines = [_Line(look) for _ in range(_MOST)]
        super().__init__(column(self._title, self._none, column(*self._lines, spacing=2), 1, spacing=6), margin=10)
        self._look = look
        self._shown: list[CrossingRow] = []
        look.words_changed.connect(self.redraw)
        look.theme_changed.connect(self.redraw)
        self.redraw()

    def show_rows(self, rows: list[CrossingRow]) -> None:
        if rows[:_MOST] != self._shown:
            self._shown = rows[:_MOST]
            self.redraw()

    def words(self) -> list[str]:
        """What each line says, for whoever cannot see it."""
        return [self._line(one) for one in self._shown]

    def redraw(self) -> None:
        say = self._look.say
        self._title.setText(say("scan.recent"))
        self._none.setText(say("scan.recent-none"))
        self._none.setVisible(not self._shown)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(self._shown))
            if place < len(self._shown):
                line.show_row(self._shown[place], self._who(self._shown[place]))

    def _who(self, one: CrossingRow) -> str:
        people = one.crossing.travellers
        name = people[0].identity.name or "–"
        more = f" {self._look.say('scan.companions', count=len(people) - 1)}" if len(people) > 1 else ""
        return f"{name}{more}"

    def _line(self, one: CrossingRow) -> str:
        say = self._look.say
        decided = say(f"action.{one.crossing.decision.action}")
        return f"{clock_time(one.at)} {self._who(one)}: {decided}, {say(f'entry.{one.sync}')}"


class _Line(QWidget):
    """One crossing; made once and filled anew, for a new widget costs more than the crossing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._at, self._done, self._name = text("muted"), QLabel(), text()
        self._state, self._sync = QLabel(), text("muted")
        self._name.setMinimumWidth(40)
        self._at.setMinimumWidth(46)  # digits differ in width: names stand in one line all the same
        self.setLayout(row(self._at, self._done, self._name, self._state, self._sync, spacing=6, stretch=2))

    def show_row(self, one: CrossingRow, who: str) -> None:
        icon, role = _SYNC[one.sync]
        palette = self._look.palette
        colour = {"muted": palette.muted, "good": palette.good, "error": palette.error}[role]
        self._at.setText(clock_time(one.at))
        self._done.setPixmap(self._look.pixmap(_ACTIONS[one.crossing.decision.action], 18, palette.text))
        self._name.setText(who)
        self._state.setPixmap(self._look.pixmap(icon, 18, colour))
        self._sync.setText(self._look.say(f"entry.{one.sync}"))
