"""Real registries for tests: an embedded PostgreSQL, databases in it, servers in a thread or in a process."""

import json
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, text

from checkpoint_core.enrolment import Code
from checkpoint_registry.api.app import create_app
from checkpoint_registry.database import connect, migrate
from checkpoint_registry.devices.enrolment import issue_code
from checkpoint_registry.embedded import embedded
from checkpoint_registry.serving import Tls, address, listen, server
from checkpoint_registry.settings import Settings


@dataclass
class MovableClock:
    """The real time, moved by `offset`: tests move it, nobody sleeps."""

    offset: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset


@dataclass(frozen=True)
class Served:
    """A registry that is running: where, on which database, with which key and clock."""

    url: str
    engine: Engine
    settings: Settings
    clock: MovableClock = field(default_factory=MovableClock)

    @property
    def key(self) -> Ed25519PrivateKey:
        return self.settings.key

    def code(self, checkpoint: str = "chot-1", lifetime: timedelta = timedelta(hours=1)) -> Code:
        """A fresh enrolment code."""
        with self.engine.begin() as connection:
            return issue_code(connection, checkpoint, lifetime, self.clock())


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL of its own, with an empty migrated database 'template'."""
    # Not below pytest's folders: those are closed to the user that PostgreSQL runs as, again and again.
    with (
        tempfile.TemporaryDirectory(prefix="checkpoint-pg-", ignore_cleanup_errors=True) as folder,
        embedded(Path(folder) / "postgres") as url,
    ):
        administrate(url, "CREATE DATABASE template")
        engine = connect(_in(url, "template"))
        migrate(engine)
        engine.dispose()
        yield url


@contextmanager
def database(postgres_url: str) -> Iterator[str]:
    """The address of a fresh, migrated database in a `postgres()`; dropped at the end."""
    name = f"test_{uuid.uuid4().hex}"
    administrate(postgres_url, f"CREATE DATABASE {name} TEMPLATE template")
    try:
        yield _in(postgres_url, name)
    finally:
        administrate(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def served(postgres_url: str, tls: Tls | None = None, **settings: int) -> Iterator[Served]:
    """A real server on loopback in a thread of this process, on a fresh database."""
    with database(postgres_url) as url:
        engine = connect(url)
        clock = MovableClock()
        authority = tls.authority.read_text() if tls else ""
        chosen = Settings(Ed25519PrivateKey.generate(), authority, clock, **settings)
        try:
            with listening(engine, chosen, tls) as address:
                yield Served(address, engine, chosen, clock)
        finally:
            engine.dispose()


@contextmanager
def listening(engine: Engine, settings: Settings, tls: Tls | None = None) -> Iterator[str]:
    """The address of a server with these settings, in a thread."""
    ready = threading.Event()
    with listen("127.0.0.1", 0, tls=tls is not None) as at:
        running = server(create_app(engine, settings), tls, ready.set)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [at]}, name="registry")
        thread.start()
        try:
            assert ready.wait(20), "the server did not start"
            yield address("127.0.0.1", at, tls=tls is not None)
        finally:
            running.should_exit = True
            thread.join(20)


@contextmanager
def process(data: Path, *options: str) -> Iterator[str]:
    """The address of a `checkpoint-registry serve` process on `data`, ended by SIGTERM."""
    command = [sys.executable, "-m", "checkpoint_registry", "serve", "--data", str(data), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            yield str(json.loads(running.stdout.readline())["ready"])
        finally:
            running.terminate()
            running.wait(30)


def administrate(postgres_url: str, command: str) -> None:
    """Run one command that no transaction may hold, such as CREATE DATABASE."""
    engine = connect(postgres_url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(command))
    engine.dispose()


def _in(postgres_url: str, name: str) -> str:
    head, _, options = postgres_url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{options}"
