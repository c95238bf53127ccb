"""What a code that names nobody probably is, so that the screen can say 'this is a boarding pass' and not just 'unknown'."""

import re
import unicodedata

from checkpoint_core.identity.findings import FindingCode
from checkpoint_core.identity.phones import phone_number
from checkpoint_core.identity.plates import plate_number

_FORMS: tuple[tuple[FindingCode, re.Pattern[str]], ...] = (
    ("looks-like-certificate", re.compile(r"(?:HC1:|NZCP:/|LT1:|shc:/)", re.I)),
    ("looks-like-contact", re.compile(r"(?:BEGIN:VCARD|MECARD:|BIZCARD:|mailto:|tel:|sms(?:to)?:)", re.I)),
    ("looks-like-event", re.compile(r"BEGIN:(?:VEVENT|VCALENDAR)", re.I)),
    ("looks-like-wifi", re.compile(r"WIFI:", re.I)),
    ("looks-like-payment", re.compile(r"000201")),
    ("looks-like-driving-licence", re.compile(r"@\s*(?:\x1e\s*)?(?:ANSI |AAMVA)")),
    ("looks-like-boarding-pass", re.compile(r"M[1-9][A-Z /.'\-]{2,20}.{0,12}[A-Z]{6}")),
    ("looks-like-visa", re.compile(r"V[A-Z<][A-Z<]{3}[A-Z<]{10,}")),
    ("looks-like-url", re.compile(r"[a-z][a-z0-9+.\-]*://|www\.|(?:[a-z0-9\-]+\.)+(?:vn|com|net|org|me)(?:[/?#:]|$)", re.I)),
    ("looks-like-data", re.compile(r"(?:[{\[<]|eyJ[A-Za-z0-9_\-]+\.)")),
    ("looks-like-passport-number", re.compile(r"[A-Z][0-9]{7,8}$")),
)  # fmt: skip


def likeness(text: str) -> FindingCode:
    """What `text` looks like; 'unrecognised' where nothing is known that looks so."""
    for code, form in _FORMS:
        if form.match(text):
            return code
    if _is_binary(text):
        return "looks-like-binary"
    digits = re.sub(r"[ .\-]", "", text)
    if re.fullmatch(r"\+?[0-9]{10,12}", digits) and isinstance(phone_number(digits), str):
        return "looks-like-phone"
    if re.fullmatch(r"[0-9]{8}|[0-9]{13}", digits) and _is_product(digits):
        return "looks-like-product"
    if len(text) < 16 and re.search(r"[0-9]{3}", text) and plate_number(text)[1] is None:
        return "looks-like-plate"
    return "unrecognised"


def _is_product(digits: str) -> bool:
    """The check digit of EAN-8 and EAN-13."""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return weighted % 10 == 0


def _is_binary(text: str) -> bool:
    odd = sum(character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cn", "Co") for character in text)
    return odd > len(text) // 10
