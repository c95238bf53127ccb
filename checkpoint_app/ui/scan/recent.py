"""The last crossings of this shift, each with what was decided and how far it has got, in words."""

from PySide6.QtWidgets import QHBoxLayout, QLabel

from checkpoint_app.store.values import CrossingRow, SyncState
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, clear, column, row, text
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
        self._rows = column(spacing=2)
        super().__init__(column(self._title, self._none, self._rows, 1, spacing=6), margin=10)
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
        clear(self._rows)
        for one in self._shown:
            self._rows.addLayout(self._drawn(one))

    def _drawn(self, one: CrossingRow) -> QHBoxLayout:
        icon, role = _SYNC[one.sync]
        palette = self._look.palette
        colour = {"muted": palette.muted, "good": palette.good, "error": palette.error}[role]
        action = one.crossing.decision.action
        done = _picture(self._look, _ACTIONS[action], palette.text)
        name = text("", self._who(one))
        name.setMinimumWidth(40)
        sync = text("muted", self._look.say(f"entry.{one.sync}"))
        at = text("muted", clock_time(one.at))
        at.setMinimumWidth(46)  # digits differ in width: names stand in one line all the same
        return row(at, done, name, _picture(self._look, icon, colour), sync, spacing=6, stretch=2)

    def _who(self, one: CrossingRow) -> str:
        people = one.crossing.travellers
        name = people[0].identity.name or "–"
        more = f" {self._look.say('scan.companions', count=len(people) - 1)}" if len(people) > 1 else ""
        return f"{name}{more}"

    def _line(self, one: CrossingRow) -> str:
        say = self._look.say
        decided = say(f"action.{one.crossing.decision.action}")
        return f"{clock_time(one.at)} {self._who(one)}: {decided}, {say(f'entry.{one.sync}')}"


def _picture(look: Look, icon: str, colour: str) -> QLabel:
    label = QLabel()
    label.setPixmap(look.pixmap(icon, 18, colour))
    return label
