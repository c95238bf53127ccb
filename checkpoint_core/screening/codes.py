"""The closed list of what screening can find, in the order in which an officer should hear of it."""

from typing import Literal, get_args

EvidenceCode = Literal[
    # people who are sought
    "watch-case",
    "watch-quarantine",
    "watch-contact-1",
    "watch-contact-2",
    "watch-name-differs",
    # places
    "zone-3-residence",
    "zone-3-origin",
    "zone-3-stop",
    "zone-residence",
    "zone-origin",
    "zone-stop",
    "residence-split",
    "zone-possible",
    # health, as declared
    "test-positive",
    "symptoms",
    "exposure",
    # who this is
    "identity-missing",
    "register-no-such-number",
    "register-differs",
    "two-faces",
    "identity-warning",
    "age-impossible",
    "issue-impossible",
    "number-masked",
    "duplicate",
    # what is not known
    "residence-unknown",
    "origin-unknown",
    "stop-unknown",
    "zones-missing",
    "watch-list-missing",
    "zones-stale",
    "watch-list-stale",
    "zones-unplaced",
    "clock-doubtful",
    # worth knowing
    "watch-other-person",
    "zone-destination",
    "residence-unclear",
    "zones-ageing",
    "watch-list-ageing",
    "test-expired",
    "test-undated",
    "test-valid",
    "doses-claimed",
    "dose-recent",
    "recovered-claimed",
    "recovered-long-ago",
    "repeat",
    "register-matches",
    "register-unchecked",
]
EVIDENCE_CODES: tuple[EvidenceCode, ...] = get_args(EvidenceCode)
