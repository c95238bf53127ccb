"""The stream of changes that a laptop reads by cursor: releases for all, notices for one."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, func, select, union_all

from checkpoint_core.signing import Signed
from checkpoint_registry.database import copy_rows, order_changes
from checkpoint_registry.releases.tables import Change


class Changes(msgspec.Struct, frozen=True):
    """One page: apply it and remember `cursor`; with `more`, ask again at once."""

    cursor: int
    more: bool
    releases: list[Signed]
    notices: list[Signed]


def changes(connection: Connection, device: str, after: int, limit: int) -> Changes:
    """What `device` has not seen after `after`. A cursor that this registry never gave out (it was restored from an
    older backup) starts from the beginning: what comes twice is harmless, what never comes is not."""
    newest = connection.execute(select(func.max(Change.number))).scalar() or 0
    start = after if after <= newest else 0
    columns = select(Change.number, Change.release, Change.body, Change.signature).where(Change.number > start)
    for_all = columns.where(Change.device.is_(None)).order_by(Change.number).limit(limit + 1)
    for_one = columns.where(Change.device == device).order_by(Change.number).limit(limit + 1)
    both = union_all(for_all.subquery().select(), for_one.subquery().select()).subquery()
    rows = connection.execute(select(both).order_by(both.c.number).limit(limit + 1)).all()
    page = rows[:limit]
    return Changes(
        cursor=page[-1].number if page else start,
        more=len(rows) > limit,
        releases=[Signed(row.body, row.signature) for row in page if row.release],
        notices=[Signed(row.body, row.signature) for row in page if not row.release],
    )


def tell(connection: Connection, device: str, notices: Sequence[Signed]) -> None:
    """Append notices for one laptop. Call it last in a transaction."""
    if notices:
        order_changes(connection)
        copy_rows(connection, "changes", ("device", "body", "signature"), ((device, n.body, n.signature) for n in notices))
