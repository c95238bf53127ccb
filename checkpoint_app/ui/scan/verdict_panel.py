"""The largest thing on the screen: what the evidence adds up to, as colour, icon, word and reasons; or what is happening."""

from collections.abc import Iterator, Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from checkpoint_app.ui import messages
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import KeyButton, column, restyle, row, text
from checkpoint_core.screening.model import Reason, State, Verdict

Happening = Literal["waiting", "reading", "unreadable", "no-camera", "saved"]
_ICONS = {"waiting": "card", "reading": "scan", "unreadable": "error", "no-camera": "no-camera", "saved": "saved"}
_TONES = {"unreadable": "attention"}
_MOST_REASONS = 4


class VerdictPanel(QFrame):
    """Told what to show; 'why?' opens where each reason comes from."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._verdict: Verdict | None = None
        self._companion: tuple[str, Verdict] | None = None
        self._happening: Happening = "waiting"
        self._detail = ""
        self._open = False
        self._icon, self._word = QLabel(), text("verdict")
        self._reasons = text("heading", wrap=True)
        self._reasons.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._why = KeyButton(look, "why", "F1")
        self._why.clicked.connect(self.toggle_why)
        layout = row(self._icon, self._word, self._reasons, self._why, spacing=16, stretch=2)
        layout.setContentsMargins(18, 10, 14, 10)
        self._sources = text("strong", wrap=True)
        outer = column(layout, self._sources, spacing=0)
        self._sources.setContentsMargins(18, 0, 18, 10)
        self.setLayout(outer)
        self.setMinimumHeight(84)
        look.words_changed.connect(self.redraw)
        look.theme_changed.connect(self.redraw)
        self.redraw()

    def show_verdict(self, verdict: Verdict, companion: tuple[str, Verdict] | None = None) -> None:
        """The verdict on the traveller shown; a `companion` (name, verdict) judged worse decides for the vehicle."""
        self._open = self._open and verdict == self._verdict
        self._verdict, self._companion = verdict, companion
        self.redraw()

    def show_happening(self, happening: Happening, detail: str = "") -> None:
        """No verdict: what is going on instead, with one sentence of detail."""
        self._verdict, self._happening, self._detail, self._open = None, happening, detail, False
        self.redraw()

    def toggle_why(self) -> None:
        """Show or hide where the reasons come from."""
        self._open = not self._open and self._verdict is not None
        self.redraw()

    @property
    def tone(self) -> str:
        """The state as drawn: clear, attention, stop or idle."""
        return self._state or _TONES.get(self._happening, "idle")

    def word(self) -> str:
        """The large word."""
        return self._look.say(f"verdict.{self._state or self._happening}")

    @property
    def _state(self) -> State | None:
        if self._verdict is None:
            return None
        return self._companion[1].state if self._companion else self._verdict.state

    def redraw(self) -> None:
        tone, verdict = self.tone, self._verdict
        restyle(self, "tone", tone)
        icon = self._state or _ICONS[self._happening]
        self._icon.setPixmap(self._look.pixmap(icon, 60, getattr(self._look.palette, f"on_{tone}")))
        self._word.setText(self.word())
        self._reasons.setText(self._summary(verdict) if verdict else self._detail)
        self._why.label(self._look.say("scan.why"))
        self._why.setIcon(self._look.icon("why", getattr(self._look.palette, f"on_{tone}")))
        self._why.setVisible(verdict is not None and bool(verdict.reasons))
        self._sources.setVisible(self._open)
        if verdict and self._open:
            self._sources.setText("\n".join(self._provenance(verdict)))
        self.setAccessibleName(f"{self.word()}. {self._reasons.text()}")

    def _summary(self, verdict: Verdict) -> str:
        worth = [one for one in verdict.reasons if one.weight != "inform"] or verdict.reasons
        said = dict.fromkeys(
            messages.reason(self._look, one) for one in _each_zone_once(worth)
        )  # two lists may say the same
        lines = list(said) or [self._look.say("scan.nothing-found")]
        if self._companion:
            name, other = self._companion
            why = messages.reason(self._look, other.reasons[0])
            lines.insert(0, self._look.say("scan.in-vehicle", name=name, reason=why))
        more = len(lines) - _MOST_REASONS
        tail = [self._look.say("scan.more-reasons", count=more)] if more > 0 else []
        return "\n".join(lines[:_MOST_REASONS] + tail)

    def _provenance(self, verdict: Verdict) -> list[str]:
        say = self._look.say
        lines = [
            f"• {messages.reason(self._look, one)} — {say(f'strength.{one.evidence.strength}')}; "
            f"{messages.provenance(self._look, one.evidence.provenance)}"
            for one in verdict.reasons
        ]
        version = verdict.policy_version
        return [*lines, say("scan.policy", version=version) if version else say("scan.policy-built-in")]


def _each_zone_once(reasons: Sequence[Reason]) -> Iterator[Reason]:
    """Who lives in a zone and comes from the same place need be told once; 'why' lists both."""
    told = set()
    for one in reasons:
        params = one.evidence.params
        where = (params.get("zone"), params.get("place"), one.weight)
        if where[0] is None or where not in told:
            yield one
        told.add(where)
