"""Units as a form's list offers them while somebody types."""

from collections.abc import Iterator
from functools import cache
from itertools import islice

from checkpoint_core.geography.text import key_of
from checkpoint_core.geography.units import Unit, successors, tables


def search_units(text: str, limit: int = 12) -> tuple[Unit, ...]:
    """Current provinces and communes whose name begins with `text` or holds it, diacritics, kind and province given or not
    ('giao thuy', 'xã Giao Thủy, Ninh Bình'). Provinces first, then communes, then what former units of that name became."""
    wanted = key_of(text)
    return tuple(islice(dict.fromkeys(_ranked(wanted)), limit)) if wanted else ()


def _ranked(wanted: str) -> Iterator[Unit]:
    inside = []
    for bare, full, one in _names():
        if bare.startswith(wanted) or full.startswith(wanted):
            yield from _offered(one)
        elif wanted in bare:
            inside.append(one)
    for one in inside:
        yield from _offered(one)


def _offered(one: Unit) -> tuple[Unit, ...]:
    return successors(one.code) if one.former else (one,)


@cache
def _names() -> tuple[tuple[str, str, Unit], ...]:
    """Each unit's key followed by those above it, without and with its kind; provinces first, current before former."""
    units = tables().units
    kinds = {kind: key_of(kind) for kind in {one.kind for one in units.values()}}
    names = []
    for one in sorted(
        units.values(), key=lambda one: (one.former, one.level != "province", one.level == "commune", one.name)
    ):
        line, above = one.key, units.get(one.parent)
        while above:
            line, above = line + above.key, units.get(above.parent)
        names.append((line, kinds[one.kind] + line, one))
    return tuple(names)
