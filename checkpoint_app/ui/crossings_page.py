"""Crossings: found again by number, name or plate, shown in full, corrected for a reason, settled where sent back."""

from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QWidget,
)

from checkpoint_app.store.facts import Clock
from checkpoint_app.store.values import CrossingRow, Officer, Quarantined
from checkpoint_app.ui.back_desk import Archive, Viewed
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.crossing_correction import Correction, CorrectionForm
from checkpoint_app.ui.crossings_details import CrossingDetails
from checkpoint_app.ui.crossings_table import COLUMNS, STRETCHED, CrossingsModel
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.page import Page
from checkpoint_app.ui.widgets import Card, Empty, Field, KeyButton, column, row, shortcut, text
from checkpoint_app.ui.wording import VIETNAM
from checkpoint_core.trouble import Trouble

PAUSE_MS = 180  # between the last letter or arrow key and the search or the look
DAYS = ("today", "yesterday", "all", "returned")


class CrossingsPage(Page):
    """The list at the left; at the right the one that is selected, or the form that corrects it."""

    name = "crossings"

    def __init__(self, look: Look, background: Background, on_duty: OnDuty, archive: Archive, clock: Clock) -> None:
        super().__init__(look, background)
        self._on_duty, self._archive, self._clock = on_duty, archive, clock
        self._asked = 0
        self._wanted: str | None = None  # the crossing to select when the list comes
        self._officers: list[Officer] = []
        self._viewed: Viewed | None = None
        self._returned: dict[str, Quarantined] = {}
        self._typing = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._typing.timeout.connect(self._load)
        self._resting = QTimer(self, singleShot=True, interval=PAUSE_MS)  # looking is noted: only where the cursor rests
        self._resting.timeout.connect(self._view)
        self.words, self.day, self.model, self.table = QLineEdit(), QComboBox(), CrossingsModel(look), QTableView()
        self.details, self.form = CrossingDetails(look), CorrectionForm(look)
        self.correct = KeyButton(look, "edit", "Ctrl+E")
        self.resend, self.settle = KeyButton(look, "sync", "Ctrl+R"), KeyButton(look, "saved")
        self._why, self._hint = Field(QLineEdit()), text("muted", wrap=True)
        self._empty, self._nothing, self._count = Empty(look, "search"), Empty(look, "crossings"), text("muted")
        self._find, self._day = Field(self.words), Field(self.day)
        self._prepare_table()
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        say = self.say
        self._find.label(say("crossings.find"))
        self.words.setPlaceholderText(say("crossings.find-hint"))
        self._day.label(say("crossings.when"))
        chosen = max(0, self.day.currentIndex())
        self.day.clear()
        self.day.addItems([say(f"crossings.when-{day}") for day in DAYS])
        self.day.setCurrentIndex(chosen)
        self.table.setAccessibleName(say("page.crossings"))
        self.correct.label(say("crossings.correct"))
        self.resend.label(say("crossings.resend"))
        self.settle.label(say("crossings.settle"))
        self._why.label(say("crossings.settle-why"))
        self._nothing.sentence(say("crossings.choose"))
        self._draw_state()

    def enter(self) -> None:
        self.words.setFocus()
        self.words.selectAll()
        self._load()

    def show_crossing(self, crossing_id: str) -> None:
        """Select this one, wherever in time it is: how other pages lead here."""
        self._wanted = crossing_id
        self.words.clear()
        self.day.setCurrentIndex(DAYS.index("all"))
        self._load()

    def show_returned(self) -> None:
        """What the registry sent back."""
        self.words.clear()
        self.day.setCurrentIndex(DAYS.index("returned"))
        self._load()

    def _prepare_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(54)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        for index, wanted in enumerate(COLUMNS):
            head.resizeSection(index, wanted.width)
        head.setSectionResizeMode(STRETCHED, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        self._list = QStackedWidget()
        for page in (self.table, self._empty):
            self._list.addWidget(page)
        settle = QWidget()
        settle.setLayout(column(self._why, row(self.resend, self.settle, 1), spacing=8))
        self._settle = settle
        seen = QWidget()
        seen.setLayout(column(self.details, settle, self._hint, row(self.correct, 1), spacing=10, stretch=0))
        self._side = QStackedWidget()
        for side in (self._nothing, seen, self.form):
            self._side.addWidget(side)
        self._side.setStyleSheet("QStackedWidget { background: transparent; }")  # it lies on a card
        card = Card(column(self._side))
        card.setFixedWidth(440)
        self._find.setMinimumWidth(360)
        self._day.setFixedWidth(200)
        found = column(row(self._find, self._day, spacing=12, stretch=0), self._list, self._count, spacing=10, stretch=1)
        layout = row(found, card, spacing=14, stretch=0)
        layout.setContentsMargins(16, 12, 16, 12)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.words.textEdited.connect(self._type)
        self.words.returnPressed.connect(self._search_now)
        self.day.activated.connect(self._search_now)
        self.table.selectionModel().currentRowChanged.connect(self._select)
        self.model.more_wanted.connect(self._load_more)
        self.correct.clicked.connect(self._begin_correction)
        self.resend.clicked.connect(self._resend)
        self.settle.clicked.connect(self._leave_as_is)
        self.form.asked.connect(self._correct)
        self.form.given_up.connect(self._end_correction)
        self._on_duty.changed.connect(self._forget)
        shortcut(self, "Ctrl+F", self._focus_find)
        shortcut(self.words, "Down", self._focus_list)

    def _focus_find(self) -> None:
        self.words.setFocus()
        self.words.selectAll()

    def _focus_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _type(self, _: str) -> None:
        self._typing.start()

    def _search_now(self) -> None:
        self._typing.stop()
        self._load()

    def _forget(self) -> None:
        """Another officer: nothing of what the one before looked at stays."""
        self.model.show_rows([])
        self._show(None)

    def _load(self) -> None:
        officer = self._on_duty.officer
        if officer is None:
            return
        self._asked += 1
        asked, words, when = self._asked, self.words.text(), DAYS[self.day.currentIndex()]
        day = self._day_of(when)

        def job() -> tuple[int, list[CrossingRow], list[Quarantined], list[Officer]]:
            returned = self._archive.quarantined()
            rows = self._archive.search(officer, words, day, None) if when != "returned" else []
            if when == "returned":
                ids = dict.fromkeys(one.crossing for one in returned if one.crossing)
                rows = [row for found in ids if (row := self._archive.crossing(found))]
            return asked, rows, returned, self._archive.officers()

        self.ask(job, self._found)

    def _day_of(self, when: str) -> date | None:
        today = self._clock().astimezone(VIETNAM).date()
        return {"today": today, "yesterday": today - timedelta(days=1)}.get(when)

    def _found(self, answer: tuple[int, list[CrossingRow], list[Quarantined], list[Officer]]) -> None:
        asked, rows, returned, self._officers = answer
        if asked != self._asked:
            return  # something else has been typed since
        self._returned = {one.crossing: one for one in returned if one.crossing}
        selected = self._wanted or (self._viewed.row.id if self._viewed else "")
        self._wanted = None
        self.model.show_rows(rows)
        place = self.model.row_of(selected)
        if place >= 0:
            self.table.selectRow(place)
        elif self._side.currentWidget() is not self.form:
            self._show(None)
        self._draw_state()

    def _load_more(self) -> None:
        officer, last = self._on_duty.officer, self.model.last_sequence()
        if officer is None or last is None or DAYS[self.day.currentIndex()] == "returned":
            return
        asked, words, day = self._asked, self.words.text(), self._day_of(DAYS[self.day.currentIndex()])
        self.ask(lambda: (asked, self._archive.search(officer, words, day, last)), self._found_more)

    def _found_more(self, answer: tuple[int, list[CrossingRow]]) -> None:
        if answer[0] == self._asked:
            self.model.add_rows(answer[1])
            self._draw_state()

    def _select(self, _: QModelIndex) -> None:
        self._resting.start()

    def _view(self) -> None:
        officer, chosen = self._on_duty.officer, self.model.crossing(self.table.currentIndex().row())
        if officer is None or chosen is None:
            return
        self.ask(lambda: self._archive.view(officer, chosen.id), self._show)

    def _show(self, viewed: Viewed | None) -> None:
        self._viewed = viewed
        self.details.show_viewed(viewed)
        self._why.complain("")
        self._draw_state()
        self._side.setCurrentIndex(0 if viewed is None else 1)

    def _draw_state(self) -> None:
        """What may be done with the one shown, and what the list says when it is empty."""
        rows = self.model.rowCount()
        self._list.setCurrentIndex(0 if rows else 1)
        looking = self.words.text().strip() != ""
        when = DAYS[max(0, self.day.currentIndex())]
        key = "none-found" if looking else f"none-{when}"
        self._empty.sentence(self.say(f"crossings.{key}", words=self.words.text().strip()))
        more = self.model.canFetchMore(QModelIndex())
        self._count.setText(self.say("crossings.count-more" if more else "crossings.count", count=rows) if rows else "")
        officer, shown = self._on_duty.officer, self._viewed.row if self._viewed else None
        mine = officer is not None and shown is not None and shown.officer == officer.id
        supervisor = officer is not None and officer.role == "supervisor"
        returned = shown is not None and shown.id in self._returned
        self.correct.setEnabled(mine or supervisor)
        self._settle.setVisible(returned and supervisor)
        self._hint.setText(self.say("crossings.ask-supervisor" if returned else "crossings.not-yours"))
        self._hint.setVisible(shown is not None and ((returned and not supervisor) or not (mine or supervisor)))

    def _begin_correction(self) -> None:
        if self._viewed is not None:
            self.form.correct(self._viewed.row, self._officers)
            self._side.setCurrentWidget(self.form)

    def _end_correction(self) -> None:
        self._side.setCurrentIndex(0 if self._viewed is None else 1)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _correct(self, wish: Correction) -> None:
        officer = self._on_duty.officer
        if officer is not None:
            job = lambda: self._archive.correct(officer, wish.crossing, wish.reason, wish.content, wish.second_pin)  # noqa: E731
            self.ask(job, self._corrected, self._not_corrected)

    def _corrected(self, changed: CrossingRow) -> None:
        self.note("good", "crossings.saved")
        self._end_correction()
        self._wanted = changed.id
        self._load()

    def _not_corrected(self, trouble: Trouble) -> None:
        if not self.form.complain(trouble):
            self.trouble(trouble)

    def _entry(self) -> Quarantined | None:
        return self._returned.get(self._viewed.row.id) if self._viewed else None

    def _resend(self) -> None:
        officer, entry = self._on_duty.officer, self._entry()
        if officer is not None and entry is not None:
            self.ask(lambda: self._archive.resend(officer, entry.entry), self._resent)

    def _resent(self, _: None) -> None:
        self.note("good", "crossings.resent")
        self._load()

    def _leave_as_is(self) -> None:
        officer, entry, why = self._on_duty.officer, self._entry(), self._reason()
        if officer is not None and entry is not None:
            self.ask(lambda: self._archive.leave(officer, entry.entry, why), self._settled, self._not_settled)

    def _settled(self, _: None) -> None:
        self.note("good", "crossings.settled")
        self._load()

    def _not_settled(self, trouble: Trouble) -> None:
        if trouble.params.get("field") != "leave-reason":
            self.trouble(trouble)
            return
        self._why.complain(self.say("trouble.field-leave-reason-missing"))
        self._why.control.setFocus()

    def _reason(self) -> str:
        box = self._why.control
        assert isinstance(box, QLineEdit)
        return box.text()
