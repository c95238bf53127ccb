"""An address line, however dirty, to the finest unit it names, with a confidence and with what else it may be."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from checkpoint_core.geography.text import key_of
from checkpoint_core.geography.units import Level, Unit, area, covers, province_of, successors, tables, unit

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[,;|]|[-–]")
_FUSED = re.compile(r"(?<=[a-zà-ỹ])(?=[A-ZĐ])")
_SHORT = {
    "p": "phuong",
    "f": "phuong",
    "q": "quan",
    "h": "huien",
    "x": "xa",
    "tt": "thitran",
    "tp": "thanhpho",
    "tx": "thixa",
    "t": "tinh",
    "dk": "dackhu",
}
_WORDS = {"tphcm": ("tp", "hcm"), "tphn": ("tp", "hn"), "tpho": ("tp", "ho")}
_KIND_KEYS = ("phuong", "xa", "thitran", "dackhu", "quan", "huien", "thixa", "thanhpho", "tinh")
_PROVINCE_KINDS = ("tinh", "thanhpho")
# What is named after these is a street or a hamlet, not a unit.
_SMALL = {"duong", "pho", "ngo", "ngach", "hem", "thon", "xom", "ap", "ban", "buon", "lang", "khu", "kp", "soc", "bon"}
_COUNTRY = (["viet", "nam"], ["vietnam"], ["vn"])
_LONGEST = 7  # tokens of a name with its kind
_MOST_TOKENS = 40
_WORTH: dict[Level, int] = {"commune": 40, "district": 30, "province": 30}
_MISSING: dict[Level, int] = {"district": 8, "province": 14}
_MIXED = 12  # a present commune in a province of before
_OPEN = 75  # confidence in what holds several that the text may mean
_NEAR = 2.5  # candidates within this of the best are as good


class Resolution(NamedTuple):
    """`unit` is the finest that is certain enough to name, `confidence` 0 to 100. `candidates` are current communes where a
    former one was split, or the units among which the text does not decide (`unit` is then what holds them, or None)."""

    unit: Unit | None
    level: Level | None
    confidence: int
    former: bool
    candidates: tuple[Unit, ...] = ()

    @property
    def split(self) -> bool:
        """Whether the candidates are the parts of one former commune."""
        return bool(self.candidates) and self.former and self.level == "commune"


class _Name(NamedTuple):
    """A way to call a unit: with its kind before the name or without, and whether it is an earlier name."""

    unit: Unit
    whole: bool
    earlier: bool


class _Span(NamedTuple):
    start: int
    end: int
    unit: Unit
    cost: float


class _Match(NamedTuple):
    score: float
    confidence: int
    span: _Span


class _Step(NamedTuple):
    """What should stand right of a name: its level, the confidence lost without it, the codes that will do."""

    level: Level
    missing: int
    codes: tuple[str, ...]


class _Line(NamedTuple):
    """An address as tokens: folded ones, the written ones beside them, and where parts begin and end."""

    tokens: list[str]
    written: list[str]
    edges: set[int]
    commas: set[int]


REFORM = date(2025, 7, 1)  # districts are gone, 63 provinces are 34
NOWHERE = Resolution(None, None, 0, False)


def resolve(address: str, written: date | None = None) -> Resolution:
    """What `address` names. `written` is the day it was put down (the card's day of issue): the set of units then in
    force is preferred where both fit."""
    former = None if written is None else written < REFORM
    line = _tokenise(address)
    spans = _spans(line)
    if not spans:
        return NOWHERE
    by_code: dict[str, list[_Span]] = defaultdict(list)
    for span in spans:
        by_code[span.unit.code].append(span)
    matches = [_judge(span, by_code, len(line.tokens), former) for span in _within(spans, line.edges)]
    top = max(match.score for match in matches)
    near = [match for match in matches if match.score > top - _NEAR]
    return _answer(max(near, key=lambda match: match.score), near)


def _answer(best: _Match, near: list[_Match]) -> Resolution:
    units = _distinct(best, near)
    found = next((one for one in units if all(covers(one, other) == "certain" for other in units)), None)
    if found:  # one alone, or one that holds the others
        parts = successors(found.code) if found.former and found.level == "commune" else ()
        confidence = best.confidence if len(units) == 1 else min(best.confidence, _OPEN)
        return Resolution(found, found.level, confidence, found.former, parts if len(parts) > 1 else ())
    above = {one.parent for one in units}
    shared = unit(above.pop()) if len(above) == 1 else None
    places = {province.code for one in units if (province := province_of(one.code))}
    shared = shared or (unit(places.pop()) if len(places) == 1 else None)
    if shared is None:
        return Resolution(None, None, min(best.confidence, 30), False, units)
    return Resolution(shared, shared.level, min(best.confidence, _OPEN), shared.former, units)


def _distinct(best: _Match, near: list[_Match]) -> tuple[Unit, ...]:
    """The units that the text leaves open, the best first; the best alone where all are the same communes today."""
    ranked = sorted(near, key=lambda match: (match is not best, -match.score, match.span.unit.code))
    units = dict.fromkeys(match.span.unit for match in ranked)
    return (best.span.unit,) if len({area(one.code) for one in units}) == 1 else tuple(units)


def _judge(span: _Span, by_code: dict[str, list[_Span]], length: int, former: bool | None) -> _Match:
    """How well the text bears out `span` as the finest unit: what is above it must stand to its right."""
    chain = _chain(span.unit, former)
    match = _follow(span, chain, by_code, length)
    if (
        len(chain) == 2 and chain[0].codes[0] in by_code
    ):  # 'Tân Lập, Thái Nguyên': the town above it is not named, the province is
        match = max(match, _follow(span, (chain[0]._replace(codes=()), chain[1]), by_code, length))
    return match._replace(score=match.score + _of_its_time(span, former))


def _follow(span: _Span, chain: tuple[_Step, ...], by_code: dict[str, list[_Span]], length: int) -> _Match:
    score = _WORTH[span.unit.level] - span.cost
    confidence = 97.0 - 2 * span.cost
    covered = set(range(span.end))
    end = span.end
    for step in chain:
        found = [above for code in step.codes for above in by_code.get(code, ()) if above.start >= end]
        if not found:
            score -= _MISSING[step.level]
            confidence -= step.missing
            continue
        nearest = min(found, key=lambda above: (above.start, above.cost, -above.end))
        score += _WORTH["province"] - nearest.cost - (_MIXED if nearest.unit.former and not span.unit.former else 0)
        confidence -= nearest.cost
        end = nearest.end
        covered.update(*(range(above.start, above.end) for above in found))
    loose = min(6, length - len(covered))
    return _Match(score - 2 * loose, max(0, round(confidence - 3 * loose)), span)


def _of_its_time(span: _Span, former: bool | None) -> float:
    """What the day of writing says for or against a unit. Without one, 'Ba Đình' may be the ward of now or the district."""
    if former is None:
        return 9.0 if span.unit.level == "district" and span.cost else 0.0
    if span.unit.former == former:
        return 0.0
    return -6.0 if span.unit.former or span.unit.level == "province" else -20.0  # nobody knew the units to come


@cache
def _chain(one: Unit, former: bool | None) -> tuple[_Step, ...]:
    """What should stand right of a unit, nearest first. Before the reform nobody wrote the province of after it."""
    province = province_of(one.code)
    now = province.code if province else ""
    later = () if former else (now,)
    if one.level == "province":
        return ()
    if not one.former:
        return (_Step("province", 35, (now, *tables().former_provinces[now])),)
    if one.level == "district":
        return (_Step("province", 25, (one.parent, *later)),)
    above = tables().units[one.parent]
    return _Step("district", 12, (above.code,)), _Step("province", 20, (above.parent, *later))


def _within(spans: list[_Span], edges: set[int]) -> list[_Span]:
    """The spans in the provinces that the text names, where it names some, without those that are only a part of a name."""
    named = {province_of(span.unit.code) for span in spans if span.unit.level == "province"}
    there = [span for span in spans if not named or province_of(span.unit.code) in named]
    names = {(span.start, span.end) for span in there if span.unit.level == "province" or {span.start, span.end} <= edges}
    parts = {(span.start, span.end) for span in there if any(_inside((span.start, span.end), name) for name in names)}
    return [span for span in there if (span.start, span.end) not in parts]


def _inside(part: tuple[int, int], name: tuple[int, int]) -> bool:
    """Whether a run of tokens is only a part of a name: 'Bà Rịa' in 'Bà Rịa - Vũng Tàu'."""
    return part != name and name[0] <= part[0] and part[1] <= name[1]


def _spans(line: _Line) -> list[_Span]:
    """Every run of tokens that is a unit's name."""
    index = _index()
    found = []
    for start, first in enumerate(line.tokens):
        for end in range(start + 1, min(start + _LONGEST, len(line.tokens)) + 1):
            rest = "".join(line.tokens[start + 1 : end])
            for key in {first + rest, _SHORT.get(first, first) + rest}:
                for name in index.get(key, ()):
                    cost = _cost(line, start, end, name)
                    if cost is not None:
                        found.append(_Span(start, end, name.unit, cost))
    return found


def _cost(line: _Line, start: int, end: int, name: _Name) -> float | None:
    """What speaks against a run of tokens being that unit; None rules it out."""
    place = _placed(line, start, end, name)
    if place is None or (end - start == 1 and name.unit.level == "province" and _otherwise(line, start, end, name)):
        return None  # 'Huệ' is not Huế
    across = any(start < comma < end for comma in line.commas)
    if across and name.unit.level != "province":
        return None
    return place + 3 * name.earlier + 4 * across + 4 * _otherwise(line, start, end, name)


def _placed(line: _Line, start: int, end: int, name: _Name) -> float | None:
    """What the words around it say against a name; None rules it out."""
    first = start in line.edges
    kind = "" if first else _kind_before(line.tokens, start)
    if name.whole or kind == key_of(name.unit.kind):
        return 0.0
    if kind:
        return None if name.unit.level == "province" and kind not in _PROVINCE_KINDS else 4.0
    if not first and line.tokens[start - 1] in _SMALL:
        return None
    if name.unit.level != "province" and end - start == 1 and not (first and end in line.edges):
        return None
    return 1.0 if first else 3.0


def _otherwise(line: _Line, start: int, end: int, name: _Name) -> bool:
    """Whether a name is written with other diacritics than its own: 'Mỹ Thọ' is not 'Mỹ Tho'."""
    written = _marks(" ".join(line.written[start:end]))
    one = name.unit
    return bool(written) and not name.earlier and written not in (_marks(one.name), _marks(f"{one.kind} {one.name}"))


def _kind_before(tokens: list[str], start: int) -> str:
    """The kind that stands before a name, '' where none does."""
    one = _SHORT.get(tokens[start - 1], tokens[start - 1]) if start else ""
    two = tokens[start - 2] + tokens[start - 1] if start > 1 else ""
    return next((kind for kind in (two, one) if kind in _KIND_KEYS), "")


@cache
def _index() -> dict[str, tuple[_Name, ...]]:
    """Every way to call a unit, by key."""
    index: defaultdict[str, list[_Name]] = defaultdict(list)
    kinds = {kind: key_of(kind) for kind in {one.kind for one in tables().units.values()}}
    for one in tables().units.values():
        index[kinds[one.kind] + one.key].append(_Name(one, True, False))
        if not one.key.isdigit():
            index[one.key].append(_Name(one, False, False))
        for alias in one.aliases.split():
            index[alias].append(_Name(one, alias.startswith(_KIND_KEYS), True))
    return {key: tuple(names) for key, names in index.items()}


def _tokenise(address: str) -> _Line:
    text = _FUSED.sub(" ", unicodedata.normalize("NFC", address[:2000]))
    line = _Line([], [], {0}, set())
    for part in _TOKEN.findall(text):
        if part in ",;|-–":
            line.edges.add(len(line.tokens))
            if part in ",;|":
                line.commas.add(len(line.tokens))
            continue
        for key in _keys(part):
            line.tokens.append(key)
            line.written.append(part)
    _drop_country(line.tokens)
    _drop_repeat(line)
    line.edges.add(len(line.tokens))
    return _cut(line)


def _keys(part: str) -> Iterable[str]:
    """The tokens that one written word stands for."""
    key = key_of(part)
    if key.isdigit():
        return (key.lstrip("0"),)
    return _WORDS.get(key, (key,) if key else ())


def _drop_country(tokens: list[str]) -> None:
    """Take a closing 'Việt Nam' off."""
    for country in _COUNTRY:
        if tokens[-len(country) :] == country:
            del tokens[-len(country) :]


def _drop_repeat(line: _Line) -> None:
    """Take off a tail that stands there twice; 'Cà Mau, Cà Mau' is a town and its province."""
    tokens = line.tokens
    for length in range(len(tokens) // 2, 2, -1):
        if tokens[-length:] == tokens[-2 * length : -length] and len(tokens) - length in line.edges:
            del tokens[-length:]
            return


def _cut(line: _Line) -> _Line:
    """The last tokens of a line that is longer than any address."""
    spare = max(0, len(line.tokens) - _MOST_TOKENS)
    edges, commas = ({place - spare for place in places} for places in (line.edges, line.commas))
    return _Line(line.tokens[spare:], line.written[spare : len(line.tokens)], edges, commas)


@lru_cache(maxsize=1 << 16)
def _marks(text: str) -> str:
    """The diacritics of a text in any order, so that 'hoà' and 'hòa' are alike."""
    return "".join(sorted(c for c in unicodedata.normalize("NFD", text.casefold()) if c == "đ" or unicodedata.combining(c)))
