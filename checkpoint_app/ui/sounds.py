"""What is heard with each verdict, so that the officer may look at the traveller; without an audio device, nothing."""

from importlib.resources import files
from typing import Literal, Protocol

from PySide6.QtCore import QObject, QUrl
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

Sound = Literal["clear", "attention", "stop", "saved"]
SOUNDS: tuple[Sound, ...] = ("clear", "attention", "stop", "saved")


class Sounds(Protocol):
    """Something that can be heard, or that remembers what would have been."""

    def play(self, sound: Sound) -> None:
        """Start it; returns at once."""


class Chimes(QObject):
    """The laptop's loudspeaker, as far as there is one: a device plugged in later is used from then on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._effects: dict[Sound, QSoundEffect] = {}
        self.muted = False

    def play(self, sound: Sound) -> None:
        if self.muted or QMediaDevices.defaultAudioOutput().isNull():
            return
        if sound not in self._effects:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(files("resources").joinpath("sounds", f"{sound}.wav"))))
            self._effects[sound] = effect
        self._effects[sound].play()
