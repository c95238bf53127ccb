"""The encrypted file itself: its engine and PRAGMAs, transactions, and SQLite's errors told as troubles."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from checkpoint_core.trouble import Trouble

BUSY_MS = 5_000
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-32000",
)
_TROUBLES = {
    "SQLITE_FULL": "disk-full",
    "SQLITE_IOERR": "disk-error",
    "SQLITE_READONLY": "disk-error",
    "SQLITE_CANTOPEN": "disk-error",
    "SQLITE_BUSY": "database-locked",
    "SQLITE_LOCKED": "database-locked",
    "SQLITE_CORRUPT": "database-damaged",
    "SQLITE_NOTADB": "database-damaged",
}


class Database:
    """One encrypted SQLite file. Any thread may read; writers take turns, each in one `BEGIN IMMEDIATE` transaction."""

    def __init__(self, file: Path, key: bytes) -> None:
        self.file = file
        self.engine = _engine(file, key)
        self._turn = threading.Lock()
        self._writer: Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database."""
        with self.troubles(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept together, durably, or not at all. It is always the same one: as nobody else
        writes, what it has read and decrypted stays good."""
        with self._turn, self.troubles():
            self._writer = self._writer or self.engine.connect().execution_options(immediate=True)
            with self._writer.begin():
                yield self._writer

    @contextmanager
    def troubles(self) -> Iterator[None]:
        """Tell what the disk or the file did as a `Trouble`; errors of ours go through as they are."""
        try:
            yield
        except (DBAPIError, sqlcipher3.dbapi2.Error) as error:
            if (code := _trouble_code(error.orig if isinstance(error, DBAPIError) else error)) is None:
                raise
            raise Trouble(code, file=self.file.name) from error

    def dispose(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        if self._writer:
            self._writer.close()
        self.engine.dispose()


def run(connection: Connection, statement: str, row: Mapping[str, object] | None = None) -> Any:
    """The driver's cursor after `statement`, named parameters from `row`. For what every save runs: SQLAlchemy's way there
    takes several times as long as SQLite takes for the statement."""
    driver = connection.connection.driver_connection
    assert driver is not None
    return driver.execute(statement, row or {})


def _trouble_code(error: BaseException | None) -> str | None:
    name = getattr(error, "sqlite_errorname", None) or ""
    return next((code for start, code in _TROUBLES.items() if name.startswith(start)), None)


def _engine(file: Path, key: bytes) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        module=sqlcipher3.dbapi2,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # an error must not carry what people declared
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say, below
        connection.execute("PRAGMA cipher_log_level=NONE")  # its errors come as exceptions; standard error is for people
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        for pragma in (f"busy_timeout={BUSY_MS}", *_PRAGMAS):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        run(connection, "BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine
