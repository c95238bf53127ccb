"""Connections as the registry's are made: trust in the pinned authority alone, and all of them cut at once on closing."""

import socket
import ssl
import threading
import weakref
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class PinnedAdapter(HTTPAdapter):
    """Speaks TLS under `context`, whatever requests would add to it, and can cut every connection from another thread."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context, self._lines = context, _Lines()
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _watched(self._lines)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing: requests would load its own bundle of public authorities into our context here."""

    def cut(self) -> None:
        """End every exchange under way, and every later one: its thread gets an error instead of waiting for a time-out."""
        self._lines.cut()


def authority_context(authority: str | None) -> ssl.SSLContext:
    """Trust in `authority` (PEM) alone, nobody where it is empty; None trusts anybody, for the one request that is proved
    by other means."""
    if authority is None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # not the default one: that trusts every public authority
    if authority:
        context.load_verify_locations(cadata=authority)
    return context


class _Lines:
    """The connections that are open."""

    def __init__(self) -> None:
        self._open: weakref.WeakSet[HTTPConnection] = weakref.WeakSet()
        self._lock, self._cut = threading.Lock(), False

    def opened(self, connection: HTTPConnection) -> None:
        with self._lock:
            self._open.add(connection)
            if self._cut:
                _shut(connection.sock)

    def cut(self) -> None:
        with self._lock:
            self._cut = True
            for connection in self._open:
                _shut(connection.sock)


def _watched(lines: _Lines) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools whose connections tell `lines` when they open."""

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            lines.opened(self)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            lines.opened(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _shut(sock: socket.socket | None) -> None:
    try:
        if sock is not None:
            sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # closed meanwhile: what we wanted
