"""Administrative units before and after 1 July 2025, and address text to unit."""

from checkpoint_core.geography.resolve import NOWHERE, Resolution, resolve
from checkpoint_core.geography.search import search_units
from checkpoint_core.geography.units import (
    Cover,
    Level,
    Unit,
    area,
    communes,
    covers,
    label,
    province_of,
    provinces,
    successors,
    unit,
)

__all__ = [
    "NOWHERE",
    "Cover",
    "Level",
    "Resolution",
    "Unit",
    "area",
    "communes",
    "covers",
    "label",
    "province_of",
    "provinces",
    "resolve",
    "search_units",
    "successors",
    "unit",
]
