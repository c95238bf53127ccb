"""The registry's half of the loop: enrolled, pushed, receipted, projected, checked, told."""

from sqlalchemy import insert, select

from checkpoint_core.journal.payloads import CrossingCorrected
from checkpoint_core.text import fold
from checkpoint_registry.intake.tables import CrossingVersion, StoredEntry, TravellerRow
from checkpoint_registry.population.tables import Citizen
from tests.registry.laptop import Laptop, crossing, recorded, traveller
from tests.registry.server import Served

AN = {"number": "001085000123", "name": "Đoàn Thị Ánh", "birth_date": "1985-03-02", "sex": "female"}


def settle(registry: Served, **person: str) -> None:
    row = {"former_numbers": [], "unit": "c:1", "household": "h", **person, "folded": fold(person["name"])}
    with registry.engine.begin() as connection:
        connection.execute(insert(Citizen).values(row))


def test_an_entry_is_receipted_stored_and_its_traveller_checked(registry: Served) -> None:
    settle(registry, **AN)
    laptop = Laptop(registry)
    signed = laptop.entry(recorded(traveller(**AN), traveller(number="001085000124", name="Ai Đó")))
    [receipt] = laptop.push(signed)
    assert (receipt.outcome, receipt.digest, receipt.device) == ("accepted", signed.digest, laptop.device)
    outcomes = [(one.entry, one.index, one.outcome) for one in laptop.verifications()]
    assert outcomes == [(receipt.entry, 0, "matches"), (receipt.entry, 1, "no-such-number")]
    with registry.engine.connect() as connection:
        kept = connection.execute(select(StoredEntry.body).where(StoredEntry.id == receipt.entry)).scalar_one()
        rows = connection.execute(select(TravellerRow.folded).where(TravellerRow.entry == receipt.entry)).scalars()
        assert kept == signed.body
        assert set(rows) == {"doan thi anh", "ai do"}


def test_corrections_supersede_in_any_order(registry: Served) -> None:
    laptop = Laptop(registry)
    first = laptop.entry(recorded(), id="0190f0e0-0000-7000-8000-000000000001")
    corrections = [
        laptop.entry(CrossingCorrected("0190f0e0-0000-7000-8000-000000000001", "sai", crossing(plate=plate)))
        for plate in ("29A11111", "29A22222")
    ]
    current = select(CrossingVersion.plate).where(CrossingVersion.device == laptop.device, CrossingVersion.current)
    held = []
    for signed in (corrections[1], first, corrections[0]):
        laptop.push(signed)
        with registry.engine.connect() as connection:
            held.append(list(connection.execute(current).scalars()))
    assert held == [[], ["29A22222"], ["29A22222"]]
