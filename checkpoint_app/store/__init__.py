"""The encrypted database of a laptop: journal, crossings, reference data, officers. SQLAlchemy lives here alone."""

from checkpoint_app.store.store import Store, open_store

__all__ = ["Store", "open_store"]
