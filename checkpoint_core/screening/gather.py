"""Everything that is known of one traveller, as evidence: pure, and without the network or a disk."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from checkpoint_core.geography import Resolution
from checkpoint_core.identity.model import Finding, Identity
from checkpoint_core.screening.claims import claims_evidence
from checkpoint_core.screening.model import Declaration, Evidence, Provenance
from checkpoint_core.screening.people import History, history_evidence, identity_evidence, sought_evidence
from checkpoint_core.screening.places import VIETNAM, Places
from checkpoint_core.screening.reference import InForce, ReferenceData, freshness, issued_at

_CLOCKS_DIFFER = timedelta(days=1)


def gather(
    identity: Identity | None,
    findings: tuple[Finding, ...],
    residence: Resolution,
    declaration: Declaration,
    reference: ReferenceData,
    history: History,
    now: datetime,
) -> tuple[Evidence, ...]:
    """The evidence about one traveller: who the code names (None: it names nobody), what is odd about it, where the address
    resolved to, what was declared, and what the lists and earlier crossings of the same number say. `now` is aware."""
    found = (
        *sought_evidence(identity, reference),
        *Places(reference, now).evidence(residence, declaration),
        *claims_evidence(declaration, reference.policy, now),
        *identity_evidence(identity, findings, now.astimezone(VIETNAM).date()),
        *history_evidence(identity, history, reference.policy, now),
        *_lists(reference, now),
    )
    return tuple(one for place, one in enumerate(found) if one not in found[:place])


def _lists(reference: ReferenceData, now: datetime) -> Iterator[Evidence]:
    """How far the lists themselves are to be relied on."""
    yield from _list("zones", reference.zones, reference, now)
    yield from _list("watch-list", reference.watch_list, reference, now)
    if reference.zones and reference.unplaced:
        source = Provenance("zones", reference.zones.version, reference.zones.issued)
        yield Evidence("zones-unplaced", "unknown", source, {"zones": "; ".join(reference.unplaced)})


def _list(kind: str, held: InForce | None, reference: ReferenceData, now: datetime) -> Iterator[Evidence]:
    if held is None:
        yield Evidence(f"{kind}-missing", "unknown", Provenance(kind))
        return
    source = Provenance(kind, held.version, held.issued)
    issued = issued_at(held)
    if issued > now + _CLOCKS_DIFFER:
        yield Evidence("clock-doubtful", "unknown", source, {"at": held.issued})
    state = freshness(kind, issued, reference.policy, now)
    if state != "fresh":
        hours = int((now - issued).total_seconds() // 3600)
        yield Evidence(f"{kind}-{state}", "unknown", source, {"hours": hours})
