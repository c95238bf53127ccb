"""A laptop as the registry sees one: it enrols, gets tokens, seals entries and sends them, over real HTTP."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import msgspec
import requests
import uuid_utils
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from checkpoint_core.enrolment import Code, EnrolmentAnswer, EnrolmentRequest, answer_proof, request_proof
from checkpoint_core.identity.model import Identity
from checkpoint_core.journal.entries import GENESIS, Entry, seal
from checkpoint_core.journal.payloads import Crossing, CrossingRecorded, Decision, Payload, Traveller
from checkpoint_core.journal.receipts import Receipt, open_receipt
from checkpoint_core.releases.model import Verification, open_notice
from checkpoint_core.screening.model import Declaration, Verdict
from checkpoint_core.signing import Signed, public_key, public_text
from tests.registry.server import Served

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Laptop:
    """One enrolled device; `entry` seals the next of its journal, `push` sends and opens the receipts."""

    def __init__(self, registry: Served, *, checkpoint: str = "chot-1", enrolled: bool = True) -> None:
        self.registry = registry
        self.url = registry.url
        self.http = requests.Session()
        self.http.trust_env = False  # else REQUESTS_CA_BUNDLE overrides what is pinned
        self.device = str(uuid.uuid4())
        self.key = Ed25519PrivateKey.generate()
        self.sequence = 0
        self.previous = GENESIS
        self.registry_key: Ed25519PublicKey
        if enrolled:
            self.enrol(registry.code(checkpoint))

    def request(self, code: Code) -> EnrolmentRequest:
        asked = EnrolmentRequest(code.name, self.device, public_text(self.key.public_key()), "Máy 1")
        return msgspec.structs.replace(asked, proof=request_proof(code.secret, asked))

    def enrol(self, code: Code) -> EnrolmentAnswer:
        asked = self.request(code)
        answer = self.http.post(f"{self.url}/v1/enrolments", data=msgspec.json.encode(asked), timeout=20)
        assert answer.status_code == 200, answer.text
        enrolled = msgspec.json.decode(answer.content, type=EnrolmentAnswer)
        assert enrolled.proof == answer_proof(code.secret, enrolled, asked.public_key)
        self.registry_key = public_key(enrolled.registry_key)
        self.authorize()
        return enrolled

    def assertion(self, **claims: Any) -> str:
        now = claims.pop("now", self.registry.clock())
        said = {"iss": self.device, "sub": self.device, "aud": "checkpoint-registry", "jti": uuid.uuid4().hex, "iat": now}
        return jwt.encode(said | {"exp": now + timedelta(minutes=2)} | claims, self.key, algorithm="EdDSA")

    def ask_token(self, assertion: str) -> requests.Response:
        form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION, "client_assertion": assertion}
        return self.http.post(f"{self.url}/v1/token", data=form, timeout=20)

    def authorize(self) -> None:
        answer = self.ask_token(self.assertion())
        assert answer.status_code == 200, answer.text
        self.http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def entry(self, payload: Payload, *, shift: str | None = None, **changes: Any) -> Signed:
        """The next entry of the journal, sealed; `changes` bend it."""
        entry = Entry(
            id=str(uuid_utils.uuid7()),
            device=self.device,
            sequence=self.sequence + 1,
            at=datetime.now(UTC).isoformat(timespec="milliseconds"),
            clock_offset_ms=0,
            officer="officer-1",
            shift=shift,
            previous=self.previous,
            payload=payload,
        )
        entry = msgspec.structs.replace(entry, **changes)
        signed = seal(entry, self.key)
        self.sequence, self.previous = entry.sequence, signed.digest
        return signed

    def post(self, entries: Sequence[Signed], **headers: str) -> requests.Response:
        body = zstandard.compress(msgspec.json.encode({"entries": entries}))
        said = {"Content-Encoding": "zstd", "Content-Type": "application/json"} | headers
        return self.http.post(f"{self.url}/v1/entries", data=body, headers=said, timeout=60)

    def push(self, *entries: Signed) -> list[Receipt]:
        return [open_receipt(signed, self.registry_key) for signed in self.push_raw(entries)]

    def push_raw(self, entries: Sequence[Signed]) -> list[Signed]:
        answer = self.post(entries)
        assert answer.status_code == 200, answer.text
        return msgspec.convert(answer.json()["receipts"], list[Signed])

    def pull(self, after: int = 0, limit: int = 500) -> dict[str, Any]:
        query = {"after": str(after), "limit": str(limit)}
        answer = self.http.get(f"{self.url}/v1/changes", params=query, timeout=20)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    def verifications(self) -> list[Verification]:
        notices = msgspec.convert(self.pull()["notices"], list[Signed])
        return [open_notice(notice, self.registry_key).content for notice in notices]


def traveller(**identity: Any) -> Traveller:
    """An invented traveller who is clear."""
    return Traveller(Identity(**identity), "cccd", Declaration(), Verdict("clear", (), 1))


def crossing(*travellers: Traveller, action: Any = "admitted", direction: Any = "in", **more: Any) -> Crossing:
    """A crossing of these travellers, or of one nameless one."""
    return Crossing("chot-1", "1", direction, travellers or (traveller(),), Decision(action), **more)


def recorded(*travellers: Traveller, **more: Any) -> CrossingRecorded:
    """The payload that records such a crossing."""
    return CrossingRecorded(crossing(*travellers, **more))
