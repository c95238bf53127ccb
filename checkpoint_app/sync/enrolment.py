"""Making this laptop known to a registry, once: a short code proves each side to the other; what it is told is pinned."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from checkpoint_app.store.values import Enrolment
from checkpoint_app.sync.journal import SyncStore
from checkpoint_core.enrolment import (
    Code,
    EnrolmentAnswer,
    EnrolmentRequest,
    answer_proof,
    proves,
    read_code,
    read_qr,
    request_proof,
)
from checkpoint_core.signing import SigningError, public_key, public_text
from checkpoint_core.trouble import Trouble


def enrol(store: SyncStore, url: str, code: str, name: str, clock: Callable[[], datetime]) -> Enrolment:
    """Enrol under `name` at `url` with a typed `code`, and keep the result; wake the runner afterwards.

    Raises Trouble: enrolled-before, bad-code, already-enrolled, not-the-registry, and whatever the transport may meet.
    """
    from checkpoint_app.sync.transport import Transport, checked  # once in a laptop's life

    address, typed = checked(url), read_code(code)
    request = _request(store, typed, name)
    transport = Transport(address, None, clock)
    try:
        answer = transport.ask("/v1/enrolments", EnrolmentAnswer, body=msgspec.json.encode(request))
    finally:
        transport.close()
    _believe(answer, request, typed.secret)
    kept = store.enrolment()
    if kept is not None and kept.registry_key != answer.registry_key:
        raise Trouble("enrolled-before")  # receipts and lists here are that other registry's: a key pinned is not exchanged
    enrolment = Enrolment(address, answer.registry_key, answer.authority, answer.checkpoint)
    store.keep_enrolment(enrolment)
    return enrolment


def enrol_by_qr(store: SyncStore, text: str, name: str, clock: Callable[[], datetime]) -> Enrolment:
    """The same with the text of the registry's QR code, which says address and code."""
    url, code = read_qr(text)
    return enrol(store, url, str(code), name, clock)


def _request(store: SyncStore, code: Code, name: str) -> EnrolmentRequest:
    key = public_text(store.device_key().public_key())
    request = EnrolmentRequest(code.name, store.device, key, name)
    return msgspec.structs.replace(request, proof=request_proof(code.secret, request))


def _believe(answer: EnrolmentAnswer, request: EnrolmentRequest, secret: str) -> None:
    """Trouble 'not-the-registry' unless whoever answered knows the secret, and answered this very request."""
    expected = answer_proof(secret, answer, request.public_key)
    if not proves(answer.proof, expected) or answer.device != request.device:
        raise Trouble("not-the-registry")
    try:
        public_key(answer.registry_key)
    except SigningError as error:
        raise Trouble("bad-answer") from error
