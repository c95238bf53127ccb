"""Tables of what is published, and of the stream in which laptops read it."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from checkpoint_registry.database import Base


class PublishedRelease(Base):
    """Every version that was ever published, as signed."""

    __tablename__ = "releases"

    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    issued: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    body: Mapped[str]
    signature: Mapped[str]


class Change(Base):
    """One step of the stream: a release for everybody (`device` null; only the newest of its kind stays), or a notice to
    one laptop. `number` follows the order of commits: see `database.order_changes`."""

    __tablename__ = "changes"
    __table_args__ = (Index(None, "device", "number"),)

    number: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    device: Mapped[str | None]
    release: Mapped[str | None]  # the kind, where it is one
    body: Mapped[str]
    signature: Mapped[str]
