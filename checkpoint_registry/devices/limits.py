"""How often one asker may ask: a token bucket each, in memory."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from checkpoint_registry.refused import Refused

_KEPT = 10_000  # askers remembered; the ones unheard of for longest are forgotten first


class RateLimit:
    """`per_minute` requests for each key, in bursts up to as many. Safe to share between threads."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60
        self._size = float(per_minute)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key -> (left, when)
        self._lock = threading.Lock()

    def take(self, key: str) -> None:
        """Count one request of `key`; Refused(429) with Retry-After when there were too many."""
        with self._lock:
            left = self._left(key)
            self._buckets[key] = (max(left - 1, 0.0) if left >= 1 else left, self._clock())
            self._buckets.move_to_end(key)
            if len(self._buckets) > _KEPT:
                self._buckets.popitem(last=False)
        if left < 1:
            wait = math.ceil((1 - left) / self._rate)
            raise Refused(429, "too-many-requests", f"Try again in {wait} s.", {"Retry-After": str(wait)})

    def _left(self, key: str) -> float:
        left, when = self._buckets.get(key, (self._size, self._clock()))
        return min(self._size, left + (self._clock() - when) * self._rate)
