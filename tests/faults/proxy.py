"""A real TCP proxy before a registry that does to it what networks do: usable as a fixture, and by hand with
`python -m tests.faults.proxy --to 127.0.0.1:8000 --port 9000`, then a fault a line (`delay 3`, `html`, `status 503`).
"""

import argparse
import os
import socket
import socketserver
import struct
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self, get_args
from urllib.parse import urlsplit

Kind = Literal[
    "none", "delay", "drop", "lost-reply", "truncate", "garbage", "garbage-body", "html", "status", "slow", "black-hole"
]  # fmt: skip

_RESET = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 s: closing sends RST
_PAGE = b"<!doctype html><title>Wi-Fi</title><h1>Please sign in</h1>"


@dataclass(frozen=True)
class Fault:
    """`amount` is seconds of a delay, bytes kept of a truncated answer, the status, or bytes a second of a slow link.
    Only requests under `path` meet it."""

    kind: Kind = "none"
    amount: float = 0
    path: str = ""
    retry_after: str = ""


class Proxy:
    """Listens on loopback and forwards to `target` ('http://127.0.0.1:8000'); `fault` may be changed at any time.

    `met` counts the requests that met a fault, `passed` those that reached the registry.
    """

    def __init__(self, target: str, fault: Fault = Fault(), port: int = 0) -> None:
        self.fault, self.met, self.passed = fault, 0, 0
        self.closing = threading.Event()
        parts = urlsplit(target)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)

        class Handler(socketserver.BaseRequestHandler):
            def handle(handler) -> None:
                with handler.request as client:
                    self._serve(client)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address, daemon_threads = True, True

            def handle_error(self, *_: object) -> None:
                """A client that went away in the middle of a fault is what faults are for."""

        self._server = Server(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _serve(self, client: socket.socket) -> None:
        """One request and one answer; the answer closes the connection, so that each request meets the fault of its time."""
        request = _read_request(client)
        if not request:
            return
        fault = self.fault
        if fault.kind == "none" or not request.split(b" ", 2)[1].decode().startswith(fault.path):
            client.sendall(self._forward(request))
            return
        self.met += 1
        _FAULTS[fault.kind](self, client, request, fault)

    def _forward(self, request: bytes) -> bytes:
        """The registry's whole answer."""
        self.passed += 1
        head, _, body = request.partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
        with socket.create_connection(self._target) as upstream:
            upstream.sendall(b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body)
            status, _, rest = b"".join(iter(lambda: upstream.recv(65_536), b"")).partition(b"\r\n")
        return status + b"\r\nConnection: close\r\n" + rest  # else the client keeps a connection that we are closing


def _read_request(client: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := client.recv(65_536)):
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    missing = int(lengths[0]) - len(body) if lengths else 0
    while missing > 0 and (more := client.recv(65_536)):
        data, missing = data + more, missing - len(more)
    return data


def _delay(proxy: Proxy, client: socket.socket, request: bytes, fault: Fault) -> None:
    proxy.closing.wait(fault.amount)
    client.sendall(proxy._forward(request))


def _drop(proxy: Proxy, client: socket.socket, request: bytes, fault: Fault) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)


def _lost_reply(proxy: Proxy, client: socket.socket, request: bytes, fault: Fault) -> None:
    proxy._forward(request)  # the registry has committed
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)


def _truncate(proxy: Proxy, client: socket.socket, request: bytes, fault: Fault) -> None:
    client.sendall(proxy._forward(request)[: int(fault.amount)])


def _garbage(proxy: Proxy, client: socket.socket, request: bytes, fault: Fault) -> None:
    client.sendall(os.urandom(2000))


def _garbage_body(proxy: Proxy, client: socket.socket, request: bytes, fault: Fault) -> None:
    client.sendall(_answer(200, os.urandom(2000), ours=True))


def _html(proxy: Proxy, client: socket.socket, request: bytes, fault: Fault) -> None:
    client.sendall(_answer(200, _PAGE))


def _status(proxy: Proxy, client: socket.socket, request: bytes, fault: Fault) -> None:
    client.sendall(_answer(int(fault.amount), b'{"error": "", "detail": ""}', fault.retry_after, ours=True))


def _slow(proxy: Proxy, client: socket.socket, request: bytes, fault: Fault) -> None:
    answer, step = proxy._forward(request), max(int(fault.amount / 20), 1)
    for at in range(0, len(answer), step):
        if proxy.closing.wait(0.05):
            return
        client.sendall(answer[at : at + step])


def _black_hole(proxy: Proxy, client: socket.socket, request: bytes, fault: Fault) -> None:
    client.settimeout(0.05)
    while not proxy.closing.is_set():
        try:
            if not client.recv(1):
                return
        except TimeoutError:
            continue


def _answer(status: int, body: bytes, retry_after: str = "", *, ours: bool = False) -> bytes:
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}", "Connection: close"]
    if ours:
        moment = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        lines += ["Content-Type: application/json", "X-Checkpoint-Registry: 1", f"X-Checkpoint-Time: {moment}"]
    if retry_after:
        lines.append(f"Retry-After: {retry_after}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


_FAULTS: dict[str, Callable[[Proxy, socket.socket, bytes, Fault], None]] = {
    "delay": _delay,
    "drop": _drop,
    "lost-reply": _lost_reply,
    "truncate": _truncate,
    "garbage": _garbage,
    "garbage-body": _garbage_body,
    "html": _html,
    "status": _status,
    "slow": _slow,
    "black-hole": _black_hole,
}


def main() -> None:
    """By hand: each line on standard input is the fault from now on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", required=True, metavar="HOST:PORT", help="where the registry listens")
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    with Proxy(f"http://{asked.to}", port=asked.port) as proxy:
        print(f"{proxy.url} -> {asked.to}; faults: {', '.join(get_args(Kind))}")
        for line in sys.stdin:
            if (fault := _typed(line)) is None:
                print("not a fault")
                continue
            proxy.fault = fault
            print(proxy.fault, f"{proxy.passed} passed, {proxy.met} met a fault")


def _typed(line: str) -> Fault | None:
    words = line.split() or ["none"]
    known = {kind: kind for kind in get_args(Kind)}
    try:
        return Fault(known[words[0]], float(words[1]) if words[1:] else 0)
    except (KeyError, ValueError):
        return None


if __name__ == "__main__":
    main()
