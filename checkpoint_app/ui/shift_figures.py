"""The day's figure on the screen: crossings by direction and decision, reasons, hours, and whether all has been sent."""

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from checkpoint_app.reports.tally import ACTIONS, DIRECTIONS, Tally
from checkpoint_app.store.values import ShiftSummary
from checkpoint_app.ui.back_desk import Figures
from checkpoint_app.ui.crossings_table import ACTIONS as ICONS
from checkpoint_app.ui.hour_chart import HourChart
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, clear, column, row, text

MOST_REASONS = 8


class DecisionFigures(QWidget):
    """Four large figures: all crossings, and each decision, with what came in and went out under each."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._labels = {key: (QLabel(), text("muted"), text("figure"), text("muted")) for key in ("all", *ACTIONS)}
        cards = [
            Card(column(row(icon, title, 1, spacing=6), figure, split, spacing=2), margin=12)
            for icon, title, figure, split in self._labels.values()
        ]
        layout = row(*cards, spacing=12)
        for index in range(len(cards)):
            layout.setStretch(index, 1)
        self.setLayout(layout)

    def show_tally(self, tally: Tally) -> None:
        say = self._look.say
        for key, (icon, title, figure, split) in self._labels.items():
            actions = ACTIONS if key == "all" else (key,)
            counts = [sum(tally.crossings[direction, action] for action in actions) for direction in DIRECTIONS]
            icon.setPixmap(self._look.pixmap("shift" if key == "all" else ICONS[key], 22))
            title.setText(say("report.section-crossings") if key == "all" else say(f"action.{key}"))
            figure.setText(str(sum(counts)))
            parts = [f"{say(f'direction.{d}')} {n}" for d, n in zip(DIRECTIONS, counts, strict=True)]
            people = [say("shift.people", count=sum(tally.people.values()))] if key == "all" else []
            split.setText(" · ".join([*parts, *people]))


class ReasonFigures(Card):
    """Reasons with how many crossings had them, most first, as words, number and bar."""

    def __init__(self, look: Look) -> None:
        self._title, self._none = text("heading"), text("muted", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        super().__init__(column(self._title, self._none, self._grid, 1, spacing=8), margin=12)
        self._look = look

    def show_tally(self, tally: Tally) -> None:
        say = self._look.say
        self._title.setText(say("report.section-reasons"))
        self._none.setText(say("shift.no-reasons"))
        found = tally.by_reason()
        self._none.setVisible(not found)
        clear(self._grid)
        for line, (code, count) in enumerate(found[:MOST_REASONS]):
            key = f"report.reason-{code}"
            self._grid.addWidget(text("", say(key) if self._look.knows(key) else code), line, 0)
            self._grid.addWidget(text("strong", str(count)), line, 1)
        if rest := sum(count for _, count in found[MOST_REASONS:]):
            self._grid.addWidget(text("muted", say("report.other-reasons")), MOST_REASONS, 0)
            self._grid.addWidget(text("strong", str(rest)), MOST_REASONS, 1)
        self._grid.setColumnStretch(0, 1)


class Completeness(QWidget):
    """Entries = received + waiting + returned: that the shift is whole, in one line."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._icon, self._said = QLabel(), text("", wrap=True)
        self._icon.setFixedWidth(24)
        self.setLayout(row(self._icon, self._said, spacing=8, stretch=1))

    def show_summary(self, summary: ShiftSummary) -> None:
        palette = self._look.palette
        entries = summary.accepted + summary.waiting + summary.quarantined
        icon, colour = ("sent", palette.good)
        if summary.waiting:
            icon, colour = "waiting", palette.muted
        if summary.quarantined:
            icon, colour = "attention", palette.error
        self._icon.setPixmap(self._look.pixmap(icon, 22, colour))
        numbers = {
            "entries": entries,
            "accepted": summary.accepted,
            "waiting": summary.waiting,
            "returned": summary.quarantined,
        }
        self._said.setText(self._look.say("shift.complete", **numbers))


class ShiftFigures(QWidget):
    """All of it, told one `Figures`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: Figures | None = None
        self._decisions, self._reasons, self._complete = DecisionFigures(look), ReasonFigures(look), Completeness(look)
        self._hours_title, self.chart = text("heading"), HourChart(look)
        hours = Card(column(self._hours_title, self.chart, spacing=6, stretch=1), margin=12)
        self._rest = text("muted", wrap=True)
        lower = row(hours, self._reasons, spacing=12)
        lower.setStretch(0, 3)
        lower.setStretch(1, 2)
        complete = Card(column(self._complete, self._rest, spacing=4), margin=12)
        self.setLayout(column(self._decisions, lower, complete, spacing=12, stretch=1))
        look.words_changed.connect(self.redraw)
        look.theme_changed.connect(self.redraw)

    def show_figures(self, figures: Figures) -> None:
        self._shown = figures
        self.redraw()

    def redraw(self) -> None:
        self._hours_title.setText(self._look.say("shift.by-hour"))
        if self._shown is None:
            return
        tally = self._shown.tally
        for part in (self._decisions, self._reasons):
            part.show_tally(tally)
        self.chart.show_counts(tally.hours)
        self._complete.show_summary(self._shown.summary)
        self._rest.setText(self._look.say("shift.rest", overrides=tally.overrides, corrected=tally.corrected))
