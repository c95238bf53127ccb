"""From starting the process to ready to scan, on the second start, and the memory it takes; beside a bare Qt window."""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.practice_laptop import PracticeLaptop

RUNS = 5
_READY = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from checkpoint_app.app import Laptop, make_application
from checkpoint_app.practice.play import pause
from checkpoint_app.scanner.practice import PracticeCamera
from checkpoint_app.store import open_store
from checkpoint_app.ui.background import Background
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.settings import Preferences, load_settings
folder = Path(sys.argv[1])
application = make_application()
store = open_store(folder, bytes(range(32)), lambda: datetime.now(UTC))
look, background = Look(), Background()
preferences = Preferences.in_folder(look, load_settings(folder), folder, background)
camera = PracticeCamera()
laptop = Laptop(application, store, preferences, look, background, camera=lambda _: camera)
laptop.start()
officer = next(one for one in store.officers() if store.current_shift(one.id))
conductor = laptop.conductor
conductor.on_duty.sign_in(officer)
conductor.window.go(conductor.open_shift)
while conductor.window.front is not conductor.scan or conductor.scan.camera._image is None:
    pause(2)
"""
_BARE = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("bare")
label.show()
application.processEvents()
"""
_TELL = """
import os, resource, time
born = int(open('/proc/self/stat').read().rpartition(')')[2].split()[19]) / os.sysconf('SC_CLK_TCK')
print(time.clock_gettime(time.CLOCK_BOOTTIME) - born, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
os._exit(0)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        morning = PracticeLaptop(folder)
        morning.meet(60)
        morning.close()
        ours, bare = [], []
        _run(_READY, name)  # the first start
        for _ in range(RUNS):
            ours.append(_run(_READY, name))
            bare.append(_run(_BARE))
    for what, runs in (("ready to scan (store open, shift found, camera running)", ours), ("a bare PySide6 window", bare)):
        seconds, memory = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"{what}: {seconds:.2f} s, {memory:.0f} MB at the most")


def _run(program: str, *arguments: str) -> tuple[float, float]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a second start finds its bytecode
    done = subprocess.run(
        [sys.executable, "-c", program + _TELL, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), float(memory)


if __name__ == "__main__":
    main()
