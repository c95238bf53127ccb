"""How the window looks and speaks just now: one language, one theme, and who is told when they change."""

import re
from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from checkpoint_app import words
from checkpoint_app.ui.theme import PALETTES, THEMES, Palette, Theme, stylesheet

_FONT_SIZE = re.compile(r"font-size: (\d+)px")


class Look(QObject):
    """Given to every page. `words_changed` and `theme_changed` are sent after the change."""

    words_changed = Signal()
    theme_changed = Signal()

    def __init__(self, language: words.Language = "vi", theme: Theme = "light", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language: words.Language = language
        self._theme: Theme = theme
        self._text_percent = 100

    @property
    def language(self) -> words.Language:
        return self._language

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def palette(self) -> Palette:
        return PALETTES[self._theme]

    def say(self, key: str, **params: str | int) -> str:
        """The sentence of `key` ('scan.waiting') in the present language."""
        return words.say(self._language, key, **params)

    def knows(self, key: str) -> bool:
        """Whether there is a sentence for `key`."""
        return words.knows(self._language, key)

    def set_language(self, language: words.Language) -> None:
        """Everything on screen speaks `language` from now on."""
        if language != self._language:
            self._language = language
            self.words_changed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Everything on screen takes the colours of `theme`."""
        if theme != self._theme:
            self._theme = theme
            self.theme_changed.emit()

    def set_text_percent(self, percent: int) -> None:
        """All text is so much larger than designed."""
        if percent != self._text_percent:
            self._text_percent = percent
            self.theme_changed.emit()

    def next_language(self) -> None:
        """The other language."""
        order = words.LANGUAGES
        self.set_language(order[(order.index(self._language) + 1) % len(order)])

    def next_theme(self) -> None:
        """The next theme: light, dark, high contrast, and round again."""
        self.set_theme(THEMES[(THEMES.index(self._theme) + 1) % len(THEMES)])

    def stylesheet(self) -> str:
        """The style of the top window in the present theme."""
        tone = "dark" if self._theme == "dark" else "light"
        sheet = stylesheet(self.palette, arrow=_icon_path(f"arrow-{tone}"), tick=_icon_path(f"tick-{tone}"))
        return _FONT_SIZE.sub(lambda size: f"font-size: {round(int(size[1]) * self._text_percent / 100)}px", sheet)

    def icon(self, name: str, colour: str | None = None, *, marked: str | None = None) -> QIcon:
        """An icon of resources/icons for buttons; `colour` is '#rrggbb', the text's where not given; `marked` is its colour
        while its button is checked or its row selected."""
        icon = QIcon(self.pixmap(name, 48, colour))
        if marked:
            shown = self.pixmap(name, 48, marked)
            icon.addPixmap(shown, QIcon.Mode.Normal, QIcon.State.On)
            icon.addPixmap(shown, QIcon.Mode.Selected)
        return icon

    def pixmap(self, name: str, size: int, colour: str | None = None) -> QPixmap:
        """The icon `size` pixels high, drawn sharp for twice that resolution."""
        return _draw(name, size, colour or self.palette.text)


@lru_cache(maxsize=256)
def _draw(name: str, size: int, colour: str) -> QPixmap:
    svg = files("resources").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(QSize(size, size) * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap


def _icon_path(name: str) -> str:
    return str(files("resources").joinpath("icons", f"{name}.svg")).replace("\\", "/")


def load_fonts() -> None:
    """Make the packaged fonts known to Qt; call once after the QApplication is made."""
    for font in files("resources").joinpath("fonts").iterdir():
        if font.name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(QByteArray(font.read_bytes()))
