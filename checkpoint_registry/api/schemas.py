"""The protocol as OpenAPI tells it: schemas of the msgspec values, which the routes decode themselves."""

from collections.abc import Iterable
from typing import Any

import msgspec

from checkpoint_core.enrolment import EnrolmentAnswer, EnrolmentRequest
from checkpoint_registry.api.bodies import Receipts, SentEntries
from checkpoint_registry.releases.stream import Changes


class Health(msgspec.Struct, frozen=True):
    """The answer of GET /v1/health."""

    status: str
    time: str
    version: str


class Token(msgspec.Struct, frozen=True):
    """The answer of POST /v1/token."""

    access_token: str
    token_type: str
    expires_in: int


class Error(msgspec.Struct, frozen=True):
    """Every answer that is not 200: clients switch on `error`."""

    error: str
    detail: str


VALUES = (EnrolmentRequest, EnrolmentAnswer, SentEntries, Receipts, Changes, Health, Token, Error)
_SCHEMAS, COMPONENTS = msgspec.json.schema_components(VALUES, ref_template="#/components/schemas/{name}")
_BY_TYPE = dict(zip(VALUES, _SCHEMAS, strict=True))
_WHY = {
    401: "Not who it says, or not any more: get a token and try once more.",
    403: "Never: the code is wrong, or the laptop has been revoked.",
    409: "Already enrolled under another key.",
    413: "Too large: send a smaller batch.",
    415: "Unknown Content-Encoding.",
    422: "Not what was asked for.",
    429: "Too often: wait as Retry-After says.",
    503: "The database does not answer: wait as Retry-After says.",
}


def json_body(value: type[msgspec.Struct]) -> dict[str, Any]:
    """OpenAPI's description of a request body that the route reads by itself."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": _BY_TYPE[value]}}}}


def answers(value: type[msgspec.Struct], *errors: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's description of a route's answers."""
    fine = {"description": "Fine", "content": {"application/json": {"schema": _BY_TYPE[value]}}}
    error = {"application/json": {"schema": _BY_TYPE[Error]}}
    refusals: dict[int | str, dict[str, Any]] = {
        status: {"description": _WHY[status], "content": error} for status in sorted({*errors, 503})
    }
    return {200: fine, **refusals}


def complete(document: dict[str, Any], components: Iterable[tuple[str, Any]] = COMPONENTS.items()) -> dict[str, Any]:
    """FastAPI's document with the schemas that it does not know of."""
    document.setdefault("components", {}).setdefault("schemas", {}).update(components)
    return document
