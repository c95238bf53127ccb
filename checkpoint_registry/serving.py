"""A running registry: a listening socket, uvicorn on it, and one line that says when it is ready."""

import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path

import msgspec
import uvicorn
from fastapi import FastAPI

from checkpoint_core.trouble import Trouble

_GRACE = 5  # seconds that open requests get at the end


class Tls(msgspec.Struct, frozen=True):
    """Where the server's certificate and key are (PEM), and the authority that laptops pin."""

    certificate: Path
    key: Path
    authority: Path


class AnnouncingServer(uvicorn.Server):
    """A uvicorn server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()


def listen(host: str, port: int, *, tls: bool) -> socket.socket:
    """A listening socket (port 0: any free one). Plain HTTP beyond this machine is refused: Trouble('tls-needed');
    also Trouble('cannot-listen')."""
    if not 0 <= port < 2**16:
        raise Trouble("cannot-listen", host=host, port=port, reason="ports go from 0 to 65535")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        family, address = found[0], found[4]
        if not tls and not ipaddress.ip_address(address[0]).is_loopback:
            raise Trouble("tls-needed", host=host)
        listening = socket.create_server((str(address[0]), port), family=family, backlog=256)
        # Accepted sockets inherit it. asyncio sets it only where the protocol number is stated, and without it each answer
        # waits 40 ms between its head and its body for the laptop's delayed acknowledgement.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        raise Trouble("cannot-listen", host=host, port=port, reason=str(error)) from error


def address(host: str, listening: socket.socket, *, tls: bool) -> str:
    """The URL of what listens, as laptops are to be told it."""
    named = f"[{host}]" if ":" in host else host
    return f"{'https' if tls else 'http'}://{named}:{listening.getsockname()[1]}"


def server(app: FastAPI, tls: Tls | None, on_ready: Callable[[], None]) -> AnnouncingServer:
    """A server for `app`: run it with `run(sockets=[...])`, end it with `should_exit = True` or a signal."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )
    return AnnouncingServer(config, on_ready)
