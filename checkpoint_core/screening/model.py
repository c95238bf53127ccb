"""The words of a verdict: declaration, evidence, reason, verdict. Values only; the rules are beside this file."""

from typing import Literal

import msgspec

Strength = Literal["contradicted", "unknown", "claimed", "consistent", "verified"]
State = Literal["clear", "attention", "stop"]
Weight = Literal["inform", "attention", "stop"]
Params = dict[str, str | int]


class Provenance(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where evidence comes from: 'card', 'declaration', 'journal', 'registry' or a release kind, with version and age."""

    source: str
    version: int | None = None
    as_of: str | None = None  # ISO time of the release, entry or answer


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """One finding about a traveller: `code` is a stable word such as 'zone-residence' or 'number-sex-mismatch'."""

    code: str
    strength: Strength
    provenance: Provenance
    params: Params = {}


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why the verdict is what it is: an evidence code, what the policy makes of it, and the evidence itself."""

    code: str
    weight: Weight
    evidence: Evidence


class Verdict(msgspec.Struct, frozen=True):
    """The sum: worst reason first. `policy_version` names the policy that judged (0 is the built-in one)."""

    state: State
    reasons: tuple[Reason, ...]
    policy_version: int


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place as declared: the text, and the unit it was resolved or picked to (current commune or province code)."""

    text: str
    unit: str | None = None


class Declaration(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a traveller declares. `symptoms` and `exposures` hold codes; empty means asked and none declared.

    Symptoms: fever cough breathless sore-throat nausea diarrhoea fatigue. Exposures (14 days): contact-case,
    been-in-zone, animal-market. `test` result with ISO day; `doses` as claimed. Times are ISO 8601 UTC.
    """

    origin: Place | None = None
    destinations: tuple[Place, ...] = ()
    stops: tuple[Place, ...] = ()
    purpose: str | None = None  # work, home, medical, goods, official, study, other
    phone: str | None = None  # E.164
    symptoms: tuple[str, ...] = ()
    exposures: tuple[str, ...] = ()
    test: Literal["negative", "positive"] | None = None
    test_on: str | None = None
    doses: int | None = None
    last_dose_on: str | None = None
    recovered_on: str | None = None
