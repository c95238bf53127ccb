"""Make the tables of administrative units in checkpoint_core/geography from the package `vietnamadminunits` (MIT).

Unpack it with `uv pip install --no-deps --target DIR vietnamadminunits==1.0.4`, then `python -m installer.make_units DIR`.
"""

import csv
import json
import shutil
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from checkpoint_core.geography.text import key_of
from checkpoint_core.text import nfc

TABLES = Path(__file__).parents[1] / "checkpoint_core" / "geography"
# The registers' day is 1 July 2025; what parliament changed since: Đồng Nai is a city from 30 April 2026.
SINCE = {"p:75": "thành phố"}
OTHER_NAMES = {
    "p:46": ("Thừa Thiên Huế",),
    "fp:046": ("Thừa Thiên Huế",),
    "p:79": ("Sài Gòn",),
    "fp:079": ("Sài Gòn",),
    "fp:077": ("BR-VT",),
    "fp:006": ("Bắc Cạn",),
    "fp:066": ("Đắc Lắc",),
    "p:66": ("Đắc Lắc",),
    "fp:067": ("Đắc Nông",),
}
KINDS = ("thành phố", "tỉnh", "quận", "huyện", "thị xã", "thị trấn", "phường", "xã", "đặc khu")
Row = dict[str, Any]


def main(folder: Path) -> None:
    """Write units.csv, former.csv and mapping.csv; an AssertionError names a count that is not what the law says."""
    data = folder / "vietnamadminunits" / "data"
    with sqlite3.connect(data / "dataset.db") as base:
        base.row_factory = sqlite3.Row
        current = [dict(row) for row in base.execute("SELECT * FROM admin_units")]
        former = [dict(row) for row in base.execute("SELECT * FROM admin_units_legacy")]
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    mapping = list(successors(converter, current, former))
    check(current, former, mapping)
    write("units.csv", ("code", "kind", "name", "parent", "key", "aliases"), current_rows(current))
    write("former.csv", ("code", "kind", "name", "parent", "key", "aliases"), former_rows(former))
    write("mapping.csv", ("former", "current"), mapping)
    licence = next(folder.glob("vietnamadminunits-*.dist-info/licenses/LICENSE"))
    shutil.copyfile(licence, TABLES / "LICENSE.vietnamadminunits.txt")


def check(current: list[Row], former: list[Row], mapping: list[tuple[str, str]]) -> None:
    """Hold the tables against what is known of them."""
    assert len({row["provinceCode"] for row in current}) == 34
    assert len({row["wardCode"] for row in current}) == len(current) == 3321
    assert len({row["provinceCode"] for row in former}) == 63
    assert len({row["districtCode"] for row in former}) == 696
    assert len(former) == len(mapping) == 10040
    assert sum(" " in codes for _, codes in mapping) == 471
    assert len({code for _, codes in mapping for code in codes.split()}) == 3321


def current_rows(rows: list[Row]) -> Iterable[tuple[str, ...]]:
    """Provinces, then communes."""
    provinces = {row["provinceCode"]: row for row in rows}
    for code, row in sorted(provinces.items()):
        yield unit(f"p:{code}", row["province"], "", row["provinceAlias"])
    for row in sorted(rows, key=lambda row: row["wardCode"]):
        yield unit(f"c:{row['wardCode']}", row["ward"], f"p:{row['provinceCode']}", row["wardAlias"])


def former_rows(rows: list[Row]) -> Iterable[tuple[str, ...]]:
    """Provinces, districts, then wards; the five island districts have no wards."""
    for code, row in sorted({row["provinceCode"]: row for row in rows}.items()):
        yield unit(f"fp:0{code}", row["province"], "", row["provinceAlias"])
    for code, row in sorted({row["districtCode"]: row for row in rows}.items()):
        yield unit(f"fd:{code}", row["district"], f"fp:0{row['provinceCode']}", row["districtAlias"])
    for row in sorted((row for row in rows if row["wardCode"]), key=lambda row: row["wardCode"]):
        yield unit(f"fw:{row['wardCode']}", row["ward"], f"fd:{row['districtCode']}", row["wardAlias"])


def unit(code: str, full: str, parent: str, alias: str | None) -> tuple[str, ...]:
    """One row. Aliases are keys of earlier names."""
    full = nfc(full)
    kind = next(kind for kind in KINDS if full.lower().startswith(kind + " "))
    name = full[len(kind) + 1 :]
    aliases = dict.fromkeys(key_of(text) for text in (*json.loads(alias or "[]"), *OTHER_NAMES.get(code, ())))
    known = {key_of(name), key_of(kind + name)}
    return (code, SINCE.get(code, kind), name, parent, key_of(name), " ".join(a for a in aliases if a not in known))


def successors(converter: Row, current: list[Row], former: list[Row]) -> Iterable[tuple[str, str]]:
    """Each former ward (or island district) with the current communes it went to, largest share first where split."""
    targets = keyed(current, lambda row: (row["provinceKey"],), "ward", "wardCode")
    went: dict[str, list[str]] = {}
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, sources in communes.items():
            for source in sources:
                went[source] = [targets[province, commune]]
    for province, sources in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in sources.items():
            ranked = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            went[source] = [targets[province, part["newWardKey"]] for part in ranked]
    for row in former:
        keys = ["_".join((row["provinceKey"], row["districtKey"], ward)) for ward in forms(row, "ward")]
        codes = next(went[key] for key in keys if key in went)
        own = f"fw:{row['wardCode']}" if row["wardCode"] else f"fd:{row['districtCode']}"
        yield own, " ".join(f"c:{code}" for code in codes)


def keyed(rows: list[Row], above: Any, name: str, code: str) -> dict[tuple[str, ...], str]:
    """The package's keys ('xagiaothu', or 'xãgiaothử' where two would be alike) to codes."""
    return {(*above(row), form): row[code] for row in rows for form in forms(row, name)}


def forms(row: Row, name: str) -> list[str]:
    """How the package may call a unit, the telling form first."""
    if row[name] is None:
        return [""]
    return ["".join(row[name].lower().split()), row[f"{name}Key"]]


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """A table, the same bytes on every system."""
    with (TABLES / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
