"""The way to PostgreSQL: engine, migrations, bulk copies, and the one order in which changes become visible."""

import re
from collections.abc import Iterable, Sequence
from importlib.resources import as_file, files
from typing import Any, TypeVar, cast

from alembic import command
from alembic.config import Config
from psycopg import Cursor
from psycopg.errors import Error as DriverError
from sqlalchemy import ColumnElement, Connection, Engine, MetaData, any_, create_engine, literal, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from checkpoint_core.trouble import Trouble

T = TypeVar("T")
_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of the registry, with constraints named the same way on every server."""

    metadata = MetaData(naming_convention=_CONVENTION)


def connect(url: str) -> Engine:
    """An engine for a `postgresql://` address; parameters (personal data) stay out of errors. Trouble: bad-database-url."""
    try:
        return create_engine(
            re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url), hide_parameters=True, pool_size=8, pool_pre_ping=True
        )
    except (ArgumentError, ModuleNotFoundError) as error:
        raise Trouble("bad-database-url") from error


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to `revision` ('base' takes it down); two servers starting together wait for each other."""
    with engine.begin() as connection, as_file(files("checkpoint_registry") / "migrations") as scripts:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('checkpoint-migrations'))"))
        config = migration_config(connection, str(scripts))
        (command.downgrade if revision == "base" else command.upgrade)(config, revision)


def migration_config(connection: Connection, scripts: str) -> Config:
    """Alembic's configuration for one open connection: no ini file, no second way to the database."""
    config = Config()
    config.set_main_option("script_location", scripts)
    config.attributes["connection"] = connection
    return config


def reachable(engine: Engine) -> None:
    """Trouble('database-unreachable') unless the database answers."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as error:
        reason = str(error.orig).splitlines()[0] if isinstance(error.orig, DriverError) else ""
        raise Trouble("database-unreachable", reason=reason) from error


def copy_rows(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY `rows` into `table`: ten times faster than INSERT, within the same transaction."""
    cursor = cast("Cursor[Any]", connection.connection.cursor())  # SQLAlchemy does not know COPY, psycopg does
    with cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def insert_new(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, returning: str
) -> list[Any]:
    """Insert those `rows` that no constraint of `table` forbids, all in one go; what was inserted, by `returning`."""
    names = ", ".join(columns)
    arriving = f"arriving_{table}"
    connection.execute(text(f"CREATE TEMP TABLE IF NOT EXISTS {arriving} (LIKE {table}) ON COMMIT DELETE ROWS"))
    copy_rows(connection, arriving, columns, rows)
    moved = f"INSERT INTO {table} ({names}) SELECT {names} FROM {arriving} ON CONFLICT DO NOTHING"  # noqa: S608  # our names
    return list(connection.execute(text(f"{moved} RETURNING {returning}")).scalars())


def among(column: InstrumentedAttribute[T], values: Sequence[T]) -> ColumnElement[bool]:
    """`column` is one of `values`, sent as one array: hundreds of parameters would cost more than the query."""
    return column == any_(literal(list(values), ARRAY(column.type)))


def order_changes(connection: Connection) -> None:
    """Hold the changes' order until this transaction ends: numbers are then given out in the order of commits, so that
    nobody's cursor passes a number that becomes visible later. Take it last, for it makes writers wait."""
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('checkpoint-changes'))"))
