"""Administrative units before and after 1 July 2025, and address text to unit."""

from checkpoint_core.geography.units import (
    Cover,
    Level,
    Unit,
    communes,
    covers,
    label,
    province_of,
    provinces,
    successors,
    unit,
)

__all__ = ["Cover", "Level", "Unit", "communes", "covers", "label", "province_of", "provinces", "successors", "unit"]
