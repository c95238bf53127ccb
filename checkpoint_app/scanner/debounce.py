"""What counts as one reading: a code held still is read once, taken away and shown again it is read anew."""

from collections.abc import Iterable

from checkpoint_app.scanner.code import Code

GAP = 2.0  # seconds unseen after which a code counts as taken away


class Debounce:
    """Remembers when each code in view was last seen; knows no clock of its own."""

    def __init__(self, gap: float = GAP) -> None:
        self._gap = gap
        self._last_seen: dict[bytes, float] = {}

    def fresh(self, codes: Iterable[Code], now: float) -> list[Code]:
        """Those of a frame's `codes` that are new readings, each once; `now` in seconds, never falling."""
        self._last_seen = {raw: seen for raw, seen in self._last_seen.items() if now - seen <= self._gap}
        new = []
        for code in codes:
            if code.raw not in self._last_seen:
                new.append(code)
            self._last_seen[code.raw] = now
        return new
