"""A hand scanner types like a keyboard, only faster than any hand: told apart by the time between characters."""

import re

GAP = 0.05  # seconds: scanners send every 1-30 ms, hands rarely under 60
_LEAST = 8  # characters in one burst: no hand rolls that many keys
_DISTINCT = 3  # a key held down repeats fast too, but only itself
_ENDS = "\r\n\t"
# After these, Enter is not the end: a scanner of machine-readable zones sends it after each line.
_MORE_TO_COME = re.compile(r"(?:[A-Z0-9<]{30}\n?){1,2}|[A-Z0-9<]{44}")


class WedgeDetector:
    """Fed with every key; gives a scanner's whole text once, at Enter or Tab, or when `pause` is asked after a silence.

    Times are seconds of any clock that never falls (a key event's own time, so that a busy window does not stretch them).
    The window asks `pause` by a timer a little longer than the gap. The lines of an MRZ, each ended by Enter, are one text.
    """

    def __init__(self, gap: float = GAP) -> None:
        self._gap = gap
        self._text = ""
        self._last = float("-inf")

    @property
    def bursting(self) -> bool:
        """Whether what came last is surely a scanner: the window then keeps the keys out of its fields."""
        return len(self._text) >= _LEAST and len(set(self._text)) >= _DISTINCT

    def key(self, char: str, at: float) -> str | None:
        """Take one key's text (Enter as '\\r'); the scanner's text if this key ends it."""
        before = self.pause(at)
        self._last = at
        if not char or char not in _ENDS:  # a shift key has no text
            self._text += char
            return before
        if _MORE_TO_COME.fullmatch(self._text):
            self._text += "\n"
            return before
        return self._take() or before

    def pause(self, at: float) -> str | None:
        """The text of a burst that ended without Enter, once the keys have been silent for the gap."""
        return self._take() if at - self._last > self._gap else None

    def _take(self) -> str | None:
        burst, text, self._text = self.bursting, self._text, ""
        return text.rstrip("\n") if burst else None
