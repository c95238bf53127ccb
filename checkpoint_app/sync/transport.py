"""One exchange with the registry over HTTP; everything that can go wrong on the way becomes a Trouble here, and only here.

Codes: no-network, name-not-found, timeout, cut-off, not-the-registry, bad-answer, tls, clock, plain-http, bad-address,
device-revoked, not-known, bad-code, already-enrolled, busy(seconds), refused(status), server-error(status).
"""

import io
import ipaddress
import socket
import ssl
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3
import zstandard
from urllib3.exceptions import InsecureRequestWarning

from checkpoint_app.sync.pinning import PinnedAdapter, authority_context
from checkpoint_app.sync.planner import refusal
from checkpoint_core.trouble import Trouble

Answer = TypeVar("Answer")
Data = bytes | dict[str, str] | None

_PLAIN_BODY = 1000  # bytes; smaller ones gain nothing from compression
_LARGEST_ANSWER = 64_000_000
_SLOWEST = 500  # bytes a second: a link that trickles below this for a minute is no link
_GRACE = 60.0
_STEADY = timedelta(seconds=5)  # a longer round trip says too little about the clock
_CERTIFICATE_TIMES = (9, 10)  # OpenSSL: not yet valid, expired


class _Refusal(msgspec.Struct):
    error: str = ""


class Transport:
    """Exchanges with one registry. Thread-safe. `authority` is the pinned PEM; None verifies nobody (enrolment only)."""

    def __init__(
        self,
        url: str,
        authority: str | None,
        clock: Callable[[], datetime],
        *,
        offset: timedelta | None = None,
        timeouts: tuple[float, float] = (5.0, 30.0),
    ) -> None:
        self.url = checked(url)
        self.offset = offset  # registry minus laptop, as last measured
        self._clock, self._timeouts = clock, timeouts
        self._adapter = PinnedAdapter(authority_context_or_trouble(authority))
        self._session = requests.Session()
        self._session.verify = authority is not None
        self._session.trust_env = False  # no proxy, netrc or bundle of the environment gets between us and the registry
        self._session.mount("https://", self._adapter)
        self._session.mount("http://", self._adapter)
        self._session.cookies.set_policy(_NoCookies())
        self._closed = False

    def ask(
        self,
        path: str,
        answer: type[Answer],
        *,
        body: bytes | None = None,
        form: dict[str, str] | None = None,
        token: str | None = None,
    ) -> Answer:
        """The registry's answer to a GET, or to a POST where there is a JSON `body` or a `form`; raises Trouble."""
        headers = {"Accept-Encoding": "zstd", "User-Agent": "checkpoint"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data: Data = form
        if body is not None:
            data, more = _packed(body)
            headers |= more
        with self._foreign():
            sent = time.monotonic()
            with self._send("GET" if data is None else "POST", path, data, headers) as response:
                if response.headers.get("X-Checkpoint-Registry") != "1":
                    raise Trouble("not-the-registry")
                self._measure(response.headers.get("X-Checkpoint-Time", ""), timedelta(seconds=time.monotonic() - sent))
                return self._read(response, answer)

    def registry_time(self) -> datetime:
        """The registry's clock, as far as it is known."""
        return self._clock() + (self.offset or timedelta())

    def close(self) -> None:
        """End what is under way and refuse anything more."""
        self._closed = True
        self._adapter.cut()
        self._session.close()

    def _send(self, method: str, path: str, data: Data, headers: dict[str, str]) -> requests.Response:
        if self._closed:
            raise Trouble("cut-off")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", InsecureRequestWarning)  # enrolment proves the registry by other means
            return self._session.request(
                method, self.url + path, data=data, headers=headers,
                timeout=self._timeouts, stream=True, allow_redirects=False,
            )  # fmt: skip

    def _measure(self, stated: str, trip: timedelta) -> None:
        try:
            offset = datetime.fromisoformat(stated) + trip / 2 - self._clock()
        except (ValueError, TypeError, OverflowError) as error:  # no time, one without a zone, or one past all calendars
            raise Trouble("bad-answer") from error
        if self.offset is None or trip < _STEADY:
            self.offset = offset

    def _read(self, response: requests.Response, answer: type[Answer]) -> Answer:
        text = _unpacked(b"".join(_chunks(response.raw)), response.headers.get("Content-Encoding", ""))
        refused = refusal(
            response.status_code, _error_code(text), response.headers.get("Retry-After"), self.registry_time()
        )  # fmt: skip
        if refused:
            raise refused
        return decoded(text, answer)

    @contextmanager
    def _foreign(self) -> Iterator[None]:
        try:
            yield
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise Trouble("cut-off" if self._closed else _code(error)) from error


def checked(url: str) -> str:
    """`url` without a closing slash; Trouble 'bad-address', or 'plain-http' where anybody could listen."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise Trouble("bad-address") from error
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        raise Trouble("bad-address")
    if parts.scheme == "http" and not _loopback(host):
        raise Trouble("plain-http", host=host)
    return url.strip().rstrip("/")


def authority_context_or_trouble(authority: str | None) -> ssl.SSLContext:
    """The TLS context of `authority`; Trouble 'tls' where the PEM cannot be read."""
    try:
        return authority_context(authority)
    except ssl.SSLError as error:
        raise Trouble("tls") from error


def decoded(text: bytes, answer: type[Answer]) -> Answer:
    """The answer in `text`; Trouble 'bad-answer' for anything else, however shaped."""
    try:
        return msgspec.json.decode(text, type=answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Trouble("bad-answer") from error


class _NoCookies(requests.cookies.cookielib.DefaultCookiePolicy):  # type: ignore[name-defined,misc]
    """A captive portal's cookies stay with the captive portal."""

    def set_ok(self, *_: Any) -> bool:
        return False


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _packed(body: bytes) -> tuple[bytes, dict[str, str]]:
    kind = {"Content-Type": "application/json"}
    if len(body) <= _PLAIN_BODY:
        return body, kind
    return zstandard.ZstdCompressor(level=3).compress(body), kind | {"Content-Encoding": "zstd"}


def _chunks(raw: Any) -> Iterator[bytes]:
    """The body as it comes in; ended when it grows too large or trickles."""
    started, size = time.monotonic(), 0
    while chunk := raw.read1(65_536, decode_content=False):
        size += len(chunk)
        if size > _LARGEST_ANSWER:
            raise Trouble("bad-answer")
        if time.monotonic() - started > _GRACE + size / _SLOWEST:
            raise Trouble("timeout")
        yield chunk


def _unpacked(data: bytes, encoding: str) -> bytes:
    if not encoding:
        return data
    if encoding != "zstd":
        raise Trouble("bad-answer")
    try:
        text = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)).read(_LARGEST_ANSWER + 1)
    except zstandard.ZstdError as error:
        raise Trouble("bad-answer") from error
    if len(text) > _LARGEST_ANSWER:
        raise Trouble("bad-answer")
    return text


