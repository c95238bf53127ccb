"""Publishing: the next version of one kind of reference data, signed, replacing the one before it in the stream."""

from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, delete, insert, select

from checkpoint_core.releases.acceptance import accept_release
from checkpoint_core.releases.model import Content, PolicyRelease, Release, publish
from checkpoint_core.screening.policy import BUILT_IN, Policy
from checkpoint_core.trouble import Trouble
from checkpoint_registry.database import order_changes
from checkpoint_registry.releases.tables import Change, PublishedRelease
from checkpoint_registry.settings import iso


def read_contents(raw: bytes) -> list[Content]:
    """The contents in a file: one, or a list of them, each with its "type"; Trouble('bad-release-file')."""
    try:
        read = msgspec.json.decode(raw, type=Content | list[Content])
    except msgspec.DecodeError as error:
        raise Trouble("bad-release-file", reason=str(error)) from error
    return read if isinstance(read, list) else [read]


def publish_content(
    connection: Connection, content: Content, key: Ed25519PrivateKey, now: datetime, *, intended: bool = False
) -> Release:
    """Publish `content` as the next version of its kind. What laptops would refuse is refused here already:
    Trouble('release-empty', 'release-shrunken') unless `intended`."""
    order_changes(connection)
    kind = str(content.__struct_config__.tag)
    old = _newest(connection, kind)
    release = Release(kind, old.version + 1 if old else 1, iso(now), content, intended)
    accept_release(old, release, _policy(connection), now)
    signed = publish(release, key)
    row = {"body": signed.body, "signature": signed.signature}
    connection.execute(insert(PublishedRelease).values(kind=kind, version=release.version, issued=now, **row))
    connection.execute(delete(Change).where(Change.release == kind))
    connection.execute(insert(Change).values(release=kind, **row))
    return release


def _newest(connection: Connection, kind: str) -> Release | None:
    query = select(PublishedRelease.body).where(PublishedRelease.kind == kind)
    body = connection.execute(query.order_by(PublishedRelease.version.desc()).limit(1)).scalar()
    return msgspec.json.decode(body, type=Release) if body else None


def _policy(connection: Connection) -> Policy:
    release = _newest(connection, "policy")
    return release.content.policy if release and isinstance(release.content, PolicyRelease) else BUILT_IN
