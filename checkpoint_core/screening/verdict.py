"""Evidence under a policy to a verdict: the worst weight decides, and every piece of evidence is a reason."""

from collections.abc import Iterable

from checkpoint_core.screening.codes import EVIDENCE_CODES
from checkpoint_core.screening.model import Evidence, Reason, State, Verdict, Weight
from checkpoint_core.screening.policy import Policy

_WORST_FIRST: tuple[Weight, ...] = ("stop", "attention", "inform")
_STATES: dict[Weight, State] = {"stop": "stop", "attention": "attention", "inform": "clear"}
_PLACE: dict[str, int] = {code: place for place, code in enumerate(EVIDENCE_CODES)}


def screen(evidence: Iterable[Evidence], policy: Policy, policy_version: int = 0) -> Verdict:
    """The verdict that `policy` comes to. Reasons stand worst first and, among equals, in the order of `EVIDENCE_CODES`; the
    same evidence in any order gives the same verdict."""
    reasons = sorted((Reason(one.code, policy.weight(one.code), one) for one in evidence), key=_order)
    worst = reasons[0].weight if reasons else "inform"
    return Verdict(_STATES[worst], tuple(reasons), policy_version)


def _order(reason: Reason) -> tuple[int, int, str, str]:
    return (
        _WORST_FIRST.index(reason.weight),
        _PLACE.get(reason.code, len(_PLACE)),
        reason.code,
        str(sorted(reason.evidence.params.items())),
    )
