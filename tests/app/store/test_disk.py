"""A full or failing disk: said, nothing half written, and the next save works."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app.store.files import write_whole
from checkpoint_app.store.values import CrossingRow
from checkpoint_core.trouble import Trouble
from tests.app.store.making import Clock, crossing, on_duty, opened, person, recording

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a small tmpfs")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(tmp_path)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no mounting here")
    yield tmp_path
    subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def test_a_full_disk_loses_nothing_and_the_next_save_works(small_disk: Path) -> None:
    with opened(small_disk, Clock()) as store:
        record, saved = recording(store), list[CrossingRow]()
        (small_disk / "somebody's film").write_bytes(bytes(600_000))

        def fill() -> None:
            for number in range(1000):
                saved.append(record(crossing(person(f"00119{number:07}"))))

        with pytest.raises(Trouble, match="disk-full"):
            fill()
        count = len(list(store.entries()))
        assert [row.id for row in store.crossings(limit=1000)] == [row.id for row in reversed(saved)]
        assert count == 2 + len(saved)
        (small_disk / "somebody's film").unlink()
        saved.append(record(crossing()))
        assert len(list(store.entries())) == count + 1
        assert store.breaks() == []
    with opened(small_disk, Clock()) as store:
        assert len(store.crossings(limit=1000)) == len(saved)


def test_a_small_file_is_whole_or_as_it_was(small_disk: Path) -> None:
    write_whole(small_disk / "key.json", b"old")
    with pytest.raises(Trouble, match="disk-full"):
        write_whole(small_disk / "key.json", bytes(3_000_000))
    assert (small_disk / "key.json").read_bytes() == b"old"


def test_a_database_that_may_only_be_read(tmp_path: Path) -> None:
    with opened(tmp_path, Clock()) as store:
        officer, shift = on_duty(store)
        with store.database.writing() as connection:
            driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA query_only = ON")
        with pytest.raises(Trouble, match="disk-error"):
            store.record_crossing("01a20de8-33c6-77af-883d-a637eb60178c", crossing(), officer=officer.id, shift=shift.id)
        driver.execute("PRAGMA query_only = OFF")
        recording(store)(crossing())
        assert store.breaks() == []


LIMITED = """
import resource, signal, sys
from pathlib import Path
from checkpoint_core.trouble import Trouble
from tests.app.store.making import Clock, crossing, opened, person, recording
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with opened(Path(sys.argv[1]), Clock()) as store:
    record = recording(store)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    count = 0
    try:
        while True:
            record(crossing(person(f"00119{count:07}")))
            count += 1
    except Trouble as trouble:
        print(trouble.code)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    record(crossing())
    print(len(store.crossings(limit=10_000)) - count, store.breaks())
"""


def test_a_write_that_the_system_refuses(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, check=True)
    code, rest = ran.stdout.splitlines()
    assert code in ("disk-full", "disk-error")
    assert rest == "1 []"
