"""Codes to sentences for the screen. A code that is not known here (a newer registry, a newer policy) is shown as a code."""

from datetime import datetime

from checkpoint_app.sync.status import SyncStatus
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.wording import ago, moment
from checkpoint_core.identity.model import Finding
from checkpoint_core.screening.model import Params, Provenance, Reason
from checkpoint_core.times import instant, plausible
from checkpoint_core.trouble import Trouble

_CODES = {"symptoms": "symptom", "exposures": "exposure", "fields": "field"}
_TIMES = ("since", "at", "on", "birth_date")
CLOCK_MS = 300_000  # a clock further than this from the registry's is said loudly
CLOCK_TROUBLES = ("clock-off", "clock-wrong")
TROUBLES = ("trouble", "file", "sync", "camera")  # each part says its own


def trouble(look: Look, what: Trouble) -> str:
    """What the world did, and what to do about it."""
    if what.code == "field":
        return coded(look, "trouble", f"field-{what.params.get('field')}-{what.params.get('problem')}", what.params)
    topic = next((one for one in TROUBLES if look.knows(f"{one}.{what.code}")), "trouble")
    return coded(look, topic, what.code, what.params)


def reason(look: Look, what: Reason) -> str:
    """Why the verdict is what it is, in plain words."""
    return coded(look, "reason", what.code, {key: _worded(look, key, value) for key, value in what.evidence.params.items()})


def _worded(look: Look, key: str, value: str | int) -> str | int:
    """One parameter of evidence as it is read: spaced codes by their words, ISO days and times as written here."""
    if isinstance(value, int):
        return value
    if key in _CODES:
        return ", ".join(coded(look, _CODES[key], code, {}) for code in value.split())
    return moment(value) if key in _TIMES and instant(value) else value


def sync(look: Look, status: SyncStatus, now: datetime) -> tuple[str, str]:
    """The journal's state for the top bar: an icon's name, and words with their age."""
    say, connected = look.say, status.connection == "connected"
    parts = [] if connected else [coded(look, "sync", f"connection.{status.connection}", {})]
    parts.append(say("window.waiting", count=status.waiting) if status.waiting else say("sync.waiting.none"))
    if status.quarantined:
        parts.append(say("window.sent-back", count=status.quarantined))
    if status.last_success and not (connected and status.waiting):
        parts.append(say("window.last-contact", age=age(look, status.last_success, now)))
    icon = "attention" if status.quarantined else "offline" if not connected else "waiting" if status.waiting else "sent"
    return icon, " · ".join(parts)


def clock(status: SyncStatus | None, now: datetime) -> Trouble | None:
    """What is wrong with the laptop's clock, by the registry's or by the calendar."""
    offset = abs(status.clock_offset or 0) if status else 0
    if offset > CLOCK_MS:
        return Trouble("clock-off", minutes=round(offset / 60_000))
    return None if plausible(now) else Trouble("clock-wrong", now=moment(now))


def age(look: Look, since: datetime, now: datetime) -> str:
    """How long ago, in words: '5 phút trước'."""
    key, count = ago(since, now)
    return look.say(f"age.{key}", count=count)


def finding(look: Look, what: Finding) -> str:
    """What is odd about a field of a card."""
    return coded(look, "finding", what.code, {"field": field(look, what.field)})


def field(look: Look, name: str) -> str:
    """The name of a field of an identity or a declaration ('birth_date')."""
    return coded(look, "field", name, {})


def provenance(look: Look, what: Provenance) -> str:
    """Where evidence comes from: 'Danh sách vùng dịch, bản 12, 20/11/2026 08:00'."""
    parts = [coded(look, "source", what.source, {})]
    if what.version is not None:
        parts.append(look.say("source.version", version=what.version))
    if what.as_of:
        parts.append(moment(what.as_of))
    return ", ".join(parts)


def coded(look: Look, topic: str, code: str, params: Params) -> str:
    """The sentence '<topic>.<code>'; the topic's general sentence, which shows the code, where there is none that fits."""
    try:
        return look.say(f"{topic}.{code}", **params)
    except KeyError:
        return look.say(f"{topic}.unknown", **{**params, "code": code})
