"""Entries a second that the registry takes in over HTTP in batches of 500, against a bare COPY of the same rows."""

import json
import sys
import time
from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy import text

from checkpoint_core.journal.payloads import Traveller
from checkpoint_core.practice import Person, people
from checkpoint_core.screening.model import Declaration, Place
from checkpoint_core.signing import Signed
from checkpoint_registry.database import copy_rows
from checkpoint_registry.population.invented import settle
from tests.registry.laptop import Laptop, recorded, traveller
from tests.registry.server import Served, postgres, served

SEED, BATCH, BATCHES, REGISTER = 11, 500, 12, 20_000


def measure() -> dict[str, float]:
    """Wall time; client and server share this process and its lock, PostgreSQL has its own. The register is settled, so
    every traveller is looked up, found and answered with a signed notice."""
    with postgres() as url, served(url) as registry:
        with registry.engine.begin() as connection:
            settle(connection, SEED, REGISTER)
        laptop = Laptop(registry)
        entries = [laptop.entry(recorded(_shown(one)), shift="shift") for one in people(SEED, BATCH * BATCHES)]
        batches = [entries[at : at + BATCH] for at in range(0, len(entries), BATCH)]
        pushed = _seconds(lambda: _push(laptop, batches))
        repeated = _seconds(lambda: _push(laptop, batches))
        columns, rows = _rows(registry)
        copied = _seconds(lambda: _copy(registry, columns, rows))
    rates = {"pushed": pushed, "repeated": repeated, "copied": copied}
    return {f"{name}_per_s": round(len(entries) / took) for name, took in rates.items()} | {
        "ratio": round(pushed / copied, 1)
    }


def _shown(one: Person) -> Traveller:
    who = {"number": one.number, "name": one.name, "birth_date": one.birth_date, "sex": one.sex, "address": one.address}
    declared = Declaration(Place("Hà Nội", "p:01"), (Place("Ninh Bình", "p:37"),), purpose="work", phone="+84912345678")
    return msgspec.structs.replace(traveller(**who), declaration=declared)


def _push(laptop: Laptop, batches: Sequence[Sequence[Signed]]) -> None:
    for batch in batches:
        answer = laptop.post(batch)
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["receipts"]) == len(batch)


def _rows(registry: Served) -> tuple[list[str], list[tuple[object, ...]]]:
    with registry.engine.begin() as connection:
        connection.execute(text("CREATE TABLE bare (LIKE entries INCLUDING ALL)"))
        stored = connection.execute(text("SELECT * FROM entries ORDER BY sequence"))
        return list(stored.keys()), [tuple(row) for row in stored]


def _copy(registry: Served, columns: list[str], rows: list[tuple[object, ...]]) -> None:
    """The stored rows once more, in as many transactions, into a table with the same indexes."""
    for at in range(0, len(rows), BATCH):
        with registry.engine.begin() as connection:
            copy_rows(connection, "bare", columns, rows[at : at + BATCH])


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()) + "\n")
