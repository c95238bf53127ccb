"""The invented situation as releases: zones, watch list, checkpoints, policy and a message, for practice and tests only."""

from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from checkpoint_core.practice import world
from checkpoint_core.releases.model import Checkpoints, Content, Messages, PolicyRelease, Release, Zones
from checkpoint_core.screening.policy import BUILT_IN
from checkpoint_registry.releases.publishing import publish_content

_LEAST = 3000  # people that a world is made from: fewer do not fill every part of it
# A practice shift is short: whoever comes again minutes later shows the repeat traveller, not the duplicate.
_POLICY = msgspec.structs.replace(BUILT_IN, duplicate_minutes=0)
_MESSAGE = "Dữ liệu luyện tập: mọi người, vùng dịch và danh sách ở đây đều là bịa."


def publish_world(
    connection: Connection, seed: int, population: int, key: Ed25519PrivateKey, now: datetime
) -> list[Release]:
    """Publish the world that `seed` names over the first `population` people, as it stands today."""
    made = world(seed, now.date(), max(population, _LEAST))
    contents: tuple[Content, ...] = (
        Zones(made.zones),
        made.watch_list,
        Checkpoints(made.posts),
        PolicyRelease(_POLICY),
        Messages((_MESSAGE,)),
    )
    return [publish_content(connection, content, key, now) for content in contents]
