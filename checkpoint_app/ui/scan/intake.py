"""All the ways a code comes in besides the camera: dropped files, the clipboard, a hand scanner."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QClipboard, QImage

from checkpoint_app.scanner.code import Code
from checkpoint_app.ui.background import Background
from checkpoint_core.trouble import Trouble

_MOST_FILES = 20
ReadImage = Callable[[Path | bytes], list[Code]]


class Intake(QObject):
    """`codes` is sent with what one picture held (maybe nothing), `text` with a code that came as text."""

    codes = Signal(object)  # list[Code]
    text = Signal(str)
    nothing = Signal()  # the clipboard held neither
    troubled = Signal(object)  # Trouble

    def __init__(self, background: Background, read_image: ReadImage, clipboard: QClipboard, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._read_image, self._clipboard = background, read_image, clipboard

    def paste(self) -> None:
        """What the clipboard holds: files, a picture, or a code as text."""
        data = self._clipboard.mimeData()
        if data is None or not self.receive(data):  # None where the platform has nothing to give
            self.nothing.emit()

    def holds_picture(self) -> bool:
        """Whether the clipboard has a picture and no words: then Ctrl+V is ours even in a field."""
        data = self._clipboard.mimeData()
        return data is not None and data.hasImage() and not data.hasText()

    def receive(self, data: QMimeData) -> bool:
        """Take what was dropped or pasted; False when there is nothing to read in it."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        for path in paths[:_MOST_FILES]:
            self._read(partial(self._read_image, path))
        if paths:
            return True
        if data.hasImage():
            image = data.imageData()
            if isinstance(image, QImage):
                self._read(partial(_read_pixels, self._read_image, image))
                return True
        if data.hasText() and data.text().strip():
            self.text.emit(data.text())
            return True
        return False

    def _read(self, job: Callable[[], list[Code]]) -> None:
        self._background.elsewhere(job, self, self.codes.emit, self._failed)

    def _failed(self, trouble: Trouble) -> None:
        self.troubled.emit(trouble)


def _read_pixels(read_image: ReadImage, image: QImage) -> list[Code]:
    """A picture of the clipboard's as the file it might have been; on a worker, for it takes its time."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return read_image(bytes(buffer.data().data()))
