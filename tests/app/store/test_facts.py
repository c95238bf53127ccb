"""What there is one of is there again after a restart."""

from datetime import timedelta
from pathlib import Path

from checkpoint_app.store.values import Draft, Enrolment, SyncFacts
from tests.app.store.making import NOON, Clock, opened


def test_facts_outlive_a_restart(tmp_path: Path, clock: Clock) -> None:
    enrolment = Enrolment("https://registry.example", "a key", "-----BEGIN CERTIFICATE-----", "PV")
    push = SyncFacts(NOON, NOON + timedelta(minutes=1), "server-error", {"status": 503})
    draft = Draft(
        "01a20de8-33c6-77af-883d-a637eb60178c", "a shift", {"phone": "0912", "destinations": ["Hà Nội"], "step": 2}
    )
    with opened(tmp_path, clock) as store:
        assert (store.enrolment(), store.clock_offset(), store.cursor(), store.draft()) == (None, None, 0, None)
        assert store.sync_facts("push") == SyncFacts()
        store.keep_enrolment(enrolment)
        store.set_clock_offset(-1500)
        store.keep_sync_facts("push", push)
        store.keep_draft(draft)
    with opened(tmp_path, clock) as store:
        assert (store.enrolment(), store.clock_offset(), store.draft()) == (enrolment, -1500, draft)
        assert (store.sync_facts("push"), store.sync_facts("pull")) == (push, SyncFacts())
        store.drop_draft()
    with opened(tmp_path, clock) as store:
        assert store.draft() is None
