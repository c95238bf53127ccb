"""The closed list of what a reading can find odd, and how much each weighs: the screen has a sentence for every code."""

from collections.abc import Callable
from typing import Literal, get_args

from checkpoint_core.identity.model import Finding, Severity

FindingCode = Literal[
    # the text as a whole
    "empty",
    "too-long",
    "encoding",
    "mojibake",
    "mojibake-repaired",
    "control-characters",
    "junk-before",
    "cut-short",
    "too-many-parts",
    "unverified-extras",
    "layout-date-mismatch",
    "mrz-length",
    "check-digit",
    "unrecognised",
    # one field
    "missing",
    "number-length",
    "number-characters",
    "number-masked",
    "number-century",
    "number-sex-mismatch",
    "number-birth-mismatch",
    "number-province-unknown",
    "number-differs",
    "from-number",
    "old-number-odd",
    "old-number-shared",
    "name-characters",
    "name-cut",
    "date-invalid",
    "date-partial",
    "issued-before-birth",
    "century-unknown",
    "sex-invalid",
    "address-untidy",
    "declared-by-other",
    "phone-invalid",
    "plate-odd",
    # what an unknown code probably is
    "looks-like-binary",
    "looks-like-boarding-pass",
    "looks-like-certificate",
    "looks-like-contact",
    "looks-like-data",
    "looks-like-driving-licence",
    "looks-like-event",
    "looks-like-passport-number",
    "looks-like-payment",
    "looks-like-phone",
    "looks-like-plate",
    "looks-like-product",
    "looks-like-url",
    "looks-like-visa",
    "looks-like-wifi",
]
FINDING_CODES: tuple[FindingCode, ...] = get_args(FindingCode)
Note = Callable[[FindingCode, str], None]

_NOTES = {
    "mojibake-repaired", "control-characters", "junk-before", "unverified-extras", "from-number", "old-number-odd",
    "name-cut", "date-partial", "address-untidy", "declared-by-other",
}  # fmt: skip
_ERRORS = {
    "empty", "too-long", "unrecognised", "number-length", "number-characters", "date-invalid", "sex-invalid",
    "century-unknown", "mrz-length", "phone-invalid",
}  # fmt: skip
_MISSING: dict[str, Severity] = {"number": "error", "name": "error", "issued": "note", "expires": "note"}


def finding(code: FindingCode, field: str) -> Finding:
    """The finding with its own weight: what is missing weighs by field, the rest by code."""
    if code == "missing":
        return Finding(code, field, _MISSING.get(field, "warning"))
    if code in _ERRORS or code.startswith("looks-like-"):
        return Finding(code, field, "error")
    return Finding(code, field, "note" if code in _NOTES else "warning")
