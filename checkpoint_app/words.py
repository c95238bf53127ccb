"""Codes to words: one catalogue a language, shared by the screens, the reports and the command line (none needs Qt)."""

import json
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")


def say(language: Language, key: str, **params: str | int) -> str:
    """The sentence of `key` ('reason.zone-residence'), its parameters filled in; a KeyError names what is missing."""
    return catalogue(language)[key].format(**params)


def knows(language: Language, key: str) -> bool:
    """Whether the catalogue has `key`: codes from a newer registry may be unknown here."""
    return key in catalogue(language)


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Every sentence of a language, keyed '<file>.<key>' over resources/i18n/<language>/<file>.json."""
    return {
        f"{page.name.removesuffix('.json')}.{key}": text
        for page in files("resources").joinpath("i18n", language).iterdir()
        if page.name.endswith(".json")
        for key, text in json.loads(page.read_text(encoding="utf-8")).items()
    }
