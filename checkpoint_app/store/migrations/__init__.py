"""The database's versions, by Alembic, run from inside the program."""

HEAD = "0001"  # kept by hand so that an up-to-date database opens without loading Alembic; a test compares
