"""Bodies as they come and go: bounded, decompressed, decoded by msgspec; answers encoded by msgspec."""

import gzip
import zlib
from io import BytesIO
from typing import Annotated, TypeVar

import msgspec
import zstandard
from fastapi import Depends, Request, Response

from checkpoint_core.signing import Signed
from checkpoint_registry.api.access import Registry
from checkpoint_registry.refused import Refused

T = TypeVar("T")
_ZSTD_WORTHWHILE = 1000  # bytes


class SentEntries(msgspec.Struct, frozen=True):
    """The body of POST /v1/entries."""

    entries: list[Signed]


class Receipts(msgspec.Struct, frozen=True):
    """The answer of POST /v1/entries, in the order of the entries."""

    receipts: list[Signed]


async def _whole_body(request: Request, access: Registry) -> bytes:
    """The body, decompressed; Refused(413, 415, 422) for one that is too large, strangely packed, or broken."""
    limit = access.settings.body_bytes
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        chunks.append(chunk)
    return unpack(b"".join(chunks), request.headers.get("content-encoding", "identity"), access.settings.batch_bytes)


Body = Annotated[bytes, Depends(_whole_body)]


def unpack(body: bytes, encoding: str, limit: int) -> bytes:
    """`body` decompressed to at most `limit` bytes, however much it claims to hold."""
    try:
        match encoding.strip().lower():
            case "zstd":
                plain = zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=False).read(limit + 1)
            case "gzip":
                plain = gzip.GzipFile(fileobj=BytesIO(body)).read(limit + 1)
            case "identity" | "":
                plain = body
            case _:
                raise Refused(415, "unknown-encoding", "Content-Encoding is zstd, gzip or identity.")
    except (zstandard.ZstdError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Refused(422, "malformed", "The body cannot be decompressed.") from error
    if len(plain) > limit:
        raise _too_large(limit)
    return plain


def decode(body: bytes, wanted: type[T]) -> T:
    """The body as a `wanted`; Refused(422)."""
    try:
        return msgspec.json.decode(body, type=wanted)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refused(422, "malformed", "The body is not the JSON that was asked for.") from error


def answer(value: msgspec.Struct, request: Request) -> Response:
    """`value` as JSON, compressed where that is worth it and understood."""
    body = msgspec.json.encode(value)
    if len(body) < _ZSTD_WORTHWHILE or "zstd" not in request.headers.get("accept-encoding", ""):
        return Response(body, media_type="application/json")
    packed = zstandard.ZstdCompressor(level=3).compress(body)
    return Response(packed, media_type="application/json", headers={"Content-Encoding": "zstd", "Vary": "Accept-Encoding"})


def _too_large(limit: int) -> Refused:
    return Refused(413, "too-large", f"More than {limit} bytes; send a smaller batch.")
