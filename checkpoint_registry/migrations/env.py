"""Alembic's entry: runs the scripts on the connection it was given, inside that connection's transaction."""

from alembic import context

from checkpoint_registry.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, compare_server_default=True)
context.run_migrations()
