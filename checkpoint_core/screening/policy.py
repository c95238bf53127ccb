"""The policy: which evidence asks for attention or a stop, and the limits behind it. Data, so a release can change it."""

import msgspec

from checkpoint_core.screening.model import Weight


class Policy(msgspec.Struct, frozen=True):
    """`weights` maps evidence codes to what they ask for. A code that is not listed keeps its weight of `BUILT_IN`: a policy
    must say 'inform' to make it green, not merely forget it."""

    weights: dict[str, Weight]
    residence_confidence: int = 70  # percent below which an address is 'residence-unknown'
    zone_days: int = 14  # how long after a zone ends, or a stop in it, it still counts
    test_hours: int = 72
    dose_days: int = 14  # days after the last dose before it counts
    recovered_days: int = 180
    repeat_hours: int = 72  # a declaration is reused this long
    duplicate_minutes: int = 10  # the same number again within this is a duplicate
    ageing_hours: dict[str, int] = msgspec.field(default_factory=lambda: {"zones": 24, "watch-list": 24})
    stale_hours: dict[str, int] = msgspec.field(default_factory=lambda: {"zones": 72, "watch-list": 72})
    shrink_percent: int = 50  # a release that loses more than this of its items is refused unless intended

    def weight(self, code: str) -> Weight:
        """What evidence of this code asks for."""
        return self.weights.get(code) or BUILT_IN.weights.get(code, "inform")


BUILT_IN = Policy(
    weights={
        "watch-case": "stop",
        "watch-contact-1": "stop",
        "watch-contact-2": "attention",
        "watch-quarantine": "stop",
        "watch-name-differs": "attention",
        "zone-residence": "attention",
        "zone-origin": "attention",
        "zone-stop": "attention",
        "zone-3-residence": "stop",
        "zone-3-origin": "stop",
        "zone-3-stop": "attention",
        "zone-possible": "attention",
        "residence-unknown": "attention",
        "residence-split": "attention",
        "origin-unknown": "attention",
        "stop-unknown": "attention",
        "zones-missing": "attention",
        "zones-stale": "attention",
        "watch-list-missing": "attention",
        "watch-list-stale": "attention",
        "clock-doubtful": "attention",
        "identity-missing": "attention",
        "identity-warning": "attention",
        "number-masked": "attention",
        "age-impossible": "attention",
        "issue-impossible": "attention",
        "zones-unplaced": "attention",
        "symptoms": "attention",
        "exposure": "attention",
        "test-positive": "stop",
        "register-differs": "attention",
        "register-no-such-number": "attention",
        "duplicate": "attention",
        "two-faces": "attention",
    }
)
