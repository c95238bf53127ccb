"""The registry as an ASGI application: routes, one error handler, and what every answer carries."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import Error as DriverError
from psycopg import OperationalError as DriverGone
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from checkpoint_registry import __version__
from checkpoint_registry.api import pages, routes
from checkpoint_registry.api.access import Access
from checkpoint_registry.api.schemas import complete
from checkpoint_registry.refused import Refused
from checkpoint_registry.settings import Clock, Settings, iso

_log = logging.getLogger("checkpoint_registry")
_DESCRIPTION = "Takes the journals of checkpoint laptops in, verifies travellers, publishes releases."


def create_app(engine: Engine, settings: Settings) -> FastAPI:
    """The application over one database; it opens no connection before the first request."""
    app = FastAPI(title="Checkpoint registry", version=__version__, description=_DESCRIPTION, docs_url=None, redoc_url=None)
    app.state.access = Access(engine, settings)
    app.openapi = _documented(app)  # type: ignore[method-assign]
    app.add_middleware(Stamp, clock=settings.clock)
    app.include_router(pages.router)
    app.include_router(routes.router)
    app.add_exception_handler(Exception, _answer_error)  # ours: Starlette logs it with its trace after answering
    # DriverError: from COPY, which goes past SQLAlchemy; its words quote the row, so no trace of it may be logged
    for expected in (Refused, RequestValidationError, HTTPException, DBAPIError, DriverError, PoolTimeout):
        app.add_exception_handler(expected, _answer_error)
    return app


def _documented(app: FastAPI) -> Callable[[], dict[str, Any]]:
    by_fastapi = app.openapi
    return lambda: complete(by_fastapi())


class Stamp:
    """Says on every answer that it is the registry's, and what time it is there."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                marks = {b"x-checkpoint-registry": b"1", b"x-checkpoint-time": iso(self._clock()).encode()}
                kept = [(name, value) for name, value in message["headers"] if name not in marks]
                message = {**message, "headers": [*kept, *marks.items()]}
            await send(message)

        await self._app(scope, receive, stamped)


def _answer_error(request: Request, error: Exception) -> JSONResponse:
    refused = _refused(error)
    if refused.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s %s: %s", request.method, request.url.path, refused.code)
    clock = request.app.state.access.settings.clock  # an unexpected error is answered outside of Stamp
    marks = {"X-Checkpoint-Registry": "1", "X-Checkpoint-Time": iso(clock())}
    return JSONResponse({"error": refused.code, "detail": refused.detail}, refused.status, refused.headers | marks)


def _refused(error: Exception) -> Refused:
    match error:
        case Refused():
            return error
        case RequestValidationError():
            where = "; ".join(sorted({".".join(map(str, e["loc"])) for e in error.errors()}))
            return Refused(422, "malformed", f"Missing or wrong: {where}.")
        case HTTPException(status_code=status):
            return Refused(status, HTTPStatus(status).phrase.lower().replace(" ", "-"), str(error.detail), error.headers)
        case OperationalError() | DriverGone() | PoolTimeout():
            return Refused(503, "database-unavailable", "The registry's database does not answer.", {"Retry-After": "5"})
    return Refused(500, "internal", "The registry failed; this is its fault.")
