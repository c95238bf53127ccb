"""Tables of the laptops and of what lets them in."""

from datetime import datetime

from sqlalchemy import DateTime, Index
from sqlalchemy.orm import Mapped, mapped_column

from checkpoint_registry.database import Base

Moment = DateTime(timezone=True)


class Device(Base):
    """An enrolled laptop. Revoked is for ever: a laptop that comes back enrols as a new device."""

    __tablename__ = "devices"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    checkpoint: Mapped[str]
    public_key: Mapped[str]
    enrolled_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class EnrolmentCode(Base):
    """A code that lets one laptop in, once. `used_by` may ask again with the same key: its answer may have been lost."""

    __tablename__ = "enrolment_codes"

    name: Mapped[str] = mapped_column(primary_key=True)
    secret: Mapped[str]
    checkpoint: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_by: Mapped[str | None]
    guesses: Mapped[int] = mapped_column(default=0)


class UsedAssertion(Base):
    """A client assertion that has been exchanged for a token, kept until it would have expired anyway."""

    __tablename__ = "used_assertions"
    __table_args__ = (Index(None, "expires_at"),)

    device: Mapped[str] = mapped_column(primary_key=True)
    jti: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
