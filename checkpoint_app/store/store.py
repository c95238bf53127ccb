"""The store of one data folder, whole: opened, or refused with a reason and nothing touched."""

from collections.abc import Callable
from pathlib import Path
from typing import Self

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from checkpoint_app.store.crossings import Crossings
from checkpoint_app.store.database import Database
from checkpoint_app.store.facts import Clock, steady
from checkpoint_app.store.files import FolderLock, disk_trouble, write_whole
from checkpoint_app.store.keys import DATABASE, key_check
from checkpoint_app.store.migrations import HEAD
from checkpoint_app.store.models import EntryRow
from checkpoint_app.store.officers import Officers
from checkpoint_app.store.outbox import Outbox
from checkpoint_app.store.shifts import Shifts
from checkpoint_core.journal.chain import check_chain
from checkpoint_core.signing import Signed
from checkpoint_core.trouble import Trouble

LOCK = "checkpoint.lock"
CHECK = "checkpoint.check"  # tells a wrong key from a damaged file, and a lost file from a first start


class Store(Outbox, Shifts, Crossings, Officers):
    """Everything that is kept on the laptop. Usable from any thread; values come out, rows and sessions never."""

    def __init__(self, database: Database, clock: Clock, steady: Callable[[], float], lock: FolderLock) -> None:
        super().__init__(database, clock, steady)
        self._lock = lock

    def close(self) -> None:
        """Let the file go. The store is of no use afterwards."""
        self.database.dispose()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(folder: Path, key: bytes, clock: Clock, *, steady: Callable[[], float] = steady) -> Store:
    """Open the database in `folder`, made at the first call, and bring it to this program's version.

    Troubles, each leaving the file as it is: already-running, wrong-key, database-damaged, database-missing,
    database-locked, database-newer, disk-full, disk-error.
    """
    lock = _lock(folder)
    file, check = folder / DATABASE, folder / CHECK
    database = None
    try:
        _recognise(file, check, key)
        database = Database(file, key)
        _migrate(database)
        _prove_last(store := Store(database, clock, steady, lock))
        if not check.exists():
            write_whole(check, key_check(key).encode())
    except BaseException:
        if database:
            database.dispose()
        lock.release()
        raise
    return store


def _lock(folder: Path) -> FolderLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return FolderLock(folder / LOCK)
    except OSError as error:
        raise disk_trouble(error, folder / LOCK) from error


def _recognise(file: Path, check: Path, key: bytes) -> None:
    """Refuse what SQLite would take for a new database though there has been one."""
    try:
        if not check.exists():
            return
        known, size = check.read_bytes(), file.stat().st_size if file.exists() else None
    except OSError as error:
        raise disk_trouble(error, file) from error
    if size is None:
        raise Trouble("database-missing", file=file.name)
    if not size:
        raise Trouble("database-damaged", file=file.name)
    if known != key_check(key).encode():
        raise Trouble("wrong-key", file=file.name)


def _migrate(database: Database) -> None:
    with database.reading() as session:
        if _version(session) == HEAD:
            return
    from alembic.util import CommandError  # loaded only where there is something to do: it takes a while

    from checkpoint_app.store.migrations.run import upgrade

    try:
        with database.writing() as connection:
            upgrade(connection)
    except CommandError as error:
        raise Trouble("database-newer", file=database.file.name) from error


def _version(session: Session) -> str | None:
    known = session.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"))
    return session.scalar(text("SELECT version_num FROM alembic_version")) if known else None


def _prove_last(store: Store) -> None:
    """The last entry must be ours and whole; the whole chain is `Journal.breaks`, which takes its time."""
    wanted = select(EntryRow).order_by(EntryRow.sequence.desc()).limit(1)
    with store.database.reading() as session:
        row = session.scalar(wanted)
        if row is None:
            return
        before = session.scalar(select(EntryRow.digest).where(EntryRow.sequence == row.sequence - 1))
    kept = Signed(row.body, row.signature)
    follows = {"previous": before} if before else {}
    if any(check_chain([kept], store.device_key().public_key(), store.device, after=row.sequence - 1, **follows)):
        raise Trouble("database-damaged", file=store.database.file.name)
