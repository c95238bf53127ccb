"""The page where the work is done: card in, verdict, declaration, decision, next card; one screen, no dialog in the way."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QClipboard, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget

from checkpoint_app.duty.values import Screened
from checkpoint_app.scanner.code import Code
from checkpoint_app.scanner.frames import CameraState
from checkpoint_app.store.values import CrossingRow, Officer, ReferenceAge
from checkpoint_app.ui import messages
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.desk import Desk
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.page import Page
from checkpoint_app.ui.scan.camera_view import CameraView
from checkpoint_app.ui.scan.decider import Decider
from checkpoint_app.ui.scan.decision_bar import Deciding
from checkpoint_app.ui.scan.declaration_form import DeclarationForm
from checkpoint_app.ui.scan.encounter import Encounter
from checkpoint_app.ui.scan.identity_panel import IdentityPanel
from checkpoint_app.ui.scan.intake import Intake
from checkpoint_app.ui.scan.manual_entry import ManualEntry
from checkpoint_app.ui.scan.party import Party, suggested
from checkpoint_app.ui.scan.recent import Recent
from checkpoint_app.ui.scan.travellers import Travellers
from checkpoint_app.ui.scan.typing import Typing
from checkpoint_app.ui.scan.verdict_panel import Happening, VerdictPanel
from checkpoint_app.ui.sounds import Sounds
from checkpoint_app.ui.widgets import Empty, KeyButton, column, row, shortcut, text
from checkpoint_core.identity import read
from checkpoint_core.identity.model import Reading
from checkpoint_core.screening.model import Place

_RECENT_PLACES = 6


class ScanPage(Page):
    """`recorded` is sent with each CrossingRow kept. Another card while a verdict is open is a companion's."""

    name = "scan"
    recorded = Signal(object)
    entered = Signal()

    def __init__(
        self,
        look: Look,
        background: Background,
        desk: Desk,
        on_duty: OnDuty,
        sounds: Sounds,
        application: QApplication,
        clipboard: QClipboard,
    ) -> None:
        super().__init__(look, background)
        self._desk, self._on_duty, self._sounds = desk, on_duty, sounds
        self.encounter = Encounter(background, desk.barrier, on_duty, self)
        self.intake = Intake(background, desk.barrier.read_image, clipboard, self)
        self.typing = Typing(self, application, desk.seconds, self.intake.holds_picture)
        self.camera, self.recent = CameraView(look), Recent(look)
        self.verdict, self.identity = VerdictPanel(look), IdentityPanel(look)
        self.form = DeclarationForm(look, background, desk.barrier.search_units)
        self.people, self.deciding = Travellers(look), Deciding(look)
        self.manual, self._manual_key = ManualEntry(look), KeyButton(look, "keyboard", "Ctrl+N")
        self._empty, self._old_lists = Empty(look, "card"), text("warn", wrap=True)
        self._camera_state = CameraState("searching")
        self._aside: tuple[Happening, str] | None = None
        self._filled: tuple[str | None, int] | None = None
        self._heard: object = None
        self._decider = Decider(look, self.encounter, self.form, self.deciding, on_duty, self)
        self._ages: tuple[ReferenceAge, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.retranslate()

    # what comes from outside

    def show_frame(self, image: QImage) -> None:
        """The newest picture of the camera."""
        self.camera.show_image(image)

    def show_camera_state(self, state: CameraState) -> None:
        """The camera works, or why not."""
        self._camera_state = state
        self.camera.show_state(state)
        self._draw()

    def take_codes(self, codes: list[Code]) -> None:
        """Codes that were seen together, the likeliest first: only the first is taken, for a card has one."""
        self._aside = None
        if codes:
            self.encounter.take(codes[0].raw or codes[0].text)
            self._mention_others(codes)
        else:
            self._set_aside("unreadable", self.say("scan.no-code-in-image"))

    def _mention_others(self, codes: list[Code]) -> None:
        """Two documents in view at once: say which one was taken."""
        people = [identity for one in codes if (identity := read(one.raw or one.text).identity)]
        if any(other.number != people[0].number for other in people):
            self.note("warn", "scan.two-codes", name=people[0].name or "–")

    def refresh(self) -> None:
        """What is listed may have changed: crossings got receipts, lists came."""
        shift = self._on_duty.shift
        if shift:
            self.ask(partial(self._desk.barrier.recent, shift), self._show_recent)
        self.ask(self._desk.barrier.ages, self._show_ages)

    # a page's own

    def retranslate(self) -> None:
        self._manual_key.label(self.say("scan.manual"))
        self._empty.sentence(self.say("scan.ways-in"))
        self._show_ages(self._ages)
        self._draw()

    def enter(self) -> None:
        self.refresh()
        self.ask(self._desk.door.officers, self._know_officers)
        if not self.encounter.party.travellers:
            self.encounter.restore()
        self._decider.guide()
        self.entered.emit()

    # drawing

    def _lay_out(self) -> None:
        left = column(self.camera, self.recent, self._manual_key, spacing=10)
        left.setStretch(0, 3)
        left.setStretch(1, 2)
        shown = QWidget()
        shown.setLayout(column(self.identity, self.people, self.form, 1, spacing=8))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(shown)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QStackedWidget()
        for each in (self._empty, scroll, self.manual):
            self._body.addWidget(each)
        self._encountering = scroll
        right = column(self._old_lists, self.verdict, self._body, self.deciding, spacing=8)
        right.setStretch(2, 1)
        whole = row(left, right, spacing=12)
        whole.setContentsMargins(12, 10, 12, 10)
        whole.setStretch(0, 9)
        whole.setStretch(1, 19)
        self.setLayout(whole)

    def _connect(self) -> None:
        encounter = self.encounter
        encounter.changed.connect(self._draw)
        encounter.unreadable.connect(self._unreadable)
        encounter.saved.connect(self._saved)
        encounter.restored.connect(self._restored)
        self._decider.noted.connect(self.noted)
        self.intake.codes.connect(self.take_codes)
        self.intake.text.connect(self._take_text)
        self.intake.nothing.connect(self._nothing_to_paste)
        self.intake.troubled.connect(self.trouble)
        self.typing.scanned.connect(self._take_text)
        self.typing.number_begun.connect(self._type_by_hand)
        self.form.edited.connect(self._edited)
        self.form.pointed.connect(self._bring_into_view)
        self.people.chosen.connect(encounter.show)
        self.people.removed.connect(encounter.remove)
        self.deciding.bar.cancelled.connect(self._cancel)
        self.manual.typed.connect(self._typed)
        self.manual.withdrawn.connect(self._leave_manual)
        self._manual_key.clicked.connect(self._type_by_hand_from_scratch)
        keys = {"Ctrl+V": self.intake.paste, "Ctrl+Z": encounter.bring_back, "PgUp": self._previous, "PgDown": self._next}
        for key, action in {**keys, **self.form.keys()}.items():
            shortcut(self, key, action)

    def _draw(self) -> None:
        party = self.encounter.party
        shown = party.shown
        typing_by_hand = self._body.currentWidget() is self.manual
        if not typing_by_hand:
            self._body.setCurrentWidget(self._encountering if shown else self._empty)
        self.deciding.setVisible(shown is not None and not typing_by_hand)
        self.identity.show_traveller(shown)
        self.people.show_party(party)
        self.camera.hint(self.say(self._hint()))
        if shown is None:
            if self._filled is not None:
                self._filled = None
                self.setFocus()  # the form went, and the focus with it
            self.verdict.show_happening(*self._happening())
            return
        worse = party.worse
        self.verdict.show_verdict(shown.verdict, (_name(worse), worse.verdict) if worse else None)
        self.deciding.bar.suggest(suggested(party))
        self._fill(party)
        self._sound(party)

    def _fill(self, party: Party) -> None:
        """Fill the form when another traveller is shown; never under the officer's hands."""
        key = (self.encounter.id, party.current)
        if party.shown is None or key == self._filled:
            return
        self._aside, self._filled = None, key
        self.form.show_declaration(party.shown.declaration, party.vehicle, party.plate)
        self._decider.begin()

    def _sound(self, party: Party) -> None:
        """A verdict is heard when it is new or has changed."""
        shown = party.shown
        heard = (self.encounter.id, party.current, party.worst) if shown else None
        if shown and heard != self._heard:
            self._heard = heard
            self._sounds.play(party.worst)

    def _happening(self) -> tuple[Happening, str]:
        if self.encounter.reading:
            return "reading", ""
        if self._aside:
            return self._aside
        if self._camera_state.code not in ("running", "searching"):
            return "no-camera", self.say("scan.no-camera-detail")
        return "waiting", self.say("scan.waiting-detail")

    def _hint(self) -> str:
        if self.encounter.reading:
            return "scan.hint-reading"
        if self.encounter.party.travellers:
            return "scan.hint-open"
        return "scan.hint-next" if self._aside and self._aside[0] == "saved" else "scan.hint-waiting"

    def _set_aside(self, happening: Happening, detail: str) -> None:
        self._aside = (happening, detail)
        self._draw()

    def _show_recent(self, rows: list[CrossingRow]) -> None:
        self.recent.show_rows(rows)
        places = (place for one in rows for place in one.crossing.travellers[0].declaration.destinations)
        self.form.offer_destinations(_most_recent(list(places)))

    def _show_ages(self, ages: tuple[ReferenceAge, ...]) -> None:
        self._ages = ages
        old = [messages.coded(self.look, "source", one.kind, {}) for one in ages if one.state == "stale"]
        self._old_lists.setText(self.say("scan.old-lists", kinds=", ".join(old)) if old else "")
        self._old_lists.setVisible(bool(old))

    def _know_officers(self, officers: list[Officer]) -> None:
        self._decider.officers = officers

    # what the officer does

    def _edited(self) -> None:
        self.encounter.declare(self.form.declaration(), *self.form.vehicle())
        if self.form.answered():
            self._decider.guide()

    def _bring_into_view(self, control: QWidget) -> None:
        self._encountering.ensureWidgetVisible(control)

    def _cancel(self) -> None:
        self.encounter.cancel()
        self.note("info", "scan.cancelled")
        self.setFocus()

    def _previous(self) -> None:
        self.encounter.show(self.encounter.party.current - 1)

    def _next(self) -> None:
        self.encounter.show(self.encounter.party.current + 1)

    def _take_text(self, words: str) -> None:
        self._aside = None
        self._leave_manual()
        self.encounter.take(words)

    def _type_by_hand(self, digits: str) -> None:
        self._body.setCurrentWidget(self.manual)
        self.manual.begin(digits)
        self._draw()

    def _type_by_hand_from_scratch(self) -> None:
        self._type_by_hand("")

    def _typed(self, identity: object) -> None:
        self._leave_manual()
        self.encounter.take_identity(identity)  # type: ignore[arg-type]

    def _leave_manual(self) -> None:
        if self._body.currentWidget() is self.manual:
            self._body.setCurrentWidget(self._empty)
            self._draw()
            self._decider.guide()

    # what came of it

    def _unreadable(self, reading: Reading) -> None:
        said = [messages.finding(self.look, one) for one in reading.findings if one.severity == "error"]
        detail = "\n".join(dict.fromkeys(said)) or self.say("scan.unreadable-detail")
        if self.encounter.party.travellers:
            self.note("warn", "scan.unreadable-companion", detail=detail)
        else:
            self._set_aside("unreadable", detail)
            self._sounds.play("attention")

    def _saved(self, kept: CrossingRow) -> None:
        people = kept.crossing.travellers
        name, more = people[0].identity.name or "–", len(people) - 1
        action, sync = self.say(f"action.{kept.crossing.decision.action}"), self.say(f"entry.{kept.sync}")
        self._heard = None
        self.deciding.back()
        key = "scan.saved-party" if more else "scan.saved-detail"
        self._set_aside("saved", self.say(key, name=name, count=more, action=action, sync=sync))
        self._sounds.play("saved")
        self.setFocus()
        self.recorded.emit(kept)
        self.refresh()

    def _restored(self) -> None:
        self.note("info", "scan.restored")

    def _nothing_to_paste(self) -> None:
        self.note("info", "scan.clipboard-empty")

    # dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.intake.receive(event.mimeData())
        event.acceptProposedAction()


def _name(one: Screened) -> str:
    identity = one.reading.identity
    return (identity.name if identity else None) or "–"


def _most_recent(places: list[Place]) -> tuple[Place, ...]:
    """Each place once, those that were named most first, and among equals the latest."""
    ranked = sorted(dict.fromkeys(places), key=places.count, reverse=True)
    return tuple(ranked[:_RECENT_PLACES])
