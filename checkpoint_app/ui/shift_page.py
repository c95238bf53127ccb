"""The shift: its figures as they stand, earlier ones too, its log taken out, and its end."""

import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QScrollArea, QStackedWidget, QWidget

from checkpoint_app.reports import Exported
from checkpoint_app.store.values import Officer, Shift, ShiftSummary
from checkpoint_app.ui import messages
from checkpoint_app.ui.back_desk import Figures, Watch, Wish
from checkpoint_app.ui.background import Background, Relay
from checkpoint_app.ui.closing_panel import Closing, ClosingPanel
from checkpoint_app.ui.export_panel import ExportPanel
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.page import Page
from checkpoint_app.ui.shift_figures import ShiftFigures
from checkpoint_app.ui.widgets import Empty, Field, column, row
from checkpoint_app.ui.wording import moment
from checkpoint_core.trouble import Trouble


class ShiftPage(Page):
    """Figures at the left; export and closing at the right. The present shift stands first in the list of shifts."""

    name = "shift"

    def __init__(self, look: Look, background: Background, on_duty: OnDuty, watch: Watch) -> None:
        super().__init__(look, background)
        self._on_duty, self._watch = on_duty, watch
        self._shifts: list[Shift] = []
        self._shown: Shift | None = None
        self._stop = threading.Event()
        self._progress = Relay[tuple[int, int]](self._show_progress, self, latest=True)
        self.which = QComboBox()
        self._which = Field(self.which)
        self.figures, self._none = ShiftFigures(look), Empty(look, "shift")
        self.exporting, self.closing = ExportPanel(look), ClosingPanel(look)
        self._lay_out()
        self.which.activated.connect(self._choose)
        self.exporting.asked.connect(self._export)
        self.exporting.cancelled.connect(self._stop.set)
        self.closing.asked.connect(self._close)
        self.closing.close_shift.clicked.connect(self._bring_question)
        on_duty.changed.connect(self._duty_changed)
        self.retranslate()

    def retranslate(self) -> None:
        self._which.label(self.say("shift.which"))
        self._none.sentence(self.say("shift.none"))
        self._draw_list()

    def enter(self) -> None:
        self.which.setFocus()
        self._load()

    def _lay_out(self) -> None:
        side = QWidget()
        side.setLayout(column(self.exporting, self.closing, 1, spacing=12))
        scroll = QScrollArea()
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setFixedWidth(410)
        self._stack = QStackedWidget()
        for part in (self._none, self.figures):
            self._stack.addWidget(part)
        left = column(self._which, self._stack, spacing=10, stretch=1)
        layout = row(left, scroll, spacing=14, stretch=0)
        layout.setContentsMargins(16, 12, 16, 12)
        self.setLayout(layout)
        self._side = scroll

    def _duty_changed(self) -> None:
        self._shown = self._on_duty.shift
        self.closing.reset()
        self.exporting.finish(None)
        self.exporting.allow(self._on_duty.officer)

    def _load(self) -> None:
        self.exporting.allow(self._on_duty.officer)
        wanted = self._shown or self._on_duty.shift

        def job() -> tuple[list[Shift], list[Officer], Figures | None]:
            shifts = self._watch.shifts()
            chosen = wanted or next(iter(shifts), None)
            return shifts, self._watch.officers(), self._watch.figures(chosen.id) if chosen else None

        self.ask(job, self._loaded)

    def _loaded(self, answer: tuple[list[Shift], list[Officer], Figures | None]) -> None:
        self._shifts, officers, figures = answer
        self._shown = figures.summary.shift if figures else None
        self._draw_list()
        self._stack.setCurrentIndex(1 if figures else 0)
        self._side.setVisible(figures is not None)
        if figures is None:
            return
        self.figures.show_figures(figures)
        present = self._on_duty.officer
        others = [one for one in officers if present is None or one.id != present.id]
        self.closing.offer(others, figures.summary.waiting)
        self.closing.setVisible(self._may_close(figures.summary.shift))

    def _may_close(self, shift: Shift) -> bool:
        officer = self._on_duty.officer
        mine = officer is not None and (officer.id == shift.officer.id or officer.role == "supervisor")
        return shift.closed_at is None and mine

    def _draw_list(self) -> None:
        self.which.clear()
        self.which.addItems([self._words(shift) for shift in self._shifts])
        ids = [shift.id for shift in self._shifts]
        self.which.setCurrentIndex(ids.index(self._shown.id) if self._shown and self._shown.id in ids else -1)

    def _words(self, shift: Shift) -> str:
        key = "shift.line-open" if shift.closed_at is None else "shift.line-closed"
        return self.say(
            key,
            opened=moment(shift.opened_at),
            closed=moment(shift.closed_at) if shift.closed_at else "",
            officer=shift.officer.name,
            checkpoint=shift.checkpoint_name,
            lane=shift.lane,
        )

    def _bring_question(self) -> None:
        """The question may lie below what a small screen shows."""
        QTimer.singleShot(0, self._side, self._scroll_down)

    def _scroll_down(self) -> None:
        bar = self._side.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _choose(self, place: int) -> None:
        self._shown = self._shifts[place]
        self.exporting.finish(None)
        self.closing.reset()
        self._load()

    def _export(self) -> None:
        officer, shift, panel = self._on_duty.officer, self._shown, self.exporting
        if officer is None or shift is None:
            return
        self._stop.clear()
        panel.begin()
        wish = Wish(shift, panel.format, panel.folder, self.look.language, panel.whole.isChecked())
        tell = lambda done, total: self._progress.send((done, total))  # noqa: E731
        self.ask_elsewhere(
            lambda: self._watch.export(wish, officer, tell, self._stop.is_set), self._exported, self._not_exported
        )

    def _show_progress(self, step: tuple[int, int]) -> None:
        self.exporting.progress(step)

    def _exported(self, result: Exported) -> None:
        self.exporting.finish(result)
        self.note("good", "shift.exported", file=result.path.name)

    def _not_exported(self, trouble: Trouble) -> None:
        self.exporting.finish(None)
        if trouble.code == "export-cancelled":
            self.note("info", "trouble.export-cancelled")
        else:
            self.trouble(trouble)

    def _close(self, closing: Closing) -> None:
        officer, shift = self._on_duty.officer, self._shown
        if officer is not None and shift is not None:
            job = lambda: self._watch.close(officer, shift, closing.note, closing.handed_to)  # noqa: E731
            self.ask(job, self._closed, self._not_closed)

    def _closed(self, summary: ShiftSummary) -> None:
        self.note("good", "shift.closed", crossings=summary.crossings, waiting=summary.waiting)
        self.closing.reset()
        present = self._on_duty.shift
        if present is not None and present.id == summary.shift.id:
            self._on_duty.take(None)
        else:
            self._load()

    def _not_closed(self, trouble: Trouble) -> None:
        if trouble.params.get("field") == "note":
            self.closing.note.complain(messages.trouble(self.look, trouble))
        else:
            self.trouble(trouble)
