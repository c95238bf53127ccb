"""Crossings by hour as paired bars, one a direction, over an axis of round numbers; the same in words for screen readers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import accumulate, repeat
from operator import mul

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.reports.tally import DIRECTIONS
from checkpoint_app.ui.look import Look

LEFT, TOP, BOTTOM, RIGHT = 44.0, 34.0, 30.0, 10.0
LABEL_WIDTH = 52.0  # of one hour on the axis
MOST_LINES = 5
HOUR = timedelta(hours=1)
Counts = Mapping[tuple[datetime, str], int]


class HourChart(QWidget):
    """Told counts keyed (hour in Vietnam, direction)."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._counts: Counts = {}
        self._hours: list[datetime] = []
        self.setMinimumHeight(170)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.words_changed.connect(self.retranslate)
        look.theme_changed.connect(self.update)
        self.retranslate()

    def show_counts(self, counts: Counts) -> None:
        self._counts = dict(counts)
        self._hours = hours_of(counts)
        self.retranslate()

    def retranslate(self) -> None:
        say = self._look.say
        self.setAccessibleName(say("shift.by-hour"))
        told = [self._words(hour) for hour in self._hours]
        self.setAccessibleDescription("; ".join(told) or say("shift.no-hours"))
        self.setToolTip("\n".join(told))
        self.update()

    def _words(self, hour: datetime) -> str:
        entered, left = (self._counts.get((hour, direction), 0) for direction in DIRECTIONS)
        return self._look.say("shift.hour", hour=f"{hour:%H:%M}", entered=entered, left=left)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        most = max(self._counts.values(), default=0)
        if not most:
            painter.setPen(QColor(self._look.palette.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._look.say("shift.no-hours"))
            return
        step = step_of(most)
        top = -(-most // step) * step
        self._draw_axis(painter, step, top)
        self._draw_bars(painter, top)
        self._draw_legend(painter)

    def _area(self) -> QRectF:
        return QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)

    def _draw_axis(self, painter: QPainter, step: int, top: int) -> None:
        area, palette = self._area(), self._look.palette
        for value in range(0, top + 1, step):
            y = area.bottom() - area.height() * value / top
            painter.setPen(QPen(QColor(palette.border), 1 if value == 0 else 0.5, Qt.PenStyle.SolidLine))
            painter.drawLine(int(area.left()), int(y), int(area.right()), int(y))
            painter.setPen(QColor(palette.muted))
            where = QRectF(0, y - 10, LEFT - 8, 20)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value))

    def _draw_bars(self, painter: QPainter, top: int) -> None:
        area, slot = self._area(), self._area().width() / len(self._hours)
        every = max(1, int(-(-LABEL_WIDTH // slot)))
        drawn = [direction for direction in DIRECTIONS if any(way == direction for _, way in self._counts)]
        width = min(slot * 0.76 / len(drawn), 40.0)
        for place, hour in enumerate(self._hours):
            middle = area.left() + slot * (place + 0.5)
            for side, direction in enumerate(drawn):
                number = self._counts.get((hour, direction), 0)
                height = area.height() * number / top
                bar = QRectF(middle + (side - len(drawn) / 2) * width, area.bottom() - height, width - 2, height)
                self._fill(painter, bar, direction)
                if number and width >= 16:
                    above = QRectF(bar.x() - 12, bar.y() - 20, width + 22, 18)
                    painter.setPen(QColor(self._look.palette.text))
                    painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(number))
            if place % every == 0:
                painter.setPen(QColor(self._look.palette.muted))
                where = QRectF(middle - LABEL_WIDTH / 2, area.bottom() + 6, LABEL_WIDTH, 20)
                painter.drawText(where, Qt.AlignmentFlag.AlignCenter, f"{hour:%H}h")

    def _draw_legend(self, painter: QPainter) -> None:
        x = self._area().left()
        for direction in DIRECTIONS:
            words = self._look.say(f"direction.{direction}")
            self._fill(painter, QRectF(x, 7, 14, 14), direction)
            painter.setPen(QColor(self._look.palette.text))
            painter.drawText(QRectF(x + 20, 3, 200, 22), Qt.AlignmentFlag.AlignVCenter, words)
            x += 44 + painter.fontMetrics().horizontalAdvance(words)

    def _fill(self, painter: QPainter, bar: QRectF, direction: str) -> None:
        """Inbound full, outbound hatched in an outline: told apart without colour."""
        accent = QColor(self._look.palette.accent)
        painter.setPen(QPen(accent, 1.5))
        pattern = Qt.BrushStyle.SolidPattern if direction == "in" else Qt.BrushStyle.BDiagPattern
        painter.setBrush(QBrush(accent, pattern))
        if bar.height() >= 1:
            painter.drawRect(bar)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def hours_of(counts: Counts) -> list[datetime]:
    """Every hour from the first that has a crossing to the last, quiet ones too."""
    found = [hour for hour, _ in counts]
    if not found:
        return []
    return [min(found) + HOUR * place for place in range(int((max(found) - min(found)) / HOUR) + 1)]


def step_of(most: int) -> int:
    """A round distance between lines (1, 2, 5, 10, 20, 50 ...), so that there are at most five."""
    steps = (lead * scale for scale in accumulate(repeat(10), mul, initial=1) for lead in (1, 2, 5))
    return next(step for step in steps if most <= step * MOST_LINES)
