"""Taking a shift's log out: in which form, where to, numbers masked or whole; how far it is, and a way to stop it."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFileDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget

from checkpoint_app.reports import FORMATS, Exported, Format
from checkpoint_app.store.values import Officer
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets import Card, KeyButton, column, row, text


class ExportPanel(Card):
    """`asked` and `cancelled` are sent; it is told `begin`, `progress`, `finish`. It writes nothing itself."""

    asked = Signal()
    cancelled = Signal()

    def __init__(self, look: Look) -> None:
        self._title, self._where = text("heading"), text("", wrap=True)
        self._formats = {format: QPushButton(format.upper()) for format in FORMATS}
        self.whole, self._why_not = QCheckBox(), text("muted", wrap=True)
        self.choose, self.open = KeyButton(look, "file"), KeyButton(look, "file")
        self.start, self.stop = KeyButton(look, "export", "Ctrl+S", role="primary"), KeyButton(look, "close", "Esc")
        self.bar = QProgressBar()
        self._group = QButtonGroup()
        for button in self._formats.values():
            button.setCheckable(True)
            self._group.addButton(button)
        self._formats["xlsx"].setChecked(True)
        super().__init__(self._laid_out(), margin=12)
        self._look = look
        self.folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        self._result: Exported | None = None
        self._supervisor = False
        self.start.clicked.connect(self.asked)
        self.stop.clicked.connect(self.cancelled)
        self.choose.clicked.connect(self._choose_folder)
        self.open.clicked.connect(self._open_folder)
        look.words_changed.connect(self.retranslate)
        self._show_running(False)
        self.retranslate()

    @property
    def format(self) -> Format:
        return next(format for format, button in self._formats.items() if button.isChecked())

    def choose_format(self, format: Format) -> None:
        self._formats[format].setChecked(True)

    def allow(self, officer: Officer | None) -> None:
        """Only a supervisor may take whole numbers out."""
        self._supervisor = officer is not None and officer.role == "supervisor"
        self.whole.setEnabled(self._supervisor)
        self.whole.setChecked(self.whole.isChecked() and self._supervisor)
        self._why_not.setVisible(not self._supervisor)

    def begin(self) -> None:
        self._result = None
        self.bar.setRange(0, 0)
        self._show_running(True)

    def progress(self, step: tuple[int, int]) -> None:
        done, total = step
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def finish(self, result: Exported | None) -> None:
        """It is over: with a file, or without one."""
        self._result = result
        self._show_running(False)
        self.retranslate()

    def retranslate(self) -> None:
        say = self._look.say
        self._title.setText(say("shift.export"))
        self.whole.setText(say("shift.whole-numbers"))
        self._why_not.setText(say("shift.whole-numbers-why"))
        self._where.setText(say("shift.folder", folder=str(self.folder)))
        self.choose.label(say("shift.choose-folder"))
        self.start.label(say("shift.export-now"))
        self.stop.label(say("shift.export-stop"))
        self.open.label(say("shift.open-folder"))
        self.bar.setAccessibleName(say("shift.export"))
        self.open.setVisible(self._result is not None)

    def _laid_out(self) -> QVBoxLayout:
        formats = row(*self._formats.values(), spacing=6)
        return column(
            self._title,
            formats,
            self.whole,
            self._why_not,
            self._where,
            row(self.start, self.choose, 1, spacing=8),
            row(self.bar, self.stop, spacing=8, stretch=0),
            row(self.open, 1),
            spacing=6,
        )

    def _show_running(self, running: bool) -> None:
        shown: tuple[QWidget, ...] = (self.bar, self.stop)
        for widget in shown:
            widget.setVisible(running)
        for button in (self.start, self.choose, *self._formats.values()):
            button.setEnabled(not running)
        self.whole.setEnabled(not running and self._supervisor)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self.window(), self._look.say("shift.choose-folder"), str(self.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()

    def take_folder(self, folder: str) -> None:
        """Write there from now on."""
        self.folder = Path(folder)
        self.retranslate()

    def _open_folder(self) -> None:
        if self._result is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result.path.parent)))
