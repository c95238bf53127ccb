"""Tables of the population register and of the vaccinations on record."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from checkpoint_registry.database import Base


class Citizen(Base):
    """A person of the register. `birth_date` is ISO and may be partial ('1950'); `unit` is the commune of residence."""

    __tablename__ = "citizens"
    __table_args__ = (
        Index(None, "former_numbers", postgresql_using="gin"),
        Index(None, "folded"),
        Index(None, "household"),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    former_numbers: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    name: Mapped[str]
    folded: Mapped[str]
    birth_date: Mapped[str]
    sex: Mapped[str]
    unit: Mapped[str]
    household: Mapped[str]


class Vaccination(Base):
    """One dose given to one citizen."""

    __tablename__ = "vaccinations"

    number: Mapped[str] = mapped_column(ForeignKey("citizens.number", ondelete="CASCADE"), primary_key=True)
    dose: Mapped[int] = mapped_column(primary_key=True)
    vaccine: Mapped[str]
    given_on: Mapped[date]
