"""The five requests of the protocol: see docs/sync.md."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, Response
from sqlalchemy import text

from checkpoint_core.enrolment import EnrolmentAnswer, EnrolmentRequest
from checkpoint_registry import __version__
from checkpoint_registry.api.access import Device, Registry, caller
from checkpoint_registry.api.bodies import Body, Receipts, SentEntries, answer, decode
from checkpoint_registry.api.schemas import Health, Token, answers, json_body
from checkpoint_registry.devices.enrolment import enrol, refuse
from checkpoint_registry.devices.tokens import claimed_device, device_key, exchange
from checkpoint_registry.intake.receiving import Batch, receive
from checkpoint_registry.refused import Refused
from checkpoint_registry.releases.stream import Changes, changes
from checkpoint_registry.settings import iso

router = APIRouter(prefix="/v1")


@router.get("/health", responses=answers(Health), response_model=None, tags=["registry"])
def health(request: Request, access: Registry) -> Response:
    """Whether the registry and its database answer."""
    with access.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    return answer(Health("ok", iso(access.settings.clock()), __version__), request)


@router.post(
    "/enrolments",
    responses=answers(EnrolmentAnswer, 403, 409, 413, 415, 422, 429),
    response_model=None,
    openapi_extra=json_body(EnrolmentRequest),
    tags=["devices"],
)
def enrolments(request: Request, access: Registry, body: Body) -> Response:
    """Let a laptop in by a short code that it proves to know. The same request again gets the same answer."""
    access.enrolments.take(caller(request))
    asked = decode(body, EnrolmentRequest)
    with access.engine.begin() as connection:
        enrolled = enrol(connection, asked, access.settings)
    if enrolled is None:
        raise refuse()
    return answer(enrolled, request)


@router.post("/token", responses=answers(Token, 401, 403, 422, 429), response_model=None, tags=["devices"])
def token(
    request: Request,
    access: Registry,
    grant_type: Annotated[Literal["client_credentials"], Form()],
    client_assertion_type: Annotated[Literal["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"], Form()],
    client_assertion: Annotated[str, Form(max_length=4000)],
) -> Response:
    """Exchange an assertion signed by the device's key (RFC 7523) for a short-lived access token."""
    access.tokens.take(f"{caller(request)} {claimed_device(client_assertion)}")
    with access.engine.begin() as connection:
        access_token = exchange(connection, client_assertion, access.settings)
    return answer(Token(access_token, "Bearer", access.settings.token_seconds), request)


@router.post(
    "/entries",
    responses=answers(Receipts, 401, 403, 413, 415, 422),
    response_model=None,
    openapi_extra=json_body(SentEntries),
    tags=["journal"],
)
def entries(request: Request, access: Registry, device: Device, body: Body) -> Response:
    """Take journal entries in; a signed receipt for each, in the same order. Sending one again gets the same receipt."""
    sent = decode(body, SentEntries).entries
    if len(sent) > access.settings.batch_entries:
        raise Refused(413, "too-large", f"More than {access.settings.batch_entries} entries; send a smaller batch.")
    with access.engine.begin() as connection:
        batch = Batch(device, device_key(connection, device), access.settings.key, access.settings.clock())
        receipts = receive(connection, batch, sent)
    return answer(Receipts(receipts), request)


@router.get("/changes", responses=answers(Changes, 401, 403, 422), response_model=None, tags=["journal"])
def changes_after(
    request: Request,
    access: Registry,
    device: Device,
    after: Annotated[int, Query(ge=0, lt=2**63)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> Response:
    """Releases for everybody and notices for this laptop, after a cursor. With `more`, ask again at once."""
    with access.engine.connect() as connection:
        page = changes(connection, device, after, min(limit, access.settings.page))
    return answer(page, request)
