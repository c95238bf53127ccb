"""A small registry in memory behind a real socket: docs/sync.md done honestly, without a database, for quick tests."""

import secrets
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import msgspec
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_core.enrolment import (
    ALPHABET,
    Code,
    EnrolmentAnswer,
    EnrolmentRequest,
    answer_proof,
    proves,
    request_proof,
)
from checkpoint_core.journal.entries import open_entry
from checkpoint_core.journal.receipts import Outcome, Receipt, issue
from checkpoint_core.releases.model import Content, Notice, Release, notify, publish
from checkpoint_core.signing import Signed, SigningError, public_key, public_text


class Refused(Exception):
    """An answer that is not 200."""

    def __init__(self, status: int, code: str, **headers: str) -> None:
        super().__init__(code)
        self.status, self.code, self.headers = status, code, headers


@dataclass
class FakeRegistry:
    """What a registry holds. `ahead` is how far its clock is from ours; `fail` answers every push with a status."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    authority: str = ""
    ahead: timedelta = timedelta()
    fail: Refused | None = None
    poison: set[str] = field(default_factory=set)  # ids of entries that get a batch refused with 422
    codes: dict[str, Code] = field(default_factory=dict)
    used: dict[str, EnrolmentRequest] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    tokens: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    entries: dict[str, tuple[Signed, Signed]] = field(default_factory=dict)  # id -> entry and its receipt
    places: dict[tuple[str, int], str] = field(default_factory=dict)
    quarantined: dict[tuple[str, str], tuple[str, Signed]] = field(default_factory=dict)  # device, digest -> reason, receipt
    changes: list[tuple[str, Signed]] = field(default_factory=list)  # device ('' for all) and release or notice
    pushes: list[int] = field(default_factory=list)  # how many entries each push held
    requests: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def issue_code(self) -> Code:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(16))
        self.codes[drawn[:4]] = Code(drawn[:4], drawn[4:])
        return self.codes[drawn[:4]]

    def revoke(self, device: str) -> None:
        self.revoked.add(device)

    def publish(self, content: Content) -> None:
        kind = str(content.__struct_config__.tag)
        version = 1 + sum(1 for device, _ in self.changes if not device)
        self.changes.append(("", publish(Release(kind, version, stamp(self.now()), content), self.key)))

    def notify(self, notice: Notice) -> None:
        self.changes.append((notice.device, notify(notice, self.key)))

    def held(self, device: str) -> dict[int, str]:
        """What it has accepted of a device: sequence -> digest."""
        return {place: self.entries[entry][0].digest for (owner, place), entry in self.places.items() if owner == device}

    # what the protocol says, one method a request

    def health(self) -> object:
        return {"status": "ok", "time": stamp(self.now()), "version": "0"}

    def enrol(self, request: EnrolmentRequest) -> EnrolmentAnswer:
        code = self.codes.get(request.code)
        if code is None or not proves(request.proof, request_proof(code.secret, request)):
            raise Refused(403, "bad-code")
        if self.used.setdefault(request.code, request) != request:
            raise Refused(403, "bad-code")
        if self.devices.setdefault(request.device, request.public_key) != request.public_key:
            raise Refused(409, "already-enrolled")
        answer = EnrolmentAnswer(request.device, public_text(self.key.public_key()), self.authority, "")
        return msgspec.structs.replace(answer, proof=answer_proof(code.secret, answer, request.public_key))

    def token(self, assertion: str) -> object:
        try:
            device = jwt.decode(assertion, options={"verify_signature": False})["sub"]
            key = public_key(self.devices[device])
            quiet: Any = {"require": ["iss", "sub", "aud", "jti", "iat", "exp"], "verify_exp": False, "verify_iat": False}
            claims = jwt.decode(
                assertion, key, algorithms=["EdDSA"], audience="checkpoint-registry", issuer=device, options=quiet
            )  # fmt: skip
        except (jwt.InvalidTokenError, KeyError) as error:
            raise Refused(401, "bad-assertion") from error
        if device in self.revoked:
            raise Refused(403, "device-revoked")
        now = self.now().timestamp()
        if not claims["iat"] - 60 <= now <= claims["exp"] + 60:
            raise Refused(401, "assertion-clock")
        token = secrets.token_urlsafe()
        self.tokens[token] = device, self.now() + timedelta(minutes=10)
        return {"access_token": token, "token_type": "Bearer", "expires_in": 600}

    def who(self, authorization: str) -> str:
        device, until = self.tokens.get(authorization.removeprefix("Bearer "), ("", self.now()))
        if device in self.revoked:
            raise Refused(403, "device-revoked")
        if self.now() >= until:
            raise Refused(401, "bad-token")
        return device

    def take(self, device: str, entries: list[Signed]) -> object:
        self.pushes.append(len(entries))
        if self.fail:
            raise self.fail
        if any(poison in entry.body for entry in entries for poison in self.poison):
            raise Refused(422, "malformed")
        return {"receipts": [self.receive(device, entry) for entry in entries]}

    def receive(self, device: str, signed: Signed) -> Signed:
        if (device, signed.digest) in self.quarantined:
            return self.quarantined[device, signed.digest][1]
        try:
            entry = open_entry(signed, public_key(self.devices[device]))
        except SigningError as error:
            return self.quarantine(Receipt("", signed.digest, device, 0, "quarantined", stamp(self.now()), error.code))
        known = self.entries.get(entry.id)
        if known and known[0].digest == signed.digest:
            return known[1]
        reason = self.fault(device, entry.device, entry.id, entry.sequence)
        outcome: Outcome = "quarantined" if reason else "accepted"
        receipt = Receipt(entry.id, signed.digest, device, entry.sequence, outcome, stamp(self.now()), reason)
        if reason:
            return self.quarantine(receipt)
        self.entries[entry.id] = signed, issue(receipt, self.key)
        self.places[device, entry.sequence] = entry.id
        return self.entries[entry.id][1]

    def fault(self, device: str, claimed: str, entry: str, sequence: int) -> str:
        if claimed != device:
            return "wrong-device"
        if entry in self.entries:
            return "id-reused"
        return "sequence-reused" if (device, sequence) in self.places else ""

    def quarantine(self, receipt: Receipt) -> Signed:
        signed = issue(receipt, self.key)
        self.quarantined[receipt.device, receipt.digest] = receipt.reason, signed
        return signed

    def since(self, device: str, after: int, limit: int) -> object:
        after = after if after <= len(self.changes) else 0
        page = [(at, *change) for at, change in enumerate(self.changes, 1) if at > after and change[0] in ("", device)]
        found = page[:limit]
        return {
            "cursor": found[-1][0] if found else after,
            "more": len(page) > limit,
            "releases": [signed for _, owner, signed in found if not owner],
            "notices": [signed for _, owner, signed in found if owner],
        }


class _Entries(msgspec.Struct):
    entries: list[Signed]


@contextmanager
def serving(registry: FakeRegistry, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of `registry` while it is served on loopback, over TLS where a context is given."""

    class Handler(_Handler):
        held = registry

    server = _Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A laptop that hangs up, or does not trust the certificate, is what tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    held: FakeRegistry

    def do_GET(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Content-Encoding") == "zstd":
            body = zstandard.ZstdDecompressor().decompress(body, max_output_size=10_000_000)
        self.answer(body)

    def answer(self, body: bytes) -> None:
        with self.held.lock:
            try:
                status, value, headers = 200, self.route(body), {}
            except Refused as refused:
                status, value, headers = refused.status, {"error": refused.code, "detail": ""}, refused.headers
            except (msgspec.DecodeError, KeyError):
                status, value, headers = 422, {"error": "malformed", "detail": ""}, {}
        self.reply(status, msgspec.json.encode(value), headers)

    def route(self, body: bytes) -> object:
        url = urlsplit(self.path)
        self.held.requests.append(url.path)
        match url.path:
            case "/v1/health":
                return self.held.health()
            case "/v1/enrolments":
                return self.held.enrol(msgspec.json.decode(body, type=EnrolmentRequest))
            case "/v1/token":
                return self.held.token(parse_qs(body.decode())["client_assertion"][0])
            case "/v1/entries":
                device = self.held.who(self.headers.get("Authorization", ""))
                return self.held.take(device, msgspec.json.decode(body, type=_Entries).entries)
            case "/v1/changes":
                device = self.held.who(self.headers.get("Authorization", ""))
                asked = parse_qs(url.query)
                return self.held.since(device, int(asked["after"][0]), int(asked["limit"][0]))
        raise Refused(404, "not-found")

    def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        mine = {"X-Checkpoint-Registry": "1", "X-Checkpoint-Time": stamp(self.held.now())}
        if len(body) > 1000 and "zstd" in self.headers.get("Accept-Encoding", ""):
            body, mine = zstandard.ZstdCompressor().compress(body), mine | {"Content-Encoding": "zstd"}
        self.send_response(status)
        for name, value in (mine | headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: tests look at what is held instead."""


def stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
