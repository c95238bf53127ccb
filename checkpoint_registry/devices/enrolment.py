"""Letting a laptop in, once, by a short code whose secret half never travels."""

import secrets
import uuid
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from checkpoint_core.enrolment import ALPHABET, Code, EnrolmentAnswer, EnrolmentRequest, answer_proof, proves, request_proof
from checkpoint_core.signing import SigningError, public_key
from checkpoint_registry.devices.tables import Device, EnrolmentCode
from checkpoint_registry.refused import Refused
from checkpoint_registry.settings import Settings


def issue_code(connection: Connection, checkpoint: str, lifetime: timedelta, now: datetime) -> Code:
    """A new code for one laptop of `checkpoint` ('' for a free one); codes that have expired are forgotten."""
    connection.execute(delete(EnrolmentCode).where(EnrolmentCode.expires_at < now))
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(16))
        code = Code(drawn[:4], drawn[4:])
        row = {"name": code.name, "secret": code.secret, "checkpoint": checkpoint, "expires_at": now + lifetime}
        made = upsert(EnrolmentCode).values(**row).on_conflict_do_nothing().returning(EnrolmentCode.name)
        if connection.execute(made).one_or_none():
            return code


def enrol(connection: Connection, request: EnrolmentRequest, settings: Settings) -> EnrolmentAnswer | None:
    """The answer for a laptop that proves its code; None where it does not, so that the guess is counted and kept.
    Refused(403 'device-revoked', 409 'already-enrolled', 422 'malformed')."""
    _well_formed(request)
    now = settings.clock()
    query = select(
        EnrolmentCode.secret,
        EnrolmentCode.checkpoint,
        EnrolmentCode.expires_at,
        EnrolmentCode.used_by,
        EnrolmentCode.guesses,
    )
    code = connection.execute(query.where(EnrolmentCode.name == request.code).with_for_update()).one_or_none()
    if code is None or code.expires_at <= now or code.guesses >= settings.guesses_per_code:
        return None
    if not proves(request.proof, request_proof(code.secret, request)):
        guessed = update(EnrolmentCode).where(EnrolmentCode.name == request.code)
        connection.execute(guessed.values(guesses=EnrolmentCode.guesses + 1))
        return None
    if code.used_by not in (None, request.device):
        return None
    _admit(connection, request, code.checkpoint, now)
    connection.execute(update(EnrolmentCode).where(EnrolmentCode.name == request.code).values(used_by=request.device))
    answer = EnrolmentAnswer(request.device, settings.public_key, settings.authority, code.checkpoint)
    return msgspec.structs.replace(answer, proof=answer_proof(code.secret, answer, request.public_key))


def refuse() -> Refused:
    """What a laptop hears whose code does not open: the same for every cause."""
    return Refused(403, "bad-code", "The enrolment code is unknown, used, expired, or was not proved.")


def _well_formed(request: EnrolmentRequest) -> None:
    try:
        public_key(request.public_key)
        known = str(uuid.UUID(request.device)) == request.device
    except (SigningError, ValueError) as error:
        raise Refused(422, "malformed", "A public key is base64 of 32 bytes, a device a UUID.") from error
    if not known or not request.name.isprintable() or len(request.name) > 200 or not request.code.isalnum():
        raise Refused(422, "malformed", "A device is a lower-case UUID, a name up to 200 printable characters.")


def _admit(connection: Connection, request: EnrolmentRequest, checkpoint: str, now: datetime) -> None:
    row = {"id": request.device, "name": request.name, "checkpoint": checkpoint, "public_key": request.public_key}
    made = upsert(Device).values(**row, enrolled_at=now).on_conflict_do_nothing().returning(Device.id)
    if connection.execute(made).one_or_none():
        return
    query = select(Device.public_key, Device.revoked_at).where(Device.id == request.device).with_for_update()
    held = connection.execute(query).one()
    if held.revoked_at:
        raise Refused(403, "device-revoked", "This laptop has been revoked.")
    if held.public_key != request.public_key:
        raise Refused(409, "already-enrolled", "This device is enrolled under another key.")
    connection.execute(update(Device).where(Device.id == request.device).values(name=request.name, checkpoint=checkpoint))
