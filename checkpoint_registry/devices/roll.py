"""The roll of laptops: listed, and struck off."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, select, update

from checkpoint_core.trouble import Trouble
from checkpoint_registry.devices.tables import Device


class DeviceRow(msgspec.Struct, frozen=True):
    """One laptop as the command line lists it."""

    device: str
    name: str
    checkpoint: str
    enrolled_at: datetime
    revoked_at: datetime | None


def devices(connection: Connection) -> list[DeviceRow]:
    """All laptops, the oldest enrolment first."""
    query = select(Device.id, Device.name, Device.checkpoint, Device.enrolled_at, Device.revoked_at)
    return [DeviceRow(*row) for row in connection.execute(query.order_by(Device.enrolled_at, Device.id))]


def revoke(connection: Connection, device: str, now: datetime) -> None:
    """From this transaction on the laptop is refused, whatever token it holds; Trouble('unknown-device')."""
    struck = update(Device).where(Device.id == device, Device.revoked_at.is_(None)).values(revoked_at=now)
    known = select(Device.id).where(Device.id == device)
    if not connection.execute(struck).rowcount and connection.execute(known).one_or_none() is None:
        raise Trouble("unknown-device", device=device)
