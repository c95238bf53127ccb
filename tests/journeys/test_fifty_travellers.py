"""First start, enrolment, fifty travellers without a network, its return, closing, the log: nothing lost or doubled."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import openpyxl
import psycopg
import pytest

from checkpoint_app.duty import crossings, drafts, officers, screening, shifts
from checkpoint_app.reports import check_export, export_shift
from checkpoint_app.scanner.cards import Look, render_card
from checkpoint_app.scanner.decode import decode
from checkpoint_app.store import Store, open_store
from checkpoint_app.store.values import CrossingRow, Officer, Shift
from checkpoint_app.sync.engine import SyncEngine
from checkpoint_app.sync.enrolment import enrol
from checkpoint_core.journal.entries import read_entry
from checkpoint_core.journal.payloads import Decision
from checkpoint_core.practice import ScriptedTraveller, script
from checkpoint_core.screening.model import Place
from checkpoint_registry.running import Home
from tests.faults.proxy import Fault, Proxy
from tests.journeys.conftest import PEOPLE, SEED, RealRegistry

COUNT = 50
HANOI = Place("Hà Nội", "p:01")
NAMES_NOBODY = {"boarding-pass", "damaged"}


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("laptop"), bytes(range(32)), now) as store:
        yield store


def test_a_shift_of_fifty_reaches_the_registry_once_and_the_log_equals_the_journal(
    laptop: Store, registry: RealRegistry, tmp_path: Path
) -> None:
    with Proxy(registry.url) as network:
        supervisor = officers.first_supervisor(laptop, "Lê Văn Thử", "258036")
        enrol(laptop, network.url, registry.code(), "Máy thử", now)
        engine = SyncEngine(laptop, now)
        engine.sync_once()
        assert {post.id for post in laptop.posts()} >= {"cp-phap-van"}
        shift = shifts.open_shift(laptop, supervisor, "cp-phap-van", "1", "in")

        network.fault = Fault("drop")
        recorded = [row for one in script(SEED, 80, PEOPLE) if (row := meet(laptop, supervisor, shift, one))][:COUNT]
        offline = engine.sync_once()
        assert offline.push.trouble is not None
        assert laptop.backlog().waiting >= COUNT

        network.fault = Fault()
        engine.sync_once()
        engine.sync_once()
        assert laptop.backlog().waiting == 0
        shifts.close_shift(laptop, supervisor, shift, "Bàn giao thử", None)
        engine.sync_once()
        engine.close()

    assert laptop.breaks() == []
    assert laptop.backlog().waiting == laptop.backlog().quarantined == 0
    assert registry_rows(registry, laptop.device) == [signed.body for signed in laptop.entries()]
    verified = {answer.outcome for row in recorded for answer in laptop.crossing(row.id).verifications}  # type: ignore[union-attr]
    assert {"matches", "no-such-number", "differs"} <= verified

    done = export_shift(
        laptop, shift.id, "xlsx", tmp_path / "log.xlsx", language="vi", unmasked=True, by=supervisor,
        progress=lambda *_: None, cancelled=lambda: False,
    )  # fmt: skip
    check_export(done.path)
    assert sheet_people(done.path) == journal_people(laptop, shift.id)


def meet(store: Store, officer: Officer, shift: Shift, traveller: ScriptedTraveller) -> CrossingRow | None:
    """Hold the card before the reader, screen, declare, decide as the verdict suggests; None where the code names nobody."""
    if traveller.case == "boarding-pass":
        return None
    codes = decode(render_card(traveller.text, Look()), deep=True)
    assert [code.raw.decode() for code in codes] == [traveller.text], traveller.case
    screened = screening.screen_text(store, codes[0].raw, shift)
    if screened.reading.identity is None:
        return None
    said = msgspec.structs.replace(screened.declaration, destinations=screened.declaration.destinations or (HANOI,))
    judged = screening.rescreen(store, screened, said, shift)
    decision = {
        "clear": Decision("admitted"),
        "attention": Decision("admitted"),
        "stop": Decision("referred", "Theo kết quả"),
    }[judged.verdict.state]
    return crossings.record(
        store, officer, shift, (judged.traveller(),), decision, "car", "30A-123.45", id=drafts.crossing_id()
    )


def registry_rows(registry: RealRegistry, device: str) -> list[str]:
    """What the registry's PostgreSQL holds of a device's journal, in order."""
    with Home(registry.folder).open() as engine:
        url = engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
        with psycopg.connect(url) as connection:
            return [
                row[0]
                for row in connection.execute("SELECT body FROM entries WHERE device = %s ORDER BY sequence", (device,))
            ]


def sheet_people(path: Path) -> list[tuple[str, str]]:
    """Name and personal number of every line of the log."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [list(row) for row in book.worksheets[1].iter_rows(values_only=True)]
    book.close()
    heads = next(row for row in rows if "Số định danh" in row)
    name, number = heads.index("Họ và tên"), heads.index("Số định danh")
    body = rows[rows.index(heads) + 1 :]
    return [(str(row[name] or ""), str(row[number] or "")) for row in body if row[0] is not None]


def journal_people(store: Store, shift: str) -> list[tuple[str, str]]:
    """The same from the signed entries themselves."""
    found = []
    for signed in store.entries():
        entry = read_entry(signed.body)
        if entry.shift == shift and (crossing := getattr(entry.payload, "crossing", None)):
            found += [(one.identity.name or "", one.identity.number or "") for one in crossing.travellers]
    return found
