"""Codes to sentences for the screen. A code that is not known here (a newer registry, a newer policy) is shown as a code."""

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.wording import moment
from checkpoint_core.identity.model import Finding
from checkpoint_core.screening.model import Params, Provenance, Reason
from checkpoint_core.times import instant
from checkpoint_core.trouble import Trouble

_CODES = {"symptoms": "symptom", "exposures": "exposure", "fields": "field"}
_TIMES = ("since", "at", "on", "birth_date")
_TROUBLES = ("trouble", "file", "sync", "camera")  # each part says its own


def trouble(look: Look, what: Trouble) -> str:
    """What the world did, and what to do about it."""
    if what.code == "field":
        return coded(look, "trouble", f"field-{what.params.get('field')}-{what.params.get('problem')}", what.params)
    topic = next((one for one in _TROUBLES if look.knows(f"{one}.{what.code}")), "trouble")
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
