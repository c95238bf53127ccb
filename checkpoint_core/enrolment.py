"""Enrolment as it travels: the short code, and the proofs by which laptop and registry know each other from it.

The code names itself with 4 characters and hides 12; the secret never travels, only HMACs made with it.
"""

import hashlib
import hmac
import re

import msgspec

from checkpoint_core.signing import canonical
from checkpoint_core.trouble import Trouble

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: no I, L, O, U
SCHEME = "CPENROL:"
_NAME, _SECRET = 4, 12
_LOOKALIKES = str.maketrans("OIL", "011")


class Code(msgspec.Struct, frozen=True):
    """An enrolment code taken apart: what is sent, and what is proved."""

    name: str
    secret: str

    def __str__(self) -> str:
        whole = self.name + self.secret
        return "-".join(whole[at : at + 4] for at in range(0, len(whole), 4))


class EnrolmentRequest(msgspec.Struct, frozen=True):
    """`code` is the code's name, `device` the laptop's own UUID, `public_key` its key as `signing.public_text`."""

    code: str
    device: str
    public_key: str
    name: str
    proof: str = ""


class EnrolmentAnswer(msgspec.Struct, frozen=True):
    """`registry_key` as `signing.public_text`; `authority` a PEM bundle, empty where the registry speaks plain HTTP
    on loopback; `checkpoint` the id of the post the laptop is meant for, empty when it is free."""

    device: str
    registry_key: str
    authority: str
    checkpoint: str
    proof: str = ""


def read_code(text: str) -> Code:
    """The code in what a person typed: case, spaces, dashes and look-alikes do not matter; Trouble('bad-code')."""
    plain = re.sub(r"[\s\-‐-―.]", "", text).upper().translate(_LOOKALIKES)
    if len(plain) != _NAME + _SECRET or not set(plain) <= set(ALPHABET):
        raise Trouble("bad-code")
    return Code(plain[:_NAME], plain[_NAME:])


def qr_text(url: str, code: Code) -> str:
    """What the registry's QR code says: address and code in one."""
    return f"{SCHEME}{url}|{code}"


def read_qr(text: str) -> tuple[str, Code]:
    """The address and code of an enrolment QR; Trouble('bad-code') for any other text."""
    url, bar, code = text.strip().removeprefix(SCHEME).partition("|")
    if not text.strip().startswith(SCHEME) or not bar or not url:
        raise Trouble("bad-code")
    return url, read_code(code)


def request_proof(secret: str, request: EnrolmentRequest) -> str:
    """What shows that the laptop knows the secret: HMAC-SHA256 in hex over everything it asks with."""
    return _proof(secret, ["enrol", request.code, request.device, request.public_key, request.name])


def answer_proof(secret: str, answer: EnrolmentAnswer, public_key: str) -> str:
    """What shows that the registry knows it too, over everything the laptop will pin."""
    pinned = [answer.device, answer.registry_key, answer.authority, answer.checkpoint, public_key]
    return _proof(secret, ["enrolled", *pinned])


def proves(proof: str, expected: str) -> bool:
    """Whether two proofs are the same, in constant time."""
    return hmac.compare_digest(proof.encode(), expected.encode())


def _proof(secret: str, parts: list[str]) -> str:
    return hmac.new(secret.encode(), canonical(parts).encode(), hashlib.sha256).hexdigest()
