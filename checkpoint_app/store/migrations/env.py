"""Alembic's entry point: runs the scripts on the connection the program hands over."""

from typing import Any

from alembic import context

from checkpoint_app.store.models import SEARCH, Base


def _ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether autogenerate should look: the full-text index makes tables of its own."""
    return kind != "table" or not (name or "").startswith(SEARCH)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_name=_ours,
)
with context.begin_transaction():
    context.run_migrations()
