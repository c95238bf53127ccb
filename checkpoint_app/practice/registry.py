"""The practice registry: a real `checkpoint-registry` process on loopback, with an invented population."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from checkpoint_core.trouble import Trouble

_COMMAND = [sys.executable, "-m", "checkpoint_registry"]
_SEEDED, _PORT, _LOG = "seeded", "port", "registry.log"
_PATIENCE = 90  # seconds: a first start makes a database


class PracticeRegistry:
    """One registry in `folder`. `start` returns at once, `url` when it serves. Raises Trouble('practice-registry')."""

    def __init__(self, folder: Path, people: int, seed: int) -> None:
        self._folder, self._people, self._seed = folder, people, seed
        self._process: subprocess.Popen[str] | None = None

    @property
    def seeded(self) -> bool:
        return (self._folder / _SEEDED).exists()

    def seed(self) -> None:
        """Invent the population and the situation; once for a folder."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._run("seed", "--people", str(self._people), "--seed", str(self._seed))
        (self._folder / _SEEDED).write_text(str(self._people))

    def start(self) -> None:
        """Start serving, on the same port as last time where it is still free: laptops have kept it."""
        log = (self._folder / _LOG).open("w", encoding="utf-8")
        with log:
            self._process = subprocess.Popen(
                [*_COMMAND, "serve", "--data", str(self._folder), "--port", str(self._port())],
                stdout=subprocess.PIPE, stderr=log, encoding="utf-8",
            )  # fmt: skip

    def url(self) -> str:
        """Where it serves."""
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise Trouble("practice-registry", log=str(self._folder / _LOG))
        return str(json.loads(line)["ready"])

    def code(self) -> str:
        """A fresh enrolment code for the first invented checkpoint."""
        return str(self._run("device-code", "--checkpoint", "cp-phap-van")["code"])

    def status(self) -> dict[str, Any]:
        """What the registry's staff would see."""
        return self._run("status")

    def stop(self) -> None:
        """End the process and its PostgreSQL."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def _port(self) -> int:
        kept = self._folder / _PORT
        wished = int(kept.read_text()) if kept.exists() else 0
        port = wished if _free(wished) else _free(0)
        kept.write_text(str(port))
        return port

    def _run(self, *arguments: str) -> dict[str, Any]:
        command = [*_COMMAND, arguments[0], "--data", str(self._folder), *arguments[1:]]
        try:
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=_PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise Trouble("practice-registry", log=str(self._folder / _LOG)) from error
        if done.returncode != 0:
            (self._folder / _LOG).write_text(done.stderr, encoding="utf-8")
            raise Trouble("practice-registry", log=str(self._folder / _LOG))
        lines = done.stdout.splitlines()
        return dict(json.loads(lines[-1])) if lines else {}


def _free(port: int) -> int:
    """`port` if nothing listens there (any free one for 0); 0 if it is taken."""
    with socket.socket() as trial:
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return 0
        return int(trial.getsockname()[1])
