"""How syncing went, across restarts: an officer who starts the laptop sees when it last reached the registry."""

from dataclasses import replace
from datetime import datetime, timedelta

from checkpoint_app.store.values import SyncFacts
from checkpoint_app.sync.journal import SyncStore
from checkpoint_app.sync.status import WAYS, Failure, SyncStatus, Way
from checkpoint_core.trouble import Trouble

_OFTEN = timedelta(minutes=1)  # the same news is not written again sooner: each write is a durable one


class Memory:
    """The store's sync facts of both ways."""

    def __init__(self, store: SyncStore) -> None:
        self._store = store
        self._facts = {way: store.sync_facts(way) for way in WAYS}

    def recall(self) -> SyncStatus:
        """The status to begin with: what the last run knew."""
        good = [facts.last_success for facts in self._facts.values() if facts.last_success]
        bad = [
            Failure(way, facts.failure, facts.params, facts.failed_at)
            for way, facts in self._facts.items()
            if facts.failed_at
        ]
        newest = max(bad, key=lambda failure: failure.at, default=None)
        return SyncStatus(last_success=max(good, default=None), last_failure=newest)

    def succeeded(self, way: Way, at: datetime) -> None:
        before = self._facts[way].last_success
        if before is None or abs(at - before) > _OFTEN:
            self._keep(way, replace(self._facts[way], last_success=at))

    def failed(self, way: Way, trouble: Trouble, at: datetime) -> None:
        before = self._facts[way]
        if before.failure != trouble.code or before.failed_at is None or abs(at - before.failed_at) > _OFTEN:
            self._keep(way, replace(before, failed_at=at, failure=trouble.code, params=trouble.params))

    def _keep(self, way: Way, facts: SyncFacts) -> None:
        self._store.keep_sync_facts(way, facts)
        self._facts[way] = facts
