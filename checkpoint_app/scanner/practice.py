"""The virtual camera of practice mode: invented cards, brought in by a hand, held, taken away, at 25 frames a second."""

import queue
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from checkpoint_app.scanner.cards import Look, backdrop, card_plate, empty_frame, see
from checkpoint_app.scanner.frames import Frame

_RATE = 25  # frames a second
_COMING, _HELD, _LEAVING, _NOBODY = 12, 40, 10, 6  # frames


@dataclass
class _Shown:
    """The card in the hand: its plate, how this traveller holds it, and how many frames ago it appeared."""

    plate: Frame
    hold: Look
    age: int = 0


class PracticeCamera:
    """A `FrameSource` that shows a card when told; nothing else of the reader knows that it is not a camera.

    `texts` (endless ones too) are shown one after another from the start, those given to `show` before them.
    Stays usable after `close`, as a real camera does.
    """

    def __init__(
        self,
        texts: Iterable[str] = (),
        seed: int = 0,
        *,
        size: tuple[int, int] = (1280, 720),
        rate: float = _RATE,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._schedule = iter(texts)
        self._rng = np.random.default_rng(seed)
        self._seed, self._size, self._pause, self._period = seed, size, pause, 1 / rate
        self._due = time.monotonic()
        self._shown: _Shown | None = None
        self._gone = threading.Event()

    def show(self, text: str) -> None:
        """Bring in a card with `text` as its code, after those already waiting; from any thread."""
        self._waiting.put(text)

    def take_away(self) -> None:
        """The card in the hand is gone with the next frame, so that one waiting comes at once; from any thread."""
        self._gone.set()

    def read(self) -> Frame:
        """The next frame, when it is due."""
        self._wait()
        card = self._card()
        if card is None:
            return empty_frame(self._size, seed=self._seed)
        look = self._look(card)
        card.age += 1
        return see(card.plate, look, backdrop(self._size, self._seed), self._rng)

    def close(self) -> None:
        """Put the card away; those waiting are shown after the camera is opened again."""
        self._shown = None

    def _wait(self) -> None:
        now = time.monotonic()
        self._pause(max(0.0, self._due - now))
        self._due = max(now, self._due) + self._period

    def _card(self) -> _Shown | None:
        if self._gone.is_set() or (self._shown is not None and self._shown.age > _COMING + _HELD + _LEAVING + _NOBODY):
            self._gone.clear()
            self._shown = None
        if self._shown is None:
            text = self._next_text()
            self._shown = None if text is None else _Shown(card_plate(text), self._a_hold())
        return self._shown

    def _next_text(self) -> str | None:
        try:
            return self._waiting.get_nowait()
        except queue.Empty:
            return next(self._schedule, None)

    def _a_hold(self) -> Look:
        draw = self._rng.uniform
        return Look(
            width=draw(0.62, 0.8), x=draw(-0.05, 0.05), y=draw(-0.05, 0.05), roll=draw(-8, 8), tilt=draw(-15, 15),
            exposure=draw(0.75, 1.1), noise=draw(2, 5), glare=draw(0, 0.25),
        )  # fmt: skip

    def _look(self, card: _Shown) -> Look:
        """Slides in from below, blurred by its motion, then trembles while it is held."""
        hold = card.hold
        away = max(_COMING - card.age, card.age - _COMING - _HELD, 0) / _COMING
        sway = self._rng.normal(0, 0.002, 2)
        moving = 14.0 if away else 0.0
        return Look(
            width=hold.width, x=hold.x + sway[0], y=hold.y + sway[1] + away * 1.1, roll=hold.roll, tilt=hold.tilt,
            defocus=2.5 * away, motion=moving, noise=hold.noise, glare=hold.glare, exposure=hold.exposure,
        )  # fmt: skip
