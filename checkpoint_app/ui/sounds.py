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
        self.muted = False
        self._effects: dict[Sound, QSoundEffect] = {}
        self._load()

    def play(self, sound: Sound) -> None:
        if not self.muted and self._load():
            self._effects[sound].play()

    def _load(self) -> bool:
        """Have the sounds ready if there is a device: once, and early, for it takes the time of a few frames."""
        if not self._effects and not QMediaDevices.defaultAudioOutput().isNull():
            for sound in SOUNDS:
                self._effects[sound] = QSoundEffect(self)
                path = files("resources").joinpath("sounds", f"{sound}.wav")
                self._effects[sound].setSource(QUrl.fromLocalFile(str(path)))
        return bool(self._effects)
