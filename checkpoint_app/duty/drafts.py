"""The half-filled form: kept in the encrypted database, so that neither a crash nor a flat battery loses it."""

from checkpoint_app.store import Store
from checkpoint_app.store.journal import new_id
from checkpoint_app.store.values import Draft


def crossing_id() -> str:
    """The id of a crossing to come: made when its form is begun, it makes recording twice harmless."""
    return new_id()


def keep(store: Store, draft: Draft) -> None:
    store.keep_draft(draft)


def load(store: Store) -> Draft | None:
    """The form that was left; not one whose crossing is kept already, to which whoever comes next would be added in vain."""
    draft = store.draft()
    return None if draft is None or store.crossing(draft.id) else draft


def drop(store: Store) -> None:
    store.drop_draft()
