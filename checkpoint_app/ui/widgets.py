"""The small widgets every page is made of: labels by role, buttons that show their key, fields with their error beside."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.theme import TARGET_PX


def text(role: str = "", content: str = "", *, wrap: bool = False) -> QLabel:
    """A label; `role` picks its style: title, heading, name, number, strong, figure, muted, error, good, warn, verdict."""
    label = QLabel(content)
    label.setProperty("role", role)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


class Elided(QLabel):
    """A label that may be narrower than its words: it ends in '…' then, and the tool tip says the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(60)

    def say(self, words: str) -> None:
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width()))


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set the style property `name` ('role', 'tone', 'wrong') and redraw by it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    for each in (widget, *widget.findChildren(QWidget)):
        each.style().unpolish(each)
        each.style().polish(each)


def row(*parts: QWidget | QLayout | int, spacing: int = 8, stretch: int | None = None) -> QHBoxLayout:
    """Side by side; an int is a stretch of that weight; `stretch` is the index of the part that takes spare room."""
    return _fill(QHBoxLayout(), parts, spacing, stretch)


def column(*parts: QWidget | QLayout | int, spacing: int = 8, stretch: int | None = None) -> QVBoxLayout:
    """One under the other; as `row`."""
    return _fill(QVBoxLayout(), parts, spacing, stretch)


_Box = TypeVar("_Box", bound=QBoxLayout)


def _fill(layout: _Box, parts: tuple[QWidget | QLayout | int, ...], spacing: int, stretch: int | None) -> _Box:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for index, part in enumerate(parts):
        weight = 1 if index == stretch else 0
        if isinstance(part, int):
            layout.addStretch(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part, weight)
        else:
            layout.addLayout(part, weight)
    return layout


class Card(QFrame):
    """A panel with a border; give it its content as one layout."""

    def __init__(self, content: QBoxLayout | None = None, *, margin: int = 14) -> None:
        super().__init__()
        self.setProperty("card", True)
        if content is not None:
            content.setContentsMargins(margin, margin, margin, margin)
            self.setLayout(content)


class KeyButton(QPushButton):
    """A button that shows its key: 'Quay đầu  F2'. The key works while the button's window is active and it is enabled."""

    def __init__(self, look: Look, icon: str = "", key: str = "", *, role: str = "") -> None:
        super().__init__()
        self._look, self._icon, self._key = look, icon, key
        self.setProperty("role", role)
        self.setIconSize(QSize(22, 22))
        self.setMinimumHeight(TARGET_PX)
        if key:
            # not setShortcut: a button's own shortcut clicks only after 100 ms of animation
            QShortcut(QKeySequence(key), self).activated.connect(self.click)
        look.theme_changed.connect(self.redraw)
        self.redraw()

    def label(self, words: str, key: str | None = None) -> None:
        """Show `words` and the key (or another one that does the same just now)."""
        shown = self._key if key is None else key
        lead = " " if self._icon else ""
        self.setText(f"{lead}{words}   {shown}" if shown else f"{lead}{words}")

    def set_role(self, role: str) -> None:
        """'primary', 'danger', 'key', 'suggested' or ''."""
        restyle(self, "role", role)
        self.redraw()

    def redraw(self) -> None:
        """The icon again, in the colour that the theme gives this role."""
        if self._icon:
            palette = self._look.palette
            colours = {"primary": palette.on_accent, "suggested": palette.on_accent, "danger": palette.on_stop}
            self.setIcon(self._look.icon(self._icon, colours.get(str(self.property("role")), palette.text)))


class Field(QWidget):
    """A control under its label, with room for what is wrong beside it: errors name the field and say why."""

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        self.control = control
        self._label = text("muted")
        self._label.setBuddy(control)
        self._error = text("error", wrap=True)
        self._error.hide()
        self.setLayout(column(self._label, control, self._error, spacing=3))
        self.setFocusProxy(control)

    def label(self, words: str) -> None:
        """The field's name; also what a screen reader says."""
        self._label.setText(words)
        self.control.setAccessibleName(words)

    def complain(self, sentence: str) -> None:
        """Show what is wrong with this field; '' clears it."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        restyle(self.control, "wrong", bool(sentence))

    def complaint(self) -> str:
        """What is shown as wrong, or ''."""
        return self._error.text()


class Empty(QWidget):
    """What stands where nothing is yet: an icon and a sentence that says what to do."""

    def __init__(self, look: Look, icon: str) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = text("muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(1, self._picture, self._sentence, 1, spacing=12))
        look.theme_changed.connect(self.redraw)
        self.redraw()

    def sentence(self, words: str) -> None:
        self._sentence.setText(words)

    def redraw(self) -> None:
        self._picture.setPixmap(self._look.pixmap(self._icon, 56, self._look.palette.muted))


def clear(layout: QLayout) -> None:
    """Remove and delete every widget of `layout`."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)


def shortcut(owner: QWidget, key: str, action: Callable[[], None]) -> QShortcut:
    """`key` calls `action` while `owner` or something inside it has the focus."""
    made = QShortcut(QKeySequence(key), owner)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(action)
    return made
