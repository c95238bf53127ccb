"""The shell: top bar, navigation by keys, banner, the page in front. It assembles and switches; it knows no page's work."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QToolButton, QWidget

from checkpoint_app.ui.banner import Banner
from checkpoint_app.ui.keys import KeyWatch
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.page import Note, Page
from checkpoint_app.ui.top_bar import TopBar
from checkpoint_app.ui.widgets import column, row
from checkpoint_core.trouble import Trouble

_INPUT = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.TouchBegin}


class Window(QWidget):
    """Pages are reached by navigation; gates (first start, sign in, lock, open shift) stand alone, without it.

    `idle` is sent when nobody has touched keyboard, mouse or screen for `idle_minutes`; `stirred` again on a scan.
    """

    idle = Signal()
    lock_asked = Signal()
    closing = Signal()

    def __init__(
        self, look: Look, clock: Callable[[], datetime], application: QApplication, *, idle_minutes: int = 5
    ) -> None:
        super().__init__()
        self._look = look
        self._buttons: dict[Page, QToolButton] = {}
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar, self.banner, self.stack = TopBar(look, clock), Banner(look), QStackedWidget()
        self._navigation = QFrame()
        self._navigation.setObjectName("navigation")
        self._tabs = row(1, spacing=4)
        self._tabs.setContentsMargins(12, 0, 12, 0)
        self._navigation.setLayout(self._tabs)
        self.setLayout(column(self.bar, self._navigation, self.banner, self.stack, spacing=0, stretch=3))
        self._idle_ms = idle_minutes * 60_000
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(self.idle)
        self.stir()
        self.bar.lock_asked.connect(self.lock_asked)
        look.words_changed.connect(self.retranslate)
        look.theme_changed.connect(self.recolour)
        self._keys = KeyWatch(application, self)
        self.resize(1366, 768)
        self.recolour()

    def add_page(self, page: Page, key: str) -> None:
        """Add a page that `key` ('F6') and its tab bring to the front."""
        button = QToolButton()
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(20, 20))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("key", key)
        button.clicked.connect(lambda: self.go(page))  # window and page live and die together
        # its button's, so that the key is dead while the navigation is hidden: before the lock above all
        QShortcut(QKeySequence(key), button).activated.connect(button.click)
        self._buttons[page] = button
        self._tabs.insertWidget(self._tabs.count() - 1, button)
        self.add_gate(page)
        self._draw_tab(page)

    def add_gate(self, page: Page) -> None:
        """Add a page that stands alone; only `go` brings it to the front."""
        page.noted.connect(self.tell)
        self.stack.addWidget(page)

    def go(self, page: Page) -> None:
        """Bring `page` to the front."""
        before = self.stack.currentWidget()
        if isinstance(before, Page) and before is not page:
            before.leave()
        self.stack.setCurrentWidget(page)
        self._navigation.setVisible(page in self._buttons)
        if page in self._buttons:
            self._buttons[page].setChecked(True)
        page.enter()

    @property
    def front(self) -> QWidget:
        """The page in front."""
        return self.stack.currentWidget()

    def tell(self, noted: Note | Trouble) -> None:
        """Say it in the banner."""
        self.banner.tell(noted)

    def stir(self) -> None:
        """Somebody is here: a card was shown."""
        self._quiet.start(self._idle_ms)

    def set_idle_minutes(self, minutes: int) -> None:
        """After so many minutes without anybody `idle` is sent."""
        self._idle_ms = minutes * 60_000
        self.stir()

    def retranslate(self) -> None:
        self.setWindowTitle(self._look.say("window.title"))
        for page in self._buttons:
            self._draw_tab(page)

    def recolour(self) -> None:
        self.setStyleSheet(self._look.stylesheet())
        self.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self.stir()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.windowHandle().installEventFilter(self)  # mouse and touch, as they come in

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        event.accept()

    def _draw_tab(self, page: Page) -> None:
        button = self._buttons[page]
        key = str(button.property("key"))
        button.setText(f" {self._look.say(f'page.{page.name}')}  {key}")
        button.setIcon(self._look.icon(page.name, marked=self._look.palette.accent))