def _error_code(text: bytes) -> str:
    try:
        return msgspec.json.decode(text, type=_Refusal).error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""  # the status says enough


def _code(error: BaseException) -> str:
    """The Trouble of a foreign error, by what is deepest in it that we know."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError) and cause.verify_code in _CERTIFICATE_TIMES:
            return "clock"
        for kinds, code in _CODES:
            if isinstance(cause, kinds):
                return code
    return "no-network"


def _causes(error: BaseException) -> list[BaseException]:
    """`error` and what it came from, innermost first: requests wraps urllib3, which wraps the socket's own."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in found:
            found.insert(0, one)
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return found


_CODES: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((ssl.SSLError, urllib3.exceptions.SSLError), "tls"),
    ((socket.gaierror, urllib3.exceptions.NameResolutionError), "name-not-found"),
    ((urllib3.exceptions.NewConnectionError,), "no-network"),  # a kind of time-out to urllib3
    ((TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError), "timeout"),
    ((ConnectionResetError, BrokenPipeError, ConnectionAbortedError), "cut-off"),
    ((urllib3.exceptions.ProtocolError, requests.exceptions.ChunkedEncodingError), "cut-off"),
    ((requests.exceptions.InvalidURL, urllib3.exceptions.LocationValueError), "bad-address"),
)
