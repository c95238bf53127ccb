"""Who the card says this is: name as on the card, sex, age, number in groups, residence with its zone, what is odd."""

from PySide6.QtWidgets import QLabel

from checkpoint_app.duty.values import Screened
from checkpoint_app.ui import messages
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, column, restyle, row, text
from checkpoint_app.ui.wording import day, grouped, moment
from checkpoint_core.identity.model import Identity
from checkpoint_core.releases.model import Verification
from checkpoint_core.text import fold

_REGISTER = {"matches": ("good", "clear"), "no-such-number": ("error", "attention"), "differs": ("error", "attention")}


class IdentityPanel(Card):
    """Empty until somebody is shown."""

    def __init__(self, look: Look) -> None:
        self._name, self._facts, self._number = text("name"), text("strong"), text("number")
        self._residence, self._before = text(wrap=True), text("muted", wrap=True)
        self._mark, self._register = QLabel(), text("muted")
        self._findings = text("warn", wrap=True)
        self._check = row(self._mark, self._register, spacing=6)
        super().__init__(
            column(
                row(self._name, 1, self._facts, self._number, spacing=18),
                row(self._residence, self._check, spacing=18, stretch=0),
                self._before,
                self._findings,
                spacing=4,
            )
        )
        self._look = look
        self._shown: Screened | None = None
        look.words_changed.connect(self.redraw)
        look.theme_changed.connect(self.redraw)
        self.redraw()

    def show_traveller(self, screened: Screened | None) -> None:
        self._shown = screened
        self.redraw()

    def redraw(self) -> None:
        shown = self._shown
        self.setVisible(shown is not None)
        if shown is None or shown.reading.identity is None:
            return
        identity = shown.reading.identity
        self._name.setText(identity.name or self._look.say("scan.no-name"))
        self._facts.setText(self._facts_of(identity, shown.age))
        self._number.setText(grouped(identity.number) if identity.number else identity.document_number or "–")
        self._residence.setText(self._residence_of(shown, identity))
        self._draw_register(shown.verification)
        self._say(self._before, self._before_of(shown))
        self._say(self._findings, self._findings_of(shown))

    def _say(self, label: QLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def _facts_of(self, identity: Identity, age: int | None) -> str:
        say = self._look.say
        parts = [say(f"sex.{identity.sex}")] if identity.sex else []
        parts += [say("scan.age", age=age)] if age is not None and age >= 0 else []
        parts += [day(identity.birth_date)] if identity.birth_date else []
        return " · ".join(parts)

    def _residence_of(self, shown: Screened, identity: Identity) -> str:
        say = self._look.say
        if shown.residence is None:
            return identity.address or say("scan.no-residence")
        if not identity.address:
            return shown.residence
        if fold(shown.residence) in fold(identity.address):
            return identity.address
        key = "scan.residence-former" if shown.former_residence else "scan.residence"
        return say(key, address=identity.address, unit=shown.residence)

    def _before_of(self, shown: Screened) -> str:
        say, parts = self._look.say, [self._look.say(f"kind.{shown.reading.kind}")]
        if shown.last_crossing is not None:
            parts.append(say("scan.last-crossing", when=moment(shown.last_crossing)))
        if shown.repeat:
            parts.append(say("scan.declaration-reused"))
        return " · ".join(parts)

    def _findings_of(self, shown: Screened) -> str:
        worth = [one for one in shown.reading.findings if one.severity != "note"]
        return "\n".join(dict.fromkeys(messages.finding(self._look, one) for one in worth))

    def _draw_register(self, verification: Verification | None) -> None:
        outcome = verification.outcome if verification else "not-checked"
        role, icon = _REGISTER.get(outcome, ("muted", "waiting"))
        fields = ", ".join(messages.field(self._look, name) for name in verification.fields) if verification else ""
        restyle(self._register, "role", role)
        self._register.setText(self._look.say(f"register.{outcome}", fields=fields))
        palette = self._look.palette
        colour = {"good": palette.good, "error": palette.error, "muted": palette.muted}[role]
        self._mark.setPixmap(self._look.pixmap(icon, 20, colour))
