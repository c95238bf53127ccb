"""Where a birth was registered: the first three digits of a personal number, 63 provinces and 195 countries.

After appendices 1 and 2 of Circular 07/2016/TT-BCA; the countries as compiled in vietnam-personal-id (MIT)."""

import csv
from functools import cache
from importlib.resources import files


@cache
def registration_places() -> dict[str, str]:
    """Code ('036', '139') to the province's or country's name in Vietnamese, as of when the numbers were given out."""
    text = files("checkpoint_core.identity").joinpath("registration.csv").read_text(encoding="utf-8")
    return dict(list(csv.reader(text.splitlines()))[1:])
