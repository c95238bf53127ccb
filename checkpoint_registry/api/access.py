"""What a request needs: the database, the settings, the limits, and who is asking."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Engine

from checkpoint_registry.devices.limits import RateLimit
from checkpoint_registry.devices.tokens import authenticate
from checkpoint_registry.refused import Refused
from checkpoint_registry.settings import Settings

_bearer = HTTPBearer(auto_error=False, description="The access token of POST /v1/token.")


class Access:
    """One registry's parts, shared by all its requests."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.settings = settings
        self.tokens = RateLimit(settings.tokens_per_minute)
        self.enrolments = RateLimit(settings.enrolments_per_minute)


def _access(request: Request) -> Access:
    access = request.app.state.access
    assert isinstance(access, Access)
    return access


Registry = Annotated[Access, Depends(_access)]


def _device(access: Registry, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    if credentials is None:
        raise Refused(401, "token-missing", "Say who you are: Authorization: Bearer.", {"WWW-Authenticate": "Bearer"})
    with access.engine.connect() as connection:
        return authenticate(connection, credentials.credentials, access.settings)


Device = Annotated[str, Depends(_device)]


def caller(request: Request) -> str:
    """The network address that asks: what enrolments are limited by."""
    return request.client.host if request.client else "unknown"
