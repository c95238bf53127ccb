"""Where invented households live: real units, invented hamlets, written as cards write them before and after 1 July 2025."""

from functools import cache
from typing import NamedTuple

from checkpoint_core.geography import Unit, province_of, successors, unit
from checkpoint_core.geography.units import tables


class Place(NamedTuple):
    """A ward as it was, how cards wrote it then and write it now, and the current commune and province it went to."""

    before: tuple[str, str]  # without and with the words for the units: 'Yên Hòa, Cầu Giấy, Hà Nội'
    now: tuple[str, str]
    commune: str
    province: str


_HAMLETS = (
    "Thôn {0}", "Thôn {0}", "Xóm {0}", "Tổ {0}", "Tổ dân phố {0}", "Ấp {0}", "Khu phố {0}", "Khu {0}", "Đội {0}",
    "Số {1} ngõ {0}", "{1}/{0} Khu phố {0}", "Số nhà {1}, Tổ {0}",
)  # fmt: skip


@cache
def places() -> tuple[tuple[str, tuple[Place, ...]], ...]:
    """The 63 former provinces by code ('036'), each with all its wards."""
    held = tables()
    provinces = sorted(code for code in held.units if code.startswith("fp:"))
    return tuple((code[3:], tuple(_wards(code))) for code in provinces)


def hamlet(first: int, second: int) -> str:
    """An invented hamlet, group or house; any two numbers name one."""
    return _HAMLETS[first % len(_HAMLETS)].format(1 + second % 17, 1 + second % 211)


def _wards(province: str) -> list[Place]:
    below = tables().children
    return [place for district in below[province] for ward in below.get(district.code, ()) if (place := _place(ward))]


def _place(ward: Unit) -> Place | None:
    went = successors(ward.code)
    above = province_of(went[0].code) if went else None
    if not went or above is None:
        return None
    return Place(_written(ward), _written(went[0]), went[0].code, above.code)


def _written(one: Unit) -> tuple[str, str]:
    """The unit and those above it, without the words for them (as most cards have it) and with."""
    line = [one]
    while above := unit(line[-1].parent):
        line.append(above)
    short = [_full(step) if step.name.isdigit() else step.name for step in line]
    full = [*(_full(step) for step in line[:-1]), line[-1].name]
    return ", ".join(short), ", ".join(full)


def _full(one: Unit) -> str:
    return f"{one.kind[:1].upper()}{one.kind[1:]} {one.name}"
