"""Entries a second from a real store into a real registry over HTTP, beside a bare COPY of the same rows; bytes; idling."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import requests
from sqlalchemy import Engine

from checkpoint_app.store.store import Store, open_store
from checkpoint_app.store.values import Enrolment
from checkpoint_app.sync.engine import Clock, Connect, SyncEngine
from checkpoint_app.sync.enrolment import enrol
from checkpoint_app.sync.transport import Data, Transport
from checkpoint_core.identity.model import Identity
from checkpoint_core.journal.payloads import Crossing, CrossingRecorded, Decision, Traveller
from checkpoint_core.practice.people import Person, people
from checkpoint_core.screening.model import Declaration, Evidence, Place, Provenance, Reason, Verdict
from checkpoint_registry.devices.enrolment import issue_code
from checkpoint_registry.running import Home

ENTRIES, BATCH, IDLE_ROUNDS = 4000, 500, 100


@dataclass
class Traffic:
    """Bytes of bodies, as they travel, and requests."""

    sent: int = 0
    received: int = 0
    requests: int = 0


class Counted(Transport):
    """A transport that counts."""

    traffic: Traffic

    def _send(self, method: str, path: str, data: Data, headers: dict[str, str]) -> requests.Response:
        response = super()._send(method, path, data, headers)
        self.traffic.requests += 1
        self.traffic.sent += len(data or b"") if isinstance(data, bytes | None) else 0
        self.traffic.received += int(response.headers.get("Content-Length", 0))
        return response


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="checkpoint-bench-") as folder:
        home, laptop = Home(Path(folder) / "registry"), Path(folder) / "laptop"
        with running(home.folder) as url, home.open() as engine, open_store(laptop, bytes(32), now) as store:
            measure(store, engine, url)


def measure(store: Store, engine: Engine, url: str) -> None:
    """Fill the store, push it, and show what that took."""
    with engine.begin() as connection:
        code = issue_code(connection, "", timedelta(hours=1), now())
    enrol(store, url, str(code), "bench", now)
    traffic = Traffic()
    sync = SyncEngine(store, now, connect=counting(traffic))
    fill(store, 50)
    sync.sync_once()  # warm: token, connection, plans
    fill(store, ENTRIES)
    pushed = push(sync)
    traffic.sent = traffic.received = 0
    fill(store, BATCH)
    push(sync)
    copied = copy_rate(engine)
    print(f"push, store to registry and receipts back   {pushed:>9,.0f} entries/s   ({ENTRIES:,} entries)")
    print(f"bare COPY of the same rows, as many a batch {copied:>9,.0f} rows/s      ratio {copied / pushed:.1f}")
    print(f"on the wire, a batch of {BATCH}                {traffic.sent / BATCH:>9,.0f} bytes a crossing sent, "
          f"{traffic.received / BATCH:,.0f} received (zstd; bodies)")  # fmt: skip
    sync.sync_once()
    idle(sync, traffic)
    sync.close()


def idle(sync: SyncEngine, traffic: Traffic) -> None:
    """What a cycle with nothing to do costs."""
    before, times = traffic.requests, []
    traffic.received = 0
    for _ in range(IDLE_ROUNDS):
        started = time.perf_counter()
        sync.sync_once()
        times.append((time.perf_counter() - started) * 1000)
    print(f"idle cycle                                  {statistics.median(times):>9.1f} ms median, "
          f"{(traffic.requests - before) / IDLE_ROUNDS:.0f} request, "
          f"{traffic.received / IDLE_ROUNDS:.0f} bytes received")  # fmt: skip


def push(sync: SyncEngine) -> float:
    """Push everything; entries a second."""
    started, moved, more = time.perf_counter(), 0, True
    while more:
        outcome = sync.push_once()
        if outcome.trouble:
            raise outcome.trouble
        moved, more = moved + outcome.moved, outcome.more
    return moved / (time.perf_counter() - started)


def copy_rate(engine: Engine) -> float:
    """Rows a second of COPY into a table like the registry's, a batch a transaction, from rows ready in memory."""
    with psycopg.connect(engine.url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        rows = connection.execute("SELECT * FROM entries").fetchall()
        connection.execute("CREATE TABLE bare (LIKE entries INCLUDING ALL)")
        connection.commit()
        started = time.perf_counter()
        for at in range(0, len(rows), BATCH):
            with connection.cursor().copy("COPY bare FROM STDIN") as copy:
                for row in rows[at : at + BATCH]:
                    copy.write_row(row)
            connection.commit()
        return len(rows) / (time.perf_counter() - started)


def fill(store: Store, count: int) -> None:
    """Record `count` crossings of invented people."""
    first = store.backlog().waiting
    for person in list(people(7, first + count))[first:]:
        store.append(CrossingRecorded(crossing(person)), officer="bench", shift="bench")


def crossing(person: Person) -> Crossing:
    """One person in a car, as the scan page would record it."""
    who = Identity(person.number, None, person.name, person.birth_date, person.sex, person.address, person.issued)
    said = Declaration(Place("Ninh Bình", "p:37"), (Place("Hà Nội", "p:01"),), purpose="work", phone="+84912345678")
    evidence = Evidence("register-unchecked", "unknown", Provenance("registry"))
    verdict = Verdict("attention", (Reason("register-unchecked", "attention", evidence),), 1)
    party = (Traveller(who, "cccd", said, verdict),)
    return Crossing("phap-van", "2", "in", party, Decision("admitted"), "car", f"29A{person.number[-5:]}")


def counting(traffic: Traffic) -> Connect:
    """The way to the registry, counted."""

    def connect(enrolment: Enrolment, clock: Clock, offset: timedelta | None) -> Transport:
        made = Counted(enrolment.url, enrolment.authority, clock, offset=offset)
        made.traffic = traffic
        return made

    return connect


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A registry process on `folder`, with its embedded PostgreSQL."""
    command = [sys.executable, "-m", "checkpoint_registry", "serve", "--data", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield str(json.loads(process.stdout.readline())["ready"])
        finally:
            process.terminate()
            process.wait(30)


def now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
