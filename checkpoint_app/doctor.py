"""`checkpoint doctor`: is each part of this laptop ready, and if not, what to do. Nothing is changed."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from checkpoint_app.scanner.camera import cameras
from checkpoint_app.scanner.second_opinion import available
from checkpoint_app.store.keys import DATABASE, system_keystore
from checkpoint_app.store.store import Store
from checkpoint_app.sync.engine import connect
from checkpoint_core.screening.model import Params
from checkpoint_core.times import plausible
from checkpoint_core.trouble import Trouble

_LEAST_FREE = 500_000_000  # bytes
_CLOCK_LIMIT = timedelta(minutes=5)

Clock = Callable[[], datetime]
OpenStore = Callable[[], Store]


@dataclass(frozen=True)
class Check:
    """What was looked at and how it is: `code` names a sentence of the catalogue ('doctor.no-camera'); ok or not."""

    part: str
    ok: bool
    code: str
    params: Params


def examine(folder: Path, open_store: OpenStore, clock: Clock) -> Iterator[Check]:
    """Camera, second reader, disk, clock, keystore, database, registry, in this order."""
    yield _cameras()
    yield _check("second-reader", available(), "zbar", "no-zbar")
    yield _disk(folder)
    yield _clock(clock)
    yield _check("keystore", system_keystore() is not None, "keystore", "no-keystore")
    yield from _database(folder, open_store, clock)


def _check(part: str, ok: bool, good: str, bad: str, **params: str | int) -> Check:
    return Check(part, ok, f"doctor.{good if ok else bad}", params)


def _cameras() -> Check:
    found = cameras()
    return _check("camera", bool(found), "cameras", "no-camera", n=len(found))


def _disk(folder: Path) -> Check:
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(there).free
    return _check("disk", free >= _LEAST_FREE, "disk", "disk-low", free=free // 1_000_000)


def _clock(clock: Clock) -> Check:
    now = clock()
    return _check("clock", plausible(now), "clock", "clock-wrong", now=f"{now:%Y-%m-%d %H:%M} UTC")


def _database(folder: Path, open_store: OpenStore, clock: Clock) -> Iterator[Check]:
    if not (folder / DATABASE).exists():
        yield Check("database", True, "doctor.no-database-yet", {})
        return
    try:
        store = open_store()
    except Trouble as trouble:
        yield Check("database", False, f"trouble.{trouble.code}", trouble.params)
        return
    with store:
        breaks = store.breaks()
        yield _check("database", not breaks, "database", "journal-broken", n=len(breaks))
        yield _registry(store, clock)


def _registry(store: Store, clock: Clock) -> Check:
    enrolment = store.enrolment()
    if enrolment is None:
        return Check("registry", False, "doctor.not-enrolled", {})
    transport = connect(enrolment, clock, None)
    try:
        transport.ask("/v1/health", dict[str, Any])
        offset = transport.registry_time() - clock()
    except Trouble as trouble:
        return Check("registry", False, f"sync.{trouble.code}", trouble.params)
    finally:
        transport.close()
    return _check(
        "registry", abs(offset) < _CLOCK_LIMIT, "registry", "clock-off", minutes=round(abs(offset).total_seconds() / 60)
    )
