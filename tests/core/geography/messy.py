"""Addresses as they stand on cards: made from the tables, in every manner seen in the field."""

import random
import unicodedata
from collections.abc import Callable

from checkpoint_core.geography import Unit, unit

SHORT = {
    "phường": "P.",
    "xã": "X.",
    "thị trấn": "TT.",
    "quận": "Q.",
    "huyện": "H.",
    "thị xã": "TX.",
    "thành phố": "TP.",
    "tỉnh": "T.",
    "đặc khu": "ĐK.",
}
HOUSES = (
    "",
    "Thôn 4",
    "Số 12, ngõ 34",
    "Tổ dân phố 5",
    "Ấp Chợ",
    "Xóm Giữa",
    "12/5 Đường 30 Tháng 4",
    "Khu phố 2",
    "Buôn Đung",
)


def line(one: Unit) -> list[Unit]:
    """The unit and all above it."""
    units = [one]
    while above := unit(units[-1].parent):
        units.append(above)
    return units


def whole(units: list[Unit]) -> list[str]:
    return [f"{one.kind} {one.name}".title() for one in units]


def bare(units: list[Unit]) -> list[str]:
    """Prefixes dropped, as on most cards; a number cannot do without."""
    return [one.name if not one.name.isdigit() else f"{one.kind} {one.name}".title() for one in units]


def short(units: list[Unit]) -> list[str]:
    return [SHORT[one.kind] + one.name for one in units]


def plain(text: str) -> str:
    stripped = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return stripped.replace("đ", "d").replace("Đ", "D")


DIRT: dict[str, Callable[[list[str]], str]] = {
    "clean": ", ".join,
    "shouted": lambda parts: ", ".join(parts).upper(),
    "plain": lambda parts: plain(", ".join(parts)).lower(),
    "decomposed": lambda parts: unicodedata.normalize("NFD", ", ".join(parts)),
    "dashes": lambda parts: ", -".join(parts),
    "double": lambda parts: ",, ".join(parts) + ",",
    "tight": ",".join,
    "early": " ,".join,
    "fused": lambda parts: ", ".join(parts[:-2]) + ", " + "".join(parts[-2:]),
    "spaces": " ".join,
    "repeated": lambda parts: ", ".join(parts + parts[-2:]),
    "country": lambda parts: ", ".join([*parts, "Việt Nam"]),
}
MANNERS: dict[str, Callable[[list[Unit]], list[str]]] = {"whole": whole, "bare": bare, "short": short}


def address(one: Unit, manner: str, dirt: str, choose: random.Random) -> str:
    house = choose.choice(HOUSES)
    parts = MANNERS[manner](line(one))
    return DIRT[dirt]([house, *parts] if house else parts)
