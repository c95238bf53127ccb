"""Camera to readings on two threads of its own: one captures, one decodes the newest frame and reports each card once."""

import threading
import time
from collections.abc import Callable

from checkpoint_app.scanner.code import Code
from checkpoint_app.scanner.debounce import Debounce
from checkpoint_app.scanner.frame_reader import FrameReader
from checkpoint_app.scanner.frames import CameraState, Frame, FrameSource, NewestFrame
from checkpoint_app.scanner.likeliest import likeliest_first
from checkpoint_core.trouble import Trouble

_RETRY_FIRST, _RETRY_MOST = 0.25, 4.0  # seconds between attempts to open a camera
_IDLE = 0.2  # seconds after which a waiting thread looks whether it should stop


class Scanner:
    """Runs until stopped, whatever the camera does. Callbacks come on the scanner's threads and should return at once.

    `source_factory` opens the camera (Trouble: no-camera, camera-busy, camera-denied) and is called again after each loss.
    `on_frame` gets every frame, to look at but not to change; `on_codes` only new readings, the likeliest identity
    first; `on_state` only changes; `on_error` a bug met on the way, after which the next frame goes on.
    """

    def __init__(
        self,
        source_factory: Callable[[], FrameSource],
        on_frame: Callable[[Frame], None],
        on_codes: Callable[[list[Code]], None],
        on_state: Callable[[CameraState], None],
        on_error: Callable[[Exception], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open = source_factory
        self._on_frame, self._on_codes, self._on_state, self._on_error = on_frame, on_codes, on_state, on_error
        self._clock = clock
        self._slot = NewestFrame()
        self._stopping = threading.Event()
        self._reader, self._debounce = FrameReader(), Debounce()
        self._state: CameraState | None = None
        self._was_running = False
        self._pause = _RETRY_FIRST
        self._threads = [
            threading.Thread(target=self._until_stopped, args=(self._capture,), name="scanner-capture", daemon=True),
            threading.Thread(target=self._until_stopped, args=(self._read,), name="scanner-decode", daemon=True),
        ]

    def start(self) -> None:
        """Start both threads; once only."""
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 3.0) -> bool:
        """End both threads, waiting up to `timeout` seconds (0 only asks them); False while a driver still holds one."""
        self._stopping.set()
        end = time.monotonic() + timeout
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _until_stopped(self, turn: Callable[[], None]) -> None:
        while not self._stopping.is_set():
            try:
                turn()
            except Exception as error:  # noqa: BLE001 - a bug met on one frame is reported; the next card must still read
                self._on_error(error)
                self._stopping.wait(_IDLE)

    def _capture(self) -> None:
        """One life of the camera: opened, streaming, lost."""
        try:
            self._stream()
        except Trouble as trouble:
            self._pause = _RETRY_FIRST if self._running else min(_RETRY_MOST, self._pause * 2)
            self._say(self._state_of(trouble))
            self._stopping.wait(self._pause)

    def _stream(self) -> None:
        if self._state is None:
            self._say(CameraState("searching"))
        source = self._open()
        try:
            while not self._stopping.is_set():
                frame = source.read()
                self._say(CameraState("running"))
                self._slot.put(frame)
                self._on_frame(frame)
        finally:
            source.close()

    @property
    def _running(self) -> bool:
        return self._state is not None and self._state.code == "running"

    def _state_of(self, trouble: Trouble) -> CameraState:
        # A camera that ran and is now absent was unplugged: more use to the officer than 'no camera'.
        code = "unplugged" if trouble.code == "no-camera" and self._was_running else trouble.code
        return CameraState(code, trouble.params)

    def _say(self, state: CameraState) -> None:
        self._was_running = self._was_running or state.code == "running"
        if state != self._state:
            self._state = state
            self._on_state(state)

    def _read(self) -> None:
        frame = self._slot.take(_IDLE)
        if frame is not None:
            self._report(frame)

    def _report(self, frame: Frame) -> None:
        fresh = self._debounce.fresh(self._reader.codes(frame), self._clock())
        if fresh:
            self._on_codes(likeliest_first(fresh))
