"""What to do next, and when: batch sizes, back-off, and what each answer of the network means. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from checkpoint_core.trouble import Trouble

# back-off: try again later; halve: try less at once; renew: get a new token; stop: only a person can help.
Step = Literal["back-off", "halve", "renew", "stop"]

FIRST_BATCH, LARGEST_BATCH = 50, 500
BATCH_BYTES = 1_000_000  # before compression
_FIRST_DELAY, _LONGEST_DELAY = 2.0, 300.0
_STOPPED_DELAY = 300.0  # a refused laptop asks again now and then: it may have been let in meanwhile
_LONGEST_WAIT = 3600  # no Retry-After silences a checkpoint for longer
_UNSTATED_WAIT = 30
_TOO_MUCH = (409, 413, 422)
_STEPS: dict[str, Step] = {"not-known": "renew", "device-revoked": "stop", "plain-http": "stop", "bad-address": "stop"}


@dataclass(frozen=True)
class Outcome:
    """How one push or pull ended: how many entries got a receipt or releases and notices came, whether there is more to do
    at once, what went wrong, and whether the registry answered (an idle push asks nothing)."""

    moved: int = 0
    more: bool = False
    trouble: Trouble | None = None
    answered: bool = False


def refusal(status: int, error: str, retry_after: str | None, now: datetime) -> Trouble | None:
    """What the registry's own answer means: None for 200. `error` is its code, `retry_after` the header as it came."""
    if status == 200:
        return None
    if status in (429, 503):
        return Trouble("busy", seconds=wait_seconds(retry_after, now))
    if status == 401:
        return Trouble("clock" if error == "assertion-clock" else "not-known")
    if error in ("device-revoked", "bad-code", "already-enrolled"):
        return Trouble(error)
    return Trouble("server-error" if status >= 500 else "refused", status=status)


def next_step(trouble: Trouble) -> Step:
    """What to do about `trouble`."""
    if trouble.code == "refused" and trouble.params.get("status") in _TOO_MUCH:
        return "halve"
    return _STEPS.get(trouble.code, "back-off")


def wait_seconds(retry_after: str | None, now: datetime) -> int:
    """`Retry-After` in seconds, from either of its forms; half a minute when it says nothing readable."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):  # what the parser raises depends on how far it gets
        return _UNSTATED_WAIT
    ahead = (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds()
    return max(0, min(int(ahead), _LONGEST_WAIT))


def grow(size: int) -> int:
    """The batch size after a success."""
    return min(size * 2, LARGEST_BATCH)


def halve(size: int) -> int:
    """The batch size after a failure."""
    return max(size // 2, 1)


def fitting(sizes: list[int], limit: int = BATCH_BYTES) -> int:
    """How many of the first entries, of these many bytes each, go into one body; at least one, if there is one."""
    total = 0
    for count, size in enumerate(sizes):
        total += size + 1
        if total > limit:
            return max(count, 1)
    return len(sizes)


def back_off(failures: int, jitter: float) -> float:
    """Seconds to wait after the `failures`th failure in a row: full jitter, `jitter` uniform in 0..1."""
    return jitter * min(_LONGEST_DELAY, _FIRST_DELAY * 2.0 ** min(failures - 1, 30))


def pause(outcome: Outcome, failures: int, jitter: float, idle: float) -> float:
    """Seconds until the next cycle; `idle` is the usual interval, spread so that laptops do not march in step."""
    if outcome.more:
        return 0.0
    if outcome.trouble is None:
        return idle * (0.8 + 0.4 * jitter)
    if outcome.trouble.code == "busy":  # never before Retry-After, and not all at the same instant
        return no_sooner(outcome) + back_off(failures, jitter)
    return _STOPPED_DELAY if next_step(outcome.trouble) == "stop" else back_off(failures, jitter)


def no_sooner(outcome: Outcome) -> float:
    """Seconds that nothing may cut short: the registry's Retry-After."""
    return float(outcome.trouble.params["seconds"]) if outcome.trouble and outcome.trouble.code == "busy" else 0.0
