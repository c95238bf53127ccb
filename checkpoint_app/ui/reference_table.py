"""The reference data in force: each kind with its version, its age and how many items; what is missing; what was refused."""

from datetime import datetime

from PySide6.QtWidgets import QGridLayout, QLabel

from checkpoint_app.store.values import ReferenceAge, Refused
from checkpoint_app.ui import messages
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, clear, column, text
from checkpoint_app.ui.wording import moment
from checkpoint_core.releases.model import KINDS

_STATES = {"fresh": ("clear", "good"), "ageing": ("waiting", "warn"), "stale": ("attention", "error")}
MOST_REFUSED = 3


class ReferenceTable(Card):
    """Told the ages, the refused releases and the time."""

    def __init__(self, look: Look) -> None:
        self._title, self._grid, self._refused = text("heading"), QGridLayout(), column(spacing=4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        super().__init__(column(self._title, self._grid, self._refused, 1, spacing=10), margin=14)
        self._look = look
        self._shown: tuple[tuple[ReferenceAge, ...], list[Refused], datetime] | None = None
        look.words_changed.connect(self.redraw)
        look.theme_changed.connect(self.redraw)

    def show_ages(self, ages: tuple[ReferenceAge, ...], refused: list[Refused], now: datetime) -> None:
        if self._shown != (ages, refused, now):
            self._shown = ages, refused, now
            self.redraw()

    def redraw(self) -> None:
        say = self._look.say
        self._title.setText(say("sync-page.lists"))
        clear(self._grid)
        clear(self._refused)
        if self._shown is None:
            return
        ages, refused, now = self._shown
        for place, key in enumerate(("list", "version", "items", "issued", "state")):
            self._grid.addWidget(text("muted", say(f"sync-page.{key}")), 0, place + 1)
        known = {one.kind: one for one in ages}
        for line, kind in enumerate(KINDS, 1):
            self._row(line, kind, known.get(kind), now)
        self._grid.setColumnStretch(5, 1)
        for one in refused[:MOST_REFUSED]:
            self._refused.addWidget(text("warn", self._refusal(one), wrap=True))

    def _row(self, line: int, kind: str, age: ReferenceAge | None, now: datetime) -> None:
        say = self._look.say
        state = age.state if age else "missing"
        icon, role = _STATES.get(state, ("attention", "error"))
        picture = QLabel()
        picture.setPixmap(self._look.pixmap(icon, 20, getattr(self._look.palette, role)))
        since = f"{moment(age.issued)}\n{messages.age(self._look, age.issued, now)}" if age else "–"
        cells = [
            picture,
            text("strong", messages.coded(self._look, "source", kind, {})),
            text("", str(age.version) if age else "–"),
            text("", str(age.items) if age else "–"),
            text("", since),
            text(role if role != "good" else "good", say(f"sync-page.state-{state}")),
        ]
        for place, cell in enumerate(cells):
            self._grid.addWidget(cell, line, place)

    def _refusal(self, one: Refused) -> str:
        kind = messages.coded(self._look, "source", one.kind, {})
        why = messages.coded(self._look, "refused", one.reason, {})
        return self._look.say("sync-page.refused", kind=kind, version=one.version, at=moment(one.at), why=why)
