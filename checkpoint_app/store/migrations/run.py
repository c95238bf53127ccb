"""Alembic run on a connection of ours: `upgrade` brings a file to what this program knows."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database behind `connection` to `revision`, inside the caller's transaction."""
    command.upgrade(configuration(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the database back to `revision` ('base' is before the first)."""
    command.downgrade(configuration(connection), revision)


def configuration(connection: Connection) -> Config:
    """Alembic's settings for these scripts, on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
