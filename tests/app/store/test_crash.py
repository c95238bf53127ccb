"""A process killed at any instant: every crossing it reported as saved is there, and the chain holds."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.store.making import Clock, opened

CHILD = """
import sys
from pathlib import Path
from tests.app.store.making import Clock, crossing, opened, person, recording
with opened(Path(sys.argv[1]), Clock()) as store:
    record = recording(store)
    for number in range(1_000_000):
        print(record(crossing(person(f"00119{number:07}"))).id, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_what_was_reported_as_saved_outlives_sigkill(tmp_path: Path) -> None:
    chance, saved = random.Random(14), set[str]()
    for _ in range(5):
        with subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            saved.update(child.stdout.readline().strip() for _ in range(chance.randint(1, 40)))
            child.kill()
            saved.update(line.strip() for line in child.stdout if line.endswith("\n"))
        with opened(tmp_path, Clock()) as store:
            kept = {row.id for row in store.crossings(limit=100_000)}
            assert saved <= kept
            assert len(kept) - len(saved) <= 5  # at most the one under way each time
            assert store.breaks() == []
