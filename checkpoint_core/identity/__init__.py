"""Who a code, a line of MRZ or a typed number says somebody is: `read` takes anything and never raises."""

from typing import Any

import msgspec

from checkpoint_core.identity.findings import FINDING_CODES, FindingCode, finding
from checkpoint_core.identity.model import Finding, Identity, Kind, Reading, Severity, Sex
from checkpoint_core.identity.mrz import check_digit
from checkpoint_core.identity.numbers import NumberFacts, age_on, number_facts
from checkpoint_core.identity.phones import phone_number
from checkpoint_core.identity.plates import plate_number
from checkpoint_core.identity.reading import read
from checkpoint_core.identity.registration import registration_places

__all__ = [
    "FINDING_CODES",
    "Finding",
    "FindingCode",
    "Identity",
    "Kind",
    "NumberFacts",
    "Reading",
    "Severity",
    "Sex",
    "age_on",
    "check_digit",
    "finding",
    "inspection",
    "number_facts",
    "phone_number",
    "plate_number",
    "read",
    "registration_places",
]


def inspection(reading: Reading) -> dict[str, Any]:
    """A reading as the command line prints it: every field of the identity, null where unknown."""
    return {
        "kind": reading.kind,
        "identity": msgspec.structs.asdict(reading.identity) if reading.identity else None,
        "findings": [msgspec.structs.asdict(one) for one in reading.findings],
    }
