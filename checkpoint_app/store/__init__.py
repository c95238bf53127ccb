"""The encrypted database of a laptop: journal, crossings, reference data, officers. SQLAlchemy lives here alone."""
