"""One crossing in full: who, where to, why the verdict, what the register says, what happened to it, what it was before."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from checkpoint_app.duty.crossings import worst
from checkpoint_app.reports.table import COLUMNS, Column, Line, Style, happened
from checkpoint_app.store.values import CrossingRow, Version
from checkpoint_app.ui import messages
from checkpoint_app.ui.back_desk import Viewed
from checkpoint_app.ui.crossings_table import ACTIONS, SYNC, VERDICTS, number_of
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, clear, column, restyle, row, text
from checkpoint_app.ui.wording import day, moment
from checkpoint_core.journal.payloads import Crossing, Traveller
from checkpoint_core.releases.model import Verification

_REGISTER = {"matches": ("good", "clear"), "not-checked": ("muted", "waiting")}
_SYNC_ROLE = {"waiting": "muted", "accepted": "good", "quarantined": "error"}
_NOT_CONTENT = {"number", "people", "corrections", "sync", "entry", "register", "time"}


class CrossingDetails(QScrollArea):
    """Shows one `Viewed`, or nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: Viewed | None = None
        self._parts = column(spacing=12)
        content = QWidget()
        content.setLayout(column(self._parts, 1, spacing=0))
        self.setWidget(content)
        self.setWidgetResizable(True)
        look.words_changed.connect(self.redraw)
        look.theme_changed.connect(self.redraw)

    def show_viewed(self, viewed: Viewed | None) -> None:
        self._shown = viewed
        self.redraw()
        self.verticalScrollBar().setValue(0)

    def redraw(self) -> None:
        clear(self._parts)
        if self._shown is None:
            return
        shown = self._shown.row
        self._parts.addWidget(self._headline(shown))
        self._parts.addWidget(self._facts(shown))
        for index, traveller in enumerate(shown.crossing.travellers):
            self._parts.addWidget(self._person(shown, index, traveller))
        if len(self._shown.versions) > 1:
            self._parts.addWidget(self._history(self._shown))

    def _headline(self, shown: CrossingRow) -> QWidget:
        state, action = worst(shown.crossing), shown.crossing.decision.action
        banner = QFrame()
        palette = self._look.palette
        front = {"clear": palette.on_clear, "attention": palette.on_attention, "stop": palette.on_stop}[state]
        layout = row(
            self._picture(VERDICTS[state], front),
            text("heading", self._look.say(f"verdict.{state}")),
            1,
            self._picture(ACTIONS[action], front),
            text("heading", self._look.say(f"action.{action}")),
        )
        layout.setContentsMargins(12, 8, 12, 8)
        banner.setLayout(layout)
        restyle(banner, "tone", state)
        return banner

    def _facts(self, shown: CrossingRow) -> QWidget:
        say, crossing = self._look.say, shown.crossing
        vehicle = [say(f"vehicle.{crossing.vehicle}")] if crossing.vehicle else []
        place = [say(f"direction.{crossing.direction}"), *vehicle, *([crossing.plate] if crossing.plate else [])]
        officer = self._shown.names.get(shown.officer, "–") if self._shown else "–"
        lines = [
            text("strong", f"{moment(happened(shown))} · {' · '.join(place)}", wrap=True),
            text("muted", say("crossings.by", officer=officer), wrap=True),
        ]
        if crossing.happened_at:
            lines.append(text("muted", say("crossings.back-dated", at=moment(shown.at)), wrap=True))
        if crossing.decision.reason:
            lines.append(text("", say("crossings.because", reason=crossing.decision.reason), wrap=True))
        if crossing.decision.override:
            second = self._shown.names.get(crossing.decision.second_officer or "", "") if self._shown else ""
            key = "crossings.override-second" if second else "crossings.override"
            lines.append(text("warn", say(key, second=second), wrap=True))
        content = QWidget()
        content.setLayout(column(*lines, self._sync(shown), spacing=4))
        return content

    def _sync(self, shown: CrossingRow) -> QWidget:
        """How far it has got; where it was sent back: why, and what to do."""
        role = _SYNC_ROLE[shown.sync]
        head = self._marked(SYNC[shown.sync], role, self._look.say(f"crossings.sync-{shown.sync}"))
        parts = [head]
        if shown.quarantine_reason:
            parts.append(text("", messages.coded(self._look, "quarantine", shown.quarantine_reason, {}), wrap=True))
        content = QWidget()
        content.setLayout(column(*parts, spacing=2))
        return content

    def _person(self, shown: CrossingRow, index: int, traveller: Traveller) -> QWidget:
        say, identity, declared = self._look.say, traveller.identity, traveller.declaration
        known = [number_of(identity), day(identity.birth_date or ""), say(f"sex.{identity.sex}") if identity.sex else ""]
        lines = [
            text("heading", identity.name or say("scan.no-name"), wrap=True),
            text("", " · ".join(filter(None, known)), wrap=True),
            *([text("", identity.address, wrap=True)] if identity.address else []),
            text("muted", say(f"kind.{traveller.source}")),
        ]
        journey = self._journey(traveller)
        lines += [text("", journey, wrap=True)] if journey else []
        if declared.phone:
            lines.append(text("", say("crossings.phone", phone=declared.phone.replace("+84", "0", 1))))
        answer = next((one for one in shown.verifications if one.index == index), None)
        parts: list[QWidget] = [*lines, *self._reasons(traveller), self._register(answer)]
        return Card(column(*parts, spacing=4), margin=12)

    def _journey(self, traveller: Traveller) -> str:
        declared = traveller.declaration
        origin = declared.origin.text if declared.origin else "?"
        destinations = ", ".join(place.text for place in declared.destinations) or "?"
        purpose = f" · {self._look.say(f'purpose.{declared.purpose}')}" if declared.purpose else ""
        return "" if origin == destinations == "?" else f"{origin} → {destinations}{purpose}"

    def _reasons(self, traveller: Traveller) -> list[QWidget]:
        icon = {"stop": ("stop", "error"), "attention": ("attention", "warn")}
        told = [reason for reason in traveller.verdict.reasons if reason.weight in icon]
        return [self._marked(*icon[reason.weight], messages.reason(self._look, reason)) for reason in told]

    def _register(self, answer: Verification | None) -> QWidget:
        if answer is None:
            return self._marked("waiting", "muted", self._look.say("register.not-checked"))
        icon = _REGISTER.get(answer.outcome, ("error", "attention"))
        fields = ", ".join(messages.field(self._look, name) for name in answer.fields)
        said = messages.coded(self._look, "register", answer.outcome, {"fields": fields})
        return self._marked(icon[1], icon[0], said)

    def _history(self, viewed: Viewed) -> QWidget:
        """Each correction: when, by whom, why, and what stood there before."""
        parts: list[QWidget] = [text("heading", self._look.say("crossings.history"))]
        for before, after in zip(viewed.versions, viewed.versions[1:], strict=False):
            parts.append(text("strong", self._corrected(viewed, after), wrap=True))
            for title, old, new in differences(self._look, viewed.row, before.crossing, after.crossing):
                said = self._look.say("crossings.was", field=title, old=old or "–", new=new or "–")
                parts.append(text("", said, wrap=True))
        return Card(column(*parts, spacing=4), margin=12)

    def _corrected(self, viewed: Viewed, after: Version) -> str:
        who = viewed.names.get(after.officer, "–")
        return self._look.say("crossings.corrected", at=moment(after.at), officer=who, reason=after.reason)

    def _marked(self, icon: str, role: str, words: str) -> QWidget:
        """A sentence with an icon before it, both in the role's colour."""
        colour = getattr(self._look.palette, role)
        content = QWidget()
        layout = row(self._picture(icon, colour), text(role, words, wrap=True), spacing=6, stretch=1)
        content.setLayout(layout)
        return content

    def _picture(self, icon: str, colour: str) -> QLabel:
        label = QLabel()
        label.setPixmap(self._look.pixmap(icon, 20, colour))
        label.setFixedWidth(22)
        return label


def differences(look: Look, shown: CrossingRow, before: Crossing, after: Crossing) -> list[tuple[str, str, str]]:
    """(what, before, after) for every column of the log in which two contents of a crossing differ."""
    style = Style(look.language, unmasked=True)
    old, new = (replace(shown, crossing=crossing) for crossing in (before, after))
    found: dict[tuple[str, str, str], None] = {}
    for index in range(max(len(before.travellers), len(after.travellers))):
        for one in COLUMNS:
            was, now = (_cell(one, each, index, style) for each in (old, new))
            if was != now and one.key not in _NOT_CONTENT:
                found[one.title(style), was, now] = None
    return list(found)


def _cell(one: Column, shown: CrossingRow, index: int, style: Style) -> str:
    if index >= len(shown.crossing.travellers):
        return ""
    value = one.cell(Line(1, index, shown), style)
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else "" if value is None else str(value)
