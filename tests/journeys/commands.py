"""Our commands as a person or a script runs them: as processes, with JSON lines out."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    lines: list[dict[str, Any]]
    said: str  # standard error


_CHECKPOINT = [sys.executable, "-m", "checkpoint_app.cli"]


def registry_command(*arguments: str) -> dict[str, Any]:
    """`checkpoint-registry ...`; its last JSON line."""
    done = subprocess.run(
        [sys.executable, "-m", "checkpoint_registry", *arguments], capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def checkpoint(*arguments: str, stdin: bytes = b"", home: Path | None = None, **environment: str) -> Ran:
    """`checkpoint ...`; `home` keeps its logs apart."""
    places = {"HOME": str(home), "XDG_STATE_HOME": str(home), "XDG_DATA_HOME": str(home)} if home else {}
    done = subprocess.run(
        [*_CHECKPOINT, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **places, **environment},
    )
    return Ran(done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode())


def checkpoint_says(*arguments: str) -> Ran:
    """`checkpoint ...` where it talks to a person: everything it said, in `said`."""
    done = subprocess.run([*_CHECKPOINT, *arguments], capture_output=True, text=True, check=False)
    return Ran(done.returncode, [], done.stdout + done.stderr)
