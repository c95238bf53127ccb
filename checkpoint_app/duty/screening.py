"""A traveller screened: who they are, where they live, what was declared and seen before, and the verdict of it all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from checkpoint_app.duty.values import Screened
from checkpoint_app.store import Store
from checkpoint_app.store.times import parse
from checkpoint_app.store.values import CrossingRow, Shift
from checkpoint_core.geography import NOWHERE, Resolution, label, province_of, resolve, successors
from checkpoint_core.identity import Identity, Reading, phone_number, read
from checkpoint_core.journal.payloads import Traveller
from checkpoint_core.screening.gather import gather
from checkpoint_core.screening.model import Declaration, Place
from checkpoint_core.screening.people import History, Seen, age_on, register_answer
from checkpoint_core.screening.places import VIETNAM
from checkpoint_core.screening.verdict import screen
from checkpoint_core.text import fold
from checkpoint_core.times import day

_NEVER = History()


def prepare() -> None:
    """Load the tables that screening looks things up in, before the first card is shown."""
    resolve("Hà Nội")
    phone_number("0912345678")


def screen_text(store: Store, text: str | bytes, shift: Shift, declaration: Declaration | None = None) -> Screened:
    """Read and judge what a code, a hand scanner or a keyboard gave."""
    return screen_reading(store, read(text), shift, declaration)


def screen_manual(store: Store, identity: Identity, shift: Shift, declaration: Declaration | None = None) -> Screened:
    """Judge an identity typed from a card that cannot be read."""
    return screen_reading(store, Reading("unknown", identity, (), ""), shift, declaration)


def rescreen(store: Store, screened: Screened, declaration: Declaration, shift: Shift) -> Screened:
    """Judge again with what was declared since, or with lists that have come since."""
    return screen_reading(store, screened.reading, shift, declaration)


def screen_reading(store: Store, reading: Reading, shift: Shift, declaration: Declaration | None = None) -> Screened:
    """Judge a reading. Without a declaration it is prefilled: from the last crossing within the policy's hours, else from
    what the card tells."""
    now, reference, who = store.clock(), store.reference(), reading.identity or Identity()
    residence = _residence(who)
    past = _past(store, who, now, timedelta(hours=reference.policy.repeat_hours))
    if declaration is None:
        certain = residence.confidence >= reference.policy.residence_confidence
        declaration = _prefilled(store, who, shift, residence if certain else NOWHERE, past)
    evidence = gather(reading.identity, reading.findings, residence, declaration, reference, past.history, now)
    return Screened(
        reading=reading,
        declaration=declaration,
        verdict=screen(evidence, reference.policy, reference.policy_version),
        age=age_on(who.birth_date, now.astimezone(VIETNAM).date()),
        residence=_named(residence),
        residence_unit=residence.unit.code if residence.unit else None,
        former_residence=residence.former and residence.level == "commune",
        repeat=past.repeat is not None,
        last_crossing=past.last_at,
        verification=register_answer(who, past.history.seen),
        vehicle=past.repeat.crossing.vehicle if past.repeat else None,
        plate=past.repeat.crossing.plate if past.repeat else None,
    )


@dataclass(frozen=True)
class _Past:
    """What this laptop saw of one number before; `repeat` is the crossing whose declaration may be used again."""

    number: str | None = None
    history: History = _NEVER
    last_at: datetime | None = None
    repeat: CrossingRow | None = None


def _past(store: Store, who: Identity, now: datetime, reuse: timedelta) -> _Past:
    number = who.number or who.old_number or who.document_number
    if not number or "*" in number:
        return _Past()
    rows = store.history(number)
    names = {post.id: post.name for post in store.posts()} if rows else {}
    history = History(tuple(_seen(row, number, names) for row in rows))
    last = next((row for row in rows if _same_name(who, _person(row, number).identity)), None)
    if last is None:
        return _Past(number, history)
    at = _happened(last)
    return _Past(number, history, at, last if timedelta() <= now - at <= reuse else None)


def _seen(row: CrossingRow, number: str, names: dict[str, str]) -> Seen:
    traveller = _person(row, number)
    index = row.crossing.travellers.index(traveller)
    answer = next((answer for answer in row.verifications if answer.index == index), None)
    who = traveller.identity
    where = names.get(row.crossing.checkpoint, row.crossing.checkpoint)
    return Seen(_happened(row), who.name, who.birth_date, where, row.crossing.lane, answer)


def _person(row: CrossingRow, number: str) -> Traveller:
    """The traveller with this number on a crossing that was found by it."""
    return next(one for one in row.crossing.travellers if number in _numbers(one.identity))


def _numbers(who: Identity) -> tuple[str | None, ...]:
    return who.number, who.old_number, who.document_number


def _same_name(who: Identity, other: Identity) -> bool:
    """A number alone ('typed by hand') agrees with any name; two names must be the same."""
    return not (who.name and other.name) or fold(who.name) == fold(other.name)


def _happened(row: CrossingRow) -> datetime:
    return parse(row.crossing.happened_at) if row.crossing.happened_at else row.at


def _residence(who: Identity) -> Resolution:
    return resolve(who.address, day(who.issued)) if who.address else NOWHERE


def _named(residence: Resolution) -> str | None:
    """The residence as it is called today: of a former commune its successors, several where it was split."""
    if residence.unit is None:
        return None
    today = successors(residence.unit.code) if residence.former and residence.level == "commune" else ()
    return " / ".join(label(one) for one in today or (residence.unit,))


def _prefilled(store: Store, who: Identity, shift: Shift, home: Resolution, past: _Past) -> Declaration:
    if past.repeat and past.number:
        return _again(_person(past.repeat, past.number).declaration, past.repeat.crossing.direction == shift.direction)
    phone = who.phone or None
    if home.unit is None:
        return Declaration(phone=phone)
    place = Place(label(home.unit), home.unit.code)
    if _leaves_home(store, shift, home):
        return Declaration(origin=place, phone=phone)
    return Declaration(destinations=(place,), phone=phone)


def _again(said: Declaration, same_way: bool) -> Declaration:
    """What was declared last time; on the way back, the journey the other way round."""
    if same_way or said.origin is None or not said.destinations:
        return said
    *others, last = said.destinations
    return msgspec.structs.replace(said, origin=last, destinations=(said.origin,), stops=(*said.stops, *others))


def _leaves_home(store: Store, shift: Shift, home: Resolution) -> bool:
    """Whether somebody who lives there and passes this way comes from home (else: goes there). Those who live in the
    checkpoint's own province leave home on their way out, all others on their way in."""
    post = next((post for post in store.posts() if post.id == shift.checkpoint), None)
    here = province_of(post.unit) if post else None
    if here is None or home.unit is None:
        return True
    return (province_of(home.unit.code) == here) == (shift.direction == "out")
