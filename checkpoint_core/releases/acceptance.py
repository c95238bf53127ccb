"""Whether a release may replace the one in force: newer, of now, and not suspiciously smaller."""

from datetime import datetime, timedelta

from checkpoint_core.releases.model import Messages, PolicyRelease, Release
from checkpoint_core.screening.policy import Policy
from checkpoint_core.times import instant
from checkpoint_core.trouble import Trouble

_CLOCKS_DIFFER = timedelta(days=1)


def accept_release(old: Release | None, new: Release, policy: Policy, now: datetime) -> None:
    """Return where `new` may come into force after `old` (None: nothing is in force yet), else raise `Trouble`:
    'release-older', 'release-malformed', 'release-future', 'release-empty' or 'release-shrunken', each with `kind`."""
    if old and new.version <= old.version:
        raise Trouble("release-older", kind=new.kind, version=new.version, held=old.version)
    issued = instant(new.issued)
    if issued is None:
        raise Trouble("release-malformed", kind=new.kind, version=new.version)
    if issued > now + _CLOCKS_DIFFER:
        raise Trouble("release-future", kind=new.kind, version=new.version, issued=new.issued)
    if not new.intended and not isinstance(new.content, Messages):
        _hold_size(old, new, policy)


def size(release: Release) -> int:
    """How many items a release holds; of a policy, how many weights."""
    content = release.content
    return len(content.policy.weights) if isinstance(content, PolicyRelease) else len(content.items)


def _hold_size(old: Release | None, new: Release, policy: Policy) -> None:
    if not size(new):
        raise Trouble("release-empty", kind=new.kind, version=new.version)
    held = size(old) if old else 0
    if (held - size(new)) * 100 > held * policy.shrink_percent:
        raise Trouble("release-shrunken", kind=new.kind, version=new.version, items=size(new), held=held)
