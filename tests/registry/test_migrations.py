"""The schema goes up, is what the tables say, goes down, and up again."""

from importlib.resources import files

from alembic import command
from sqlalchemy import inspect

from checkpoint_registry.database import connect, migrate, migration_config
from tests.registry.server import database


def test_the_schema_goes_up_and_down(postgres_url: str) -> None:
    with database(postgres_url) as url:
        engine = connect(url)
        with engine.begin() as connection:
            command.check(migration_config(connection, str(files("checkpoint_registry") / "migrations")))
        migrate(engine, "base")
        assert inspect(engine).get_table_names() == ["alembic_version"]
        migrate(engine)
        migrate(engine)
        assert "entries" in inspect(engine).get_table_names()
        engine.dispose()
