"""How a laptop proves itself at every request: a short-lived token, got with an assertion by its key (RFC 7523)."""

import threading
import time
import uuid
from datetime import timedelta

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_app.sync.transport import Answer, Transport
from checkpoint_core.trouble import Trouble

AUDIENCE = "checkpoint-registry"
_ASSERTION_LIFE = timedelta(minutes=4)
_MARGIN = 30.0  # seconds before its end at which a token is no longer used
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class _Token(msgspec.Struct):
    access_token: str
    expires_in: int


class Tokens:
    """The tokens of one device at one registry; thread-safe."""

    def __init__(self, transport: Transport, device: str, key: Ed25519PrivateKey) -> None:
        self._transport, self._device, self._key = transport, device, key
        self._token, self._until = "", 0.0
        self._lock = threading.Lock()

    def ask(self, path: str, answer: type[Answer], *, body: bytes | None = None) -> Answer:
        """`Transport.ask` with a token; one that is refused is renewed once."""
        token = self.current()
        try:
            return self._transport.ask(path, answer, body=body, token=token)
        except Trouble as trouble:
            if trouble.code != "not-known":
                raise
        return self._transport.ask(path, answer, body=body, token=self.current(instead_of=token))

    def current(self, instead_of: str = "") -> str:
        """A token that still holds, other than the refused `instead_of`; raises Trouble."""
        with self._lock:
            if self._token == instead_of or time.monotonic() >= self._until:
                granted = self._grant()
                self._token, self._until = granted.access_token, time.monotonic() + granted.expires_in - _MARGIN
            return self._token

    def _grant(self) -> _Token:
        try:
            return self._request()
        except Trouble as trouble:
            if trouble.code != "clock":
                raise
        return self._request()  # the refusal itself told the registry's time

    def _request(self) -> _Token:
        form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE}
        return self._transport.ask("/v1/token", _Token, form=form | {"client_assertion": self._assertion()})

    def _assertion(self) -> str:
        now = self._transport.registry_time()
        claims = {"iss": self._device, "sub": self._device, "aud": AUDIENCE, "jti": str(uuid.uuid4())}
        return jwt.encode(claims | {"iat": now, "exp": now + _ASSERTION_LIFE}, self._key, algorithm="EdDSA")
