"""A durable save of a crossing through duty against a bare SQLite insert with the same PRAGMAs, run by turns."""

import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from checkpoint_app.duty import crossings, drafts, shifts
from checkpoint_app.store import Store, open_store
from checkpoint_core.identity import Identity
from checkpoint_core.journal.payloads import Decision, Traveller
from checkpoint_core.screening.model import Declaration, Evidence, Place, Provenance, Reason, Verdict

ROUNDS, WARM_UP = 400, 40
PLACES = (("p50", 50), ("p95", 95))
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "cache_size=-32000")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        bare = bare_saver(Path(folder) / "bare.db")
        with open_store(Path(folder) / "store", bytes(range(32)), lambda: datetime.now(UTC)) as store:
            ours = duty_saver(store)
            times = measured(ours, bare)
    result = {"saves": ROUNDS} | {f"{who}_{p}_ms": round(at(list_, q), 3) for who, list_ in times.items() for p, q in PLACES}
    result |= {f"ratio_{p}": round(at(times["duty"], q) / at(times["bare"], q), 2) for p, q in PLACES}
    json.dump(result, sys.stdout)
    print()


def at(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1] * 1000


def measured(ours: Callable[[int], object], bare: Callable[[int], object]) -> dict[str, list[float]]:
    """Seconds a save took, one of ours and one bare insert by turns, so that both meet the same disk."""
    times: dict[str, list[float]] = {"duty": [], "bare": []}
    for number in range(WARM_UP + ROUNDS):
        for name, save in (("duty", ours), ("bare", bare)):
            started = time.perf_counter()
            save(number)
            if number >= WARM_UP:
                times[name].append(time.perf_counter() - started)
    return times


def duty_saver(store: Store) -> Callable[[int], object]:
    officer = store.add_officer("Lê Văn Thử", "supervisor", "no PIN", None)
    shift = shifts.open_shift(store, officer, "PV", "1", "in")
    decision = Decision("admitted")

    def save(number: int) -> object:
        return crossings.record(
            store, officer, shift, (traveller(number),), decision, "car", f"29B1{number:05}", id=drafts.crossing_id()
        )

    return save


def bare_saver(file: Path) -> Callable[[int], object]:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE entries (sequence INTEGER PRIMARY KEY, number TEXT, body TEXT)")
    body = "x" * 1334  # with the number, as many bytes as an entry's row: 1045 of canonical text and 301 beside it

    def save(number: int) -> object:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO entries (number, body) VALUES (?, ?)", (f"0011900{number:05}", body))
        return connection.execute("COMMIT")

    return save


def traveller(number: int) -> Traveller:
    who = Identity(f"0011900{number:05}", None, f"Người Thử {number}", "1990-09-05", "female", "Giao Thử, Ninh Bình")
    said = Declaration(Place("Ninh Bình", "p:37"), (Place("Hà Nội", "p:01"),), purpose="work", phone="+84912345678")
    evidence = Evidence("register-unchecked", "unknown", Provenance("registry"))
    return Traveller(who, "cccd", said, Verdict("clear", (Reason("register-unchecked", "inform", evidence),), 1))


if __name__ == "__main__":
    main()
