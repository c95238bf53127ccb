"""The live picture of the camera with one hint at its foot; without a camera, what to do instead."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.scanner.frames import CameraState, Frame
from checkpoint_app.ui.look import Look

_WIDEST = 640  # px: a preview needs no more, and the GUI thread draws it 25 times a second
_CARD = 85.6 / 54.0
_FOOT = 48  # px of the hint
_INK, _PAPER = QColor("#ffffff"), QColor("#000000")


def picture(frame: Frame) -> QImage:
    """`frame` (h, w, 3 BGR) thinned for the preview; made on the scanner's thread, which has the time."""
    step = -(-frame.shape[1] // _WIDEST)
    thin = frame[::step, ::step].copy()
    height, width = thin.shape[:2]
    # the screen's own format: drawing any other costs the GUI thread twice as much
    image = QImage(thin.data, width, height, width * 3, QImage.Format.Format_BGR888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


class CameraView(QWidget):
    """Keeps 4:3; the card's outline shows how to hold it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._image: QImage | None = None
        self._state = CameraState("searching")
        self._hint = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(320, 240)
        look.words_changed.connect(self.update)
        look.theme_changed.connect(self.update)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width * 3 // 4

    def sizeHint(self) -> QSize:
        return QSize(440, 330)

    def show_image(self, image: QImage) -> None:
        """The newest picture."""
        self._image = image
        self.update()

    def show_state(self, state: CameraState) -> None:
        """Running, or why there is no picture."""
        self._state = state
        if state.code != "running":
            self._image = None
        self.setAccessibleName(self.sentence())
        self.update()

    def hint(self, words: str) -> None:
        """The one line at the foot."""
        if words != self._hint:
            self._hint = words
            self.update()

    def sentence(self) -> str:
        """What is said instead of a picture."""
        params: Mapping[str, str | int] = self._state.params
        return self._look.say(f"camera.{self._state.code}", **params)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ended here whatever happens: one that outlives its paint event crashes Qt
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            clip = QPainterPath()
            clip.addRoundedRect(QRectF(self.rect()), 8, 8)
            painter.setClipPath(clip)
            painter.fillRect(self.rect(), _PAPER)
            if self._image is None:
                self._paint_absence(painter)
            else:
                painter.drawImage(_covering(self._image.size(), self.rect()), self._image)
                self._paint_outline(painter)
                self._paint_foot(painter)

    def _paint_absence(self, painter: QPainter) -> None:
        icon = self._look.pixmap("camera" if self._state.code == "searching" else "no-camera", 64, _INK.name())
        area = self.rect().adjusted(24, 0, -24, -_FOOT)
        painter.drawPixmap(area.center().x() - 32, area.center().y() - 84, icon)
        painter.setPen(_INK)
        words = QRect(area.left(), area.center().y() - 8, area.width(), area.height() // 2)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap), self.sentence())

    def _paint_outline(self, painter: QPainter) -> None:
        area = self.rect().adjusted(0, 0, 0, -_FOOT)
        width = min(area.width() * 0.8, (area.height() * 0.86) * _CARD)
        card = QRectF(0, 0, width, width / _CARD)
        card.moveCenter(QRectF(area).center())
        for colour, thick in ((QColor(0, 0, 0, 130), 5), (_INK, 2)):
            painter.setPen(QPen(colour, thick))
            painter.drawRoundedRect(card, 12, 12)

    def _paint_foot(self, painter: QPainter) -> None:
        foot = QRect(0, self.height() - _FOOT, self.width(), _FOOT)
        painter.fillRect(foot, QColor(0, 0, 0, 200))
        painter.setPen(_INK)
        painter.drawText(
            foot.adjusted(12, 0, -12, 0), int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self._hint
        )


def _covering(image: QSize, area: QRect) -> QRect:
    """Where to draw `image` so that it covers `area`, its middle kept."""
    size = image.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    target = QRect(0, 0, size.width(), size.height())
    target.moveCenter(area.center())
    return target
