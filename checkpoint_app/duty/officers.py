"""Officers: the first supervisor, others by a supervisor, signing in with a PIN whose guessing is slow."""

from datetime import timedelta
from math import ceil

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from checkpoint_app.duty.fields import refuse
from checkpoint_app.store import Store
from checkpoint_app.store.values import Officer, Role
from checkpoint_core.journal.payloads import Access
from checkpoint_core.text import nfc
from checkpoint_core.trouble import Trouble

SHORTEST_PIN = 6
LONGEST_PIN = 32
LONGEST_WAIT = 900  # seconds
_RUNS = "01234567890123456789", "98765432109876543210"
_HASHER = PasswordHasher()  # Argon2id, 64 MiB


def officers(store: Store) -> list[Officer]:
    """Everybody who may sign in here."""
    return store.officers()


def first_supervisor(store: Store, name: str, pin: str) -> Officer:
    """The laptop's first officer, who may add the others; Trouble('not-allowed') once there is any, Trouble('field')."""
    if store.officers():
        raise Trouble("not-allowed")
    return store.add_officer(_name(name), "supervisor", _HASHER.hash(_pin(pin)), None)


def add_officer(store: Store, by: Officer, name: str, role: Role, pin: str) -> Officer:
    """Another officer, added by a supervisor; Trouble('not-allowed' | 'field')."""
    require_supervisor(store, by)
    return store.add_officer(_name(name), role, _HASHER.hash(_pin(pin)), by.id)


def sign_in(store: Store, officer_id: str, pin: str) -> Officer:
    """The officer, when the PIN is theirs; the journal says that they came. Troubles as `check_pin`."""
    officer = check_pin(store, officer_id, pin)
    store.append(Access("signed-in"), officer=officer.id, shift=None)
    return officer


def check_pin(store: Store, officer_id: str, pin: str) -> Officer:
    """The officer, when the PIN is theirs. Troubles: wrong-pin (`seconds` until the next try), pin-wait, no-such-officer.

    The try is counted before it is made: pulling the plug does not help a guesser.
    """
    record, now = store.pin_record(officer_id), store.clock()
    wait = _wait(record.failures)
    if record.locked_until and now < record.locked_until:
        seconds = ceil((record.locked_until - now).total_seconds())
        if seconds > wait:  # the clock was set back: not longer than was meant
            store.keep_failures(officer_id, record.failures, now + timedelta(seconds=wait))
        raise Trouble("pin-wait", seconds=min(seconds, wait))
    failures = record.failures + 1
    store.keep_failures(officer_id, failures, now + timedelta(seconds=_wait(failures)))
    try:
        _HASHER.verify(record.hashed, pin.encode("utf-8", "replace"))
    except VerifyMismatchError:
        raise Trouble("wrong-pin", seconds=_wait(failures)) from None
    store.keep_failures(officer_id, 0, None)
    return record.officer


def change_pin(store: Store, officer: Officer, old: str, new: str) -> None:
    """Another PIN for oneself; troubles as `check_pin`, Trouble('field')."""
    hashed = _HASHER.hash(_pin(new))
    check_pin(store, officer.id, old)
    store.change_pin(officer.id, hashed, officer.id)


def reset_pin(store: Store, by: Officer, officer_id: str, new: str) -> None:
    """A new PIN for an officer who forgot theirs, by a supervisor; Trouble('not-allowed' | 'no-such-officer' | 'field')."""
    require_supervisor(store, by)
    store.change_pin(store.officer(officer_id).id, _HASHER.hash(_pin(new)), by.id)


def require_supervisor(store: Store, officer: Officer) -> None:
    """Trouble('not-allowed') unless the store knows this officer as a supervisor."""
    if store.officer(officer.id).role != "supervisor":
        raise Trouble("not-allowed")


def _wait(failures: int) -> int:
    """Seconds after so many wrong PINs: 1, 2, 4 ... a quarter of an hour."""
    return min(2 ** min(failures - 1, 20), LONGEST_WAIT) if failures else 0


def _name(name: str) -> str:
    clean = nfc(name)
    if not clean:
        raise refuse("name", "missing")
    if len(clean) > 100 or not clean.isprintable():
        raise refuse("name", "malformed")
    return clean


def _pin(pin: str) -> str:
    if not (pin.isascii() and pin.isdigit()):
        raise refuse("pin", "not-digits")
    if not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
        raise refuse("pin", "too-short" if len(pin) < SHORTEST_PIN else "too-long")
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        raise refuse("pin", "too-simple")
    return pin
