"""How much effort each frame of a stream is worth: QR always, other formats and a second opinion now and then."""

from checkpoint_app.scanner.code import Code
from checkpoint_app.scanner.decode import as_grey, decode, second_look
from checkpoint_app.scanner.frames import Frame

_OTHERS_EVERY, _SECOND_LOOK_EVERY = 4, 12  # unread frames


class FrameReader:
    """Reads frame after frame, trying harder the longer nothing was read."""

    def __init__(self) -> None:
        self._unread = 0

    def codes(self, frame: Frame) -> list[Code]:
        """The codes in one frame."""
        grey = as_grey(frame)
        turn = self._unread + 1
        codes = decode(grey, others=turn % _OTHERS_EVERY == 0)
        # One frame before the twelfth: never both dear ways on the same frame.
        if not codes and turn % _SECOND_LOOK_EVERY == _SECOND_LOOK_EVERY - 1:
            codes = second_look(grey)
        self._unread = 0 if codes else turn
        return codes
