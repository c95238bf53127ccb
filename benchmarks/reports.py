"""The shift log of 20,000 crossings in each format: seconds, peak memory of the process, size of the file."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.practice_laptop import PracticeLaptop
from checkpoint_app.reports import FORMATS, Format
from checkpoint_app.reports.export import writer
from checkpoint_app.reports.heading import Heading
from checkpoint_app.reports.table import Style
from checkpoint_app.store.values import CrossingRow

CROSSINGS = 20_000


def main() -> int:
    """Entry point: each format in a process of its own; one JSON line each. With a format: measure that one."""
    if len(sys.argv) > 1:
        json.dump(measured(sys.argv[1]), sys.stdout)  # type: ignore[arg-type]
        print()
        return 0
    for format in FORMATS:
        subprocess.run([sys.executable, "-m", "benchmarks.reports", format], check=True)
    return 0


def measured(format: Format) -> dict[str, str | int | float]:
    """Write one log from 60 real crossings repeated, so that only the writer is measured."""
    with tempfile.TemporaryDirectory() as folder:
        laptop = PracticeLaptop(Path(folder) / "laptop")
        rows, shift = laptop.meet(60), laptop.shift
        laptop.close()
        heading = Heading(shift, datetime.now(UTC), Style("vi", unmasked=False), CROSSINGS)
        out, before, begun = Path(folder) / f"log.{format}", peak_mb(), time.perf_counter()
        writer(format)(out, heading, repeated(rows))
        seconds = time.perf_counter() - begun
        size = out.stat().st_size // 1024
    return {"format": format, "crossings": CROSSINGS, "s": round(seconds, 2), "grown_mb": peak_mb() - before, "kb": size}


def repeated(rows: list[CrossingRow]) -> Iterator[CrossingRow]:
    for n in range(CROSSINGS):
        row = rows[n % len(rows)]
        yield replace(row, at=row.at + timedelta(seconds=n), sequence=n + 1)


def peak_mb() -> int:
    """The most memory this process has held, in MB; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    raise SystemExit(main())
