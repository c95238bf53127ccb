"""The officer's saves, the sync loops and the screens use one store at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor

from checkpoint_app.store import Store
from checkpoint_app.store.values import Backlog
from tests.app.store.making import Registry, crossing, person, recording


def test_saving_sending_and_reading_at_once(store: Store, registry: Registry) -> None:
    registry.enrol(store)
    record, saving = recording(store), threading.Event()

    def save(worker: int) -> int:
        for number in range(40):
            record(crossing(person(f"0011900{worker}{number:04}")))
        return 40

    def send() -> int:
        sent = 0
        while not saving.is_set() or store.backlog().waiting:
            receipts = [registry.receipt(signed) for signed in store.waiting(20)]
            sent += store.accept(receipts).accepted
        return sent

    def look() -> int:
        looks = 0
        while not saving.is_set():
            assert all(row.crossing.travellers for row in store.crossings(text="nguyen thi", limit=30))
            looks += 1
        return looks

    with ThreadPoolExecutor(4) as pool:
        sender, looker = pool.submit(send), pool.submit(look)
        saved = sum(pool.map(save, range(2)))
        saving.set()
        assert sender.result() == saved + 2
        assert looker.result() > 0
    assert store.breaks() == []
    assert store.backlog() == Backlog(0, 0)
