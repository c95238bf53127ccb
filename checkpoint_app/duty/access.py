"""Who looked at or took out what: the journal's access log."""

from checkpoint_app.store import Store
from checkpoint_app.store.values import Officer
from checkpoint_core.journal.payloads import Access


def note_access(store: Store, officer: Officer, what: str, shift: str | None = None, /, **details: str | int) -> None:
    """Write down an access ('exported', 'viewed', ...). `details` are ids and counts, never names or numbers of people."""
    store.append(Access(what, details), officer=officer.id, shift=shift)
