"""Telephone numbers as people say them, to E.164."""

import phonenumbers

from checkpoint_core.identity.findings import finding
from checkpoint_core.identity.model import Finding


def phone_number(text: str) -> str | Finding:
    """`text` ('0912 345 678', '+84 912…') as E.164, or the finding that it is no number. Vietnamese unless it says '+'."""
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException:
        return finding("phone-invalid", "phone")
    if not phonenumbers.is_valid_number(number):
        return finding("phone-invalid", "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
