"""Who is asking: RFC 7523 client assertions exchanged for short-lived tokens, and tokens checked against the devices."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from jwt.types import Options
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from checkpoint_core.signing import public_key
from checkpoint_registry.devices.tables import Device, UsedAssertion
from checkpoint_registry.refused import Refused
from checkpoint_registry.settings import Settings

AUDIENCE = "checkpoint-registry"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LIFETIME = timedelta(minutes=5)
_LEEWAY = timedelta(seconds=60)
_OPTIONS: Options = {  # the times are checked here, by the registry's own clock
    "require": ["iss", "sub", "aud", "jti", "iat", "exp"],
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="checkpoint-registry"'}


def claimed_device(assertion: str) -> str:
    """Who an assertion says it is from, nothing checked yet; Refused(401)."""
    try:
        subject = jwt.decode(assertion, options={"verify_signature": False}).get("sub")
    except jwt.InvalidTokenError as error:
        raise _unauthorized("bad-assertion", "The client assertion cannot be read.") from error
    if not isinstance(subject, str):
        raise _unauthorized("bad-assertion", "The client assertion has no subject.")
    return subject


def exchange(connection: Connection, assertion: str, settings: Settings) -> str:
    """An access token for the device that signed `assertion`; Refused(401 or 403 'device-revoked')."""
    device = claimed_device(assertion)
    key = device_key(connection, device)
    try:
        claims = jwt.decode(
            assertion, public_key(key), algorithms=["EdDSA"], audience=AUDIENCE, issuer=device, options=_OPTIONS
        )
    except jwt.InvalidTokenError as error:
        raise _unauthorized("bad-assertion", "The client assertion is not this device's, or is incomplete.") from error
    now = settings.clock()
    expires = _timely(claims, now)
    _first_use(connection, device, claims["jti"], expires, now)
    return _token(device, now, settings)


def authenticate(connection: Connection, token: str, settings: Settings) -> str:
    """The device behind an access token; Refused(401, or 403 'device-revoked' from the moment it is revoked)."""
    try:
        claims = jwt.decode(
            token,
            settings.key.public_key(),
            algorithms=["EdDSA"],
            audience=AUDIENCE,
            issuer=AUDIENCE,
            options=_OPTIONS,
        )
    except jwt.InvalidTokenError as error:
        raise _unauthorized("bad-token", "The access token is not ours.") from error
    if _moment(claims["exp"]) <= settings.clock():
        raise _unauthorized("token-expired", "The access token has expired.")
    device_key(connection, claims["sub"])
    return str(claims["sub"])


def device_key(connection: Connection, device: str) -> str:
    """The public key of an enrolled device; Refused(401 'unknown-device', 403 'device-revoked')."""
    row = connection.execute(select(Device.public_key, Device.revoked_at).where(Device.id == _plain(device))).one_or_none()
    if row is None:
        raise _unauthorized("unknown-device", "The registry does not know this device.")
    if row.revoked_at:
        raise Refused(403, "device-revoked", "This laptop has been revoked.")
    return str(row.public_key)


def _timely(claims: dict[str, Any], now: datetime) -> datetime:
    issued, expires = _moment(claims["iat"]), _moment(claims["exp"])
    if issued > now + _LEEWAY or expires < now - _LEEWAY or expires - issued > _LIFETIME:
        raise _unauthorized("assertion-clock", "The client assertion is not of now: see X-Checkpoint-Time.")
    return expires


def _first_use(connection: Connection, device: str, jti: str, expires: datetime, now: datetime) -> None:
    connection.execute(delete(UsedAssertion).where(UsedAssertion.expires_at < now - _LEEWAY))
    row = {"device": device, "jti": _plain(jti)[:200], "expires_at": expires}
    used = insert(UsedAssertion).values(row).on_conflict_do_nothing().returning(UsedAssertion.jti)
    if connection.execute(used).one_or_none() is None:
        raise _unauthorized("assertion-replayed", "This client assertion has been used before.")


def _token(device: str, now: datetime, settings: Settings) -> str:
    expires = now + timedelta(seconds=settings.token_seconds)
    claims = {"iss": AUDIENCE, "aud": AUDIENCE, "sub": device, "iat": now, "exp": expires, "jti": ""}
    return jwt.encode(claims, settings.key, algorithm="EdDSA")


def _moment(claim: object) -> datetime:
    """A numeric date as a time; anything else is as good as never."""
    if not isinstance(claim, int | float) or not 0 <= claim < 2**35:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.fromtimestamp(claim, UTC)


def _plain(text: object) -> str:
    return str(text).replace("\0", "")


def _unauthorized(code: str, detail: str) -> Refused:
    return Refused(401, code, detail, _CHALLENGE)
